//! Reads a value of a given type from a text.

use nom::Parser;
use nom::branch::alt;
use nom::bytes::complete::{take_while_m_n, take_while1};
use nom::character::complete::{char, one_of, space0, space1};
use nom::combinator::{map_opt, opt};

use findings_core::evidence::follows;
use findings_core::grammar::date::date;
use findings_core::grammar::date_ranges::find_date_ranges;
use findings_core::grammar::label::{find_label, label};
use findings_core::grammar::number::whole_number;
use findings_core::grammar::postcode::postcode;
use findings_core::grammar::{Date, MONTHS, ParseResult, find, find_all, person};
use findings_core::record::{Evidence, Status};
use findings_core::text::Text;
use serde_json::{Value, json};

use crate::model::{Code, CodeList, ValueType};

/// What to read from a text.
#[derive(Clone, Copy)]
pub(crate) struct Wanted<'f> {
    pub kind: ValueType,
    pub codes: Option<&'f CodeList>,
    pub shape: Option<&'f str>,
    pub month_first: bool,
    /// The rule, for the evidence.
    pub rule: &'f str,
}

/// A value with what it was read from.
#[derive(Debug, Clone)]
pub(crate) struct Got {
    pub value: Value,
    /// For a grade or code.
    pub printed: String,
    pub rank: Option<u8>,
    /// Ranges of dates.
    pub days: Vec<(Date, Date)>,
    pub evidence: Evidence,
}

/// The value in a text; none if it has no value of the type.
pub(crate) fn read(text: &Text, wanted: Wanted) -> Option<Got> {
    let s = text.as_str();
    let got = |value: Value, slice: &str| Got {
        value,
        printed: slice.trim().to_owned(),
        rank: None,
        days: Vec::new(),
        evidence: text.evidence(slice.trim(), wanted.rule),
    };
    match wanted.kind {
        _ if s.trim().is_empty() => None,
        ValueType::Text | ValueType::Address => Some(got(json!(unwrapped(s)), s)),
        ValueType::Date => {
            let (day, slice) = day(s, wanted.month_first)?;
            Some(got(json!(day.to_string()), slice))
        }
        ValueType::DateRange => {
            let (days, slice) = days(s, wanted.month_first)?;
            let all: Vec<Value> =
                days.iter().map(|(a, b)| json!({ "start": a.to_string(), "end": b.to_string() })).collect();
            Some(Got { days, ..got(json!(all), slice) })
        }
        ValueType::Name => {
            let (rest, who) = person(s).ok()?;
            let ends = rest.trim_start().is_empty() || !rest.trim_start().starts_with(char::is_alphabetic);
            ends.then(|| got(json!(who.value()), who.name))
        }
        ValueType::Postcode => find(postcode, s).map(|hit| got(json!(hit.slice), hit.slice)),
        ValueType::Number => find(whole_number, s).map(|hit| got(json!(hit.value), hit.slice)),
        ValueType::Code | ValueType::Grade => match (wanted.codes, wanted.shape) {
            (Some(list), _) => coded(text, list, wanted),
            (None, Some(shape)) => shaped(s, shape).map(|slice| got(json!(slice), slice)),
            (None, None) => None,
        },
    }
}

/// The text; web and e-mail addresses have no spaces, except where they were broken over two lines.
fn unwrapped(text: &str) -> String {
    let text = text.trim();
    let is_web =
        ["http://", "https://", "www."].iter().any(|p| text.starts_with(p)) || text.matches('@').count() == 1;
    let long = text.split_whitespace().all(|part| part.len() > 3);
    if is_web && long { text.split_whitespace().collect() } else { text.to_owned() }
}

/// The printed forms of a code.
pub(crate) fn forms(code: &Code) -> Vec<String> {
    match code.printed.is_empty() {
        true => vec![code.code.replace('-', " ")],
        false => code.printed.to_vec(),
    }
}

/// What a sentence that ends in a quotation says that something is: the grade of "leadership as ‘Good’". None if there are other
/// quotations, or the words before deny it or name a year.
pub(crate) fn quoted(text: &Text) -> Option<Text> {
    let s = text.as_str().trim_end_matches(['.', ' ']);
    let closes = s.chars().next_back()?;
    let (_, pair) = MARKS.iter().find(|(mark, _)| *mark == closes)?;
    let inside = &s[..s.len() - closes.len_utf8()];
    let (open, mark) = opening(inside).filter(|(_, mark)| pair.contains(mark)).last()?;
    let before = s[..open].trim_end();
    let words: Vec<&str> = before.split_whitespace().collect();
    let states = words.last().is_none_or(|last| STATING.contains(last));
    let denied = words.iter().any(|word| DENYING.contains(&word.trim_matches(',')))
        || opening(before).next().is_some()
        || before.contains(|c: char| c.is_ascii_digit());
    (states && !denied).then(|| text.slice(open + mark.len_utf8()..inside.len()))
}

