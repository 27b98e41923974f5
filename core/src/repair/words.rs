//! Repairs words with confused letters, words that have run together, and words that were split.

mod replacement;

use std::cell::RefCell;

use rustc_hash::FxHashMap;

pub(super) use self::replacement::Replacement;
use super::shapes::is_address;
use super::vocabulary::Vocabulary;
use crate::cut::Cut;
use crate::text::confusion;
use crate::text::{TextLayer, Word};

/// The cost of an unknown word; a known word costs the logarithm of its rank.
const UNKNOWN: f32 = 15.0;
/// The cost of undoing a confusion of letters.
const CONFUSION: f32 = 3.0;
/// The cost of inserting or removing a space.
const SPACE: f32 = 1.5;
/// If the second-best reading is this close to the best, both are uncertain.
const NEAR: f32 = 0.8;
/// A word with a rank below this is among the most common.
const USUAL: u32 = 100;
/// Words that never begin or end a compound: "theplan" is two words, "inpatient" is one.
const LITTLE: &[&str] = &[
    "and", "are", "as", "at", "be", "been", "by", "for", "from", "has", "have", "is", "not", "of", "or",
    "that", "the", "their", "they", "this", "to", "was", "were", "who", "with",
];
/// Ends of single words that are words themselves: "hygienically".
const ENDINGS: &[&str] = &["ally", "able", "less", "like", "ship", "wise"];
/// A word with a rank above this is too rare to be a repair of a name or of words that ran together.
const COMMON: u32 = 5_200;

/// The rank given to a listed surname.
const NAME: u32 = 5_000;
/// A capitalised word with at least this many letters may be two words, even if neither is very common, because names
/// are shorter.
const LONG: usize = 13;

/// A shorter word may happen to be two, and shorter parts are of many words.
const TWO: usize = 10;
const LONG_PART: usize = 4;
/// The fewest letters of a word that "A" ran together with.
const AFTER_A: usize = 6;

/// The word that a damaged one stands for, and its cost.
type Reading = (String, f32);
/// Words that have run together, and their cost.
type Segments = (Vec<String>, f32);

/// The known words: the vocabulary, and words that the document repeats.
pub(super) struct Words {
    vocabulary: &'static Vocabulary,
    counts: FxHashMap<String, u32>,
    /// Results so far: damage repeats itself, and neighbouring words are looked up for one another.
    readings: Memory<(String, usize), Reading>,
    segments: Memory<String, Segments>,
}

/// What was found for each query, including nothing.
type Memory<Asked, Found> = RefCell<FxHashMap<Asked, Option<Found>>>;

impl Words {
    /// The words of a document.
    pub(super) fn of(layer: &TextLayer) -> Words {
        let mut counts: FxHashMap<String, u32> = FxHashMap::default();
        for word in words(layer) {
            let core = parts(&word.text).1;
            if core.len() > 3 && core.chars().all(char::is_alphabetic) && has_shape(core) {
                *counts.entry(core.to_lowercase()).or_default() += 1;
            }
        }
        Words {
            vocabulary: Vocabulary::get(),
            counts,
            readings: RefCell::default(),
            segments: RefCell::default(),
        }
    }

    /// The share of a document's words that are on no list.
    pub(super) fn unknown_share(&self, layer: &TextLayer) -> f32 {
        let (mut all, mut unknown) = (0u32, 0u32);
        for word in words(layer) {
            let core = parts(&word.text).1;
            if core.chars().next().is_some_and(|c| c.is_lowercase() || c.is_numeric())
                && !is_address(&word.text)
            {
                all += 1;
                unknown += u32::from(
                    core.split(|c: char| !c.is_alphanumeric())
                        .any(|p| p.len() > 1 && self.listed(p).is_none()),
                );
            }
        }
        unknown as f32 / all.max(1) as f32
    }

