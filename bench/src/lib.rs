//! What the benchmarks share: their documents, the other engine, and how two sets of words are compared.

pub mod documents;
pub mod hayro;
pub mod words;

/// The middle of some numbers; 0 of none.
pub fn median(mut values: Vec<f64>) -> f64 {
    values.sort_by(f64::total_cmp);
    match values.len() {
        0 => 0.0,
        n if n % 2 == 1 => values[n / 2],
        n => (values[n / 2 - 1] + values[n / 2]) / 2.0,
    }
}
