//! Scores, labels and comparisons of runs, on the command line.

#![allow(missing_docs)]

mod common;

use common::{REPORT, Sandbox};
use serde_json::{Value, json};

/// A sandbox with a document and its label.
fn labelled() -> Sandbox {
    let sandbox = Sandbox::new(&[("a.txt", REPORT)]);
    let run = sandbox.run("gold init a.txt -o labels");
    assert_eq!(run.code, 0, "{}", run.err);
    sandbox
}

/// Edits a label as a person would.
fn correct(sandbox: &Sandbox, property: &str, value: Value) {
    let mut label: Value = serde_json::from_str(&sandbox.read("labels/a.label.json")).unwrap();
    label[property] = value;
    std::fs::write(sandbox.path().join("labels/a.label.json"), label.to_string()).unwrap();
}

/// Asserts that a command's output follows the schema that it names.
fn follows(sandbox: &Sandbox, schema: &str, value: &Value) {
    let schema = sandbox.run(&format!("schema print {schema}")).json();
    let validator = jsonschema::options().should_validate_formats(true).build(&schema).unwrap();
    let problems: Vec<String> =
        validator.iter_errors(value).map(|e| format!("{}: {e}", e.instance_path())).collect();
    assert_eq!(problems, [""; 0]);
}

#[test]
fn a_label_to_start_from_fits_what_was_read() {
    let sandbox = labelled();
    follows(&sandbox, "gold-label", &serde_json::from_str(&sandbox.read("labels/a.label.json")).unwrap());
    assert_eq!(sandbox.run("gold init a.txt").out, sandbox.read("labels/a.label.json"));
    let run = sandbox.run("score --gold labels a.txt");
    assert_eq!(run.code, 0, "{}", run.err);
    assert!(run.out.contains("F1 over all fields 1.0000; whole documents 1 of 1"), "{}", run.out);
}

#[test]
fn what_a_person_wrote_is_not_written_over() {
    let sandbox = labelled();
    correct(&sandbox, "local_authority", json!("Mine"));
    let run = sandbox.run("gold init a.txt -o labels");
    assert_eq!(run.code, 1);
    assert!(run.err.contains("--force"), "{}", run.err);
    assert!(sandbox.read("labels/a.label.json").contains("Mine"));
    assert_eq!(sandbox.run("gold init a.txt -o labels --force").code, 0);
    assert!(!sandbox.read("labels/a.label.json").contains("Mine"));
}

#[test]
fn what_is_no_report_has_no_label_to_start_from() {
    let sandbox = Sandbox::new(&[("b.txt", common::RECIPE)]);
    let run = sandbox.run("gold init b.txt");
    assert_eq!(run.code, 1);
    assert!(run.err.contains("\"kind\": \"other\""), "{}", run.err);
}

#[test]
fn what_was_wrong_is_listed_with_its_place() {
    let sandbox = labelled();
    correct(&sandbox, "inspection_start", json!("2018-10-16"));
    let run = sandbox.run("score --gold labels a.txt");
    assert!(
        run.out.contains("a.txt: inspection.start (silent)\n    expected  2018-10-16\n    got       "),
        "{}",
        run.out
    );
    assert!(run.out.contains("    read from page 1, ilacs.dates: “"), "{}", run.out);
    assert_eq!(sandbox.run("score --gold labels a.txt --fail-under 1").code, 1);
    let json = sandbox.run("score --gold labels a.txt --format json").json();
    follows(&sandbox, "score-report", &json);
    assert_eq!(json["total"]["silent"], 1);
    assert_eq!(json["wrong"][0]["path"], "/inspection/start");
    assert!(
        sandbox
            .run("score --gold labels a.txt --format markdown")
            .out
            .contains("| inspection.start | 0 | 1 | 1 |")
    );
    let csv = sandbox.run("score --gold labels a.txt --format csv").out;
    assert!(csv.contains("\nfield,inspection.start,0,1,1,"), "{csv}");
}

#[test]
fn records_come_from_files_folders_and_standard_input() {
    let sandbox = labelled();
    let records = sandbox.run("extract a.txt --format ndjson").out;
    let whole =
        |run: common::Run| assert!(run.out.contains("whole documents 1 of 1"), "{}{}", run.out, run.err);
    whole(sandbox.run_with("score --gold labels -", &records));
    sandbox.run("extract a.txt -o stored/");
    whole(sandbox.run("score --gold labels stored"));
    std::fs::write(sandbox.path().join("all.ndjson"), &records).unwrap();
    whole(sandbox.run("score --gold labels all.ndjson"));
    std::fs::write(sandbox.path().join("bad.ndjson"), "no json").unwrap();
    let run = sandbox.run("score --gold labels all.ndjson bad.ndjson");
    assert_eq!(run.code, 1);
    assert!(run.err.contains("bad.ndjson: value 1 is not valid JSON"), "{}", run.err);
}

