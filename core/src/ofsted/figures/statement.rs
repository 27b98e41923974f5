//! What the numbers of a block state: which is a figure, and which is said of one.

use nom::Offset;
use std::ops::Range;

use super::compare::comparator;
use super::measures::{self, Measure};
use super::numbers::{Number, Shape, change_of, ends_with, numbers};
use super::phrases::{bare, clause, first_moment, said_of, shifted, until_change, words};
use super::when;
use crate::grammar::label::{any_label, contains_label, find_label};
use crate::grammar::sentence::sentences;
use crate::record::{Comparison, PreviousFigure};

/// A figure as a block states it.
#[derive(Debug, Clone, PartialEq)]
pub struct Stated {
    /// Its measure.
    pub measure: Measure,
    /// The number's kind.
    pub shape: Shape,
    /// The number.
    pub value: f64,
    /// What is said of its precision.
    pub qualifier: Option<&'static str>,
    /// The moment that it is of.
    pub as_of: Option<String>,
    /// The time that it covers.
    pub period: Option<String>,
    /// The figure of which it is a part.
    pub part_of: Option<usize>,
    /// The rate beside it, and where that stands.
    pub rate: Option<(f64, Range<usize>)>,
    /// What it is held against.
    pub compare: Vec<Comparison>,
    /// The same at an earlier time.
    pub previous: Option<PreviousFigure>,
    /// Where the number stands in its block.
    pub at: Range<usize>,
    /// The sentences of its block that state it.
    pub text: Range<usize>,
    /// Whether it is an earlier value of another figure, which has one already.
    earlier: bool,
}

/// What the line above a list announces of its items.
#[derive(Debug, Clone, Default)]
pub struct Lead {
    /// The line.
    pub text: String,
    /// The time that all of them cover.
    pub period: Option<String>,
    /// The moment that all of them are of.
    pub as_of: Option<String>,
    /// The figure whose parts they are.
    pub whole: Option<usize>,
}

/// What the number before was.
#[derive(Debug, Clone, Copy, PartialEq)]
enum Last {
    Figure(usize),
    Previous(usize),
    Compared,
}

/// Reads blocks, one after the other.
#[derive(Debug, Default)]
pub struct Reader {
    /// All figures so far.
    pub stated: Vec<Stated>,
    /// The figure that the block speaks of.
    pub subject: Option<usize>,
    /// Where the block's own figures begin.
    first: Option<usize>,
    last: Option<Last>,
    /// What the last comparison was with.
    with: Option<&'static str>,
    /// The earlier value of a figure that follows: "rising from 1% in 2001 to 2.1% in 2011".
    pending: Option<PreviousFigure>,
}

/// A number in its sentence.
struct Place<'a> {
    number: Number,
    /// The sentence, and where it stands in its block.
    sentence: &'a str,
    from: usize,
    /// The words since the number before.
    before: &'a str,
    /// The words to the next number.
    after: &'a str,
    /// The words that say what is counted: to the next number that stands outside of brackets.
    says: &'a str,
    next: Option<Number>,
    /// Whether it is the first of the sentence.
    first: bool,
}

impl Reader {
    /// Reads a block of text.
    pub fn block(&mut self, text: &str, lead: &Lead) {
        self.subject = None;
        self.last = None;
        self.first = Some(self.stated.len());
        for sentence in sentences(text) {
            self.sentence(sentence, offset(text, sentence), lead);
        }
    }

    fn sentence(&mut self, sentence: &str, from: usize, lead: &Lead) {
        self.last = self.last.filter(|l| *l != Last::Compared);
        self.pending = None;
        let all = numbers(sentence);
        if all.is_empty() {
            self.same(sentence, from + sentence.len());
            self.sourced(sentence);
        }
        let mut skip = false;
        for (i, number) in all.iter().enumerate() {
            if std::mem::take(&mut skip) {
                continue;
            }
            let start = i.checked_sub(1).and_then(|p| all.get(p)).map_or(0, |p| p.at.end);
            let end = all.get(i + 1).map_or(sentence.len(), |n| n.at.start);
            let place = Place {
                number: number.clone(),
                sentence,
                from,
                before: sentence.get(start..number.at.start).unwrap_or(""),
                after: sentence.get(number.at.end..end).unwrap_or(""),
                says: said_of(sentence, number.at.end, &all[i + 1..]),
                next: all.get(i + 1).cloned(),
                first: i == 0,
            };
            skip = self.number(&place, lead);
        }
    }

