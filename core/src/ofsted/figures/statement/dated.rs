//! When a number was true, as far as its own sentence says.

use super::super::measures::Measure;
use super::super::numbers::{Shape, ends_with};
use super::super::phrases::until_change;
use super::super::when;
use super::Place;
use super::change::is_change;
use super::place::respective_date;
use crate::cut::Cut;
use crate::grammar::label::{any_label, contains_label};

/// What a sentence says about when one of its numbers was true.
pub(super) struct Dated {
    /// The date.
    pub as_of: Option<String>,
    /// The period, as printed.
    pub period: Option<String>,
    /// Whether it says when at all. If not, the number has the date of its whole or of the line above its list.
    pub told: bool,
}

/// Finds the date and the period of a number.
pub(super) fn dated(place: &Place<'_>, measure: &Measure) -> Dated {
    let period = period(place, measure);
    let ahead = period.as_ref().is_some_and(|p| any_label(&["by"])(p).is_ok());
    // "; by March 2016 the number had grown to 203"
    let opening = match when::opening(place.head).filter(|_| place.joined) {
        Some((_, day)) => Some(day),
        None => when::opening(place.sentence).map(|(_, day)| day).filter(|_| !ahead),
    };
    let head = place.sentence.get(..place.number.at.start).unwrap_or("");
    let of_all = || {
        respective_date(place)
            .or_else(|| opening.clone().flatten())
            .or_else(|| when::told_before(head))
            .or_else(|| when::of_census(head))
            // "In the last 12 months, 21 were adopted and eight were waiting at 31 March 2016": the day is that of the last.
            .or_else(|| when::closing(place.sentence).filter(|_| period.is_none() || !place.leads))
    };
    // "438 at the time of the inspection": the dates of other numbers aren't its own.
    let now = place.joined && ["now", "currently"].iter().any(|w| contains_label(place.head, w));
    let timed = now || when::is_only_time(place.says);
    let as_of = when::told_after(until_change(place.says))
        .or_else(|| when::reached(head, place.says))
        .or_else(|| ending(place))
        .or_else(|| ranked(place))
        .or_else(|| of_all().filter(|_| !timed));
    Dated { told: timed || opening.is_some() || as_of.is_some(), as_of, period }
}

/// The year of a rank: "in 2010 ranked as the 6th most deprived"; "ranks 53rd of 326 authorities for deprivation in 2015".
fn ranked(place: &Place<'_>) -> Option<String> {
    if place.number.shape != Shape::Rank {
        return None;
    }
    let clause = place.says.split([',', ';']).next().unwrap_or("");
    let behind = when::moments(clause).into_iter().find(|hit| ends_with(hit.before, "in"));
    let ahead = || {
        let hit = when::moments(place.before).pop()?;
        let ranks = ["ranked", "ranks", "rank"].iter().any(|w| contains_label(hit.rest, w));
        (ends_with(hit.before, "in") && ranks && !hit.rest.contains([',', ';'])).then_some(hit)
    };
    behind.or_else(ahead)?.value
}

/// The date at the end of a number's own words, in a list or before what it is compared with: "48% were in work in 2014,
/// compared with 45% nationally, and 55% in 2015".
fn ending(place: &Place<'_>) -> Option<String> {
    let said = until_change(place.says);
    let compared = said.len() < place.says.len() && when::moments(place.sentence).len() > 1;
    let of_list = place.joined || place.leads || compared;
    when::ending(said.trim_end_matches([',', ' '])).filter(|_| of_list)
}

/// The time that a list member's own clause ends with: "and one was ongoing at the time of the inspection".
fn own_period<'a>(place: &Place<'a>) -> Option<&'a str> {
    let said = place.says.trim_end_matches(['.', ' ']);
    let range = when::period(said).filter(|range| range.end == said.len())?;
    // "have been completed or were ongoing at": only the second. "had been completed at": within the period before.
    let apart = [" or ", " been "].iter().any(|w| said.contains(w));
    (place.joined && !apart).then(|| said.part(range))
}

/// The period that a number covers, as printed.
///
/// In "has increased by 11% since 2001 and is expected to grow by a further 6% by 2021" each number has its own.
fn period(place: &Place<'_>, measure: &Measure) -> Option<String> {
    let said = |text| when::period(text).and_then(|range| str::get(text, range));
    let of_incidents = || matches!(measure.unit, "incidents" | "reviews");
    let changed = place.number.shape == Shape::Share && is_change(place);
    let found = if let Some(own) = own_period(place) {
        Some(own)
    } else if place.joined && ending(place).is_some() {
        None
    } else if changed || measure.code == "population-growth" {
        let own = place.own_clause();
        // "by 2021" belongs only to the number next to it.
        let ahead = |told: &&str| measure.code == "population-growth" && any_label(&["by"])(told).is_ok();
        let of_all =
            || said(place.sentence).or_else(|| when::since(place.sentence)).filter(|told| !ahead(told));
        // "increasing 7% between 2000 and 2010": before what the sentence said earlier.
        let behind = place
            .after
            .split([',', ';'])
            .next()
            .filter(|said| any_label(&["between"])(said.trim_start()).is_ok());
        behind.and_then(said).or_else(|| said(own)).or_else(|| when::since(own)).or_else(of_all)
    } else if when::is_only_time(place.says) {
        said(place.says)
    } else {
        let opens = || any_label(&["since"])(place.sentence).is_ok() && !when::tells_change(place.sentence);
        let own = || {
            when::since(place.says)
                .filter(|_| place.number.shape == Shape::Count && !when::tells_change(place.says))
        };
        said(place.sentence)
            .or_else(own)
            .or_else(|| when::since(place.sentence).filter(|_| of_incidents() || opens()))
    };
    found.map(str::to_owned)
}
