//! See `tests/src/fuzz`.

#![no_main]

use findings_tests::fuzz::target;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| (target("grammars").run)(bytes));
