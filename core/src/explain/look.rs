//! A document read stage by stage, with what each stage saw.

use serde_json::Value;

use super::parts;
use crate::format::Claim;
use crate::ofsted;
use crate::outline::Outline;
use crate::pipeline::{self, ReadOptions, Stages, TextRemark, Unchecked};
use crate::record::{DocumentInfo, Error, ErrorReport, Part};
use crate::source;
use crate::text::TextLayer;

/// A document as each stage saw it.
pub(super) struct Looked {
    /// Facts about the file.
    pub document: DocumentInfo,
    /// Its text.
    pub layer: TextLayer,
    /// What is said of how that was come by.
    pub remarks: Vec<TextRemark>,
    /// What the formats claim.
    pub claims: Vec<Claim>,
    /// Its blocks.
    pub outline: Outline,
    /// What the grammar made of it.
    pub read: Result<Read, Error>,
}

/// What a grammar made of a document.
pub(super) struct Read {
    /// For each block, the part of the record that it went to.
    pub parts: Vec<String>,
    /// The record, whether it is believed or not: what is not is what a plugin's author looks for.
    pub record: Value,
    /// The plugin that read it.
    pub plugin: Option<String>,
    /// Why the record is not believed.
    pub refused: Option<Error>,
}

/// Reads a document and keeps what was seen on the way.
pub(super) fn look(name: &str, bytes: &[u8], options: &ReadOptions) -> Result<Looked, Box<ErrorReport>> {
    let mut document = source::describe(name, bytes);
    let (layer, remarks) = match pipeline::text_layer(bytes, options, &mut document) {
        Ok(text) => text,
        Err(error) => return Err(Box::new(ErrorReport { error, document })),
    };
    let mut outline = Outline::build(&layer);
    let plugins = options.plugins.as_deref();
    let claims = pipeline::claims_of(ofsted::FORMATS, plugins, &outline);
    let stages = &mut Stages::new(false);
    let said = remarks.clone();
    let read = pipeline::by_claims(ofsted::FORMATS, plugins, &document, &layer, &mut outline, said, stages);
    let read = read.map(|read| match read.record {
        Unchecked::Core(record) => Read {
            parts: read.parts.iter().flatten().map(|p| part_name(*p).to_owned()).collect(),
            record: serde_json::to_value(record).unwrap_or_default(),
            plugin: None,
            refused: None,
        },
        Unchecked::Plugin(record) => Read {
            parts: parts::of_evidence(&record.evidence, &outline),
            record: record.clone().whole(),
            plugin: plugins.and_then(|p| p.plugin_of(read.format)),
            refused: pipeline::believe(plugins, record, read.format, &document, &layer).err(),
        },
    });
    Ok(Looked { document, layer, remarks, claims, outline, read })
}

fn part_name(part: Part) -> &'static str {
    match part {
        Part::Front => "front",
        Part::Section => "section",
        Part::Note => "note",
        Part::Furniture => "furniture",
    }
}
