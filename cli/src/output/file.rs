//! A file that is there whole or not at all: written beside its place, then moved there.

use std::fs::{self, File};
use std::io;
use std::path::{Path, PathBuf};

use tempfile::NamedTempFile;

/// A file on its way to its place. Dropped before it is kept, it leaves nothing.
pub(crate) struct Beside {
    part: NamedTempFile,
    to: PathBuf,
    /// Whether its place is a device or a pipe, into which it has to be copied.
    copied: bool,
}

impl Beside {
    /// Begins a file; folders on the way are made.
    pub(crate) fn create(to: &Path) -> io::Result<Self> {
        // A link stays one: what it leads to is replaced.
        let to = fs::canonicalize(to).unwrap_or_else(|_| to.to_owned());
        let copied = is_device(&to);
        let folder = if copied { std::env::temp_dir() } else { folder_of(&to) };
        fs::create_dir_all(&folder)?;
        let mut builder = tempfile::Builder::new();
        builder.prefix(".findings-").suffix(".part");
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt;
            // As any new file, by the user's mask; an old one keeps what it has.
            let mode = fs::metadata(&to).map_or(0o666, |m| m.permissions().mode());
            builder.permissions(fs::Permissions::from_mode(mode));
        }
        Ok(Self { part: builder.tempfile_in(folder)?, to, copied })
    }

    /// The file to write into.
    pub(crate) fn file(&mut self) -> &mut File {
        self.part.as_file_mut()
    }

    /// Where it is until it is kept.
    pub(crate) fn path(&self) -> &Path {
        self.part.path()
    }

    /// Moves it to its place.
    pub(crate) fn keep(self) -> io::Result<()> {
        if self.copied {
            return io::copy(&mut File::open(self.part.path())?, &mut File::create(&self.to)?).map(drop);
        }
        self.part.persist(&self.to).map(drop).map_err(|e| e.error)
    }
}

/// Whether something is there that is no file and no folder.
pub(crate) fn is_device(path: &Path) -> bool {
    fs::metadata(path).is_ok_and(|m| !m.is_file() && !m.is_dir())
}

fn folder_of(path: &Path) -> PathBuf {
    match path.parent() {
        Some(folder) if !folder.as_os_str().is_empty() => folder.to_owned(),
        _ => PathBuf::from("."),
    }
}
