//! The fuzz targets. Each is a function of bytes that fails if a promise is broken. `fuzz/` runs them under libFuzzer.
//! `tests/fuzz.rs` runs them with a stable toolchain on seeds, on past findings, and on a few mutants.

mod json;
mod pdf;
mod words;

pub use pdf::damaged_file;

use std::path::Path;

use findings_core::pipeline::Reading;
use findings_core::record::ErrorCode;

use crate::documents::{files, root};
use crate::mutants::Dice;

/// A fuzz target.
pub struct Target {
    /// Its name, which is also that of its folder of past findings and of its program in `fuzz/fuzz_targets`.
    pub name: &'static str,
    /// Runs the target on an input.
    pub run: fn(&[u8]),
    /// The inputs to start from.
    pub seeds: fn() -> Vec<Vec<u8>>,
    /// Tokens to insert into mutants.
    pub words: &'static [&'static str],
}

/// All targets.
pub const TARGETS: &[Target] = &[
    Target { name: "pdf", run: pdf::whole, seeds: pdf::documents, words: pdf::WORDS },
    Target { name: "content", run: pdf::content, seeds: pdf::contents, words: pdf::WORDS },
    Target { name: "fonts", run: pdf::fonts, seeds: pdf::font_parts, words: pdf::WORDS },
    Target { name: "text", run: words::text, seeds: words::texts, words: words::WORDS },
    Target { name: "outline", run: words::outline, seeds: words::layers, words: words::WORDS },
    Target { name: "grammars", run: words::grammars, seeds: words::grammar_texts, words: words::WORDS },
    Target { name: "format_file", run: words::format_file, seeds: words::format_files, words: words::WORDS },
    Target { name: "evidence", run: json::evidence, seeds: json::records, words: json::WORDS },
    Target { name: "wire", run: json::wire, seeds: json::messages, words: json::WORDS },
    Target { name: "schemas", run: json::schemas, seeds: json::schema_pairs, words: json::WORDS },
];

/// The target with this name.
///
/// # Panics
/// There is none.
pub fn target(name: &str) -> &'static Target {
    TARGETS.iter().find(|t| t.name == name).unwrap_or_else(|| panic!("no target is called {name}"))
}

/// Asserts that reading did not end in an internal error, which no document may cause.
fn hold(reading: &Reading) {
    match &reading.outcome {
        Ok(_) => {}
        Err(report) => {
            assert!(report.error.code != ErrorCode::Internal, "internal: {}", report.error.message);
        }
    }
}

/// The contents of the corpus files with one of these extensions and at most this size.
fn corpus(folder: &str, endings: &[&str], largest: usize) -> Vec<Vec<u8>> {
    let read = |path: &std::path::PathBuf| {
        std::fs::read(path).ok().filter(|bytes| (1..=largest).contains(&bytes.len()))
    };
    files(&root().join(folder), endings).iter().filter_map(read).collect()
}

/// Past findings: the files in a target's folder.
///
/// # Panics
/// A file can't be read.
pub fn found(name: &str) -> Vec<(String, Vec<u8>)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("found").join(name);
    let mut all: Vec<_> = std::fs::read_dir(folder).into_iter().flatten().flatten().collect();
    all.sort_by_key(std::fs::DirEntry::file_name);
    all.iter()
        .map(|e| (e.file_name().to_string_lossy().into_owned(), std::fs::read(e.path()).expect("a file")))
        .collect()
}

/// Splits an input into parts at lines with only `%%`. Missing parts are empty.
fn parts<const N: usize>(bytes: &[u8]) -> [&[u8]; N] {
    const MARK: &[u8] = b"\n%%\n";
    let (mut all, mut rest) = ([&[][..]; N], bytes);
    for part in &mut all {
        let end = rest.windows(MARK.len()).position(|w| w == MARK);
        *part = &rest[..end.unwrap_or(rest.len())];
        rest = end.map_or(&[], |end| &rest[end + MARK.len()..]);
    }
    all
}

/// A mutant of one of the seeds: pieces are removed, duplicated, moved or taken from another seed, bits flipped, tokens
/// inserted.
pub fn mutant(target: &Target, seeds: &[Vec<u8>], number: u64) -> Vec<u8> {
    let mut dice = Dice::of(number);
    let mut out = dice.pick(seeds).clone();
    for _ in 0..=dice.roll(8) {
        let from = dice.roll(out.len());
        let to = (from + 1 + dice.roll(64)).min(out.len());
        match dice.roll(7) {
            0 => drop(out.drain(from..to)),
            1 => {
                let piece = out[from..to].to_vec();
                let at = dice.roll(out.len());
                out.splice(at..at, piece);
            }
            2 => {
                let other = dice.pick(seeds);
                let start = dice.roll(other.len());
                let end = (start + 1 + dice.roll(400)).min(other.len());
                out.splice(from..from, other[start..end].iter().copied());
            }
            3 | 4 if !target.words.is_empty() => {
                out.splice(from..from, dice.pick(target.words).bytes());
            }
            5 if from < out.len() => out[from] = dice.roll(256) as u8,
            _ if from < out.len() => out[from] ^= 1 << dice.roll(8),
            _ => {}
        }
    }
    out
}