    /// The cost of a word according to the lists alone.
    fn listed(&self, word: &str) -> Option<f32> {
        if !word.chars().any(char::is_alphabetic) {
            return Some(3.0);
        }
        if word.chars().any(char::is_numeric) {
            return self.is_code(word).then_some(5.0);
        }
        if !word.is_ascii() {
            return Some(9.0);
        }
        let capital = word.starts_with(char::is_uppercase);
        if word.chars().count() == 1 {
            return (matches!(word, "a" | "I") || capital).then_some(3.5);
        }
        if !has_shape(word) {
            return None;
        }
        let lower = word.to_lowercase();
        match self.vocabulary.rank(&lower, capital) {
            Some(rank) => Some(cost_of(rank)),
            None if word.len() <= 6 && word.chars().all(char::is_uppercase) => Some(8.0),
            None => None,
        }
    }

    /// The cost of a word. A word that the document repeats counts as known, unless a more frequent one may have been
    /// meant.
    fn known(&self, word: &str) -> Option<f32> {
        self.listed(word).or_else(|| {
            let count = self.repeated(word)?;
            let better = |c: u32| c >= 4 * count;
            let mut meant = false;
            confusion::readings(word, 1, &mut |w, _| {
                meant |= has_shape(w)
                    && (self.listed(w).is_some_and(|c| c < 9.5)
                        || self.counts.get(&w.to_lowercase()).copied().is_some_and(better));
            });
            (!meant).then(|| cost_of(6_000 / count))
        })
    }

    /// How often an unlisted word occurs in the document, if often enough.
    fn repeated(&self, word: &str) -> Option<u32> {
        let least = if word.starts_with(char::is_uppercase) { 2 } else { 3 };
        self.counts.get(&word.to_lowercase()).copied().filter(|n| *n >= least && has_shape(word))
    }

    /// A code, an ordinal or a word with a footnote mark: letters and digits that belong together.
    fn is_code(&self, word: &str) -> bool {
        let letters: String = word.chars().filter_map(confusion::capital).collect::<String>().to_lowercase();
        let damaged = letters.len() == word.len() && self.vocabulary.rank(&letters, true).is_some();
        let code =
            !damaged && word.len() <= 5 && word.chars().all(|c| c.is_ascii_uppercase() || c.is_ascii_digit());
        let digits = word.trim_start_matches(|c: char| c.is_ascii_digit());
        let ordinal = digits.len() < word.len()
            && matches!(digits, "st" | "nd" | "rd" | "th" | "s" | "am" | "pm" | "m");
        let letters = word.trim_end_matches(|c: char| c.is_ascii_digit());
        let marks = word.len() - letters.len();
        let bare = letters.chars().all(char::is_alphabetic);
        let marked = letters.len() > 3 && (1..=2).contains(&marks) && bare && self.listed(letters).is_some();
        code || ordinal || marked
    }

    /// The word that a damaged one stands for, if there is only one.
    fn reading(&self, word: &str) -> Option<(String, f32)> {
        let most = match word.len() {
            ..4 => 1,
            4..9 => 2,
            _ => 3,
        };
        let found = self.reading_within(word, most);
        if found.is_some() || word.len() != 3 {
            return found;
        }
        // "fhc": of three letters two are misread only in the commonest words.
        let usual = |read: &str| self.vocabulary.rank(read, false).is_some_and(|rank| rank < USUAL);
        self.reading_within(word, 2).filter(|(read, _)| usual(read))
    }

    fn reading_within(&self, word: &str, most: usize) -> Option<(String, f32)> {
        if word.len() < 2 || word.len() > 24 {
            return None;
        }
        let key = (word.to_owned(), most);
        if let Some(known) = self.readings.borrow().get(&key) {
            return known.clone();
        }
        let found = self.find_reading(word, most);
        self.readings.borrow_mut().insert(key, found.clone());
        found
    }

