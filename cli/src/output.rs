//! Where outcomes go, and in what form.

mod table;

use std::collections::HashSet;
use std::fs::{self, File};
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};

use clap::ValueEnum;
use findings_core::pipeline::Extracted;
use findings_core::record::ErrorReport;
use serde::Serialize;

/// How outcomes are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Format {
    /// One document: an object; several: an array.
    Json,
    /// A line for each document.
    Ndjson,
    /// A row for each document with its main values, for a spreadsheet.
    Csv,
}

impl Format {
    /// The form that a file's name asks for.
    pub(crate) fn of_file(path: &Path) -> Option<Self> {
        match path.extension()?.to_str()? {
            "json" => Some(Self::Json),
            "ndjson" | "jsonl" => Some(Self::Ndjson),
            "csv" => Some(Self::Csv),
            _ => None,
        }
    }

    /// An outcome in this form, without what stands between outcomes.
    pub(crate) fn render(self, outcome: &Result<Extracted, Box<ErrorReport>>) -> Vec<u8> {
        match outcome {
            _ if self == Self::Csv => table::row(outcome),
            Ok(record) => self.json(record),
            Err(report) => self.json(report),
        }
    }

    fn json(self, value: &impl Serialize) -> Vec<u8> {
        let bytes =
            if self == Self::Json { serde_json::to_vec_pretty(value) } else { serde_json::to_vec(value) };
        bytes.expect("records are plain data with strings for keys")
    }
}

/// Takes rendered outcomes in order.
pub(crate) enum Sink {
    /// All into one stream.
    Stream { to: BufWriter<Box<dyn Write>>, between: Between, count: usize },
    /// Each into a file of its own.
    Folder { folder: PathBuf, taken: HashSet<PathBuf> },
}

/// What stands before, between and after the outcomes of a stream.
pub(crate) struct Between {
    start: &'static [u8],
    between: &'static [u8],
    end: &'static [u8],
}

impl Between {
    fn of(format: Format, single: bool) -> Self {
        match format {
            Format::Json if single => Self { start: b"", between: b"", end: b"\n" },
            Format::Json => Self { start: b"[\n", between: b",\n", end: b"\n]\n" },
            Format::Ndjson => Self { start: b"", between: b"\n", end: b"\n" },
            Format::Csv => Self { start: table::header(), between: b"", end: b"" },
        }
    }
}

impl Sink {
    /// To standard output.
    pub(crate) fn stdout(format: Format, single: bool) -> Self {
        Self::stream(Box::new(io::stdout()), format, single)
    }

    /// Into one file.
    pub(crate) fn file(path: &Path, format: Format, single: bool) -> io::Result<Self> {
        if let Some(folder) = path.parent() {
            fs::create_dir_all(folder)?;
        }
        Ok(Self::stream(Box::new(File::create(path)?), format, single))
    }

    /// Into a folder.
    pub(crate) fn folder(path: &Path) -> io::Result<Self> {
        fs::create_dir_all(path)?;
        Ok(Self::Folder { folder: path.to_owned(), taken: HashSet::new() })
    }

    fn stream(to: Box<dyn Write>, format: Format, single: bool) -> Self {
        Self::Stream { to: BufWriter::new(to), between: Between::of(format, single), count: 0 }
    }

    /// Writes an outcome. A stream is flushed after each, so that who reads along waits for nothing.
    pub(crate) fn put(&mut self, relative: &Path, rendered: &[u8]) -> io::Result<()> {
        match self {
            Self::Stream { to, between, count } => {
                to.write_all(if *count == 0 { between.start } else { between.between })?;
                *count += 1;
                to.write_all(rendered)?;
                to.flush()
            }
            Self::Folder { folder, taken } => {
                let path = free_path(folder, relative, taken);
                if let Some(parent) = path.parent() {
                    fs::create_dir_all(parent)?;
                }
                let mut file = BufWriter::new(File::create(path)?);
                file.write_all(rendered)?;
                file.write_all(b"\n")?;
                file.flush()
            }
        }
    }

    /// Writes what stands after the last.
    pub(crate) fn finish(&mut self) -> io::Result<()> {
        match self {
            Self::Stream { to, between, .. } => {
                to.write_all(between.end)?;
                to.flush()
            }
            Self::Folder { .. } => Ok(()),
        }
    }
}

/// `letters/a.pdf` → `a.json`; a second one of that name → `a-2.json`.
fn free_path(folder: &Path, relative: &Path, taken: &mut HashSet<PathBuf>) -> PathBuf {
    let stem = relative.file_stem().unwrap_or(relative.as_os_str()).to_os_string();
    let mut n = 1;
    loop {
        let mut name = stem.clone();
        if n > 1 {
            name.push(format!("-{n}"));
        }
        name.push(".json");
        let path = folder.join(relative.with_file_name(name));
        if taken.insert(path.clone()) {
            return path;
        }
        n += 1;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_document_has_a_file_of_its_own() {
        let mut taken = HashSet::new();
        let mut path = |relative: &str| free_path(Path::new("out"), Path::new(relative), &mut taken);
        assert_eq!(path("a.pdf"), Path::new("out/a.json"));
        assert_eq!(path("a.txt"), Path::new("out/a-2.json"));
        assert_eq!(path("sub/a.pdf"), Path::new("out/sub/a.json"));
        assert_eq!(path("v1.2.pdf"), Path::new("out/v1.2.json"));
    }
}
