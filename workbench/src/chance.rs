//! Reproducible random numbers.

/// Numbers drawn from a seed. SplitMix64 is written out here because results must not change with a dependency's next
/// version.
#[derive(Debug, Clone)]
pub struct Chance(u64);

impl Chance {
    /// A generator with this seed.
    ///
    /// ```
    /// use findings_workbench::chance::Chance;
    ///
    /// let (mut one, mut other) = (Chance::new(7), Chance::new(7));
    /// assert_eq!(one.below(1000), other.below(1000));
    /// ```
    pub fn new(seed: u64) -> Self {
        Self(seed)
    }

    /// A generator of its own for a name: what is drawn for one document does not depend on the others.
    pub fn named(seed: u64, names: &[&str]) -> Self {
        // FNV-1a.
        let bytes = names.iter().flat_map(|n| n.bytes().chain([0]));
        Self(bytes.fold(seed ^ 0xcbf2_9ce4_8422_2325, |hash, b| {
            (hash ^ u64::from(b)).wrapping_mul(0x0100_0000_01b3)
        }))
    }

    /// A number below `end`; 0 if `end` is 0.
    pub fn below(&mut self, end: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^= z >> 31;
        ((u128::from(z) * end as u128) >> 64) as usize
    }

    /// A random item; `None` if there are none.
    pub fn one<'a, T>(&mut self, of: &'a [T]) -> Option<&'a T> {
        of.get(self.below(of.len()))
    }

    /// Shuffles the items.
    pub fn shuffle<T>(&mut self, items: &mut [T]) {
        for i in (1..items.len()).rev() {
            items.swap(i, self.below(i + 1));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_seed_gives_the_same_draws() {
        let draws = |mut c: Chance| (0..5).map(|_| c.below(10)).collect::<Vec<_>>();
        assert_eq!(draws(Chance::new(1)), draws(Chance::new(1)));
        assert_eq!(draws(Chance::named(1, &["a", "b"])), draws(Chance::named(1, &["a", "b"])));
        assert_ne!(draws(Chance::named(1, &["a"])), draws(Chance::named(2, &["a"])));
        assert_eq!(Chance::new(1).below(0), 0);
    }

    #[test]
    fn a_shuffle_loses_nothing() {
        let mut items: Vec<u8> = (0..20).collect();
        Chance::new(3).shuffle(&mut items);
        assert_ne!(items, (0..20).collect::<Vec<u8>>());
        items.sort_unstable();
        assert_eq!(items, (0..20).collect::<Vec<u8>>());
    }
}
