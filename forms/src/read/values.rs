//! Reads a value of a given type from a text.

use nom::branch::alt;

use findings_core::evidence::follows;
use findings_core::grammar::date::date;
use findings_core::grammar::date_ranges::find_date_ranges;
use findings_core::grammar::label::{find_label, label};
use findings_core::grammar::number::whole_number;
use findings_core::grammar::postcode::postcode;
use findings_core::grammar::{Date, DateRanges, Hit, MONTHS, find, find_all, person};
use findings_core::record::{Evidence, Status};
use findings_core::text::Text;
use serde_json::{Value, json};

use super::month_first::{american, american_days, month_day_year, named_days};
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
        ValueType::Number => lone_number(s).map(|hit| got(json!(hit.value), hit.slice)),
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
    // The name of a month shows by itself that it comes first. If another day is before these, they aren't all:
    // "December 30 - January 3, 2024" lacks a year.
    let named = || find(named_days, text).filter(|hit| !names_month(hit.before));
    if !month_first {
        let whole = |hit: &Hit<DateRanges>| {
            hit.value.problem.is_none() && hit.value.start().is_some() && hit.value.end().is_some()
        };
        let printed = find_date_ranges(text).filter(whole);
        let named = named().filter(|n| printed.as_ref().is_none_or(|p| n.before.len() <= p.before.len()));
        return match named {
            Some(hit) => Some((hit.value, hit.slice)),
            None => printed.map(|hit| (hit.value.ranges, hit.slice)),
        };
    }
    if let Some(hit) = find(american_days, text) {
        return Some((vec![hit.value], hit.slice));
    }
    let hits = find_all(alt((american, month_day_year)), text);
    if let Some(hit) = named().filter(|_| hits.len() < 2) {
        return Some((hit.value, hit.slice));
    }
    let (first, last) = (hits.first().filter(|hit| !names_month(hit.before))?, hits.last()?);
    let slice = &text[first.before.len()..last.before.len() + last.slice.len()];
    let to = slice[first.slice.len()..].trim_start().starts_with(['-', '–', 't']) && hits.len() == 2;
    if to {
        return (first.value <= last.value).then(|| (vec![(first.value, last.value)], slice));
    }
    Some((hits.iter().map(|h| (h.value, h.value)).collect(), slice))
}

/// Whether a text has the name of a month and a number beside it.
fn names_month(text: &str) -> bool {
    let words: Vec<&str> = text.split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty()).collect();
    let is_month = |word: &str| MONTHS.iter().any(|month| month.eq_ignore_ascii_case(word));
    let is_number = |word: &str| word.starts_with(|c: char| c.is_ascii_digit());
    words.windows(2).any(|two| is_month(two[0]) && is_number(two[1]) || is_number(two[0]) && is_month(two[1]))
}

/// Whether a text has days.
pub(super) fn has_days(text: &str, month_first: bool) -> bool {
    days(text, month_first).is_some()
}

/// Whether a text has days that only month first are any: "05/16/2024".
pub(super) fn is_month_first(text: &str) -> bool {
    days(text, false).is_none() && days(text, true).is_some()
}

/// A name without the day that is printed behind it: "Larch House - 27/01/2024".
pub(crate) fn undated(text: &Text) -> Text {
    let is_day = |rest: &str| day(rest, true).is_some_and(|(_, slice)| slice.trim() == rest.trim());
    let name = [" - ", " – ", " — "].iter().find_map(|dash| text.as_str().rsplit_once(dash));
    match name.filter(|(_, rest)| is_day(rest)) {
        Some((name, _)) => text.slice(0..name.trim_end().len()),
        None => text.clone(),
    }
}

/// The first number in a text; none if it is a piece of a longer one, as of a telephone's: "555-0127", "(02) 5550 1234".
fn lone_number(text: &str) -> Option<Hit<'_, u64>> {
    let hit = find(whole_number, text)?;
    let behind = text[hit.before.len() + hit.slice.len()..].trim_start_matches([' ', ')', '-', '–']);
    let before = hit.before.trim_end_matches(['-', '–', '+', '(']);
    let digits = behind.starts_with(|c: char| c.is_ascii_digit())
        || before.len() < hit.before.len()
            && (before.ends_with(|c: char| c.is_ascii_digit()) || hit.before.ends_with('+'));
    (!digits).then_some(hit)
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
    fn days_that_are_not_read_whole_are_not_read() {
        for text in [
            "December 30 - January 3, 2024",
            "Monday, March 6 to Wednesday, March 8, 2023",
            "March 6th to March 8, 2023",
            "June 5 and again on June 9, 2023",
        ] {
            assert!(days(text, false).is_none() && days(text, true).is_none(), "{text}");
        }
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

    #[test]
    fn a_piece_of_a_longer_number_is_none() {
        let number = |text: &str| lone_number(text).map(|hit| hit.value);
        for no in ["my staff at 555-0127", "(02) 5550 1234", "+44 20 5550", "10-12 places"] {
            assert_eq!(number(no), None, "{no}");
        }
        for (text, n) in [("24 places", 24), ("31 out of 50", 31), ("1,250", 1250), ("(12)", 12)] {
            assert_eq!(number(text), Some(n), "{text}");
        }
    }

    #[test]
    fn a_day_behind_a_name_is_no_part_of_it() {
        let bare = |printed: &str| {
            let mut text = Text::default();
            for (n, word) in printed.split(' ').enumerate() {
                let word = findings_core::text::Word { text: word.into(), ..Default::default() };
                text.push_word(1, 0, n as u32, &word, false);
            }
            undated(&text).as_str().to_owned()
        };
        assert_eq!(bare("Larch House - 27/01/2024"), "Larch House");
        assert_eq!(bare("Larch House – 3 May 2024"), "Larch House");
        assert_eq!(bare("Larch House - North"), "Larch House - North");
        assert_eq!(bare("Larch House - opened 3 May 2024"), "Larch House - opened 3 May 2024");
    }

    #[test]
    fn days_with_the_months_name_first_need_no_setting() {
        let of = |text| days(text, false).map(|(d, s)| format!("{} {} {s}", d[0].0, d[0].1));
        assert_eq!(of("on December 4-6, 2023."), Some("2023-12-04 2023-12-06 December 4-6, 2023".into()));
        assert_eq!(of("4 to 6 December 2023"), Some("2023-12-04 2023-12-06 4 to 6 December 2023".into()));
        assert_eq!(of("05/16/2023"), None);
        assert!(is_month_first("05/16/2023") && !is_month_first("16/05/2023") && !is_month_first("May"));
    }
}
