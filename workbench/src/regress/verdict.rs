//! Judges a change by a label.

use std::borrow::Cow;

use rustc_hash::FxHashMap;
use serde_json::Value;

use super::diff::Change;
use crate::evidence::within;
use crate::gold::ReportLabel;
use crate::score::{FieldScore, Verdict, compare};

/// The class of a change.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Class {
    /// Wrong or missing before, right now.
    Fixed,
    /// Right before and wrong or missing now, or missing before and wrong now.
    Broken,
    /// A different value.
    Changed,
    /// The value has disappeared.
    Missing,
    /// The value is new.
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

    /// The class of a change without a label.
    pub fn of(change: &Change) -> Self {
        match (&change.before, &change.after) {
            (Value::Null, _) => Self::Found,
            (_, Value::Null) => Self::Missing,
            _ => Self::Changed,
        }
    }
}

/// A record compared with its label.
pub struct Labelled {
    /// The score of each field.
    pub fields: Vec<FieldScore>,
    /// Pointers to the values compared → the verdict, and the field.
    verdicts: FxHashMap<String, (Verdict, Cow<'static, str>)>,
}

impl Labelled {
    /// Compares a record with its label.
    pub fn new(label: &ReportLabel, record: &Value, near: f64) -> Self {
        let fields = compare(label, record, near);
        let mut verdicts: FxHashMap<String, (Verdict, Cow<'static, str>)> = FxHashMap::default();
        for field in &fields {
            for value in &field.values {
                for path in &value.paths {
                    // An inspector's name counts in two fields; it is wrong if it is wrong in one.
                    let slot = verdicts.entry(path.clone()).or_insert((value.verdict, field.field.clone()));
                    if value.verdict == Verdict::Wrong {
                        *slot = (Verdict::Wrong, field.field.clone());
                    }
                }
            }
        }
        Self { fields, verdicts }
    }

    /// Whether every field is right.
    pub fn whole(&self) -> bool {
        self.fields.iter().all(FieldScore::right)
    }

    /// The verdict on a value, or on the parts of an item; an item is wrong if a part of it is.
    fn verdict(&self, path: Option<&String>) -> Option<(Verdict, &str)> {
        let path = path?;
        if let Some((verdict, field)) = self.verdicts.get(path) {
            return Some((*verdict, field));
        }
        let parts = self.verdicts.iter().filter(|(p, _)| within(p, path)).map(|(_, (v, f))| (*v, &**f));
        parts.reduce(|a, b| if b.0 == Verdict::Wrong || a.0 == Verdict::Unlabelled { b } else { a })
    }

    /// The verdict on a value, if there is one and the label covers it.
    fn said(&self, path: Option<&String>, value: &Value) -> Option<(Verdict, &str)> {
        self.verdict(path).filter(|(v, _)| *v != Verdict::Unlabelled && !value.is_null())
    }

    /// Whether nothing labelled is missing from a field.
    fn complete(&self, field: &str) -> bool {
        self.fields.iter().find(|f| f.field == field).is_none_or(|f| f.hit == f.gold)
    }
}

/// The class of a change, according to the label's verdicts on both records.
pub fn class(change: &Change, base: &Labelled, head: &Labelled) -> Class {
    use Verdict::{Right, Wrong};
    let before = base.said(change.base_path.as_ref(), &change.before);
    let after = head.said(change.head_path.as_ref(), &change.after);
    match (before, after) {
        (Some((Right, _)), Some((Right, _))) | (Some((Wrong, _)), Some((Wrong, _))) => Class::of(change),
        // If nothing was missing before, an additional right value is a duplicate and fixes nothing. Likewise below.
        (_, Some((Right, field))) if !base.complete(field) => Class::Fixed,
        (Some((Right, field)), _) if !head.complete(field) => Class::Broken,
        // A wrong value is worse than a missing one.
        (None, Some((Wrong, _))) if change.before.is_null() => Class::Broken,
        (Some((Wrong, field)), None) if change.after.is_null() && head.complete(field) => Class::Fixed,
        _ => Class::of(change),
    }
}
