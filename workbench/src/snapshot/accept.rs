//! Decides whether a reading may be accepted.

use std::collections::BTreeMap;
use std::fmt;

use findings_core::validate;
use serde::Serialize;
use serde_json::Value;

use super::Entry;
use crate::text_table::shorten;

/// Why a reading can't be accepted.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Refusal {
    /// What is invalid, or a failure that says nothing about the document.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub invalid: Vec<String>,
    /// What was read in the accepted reading but not in this one.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub lost: Vec<Lost>,
}

/// A value that was read before but is not any more.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Lost {
    /// Its JSON Pointer in the accepted reading.
    pub pointer: String,
    /// The page that it was read from.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub page: Option<u64>,
    /// The words that it was read from; empty if it was looked up.
    pub quote: String,
    /// The value in the accepted reading, if it is a single one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub value: Option<String>,
}

impl fmt::Display for Lost {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let page = self.page.map_or(String::new(), |p| format!(" (page {p})"));
        let quote = shorten(&self.quote, 80);
        write!(f, "{}{page}", self.pointer)?;
        match &self.value {
            Some(value) if quote.is_empty() => write!(f, " {value}, looked up"),
            Some(value) if *value != quote => write!(f, " {value}, read from “{quote}”"),
            _ => write!(f, " “{quote}”"),
        }
    }
}

/// Failures of the tool or of the moment, which must not be accepted as a document's outcome.
const FAULTS: &[&str] =
    &["invalid-record", "internal", "timed-out", "plugin-failed", "not-found", "unreadable"];

/// Why a reading can't be accepted: it is invalid, or it lost evidence. `allowed` lists pointers that may be lost
/// together with everything below them; `*` matches any one step, and `/` allows everything.
pub fn refusal(entry: &Entry, allowed: &[String]) -> Option<Refusal> {
    let mut refusal = Refusal::default();
    if entry.read.is_null() {
        return None;
    }
    let code = entry.read.pointer("/error/code").and_then(Value::as_str);
    if let Some(code) = code.filter(|c| FAULTS.contains(c)) {
        let message = entry.read.pointer("/error/message").and_then(Value::as_str).unwrap_or_default();
        refusal.invalid.push(format!("{code}: {message}"));
    }
    if let Err(problems) = validate::value(&entry.read) {
        refusal.invalid.extend(problems.iter().map(ToString::to_string));
    }
    refusal.lost = lost(&entry.accepted, &entry.read);
    refusal.lost.retain(|l| !allowed.iter().any(|a| covers(a, &l.pointer)));
    (refusal != Refusal::default()).then_some(refusal)
}

/// What has evidence in one reading but not in the other. List items are matched by their words, so that nothing counts
/// as lost if items only moved or were divided differently. If a list has as many items as before, an item that is read
/// differently is a change, not a loss.
fn lost(before: &Value, after: &Value) -> Vec<Lost> {
    let mut after_by_kind: BTreeMap<String, Vec<(&str, &str)>> = BTreeMap::new();
    for (pointer, quote, _) in read(after) {
        after_by_kind.entry(kind(pointer)).or_default().push((pointer, quote));
    }
    let mut before_by_kind: BTreeMap<String, Vec<Lost>> = BTreeMap::new();
    for (pointer, quote, page) in read(before) {
        let value = before.pointer(pointer).filter(|v| !v.is_null() && !v.is_array() && !v.is_object());
        let value = value.map(|v| v.as_str().map_or_else(|| v.to_string(), str::to_owned));
        let one = Lost { pointer: pointer.into(), page, quote: quote.into(), value };
        before_by_kind.entry(kind(pointer)).or_default().push(one);
    }
    let mut all = Vec::new();
    for (kind, mut old) in before_by_kind {
        // Evidence may move up, from a part to the whole that contains it.
        old.retain(|o| !(is_same(before, after, &o.pointer) && has_evidence_above(after, &o.pointer)));
        let new = after_by_kind.get(&kind).map_or(&[][..], Vec::as_slice);
        if !kind.contains('*') {
            old.retain(|_| new.is_empty());
            all.append(&mut old);
            continue;
        }
        let mut free: Vec<&str> = new.iter().map(|(_, quote)| *quote).collect();
        old.retain(|o| match free.iter().position(|q| *q == o.quote) {
            Some(at) => {
                free.remove(at);
                false
            }
            None => true,
        });
        // A text that was joined with its neighbour, or cut shorter, is still read.
        old.retain(|o| !new.iter().any(|(_, q)| !o.quote.is_empty() && q.contains(&o.quote)));
        old.retain(|o| match free.iter().position(|q| alike(q, &o.quote)) {
            Some(at) => {
                free.remove(at);
                false
            }
            None => true,
        });
        // The remaining new items stand for the same number of old ones.
        let spare = free.len();
        all.extend(old.into_iter().skip(spare));
    }
    all
}

/// The pointers with evidence, and their quotes and pages.
fn read(reading: &Value) -> impl Iterator<Item = (&str, &str, Option<u64>)> {
    let entries = reading.get("evidence").and_then(Value::as_object).into_iter().flatten();
    entries.filter(|(_, e)| matches!(e["status"].as_str(), Some("found" | "derived"))).map(|(pointer, e)| {
        (pointer.as_str(), e["quote"].as_str().unwrap_or_default(), e["spans"][0]["page"].as_u64())
    })
}

fn is_same(before: &Value, after: &Value, pointer: &str) -> bool {
    before.pointer(pointer).is_some_and(|v| Some(v) == after.pointer(pointer))
}

