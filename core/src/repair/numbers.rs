//! Repairs numbers in dates, postcodes and paragraph numbers: digits that became letters, and numbers that were split
//! or ran together.

mod dates;

pub(super) use self::dates::{dates, split_dates};
use super::RepairKind;
use super::words::{Replacement, parts};
use crate::cut::Cut;
use crate::grammar::MONTHS;
use crate::text::Word;
use crate::text::confusion::{digit, misread_postcode, readings};

/// The replacement for the words at the start of a slice; `first` says that they begin a line.
pub(super) fn replacement(words: &[Word], before: Option<&Word>, first: bool) -> Option<Replacement> {
    run_together(words)
        .or_else(|| day(words))
        .or_else(|| year(words, before))
        .or_else(|| postcode(words))
        .or_else(|| first.then(|| paragraph(words)).flatten())
}

fn is_month(word: &str) -> bool {
    let lower = parts(word).1.to_lowercase();
    MONTHS.contains(&lower.as_str())
}

/// Separates a month from a number, or a number from the next word: "16January", "January2017", "20179", "3and",
/// "to27".
fn run_together(words: &[Word]) -> Option<Replacement> {
    let text = words[0].text.as_str();
    let (prefix, core, suffix) = parts(text);
    if core.is_empty() || !core.is_ascii() {
        return None;
    }
    let month = MONTHS.iter().filter(|m| core.len() > m.len()).find_map(|m| {
        let at = core.to_lowercase().find(m)?;
        let capital = core.tail(at).starts_with(|c: char| c.is_ascii_uppercase());
        capital.then(|| (at, at + m.len(), core.part(at..at + m.len()).to_owned()))
    });
    if let Some((from, to, month)) = month.or_else(|| misread_month(core)) {
        let day = core.head(from);
        let (year, join) = core.tail(to).split_at(core.tail(to).len().min(4));
        let whole = |s: &str| s.is_empty() || s.chars().all(|c| digit(c).is_some());
        let joins = join.is_empty() || is_join(join);
        if whole(day) && day.len() <= 2 && whole(year) && matches!(year.len(), 0 | 4) && joins {
            let mut out: Vec<String> = Vec::new();
            out.extend((!day.is_empty()).then(|| format!("{prefix}{}", digits(day))));
            out.push(month);
            out.extend((!year.is_empty()).then(|| digits(year)));
            out.extend((!join.is_empty()).then(|| join.to_owned()));
            out.last_mut()?.push_str(suffix);
            return Some(Replacement { taken: 1, words: out, kind: RepairKind::JoinedWords });
        }
    }
    // "3and", "to27", "2019The"
    let boundary = core
        .char_indices()
        .skip(1)
        .find(|(at, c)| core.head(*at).ends_with(|b: char| b.is_ascii_digit()) != c.is_ascii_digit());
    let (at, _) = boundary?;
    let (a, b) = core.split_at(at);
    if a.len() <= 2 && a.bytes().all(|b| b.is_ascii_digit()) && misread(b, &["and"]).is_some() {
        let words = vec![format!("{prefix}{a}"), format!("and{suffix}")];
        return Some(Replacement { taken: 1, words, kind: RepairKind::JoinedWords });
    }
    let number = |w: &str| w.chars().all(|c| c.is_ascii_digit()) && matches!(w.len(), 1 | 2 | 4);
    let year_then_word = number(a) && a.len() == 4 && b.chars().all(char::is_alphabetic) && b.len() > 1;
    (number(a) && is_join(b) || is_join(a) && number(b) || year_then_word).then(|| Replacement {
        taken: 1,
        words: vec![format!("{prefix}{a}"), format!("{b}{suffix}")],
        kind: RepairKind::JoinedWords,
    })
}

fn is_join(word: &str) -> bool {
    matches!(word.to_lowercase().as_str(), "and" | "to" | "on" | "from" | "of" | "in" | "between")
}

/// The one of the given lower-case words that a damaged word stands for, if any.
fn misread<'w>(seen: &str, meant: &[&'w str]) -> Option<&'w str> {
    let mut found = None;
    readings(seen, 2, &mut |word, _| {
        found = found.or_else(|| meant.iter().copied().find(|m| m.eq_ignore_ascii_case(word)));
    });
    found
}

/// A damaged month that has run into a number, with the range that it takes: "Octobcr2015".
fn misread_month(core: &str) -> Option<(usize, usize, String)> {
    let from = core.find(|c: char| c.is_ascii_alphabetic())?;
    let len = core.tail(from).find(|c: char| !c.is_ascii_alphabetic()).unwrap_or(core.len() - from);
    let seen = core.part(from..from + len);
    if !(3..=11).contains(&len) || len == core.len() {
        return None;
    }
    let month = misread(seen, &MONTHS)?;
    Some((from, from + len, month.head(1).to_uppercase() + month.tail(1)))
}

