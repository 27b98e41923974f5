//! Classes of damage to objects: nesting, kinds, numbers.

use super::letter::{CATALOG, FREE, INFO, RESOURCES, letter};
use super::writer::{Pdf, deflate};
use super::{Build, HEAVY, Hostile, PARTIAL, RECORD, REPAIRABLE, Row, built, each};

/// Objects with every kind of excess.
pub(super) fn classes() -> Vec<Hostile> {
    [
        each(OBJECTS, with_object),
        each(NESTS, |(open, depth, inner, close)| {
            with_object(format!("{}{inner}{}", open.repeat(depth), close.repeat(depth)))
        }),
        built(ODD),
        built(MANY),
    ]
    .into_iter()
    .flatten()
    .collect()
}

/// The letter with one more object that its catalog refers to.
fn with_object(object: impl Into<Vec<u8>>) -> Vec<u8> {
    let mut pdf = letter();
    pdf.set(CATALOG, "<< /Type /Catalog /Pages 2 0 R /Extra 11 0 R >>").set(FREE, object);
    pdf.build()
}

/// Objects that don't end, or turn out to be something else.
const OBJECTS: &[Row<&str>] = &[
    ("string-unterminated", REPAIRABLE, "(this string has no end \\"),
    ("hex-string-unterminated", REPAIRABLE, "<48454C4C4F"),
    ("hex-string-of-other-letters", REPAIRABLE, "<GHIJ ~~ 4X(>"),
    ("dictionary-unterminated", REPAIRABLE, "<< /A 1 /B << /C 2"),
    ("dictionary-of-odd-length", REPAIRABLE, "<< /A /B /C 1 2 (three) >>"),
];

/// Deep nesting: the opening of each level, the number of levels, the innermost content, the closing.
const NESTS: &[Row<(&str, usize, &str, &str)>] = &[
    ("arrays-100000-deep", REPAIRABLE, ("[", 100_000, "", "]")),
    ("arrays-1000000-deep-unclosed", REPAIRABLE, ("[", 1_000_000, "", "")),
    ("dictionaries-100000-deep", REPAIRABLE, ("<</A ", 100_000, "null", ">>")),
    ("arrays-and-dictionaries-100000-deep", REPAIRABLE, ("[<</A ", 50_000, "null", ">>]")),
    ("dictionaries-100000-deep-unclosed", REPAIRABLE, ("<</A", 100_000, "", "")),
    ("string-parentheses-100000-deep", REPAIRABLE, ("(", 100_000, "", ")")),
];

/// Other odd objects.
const ODD: &[Row<Build>] = &[
    ("trailer-100000-deep", REPAIRABLE, || {
        let mut pdf = letter();
        pdf.trailer.push_str(&format!(" /Extra {}{}", "[".repeat(100_000), "]".repeat(100_000)));
        pdf.build()
    }),
    ("numbers-absurd", REPAIRABLE, || {
        with_object(format!(
            "[ {} -{} 0.{} +-1 --5 1.2.3 . - + 1e5 0x10 {} 0 R 1 99999999999 R -1 0 R ]",
            "9".repeat(5_000),
            "9".repeat(400),
            "1".repeat(5_000),
            "9".repeat(30),
        ))
    }),
    ("name-of-1-mb", REPAIRABLE, || with_object(format!("/{}", "N".repeat(1_000_000)))),
    ("string-with-bad-escapes", RECORD, || {
        let info = &b"<< /Title (\\777\\8\\9\\q\\(\\\r\n\\\\\\400 \\1) /Author (\\\\) >>"[..];
        letter().set(INFO, info).build()
    }),
    ("object-chain-of-50000-references", PARTIAL, || {
        let mut pdf = letter();
        pdf.set(RESOURCES, "1000 0 R");
        for id in 1000..51_000 {
            pdf.set(id, format!("{} 0 R", id + 1));
        }
        pdf.set(51_000, "<< /Font << /F1 8 0 R /F2 9 0 R >> >>").build()
    }),
    ("object-number-huge", REPAIRABLE, || {
        letter().set(u32::MAX / 1000, "null").with_ending(|_| letter().tail("0"))
    }),
    ("objects-without-endobj", REPAIRABLE, || {
        let pdf = letter();
        let mut bytes = pdf.with_ending(|_| pdf.tail("0"));
        let marks: Vec<usize> = (0..bytes.len()).filter(|n| bytes[*n..].starts_with(b"endobj")).collect();
        marks.into_iter().for_each(|start| bytes[start..start + 6].fill(b' '));
        bytes
    }),
];

/// Very many objects.
const MANY: &[Row<Build>] = &[
    ("objects-400000-tiny", HEAVY, || tiny_objects(400_000)),
    ("objects-1000000-tiny-in-streams", HEAVY, tiny_objects_in_streams),
    ("objects-500000-without-table", HEAVY, || {
        let pdf = letter();
        pdf.with_ending(|_| "12 0 obj 1 endobj\n".repeat(500_000) + &pdf.tail("0"))
    }),
    ("array-of-1000000-references", HEAVY, || {
        with_object([&b"[ "[..], &b"11 0 R ".repeat(1_000_000), b"]"].concat())
    }),
];

