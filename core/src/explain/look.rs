//! Reads a document stage by stage and keeps what each stage saw.

use serde_json::Value;

use super::parts;
use crate::ofsted;
use crate::pipeline::{self, Analysis, Formats, ReadOptions, Unchecked};
use crate::record::{Error, ErrorReport, Part};

/// A document as each stage saw it.
pub(super) struct Looked<'a> {
    /// The stages before the grammar.
    pub seen: Analysis<'a>,
    /// The result of the grammar.
    pub read: Result<Read, Error>,
}

/// The result of the grammar.
pub(super) struct Read {
    /// For each block, the part of the record that it was read into.
    pub parts: Vec<String>,
    /// The record, even if it failed verification: that is what a plugin's author needs to see.
    pub record: Value,
    /// The plugin that read it.
    pub plugin: Option<String>,
    /// Why the record was refused, if it was.
    pub refused: Option<Error>,
}

/// Reads a document and keeps the intermediate results.
pub(super) fn look<'a>(
    name: &str,
    bytes: &[u8],
    options: &'a ReadOptions,
) -> Result<Looked<'a>, Box<ErrorReport>> {
    let formats = Formats { core: ofsted::FORMATS, plugins: options.plugins.as_deref() };
    let mut seen = pipeline::open(name, bytes, options)?.first(formats);
    let read = seen.unvalidated().map(|read| match read.record {
        Unchecked::Core(record) => Read {
            parts: read.parts.iter().flatten().map(|p| part_name(*p).to_owned()).collect(),
            record: serde_json::to_value(record).unwrap_or_default(),
            plugin: None,
            refused: None,
        },
        Unchecked::Plugin(record) => Read {
            parts: parts::of_evidence(&record.evidence, &seen.outline),
            record: record.clone().whole(),
            plugin: formats.plugins.and_then(|p| p.plugin_of(read.format)),
            refused: seen.verify(record, read.format).err(),
        },
    });
    Ok(Looked { seen, read })
}

fn part_name(part: Part) -> &'static str {
    match part {
        Part::Front => "front",
        Part::Section => "section",
        Part::Note => "note",
        Part::Furniture => "furniture",
    }
}
