//! Decides which numbers of a block are figures, and which belong to another figure.
//!
//! `lead` reads the lines above lists, `place` the words around a number and `measure` what it counts; `beside` and
//! `earlier` take the numbers that belong to another one.

mod beside;
mod earlier;
mod lead;
mod measure;
mod place;

use crate::cut::Cut;
use nom::Offset;
use std::ops::Range;

use self::earlier::leads_to_earlier;
pub use self::lead::{Lead, goes_on_list, opens_anew};
use self::place::{Place, is_within, predicate_at};
use super::compare::{are_paired, comparator};
use super::measures::{self, Measure};
use super::numbers::{Number, Shape, all_numbers, ends_with};
use super::phrases::{bare, said_of, shifted, until_change};
use super::when;
use crate::grammar::label::{any_label, contains_label};
use crate::grammar::sentence::sentences;
use crate::record::{Comparison, PreviousFigure};

/// A figure in a block.
#[derive(Debug, Clone, PartialEq)]
pub struct Stated {
    /// What it measures.
    pub measure: Measure,
    /// The kind of its number.
    pub shape: Shape,
    /// Its number.
    pub value: f64,
    /// How precise it is said to be.
    pub qualifier: Option<&'static str>,
    /// The date at which it was true.
    pub as_of: Option<String>,
    /// The period that it covers.
    pub period: Option<String>,
    /// The index of the figure that it is part of.
    pub part_of: Option<usize>,
    /// The rate beside it, and where that is printed.
    pub rate: Option<(f64, Range<usize>)>,
    /// What it is compared with.
    pub compare: Vec<Comparison>,
    /// Its value at an earlier time.
    pub previous: Option<PreviousFigure>,
    /// The number's place in the block.
    pub at: Range<usize>,
    /// The sentences of the block that state it.
    pub text: Range<usize>,
    /// Whether it is a second earlier value of another figure.
    earlier: bool,
}

/// The role that the previous number turned out to have.
#[derive(Debug, Clone, Copy, PartialEq)]
enum Last {
    Figure(usize),
    Previous(usize),
    Compared,
}

/// Reads blocks one after the other.
#[derive(Debug, Default)]
pub struct Reader {
    /// All figures found so far.
    pub stated: Vec<Stated>,
    /// The figure that the block is about.
    pub subject: Option<usize>,
    /// The index of the block's first figure.
    first: usize,
    last: Option<Last>,
    /// The comparator of the last comparison.
    with: Option<&'static str>,
    /// An earlier value whose figure is still to come: "rising from 1% in 2001 to 2.1% in 2011".
    pending: Option<PreviousFigure>,
}

impl Reader {
    /// Reads a block of text.
    pub fn block(&mut self, text: &str, lead: &Lead) {
        self.subject = None;
        self.last = None;
        self.first = self.stated.len();
        for sentence in sentences(text) {
            self.sentence(sentence, text.offset(sentence), lead);
        }
    }

    fn sentence(&mut self, sentence: &str, from: usize, lead: &Lead) {
        self.last = self.last.filter(|l| *l != Last::Compared);
        self.pending = None;
        let all = self.new_numbers(sentence);
        if all.is_empty() {
            self.same(sentence, from + sentence.len());
            self.sourced(sentence);
        }
        let mut skip = 0;
        for i in 0..all.len() {
            if skip > 0 {
                skip -= 1;
                continue;
            }
            let place = Place::of(&all, i, sentence, from);
            match whole_behind(&all, i, sentence) {
                Some((whole, end)) => {
                    self.part_and_whole(&all, (i, whole), end, &place, lead);
                    skip = whole - i;
                }
                None => skip = usize::from(self.number(&place, lead)),
            }
        }
    }

    /// The numbers of a sentence, without those that only refer to a number stated before.
    fn new_numbers(&self, sentence: &str) -> Vec<Number> {
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
        let told = |s: &Stated| {
            let then = s.previous.as_ref().and_then(|p| p.value);
            s.shape == number.shape
                && (s.value == number.value || then.is_some_and(|then| then.0 == number.value))
        };
        self.stated.iter().rposition(told)
    }