    /// Dates the block's figures that have no date by the source that a sentence in brackets names.
    fn sourced(&mut self, sentence: &str) {
        let (Some(from), Some(moment)) = (self.first, when::of_source(sentence)) else { return };
        for figure in self.stated.iter_mut().skip(from) {
            if figure.as_of.is_none() && figure.period.is_none() {
                figure.as_of = Some(moment.clone());
            }
        }
    }

    /// Takes a number for what it is; whether the next one is taken with it.
    fn number(&mut self, place: &Place<'_>, lead: &Lead) -> bool {
        if place.number.shape == Shape::Rate {
            return self.rate(place, lead);
        }
        if self.compared(place) || self.differs(place) || self.earlier(place, None) {
            return false;
        }
        if self.companion(place) || self.again(place) {
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
                ..*place_ref(place)
            };
            if !self.earlier(&counted, Some(rate.clone())) && self.figure(&counted, lead) {
                self.set_rate(rate);
            }
            return true;
        }
        let beside = place.before.contains('(')
            || ["rate of", "at", "rate is", "rate was"].iter().any(|w| ends_with(place.before, w));
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
        // "(national averages 15% and 14%)": the second of two.
        let paired = goes_on && place.before.trim() == "and";
        let with = match comparator(place.before, place.after, goes_on) {
            None if paired => self.with.filter(|_| contains_label(place.sentence, "averages")),
            with => with,
        };
        let Some(with) = with else { return false };
        let Some(at) = self.held(place) else { return false };
        let Some(figure) = self.stated.get_mut(at) else { return false };
        // What a rate beside a count is held against are rates.
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

    /// The figure of the block that a number is held against: the last of its kind, of two that "averages" are given for the
    /// first that has none.
    fn held(&self, place: &Place<'_>) -> Option<usize> {
        let block = self.block_start(place);
        let shape = place.number.shape;
        let fits = |s: &Stated| match shape {
            Shape::Rate => s.shape == Shape::Rate || s.rate.is_some(),
            // "45 per 10,000, compared with 43 nationally"
            Shape::Count => matches!(s.shape, Shape::Count | Shape::Rate),
            _ => s.shape == shape,
        };
        let mut last = (0..self.stated.len()).rev().take_while(|i| self.stated[*i].text.start >= block);
        let mut alike = { &mut last }.filter(|i| fits(&self.stated[*i]));
        let nearest = alike.next()?;
        let before = alike.next().filter(|i| self.stated[*i].compare.is_empty());
        Some(before.filter(|_| contains_label(place.sentence, "averages")).unwrap_or(nearest))
    }

    /// The figures of the block are those from its subject on.
    fn block_start(&self, place: &Place<'_>) -> usize {
        match self.subject {
            Some(subject) => self.stated.get(subject).map_or(place.from, |s| s.text.start),
            None => usize::MAX,
        }
    }

    /// "two fewer than at 31 March 2015"
    fn differs(&mut self, place: &Place<'_>) -> bool {
        if place.number.shape != Shape::Difference {
            return false;
        }
        let Some(subject) = self.subject.and_then(|i| self.stated.get_mut(i)) else { return true };
        let more = change_of(place.before)
            .unwrap_or_else(|| contains_label(place.after.get(..12).unwrap_or(place.after), "more"));
        let value =
            if more { subject.value - place.number.value } else { subject.value + place.number.value };
        let as_of = first_moment(place.after);
        if subject.previous.is_none() && value >= 0.0 && as_of.is_some() {
            let value = Some(value.into());
            subject.previous =
                Some(PreviousFigure { value, as_of, derived: true, ..PreviousFigure::default() });
            subject.text.end = place.from + place.sentence.len();
        }
        true
    }

