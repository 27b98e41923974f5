//! The processor time that a piece of work takes.

use std::time::{Duration, Instant};

/// A piece of work that this thread has begun.
pub struct Effort {
    begun: Instant,
    spent: Option<Duration>,
}

impl Effort {
    /// Begins to measure.
    pub fn begin() -> Self {
        Self { begun: Instant::now(), spent: spent() }
    }

    /// This thread's time on a processor since then: on a busy machine the clock mostly tells what others do. Where the
    /// system does not tell, the time on the clock.
    pub fn taken(&self) -> Duration {
        match (self.spent, spent()) {
            (Some(before), Some(now)) => now.saturating_sub(before),
            _ => self.begun.elapsed(),
        }
    }
}

/// This thread's time on a processor.
#[cfg(target_os = "linux")]
fn spent() -> Option<Duration> {
    let mut time = libc::timespec { tv_sec: 0, tv_nsec: 0 };
    // SAFETY: `time` is valid for writing.
    let failed = unsafe { libc::clock_gettime(libc::CLOCK_THREAD_CPUTIME_ID, &raw mut time) };
    (failed == 0).then(|| Duration::new(time.tv_sec as u64, time.tv_nsec as u32))
}

#[cfg(not(target_os = "linux"))]
fn spent() -> Option<Duration> {
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sleep_is_no_effort() {
        let effort = Effort::begin();
        std::thread::sleep(Duration::from_millis(200));
        assert!(spent().is_none() || effort.taken() < Duration::from_millis(150), "{:?}", effort.taken());
    }

    #[test]
    fn work_is_effort() {
        let (effort, begun) = (Effort::begin(), Instant::now());
        while effort.taken() < Duration::from_millis(20) {}
        assert!(begun.elapsed() >= Duration::from_millis(20));
    }
}
