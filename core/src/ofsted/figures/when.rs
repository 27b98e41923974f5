//! When a figure was true: its date, or the period that it covers.

use nom::Offset;
use std::ops::Range;

use nom::Parser;
use nom::branch::alt;
use nom::bytes::complete::{tag, take_until, take_while_m_n, take_while1};
use nom::character::complete::{char, digit1, satisfy};
use nom::combinator::{not, opt, peek, recognize, verify};
use nom::sequence::{preceded, terminated};

use super::numbers::{ends_with, numbers};
use crate::cut::Cut;
use crate::grammar::label::{any_label, contains_label, find_label, label};
use crate::grammar::number::spelled_number;
use crate::grammar::{Date, Hit, MonthYear, ParseResult, date, find_all, month_year};

/// A day, month or year in ISO 8601. Days without a year and spans of years are recognised, but give `None`.
///
/// "31 March 2015" → 2015-03-31; "31 May 14"; "March 31 2015"; "September 2017"; "2011"; "24 April"; "2012–13"
pub fn moment(input: &str) -> ParseResult<'_, Option<String>> {
    let day = alt((date::date, short_date, month_first)).map(|d| Some(d.to_string()));
    let month = month_year.map(|m: MonthYear| Some(m.to_string()));
    alt((day, month, years.map(|()| None), year.map(|y| Some(y.to_owned())), day_month.map(|()| None)))
        .parse(input)
}

/// "31 May 14", with a two-digit year.
fn short_date(input: &str) -> ParseResult<'_, Date> {
    let (rest, ()) = day_month(input)?;
    let (rest, (_, year)) = (char(' '), take_while_m_n(2, 2, |c: char| c.is_ascii_digit())).parse(rest)?;
    let more =
        alt((satisfy(|c| c.is_alphanumeric() || c == '%').map(|_| ()), (char(','), digit1).map(|_| ())));
    let (rest, _) = not(peek(more)).parse(rest)?;
    let printed = input.head(input.len() - rest.len() - 3);
    match date::date(&format!("{printed} 20{year}")) {
        Ok((_, day)) => Ok((rest, day)),
        Err(_) => nom::combinator::fail().parse(input),
    }
}

/// "March 31 2015", "March 31, 2015"
fn month_first(input: &str) -> ParseResult<'_, Date> {
    let part = |i| take_while1(|c: char| c.is_ascii_digit())(i);
    let (rest, (month, _, day, _, _, year)) =
        (take_while1(char::is_alphabetic), char(' '), part, opt(char(',')), char(' '), year).parse(input)?;
    match date::date(&format!("{day} {month} {year}")) {
        Ok((_, day)) => Ok((rest, day)),
        Err(_) => nom::combinator::fail().parse(input),
    }
}

/// "24 April"
fn day_month(input: &str) -> ParseResult<'_, ()> {
    let ordinal = opt(any_label(&["st", "nd", "rd", "th"]));
    let (rest, _) = (verify(digit1, |d: &str| d.len() <= 2), ordinal, char(' ')).parse(input)?;
    let (after, month) = take_while_m_n(3, 9, char::is_alphabetic).parse(rest)?;
    match month_year(&format!("{month} 2000")) {
        Ok(_) => Ok((after, ())),
        Err(_) => nom::combinator::fail().parse(input),
    }
}

/// "2012–13"; "2013/14"; "2013-2014"
fn years(input: &str) -> ParseResult<'_, ()> {
    let (rest, _) = (plain_year, satisfy(|c| matches!(c, '/' | '-' | '–')), digit1).parse(input)?;
    Ok((rest, ()))
}

/// A year on its own.
fn year(input: &str) -> ParseResult<'_, &str> {
    const WHO: &[&str] =
        &["children", "child", "young", "looked after", "cases", "are", "were", "live", "lived", "have"];
    let counted = preceded(char(' '), any_label(WHO));
    let joined = satisfy(|c| c.is_alphanumeric() || matches!(c, '%'));
    terminated(plain_year, (not(peek(joined)), not(peek(counted)))).parse(input)
}

fn plain_year(input: &str) -> ParseResult<'_, &str> {
    let digits = take_while_m_n(4, 4, |c: char| c.is_ascii_digit());
    terminated(
        verify(digits, |y: &str| ("1990".."2050").contains(&y)),
        not(peek(satisfy(|c| c.is_ascii_digit()))),
    )
    .parse(input)
}

