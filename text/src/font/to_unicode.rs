//! ToUnicode CMaps: from codes to characters (Adobe technical note 5411).

use rustc_hash::FxHashMap;

use super::super::lexer::{Lexer, Token};
use super::{Mapped, names};

/// The most codes that the ranges of a CMap may contain in all.
pub(super) const MAX_CODES: usize = 1 << 17;

/// Reads `bfchar` and `bfrange` of a ToUnicode CMap. Codes that map to no character are left out.
pub(super) fn read(bytes: &[u8]) -> FxHashMap<u32, Mapped> {
    let mut reader = Reader {
        lexer: Lexer::new(bytes),
        map: FxHashMap::default(),
        budget: MAX_CODES,
        pending: Vec::new(),
    };
    let mut section = Section::None;
    while let Some(token) = reader.lexer.next() {
        match token {
            Token::Keyword(word) => {
                if let Some(next) = Section::after(word) {
                    section = next;
                    reader.pending.clear();
                }
            }
            operand => reader.operand(operand, section),
        }
        if reader.pending.is_empty() {
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

impl Section {
    /// The section that a keyword begins, or `None` if it begins and ends none.
    fn after(keyword: &[u8]) -> Option<Section> {
        Some(match keyword {
            b"beginbfchar" => Section::Char,
            b"beginbfrange" => Section::Range,
            // Some writers take CIDs for characters, and so do readers.
            b"begincidchar" => Section::CidChar,
            b"begincidrange" => Section::CidRange,
            word if word.starts_with(b"end") => Section::None,
            _ => return None,
        })
    }
}

struct Reader<'a> {
    lexer: Lexer<'a>,
    map: FxHashMap<u32, Mapped>,
    budget: usize,
    /// The strings read since the last complete entry, as ranges of the lexer's buffer.
    pending: Vec<(u32, u32)>,
}

impl Reader<'_> {
    /// Takes an operand, and maps its entry if it completes one.
    fn operand(&mut self, token: Token, section: Section) {
        if let Token::String { start, end } = token
            && !matches!(section, Section::None)
        {
            self.pending.push((start, end));
        }
        match (token, section, self.pending.as_slice()) {
            (Token::Number(n), Section::CidChar | Section::CidRange, codes) => {
                if let (Some(&first), Some(&last)) = (codes.first(), codes.last()) {
                    self.characters(first, last, n as u32);
                }
            }
            (Token::String { .. }, Section::Char, &[code, target]) => self.char(code, target),
            (Token::String { .. }, Section::Range, &[first, last, target]) => self.range(first, last, target),
            (Token::Name(name), Section::Char, &[code]) => {
                let code = self.number(code);
                self.map.extend(names::mapped(name, false).map(|text| (code, text)));
            }
            (Token::ArrayStart, Section::Range, &[first, _]) => self.array(first),
            (Token::Number(_), ..)
            | (Token::Name(_), Section::Char, _)
            | (Token::ArrayStart, Section::Range, _) => {}
            _ => return,
        }
        self.pending.clear();
    }

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
    fn characters(&mut self, first: (u32, u32), last: (u32, u32), from: u32) {
        let (first, last) = (self.number(first), self.number(last));
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
