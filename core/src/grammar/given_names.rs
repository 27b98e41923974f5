//! Given names, to detect a person's name where none should be.
//!
//! Not for reading names: many people have a given name that is on no list. But one of these before another capitalised
//! word is very likely somebody's name.

use std::collections::HashSet;
use std::sync::OnceLock;

use super::words::{NEVER_NAMES, PLACE, ROLE, has_organisation_word, has_word};

const TABLE: &str = include_str!("../../data/given-names.txt");

fn table() -> &'static HashSet<&'static str> {
    static TABLE_ONCE: OnceLock<HashSet<&'static str>> = OnceLock::new();
    TABLE_ONCE.get_or_init(|| all().collect())
}

/// Every common given name.
pub fn all() -> impl Iterator<Item = &'static str> {
    TABLE.lines().filter(|l| !l.starts_with('#'))
}

/// Whether a word is a common given name.
pub fn is_given_name(word: &str) -> bool {
    table().contains(word)
}

/// Punctuation that ends a name.
const ENDS: [char; 5] = [',', '.', ';', ':', ')'];

/// The first given name in a text that a surname seems to follow, together with that surname.
///
/// "Director, Wexcombe Sue Marsh Nurse" → "Sue Marsh"; "Director of Mark Street" → none
pub fn name_in(text: &str) -> Option<&str> {
    let mut before: Option<(usize, &str)> = None;
    for (at, word) in words(text) {
        if let Some((start, given)) = before
            && is_given_name(given)
            && is_surname(word)
        {
            return text.get(start..at + word.len()).map(|name| name.trim_end_matches(ENDS));
        }
        before = (!word.ends_with(ENDS)).then_some((at, word));
    }
    None
}

fn is_surname(word: &str) -> bool {
    let word = word.trim_end_matches(ENDS);
    let letters = word.chars().all(|c| c.is_alphabetic() || matches!(c, '-' | '\'' | '\u{2019}'));
    let small = word.chars().skip(1).any(char::is_lowercase);
    let other = has_word(word, ROLE) || has_organisation_word(word) || has_word(word, PLACE);
    letters && small && word.starts_with(char::is_uppercase) && !other && !NEVER_NAMES.contains(&word)
}

/// The words of a text, each with its byte offset.
fn words(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let mut from = 0;
    text.split(' ')
        .map(move |word| {
            let at = from;
            from += word.len() + 1;
            (at, word)
        })
        .filter(|(_, word)| !word.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_given_name_before_a_surname_is_somebody() {
        assert_eq!(name_in("Director, Wexcombe Sue Marsh Nurse"), Some("Sue Marsh"));
        assert_eq!(name_in("Chair of Wexcombe LSCB Neville Dell, Director"), Some("Neville Dell"));
        assert_eq!(name_in("Assistant Director of Mark Street"), None);
        assert_eq!(name_in("Strategic Director of Children and Education"), None);
        assert_eq!(name_in("David, Marsh"), None);
    }
}
