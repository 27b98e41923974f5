//! Letter-spaced words: "I N S P E C T I O N".
//!
//! A line of nothing but single letters, most of them separated by the same small gap and no space, consists of
//! such words. If it has spaces, it may also have digits, punctuation, and a few ligatures and kerned pairs, which
//! are closer together. Letters with spaces between them are single letters.

use super::{BBox, Word};

/// The fewest letters in such a line.
const FEWEST: usize = 5;
/// The fewest characters in such a line if not all are letters.
const FEWEST_MIXED: usize = 8;
/// The widest gap between letters of a word, in font sizes; in the boxes of a form it is wider.
const WIDEST: f32 = 0.4;
/// The same if the line has spaces between its words.
const WIDEST_WITH_SPACES: f32 = 0.9;
/// How much the gaps between letters of a word may differ, in font sizes; a space is wider.
const UNEVEN: f32 = 0.12;
/// At most one in this many words may have more than one character.
const LONGER: usize = 5;

/// Whether a line may be letter-spaced, given its number of words and of those with more than one character.
pub(super) fn may_be_wide(words: usize, longer: usize) -> bool {
    longer * LONGER <= words + LONGER
}

/// Whether a word has more than one character.
pub(super) fn is_longer(word: &Word) -> bool {
    word.text.chars().nth(1).is_some()
}

/// Joins the letters of a line into words; `spaces` are the indices of those preceded by a space.
pub(super) fn join(words: &mut Vec<Word>, spaces: &[usize], size: f32) {
    let letters = words.iter().filter(|w| w.text.starts_with(char::is_alphabetic)).count();
    let only_letters = letters == words.len() && !words.iter().any(is_longer);
    // Spaces show that a line is text; without any it may be a row of marks.
    let is_text = words.len() >= FEWEST_MIXED && !spaces.is_empty() && letters * 4 >= words.len();
    // A ligature has at most three characters: a longer word belongs to a row of marks.
    let has_word = words.iter().any(|w| w.text.chars().nth(3).is_some());
    if words.len() < FEWEST || has_word || !(only_letters || is_text) {
        return;
    }
    let widest = if spaces.is_empty() { WIDEST } else { WIDEST_WITH_SPACES };
    let Some(boxes) = words.iter().map(|w| w.bbox).collect::<Option<Vec<BBox>>>() else { return };
    // The gap before each letter.
    let between = boxes.windows(2).map(|two| two[1].x0 - two[0].x1);
    let mut gaps: Vec<f32> = std::iter::once(f32::INFINITY).chain(between).collect();
    for at in spaces {
        if let Some(gap) = gaps.get_mut(*at) {
            *gap = f32::INFINITY;
        }
    }
    let narrowest = gaps.iter().copied().fold(f32::INFINITY, f32::min);
    let continues = |gap: f32| gap <= (narrowest + UNEVEN * size).min(widest * size);
    // At least half of the letters continue a word.
    if narrowest <= 0.0 || gaps.iter().filter(|gap| continues(**gap)).count() * 2 < words.len() {
        return;
    }
    let letters = std::mem::take(words);
    for (letter, gap) in letters.into_iter().zip(gaps) {
        match words.last_mut().filter(|word| continues(gap) && word.superscript == letter.superscript) {
            Some(word) => {
                word.text.push_str(&letter.text);
                word.bbox = word.bbox.zip(letter.bbox).map(|(a, b)| a.union(b));
            }
            None => words.push(letter),
        }
    }
}