    /// "This is an increase from 515 (80 per 10,000 children) at 31 March 2012"; "similar to 21 at 31 March 2015"
    fn earlier(&mut self, place: &Place<'_>, rate: Option<(f64, Range<usize>)>) -> bool {
        let and = matches!(self.last, Some(Last::Previous(_))) && ends_with(bare(place.before), "and");
        let Some(as_of) = told_earlier(place, and) else { return false };
        let previous = PreviousFigure {
            value: Some(place.number.value.into()),
            rate_per_10000: rate.as_ref().map(|r| r.0.into()),
            as_of,
            ..PreviousFigure::default()
        };
        let leads_on = place.next.as_ref().is_some_and(|n| n.shape == place.number.shape)
            && ends_with(place.after, "to");
        if leads_on {
            self.pending = Some(previous);
            return true;
        }
        self.add_previous(place, previous, rate)
    }

    /// Gives the figure that the block speaks of its earlier value; a second one is a figure of its own.
    fn add_previous(
        &mut self,
        place: &Place<'_>,
        previous: PreviousFigure,
        rate: Option<(f64, Range<usize>)>,
    ) -> bool {
        let Some((i, subject)) = self.subject.and_then(|i| Some((i, self.stated.get_mut(i)?))) else {
            return false;
        };
        if subject.shape != place.number.shape && place.number.shape != Shape::Rate {
            return false;
        }
        subject.text.end = place.from + place.sentence.len();
        if subject.previous.is_none() {
            subject.previous = Some(previous);
            self.last = Some(Last::Previous(i));
            return true;
        }
        let again = Stated {
            value: place.number.value,
            rate,
            as_of: previous.as_of,
            earlier: true,
            previous: None,
            compare: Vec::new(),
            at: shifted(&place.number.at, place.from),
            ..subject.clone()
        };
        self.push(again);
        self.last = Some(Last::Figure(self.stated.len() - 1));
        true
    }

    /// "376 (72%)"; "78 (or 34%)"; "4% (12)": the same in another unit.
    fn companion(&mut self, place: &Place<'_>) -> bool {
        let Some(Last::Figure(i)) = self.last else { return false };
        let between = place.before.trim();
        let beside = matches!(
            between,
            "(" | "(or" | ", or" | "or" | "children (" | "children (or" | "(around" | "(approximately"
        );
        let Some(counted) = self.stated.get(i).filter(|s| beside && s.shape != place.number.shape) else {
            return false;
        };
        let twin = Stated {
            shape: place.number.shape,
            value: place.number.value,
            qualifier: place.number.qualifier.or(counted.qualifier),
            rate: None,
            compare: Vec::new(),
            previous: None,
            at: shifted(&place.number.at, place.from),
            ..counted.clone()
        };
        self.push(twin);
        self.last = Some(Last::Figure(self.stated.len() - 1));
        true
    }

    /// "all of whom (100%) live out": the same once more.
    fn again(&self, place: &Place<'_>) -> bool {
        let Some(Last::Figure(i)) = self.last else { return false };
        let same = |s: &Stated| s.shape == place.number.shape && s.value == place.number.value;
        place.before.trim() == "(" && self.stated.get(i).is_some_and(same)
    }

    /// Whether a count stands in brackets after another, and says more than its number.
    ///
    /// "68 live in children’s homes (47 in independent and 21 in their own)"
    fn bracketed(&self, place: &Place<'_>) -> bool {
        let before = place.sentence.get(..place.number.at.start).unwrap_or("");
        let open = before.matches('(').count() > before.matches(')').count();
        let says = place.says.trim_start().starts_with(char::is_alphabetic);
        open && says && place.number.shape == Shape::Count && matches!(self.last, Some(Last::Figure(_)))
    }

