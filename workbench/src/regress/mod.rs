//! Two runs over the same documents: what changed, and where.
//!
//! Each document's records are held against each other value by value, lists by what their items say. A change
//! has a field, the rule that reads it, a shape, the stage that changed first and, where there is a label, a
//! verdict. Like changes are grouped.

mod align;
mod diff;
mod gate;
mod group;
mod lost;
pub mod render;
mod report;
mod run;
mod shape;
mod stage;
mod verdict;

use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::mpsc;

use indexmap::IndexMap;
use serde_json::Value;

use crate::gold::{Gold, Label, ReportLabel};
use crate::score::{Count, Options};
use diff::{Change, diff};
use group::{Groups, Known};
use run::{Paired, Stored, pair};
use stage::Stages;
use verdict::{Class, Labelled, class};

pub use gate::{COUNTERS, Gate};
pub use report::{
    Accuracy, Classes, Counters, DiagnosticGroup, Example, Group, LostEvidence, RegressReport, RunInfo, Scored, Slower,
    Time, Variant,
};
pub use run::Run;
pub use stage::{DocumentTrace, StageTrace, Traces, read as read_traces};

/// The schema of reports on two runs.
pub const REGRESS_SCHEMA_ID: &str = "urn:findings:schema:regress-report:1.0";

/// How runs are compared.
#[derive(Debug, Clone)]
pub struct Settings {
    /// How labels are compared.
    pub scoring: Options,
    /// A document is slower from this many times its time before on.
    pub slower: f64,
}

impl Default for Settings {
    fn default() -> Self {
        Self { scoring: Options::default(), slower: 1.5 }
    }
}

/// A document that takes fewer milliseconds more than this is not called slower: clocks are not that good.
const SLOWER_MS: f64 = 20.0;

/// What changed from one run to another, in all documents that both have.
pub fn compare(base: &Run, head: &Run, gold: Option<&Gold>, settings: &Settings) -> RegressReport {
    let Paired { pairs, only_base, only_head } = pair(base, head);
    let judge = Judge { base, head, gold, settings };
    let documents = in_parallel(&pairs, |(before, after)| judge.document(before, after));
    let mut counters = Counters {
        documents: pairs.len(),
        unpaired: only_base.len() + only_head.len(),
        ..Counters::default()
    };
    let mut groups = Groups::default();
    let mut diagnostics: IndexMap<(String, Option<String>, bool), DiagnosticGroup> = IndexMap::new();
    let mut lost_evidence: IndexMap<String, LostEvidence> = IndexMap::new();
    let (mut fixed_documents, mut broken_documents) = (Vec::new(), Vec::new());
    for (number, document) in documents.iter().enumerate() {
        let has = |class: Class| document.changes.iter().any(|(_, c, _)| *c == class);
        counters.changed_documents += usize::from(document.changed);
        counters.lost_records += usize::from(document.outcome == Outcome::Lost);
        counters.gained_records += usize::from(document.outcome == Outcome::Gained);
        if has(Class::Fixed) {
            fixed_documents.push(document.name.clone());
        }
        if has(Class::Broken) {
            broken_documents.push(document.name.clone());
        }
        for (change, class, stage) in &document.changes {
            let known = Known { change, class: *class, stage: stage.clone(), traced: document.traced };
            groups.add(number + 1, &document.name, known);
        }
        counters.lost_evidence += document.lost.len();
        lost::add(&mut lost_evidence, &document.name, &document.lost);
        for (diagnostic, new) in &document.diagnostics {
            add_diagnostic(&mut diagnostics, &document.name, diagnostic, *new);
        }
    }
    counters.values = groups.total;
    let mut diagnostics: Vec<DiagnosticGroup> = diagnostics.into_values().collect();
    diagnostics.sort_by_key(|d| std::cmp::Reverse(d.count));
    let sum = |new: bool| diagnostics.iter().filter(|d| d.new == new).map(|d| d.count).sum();
    (counters.new_diagnostics, counters.gone_diagnostics) = (sum(true), sum(false));
    let time = judge.time(&pairs);
    counters.slower = time.as_ref().map_or(0, |t| t.slower.len());
    RegressReport {
        schema: REGRESS_SCHEMA_ID.into(),
        base: base.info(),
        head: head.info(),
        counters,
        accuracy: accuracy(&documents),
        fields: std::mem::take(&mut groups.fields),
        groups: groups.finish(),
        diagnostics,
        lost_evidence: lost_evidence.into_values().collect(),
        time,
        fixed_documents,
        broken_documents,
        only_in_base: only_base,
        only_in_head: only_head,
    }
}

