//! Copies of the corpus's documents, like those that people have: they must be read like the original, or give a doubt.

use std::path::PathBuf;

use findings_core::pipeline::{Extracted, ReadOptions, Reading, read, read_all};
use findings_tests::copies::{Keeping, Lossy};
use findings_tests::documents::{corpus, each, files};
use findings_tests::noise::text_of;
use serde_json::Value;

/// The compared fields; these are also the pointers of their doubts.
const FIELDS: &[&str] = &[
    "/format/id",
    "/provider/name",
    "/inspection/start",
    "/inspection/end",
    "/inspection/theme",
    "/published",
    "/letter/date",
    "/letter/recipients",
    "/letter/signatories",
    "/inspectors",
    "/judgements",
    "/improvements",
    "/strengths",
];

/// Reports and letters in the forms whose text contains what a copy must preserve.
fn texts() -> Vec<(PathBuf, String)> {
    let base = corpus();
    let paths = ["ilacs", "focused-visit", "monitoring-visit"].map(|f| files(&base.join(f), &[".pdf"]));
    let text = |path: PathBuf| {
        let bytes = std::fs::read(&path).expect("a test document can be read");
        let text = text_of(&path.to_string_lossy(), &bytes).expect("it has text");
        (path, text)
    };
    let texts: Vec<(PathBuf, String)> = paths.into_iter().flatten().map(text).collect();
    assert!(texts.len() >= 12, "the corpus is there");
    texts
}

fn record(bytes: &[u8]) -> Value {
    of(&read("copy", bytes, &ReadOptions::default()))
}

fn of(reading: &Reading) -> Value {
    match &reading.outcome {
        Ok(Extracted::Inspection(record)) => serde_json::to_value(record).expect("a record is JSON"),
        Ok(Extracted::Other(record)) => record.clone(),
        Err(report) => serde_json::json!({ "error": report.error.code.as_str() }),
    }
}

/// The value of a field; for lists of texts and people, what identifies the items.
fn value(record: &Value, field: &str) -> Value {
    let tell = |v: &Value| match v {
        Value::Object(o) => o.get("text").or(o.get("name")).or(o.get("grade")).cloned().unwrap_or_default(),
        v => v.clone(),
    };
    match record.pointer(field).unwrap_or(&Value::Null) {
        Value::Array(list) => Value::Array(list.iter().map(tell).collect()),
        v => v.clone(),
    }
}

/// The fields that differ from the original without a doubt.
fn silent(original: &Value, copy: &Value) -> Vec<String> {
    let differs = FIELDS.iter().filter(|f| value(original, f) != value(copy, f) && !is_doubted(copy, f));
    differs.map(|f| format!("{f}: {} -> {}", value(original, f), value(copy, f))).collect()
}

fn is_doubted(record: &Value, field: &str) -> bool {
    let about = |path: &str| path.starts_with(field) || field.starts_with(&format!("{path}/"));
    let said = record["diagnostics"].as_array().into_iter().flatten();
    let mut said = said.filter(|d| d["severity"] != "info").filter_map(|d| d["path"].as_str());
    let evidence = record["evidence"].as_object().into_iter().flatten();
    let mut unread = evidence
        .filter(|(_, e)| ["not-read", "illegible", "conflicting"].iter().any(|s| e["status"] == *s))
        .map(|(p, _)| p.as_str());
    said.any(about) || unread.any(about)
}

#[test]
fn copies_that_keep_the_content_give_the_same_record() {
    let texts = texts();
    let wrong = each(&texts, |(path, text)| {
        let original = record(text.as_bytes());
        let mut wrong = Vec::new();
        for copy in Keeping::ALL {
            let read = record(&copy.of(text));
            for field in FIELDS.iter().filter(|f| value(&original, f) != value(&read, f)) {
                let (a, b) = (value(&original, field), value(&read, field));
                wrong.push(format!("{} {copy:?} {field}: {a} -> {b}", path.display()));
            }
        }
        wrong
    });
    let wrong: Vec<String> = wrong.into_iter().flatten().collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn copies_that_lose_something_tell() {
    let texts = texts();
    let wrong = each(&texts, |(path, text)| {
        let original = record(text.as_bytes());
        let mut wrong = Vec::new();
        for copy in Lossy::ALL {
            let read = record(&copy.of(text));
            if read.get("error").is_none() {
                wrong.extend(
                    silent(&original, &read).iter().map(|w| format!("{} {copy:?} {w}", path.display())),
                );
            }
        }
        wrong
    });
    let wrong: Vec<String> = wrong.into_iter().flatten().collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn a_pack_of_two_gives_a_record_of_each() {
    let texts = texts();
    for pair in texts.windows(2) {
        let [(_, first), (_, second)] = pair else { continue };
        let pack = format!("{first}{second}");
        let readings: Vec<Value> =
            read_all("pack", pack.as_bytes(), &ReadOptions::default()).iter().map(of).collect();
        assert_eq!(readings.len(), 2, "{} and {}", pair[0].0.display(), pair[1].0.display());
        for (text, read) in [first, second].into_iter().zip(&readings) {
            let original = record(text.as_bytes());
            for field in FIELDS {
                assert_eq!(value(&original, field), value(read, field), "{field}");
            }
        }
        let pages = first.matches('\u{c}').count();
        assert_eq!(readings[0]["document"]["part"]["last_page"], pages);
        assert_eq!(readings[1]["document"]["part"]["first_page"], pages + 1);
        let alone = record(pack.as_bytes());
        let told = alone["diagnostics"].as_array().into_iter().flatten();
        assert!(told.filter(|d| d["code"] == "several-documents").count() == 1);
    }
}

#[test]
fn a_pdf_that_is_cut_tells() {
    let base = corpus();
    let paths = files(&base, &[".pdf"]);
    let cut = each(&paths, |path| {
        let bytes = std::fs::read(path).expect("a test document can be read");
        let original = record(&bytes);
        let mut wrong = Vec::new();
        for percent in [25, 50, 75, 95] {
            let read = record(&bytes[..bytes.len() * percent / 100]);
            if read.get("error").is_none() {
                let silent = silent(&original, &read);
                wrong.extend(silent.iter().map(|w| format!("{} {percent} %: {w}", path.display())));
            }
        }
        wrong
    });
    let wrong: Vec<String> = cut.into_iter().flatten().collect();
    let fields = paths.len() * 4 * FIELDS.len();
    assert!(wrong.len() * 200 <= fields, "{} of {fields}:\n{}", wrong.len(), wrong.join("\n"));
}
