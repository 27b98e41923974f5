//! Texts where the feature `files` is left out: UTF-8 only.

use std::borrow::Cow;

/// The characters of a text; bytes that are no UTF-8 become replacement characters.
pub(super) fn decode(bytes: &[u8]) -> Cow<'_, str> {
    String::from_utf8_lossy(bytes)
}

/// No other encoding is looked for.
pub(super) fn says_itself(_: &[u8]) -> bool {
    false
}
