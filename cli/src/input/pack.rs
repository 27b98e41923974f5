//! Packs, that is, files that contain documents: `.zip` and `.eml`. Each document in one is an input of its own,
//! `pack.zip!/letters/a.pdf`.
//!
//! A pack inside a pack is opened, but not one inside that. Decompression is bounded in three ways: a pack that claims
//! to be far larger than any collection of reports is refused as a whole, a document has the same limit as a file, and
//! nothing is decompressed before it is needed.

#[cfg(feature = "packs")]
mod archive;
#[cfg(not(feature = "packs"))]
#[path = "pack/unopened.rs"]
mod archive;

use std::fs;
use std::path::{Component, Path, PathBuf};
use std::sync::{Mutex, PoisonError};
use std::time::SystemTime;

use findings_core::record::{Error, ErrorCode};
use findings_core::source::Limits;

use archive::Pack;

use super::folder::{has_companion_name, is_companion_head, is_document, is_pdf};

/// The size limit for a message, and for a pack inside a pack, because both are held in memory.
const MOST_IN_MEMORY: u64 = 256 << 20;

/// The kind of a pack, determined by its name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    Zip,
    Mail,
}

impl Kind {
    pub(super) fn of(path: &Path) -> Option<Self> {
        let ending = path.extension()?.to_str()?.to_ascii_lowercase();
        match ending.as_str() {
            "zip" => Some(Self::Zip),
            "eml" => Some(Self::Mail),
            _ => None,
        }
    }
}

/// The path to a document: the file, and the index of the entry in it; for a nested pack, the pack's index and then the
/// entry's.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Way {
    pub(super) file: PathBuf,
    steps: Vec<usize>,
}

/// The contents of a pack.
#[derive(Debug, Default)]
pub(super) struct Held {
    /// Documents by their name in the pack.
    pub(super) documents: Vec<(String, Way)>,
    /// What could not be opened.
    pub(super) failed: Vec<(String, Error)>,
    /// The names of macOS companion files, which are not documents.
    pub(super) companions: Vec<String>,
    /// The names of other files that are not documents.
    pub(super) others: Vec<String>,
}

impl Held {
    /// Adds the entry that a path leads to, if it is a document.
    fn take_in(&mut self, pack: &mut Pack, name: String, way: Way) {
        let Some(n) = way.steps.last().copied() else { return };
        let path = Path::new(&name);
        if has_companion_name(path) && pack.head(n).is_some_and(|head| is_companion_head(&head)) {
            self.companions.push(name);
        } else if is_document(path) || pack.head(n).is_some_and(|head| is_pdf(&head)) {
            self.documents.push((name, way));
        } else {
            self.others.push(name);
        }
    }
}

/// The contents of a pack on disk, sorted by name.
pub(super) fn look_through(file: &Path) -> Held {
    let mut held = Held::default();
    if let Err(error) = list(file, &mut held) {
        held.failed.push((String::new(), error));
    }
    held.documents.sort_by(|a, b| a.0.cmp(&b.0));
    held
}

fn list(file: &Path, held: &mut Held) -> Result<(), Error> {
    let mut pack = Pack::on_disk(file)?;
    for (n, name) in pack.names()? {
        match Kind::of(Path::new(&name)) {
            None => held.take_in(&mut pack, name, Way { file: file.to_owned(), steps: vec![n] }),
            Some(kind) => {
                let inner = pack.bytes(n, MOST_IN_MEMORY).and_then(|bytes| Pack::in_memory(kind, bytes));
                let listed = inner.and_then(|mut inner| Ok((inner.names()?, inner)));
                match listed {
                    Err(error) => held.failed.push((name, error)),
                    Ok((names, mut inner)) => {
                        for (m, inside) in names {
                            let way = Way { file: file.to_owned(), steps: vec![n, m] };
                            let whole = format!("{name}!/{inside}");
                            if Kind::of(Path::new(&inside)).is_some() {
                                held.failed.push((whole, too_deep()));
                            } else {
                                held.take_in(&mut inner, whole, way);
                            }
                        }
                    }
                }
            }
        }
    }
    Ok(())
}

fn too_deep() -> Error {
    Error::new(
        ErrorCode::NotAReportFile,
        "it is nested too deeply (a pack in a pack in a pack) and is not opened; unpack the outer one first",
    )
}

impl Way {
    /// The document's bytes, up to the limit.
    pub(super) fn bytes(&self, limits: &Limits) -> Result<Vec<u8>, Error> {
        /// The pack that was opened last; documents of a pack are read one after the other.
        static LAST: Mutex<Option<Opened>> = Mutex::new(None);
        let (last, before) = self.steps.split_last().ok_or_else(gone)?;
        let stamp = stamp(&self.file);
        let mut opened = LAST.lock().unwrap_or_else(PoisonError::into_inner);
        let same = |o: &Opened| o.file == self.file && o.steps == before && o.stamp == stamp;
        if !opened.as_ref().is_some_and(same) {
            *opened = None;
            let mut pack = Pack::on_disk(&self.file)?;
            for step in before {
                let names = pack.names()?;
                let (_, name) = names.iter().find(|(n, _)| n == step).ok_or_else(gone)?;
                let kind = Kind::of(Path::new(name)).ok_or_else(gone)?;
                pack = Pack::in_memory(kind, pack.bytes(*step, MOST_IN_MEMORY)?)?;
            }
            *opened = Some(Opened { file: self.file.clone(), steps: before.to_vec(), stamp, pack });
        }
        let opened = opened.as_mut().ok_or_else(gone)?;
        opened.pack.bytes(*last, limits.max_bytes)
    }
}

struct Opened {
    file: PathBuf,
    steps: Vec<usize>,
    stamp: Option<(u64, SystemTime)>,
    pack: Pack,
}

fn stamp(file: &Path) -> Option<(u64, SystemTime)> {
    let about = fs::metadata(file).ok()?;
    Some((about.len(), about.modified().ok()?))
}

fn gone() -> Error {
    Error::new(ErrorCode::Unreadable, "the file has changed while findings was running; run it again")
}

/// A name in a pack as a relative path that can't leave its output folder.
pub(super) fn relative(name: &str) -> PathBuf {
    let parts = name.split(['/', '\\']).map(|part| part.trim_end_matches('!'));
    let path: PathBuf = parts.collect();
    path.components().filter(|c| matches!(c, Component::Normal(_))).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_stays_below() {
        assert_eq!(relative("letters/a.pdf"), Path::new("letters/a.pdf"));
        assert_eq!(relative("/etc/../../x.pdf"), Path::new("etc/x.pdf"));
        assert_eq!(relative("in.zip!/a.pdf"), Path::new("in.zip/a.pdf"));
        assert_eq!(relative("..\\a.pdf"), Path::new("a.pdf"));
    }
}
