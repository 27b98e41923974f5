//! Runs damaged PDFs through the whole pipeline: none may cause an internal error, run on, or exceed the memory limit
//! of a document.
//!
//! `FINDINGS_MUTANTS=20000 cargo test -p findings-tests --test mutants` tries more of them than an ordinary run;
//! `FINDINGS_MUTANTS_FROM=17295` starts with that one.

use std::alloc::{GlobalAlloc, Layout, System};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use findings_core::pipeline::{ReadOptions, read};
use findings_core::record::ErrorCode;
use findings_tests::effort::Effort;
use findings_tests::mutants::{mutant, seeds};

/// How many an ordinary run tries.
const MUTANTS: u64 = 400;
/// The limit of processor time for each; generous, because a debug build is slow.
const TIME: Duration = Duration::from_secs(20);
/// The memory limit for each, in bytes allocated at the same time.
const MEMORY: usize = 300 << 20;
/// The same stack size as the command gives the thread for a document.
const STACK: usize = 16 << 20;

/// The system's allocator, with a count of the allocated bytes.
struct Counting;

static HELD: AtomicUsize = AtomicUsize::new(0);
static PEAK: AtomicUsize = AtomicUsize::new(0);

// SAFETY: delegates to the system's allocator with the same arguments.
unsafe impl GlobalAlloc for Counting {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        let held = HELD.fetch_add(layout.size(), Ordering::Relaxed) + layout.size();
        PEAK.fetch_max(held, Ordering::Relaxed);
        // SAFETY: the caller's guarantees are passed on.
        unsafe { System.alloc(layout) }
    }

    unsafe fn dealloc(&self, at: *mut u8, layout: Layout) {
        HELD.fetch_sub(layout.size(), Ordering::Relaxed);
        // SAFETY: the caller's guarantees are passed on.
        unsafe { System.dealloc(at, layout) }
    }
}

#[global_allocator]
static ALLOCATOR: Counting = Counting;

#[test]
fn no_mutant_is_a_fault_or_runs_on() {
    let number = |name: &str| std::env::var(name).ok().and_then(|n| n.parse::<u64>().ok());
    let from = number("FINDINGS_MUTANTS_FROM").unwrap_or(0);
    let wanted = number("FINDINGS_MUTANTS").unwrap_or(MUTANTS);
    let work = move || run(from, wanted);
    let thread = std::thread::Builder::new().stack_size(STACK).spawn(work).expect("a thread");
    thread.join().expect("no mutant fails");
}

fn run(from: u64, wanted: u64) {
    let seeds = seeds();
    let (mut records, mut slowest, mut largest) = (0, Duration::ZERO, 0);
    let options = ReadOptions::default();
    for n in from..from + wanted {
        let Some(bytes) = mutant(&seeds, n) else { continue };
        let effort = Effort::begin();
        let before = HELD.load(Ordering::Relaxed);
        PEAK.store(before, Ordering::Relaxed);
        let reading = catch_unwind(AssertUnwindSafe(|| read("mutant.pdf", &bytes, &options)));
        let reading = reading.unwrap_or_else(|_| panic!("mutant {n} panicked"));
        let held = PEAK.load(Ordering::Relaxed) - before;
        let took = effort.taken();
        if let Err(report) = &reading.outcome {
            assert!(report.error.code != ErrorCode::Internal, "mutant {n}: {}", report.error.message);
        }
        assert!(took < TIME, "mutant {n} took {took:?}");
        assert!(held < MEMORY, "mutant {n} took {} MB", held >> 20);
        records += u64::from(reading.outcome.is_ok());
        (slowest, largest) = (slowest.max(took), largest.max(held));
        if (n + 1) % 10_000 == 0 {
            println!(
                "{} so far, {records} records, the slowest {slowest:?}, at most {} MB",
                n + 1 - from,
                largest >> 20
            );
        }
    }
    println!("{wanted} mutants, {records} records, the slowest {slowest:?}, at most {} MB", largest >> 20);
    assert!(records * 3 > wanted, "damage leaves something to read: {records} of {wanted}");
}
