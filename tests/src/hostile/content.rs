//! The classes about content streams: operators, operands, nesting, forms, places of text.

use super::letter::{CONTENT_1, CONTENT_2, FREE, RESOURCES, first, first_and, letter};
use super::{HEAVY, Hostile, PARTIAL, RECORD, REPAIRABLE};

/// Contents that are wrong, and contents that are too much.
pub(super) fn classes() -> Vec<Hostile> {
    let mut all = operators();
    all.extend(unterminated());
    all.extend(depths());
    all.extend(forms());
    all.extend(amounts());
    all
}

/// The letter with something behind the first page's own content.
fn after(more: impl AsRef<[u8]>) -> Vec<u8> {
    letter().flate(CONTENT_1, "", &first_and(more)).build()
}

/// The letter with something before the first page's own content.
fn before(less: impl AsRef<[u8]>) -> Vec<u8> {
    letter().flate(CONTENT_1, "", &[less.as_ref(), &first()].concat()).build()
}

/// The first page's content with one thing replaced everywhere.
fn replaced(from: &str, to: &str) -> Vec<u8> {
    let (content, from) = (first(), from.as_bytes());
    let mut out = Vec::new();
    let mut at = 0;
    while at < content.len() {
        if content[at..].starts_with(from) {
            out.extend_from_slice(to.as_bytes());
            at += from.len();
        } else {
            out.push(content[at]);
            at += 1;
        }
    }
    letter().flate(CONTENT_1, "", &out).build()
}

/// Operators with wrong operands.
fn operators() -> Vec<Hostile> {
    vec![
        Hostile::new("operators-unknown", REPAIRABLE, {
            before("foo 1 bar (x) baz << /A 1 >> qux \u{7f} @ # $ ~ endstream obj R 5 0 R \n")
        }),
        Hostile::new("operators-without-operands", PARTIAL, {
            after("BT Tj TJ ' \" Td TD Tm Tf T* Tc Tw Tz TL Ts Tr ET cm Do gs BDC EMC BMC MP DP BI ID EI\n")
        }),
        Hostile::new("operators-with-wrong-types", PARTIAL, {
            after(
                "BT (12) /F1 Tf /F1 (12) Tf 12 Tf [1 2] 0 Td (a) (b) Td 1 2 3 Tm 17 Tj /Name Tj [[(a)] << >> /B \
                 null true (c)] TJ (x) TJ << >> cm 3 Do (Fm) Do /F1 /F2 Tf (a) 1 (b) \" ET\n",
            )
        }),
        Hostile::new("operands-100000-for-one-operator", PARTIAL, {
            after(format!("BT {} Td (late) Tj ET\n", "1 ".repeat(100_000)))
        }),
        Hostile::new("operands-3000000-without-operator", HEAVY, after("1 ".repeat(3_000_000))),
        Hostile::new("numbers-huge-in-matrix", PARTIAL, {
            after(format!(
                "BT /F1 1e400 Tf {0} 0 0 {0} -{0} {0} Tm (far) Tj /F1 {0} Tf ({0}) Tj -0.{1}1 0 0 1 0 0 cm \
                 (near) Tj ET\n",
                "9".repeat(300),
                "0".repeat(300)
            ))
        }),
        Hostile::new("numbers-not-numbers", PARTIAL, {
            after("BT /F1 NaN Tf nan inf Td -inf Infinity Td 1 0 0 1 nan nan Tm (nan) Tj ET\n")
        }),
        Hostile::new("matrix-of-zeros", PARTIAL, before("0 0 0 0 0 0 cm\n")),
        Hostile::new("text-matrix-of-zeros", PARTIAL, replaced("1 0 0 1 72 790 Tm", "0 0 0 0 0 0 Tm")),
        Hostile::new("font-size-zero", PARTIAL, replaced("11 Tf", "0 Tf")),
        Hostile::new("font-size-negative", PARTIAL, replaced("11 Tf", "-11 Tf")),
        Hostile::new(
            "font-size-huge",
            PARTIAL,
            replaced("11 Tf", "99999999999999999999999999999999999999999 Tf"),
        ),
        Hostile::new("font-never-set", PARTIAL, replaced("/F1 11 Tf", "")),
        Hostile::new("font-name-unknown", PARTIAL, replaced("/F1 11 Tf", "/F99 11 Tf")),
        Hostile::new("scaling-and-spacing-absurd", PARTIAL, {
            before("BT -99999999 Tc 1e38 Tw 0 Tz 99999999999 TL -1e38 Ts 42 Tr ET\n")
        }),
        Hostile::new("kerning-absurd", PARTIAL, {
            after("BT /F1 10 Tf 72 60 Td [(a) -99999999999999999999 (b) 1e300 (c) nan (d)] TJ ET\n")
        }),
        Hostile::new("text-outside-of-bt", PARTIAL, replaced("BT", "")),
        Hostile::new("bt-inside-of-bt", PARTIAL, before("BT BT BT BT\n")),
        Hostile::new("et-missing", REPAIRABLE, replaced("ET\n", "")),
        Hostile::new("graphics-states-absurd", PARTIAL, {
            let mut pdf = letter();
            pdf.set(
                RESOURCES,
                "<< /Font << /F1 8 0 R /F2 9 0 R >> /ExtGState << /G1 11 0 R /G2 << /Font [11 0 R -5] >> /G3 7 >> >>",
            );
            pdf.set(FREE, "<< /Font [8 0 R nan] /SMask << /G 5 0 R >> /G1 11 0 R >>");
            pdf.stream(CONTENT_1, "", first_and("/G1 gs /G2 gs /G3 gs /G4 gs BT 72 60 Td (x) Tj ET\n"));
            pdf.build()
        }),
    ]
}

