//! How a change to a grammar shows in a comparison of two runs.

use std::path::PathBuf;

use findings_core::checks::Own;
use findings_core::format::{Format, FormatInfo};
use findings_core::ofsted::FORMATS;
use findings_core::outline::Outline;
use findings_core::record::Draft;
use findings_tests::documents::{corpus, files};
use findings_tests::runs::StoredRun;
use findings_workbench::gold::Gold;
use findings_workbench::regress::{RegressReport, Settings, compare, render};
use serde_json::Value;

/// A grammar with a mistake: the letter's date gets its month from the inspection's.
struct WrongMonth(&'static dyn Format);

impl Format for WrongMonth {
    fn info(&self) -> &'static FormatInfo {
        self.0.info()
    }

    fn read(&self, doc: &Outline, draft: &mut Draft) {
        self.0.read(doc, draft);
        let start = draft.record.inspection.start.clone();
        let letter = draft.record.letter.as_mut().and_then(|l| l.date.as_mut());
        // A day that does not exist in February would make the record invalid, which is a different mistake.
        if let (Some(date), Some(start)) = (letter, start)
            && date[8..] <= *"28"
        {
            date.replace_range(5..7, &start[5..7]);
        }
    }

    fn is_heading(&self, line: &str) -> bool {
        self.0.is_heading(line)
    }

    fn begins(&self, lines: &[&str]) -> bool {
        self.0.begins(lines)
    }

    fn is_letterhead(&self, line: &str) -> bool {
        self.0.is_letterhead(line)
    }

    fn line_starts(&self, line: &str) -> Vec<usize> {
        self.0.line_starts(line)
    }

    fn own(&self) -> Own {
        self.0.own()
    }
}

fn documents() -> Vec<PathBuf> {
    files(&corpus(), &[".pdf", ".txt"])
}

fn compared(base: &StoredRun, head: &StoredRun, gold: bool) -> RegressReport {
    let gold = gold.then(|| Gold::load(&corpus()).expect("the labels can be read"));
    compare(&base.run("base"), &head.run("head"), gold.as_ref(), &Settings::default())
}

#[test]
fn a_mistake_in_a_grammar_is_one_entry() {
    let planted: Vec<WrongMonth> = FORMATS.iter().map(|f| WrongMonth(*f)).collect();
    let planted: Vec<&dyn Format> = planted.iter().map(|f| f as &dyn Format).collect();
    let base = StoredRun::of(&corpus(), &documents());
    let head = StoredRun::with(&planted, &corpus(), &documents());
    let dates = |run: &StoredRun| -> Vec<Value> {
        run.values().iter().map(|r| r.pointer("/letter/date").cloned().unwrap_or_default()).collect()
    };
    let moved = dates(&base).iter().zip(dates(&head)).filter(|(b, h)| *b != h).count();
    assert!(moved >= 10, "the mistake shows in the corpus: {moved}");

    let report = compared(&base, &head, true);
    assert_eq!(report.groups.len(), 1, "{}", render::terminal(&report, 20));
    let group = &report.groups[0];
    assert_eq!(group.field, "/letter/date");
    assert_eq!(group.rule.as_deref(), Some("letter.date"));
    assert_eq!(group.shape, "date: month");
    assert_eq!(group.stages.keys().collect::<Vec<_>>(), ["grammar"]);
    assert!(group.traced);
    assert_eq!((group.values.total(), group.documents), (moved, moved));
    assert!(group.example.page == Some(1) && group.example.quote.is_some());
    assert!(group.values.broken >= 10 && group.values.fixed == 0, "{:?}", group.values);
    assert_eq!(report.counters.changed_documents, moved);
    // A letter with another date does not agree with its visit any more, and its record says so.
    let of_the_date = |path: &Option<String>| {
        path.as_deref().is_some_and(|p| p.starts_with("/letter/date") || p.starts_with("/inspection/"))
    };
    assert!(report.diagnostics.iter().all(|d| of_the_date(&d.path)), "{:?}", report.diagnostics);

    // The same without labels and traces, as far as the records show it.
    let bare = |run: &StoredRun| StoredRun { records: run.records.clone(), traces: String::new() };
    let report = compared(&bare(&base), &bare(&head), false);
    assert_eq!(report.groups.len(), 1);
    assert_eq!(report.groups[0].values.changed, moved);
    assert_eq!(report.groups[0].stages.keys().collect::<Vec<_>>(), ["grammar"]);
    assert!(!report.groups[0].traced);
}

