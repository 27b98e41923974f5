//! Layouts of regulators whose reports nobody here had read: of prisons, of child care, of food.

#![allow(missing_docs)]

#[path = "draft/shared.rs"]
#[allow(dead_code, reason = "other tests use more of it")]
mod shared;

use findings_core::plugin::PluginFormat;
use findings_forms::FileFormat;
use findings_forms::draft::{Sample, draft};
use serde_json::Value;

use shared::{IDENTITY, sample};

const PEOPLE: [&str; 6] = ["Ada Thorn", "Ben Oakley", "Cora Vane", "Dinah Malik", "Edie Marsh", "Finn Rowe"];
const PLACES: [&str; 6] = ["Ousby", "Wending", "Great Hale", "Sallow Green", "Thorpe Ness", "Little Marrow"];

fn proposed(document: fn(usize) -> String) -> (Vec<Value>, String) {
    let samples: Vec<Sample> = (0..6).map(|n| sample(&format!("{n}.txt"), &document(n))).collect();
    let text = draft(&samples, IDENTITY).unwrap().text;
    let format = FileFormat::new("layout.format.toml", &text).unwrap();
    (samples.into_iter().map(|s| format.record(s.document).whole()).collect(), text)
}

fn texts<'r>(record: &'r Value, list: &str, member: &str) -> Vec<&'r str> {
    record[list].as_array().into_iter().flatten().filter_map(|item| item[member].as_str()).collect()
}

const OUTCOMES: [&str; 3] = ["good", "reasonably good", "not sufficiently good"];

fn prison(n: usize) -> String {
    let place = PLACES[n];
    let found = |area: &str, k: usize| {
        format!(
            "{area}\n\nAt this inspection of {place} we found that outcomes for prisoners were {} against this test. Staff were kind.\n\n",
            OUTCOMES[(n + k) % 3]
        )
    };
    format!(
        "Report on an unannounced inspection of {place} Prison\n\nby the Inspector of Custody\n\n{} to {} May 2024\n\n\
         Introduction\n\nThe prison stands on a hill. We were made welcome.\n\n\
         Priority concerns\n\n1. Cells in wing {} were damp.\n\n2. Too few prisoners worked.\n\n\
         {}{}\
         Inspection team\n\nThis inspection was carried out by:\n\n\
         {:<24}Team leader\n{:<24}Inspector\n\n\
         Closing\n\nWe thank the governor.\n",
        n + 3,
        n + 7,
        n + 1,
        found("Safety", 0),
        found("Respect", 1),
        PEOPLE[n],
        PEOPLE[(n + 2) % 6],
    )
}

#[test]
fn a_team_in_rows_days_on_the_cover_and_grades_in_the_midst_of_sentences() {
    let (records, text) = proposed(prison);
    for (n, record) in records.iter().enumerate() {
        assert_eq!(record["inspection"]["start"], format!("2024-05-{:02}", n + 3), "{text}");
        assert_eq!(record["inspection"]["end"], format!("2024-05-{:02}", n + 7), "{text}");
        assert_eq!(texts(record, "inspectors", "name"), [PEOPLE[n], PEOPLE[(n + 2) % 6]], "{text}");
        assert_eq!(texts(record, "judgements", "area"), ["safety", "respect"], "{text}");
        assert_eq!(
            texts(record, "judgements", "printed"),
            [OUTCOMES[n % 3], OUTCOMES[(n + 1) % 3]],
            "{text}"
        );
        assert_eq!(texts(record, "improvements", "text").len(), 2, "concerns are to be put right: {text}");
    }
}

fn nursery(n: usize) -> String {
    let rules = [("R 400.8110", "Licensee"), ("R 400.8125", "Staff and volunteers"), ("R 400.8182", "Ratio")];
    let rules: String = rules
        .iter()
        .enumerate()
        .map(|(k, (rule, what))| {
            format!("{rule:<14}{what:<26}{}\n", ["Met", "Not met", "Not reviewed"][(n + k) % 3])
        })
        .collect();
    format!(
        "Office of Child Care Licensing\n\nFacility Name: {} Nursery          Capacity: {}\n\
         Inspection Date: 05/{:02}/2024         Consultant: {}\n\n\
         Rule          Subject                   Compliance\n{rules}\n\
         Violations Cited\n\n1. The gate by the pond had no lock.\n\n2. {} files had no form.\n\n\
         Closing\n\nA copy was left with the licensee.\n\nDate: 06/{:02}/2024\n",
        PLACES[n],
        n + 20,
        n + 13,
        PEOPLE[n],
        ["Two", "Six", "Ten"][n % 3],
        n + 14,
    )
}

#[test]
fn references_are_not_what_is_graded_and_a_short_label_is_not_the_end_of_another() {
    let (records, text) = proposed(nursery);
    for (n, record) in records.iter().enumerate() {
        assert_eq!(
            texts(record, "judgements", "label"),
            ["Licensee", "Staff and volunteers", "Ratio"],
            "{text}"
        );
        assert_eq!(record["inspection"]["start"], format!("2024-05-{:02}", n + 13), "{text}");
        assert_eq!(record["extension"]["date"], format!("2024-06-{:02}", n + 14), "{text}");
        assert_eq!(texts(record, "inspectors", "name"), [PEOPLE[n]], "{text}");
        assert_eq!(texts(record, "improvements", "text").len(), 2, "{text}");
    }
}

const RATINGS: [&str; 3] = ["5 - Very good", "3 - Generally satisfactory", "1 - Major improvement necessary"];

