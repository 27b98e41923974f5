//! Labels in the form of a record's extension.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use serde_json::Value;

use crate::documents::{corpus, files, shared};

/// Members that describe the label or the file rather than the document's content.
const ABOUT_THE_LABEL: &[&str] =
    &["id", "path", "sha256", "split", "regulator", "producer", "csv_differences", "notes"];

/// The labelled documents of another regulator, beside the repo.
pub fn labelled(regulator: &str) -> Vec<(PathBuf, Value)> {
    let base = shared(&format!("corpus/other/{regulator}"));
    let label = |path: &PathBuf| -> Value {
        serde_json::from_slice(&std::fs::read(path).expect("a label can be read")).expect("a label is JSON")
    };
    let labels = files(&base.join("gold"), &[".json"]);
    labels.iter().map(label).map(|l| (base.join(l["path"].as_str().expect("a path")), l)).collect()
}

/// The documents of a folder of the repo's corpus, with their labels.
pub fn corpus_of(folder: &str) -> Vec<(PathBuf, Value)> {
    let label = |path: &PathBuf| -> Value {
        let label = std::fs::read(path.with_extension("label.json")).expect("a label stands beside it");
        serde_json::from_slice(&label).expect("a label is JSON")
    };
    let folder = corpus().join(folder);
    files(&folder, &[".pdf", ".txt"]).into_iter().map(|p| (p.clone(), label(&p))).collect()
}

/// Right, labelled and extracted values for each field; each item of a list counts.
#[derive(Debug, Default)]
pub struct Score {
    fields: BTreeMap<String, [usize; 3]>,
    /// Values that differ from the label.
    pub wrong: Vec<String>,
}

impl Score {
    /// Compares an extension with a label, which must have the same keys and values.
    pub fn add(&mut self, path: &Path, label: &Value, extension: &Value) {
        for (field, want) in label.as_object().into_iter().flatten() {
            if ABOUT_THE_LABEL.contains(&field.as_str()) {
                continue;
            }
            let got = &extension[field];
            let one = |v: &Value| usize::from(!v.is_null());
            let [hit, gold, read] = self.fields.entry(field.clone()).or_default();
            match (want.as_array(), got.as_array()) {
                (Some(w), Some(g)) => {
                    *hit += w.iter().zip(g).filter(|(a, b)| covers(a, b)).count();
                    *gold += w.len();
                    *read += g.len();
                }
                _ => {
                    *hit += usize::from(covers(want, got) && !want.is_null());
                    *gold += one(want);
                    *read += one(got);
                }
            }
            if !covers(want, got) {
                self.wrong.push(format!("{}: {field}: {got}\n  labelled {want}", path.display()));
            }
        }
    }

    /// The counts as a table.
    pub fn table(&self) -> String {
        let mut out = format!("{:<28}{:>7}{:>7}{:>7}\n", "field", "right", "gold", "got");
        for (field, [hit, gold, got]) in &self.fields {
            out += &format!("{field:<28}{hit:>7}{gold:>7}{got:>7}\n");
        }
        out
    }
}

/// Whether a value is as labelled. An item may have keys that its label does not.
fn covers(want: &Value, got: &Value) -> bool {
    match (want, got) {
        (Value::Object(want), Value::Object(_)) => want.iter().all(|(key, w)| covers(w, &got[key])),
        (Value::Array(w), Value::Array(g)) => {
            w.len() == g.len() && w.iter().zip(g).all(|(a, b)| covers(a, b))
        }
        _ => want == got,
    }
}
