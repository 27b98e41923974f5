//! A report in plain text with close cells, a first cell over two lines, a grade in a sentence, and the kind of place in its title.

#![allow(missing_docs)]

#[path = "draft/shared.rs"]
#[allow(dead_code, reason = "other tests use more of it")]
mod shared;

use findings_core::plugin::PluginFormat;
use findings_forms::FileFormat;
use findings_forms::draft::{Sample, draft};
use serde_json::{Value, json};

use shared::{IDENTITY, sample};

const GRADES: [&str; 3] = ["Met", "Partly met", "Not met"];
const KENNELS: [&str; 6] =
    ["Pawprints", "Hollow Farm", "Whiskers Inn", "Long Meadow", "Bracken Lodge", "Top Field"];
const KEEPERS: [&str; 6] =
    ["Edda Tarn", "Lydia Prowse", "Callum Skerry", "Petra Thole", "Bram Oakes", "Ines Quill"];
const ACTIONS: [&str; 4] = [
    "Clean all bowls each day.",
    "Give each run a shaded part.",
    "Have somebody on duty at night.",
    "Store bedding off the floor.",
];

fn grades(n: usize) -> [&'static str; 4] {
    [0, 1, 2, 4].map(|k| GRADES[(n + k * n / 2 + k) % 3])
}

/// The last row's first cell goes on with a capital, and its second ends two spaces before the third.
fn report(n: usize) -> String {
    let [housing, feeding, records, staff] = grades(n);
    let row = |first: &str, grade: &str, remark: &str| format!("{first:14}{grade:12}{remark}\n");
    format!(
        "THORNMERE DISTRICT COUNCIL\nReport of a visit to a kennel\n\nKennel: {}\nKept by: {}\n\n\
         The assessor called on {} May 2025. We found that the standard of the kennel is {}.\n\n\
         Conditions of the licence\n\n{}{}{}Water\n{}{}Training\n\n\
         What the keeper must do\n\nThe following must be done within a month.\n\na) {}\nb) {}\n\n\
         The licence runs until {} June 2026.\n\nSigned\n{}\nLicensing Officer\n",
        KENNELS[n],
        KEEPERS[n],
        4 + n,
        GRADES[n % 3].to_lowercase(),
        row("Condition", "Result", "Remarks"),
        row("Housing", housing, "Looked at on the day"),
        row("Feeding and", feeding, "Seen twice"),
        row("Records", records, "The book was shown"),
        row("Staff and", staff, "Two on duty"),
        ACTIONS[n % 4],
        ACTIONS[(n + 1) % 4],
        10 + n,
        KEEPERS[(n + 2) % 6],
    )
}

fn reports() -> Vec<Sample> {
    (0..6).map(|n| sample(&format!("{n}.txt"), &report(n))).collect()
}

#[test]
fn all_of_it_is_proposed_and_read_without_a_doubt() {
    let text = draft(&reports(), IDENTITY).unwrap().text;
    let format = FileFormat::new("kennels.format.toml", &text).unwrap();
    for (n, kennel) in KENNELS.iter().enumerate() {
        let record = format.record(sample("n.txt", &report(n)).document).whole();
        assert_eq!(record["diagnostics"], json!([]), "{n}: {text}");
        assert_eq!(record["provider"]["name"], *kennel, "the title ends with the label");
        assert_eq!(record["inspection"]["start"], format!("2025-05-{:02}", 4 + n));
        let judgements = record["judgements"].as_array().unwrap();
        let judged: Vec<(&str, String)> = judgements.iter().map(said).collect();
        let [housing, feeding, records, staff] = grades(n).map(str::to_lowercase);
        let wanted = [
            ("Housing", housing),
            ("Feeding and Water", feeding),
            ("Records", records),
            ("Staff and Training", staff),
        ];
        assert_eq!(judged[1..], wanted, "{n}: {text}");
        assert_eq!(judgements[0]["area"], "overall-effectiveness");
        assert_eq!(record["improvements"].as_array().map(Vec::len), Some(2));
    }
}

fn said(judgement: &Value) -> (&str, String) {
    let text = |name: &str| judgement[name].as_str().unwrap_or_default();
    (text("label"), text("printed").to_lowercase())
}

#[test]
fn items_with_numbers_in_lines_of_one_paragraph_are_several() {
    let numbered = |n: usize| report(n).replace("a) ", "1) ").replace("b) ", "2) ");
    let samples: Vec<Sample> = (0..6).map(|n| sample(&format!("{n}.txt"), &numbered(n))).collect();
    let text = draft(&samples, IDENTITY).unwrap().text;
    let format = FileFormat::new("kennels.format.toml", &text).unwrap();
    let record = format.record(sample("n.txt", &numbered(1)).document).whole();
    let improvements = record["improvements"].as_array().unwrap();
    let said: Vec<_> = improvements.iter().map(|i| (i["text"].as_str(), i["number"].as_u64())).collect();
    assert_eq!(said, [(Some(ACTIONS[1]), Some(1)), (Some(ACTIONS[2]), Some(2))], "{text}");
}

/// A line under a list's heading that neither is an item nor is read is told: it may be an item that has lost its mark.
#[test]
fn what_is_left_under_a_list_is_told() {
    let text = draft(&reports(), IDENTITY).unwrap().text;
    let format = FileFormat::new("kennels.format.toml", &text).unwrap();
    let lost = report(0).replace("\nb) ", "\n\n");
    let record = format.record(sample("n.txt", &lost).document).whole();
    let told = record["diagnostics"].as_array().unwrap();
    assert_eq!(told.len(), 1, "{told:?}");
    assert_eq!((&told[0]["code"], &told[0]["path"]), (&json!("text-not-read"), &json!("/improvements")));
}
