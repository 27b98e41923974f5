//! Glyph names → characters: the Adobe Glyph List and its rules for composite names.

use read_fonts::ps::agl;

use super::Mapped;

/// Suffixes of variants that the glyph list maps to the private-use area.
const STYLES: &[&str] = &["oldstyle", "fitted", "small", "superior", "inferior", "serif", "sans"];

/// Glyph names used by typesetting programs that the glyph list lacks.
const OTHERS: &[(&str, char)] = &[
    ("nbspace", ' '),
    ("nonbreakingspace", ' '),
    ("sfthyphen", '\u{ad}'),
    ("hyphenminus", '-'),
    ("visiblespace", '\u{2423}'),
    ("dotlessj", '\u{237}'),
    ("mapsto", '\u{21a6}'),
    ("star", '\u{22c6}'),
    ("bardbl", '\u{2016}'),
    ("vector", '\u{20d7}'),
    ("tie", '\u{2040}'),
    ("parenleftbig", '('),
    ("parenrightbig", ')'),
    ("parenleftBig", '('),
    ("parenrightBig", ')'),
    ("parenleftbigg", '('),
    ("parenrightbigg", ')'),
    ("parenleftBigg", '('),
    ("parenrightBigg", ')'),
    ("bracketleftbig", '['),
    ("bracketrightbig", ']'),
    ("bracketleftBig", '['),
    ("bracketrightBig", ']'),
    ("bracketleftbigg", '['),
    ("bracketrightbigg", ']'),
    ("braceleftbig", '{'),
    ("bracerightbig", '}'),
    ("braceleftBig", '{'),
    ("bracerightBig", '}'),
    ("braceleftbigg", '{'),
    ("bracerightbigg", '}'),
    ("summationdisplay", '\u{2211}'),
    ("summationtext", '\u{2211}'),
    ("productdisplay", '\u{220f}'),
    ("producttext", '\u{220f}'),
    ("integraldisplay", '\u{222b}'),
    ("integraltext", '\u{222b}'),
    ("radicalbig", '\u{221a}'),
    ("radicalBig", '\u{221a}'),
    ("radicalbigg", '\u{221a}'),
    ("negationslash", '\u{338}'),
    ("owner", '\u{220b}'),
    ("epsilon1", '\u{3f5}'),
    ("rho1", '\u{3f1}'),
    ("lscript", '\u{2113}'),
    ("slurabove", '\u{2322}'),
    ("slurbelow", '\u{2323}'),
    ("prime", '\u{2032}'),
    ("precedesequal", '\u{227c}'),
    ("followsequal", '\u{227d}'),
    ("similarequal", '\u{2243}'),
    ("lessmuch", '\u{226a}'),
    ("greatermuch", '\u{226b}'),
    ("turnstileleft", '\u{22a2}'),
    ("turnstileright", '\u{22a3}'),
    ("latticetop", '\u{22a4}'),
    ("floorleft", '\u{230a}'),
    ("floorright", '\u{230b}'),
    ("ceilingleft", '\u{2308}'),
    ("ceilingright", '\u{2309}'),
    ("backslashbig", '\\'),
    ("slashbig", '/'),
    ("hatwide", '\u{2c6}'),
    ("tildewide", '\u{2dc}'),
    ("square", '\u{25a1}'),
    ("trianglesolid", '\u{25b2}'),
];

/// The characters of a glyph name; `None` if the name is meaningless. Names of the ZapfDingbats font (`a9`) are
/// meaningful only in that font.
pub(super) fn mapped(name: &[u8], dingbats: bool) -> Option<Mapped> {
    let name = std::str::from_utf8(name).ok()?;
    if name == ".notdef" {
        return Some(Mapped::NOTHING);
    }
    let base = name.split('.').next().filter(|base| !base.is_empty())?;
    if let Some(text) = part(base, dingbats) {
        return Mapped::of(&text);
    }
    let parts: Option<String> = base.split('_').map(|p| part(p, dingbats)).collect();
    Mapped::of(&parts?)
}

/// The characters of one component of a glyph name.
fn part(name: &str, dingbats: bool) -> Option<String> {
    // The glyph list has no underscores: composite names are looked up by component.
    if name.contains('_') {
        return None;
    }
    let code = |digits: &str| digits.bytes().all(|b| b.is_ascii_digit());
    if !dingbats && name.strip_prefix('a').is_some_and(|n| !n.is_empty() && code(n)) {
        return None;
    }
    if let Some((_, c)) = OTHERS.iter().find(|(other, _)| *other == name) {
        return Some(c.to_string());
    }
    let listed: String = agl::name_to_chars(name).filter(|c| *c != '\0').collect();
    if !listed.is_empty() && !listed.chars().any(is_private) {
        return Some(listed);
    }
    let plain = STYLES.iter().find_map(|style| name.strip_suffix(style)).filter(|plain| !plain.is_empty());
    plain.and_then(|plain| part(plain, dingbats)).or(Some(listed).filter(|l| !l.is_empty()))
}

/// Whether a character is in the private-use area of the basic multilingual plane.
pub(super) fn is_private(c: char) -> bool {
    matches!(c, '\u{e000}'..='\u{f8ff}')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(name: &str) -> String {
        match mapped(name.as_bytes(), false) {
            Some(m) => m.as_string(),
            None => "?".into(),
        }
    }

    #[test]
    fn names_of_the_list_and_by_its_rules() {
        let names = "A quoteright Lcommaaccent uni0041 uni004100420043 u1F600 T_h f_f_i a.sc uni0041.alt Asmall oneoldstyle ffi";
        let all: Vec<_> = names.split(' ').map(shown).collect();
        assert_eq!(all.join(" "), "A ’ Ļ A ABC 😀 Th ffi a A A 1 ﬃ");
    }

    #[test]
    fn what_says_nothing_is_unknown() {
        let names = "g36 cid123 a97 glyph7 uniXYZ foo_A G01 .sc .notdef";
        let all: Vec<_> = names.split(' ').map(shown).collect();
        assert_eq!(all, ["?", "?", "?", "?", "?", "?", "?", "?", ""]);
        assert_eq!(mapped(b"a9", true).map(|m| m.as_string()).as_deref(), Some("✠"));
    }
}
