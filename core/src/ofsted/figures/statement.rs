//! Decides which numbers of a block are figures, and which belong to another figure.
//!
//! `lead` reads the lines above lists, `place` the words around a number and `measure` what it counts; `beside` and
//! `earlier` take the numbers that belong to another one.

mod beside;
mod change;
mod compared;
mod dated;
mod earlier;
mod known;
mod lead;
mod measure;
mod place;
mod rates;
mod shares;

use nom::Offset;
use std::ops::Range;

use self::dated::{Dated, dated};
use self::known::whole_behind;
pub use self::lead::{Lead, goes_on_list, opens_anew};
use self::place::{Place, is_within};
use super::coordination::{Listed, depth, is_elliptic};
use super::measures::{self, Measure};
use super::numbers::{Number, Shape};
use super::phrases::{clause, shifted, words};
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
    /// The figures that the sentence has stated so far, each with the place of its number.
    made: Vec<Made>,
    /// The parts that the sentence lists: outside of brackets, and in them.
    parts: [Option<Parts>; 2],
    /// Homes beside which other places are counted, and where that sentence ends.
    beside_homes: Option<(usize, usize)>,
    /// The figures of the sentence before this one.
    before: Range<usize>,
    /// An earlier value whose figure is still to come: "rising from 1% in 2001 to 2.1% in 2011".
    pending: Option<PreviousFigure>,
}

/// A figure of the sentence that is being read.
#[derive(Debug, Clone, Copy)]
struct Made {
    /// Its index.
    figure: usize,
    /// Which of the sentence's numbers it is.
    number: usize,
    /// How many brackets the number is in.
    depth: usize,
}

/// Parts that are listed one after the other.
#[derive(Debug, Clone, Copy)]
struct Parts {
    /// The index of their whole.
    of: usize,
    /// Whether they are only some of it, and have no codes: "including 40 for neglect".
    included: bool,
    /// Whether a relative clause says so: "of whom 12 are".
    relative: bool,
}

impl Reader {
    /// Reads a block of text.
    pub fn block(&mut self, text: &str, lead: &Lead) {
        self.subject = None;
        self.last = None;
        self.beside_homes = None;
        self.first = self.stated.len();
        self.before = self.first..self.first;
        for sentence in sentences(text) {
            self.sentence(sentence, text.offset(sentence), lead);
        }
    }

    fn sentence(&mut self, sentence: &str, from: usize, lead: &Lead) {
        self.last = self.last.filter(|l| *l != Last::Compared);
        self.pending = None;
        self.before = self.before.end..self.stated.len();
        self.made.clear();
        self.parts = [None; 2];
        let all = self.new_numbers(sentence);
        if all.is_empty() {
            self.same(sentence, from + sentence.len());
            self.sourced(sentence);
        }
        let listed = Listed::new(all, sentence);
        let all = &listed.all;
        let mut skip = 0;
        for i in 0..all.len() {
            if skip > 0 {
                skip -= 1;
                continue;
            }
            let place = Place::of(&listed, i, from);
            let known = self.stated.len();
            self.parts_that_add_up(&listed, i, &place);
            match whole_behind(all, i, sentence) {
                Some((whole, end)) => {
                    self.part_and_whole(&listed, (i, whole), end, &place, lead);
                    skip = whole - i;
                }
                None => skip = usize::from(self.number(&place, lead)),
            }
            self.note_made(all, known, &place);
        }
    }

    /// Keeps which numbers of the sentence became the figures from index `known` on.
    fn note_made(&mut self, all: &[Number], known: usize, place: &Place<'_>) {
        for (figure, stated) in self.stated.iter().enumerate().skip(known) {
            let at = &stated.at;
            let number = all.iter().position(|n| shifted(&n.at, place.from) == *at);
            let depth = depth(place.sentence, at.start - place.from);
            self.made.extend(number.map(|number| Made { figure, number, depth }));
        }
    }

