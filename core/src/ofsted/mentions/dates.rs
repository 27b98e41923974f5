//! The dates of the inspections that a sentence mentions.

mod graded;
mod leading;
mod tied;

use std::ops::Range;

use nom::Offset;
use nom::Parser;
use nom::branch::alt;
use nom::bytes::complete::{take_while_m_n, take_while1};
use nom::character::complete::{char, satisfy};
use nom::combinator::{not, peek, verify};
use nom::sequence::{preceded, terminated};

pub use self::graded::is_of_others;
use self::graded::{follows_grade, leads_grade};
use self::leading::{leads_inspection, opens_telling, then_visited};
use self::tied::{follows_inspection, found_then, goes_on_of};
use crate::cut::Cut;
use crate::grammar::label::{any_label, find_label};
use crate::grammar::{ParseResult, date, date_ranges, find_all, month_year};

/// A date as precisely as it is printed, with the last day if there are several.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct When {
    /// ISO 8601: a year, a month or the first day.
    pub date: String,
    /// The last of several days.
    pub end: Option<String>,
    /// Where it begins in the sentence.
    pub at: usize,
    /// Where it ends.
    pub until: usize,
    /// Whether it is the date of the report's publication.
    pub published: bool,
    /// Whether the inspection's name follows it: "the 2011 inspection".
    pub leads: bool,
    /// Whether it is the date of a grade that precedes it: "judged inadequate in 2011".
    pub graded: bool,
    /// Whether it continues a list of dates: "in 2011 and 2013".
    pub listed: bool,
}

impl When {
    fn new(date: String, place: Range<usize>) -> When {
        let Range { start: at, end: until } = place;
        When { date, end: None, at, until, published: false, leads: false, graded: false, listed: false }
    }
}

/// The dates of the inspections that a sentence mentions, as precisely as they are printed.
///
/// "The previous inspection … was in May 2012"; "since the last inspection in 2014"; "the 2011 inspection"; "was inspected
/// in February 2010"; "In 2010, the service was judged to be adequate"; "in 2010 and 2011"
pub fn of_inspections(sentence: &str) -> Vec<When> {
    let mut found: Vec<When> = Vec::new();
    for hit in find_all(printed, sentence) {
        let at = sentence.offset(hit.slice);
        let before = sentence.get(..at).unwrap_or("");
        let (date, end) = hit.value;
        // "five visits between February 2019 and March 2021": the first date stands for all of them.
        let between = |first: &When| {
            sentence.head(first.at).ends_with("between ") && sentence.part(first.until..at) == " and "
        };
        if is_of_law(before) || found.last().is_some_and(between) {
            continue;
        }
        let months = months_before(before, &date);
        let first = months.first().and_then(|(at, _)| sentence.get(..at.start));
        if let Some(before) = first.filter(|b| follows_inspection(b)) {
            // "took place in September and October 2014" is one inspection; "visits in May and October 2019" are two.
            if !is_plural(before) {
                found.extend(months.into_iter().take(1).map(|(at, month)| When::new(month, at)));
                continue;
            }
            found.extend(months.into_iter().map(|(at, month)| When::new(month, at)));
        }
        let listed = found.last().is_some_and(|last| {
            last.date.len() == date.len() && sentence.get(last.until..at).is_some_and(is_listed)
        });
        let follows = follows_inspection(before)
            || opens_telling(before, hit.rest)
            || then_visited(hit.rest)
            || found_then(before, hit.rest)
            || found_by_ofsted(before, hit.rest)
            || is_one_of(before);
        let leads = leads_inspection(hit.rest);
        // "a peer review of early help in 2019 and of adolescent services in May 2021"
        let listed = listed || found.last().is_some_and(|last| goes_on_of(sentence.part(last.until..at)));
        // "judged inadequate in 2015 and again in 2018"
        let graded = follows_grade(before) || listed && found.last().is_some_and(|last| last.graded);
        if !(listed || follows || leads || leads_grade(before, hit.rest) || graded) {
            continue;
        }
        if !found.iter().any(|w| w.date == date) {
            found.push(When {
                end,
                published: is_publication(before),
                leads: leads && !follows && !listed,
                graded,
                listed,
                ..When::new(date, at..at + hit.slice.len())
            });
        }
    }
    found
}

/// "the poor practice identified in 2011 by Ofsted"
fn found_by_ofsted(before: &str, after: &str) -> bool {
    let found = before.strip_suffix(" in ").and_then(|said| said.split_whitespace().next_back());
    found.is_some_and(is_finding) && any_label(&["by Ofsted", "by inspectors"])(after.trim_start()).is_ok()
}

