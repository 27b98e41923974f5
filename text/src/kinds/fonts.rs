//! Fonts: what codes mean, and how wide they are.

use super::*;

#[test]
fn predefined_cmaps_and_collections() {
    let font = |encoding: &str, ordering: &str| {
        format!(
            "/F<</Type/Font/Subtype/Type0/BaseFont/X/Encoding/{encoding}/DescendantFonts[<</Type/Font/Subtype/CIDFontType0/BaseFont/X/CIDSystemInfo<</Registry(Adobe)/Ordering({ordering})/Supplement 2>>>>]>>"
        )
    };
    let text = |encoding: &str, ordering: &str, hex: &str| {
        shown(&format!("BT /F 12 Tf 50 700 Td <{hex}> Tj ET"), &font(encoding, ordering)).replace(' ', "")
    };
    assert_eq!(text("90ms-RKSJ-H", "Japan1", "41424393FA"), "ABC日");
    assert_eq!(text("UniJIS-UCS2-H", "Japan1", "00410042"), "AB");
    assert_eq!(text("GBK-EUC-H", "GB1", "4142"), "AB");
    assert_eq!(text("Identity-H", "Japan1", "00220023"), "AB");
    assert_eq!(text("Identity-H", "Identity", "00220023"), "\u{fffd}\u{fffd}");
}

#[test]
fn codes_that_are_characters_and_maps_that_nobody_has() {
    let text = |encoding: &str, hex: &str| {
        let font = format!(
            "/F<</Type/Font/Subtype/Type0/BaseFont/X/Encoding/{encoding}/DescendantFonts[<</Type/Font/Subtype/CIDFontType0/BaseFont/X/DW 500/CIDSystemInfo<</Registry(Adobe)/Ordering(Japan1)/Supplement 2>>>>]>>"
        );
        shown(&format!("BT /F 12 Tf 50 700 Td <{hex}> Tj ET"), &font).replace(' ', "")
    };
    assert_eq!(text("UniJIS-UTF8-H", "4162E697A5"), "Ab日");
    assert_eq!(text("UniJIS-UTF32-H", "0000004100000062000065E5"), "Ab日");
    assert_eq!(text("UniJIS-UTF16-H", "00410062D840DC0B"), "Ab𠀋");
    // With an unknown CMap the codes have no meaning: its glyphs are not those of the collection.
    assert_eq!(text("Nobodys-Own-H", "00220023"), "\u{fffd}\u{fffd}");
}

/// A Type 3 font whose glyphs have a name for each code.
fn bitmaps(name: impl Fn(u8) -> String, codes: &[u8]) -> String {
    let names: Vec<String> = codes.iter().map(|code| format!("{code}/{}", name(*code))).collect();
    let widths = "50 ".repeat(256);
    format!(
        "/F<</Type/Font/Subtype/Type3/FontMatrix[.01 0 0 .01 0 0]/FontBBox[0 0 60 60]/FirstChar 0/LastChar 255/Widths[{widths}]/Encoding<</Differences[{}]>>/CharProcs<<>>>>",
        names.join(" ")
    )
}

#[test]
fn names_that_are_numbers_of_their_codes_are_characters_where_they_leave_some_out() {
    let codes: Vec<u8> = (b'a'..=b'y').filter(|c| *c != b'q').collect();
    let text = |name: fn(u8) -> String, codes: &[u8]| {
        shown("BT /F 12 Tf 50 700 Td (held in trust) Tj ET", &bitmaps(name, codes))
    };
    for name in [|c| format!("a{c}"), |c| format!("C{c:04}"), |c| format!("G{c:02X}"), |c| format!("char{c}")]
    {
        assert_eq!(text(name, &codes).replace('\u{fffd}', " "), "held in trust");
    }
    let unmapped = |text: String| text.chars().all(|c| c == '\u{fffd}');
    assert!(unmapped(text(|c| format!("g{}", c + 1), &codes)));
    // Consecutive codes are glyph numbers.
    assert!(unmapped(text(|c| format!("g{c}"), &(b'a'..=b'y').collect::<Vec<_>>())));
    // If one name is not a number, the others don't count as character codes either.
    assert!(unmapped(text(|c| if c == b'e' { "blob".into() } else { format!("a{c}") }, &codes)));
}

#[test]
fn type_3_fonts_have_a_size_of_their_own() {
    let font = "/F<</Type/Font/Subtype/Type3/FontMatrix[.02 0 0 .02 0 0]/FontBBox[0 0 40 50]/FirstChar 65/LastChar 66/Widths[30 30]/Encoding<</Differences[65/H/i]>>/CharProcs<<>>>>";
    let lines =
        Made { content: "BT /F 10 Tf 50 700 Td (AB) Tj 14 0 Td (AB) Tj ET", fonts: font, ..Made::default() }
            .lines();
    assert_eq!(lines[0].text(), "Hi Hi");
    assert!((8.0..10.0).contains(&lines[0].size), "{}", lines[0].size);
}

