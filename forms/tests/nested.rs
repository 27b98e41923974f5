//! Lists whose items have parts: letters below numbers, bullets below letters, Roman numerals below either.

#![allow(missing_docs)]

#[path = "common/notes.rs"]
#[allow(dead_code, reason = "other tests use more of it")]
mod notes;

use serde_json::Value;

use notes::{doubts, improvements};

const FILE: &str = "[[list]]\ninto = \"/improvements\"\nunder = \"Requirements\"\nkind = \"requirement\"\n\n\
                    [[section]]\nheading = \"Next steps\"\n";

fn read(list: &str) -> Value {
    notes::read(
        FILE,
        &format!("Pool: Weir Lane Baths\n\nRequirements\n\n{list}\n\nNext steps\n\nWe shall call again.\n"),
    )
}

/// The items, and how many doubts there are about them.
fn items(list: &str) -> (Vec<String>, usize) {
    let record = read(list);
    (improvements(&record).into_iter().map(str::to_owned).collect(), doubts(&record, "/improvements").len())
}

fn whole(wanted: &[&str]) -> (Vec<String>, usize) {
    (wanted.iter().map(|w| (*w).to_owned()).collect(), 0)
}

const NESTED: [&str; 2] = [
    "The manager must: (a) mend the rail of the deep end; (b) test the water each day.",
    "The owner must: (a) train two lifeguards.",
];

#[test]
fn lettered_parts_belong_to_the_numbered_item_above() {
    let lines = "1. The manager must:\n(a) mend the rail of the deep end;\n(b) test the water each day.\n\n\
                 2. The owner must:\n(a) train two lifeguards.";
    assert_eq!(items(lines), whole(&NESTED));
    assert_eq!(items(&lines.replace('\n', "\n\n")), whole(&NESTED), "each in a paragraph of its own");
    let parts = items("1. Mend the rail.\n\n2. Keep:\n\n(i) a log;\n\n(ii) a whistle.\n\n3. Test the water.");
    assert_eq!(parts, whole(&["Mend the rail.", "Keep: (i) a log; (ii) a whistle.", "Test the water."]));
}

#[test]
fn parts_of_lettered_items_are_no_items() {
    let numerals =
        "(a) Mend:\n(i) the rail;\n(ii) the steps.\n\n(b) Test the water.\n\n(c) Train lifeguards.";
    let wanted = ["Mend: (i) the rail; (ii) the steps.", "Test the water.", "Train lifeguards."];
    assert_eq!(items(numerals), whole(&wanted));
    assert_eq!(items(&numerals.replace('\n', "\n\n")), whole(&wanted));
    let bullets = "(a) Mend these parts of the pool:\n\n- the rail\n\n- the steps\n\n(b) Test the water.";
    assert_eq!(
        items(bullets),
        whole(&["Mend these parts of the pool: the rail the steps", "Test the water."])
    );
    let letters = "(i) Mend:\n(a) the rail;\n(b) the steps.\n\n(ii) Test the water.";
    assert_eq!(items(letters), whole(&["Mend: (a) the rail; (b) the steps.", "Test the water."]));
}

#[test]
fn a_numbered_paragraph_that_introduces_lettered_items_is_none() {
    let list = "14. We require the following:\n\n(a) Mend the rail.\n\n(b) Test the water.";
    assert_eq!(items(list).0, ["Mend the rail.", "Test the water."]);
}

#[test]
fn a_list_is_read_wherever_its_heading_is_printed() {
    let again = "1. Mend the rail.\n\n2. Test the water.\n\nRequirements\n\n1. Train two lifeguards.";
    assert_eq!(items(again), whole(&["Mend the rail.", "Test the water.", "Train two lifeguards."]));
    let none = "No requirements were made.\n\nRequirements\n\n1. Train two lifeguards.";
    assert_eq!(items(none), whole(&["Train two lifeguards."]));
}

#[test]
fn numbers_of_two_parts_count_items() {
    let list = "5.1 Mend the rail.\n5.2 Keep:\n(a) a log;\n(b) a whistle.\n\n5.3 Test the water.";
    assert_eq!(items(list), whole(&["Mend the rail.", "Keep: (a) a log; (b) a whistle.", "Test the water."]));
}

#[test]
fn a_letter_out_of_order_is_told() {
    let (items, told) = items("(a) Mend the rail.\n(b) Test the water.\n(d) Train lifeguards.");
    assert_eq!((items.len(), told), (2, 1));
}

#[test]
fn a_gap_is_told_however_items_are_counted() {
    for marks in [["(a)", "(b)", "(d)"], ["1.1", "1.2", "1.4"], ["R1", "R2", "R4"]] {
        let list = format!(
            "{} Mend the rail.\n{} Test the water.\n{} Train lifeguards.",
            marks[0], marks[1], marks[2]
        );
        let (items, doubts) = items(&list);
        assert_eq!((items.len(), doubts), (2, 1), "{items:?}");
    }
}
