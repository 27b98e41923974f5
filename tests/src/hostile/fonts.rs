//! The classes about fonts and what maps their codes to characters.

use super::letter::{BODY_FONT, CONTENT_2, FREE, HEADING_FONT, RESOURCES, body_font, letter, second};
use super::writer::{Pdf, bomb};
use super::{HEAVY, Hostile, PARTIAL, REPAIRABLE};

/// Fonts without what they need, or with too much of it.
pub(super) fn classes() -> Vec<Hostile> {
    let mut all = simple();
    all.extend(composite());
    all.extend(maps());
    all.extend(drawn());
    all
}

/// The letter with another font for its body.
fn with_font(font: impl Into<Vec<u8>>) -> Vec<u8> {
    letter().set(BODY_FONT, font).build()
}

/// The letter with a third font, in which the second page shows a line.
fn with_third(font: impl Into<Vec<u8>>) -> Pdf {
    let mut pdf = letter();
    pdf.set(RESOURCES, "<< /Font << /F1 8 0 R /F2 9 0 R /F3 11 0 R >> >>");
    let line = b"BT /F3 10 Tf 72 60 Td <004100420043FFFF00> Tj [(aa) 3 (bb)] TJ ET\n";
    pdf.stream(CONTENT_2, "", [&second()[..], line].concat());
    pdf.set(FREE, font);
    pdf
}

/// Fonts of one byte for a character.
fn simple() -> Vec<Hostile> {
    let without = |key: &str| {
        // The keys stand in this order, so one is left out up to the next.
        const KEYS: [&str; 7] =
            ["/Subtype", "/BaseFont", "/Encoding", "/FirstChar", "/LastChar", "/Widths", ">>"];
        let font = body_font("");
        let next = KEYS[KEYS.iter().position(|other| *other == key).expect("a key of the font") + 1];
        let (start, end) = (font.find(key).expect("the key"), font.rfind(next).expect("the next key"));
        with_font(format!("{}{}", &font[..start], &font[end..]))
    };
    let changed = |from: &str, to: &str| with_font(body_font("").replace(from, to));
    vec![
        Hostile::new("font-without-widths", REPAIRABLE, without("/Widths")),
        Hostile::new("font-without-encoding", REPAIRABLE, without("/Encoding")),
        Hostile::new("font-without-subtype", PARTIAL, without("/Subtype")),
        Hostile::new("font-without-base-font", REPAIRABLE, without("/BaseFont")),
        Hostile::new("font-without-anything", PARTIAL, with_font("<< >>")),
        Hostile::new("font-is-null", PARTIAL, with_font("null")),
        Hostile::new("font-is-itself", PARTIAL, with_font("8 0 R")),
        Hostile::new(
            "font-first-char-huge",
            REPAIRABLE,
            changed("/FirstChar 32", "/FirstChar 9223372036854775807"),
        ),
        Hostile::new("font-first-char-negative", REPAIRABLE, {
            changed("/FirstChar 32", "/FirstChar -9223372036854775808")
        }),
        Hostile::new("font-last-char-huge", REPAIRABLE, changed("/LastChar 149", "/LastChar 4294967295")),
        Hostile::new("font-last-before-first", REPAIRABLE, changed("/LastChar 149", "/LastChar -1")),
        Hostile::new("font-widths-of-wrong-types", PARTIAL, {
            changed("/Widths [278 278", "/Widths [(278) /Wide null << >> [500] true 8 0 R nan")
        }),
        Hostile::new("font-widths-absurd", PARTIAL, {
            let font = body_font("").replace(" 556", " -99999999999999999999").replace(" 278", " 1e300");
            with_font(font)
        }),
        Hostile::new("font-widths-all-zero", PARTIAL, {
            let font = body_font("");
            let start = font.find("/Widths").expect("widths");
            with_font(format!("{} /Widths [{}] >>", &font[..start], "0 ".repeat(118)))
        }),
        Hostile::new("font-widths-empty", REPAIRABLE, {
            let font = body_font("");
            let start = font.find("/Widths").expect("widths");
            with_font(format!("{} /Widths [] >>", &font[..start]))
        }),
        Hostile::new("font-widths-3000000", HEAVY, {
            let font = body_font("").replace("/LastChar 149", "/LastChar 3000000");
            with_font(font.replace("/Widths [", &format!("/Widths [{} ", "9 ".repeat(3_000_000))))
        }),
        Hostile::new("font-widths-refer-to-font", REPAIRABLE, {
            let font = body_font("");
            let start = font.find("/Widths").expect("widths");
            with_font(format!("{} /Widths 8 0 R >>", &font[..start]))
        }),
        Hostile::new("font-encoding-unknown", PARTIAL, changed("/WinAnsiEncoding", "/LoseAnsiEncoding")),
        Hostile::new("font-encoding-is-itself", PARTIAL, changed("/WinAnsiEncoding", "8 0 R")),
        Hostile::new("font-encoding-differences-broken", PARTIAL, {
            changed(
                "/WinAnsiEncoding",
                "<< /BaseEncoding 7 /Differences [/a /b -5 /c 300 /d 99999999999999999999 /e (f) null 65 66 [67] \
                 254 /g /h /i /j /uniD800 /uni /u110000 /gid99999999999 /.notdef /#00] >>",
            )
        }),
        Hostile::new("font-encoding-differences-1000000", HEAVY, {
            changed(
                "/WinAnsiEncoding",
                &format!(
                    "<< /BaseEncoding /WinAnsiEncoding /Differences [250 {}] >>",
                    "/A".repeat(1_000_000)
                ),
            )
        }),
        Hostile::new("font-file-noise", PARTIAL, {
            let mut pdf = letter();
            pdf.set(BODY_FONT, body_font("/FontDescriptor 11 0 R"));
            pdf.set(
                FREE,
                "<< /Type /FontDescriptor /Flags -1 /FontFile 12 0 R /FontFile2 12 0 R /FontFile3 12 0 R >>",
            );
            pdf.stream(12, "/Length1 99999999 /Length2 -1 /Subtype /Type1C", super::container::noise(20_000));
            pdf.build()
        }),
        Hostile::new("font-descriptor-is-font", REPAIRABLE, with_font(body_font("/FontDescriptor 8 0 R"))),
    ]
}

