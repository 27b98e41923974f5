//! Rates: figures of their own, or beside a count.

use std::ops::Range;

use super::super::numbers::{Number, Shape, ends_with};
use super::super::phrases::{bare, shifted};
use super::{Last, Lead, Place, Reader};

impl Reader {
    /// "(a rate of 46 per 10,000 children)"; "36 children per 10,000 (209)"; "at 56.7 per 10,000"
    pub(super) fn rate(&mut self, place: &Place<'_>, lead: &Lead) -> bool {
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
}
