//! Helpers for the whole-pipeline tests.

pub mod copies;
pub mod documents;
pub mod evidence;
pub mod hostile;
pub mod noise;
pub mod plugins;
pub mod runs;
