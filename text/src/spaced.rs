//! Words that are set wide letter by letter: "I N S P E C T I O N".
//!
//! A line of nothing but single letters, of which most have the same small gap behind them and no space, is a line of words
//! that are set wide. Letters with a space between each two are single letters.

use super::{BBox, Word};

/// How many letters such a line has at least.
const FEWEST: usize = 5;
/// How far letters of one word may stand apart, in font sizes: the boxes of a form are wider.
const WIDEST: f32 = 0.4;
/// By how much the gaps between letters of one word may differ, in font sizes: a space is wider.
const UNEVEN: f32 = 0.12;

/// Whether the words of a line so far may be letters of words that are set wide.
pub(super) fn is_letter(word: &Word) -> bool {
    let mut chars = word.text.chars();
    chars.next().is_some_and(char::is_alphabetic) && chars.next().is_none()
}

/// Puts the letters of a line together; `spaces` are the indices of words that a space stands before.
pub(super) fn join(words: &mut Vec<Word>, spaces: &[usize], size: f32) {
    if words.len() < FEWEST || !words.iter().all(is_letter) {
        return;
    }
    let Some(boxes) = words.iter().map(|w| w.bbox).collect::<Option<Vec<BBox>>>() else { return };
    let gap = |at: usize| match at.checked_sub(1).and_then(|before| boxes.get(before)).zip(boxes.get(at)) {
        Some((before, this)) if !spaces.contains(&at) => this.x0 - before.x1,
        _ => f32::INFINITY,
    };
    let narrowest = (1..words.len()).map(gap).fold(f32::INFINITY, f32::min);
    let goes_on = |at: usize| gap(at) <= (narrowest + UNEVEN * size).min(WIDEST * size);
    // Half of the letters at least go on with a word.
    if narrowest <= 0.0 || (1..words.len()).filter(|at| goes_on(*at)).count() * 2 < words.len() {
        return;
    }
    let letters = std::mem::take(words);
    for (at, letter) in letters.into_iter().enumerate() {
        match words.last_mut().filter(|_| goes_on(at)) {
            Some(word) => {
                word.text.push_str(&letter.text);
                word.bbox = word.bbox.zip(letter.bbox).map(|(a, b)| a.union(b));
            }
            None => words.push(letter),
        }
    }
}
