//! Calendar dates as printed.

use std::fmt;

use nom::Parser;
use nom::branch::alt;
use nom::bytes::complete::{tag, tag_no_case, take_while1};
use nom::character::complete::{char, digit1};
use nom::combinator::{not, opt, peek, recognize, verify};
use nom::sequence::{pair, preceded, terminated};

use super::scan::{fail, spaces0, spaces1};
use super::{Date, ParseResult};
use crate::cut::Cut;

/// A month of a year.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct MonthYear {
    /// The year, with its century.
    pub year: u16,
    /// The month, 1 to 12.
    pub month: u8,
}

/// Why a printed date is not a valid day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum DateProblem {
    /// There is no such day: "31 June 2019".
    Impossible,
    /// The year has too many digits: "6 June 20205".
    YearMistyped,
    /// No year is printed: "30 and 31 January".
    YearMissing,
    /// The end is before the start: "28 to 14 March 2022".
    EndBeforeStart,
    /// A date joined to this one cannot be read: "frorn l8 to 22 November 2024".
    PartUnread,
}

impl DateProblem {
    /// The problem in words, for a diagnostic's message.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Impossible => "there is no such day in the calendar",
            Self::YearMistyped => "the year is mistyped",
            Self::YearMissing => "no year is printed",
            Self::EndBeforeStart => "the end is before the start",
            Self::PartUnread => "a day that is joined to it cannot be read",
        }
    }
}

impl fmt::Display for MonthYear {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}-{:02}", self.year, self.month)
    }
}

/// A day, a month and a year.
///
/// "16 January 2017"; "26th February 2024"; "Monday 16 January 2017"; "26/02/24"
///
/// ```
/// use findings_core::grammar::date::date;
///
/// let (rest, day) = date("6 November 2025 to").unwrap();
/// assert_eq!((day.to_string().as_str(), rest), ("2025-11-06", " to"));
/// ```
pub fn date(input: &str) -> ParseResult<'_, Date> {
    let (rest, printed) = printed_date(input)?;
    match printed {
        Ok(date) => Ok((rest, date)),
        Err(_) => fail(input),
    }
}

/// Like [`date`], but also accepts a date that is not a valid day, and says what is wrong with it.
///
/// "31 June 2019"; "6 June 20205"
pub fn printed_date(input: &str) -> ParseResult<'_, Result<Date, DateProblem>> {
    let (rest, p) = partial(input)?;
    let Some(month) = p.month else { return fail(input) };
    match p.year {
        Year::Missing => fail(input),
        Year::Mistyped => Ok((rest, Err(DateProblem::YearMistyped))),
        Year::Known(y) => Ok((rest, Date::new(y, month, p.day).ok_or(DateProblem::Impossible))),
    }
}

/// `month-year = month [","] year`
///
/// "May 2022"; "Sept 2019"
pub fn month_year(input: &str) -> ParseResult<'_, MonthYear> {
    let (rest, (month, _, _, year)) = (month, opt(char(',')), spaces1, year).parse(input)?;
    match year {
        Year::Known(year) => Ok((rest, MonthYear { year, month })),
        _ => fail(input),
    }
}

/// A date that may lack its month and year, which a later one then supplies.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Partial {
    pub day: u8,
    pub month: Option<u8>,
    pub year: Year,
}

/// The year as printed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Year {
    Missing,
    Mistyped,
    Known(u16),
}

/// `partial = numeric / [weekday [","]] day [["of"] month [[","] year]]`
///
/// "16"; "28 February"; "28 February 2019"
pub(super) fn partial(input: &str) -> ParseResult<'_, Partial> {
    if let Ok(numeric) = numeric(input) {
        return Ok(numeric);
    }
    let (rest, _) = opt(terminated(weekday, pair(opt(char(',')), spaces1))).parse(input)?;
    let (rest, day) = day(rest)?;
    let of = opt(pair(spaces1, tag_no_case("of")));
    let (rest, month) = opt(preceded((of, spaces0), month)).parse(rest)?;
    if month.is_none() {
        let (rest, _) = not(peek(none_of_number)).parse(rest)?;
        return Ok((rest, Partial { day, month, year: Year::Missing }));
    }
    let (rest, year) = opt(preceded((opt(char(',')), spaces0), year)).parse(rest)?;
    Ok((rest, Partial { day, month, year: year.unwrap_or(Year::Missing) }))
}

/// What shows that digits are part of another number: "16%", "16.5", "16/17".
fn none_of_number(input: &str) -> ParseResult<'_, &str> {
    alt((tag("%"), tag("/"), recognize(pair(char('.'), digit1)))).parse(input)
}

/// `numeric = 1*2DIGIT "/" 1*2DIGIT "/" (4DIGIT / 2DIGIT) / 2DIGIT "-" 2DIGIT "-" 4DIGIT`, day first
///
/// "26/02/24"; "10/01/2017"; "10-01-2017"
fn numeric(input: &str) -> ParseResult<'_, Partial> {
    let slashes = (digits(1, 2), char('/'), digits(1, 2), char('/'), alt((digits(4, 4), digits(2, 2))));
    let dashes = (digits(2, 2), char('-'), digits(2, 2), char('-'), digits(4, 4));
    let (rest, (day, _, month, _, year)) = alt((slashes, dashes)).parse(input)?;
    let year = if year < 100 { year + 2000 } else { year };
    Ok((rest, Partial { day: day as u8, month: Some(month as u8), year: Year::Known(year) }))
}

