//! Invariants of every record, checked on the corpus and, if available, on real reports.

use std::path::{Path, PathBuf};

use findings_core::pipeline::{self, ReadOptions};
use findings_core::record::Record;
use findings_core::text::{self, TextLayer};
use findings_core::{source, validate};
use findings_tests::documents::{corpus, files, read_all, shared, shared_if_there};
use findings_tests::evidence;
use findings_tests::runs::accuracy;

/// The corpus, and the real reports where there are any.
fn folders() -> Vec<PathBuf> {
    let mut folders = vec![corpus()];
    folders.extend(shared_if_there("corpus/reports"));
    folders
}

fn layer(path: &Path) -> TextLayer {
    let bytes = std::fs::read(path).expect("a test document can be read");
    match source::open(&bytes, &source::Limits::default()).expect("a document") {
        source::Source::Pdf(pdf) => text::pdf::read(pdf).expect("a PDF").layer,
        source::Source::Text(text) => text::plain::read(&text),
        source::Source::Image(_) => panic!("{} is no document of these folders", path.display()),
    }
}

fn records() -> Vec<(PathBuf, Record)> {
    let mut all = Vec::new();
    for folder in folders() {
        let paths = files(&folder, &[".pdf", ".txt"]);
        for (path, outcome) in paths.iter().zip(read_all(&folder, &paths)) {
            match outcome {
                Ok(record) => all.push((path.clone(), record)),
                Err(e) => panic!("{}: no record: {}", path.display(), e.error),
            }
        }
    }
    all
}

/// A single pass over all documents, so that each is read only once.
#[test]
fn every_record_holds() {
    let mut wrong = Vec::new();
    let all = records();
    for (path, record) in &all {
        let mut say = |what: String| wrong.push(format!("{}: {what}", path.display()));
        let value = serde_json::to_value(record).expect("serialises");
        for p in validate::value(&value).err().unwrap_or_default() {
            say(format!("invalid: {p:?}"));
        }
        for p in validate::codes(&value, &[]) {
            say(format!("a code that is in no list: {p:?}"));
        }
        let words = record.document.words;
        if words.sections + words.front + words.notes + words.furniture + words.unread != words.total {
            say(format!("the words do not add up: {words:?}"));
        }
        let furniture = f64::from(words.furniture) / f64::from(words.total.max(1));
        if furniture >= 0.15 && !record.diagnostics.iter().any(|d| d.code == "furniture-large") {
            say(format!("{:.0} % furniture, and no diagnostic", furniture * 100.0));
        }
        for problem in evidence::problems(record, &layer(path)) {
            say(problem);
        }
        for problem in evidence::without_evidence(record) {
            say(problem);
        }
        for section in &record.sections {
            let (Some(grade), Some(heading)) = (&section.grade, &section.heading) else { continue };
            let area = findings_core::ofsted::judgements::area_of(heading);
            let judged = record.judgements.iter().find(|j| Some(j.area.as_str()) == area);
            if judged.is_some_and(|j| j.grade.as_ref() != Some(grade))
                && !record.diagnostics.iter().any(|d| d.code == "grades-disagree")
            {
                say(format!(
                    "the heading “{heading}” disagrees with the judgement, and no diagnostic says so"
                ));
            }
        }
    }
    println!("{} records, {} problems", all.len(), wrong.len());
    assert!(wrong.is_empty(), "{} problems:\n{}", wrong.len(), wrong[..wrong.len().min(60)].join("\n"));
}

/// The same bytes must give the same record, byte for byte.
#[test]
fn reading_is_deterministic() {
    let path = corpus().join("ilacs/ashmoor-2023-06-16.pdf");
    let bytes = std::fs::read(path).expect("the document");
    let read = || {
        let outcome = pipeline::read("a.pdf", &bytes, &ReadOptions::default()).outcome;
        serde_json::to_string(&outcome.expect("a record")).expect("serialises")
    };
    let first = read();
    let other = std::thread::scope(|s| s.spawn(read).join().expect("no panic"));
    assert_eq!(first, other);
}

/// Accuracy on real reports, against labels made by hand.
#[test]
#[ignore = "needs the real reports at ../shared"]
fn real_reports_are_read_accurately() {
    let (reports, gold) = (shared("corpus"), shared("corpus/gold"));
    let labels: Vec<serde_json::Value> = files(&gold, &[".json"])
        .iter()
        .map(|p| serde_json::from_slice(&std::fs::read(p).expect("a label")).expect("JSON"))
        .collect();
    let paths: Vec<PathBuf> = labels.iter().filter_map(|l| Some(reports.join(l["path"].as_str()?))).collect();
    let report = accuracy(&gold, &read_all(&reports, &paths));
    assert_eq!(report.documents.without_record, [""; 0]);
    assert!(report.total.f1 >= 0.985, "F1 over real reports is {:.4}", report.total.f1);
}

/// The words outside furniture must be those that pdftotext finds.
#[test]
#[ignore = "needs pdftotext (Debian: poppler-utils)"]
fn no_words_are_lost() {
    let (mut near, mut all, mut worst) = (0, 0, Vec::new());
    for folder in folders() {
        for path in files(&folder, &[".pdf"]) {
            let theirs =
                std::process::Command::new("pdftotext").arg(&path).arg("-").output().expect("pdftotext");
            let theirs = String::from_utf8_lossy(&theirs.stdout).into_owned();
            let layer = layer(&path);
            let f1 = word_f1(&layer, &theirs);
            all += 1;
            if f1 >= 0.99 {
                near += 1;
            } else {
                worst.push(format!("{} {f1:.4}", path.display()));
            }
        }
    }
    println!("{near} of {all} documents at 0.99 or better; the others: {worst:#?}");
    assert!(f64::from(near) >= 0.95 * f64::from(all), "{near} of {all}");
}

/// F1 of two multisets of words. Furniture is left out on both sides, and differences in bullets and line-end hyphens
/// are ignored.
fn word_f1(layer: &TextLayer, theirs: &str) -> f64 {
    use std::collections::HashMap;
    let plain = |w: &str| -> String { w.chars().filter(|c| c.is_alphanumeric()).collect() };
    let outline = findings_core::outline::Outline::build(layer);
    let mut left: HashMap<String, i64> = HashMap::new();
    for word in theirs.replace("-\n", "").split_whitespace() {
        *left.entry(plain(word)).or_default() += 1;
    }
    let mut furniture: HashMap<String, i64> = HashMap::new();
    let mut ours: HashMap<String, i64> = HashMap::new();
    for block in &outline.blocks {
        let into =
            if block.role == findings_core::outline::Role::Furniture { &mut furniture } else { &mut ours };
        // A paragraph's number is not part of its text.
        if let Some(number) = block.number {
            *into.entry(number.to_string()).or_default() += 1;
        }
        for o in block.text.origins() {
            *into.entry(plain(&block.text.as_str()[o.start as usize..o.end as usize])).or_default() += 1;
        }
    }
    for (word, n) in furniture {
        if let Some(there) = left.get_mut(&word) {
            *there = (*there - n).max(0);
        }
    }
    left.remove("");
    ours.remove("");
    // pdftotext joins words that are hyphenated at line ends; here they are two words.
    let shared: i64 = ours.iter().map(|(w, n)| left.get(w).copied().unwrap_or(0).min(*n)).sum();
    let total = ours.values().sum::<i64>() + left.values().sum::<i64>();
    2.0 * shared as f64 / total as f64
}
