//! Marks of list items and numbers of paragraphs.

/// Whether a word is a list mark.
pub fn is_mark(word: &str) -> bool {
    const MARKS: &[&str] = &[
        "\u{2022}", "-", "\u{2010}", "\u{2011}", "\u{2012}", "\u{2013}", "\u{2014}", "\u{2015}", "\u{2212}",
        "\u{23af}", "\u{2500}", "o", "\u{b7}", "*", "\u{25e6}",
    ];
    MARKS.contains(&word)
}

/// Whether a word is a list mark and can be nothing else: no text has a box-drawing dash or a lone minus sign.
pub fn is_clear_mark(word: &str) -> bool {
    matches!(word, "\u{2022}" | "\u{2500}" | "\u{2212}" | "\u{23af}")
}

/// The number of a word that numbers a paragraph: "12." or "12".
pub fn paragraph_number(word: &str) -> Option<u32> {
    let digits = word.strip_suffix(['.', ')']).unwrap_or(word);
    (1..=3).contains(&digits.len()).then(|| digits.parse().ok()).flatten().filter(|n| *n > 0)
}
