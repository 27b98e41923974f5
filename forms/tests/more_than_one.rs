//! Where there may be more than one value, or something beside a value: nothing of it is lost without a doubt.

#![allow(missing_docs)]

#[path = "common/notes.rs"]
#[allow(dead_code, reason = "other tests use more of it")]
mod notes;

use serde_json::{Value, json};

use notes::{doubts, status};

/// A file with one field.
fn field(pointer: &str, kind: &str, more: &str, place: &str) -> String {
    format!("[[field]]\npointer = \"{pointer}\"\ntype = \"{kind}\"\n{more}find = [{{ {place} }}]\n")
}

fn names(record: &Value) -> Vec<&str> {
    record["inspectors"].as_array().into_iter().flatten().filter_map(|i| i["name"].as_str()).collect()
}

const TEAM: &str = "Pool: Weir Lane Baths\n\nInspectors:     Edda Tarn, Senior Pool Scientist\n                Jo Skerry, Pool Scientist\n                Petra Thole, Well Warden\n\nThe water was clear.\n";

#[test]
fn names_below_each_other_are_all_read_or_told() {
    let team = |more: &str| notes::read(&field("/inspectors", "name", more, "row = \"Inspectors:\""), TEAM);
    let posts = "repeated = true\nposts = [\"Senior Pool Scientist\", \"Pool Scientist\", \"Well Warden\"]\n";
    let whole = team(posts);
    assert_eq!(names(&whole), ["Edda Tarn", "Jo Skerry", "Petra Thole"]);
    assert_eq!(whole["inspectors"][0]["role"], "Senior Pool Scientist");
    assert_eq!(doubts(&whole, "/inspectors"), Vec::<String>::new());
    // No post of the file is behind the last name: it is no part of the name, and it is told.
    let unlisted = team("repeated = true\n");
    assert_eq!(names(&unlisted), ["Edda Tarn", "Jo Skerry", "Petra Thole"]);
    assert!(doubts(&unlisted, "/inspectors")[0].contains("a post that `posts` does not list"), "{unlisted}");
    let first = team("");
    assert_eq!(names(&first), ["Edda Tarn"]);
    assert!(doubts(&first, "/inspectors")[0].contains("write `repeated = true`"), "{first}");
}

#[test]
fn one_name_with_its_post_is_in_no_doubt() {
    let file = field("/inspectors", "name", "", "after = \"Inspector:\"");
    let record = notes::read(&file, "Pool: Weir Lane Baths\nInspector: Edda Tarn, Senior Scientist\n");
    assert_eq!((names(&record), doubts(&record, "/inspectors").len()), (vec!["Edda Tarn"], 0));
}

#[test]
fn days_with_the_month_first_are_read_where_its_name_is_printed() {
    let days = |more: &str, printed: &str| {
        let file = field("/inspection", "date-range", more, "after = \"Dates of visit:\"");
        notes::read(
            &file,
            &format!("Pool: Weir Lane Baths\nDates of visit: {printed}\nThe water was clear.\n"),
        )
    };
    let visits = |record: &Value| record["inspection"]["visits"].clone();
    let record = days("", "December 4-6, 2023");
    assert_eq!(visits(&record), json!([{ "start": "2023-12-04", "end": "2023-12-06" }]));
    assert_eq!(doubts(&record, "/inspection"), Vec::<String>::new());
    // In digits the order is not known.
    let record = days("", "12/14/2023");
    assert!(doubts(&record, "/inspection")[0].contains("write `month-first = true`"), "{record}");
    let record = days("month-first = true\n", "12/14/2023");
    assert_eq!(visits(&record), json!([{ "start": "2023-12-14", "end": "2023-12-14" }]));
    let record = days("", "4 May 2023 (its hall: 9 May 2023)");
    assert!(doubts(&record, "/inspection")[0].contains("has more days than were read"), "{record}");
}

#[test]
fn a_day_behind_the_name_of_a_place_is_no_part_of_it() {
    let file = field("/provider/name", "text", "", "after = \"Pool:\"");
    let record = notes::read(&file, "Pool: Weir Lane Baths - 27/01/2024\n\nThe water was clear.\n");
    assert_eq!(record["provider"]["name"], "Weir Lane Baths");
}

#[test]
fn a_telephone_number_is_no_number() {
    let file = field("/extension/bathers", "number", "", "after = \"Bathers:\"");
    let record = notes::read(&file, "Pool: Weir Lane Baths\nBathers: ask at 555-0127\n");
    assert_eq!((&record["extension"]["bathers"], doubts(&record, "/extension").len()), (&Value::Null, 1));
}

#[test]
fn a_label_in_a_running_line_is_told() {
    let page = |n: usize| {
        format!(
            "Permit: WL-{n}\n\nThe water of pool {n} was clear.\nThe tiles were clean.\nTwo ropes hung.\nNo glass.\n\x0c"
        )
    };
    let file = field("/extension/permit", "text", "presence = \"optional\"\n", "after = \"Permit:\"");
    let record = notes::read(&file, &format!("Pool: Weir Lane Baths\n\x0c{}{}{}", page(1), page(2), page(3)));
    assert_eq!(status(&record, "/extension/permit"), "not-read");
    assert!(doubts(&record, "/extension")[0].contains("was taken for a running line"), "{record}");
}

#[test]
fn an_item_of_several_lines_among_items_without_marks_is_told() {
    let list = "[[list]]\ninto = \"/improvements\"\nunder = \"Next steps\"\n";
    let read = |last: &str| {
        notes::read(
            list,
            &format!(
                "Pool: Weir Lane Baths\n\nNext steps\n\nmending the gate\n\noiling the hinge\n\n{last}\n"
            ),
        )
    };
    let one = read("painting the wall");
    assert_eq!((notes::improvements(&one).len(), doubts(&one, "/improvements").len()), (3, 0), "{one}");
    let joined =
        read("painting the wall of the shed with two coats of white\nlocking the door of the deep end");
    assert!(doubts(&joined, "/improvements")[0].contains("may be several items"), "{joined}");
}
