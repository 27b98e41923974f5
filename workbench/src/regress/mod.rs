//! Compares two runs over the same documents: what changed, and where.
//!
//! The records of each document are compared value by value, with list items aligned by content. A change has a field,
//! the rule that reads it, a shape, the stage that changed first and, if there is a label, a verdict. Similar changes
//! are grouped.

mod align;
mod diff;
mod document;
mod gate;
mod group;
mod lost;
mod parallel;
pub mod render;
mod report;
mod run;
mod shape;
mod stage;
mod time;
mod verdict;

use indexmap::IndexMap;
use serde_json::Value;

use crate::gold::Gold;
use crate::score::{Count, Options};
use document::{Document, Judge, Outcome};
use group::{Groups, Known};
use parallel::in_parallel;
use run::{Paired, pair};
use verdict::Class;

pub(crate) use diff::{Change, diff};
pub use gate::{COUNTERS, Gate, GateError};
pub use report::{
    Accuracy, Classes, Counters, DiagnosticGroup, Example, Group, LostEvidence, RegressReport, RunInfo,
    Scored, Slower, Time, Variant,
};
pub use run::Run;
pub use stage::{DocumentTrace, StageTrace, Traces, read as read_traces};

/// The schema of reports on two runs.
pub const REGRESS_SCHEMA_ID: &str = "urn:findings:schema:regress-report:1.0";

/// Settings for comparing runs.
#[derive(Debug, Clone)]
pub struct Settings {
    /// Settings for comparing with labels.
    pub scoring: Options,
    /// A document is slower if it takes at least this many times as long.
    pub slower: f64,
}

impl Default for Settings {
    fn default() -> Self {
        Self { scoring: Options::default(), slower: 1.5 }
    }
}

/// Compares two runs over the documents that both have.
pub fn compare(base: &Run, head: &Run, gold: Option<&Gold>, settings: &Settings) -> RegressReport {
    let Paired { pairs, only_base, only_head } = pair(base, head);
    let judge = Judge { base, head, gold, settings };
    let documents = in_parallel(&pairs, |(before, after)| judge.document(before, after));
    let mut sum = Sum::default();
    documents.iter().enumerate().for_each(|(number, document)| sum.add(number + 1, document));
    let (mut groups, diagnostics) = (sum.groups, sorted(sum.diagnostics));
    let count = |new: bool| diagnostics.iter().filter(|d| d.new == new).map(|d| d.count).sum();
    let time = time::time(base, head, &pairs, settings.slower);
    let counters = Counters {
        documents: pairs.len(),
        unpaired: only_base.len() + only_head.len(),
        values: groups.total,
        new_diagnostics: count(true),
        gone_diagnostics: count(false),
        slower: time.as_ref().map_or(0, |t| t.slower.len()),
        ..sum.counters
    };
    RegressReport {
        schema: REGRESS_SCHEMA_ID.into(),
        base: base.info(),
        head: head.info(),
        counters,
        accuracy: accuracy(&documents),
        fields: std::mem::take(&mut groups.fields),
        groups: groups.finish(),
        diagnostics,
        lost_evidence: sum.lost_evidence.into_values().collect(),
        time,
        fixed_documents: sum.fixed,
        broken_documents: sum.broken,
        only_in_base: only_base,
        only_in_head: only_head,
    }
}

/// Totals over documents.
#[derive(Default)]
struct Sum {
    counters: Counters,
    groups: Groups,
    diagnostics: Diagnostics,
    lost_evidence: IndexMap<String, LostEvidence>,
    fixed: Vec<String>,
    broken: Vec<String>,
}

/// By code, generalised pointer, and whether they were added.
type Diagnostics = IndexMap<(String, Option<String>, bool), DiagnosticGroup>;

impl Sum {
    fn add(&mut self, number: usize, document: &Document) {
        let has = |class: Class| document.changes.iter().any(|(_, c, _)| *c == class);
        self.counters.changed_documents += usize::from(document.changed);
        self.counters.lost_records += usize::from(document.outcome == Outcome::Lost);
        self.counters.gained_records += usize::from(document.outcome == Outcome::Gained);
        self.fixed.extend(has(Class::Fixed).then(|| document.name.clone()));
        self.broken.extend(has(Class::Broken).then(|| document.name.clone()));
        for (change, class, stage) in &document.changes {
            let known = Known { change, class: *class, stage: stage.clone(), traced: document.traced };
            self.groups.add(number, &document.name, known);
        }
        self.counters.lost_evidence += document.lost.len();
        lost::add(&mut self.lost_evidence, &document.name, &document.lost);
        for (diagnostic, new) in &document.diagnostics {
            add_diagnostic(&mut self.diagnostics, &document.name, diagnostic, *new);
        }
    }
}

/// The most frequent first.
fn sorted(diagnostics: Diagnostics) -> Vec<DiagnosticGroup> {
    let mut all: Vec<DiagnosticGroup> = diagnostics.into_values().collect();
    all.sort_by_key(|d| std::cmp::Reverse(d.count));
    all
}

fn add_diagnostic(groups: &mut Diagnostics, document: &str, diagnostic: &Value, new: bool) {
    let text = |key: &str| diagnostic.get(key).and_then(Value::as_str);
    let code = text("code").unwrap_or_default().to_owned();
    let path = text("path").map(general);
    let group = groups.entry((code.clone(), path.clone(), new)).or_insert_with(|| DiagnosticGroup {
        code,
        path,
        new,
        count: 0,
        document: document.to_owned(),
        message: text("message").unwrap_or_default().to_owned(),
    });
    group.count += 1;
}

/// A pointer with `*` in place of each index.
fn general(pointer: &str) -> String {
    let part = |p: &str| {
        let index = !p.is_empty() && p.bytes().all(|b| b.is_ascii_digit());
        if index { "*".to_owned() } else { p.to_owned() }
    };
    pointer.split('/').map(part).collect::<Vec<_>>().join("/")
}

fn accuracy(documents: &[Document]) -> Option<Accuracy> {
    let scores: Vec<&[(Count, bool); 2]> = documents.iter().filter_map(|d| d.scores.as_ref()).collect();
    let scored = |run: usize| {
        let mut sum = Count::default();
        scores.iter().for_each(|s| sum.add(s[run].0));
        Scored { f1: sum.f1(), whole: scores.iter().filter(|s| s[run].1).count() }
    };
    (!scores.is_empty()).then(|| Accuracy { documents: scores.len(), base: scored(0), head: scored(1) })
}
