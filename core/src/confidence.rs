//! A value's confidence: how often values like it were right.
//!
//! Values are alike if they are of the same field, were read from the same kind of text, agree in having witnesses and
//! repairs, were recognised equally well, and have doubts equally near. `core/data/confidence.csv` says how many values
//! of each kind were judged and how many of those were right: in labelled reports, in scans and damaged texts of these,
//! and in deliberately damaged documents. `findings calibrate --fit` recounts.
//!
//! A kind with few judged values is smoothed towards the wider kinds it belongs to. These are, from the narrowest: values of
//! the same field whose words were recognised as surely; of the body's text, or of all other fields; with doubts as near; and
//! all of that kind of text layer. Nothing else is done to the counts.

use std::collections::{BTreeSet, HashMap, HashSet};
use std::sync::OnceLock;

use serde::{Deserialize, Serialize};

use crate::cut::Cut;
use crate::record::{Diagnostic, Evidence, Record, Severity, Status, doubts, within};

const COUNTS: &str = include_str!("../data/confidence.csv");

/// A value with a lower confidence than this is in doubt: if no check has said so, a diagnostic does.
pub const FLAGGED_BELOW: f32 = 0.75;

/// Each kind counts this many values of its wider kind in addition to its own. Values in one document tend to be right or
/// wrong together, so a few say less than their number suggests.
const WIDER: f64 = 40.0;

/// No count supports a higher confidence.
const MOST: f64 = 0.999;

/// How near to a value the nearest doubt of its record is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Nearness {
    /// About the value, a part of it, or the item it belongs to.
    Own,
    /// About its list, or another value in its part of the record.
    Beside,
    /// About another part of the record.
    Elsewhere,
    /// There is none.
    None,
}

/// What values with the same confidence have in common.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Kind {
    /// The text that it was read from: `native`, `ocr` or `plain-text`.
    pub layer: String,
    /// How near the nearest doubt is.
    pub doubt: Nearness,
    /// The confidence of the least certain word, rounded as by [`step`]; empty for words that did not come from OCR.
    pub words: String,
    /// JSON Pointer of the field, `*` for any index.
    pub field: String,
    /// Whether two places or more agree.
    pub witnessed: bool,
    /// Whether it was repaired.
    pub repaired: bool,
}

/// The kind of each value that was read or derived, with its pointer. At this point the evidence's confidence is that of
/// the words.
pub fn kinds(record: &Record) -> Vec<(String, Kind)> {
    let doubts = doubts(record).into_iter().map(|d| d.pointer).filter(|p| p != "/document/words/furniture");
    let doubts = Doubts::of(doubts.collect());
    let given = record.evidence.iter().filter(|(_, e)| matches!(e.status, Status::Found | Status::Derived));
    let kind = |pointer: &str, e: &Evidence| Kind {
        layer: layer_of(&record.document.text_layer, e).to_owned(),
        doubt: doubts.nearest(pointer),
        words: e.confidence.map(|c| step(c).to_owned()).unwrap_or_default(),
        field: field_of(pointer),
        witnessed: e.witnesses.is_some_and(|n| n > 1),
        repaired: e.repairs.as_ref().is_some_and(|r| !r.is_empty()),
    };
    given.map(|(pointer, e)| (pointer.clone(), kind(pointer, e))).collect()
}

/// The text layer that a value was read from; if only some pages were recognised, its words decide.
fn layer_of<'a>(layer: &'a str, evidence: &Evidence) -> &'a str {
    match (layer, evidence.confidence) {
        ("mixed", Some(_)) => "ocr",
        ("mixed", None) => "native",
        (layer, _) => layer,
    }
}

/// The lower bound of the step that a word's confidence falls into.
fn step(words: f32) -> &'static str {
    const STEPS: &[(f32, &str)] =
        &[(0.985, "0.985"), (0.95, "0.95"), (0.9, "0.9"), (0.8, "0.8"), (0.5, "0.5")];
    STEPS.iter().find(|(least, _)| words >= *least).map_or("0", |(_, name)| *name)
}

