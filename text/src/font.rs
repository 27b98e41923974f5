//! Fonts: from a string's bytes to characters and widths.

use lopdf::{Dictionary, Document, Object};
use rustc_hash::FxHashMap;

use super::lexer::{Lexer, Token};
use super::pdf::{number, resolve};

/// How large a font's CMap may inflate, in bytes.
const MAX_CMAP: usize = 4 << 20;
/// How many codes a CMap's ranges may name in all.
const MAX_CMAP_CODES: usize = 1 << 17;

/// A font, ready to decode strings.
#[derive(Debug, Default)]
pub(super) struct Font {
    /// Whether its name or descriptor says bold.
    pub bold: bool,
    /// Two bytes a code (composite fonts) or one.
    pub wide_codes: bool,
    /// Width of codes that `widths` lacks, in text space units (1 = the font size).
    default_width: f32,
    widths: FxHashMap<u32, f32>,
    simple_widths: Vec<f32>,
    simple_chars: Vec<Option<char>>,
    unicode: FxHashMap<u32, Mapped>,
}

/// What a code maps to: nearly always one character.
#[derive(Debug, Clone)]
enum Mapped {
    One(char),
    Many(Box<str>),
}

/// A decoded code.
#[derive(Debug, Clone, Copy)]
pub(super) enum Chars<'a> {
    One(char),
    Many(&'a str),
    /// The font gives no Unicode value.
    Unmapped,
}

impl Font {
    /// Reads a font dictionary; what is missing or damaged is left out.
    pub fn read(doc: &Document, dict: &Dictionary) -> Font {
        let mut font = Font::default();
        let subtype = dict.get(b"Subtype").and_then(Object::as_name).unwrap_or(b"");
        let descendant = (subtype == b"Type0")
            .then(|| {
                let list = resolve(doc, dict.get(b"DescendantFonts").ok()?)?.as_array().ok()?;
                resolve(doc, list.first()?)?.as_dict().ok()
            })
            .flatten();
        font.wide_codes = subtype == b"Type0";
        let descriptor = descendant
            .unwrap_or(dict)
            .get(b"FontDescriptor")
            .ok()
            .and_then(|d| resolve(doc, d)?.as_dict().ok());
        font.bold = is_bold(doc, dict, descriptor);
        if let Some(Object::Stream(s)) = dict.get(b"ToUnicode").ok().and_then(|o| resolve(doc, o))
            && let Ok(bytes) = s.get_plain_content_with_limit(MAX_CMAP)
        {
            font.unicode = read_cmap(&bytes);
        }
        if font.wide_codes {
            font.default_width = 1.0;
            if let Some(d) = descendant {
                if let Some(w) = d.get(b"DW").ok().and_then(|o| number(doc, o)) {
                    font.default_width = w / 1000.0;
                }
                font.read_cid_widths(doc, d);
            }
        } else {
            font.read_simple(doc, dict, descriptor, subtype);
        }
        font
    }

    fn read_simple(
        &mut self,
        doc: &Document,
        dict: &Dictionary,
        descriptor: Option<&Dictionary>,
        subtype: &[u8],
    ) {
        // The scale of a Type 3 font's glyph space is its own.
        let scale = if subtype == b"Type3" {
            dict.get(b"FontMatrix")
                .ok()
                .and_then(|m| resolve(doc, m)?.as_array().ok()?.first().and_then(|v| number(doc, v)))
                .unwrap_or(0.001)
                .abs()
        } else {
            0.001
        };
        let missing = descriptor
            .and_then(|d| d.get(b"MissingWidth").ok())
            .and_then(|o| number(doc, o))
            .unwrap_or(if dict.has(b"Widths") { 0.0 } else { 550.0 });
        self.default_width = missing * scale;
        self.simple_widths = vec![self.default_width; 256];
        let first = dict.get(b"FirstChar").ok().and_then(|o| number(doc, o)).unwrap_or(0.0);
        if let Some(widths) = dict.get(b"Widths").ok().and_then(|o| resolve(doc, o)?.as_array().ok()) {
            for (i, w) in widths.iter().enumerate().take(256) {
                let code = (first as i64).saturating_add(i as i64);
                if let (Ok(code), Some(w)) = (usize::try_from(code), number(doc, w))
                    && code < 256
                {
                    self.simple_widths[code] = w * scale;
                }
            }
        }
        self.simple_chars = simple_encoding(doc, dict);
    }

