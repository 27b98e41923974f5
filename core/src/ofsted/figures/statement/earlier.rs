//! Earlier values of a figure, and differences from them.

use nom::Offset;
use std::ops::Range;

use super::super::coordination::without_filling;
use super::super::measures;
use super::super::numbers::{Shape, change_of, ends_with};
use super::super::phrases::{bare, clause, first_moment, shifted, words};
use super::super::when;
use super::change::changed_by;
use super::{Last, Place, Reader, Stated};
use crate::cut::Cut;
use crate::grammar::MONTHS;
use crate::grammar::label::{any_label, contains_label, find_label};
use crate::grammar::number::spelled_number;
use crate::record::PreviousFigure;

impl Reader {
    /// "two fewer than at 31 March 2015"
    pub(super) fn differs(&mut self, place: &Place<'_>) -> bool {
        if place.number.shape != Shape::Difference {
            return false;
        }
        let Some(subject) = self.subject.and_then(|i| self.stated.get_mut(i)) else { return true };
        let last_year = LAST_YEAR.iter().any(|w| contains_label(place.after, w));
        let more = change_of(place.before)
            .unwrap_or_else(|| contains_label(place.after.get(..12).unwrap_or(place.after), "more"));
        let value =
            if more { subject.value - place.number.value } else { subject.value + place.number.value };
        let as_of = first_moment(place.after);
        // "23 fewer than in March that year"
        let is_month = |word: &str| MONTHS.iter().any(|month| month.eq_ignore_ascii_case(word));
        // In small letters, "may" is a verb.
        let month = words(place.after, 8)
            .split_whitespace()
            .any(|word| word.starts_with(char::is_uppercase) && is_month(word.trim_end_matches([',', '.'])));
        if subject.previous.is_none() && value >= 0.0 && (as_of.is_some() || last_year || month) {
            let value = Some(value.into());
            subject.previous =
                Some(PreviousFigure { value, as_of, derived: true, ..PreviousFigure::default() });
            subject.text.end = place.from + place.sentence.len();
        }
        true
    }

    /// "This is an increase from 515 (80 per 10,000 children) at 31 March 2012"; "similar to 21 at 31 March 2015"
    pub(super) fn earlier(&mut self, place: &Place<'_>, rate: Option<(f64, Range<usize>)>) -> bool {
        let and = matches!(self.last, Some(Last::Previous(_))) && ends_with(bare(place.before), "and");
        if let Some(previous) = risen_by(place) {
            self.pending = Some(previous);
            return true;
        }
        let told = told_earlier(place, and).or_else(|| self.of_earlier_time(place));
        let Some(as_of) = told.filter(|_| !self.counts_other(place)) else { return false };
        let previous = PreviousFigure {
            value: Some(place.number.value.into()),
            rate_per_10000: rate.as_ref().map(|r| r.0.into()),
            as_of,
            ..PreviousFigure::default()
        };
        let leads_on = place.next.as_ref().is_some_and(|n| n.shape == place.number.shape)
            && ends_with(place.after, "to");
        if leads_on {
            // "rose from 210 to 260 since 2012"
            let since = || when::since(place.rest()).and_then(first_moment);
            let as_of = previous.as_of.clone().or_else(since);
            self.pending = Some(PreviousFigure { as_of, ..previous });
            return true;
        }
        if self.subject.is_none() && is_of_now(place) {
            self.pending = Some(previous);
            return true;
        }
        self.add_previous(place, previous, rate)
    }

    /// Whether a number's own words name another measure than the block's subject: "down from 240, and 1,105 children in need".
    fn counts_other(&self, place: &Place<'_>) -> bool {
        let own = clause(place.says);
        let named = measures::stated(own.split([',', '.']).next().unwrap_or(""));
        let subject = self.subject.and_then(|at| self.stated.get(at)).map(|subject| subject.measure);
        place.joined
            && named
                .zip(subject)
                .is_some_and(|(named, subject)| named.code != subject.code && named.whole.is_none())
    }

