//! Which words of a sentence belong to which of its numbers, when it lists several.
//!
//! In "45 live with foster carers, 23 in children’s homes and 12 with parents" the words follow their numbers, in "boys make up
//! 54% and girls 46%" they precede them, and in "12 boys and nine girls were adopted" the last number has the verb for both.
//! What a member doesn't say itself (noun, verb, measure, whole, date) it shares with the other members; `statement` fills
//! that in.

mod listed;

use std::ops::Range;

pub use self::listed::{Listed, Own};

use super::compare::names_comparator;
use super::numbers::{Number, Shape, ends_with};
use super::when;
use crate::cut::Cut;
use crate::grammar::label::{any_label, contains_label};

/// Whether words begin with a preposition that says where, how or for what.
pub fn starts_with_preposition(words: &str) -> bool {
    const PREPOSITIONS: &[&str] = &["in", "at", "with", "under", "by", "on", "from", "for", "to"];
    words.split_whitespace().next().is_some_and(|word| PREPOSITIONS.contains(&word))
}

/// How many brackets are open at a place.
pub fn depth(sentence: &str, at: usize) -> usize {
    let before = sentence.head(at);
    before.matches('(').count().saturating_sub(before.matches(')').count())
}

/// What joins the members of a list.
const JOINTS: &[&str] =
    &[", and ", ", but ", ", while ", ", ", "; ", " and ", " while ", " whereas ", " but "];

/// Words that may come before a member's number without saying what it counts.
const FILLING: &[&str] = &[
    "a further",
    "another",
    "an additional",
    "about",
    "around",
    "approximately",
    "nearly",
    "almost",
    "some",
    "just",
    "only",
    "over",
    "under",
    "more than",
    "fewer than",
    "less than",
    "up to",
    "a total of",
    "the remaining",
    "the other",
    "with",
    "then",
];

/// Words that continue about the number before: "in its care, which represents 13%"; "310 in 2014, rising to 402".
const CONTINUES: &[&str] = &[
    "which",
    "that",
    "representing",
    "equating",
    "making",
    "accounting",
    "equivalent",
    "or",
    "rising",
    "falling",
    "increasing",
    "decreasing",
    "growing",
    "up from",
    "down from",
    "up to",
    "down to",
    "compared",
    "against",
];

/// The words between two numbers: those of the first, and those of the second. `None` if the numbers aren't joined.
fn split(gap: &str) -> Option<(&str, &str)> {
    let joints = joints(gap);
    let bare = without_filling(gap);
    let last = joints.last()?;
    // "14% (national 15%) and in secondary schools is": the words of the first number precede it.
    let opens = joints.first().filter(|first| without_aside(gap.head(first.start)).trim().is_empty());
    // "; in 2014, 1,987": the date is the second number's.
    let dated = joints.iter().rev().nth(1).filter(|joint| {
        let words = gap.part(joint.end..last.start);
        let parts = gap.part((*joint).clone());
        (parts.contains(';') || parts.trim() != ",") && when::is_only_time(without_and(words))
    });
    let follows = bare.len() <= last.end;
    let at = match follows {
        true => dated.unwrap_or(last),
        false => opens.unwrap_or(last),
    };
    let (tail, head) = (gap.head(at.start), gap.tail(at.end));
    let head = if follows && dated.is_none() { "" } else { without_and(head.trim_start()) };
    // "children and young people were in care, compared with": the "and" joins no numbers.
    let continues = any_label(CONTINUES)(head).is_ok()
        || ["compared", "against", "than"].iter().any(|word| contains_label(head, word))
        || !gap.part(at.clone()).starts_with(';') && ["from", "to"].iter().any(|word| ends_with(head, word));
    (!continues).then_some((tail, head))
}

/// Words without an "and" that they begin with.
fn without_and(words: &str) -> &str {
    words.strip_prefix("and ").unwrap_or(words)
}

/// Where a text has joints outside of brackets.
fn joints(text: &str) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    let (mut open, mut at) = (0_i32, 0);
    while let Some(c) = text.tail(at).chars().next() {
        match c {
            '(' => open += 1,
            // The brackets of the number itself: "Asian (35%) and".
            ')' => open = i32::max(open - 1, 0),
            _ => {}
        }
        let joint = JOINTS.iter().find(|j| open == 0 && text.tail(at).starts_with(**j));
        let joint = joint.filter(|_| !text.tail(at).starts_with(" and young people"));
        match joint {
            Some(joint) => {
                found.push(at..at + joint.len());
                at += joint.len();
            }
            None => at += c.len_utf8(),
        }
    }
    found
}

/// A text without the fillers that it ends with.
pub fn without_filling(text: &str) -> &str {
    let mut rest = text.trim_end();
    while let Some(words) = FILLING.iter().find(|w| rest.len() > w.len() && ends_with(rest, w)) {
        rest = rest.head(rest.len() - words.len()).trim_end();
    }
    rest
}

/// A text without brackets at its start.
fn without_aside(text: &str) -> &str {
    let said = text.trim_start();
    match said.strip_prefix('(').and_then(|aside| aside.split_once(')')) {
        Some((_, rest)) => rest,
        None => said.strip_prefix(')').unwrap_or(said),
    }
}

/// Words with which the rest of a member begins whose noun is left out: a preposition, a verb, or what was found.
const BEGINS: &[&str] = &[
    "in",
    "at",
    "with",
    "under",
    "by",
    "on",
    "from",
    "for",
    "of",
    "to",
    "aged",
    "outside",
    "within",
    "over",
    "out",
    "near",
    "through",
    "during",
    "without",
    "because",
    "as",
    "elsewhere",
    "further",
    "is",
    "are",
    "was",
    "were",
    "has",
    "have",
    "had",
    "live",
    "lived",
    "left",
    "went",
    "came",
    "became",
    "attend",
    "receive",
    "need",
    "do",
    "did",
    "chose",
    "led",
    "made",
    "began",
    "spent",
    "met",
    "took",
    "got",
    "go",
    "stay",
    "work",
    "speak",
    "require",
    "remain",
    "not",
    "outstanding",
    "good",
    "inadequate",
    "adequate",
    "more",
    "out-of-area",
];

