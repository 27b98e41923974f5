//! `findings drift`: documents in a new layout are noticed, as a group.

#![allow(missing_docs)]

mod common;

use common::{RECIPE, REPORT, Sandbox};

/// The letter in a new form: the same text under other headings.
fn new_layout(number: usize) -> String {
    let letter = include_str!("../../corpus/text/stanbeck-2023-05-12.txt");
    letter
        .replace("Headline findings\n", "At a glance\n")
        .replace("Main findings\n", "What we saw\n")
        .replace("12 May 2023", &format!("{} May 2023", 12 + number))
}

#[test]
fn a_new_layout_is_told_as_a_group() {
    let letter = include_str!("../../corpus/text/stanbeck-2023-05-12.txt");
    let (a, b, c) = (new_layout(0), new_layout(1), new_layout(2));
    let sandbox = Sandbox::new(&[
        ("in/a.txt", &a),
        ("in/b.txt", &b),
        ("in/c.txt", &c),
        ("in/letter.txt", letter),
        ("in/report.txt", REPORT),
    ]);
    let run = sandbox.run("drift in");
    assert_eq!(run.code, 1);
    assert!(
        run.out.starts_with("3 documents of ofsted.ilacs.focused-visit, read as edition "),
        "{}",
        run.out
    );
    assert!(run.out.contains("3 of 3: no section"), "{}", run.out);
    assert!(
        run.out.ends_with("    in/a.txt\n    in/b.txt\n    in/c.txt\n"),
        "one group, and only these: {}",
        run.out
    );
    assert!(run.err.contains("3 of 5 documents fit no known layout well"), "{}", run.err);
    // `extract` mentions it too; its output is unaffected.
    let run = sandbox.run("extract in");
    assert_eq!(run.code, 0);
    assert!(run.err.contains("  3 documents of ofsted.ilacs.focused-visit"), "{}", run.err);
    assert_eq!(sandbox.run("extract in --quiet").err, "");
    // It also works on stored records.
    let run = sandbox.run_with("drift - --format json", &run.out);
    assert_eq!(run.json()[0]["documents"].as_array().unwrap().len(), 3);
}

#[test]
fn what_fits_is_not_told() {
    let sandbox = Sandbox::new(&[("in/report.txt", REPORT)]);
    let run = sandbox.run("drift in");
    assert_eq!((run.code, run.out.as_str()), (0, ""), "{}", run.err);
}

#[test]
fn what_no_format_claims_is_a_group_of_its_own() {
    let sandbox = Sandbox::new(&[("in/report.txt", REPORT), ("in/scones.txt", RECIPE)]);
    let run = sandbox.run("drift in");
    assert_eq!(run.code, 1);
    assert!(run.out.starts_with("1 document of no known format\n"), "{}", run.out);
    let run = sandbox.run_with("drift -", "{\"name\": \"no record\"}");
    assert_eq!(run.code, 1);
    assert!(run.err.contains("is not a record"), "{}", run.err);
}
