//! ToUnicode CMaps: from codes to characters (Adobe technical note 5411).

use rustc_hash::FxHashMap;

use super::super::lexer::{Lexer, Token};
use super::{Mapped, names};

/// The most codes that the ranges of a CMap may contain in all.
pub(super) const MAX_CODES: usize = 1 << 17;

/// Reads `bfchar` and `bfrange` of a ToUnicode CMap. Codes that map to no character are left out.
pub(super) fn read(bytes: &[u8]) -> FxHashMap<u32, Mapped> {
    let mut reader = Reader { lexer: Lexer::new(bytes), map: FxHashMap::default(), budget: MAX_CODES };
    let mut section = Section::None;
    let mut pending: Vec<(u32, u32)> = Vec::new();
    while let Some(token) = reader.lexer.next() {
        match (token, section) {
            (Token::Keyword(b"beginbfchar"), _) => (section, pending) = (Section::Char, Vec::new()),
            (Token::Keyword(b"beginbfrange"), _) => (section, pending) = (Section::Range, Vec::new()),
            // Some writers put Unicode values where CIDs belong, and other readers accept that.
            (Token::Keyword(b"begincidchar"), _) => (section, pending) = (Section::CidChar, Vec::new()),
            (Token::Keyword(b"begincidrange"), _) => (section, pending) = (Section::CidRange, Vec::new()),
            (Token::Keyword(word), _) if word.starts_with(b"end") => section = Section::None,
            (Token::Number(n), Section::CidChar | Section::CidRange) => {
                reader.characters(&pending, n as u32);
                pending.clear();
            }
            (Token::String { start, end }, Section::CidChar | Section::CidRange) => {
                pending.push((start, end))
            }
            (Token::Number(_), _) => pending.clear(),
            (Token::String { start, end }, Section::Char) => {
                pending.push((start, end));
                if let [code, target] = pending[..] {
                    reader.char(code, target);
                    pending.clear();
                }
            }
            (Token::Name(name), Section::Char) => {
                if let [code] = pending[..] {
                    let code = reader.number(code);
                    reader.map.extend(names::mapped(name, false).map(|text| (code, text)));
                }
                pending.clear();
            }
            (Token::String { start, end }, Section::Range) => {
                pending.push((start, end));
                if let [first, last, target] = pending[..] {
                    reader.range(first, last, target);
                    pending.clear();
                }
            }
            (Token::ArrayStart, Section::Range) => {
                if let [first, _] = pending[..] {
                    reader.array(first);
                }
                pending.clear();
            }
            _ => {}
        }
        if pending.is_empty() {
            reader.lexer.strings.clear();
        }
    }
    reader.map
}

#[derive(Clone, Copy)]
enum Section {
    None,
    Char,
    Range,
    CidChar,
    CidRange,
}

struct Reader<'a> {
    lexer: Lexer<'a>,
    map: FxHashMap<u32, Mapped>,
    budget: usize,
}

impl Reader<'_> {
    fn bytes(&self, (start, end): (u32, u32)) -> &[u8] {
        self.lexer.strings.get(start as usize..end as usize).unwrap_or_default()
    }

    fn number(&self, at: (u32, u32)) -> u32 {
        self.bytes(at).iter().take(4).fold(0, |v, b| v << 8 | u32::from(*b))
    }

    fn utf16(&self, at: (u32, u32)) -> Vec<u16> {
        match self.bytes(at) {
            [one] => vec![u16::from(*one)],
            bytes => bytes.as_chunks().0.iter().take(16).map(|p| u16::from_be_bytes(*p)).collect(),
        }
    }

    fn char(&mut self, code: (u32, u32), target: (u32, u32)) {
        let (code, units) = (self.number(code), self.utf16(target));
        self.insert(code, units);
    }

    fn range(&mut self, first: (u32, u32), last: (u32, u32), target: (u32, u32)) {
        let (first, last) = (self.number(first), self.number(last));
        let units = self.utf16(target);
        for (i, code) in (first..=last).enumerate().take(self.budget) {
            let mut units = units.clone();
            if let Some(u) = units.last_mut() {
                *u = u.wrapping_add(i as u16);
            }
            self.insert(code, units);
        }
        self.budget = self.budget.saturating_sub(last.saturating_sub(first) as usize + 1);
    }

    /// Maps a code or a range of codes to consecutive characters from `from` on. A range that begins with the same
    /// number is a CID mapping, and says nothing about characters.
    fn characters(&mut self, codes: &[(u32, u32)], from: u32) {
        let (Some(first), Some(last)) = (codes.first(), codes.last()) else { return };
        let (first, last) = (self.number(*first), self.number(*last));
        if first == from {
            return;
        }
        for (i, code) in (first..=last).enumerate().take(self.budget) {
            if let Some(c) = char::from_u32(from.saturating_add(i as u32)).filter(|c| !c.is_control()) {
                self.map.insert(code, Mapped::One(c));
            }
        }
        self.budget = self.budget.saturating_sub(last.saturating_sub(first) as usize + 1);
    }

    fn array(&mut self, first: (u32, u32)) {
        let mut code = self.number(first);
        while let Some(Token::String { start, end }) = self.lexer.next() {
            self.char_at(code, (start, end));
            code = code.wrapping_add(1);
        }
    }

    fn char_at(&mut self, code: u32, target: (u32, u32)) {
        let units = self.utf16(target);
        self.insert(code, units);
    }

    fn insert(&mut self, code: u32, units: Vec<u16>) {
        let text: String = char::decode_utf16(units)
            .flatten()
            .filter(|c| !matches!(c, '\0' | '\u{fffd}' | '\u{ffff}'))
            .collect();
        if let Some(text) = Mapped::of(&text) {
            self.map.insert(code, text);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(cmap: &str) -> String {
        let map = read(cmap.as_bytes());
        let mut codes: Vec<_> = map.iter().collect();
        codes.sort_by_key(|(c, _)| **c);
        codes.iter().map(|(c, m)| format!("{c:x}={}", m.as_string())).collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn by_character_range_array_and_name() {
        assert_eq!(shown("1 beginbfchar <03> <0041> <04> <00660069> endbfchar"), "3=A 4=fi");
        assert_eq!(shown("1 beginbfrange <0010> <0012> <0061> endbfrange"), "10=a 11=b 12=c");
        assert_eq!(shown("1 beginbfrange <10> <11> [<0061> <0078>] endbfrange"), "10=a 11=x");
        assert_eq!(shown("1 beginbfchar <03> /quoteright endbfchar"), "3=’");
        assert_eq!(shown("2 begincidrange <03> <04> 65 <09><09> 97 endcidrange"), "3=A 4=B 9=a");
        assert_eq!(shown("1 begincidchar <03> 65 endcidchar"), "3=A");
        assert_eq!(shown("1 begincidrange <0000> <FFFF> 0 endcidrange"), "");
    }

    #[test]
    fn what_is_no_character_is_left_out() {
        assert_eq!(shown("3 beginbfchar <03> <0000> <04> <FFFD> <05> <0042> endbfchar"), "5=B");
        assert_eq!(shown("2 beginbfchar <03> 65 <04> 66 endbfchar"), "");
    }

    #[test]
    fn absurd_ranges_are_bounded() {
        let map = read(b"1 beginbfrange <00000000> <ffffffff> <0041> endbfrange");
        assert!(map.len() <= MAX_CODES);
        assert!(read(b"1 beginbfrange <05> <01> <0041> endbfrange").is_empty());
    }
}
