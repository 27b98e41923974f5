//! Whether a record's evidence holds: its quotes are in the document, and its values follow from their quotes.
//!
//! Core's own records are held against this by tests, those of plugins on every run.

use std::collections::HashSet;

use serde_json::Value;

use crate::grammar::MONTHS;
use crate::text::TextLayer;

/// What is wrong with the evidence of a record (any JSON object with `evidence` as an inspection record has it);
/// empty where all is well.
pub fn problems(record: &Value, layer: &TextLayer) -> Vec<String> {
    let document = Squeezed::of(layer);
    let mut out = Vec::new();
    let Some(evidence) = record["evidence"].as_object() else {
        return vec!["there is no evidence".into()];
    };
    for (pointer, evidence) in evidence {
        let found = evidence["status"] == "found";
        let Some(quote) = evidence["quote"].as_str() else {
            if found {
                out.push(format!("{pointer}: found, and no quote"));
            }
            continue;
        };
        if !document.contains(quote) {
            out.push(format!("{pointer}: the quote “{quote}” is not in the document"));
        }
        // What a printed name stands for is a code, as a grade is: neither is in the quote to the letter.
        let code = pointer.starts_with("/with/") || pointer.ends_with("/grade");
        if found
            && !code
            && let Some(value) = record.pointer(pointer)
            && !follows(value, &repaired(quote, &evidence["repairs"]))
        {
            out.push(format!("{pointer}: {value} does not follow from “{quote}”"));
        }
    }
    out
}

/// The quote with its repairs made, each "before → after".
fn repaired(quote: &str, repairs: &Value) -> String {
    let mut text = quote.to_owned();
    for repair in repairs.as_array().into_iter().flatten().filter_map(Value::as_str) {
        if let Some((before, after)) = repair.split_once(" → ") {
            text = text.replacen(before, after, 1);
        }
    }
    text
}

/// Whether a value follows from its quote by its type: a date's day and month are in it, a number's digits, a
/// text's words. Of an object only what is printed counts.
pub fn follows(value: &Value, quote: &str) -> bool {
    match value {
        Value::String(s) if is_date(s) => date_follows(s, quote),
        Value::String(s) => text_follows(s, quote),
        Value::Number(n) => number_follows(&n.to_string(), quote),
        Value::Bool(_) | Value::Null => true,
        Value::Array(items) => items.iter().all(|v| follows(v, quote)),
        Value::Object(map) => map
            .iter()
            .filter(|(key, _)| {
                matches!(key.as_str(), "name" | "text" | "printed" | "start" | "end" | "heading")
            })
            .all(|(_, v)| follows(v, quote)),
    }
}

fn is_date(s: &str) -> bool {
    let b = s.as_bytes();
    b.len() == 10 && b[4] == b'-' && b[7] == b'-' && b.iter().filter(|b| b.is_ascii_digit()).count() == 8
}

/// The numbers of a text, without leading zeros: "(01/03/2023" → 1, 3, 2023.
fn numbers(text: &str) -> Vec<&str> {
    text.split(|c: char| !c.is_ascii_digit())
        .filter(|n| !n.is_empty())
        .map(|n| n.trim_start_matches('0'))
        .collect()
}

/// The day stands in the quote; the month does, as a name or a number; and so does the year, or the quote has no
/// year (days before a year that is printed once, elsewhere).
fn date_follows(date: &str, quote: &str) -> bool {
    let [year, month, day] = [&date[..4], &date[5..7], &date[8..]].map(|p| p.trim_start_matches('0'));
    let lower = quote.to_lowercase();
    let numbers = numbers(&lower);
    let squeezed: String = lower.chars().filter(|c| !c.is_whitespace()).collect();
    let name = month.parse().ok().and_then(|m: usize| MONTHS.get(m.checked_sub(1)?));
    let has_day = numbers.contains(&day);
    let has_month = name.is_some_and(|name| squeezed.contains(&name[..3])) || numbers.contains(&month);
    let years: Vec<&&str> = numbers.iter().filter(|n| n.len() == 4).collect();
    has_day && has_month && (years.is_empty() || years.iter().any(|y| **y == year))
}

