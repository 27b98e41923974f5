//! Simple fonts: one byte per code.

use std::sync::LazyLock;

use encoding_rs::{Encoding, MACINTOSH, WINDOWS_1252};
use lopdf::{Dictionary, Object};
use read_fonts::ps::PredefinedEncoding;
use rustc_hash::FxHashMap;

use super::super::pdf::{number, rectangle, resolve};
use super::standard::{self, Standard};
use super::{Code, Mapped, Source, names};

/// The codes of a simple font.
pub(super) fn read(source: &Source) -> Box<[Code; 256]> {
    let standard = standard::by_name(source.name());
    let dingbats = standard.is_some_and(|s| s.symbolic && s.width('\u{2701}').is_some());
    let mut codes: Box<[Code; 256]> = Box::new(std::array::from_fn(|_| Code::default()));
    characters(source, standard, dingbats, &mut codes);
    widths(source, standard, &mut codes);
    codes
}

/// A base encoding: the meaning of codes that `Differences` does not list.
#[derive(Clone, Copy, PartialEq)]
enum Base {
    Standard,
    WinAnsi,
    MacRoman,
    /// The font's built-in encoding.
    Own,
    /// An encoding that is not supported.
    Unknown,
}

fn characters(source: &Source, standard: Option<&Standard>, dingbats: bool, codes: &mut [Code; 256]) {
    let to_unicode = source.to_unicode();
    let direct = source.codes_are_unicode();
    let encoding = source.get(b"Encoding");
    let base = base(source, encoding, standard);
    let differences = differences(source, encoding);
    let of_base = |code: u8| match base {
        Base::Own => standard.and_then(|s| s.codes.get(&code)).map(|(c, _)| Mapped::One(*c)),
        Base::Unknown => None,
        base => base.character(code).map(Mapped::One),
    };
    let numbered = !source.is_embedded() && are_numbers_of_letters(&differences);
    let mut unknown = false;
    for (code, entry) in (0..=255u8).zip(codes.iter_mut()) {
        entry.text = to_unicode.get(&u32::from(code)).cloned();
        if entry.text.is_some() {
            continue;
        }
        if direct && code >= b' ' {
            entry.text = Some(Mapped::One(char::from(code)));
            continue;
        }
        entry.text = match differences.get(&code) {
            Some(name) => names::mapped(name, dingbats).or_else(|| {
                numbered.then(|| Base::Standard.character(code).filter(is_told)).flatten().map(Mapped::One)
            }),
            None => of_base(code),
        };
        unknown |= entry.text.is_none();
    }
    if unknown && source.is_embedded() {
        by_program(source, base, &differences, codes);
    }
}

/// Uses the embedded program for codes that have no character yet.
fn by_program(source: &Source, base: Base, differences: &FxHashMap<u8, &[u8]>, codes: &mut [Code; 256]) {
    let named_by_glyph = differences.values().any(|n| glyph_number(n).is_some());
    if base != Base::Own && !named_by_glyph {
        return;
    }
    let Some(program) = source.program() else { return };
    for (code, entry) in (0..=255u8).zip(codes.iter_mut()).filter(|(_, e)| e.text.is_none()) {
        entry.text = match differences.get(&code) {
            Some(name) => glyph_number(name).and_then(|g| program.glyphs.get(&g)).cloned(),
            None => program.codes.get(&code).cloned(),
        };
    }
    // If the program says nothing about its codes, those of a text font follow a standard encoding.
    let all_of = if program.codes.is_empty() && !source.flag(SYMBOLIC) {
        Base::Standard
    } else if source.is_for_text() && are_of_letters(&program.nameless) {
        Base::WinAnsi
    } else {
        return;
    };
    for (code, entry) in (0..=255u8).zip(codes.iter_mut()) {
        if entry.text.is_none() && !differences.contains_key(&code) {
            entry.text = all_of.character(code).map(Mapped::One);
        }
    }
}

/// Whether the codes that a subset kept are character codes, as in Ghostscript's output: a text uses some letters
/// and not others, which leaves gaps, while codes assigned in order of use have none.
fn are_of_letters(codes: &[u8]) -> bool {
    match codes {
        [only] => *only == b' ',
        [b' ', .., last] => usize::from(last - b' ') >= codes.len(),
        _ => false,
    }
}

