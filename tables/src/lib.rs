//! Records of inspection reports as tables.
//!
//! All outputs share one model, so a column means the same in Excel, CSV, Parquet and SQLite:
//!
//! | module | what it has |
//! |---|---|
//! | [`cell`], [`spec`] | a cell; the specification of a table and its columns |
//! | [`catalogue`] | the tables that every collection has, column by column |
//! | [`dataset`] | outcomes in, tables out |
//! | [`columns`] | `reports` under the headings of official statistics |
//! | [`form`] | the tables as files |
//!
//! The input is the record as JSON, so stored records work as well as new ones. This crate knows neither how
//! records are produced nor any particular plugin: a plugin's own data becomes tables according to the plugin's
//! schema.
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

// Documents are refused with errors, not panics, and only the command writes to a terminal.
#![cfg_attr(not(test), warn(clippy::unwrap_used, clippy::print_stdout, clippy::print_stderr))]

pub mod catalogue;
pub mod cell;
pub mod columns;
pub mod dataset;
pub mod doubt;
pub mod form;
pub mod names;
mod plugin;
mod rows;
pub mod spec;

#[cfg(doctest)]
#[doc = include_str!("../README.md")]
struct ReadMe;
