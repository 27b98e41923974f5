//! Checks a plugin against the rules for all plugins.

use std::path::{Path, PathBuf};
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};

use findings_core::evidence::violations;
use findings_core::format::{Claim, THRESHOLD, claims};
use findings_core::pipeline::core_formats;
use findings_core::plugin::{Document, PluginFormat, document};
use findings_core::record::{Record, SCHEMA_ID};
use findings_core::validate;
use findings_plugin_sdk::Plugin;
use serde_json::Value;

use super::labels::{Score, corpus_of, labelled};
use crate::documents::{corpus, files, shared_if_there};
use crate::evidence;

/// Core's claims to a plugin's documents must stay below this.
const CORE: f32 = 0.3;

/// A plugin with one format, and the folder of its documents.
pub struct Tested {
    plugin: &'static Plugin,
    folder: &'static str,
}

impl Tested {
    /// A plugin whose documents are in `corpus/FOLDER` and, if available, in `../shared/corpus/other/FOLDER`.
    pub fn new(plugin: &'static Plugin, folder: &'static str) -> Self {
        Self { plugin, folder }
    }

    fn format(&self) -> &'static dyn PluginFormat {
        self.plugin.formats[0]
    }

    /// The plugin's documents in the repo, with their labels.
    ///
    /// # Panics
    /// There are fewer than `least`.
    pub fn own(&self, least: usize) -> Vec<(PathBuf, Value)> {
        let documents = corpus_of(self.folder);
        assert!(documents.len() >= least, "the documents are there");
        documents
    }

    /// Labelled real documents.
    pub fn real(&self) -> Vec<(PathBuf, Value)> {
        labelled(self.folder)
    }

    /// The record of a document.
    ///
    /// # Panics
    /// The document has no text.
    pub fn record(&self, path: &Path) -> Value {
        self.format().record(text(path)).whole()
    }

    /// Checks that each document is read as its label says, in every key.
    ///
    /// # Panics
    /// One is not.
    pub fn is_read_as_labelled(&self, documents: &[(PathBuf, Value)]) {
        let mut score = Score::default();
        for (path, label) in documents {
            let record = self.record(path);
            score.add(path, label, &record["extension"]);
            for remark in record["diagnostics"].as_array().into_iter().flatten() {
                println!("{}: {remark}", path.display());
            }
        }
        println!("{} documents\n{}", documents.len(), score.table());
        assert!(score.wrong.is_empty(), "{}", score.wrong.join("\n"));
    }

    /// Checks that each record follows its schemas, has evidence for every value, and uses listed codes.
    ///
    /// # Panics
    /// One does not.
    pub fn has_records_that_hold(&self, documents: &[(PathBuf, Value)]) {
        for (path, _) in documents {
            let problems = self.problems(path);
            assert!(problems.is_empty(), "{}: {}", path.display(), problems.join("\n"));
        }
    }

    fn problems(&self, path: &Path) -> Vec<String> {
        let record = self.format().record(text(path));
        let faults = violations(&record.values, &record.evidence, &text(path).layer);
        let mut out: Vec<String> = faults.iter().map(ToString::to_string).collect();
        let record = record.whole();
        let schema: Value = serde_json::from_str(self.plugin.schemas[0].json).expect("a schema is JSON");
        if record["schema"] != SCHEMA_ID {
            out.extend(schema_problems(&schema, &record));
            return out;
        }
        out.extend(validate::value(&record).err().into_iter().flatten().map(|p| p.to_string()));
        out.extend(schema_problems(&schema, &record["extension"]).iter().map(|p| format!("/extension{p}")));
        let codes = self.plugin.manifest().all_codes();
        out.extend(validate::codes(&record, &codes).iter().map(ToString::to_string));
        let record: Record = serde_json::from_value(record).expect("a record");
        out.extend(evidence::without_evidence(&record));
        out
    }

    /// Checks that each document is claimed with a score of at least `least`, and not by core.
    ///
    /// # Panics
    /// One is not.
    pub fn claims(&self, documents: &[(PathBuf, Value)], least: f32) {
        for (path, _) in documents {
            let doc = text(path);
            let own = &claims([self.format().info()], &doc.outline)[0];
            assert!(own.score >= least, "{}: {own:?}", path.display());
            let core: Vec<Claim> = claims(core_formats(), &doc.outline);
            assert!(core.iter().all(|c| c.score < CORE), "{}: {core:?}", path.display());
        }
    }

    /// Checks that documents of others are not claimed: the corpus, all real reports of core's formats, and those of
    /// other regulators.
    ///
    /// # Panics
    /// One is claimed.
    pub fn leaves_others_alone(&self) {
        let mut paths =
            shared_if_there("corpus/reports").map_or(Vec::new(), |folder| files(&folder, &[".pdf"]));
        assert!(paths.is_empty() || paths.len() > 300, "the reports are there");
        paths.extend(files(&corpus(), &[".pdf", ".txt"]));
        let folders = [Some(corpus()), shared_if_there("corpus/other")].into_iter().flatten();
        for folder in folders.filter_map(|f| std::fs::read_dir(f).ok()).flatten().flatten() {
            let name = folder.file_name();
            if name != self.folder && !["bad", "generate", "scans"].iter().any(|n| name == *n) {
                paths.extend(files(&folder.path(), &[".pdf", ".txt"]));
            }
        }
        paths.sort();
        paths.dedup();
        let claimed = self.claimed(&paths);
        assert!(claimed.is_empty(), "{claimed:?}");
    }

    fn claimed(&self, paths: &[PathBuf]) -> Vec<PathBuf> {
        let (next, found) = (AtomicUsize::new(0), Mutex::new(Vec::new()));
        std::thread::scope(|scope| {
            for _ in 0..std::thread::available_parallelism().map_or(1, usize::from) {
                scope.spawn(|| {
                    while let Some(path) = paths.get(next.fetch_add(1, Ordering::Relaxed)) {
                        let bytes = std::fs::read(path).expect("a document can be read");
                        let Ok(doc) = document("document", &bytes) else { continue };
                        if claims([self.format().info()], &doc.outline)[0].score >= THRESHOLD {
                            found.lock().expect("no reader panics").push(path.clone());
                        }
                    }
                });
            }
        });
        found.into_inner().expect("no reader panics")
    }

    /// Checks that the record of each document is as accepted. After a change: run `INSTA_UPDATE=always cargo test
    /// --test corpus`, and look at the diff.
    ///
    /// # Panics
    /// One is not.
    pub fn is_read_as_accepted(&self, documents: &[(PathBuf, Value)]) {
        for (path, _) in documents {
            let mut record = self.record(path);
            // Varies from build to build.
            record["run"]["tool"] = "[tool]".into();
            record["run"]["text_engine"] = "[engine]".into();
            let record = serde_json::to_string_pretty(&record).expect("a record serialises");
            let mut settings = insta::Settings::clone_current();
            settings.set_snapshot_path(path.parent().expect("a folder"));
            settings.set_prepend_module_to_snapshot(false);
            settings.set_omit_expression(true);
            let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
            settings.bind(|| insta::assert_snapshot!(name, record));
        }
    }

    /// Checks that `schema.json` beside the crate (its `CARGO_MANIFEST_DIR`) matches its types.
    ///
    /// # Panics
    /// It does not.
    pub fn has_the_schema_of_its_types(&self, folder: &str, types: &Value) {
        let (file, want) = (Path::new(folder).join("schema.json"), format!("{types:#}\n"));
        if std::env::var_os("UPDATE_SCHEMAS").is_some() {
            std::fs::write(&file, &want).expect("the schema can be written");
        }
        let have = std::fs::read_to_string(&file).unwrap_or_default();
        assert!(
            have == want,
            "schema.json has drifted from the types: run `UPDATE_SCHEMAS=1 cargo test --test corpus`"
        );
    }
}

/// A document as it is passed to a plugin.
fn text(path: &Path) -> Document {
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    document(&name, &std::fs::read(path).expect("a document can be read")).expect("a document has text")
}

/// The problems of a value under a plugin's own schema.
fn schema_problems(schema: &Value, value: &Value) -> Vec<String> {
    let validator = jsonschema::validator_for(schema).expect("the plugin's schema compiles");
    validator.iter_errors(value).map(|e| format!("{}: {e}", e.instance_path())).collect()
}
