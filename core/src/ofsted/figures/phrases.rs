//! Cuts sentences that state figures into their parts.

use std::ops::Range;

use nom::Offset;

use super::numbers::{Number, ends_with};
use super::when;
use crate::cut::Cut;
use crate::grammar::label::find_label;

/// The words of a clause, without brackets and without anything that is said about only some of those counted.
///
/// "(73%) live with foster families, of whom" → "live with foster families"
pub(super) fn clause(after: &str) -> String {
    const ENDS: &[&str] = &[
        ", of whom",
        ", of which",
        ", all of",
        ", both of",
        ", none of",
        ". ",
        "; ",
        ", which",
        ", the rest",
        ", the remainder",
        " and the rest",
        " and the remainder",
        " and the others",
    ];
    // "… attend the secondary schools and one in eight of them receives …": of them is counted anew.
    let of_them = after.find(" of them ").and_then(|at| after.head(at).rfind(" and "));
    let own = ENDS.iter().filter_map(|p| after.find(p)).chain(of_them).min();
    let mut out = String::new();
    let mut depth = 0;
    for c in after.get(..own.unwrap_or(after.len())).unwrap_or(after).chars() {
        match c {
            '(' => depth += 1,
            ')' if depth > 0 => depth -= 1,
            _ if depth == 0 => out.push(c),
            _ => {}
        }
    }
    out
}

/// Drops trailing words that only qualify the next number: "about", "a total of".
pub(super) fn bare(before: &str) -> &str {
    const SLACK: &[&str] = &[
        "just",
        "only",
        "about",
        "around",
        "approximately",
        "nearly",
        "over",
        "an average of",
        "a total of",
        "the",
        "an",
        "a",
    ];
    let mut rest = before.trim_end();
    while let Some(words) = SLACK.iter().find(|w| ends_with(rest, w)) {
        rest = rest.get(..rest.len() - words.len()).unwrap_or("").trim_end();
    }
    rest
}

/// The words up to a comparison with an earlier time.
pub(super) fn until_change(after: &str) -> &str {
    let cut = ["the same", "similar to", "compared", "increase", "reduction", "decrease", "unchanged"]
        .iter()
        .filter_map(|w| find_label(after, w))
        .map(|hit| after.offset(hit))
        .min();
    after.get(..cut.unwrap_or(after.len())).unwrap_or(after)
}

/// The words after a number, up to the next number outside brackets.
pub(super) fn said_of<'a>(sentence: &'a str, from: usize, more: &[Number]) -> &'a str {
    let inside = |to: usize| {
        let between = sentence.get(from..to).unwrap_or("");
        between.matches('(').count() > between.matches(')').count()
    };
    // "19 children, or 6%, are": the second number is the first in another unit.
    let again =
        |to: usize| sentence.get(from..to).is_some_and(|between| between.trim_end().ends_with(", or"));
    let end = more.iter().map(|n| n.at.start).find(|start| !inside(*start) && !again(*start));
    sentence.get(from..end.unwrap_or(sentence.len())).unwrap_or("")
}

pub(super) fn words(text: &str, count: usize) -> String {
    text.split_whitespace().take(count).collect::<Vec<_>>().join(" ")
}

/// The first date in a clause, if it comes early.
pub(super) fn first_moment(text: &str) -> Option<String> {
    let hit = when::moments(text).into_iter().next()?;
    hit.value.filter(|_| hit.before.split_whitespace().count() <= 14)
}

pub(super) fn shifted(at: &Range<usize>, by: usize) -> Range<usize> {
    at.start + by..at.end + by
}
