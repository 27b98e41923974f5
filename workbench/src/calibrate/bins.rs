//! The reliability table: what was stated, and how often it was right.

use std::collections::BTreeMap;

use crate::text_table::Table;

/// Where bins begin. All that is stated below 0.9 is in doubt.
const FROM: &[f32] = &[0.0, 0.5, 0.9, 0.95, 0.98, 0.99];

/// A bin of fewer values says nothing.
const FEWEST: usize = 30;

/// Values of which a like confidence was stated.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub struct Bin {
    /// The least confidence in it.
    pub from: f32,
    /// How many values.
    pub values: usize,
    /// How many of them were right.
    pub right: usize,
    sum: f64,
}

impl Bin {
    /// The mean of what was stated.
    pub fn stated(&self) -> f64 {
        self.sum / self.values.max(1) as f64
    }

    /// How often they were right.
    pub fn observed(&self) -> f64 {
        self.right as f64 / self.values.max(1) as f64
    }

    /// How much more often that is than was stated; none of too few values.
    pub fn gap(&self) -> Option<f64> {
        (self.values >= FEWEST).then(|| self.observed() - self.stated())
    }
}

/// Bins by group: a text layer, say.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Reliability {
    /// The bins of each group, in order; empty ones left out.
    groups: BTreeMap<String, BTreeMap<usize, Bin>>,
}

impl Reliability {
    /// Takes a value of a group.
    pub fn add(&mut self, group: &str, stated: f32, right: bool) {
        let at = FROM.partition_point(|from| *from <= stated).saturating_sub(1);
        let bins = self.groups.entry(group.to_owned()).or_default();
        let bin = bins.entry(at).or_insert_with(|| Bin { from: FROM[at], ..Bin::default() });
        bin.values += 1;
        bin.right += usize::from(right);
        bin.sum += f64::from(stated);
    }

    /// Each bin with its group.
    pub fn bins(&self) -> impl Iterator<Item = (&str, &Bin)> {
        self.groups.iter().flat_map(|(group, bins)| bins.values().map(|bin| (group.as_str(), bin)))
    }

    /// As a table, a row for each bin.
    pub fn table(&self) -> Table {
        let percent = |share: f64| format!("{:.1} %", share * 100.0);
        let mut table = Table::new(&["values", "confidence", "number", "stated", "right"]);
        for (group, bin) in self.bins() {
            let from = format!("from {:.2}", bin.from);
            let shares = [bin.stated(), bin.observed()].map(percent);
            table.row([group.to_owned(), from, bin.values.to_string()].into_iter().chain(shares));
        }
        table
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_stated_stands_beside_what_was_right() {
        let mut reliability = Reliability::default();
        for i in 0..40 {
            reliability.add("native", 0.96, i % 10 != 0);
            reliability.add("ocr", 0.995, true);
        }
        reliability.add("native", 0.0, false);
        insta::assert_snapshot!(reliability.table().markdown(), @r"
        | values | confidence | number | stated | right |
        |---|---:|---:|---:|---:|
        | native | from 0.00 | 1 | 0.0 % | 0.0 % |
        | native | from 0.95 | 40 | 96.0 % | 90.0 % |
        | ocr | from 0.99 | 40 | 99.5 % | 100.0 % |
        ");
        let gaps: Vec<Option<i32>> =
            reliability.bins().map(|(_, b)| b.gap().map(|g| (g * 1000.0).round() as i32)).collect();
        assert_eq!(gaps, [None, Some(-60), Some(5)]);
    }
}
