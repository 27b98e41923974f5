//! Drift: documents whose layout fits no known edition well, so that a new form is noticed when it first appears.
//!
//! Everything is judged from records alone: diagnostics, the kinds of sections, the words that no grammar placed,
//! evidence of the status `not-read`. A document is told ([`Fit::drifts`]) for one strong sign or two weak ones;
//! [`groups`] puts together those that drift in the same way.

mod editions;
mod groups;

use std::collections::BTreeSet;
use std::fmt;

use findings_core::record::{ErrorCode, ErrorReport, Record, Status};
use serde::Serialize;

pub use groups::{Group, groups};

/// Above this share of words outside body, notes and furniture, much was not placed: real documents have 4 % at
/// most; a short letter to many recipients may have more.
const FRONT: f32 = 0.15;

/// Diagnostics that speak of something that the form always has and that was not found as the form prints it.
const TELLING: &[&str] = &[
    "judgements-missing",
    "grade-not-read",
    "dates-not-read",
    "improvements-not-read",
    "lead-inspector-not-read",
    "formats-close",
];

/// What is looked up, and earlier inspections: that they were not read says nothing about a layout.
const LOOKED_UP: &[&str] = &["/provider/ids", "/provider/region", "/mentions"];

/// How a document fits the editions that are known.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Fit {
    /// The document, as the record names it.
    pub source: String,
    /// The format that read it; null where none did.
    pub format: Option<String>,
    /// The edition that it was taken for.
    pub edition: Option<String>,
    /// The program that made the file.
    pub producer: Option<String>,
    /// The year of the inspection, else of the letter, else of the file.
    pub year: Option<String>,
    /// What does not fit.
    pub signs: BTreeSet<Sign>,
    /// Headings that the format does not know.
    pub unknown_headings: Vec<String>,
}

/// Something that does not fit.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(tag = "sign", content = "of", rename_all = "kebab-case")]
pub enum Sign {
    /// No format claims the document.
    UnknownFormat,
    /// The format's fixed phrases are fewer than in any known document.
    ScoreLow,
    /// A kind of section that every known document of the edition has is not there.
    SectionMissing(String),
    /// More headings than usual are of no known kind.
    HeadingsUnknown,
    /// Many words were placed nowhere.
    WordsUnplaced,
    /// A diagnostic that speaks of something missing.
    Diagnostic(String),
    /// A value seems to be there and was not read.
    NotRead(String),
}

impl Sign {
    /// Whether it is enough by itself.
    fn strong(&self) -> bool {
        !matches!(self, Sign::NotRead(_) | Sign::HeadingsUnknown | Sign::WordsUnplaced)
    }
}

impl fmt::Display for Sign {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Sign::UnknownFormat => write!(f, "of no known format"),
            Sign::ScoreLow => write!(f, "few of the format's phrases"),
            Sign::SectionMissing(kind) => write!(f, "no section {kind}"),
            Sign::HeadingsUnknown => write!(f, "unknown headings"),
            Sign::WordsUnplaced => write!(f, "many words placed nowhere"),
            Sign::Diagnostic(code) => write!(f, "{code}"),
            Sign::NotRead(what) => write!(f, "{what} not read"),
        }
    }
}

impl Fit {
    /// Whether the document should be looked at: one strong sign, or two weak ones.
    pub fn drifts(&self) -> bool {
        self.signs.len() > 1 || self.signs.iter().any(Sign::strong)
    }

    /// How a record fits.
    pub fn of(record: &Record) -> Fit {
        let mut signs = BTreeSet::new();
        for d in &record.diagnostics {
            match d.code.as_str() {
                "format-score-low" => drop(signs.insert(Sign::ScoreLow)),
                code if TELLING.contains(&code) => drop(signs.insert(Sign::Diagnostic(code.into()))),
                _ => {}
            }
        }
        let known = editions::known(&record.format.id, &record.format.edition);
        let has = |kind: &str| record.sections.iter().any(|s| s.kind == kind);
        for kind in known.map_or(&[][..], |e| e.sections) {
            if !has(kind) {
                signs.insert(Sign::SectionMissing((*kind).into()));
            }
        }
        let unknown: Vec<String> =
            record.sections.iter().filter(|s| s.kind == "other").filter_map(|s| s.heading.clone()).collect();
        if known.is_some_and(|e| unknown.len() > e.others) {
            signs.insert(Sign::HeadingsUnknown);
        }
        let words = record.document.words;
        if words.front as f32 > words.total.max(1) as f32 * FRONT {
            signs.insert(Sign::WordsUnplaced);
        }
        for (pointer, evidence) in &record.evidence {
            // An area that is in no table says nothing about a layout.
            if evidence.status == Status::NotRead && !LOOKED_UP.contains(&pointer.as_str()) {
                signs.insert(Sign::NotRead(without_indices(pointer)));
            }
        }
        let dates = [&record.inspection.start, &record.published];
        let letter = record.letter.as_ref().and_then(|l| l.date.as_ref());
        let date = dates.into_iter().flatten().next().or(letter).or(record.document.created.as_ref());
        Fit {
            source: record.document.source.clone(),
            format: Some(record.format.id.clone()),
            edition: Some(record.format.edition.clone()),
            producer: record.document.producer.clone(),
            year: date.and_then(|d| d.get(..4)).map(str::to_owned),
            signs,
            unknown_headings: unknown,
        }
    }

    /// How a document without a record fits: only one that was read and claimed by no format says anything about
    /// layouts.
    pub fn of_error(report: &ErrorReport) -> Option<Fit> {
        (report.error.code == ErrorCode::UnknownFormat).then(|| Fit {
            source: report.document.source.clone(),
            format: None,
            edition: None,
            producer: report.document.producer.clone(),
            year: report.document.created.as_ref().and_then(|d| d.get(..4)).map(str::to_owned),
            signs: BTreeSet::from([Sign::UnknownFormat]),
            unknown_headings: Vec::new(),
        })
    }
}

fn without_indices(pointer: &str) -> String {
    let steps = pointer
        .split('/')
        .map(|s| if !s.is_empty() && s.bytes().all(|b| b.is_ascii_digit()) { "*" } else { s });
    steps.collect::<Vec<_>>().join("/")
}
