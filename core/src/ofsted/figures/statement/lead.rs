//! Lists of figures: what the line above them says, and where they end.

use super::super::coordination::is_elliptic;
use super::super::numbers::{all_numbers, numbers};
use super::super::when;
use super::Reader;
use super::place::predicate_at;
use crate::cut::Cut;
use crate::grammar::label::{any_label, contains_label};
use crate::grammar::sentence::sentences;

/// What the line above a list says about its items.
#[derive(Debug, Clone, Default)]
pub struct Lead {
    /// The line.
    pub text: String,
    /// The period that all of them cover.
    pub period: Option<String>,
    /// The date of all of them.
    pub as_of: Option<String>,
    /// The figure that they are parts of.
    pub whole: Option<usize>,
    /// Whether it says so of each item, whatever it measures: "150 left care, which included:".
    pub of_each: bool,
    /// Whether it is itself the first item.
    pub by_item: bool,
}

impl Lead {
    /// Whether no line is above.
    pub fn is_empty(&self) -> bool {
        self.text.is_empty() && self.whole.is_none()
    }
}

/// Whether a block continues a list although it isn't indented any further than the line above the list: "Eleven children
/// ceased to be looked after" after "In the last 12 months:".
pub fn goes_on_list(text: &str, lead: &Lead) -> bool {
    if lead.whole.is_none() && lead.period.is_none() {
        return is_of_pupils(text);
    }
    let all = numbers(text);
    let Some(first) = all.first().filter(|n| n.at.start == 0) else { return false };
    // "12 wards are deprived" counts something else.
    let said = text.tail(first.at.end);
    !lead.by_item
        || is_elliptic(said)
        || any_label(&["children", "child", "young people"])(said.trim_start()).is_ok()
}

/// Whether a block stands alone even below an introductory line, because it has its own date, subject or period.
pub fn opens_anew(text: &str) -> bool {
    const OPENINGS: &[&str] =
        &["approximately", "since", "children and young people", "the", "this area", "as at"];
    let dated = when::opening(text).is_some();
    let spans = when::period(text).is_some_and(|p| p.start == 0);
    dated
        || spans
        || any_label(OPENINGS)(text).is_ok()
        || any_label(&["of this number", "of these", "of the"])(text).is_ok() && text.ends_with(':')
}

/// Whether a sentence is about pupils, as those under "The proportion of children entitled to free school meals:" are.
pub(super) fn is_of_pupils(sentence: &str) -> bool {
    const SAID: &[&str] = &["primary", "secondary", "nursery", "special", "English", "meals"];
    SAID.iter().any(|w| contains_label(sentence, w))
}

/// How a line ends that states a number and introduces its parts.
const PARTS: &[&str] = &[
    "including:",
    "of whom:",
    "of which:",
    "include:",
    "included:",
    "comprising:",
    "of these:",
    "made up of:",
];

impl Reader {
    /// What an item says about those after it, if it begins with their whole and counts its own part at once: "Of this number,
    /// 100 live outside the area" / "45 were placed for adoption".
    pub fn opens_parts(&self, text: &str) -> Option<Lead> {
        any_label(&["of this number", "of these", "of those", "of the"])(text).ok()?;
        // The whole was stated in an earlier block.
        let whole = self.stated.get(self.first)?.part_of.filter(|whole| *whole < self.first)?;
        let as_of = self.stated.get(whole).and_then(|w| w.as_of.clone());
        Some(Lead { as_of, whole: Some(whole), by_item: true, ..Lead::default() })
    }

    /// What a block says about the list below it, if it introduces one.
    ///
    /// "Of this number:"; "In the last 12 months:"; "The proportion of children entitled to free school meals:"
    pub fn announces(&self, text: &str, before: &Lead) -> Option<Lead> {
        let bare = text.trim_end();
        let last = sentences(bare).last().unwrap_or("");
        let opens = any_label(&["of this number", "of these", "of the"])(last).is_ok();
        let of_each = PARTS.iter().any(|p| bare.ends_with(p));
        let parts = opens || of_each;
        let period = when::period(last)
            .filter(|p| p.start == 0 && last.len() < p.end + 60)
            .and_then(|p| last.get(p))
            .map(|p| p.trim_end_matches([':', ' ']).to_owned());
        // "of the 18 placed far away, all are": an item, and no line above one.
        let known = !all_numbers(last).0.is_empty() && (last.contains(',') || predicate_at(last).is_some());
        let alone = numbers(last).is_empty() && (parts && !known || period.is_some());
        if !(bare.ends_with(':') || alone) {
            return None;
        }
        let whole = if parts { self.subject.or_else(|| self.whole("children-in-care")) } else { None };
        let as_of = whole.and_then(|w| self.stated.get(w)).and_then(|w| w.as_of.clone());
        let opening = when::opening(last).and_then(|(_, day)| day).filter(|_| whole.is_none());
        let text = if opens && sentences(bare).count() == 1 {
            format!("{} {bare}", before.text)
        } else {
            bare.to_owned()
        };
        Some(Lead {
            text: text.trim().to_owned(),
            period,
            as_of: as_of.or(opening),
            whole,
            of_each,
            by_item: false,
        })
    }
}
