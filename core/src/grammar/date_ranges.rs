//! Inspection dates: ranges of days and single days that are printed together.

use nom::Offset;
use nom::Parser;
use nom::branch::alt;
use nom::bytes::complete::{tag, take_while1};
use nom::character::complete::char;
use nom::combinator::{opt, value};
use nom::sequence::{delimited, preceded, terminated};

use super::Date;
use super::date::{DateProblem, Partial, Year, any_word, partial};
use super::scan::{fail, is_dash, spaces0, spaces1};
use super::{ParseResult, scan};
use crate::cut::Cut;

/// Ranges of days, in the order printed; a single day is a range of one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DateRanges {
    /// First and last day of each range that could be read.
    pub ranges: Vec<(Date, Date)>,
    /// What is wrong with one of the days, for a diagnostic.
    pub problem: Option<DateProblem>,
    first: Option<Date>,
    last: Option<Date>,
}

impl DateRanges {
    /// The earliest day, provided that the day printed first could be read.
    pub fn start(&self) -> Option<Date> {
        let first = self.first?;
        match self.problem {
            Some(DateProblem::EndBeforeStart) => Some(first),
            _ => self.ranges.iter().map(|r| r.0).chain([first]).min(),
        }
    }

    /// The latest day, provided that the day printed last could be read.
    pub fn end(&self) -> Option<Date> {
        let last = self.last?;
        match self.problem {
            Some(DateProblem::EndBeforeStart) => Some(last),
            _ => self.ranges.iter().map(|r| r.1).chain([last]).max(),
        }
    }
}

/// How a date is joined to the one before.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Join {
    To,
    And,
}

/// `date-ranges = ["between" / "from" / "on"] partial *(join partial)`; the last one has a month
///
/// "15 to 26 November 2018"; "28 February to 4 March 2022"; "29 and 30 October 2024"; "8, 9 and 15 May 2019";
/// "between 14 and 18 March 2016"; "3 to 14 December 2018 and 7 to 11 January 2019"
///
/// A month or a year at the end applies to all dates before it that lack one. Single days that directly follow each
/// other form one range.
pub fn date_ranges(input: &str) -> ParseResult<'_, DateRanges> {
    read(input, None)
}

/// Like [`date_ranges`], but if no year is printed, takes the latest that puts the last date on or before a given day
/// (that of the letter, say).
///
/// "30 and 31 January" in a letter of 22 February 2018
pub fn date_ranges_before(latest: Date) -> impl Fn(&str) -> ParseResult<'_, DateRanges> {
    move |input| read(input, Some(latest))
}

/// The first range only: "16 to 27 January 2023".
///
/// ```
/// use findings_core::grammar::date_ranges::date_range;
///
/// let (_, (from, to)) = date_range("24 April to 5 May 2023").unwrap();
/// assert_eq!((from.to_string().as_str(), to.to_string().as_str()), ("2023-04-24", "2023-05-05"));
/// ```
pub fn date_range(input: &str) -> ParseResult<'_, (Date, Date)> {
    let (rest, all) = date_ranges(input)?;
    match (all.ranges.as_slice(), all.problem) {
        ([one], None) => Ok((rest, *one)),
        _ => fail(input),
    }
}

fn read(input: &str, latest: Option<Date>) -> ParseResult<'_, DateRanges> {
    let (rest, word) = opt(terminated(any_word(&["between", "from", "on"]), spaces1)).parse(input)?;
    let between = word.is_some_and(|w| w.eq_ignore_ascii_case("between"));
    let (rest, items) = items(rest)?;
    let joins: Vec<Join> = items
        .iter()
        .enumerate()
        .map(|(i, (join, _))| if between && i == 1 { Join::To } else { *join })
        .collect();
    let (days, problem) = resolve(&items, latest);
    Ok((rest, group(&joins, &days, problem)))
}

/// Partial dates, each with its join to the one before, up to the last that has a month.
fn items(input: &str) -> ParseResult<'_, Vec<(Join, Partial)>> {
    let (mut rest, first) = partial(input)?;
    let mut items = vec![(Join::And, first)];
    let mut whole = first.month.map(|_| (rest, 1));
    while let Ok((after, next)) = (join, partial).parse(rest) {
        rest = after;
        items.push(next);
        if next.1.month.is_some() {
            whole = Some((rest, items.len()));
        }
    }
    match whole {
        Some((rest, n)) => {
            items.truncate(n);
            Ok((rest, items))
        }
        None => fail(input),
    }
}

