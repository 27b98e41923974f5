//! What is not there, or may not be: empty labels, labels that are misread, rows that are not told apart.

#![allow(missing_docs)]

#[path = "common/notes.rs"]
#[allow(dead_code, reason = "other tests use more of it")]
mod notes;

use serde_json::{Value, json};

use notes::{doubts, status};

const FILE: &str = r#"
[[field]]
pointer = "/provider/name"
find = [{ after = "Pool:" }]

[[field]]
pointer = "/extension/manager"
presence = "optional"
find = [{ after = "Manager of the pool:" }]

[[field]]
pointer = "/extension/our_ref"
presence = "optional"
find = [{ after = "Our ref:" }]

[[field]]
pointer = "/extension/your_ref"
presence = "optional"
find = [{ after = "Your ref:" }]

[[field]]
pointer = "/extension/depth"
type = "number"
find = [{ below = "Greatest depth:" }]

[[field]]
pointer = "/inspection/start"
type = "date"
find = [{ after = "Visit began:" }]

[[field]]
pointer = "/inspection/end"
type = "date"
find = [{ after = "Visit ended:" }]

[[table]]
into = "/extension/tests"
column = [{ head = "Test", to = "test" }, { head = "Lanes", to = "lanes" }, { head = "Result", to = "result" }]

[[list]]
into = "/improvements"
under = "Actions"
presence = "optional"
"#;

const TOP: &str = "Pool: Weir Lane Baths\nVisit began: 3 May 2024\nVisit ended: 5 May 2024\n";

fn read(text: &str) -> Value {
    notes::read(FILE, text)
}

/// What the record says of a pointer: the status of its evidence, and the messages of doubts.
fn told(record: &Value, pointer: &str) -> (String, Vec<String>) {
    (status(record, pointer), doubts(record, pointer))
}

#[test]
fn the_days_behind_two_labels_are_one_visit() {
    let record = read(TOP);
    assert_eq!(record["inspection"]["visits"], json!([{ "start": "2024-05-03", "end": "2024-05-05" }]));
}

#[test]
fn the_line_below_an_empty_label_is_not_its_value() {
    let record = read(&format!("{TOP}Manager of the pool:\n\nThe water was clear.\n"));
    assert_eq!(record["extension"]["manager"], Value::Null);
    assert_eq!(told(&record, "/extension/manager"), ("not-stated".into(), Vec::new()));
    let record = read(&format!(
        "{TOP}Manager of the pool:\nAda Thorn\n\nThe water was clear, and the baths were open on the day.\n"
    ));
    let (status, doubts) = told(&record, "/extension/manager");
    assert_eq!((status.as_str(), doubts.len()), ("not-read", 1), "it may be the value: {doubts:?}");
}

#[test]
fn an_optional_value_without_a_label_is_not_stated_and_one_with_a_misread_label_is_doubted() {
    assert_eq!(told(&read(TOP), "/extension/manager"), ("not-stated".into(), Vec::new()));
    let record = read(&format!("{TOP}Manoger cf fhe pool: Ada Thorn\n"));
    let (status, doubts) = told(&record, "/extension/manager");
    assert_eq!(status, "not-read");
    assert!(doubts[0].contains("may begin with the label"), "{doubts:?}");
}

#[test]
fn the_line_of_another_label_is_no_misread_one() {
    let record = read(&format!("{TOP}Our ref: LW-20\n"));
    assert_eq!(record["extension"]["our_ref"], "LW-20");
    assert_eq!(told(&record, "/extension/your_ref"), ("not-stated".into(), Vec::new()));
    let record = read(&format!("{TOP}Our ref: LW-20\nYuor ref: 7\n"));
    assert_eq!(told(&record, "/extension/your_ref").0, "not-read");
}

#[test]
fn frames_drawn_with_characters_are_no_text_and_a_value_may_be_below_a_cell() {
    let record = read(
        "+----------------------------------+\n| Pool: Weir Lane Baths            |\n\
        | Visit began: 3 May 2024          |\n+----------------------------------+\n\nGreatest depth:      Water:\n\
        3                    fresh\n",
    );
    assert_eq!(record["provider"]["name"], "Weir Lane Baths");
    assert_eq!(record["extension"]["depth"], 3);
}

#[test]
fn a_row_below_the_last_one_that_was_read_is_reported() {
    let table = "Test          Lanes    Result\nChlorine      1 to 4   clear\nAcid 1 to 4 sour\n";
    let record = read(&format!("{TOP}\n{table}"));
    let (_, doubts) = told(&record, "/extension/tests");
    assert!(doubts.iter().any(|d| d.contains("Acid 1 to 4 sour")), "{doubts:?}");
}

#[test]
fn list_items_that_are_rows_of_a_table_are_doubted() {
    let rows = "1      Weak        Repair the steps of the deep            3 June\n       rail        end and paint them.                     2024\n";
    let record = read(&format!("{TOP}\nActions\n\n{rows}"));
    let items = record["improvements"].as_array().unwrap();
    let (_, doubts) = told(&record, "/improvements");
    assert!(items.is_empty() || doubts.iter().any(|d| d.contains("row of a table")), "{items:?} {doubts:?}");
    let record = read(&format!("{TOP}\nActions\n\nNothing was required.\n"));
    assert_eq!(told(&record, "/improvements").0, "not-stated");
    let record = read(&format!("{TOP}\nActions\n\n(i) Mend the rail.\n\n(ii) Test the water.\n"));
    assert_eq!(record["improvements"].as_array().map(Vec::len), Some(2));
}