/// Marks that close a quotation, each with those that open it.
const MARKS: &[(char, &[char])] =
    &[('’', &['‘']), ('”', &['“']), ('\'', &['‘', '\'']), ('"', &['“', '"']), ('»', &['«'])];

/// The marks in a text that open quotations; straight ones do at the start of a word only.
fn opening(text: &str) -> impl Iterator<Item = (usize, char)> {
    text.char_indices().filter(|(at, c)| match c {
        '‘' | '“' | '«' => true,
        '\'' | '"' => text[..*at].chars().next_back().is_none_or(|c| c.is_whitespace() || c == '('),
        _ => false,
    })
}

/// The words before a grade in quotation marks.
const STATING: &[&str] = &["as", "is", "be", "was"];
/// Words that make it no grade of this time.
const DENYING: &[&str] = &["not", "no", "previously", "last", "from", "than", "if", "when"];

/// The words of a grade behind the digit and the dash before them, if it has both: "5 - Very good".
pub(crate) fn behind_number(grade: &str) -> Option<&str> {
    let words = grade
        .trim_start()
        .strip_prefix(|c: char| c.is_ascii_digit())?
        .trim_start()
        .strip_prefix(['-', '–', ':', '='])?;
    Some(words.trim_start()).filter(|words| words.starts_with(char::is_alphabetic))
}

/// A grade must be the whole text, or all that a sentence quotes; a code may be part of it, if no other code is.
fn coded(text: &Text, list: &CodeList, wanted: Wanted) -> Option<Got> {
    let quotation = quoted(text).filter(|_| wanted.kind == ValueType::Grade);
    let text = quotation.as_ref().unwrap_or(text);
    let s = text.as_str();
    let mut hits: Vec<(usize, usize, usize)> = Vec::new();
    for (index, code) in list.values.iter().enumerate() {
        for form in forms(code) {
            let ends = |(rest, _): &(&str, &str)| rest.trim_matches(['.', ',', ' ', '*']).is_empty();
            // "4 - Good" may be listed as "Good".
            let words = || label(&form)(behind_number(s)?).ok().filter(ends);
            let whole = || label(&form)(s).ok().filter(ends).or_else(words);
            let slice = match wanted.kind {
                ValueType::Grade => whole().map(|(_, slice)| slice),
                _ => find_label(s, &form),
            };
            hits.extend(slice.map(|slice| (text.range_of(slice).start, text.range_of(slice).end, index)));
        }
    }
    // Of overlapping forms the longest counts; shorter ones inside it do not.
    let longest = *hits.iter().max_by_key(|h| (h.1 - h.0, usize::MAX - h.0))?;
    let inside = |h: &(usize, usize, usize)| h.0 >= longest.0 && h.1 <= longest.1;
    if hits.iter().any(|h| h.2 != longest.2 && !inside(h)) {
        return None;
    }
    let code = &list.values[longest.2];
    let slice = &s[longest.0..longest.1];
    let mut evidence = text.evidence(slice, wanted.rule);
    let value = json!(code.code);
    if !follows(&value, slice) {
        evidence.status = Status::Derived;
        evidence.source = Some(format!("the printed form “{slice}”"));
    }
    let rank = code.rank.or_else(|| u8::try_from(longest.2 + 1).ok());
    Some(Got { value, printed: slice.to_owned(), rank, days: Vec::new(), evidence })
}

/// The first token of a shape: `9` is a digit, `A` a letter, `+` one or more of the preceding.
fn shaped<'t>(text: &'t str, shape: &str) -> Option<&'t str> {
    let starts = text.char_indices().filter(|(i, _)| !text[..*i].ends_with(char::is_alphanumeric));
    starts.map(|(i, _)| &text[i..]).find_map(|from| {
        let len = shape_len(from, shape)?;
        (!from[len..].starts_with(char::is_alphanumeric)).then(|| &from[..len])
    })
}

fn shape_len(text: &str, shape: &str) -> Option<usize> {
    let fits = |want: char, c: char| match want {
        '9' => c.is_ascii_digit(),
        'A' => c.is_alphabetic(),
        other => c == other,
    };
    let mut at = 0;
    let mut shape = shape.chars().peekable();
    while let Some(want) = shape.next() {
        at += text[at..].chars().next().filter(|c| fits(want, *c))?.len_utf8();
        if shape.next_if_eq(&'+').is_some() {
            while let Some(c) = text[at..].chars().next().filter(|c| fits(want, *c)) {
                at += c.len_utf8();
            }
        }
    }
    Some(at)
}

