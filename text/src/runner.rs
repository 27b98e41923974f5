//! Runs work in a child process with limits, so that crashes, hangs and excessive memory use never affect the host.
//!
//! The library describes the job; who runs it (the `findings` binary, as its own worker) is passed in, so nothing
//! here depends on an installed program.

use std::ffi::OsString;
use std::path::PathBuf;
use std::time::Duration;

/// The one way to run work in a child process.
pub trait Runner: Send + Sync + std::fmt::Debug {
    /// Runs a job to its end and returns its standard output. The child has ended when this returns.
    fn run(&self, job: &Job<'_>) -> Result<Vec<u8>, RunError>;

    /// Starts a worker that handles many messages. The job's input is ignored; its output limit applies to each
    /// message.
    ///
    /// # Errors
    /// It can't be started, or this runner doesn't support sessions.
    fn session(&self, job: &Job<'_>) -> Result<Box<dyn Session>, RunError> {
        let _ = job;
        Err(RunError::Spawn("this runner keeps no worker between two documents".into()))
    }
}

/// A worker that handles one message after another. It ends when this value is dropped; after an error it can't be
/// used any more.
pub trait Session: Send + std::fmt::Debug {
    /// Sends a message. Errors are reported when the answer is received.
    fn send(&mut self, kind: u8, message: Vec<u8>);

    /// Waits for the next message, and returns its kind and content.
    ///
    /// # Errors
    /// No message came in time, or the worker has ended.
    fn receive(&mut self, time: Duration) -> Result<(u8, Vec<u8>), RunError>;
}

/// A piece of work for a child process.
#[derive(Debug, Clone)]
pub struct Job<'a> {
    /// The program that does it.
    pub program: Program,
    /// Its arguments.
    pub args: Vec<OsString>,
    /// Its environment in addition to `PATH`. The host's own environment is not passed on.
    pub env: Vec<(&'static str, OsString)>,
    /// Its standard input.
    pub input: &'a [u8],
    /// Limits on its resources.
    pub limits: RunLimits,
}

/// The program that does a job.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Program {
    /// A worker mode of the same binary, for example `pdf-extract`.
    Worker(&'static str),
    /// Another program, by path or by name in `PATH`.
    Other(PathBuf),
}

/// Limits on a child's resources.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct RunLimits {
    /// Wall-clock time, and processor time.
    pub time: Duration,
    /// Address space in bytes.
    pub memory: u64,
    /// Bytes of output.
    pub output: u64,
}

impl Default for RunLimits {
    fn default() -> Self {
        Self { time: Duration::from_secs(4), memory: 256 << 20, output: 64 << 20 }
    }
}

impl<'a> Job<'a> {
    /// A job for a worker mode of the same binary.
    pub fn worker(mode: &'static str, input: &'a [u8]) -> Self {
        Self {
            program: Program::Worker(mode),
            args: Vec::new(),
            env: Vec::new(),
            input,
            limits: RunLimits::default(),
        }
    }
}

/// Why a job returned no output.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum RunError {
    /// It exceeded its time limit and was killed.
    #[error("it took longer than {} s and was stopped", .0.as_secs_f32())]
    TimedOut(Duration),
    /// It exceeded its memory limit.
    #[error("it asked for more memory than its limit of {} MB", .0 >> 20)]
    OutOfMemory(u64),
    /// It exceeded its output limit.
    #[error("it wrote more than its limit of {} MB", .0 >> 20)]
    OutputTooLarge(u64),
    /// It crashed or reported failure.
    #[error("it ended with {status}{}{message}", if message.is_empty() { "" } else { ": " })]
    Crashed {
        /// The exit code or the signal, in words.
        status: String,
        /// The end of what it wrote to standard error.
        message: String,
    },
    /// It could not be started.
    #[error("it could not be started: {0}")]
    Spawn(String),
}
