//! Classes of damage to the file as a whole: header, cross-reference table, trailer, end.

use super::letter::{CATALOG, CONTENT_1, FREE, INFO, PAGES, letter, page};
use super::writer::{Body, Pdf, table};
use super::{Build, Change, Hostile, NO_PDF, PARTIAL, RECORD, REPAIRABLE, Row, built, each};

/// Files that are truncated, have wrong tables, or are not PDFs at all.
pub(super) fn classes() -> Vec<Hostile> {
    let whole = letter().build();
    [
        each(TRUNCATED, |percent| whole[..whole.len() * percent / 100].to_vec()),
        each(MOVED, moved),
        each(TABLES, with_table),
        each(STARTS, |start| letter().with_ending(|body| right_table(body) + &letter().tail(start))),
        built(ENDINGS),
        each(TRAILERS, with_trailer),
        each(CATALOGS, |catalog| letter().set(CATALOG, catalog).build()),
        each(INFOS, |info| letter().set(INFO, info).build()),
        built(TOKENS),
        each(UPDATES, |entries| with_update(|_| entries.to_owned())),
        built(UPDATE_GRAPHS),
        each(NOT_PDF, <[u8]>::to_vec),
        each(HEADERS, |header| with_header(header, &whole)),
        built(FILES),
    ]
    .into_iter()
    .flatten()
    .collect()
}

/// How much of the letter is left, in percent.
const TRUNCATED: &[Row<usize>] = &[
    ("truncated-at-10-percent", PARTIAL, 10),
    ("truncated-at-20-percent", PARTIAL, 20),
    ("truncated-at-30-percent", PARTIAL, 30),
    ("truncated-at-40-percent", PARTIAL, 40),
    ("truncated-at-50-percent", PARTIAL, 50),
    ("truncated-at-60-percent", PARTIAL, 60),
    ("truncated-at-70-percent", PARTIAL, 70),
    ("truncated-at-80-percent", PARTIAL, 80),
    ("truncated-at-90-percent", PARTIAL, 90),
    ("truncated-at-99-percent", PARTIAL, 99),
];

/// The correct cross-reference table of the letter. Its size is the first free object number.
fn right_table(body: &Body) -> String {
    table(&body.offsets, FREE)
}

/// The trailer and what follows, for a table after the body.
fn right_tail(body: &Body) -> String {
    letter().tail(&body.bytes.len().to_string())
}

/// The letter with other offsets in its table.
fn moved(change: Change<usize>) -> Vec<u8> {
    letter().with_ending(|body| {
        let offsets = body.offsets.iter().map(|(id, offset)| (*id, change(*offset))).collect();
        table(&offsets, FREE) + &right_tail(body)
    })
}

/// How the offsets in the table are changed.
const MOVED: &[Row<Change<usize>>] = &[
    ("xref-offsets-seven-too-far", REPAIRABLE, |offset| offset + 7),
    ("xref-offsets-beyond-file", REPAIRABLE, |_| 9_999_999_999),
    ("xref-offsets-all-zero", REPAIRABLE, |_| 0),
];

/// The letter with a replacement in its table.
fn with_table((from, to, times): (&str, &str, usize)) -> Vec<u8> {
    letter().with_ending(|body| right_table(body).replacen(from, to, times) + &right_tail(body))
}

/// The text in the table, its replacement, and how many times it is replaced.
const TABLES: &[Row<(&str, &str, usize)>] = &[
    ("xref-count-of-four-billion", REPAIRABLE, ("0 11", "0 4294967295", 1)),
    ("xref-count-overflowing", REPAIRABLE, ("0 11", "18446744073709551615 18446744073709551616", 1)),
    ("xref-count-negative", REPAIRABLE, ("0 11", "-5 -11", 1)),
    ("xref-all-free", REPAIRABLE, (" n ", " f ", usize::MAX)),
    ("xref-short-lines", REPAIRABLE, (" 00000 n \n", " 0 n\n", usize::MAX)),
];

/// The `startxref` value.
const STARTS: &[Row<&str>] = &[
    ("startxref-word", REPAIRABLE, "here"),
    ("startxref-negative", REPAIRABLE, "-100"),
    ("startxref-huge", REPAIRABLE, "99999999999999999999999999"),
    ("startxref-beyond-file", REPAIRABLE, "123456789"),
    ("startxref-to-header", REPAIRABLE, "0"),
];

/// Other contents than table, trailer and end after the objects.
const ENDINGS: &[Row<Build>] = &[
    ("xref-offsets-swapped", REPAIRABLE, || {
        letter().with_ending(|body| {
            let turned = body.offsets.keys().rev().copied().zip(body.offsets.values().copied()).collect();
            table(&turned, FREE) + &right_tail(body)
        })
    }),
    ("xref-missing", REPAIRABLE, || letter().with_ending(|_| letter().tail("0"))),
    ("xref-garbage", REPAIRABLE, || {
        letter().with_ending(|body| "xref\n0 eleven\nnothing to see here\n".to_owned() + &right_tail(body))
    }),
    ("startxref-missing", REPAIRABLE, || {
        letter().with_ending(|body| {
            right_table(body) + &letter().tail("").replace("startxref\n", "").replace("%%EOF", "")
        })
    }),
    ("trailer-missing", REPAIRABLE, || {
        letter().with_ending(|body| right_table(body) + &end(body.bytes.len()))
    }),
    ("trailer-unterminated", REPAIRABLE, || {
        letter().with_ending(|body| {
            right_table(body) + "trailer\n<< /Size 11 /Root 1 0 R\n" + &end(body.bytes.len())
        })
    }),
];

