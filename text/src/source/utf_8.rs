//! Decodes text without the feature `files`: UTF-8 only.

use std::borrow::Cow;

/// The characters of a text; invalid bytes become replacement characters.
pub(super) fn decode(bytes: &[u8]) -> Cow<'_, str> {
    String::from_utf8_lossy(bytes)
}

/// No other encoding is supported.
pub(super) fn says_itself(_: &[u8]) -> bool {
    false
}
