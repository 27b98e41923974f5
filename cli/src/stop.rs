//! An end that is asked for while documents are read: those at hand are finished first.

use std::io;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

/// Whether SIGINT (Ctrl-C) or SIGTERM has come.
#[derive(Debug, Clone)]
pub(crate) struct Stop(Arc<AtomicUsize>);

impl Stop {
    /// Listens from now on. A second signal ends the process as if nobody listened.
    #[cfg(unix)]
    pub(crate) fn listen() -> io::Result<Self> {
        use std::sync::atomic::AtomicBool;

        use signal_hook::consts::{SIGINT, SIGTERM};
        use signal_hook::flag;

        let (signal, come) = (Arc::new(AtomicUsize::new(0)), Arc::new(AtomicBool::new(false)));
        for (number, kind) in [(2, SIGINT), (15, SIGTERM)] {
            // In this order: the first signal does not end the process, and is what the second finds.
            flag::register_conditional_default(kind, come.clone())?;
            flag::register(kind, come.clone())?;
            flag::register_usize(kind, signal.clone(), number)?;
        }
        Ok(Self(signal))
    }

    /// Nothing is listened to on this system.
    #[cfg(not(unix))]
    pub(crate) fn listen() -> io::Result<Self> {
        Ok(Self(Arc::default()))
    }

    /// The exit code of a process that the signal ends, once it has come.
    pub(crate) fn code(&self) -> Option<u8> {
        let signal = self.0.load(Ordering::Relaxed);
        u8::try_from(signal).ok().filter(|number| *number > 0).map(|number| 128 + number)
    }
}
