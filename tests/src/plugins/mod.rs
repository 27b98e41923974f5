//! Helpers for testing plugins: the rules for all bundled plugins, checked in the test's own process.

pub mod agreement;
pub mod labels;
pub mod loopback;
pub mod round_trip;
mod tested;

pub use labels::{Score, corpus_of, labelled};
pub use tested::Tested;
