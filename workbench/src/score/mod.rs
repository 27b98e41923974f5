//! Compares records with labels: precision, recall and errors.

mod bootstrap;
mod fields;
mod matching;
mod pointers;
pub mod render;
mod report;
pub mod text;

use indexmap::IndexMap;
use rustc_hash::FxHashMap;
use serde_json::Value;

use crate::evidence;
use crate::gold::{Gold, ID_DIGITS, Label, ReportLabel};
use bootstrap::{CONFIDENCE, Draws, RESAMPLES, SEED, wilson};

pub use bootstrap::Count;
pub use fields::compare;
pub use matching::{FieldScore, Judged, Miss, Verdict};
pub use report::{Documents, Field, Figures, Group, Intervals, Method, ScoreReport, Share, Wrong};

/// The schema of score reports.
pub const SCORE_SCHEMA_ID: &str = "urn:findings:schema:score-report:1.0";

/// Settings for comparing with labels.
#[derive(Debug, Clone, PartialEq)]
pub struct Options {
    /// Long texts are equal if they share at least this much of their words.
    pub near: f64,
    /// For documents whose bytes differ from the labelled ones (scans, damaged texts): the first digits of
    /// their SHA-256 → the label's id.
    pub aliases: FxHashMap<String, String>,
}

impl Default for Options {
    fn default() -> Self {
        Self { near: 0.95, aliases: FxHashMap::default() }
    }
}

impl Options {
    /// Reads aliases: on each line the digits and the label's id, separated by white space.
    pub fn read_aliases(&mut self, text: &str) {
        for line in text.lines() {
            let mut parts = line.split_whitespace();
            if let (Some(digits), Some(id)) = (parts.next(), parts.next()) {
                self.aliases.insert(digits.to_owned(), id.to_owned());
            }
        }
    }

    /// The label id for a document's SHA-256, whether or not there is such a label.
    pub fn label_id<'a>(&'a self, sha256: &'a str) -> &'a str {
        let digits = sha256.get(..ID_DIGITS).unwrap_or_default();
        self.aliases.get(digits).map_or(digits, String::as_str)
    }
}

/// The SHA-256 of a record's or error report's document; empty if not given.
pub fn sha256_of(record: &Value) -> &str {
    record.pointer("/document/sha256").and_then(Value::as_str).unwrap_or_default()
}

/// Compares records (and error reports) with labels. Documents without a label are skipped; if there are two for one
/// document, the later counts.
pub fn score<'a>(
    gold: &Gold,
    records: impl IntoIterator<Item = &'a Value>,
    options: &Options,
) -> ScoreReport {
    let mut by_id: FxHashMap<&str, &Value> = FxHashMap::default();
    let records: Vec<&Value> = records.into_iter().collect();
    for record in records {
        by_id.insert(options.label_id(sha256_of(record)), record);
    }
    let mut documents = Vec::new();
    let (mut refused, mut to_refuse) = (0, 0);
    for (id, label) in &gold.labels {
        let record = by_id.get(id.as_str()).copied();
        match label {
            Label::NoReport(_) => {
                refused += usize::from(record.is_some_and(|r| r.get("error").is_some()));
                to_refuse += 1;
            }
            Label::Report(label) => documents.push(Document::new(label, record, options.near)),
        }
    }
    let sums = Sums::of(&documents);
    let mut total = sums.total.figures();
    let draws = Draws::new(documents.len());
    let all: Vec<Count> = documents.iter().map(Document::total).collect();
    total.intervals = intervals(&draws, &all);
    ScoreReport {
        schema: SCORE_SCHEMA_ID.into(),
        method: Method { near: options.near, resamples: RESAMPLES, seed: SEED, confidence: CONFIDENCE },
        documents: Documents {
            labelled: gold.labels.len(),
            whole: sums.whole(),
            without_record: documents.iter().filter(|d| !d.has_record).map(|d| d.id.clone()).collect(),
            refused,
            to_refuse,
        },
        total,
        fields: sums.fields.iter().map(|(f, sum)| (f.clone(), field(f, sum, &documents, &draws))).collect(),
        groups: groups(&documents),
        wrong: documents.into_iter().flat_map(|d| d.wrong).collect(),
    }
}

/// A labelled report.
struct Document {
    id: String,
    has_record: bool,
    /// Whether there is an outcome, and everything in it is right.
    whole: bool,
    fields: Vec<FieldScore>,
    wrong: Vec<Wrong>,
    /// Format (as labelled), edition and text layer.
    traits: [String; 3],
}