#[test]
fn vertical_writing_runs_down() {
    let font = "/F<</Type/Font/Subtype/Type0/BaseFont/X/Encoding/UniJIS-UCS2-V/DescendantFonts[<</Type/Font/Subtype/CIDFontType0/BaseFont/X/CIDSystemInfo<</Registry(Adobe)/Ordering(Japan1)/Supplement 2>>>>]>>";
    let lines =
        Made { content: "BT /F 10 Tf 300 700 Td <65E5672C8A9E> Tj ET", fonts: font, ..Made::default() }
            .lines();
    assert_eq!(lines.iter().map(TextLine::text).collect::<Vec<_>>(), ["日本語"]);
    let b = lines[0].bbox.unwrap_or_default();
    assert!((b.height() - 30.0).abs() < 0.5 && (b.x0 + b.x1 - 600.0).abs() < 1.0, "{b:?}");
}

/// An embedded TrueType program with glyphs for the codes of a text, but no name or character for any of them.
fn nameless_program(text: &str) -> String {
    let mut glyphs = [0u8; 256];
    for (i, code) in text.bytes().enumerate() {
        glyphs[usize::from(code)] = i as u8 + 1;
    }
    let table = [&[0, 0, 0, 1, 0, 1, 0, 0, 0, 0, 0, 12, 0, 0, 1, 6, 0, 0][..], &glyphs].concat();
    let head = [0, 1, 0, 0, 0, 1, 0, 16, 0, 0, 0, 0];
    let entry = [b'c', b'm', b'a', b'p', 0, 0, 0, 0, 0, 0, 0, 28, 0, 0, 1, 18];
    let hex: String = [&head[..], &entry, &table].concat().iter().map(|b| format!("{b:02x}")).collect();
    stream("/Filter/ASCIIHexDecode", &format!("{hex}>"))
}

#[test]
fn codes_of_a_program_without_names_are_letters_where_they_leave_letters_out() {
    let shown = |used: &str, content: &str, name: &str| {
        let font = format!(
            "/F<</Type/Font/Subtype/TrueType/BaseFont/{name}/FontDescriptor<</Type/FontDescriptor/Flags 4/FontFile2 5 0 R>>>>"
        );
        with_font(&format!("BT /F 12 Tf 50 700 Td ({content}) Tj ET"), &font, &[nameless_program(used)])
    };
    assert_eq!(shown(" Helo", "Hello", "ABCDEF+Tahoma"), "Hello");
    // Consecutive codes, and those of a pictorial font, say nothing about letters.
    assert_ne!(shown("!#$\\045", "!#$$%", "ABCDEF+Tahoma"), "!#$$%");
    assert_ne!(shown(" ln", "n", "ABCDEF+Wingdings-Regular"), "n");
}

#[test]
fn codes_of_a_program_that_knows_characters_only_are_characters() {
    let font = "/F<</Type/Font/Subtype/TrueType/BaseFont/ABCDEF+Own/FontDescriptor<</Type/FontDescriptor/Flags 4/FontFile2 5 0 R>>>>";
    // The table is Windows Unicode (3, 1) instead of Macintosh Roman (1, 0).
    let glyphs = nameless_program(" Helo").replace("000000010001000000", "000000010003000100");
    assert_eq!(with_font("BT /F 12 Tf 50 700 Td (Hello) Tj ET", font, &[glyphs]), "Hello");
}

#[test]
fn fonts_of_a_document_are_read_within_a_budget() {
    // Each maps all two-byte codes.
    let count = 60;
    let more: Vec<String> =
        std::iter::once(stream("", "begincmap 1 beginbfrange<0000><FFFF><0020>endbfrange endcmap"))
            .chain((0..count).map(|_| {
                "<</Type/Font/Subtype/Type0/BaseFont/X/Encoding/Identity-H/ToUnicode 5 0 R>>".to_owned()
            }))
            .collect();
    let fonts: String = (0..count).map(|n| format!("/F{n} {} 0 R", n + 6)).collect();
    let drawn: String = (0..count).map(|n| format!("/F{n} 9 Tf <0041> Tj ")).collect();
    let content = format!("BT 50 700 Td {drawn}ET");
    let read = Made { content: &content, fonts: &fonts, more, ..Made::default() }.read();
    assert!(read.cut_short, "that a limit was reached is told");
    let letters: usize = read.layer.pages[0].lines.iter().flat_map(|l| &l.words).map(|w| w.text.len()).sum();
    assert!((30..60).contains(&letters), "{letters} letters");
}
