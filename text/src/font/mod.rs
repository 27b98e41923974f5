//! Fonts: from a string's bytes to characters and widths.
//!
//! A code's character comes from the font's ToUnicode map; failing that, from the glyph names of its encoding;
//! failing that, from the embedded program. A code that none of them explains is *unmapped*: it is counted, and
//! never read as a letter.

mod cid;
mod names;
mod program;
mod simple;
mod standard;
mod store;
mod to_unicode;

use lopdf::{Dictionary, Object, Stream};

use super::objects::Objects;
use super::pdf::{number, resolve};

pub(super) use store::Fonts;
use store::{Characters, Shared};

/// The largest inflated size of a font's CMap, in bytes.
const MAX_CMAP: usize = 4 << 20;
/// The largest inflated size of an embedded font program, in bytes.
const MAX_PROGRAM: usize = 16 << 20;

/// A font, ready to decode strings.
#[derive(Debug)]
pub(super) struct Font {
    /// Whether its name or descriptor indicates bold.
    pub bold: bool,
    /// Whether its text runs vertically.
    pub vertical: bool,
    /// The height of its letters at size 1. This is 1 except for Type 3 fonts, which define their own glyph space.
    pub em: f32,
    kind: Kind,
}

#[derive(Debug)]
enum Kind {
    Simple(Box<[Code; 256]>),
    Composite(Box<cid::Composite>),
}

/// A code of a simple font.
#[derive(Debug, Clone, Default)]
struct Code {
    /// In text space units (1 = the font size).
    width: f32,
    text: Option<Mapped>,
}

/// What a code maps to: nearly always one character.
#[derive(Debug, Clone, PartialEq)]
enum Mapped {
    One(char),
    Many(Box<str>),
    Nothing,
}

impl Mapped {
    /// A glyph that is drawn but is no character.
    const NOTHING: Self = Self::Nothing;

    fn of(text: &str) -> Option<Self> {
        let mut chars = text.chars();
        match (chars.next(), chars.next()) {
            (Some(c), None) => Some(Self::One(c)),
            (Some(_), Some(_)) => Some(Self::Many(text.into())),
            (None, _) => None,
        }
    }

    fn is_nothing(&self) -> bool {
        matches!(self, Self::Nothing)
    }

    /// Its first character.
    fn first(&self) -> Option<char> {
        match self {
            Self::One(c) => Some(*c),
            Self::Many(text) => text.chars().next(),
            Self::Nothing => None,
        }
    }

    #[cfg(test)]
    fn as_string(&self) -> String {
        match self {
            Self::One(c) => c.to_string(),
            Self::Many(text) => text.to_string(),
            Self::Nothing => String::new(),
        }
    }
}

/// A decoded code.
#[derive(Debug, Clone, Copy)]
pub(super) enum Chars<'a> {
    One(char),
    Many(&'a str),
    /// A glyph without text.
    Nothing,
    /// The font doesn't say which character it is.
    Unmapped,
}

/// A code of a string, decoded.
#[derive(Debug, Clone, Copy)]
pub(super) struct Shown<'a> {
    pub chars: Chars<'a>,
    /// How far the pen moves, in text space units: to the right, or down in vertical text.
    pub advance: f32,
    /// For a vertical glyph: its top centre relative to its origin (x, y), and its width, in text space units.
    pub vertical: Option<[f32; 3]>,
    /// Length of the code in bytes.
    pub bytes: usize,
    /// Whether it is the single-byte code 32, to which word spacing applies.
    pub space: bool,
}

impl Font {
    /// Reads a font dictionary; missing or damaged entries are ignored.
    fn read(doc: &Objects, dict: &Dictionary, shared: &Shared) -> Font {
        let composite = dict.get(b"Subtype").and_then(Object::as_name).is_ok_and(|s| s == b"Type0");
        let descendant = composite
            .then(|| {
                let list = resolve(doc, dict.get(b"DescendantFonts").ok()?)?;
                // Some writers leave the array out.
                let first = list.as_array().map_or(Some(list), |a| a.first())?;
                resolve(doc, first)?.as_dict().ok()
            })
            .flatten();
        let source = Source {
            doc,
            dict,
            shared,
            descendant,
            descriptor: descendant
                .unwrap_or(dict)
                .get(b"FontDescriptor")
                .ok()
                .and_then(|d| resolve(doc, d)?.as_dict().ok()),
        };
        let bold = source.is_bold();
        if composite {
            let font = cid::Composite::read(&source);
            return Font { bold, vertical: font.vertical, em: 1.0, kind: Kind::Composite(Box::new(font)) };
        }
        Font { bold, vertical: false, em: simple::em(&source), kind: Kind::Simple(simple::read(&source)) }
    }

    /// The number of codes it holds, without those it shares with other fonts.
    fn weight(&self) -> usize {
        match &self.kind {
            Kind::Simple(codes) => codes.len(),
            Kind::Composite(font) => font.weight(),
        }
    }

    /// The approximate number of codes in a string.
    pub fn codes(&self, bytes: &[u8]) -> usize {
        match &self.kind {
            Kind::Simple(_) => bytes.len(),
            Kind::Composite(_) => bytes.len() / 2,
        }
    }

