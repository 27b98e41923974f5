//! The classes about the file as a whole: its header, its cross-reference table, its trailer, its end.

use super::letter::{CATALOG, CONTENT_1, INFO, PAGES, letter, page};
use super::writer::{Pdf, table};
use super::{Hostile, NO_PDF, PARTIAL, RECORD, REPAIRABLE};

/// Files that are cut, that have wrong tables, or that are no PDF at all.
pub(super) fn classes() -> Vec<Hostile> {
    let mut all = truncated();
    all.extend(tables());
    all.extend(trailers());
    all.extend(updates());
    all.extend(headers());
    all
}

/// The letter cut at ten points.
fn truncated() -> Vec<Hostile> {
    const CUTS: [(&str, usize); 10] = [
        ("truncated-at-10-percent", 10),
        ("truncated-at-20-percent", 20),
        ("truncated-at-30-percent", 30),
        ("truncated-at-40-percent", 40),
        ("truncated-at-50-percent", 50),
        ("truncated-at-60-percent", 60),
        ("truncated-at-70-percent", 70),
        ("truncated-at-80-percent", 80),
        ("truncated-at-90-percent", 90),
        ("truncated-at-99-percent", 99),
    ];
    let bytes = letter().build();
    let cut = |(name, percent)| Hostile::new(name, PARTIAL, bytes[..bytes.len() * percent / 100].to_vec());
    CUTS.into_iter().map(cut).collect()
}

/// Tables of cross-references that are wrong, and wrong ways to them.
fn tables() -> Vec<Hostile> {
    let pdf = letter();
    let size = pdf.size();
    let with_table = |change: &dyn Fn(&mut String)| {
        pdf.with_ending(|body| {
            let mut table = table(&body.offsets, size);
            change(&mut table);
            table + &pdf.tail(&body.bytes.len().to_string())
        })
    };
    let with_start = |start: &str| pdf.with_ending(|body| table(&body.offsets, size) + &pdf.tail(start));
    let moved = |by: fn(usize) -> usize| {
        pdf.with_ending(|body| {
            let offsets = body.offsets.iter().map(|(id, offset)| (*id, by(*offset))).collect();
            table(&offsets, size) + &pdf.tail(&body.bytes.len().to_string())
        })
    };
    vec![
        Hostile::new("xref-offsets-seven-too-far", REPAIRABLE, moved(|offset| offset + 7)),
        Hostile::new("xref-offsets-beyond-file", REPAIRABLE, moved(|_| 9_999_999_999)),
        Hostile::new("xref-offsets-all-zero", REPAIRABLE, moved(|_| 0)),
        Hostile::new(
            "xref-offsets-swapped",
            REPAIRABLE,
            pdf.with_ending(|body| {
                let turned = body.offsets.keys().rev().copied().zip(body.offsets.values().copied()).collect();
                table(&turned, size) + &pdf.tail(&body.bytes.len().to_string())
            }),
        ),
        Hostile::new("xref-missing", REPAIRABLE, pdf.with_ending(|_| pdf.tail("0"))),
        Hostile::new(
            "xref-garbage",
            REPAIRABLE,
            with_table(&|table| *table = "xref\n0 eleven\nnothing to see here\n".to_owned()),
        ),
        Hostile::new(
            "xref-count-of-four-billion",
            REPAIRABLE,
            with_table(&|table| *table = table.replacen("0 11", "0 4294967295", 1)),
        ),
        Hostile::new(
            "xref-count-overflowing",
            REPAIRABLE,
            with_table(&|table| {
                *table = table.replacen("0 11", "18446744073709551615 18446744073709551616", 1)
            }),
        ),
        Hostile::new(
            "xref-count-negative",
            REPAIRABLE,
            with_table(&|table| *table = table.replacen("0 11", "-5 -11", 1)),
        ),
        Hostile::new("xref-all-free", REPAIRABLE, with_table(&|table| *table = table.replace(" n ", " f "))),
        Hostile::new(
            "xref-short-lines",
            REPAIRABLE,
            with_table(&|table| *table = table.replace(" 00000 n \n", " 0 n\n")),
        ),
        Hostile::new("startxref-word", REPAIRABLE, with_start("here")),
        Hostile::new("startxref-negative", REPAIRABLE, with_start("-100")),
        Hostile::new("startxref-huge", REPAIRABLE, with_start("99999999999999999999999999")),
        Hostile::new("startxref-beyond-file", REPAIRABLE, with_start("123456789")),
        Hostile::new("startxref-to-header", REPAIRABLE, with_start("0")),
        Hostile::new(
            "startxref-missing",
            REPAIRABLE,
            pdf.with_ending(|body| {
                table(&body.offsets, size) + &pdf.tail("").replace("startxref\n", "").replace("%%EOF", "")
            }),
        ),
    ]
}

