//! Marks of list items and numbers of paragraphs.

/// Whether a word is a list mark.
pub fn is_mark(word: &str) -> bool {
    const MARKS: &[&str] = &[
        "\u{2022}", "-", "\u{2010}", "\u{2011}", "\u{2012}", "\u{2013}", "\u{2014}", "\u{2015}", "\u{2212}",
        "\u{23af}", "\u{2500}", "o", "\u{b7}", "*", "\u{25e6}",
    ];
    MARKS.contains(&word) || is_symbol(word)
}

/// Whether a word is a single symbol-font character, whose meaning depends on the font, or a geometric shape.
fn is_symbol(word: &str) -> bool {
    let mut chars = word.chars();
    let first = chars.next();
    let private =
        |c| matches!(c, '\u{e000}'..='\u{f8ff}' | '\u{25a0}'..='\u{25ff}' | '\u{2700}'..='\u{27bf}');
    first.is_some_and(private) && chars.next().is_none()
}

/// Whether a word can only be a list mark: prose has no box-drawing dash, lone minus sign or lone symbol-font
/// character.
pub fn is_clear_mark(word: &str) -> bool {
    matches!(word, "\u{2022}" | "\u{2500}" | "\u{2212}" | "\u{23af}") || is_symbol(word)
}

/// The number of a word that may number a paragraph: "12." or "12".
pub fn paragraph_number(word: &str) -> Option<u32> {
    let digits = word.strip_suffix(['.', ')']).unwrap_or(word);
    (1..=3).contains(&digits.len()).then(|| digits.parse().ok()).flatten().filter(|n| *n > 0)
}
