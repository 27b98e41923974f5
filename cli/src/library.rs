//! What the command does, without a command line, for programs that embed findings.

use std::ops::ControlFlow;
use std::sync::mpsc::{Receiver, RecvTimeoutError, sync_channel};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread::{self, JoinHandle};
use std::time::Duration;

use findings_core::runner::Runner;
use findings_core::schema::Published;
use serde::Deserialize;
use serde_json::Value;

use crate::apart::Apart;
use crate::brought::Brought;
use crate::commands;
use crate::ordered::in_order;
use crate::output::Format;
use crate::progress::Pages;
use crate::reader::Reader;
use crate::worker::ProcessRunner;

pub use crate::commands::validate::Rules;
pub use crate::error::Error;
pub use crate::input::Input;
pub use crate::settings::Settings;
pub use crate::worker::{Launcher, start_workers_with};

/// The outcome of reading a document.
#[derive(Debug)]
pub struct Outcome {
    /// The record or error report: a line of `findings extract --format ndjson`, without the line end.
    pub json: Vec<u8>,
    /// Whether it is an error report.
    pub failed: bool,
}

/// The head of an outcome in JSON: which document it is of, without parsing the record.
#[derive(Debug, Clone, Deserialize)]
pub struct Head {
    /// The document.
    pub document: HeadDocument,
    /// The error, if there is no record.
    pub error: Option<HeadError>,
}

/// The document of an outcome.
#[derive(Debug, Clone, Deserialize)]
pub struct HeadDocument {
    /// Its name, as given to the run.
    pub source: String,
    /// SHA-256 of its content; empty if it could not be read.
    pub sha256: String,
}

/// The error of an outcome.
#[derive(Debug, Clone, Deserialize)]
pub struct HeadError {
    /// Its code.
    pub code: String,
}

/// Reads documents in the background, a few ahead of the consumer. When dropped, finishes the documents in progress and
/// reads no more.
#[derive(Debug)]
pub struct Run {
    outcomes: Mutex<Receiver<Outcome>>,
    reading: Mutex<Option<JoinHandle<()>>>,
    /// The schemas that plugins provide.
    pub schemas: Vec<Value>,
    /// Which plugins are not used, and why.
    pub refused: Vec<String>,
}

/// Where documents are read.
enum Way {
    Here(Reader),
    Apart(Apart),
}

impl Way {
    fn read(&self, input: Input, split: bool) -> Vec<Outcome> {
        match self {
            Self::Here(reader) => reader
                .read_all(input, split)
                .into_iter()
                .map(|done| Outcome { failed: done.error.is_some(), json: done.rendered.into_text() })
                .collect(),
            Self::Apart(apart) => {
                apart.read(&input).into_iter().map(|json| Outcome { failed: is_error(&json), json }).collect()
            }
        }
    }
}

/// Whether an outcome is an error report: these begin with the member `error`.
pub(crate) fn is_error(json: &[u8]) -> bool {
    json.starts_with(b"{\"error\":")
}

/// The result of waiting for an outcome.
#[derive(Debug)]
pub enum Next {
    /// The next document's outcome.
    Outcome(Outcome),
    /// None is ready yet.
    Waiting,
    /// All documents have been read.
    Done,
}

impl Run {
    /// Begins to read.
    ///
    /// # Errors
    /// Something needed for reading is missing: the list of trusted plugins can't be read, for example.
    pub fn start<I>(inputs: I, settings: &Settings) -> Result<Self, Error>
    where
        I: IntoIterator<Item = Input> + Send + 'static,
    {
        let mut means = settings.open()?;
        let schemas = means.schemas();
        means.refused.extend(means.refused_files());
        let reader = match settings.apart {
            Some(memory) => Way::Apart(Apart::new(settings, memory)?),
            None => Way::Here(Reader {
                options: Arc::new(means.options),
                format: Format::Ndjson,
                timeout: settings.timeout(),
                pages: Pages::hidden(),
            }),
        };
        let (jobs, split) = (settings.jobs(), settings.split);
        let (send, outcomes) = sync_channel(0);
        let work = move || {
            in_order(
                jobs,
                inputs,
                |input| reader.read(input, split),
                |all| {
                    let sent = all.into_iter().try_for_each(|outcome| send.send(outcome));
                    if sent.is_ok() { ControlFlow::Continue(()) } else { ControlFlow::Break(()) }
                },
            );
        };
        let reading = thread::Builder::new().name("reading".into()).spawn(work)?;
        Ok(Self {
            outcomes: Mutex::new(outcomes),
            reading: Mutex::new(Some(reading)),
            schemas,
            refused: means.refused,
        })
    }

    /// The next outcome in the order of the inputs, if it is ready within `time`.
    ///
    /// # Errors
    /// Reading ended early: a bug in findings.
    pub fn next_within(&self, time: Duration) -> Result<Next, Error> {
        let next = self.outcomes.lock().unwrap_or_else(PoisonError::into_inner).recv_timeout(time);
        match next {
            Ok(outcome) => Ok(Next::Outcome(outcome)),
            Err(RecvTimeoutError::Timeout) => Ok(Next::Waiting),
            Err(RecvTimeoutError::Disconnected) => {
                let reading = self.reading.lock().unwrap_or_else(PoisonError::into_inner).take();
                match reading.map(JoinHandle::join) {
                    None | Some(Ok(())) => Ok(Next::Done),
                    Some(Err(_)) => Err(Error::Ended),
                }
            }
        }
    }
}

impl Settings {
    /// The rules for validating records. `strict`: codes are also checked against the code lists.
    ///
    /// # Errors
    /// The list of trusted plugins can't be read.
    pub fn rules(&self, strict: bool) -> Result<Rules, Error> {
        Ok(Rules::new(self.host()?, strict))
    }

    /// All formats with their editions and known gaps, and the plugins that read them.
    ///
    /// # Errors
    /// The list of trusted plugins can't be read.
    pub fn formats(&self) -> Result<Value, Error> {
        Ok(commands::formats::formats_json(self.host()?.as_deref()))
    }

    fn host(&self) -> Result<Option<Arc<Brought>>, Error> {
        let runner: Arc<dyn Runner> = Arc::new(ProcessRunner::new()?);
        self.plugins.open(runner).map(|(host, _)| host)
    }
}

/// All published schemas.
pub fn schemas() -> impl Iterator<Item = &'static Published> {
    commands::schema::all()
}

/// An HTML page that shows a record beside its document.
///
/// # Errors
/// Pages can't be drawn on this system.
pub fn page(record: &Value, document: &[u8]) -> Result<String, Error> {
    let runner = ProcessRunner::new()?;
    Ok(commands::show::html(record, document, &runner))
}
