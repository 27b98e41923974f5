//! Differences between operating systems: limits on a process, and killing it with everything it started.
//!
//! Linux is tested. Other Unixes have the same except for the parent-death signal. Elsewhere a worker has no limits
//! other than the time-out and the output size.

use std::process::{Child, Command, ExitStatus};

#[cfg(unix)]
mod unix {
    use std::fs::File;
    use std::os::fd::BorrowedFd;
    use std::os::unix::process::{CommandExt, ExitStatusExt};
    use std::process::{Child, Command, ExitStatus};

    use rustix::io::fcntl_dupfd_cloexec;
    use rustix::process::{
        Pid, Resource, Rlimit, Signal, WaitId, WaitIdOptions, getrlimit, kill_process_group, setrlimit,
        waitid,
    };

    pub(super) fn own_group(command: &mut Command) {
        command.process_group(0);
    }

    pub(super) fn kill_group(child: &mut Child) {
        // If it has already exited, there is nothing to kill.
        let _ = kill_process_group(Pid::from_child(child), Signal::KILL);
    }

    pub(super) fn exited(child: &mut Child) -> bool {
        let options = WaitIdOptions::EXITED | WaitIdOptions::NOHANG | WaitIdOptions::NOWAIT;
        !matches!(waitid(WaitId::Pid(Pid::from_child(child)), options), Ok(None))
    }

    pub(super) fn out_of_processor_time(status: ExitStatus) -> bool {
        status.signal() == Some(Signal::XCPU.as_raw())
    }

    pub(super) fn limit_self(memory: u64, seconds: u64) -> std::io::Result<()> {
        limit(Resource::Core, 0, 0)?;
        // The soft limit sends a signal, the hard limit kills.
        limit(Resource::Cpu, seconds, seconds + 1)?;
        // macOS accepts this limit but does not enforce it.
        #[cfg(not(target_os = "macos"))]
        limit(Resource::As, memory, memory)?;
        #[cfg(target_os = "macos")]
        let _ = memory;
        // The child must not outlive a parent that is killed.
        #[cfg(target_os = "linux")]
        rustix::process::set_parent_process_death_signal(Some(Signal::KILL))?;
        Ok(())
    }

    /// Sets a limit, unless a lower one is in force already, which can't be raised.
    fn limit(resource: Resource, soft: u64, hard: u64) -> std::io::Result<()> {
        let ceiling = getrlimit(resource).maximum.unwrap_or(u64::MAX);
        let limit = Rlimit { current: Some(soft.min(ceiling)), maximum: Some(hard.min(ceiling)) };
        Ok(setrlimit(resource, limit)?)
    }

    pub(super) fn replace_self(command: &mut Command) -> std::io::Error {
        command.exec()
    }

    pub(super) fn private_pipes() -> std::io::Result<(File, File)> {
        let own = |fd: BorrowedFd<'_>| std::io::Result::Ok(File::from(fcntl_dupfd_cloexec(fd, 3)?));
        let (from, to) = (own(rustix::stdio::stdin())?, own(rustix::stdio::stdout())?);
        rustix::stdio::dup2_stdin(File::open("/dev/null")?)?;
        rustix::stdio::dup2_stdout(rustix::stdio::stderr())?;
        Ok((from, to))
    }
}

#[cfg(unix)]
use unix as imp;

#[cfg(not(unix))]
mod other {
    use std::process::{Child, Command, ExitStatus};

    pub(super) fn own_group(_: &mut Command) {}

    pub(super) fn kill_group(child: &mut Child) {
        let _ = child.kill();
    }

    pub(super) fn exited(child: &mut Child) -> bool {
        !matches!(child.try_wait(), Ok(None))
    }

    pub(super) fn out_of_processor_time(_: ExitStatus) -> bool {
        false
    }

    pub(super) fn limit_self(_: u64, _: u64) -> std::io::Result<()> {
        Ok(())
    }

    pub(super) fn private_pipes() -> std::io::Result<(std::fs::File, std::fs::File)> {
        Err(std::io::Error::other("plugins are not supported on this system yet"))
    }

    pub(super) fn replace_self(command: &mut Command) -> std::io::Error {
        match command.status() {
            Ok(status) => std::process::exit(status.code().unwrap_or(1)),
            Err(e) => e,
        }
    }
}

#[cfg(not(unix))]
use other as imp;

/// The original standard input and output, for this process alone: from now on, reading standard input returns nothing,
/// and prints go to standard error.
pub(super) fn private_pipes() -> std::io::Result<(std::fs::File, std::fs::File)> {
    imp::private_pipes()
}

/// Puts the child in a process group of its own, so that its children can be killed with it.
pub(super) fn own_group(command: &mut Command) {
    imp::own_group(command);
}

/// Kills a child that was not waited for yet, with its process group.
pub(super) fn kill_group(child: &mut Child) {
    imp::kill_group(child);
}

/// Whether a child has exited; it still has to be waited for.
pub(super) fn exited(child: &mut Child) -> bool {
    imp::exited(child)
}

/// Whether a child was killed because it used up its processor time.
pub(super) fn out_of_processor_time(status: ExitStatus) -> bool {
    imp::out_of_processor_time(status)
}

/// Limits this process: address space in bytes, processor time in seconds.
pub(super) fn limit_self(memory: u64, seconds: u64) -> std::io::Result<()> {
    imp::limit_self(memory, seconds)
}

/// Replaces this process by another program; returns only on failure.
pub(super) fn replace_self(command: &mut Command) -> std::io::Error {
    imp::replace_self(command)
}
