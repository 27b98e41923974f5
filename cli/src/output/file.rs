//! Atomic output files: written to a temporary file beside the destination, then renamed.

use std::fs::{self, File};
use std::io;
use std::path::{Component, Path, PathBuf};

use tempfile::NamedTempFile;

use super::stale;

/// A file being written. If it is dropped before [`keep`](Self::keep), nothing is left.
pub(crate) struct Beside {
    part: NamedTempFile,
    to: PathBuf,
    /// Whether the destination is a device or a pipe, so that the content must be copied.
    copied: bool,
}

impl Beside {
    /// Begins a file below a folder. Links can't lead out of the folder: a link in place of the file is replaced, and a
    /// path through a link is refused.
    pub(crate) fn below(folder: &Path, relative: &Path) -> io::Result<Self> {
        let mut way = fs::canonicalize(folder)?;
        for part in relative.parent().into_iter().flat_map(Path::components) {
            let Component::Normal(name) = part else { return Err(leads_out(folder, relative)) };
            match fs::create_dir(way.join(name)) {
                Err(e) if e.kind() != io::ErrorKind::AlreadyExists => return Err(e),
                _ => {}
            }
            let next = fs::canonicalize(way.join(name))?;
            if next.parent() != Some(&way) {
                return Err(leads_out(folder, relative));
            }
            way = next;
        }
        let to = way.join(relative.file_name().ok_or_else(|| leads_out(folder, relative))?);
        let is_link = fs::symlink_metadata(&to).is_ok_and(|m| m.is_symlink());
        if is_link { Self::at(to, false) } else { Self::create(&to) }
    }

    /// Begins a file; creates missing folders.
    pub(crate) fn create(to: &Path) -> io::Result<Self> {
        // If the destination is a link, its target is replaced, and the link stays.
        let to = fs::canonicalize(to).unwrap_or_else(|_| to.to_owned());
        let copied = is_device(&to);
        Self::at(to, copied)
    }

    fn at(to: PathBuf, copied: bool) -> io::Result<Self> {
        let folder = if copied { std::env::temp_dir() } else { folder_of(&to) };
        fs::create_dir_all(&folder)?;
        stale::sweep_once(&folder);
        let mut builder = tempfile::Builder::new();
        builder.prefix(stale::BEGIN).suffix(stale::END);
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt;
            // A new file gets permissions by the user's umask; an existing one keeps its own.
            let old = fs::symlink_metadata(&to).ok().filter(|m| !m.is_symlink());
            let mode = old.map_or(0o666, |m| m.permissions().mode());
            builder.permissions(fs::Permissions::from_mode(mode));
        }
        let part = stale::held(|| builder.tempfile_in(&folder))?;
        Ok(Self { part, to, copied })
    }

    /// The file to write into.
    pub(crate) fn file(&mut self) -> &mut File {
        self.part.as_file_mut()
    }

    /// Its path until it is kept.
    #[cfg(feature = "sqlite")]
    pub(crate) fn path(&self) -> &Path {
        self.part.path()
    }

    /// Moves it to its destination.
    pub(crate) fn keep(self) -> io::Result<()> {
        if self.copied {
            return io::copy(&mut File::open(self.part.path())?, &mut File::create(&self.to)?).map(drop);
        }
        self.part.persist(&self.to).map(drop).map_err(|e| e.error)
    }
}

/// Whether a path exists and is neither a file nor a folder.
pub(crate) fn is_device(path: &Path) -> bool {
    fs::metadata(path).is_ok_and(|m| !m.is_file() && !m.is_dir())
}

fn leads_out(folder: &Path, relative: &Path) -> io::Error {
    io::Error::other(format!("{} is outside {}", relative.display(), folder.display()))
}

fn folder_of(path: &Path) -> PathBuf {
    match path.parent() {
        Some(folder) if !folder.as_os_str().is_empty() => folder.to_owned(),
        _ => PathBuf::from("."),
    }
}

#[cfg(all(test, unix))]
mod tests {
    use std::io::Write;
    use std::os::unix::fs::symlink;

    use super::*;

    fn put(folder: &Path, relative: &str) -> io::Result<()> {
        let mut beside = Beside::below(folder, Path::new(relative))?;
        beside.file().write_all(b"new")?;
        beside.keep()
    }

    #[test]
    fn no_link_leads_out_of_a_folder() {
        let base = tempfile::tempdir().unwrap();
        let (out, elsewhere) = (base.path().join("out"), base.path().join("elsewhere"));
        fs::create_dir(&out).unwrap();
        fs::create_dir(&elsewhere).unwrap();
        fs::write(elsewhere.join("a.json"), "old").unwrap();
        // A path through a linked folder is refused, upwards and sideways; nothing is created behind it.
        symlink(&elsewhere, out.join("letters")).unwrap();
        for way in ["letters/a.json", "letters/new/b.json", "../elsewhere/a.json", "/tmp/a.json"] {
            let error = put(&out, way).unwrap_err().to_string();
            assert!(error.contains("is outside"), "{way}: {error}");
        }
        // A linked file is replaced, and so is a dangling link.
        symlink(elsewhere.join("a.json"), out.join("a.json")).unwrap();
        symlink(elsewhere.join("none"), out.join("b.json")).unwrap();
        for name in ["a.json", "b.json", "reports/c.json"] {
            put(&out, name).unwrap();
            assert_eq!(fs::read(out.join(name)).unwrap(), b"new");
            assert!(!fs::symlink_metadata(out.join(name)).unwrap().is_symlink());
        }
        assert_eq!(fs::read(elsewhere.join("a.json")).unwrap(), b"old");
        assert_eq!(fs::read_dir(&elsewhere).unwrap().count(), 1);
        assert_eq!(fs::read_dir(&out).unwrap().count(), 4, "nothing is left beside");
    }

    #[test]
    fn a_folder_may_itself_be_a_link() {
        let base = tempfile::tempdir().unwrap();
        fs::create_dir(base.path().join("real")).unwrap();
        symlink(base.path().join("real"), base.path().join("out")).unwrap();
        put(&base.path().join("out"), "a.json").unwrap();
        assert!(base.path().join("real/a.json").is_file());
    }
}
