//! A file proposed from samples of a layout, put right in a few lines, and what it reads then.

#![allow(missing_docs)]

#[path = "draft/castlebeck.rs"]
mod castlebeck;
#[path = "draft/northmere.rs"]
mod northmere;
#[path = "draft/shared.rs"]
mod shared;
#[path = "draft/tarnvale.rs"]
mod tarnvale;

use std::collections::BTreeSet;
use std::ops::Range;

use findings_core::plugin::{self, PluginFormat};
use findings_forms::FileFormat;
use findings_forms::draft::{DraftError, Sample, draft};
use serde_json::{Value, json};

use shared::{Document, Edit, IDENTITY, edited, sample};

const CASTLEBECK: &[Edit] = &[(
    "[[promise]]",
    &[
        "[[field]]",
        "pointer = \"/inspectors\"",
        "type = \"name\"",
        "find = [{ above = \"Inspecting Officer\" }]",
        "[[promise]]",
    ],
)];

const TARNVALE: &[Edit] = &[
    ("pointer = \"/extension/leader_of_the_setting\"", &["pointer = \"/extension/leader\""]),
    ("area = \"grade-for-safety-and-health\"", &["area = \"safety-and-health\""]),
    ("area = \"grade-for-care-and-play\"", &["area = \"care-and-play\""]),
    ("area = \"grade-for-leadership\"", &["area = \"leadership\""]),
    (
        "[[promise]]",
        &[
            "[[field]]",
            "pointer = \"/inspectors\"",
            "type = \"name\"",
            "find = [{ sentence = \"This note was written by\", until = \"for the Board\" }]",
            "[[promise]]",
        ],
    ),
];

fn northmere(numbers: Range<usize>) -> Vec<Sample> {
    numbers.map(|n| sample(&format!("{n}.txt"), &northmere::document(n).text)).collect()
}

fn castlebeck(numbers: Range<usize>) -> Vec<Sample> {
    numbers.map(|n| sample(&format!("{n}.txt"), &castlebeck::document(n).text)).collect()
}

/// What a record says, in the words of [`Document`].
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
        ("reference", "/extension/our_reference"),
        ("licence", "/extension/licence"),
        ("leader", "/extension/leader"),
        ("places", "/extension/places"),
        ("roll", "/extension/children_on_roll"),
        ("address", "/extension/address_of_premises"),
        ("use", "/extension/use"),
        ("responsible", "/extension/responsible_person"),
        ("people", "/extension/people_present"),
    ];
    let word = |v: &Value| v.as_str().map(str::to_owned).or_else(|| v.as_u64().map(|n| n.to_string()));
    let all = |list: &str| record[list].as_array().cloned().unwrap_or_default();
    let single =
        SINGLE.iter().filter_map(|(name, at)| Some(((*name).to_owned(), word(record.pointer(at)?)?)));
    let mut said: BTreeSet<(String, String)> = single.collect();
    let outcome = record["extension"]["outcome"].as_str().map(|o| o.replace('-', " "));
    said.extend(outcome.map(|o| ("outcome".into(), format!("{}{}", o[..1].to_uppercase(), &o[1..]))));
    let table = record["judgements"].as_array().is_some_and(|all| all.iter().any(|j| j["area"] == "other"));
    if table {
        let cell = |j: &Value, name: &str| j[name].as_str().unwrap_or_default().to_owned();
        said.extend(all("judgements").iter().map(|j| match cell(j, "area").as_str() {
            "other" => ("finding".into(), format!("{}: {}", cell(j, "label"), cell(j, "printed"))),
            area => (area.to_owned(), cell(j, "printed")),
        }));
        said.extend(
            all("improvements").iter().filter_map(|s| Some(("recommendation".into(), word(&s["text"])?))),
        );
        return said;
    }
    for j in all("judgements") {
        let area = j["area"].as_str().unwrap_or_default();
        said.extend(word(&j["printed"]).map(|grade| (format!("rating of {area}"), grade)));
    }
    said.extend(all("strengths").iter().filter_map(|s| Some(("strength".into(), word(&s["text"])?))));
    said.extend(all("improvements").iter().filter_map(|s| Some(("action".into(), word(&s["text"])?))));
    said
}

/// Micro F1 over some documents, and what differs.
fn f1(file: &str, document: fn(usize) -> Document, numbers: Range<usize>) -> (f64, Vec<String>) {
    let format = FileFormat::new("northmere.format.toml", file).unwrap();
    let (mut both, mut either, mut differing) = (0, 0, Vec::new());
    for n in numbers {
        let document = document(n);
        let record = format.record(plugin::document("n.txt", document.text.as_bytes()).unwrap()).whole();
        let said = said(&record);
        both += 2 * said.intersection(&document.says).count();
        either += said.len() + document.says.len();
        differing.extend(said.symmetric_difference(&document.says).map(|d| format!("{n}: {d:?}")));
    }
    (f64::from(both as u32) / f64::from(either as u32), differing)
}

