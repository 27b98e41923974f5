//! Where the objects of a file are: cross-reference tables, cross-reference streams, earlier revisions, and hybrid
//! files (ISO 32000-1, 7.5).

use lopdf::xref::{XrefEntry, decode_xref_stream_with_limit};
use lopdf::{Dictionary, Object};
use memchr::memmem;
use rustc_hash::FxHashMap;

use super::parse::{self, Parser};

/// The largest inflated size of a cross-reference stream, in bytes.
const MAX_STREAM: usize = 16 << 20;
/// The most objects in a file.
const MAX_OBJECTS: u32 = 1 << 20;
/// The most cross-reference sections in a file: one for each revision.
const MAX_SECTIONS: usize = 64;
/// The most values in a trailer.
const MAX_VALUES: usize = 10_000;
/// Length of a table entry in bytes.
const ENTRY: usize = 20;

/// Where an object is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Place {
    /// Nowhere: its number is free.
    Free,
    /// At an offset of the file.
    At { offset: u32, generation: u16 },
    /// In the object stream with this number.
    Within(u32),
}

/// Places of all objects by number, and the newest trailer.
pub(super) struct Table {
    pub trailer: Dictionary,
    pub places: Vec<Place>,
}

/// A cross-reference section: its entries and its trailer.
type Section = (FxHashMap<u32, Place>, Dictionary);

/// Reads the cross-references of a file that is neither damaged nor encrypted.
pub(super) fn read(bytes: &[u8]) -> Option<Table> {
    if !bytes.starts_with(b"%PDF-") {
        return None;
    }
    let mut all: FxHashMap<u32, Place> = FxHashMap::default();
    let mut newest = None;
    let mut next = Some(start(bytes)?);
    let mut sections = 0;
    while let Some(at) = next {
        sections += 1;
        let (mut places, mut trailer) = section(bytes, at).filter(|_| sections <= MAX_SECTIONS)?;
        if trailer.has(b"Encrypt") {
            return None;
        }
        if let Some(hybrid) = trailer.remove(b"XRefStm") {
            // In a hybrid file, objects that the table calls free may be located by the stream, for readers that
            // support it.
            for (number, place) in section(bytes, offset(&hybrid)?)?.0 {
                let known = places.entry(number).or_insert(place);
                if *known == Place::Free {
                    *known = place;
                }
            }
        }
        for (number, place) in places {
            all.entry(number).or_insert(place);
        }
        next = match trailer.remove(b"Prev") {
            Some(earlier) => Some(offset(&earlier)?),
            None => None,
        };
        newest.get_or_insert(trailer);
    }
    let last = *all.keys().max().filter(|n| **n < MAX_OBJECTS)?;
    let missing = |number| all.get(&number).copied().unwrap_or(UNTOLD);
    Some(Table { trailer: newest?, places: (0..=last).map(missing).collect() })
}

/// The place of numbers that no section lists. No object has this generation, so asking for one marks the file as
/// odd.
const UNTOLD: Place = Place::At { offset: u32::MAX, generation: u16::MAX };

/// The offset after `startxref` at the end of the file.
fn start(bytes: &[u8]) -> Option<usize> {
    let end = bytes.iter().rposition(|b| !parse::is_blank(*b))? + 1;
    let bytes = bytes.get(end.saturating_sub(64)..end)?;
    let mut parser = Parser::new(bytes.get(memmem::rfind(bytes, b"startxref")?..)?, 0);
    parser.keyword(b"startxref")?;
    parser.end_of_line()?;
    let at = parser.digits()?;
    parser.end_of_line()?;
    parser.tag(b"%%EOF").filter(|()| parser.rest().is_empty())?;
    at.try_into().ok()
}

fn offset(object: &Object) -> Option<usize> {
    object.as_i64().ok()?.try_into().ok()
}

fn section(bytes: &[u8], at: usize) -> Option<Section> {
    let bytes = bytes.get(at..)?;
    if bytes.starts_with(b"xref") { table(bytes) } else { stream(bytes) }
}

fn table(bytes: &[u8]) -> Option<Section> {
    let mut parser = Parser::new(bytes, MAX_VALUES);
    parser.tag(b"xref")?;
    let _ = parser.tag(b" ");
    parser.end_of_line()?;
    let mut places = FxHashMap::default();
    while parser.peek()?.is_ascii_digit() {
        let first = u32::try_from(parser.digits()?).ok()?;
        parser.tag(b" ")?;
        let count = u32::try_from(parser.digits()?).ok()?;
        let _ = parser.tag(b" ");
        parser.end_of_line()?;
        for number in first..first.checked_add(count)? {
            places.insert(number, entry(parser.take(ENTRY)?)?);
        }
    }
    parser.keyword(b"trailer")?;
    parser.skip_blank();
    let Object::Dictionary(trailer) = parser.value()? else { return None };
    trailer.get(b"Size").ok()?.as_i64().ok()?;
    Some((places, trailer))
}

/// Parses `0000000017 00000 n` and a two-byte end of line.
fn entry(line: &[u8]) -> Option<Place> {
    let number = |digits: &[u8]| -> Option<u64> {
        let mut parser = Parser::new(digits, 0);
        parser.digits().filter(|_| parser.rest().is_empty())
    };
    let (offset, generation) = (number(line.get(..10)?)?, number(line.get(11..16)?)?);
    let ends = [&b" \r"[..], b" \n", b"\r\n"].contains(&line.get(18..)?);
    // `line.get(18..)` has shown that it has at least 18 bytes.
    if !ends || line[10] != b' ' || line[16] != b' ' {
        return None;
    }
    match line[17] {
        b'f' => Some(Place::Free),
        b'n' => Some(Place::At { offset: offset.try_into().ok()?, generation: generation.try_into().ok()? }),
        _ => None,
    }
}

fn stream(bytes: &[u8]) -> Option<Section> {
    let mut parser = Parser::new(bytes, MAX_VALUES);
    parser.header()?;
    let Object::Stream(stream) = parser.indirect(|_| None)? else { return None };
    let (xref, trailer) = decode_xref_stream_with_limit(stream, Some(MAX_STREAM)).ok()?;
    let places = xref.entries.into_iter().map(|(number, entry)| {
        let place = match entry {
            XrefEntry::Normal { offset, generation } => Place::At { offset, generation },
            XrefEntry::Compressed { container, .. } => Place::Within(container),
            XrefEntry::Free | XrefEntry::UnusableFree => Place::Free,
        };
        (number, place)
    });
    Some((places.collect(), trailer)).filter(|(_, trailer)| !trailer.has(b"XRefStm"))
}