/// `join = dash / "to" / "until" / "and" / "&" / ","`
fn join(input: &str) -> ParseResult<'_, Join> {
    let dash = delimited(spaces0, take_while1(is_dash), spaces0);
    let to = delimited(spaces1, any_word(&["to", "until", "till"]), spaces1);
    let and_word = || alt((any_word(&["and"]), tag("&")));
    let comma = (spaces0, alt((char(','), char(';'))), opt(preceded(spaces0, and_word())), spaces1);
    let and = (spaces1, and_word(), spaces1);
    alt((value(Join::To, dash), value(Join::To, to), value(Join::And, comma), value(Join::And, and)))
        .parse(input)
}

/// Completes the partial dates. Month and year come from a later one, or the year from an earlier one.
fn resolve(items: &[(Join, Partial)], latest: Option<Date>) -> (Vec<Option<Date>>, Option<DateProblem>) {
    let mut filled: Vec<Partial> = items.iter().map(|(_, p)| *p).collect();
    for i in (0..filled.len().saturating_sub(1)).rev() {
        let next = filled[i + 1];
        let p = &mut filled[i];
        p.month = p.month.or(next.month);
        if let (Year::Missing, Year::Known(y)) = (p.year, next.year) {
            p.year = Year::Known(if p.month > next.month { y - 1 } else { y });
        } else if p.year == Year::Missing {
            p.year = next.year;
        }
    }
    for i in 1..filled.len() {
        let before = filled[i - 1];
        let p = &mut filled[i];
        if let (Year::Missing, Year::Known(y)) = (p.year, before.year) {
            p.year = Year::Known(if p.month < before.month { y + 1 } else { y });
        }
    }
    if let (Some(latest), Some(last)) = (latest, filled.last().copied())
        && last.year == Year::Missing
    {
        let same_year = last.month.and_then(|m| Date::new(latest.year(), m, last.day));
        let year = if same_year.is_some_and(|d| d <= latest) { latest.year() } else { latest.year() - 1 };
        for p in &mut filled {
            p.year = Year::Known(if p.month > last.month { year - 1 } else { year });
        }
    }
    let mut problem = None;
    let days = filled.iter().map(|p| match (p.year, p.month) {
        (Year::Known(y), Some(m)) => Date::new(y, m, p.day).ok_or(DateProblem::Impossible),
        (Year::Mistyped, _) => Err(DateProblem::YearMistyped),
        _ => Err(DateProblem::YearMissing),
    });
    let days = days.map(|d| d.map_err(|e| problem = problem.or(Some(e))).ok()).collect();
    (days, problem)
}

/// Turns days joined by "to" into ranges, and merges single days that directly follow each other.
fn group(joins: &[Join], days: &[Option<Date>], problem: Option<DateProblem>) -> DateRanges {
    let mut ranges: Vec<(Date, Date)> = Vec::new();
    let mut problem = problem;
    let mut single = false;
    let mut i = 0;
    while i < days.len() {
        let to = i + 1 < days.len() && joins[i + 1] == Join::To;
        match (days[i], if to { days[i + 1] } else { days[i] }) {
            (Some(a), Some(b)) => {
                match ranges.last_mut() {
                    Some(last) if single && !to && last.1.tomorrow() == a => last.1 = a,
                    _ => ranges.push((a, b)),
                }
                if b < a {
                    problem = problem.or(Some(DateProblem::EndBeforeStart));
                }
                single = !to;
            }
            _ => single = false,
        }
        i += 1 + usize::from(to);
    }
    let (first, last) = (days.first().copied().flatten(), days.last().copied().flatten());
    DateRanges { ranges, problem, first, last }
}

/// The first dates in a text.
///
/// "… took place from 6 to 10 February 2023. It was …"
pub fn find_date_ranges(text: &str) -> Option<scan::Hit<'_, DateRanges>> {
    scan::find(date_ranges, text).map(|hit| doubted(hit, text))
}

/// Like [`find_date_ranges`], but completes a missing year as [`date_ranges_before`] does.
pub fn find_date_ranges_before(text: &str, latest: Date) -> Option<scan::Hit<'_, DateRanges>> {
    scan::find(date_ranges_before(latest), text).map(|hit| doubted(hit, text))
}