/// A pointer with `*` for any index.
fn field_of(pointer: &str) -> String {
    let mut field = String::with_capacity(pointer.len());
    for (at, step) in pointer.split('/').enumerate() {
        field.push_str(if at > 0 { "/" } else { "" });
        field.push_str(if is_index(step) { "*" } else { step });
    }
    field
}

fn is_index(step: &str) -> bool {
    !step.is_empty() && step.bytes().all(|b| b.is_ascii_digit())
}

/// The pointers of a record's doubts, indexed for lookup: a damaged document has thousands of them, and as many values.
struct Doubts {
    all: BTreeSet<String>,
    parts: HashSet<String>,
}

impl Doubts {
    fn of(all: BTreeSet<String>) -> Self {
        let parts = all.iter().map(|doubt| part(doubt).to_owned()).collect();
        Self { all, parts }
    }

    fn nearest(&self, pointer: &str) -> Nearness {
        let of_item = self.above(pointer).any(|above| above.split('/').any(is_index));
        if self.all.is_empty() {
            Nearness::None
        } else if self.all.contains(pointer) || self.is_below(pointer) || of_item {
            Nearness::Own
        } else if self.parts.contains(part(pointer)) {
            Nearness::Beside
        } else {
            Nearness::Elsewhere
        }
    }

    /// Whether a part of the value is in doubt.
    fn is_below(&self, pointer: &str) -> bool {
        let below = format!("{pointer}/");
        self.all.range(below.clone()..).next().is_some_and(|doubt| doubt.starts_with(&below))
    }

    /// Doubts about anything that contains the value, except the whole record.
    fn above<'a>(&'a self, pointer: &'a str) -> impl Iterator<Item = &'a str> {
        let parents = pointer.match_indices('/').skip(1).map(|(end, _)| pointer.head(end));
        parents.filter(|parent| self.all.contains(*parent))
    }

    /// Whether there is a doubt about a value, a part of it, or anything that contains it.
    fn touch(&self, pointer: &str) -> bool {
        self.all.contains(pointer) || self.is_below(pointer) || self.above(pointer).next().is_some()
    }
}

/// The part of the record that contains a value. In a letter's frame each field is a part.
fn part(pointer: &str) -> &str {
    let depth = if within(pointer, "/letter") { 3 } else { 2 };
    pointer.match_indices('/').nth(depth - 1).map_or(pointer, |(end, _)| pointer.head(end))
}

/// How many values of a kind were judged, and how many of them were right.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Count {
    /// Judged.
    pub values: u32,
    /// Of these, right.
    pub right: u32,
}

/// A line of the file of counts.
#[derive(Debug, Clone, Serialize, Deserialize)]
struct Row {
    layer: String,
    doubt: Nearness,
    words: String,
    field: String,
    witnessed: bool,
    repaired: bool,
    values: u32,
    right: u32,
}

/// How often values of each kind are right.
#[derive(Debug, Clone, Default)]
pub struct Frequencies {
    of: HashMap<String, f64>,
}

impl Frequencies {
    /// The bundled ones, used for records.
    pub fn bundled() -> &'static Self {
        static BUNDLED: OnceLock<Frequencies> = OnceLock::new();
        BUNDLED.get_or_init(|| {
            let rows = csv::Reader::from_reader(COUNTS.as_bytes()).into_deserialize().filter_map(Result::ok);
            let count = |r: Row| {
                let Row { layer, doubt, words, field, witnessed, repaired, values, right } = r;
                (Kind { layer, doubt, words, field, witnessed, repaired }, Count { values, right })
            };
            Self::of_counts(rows.map(count))
        })
    }

    /// Those that follow from counts.
    pub fn of_counts(counts: impl IntoIterator<Item = (Kind, Count)>) -> Self {
        let mut sums: Vec<HashMap<String, Count>> = vec![HashMap::new(); LEVELS];
        for (kind, count) in counts {
            for (sums, key) in sums.iter_mut().rev().zip(levels(&whole(&kind))) {
                let sum = sums.entry(key.to_owned()).or_default();
                (sum.values, sum.right) = (sum.values + count.values, sum.right + count.right);
            }
        }
        let mut all = Self::default();
        for (level, sums) in sums.into_iter().enumerate() {
            let shares = sums.into_iter().map(|(key, count)| {
                let wider = level.checked_sub(1).and_then(|_| all.of.get(widened(&key)).copied());
                let wider = wider.unwrap_or(0.5);
                let own = f64::from(count.values);
                let share = (f64::from(count.right) + WIDER * wider) / (own + WIDER);
                (key, share)
            });
            let shares: Vec<_> = shares.collect();
            all.of.extend(shares);
        }
        all
    }

    /// How often values of a kind are right, from 0 to 1, as far as the counts support it.
    pub fn stated(&self, kind: &Kind) -> f32 {
        let known = levels(&whole(kind)).find_map(|key| self.of.get(key).copied());
        // Nothing is known about a text layer that was never judged.
        let share = known.unwrap_or(0.5).min(MOST);
        ((share * 1000.0).round() / 1000.0) as f32
    }
}

