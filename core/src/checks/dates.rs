//! Dates: inspections take place on working days, and their letters follow some weeks later.

use super::{Check, Finished, Verdict};
use crate::cut::Cut;
use crate::format::Edition;
use crate::grammar::Date;
use crate::grammar::date_ranges::find_date_ranges;
use crate::grammar::label::find_label;
use crate::outline::Role;
use crate::pipeline::core_formats;

pub(super) const CHECKS: &[Check] = &[
    Check {
        name: "inspection-length",
        why: "A focused visit takes one or two days, a joint or area inspection about a week, others up to a month",
        held: (319, 319),
        run: length,
    },
    Check {
        name: "visits-out-of-order",
        why: "A visit ends on or after the day it starts, and later visits follow earlier ones",
        held: (319, 319),
        run: order,
    },
    Check {
        name: "date-on-weekend",
        why: "Visits take place and documents are dated on working days",
        held: (318, 319),
        run: weekend,
    },
    Check {
        name: "letter-date-far",
        why: "A letter is dated 3 to 120 days after the end of the inspection",
        held: (137, 137),
        run: letter,
    },
    Check {
        name: "published-far",
        why: "A report is published 14 to 240 days after the end of the inspection",
        held: (52, 52),
        run: published,
    },
    Check {
        name: "file-older-than-document",
        why: "A file is not created long before the date of its document",
        held: (319, 319),
        run: created,
    },
    Check {
        name: "edition-not-in-use",
        why: "A layout was in use when the inspection began",
        held: (317, 317),
        run: edition,
    },
    Check {
        name: "dates-differ",
        why: "Inspection dates that are labelled as such are the same wherever they appear",
        held: (172, 172),
        run: labelled,
    },
];

/// The fewest and most days that one visit takes, first and last included, by type of inspection. From real documents,
/// with the margin that the frameworks allow.
const DAYS: &[(&str, &str, i64, i64)] = &[
    ("ILACS", "focused-visit", 1, 5),
    ("ILACS", "monitoring-visit", 1, 5),
    ("ILACS", "standard", 4, 19),
    ("ILACS", "short", 4, 19),
    ("SIF", "single", 5, 33),
    ("SIF", "lscb-review", 2, 33),
    ("pre-2013", "looked-after-children", 3, 19),
    ("JTAI", "joint", 3, 19),
    ("area-SEND", "full", 3, 26),
];

/// The most days between the first and last day of an inspection with several visits.
const SPAN: i64 = 150;

fn length(f: &Finished<'_>, verdict: &mut Verdict) {
    let inspection = &f.record.inspection;
    let kind = |d: &&(&str, &str, i64, i64)| d.0 == inspection.framework && d.1 == inspection.kind;
    let Some((.., least, most)) = DAYS.iter().find(kind) else { return };
    // Whether it was short or standard is known from the days alone.
    let derived = matches!(inspection.kind.as_str(), "short" | "standard");
    let pointers = ["/inspection/start", "/inspection/end", "/inspection/type"];
    let pointers = if derived { &pointers[..] } else { &pointers[..2] };
    for visit in &inspection.visits {
        let Some(days) = visit.days() else { continue };
        // A further visit may take a single day.
        let least = if inspection.visits.len() > 1 { 1 } else { *least };
        verdict.that((least..=*most).contains(&days), pointers, || {
            format!("a visit of {days} days: one of this type takes {least} to {most}")
        });
    }
    if let (Some(start), Some(end)) = (&inspection.start, &inspection.end)
        && let Some(days) = days(start, end)
    {
        verdict.that(days < SPAN, pointers, || format!("the visits span {days} days"));
    }
}

fn order(f: &Finished<'_>, verdict: &mut Verdict) {
    let visits = &f.record.inspection.visits;
    let pointers = ["/inspection/start", "/inspection/end", "/inspection/visits"];
    for visit in visits {
        verdict.that(visit.start <= visit.end, &pointers, || {
            format!("a visit ends on {} before it begins on {}", visit.end, visit.start)
        });
    }
    for pair in visits.windows(2) {
        verdict.that(pair[0].end < pair[1].start, &pointers, || {
            format!("the visit of {} begins before that of {} has ended", pair[1].start, pair[0].start)
        });
    }
}

fn weekend(f: &Finished<'_>, verdict: &mut Verdict) {
    let inspection = &f.record.inspection;
    let visits = inspection.visits.iter().flat_map(|v| {
        [("/inspection/start", Some(v.start.as_str())), ("/inspection/end", Some(v.end.as_str()))]
    });
    let letter = f.record.letter.as_ref().and_then(|l| l.date.as_deref());
    let others = [("/letter/date", letter), ("/published", f.record.published.as_deref())];
    for (pointer, day) in visits.chain(others) {
        let Some((day, number)) = day.and_then(|d| Some((d, number(d)?))) else { continue };
        let of_week = weekday(number);
        verdict.that(of_week < 5, &[pointer], || {
            format!("{day} was a {}", if of_week == 5 { "Saturday" } else { "Sunday" })
        });
    }
}

fn letter(f: &Finished<'_>, verdict: &mut Verdict) {
    let date = f.record.letter.as_ref().and_then(|l| l.date.as_deref());
    far(f, verdict, "/letter/date", date, 3..=120, "the letter is dated");
}

