//! Comparators: what a figure is compared with, in England, the region or similar authorities.

use super::super::compare::{are_paired, comparator, names_comparator};
use super::super::numbers::{Number, Shape, ends_with};
use super::super::phrases::bare;
use super::{Last, Place, Reader, Stated};
use crate::cut::Cut;
use crate::record::Comparison;

impl Reader {
    /// "(the national average is 18%)"; "compared with 21% in the country as a whole"
    pub(super) fn compared(&mut self, place: &Place<'_>) -> bool {
        let goes_on = self.last == Some(Last::Compared);
        // "(national averages 15% and 14%)": the second of the two.
        let paired = goes_on && place.before.trim() == "and";
        let with = match comparator(place.head, place.before, place.after, goes_on) {
            None if paired => self.with.filter(|_| self.is_paired(place)),
            // "compared with 15% and 14% nationally"
            None if place.after.trim() == "and" && self.is_paired(place) => {
                let behind = place.next.as_ref().and_then(|next| place.sentence.get(next.at.end..));
                comparator(place.head, place.before, behind.unwrap_or(""), goes_on)
            }
            // "51 per 10,000, 44 in the region and 43 in England"
            None if place.joined && place.head.is_empty() => names_comparator(place.says),
            with => with,
        };
        let Some(with) = with else { return false };
        let Some(at) = self.held(place) else {
            // "compared with 21% in England"; "is – (the national average is 18%)": a comparator, even if the area's own number
            // wasn't read.
            let blank = place.first && place.depth > 0 && place.number.shape == Shape::Share;
            return blank
                || ["compared with", "compared to"].iter().any(|w| ends_with(bare(place.before), w));
        };
        let Some(figure) = self.stated.get_mut(at) else { return false };
        // If a count has a rate beside it, the comparators are rates.
        // A rate is below 1,000, mostly far below.
        let rates = figure.shape == Shape::Count && figure.rate.is_some() && place.number.value < 1000.0;
        let unit = rates.then(|| "per-10000".to_owned());
        // One of two numbers for England isn't England's, so the second is left unread.
        if !figure.compare.iter().any(|known| known.with == with && known.unit == unit) {
            let value = Some(place.number.value.into());
            figure.compare.push(Comparison { with: with.into(), value, unit });
        }
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
    pub(super) fn is_paired(&self, place: &Place<'_>) -> bool {
        let alike = |n: &Number| n.shape == place.number.shape;
        let joined = place.before.trim() == "and"
            || place.after.trim() == "and" && place.next.as_ref().is_some_and(alike);
        let own = self.stated.tail(self.first).iter().filter(|s| s.at.start >= place.from);
        let two = own.filter(|s| s.shape == place.number.shape).count() == 2;
        are_paired(place.sentence) || joined && two
    }
}
