//! Helpers for the tests of plugins: what every bundled plugin has to keep to, in the test's own process.

pub mod agreement;
pub mod labels;
pub mod loopback;
pub mod round_trip;
mod tested;

pub use labels::{Score, corpus_of, labelled};
pub use tested::Tested;
