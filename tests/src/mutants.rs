//! Damaged PDFs with correct cross-references, so that the damage reaches the code for pages, fonts, CMaps and words.

use std::path::Path;

use lopdf::{Document, Object, ObjectId};

use crate::documents::root;

/// Replacements for operators and values.
const OPERATORS: &[&str] = &[
    "q",
    "Q",
    "BT",
    "ET",
    "Tj",
    "TJ",
    "Tf",
    "Tm",
    "Td",
    "T*",
    "'",
    "\"",
    "Do",
    "BDC",
    "BMC",
    "EMC",
    "cm",
    "re",
    "W",
    "n",
    "f",
    "gs",
    "cs",
    "scn",
    "Tr",
    "Tz",
    "BI ID EI",
    "/F1 12",
    "<",
    "(",
    "[",
    "]",
    "<<",
    ">>",
    "1e9",
    "-0",
    "9999999999",
    ".",
    "%",
];
const NUMBERS: &[i64] =
    &[0, -1, 1, 2, 255, 256, 65_535, 65_536, i32::MAX as i64, i32::MIN as i64, i64::MAX, i64::MIN];
const NAMES: &[&str] = &[
    "Type0",
    "Type1",
    "Type3",
    "TrueType",
    "Identity-V",
    "90ms-RKSJ-V",
    "WinAnsiEncoding",
    "MacExpertEncoding",
    "Form",
    "Image",
    "FlateDecode",
    "ASCII85Decode",
    "LZWDecode",
    "OCMD",
    "OCG",
    "Widget",
    "FreeText",
    "ZapfDingbats",
    "Symbol",
    "",
];

/// A deterministic random number generator (xorshift).
pub struct Dice(u64);

impl Dice {
    /// A generator seeded with a number.
    pub fn of(number: u64) -> Self {
        Dice(0x9e37_79b9_7f4a_7c15 ^ number.wrapping_add(1).wrapping_mul(0x2545_f491_4f6c_dd1d))
    }

    /// A number from 0 up to, but not including, `sides`.
    pub fn roll(&mut self, sides: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 % sides.max(1) as u64) as usize
    }

    /// A random item of a list.
    ///
    /// # Panics
    /// The list is empty.
    pub fn pick<'a, T>(&mut self, list: &'a [T]) -> &'a T {
        &list[self.roll(list.len())]
    }
}

/// The documents from which mutants are made: all PDFs of the corpus that can be loaded.
///
/// # Panics
/// The corpus does not exist.
pub fn seeds() -> Vec<Document> {
    let mut files = Vec::new();
    collect(&root().join("corpus"), &mut files);
    files.sort();
    let seeds: Vec<Document> = files.iter().filter_map(|f| Document::load(f).ok()).collect();
    assert!(seeds.len() > 10, "the corpus has its PDFs: {}", seeds.len());
    seeds
}

fn collect(folder: &Path, files: &mut Vec<std::path::PathBuf>) {
    for entry in std::fs::read_dir(folder).into_iter().flatten().flatten() {
        let path = entry.path();
        if path.is_dir() {
            collect(&path, files);
        } else if path.extension().is_some_and(|e| e == "pdf") {
            files.push(path);
        }
    }
}

/// The mutant with this number, the same in every run; `None` if it can't be written as a file.
pub fn mutant(seeds: &[Document], number: u64) -> Option<Vec<u8>> {
    let mut dice = Dice::of(number);
    let document = dice.pick(seeds).clone();
    damaged(document, &mut dice)
}

/// A document damaged in one to seven places; `None` if it can't be written as a file.
pub fn damaged(mut document: Document, dice: &mut Dice) -> Option<Vec<u8>> {
    for _ in 0..=dice.roll(6) {
        mutate(&mut document, dice);
    }
    let mut bytes = Vec::new();
    document.save_to(&mut bytes).ok().map(|()| bytes)
}

/// Damages one object: a value in its dictionary, or the operators in its stream.
fn mutate(document: &mut Document, dice: &mut Dice) {
    let ids: Vec<ObjectId> = document.objects.keys().copied().collect();
    if ids.is_empty() {
        return;
    }
    let (id, other) = (*dice.pick(&ids), *dice.pick(&ids));
    if dice.roll(40) == 0 {
        document.objects.remove(&id);
        return;
    }
    let Some(object) = document.objects.get_mut(&id) else { return };
    if let Object::Stream(stream) = object {
        if dice.roll(3) > 0 {
            let plain = stream.get_plain_content_with_limit(1 << 20).unwrap_or_default();
            if dice.roll(4) > 0 && !plain.is_empty() {
                stream.set_plain_content(garbled(&plain, dice));
            } else if !stream.content.is_empty() {
                let at = dice.roll(stream.content.len());
                stream.content[at] ^= 1 << dice.roll(8);
            }
            return;
        }
        let keys: Vec<Vec<u8>> = stream.dict.iter().map(|(k, _)| k.clone()).collect();
        if let Some(value) = keys.get(dice.roll(keys.len())).and_then(|k| stream.dict.get_mut(k).ok()) {
            replace(value, other, dice, 0);
        }
        return;
    }
    replace(object, other, dice, 0);
}

/// Replaces a value, or a value inside it.
fn replace(object: &mut Object, other: ObjectId, dice: &mut Dice, depth: u32) {
    let inside = depth < 6 && dice.roll(5) > 0;
    match object {
        Object::Dictionary(dict) if inside && !dict.is_empty() => {
            let keys: Vec<Vec<u8>> = dict.iter().map(|(k, _)| k.clone()).collect();
            let key = dice.pick(&keys).clone();
            if dice.roll(8) == 0 {
                dict.remove(&key);
            } else if let Ok(value) = dict.get_mut(&key) {
                replace(value, other, dice, depth + 1);
            }
        }
        Object::Array(list) if inside && !list.is_empty() => {
            let at = dice.roll(list.len());
            match dice.roll(6) {
                0 => drop(list.remove(at)),
                1 => list.push(list[at].clone()),
                _ => replace(&mut list[at], other, dice, depth + 1),
            }
        }
        _ => {
            *object = match dice.roll(6) {
                0 => Object::Reference(other),
                1 => Object::Name(dice.pick(NAMES).as_bytes().to_vec()),
                2 => Object::Null,
                3 => Object::Real(f32::MAX),
                4 => Object::string_literal("(\\\u{fe}\u{ff}"),
                _ => Object::Integer(*dice.pick(NUMBERS)),
            }
        }
    }
}

/// The bytes of a stream with a piece removed, duplicated, moved or inserted.
fn garbled(bytes: &[u8], dice: &mut Dice) -> Vec<u8> {
    let mut out = bytes.to_vec();
    for _ in 0..=dice.roll(8) {
        let from = dice.roll(out.len());
        let to = (from + 1 + dice.roll(40)).min(out.len());
        match dice.roll(4) {
            0 => drop(out.drain(from..to)),
            1 => {
                let piece = out[from..to].to_vec();
                let at = dice.roll(out.len());
                out.splice(at..at, piece);
            }
            2 => drop(out.splice(from..from, format!(" {} ", dice.pick(OPERATORS)).into_bytes())),
            _ => out[from] = dice.roll(256) as u8,
        }
        if out.is_empty() {
            break;
        }
    }
    out
}
