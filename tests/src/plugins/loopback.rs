//! A host whose worker is the test itself: what crosses is what crosses to a process, and is counted.

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

/// A runner whose workers answer with a plugin of this process.
pub struct Loopback {
    plugin: &'static Plugin,
    /// Why its workers can't use the plugin.
    refusal: Option<&'static str>,
    /// Workers that were started.
    pub workers: AtomicUsize,
    /// Documents that were sent.
    pub documents: Arc<AtomicUsize>,
}

impl std::fmt::Debug for Loopback {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "loopback of {}", self.plugin.id)
    }
}

impl Loopback {
    /// A host for a plugin, and the runner that counts.
    ///
    /// # Panics
    /// The plugin's schemas can't be used.
    pub fn host(plugin: &'static Plugin) -> (Arc<PluginHost>, Arc<Loopback>) {
        Self::of(plugin, None)
    }

    /// The same with workers that can't use the plugin.
    ///
    /// # Panics
    /// The plugin's schemas can't be used.
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

    /// How many workers were started, and how many documents they were sent.
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
