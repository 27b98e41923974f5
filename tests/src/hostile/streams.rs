//! Classes of damage to streams: lengths and filters. The stream is the first page's content.

use super::container::noise;
use super::letter::{CATALOG, CONTENT_1, CONTENT_2, FREE, PAGE_1, PAGE_BOX, first, letter, page};
use super::writer::{bomb, deflate, store};
use super::{Build, Change, HEAVY, Hostile, PARTIAL, Row, built, each};

/// Streams with wrong lengths, wrong filters, and decompression bombs.
pub(super) fn classes() -> Vec<Hostile> {
    let packed = deflate(&first());
    [
        each(LENGTHS, |length| with_content(&format!("/Length {length}"), first())),
        built(ENDS),
        each(FILTERS, |entries| with_content(entries, &packed[..])),
        each(ODD_DATA, |(entries, data)| with_content(entries, data)),
        built(FILTER_GRAPHS),
        built(CODED),
        each(DAMAGED, |damage| with_content(FLATE, damage(deflate(&first())))),
        built(BOMBS),
    ]
    .into_iter()
    .flatten()
    .collect()
}

/// The letter with another stream as its first page's content.
fn with_content(entries: &str, data: impl Into<Vec<u8>>) -> Vec<u8> {
    letter().stream(CONTENT_1, entries, data).build()
}

/// The stated length of the stream.
const LENGTHS: &[Row<&str>] = &[
    ("length-short", PARTIAL, "10"),
    ("length-long", PARTIAL, "2700"),
    ("length-beyond-file", PARTIAL, "99999999"),
    ("length-huge", PARTIAL, "99999999999999999999999"),
    ("length-max", PARTIAL, "9223372036854775807"),
    ("length-negative", PARTIAL, "-1"),
    ("length-zero", PARTIAL, "0"),
    ("length-refers-to-its-stream", PARTIAL, "5 0 R"),
    ("length-refers-to-other-stream", PARTIAL, "6 0 R"),
    ("length-refers-to-nothing", PARTIAL, "4711 0 R"),
    ("length-is-name", PARTIAL, "/Long"),
];

/// Streams whose end is difficult to find.
const ENDS: &[Row<Build>] = &[
    ("length-refers-in-a-circle", PARTIAL, || {
        let mut pdf = letter();
        pdf.stream(CONTENT_1, "/Length 11 0 R", first()).set(FREE, "12 0 R").set(FREE + 1, "11 0 R").build()
    }),
    ("length-short-and-compressed", PARTIAL, || {
        with_content("/Length 20 /Filter /FlateDecode", deflate(&first()))
    }),
    ("stream-without-endstream", PARTIAL, || {
        letter().set(CONTENT_1, [&b"<< /Length 2000 >>\nstream\n"[..], &first()].concat()).build()
    }),
    ("stream-full-of-endstreams", PARTIAL, || {
        let data = [first(), b"\nendstream\nendobj\n5 0 obj\n<< /Length 10 >>\nstream\n".repeat(10_000)];
        with_content("/Length 4711 0 R", data.concat())
    }),
];

/// The filter for a stream that needs no other.
const FLATE: &str = "/Filter /FlateDecode";

/// The stated filters of the stream, which is compressed with Flate.
const FILTERS: &[Row<&str>] = &[
    ("filter-unknown", PARTIAL, "/Filter /FlattenDecode"),
    ("filter-is-number", PARTIAL, "/Filter 7"),
    ("filter-crypt", PARTIAL, "/Filter [/Crypt /FlateDecode] /DecodeParms [<< /Name /Nobody >> null]"),
    ("filter-external-file", PARTIAL, "/F (/etc/passwd) /FFilter /FlateDecode /Filter /FlateDecode"),
    ("filter-image-on-content", PARTIAL, "/Filter [/JBIG2Decode /JPXDecode /DCTDecode /CCITTFaxDecode]"),
    ("filter-lzw-early-change-absurd", PARTIAL, "/Filter /LZWDecode /DecodeParms << /EarlyChange -999 >>"),
    (
        "predictor-columns-huge",
        PARTIAL,
        "/Filter /FlateDecode /DecodeParms << /Predictor 15 /Columns 2147483647 /Colors 2147483647 \
         /BitsPerComponent 16 >>",
    ),
    (
        "predictor-tiff-zero-bits",
        PARTIAL,
        "/Filter /FlateDecode /DecodeParms << /Predictor 2 /Columns 0 /Colors 0 /BitsPerComponent 0 >>",
    ),
    (
        "decode-parms-wrong-types",
        PARTIAL,
        "/Filter [/FlateDecode null 3] /DecodeParms [(none) << /Predictor /Twelve >> 5 0 R 7]",
    ),
];

/// Data that does not suit its filter.
const ODD_DATA: &[Row<(&str, &[u8])>] = &[
    ("filter-ascii85-broken", PARTIAL, ("/Filter /ASCII85Decode", b"zzzz!!!!!uuuuu~vvvvvz~>sssss{|}~>")),
    ("filter-run-length-overruns", PARTIAL, ("/Filter /RunLengthDecode", &[127, b'B', b'T', 129, b' ', 126])),
    ("flate-empty", PARTIAL, (FLATE, b"")),
];

