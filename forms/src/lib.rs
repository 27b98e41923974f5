//! Formats in files: `NAME.format.toml` describes a layout, whose documents are then read like those of a compiled format.
//!
//! | module | what it does |
//! |---|---|
//! | [`model`] | what a file can contain; its JSON Schema |
//! | [`parse()`] | text → model; errors name the line and what to write |
//! | `read` | reads a document's fields, tables, lists and sections |
//! | [`draft`] | proposes a file from samples |
//! | [`extension`] | the schema of values that records have no place for |
//! | [`FileFormat`], [`FormatFiles`] | files as foreign formats of core |
//!
//! It depends on `findings-core` and knows nothing about the command.

// A panic is no way to reject a document, and only the command talks to a terminal.
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
