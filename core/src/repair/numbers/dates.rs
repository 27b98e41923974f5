//! Repairs dates that were split or ran together.

use super::super::RepairKind;
use super::super::words::{Replacement, parts};
use super::{is_month, year};
use crate::grammar::MONTHS;
use crate::text::Word;

/// The replacement for dates that ran together because the dash between them was lost.
pub(in crate::repair) fn dates(words: &[Word], before: Option<&Word>) -> Option<Replacement> {
    damaged_dash(words, before)
        .or_else(|| lost_dash(words, before))
        .or_else(|| lost_dash_of_days(words, before))
        .or_else(|| days_run_together(words))
        .or_else(|| year(words, before).filter(|m| m.kind == RepairKind::DatesRunTogether))
}

/// The replacement for a date whose digits were split by a space or ran into the next date: "1 9 June", "June 20 18",
/// "16 January 20179 February". Safe in any text, because a month is beside them.
pub(in crate::repair) fn split_dates(words: &[Word], before: Option<&Word>) -> Option<Replacement> {
    if !words[0].text.starts_with(|c: char| c.is_ascii_digit()) {
        return None; // nearly all words
    }
    split_day(words).or_else(|| split_year(words, before)).or_else(|| year_and_day(words, before))
}

/// "1 9 June"
fn split_day(words: &[Word]) -> Option<Replacement> {
    let [tens, ones, month, ..] = words else { return None };
    let is_digit = |w: &Word| w.text.len() == 1 && w.text.bytes().all(|b| b.is_ascii_digit());
    if !is_digit(tens) || !is_digit(ones) {
        return None; // nearly all words
    }
    let day = format!("{}{}", tens.text, ones.text);
    let is_day = (10..=31).contains(&day.parse().unwrap_or(0));
    (is_day && begins_month(&month.text)).then(|| Replacement {
        taken: 2,
        words: vec![day],
        kind: RepairKind::SplitNumber,
    })
}

/// "June 20 18"
fn split_year(words: &[Word], before: Option<&Word>) -> Option<Replacement> {
    let [century, rest, ..] = words else { return None };
    let (prefix, digits, suffix) = parts(&rest.text);
    let is_year = century.text == "20" && prefix.is_empty() && is_number(digits, 2..=2);
    (is_year && before.is_some_and(|w| begins_month(&w.text))).then(|| Replacement {
        taken: 2,
        words: vec![format!("20{digits}{suffix}")],
        kind: RepairKind::SplitNumber,
    })
}

/// "January 20179 February": the dash after the year is lost.
fn year_and_day(words: &[Word], before: Option<&Word>) -> Option<Replacement> {
    let [run, month, ..] = words else { return None };
    let (year, day) = run.text.split_at_checked(4)?;
    let is_both = is_number(&run.text, 5..=6)
        && (1900..2200).contains(&year.parse().unwrap_or(0))
        && (1..=31).contains(&day.parse().unwrap_or(0));
    (is_both && begins_month(&month.text) && before.is_some_and(|w| begins_month(&w.text))).then(|| {
        Replacement {
            taken: 1,
            words: vec![year.to_owned(), "\u{2013}".to_owned(), day.to_owned()],
            kind: RepairKind::DatesRunTogether,
        }
    })
}

/// Whether a word is a month's name or its first letters, at least three.
fn begins_month(word: &str) -> bool {
    let lower = parts(word).1.to_lowercase();
    lower.len() >= 3 && MONTHS.iter().any(|m| m.starts_with(&lower))
}

fn is_number(text: &str, len: std::ops::RangeInclusive<usize>) -> bool {
    len.contains(&text.len()) && text.bytes().all(|b| b.is_ascii_digit())
}

/// "14 � 15 May 2024", "24 April ? 5 May 2023": the character between the two days was a dash.
fn damaged_dash(words: &[Word], before: Option<&Word>) -> Option<Replacement> {
    let lost = |w: &str| !w.is_empty() && w.chars().all(|c| matches!(c, '?' | '\u{fffd}'));
    let day = |w: &str| w.len() <= 2 && (1..=31).contains(&w.parse().unwrap_or(0));
    let text = words[0].text.as_str();
    let dated = |at: usize| words.get(at).is_some_and(|w| is_month(&w.text));
    let year = |w: &str| w.len() == 4 && w.starts_with("20") && w.parse::<u32>().is_ok();
    let after = before.is_some_and(|w| day(&w.text) || is_month(&w.text) || year(&w.text));
    let dash = |words: Vec<String>| Some(Replacement { taken: 1, words, kind: RepairKind::LostDash });
    if lost(text) && after && words.get(1).is_some_and(|w| day(&w.text)) && dated(2) {
        return dash(vec!["\u{2013}".into()]);
    }
    // "14�15 May 2024"
    let (first, rest) = text.split_once(['?', '\u{fffd}'])?;
    let second = rest.trim_start_matches(['?', '\u{fffd}']);
    let days = (day(first) || year(first)) && day(second) && dated(1);
    if days { dash(vec![first.into(), "\u{2013}".into(), second.into()]) } else { None }
}