/// Tokens that do not end, and inline images.
fn unterminated() -> Vec<Hostile> {
    vec![
        Hostile::new("content-string-unterminated", PARTIAL, after("BT /F1 9 Tf (this never ends")),
        Hostile::new(
            "content-string-unterminated-at-start",
            PARTIAL,
            before("BT /F1 9 Tf (this never ends "),
        ),
        Hostile::new("content-hex-unterminated", PARTIAL, after("BT /F1 9 Tf <48656C6C6F")),
        Hostile::new("content-dictionary-unterminated", PARTIAL, before("/Span << /MCID 0 /A << /B ")),
        Hostile::new("content-array-unterminated", PARTIAL, before("BT [(a) 20 (b) ")),
        Hostile::new("content-closing-brackets", PARTIAL, before("] ] >> >> ) ) } } > ] TJ >> BDC\n")),
        Hostile::new("content-ends-in-escape", PARTIAL, after("BT (\\")),
        Hostile::new("content-embedded-nuls", REPAIRABLE, before("q\0\0Q\0\0\0\n\0")),
        Hostile::new("content-string-with-nuls", PARTIAL, {
            after(&b"BT /F1 9 Tf 72 60 Td (a\0b\0\0c\\000) Tj ET"[..])
        }),
        Hostile::new("content-is-noise", PARTIAL, {
            letter().flate(CONTENT_2, "", &super::container::noise(300_000)).build()
        }),
        Hostile::new("inline-image-without-ei", PARTIAL, {
            before("BI /W 2 /H 2 /BPC 8 /CS /G ID \u{1}\u{2}\u{3}\u{4}\n")
        }),
        Hostile::new("inline-image-without-id", PARTIAL, before("BI /W 2 /H 2 /BPC 8 /CS /G\n")),
        Hostile::new("inline-image-with-ei-in-data", REPAIRABLE, {
            after("q BI /W 9 /H 2 /BPC 8 /CS /G ID EI EIEI aEIb EI\nQ\n")
        }),
        Hostile::new("inline-image-of-absurd-size", PARTIAL, {
            after("BI /W 4294967295 /H 4294967295 /BPC 16 /CS /CMYK /L 99999999999 ID x EI\n")
        }),
        Hostile::new(
            "inline-images-100000",
            HEAVY,
            after("BI /W 1 /H 1 /BPC 8 /CS /G ID x EI\n".repeat(100_000)),
        ),
        Hostile::new("inline-images-100000-without-end", HEAVY, after("BI /W 1 ID x\n".repeat(100_000))),
        Hostile::new("strings-100000-unterminated", HEAVY, after("(a <".repeat(100_000))),
    ]
}

