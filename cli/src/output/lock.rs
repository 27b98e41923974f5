//! Ensures that only one run at a time writes to an output.

use std::fs::{self, File, TryLockError};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use super::plan::Destination;
use super::tables::{TablePlan, TableTarget};

/// Held while an output is written. It is a lock of the operating system, so it ends with a killed run, and a lock file
/// that such a run leaves behind has no effect.
#[derive(Debug)]
pub(crate) struct Lock {
    path: PathBuf,
    held: File,
}

impl Lock {
    /// Locks an output. `None` for a stream or a device, which needs no lock.
    ///
    /// # Errors
    /// Another run holds the lock, or nothing can be written there.
    pub(crate) fn of(to: &Destination) -> io::Result<Option<Self>> {
        match to {
            Destination::Stdout(_) | Destination::Tables(TablePlan { to: TableTarget::Stdout, .. }) => {
                Ok(None)
            }
            Destination::Folder(folder)
            | Destination::Tables(TablePlan { to: TableTarget::Folder(folder, _), .. }) => {
                fs::create_dir_all(folder)?;
                Self::at(folder.join(".findings-lock"), folder).map(Some)
            }
            Destination::File(path, _)
            | Destination::Tables(TablePlan { to: TableTarget::File(path, _), .. }) => {
                if super::file::is_device(path) {
                    Ok(None)
                } else {
                    Self::beside(path).map(Some)
                }
            }
        }
    }

    fn beside(output: &Path) -> io::Result<Self> {
        // A link and its target are the same output.
        let output = fs::canonicalize(output).unwrap_or_else(|_| output.to_owned());
        let (folder, name) = (output.parent().filter(|f| !f.as_os_str().is_empty()), output.file_name());
        let folder = folder.unwrap_or(Path::new("."));
        fs::create_dir_all(folder)?;
        let mut file = std::ffi::OsString::from(".");
        file.push(name.unwrap_or_default());
        file.push(".findings-lock");
        Self::at(folder.join(file), &output)
    }

    fn at(path: PathBuf, output: &Path) -> io::Result<Self> {
        loop {
            let mut options = File::options();
            options.create(true).truncate(false).write(true);
            // Don't follow a link in place of the lock file: it may be somebody else's.
            #[cfg(unix)]
            std::os::unix::fs::OpenOptionsExt::custom_flags(
                &mut options,
                rustix::fs::OFlags::NOFOLLOW.bits().cast_signed(),
            );
            let held = options.open(&path)?;
            match held.try_lock() {
                Ok(()) => {}
                Err(TryLockError::WouldBlock) => return Err(taken(output, &path)),
                // A file system without locks is no reason to write nothing.
                Err(TryLockError::Error(_)) => return Ok(Self { path, held }),
            }
            // The previous holder may have removed the file between opening and locking; then the lock is void.
            if is_still(&held, &path) {
                // From here on, an error (a full disk, say) drops the lock and so removes the file.
                let lock = Self { path, held };
                lock.held.set_len(0)?;
                write!(&lock.held, "{}", std::process::id())?;
                return Ok(lock);
            }
        }
    }
}

impl Drop for Lock {
    fn drop(&mut self) {
        let _ = fs::remove_file(&self.path);
    }
}

fn taken(output: &Path, lock: &Path) -> io::Error {
    let process = fs::read_to_string(lock).map(|id| format!(" (process {id})")).unwrap_or_default();
    io::Error::other(format!(
        "another run of findings{process} is writing to {}; wait for it to finish, or choose another output",
        output.display()
    ))
}

#[cfg(unix)]
fn is_still(held: &File, path: &Path) -> bool {
    use std::os::unix::fs::MetadataExt;
    matches!((held.metadata(), fs::metadata(path)), (Ok(a), Ok(b)) if (a.dev(), a.ino()) == (b.dev(), b.ino()))
}

#[cfg(not(unix))]
fn is_still(_: &File, path: &Path) -> bool {
    path.exists()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_at_a_time_and_nothing_is_left() {
        let folder = tempfile::tempdir().unwrap();
        let output = folder.path().join("new/out.ndjson");
        let first = Lock::beside(&output).unwrap();
        let refused = Lock::beside(&output).unwrap_err().to_string();
        assert!(
            refused
                .contains(&format!("another run of findings (process {}) is writing to", std::process::id()))
        );
        drop(first);
        drop(Lock::beside(&output).unwrap());
        assert_eq!(fs::read_dir(folder.path().join("new")).unwrap().count(), 0);
    }
}
