//! The documents that are measured.

use std::path::{Path, PathBuf};
use std::sync::Arc;

/// A PDF in memory: reading the disk is not measured.
pub struct Document {
    /// Name of its file.
    pub name: String,
    /// The file.
    pub bytes: Arc<Vec<u8>>,
}

/// The PDFs below the folder in `FINDINGS_BENCH_DIR`, or below `corpus` without its damaged files.
/// `FINDINGS_BENCH_EVERY=5` takes every fifth of them, `FINDINGS_BENCH_LIMIT=60` at most sixty.
///
/// # Panics
/// Where a folder or a file can't be read, a number is none, or nothing is found.
pub fn load() -> Vec<Document> {
    let number = |name: &str, default: usize| match std::env::var(name) {
        Ok(v) => v.parse().unwrap_or_else(|_| panic!("{name} is not a number: {v}")),
        Err(_) => default,
    };
    let mut paths = Vec::new();
    match std::env::var_os("FINDINGS_BENCH_DIR") {
        Some(dir) => collect(Path::new(&dir), None, &mut paths),
        None => collect(&Path::new(env!("CARGO_MANIFEST_DIR")).join("../corpus"), Some("bad"), &mut paths),
    }
    paths.sort();
    let documents: Vec<_> = paths
        .into_iter()
        .step_by(number("FINDINGS_BENCH_EVERY", 1).max(1))
        .take(number("FINDINGS_BENCH_LIMIT", usize::MAX))
        .map(|path| Document {
            name: path.file_name().unwrap_or_default().to_string_lossy().into_owned(),
            bytes: Arc::new(std::fs::read(&path).unwrap_or_else(|e| panic!("{}: {e}", path.display()))),
        })
        .collect();
    assert!(!documents.is_empty(), "no PDF found");
    documents
}

fn collect(dir: &Path, without: Option<&str>, paths: &mut Vec<PathBuf>) {
    let entries = std::fs::read_dir(dir).unwrap_or_else(|e| panic!("{}: {e}", dir.display()));
    for entry in entries {
        let path = entry.unwrap_or_else(|e| panic!("{}: {e}", dir.display())).path();
        if path.is_dir() {
            if path.file_name().and_then(|n| n.to_str()) != without {
                collect(&path, without, paths);
            }
        } else if path.extension().is_some_and(|e| e.eq_ignore_ascii_case("pdf")) {
            paths.push(path);
        }
    }
}
