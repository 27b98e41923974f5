//! What plain text breaks over lines is put together again.

#![allow(missing_docs)]

use findings_core::plugin::{self, PluginFormat};
use findings_forms::FileFormat;
use serde_json::{Value, json};

const FILE: &str = r#"
id = "lowmere.note"
title = "Note"
regulator = "lowmere"
version = "1"
tested-on = "no document"

[[anchor]]
phrases = "Lowmere Waters Inspectorate"
place = "opening"
weight = 0.6

[codes.grade]
scale = "lowmere-2"
values = [{ code = "sound" }, { code = "weak" }]

[[field]]
pointer = "/extension/premises"
find = [{ after = "Address of the premises that were inspected:" }]

[[field]]
pointer = "/extension/bathers"
type = "number"
find = [{ after = "Greatest number of bathers:" }]

[[table]]
into = "/judgements"
column = [
  { head = "Aspect", to = "label" },
  { head = "Grade", to = "grade", type = "grade", codes = "grade" },
  { head = "Remarks" },
]
"#;

fn read(text: &str) -> Value {
    let format = FileFormat::new("lowmere.format.toml", FILE).unwrap();
    format.record(plugin::document("n.txt", text.as_bytes()).unwrap()).whole()
}

#[test]
fn labels_and_cells_may_run_over_two_lines() {
    let record = read(
        "Lowmere Waters Inspectorate\n\nAddress of the premises that\nwere inspected: 4 Weir Lane\nGreatest number of bathers: 140\n\n\
        Aspect            Grade      Remarks\n\
        Plant and         Sound      The dosing was\n\
        dosing of acid               steady.\n\
        Lifeguards                   Nobody was seen\n",
    );
    assert_eq!(record["extension"], json!({ "premises": "4 Weir Lane", "bathers": 140 }));
    let judged =
        |at: usize| (record["judgements"][at]["label"].clone(), record["judgements"][at]["grade"].clone());
    assert_eq!(judged(0), (json!("Plant and dosing of acid"), json!("sound")));
    // An empty cell takes no other's words.
    assert_eq!(judged(1), (json!("Lifeguards"), Value::Null));
    assert_eq!(record["judgements"].as_array().map(Vec::len), Some(2));
}

const FORM: &str = r#"
id = "fendale.form"
title = "Form"
regulator = "fendale"
version = "1"
tested-on = "no document"

[[anchor]]
phrases = "Fendale Drainage Board"
place = "opening"
weight = 0.6

[codes.result]
scale = "fendale-3"
values = [{ code = "in-order" }, { code = "slight-fault" }, { code = "grave-fault" }]

[[field]]
pointer = "/provider/name"
find = [{ row = "Works" }]

[[field]]
pointer = "/extension/licence"
find = [{ row = "Licence number" }]

[[field]]
pointer = "/extension/holder"
find = [{ row = "Licence holder" }]

[[field]]
pointer = "/inspection"
type = "date-range"
find = [{ row = "Day of visit" }]

[[field]]
pointer = "/extension/seen"
find = [{ row = "Person seen" }]

[[field]]
pointer = "/extension/times"
find = [{ row = "Times" }]

[[table]]
into = "/judgements"
column = [
  { head = "What was looked at", to = "label" },
  { head = "Result", to = "grade", type = "grade", codes = "result" },
  { head = "Clause" },
]

[[table]]
into = "/improvements"
presence = "optional"
column = [
  { head = "No." },
  { head = "What must be done", to = "text" },
  { head = "Clause" },
  { head = "By", type = "date" },
]
"#;

const HEAD: &str = "Fendale Drainage Board\n\n";

fn form(text: &str) -> Value {
    let format = FileFormat::new("fendale.format.toml", FORM).unwrap();
    format.record(plugin::document("n.txt", format!("{HEAD}{text}").as_bytes()).unwrap()).whole()
}

/// What is told of the places below a pointer.
fn told(record: &Value, pointer: &str) -> Vec<String> {
    let all = record["diagnostics"].as_array().unwrap().iter();
    let at = all.filter(|d| d["path"].as_str().is_some_and(|p| p.starts_with(pointer)));
    at.map(|d| d["message"].as_str().unwrap().to_owned()).collect()
}

#[test]
fn cells_one_space_apart_are_parted_at_the_labels_of_rows() {
    let record = form(
        "Works          Long Weir Sluice Licence number   FD-0417\n\
         Licence holder Mill and Weir    Times            09:40 to 12:30\n\
        \x20              Company Limited\n\
         Day of visit   6 May 2024       Person seen      Ann Works / Foreman\n\n\
         What we saw is told below.\n",
    );
    assert_eq!(record["provider"]["name"], "Long Weir Sluice");
    assert_eq!(
        record["extension"],
        json!({ "licence": "FD-0417", "holder": "Mill and Weir Company Limited", "seen": "Ann Works / Foreman", "times": "09:40 to 12:30" })
    );
    assert_eq!(record["inspection"]["start"], "2024-05-06");
}

#[test]
fn a_label_in_another_cell_is_none_where_rows_are_whole() {
    // Labels that are not printed: the words of one are in a value, of one before another label's end, of one in a table.
    let record = form(
        "Works          Long Weir Sluice     Licence number   FD-0417\n\
         Holder         Day of visit Tours\n\
         Person seen first  Ann Lee\n\n\
         What was looked at    Result          Clause\n\
         Times of opening      In order        4\n\
         Gates                 Slight fault    7\n",
    );
    assert_eq!(record["extension"]["times"], Value::Null);
    assert_eq!((&record["extension"]["seen"], &record["inspection"]["start"]), (&Value::Null, &Value::Null));
    assert_eq!(record["judgements"][0]["label"], "Times of opening");
}

#[test]
fn cells_one_space_apart_are_parted_at_values_of_their_type() {
    let record = form(
        "What was looked at         Result          Clause\n\
         Gates and their hinges     In order        4\n\
         Banks, paths and the drain Slight fault    5(b)\n\
         beside the road\n\
         Notices and signs at the weir Grave fault  7\n\n\
         What comes next is another table.\n\n\
         No.  What must be done                     Clause   By\n\
         1    Mend the bank and show us that        5(b)     12 June 2024\n\
        \x20    it holds.\n\
         2    Put up the signs that were taken away 7        1 July\n\
        \x20    in March.                                      2024\n",
    );
    let judged: Vec<(&str, &str)> = record["judgements"]
        .as_array()
        .unwrap()
        .iter()
        .map(|j| (j["label"].as_str().unwrap(), j["grade"].as_str().unwrap_or("none")))
        .collect();
    assert_eq!(
        judged,
        [
            ("Gates and their hinges", "in-order"),
            ("Banks, paths and the drain beside the road", "slight-fault"),
            ("Notices and signs at the weir", "grave-fault")
        ]
    );
    let wanted: Vec<&str> =
        record["improvements"].as_array().unwrap().iter().filter_map(|i| i["text"].as_str()).collect();
    assert_eq!(wanted[0], "Mend the bank and show us that it holds.");
}

#[test]
fn a_row_whose_cells_cannot_be_told_apart_is_told_and_not_read() {
    let record = form(
        "No.  What must be done                Clause   By\n\
         1    Mend the bank                    5(b)     12 June 2024\n\
         2    Put up the signs 7                  Later\n",
    );
    assert_eq!(record["improvements"].as_array().map(Vec::len), Some(1));
    assert_eq!(
        told(&record, "/improvements"),
        ["“2 Put up the signs 7 Later” is among the table's rows but is not one of them"]
    );
}
