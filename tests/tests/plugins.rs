//! A plugin's format in the whole pipeline: the requests to its worker, and what `explain` shows.

use std::sync::Arc;

use findings_core::explain::{Explanation, View, explain};
use findings_core::pipeline::{self, ReadOptions, Reading};
use findings_host::PluginHost;
use findings_plugin_sdk::record::{Draft, Status};
use findings_plugin_sdk::{
    Anchor, Describes, Document, FormatInfo, Place, Plugin, PluginFormat, PluginRecord, Schema,
};
use findings_tests::documents::{corpus, files};
use findings_tests::plugins::loopback::Loopback;
use serde_json::json;

/// A format with a single value.
struct Memo;

/// The same format, with a made-up quote.
struct Lie;

static INFO: FormatInfo = FormatInfo {
    id: "examples.memo",
    title: "Memo",
    regulator: "examples",
    editions: &[],
    known_gaps: &[],
    anchors: &[
        Anchor { phrases: &["Memo of the Office for Examples"], place: Place::Opening, weight: 0.6 },
        Anchor { phrases: &["Memo reference:"], place: Place::Body, weight: 0.2 },
    ],
};

impl PluginFormat for Memo {
    fn info(&self) -> &'static FormatInfo {
        &INFO
    }

    fn read(&self, doc: &Document, draft: &mut Draft) {
        let mut reference = None;
        for block in &doc.outline.blocks {
            if let Some(words) = block.text.as_str().strip_prefix("Memo reference: ") {
                draft.note("/extension/reference", block.text.evidence(words, "memo.reference"));
                reference = Some(words.to_owned());
            }
        }
        if reference.is_none() {
            draft.absent("/extension/reference", Status::NotStated);
        }
        draft.record.extension = Some(json!({ "reference": reference }));
    }
}

impl PluginFormat for Lie {
    fn info(&self) -> &'static FormatInfo {
        &INFO
    }

    fn read(&self, _: &Document, _: &mut Draft) {}

    fn record(&self, doc: Document) -> PluginRecord {
        let mut record = Memo.record(doc);
        record.evidence["/extension/reference"].quote = Some("nobody wrote this".into());
        record
    }
}

const SCHEMA: Schema = Schema {
    id: "urn:findings:schema:memo:1.0",
    describes: Describes::Extension,
    json: r#"{ "type": "object", "required": ["reference"] }"#,
};

static HONEST: Plugin = Plugin {
    id: "memo",
    version: "1.0.0",
    description: "Memos",
    formats: &[&Memo],
    schemas: &[SCHEMA],
    codes: &[],
};

static LYING: Plugin = Plugin { formats: &[&Lie], ..HONEST };

const MEMO: &str = "Memo of the Office for Examples\n\nMemo reference: AB-12\n\nAll is well.\n";

fn options(host: &Arc<PluginHost>) -> ReadOptions {
    ReadOptions { plugins: Some(host.clone()), trace: true, ..ReadOptions::default() }
}

fn stages(reading: &Reading) -> Vec<&'static str> {
    reading.trace.stages.iter().map(|s| s.name).collect()
}

#[test]
fn a_document_without_a_plugins_anchors_costs_no_round_trip() {
    let (host, count) = Loopback::host(&HONEST);
    let options = options(&host);
    let texts = files(&corpus().join("text"), &[".txt"]);
    assert!(texts.len() >= 4, "the reports are there");
    for path in texts {
        let bytes = std::fs::read(&path).expect("a report can be read");
        assert!(pipeline::read("report.txt", &bytes, &options).record().is_some(), "{}", path.display());
    }
    let recipe = b"Scones\n\nRub the butter into the flour, then add milk and bake for ten minutes.\n";
    assert!(pipeline::read("recipe.txt", recipe, &options).outcome.is_err());
    assert_eq!(count.count(), (0, 0), "no worker was started");
    // Two documents: one worker, one message for each.
    for _ in 0..2 {
        let reading = pipeline::read("memo.txt", MEMO.as_bytes(), &options);
        let extension = reading.record().expect("a record").extension.clone();
        assert_eq!(extension, Some(json!({ "reference": "AB-12" })));
    }
    assert_eq!(count.count(), (1, 2));
}

