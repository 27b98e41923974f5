//! The host of plugins: which plugin claims a document, its worker, and what is believed of its answer.
//!
//! | module | what it does |
//! |---|---|
//! | [`trust`] | which plugins an operator has allowed: nothing is loaded before |
//! | [`error`] | why a plugin can't be used |
//! | [`load`] | loads a library and calls it, in a worker process: all the unsafe code there is |
//! | [`private`] | folders and files that are the user's alone |
//! | [`wire`] | the messages between host and worker |
//! | `verify` | a plugin's record, held against the schemas and the document |
//!
//! [`PluginHost`] puts them together and is what [`findings_core::pipeline::ReadOptions`] takes. Nothing here knows any
//! one plugin.
//!
//! ```
//! use findings_host::trust::TrustList;
//!
//! // Nothing is trusted until somebody says so.
//! assert!(TrustList::default().plugins.is_empty());
//! ```

// A panic is no way to refuse a document, and only the command speaks to a terminal.
#![cfg_attr(not(test), warn(clippy::unwrap_used, clippy::print_stdout, clippy::print_stderr))]

pub mod error;
pub mod load;
pub mod private;
pub mod trust;
mod verify;
pub mod wire;

use std::fmt::Display;
use std::sync::{Arc, Mutex, OnceLock, PoisonError};
use std::time::Duration;

use serde_json::Value;

use findings_core::format::FormatInfo;
use findings_core::pipeline::Extracted;
use findings_core::plugin::manifest::{CodeManifest, FormatManifest, Manifest};
use findings_core::plugin::{Answer, Foreign, PluginRecord, TextModel};
use findings_core::record::{DocumentInfo, Error, ErrorCode, SCHEMA_ID};
use findings_core::runner::{Job, Program, RunError, RunLimits, Runner, Session};
use findings_core::text::TextLayer;
use findings_core::validate::{self, Problem};

use error::PluginError;
use trust::Installed;
use verify::Schema;

/// Version of the boundary that this host speaks: major and minor.
pub const ABI: (u32, u32) = (findings_plugin_abi::ABI_MAJOR, findings_plugin_abi::ABI_MINOR);

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
    /// Why a worker could not use the library. The next could not either, and is not started.
    refused: OnceLock<String>,
}

#[derive(Debug)]
struct Worker {
    session: Box<dyn Session>,
    documents: u32,
}

impl PluginHost {
    /// A host for plugins that were trusted: what is loaded has the digest that stands in their `plugin.toml`. No code
    /// of theirs runs until a document is theirs.
    ///
    /// # Errors
    /// A plugin brings a schema that is none.
    pub fn new(
        trusted: Vec<Installed>,
        runner: Arc<dyn Runner>,
        limits: PluginLimits,
    ) -> Result<PluginHost, PluginError> {
        let plugins = trusted.into_iter().map(Plugin::new).collect::<Result<_, _>>()?;
        Ok(PluginHost { plugins, runner, limits })
    }

    fn find(&self, format: &str) -> Option<&Plugin> {
        self.plugins.iter().find(|p| p.formats.iter().any(|f| f.id == format))
    }

    /// What the plugins say of their formats, their checks and promises too.
    pub fn format_manifests(&self) -> Vec<FormatManifest> {
        self.plugins.iter().flat_map(|p| p.installed.file.manifest.formats.iter().cloned()).collect()
    }

    /// The codes that the plugins add to the published lists.
    pub fn codes(&self) -> Vec<CodeManifest> {
        self.plugins.iter().flat_map(|p| p.installed.file.manifest.all_codes()).collect()
    }

    /// The schemas that the plugins bring: of their extensions, and of records of their own.
    pub fn schemas(&self) -> Vec<Value> {
        let manifests = self.plugins.iter().flat_map(|p| p.installed.schemas().unwrap_or_default());
        manifests.map(|manifest| manifest.schema).collect()
    }