/// Depths within a content stream.
fn depths() -> Vec<Hostile> {
    let arrays = 100_000;
    vec![
        Hostile::new("content-arrays-100000-deep", PARTIAL, {
            after(format!("BT {}{} TJ ET\n", "[".repeat(arrays), "]".repeat(arrays)))
        }),
        Hostile::new("content-arrays-1000000-deep-unclosed", PARTIAL, after("[".repeat(10 * arrays))),
        Hostile::new("content-dictionaries-100000-deep", PARTIAL, {
            after(format!("/P {} 1 {} BDC EMC\n", "<</A".repeat(arrays), ">>".repeat(arrays)))
        }),
        Hostile::new("content-string-100000-deep", PARTIAL, {
            after(format!("BT {}{} Tj ET\n", "(".repeat(arrays), ")".repeat(arrays)))
        }),
        Hostile::new("saves-1000000-deep", HEAVY, after("q ".repeat(1_000_000))),
        Hostile::new("saves-1000000-deep-and-restored", HEAVY, {
            after("q ".repeat(1_000_000) + &"Q ".repeat(1_000_000))
        }),
        Hostile::new("restores-unmatched", REPAIRABLE, before("Q ".repeat(1000))),
        Hostile::new("marked-content-1000000-deep", HEAVY, after("/P BMC ".repeat(1_000_000))),
        Hostile::new("marked-content-ends-unmatched", REPAIRABLE, before("EMC ".repeat(1000))),
        Hostile::new("compatibility-1000000-deep", HEAVY, after("BX ".repeat(1_000_000))),
    ]
}

/// Forms that call forms.
fn forms() -> Vec<Hostile> {
    const FORM: &str = "/Type /XObject /Subtype /Form /BBox [0 0 595 842]";
    let resources = "<< /Font << /F1 8 0 R /F2 9 0 R >> /XObject << /Fm 11 0 R >> >>";
    let with_form = |entries: &str, content: &str| {
        let mut pdf = letter();
        pdf.set(RESOURCES, resources);
        pdf.stream(CONTENT_1, "", first_and("/Fm Do\n"));
        pdf.stream(FREE, &format!("{FORM} {entries}"), content);
        pdf
    };
    let chain = |levels: u32, calls: &str, leaf: &str| {
        let mut pdf = letter();
        pdf.set(RESOURCES, resources.replace("11 0 R", "100 0 R"));
        pdf.stream(CONTENT_1, "", first_and("/Fm Do\n"));
        for id in 100..100 + levels {
            let entries =
                format!("{FORM} /Resources << /Font << /F1 8 0 R >> /XObject << /Fm {} 0 R >> >>", id + 1);
            pdf.stream(id, &entries, if id + 1 == 100 + levels { leaf } else { calls });
        }
        pdf.build()
    };
    let text = "BT /F1 6 Tf 72 40 Td (again ) Tj ET ";
    vec![
        Hostile::new("form-calls-itself", REPAIRABLE, {
            with_form("/Resources << /XObject << /Fm 11 0 R >> >>", "/Fm Do /Fm Do").build()
        }),
        Hostile::new("form-calls-itself-by-page-resources", REPAIRABLE, {
            with_form("", &format!("{text} /Fm Do /Fm Do")).build()
        }),
        Hostile::new("forms-call-one-another", REPAIRABLE, {
            let mut pdf = with_form("/Resources << /XObject << /Fm 12 0 R >> >>", "/Fm Do");
            pdf.stream(12, &format!("{FORM} /Resources << /XObject << /Fm 11 0 R >> >>"), "/Fm Do");
            pdf.build()
        }),
        Hostile::new("form-calls-page-content", REPAIRABLE, {
            with_form("/Resources << /XObject << /Fm 5 0 R >> >>", "/Fm Do").build()
        }),
        Hostile::new("page-content-is-its-own-form", REPAIRABLE, {
            let mut pdf = letter();
            pdf.set(RESOURCES, resources.replace("11 0 R", "5 0 R"));
            pdf.stream(CONTENT_1, FORM, first_and("/Fm Do\n"));
            pdf.build()
        }),
        Hostile::new("forms-5000-deep", PARTIAL, chain(5_000, "/Fm Do", text)),
        Hostile::new("forms-doubling-40-levels", HEAVY, chain(40, "/Fm Do /Fm Do", "q Q")),
        Hostile::new("forms-doubling-40-levels-with-text", HEAVY, chain(40, "/Fm Do /Fm Do", text)),
        Hostile::new("forms-thousandfold-4-levels", HEAVY, chain(5, &"/Fm Do ".repeat(1000), text)),
        Hostile::new("form-called-300000-times", HEAVY, {
            let mut pdf = with_form("", text);
            pdf.flate(CONTENT_1, "", &first_and("/Fm Do ".repeat(300_000)));
            pdf.build()
        }),
        Hostile::new("form-matrix-absurd", REPAIRABLE, {
            with_form("/Matrix [nan 1e300 /x (0) 99999999999999999999] /Resources 11 0 R", text).build()
        }),
        Hostile::new("form-is-font", REPAIRABLE, {
            let mut pdf = with_form("", "");
            pdf.set(RESOURCES, resources.replace("11 0 R", "8 0 R"));
            pdf.build()
        }),
        Hostile::new("pattern-draws-itself", RECORD, {
            let mut pdf = letter();
            let own = "/Pattern << /P1 11 0 R >>";
            pdf.set(RESOURCES, format!("<< /Font << /F1 8 0 R /F2 9 0 R >> {own} >>"));
            pdf.stream(CONTENT_1, "", first_and("/Pattern cs /P1 scn 0 0 90 90 re f\n"));
            let tiling = format!(
                "/PatternType 1 /PaintType 1 /TilingType 1 /BBox [0 0 1 1] /XStep 0 /YStep 0 /Resources << {own} >>"
            );
            pdf.stream(FREE, &tiling, "/Pattern cs /P1 scn 0 0 9 9 re f\n");
            pdf.build()
        }),
    ]
}

