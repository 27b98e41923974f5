//! Classes of damage to content streams: operators, operands, nesting, forms, positions of text.

use super::container::noise;
use super::letter::{CONTENT_1, CONTENT_2, FREE, RESOURCES, first, first_and, letter};
use super::writer::Pdf;
use super::{Build, HEAVY, Hostile, PARTIAL, RECORD, REPAIRABLE, Row, built, each};

/// Contents that are wrong, or too much.
pub(super) fn classes() -> Vec<Hostile> {
    [
        each(BEFORE, before),
        each(AFTER, after),
        each(REPLACED, |(from, to)| replaced(from, to)),
        each(REPEATED_BEFORE, |(text, times)| before(text.repeat(times))),
        each(REPEATED, |(text, times)| after(text.repeat(times))),
        each(NESTS, |(before, open, close, behind)| {
            after(format!("{before}{}{}{behind}", open.repeat(DEPTH), close.repeat(DEPTH)))
        }),
        built(OPERATORS),
        each(FORMS, |(entries, content)| with_form(entries, content).build()),
        each(CHAINS, |(levels, calls, leaf)| chain(levels, calls, leaf)),
        built(FORM_GRAPHS),
        each(TEXTS, |(content, times)| with_text(&content.repeat(times))),
        built(AMOUNTS),
    ]
    .into_iter()
    .flatten()
    .collect()
}

/// The letter with something after the first page's own content.
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

/// Contents before the first page's own.
const BEFORE: &[Row<&str>] = &[
    (
        "operators-unknown",
        REPAIRABLE,
        "foo 1 bar (x) baz << /A 1 >> qux \u{7f} @ # $ ~ endstream obj R 5 0 R \n",
    ),
    ("matrix-of-zeros", PARTIAL, "0 0 0 0 0 0 cm\n"),
    (
        "scaling-and-spacing-absurd",
        PARTIAL,
        "BT -99999999 Tc 1e38 Tw 0 Tz 99999999999 TL -1e38 Ts 42 Tr ET\n",
    ),
    ("bt-inside-of-bt", PARTIAL, "BT BT BT BT\n"),
    ("content-string-unterminated-at-start", PARTIAL, "BT /F1 9 Tf (this never ends "),
    ("content-dictionary-unterminated", PARTIAL, "/Span << /MCID 0 /A << /B "),
    ("content-array-unterminated", PARTIAL, "BT [(a) 20 (b) "),
    ("content-closing-brackets", PARTIAL, "] ] >> >> ) ) } } > ] TJ >> BDC\n"),
    ("content-embedded-nuls", REPAIRABLE, "q\0\0Q\0\0\0\n\0"),
    ("inline-image-without-ei", PARTIAL, "BI /W 2 /H 2 /BPC 8 /CS /G ID \u{1}\u{2}\u{3}\u{4}\n"),
    ("inline-image-without-id", PARTIAL, "BI /W 2 /H 2 /BPC 8 /CS /G\n"),
];

/// Contents after the first page's own.
const AFTER: &[Row<&str>] = &[
    (
        "operators-without-operands",
        PARTIAL,
        "BT Tj TJ ' \" Td TD Tm Tf T* Tc Tw Tz TL Ts Tr ET cm Do gs BDC EMC BMC MP DP BI ID EI\n",
    ),
    (
        "operators-with-wrong-types",
        PARTIAL,
        "BT (12) /F1 Tf /F1 (12) Tf 12 Tf [1 2] 0 Td (a) (b) Td 1 2 3 Tm 17 Tj /Name Tj [[(a)] << >> /B null \
         true (c)] TJ (x) TJ << >> cm 3 Do (Fm) Do /F1 /F2 Tf (a) 1 (b) \" ET\n",
    ),
    (
        "numbers-not-numbers",
        PARTIAL,
        "BT /F1 NaN Tf nan inf Td -inf Infinity Td 1 0 0 1 nan nan Tm (nan) Tj ET\n",
    ),
    (
        "kerning-absurd",
        PARTIAL,
        "BT /F1 10 Tf 72 60 Td [(a) -99999999999999999999 (b) 1e300 (c) nan (d)] TJ ET\n",
    ),
    ("content-string-unterminated", PARTIAL, "BT /F1 9 Tf (this never ends"),
    ("content-hex-unterminated", PARTIAL, "BT /F1 9 Tf <48656C6C6F"),
    ("content-ends-in-escape", PARTIAL, "BT (\\"),
    ("content-string-with-nuls", PARTIAL, "BT /F1 9 Tf 72 60 Td (a\0b\0\0c\\000) Tj ET"),
    ("inline-image-with-ei-in-data", REPAIRABLE, "q BI /W 9 /H 2 /BPC 8 /CS /G ID EI EIEI aEIb EI\nQ\n"),
    (
        "inline-image-of-absurd-size",
        PARTIAL,
        "BI /W 4294967295 /H 4294967295 /BPC 16 /CS /CMYK /L 99999999999 ID x EI\n",
    ),
];

