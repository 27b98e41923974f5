//! The inputs given on a command line, in order: files, folders, globs, contents of packs, and standard input.

mod folder;
pub(crate) mod name;
mod pack;

use std::collections::BTreeMap;
use std::ffi::OsStr;
use std::fs;
use std::io::{self, Read};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use findings_core::record::{Error, ErrorCode};
use findings_core::source::{Limits, too_large};

use name::{name_of, os_string, path_of};
use pack::Way;

/// One input. Each has at least one outcome.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Input {
    /// Its name in records and messages.
    pub name: String,
    /// Its path below the given folder, or its file name: determines its output path under `-o DIR`.
    pub(crate) relative: PathBuf,
    place: Place,
}

#[derive(Debug, Clone, PartialEq, Eq)]
enum Place {
    Stdin,
    File(PathBuf),
    /// In a pack, under this name.
    Packed(Way, String),
    Memory(Arc<[u8]>),
    /// Nothing can be read, for this reason.
    Nowhere(ErrorCode, String),
}

/// All inputs of a command line.
#[derive(Debug, Default)]
pub(crate) struct Inputs {
    /// In the given order; those of a folder or glob sorted by name.
    pub(crate) list: Vec<Input>,
    /// Whether a single document was given by name. A folder with one file does not count.
    pub(crate) single: bool,
    /// macOS companion files (`._a.pdf`), which are left out.
    companions: Vec<String>,
    /// The extensions of other files that are left out.
    others: BTreeMap<String, usize>,
}

/// Collects the inputs that the arguments name. A name without a file becomes an input that fails.
pub(crate) fn collect(args: &[impl AsRef<OsStr>]) -> Inputs {
    let mut inputs = Inputs { single: args.len() == 1, ..Inputs::default() };
    for arg in args.iter().map(AsRef::as_ref) {
        if arg == "-" {
            inputs.list.push(Input { name: "-".into(), relative: "stdin".into(), place: Place::Stdin });
        } else {
            inputs.single &= inputs.take_path(arg);
        }
    }
    inputs
}

impl Inputs {
    /// Adds the inputs in a list of paths, separated by line ends or zero bytes.
    ///
    /// # Errors
    /// The list can't be read.
    pub(crate) fn take_list(&mut self, list: &Path, by_zero: bool) -> io::Result<()> {
        let mut bytes = Vec::new();
        if list.as_os_str() == "-" {
            io::stdin().lock().read_to_end(&mut bytes)?;
        } else {
            bytes = fs::read(list)?;
        }
        let (end, rest): (u8, &[u8]) = if by_zero { (0, b"") } else { (b'\n', b"\r") };
        for name in bytes.split(|b| *b == end).map(|name| name.strip_suffix(rest).unwrap_or(name)) {
            if !name.is_empty() {
                self.take_path(&os_string(name.to_vec()));
            }
        }
        self.single = false;
        Ok(())
    }

    /// Messages about files that were left out.
    pub(crate) fn left_out(&self) -> Vec<String> {
        self.companions_left_out().into_iter().chain(self.others_left_out()).collect()
    }

    fn others_left_out(&self) -> Option<String> {
        const NAMED: usize = 6;
        let all: usize = self.others.values().sum();
        let files = if all == 1 { "file" } else { "files" };
        let endings: Vec<&str> = self.others.keys().take(NAMED).map(String::as_str).collect();
        let more = if self.others.len() > NAMED { ", …" } else { "" };
        (all > 0).then(|| {
            format!(
                "{all} {files} left out ({}{more}): only PDFs, texts and images are read",
                endings.join(", ")
            )
        })
    }

    /// Counts a file that is left out, by its extension. Hidden files are nobody's documents, and records, labels,
    /// snapshots and formats are findings' own.
    fn leave_out(&mut self, path: &Path) {
        const OURS: &[&str] = &["json", "ndjson", "jsonl", "snap", "toml"];
        let hidden = path.file_name().is_none_or(|n| n.as_encoded_bytes().starts_with(b"."));
        let ending = path.extension().map(|e| e.to_string_lossy().to_lowercase());
        if !hidden && !ending.as_deref().is_some_and(|e| OURS.contains(&e)) {
            let ending = ending.map_or_else(|| "no extension".to_owned(), |e| format!(".{e}"));
            *self.others.entry(ending).or_default() += 1;
        }
    }

