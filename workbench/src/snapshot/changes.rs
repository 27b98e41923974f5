//! The differences between two readings, value by value. List items are aligned, so that an additional item is a single
//! change.

use std::fmt;

use serde::Serialize;
use serde_json::Value;
use similar::{Algorithm, DiffOp, capture_diff_slices};

use crate::evidence::{self, Place};

/// A value that is read differently than before.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct ValueChange {
    /// JSON Pointer in the new reading or, if the value has disappeared, in the accepted one.
    pub pointer: String,
    /// The accepted value; null if there was none.
    pub before: Value,
    /// The new value; null if there is none.
    pub after: Value,
    /// The page that it was read from.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub page: Option<u32>,
    /// The words that it was read from.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub quote: Option<String>,
}

impl fmt::Display for ValueChange {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {} → {}", self.pointer, short(&self.before), short(&self.after))?;
        let quote = self.quote.as_deref().map(|q| format!("“{}”", cut(q, 100)));
        match (self.page, quote) {
            (Some(page), Some(quote)) => write!(f, "\n    page {page}: {quote}"),
            (None, Some(quote)) => write!(f, "\n    {quote}"),
            _ => Ok(()),
        }
    }
}

/// All values that differ. Evidence is reported with its value, and separately only if nothing else changed.
pub(super) fn between(before: &Value, after: &Value) -> Vec<ValueChange> {
    let mut walk = Walk { before, after, out: Vec::new() };
    let (none, part) = (Value::Null, |v: &Value, key: &str| v.get(key).cloned());
    for key in keys(before, after) {
        if key != "evidence" {
            let (a, b) = (part(before, &key), part(after, &key));
            walk.values(
                &format!("/{key}"),
                &format!("/{key}"),
                a.as_ref().unwrap_or(&none),
                b.as_ref().unwrap_or(&none),
            );
        }
    }
    if walk.out.is_empty() {
        for key in keys(&before["evidence"], &after["evidence"]) {
            let (a, b) = (before["evidence"].get(&key), after["evidence"].get(&key));
            if a != b {
                let at = format!("/evidence/{}", key.replace('~', "~0").replace('/', "~1"));
                walk.say(&at, &key, a.unwrap_or(&none), b.unwrap_or(&none));
            }
        }
    }
    walk.out
}

struct Walk<'a> {
    before: &'a Value,
    after: &'a Value,
    out: Vec<ValueChange>,
}

impl Walk<'_> {
    /// `was` and `at` are the pointers of the two values, which differ if items have moved.
    fn values(&mut self, was: &str, at: &str, before: &Value, after: &Value) {
        match (before, after) {
            _ if before == after => {}
            (Value::Object(a), Value::Object(b)) => {
                for key in keys(before, after) {
                    let (a, b) = (a.get(&key).unwrap_or(&Value::Null), b.get(&key).unwrap_or(&Value::Null));
                    self.values(&format!("{was}/{key}"), &format!("{at}/{key}"), a, b);
                }
            }
            (Value::Array(a), Value::Array(b)) => self.lists(was, at, a, b),
            _ => self.say(at, if after.is_null() { was } else { at }, before, after),
        }
    }

    fn lists(&mut self, was: &str, at: &str, before: &[Value], after: &[Value]) {
        let words = |list: &[Value]| list.iter().map(Value::to_string).collect::<Vec<_>>();
        for op in capture_diff_slices(Algorithm::Myers, &words(before), &words(after)) {
            if matches!(op, DiffOp::Equal { .. }) {
                continue;
            }
            let (old, new) = (op.old_range(), op.new_range());
            for n in 0..old.len().max(new.len()) {
                let (i, j) = (old.start + n, new.start + n);
                let (gone, come) = (format!("{was}/{i}"), format!("{at}/{j}"));
                match (old.contains(&i), new.contains(&j)) {
                    (true, true) => self.values(&gone, &come, &before[i], &after[j]),
                    (true, false) => self.say(&gone, &gone, &before[i], &Value::Null),
                    (false, _) => self.say(&come, &come, &Value::Null, &after[j]),
                }
            }
        }
    }

    /// `of` is the pointer for looking up evidence: in the new reading or, if the value has disappeared, in the old
    /// one.
    fn say(&mut self, at: &str, of: &str, before: &Value, after: &Value) {
        let reading = if after.is_null() { self.before } else { self.after };
        let Place { page, quote, .. } = evidence::of(reading, of);
        let (before, after) = (before.clone(), after.clone());
        self.out.push(ValueChange { pointer: at.to_owned(), before, after, page, quote });
    }
}

fn keys(a: &Value, b: &Value) -> Vec<String> {
    let (a, b) = (a.as_object(), b.as_object());
    let mut keys: Vec<String> = a.into_iter().flat_map(|m| m.keys().cloned()).collect();
    let more = b.into_iter().flat_map(|m| m.keys()).filter(|k| a.is_none_or(|a| !a.contains_key(*k)));
    keys.extend(more.cloned());
    keys
}

fn short(value: &Value) -> String {
    if value.is_null() { "nothing".into() } else { cut(&value.to_string(), 120) }
}

fn cut(text: &str, max: usize) -> String {
    if text.chars().count() <= max {
        text.into()
    } else {
        text.chars().take(max - 1).chain(['…']).collect()
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn told(before: Value, after: Value) -> String {
        between(&before, &after).iter().map(ValueChange::to_string).collect::<Vec<_>>().join("\n")
    }

    #[test]
    fn one_item_more_is_one_change() {
        let evidence =
            json!({ "/items/1": { "status": "found", "quote": "Two.", "spans": [{ "page": 3 }] } });
        let before = json!({ "items": [{ "text": "One" }, { "text": "Three" }] });
        let after = json!({ "items": [{ "text": "One" }, { "text": "Two" }, { "text": "Three" }], "evidence": evidence });
        insta::assert_snapshot!(told(before, after), @r#"
        /items/1: nothing → {"text":"Two"}
            page 3: “Two.”
        "#);
    }

    #[test]
    fn a_value_is_told_with_its_place() {
        let reading = |day: &str| json!({ "inspection": { "start": day }, "evidence": { "/inspection/start": { "quote": "16 to 27 January", "spans": [{ "page": 1 }] } } });
        insta::assert_snapshot!(told(reading("2023-01-16"), reading("2023-01-27")), @r#"
        /inspection/start: "2023-01-16" → "2023-01-27"
            page 1: “16 to 27 January”
        "#);
    }

    #[test]
    fn evidence_alone_is_told_too() {
        let reading = |rule: &str| json!({ "a": 1, "evidence": { "/a": { "rule": rule } } });
        insta::assert_snapshot!(told(reading("x"), reading("y")), @r#"/evidence/~1a: {"rule":"x"} → {"rule":"y"}"#);
    }
}
