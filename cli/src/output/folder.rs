//! Writes each outcome to a file of its own, with a list of them.

use std::collections::HashSet;
use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use super::Written;
use super::file::Beside;
use super::index::{self, Entry};
use crate::reader::Finished;

/// A folder of records.
pub(crate) struct Folder {
    folder: PathBuf,
    taken: HashSet<PathBuf>,
    entries: Vec<Entry>,
    failed: Vec<String>,
}

impl Folder {
    pub(super) fn new(path: &Path) -> io::Result<Self> {
        fs::create_dir_all(path)?;
        Ok(Self { folder: path.to_owned(), taken: HashSet::new(), entries: Vec::new(), failed: Vec::new() })
    }

    /// Writes an outcome. A file that can't be written does not stop the others.
    pub(super) fn put(&mut self, done: &Finished) {
        let file = free_path(&done.relative, &mut self.taken);
        let path = self.folder.join(&file);
        let mut outcome = done.error.as_ref().map_or("read", |e| e.code.as_str());
        if let Err(e) = write(&self.folder, &file, done.rendered.text()) {
            outcome = "not-written";
            self.failed.push(format!("{} could not be written: {e}", path.display()));
        }
        self.entries.push(Entry {
            source: done.name.clone(),
            file,
            digest: done.digest.clone(),
            outcome: outcome.to_owned(),
        });
    }

    pub(super) fn finish(mut self) -> io::Result<Written> {
        if let Err(e) = index::write(&self.folder, &self.entries) {
            let path = self.folder.join(index::NAME);
            self.failed.push(format!("{} could not be written: {e}", path.display()));
        }
        Ok(Written { remarks: Vec::new(), failed: self.failed })
    }
}

fn write(folder: &Path, file: &Path, text: &[u8]) -> io::Result<()> {
    let mut beside = Beside::below(folder, file)?;
    beside.file().write_all(text)?;
    beside.file().write_all(b"\n")?;
    beside.keep()
}

/// `letters/a.pdf` → `letters/a.json`; if that name is taken → `letters/a-2.json`.
pub(super) fn free_path(relative: &Path, taken: &mut HashSet<PathBuf>) -> PathBuf {
    let stem = relative.file_stem().unwrap_or(relative.as_os_str()).to_os_string();
    let mut n = 1;
    loop {
        let mut name = stem.clone();
        if n > 1 {
            name.push(format!("-{n}"));
        }
        name.push(".json");
        let path = relative.with_file_name(name);
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
        let mut path = |relative: &str| free_path(Path::new(relative), &mut taken);
        assert_eq!(path("a.pdf"), Path::new("a.json"));
        assert_eq!(path("a.txt"), Path::new("a-2.json"));
        assert_eq!(path("sub/a.pdf"), Path::new("sub/a.json"));
        assert_eq!(path("v1.2.pdf"), Path::new("v1.2.json"));
    }
}
