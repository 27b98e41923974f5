//! Words whose letters are spaced out: "I N S P E C T I O N".
//!
//! If nearly all of a line's words are single characters, most of them followed by the same small gap and no space, it is a line
//! of such words: ligatures and pairs that are kerned stand closer. Letters with spaces between them are single letters.

use super::{BBox, Word};

/// The fewest letters in such a line.
const FEWEST: usize = 5;
/// The widest gap between letters of a word, in font sizes: in the boxes of a form it is wider.
const WIDEST: f32 = 0.4;
/// The same where the line has spaces between its words.
const WIDEST_WITH_SPACES: f32 = 0.9;
/// How much the gaps between letters of a word may differ, in font sizes: a space is wider.
const UNEVEN: f32 = 0.12;
/// Of so many words at most one has more than one character.
const LONGER: usize = 5;

/// Whether a line with so many words, of which so many have more than one character, may be set wide.
pub(super) fn may_be_wide(words: usize, longer: usize) -> bool {
    longer * LONGER <= words + LONGER
}

/// Whether a word has more than one character.
pub(super) fn is_longer(word: &Word) -> bool {
    word.text.chars().nth(1).is_some()
}

/// Joins the letters of a line into words; `spaces` are the indices of those with a space before them.
pub(super) fn join(words: &mut Vec<Word>, spaces: &[usize], size: f32) {
    let letters = words.iter().filter(|w| w.text.starts_with(char::is_alphabetic)).count();
    // Spaces show that the line is text; without any it may be a row of numbers.
    let (widest, fewest) =
        if spaces.is_empty() { (WIDEST, words.len() / 2) } else { (WIDEST_WITH_SPACES, words.len() / 4) };
    if words.len() < FEWEST || letters < fewest.max(1) {
        return;
    }
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
