//! Records of inspection reports as tables.
//!
//! One model stands behind every output, so that a column means the same in Excel, CSV, Parquet and SQLite:
//!
//! | module | what it has |
//! |---|---|
//! | [`cell`], [`spec`] | a value of a table; what a table and its columns are |
//! | [`catalogue`] | the tables that every collection has, column by column |
//! | [`dataset`] | outcomes in, tables out |
//! | [`columns`] | `reports` under the headings of official statistics |
//! | [`form`] | the tables as files |
//!
//! What is read is the record as JSON, so that stored records serve as well as new ones. How a record comes to be
//! is nothing to this crate, nor is any one plugin: a plugin's own part becomes tables by the plugin's schema.
//!
//! ```
//! use findings_tables::dataset::Dataset;
//!
//! let outcome = serde_json::json!({
//!     "error": {"code": "encrypted", "message": "the PDF is locked with a password"},
//!     "document": {"source": "letters/locked.pdf", "sha256": "ab".repeat(32)}
//! });
//! let mut dataset = Dataset::default();
//! dataset.push(&outcome);
//! let tables = dataset.finish();
//! let reports = tables.get("reports").unwrap();
//! assert_eq!(reports.rows.len(), 1);
//! assert_eq!(reports.cell(0, "error_code").to_string(), "encrypted");
//! ```

// A panic is no way to refuse a document, and only the command speaks to a terminal.
#![cfg_attr(not(test), warn(clippy::unwrap_used, clippy::print_stdout, clippy::print_stderr))]

pub mod catalogue;
pub mod cell;
pub mod columns;
pub mod dataset;
pub mod doubt;
pub mod form;
mod plugin;
mod rows;
pub mod spec;

#[cfg(doctest)]
#[doc = include_str!("../README.md")]
struct ReadMe;