/// Fonts of several bytes for a character.
fn composite() -> Vec<Hostile> {
    let third = |entries: &str| {
        with_third(format!(
            "<< /Type /Font /Subtype /Type0 /BaseFont /Odd /Encoding /Identity-H {entries} >>"
        ))
    };
    let descendant = |entries: &str| {
        let mut pdf = third("/DescendantFonts [12 0 R]");
        pdf.set(12, format!("<< /Type /Font /Subtype /CIDFontType2 /BaseFont /Odd {entries} >>"));
        pdf.build()
    };
    vec![
        Hostile::new("type0-without-descendant", PARTIAL, third("").build()),
        Hostile::new("type0-descendants-empty", PARTIAL, third("/DescendantFonts []").build()),
        Hostile::new("type0-descendant-is-itself", PARTIAL, third("/DescendantFonts [11 0 R]").build()),
        Hostile::new("type0-descendants-refer-in-a-circle", PARTIAL, {
            third("/DescendantFonts 12 0 R").set(12, "[13 0 R]").set(13, "12 0 R").build()
        }),
        Hostile::new("type0-descendant-is-type0", PARTIAL, {
            let mut pdf = third("/DescendantFonts [12 0 R]");
            pdf.set(12, "<< /Type /Font /Subtype /Type0 /DescendantFonts [11 0 R] /Encoding /Identity-V >>");
            pdf.build()
        }),
        Hostile::new("cid-widths-four-billion-range", HEAVY, descendant("/W [0 4294967295 500]")),
        Hostile::new("cid-widths-i64-range", HEAVY, {
            descendant("/W [-9223372036854775808 9223372036854775807 500]")
        }),
        Hostile::new(
            "cid-widths-range-reversed",
            PARTIAL,
            descendant("/W [500 1 500 65 [(a) null] 1e9 [9]]"),
        ),
        Hostile::new("cid-widths-cut", PARTIAL, descendant("/W [1 2 3 4 5 6 7]")),
        Hostile::new("cid-widths-10000-full-ranges", HEAVY, {
            descendant(&format!("/W [{}]", "0 65535 500 ".repeat(10_000)))
        }),
        Hostile::new("cid-widths-contain-themselves", PARTIAL, {
            let mut pdf = third("/DescendantFonts [12 0 R]");
            pdf.set(12, "<< /Type /Font /Subtype /CIDFontType2 /W 13 0 R /DW 12 0 R >>");
            pdf.set(13, "[1 13 0 R 2 13 0 R 13 0 R]");
            pdf.build()
        }),
        Hostile::new("cid-system-info-broken", PARTIAL, {
            descendant(
                "/DW -99999999999999999999 /CIDSystemInfo << /Registry 1 /Ordering null >> /CIDToGIDMap 11 0 R",
            )
        }),
        Hostile::new("type0-encoding-unknown-cmap", PARTIAL, {
            with_third(
                "<< /Type /Font /Subtype /Type0 /Encoding /Nobody-Knows-H /DescendantFonts [<< /Subtype \
                 /CIDFontType0 >>] >>",
            )
            .build()
        }),
        Hostile::new("type0-for-the-body", PARTIAL, {
            // The body's codes are single bytes, and this font takes two for a character.
            with_font("<< /Type /Font /Subtype /Type0 /Encoding /Identity-H /DescendantFonts [9 0 R] >>")
        }),
    ]
}

