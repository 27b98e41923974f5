//! What the engine's confidence is worth.

/// How many of the words with a confidence (0 to 100) are right, 0 to 1.
pub(super) fn calibrated(raw: f32) -> f32 {
    (raw / 100.0).clamp(0.0, 1.0)
}
