//! Line ends of all systems.

use std::borrow::Cow;

/// Unifies line ends. Old Macintosh files have single carriage returns; Unicode has line separators of its own.
pub(super) fn unify(text: &str) -> Cow<'_, str> {
    const ODD: &[char] = &['\r', '\u{b}', '\u{85}', '\u{2028}', '\u{2029}'];
    if !text.contains(ODD) {
        return Cow::Borrowed(text);
    }
    Cow::Owned(text.replace("\r\n", "\n").replace(ODD, "\n"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_line_end_is_one() {
        assert_eq!(unify("a\r\nb\rc\n\nd\u{2028}e"), "a\nb\nc\n\nd\ne");
        assert_eq!(unify("a\r\r\nb"), "a\n\nb");
        assert!(matches!(unify("a\nb"), Cow::Borrowed(_)));
    }
}
