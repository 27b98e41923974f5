//! Documents read apart: in worker processes with limits of memory and time, so that one which eats memory, crashes or never ends
//! costs its own worker and nothing else. For what runs long and is given anybody's documents: the service, an executor of
//! Spark.

use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use findings_core::record::{DocumentInfo, Error, ErrorCode, ErrorReport};
use findings_core::runner::{Job, Program, RunError, RunLimits, Runner, Session};
use findings_core::source;
use findings_host::wire;

use crate::input::Input;
use crate::settings::Settings;
use crate::worker::ProcessRunner;

/// The worker's mode.
pub(crate) const DOCUMENTS: &str = "documents";

/// Messages beside those of plugins: the settings, a document, its outcomes, and the same of a worker that has to go.
pub(crate) const SETTLE: u8 = 16;
pub(crate) const READ: u8 = 17;
pub(crate) const OUTCOME: u8 = 18;
pub(crate) const SPENT: u8 = 19;

/// A worker is replaced after so many documents: what is left behind in it ends with it.
const DOCUMENTS_PER_WORKER: u32 = 500;
/// How long a worker may take to be there.
const STARTING: Duration = Duration::from_secs(30);
/// A worker keeps the time of a document itself, and gives more to pages that have to be recognised. One that does not
/// answer by then is stuck.
const STUCK: Duration = Duration::from_secs(1800);
/// The largest outcome.
const OUTCOMES: u64 = 256 << 20;

/// What a worker needs to know of where it runs: programs, folders of settings, plugins and the cache.
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

/// Workers that wait for documents.
#[derive(Debug)]
pub(crate) struct Apart {
    runner: ProcessRunner,
    /// The command's own options, before each zero byte.
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
    /// Workers of so much memory, in bytes. One is started to see whether they can be.
    ///
    /// # Errors
    /// Why they can't.
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

    /// The outcomes of an input, each a line of JSON as `extract --format ndjson` has it: one at least.
    pub(crate) fn read(&self, input: &Input) -> Vec<Vec<u8>> {
        match self.bytes(input) {
            Err(error) => vec![report(&input.name, &[], error)],
            Ok(bytes) => {
                self.ask(&input.name, &bytes).unwrap_or_else(|e| vec![failed(&input.name, &bytes, &e)])
            }
        }
    }

    /// An input's bytes, no more of them than a document may have.
    pub(crate) fn bytes(&self, input: &Input) -> Result<Vec<u8>, Error> {
        input.bytes(&source::Limits { max_bytes: self.max_bytes })
    }

    /// A document that fails in a worker that has read others is tried once more in a new one: it may have been their fault.
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
        // A worker that gave no answer is dropped, and that ends it.
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
        // What a thread sets aside and does not use counts as memory, too.
        let job = Job {
            program: Program::Worker(DOCUMENTS),
            args: Vec::new(),
            env: variables.chain([("MALLOC_ARENA_MAX", "2".into())]).collect(),
            input: &[],
            limits: RunLimits {
                // Of the processor, over all documents of the worker.
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

/// What becomes of a document whose worker gave no answer.
fn failed(name: &str, bytes: &[u8], e: &RunError) -> Vec<u8> {
    let error = match e {
        RunError::OutOfMemory(limit) => Error::new(
            ErrorCode::TooLarge,
            format!(
                "reading it took more memory than the {} MB that a document has; give it more, or report the document",
                limit >> 20
            ),
        ),
        RunError::TimedOut(time) => Error::new(
            ErrorCode::TimedOut,
            format!("reading took longer than {} s; report the document", time.as_secs()),
        ),
        other => Error::new(
            ErrorCode::Internal,
            format!(
                "the process that read it ended: {other}; the other documents are not touched; please report it"
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
    RunError::Crashed { status: "an answer that is none".into(), message: String::new() }
}

/// A document with its name before it, as it crosses.
fn joined(name: &str, bytes: &[u8]) -> Vec<u8> {
    [&(name.len() as u32).to_le_bytes(), name.as_bytes(), bytes].concat()
}

/// The name and the document of a message.
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
        assert!(greedy.contains("too-large") && greedy.contains("more memory than the 512 MB"), "{greedy}");
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
