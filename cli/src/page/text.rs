//! Codes and dates in words.

use findings_core::grammar::{Date, MONTH_NAMES};

/// "2023-04-24" → "24 April 2023"; anything else stays as it is.
pub(super) fn day(iso: &str) -> String {
    let words = |date: Date| {
        let month = MONTH_NAMES.get(usize::from(date.month()).checked_sub(1)?)?;
        Some(format!("{} {month} {}", date.day(), date.year()))
    };
    Date::from_iso(iso).and_then(words).unwrap_or_else(|| iso.to_owned())
}

/// "focused-visit" → "focused visit".
pub(super) fn words(code: &str) -> String {
    code.replace(['-', '_'], " ")
}

/// "focused visit" → "Focused visit".
pub(super) fn sentence(words: &str) -> String {
    let mut letters = words.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

/// Replaces JSON Pointers in a message by words: "/letter/recipients/0/postcode" becomes "letter: recipient 1,
/// postcode".
pub(super) fn without_pointers(message: &str) -> String {
    let is_pointer = |word: &str| {
        let named = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || matches!(c, '/' | '_');
        word.len() > 1 && word.starts_with('/') && word.chars().all(named)
    };
    let said = |word: &str| {
        let pointer = word.trim_end_matches([',', '.', ';', ':']);
        match is_pointer(pointer) {
            true => format!("{}{}", findings_tables::doubt::words(pointer), &word[pointer.len()..]),
            false => word.to_owned(),
        }
    };
    message.split(' ').map(said).collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_are_written_as_people_write_them() {
        assert_eq!(day("2023-04-24"), "24 April 2023");
        assert_eq!(day("2020-09"), "2020-09");
        assert_eq!(sentence(&words("focused-visit")), "Focused visit");
    }

    #[test]
    fn messages_for_people_have_no_pointers() {
        let message = "There is no /letter/recipients/0/postcode, which a document has; see /plans/Plan 3/4";
        let said = "There is no letter: recipient 1, postcode, which a document has; see /plans/Plan 3/4";
        assert_eq!(without_pointers(message), said);
    }
}
