//! Confidence intervals for scores, by resampling documents with a fixed seed.

use crate::chance::Chance;

/// How many times the documents are resampled.
pub const RESAMPLES: usize = 2000;
/// The seed; any number will do as long as it stays the same.
pub const SEED: u64 = 1;
/// The confidence level of intervals.
pub const CONFIDENCE: f64 = 0.95;
/// The same for the normal distribution, in standard deviations to either side.
const Z: f64 = 1.959_964;

/// The counts of one field: right, labelled, extracted.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Count {
    /// Extracted values that are right.
    pub hit: usize,
    /// Values in the labels.
    pub gold: usize,
    /// Extracted values that count.
    pub got: usize,
}

impl Count {
    /// The share of labelled values that were extracted, 0 to 1.
    pub fn recall(self) -> f64 {
        if self.gold == 0 { 1.0 } else { self.hit as f64 / self.gold as f64 }
    }

    /// The share of extracted values that are right, 0 to 1.
    pub fn precision(self) -> f64 {
        match (self.got, self.gold) {
            (0, 0) => 1.0,
            (0, _) => 0.0,
            (got, _) => self.hit as f64 / got as f64,
        }
    }

    /// The harmonic mean of precision and recall.
    pub fn f1(self) -> f64 {
        let (r, p) = (self.recall(), self.precision());
        if r + p == 0.0 { 0.0 } else { 2.0 * r * p / (r + p) }
    }

    /// Adds another's counts.
    pub fn add(&mut self, other: Self) {
        self.hit += other.hit;
        self.gold += other.gold;
        self.got += other.got;
    }
}

/// The documents of each resample: the same for every field, so that fields can be compared.
pub struct Draws {
    documents: usize,
    /// Indices of documents, resample after resample.
    drawn: Vec<u32>,
}

impl Draws {
    /// Draws as many documents as there are, with replacement, [`RESAMPLES`] times.
    pub fn new(documents: usize) -> Self {
        let mut chance = Chance::new(SEED);
        let drawn = (0..documents * RESAMPLES).map(|_| chance.below(documents) as u32).collect();
        Self { documents, drawn }
    }

    /// The intervals of a field's precision, recall and F1, from its counts in each document. `None` if there are no
    /// documents with it.
    pub fn intervals(&self, counts: &[Count]) -> Option<[[f64; 2]; 3]> {
        let mut figures = [const { Vec::new() }; 3];
        for draw in self.drawn.chunks(self.documents.max(1)) {
            let mut sum = Count::default();
            draw.iter().for_each(|d| sum.add(counts[*d as usize]));
            // A resample without a document that has the field says nothing about it.
            if sum.gold + sum.got > 0 {
                figures[0].push(sum.precision());
                figures[1].push(sum.recall());
                figures[2].push(sum.f1());
            }
        }
        (!figures[0].is_empty()).then(|| figures.map(middle))
    }
}

/// The central [`CONFIDENCE`] of the figures.
fn middle(mut figures: Vec<f64>) -> [f64; 2] {
    figures.sort_unstable_by(f64::total_cmp);
    let last = (figures.len() - 1) as f64;
    let at = |share: f64| figures[(share * last).round() as usize];
    [at((1.0 - CONFIDENCE) / 2.0), at(f64::midpoint(1.0, CONFIDENCE))]
}

/// Wilson's interval for a proportion. Unlike a bootstrap, it stays wide if few documents show no error.
pub fn wilson(right: usize, of: usize) -> [f64; 2] {
    if of == 0 {
        return [0.0, 1.0];
    }
    let (n, p) = (of as f64, right as f64 / of as f64);
    let z2 = Z * Z;
    let middle = (p + z2 / (2.0 * n)) / (1.0 + z2 / n);
    let half = Z / (1.0 + z2 / n) * (p * (1.0 - p) / n + z2 / (4.0 * n * n)).sqrt();
    // Rounding must not exclude the ends 0 and 1.
    let low = if right == 0 { 0.0 } else { (middle - half).max(0.0) };
    [low, if right == of { 1.0 } else { (middle + half).min(1.0) }]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn draws_are_the_same_every_time() {
        assert_eq!(Draws::new(7).drawn, Draws::new(7).drawn);
        assert!(Draws::new(7).drawn.iter().all(|d| *d < 7));
        let mut seen = [0usize; 7];
        Draws::new(7).drawn.iter().for_each(|d| seen[*d as usize] += 1);
        assert!(seen.iter().all(|n| (1850..2150).contains(n)), "drawn evenly: {seen:?}");
    }

    #[test]
    fn an_interval_spans_the_figure() {
        let counts: Vec<Count> =
            (0..40).map(|d| Count { hit: usize::from(d % 10 != 0), gold: 1, got: 1 }).collect();
        let [precision, ..] = Draws::new(40).intervals(&counts).unwrap();
        assert!(precision[0] < 0.9 && 0.9 < precision[1], "{precision:?}");
        assert!(precision[0] > 0.75 && precision[1] <= 1.0, "{precision:?}");
        assert_eq!(Draws::new(2).intervals(&[Count::default(); 2]), None);
    }

    #[test]
    fn few_documents_make_a_wide_interval() {
        assert!(wilson(3, 3)[0] < 0.5);
        assert!(wilson(84, 84)[0] > 0.95);
        assert_eq!(wilson(84, 84)[1], 1.0);
    }
}