fn published(f: &Finished<'_>, verdict: &mut Verdict) {
    let date = f.record.published.as_deref();
    far(f, verdict, "/published", date, 14..=240, "the report was published on");
}

/// Checks that a date is as long after the end of the inspection as such dates usually are.
fn far(
    f: &Finished<'_>,
    verdict: &mut Verdict,
    pointer: &str,
    date: Option<&str>,
    usual: std::ops::RangeInclusive<i64>,
    what: &str,
) {
    let Some((date, end)) = date.zip(f.record.inspection.end.as_deref()) else { return };
    let Some(after) = days(end, date) else { return };
    verdict.that(usual.contains(&after), &[pointer, "/inspection/end", "/inspection/start"], || {
        format!("{what} {date}, {after} days after the inspection's end on {end}")
    });
}

/// A file may be created this many days before its document is dated.
const DRAFTED: i64 = 60;

fn created(f: &Finished<'_>, verdict: &mut Verdict) {
    let Some(created) = f.record.document.created.as_deref() else { return };
    let letter = f.record.letter.as_ref().and_then(|l| l.date.as_deref());
    let days_of = [
        ("/letter/date", letter, DRAFTED),
        ("/published", f.record.published.as_deref(), DRAFTED),
        ("/inspection/end", f.record.inspection.end.as_deref(), 0),
    ];
    for (pointer, date, before) in days_of {
        let Some(date) = date else { continue };
        let Some(early) = days(created, date) else { continue };
        verdict.that(early <= before, &[pointer], || {
            format!("{date} is {early} days after the file was made on {created}")
        });
    }
}

fn edition(f: &Finished<'_>, verdict: &mut Verdict) {
    let year = |date: &Option<String>| date.as_deref()?.get(..4)?.parse::<u16>().ok();
    let began = year(&f.record.inspection.start);
    let written = f.record.letter.as_ref().and_then(|l| year(&l.date));
    let Some(year) = began.or(written) else { return };
    let Some(format) = core_formats().find(|i| i.id == f.record.format.id) else { return };
    let Some(edition) = format.editions.iter().find(|e| e.id == f.record.format.edition) else { return };
    let Some((from, to)) = in_use(edition) else { return };
    // A letter may date from the following year.
    let in_time = (from..=to).contains(&year) || began.is_none() && (from..=to).contains(&(year - 1));
    // The layout may also be right, with a row missing from the table of judgements.
    verdict.that(in_time, &["/format/edition", "/inspection/start", "/judgements"], || {
        format!("the layout of {} ({}) for an inspection of {year}", edition.id, edition.years)
    });
}

/// The first and last year of an edition: "2018–2022", "2023–".
fn in_use(edition: &Edition) -> Option<(u16, u16)> {
    let (from, to) = edition.years.split_once('\u{2013}')?;
    let to = if to.is_empty() { u16::MAX } else { to.parse().ok()? };
    Some((from.parse().ok()?, to))
}

/// "Inspection dates: 3 to 14 June 2024", in a running line or anywhere else.
fn labelled(f: &Finished<'_>, verdict: &mut Verdict) {
    let inspection = &f.record.inspection;
    let Some(start) = inspection.start.as_deref() else { return };
    let mut seen: Vec<&str> = Vec::new();
    for block in f.doc.blocks.iter().filter(|b| b.role != Role::Table && b.words < 40) {
        let text = block.text.as_str();
        if seen.contains(&text) {
            continue;
        }
        let Some(hit) = ["Inspection dates", "Inspection date"].iter().find_map(|l| find_label(text, l))
        else {
            continue;
        };
        seen.push(text);
        let after = text.tail(block.text.range_of(hit).end);
        let Some(dates) = find_date_ranges(after).map(|hit| hit.value) else { continue };
        let Some(said) = dates.start().map(|d| d.to_string()) else { continue };
        let end = dates.end().map(|d| d.to_string());
        let same = said == start && (end.is_none() || end == inspection.end);
        verdict.that_on(block.page, same, &["/inspection/start", "/inspection/end"], || {
            format!("“{}” on page {}", text, block.page)
        });
    }
}

/// The number of days between two dates.
fn days(from: &str, to: &str) -> Option<i64> {
    Some(number(to)? - number(from)?)
}

/// A date as a number of days.
fn number(iso: &str) -> Option<i64> {
    Date::from_iso(iso.get(..10)?).map(|day| day.days_since_1970().into())
}

/// 0 is Monday.
fn weekday(number: i64) -> i64 {
    // Day 0, 1 January 1970, was a Thursday.
    (number + 3).rem_euclid(7)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_are_counted_as_the_calendar_has_them() {
        assert_eq!(days("2024-02-28", "2024-03-01"), Some(2));
        assert_eq!(days("2023-02-28", "2023-03-01"), Some(1));
        assert_eq!(days("2018-12-31", "2019-01-01"), Some(1));
        let of = |iso| weekday(number(iso).unwrap_or_default());
        assert_eq!([of("2024-01-01"), of("2024-02-29"), of("2023-12-31"), of("2016-03-12")], [0, 3, 6, 5]);
    }

    #[test]
    fn years_of_editions() {
        let edition = |years| in_use(&Edition { id: "", years, note: "" });
        assert_eq!(edition("2018\u{2013}2022"), Some((2018, 2022)));
        assert_eq!(edition("2023\u{2013}"), Some((2023, u16::MAX)));
        assert_eq!(edition("2023"), None);
    }
}
