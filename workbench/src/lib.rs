//! The workbench: tools for whoever changes a grammar, to see what a change does to a set of documents.
//!
//! Works on stored records (JSON), so that runs of different versions can be compared.

// A document must never be refused by a panic, and only the command may write to a terminal.
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