/// `/ToUnicode` maps of the body's font.
fn maps() -> Vec<Hostile> {
    let mapped = |entries: &str, data: Vec<u8>| {
        let mut pdf = letter();
        pdf.set(BODY_FONT, body_font("/ToUnicode 11 0 R")).stream(FREE, entries, data);
        pdf.build()
    };
    let map = |lines: &str| {
        mapped(
            "",
            format!(
                "/CIDInit /ProcSet findresource begin\n12 dict begin\nbegincmap\n/CMapName /Odd def\n1 \
                 begincodespacerange\n<00> <FF>\nendcodespacerange\n{lines}\nendcmap\nend end\n"
            )
            .into_bytes(),
        )
    };
    vec![
        Hostile::new("to-unicode-odd-hex", PARTIAL, map("2 beginbfchar\n<4> <004>\n<41> <00410>\nendbfchar")),
        Hostile::new("to-unicode-broken-surrogates", PARTIAL, {
            map("3 beginbfchar\n<41> <D800>\n<42> <DC00D800>\n<43> <>\nendbfchar")
        }),
        Hostile::new("to-unicode-range-of-four-billion", HEAVY, {
            map("1 beginbfrange\n<00000000> <FFFFFFFF> <00000000>\nendbfrange")
        }),
        Hostile::new("to-unicode-range-of-eight-bytes", HEAVY, {
            map("1 beginbfrange\n<0000000000000000> <FFFFFFFFFFFFFFFF> <0000>\nendbfrange")
        }),
        Hostile::new("to-unicode-10000-full-ranges", HEAVY, {
            map(&format!("1 beginbfrange\n{}endbfrange", "<0000> <FFFF> <0000>\n".repeat(10_000)))
        }),
        Hostile::new("to-unicode-range-reversed", PARTIAL, {
            map("2 beginbfrange\n<FF> <00> <0041>\n<42> <41> [<0041> <0042>]\nendbfrange")
        }),
        Hostile::new("to-unicode-range-overflowing", PARTIAL, {
            map("2 beginbfrange\n<00> <FF> <FFFF>\n<20> <7E> <DBFFDFFF>\nendbfrange")
        }),
        Hostile::new("to-unicode-range-array-short", PARTIAL, {
            map("1 beginbfrange\n<00> <FF> [<0041> (B) 3 null]\nendbfrange")
        }),
        Hostile::new(
            "to-unicode-range-array-unclosed",
            PARTIAL,
            map("1 beginbfrange\n<00> <FF> [<0041> <0042>"),
        ),
        Hostile::new("to-unicode-long-destination", HEAVY, {
            // Each of the letter's characters stands for 20,000.
            map(&format!("1 beginbfrange\n<20> <7E> <{}>\nendbfrange", "0041".repeat(20_000)))
        }),
        Hostile::new("to-unicode-all-to-nothing", PARTIAL, {
            map("1 beginbfchar\n<20> <>\nendbfchar\n1 beginbfrange\n<21> <FF> <>\nendbfrange")
        }),
        Hostile::new("to-unicode-to-controls", PARTIAL, {
            let nothing: String = (0x20..0x7F).map(|code| format!("<{code:02X}> <200B202E>\n")).collect();
            map(&format!("95 beginbfchar\n{nothing}endbfchar"))
        }),
        Hostile::new("to-unicode-codespace-absurd", PARTIAL, {
            map("3 begincodespacerange\n<> <>\n<FFFFFFFFFF> <00>\n<00> <FFFF>\nendcodespacerange")
        }),
        Hostile::new("to-unicode-uses-itself", PARTIAL, {
            mapped(
                "/Type /CMap /CMapName /Odd /UseCMap 11 0 R",
                b"/Odd usecmap\nbegincmap\nendcmap\n".to_vec(),
            )
        }),
        Hostile::new("to-unicode-usecmap-cycle", PARTIAL, {
            let mut pdf = letter();
            pdf.set(BODY_FONT, body_font("/ToUnicode 11 0 R"));
            pdf.stream(11, "/Type /CMap /CMapName /One /UseCMap 12 0 R", "/Two usecmap begincmap endcmap");
            pdf.stream(12, "/Type /CMap /CMapName /Two /UseCMap 11 0 R", "/One usecmap begincmap endcmap");
            pdf.build()
        }),
        Hostile::new("to-unicode-of-10-mb", HEAVY, {
            let lines = "<41> <0041>\n<42> <0042>\n".repeat(420_000);
            let mut pdf = letter();
            pdf.set(BODY_FONT, body_font("/ToUnicode 11 0 R"));
            pdf.flate(
                FREE,
                "",
                format!("begincmap\n840000 beginbfchar\n{lines}endbfchar\nendcmap\n").as_bytes(),
            );
            pdf.build()
        }),
        Hostile::new(
            "to-unicode-bomb-of-zeros",
            HEAVY,
            mapped("/Filter /FlateDecode", bomb(&[0; 1 << 18], 4096)),
        ),
        Hostile::new("to-unicode-bomb-of-ranges", HEAVY, {
            mapped(
                "/Filter /FlateDecode",
                bomb(&b"1 beginbfrange <00> <FF> <0000> endbfrange\n".repeat(1 << 14), 1000),
            )
        }),
        Hostile::new("to-unicode-noise", PARTIAL, mapped("", super::container::noise(50_000))),
        Hostile::new("to-unicode-arrays-100000-deep", PARTIAL, {
            map(&format!("1 beginbfrange\n<00> <FF> {}", "[".repeat(100_000)))
        }),
        Hostile::new("to-unicode-is-font", PARTIAL, with_font(body_font("/ToUnicode 8 0 R"))),
        Hostile::new("to-unicode-is-name", PARTIAL, with_font(body_font("/ToUnicode /Identity-H"))),
    ]
}

