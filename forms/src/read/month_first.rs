//! Days that are printed month first: "February 26, 2025"; "December 4-6, 2023"; "02/26/2025".

use findings_core::grammar::{Date, MONTHS, ParseResult};
use nom::Parser;
use nom::branch::alt;
use nom::bytes::complete::{tag, take_while_m_n, take_while1};
use nom::character::complete::{char, one_of, space0, space1};
use nom::combinator::{map_opt, opt, value, verify};
use nom::error::{Error, ErrorKind};

/// How a day is joined to the one before.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Join {
    To,
    And,
}

/// A day whose month may be before the one before it, and its year behind a later one.
#[derive(Debug, Clone, Copy)]
struct Partial {
    month: Option<u8>,
    day: u16,
    year: Option<u16>,
}

/// `named-days = partial *(join partial)`; the first has a month, the last a year
///
/// "December 4-6, 2023"; "March 6 and 7, 2023"; "November 30 to December 2, 2023"; "June 5, 2023"
///
/// A month applies to the days behind it, a year to those before it. Single days that directly follow each other form one
/// range.
pub(super) fn named_days(input: &str) -> ParseResult<'_, Vec<(Date, Date)>> {
    let (mut rest, first) = verify(partial, |p: &Partial| p.month.is_some()).parse(input)?;
    let mut items = vec![(Join::And, first)];
    let mut whole = first.year.map(|_| (rest, 1));
    while let Ok((after, next)) = (join, partial).parse(rest) {
        rest = after;
        items.push(next);
        whole = next.1.year.map(|_| (rest, items.len())).or(whole);
    }
    let all = whole.and_then(|(rest, n)| Some((rest, ranges(items.get(..n)?)?)));
    all.ok_or_else(|| nom::Err::Error(Error::new(input, ErrorKind::Verify)))
}

/// The ranges of days; none if one is no day of the calendar, or ends before it starts.
fn ranges(items: &[(Join, Partial)]) -> Option<Vec<(Date, Date)>> {
    let mut days = Vec::with_capacity(items.len());
    let mut year = None;
    for at in (0..items.len()).rev() {
        year = items[at].1.year.or(year);
        let month = items[..=at].iter().rev().find_map(|(_, p)| p.month)?;
        days.push(day_of(u16::from(month), items[at].1.day, year?)?);
    }
    days.reverse();
    let mut ranges: Vec<(Date, Date)> = Vec::new();
    for ((join, _), day) in items.iter().zip(days) {
        match ranges.last_mut() {
            Some(last) if *join == Join::To || last.1.tomorrow() == day => last.1 = day,
            _ => ranges.push((day, day)),
        }
    }
    ranges.iter().all(|(start, end)| start <= end).then_some(ranges)
}

/// `partial = [month SP] day ["," year]`
fn partial(input: &str) -> ParseResult<'_, Partial> {
    let year = (space0, opt(char(',')), space0, verify(whole, |d: &str| d.len() == 4));
    let year = map_opt(year, |(_, _, _, digits)| digits.parse().ok());
    let day = map_opt(verify(whole, |d: &str| d.len() < 3), |digits: &str| digits.parse().ok());
    let named = (month, space1);
    map_opt((opt(named), day, opt(year)), |(named, day, year)| {
        Some(Partial { month: named.map(|(month, _)| month), day, year })
    })
    .parse(input)
}

fn join(input: &str) -> ParseResult<'_, Join> {
    let dash = value(Join::To, (space0, one_of("-–—"), space0));
    let to = value(Join::To, (space1, alt((tag("through"), tag("to"), tag("until"))), space1));
    let listed = value(Join::And, (space0, char(','), space1, opt((tag("and"), space1))));
    let and = value(Join::And, (space1, alt((tag("and"), tag("&"))), space1));
    alt((dash, to, listed, and)).parse(input)
}

/// `month-day-year = month day [","] year`
///
/// "February 26, 2025"
pub(super) fn month_day_year(input: &str) -> ParseResult<'_, Date> {
    map_opt(
        (month, space1, digits(2), space0, opt(char(',')), space0, digits(4)),
        |(month, _, day, _, _, _, year)| Date::new(year, month, u8::try_from(day).ok()?),
    )
    .parse(input)
}

fn month(input: &str) -> ParseResult<'_, u8> {
    map_opt(take_while1(char::is_alphabetic), |word: &str| {
        let at = MONTHS.iter().position(|m| m.eq_ignore_ascii_case(word))?;
        u8::try_from(at + 1).ok()
    })
    .parse(input)
}

/// All digits that stand together.
fn whole(input: &str) -> ParseResult<'_, &str> {
    take_while1(|c: char| c.is_ascii_digit())(input)
}

fn digits(most: usize) -> impl Fn(&str) -> ParseResult<'_, u16> {
    move |i| map_opt(take_while_m_n(1, most, |c: char| c.is_ascii_digit()), |d: &str| d.parse().ok()).parse(i)
}

/// `american = month sep day sep year`, the separators alike
///
/// "02/26/2025"; "2-6-25" – not "05/16-17/2018"
pub(super) fn american(input: &str) -> ParseResult<'_, Date> {
    let sep = || one_of("/-");
    map_opt((digits(2), sep(), digits(2), sep(), digits(4)), |(month, one, day, two, year)| {
        day_of(month, day, year).filter(|_| one == two)
    })
    .parse(input)
}

/// `american_days = month "/" day "-" day "/" year`
///
/// "05/16-17/2018"
pub(super) fn american_days(input: &str) -> ParseResult<'_, (Date, Date)> {
    let days = (digits(2), char('/'), digits(2), one_of("-–"), digits(2), char('/'), digits(4));
    map_opt(days, |(month, _, first, _, last, _, year)| {
        let (first, last) = (day_of(month, first, year)?, day_of(month, last, year)?);
        (first <= last).then_some((first, last))
    })
    .parse(input)
}

fn day_of(month: u16, day: u16, year: u16) -> Option<Date> {
    let year = if year < 100 { year + 2000 } else { year };
    Date::new(year, u8::try_from(month).ok()?, u8::try_from(day).ok()?)
}

#[cfg(test)]
mod tests {
    use super::*;
    use insta::assert_snapshot;

    fn days(text: &str) -> String {
        let Ok((rest, ranges)) = named_days(text) else { return "no".into() };
        let shown: Vec<String> = ranges.iter().map(|(a, b)| format!("{a} to {b}")).collect();
        format!("{} | {rest}", shown.join(", "))
    }

    #[test]
    fn the_name_of_a_month_shows_that_it_comes_first() {
        assert_snapshot!(days("June 5, 2023."), @"2023-06-05 to 2023-06-05 | .");
        assert_snapshot!(days("December 4-6, 2023"), @"2023-12-04 to 2023-12-06 | ");
        assert_snapshot!(days("March 6 and 7, 2023"), @"2023-03-06 to 2023-03-07 | ");
        assert_snapshot!(days("March 6, 9 and 13, 2023"), @"2023-03-06 to 2023-03-06, 2023-03-09 to 2023-03-09, 2023-03-13 to 2023-03-13 | ");
        assert_snapshot!(days("November 30 through December 2, 2023"), @"2023-11-30 to 2023-12-02 | ");
        assert_snapshot!(days("May 3, 2023 to May 5, 2023 and 12 people"), @"2023-05-03 to 2023-05-05 |  and 12 people");
        for no in ["December 4-6", "December 32, 2023", "December 6-4, 2023", "4-6 December 2023"] {
            assert_eq!(days(no), "no", "{no}");
        }
    }
}
