//! Folders and files that only the user can access: the list of trusted plugins, installed plugins, caches and
//! stores.

use std::io::{self, Write};
use std::path::Path;

/// Creates a folder and its missing parents with access for the user only (0700). An existing folder is left as it
/// is.
///
/// # Errors
/// It can't be created.
///
/// ```
/// # #[cfg(unix)] {
/// use std::os::unix::fs::PermissionsExt;
///
/// let base = tempfile::tempdir().unwrap();
/// let folder = base.path().join("cache/pages");
/// findings_host::private::folder(&folder).unwrap();
/// assert_eq!(folder.metadata().unwrap().permissions().mode() & 0o777, 0o700);
/// # }
/// ```
pub fn folder(path: &Path) -> io::Result<()> {
    let mut builder = std::fs::DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(path)
}

/// Writes a file with access for the user only (0600), atomically: to a temporary file with an unpredictable name
/// in the same folder, which is then renamed. A symbolic link at the target is replaced, not followed; missing
/// folders are created by [`folder`].
///
/// # Errors
/// It can't be written.
pub fn write(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let parent = path.parent().filter(|p| !p.as_os_str().is_empty()).unwrap_or(Path::new("."));
    folder(parent)?;
    let mut beside = tempfile::NamedTempFile::new_in(parent)?;
    beside.write_all(bytes)?;
    beside.persist(path).map(drop).map_err(|e| e.error)
}

#[cfg(all(test, unix))]
mod tests {
    use std::fs;
    use std::os::unix::fs::{PermissionsExt, symlink};

    use super::*;

    #[test]
    fn a_private_file_is_nobody_elses_and_follows_no_link() {
        let base = tempfile::tempdir().unwrap();
        let (victim, file) = (base.path().join("victim"), base.path().join("data/list.json"));
        fs::write(&victim, "mine").unwrap();
        write(&file, b"one").unwrap();
        let mode = |path: &Path| path.metadata().unwrap().permissions().mode() & 0o777;
        assert_eq!((mode(file.parent().unwrap()), mode(&file)), (0o700, 0o600));
        fs::remove_file(&file).unwrap();
        symlink(&victim, &file).unwrap();
        write(&file, b"two").unwrap();
        assert_eq!(
            (fs::read(&victim).unwrap(), fs::read(&file).unwrap()),
            (b"mine".to_vec(), b"two".to_vec())
        );
        assert_eq!(fs::read_dir(file.parent().unwrap()).unwrap().count(), 1, "nothing is left beside it");
    }
}