/// Filters that refer to filters.
const FILTER_GRAPHS: &[Row<Build>] = &[
    ("filter-chain-of-1000", HEAVY, || {
        let wrapped = (0..1000).fold(first(), |data, _| store(&data));
        with_content(&format!("/Filter [{}]", "/FlateDecode ".repeat(1000)), wrapped)
    }),
    ("filter-chain-of-100000-on-plain-data", HEAVY, || {
        with_content(&format!("/Filter [{}]", "/ASCIIHexDecode ".repeat(100_000)), in_hex())
    }),
    ("filter-array-contains-itself", PARTIAL, || {
        let mut pdf = letter();
        pdf.stream(CONTENT_1, "/Filter 11 0 R", deflate(&first())).set(FREE, "[11 0 R 11 0 R]").build()
    }),
    ("filter-refers-in-a-circle", PARTIAL, || {
        let mut pdf = letter();
        pdf.stream(CONTENT_1, "/Filter 11 0 R /DecodeParms 11 0 R", deflate(&first()));
        pdf.set(FREE, "12 0 R").set(FREE + 1, "11 0 R").build()
    }),
];

/// The first page's content in hexadecimal digits.
fn in_hex() -> Vec<u8> {
    first().iter().flat_map(|byte| format!("{byte:02x}").into_bytes()).collect()
}

/// Data that its filter decodes to nonsense, or not at all.
const CODED: &[Row<Build>] = &[
    ("filter-lzw-noise", PARTIAL, || with_content("/Filter /LZWDecode", noise(50_000))),
    ("filter-ascii85-never-ends", PARTIAL, || {
        with_content("/Filter /ASCII85Decode", b"s8W-!".repeat(50_000))
    }),
    ("filter-hex-odd", PARTIAL, || {
        with_content("/Filter /ASCIIHexDecode", [&in_hex(), &b"4zz7"[..]].concat())
    }),
    ("flate-on-plain-text", PARTIAL, || with_content(FLATE, first())),
    ("predictor-row-filters-unknown", PARTIAL, || {
        with_content(
            "/Filter /FlateDecode /DecodeParms << /Predictor 12 /Columns 5 >>",
            deflate(&b"\xC8hello".repeat(200)),
        )
    }),
];

/// Damage to the compressed stream.
const DAMAGED: &[Row<Change<Vec<u8>>>] = &[
    ("flate-cut-in-half", PARTIAL, |packed| packed[..packed.len() / 2].to_vec()),
    ("flate-checksum-wrong", PARTIAL, |mut packed| {
        packed.iter_mut().rev().take(4).for_each(|byte| *byte ^= 0x5A);
        packed
    }),
    ("flate-bits-flipped", PARTIAL, |mut packed| {
        packed.iter_mut().skip(40).step_by(97).for_each(|byte| *byte ^= 0xFF);
        packed
    }),
    ("flate-without-header", PARTIAL, |packed| packed[2..].to_vec()),
];

/// Small files that become large when decompressed. The second page is unchanged.
const BOMBS: &[Row<Build>] = &[
    ("content-bomb-of-zeros", HEAVY, || with_content(FLATE, bomb(&[0; 1 << 18], 4096))),
    ("content-bomb-of-spaces-after-letter", HEAVY, || {
        letter().stream(CONTENT_2, FLATE, bomb(&[b' '; 1 << 18], 4096)).build()
    }),
    ("content-bomb-of-operators", HEAVY, || {
        with_content(FLATE, bomb(&b"q 1 0 0 1 0 0 cm Q\n".repeat(1 << 16), 800))
    }),
    ("content-bomb-of-text", HEAVY, || {
        let line = b"BT /F1 10 Tf 72 700 Td (Inspectors read on and on.) Tj ET\n";
        with_content(FLATE, bomb(&line.repeat(1 << 14), 1000))
    }),
    // One opening parenthesis, followed by a gigabyte of letters: a string that does not end.
    ("content-bomb-of-one-string", HEAVY, || {
        with_content(FLATE, bomb(&b"(aaaaaaaaaaaaaaa".repeat(1 << 16), 1024))
    }),
    // 16 GB of zeros, compressed twice into a few kilobytes.
    ("content-bomb-in-a-bomb", HEAVY, || {
        let inner = bomb(&[0; 1 << 18], 64 * 1024);
        with_content("/Filter [/FlateDecode /FlateDecode]", deflate(&inner))
    }),
    ("content-bomb-by-run-length", HEAVY, || {
        let runs = [129u8, b' '].repeat(4_000_000);
        with_content("/Filter [/FlateDecode /RunLengthDecode]", deflate(&runs))
    }),
    ("content-bomb-named-100-times", HEAVY, || {
        let page = page(CONTENT_1, PAGE_BOX).replace("5 0 R", &format!("[{}]", "11 0 R ".repeat(100)));
        letter().set(PAGE_1, page).stream(FREE, FLATE, bomb(&[b'\n'; 1 << 18], 160)).build()
    }),
    ("metadata-bomb", HEAVY, || {
        let mut pdf = letter();
        pdf.set(CATALOG, "<< /Type /Catalog /Pages 2 0 R /Metadata 11 0 R >>");
        let entries = "/Type /Metadata /Subtype /XML /Filter /FlateDecode";
        pdf.stream(FREE, entries, bomb(&[0; 1 << 18], 4096)).build()
    }),
];