/// Whether a word is a verb for what inspectors do or report on a visit.
pub fn is_finding(verb: &str) -> bool {
    const FOUND: &[&str] =
        &["found", "saw", "judged", "identified", "noted", "recommended", "concluded", "raised"];
    FOUND.contains(&verb)
}

/// The months before a date that share its year ("in May and October 2019"), each with its place.
fn months_before(before: &str, date: &str) -> Vec<(Range<usize>, String)> {
    let Some(year) = date.get(..4).filter(|_| date.len() == 7) else { return Vec::new() };
    let mut rest = before;
    let mut out = Vec::new();
    while let Some(list) = rest.strip_suffix("and ").or_else(|| rest.strip_suffix(", ")) {
        let list = list.trim_end_matches([' ', ',']);
        let at = list.rfind(' ').map_or(0, |space| space + 1);
        let Ok((_, month)) = month_year(&format!("{} {year}", list.tail(at))) else { break };
        out.push((at..list.len(), month.to_string()));
        rest = before.head(at);
    }
    out.reverse();
    out
}

/// "Two focused visits took place, one in July 2021 and one in May 2022"; "five monitoring visits, the most recent of which was
/// in June 2023"; "The first monitoring visit was in July 2023, the second in"
pub fn is_one_of(before: &str) -> bool {
    const VERBS: &[&str] = &[" took place", " was held", " was", " were", " being", " came", " followed"];
    const OF: &[&str] = &[" of which", " of these", " of them", " of those"];
    fn without<'a>(text: &'a str, ends: &[&str]) -> &'a str {
        ends.iter().find_map(|end| text.strip_suffix(end)).unwrap_or(text)
    }
    let Some(opened) = before.strip_suffix(" in ").or_else(|| before.strip_suffix(" on ")) else {
        return false;
    };
    let opened = without(without(opened, VERBS), OF).trim_end_matches(',');
    let ends = |ones: &[&str]| {
        ones.iter().any(|one| opened.strip_suffix(one).is_some_and(|before| before.ends_with(' ')))
    };
    let again = || ["first", "second", "third"].iter().any(|nth| find_label(opened, nth).is_some());
    // "Five visits since the inspection in 2018, the most recent in July 2021": the last date is that of a visit.
    ends(ONE_OF_SEVERAL) && last_plural(before).is_some()
        || ends(ONES) && is_plural(before)
        || ends(NTHS) && (is_plural(before) || again()) && is_named(before)
}

/// Phrases that pick out one of several inspections, even those named in the previous sentence. "Those in 2018" is not among
/// them, since it could be anything in that sentence.
const ONE_OF_SEVERAL: &[&str] =
    &["the one before that", "the one before", "the other", "the most recent", "the latest", "the last"];

/// Phrases that do so only within one sentence.
const ONES: &[&str] = &["one", "another", "most recently", "that", "those"];

/// Phrases that pick one out by its number.
const NTHS: &[&str] =
    &["the first", "the second", "a second", "the third", "a third", "the fourth", "the fifth", "the sixth"];

/// The date of an inspection that the previous sentence names: "The first, in September 2022, looked at"; "The most recent
/// took place in May 2023".
pub fn of_one(sentence: &str) -> Option<When> {
    let (rest, _) = any_label(ONE_OF_SEVERAL).or(any_label(NTHS)).parse(sentence).ok()?;
    let said = rest.trim_start_matches([',', ' ']);
    let said = any_label(&["of these", "of them"])(said).map_or(said, |(rest, _)| rest.trim_start());
    let said = any_label(&["took place", "was held", "was", "came", "followed"])(said)
        .map_or(said, |(rest, _)| rest.trim_start_matches([',', ' ']));
    let (said, _) = any_label(&["in", "on"])(said).ok()?;
    let said = said.trim_start();
    let (rest, (date, end)) = printed(said).ok()?;
    let at = sentence.offset(said);
    Some(When { end, ..When::new(date, at..sentence.offset(rest)) })
}

/// Whether a text names an inspection or a visit.
fn is_named(text: &str) -> bool {
    const EVENTS: &[&str] =
        &["visit", "visits", "inspection", "inspections", "jtai", "jtais", "review", "reviews"];
    EVENTS.iter().any(|event| find_label(text, event).is_some())
}

/// Whether a sentence names several inspections or visits, or one by its number: "the second focused visit".
pub fn names_several(sentence: &str) -> bool {
    let nth = ["first", "second", "third", "fourth", "fifth", "sixth", "most recent", "latest"];
    is_plural(sentence) || is_named(sentence) && nth.iter().any(|nth| find_label(sentence, nth).is_some())
}

