//! Documents, labels, and whether evidence holds.
#![allow(dead_code)]

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use findings_michigan::ChildWelfare;
use findings_plugin_sdk::testing;
use serde_json::Value;

/// The root of the repo.
pub fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

/// A folder with real documents beside the repo, where there is one.
pub fn shared(part: &str) -> Option<PathBuf> {
    let path = root().join("../shared").join(part);
    if !path.exists() {
        println!("SKIPPED: there are no real documents at ../shared/{part}");
        return None;
    }
    Some(path)
}

/// The files of a folder with an ending, in order.
pub fn files(folder: &Path, ending: &str) -> Vec<PathBuf> {
    let entries = std::fs::read_dir(folder).into_iter().flatten().flatten().map(|e| e.path());
    let mut found: Vec<PathBuf> = entries.filter(|p| p.to_string_lossy().ends_with(ending)).collect();
    found.sort();
    found
}

/// The record of a document.
pub fn record(path: &Path) -> Value {
    let bytes = std::fs::read(path).expect("a document can be read");
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    testing::read(&ChildWelfare, &name, &bytes).expect("the document is read")
}

/// Right, labelled and extracted values.
#[derive(Debug, Default, Clone, Copy)]
pub struct Count {
    /// Extracted values that are right.
    pub hit: usize,
    /// Values that the label has.
    pub gold: usize,
    /// Values that were extracted.
    pub got: usize,
}

/// The fields that the F1 is over: license number, names, dates, rule findings, recommendation.
pub const MEASURED: &[&str] = &[
    "license_number",
    "investigation_number",
    "licensee_name",
    "facility_name",
    "administrator",
    "licensee_designee",
    "chief_administrator",
    "analyst_name",
    "field_analyst",
    "signatories",
    "original_issuance_date",
    "effective_date",
    "expiration_date",
    "letter_date",
    "report_date",
    "approval_date",
    "complaint_receipt_date",
    "investigation_initiation_date",
    "report_due_date",
    "inspection_dates",
    "contact_dates",
    "rules",
    "recommendation",
];

/// What is not a value of the document but a fact about the label.
const NOT_VALUES: &[&str] = &["path", "source", "sha256", "split", "regulator", "pages", "notes"];

/// A value as the list of things that are compared: text by text, a rule by citation, parts and finding.
fn things(key: &str, value: &Value) -> Vec<String> {
    match value {
        Value::Null => Vec::new(),
        Value::String(s) if s.is_empty() => Vec::new(),
        Value::Array(items) => items.iter().flat_map(|v| things(key, v)).collect(),
        Value::Object(map) => {
            let mut map = map.clone();
            map.remove("note");
            map.retain(|_, v| !v.is_null());
            vec![Value::Object(sorted(map)).to_string()]
        }
        other => vec![other.as_str().map_or_else(|| other.to_string(), str::to_owned)],
    }
}

fn sorted(map: serde_json::Map<String, Value>) -> serde_json::Map<String, Value> {
    map.into_iter().collect::<BTreeMap<_, _>>().into_iter().collect()
}

/// Compares an extension with its label, field by field.
pub fn compare(label: &Value, extension: &Value, name: &str) -> BTreeMap<String, Count> {
    let mut fields = BTreeMap::new();
    let keys = label.as_object().into_iter().flatten().map(|(k, _)| k);
    let own = extension.as_object().into_iter().flatten().map(|(k, _)| k);
    let mut keys: Vec<&String> = keys.chain(own).filter(|k| !NOT_VALUES.contains(&k.as_str())).collect();
    keys.sort();
    keys.dedup();
    for key in keys {
        let (gold, got) = (things(key, &label[key]), things(key, &extension[key]));
        let mut left = got.clone();
        let mut hit = 0;
        for g in &gold {
            match left.iter().position(|x| x == g) {
                Some(at) => {
                    left.remove(at);
                    hit += 1;
                }
                None => println!("{name} {key}: missing {g}"),
            }
        }
        for extra in left {
            println!("{name} {key}: surplus {extra}");
        }
        fields.insert(key.clone(), Count { hit, gold: gold.len(), got: got.len() });
    }
    fields
}