/// The dates in a sentence.
pub fn moments(sentence: &str) -> Vec<Hit<'_, Option<String>>> {
    find_all(moment, sentence)
}

/// The date at the start of a sentence, and where it ends.
///
/// "At 31 March 2015, 323 children …"; "As at 31 May 14, …"; "In July 2015, 8.2% of …"; "31 August 2015, 12 children"
pub fn opening(sentence: &str) -> Option<(usize, Option<String>)> {
    let at = any_label(&["as at", "as of", "at", "on", "by", "in", "as on"]);
    let the = any_label(&["the end of", "the"]);
    let day = (opt(terminated(at, char(' '))), opt((the, char(' '))), moment);
    let (rest, (_, _, day)) = { day }.parse(sentence.trim_start()).ok()?;
    Some((sentence.len() - rest.len(), day))
}

/// A number's date, if it follows the number.
///
/// "2.1% in 2011"; "Black British (24%) (2011 Census)"; "12% were living in poverty as at 31 August 2014"
pub fn told_after(after: &str) -> Option<String> {
    moments(after).into_iter().find_map(|hit| {
        let before = without_asides(hit.before);
        let words = before.split_whitespace().count();
        let census = label("Census")(hit.rest.trim_start()).is_ok() || ends_with(hit.before, "Census");
        let as_at = ["as at", "as of", "as at the", "as of the"].iter().any(|w| ends_with(hit.before, w));
        let near = words <= 14 && ends_with(hit.before, "at the end of")
            || words <= 3 && ["in", "at", "on"].iter().any(|w| ends_with(hit.before, w));
        // "12,500 more five- to 11-year-olds in 2017 than in 2011"
        let measured = any_label(&["than in", "than at"])(hit.rest.trim_start()).is_ok();
        let near = near || measured && words <= 6 && ends_with(hit.before, "in");
        // "14% higher than at 31 December 2014"
        let near = near && !["than in", "than at", "than on"].iter().any(|w| ends_with(hit.before, w));
        // "children had a child protection plan at 31 December 2016, which is"
        let of_day = words <= 14 && hit.value.as_ref().is_some_and(|day| day.len() == 10);
        let held = COMPARED.iter().any(|w| ends_with(hit.before, w)) || before.contains('(');
        let near = near || of_day && !held && ["at", "on"].iter().any(|w| ends_with(hit.before, w));
        hit.value.filter(|_| census || as_at || near || is_source(hit.before, hit.rest))
    })
}

/// A number's date if something has changed to that number by then: "had risen to 1,904 by September 2016".
pub fn reached(head: &str, after: &str) -> Option<String> {
    let (_, day) = (label("by"), char(' '), moment).map(|(.., day)| day).parse(after.trim_start()).ok()?;
    day.filter(|_| ends_with(head, "to") && tells_change(head))
}

/// The date of a list member, if it ends the member's words: "were in suitable accommodation in 2015".
pub fn ending(tail: &str) -> Option<String> {
    let all = moments(tail);
    let [only] = all.as_slice() else { return None };
    let ends = only.rest.trim_end_matches(['.', ')', ' ']).is_empty();
    let at = ["at", "as at", "as of", "on", "in", "at the end of"].iter().any(|w| ends_with(only.before, w));
    let held = COMPARED.iter().any(|w| ends_with(only.before, w)) || only.before.contains('(');
    only.value
        .clone()
        .filter(|_| ends && at && !held && !tells_event(only.before) && !tells_change(only.before))
}

/// Whether words say when, and nothing else: "at 31 March 2015"; "in 2013/14"; "at the time of the inspection".
pub fn is_only_time(words: &str) -> bool {
    const FILLING: &[&str] =
        &["at", "in", "on", "by", "the", "end", "of", "as", "year", "during", "mid", "early", "late"];
    let said = words.split([',', '(', ';']).next().unwrap_or("").trim_end_matches('.');
    let times = find_all(alt((in_years, at_inspection, recognize(moment))), said);
    let Some(last) = times.last() else { return false };
    let mut start = 0;
    let mut between = times.iter().map(|hit| {
        let at = said.offset(hit.slice);
        let words = said.part(start..at);
        start = at + hit.slice.len();
        words
    });
    let fills = |words: &str| words.split_whitespace().all(|word| FILLING.contains(&word));
    between.all(fills) && fills(last.rest)
}