/// Trailers and catalogs that lead nowhere.
fn trailers() -> Vec<Hostile> {
    let with_trailer = |trailer: &str| {
        let mut pdf = letter();
        pdf.trailer = trailer.to_owned();
        pdf.build()
    };
    let with_catalog = |catalog: &str| letter().set(CATALOG, catalog).build();
    let pdf = letter();
    vec![
        Hostile::new(
            "trailer-missing",
            REPAIRABLE,
            pdf.with_ending(|body| {
                table(&body.offsets, pdf.size()) + &format!("startxref\n{}\n%%EOF\n", body.bytes.len())
            }),
        ),
        Hostile::new(
            "trailer-unterminated",
            REPAIRABLE,
            pdf.with_ending(|body| {
                let start = body.bytes.len();
                table(&body.offsets, pdf.size())
                    + &format!("trailer\n<< /Size 11 /Root 1 0 R\nstartxref\n{start}\n%%EOF\n")
            }),
        ),
        Hostile::new("trailer-without-root", REPAIRABLE, with_trailer("/Info 10 0 R")),
        Hostile::new("trailer-root-missing-object", REPAIRABLE, with_trailer("/Root 4711 0 R")),
        Hostile::new("trailer-root-is-number", REPAIRABLE, with_trailer("/Root 42")),
        Hostile::new("trailer-root-is-page", PARTIAL, with_trailer("/Root 3 0 R")),
        Hostile::new("trailer-size-zero", REPAIRABLE, with_trailer("/Size 0 /Root 1 0 R")),
        Hostile::new("trailer-size-huge", REPAIRABLE, with_trailer("/Size 9223372036854775807 /Root 1 0 R")),
        Hostile::new("root-is-array", REPAIRABLE, with_catalog("[ 2 0 R ]")),
        Hostile::new("root-is-null", REPAIRABLE, with_catalog("null")),
        Hostile::new("root-without-pages", REPAIRABLE, with_catalog("<< /Type /Catalog >>")),
        Hostile::new("root-pages-is-string", REPAIRABLE, with_catalog("<< /Type /Catalog /Pages (none) >>")),
        Hostile::new("pages-object-missing", REPAIRABLE, {
            let mut pdf = letter();
            pdf.objects.remove(&PAGES);
            pdf.build()
        }),
        Hostile::new("info-title-broken-utf16", RECORD, {
            letter().set(INFO, b"<< /Title (\xFE\xFF\xD8\x00\x00) /Author <FEFFDC00D8> >>").build()
        }),
        Hostile::new("info-refers-to-itself", RECORD, letter().set(INFO, "10 0 R").build()),
        Hostile::new(
            "info-title-refers-to-info",
            RECORD,
            letter().set(INFO, "<< /Title 10 0 R /Author [10 0 R] /CreationDate << /D 10 0 R >> >>").build(),
        ),
        Hostile::new(
            "info-dates-absurd",
            RECORD,
            letter().set(INFO, "<< /CreationDate (D:99999999999999Z99'99) /ModDate (D:) /Title 7 >>").build(),
        ),
        Hostile::new("names-with-number-signs", RECORD, {
            let mut pdf = letter();
            pdf.set(CATALOG, "<< /Type /Catalog /Pages 2 0 R /#00 1 /A#0 2 /B#GG 3 /# 4 /#FF#FE /#00#00 >>");
            pdf.build()
        }),
        Hostile::new("nuls-between-tokens", REPAIRABLE, {
            let mut pdf = letter();
            pdf.set(CATALOG, "<<\0/Type\0/Catalog\0\0/Pages\x002\x000\0R\0>>\0\0");
            pdf.set(3, page(CONTENT_1, "/MediaBox\0[0\x000\x00595\x00842]").replace(' ', "\0"));
            pdf.build()
        }),
    ]
}

