//! Which labels share a list of codes: their values are a few words that recur.

use std::collections::BTreeSet;

use findings_core::grammar::is_person_like;

use super::constants::key;
use super::guess::{Guesses, slug};
use super::kinds::{self, Kind};
use super::pool::Candidate;
use super::valued::graded;
use super::words::{GRADING, SORTS, says, says_overall};
use crate::model::ValueType;
use crate::read::values::behind_number;

/// The most words in a printed form of a code.
pub(super) const FORM: usize = 5;
/// With at least this many samples, a few words that keep recurring after one label are codes; with fewer it can't be known.
const CODED_SAMPLES: usize = 5;
/// The most codes a list can have.
pub(super) const CODES: usize = 6;

/// A place whose texts look like values.
pub(super) struct Slot<'p> {
    pub candidate: &'p Candidate,
    pub kind: Kind,
    /// Other places with the same words.
    pub witnesses: Vec<&'p Candidate>,
}

impl Slot<'_> {
    fn forms(&self) -> BTreeSet<String> {
        self.candidate.values().map(|v| v.trim_end_matches('.').to_owned()).collect()
    }

    fn may_be_coded(&self) -> bool {
        // "5 - Very good" has a number and words.
        let words = |v: &str| {
            behind_number(v).filter(|_| says(&self.candidate.label, GRADING)).unwrap_or(v).to_owned()
        };
        let short = |v: &str| {
            let v = words(v);
            v.split_whitespace().count() <= FORM && !v.bytes().any(|b| b.is_ascii_digit())
        };
        self.kind.kind == ValueType::Text
            && self.candidate.kind() != "heading"
            && (self.candidate.values().all(short) || graded(self.candidate))
            && !self.candidate.values().all(is_person_like)
    }
}

/// Lists of codes: labels whose values are a few words that recur. Each with its labels and its name.
pub(super) fn scales(slots: &[Slot], guesses: &mut Guesses) -> Vec<(Vec<String>, String)> {
    let mut groups: Vec<(Vec<&Slot>, BTreeSet<String>)> = Vec::new();
    for slot in slots.iter().filter(|s| s.may_be_coded()) {
        let forms = slot.forms();
        match groups.iter_mut().find(|(_, known)| !known.is_disjoint(&forms) || all_grades(known, &forms)) {
            Some((members, known)) => {
                members.push(slot);
                known.extend(forms);
            }
            None => groups.push((vec![slot], forms)),
        }
    }
    let mut scales = Vec::new();
    for (members, forms) in groups {
        let seen: usize = members.iter().map(|s| s.candidate.bearing()).sum();
        let forms: Vec<String> = forms.into_iter().collect();
        let comes_again = come_again(&forms, seen);
        let sorts = members.iter().any(|s| says(&s.candidate.label, SORTS));
        let rated =
            members.iter().any(|s| says(&s.candidate.label, GRADING) || says_overall(&s.candidate.label));
        let levels = forms.iter().all(|form| kinds::LEVELS.contains(&key(form).as_str()));
        let answers = forms.iter().all(|form| ["yes", "no"].contains(&key(form).as_str()));
        let overall = members.iter().any(|s| says_overall(&s.candidate.label));
        let grades = kinds::are_grades(&forms) && (rated || !levels)
            || overall && forms.iter().all(|form| kinds::is_of_grades(form))
            || comes_again && !sorts && (members.len() > 1 && !answers || rated);
        if !(grades || comes_again && guesses.samples >= CODED_SAMPLES) {
            continue;
        }
        let labels: Vec<String> = members.iter().map(|s| s.candidate.label.clone()).collect();
        let name = match grades {
            true => guesses.scale(forms),
            false => guesses.codes(&slug(&labels[0], '-'), forms),
        };
        scales.push((labels, name));
    }
    scales
}

/// Whether a few printed forms occur often enough to be a list of codes: twice each, on average.
pub(super) fn come_again(forms: &[String], seen: usize) -> bool {
    (2..=CODES).contains(&forms.len()) && seen >= 2 * forms.len()
}

fn all_grades(a: &BTreeSet<String>, b: &BTreeSet<String>) -> bool {
    kinds::are_grades(&a.union(b).cloned().collect::<Vec<_>>())
}