    /// A part whose whole comes after it: "Eight of the 34 children in residential homes live far away".
    fn part_and_whole(
        &mut self,
        all: &[Number],
        (i, whole): (usize, usize),
        end: usize,
        place: &Place<'_>,
        lead: &Lead,
    ) {
        let sentence = place.sentence;
        let next = whole + 1;
        let whole = Place::of(all, whole, sentence, place.from);
        // The words before the verb say who is counted, and those from the verb on are about the part.
        let says = sentence.get(whole.number.at.end..end).unwrap_or("");
        let verb = predicate_at(says).unwrap_or(says.len());
        let (who, told) = says.split_at(verb);
        let of = match self.known(&whole.number) {
            Some(of) => of,
            None => {
                self.figure(&Place { after: who, says: who, before: "", next: None, ..whole }, lead);
                self.stated.len() - 1
            }
        };
        let part = Place { after: told, says: told, next: all.get(next).cloned(), ..place.clone() };
        self.part_of(&part, of);
        // "1,036 (47%) of the 2,204"
        for beside in i + 1..next - 1 {
            self.companion(&Place::of(all, beside, sentence, place.from));
        }
    }

    /// Gives undated figures of the block the date of a source named in brackets.
    fn sourced(&mut self, sentence: &str) {
        let Some(moment) = when::of_source(sentence) else { return };
        for figure in self.stated.iter_mut().skip(self.first) {
            if figure.as_of.is_none() && figure.period.is_none() {
                figure.as_of = Some(moment.clone());
            }
        }
    }

    /// Finds the role of a number. Returns whether the next number was used up as well.
    fn number(&mut self, place: &Place<'_>, lead: &Lead) -> bool {
        if place.number.shape == Shape::Rate {
            return self.rate(place, lead);
        }
        if self.compared(place) || self.differs(place) || self.earlier(place, None) {
            return false;
        }
        if self.companion(place) || self.again(place) || self.risen_to(place) {
            return false;
        }
        if !self.part(place) {
            self.figure(place, lead);
        }
        false
    }

    /// "(a rate of 46 per 10,000 children)"; "36 children per 10,000 (209)"; "at 56.7 per 10,000"
    fn rate(&mut self, place: &Place<'_>, lead: &Lead) -> bool {
        if self.compared(place) {
            return false;
        }
        let rate = (place.number.value, shifted(&place.number.at, place.from));
        let bracketed = |n: &&Number| {
            n.shape == Shape::Count
                && place.after.ends_with('(')
                && place.after.split_whitespace().count() <= 3
        };
        if let Some(count) = place.next.as_ref().filter(bracketed) {
            let counted = Place {
                number: count.clone(),
                after: place.sentence.get(count.at.end..).unwrap_or(""),
                says: place.sentence.get(count.at.end..).unwrap_or("").trim_start_matches(')'),
                next: None,
                ..*place
            };
            if !self.earlier(&counted, Some(rate.clone())) && self.figure(&counted, lead) {
                self.set_rate(rate);
            }
            return true;
        }
        // "The rate was 71 per 10,000 at 31 March 2015, a decrease from 74 per 10,000"
        let of_rates = self.subject.and_then(|i| self.stated.get(i)).is_some_and(|s| s.shape == Shape::Rate);
        // "fell from 340 per 10,000 at 31 March 2014 to 312 per 10,000"
        let changes = place.next.as_ref().is_some_and(|n| n.shape == Shape::Rate)
            && ends_with(bare(place.before), "from")
            && ends_with(place.after, "to");
        if self.rate_of_last_year(place) || (of_rates || changes) && self.earlier(place, None) {
            return false;
        }
        let beside = place.before.contains('(')
            || matches!(place.before.trim(), "," | "children,")
            || ["rate of", "at", "rate is", "rate was", "or"].iter().any(|w| ends_with(place.before, w));
        match self.last.filter(|_| beside) {
            Some(Last::Previous(i)) => {
                if let Some(previous) = self.stated.get_mut(i).and_then(|s| s.previous.as_mut()) {
                    previous.rate_per_10000.get_or_insert(rate.0.into());
                }
            }
            Some(Last::Figure(i))
                if self.stated.get(i).is_some_and(|s| s.rate.is_none() && s.shape == Shape::Count) =>
            {
                self.set_rate(rate);
            }
            Some(Last::Compared) => {}
            _ => {
                self.figure(place, lead);
            }
        }
        false
    }

    fn set_rate(&mut self, rate: (f64, Range<usize>)) {
        if let Some(Last::Figure(i)) = self.last
            && let Some(stated) = self.stated.get_mut(i)
        {
            stated.rate = Some(rate);
        }
    }

