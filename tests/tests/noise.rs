//! Accuracy on texts with OCR-like damage, by class and rate; docs/noise.md has the measurements.
//!
//! `FINDINGS_NOISE_KEEP=DIR` keeps the damaged texts, for examining errors.

use std::fmt::Write;
use std::path::PathBuf;

use findings_core::pipeline::{ReadOptions, read};
use findings_tests::documents::{corpus, each, files, shared_if_there};
use findings_tests::noise::{Class, text_of};
use findings_workbench::gold::{Gold, Label};
use findings_workbench::score::{Options, ScoreReport, score, sha256_of};
use serde_json::Value;

/// Labels, and each labelled document as a text with the label's id.
struct Texts {
    gold: Gold,
    texts: Vec<(String, String)>,
}

impl Texts {
    /// The documents of the repo. Text files are included unchanged.
    fn of_corpus() -> Self {
        let base = corpus();
        let mut gold = Gold::load(&base).expect("labels");
        let scans = Gold::load(&base.join("scans")).expect("labels of scans");
        gold.labels.retain(|id, _| !scans.labels.contains_key(id));
        let paths = files(&base, &[".pdf", ".txt"]);
        Self::of(gold, &paths)
    }

    /// The real reports, if available.
    fn of_reports() -> Option<Self> {
        let (base, labels) = (shared_if_there("corpus")?, shared_if_there("corpus/gold")?);
        let gold = Gold::load(&labels).expect("labels");
        let path = |label: &Label| match label {
            Label::Report(label) => label.path.as_ref().map(|p| base.join(p)),
            Label::NoReport(_) => None,
        };
        let paths: Vec<PathBuf> = gold.labels.values().filter_map(path).collect();
        Some(Self::of(gold, &paths))
    }

    fn of(mut gold: Gold, paths: &[PathBuf]) -> Self {
        let mut texts = Vec::new();
        for path in paths {
            let bytes = std::fs::read(path).expect("a test document can be read");
            let sha256 = findings_core::source::sha256(&bytes);
            if let Some(label) = gold.of(&sha256) {
                let name = path.file_name().unwrap_or_default().to_string_lossy();
                let text = text_of(&name, &bytes).expect("a labelled document has text");
                texts.push((label.id().to_owned(), text));
            }
        }
        gold.labels.retain(|id, _| texts.iter().any(|(of, _)| of == id));
        Self { gold, texts }
    }

    /// The accuracy on the texts with some damage. Long texts are equal if they share at least `near` of their words.
    fn damaged(&self, classes: &[Class], rate: f64, near: f64) -> ScoreReport {
        let mut options = Options { near, ..Options::default() };
        let records: Vec<Value> = each(&self.texts, |(id, text)| {
            let text = classes.iter().fold(text.clone(), |text, class| class.damage(&text, rate, 1));
            if let Ok(folder) = std::env::var("FINDINGS_NOISE_KEEP") {
                std::fs::write(format!("{folder}/{id}.{rate}.txt"), &text).expect("a text can be kept");
            }
            match read(&format!("{id}.txt"), text.as_bytes(), &ReadOptions::default()).outcome {
                Ok(record) => serde_json::to_value(record).expect("serialises"),
                Err(report) => serde_json::to_value(report).expect("serialises"),
            }
        });
        for ((id, _), record) in self.texts.iter().zip(&records) {
            options.aliases.insert(sha256_of(record)[..12].to_owned(), id.clone());
        }
        score(&self.gold, &records, &options)
    }
}

/// Wrong grades and dates without a diagnostic.
fn silent(report: &ScoreReport) -> Vec<String> {
    const FIELDS: &[&str] = &[
        "judgements",
        "inspection.start",
        "inspection.end",
        "inspection.visits",
        "letter.date",
        "published",
    ];
    let wrong =
        report.wrong.iter().filter(|w| w.silent && w.got.is_some() && FIELDS.contains(&w.field.as_str()));
    wrong.map(|w| format!("{} {}: {:?} is not {:?}", w.source, w.field, w.got, w.expected)).collect()
}

#[test]
fn damaged_texts_are_read_and_grades_and_dates_are_never_silently_wrong() {
    let texts = Texts::of_corpus();
    assert!(texts.texts.len() >= 30, "the corpus is there");
    let all = &Class::BY_RATE[..];
    for (classes, rate, near, least) in [
        (&[][..], 0.0, 0.95, 0.97),
        (&[Class::Ascii][..], 0.0, 0.95, 0.95),
        (all, 0.01, 0.8, 0.94),
        (all, 0.04, 0.8, 0.85),
    ] {
        let report = texts.damaged(classes, rate, near);
        println!("{classes:?} {rate}: F1 {:.4}", report.total.f1);
        assert!(report.total.f1 >= least, "{classes:?} at {rate}: F1 {:.4}", report.total.f1);
        assert_eq!(silent(&report), [""; 0], "{classes:?} at {rate}");
    }
}

/// Prints the table of docs/noise.md: `cargo test -p findings-tests --test noise -- --ignored --nocapture`.
#[test]
#[ignore = "takes minutes; it prints a table"]
fn measure_accuracy_against_noise() {
    print!("{}", curve("the documents of corpus/", &Texts::of_corpus()));
    if let Some(reports) = Texts::of_reports() {
        print!("{}", curve("real reports", &reports));
    }
}

fn curve(name: &str, texts: &Texts) -> String {
    const RATES: [f64; 4] = [0.005, 0.01, 0.02, 0.04];
    let mut out = format!("\n{} of {name}\n", texts.texts.len());
    let f1 = |classes: &[Class], rate: f64, near: f64| {
        let report = texts.damaged(classes, rate, near);
        let silent = silent(&report);
        for line in &silent {
            println!("silent, {classes:?} {rate}: {line}");
        }
        format!("{:.3}{}", report.total.f1, if silent.is_empty() { "" } else { "*" })
    };
    let _ =
        writeln!(out, "none {}; all but ASCII lost {}", f1(&[], 0.0, 0.95), f1(&[Class::Ascii], 0.0, 0.95));
    let _ =
        writeln!(out, "| damage | {} |\n|---|---:|---:|---:|---:|", RATES.map(|r| r.to_string()).join(" | "));
    let together = std::iter::once(("together".to_owned(), Class::BY_RATE.to_vec()));
    for (name, classes) in
        Class::BY_RATE.iter().map(|c| (format!("{c:?}").to_lowercase(), vec![*c])).chain(together)
    {
        let _ = writeln!(out, "| {name} | {} |", RATES.map(|r| f1(&classes, r, 0.8)).join(" | "));
    }
    out
}
