//! A file proposed from samples of a layout, put right in a few lines, and what it reads then.

#[path = "draft/northmere.rs"]
mod northmere;

use std::collections::BTreeSet;
use std::ops::Range;

use findings_core::plugin::{self, PluginFormat};
use findings_forms::FileFormat;
use findings_forms::draft::{DraftError, Identity, Sample, draft};
use serde_json::{Value, json};

const IDENTITY: Identity = Identity { regulator: "northmere", name: "record", others: &[] };

/// What a person puts right in the proposal: a line, and the lines that stand there then.
const EDITS: &[(&str, &[&str])] = &[
    ("pointer = \"/inspection\"", &["pointer = \"/published\""]),
    ("type = \"date-range\"", &["type = \"date\""]),
    ("pointer = \"/extension/we_inspected_your_premises_on\"", &["pointer = \"/inspection\""]),
    ("[[promise]]", &["[[field]]", "pointer = \"/provider/name\"", "find = [{ after = \"Business:\" }]", "[[promise]]"]),
];

fn sample(name: &str, text: &str) -> Sample {
    Sample { name: name.into(), document: plugin::document(name, text.as_bytes()).unwrap(), gold: None }
}

fn northmere(numbers: Range<usize>) -> Vec<Sample> {
    numbers.map(|n| sample(&format!("{n}.txt"), &northmere::document(n).text)).collect()
}

/// The proposal with the edits, and how many lines they change or add.
fn edited(proposal: &str) -> (String, usize) {
    let (mut text, mut lines) = (proposal.to_owned(), 0);
    for (line, instead) in EDITS {
        let whole = format!("\n{line}\n");
        assert!(text.contains(&whole), "there is no line {line}");
        text = text.replacen(&whole, &format!("\n{}\n", instead.join("\n")), 1);
        lines += instead.iter().filter(|i| *i != line).count();
    }
    (text, lines)
}

/// What a record says, in the words of [`northmere::Document`].
fn said(record: &Value) -> BTreeSet<(String, String)> {
    const SINGLE: &[(&str, &str)] = &[
        ("name", "/provider/name"),
        ("number", "/extension/record_number"),
        ("address", "/extension/trading_address"),
        ("business", "/extension/type_of_business"),
        ("operator", "/extension/food_business_operator"),
        ("start", "/inspection/start"),
        ("end", "/inspection/end"),
        ("issued", "/published"),
        ("officer", "/inspectors/0/name"),
    ];
    let word = |v: &Value| v.as_str().map(str::to_owned);
    let all = |list: &str| record[list].as_array().cloned().unwrap_or_default();
    let single = SINGLE.iter().filter_map(|(name, at)| Some(((*name).to_owned(), word(record.pointer(at)?)?)));
    let mut said: BTreeSet<(String, String)> = single.collect();
    for j in all("judgements") {
        let area = j["area"].as_str().unwrap_or_default();
        said.extend(word(&j["printed"]).map(|grade| (format!("rating of {area}"), grade)));
    }
    said.extend(all("strengths").iter().filter_map(|s| Some(("strength".into(), word(&s["text"])?))));
    said.extend(all("improvements").iter().filter_map(|s| Some(("action".into(), word(&s["text"])?))));
    said
}

/// Micro F1 over some documents, and what differs.
fn f1(file: &str, numbers: Range<usize>) -> (f64, Vec<String>) {
    let format = FileFormat::new("northmere.format.toml", file).unwrap();
    let (mut both, mut either, mut differing) = (0, 0, Vec::new());
    for n in numbers {
        let document = northmere::document(n);
        let record = format.record(plugin::document("n.txt", document.text.as_bytes()).unwrap()).whole();
        let said = said(&record);
        both += 2 * said.intersection(&document.says).count();
        either += said.len() + document.says.len();
        differing.extend(said.symmetric_difference(&document.says).map(|d| format!("{n}: {d:?}")));
    }
    (f64::from(both as u32) / f64::from(either as u32), differing)
}

#[test]
fn show() {
    for seen in [10, 5] {
        let proposal = draft(&northmere(0..seen), IDENTITY).unwrap();
        let (file, lines) = edited(&proposal.text);
        println!("{seen} samples, {lines} lines: unedited {:?} edited {:?}", f1(&proposal.text, 0..10).0, f1(&file, 0..10));
        println!("unseen {:?}", f1(&file, 5..10));
    }
    let _ = (json!(1), DraftError::NothingVaries);
}
