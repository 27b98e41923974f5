//! Stores snapshots beside the documents, or in a separate folder.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use serde_json::Value;

use super::{Entry, State, digest, redacted, render};

/// The extensions of documents; used to recognise snapshots whose document is gone.
const DOCUMENTS: &[&str] = &["pdf", "txt", "png", "jpg", "jpeg", "tif", "tiff"];

/// The snapshots of a folder of documents.
#[derive(Debug, Clone)]
pub struct Store {
    folder: PathBuf,
}

impl Store {
    /// Snapshots in this folder: that of the documents, or a separate one.
    pub fn new(folder: impl Into<PathBuf>) -> Self {
        Self { folder: folder.into() }
    }

    /// The path of a document's snapshot.
    pub fn path(&self, document: &str) -> PathBuf {
        self.folder.join(format!("{document}.snap"))
    }

    fn rejection(&self, document: &str) -> PathBuf {
        self.folder.join(format!("{document}.snap.rejected"))
    }

    /// Compares a document's reading (a record or error report) with its snapshot.
    ///
    /// # Errors
    /// A snapshot can't be read, or does not contain JSON.
    pub fn compare(&self, document: &str, read: Value) -> io::Result<Entry> {
        let read = redacted(read);
        let Some(text) = self.text(document)? else {
            return Ok(Entry { document: document.into(), state: State::New, accepted: Value::Null, read });
        };
        let body = split(&text).1.trim_end();
        let accepted = serde_json::from_str(body).map_err(|e| {
            io::Error::other(format!(
                "{} has no valid JSON after its header ({e}); record it again or restore the file",
                self.path(document).display()
            ))
        })?;
        let state = if body == render(&read) {
            State::Unchanged
        } else if self.rejected(document).is_some_and(|d| d == digest(&read)) {
            State::Rejected
        } else {
            State::Changed
        };
        Ok(Entry { document: document.into(), state, accepted, read })
    }

    /// The snapshots whose document is not among these.
    ///
    /// # Errors
    /// A folder can't be read.
    pub fn gone(&self, documents: &[String]) -> io::Result<Vec<Entry>> {
        let mut found = Vec::new();
        walk(&self.folder, "", &mut found)?;
        found.sort();
        found.retain(|d| !documents.contains(d));
        let gone = |document: String| {
            let accepted = self
                .text(&document)?
                .and_then(|t| serde_json::from_str(split(&t).1).ok())
                .unwrap_or_default();
            Ok(Entry { document, state: State::Gone, accepted, read: Value::Null })
        };
        found.into_iter().map(gone).collect()
    }

    /// Stores a document's reading as its snapshot; if the document is gone, removes the snapshot. Does not check
    /// whether that is allowed: see [`super::refusal`].
    ///
    /// # Errors
    /// The file can't be written.
    pub fn accept(&self, entry: &Entry) -> io::Result<()> {
        let path = self.path(&entry.document);
        remove(&self.rejection(&entry.document))?;
        if entry.read.is_null() {
            return remove(&path);
        }
        let before = self.text(&entry.document)?.unwrap_or_default();
        let head = match split(&before).0 {
            "" => "---\nsource: findings snapshot\n---\n",
            head => head,
        };
        if let Some(folder) = path.parent() {
            fs::create_dir_all(folder)?;
        }
        fs::write(path, format!("{head}{}\n", render(&entry.read)))
    }

    /// Stores that a document's reading is wrong, so that it is not asked about again until it changes.
    ///
    /// # Errors
    /// The file can't be written.
    pub fn reject(&self, entry: &Entry) -> io::Result<()> {
        fs::write(self.rejection(&entry.document), format!("{}\n", digest(&entry.read)))
    }

    fn rejected(&self, document: &str) -> Option<String> {
        fs::read_to_string(self.rejection(document)).ok().map(|d| d.trim().to_owned())
    }

    fn text(&self, document: &str) -> io::Result<Option<String>> {
        match fs::read_to_string(self.path(document)) {
            Ok(text) => Ok(Some(text.replace("\r\n", "\n"))),
            Err(e) if e.kind() == io::ErrorKind::NotFound => Ok(None),
            Err(e) => Err(io::Error::new(e.kind(), format!("{}: {e}", self.path(document).display()))),
        }
    }
}

/// Splits a snapshot into its header, with the lines `---`, and the rest.
fn split(text: &str) -> (&str, &str) {
    let head = text.strip_prefix("---\n").and_then(|rest| rest.find("\n---\n").map(|end| 4 + end + 5));
    text.split_at(head.unwrap_or(0))
}

fn remove(path: &Path) -> io::Result<()> {
    match fs::remove_file(path) {
        Err(e) if e.kind() != io::ErrorKind::NotFound => Err(e),
        _ => Ok(()),
    }
}

/// The documents to which the snapshots below a folder belong.
fn walk(folder: &Path, below: &str, found: &mut Vec<String>) -> io::Result<()> {
    let entries = match fs::read_dir(folder) {
        Ok(entries) => entries,
        Err(e) if e.kind() == io::ErrorKind::NotFound => return Ok(()),
        Err(e) => return Err(e),
    };
    for entry in entries {
        let entry = entry?;
        let name = entry.file_name().to_string_lossy().into_owned();
        let path = if below.is_empty() { name } else { format!("{below}/{name}") };
        if entry.file_type()?.is_dir() {
            walk(&entry.path(), &path, found)?;
        } else if let Some(document) = path.strip_suffix(".snap")
            && document.rsplit_once('.').is_some_and(|(_, e)| DOCUMENTS.contains(&e.to_lowercase().as_str()))
        {
            found.push(document.to_owned());
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_head_is_set_apart() {
        assert_eq!(split("---\nsource: a\n---\n{}\n"), ("---\nsource: a\n---\n", "{}\n"));
        assert_eq!(split("{}\n"), ("", "{}\n"));
        assert_eq!(split("---\n{}\n"), ("", "---\n{}\n"));
    }
}