/// Removes the first or last day if another date is joined to it that can't be read: half of a range must not pass for
/// the start or end of the inspection.
fn doubted<'a>(mut hit: scan::Hit<'a, DateRanges>, text: &str) -> scan::Hit<'a, DateRanges> {
    let from = text.offset(hit.slice);
    let (before, after) = (text.head(from), text.tail(from + hit.slice.len()));
    let all = &mut hit.value;
    if unread_before(before) {
        all.first = None;
    }
    if unread_after(after) {
        all.last = None;
    }
    if all.problem.is_none() && (all.first.is_none() || all.last.is_none()) {
        all.problem = Some(DateProblem::PartUnread);
        all.ranges.clear();
    }
    hit
}

fn is_to(word: &str) -> bool {
    word.chars().all(is_dash) || ["to", "until", "till"].iter().any(|t| word.eq_ignore_ascii_case(t))
}

/// "Octobcr2015 –", "l8 to", "24ancl"
fn unread_before(text: &str) -> bool {
    let mut words = text.split_whitespace().rev();
    let last = words.next().unwrap_or("");
    let digit = |w: &str| w.contains(|c: char| c.is_ascii_digit());
    let damaged = |w: &str| {
        let letters = w.trim_start_matches(|c: char| c.is_ascii_digit());
        digit(w)
            && w.len() <= 7
            && w.chars().all(char::is_alphanumeric)
            && letters.contains(char::is_alphabetic)
            && !["st", "nd", "rd", "th"].contains(&letters)
    };
    let (one, two) = (words.next().unwrap_or(""), words.next().unwrap_or(""));
    let joined = is_to(last) || last.eq_ignore_ascii_case("and");
    let month_and_year = digit(one) && super::date::month(two).is_ok();
    is_to(last) && digit(one) || joined && (damaged(one) || month_and_year) || last.len() > 1 && damaged(last)
}

/// "to 2B June", "t o 7 June"
fn unread_after(text: &str) -> bool {
    let mut words = text.split_whitespace();
    let (first, second) = (words.next().unwrap_or(""), words.next().unwrap_or(""));
    let joined = !first.is_empty() && is_to(first);
    let digit = |w: &str| w.contains(|c: char| c.is_ascii_digit());
    let small = |w: &str| !w.is_empty() && w.len() <= 2 && w.chars().all(char::is_lowercase);
    let month = |w: &str| super::date::month(w).is_ok();
    let day = if small(second) { words.next().unwrap_or("") } else { second };
    digit(second) && joined || small(first) && digit(day) && words.next().is_some_and(month)
}

#[cfg(test)]
mod tests {
    use super::*;
    use insta::assert_snapshot;

    fn show(result: ParseResult<'_, DateRanges>) -> String {
        let Ok((rest, all)) = result else { return "no".into() };
        let ranges: Vec<String> =
            all.ranges.iter().map(|(a, b)| if a == b { a.to_string() } else { format!("{a}/{b}") }).collect();
        let mut out = ranges.join(" ");
        if let Some(p) = all.problem {
            let day = |d: Option<Date>| d.map_or("?".into(), |d| d.to_string());
            out += &format!(" {p:?} {}..{}", day(all.start()), day(all.end()));
        }
        if !rest.is_empty() {
            out += &format!(" |{rest}");
        }
        out.trim_start().to_owned()
    }

    fn dates(input: &str) -> String {
        show(date_ranges(input))
    }

    #[test]
    fn month_given_once_belongs_to_both_days() {
        assert_snapshot!(dates("15 to 26 November 2018"), @"2018-11-15/2018-11-26");
        assert_snapshot!(dates("15-16 May 2019"), @"2019-05-15/2019-05-16");
        assert_snapshot!(dates("8 – 12 July 2013"), @"2013-07-08/2013-07-12");
    }

    #[test]
    fn year_given_once_belongs_to_both_days() {
        assert_snapshot!(dates("28 February to 4 March 2022"), @"2022-02-28/2022-03-04");
        assert_snapshot!(dates("28 April – 25 May 2017 Lead"), @"2017-04-28/2017-05-25 | Lead");
        assert_snapshot!(dates("10 October to 21 October 2022"), @"2022-10-10/2022-10-21");
        assert_snapshot!(dates("13 December to 10 January 2020"), @"2019-12-13/2020-01-10");
        assert_snapshot!(dates("27 June 2023 to 28 June"), @"2023-06-27/2023-06-28");
    }

    #[test]
    fn both_days_may_be_whole() {
        assert_snapshot!(dates("19 November 2018 to 23 November 2018"), @"2018-11-19/2018-11-23");
        assert_snapshot!(dates("6 March 2017–30 March 2017"), @"2017-03-06/2017-03-30");
        assert_snapshot!(dates("10/01/2017 – 02/02/2017"), @"2017-01-10/2017-02-02");
    }

