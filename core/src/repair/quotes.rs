//! Restores quotation marks that a re-distilled PDF encodes as digits: "children9s" is "children’s", "a 8front door9"
//! is "a ‘front door’".
//!
//! Ghostscript 10.0 writes ToUnicode tables in which ‘ and ’ map to 8 and 9, so everything that reads such a file, or
//! was made from its text, gets digits.

use super::{Repair, RepairKind};
use crate::cut::Cut;
use crate::text::{TextLayer, Word};

/// At least this many words that can only be possessives show that a document has digits for quotation marks.
const SHOWN: usize = 3;
/// A closing mark must follow an opening one within this many words.
const QUOTED: usize = 12;
/// Units after a number, which is then not a quotation mark: "8am", "8th", "8k".
const UNITS: &[&str] = &["am", "pm", "th", "k", "m", "bn", "x"];

/// Replaces the digits that stand for quotation marks.
pub(super) fn restore(layer: &mut TextLayer) -> Vec<Repair> {
    let words = || layer.pages.iter().flat_map(|p| &p.lines).flat_map(|l| &l.words);
    if words().filter(|w| is_possessive(&w.text)).take(SHOWN).count() < SHOWN {
        return Vec::new();
    }
    let mut repairs = Vec::new();
    for page in &mut layer.pages {
        let number = page.number;
        let mut words: Vec<&mut Word> = page.lines.iter_mut().flat_map(|l| &mut l.words).collect();
        for at in 0..words.len() {
            let closes = words.tail(at).iter().take(QUOTED).any(|w| closed(&w.text).is_some());
            let text = &words[at].text;
            let open = opened(text).filter(|_| closes);
            let Some(after) = closed(open.as_deref().unwrap_or(text)).or(open) else { continue };
            repairs.push(Repair::of(words[at], after, RepairKind::DigitForQuote, number));
        }
    }
    repairs
}

/// Whether a word is a possessive with a digit, like "children9s", which is never printed.
fn is_possessive(word: &str) -> bool {
    word.trim_end_matches(|c: char| c.is_ascii_punctuation())
        .strip_suffix("9s")
        .is_some_and(|stem| stem.len() > 1 && stem.ends_with(|c: char| c.is_lowercase()))
}

/// The word with a mark in place of each 9 that follows a letter and is not followed by a digit.
fn closed(word: &str) -> Option<String> {
    let (mut out, mut before) = (String::with_capacity(word.len() + 2), None::<char>);
    let mut chars = word.chars().peekable();
    while let Some(c) = chars.next() {
        let ends = chars.peek().is_none_or(|next| !next.is_ascii_digit());
        let closes = c == '9' && ends && before.is_some_and(char::is_alphabetic);
        out.push(if closes { '’' } else { c });
        before = Some(c);
    }
    (out != word).then_some(out)
}

/// The word with a mark in place of an 8 before its first letter, unless it is a number with a unit.
fn opened(word: &str) -> Option<String> {
    let bare = word.trim_start_matches('(');
    let rest = bare.strip_prefix('8')?;
    let letters = rest.trim_end_matches(|c: char| !c.is_alphabetic());
    let counts = !rest.starts_with(char::is_alphabetic) || UNITS.contains(&letters);
    (!counts).then(|| format!("{}‘{rest}", word.head(word.len() - bare.len())))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::plain;

    fn restored(text: &str) -> Vec<String> {
        let mut layer = plain::read(text);
        restore(&mut layer);
        layer.pages[0].lines.iter().map(crate::text::TextLine::text).collect()
    }

    #[test]
    fn digits_in_the_place_of_quotation_marks_are_marks() {
        let text = "The children9s plans and the council9s 8front\ndoor9, which partners9 staff (8the hub9) call at 8am.\n\
                    The LSCB9s board met in 2019, on 8 and 9 May, with 9 of 89 members and the area9s police.";
        assert_eq!(
            restored(text),
            [
                "The children’s plans and the council’s ‘front",
                "door’, which partners’ staff (‘the hub’) call at 8am.",
                "The LSCB’s board met in 2019, on 8 and 9 May, with 9 of 89 members and the area’s police.",
            ]
        );
    }

    #[test]
    fn a_document_with_marks_keeps_its_digits() {
        let text = "Form B9 and the children’s 8week plans, KS9s and M9.";
        assert_eq!(restored(text), [text]);
    }
}
