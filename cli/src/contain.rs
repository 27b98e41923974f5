//! Runs work that may panic, hang or recurse deeply, on a thread that can be abandoned.

use std::any::Any;
use std::cell::RefCell;
use std::io;
use std::panic::{self, AssertUnwindSafe};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::mpsc::{RecvTimeoutError, Sender, channel, sync_channel};
use std::sync::{Arc, Once};
use std::thread;
use std::time::{Duration, Instant};

use findings_core::record::{Error, ErrorCode};

/// Stack size in bytes. Documents nest (forms in forms, fields in fields), and the default of 2 MB is too small for
/// some.
const STACK: usize = 16 << 20;
const THREAD: &str = "contained";

/// The time allowed for some work. It can be extended while the work runs, for parts with a time-out of their own.
#[derive(Debug, Clone, Default)]
pub(crate) struct Allowance(Arc<AtomicU64>);

impl Allowance {
    /// An allowance of `time`.
    pub(crate) fn of(time: Duration) -> Self {
        let allowance = Self::default();
        allowance.add(time);
        allowance
    }

    /// Extends the allowance.
    pub(crate) fn add(&self, time: Duration) {
        self.0.fetch_add(time.as_millis() as u64, Ordering::Relaxed);
    }

    fn get(&self) -> Duration {
        Duration::from_millis(self.0.load(Ordering::Relaxed))
    }
}

/// Does work on another thread with a large stack. A panic becomes an error, and work that exceeds its time is
/// abandoned. Otherwise the thread is reused for the next work, which saves allocating its stack and memory again for
/// each document.
pub(crate) fn contained<T: Send + 'static>(
    allowance: &Allowance,
    work: impl FnOnce() -> T + Send + 'static,
) -> Result<T, Error> {
    thread_local! {
        /// The idle worker thread of this thread.
        static IDLE: RefCell<Option<Sender<Job>>> = const { RefCell::new(None) };
    }
    quiet_panics();
    let (send, result) = sync_channel(1);
    let job = move || {
        let done = panic::catch_unwind(AssertUnwindSafe(work)).map_err(|payload| panicked(&*payload));
        // After a time-out nobody is waiting for the result.
        let _ = send.send(done);
    };
    let internal = |message: String| Error::new(ErrorCode::Internal, message);
    let idle = IDLE.take();
    let worker = idle.map_or_else(worker, Ok);
    let worker =
        worker.map_err(|e| internal(format!("no thread could be started ({e}); use fewer --jobs")))?;
    let gone = || internal("the thread that read it ended unexpectedly; please report it".into());
    worker.send(Box::new(job)).map_err(|_| gone())?;
    let started = Instant::now();
    loop {
        let left = allowance.get().saturating_sub(started.elapsed());
        match result.recv_timeout(left) {
            Ok(done) => {
                if done.is_ok() {
                    IDLE.set(Some(worker));
                }
                return done;
            }
            Err(RecvTimeoutError::Timeout) if started.elapsed() < allowance.get() => {}
            Err(RecvTimeoutError::Timeout) => return Err(timed_out(allowance.get())),
            Err(RecvTimeoutError::Disconnected) => return Err(gone()),
        }
    }
}

type Job = Box<dyn FnOnce() + Send>;

/// Starts a thread that runs jobs in order until the sender is dropped.
fn worker() -> io::Result<Sender<Job>> {
    let (send, jobs) = channel::<Job>();
    let work = move || jobs.into_iter().for_each(|job| job());
    thread::Builder::new().name(THREAD.into()).stack_size(STACK).spawn(work)?;
    Ok(send)
}

fn timed_out(timeout: Duration) -> Error {
    let seconds = timeout.as_secs_f32();
    Error::new(
        ErrorCode::TimedOut,
        format!(
            "reading took longer than {seconds} s; raise the limit with --timeout, or report the document"
        ),
    )
}

thread_local! {
    /// Where this thread last panicked.
    static PLACE: RefCell<String> = const { RefCell::new(String::new()) };
}

/// Panics of contained work are not printed, because they become errors; all others are.
fn quiet_panics() {
    static ONCE: Once = Once::new();
    ONCE.call_once(|| {
        let usual = panic::take_hook();
        panic::set_hook(Box::new(move |info| {
            if thread::current().name() == Some(THREAD) {
                let place = info.location().map(ToString::to_string).unwrap_or_default();
                PLACE.with_borrow_mut(|p| *p = place);
            } else {
                usual(info);
            }
        }));
    });
}

fn panicked(payload: &(dyn Any + Send)) -> Error {
    let what = payload
        .downcast_ref::<String>()
        .map(String::as_str)
        .or_else(|| payload.downcast_ref::<&str>().copied())
        .unwrap_or("a panic");
    let place = PLACE.with_borrow(Clone::clone);
    Error::new(
        ErrorCode::Internal,
        format!("a bug in findings ({what}, {place}); other documents are not affected; please report it"),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    const SHORT: Duration = Duration::from_millis(50);
    const LONG: Duration = Duration::from_secs(60);

    #[test]
    fn what_goes_well_is_given_back() {
        assert_eq!(contained(&Allowance::of(LONG), || 7), Ok(7));
    }

    #[test]
    fn a_panic_is_an_error_that_says_where() {
        let error = contained(&Allowance::of(LONG), || -> u8 { panic!("no {}", "good") }).unwrap_err();
        assert_eq!(error.code, ErrorCode::Internal);
        assert!(error.message.contains("(no good, cli/src/contain.rs:"), "{}", error.message);
    }

    #[test]
    fn what_hangs_is_left_behind() {
        let error = contained(&Allowance::of(SHORT), || thread::sleep(LONG)).unwrap_err();
        assert_eq!(error.code, ErrorCode::TimedOut);
        assert!(error.message.contains("longer than 0.05 s"), "{}", error.message);
    }

    #[test]
    fn what_is_given_more_time_has_it() {
        let allowance = Allowance::of(SHORT);
        let more = allowance.clone();
        let done = contained(&allowance, move || {
            more.add(LONG);
            thread::sleep(SHORT * 3);
            7
        });
        assert_eq!(done, Ok(7));
    }

    #[test]
    fn a_thread_goes_on_with_what_comes_next_unless_it_failed() {
        let own = || contained(&Allowance::of(LONG), || thread::current().id());
        let first = own();
        assert_eq!(own(), first);
        contained(&Allowance::of(LONG), || -> u8 { panic!("bad") }).unwrap_err();
        let second = own();
        assert_ne!(second, first);
        contained(&Allowance::of(SHORT), || thread::sleep(SHORT * 4)).unwrap_err();
        assert_ne!(own(), second);
    }

    #[test]
    fn there_is_room_to_recurse() {
        fn down(n: u32) -> u32 {
            let room = std::hint::black_box([n; 256]);
            if n == 0 { 0 } else { down(n - 1) + room[3] - n + 1 }
        }
        assert_eq!(contained(&Allowance::of(LONG), || down(5000)), Ok(5000));
    }
}