impl Document {
    fn new(label: &ReportLabel, record: Option<&Value>, near: f64) -> Self {
        const NOTHING: &Value = &Value::Null;
        let read = record.unwrap_or(NOTHING);
        let has_record = record.is_some_and(|r| r.get("error").is_none());
        let fields = compare(label, read, near);
        let source = read.pointer("/document/source").and_then(Value::as_str);
        let source = source.or(label.path.as_deref()).unwrap_or(&label.id).to_owned();
        let misses = fields.iter().flat_map(|f| f.misses.iter().map(|m| (&*f.field, m)));
        let wrong = misses.map(|(field, miss)| wrong(&label.id, &source, field, miss, read)).collect();
        let part = |pointer: &str| {
            let value = read.pointer(pointer).and_then(Value::as_str).filter(|_| has_record);
            value.unwrap_or("no record").to_owned()
        };
        let format = fields::format_of(&label.kind);
        let edition =
            if has_record { format!("{format} {}", part("/format/edition")) } else { "no record".into() };
        Self {
            id: label.id.clone(),
            has_record,
            whole: record.is_some() && fields.iter().all(FieldScore::right),
            fields,
            wrong,
            traits: [format, edition, part("/document/text_layer")],
        }
    }

    fn total(&self) -> Count {
        let mut sum = Count::default();
        self.fields.iter().for_each(|f| sum.add(count(f)));
        sum
    }

    fn silent(&self, field: &str) -> usize {
        self.wrong.iter().filter(|w| w.silent && w.field == field).count()
    }
}

fn count(field: &FieldScore) -> Count {
    Count { hit: field.hit, gold: field.gold, got: field.got }
}

fn wrong(id: &str, source: &str, field: &str, miss: &Miss, record: &Value) -> Wrong {
    let place = miss.paths.first().map(|p| evidence::of(record, p)).unwrap_or_default();
    Wrong {
        document: id.to_owned(),
        source: source.to_owned(),
        field: field.to_owned(),
        expected: miss.expected.clone(),
        got: miss.got.clone(),
        path: miss.paths.first().cloned(),
        page: place.page,
        quote: place.quote,
        rule: place.rule,
        silent: miss.got.is_some() && !evidence::is_diagnosed(record, &miss.paths),
    }
}

/// Counts together with silent errors.
#[derive(Default)]
struct Sum {
    count: Count,
    silent: usize,
}

impl Sum {
    fn figures(&self) -> Figures {
        let c = self.count;
        Figures {
            hit: c.hit,
            gold: c.gold,
            got: c.got,
            precision: c.precision(),
            recall: c.recall(),
            f1: c.f1(),
            silent: self.silent,
            intervals: None,
        }
    }
}

/// Totals over documents.
#[derive(Default)]
struct Sums {
    fields: IndexMap<String, Sum>,
    total: Sum,
    documents: usize,
    whole: usize,
}

impl Sums {
    fn of<'a>(documents: impl IntoIterator<Item = &'a Document>) -> Self {
        let mut sums = Self::default();
        for document in documents {
            sums.documents += 1;
            sums.whole += usize::from(document.whole);
            for field in &document.fields {
                let silent = document.silent(&field.field);
                for sum in [sums.fields.entry(field.field.to_string()).or_default(), &mut sums.total] {
                    sum.count.add(count(field));
                    sum.silent += silent;
                }
            }
        }
        sums
    }

    fn whole(&self) -> Share {
        share(self.whole, self.documents)
    }
}

fn share(right: usize, of: usize) -> Share {
    Share { right, of, interval: wilson(right, of) }
}

fn intervals(draws: &Draws, counts: &[Count]) -> Option<Intervals> {
    draws.intervals(counts).map(|[precision, recall, f1]| Intervals { precision, recall, f1 })
}

fn field(name: &str, sum: &Sum, documents: &[Document], draws: &Draws) -> Field {
    let of = |d: &Document| d.fields.iter().find(|f| f.field == name).map(|f| (count(f), f.right()));
    let counts: Vec<Count> = documents.iter().map(|d| of(d).map(|(c, _)| c).unwrap_or_default()).collect();
    let has = |d: &&Document| of(d).is_some_and(|(c, _)| c.gold + c.got > 0);
    let wrong_in: Vec<String> =
        documents.iter().filter(|d| of(d).is_some_and(|(_, right)| !right)).map(|d| d.id.clone()).collect();
    let there = documents.iter().filter(has).count();
    let mut figures = sum.figures();
    figures.intervals = intervals(draws, &counts);
    Field { figures, documents: share(there - wrong_in.len(), there), wrong_in }
}

fn groups(documents: &[Document]) -> Vec<Group> {
    let mut out = Vec::new();
    for (i, by) in ["format", "edition", "text-layer"].into_iter().enumerate() {
        let mut names: Vec<&str> = documents.iter().map(|d| d.traits[i].as_str()).collect();
        names.sort_unstable();
        names.dedup();
        for name in names {
            let sums = Sums::of(documents.iter().filter(|d| d.traits[i] == name));
            out.push(Group {
                by: by.into(),
                name: name.into(),
                whole: sums.whole(),
                total: sums.total.figures(),
                fields: sums.fields.iter().map(|(f, s)| (f.clone(), s.figures())).collect(),
            });
        }
    }
    out
}
