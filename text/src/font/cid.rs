//! Composite fonts: codes of one to four bytes, mapped by a CMap.

use std::rc::Rc;

use hayro_cmap::{CMap, CMapName, CidFamily, WritingMode, load_embedded};
use lopdf::Object;
use rustc_hash::FxHashMap;

use super::super::pdf::{number, resolve};
use super::program::Program;
use super::to_unicode::MAX_CODES;
use super::{Characters, Chars, Code, MAX_CMAP, MAX_PROGRAM, Shown, Source};

/// Codes below this are looked up in a table. Subsets of Latin fonts keep their glyph numbers, which are seldom
/// higher.
const FIRST: u32 = 4_096;

/// A composite font.
#[derive(Debug)]
pub(super) struct Composite {
    /// Whether its text runs downwards.
    pub vertical: bool,
    encoding: Encoding,
    /// The characters that ToUnicode gives, by code.
    unicode: Characters,
    /// The characters by CID, from the collection or the embedded program; used for codes that ToUnicode lacks.
    by_cid: Rc<Characters>,
    /// Whether the codes are Unicode values.
    direct: bool,
    widths: FxHashMap<u32, f32>,
    default_width: f32,
    /// Width and characters of the lowest codes, if codes are CIDs: a fast path for nearly all text.
    first: Vec<Code>,
    /// Advance and position of vertical glyphs: `[w1, vx, vy]`.
    vertical_metrics: FxHashMap<u32, [f32; 3]>,
    default_vertical: [f32; 2],
}

/// From codes to CIDs.
#[derive(Debug)]
enum Encoding {
    Identity,
    Map {
        map: Box<CMap>,
        /// Length in bytes of a code that is not in the map.
        unknown: usize,
    },
    /// Codes are Unicode characters; the map, which is for UTF-16, gives their CIDs.
    Unicode {
        map: Option<Box<CMap>>,
        form: Form,
    },
    /// A CMap that is neither embedded nor predefined: the meaning of its codes is unknown.
    Unknown,
}

/// How characters are encoded.
#[derive(Debug, Clone, Copy)]
enum Form {
    Utf8,
    Utf16,
    Utf32,
}

impl Form {
    /// The first character, and its length in bytes.
    fn first(self, bytes: &[u8]) -> (Option<char>, usize) {
        let unit = |at: usize| {
            let pair = bytes.get(at..at + 2)?;
            Some(u32::from(pair[0]) << 8 | u32::from(pair[1]))
        };
        match self {
            Self::Utf8 => {
                let length = match bytes.first() {
                    Some(0xc2..=0xdf) => 2,
                    Some(0xe0..=0xef) => 3,
                    Some(0xf0..=0xf4) => 4,
                    _ => 1,
                };
                let text = bytes.get(..length).and_then(|b| std::str::from_utf8(b).ok());
                (text.and_then(|t| t.chars().next()), length)
            }
            Self::Utf16 => match (unit(0), unit(2)) {
                (Some(high @ 0xd800..=0xdbff), Some(low @ 0xdc00..=0xdfff)) => {
                    (char::from_u32(0x10000 + ((high - 0xd800) << 10) + (low - 0xdc00)), 4)
                }
                (unit, _) => (unit.and_then(char::from_u32), 2),
            },
            Self::Utf32 => {
                let code = unit(0).zip(unit(2)).map(|(high, low)| high << 16 | low);
                (code.and_then(char::from_u32), 4)
            }
        }
    }
}

/// The CID of a character in a UTF-16 map.
fn cid_of(map: &CMap, c: char) -> Option<u32> {
    match c.encode_utf16(&mut [0; 2]) {
        [one] => map.lookup_cid_code(u32::from(*one), 2),
        [high, low] => map.lookup_cid_code(u32::from(*high) << 16 | u32::from(*low), 4),
        _ => None,
    }
}

impl Composite {
    pub fn read(source: &Source) -> Self {
        let (encoding, vertical) = encoding(source);
        let unicode_codes = matches!(encoding, Encoding::Unicode { .. });
        let unicode = source.to_unicode();
        let mut font = Self {
            vertical,
            encoding,
            by_cid: Rc::default(),
            direct: source.codes_are_unicode() || unicode_codes,
            widths: FxHashMap::default(),
            default_width: source.of_descendant(b"DW").and_then(|o| number(source.doc, o)).unwrap_or(1000.0)
                / 1000.0,
            first: Vec::new(),
            vertical_metrics: FxHashMap::default(),
            default_vertical: [0.88, -1.0],
            unicode,
        };
        if font.unicode.is_empty() && !font.direct {
            font.by_cid = by_cid(source, &font.encoding);
        }
        font.read_widths(source);
        if vertical {
            font.read_vertical(source);
        } else if matches!(font.encoding, Encoding::Identity) && !font.direct {
            font.first = font.first_codes();
        }
        font
    }