    #[test]
    fn days_that_follow_each_other_are_one_visit() {
        assert_snapshot!(dates("29 and 30 October 2024. The"), @"2024-10-29/2024-10-30 |. The");
        assert_snapshot!(dates("30 November and 1 December 2021"), @"2021-11-30/2021-12-01");
        assert_snapshot!(dates("8, 9 and 15 May 2019"), @"2019-05-08/2019-05-09 2019-05-15");
        assert_snapshot!(dates("31 December and 1 January 2020"), @"2019-12-31/2020-01-01");
        assert_snapshot!(dates("11 December 2018. The"), @"2018-12-11 |. The");
    }

    #[test]
    fn ranges_apart_are_several_visits() {
        assert_snapshot!(dates("5 to 9 December 2022 and 6 to 15 February 2023"), @"2022-12-05/2022-12-09 2023-02-06/2023-02-15");
        assert_snapshot!(dates("3 to 14 December and 7 to 11 January 2019"), @"2018-12-03/2018-12-14 2019-01-07/2019-01-11");
        assert_snapshot!(dates("4 May and 6 June 2018"), @"2018-05-04 2018-06-06");
    }

    #[test]
    fn words_may_stand_before() {
        assert_snapshot!(dates("Between 14 and 18 March 2016, Ofsted"), @"2016-03-14/2016-03-18 |, Ofsted");
        assert_snapshot!(dates("from 6 to 10 February 2023. It"), @"2023-02-06/2023-02-10 |. It");
        assert_snapshot!(dates("between 18 June 2018 and 22 June 2018"), @"2018-06-18/2018-06-22");
        assert_snapshot!(dates("Monday 3 to Friday 7 June 2019"), @"2019-06-03/2019-06-07");
    }

    #[test]
    fn spoilt_print_is_left_to_repairs() {
        assert_snapshot!(dates("1 9 to 2 1 June 2018"), @"no");
        assert_snapshot!(dates("17 to 1 9 June 2018"), @"no");
        assert_snapshot!(dates("16 January 20179 February 2017"), @"YearMistyped ?..? | February 2017");
    }

    #[test]
    fn misprints_are_told_and_not_mended() {
        assert_snapshot!(dates("14 to 18 June 20205"), @"YearMistyped ?..?");
        assert_snapshot!(dates("27 to 31 June 2022"), @"Impossible 2022-06-27..?");
        assert_snapshot!(dates("28 to 14 March 2022"), @"2022-03-28/2022-03-14 EndBeforeStart 2022-03-28..2022-03-14");
        assert_snapshot!(dates("13 and 14 July. Her"), @"YearMissing ?..? |. Her");
        let letter = Date::from_iso("2018-01-22").unwrap();
        assert_snapshot!(show(date_ranges_before(letter)("30 and 31 January")), @"2017-01-30/2017-01-31");
        assert_snapshot!(show(date_ranges_before(letter)("8 and 9 January")), @"2018-01-08/2018-01-09");
    }

    #[test]
    fn what_follows_is_left_over() {
        assert_snapshot!(dates("14 May 2019, 12 children"), @"2019-05-14 |, 12 children");
        assert_snapshot!(dates("14 May 2019 and 3 others"), @"2019-05-14 | and 3 others");
        assert_snapshot!(dates("12 of 14 children"), @"no");
        let found =
            |text| show(find_date_ranges(text).map(|hit| ("", hit.value)).ok_or_else(|| unreachable!()));
        assert_snapshot!(found("from l8 to 22 November 2024"), @"PartUnread ?..2024-11-22");
        assert_snapshot!(found("26 Octobcr2015 – 20 November 2015"), @"PartUnread ?..2015-11-20");
        assert_snapshot!(found("services on 5and 6 September 2018."), @"PartUnread ?..2018-09-06");
        assert_snapshot!(found("17 June 2019to 28 June"), @"PartUnread 2019-06-17..?");
        assert_snapshot!(found("Between19 November 2018 and 23 November 2018"), @"PartUnread ?..2018-11-23");
        assert_snapshot!(found("of 12 children on 14 May 2019 and 3 others"), @"2019-05-14");
        let hit = find_date_ranges("It took place from 6 to 10 February 2023.").unwrap();
        assert_snapshot!(hit.slice, @"from 6 to 10 February 2023");
    }
}
