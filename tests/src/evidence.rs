//! Checks a record's evidence: quotes must be in the document, and values must follow from their quotes.

use findings_core::record::Record;
use findings_core::text::TextLayer;
use serde_json::Value;

/// The problems with a record's evidence; empty if there are none.
pub fn problems(record: &Record, layer: &TextLayer) -> Vec<String> {
    let value = serde_json::to_value(record).expect("a record serialises");
    findings_core::evidence::violations(&value, &record.evidence, layer)
        .iter()
        .map(ToString::to_string)
        .collect()
}

/// The values without evidence at their own pointer or above it.
pub fn without_evidence(record: &Record) -> Vec<String> {
    let value = serde_json::to_value(record).expect("a record serialises");
    let mut out = Vec::new();
    for part in [
        "provider",
        "inspection",
        "letter",
        "inspectors",
        "judgements",
        "improvements",
        "strengths",
        "sections",
        "footnotes",
        "figures",
        "mentions",
        "published",
        "extension",
    ] {
        walk(&value[part], &format!("/{part}"), record, &mut out);
    }
    out
}

/// Codes that classify the document, and are not read from a single place in it.
const CODES: &[&str] = &[
    "kind",
    "framework",
    "type",
    "addressed_to",
    "scale",
    "level",
    "parent",
    "area",
    "measure",
    "unit",
    "lead",
    "rank",
    "page",
    "mark",
];

fn walk(value: &Value, pointer: &str, record: &Record, out: &mut Vec<String>) {
    match value {
        Value::Object(map) => {
            for (key, v) in map.iter().filter(|(k, _)| !CODES.contains(&k.as_str())) {
                walk(v, &format!("{pointer}/{key}"), record, out);
            }
        }
        Value::Array(items) => {
            for (i, v) in items.iter().enumerate() {
                walk(v, &format!("{pointer}/{i}"), record, out);
            }
        }
        Value::Null => {}
        _ => {
            let mut at = pointer;
            while !record.evidence.contains_key(at) {
                match at.rfind('/') {
                    Some(cut) if cut > 0 => at = &at[..cut],
                    _ => {
                        out.push(format!("{pointer} = {value} has no evidence"));
                        break;
                    }
                }
            }
        }
    }
}