    /// The figure of the block's subject that an earlier value belongs to: "46 children (18%), compared with 38".
    fn alike(&self, place: &Place<'_>) -> Option<usize> {
        let (at, shape) = (self.subject?, place.number.shape);
        // "41 came and 36 left, compared with 52 and 44": each in its turn
        if self.is_paired(place) {
            let open = |i: &usize| self.stated[*i].shape == shape && self.stated[*i].previous.is_none();
            return (self.first..self.stated.len()).find(open);
        }
        let subject = self.stated.get(at)?;
        if subject.shape == shape || shape == Shape::Rate {
            return Some(at);
        }
        let twin = |i: &usize| {
            let other = &self.stated[*i];
            other.shape == shape && other.measure == subject.measure && other.text.start == subject.text.start
        };
        (self.first..self.stated.len()).rev().find(twin)
    }

    /// A number with nothing but an earlier date than that of the block's subject: "having been 161 at 31 March 2015"; ";
    /// the number was 30 in 2014".
    fn of_earlier_time(&self, place: &Place<'_>) -> Option<Option<String>> {
        let subject = self.stated.get(self.alike(place)?)?;
        if is_ago(&clause(place.says)) {
            return Some(None);
        }
        let (now, then) = (subject.as_of.as_ref()?, bare_moment(&clause(place.says))?);
        let length = now.len().min(then.len());
        (then.get(..length)? < now.get(..length)?).then_some(Some(then))
    }

    /// Adds an earlier value to the block's subject. A second one becomes a figure of its own.
    fn add_previous(
        &mut self,
        place: &Place<'_>,
        previous: PreviousFigure,
        rate: Option<(f64, Range<usize>)>,
    ) -> bool {
        let Some((i, subject)) = self.alike(place).and_then(|i| Some((i, self.stated.get_mut(i)?))) else {
            return false;
        };
        subject.text.end = place.from + place.sentence.len();
        // "fewer than five at 31 March 2015": an earlier value has no qualifier of its own.
        let bound = matches!(place.number.qualifier, Some("fewer-than" | "at-most" | "at-least" | "over"));
        if subject.previous.is_none() && !bound {
            subject.previous = Some(previous);
            self.last = Some(Last::Previous(i));
            return true;
        }
        let again = Stated {
            value: place.number.value,
            qualifier: place.number.qualifier,
            rate,
            as_of: previous.as_of,
            earlier: true,
            previous: None,
            compare: Vec::new(),
            at: shifted(&place.number.at, place.from),
            ..subject.clone()
        };
        self.push(again);
        true
    }

    /// "was 470 in March 2015 and had risen to 512 by March 2016": the number before was the earlier value.
    pub(super) fn risen_to(&mut self, place: &Place<'_>) -> bool {
        const TO: &[&str] = &["risen to", "rose to", "grown to", "fallen to", "fell to", "dropped to"];
        let Some(Last::Figure(i)) = self.last.filter(|_| TO.iter().any(|w| ends_with(place.before, w)))
        else {
            return false;
        };
        let alike =
            |s: &&mut Stated| s.shape == place.number.shape && s.previous.is_none() && s.rate.is_none();
        let Some(stated) = self.stated.get_mut(i).filter(alike) else { return false };
        stated.previous = Some(PreviousFigure {
            value: Some(stated.value.into()),
            as_of: stated.as_of.take(),
            ..PreviousFigure::default()
        });
        stated.value = place.number.value;
        let opening = when::opening(place.head).and_then(|(_, day)| day).filter(|_| place.joined);
        stated.as_of = first_moment(place.says).or(opening);
        stated.at = shifted(&place.number.at, place.from);
        stated.text.end = place.from + place.sentence.len();
        true
    }

    /// "the same number as at 31 March 2015"; "This remains the same as at 31 March 2015"; "The rate has not changed since"
    pub(super) fn same(&mut self, text: &str, end: usize) {
        const SAME: &[&str] = &[
            "the same number as",
            "the same as",
            "the same figure as",
            "unchanged",
            "no change from",
            "not changed",
            "consistent with the number",
            "consistent with the figure",
            "the same rate as",
        ];
        let same_of = || same_number_of(text);
        let Some(said) = SAME.iter().find_map(|s| find_label(text, s)).or_else(same_of) else { return };
        let rest = text.get(text.offset(said) + said.len()..).unwrap_or("");
        let as_of = first_moment(rest);
        if as_of.is_none() && !LAST_YEAR.iter().any(|w| contains_label(rest, w)) {
            return;
        }
        if let Some(subject) =
            self.subject.and_then(|i| self.stated.get_mut(i)).filter(|s| s.previous.is_none())
        {
            // Of a count with a rate beside it, the rate alone may be the same.
            let of_rate = contains_label(text.head(text.offset(said) + said.len()), "rate");
            let rate_per_10000 = subject.rate.as_ref().filter(|_| of_rate).map(|(rate, _)| (*rate).into());
            subject.previous =
                Some(PreviousFigure { as_of, same: true, rate_per_10000, ..PreviousFigure::default() });
            subject.text.end = subject.text.end.max(end);
        }
    }

