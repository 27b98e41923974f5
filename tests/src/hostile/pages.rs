//! The classes about the page tree and what a page says of itself.

use super::letter::{CONTENT_1, CONTENT_2, FREE, PAGE_1, PAGE_2, PAGE_BOX, PAGES, RESOURCES, letter, page};
use super::{HEAVY, Hostile, PARTIAL, RECORD, REPAIRABLE, TEXTLESS};

/// Page trees with cycles, absurd boxes, empty pages.
pub(super) fn classes() -> Vec<Hostile> {
    let mut all = trees();
    all.extend(boxes());
    all.extend(contents());
    all
}

/// The letter with another root of the page tree.
fn with_pages(pages: impl Into<Vec<u8>>) -> Vec<u8> {
    letter().set(PAGES, pages).build()
}

/// Page trees.
fn trees() -> Vec<Hostile> {
    let kids = |kids: &str| with_pages(format!("<< /Type /Pages /Kids [{kids}] /Count 2 >>"));
    let count = |count: &str| with_pages(format!("<< /Type /Pages /Kids [3 0 R 4 0 R] /Count {count} >>"));
    vec![
        Hostile::new("page-tree-kid-is-itself", PARTIAL, kids("2 0 R")),
        Hostile::new("page-tree-pages-and-itself", REPAIRABLE, kids("3 0 R 2 0 R 4 0 R 2 0 R")),
        Hostile::new("page-tree-kid-is-grandparent", REPAIRABLE, {
            let mut pdf = letter();
            pdf.set(PAGES, "<< /Type /Pages /Kids [11 0 R 4 0 R] /Count 2 >>");
            pdf.set(FREE, "<< /Type /Pages /Parent 2 0 R /Kids [3 0 R 2 0 R] /Count 1 >>");
            pdf.build()
        }),
        Hostile::new("page-tree-parent-cycle", PARTIAL, {
            // Neither page has a box or resources of its own, so a reader looks for them in the parents.
            let mut pdf = letter();
            let bare = |content: u32| format!("<< /Type /Page /Parent 11 0 R /Contents {content} 0 R >>");
            pdf.set(PAGES, "<< /Type /Pages /Parent 11 0 R /Kids [11 0 R] /Count 2 >>");
            pdf.set(FREE, "<< /Type /Pages /Parent 2 0 R /Kids [3 0 R 4 0 R] /Count 2 >>");
            pdf.set(PAGE_1, bare(CONTENT_1)).set(PAGE_2, bare(CONTENT_2));
            pdf.build()
        }),
        Hostile::new("page-tree-page-is-own-parent", REPAIRABLE, {
            let mut pdf = letter();
            pdf.set(PAGE_1, "<< /Type /Page /Parent 3 0 R /Contents 5 0 R /Resources 7 0 R >>");
            pdf.build()
        }),
        Hostile::new("page-tree-10000-levels", REPAIRABLE, {
            let mut pdf = letter();
            pdf.set(PAGES, "<< /Type /Pages /Kids [100 0 R] /Count 2 >>");
            for id in 100..10_100 {
                let parent = if id == 100 { PAGES } else { id - 1 };
                let kids = if id == 10_099 { "3 0 R 4 0 R".to_owned() } else { format!("{} 0 R", id + 1) };
                pdf.set(id, format!("<< /Type /Pages /Parent {parent} 0 R /Kids [{kids}] /Count 2 >>"));
            }
            pdf.build()
        }),
        Hostile::new("page-tree-doubling-40-levels", HEAVY, {
            // Every node names the next one twice: 2^40 pages, if they are counted so.
            let mut pdf = letter();
            pdf.set(PAGES, "<< /Type /Pages /Kids [3 0 R 100 0 R] /Count 2 >>");
            for id in 100..140 {
                let next = if id == 139 { PAGE_2 } else { id + 1 };
                pdf.set(id, format!("<< /Type /Pages /Kids [{next} 0 R {next} 0 R] /Count 2 >>"));
            }
            pdf.build()
        }),
        Hostile::new("page-tree-same-page-100000-times", HEAVY, kids(&"3 0 R ".repeat(100_000))),
        Hostile::new("page-tree-count-huge", REPAIRABLE, count("9223372036854775807")),
        Hostile::new("page-tree-count-negative", REPAIRABLE, count("-2")),
        Hostile::new("page-tree-count-zero", REPAIRABLE, count("0")),
        Hostile::new("page-tree-count-is-string", REPAIRABLE, count("(two)")),
        Hostile::new("page-tree-kids-with-nulls-and-numbers", PARTIAL, {
            kids("null 3 0 R 17 (page) << >> [3 0 R] /Page 4 0 R 4711 0 R true -1 5 0 R")
        }),
        Hostile::new("page-tree-kids-is-page", PARTIAL, {
            with_pages("<< /Type /Pages /Kids 3 0 R /Count 1 >>")
        }),
        Hostile::new("page-tree-without-kids", PARTIAL, with_pages("<< /Type /Pages /Count 2 >>")),
        Hostile::new(
            "page-tree-kids-empty",
            &["record", "damaged", "no-text"],
            with_pages("<< /Type /Pages /Kids [] /Count 0 >>"),
        ),
        Hostile::new("page-tree-types-missing", REPAIRABLE, {
            let mut pdf = letter();
            pdf.set(PAGES, "<< /Kids [3 0 R 4 0 R] /Count 2 >>");
            let untyped = |content| page(content, PAGE_BOX).replace("/Type /Page", "");
            pdf.set(PAGE_1, untyped(CONTENT_1)).set(PAGE_2, untyped(CONTENT_2));
            pdf.build()
        }),
    ]
}