/// The letter with other entries in its trailer.
fn with_trailer(entries: &str) -> Vec<u8> {
    let mut pdf = letter();
    pdf.trailer = entries.to_owned();
    pdf.build()
}

/// The entries of the trailer besides `/Size`.
const TRAILERS: &[Row<&str>] = &[
    ("trailer-without-root", REPAIRABLE, "/Info 10 0 R"),
    ("trailer-root-missing-object", REPAIRABLE, "/Root 4711 0 R"),
    ("trailer-root-is-number", REPAIRABLE, "/Root 42"),
    ("trailer-root-is-page", PARTIAL, "/Root 3 0 R"),
    ("trailer-size-zero", REPAIRABLE, "/Size 0 /Root 1 0 R"),
    ("trailer-size-huge", REPAIRABLE, "/Size 9223372036854775807 /Root 1 0 R"),
];

/// What the catalog is.
const CATALOGS: &[Row<&str>] = &[
    ("root-is-array", REPAIRABLE, "[ 2 0 R ]"),
    ("root-is-null", REPAIRABLE, "null"),
    ("root-without-pages", REPAIRABLE, "<< /Type /Catalog >>"),
    ("root-pages-is-string", REPAIRABLE, "<< /Type /Catalog /Pages (none) >>"),
    (
        "names-with-number-signs",
        RECORD,
        "<< /Type /Catalog /Pages 2 0 R /#00 1 /A#0 2 /B#GG 3 /# 4 /#FF#FE /#00#00 >>",
    ),
];

/// What the information dictionary is.
const INFOS: &[Row<&[u8]>] = &[
    ("info-title-broken-utf16", RECORD, b"<< /Title (\xFE\xFF\xD8\x00\x00) /Author <FEFFDC00D8> >>"),
    ("info-refers-to-itself", RECORD, b"10 0 R"),
    (
        "info-title-refers-to-info",
        RECORD,
        b"<< /Title 10 0 R /Author [10 0 R] /CreationDate << /D 10 0 R >> >>",
    ),
    ("info-dates-absurd", RECORD, b"<< /CreationDate (D:99999999999999Z99'99) /ModDate (D:) /Title 7 >>"),
];

/// Objects that are missing, or written in unusual ways.
const TOKENS: &[Row<Build>] = &[
    ("pages-object-missing", REPAIRABLE, || {
        let mut pdf = letter();
        pdf.objects.remove(&PAGES);
        pdf.build()
    }),
    ("nuls-between-tokens", REPAIRABLE, || {
        let mut pdf = letter();
        pdf.set(CATALOG, "<<\0/Type\0/Catalog\0\0/Pages\x002\x000\0R\0>>\0\0");
        pdf.set(3, page(CONTENT_1, "/MediaBox\0[0\x000\x00595\x00842]").replace(' ', "\0")).build()
    }),
];

/// The letter with more entries in its trailer, depending on the body.
fn with_update(entries: impl Fn(&Body) -> String) -> Vec<u8> {
    letter().with_ending(|body| first_section(&entries(body), body) + &end(body.bytes.len()))
}

/// The letter's own section: its table, and a trailer with more entries.
fn first_section(entries: &str, body: &Body) -> String {
    format!("{}trailer\n<< /Size {} /Root 1 0 R {entries} >>\n", right_table(body), FREE)
}

/// A later section, which changes nothing. Offsets have ten digits, so that a section's place is known before it is
/// written.
fn later_section(prev: usize) -> String {
    format!("xref\n0 0\ntrailer\n<< /Size {} /Root 1 0 R /Prev {prev:010}  >>\n", FREE)
}

/// The end of a file whose last section starts at `start`.
fn end(start: usize) -> String {
    format!("startxref\n{start}\n%%EOF\n")
}

/// The trailer's reference to earlier sections.
const UPDATES: &[Row<&str>] = &[
    ("xref-prev-negative", REPAIRABLE, "/Prev -1"),
    ("xref-prev-huge", REPAIRABLE, "/Prev 18446744073709551615"),
    ("xref-prev-is-reference", REPAIRABLE, "/Prev 10 0 R"),
    ("hybrid-xrefstm-beyond-file", REPAIRABLE, "/XRefStm 99999999 /Prev 99999999"),
];

