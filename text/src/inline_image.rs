//! Finds the end of an inline image, which a content stream doesn't state.

use memchr::memmem;

use super::lexer::{is_delimiter, is_regular, is_space};

/// The position of `EI` in the bytes after an image's `ID` operator. `length` is the size of the data in bytes, if
/// the dictionary determines it. Otherwise an `EI` counts if printable text follows, as operators are; image data
/// that contains `EI` by chance is seldom followed by text.
pub(super) fn end(rest: &[u8], length: Option<usize>) -> usize {
    if let Some(end) = length.and_then(|length| end_after(rest, length)) {
        return end;
    }
    let ends = |at: usize| {
        let after = rest.get(at + 2..).unwrap_or_default();
        let text = |b: &u8| matches!(b, b'\t' | b'\n' | b'\r' | b' '..=b'~');
        after.first().is_none_or(|b| is_space(*b) || is_delimiter(*b)) && after.iter().take(12).all(text)
    };
    let found = |stands_apart: bool| {
        memmem::find_iter(rest, b"EI")
            // "EI" was found at `at`, which is not 0.
            .filter(|at| *at > 0 && (!stands_apart || is_space(rest[at - 1])))
            .find(|at| ends(*at))
    };
    // Some writers put no white space between the data and `EI`.
    found(true).or_else(|| found(false)).unwrap_or(rest.len())
}

/// The position of `EI` after `length` bytes of data, allowing for white space before and after them.
fn end_after(rest: &[u8], length: usize) -> Option<usize> {
    let begin = usize::from(rest.first().is_some_and(|b| is_space(*b)));
    let end = begin.checked_add(length)?;
    let after = rest.get(end..)?;
    let blank = after.iter().take(2).take_while(|b| is_space(**b)).count();
    let marker = after.get(blank..)?.strip_prefix(b"EI")?;
    (!marker.first().is_some_and(|b| is_regular(*b))).then_some(end + blank)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_image_ends_where_operators_follow() {
        assert_eq!(end(b" \x00\xff EI \x01\x02 rest EI\nQ", None), 15);
        assert_eq!(end(b" ab EI (no text) Tj EI Q", Some(18)), 20);
        assert_eq!(end(b" ab EI (text) Tj", Some(7)), 4);
        assert_eq!(end(b" 6162>EI\nBT (text) Tj", None), 6);
        assert_eq!(end(b" ab", None), 3);
    }
}