/// Drops what stands in closed brackets.
fn without_asides(words: &str) -> String {
    let mut rest = words.to_owned();
    while let (Some(open), Some(close)) = (rest.find('('), rest.find(')')) {
        if open > close {
            break;
        }
        rest.replace_range(open..=close, "");
    }
    rest
}

/// Words before the date of an earlier value.
pub(super) const COMPARED: &[&str] =
    &["than in", "than at", "than on", "number at", "number on", "figure at", "figure on"];

/// The date of a source named by a whole sentence in brackets: "(Child benefit data – as at 31 August 2014)".
pub fn of_source(sentence: &str) -> Option<String> {
    let inside = sentence.trim().strip_prefix('(')?.trim_end_matches('.').strip_suffix(')')?;
    moments(inside).pop()?.value
}

/// Whether a date is that of a source in brackets: "(HMRC, August 2013)".
fn is_source(before: &str, after: &str) -> bool {
    let Some((_, source)) = before.rsplit_once('(').filter(|_| after.starts_with(')')) else { return false };
    let named = source.trim_end().ends_with(',') && source.split_whitespace().count() <= 6;
    named && !source.contains(|c: char| c.is_ascii_digit() || c == ')')
}

/// A number's date, if it precedes the verb: "The rate at 30 September 2015 was 48".
pub fn told_before(head: &str) -> Option<String> {
    const VERBS: &[&str] = &["was", "were", "stood at", "was at"];
    let hit = moments(head).pop()?;
    let at = ["at", "as at", "on", "in"].iter().any(|w| ends_with(hit.before, w));
    let verb = VERBS.contains(&hit.rest.trim());
    hit.value.filter(|_| at && verb && !COMPARED.iter().any(|w| ends_with(hit.before, w)))
}

/// The year of a census or index named before a number: "According to the 2011 Census, 4% of".
pub fn of_census(before: &str) -> Option<String> {
    const SOURCES: &[&str] = &["Census", "deprivation", "(IMD)", "IMD"];
    let source = |hit: &Hit<'_, _>| {
        label("Census")(hit.rest.trim_start()).is_ok() || SOURCES.iter().any(|s| ends_with(hit.before, s))
    };
    moments(before).into_iter().find(source)?.value
}

/// The only date of a sentence, if it ends the sentence and so applies to all of its numbers: "30 plans and 48 children in
/// care at 31 August 2016".
pub fn closing(sentence: &str) -> Option<String> {
    let all = moments(sentence);
    let [only] = all.as_slice() else { return None };
    let ends = only.rest.trim_end_matches(['.', ')', ' ']).is_empty();
    let month = only.value.as_ref().is_some_and(|m| m.len() == 7);
    let at = ["at", "as at", "as of", "on"].iter().any(|w| ends_with(only.before, w))
        || month && ends_with(only.before, "in") && !tells_event(only.before);
    // "nine live with parents (seven at 31 March 2016)": the date belongs to the number in brackets.
    let aside = only.before.rsplit_once('(').is_some_and(|(_, inside)| !numbers(inside).is_empty());
    let held = aside || COMPARED.iter().any(|w| ends_with(only.before, w));
    only.value.clone().filter(|_| ends && at && !held && !tells_change(sentence))
}

/// Whether a phrase describes an event at that date rather than a state: "one of which opened in June 2015".
fn tells_event(said: &str) -> bool {
    const EVENTS: &[&str] = &[
        "which",
        "when",
        "who",
        "whom",
        "that",
        "opened",
        "closed",
        "launched",
        "started",
        "began",
        "set up",
        "introduced",
        "established",
        "inspected",
        "published",
        "judged",
        "appointed",
    ];
    EVENTS.iter().any(|event| contains_label(said, event))
}

/// The byte range of the period that a sentence covers.
///
/// "In the last 12 months"; "Since the last inspection"; "over the past five years"; "by 2021"; "During 2012–13"
pub fn period(sentence: &str) -> Option<Range<usize>> {
    let place = |s: &str| sentence.offset(s);
    let spans = find_all(alt((span, between, recognize_since, at_inspection, by_year, in_years)), sentence);
    // "the same number as in the previous year": the period of the earlier value.
    let held = |before: &str| ["than", "as"].iter().any(|w| ends_with(before, w));
    let first = spans.iter().find(|hit| !held(hit.before))?;
    let start = place(first.slice);
    Some(start..start + first.slice.len())
}

