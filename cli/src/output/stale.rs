//! Files on their way to their places that a killed run has left: the next run that writes into the folder removes them.
//!
//! Who writes such a file holds a lock on it, which ends with the process however that ends: a file that can be locked is
//! nobody's. Where there are no such locks nothing is removed.

use std::collections::HashSet;
use std::fs::{self, File};
use std::io;
use std::path::{Path, PathBuf};
use std::sync::{LazyLock, Mutex, PoisonError};

use tempfile::NamedTempFile;

/// How the names of such files begin and end.
pub(super) const BEGIN: &str = ".findings-";
pub(super) const END: &str = ".part";

/// Makes a file that is held from the moment that others can see it.
pub(super) fn held(make: impl Fn() -> io::Result<NamedTempFile>) -> io::Result<NamedTempFile> {
    loop {
        let part = make()?;
        // Another run may have found it before it was locked, and removed it.
        let taken = cfg!(unix) && matches!(part.as_file().try_lock(), Err(fs::TryLockError::WouldBlock));
        if !taken && part.path().exists() {
            return Ok(part);
        }
    }
}

/// Removes what killed runs have left in a folder, the first time that this process writes there.
pub(super) fn sweep_once(folder: &Path) {
    static SWEPT: LazyLock<Mutex<HashSet<PathBuf>>> = LazyLock::new(Mutex::default);
    if cfg!(unix) && SWEPT.lock().unwrap_or_else(PoisonError::into_inner).insert(folder.to_owned()) {
        sweep(folder);
    }
}

fn sweep(folder: &Path) {
    for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
        let name = entry.file_name();
        let is_part = name.to_str().is_some_and(|name| name.starts_with(BEGIN) && name.ends_with(END));
        // A link or a pipe of that name is not ours.
        if is_part && entry.file_type().is_ok_and(|kind| kind.is_file()) {
            // The lock is held until it is gone. What may not be removed is somebody else's.
            let _ = File::open(entry.path()).and_then(|file| {
                file.try_lock()?;
                fs::remove_file(entry.path())
            });
        }
    }
}

#[cfg(all(test, unix))]
mod tests {
    use super::*;

    #[test]
    fn what_nobody_writes_any_more_is_removed_and_nothing_else() {
        let folder = tempfile::tempdir().unwrap();
        let at = |name: &str| folder.path().join(name);
        for name in [".findings-gone.part", ".findings-lock", "letter.part", "all.ndjson"] {
            fs::write(at(name), "half").unwrap();
        }
        std::os::unix::fs::symlink(at("all.ndjson"), at(".findings-link.part")).unwrap();
        let make = || tempfile::Builder::new().prefix(BEGIN).suffix(END).tempfile_in(folder.path());
        let written = held(make).unwrap();
        sweep(folder.path());
        let mut left: Vec<_> = fs::read_dir(folder.path()).unwrap().map(|e| e.unwrap().path()).collect();
        left.sort();
        let mut wanted = vec![
            written.path().to_owned(),
            at(".findings-link.part"),
            at(".findings-lock"),
            at("all.ndjson"),
            at("letter.part"),
        ];
        wanted.sort();
        assert_eq!(left, wanted);
    }
}
