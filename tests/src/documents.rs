//! Finds and reads the test documents.

use std::path::{Path, PathBuf};
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};

use findings_core::pipeline::{self, Extracted, ReadOptions};
use findings_core::record::{ErrorReport, Record};

/// The corpus in the repo.
pub fn corpus() -> PathBuf {
    root().join("corpus")
}

/// The root of the repo.
pub fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().expect("tests/ stands in the root").to_owned()
}

/// A file or folder of the real reports and labels beside the repo. Tests that need it are `#[ignore]`d and named
/// `real_…`, so that a run without it counts them as ignored. `.ci/run` runs them where it exists.
///
/// # Panics
/// It does not exist.
pub fn shared(part: &str) -> PathBuf {
    shared_if_there(part).unwrap_or_else(|| {
        panic!("there is no ../shared/{part}: this test needs the real reports beside the repo")
    })
}

/// Like [`shared`], for tests that use the repo's own documents and include the real ones if they exist.
pub fn shared_if_there(part: &str) -> Option<PathBuf> {
    Some(root().join("../shared").join(part)).filter(|path| path.exists())
}

/// Folders of the corpus that core's formats can't read without a plugin, a format file or an OCR engine: damaged
/// files, the generator, scans, documents of other regulators.
const NOT_OF_CORE: &[&str] =
    &["bad", "generate", "scans", "hiqa", "cqc", "michigan", "press", "westmoor", "ofsted-school", "fda-483"];

/// All files below a folder with one of these extensions, in order; folders for damaged files, scans, plugins and
/// format files are skipped.
pub fn files(folder: &Path, endings: &[&str]) -> Vec<PathBuf> {
    let mut found = Vec::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(&folder).into_iter().flatten().flatten() {
            let path = entry.path();
            let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
            if path.is_dir() {
                if !NOT_OF_CORE.contains(&name.as_str()) {
                    folders.push(path);
                }
            } else if endings.iter().any(|e| name.to_lowercase().ends_with(e)) {
                found.push(path);
            }
        }
    }
    found.sort();
    found
}

/// The outcome for a document, which is named by its path below `base`.
pub fn read(base: &Path, path: &Path) -> Result<Record, Box<ErrorReport>> {
    let bytes = std::fs::read(path).expect("a test document can be read");
    let name = path.strip_prefix(base).unwrap_or(path).to_string_lossy().replace('\\', "/");
    pipeline::read(&name, &bytes, &ReadOptions::default()).outcome.map(|read| match read {
        Extracted::Inspection(record) => *record,
        Extracted::Other(_) => unreachable!("only a plugin gives another record, and there is none here"),
    })
}

/// Applies `work` to each item on all processors; results in order.
pub fn each<T: Sync, R: Send>(all: &[T], work: impl Fn(&T) -> R + Sync) -> Vec<R> {
    let workers = std::thread::available_parallelism().map_or(1, usize::from);
    let next = AtomicUsize::new(0);
    let done = Mutex::new(all.iter().map(|_| None).collect::<Vec<Option<R>>>());
    std::thread::scope(|scope| {
        for _ in 0..workers {
            scope.spawn(|| {
                loop {
                    let at = next.fetch_add(1, Ordering::Relaxed);
                    let Some(one) = all.get(at) else { break };
                    let made = work(one);
                    done.lock().expect("no reader panics")[at] = Some(made);
                }
            });
        }
    });
    done.into_inner()
        .expect("no reader panicked")
        .into_iter()
        .map(|r| r.expect("each was worked on"))
        .collect()
}

/// Reads documents on all processors; results in order.
pub fn read_all(base: &Path, paths: &[PathBuf]) -> Vec<Result<Record, Box<ErrorReport>>> {
    each(paths, |path| read(base, path))
}
