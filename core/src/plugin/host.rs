//! The host's side: which plugin claims a document, its worker, and what is believed of its answer.

use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use serde_json::Value;

use super::TextModel;
use super::manifest::{Describes, Manifest, SchemaManifest};
use super::trust::Installed;
use super::wire;
use crate::evidence;
use crate::format::FormatInfo;
use crate::record::{DocumentInfo, Error, ErrorCode, Record, SCHEMA_ID};
use crate::runner::{Job, Program, RunError, RunLimits, Runner, Session};
use crate::text::TextLayer;
use crate::validate::{self, Problem};

/// Name of the worker mode that loads a plugin. Its arguments are the library and the digest that was trusted.
pub const WORKER: &str = "plugin";

/// A worker is replaced after so many documents: what a plugin leaks ends with it.
const DOCUMENTS_PER_WORKER: u32 = 500;

/// What a plugin may use.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PluginLimits {
    /// How long one document may take.
    pub document: Duration,
    /// How long loading may take.
    pub loading: Duration,
    /// Address space of a worker, in bytes.
    pub memory: u64,
    /// Size of one answer, in bytes.
    pub answer: u64,
}

impl Default for PluginLimits {
    fn default() -> Self {
        Self {
            document: Duration::from_secs(20),
            loading: Duration::from_secs(10),
            memory: 1 << 30,
            answer: 64 << 20,
        }
    }
}

/// What became of a document that a plugin was given.
#[derive(Debug, Clone, PartialEq)]
pub enum Extracted {
    /// A record that was held against schemas and document.
    Record(Value),
    /// The plugin says that the document is none of its own.
    NotMine,
}

/// The plugins that may be used.
#[derive(Debug)]
pub struct PluginHost {
    plugins: Vec<Plugin>,
    runner: Arc<dyn Runner>,
    limits: PluginLimits,
}

/// A plugin that may be used.
#[derive(Debug)]
struct Plugin {
    installed: Installed,
    formats: Vec<&'static FormatInfo>,
    schemas: Vec<Schema>,
    /// Workers that wait for a document.
    idle: Mutex<Vec<Worker>>,
}

#[derive(Debug)]
struct Schema {
    id: String,
    describes: Describes,
    validator: jsonschema::Validator,
}

#[derive(Debug)]
struct Worker {
    session: Box<dyn Session>,
    documents: u32,
}

impl PluginHost {
    /// A host for plugins that were trusted. No code of theirs runs until a document is theirs.
    ///
    /// # Errors
    /// A plugin brings a schema that is none.
    pub fn new(
        trusted: Vec<Installed>,
        runner: Arc<dyn Runner>,
        limits: PluginLimits,
    ) -> Result<PluginHost, String> {
        let plugins = trusted.into_iter().map(Plugin::new).collect::<Result<_, _>>()?;
        Ok(PluginHost { plugins, runner, limits })
    }

    /// The formats that the plugins bring, in the order of the plugins.
    pub fn formats(&self) -> impl Iterator<Item = &'static FormatInfo> {
        self.plugins.iter().flat_map(|p| p.formats.iter().copied())
    }

    /// Id and version of the plugin that brings a format.
    pub fn plugin_of(&self, format: &str) -> Option<String> {
        self.find(format).map(|p| p.name())
    }

    fn find(&self, format: &str) -> Option<&Plugin> {
        self.plugins.iter().find(|p| p.formats.iter().any(|f| f.id == format))
    }

    /// Has a document read by the plugin of its format, and holds the answer against schemas and document.
    ///
    /// # Errors
    /// `plugin-failed`, with the cause.
    pub fn extract(&self, model: &TextModel, layer: &TextLayer) -> Result<Extracted, Error> {
        let plugin = self.find(&model.format).ok_or_else(|| {
            Error::new(ErrorCode::Internal, format!("no plugin brings the format {}", model.format))
        })?;
        let failed = |why: String| Error::new(ErrorCode::PluginFailed, format!("{}: {why}", plugin.name()));
        let request = serde_json::to_vec(model).map_err(|e| failed(e.to_string()))?;
        let (status, answer) = self.ask(plugin, wire::EXTRACT, request).map_err(|e| failed(cause(&e)))?;
        let said = || {
            let text = String::from_utf8_lossy(&answer[..answer.len().min(500)]).trim().to_owned();
            if text.is_empty() { "it does not say why".into() } else { text }
        };
        match status {
            0 => {}
            1 => return Ok(Extracted::NotMine),
            2 => return Err(failed(format!("it could not read the text model: {}", said()))),
            3 => return Err(failed(said())),
            4 => return Err(failed(format!("a fault in the plugin: {}", said()))),
            other => return Err(failed(format!("it gave the status {other}, which nobody knows"))),
        }
        let record: Value =
            serde_json::from_slice(&answer).map_err(|e| failed(format!("its answer is no JSON ({e})")))?;
        plugin.believe(&record, &model.document, &model.format, layer).map_err(failed)?;
        Ok(Extracted::Record(record))
    }

    /// Sends a request as it is and gives the status of the answer: for the conformance kit.
    ///
    /// # Errors
    /// No answer came.
    pub fn try_raw(&self, format: &str, request: Vec<u8>) -> Result<i32, RunError> {
        let plugin =
            self.find(format).ok_or_else(|| RunError::Spawn(format!("no plugin brings {format}")))?;
        self.ask(plugin, wire::EXTRACT, request).map(|(status, _)| status)
    }

    fn ask(&self, plugin: &Plugin, kind: u8, request: Vec<u8>) -> Result<(i32, Vec<u8>), RunError> {
        let idle = || plugin.idle.lock().unwrap_or_else(PoisonError::into_inner);
        let waiting = idle().pop();
        let mut worker = waiting.map_or_else(|| self.start(plugin), Ok)?;
        worker.session.send(kind, request);
        // A worker that gave no good answer is dropped, and that ends it.
        let (kind, mut answer) = worker.session.receive(self.limits.document)?;
        if kind != wire::ANSWER || answer.len() < 4 {
            return Err(rubbish());
        }
        let rest = answer.split_off(4);
        let status = i32::from_le_bytes([answer[0], answer[1], answer[2], answer[3]]);
        worker.documents += 1;
        if worker.documents < DOCUMENTS_PER_WORKER {
            idle().push(worker);
        }
        Ok((status, rest))
    }

    fn start(&self, plugin: &Plugin) -> Result<Worker, RunError> {
        let library = plugin.installed.library();
        let library = library.canonicalize().unwrap_or(library);
        let job = Job {
            program: Program::Worker(WORKER),
            args: vec!["--".into(), library.into(), plugin.installed.library_sha256.clone().into()],
            env: Vec::new(),
            input: &[],
            limits: RunLimits {
                // Of the processor, over all documents of the worker; a single one has its time on the wall.
                time: self.limits.document * DOCUMENTS_PER_WORKER,
                memory: self.limits.memory,
                output: self.limits.answer,
            },
        };
        let mut session = self.runner.session(&job)?;
        let (kind, words) = session.receive(self.limits.loading)?;
        let text = String::from_utf8_lossy(&words);
        match kind {
            wire::READY => {
                let manifest: Manifest = serde_json::from_slice(&words).map_err(|_| rubbish())?;
                let promised = &plugin.installed.file.manifest;
                if manifest.id != promised.id
                    || manifest.version != promised.version
                    || manifest.formats != promised.formats
                {
                    return Err(RunError::Spawn(format!(
                        "the library calls itself {} {} and does not bring what plugin.toml says: pack it anew",
                        manifest.id, manifest.version
                    )));
                }
                Ok(Worker { session, documents: 0 })
            }
            wire::REFUSED => Err(RunError::Spawn(text.into_owned())),
            _ => Err(rubbish()),
        }
    }
}

