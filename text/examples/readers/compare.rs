//! Two readings of a document held against each other.

use std::collections::{BTreeMap, HashMap};
use std::fmt;

use findings_text::BBox;
use serde_json::{Value, json};
use similar::{Algorithm, DiffOp, capture_diff_slices};

use super::words::{Token, overlap};

/// Boxes that have so much in common are at one place.
const ONE_PLACE: f32 = 0.5;

/// Counts of words, from which shares are made.
#[derive(Debug, Default)]
pub struct Comparison {
    ours: usize,
    theirs: usize,
    /// On both sides, page by page, whatever their order.
    common: usize,
    /// On both sides in one order (longest common subsequence).
    in_order: usize,
    /// Of these, with boxes on both sides; and at one place.
    boxed: usize,
    at_place: usize,
    /// Letters that differ in words of equal length at one place.
    wrong: usize,
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
        let mut json = json!({ "words": self.theirs, "wrong_letters": self.wrong });
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

/// One of none is all.
pub fn share(part: usize, whole: usize) -> f64 {
    if whole == 0 { 1.0 } else { part as f64 / whole as f64 }
}

fn page(ours: &[&Token], theirs: &[&Token]) -> Comparison {
    let (mine, others) = (letters(ours), letters(theirs));
    let mut compared = Comparison {
        ours: ours.len(),
        theirs: theirs.len(),
        common: common(&mine, &others),
        ..Comparison::default()
    };
    let (mut left, mut right) = (vec![true; ours.len()], vec![true; theirs.len()]);
    for op in capture_diff_slices(Algorithm::Myers, &mine, &others) {
        let DiffOp::Equal { old_index, new_index, len } = op else { continue };
        compared.in_order += len;
        for i in 0..len {
            (left[old_index + i], right[new_index + i]) = (false, false);
            if let (Some(a), Some(b)) = (ours[old_index + i].bbox, theirs[new_index + i].bbox) {
                compared.boxed += 1;
                compared.at_place += usize::from(overlap(a, b) >= ONE_PLACE);
            }
        }
    }
    let unmatched = |tokens: &[&Token], left: &[bool]| -> Vec<(String, BBox)> {
        let left = tokens.iter().zip(left).filter(|(_, left)| **left);
        left.filter_map(|(t, _)| Some((t.letters.clone(), t.bbox?))).collect()
    };
    compared.wrong = wrong(&unmatched(ours, &left), &unmatched(theirs, &right));
    compared
}

fn letters<'t>(tokens: &[&'t Token]) -> Vec<&'t str> {
    tokens.iter().map(|t| t.letters.as_str()).collect()
}

/// How many words two lists have in common, as often as both have them.
fn common(ours: &[&str], theirs: &[&str]) -> usize {
    let mut left: HashMap<&str, usize> = HashMap::new();
    for word in ours {
        *left.entry(word).or_default() += 1;
    }
    let taken = theirs.iter().filter(|word| match left.get_mut(**word) {
        Some(n) if *n > 0 => {
            *n -= 1;
            true
        }
        _ => false,
    });
    taken.count()
}

fn wrong(ours: &[(String, BBox)], theirs: &[(String, BBox)]) -> usize {
    let differ = |a: &str, b: &str| a.chars().zip(b.chars()).filter(|(a, b)| a != b).count();
    let at_place = |(word, place): &(String, BBox)| {
        let there = theirs.iter().filter(|(_, other)| overlap(*place, *other) >= ONE_PLACE);
        let like = there.filter(|(other, _)| other.chars().count() == word.chars().count());
        like.map(|(other, _)| differ(word, other)).min().unwrap_or_default()
    };
    ours.iter().map(at_place).sum()
}