    /// The number of entries it holds, without those of a shared collection.
    pub fn weight(&self) -> usize {
        let own = if Rc::strong_count(&self.by_cid) > 1 { 0 } else { self.by_cid.len() };
        256 + self.unicode.len() + own + self.widths.len() + self.vertical_metrics.len() + self.first.len()
    }

    /// The table of the lowest codes, up to the last one that has a character.
    fn first_codes(&self) -> Vec<Code> {
        let told = [&self.unicode, &*self.by_cid].map(|map| map.keys().copied().filter(|c| *c < FIRST).max());
        let Some(last) = told.into_iter().flatten().max() else { return Vec::new() };
        let code = |code| Code {
            width: self.widths.get(&code).copied().unwrap_or(self.default_width),
            text: self.unicode.get(&code).or_else(|| self.by_cid.get(&code)).cloned(),
        };
        (0..=last).map(code).collect()
    }

    #[inline]
    pub fn next<'a>(&'a self, bytes: &[u8]) -> Shown<'a> {
        if let [high, low, ..] = bytes
            && let Some(code) = self.first.get(usize::from(u16::from_be_bytes([*high, *low])))
        {
            let chars = Chars::of(code.text.as_ref());
            return Shown { chars, advance: code.width, vertical: None, bytes: 2, space: false };
        }
        self.next_of_any(bytes)
    }

    fn next_of_any<'a>(&'a self, bytes: &[u8]) -> Shown<'a> {
        let (code, cid, length) = self.encoding.next(bytes);
        let width = self.widths.get(&cid).copied().unwrap_or(self.default_width);
        let vertical = self.vertical.then(|| match self.vertical_metrics.get(&cid) {
            Some([advance, x, y]) => (*advance, [*x, *y, width]),
            None => (self.default_vertical[1], [width / 2.0, self.default_vertical[0], width]),
        });
        Shown {
            chars: self.chars(code, cid),
            advance: vertical.map_or(width, |(advance, _)| advance),
            vertical: vertical.map(|(_, place)| place),
            bytes: length,
            space: length == 1 && code == 32,
        }
    }

    fn chars(&self, code: u32, cid: u32) -> Chars<'_> {
        if let Some(text) = self.unicode.get(&code) {
            return Chars::of(Some(text));
        }
        if self.direct {
            return char::from_u32(code).filter(|c| !c.is_control()).map_or(Chars::Unmapped, Chars::One);
        }
        Chars::of(self.by_cid.get(&cid))
    }

    /// `W`: `c [w1 w2 …]` and `first last w` (ISO 32000-1, 9.7.4.3).
    fn read_widths(&mut self, source: &Source) {
        let Some(list) = source.of_descendant(b"W").and_then(|o| o.as_array().ok()) else { return };
        let mut budget = MAX_CODES;
        let mut at = list.iter().take(MAX_CODES).filter_map(|o| resolve(source.doc, o));
        while let (Some(first), Some(second)) = (at.next(), at.next()) {
            let Some(first) = number(source.doc, first).map(|n| n as u32) else { continue };
            if let Object::Array(widths) = second {
                for (i, w) in widths.iter().enumerate().take(65_536) {
                    if let Some(w) = number(source.doc, w) {
                        self.widths.insert(first.saturating_add(i as u32), w / 1000.0);
                    }
                }
                continue;
            }
            let (Some(last), Some(w)) =
                (number(source.doc, second), at.next().and_then(|o| number(source.doc, o)))
            else {
                continue;
            };
            for code in (first..=(last as u32).min(65_535)).take(budget) {
                self.widths.insert(code, w / 1000.0);
                budget -= 1;
            }
        }
    }

    /// `DW2` and `W2`: `c [w1 vx vy …]` and `first last w1 vx vy`.
    fn read_vertical(&mut self, source: &Source) {
        let value = |o: &Object| number(source.doc, o).unwrap_or(0.0) / 1000.0;
        if let Some([y, advance, ..]) =
            source.of_descendant(b"DW2").and_then(|o| o.as_array().ok()).map(Vec::as_slice)
        {
            self.default_vertical = [value(y), value(advance)];
        }
        let Some(list) = source.of_descendant(b"W2").and_then(|o| o.as_array().ok()) else { return };
        let mut rest = list.as_slice();
        let mut budget = MAX_CODES;
        while let [first, second, tail @ ..] = rest {
            let first = number(source.doc, first).unwrap_or(0.0) as u32;
            match (resolve(source.doc, second), tail) {
                (Some(Object::Array(metrics)), _) => {
                    for (i, m) in metrics.as_chunks().0.iter().enumerate().take(65_536) {
                        let m: &[Object; 3] = m;
                        self.vertical_metrics.insert(first.saturating_add(i as u32), m.each_ref().map(value));
                    }
                    rest = tail;
                }
                (Some(last), [advance, x, y, tail @ ..]) => {
                    let last = number(source.doc, last).unwrap_or(0.0) as u32;
                    for cid in (first..=last.min(65_535)).take(budget) {
                        self.vertical_metrics.insert(cid, [value(advance), value(x), value(y)]);
                        budget -= 1;
                    }
                    rest = tail;
                }
                _ => break,
            }
        }
    }
}

