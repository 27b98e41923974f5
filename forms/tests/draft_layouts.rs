//! A letter with grades in sentences under headings, and a form with tick boxes, totals and labels that only some samples have.

#![allow(missing_docs)]

#[path = "draft/shared.rs"]
#[allow(dead_code, reason = "other tests use more of it")]
mod shared;

use findings_core::plugin::PluginFormat;
use findings_forms::FileFormat;
use findings_forms::draft::{Sample, draft};
use serde_json::{Value, json};

use shared::{IDENTITY, sample};

const GRADES: [&str; 3] = ["good", "adequate", "requires improvement"];
const PEOPLE: [&str; 6] = ["Ada Thorn", "Ben Oakley", "Cora Vane", "Dev Malik", "Edie Marsh", "Finn Rowe"];
const TOWNS: [&str; 6] = ["Ashby", "Burnham", "Calder", "Dunmere", "Elford", "Farley"];

fn letter(n: usize) -> String {
    let (town, who, lead) = (TOWNS[n], PEOPLE[n], PEOPLE[(n + 2) % 6]);
    let [prevention, response] = [0, 1].map(|k| GRADES[(n + k) % 3]);
    format!(
        "Inspectorate of Lifeboats\nThe Old Pier, Saltmouth SM1 2AB\n\n{who}\nStation Manager\n{town} Lifeboat Trust\n\
         1 Quay Street\n{town}\nSM4 {}AB\n\n{} June 2024\n\nDear {who}\n\nInspection of {town} Lifeboats\n\n\
         We inspected {town} Lifeboats between {} and {} May 2024. The inspection was led by {lead}. We thank the crew.\n\n\
         Prevention\n\nWe have graded the station as {prevention} at prevention. At the last inspection, in 2021, we graded it \
         as {}. The crew visited schools.\n\nResponse\n\nWe have graded the station as {response} at response. At the last \
         inspection, in 2021, we graded it as {}. Boats were launched in time.\n\nYours sincerely\n\nOla Brand\nChief \
         Inspector\n",
        n + 1,
        n + 3,
        n + 6,
        n + 8,
        GRADES[(n + 2) % 3],
        GRADES[n % 3],
    )
}

fn form(n: usize) -> String {
    let kind = ["Routine", "Complaint"][n % 2];
    let tick = |option: &str| if option == kind { "[x]" } else { "[ ]" };
    let former =
        if n.is_multiple_of(3) { format!("Former name: {} Store\n", TOWNS[n]) } else { String::new() };
    format!(
        "RIVERSIDE TRADING OFFICE\nRecord of a visit to a trader\n\nTrader: {} Stores\n{former}Reference: RT-{}\n\
         Visit started: {} May 2024\nVisit ended: {} May 2024\nSort of visit: {} Routine {} Complaint\n\
         Total score: {} out of 50\n\nWhat must be done\n\nA1. Label all goods.\nBy: {} June 2024\nA2. Test the scales.\n\
         By: {} June 2024\n\nSigned for the office\n",
        TOWNS[n],
        410 + n * 7,
        n + 2,
        n + 4,
        tick("Routine"),
        tick("Complaint"),
        21 + n * 3,
        n + 3,
        n + 9,
    )
}

/// The records of six samples by the file that they propose, and the file.
fn records(document: fn(usize) -> String) -> (Vec<Value>, String) {
    let samples: Vec<Sample> = (0..6).map(|n| sample(&format!("{n}.txt"), &document(n))).collect();
    let text = draft(&samples, IDENTITY).unwrap().text;
    let format = FileFormat::new("layout.format.toml", &text).unwrap();
    (samples.into_iter().map(|s| format.record(s.document).whole()).collect(), text)
}

#[test]
fn a_sentence_with_a_grade_under_each_heading_is_a_judgement_for_each() {
    let (records, text) = records(letter);
    for (n, record) in records.iter().enumerate() {
        let judged: Vec<_> =
            record["judgements"].as_array().unwrap().iter().map(|j| (&j["area"], &j["printed"])).collect();
        let wanted = [("prevention", GRADES[n % 3]), ("response", GRADES[(n + 1) % 3])];
        assert_eq!(
            judged,
            wanted.map(|(a, g)| (json!(a), json!(g))).iter().map(|(a, g)| (a, g)).collect::<Vec<_>>(),
            "{text}"
        );
    }
    let left = text.split("Left out:").nth(1).unwrap();
    assert!(left.contains("At the last inspection"), "grades of another inspection are left out: {text}");
}

#[test]
fn the_addressee_below_a_letterhead_and_who_led_are_proposed() {
    let (records, text) = records(letter);
    for (n, record) in records.iter().enumerate() {
        let to = &record["letter"]["recipients"][0];
        assert_eq!(
            [&to["name"], &to["postcode"]],
            [&json!(PEOPLE[n]), &json!(format!("SM4 {}AB", n + 1))],
            "{text}"
        );
        assert_eq!(record["provider"]["name"], format!("{} Lifeboats", TOWNS[n]));
        assert_eq!(record["inspection"]["start"], format!("2024-05-{:02}", n + 6));
        let lead = &record["inspectors"][0];
        assert_eq!([&lead["name"], &lead["lead"]], [&json!(PEOPLE[(n + 2) % 6]), &json!(true)]);
    }
}

#[test]
fn tick_boxes_totals_two_days_and_rare_labels_are_proposed() {
    let (records, text) = records(form);
    for (n, record) in records.iter().enumerate() {
        let own = &record["extension"];
        let kind = if n.is_multiple_of(2) { "routine" } else { "complaint" };
        assert!(record["inspection"]["type"] == kind || own["sort_of_visit"] == kind, "{text}");
        assert_eq!(own["total_score"], 21 + n * 3);
        assert_eq!(record["inspection"]["start"], format!("2024-05-{:02}", n + 2));
        assert_eq!(record["inspection"]["end"], format!("2024-05-{:02}", n + 4));
        assert_eq!(record["inspection"]["visits"].as_array().map(Vec::len), Some(1));
        let (former, status) = (&own["former_name"], &record["evidence"]["/extension/former_name"]["status"]);
        match n % 3 {
            0 => assert_eq!(former, &format!("{} Store", TOWNS[n])),
            _ => assert_eq!((former, status), (&Value::Null, &json!("not-stated")), "{text}"),
        }
        let items: Vec<_> = record["improvements"].as_array().unwrap().iter().map(|i| &i["text"]).collect();
        assert_eq!(
            items,
            ["Label all goods.", "Test the scales."],
            "who acts and by when is not part of an item"
        );
    }
}