/// Chains of incremental updates.
const UPDATE_GRAPHS: &[Row<Build>] = &[
    ("xref-prev-to-itself", REPAIRABLE, || with_update(|body| format!("/Prev {}", body.bytes.len()))),
    ("xref-prev-cycle", REPAIRABLE, || {
        letter().with_ending(|body| {
            let start = body.bytes.len();
            let second = start + first_section(&format!("/Prev {:010}", 0), body).len();
            first_section(&format!("/Prev {second:010}"), body) + &later_section(start) + &end(second)
        })
    }),
    ("xref-prev-chain-of-20000", REPAIRABLE, || {
        letter().with_ending(|body| {
            let start = body.bytes.len();
            let mut out = first_section("", body);
            let mut prev = start;
            for _ in 0..20_000 {
                let here = start + out.len();
                out.push_str(&later_section(prev));
                prev = here;
            }
            out + &end(prev)
        })
    }),
    ("hybrid-xrefstm-to-its-table", REPAIRABLE, || {
        with_update(|body| format!("/XRefStm {}", body.bytes.len()))
    }),
    ("hybrid-xrefstm-to-content", REPAIRABLE, || {
        with_update(|body| format!("/XRefStm {}", body.offsets[&CONTENT_1]))
    }),
];

/// Files that are not PDFs, or only begin like one.
const NOT_PDF: &[Row<&[u8]>] = &[
    ("zero-bytes", NO_PDF, b""),
    ("one-byte", PARTIAL, b"%"),
    (
        "html-page",
        NO_PDF,
        b"<!DOCTYPE html>\n<html lang=\"en\"><head><title>Page not found</title></head>\n<body><h1>Page not \
          found</h1><p>Focused visit to Marlbrook children\xE2\x80\x99s services</p></body></html>\n",
    ),
    ("nuls-only", NO_PDF, &[0; 1_000_000]),
    ("header-only", BEGUN, b"%PDF-1.7\n"),
    ("header-and-end-only", BEGUN, b"%PDF-1.7\n%%EOF\n"),
];

/// The file has a PDF header, but nothing that could be a report.
const BEGUN: &[&str] = &["damaged", "not-a-report-file"];
/// The letter is there, if a reader searches for it after the junk at the beginning.
const BEHIND_JUNK: &[&str] = &["record", "damaged", "not-a-report-file"];

/// The letter with another first line.
fn with_header(header: &str, whole: &[u8]) -> Vec<u8> {
    let rest = whole.iter().position(|byte| *byte == b'\n').expect("a header");
    [header.as_bytes(), &whole[rest..]].concat()
}

/// The first line.
const HEADERS: &[Row<&str>] = &[
    ("header-missing", BEHIND_JUNK, "%no header"),
    ("header-version-absurd", REPAIRABLE, "%PDF-99999999999999999999.x"),
];

/// Files other than exactly one PDF.
const FILES: &[Row<Build>] = &[
    ("png-header", &["damaged", "no-text"], || {
        b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\x01\0\0\0\x01".repeat(50)
    }),
    ("zip-header", NO_PDF, || b"PK\x03\x04\x14\0\x06\0\x08\0\0\0\x21\0\xDF\xA4\xD2\x6C".repeat(50)),
    ("noise", NO_PDF, || noise(200_000)),
    ("header-then-noise", BEGUN, || [b"%PDF-1.7\n".to_vec(), noise(200_000)].concat()),
    ("header-after-junk", REPAIRABLE, || {
        let mut page = b"<!DOCTYPE html><html><body><p>Please sign in.</p></body></html>\n".to_vec();
        page.resize(600, b' ');
        [page, letter().build()].concat()
    }),
    ("header-after-4-kb-of-junk", BEHIND_JUNK, || [b"\0junk\r".repeat(700), letter().build()].concat()),
    ("header-twice", REPAIRABLE, || [b"%PDF-1.4\n%%EOF\n".to_vec(), letter().build()].concat()),
    ("junk-after-end", REPAIRABLE, || [letter().build(), vec![0; 100_000]].concat()),
    ("two-files-in-one", REPAIRABLE, || [letter().build(), letter().set(INFO, "<< >>").build()].concat()),
    // It is undefined which of the two pages is meant, and one of them contains no report.
    ("objects-with-same-number", PARTIAL, || {
        let mut pdf = letter();
        pdf.set(INFO, "null\nendobj\n3 0 obj\n<< /Type /Page /Parent 3 0 R >>\nendobj\n1 0 obj\n[ ]");
        pdf.with_ending(|_| pdf.tail("0"))
    }),
    ("one-endless-comment", BEGUN, || {
        let mut bytes = b"%PDF-1.7\n%".to_vec();
        bytes.resize(2_000_000, b'%');
        bytes
    }),
    // The line ends inside streams keep their length of one byte, so that all offsets remain correct.
    ("carriage-returns-only", PARTIAL, || {
        let mut bytes = letter().build();
        bytes.iter_mut().filter(|byte| **byte == b'\n').for_each(|byte| *byte = b'\r');
        bytes
    }),
    ("catalog-only", &["damaged", "no-text"], || {
        Pdf::new("/Root 1 0 R").set(CATALOG, "<< /Type /Catalog >>").build()
    }),
];

/// Pseudo-random bytes, the same each time.
pub(super) fn noise(length: usize) -> Vec<u8> {
    let mut state = 0x9E37_79B9_7F4A_7C15u64;
    let mut next = || {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        (state >> 24) as u8
    };
    (0..length).map(|_| next()).collect()
}
