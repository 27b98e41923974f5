//! Calibrates the engine's confidence.

/// Tesseract's confidence in a word (0 to 100), and the share of such words that were right, measured on scans of
/// real reports (docs/ocr.md has the counts). Values in between are interpolated.
const MEASURED: &[(f32, f32)] = &[
    (0.0, 0.3),
    (25.0, 0.37),
    (45.0, 0.42),
    (55.0, 0.49),
    (72.0, 0.63),
    (85.0, 0.855),
    (92.0, 0.93),
    (95.0, 0.988),
    (97.0, 0.995),
    (100.0, 0.999),
];

/// The share of words with this confidence that are right, 0 to 1.
pub(super) fn calibrated(raw: f32) -> f32 {
    let after = MEASURED.partition_point(|(at, _)| *at <= raw);
    let share = match (after.checked_sub(1).and_then(|i| MEASURED.get(i)), MEASURED.get(after)) {
        (Some(a), Some(b)) => a.1 + (b.1 - a.1) * (raw - a.0) / (b.0 - a.0),
        (Some(end), None) | (None, Some(end)) => end.1,
        (None, None) => 0.0,
    };
    // Rounded to what the measurement supports.
    (share * 1000.0).round() / 1000.0
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn more_confidence_is_worth_more() {
        assert_eq!([calibrated(-1.0), calibrated(0.0), calibrated(200.0)], [0.3, 0.3, 0.999]);
        assert_eq!(calibrated(35.0), 0.395);
        let shares: Vec<f32> = (0..=100).map(|raw| calibrated(raw as f32)).collect();
        assert!(shares.is_sorted());
    }
}