fn rubbish() -> RunError {
    RunError::Crashed { status: "an answer that is none".into(), message: String::new() }
}

/// The cause, as a sentence on the plugin.
fn cause(error: &RunError) -> String {
    match error {
        RunError::Spawn(why) => format!("it could not be loaded: {why}"),
        other => other.to_string(),
    }
}

impl Plugin {
    fn new(installed: Installed) -> Result<Plugin, String> {
        let schemas = installed.schemas()?.into_iter().map(Schema::new).collect::<Result<_, _>>()?;
        let formats = installed.file.manifest.formats.iter().map(|f| f.leak()).collect();
        Ok(Plugin { installed, formats, schemas, idle: Mutex::default() })
    }

    fn name(&self) -> String {
        format!("{} {}", self.installed.file.manifest.id, self.installed.file.manifest.version)
    }

    /// Holds a record against the schemas, the document, and what was asked for.
    fn believe(
        &self,
        record: &Value,
        document: &DocumentInfo,
        format: &str,
        layer: &TextLayer,
    ) -> Result<(), String> {
        let first = |problems: Vec<Problem>, of: &str| {
            let more = problems.len().saturating_sub(1);
            let rest = if more > 0 { format!("; {more} more") } else { String::new() };
            problems.first().map_or(Ok(()), |p| Err(format!("its {of} is not valid: {p}{rest}")))
        };
        let id = record["schema"].as_str().unwrap_or_default();
        if id == SCHEMA_ID {
            first(validate::value(record).err().unwrap_or_default(), "record")?;
            serde_json::from_value::<Record>(record.clone())
                .map_err(|e| format!("its record is not valid: {e}"))?;
            let extension = &record["extension"];
            let schema = self.schemas.iter().find(|s| s.describes == Describes::Extension);
            match schema {
                Some(schema) => first(schema.problems(extension, "/extension"), "extension")?,
                None if extension.is_null() => {}
                None => return Err("it gave an extension and brings no schema for one".into()),
            }
        } else {
            let own = |s: &&Schema| s.describes == Describes::Record && s.id == id;
            let schema = self.schemas.iter().find(own).ok_or_else(|| {
                format!(
                    "its record names the schema “{id}”, which is neither {SCHEMA_ID} nor one that it brings"
                )
            })?;
            first(schema.problems(record, ""), "record")?;
            for part in ["document", "format", "run", "evidence", "diagnostics"] {
                if record.get(part).is_none() {
                    return Err(format!("its record has no {part}"));
                }
            }
        }
        if record["document"]["sha256"] != document.sha256.as_str() {
            return Err("its record is of another document".into());
        }
        if record["format"]["id"] != format {
            return Err(format!(
                "its record is of the format {}, {format} was asked for",
                record["format"]["id"]
            ));
        }
        let problems = evidence::problems(record, layer);
        let more = problems.len().saturating_sub(1);
        let rest = if more > 0 { format!("; {more} more") } else { String::new() };
        problems.first().map_or(Ok(()), |p| Err(format!("its evidence does not hold: {p}{rest}")))
    }
}

impl Schema {
    fn new(manifest: SchemaManifest) -> Result<Schema, String> {
        let validator = jsonschema::options()
            .should_validate_formats(true)
            .build(&manifest.schema)
            .map_err(|e| format!("the schema {} can't be used: {e}", manifest.id))?;
        Ok(Schema { id: manifest.id, describes: manifest.describes, validator })
    }

    fn problems(&self, value: &Value, at: &str) -> Vec<Problem> {
        validate::problems(&self.validator, value)
            .into_iter()
            .map(|p| Problem { pointer: format!("{at}{}", p.pointer), ..p })
            .collect()
    }
}
