//! Classes of damage to the page tree and to page dictionaries.

use super::letter::{
    CONTENT_1, CONTENT_2, FREE, PAGE_1, PAGE_2, PAGE_BOX, PAGES, RESOURCES, first, first_and, letter, page,
};
use super::{Build, HEAVY, Hostile, PARTIAL, RECORD, REPAIRABLE, Row, TEXTLESS, built, each};

/// Page trees with cycles, absurd boxes, empty pages.
pub(super) fn classes() -> Vec<Hostile> {
    [
        each(ROOTS, with_pages),
        each(KIDS, with_kids),
        each(COUNTS, |count| with_pages(format!("<< /Type /Pages /Kids [3 0 R 4 0 R] /Count {count} >>"))),
        built(TREES),
        each(BOXES, with_entries),
        built(BOX_GRAPHS),
        each(CONTENTS, with_contents),
        built(CONTENT_GRAPHS),
        each(RESOURCE_OBJECTS, |resources| letter().set(RESOURCES, resources).build()),
        built(RESOURCE_GRAPHS),
        built(IMAGES),
    ]
    .into_iter()
    .flatten()
    .collect()
}

/// The letter with another root of the page tree.
fn with_pages(pages: impl Into<Vec<u8>>) -> Vec<u8> {
    letter().set(PAGES, pages).build()
}

/// The root of the page tree.
const ROOTS: &[Row<&str>] = &[
    ("page-tree-kids-is-page", PARTIAL, "<< /Type /Pages /Kids 3 0 R /Count 1 >>"),
    ("page-tree-without-kids", PARTIAL, "<< /Type /Pages /Count 2 >>"),
    ("page-tree-kids-empty", &["record", "damaged", "no-text"], "<< /Type /Pages /Kids [] /Count 0 >>"),
];

/// The letter with other kids of the root.
fn with_kids(kids: &str) -> Vec<u8> {
    with_pages(format!("<< /Type /Pages /Kids [{kids}] /Count 2 >>"))
}

/// The kids of the root.
const KIDS: &[Row<&str>] = &[
    ("page-tree-kid-is-itself", PARTIAL, "2 0 R"),
    ("page-tree-pages-and-itself", REPAIRABLE, "3 0 R 2 0 R 4 0 R 2 0 R"),
    (
        "page-tree-kids-with-nulls-and-numbers",
        PARTIAL,
        "null 3 0 R 17 (page) << >> [3 0 R] /Page 4 0 R 4711 0 R true -1 5 0 R",
    ),
];

/// The number of pages that the root states.
const COUNTS: &[Row<&str>] = &[
    ("page-tree-count-huge", REPAIRABLE, "9223372036854775807"),
    ("page-tree-count-negative", REPAIRABLE, "-2"),
    ("page-tree-count-zero", REPAIRABLE, "0"),
    ("page-tree-count-is-string", REPAIRABLE, "(two)"),
];