    /// Whether any code of a string is a letter.
    pub fn has_letter(&self, mut bytes: &[u8]) -> bool {
        while !bytes.is_empty() {
            let shown = self.next(bytes);
            let is_letter = match shown.chars {
                Chars::One(c) => c.is_alphabetic(),
                Chars::Many(text) => text.contains(char::is_alphabetic),
                Chars::Nothing | Chars::Unmapped => false,
            };
            if is_letter {
                return true;
            }
            bytes = bytes.get(shown.bytes.max(1)..).unwrap_or_default();
        }
        false
    }

    /// The next code of a non-empty string.
    #[inline(always)] // A call for each letter would return its result through memory.
    pub fn next<'a>(&'a self, bytes: &[u8]) -> Shown<'a> {
        match &self.kind {
            Kind::Simple(codes) => {
                let byte = bytes.first().copied().unwrap_or_default();
                let code = &codes[usize::from(byte)];
                Shown {
                    chars: Chars::of(code.text.as_ref()),
                    advance: code.width,
                    vertical: None,
                    bytes: 1,
                    space: byte == b' ',
                }
            }
            Kind::Composite(font) => font.next(bytes),
        }
    }
}

impl<'a> Chars<'a> {
    fn of(text: Option<&'a Mapped>) -> Self {
        match text {
            Some(Mapped::One(c)) => Self::One(*c),
            Some(Mapped::Many(text)) => Self::Many(text),
            Some(Mapped::Nothing) => Self::Nothing,
            None => Self::Unmapped,
        }
    }

    pub fn is_space(self) -> bool {
        matches!(self, Self::One(c) if c.is_whitespace())
    }

    /// How many characters it stands for; an unmapped code counts as one.
    pub fn count(self) -> usize {
        match self {
            Self::One(_) | Self::Unmapped => 1,
            Self::Many(text) => text.chars().count(),
            Self::Nothing => 0,
        }
    }
}

/// A font's dictionaries.
struct Source<'a> {
    doc: &'a Objects<'a>,
    dict: &'a Dictionary,
    shared: &'a Shared,
    descendant: Option<&'a Dictionary>,
    descriptor: Option<&'a Dictionary>,
}

impl<'a> Source<'a> {
    /// An entry of the font dictionary.
    fn get(&self, key: &[u8]) -> Option<&'a Object> {
        resolve(self.doc, self.dict.get(key).ok()?)
    }

    /// An entry of the descendant font's dictionary.
    fn of_descendant(&self, key: &[u8]) -> Option<&'a Object> {
        resolve(self.doc, self.descendant?.get(key).ok()?)
    }

    /// A number in the font descriptor.
    fn described(&self, key: &[u8]) -> Option<f32> {
        number(self.doc, self.descriptor?.get(key).ok()?)
    }

    fn flag(&self, bit: u32) -> bool {
        self.described(b"Flags").is_some_and(|f| f as u32 & bit != 0)
    }

    fn name(&self) -> &'a [u8] {
        self.get(b"BaseFont").and_then(|o| o.as_name().ok()).unwrap_or_default()
    }

    /// The font's ToUnicode map, if it is a stream; for a name, see `codes_are_unicode`.
    fn to_unicode(&self) -> Characters {
        match self.get(b"ToUnicode") {
            Some(Object::Stream(s)) => to_unicode::read(&self.plain(s, MAX_CMAP).unwrap_or_default()),
            _ => Characters::default(),
        }
    }

    /// The decoded content of a stream.
    fn plain(&self, stream: &Stream, limit: usize) -> Option<Vec<u8>> {
        self.shared.plain(self.doc, stream, limit)
    }

    /// Whether ToUnicode is a name that declares codes to be Unicode values.
    fn codes_are_unicode(&self) -> bool {
        self.get(b"ToUnicode").and_then(|o| o.as_name().ok()).is_some_and(|n| n.starts_with(b"Identity"))
    }

    /// The embedded font program.
    fn program(&self) -> Option<program::Program> {
        let file = |key: &[u8]| match resolve(self.doc, self.descriptor?.get(key).ok()?)? {
            Object::Stream(s) => self.plain(s, MAX_PROGRAM),
            _ => None,
        };
        let bytes = file(b"FontFile3").or_else(|| file(b"FontFile2")).or_else(|| file(b"FontFile"))?;
        Some(program::Program::read(&bytes))
    }

    fn is_embedded(&self) -> bool {
        self.descriptor
            .is_some_and(|d| [&b"FontFile"[..], b"FontFile2", b"FontFile3"].iter().any(|k| d.has(k)))
    }

    /// Whether its name is not that of a pictorial font.
    fn is_for_text(&self) -> bool {
        let name = self.name().to_ascii_lowercase();
        let has = |word: &str| name.windows(word.len()).any(|x| x == word.as_bytes());
        !["dings", "dingbat", "symbol"].iter().any(|w| has(w))
    }

    fn is_bold(&self) -> bool {
        let has = |words: &[&str]| {
            let name = self.name().to_ascii_lowercase();
            words.iter().any(|w| name.windows(w.len()).any(|x| x == w.as_bytes()))
        };
        has(&["bold", "black", "heavy", "semibold"])
            || self.described(b"FontWeight").is_some_and(|w| w >= 600.0)
            || self.flag(1 << 18)
    }
}