/// A format that sees no headings in plain text: the mistake is in what the outline is told.
struct NoHeadings(&'static dyn Format);

impl Format for NoHeadings {
    fn info(&self) -> &'static FormatInfo {
        self.0.info()
    }

    fn read(&self, doc: &Outline, draft: &mut Draft) {
        self.0.read(doc, draft);
    }
}

#[test]
fn a_mistake_before_the_grammar_is_found_where_it_is() {
    let planted: Vec<NoHeadings> = FORMATS.iter().map(|f| NoHeadings(*f)).collect();
    let planted: Vec<&dyn Format> = planted.iter().map(|f| f as &dyn Format).collect();
    let texts = files(&corpus(), &[".txt"]);
    let report =
        compared(&StoredRun::of(&corpus(), &texts), &StoredRun::with(&planted, &corpus(), &texts), true);
    assert!(report.counters.changed_documents > 0);
    let stages: Vec<_> = report.groups.iter().flat_map(|g| g.stages.keys()).collect();
    assert!(!stages.is_empty() && stages.iter().all(|s| *s == "outline"), "{stages:?}");
    assert!(report.fields.contains_key("/sections/*"), "{:?}", report.fields);
}

#[test]
fn two_documents_fixed_and_one_broken() {
    let right = StoredRun::of(&corpus(), &documents());
    let spoiled = |names: &'static [&'static str]| {
        right.edited(move |record| {
            let source = record["document"]["source"].as_str().expect("a name");
            if names.iter().any(|n| source.contains(n)) {
                record["inspection"]["start"] = "1999-01-01".into();
            }
        })
    };
    let report = compared(&spoiled(&["kestwick", "selwick"]), &spoiled(&["inglemere"]), true);
    assert_eq!((report.counters.values.fixed, report.counters.values.broken), (2, 1));
    assert_eq!(report.broken_documents, ["jtai/inglemere-2024-11-08.pdf"]);
    assert_eq!(report.fixed_documents.len(), 2);
    assert_eq!(report.fields.keys().collect::<Vec<_>>(), ["/inspection/start"]);
    let accuracy = report.accuracy.expect("there are labels");
    assert_eq!(accuracy.head.whole, accuracy.base.whole + 1);
    assert!(accuracy.head.f1 > accuracy.base.f1);
}

#[test]
fn the_same_run_twice_has_nothing_to_tell() {
    let run = StoredRun::of(&corpus(), &documents());
    let report = compared(&run, &run, true);
    assert_eq!(report.counters.values.total() + report.counters.changed_documents, 0);
    assert_eq!(report.counters.documents, documents().len());
    assert!(render::terminal(&report, 20).contains("Nothing changed in "));
}

/// A change that is the same in every document must be reported once, however many there are.
#[test]
fn every_form_of_the_report_holds_the_same() {
    let base = StoredRun::of(&corpus(), &documents());
    let head = base.edited(|record| {
        for inspector in record["inspectors"].as_array_mut().into_iter().flatten() {
            let name = inspector["name"].as_str().unwrap_or_default().to_owned();
            inspector["name"] = format!("{name} <b>HMI</b>").into();
        }
    });
    let report = compared(&base, &head, false);
    let names = report.fields["/inspectors/*/name"].changed;
    assert!(names > 50);
    let like: Vec<_> = report.groups.iter().filter(|g| g.field == "/inspectors/*/name").collect();
    assert!(like.iter().all(|g| g.shape == "text: longer at the end"));
    assert_eq!(like.iter().map(|g| g.values.changed).sum::<usize>(), names);
    let html = render::html(&report);
    assert!(!html.contains("<b>HMI"), "a document's text is no markup");
    assert!(!html.contains("http"), "the page needs nothing but itself");
    for text in [html, render::markdown(&report, 99), render::terminal(&report, 99)] {
        assert!(text.contains("longer at the end"), "{text}");
    }
}
