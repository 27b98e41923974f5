//! Checks whether a value follows from the words it is said to be read from.
//!
//! Whole words count, in order: "Ann Lee" does not follow from "Lee, Joanne and Annabel Leeson", nor 3 from
//! "2013". A negation or a longer label changes the meaning: "compliant" does not follow from "Not Compliant", nor
//! "good" from "requires improvement to be good".

use serde_json::Value;

use crate::cut::Cut;
use crate::grammar::fraction::share_in_words;
use crate::grammar::label::contains_label;
use crate::grammar::number::spelled_number;
use crate::grammar::{MONTHS, find_all, grade};

/// Whether a value follows from its quote, according to its type: the quote must contain a date's day and month, a
/// number, or a text's words. For an object only the printed members count.
///
/// ```
/// use findings_core::evidence::follows;
/// use serde_json::json;
///
/// assert!(follows(&json!("2023-05-04"), "on 4 May 2023"));
/// assert!(!follows(&json!(3), "in 2013"));
/// ```
pub fn follows(value: &Value, quote: &str) -> bool {
    match value {
        Value::String(s) if is_date(s) => date_follows(s, quote),
        Value::String(s) => text_follows(s, quote),
        Value::Number(n) => number_follows(&n.to_string(), quote),
        Value::Bool(_) | Value::Null => true,
        Value::Array(items) => items.iter().all(|v| follows(v, quote)),
        Value::Object(map) => {
            let member = |key: &str| map.get(key).and_then(Value::as_str);
            let graded = member("grade").zip(member("printed"));
            let printed = |(key, _): &(&String, &Value)| {
                matches!(key.as_str(), "name" | "text" | "printed" | "start" | "end" | "heading")
            };
            graded.is_none_or(|(code, printed)| grade_follows(code, printed))
                && map.iter().filter(printed).all(|(_, v)| follows(v, quote))
        }
    }
}

/// Grades without a grade word: the code, and the phrases of which one must be printed.
const OUTCOMES: &[(&str, &[&str])] = &[
    ("requires-improvement", &["requires improvement", "require improvement", "required improvement"]),
    ("typically-positive", &["typically lead to positive"]),
    ("inconsistent", &["inconsistent experiences", "inconsistent"]),
    ("systemic-failings", &["systemic failings"]),
];

/// Whether a grade's code follows from the print: only one of its own printed forms supports it.
///
/// "good" from "Good", not from "Requires improvement to be good"
pub(super) fn grade_follows(code: &str, quote: &str) -> bool {
    let graded = find_all(grade, quote).iter().any(|hit| hit.value.grade.code() == code);
    let outcome = OUTCOMES.iter().find(|(c, _)| *c == code);
    let is_grade_word = ["outstanding", "good", "adequate", "inadequate"].contains(&code);
    graded
        || outcome.is_some_and(|(_, phrases)| phrases.iter().any(|p| contains_label(quote, p)))
        || !is_grade_word && outcome.is_none() && text_follows(code, quote)
}

fn is_date(s: &str) -> bool {
    let b = s.as_bytes();
    b.len() == 10 && b[4] == b'-' && b[7] == b'-' && b.iter().filter(|b| b.is_ascii_digit()).count() == 8
}

/// The quote must contain the day, the month as a name or a number, and the year, unless it contains no year at all
/// (days whose year is printed once, elsewhere).
fn date_follows(date: &str, quote: &str) -> bool {
    let [year, month, day] = [date.head(4), date.part(5..7), date.tail(8)].map(|p| p.trim_start_matches('0'));
    let numbers: Vec<&str> = quote
        .split(|c: char| !c.is_ascii_digit())
        .filter(|n| !n.is_empty())
        .map(|n| n.trim_start_matches('0'))
        .collect();
    let name = month.parse().ok().and_then(|m: usize| MONTHS.get(m.checked_sub(1)?));
    let has_month = name.is_some_and(|name| names_month(quote, name)) || numbers.contains(&month);
    let years: Vec<&&str> = numbers.iter().filter(|n| n.len() == 4).collect();
    numbers.contains(&day) && has_month && (years.is_empty() || years.iter().any(|y| **y == year))
}

