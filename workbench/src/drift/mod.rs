//! Drift: documents whose layout fits no known edition well, so that a new form is noticed when it first appears.
//!
//! Everything is judged from records alone: diagnostics, kinds of sections, words that no grammar placed, and evidence
//! with the status `not-read`. A document drifts ([`Fit::drifts`]) if it shows one strong sign or two weak ones.
//! [`groups`] groups documents that drift in the same way.

mod editions;
mod groups;

use std::collections::BTreeSet;
use std::fmt;

use findings_core::record::{ErrorCode, ErrorReport, Record, Status};
use serde::Serialize;

pub use groups::{Group, groups};

/// If more than this share of the words is outside body, notes and furniture, much was not placed. Real documents have
/// at most 4 %; a short letter to many recipients may have more.
const FRONT: f32 = 0.15;

/// Diagnostics which say that something the form always has was not found.
const TELLING: &[&str] = &[
    "judgements-missing",
    "grade-not-read",
    "dates-not-read",
    "improvements-not-read",
    "lead-inspector-not-read",
    "formats-close",
];

/// Looked-up values and mentions of earlier inspections: if they were not read, that says nothing about the layout.
const LOOKED_UP: &[&str] = &["/provider/ids", "/provider/region", "/mentions"];

/// How well a document fits the known editions.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Fit {
    /// The document, as the record names it.
    pub source: String,
    /// The format that read it; null if none did.
    pub format: Option<String>,
    /// The edition that it was taken for.
    pub edition: Option<String>,
    /// The program that created the file.
    pub producer: Option<String>,
    /// The year of the inspection or, failing that, of the letter or the file.
    pub year: Option<String>,
    /// What does not fit.
    pub signs: BTreeSet<Sign>,
    /// Headings that the format does not know.
    pub unknown_headings: Vec<String>,
}

/// A sign that a document does not fit.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(tag = "sign", content = "of", rename_all = "kebab-case")]
pub enum Sign {
    /// No format claims the document.
    UnknownFormat,
    /// Fewer of the format's fixed phrases than in any known document.
    ScoreLow,
    /// A kind of section is missing that every known document of the edition has.
    SectionMissing(String),
    /// Unusually many headings are of no known kind.
    HeadingsUnknown,
    /// Many words were not placed anywhere.
    WordsUnplaced,
    /// A diagnostic about something missing.
    Diagnostic(String),
    /// A value seems to be present but was not read.
    NotRead(String),
}

impl Sign {
    /// Whether the sign is sufficient by itself.
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
            Sign::WordsUnplaced => write!(f, "many words outside the sections"),
            Sign::Diagnostic(code) => write!(f, "{code}"),
            Sign::NotRead(what) => write!(f, "{what} not read"),
        }
    }
}

impl Fit {
    /// Whether the document should be looked at: it has one strong sign, or two weak ones.
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
            // An area that is not in the tables says nothing about the layout.
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

    /// How a document without a record fits. Only a document that could be read but was claimed by no format says
    /// anything about layouts; `None` for all others.
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
