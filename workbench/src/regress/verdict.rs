//! What a label says about a change.

use std::borrow::Cow;

use rustc_hash::FxHashMap;
use serde_json::Value;

use super::diff::Change;
use crate::evidence::within;
use crate::gold::ReportLabel;
use crate::score::{FieldScore, Verdict, compare};

/// What became of a value.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Class {
    /// Wrong or missing before, right now.
    Fixed,
    /// Right before and wrong or missing now, or wrong now where it was missing.
    Broken,
    /// Another value.
    Changed,
    /// A value before, none now.
    Missing,
    /// No value before, one now.
    Found,
}

impl Class {
    /// Its name in reports.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Fixed => "fixed",
            Self::Broken => "broken",
            Self::Changed => "changed",
            Self::Missing => "missing",
            Self::Found => "found",
        }
    }

    /// What a change is where no label says more.
    pub fn of(change: &Change) -> Self {
        match (&change.before, &change.after) {
            (Value::Null, _) => Self::Found,
            (_, Value::Null) => Self::Missing,
            _ => Self::Changed,
        }
    }
}

/// A record held against its label.
pub struct Labelled {
    /// Each scored field.
    pub fields: Vec<FieldScore>,
    /// Pointers to what was compared → what became of it, and the field.
    verdicts: FxHashMap<String, (Verdict, Cow<'static, str>)>,
}

impl Labelled {
    /// Holds a record against its label.
    pub fn new(label: &ReportLabel, record: &Value, near: f64) -> Self {
        let fields = compare(label, record, near);
        let mut verdicts: FxHashMap<String, (Verdict, Cow<'static, str>)> = FxHashMap::default();
        for field in &fields {
            for value in &field.values {
                for path in &value.paths {
                    // An inspector's name counts in two fields: it is wrong where it is wrong in one.
                    let slot = verdicts.entry(path.clone()).or_insert((value.verdict, field.field.clone()));
                    if value.verdict == Verdict::Wrong {
                        *slot = (Verdict::Wrong, field.field.clone());
                    }
                }
            }
        }
        Self { fields, verdicts }
    }

    /// Whether everything in it is right.
    pub fn whole(&self) -> bool {
        self.fields.iter().all(FieldScore::right)
    }

    /// What became of a value, or of the parts of an item; an item is wrong where a part of it is.
    fn verdict(&self, path: Option<&String>) -> Option<(Verdict, &str)> {
        let path = path?;
        if let Some((verdict, field)) = self.verdicts.get(path) {
            return Some((*verdict, field));
        }
        let parts = self.verdicts.iter().filter(|(p, _)| within(p, path)).map(|(_, (v, f))| (*v, &**f));
        parts.reduce(|a, b| if b.0 == Verdict::Wrong || a.0 == Verdict::Unlabelled { b } else { a })
    }

    /// What became of a value, if there is one and its label says something of it.
    fn said(&self, path: Option<&String>, value: &Value) -> Option<(Verdict, &str)> {
        self.verdict(path).filter(|(v, _)| *v != Verdict::Unlabelled && !value.is_null())
    }

    /// Whether nothing that is labelled is missing from a field.
    fn complete(&self, field: &str) -> bool {
        self.fields.iter().find(|f| f.field == field).is_none_or(|f| f.hit == f.gold)
    }
}

/// What a change is, by what the label says about both records.
pub fn class(change: &Change, base: &Labelled, head: &Labelled) -> Class {
    use Verdict::{Right, Wrong};
    let before = base.said(change.base_path.as_ref(), &change.before);
    let after = head.said(change.head_path.as_ref(), &change.after);
    match (before, after) {
        (Some((Right, _)), Some((Right, _))) | (Some((Wrong, _)), Some((Wrong, _))) => Class::of(change),
        // Where nothing was missing, a right value more is the other copy of one; likewise below.
        (_, Some((Right, field))) if !base.complete(field) => Class::Fixed,
        (Some((Right, field)), _) if !head.complete(field) => Class::Broken,
        // A wrong value is worse than a missing one.
        (None, Some((Wrong, _))) if change.before.is_null() => Class::Broken,
        (Some((Wrong, field)), None) if change.after.is_null() && head.complete(field) => Class::Fixed,
        _ => Class::of(change),
    }
}
