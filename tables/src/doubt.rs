//! What of a record wants a look.

use serde_json::Value;

/// Something in a record that may be wrong or is missing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Doubt {
    /// JSON Pointer to the value.
    pub pointer: String,
    /// What kind of doubt it is, kebab-case.
    pub code: String,
    /// `warning` or `error`.
    pub severity: String,
    /// The reason, for people.
    pub message: String,
    /// The words of the document that it is about.
    pub quote: Option<String>,
    /// The page that it is about, from 1.
    pub page: Option<u32>,
    /// What became of it.
    pub status: Status,
}

/// What became of a doubt.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Status {
    /// Nobody has looked yet.
    #[default]
    Open,
    /// A person found the value right.
    Accepted,
    /// A person put it right.
    Corrected,
}

impl Status {
    /// Its code.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Open => "open",
            Self::Accepted => "accepted",
            Self::Corrected => "corrected",
        }
    }
}

/// The doubts of a record; none of an error report, whose error says it all.
pub fn of(record: &Value) -> Vec<Doubt> {
    let text = |v: &Value, key: &str| v[key].as_str().unwrap_or_default().to_owned();
    let page = |v: &Value| v.as_u64().and_then(|p| u32::try_from(p).ok());
    let mut doubts = Vec::new();
    for d in record["diagnostics"].as_array().into_iter().flatten().filter(|d| d["severity"] != "info") {
        doubts.push(Doubt {
            pointer: text(d, "path"),
            code: text(d, "code"),
            severity: text(d, "severity"),
            message: text(d, "message"),
            quote: None,
            page: page(&d["page"]),
            status: Status::Open,
        });
    }
    doubts
}

/// A pointer in words: `/letter/recipients/1/name` → "letter: recipient 2, name".
pub fn words(pointer: &str) -> String {
    let mut words = String::new();
    for part in pointer.split('/').filter(|p| !p.is_empty()) {
        match part.parse::<usize>() {
            Ok(n) => {
                // The items of a list are called after it.
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
