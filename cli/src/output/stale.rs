//! Temporary files that killed runs have left: the next run that writes to the folder removes them.
//!
//! The writer of such a file holds a lock on it, which ends with its process in any case, so a file that can be locked
//! is abandoned. Where locks are not available, nothing is removed.

use std::collections::HashSet;
use std::fs::{self, File};
use std::io;
use std::path::{Path, PathBuf};
use std::sync::{LazyLock, Mutex, PoisonError};

use tempfile::NamedTempFile;

/// Prefix and suffix of the names of such files.
pub(super) const BEGIN: &str = ".findings-";
pub(super) const END: &str = ".part";

/// Creates a file that is locked before another run can mistake it for abandoned.
pub(super) fn held(make: impl Fn() -> io::Result<NamedTempFile>) -> io::Result<NamedTempFile> {
    loop {
        let part = make()?;
        // Another run may have found and removed it before it was locked.
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
        // A link or a pipe with such a name is not ours.
        if is_part && entry.file_type().is_ok_and(|kind| kind.is_file()) {
            // The lock is held until the file is removed. Files that can't be removed belong to somebody else.
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
