//! Helpers for the whole-pipeline tests.

pub mod copies;
pub mod documents;
pub mod effort;
pub mod evidence;
pub mod fuzz;
pub mod hostile;
pub mod mutants;
pub mod noise;
pub mod plugins;
pub mod runs;
