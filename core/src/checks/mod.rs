//! Witnesses that must agree: what a document says in two places, and what any inspection is like.
//!
//! A grammar reads each value where it stands. A check holds two of them against each other once the record is
//! finished: the salutation against the recipients, a letter's date against the visit, the marks of a list against
//! its items. One that fails says so on both places, so that a misread value is doubted even where nothing was odd
//! about the place that it was read from.

mod breaks;
mod characters;
mod contents;
mod dates;
mod figures;
mod forms;
mod headings;
mod holders;
mod layout;
pub(crate) mod ledger;
mod letters;
mod lists;
mod mentions;
mod numbers;
mod order;
mod people;
pub mod promises;
mod provider;
mod sections;
mod sentences;
mod spelling;
mod tables;
mod words;

use serde::Serialize;
use serde_json::Value;

use crate::cut::Cut;
use crate::outline::Outline;
use crate::plugin::PluginRecord;
use crate::record::{Diagnostic, DocumentInfo, Draft, FormatRef, Part, Record, Run, Severity, Span};
use crate::text::LayerKind;

/// Two places of a document that must agree, or what any document is like.
#[derive(Debug, Clone, Copy, Serialize)]
pub struct Check {
    /// Its name; the code of the diagnostics of one that fails.
    pub name: &'static str,
    /// Why it holds.
    pub why: &'static str,
    /// In how many of the real documents it held, and in how many it could be made.
    pub held: (u32, u32),
    /// Makes it.
    #[serde(skip)]
    pub run: fn(&Finished<'_>, &mut Verdict),
}

/// What a format promises and checks beside what all formats do.
#[derive(Debug, Clone, Copy, Default)]
pub struct Own {
    /// What its editions have.
    pub promises: &'static [promises::Edition],
    /// What its documents say twice.
    pub checks: &'static [Check],
}

/// A finished record beside the document that it was read from.
#[derive(Debug, Clone, Copy)]
pub struct Finished<'a> {
    /// The record.
    pub record: &'a Record,
    /// The document.
    pub doc: &'a Outline,
    /// What part of the document each block went to.
    pub parts: &'a [Part],
}

/// What came of a check.
#[derive(Debug, Default)]
pub struct Verdict {
    /// How often it could be made.
    made: u32,
    failures: Vec<Failure>,
}

#[derive(Debug)]
struct Failure {
    pointers: Vec<String>,
    page: Option<u32>,
    message: String,
}

impl Verdict {
    /// The check could be made, and `holds` or fails: then each place is doubted with the same words.
    pub fn that(&mut self, holds: bool, pointers: &[&str], message: impl FnOnce() -> String) {
        self.made += 1;
        if !holds {
            let pointers = pointers.iter().map(|p| (*p).to_owned()).collect();
            self.failures.push(Failure { pointers, page: None, message: message() });
        }
    }

    /// As [`Verdict::that`], with the page where the doubt arose.
    pub fn that_on(&mut self, page: u32, holds: bool, pointers: &[&str], message: impl FnOnce() -> String) {
        let before = self.failures.len();
        self.that(holds, pointers, message);
        for failure in &mut self.failures[before..] {
            failure.page = Some(page);
        }
    }
}

impl<'a> Finished<'a> {
    /// The page of the value at a pointer, or of what it belongs to.
    fn page_of(&self, pointer: &str) -> Option<u32> {
        self.spans_of(pointer)?.first().map(|s| s.page)
    }

    /// The page that the value at a pointer ends on.
    fn last_page_of(&self, pointer: &str) -> Option<u32> {
        self.spans_of(pointer)?.last().map(|s| s.page)
    }

    fn spans_of(&self, pointer: &str) -> Option<&'a [Span]> {
        let mut at = pointer;
        loop {
            let spans = self.record.evidence.get(at).map(|e| e.spans.as_slice());
            if let Some(spans) = spans.filter(|s| !s.is_empty()) {
                return Some(spans);
            }
            at = at.head(at.rfind('/').filter(|cut| *cut > 0)?);
        }
    }
}

/// The checks that every document goes through; one that has nothing to hold against anything is not made.
pub const CHECKS: &[&[Check]] = &[
    letters::CHECKS,
    dates::CHECKS,
    provider::CHECKS,
    people::CHECKS,
    lists::CHECKS,
    numbers::CHECKS,
    sections::CHECKS,
    sentences::CHECKS,
    order::CHECKS,
    headings::CHECKS,
    contents::CHECKS,
    characters::CHECKS,
    layout::CHECKS,
    breaks::CHECKS,
    tables::CHECKS,
    figures::CHECKS,
    mentions::CHECKS,
    spelling::CHECKS,
];

/// Every check, in the order of the list.
pub fn all() -> impl Iterator<Item = &'static Check> {
    CHECKS.iter().copied().flatten()
}

/// Checks of the print that headings of forms fail, which letters do not have.
const OF_LETTERS: &[&str] = &["heading-ends-early"];

/// Checks of any prose and any people. What a form prints in its boxes may fail them, so that one is believed only where
/// nearly all of the same document passes it. Where a heading or a sentence begins can't be told of a form in plain text.
const OF_PROSE: &[&[Check]] = &[sections::CHECKS, headings::CHECKS, sentences::CHECKS, people::CHECKS];
const EARNED: &[&str] = &[
    "block-begins-small",
    "paragraph-breaks-off",
    "heading-begins-small",
    "frame-as-heading",
    "sentence-begins-small",
    "name-no-name",
    "role-no-role",
    "running-line-in-person",
    "inspectors-not-alike",
];
const EARNED_IN_PRINT: &[&str] =
    &["block-above-block", "block-cut-off", "frame-in-body", "sentence-in-sentence"];

