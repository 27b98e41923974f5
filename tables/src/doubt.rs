//! The doubts of a record, for tables.

use findings_core::record::{Answer, all_doubts_of_json};
use serde_json::Value;

use crate::cell::Cell;
use crate::spec::Kind;

/// A value that may be wrong or is missing, and a person's answer.
#[derive(Debug, Clone, PartialEq)]
pub struct Doubt {
    /// The doubt.
    pub what: findings_core::Doubt,
    /// The person's answer, if there is one.
    pub status: Answer,
}

/// The doubts of a record; none for an error report, whose error says everything.
pub fn of(record: &Value) -> Vec<Doubt> {
    all_doubts_of_json(record).into_iter().map(|(what, status)| Doubt { what, status }).collect()
}

/// A value in doubt for display: that of an item by which people know it, the number of items of a list. `None` if nothing
/// was read, or if the whole document is meant.
pub fn value(record: &Value, pointer: &str) -> Option<String> {
    const TELLING: &[&str] = &["value", "printed", "grade", "text", "name"];
    let value = record.pointer(pointer).filter(|v| !pointer.is_empty() && !v.is_null())?;
    let value = TELLING.iter().find_map(|key| value.get(key).filter(|v| !v.is_null())).unwrap_or(value);
    let text = match value.as_array() {
        Some(items) if items.iter().any(Value::is_object) => match items.len() {
            1 => "1 item".to_owned(),
            n => format!("{n} items"),
        },
        _ => Cell::of(value, Kind::Text).to_string(),
    };
    (!text.is_empty()).then_some(text)
}

/// A pointer in words: `/letter/recipients/1/name` → "letter: recipient 2, name".
pub fn words(pointer: &str) -> String {
    let mut words = String::new();
    for part in pointer.split('/').filter(|p| !p.is_empty()) {
        match part.parse::<usize>() {
            Ok(n) => {
                // An item is named in the singular of its list's name.
                if let Some(one) = words.strip_suffix('s') {
                    words = one.to_owned();
                }
                words.push_str(&format!(" {}", n + 1));
            }
            Err(_) if words.is_empty() => words.push_str(&part.replace('_', " ")),
            Err(_) => {
                let apart = if words.ends_with(|c: char| c.is_ascii_digit()) { ", " } else { ": " };
                words.push_str(apart);
                words.push_str(&part.replace('_', " "));
            }
        }
    }
    if words.is_empty() { "the document".into() } else { words }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn a_value_is_what_people_know_it_by() {
        let record = json!({
            "inspection": {"end": "2023-05-05"}, "published": null, "strengths": [],
            "judgements": [{"area": "leadership", "grade": "good", "printed": "Good"}],
            "figures": [{"value": 40, "text": "40 children"}], "provider": {"ids": {"ons": "E1", "dfe": null}},
        });
        let of = |pointer: &str| value(&record, pointer).unwrap_or_default();
        assert_eq!(of("/inspection/end"), "2023-05-05");
        assert_eq!(
            [of("/judgements/0"), of("/judgements/0/grade"), of("/judgements")],
            ["Good", "good", "1 item"]
        );
        assert_eq!([of("/figures/0"), of("/provider/ids")], ["40", "ons: E1"]);
        assert_eq!([of(""), of("/published"), of("/strengths"), of("/gone")], [""; 4]);
    }

    #[test]
    fn pointers_are_said_in_words() {
        assert_eq!(words("/letter/recipients/1/name"), "letter: recipient 2, name");
        assert_eq!(words("/inspection/start"), "inspection: start");
        assert_eq!(words("/sections/4/blocks/0"), "section 5, block 1");
        assert_eq!(words(""), "the document");
    }
}