/// The first date in a text.
pub(super) fn day(text: &str, month_first: bool) -> Option<(Date, &str)> {
    let named = find(month_day_year, text).map(|h| (h.value, h.slice));
    let numeric = || find(american, text).map(|h| (h.value, h.slice));
    let british = || find(date, text).map(|h| (h.value, h.slice));
    named.or_else(|| if month_first { numeric().or_else(british) } else { british() })
}

/// The dates in a text, and the words that state them.
fn days(text: &str, month_first: bool) -> Option<(Vec<(Date, Date)>, &str)> {
    if !month_first {
        let hit = find_date_ranges(text).filter(|h| h.value.problem.is_none())?;
        return Some((hit.value.ranges, hit.slice));
    }
    if let Some(hit) = find(american_days, text) {
        return Some((vec![hit.value], hit.slice));
    }
    let hits = find_all(alt((american, month_day_year)), text);
    let (first, last) = (hits.first()?, hits.last()?);
    let slice = &text[first.before.len()..last.before.len() + last.slice.len()];
    let to = slice[first.slice.len()..].trim_start().starts_with(['-', '–', 't']) && hits.len() == 2;
    if to {
        return (first.value <= last.value).then(|| (vec![(first.value, last.value)], slice));
    }
    Some((hits.iter().map(|h| (h.value, h.value)).collect(), slice))
}

fn digits(most: usize) -> impl Fn(&str) -> ParseResult<'_, u16> {
    move |i| map_opt(take_while_m_n(1, most, |c: char| c.is_ascii_digit()), |d: &str| d.parse().ok()).parse(i)
}

/// `american = month sep day sep year`, the separators alike
///
/// "02/26/2025"; "2-6-25" – not "05/16-17/2018"
fn american(input: &str) -> ParseResult<'_, Date> {
    let sep = || one_of("/-");
    map_opt((digits(2), sep(), digits(2), sep(), digits(4)), |(month, one, day, two, year)| {
        day_of(month, day, year).filter(|_| one == two)
    })
    .parse(input)
}

/// `american_days = month "/" day "-" day "/" year`
///
/// "05/16-17/2018"
fn american_days(input: &str) -> ParseResult<'_, (Date, Date)> {
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

/// `month-day-year = month day [","] year`
///
/// "February 26, 2025"
fn month_day_year(input: &str) -> ParseResult<'_, Date> {
    let month = map_opt(take_while1(char::is_alphabetic), |word: &str| {
        let at = MONTHS.iter().position(|m| m.eq_ignore_ascii_case(word))?;
        u8::try_from(at + 1).ok()
    });
    map_opt(
        (month, space1, digits(2), space0, opt(char(',')), space0, digits(4)),
        |(month, _, day, _, _, _, year)| Date::new(year, month, u8::try_from(day).ok()?),
    )
    .parse(input)
}

#[cfg(test)]
mod tests {
    use super::*;
    use insta::assert_snapshot;

    fn shape(text: &str, shape: &str) -> String {
        shaped(text, shape).unwrap_or("no").to_owned()
    }

    #[test]
    fn shapes() {
        assert_snapshot!(shape("Centre OSV-0005445.", "OSV-9+"), @"OSV-0005445");
        assert_snapshot!(shape("License CB370201248", "AA999999999"), @"CB370201248");
        assert_snapshot!(shape("License CB3702012481", "AA999999999"), @"no");
    }

    #[test]
    fn days_in_american_order() {
        let of = |text| days(text, true).map_or("no".into(), |(d, s)| format!("{d:?} {s}"));
        assert_snapshot!(day("on 02/26/2025.", true).unwrap().0, @"2025-02-26");
        assert_snapshot!(day("26/02/2025", false).unwrap().0, @"2025-02-26");
        assert_snapshot!(day("February 26, 2025", false).unwrap().0, @"2025-02-26");
        assert!(of("12/04/2025-12/12/2025").ends_with("12/04/2025-12/12/2025"));
        assert_snapshot!(of("13/13/2025"), @"no");
        let (range, _) = days("05/16-17/2018", true).unwrap();
        assert_snapshot!(format!("{} {}", range[0].0, range[0].1), @"2018-05-16 2018-05-17");
        assert!(day("05/16-17/2018", true).is_none());
    }
}
