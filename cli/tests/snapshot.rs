//! `findings snapshot`: accepted readings, changes, and what must not be accepted.

#![allow(missing_docs)]

mod common;

use std::fs;

use common::{RECIPE, REPORT, Sandbox};

/// The same report with other dates, as if a grammar had read the wrong one.
fn other_dates() -> String {
    REPORT.replace("15 October 2018 to 19 October 2018", "15 October 2018 to 26 October 2018")
}

/// The same report without the list of what needs to improve.
fn no_list() -> String {
    let start = REPORT.find("What needs to improve").unwrap();
    let end = REPORT
        .find("The experiences and progress of children who need help and protection\nis good")
        .unwrap();
    format!("{}{}", &REPORT[..start], &REPORT[end..])
}

fn put(sandbox: &Sandbox, name: &str, text: &str) {
    fs::write(sandbox.path().join(name), text).unwrap();
}

#[test]
fn what_was_recorded_is_as_it_was() {
    let sandbox = Sandbox::new(&[("in/a.txt", REPORT), ("in/sub/b.txt", RECIPE)]);
    let run = sandbox.run("snapshot check in");
    assert_eq!(run.code, 1);
    assert!(run.out.contains("new       a.txt"), "{}", run.out);
    let run = sandbox.run("snapshot record in");
    assert_eq!((run.code, run.err.as_str()), (0, "findings: 2 recorded, 0 existed already\n"));
    let snapshot = sandbox.read("in/a.txt.snap");
    assert!(snapshot.starts_with("---\nsource: findings snapshot\n---\n{\n  \"schema\""), "{snapshot}");
    assert!(snapshot.contains("\"source\": \"a.txt\"") && snapshot.contains("\"tool\": \"[tool]\""));
    assert!(
        sandbox.read("in/sub/b.txt.snap").contains("\"code\": \"unknown-format\""),
        "an error is a snapshot too"
    );
    let run = sandbox.run("snapshot check in --jobs 2");
    assert_eq!((run.code, run.out.as_str()), (0, ""));
    assert!(run.err.contains("2 unchanged"), "{}", run.err);
}

#[test]
fn a_change_is_shown_with_page_and_quote() {
    let sandbox = Sandbox::new(&[("in/a.txt", REPORT)]);
    sandbox.run("snapshot record in --store snaps");
    assert!(sandbox.path().join("snaps/a.txt.snap").exists());
    put(&sandbox, "in/a.txt", &other_dates());
    let run = sandbox.run("snapshot check in --store snaps --diff");
    assert_eq!(run.code, 1);
    assert!(run.out.starts_with("changed   a.txt\n"), "{}", run.out);
    assert!(
        run.out.contains("/inspection/end: \"2018-10-19\" → \"2018-10-26\"\n      page 1: “15 October 2018 to 26 October 2018”"),
        "{}",
        run.out
    );
    assert!(run.out.contains("-    \"end\": \"2018-10-19\","), "{}", run.out);
    assert!(run.err.contains("0 unchanged, 1 changed"), "{}", run.err);
    let run = sandbox.run("snapshot accept in --store snaps");
    assert_eq!((run.code, run.out.as_str()), (0, "accepted a.txt\n"));
    assert_eq!(sandbox.run("snapshot check in --store snaps").code, 0);
}

#[test]
fn what_lost_evidence_is_refused() {
    let sandbox = Sandbox::new(&[("in/a.txt", REPORT), ("in/b.txt", REPORT)]);
    sandbox.run("snapshot record in");
    put(&sandbox, "in/a.txt", &no_list());
    put(&sandbox, "in/b.txt", RECIPE);
    let run = sandbox.run("snapshot accept in");
    assert_eq!(run.code, 1);
    assert!(run.out.contains("refused  a.txt"), "{}", run.out);
    assert!(run.out.contains("lost: /improvements/0 (page "), "{}", run.out);
    let start = "lost: /inspection/start (page 1) 2018-10-15, read from “15 October 2018 to 19 October 2018”";
    assert!(run.out.contains(start), "b.txt is no record any more: {}", run.out);
    assert!(run.err.contains("0 accepted, 2 refused"), "{}", run.err);
    let losses = "--allow-loss /improvements --allow-loss /sections --allow-loss /mentions";
    let run = sandbox.run(&format!("snapshot accept in --only a.txt {losses}"));
    assert_eq!((run.code, run.out.as_str()), (0, "accepted a.txt\n"), "{}", run.err);
    assert_eq!(sandbox.run("snapshot accept in --only b.txt --allow-loss /").code, 0);
    assert_eq!(sandbox.run("snapshot check in").code, 0);
}

#[test]
fn a_failure_of_the_moment_is_no_snapshot() {
    let sandbox = Sandbox::new(&[("in/a.txt", REPORT)]);
    sandbox.run("snapshot record in");
    let snapshot = sandbox.read("in/a.txt.snap");
    let spoiled = snapshot.replace("\"regulator\": \"ofsted\"", "\"regulator\": 7");
    put(&sandbox, "in/a.txt.snap", &spoiled);
    // The reading is right, and what was accepted is not; accepting again corrects it.
    assert_eq!(sandbox.run("snapshot accept in").code, 0);
    assert_eq!(sandbox.read("in/a.txt.snap"), snapshot);
    put(&sandbox, "in/a.txt.snap", "---\nsource: x\n---\nnot json\n");
    let run = sandbox.run("snapshot check in");
    assert_eq!(run.code, 3);
    assert!(run.err.contains("has no valid JSON after its header"), "{}", run.err);
}

