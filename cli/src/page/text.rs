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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_are_written_as_people_write_them() {
        assert_eq!(day("2023-04-24"), "24 April 2023");
        assert_eq!(day("2020-09"), "2020-09");
        assert_eq!(sentence(&words("focused-visit")), "Focused visit");
    }
}
