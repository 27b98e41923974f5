//! Whether a record's evidence holds: quotes are in the document, values follow from their quotes.

use findings_core::record::{Record, Status};
use findings_core::text::TextLayer;
use serde_json::Value;

/// What is wrong with a record's evidence; empty where all is well.
pub fn problems(record: &Record, layer: &TextLayer) -> Vec<String> {
    let document = Squeezed::of(layer);
    let value = serde_json::to_value(record).expect("a record serialises");
    let mut out = Vec::new();
    for (pointer, evidence) in &record.evidence {
        let Some(quote) = &evidence.quote else {
            if evidence.status == Status::Found {
                out.push(format!("{pointer}: found, and no quote"));
            }
            continue;
        };
        if !document.contains(quote) {
            out.push(format!("{pointer}: the quote “{quote}” is not in the text layer"));
        }
        // What a printed name stands for is a code, as a grade is: neither is in the quote to the letter.
        let code = pointer.starts_with("/with/") || pointer.ends_with("/grade");
        if evidence.status == Status::Found
            && !code
            && let Some(v) = value.pointer(pointer)
            && !follows(v, quote)
        {
            out.push(format!("{pointer}: {v} does not follow from “{quote}”"));
        }
    }
    out
}

/// Every leaf that was read must have evidence at its own pointer or at one above it.
pub fn without_evidence(record: &Record) -> Vec<String> {
    let value = serde_json::to_value(record).expect("a record serialises");
    let mut out = Vec::new();
    for part in [
        "provider",
        "inspection",
        "letter",
        "inspectors",
        "judgements",
        "improvements",
        "strengths",
        "sections",
        "footnotes",
        "figures",
        "mentions",
        "published",
        "extension",
    ] {
        walk(&value[part], &format!("/{part}"), record, &mut out);
    }
    out
}

/// Codes that say what a document is and are not read from one place of it.
const CODES: &[&str] = &[
    "kind",
    "framework",
    "type",
    "addressed_to",
    "scale",
    "level",
    "area",
    "measure",
    "unit",
    "lead",
    "rank",
    "page",
    "mark",
];

fn walk(value: &Value, pointer: &str, record: &Record, out: &mut Vec<String>) {
    match value {
        Value::Object(map) => {
            for (key, v) in map.iter().filter(|(k, _)| !CODES.contains(&k.as_str())) {
                walk(v, &format!("{pointer}/{key}"), record, out);
            }
        }
        Value::Array(items) => {
            for (i, v) in items.iter().enumerate() {
                walk(v, &format!("{pointer}/{i}"), record, out);
            }
        }
        Value::Null => {}
        _ => {
            let mut at = pointer;
            while !record.evidence.contains_key(at) {
                match at.rfind('/') {
                    Some(cut) if cut > 0 => at = &at[..cut],
                    _ => {
                        out.push(format!("{pointer} = {value} has no evidence"));
                        break;
                    }
                }
            }
        }
    }
}

/// Whether a value follows from its quote by its type: a date's day, month and year are in it, a text's words.
fn follows(value: &Value, quote: &str) -> bool {
    match value {
        Value::String(s) if is_date(s) => date_follows(s, quote),
        Value::String(s) => text_follows(s, quote),
        Value::Number(_) | Value::Bool(_) | Value::Null => true,
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
    s.len() == 10
        && s.as_bytes()[4] == b'-'
        && s.as_bytes()[7] == b'-'
        && s.bytes().filter(u8::is_ascii_digit).count() == 8
}

/// The day stands in the quote; month and year do, or the quote gives one for both ends or none at all (days
/// before a year that is printed once, elsewhere).
fn date_follows(date: &str, quote: &str) -> bool {
    const MONTHS: [&str; 12] =
        ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];
    let day = date[8..].trim_start_matches('0');
    let month = date[5..7].parse::<usize>().unwrap_or(1);
    let lower = quote.to_lowercase();
    let digits: String = lower.chars().filter(|c| !c.is_whitespace()).collect();
    // Some countries print the month first.
    let numbers: Vec<usize> =
        digits.split(|c: char| !c.is_ascii_digit()).filter_map(|n| n.parse().ok()).collect();
    digits.contains(day) && (lower.contains(MONTHS[month - 1]) || numbers.contains(&month))
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

/// A document's characters without white space, furniture and all, page by page in content order.
struct Squeezed {
    text: String,
    words: std::collections::HashSet<String>,
}

impl Squeezed {
    fn of(layer: &TextLayer) -> Squeezed {
        let mut text = String::new();
        let mut words = std::collections::HashSet::new();
        for word in layer.pages.iter().flat_map(|p| &p.lines).flat_map(|l| &l.words) {
            text.push_str(&word.text);
            words.insert(word.text.clone());
        }
        Squeezed { text, words }
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