/// Chains of incremental updates.
fn updates() -> Vec<Hostile> {
    let pdf = letter();
    let size = pdf.size();
    let root = "/Root 1 0 R";
    // Offsets are written with ten digits, so that a section's place is known before it is written.
    let section = |prev: usize, extra: &str| {
        format!("xref\n0 0\ntrailer\n<< /Size {size} {root} /Prev {prev:010} {extra} >>\n")
    };
    let end = |start: usize| format!("startxref\n{start}\n%%EOF\n");
    let first = |prev: &str, body: &super::writer::Body| {
        format!("{}trailer\n<< /Size {size} {root} {prev} >>\n", table(&body.offsets, size))
    };
    vec![
        Hostile::new(
            "xref-prev-to-itself",
            REPAIRABLE,
            pdf.with_ending(|body| {
                let start = body.bytes.len();
                first(&format!("/Prev {start}"), body) + &end(start)
            }),
        ),
        Hostile::new(
            "xref-prev-cycle",
            REPAIRABLE,
            pdf.with_ending(|body| {
                let start = body.bytes.len();
                let length = first(&format!("/Prev {:010}", 0), body).len();
                let second = start + length;
                first(&format!("/Prev {second:010}"), body) + &section(start, "") + &end(second)
            }),
        ),
        Hostile::new(
            "xref-prev-chain-of-20000",
            REPAIRABLE,
            pdf.with_ending(|body| {
                let start = body.bytes.len();
                let mut out = first("", body);
                let mut prev = start;
                for _ in 0..20_000 {
                    let here = start + out.len();
                    out.push_str(&section(prev, ""));
                    prev = here;
                }
                out + &end(prev)
            }),
        ),
        Hostile::new(
            "xref-prev-negative",
            REPAIRABLE,
            pdf.with_ending(|body| first("/Prev -1", body) + &end(body.bytes.len())),
        ),
        Hostile::new(
            "xref-prev-huge",
            REPAIRABLE,
            pdf.with_ending(|body| first("/Prev 18446744073709551615", body) + &end(body.bytes.len())),
        ),
        Hostile::new(
            "xref-prev-is-reference",
            REPAIRABLE,
            pdf.with_ending(|body| first("/Prev 10 0 R", body) + &end(body.bytes.len())),
        ),
        Hostile::new(
            "hybrid-xrefstm-to-its-table",
            REPAIRABLE,
            pdf.with_ending(|body| {
                let start = body.bytes.len();
                first(&format!("/XRefStm {start}"), body) + &end(start)
            }),
        ),
        Hostile::new(
            "hybrid-xrefstm-to-content",
            REPAIRABLE,
            pdf.with_ending(|body| {
                first(&format!("/XRefStm {}", body.offsets[&CONTENT_1]), body) + &end(body.bytes.len())
            }),
        ),
        Hostile::new(
            "hybrid-xrefstm-beyond-file",
            REPAIRABLE,
            pdf.with_ending(|body| first("/XRefStm 99999999 /Prev 99999999", body) + &end(body.bytes.len())),
        ),
    ]
}