/// Text in the first page's content, and its replacement.
const REPLACED: &[Row<(&str, &str)>] = &[
    ("text-matrix-of-zeros", PARTIAL, ("1 0 0 1 72 790 Tm", "0 0 0 0 0 0 Tm")),
    ("font-size-zero", PARTIAL, ("11 Tf", "0 Tf")),
    ("font-size-negative", PARTIAL, ("11 Tf", "-11 Tf")),
    ("font-size-huge", PARTIAL, ("11 Tf", "99999999999999999999999999999999999999999 Tf")),
    ("font-never-set", PARTIAL, ("/F1 11 Tf", "")),
    ("font-name-unknown", PARTIAL, ("/F1 11 Tf", "/F99 11 Tf")),
    ("text-outside-of-bt", PARTIAL, ("BT", "")),
    ("et-missing", REPAIRABLE, ("ET\n", "")),
];

/// Contents repeated many times before the first page's own.
const REPEATED_BEFORE: &[Row<(&str, usize)>] = &[
    ("restores-unmatched", REPAIRABLE, ("Q ", 1000)),
    ("marked-content-ends-unmatched", REPAIRABLE, ("EMC ", 1000)),
];

/// Contents repeated very many times after the first page's own.
const REPEATED: &[Row<(&str, usize)>] = &[
    ("operands-3000000-without-operator", HEAVY, ("1 ", 3_000_000)),
    ("inline-images-100000", HEAVY, ("BI /W 1 /H 1 /BPC 8 /CS /G ID x EI\n", 100_000)),
    ("inline-images-100000-without-end", HEAVY, ("BI /W 1 ID x\n", 100_000)),
    ("strings-100000-unterminated", HEAVY, ("(a <", 100_000)),
    ("content-arrays-1000000-deep-unclosed", PARTIAL, ("[", 1_000_000)),
    ("saves-1000000-deep", HEAVY, ("q ", 1_000_000)),
    ("marked-content-1000000-deep", HEAVY, ("/P BMC ", 1_000_000)),
    ("compatibility-1000000-deep", HEAVY, ("BX ", 1_000_000)),
    ("operators-1000000", HEAVY, ("0 0 m 9 9 l S\n", 333_334)),
];

/// The depth of [`NESTS`].
const DEPTH: usize = 100_000;

/// Nesting after the first page's own content: the text before, the opening and closing of each level, the text after.
const NESTS: &[Row<(&str, &str, &str, &str)>] = &[
    ("content-arrays-100000-deep", PARTIAL, ("BT ", "[", "]", " TJ ET\n")),
    ("content-string-100000-deep", PARTIAL, ("BT ", "(", ")", " Tj ET\n")),
];

