//! The classes about streams: their lengths and their filters. The first page's content is the stream.

use super::letter::{CONTENT_1, CONTENT_2, FREE, first, letter};
use super::writer::{bomb, deflate, store};
use super::{HEAVY, Hostile, PARTIAL};

/// Streams with wrong lengths, wrong filters and bombs.
pub(super) fn classes() -> Vec<Hostile> {
    let mut all = lengths();
    all.extend(filters());
    all.extend(bombs());
    all
}

/// The letter with another stream as its first page's content.
fn with_content(entries: &str, data: impl Into<Vec<u8>>) -> Vec<u8> {
    letter().stream(CONTENT_1, entries, data).build()
}

/// Lengths.
fn lengths() -> Vec<Hostile> {
    let length = |length: &str| with_content(&format!("/Length {length}"), first());
    vec![
        Hostile::new("length-short", PARTIAL, length("10")),
        Hostile::new("length-long", PARTIAL, length("2700")),
        Hostile::new("length-beyond-file", PARTIAL, length("99999999")),
        Hostile::new("length-huge", PARTIAL, length("99999999999999999999999")),
        Hostile::new("length-max", PARTIAL, length("9223372036854775807")),
        Hostile::new("length-negative", PARTIAL, length("-1")),
        Hostile::new("length-zero", PARTIAL, length("0")),
        Hostile::new("length-refers-to-its-stream", PARTIAL, length("5 0 R")),
        Hostile::new("length-refers-to-other-stream", PARTIAL, length("6 0 R")),
        Hostile::new("length-refers-to-nothing", PARTIAL, length("4711 0 R")),
        Hostile::new("length-refers-in-a-circle", PARTIAL, {
            let mut pdf = letter();
            pdf.stream(CONTENT_1, "/Length 11 0 R", first()).set(FREE, "12 0 R").set(FREE + 1, "11 0 R");
            pdf.build()
        }),
        Hostile::new("length-is-name", PARTIAL, length("/Long")),
        Hostile::new("length-short-and-compressed", PARTIAL, {
            with_content("/Length 20 /Filter /FlateDecode", deflate(&first()))
        }),
        Hostile::new("stream-without-endstream", PARTIAL, {
            let mut pdf = letter();
            let body = [&b"<< /Length 2000 >>\nstream\n"[..], &first()].concat();
            pdf.set(CONTENT_1, body);
            pdf.build()
        }),
        Hostile::new("stream-full-of-endstreams", PARTIAL, {
            let data = [first(), b"\nendstream\nendobj\n5 0 obj\n<< /Length 10 >>\nstream\n".repeat(10_000)];
            with_content("/Length 4711 0 R", data.concat())
        }),
    ]
}

/// Filters.
fn filters() -> Vec<Hostile> {
    let packed = deflate(&first());
    let names = |names: &str| format!("/Filter [{names}]");
    let mut wrapped = first();
    for _ in 0..1000 {
        wrapped = store(&wrapped);
    }
    let hex: Vec<u8> = first().iter().flat_map(|byte| format!("{byte:02x}").into_bytes()).collect();
    let mut halves = packed.clone();
    halves.truncate(packed.len() / 2);
    let mut wrong_sum = packed.clone();
    wrong_sum.iter_mut().rev().take(4).for_each(|byte| *byte ^= 0x5A);
    let mut flipped = packed.clone();
    flipped.iter_mut().skip(40).step_by(97).for_each(|byte| *byte ^= 0xFF);
    vec![
        Hostile::new("filter-chain-of-1000", HEAVY, {
            with_content(&names(&"/FlateDecode ".repeat(1000)), wrapped)
        }),
        Hostile::new("filter-chain-of-100000-on-plain-data", HEAVY, {
            with_content(&names(&"/ASCIIHexDecode ".repeat(100_000)), hex.clone())
        }),
        Hostile::new("filter-unknown", PARTIAL, with_content("/Filter /FlattenDecode", packed.clone())),
        Hostile::new("filter-is-number", PARTIAL, with_content("/Filter 7", packed.clone())),
        Hostile::new("filter-array-contains-itself", PARTIAL, {
            letter().stream(CONTENT_1, "/Filter 11 0 R", packed.clone()).set(FREE, "[11 0 R 11 0 R]").build()
        }),
        Hostile::new("filter-refers-in-a-circle", PARTIAL, {
            let mut pdf = letter();
            pdf.stream(CONTENT_1, "/Filter 11 0 R /DecodeParms 11 0 R", packed.clone());
            pdf.set(FREE, "12 0 R").set(FREE + 1, "11 0 R");
            pdf.build()
        }),
        Hostile::new("filter-crypt", PARTIAL, {
            with_content(
                "/Filter [/Crypt /FlateDecode] /DecodeParms [<< /Name /Nobody >> null]",
                packed.clone(),
            )
        }),
        Hostile::new("filter-external-file", PARTIAL, {
            with_content("/F (/etc/passwd) /FFilter /FlateDecode /Filter /FlateDecode", packed.clone())
        }),
        Hostile::new("filter-image-on-content", PARTIAL, {
            with_content("/Filter [/JBIG2Decode /JPXDecode /DCTDecode /CCITTFaxDecode]", packed.clone())
        }),
        Hostile::new("filter-lzw-noise", PARTIAL, {
            with_content("/Filter /LZWDecode", super::container::noise(50_000))
        }),
        Hostile::new("filter-lzw-early-change-absurd", PARTIAL, {
            with_content("/Filter /LZWDecode /DecodeParms << /EarlyChange -999 >>", packed.clone())
        }),
        Hostile::new("filter-ascii85-broken", PARTIAL, {
            with_content("/Filter /ASCII85Decode", &b"zzzz!!!!!uuuuu~vvvvvz~>sssss{|}~>"[..])
        }),
        Hostile::new("filter-ascii85-never-ends", PARTIAL, {
            with_content("/Filter /ASCII85Decode", b"s8W-!".repeat(50_000))
        }),
        Hostile::new(
            "filter-hex-odd",
            PARTIAL,
            with_content("/Filter /ASCIIHexDecode", [&hex, &b"4zz7"[..]].concat()),
        ),
        Hostile::new("filter-run-length-overruns", PARTIAL, {
            with_content("/Filter /RunLengthDecode", &[127, b'B', b'T', 129, b' ', 126][..])
        }),
        Hostile::new("flate-cut-in-half", PARTIAL, with_content("/Filter /FlateDecode", halves)),
        Hostile::new("flate-checksum-wrong", PARTIAL, with_content("/Filter /FlateDecode", wrong_sum)),
        Hostile::new("flate-bits-flipped", PARTIAL, with_content("/Filter /FlateDecode", flipped)),
        Hostile::new("flate-without-header", PARTIAL, with_content("/Filter /FlateDecode", &packed[2..])),
        Hostile::new("flate-empty", PARTIAL, with_content("/Filter /FlateDecode", "")),
        Hostile::new("flate-on-plain-text", PARTIAL, with_content("/Filter /FlateDecode", first())),
        Hostile::new("predictor-columns-huge", PARTIAL, {
            with_content(
                "/Filter /FlateDecode /DecodeParms << /Predictor 15 /Columns 2147483647 /Colors 2147483647 \
                 /BitsPerComponent 16 >>",
                packed.clone(),
            )
        }),
        Hostile::new("predictor-tiff-zero-bits", PARTIAL, {
            with_content(
                "/Filter /FlateDecode /DecodeParms << /Predictor 2 /Columns 0 /Colors 0 /BitsPerComponent 0 >>",
                packed.clone(),
            )
        }),
        Hostile::new("predictor-row-filters-unknown", PARTIAL, {
            with_content(
                "/Filter /FlateDecode /DecodeParms << /Predictor 12 /Columns 5 >>",
                deflate(&b"\xC8hello".repeat(200)),
            )
        }),
        Hostile::new("decode-parms-wrong-types", PARTIAL, {
            with_content(
                "/Filter [/FlateDecode null 3] /DecodeParms [(none) << /Predictor /Twelve >> 5 0 R 7]",
                packed,
            )
        }),
    ]
}

