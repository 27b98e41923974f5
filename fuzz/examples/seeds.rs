//! Writes each target's seeds and dictionary to where libFuzzer is told to look for them: `corpus/TARGET/` and
//! `corpus/TARGET.dict`. Long texts are also cut at blank lines, because a mutant of a short one costs a hundredth.

use std::fmt::Write as _;
use std::path::Path;
use std::{fs, io};

use findings_tests::fuzz::{found, Target, TARGETS};

/// The size above which a text is also written in pieces.
const LONG: usize = 2_000;

fn main() -> io::Result<()> {
    for target in TARGETS {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("corpus").join(target.name);
        fs::create_dir_all(&folder)?;
        let past = found(target.name).into_iter().map(|(_, bytes)| bytes);
        let seeds: Vec<Vec<u8>> = (target.seeds)().into_iter().chain(past).collect();
        for (i, seed) in seeds.iter().enumerate() {
            fs::write(folder.join(format!("seed-{i}")), seed)?;
            for (j, piece) in pieces(seed).iter().enumerate() {
                fs::write(folder.join(format!("seed-{i}-{j}")), piece)?;
            }
        }
        fs::write(folder.with_extension("dict"), dictionary(target))?;
        println!("{}: {} seeds, {} words", target.name, seeds.len(), target.words.len());
    }
    Ok(())
}

/// The pieces of a long text, each of some paragraphs; none for what is short, no text, or has parts.
fn pieces(seed: &[u8]) -> Vec<String> {
    let Ok(text) = std::str::from_utf8(seed) else { return Vec::new() };
    if text.len() <= LONG || text.contains("\n%%\n") || text.starts_with("%PDF") {
        return Vec::new();
    }
    let mut pieces = vec![String::new()];
    for paragraph in text.split_inclusive("\n\n") {
        if pieces.last().is_some_and(|p| p.len() + paragraph.len() > LONG) {
            pieces.push(String::new());
        }
        pieces.last_mut().expect("there is one").push_str(paragraph);
    }
    pieces.retain(|piece| piece.len() <= 2 * LONG);
    pieces
}

/// A target's words as libFuzzer reads them.
fn dictionary(target: &Target) -> String {
    let mut out = String::new();
    for word in target.words {
        let bytes = word.bytes().fold(String::new(), |mut all, b| {
            let _ = write!(all, "\\x{b:02X}");
            all
        });
        let _ = writeln!(out, "\"{bytes}\"");
    }
    out
}
