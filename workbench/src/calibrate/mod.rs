//! Confidence held against what was right: the counts that it is made of, and how far it can be trusted.
//!
//! Values are judged in four ways: by labels; by faults made to order; by what the same document says in another copy (a
//! scan, a damaged text). Whatever is fitted is tried on providers that it was not fitted on.

mod bins;
mod judged;

use std::collections::BTreeMap;

use findings_core::confidence::{Count, Frequencies, Kind, of_body};

use crate::chance::Chance;

pub use bins::{Bin, Reliability};
pub use judged::{Judged, by_copy, by_label, by_stress};

/// The counts of values by their kinds.
pub fn counts<'a>(all: impl IntoIterator<Item = &'a Judged>) -> BTreeMap<Kind, Count> {
    let mut counts: BTreeMap<Kind, Count> = BTreeMap::new();
    for judged in all {
        let count = counts.entry(judged.kind.clone()).or_default();
        (count.values, count.right) = (count.values + 1, count.right + u32::from(judged.right));
    }
    counts
}

/// How often values were right beside what the counts of other providers state of them: each provider is in one of so
/// many parts, and its values are stated by the counts of the other parts.
pub fn cross_validated(all: &[Judged], parts: usize, group: impl Fn(&Judged) -> String) -> Reliability {
    let part_of = |provider: &str| Chance::named(1, &[provider]).below(parts);
    let mut reliability = Reliability::default();
    for part in 0..parts {
        let (held_out, others): (Vec<&Judged>, Vec<&Judged>) =
            all.iter().partition(|j| part_of(&j.provider) == part);
        let frequencies = Frequencies::of_counts(counts(others));
        for judged in held_out {
            reliability.add(&group(judged), frequencies.stated(&judged.kind), judged.right);
        }
    }
    reliability
}

/// How often values were right beside what `frequencies` state of them.
pub fn held_against(
    all: &[Judged],
    frequencies: &Frequencies,
    group: impl Fn(&Judged) -> String,
) -> Reliability {
    let mut reliability = Reliability::default();
    all.iter().for_each(|j| reliability.add(&group(j), frequencies.stated(&j.kind), j.right));
    reliability
}

/// A group of values for people: their text layer, and whether they are of the body's text, of which there is far more
/// than of anything else.
pub fn group_of(judged: &Judged) -> String {
    let body = of_body(&judged.kind.field);
    format!("{}, {}", judged.kind.layer, if body { "the body's text" } else { "fields" })
}