    /// `W`: `c [w1 w2 …]` and `first last w` (ISO 32000-1, 9.7.4.3).
    fn read_cid_widths(&mut self, doc: &Document, descendant: &Dictionary) {
        let Some(list) = descendant.get(b"W").ok().and_then(|o| resolve(doc, o)?.as_array().ok()) else {
            return;
        };
        let mut budget = MAX_CMAP_CODES;
        let mut at = list.iter().take(MAX_CMAP_CODES).filter_map(|o| resolve(doc, o));
        while let (Some(first), Some(second)) = (at.next(), at.next()) {
            let Some(first) = number(doc, first).map(|n| n as u32) else { continue };
            match second {
                Object::Array(widths) => {
                    for (i, w) in widths.iter().enumerate().take(65_536) {
                        if let Some(w) = number(doc, w) {
                            self.widths.insert(first.saturating_add(i as u32), w / 1000.0);
                        }
                    }
                }
                other => {
                    let (Some(last), Some(w)) = (number(doc, other), at.next().and_then(|o| number(doc, o)))
                    else {
                        continue;
                    };
                    for code in (first..=(last as u32).min(65_535)).take(budget) {
                        self.widths.insert(code, w / 1000.0);
                        budget -= 1;
                    }
                }
            }
        }
    }

    /// Width of a code in text space units.
    pub fn width(&self, code: u32) -> f32 {
        if self.wide_codes {
            self.widths.get(&code).copied().unwrap_or(self.default_width)
        } else {
            self.simple_widths.get(code as usize).copied().unwrap_or(self.default_width)
        }
    }

    /// Characters of a code.
    pub fn chars(&self, code: u32) -> Chars<'_> {
        match self.unicode.get(&code) {
            Some(Mapped::One(c)) => Chars::One(*c),
            Some(Mapped::Many(s)) => Chars::Many(s),
            None => match self.simple_chars.get(code as usize) {
                Some(Some(c)) => Chars::One(*c),
                _ => Chars::Unmapped,
            },
        }
    }
}

fn is_bold(doc: &Document, dict: &Dictionary, descriptor: Option<&Dictionary>) -> bool {
    let by_name = dict.get(b"BaseFont").and_then(Object::as_name).is_ok_and(|name| {
        let name = name.to_ascii_lowercase();
        [&b"bold"[..], b"black", b"heavy", b"semibold"].iter().any(|w| name.windows(w.len()).any(|x| x == *w))
    });
    let value = |key: &[u8]| descriptor.and_then(|d| d.get(key).ok()).and_then(|o| number(doc, o));
    by_name
        || value(b"FontWeight").is_some_and(|w| w >= 600.0)
        || value(b"Flags").is_some_and(|f| f as u32 & 1 << 18 != 0)
}

/// The characters of the 256 codes of a simple font by its `Encoding`.
fn simple_encoding(doc: &Document, dict: &Dictionary) -> Vec<Option<char>> {
    // lopdf falls back to the font's ToUnicode where there is no Encoding; that one is read here, with limits.
    let mut plain = dict.clone();
    plain.remove(b"ToUnicode");
    plain.set("Type", Object::Name(b"Font".to_vec()));
    let Ok(encoding) = plain.get_font_encoding_with_limit(doc, MAX_CMAP) else { return Vec::new() };
    let mut chars: Vec<Option<char>> = (0..=255u8)
        .map(|b| {
            let mut chars = encoding.bytes_to_string(&[b]).ok()?.chars().collect::<Vec<_>>().into_iter();
            chars.next().filter(|c| *c != '\0')
        })
        .collect();
    // Hyphen and space have second codes in WinAnsi (ISO 32000-1, D.2, notes 3 and 6).
    if chars[0xad].is_none_or(|c| c == '\u{ad}') {
        chars[0xad] = Some('-');
    }
    chars
}