/// A number of `min` to `max` digits that no further digit follows.
fn digits(min: usize, max: usize) -> impl Fn(&str) -> ParseResult<'_, u16> {
    move |input| {
        let (rest, d) = verify(digit1, |d: &str| (min..=max).contains(&d.len())).parse(input)?;
        Ok((rest, d.parse().unwrap_or(u16::MAX)))
    }
}

/// `day = 1*2DIGIT ["st" / "nd" / "rd" / "th"]`
///
/// "8"; "26th"
fn day(input: &str) -> ParseResult<'_, u8> {
    let ordinal = |i| opt(preceded(spaces0, any_word(&["st", "nd", "rd", "th"]))).parse(i);
    let (rest, day) = digits(1, 2)(input)?;
    let (rest, _) = ordinal(rest)?;
    if day == 0 || rest.starts_with(|c: char| c.is_alphabetic()) && month(rest).is_err() {
        return fail(input);
    }
    Ok((rest, day as u8))
}

/// The names of the months in lower case.
pub const MONTHS: [&str; 12] = [
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
];

/// The names of the months as printed, January first.
pub const MONTH_NAMES: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];

/// A month's name, in full or abbreviated to at least three letters.
///
/// "January"; "Sept"; "Feb"
pub(super) fn month(input: &str) -> ParseResult<'_, u8> {
    let (rest, word) = take_while1(char::is_alphabetic)(input)?;
    let is = |m: &str| word.len() >= 3 && m.get(..word.len()).is_some_and(|h| h.eq_ignore_ascii_case(word));
    match MONTHS.iter().position(|m| is(m)) {
        Some(i) => Ok((rest, i as u8 + 1)),
        None => fail(input),
    }
}

/// "Monday"; "Mon"
fn weekday(input: &str) -> ParseResult<'_, &str> {
    const DAYS: [&str; 7] = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"];
    verify(take_while1(char::is_alphabetic), |w: &str| {
        w.len() >= 3 && DAYS.iter().any(|d| d.get(..w.len()).is_some_and(|h| h.eq_ignore_ascii_case(w)))
    })
    .parse(input)
}

/// `year = 4DIGIT`; more digits are a mistyped year
///
/// "2018"; "20205" is mistyped
fn year(input: &str) -> ParseResult<'_, Year> {
    let (rest, d) = verify(digit1, |d: &str| d.len() >= 4).parse(input)?;
    let first: u16 = d.head(4).parse().unwrap_or(0);
    if !(1900..2200).contains(&first) {
        return fail(input);
    }
    Ok((rest, if d.len() == 4 { Year::Known(first) } else { Year::Mistyped }))
}

/// One of several words in any case, complete: no letter may follow.
pub(super) fn any_word<'p>(words: &'p [&'p str]) -> impl Fn(&str) -> ParseResult<'_, &str> + 'p {
    move |input| {
        verify(take_while1(char::is_alphabetic), |w: &str| words.iter().any(|x| x.eq_ignore_ascii_case(w)))
            .parse(input)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use insta::assert_snapshot;

    fn day_of(input: &str) -> String {
        match printed_date(input) {
            Ok((rest, Ok(d))) => format!("{d}|{rest}"),
            Ok((rest, Err(p))) => format!("{p:?}|{rest}"),
            Err(_) => "no".into(),
        }
    }

    #[test]
    fn a_day_is_read_in_many_prints() {
        assert_snapshot!(day_of("16 January 2017 Lead"), @"2017-01-16| Lead");
        assert_snapshot!(day_of("26th February 2024"), @"2024-02-26|");
        assert_snapshot!(day_of("Monday, 1 Sept 2014."), @"2014-09-01|.");
        assert_snapshot!(day_of("26/02/24"), @"2024-02-26|");
        assert_snapshot!(day_of("3 of May 2019"), @"2019-05-03|");
    }

    #[test]
    fn digits_set_apart_are_joined_by_a_repair_alone() {
        assert_snapshot!(day_of("1 9 June 2018"), @"no");
        assert_snapshot!(day_of("19 June 20 18"), @"no");
    }

    #[test]
    fn what_is_no_day_says_why() {
        assert_snapshot!(day_of("31 June 2019"), @"Impossible|");
        assert_snapshot!(day_of("29 February 2023"), @"Impossible|");
        assert_snapshot!(day_of("6 June 20205"), @"YearMistyped|");
        assert_snapshot!(day_of("6 June"), @"no");
        assert_snapshot!(day_of("16 children"), @"no");
        assert!(date("31 June 2019").is_err());
    }

    #[test]
    fn a_month_and_its_year() {
        let m = |i| month_year(i).map(|(rest, m)| format!("{m}|{rest}")).unwrap_or("no".into());
        assert_snapshot!(m("May 2022, when"), @"2022-05|, when");
        assert_snapshot!(m("Maybe 2022"), @"no");
    }

    #[test]
    fn days_follow_each_other() {
        assert_eq!(Date::from_iso("2019-12-31").unwrap().tomorrow().to_string(), "2020-01-01");
        assert_eq!(Date::from_iso("2020-02-28").unwrap().tomorrow().to_string(), "2020-02-29");
        assert_eq!(Date::from_iso("2020-13-01"), None);
    }
}
