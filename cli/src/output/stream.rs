//! Writes all outcomes to one file or standard output.

use std::fs::File;
use std::io::{self, BufWriter, Write};
use std::path::Path;

use super::Format;
use super::file::{Beside, is_device};

/// A stream of outcomes.
pub(crate) struct Stream {
    to: To,
    between: Between,
    count: usize,
}

enum To {
    /// Someone may be reading along.
    Open(BufWriter<Box<dyn Write>>),
    /// A file that appears only when it is complete.
    File(BufWriter<Beside>),
}

impl Write for Beside {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.file().write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.file().flush()
    }
}

/// What is written before the first outcome, before each later one, after each, and at the end.
struct Between {
    start: &'static [u8],
    before: &'static [u8],
    after: &'static [u8],
    end: &'static [u8],
}

impl Between {
    fn of(format: Format, single: bool) -> Self {
        match format {
            Format::Json if single => Self { start: b"", before: b"", after: b"", end: b"\n" },
            Format::Json => Self { start: b"[\n", before: b",\n", after: b"", end: b"\n]\n" },
            // A line ends with its record, so that a reader along the way gets whole records.
            _ => Self { start: b"", before: b"", after: b"\n", end: b"" },
        }
    }
}

impl Stream {
    /// A stream to standard output.
    pub(super) fn stdout(format: Format, single: bool) -> Self {
        Self::new(To::Open(BufWriter::new(Box::new(io::stdout()))), format, single)
    }

    /// A stream to a file.
    pub(super) fn file(path: &Path, format: Format, single: bool) -> io::Result<Self> {
        let to = if is_device(path) {
            To::Open(BufWriter::new(Box::new(File::create(path)?)))
        } else {
            To::File(BufWriter::new(Beside::create(path)?))
        };
        Ok(Self::new(to, format, single))
    }

    fn new(to: To, format: Format, single: bool) -> Self {
        Self { to, between: Between::of(format, single), count: 0 }
    }

    fn to(&mut self) -> &mut dyn Write {
        match &mut self.to {
            To::Open(to) => to,
            To::File(to) => to,
        }
    }

    /// Writes an outcome. A stream is flushed after each, so that nobody reading along has to wait.
    pub(super) fn put(&mut self, rendered: &[u8]) -> io::Result<()> {
        let before = if self.count == 0 { self.between.start } else { self.between.before };
        let after = self.between.after;
        self.count += 1;
        self.to().write_all(before)?;
        self.to().write_all(rendered)?;
        self.to().write_all(after)?;
        match &mut self.to {
            To::Open(to) => to.flush(),
            To::File(_) => Ok(()),
        }
    }

    /// Writes the end.
    pub(super) fn finish(mut self) -> io::Result<()> {
        let end = self.between.end;
        let start = if self.count == 0 { self.between.start } else { b"" };
        self.to().write_all(start)?;
        self.to().write_all(end)?;
        match self.to {
            To::Open(mut to) => to.flush(),
            To::File(to) => to.into_inner().map_err(io::IntoInnerError::into_error)?.keep(),
        }
    }
}