#[test]
fn a_library_that_can_not_be_used_is_tried_once() {
    let (host, count) = Loopback::refusing(&HONEST, "it has changed");
    let error = || {
        let reading = pipeline::read("memo.txt", MEMO.as_bytes(), &options(&host));
        reading.outcome.expect_err("no record").error.to_string()
    };
    let first = error();
    insta::assert_snapshot!(first, @"plugin-failed: memo 1.0.0: it could not be loaded: it has changed");
    assert_eq!(error(), first);
    assert_eq!(count.count(), (1, 0));
}

#[test]
fn a_plugins_record_goes_through_the_stages_of_all_others() {
    let (host, _) = Loopback::host(&HONEST);
    let memo = pipeline::read("memo.txt", MEMO.as_bytes(), &options(&host));
    let report = std::fs::read(corpus().join("text/poole-2018-11-30.txt")).expect("a report");
    let report = pipeline::read("report.txt", &report, &options(&host));
    assert_eq!(stages(&memo), ["source", "text", "outline", "grammar", "validate"]);
    assert_eq!(stages(&memo), stages(&report));
    assert!(memo.trace.stages[..4].iter().all(|s| !s.digest.is_empty()));
}

#[test]
fn a_plugins_reading_is_explained() {
    let (host, _) = Loopback::host(&HONEST);
    let Explanation { text, error, .. } = explain("memo.txt", MEMO.as_bytes(), &options(&host), View::Full);
    assert_eq!(error, None);
    let claims = text.split("# Formats").nth(1).and_then(|t| t.split("# Blocks").next()).unwrap_or_default();
    assert!(claims.contains("0.80  examples.memo") && claims.contains("ofsted."), "{claims}");
    insta::assert_snapshot!(text.split("# Blocks").nth(1).unwrap_or_default(), @r#"
    page  part          role        style    text
       1                heading 1   0        Memo of the Office for Examples
       1  extension     heading 1   0        Memo reference: AB-12
       1                paragraph   0        All is well.

    read by the plugin memo 1.0.0

    # Fields of examples.memo ()

    /extension/reference = "AB-12"
        memo.reference on page 1: “AB-12”
    /footnotes [not-stated] = []
    /provider/successors [not-read] = []
    /inspection/visits [not-read] = []
    /inspectors [not-read] = []
    /judgements [not-read] = []
    /improvements [not-read] = []
    /strengths [not-read] = []
    /sections [not-read] = []
    /figures [not-read] = []
    /mentions [not-read] = []

    # Diagnostics

    none
    "#);
    // Explaining a report of core must not depend on the plugin.
    let report = std::fs::read(corpus().join("text/poole-2018-11-30.txt")).expect("a report");
    let blocks = |options: &ReadOptions| {
        let Explanation { text, .. } = explain("report.txt", &report, options, View::Full);
        text.split("# Blocks").nth(1).map(str::to_owned)
    };
    assert_eq!(blocks(&options(&host)), blocks(&ReadOptions::default()));
    assert!(blocks(&ReadOptions::default()).is_some_and(|b| b.contains("/inspection/start")));
}

#[test]
fn what_is_not_believed_is_explained_with_the_reason() {
    let (host, _) = Loopback::host(&LYING);
    let Explanation { text, error, .. } = explain("memo.txt", MEMO.as_bytes(), &options(&host), View::Full);
    assert!(text.contains("“nobody wrote this”"), "{text}");
    let error = error.expect("the record does not hold").error.to_string();
    assert!(error.contains("is not in the document"), "{error}");
    let reading = pipeline::read("memo.txt", MEMO.as_bytes(), &options(&host));
    assert_eq!(stages(&reading), ["source", "text", "outline", "grammar"]);
    assert!(reading.outcome.is_err());
}
