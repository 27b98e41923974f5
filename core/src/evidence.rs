//! Checks a record's evidence: its quotes must occur in the document, and its values must follow from their quotes.
//!
//! Core's own records are checked in tests, plugins' records on every run.

mod bearing;

use std::borrow::Cow;
use std::cell::LazyCell;
use std::fmt;

use indexmap::IndexMap;
use memchr::memmem;
use serde_json::Value;

use crate::cut::Cut;
use crate::record::{Evidence, Span, Status};
use crate::text::{TextLayer, Word};

pub use bearing::follows;

/// Evidence that does not hold.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Violation {
    /// JSON Pointer to the value.
    pub pointer: String,
    /// What is wrong.
    pub what: String,
}

impl fmt::Display for Violation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.pointer, self.what)
    }
}

/// The violations in the evidence of a record (any JSON object; its own `evidence` member is ignored). Empty if all is
/// well.
pub fn violations(
    record: &Value,
    evidence: &IndexMap<String, Evidence>,
    layer: &TextLayer,
) -> Vec<Violation> {
    let document = Squeezed::of(layer);
    let mut out = Vec::new();
    for (pointer, evidence) in evidence {
        let mut violation = |what: String| out.push(Violation { pointer: pointer.clone(), what });
        let found = evidence.status == Status::Found;
        let Some(quote) = &evidence.quote else {
            if found {
                violation("found, and no quote".into());
            }
            continue;
        };
        if !document.contains(quote, &evidence.spans) {
            violation(format!("the quote “{quote}” is not in the document"));
        }
        // Under `/with/` a printed name stands for a code, which need not occur in the quote.
        let Some(value) = value_at(record, pointer).filter(|_| found && !pointer.starts_with("/with/"))
        else {
            continue;
        };
        let quote = repaired(quote, evidence.repairs.as_deref().unwrap_or_default());
        let bears = match value.as_str().filter(|_| pointer.ends_with("/grade")) {
            Some(grade) => bearing::grade_follows(grade, &quote),
            None => follows(value, &quote),
        };
        if !bears {
            violation(format!("{value} does not follow from “{quote}”"));
        }
    }
    out
}

/// The value at a JSON Pointer. `Value::pointer` unescapes each part of every pointer, although those of a record
/// hardly ever need it: that took two fifths of the instructions of this check.
fn value_at<'v>(record: &'v Value, pointer: &str) -> Option<&'v Value> {
    if pointer.contains('~') {
        return record.pointer(pointer);
    }
    pointer.split('/').skip(1).try_fold(record, |value, part| match value {
        Value::Object(members) => members.get(part),
        Value::Array(items) => items.get(part.parse::<usize>().ok()?),
        _ => None,
    })
}

/// The quote with its repairs ("before → after") applied, preferably where `before` stands as whole words.
fn repaired<'q>(quote: &'q str, repairs: &[String]) -> Cow<'q, str> {
    repairs.iter().filter_map(|repair| repair.split_once(" → ")).fold(
        quote.into(),
        |text, (before, after)| match whole_words(&text, before) {
            Some(at) => [text.head(at), after, text.tail(at + before.len())].concat().into(),
            None => text.replacen(before, after, 1).into(),
        },
    )
}

/// The offset at which `words` occur in a text, with white space or nothing on both sides.
fn whole_words(text: &str, words: &str) -> Option<usize> {
    let places = text.match_indices(words).map(|(at, _)| at);
    places.into_iter().find(|at| {
        let bare = |c: Option<char>| c.is_none_or(char::is_whitespace);
        bare(text.head(*at).chars().next_back()) && bare(text.tail(at + words.len()).chars().next())
    })
}

/// All characters of a document (including page furniture) without white space, in content order, as they were before
/// any repair.
struct Squeezed<'a> {
    layer: &'a TextLayer,
    /// The characters, as UTF-8.
    text: Vec<u8>,
    /// For each page its number and the offset at which its characters begin.
    pages: Vec<(u32, usize)>,
}