/// The letter followed by `count` objects `1`, all in the table.
fn tiny_objects(count: usize) -> Vec<u8> {
    const FIRST: usize = 1_000_000;
    let pdf = letter();
    let mut body = pdf.body();
    let start = body.bytes.len();
    let mut object = *b"1000000 0 obj 1 endobj\n";
    for _ in 0..count {
        body.bytes.extend_from_slice(&object);
        add(&mut object[..7], 1);
    }
    let table_start = body.bytes.len();
    body.bytes.extend_from_slice(super::writer::table(&body.offsets, pdf.size()).as_bytes());
    body.bytes.extend_from_slice(format!("{FIRST} {count}\n").as_bytes());
    let mut line = format!("{start:010} 00000 n \n").into_bytes();
    for _ in 0..count {
        body.bytes.extend_from_slice(&line);
        add(&mut line[..10], object.len());
    }
    let size = FIRST + count;
    let tail = format!("trailer\n<< /Size {size} {} >>\nstartxref\n{table_start}\n%%EOF\n", pdf.trailer);
    body.bytes.extend_from_slice(tail.as_bytes());
    body.bytes
}

/// The letter with a million objects `1` in a hundred object streams. One cross-reference section is for the letter and
/// the streams, which are uncompressed objects of the file, and one for the objects in the streams.
fn tiny_objects_in_streams() -> Vec<u8> {
    let mut pdf = letter();
    pack_tiny_objects(&mut pdf);
    let mut body = pdf.body();
    let start = body.bytes.len();
    let letters = pdf.size();
    let mut rows = Vec::new();
    for id in 0..letters {
        let offset = body.offsets.get(&id).map_or(0, |offset| *offset as u32);
        push_reference(&mut rows, u8::from(offset > 0), offset, 0);
    }
    push_tiny_references(&mut rows);
    let table = deflate(&rows);
    let (count, size) = (TINY_STREAMS * TINY_EACH, FIRST_TINY + TINY_STREAMS * TINY_EACH + 1);
    let dictionary = format!(
        "<< /Type /XRef /Size {size} /W [1 4 2] /Index [0 {letters} {FIRST_TINY} {count}] {} /Filter \
         /FlateDecode /Length {} >>",
        pdf.trailer,
        table.len()
    );
    body.bytes.extend_from_slice(format!("{} 0 obj\n{dictionary}\nstream\n", size - 1).as_bytes());
    body.bytes.extend_from_slice(&table);
    body.bytes.extend_from_slice(format!("\nendstream\nendobj\nstartxref\n{start}\n%%EOF\n").as_bytes());
    body.bytes
}

/// How many streams of tiny objects there are.
const TINY_STREAMS: u32 = 100;
/// How many objects are in each.
const TINY_EACH: u32 = 10_000;
/// The number of the first of these streams.
const FIRST_TINY_STREAM: u32 = 1_000;
/// The number of the first tiny object.
const FIRST_TINY: u32 = 1_000_000;

/// Adds the object streams. They differ in the second and third digit of every object number.
fn pack_tiny_objects(pdf: &mut Pdf) {
    let mut data: Vec<u8> =
        (0..TINY_EACH).flat_map(|n| format!("{} {:05} ", FIRST_TINY + n, 2 * n).into_bytes()).collect();
    let first = data.len();
    let width = first / TINY_EACH as usize;
    data.extend_from_slice(&b"1 ".repeat(TINY_EACH as usize));
    for stream in 0..TINY_STREAMS {
        let digits = format!("{stream:02}");
        let numbers = data[..first].chunks_exact_mut(width);
        numbers.for_each(|entry| entry[1..3].copy_from_slice(digits.as_bytes()));
        let entries = format!("/Type /ObjStm /N {TINY_EACH} /First {first}");
        pdf.flate(FIRST_TINY_STREAM + stream, &entries, &data);
    }
}

/// Adds the cross-reference of each tiny object: its stream, and its index there.
fn push_tiny_references(rows: &mut Vec<u8>) {
    let mut part = Vec::new();
    for n in 0..TINY_EACH {
        push_reference(&mut part, 2, FIRST_TINY_STREAM, n as u16);
    }
    for stream in FIRST_TINY_STREAM..FIRST_TINY_STREAM + TINY_STREAMS {
        part.chunks_exact_mut(7).for_each(|row| row[1..5].copy_from_slice(&stream.to_be_bytes()));
        rows.extend_from_slice(&part);
    }
}

/// Adds a row of a cross-reference stream with `/W [1 4 2]`.
fn push_reference(rows: &mut Vec<u8>, kind: u8, second: u32, third: u16) {
    rows.push(kind);
    rows.extend_from_slice(&second.to_be_bytes());
    rows.extend_from_slice(&third.to_be_bytes());
}

/// Adds to a number in ASCII digits. (Printing all the numbers is too slow for a debug build.)
fn add(digits: &mut [u8], addend: usize) {
    let mut carry = addend;
    let mut at = digits.len();
    while carry > 0 {
        at -= 1;
        let sum = usize::from(digits[at] - b'0') + carry;
        digits[at] = b'0' + (sum % 10) as u8;
        carry = sum / 10;
    }
}