    fn companions_left_out(&self) -> Option<String> {
        const NAMED: usize = 3;
        let all = &self.companions;
        let files = if all.len() == 1 { "file" } else { "files" };
        let more = if all.len() > NAMED { ", …" } else { "" };
        let named = || all.iter().take(NAMED).map(String::as_str).collect::<Vec<_>>().join(", ");
        (!all.is_empty()).then(|| {
            format!(
                "left out {} {files} named ._*, in which macOS stores metadata of other files: {}{more}",
                all.len(),
                named()
            )
        })
    }

    /// Adds what a path names: the documents of a folder, of a glob or of a pack, or a file. Returns whether it is a
    /// single file.
    fn take_path(&mut self, arg: &OsStr) -> bool {
        let path = Path::new(arg);
        let pattern = arg.to_str().filter(|a| a.contains(['*', '?', '[']) && !path.exists());
        if path.is_dir() {
            self.take_folder(path);
        } else if let Some(input) = (!path.exists()).then(|| Input::by_name(arg)).flatten() {
            self.list.push(input);
            return true;
        } else if let Some(pattern) = pattern {
            self.take_glob(pattern);
        } else {
            return self.take_file(path.to_owned(), file_name(path));
        }
        false
    }

    /// Adds a file, or the documents in it if it is a pack. Returns whether it is a single document.
    fn take_file(&mut self, path: PathBuf, relative: PathBuf) -> bool {
        if pack::Kind::of(&path).is_none() || !path.is_file() {
            self.list.push(Input::file(path, relative));
            return true;
        }
        let (name, before) = (name_of(&path), self.list.len());
        let held = pack::look_through(&path);
        let inside =
            |inside: &str| if inside.is_empty() { name.clone() } else { format!("{name}!/{inside}") };
        self.list.extend(held.documents.into_iter().map(|(within, way)| Input {
            name: inside(&within),
            relative: relative.join(pack::relative(&within)),
            place: Place::Packed(way, within),
        }));
        self.list.extend(
            held.failed.into_iter().map(|(within, e)| Input::nowhere(&inside(&within), e.code, e.message)),
        );
        if self.list.len() == before {
            let why = "it contains no .pdf, .txt or image".into();
            self.list.push(Input::nowhere(&name, ErrorCode::NotFound, why));
        }
        self.companions.extend(held.companions.iter().map(|within| inside(within)));
        held.others.iter().for_each(|name| self.leave_out(Path::new(name)));
        false
    }

    /// Adds every document below a folder, sorted by name.
    fn take_folder(&mut self, folder: &Path) {
        let before = self.list.len();
        let found = folder::look_through(folder);
        for path in found.files {
            let relative = path.strip_prefix(folder).map_or_else(|_| file_name(&path), Path::to_owned);
            self.take_file(path, relative);
        }
        self.list.extend(found.failed.into_iter().map(|(path, e)| {
            let why = format!("the folder could not be read ({e})");
            Input::nowhere(&name_of(&path), ErrorCode::Unreadable, why)
        }));
        if self.list.len() == before {
            self.list.push(Input::nowhere(
                &name_of(folder),
                ErrorCode::NotFound,
                "the folder contains no .pdf, .txt or image; name the files if they have other extensions"
                    .into(),
            ));
        }
        self.companions.extend(found.companions.iter().map(|path| name_of(path)));
        found.others.iter().for_each(|path| self.leave_out(path));
    }

    /// Adds the matches of a glob that the shell did not expand.
    fn take_glob(&mut self, pattern: &str) {
        let before = self.list.len();
        match glob::glob(pattern) {
            Ok(paths) => {
                for path in paths.filter_map(Result::ok).filter(|p| !p.is_dir()) {
                    let relative = file_name(&path);
                    self.take_file(path, relative);
                }
                if self.list.len() == before {
                    let why = "no file matches the pattern".into();
                    self.list.push(Input::nowhere(pattern, ErrorCode::NotFound, why));
                }
            }
            Err(e) => {
                let why = format!("this is not a valid pattern for files ({e})");
                self.list.push(Input::nowhere(pattern, ErrorCode::NotFound, why));
            }
        }
    }
}

