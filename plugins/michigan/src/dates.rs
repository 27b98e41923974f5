//! American dates, month first, and the lists and ranges in which the forms print them.

use findings_plugin_sdk::grammar::{Date, MONTHS, ParseResult};
use findings_plugin_sdk::record::{Found, Status};
use findings_plugin_sdk::text::Text;
use nom::branch::alt;
use nom::bytes::complete::{tag, tag_no_case, take_while1};
use nom::character::complete::{char, digit1, space0, space1};
use nom::combinator::{map, map_opt, not, opt, peek, verify};
use nom::multi::many0;
use nom::sequence::{pair, preceded, terminated};
use nom::{Offset, Parser};

/// A printed range with fewer than this many days between its ends stands for every day in it; of a longer one only
/// the ends are taken.
const LONGEST_RANGE: usize = 14;

/// A day and the text from which it was read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Day<'a> {
    /// The day.
    pub date: Date,
    /// The text of the day, or of the list that contains it.
    pub printed: &'a str,
}

impl Day<'_> {
    /// The day as a record's value, read in `text`. A day inside a range is derived from the range.
    pub fn found(&self, text: &Text, rule: &str) -> Found<String> {
        let mut evidence = text.evidence(self.printed, rule);
        let mut numbers =
            self.printed.split(|c: char| !c.is_ascii_digit()).filter_map(|n| n.parse::<u8>().ok());
        if !numbers.any(|n| n == self.date.day()) {
            evidence.status = Status::Derived;
            evidence.source = Some("the range that it is in".into());
        }
        Found::new(self.date.to_string(), evidence)
    }
}

/// `date = numeric / written`, of a single day
///
/// "02/12/2025"; "2/18/20"; "February 23, 2026"; "Novemeber 6, 2024"
pub fn date(input: &str) -> ParseResult<'_, Date> {
    map_opt(alt((numeric_days, written_days)), |days| match days.as_slice() {
        [day] => Some(*day),
        _ => None,
    })
    .parse(input)
}

/// A text that is only a date, possibly with the signature line drawn around it.
///
/// "01/25/2026"; "____2/18/20____"
pub fn date_alone(text: &str) -> Option<Day<'_>> {
    let printed = text.trim_matches(|c: char| c == '_' || c == '.' || c.is_whitespace());
    match date(printed) {
        Ok(("", date)) => Some(Day { date, printed }),
        _ => None,
    }
}

/// The first date in a text.
pub fn first_date(text: &str) -> Option<Day<'_>> {
    days_in(text).into_iter().next()
}

/// Every day in a text, in printed order, without repetitions.
///
/// "9/14/2020, 9/15/2020"; "01/15/26 and 1/16/2026"; "05/16-17/2018"; "9/14 and 9/15/2020"; "12/4/2023 - 12/6/2023"
pub fn days_in(text: &str) -> Vec<Day<'_>> {
    let mut found: Vec<Day<'_>> = Vec::new();
    let mut before = "";
    let mut rest = text;
    while let Some(at) = rest.char_indices().find(|(at, _)| begins_word(text, rest, *at)).map(|(at, _)| at) {
        let from = &rest[at..];
        match alt((yearless_days, numeric_days, written_days)).parse(from) {
            Ok((after, days)) => {
                let printed = &from[..from.len() - after.len()];
                let gap = format!("{before}{}", &rest[..at]);
                if let (Some(last), Some(first)) = (found.last().copied(), days.first())
                    && is_range_mark(&gap)
                {
                    let whole = span(text, last.printed, printed);
                    add_range(&mut found, last.date, *first, whole);
                }
                for date in days {
                    if found.iter().all(|d| d.date != date) {
                        found.push(Day { date, printed });
                    }
                }
                before = "";
                rest = after;
            }
            Err(_) => {
                let next = from.find(|c: char| !c.is_alphanumeric()).unwrap_or(from.len()).max(1);
                let next = (next..=from.len()).find(|n| from.is_char_boundary(*n)).unwrap_or(from.len());
                before = span(text, &rest[..at], &from[..next]);
                rest = &from[next..];
            }
        }
    }
    found
}

