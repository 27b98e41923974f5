//! Tokens of PDF content streams and CMaps (ISO 32000-1, 7.2 and 7.8.2). Only strings are copied.

use std::borrow::Cow;

use super::inline_image;

/// A token.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum Token<'a> {
    /// A number.
    Number(f32),
    /// A name without its slash, escapes as written.
    Name(&'a [u8]),
    /// A string: its decoded bytes are a range of [`Lexer::strings`].
    String { start: u32, end: u32 },
    /// `[`
    ArrayStart,
    /// `]`
    ArrayEnd,
    /// `<<`
    DictStart,
    /// `>>`
    DictEnd,
    /// An operator or another keyword.
    Keyword(&'a [u8]),
}

/// Reads tokens from bytes; damaged tokens are skipped, never an error.
pub(super) struct Lexer<'a> {
    bytes: &'a [u8],
    at: usize,
    /// Decoded bytes of the strings read; the interpreter clears it after each operator.
    pub strings: Vec<u8>,
}

/// The class of a byte, looked up in a table: a page has a hundred thousand bytes.
#[derive(Clone, Copy, PartialEq)]
enum Class {
    Space,
    Delimiter,
    Regular,
}

static CLASSES: [Class; 256] = {
    let mut table = [Class::Regular; 256];
    let mut b = 0;
    while b < 256 {
        table[b] = match b as u8 {
            0 | 9 | 10 | 12 | 13 | 32 => Class::Space,
            b'(' | b')' | b'<' | b'>' | b'[' | b']' | b'{' | b'}' | b'/' | b'%' => Class::Delimiter,
            _ => Class::Regular,
        };
        b += 1;
    }
    table
};

pub(super) fn is_space(b: u8) -> bool {
    CLASSES[usize::from(b)] == Class::Space
}

pub(super) fn is_delimiter(b: u8) -> bool {
    CLASSES[usize::from(b)] == Class::Delimiter
}

pub(super) fn is_regular(b: u8) -> bool {
    CLASSES[usize::from(b)] == Class::Regular
}

/// The values of hexadecimal digits; 16 or more for other bytes.
static HEX: [u8; 256] = {
    let mut table = [u8::MAX; 256];
    let mut b = 0;
    while b < 256 {
        table[b] = match b as u8 {
            digit @ b'0'..=b'9' => digit - b'0',
            digit @ b'a'..=b'f' => digit - b'a' + 10,
            digit @ b'A'..=b'F' => digit - b'A' + 10,
            _ => u8::MAX,
        };
        b += 1;
    }
    table
};

fn hex(b: u8) -> Option<u8> {
    Some(HEX[usize::from(b)]).filter(|value| *value < 16)
}

impl<'a> Lexer<'a> {
    pub fn new(bytes: &'a [u8]) -> Self {
        Self { bytes, at: 0, strings: Vec::new() }
    }

    /// How many bytes have been read.
    pub fn at(&self) -> usize {
        self.at
    }

    fn peek(&self) -> Option<u8> {
        self.bytes.get(self.at).copied()
    }

