//! Values of which it is known whether they are right.

use findings_core::confidence::{Kind, kinds};
use findings_core::pipeline::{Opened, ReadOptions};
use findings_core::record::Record;
use serde_json::Value;

use crate::evidence::within;
use crate::gold::ReportLabel;
use crate::regress::Change;
use crate::score::text::{Bag, norm};
use crate::score::{Verdict, compare};
use crate::stress::{NoRecord, Settings, damaged_records, differing};

/// A value, and whether it is right.
#[derive(Debug, Clone)]
pub struct Judged {
    /// The area that its document is about.
    pub provider: String,
    /// What it was judged by: `labels`, `stress` or `copies`.
    pub source: &'static str,
    /// What it has in common with others.
    pub kind: Kind,
    /// Whether it is right.
    pub right: bool,
}

fn judged<'r>(
    record: &'r Record,
    provider: &'r str,
    source: &'static str,
    right: impl Fn(&str) -> Option<bool> + 'r,
) -> impl Iterator<Item = Judged> + 'r {
    kinds(record).into_iter().filter_map(move |(pointer, kind)| {
        Some(Judged { provider: provider.to_owned(), source, kind, right: right(&pointer)? })
    })
}

/// The values of a record that a label tells of. Long texts are the same that share so many of their words.
pub fn by_label(label: &ReportLabel, record: &Record, near: f64) -> Vec<Judged> {
    let Ok(json) = serde_json::to_value(record) else { return Vec::new() };
    let fields = compare(label, &json, near);
    let told: Vec<(&str, bool)> = fields
        .iter()
        .flat_map(|f| &f.values)
        .filter(|v| v.verdict != Verdict::Unlabelled)
        .filter_map(|v| Some((v.paths.first()?.as_str(), v.verdict == Verdict::Right)))
        .collect();
    let provider = record.provider.name.as_deref().unwrap_or_default();
    let right = |pointer: &str| {
        let mut of_it = told.iter().filter(|(p, _)| within(p, pointer)).map(|(_, right)| *right).peekable();
        of_it.peek()?;
        Some(of_it.all(|right| right))
    };
    judged(record, provider, "labels", right).collect()
}

/// The values of a document's records where its text is damaged. The reading of the whole document is taken for right.
///
/// # Errors
/// It gives no record of one of core's formats.
pub fn by_stress(
    opened: &Opened,
    options: &ReadOptions,
    settings: &Settings,
) -> Result<Vec<Judged>, NoRecord> {
    let whole = opened.read(options);
    let provider = whole.record().and_then(|r| r.provider.name.clone()).unwrap_or_default();
    let mut all = Vec::new();
    for held in damaged_records(opened, options, settings)? {
        let right = |pointer: &str| Some(!held.wrong.iter().any(|w| touches(w, pointer)));
        all.extend(judged(&held.record, &provider, "stress", right));
    }
    Ok(all)
}

/// The values of a copy's record: a scan's, a damaged text's. The reading of the document itself is taken for right.
/// Long texts are the same that share so many of their words.
pub fn by_copy(whole: &Value, copy: &Record, near: f64) -> Vec<Judged> {
    let Ok(json) = serde_json::to_value(copy) else { return Vec::new() };
    let changes = differing(whole, &json).into_iter().filter(|c| !is_near(c, near));
    let wrong: Vec<String> = changes.filter_map(|c| c.head_path).collect();
    let provider = whole.pointer("/provider/name").and_then(Value::as_str).unwrap_or_default();
    let right = |pointer: &str| Some(!wrong.iter().any(|w| touches(w, pointer)));
    judged(copy, provider, "copies", right).collect()
}

/// What is wrong in an item is wrong of the item; of a list that is wrong every item is.
fn touches(wrong: &str, pointer: &str) -> bool {
    within(wrong, pointer) || within(pointer, wrong)
}

/// Below so many words a text must be the same.
const LONG: usize = 6;

/// Whether two texts are the same as far as it matters.
fn is_near(change: &Change, near: f64) -> bool {
    let (Value::String(before), Value::String(after)) = (&change.before, &change.after) else { return false };
    let long = before.split_whitespace().count() >= LONG;
    norm(before) == norm(after) || long && Bag::of(before).overlap(&Bag::of(after)) >= near
}
