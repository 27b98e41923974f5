//! Numbers to pass over because they state nothing: dates, ages, distances, names.

use nom::Parser;
use nom::branch::alt;
use nom::bytes::complete::{tag, take_while1};
use nom::character::complete::{char, digit1, satisfy};
use nom::combinator::{fail, opt, peek, recognize, verify};

use super::super::when;
use super::{any_of, ends_with, rank_follows};
use crate::grammar::ParseResult;
use crate::grammar::fraction::share_in_words;
use crate::grammar::label::{any_label, find_label};
use crate::grammar::number::{number, percentage, spelled_number};

/// The length of a date, age, distance or name at the start of `rest`, which has digits but states nothing.
pub(super) fn passed(before: &str, rest: &str) -> Option<usize> {
    let len = |after: &str| rest.len() - after.len();
    let alike = alt((days, when::moment.map(|_| ()), age, extent, ordinal, ten_thousand, fraction_again));
    let named = rest.starts_with(|c: char| c.is_ascii_digit()) && NAMES.iter().any(|n| ends_with(before, n));
    // "Key Stage Four"
    if let Some((after, _)) = spelled_number(rest).ok().filter(|_| ends_with(before, "key stage")) {
        return Some(len(after));
    }
    if let Some(length) = spelled_age(before, rest).or_else(|| either_age(before, rest)) {
        return Some(length);
    }
    // "The average wait is 488 days": here the duration is the statement.
    if averages(before) && extent(rest).is_ok() {
        return None;
    }
    let skipped = { alike }.parse(rest).ok().map(|(after, ())| len(after));
    let digits = || (digit1, opt(range)).parse(rest).map_or(0, |(after, _): (&str, _)| len(after));
    skipped.or_else(|| named.then(digits))
}

/// A share in words that is repeated in digits: "Two in five children (41%)".
fn fraction_again(input: &str) -> ParseResult<'_, ()> {
    let (rest, _) = share_in_words(input)?;
    // A few words, then brackets.
    let share = rest.split_once('(').filter(|(said, _)| said.len() < 60 && !said.contains(['.', ';']));
    match share.and_then(|(_, inside)| percentage(inside.split(')').next()?).ok()) {
        Some(_) => Ok((rest, ())),
        None => fail().parse(input),
    }
}

/// Words that turn the number after them into a name or an age.
const NAMES: &[&str] = &[
    "age of",
    "aged",
    "ages",
    "aged under",
    "aged over",
    "aged between",
    "aged up to",
    "section",
    "level",
    "stage",
    "tier",
    "phase",
    "band",
    "annex",
    "paragraph",
    "page",
    "grade",
    "part",
    "footnote",
    "catch",
];

/// "24 and 28 June 2013": the first of two days.
fn days(input: &str) -> ParseResult<'_, ()> {
    (young, any_of_joints, when::moment).map(|_| ()).parse(input)
}

fn any_of_joints(input: &str) -> ParseResult<'_, &str> {
    alt((tag(" and "), tag(" to "), tag("–"), tag("-"), tag(" – "), tag(", "))).parse(input)
}

/// `age = 1*2DIGIT ["-" / "–" / "to" / "and"] [1*2DIGIT] ("years" … / "-year-old" …) / 1*2DIGIT "+"`
///
/// "18 years"; "0- to 10-year-olds"; "16 to 25 years"; "0–15 years"; "0 to 18 child population"; "16+"
fn age(input: &str) -> ParseResult<'_, ()> {
    const OLD: &[&str] = &["year-old", "year-olds", "year old", "year olds"];
    const GROUP: &[&str] = &["years", "year", "age group", "child population", "population", "child", "plus"];
    let plus = (young, char('+')).map(|_| ());
    let old = (young, opt(range), dash, any_label(OLD)).map(|_| ());
    let spelled_old = (take_while1(char::is_alphabetic), tag("- to "), peek(digit1)).map(|_| ());
    let of_years = (young, range, opt(dash), any_label(GROUP)).map(|_| ());
    alt((plus, old, spelled_old, of_years)).parse(input)
}

