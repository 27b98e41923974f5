//! `index.csv`: which file in a folder belongs to which document.

use std::io;
use std::path::{Path, PathBuf};

use super::file::Beside;

/// The file name of the list.
pub(crate) const NAME: &str = "index.csv";
/// Its columns.
pub(crate) const HEAD: [&str; 4] = ["source", "file", "digest", "outcome"];

/// A line of the list.
pub(super) struct Entry {
    pub(super) source: String,
    /// The path below the folder.
    pub(super) file: PathBuf,
    pub(super) digest: String,
    /// `read`, the code of the error, or `not-written`.
    pub(super) outcome: String,
}

/// Writes the list to its folder.
pub(super) fn write(folder: &Path, entries: &[Entry]) -> io::Result<()> {
    let mut beside = Beside::below(folder, Path::new(NAME))?;
    let mut lines = csv::WriterBuilder::new().terminator(csv::Terminator::CRLF).from_writer(beside.file());
    lines.write_record(HEAD)?;
    for e in entries {
        lines.write_record([&e.source, &e.file.to_string_lossy().into_owned(), &e.digest, &e.outcome])?;
    }
    lines.flush()?;
    drop(lines);
    beside.keep()
}
