//! Classes of damage to fonts and to the mapping of their codes to characters.

use super::container::noise;
use super::letter::{BODY_FONT, CONTENT_2, FREE, HEADING_FONT, RESOURCES, body_font, letter, second};
use super::writer::{Pdf, bomb};
use super::{Build, HEAVY, Hostile, PARTIAL, REPAIRABLE, Row, built, each};

/// Fonts that lack something they need, or have too much of it.
pub(super) fn classes() -> Vec<Hostile> {
    [
        each(BODY_FONTS, with_font),
        each(MORE_ENTRIES, |entries| with_font(body_font(entries))),
        each(MISSING_ENTRIES, without),
        each(CHANGED_ENTRIES, |(from, to)| with_font(body_font("").replace(from, to))),
        each(WIDTHS, with_widths),
        built(SIMPLE),
        each(TYPE0, |entries| type0(entries).build()),
        each(DESCENDANTS, descendant),
        built(COMPOSITE),
        each(MAPPINGS, to_unicode),
        built(LONG_MAPPINGS),
        each(GLYPHS, drawn),
        built(DRAWN),
    ]
    .into_iter()
    .flatten()
    .collect()
}

/// The letter with another font for its body.
fn with_font(font: impl Into<Vec<u8>>) -> Vec<u8> {
    letter().set(BODY_FONT, font).build()
}

/// Fonts in place of the body's.
const BODY_FONTS: &[Row<&str>] = &[
    ("font-without-anything", PARTIAL, "<< >>"),
    ("font-is-null", PARTIAL, "null"),
    ("font-is-itself", PARTIAL, "8 0 R"),
    // The body's text has one-byte codes, but this font expects two bytes for each.
    (
        "type0-for-the-body",
        PARTIAL,
        "<< /Type /Font /Subtype /Type0 /Encoding /Identity-H /DescendantFonts [9 0 R] >>",
    ),
];

/// Additional entries of the body's font.
const MORE_ENTRIES: &[Row<&str>] = &[
    ("font-descriptor-is-font", REPAIRABLE, "/FontDescriptor 8 0 R"),
    ("to-unicode-is-font", PARTIAL, "/ToUnicode 8 0 R"),
    ("to-unicode-is-name", PARTIAL, "/ToUnicode /Identity-H"),
];

/// Entries missing from the body's font.
const MISSING_ENTRIES: &[Row<&str>] = &[
    ("font-without-widths", REPAIRABLE, "/Widths"),
    ("font-without-encoding", REPAIRABLE, "/Encoding"),
    ("font-without-subtype", PARTIAL, "/Subtype"),
    ("font-without-base-font", REPAIRABLE, "/BaseFont"),
];

/// The letter without an entry in its body's font.
fn without(key: &str) -> Vec<u8> {
    // The keys are in this order; an entry extends up to the next key.
    const KEYS: [&str; 7] =
        ["/Subtype", "/BaseFont", "/Encoding", "/FirstChar", "/LastChar", "/Widths", ">>"];
    let font = body_font("");
    let next = KEYS[KEYS.iter().position(|other| *other == key).expect("a key of the font") + 1];
    let (start, end) = (font.find(key).expect("the key"), font.rfind(next).expect("the next key"));
    with_font(format!("{}{}", &font[..start], &font[end..]))
}

/// An entry of the body's font, and its replacement.
const CHANGED_ENTRIES: &[Row<(&str, &str)>] = &[
    ("font-first-char-huge", REPAIRABLE, ("/FirstChar 32", "/FirstChar 9223372036854775807")),
    ("font-first-char-negative", REPAIRABLE, ("/FirstChar 32", "/FirstChar -9223372036854775808")),
    ("font-last-char-huge", REPAIRABLE, ("/LastChar 149", "/LastChar 4294967295")),
    ("font-last-before-first", REPAIRABLE, ("/LastChar 149", "/LastChar -1")),
    (
        "font-widths-of-wrong-types",
        PARTIAL,
        ("/Widths [278 278", "/Widths [(278) /Wide null << >> [500] true 8 0 R nan"),
    ),
    ("font-encoding-unknown", PARTIAL, ("/WinAnsiEncoding", "/LoseAnsiEncoding")),
    ("font-encoding-is-itself", PARTIAL, ("/WinAnsiEncoding", "8 0 R")),
    (
        "font-encoding-differences-broken",
        PARTIAL,
        (
            "/WinAnsiEncoding",
            "<< /BaseEncoding 7 /Differences [/a /b -5 /c 300 /d 99999999999999999999 /e (f) null 65 66 [67] \
             254 /g /h /i /j /uniD800 /uni /u110000 /gid99999999999 /.notdef /#00] >>",
        ),
    ),
];

