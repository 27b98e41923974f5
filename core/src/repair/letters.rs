//! A trigram model of letters: tells whether an unlisted word looks like a word, or like a misread one.

use crate::cut::Cut;
use std::sync::OnceLock;

use super::vocabulary::{Vocabulary, words};
use super::words::has_shape;
use crate::text::confusion;

/// The 26 letters, and one symbol for the edge of a word.
const SIGNS: usize = 27;
/// The symbol for the edge of a word.
const EDGE: usize = 26;
/// The count assumed for a trigram that occurs in no word.
const UNSEEN: f32 = 0.05;
/// The bonus for a reading that is a listed word, as a natural logarithm.
const LISTED: f32 = 2.0;

/// The counts of all trigrams in the listed words.
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

    /// The likelihood of a word's letters, as a natural logarithm.
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

/// Calls `see` with the table index of each trigram of a word.
fn each_three(word: &str, mut see: impl FnMut(usize)) {
    let letters =
        word.bytes().filter(u8::is_ascii_alphabetic).map(|b| usize::from(b.to_ascii_lowercase() - b'a'));
    let (mut a, mut b) = (EDGE, EDGE);
    for c in letters.chain([EDGE]) {
        see((a * SIGNS + b) * SIGNS + c);
        (a, b) = (b, c);
    }
}

/// How much more likely one word's letters are than another's, as a difference of natural logarithms.
pub(super) fn likelier(one: &str, than: &str) -> f32 {
    let letters = Letters::get();
    letters.likelihood(bare(one)) - letters.likelihood(bare(than))
}

/// A name without "Mc" or "Mac": no English word begins that way, so the model would find them unlikely.
fn bare(name: &str) -> &str {
    name.strip_prefix("Mc").or_else(|| name.strip_prefix("Mac")).filter(|n| !n.is_empty()).unwrap_or(name)
}

/// The most likely reading of an unlisted word with one confusion undone, and how much more likely it is than the word,
/// as a natural logarithm. Listed words get a bonus.
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