fn begins_word(text: &str, rest: &str, at: usize) -> bool {
    let here = text.len() - rest.len() + at;
    let before = text[..here].chars().next_back();
    rest[at..].starts_with(char::is_alphanumeric) && !before.is_some_and(char::is_alphanumeric)
}

fn span<'a>(whole: &'a str, first: &str, last: &str) -> &'a str {
    &whole[whole.offset(first)..whole.offset(last) + last.len()]
}

/// "-", "to", "through" between two dates.
fn is_range_mark(gap: &str) -> bool {
    matches!(gap.trim(), "-" | "–" | "—" | "to" | "through" | "thru")
}

fn add_range<'a>(found: &mut Vec<Day<'a>>, first: Date, last: Date, printed: &'a str) {
    let between: Vec<Date> = std::iter::successors(Some(first.tomorrow()), |d| Some(d.tomorrow()))
        .take_while(|d| *d < last)
        .take(LONGEST_RANGE)
        .collect();
    if between.len() < LONGEST_RANGE {
        found.extend(between.into_iter().map(|date| Day { date, printed }));
    }
}

/// `numeric-days = month "/" day *(join day) "/" year`
///
/// "02/12/2025"; "05/16-17/2018"; "2/18/20"
fn numeric_days(input: &str) -> ParseResult<'_, Vec<Date>> {
    let month = terminated(number(2), slash);
    let tail = (slash, year, not(peek(digit1)));
    map_opt((month, number(2), many0((join, number(2))), tail), |(month, first, more, (_, year, ()))| {
        days(year, month, first, &more)
    })
    .parse(input)
}

/// `yearless-days = 1*(month "/" day join) numeric-days`; the year of the last one applies to all
///
/// "9/14 and 9/15/2020"; "9/14, 9/15, 9/18/2020"
fn yearless_days(input: &str) -> ParseResult<'_, Vec<Date>> {
    let short = (terminated(number(2), slash), number(2), join);
    let (rest, shorts) = verify(many0(short), |s: &Vec<_>| !s.is_empty()).parse(input)?;
    map_opt(numeric_days, |last| {
        let year = last.first()?.year();
        let mut all: Vec<Date> =
            shorts.iter().map(|(m, d, _)| Date::new(year, *m as u8, *d as u8)).collect::<Option<_>>()?;
        all.extend(&last);
        Some(all)
    })
    .parse(rest)
}

/// `written-days = month-name day *(join day) [","] year`
///
/// "February 23, 2026"; "May 16-17, 2018"; "Sept. 3rd 2019"
fn written_days(input: &str) -> ParseResult<'_, Vec<Date>> {
    let ordinal =
        |i| opt(alt((tag_no_case("st"), tag_no_case("nd"), tag_no_case("rd"), tag_no_case("th")))).parse(i);
    let day = |i| terminated(number(2), ordinal).parse(i);
    let head = (month_name, opt(char('.')), space1);
    let tail = (space0, opt(char(',')), space0, year, not(peek(digit1)));
    map_opt((head, day, many0((join, day)), tail), |((month, _, _), first, more, (_, _, _, year, ()))| {
        days(year, month, first, &more)
    })
    .parse(input)
}

/// The days of one month; a dash between two days includes the days between them.
fn days(year: u16, month: u16, first: u16, more: &[(bool, u16)]) -> Option<Vec<Date>> {
    let mut numbers = vec![first];
    for (range, day) in more {
        let last = numbers.last().copied().unwrap_or(first);
        if *range && *day > last {
            numbers.extend(last + 1..*day);
        }
        numbers.push(*day);
    }
    numbers.into_iter().map(|d| Date::new(year, month as u8, d as u8)).collect()
}

