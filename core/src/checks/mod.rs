//! Cross-checks on a finished record.
//!
//! A grammar reads each value on its own. Once the record is finished, checks compare values that should agree: the
//! salutation with the recipients, the letter's date with the visit, the number of list marks with the number of
//! items. A check that fails casts doubt on every value it compared, so a misread value is noticed even if its own
//! place looked fine.

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
mod spacing;
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

/// A rule that a record should satisfy.
#[derive(Debug, Clone, Copy, Serialize)]
pub struct Check {
    /// Its name, which is also the code of its diagnostics.
    pub name: &'static str,
    /// Why it should hold, in one sentence.
    pub why: &'static str,
    /// In how many real documents it held, and in how many it applied.
    pub held: (u32, u32),
    /// Runs it.
    #[serde(skip)]
    pub run: fn(&Finished<'_>, &mut Verdict),
}

/// What a format adds to the checks that all formats share.
#[derive(Debug, Clone, Copy, Default)]
pub struct Own {
    /// What each of its editions always contains.
    pub promises: &'static [promises::Edition],
    /// Checks of its own.
    pub checks: &'static [Check],
}

/// A finished record together with the document it was read from.
#[derive(Debug, Clone, Copy)]
pub struct Finished<'a> {
    /// The record.
    pub record: &'a Record,
    /// The document.
    pub doc: &'a Outline,
    /// The part of the document that each block was assigned to.
    pub parts: &'a [Part],
}

/// The outcome of a check.
#[derive(Debug, Default)]
pub struct Verdict {
    /// How often it applied.
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
    /// Records that the check applied. If `holds` is false, every pointer is put in doubt with this message.
    pub fn that(&mut self, holds: bool, pointers: &[&str], message: impl FnOnce() -> String) {
        self.made += 1;
        if !holds {
            let pointers = pointers.iter().map(|p| (*p).to_owned()).collect();
            self.failures.push(Failure { pointers, page: None, message: message() });
        }
    }

    /// Like [`Verdict::that`], for a doubt that arose on a known page.
    pub fn that_on(&mut self, page: u32, holds: bool, pointers: &[&str], message: impl FnOnce() -> String) {
        let before = self.failures.len();
        self.that(holds, pointers, message);
        for failure in &mut self.failures[before..] {
            failure.page = Some(page);
        }
    }
}

impl<'a> Finished<'a> {
    /// The page of the value at a pointer, or of the nearest value above it.
    fn page_of(&self, pointer: &str) -> Option<u32> {
        self.spans_of(pointer)?.first().map(|s| s.page)
    }

    /// The page on which the value at a pointer ends.
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

/// The checks for core's formats. A check that has nothing to compare in a document is skipped.
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
    spacing::CHECKS,
    breaks::CHECKS,
    tables::CHECKS,
    figures::CHECKS,
    mentions::CHECKS,
    spelling::CHECKS,
];

/// All of them, in order.
pub fn all() -> impl Iterator<Item = &'static Check> {
    CHECKS.iter().copied().flatten()
}

/// Layout checks that hold in letters but not in forms.
const OF_LETTERS: &[&str] = &["heading-ends-early"];

/// Checks of prose and people that also make sense for other regulators' documents. Text in a form's boxes may fail
/// them, so a failure counts only if nearly everything else in the document passes. In plain text it is impossible to
/// tell where a form's headings and sentences begin.
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

/// The checks for other regulators' reports: characters, numbers, layout and prose. The cross-checks specific to
/// Ofsted's reports are left out.
pub fn foreign() -> impl Iterator<Item = &'static Check> {
    let all =
        [characters::CHECKS, numbers::CHECKS, layout::CHECKS, breaks::CHECKS, tables::CHECKS, forms::CHECKS];
    let prose = OF_PROSE.iter().copied().flatten().filter(|check| is_earned(check));
    all.into_iter().flatten().filter(|check| !OF_LETTERS.contains(&check.name)).chain(prose)
}

fn is_earned(check: &Check) -> bool {
    EARNED.contains(&check.name) || EARNED_IN_PRINT.contains(&check.name)
}

/// Runs checks and returns the doubts.
pub fn run(finished: &Finished<'_>, checks: impl Iterator<Item = &'static Check>) -> Vec<Diagnostic> {
    doubts(finished, checks, |_, _| true)
}

/// A layout check that applied fewer times than this is believed however often it failed.
const FEW: u32 = 20;
/// Otherwise a layout check is believed only if at most one in this many failed.
const MOST_OF: u32 = 10;

/// A prose check is believed only if it failed in at most this many places: damage is local.
const PLACES: usize = 2;

/// Runs the checks for other regulators' reports. If a layout check fails all over a document, the form is simply laid
/// out differently, which says nothing about its values. The same goes for prose checks that fail here and there.
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

/// The diagnostics for a failure: on the values it points at, and on those that were read from them.
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

/// Runs promises and checks on a plugin's record that has its own schema. Checks see the record's values as the
/// extension of the record they are given, but pointers start at the root.
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

/// The checks that applied, and whether each held. The counts in the table come from this.
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

    /// Each check's name must be a known diagnostic code.
    #[test]
    fn every_check_is_listed_among_the_codes() {
        for check in all().chain(foreign()) {
            assert!(DIAGNOSTICS.codes.iter().any(|(code, _)| *code == check.name), "{}", check.name);
        }
    }
}