/// Boxes and turns of the pages.
fn boxes() -> Vec<Hostile> {
    let both = |entries: &str| {
        letter().set(PAGE_1, page(CONTENT_1, entries)).set(PAGE_2, page(CONTENT_2, entries)).build()
    };
    vec![
        Hostile::new("media-box-missing", REPAIRABLE, both("")),
        Hostile::new("media-box-of-no-size", PARTIAL, both("/MediaBox [0 0 0 0]")),
        Hostile::new("media-box-turned-over", PARTIAL, both("/MediaBox [595 842 0 0]")),
        Hostile::new(
            "media-box-not-numbers",
            REPAIRABLE,
            both("/MediaBox [nan inf -inf NaN] /CropBox [(0) /0 null true]"),
        ),
        Hostile::new(
            "media-box-huge",
            PARTIAL,
            both("/MediaBox [-99999999999999999999 -1e308 99999999999999999999999999999999999999999 1e308]"),
        ),
        Hostile::new("media-box-of-three", REPAIRABLE, both("/MediaBox [0 0 595]")),
        Hostile::new(
            "media-box-refers-in-a-circle",
            REPAIRABLE,
            letter()
                .set(PAGE_1, page(CONTENT_1, "/MediaBox 11 0 R"))
                .set(PAGE_2, page(CONTENT_2, "/MediaBox [11 0 R 12 0 R 11 0 R 12 0 R]"))
                .set(FREE, "12 0 R")
                .set(FREE + 1, "11 0 R")
                .build(),
        ),
        Hostile::new("rotate-odd", PARTIAL, both("/MediaBox [0 0 595 842] /Rotate 45.5")),
        Hostile::new("rotate-huge", PARTIAL, both("/MediaBox [0 0 595 842] /Rotate 99999999999999999999")),
        Hostile::new("rotate-is-name", RECORD, both("/MediaBox [0 0 595 842] /Rotate /Ninety")),
        Hostile::new(
            "user-unit-absurd",
            PARTIAL,
            both("/MediaBox [0 0 595 842] /UserUnit -1e38 /CropBox [0 0 1e-38 1e-38]"),
        ),
    ]
}

