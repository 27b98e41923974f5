//! Runs the fuzz targets briefly with a stable toolchain: on seeds, past findings, and some mutants of both.
//!
//! `FINDINGS_FUZZ=100000 cargo test -p findings-tests --test fuzz` makes more mutants of each target,
//! `FINDINGS_FUZZ_FROM=4711` begins with that one. `fuzz/` has the same targets for libFuzzer.

use std::panic::catch_unwind;
use std::time::Duration;

use findings_tests::documents::each;
use findings_tests::effort::Effort;
use findings_tests::fuzz::{TARGETS, Target, found, mutant};

/// How many mutants of each target an ordinary run tries.
const MUTANTS: u64 = 150;
/// The limit of processor time for each; generous, because a debug build is slow.
const TIME: Duration = Duration::from_secs(20);
/// The same stack size as the command gives the thread for a document.
const STACK: usize = 16 << 20;

#[test]
fn no_target_fails_on_what_was_found_or_on_mutants() {
    let failures: Vec<String> = each(TARGETS, |target| {
        std::thread::scope(|scope| {
            let work = std::thread::Builder::new().stack_size(STACK).spawn_scoped(scope, || run(target));
            work.expect("a thread").join().expect("no fault of the test itself")
        })
    })
    .into_iter()
    .flatten()
    .collect();
    assert!(failures.is_empty(), "{}", failures.join("\n"));
}

/// Runs a target, and returns the failures.
fn run(target: &Target) -> Vec<String> {
    let number = |name: &str| std::env::var(name).ok().and_then(|n| n.parse::<u64>().ok());
    let (from, wanted) =
        (number("FINDINGS_FUZZ_FROM").unwrap_or(0), number("FINDINGS_FUZZ").unwrap_or(MUTANTS));
    let mut seeds = (target.seeds)();
    assert!(!seeds.is_empty() && seeds.iter().all(|s| !s.is_empty()), "{} has no seeds", target.name);
    let mut failures = Vec::new();
    let mut check = |what: String, bytes: &[u8]| {
        let effort = Effort::begin();
        if catch_unwind(|| (target.run)(bytes)).is_err() {
            failures.push(format!("{}: {what} fails", target.name));
        } else if effort.taken() > TIME {
            failures.push(format!("{}: {what} took {:?}", target.name, effort.taken()));
        }
    };
    for (i, seed) in seeds.iter().enumerate() {
        check(format!("seed {i}"), seed);
    }
    for (name, bytes) in found(target.name) {
        check(format!("found/{}/{name}", target.name), &bytes);
        seeds.push(bytes);
    }
    for n in from..from + wanted {
        check(format!("mutant {n}"), &mutant(target, &seeds, n));
    }
    failures
}

#[test]
fn every_target_has_its_program_for_libfuzzer() {
    let manifest = include_str!("../../fuzz/Cargo.toml");
    for target in TARGETS {
        assert!(
            manifest.contains(&format!("name = \"{}\"", target.name)),
            "fuzz/Cargo.toml lacks {}",
            target.name
        );
    }
}
