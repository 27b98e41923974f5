//! External formats: what a plugin is given of a document, and what it returns.
//!
//! A plugin's format is written like a format of core: it is given the document and fills a [`Draft`] with the same
//! token parsers. The difference is where it runs: in a child process, behind a C boundary.

pub mod manifest;
mod model;
mod record;

pub use crate::schema::Published;

/// The schema of the text model, published beside those of records.
pub const SCHEMAS: &[Published] =
    &[Published::of::<TextModel>("text-model", MODEL_SCHEMA_ID, "A document as a plugin is given it")];

pub use model::{MODEL_SCHEMA_ID, ModelBlock, ModelElement, ModelLine, ModelPage, ModelWord, TextModel};
pub use record::PluginRecord;

use std::fmt;

use serde_json::{Value, json};

use crate::checks::Own;
use crate::evidence;
use crate::format::{Claim, FormatInfo, Texts};
use crate::outline::Outline;
use crate::pipeline;
use crate::record::{Diagnostic, DocumentInfo, Draft, Error, ErrorCode, Evidence, Run, Severity, Status};
use crate::text::{LayerKind, TextLayer};

/// A plugin's answer.
#[derive(Debug, Clone, PartialEq)]
pub enum Answer {
    /// A record, to be verified with [`Foreign::verify`].
    Record(PluginRecord),
    /// The document is not one of the plugin's.
    NotMine,
}

/// External formats as the pipeline uses them; implemented by the plugin host and by formats in files.
pub trait Foreign: fmt::Debug + Send + Sync {
    /// The formats that the plugins provide, in the order of the plugins.
    fn formats(&self) -> Vec<&'static FormatInfo>;

    /// Id and version of the plugin that provides a format.
    fn plugin_of(&self, format: &str) -> Option<String>;

    /// The claims of these formats to a document.
    fn claims(&self, texts: &Texts) -> Vec<Claim> {
        self.formats().into_iter().map(|f| texts.claim(f)).collect()
    }

    /// The claims of formats that yield to any other format, because they were written with less to go on. Requested
    /// only if no other claim reaches the threshold.
    fn yielding_claims(&self, texts: &Texts) -> Vec<Claim> {
        let _ = texts;
        Vec::new()
    }

    /// Has a document read by the plugin of its format. The answer is not verified yet.
    ///
    /// # Errors
    /// `plugin-failed`, with the cause.
    fn read(&self, model: &TextModel) -> Result<Answer, Error>;

    /// Verifies a plugin's record against the schemas, the document and the requested format.
    ///
    /// # Errors
    /// `plugin-failed`, with the first violation.
    fn verify(
        &self,
        record: PluginRecord,
        format: &str,
        document: &DocumentInfo,
        layer: &TextLayer,
    ) -> Result<pipeline::Extracted, Error>;
}

/// A document as passed to a plugin.
#[derive(Debug, Clone, Default)]
pub struct Document {
    /// Facts about the file.
    pub info: DocumentInfo,
    /// Pages of lines of words with boxes, for what the outline can't show (a table without tags, say).
    pub layer: TextLayer,
    /// Blocks with roles, made of the same words.
    pub outline: Outline,
    /// What the record must say about its making.
    pub run: Run,
}

/// A format that a plugin provides.
pub trait PluginFormat: Sync {
    /// Its name and how it is recognised. Its id begins with its regulator's code.
    fn info(&self) -> &'static FormatInfo;

    /// Whether a line of plain text is one of the form's headings.
    fn is_heading(&self, line: &str) -> bool {
        let _ = line;
        false
    }

    /// The promises of its editions and its own checks. They are applied to the finished record.
    fn own(&self) -> Own {
        Own::default()
    }

    /// Reads a document of this format into a draft. What can't be read is recorded in the draft's evidence and
    /// diagnostics.
    fn read(&self, doc: &Document, draft: &mut Draft);

    /// The record that is returned to the host. Plugins with records of their own schema override this.
    fn record(&self, mut doc: Document) -> PluginRecord {
        if doc.layer.kind == LayerKind::PlainText {
            doc.outline.promote(|line| self.is_heading(line));
        }
        let mut draft = pipeline::draft(doc.info.clone(), &doc.layer, &doc.outline, self.info());
        draft.record.run = doc.run.clone();
        self.read(&doc, &mut draft);
        let record = pipeline::finish(draft, &doc.outline, &doc.layer, self.own(), pipeline::Form::Foreign);
        let mut record = PluginRecord::from(record);
        withhold(&mut record, &doc.layer);
        record
    }
}

