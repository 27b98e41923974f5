//! Runs the program on a file with a time limit, and measures it.

use std::fs::{self, File};
use std::io;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

/// How a run of the program ended.
#[derive(Debug)]
pub struct Run {
    /// What it wrote to standard output.
    pub stdout: Vec<u8>,
    /// What it wrote to standard error.
    pub stderr: Vec<u8>,
    /// How it ended.
    pub end: End,
    /// How long it took.
    pub took: Duration,
    /// Its peak memory in bytes, if the system reports it (Linux). It is at least the peak of the process that started
    /// it, so the caller must stay small.
    pub peak_memory: Option<u64>,
}

/// How a process ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum End {
    /// It exited with this code.
    Exit(i32),
    /// It was killed by this signal; always 0 if the system has no signals.
    Signal(i32),
    /// It exceeded the time limit and was killed.
    TooLong,
}

/// The `findings` binary of the profile with which the tests were built.
///
/// The tests are a separate package, so Cargo does not tell them its path. The binary is in the folder above that of
/// the test executable; if it is missing, `cargo build -p findings-cli` builds it. An existing one is not rebuilt:
/// `cargo test --workspace` does that, `cargo test -p findings-tests` does not.
///
/// # Panics
///
/// If there is no binary and it can't be built.
pub fn findings() -> PathBuf {
    let test = std::env::current_exe().expect("the path of the test");
    let folder = test.parent().and_then(Path::parent).expect("a target folder");
    let binary = folder.join(format!("findings{}", std::env::consts::EXE_SUFFIX));
    if !binary.exists() {
        let profile = match folder.file_name().and_then(|name| name.to_str()) {
            Some("debug") | None => "dev",
            Some(name) => name,
        };
        let status = Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()))
            .args(["build", "-p", "findings-cli", "--profile", profile])
            .current_dir(concat!(env!("CARGO_MANIFEST_DIR"), "/.."))
            .status();
        assert!(status.is_ok_and(|status| status.success()), "cargo build -p findings-cli failed");
    }
    assert!(binary.exists(), "there is no {}", binary.display());
    binary
}

/// Runs a program with arguments and a time limit. Its output goes to files in the folder `scratch`, so that it never
/// waits for a reader.
///
/// # Errors
///
/// If the program can't be started, or its output can't be written or read.
/// If the program cannot be started, or its output cannot be written or read.
pub fn run(program: &Path, arguments: &[&str], scratch: &Path, limit: Duration) -> io::Result<Run> {
    let (out, err) = (scratch.join("stdout"), scratch.join("stderr"));
    let start = Instant::now();
    let mut child = Command::new(program)
        .args(arguments)
        .stdin(Stdio::null())
        .stdout(File::create(&out)?)
        .stderr(File::create(&err)?)
        .spawn()?;
    let mut too_long = false;
    let (end, peak_memory) = loop {
        if let Some(ended) = poll(&mut child)? {
            break ended;
        }
        if !too_long && start.elapsed() > limit {
            too_long = true;
            child.kill()?;
        }
        std::thread::sleep(Duration::from_millis(2));
    };
    Ok(Run {
        took: start.elapsed(),
        stdout: fs::read(out)?,
        stderr: fs::read(err)?,
        end: if too_long { End::TooLong } else { end },
        peak_memory,
    })
}

/// The end of the child and its peak memory, once it has exited. Must not be called again after that.
#[cfg(target_os = "linux")]
fn poll(child: &mut Child) -> io::Result<Option<(End, Option<u64>)>> {
    let id = libc::pid_t::try_from(child.id()).map_err(io::Error::other)?;
    let mut status = 0;
    // SAFETY: a structure of integers, for which zeros are values.
    let mut usage: libc::rusage = unsafe { std::mem::zeroed() };
    // SAFETY: both pointers are to live locals of the right types, and the call does not keep them.
    let waited = unsafe { libc::wait4(id, &raw mut status, libc::WNOHANG, &raw mut usage) };
    match waited {
        -1 => Err(io::Error::last_os_error()),
        0 => Ok(None),
        _ => {
            let end = if libc::WIFSIGNALED(status) {
                End::Signal(libc::WTERMSIG(status))
            } else {
                End::Exit(libc::WEXITSTATUS(status))
            };
            // Linux reports kilobytes here.
            Ok(Some((end, u64::try_from(usage.ru_maxrss).ok().map(|kilobytes| kilobytes * 1024))))
        }
    }
}

/// The end of the child, once it has exited. On this system its peak memory is unknown.
#[cfg(not(target_os = "linux"))]
fn poll(child: &mut Child) -> io::Result<Option<(End, Option<u64>)>> {
    let ended = child.try_wait()?;
    Ok(ended.map(|status| (status.code().map_or(End::Signal(signal(status)), End::Exit), None)))
}

/// The signal that killed the process.
#[cfg(all(unix, not(target_os = "linux")))]
fn signal(status: std::process::ExitStatus) -> i32 {
    std::os::unix::process::ExitStatusExt::signal(&status).unwrap_or(0)
}

/// Always 0: this system has no signals.
#[cfg(not(unix))]
fn signal(_: std::process::ExitStatus) -> i32 {
    0
}