/// "24 February 20 March 2015", "16 January 2017 9 February 2017": a day after a month or its year begins a second
/// date.
fn lost_dash(words: &[Word], before: Option<&Word>) -> Option<Replacement> {
    let text = words[0].text.as_str();
    let day = (1..=2).contains(&text.len()) && (1..=31).contains(&text.parse().unwrap_or(0));
    let month = words.get(1).is_some_and(|w| is_month(&w.text));
    let year = |w: &Word| w.text.len() == 4 && w.text.starts_with("20") && w.text.parse::<u32>().is_ok();
    let after = before.is_some_and(|w| is_month(&w.text) && parts(&w.text).2.is_empty() || year(w));
    let dated =
        words.get(2).is_some_and(|w| parts(&w.text).1.len() == 4 && parts(&w.text).1.starts_with("20"));
    (day && month && after && dated).then(|| Replacement {
        taken: 1,
        words: vec!["\u{2013}".to_owned(), text.to_owned()],
        kind: RepairKind::DatesRunTogether,
    })
}

/// "15 19 July 2013" was "15 – 19 July 2013", at the start of a line or after words that announce dates.
fn lost_dash_of_days(words: &[Word], before: Option<&Word>) -> Option<Replacement> {
    let announced = before.is_none_or(|w| {
        w.text.ends_with(':')
            || ["date", "dates", "between", "from"].contains(&w.text.to_lowercase().as_str())
    });
    let [first, second, month, year, ..] = words else { return None };
    let day = |w: &Word| w.text.parse::<u32>().ok().filter(|d| w.text.len() <= 2 && (1..=31).contains(d));
    let year = parts(&year.text).1;
    let dated = is_month(&month.text) && year.len() == 4 && year.starts_with("20");
    // "1 9 July" may be the 19th.
    let in_order = second.text.len() == 2 && day(first)? < day(second)?;
    (announced && dated && in_order).then(|| Replacement {
        taken: 1,
        words: vec![first.text.clone(), "\u{2013}".to_owned()],
        kind: RepairKind::DatesRunTogether,
    })
}

/// "1014 June 2019" was "10–14 June 2019", "314 June" was "3–14 June": only one split gives two days in order.
fn days_run_together(words: &[Word]) -> Option<Replacement> {
    let text = words[0].text.as_str();
    let (3..=4, true) = (text.len(), text.bytes().all(|b| b.is_ascii_digit())) else { return None };
    if !words.get(1).is_some_and(|w| is_month(&w.text)) {
        return None;
    }
    let cut = |at: usize| {
        let (a, b) = text.split_at(at);
        let (from, to): (u32, u32) = (a.parse().ok()?, b.parse().ok()?);
        let plain = !a.starts_with('0') && !b.starts_with('0');
        (plain && from < to && to <= 31).then(|| vec![a.to_owned(), "\u{2013}".to_owned(), b.to_owned()])
    };
    let mut fits = (1..=2).filter_map(cut);
    let words = fits.next().filter(|_| fits.next().is_none())?;
    Some(Replacement { taken: 1, words, kind: RepairKind::DatesRunTogether })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn digits_of_dates_that_came_apart_are_put_together_in_any_text() {
        let repaired = |text: &str, at: usize| {
            let words: Vec<Word> =
                text.split(' ').map(|w| Word { text: w.to_owned(), ..Word::default() }).collect();
            let found = split_dates(&words[at..], words[..at].last())?;
            Some(found.words.join(" "))
        };
        assert_eq!(repaired("on 1 9 June 2018", 1).as_deref(), Some("19"));
        assert_eq!(repaired("1 9 Sept 2018", 0).as_deref(), Some("19"));
        assert_eq!(repaired("19 June 20 18.", 2).as_deref(), Some("2018."));
        assert_eq!(repaired("16 January 20179 February 2017", 2).as_deref(), Some("2017 – 9"));
        for (text, at) in
            [("3 9 June 2018", 0), ("1 9 children", 0), ("in 20 18", 1), ("June 20179 children", 1)]
        {
            assert_eq!(repaired(text, at), None, "{text}");
        }
    }
}
