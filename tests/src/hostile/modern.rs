//! Classes of damage to object streams and cross-reference streams (PDF 1.5 and later).

use super::container::noise;
use super::letter::{CATALOG, CONTENT_1, CONTENT_2, PAGE_1, RESOURCES, letter};
use super::writer::{Modern, bomb, deflate};
use super::{Build, HEAVY, Hostile, PARTIAL, REPAIRABLE, Row, built, each};

/// Object streams and cross-reference streams with false statements.
pub(super) fn classes() -> Vec<Hostile> {
    [
        each(OBJECT_STREAM_COUNTS, with_index),
        built(OBJECT_STREAMS),
        each(WIDTHS, |widths| modern(|file| file.widths = Some(widths.to_owned()))),
        each(SIZES, |size| modern(|file| file.size = Some(size.to_owned()))),
        each(INDEXES, |index| modern(|file| file.extra = format!("/Index {index}"))),
        each(PREDICTORS, with_predictor),
        built(REFERENCE_STREAMS),
    ]
    .into_iter()
    .flatten()
    .collect()
}

/// The letter as such a file, with a modification.
fn modern(change: impl FnOnce(&mut Modern)) -> Vec<u8> {
    let mut file = Modern::new(letter());
    change(&mut file);
    file.build()
}

/// The letter with an object stream that misstates its index.
fn with_index((count, first): (Option<&str>, Option<&str>)) -> Vec<u8> {
    modern(|file| {
        let (data, right_count, right_first) = file.packed();
        let count = count.map_or(right_count.to_string(), str::to_owned);
        let first = first.map_or(right_first.to_string(), str::to_owned);
        let entries = format!("/Type /ObjStm /N {count} /First {first} /Filter /FlateDecode");
        file.object_stream = Some((entries, deflate(&data)));
    })
}

/// The letter with another object stream.
fn with_object_stream(entries: &str, data: impl Into<Vec<u8>>) -> Vec<u8> {
    modern(|file| file.object_stream = Some((format!("/Type /ObjStm {entries}"), data.into())))
}

/// The stated number of objects in an object stream and offset of the first one; `None` is the correct value.
const OBJECT_STREAM_COUNTS: &[Row<(Option<&str>, Option<&str>)>] = &[
    ("object-stream-first-is-inside", PARTIAL, (None, Some("10 0 R"))),
    ("object-stream-count-huge", PARTIAL, (Some("9223372036854775807"), None)),
    ("object-stream-count-negative", PARTIAL, (Some("-1"), None)),
    ("object-stream-first-beyond-data", PARTIAL, (None, Some("4294967295"))),
    ("object-stream-first-negative", PARTIAL, (None, Some("-9"))),
];

/// The number of the object stream, as a field of a cross-reference entry.
const OBJECT_STREAM: u64 = Modern::OBJECT_STREAM as u64;

/// Other odd object streams, and references to things that are not object streams.
const OBJECT_STREAMS: &[Row<Build>] = &[
    ("object-stream-extends-itself", REPAIRABLE, || {
        modern(|file| {
            let (data, count, first) = file.packed();
            let entries = format!(
                "/Type /ObjStm /N {count} /First {first} /Extends {OBJECT_STREAM} 0 R /Filter /FlateDecode"
            );
            file.object_stream = Some((entries, deflate(&data)));
        })
    }),
    ("object-stream-contains-itself", PARTIAL, || {
        modern(|file| file.entries.push((Modern::OBJECT_STREAM, [2, OBJECT_STREAM, 0])))
    }),
    ("object-streams-contain-one-another", PARTIAL, || {
        modern(|file| {
            let references = [(Modern::OBJECT_STREAM, [2, 899, 0]), (899, [2, OBJECT_STREAM, 0])];
            file.entries.extend(references);
        })
    }),
    // The stream's length is an object inside it.
    ("object-stream-length-is-inside", PARTIAL, || {
        modern(|file| {
            file.pdf.set(20, "1500");
            let (data, count, first) = file.packed();
            let entries =
                format!("/Type /ObjStm /N {count} /First {first} /Length 20 0 R /Filter /FlateDecode");
            file.object_stream = Some((entries, deflate(&data)));
        })
    }),
    ("object-stream-index-absurd", PARTIAL, || {
        let index = b"1 99999999999 2 -5 3 18446744073709551616 x y 4 4 7 0 8 (9) 1 1                                   \
                      << /Type /Catalog >>";
        with_object_stream("/N 9 /First 90", index)
    }),
    ("object-stream-noise", PARTIAL, || with_object_stream("/N 9 /First 50", noise(10_000))),
    ("object-stream-with-streams-inside", PARTIAL, || {
        modern(|file| {
            file.pdf.set(20, "<< /Length 3 >>\nstream\nabc\nendstream").set(21, "21 0 obj << >> endobj");
        })
    }),
    ("object-stream-bomb-of-1-gb", HEAVY, || {
        with_object_stream("/N 9 /First 50 /Filter /FlateDecode", bomb(&[b' '; 1 << 18], 4096))
    }),
    ("object-stream-bomb-of-numbers", HEAVY, || {
        let entries = "/N 100000000 /First 900000000 /Filter /FlateDecode";
        with_object_stream(entries, bomb(&b"1 0 ".repeat(1 << 18), 1000))
    }),
    ("reference-table-index-wrong", REPAIRABLE, || {
        let wrong = |id| (id, [2, OBJECT_STREAM, 60_000]);
        modern(|file| file.entries.extend([CATALOG, 2, PAGE_1, RESOURCES].map(wrong)))
    }),
    ("reference-table-object-in-page-content", PARTIAL, || {
        modern(|file| {
            file.entries.push((CATALOG, [2, u64::from(CONTENT_1), 0]));
            file.entries.push((PAGE_1, [2, u64::from(CONTENT_2), 1]));
        })
    }),
];

