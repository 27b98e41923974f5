//! Formats from a file: `NAME.format.toml` says what a layout looks like, and its documents are read as those of a
//! compiled format are.
//!
//! | module | what it does |
//! |---|---|
//! | [`model`] | what a file may say; its JSON Schema |
//! | [`parse()`] | text → model, with errors that name the line and what to write |
//! | `read` | a document's fields, tables, lists and sections, as a file speaks of them |
//! | [`draft`] | a file proposed from samples |
//! | [`extension`] | the schema of what records have no place for |
//! | [`FileFormat`], [`FormatFiles`] | files as core asks for foreign formats |
//!
//! It knows `findings-core` and nothing of the command.

// A panic is no way to refuse a document, and only the command speaks to a terminal.
#![cfg_attr(not(test), warn(clippy::unwrap_used, clippy::print_stdout, clippy::print_stderr))]

pub mod draft;
pub mod extension;
mod files;
mod format;
mod installed;
pub mod model;
mod parse;
mod read;

pub use files::{BUNDLED, FormatFiles, SUFFIX};
pub use format::FileFormat;
pub use parse::{FileError, Lines, parse};

#[cfg(doctest)]
#[doc = include_str!("../README.md")]
struct ReadMe;
