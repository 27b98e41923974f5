//! The fonts that every PDF reader supplies: their widths, and the encodings of Symbol and ZapfDingbats.

use std::sync::OnceLock;

use rustc_hash::FxHashMap;

/// Widths in thousandths of the font size; `scripts/standard-fonts` generates the file from Adobe's metrics.
const TABLE: &str = include_str!("../data/standard-fonts.txt");

/// A standard font.
#[derive(Debug, Default)]
pub(super) struct Standard {
    /// Whether it has its own encoding.
    pub symbolic: bool,
    /// Character and width by code, if it has its own encoding.
    pub codes: FxHashMap<u8, (char, f32)>,
    widths: FxHashMap<char, f32>,
    every: Option<f32>,
}

impl Standard {
    /// Width of a character, in thousandths of the font size.
    pub fn width(&self, c: char) -> Option<f32> {
        self.every.or_else(|| self.widths.get(&c).copied())
    }
}

/// The names of the fonts. All but Courier, whose glyphs have one width, are in the table.
const NAMES: [&str; 9] = [
    "Courier",
    "Helvetica",
    "Helvetica-Bold",
    "Times-Roman",
    "Times-Bold",
    "Times-Italic",
    "Times-BoldItalic",
    "Symbol",
    "ZapfDingbats",
];

/// Font families with the widths of a standard font.
const FAMILIES: &[(&str, &str)] = &[
    ("zapfdingbats", "ZapfDingbats"),
    ("dingbats", "ZapfDingbats"),
    ("symbol", "Symbol"),
    ("courier", "Courier"),
    ("liberationmono", "Courier"),
    ("nimbusmon", "Courier"),
    ("arial", "Helvetica"),
    ("helvetica", "Helvetica"),
    ("liberationsans", "Helvetica"),
    ("nimbussan", "Helvetica"),
    ("times", "Times"),
    ("liberationserif", "Times"),
    ("nimbusrom", "Times"),
];

fn table() -> &'static FxHashMap<&'static str, Standard> {
    static FONTS: OnceLock<FxHashMap<&'static str, Standard>> = OnceLock::new();
    FONTS.get_or_init(|| {
        let mut fonts: FxHashMap<&'static str, Standard> = FxHashMap::default();
        fonts.insert("Courier", Standard { every: Some(600.0), ..Standard::default() });
        let mut name = "";
        for line in TABLE.lines().filter(|line| !line.starts_with("# ")) {
            if let Some(font) = line.strip_prefix('[').and_then(|l| l.strip_suffix(']')) {
                name = NAMES.iter().find(|n| **n == font).copied().unwrap_or_default();
                continue;
            }
            add(fonts.entry(name).or_default(), line);
        }
        fonts
    })
}

/// Parses `width TAB characters` or, for a font with its own encoding, `code TAB width TAB character`.
fn add(font: &mut Standard, line: &str) {
    let mut fields = line.split('\t');
    let (Some(first), Some(second), third) = (fields.next(), fields.next(), fields.next()) else { return };
    let Some(c) = third.and_then(|t| t.chars().next()) else {
        if let (Ok(width), None) = (first.parse(), third) {
            font.widths.extend(second.chars().map(|c| (c, width)));
        }
        return;
    };
    let Ok(width) = second.parse() else { return };
    font.symbolic = true;
    font.widths.insert(c, width);
    if let Ok(code) = first.parse() {
        font.codes.insert(code, (c, width));
    }
}

/// The standard font that a name refers to: one of the fourteen, or a family with the same widths.
pub(super) fn by_name(name: &[u8]) -> Option<&'static Standard> {
    let name = without_subset_tag(name);
    let plain: String = name
        .iter()
        .filter(|b| b.is_ascii_alphanumeric())
        .map(|b| char::from(b.to_ascii_lowercase()))
        .collect();
    let (rest, family) =
        FAMILIES.iter().find_map(|(prefix, family)| Some((plain.strip_prefix(prefix)?, family)))?;
    // "Arial Narrow" and "Arial Black" have widths of their own.
    if ["narrow", "condensed", "black", "rounded", "unicode", "light", "neue"]
        .iter()
        .any(|w| rest.contains(w))
    {
        return None;
    }
    styled(family, rest.contains("bold"), rest.contains("italic") || rest.contains("oblique"))
}

/// The standard font that best resembles a font without a program or widths.
pub(super) fn like(fixed: bool, serif: bool, bold: bool, italic: bool) -> Option<&'static Standard> {
    let family = match (fixed, serif) {
        (true, _) => "Courier",
        (_, true) => "Times",
        _ => "Helvetica",
    };
    styled(family, bold, italic)
}

fn styled(family: &str, bold: bool, italic: bool) -> Option<&'static Standard> {
    let name = match (family, bold, italic) {
        ("Helvetica", true, _) => "Helvetica-Bold",
        ("Times", false, false) => "Times-Roman",
        ("Times", true, false) => "Times-Bold",
        ("Times", false, true) => "Times-Italic",
        ("Times", true, true) => "Times-BoldItalic",
        _ => family,
    };
    table().get(name)
}

/// Removes the prefix of a subset: `ABCDEF+Name` → `Name`.
pub(super) fn without_subset_tag(name: &[u8]) -> &[u8] {
    match name {
        [a, b, c, d, e, f, b'+', plain @ ..] if [a, b, c, d, e, f].iter().all(|l| l.is_ascii_uppercase()) => {
            plain
        }
        _ => name,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn widths_of_the_fourteen() {
        let width = |name: &str, c| by_name(name.as_bytes()).and_then(|f| f.width(c));
        assert_eq!(width("Helvetica", 'W'), Some(944.0));
        assert_eq!(width("Helvetica-BoldOblique", ' '), Some(278.0));
        assert_eq!(width("Times-BoldItalic", 'a'), Some(500.0));
        assert_eq!(width("ABCDEF+ArialMT", 'l'), Some(222.0));
        assert_eq!(width("TimesNewRomanPS-BoldMT", 'M'), Some(944.0));
        assert_eq!(width("CourierNew,Bold", 'i'), Some(600.0));
        assert_eq!(width("Symbol", 'α'), Some(631.0));
        assert_eq!(width("ArialNarrow", 'W'), None);
        assert_eq!(width("Verdana", 'W'), None);
        assert_eq!(table().len(), NAMES.len());
    }

    #[test]
    fn symbol_and_dingbats_have_codes_of_their_own() {
        let code =
            |name: &str, code: u8| by_name(name.as_bytes()).and_then(|f| f.codes.get(&code)).map(|c| c.0);
        assert_eq!(code("Symbol", b'a'), Some('α'));
        assert_eq!(code("ZapfDingbats", b'4'), Some('✔'));
        assert_eq!(code("Helvetica", b'a'), None);
    }
}