impl Input {
    /// The inputs that a path names: a file, a folder's documents, or the matches of a glob; at least one, which fails
    /// if the path names no document. Also returns the names of macOS companion files (`._a.pdf`) that were left out.
    pub fn named(path: &OsStr) -> (Vec<Self>, Vec<String>) {
        let mut inputs = Inputs::default();
        inputs.take_path(path);
        (inputs.list, inputs.companions)
    }

    /// A file, even if its name looks like a pattern. If there is none, the document that records call by this name.
    pub fn of_file(path: &Path) -> Self {
        let by_name = (!path.exists()).then(|| Self::by_name(path.as_os_str())).flatten();
        by_name.unwrap_or_else(|| Self::file(path.to_owned(), file_name(path)))
    }

    /// The document that records call by this name, if it is not simply a path: `pack.zip!/letters/a.pdf`, `a\xff.pdf`.
    fn by_name(name: &OsStr) -> Option<Self> {
        let name = name.to_str()?;
        let path = path_of(name);
        if path.is_file() {
            return Some(Self::file(path.clone(), file_name(&path)));
        }
        let packs = name.match_indices("!/").map(|(at, _)| path_of(&name[..at]));
        let mut inputs = Inputs::default();
        packs.into_iter().find(|p| p.is_file()).map(|pack| inputs.take_file(pack.clone(), file_name(&pack)));
        inputs.list.into_iter().find(|input| input.name == name)
    }

    /// Bytes in memory, with the name that the record gives its document.
    pub fn in_memory(name: &str, bytes: impl Into<Arc<[u8]>>) -> Self {
        Self {
            name: name.to_owned(),
            relative: file_name(Path::new(name)),
            place: Place::Memory(bytes.into()),
        }
    }

    fn file(path: PathBuf, relative: PathBuf) -> Self {
        Self { name: name_of(&path), relative, place: Place::File(path) }
    }

    fn nowhere(name: &str, code: ErrorCode, message: String) -> Self {
        Self {
            name: name.to_owned(),
            relative: file_name(Path::new(name)),
            place: Place::Nowhere(code, message),
        }
    }

    /// The file that contains it: itself, or a pack.
    pub(crate) fn on_disk(&self) -> Option<&Path> {
        match &self.place {
            Place::File(path) => Some(path),
            Place::Packed(way, _) => Some(&way.file),
            _ => None,
        }
    }

    /// Its name inside the pack.
    #[cfg(feature = "sqlite")]
    pub(crate) fn within(&self) -> Option<&str> {
        match &self.place {
            Place::Packed(_, name) => Some(name),
            _ => None,
        }
    }

    /// The same input under another name.
    pub(crate) fn called(self, name: &str) -> Self {
        Self { name: name.to_owned(), ..self }
    }

    /// Whether it can be read only once.
    pub(crate) fn is_stream(&self) -> bool {
        self.place == Place::Stdin
    }

    /// The file, if it is one.
    pub fn path(&self) -> Option<&Path> {
        match &self.place {
            Place::File(path) => Some(path),
            _ => None,
        }
    }

    /// Its bytes, up to the limit.
    pub(crate) fn bytes(&self, limits: &Limits) -> Result<Vec<u8>, Error> {
        match &self.place {
            Place::Nowhere(code, message) => Err(Error::new(*code, message.clone())),
            Place::Stdin => bounded(io::stdin().lock(), 0, limits),
            Place::Packed(way, _) => way.bytes(limits),
            Place::Memory(bytes) => bounded(&bytes[..], bytes.len() as u64, limits),
            Place::File(path) => {
                // Checked before opening: opening a pipe would block until somebody writes.
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
            Error::new(ErrorCode::NotFound, missing(&self.name))
        } else {
            unreadable(e)
        }
    }
}

/// A hint about a missing file.
fn missing(name: &str) -> String {
    let is_address = ["http://", "https://", "ftp://"].iter().any(|s| name.starts_with(s));
    if is_address {
        return "findings reads files and makes no network requests; fetch it first (curl -LO ADDRESS)"
            .into();
    }
    "there is no such file; check the path".into()
}

const NO_FILE: &str = "this is a pipe or a device, not a file; pass its content on standard input, as -";

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

fn file_name(path: &Path) -> PathBuf {
    path.file_name().map_or_else(|| "document".into(), PathBuf::from)
}
