//! What the numbers of a block measure.

use super::super::measures::{self, Measure};
use super::super::numbers::Shape;
use super::super::phrases::clause;
use super::lead::is_of_pupils;
use super::place::{ethnic_group, is_of_all, is_special, of_school};
use super::{GOES_ON, Last, Lead, Place, Reader, Stated};
use crate::grammar::label::{any_label, contains_label};

impl Reader {
    pub(super) fn measure(&self, place: &Place<'_>, lead: &Lead) -> Measure {
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
        if share && is_of_all(place) && measures::stated(&after).is_none() {
            return measures::other("children");
        }
        let printed = place.printed();
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
        let with_lead = || measures::stated(&format!("{} {before}", lead.text));
        let goes_on = || subject.filter(|_| any_label(GOES_ON)(place.sentence).is_ok()).map(|s| s.measure);
        if changes {
            return grown().unwrap_or_else(|| measures::other(&after));
        }
        measures::stated(&after)
            .or_else(|| self.of_reviews(&after))
            .or_else(grown)
            .or_else(|| measures::stated(before))
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
    pub(super) fn reviewed(&self, measure: &Measure) -> Option<&Stated> {
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
        ongoing.then(|| measures::stated(&format!("serious case reviews {after}"))).flatten()
    }
}
