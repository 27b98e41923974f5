//! The texts of a record, and their first and last words.

use crate::record::SectionBlock;

/// The text of a paragraph or a bullet.
pub(super) fn text_of(block: &SectionBlock) -> Option<&str> {
    match block {
        SectionBlock::Paragraph { text, .. } | SectionBlock::Bullet { text, .. } => Some(text),
        SectionBlock::Table { .. } => None,
    }
}

/// Messages quote this many characters of a text.
const SHOWN: usize = 50;

/// The first words of a text.
pub(super) fn beginning(text: &str) -> &str {
    text.char_indices().nth(SHOWN).and_then(|(at, _)| text.get(..at)).unwrap_or(text)
}

/// The last words of a text.
pub(super) fn ending(text: &str) -> &str {
    text.char_indices().rev().nth(SHOWN).and_then(|(at, _)| text.get(at..)).unwrap_or(text)
}