/// The checks that any regulator's reports go through: their characters, their numbers, their print and their prose. What
/// Ofsted's reports say twice is nothing to them.
pub fn foreign() -> impl Iterator<Item = &'static Check> {
    let all =
        [characters::CHECKS, numbers::CHECKS, layout::CHECKS, breaks::CHECKS, tables::CHECKS, forms::CHECKS];
    let prose = OF_PROSE.iter().copied().flatten().filter(|check| is_earned(check));
    all.into_iter().flatten().filter(|check| !OF_LETTERS.contains(&check.name)).chain(prose)
}

fn is_earned(check: &Check) -> bool {
    EARNED.contains(&check.name) || EARNED_IN_PRINT.contains(&check.name)
}

/// Makes checks and gives what is doubted.
pub fn run(finished: &Finished<'_>, checks: impl Iterator<Item = &'static Check>) -> Vec<Diagnostic> {
    doubts(finished, checks, |_, _| true)
}

/// A check of the print that is made less often is believed however often it fails.
const FEW: u32 = 20;
/// One that fails in more than one of so many places is not.
const MOST_OF: u32 = 10;

/// One that documents have to earn is believed if it fails in so many places at most: damage is not everywhere.
const PLACES: usize = 2;

/// Makes the checks that any regulator's reports go through. One of the print that fails all over a document tells that
/// it is printed in another way, as a form is, and nothing about its values; so does one of prose that fails here and there.
pub fn run_foreign(finished: &Finished<'_>) -> Vec<Diagnostic> {
    let plain = finished.doc.kind == LayerKind::PlainText;
    doubts(finished, foreign(), |check, verdict| {
        let few = verdict.failures.len() as u32 * MOST_OF <= verdict.made;
        if is_earned(check) {
            let print = !EARNED_IN_PRINT.contains(&check.name) || !plain;
            return print && few && verdict.failures.len() <= PLACES;
        }
        let of_print = layout::CHECKS.iter().any(|other| other.name == check.name);
        !of_print || few || verdict.made < FEW
    })
}

fn doubts(
    finished: &Finished<'_>,
    checks: impl Iterator<Item = &'static Check>,
    is_believed: impl Fn(&Check, &Verdict) -> bool,
) -> Vec<Diagnostic> {
    let mut out: Vec<Diagnostic> = Vec::new();
    for check in checks {
        let mut verdict = Verdict::default();
        (check.run)(finished, &mut verdict);
        if is_believed(check, &verdict) {
            out.extend(verdict.failures.into_iter().flat_map(|failure| said(finished, check, failure)));
        }
    }
    out
}

/// What a check that failed doubts: the values that it points at, and what is read from them.
fn said(finished: &Finished<'_>, check: &Check, failure: Failure) -> Vec<Diagnostic> {
    let mut pointers = failure.pointers.clone();
    for pointer in &failure.pointers {
        let fields = holders::read_from(finished.record, pointer, check.name);
        let block = holders::block_of(finished.record, pointer, check.name);
        for also in fields.into_iter().map(str::to_owned).chain(block) {
            if !pointers.contains(&also) {
                pointers.push(also);
            }
        }
    }
    let diagnostic = |path: String| Diagnostic {
        severity: Severity::Warning,
        code: check.name.into(),
        message: failure.message.clone(),
        page: failure.page.or_else(|| finished.page_of(&path)),
        path: Some(path),
    };
    pointers.into_iter().map(diagnostic).collect()
}

/// Says in a plugin's record of a schema of its own what is promised and missing, and what of `own` does not hold. Checks
/// find the record's values as the extension of the record that they are given; pointers begin at the record's root.
pub fn hold_own(record: &mut PluginRecord, edition: &str, own: Own) {
    let format = own.promises.first().map_or("", |p| p.format);
    let empty = Draft::new(DocumentInfo::default(), format, "", Run::default(), Vec::new());
    let mut shown = Record {
        format: FormatRef { id: format.into(), edition: edition.into() },
        extension: Some(record.values.clone()),
        evidence: std::mem::take(&mut record.evidence),
        diagnostics: Vec::new(),
        ..empty.record
    };
    promises::hold(&mut shown, own.promises);
    let finished = Finished { record: &shown, doc: &Outline::default(), parts: &[] };
    let doubts = run(&finished, own.checks.iter());
    let said: Vec<Value> =
        shown.diagnostics.into_iter().chain(doubts).filter_map(|d| serde_json::to_value(d).ok()).collect();
    record.evidence = shown.evidence;
    if let Some(all) = record.values.get_mut("diagnostics").and_then(Value::as_array_mut) {
        all.extend(said);
    }
}

/// The names of the checks that could be made, and whether each held: what the counts in the table are made from.
pub fn tally(finished: &Finished<'_>, own: &'static [Check]) -> Vec<(&'static str, bool)> {
    let made = all().chain(own).filter_map(|check| {
        let mut verdict = Verdict::default();
        (check.run)(finished, &mut verdict);
        (verdict.made > 0).then_some((check.name, verdict.failures.is_empty()))
    });
    made.collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::record::vocabulary::DIAGNOSTICS;

    /// A check's name is the code of its diagnostics.
    #[test]
    fn every_check_is_listed_among_the_codes() {
        for check in all().chain(foreign()) {
            assert!(DIAGNOSTICS.codes.iter().any(|(code, _)| *code == check.name), "{}", check.name);
        }
    }
}
