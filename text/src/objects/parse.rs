//! Parses objects from bytes (ISO 32000-1, 7.3): as lopdf reads them, or not at all.

use std::borrow::Cow;

use lopdf::{Dictionary, Object, ObjectId, Stream, StringFormat};

use super::super::lexer::{is_regular, unescaped};

/// How deep objects may nest.
const MAX_DEPTH: usize = 50;

/// Whether a byte is white space.
pub(super) fn is_blank(b: u8) -> bool {
    matches!(b, b' ' | b'\t' | b'\n' | b'\r' | 0 | 12)
}

/// The bytes after `12 0 obj` and white space.
pub(super) fn after_header(bytes: &[u8], (number, generation): ObjectId) -> Option<&[u8]> {
    let mut parser = Parser::new(bytes, 0);
    (parser.header()? == (number, generation)).then(|| parser.rest())
}

/// Parses values; anything damaged or unusual gives `None`.
pub(super) struct Parser<'a> {
    bytes: &'a [u8],
    at: usize,
    /// How many values may still be read.
    left: usize,
}

impl<'a> Parser<'a> {
    pub fn new(bytes: &'a [u8], left: usize) -> Self {
        Self { bytes, at: 0, left }
    }

    /// How many values may still be read.
    pub fn left(&self) -> usize {
        self.left
    }

