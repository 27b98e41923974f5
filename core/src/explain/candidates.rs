//! Candidates for a field that were rejected, and why.

use serde_json::Value;

use super::look::{Looked, Read};
use crate::areas;
use crate::cut::Cut;
use crate::grammar;
use crate::outline::{Block, Role};
use crate::record::within;

/// Words that could have been read for a field, but were not.
pub(super) struct Candidate {
    /// The page, from 1.
    pub page: u32,
    /// The candidate's words.
    pub text: String,
    /// Why it was rejected.
    pub why: String,
}

/// The kinds of field for which other candidates can be found in a text.
#[derive(Clone, Copy, PartialEq)]
enum Kind {
    Date,
    Grade,
    Area,
    Name,
    Item,
    Heading,
}

/// The rejected candidates for a field, in document order. `None` if fields of its kind can't be told from other words.
pub(super) fn refused(looked: &Looked, read: &Read, pointer: &str) -> Option<Vec<Candidate>> {
    let kind = kind_of(read, pointer)?;
    let own = evidence(read, pointer);
    let mut all = Vec::new();
    for (i, block) in looked.seen.outline.blocks.iter().enumerate() {
        for text in of_block(kind, block) {
            let quoted = |e: &Value| is_there(e, block, &text);
            if own.is_some_and(quoted) {
                continue;
            }
            let owner = read.record["evidence"].as_object().into_iter().flatten();
            let of_body = |p: &str| p.starts_with("/sections/") && kind != Kind::Heading;
            let owner = owner.filter(|(p, _)| !of_body(p) && !within(p, pointer));
            // A range of days is the quote of its first and its last day, and each grade of a table is "Good" to the others:
            // the value that says the same, in this very block, is named first.
            let exact = |(p, e): &(&String, &Value)| {
                let (quote, text_of) = (e["quote"].as_str().unwrap_or_default(), block.text.as_str());
                (says(read, kind, p, &text), text_of.contains(quote) || quote.contains(text_of))
            };
            let mut owners: Vec<_> = owner.filter(|(_, e)| quoted(e)).collect();
            owners.sort_by_key(|one| std::cmp::Reverse(exact(one)));
            let why = match owners.first() {
                Some((other, _)) => format!("it was read as {other}"),
                None => elsewhere(read.parts.get(i).map_or("", String::as_str)),
            };
            all.push(Candidate { page: block.page, text, why });
        }
    }
    Some(all)
}

/// Whether the value at a pointer is what these words say.
fn says(read: &Read, kind: Kind, pointer: &str, text: &str) -> bool {
    let value = read.record.pointer(pointer).unwrap_or(&Value::Null);
    match kind {
        Kind::Date => grammar::date(text).is_ok_and(|(_, day)| value.as_str() == Some(&day.to_string())),
        Kind::Grade => {
            let printed = value["printed"].as_str().or_else(|| value.as_str()).unwrap_or_default();
            printed.eq_ignore_ascii_case(text)
        }
        Kind::Area | Kind::Name | Kind::Item | Kind::Heading => false,
    }
}

fn kind_of(read: &Read, pointer: &str) -> Option<Kind> {
    const DATES: &[&str] =
        &["/published", "/letter/date", "/inspection/start", "/inspection/end", "/inspection/visits"];
    const PEOPLE: &[&str] =
        &["/inspectors", "/letter/recipients", "/letter/signatories", "/letter/salutation"];
    let value = read.record.pointer(pointer);
    let is_date = value.and_then(Value::as_str).is_some_and(|v| grammar::Date::from_iso(v).is_some());
    match pointer {
        p if is_date || DATES.iter().any(|d| p.starts_with(d)) => Some(Kind::Date),
        p if p.ends_with("/grade") || p.ends_with("/printed") && p.starts_with("/judgements") => {
            Some(Kind::Grade)
        }
        p if p.starts_with("/provider") => Some(Kind::Area),
        p if PEOPLE.iter().any(|list| p.starts_with(list)) => Some(Kind::Name),
        p if p.starts_with("/improvements") || p.starts_with("/strengths") => Some(Kind::Item),
        p if p.ends_with("/heading") || p == "/sections" => Some(Kind::Heading),
        _ => None,
    }
}