fn kitchen(n: usize) -> String {
    let (place, who) = (PLACES[n], PEOPLE[n]);
    format!(
        "Marrow Borough Council\nTown Hall, Marrow ZZ1 2AA\n\n{who}\n{place} Tea Room\n{} Mill Lane\nMarrow\nZZ1 {}AB\n\n\
         Our reference: EH/10{n}7\n\n{} June 2024\n\nDear {who}\n\nFood hygiene inspection: {place} Tea Room\n\n\
         I visited your premises on {} May 2024 to look at the kitchen. It was clean.\n\n\
         Your food hygiene rating: {}\n\n\
         What the law requires\n\n1. Keep raw meat below other food.\n\n2. Clean the filters in {} days.\n\n\
         Good practice\n\n1. Fit a screen to the door.\n\n2. Keep cloths apart.\n\n\
         Yours sincerely\n\n{}\nEnvironmental Health Officer\n",
        n + 2,
        n + 1,
        n + 11,
        n + 3,
        RATINGS[n % 3],
        n + 2,
        PEOPLE[(n + 3) % 6],
    )
}

#[test]
fn a_subject_names_who_is_inspected_and_the_only_rating_is_the_overall_one() {
    let (records, text) = proposed(kitchen);
    for (n, record) in records.iter().enumerate() {
        assert_eq!(record["provider"]["name"], format!("{} Tea Room", PLACES[n]), "{text}");
        assert_eq!(texts(record, "judgements", "area"), ["overall-effectiveness"], "{text}");
        assert_eq!(texts(record, "judgements", "printed"), [RATINGS[n % 3]], "{text}");
        assert_eq!(texts(record, "improvements", "text").len(), 2, "{text}");
        assert_eq!(record["strengths"].as_array().map_or(0, Vec::len), 0, "advice is no strength: {text}");
    }
}

const WORKS: [&str; 3] = ["Test the hoses", "Mend the bell of the yard", "Train drivers"];

fn brigade(n: usize) -> String {
    let grade = |k: usize| ["Good", "Adequate", "Inadequate"][(n + k) % 3];
    let row = |what: &str, k: usize| format!("{what:<24}{:<20}{}\n", grade(k), grade(k + 1));
    format!(
        "Inspectorate of Fire Brigades\n\nBrigade: {} Brigade\n\nWe first inspected the brigade in 20{}, when it had four vans.\n\n\
         {:<24}{:<20}2021/22\n{}{}{}\n\
         Recommendations\n\nR1 {}\n\nR2 {}\n\n\
         Closing\n\nThe brigade will write to us.\n",
        PLACES[n],
        n + 10,
        "Question",
        "This inspection",
        row("Effectiveness", 0),
        row("Efficiency", 1),
        row("People", 2),
        WORKS[n % 3],
        WORKS[(n + 1) % 3],
    )
}

#[test]
fn a_column_headed_by_a_year_holds_other_grades() {
    let (records, text) = proposed(brigade);
    for (n, record) in records.iter().enumerate() {
        let wanted: Vec<&str> = (0..3).map(|k| ["Good", "Adequate", "Inadequate"][(n + k) % 3]).collect();
        assert_eq!(texts(record, "judgements", "printed"), wanted, "{text}");
        assert!(!text.contains("type = \"number\""), "a year counts nothing: {text}");
    }
}

fn wold(n: usize) -> String {
    let letters = ["", ", QFSM", ", OBE, QFSM"][n % 3];
    format!(
        "Report on a fire brigade\n\nBrigade: {}\nChief officer: {}{letters}\n\n\
         How we inspect\n\nThe inspection took place in May 2024.\n\n\
         The inspection was led by {}, one of the inspectors of the Wold Inspectorate.\n\n\
         What we found\n\nThe engines were clean on day {}.\n\n\
         Area for improvement 1\n\nThe brigade should mend {} gates.\n\n\
         How it is led\n\nThe chief knows {} of the crews.\n\n\
         Area for improvement 2\n\nThe brigade should train {} drivers.\n\n{}",
        PLACES[n],
        PEOPLE[n],
        PEOPLE[(n + n % 2) % 6],
        n + 2,
        n + 4,
        n + 6,
        n + 8,
        // More than any sample has that a proposal might list.
        if n == 5 { "Area for improvement 3\n\nThe brigade should buy hoses.\n\n" } else { "" },
    )
}

#[test]
fn headings_that_differ_in_a_number_are_those_of_one_list() {
    let (records, text) = proposed(wold);
    let wanted = |n: usize| {
        [
            format!("The brigade should mend {} gates.", n + 4),
            format!("The brigade should train {} drivers.", n + 8),
        ]
    };
    for (n, record) in records.iter().enumerate().take(5) {
        assert_eq!(texts(record, "improvements", "text"), wanted(n), "{text}");
    }
    assert_eq!(texts(&records[5], "improvements", "text").len(), 3, "{text}");
    assert!(!text.contains("heading = \"Area for improvement 1\""), "{text}");
}

#[test]
fn who_led_and_a_name_with_letters_behind_it() {
    let (records, text) = proposed(wold);
    for (n, record) in records.iter().enumerate() {
        assert_eq!(record["extension"]["chief_officer"], PEOPLE[n], "{text}");
        let led = &record["inspectors"][0];
        assert_eq!(
            (led["name"].as_str(), led["lead"].as_bool()),
            (Some(PEOPLE[(n + n % 2) % 6]), Some(true)),
            "{text}"
        );
    }
}