/// The widths of the body's font.
const WIDTHS: &[Row<&str>] =
    &[("font-widths-empty", REPAIRABLE, "[]"), ("font-widths-refer-to-font", REPAIRABLE, "8 0 R")];

/// The letter with other widths for the font of its body.
fn with_widths(widths: &str) -> Vec<u8> {
    let font = body_font("");
    let start = font.find("/Widths").expect("widths");
    with_font(format!("{} /Widths {widths} >>", &font[..start]))
}

/// Simple fonts (one-byte codes) with too much of something.
const SIMPLE: &[Row<Build>] = &[
    ("font-widths-all-zero", PARTIAL, || with_widths(&format!("[{}]", "0 ".repeat(118)))),
    ("font-widths-absurd", PARTIAL, || {
        with_font(body_font("").replace(" 556", " -99999999999999999999").replace(" 278", " 1e300"))
    }),
    ("font-widths-3000000", HEAVY, || {
        let font = body_font("").replace("/LastChar 149", "/LastChar 3000000");
        with_font(font.replace("/Widths [", &format!("/Widths [{} ", "9 ".repeat(3_000_000))))
    }),
    ("font-encoding-differences-1000000", HEAVY, || {
        let names = "/A".repeat(1_000_000);
        let encoding = format!("<< /BaseEncoding /WinAnsiEncoding /Differences [250 {names}] >>");
        with_font(body_font("").replace("/WinAnsiEncoding", &encoding))
    }),
    ("font-file-noise", PARTIAL, || {
        const DESCRIPTOR: &str =
            "<< /Type /FontDescriptor /Flags -1 /FontFile 12 0 R /FontFile2 12 0 R /FontFile3 12 0 R >>";
        let mut pdf = letter();
        pdf.set(BODY_FONT, body_font("/FontDescriptor 11 0 R")).set(FREE, DESCRIPTOR);
        pdf.stream(12, "/Length1 99999999 /Length2 -1 /Subtype /Type1C", noise(20_000)).build()
    }),
];

/// The letter with a third font, used for a line on the second page.
fn with_third(font: impl Into<Vec<u8>>) -> Pdf {
    let mut pdf = letter();
    pdf.set(RESOURCES, "<< /Font << /F1 8 0 R /F2 9 0 R /F3 11 0 R >> >>");
    let line = b"BT /F3 10 Tf 72 60 Td <004100420043FFFF00> Tj [(aa) 3 (bb)] TJ ET\n";
    pdf.stream(CONTENT_2, "", [&second()[..], line].concat());
    pdf.set(FREE, font);
    pdf
}

/// The letter with a third font that is composite (Type 0).
fn type0(entries: &str) -> Pdf {
    with_third(format!("<< /Type /Font /Subtype /Type0 /BaseFont /Odd /Encoding /Identity-H {entries} >>"))
}

/// The descendant entries of such a font.
const TYPE0: &[Row<&str>] = &[
    ("type0-without-descendant", PARTIAL, ""),
    ("type0-descendants-empty", PARTIAL, "/DescendantFonts []"),
    ("type0-descendant-is-itself", PARTIAL, "/DescendantFonts [11 0 R]"),
];

/// The letter with a third font whose descendant has these entries.
fn descendant(entries: &str) -> Vec<u8> {
    let font = format!("<< /Type /Font /Subtype /CIDFontType2 /BaseFont /Odd {entries} >>");
    type0("/DescendantFonts [12 0 R]").set(12, font).build()
}

/// The entries of the descendant.
const DESCENDANTS: &[Row<&str>] = &[
    ("cid-widths-four-billion-range", HEAVY, "/W [0 4294967295 500]"),
    ("cid-widths-i64-range", HEAVY, "/W [-9223372036854775808 9223372036854775807 500]"),
    ("cid-widths-range-reversed", PARTIAL, "/W [500 1 500 65 [(a) null] 1e9 [9]]"),
    ("cid-widths-cut", PARTIAL, "/W [1 2 3 4 5 6 7]"),
    (
        "cid-system-info-broken",
        PARTIAL,
        "/DW -99999999999999999999 /CIDSystemInfo << /Registry 1 /Ordering null >> /CIDToGIDMap 11 0 R",
    ),
];

