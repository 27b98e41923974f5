//! The doubts of a record, for tables.

use findings_core::record::{Answer, all_doubts_of_json};
use serde_json::Value;

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
    use super::*;

    #[test]
    fn pointers_are_said_in_words() {
        assert_eq!(words("/letter/recipients/1/name"), "letter: recipient 2, name");
        assert_eq!(words("/inspection/start"), "inspection: start");
        assert_eq!(words("/sections/4/blocks/0"), "section 5, block 1");
        assert_eq!(words(""), "the document");
    }
}