    /// "(the national average is 18%)"; "compared with 21% in the country as a whole"
    fn compared(&mut self, place: &Place<'_>) -> bool {
        let goes_on = self.last == Some(Last::Compared);
        // "(national averages 15% and 14%)": the second of the two.
        let paired = goes_on && place.before.trim() == "and";
        let with = match comparator(place.before, place.after, goes_on) {
            None if paired => self.with.filter(|_| self.is_paired(place)),
            // "compared with 15% and 14% nationally"
            None if place.after.trim() == "and" && self.is_paired(place) => {
                let behind = place.next.as_ref().and_then(|next| place.sentence.get(next.at.end..));
                comparator(place.before, behind.unwrap_or(""), goes_on)
            }
            with => with,
        };
        let Some(with) = with else { return false };
        let Some(at) = self.held(place) else {
            // "compared with 21% in England": a comparator, even if the area's own number wasn't read.
            return ["compared with", "compared to"].iter().any(|w| ends_with(bare(place.before), w));
        };
        let Some(figure) = self.stated.get_mut(at) else { return false };
        // If a count has a rate beside it, the comparators are rates.
        let rates = figure.shape == Shape::Count
            && figure.rate.is_some()
            && (place.number.shape == Shape::Rate || contains_label(place.sentence, "rate"));
        figure.compare.push(Comparison {
            with: with.into(),
            value: Some(place.number.value.into()),
            unit: rates.then(|| "per-10000".to_owned()),
        });
        figure.text.end = place.from + place.sentence.len();
        self.last = Some(Last::Compared);
        self.with = Some(with);
        true
    }

    /// The figure that a number is compared with, starting from the sentence that states the subject: the last of the same
    /// kind. If two "averages" are given for two figures, the first goes to the earlier figure, which has no comparator yet.
    fn held(&self, place: &Place<'_>) -> Option<usize> {
        let from = self.stated.get(self.subject?)?.text.start;
        let shape = place.number.shape;
        let fits = |s: &Stated| match shape {
            Shape::Rate => s.shape == Shape::Rate || s.rate.is_some(),
            // "45 per 10,000, compared with 43 nationally"
            Shape::Count => matches!(s.shape, Shape::Count | Shape::Rate),
            _ => s.shape == shape,
        };
        let own = (self.first..self.stated.len()).rev().take_while(|i| self.stated[*i].text.start >= from);
        let mut alike = own.filter(|i| fits(&self.stated[*i]));
        let nearest = alike.next()?;
        let before = alike.next().filter(|i| self.stated[*i].compare.is_empty());
        Some(before.filter(|_| self.is_paired(place)).unwrap_or(nearest))
    }

    /// Whether a number is one of two comparators for two figures of its sentence, in the same order: "16% of primary and
    /// 14% of secondary pupils, compared with 17% and 15% nationally".
    fn is_paired(&self, place: &Place<'_>) -> bool {
        let alike = |n: &Number| n.shape == place.number.shape;
        let joined = place.before.trim() == "and"
            || place.after.trim() == "and" && place.next.as_ref().is_some_and(alike);
        let own = self.stated.tail(self.first).iter().filter(|s| s.at.start >= place.from);
        let two = own.filter(|s| s.shape == place.number.shape).count() == 2;
        are_paired(place.sentence) || joined && two
    }

    /// Adds a figure of its own.
    fn figure(&mut self, place: &Place<'_>, lead: &Lead) -> bool {
        let measure = self.measure(place, lead);
        let period = period(place, &measure);
        let ahead = period.as_ref().is_some_and(|p| any_label(&["by"])(p).is_ok());
        let opening = when::opening(place.sentence).map(|(_, day)| day).filter(|_| !ahead);
        let head = place.sentence.get(..place.number.at.start).unwrap_or("");
        let own = when::told_after(until_change(place.says))
            .or_else(|| opening.clone().flatten())
            .or_else(|| when::told_before(head))
            .or_else(|| when::of_census(head))
            .or_else(|| when::closing(place.sentence));
        let whole = measure.whole.and_then(|w| self.whole(w));
        let known = measure.code != "other";
        let here = || self.subject.filter(|_| place.number.shape == Shape::Share && is_within(place.says));
        // The items of a list are parts of the figure above it, whatever they measure.
        let listed = lead.whole.filter(|_| !known || measure.whole.is_some());
        let part_of = here().filter(|_| !known).or(listed).or(whole);
        let inherited = part_of.and_then(|w| self.stated.get(w));
        // "five or fewer are in secure units", in a list of children
        let measure = match inherited.filter(|_| listed.is_some() && place.number.shape == Shape::Count) {
            Some(whole) if measure.unit == "other" => Measure { unit: whole.measure.unit, ..measure },
            _ => measure,
        };
        let dated = opening.is_some() || own.is_some();
        let stated = Stated {
            shape: place.number.shape,
            value: place.number.value,
            qualifier: place.number.qualifier,
            as_of: own
                .or_else(|| inherited.filter(|_| !dated).and_then(|w| w.as_of.clone()))
                .or_else(|| lead.as_of.clone().filter(|_| !dated)),
            period: period
                .or_else(|| lead.period.clone())
                .or_else(|| inherited.or(self.reviewed(&measure)).and_then(|w| w.period.clone())),
            part_of,
            rate: None,
            compare: Vec::new(),
            previous: self.pending.take(),
            earlier: false,
            at: shifted(&place.number.at, place.from),
            text: self.text(place),
            measure,
        };
        if self.subject.is_none() || known {
            self.subject = Some(self.stated.len());
        }
        self.push(stated);
        let end = place.from + place.sentence.len();
        self.same(place.says, end);
        true
    }

