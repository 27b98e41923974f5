//! Formats that come from outside: what a plugin sees of a document, and what it gives back.
//!
//! A plugin's format is written as a format of core is: it is given the document and fills a [`Draft`] with the
//! same terminals. What differs is where it runs: in a child process, behind a C boundary.

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

/// What a plugin answered.
#[derive(Debug, Clone, PartialEq)]
pub enum Answer {
    /// A record; [`Foreign::verify`] holds it against schemas and document.
    Record(PluginRecord),
    /// The plugin says that the document is none of its own.
    NotMine,
}

/// Formats that are read elsewhere, as the pipeline asks for them: the host of plugins gives them.
pub trait Foreign: fmt::Debug + Send + Sync {
    /// The formats that the plugins bring, in the order of the plugins.
    fn formats(&self) -> Vec<&'static FormatInfo>;

    /// Id and version of the plugin that brings a format.
    fn plugin_of(&self, format: &str) -> Option<String>;

    /// The claims of its formats to a document.
    fn claims(&self, texts: &Texts) -> Vec<Claim> {
        self.formats().into_iter().map(|f| texts.claim(f)).collect()
    }

    /// The claims of formats that leave a document to any other that claims it, since they were written with less to go by:
    /// asked for only where no other claim is good enough.
    fn yielding_claims(&self, texts: &Texts) -> Vec<Claim> {
        let _ = texts;
        Vec::new()
    }

    /// Has a document read by the plugin of its format. Nothing is believed of the answer yet.
    ///
    /// # Errors
    /// `plugin-failed`, with the cause.
    fn read(&self, model: &TextModel) -> Result<Answer, Error>;

    /// Holds a plugin's record against the schemas, against the document, and against what was asked for.
    ///
    /// # Errors
    /// `plugin-failed`, with the first thing that does not hold.
    fn verify(
        &self,
        record: PluginRecord,
        format: &str,
        document: &DocumentInfo,
        layer: &TextLayer,
    ) -> Result<pipeline::Extracted, Error>;
}

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

    /// What every document of its editions has, and what its documents say twice: held against the record once it is
    /// finished.
    fn own(&self) -> Own {
        Own::default()
    }

    /// Reads a document of this format into a draft: what can't be read is said in its evidence and diagnostics.
    fn read(&self, doc: &Document, draft: &mut Draft);

    /// The record, as it goes to the host. A plugin whose records are no inspection records replaces this.
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

/// Takes out the values that their own quotes don't bear out, and says so: for one of them the host would refuse the
/// whole record.
fn withhold(record: &mut PluginRecord, layer: &TextLayer) {
    let PluginRecord { values, evidence } = record;
    for violation in evidence::violations(values, evidence, layer) {
        match values.pointer_mut(&violation.pointer) {
            Some(Value::Array(items)) => items.clear(),
            Some(Value::Object(members)) => {
                // A block or item keeps its words as they are printed; of another object it is not known which part
                // is wrong: the host decides.
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

/// The diagnostic of a value that a plugin left out by itself.
const WITHHELD: &str = "value-withheld";

/// The text model of the document in some bytes, for a format: JSON, as it crosses to a plugin.
///
/// # Errors
/// As reading gives them, before any format is asked.
pub fn text_model(name: &str, bytes: &[u8], format: &str) -> Result<Vec<u8>, Error> {
    let options = pipeline::ReadOptions::default();
    let opened = pipeline::open(name, bytes, &options).map_err(|report| report.error)?;
    let run = Run { tool: pipeline::TOOL.into(), text_engine: opened.layer.engine.clone(), plugin: None };
    let outline = Outline::build(&opened.layer);
    serde_json::to_vec(&TextModel::of(format, &opened.document, run, &opened.layer, &outline)).map_err(fault)
}

/// The document in some bytes, as a plugin would see it: for the tests of plugins.
///
/// # Errors
/// As reading gives them, before any format is asked.
pub fn document(name: &str, bytes: &[u8]) -> Result<Document, Error> {
    // It crosses as it would to another process, so that a test sees what a plugin sees.
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