/// Small files that are large once unpacked. The second page stays as it is.
fn bombs() -> Vec<Hostile> {
    let flate = "/Filter /FlateDecode";
    let zeros = bomb(&[0; 1 << 18], 4096);
    vec![
        Hostile::new("content-bomb-of-zeros", HEAVY, with_content(flate, zeros.clone())),
        Hostile::new("content-bomb-of-spaces-after-letter", HEAVY, {
            let mut pdf = letter();
            pdf.stream(CONTENT_2, flate, bomb(&[b' '; 1 << 18], 4096));
            pdf.build()
        }),
        Hostile::new("content-bomb-of-operators", HEAVY, {
            with_content(flate, bomb(&b"q 1 0 0 1 0 0 cm Q\n".repeat(1 << 16), 800))
        }),
        Hostile::new("content-bomb-of-text", HEAVY, {
            let line = b"BT /F1 10 Tf 72 700 Td (Inspectors read on and on.) Tj ET\n";
            with_content(flate, bomb(&line.repeat(1 << 14), 1000))
        }),
        Hostile::new("content-bomb-of-one-string", HEAVY, {
            // An opening parenthesis, once, and a gigabyte of letters: no string ends.
            with_content(flate, bomb(&b"(aaaaaaaaaaaaaaa".repeat(1 << 16), 1024))
        }),
        Hostile::new("content-bomb-in-a-bomb", HEAVY, {
            // 16 GB of zeros, packed twice, as a file of a few kilobytes.
            let inner = bomb(&[0; 1 << 18], 64 * 1024);
            with_content("/Filter [/FlateDecode /FlateDecode]", deflate(&inner))
        }),
        Hostile::new("content-bomb-by-run-length", HEAVY, {
            let runs = [129u8, b' '].repeat(4_000_000);
            with_content("/Filter [/FlateDecode /RunLengthDecode]", deflate(&runs))
        }),
        Hostile::new("content-bomb-named-100-times", HEAVY, {
            let mut pdf = letter();
            let page = super::letter::page(CONTENT_1, super::letter::PAGE_BOX);
            pdf.set(super::letter::PAGE_1, page.replace("5 0 R", &format!("[{}]", "11 0 R ".repeat(100))));
            pdf.stream(FREE, flate, bomb(&[b'\n'; 1 << 18], 160));
            pdf.build()
        }),
        Hostile::new("metadata-bomb", HEAVY, {
            let mut pdf = letter();
            pdf.set(super::letter::CATALOG, "<< /Type /Catalog /Pages 2 0 R /Metadata 11 0 R >>");
            pdf.stream(FREE, "/Type /Metadata /Subtype /XML /Filter /FlateDecode", zeros);
            pdf.build()
        }),
    ]
}