/// Whether a text contains a month's name, possibly abbreviated ("Sept.") or split ("Septem ber").
fn names_month(text: &str, name: &str) -> bool {
    let lower = text.to_lowercase();
    let squeezed: String = lower.chars().filter(|c| !c.is_whitespace()).collect();
    let name = name.to_lowercase();
    let short = |word: &str| word.len() >= 3 && name.starts_with(word);
    // "Novemeber": a typing error inside the word.
    let slip = |word: &str| {
        let (head, tail) = (name.get(..3), name.get(name.len().saturating_sub(2)..));
        let alike = head.is_some_and(|h| word.starts_with(h)) && tail.is_some_and(|t| word.ends_with(t));
        alike && word.len() > 4 && word.len().abs_diff(name.len()) <= 2
    };
    squeezed.contains(&name)
        || lower.split(|c: char| !c.is_alphabetic()).any(|word| short(word) || slip(word))
}

/// Whether a text contains this number.
fn number_follows(number: &str, quote: &str) -> bool {
    let Ok(wanted) = number.parse::<f64>() else { return false };
    let printed = printed_numbers(quote).into_iter().any(|n| (n - wanted).abs() < 1e-9);
    let none = wanted == 0.0 && ["no", "none", "not", "nil"].iter().any(|word| contains_label(quote, word));
    let in_words = || find_all(spelled_number, quote).iter().any(|hit| f64::from(hit.value) == wanted);
    let as_share = || find_all(share_in_words, quote).iter().any(|hit| hit.value == wanted);
    printed || none || in_words() || as_share()
}

/// The numbers of a text: "1,250", "12.5", and "1 250" both as one and as two.
fn printed_numbers(text: &str) -> Vec<f64> {
    let mut all = Vec::new();
    let mut before: Option<String> = None;
    for word in text.split(|c: char| !(c.is_ascii_digit() || c == ',' || c == '.')) {
        let digits = word.trim_matches(|c: char| !c.is_ascii_digit()).replace(',', "");
        all.extend(digits.parse::<f64>());
        let grouped = digits.len() == 3 && digits.bytes().all(|b| b.is_ascii_digit());
        let whole = before.filter(|_| grouped).map(|b| format!("{b}{digits}"));
        all.extend(whole.as_deref().and_then(|w| w.parse::<f64>().ok()));
        before = whole.or(Some(digits)).filter(|d| !d.is_empty() && d.bytes().all(|b| b.is_ascii_digit()));
    }
    all
}

/// Texts with at most this many words must occur in one run; longer ones may be interrupted (by list marks or
/// furniture).
const IN_ONE_RUN: usize = 5;

fn text_follows(text: &str, quote: &str) -> bool {
    // A whole sentence quoted verbatim needs no comparison word by word.
    if quote == text || text.len() > 80 && quote.contains(text) {
        return true;
    }
    let (wanted, words) = (words(text), words(quote));
    if wanted.is_empty() {
        return true;
    }
    match run(&wanted, &words) {
        Some(at) => !says_otherwise(words.head(at), &wanted),
        None => wanted.len() > IN_ONE_RUN && in_order(&wanted, &words),
    }
}

/// The words of a text: letters or digits, in lower case. Letters right after a number are a separate word ("30hrs").
fn words(text: &str) -> Vec<String> {
    let runs = text.split(|c: char| !c.is_alphanumeric()).flat_map(|run| {
        let end = run.find(|c: char| !c.is_ascii_digit()).unwrap_or(run.len());
        let (digits, rest) = run.split_at(end);
        [digits, rest]
    });
    runs.filter(|w| !w.is_empty()).map(str::to_lowercase).collect()
}

/// Where some words occur in a row. Words may be joined or split differently ("multi-" "agency") as long as the whole
/// begins and ends at word boundaries.
fn run(wanted: &[String], words: &[String]) -> Option<usize> {
    let whole: String = wanted.concat();
    (0..words.len()).find(|at| {
        let mut rest = whole.as_str();
        for word in words.tail(*at) {
            match rest.strip_prefix(word.as_str()) {
                Some("") => return true,
                Some(after) => rest = after,
                None => return false,
            }
        }
        false
    })
}

/// Words that change the meaning of what follows.
const OTHERWISE: &[&str] =
    &["not", "non", "no", "never", "neither", "without", "partially", "partly", "substantially", "mostly"];

/// Whether the words before a code make it a different one: "Not Compliant", "Substantially Compliant".
fn says_otherwise(before: &[String], wanted: &[String]) -> bool {
    let short = wanted.len() <= 3;
    short && before.last().is_some_and(|w| OTHERWISE.contains(&w.as_str()))
}