    /// The remaining bytes.
    fn rest(&self) -> &'a [u8] {
        self.bytes.get(self.at..).unwrap_or_default()
    }

    fn regular(&mut self) -> &'a [u8] {
        let rest = self.rest();
        let (token, _) = rest.split_at(rest.iter().position(|b| !is_regular(*b)).unwrap_or(rest.len()));
        self.at += token.len();
        token
    }

    /// Reads a run of regular characters as a number; whatever follows the number in it is skipped.
    fn number(&mut self) -> f32 {
        let rest = self.rest();
        let (value, length) = number(rest);
        let more = rest.get(length..).unwrap_or_default();
        self.at += length + more.iter().take_while(|b| is_regular(**b)).count();
        value
    }

    /// The next token; `None` at the end.
    #[inline(always)] // A page has a hundred thousand; a call would return each through memory.
    pub fn next(&mut self) -> Option<Token<'a>> {
        loop {
            let b = self.peek()?;
            match b {
                0 | b'\t' | b'\n' | 12 | b'\r' | b' ' => self.at += 1,
                b'%' => self.at += self.rest().iter().take_while(|b| !matches!(b, b'\n' | b'\r')).count(),
                b'0'..=b'9' | b'+' | b'-' | b'.' => return Some(Token::Number(self.number())),
                b'/' => {
                    self.at += 1;
                    return Some(Token::Name(self.regular()));
                }
                b'(' => return Some(self.literal_string()),
                b'<' if self.bytes.get(self.at + 1) == Some(&b'<') => {
                    self.at += 2;
                    return Some(Token::DictStart);
                }
                b'<' => return Some(self.hex_string()),
                b'>' if self.bytes.get(self.at + 1) == Some(&b'>') => {
                    self.at += 2;
                    return Some(Token::DictEnd);
                }
                b'[' => {
                    self.at += 1;
                    return Some(Token::ArrayStart);
                }
                b']' => {
                    self.at += 1;
                    return Some(Token::ArrayEnd);
                }
                b'>' | b')' | b'{' | b'}' => self.at += 1,
                _ => return Some(Token::Keyword(self.regular())),
            }
        }
    }

    #[inline(never)]
    fn literal_string(&mut self) -> Token<'a> {
        let start = self.strings.len() as u32;
        self.at += 1;
        let mut depth = 1;
        loop {
            // Byte by byte: most strings have one or two, for which a slice copy would cost a call.
            for b in self.rest().iter().take_while(|b| !matches!(b, b'(' | b')' | b'\\')) {
                self.strings.push(*b);
                self.at += 1;
            }
            let Some(b) = self.peek() else { break };
            self.at += 1;
            match b {
                b'\\' => self.escape(),
                b')' if depth == 1 => break,
                _ => {
                    depth = if b == b'(' { depth + 1 } else { depth - 1 };
                    self.strings.push(b);
                }
            }
        }
        Token::String { start, end: self.strings.len() as u32 }
    }

    fn escape(&mut self) {
        let Some(b) = self.peek() else { return };
        self.at += 1;
        match b {
            b'n' => self.strings.push(b'\n'),
            b'r' => self.strings.push(b'\r'),
            b't' => self.strings.push(b'\t'),
            b'b' => self.strings.push(8),
            b'f' => self.strings.push(12),
            b'0'..=b'7' => {
                let mut v = u32::from(b - b'0');
                for _ in 0..2 {
                    match self.peek() {
                        Some(d @ b'0'..=b'7') => {
                            v = v * 8 + u32::from(d - b'0');
                            self.at += 1;
                        }
                        _ => break,
                    }
                }
                self.strings.push(v as u8);
            }
            b'\r' => {
                if self.peek() == Some(b'\n') {
                    self.at += 1;
                }
            }
            b'\n' => {}
            _ => self.strings.push(b),
        }
    }

    #[inline(never)]
    fn hex_string(&mut self) -> Token<'a> {
        let start = self.strings.len() as u32;
        self.at += 1;
        // Nearly always, the rest of the string is pairs of digits.
        let rest = self.rest();
        let pairs =
            rest.as_chunks::<2>().0.iter().map_while(|[high, low]| Some(hex(*high)? << 4 | hex(*low)?));
        self.strings.extend(pairs);
        self.at += 2 * (self.strings.len() - start as usize);
        let mut high: Option<u8> = None;
        while let Some(b) = self.peek() {
            self.at += 1;
            match (hex(b), high) {
                (Some(digit), None) => high = Some(digit),
                (Some(digit), Some(h)) => {
                    self.strings.push(h << 4 | digit);
                    high = None;
                }
                (None, _) if b == b'>' => break,
                _ => {}
            }
        }
        if let Some(h) = high {
            self.strings.push(h << 4);
        }
        Token::String { start, end: self.strings.len() as u32 }
    }

    /// Skips the data of an inline image after its `ID` operator; `length` is its size in bytes, if the dictionary
    /// determines it.
    pub fn skip_inline_image(&mut self, length: Option<usize>) {
        self.at += inline_image::end(self.rest(), length);
    }
}

