//! Characters, white space, and searching a text for a token parser.

use nom::Offset;
use nom::bytes::complete::{take_while, take_while1};
use nom::error::{Error, ErrorKind};
use nom::{Err, Parser};

use super::ParseResult;
use crate::cut::Cut;

/// A match of a token parser in a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Hit<'a, T> {
    /// The text before it.
    pub before: &'a str,
    /// The text that the parser consumed.
    pub slice: &'a str,
    /// The value that the parser returned.
    pub value: T,
    /// The text after it.
    pub rest: &'a str,
}

/// The first match in a text. The parser is tried at the start of every word.
pub fn find<'a, T, P>(mut parser: P, text: &'a str) -> Option<Hit<'a, T>>
where
    P: Parser<&'a str, Output = T, Error = Error<&'a str>>,
{
    word_starts(text).find_map(|at| try_at(&mut parser, text, at))
}

/// All matches in a text, without overlaps.
///
/// ```
/// use findings_core::grammar::{date::date, find_all};
///
/// let days = find_all(date, "on 3 May 2023 and again on 7 June 2023");
/// assert_eq!(days.len(), 2);
/// assert_eq!(days[1].slice, "7 June 2023");
/// ```
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
    Some(Hit { before, slice: from.head(from.len() - rest.len()), value, rest })
}

/// The offsets at which words begin: at a character that is not white space and does not follow a letter, a digit or an
/// apostrophe inside a word.
pub(super) fn word_starts(text: &str) -> impl Iterator<Item = usize> + '_ {
    let (mut before, mut before_that) = (Class::Space, Class::Space);
    let mut next = 0;
    std::iter::from_fn(move || {
        while let Some(byte) = text.as_bytes().get(next) {
            let at = next;
            if before == Class::Word && byte.is_ascii_alphanumeric() {
                // Inside a word, like nearly all characters.
                next += 1;
                continue;
            }
            // Nearly all characters are ASCII and need no decoding.
            let class = if byte.is_ascii() {
                next += 1;
                Class::of_ascii(*byte)
            } else {
                let c = text.tail(at).chars().next()?;
                next += c.len_utf8();
                Class::of(c)
            };
            let starts = starts_word(class, before, before_that);
            (before, before_that) = (class, before);
            if starts {
                return Some(at);
            }
        }
        None
    })
}

/// Whether a word begins at this offset, according to [`word_starts`].
pub(super) fn is_word_start(text: &str, at: usize) -> bool {
    if text.as_bytes().head(at).last().is_some_and(u8::is_ascii_alphanumeric) {
        return false; // nearly every place is inside a word
    }
    let mut before = text.head(at).chars().rev().map(Class::of);
    let (last, last_but_one) = (before.next(), before.next());
    text.tail(at).chars().next().is_some_and(|c| {
        starts_word(Class::of(c), last.unwrap_or(Class::Space), last_but_one.unwrap_or(Class::Space))
    })
}

fn starts_word(this: Class, before: Class, before_that: Class) -> bool {
    let in_word = before == Class::Apostrophe && before_that == Class::Word && this == Class::Word;
    this != Class::Space && before != Class::Word && !in_word
}

/// The role of a character in finding word starts.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Class {
    /// A letter or a digit.
    Word,
    Space,
    Apostrophe,
    Mark,
}

impl Class {
    fn of_ascii(byte: u8) -> Class {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' => Class::Word,
            b' ' | b'\t'..=b'\r' => Class::Space,
            b'\'' | b'`' => Class::Apostrophe,
            _ => Class::Mark,
        }
    }

    fn of(c: char) -> Class {
        match u8::try_from(c) {
            Ok(byte) if byte.is_ascii() => Class::of_ascii(byte),
            _ if c.is_alphanumeric() => Class::Word,
            _ if c.is_whitespace() => Class::Space,
            _ if is_apostrophe(c) => Class::Apostrophe,
            _ => Class::Mark,
        }
    }
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

/// Fails: the parser does not match here.
pub(super) fn fail<T>(input: &str) -> ParseResult<'_, T> {
    Err(Err::Error(Error::new(input, ErrorKind::Verify)))
}

/// The slice of `whole` that ends where `rest` begins.
pub(super) fn consumed<'a>(whole: &'a str, rest: &str) -> &'a str {
    whole.head(whole.len() - rest.len())
}

/// The text from the start of `first` to the end of `last`, both slices of `whole`.
pub(super) fn span<'a>(whole: &'a str, first: &str, last: &str) -> &'a str {
    whole.part(whole.offset(first)..whole.offset(last) + last.len())
}

/// Removes white space and commas from both ends.
pub(super) fn clean(line: &str) -> &str {
    line.trim().trim_matches(',').trim()
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
        let text = "the child’s (new) ‘front  door’";
        let all: Vec<usize> = (0..text.len()).filter(|at| text.is_char_boundary(*at)).collect();
        let starts: Vec<usize> = all.into_iter().filter(|at| is_word_start(text, *at)).collect();
        assert_eq!(starts, word_starts(text).collect::<Vec<_>>());
    }

    #[test]
    fn a_terminal_is_found_inside_a_text() {
        let hit = find(label("Findings"), "1. Findings about x").unwrap();
        assert_snapshot!(format!("{}|{}|{}", hit.before, hit.slice, hit.rest), @"1. |Findings| about x");
        assert_eq!(find_all(label("good"), "good goods, good").len(), 2);
    }
}
