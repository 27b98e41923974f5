//! The other commands.

#![allow(missing_docs)]

mod common;

use common::{REPORT, Sandbox};
use serde_json::{Value, json};

fn record() -> Value {
    let sandbox = Sandbox::new(&[("a.txt", REPORT)]);
    sandbox.run("extract a.txt").json()
}

fn spoiled() -> Value {
    let mut record = record();
    record["inspection"]["start"] = json!("16 January");
    record["regulator"] = json!(7);
    record
}

#[test]
fn validate_tells_place_expectation_and_value() {
    let sandbox = Sandbox::new(&[("bad.json", &format!("{:#}", spoiled()))]);
    let run = sandbox.run("validate bad.json");
    assert_eq!(run.code, 1);
    assert_eq!(
        run.out,
        "bad.json: /regulator: expected a string, found 7\n\
         bad.json: /inspection/start: expected a date (YYYY-MM-DD), found \"16 January\"\n"
    );
    assert!(run.err.contains("1 of 1 record not valid"), "{}", run.err);
}

#[test]
fn validate_reads_lines_and_arrays() {
    let lines = format!("{}\n\n{}\nnot json\n{}\n", record(), spoiled(), record());
    let array = json!([record(), spoiled()]);
    let sandbox = Sandbox::new(&[
        ("a.ndjson", &lines),
        ("a.json", &format!("{array:#}")),
        ("b.json", &array.to_string()),
    ]);
    let run = sandbox.run("validate a.ndjson");
    assert_eq!(run.code, 1);
    assert!(run.out.contains("a.ndjson:3: /regulator:"), "{}", run.out);
    assert!(run.out.contains("a.ndjson:4: not valid JSON"), "{}", run.out);
    assert!(run.err.contains("2 of 4 records not valid"), "{}", run.err);
    assert!(sandbox.run("validate a.json").out.contains("a.json[1]: /regulator:"));
    assert!(sandbox.run("validate b.json").out.contains("[1]: /regulator:"));
}

#[test]
fn only_strict_minds_unlisted_codes() {
    let mut record = record();
    record["diagnostics"] =
        json!([{ "severity": "info", "code": "tired", "path": null, "message": "", "page": null }]);
    let sandbox = Sandbox::new(&[("a.json", &record.to_string())]);
    assert_eq!(sandbox.run("validate a.json").code, 0);
    let run = sandbox.run("validate a.json --strict");
    assert_eq!(run.code, 1);
    assert!(
        run.out.contains("/diagnostics/0/code: expected a code of the list diagnostics, found \"tired\""),
        "{}",
        run.out
    );
}

#[test]
fn validate_says_which_schemas_are_known() {
    let sandbox = Sandbox::new(&[
        ("a.json", r#"{"schema": "urn:other"}"#),
        ("b.json", r#"{"name": "x"}"#),
        ("c.json", ""),
    ]);
    let run = sandbox.run("validate a.json b.json c.json gone.json");
    assert_eq!(run.code, 2, "the others are validated all the same");
    assert_eq!(run.out.matches("urn:findings:schema:inspection-report:1.0").count(), 2, "{}", run.out);
    assert!(run.out.contains("c.json: the file is empty"), "{}", run.out);
    assert!(run.err.contains("findings: gone.json: there is no such file; check the path"), "{}", run.err);
    let run = sandbox.run("validate .");
    assert!(run.code == 2 && run.err.contains("is a folder; name the files in it"), "{}", run.err);
    assert_eq!(sandbox.run("validate a.json").code, 1);
    assert_eq!(sandbox.run("validate").code, 2);
}

#[test]
fn schemas_are_listed_and_printed() {
    let sandbox = Sandbox::new(&[]);
    let list = sandbox.run("schema list").out;
    for line in list.lines() {
        let name = line.split_whitespace().next().unwrap();
        let schema = sandbox.run(&format!("schema print {name}")).json();
        assert!(line.contains(schema["$id"].as_str().unwrap()));
    }
    let run = sandbox.run("schema print nothing");
    assert_eq!(run.code, 2);
    assert!(run.err.contains("findings schema list"), "{}", run.err);
}

#[test]
fn formats_and_codes_are_listed() {
    let sandbox = Sandbox::new(&[]);
    assert!(sandbox.run("formats").out.contains("ofsted.ilacs.inspection"));
    assert!(sandbox.run("formats --json").json().is_array());
    assert!(sandbox.run("formats --codes").out.contains("requires-improvement"));
    assert!(sandbox.run("formats --codes --json").json()[0]["codes"].is_array());
}

#[test]
fn explain_shows_a_document() {
    let sandbox = Sandbox::new(&[("a.txt", REPORT), ("in/b.txt", REPORT), ("in/c.txt", REPORT)]);
    let run = sandbox.run("explain a.txt");
    assert_eq!(run.code, 0);
    assert!(!run.out.is_empty());
    assert_eq!(sandbox.run("explain gone.txt").code, 1);
    assert_eq!(sandbox.run("explain in").code, 2);
}

#[test]
fn help_teaches_by_examples() {
    let sandbox = Sandbox::new(&[]);
    for args in [
        "--help",
        "extract --help",
        "validate --help",
        "schema --help",
        "score --help",
        "gold --help",
        "regress --help",
    ] {
        let run = sandbox.run(args);
        assert_eq!(run.code, 0);
        assert!(run.out.contains("Examples:\n  findings "), "{args}: {}", run.out);
    }
    assert!(!sandbox.run("--help").out.contains("worker"));
}

#[test]
fn a_wrong_password_is_told_from_a_missing_one() {
    let locked = concat!(env!("CARGO_MANIFEST_DIR"), "/../corpus/bad/password.pdf");
    let sandbox = Sandbox::new(&[]);
    let message =
        |args: &str| sandbox.run(&format!("extract {locked} {args}")).json()["error"]["message"].to_string();
    assert!(message("").contains("locked with a password. Give it with --password"));
    assert!(message("--password sesame").contains("the password that was given is wrong"));
    assert_eq!(sandbox.run(&format!("extract {locked} --password opensesame")).code, 0);
}
