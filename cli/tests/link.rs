//! `findings link` on the command line.

mod common;

use common::Sandbox;
use serde_json::{Value, json};

fn sandbox() -> Sandbox {
    let article = json!({
        "schema": "urn:findings:schema:press-article:1.0", "document": { "source": "article.txt" }, "headline": "Poole praised",
        "paragraphs": ["The report said so."], "provider": { "name": "Poole" }, "earlier": [],
        "inspection": { "type": "full inspection", "month": "October", "year": 2018 },
        "quotes": [
            { "text": "Leaders learn from complaints and publish what they have changed.", "attributed_to": "The report", "kind": "report", "paragraphs": [0] },
            { "text": "Most assessments are finished within thirty-five working days, and complicated ones are given longer with a manager’s leave.", "attributed_to": "The report", "kind": "report", "paragraphs": [0] }
        ]
    });
    let sandbox = Sandbox::new(&[("article.json", &article.to_string()), ("poole.txt", common::REPORT)]);
    let record = sandbox.run("extract poole.txt");
    std::fs::write(sandbox.path().join("records.ndjson"), record.out).unwrap();
    sandbox
}

#[test]
fn the_inspection_and_its_sentences_are_found() {
    let sandbox = sandbox();
    let run = sandbox.run("link article.json records.ndjson");
    assert_eq!(run.code, 1, "one sentence is altered: {}{}", run.out, run.err);
    let found = "It reports on this inspection (likely):\n  Poole, short, 2018-10-15: poole.txt";
    assert!(run.out.contains(found), "{}", run.out);
    assert!(run.out.contains("[-inside-] {+within+} thirty-five"), "{}", run.out);
    let json = sandbox.run("link --format json article.json records.ndjson");
    let link: Value = serde_json::from_str(&json.out).unwrap();
    assert_eq!(link["quotations"][0]["standing"], "word-for-word");
    assert_eq!(link["quotations"][1]["standing"], "altered");
    assert_eq!(link["record"], "poole.txt");
}

#[test]
fn what_is_no_article_is_said() {
    let run = sandbox().run("link records.ndjson records.ndjson");
    assert_eq!(run.code, 2);
    assert!(run.err.contains("not the record of an article"), "{}", run.err);
    let run = sandbox().run("link article.json nothing.json");
    assert_eq!(run.code, 2);
    assert!(run.err.contains("nothing.json can't be read"), "{}", run.err);
    // The report itself instead of its record.
    let run = sandbox().run("link article.json poole.txt");
    assert_eq!(run.code, 2);
    assert!(run.err.contains("findings extract poole.txt"), "{}", run.err);
}

#[test]
fn records_may_come_through_a_pipe() {
    let sandbox = sandbox();
    let run = sandbox.run_with("link article.json -", &sandbox.read("records.ndjson"));
    assert!(run.out.contains("It reports on this inspection"), "{}{}", run.out, run.err);
    let run = sandbox.run_with("link article.json -", "");
    assert_eq!(run.code, 1);
    assert!(run.out.contains("It reports on none of the inspections"), "{}", run.out);
}
