//! A run over documents: stored files, or an executable that produces them first.

use std::path::{Path, PathBuf};
use std::process::{Command, ExitStatus, Stdio};
use std::{fs, io};

use findings_workbench::regress::{Traces, read_traces};

/// Why a run is not available.
#[derive(Debug, thiserror::Error)]
pub(crate) enum Error {
    #[error("{0}: there is no such file; expected what `findings extract` wrote, or an executable")]
    Missing(String),
    #[error("{0} is an executable: give the documents to run it over, for example --docs letters/")]
    NoDocuments(String),
    #[error("{name} could not be run: {why}")]
    NotRun { name: String, why: io::Error },
    #[error("{name} ended with {status}: {said}")]
    Ended { name: String, status: ExitStatus, said: String },
    #[error("{}: {why}", path.display())]
    Unreadable { path: PathBuf, why: io::Error },
}

impl Error {
    fn unreadable(path: &Path) -> impl FnOnce(io::Error) -> Self + use<> {
        let path = path.to_owned();
        |why| Self::Unreadable { path, why }
    }
}

/// A stored run.
pub(crate) struct SavedRun {
    /// What it is called.
    pub(crate) name: String,
    /// Its records, concatenated.
    pub(crate) records: Vec<u8>,
    /// Its traces, none or all.
    pub(crate) traces: Traces,
}

impl SavedRun {
    /// Loads a run from a file or a folder of records. If it is an executable, runs it first.
    pub(crate) fn load(run: &Path, trace: Option<&Path>, docs: &[String]) -> Result<Self, Error> {
        let name = run.display().to_string();
        if !run.exists() {
            return Err(Error::Missing(name));
        }
        if is_executable(run) {
            if docs.is_empty() {
                return Err(Error::NoDocuments(name));
            }
            return Self::make(run, docs);
        }
        let records = if run.is_dir() { folder(run)? } else { read(run)? };
        let beside = sidecar(run);
        let traces = match trace.or(beside.as_deref()) {
            Some(path) => read_traces(&String::from_utf8_lossy(&read(path)?)),
            None => Traces::default(),
        };
        Ok(Self { name, records, traces })
    }

    /// Runs an executable over documents.
    fn make(program: &Path, docs: &[String]) -> Result<Self, Error> {
        let name = program.display().to_string();
        let failed = |why: io::Error| Error::NotRun { name: name.clone(), why };
        let folder = tempfile::tempdir().map_err(failed)?;
        let trace = folder.path().join("trace.ndjson");
        let output = Command::new(program.canonicalize().map_err(failed)?)
            .args(["extract", "--quiet", "--format", "ndjson", "--trace"])
            .arg(&trace)
            .arg("--")
            .args(docs)
            .stdin(Stdio::null())
            .output()
            .map_err(failed)?;
        // 0: everything was read; 1: some documents gave errors, which are outcomes too.
        if !matches!(output.status.code(), Some(0 | 1)) {
            let said = String::from_utf8_lossy(&output.stderr).trim().to_owned();
            return Err(Error::Ended { name, status: output.status, said });
        }
        let traces = fs::read_to_string(&trace).map(|t| read_traces(&t)).unwrap_or_default();
        Ok(Self { name, records: output.stdout, traces })
    }
}

fn read(path: &Path) -> Result<Vec<u8>, Error> {
    fs::read(path).map_err(Error::unreadable(path))
}

/// The contents of every `.json` and `.ndjson` below a folder: what `extract -o DIR` wrote.
fn folder(path: &Path) -> Result<Vec<u8>, Error> {
    let mut entries: Vec<PathBuf> =
        fs::read_dir(path).map_err(Error::unreadable(path))?.flatten().map(|e| e.path()).collect();
    entries.sort();
    let mut all = Vec::new();
    for entry in entries {
        if entry.is_dir() && !entry.is_symlink() {
            all.extend(folder(&entry)?);
        } else if is_records(&entry) {
            all.extend(read(&entry)?);
            all.push(b'\n');
        }
    }
    Ok(all)
}

fn is_records(path: &Path) -> bool {
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    let stored = ["json", "ndjson", "jsonl"].iter().any(|e| path.extension().is_some_and(|x| x == *e));
    stored && !name.ends_with(".label.json") && !name.ends_with(".trace.ndjson")
}

/// `base.ndjson` → `base.trace.ndjson`, if it exists.
fn sidecar(run: &Path) -> Option<PathBuf> {
    let path = run.with_extension("trace.ndjson");
    (!run.is_dir() && path.exists()).then_some(path)
}

#[cfg(unix)]
fn is_executable(path: &Path) -> bool {
    use std::os::unix::fs::PermissionsExt;
    path.is_file() && !is_records(path) && path.metadata().is_ok_and(|m| m.permissions().mode() & 0o111 != 0)
}

#[cfg(not(unix))]
fn is_executable(path: &Path) -> bool {
    path.extension().is_some_and(|e| e.eq_ignore_ascii_case("exe"))
}