/// The separator of two days; returns whether it means "to".
fn join(input: &str) -> ParseResult<'_, bool> {
    let dash = map((space0, alt((tag("-"), tag("–"), tag("—"))), space0), |_| true);
    let and = map((space0, opt(char(',')), space0, alt((tag("&"), tag_no_case("and"))), space0), |_| false);
    let comma = map(pair(char(','), space0), |_| false);
    terminated(alt((dash, and, comma)), peek(digit1)).parse(input)
}

fn slash(input: &str) -> ParseResult<'_, char> {
    preceded(space0, terminated(char('/'), space0)).parse(input)
}

/// A number of at most this many digits.
fn number(most: usize) -> impl Fn(&str) -> ParseResult<'_, u16> {
    move |input| map_opt(verify(digit1, |d: &str| d.len() <= most), |d: &str| d.parse().ok()).parse(input)
}

/// A year of four or two digits; two digits from 50 on mean 19xx, because some licences are that old.
fn year(input: &str) -> ParseResult<'_, u16> {
    map_opt(digit1, |d: &str| match (d.len(), d.parse::<u16>().ok()?) {
        (4, y) => Some(y),
        (2, y @ 0..=49) => Some(2000 + y),
        (2, y) => Some(1900 + y),
        _ => None,
    })
    .parse(input)
}

/// A month's name: complete, abbreviated, or misspelt after its first three letters.
///
/// "January"; "Sept"; "Novemeber"; "Febuary"
fn month_name(input: &str) -> ParseResult<'_, u16> {
    map_opt(take_while1(char::is_alphabetic), |word: &str| {
        let word = word.to_lowercase();
        let is = |name: &&str| {
            name.get(..3) == word.get(..3)
                && (name.starts_with(&word) || word.len() >= 4 && name.len().abs_diff(word.len()) <= 2)
        };
        MONTHS.iter().position(is).map(|i| i as u16 + 1)
    })
    .parse(input)
}

#[cfg(test)]
mod tests {
    use super::*;
    use insta::assert_snapshot;

    fn days(text: &str) -> String {
        days_in(text).iter().map(|d| d.date.to_string()).collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn the_month_comes_first() {
        assert_snapshot!(days("02/12/2025"), @"2025-02-12");
        assert_snapshot!(days("on 2/18/20, then"), @"2020-02-18");
        assert_snapshot!(days("06/01/92"), @"1992-06-01");
        assert_snapshot!(days("13/01/2020 or 02/30/2020"), @"");
    }

    #[test]
    fn months_may_be_misspelt() {
        assert_snapshot!(days("Novemeber 6, 2024"), @"2024-11-06");
        assert_snapshot!(days("Febuary 3 2020 and Sept. 4th, 2020"), @"2020-02-03 2020-09-04");
        assert_snapshot!(days("Section 6, 2024"), @"");
    }

    #[test]
    fn lists_and_ranges() {
        assert_snapshot!(days("01/15/26 and 1/16/2026"), @"2026-01-15 2026-01-16");
        assert_snapshot!(days("05/16-17/2018"), @"2018-05-16 2018-05-17");
        assert_snapshot!(days("9/14 and 9/15/2020"), @"2020-09-14 2020-09-15");
        assert_snapshot!(days("12/4/2023 - 12/6/2023"), @"2023-12-04 2023-12-05 2023-12-06");
        assert_snapshot!(days("May 16-18, 2018"), @"2018-05-16 2018-05-17 2018-05-18");
        assert_snapshot!(days("9/14/2020, 9/15/2020, 9/14/2020"), @"2020-09-14 2020-09-15");
    }

    #[test]
    fn a_date_may_stand_on_the_line_to_sign() {
        assert!(date_alone("______2/18/20______").is_some());
        assert!(date_alone("2/18/20 Date").is_none());
        assert!(date_alone("January 8, 2021").is_some());
    }
}
