//! Handles a request to stop while documents are read: those in progress are finished first.

use std::io;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

/// Records whether SIGINT (Ctrl-C) or SIGTERM has arrived.
#[derive(Debug, Clone)]
pub(crate) struct Stop(Arc<AtomicUsize>);

impl Stop {
    /// Starts listening. A second signal ends the process as usual.
    #[cfg(unix)]
    pub(crate) fn listen() -> io::Result<Self> {
        use std::sync::atomic::AtomicBool;

        use signal_hook::consts::{SIGINT, SIGTERM};
        use signal_hook::flag;

        let (signal, come) = (Arc::new(AtomicUsize::new(0)), Arc::new(AtomicBool::new(false)));
        for (number, kind) in [(2, SIGINT), (15, SIGTERM)] {
            // In this order, so that the first signal only sets the flag, and the second finds it set.
            flag::register_conditional_default(kind, come.clone())?;
            flag::register(kind, come.clone())?;
            flag::register_usize(kind, signal.clone(), number)?;
        }
        Ok(Self(signal))
    }

    /// On this system signals are not handled.
    #[cfg(not(unix))]
    pub(crate) fn listen() -> io::Result<Self> {
        Ok(Self(Arc::default()))
    }

    /// The exit code for the signal, if one has arrived.
    pub(crate) fn code(&self) -> Option<u8> {
        let signal = self.0.load(Ordering::Relaxed);
        u8::try_from(signal).ok().filter(|number| *number > 0).map(|number| 128 + number)
    }
}