    /// What the schemas find wrong with anybody's record: those of core, and those of the plugin that brings its
    /// format or its schema.
    pub fn problems(&self, record: &Value) -> Vec<Problem> {
        if let Some(schema) = self.own_schema(record) {
            return schema.problems(record, "");
        }
        let mut problems = validate::value(record).err().unwrap_or_default();
        let plugin = record["format"]["id"].as_str().and_then(|format| self.find(format));
        if let Some(plugin) = plugin.filter(|_| record["schema"] == SCHEMA_ID) {
            problems.extend(verify::extension_problems(record, &plugin.schemas));
        }
        problems
    }

    /// Whether a record follows a schema that a plugin brings for records of its own.
    pub fn brings_schema(&self, record: &Value) -> bool {
        self.own_schema(record).is_some()
    }

    fn own_schema(&self, record: &Value) -> Option<&Schema> {
        let id = record["schema"].as_str()?;
        self.plugins.iter().flat_map(|p| &p.schemas).find(|s| s.is_of_record(id))
    }

    fn plugin(&self, format: &str) -> Result<&Plugin, Error> {
        self.find(format)
            .ok_or_else(|| Error::new(ErrorCode::Internal, format!("no plugin brings the format {format}")))
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
        let mut worker = match (waiting, plugin.refused.get()) {
            (Some(worker), _) => worker,
            (None, Some(why)) => return Err(RunError::Spawn(why.clone())),
            (None, None) => self.start(plugin)?,
        };
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
            args: vec!["--".into(), library.into(), plugin.installed.file.sha256.clone().into()],
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
            wire::REFUSED => Err(RunError::Spawn(plugin.refused.get_or_init(|| text.into_owned()).clone())),
            _ => Err(rubbish()),
        }
    }
}

impl Foreign for PluginHost {
    fn formats(&self) -> Vec<&'static FormatInfo> {
        self.plugins.iter().flat_map(|p| p.formats.iter().copied()).collect()
    }

    fn plugin_of(&self, format: &str) -> Option<String> {
        self.find(format).map(|p| p.name())
    }

    fn read(&self, model: &TextModel) -> Result<Answer, Error> {
        let plugin = self.plugin(&model.format)?;
        let request = serde_json::to_vec(model).map_err(|e| plugin.failed(e))?;
        let (status, answer) =
            self.ask(plugin, wire::EXTRACT, request).map_err(|e| plugin.failed(cause(&e)))?;
        let said = || {
            let text = String::from_utf8_lossy(&answer[..answer.len().min(500)]).trim().to_owned();
            if text.is_empty() { "it does not say why".into() } else { text }
        };
        match status {
            0 => verify::parse(&answer).map(Answer::Record).map_err(|why| plugin.failed(why)),
            1 => Ok(Answer::NotMine),
            2 => Err(plugin.failed(format_args!("it could not read the text model: {}", said()))),
            3 => Err(plugin.failed(said())),
            4 => Err(plugin.failed(format_args!("a fault in the plugin: {}", said()))),
            other => Err(plugin.failed(format_args!("it gave the status {other}, which nobody knows"))),
        }
    }

    fn verify(
        &self,
        record: PluginRecord,
        format: &str,
        document: &DocumentInfo,
        layer: &TextLayer,
    ) -> Result<Extracted, Error> {
        let plugin = self.plugin(format)?;
        let asked = verify::Asked { format, document, layer };
        verify::verify(record, &plugin.schemas, &asked).map_err(|why| plugin.failed(why))
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
    fn new(installed: Installed) -> Result<Plugin, PluginError> {
        let schemas = installed.schemas()?.into_iter().map(Schema::new).collect::<Result<_, _>>()?;
        let formats = installed.file.manifest.formats.iter().map(|f| f.leak()).collect();
        Ok(Plugin { installed, formats, schemas, idle: Mutex::default(), refused: OnceLock::new() })
    }

    fn name(&self) -> String {
        format!("{} {}", self.installed.file.manifest.id, self.installed.file.manifest.version)
    }

    fn failed(&self, why: impl Display) -> Error {
        Error::new(ErrorCode::PluginFailed, format!("{}: {why}", self.name()))
    }
}
