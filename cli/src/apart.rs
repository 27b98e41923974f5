//! Reads documents in worker processes with limits on memory and time, so that a document that uses up memory, crashes
//! or never ends costs only its own worker. For long-running processes that are given anybody's documents: the service,
//! and Spark executors.

use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use findings_core::record::{DocumentInfo, Error, ErrorCode, ErrorReport};
use findings_core::runner::{Job, Program, RunError, RunLimits, Runner, Session};
use findings_core::source;
use findings_host::wire;

use crate::input::Input;
use crate::settings::Settings;
use crate::worker::ProcessRunner;

/// The mode of these workers.
pub(crate) const DOCUMENTS: &str = "documents";

/// Message kinds in addition to those for plugins: the settings, a document, its outcomes, and its outcomes from a
/// worker that must exit.
pub(crate) const SETTLE: u8 = 16;
pub(crate) const READ: u8 = 17;
pub(crate) const OUTCOME: u8 = 18;
pub(crate) const SPENT: u8 = 19;

/// A worker is replaced after this many documents, which also frees anything that leaked.
const DOCUMENTS_PER_WORKER: u32 = 500;
/// How long a worker may take to start.
const STARTING: Duration = Duration::from_secs(30);
/// The extra time after which a worker without an answer is stuck. Workers time documents themselves, and allow more
/// time for pages that need OCR.
const STUCK: Duration = Duration::from_secs(1800);
/// The size limit for the outcomes of a document, in bytes.
const OUTCOMES: u64 = 256 << 20;

/// The environment variables passed to workers: search path, and folders of settings, plugins and the cache.
const VARIABLES: &[&str] = &[
    "PATH",
    "TESSDATA_PREFIX",
    "TMPDIR",
    "HOME",
    "XDG_DATA_HOME",
    "XDG_CONFIG_HOME",
    "XDG_CACHE_HOME",
    "FINDINGS_CACHE_DIR",
    "FINDINGS_PLUGIN_DIR",
    "FINDINGS_TRUST_FILE",
];

/// A pool of workers for reading documents.
#[derive(Debug)]
pub(crate) struct Apart {
    runner: ProcessRunner,
    /// The command's own options, separated by zero bytes.
    options: String,
    timeout: Duration,
    max_bytes: u64,
    memory: u64,
    idle: Mutex<Vec<Worker>>,
}

#[derive(Debug)]
struct Worker {
    session: Box<dyn Session>,
    documents: u32,
}

impl Apart {
    /// A pool of workers with a limit of `memory` bytes each. Starts one at once, to report early if that fails.
    ///
    /// # Errors
    /// No worker could be started.
    pub(crate) fn new(settings: &Settings, memory: u64) -> Result<Self, crate::error::Error> {
        let apart = Self {
            runner: ProcessRunner::new()?,
            options: settings.as_options().join("\0"),
            timeout: settings.timeout(),
            max_bytes: settings.max_bytes(),
            memory,
            idle: Mutex::default(),
        };
        let first = apart.start().map_err(crate::error::Error::Worker)?;
        apart.rest(first);
        Ok(apart)
    }

    /// The outcomes of an input, at least one, each a line of JSON as in `extract --format ndjson`.
    pub(crate) fn read(&self, input: &Input) -> Vec<Vec<u8>> {
        match self.bytes(input) {
            Err(error) => vec![report(&input.name, &[], error)],
            Ok(bytes) => {
                self.ask(&input.name, &bytes).unwrap_or_else(|e| vec![failed(&input.name, &bytes, &e)])
            }
        }
    }

    /// An input's bytes, up to the limit for a document.
    pub(crate) fn bytes(&self, input: &Input) -> Result<Vec<u8>, Error> {
        input.bytes(&source::Limits { max_bytes: self.max_bytes })
    }