/// Whether the words occur in this order, with others in between.
fn in_order(wanted: &[String], words: &[String]) -> bool {
    let mut at = 0;
    let mut taken = 0;
    while taken < wanted.len() {
        let Some(found) = words
            .tail(at)
            .iter()
            .position(|w| wanted[taken].starts_with(w.as_str()) || w.starts_with(wanted[taken].as_str()))
        else {
            return false;
        };
        at += found;
        match joined(wanted.tail(taken), words.tail(at)) {
            Some((of_wanted, of_words)) => {
                taken += of_wanted;
                at += of_words;
            }
            None => at += 1,
        }
    }
    true
}

/// How many words on each side are the same when joined.
fn joined(wanted: &[String], words: &[String]) -> Option<(usize, usize)> {
    let (mut a, mut b) = (wanted.first()?.clone(), words.first()?.clone());
    let (mut i, mut k) = (1, 1);
    while a != b {
        if a.len() < b.len() && b.starts_with(&a) {
            a.push_str(wanted.get(i)?);
            i += 1;
        } else if b.len() < a.len() && a.starts_with(&b) {
            b.push_str(words.get(k)?);
            k += 1;
        } else {
            return None;
        }
    }
    Some((i, k))
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn values_follow_from_their_quotes() {
        for (value, quote) in [
            (json!("2023-03-01"), "Date: 01/03/2023"),
            (json!("2023-03-01"), "1 and 2 March 2023"),
            (json!("2023-03-01"), "1st March"),
            (json!("2023-09-01"), "1 Sept. 2023"),
            (json!("2023-09-01"), "1Septem ber 2023"),
            (json!(3), "three residents"),
            (json!(14), "Fourteen residents"),
            (json!(23), "the twenty-three children"),
            (json!(0), "There were no residents"),
            (json!(1250), "1,250 children"),
            (json!(1250), "1 250 children"),
            (json!(12.5), "12.5%, a rise"),
            (json!(57.0), "57% of them"),
            (json!(25.0), "one in four children"),
            (json!(0.5), "one in every 186"),
            (json!(66.7), "Two thirds of them"),
            (json!("not-compliant"), "Not Compliant"),
            (json!("Ann Lee"), "Ms Ann Lee, OBE"),
            (json!("Ann Thomson-Jones"), "Ann Thomson- Jones"),
            (json!("A multi-agency plan is kept."), "A multi- agency plan is kept."),
            (
                json!("Homes that are late and never thin."),
                "• Homes that are Page 3 of 18 late • and never thin.",
            ),
            (json!({ "grade": "good", "printed": "Good" }), "Leadership Good"),
        ] {
            assert!(follows(&value, quote), "{value} from {quote}");
        }
    }

    #[test]
    fn what_only_looks_alike_does_not_bear_a_value_out() {
        for (value, quote) in [
            (json!("2023-03-01"), "11 March 2023"),
            (json!("2023-03-01"), "1 April 2023"),
            (json!("2023-03-01"), "1 March 2022"),
            (json!("2023-03-01"), "1 day in summary 2023"),
            (json!("2023-12-03"), "3 decades 2023"),
            (json!(4), "three residents"),
            (json!(1), "someone was there"),
            (json!(3), "2013"),
            (json!(3), "13 of 33"),
            (json!(50), "1,250 children"),
            (json!(2.5), "12.5%"),
            (json!("compliant"), "Judgment: good"),
            (json!("compliant"), "Not Compliant"),
            (json!("compliant"), "non-compliant"),
            (json!("compliant"), "Substantially Compliant"),
            (json!("Ann Lee"), "Lee, Joanne and Annabel Leeson"),
            (json!("Ann Lee"), "Ann Kay and Mary Lee"),
            (json!("Lee Ann"), "Ann Lee"),
            (json!("Bury"), "Salisbury"),
            (json!("York"), "Yorkshire"),
            (
                json!("They are seen often and by the same people."),
                "The same people are often seen by them and so on.",
            ),
            (
                json!({ "grade": "good", "printed": "Requires improvement to be good" }),
                "Requires improvement to be good",
            ),
        ] {
            assert!(!follows(&value, quote), "{value} from {quote}");
        }
    }

    #[test]
    fn grades_follow_from_their_own_forms_only() {
        for (code, quote, holds) in [
            ("good", "Overall effectiveness Good", true),
            ("good", "Requires improvement to be good", false),
            ("requires-improvement", "Requires improvement to be good", true),
            ("requires-improvement", "services require improvement", true),
            ("adequate", "Inadequate", false),
            ("inadequate", "Inadequate", true),
            ("outstanding", "Good", false),
            ("typically-positive", "typically lead to positive experiences and outcomes", true),
            ("systemic-failings", "there are inconsistent experiences", false),
        ] {
            assert_eq!(grade_follows(code, quote), holds, "{code} from {quote}");
        }
    }
}
