//! Work in a child process with limits: what may crash, hang or grow never does so in the host.
//!
//! The library says what is to be run; who runs it (the `findings` binary, as a worker of its own) is given
//! from outside, so that nothing here depends on a program being installed.

use std::ffi::OsString;
use std::path::PathBuf;
use std::time::Duration;

/// The one way to run work in a child process.
pub trait Runner: Send + Sync + std::fmt::Debug {
    /// Runs a job to its end and gives what it wrote to standard output. The child is gone when this returns.
    fn run(&self, job: &Job<'_>) -> Result<Vec<u8>, RunError>;

    /// Starts a worker that is asked again and again; the job's input is not used, its output limit is that of one
    /// message.
    ///
    /// # Errors
    /// It can't be started; this runner may have no such workers at all.
    fn session(&self, job: &Job<'_>) -> Result<Box<dyn Session>, RunError> {
        let _ = job;
        Err(RunError::Spawn("this runner keeps no worker between two documents".into()))
    }
}

/// A worker that is asked again and again, message by message. It ends with this value; after
/// an error it is of no further use.
pub trait Session: Send + std::fmt::Debug {
    /// Sends a message; what goes wrong with it comes to light when the answer is waited for.
    fn send(&mut self, kind: u8, message: Vec<u8>);

    /// Waits for the next message: what it is, and the rest.
    ///
    /// # Errors
    /// None came in time, or none will come any more.
    fn receive(&mut self, time: Duration) -> Result<(u8, Vec<u8>), RunError>;
}

/// A piece of work for a child process.
#[derive(Debug, Clone)]
pub struct Job<'a> {
    /// Who does it.
    pub program: Program,
    /// Its arguments.
    pub args: Vec<OsString>,
    /// What it finds in its environment beside `PATH`. The host's own environment is not passed on.
    pub env: Vec<(&'static str, OsString)>,
    /// What it reads from standard input.
    pub input: &'a [u8],
    /// What it may use.
    pub limits: RunLimits,
}

/// Who does a job.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Program {
    /// A worker mode of the same binary, for example `pdf-extract`.
    Worker(&'static str),
    /// Another program, by its path or its name in `PATH`.
    Other(PathBuf),
}

/// What a child may use.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct RunLimits {
    /// Time on the wall, and of the processor.
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

/// Why a job gave no output.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum RunError {
    /// It took too long and was ended.
    #[error("it took longer than {} s and was ended", .0.as_secs_f32())]
    TimedOut(Duration),
    /// It asked for more memory than its limit.
    #[error("it asked for more memory than its limit of {} MB", .0 >> 20)]
    OutOfMemory(u64),
    /// It wrote more than its limit.
    #[error("it wrote more than its limit of {} MB", .0 >> 20)]
    OutputTooLarge(u64),
    /// It ended by itself, and badly.
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