    fn find_reading(&self, word: &str, most: usize) -> Option<(String, f32)> {
        let name = word.starts_with(char::is_uppercase);
        let shaped = has_shape(word);
        let mut best: Option<(String, f32)> = None;
        let mut second = f32::INFINITY;
        confusion::readings(word, most, &mut |w, unlikely| {
            if !has_shape(w) || w.chars().any(|c| !c.is_alphabetic()) {
                return;
            }
            let lower = w.to_lowercase();
            let capital = w.starts_with(char::is_uppercase);
            let rank =
                self.vocabulary.rank(&lower, capital).filter(|r| !name || !shaped || *r <= COMMON + 2_000);
            let counted = self.repeated(w).filter(|n| *n > 1).map(|n| 4_000 / n);
            let Some(rank) = rank.into_iter().chain(counted).min() else { return };
            let cost = cost_of(rank) + CONFUSION * unlikely;
            match &mut best {
                Some((word, least)) if word.to_lowercase() == lower => {
                    if cost < *least {
                        (*word, *least) = (w.to_owned(), cost);
                    }
                }
                Some((word, least)) if cost < *least => {
                    second = *least;
                    (*word, *least) = (w.to_owned(), cost);
                }
                Some(_) => second = second.min(cost),
                None => best = Some((w.to_owned(), cost)),
            }
        });
        best.filter(|(_, cost)| second - cost >= NEAR && *cost < UNKNOWN)
    }

    /// Words that have run together: two or three common words, at most one of them with a confused letter.
    fn segments(&self, word: &str) -> Option<(Vec<String>, f32)> {
        if !word.is_ascii() || word.len() < 3 || word.len() > 40 {
            return None;
        }
        if let Some(known) = self.segments.borrow().get(word) {
            return known.clone();
        }
        let found = self.find_segments(word);
        self.segments.borrow_mut().insert(word.to_owned(), found.clone());
        found
    }

    fn find_segments(&self, word: &str) -> Option<(Vec<String>, f32)> {
        let mut best: Option<(Vec<String>, f32)> = None;
        for at in 1..word.len() {
            let (a, b) = word.split_at(at);
            let Some((left, left_cost)) = self.segment(a) else { continue };
            let right = self
                .segment(b)
                .map(|(w, c)| (vec![w], c))
                .or_else(|| (b.len() > 4).then(|| self.two(b)).flatten());
            let Some((right, right_cost)) = right else { continue };
            let cost = left_cost + right_cost + SPACE;
            // Names are not split: one of the parts must be a very common word.
            let camel = a.ends_with(char::is_lowercase) && b.starts_with(char::is_uppercase) && b.len() > 2;
            let small = left_cost.min(right_cost) < cost_of(150);
            let long = word.len() >= LONG && a.len() > 4 && b.len() > 4;
            if !camel && word.starts_with(char::is_uppercase) && !small && !long {
                continue;
            }
            // "Aconsistently", unlike the name Abell
            if a == "A" && b.len() < AFTER_A {
                continue;
            }
            if best.as_ref().is_none_or(|(_, c)| cost < *c) {
                best = Some((std::iter::once(left).chain(right).collect(), cost));
            }
        }
        best.or_else(|| self.beside_little(word))
    }

    /// A rare word run together with a little one: "crimesfor".
    fn beside_little(&self, word: &str) -> Option<Segments> {
        if !word.bytes().all(|b| b.is_ascii_lowercase()) {
            return None;
        }
        let parts = LITTLE.iter().flat_map(|little| {
            let before = word.strip_prefix(little).map(|rest| (*little, rest, rest));
            before.into_iter().chain(word.strip_suffix(little).map(|rest| (rest, *little, rest)))
        });
        let compound = |rest: &str| self.vocabulary.compound(rest).map(|_| cost_of(COMMON));
        let rare = |rest: &str| self.listed(rest).or_else(|| compound(rest)).filter(|_| rest.len() > 4);
        parts
            .filter_map(|(a, b, rest)| Some((vec![a.to_owned(), b.to_owned()], rare(rest)? + SPACE)))
            .min_by(|a, b| a.1.total_cmp(&b.1))
    }

