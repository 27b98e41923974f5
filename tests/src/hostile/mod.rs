//! Malformed PDFs, generated on the fly: all classes that findings promises to survive.
//!
//! The files are variants of one fictional letter (`letter`), each with one thing wrong, so that a reader that copes
//! still has something to read. No file is larger than [`FILE_LIMIT`], and all together stay below [`TOTAL_LIMIT`].
//! [`run`] runs the program on one of them and measures it.

mod container;
mod content;
mod encryption;
mod fonts;
mod letter;
mod modern;
mod objects;
mod pages;
pub mod run;
mod streams;
mod structure;
mod writer;

/// A malformed file, and the acceptable outcomes for it.
pub struct Hostile {
    /// What is wrong with it, in kebab case; unique.
    pub name: &'static str,
    /// The file.
    pub bytes: Vec<u8>,
    /// The acceptable outcomes: `record`, or error codes. Never `internal`.
    pub allowed: &'static [&'static str],
}

impl Hostile {
    /// A class.
    fn new(name: &'static str, allowed: &'static [&'static str], bytes: Vec<u8>) -> Self {
        Self { name, bytes, allowed }
    }
}

/// A class in a table: its name, the acceptable outcomes, and its variation.
type Row<T> = (&'static str, &'static [&'static str], T);

/// Builds a file that a table can't describe.
type Build = fn() -> Vec<u8>;

/// A modification of something valid.
type Change<T> = fn(T) -> T;

/// The classes of a table, each built from its variation.
fn each<T: Copy>(rows: &[Row<T>], file: impl Fn(T) -> Vec<u8>) -> Vec<Hostile> {
    rows.iter().map(|(name, allowed, odd)| Hostile::new(name, allowed, file(*odd))).collect()
}

/// The classes of a table in which each is built in its own way.
fn built(rows: &[Row<Build>]) -> Vec<Hostile> {
    each(rows, |build| build())
}

/// The size limit for a file, in bytes.
pub const FILE_LIMIT: usize = 25_000_000;

/// The size limit for all files together, in bytes. The peak memory that Linux reports for a child is at least that of
/// the process that started it, so the tests must stay well below what they allow the program.
pub const TOTAL_LIMIT: usize = 120_000_000;

/// The damage is in a part that a reader of text can ignore, or that any reader repairs.
const RECORD: &[&str] = &["record"];
/// The bytes are not a PDF.
const NO_PDF: &[&str] = &["not-a-report-file"];
/// The file can be repaired, but a reader may refuse to.
const REPAIRABLE: &[&str] = &["record", "damaged"];
/// A part of the letter may be left, possibly too little to recognise it.
const PARTIAL: &[&str] = &["record", "damaged", "no-text", "unknown-format"];
/// There are pages, but no text.
const TEXTLESS: &[&str] = &["no-text"];
/// Encrypted, or claiming to be.
const LOCKED: &[&str] = &["record", "encrypted", "damaged"];
/// The file asks for excessive resources: a reader may give up, or leave the part out.
const HEAVY: &[&str] = &["record", "damaged", "no-text", "unknown-format", "too-large", "timed-out"];

/// All classes, valid letters first (which show that other outcomes are due to the damage).
pub fn all() -> Vec<Hostile> {
    let mut all = vec![Hostile::new("sane-letter", RECORD, letter::letter().build())];
    all.push(Hostile::new("sane-letter-modern", RECORD, writer::Modern::new(letter::letter()).build()));
    all.extend(container::classes());
    all.extend(objects::classes());
    all.extend(modern::classes());
    all.extend(pages::classes());
    all.extend(streams::classes());
    all.extend(content::classes());
    all.extend(fonts::classes());
    all.extend(structure::classes());
    all.extend(encryption::classes());
    all
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::*;

    #[test]
    fn the_classes_are_many_and_distinct_and_small() {
        let all = all();
        assert!(all.len() >= 50, "{} classes", all.len());
        let names: HashSet<_> = all.iter().map(|class| class.name).collect();
        assert_eq!(names.len(), all.len(), "a name is used twice");
        let files: HashSet<_> = all.iter().map(|class| &class.bytes).collect();
        assert_eq!(files.len(), all.len(), "two classes have the same file");
        for class in &all {
            assert!(class.bytes.len() <= FILE_LIMIT, "{}: {} bytes", class.name, class.bytes.len());
            assert!(!class.allowed.is_empty() && !class.allowed.contains(&"internal"), "{}", class.name);
        }
        let total: usize = all.iter().map(|class| class.bytes.len()).sum();
        assert!(total <= TOTAL_LIMIT, "{total} bytes in all");
    }
}