/// Very much text, or text in strange places.
fn amounts() -> Vec<Hostile> {
    let text = |content: String| after(format!("BT /F1 8 Tf 72 60 Td\n{content}ET\n"));
    vec![
        Hostile::new("operators-1000000", HEAVY, after("0 0 m 9 9 l S\n".repeat(333_334))),
        Hostile::new("text-operators-1000000", HEAVY, text("(a) Tj 0 0 Td\n".repeat(500_000))),
        Hostile::new("font-set-500000-times", HEAVY, text("/F1 8 Tf ".repeat(500_000))),
        Hostile::new("string-of-5-mb", HEAVY, text(format!("({}) Tj\n", "word ".repeat(1_000_000)))),
        Hostile::new(
            "string-of-5-mb-without-space",
            HEAVY,
            text(format!("({}) Tj\n", "x".repeat(5_000_000))),
        ),
        Hostile::new("kerned-array-of-500000", HEAVY, text(format!("[{}] TJ\n", "(a)-9".repeat(500_000)))),
        Hostile::new("glyphs-200000-outside-of-page", HEAVY, {
            text("1 0 0 1 -90000 -90000 Tm (out) Tj\n1 0 0 1 90000 90000 Tm (there) Tj\n".repeat(25_000))
        }),
        Hostile::new("glyphs-200000-at-one-point", HEAVY, {
            text("1 0 0 1 300 300 Tm (w) Tj\n".repeat(200_000))
        }),
        Hostile::new("glyphs-100000-each-higher", HEAVY, {
            // Every piece stands on a line of its own, from the bottom up.
            text("0 0.005 Td (w) Tj\n".repeat(100_000))
        }),
        Hostile::new("glyphs-each-on-another-baseline", HEAVY, {
            let line = |n: u32| format!("1 0 0 1 {} {} Tm (w) Tj\n", n * 7919 % 500, n * 104_729 % 800);
            text((0..30_000).map(line).collect())
        }),
        Hostile::new(
            "letter-drawn-1000-times",
            HEAVY,
            letter().flate(CONTENT_1, "", &first().repeat(1000)).build(),
        ),
        Hostile::new("headings-10000-times", HEAVY, {
            text("/F2 12 Tf 0 -26 Td (Main findings) Tj /F1 11 Tf 0 -26 Td (It is.) Tj\n".repeat(10_000))
        }),
        Hostile::new("brackets-and-bullets-200000", HEAVY, {
            // Text that invites a careless pattern to backtrack.
            text(format!("({}) Tj\n", "\\(1\\) \\(a\\) - 1.1.1. 12 March ".repeat(20_000)))
        }),
    ]
}
