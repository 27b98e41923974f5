//! What a worker gives up before it processes anything untrusted: new privileges, the network, files that it does not
//! need, and access to other processes. Needs Linux (Landlock since 5.13, seccomp). Where something is not available
//! the worker runs without it, and `findings plugin list` says so.

use std::path::PathBuf;

use serde::{Deserialize, Serialize};

/// What a worker still needs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Needs {
    /// Only its pipes.
    Nothing,
    /// To read the system's libraries and these folders.
    Libraries(Vec<PathBuf>),
    /// To run programs, which may read anything, but write only below these folders.
    Programs(Vec<PathBuf>),
}

/// What a worker can still do, found out by trying.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Abilities {
    /// Gaining privileges by running a setuid program.
    pub(crate) privileges: bool,
    /// Opening a socket.
    pub(crate) network: bool,
    /// Reading a file unrelated to its work.
    pub(crate) read: bool,
    /// Writing a file.
    pub(crate) write: bool,
    /// Starting a program.
    pub(crate) start: bool,
}

/// The mode of a worker that is sealed like a plugin's and reports what it can still do.
pub(crate) const ABILITIES: &str = "abilities";

impl Abilities {
    /// Tries everything, in a sealed process.
    pub(super) fn tried() -> Self {
        Self {
            privileges: !imp::no_new_privileges(),
            network: std::net::TcpListener::bind("127.0.0.1:0").is_ok(),
            read: std::fs::read("/etc/passwd").is_ok(),
            write: tempfile::tempfile().is_ok(),
            start: std::process::Command::new("/bin/sh").args(["-c", ":"]).status().is_ok(),
        }
    }

    /// A summary in words.
    pub(crate) fn summary(self) -> String {
        let can = [
            (self.privileges, "gain privileges"),
            (self.network, "use the network"),
            (self.read, "read other files than its own and the system's libraries"),
            (self.write, "write files"),
            (self.start, "start programs"),
        ];
        let list = |wanted: bool| {
            let all: Vec<&str> = can.iter().filter(|(c, _)| *c == wanted).map(|(_, what)| *what).collect();
            match all.split_last() {
                Some((last, [])) => Some((*last).to_owned()),
                Some((last, rest)) => Some(format!("{} or {last}", rest.join(", "))),
                None => None,
            }
        };
        let kept = list(false).map(|what| format!("On this system a plugin can't {what}."));
        let open = list(true).map(|what| format!("This system can't stop it if it tries to {what}."));
        [kept, open].into_iter().flatten().collect::<Vec<_>>().join(" ")
    }
}

/// Gives up everything that is not needed, as far as the system allows. Applies to the calling thread, and to threads
/// and processes that it starts from now on.
pub(super) fn seal(needs: &Needs) {
    imp::seal(needs);
}

#[cfg(all(target_os = "linux", target_pointer_width = "64"))]
mod imp {
    use std::path::{Path, PathBuf};

    use landlock::{
        ABI, Access, AccessFs, BitFlags, Ruleset, RulesetAttr, RulesetCreatedAttr, RulesetError, Scope,
        path_beneath_rules,
    };
    use seccompiler::{BpfProgram, SeccompAction, SeccompFilter};

    use super::Needs;

    /// The newest Landlock version known here; on an older kernel as much as possible is enforced.
    const KNOWN: ABI = ABI::V7;
    /// Where systems keep libraries, and the loader's configuration.
    const LIBRARIES: &[&str] = &[
        "/lib",
        "/lib64",
        "/usr",
        "/opt",
        "/nix/store",
        "/gnu/store",
        "/etc/ld.so.cache",
        "/etc/localtime",
        "/dev/null",
    ];
    /// Things other than regular files that programs write to.
    const SINKS: &[&str] = &["/dev/null"];

    pub(super) fn seal(needs: &Needs) {
        // The measures are independent, and the work is done even if one of them fails.
        let _ = rustix::thread::set_no_new_privs(true);
        let _ = files(needs);
        let _ = calls();
    }

    pub(super) fn no_new_privileges() -> bool {
        rustix::thread::no_new_privs().unwrap_or(false)
    }

    fn files(needs: &Needs) -> Result<(), RulesetError> {
        let (handled, allowed, paths): (BitFlags<AccessFs>, BitFlags<AccessFs>, Vec<PathBuf>) = match needs {
            Needs::Nothing => (AccessFs::from_all(KNOWN), BitFlags::empty(), Vec::new()),
            Needs::Libraries(own) => {
                let system = LIBRARIES.iter().map(PathBuf::from);
                let read = AccessFs::ReadFile | AccessFs::ReadDir;
                (AccessFs::from_all(KNOWN), read, system.chain(own.iter().cloned()).collect())
            }
            Needs::Programs(below) => {
                let sinks = SINKS.iter().map(PathBuf::from);
                let write = AccessFs::from_write(KNOWN);
                (write, write, sinks.chain(below.iter().cloned()).collect())
            }
        };
        let mut rules = Ruleset::default().handle_access(handled)?.scope(Scope::from_all(KNOWN))?.create()?;
        if !paths.is_empty() {
            rules = rules.add_rules(path_beneath_rules(paths.iter().map(AsRef::<Path>::as_ref), allowed))?;
        }
        rules.restrict_self().map(drop).map_err(|e: RulesetError| e)
    }

    /// Forbids sockets and access to other processes. The calls fail with "not permitted".
    fn calls() -> Result<(), Box<dyn std::error::Error>> {
        const REFUSED: &[i64] = &[
            libc::SYS_socket,
            // io_uring can open sockets without passing this filter.
            libc::SYS_io_uring_setup,
            libc::SYS_ptrace,
            libc::SYS_process_vm_readv,
            libc::SYS_process_vm_writev,
            libc::SYS_pidfd_getfd,
        ];
        /// On these processors each call has a second number (the x32 ABI).
        const OTHER_NUMBERS: i64 = 0x4000_0000;
        let refused = REFUSED.iter().copied();
        let other = refused.clone().filter(|_| cfg!(target_arch = "x86_64")).map(|call| call | OTHER_NUMBERS);
        let filter = SeccompFilter::new(
            refused.chain(other).map(|call| (call, Vec::new())).collect(),
            SeccompAction::Allow,
            SeccompAction::Errno(libc::EPERM.unsigned_abs()),
            std::env::consts::ARCH.try_into()?,
        )?;
        let program: BpfProgram = filter.try_into()?;
        Ok(seccompiler::apply_filter(&program)?)
    }
}

#[cfg(not(all(target_os = "linux", target_pointer_width = "64")))]
mod imp {
    pub(super) fn seal(_: &super::Needs) {}

    pub(super) fn no_new_privileges() -> bool {
        false
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_kept_and_what_is_not_is_told() {
        let none = Abilities { privileges: false, network: false, read: false, write: false, start: false };
        assert_eq!(
            none.summary(),
            "On this system a plugin can't gain privileges, use the network, read other files than its own and the system's \
             libraries, write files or start programs."
        );
        let some = Abilities { network: true, read: true, ..none };
        assert_eq!(
            some.summary(),
            "On this system a plugin can't gain privileges, write files or start programs. This system can't stop it if it tries to \
             use the network or read other files than its own and the system's libraries."
        );
    }
}
