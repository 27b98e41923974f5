//! Labels: what a person read in a document.
//!
//! A label file is stored beside its document or in a folder of labels. It contains values as the document prints them,
//! so that it can be written without knowledge of the record format: grades in words, names without titles, texts with
//! their lines joined.

mod init;
mod label;

use std::fs;
use std::path::{Path, PathBuf};

use indexmap::IndexMap;

pub(crate) use init::UNNAMED;
pub use init::label_of;
pub use label::{Addressee, Grading, Label, NoReport, NoReportKind, Person, ReportLabel, Text};

/// The schema of label files.
pub const LABEL_SCHEMA_ID: &str = "urn:findings:schema:gold-label:1.0";

/// How many hexadecimal digits of the SHA-256 form a label's id.
pub const ID_DIGITS: usize = 12;

/// The format ids that the kinds of labels stand for. A kind that is not listed is itself a format id.
pub const KINDS: &[(&str, &str)] = &[
    ("ilacs", "ofsted.ilacs.inspection"),
    ("sif", "ofsted.sif.inspection"),
    ("lscb-review", "ofsted.sif.lscb-review"),
    ("focused-visit", "ofsted.ilacs.focused-visit"),
    ("monitoring-visit", "ofsted.ilacs.monitoring-visit"),
    ("safeguarding-pre2013", "ofsted.safeguarding.inspection"),
    ("jtai", "ofsted.jtai.inspection"),
    ("area-send", "ofsted.area-send.inspection"),
];

/// Why labels could not be read.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum GoldError {
    /// A folder or file could not be read.
    #[error("{}: {source}; check the path", path.display())]
    Io {
        /// The path.
        path: PathBuf,
        /// The system's error.
        source: std::io::Error,
    },
    /// A file is not a label.
    #[error("{}: this is not a label ({source}); `findings gold init DOCUMENT` writes one to start from", path.display())]
    NotALabel {
        /// The file.
        path: PathBuf,
        /// What is wrong with it.
        source: serde_json::Error,
    },
    /// The folder contains no labels.
    #[error("{}: it contains no labels (*.json); `findings gold init DOCUMENT` writes one", .0.display())]
    NoLabels(PathBuf),
    /// The folder contains labels, but none that can be scored.
    #[error("{}: {count} labels in it do not have the form that is scored: they lack a \"kind\" (the format's id) or an \"id\" (the first 12 digits of the document's SHA-256). `findings gold init DOCUMENT` writes that form, and all but these two may be left out", folder.display())]
    OtherShape {
        /// The folder.
        folder: PathBuf,
        /// How many labels there are.
        count: usize,
    },
}

/// Labels by id, in the order of their file names.
#[derive(Debug, Clone, Default)]
pub struct Gold {
    /// The labels.
    pub labels: IndexMap<String, Label>,
}

impl Gold {
    /// Loads the labels in a folder: every `*.label.json` below it or, if there are none, every `*.json` in it. Labels
    /// for plugins' formats have a different form, without `id` or `kind`, and are skipped.
    ///
    /// # Errors
    /// A file can't be read or is not a label, or there are no labels.
    pub fn load(folder: &Path) -> Result<Self, GoldError> {
        let mut beside = Vec::new();
        labels_below(folder, &mut beside)?;
        let mut files = if beside.is_empty() { json_files(folder)? } else { beside };
        files.sort();
        let mut labels = IndexMap::new();
        let mut others = 0;
        for path in files {
            let bytes = fs::read(&path).map_err(|source| GoldError::Io { path: path.clone(), source })?;
            let label: Label = match serde_json::from_slice(&bytes) {
                Ok(label) => label,
                Err(_) if path.to_string_lossy().ends_with(".label.json") && is_of_a_plugin(&bytes) => {
                    others += 1;
                    continue;
                }
                Err(source) => return Err(GoldError::NotALabel { path, source }),
            };
            labels.insert(label.id().to_owned(), label);
        }
        match (labels.is_empty(), others) {
            (false, _) => Ok(Self { labels }),
            (true, 0) => Err(GoldError::NoLabels(folder.to_owned())),
            (true, count) => Err(GoldError::OtherShape { folder: folder.to_owned(), count }),
        }
    }

    /// The label of a document, by the document's SHA-256.
    pub fn of(&self, sha256: &str) -> Option<&Label> {
        self.labels.get(sha256.get(..ID_DIGITS)?)
    }
}

fn is_of_a_plugin(label: &[u8]) -> bool {
    let label = serde_json::from_slice::<serde_json::Value>(label);
    let is_named =
        |l: &serde_json::Value| l.get("kind").is_some() && (l.get("id").or(l.get("sha256"))).is_some();
    label.is_ok_and(|l| l.is_object() && !is_named(&l))
}

fn entries(folder: &Path) -> Result<Vec<PathBuf>, GoldError> {
    let failed = |source| GoldError::Io { path: folder.to_owned(), source };
    fs::read_dir(folder).map_err(failed)?.map(|e| e.map(|e| e.path()).map_err(failed)).collect()
}

fn labels_below(folder: &Path, found: &mut Vec<PathBuf>) -> Result<(), GoldError> {
    for path in entries(folder)? {
        // Linked folders are not followed, because a link upwards would loop.
        if path.is_dir() && !path.is_symlink() {
            labels_below(&path, found)?;
        } else if path.to_string_lossy().ends_with(".label.json") {
            found.push(path);
        }
    }
    Ok(())
}

fn json_files(folder: &Path) -> Result<Vec<PathBuf>, GoldError> {
    Ok(entries(folder)?.into_iter().filter(|p| p.extension().is_some_and(|e| e == "json")).collect())
}