fn evidence<'r>(read: &'r Read, pointer: &str) -> Option<&'r Value> {
    let all = read.record["evidence"].as_object()?;
    let mut at = pointer;
    loop {
        if let Some(found) = all.get(at) {
            return Some(found);
        }
        at = at.rsplit_once('/').map(|(above, _)| above).filter(|above| !above.is_empty())?;
    }
}

/// Whether a value was read from this text of this block, according to its evidence.
fn is_there(evidence: &Value, block: &Block, text: &str) -> bool {
    let pages = evidence["spans"].as_array().into_iter().flatten().filter_map(|s| s["page"].as_u64());
    let here = |p: u64| (u64::from(block.page)..=u64::from(block.last_page)).contains(&p);
    let quote = evidence["quote"].as_str().unwrap_or_default();
    pages.into_iter().any(here)
        && (quote.contains(text) || block.text.as_str().contains(quote) && text.contains(quote))
}

/// Why words that no value was read from were rejected, given the part of the record that their block belongs to.
fn elsewhere(part: &str) -> String {
    match part {
        "section" => "it is in the body, where this field is not looked for".into(),
        "note" => "it is in a footnote".into(),
        "furniture" => "it is in a running header or footer, or on the back page".into(),
        "" => "no rule read it".into(),
        other => format!("no rule of the format reads it from there ({other})"),
    }
}

/// The candidates of a kind in a block: its whole text, or words within it.
fn of_block(kind: Kind, block: &Block) -> Vec<String> {
    let whole = match kind {
        Kind::Item => matches!(block.role, Role::Bullet(1)),
        Kind::Heading => matches!(block.role, Role::Heading(_)),
        Kind::Name => return names(block.text.as_str()),
        Kind::Date | Kind::Grade | Kind::Area => return texts(kind, block.text.as_str()),
    };
    if whole { vec![block.text.as_str().to_owned()] } else { Vec::new() }
}

/// Given names followed by a surname, in order. Only common given names are recognised.
fn names(text: &str) -> Vec<String> {
    let (mut found, mut rest) = (Vec::new(), text);
    while let Some(name) = grammar::given_names::name_in(rest) {
        found.push(name.to_owned());
        let after = rest.find(name).map_or(rest.len(), |at| at + name.len());
        rest = rest.tail(after).trim_start();
    }
    found
}

/// All occurrences of a kind in a text, in order.
fn texts(kind: Kind, text: &str) -> Vec<String> {
    let starts: Vec<usize> = std::iter::once(0)
        .chain(text.match_indices(char::is_whitespace).map(|(i, s)| i + s.len()))
        .filter(|i| text.get(*i..).is_some_and(|t| t.starts_with(char::is_alphanumeric)))
        .collect();
    let mut found = Vec::new();
    let mut end = 0;
    for start in starts {
        if start < end {
            continue;
        }
        let Some(rest) = text.get(start..) else { continue };
        if let Some(length) = length(kind, rest) {
            found.push(rest.get(..length).unwrap_or(rest).trim().to_owned());
            end = start + length;
        }
    }
    found
}

/// The length in bytes of the value of this kind that the text begins with, if any.
fn length(kind: Kind, text: &str) -> Option<usize> {
    let taken = |rest: &str| text.len().checked_sub(rest.len()).filter(|n| *n > 0);
    match kind {
        Kind::Date => grammar::date(text).ok().and_then(|(rest, _)| taken(rest)),
        Kind::Grade => grammar::grade(text).ok().and_then(|(rest, _)| taken(rest)),
        Kind::Area => (1..=4).rev().find_map(|words| {
            let end = text.match_indices(' ').nth(words - 1).map_or(text.len(), |(i, _)| i);
            let name = text.get(..end)?.trim_end_matches(|c: char| !c.is_alphanumeric());
            areas::is_name(name).then_some(name.len())
        }),
        Kind::Name | Kind::Item | Kind::Heading => None,
    }
}