fn number_follows(number: &str, quote: &str) -> bool {
    const WORDS: [&str; 13] = [
        "no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven",
        "twelve",
    ];
    let number = number.trim_end_matches(".0");
    let plain = quote.replace([',', '\u{a0}', ' '], "");
    let word = number.parse().ok().and_then(|n: usize| WORDS.get(n));
    plain.contains(number) || word.is_some_and(|w| quote.to_lowercase().contains(w))
}

fn text_follows(text: &str, quote: &str) -> bool {
    let squeeze =
        |s: &str| s.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect::<String>();
    squeeze(quote).contains(&squeeze(text)) || {
        // Words in another order or with words left out (titles between names, marks of sub-bullets).
        let quote = quote.to_lowercase();
        text.to_lowercase().split(|c: char| !c.is_alphanumeric()).all(|w| quote.contains(w))
    }
}

/// A document's characters without white space, furniture and all, page by page in content order, as they were
/// before any repair.
struct Squeezed<'a> {
    text: String,
    words: HashSet<&'a str>,
}

impl<'a> Squeezed<'a> {
    fn of(layer: &'a TextLayer) -> Self {
        let mut text = String::new();
        let mut words = HashSet::new();
        let mut before: Option<&str> = None;
        for word in layer.pages.iter().flat_map(|p| &p.lines).flat_map(|l| &l.words) {
            let original = word.original.as_deref();
            // Words that were one share what stood there.
            let same = original.zip(before).is_some_and(|(a, b)| std::ptr::eq(a, b));
            before = original;
            if !same {
                let printed = original.unwrap_or(&word.text);
                text.push_str(printed);
                words.insert(printed);
            }
        }
        text.retain(|c| !c.is_whitespace());
        Self { text, words }
    }

    /// Whether a quote is there: in one run, or, where furniture or a mark interrupts it, in runs of its words.
    fn contains(&self, quote: &str) -> bool {
        let squeezed: String = quote.split_whitespace().collect();
        if self.text.contains(&squeezed) {
            return true;
        }
        let words: Vec<&str> = quote.split_whitespace().collect();
        let mut at = 0;
        while at < words.len() {
            let mut run = 0;
            let mut joined = String::new();
            while at + run < words.len() {
                joined.push_str(words[at + run]);
                if !self.text.contains(&joined) {
                    break;
                }
                run += 1;
            }
            if run == 0 || run == 1 && !self.words.contains(words[at]) && at + 1 < words.len() && at > 0 {
                return false;
            }
            at += run;
        }
        true
    }
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
            (json!(3), "three residents"),
            (json!(1250), "1,250 children"),
            (json!("not-compliant"), "Not Compliant"),
        ] {
            assert!(follows(&value, quote), "{value} from {quote}");
        }
        for (value, quote) in [
            (json!("2023-03-01"), "11 March 2023"),
            (json!("2023-03-01"), "1 April 2023"),
            (json!("2023-03-01"), "1 March 2022"),
            (json!(4), "three residents"),
            (json!("compliant"), "Judgment: good"),
        ] {
            assert!(!follows(&value, quote), "{value} from {quote}");
        }
    }

    #[test]
    fn an_invented_quote_and_a_wrong_value_are_told() {
        let layer = crate::text::plain::read("Date of inspection: 1 March 2023\nNumber: 3\n");
        let record = |date: &str, quote: &str| json!({ "date": date, "evidence": { "/date": { "status": "found", "quote": quote } } });
        assert!(problems(&record("2023-03-01", "1 March 2023"), &layer).is_empty());
        insta::assert_snapshot!(problems(&record("2023-04-01", "1 March 2023"), &layer).join("\n"), @r#"/date: "2023-04-01" does not follow from “1 March 2023”"#);
        insta::assert_snapshot!(problems(&record("2023-04-01", "1 April 2023"), &layer).join("\n"), @"/date: the quote “1 April 2023” is not in the document");
    }

    #[test]
    fn repairs_lead_from_the_quote_to_the_value() {
        let layer = crate::text::plain::read("l March 2023\n");
        let record = json!({ "date": "2023-03-01", "evidence": { "/date": {
            "status": "found", "quote": "l March 2023", "repairs": ["l → 1"] } } });
        assert!(problems(&record, &layer).is_empty());
    }
}
