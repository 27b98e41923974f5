//! Helpers for the whole-pipeline tests.

pub mod hostile;
