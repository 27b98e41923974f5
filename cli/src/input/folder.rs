//! Finds the documents in a folder.

use std::collections::HashSet;
use std::fs::{self, File};
use std::io::{self, Read};
use std::path::{Path, PathBuf};

use super::pack;

/// The contents of a folder.
#[derive(Debug, Default)]
pub(super) struct Found {
    /// Documents, and packs.
    pub(super) files: Vec<PathBuf>,
    /// Folders that could not be read.
    pub(super) failed: Vec<(PathBuf, io::Error)>,
    /// macOS companion files, which are not documents.
    pub(super) companions: Vec<PathBuf>,
    /// Other files that are not documents.
    pub(super) others: Vec<PathBuf>,
}

/// Everything below a folder, sorted by name. Symbolic links to folders are followed once each, after the real folders.
/// So a link upwards does not cause a loop, and documents keep their paths without links.
pub(super) fn look_through(folder: &Path) -> Found {
    let (mut found, mut seen, mut links) = (Found::default(), HashSet::new(), Vec::new());
    walk(folder, &mut found, &mut seen, &mut links);
    while !links.is_empty() {
        links.sort();
        for link in std::mem::take(&mut links) {
            walk(&link, &mut found, &mut seen, &mut links);
        }
    }
    found.files.sort();
    found.companions.sort();
    found
}

fn walk(folder: &Path, found: &mut Found, seen: &mut HashSet<PathBuf>, links: &mut Vec<PathBuf>) {
    let entries = match folder.canonicalize().and_then(|real| Ok((real, fs::read_dir(folder)?))) {
        Ok((real, _)) if !seen.insert(real.clone()) => return,
        Ok((_, entries)) => entries,
        Err(e) => return found.failed.push((folder.to_owned(), e)),
    };
    for entry in entries.flatten() {
        let path = entry.path();
        let kind = entry.file_type();
        if kind.as_ref().is_ok_and(fs::FileType::is_dir) {
            walk(&path, found, seen, links);
        } else if path.is_dir() {
            links.push(path);
        } else if is_companion(&path) {
            found.companions.push(path);
        } else if is_document(&path) || pack::Kind::of(&path).is_some() || is_pdf_inside(&path) {
            found.files.push(path);
        } else {
            found.others.push(path);
        }
    }
}

/// Whether a file has the extension of a document.
pub(super) fn is_document(path: &Path) -> bool {
    const ENDINGS: &[&str] = &["pdf", "txt", "tif", "tiff", "png", "jpg", "jpeg"];
    path.extension().is_some_and(|e| ENDINGS.iter().any(|known| e.eq_ignore_ascii_case(known)))
}

/// Whether a file with another extension is a PDF. Hidden files are ignored, and so is anything but a regular file:
/// opening a pipe would block.
fn is_pdf_inside(path: &Path) -> bool {
    let hidden = path.file_name().is_some_and(|n| n.as_encoded_bytes().starts_with(b"."));
    !hidden && path.is_file() && starts(path).is_some_and(|head| is_pdf(&head))
}

/// Whether a file begins like a PDF.
pub(super) fn is_pdf(head: &[u8]) -> bool {
    head.starts_with(b"%PDF-")
}

/// Whether a file is an AppleDouble companion (`._a.pdf`), which macOS writes beside `a.pdf` where the file system
/// can't store attributes. The content decides, not the name alone.
fn is_companion(path: &Path) -> bool {
    has_companion_name(path) && path.is_file() && starts(path).is_some_and(|head| is_companion_head(&head))
}

pub(super) fn has_companion_name(path: &Path) -> bool {
    path.file_name().is_some_and(|n| n.as_encoded_bytes().starts_with(b"._"))
}

/// The magic number of AppleDouble files.
pub(super) fn is_companion_head(head: &[u8]) -> bool {
    head.starts_with(&[0, 5, 0x16, 7])
}

/// The first bytes of a file.
fn starts(path: &Path) -> Option<Vec<u8>> {
    let mut head = Vec::new();
    File::open(path).ok()?.take(8).read_to_end(&mut head).ok()?;
    Some(head)
}
