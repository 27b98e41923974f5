//! Compares two readings of a document.

use std::collections::{BTreeMap, HashMap};
use std::fmt;

use serde_json::{Value, json};
use similar::{Algorithm, DiffOp, capture_diff_slices};

use super::words::{Token, overlap};

/// Boxes that overlap by at least this share count as being at the same place.
const ONE_PLACE: f32 = 0.5;

/// Counts of words, from which the shares are computed.
#[derive(Debug, Default)]
pub struct Comparison {
    ours: usize,
    theirs: usize,
    /// Words that both sides have on the same page, in any order.
    common: usize,
    /// Words that both sides have in the same order (longest common subsequence).
    in_order: usize,
    /// Of the words in the same order: those with a box on both sides, and those whose boxes are at the same place.
    boxed: usize,
    at_place: usize,
    /// Letters that differ between words of equal length at the same place, and these pairs of words.
    wrong: usize,
    pairs: Vec<(String, String)>,
}

impl Comparison {
    pub fn of(ours: &[Token], theirs: &[Token]) -> Comparison {
        let mut all = Comparison::default();
        let mut pages: BTreeMap<u32, [Vec<&Token>; 2]> = BTreeMap::new();
        for (side, tokens) in [ours, theirs].into_iter().enumerate() {
            for token in tokens {
                pages.entry(token.page).or_default()[side].push(token);
            }
        }
        for [ours, theirs] in pages.values() {
            all.add(&page(ours, theirs));
        }
        all
    }

    pub fn add(&mut self, other: &Comparison) {
        self.ours += other.ours;
        self.theirs += other.theirs;
        self.common += other.common;
        self.in_order += other.in_order;
        self.boxed += other.boxed;
        self.at_place += other.at_place;
        self.wrong += other.wrong;
        self.pairs.extend_from_slice(&other.pairs);
    }

    /// Counts the letters that differ between words that only one side has.
    fn compare_letters(&mut self, ours: &[&Token], theirs: &[&Token]) {
        let differ = |a: &str, b: &str| a.chars().zip(b.chars()).filter(|(a, b)| a != b).count();
        let is_there =
            |a: &Token, b: &Token| a.bbox.zip(b.bbox).is_some_and(|(a, b)| overlap(a, b) >= ONE_PLACE);
        for word in ours {
            let length = word.letters.chars().count();
            let like = theirs.iter().filter(|t| is_there(word, t) && t.letters.chars().count() == length);
            if let Some((letters, other)) =
                like.map(|t| (differ(&word.letters, &t.letters), t)).min_by_key(|n| n.0)
            {
                self.wrong += letters;
                self.pairs.push((word.letters.clone(), other.letters.clone()));
            }
        }
    }

    pub fn recall(&self) -> f64 {
        share(self.common, self.theirs)
    }

    fn shares(&self) -> [(&'static str, f64); 4] {
        [
            ("recall", self.recall()),
            ("precision", share(self.common, self.ours)),
            ("order", share(self.in_order, self.common)),
            ("boxes", share(self.at_place, self.boxed)),
        ]
    }

    pub fn json(&self) -> Value {
        let mut json =
            json!({ "words": self.theirs, "wrong_letters": self.wrong, "wrong_words": self.pairs });
        for (name, share) in self.shares() {
            json[name] = share.into();
        }
        json
    }
}

impl fmt::Display for Comparison {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} | ", self.theirs)?;
        for (_, share) in self.shares() {
            write!(f, "{share:.4} | ")?;
        }
        write!(f, "{}", self.wrong)
    }
}

/// A share of nothing is 1.
pub fn share(part: usize, whole: usize) -> f64 {
    if whole == 0 { 1.0 } else { part as f64 / whole as f64 }
}

fn page(ours: &[&Token], theirs: &[&Token]) -> Comparison {
    let (mine, others) = (letters(ours), letters(theirs));
    let (only_ours, only_theirs) = (alone(ours, &others), alone(theirs, &mine));
    let mut compared = Comparison {
        ours: ours.len(),
        theirs: theirs.len(),
        common: theirs.len() - only_theirs.len(),
        ..Comparison::default()
    };
    for op in capture_diff_slices(Algorithm::Myers, &mine, &others) {
        let DiffOp::Equal { old_index, new_index, len } = op else { continue };
        compared.in_order += len;
        let pairs = ours[old_index..][..len].iter().zip(&theirs[new_index..][..len]);
        for (a, b) in pairs.filter_map(|(a, b)| Some((a.bbox?, b.bbox?))) {
            compared.boxed += 1;
            compared.at_place += usize::from(overlap(a, b) >= ONE_PLACE);
        }
    }
    compared.compare_letters(&only_ours, &only_theirs);
    compared
}

fn letters<'t>(tokens: &[&'t Token]) -> Vec<&'t str> {
    tokens.iter().map(|t| t.letters.as_str()).collect()
}

/// The words that one side has and the other lacks, or has fewer times.
fn alone<'t>(side: &[&'t Token], other: &[&str]) -> Vec<&'t Token> {
    let mut left: HashMap<&str, usize> = HashMap::new();
    for word in other {
        *left.entry(word).or_default() += 1;
    }
    let mut alone = side.to_vec();
    alone.retain(|t| match left.get_mut(t.letters.as_str()) {
        Some(n) if *n > 0 => {
            *n -= 1;
            false
        }
        _ => true,
    });
    alone
}