fn has_evidence_above(reading: &Value, pointer: &str) -> bool {
    let above = pointer.match_indices('/').skip(1).map(|(at, _)| &pointer[..at]);
    above.into_iter().any(|p| matches!(reading["evidence"][p]["status"].as_str(), Some("found" | "derived")))
}

/// A pointer with `*` in place of each index.
fn kind(pointer: &str) -> String {
    let steps = pointer
        .split('/')
        .map(|s| if s.bytes().all(|b| b.is_ascii_digit()) && !s.is_empty() { "*" } else { s });
    steps.collect::<Vec<_>>().join("/")
}

/// Whether two quotes share most of the shorter one's words.
fn alike(a: &str, b: &str) -> bool {
    let (short, long) = if a.len() <= b.len() { (a, b) } else { (b, a) };
    let long: Vec<&str> = long.split_whitespace().collect();
    let words: Vec<&str> = short.split_whitespace().collect();
    let shared = words.iter().filter(|w| long.contains(w)).count();
    !words.is_empty() && shared * 10 >= words.len() * 7
}

/// Whether a pattern matches a pointer, or something above it.
fn covers(pattern: &str, pointer: &str) -> bool {
    let mut steps = pointer.split('/').skip(1);
    pattern.split('/').filter(|s| !s.is_empty()).all(|p| steps.next().is_some_and(|s| p == "*" || p == s))
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::snapshot::State;

    fn reading(evidence: &[(&str, &str)]) -> Value {
        let found = |quote: &str| json!({ "status": "found", "quote": quote, "spans": [{ "page": 2 }] });
        let evidence: serde_json::Map<_, _> =
            evidence.iter().map(|(p, q)| ((*p).to_owned(), found(q))).collect();
        json!({ "evidence": evidence })
    }

    fn told(before: &[(&str, &str)], after: &[(&str, &str)]) -> String {
        lost(&reading(before), &reading(after)).iter().map(Lost::to_string).collect::<Vec<_>>().join("\n")
    }

    #[test]
    fn a_value_that_is_not_read_any_more_is_lost() {
        insta::assert_snapshot!(told(&[("/letter/date", "1 May 2020")], &[]), @"/letter/date (page 2) “1 May 2020”");
        insta::assert_snapshot!(told(&[("/letter/date", "1 May 2020")], &[("/letter/date", "2 May 2020")]), @"");
        let mut before = reading(&[("/letter/date", "1 May 2020"), ("/provider/region", "")]);
        before["letter"] = json!({ "date": "2020-05-01" });
        before["provider"] = json!({ "region": "London" });
        let told: Vec<String> = lost(&before, &reading(&[])).iter().map(Lost::to_string).collect();
        insta::assert_snapshot!(told.join("\n"), @r"
        /letter/date (page 2) 2020-05-01, read from “1 May 2020”
        /provider/region (page 2) London, looked up
        ");
    }

    #[test]
    fn items_are_known_by_their_words() {
        let three = [("/items/0", "One fish."), ("/items/1", "Two birds."), ("/items/2", "Three cows.")];
        insta::assert_snapshot!(told(&three, &[("/items/0", "One fish."), ("/items/1", "Three cows.")]), @"/items/1 (page 2) “Two birds.”");
        insta::assert_snapshot!(told(&three, &[("/items/0", "One fish. Two birds."), ("/items/1", "Three cows.")]), @"");
        insta::assert_snapshot!(told(&three, &[("/items/0", "New."), ("/items/1", "One fish."), ("/items/2", "Two birds."), ("/items/3", "Three cows.")]), @"");
        insta::assert_snapshot!(told(&three, &[("/items/0", "One fish."), ("/items/1", "Ten dogs."), ("/items/2", "Three cows.")]), @"");
    }

    #[test]
    fn what_is_not_valid_is_refused() {
        let entry =
            |read: Value| Entry { document: "a.pdf".into(), state: State::New, accepted: Value::Null, read };
        let told = |read: Value| refusal(&entry(read), &[]).map(|r| r.invalid.join("; ")).unwrap_or_default();
        let words = json!({ "total": 0, "sections": 0, "front": 0, "notes": 0, "furniture": 0, "unread": 0 });
        let document = json!({ "source": "a.pdf", "sha256": "", "bytes": 0, "media_type": "", "pages": 0, "title": null, "producer": null, "created": null, "text_layer": "", "words": words });
        let error = |code: &str| json!({ "error": { "code": code, "message": "why" }, "document": document });
        assert_eq!(told(error("unknown-format")), "", "an error may be what a document gives");
        assert_eq!(told(error("internal")), "internal: why");
        assert_eq!(told(error("invalid-record")), "invalid-record: why");
        let half = json!({ "schema": "urn:findings:schema:inspection-report:1.0", "regulator": 7 });
        assert!(told(half).contains("/regulator: expected a string, found 7"));
    }

    #[test]
    fn evidence_may_move_up() {
        let with = |pointer: &str| {
            let mut r = reading(&[(pointer, "Ann Lee, Lead inspector")]);
            r["inspectors"] = json!([{ "role": "Lead inspector" }]);
            r
        };
        assert_eq!(lost(&with("/inspectors/0/role"), &with("/inspectors/0")), []);
    }

    #[test]
    fn a_pattern_names_what_may_be_lost() {
        assert!(covers("/inspectors/*/role", "/inspectors/3/role"));
        assert!(covers("/inspectors", "/inspectors/3/role"));
        assert!(covers("/", "/letter/date"));
        assert!(!covers("/letter/date", "/letter"));
        assert!(!covers("/letter", "/inspectors/3"));
    }
}
