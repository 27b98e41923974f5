//! Formats that come from outside: what a plugin sees of a document, and what it gives back.
//!
//! A plugin's format is written as a format of core is: it is given the document and fills a [`Draft`] with the
//! same terminals. What differs is where it runs: in a child process, behind a C boundary.

mod belief;
pub mod host;
pub mod load;
pub mod manifest;
mod model;
pub mod trust;
pub mod wire;

pub use model::{MODEL_SCHEMA_ID, ModelBlock, ModelElement, ModelLine, ModelPage, ModelWord, TextModel};

use serde_json::Value;

use crate::format::FormatInfo;
use crate::outline::Outline;
use crate::pipeline;
use crate::record::{DocumentInfo, Draft, Error, ErrorCode, Run};
use crate::text::{LayerKind, TextLayer};

/// Version of the boundary that this host speaks: major and minor.
pub const ABI: (u32, u32) = (findings_plugin_abi::ABI_MAJOR, findings_plugin_abi::ABI_MINOR);

/// A document as a plugin sees it.
#[derive(Debug, Clone, Default)]
pub struct Document {
    /// Facts about the file.
    pub info: DocumentInfo,
    /// Pages of lines of words with their boxes: for what the outline can't settle, such as a table without tags.
    pub layer: TextLayer,
    /// Blocks with roles, over the same words.
    pub outline: Outline,
    /// What the record says of its making.
    pub run: Run,
}

/// A format that a plugin brings.
pub trait PluginFormat: Sync {
    /// What it is called and how it is recognised. Its id begins with its regulator.
    fn info(&self) -> &'static FormatInfo;

    /// Whether a line of plain text is one of the form's headings.
    fn is_heading(&self, line: &str) -> bool {
        let _ = line;
        false
    }

    /// Reads a document of this format into a draft: what can't be read is said in its evidence and diagnostics.
    fn read(&self, doc: &Document, draft: &mut Draft);

    /// The record, as it goes to the host. A plugin whose records are no inspection records replaces this.
    fn record(&self, mut doc: Document) -> Value {
        if doc.layer.kind == LayerKind::PlainText {
            doc.outline.promote(|line| self.is_heading(line));
        }
        let mut draft = pipeline::draft(doc.info.clone(), &doc.layer, &doc.outline, self.info());
        draft.record.run = doc.run.clone();
        self.read(&doc, &mut draft);
        let record = pipeline::finish(draft, &doc.outline, &doc.layer);
        serde_json::to_value(record).unwrap_or_default()
    }
}

/// The text model of the document in some bytes, for a format.
///
/// # Errors
/// As reading gives them, before any format is asked.
pub fn text_model(name: &str, bytes: &[u8], format: &str) -> Result<TextModel, Error> {
    let mut info = crate::source::describe(name, bytes);
    let options = pipeline::ReadOptions::default();
    let (layer, _) = pipeline::text_layer(bytes, &options, &mut info)?;
    let run = Run { tool: pipeline::TOOL.into(), text_engine: layer.engine.clone(), plugin: None };
    Ok(TextModel::of(format, &info, run, &layer, &Outline::build(&layer)))
}

/// The document in some bytes, as a plugin would see it: for the tests of plugins.
///
/// # Errors
/// As reading gives them, before any format is asked.
pub fn document(name: &str, bytes: &[u8]) -> Result<Document, Error> {
    // It crosses as it would to another process, so that a test sees what a plugin sees.
    let fault = |e: serde_json::Error| Error::new(ErrorCode::Internal, e.to_string());
    let json = serde_json::to_vec(&text_model(name, bytes, "")?).map_err(fault)?;
    Ok(serde_json::from_slice::<TextModel>(&json).map_err(fault)?.into_document())
}
