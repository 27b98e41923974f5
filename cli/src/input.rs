//! The inputs that a command line names: files, folders, globs and standard input, in order.

use std::ffi::{OsStr, OsString};
use std::fs;
use std::io::{self, Read};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use findings_core::record::{Error, ErrorCode};
use findings_core::source::{Limits, too_large};

/// One thing to read; each has exactly one outcome.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Input {
    /// Its name in records and messages, as given.
    pub name: String,
    /// Its path below the folder that was named, or its file name: where its output goes under `-o DIR`.
    pub(crate) relative: PathBuf,
    place: Place,
}

#[derive(Debug, Clone, PartialEq, Eq)]
enum Place {
    Stdin,
    File(PathBuf),
    Memory(Arc<[u8]>),
    /// There is nothing to read, and why.
    Nowhere(ErrorCode, String),
}

/// What a command line names.
pub(crate) struct Inputs {
    /// In the order given; those of a folder or a glob by name.
    pub(crate) list: Vec<Input>,
    /// Whether one document was asked for by its name: a folder of one file is several.
    pub(crate) single: bool,
}

/// What the arguments name. Nothing is left out silently: what names no file becomes an input that fails.
pub(crate) fn collect(args: &[String]) -> Inputs {
    let mut list = Vec::new();
    let mut single = args.len() == 1;
    for arg in args {
        if arg == "-" {
            list.push(Input { name: arg.clone(), relative: "stdin".into(), place: Place::Stdin });
        } else {
            single &= from_path(OsStr::new(arg), &mut list);
        }
    }
    Inputs { list, single }
}

/// The inputs that a list names, a path on each line, or before each zero byte.
///
/// # Errors
/// The list can't be read.
pub(crate) fn from_list(list: &Path, by_zero: bool) -> io::Result<Vec<Input>> {
    let mut bytes = Vec::new();
    if list.as_os_str() == "-" {
        io::stdin().lock().read_to_end(&mut bytes)?;
    } else {
        bytes = fs::read(list)?;
    }
    let (end, rest): (u8, &[u8]) = if by_zero { (0, b"") } else { (b'\n', b"\r") };
    let names = bytes.split(|b| *b == end).map(|name| name.strip_suffix(rest).unwrap_or(name));
    Ok(names.filter(|name| !name.is_empty()).flat_map(|name| Input::named(&path_of(name))).collect())
}

#[cfg(unix)]
fn path_of(bytes: &[u8]) -> OsString {
    std::os::unix::ffi::OsStringExt::from_vec(bytes.to_vec())
}

#[cfg(not(unix))]
fn path_of(bytes: &[u8]) -> OsString {
    String::from_utf8_lossy(bytes).into_owned().into()
}

/// What a path names: a folder's documents, those that fit a pattern, or a file, and whether it is that.
fn from_path(arg: &OsStr, list: &mut Vec<Input>) -> bool {
    let path = Path::new(arg);
    let pattern = arg.to_str().filter(|a| a.contains(['*', '?', '[']) && !path.exists());
    if path.is_dir() {
        from_folder(path, list);
    } else if let Some(pattern) = pattern {
        from_glob(pattern, list);
    } else {
        list.push(Input::file(path.to_owned(), file_name(path)));
        return true;
    }
    false
}

impl Input {
    /// What a path names: a file, a folder's documents, or those that fit a pattern. There is one at least: what names
    /// no document is an input that fails.
    pub fn named(path: &OsStr) -> Vec<Self> {
        let mut list = Vec::new();
        from_path(path, &mut list);
        list
    }

    /// A file, whatever its name looks like.
    pub fn of_file(path: &Path) -> Self {
        Self::file(path.to_owned(), file_name(path))
    }

    /// Bytes in memory, by the name that the record shall give its document.
    pub fn in_memory(name: &str, bytes: impl Into<Arc<[u8]>>) -> Self {
        Self {
            name: name.to_owned(),
            relative: file_name(Path::new(name)),
            place: Place::Memory(bytes.into()),
        }
    }

    fn file(path: PathBuf, relative: PathBuf) -> Self {
        Self { name: path.to_string_lossy().into_owned(), relative, place: Place::File(path) }
    }

    fn nowhere(name: &str, code: ErrorCode, message: String) -> Self {
        Self {
            name: name.to_owned(),
            relative: file_name(Path::new(name)),
            place: Place::Nowhere(code, message),
        }
    }

    /// The file, if it is one.
    pub fn path(&self) -> Option<&Path> {
        match &self.place {
            Place::File(path) => Some(path),
            _ => None,
        }
    }