    /// ", of whom 75% live out of the authority area"; ", all of whom live out"; "Three of these live outside"
    fn part(&mut self, place: &Place<'_>) -> bool {
        let Some(i) = self.subject else { return false };
        let whom = |t: &str| PART.iter().any(|p| contains_label(t, p));
        let printed = place.sentence.get(place.number.at.clone()).unwrap_or("");
        let all = place.number.shape == Shape::Share && !printed.starts_with(|c: char| c.is_ascii_digit());
        // "foster families; 55 (16%) of whom live out"
        let head = words(&clause(place.says), 3);
        let Some(whole) = self.stated.get(i) else { return false };
        let included = INCLUDED.iter().any(|p| ends_with(place.before, p)) || self.bracketed(place);
        // "11 live in residential schools. All 11 live outside the area."
        let once_more = ends_with(place.before, "all") && place.number.value == whole.value;
        if !(all || included || once_more || whom(place.before) || whom(&head) || whom(printed)) {
            return false;
        }
        let after = clause(place.says);
        let graded = measures::graded_homes(&after).filter(|_| whole.measure.unit == "homes");
        // Those in care of a part are not all that are in care.
        let told = || measures::told(&after).filter(|m| !included && m.code != "children-in-care");
        let measure = match graded.or_else(told) {
            Some(m) if m.code == "placed-out-of-area" => measures::out_of_area(whole.measure.code),
            None if all => {
                let out = ["out of", "outside", "live out"].iter().any(|w| contains_label(printed, w));
                out.then(|| measures::out_of_area(whole.measure.code)).flatten()
            }
            other => other,
        };
        if all && measure.is_none() {
            return true;
        }
        let stated = Stated {
            measure: measure
                .unwrap_or_else(|| Measure { unit: whole.measure.unit, ..measures::other(&after) }),
            shape: place.number.shape,
            value: place.number.value,
            qualifier: place.number.qualifier,
            part_of: Some(i),
            rate: None,
            compare: Vec::new(),
            previous: None,
            at: shifted(&place.number.at, place.from),
            text: whole.text.start..place.from + place.sentence.len(),
            ..whole.clone()
        };
        self.push(stated);
        self.last = Some(Last::Figure(self.stated.len() - 1));
        true
    }

    /// A figure of its own.
    fn figure(&mut self, place: &Place<'_>, lead: &Lead) -> bool {
        let measure = self.measure(place, lead);
        let period = when::period(place.sentence).and_then(|r| place.sentence.get(r)).map(str::to_owned);
        let opening = when::opening(place.sentence).map(|(_, day)| day);
        let own = when::told_after(until_change(place.says))
            .or_else(|| opening.clone().flatten())
            .or_else(|| when::closing(place.sentence));
        let whole = measure.whole.and_then(|w| self.whole(w));
        let known = measure.code != "other";
        let here = || self.subject.filter(|_| place.number.shape == Shape::Share && is_within(place.says));
        let part_of = whole.or_else(|| here().or(lead.whole).filter(|_| !known));
        let inherited = part_of.and_then(|w| self.stated.get(w));
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
        self.last = Some(Last::Figure(self.stated.len() - 1));
        let end = place.from + place.sentence.len();
        self.same(place.says, end);
        true
    }

    fn push(&mut self, stated: Stated) {
        self.stated.push(stated);
    }

    /// The last figure of a measure that is a count.
    fn whole(&self, code: &str) -> Option<usize> {
        self.stated.iter().rposition(|s| s.measure.code == code && s.shape == Shape::Count && !s.earlier)
    }

    /// The sentences that say what a number is: with those before where the sentence goes on about them.
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