const LEVELS: usize = 6;

/// The key of a kind. Paragraphs go wrong in other ways than fields do: how surely their words were recognised says nothing
/// of a field.
fn whole(kind: &Kind) -> String {
    let Kind { layer, doubt, words, field, witnessed, repaired } = kind;
    format!("{layer}|{doubt:?}|{}|{words}|{field}|{witnessed} {repaired}", of_body(field))
}

/// The key of a kind and those of the wider kinds it belongs to, widest last.
fn levels(whole: &str) -> impl Iterator<Item = &str> {
    std::iter::successors(Some(whole), |key| Some(widened(key))).take(LEVELS)
}

/// Whether a field is of the body's text.
pub fn of_body(field: &str) -> bool {
    ["/sections", "/footnotes"].iter().any(|part| within(field, part))
}

/// The key of the next wider kind.
fn widened(key: &str) -> &str {
    key.rsplit_once('|').map_or("", |(wider, _)| wider)
}

/// The counts as a file, in a fixed order.
///
/// # Errors
/// They can't be written as CSV.
pub fn to_csv(counts: impl IntoIterator<Item = (Kind, Count)>) -> Result<String, csv::Error> {
    let mut counts: Vec<_> = counts.into_iter().collect();
    counts.sort_by(|a, b| a.0.cmp(&b.0));
    let mut out = csv::Writer::from_writer(Vec::new());
    for (Kind { layer, doubt, words, field, witnessed, repaired }, Count { values, right }) in counts {
        out.serialize(Row { layer, doubt, words, field, witnessed, repaired, values, right })?;
    }
    let bytes = out.into_inner().map_err(|e| e.into_error())?;
    Ok(String::from_utf8_lossy(&bytes).into_owned())
}

/// States the confidence of each value, and reports those that are too low as doubts.
pub(crate) fn state(record: &mut Record) {
    let frequencies = Frequencies::bundled();
    let mut low: Vec<(String, f32)> = Vec::new();
    for (pointer, kind) in kinds(record) {
        let stated = frequencies.stated(&kind);
        if stated < FLAGGED_BELOW {
            low.push((pointer.clone(), stated));
        }
        if let Some(evidence) = record.evidence.get_mut(&pointer) {
            evidence.confidence = Some(stated);
        }
    }
    let doubted = Doubts::of(doubts(record).into_iter().map(|d| d.pointer).collect());
    low.retain(|(pointer, _)| !doubted.touch(pointer));
    record.diagnostics.extend(together(low, record).into_iter().map(doubt));
}

/// One value with too low a confidence, or many in one list.
struct Low {
    pointer: String,
    stated: f32,
    values: usize,
    page: Option<u32>,
}

/// How many values of one list are reported individually; if there are more, the list is reported.
const EACH: usize = 5;

fn together(low: Vec<(String, f32)>, record: &Record) -> Vec<Low> {
    let page = |pointer: &str| record.evidence.get(pointer)?.spans.first().map(|s| s.page);
    let mut all: Vec<Low> = Vec::new();
    for (pointer, stated) in &low {
        let many = low.iter().filter(|(other, _)| part(other) == part(pointer)).count() > EACH;
        let at = if many { part(pointer) } else { pointer };
        match all.iter_mut().find(|l| l.pointer == at) {
            Some(one) => (one.stated, one.values) = (one.stated.min(*stated), one.values + 1),
            None => all.push(Low { pointer: at.into(), stated: *stated, values: 1, page: page(pointer) }),
        }
    }
    all
}