/// Whether a document became a record in both runs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Outcome {
    Same,
    Lost,
    Gained,
}

/// What became of one document.
struct Document {
    name: String,
    changed: bool,
    traced: bool,
    outcome: Outcome,
    /// Each change, what it is, and the stage that changed first.
    changes: Vec<(Change, Class, String)>,
    /// Diagnostics that came (true) or went.
    diagnostics: Vec<(Value, bool)>,
    /// Pointers to values that stayed and lost their evidence.
    lost: Vec<String>,
    /// Counts and wholeness before and after, where there is a label.
    scores: Option<[(Count, bool); 2]>,
}

struct Judge<'a> {
    base: &'a Run<'a>,
    head: &'a Run<'a>,
    gold: Option<&'a Gold>,
    settings: &'a Settings,
}

impl Judge<'_> {
    fn label(&self, sha256: &str) -> Option<&Label> {
        self.gold?.labels.get(self.settings.scoring.label_id(sha256))
    }

    fn document(&self, before: &Stored, after: &Stored) -> Document {
        let label = self.label(&after.piece.sha256);
        let mut document = Document {
            name: after.piece.source.clone(),
            changed: false,
            traced: false,
            outcome: Outcome::Same,
            changes: Vec::new(),
            diagnostics: Vec::new(),
            lost: Vec::new(),
            scores: None,
        };
        let labelled = |record: &Stored, label: &ReportLabel| {
            Labelled::new(label, record.value(), self.settings.scoring.near)
        };
        let scored = |of: &Labelled| {
            let mut sum = Count::default();
            of.fields.iter().for_each(|f| sum.add(Count { hit: f.hit, gold: f.gold, got: f.got }));
            (sum, of.whole())
        };
        if before.piece.json == after.piece.json {
            if let Some(Label::Report(label)) = label {
                let score = scored(&labelled(after, label));
                document.scores = Some([score, score]);
            }
            return document;
        }
        let (base, head) = (before.value(), after.value());
        let traces = self.base.trace(before).zip(self.head.trace(after));
        document.traced = traces.is_some();
        let stages = Stages::new(base, head, traces);
        if before.is_error() || after.is_error() {
            document.outcome(base, head, label, &stages);
            if let Some(Label::Report(label)) = label {
                document.scores = Some([scored(&labelled(before, label)), scored(&labelled(after, label))]);
            }
            return document;
        }
        let changes = diff(base, head);
        let verdicts = match label {
            Some(Label::Report(label)) => Some((labelled(before, label), labelled(after, label))),
            _ => None,
        };
        document.scores = verdicts.as_ref().map(|(b, h)| [scored(b), scored(h)]);
        document.diagnostics = changed_diagnostics(base, head);
        document.lost = lost::lost(base, head);
        document.changed =
            !(changes.is_empty() && document.diagnostics.is_empty() && document.lost.is_empty());
        document.changes = changes
            .into_iter()
            .map(|c| {
                let class = verdicts.as_ref().map_or_else(|| Class::of(&c), |(b, h)| class(&c, b, h));
                let stage = stages.of(&c);
                (c, class, stage)
            })
            .collect();
        document
    }

    fn time(&self, pairs: &[(&Stored, &Stored)]) -> Option<Time> {
        let traced: Vec<_> =
            pairs.iter().filter_map(|(b, h)| Some((self.base.trace(b)?, self.head.trace(h)?))).collect();
        if traced.is_empty() {
            return None;
        }
        let slow = |(b, h): &&(&DocumentTrace, &DocumentTrace)| {
            h.ms() > b.ms() * self.settings.slower && h.ms() - b.ms() > SLOWER_MS
        };
        let mut slower: Vec<Slower> = traced.iter().filter(slow).map(|(b, h)| slower(b, h)).collect();
        slower.sort_by(|a, b| (b.head_ms - b.base_ms).total_cmp(&(a.head_ms - a.base_ms)));
        Some(Time {
            base_ms: traced.iter().map(|(b, _)| b.ms()).sum(),
            head_ms: traced.iter().map(|(_, h)| h.ms()).sum(),
            slower,
        })
    }
}

