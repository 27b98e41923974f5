//! Comparing words: as multisets, so that neither order nor layout counts.

use rustc_hash::FxHashMap;

/// How far two multisets of words agree.
#[derive(Debug, Clone, Default)]
pub struct Agreement {
    /// Words of the first.
    pub left: usize,
    /// Words of the second.
    pub right: usize,
    /// Words that are in both.
    pub both: usize,
    /// Words that are not, the most frequent first; positive where the first has more of them.
    pub differing: Vec<(String, i64)>,
}

impl Agreement {
    /// Compares.
    pub fn of<'a>(left: impl IntoIterator<Item = &'a str>, right: impl IntoIterator<Item = &'a str>) -> Self {
        let mut counts: FxHashMap<&str, (usize, usize)> = FxHashMap::default();
        for word in left {
            counts.entry(word).or_default().0 += 1;
        }
        for word in right {
            counts.entry(word).or_default().1 += 1;
        }
        let mut all = Self::default();
        for (word, (l, r)) in counts {
            all.left += l;
            all.right += r;
            all.both += l.min(r);
            if l != r {
                all.differing.push((word.to_owned(), l as i64 - r as i64));
            }
        }
        all.differing.sort_by(|a, b| (b.1.abs(), &a.0).cmp(&(a.1.abs(), &b.0)));
        all
    }

    /// 2·both / (left + right); 1 where there are no words at all.
    pub fn f1(&self) -> f64 {
        match self.left + self.right {
            0 => 1.0,
            n => 2.0 * self.both as f64 / n as f64,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn counts_words_not_kinds() {
        let a = Agreement::of(["a", "a", "b"], ["a", "c", "b"]);
        assert_eq!((a.left, a.right, a.both), (3, 3, 2));
        assert_eq!(a.differing, [("a".into(), 1), ("c".into(), -1)]);
        assert!((a.f1() - 2.0 / 3.0).abs() < 1e-9);
    }
}