    fn two(&self, word: &str) -> Option<(Vec<String>, f32)> {
        (1..word.len())
            .filter_map(|at| {
                let (a, b) = word.split_at(at);
                let (x, y) = (self.common(a)?, self.common(b)?);
                Some((vec![a.to_owned(), b.to_owned()], x + y + SPACE))
            })
            .min_by(|a, b| a.1.total_cmp(&b.1))
    }

    /// Two long words in small letters that ran together, however rare, where only one place parts them: "approachhelps".
    fn two_listed(&self, word: &str) -> Option<Vec<String>> {
        if word.len() < TWO || !word.bytes().all(|b| b.is_ascii_lowercase()) || self.known(word).is_some() {
            return None;
        }
        let parted = |at: usize| self.listed(word.head(at)).and(self.listed(word.tail(at))).is_some();
        let mut places = (LONG_PART..word.len() + 1 - LONG_PART).filter(|at| parted(*at));
        let at = places.next().filter(|at| places.next().is_none() && !ENDINGS.contains(&word.tail(*at)))?;
        Some(vec![word.head(at).to_owned(), word.tail(at).to_owned()])
    }

    /// One part of words that ran together.
    fn segment(&self, word: &str) -> Option<(String, f32)> {
        let exact = self.common(word).map(|c| (word.to_owned(), c));
        exact.or_else(|| {
            let fix = (word.len() > 2).then(|| self.reading_within(word, 1)).flatten()?;
            let rank = self.vocabulary.rank(&fix.0.to_lowercase(), fix.0.starts_with(char::is_uppercase));
            // Of three letters only the most usual words: "tbelocal".
            let most = if word.len() > 3 { COMMON } else { USUAL };
            rank.is_some_and(|r| r < most).then_some(fix)
        })
    }

    /// The cost of a word, if it is common enough for its length.
    fn common(&self, word: &str) -> Option<f32> {
        let capital = word.starts_with(char::is_uppercase);
        let most = match word.len() {
            1 => return matches!(word, "A" | "a" | "I").then_some(4.5),
            2 => 130,
            3 => 1_300,
            _ => COMMON,
        };
        if word.chars().all(|c| c.is_ascii_digit()) {
            return None;
        }
        if !has_shape(word) {
            return None;
        }
        let rank = self.vocabulary.rank(&word.to_lowercase(), capital)?;
        let proper = capital && self.vocabulary.is_proper(&word.to_lowercase());
        let repeated = self.counts.get(&word.to_lowercase()).copied().unwrap_or(0) > 3;
        (rank <= most || proper || repeated && word.len() > 3).then(|| cost_of(rank.min(20_000)))
    }
}

fn cost_of(rank: u32) -> f32 {
    ((rank + 20) as f32).ln()
}

fn words(layer: &TextLayer) -> impl Iterator<Item = &Word> {
    layer.pages.iter().flat_map(|p| &p.lines).flat_map(|l| &l.words)
}

/// Splits a word into leading punctuation, the word itself, and trailing punctuation.
pub(super) fn parts(word: &str) -> (&str, &str, &str) {
    let core = word.trim_start_matches(|c: char| !c.is_alphanumeric() && c != '|');
    let prefix = word.head(word.len() - core.len());
    let trimmed = core.trim_end_matches(|c: char| !c.is_alphanumeric() && c != '|');
    (prefix, trimmed, core.tail(trimmed.len()))
}

/// Whether a word is capitalised as in print: not at all, the first letter, all letters, or as in "McLean".
pub(super) fn has_shape(word: &str) -> bool {
    let rest =
        word.strip_prefix("Mc").or(word.strip_prefix("Mac")).or(word.strip_prefix("De")).unwrap_or(word);
    let mut chars = rest.chars();
    let first = chars.next().is_some_and(char::is_uppercase);
    let uppers = chars.clone().filter(|c| c.is_uppercase()).count();
    uppers == 0 || first && uppers == chars.count()
}