impl<'a> Squeezed<'a> {
    fn of(layer: &'a TextLayer) -> Self {
        let words = layer.pages.iter().flat_map(|p| &p.lines).flat_map(|l| &l.words);
        let text = Vec::with_capacity(words.map(|w| printed(w).len()).sum());
        let mut squeezed = Self { layer, text, pages: Vec::new() };
        let mut before: Option<&str> = None;
        for page in &layer.pages {
            squeezed.pages.push((page.number, squeezed.text.len()));
            for word in page.lines.iter().flat_map(|l| &l.words) {
                let original = word.original.as_deref();
                // Words that a repair split share the original: add it once.
                let same = original.zip(before).is_some_and(|(a, b)| std::ptr::eq(a, b));
                before = original;
                if !same {
                    push_squeezed(&mut squeezed.text, printed(word));
                }
            }
        }
        squeezed
    }

    /// Whether the document contains a quote: in one run or, if furniture or a mark interrupts it, in several runs of
    /// words. Looks on the pages that the evidence names first, then everywhere.
    fn contains(&self, quote: &str, spans: &[Span]) -> bool {
        let mut whole = Vec::with_capacity(quote.len());
        push_squeezed(&mut whole, quote);
        let words = LazyCell::new(|| quote.split_whitespace().collect::<Vec<_>>());
        let near = self.pages_of(spans);
        let is_in = |text: &[u8]| has(text, &whole) || self.in_runs(&words, text);
        is_in(near) || near.len() < self.text.len() && is_in(&self.text)
    }

    /// Whether the document has this word. So few quotes need this that building a set would not pay.
    fn has_word(&self, word: &str) -> bool {
        let lines = self.layer.pages.iter().flat_map(|p| &p.lines);
        lines.flat_map(|l| &l.words).any(|w| printed(w) == word)
    }

    /// The characters of the pages that the spans are on, and of those in between.
    fn pages_of(&self, spans: &[Span]) -> &[u8] {
        let pages =
            spans.iter().map(|s| (s.page, s.page)).reduce(|(a, b), (page, _)| (a.min(page), b.max(page)));
        let Some((first, last)) = pages else { return &self.text };
        let start = self.pages.iter().find(|(n, _)| *n >= first).map_or(self.text.len(), |(_, at)| *at);
        let end = self.pages.iter().find(|(n, _)| *n > last).map_or(self.text.len(), |(_, at)| *at);
        self.text.part(start.min(end)..end)
    }

    /// Whether a text contains the words as a sequence of runs, each as long as possible. A run of a single word (other
    /// than the first or last) must be a whole word of the document.
    fn in_runs(&self, words: &[&str], text: &[u8]) -> bool {
        let mut at = 0;
        while at < words.len() {
            let run = longest_run(words.tail(at), text);
            if run == 0 || run == 1 && at > 0 && at + 1 < words.len() && !self.has_word(words[at]) {
                return false;
            }
            at += run;
        }
        true
    }
}

/// A word before any repair.
fn printed(word: &Word) -> &str {
    word.original.as_deref().unwrap_or(&word.text)
}

/// Appends a text's characters without white space.
fn push_squeezed(to: &mut Vec<u8>, text: &str) {
    if text.is_ascii() {
        to.extend(text.bytes().filter(|b| !b.is_ascii_whitespace()));
    } else {
        text.split_whitespace().for_each(|part| to.extend_from_slice(part.as_bytes()));
    }
}

/// Whether a text contains `whole`. Only a short prefix is searched for and the rest is compared, because preparing the
/// search for a whole paragraph takes longer than finding it. Matches do not overlap, so one that begins inside a false
/// start is missed; [`longest_run`] misses none.
fn has(text: &[u8], whole: &[u8]) -> bool {
    const FEW: usize = 32;
    memmem::find_iter(text, whole.head(whole.len().min(FEW))).any(|at| text.tail(at).starts_with(whole))
}