fn slower(base: &DocumentTrace, head: &DocumentTrace) -> Slower {
    let before = |name: &str| base.stages.iter().find(|s| s.name == name).map_or(0, |s| s.micros);
    let stage = head.stages.iter().max_by_key(|s| s.micros.saturating_sub(before(&s.name)));
    Slower {
        document: head.source.clone(),
        base_ms: base.ms(),
        head_ms: head.ms(),
        stage: stage.map(|s| s.name.clone()).unwrap_or_default(),
    }
}

impl Document {
    /// One of both is an error report: that is one change, whatever the other holds.
    fn outcome(&mut self, base: &Value, head: &Value, label: Option<&Label>, stages: &Stages) {
        let code = |of: &Value| of.pointer("/error/code").and_then(Value::as_str).map(str::to_owned);
        let (before, after) = (code(base), code(head));
        if before == after {
            return;
        }
        self.changed = true;
        self.outcome = match (&before, &after) {
            (None, Some(_)) => Outcome::Lost,
            (Some(_), None) => Outcome::Gained,
            _ => Outcome::Same,
        };
        let no_report = matches!(label, Some(Label::NoReport(_)));
        let class = match (self.outcome, label) {
            (Outcome::Same, _) | (_, None) => Class::Changed,
            (Outcome::Lost, _) => {
                if no_report {
                    Class::Fixed
                } else {
                    Class::Broken
                }
            }
            (Outcome::Gained, _) => {
                if no_report {
                    Class::Broken
                } else {
                    Class::Fixed
                }
            }
        };
        let shown = |code: Option<String>| code.map_or_else(|| "record".to_owned(), |c| format!("error {c}"));
        let (before, after) = (shown(before), shown(after));
        let change = Change {
            field: "(outcome)".into(),
            base_path: None,
            head_path: None,
            shape: format!("{before} → {after}"),
            before: before.into(),
            after: after.into(),
            base_place: Default::default(),
            head_place: Default::default(),
        };
        self.changes.push((change, class, stages.of_document()));
    }
}

/// Diagnostics that only one of two records has, by code and place; the message may change.
fn changed_diagnostics(base: &Value, head: &Value) -> Vec<(Value, bool)> {
    let all = |r: &Value| r.get("diagnostics").and_then(Value::as_array).cloned().unwrap_or_default();
    let key = |d: &Value| (d.get("code").cloned(), d.get("path").cloned());
    let mut left = all(base);
    let mut out = Vec::new();
    for diagnostic in all(head) {
        match left.iter().position(|d| key(d) == key(&diagnostic)) {
            Some(at) => drop(left.remove(at)),
            None => out.push((diagnostic, true)),
        }
    }
    out.extend(left.into_iter().map(|d| (d, false)));
    out
}

fn add_diagnostic(
    groups: &mut IndexMap<(String, Option<String>, bool), DiagnosticGroup>,
    document: &str,
    diagnostic: &Value,
    new: bool,
) {
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

/// A pointer with `*` for any index.
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

/// Does `work` on each item with all processors; results in the items' order.
fn in_parallel<T: Sync, R: Send>(items: &[T], work: impl Fn(&T) -> R + Sync) -> Vec<R> {
    let jobs = std::thread::available_parallelism().map_or(1, usize::from);
    let next = AtomicUsize::new(0);
    let (done, results) = mpsc::channel();
    std::thread::scope(|scope| {
        let (next, work) = (&next, &work);
        for _ in 0..jobs {
            let done = done.clone();
            scope.spawn(move || {
                loop {
                    let at = next.fetch_add(1, Ordering::Relaxed);
                    let Some(item) = items.get(at) else { break };
                    // The other end is dropped only after all threads have ended.
                    let _ = done.send((at, work(item)));
                }
            });
        }
    });
    drop(done);
    let mut results: Vec<(usize, R)> = results.into_iter().collect();
    results.sort_by_key(|(at, _)| *at);
    results.into_iter().map(|(_, r)| r).collect()
}