    fn measure(&self, place: &Place<'_>, lead: &Lead) -> Measure {
        let subject = self.subject.and_then(|i| self.stated.get(i));
        let after = clause(place.says);
        let of_homes = subject.is_some_and(|s| s.measure.unit == "homes");
        if of_homes && let Some(graded) = measures::graded_homes(&after) {
            return graded;
        }
        if is_special(place, &after) {
            return measures::other(&after);
        }
        let share = place.number.shape == Shape::Share;
        if let Some(pupils) = of_school(place).filter(|_| share) {
            return pupils;
        }
        if share && is_of_all(place) && measures::told(&after).is_none() {
            return measures::other("children");
        }
        let printed = place.sentence.get(place.number.at.clone()).unwrap_or("");
        if share && contains_label(place.sentence, "largest") && contains_label(place.sentence, "ethnic") {
            let group = ethnic_group(place, &after);
            // "those from minority ethnic groups are 21%, with the Asian group (10%) the largest": the first is of all.
            if group.is_some() || !place.first {
                return group.unwrap_or_else(|| measures::other(&after));
            }
        }
        let before = place.before.trim_start_matches([')', ' ', ',']);
        // What stands before another number of the sentence was said of that one.
        let before = if place.first { before } else { before.rsplit(" and ").next().unwrap_or(before) };
        let changes =
            any_label(&["reduction", "increase", "decrease", "rise", "fall"])(place.after.trim_start())
                .is_ok();
        let grown =
            || measures::growth(place.sentence).filter(|_| share || contains_label(place.sentence, "growth"));
        let with_lead = || measures::told(&format!("{} {before}", lead.text));
        let goes_on = || subject.filter(|_| any_label(GOES_ON)(place.sentence).is_ok()).map(|s| s.measure);
        if changes {
            return grown().unwrap_or_else(|| measures::other(&after));
        }
        measures::told(&after)
            .or_else(|| self.of_reviews(&after))
            .or_else(grown)
            .or_else(|| measures::told(before))
            .or_else(|| measures::homes(&format!("{before} {printed} {after}")))
            .or_else(|| {
                (contains_label(&lead.text, "proportion") && is_of_pupils(place.sentence))
                    .then(with_lead)
                    .flatten()
            })
            .or_else(goes_on)
            .unwrap_or_else(|| measures::other(&after))
    }

    /// The incidents that a sentence on reviews goes on about: "Since the last inspection, three notifications have been
    /// submitted. Two serious case reviews have been published."
    fn reviewed(&self, measure: &Measure) -> Option<&Stated> {
        let subject = self.subject.and_then(|i| self.stated.get(i))?;
        (measure.code != "other"
            && measure.unit == "reviews"
            && ["incidents", "reviews"].contains(&subject.measure.unit))
        .then_some(subject)
    }

    /// "one serious case review has been completed and one was ongoing"
    fn of_reviews(&self, after: &str) -> Option<Measure> {
        let Some(Last::Figure(i)) = self.last else { return None };
        self.stated.get(i).filter(|s| s.measure.unit == "reviews")?;
        let ongoing =
            ["ongoing", "on-going", "under way", "underway"].iter().any(|w| contains_label(after, w));
        ongoing.then(|| measures::told(&format!("serious case reviews {after}"))).flatten()
    }

    /// "the same number as at 31 March 2015"; "This remains the same as at 31 March 2015"
    fn same(&mut self, text: &str, end: usize) {
        const SAME: &[&str] =
            &["the same number as", "the same as", "the same figure as", "unchanged", "no change from"];
        let Some(said) = SAME.iter().find_map(|s| find_label(text, s)) else { return };
        let rest = text.get(offset(text, said) + said.len()..).unwrap_or("");
        let Some(as_of) = first_moment(rest) else { return };
        if let Some(subject) =
            self.subject.and_then(|i| self.stated.get_mut(i)).filter(|s| s.previous.is_none())
        {
            subject.previous =
                Some(PreviousFigure { as_of: Some(as_of), same: true, ..PreviousFigure::default() });
            subject.text.end = subject.text.end.max(end);
        }
    }
}

impl Stated {
    /// Whether the words of a number are not the number itself: "all of whom"; "1.46 million".
    pub fn is_worded(&self, printed: &str) -> bool {
        printed.ends_with("million")
            || self.shape == Shape::Share && !printed.contains(|c: char| c.is_ascii_digit())
    }

    /// Code of what is counted.
    pub fn unit(&self) -> &'static str {
        match self.shape {
            Shape::Share => "per-cent",
            Shape::Rate => "per-10000",
            Shape::Rank => "rank",
            Shape::Count | Shape::Difference => self.measure.unit,
        }
    }
}