/// Whether the last event named in a text is in the plural.
fn is_plural(before: &str) -> bool {
    let lower = before.to_lowercase();
    last_plural(before) > last_of(&lower, &["visit", "inspection", "review", "jtai", "inspected"])
}

/// Where the last plural name of events ends in a text.
pub fn last_plural(text: &str) -> Option<usize> {
    last_of(&text.to_lowercase(), &["visits", "inspections", "reviews", "jtais"])
}

fn last_of(lower: &str, names: &[&str]) -> Option<usize> {
    names.iter().filter_map(|n| lower.rfind(n).map(|at| at + n.len())).max()
}

/// Whether two dates are joined as a list, with nothing else between them: "2010 and 2012"; "February 2021 (front door) and
/// May 2022"; "in 2015, and again in 2018".
fn is_listed(between: &str) -> bool {
    const JOINS: &[&str] = &["", "and", "in", "again", "then", "one", "the", "other", "both", "also"];
    let mut said = between.to_owned();
    while let (Some(open), Some(close)) = (said.find('('), said.find(')')) {
        if open > close {
            return false;
        }
        said.replace_range(open..=close, "");
    }
    let words: Vec<&str> = said.split_whitespace().collect();
    !words.is_empty() && words.len() <= 6 && words.iter().all(|w| JOINS.contains(&w.trim_matches(',')))
}

/// "in line with the Education and Inspections Act 2006 (Inspection of Local Authorities) Regulations 2007": the year is
/// part of a law's title.
fn is_of_law(before: &str) -> bool {
    const LAWS: &[&str] = &["Act", "Regulations", "Order"];
    before.split_whitespace().next_back().is_some_and(|w| LAWS.contains(&w))
}

/// "report … was published in"; "published on"
fn is_publication(before: &str) -> bool {
    // "following publication of the critical inspection reports in"
    let of = find_label(before, "publication of").map(|of| before.tail(before.offset(of)));
    if of.is_some_and(|of| {
        ["report", "reports"].iter().any(|w| find_label(of, w).is_some()) && !of.contains([',', ';'])
    }) {
        return true;
    }
    let words: Vec<&str> = before.split_whitespace().rev().take(3).collect();
    words.iter().any(|w| w.trim_matches(|c: char| !c.is_alphanumeric()).eq_ignore_ascii_case("published"))
}

/// The date in a labelled line: "Date of previous inspection: 27 June to 1 July 2016".
pub fn labelled(line: &str) -> Option<When> {
    let hit = find_all(printed, line).into_iter().next()?;
    let (date, end) = hit.value;
    let at = line.offset(hit.slice);
    Some(When { end, ..When::new(date, at..at + hit.slice.len()) })
}

/// A range of days, a day, a month or a year, in ISO 8601.
fn printed(input: &str) -> ParseResult<'_, (String, Option<String>)> {
    let one =
        alt((date::date.map(|d| d.to_string()), month_year.map(|m| m.to_string()), year.map(str::to_owned)));
    alt((range, months, one.map(|d| (d, None)))).parse(input)
}

/// "3 October 2016 to 7 October 2016"; "24 and 28 June 2013"
///
/// The "on" or "between" before it is left out: it ties the date to an inspection.
fn range(input: &str) -> ParseResult<'_, (String, Option<String>)> {
    let (rest, ranges) = preceded(peek(satisfy(|c| c.is_ascii_digit())), date_ranges).parse(input)?;
    match (ranges.start(), ranges.end()) {
        (Some(start), Some(end)) if start != end => Ok((rest, (start.to_string(), Some(end.to_string())))),
        _ => nom::combinator::fail().parse(input),
    }
}

/// "April/May 2016": the first of two months.
fn months(input: &str) -> ParseResult<'_, (String, Option<String>)> {
    let (rest, (first, _, second)) =
        (take_while1(char::is_alphabetic), char('/'), month_year).parse(input)?;
    let named = format!("{first} {}", second.year);
    match month_year(&named) {
        Ok((_, month)) => Ok((rest, (month.to_string(), None))),
        Err(_) => nom::combinator::fail().parse(input),
    }
}

/// A year on its own, not part of "2011/12" or of a larger number.
fn year(input: &str) -> ParseResult<'_, &str> {
    let digits = take_while_m_n(4, 4, |c: char| c.is_ascii_digit());
    let joined = satisfy(|c| c.is_alphanumeric() || matches!(c, '/' | '–' | '-' | '%'));
    terminated(verify(digits, |y: &str| ("1995".."2100").contains(&y)), not(joined)).parse(input)
}