/// Whether every meaningless glyph name is the number of its own code (`a65`, `G41`), and these are character
/// codes. Programs that convert bitmap fonts name glyphs like this and keep the original codes.
fn are_numbers_of_letters(differences: &FxHashMap<u8, &[u8]>) -> bool {
    let is_numbered = |code: u8, name: &[u8]| {
        let name = std::str::from_utf8(name).unwrap_or_default();
        let number = name.trim_start_matches(|c: char| c.is_ascii_alphabetic());
        let is_hexadecimal = number.len() == 2 && u8::from_str_radix(number, 16) == Ok(code);
        number.len() < name.len() && (is_hexadecimal || number.parse() == Ok(code))
    };
    let mut codes: Vec<u8> = Vec::new();
    for (code, name) in differences {
        match names::mapped(name, false) {
            Some(_) => {}
            None if is_numbered(*code, name) => codes.push(*code),
            None => return false,
        }
    }
    codes.retain(|code| *code > b' ');
    codes.sort_unstable();
    let (Some(first), Some(last)) = (codes.first(), codes.last()) else { return false };
    // Codes assigned consecutively would leave no gaps.
    let leave_out = usize::from(last - first) >= codes.len();
    leave_out || codes.len() < 4 && codes.iter().all(u8::is_ascii_alphanumeric)
}

/// Whether all encodings of Latin text have this character at the same code.
fn is_told(c: &char) -> bool {
    c.is_ascii_alphanumeric() || " ,.:;!?()[]/-+=%&'\u{2018}\u{2019}".contains(*c)
}

/// The Symbolic flag of a font descriptor: characters outside the standard Latin set.
const SYMBOLIC: u32 = 1 << 2;

/// The glyph number in a name like `g36`, `cid36` or `glyph36`.
fn glyph_number(name: &[u8]) -> Option<u32> {
    let name = std::str::from_utf8(name).ok()?;
    let digits = ["glyph", "cid", "gid", "index", "g"].iter().find_map(|p| name.strip_prefix(p))?;
    digits.parse().ok().filter(|_| digits.len() <= 5)
}

fn base(source: &Source, encoding: Option<&Object>, standard: Option<&Standard>) -> Base {
    let named = match encoding {
        Some(Object::Name(name)) => Some(name.as_slice()),
        Some(Object::Dictionary(d)) => {
            d.get(b"BaseEncoding").ok().and_then(|o| resolve(source.doc, o)?.as_name().ok())
        }
        _ => None,
    };
    let symbol = standard.is_some_and(|s| s.symbolic) && !source.is_embedded();
    match named {
        // Symbol and ZapfDingbats have no Latin letters, whatever the PDF claims.
        _ if symbol => Base::Own,
        Some(b"WinAnsiEncoding") => Base::WinAnsi,
        Some(b"MacRomanEncoding") => Base::MacRoman,
        Some(b"StandardEncoding") => Base::Standard,
        Some(b"MacExpertEncoding") => Base::Unknown,
        _ if source.is_embedded() => Base::Own,
        _ if source.get(b"Subtype").and_then(|o| o.as_name().ok()) == Some(b"Type3") => Base::Unknown,
        _ if source.get(b"Subtype").and_then(|o| o.as_name().ok()) == Some(b"TrueType") => Base::WinAnsi,
        _ => Base::Standard,
    }
}

/// The characters of all codes, cached because every font needs them.
static WIN_ANSI: LazyLock<[Option<char>; 256]> = LazyLock::new(|| all_of(WINDOWS_1252));
static MAC_ROMAN: LazyLock<[Option<char>; 256]> = LazyLock::new(|| all_of(MACINTOSH));

fn all_of(encoding: &'static Encoding) -> [Option<char>; 256] {
    let decoded = |code: usize| encoding.decode_without_bom_handling(&[code as u8]).0.chars().next();
    std::array::from_fn(|code| decoded(code).filter(|c| !c.is_control()))
}

impl Base {
    fn character(self, code: u8) -> Option<char> {
        match self {
            _ if code < b' ' => None,
            // Space and hyphen have second codes, and unused codes are bullets (ISO 32000-1, D.2, notes 3, 5 and 6).
            Self::WinAnsi => match code {
                0x7f | 0x81 | 0x8d | 0x8f | 0x90 | 0x9d => Some('\u{2022}'),
                0xad => Some('-'),
                _ => WIN_ANSI[usize::from(code)],
            },
            Self::MacRoman => match code {
                0xca => Some(' '),
                _ => MAC_ROMAN[usize::from(code)],
            },
            Self::Standard => {
                let name = PredefinedEncoding::Standard.name(code);
                names::mapped(name.as_bytes(), false).and_then(|m| m.first())
            }
            Self::Own | Self::Unknown => None,
        }
    }
}