/// Whether a block goes on a list although it stands at the edge of the line that announced it, as some are printed:
/// "Eleven children ceased to be looked after" after "In the last 12 months:".
pub fn goes_on_list(text: &str, lead: &Lead) -> bool {
    if lead.whole.is_none() && lead.period.is_none() {
        return is_of_pupils(text);
    }
    numbers(text).first().is_some_and(|n| n.at.start == 0)
}

/// Whether a block stands by itself, also after a line that announces a list: it says when, of what or since when.
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

impl Reader {
    /// What a block announces of the list below it, if it does.
    ///
    /// "Of this number:"; "In the last 12 months:"; "The proportion of children entitled to free school meals:"
    pub fn announces(&self, text: &str, before: &Lead) -> Option<Lead> {
        let bare = text.trim_end();
        let last = sentences(bare).last().unwrap_or("");
        let parts = any_label(&["of this number", "of these", "of the"])(last).is_ok();
        let period = when::period(last)
            .filter(|p| p.start == 0 && last.len() < p.end + 60)
            .and_then(|p| last.get(p))
            .map(|p| p.trim_end_matches([':', ' ']).to_owned());
        let alone = numbers(last).is_empty() && (parts || period.is_some());
        if !(bare.ends_with(':') || alone) {
            return None;
        }
        let whole = if parts { self.subject.or_else(|| self.whole("children-in-care")) } else { None };
        let as_of = whole.and_then(|w| self.stated.get(w)).and_then(|w| w.as_of.clone());
        let opening = when::opening(last).and_then(|(_, day)| day).filter(|_| whole.is_none());
        let text = if parts && sentences(bare).count() == 1 {
            format!("{} {bare}", before.text)
        } else {
            bare.to_owned()
        };
        Some(Lead { text: text.trim().to_owned(), period, as_of: as_of.or(opening), whole })
    }
}

/// What a sentence begins with that goes on about the figure before.
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

/// What makes a number one of a part of what was counted before.
const PART: &[&str] = &["of whom", "of which", "of these", "of them", "of those", "of this"];

/// What stands before the number of a part that has no code: "seven homes, including one secure unit".
const INCLUDED: &[&str] = &["including", "which includes", "which included"];

/// What is counted and is no child, although its name has words of a measure.
const OTHERS: &[&str] = &["foster carers", "open cases", "local authorities", "adoption agencies"];

/// "are placed within Greater Wexcombe": a wider area that has no code.
fn is_within(after: &str) -> bool {
    let place = find_label(after, "within").and_then(|hit| after.get(offset(after, hit) + hit.len()..));
    place.is_some_and(|p| p.trim_start().starts_with(char::is_uppercase))
}

/// Whether a number counts what has no code, although it has words of a measure.
fn is_special(place: &Place<'_>, after: &str) -> bool {
    let counted = words(after, 3);
    let others = OTHERS.iter().any(|w| contains_label(&counted, w))
        && !contains_label(&counted, "with")
        && !contains_label(after, "in need");
    let within =
        is_within(after) && measures::told(after).is_none_or(|m| m.whole.is_some() || m.unit == "rank");
    SPECIAL.iter().any(|w| contains_label(after, w))
        || others
        || ends_with(place.before, "total population")
        || within
}

/// "Of the 480 children looked after, 60% are boys": a share of those who are counted, by what has no code.
fn is_of_all(place: &Place<'_>) -> bool {
    place.first && any_label(&["of the", "of all"])(place.sentence).is_ok()
}