/// Page trees with more than a root.
const TREES: &[Row<Build>] = &[
    ("page-tree-kid-is-grandparent", REPAIRABLE, || {
        let mut pdf = letter();
        pdf.set(PAGES, "<< /Type /Pages /Kids [11 0 R 4 0 R] /Count 2 >>");
        pdf.set(FREE, "<< /Type /Pages /Parent 2 0 R /Kids [3 0 R 2 0 R] /Count 1 >>").build()
    }),
    // Neither page has a box or resources of its own, so a reader looks for them in the ancestors.
    ("page-tree-parent-cycle", PARTIAL, || {
        let mut pdf = letter();
        let bare = |content: u32| format!("<< /Type /Page /Parent 11 0 R /Contents {content} 0 R >>");
        pdf.set(PAGES, "<< /Type /Pages /Parent 11 0 R /Kids [11 0 R] /Count 2 >>");
        pdf.set(FREE, "<< /Type /Pages /Parent 2 0 R /Kids [3 0 R 4 0 R] /Count 2 >>");
        pdf.set(PAGE_1, bare(CONTENT_1)).set(PAGE_2, bare(CONTENT_2)).build()
    }),
    ("page-tree-page-is-own-parent", REPAIRABLE, || {
        letter().set(PAGE_1, "<< /Type /Page /Parent 3 0 R /Contents 5 0 R /Resources 7 0 R >>").build()
    }),
    ("page-tree-10000-levels", REPAIRABLE, || {
        let mut pdf = letter();
        pdf.set(PAGES, "<< /Type /Pages /Kids [100 0 R] /Count 2 >>");
        for id in 100..10_100 {
            let parent = if id == 100 { PAGES } else { id - 1 };
            let kids = if id == 10_099 { "3 0 R 4 0 R".to_owned() } else { format!("{} 0 R", id + 1) };
            pdf.set(id, format!("<< /Type /Pages /Parent {parent} 0 R /Kids [{kids}] /Count 2 >>"));
        }
        pdf.build()
    }),
    // Every node refers to the next one twice, which makes 2^40 pages if each is counted.
    ("page-tree-doubling-40-levels", HEAVY, || {
        let mut pdf = letter();
        pdf.set(PAGES, "<< /Type /Pages /Kids [3 0 R 100 0 R] /Count 2 >>");
        for id in 100..140 {
            let next = if id == 139 { PAGE_2 } else { id + 1 };
            pdf.set(id, format!("<< /Type /Pages /Kids [{next} 0 R {next} 0 R] /Count 2 >>"));
        }
        pdf.build()
    }),
    ("page-tree-same-page-100000-times", HEAVY, || with_kids(&"3 0 R ".repeat(100_000))),
    ("page-tree-types-missing", REPAIRABLE, || {
        let mut pdf = letter();
        let untyped = |content| page(content, PAGE_BOX).replace("/Type /Page", "");
        pdf.set(PAGES, "<< /Kids [3 0 R 4 0 R] /Count 2 >>");
        pdf.set(PAGE_1, untyped(CONTENT_1)).set(PAGE_2, untyped(CONTENT_2)).build()
    }),
];

/// The letter whose pages have these entries in addition to contents and resources.
fn with_entries(entries: &str) -> Vec<u8> {
    letter().set(PAGE_1, page(CONTENT_1, entries)).set(PAGE_2, page(CONTENT_2, entries)).build()
}

/// Boxes and turns of the pages.
const BOXES: &[Row<&str>] = &[
    ("media-box-missing", REPAIRABLE, ""),
    ("media-box-of-no-size", PARTIAL, "/MediaBox [0 0 0 0]"),
    ("media-box-turned-over", PARTIAL, "/MediaBox [595 842 0 0]"),
    ("media-box-not-numbers", REPAIRABLE, "/MediaBox [nan inf -inf NaN] /CropBox [(0) /0 null true]"),
    (
        "media-box-huge",
        PARTIAL,
        "/MediaBox [-99999999999999999999 -1e308 99999999999999999999999999999999999999999 1e308]",
    ),
    ("media-box-of-three", REPAIRABLE, "/MediaBox [0 0 595]"),
    ("rotate-odd", PARTIAL, "/MediaBox [0 0 595 842] /Rotate 45.5"),
    ("rotate-huge", PARTIAL, "/MediaBox [0 0 595 842] /Rotate 99999999999999999999"),
    ("rotate-is-name", RECORD, "/MediaBox [0 0 595 842] /Rotate /Ninety"),
    ("user-unit-absurd", PARTIAL, "/MediaBox [0 0 595 842] /UserUnit -1e38 /CropBox [0 0 1e-38 1e-38]"),
];

/// Boxes that refer to other objects.
const BOX_GRAPHS: &[Row<Build>] = &[("media-box-refers-in-a-circle", REPAIRABLE, || {
    let mut pdf = letter();
    pdf.set(PAGE_1, page(CONTENT_1, "/MediaBox 11 0 R"));
    pdf.set(PAGE_2, page(CONTENT_2, "/MediaBox [11 0 R 12 0 R 11 0 R 12 0 R]"));
    pdf.set(FREE, "12 0 R").set(FREE + 1, "11 0 R").build()
})];

/// The letter with other contents for its first page. The objects from 11 on refer to each other in a circle.
fn with_contents(contents: &str) -> Vec<u8> {
    let entries = format!("/Contents {contents} {PAGE_BOX}");
    let page = page(CONTENT_1, &entries).replace("/Contents 5 0 R ", "");
    letter().set(PAGE_1, page).set(FREE, "12 0 R").set(FREE + 1, "13 0 R").set(FREE + 2, "11 0 R").build()
}

