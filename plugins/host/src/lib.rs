//! The host of plugins: finds the plugin for a document, runs its worker, and verifies its answer.
//!
//! | module | what it does |
//! |---|---|
//! | [`trust`] | which plugins an operator has allowed; no others are loaded |
//! | [`error`] | why a plugin can't be used |
//! | [`load`] | loads a library and calls it, in a worker process; contains all unsafe code |
//! | [`private`] | folders and files that only the user can access |
//! | [`wire`] | the messages between host and worker |
//! | `verify` | checks a plugin's record against the schemas and the document |
//!
//! [`PluginHost`] combines these, and is what [`findings_core::pipeline::ReadOptions`] takes. Nothing here knows
//! about any particular plugin.
//!
//! ```
//! use findings_host::trust::TrustList;
//!
//! // Nothing is trusted until somebody says so.
//! assert!(TrustList::default().plugins.is_empty());
//! ```

// Documents are refused with errors, not panics, and only the command writes to a terminal.
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

/// The version of the boundary that this host supports: major and minor.
pub const ABI: (u32, u32) = (findings_plugin_abi::ABI_MAJOR, findings_plugin_abi::ABI_MINOR);

/// Name of the worker mode that loads a plugin. Its arguments are the library and its trusted digest.
pub const WORKER: &str = "plugin";

/// A worker is replaced after this many documents, which frees what a plugin has leaked.
const DOCUMENTS_PER_WORKER: u32 = 500;

/// Limits on a plugin's resources.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PluginLimits {
    /// Time limit for a document.
    pub document: Duration,
    /// Time limit for loading.
    pub loading: Duration,
    /// Address space of a worker in bytes.
    pub memory: u64,
    /// Largest size of an answer in bytes.
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

/// The plugins that may be used, and the means to run them.
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
    /// Workers waiting for a document.
    idle: Mutex<Vec<Worker>>,
    /// Why a worker could not load the library. No other worker is started then, because it would fail too.
    refused: OnceLock<String>,
}

#[derive(Debug)]
struct Worker {
    session: Box<dyn Session>,
    documents: u32,
}

impl PluginHost {
    /// A host for trusted plugins. A worker loads a library only if its digest is the one in `plugin.toml`; no code
    /// of a plugin runs until it gets a document.
    ///
    /// # Errors
    /// A plugin has an invalid schema.
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

    /// The format manifests of all plugins, including their checks and promises.
    pub fn format_manifests(&self) -> Vec<FormatManifest> {
        self.plugins.iter().flat_map(|p| p.installed.file.manifest.formats.iter().cloned()).collect()
    }

    /// The codes that the plugins add to the published lists.
    pub fn codes(&self) -> Vec<CodeManifest> {
        self.plugins.iter().flat_map(|p| p.installed.file.manifest.all_codes()).collect()
    }

    /// The schemas of all plugins: for extensions, and for their own kinds of record.
    pub fn schemas(&self) -> Vec<Value> {
        let manifests = self.plugins.iter().flat_map(|p| p.installed.schemas().unwrap_or_default());
        manifests.map(|manifest| manifest.schema).collect()
    }

    /// Validates any record against the schemas of core, and those of the plugin that defines its format or schema.
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

    /// Whether a record follows a schema that a plugin defines for its own kind of record.
    pub fn brings_schema(&self, record: &Value) -> bool {
        self.own_schema(record).is_some()
    }

    fn own_schema(&self, record: &Value) -> Option<&Schema> {
        let id = record["schema"].as_str()?;
        self.plugins.iter().flat_map(|p| &p.schemas).find(|s| s.is_of_record(id))
    }

    fn plugin(&self, format: &str) -> Result<&Plugin, Error> {
        self.find(format)
            .ok_or_else(|| Error::new(ErrorCode::Internal, format!("no plugin provides the format {format}")))
    }

    /// Sends a raw request and returns the status of the answer; used by the conformance kit.
    ///
    /// # Errors
    /// No answer came.
    pub fn try_raw(&self, format: &str, request: Vec<u8>) -> Result<i32, RunError> {
        let plugin = self
            .find(format)
            .ok_or_else(|| RunError::Spawn(format!("no plugin provides the format {format}")))?;
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
        // On an error the worker is dropped, which ends its process.
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
                // Processor time over all documents of the worker; for each document there is a wall-clock limit.
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
                        "the library's manifest ({} {}) differs from plugin.toml: run `findings plugin pack` again",
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
            if text.is_empty() { "it gave no reason".into() } else { text }
        };
        match status {
            0 => verify::parse(&answer).map(Answer::Record).map_err(|why| plugin.failed(why)),
            1 => Ok(Answer::NotMine),
            2 => Err(plugin.failed(format_args!("it could not read the text model: {}", said()))),
            3 => Err(plugin.failed(said())),
            4 => Err(plugin.failed(format_args!("a bug in the plugin: {}", said()))),
            other => Err(plugin.failed(format_args!("it returned the unknown status {other}"))),
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
    RunError::Crashed { status: "an invalid answer".into(), message: String::new() }
}

/// The cause of an error, as a sentence about the plugin.
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