/// Decodes the escapes of a name: `A#20B` is "A B".
pub(super) fn unescaped(name: &[u8]) -> Cow<'_, [u8]> {
    if !name.contains(&b'#') {
        return Cow::Borrowed(name);
    }
    let digit = |b: Option<&u8>| b.and_then(|b| char::from(*b).to_digit(16)).map(|d| d as u8);
    let mut plain = Vec::with_capacity(name.len());
    let mut rest = name;
    while let [first, tail @ ..] = rest {
        match (first, digit(tail.first()), digit(tail.get(1))) {
            (b'#', Some(high), Some(low)) => {
                plain.push(high << 4 | low);
                rest = tail.get(2..).unwrap_or_default();
            }
            _ => {
                plain.push(*first);
                rest = tail;
            }
        }
    }
    Cow::Owned(plain)
}

/// Divisors by number of decimal places. With this many places no number up to the maximum, 1e9, overflows an i64.
static POWERS: [f64; 10] = [1.0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9];

/// Parses the PDF number at the beginning of some bytes, without exponents; returns it (0 if there is none) and its
/// length.
fn number(s: &[u8]) -> (f32, usize) {
    let negative = s.first() == Some(&b'-');
    // "--3" occurs in real files; readers take it as -3.
    let sign = match s.first() {
        Some(b'-') => s.iter().take_while(|b| **b == b'-').count(),
        Some(b'+') => 1,
        _ => 0,
    };
    let (mut value, mut at) = (0_i64, sign);
    while let Some(digit) = digit(s, at) {
        // Saturates far above the maximum.
        value = value.saturating_mul(10).saturating_add(digit);
        at += 1;
    }
    // "1-2" occurs in real files; readers take the part before the sign.
    if s.get(at) != Some(&b'.') {
        return (signed(value as f64, negative), at);
    }
    at += 1;
    let point = at;
    while let Some(digit) = digit(s, at) {
        // Further decimal places are insignificant.
        if at - point < POWERS.len() - 1 {
            value = value.saturating_mul(10).saturating_add(digit);
        }
        at += 1;
    }
    let places = (at - point).min(POWERS.len() - 1);
    (signed(value as f64 / POWERS[places], negative), at)
}

/// The value of the digit at a place, if one stands there.
#[inline(always)] // A page has half a million.
fn digit(s: &[u8], at: usize) -> Option<i64> {
    let value = s.get(at)?.wrapping_sub(b'0');
    (value < 10).then_some(i64::from(value))
}

fn signed(value: f64, negative: bool) -> f32 {
    let value = value.min(1e9) as f32;
    if negative { -value } else { value }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tokens(s: &str) -> String {
        let mut lexer = Lexer::new(s.as_bytes());
        let mut out = Vec::new();
        while let Some(t) = lexer.next() {
            out.push(match t {
                Token::Number(n) => n.to_string(),
                Token::Name(n) => format!("/{}", String::from_utf8_lossy(n)),
                Token::String { start, end } => {
                    format!("{:?}", String::from_utf8_lossy(&lexer.strings[start as usize..end as usize]))
                }
                Token::Keyword(k) => String::from_utf8_lossy(k).into_owned(),
                other => format!("{other:?}"),
            });
        }
        out.join(" ")
    }

    #[test]
    fn numbers_strings_and_names() {
        assert_eq!(tokens("-1.5 .25 +3 1-2 --4"), "-1.5 0.25 3 1 -4");
        assert_eq!(tokens(r"(a\(b\)\101(c)) <414> /F1 Tf"), "\"a(b)A(c)\" \"A@\" /F1 Tf");
        assert_eq!(
            tokens("[(x)-3]TJ<</MCID 0>>BDC % no\nET"),
            "ArrayStart \"x\" -3 ArrayEnd TJ DictStart /MCID 0 DictEnd BDC ET"
        );
    }

    #[test]
    fn escapes_in_names() {
        assert_eq!(unescaped(b"A#20B#4"), &b"A B#4"[..]);
        assert_eq!(unescaped(b"F1"), &b"F1"[..]);
    }

    #[test]
    fn damaged_tokens_end_quietly() {
        assert_eq!(tokens("(open \\"), "\"open \"");
        assert_eq!(tokens("<4"), "\"@\"");
        assert_eq!(tokens(") > }"), "");
    }
}
