//! What users see: the end of a run, the values in doubt, one field, a sample and its answers.

#![allow(missing_docs)]

mod common;

use common::{REPORT, Sandbox};

/// A letter about an area that is in no table, so that its name is in doubt.
const DOUBTFUL: &str = include_str!("../../corpus/text/marlbrook-2019-03-22.txt");

fn sandbox() -> Sandbox {
    // Its last page says that it is made up, which is no paragraph of the form and in doubt.
    let (report, _) = REPORT.rsplit_once("Fictional document made for tests. The area").unwrap();
    Sandbox::new(&[("in/a.txt", report), ("in/b.txt", DOUBTFUL)])
}

#[test]
fn a_run_says_what_to_look_at() {
    let sandbox = sandbox();
    let run = sandbox.run("extract in -o table.csv");
    assert_eq!(run.code, 0);
    assert!(run.err.contains("findings: 2 read, 1 to look at, 0 failed → table.csv"), "{}", run.err);
    assert!(run.err.contains("b.txt page 1 /provider/name area-not-found: “Marlbrook"), "{}", run.err);
    assert_eq!(sandbox.run("extract in -o table.csv --quiet").err, "");
    assert!(!sandbox.run("extract in/b.txt").err.contains("to look at"), "one document shows it by itself");
}

#[test]
fn a_doubt_fails_where_that_is_asked_for() {
    let sandbox = sandbox();
    let code = |args: &str| sandbox.run(args).code;
    assert_eq!(code("extract in/a.txt --fail-on doubt"), 0);
    assert_eq!(code("extract in/b.txt --fail-on doubt"), 1);
    assert_eq!(code("extract gone.txt --fail-on doubt"), 1);
    assert_eq!(code("extract gone.txt --fail-on never"), 0);
}

#[test]
fn values_in_doubt_are_listed() {
    let sandbox = sandbox();
    let run = sandbox.run("review in --list");
    assert_eq!(run.code, 1);
    assert!(run.out.contains("b.txt  /provider/name  page 1"), "{}", run.out);
    let listed = sandbox.run("review in --list --format json").json();
    assert!(
        listed.as_array().is_some_and(|l| l.iter().any(|d| d["pointer"] == "/provider/name")),
        "{listed}"
    );
    assert_eq!(sandbox.run("review in/a.txt --list").code, 0);
}

#[test]
fn a_sample_is_drawn_and_its_answers_are_added_up() {
    let sandbox = sandbox();
    let mut questions = sandbox.run("review in --sample 10 --doubts 0 --list --format json").json();
    let list = questions.as_array_mut().expect("an array");
    assert_eq!(list.len(), 10);
    for (i, question) in list.iter_mut().enumerate() {
        question["right"] = (i > 0).into();
    }
    std::fs::write(sandbox.path().join("answers.json"), questions.to_string()).expect("a file");
    let run = sandbox.run("review --report answers.json");
    assert!(
        run.out.contains("not flagged and wrong: 1 of 10 (10.0 %, with 95 % confidence 0.3 to 44.5 %)"),
        "{}",
        run.out
    );
    let now = sandbox.run("review --report answers.json in");
    assert_eq!(now.out, run.out, "nothing is read otherwise");
}

#[test]
fn one_field_is_told_in_short() {
    let sandbox = sandbox();
    let run = sandbox.run("explain in/b.txt --field /letter/date");
    assert_eq!(run.code, 0);
    assert!(run.out.lines().count() < 30, "{}", run.out);
    for part in
        ["value   \"2019-03-22\"", "quote   “22 March 2019”", "Rejected candidates", "Around it", "Next: "]
    {
        assert!(run.out.contains(part), "{part}: {}", run.out);
    }
    // The last day is named as such, although it is read from one range with the first.
    let date = sandbox.run("explain in/b.txt --field /letter/date").out;
    assert!(date.contains("“27 February 2019”: it was read as /inspection/end"), "{date}");
    for (asked, said) in [
        ("inspection/end", "did you mean /inspection/end?"),
        ("/inspection/edn", "did you mean /inspection/end?"),
        ("inspection.end", "did you mean /inspection/end?"),
        ("/judgements/0/grad", "did you mean /judgements/0/grade?"),
        ("/zzzzzz", "for example:\n  /"),
    ] {
        let run = sandbox.run(&format!("explain in/a.txt --field {asked}"));
        assert_eq!((run.code, run.out.as_str()), (2, ""), "{}", run.err);
        assert!(run.err.contains(&format!("the record has no field {asked}")), "{}", run.err);
        assert!(run.err.contains(said), "{}", run.err);
    }
}