#[test]
fn labels_that_cannot_be_read_are_named() {
    let sandbox = Sandbox::new(&[
        ("a.txt", REPORT),
        ("empty/x.txt", ""),
        ("bad/x.json", "{\"id\": \"0\", \"published\": null}"),
    ]);
    let run = sandbox.run("score --gold gone a.txt");
    assert_eq!(run.code, 2);
    let run = sandbox.run("score --gold empty a.txt");
    assert!(run.code == 2 && run.err.contains("findings gold init"), "{}", run.err);
    let run = sandbox.run("score --gold bad a.txt");
    assert!(run.code == 2 && run.err.contains("x.json: this is not a label (missing field"), "{}", run.err);
}

/// A sandbox with two runs, the second of which has a different date.
fn two_runs() -> Sandbox {
    let sandbox = labelled();
    assert_eq!(sandbox.run("extract a.txt --format ndjson -o base.ndjson --trace base.trace.ndjson").code, 0);
    let later =
        sandbox.read("base.ndjson").replacen("\"start\":\"2018-10-15\"", "\"start\":\"2018-12-15\"", 1);
    assert_ne!(later, sandbox.read("base.ndjson"));
    std::fs::write(sandbox.path().join("head.ndjson"), later).unwrap();
    sandbox
}

#[test]
fn runs_are_compared() {
    let sandbox = two_runs();
    let run = sandbox.run("regress --base base.ndjson --head head.ndjson --gold labels");
    assert_eq!(run.code, 0, "{}", run.err);
    assert!(run.out.contains("1 × /inspection/start · ilacs.dates · date: month"), "{}", run.out);
    assert!(run.out.contains("1 of 1 documents changed, 1 values broken."), "{}", run.out);
    let json = sandbox.run("regress --base base.ndjson --head head.ndjson --format json").json();
    follows(&sandbox, "regress-report", &json);
    assert_eq!((&json["counters"]["changed"], &json["base"]["traced"]), (&json!(1), &json!(true)));
    let html = sandbox.run("regress --base base.ndjson --head head.ndjson --format html").out;
    assert!(html.starts_with("<!doctype html>") && html.contains("<ins>2018-12-15</ins>"), "{html}");
    assert!(
        sandbox
            .run("regress --base base.ndjson --head head.ndjson --format markdown")
            .out
            .contains("date: month")
    );
}

#[test]
fn gates_end_with_exit_code_1() {
    let sandbox = two_runs();
    let gate = |condition: &str| {
        sandbox.run(&format!(
            "regress --base base.ndjson --head head.ndjson --gold labels --fail-on {condition}"
        ))
    };
    assert_eq!(gate("broken>1,missing>0").code, 0);
    let run = gate("fixed>0,broken>0");
    assert_eq!(run.code, 1);
    assert!(run.err.contains("broken is 1"), "{}", run.err);
    let unlabelled =
        sandbox.run("regress --base base.ndjson --head head.ndjson --fail-on changed>0,broken>0");
    assert_eq!((unlabelled.code, unlabelled.out.as_str()), (2, ""));
    assert!(
        unlabelled.err.contains("“broken” is counted against labels: give them with --gold"),
        "{}",
        unlabelled.err
    );
    assert_eq!(sandbox.run("regress --base base.ndjson --head head.ndjson --fail-on changed>0").code, 1);
    let run = gate("broke>0");
    assert_eq!(run.code, 2);
    assert!(run.err.contains("there is no counter"), "{}", run.err);
}

#[cfg(unix)]
#[test]
fn executables_are_run_over_documents() {
    let sandbox = labelled();
    let program = env!("CARGO_BIN_EXE_findings");
    let run = sandbox.run(&format!("regress --base {program} --head {program} --docs a.txt --gold labels"));
    assert_eq!(run.code, 0, "{}", run.err);
    assert!(run.out.contains("Nothing changed in 1 documents."), "{}", run.out);
    assert_eq!(sandbox.run(&format!("regress --base {program} --head {program}")).code, 2);
    assert_eq!(sandbox.run("regress --base gone --head gone").code, 2);
}