/// The widths of a cross-reference stream's fields.
const WIDTHS: &[Row<&str>] = &[
    ("reference-stream-widths-zero", REPAIRABLE, "[0 0 0]"),
    (
        "reference-stream-widths-huge",
        REPAIRABLE,
        "[9223372036854775807 9223372036854775807 9223372036854775807]",
    ),
    ("reference-stream-widths-negative", REPAIRABLE, "[-1 4 -2]"),
    ("reference-stream-widths-of-twenty-bytes", REPAIRABLE, "[20 20 20]"),
    ("reference-stream-widths-of-two", REPAIRABLE, "[1 4]"),
    ("reference-stream-widths-wrong-types", REPAIRABLE, "[(1) /4 null]"),
    ("reference-stream-widths-missing", REPAIRABLE, "null"),
];

/// The stated size of a cross-reference stream.
const SIZES: &[Row<&str>] = &[
    ("reference-stream-size-huge", REPAIRABLE, "9223372036854775807"),
    ("reference-stream-size-negative", REPAIRABLE, "-1"),
];

/// The object numbers that a cross-reference stream covers.
const INDEXES: &[Row<&str>] = &[
    ("reference-stream-index-huge", REPAIRABLE, "[0 9223372036854775807]"),
    ("reference-stream-index-negative", REPAIRABLE, "[-100 -5 9 0]"),
    ("reference-stream-index-odd", REPAIRABLE, "[0 11 900 (two) 5]"),
];

/// The letter with other bytes for its cross-reference stream.
fn with_reference_stream(extra: &str, table: Vec<u8>) -> Vec<u8> {
    modern(|file| (file.extra, file.table) = (extra.to_owned(), Some(table)))
}

/// The letter with a compressed cross-reference stream of a few bytes.
fn with_predictor((parameters, byte): (&str, u8)) -> Vec<u8> {
    let extra = format!("/Filter /FlateDecode /DecodeParms << {parameters} >>");
    with_reference_stream(&extra, deflate(&[byte; 64]))
}

/// The predictor of a cross-reference stream, and the byte that fills its rows.
const PREDICTORS: &[Row<(&str, u8)>] = &[
    (
        "reference-stream-columns-absurd",
        REPAIRABLE,
        ("/Predictor 12 /Columns 9223372036854775807 /Colors 4096 /BitsPerComponent 64", 2),
    ),
    ("reference-stream-columns-negative", REPAIRABLE, ("/Predictor 12 /Columns -7", 2)),
    ("reference-stream-columns-zero", REPAIRABLE, ("/Predictor 15 /Columns 0", 2)),
    ("reference-stream-predictor-absurd", REPAIRABLE, ("/Predictor 4711 /Columns 7", 9)),
];

/// Other odd cross-reference streams.
const REFERENCE_STREAMS: &[Row<Build>] = &[
    ("reference-stream-widths-zero-index-huge", REPAIRABLE, || {
        modern(|file| {
            file.widths = Some("[0 0 0]".to_owned());
            file.extra = "/Index [0 4294967295 0 4294967295]".to_owned();
        })
    }),
    ("reference-stream-prev-to-itself", REPAIRABLE, || {
        // The offset has ten digits, so that the file's length does not depend on it.
        let with_prev = |start: &str| modern(|file| file.extra = format!("/Prev {start:0>10}"));
        let bytes = with_prev("0");
        let end = bytes.len() - b"\n%%EOF\n".len();
        let digits = bytes[..end].iter().rev().take_while(|byte| byte.is_ascii_digit()).count();
        with_prev(&String::from_utf8_lossy(&bytes[end - digits..end]))
    }),
    ("reference-stream-noise", REPAIRABLE, || with_reference_stream("", noise(7 * 902))),
    ("reference-stream-bomb-of-1-gb", HEAVY, || {
        let extra = "/Filter /FlateDecode /DecodeParms << /Predictor 12 /Columns 7 >>";
        with_reference_stream(extra, bomb(&[0; 1 << 18], 4096))
    }),
    ("reference-stream-bomb-of-entries", HEAVY, || {
        let extra = "/Filter /FlateDecode /Index [0 100000000]";
        with_reference_stream(extra, bomb(&[1, 0, 0, 0, 15, 0, 0].repeat(1 << 16), 1024))
    }),
];