impl Encoding {
    /// The next code, its CID, and its length in bytes.
    fn next(&self, bytes: &[u8]) -> (u32, u32, usize) {
        let code = |n: usize| bytes.iter().take(n).fold(0u32, |v, b| v << 8 | u32::from(*b));
        match self {
            Self::Identity | Self::Unknown => {
                let n = bytes.len().clamp(1, 2);
                (code(n), code(n), n)
            }
            Self::Map { map, unknown } => {
                for n in 1..=bytes.len().min(4) {
                    if let Some(cid) = map.lookup_cid_code(code(n), n as u8) {
                        return (code(n), cid, n);
                    }
                }
                let n = bytes.len().clamp(1, *unknown);
                (code(n), 0, n)
            }
            Self::Unicode { map, form } => {
                let (c, n) = form.first(bytes);
                let cid = map.as_ref().zip(c).and_then(|(map, c)| cid_of(map, c));
                (c.map_or(0, u32::from), cid.unwrap_or(0), n.min(bytes.len()).max(1))
            }
        }
    }
}

/// The encoding, and whether it is vertical.
fn encoding(source: &Source) -> (Encoding, bool) {
    let embedded = |name: CMapName<'_>| load_embedded(name);
    let of = |map: CMap| {
        let vertical = map.metadata().writing_mode == Some(WritingMode::Vertical);
        let one_byte = (0..=255).any(|c| map.lookup_cid_code(c, 1).is_some());
        (Encoding::Map { map: Box::new(map), unknown: if one_byte { 1 } else { 2 } }, vertical)
    };
    let predefined = |name: &[u8]| {
        load_embedded(CMapName::from_bytes(name)).and_then(|bytes| CMap::parse(bytes, embedded))
    };
    match source.get(b"Encoding") {
        Some(Object::Name(name)) => {
            let vertical = name.ends_with(b"V");
            if name.starts_with(b"Identity") {
                return (Encoding::Identity, vertical);
            }
            let text = String::from_utf8_lossy(name);
            let forms =
                [("UCS2", Form::Utf16), ("UTF16", Form::Utf16), ("UTF8", Form::Utf8), ("UTF32", Form::Utf32)];
            if let Some((word, form)) = forms.into_iter().find(|(word, _)| text.contains(word)) {
                let in_16 = text.replace("UTF32", "UTF16").replace("UTF8", "UTF16");
                let map = predefined(if word == "UCS2" { name } else { in_16.as_bytes() });
                return (Encoding::Unicode { map: map.map(Box::new), form }, vertical);
            }
            predefined(name).map_or((Encoding::Unknown, vertical), of)
        }
        Some(Object::Stream(s)) => {
            let bytes = source.plain(s, MAX_CMAP).unwrap_or_default();
            let (map, vertical) = CMap::parse(&bytes, embedded).map_or((Encoding::Identity, false), of);
            let written = s.dict.get(b"WMode").ok().and_then(|o| number(source.doc, o));
            (map, written.map_or(vertical, |w| w == 1.0))
        }
        _ => (Encoding::Identity, false),
    }
}

/// Characters by CID: from the character collection, otherwise from the embedded program.
fn by_cid(source: &Source, encoding: &Encoding) -> Rc<Characters> {
    let collection = match encoding {
        Encoding::Map { map, .. } => map.metadata().character_collection.as_ref().map(|c| c.family.clone()),
        Encoding::Identity => None,
        Encoding::Unicode { .. } | Encoding::Unknown => return Rc::default(),
    };
    let family = collection.filter(|f| f.ucs2_cmap().is_some()).or_else(|| family(source));
    if let Some(all) = family.and_then(|f| f.ucs2_cmap()).and_then(|name| source.shared.collection(name)) {
        return all;
    }
    let Some(Program { glyphs, .. }) = source.program() else { return Rc::default() };
    let Some(Object::Stream(s)) = source.of_descendant(b"CIDToGIDMap") else { return Rc::new(glyphs) };
    let bytes = source.plain(s, MAX_PROGRAM).unwrap_or_default();
    let pairs = (0..).zip(bytes.as_chunks().0).take(65_536);
    let character = |(cid, glyph): (u32, &[u8; 2])| {
        Some((cid, glyphs.get(&u32::from(u16::from_be_bytes(*glyph)))?.clone()))
    };
    Rc::new(pairs.filter_map(character).collect())
}

/// The character collection that the descendant font names.
fn family(source: &Source) -> Option<CidFamily> {
    let info = source.of_descendant(b"CIDSystemInfo")?.as_dict().ok()?;
    let text = |key: &[u8]| resolve(source.doc, info.get(key).ok()?)?.as_str().ok();
    Some(CidFamily::from_registry_ordering(text(b"Registry")?, text(b"Ordering")?))
}