/// Operators of other kinds.
const OPERATORS: &[Row<Build>] = &[
    ("operands-100000-for-one-operator", PARTIAL, || {
        after(format!("BT {} Td (late) Tj ET\n", "1 ".repeat(100_000)))
    }),
    ("numbers-huge-in-matrix", PARTIAL, || {
        after(format!(
            "BT /F1 1e400 Tf {0} 0 0 {0} -{0} {0} Tm (far) Tj /F1 {0} Tf ({0}) Tj -0.{1}1 0 0 1 0 0 cm (near) \
             Tj ET\n",
            "9".repeat(300),
            "0".repeat(300)
        ))
    }),
    ("graphics-states-absurd", PARTIAL, || {
        let mut pdf = letter();
        pdf.set(
            RESOURCES,
            "<< /Font << /F1 8 0 R /F2 9 0 R >> /ExtGState << /G1 11 0 R /G2 << /Font [11 0 R -5] >> /G3 7 >> >>",
        );
        pdf.set(FREE, "<< /Font [8 0 R nan] /SMask << /G 5 0 R >> /G1 11 0 R >>");
        pdf.stream(CONTENT_1, "", first_and("/G1 gs /G2 gs /G3 gs /G4 gs BT 72 60 Td (x) Tj ET\n")).build()
    }),
    ("content-is-noise", PARTIAL, || letter().flate(CONTENT_2, "", &noise(300_000)).build()),
    ("content-dictionaries-100000-deep", PARTIAL, || {
        after(format!("/P {} 1 {} BDC EMC\n", "<</A".repeat(DEPTH), ">>".repeat(DEPTH)))
    }),
    ("saves-1000000-deep-and-restored", HEAVY, || after("q ".repeat(1_000_000) + &"Q ".repeat(1_000_000))),
];

/// The entries of a form.
const FORM: &str = "/Type /XObject /Subtype /Form /BBox [0 0 595 842]";
/// A line of text in a form.
const TEXT: &str = "BT /F1 6 Tf 72 40 Td (again ) Tj ET ";

/// The letter's resources with a form `/Fm`.
fn resources_with(form: &str) -> String {
    format!("<< /Font << /F1 8 0 R /F2 9 0 R >> /XObject << /Fm {form} >> >>")
}

/// The letter whose first page draws a form, 11.
fn with_form(entries: &str, content: &str) -> Pdf {
    let mut pdf = letter();
    pdf.set(RESOURCES, resources_with("11 0 R"));
    pdf.stream(CONTENT_1, "", first_and("/Fm Do\n"));
    pdf.stream(FREE, &format!("{FORM} {entries}"), content);
    pdf
}

/// The entries of the form, and its content.
const FORMS: &[Row<(&str, &str)>] = &[
    ("form-calls-itself", REPAIRABLE, ("/Resources << /XObject << /Fm 11 0 R >> >>", "/Fm Do /Fm Do")),
    ("form-calls-page-content", REPAIRABLE, ("/Resources << /XObject << /Fm 5 0 R >> >>", "/Fm Do")),
    (
        "form-matrix-absurd",
        REPAIRABLE,
        ("/Matrix [nan 1e300 /x (0) 99999999999999999999] /Resources 11 0 R", TEXT),
    ),
];

/// The letter whose first page draws the first in a chain of forms, each of which draws the next.
fn chain(levels: u32, calls: &str, leaf: &str) -> Vec<u8> {
    let mut pdf = letter();
    pdf.set(RESOURCES, resources_with("100 0 R"));
    pdf.stream(CONTENT_1, "", first_and("/Fm Do\n"));
    for id in 100..100 + levels {
        let next = format!("/Font << /F1 8 0 R >> /XObject << /Fm {} 0 R >>", id + 1);
        let content = if id + 1 == 100 + levels { leaf } else { calls };
        pdf.stream(id, &format!("{FORM} /Resources << {next} >>"), content);
    }
    pdf.build()
}

/// The number of forms in the chain, the content of each, and the content of the last.
const CHAINS: &[Row<(u32, &str, &str)>] = &[
    ("forms-5000-deep", PARTIAL, (5_000, "/Fm Do", TEXT)),
    ("forms-doubling-40-levels", HEAVY, (40, "/Fm Do /Fm Do", "q Q")),
    ("forms-doubling-40-levels-with-text", HEAVY, (40, "/Fm Do /Fm Do", TEXT)),
];