/// Words before an age.
const AGED: &[&str] = &["age of", "aged", "ages", "aged under", "aged over", "aged between", "aged up to"];

/// "aged five to 11"; "aged under five": the length of an age in words.
fn spelled_age(before: &str, rest: &str) -> Option<usize> {
    AGED.iter().find(|aged| ends_with(before, aged))?;
    let joint =
        alt((tag(" to "), tag("–"), tag("-"), verify(tag(" and "), |_: &str| ends_with(before, "between"))));
    let older = alt((young.map(|_| ()), spelled_number.map(|_| ())));
    let (after, _) = (spelled_number, opt((joint, older))).parse(rest).ok()?;
    Some(rest.len() - after.len())
}

/// "are 16 or 17"; "are 15 or over": the length of such an age.
fn either_age(before: &str, rest: &str) -> Option<usize> {
    ["is", "are", "was", "were"].iter().find(|verb| ends_with(before, verb))?;
    let (said, one) = young(rest).ok()?;
    let one: u8 = one.parse().ok()?;
    let next = verify(young, |other: &str| other.parse() == Ok(one + 1));
    let bound = any_label(&["over", "older", "under", "younger", "above"]);
    let (after, _) = (tag(" or "), alt((next, bound))).parse(said).ok()?;
    let ends = after.is_empty() || after.starts_with([',', '.', ';', ')']) || after.starts_with(" and ");
    (ends && one <= 25 && !ends_with(before, "there are")).then(|| rest.len() - after.len())
}

fn young(input: &str) -> ParseResult<'_, &str> {
    verify(digit1, |d: &str| d.len() <= 2).parse(input)
}

fn dash(input: &str) -> ParseResult<'_, &str> {
    take_while1(|c: char| matches!(c, '-' | '–' | ' ')).parse(input)
}

/// "- to 10"; "–15"; " to 25"
fn range(input: &str) -> ParseResult<'_, &str> {
    recognize((dash, opt((any_label(&["to", "and"]), dash)), young)).parse(input)
}

/// A duration or distance: "12 months"; "two years"; "20 miles"; "10-year".
fn extent(input: &str) -> ParseResult<'_, ()> {
    const UNITS: &[&str] = &[
        "calendar months",
        "months",
        "month",
        "years",
        "year",
        "weeks",
        "week",
        "working days",
        "days",
        "day",
        "miles",
        "mile",
        "kilometres",
        "km",
        "hours",
        "percentage points",
        "times",
    ];
    let amount = alt((number.map(|_| ()), spelled_number.map(|_| ())));
    (amount, satisfy(|c| c == ' ' || c == '-'), any_label(UNITS)).map(|_| ()).parse(input)
}

/// Whether a sentence is about a duration: "the average time is"; "against a target of".
fn averages(before: &str) -> bool {
    const STATED: &[&str] =
        &["average of", "average is", "average was", "target of", "threshold of", "takes", "took"];
    let average = || ["average time", "average wait"].iter().any(|w| find_label(before, w).is_some());
    STATED.iter().any(|w| ends_with(before, w))
        || ["is", "was"].iter().any(|w| ends_with(before, w)) && average()
}

/// "3rd sector"; "21st century". An ordinal before "most" is a rank instead.
fn ordinal(input: &str) -> ParseResult<'_, ()> {
    let (rest, _) = (digit1, any_of(&["st", "nd", "rd", "th"])).parse(input)?;
    match rank_follows(rest) {
        true => nom::combinator::fail().parse(input),
        false => Ok((rest, ())),
    }
}

/// "per 10,000" after a number that was not read.
fn ten_thousand(input: &str) -> ParseResult<'_, ()> {
    (any_label(&["per 10,000", "per 10 000", "per 10000", "per 1,000"])).map(|_| ()).parse(input)
}