    fn push(&mut self, stated: Stated) {
        self.last = Some(Last::Figure(self.stated.len()));
        self.stated.push(stated);
    }

    /// The last count with a given measure.
    fn whole(&self, code: &str) -> Option<usize> {
        self.stated.iter().rposition(|s| s.measure.code == code && s.shape == Shape::Count && !s.earlier)
    }

    /// The sentences that state a number, including earlier ones if this sentence refers back to them.
    fn text(&self, place: &Place<'_>) -> Range<usize> {
        let goes_on =
            any_label(GOES_ON)(place.sentence).is_ok() || measures::graded_homes(place.after).is_some();
        let start = self
            .subject
            .filter(|_| goes_on)
            .and_then(|i| self.stated.get(i))
            .map_or(place.from, |s| s.text.start);
        start..place.from + place.sentence.len()
    }
}

impl Stated {
    /// Whether the value is derived from words: "all of whom"; "1.46 million".
    pub fn is_worded(&self, printed: &str) -> bool {
        printed.ends_with("million")
            || self.shape == Shape::Share && !printed.contains(|c: char| c.is_ascii_digit())
    }

    /// The code of its unit.
    pub fn unit(&self) -> &'static str {
        match self.shape {
            Shape::Share => "per-cent",
            Shape::Rate => "per-10000",
            Shape::Rank => "rank",
            Shape::Count | Shape::Difference => self.measure.unit,
        }
    }
}

/// The period that a number covers, as printed.
///
/// In "has increased by 11% since 2001 and is expected to grow by a further 6% by 2021" each number has its own.
fn period(place: &Place<'_>, measure: &Measure) -> Option<String> {
    let said = |text| when::period(text).and_then(|range| str::get(text, range));
    let of_incidents = || matches!(measure.unit, "incidents" | "reviews");
    let found = if measure.code == "population-growth" {
        let own = place.own_clause();
        // "by 2021" belongs only to the number next to it.
        let ahead = |told: &&str| any_label(&["by"])(told).is_ok();
        said(own).or_else(|| when::since(own)).or_else(|| said(place.sentence).filter(|told| !ahead(told)))
    } else {
        said(place.sentence).or_else(|| when::since(place.sentence).filter(|_| of_incidents()))
    };
    found.map(str::to_owned)
}

/// Openings of a sentence that continues about the previous figure.
const GOES_ON: &[&str] = &[
    "this is",
    "this was",
    "this represents",
    "this figure",
    "this number",
    "this equates",
    "it is",
    "these",
    "of these",
    "of them",
    "however",
    "all",
];

/// Whether a number is part of another one that follows it: "six of the 143"; "46 out of 94"; "1,036 (47%) of the 2,204".
fn is_of_whole(part: &Number, whole: &Number, sentence: &str) -> bool {
    const OF: &[&str] =
        &["of", "of the", "of these", "of those", "of its", "of their", "of all", "of all the"];
    let between = sentence.get(part.at.end..whole.at.start).unwrap_or("").trim();
    let aside =
        between.strip_prefix('(').and_then(|aside| aside.split_once(')')).filter(|(a, _)| a.len() <= 14);
    let between = aside.map_or(between, |(_, rest)| rest.trim_start());
    let between = between.strip_prefix("out ").unwrap_or(between);
    whole.definite && OF.contains(&between) && matches!(part.shape, Shape::Count | Shape::Share)
}

/// The index of the whole that follows a part, if there is one, and where the words about it end.
fn whole_behind(all: &[Number], i: usize, sentence: &str) -> Option<(usize, usize)> {
    let at = (i + 1..all.len()).take(2).find(|at| is_of_whole(&all[i], &all[*at], sentence))?;
    let end = all[at].at.end;
    Some((at, end + said_of(sentence, end, all.tail(at + 1)).len()))
}

/// "Of the 525 children looked after at 31 March": the number is the whole with its date, not an earlier value.
fn opens_whole(sentence: &str, number: &Number) -> bool {
    let opening = sentence.get(..number.at.start).unwrap_or("").trim();
    any_label(&["of the", "of all the", "of its", "of these"])(opening).is_ok_and(|(rest, _)| rest.is_empty())
}
