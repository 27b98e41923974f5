//! Words in the form in which they are compared: letters and digits in lower case, without ligatures and zero-width
//! marks.

use findings_text::BBox;
use unicode_normalization::UnicodeNormalization;

/// A word, or a part of one between punctuation marks.
pub struct Token {
    pub letters: String,
    pub page: u32,
    /// The box of the whole word.
    pub bbox: Option<BBox>,
}

/// Adds the parts of a word.
pub fn add(word: &str, page: u32, bbox: Option<BBox>, out: &mut Vec<Token>) {
    out.extend(letters(word).map(|letters| Token { letters, page, bbox }));
}

/// The letters and digits of a text, in words.
pub fn letters(text: &str) -> impl Iterator<Item = String> {
    let seen = |c: &char| !matches!(c, '\u{ad}' | '\u{200b}');
    let plain: String = text.nfkc().filter(seen).flat_map(char::to_lowercase).collect();
    let words: Vec<String> =
        plain.split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty()).map(str::to_owned).collect();
    words.into_iter()
}

/// Intersection over union of two boxes.
pub fn overlap(a: BBox, b: BBox) -> f32 {
    let area = |b: BBox| (b.x1 - b.x0).max(0.0) * (b.bottom - b.top).max(0.0);
    let common = BBox {
        x0: a.x0.max(b.x0),
        top: a.top.max(b.top),
        x1: a.x1.min(b.x1),
        bottom: a.bottom.min(b.bottom),
    };
    let common = area(common);
    let all = area(a) + area(b) - common;
    if all > 0.0 { common / all } else { 0.0 }
}