    /// The last figure of the sentence that is printed at the same level of brackets as a number.
    fn member_before(&self, place: &Place<'_>) -> Option<&Stated> {
        let made = self.made.iter().rfind(|made| made.depth == place.depth)?;
        self.stated.get(made.figure)
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

    /// Adds a figure of its own.
    fn figure(&mut self, place: &Place<'_>, lead: &Lead) -> bool {
        let (measure, twin) = self.measures(place, lead);
        let Dated { as_of, period, told } = dated(place, &measure);
        let dated_itself = as_of.is_some();
        let whole = measure.whole.and_then(|w| self.whole(w)).filter(|w| !self.is_of_both_kinds(*w, place));
        let known = measure.code != "other";
        // "four live in special schools, although two are within Greater Wexcombe"
        let of_count = || place.number.shape == Shape::Count && !place.first && is_elliptic(place.says);
        let here = || match place.number.shape {
            _ if !is_within(place.says) => None,
            Shape::Share => self.subject,
            _ => {
                self.antecedent(place).filter(|at| of_count() && self.stated[*at].value >= place.number.value)
            }
        };
        // The items of a list are parts of the figure above it, whatever they measure.
        let listed = lead.whole.filter(|_| !known || measure.whole.is_some() || lead.of_each);
        let part_of = here().filter(|_| !known).or(listed).or(whole);
        let inherited = part_of.and_then(|w| self.stated.get(w));
        // "five or fewer are in secure units", in a list of children
        let measure = match inherited.filter(|_| listed.is_some() && place.number.shape == Shape::Count) {
            Some(whole) if measure.unit == "other" => Measure { unit: whole.measure.unit, ..measure },
            _ => measure,
        };
        let stated = Stated {
            shape: place.number.shape,
            value: place.number.value,
            qualifier: place.number.qualifier,
            as_of: as_of
                .or_else(|| inherited.filter(|_| !told).and_then(|w| w.as_of.clone()))
                .or_else(|| lead.as_of.clone().filter(|_| !told)),
            // A rank holds at its date, whatever period its change took.
            period: period
                .filter(|_| place.number.shape != Shape::Rank || !dated_itself)
                .or_else(|| lead.period.clone().filter(|_| !is_of_today(place)))
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
        if self.is_beside_homes(place) {
            let homes = self.whole("children-homes-operated");
            self.beside_homes = homes.map(|homes| (homes, place.from + place.sentence.len()));
        }
        let all = self.stated.len();
        let twin = twin.map(|measure| Stated { measure, part_of: Some(all), ..stated.clone() });
        self.push(stated);
        self.stated.extend(twin);
        let end = place.from + place.sentence.len();
        self.same(place.says, end);
        true
    }

    /// What a number measures, and what it measures besides: "four live in special schools out of the area".
    fn measures(&self, place: &Place<'_>, lead: &Lead) -> (Measure, Option<Measure>) {
        let measure = self.measure(place, lead);
        // In a list of placements, all of one are out of the area; elsewhere, it is some of them.
        match placed_out(place, &measure) {
            Some(out) if lead.whole.is_none() => (out, None),
            out => (measure, out),
        }
    }

    /// Whether a number counts places other than children’s homes beside these: "six children’s homes and one secure unit".
    fn is_beside_homes(&self, place: &Place<'_>) -> bool {
        const PLACES: &[&str] = &["unit", "units", "home", "homes", "centre", "centres"];
        let homes = |last: &Stated| last.measure.code == "children-homes-operated";
        let near = words(place.says, 4);
        place.joined
            && place.number.shape == Shape::Count
            && self.member_before(place).is_some_and(homes)
            && PLACES.iter().any(|unit| contains_label(&near, unit))
    }

    /// Whether a sentence may speak of more places than the homes counted before: "Six of them were".
    fn is_of_both_kinds(&self, homes: usize, place: &Place<'_>) -> bool {
        self.beside_homes.is_some_and(|(of, end)| of == homes && place.from >= end)
            && !contains_label(place.says, "homes")
    }

    fn push(&mut self, mut stated: Stated) {
        // "95 live outside the area: 60 with foster families": these live outside it, too.
        let outside = stated.part_of.is_some_and(|of| self.stated[of].measure.code == "placed-out-of-area");
        if let Some(out) = measures::out_of_area(stated.measure.code).filter(|_| outside) {
            stated.measure = out;
        }
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

/// "four live in residential special schools outside the area": the measure of those who live out of it.
fn placed_out(place: &Place<'_>, measure: &Measure) -> Option<Measure> {
    const SOME: &[&str] =
        &["most", "some", "many", "majority", "several", "or", "whom", "which", "but", "except"];
    let said = clause(place.says);
    let whole = measure.code != "children-in-care" && place.number.shape == Shape::Count;
    let all = measures::lives_out(&said) && !SOME.iter().any(|word| contains_label(&said, word));
    (whole && all).then(|| measures::out_of_area(measure.code))?
}

/// Whether a number is that of today, even in the list of a period: "There are currently three".
fn is_of_today(place: &Place<'_>) -> bool {
    ["currently", "at present"]
        .iter()
        .any(|w| contains_label(place.head, w) || contains_label(&words(place.says, 4), w))
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