/// `day = 1*2digit` before a month, before "to", "and" or a dash and another day: "l6 January", "1 6 January".
fn day(words: &[Word]) -> Option<Replacement> {
    let (prefix, core, suffix) = parts(&words[0].text);
    if core.is_empty() || core.len() > 2 || !core.chars().all(|c| digit(c).is_some()) {
        return None;
    }
    let plain = core.chars().all(|c| c.is_ascii_digit());
    let next = words.get(1)?;
    if suffix.is_empty() && core.len() == 1 && day_follows(words.tail(2.min(words.len())), 0) {
        let (between, second, after) = parts(&next.text);
        if between.is_empty() && second.len() == 1 && second.chars().all(|c| digit(c).is_some()) {
            let day = format!("{}{}", digits(core), digits(second));
            // "o 7" is not "07".
            if !day.starts_with('0') && (1..=31).contains(&day.parse().unwrap_or(0)) {
                return Some(Replacement {
                    taken: 2,
                    words: vec![format!("{prefix}{day}{after}")],
                    kind: RepairKind::SplitNumber,
                });
            }
        }
    }
    // The mark of a sub-list before a date, "o September", is not a day.
    let is_day = (1..=31).contains(&digits(core).parse().unwrap_or(0));
    (!plain && is_day && day_follows(words.tail(1), 0)).then(|| Replacement {
        taken: 1,
        words: vec![format!("{prefix}{}{suffix}", digits(core))],
        kind: RepairKind::LettersForDigits,
    })
}

/// Whether a month follows, or "to" / "and" / a dash and another day before a month.
fn day_follows(words: &[Word], depth: u8) -> bool {
    let Some(word) = words.first() else { return false };
    if is_month(&word.text) {
        return true;
    }
    let joins = matches!(word.text.as_str(), "to" | "and" | "-" | "\u{2013}" | "\u{2014}" | ",");
    // "l8 to" may end a line.
    if depth == 0 && word.text == "to" && words.len() == 1 {
        return true;
    }
    let is_day = |w: &Word| {
        let core = parts(&w.text).1;
        (1..=2).contains(&core.len()) && core.chars().all(|c| digit(c).is_some())
    };
    depth < 3
        && (joins && words.get(1).is_some_and(is_day) && day_follows(words.tail(1), depth + 1)
            || is_day(word) && day_follows(words.tail(1), depth + 1))
}

/// A year after a month: "2Ol9", "20 19", "2 019", or one into which the next day has run: "20179 February".
fn year(words: &[Word], before: Option<&Word>) -> Option<Replacement> {
    let after_month = before.is_some_and(|w| is_month(&w.text) && parts(&w.text).2.is_empty());
    let (prefix, core, suffix) = parts(&words[0].text);
    if core.is_empty()
        || !core.chars().all(|c| digit(c).is_some())
        || !core.chars().any(|c| c.is_ascii_digit())
    {
        return None;
    }
    let clean = digits(core);
    let is_year = |s: &str| s.len() == 4 && (s.starts_with("20") || s.starts_with("19"));
    if !after_month {
        // A year inside a sentence.
        let damaged = core != clean && core.chars().filter(char::is_ascii_digit).count() >= 2;
        return (damaged && is_year(&clean))
            .then(|| one(format!("{prefix}{clean}{suffix}"), RepairKind::LettersForDigits));
    }
    if is_year(&clean) {
        return (core != clean)
            .then(|| one(format!("{prefix}{clean}{suffix}"), RepairKind::LettersForDigits));
    }
    if (5..=6).contains(&clean.len()) && is_year(clean.head(4)) {
        let (year, day) = (clean.head(4), clean.tail(4));
        let follows = day_follows(words.tail(1), 0) && (1..=31).contains(&day.parse().unwrap_or(0));
        return follows.then(|| Replacement {
            taken: 1,
            words: vec![format!("{prefix}{year}"), "\u{2013}".to_owned(), format!("{day}{suffix}")],
            kind: RepairKind::DatesRunTogether,
        });
    }
    let mut joined = clean;
    let mut last = suffix;
    for (n, word) in words.iter().enumerate().skip(1).take(3) {
        let (p, c, s) = parts(&word.text);
        if !last.is_empty() || !p.is_empty() || c.is_empty() || !c.chars().all(|c| digit(c).is_some()) {
            break;
        }
        joined.push_str(&digits(c));
        last = s;
        if is_year(&joined) {
            return Some(Replacement {
                taken: n + 1,
                words: vec![format!("{prefix}{joined}{last}")],
                kind: RepairKind::SplitNumber,
            });
        }
    }
    None
}