/// `bfchar` and `bfrange` of a ToUnicode CMap (Adobe technical note 5411).
fn read_cmap(bytes: &[u8]) -> FxHashMap<u32, Mapped> {
    let mut map = FxHashMap::default();
    let mut lexer = Lexer::new(bytes);
    let mut section: &[u8] = b"";
    let mut pending: Vec<(u32, u32)> = Vec::new();
    let mut budget = MAX_CMAP_CODES;
    while let Some(token) = lexer.next() {
        match token {
            Token::Keyword(k @ (b"beginbfchar" | b"beginbfrange")) => {
                section = k;
                pending.clear();
            }
            Token::Keyword(b"endbfchar" | b"endbfrange") => section = b"",
            Token::String { start, end } if section == b"beginbfchar" => {
                pending.push((start, end));
                if let [code, target] = pending[..] {
                    insert(&mut map, number_of(&lexer, code), utf16(&lexer, target));
                    pending.clear();
                }
            }
            Token::String { start, end } if section == b"beginbfrange" => {
                pending.push((start, end));
                if let [first, last, target] = pending[..] {
                    let (first, last) = (number_of(&lexer, first), number_of(&lexer, last));
                    let units = utf16(&lexer, target);
                    for (i, code) in (first..=last).enumerate().take(budget) {
                        let mut units = units.clone();
                        if let Some(u) = units.last_mut() {
                            *u = u.wrapping_add(i as u16);
                        }
                        insert(&mut map, code, units);
                    }
                    budget = budget.saturating_sub((last.saturating_sub(first)) as usize + 1);
                    pending.clear();
                }
            }
            Token::ArrayStart if section == b"beginbfrange" => {
                if let [first, _] = pending[..] {
                    let mut code = number_of(&lexer, first);
                    while let Some(Token::String { start, end }) = lexer.next() {
                        insert(&mut map, code, utf16(&lexer, (start, end)));
                        code = code.wrapping_add(1);
                    }
                }
                pending.clear();
            }
            _ => {}
        }
        if pending.is_empty() {
            lexer.strings.clear();
        }
    }
    map
}

fn number_of(lexer: &Lexer, (start, end): (u32, u32)) -> u32 {
    lexer.strings[start as usize..end as usize].iter().take(4).fold(0, |v, b| v << 8 | u32::from(*b))
}

fn utf16(lexer: &Lexer, (start, end): (u32, u32)) -> Vec<u16> {
    let bytes = &lexer.strings[start as usize..end as usize];
    match bytes {
        [one] => vec![u16::from(*one)],
        _ => bytes.chunks_exact(2).take(16).map(|p| u16::from_be_bytes([p[0], p[1]])).collect(),
    }
}

fn insert(map: &mut FxHashMap<u32, Mapped>, code: u32, units: Vec<u16>) {
    let text: String = char::decode_utf16(units).flatten().filter(|c| *c != '\0').collect();
    let mut chars = text.chars();
    match (chars.next(), chars.next()) {
        (Some(c), None) => map.insert(code, Mapped::One(c)),
        (Some(_), Some(_)) => map.insert(code, Mapped::Many(text.into())),
        // A code that maps to nothing draws nothing that could be read: no character, no complaint.
        (None, _) => map.insert(code, Mapped::Many("".into())),
    };
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(cmap: &str) -> String {
        let map = read_cmap(cmap.as_bytes());
        let mut codes: Vec<_> = map.iter().collect();
        codes.sort_by_key(|(c, _)| **c);
        codes
            .iter()
            .map(|(c, m)| match m {
                Mapped::One(ch) => format!("{c:x}={ch}"),
                Mapped::Many(s) => format!("{c:x}={s}"),
            })
            .collect::<Vec<_>>()
            .join(" ")
    }

    #[test]
    fn cmaps_by_character_range_and_array() {
        assert_eq!(shown("1 beginbfchar <03> <0041> <04> <00660069> endbfchar"), "3=A 4=fi");
        assert_eq!(shown("1 beginbfrange <0010> <0012> <0061> endbfrange"), "10=a 11=b 12=c");
        assert_eq!(shown("1 beginbfrange <10> <11> [<0061> <0078>] endbfrange"), "10=a 11=x");
    }

    #[test]
    fn absurd_ranges_are_bounded() {
        let map = read_cmap(b"1 beginbfrange <00000000> <ffffffff> <0041> endbfrange");
        assert!(map.len() <= MAX_CMAP_CODES);
        assert!(read_cmap(b"1 beginbfrange <05> <01> <0041> endbfrange").is_empty());
    }
}
