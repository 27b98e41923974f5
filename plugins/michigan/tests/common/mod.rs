//! Compares records with labels, field by field.
#![allow(dead_code)]

use std::collections::BTreeMap;

use findings_michigan::FINDINGS_PLUGIN;
use findings_tests::plugins::Tested;
use serde_json::Value;

/// The plugin.
pub fn plugin() -> Tested {
    Tested::new(&FINDINGS_PLUGIN, "michigan")
}

/// Numbers of correct, labelled and extracted values.
#[derive(Debug, Default, Clone, Copy)]
pub struct Count {
    /// Extracted values that are correct.
    pub hit: usize,
    /// Values in the label.
    pub gold: usize,
    /// Values that were extracted.
    pub got: usize,
}

/// The fields included in the F1 score: licence number, names, dates, rule findings, recommendation.
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

/// Properties of the label that are not values of the document.
const NOT_VALUES: &[&str] = &["path", "source", "sha256", "split", "regulator", "pages", "notes"];

/// A value as a list of comparable items: strings one by one, objects as JSON.
fn things(value: &Value) -> Vec<String> {
    match value {
        Value::Null => Vec::new(),
        Value::String(s) if s.is_empty() => Vec::new(),
        Value::Array(items) => items.iter().flat_map(things).collect(),
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

/// Compares an extension with its label field by field.
pub fn compare(label: &Value, extension: &Value, name: &str) -> BTreeMap<String, Count> {
    let mut fields = BTreeMap::new();
    let keys = label.as_object().into_iter().flatten().map(|(k, _)| k);
    let own = extension.as_object().into_iter().flatten().map(|(k, _)| k);
    let mut keys: Vec<&String> = keys.chain(own).filter(|k| !NOT_VALUES.contains(&k.as_str())).collect();
    keys.sort();
    keys.dedup();
    for key in keys {
        let (gold, got) = (things(&label[key]), things(&extension[key]));
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

/// A table of the fields, and the F1 score over the measured ones.
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
