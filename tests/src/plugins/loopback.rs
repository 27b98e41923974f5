//! A host whose workers are in the test's own process: the messages are the same as to a process, and are counted.

use std::collections::VecDeque;
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use findings_core::plugin::TextModel;
use findings_core::plugin::manifest::PluginFile;
use findings_core::runner::{Job, RunError, Runner, Session};
use findings_host::trust::Installed;
use findings_host::wire;
use findings_host::{PluginHost, PluginLimits};
use findings_plugin_sdk::Plugin;

/// A runner whose workers answer with a plugin in this process.
pub struct Loopback {
    plugin: &'static Plugin,
    /// Why its workers refuse the plugin, if they do.
    refusal: Option<&'static str>,
    /// The number of workers started.
    pub workers: AtomicUsize,
    /// The number of documents sent.
    pub documents: Arc<AtomicUsize>,
}

impl std::fmt::Debug for Loopback {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "loopback of {}", self.plugin.id)
    }
}

impl Loopback {
    /// A host for a plugin, and the runner with the counts.
    ///
    /// # Panics
    /// The plugin's schemas are invalid.
    pub fn host(plugin: &'static Plugin) -> (Arc<PluginHost>, Arc<Loopback>) {
        Self::of(plugin, None)
    }

    /// Like [`host`](Self::host), with workers that refuse the plugin.
    ///
    /// # Panics
    /// The plugin's schemas are invalid.
    pub fn refusing(plugin: &'static Plugin, why: &'static str) -> (Arc<PluginHost>, Arc<Loopback>) {
        Self::of(plugin, Some(why))
    }

    fn of(plugin: &'static Plugin, refusal: Option<&'static str>) -> (Arc<PluginHost>, Arc<Loopback>) {
        let runner =
            Arc::new(Self { plugin, refusal, workers: AtomicUsize::new(0), documents: Arc::default() });
        let installed = Installed {
            folder: PathBuf::from("nowhere"),
            file: PluginFile {
                abi: "1.0".into(),
                library: "none".into(),
                sha256: String::new(),
                manifest: plugin.manifest(),
            },
            manifest_sha256: String::new(),
        };
        let host = PluginHost::new(vec![installed], runner.clone(), PluginLimits::default());
        (Arc::new(host.expect("the plugin's schemas can be used")), runner)
    }

    /// The number of workers started, and of documents sent to them.
    pub fn count(&self) -> (usize, usize) {
        (self.workers.load(Ordering::Relaxed), self.documents.load(Ordering::Relaxed))
    }
}

impl Runner for Loopback {
    fn run(&self, _: &Job<'_>) -> Result<Vec<u8>, RunError> {
        Err(RunError::Spawn("there are no programs here".into()))
    }

    fn session(&self, _: &Job<'_>) -> Result<Box<dyn Session>, RunError> {
        self.workers.fetch_add(1, Ordering::Relaxed);
        let manifest = serde_json::to_vec(&self.plugin.manifest()).expect("a manifest serialises");
        let first = self.refusal.map_or((wire::READY, manifest), |why| (wire::REFUSED, why.into()));
        let answers = VecDeque::from([first]);
        Ok(Box::new(Worker { plugin: self.plugin, documents: self.documents.clone(), answers }))
    }
}

struct Worker {
    plugin: &'static Plugin,
    documents: Arc<AtomicUsize>,
    answers: VecDeque<(u8, Vec<u8>)>,
}

impl std::fmt::Debug for Worker {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "worker of {}", self.plugin.id)
    }
}

impl Session for Worker {
    fn send(&mut self, _: u8, message: Vec<u8>) {
        self.documents.fetch_add(1, Ordering::Relaxed);
        let model: TextModel = serde_json::from_slice(&message).expect("a text model crosses");
        let mut answer = 0_i32.to_le_bytes().to_vec();
        let format = self.plugin.formats.iter().find(|f| f.info().id == model.format);
        let record = format.expect("a format of the plugin").record(model.into_document());
        serde_json::to_writer(&mut answer, &record).expect("a record serialises");
        self.answers.push_back((wire::ANSWER, answer));
    }

    fn receive(&mut self, _: Duration) -> Result<(u8, Vec<u8>), RunError> {
        self.answers.pop_front().ok_or(RunError::TimedOut(Duration::ZERO))
    }
}
