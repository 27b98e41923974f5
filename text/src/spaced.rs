//! Words whose letters are spaced out: "I N S P E C T I O N".
//!
//! If a line is nothing but single letters, most of them followed by the same small gap and no space, it is a line of such
//! words. Letters with spaces between them are single letters.

use super::{BBox, Word};

/// The fewest letters in such a line.
const FEWEST: usize = 5;
/// The widest gap between letters of a word, in font sizes: in the boxes of a form it is wider.
const WIDEST: f32 = 0.4;
/// How much the gaps between letters of a word may differ, in font sizes: a space is wider.
const UNEVEN: f32 = 0.12;

/// Whether a word is a single letter.
pub(super) fn is_letter(word: &Word) -> bool {
    let mut chars = word.text.chars();
    chars.next().is_some_and(char::is_alphabetic) && chars.next().is_none()
}

/// Joins the letters of a line into words; `spaces` are the indices of those with a space before them.
pub(super) fn join(words: &mut Vec<Word>, spaces: &[usize], size: f32) {
    if words.len() < FEWEST || !words.iter().all(is_letter) {
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
    let continues = |gap: f32| gap <= (narrowest + UNEVEN * size).min(WIDEST * size);
    // At least half of the letters continue a word.
    if narrowest <= 0.0 || gaps.iter().filter(|gap| continues(**gap)).count() * 2 < words.len() {
        return;
    }
    let letters = std::mem::take(words);
    for (letter, gap) in letters.into_iter().zip(gaps) {
        match words.last_mut().filter(|_| continues(gap)) {
            Some(word) => {
                word.text.push_str(&letter.text);
                word.bbox = word.bbox.zip(letter.bbox).map(|(a, b)| a.union(b));
            }
            None => words.push(letter),
        }
    }
}
