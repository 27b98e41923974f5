//! Proposes a format file from samples of one layout. What is the same in all of them is labels, headings and running lines; what
//! varies beside those is values.
//!
//! ```text
//! outlines ──lines──► what recurs ──pool──► places with their texts ──fields──► guesses ──verify──► file
//!                          │                   gold ────────────────────┘    ▲
//!                          └──letter, body, tables──────────────────────────┘
//! ```
//!
//! Each guess says how many samples support it. The proposal is run over the samples before it is returned: rules that read nothing
//! are left out, and rules that do not read all samples say so.

mod anchors;
mod body;
mod boxes;
mod constants;
mod counts;
mod days;
mod fields;
mod gold;
mod guess;
mod headings;
mod kinds;
mod labels;
mod letter;
mod numbered;
mod point;
mod pool;
mod print;
mod rows;
mod scales;
mod tables;
mod team;
mod valued;
mod verify;
mod words;

use std::collections::{BTreeMap, BTreeSet, HashSet};
use std::fmt;

use findings_core::format::FormatInfo;
use findings_core::plugin::Document;
use findings_core::text::LayerKind;
use serde_json::Value;

use crate::FileError;
use crate::read::plain::Known;
use crate::read::view::{View, settled};
use constants::Constants;
use guess::Guesses;

/// The fewest samples that show what varies.
pub const LEAST_SAMPLES: usize = 3;
/// The fewest recurring lines and labels that make a layout.
const LEAST_SHARED: usize = 4;

/// A document of the layout.
#[derive(Debug, Clone)]
pub struct Sample {
    /// Its name in messages.
    pub name: String,
    /// The document, as a plugin would see it.
    pub document: Document,
    /// What a person read in it: a JSON object of names, or of pointers, with values.
    pub gold: Option<Value>,
}

/// How the file identifies itself.
#[derive(Debug, Clone, Copy)]
pub struct Identity<'a> {
    /// Code of the regulator: lower-case letters, digits and hyphens.
    pub regulator: &'a str,
    /// The last part of the format's id.
    pub name: &'a str,
    /// Other formats, whose phrases can't be anchors of this one.
    pub others: &'a [&'static FormatInfo],
}

/// A proposed file.
#[derive(Debug, Clone)]
pub struct Proposal {
    /// The file with its comments.
    pub text: String,
    /// What to look at first, one line each.
    pub remarks: Vec<String>,
}

/// Why nothing is proposed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum DraftError {
    /// There are too few samples: this many.
    TooFew(usize),
    /// The samples have only this many lines and labels in common.
    NothingShared(usize),
    /// They have labels in common, but no values beside them.
    NothingVaries,
    /// The proposed file can't be parsed: a bug in this module.
    Unreadable(Vec<FileError>),
}

impl fmt::Display for DraftError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::TooFew(n) => write!(
                f,
                "{n} different samples could be read, and at least {LEAST_SAMPLES} are needed to see what varies: add more documents of the layout"
            ),
            Self::NothingShared(n) => write!(
                f,
                "the samples have only {n} lines and labels in common, and a layout has at least {LEAST_SHARED}: do they all have the same layout?"
            ),
            Self::NothingVaries => {
                f.write_str("nothing varies beside the labels that the samples share: are these empty forms?")
            }
            Self::Unreadable(faults) => {
                write!(f, "the proposed file is not valid, which is a bug in findings: ")?;
                faults.iter().try_for_each(|e| write!(f, "{e}; "))
            }
        }
    }
}

impl std::error::Error for DraftError {}

/// Proposes a file from samples of one layout.
///
/// # Errors
/// There are too few samples, or they have too little in common.
pub fn draft(samples: &[Sample], identity: Identity) -> Result<Proposal, DraftError> {
    // Duplicates say nothing about what varies.
    let mut samples = samples.to_vec();
    let mut seen = HashSet::new();
    samples.retain(|s| seen.insert(s.document.info.sha256.clone()));
    if samples.len() < LEAST_SAMPLES {
        return Err(DraftError::TooFew(samples.len()));
    }
    for sample in &mut samples {
        let native = sample.document.layer.kind != LayerKind::PlainText;
        if let Some(outline) = settled(&sample.document.outline).filter(|_| native) {
            sample.document.outline = outline;
        }
    }
    let plain = samples.iter().any(|s| s.document.layer.kind == LayerKind::PlainText);
    if plain {
        // In plain text the only sign of a heading is that it recurs.
        let headings = body::plain_headings(&views(&samples, Known::default()));
        let known = |line: &str| headings.iter().any(|h| findings_core::grammar::label::is_label(line, h));
        samples.iter_mut().for_each(|s| s.document.outline.promote(known));
    }
    let mut all = views(&samples, Known::default());
    let mut constants = Constants::of(&all);
    if plain {
        let labels: Vec<String> =
            constants.rows.iter().chain(&constants.close).map(|c| c.text.clone()).collect();
        let values = values_in_cells(&all);
        all = views(&samples, Known { labels: &labels, values: &values });
        constants = Constants::of(&all);
    }
    let views = all;
    if constants.shared() < LEAST_SHARED {
        return Err(DraftError::NothingShared(constants.shared()));
    }
    let pool = pool::all(&views, &constants);
    let mut guesses = Guesses::new(samples.len());
    letter::add(&views, &constants, &mut guesses);
    gold::fields(&samples, &pool, &mut guesses);
    fields::add(&views, &pool, &constants, &mut guesses);
    days::pair(&mut guesses);
    days::prefer(&mut guesses);
    days::sole(&mut guesses);
    body::add(&views, &constants, &mut guesses);
    tables::add(&views, &constants, &mut guesses);
    numbered::add(&views, &mut guesses);
    team::add(&views, &constants, &mut guesses);
    headings::divide(&views, &mut guesses);
    point::sole(&mut guesses);
    gold::lists(&samples, &views, &mut guesses);
    if guesses.fields.is_empty() && guesses.tables.is_empty() && guesses.lists.is_empty() {
        return Err(DraftError::NothingVaries);
    }
    anchors::add(&views, &constants, identity, &mut guesses);
    verify::hold(&samples, identity, &mut guesses)
}

fn views<'s>(samples: &'s [Sample], known: Known) -> Vec<View<'s>> {
    samples.iter().map(|s| View::of(&s.document, known)).collect()
}

/// Short texts that fill a cell, not the first of its row, in at least two samples: grades, for example.
fn values_in_cells(views: &[View]) -> Vec<String> {
    let mut seen: BTreeMap<&str, BTreeSet<usize>> = BTreeMap::new();
    for (sample, view) in views.iter().enumerate() {
        let cells = view.lines.iter().flat_map(|line| line.cells.iter().skip(1)).map(|cell| cell.as_str());
        let is_value = |cell: &&str| {
            let words = cell.split_whitespace().count();
            words <= scales::FORM && cell.chars().all(|c| c.is_alphabetic() || c == ' ')
        };
        cells.filter(is_value).for_each(|cell| {
            seen.entry(cell).or_default().insert(sample);
        });
    }
    let again = seen.into_iter().filter(|(cell, samples)| samples.len() > 1 && !cell.is_empty());
    again.map(|(cell, _)| cell.to_owned()).collect()
}
