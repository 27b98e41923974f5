//! A person's answers about values.

use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::sample::Question;
use crate::evidence;

/// A person's answer about a value. Once stored, it shows for every later record of the document whether the value is
/// still right.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Answer {
    /// The question.
    #[serde(flatten)]
    pub question: Question,
    /// Whether the document says so.
    pub right: bool,
    /// What the document says instead, if the person stated it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub expected: Option<String>,
}

impl Answer {
    /// Applies the answer to another record of the document: whether the value is right there, and flagged there.
    /// `None` if that is unknown, because a wrong value has changed and nobody stated the right one.
    pub fn about(&self, record: &Value) -> Option<Self> {
        let q = &self.question;
        // In a list, the value may have moved.
        let found = at(record, &q.pointer).into_iter().find(|(_, v)| **v == q.value);
        let same =
            found.is_some() || q.value.is_null() && record.pointer(&q.pointer).is_none_or(Value::is_null);
        let right = match (same, self.right, &self.expected) {
            (true, right, _) => right,
            (false, true, _) => false,
            (false, false, Some(expected)) => {
                at(record, &q.pointer).iter().any(|(_, v)| v.as_str().is_some_and(|v| v == expected))
            }
            (false, false, None) => return None,
        };
        let pointer = found.map_or_else(|| q.pointer.clone(), |(p, _)| p);
        let flagged = super::sample::is_flagged(record, &pointer);
        let value = record.pointer(&pointer).cloned().unwrap_or_default();
        let place = evidence::of(record, &pointer);
        let question =
            Question { pointer, value, flagged, page: place.page, quote: place.quote, ..q.clone() };
        Some(Self { question, right, expected: self.expected.clone() })
    }
}

/// The value at a pointer, then those at the same place in the list's other items.
fn at<'r>(record: &'r Value, pointer: &str) -> Vec<(String, &'r Value)> {
    let mut all: Vec<(String, &Value)> =
        record.pointer(pointer).map(|v| (pointer.to_owned(), v)).into_iter().collect();
    let steps: Vec<&str> = pointer.split('/').collect();
    let index = |s: &&str| !s.is_empty() && s.bytes().all(|b| b.is_ascii_digit());
    if let Some(i) = steps.iter().position(index)
        && let Some(list) = record.pointer(&steps[..i].join("/")).and_then(Value::as_array)
    {
        let rest: String = steps[i + 1..].iter().map(|s| format!("/{s}")).collect();
        let others = (0..list.len()).map(|n| format!("{}/{n}{rest}", steps[..i].join("/")));
        all.extend(others.filter_map(|p| record.pointer(&p).map(|v| (p.clone(), v))));
    }
    all
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn answer(pointer: &str, value: Value, right: bool, expected: Option<&str>) -> Answer {
        let question = Question { pointer: pointer.into(), value, ..Question::default() };
        Answer { question, right, expected: expected.map(str::to_owned) }
    }

    #[test]
    fn an_answer_holds_for_later_records() {
        let record =
            json!({ "published": "2023-05-02", "inspectors": [{ "name": "Bo Ray" }, { "name": "Ann Lee" }] });
        let right = |a: Answer| a.about(&record).map(|a| a.right);
        assert_eq!(right(answer("/published", json!("2023-05-02"), true, None)), Some(true));
        assert_eq!(right(answer("/published", json!("2023-05-01"), true, None)), Some(false));
        assert_eq!(right(answer("/published", json!("2023-05-01"), false, Some("2023-05-02"))), Some(true));
        assert_eq!(right(answer("/published", json!("2023-05-01"), false, None)), None);
        // It has moved within its list.
        assert_eq!(right(answer("/inspectors/0/name", json!("Ann Lee"), true, None)), Some(true));
        assert_eq!(right(answer("/theme", Value::Null, true, None)), Some(true));
    }
}
