//! How far the terminals agree with labels made by reading; skipped where the corpus is not at hand.