/// Removes values that don't follow from their own quotes, with a diagnostic for each. A single one of them would make
/// the host refuse the whole record.
fn withhold(record: &mut PluginRecord, layer: &TextLayer) {
    let PluginRecord { values, evidence } = record;
    for violation in evidence::violations(values, evidence, layer) {
        match values.pointer_mut(&violation.pointer) {
            Some(Value::Array(items)) => items.clear(),
            Some(Value::Object(members)) => {
                // A block or item falls back to its printed words. For other objects it is unknown which part is wrong,
                // so they are left for the host to refuse.
                let quote = evidence.get(&violation.pointer).and_then(|e| e.quote.clone());
                let Some((text, quote)) = members.get_mut("text").zip(quote) else { continue };
                *text = Value::String(quote);
                if let Some(evidence) = evidence.get_mut(&violation.pointer) {
                    evidence.repairs = None;
                }
                warn(
                    values,
                    violation.pointer,
                    "its repaired words don't follow from the print: given as printed",
                );
                continue;
            }
            None => continue,
            Some(value) => *value = Value::Null,
        }
        let absent = Evidence { status: Status::NotRead, ..Evidence::default() };
        evidence.insert(violation.pointer.clone(), absent);
        warn(values, violation.pointer, &format!("a value was left out: {}", violation.what));
    }
}

fn warn(record: &mut Value, pointer: String, message: &str) {
    let diagnostic = Diagnostic {
        severity: Severity::Warning,
        code: WITHHELD.into(),
        path: Some(pointer),
        message: message.to_owned(),
        page: None,
    };
    if let Some(all) = record["diagnostics"].as_array_mut() {
        all.push(json!(diagnostic));
    }
}

/// The code of the diagnostic for a value that the plugin itself left out.
const WITHHELD: &str = "value-withheld";

/// The text model of a document, for a format, as the JSON that is passed to a plugin.
///
/// # Errors
/// As for reading, up to the point where formats are asked.
pub fn text_model(name: &str, bytes: &[u8], format: &str) -> Result<Vec<u8>, Error> {
    let options = pipeline::ReadOptions::default();
    let opened = pipeline::open(name, bytes, &options).map_err(|report| report.error)?;
    let run = Run { tool: pipeline::TOOL.into(), text_engine: opened.layer.engine.clone(), plugin: None };
    let outline = Outline::build(&opened.layer);
    serde_json::to_vec(&TextModel::of(format, &opened.document, run, &opened.layer, &outline)).map_err(fault)
}

/// A document as a plugin would see it; for plugins' tests.
///
/// # Errors
/// As for reading, up to the point where formats are asked.
pub fn document(name: &str, bytes: &[u8]) -> Result<Document, Error> {
    // Goes through JSON like the real thing, so that a test sees what a plugin sees.
    let json = text_model(name, bytes, "")?;
    Ok(serde_json::from_slice::<TextModel>(&json).map_err(fault)?.into_document())
}

fn fault(e: serde_json::Error) -> Error {
    Error::new(ErrorCode::Internal, e.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::plain;

    #[test]
    fn a_block_whose_repairs_do_not_hold_keeps_its_printed_words() {
        let layer = plain::read("Bring: o lamps and rope\n");
        let record = json!({
            "blocks": [{ "type": "bullet", "text": "Bring: 9 lamps and rope" }], "diagnostics": [],
            "evidence": { "/blocks/0": { "status": "found", "quote": "Bring: o lamps and rope", "repairs": ["x → 9"] } }
        });
        let mut record = PluginRecord::of(&record).unwrap();
        withhold(&mut record, &layer);
        assert_eq!(evidence::violations(&record.values, &record.evidence, &layer), []);
        let record = record.whole();
        assert_eq!(record["blocks"][0]["text"], "Bring: o lamps and rope");
        assert_eq!(record["diagnostics"][0]["path"], "/blocks/0");
    }

    #[test]
    fn a_value_that_its_quote_does_not_bear_out_is_left_out() {
        let layer = plain::read("Date: 1 March 2023\nNumber: 3\n");
        let found = |quote: &str| json!({ "status": "found", "quote": quote });
        let record = json!({
            "date": "2023-03-01", "number": 4, "days": ["2023-04-01"], "diagnostics": [],
            "evidence": { "/date": found("1 March 2023"), "/number": found("3"), "/days": found("1 March 2023") }
        });
        let mut record = PluginRecord::of(&record).unwrap();
        withhold(&mut record, &layer);
        assert_eq!(evidence::violations(&record.values, &record.evidence, &layer), []);
        let record = record.whole();
        assert_eq!((&record["date"], &record["number"]), (&json!("2023-03-01"), &Value::Null));
        assert_eq!(record["days"], json!([]));
        assert_eq!(record["evidence"]["/number"]["status"], "not-read");
        let said: Vec<&str> = record["diagnostics"]
            .as_array()
            .into_iter()
            .flatten()
            .filter_map(|d| d["message"].as_str())
            .collect();
        insta::assert_snapshot!(said.join("\n"), @r#"
        a value was left out: 4 does not follow from “3”
        a value was left out: ["2023-04-01"] does not follow from “1 March 2023”
        "#);
    }
}
