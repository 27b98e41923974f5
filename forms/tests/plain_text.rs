//! What plain text breaks over lines is put together again.

#![allow(missing_docs)]

#[path = "common/notes.rs"]
#[allow(dead_code, reason = "other tests use more of it")]
mod notes;

use serde_json::{Value, json};

use notes::{doubts, improvements};

const FILE: &str = r#"
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
    notes::read(FILE, text)
}

#[test]
fn labels_and_cells_may_run_over_two_lines() {
    let record = read(
        "Address of the premises that\nwere inspected: 4 Weir Lane\nGreatest number of bathers: 140\n\n\
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
[codes.result]
scale = "lowmere-3"
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

fn form(text: &str) -> Value {
    notes::read(FORM, text)
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
    assert_eq!(improvements(&record)[0], "Mend the bank and show us that it holds.");
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
        doubts(&record, "/improvements"),
        ["“2 Put up the signs 7 Later” is among the table's rows but is not one of them"]
    );
}

const BLOCKS: &str = r#"
[[table]]
into = "/improvements"
under = "Faults"
rows = "To do:"
column = [{ }, { to = "text" }]
"#;

/// The items of label/value rows, and what is in doubt about them.
fn to_do(lines: &str) -> (Vec<String>, Vec<String>) {
    let record = notes::read(BLOCKS, &format!("Faults\n\nFault 1\nRule:      3.2\n{lines}"));
    (improvements(&record).into_iter().map(str::to_owned).collect(), doubts(&record, "/improvements"))
}

#[test]
fn text_that_goes_on_below_a_label_and_its_value_is_read_or_told() {
    let whole = "Write a plan, and post it where parents can read it.";
    let again = "\n\nFault 2\nRule:      3.4\nTo do:     Mend the gate.\nBy:        4 May 2024\n";
    let (items, told) = to_do(&format!(
        "To do:     Write a plan, and post it\n           where parents can read it.\nBy:        2 May 2024{again}"
    ));
    assert_eq!((items, told.len()), (vec![whole.to_owned(), "Mend the gate.".to_owned()], 0), "{told:?}");
    for below in [
        "where parents can read it.",
        "  Where parents can read it.",
        "\nwhere parents can read it.",
        "of work:   where parents can read it.",
    ] {
        let (items, told) = to_do(&format!("To do:     Write a plan, and post it\n{below}\n{again}"));
        // Whatever is done with the line, it isn't lost without a word.
        assert_eq!(items.len(), 2, "{below}: {items:?} {told:?}");
        assert!(
            items[0] == whole || told.iter().any(|t| t.contains("can read it")),
            "{below}: {items:?} {told:?}"
        );
    }
}

const ORDERS: &str = r#"
[[list]]
into = "/improvements"
under = "Notice of defects"
until = "Within a month"
"#;

#[test]
fn items_with_capital_letters_go_on_below_a_heading_that_is_printed_again() {
    let record = notes::read(
        ORDERS,
        "Pool: Weir Lane Baths\n\nEnclosures:\n\n1.  Notice of defects\n2.  Report WL-4\n\n\x0cNOTICE OF DEFECTS\n\n\
         On the day of our visit the pool had these\ndefects, and so the owner of the pool must do\nwhat follows:\n\n\
         A.   Mend the gate at the deep end.\n\nB.   Oil the hinge.\n\x0cNotice of defects\n\nC.   Paint the wall.\n\n\
         Within a month the owner writes to us.\n\nThe letter names the day.\n\nIt is signed.\n\x0cWe come again in a year.\n\nIt may be sooner.\n",
    );
    let wanted = ["Mend the gate at the deep end.", "Oil the hinge.", "Paint the wall."];
    assert_eq!(improvements(&record), wanted, "{record}");
}