/// A table of the fields, and the F1 over those that are measured.
pub fn table(documents: &[BTreeMap<String, Count>]) -> (String, f64) {
    let mut sums: BTreeMap<&str, Count> = BTreeMap::new();
    for (field, c) in documents.iter().flatten() {
        let sum = sums.entry(field).or_default();
        *sum = Count { hit: sum.hit + c.hit, gold: sum.gold + c.gold, got: sum.got + c.got };
    }
    let f1 = |c: Count| if c.gold + c.got == 0 { 1.0 } else { 2.0 * c.hit as f64 / (c.gold + c.got) as f64 };
    let mut out = format!("{:<34}{:>6}{:>6}{:>6}{:>8}\n", "field", "right", "gold", "got", "F1");
    let (mut all, mut measured) = (Count::default(), Count::default());
    for (field, c) in &sums {
        out += &format!("{field:<34}{:>6}{:>6}{:>6}{:>8.3}\n", c.hit, c.gold, c.got, f1(*c));
        for sum in [Some(&mut all), MEASURED.contains(field).then_some(&mut measured)].into_iter().flatten() {
            *sum = Count { hit: sum.hit + c.hit, gold: sum.gold + c.gold, got: sum.got + c.got };
        }
    }
    out += &format!("F1 over all {:.4}, over the measured fields {:.4}\n", f1(all), f1(measured));
    (out, f1(measured))
}

/// What is wrong with the evidence of a record's extension: a value without any, a quote that is not in the
/// document, a value that does not follow from its quote.
pub fn evidence_problems(record: &Value, text: &str) -> Vec<String> {
    let squeeze = |s: &str| s.split_whitespace().collect::<String>();
    let document = squeeze(text);
    let mut problems = Vec::new();
    for (pointer, e) in record["evidence"].as_object().into_iter().flatten() {
        let Some(quote) = e["quote"].as_str() else {
            if e["status"] == "found" && record.pointer(pointer).is_some_and(|v| v != "") {
                problems.push(format!("{pointer}: found, and no quote"));
            }
            continue;
        };
        let all_there =
            document.contains(&squeeze(quote)) || quote.split_whitespace().all(|w| document.contains(w));
        if !all_there {
            problems.push(format!("{pointer}: “{quote}” is not in the document"));
        }
        let value = record.pointer(pointer).cloned().unwrap_or_default();
        if e["status"] == "found" && !follows(&value, quote) {
            problems.push(format!("{pointer}: {value} does not follow from “{quote}”"));
        }
    }
    leaves(&record["extension"], "/extension", &mut |pointer, value| {
        if record["evidence"].get(pointer).is_none() {
            problems.push(format!("{pointer} = {value} has no evidence"));
        }
    });
    problems
}

fn leaves(value: &Value, pointer: &str, see: &mut impl FnMut(&str, &Value)) {
    match value {
        Value::Object(map) => map.iter().for_each(|(k, v)| leaves(v, &format!("{pointer}/{k}"), see)),
        Value::Array(items) if !items.is_empty() => {
            items.iter().enumerate().for_each(|(i, v)| leaves(v, &format!("{pointer}/{i}"), see));
        }
        // A list that is empty for its kind of report says nothing.
        Value::Array(_) => {}
        other => see(pointer, other),
    }
}

fn follows(value: &Value, quote: &str) -> bool {
    let letters =
        |s: &str| s.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect::<String>();
    match value {
        Value::String(s) if is_date(s) => {
            let numbers: Vec<u32> =
                quote.split(|c: char| !c.is_ascii_digit()).filter_map(|n| n.parse().ok()).collect();
            let part = |r: std::ops::Range<usize>| s[r].parse::<u32>().unwrap_or(0);
            let months = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];
            let month = part(5..7);
            let by_name = quote.to_lowercase().contains(months[month as usize - 1]);
            let year = numbers.contains(&part(0..4)) || numbers.contains(&(part(0..4) % 100));
            numbers.contains(&part(8..10)) && year && (by_name || numbers.first() == Some(&month))
        }
        Value::String(s) => {
            letters(quote).contains(&letters(s))
                || s.split_whitespace().all(|w| letters(quote).contains(&letters(w)))
        }
        Value::Number(n) => quote.contains(&n.to_string()),
        _ => true,
    }
}

fn is_date(s: &str) -> bool {
    s.len() == 10 && s.as_bytes()[4] == b'-' && s.as_bytes()[7] == b'-'
}