/// Whether a member's own words leave out the noun: they are empty, or begin with a verb, a preposition or what was found.
///
/// "in children’s homes"; "were adopted"; "outstanding"; "looked after" – but not "primary schools"
pub fn is_elliptic(tail: &str) -> bool {
    let word = tail.trim_start().split([' ', '\u{a0}', ',', '.', ';']).next().unwrap_or("");
    let participle = word.len() > 4 && word.ends_with("ed") && word.starts_with(char::is_lowercase);
    word.is_empty() || BEGINS.contains(&word) || participle
}

/// Gives numbers a unit that is printed only once: "79 and 38 per 10,000"; "from 12 to 14%"; "The rate per 10,000 was 62 in 2013
/// and 66 in 2014".
pub fn share_units(sentence: &str, found: &mut [Number]) {
    const JOINTS: &[&str] = &["and", "or", "to", ", and"];
    let mut list = false;
    for at in (1..found.len()).rev() {
        let (unit, between) = (found[at].shape, sentence.get(found[at - 1].at.end..found[at].at.start));
        // "12, 14 and 19%", unlike "Of these 171, 46%"
        let joined = between.map(str::trim).is_some_and(|b| JOINTS.contains(&b) || list && b == ",");
        let before = &mut found[at - 1];
        list = joined && matches!(unit, Shape::Share | Shape::Rate) && before.shape == Shape::Count;
        list &= !before.definite;
        if list {
            before.shape = unit;
        }
    }
    let mut listed = None;
    for at in 1..found.len() {
        // "has risen to 74 per 10,000, from 69 in 2015"
        let between = sentence.get(found[at - 1].at.end..found[at].at.start).unwrap_or("");
        let linked = ["from", "up from", "down from", "against", "compared with", "compared to"]
            .contains(&between.trim_matches([',', ' ']));
        let level = |n: &Number| depth(sentence, n.at.start);
        let (unit, alike) = (found[at - 1].shape, level(&found[at - 1]) == level(&found[at]));
        // "486 children, or 55 per 10,000, against 471": a count goes on.
        let of_count = found[..at].iter().any(|n| n.shape == Shape::Count);
        if unit != Shape::Rate || found[at].shape != Shape::Count || !alike || of_count {
            continue;
        }
        // Whose words are whose does not depend on the units.
        let listed = listed.get_or_insert_with(|| Listed::new(found.to_vec(), sentence));
        let (before, after) = (listed.own(at - 1), listed.own(at));
        let rest = sentence.tail(found[at].at.end);
        let tail = after.tail.unwrap_or(rest);
        let dated = |said: &str| when::is_only_time(said) || when::ending(said).is_some();
        let times = dated(tail) && before.tail.is_none_or(dated);
        // "51 per 10,000, 44 in the region and 43 in England"
        if linked || after.head == Some("") && (times || names_comparator(tail).is_some()) {
            found[at].shape = Shape::Rate;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::numbers::numbers;
    use super::*;

    /// Each number's own words: before | after.
    fn shown(sentence: &str) -> String {
        let listed = Listed::new(numbers(sentence), sentence);
        let one = |i: usize| {
            let own = listed.own(i);
            let value = listed.all[i].value;
            format!("{}[{value}]{}", own.head.unwrap_or("-").trim(), own.tail.unwrap_or("-").trim())
        };
        (0..listed.all.len()).map(one).collect::<Vec<_>>().join(" | ")
    }

    #[test]
    fn whose_words_are_whose() {
        for (sentence, own) in [
            // They follow their numbers,
            (
                "Of these, 45 live with foster carers, 23 (4%) in children’s homes and a further 12 with parents.",
                "-[45]live with foster carers | [23](4%) in children’s homes | -[4]- | [12]-",
            ),
            (
                "There are 58 primary, 11 secondary and five special schools.",
                "-[58]primary | [11]secondary | [5]-",
            ),
            // or come before them.
            ("Boys make up 54% of those in care and girls 46%.", "-[54]of those in care | girls[46]-"),
            (
                "In primary schools it is 14% (nationally 15%) and in secondary schools it is 12%.",
                "-[14](nationally 15%) | -[15]- | in secondary schools it is[12]-",
            ),
            (
                "The number of children in care was 402, of children in need 1,204.",
                "-[402] | of children in need[1204]-",
            ),
            // There is no list.
            ("There are 54 children in its care, which represents 13% of all.", "-[54]- | -[13]-"),
            (
                "There were 844 children and young people in care, compared with 1,149 in 2013.",
                "-[844]- | -[1149]-",
            ),
            (
                "In 2013, 204 were in need; in 2014, 187; and in 2015, 150.",
                "-[204]were in need | in 2014,[187] | in 2015,[150]-",
            ),
            ("It fell from 86 in 2014 to 61 in 2015.", "-[86]- | -[61]-"),
        ] {
            assert_eq!(shown(sentence), own, "{sentence}");
        }
    }

    #[test]
    fn parts_that_add_up() {
        let parts = |sentence: &str| Listed::new(numbers(sentence), sentence).parts_of(0);
        assert_eq!(parts("There were three reviews, one in the north and two in the south."), Some(1..3));
        assert_eq!(parts("There were four reviews, one in the north and two in the south."), None);
        assert_eq!(parts("There were three reviews, three in the north."), None);
    }
}