    /// A document that fails in a worker that has read others is retried in a new one: they may have caused the
    /// failure.
    fn ask(&self, name: &str, bytes: &[u8]) -> Result<Vec<Vec<u8>>, RunError> {
        let waiting = self.idle.lock().unwrap_or_else(PoisonError::into_inner).pop();
        if let Some(worker) = waiting
            && let Ok(lines) = self.ask_of(worker, name, bytes)
            && !lines.iter().any(|line| line.starts_with(br#"{"error":{"code":"internal""#))
        {
            return Ok(lines);
        }
        self.ask_of(self.start()?, name, bytes)
    }

    fn ask_of(&self, mut worker: Worker, name: &str, bytes: &[u8]) -> Result<Vec<Vec<u8>>, RunError> {
        worker.session.send(READ, joined(name, bytes));
        // On failure the worker is dropped, which kills it.
        let (kind, lines) = worker.session.receive(self.timeout + STUCK)?;
        worker.documents += 1;
        match kind {
            OUTCOME if worker.documents < DOCUMENTS_PER_WORKER => self.rest(worker),
            OUTCOME | SPENT => {}
            _ => return Err(rubbish()),
        }
        Ok(lines.split(|b| *b == b'\n').map(<[u8]>::to_vec).collect())
    }

    fn rest(&self, worker: Worker) {
        self.idle.lock().unwrap_or_else(PoisonError::into_inner).push(worker);
    }

    fn start(&self) -> Result<Worker, RunError> {
        let variables = VARIABLES.iter().filter_map(|name| Some((*name, std::env::var_os(name)?)));
        // Memory that malloc reserves for a thread counts against the limit even if unused, so there are few arenas.
        let job = Job {
            program: Program::Worker(DOCUMENTS),
            args: Vec::new(),
            env: variables.chain([("MALLOC_ARENA_MAX", "2".into())]).collect(),
            input: &[],
            limits: RunLimits {
                // Processor time, for all documents of the worker.
                time: self.timeout * DOCUMENTS_PER_WORKER,
                memory: self.memory,
                output: OUTCOMES,
            },
        };
        let mut session = self.runner.session(&job)?;
        session.send(SETTLE, self.options.clone().into_bytes());
        match session.receive(STARTING)? {
            (wire::READY, _) => Ok(Worker { session, documents: 0 }),
            (wire::REFUSED, why) => Err(RunError::Spawn(String::from_utf8_lossy(&why).into_owned())),
            _ => Err(rubbish()),
        }
    }
}

/// The outcome of a document whose worker gave no answer.
fn failed(name: &str, bytes: &[u8], e: &RunError) -> Vec<u8> {
    let error = match e {
        RunError::OutOfMemory(limit) => Error::new(
            ErrorCode::TooLarge,
            format!(
                "reading it took more memory than the limit of {} MB; raise the limit, or report the document",
                limit >> 20
            ),
        ),
        RunError::TimedOut(time) => Error::new(
            ErrorCode::TimedOut,
            format!("reading took longer than {} s; please report the document", time.as_secs()),
        ),
        other => Error::new(
            ErrorCode::Internal,
            format!(
                "the process that read it failed: {other}; other documents are not affected; please report it"
            ),
        ),
    };
    report(name, bytes, error)
}

fn report(name: &str, bytes: &[u8], error: Error) -> Vec<u8> {
    let document = match bytes {
        [] => DocumentInfo { source: name.to_owned(), ..DocumentInfo::default() },
        bytes => source::describe(name, bytes),
    };
    serde_json::to_vec(&ErrorReport { error, document }).unwrap_or_default()
}

fn rubbish() -> RunError {
    RunError::Crashed { status: "an invalid answer".into(), message: String::new() }
}

/// The message for a document: length of the name, name, content.
fn joined(name: &str, bytes: &[u8]) -> Vec<u8> {
    [&(name.len() as u32).to_le_bytes(), name.as_bytes(), bytes].concat()
}

/// Splits such a message into the document's name and content.
pub(crate) fn parted(message: &[u8]) -> Option<(&str, &[u8])> {
    let (length, rest) = message.split_first_chunk::<4>()?;
    let (name, bytes) = rest.split_at_checked(u32::from_le_bytes(*length) as usize)?;
    Some((std::str::from_utf8(name).ok()?, bytes))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_worker_could_not_do_is_told_of_the_document() {
        let told = |e| String::from_utf8(failed("a.pdf", b"%PDF", &e)).unwrap();
        let greedy = told(RunError::OutOfMemory(512 << 20));
        assert!(
            greedy.contains("too-large") && greedy.contains("more memory than the limit of 512 MB"),
            "{greedy}"
        );
        assert!(greedy.contains("a.pdf"), "{greedy}");
        assert!(told(RunError::TimedOut(Duration::from_secs(7))).contains("timed-out"));
        assert!(told(rubbish()).contains("internal"));
    }

    #[test]
    fn a_document_crosses_with_its_name() {
        assert_eq!(parted(&joined("a.pdf", b"%PDF")), Some(("a.pdf", &b"%PDF"[..])));
        assert_eq!(parted(&joined("", b"")), Some(("", &b""[..])));
        assert_eq!(parted(&[9, 0, 0, 0, b'a']), None);
    }
}