fn doubt(low: Low) -> Diagnostic {
    let message = match low.values {
        1 => format!("a value read like this is right in {:.0} of 100 cases", low.stated * 100.0),
        n => format!(
            "{n} values: such as are read like the least sure of them are right in {:.0} of 100 cases",
            low.stated * 100.0
        ),
    };
    Diagnostic {
        severity: Severity::Warning,
        code: "confidence-low".into(),
        path: Some(low.pointer),
        message,
        page: low.page,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::record::sample;

    fn kind(field: &str, doubt: Nearness) -> Kind {
        Kind {
            layer: "native".into(),
            doubt,
            words: String::new(),
            field: field.into(),
            witnessed: false,
            repaired: false,
        }
    }

    #[test]
    fn a_kind_of_which_few_were_judged_leans_on_the_wider() {
        let count = |values, right| Count { values, right };
        let frequencies = Frequencies::of_counts([
            (kind("/published", Nearness::None), count(10_000, 9_900)),
            (kind("/letter/date", Nearness::None), count(2, 0)),
            (kind("/published", Nearness::Own), count(1_000, 500)),
        ]);
        let stated = |field, doubt| frequencies.stated(&kind(field, doubt));
        assert_eq!(stated("/published", Nearness::None), 0.99);
        assert_eq!(stated("/published", Nearness::Own), 0.5);
        // Two wrong values say little; with none at all only the wider kind counts.
        assert!((0.85..0.92).contains(&stated("/letter/date", Nearness::None)));
        assert_eq!(stated("/inspectors/*", Nearness::None), 0.99);
        let other = Kind { layer: "ocr".into(), ..kind("/published", Nearness::None) };
        assert_eq!(frequencies.stated(&other), 0.5);
    }

    #[test]
    fn what_goes_wrong_in_paragraphs_says_nothing_of_fields() {
        let count = |values, right| Count { values, right };
        let of_words =
            |field: &str| Kind { layer: "ocr".into(), words: "0.9".into(), ..kind(field, Nearness::Beside) };
        let frequencies = Frequencies::of_counts([
            (of_words("/sections/*/blocks/*"), count(1_000, 800)),
            (of_words("/published"), count(300, 300)),
        ]);
        assert!(frequencies.stated(&of_words("/letter/date")) > 0.95);
        assert!(frequencies.stated(&of_words("/footnotes/*")) < 0.85);
    }

    #[test]
    fn doubts_are_near_or_far() {
        let nearest = |pointer: &str, all: &[&str]| {
            Doubts::of(all.iter().map(|d| (*d).to_owned()).collect()).nearest(pointer)
        };
        let near = |doubt: &str| nearest("/inspectors/1/name", &[doubt]);
        assert_eq!(near("/inspectors/1/name"), Nearness::Own);
        assert_eq!(near("/inspectors/1/name/0"), Nearness::Own);
        assert_eq!(near("/inspectors/1"), Nearness::Own);
        assert_eq!(near("/inspectors/1/name-of"), Nearness::Beside);
        assert_eq!(near("/inspectors"), Nearness::Beside);
        assert_eq!(near("/inspectors/0"), Nearness::Beside);
        assert_eq!(near("/letter/date"), Nearness::Elsewhere);
        assert_eq!(nearest("/letter/date", &["/letter/recipients/0"]), Nearness::Elsewhere);
        assert_eq!(nearest("/published", &[]), Nearness::None);
    }

    #[test]
    fn every_value_of_a_record_is_given_a_frequency() {
        let mut record = sample();
        let found = serde_json::json!({ "status": "found", "quote": "Good", "spans": [], "rule": "grade", "witnesses": 1 });
        record
            .evidence
            .insert("/judgements/0/grade".into(), serde_json::from_value(found).expect("evidence"));
        state(&mut record);
        let confidence = record.evidence["/judgements/0/grade"].confidence;
        assert!(confidence.is_some_and(|c| (0.5..1.0).contains(&c)), "{confidence:?}");
    }
}