/// Forms and patterns that are drawn where they can't be, or very often.
const FORM_GRAPHS: &[Row<Build>] = &[
    ("form-calls-itself-by-page-resources", REPAIRABLE, || {
        with_form("", &format!("{TEXT} /Fm Do /Fm Do")).build()
    }),
    ("forms-call-one-another", REPAIRABLE, || {
        with_form("/Resources << /XObject << /Fm 12 0 R >> >>", "/Fm Do")
            .stream(12, &format!("{FORM} /Resources << /XObject << /Fm 11 0 R >> >>"), "/Fm Do")
            .build()
    }),
    ("page-content-is-its-own-form", REPAIRABLE, || {
        letter()
            .set(RESOURCES, resources_with("5 0 R"))
            .stream(CONTENT_1, FORM, first_and("/Fm Do\n"))
            .build()
    }),
    ("forms-thousandfold-4-levels", HEAVY, || chain(5, &"/Fm Do ".repeat(1000), TEXT)),
    ("form-called-300000-times", HEAVY, || {
        with_form("", TEXT).flate(CONTENT_1, "", &first_and("/Fm Do ".repeat(300_000))).build()
    }),
    ("form-is-font", REPAIRABLE, || with_form("", "").set(RESOURCES, resources_with("8 0 R")).build()),
    ("pattern-draws-itself", RECORD, || {
        let own = "/Pattern << /P1 11 0 R >>";
        let tiling = format!(
            "/PatternType 1 /PaintType 1 /TilingType 1 /BBox [0 0 1 1] /XStep 0 /YStep 0 /Resources << {own} >>"
        );
        let mut pdf = letter();
        pdf.set(RESOURCES, format!("<< /Font << /F1 8 0 R /F2 9 0 R >> {own} >>"));
        pdf.stream(CONTENT_1, "", first_and("/Pattern cs /P1 scn 0 0 90 90 re f\n"));
        pdf.stream(FREE, &tiling, "/Pattern cs /P1 scn 0 0 9 9 re f\n").build()
    }),
];

/// The letter with more text on its first page.
fn with_text(content: &str) -> Vec<u8> {
    after(format!("BT /F1 8 Tf 72 60 Td\n{content}ET\n"))
}

/// Text operators, and how many times each is repeated.
const TEXTS: &[Row<(&str, usize)>] = &[
    ("text-operators-1000000", HEAVY, ("(a) Tj 0 0 Td\n", 500_000)),
    ("font-set-500000-times", HEAVY, ("/F1 8 Tf ", 500_000)),
    (
        "glyphs-200000-outside-of-page",
        HEAVY,
        ("1 0 0 1 -90000 -90000 Tm (out) Tj\n1 0 0 1 90000 90000 Tm (there) Tj\n", 25_000),
    ),
    ("letters-100000-apart-on-one-line", HEAVY, ("/F1 .002 Tf (a ) Tj\n", 100_000)),
    ("glyphs-200000-at-one-point", HEAVY, ("1 0 0 1 300 300 Tm (w) Tj\n", 200_000)),
    // Each glyph is on a line of its own, from the bottom up.
    ("glyphs-100000-each-higher", HEAVY, ("0 0.005 Td (w) Tj\n", 100_000)),
    (
        "headings-10000-times",
        HEAVY,
        ("/F2 12 Tf 0 -26 Td (Main findings) Tj /F1 11 Tf 0 -26 Td (It is.) Tj\n", 10_000),
    ),
];

/// Very large pieces of text, or text in strange positions.
const AMOUNTS: &[Row<Build>] = &[
    ("string-of-5-mb", HEAVY, || with_text(&format!("({}) Tj\n", "word ".repeat(1_000_000)))),
    ("string-of-5-mb-without-space", HEAVY, || with_text(&format!("({}) Tj\n", "x".repeat(5_000_000)))),
    ("kerned-array-of-500000", HEAVY, || with_text(&format!("[{}] TJ\n", "(a)-9".repeat(500_000)))),
    ("glyphs-each-on-another-baseline", HEAVY, || {
        let line = |n: u32| format!("1 0 0 1 {} {} Tm (w) Tj\n", n * 7919 % 500, n * 104_729 % 800);
        with_text(&(0..30_000).map(line).collect::<String>())
    }),
    ("letter-drawn-1000-times", HEAVY, || letter().flate(CONTENT_1, "", &first().repeat(1000)).build()),
    // Text that provokes backtracking in a careless pattern.
    ("brackets-and-bullets-200000", HEAVY, || {
        with_text(&format!("({}) Tj\n", "\\(1\\) \\(a\\) - 1.1.1. 12 March ".repeat(20_000)))
    }),
];
