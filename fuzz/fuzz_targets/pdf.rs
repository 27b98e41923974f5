//! See `tests/src/fuzz`. Half of the mutants are damaged in their objects, with cross-references that are right, so that the damage
//! gets past the loader.

#![no_main]

use findings_tests::fuzz::{damaged_file, target};
use libfuzzer_sys::{fuzz_mutator, fuzz_target, fuzzer_mutate};

fuzz_target!(|bytes: &[u8]| (target("pdf").run)(bytes));

fuzz_mutator!(|data: &mut [u8], size: usize, max_size: usize, seed: u32| {
    if seed % 2 == 0 {
        let file = damaged_file(&data[..size], seed.into()).filter(|file| file.len() <= max_size);
        if let Some(file) = file {
            data[..file.len()].copy_from_slice(&file);
            return file.len();
        }
    }
    fuzzer_mutate(data, size, max_size)
});