/// What comes before the first object, or instead of it.
fn headers() -> Vec<Hostile> {
    let bytes = letter().build();
    let preceded = |junk: &[u8]| [junk, &bytes].concat();
    let followed = |junk: &[u8]| [&bytes, junk].concat();
    let headed = |header: &str| {
        let rest = bytes.iter().position(|byte| *byte == b'\n').expect("a header");
        [header.as_bytes(), &bytes[rest..]].concat()
    };
    let beside = {
        let mut page = b"<!DOCTYPE html><html><body><p>Please sign in.</p></body></html>\n".to_vec();
        page.resize(600, b' ');
        page
    };
    vec![
        Hostile::new("zero-bytes", NO_PDF, Vec::new()),
        Hostile::new("one-byte", PARTIAL, vec![b'%']),
        Hostile::new(
            "html-page",
            NO_PDF,
            b"<!DOCTYPE html>\n<html lang=\"en\"><head><title>Page not found</title></head>\n<body><h1>Page not \
              found</h1><p>Focused visit to Marlbrook children\xE2\x80\x99s services</p></body></html>\n"
                .to_vec(),
        ),
        Hostile::new("png-header", &["damaged", "no-text"], b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\x01\0\0\0\x01".repeat(50)),
        Hostile::new("zip-header", NO_PDF, b"PK\x03\x04\x14\0\x06\0\x08\0\0\0\x21\0\xDF\xA4\xD2\x6C".repeat(50)),
        Hostile::new("nuls-only", NO_PDF, vec![0; 1_000_000]),
        Hostile::new("noise", NO_PDF, noise(200_000)),
        Hostile::new("header-only", &["damaged", "not-a-report-file"], b"%PDF-1.7\n".to_vec()),
        Hostile::new("header-and-end-only", &["damaged", "not-a-report-file"], b"%PDF-1.7\n%%EOF\n".to_vec()),
        Hostile::new(
            "header-then-noise",
            &["damaged", "not-a-report-file"],
            [b"%PDF-1.7\n".to_vec(), noise(200_000)].concat(),
        ),
        Hostile::new("header-after-junk", REPAIRABLE, preceded(&beside)),
        Hostile::new(
            "header-after-4-kb-of-junk",
            &["record", "damaged", "not-a-report-file"],
            preceded(&b"\0junk\r".repeat(700)),
        ),
        Hostile::new(
            "header-missing",
            &["record", "damaged", "not-a-report-file"],
            headed("%no header"),
        ),
        Hostile::new("header-version-absurd", REPAIRABLE, headed("%PDF-99999999999999999999.x")),
        Hostile::new("header-twice", REPAIRABLE, preceded(b"%PDF-1.4\n%%EOF\n")),
        Hostile::new("junk-after-end", REPAIRABLE, followed(&[0; 100_000])),
        Hostile::new("two-files-in-one", REPAIRABLE, followed(&letter().set(INFO, "<< >>").build())),
        // Which of two pages is meant nobody can tell: one of them has no report on it.
        Hostile::new("objects-with-same-number", PARTIAL, {
            let mut pdf = letter();
            let twin = "null\nendobj\n3 0 obj\n<< /Type /Page /Parent 3 0 R >>\nendobj\n1 0 obj\n[ ]";
            pdf.set(INFO, twin);
            pdf.with_ending(|_| pdf.tail("0"))
        }),
        Hostile::new("one-endless-comment", &["damaged", "not-a-report-file"], {
            let mut bytes = b"%PDF-1.7\n%".to_vec();
            bytes.resize(2_000_000, b'%');
            bytes
        }),
        Hostile::new("carriage-returns-only", PARTIAL, {
            // Line ends inside of the streams stay of one byte, so that every offset is still right.
            bytes.iter().map(|byte| if *byte == b'\n' { b'\r' } else { *byte }).collect()
        }),
        Hostile::new("catalog-only", &["damaged", "no-text"], {
            let mut pdf = Pdf::new("/Root 1 0 R");
            pdf.set(CATALOG, "<< /Type /Catalog >>");
            pdf.build()
        }),
    ]
}

/// Bytes without an order to them, the same each time.
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