/// A postcode in which letters and digits were mistaken for each other: "M1 2WD".
fn postcode(words: &[Word]) -> Option<Replacement> {
    if let Some(two) = postcode_in_one(&words[0].text) {
        return Some(Replacement { taken: 1, words: two.into(), kind: RepairKind::JoinedWords });
    }
    let (outward, inward) = (words[0].text.as_str(), words.get(1)?.text.as_str());
    let bare = inward.trim_end_matches([',', '.']);
    // In a sentence only its capitals show that it is a postcode.
    let strict = |c: char| c.is_ascii_uppercase() || c.is_ascii_digit() || c == 'l';
    // "FISH BAR" is two words.
    let has_digit = || outward.bytes().chain(bare.bytes()).any(|b| b.is_ascii_digit());
    if !outward.chars().chain(bare.chars()).all(strict) || !has_digit() {
        return None;
    }
    let (outward, unit, changed) = misread_postcode(outward, bare)?;
    ((1..=2).contains(&changed)).then(|| Replacement {
        taken: 2,
        words: vec![outward, format!("{unit}{}", inward.tail(bare.len()))],
        kind: RepairKind::LettersForDigits,
    })
}

/// A postcode that has lost its space: "M12WD".
fn postcode_in_one(word: &str) -> Option<[String; 2]> {
    let bare = word.trim_end_matches([',', '.']);
    let (outward, unit) = bare.split_at_checked(bare.len().checked_sub(3)?)?;
    if !bare.bytes().all(|b| b.is_ascii_uppercase() || b.is_ascii_digit()) {
        return None; // nearly all words
    }
    let (outward, unit, changed) = misread_postcode(outward, unit)?;
    (changed == 0).then(|| [outward, format!("{unit}{}", word.tail(bare.len()))])
}

/// A paragraph number at the start of a line: "l2." or "12,". "I." may be a Roman numeral and stays.
fn paragraph(words: &[Word]) -> Option<Replacement> {
    let text = words[0].text.as_str();
    let number = text.strip_suffix(['.', ','])?;
    let fits = (1..=3).contains(&number.len())
        && number.chars().all(|c| digit(c).is_some() && c != 'i' && c != 'o')
        && number.chars().any(|c| c.is_ascii_digit() || number == "l");
    let capital = words.get(1).is_none_or(|w| w.text.starts_with(char::is_uppercase));
    let repaired = format!("{}.", digits(number));
    (fits && capital && repaired != text).then(|| one(repaired, RepairKind::LettersForDigits))
}

fn digits(word: &str) -> String {
    word.chars().filter_map(digit).collect()
}

fn one(word: String, kind: RepairKind) -> Replacement {
    Replacement { taken: 1, words: vec![word], kind }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn repaired(text: &str) -> String {
        let words: Vec<Word> =
            text.split(' ').map(|w| Word { text: w.to_owned(), ..Word::default() }).collect();
        let (mut out, mut at) = (Vec::<Word>::new(), 0);
        while at < words.len() {
            let found =
                replacement(&words[at..], out.last(), at == 0).or_else(|| dates(&words[at..], out.last()));
            let taken = found.as_ref().map_or(1, |m| m.taken);
            let new = found.map_or_else(|| vec![words[at].text.clone()], |m| m.words);
            out.extend(new.into_iter().map(|text| Word { text, ..Word::default() }));
            at += taken;
        }
        out.iter().map(|w| w.text.as_str()).collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn a_mark_before_a_date_is_no_day() {
        assert_eq!(repaired("o September 9, 2021"), "o September 9, 2021");
        assert_eq!(repaired("o 7 and 8 May 2021"), "o 7 and 8 May 2021");
    }

    #[test]
    fn dates_that_ran_together_are_parted() {
        assert_eq!(repaired("16 January 20179 February 2017"), "16 January 2017 – 9 February 2017");
        assert_eq!(repaired("24 February 20 March 2015"), "24 February – 20 March 2015");
        assert_eq!(repaired("Inspection dates: 15 19 July 2013"), "Inspection dates: 15 – 19 July 2013");
        assert_eq!(repaired("the 15 19 July 2013"), "the 15 19 July 2013");
        assert_eq!(repaired("1014 June 2019"), "10 – 14 June 2019");
        assert_eq!(repaired("314 June 2019"), "3 – 14 June 2019");
        assert_eq!(repaired("26 Octobcr2015 – 20 November"), "26 October 2015 – 20 November");
        assert_eq!(repaired("17 June2019to 28 June"), "17 June 2019 to 28 June");
        assert_eq!(repaired("24ancl 25 February"), "24 and 25 February");
        assert_eq!(repaired("took place from l8 to"), "took place from 18 to");
        assert_eq!(repaired("16January 2017 to27 January2017"), "16 January 2017 to 27 January 2017");
    }

    #[test]
    fn letters_in_numbers_are_digits() {
        assert_eq!(repaired("l6 to 2O January 2Ol7"), "16 to 20 January 2017");
        assert_eq!(repaired("1 9 June 20 15"), "19 June 2015");
        assert_eq!(repaired("WN1 lYN"), "WN1 1YN");
        assert_eq!(repaired("l2. The"), "12. The");
    }

    #[test]
    fn what_is_no_date_stays() {
        for text in [
            "12 June 2019",
            "200 children",
            "a total of 2019 children",
            "in May 2012 children",
            "M1 2WD",
            "FISH BAR",
        ] {
            assert_eq!(repaired(text), text);
        }
    }
}