/// The contents of the first page.
const CONTENTS: &[Row<&str>] = &[
    ("contents-missing-object", PARTIAL, "4711 0 R"),
    ("contents-refer-in-a-circle", PARTIAL, "11 0 R"),
    ("contents-are-the-page", PARTIAL, "3 0 R"),
    ("contents-of-wrong-types", PARTIAL, "[1 (BT) null << >> /Tj 7 0 R [5 0 R]]"),
];

/// Pages without content, or whose content is cut or repeated.
const CONTENT_GRAPHS: &[Row<Build>] = &[
    ("pages-empty", TEXTLESS, || letter().stream(CONTENT_1, "", "").stream(CONTENT_2, "", "").build()),
    ("pages-without-contents", TEXTLESS, || {
        let bare = "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] >>";
        letter().set(PAGE_1, bare).set(PAGE_2, bare).build()
    }),
    ("contents-array-with-itself", PARTIAL, || {
        let entries = page(CONTENT_1, PAGE_BOX).replace("/Contents 5 0 R", "/Contents 11 0 R");
        letter().set(PAGE_1, entries).set(FREE, "[11 0 R 5 0 R 11 0 R]").build()
    }),
    ("contents-100000-times-the-same", HEAVY, || with_contents(&format!("[{}]", "5 0 R ".repeat(100_000)))),
    // A reader joins the parts with white space, so the cut splits the string in two.
    ("contents-cut-inside-of-tokens", PARTIAL, || {
        let content = first();
        let (left, right) = content.split_at(content.len() / 2);
        let mut pdf = letter();
        pdf.set(PAGE_1, page(CONTENT_1, PAGE_BOX).replace("5 0 R", "[11 0 R 12 0 R]"));
        pdf.stream(FREE, "", left).stream(FREE + 1, "", right).build()
    }),
];

/// The resources of both pages.
const RESOURCE_OBJECTS: &[Row<&str>] = &[
    ("resources-without-fonts", PARTIAL, "<< >>"),
    ("resources-are-themselves", PARTIAL, "7 0 R"),
    ("resources-fonts-are-resources", PARTIAL, "<< /Font 7 0 R /XObject 7 0 R >>"),
    ("resources-font-is-page-tree", PARTIAL, "<< /Font << /F1 2 0 R /F2 2 0 R >> >>"),
];

/// Resources that are missing, or only seem to be there.
const RESOURCE_GRAPHS: &[Row<Build>] = &[
    ("resources-missing", PARTIAL, || {
        let bare = |content| page(content, PAGE_BOX).replace("/Resources 7 0 R", "");
        letter().set(PAGE_1, bare(CONTENT_1)).set(PAGE_2, bare(CONTENT_2)).build()
    }),
    ("resources-refer-in-a-circle", PARTIAL, || {
        letter().set(RESOURCES, "11 0 R").set(FREE, "12 0 R").set(FREE + 1, "7 0 R").build()
    }),
];

/// Draws the image of [`IMAGES`].
const PICTURE: &[u8] = b"q 500 0 0 700 40 40 cm /Im1 Do Q";

/// Pages with images.
const IMAGES: &[Row<Build>] = &[
    ("image-only-pages", TEXTLESS, || {
        let mut pdf = letter();
        pdf.set(RESOURCES, "<< /XObject << /Im1 11 0 R >> >>");
        pdf.stream(CONTENT_1, "", PICTURE).stream(CONTENT_2, "", PICTURE);
        let entries = "/Type /XObject /Subtype /Image /Width 200 /Height 300 /ColorSpace /DeviceGray /BitsPerComponent 8";
        pdf.flate(FREE, entries, &[127; 60_000]).build()
    }),
    ("image-of-absurd-size", RECORD, || {
        let mut pdf = letter();
        pdf.set(RESOURCES, "<< /Font << /F1 8 0 R /F2 9 0 R >> /XObject << /Im1 11 0 R >> >>");
        pdf.stream(CONTENT_1, "", first_and(PICTURE));
        let entries = "/Type /XObject /Subtype /Image /Width 4294967295 /Height 4294967295 /ColorSpace [/Indexed \
                       11 0 R 9 11 0 R] /BitsPerComponent 64 /SMask 11 0 R";
        pdf.flate(FREE, entries, &[127; 6_000]).build()
    }),
];
