//! Formats from a file: `NAME.format.toml` says what a layout looks like, and its documents are read as those of a
//! compiled format are.
//!
//! | module | what it does |
//! |---|---|
//! | [`model`] | what a file may say; its JSON Schema |
//! | [`parse()`] | text → model, with errors that name the line and what to write |
//!
//! It knows `findings-core` and nothing of the command.

pub mod model;
mod parse;

pub use parse::{FileError, Lines, parse};

#[cfg(doctest)]
#[doc = include_str!("../README.md")]
struct ReadMe;