    /// Its bytes, no more of them than the limit allows.
    pub(crate) fn bytes(&self, limits: &Limits) -> Result<Vec<u8>, Error> {
        match &self.place {
            Place::Nowhere(code, message) => Err(Error::new(*code, message.clone())),
            Place::Stdin => bounded(io::stdin().lock(), 0, limits),
            Place::Memory(bytes) => bounded(&bytes[..], bytes.len() as u64, limits),
            Place::File(path) => {
                // Looked at before it is opened: a pipe would wait for somebody to write.
                let kind = fs::metadata(path).map_err(|e| self.failed(&e))?.file_type();
                if !kind.is_file() && !kind.is_dir() {
                    return Err(Error::new(ErrorCode::Unreadable, NO_FILE));
                }
                let file = fs::File::open(path).map_err(|e| self.failed(&e))?;
                let size = file.metadata().map_err(|e| self.failed(&e))?.len();
                bounded(file, size, limits)
            }
        }
    }

    fn failed(&self, e: &io::Error) -> Error {
        if e.kind() == io::ErrorKind::NotFound {
            Error::new(ErrorCode::NotFound, "there is no such file; check the path")
        } else {
            unreadable(e)
        }
    }
}

const NO_FILE: &str =
    "this is no file but a pipe or a device; give what comes out of it on standard input, as -";

fn unreadable(e: &io::Error) -> Error {
    Error::new(
        ErrorCode::Unreadable,
        format!("the file could not be read ({e}); check that it is a file and that you may read it"),
    )
}

fn bounded(from: impl Read, size: u64, limits: &Limits) -> Result<Vec<u8>, Error> {
    if size > limits.max_bytes {
        return Err(too_large(size, limits));
    }
    let mut bytes = Vec::with_capacity(size as usize + 1);
    from.take(limits.max_bytes + 1).read_to_end(&mut bytes).map_err(|e| unreadable(&e))?;
    if bytes.len() as u64 > limits.max_bytes {
        return Err(too_large(bytes.len() as u64, limits));
    }
    Ok(bytes)
}

/// Every PDF, text and image below a folder, by name.
fn from_folder(folder: &Path, list: &mut Vec<Input>) {
    let before = list.len();
    let mut failed = Vec::new();
    let mut files = Vec::new();
    walk(folder, &mut files, &mut failed);
    files.sort();
    list.extend(files.into_iter().map(|path| {
        let relative = path.strip_prefix(folder).map_or_else(|_| file_name(&path), Path::to_owned);
        Input::file(path, relative)
    }));
    list.extend(failed.into_iter().map(|(path, e)| {
        Input::nowhere(
            &path.to_string_lossy(),
            ErrorCode::Unreadable,
            format!("the folder could not be read ({e})"),
        )
    }));
    if list.len() == before {
        list.push(Input::nowhere(
            &folder.to_string_lossy(),
            ErrorCode::NotFound,
            "the folder has no .pdf, .txt or image in it; name the files if they are called otherwise".into(),
        ));
    }
}

/// Linked folders are left out, so that a link upwards is no endless road.
fn walk(folder: &Path, files: &mut Vec<PathBuf>, failed: &mut Vec<(PathBuf, io::Error)>) {
    let entries = match fs::read_dir(folder) {
        Ok(entries) => entries,
        Err(e) => return failed.push((folder.to_owned(), e)),
    };
    for entry in entries.flatten() {
        let path = entry.path();
        if entry.file_type().is_ok_and(|t| t.is_dir()) {
            walk(&path, files, failed);
        } else if is_document(&path) && !path.is_dir() {
            files.push(path);
        }
    }
}

fn is_document(path: &Path) -> bool {
    const ENDINGS: &[&str] = &["pdf", "txt", "tif", "tiff", "png", "jpg", "jpeg"];
    path.extension().is_some_and(|e| ENDINGS.iter().any(|known| e.eq_ignore_ascii_case(known)))
}

/// What a pattern fits: for shells that leave that to us, and for patterns in quotes.
fn from_glob(pattern: &str, list: &mut Vec<Input>) {
    let before = list.len();
    match glob::glob(pattern) {
        Ok(paths) => {
            let files = paths.filter_map(Result::ok).filter(|p| !p.is_dir());
            list.extend(files.map(|p| Input::file(p.clone(), file_name(&p))));
            if list.len() == before {
                list.push(Input::nowhere(pattern, ErrorCode::NotFound, "no file fits the pattern".into()));
            }
        }
        Err(e) => {
            list.push(Input::nowhere(
                pattern,
                ErrorCode::NotFound,
                format!("this is no pattern for files ({e})"),
            ));
        }
    }
}

fn file_name(path: &Path) -> PathBuf {
    path.file_name().map_or_else(|| "document".into(), PathBuf::from)
}