#[test]
fn a_review_accepts_rejects_and_skips() {
    let sandbox = Sandbox::new(&[("in/a.txt", REPORT), ("in/b.txt", REPORT), ("in/c.txt", REPORT)]);
    sandbox.run("snapshot record in");
    for name in ["in/a.txt", "in/b.txt", "in/c.txt"] {
        put(&sandbox, name, &other_dates());
    }
    let run = sandbox.run_with("snapshot review in", "d\na\nr\ns\n");
    assert_eq!(run.code, 1);
    assert!(
        run.out.contains("[1/3] changed   a.txt") && run.out.contains("+    \"end\": \"2018-10-26\""),
        "{}",
        run.out
    );
    assert!(run.out.contains("page 1: “15 October 2018 to 26 October 2018”"), "{}", run.out);
    assert!(run.err.contains("1 accepted, 1 rejected, 1 left"), "{}", run.err);
    let run = sandbox.run("snapshot check in");
    assert!(!run.out.contains("a.txt"), "{}", run.out);
    assert!(run.out.contains("rejected  b.txt") && run.out.contains("changed   c.txt"), "{}", run.out);
    // A rejected reading is not asked about again, and not accepted along with others.
    let run = sandbox.run_with("snapshot review in", "");
    assert!(run.out.contains("[1/1] changed   c.txt"), "{}", run.out);
    sandbox.run("snapshot accept in");
    let run = sandbox.run("snapshot check in");
    assert!(run.err.contains("2 unchanged, 1 rejected"), "{}", run.err);
    // A different reading is asked about.
    put(&sandbox, "in/b.txt", &REPORT.replace("19 October 2018", "25 October 2018"));
    assert!(sandbox.run("snapshot check in").out.contains("changed   b.txt"));
}

#[test]
fn a_review_does_not_accept_what_lost_evidence() {
    let sandbox = Sandbox::new(&[("in/a.txt", REPORT)]);
    sandbox.run("snapshot record in");
    put(&sandbox, "in/a.txt", &no_list());
    let run = sandbox.run_with("snapshot review in", "a\nq\n");
    assert_eq!(run.code, 1);
    assert!(run.out.contains("lost: /improvements/0"), "{}", run.out);
    assert!(run.err.contains("0 accepted, 0 rejected, 1 left"), "{}", run.err);
}

#[test]
fn scripts_have_a_list() {
    let sandbox = Sandbox::new(&[("in/a.txt", REPORT), ("in/b.txt", REPORT), ("in/c.txt", REPORT)]);
    sandbox.run("snapshot record in --exclude c.txt");
    put(&sandbox, "in/a.txt", &no_list());
    fs::remove_file(sandbox.path().join("in/b.txt")).unwrap();
    let run = sandbox.run("snapshot review in --list --format json");
    assert_eq!(run.code, 1);
    let list = run.json();
    let state = |i: usize| (list[i]["document"].as_str().unwrap(), list[i]["state"].as_str().unwrap());
    assert_eq!([state(0), state(1), state(2)], [("a.txt", "changed"), ("c.txt", "new"), ("b.txt", "gone")]);
    assert_eq!(list[0]["refused"]["lost"][0]["pointer"], "/improvements/0");
    assert!(list[0]["changes"].as_array().is_some_and(|c| !c.is_empty()));
    assert!(sandbox.run("snapshot review in --list").out.contains("gone      b.txt"));
    assert_eq!(sandbox.run("snapshot accept in --prune --only b.txt").code, 0);
    assert!(!sandbox.path().join("in/b.txt.snap").exists());
}

/// The repo's own tests (insta) and this command store the same snapshots.
#[test]
fn the_corpus_is_as_accepted() {
    let corpus = concat!(env!("CARGO_MANIFEST_DIR"), "/../corpus");
    let run = Sandbox::new(&[])
        // Plugins' documents have tests of their own.
        .run(&format!(
            "snapshot check {corpus} --exclude bad --exclude generate --exclude scans --exclude hiqa --exclude cqc \
             --exclude michigan --exclude press --exclude westmoor --exclude ofsted-school --exclude fda-483"
        ));
    assert_eq!((run.code, run.out.as_str()), (0, ""), "{}", run.err);
}

#[test]
fn what_makes_no_sense_is_said() {
    let sandbox = Sandbox::new(&[("a.txt", REPORT)]);
    let run = sandbox.run("snapshot check a.txt");
    assert_eq!(run.code, 2);
    assert!(run.err.contains("a.txt is not a folder"), "{}", run.err);
    assert_eq!(sandbox.run("snapshot check . --only [").code, 2);
    assert_eq!(sandbox.run("snapshot review . --format json").code, 2);
    assert!(sandbox.run("snapshot --help").out.contains("Examples:\n  findings snapshot record"));
}
