//! Verifies a plugin's record: only what the schemas and the document support is accepted.

use serde::Deserialize;
use serde_json::Value;

use findings_core::evidence::{self, Violation};
use findings_core::pipeline::Extracted;
use findings_core::plugin::PluginRecord;
use findings_core::plugin::manifest::{Describes, SchemaManifest};
use findings_core::record::{DocumentInfo, Record, SCHEMA_ID};
use findings_core::text::TextLayer;
use findings_core::validate::{self, Problem};

use crate::error::PluginError;

/// Why a plugin's answer is rejected.
#[derive(Debug, thiserror::Error)]
pub(super) enum Doubt {
    #[error("its answer is not valid JSON ({0})")]
    NoJson(serde_json::Error),
    #[error("its record is not valid: {0}")]
    NoRecord(serde_json::Error),
    #[error("its {part} is not valid: {}", first(problems))]
    NotValid { part: &'static str, problems: Vec<Problem> },
    #[error("it returned an extension but provides no schema for one")]
    NoSchemaOfExtension,
    #[error("its record names the schema “{0}”, which is neither {SCHEMA_ID} nor one that it provides")]
    UnknownSchema(String),
    #[error("its record has no {0}")]
    NoPart(&'static str),
    #[error("its diagnostics are not a list")]
    NoList,
    #[error("its record describes another document")]
    OtherDocument,
    #[error("its record has the format {given}, but {asked} was requested")]
    OtherFormat { given: Value, asked: String },
    #[error("its evidence does not support its values: {}", first(.0))]
    Evidence(Vec<Violation>),
}

/// A plugin's schema, compiled.
#[derive(Debug)]
pub(super) struct Schema {
    id: String,
    describes: Describes,
    validator: jsonschema::Validator,
}

impl Schema {
    pub(super) fn new(manifest: SchemaManifest) -> Result<Schema, PluginError> {
        let validator = jsonschema::options()
            .should_validate_formats(true)
            .build(&manifest.schema)
            .map_err(|e| PluginError::Schema { id: manifest.id.clone(), why: e.to_string() })?;
        Ok(Schema { id: manifest.id, describes: manifest.describes, validator })
    }

    /// Whether this is the schema of records with this id.
    pub(super) fn is_of_record(&self, id: &str) -> bool {
        self.describes == Describes::Record && self.id == id
    }

    /// The problems of a value that is located at a pointer.
    pub(super) fn problems(&self, value: &Value, at: &str) -> Vec<Problem> {
        validate::problems(&self.validator, value)
            .into_iter()
            .map(|p| Problem { pointer: format!("{at}{}", p.pointer), ..p })
            .collect()
    }
}

/// The request that a record answers.
pub(super) struct Asked<'a> {
    pub format: &'a str,
    pub document: &'a DocumentInfo,
    pub layer: &'a TextLayer,
}

/// Parses a plugin's answer.
pub(super) fn parse(answer: &[u8]) -> Result<PluginRecord, Doubt> {
    serde_json::from_slice(answer).or_else(|e| {
        let value: Value = serde_json::from_slice(answer).map_err(Doubt::NoJson)?;
        // The schema's message about the error is better than the parser's.
        if value["schema"] == SCHEMA_ID {
            valid(validate::value(&value).err().unwrap_or_default(), "record")?;
        }
        Err(Doubt::NoRecord(e))
    })
}

/// Verifies a record against the schemas, the document, and the request.
pub(super) fn verify(record: PluginRecord, schemas: &[Schema], asked: &Asked) -> Result<Extracted, Doubt> {
    let values = &record.values;
    let id = values["schema"].as_str().unwrap_or_default();
    let mut extracted = if id == SCHEMA_ID {
        // The schema requires nothing of evidence beyond its type, which parsing has checked.
        valid(validate::value(values).err().unwrap_or_default(), "record")?;
        let read = Record::deserialize(values).map_err(Doubt::NoRecord)?;
        if !values["extension"].is_null() && !schemas.iter().any(|s| s.describes == Describes::Extension) {
            return Err(Doubt::NoSchemaOfExtension);
        }
        valid(extension_problems(values, schemas), "extension")?;
        Extracted::Inspection(Box::new(read))
    } else {
        let schema =
            schemas.iter().find(|s| s.is_of_record(id)).ok_or_else(|| Doubt::UnknownSchema(id.to_owned()))?;
        let whole = record.clone().whole();
        valid(schema.problems(&whole, ""), "record")?;
        for part in ["document", "format", "run", "evidence", "diagnostics"] {
            if whole.get(part).is_none() {
                return Err(Doubt::NoPart(part));
            }
        }
        if !whole["diagnostics"].is_array() {
            return Err(Doubt::NoList);
        }
        Extracted::Other(whole)
    };
    if values["document"]["sha256"] != asked.document.sha256.as_str() {
        return Err(Doubt::OtherDocument);
    }
    if values["format"]["id"] != asked.format {
        let given = values["format"]["id"].clone();
        return Err(Doubt::OtherFormat { given, asked: asked.format.to_owned() });
    }
    let violations = evidence::violations(values, &record.evidence, asked.layer);
    if !violations.is_empty() {
        return Err(Doubt::Evidence(violations));
    }
    if let Extracted::Inspection(read) = &mut extracted {
        read.evidence = record.evidence;
    }
    Ok(extracted)
}

/// The problems of a record's extension according to the plugin's schema for it.
pub(super) fn extension_problems(record: &Value, schemas: &[Schema]) -> Vec<Problem> {
    let schema = schemas.iter().find(|s| s.describes == Describes::Extension);
    schema.map_or_else(Vec::new, |s| s.problems(&record["extension"], "/extension"))
}

fn valid(problems: Vec<Problem>, part: &'static str) -> Result<(), Doubt> {
    if problems.is_empty() { Ok(()) } else { Err(Doubt::NotValid { part, problems }) }
}

/// The first problem, and how many more there are.
fn first(problems: &[impl ToString]) -> String {
    let first = problems.first().map(ToString::to_string).unwrap_or_default();
    match problems.len() {
        0 | 1 => first,
        n => format!("{first}; {} more", n - 1),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use findings_core::record::{Evidence, sample};

    #[test]
    fn evidence_is_refused_by_its_type_wherever_the_schema_refuses_it() {
        let mut record = serde_json::to_value(sample()).unwrap();
        for wrong in [
            json!({}),
            json!({ "status": "maybe" }),
            json!({ "status": "found", "quote": 3 }),
            json!({ "status": "found", "spans": {} }),
            json!({ "status": "found", "spans": [{ "bbox": null }] }),
            json!({ "status": "found", "spans": [{ "page": -1, "bbox": null }] }),
            json!({ "status": "found", "spans": [{ "page": 1, "bbox": [1.0, 2.0, 3.0] }] }),
            json!({ "status": "found", "repairs": "a → b" }),
            json!({ "status": "found", "confidence": "high" }),
        ] {
            record["evidence"] = json!({ "/published": wrong });
            let problems = validate::value(&record).expect_err("the schema refuses it");
            assert!(serde_json::from_value::<Evidence>(wrong.clone()).is_err(), "{wrong}");
            let why = parse(record.to_string().as_bytes()).expect_err("so does the host").to_string();
            assert_eq!(why, format!("its record is not valid: {}", first(&problems)));
            assert!(why.contains("/evidence/~1published"), "{why}");
        }
        let right =
            json!({ "status": "found", "spans": [{ "page": 1, "bbox": [1, 2, 3, 4] }], "more": true });
        record["evidence"] = json!({ "/published": right });
        assert!(validate::value(&record).is_ok() && parse(record.to_string().as_bytes()).is_ok());
    }

    #[test]
    fn what_is_no_record_is_told() {
        insta::assert_snapshot!(parse(b"{ \"schema\": ").unwrap_err(), @"its answer is not valid JSON (EOF while parsing a value at line 1 column 12)");
        insta::assert_snapshot!(parse(b"[1]").unwrap_err(), @"its record is not valid: invalid type: sequence, expected a record, which is an object at line 1 column 0");
        insta::assert_snapshot!(parse(br#"{ "schema": "acme:1.0", "evidence": 3 }"#).unwrap_err(), @"its record is not valid: invalid type: integer `3`, expected a map at line 1 column 37");
    }
}
