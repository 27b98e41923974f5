//! Reads inspection reports into records with evidence.
//!
//! | module | what it does |
//! |---|---|
//! | [`pipeline`] | the sequence of stages: bytes → record |
//! | [`outline`] | lines → blocks with roles |
//! | [`repair`] | damaged plain text → the words that were printed |
//! | [`grammar`] | token parsers that all formats share |
//! | [`format`](mod@format) | what a format is, and how it claims a document |
//! | [`ofsted`] | the built-in formats |
//! | [`plugin`] | external formats, as core sees them |
//! | [`evidence`] | checks that quotes are in the document and that values follow from them |
//! | [`confidence`] | how often values of each kind were right |
//!
//! The text layer is [`text`] (crate findings-text), the record [`record`] (crate findings-record).
//!
//! ```
//! use findings_core::pipeline::{read, ReadOptions};
//!
//! // A document that is not a report gives an error with one of the listed codes.
//! let reading = read("note.txt", b"Nothing to inspect here.", &ReadOptions::default());
//! assert_eq!(reading.outcome.unwrap_err().error.code.as_str(), "unknown-format");
//! ```

// A document must never be refused by a panic, and only the command may write to a terminal.
#![cfg_attr(
    not(test),
    warn(clippy::unwrap_used, clippy::string_slice, clippy::print_stdout, clippy::print_stderr)
)]

#[cfg(doctest)]
#[doc = include_str!("../README.md")]
struct ReadMe;

pub mod alike;
pub mod areas;
pub mod checks;
pub mod confidence;
mod cut;
pub mod evidence;
pub mod explain;
pub mod format;
pub mod grammar;
pub mod ofsted;
pub mod outline;
pub mod pipeline;
pub mod plugin;
pub mod repair;

pub use findings_record as record;
pub use findings_record::schema;
#[cfg(feature = "validate")]
pub use findings_record::validate;
pub use findings_text as text;
pub use findings_text::{runner, source};
pub use record::{Doubt, doubts, doubts_of_json};