/// "In the last 12 months to 31 March 2015"; "in the two years before inspection"; "over the past five years"
fn span(input: &str) -> ParseResult<'_, &str> {
    let lead = any_label(&["in the", "over the", "within the", "during the", "for the", "in"]);
    let which = opt((char(' '), any_label(&["last", "past", "previous"])));
    let digits = alt((digit1.map(|_| ()), spelled_number.map(|_| ())));
    let long = opt((char(' '), digits));
    let unit = any_label(&["months", "month", "years", "year", "decade", "quarter"]);
    let to = (char(' '), any_label(&["to", "before", "prior to", "up to", "ending", "from"]), rest_of_period);
    recognize((lead, which, long, char(' '), unit, opt(to), opt(dates_in_brackets))).parse(input)
}

/// " (between 1 September 2014 and 31 August 2015)": the dates of the period that precedes them.
fn dates_in_brackets(input: &str) -> ParseResult<'_, &str> {
    let inside = verify(take_while1(|c| !matches!(c, '(' | ')' | ';')), |inside: &str| {
        let dates = moments(inside);
        let rest: usize = dates.iter().map(|hit| hit.slice.len()).sum();
        dates.len() == 2 && inside.len() < rest + 16
    });
    recognize((tag(" ("), inside, char(')'))).parse(input)
}

/// "Between 1 April 2015 and 31 March 2016"; "Between the last inspection in 2011 and 30 September 2016"; "Between the start of
/// 2012 and the time of the inspection"
fn between(input: &str) -> ParseResult<'_, &str> {
    let from = verify(take_until(" and "), |from: &str| {
        let month = month_year(&format!("{from} 2000")).is_ok();
        from.split_whitespace().count() <= 6 && (from.contains(|c: char| c.is_ascii_digit()) || month)
    });
    let inspection = any_label(&["the time of the inspection", "the time of this inspection"]);
    let to = alt((recognize(moment), inspection));
    recognize((label("between"), char(' '), from, tag(" and "), to)).parse(input)
}

/// "Since the last inspection"; "Since the last inspection in 2013"
fn recognize_since(input: &str) -> ParseResult<'_, &str> {
    let what = any_label(&[
        "the last inspection",
        "the previous inspection",
        "the last Ofsted inspection",
        "its last inspection",
    ]);
    recognize((label("since"), char(' '), what, opt((tag(" in "), moment)))).parse(input)
}

/// "Since January 2014"; "since 2001"
pub fn since(text: &str) -> Option<&str> {
    let since = |input| recognize((label("since"), char(' '), moment)).parse(input);
    find_all(since, text).into_iter().next().map(|hit| hit.slice)
}

/// "at the time of the inspection"
fn at_inspection(input: &str) -> ParseResult<'_, &str> {
    let what = any_label(&["the inspection", "this inspection", "inspection"]);
    recognize((label("at the time of"), char(' '), what)).parse(input)
}

/// "by 2021"; "by mid-2017"
fn by_year(input: &str) -> ParseResult<'_, &str> {
    recognize((label("by"), char(' '), opt(any_label(&["mid-"])), plain_year)).parse(input)
}

/// "During 2012–13"; "in 2013/14"
fn in_years(input: &str) -> ParseResult<'_, &str> {
    recognize((any_label(&["during", "in"]), char(' '), years)).parse(input)
}

/// The rest of a period, up to a comma or colon.
fn rest_of_period(input: &str) -> ParseResult<'_, &str> {
    verify(take_while1(|c| !matches!(c, ',' | ':' | ';' | '(')), |s: &str| s.split_whitespace().count() <= 6)
        .parse(input)
}

/// Whether a text says that something changed, or that it did not.
pub fn tells_change(text: &str) -> bool {
    const TOLD: &[&str] = &[
        "reduction",
        "increase",
        "decrease",
        "rise",
        "fall",
        "drop",
        "similar",
        "compared",
        "increased",
        "decreased",
        "reduced",
        "the same",
        "unchanged",
        "no change",
        "consistent",
        "rising",
        "risen",
        "fallen",
        "rose",
        "fell",
        "dropped",
        "grown",
        "up",
        "down",
        "lower",
        "higher",
        "change",
        "as many as",
        "double",
        "doubled",
        "halved",
    ];
    TOLD.iter().any(|t| find_label(text, t).is_some())
}
