//! Numbers that refer to one stated before, and wholes that come after their parts.

use super::super::coordination::Listed;
use super::super::numbers::{Number, Shape, all_numbers};
use super::super::phrases::said_of;
use super::super::when;
use super::earlier::leads_to_earlier;
use super::place::predicate_at;
use super::{Lead, Place, Reader};
use crate::cut::Cut;
use crate::grammar::label::any_label;

impl Reader {
    /// The numbers of a sentence, without those that only refer to a number stated before.
    pub(super) fn new_numbers(&self, sentence: &str) -> Vec<Number> {
        let all = all_numbers(sentence).0;
        let held = |n: &Number| {
            let behind = sentence.get(n.at.end..).unwrap_or("");
            leads_to_earlier(sentence.get(..n.at.start).unwrap_or("")) || when::told_after(behind).is_some()
        };
        let part = |i: usize| (1..=2.min(i)).any(|back| is_of_whole(&all[i - back], &all[i], sentence));
        let new = |(i, n): (usize, &Number)| {
            !n.definite || part(i) || held(n) && !opens_whole(sentence, n) || self.known(n).is_none()
        };
        let keep: Vec<bool> = all.iter().enumerate().map(new).collect();
        all.into_iter().zip(keep).filter(|(_, keep)| *keep).map(|(n, _)| n).collect()
    }

    /// The figure that states a number already.
    fn known(&self, number: &Number) -> Option<usize> {
        let told = |at: &usize| {
            let s = &self.stated[*at];
            // An earlier value is what a number of the same block refers to.
            let then = s.previous.as_ref().and_then(|p| p.value).filter(|_| *at >= self.first);
            s.shape == number.shape
                && (s.value == number.value || then.is_some_and(|then| then.0 == number.value))
        };
        (0..self.stated.len()).rev().find(told)
    }

    /// A part whose whole comes after it: "Eight of the 34 children in residential homes live far away".
    pub(super) fn part_and_whole(
        &mut self,
        listed: &Listed<'_>,
        (i, whole): (usize, usize),
        end: usize,
        place: &Place<'_>,
        lead: &Lead,
    ) {
        let (sentence, all) = (listed.sentence, &listed.all);
        let next = whole + 1;
        let whole = Place::of(listed, whole, place.from);
        // The words before the verb say who is counted, and those from the verb on are about the part.
        let says = sentence.get(whole.number.at.end..end).unwrap_or("");
        let verb = predicate_at(says).unwrap_or(says.len());
        let (who, told) = says.split_at(verb);
        let of = match self.known(&whole.number) {
            Some(of) => of,
            None => {
                let whole =
                    Place { after: who, says: who, before: "", head: "", shared: "", next: None, ..whole };
                self.figure(&whole, lead);
                self.stated.len() - 1
            }
        };
        let part =
            Place { after: told, says: told, shared: "", next: all.get(next).cloned(), ..place.clone() };
        self.part_of(&part, of);
        // "1,036 (47%) of the 2,204"
        for beside in i + 1..next - 1 {
            self.companion(&Place::of(listed, beside, place.from));
        }
    }
}

/// Whether a number is part of another one that follows it: "six of the 143"; "46 out of 94"; "1,036 (47%) of the 2,204".
fn is_of_whole(part: &Number, whole: &Number, sentence: &str) -> bool {
    const OF: &[&str] =
        &["of", "of the", "of these", "of those", "of its", "of their", "of all", "of all the"];
    let between = sentence.get(part.at.end..whole.at.start).unwrap_or("").trim();
    let aside =
        between.strip_prefix('(').and_then(|aside| aside.split_once(')')).filter(|(a, _)| a.len() <= 14);
    let between = aside.map_or(between, |(_, rest)| rest.trim_start());
    let between = between.strip_prefix("out ").unwrap_or(between);
    // "A third of" is printed as one.
    let of = sentence.part(part.at.clone()).ends_with(" of")
        && ["", "the", "these", "those", "its", "their", "all"].contains(&between);
    whole.definite && (of || OF.contains(&between)) && matches!(part.shape, Shape::Count | Shape::Share)
}

/// The index of the whole that follows a part, if there is one, and where the words about it end.
pub(super) fn whole_behind(all: &[Number], i: usize, sentence: &str) -> Option<(usize, usize)> {
    let at = (i + 1..all.len()).take(2).find(|at| is_of_whole(&all[i], &all[*at], sentence))?;
    let end = all[at].at.end;
    Some((at, end + said_of(sentence, end, all.tail(at + 1)).len()))
}

/// "Of the 525 children looked after at 31 March": the number is the whole with its date, not an earlier value.
fn opens_whole(sentence: &str, number: &Number) -> bool {
    let opening = sentence.get(..number.at.start).unwrap_or("").trim();
    any_label(&["of the", "of all the", "of its", "of these"])(opening).is_ok_and(|(rest, _)| rest.is_empty())
}