/// Composite fonts in which more than one thing is wrong.
const COMPOSITE: &[Row<Build>] = &[
    ("type0-descendants-refer-in-a-circle", PARTIAL, || {
        type0("/DescendantFonts 12 0 R").set(12, "[13 0 R]").set(13, "12 0 R").build()
    }),
    ("type0-descendant-is-type0", PARTIAL, || {
        let font = "<< /Type /Font /Subtype /Type0 /DescendantFonts [11 0 R] /Encoding /Identity-V >>";
        type0("/DescendantFonts [12 0 R]").set(12, font).build()
    }),
    ("type0-encoding-unknown-cmap", PARTIAL, || {
        with_third(
            "<< /Type /Font /Subtype /Type0 /Encoding /Nobody-Knows-H /DescendantFonts [<< /Subtype \
             /CIDFontType0 >>] >>",
        )
        .build()
    }),
    ("cid-widths-10000-full-ranges", HEAVY, || {
        descendant(&format!("/W [{}]", "0 65535 500 ".repeat(10_000)))
    }),
    ("cid-widths-contain-themselves", PARTIAL, || {
        let mut pdf = type0("/DescendantFonts [12 0 R]");
        pdf.set(12, "<< /Type /Font /Subtype /CIDFontType2 /W 13 0 R /DW 12 0 R >>");
        pdf.set(13, "[1 13 0 R 2 13 0 R 13 0 R]").build()
    }),
];

/// The letter with a `/ToUnicode` stream for the font of its body.
fn mapped(entries: &str, data: impl Into<Vec<u8>>) -> Vec<u8> {
    letter().set(BODY_FONT, body_font("/ToUnicode 11 0 R")).stream(FREE, entries, data).build()
}

/// The letter with a well-formed CMap that contains these mappings.
fn to_unicode(mappings: &str) -> Vec<u8> {
    let map = format!(
        "/CIDInit /ProcSet findresource begin\n12 dict begin\nbegincmap\n/CMapName /Odd def\n1 \
         begincodespacerange\n<00> <FF>\nendcodespacerange\n{mappings}\nendcmap\nend end\n"
    );
    mapped("", map)
}

/// The mappings of the body's font.
const MAPPINGS: &[Row<&str>] = &[
    ("to-unicode-odd-hex", PARTIAL, "2 beginbfchar\n<4> <004>\n<41> <00410>\nendbfchar"),
    (
        "to-unicode-broken-surrogates",
        PARTIAL,
        "3 beginbfchar\n<41> <D800>\n<42> <DC00D800>\n<43> <>\nendbfchar",
    ),
    (
        "to-unicode-range-of-four-billion",
        HEAVY,
        "1 beginbfrange\n<00000000> <FFFFFFFF> <00000000>\nendbfrange",
    ),
    (
        "to-unicode-range-of-eight-bytes",
        HEAVY,
        "1 beginbfrange\n<0000000000000000> <FFFFFFFFFFFFFFFF> <0000>\nendbfrange",
    ),
    (
        "to-unicode-range-reversed",
        PARTIAL,
        "2 beginbfrange\n<FF> <00> <0041>\n<42> <41> [<0041> <0042>]\nendbfrange",
    ),
    (
        "to-unicode-range-overflowing",
        PARTIAL,
        "2 beginbfrange\n<00> <FF> <FFFF>\n<20> <7E> <DBFFDFFF>\nendbfrange",
    ),
    ("to-unicode-range-array-short", PARTIAL, "1 beginbfrange\n<00> <FF> [<0041> (B) 3 null]\nendbfrange"),
    (
        "to-unicode-all-to-nothing",
        PARTIAL,
        "1 beginbfchar\n<20> <>\nendbfchar\n1 beginbfrange\n<21> <FF> <>\nendbfrange",
    ),
    ("to-unicode-range-array-unclosed", PARTIAL, "1 beginbfrange\n<00> <FF> [<0041> <0042>"),
    (
        "to-unicode-codespace-absurd",
        PARTIAL,
        "3 begincodespacerange\n<> <>\n<FFFFFFFFFF> <00>\n<00> <FFFF>\nendcodespacerange",
    ),
];