/// Reads `[39 /quotesingle 96 /grave /a …]`. Each name stands by itself: a bad one doesn't affect the others.
fn differences<'a>(source: &Source<'a>, encoding: Option<&'a Object>) -> FxHashMap<u8, &'a [u8]> {
    let list = encoding
        .and_then(|o| o.as_dict().ok())
        .and_then(|d: &Dictionary| resolve(source.doc, d.get(b"Differences").ok()?)?.as_array().ok());
    let mut code = 0i64;
    let mut all = FxHashMap::default();
    for object in list.into_iter().flatten().take(2_000) {
        match resolve(source.doc, object) {
            Some(Object::Name(name)) => {
                if let Ok(code) = u8::try_from(code) {
                    all.insert(code, name.as_slice());
                }
                code = code.saturating_add(1);
            }
            Some(Object::Integer(n)) => code = *n,
            Some(Object::Real(n)) => code = *n as i64,
            _ => {}
        }
    }
    all
}

fn widths(source: &Source, standard: Option<&Standard>, codes: &mut [Code; 256]) {
    let scale = scale(source);
    let list = source.get(b"Widths").and_then(|o| o.as_array().ok());
    let missing = source.described(b"MissingWidth");
    if list.is_none() {
        let like = standard.or_else(|| most_like(source));
        for (code, entry) in (0..=255u8).zip(codes.iter_mut()) {
            let by_char = entry.text.as_ref().and_then(Mapped::first).and_then(|c| like?.width(c));
            let by_code = || Some(like?.codes.get(&code)?.1);
            entry.width = by_char.or_else(by_code).or(missing).unwrap_or(500.0) * 0.001;
        }
        return;
    }
    for entry in codes.iter_mut() {
        entry.width = missing.unwrap_or(0.0) * scale;
    }
    let first = source.get(b"FirstChar").and_then(|o| number(source.doc, o)).unwrap_or(0.0) as i64;
    for (i, width) in list.into_iter().flatten().enumerate().take(256) {
        let at = usize::try_from(first.saturating_add(i as i64)).ok();
        if let (Some(entry), Some(w)) = (at.and_then(|at| codes.get_mut(at)), number(source.doc, width)) {
            entry.width = w * scale;
        }
    }
}

/// The scale from glyph space to text space; a Type 3 font defines its own.
fn scale(source: &Source) -> f32 {
    const THOUSANDTH: f32 = 0.001;
    if source.get(b"Subtype").and_then(|o| o.as_name().ok()) != Some(b"Type3") {
        return THOUSANDTH;
    }
    let matrix = source.get(b"FontMatrix").and_then(|m| m.as_array().ok());
    let part = |i: usize| matrix.and_then(|m| number(source.doc, m.get(i)?)).unwrap_or(0.0);
    Some(part(0).hypot(part(1))).filter(|s| *s > 0.0).unwrap_or(THOUSANDTH)
}

/// How high the letters of a font are at size 1.
pub(super) fn em(source: &Source) -> f32 {
    if source.get(b"Subtype").and_then(|o| o.as_name().ok()) != Some(b"Type3") {
        return 1.0;
    }
    let matrix = source.get(b"FontMatrix").and_then(|m| m.as_array().ok());
    let part = |i: usize| matrix.and_then(|m| number(source.doc, m.get(i)?)).unwrap_or(0.0);
    let scale = part(2).hypot(part(3));
    let box_ = source.get(b"FontBBox").and_then(|o| rectangle(source.doc, o));
    let widest = source
        .get(b"Widths")
        .and_then(|o| o.as_array().ok())
        .into_iter()
        .flatten()
        .take(256)
        .filter_map(|w| number(source.doc, w))
        .fold(0.0, f32::max);
    // A text font's bounding box is somewhat higher than its size.
    let height = box_.map_or(widest, |[_, bottom, _, top]| (top - bottom) * 0.85);
    Some(height * scale).filter(|em| *em > 0.0 && em.is_finite()).unwrap_or(1.0)
}

fn most_like(source: &Source) -> Option<&'static Standard> {
    let name = source.name().to_ascii_lowercase();
    let has = |word: &str| name.windows(word.len()).any(|w| w == word.as_bytes());
    let (fixed, serif) = (source.flag(1) || has("mono"), source.flag(2));
    standard::like(fixed, serif, source.is_bold(), source.flag(64) || has("italic") || has("oblique"))
}