    /// "in the previous year the rate was 65": the earlier value of the previous figure's rate.
    pub(super) fn rate_of_last_year(&mut self, place: &Place<'_>) -> bool {
        if !LAST_YEAR.iter().any(|w| contains_label(place.before, w)) {
            return false;
        }
        let Some(Last::Figure(i)) = self.last else { return false };
        let rated = self.stated.get_mut(i).filter(|s| s.rate.is_some() && s.previous.is_none());
        let Some(stated) = rated else { return false };
        let rate_per_10000 = Some(place.number.value.into());
        stated.previous = Some(PreviousFigure { rate_per_10000, ..PreviousFigure::default() });
        stated.text.end = place.from + place.sentence.len();
        true
    }
}

/// "the same number of children as"; "the same proportion as"
fn same_number_of(text: &str) -> Option<&str> {
    const NOUNS: &[&str] = &["number", "figure", "rate", "proportion", "percentage", "total"];
    let same = find_label(text, "the same")?;
    let at = text.offset(same);
    let (rest, _) = any_label(NOUNS)(text.tail(at + same.len()).trim_start()).ok()?;
    let end = rest.find(" as ").filter(|end| rest.head(*end).split_whitespace().count() <= 5)?;
    let named = rest.head(end).trim();
    (named.is_empty() || named.starts_with("of "))
        .then(|| text.part(at..text.offset(rest) + end + " as".len()))
}

/// Phrases for the year before.
const LAST_YEAR: &[&str] = &[
    "a year earlier",
    "a year before",
    "the year before",
    "the previous year",
    "the previous 12 months",
    "last year",
];

/// "have risen by 12 to 166": the earlier value, computed from the difference.
fn risen_by(place: &Place<'_>) -> Option<PreviousFigure> {
    let next = place.next.as_ref().filter(|n| n.shape == place.number.shape && place.after.trim() == "to")?;
    // "growing at 2% to 3% a year" is no change by 2 %.
    let by = place.before.split_whitespace().rev().take(4).any(|word| word == "by");
    let value = match changed_by(place.before).filter(|_| by)? {
        true => next.value - place.number.value,
        false => next.value + place.number.value,
    };
    let value = Some(value.into());
    Some(PreviousFigure { value, derived: true, ..PreviousFigure::default() })
}

/// Words before an earlier value.
const FROM: &[&str] = &[
    "from",
    "from both",
    "from a total of",
    "similar to",
    "compared with",
    "compared to",
    "the same as",
    "as many as",
    "than",
    "consistent with",
    "double",
    "twice",
    "on the figure of",
    "from the figure of",
    "on the number of",
    "rise on",
    "increase on",
    "fall on",
    "decrease on",
    "reduction on",
];

/// Whether words lead to an earlier value: "more than double the"; "compared with".
pub(super) fn leads_to_earlier(before: &str) -> bool {
    let said = bare(before);
    FROM.iter().any(|f| ends_with(said, f))
}