/// Pages without content, or whose content is not what it should be.
fn contents() -> Vec<Hostile> {
    let first = |contents: &str| {
        let entries = format!("/Contents {contents} {PAGE_BOX}");
        let page = page(CONTENT_1, &entries).replace("/Contents 5 0 R ", "");
        letter().set(PAGE_1, page).set(FREE, "12 0 R").set(FREE + 1, "13 0 R").set(FREE + 2, "11 0 R").build()
    };
    let resources = |resources: &str| letter().set(RESOURCES, resources).build();
    let mut image = letter();
    let picture = b"q 500 0 0 700 40 40 cm /Im1 Do Q";
    image.set(RESOURCES, "<< /XObject << /Im1 11 0 R >> >>");
    image.stream(CONTENT_1, "", &picture[..]).stream(CONTENT_2, "", &picture[..]);
    image.flate(
        FREE,
        "/Type /XObject /Subtype /Image /Width 200 /Height 300 /ColorSpace /DeviceGray /BitsPerComponent 8",
        &[127; 60_000],
    );
    let mut huge_image = letter();
    huge_image.set(RESOURCES, "<< /Font << /F1 8 0 R /F2 9 0 R >> /XObject << /Im1 11 0 R >> >>");
    huge_image.stream(CONTENT_1, "", super::letter::first_and(picture));
    huge_image.flate(
        FREE,
        "/Type /XObject /Subtype /Image /Width 4294967295 /Height 4294967295 /ColorSpace [/Indexed 11 0 R 9 11 \
         0 R] /BitsPerComponent 64 /SMask 11 0 R",
        &[127; 6_000],
    );
    vec![
        Hostile::new("image-only-pages", TEXTLESS, image.build()),
        Hostile::new("image-of-absurd-size", RECORD, huge_image.build()),
        Hostile::new("pages-empty", TEXTLESS, {
            letter().stream(CONTENT_1, "", "").stream(CONTENT_2, "", "").build()
        }),
        Hostile::new("pages-without-contents", TEXTLESS, {
            let bare = "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] >>";
            letter().set(PAGE_1, bare).set(PAGE_2, bare).build()
        }),
        Hostile::new("contents-missing-object", PARTIAL, first("4711 0 R")),
        Hostile::new("contents-refer-in-a-circle", PARTIAL, first("11 0 R")),
        Hostile::new("contents-array-with-itself", PARTIAL, {
            let entries = page(CONTENT_1, PAGE_BOX).replace("/Contents 5 0 R", "/Contents 11 0 R");
            letter().set(PAGE_1, entries).set(FREE, "[11 0 R 5 0 R 11 0 R]").build()
        }),
        Hostile::new("contents-are-the-page", PARTIAL, first("3 0 R")),
        Hostile::new("contents-of-wrong-types", PARTIAL, first("[1 (BT) null << >> /Tj 7 0 R [5 0 R]]")),
        Hostile::new(
            "contents-100000-times-the-same",
            HEAVY,
            first(&format!("[{}]", "5 0 R ".repeat(100_000))),
        ),
        Hostile::new("contents-cut-inside-of-tokens", PARTIAL, {
            // A reader joins the parts with white space, so the cut halves the string.
            let content = super::letter::first();
            let (left, right) = content.split_at(content.len() / 2);
            let mut pdf = letter();
            pdf.set(PAGE_1, page(CONTENT_1, PAGE_BOX).replace("5 0 R", "[11 0 R 12 0 R]"));
            pdf.stream(FREE, "", left).stream(FREE + 1, "", right);
            pdf.build()
        }),
        Hostile::new("resources-missing", PARTIAL, {
            let bare = |content| page(content, PAGE_BOX).replace("/Resources 7 0 R", "");
            letter().set(PAGE_1, bare(CONTENT_1)).set(PAGE_2, bare(CONTENT_2)).build()
        }),
        Hostile::new("resources-without-fonts", PARTIAL, resources("<< >>")),
        Hostile::new("resources-are-themselves", PARTIAL, resources("7 0 R")),
        Hostile::new("resources-fonts-are-resources", PARTIAL, resources("<< /Font 7 0 R /XObject 7 0 R >>")),
        Hostile::new("resources-font-is-page-tree", PARTIAL, {
            resources("<< /Font << /F1 2 0 R /F2 2 0 R >> >>")
        }),
        Hostile::new("resources-refer-in-a-circle", PARTIAL, {
            letter().set(RESOURCES, "11 0 R").set(FREE, "12 0 R").set(FREE + 1, "7 0 R").build()
        }),
    ]
}