    /// The remaining bytes.
    pub fn rest(&self) -> &'a [u8] {
        self.bytes.get(self.at..).unwrap_or_default()
    }

    pub fn peek(&self) -> Option<u8> {
        self.bytes.get(self.at).copied()
    }

    pub fn skip_blank(&mut self) {
        while self.peek().is_some_and(is_blank) {
            self.at += 1;
        }
    }

    /// At least one byte of white space.
    fn blank(&mut self) -> Option<()> {
        let from = self.at;
        self.skip_blank();
        (self.at > from).then_some(())
    }

    /// Exactly these bytes.
    pub fn tag(&mut self, tag: &[u8]) -> Option<()> {
        self.rest().starts_with(tag).then(|| self.at += tag.len())
    }

    /// The next `count` bytes.
    pub fn take(&mut self, count: usize) -> Option<&'a [u8]> {
        let taken = self.rest().get(..count)?;
        self.at += count;
        Some(taken)
    }

    /// A word that is not followed by a regular character.
    pub fn keyword(&mut self, word: &[u8]) -> Option<()> {
        self.tag(word)?;
        self.ends()
    }

    fn ends(&self) -> Option<()> {
        (!self.peek().is_some_and(is_regular)).then_some(())
    }

    /// An end of line.
    pub fn end_of_line(&mut self) -> Option<()> {
        self.tag(b"\r\n").or_else(|| self.tag(b"\n")).or_else(|| self.tag(b"\r"))
    }

    /// A number without a sign; `None` if it overflows.
    pub fn digits(&mut self) -> Option<u64> {
        let (mut value, from) = (0u64, self.at);
        while let Some(b @ b'0'..=b'9') = self.peek() {
            value = value.checked_mul(10)?.checked_add(u64::from(b - b'0'))?;
            self.at += 1;
        }
        (self.at > from).then_some(value)
    }

    /// A value.
    pub fn value(&mut self) -> Option<Object> {
        self.nested(MAX_DEPTH)
    }

    /// An indirect object after its header; `length` looks up a stream length that is an indirect object.
    pub fn indirect(&mut self, length: impl Fn(ObjectId) -> Option<usize>) -> Option<Object> {
        let object = self.value()?;
        self.skip_blank();
        let Object::Dictionary(dict) = object else {
            return self.keyword(b"endobj").map(|()| object);
        };
        if self.keyword(b"endobj").is_some() {
            return Some(Object::Dictionary(dict));
        }
        self.tag(b"stream")?;
        while matches!(self.peek(), Some(b' ' | b'\t')) {
            self.at += 1;
        }
        self.end_of_line()?;
        let length = match dict.get(b"Length").ok()? {
            Object::Reference(id) => length(*id)?,
            direct => usize::try_from(direct.as_i64().ok()?).ok()?,
        };
        let content = self.take(length)?;
        let _ = self.end_of_line();
        self.keyword(b"endstream")?;
        self.skip_blank();
        self.keyword(b"endobj")?;
        Some(Object::Stream(Stream::new(dict, content.to_vec())))
    }

    fn nested(&mut self, depth: usize) -> Option<Object> {
        self.left = self.left.checked_sub(1)?;
        match self.peek()? {
            b'0'..=b'9' => self.reference().map(Object::Reference).or_else(|| self.number()),
            b'+' | b'-' | b'.' => self.number(),
            b'/' => self.name().map(|name| Object::Name(name.into_owned())),
            b'(' => self.literal().map(|s| Object::String(s, StringFormat::Literal)),
            b'<' if self.rest().starts_with(b"<<") => self.dictionary(depth.checked_sub(1)?),
            b'<' => self.hexadecimal().map(|s| Object::String(s, StringFormat::Hexadecimal)),
            b'[' => self.array(depth.checked_sub(1)?),
            b'n' => self.keyword(b"null").map(|()| Object::Null),
            b't' => self.keyword(b"true").map(|()| Object::Boolean(true)),
            b'f' => self.keyword(b"false").map(|()| Object::Boolean(false)),
            _ => None,
        }
    }

    fn dictionary(&mut self, depth: usize) -> Option<Object> {
        let mut dict = Dictionary::new();
        self.entries(|parser, key| {
            let value = parser.nested(depth)?;
            dict.set(key.into_owned(), value);
            Some(())
        })?;
        Some(Object::Dictionary(dict))
    }

    /// Parses the entries of a dictionary; `take` parses each value.
    pub fn entries(&mut self, mut take: impl FnMut(&mut Self, Cow<'a, [u8]>) -> Option<()>) -> Option<()> {
        self.tag(b"<<")?;
        loop {
            self.skip_blank();
            if self.tag(b">>").is_some() {
                return Some(());
            }
            let key = self.name()?;
            self.skip_blank();
            take(self, key)?;
        }
    }

    fn array(&mut self, depth: usize) -> Option<Object> {
        let mut items = Vec::new();
        self.items(|parser| {
            items.push(parser.nested(depth)?);
            Some(())
        })?;
        Some(Object::Array(items))
    }

    /// Parses the items of an array; `take` parses each.
    pub fn items(&mut self, mut take: impl FnMut(&mut Self) -> Option<()>) -> Option<()> {
        self.tag(b"[")?;
        loop {
            self.skip_blank();
            if self.tag(b"]").is_some() {
                return Some(());
            }
            take(self)?;
        }
    }

    /// A reference, `12 0 R`; if there is none, nothing is consumed.
    pub fn reference(&mut self) -> Option<ObjectId> {
        let from = self.at;
        let id = self.id();
        if id.is_none() {
            self.at = from;
        }
        id
    }

    /// An object header, `12 0 obj`, and the white space after it.
    pub fn header(&mut self) -> Option<ObjectId> {
        let number = self.digits()?;
        self.blank()?;
        let generation = self.digits()?;
        self.blank()?;
        self.keyword(b"obj")?;
        self.skip_blank();
        Some((number.try_into().ok()?, generation.try_into().ok()?))
    }

    fn id(&mut self) -> Option<ObjectId> {
        let number = self.digits()?;
        self.blank()?;
        let generation = self.digits()?;
        self.skip_blank();
        self.keyword(b"R")?;
        Some((number.try_into().ok()?, generation.try_into().ok()?))
    }

    fn number(&mut self) -> Option<Object> {
        let from = self.at;
        let negative = self.peek() == Some(b'-');
        if matches!(self.peek(), Some(b'+' | b'-')) {
            self.at += 1;
        }
        let whole = self.digits();
        if self.peek() != Some(b'.') {
            self.ends()?;
            let whole = i64::try_from(whole?).ok()?;
            return Some(Object::Integer(if negative { -whole } else { whole }));
        }
        self.at += 1;
        let digits = self.at;
        while self.peek().is_some_and(|b| b.is_ascii_digit()) {
            self.at += 1;
        }
        whole.or((self.at > digits).then_some(0))?;
        self.ends()?;
        std::str::from_utf8(self.bytes.get(from..self.at)?).ok()?.parse().ok().map(Object::Real)
    }

    /// A name without its slash, escapes decoded.
    pub fn name(&mut self) -> Option<Cow<'a, [u8]>> {
        self.tag(b"/")?;
        let rest = self.rest();
        let (name, _) = rest.split_at(rest.iter().position(|b| !is_regular(*b)).unwrap_or(rest.len()));
        self.at += name.len();
        let plain = unescaped(name);
        // lopdf ends a name at an invalid escape, so such names are not accepted here.
        let escapes = name.iter().filter(|b| **b == b'#').count();
        (plain.len() + 2 * escapes == name.len()).then_some(plain)
    }

    fn literal(&mut self) -> Option<Vec<u8>> {
        self.tag(b"(")?;
        let (mut string, mut depth) = (Vec::new(), 1);
        loop {
            let rest = self.rest();
            let plain = rest.iter().position(|b| matches!(b, b'(' | b')' | b'\\' | b'\r'))?;
            // `plain` is the index of one of these bytes.
            string.extend_from_slice(&rest[..plain]);
            self.at += plain + 1;
            match rest[plain] {
                b'\\' => self.escape(&mut string)?,
                b'\r' => {
                    let _ = self.tag(b"\n");
                    string.push(b'\n');
                }
                b'(' if depth == MAX_DEPTH => return None,
                b')' if depth == 1 => return Some(string),
                bracket => {
                    depth = if bracket == b'(' { depth + 1 } else { depth - 1 };
                    string.push(bracket);
                }
            }
        }
    }

    fn escape(&mut self, string: &mut Vec<u8>) -> Option<()> {
        if self.end_of_line().is_some() {
            return Some(());
        }
        let b = self.peek()?;
        self.at += 1;
        string.push(match b {
            b'n' => b'\n',
            b'r' => b'\r',
            b't' => b'\t',
            b'b' => 8,
            b'f' => 12,
            b'0'..=b'7' => {
                let mut value = u16::from(b - b'0');
                for _ in 0..2 {
                    if let Some(digit @ b'0'..=b'7') = self.peek() {
                        value = value * 8 + u16::from(digit - b'0');
                        self.at += 1;
                    } else {
                        break;
                    }
                }
                value as u8
            }
            other => other,
        });
        Some(())
    }

    fn hexadecimal(&mut self) -> Option<Vec<u8>> {
        self.tag(b"<")?;
        let (mut string, mut high) = (Vec::new(), None);
        loop {
            let b = self.peek()?;
            self.at += 1;
            if b == b'>' {
                string.extend(high.map(|high: u8| high << 4));
                return Some(string);
            }
            if is_blank(b) {
                continue;
            }
            let digit = char::from(b).to_digit(16)? as u8;
            match high.take() {
                Some(high) => string.push(high << 4 | digit),
                None => high = Some(digit),
            }
        }
    }

    /// Skips a value without building it.
    pub fn skip(&mut self) -> Option<()> {
        self.skip_nested(MAX_DEPTH)
    }

    fn skip_nested(&mut self, depth: usize) -> Option<()> {
        match self.peek()? {
            b'/' => self.name().map(drop),
            b'<' if self.rest().starts_with(b"<<") => {
                let depth = depth.checked_sub(1)?;
                self.entries(|parser, _| parser.skip_nested(depth))
            }
            b'[' => {
                let depth = depth.checked_sub(1)?;
                self.items(|parser| parser.skip_nested(depth))
            }
            b'0'..=b'9' => self.reference().map(drop).or_else(|| self.number().map(drop)),
            _ => {
                self.left = self.left.max(1);
                self.nested(depth).map(drop)
            }
        }
    }
}