/// Whether a number is an earlier value, and its date if one is printed. `and` is set if it is joined to another earlier
/// value.
///
/// "from 515"; "compared with 1,149"; "an increase from 31 March 2016, when 455"
fn told_earlier(place: &Place<'_>, and: bool) -> Option<Option<String>> {
    let said = bare(place.before);
    // From the sentence's first number on: "Although demand is higher, 322 children …" says nothing about a change.
    let head = place.sentence.get(..place.number.at.start).unwrap_or("");
    let head = head.find(|c: char| c.is_ascii_digit()).map_or("", |first| head.tail(first));
    let then = when::moments(place.before)
        .pop()
        .filter(|hit| is_then(hit.rest))
        .filter(|hit| when::tells_change(hit.before) || when::tells_change(head))
        .and_then(|hit| hit.value);
    let aside = in_brackets(place);
    // "against 471 a year before"
    let near = place.after.split([',', '.', ';', ')']).next().unwrap_or("");
    let before = [FROM, &["against"]].concat().iter().any(|f| ends_with(said, f));
    // "this was 15% a year earlier"
    let before = before
        || ["this was", "it was", "which was", "there were"].iter().any(|w| ends_with(said, w))
            && place.before.trim_start().starts_with([';', ',']);
    if before && LAST_YEAR.iter().any(|w| contains_label(near, w)) {
        return Some(None);
    }
    if !(and || then.is_some() || aside.is_some() || FROM.iter().any(|f| ends_with(said, f))) {
        return None;
    }
    if aside.is_some() {
        return Some(aside);
    }
    // "fell from 21 to 16 in the year to March 2017": the date belongs to the later number.
    let goes_on = place.next.is_some() && !ends_with(place.after, "to");
    let as_of = then
        .or_else(|| first_moment(place.after))
        .or_else(|| goes_on.then(|| first_moment(place.rest())).flatten());
    // "This is fewer than the nine at 31 March" speaks of an earlier time, "commissioned placements from 52 providers"
    // doesn't.
    let since = ["from", "than", "double", "twice"].iter().any(|f| ends_with(said, f)) && as_of.is_some();
    (since || when::tells_change(place.sentence)).then_some(as_of)
}

/// Words between an earlier date and its number: ", when"; ", when there were"; " when it was".
fn is_then(between: &str) -> bool {
    const WORDS: &str = "when there were was it the number figure rate";
    let mut words = between.trim_start_matches([',', ' ']).split_whitespace();
    words.next() == Some("when") && words.all(|w| WORDS.split(' ').any(|k| k == w))
}

/// The date of an earlier value in brackets: "three on 1 May 2017 (five on 31 March 2016)"; "33 were adopted, more than in
/// 2015 (31)".
fn in_brackets(place: &Place<'_>) -> Option<String> {
    const SUPPRESSED: &[&str] = &["suppressed", "withheld", "not disclosed", "not published"];
    let before = without_filling(place.before.trim_end()).strip_suffix('(')?;
    let inside = place.after.split(')').next().unwrap_or("");
    // "similar to the 31 March 2015 figure, when the data was suppressed (five or fewer)"
    if SUPPRESSED.iter().any(|w| ends_with(before, w)) && when::tells_change(before) {
        return when::moments(before).pop()?.value;
    }
    let own = when::opening(inside).and_then(|(end, day)| day.filter(|_| inside.len() == end));
    let held = when::moments(before).pop().filter(|hit| hit.rest.trim().is_empty());
    let held = held.filter(|hit| when::COMPARED.iter().any(|w| ends_with(hit.before, w)));
    own.or_else(|| held.filter(|_| inside.is_empty()).and_then(|hit| hit.value))
}

/// Whether nothing but a time in the past follows: "six two years ago".
fn is_ago(after: &str) -> bool {
    const TIME: &[&str] =
        &["a", "year", "years", "month", "months", "the", "same", "time", "at", "in", "last"];
    let words: Vec<&str> = after.split_whitespace().map(|w| w.trim_end_matches(['.', ',', ';'])).collect();
    let Some((last, time)) = words.split_last() else { return false };
    let counts = |w: &str| TIME.contains(&w) || spelled_number(w).is_ok();
    matches!(*last, "ago" | "earlier" | "previously" | "before") && time.iter().all(|w| counts(w))
}

/// The date after a number about which nothing else is said: "577 at 31 March 2015"; "nine recorded in 2014".
fn bare_moment(after: &str) -> Option<String> {
    const FILLING: &[&str] = &[
        "at", "in", "on", "by", "the", "end", "of", "as", "recorded", "reported", "seen", "children", "such",
        "looked", "year", "number", "rate", "figure",
    ];
    let hit = when::moments(after).into_iter().next()?;
    let fills =
        hit.before.split_whitespace().all(|word| FILLING.contains(&word)) && !hit.before.trim().is_empty();
    hit.value.filter(|_| fills)
}

/// Whether the present value follows: "since 2012, when it was 214, and now stands at 297".
fn is_of_now(place: &Place<'_>) -> bool {
    const NOW: &[&str] = &["now", "currently", "today", "and is", "to"];
    let Some(next) = place.next.as_ref().filter(|n| n.shape == place.number.shape) else { return false };
    let between = place.sentence.get(place.number.at.end..next.at.start).unwrap_or("");
    NOW.iter().any(|now| contains_label(between, now))
}