/// The group whose share a number is: named before it, or after it ("24% Asian"), or in a list before all of them
/// ("Asian and Mixed (20% and 11% respectively)").
fn ethnic_group(place: &Place<'_>, after: &str) -> Option<Measure> {
    if contains_label(place.sentence, "respectively") {
        let all = numbers(place.sentence);
        let at = all.iter().position(|n| n.at == place.number.at)?;
        let before = place.sentence.get(..all[0].at.start)?;
        return measures::ethnic_groups(before).into_iter().nth(at).flatten();
    }
    // "3% Black African and 2% White Irish": where the first share has its name behind it, all have.
    let behind = measures::ethnic_group(beside(after)).filter(|_| !place.before.trim_end().ends_with('('));
    let all = numbers(place.sentence);
    let first = all.first().filter(|n| n.at != place.number.at).map(|n| &n.at);
    let names_follow = first.is_some_and(|at| {
        let before = place.sentence.get(..at.start).unwrap_or("");
        let after = place.sentence.get(at.end..).unwrap_or("");
        measures::ethnic_group(before).is_none() && measures::ethnic_group(beside(after)).is_some()
    });
    if names_follow { behind } else { measures::ethnic_group(place.before).or(behind) }
}

/// The words right behind a share: " Black African and 2% …" → " Black African".
fn beside(after: &str) -> &str {
    let end = [",", "(", ";", ".", " and ", " with ", " of "].iter().filter_map(|w| after.find(w)).min();
    after.get(..end.unwrap_or(after.len())).unwrap_or(after)
}

/// Pupils of a kind of school, where the sentence names them once and the schools beside each share.
fn of_school(place: &Place<'_>) -> Option<Measure> {
    let after = clause(place.says);
    let names = |t: &str| contains_label(t, "primary") || contains_label(t, "secondary");
    // "in primary schools is 14% and in secondary schools is 12%": what stands before a verb is what it is said of.
    let told = ["is", "was", "are", "were"].iter().any(|v| ends_with(place.before, v));
    let near = if told { [place.before, &after] } else { [after.as_str(), place.before] };
    let school = near.into_iter().find(|t| names(t))?;
    measures::of_pupils(place.sentence, school)
}

/// Whether a sentence under "The proportion of children entitled to free school meals:" is about that.
fn is_of_pupils(sentence: &str) -> bool {
    const SAID: &[&str] = &["primary", "secondary", "nursery", "special", "English", "meals"];
    SAID.iter().any(|w| contains_label(sentence, w))
}

/// What makes a count one of a part that has no code: "ceased to be looked after as a result of child arrangement orders".
const SPECIAL: &[&str] = &[
    "as a result of",
    "returned to live",
    "excluding those",
    "residence orders",
    "child arrangement orders",
    "child arrangements orders",
    "were placed for adoption",
    "placed for adoption",
    "other local authorities",
    "of the community",
];

/// Whether a number is an earlier value, `and` where it stands behind another one: the moment of it, if one is printed.
///
/// "from 515"; "compared with 1,149"; "an increase from 31 March 2016, when 455"
fn told_earlier(place: &Place<'_>, and: bool) -> Option<Option<String>> {
    const FROM: &[&str] = &[
        "from",
        "from both",
        "from a total of",
        "similar to",
        "compared with",
        "compared to",
        "the same as",
        "than",
        "consistent with",
    ];
    let said = bare(place.before);
    let then = when::moments(place.before)
        .pop()
        .filter(|hit| hit.rest.trim_matches([',', ' ']).eq_ignore_ascii_case("when"))
        .filter(|hit| when::tells_change(hit.before))
        .and_then(|hit| hit.value);
    if !(and || then.is_some() || FROM.iter().any(|f| ends_with(said, f))) {
        return None;
    }
    let as_of = then
        .or_else(|| first_moment(place.after))
        .or_else(|| place.next.is_some().then(|| first_moment(rest_of(place))).flatten());
    // "commissioned placements from 52 providers" tells of no earlier time.
    let since = ends_with(said, "from") && as_of.is_some();
    (since || when::tells_change(place.sentence)).then_some(as_of)
}

/// The rest of the sentence after a number.
fn rest_of<'a>(place: &Place<'a>) -> &'a str {
    place.sentence.get(place.number.at.end..).unwrap_or("")
}

fn place_ref<'p, 'a>(place: &'p Place<'a>) -> &'p Place<'a> {
    place
}

fn offset(whole: &str, part: &str) -> usize {
    whole.offset(part)
}
