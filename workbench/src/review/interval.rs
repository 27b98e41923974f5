//! An exact confidence interval for a proportion.

/// The Clopper–Pearson interval for a proportion, given that `wrong` of `of` items were wrong. It contains the true
/// proportion with a probability of at least 0.95, however small the sample.
pub fn clopper_pearson(wrong: usize, of: usize) -> [f64; 2] {
    const TAIL: f64 = 0.025;
    if of == 0 {
        return [0.0, 1.0];
    }
    // The bounds are the proportions at which this many or more, or this many or fewer, would be seen with probability
    // 1/40.
    let low = if wrong == 0 { 0.0 } else { solve(|p| 1.0 - at_most(wrong - 1, of, p) - TAIL) };
    let high = if wrong >= of { 1.0 } else { solve(|p| TAIL - at_most(wrong, of, p)) };
    [low, high]
}

/// The probability of at most `k` successes in `n` trials with probability `p`.
fn at_most(k: usize, n: usize, p: f64) -> f64 {
    if p <= 0.0 {
        return 1.0;
    }
    if p >= 1.0 {
        return if k >= n { 1.0 } else { 0.0 };
    }
    // In logarithms, because with many trials the first term would underflow to 0.
    let mut term = n as f64 * (1.0 - p).ln();
    let mut sum = term.exp();
    for i in 0..k {
        term += ((n - i) as f64 / (i + 1) as f64).ln() + (p / (1.0 - p)).ln();
        sum += term.exp();
    }
    sum.min(1.0)
}

/// The root of an increasing function in the interval from 0 to 1.
fn solve(f: impl Fn(f64) -> f64) -> f64 {
    let (mut low, mut high) = (0.0, 1.0);
    for _ in 0..60 {
        let middle = f64::midpoint(low, high);
        if f(middle) < 0.0 { low = middle } else { high = middle }
    }
    f64::midpoint(low, high)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Values of R's `binom.test(k, n)$conf.int`.
    #[test]
    fn intervals_are_those_of_the_textbook() {
        let shown = |k, n| {
            let [low, high] = clopper_pearson(k, n);
            format!("{low:.4} {high:.4}")
        };
        assert_eq!(shown(0, 40), "0.0000 0.0881");
        assert_eq!(shown(1, 40), "0.0006 0.1316");
        assert_eq!(shown(5, 10), "0.1871 0.8129");
        assert_eq!(shown(40, 40), "0.9119 1.0000");
        assert_eq!(shown(2, 2000), "0.0001 0.0036");
        assert_eq!(clopper_pearson(0, 0), [0.0, 1.0]);
    }
}
