//! Parts of a text, or of a list, by the places at which they begin and end.
//!
//! A place comes from what is cut, so it is one of its own. Should it ever not be (a place of the text in small letters, say),
//! the part is empty: what is read of it is missing, and the rest of the document is read all the same, which a slice's
//! panic would end. A debug build stops, so that tests find it.

use std::ops::Range;

/// Parts of a whole that are empty where it has no such places.
pub(crate) trait Cut {
    /// What a part is.
    type Part: ?Sized;
    /// What stands before a place.
    fn head(&self, end: usize) -> &Self::Part;
    /// What stands from a place on.
    fn tail(&self, start: usize) -> &Self::Part;
    /// What stands between two places.
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
