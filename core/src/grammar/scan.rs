//! Characters, spaces, and the search for a terminal inside a text.

use nom::bytes::complete::{take_while, take_while1};
use nom::error::{Error, ErrorKind};
use nom::{Err, Parser};

use super::ParseResult;

/// A place where a terminal matched.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Hit<'a, T> {
    /// The text before it.
    pub before: &'a str,
    /// What the terminal consumed.
    pub slice: &'a str,
    /// What the terminal gave.
    pub value: T,
    /// The text after it.
    pub rest: &'a str,
}

/// The first place in a text where a terminal matches; it is tried where a word begins.
pub fn find<'a, T, P>(mut parser: P, text: &'a str) -> Option<Hit<'a, T>>
where
    P: Parser<&'a str, Output = T, Error = Error<&'a str>>,
{
    word_starts(text).find_map(|at| try_at(&mut parser, text, at))
}

/// Every place in a text where a terminal matches, each after the end of the one before.
pub fn find_all<'a, T, P>(mut parser: P, text: &'a str) -> Vec<Hit<'a, T>>
where
    P: Parser<&'a str, Output = T, Error = Error<&'a str>>,
{
    let mut hits: Vec<Hit<'a, T>> = Vec::new();
    for at in word_starts(text) {
        if hits.last().is_some_and(|h| at < text.len() - h.rest.len()) {
            continue;
        }
        hits.extend(try_at(&mut parser, text, at));
    }
    hits
}

fn try_at<'a, T, P>(parser: &mut P, text: &'a str, at: usize) -> Option<Hit<'a, T>>
where
    P: Parser<&'a str, Output = T, Error = Error<&'a str>>,
{
    let (before, from) = text.split_at(at);
    let (rest, value) = parser.parse(from).ok()?;
    Some(Hit { before, slice: &from[..from.len() - rest.len()], value, rest })
}

/// Where words begin: at a character that is no white space and follows no letter, digit or apostrophe.
pub(super) fn word_starts(text: &str) -> impl Iterator<Item = usize> + '_ {
    let (mut before, mut before_that) = (' ', ' ');
    text.char_indices().filter_map(move |(at, c)| {
        let in_word = is_apostrophe(before) && before_that.is_alphanumeric() && c.is_alphanumeric();
        let starts = !c.is_whitespace() && !before.is_alphanumeric() && !in_word;
        (before, before_that) = (c, before);
        starts.then_some(at)
    })
}

/// Any dash: hyphen, en, em and box-drawing dashes, minus signs.
pub(super) fn is_dash(c: char) -> bool {
    matches!(
        c,
        '-' | '\u{ad}' | '\u{2010}'
            ..='\u{2015}' | '\u{2212}' | '\u{2500}' | '\u{23af}' | '\u{fe63}' | '\u{ff0d}'
    )
}

/// Any apostrophe, or a single quotation mark used as one.
pub(super) fn is_apostrophe(c: char) -> bool {
    matches!(c, '\'' | '’' | '‘' | '‛' | '`' | '´' | 'ʼ' | '′')
}

/// White space, none or more.
pub(super) fn spaces0(input: &str) -> ParseResult<'_, &str> {
    take_while(char::is_whitespace)(input)
}

/// White space, at least one.
pub(super) fn spaces1(input: &str) -> ParseResult<'_, &str> {
    take_while1(char::is_whitespace)(input)
}

/// Nothing read: the terminal does not match here.
pub(super) fn fail<T>(input: &str) -> ParseResult<'_, T> {
    Err(Err::Error(Error::new(input, ErrorKind::Verify)))
}

/// The slice of `whole` that ends where `rest` begins.
pub(super) fn consumed<'a>(whole: &'a str, rest: &str) -> &'a str {
    &whole[..whole.len() - rest.len()]
}

/// The text from the start of `first` to the end of `last`, both slices of `whole`.
pub(super) fn span<'a>(whole: &'a str, first: &str, last: &str) -> &'a str {
    let base = whole.as_ptr() as usize;
    let from = first.as_ptr() as usize - base;
    let to = last.as_ptr() as usize + last.len() - base;
    &whole[from..to]
}

#[cfg(test)]
mod tests {
    use super::super::label;
    use super::*;
    use insta::assert_snapshot;

    fn starts(text: &str) -> String {
        word_starts(text)
            .map(|at| text[at..].chars().take(2).collect::<String>())
            .collect::<Vec<_>>()
            .join("|")
    }

    #[test]
    fn words_begin_after_spaces_and_marks_and_not_after_an_apostrophe() {
        assert_snapshot!(starts("the child’s (new) plan"), @"th|ch|(n|ne|pl");
        assert_snapshot!(starts("‘front door’ team"), @"‘f|fr|do|te");
    }

    #[test]
    fn a_terminal_is_found_inside_a_text() {
        let hit = find(label("Findings"), "1. Findings about x").unwrap();
        assert_snapshot!(format!("{}|{}|{}", hit.before, hit.slice, hit.rest), @"1. |Findings| about x");
        assert_eq!(find_all(label("good"), "good goods, good").len(), 2);
    }
}
