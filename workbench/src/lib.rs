//! The workbench: what a change to a grammar does to the documents that somebody cares about.
//!
//! Works on records as anybody stores them (JSON), so that runs of different versions can be compared.

// A panic is no way to refuse a document, and only the command speaks to a terminal.
#![cfg_attr(not(test), warn(clippy::unwrap_used, clippy::print_stdout, clippy::print_stderr))]

pub mod calibrate;
pub mod chance;
pub mod drift;
pub mod evidence;
pub mod gold;
pub mod link;
pub mod regress;
pub mod review;
pub mod schema;
pub mod schema_diff;
pub mod score;
pub mod snapshot;
pub mod stream;
pub mod stress;
pub mod text_table;

#[cfg(doctest)]
#[doc = include_str!("../README.md")]
struct ReadMe;
