//! How letters follow one another in words: whether a word that no list has looks like one, or like one misread.

use crate::cut::Cut;
use std::sync::OnceLock;

use super::vocabulary::{Vocabulary, words};
use super::words::has_shape;
use crate::text::confusion;

/// The letters, and one sign for what stands before and after a word.
const SIGNS: usize = 27;
/// What stands before and after a word.
const EDGE: usize = 26;
/// What three letters that no word has are counted as.
const UNSEEN: f32 = 0.05;
/// What counts for a reading that is a listed word, in natural logarithms.
const LISTED: f32 = 2.0;

/// How often each three letters stand in the words of the lists.
struct Letters {
    counts: Vec<u32>,
}

impl Letters {
    fn get() -> &'static Letters {
        static LETTERS: OnceLock<Letters> = OnceLock::new();
        LETTERS.get_or_init(|| {
            let mut counts = vec![0; SIGNS * SIGNS * SIGNS];
            for word in words() {
                each_three(word, |at| counts[at] += 1);
            }
            Letters { counts }
        })
    }

    /// How likely a word's letters are to follow one another, as a natural logarithm.
    fn likelihood(&self, word: &str) -> f32 {
        let mut sum = 0.0;
        each_three(word, |at| {
            let pair = at / SIGNS * SIGNS;
            let all: u32 = self.counts.part(pair..pair + SIGNS).iter().sum();
            sum += ((self.counts[at] as f32 + UNSEEN) / (all as f32 + UNSEEN * SIGNS as f32)).ln();
        });
        sum
    }
}

/// Calls `see` with the place of each three letters of a word in a table of all.
fn each_three(word: &str, mut see: impl FnMut(usize)) {
    let letters =
        word.bytes().filter(u8::is_ascii_alphabetic).map(|b| usize::from(b.to_ascii_lowercase() - b'a'));
    let (mut a, mut b) = (EDGE, EDGE);
    for c in letters.chain([EDGE]) {
        see((a * SIGNS + b) * SIGNS + c);
        (a, b) = (b, c);
    }
}

/// By how much likelier the letters of one word are than those of another, as a natural logarithm.
pub(super) fn likelier(one: &str, than: &str) -> f32 {
    let letters = Letters::get();
    letters.likelihood(bare(one)) - letters.likelihood(bare(than))
}

/// A name without "Mc" and "Mac", which no English word begins with.
fn bare(name: &str) -> &str {
    name.strip_prefix("Mc").or_else(|| name.strip_prefix("Mac")).filter(|n| !n.is_empty()).unwrap_or(name)
}

/// What an unlisted word was more likely, with one confusion undone, and by how much, as a natural logarithm. A reading that
/// is a listed word is the likelier for it.
pub(super) fn meant(word: &str) -> Option<(String, f32)> {
    let vocabulary = Vocabulary::get();
    let mut best: Option<(String, f32)> = None;
    confusion::readings(word, 1, &mut |read, unlikely| {
        if !read.chars().all(char::is_alphabetic) || !has_shape(read) {
            return;
        }
        let small = read.to_lowercase();
        let listed = vocabulary.rank(&small, true).is_some()
            || read.starts_with(char::is_uppercase) && vocabulary.is_surname(&small);
        let more = likelier(read, word) + if listed { LISTED } else { 0.0 } - unlikely;
        if best.as_ref().is_none_or(|(_, least)| more > *least) {
            best = Some((read.to_owned(), more));
        }
    });
    best
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn letters_that_follow_one_another_nowhere_were_misread() {
        for (seen, read) in
            [("Grimdyrocl", "Grimdyrod"), ("Hollingswortb", "Hollingsworth"), ("Sbawe", "Shawe")]
        {
            let (word, more) = meant(seen).expect("it has another reading");
            assert!(word == read && more > 3.0, "{seen}: {word} {more}");
        }
        for name in ["Hollingsworth", "Okonkwo", "Ramanathan", "McTavish"] {
            assert!(meant(name).is_none_or(|(_, more)| more < 3.0), "{name}: {:?}", meant(name));
        }
    }
}
