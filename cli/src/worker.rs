//! Work in a child process: this program started again, with limits.
//!
//! This is the parent's side. The child's side is in `child`, and the differences between operating systems are in
//! `os`.

pub(crate) mod child;
mod documents;
mod os;
#[cfg(feature = "scans")]
mod page_image;
#[cfg(feature = "scans")]
mod page_picture;
#[cfg(feature = "second-engine")]
mod pdf_text;
mod plugin;
mod seal;
mod session;

use std::ffi::OsString;
use std::io::{self, Read, Write};
use std::path::PathBuf;
use std::process::{Child, Command, ExitStatus, Stdio};
use std::sync::OnceLock;
use std::sync::mpsc::{RecvTimeoutError, channel};
use std::thread;
use std::time::{Duration, Instant};

use findings_core::runner::{Job, Program, RunError, RunLimits, Runner, Session};

pub(crate) use seal::{ABILITIES, Abilities};

/// Name of the worker mode that draws a page for display. Input: the document; output: a line with the page's width and
/// height in points, then a PNG. Arguments: the page's index from 0, and pixels per inch.
pub(crate) const PAGE_PICTURE: &str = "page-picture";

/// How to start the `findings` command: a program, and the arguments before the command's own.
#[derive(Debug, Clone)]
pub struct Launcher {
    /// The program.
    pub program: PathBuf,
    /// Its first arguments.
    pub args: Vec<OsString>,
    /// The variables of this process that it needs to start at all. Workers get no others.
    pub keep: &'static [&'static str],
    /// Additional environment variables.
    pub env: &'static [(&'static str, &'static str)],
}

/// Set in processes that embed findings as a library, such as a Python interpreter.
static EMBEDDED: OnceLock<Launcher> = OnceLock::new();

/// Sets how workers are started in a process whose binary is not `findings`. Only the first call has an effect.
pub fn start_workers_with(launcher: Launcher) {
    let _ = EMBEDDED.set(launcher);
}

/// Runs jobs in worker processes of the same program.
#[derive(Debug)]
pub struct ProcessRunner {
    launcher: Launcher,
}

impl ProcessRunner {
    /// Uses the running binary, which must be `findings`, or whatever [`start_workers_with`] has set.
    pub fn new() -> io::Result<Self> {
        match EMBEDDED.get() {
            Some(launcher) => Ok(Self { launcher: launcher.clone() }),
            None => Ok(Self::with(std::env::current_exe()?)),
        }
    }

    /// Uses this `findings` binary.
    pub fn with(binary: PathBuf) -> Self {
        Self { launcher: Launcher { program: binary, args: Vec::new(), keep: &[], env: &[] } }
    }

    /// The command for a job. The worker limits itself first. If the job is another program, it then replaces itself
    /// with that, under the same limits.
    fn command(&self, job: &Job<'_>) -> Command {
        let Launcher { program, args, keep, env } = &self.launcher;
        let mut command = Command::new(program);
        command.env_clear().envs(env.iter().copied()).args(args).arg("worker");
        command.envs(keep.iter().filter_map(|name| Some((name, std::env::var_os(name)?))));
        command.args(["--memory", &job.limits.memory.to_string()]);
        command.args(["--seconds", &job.limits.time.as_secs_f64().ceil().to_string()]);
        match &job.program {
            Program::Worker(mode) => command.arg(mode),
            Program::Other(path) => {
                // For finding programs, and Tesseract's models.
                for name in ["PATH", "TESSDATA_PREFIX"] {
                    command.envs(std::env::var_os(name).map(|value| (name, value)));
                }
                command.args(["exec", "--"]).arg(path)
            }
        };
        command.args(&job.args).envs(job.env.iter().map(|(name, value)| (name, value)));
        command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
        os::own_group(&mut command);
        command
    }
}

impl Runner for ProcessRunner {
    fn run(&self, job: &Job<'_>) -> Result<Vec<u8>, RunError> {
        let child = self.command(job).spawn().map_err(|e| RunError::Spawn(e.to_string()))?;
        supervise(Reaped(child), job)
    }

    fn session(&self, job: &Job<'_>) -> Result<Box<dyn Session>, RunError> {
        let child = session::spawn(self.command(job)).map_err(|e| RunError::Spawn(e.to_string()))?;
        Ok(Box::new(session::ProcessSession::start(child, job.limits)?))
    }
}

