//! Where outcomes are written, and in what form.

mod file;
mod folder;
mod index;
mod lock;
mod ours;
mod plan;
mod stale;
mod stream;
mod tables;

use std::io;
use std::path::Path;

use clap::ValueEnum;
use findings_core::pipeline::Extracted;
use findings_core::record::ErrorReport;
use serde::Serialize;
use serde_json::Value;

use crate::reader::Finished;
pub(crate) use file::Beside;
use folder::Folder;
pub(crate) use lock::Lock;
pub(crate) use plan::{Destination, Inputs, OutputArgs, PlanError, guard};
use stream::Stream;
use tables::TableSink;

/// How outcomes are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Format {
    /// One document: an object; several: an array.
    Json,
    /// A line for each document.
    Ndjson,
    /// A row for each document; with -o DIR a file for each table.
    Csv,
    /// A workbook with a sheet for each table.
    Xlsx,
    /// One table of columns; with -o DIR a file for each table.
    Parquet,
    /// A database with every table, views and search.
    Sqlite,
}

/// File extensions and the forms they stand for.
const ENDINGS: &[(&str, Format)] = &[
    ("json", Format::Json),
    ("ndjson", Format::Ndjson),
    ("jsonl", Format::Ndjson),
    ("csv", Format::Csv),
    ("xlsx", Format::Xlsx),
    ("parquet", Format::Parquet),
    ("sqlite", Format::Sqlite),
    ("sqlite3", Format::Sqlite),
    ("db", Format::Sqlite),
];

impl Format {
    /// The form that a file's extension asks for, in any case.
    pub(crate) fn of_file(path: &Path) -> Option<Self> {
        let ending = path.extension()?.to_str()?;
        ENDINGS.iter().find(|(known, _)| known.eq_ignore_ascii_case(ending)).map(|(_, format)| *format)
    }

    /// Whether outcomes become rows of tables.
    pub(crate) fn is_tables(self) -> bool {
        !matches!(self, Self::Json | Self::Ndjson)
    }

    /// Whether this build can write this form.
    fn is_built_in(self) -> bool {
        match self {
            Self::Json | Self::Ndjson | Self::Csv => true,
            Self::Xlsx => cfg!(feature = "xlsx"),
            Self::Parquet => cfg!(feature = "parquet"),
            Self::Sqlite => cfg!(feature = "sqlite"),
        }
    }

    /// An outcome in this form, without separators.
    pub(crate) fn render(self, outcome: &Result<Extracted, Box<ErrorReport>>) -> Rendered {
        match outcome {
            Ok(record) => self.rendered(record),
            Err(report) => self.rendered(report),
        }
    }

    /// A stored outcome in this form.
    #[cfg(feature = "sqlite")]
    pub(crate) fn render_json(self, outcome: Value) -> Rendered {
        if self.is_tables() { Rendered::ForTables(Box::new(outcome)) } else { self.rendered(&outcome) }
    }

    fn rendered(self, outcome: &impl Serialize) -> Rendered {
        const PLAIN: &str = "records are plain data with strings for keys";
        match self {
            Self::Json => Rendered::Text(serde_json::to_vec_pretty(outcome).expect(PLAIN)),
            Self::Ndjson => Rendered::Text(serde_json::to_vec(outcome).expect(PLAIN)),
            // Goes through text, because a box's 72.1 is an f32, and as an f64 would become 72.0999984741211.
            _ => {
                let text = serde_json::to_vec(outcome).expect(PLAIN);
                Rendered::ForTables(Box::new(serde_json::from_slice(&text).expect(PLAIN)))
            }
        }
    }
}

/// An outcome that is ready to be written.
#[derive(Debug)]
pub(crate) enum Rendered {
    /// As it will be in the output.
    Text(Vec<u8>),
    /// To be converted to rows of tables.
    ForTables(Box<Value>),
}

impl Rendered {
    /// The text itself.
    pub(crate) fn into_text(self) -> Vec<u8> {
        match self {
            Self::Text(text) => text,
            Self::ForTables(_) => Vec::new(),
        }
    }

    /// The text; empty for an outcome that becomes rows.
    pub(crate) fn text(&self) -> &[u8] {
        match self {
            Self::Text(text) => text,
            Self::ForTables(_) => &[],
        }
    }
}

/// Writes outcomes in order.
pub(crate) enum Sink {
    /// All to one stream.
    Stream(Stream),
    /// Each to a file of its own.
    Folder(Folder),
    /// To tables, which are written at the end.
    Tables(Box<TableSink>),
}

/// The result of writing.
#[derive(Debug, Default)]
pub(crate) struct Written {
    /// Remarks for the user.
    pub(crate) remarks: Vec<String>,
    /// The files that could not be written, and why.
    pub(crate) failed: Vec<String>,
}

impl Sink {
    /// Opens a destination. The schemas of plugins define additional tables.
    pub(crate) fn open(
        to: &Destination,
        single: bool,
        schemas: impl FnOnce() -> Vec<Value>,
    ) -> io::Result<Self> {
        Ok(match to {
            Destination::Stdout(format) => Self::Stream(Stream::stdout(*format, single)),
            Destination::File(path, format) => Self::Stream(Stream::file(path, *format, single)?),
            Destination::Folder(path) => Self::Folder(Folder::new(path)?),
            Destination::Tables(plan) => Self::Tables(Box::new(TableSink::new(plan.clone(), schemas())?)),
        })
    }

    /// Writes an outcome.
    ///
    /// # Errors
    /// Nothing more can be written. A single file that fails in a folder is reported at the end, because others may
    /// succeed.
    pub(crate) fn put(&mut self, done: &Finished) -> io::Result<()> {
        match self {
            Self::Stream(stream) => stream.put(done.rendered.text()),
            Self::Folder(folder) => {
                folder.put(done);
                Ok(())
            }
            Self::Tables(tables) => {
                if let Rendered::ForTables(outcome) = &done.rendered {
                    tables.put(outcome);
                }
                Ok(())
            }
        }
    }

    /// Completes the output.
    pub(crate) fn finish(self) -> io::Result<Written> {
        match self {
            Self::Stream(stream) => stream.finish().map(|()| Written::default()),
            Self::Folder(folder) => folder.finish(),
            Self::Tables(tables) => tables.finish(),
        }
    }
}
