//! Compares one document between two runs.

use serde_json::Value;

use super::Settings;
use super::diff::{Change, diff};
use super::lost;
use super::run::Run;
use super::stage::Stages;
use super::verdict::{Class, Labelled, class};
use crate::gold::{Gold, Label};
use crate::score::Count;
use crate::stream::Piece;

/// Whether a document gave a record in both runs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outcome {
    /// In both, or in neither.
    Same,
    /// Only in the first.
    Lost,
    /// Only in the second.
    Gained,
}

/// The comparison of one document.
pub struct Document {
    /// Its name in the second run.
    pub name: String,
    /// Whether anything changed.
    pub changed: bool,
    /// Whether both runs have its trace.
    pub traced: bool,
    /// Whether it gave a record.
    pub outcome: Outcome,
    /// Each change with its class and the stage that changed first.
    pub changes: Vec<(Change, Class, String)>,
    /// Diagnostics that were added (true) or removed.
    pub diagnostics: Vec<(Value, bool)>,
    /// Pointers to values that are unchanged but lost their evidence.
    pub lost: Vec<String>,
    /// Counts, and whether everything is right, before and after; if there is a label.
    pub scores: Option<[(Count, bool); 2]>,
}

/// Compares documents.
pub struct Judge<'a> {
    /// The earlier run.
    pub base: &'a Run<'a>,
    /// The later run.
    pub head: &'a Run<'a>,
    /// The labels.
    pub gold: Option<&'a Gold>,
    /// Settings for comparing runs.
    pub settings: &'a Settings,
}

impl Judge<'_> {
    fn label(&self, sha256: &str) -> Option<&Label> {
        self.gold?.labels.get(self.settings.scoring.label_id(sha256))
    }

    fn labelled(&self, record: &Value, label: Option<&Label>) -> Option<Labelled> {
        let Some(Label::Report(label)) = label else { return None };
        Some(Labelled::new(label, record, self.settings.scoring.near))
    }

    /// Compares the records of a document with each other and, if there is one, with its label.
    pub fn document(&self, before: &Piece, after: &Piece) -> Document {
        let label = self.label(&after.sha256);
        let mut document = Document {
            name: after.source.clone(),
            changed: false,
            traced: false,
            outcome: Outcome::Same,
            changes: Vec::new(),
            diagnostics: Vec::new(),
            lost: Vec::new(),
            scores: None,
        };
        if before.json == after.json {
            if label.is_some() {
                document.scores = self.labelled(&built(after), label).map(|l| [scored(&l), scored(&l)]);
            }
            return document;
        }
        let (base, head) = (&built(before), &built(after));
        let traces = self.base.trace(before).zip(self.head.trace(after));
        document.traced = traces.is_some();
        let stages = Stages::new(base, head, traces);
        let verdicts = self.labelled(base, label).zip(self.labelled(head, label));
        document.scores = verdicts.as_ref().map(|(b, h)| [scored(b), scored(h)]);
        if before.is_error || after.is_error {
            document.outcome(base, head, label, &stages);
            return document;
        }
        let changes = diff(base, head);
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
}

impl Document {
    /// One of the two is an error report: that is a single change, whatever the other contains.
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
        // An error is right if the label says that the document is not a report.
        let class = match (self.outcome, label) {
            (Outcome::Same, _) | (_, None) => Class::Changed,
            (outcome, Some(_)) if (outcome == Outcome::Gained) == no_report => Class::Broken,
            _ => Class::Fixed,
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

/// The record or error report; null if it contains a number that can't be represented.
fn built(piece: &Piece) -> Value {
    piece.value().unwrap_or_default()
}

/// All counts of a record together, and whether everything in it is right.
fn scored(labelled: &Labelled) -> (Count, bool) {
    let mut sum = Count::default();
    labelled.fields.iter().for_each(|f| sum.add(Count { hit: f.hit, gold: f.gold, got: f.got }));
    (sum, labelled.whole())
}

/// Diagnostics that only one of two records has, by code and path; the message may differ.
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