/// A child that is killed with everything it started, and waited for, on every path out of the scope.
#[derive(Debug)]
struct Reaped(Child);

impl Reaped {
    /// Kills what is left of the child and returns its exit status.
    fn end(&mut self) -> io::Result<ExitStatus> {
        // Before it is waited for, its process group id can't have been reused.
        os::kill_group(&mut self.0);
        self.0.wait()
    }
}

impl Drop for Reaped {
    fn drop(&mut self) {
        let _ = self.end();
    }
}

/// The result of reading the child's output.
enum Output {
    Whole(Vec<u8>),
    TooLarge,
}

fn supervise(mut child: Reaped, job: &Job<'_>) -> Result<Vec<u8>, RunError> {
    let limits = job.limits;
    let deadline = Instant::now() + limits.time;
    let (stdin, stdout, stderr) = (child.0.stdin.take(), child.0.stdout.take(), child.0.stderr.take());
    thread::scope(|scope| {
        // Each pipe has its own thread, so that parent and child can't deadlock. The threads end with the child,
        // because its end closes the pipes.
        scope.spawn(move || stdin.map(|mut to| to.write_all(job.input)));
        let message = scope.spawn(move || stderr.map(tail).unwrap_or_default());
        let (send, output) = channel();
        scope.spawn(move || {
            send.send(stdout.map_or(Ok(Output::TooLarge), |from| bounded(from, limits.output)))
        });

        let left = |deadline: Instant| deadline.saturating_duration_since(Instant::now());
        let output = output.recv_timeout(left(deadline));
        let whole = matches!(output, Ok(Ok(Output::Whole(_))));
        let in_time = !whole || has_exited(&mut child.0, deadline);
        let status = child.end();
        let message = message.join().unwrap_or_default();
        match (output, status) {
            (Ok(Ok(Output::TooLarge)), _) => Err(RunError::OutputTooLarge(limits.output)),
            (Err(RecvTimeoutError::Timeout), _) => Err(RunError::TimedOut(limits.time)),
            _ if !in_time => Err(RunError::TimedOut(limits.time)),
            (Ok(Ok(Output::Whole(bytes))), Ok(status)) if status.success() => Ok(bytes),
            (_, Ok(status)) => Err(failure(status, message, limits)),
            (_, Err(e)) => Err(RunError::Spawn(e.to_string())),
        }
    })
}

fn failure(status: ExitStatus, message: String, limits: RunLimits) -> RunError {
    // Messages of Rust (which then aborts), C++, Python and the C library.
    const OUT_OF_MEMORY: &[&str] =
        &["memory allocation of", "bad_alloc", "MemoryError", "Cannot allocate memory"];
    if OUT_OF_MEMORY.iter().any(|words| message.contains(words)) {
        RunError::OutOfMemory(limits.memory)
    } else if os::out_of_processor_time(status) {
        RunError::TimedOut(limits.time)
    } else {
        RunError::Crashed { status: status.to_string(), message }
    }
}

/// Waits until the child has exited, which may be later than the end of its output.
fn has_exited(child: &mut Child, deadline: Instant) -> bool {
    let mut pause = Duration::from_micros(50);
    while !os::exited(child) {
        if Instant::now() >= deadline {
            return false;
        }
        thread::sleep(pause);
        pause = (pause * 2).min(Duration::from_millis(20));
    }
    true
}

fn bounded(from: impl Read, limit: u64) -> io::Result<Output> {
    let mut bytes = Vec::new();
    from.take(limit + 1).read_to_end(&mut bytes)?;
    Ok(if bytes.len() as u64 > limit { Output::TooLarge } else { Output::Whole(bytes) })
}

/// The end of the stream as text on one line. Reads all of it, because a full pipe would block the child.
fn tail(mut from: impl Read) -> String {
    const KEPT: usize = 2048;
    let mut end: Vec<u8> = Vec::new();
    let mut part = [0; 4096];
    while let Ok(n) = from.read(&mut part) {
        if n == 0 {
            break;
        }
        end.extend(&part[..n]);
        end.drain(..end.len().saturating_sub(KEPT));
    }
    String::from_utf8_lossy(&end).split_whitespace().collect::<Vec<_>>().join(" ")
}