/// Fonts whose glyphs are content streams.
fn drawn() -> Vec<Hostile> {
    let drawn = |entries: &str, glyph: &str| {
        let mut pdf = with_third(format!(
            "<< /Type /Font /Subtype /Type3 /FontBBox [0 0 1000 1000] /CharProcs << /a 12 0 R /b 12 0 R >> \
             /Encoding << /Differences [97 /a /b] >> /FirstChar 97 /LastChar 98 /Widths [500 500] {entries} >>"
        ));
        pdf.stream(12, "", glyph);
        pdf.build()
    };
    let own = "/Resources << /Font << /F3 11 0 R >> >>";
    vec![
        Hostile::new("type3-draws-itself", REPAIRABLE, {
            let glyph = "500 0 d0 BT /F3 1 Tf (ab) Tj ET";
            drawn(&format!("/FontMatrix [0.001 0 0 0.001 0 0] {own}"), glyph)
        }),
        Hostile::new("type3-matrix-of-zeros", PARTIAL, drawn("/FontMatrix [0 0 0 0 0 0]", "500 0 d0")),
        Hostile::new("type3-matrix-missing", PARTIAL, drawn("", "500 0 d0")),
        Hostile::new("type3-matrix-absurd", PARTIAL, drawn("/FontMatrix [1e300 nan (0) /x]", "500 0 d0")),
        Hostile::new("type3-glyphs-are-the-font", PARTIAL, {
            let font = body_font("/CharProcs 9 0 R /FontMatrix 9 0 R").replace("/Type1", "/Type3");
            letter().set(HEADING_FONT, font).build()
        }),
    ]
}
