//! The characters that an embedded font program gives for its codes and glyphs.

use read_fonts::ps::cff::CffFontRef;
use read_fonts::ps::type1::Type1Font;
use read_fonts::tables::cmap::{CmapSubtable, PlatformId};
use read_fonts::types::GlyphId;
use read_fonts::{FontRef, TableProvider};
use rustc_hash::FxHashMap;

use super::{Mapped, names};

/// The most glyphs that are examined.
const MAX_GLYPHS: u32 = 65_536;

/// An embedded font program, reduced to what text extraction needs.
#[derive(Debug, Default)]
pub(super) struct Program {
    /// Characters by code, for a simple font.
    pub codes: FxHashMap<u8, Mapped>,
    /// Characters by glyph number.
    pub glyphs: FxHashMap<u32, Mapped>,
    /// The codes of a simple font that have a glyph, if the program names no characters at all.
    pub nameless: Vec<u8>,
}

impl Program {
    /// Reads a program in whichever format it is: its key in the descriptor is often wrong.
    pub fn read(bytes: &[u8]) -> Self {
        match bytes {
            [0, 1, 0, 0, ..] | [b't', b'r', b'u', b'e', ..] | [b'O', b'T', b'T', b'O', ..] => sfnt(bytes),
            [1, 0, ..] => cff(bytes),
            _ => type1(bytes),
        }
        .unwrap_or_default()
    }
}

fn type1(bytes: &[u8]) -> Option<Program> {
    let font = Type1Font::new(bytes).ok()?;
    let encoding = font.encoding()?;
    let codes = (0..=255u8).filter_map(|code| {
        let name = encoding.glyph_name(code).filter(|n| !n.is_empty() && *n != ".notdef")?;
        Some((code, names::mapped(name.as_bytes(), false)?))
    });
    Some(Program { codes: codes.collect(), ..Program::default() })
}

fn cff(bytes: &[u8]) -> Option<Program> {
    let font = CffFontRef::new(bytes, 0, None).ok()?;
    if font.is_cid() {
        return None;
    }
    let charset = font.charset()?;
    let name_of = |glyph: GlyphId| {
        let sid = charset.string_id(glyph)?;
        let name = font.string(sid)?;
        names::mapped(name, false).filter(|m| !m.is_nothing())
    };
    let glyphs: FxHashMap<u32, Mapped> = (1..charset.num_glyphs().min(MAX_GLYPHS))
        .filter_map(|g| Some((g, name_of(GlyphId::new(g))?)))
        .collect();
    let encoding = font.encoding()?;
    let codes = (0..=255u8).filter_map(|code| {
        let glyph = encoding.map(code).filter(|g| g.to_u32() != 0)?;
        Some((code, glyphs.get(&glyph.to_u32())?.clone()))
    });
    Some(Program { codes: codes.collect(), glyphs, ..Program::default() })
}

fn sfnt(bytes: &[u8]) -> Option<Program> {
    let font = FontRef::new(bytes).ok()?;
    let mut glyphs = FxHashMap::default();
    let (mut symbol, mut roman, mut unicode) = (None, None, None);
    if let Ok(cmap) = font.cmap() {
        let data = cmap.offset_data();
        for record in cmap.encoding_records() {
            let Ok(table) = record.subtable(data) else { continue };
            match (record.platform_id(), record.encoding_id()) {
                (PlatformId::Windows, 0) => symbol = Some(table),
                (PlatformId::Macintosh, 0) => roman = Some(table),
                (PlatformId::Windows, 1 | 10) | (PlatformId::Unicode, _) => {
                    reverse(&table, &mut glyphs);
                    unicode = Some(table);
                }
                _ => {}
            }
        }
    }
    by_post(&font, &mut glyphs);
    if glyphs.is_empty() {
        // An OpenType font with PostScript outlines has its glyph names in the CFF table.
        if let Some(named) =
            font.table_data(read_fonts::types::Tag::new(b"CFF ")).and_then(|t| cff(t.as_bytes()))
        {
            glyphs = named.glyphs;
        }
    }
    let for_codes = symbol.is_some() || roman.is_some();
    let glyph_of = |code: u8| {
        [0xf000, 0xf100, 0]
            .iter()
            .find_map(|base| found(symbol.as_ref(), base + u32::from(code)))
            .or_else(|| found(roman.as_ref(), u32::from(code)))
            // Without a table for codes, they are looked up as characters, except for C1 controls.
            .or_else(|| {
                found(unicode.as_ref().filter(|_| !for_codes && !(0x7f..0xa0).contains(&code)), code.into())
            })
    };
    if glyphs.is_empty() {
        let nameless = (0..=255u8).filter(|code| glyph_of(*code).is_some()).collect();
        return Some(Program { nameless, ..Program::default() });
    }
    let codes = (0..=255u8).filter_map(|code| Some((code, glyphs.get(&glyph_of(code)?)?.clone())));
    Some(Program { codes: codes.collect(), glyphs, ..Program::default() })
}

/// The glyph of a code, except .notdef.
fn found(table: Option<&CmapSubtable>, code: u32) -> Option<u32> {
    table?.map_codepoint(code).map(|g| g.to_u32()).filter(|g| *g != 0)
}

/// Adds the characters of glyphs in a Unicode table. If several characters share a glyph, the first is kept.
fn reverse(table: &CmapSubtable, glyphs: &mut FxHashMap<u32, Mapped>) {
    for (code, glyph) in table.iter().take(MAX_GLYPHS as usize) {
        if let Some(c) = char::from_u32(code).filter(|c| !c.is_control() && !names::is_private(*c)) {
            glyphs.entry(glyph.to_u32()).or_insert(Mapped::One(c));
        }
    }
}

/// Adds the characters of glyphs that have a name but no entry in a Unicode table.
fn by_post(font: &FontRef, glyphs: &mut FxHashMap<u32, Mapped>) {
    let Ok(post) = font.post() else { return };
    for (glyph, name) in post.glyph_names().take(MAX_GLYPHS as usize).skip(1) {
        if let Some(text) = names::mapped(name.as_bytes(), false).filter(|m| !m.is_nothing()) {
            glyphs.entry(glyph.to_u32()).or_insert(text);
        }
    }
}
