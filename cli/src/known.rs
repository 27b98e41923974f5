//! Documents already read by an earlier run: `--new-only`.

use std::collections::HashSet;
use std::fs::{self, File};
use std::io::{self, BufRead, BufReader};
use std::path::Path;

use crate::error::Refusal;
use crate::input::Input;
use crate::library::Head;
use findings_core::source::{Limits, sha256};

/// SHA-256 digests of the contents that were read.
#[derive(Debug, Default)]
pub(crate) struct Known(HashSet<String>);

/// Errors that may not recur: documents with one of these are read again.
const PASSING: &[&str] =
    &["not-found", "unreadable", "encrypted", "too-large", "timed-out", "plugin-failed", "internal"];

/// Whether the error with this code may not recur.
pub(crate) fn may_pass(code: &str) -> bool {
    PASSING.contains(&code)
}

impl Known {
    /// Loads the digests from a file of records (JSON or NDJSON), a folder of such files, or a collection.
    ///
    /// # Errors
    /// It does not exist, or is something else.
    pub(crate) fn load(path: &Path) -> Result<Self, Refusal> {
        let mut known = Self::default();
        #[cfg(feature = "sqlite")]
        if path.join("store.sqlite").is_file() {
            let collection = crate::collection::Collection::open(path)?;
            let each = collection.each(|stored| {
                known.0.extend(serde_json::from_value(stored.outcome).ok().and_then(digest));
            });
            return Ok(each.map(|()| known).map_err(crate::collection::Error::store(path))?);
        }
        known.take(path).map_err(|e| match e.kind() {
            io::ErrorKind::InvalidData | io::ErrorKind::UnexpectedEof => format!(
                "{}: {e}; expected what an earlier run wrote: a .json or .ndjson file, a folder of them, or a collection made \
                 by findings sync",
                path.display()
            ),
            _ => format!("{}: {e}", path.display()),
        })?;
        Ok(known)
    }

    fn take(&mut self, path: &Path) -> io::Result<()> {
        if !path.is_dir() {
            return self.take_file(BufReader::new(File::open(path)?));
        }
        for entry in fs::read_dir(path)? {
            let entry = entry?.path();
            if entry.is_dir()
                || entry.extension().is_some_and(|e| e == "json" || e == "ndjson" || e == "jsonl")
            {
                self.take(&entry)?;
            }
        }
        Ok(())
    }

    /// Adds outcomes, one after the other or in an array. If the last of several in a row is incomplete, as after a
    /// killed run, the others count; an array must be complete.
    fn take_file(&mut self, mut from: impl BufRead) -> io::Result<()> {
        let is_array = from.fill_buf()?.trim_ascii_start().starts_with(b"[");
        let mut add = |outcome: Head| self.0.extend(digest(outcome));
        if is_array {
            serde_json::from_reader::<_, Vec<Head>>(from)?.into_iter().for_each(add);
            return Ok(());
        }
        for outcome in serde_json::Deserializer::from_reader(from).into_iter() {
            match outcome {
                Ok(outcome) => add(outcome),
                Err(e) if e.is_eof() => break,
                Err(e) => return Err(e.into()),
            }
        }
        Ok(())
    }

    /// Whether a document's content is known. One that can't be read is not, so that its error is reported.
    pub(crate) fn has(&self, input: &Input, limits: &Limits) -> bool {
        !self.0.is_empty()
            && !input.is_stream()
            && input.bytes(limits).is_ok_and(|bytes| self.0.contains(&sha256(&bytes)))
    }
}

/// The digest of a document that need not be read again.
fn digest(outcome: Head) -> Option<String> {
    let passing = outcome.error.is_some_and(|e| may_pass(&e.code));
    (!passing && !outcome.document.sha256.is_empty()).then_some(outcome.document.sha256)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn known(text: &str) -> Vec<String> {
        let mut known = Known::default();
        known.take_file(text.as_bytes()).unwrap();
        let mut all: Vec<String> = known.0.into_iter().collect();
        all.sort();
        all
    }

    #[test]
    fn what_was_read_is_known_and_what_may_be_read_otherwise_is_not() {
        let read = r#"{"schema":"x","document":{"source":"a","sha256":"aa"}}"#;
        let none = r#"{"error":{"code":"no-text","message":""},"document":{"source":"b","sha256":"bb"}}"#;
        let late = r#"{"error":{"code":"timed-out","message":""},"document":{"source":"c","sha256":"cc"}}"#;
        assert_eq!(known(&format!("{read}\n{none}\n{late}\n")), ["aa", "bb"]);
        assert_eq!(known(&format!(" [{read},\n{late}]")), ["aa"]);
        assert_eq!(known(&format!("{read}\n{}", &none[..40])), ["aa"]);
        assert_eq!(known(""), [""; 0]);
        assert!(Known::default().take_file(&b"{\"name\":\"package.json\"}"[..]).is_err());
    }
}
