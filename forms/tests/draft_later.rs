//! Layouts that were written when the drafting was done: what is proposed for them, put right in a few lines.

#![allow(missing_docs)]

#[path = "draft/fernhill.rs"]
mod fernhill;
#[path = "draft/orrin.rs"]
mod orrin;
#[path = "draft/pellwick.rs"]
mod pellwick;
#[path = "draft/shared.rs"]
mod shared;
#[path = "draft/skerry.rs"]
mod skerry;

use std::collections::BTreeSet;

use findings_core::plugin::{self, PluginFormat};
use findings_forms::FileFormat;
use findings_forms::draft::{Sample, draft};
use serde_json::Value;

use shared::{Document, Edit, IDENTITY, edited, sample};

/// What a record says of the places of a layout, ratings, findings and actions beside them.
fn said_at(record: &Value, places: &[(&str, &str)]) -> BTreeSet<(String, String)> {
    let word = |v: &Value| v.as_str().map(str::to_owned).or_else(|| v.as_u64().map(|n| n.to_string()));
    let mut said: BTreeSet<(String, String)> = places
        .iter()
        .filter_map(|(name, at)| {
            Some((
                (*name).to_owned(),
                word(record.pointer(at)?)?.replace('-', if *name == "result" { " " } else { "-" }),
            ))
        })
        .collect();
    for row in record["extension"]["substance_finding_method"].as_array().into_iter().flatten() {
        let cell = |name: &str| row[name].as_str().unwrap_or_default().to_owned();
        said.insert(("finding".into(), format!("{}: {}", cell("substance"), cell("finding"))));
    }
    for row in record["extension"]["deficiency_put_right_by"].as_array().into_iter().flatten() {
        let cell = |name: &str| row[name].as_str().unwrap_or_default().to_owned();
        said.insert(("finding".into(), format!("{}: {}", cell("deficiency"), cell("put_right_by"))));
    }
    for j in record["judgements"].as_array().into_iter().flatten() {
        let (area, printed) =
            (j["area"].as_str().unwrap_or_default(), j["printed"].as_str().unwrap_or_default());
        said.insert(match area {
            "other" => ("finding".into(), format!("{}: {printed}", j["label"].as_str().unwrap_or_default())),
            area => (format!("rating of {area}"), printed.into()),
        });
    }
    let items = record["improvements"].as_array().into_iter().flatten();
    said.extend(items.filter_map(|s| Some(("action".into(), word(&s["text"])?))));
    said
}

/// Micro F1 of a file over ten documents of a layout.
fn f1_at(file: &str, document: fn(usize) -> Document, places: &[(&str, &str)]) -> (f64, Vec<String>) {
    let format = FileFormat::new("layout.format.toml", file).unwrap();
    let (mut both, mut either, mut differing) = (0, 0, Vec::new());
    for n in 0..10 {
        let document = document(n);
        let record = format.record(plugin::document("n.txt", document.text.as_bytes()).unwrap()).whole();
        let said = said_at(&record, places);
        both += 2 * said.intersection(&document.says).count();
        either += said.len() + document.says.len();
        differing.extend(said.symmetric_difference(&document.says).map(|d| format!("{n}: {d:?}")));
    }
    (f64::from(both as u32) / f64::from(either as u32), differing)
}

/// What a proposal reads, as it is and with edits.
#[derive(Debug)]
#[allow(dead_code, reason = "shown where a test fails")]
struct Tried {
    before: f64,
    after: f64,
    lines: usize,
    differing: Vec<String>,
    proposal: String,
}

fn unseen(document: fn(usize) -> Document, places: &[(&str, &str)], edits: &[Edit]) -> Tried {
    let samples: Vec<Sample> = (0..10).map(|n| sample(&format!("{n}.txt"), &document(n).text)).collect();
    let proposal = draft(&samples, IDENTITY).unwrap().text;
    let (before, _) = f1_at(&proposal, document, places);
    let (file, lines) = edited(&proposal, edits);
    let (after, differing) = f1_at(&file, document, places);
    println!("{before:.2} → {after:.2} ({lines} lines)");
    Tried { before, after, lines, differing, proposal }
}

const FERNHILL: &[Edit] = &[
    ("into = \"/extension/what_the_landlord_will_do\"", &["into = \"/improvements\""]),
    ("pointer = \"/extension/sent_to_the_landlord_on\"", &["pointer = \"/published\""]),
    (
        "[[promise]]",
        &[
            "[[field]]",
            "pointer = \"/inspectors\"",
            "type = \"name\"",
            "find = [{ sentence = \"The visit was made by\", until = \"for the Authority\" }]",
            "[[promise]]",
        ],
    ),
];

const SKERRY: &[Edit] = &[
    (
        "type = \"code\"\nfind = [{ after = \"Port:\" }]\ncodes = \"port\"",
        &["find = [{ after = \"Port:\" }]"],
    ),
    (
        "type = \"code\"\nfind = [{ after = \"Owner:\" }]\ncodes = \"owner\"",
        &["find = [{ after = \"Owner:\" }]"],
    ),
    ("pointer = \"/extension/the_old_customs_house_ronas\"", &["pointer = \"/published\""]),
    ("pointer = \"/extension/yours_faithfully\"", &["pointer = \"/inspectors\""]),
];

const PELLWICK: &[Edit] = &[
    ("pointer = \"/extension/works\"", &["pointer = \"/provider/name\""]),
    ("pointer = \"/extension/chemist_of_the_bureau\"", &["pointer = \"/inspectors\""]),
    ("into = \"/extension/conditions\"", &["into = \"/improvements\"", "kind = \"recommendation\""]),
];

#[test]
fn labels_above_their_values() {
    let read = unseen(fernhill::document, fernhill::PLACES, FERNHILL);
    assert!(read.lines <= 15 && read.after >= 0.95, "{read:#?}");
}

#[test]
fn leaders_and_a_table_of_three_columns() {
    let read = unseen(pellwick::document, pellwick::PLACES, PELLWICK);
    assert!(read.lines <= 15 && read.after >= 0.95, "{read:#?}");
}

#[test]
fn labels_side_by_side_and_a_rating_under_each_heading() {
    let read = unseen(skerry::document, skerry::PLACES, SKERRY);
    assert!(read.lines <= 15 && read.after >= 0.999, "{read:#?}");
}

const ORRIN: &[Edit] = &[(
    "pointer = \"/extension/completed_on\"\ntype = \"date\"",
    &["pointer = \"/inspection\"", "type = \"date-range\""],
)];

#[test]
fn grades_with_their_words_in_rows_and_two_lists() {
    let read = unseen(orrin::document, orrin::PLACES, ORRIN);
    assert!(read.lines <= 15 && read.after >= 0.999, "{read:#?}");
}
