//! The words that belong to each number of a sentence, found once for all of them.

use std::ops::Range;

use super::super::numbers::{Number, Shape, ends_with};
use super::{is_elliptic, split, starts_with_preposition};
use crate::cut::Cut;

/// The words that belong to one number of a list.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Own<'a> {
    /// Those before it; `None` if it isn't joined to the number before.
    pub head: Option<&'a str>,
    /// Those after it; `None` if the number after isn't joined to it.
    pub tail: Option<&'a str>,
}

/// The numbers of a sentence, with the words that belong to each.
#[derive(Debug)]
pub struct Listed<'a> {
    /// The sentence.
    pub sentence: &'a str,
    /// Its numbers, in order.
    pub all: Vec<Number>,
    own: Vec<Own<'a>>,
    next: Vec<Option<usize>>,
    depth: Vec<usize>,
}

impl<'a> Listed<'a> {
    /// Finds the words of each of a sentence's numbers.
    pub fn new(all: Vec<Number>, sentence: &'a str) -> Listed<'a> {
        let depth = depths(&all, sentence);
        let head: Vec<bool> = all.iter().map(|n| is_head(n, sentence)).collect();
        // The next or previous number that is printed at the same level: in the same brackets, or outside of any.
        let same = |i: usize, j: usize| {
            let (a, b) = (i.min(j), i.max(j));
            head[j]
                && depth[j] == depth[i]
                && (depth[i] == 0 || !sentence.part(all[a].at.end..all[b].at.start).contains(')'))
        };
        let next: Vec<Option<usize>> =
            (0..all.len()).map(|i| (i + 1..all.len()).find(|j| same(i, *j))).collect();
        let between = |a: usize, b: usize| split(sentence.part(all[a].at.end..all[b].at.start));
        let behind: Vec<_> =
            next.iter().enumerate().map(|(i, next)| next.and_then(|a| between(i, a))).collect();
        let ahead = |i: usize| {
            let b = (0..i).rfind(|j| same(i, *j))?;
            if next[b] == Some(i) { behind[b] } else { between(b, i) }
        };
        let own =
            |i: usize| Own { head: ahead(i).map(|(_, head)| head), tail: behind[i].map(|(tail, _)| tail) };
        Listed { own: (0..all.len()).map(own).collect(), sentence, all, next, depth }
    }

    /// The words that belong to one of the numbers.
    pub fn own(&self, i: usize) -> Own<'a> {
        self.own.get(i).copied().unwrap_or(Own { head: None, tail: None })
    }

    /// How many brackets one of the numbers is in.
    pub fn depth(&self, i: usize) -> usize {
        self.depth.get(i).copied().unwrap_or(0)
    }

    /// The last member of the list that a number begins or continues.
    pub fn last_member(&self, i: usize) -> usize {
        let mut last = i;
        while let Some(next) =
            self.next.get(last).copied().flatten().filter(|_| self.own(last).tail.is_some())
        {
            last = next;
        }
        last
    }

    /// The members of a list that follow a count and add up to it, at least two of them: "48 children left care, 30 to live with
    /// relatives and 18 through adoption".
    pub fn parts_of(&self, whole: usize) -> Option<Range<usize>> {
        let (all, sentence) = (&self.all, self.sentence);
        let first = self.next.get(whole).copied().flatten()?;
        let last = self.last_member(first);
        let opening = sentence.part(all[whole].at.end..all[first].at.start).trim_end();
        let at_level = |m: &usize| is_head(&all[*m], sentence) && self.depth(*m) == self.depth(whole);
        let members: Vec<&Number> = (first..=last).filter(at_level).map(|m| &all[m]).collect();
        // "Six live in secure units, four in other homes and two in hospital" is a list of three.
        let alike = |said: &str| {
            let word = said.split_whitespace().next().unwrap_or("");
            starts_with_preposition(said) && opening.split_whitespace().any(|w| w == word)
        };
        let apart = |m: &&Number| is_elliptic(sentence.tail(m.at.end)) && !alike(sentence.tail(m.at.end));
        let opened =
            opening.ends_with([':', '–', '—']) || opening.ends_with(',') && members.iter().all(apart);
        let counts = members.iter().all(|m| m.shape == Shape::Count && m.qualifier.is_none());
        let sum: f64 = members.iter().map(|m| m.value).sum();
        let adds_up = all[whole].shape == Shape::Count && sum == all[whole].value && members.len() > 1;
        (opened && counts && adds_up).then_some(first..last + 1)
    }
}

/// Whether a number is one of its own, and not the number before it in another unit: "19 children, or 6%, are".
fn is_head(number: &Number, sentence: &str) -> bool {
    !ends_with(sentence.head(number.at.start), "or")
}

/// How many brackets are open at each of a sentence's numbers.
fn depths(all: &[Number], sentence: &str) -> Vec<usize> {
    let (mut open, mut closed, mut from) = (0, 0, 0);
    let mut depth = |number: &Number| {
        let words = sentence.part(from..number.at.start);
        open += words.matches('(').count();
        closed += words.matches(')').count();
        from = number.at.start;
        usize::saturating_sub(open, closed)
    };
    all.iter().map(&mut depth).collect()
}