/// CMaps that are very long, or not CMaps at all.
const LONG_MAPPINGS: &[Row<Build>] = &[
    ("to-unicode-to-controls", PARTIAL, || {
        let nothing: String = (0x20..0x7F).map(|code| format!("<{code:02X}> <200B202E>\n")).collect();
        to_unicode(&format!("95 beginbfchar\n{nothing}endbfchar"))
    }),
    ("to-unicode-10000-full-ranges", HEAVY, || {
        to_unicode(&format!("1 beginbfrange\n{}endbfrange", "<0000> <FFFF> <0000>\n".repeat(10_000)))
    }),
    // Each character of the letter maps to 20,000 characters.
    ("to-unicode-long-destination", HEAVY, || {
        to_unicode(&format!("1 beginbfrange\n<20> <7E> <{}>\nendbfrange", "0041".repeat(20_000)))
    }),
    ("to-unicode-arrays-100000-deep", PARTIAL, || {
        to_unicode(&format!("1 beginbfrange\n<00> <FF> {}", "[".repeat(100_000)))
    }),
    ("to-unicode-uses-itself", PARTIAL, || {
        mapped("/Type /CMap /CMapName /Odd /UseCMap 11 0 R", "/Odd usecmap\nbegincmap\nendcmap\n")
    }),
    ("to-unicode-usecmap-cycle", PARTIAL, || {
        let mut pdf = letter();
        pdf.set(BODY_FONT, body_font("/ToUnicode 11 0 R"));
        pdf.stream(11, "/Type /CMap /CMapName /One /UseCMap 12 0 R", "/Two usecmap begincmap endcmap");
        pdf.stream(12, "/Type /CMap /CMapName /Two /UseCMap 11 0 R", "/One usecmap begincmap endcmap");
        pdf.build()
    }),
    ("to-unicode-of-10-mb", HEAVY, || {
        let lines = "<41> <0041>\n<42> <0042>\n".repeat(420_000);
        let map = format!("begincmap\n840000 beginbfchar\n{lines}endbfchar\nendcmap\n");
        letter().set(BODY_FONT, body_font("/ToUnicode 11 0 R")).flate(FREE, "", map.as_bytes()).build()
    }),
    ("to-unicode-bomb-of-zeros", HEAVY, || mapped("/Filter /FlateDecode", bomb(&[0; 1 << 18], 4096))),
    ("to-unicode-bomb-of-ranges", HEAVY, || {
        let ranges = b"1 beginbfrange <00> <FF> <0000> endbfrange\n".repeat(1 << 14);
        mapped("/Filter /FlateDecode", bomb(&ranges, 1000))
    }),
    ("to-unicode-noise", PARTIAL, || mapped("", noise(50_000))),
];

/// The letter with a third font whose glyphs are content streams (Type 3).
fn drawn((entries, glyph): (&str, &str)) -> Vec<u8> {
    let mut pdf = with_third(format!(
        "<< /Type /Font /Subtype /Type3 /FontBBox [0 0 1000 1000] /CharProcs << /a 12 0 R /b 12 0 R >> \
         /Encoding << /Differences [97 /a /b] >> /FirstChar 97 /LastChar 98 /Widths [500 500] {entries} >>"
    ));
    pdf.stream(12, "", glyph).build()
}

/// The entries of such a font, and the content of its glyphs.
const GLYPHS: &[Row<(&str, &str)>] = &[
    (
        "type3-draws-itself",
        REPAIRABLE,
        (
            "/FontMatrix [0.001 0 0 0.001 0 0] /Resources << /Font << /F3 11 0 R >> >>",
            "500 0 d0 BT /F3 1 Tf (ab) Tj ET",
        ),
    ),
    ("type3-matrix-of-zeros", PARTIAL, ("/FontMatrix [0 0 0 0 0 0]", "500 0 d0")),
    ("type3-matrix-missing", PARTIAL, ("", "500 0 d0")),
    ("type3-matrix-absurd", PARTIAL, ("/FontMatrix [1e300 nan (0) /x]", "500 0 d0")),
];

/// Type 3 fonts whose glyphs are not streams.
const DRAWN: &[Row<Build>] = &[("type3-glyphs-are-the-font", PARTIAL, || {
    let font = body_font("/CharProcs 9 0 R /FontMatrix 9 0 R").replace("/Type1", "/Type3");
    letter().set(HEADING_FONT, font).build()
})];