/// The largest number of leading `words` that follow each other without a gap anywhere in the text.
fn longest_run(words: &[&str], text: &[u8]) -> usize {
    let Some(first) = words.first() else { return 0 };
    let follows = |at: usize| {
        let mut rest = text.tail(at);
        let mut next = |word: &&&str| match rest.strip_prefix(word.as_bytes()) {
            Some(after) => {
                rest = after;
                true
            }
            None => false,
        };
        words.iter().take_while(|w| next(w)).count()
    };
    let finder = memmem::Finder::new(first.as_bytes());
    let next = |from: usize| Some(from + finder.find(text.get(from..)?)?);
    std::iter::successors(next(0), |at| next(at + 1)).map(follows).max().unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::{from_value, json};

    #[test]
    fn an_invented_quote_and_a_wrong_value_are_told() {
        let layer = crate::text::plain::read("Date of inspection: 1 March 2023\nNumber: 3\n");
        let violations = |date: &str, quote: &str| {
            let evidence = from_value(json!({ "/date": { "status": "found", "quote": quote } })).unwrap();
            let violations = violations(&json!({ "date": date }), &evidence, &layer);
            violations.iter().map(Violation::to_string).collect::<Vec<_>>().join("\n")
        };
        assert_eq!(violations("2023-03-01", "1 March 2023"), "");
        insta::assert_snapshot!(violations("2023-04-01", "1 March 2023"), @r#"/date: "2023-04-01" does not follow from “1 March 2023”"#);
        insta::assert_snapshot!(violations("2023-04-01", "1 April 2023"), @"/date: the quote “1 April 2023” is not in the document");
    }

    #[test]
    fn a_quote_that_furniture_interrupts_is_found_in_its_runs() {
        let layer = crate::text::plain::read(
            "The plan for 1 111 homes is\nPage 3 of 18\nlate and thin.\n\u{c}Late again.\n",
        );
        let squeezed = Squeezed::of(&layer);
        let on = |page| vec![Span { page, bbox: None }];
        for (quote, there) in [
            ("111 homes is late and thin.", true),
            ("homes is late and fat.", false),
            ("The plan is late", true),
            ("Late again.", true),
            ("n for 1", true),
            ("homes n late", false),
            ("", true),
        ] {
            for spans in [on(1), on(2), Vec::new()] {
                assert_eq!(squeezed.contains(quote, &spans), there, "{quote} {spans:?}");
            }
        }
        assert_eq!(squeezed.pages_of(&on(2)), b"Lateagain.");
    }

    #[test]
    fn a_long_quote_is_found_inside_a_false_start_of_its_own() {
        let start = "and so on ".repeat(9);
        let layer = crate::text::plain::read(&format!("{start}to the end.\n"));
        let squeezed = Squeezed::of(&layer);
        let later = &start[10..];
        assert!(squeezed.contains(&format!("{later}to the end."), &[]));
        assert!(!squeezed.contains(&format!("{later}to no end."), &[]));
    }

    #[test]
    fn repairs_lead_from_the_quote_to_the_value() {
        let layer = crate::text::plain::read("l March 2023\n");
        let evidence =
            json!({ "/date": { "status": "found", "quote": "l March 2023", "repairs": ["l → 1"] } });
        let evidence = from_value(evidence).unwrap();
        assert_eq!(violations(&json!({ "date": "2023-03-01" }), &evidence, &layer), []);
    }

    #[test]
    fn a_repair_is_made_where_the_whole_word_stood() {
        let repairs = ["o → 0".to_owned(), "l → 1".to_owned()];
        assert_eq!(repaired("for all o of l", &repairs), "for all 0 of 1");
        assert_eq!(repaired("l1 March", &["l → 1".to_owned()]), "11 March");
    }
}
