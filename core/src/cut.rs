//! Slicing of strings and lists that never panics in release builds.
//!
//! Offsets are always computed from the value that is sliced, so they should be valid. If one is not (say, an offset
//! that came from the lower-case copy of a text), the slice is empty: one value is lost instead of the whole document.
//! Debug builds panic, so that tests find the bug.

use std::ops::Range;

/// Slicing that gives an empty slice for an invalid range.
pub(crate) trait Cut {
    /// The type of a slice.
    type Part: ?Sized;
    /// Everything before `end`.
    fn head(&self, end: usize) -> &Self::Part;
    /// Everything from `start` on.
    fn tail(&self, start: usize) -> &Self::Part;
    /// Everything within `range`.
    fn part(&self, range: Range<usize>) -> &Self::Part;
}

impl Cut for str {
    type Part = str;

    #[inline]
    fn head(&self, end: usize) -> &str {
        self.part(0..end)
    }

    #[inline]
    fn tail(&self, start: usize) -> &str {
        self.part(start..self.len())
    }

    #[inline]
    fn part(&self, range: Range<usize>) -> &str {
        let part = self.get(range.clone());
        debug_assert!(part.is_some(), "{range:?} is no part of {self:?}");
        part.unwrap_or_default()
    }
}

impl<T> Cut for [T] {
    type Part = [T];

    #[inline]
    fn head(&self, end: usize) -> &[T] {
        self.part(0..end)
    }

    #[inline]
    fn tail(&self, start: usize) -> &[T] {
        self.part(start..self.len())
    }

    #[inline]
    fn part(&self, range: Range<usize>) -> &[T] {
        let part = self.get(range.clone());
        debug_assert!(part.is_some(), "{range:?} is no part of {} items", self.len());
        part.unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_is_cut_at_its_own_places() {
        let text = "Café, 3 May";
        assert_eq!((text.head(5), text.tail(7), text.part(3..5)), ("Café", "3 May", "é"));
        assert_eq!((text.head(0), text.tail(text.len())), ("", ""));
        let list = [1, 2, 3];
        assert_eq!((list.head(1), list.tail(2), list.part(1..3)), (&[1][..], &[3][..], &[2, 3][..]));
    }
}