#[test]
fn a_proposal_reads_what_its_samples_say_and_documents_that_it_has_not_seen() {
    let proposal = draft(&northmere(0..5), IDENTITY).unwrap();
    assert_eq!(proposal.remarks, Vec::<String>::new());
    let (share, differing) = f1(&proposal.text, northmere::document, 0..10);
    assert!(differing.is_empty(), "{share:.4}: {differing:#?}\n{}", proposal.text);
}

/// Plain text in columns is the hard case: the outline joins rows of it, and what is joined no file can take apart.
#[test]
fn columns_of_plain_text_are_read_as_far_as_their_rows_are_told_apart() {
    let proposal = draft(&castlebeck(0..10), IDENTITY).unwrap();
    let (unedited, _) = f1(&proposal.text, castlebeck::document, 0..10);
    let (file, lines) = edited(&proposal.text, CASTLEBECK);
    let (share, differing) = f1(&file, castlebeck::document, 0..10);
    assert!(
        lines <= 15 && share >= 0.995,
        "{lines} lines, {unedited:.4} → {share:.4}: {differing:#?}\n{}",
        proposal.text
    );
}

#[test]
fn samples_that_are_too_few_or_share_nothing_are_refused() {
    let refused = |samples: &[Sample]| draft(samples, IDENTITY).unwrap_err();
    assert_eq!(refused(&northmere(0..2)), DraftError::TooFew(2));
    let others = [
        "Oats, water and salt.\n",
        "Dear Ann,\n\nThank you for the jam.\n",
        "Minutes of the club\n\n1. Dues\n",
    ];
    let others: Vec<Sample> = others.iter().map(|t| sample("other.txt", t)).collect();
    assert_eq!(refused(&others), DraftError::NothingShared(0));
    let same: Vec<Sample> = (0..3).map(|_| northmere(0..1).remove(0)).collect();
    assert_eq!(refused(&same), DraftError::TooFew(1));
}

#[test]
fn labels_find_the_place_of_each_value_and_what_no_place_reads_is_told() {
    let labelled = |n: usize, mut s: Sample| {
        let says = northmere::document(n).says;
        let of = |name: &str| says.iter().find(|(n, _)| n == name).map(|(_, v)| v.clone());
        let actions: Vec<&String> = says.iter().filter(|(n, _)| n == "action").map(|(_, v)| v).collect();
        s.gold = Some(json!({
            "number": of("number"), "published": of("issued"), "inspection_start": of("start"), "inspection_end": of("end"),
            "lead_inspector": of("officer"), "weather": format!("rain of day {n}"),
            "judgements": [{ "area": "Overall", "grade": of("rating of overall-effectiveness").map(|g| g.to_lowercase()) }],
            "improvements": actions,
        }));
        s
    };
    let samples: Vec<Sample> = northmere(0..6).into_iter().enumerate().map(|(n, s)| labelled(n, s)).collect();
    let text = draft(&samples, IDENTITY).unwrap().text;
    let (file, _) = findings_forms::parse("n.format.toml", &text).unwrap();
    let place = |pointer: &str| {
        let field = file
            .fields
            .iter()
            .find(|f| f.pointer == pointer)
            .unwrap_or_else(|| panic!("no {pointer}: {text}"));
        let (kind, label) = field.find[0].label().unwrap();
        format!("{kind} {}", label[0])
    };
    assert_eq!(place("/extension/number"), "after Record number:");
    assert_eq!(place("/published"), "after Issued on:");
    assert_eq!(place("/inspection"), "sentence We inspected your premises on");
    assert_eq!(place("/inspectors"), "below Signed on behalf of the Office");
    assert!(
        file.fields
            .iter()
            .any(|f| f.area.as_deref() == Some("overall") && f.find[0].row[0] == "Overall rating"),
        "{text}"
    );
    assert!(
        text.contains("# - /extension/weather: no place reads the labelled values (6 of them)"),
        "{text}"
    );
}

#[test]
fn a_layout_that_the_drafting_was_not_changed_for_needs_few_edits() {
    let samples: Vec<Sample> =
        (0..10).map(|n| sample(&format!("{n}.txt"), &tarnvale::document(n).text)).collect();
    let proposal = draft(&samples, IDENTITY).unwrap();
    let (unedited, _) = f1(&proposal.text, tarnvale::document, 0..10);
    let (file, lines) = edited(&proposal.text, TARNVALE);
    let (share, differing) = f1(&file, tarnvale::document, 0..10);
    assert!(lines <= 15 && share >= 0.95, "{lines} lines, {unedited:.4} → {share:.4}: {differing:#?}");
}
