//! Classes of damage to marked content, the structure tree, and parts that are irrelevant to text: outlines,
//! annotations, interactive forms.

use super::letter::{CATALOG, CONTENT_1, FREE, PAGE_1, PAGE_BOX, RESOURCES, first, letter, page};
use super::writer::Pdf;
use super::{Build, HEAVY, Hostile, PARTIAL, RECORD, REPAIRABLE, Row, built, each};

/// Structure trees with cycles, and other graphs.
pub(super) fn classes() -> Vec<Hostile> {
    [
        each(MARKS, marked),
        built(MARK_GRAPHS),
        each(ROOTS, |root| tagged(root).build()),
        each(TREES, |(root, kids)| tagged(root).set(12, element(kids)).build()),
        built(TREE_GRAPHS),
        each(SURROUNDINGS, |(entries, objects)| with_catalog(entries, objects)),
        built(ANNOTATIONS),
    ]
    .into_iter()
    .flatten()
    .collect()
}

/// The letter with its first page in marked content between two pieces of text.
fn marked((begin, end): (&str, &str)) -> Vec<u8> {
    let content = [begin.as_bytes(), b"\n", &first(), end.as_bytes(), b"\n"].concat();
    let mut pdf = letter();
    pdf.set(RESOURCES, "<< /Font << /F1 8 0 R /F2 9 0 R >> /Properties << /Me 11 0 R /Bad 3 >> >>");
    pdf.set(FREE, "<< /MCID 11 0 R /Me 11 0 R /ActualText 11 0 R /E 11 0 R >>");
    pdf.stream(CONTENT_1, "", content);
    pdf.build()
}

/// The content before and after the first page's text.
const MARKS: &[Row<(&str, &str)>] = &[
    ("mcid-negative", REPAIRABLE, ("/P << /MCID -1 >> BDC", "EMC")),
    ("mcid-huge", REPAIRABLE, ("/P << /MCID 99999999999999999999 >> BDC", "EMC")),
    ("mcid-is-string", REPAIRABLE, ("/P << /MCID (0) >> BDC", "EMC")),
    ("marked-content-property-missing", REPAIRABLE, ("/P /Nowhere BDC", "EMC")),
    ("marked-content-property-of-wrong-type", REPAIRABLE, ("/P /Bad BDC", "EMC")),
    ("marked-content-property-is-itself", REPAIRABLE, ("/P /Me BDC", "EMC")),
    ("marked-content-never-ends", PARTIAL, ("/Artifact BMC /P << /MCID 0 >> BDC", "")),
    (
        "marked-content-actual-text-broken",
        PARTIAL,
        ("/Span << /ActualText <FEFFD800DC> >> BDC", "EMC /Span << /ActualText (\u{1}) >> BDC EMC"),
    ),
];

/// Marked content with very much text, or with circular references.
const MARK_GRAPHS: &[Row<Build>] = &[
    ("marked-content-actual-text-of-5-mb", HEAVY, || {
        marked((&format!("/Span << /ActualText ({}) >> BDC", "long ".repeat(1_000_000)), "EMC"))
    }),
    ("marked-content-1000-deep-each-with-a-text-of-5-mb", HEAVY, || {
        let mut pdf = letter();
        pdf.set(RESOURCES, "<< /Font << /F1 8 0 R /F2 9 0 R >> /Properties << /Me 11 0 R >> >>");
        pdf.set(FREE, format!("<< /ActualText ({}) >>", "long ".repeat(1_000_000)));
        let content = [b"/Span /Me BDC\n".repeat(1_000), first(), b"EMC\n".repeat(1_000)].concat();
        pdf.stream(CONTENT_1, "", content).build()
    }),
    ("optional-content-cycle", REPAIRABLE, || {
        let mut pdf = letter();
        pdf.set(
            CATALOG,
            "<< /Type /Catalog /Pages 2 0 R /OCProperties << /OCGs [11 0 R] /D << /Order 12 0 R >> >> >>",
        );
        pdf.set(RESOURCES, "<< /Font << /F1 8 0 R /F2 9 0 R >> /Properties << /Oc 11 0 R >> >>");
        pdf.set(FREE, "<< /Type /OCMD /OCGs [11 0 R] /VE [/And 12 0 R] >>");
        pdf.set(FREE + 1, "[12 0 R /Not 12 0 R]");
        pdf.stream(CONTENT_1, "", [&b"/OC /Oc BDC\n"[..], &first(), b"EMC\n"].concat()).build()
    }),
];

/// The letter as a tagged document with the given root of its structure tree.
fn tagged(root: &str) -> Pdf {
    let mut pdf = letter();
    pdf.set(CATALOG, "<< /Type /Catalog /Pages 2 0 R /MarkInfo << /Marked true >> /StructTreeRoot 11 0 R >>");
    pdf.set(PAGE_1, page(CONTENT_1, &format!("{PAGE_BOX} /StructParents 0")));
    pdf.stream(CONTENT_1, "", [&b"/P << /MCID 0 >> BDC\n"[..], &first(), b"EMC\n"].concat());
    pdf.set(FREE, format!("<< /Type /StructTreeRoot {root} >>"));
    pdf
}

/// A paragraph element of the first page with these kids.
fn element(kids: &str) -> String {
    format!("<< /Type /StructElem /S /P /P 11 0 R /Pg 3 0 R /K {kids} >>")
}

/// The root's entries, for a tree without other elements.
const ROOTS: &[Row<&str>] = &[
    ("structure-root-is-its-kid", REPAIRABLE, "/K 11 0 R"),
    ("structure-kid-is-page", REPAIRABLE, "/K [3 0 R 2 0 R 5 0 R (x) -1 null]"),
    ("structure-empty-though-marked", REPAIRABLE, "/K []"),
];

/// The root's entries, and the kids of the one element, 12, below it.
const TREES: &[Row<(&str, &str)>] = &[
    (
        "structure-mcid-absurd",
        REPAIRABLE,
        (
            "/K 12 0 R",
            "[-1 99999999999999999999 (0) << /Type /MCR /MCID -5 /Pg 4711 0 R >> << /Type /OBJR /Obj 12 0 R >>]",
        ),
    ),
    ("structure-role-map-cycle", REPAIRABLE, ("/K 12 0 R /RoleMap << /P /Q /Q /R /R /P /H1 /H1 >>", "0")),
    ("structure-role-map-is-root", REPAIRABLE, ("/K 12 0 R /RoleMap 11 0 R /ClassMap 11 0 R", "0")),
    (
        "structure-parent-tree-absurd",
        REPAIRABLE,
        (
            "/K 12 0 R /ParentTree << /Nums [0 (x) 99999999999999999999 null -1 [12 0 R] 5] /Limits [9 -9] \
             /Kids [11 0 R] >> /ParentTreeNextKey -1",
            "0",
        ),
    ),
];

/// Trees with several elements, and objects that are not trees.
const TREE_GRAPHS: &[Row<Build>] = &[
    ("structure-kid-is-parent", REPAIRABLE, || {
        tagged("/K [12 0 R]").set(12, element("[0 13 0 R]")).set(13, element("[12 0 R 11 0 R]")).build()
    }),
    ("structure-100000-levels", HEAVY, || {
        let mut pdf = tagged("/K 100 0 R");
        for id in 100..100_100u32 {
            pdf.set(id, format!("<< /S /Sect /K {} 0 R >>", id + 1));
        }
        pdf.set(100_100, element("0")).build()
    }),
    ("structure-100000-levels-inline", REPAIRABLE, || {
        tagged(&format!("/K {}0{}", "[<</K".repeat(50_000), ">>]".repeat(50_000))).build()
    }),
    ("structure-doubling-40-levels", HEAVY, || {
        let mut pdf = tagged("/K 100 0 R");
        for id in 100..140u32 {
            pdf.set(id, format!("<< /S /Sect /K [{0} 0 R {0} 0 R] >>", id + 1));
        }
        pdf.set(140, element("0")).build()
    }),
    ("structure-kids-1000000-numbers", HEAVY, || {
        tagged("/K 12 0 R").set(12, element(&format!("[{}]", "0 ".repeat(1_000_000)))).build()
    }),
    ("structure-same-mcid-twice", REPAIRABLE, || {
        tagged("/K [12 0 R 12 0 R 13 0 R]").set(12, element("0")).set(13, element("[0 0 0]")).build()
    }),
    ("structure-parent-tree-cycle", REPAIRABLE, || {
        let mut pdf = tagged("/K 12 0 R /ParentTree 13 0 R /IDTree 13 0 R");
        pdf.set(12, element("0")).set(13, "<< /Kids [13 0 R 13 0 R] >>").build()
    }),
    ("structure-root-is-string", REPAIRABLE, || tagged("").set(FREE, "(tree)").build()),
];

/// The letter with more entries in its catalog, and the objects from 11 on to which they refer.
fn with_catalog(entries: &str, objects: &[&str]) -> Vec<u8> {
    let mut pdf = letter();
    pdf.set(CATALOG, format!("<< /Type /Catalog /Pages 2 0 R {entries} >>"));
    for (id, object) in (FREE..).zip(objects) {
        pdf.set(id, *object);
    }
    pdf.build()
}

/// Parts around the pages: more entries of the catalog, and the objects from 11 on.
const SURROUNDINGS: &[Row<(&str, &[&str])>] = &[
    (
        "outlines-cycle",
        RECORD,
        (
            "/Outlines 11 0 R",
            &[
                "<< /First 12 0 R /Last 12 0 R /Count 99999999 >>",
                "<< /Title (Main findings) /Parent 12 0 R /Next 12 0 R /Prev 12 0 R /First 11 0 R >>",
            ],
        ),
    ),
    (
        "form-fields-cycle",
        RECORD,
        (
            "/AcroForm << /Fields [11 0 R] /XFA 11 0 R >>",
            &["<< /FT /Tx /Parent 11 0 R /Kids [11 0 R] /V 11 0 R >>"],
        ),
    ),
    (
        "actions-and-scripts",
        RECORD,
        (
            "/OpenAction 11 0 R /AA << /WC 11 0 R >> /Names << /JavaScript 12 0 R >>",
            &[
                "<< /S /Launch /F (/bin/true) /Next [11 0 R 13 0 R] >>",
                "<< /Kids [12 0 R] /Names [(a) 13 0 R] >>",
                "<< /S /JavaScript /JS (while \\(true\\) {}) /Next 11 0 R >>",
            ],
        ),
    ),
    (
        "page-labels-and-destinations-cycle",
        RECORD,
        (
            "/PageLabels 11 0 R /Dests 12 0 R /Names << /Dests 11 0 R >>",
            &[
                "<< /Kids [11 0 R] /Nums [0 << /S /r /St -99999999999 >>] >>",
                "<< /a 12 0 R /b [12 0 R /Fit] >>",
            ],
        ),
    ),
    (
        "article-threads-cycle",
        RECORD,
        ("/Threads [11 0 R]", &["<< /F 12 0 R /I 11 0 R >>", "<< /T 11 0 R /N 12 0 R /V 12 0 R /P 3 0 R >>"]),
    ),
    (
        "embedded-file-is-the-content",
        RECORD,
        (
            "/Names << /EmbeddedFiles << /Names [(../../x) 11 0 R] >> >> /AF [11 0 R]",
            &["<< /Type /Filespec /F (../../../../tmp/x) /EF << /F 5 0 R >> /RF << /F [11 0 R] >> >>"],
        ),
    ),
];

/// The letter with annotations on its first page, and an object to which they refer.
fn with_annotations(annotations: &str, object: impl Into<Vec<u8>>) -> Pdf {
    let mut pdf = letter();
    pdf.set(PAGE_1, page(CONTENT_1, &format!("{PAGE_BOX} /Annots {annotations}"))).set(FREE, object);
    pdf
}

/// Annotations and metadata.
const ANNOTATIONS: &[Row<Build>] = &[
    ("annotations-cycle", RECORD, || {
        let popup = "<< /Type /Annot /Subtype /Popup /Parent 12 0 R /Popup 12 0 R /AP << /N 12 0 R >> /Rect 12 0 R >>";
        with_annotations("11 0 R", "[12 0 R 11 0 R null (x)]").set(12, popup).build()
    }),
    ("annotations-2000-of-20000-letters-on-a-page", HEAVY, || {
        let note = "<< /Subtype /FreeText /Rect [0 0 100 100] /Contents 11 0 R >>";
        with_annotations(&format!("[{}]", note.repeat(2_000)), format!("({})", "word ".repeat(4_000))).build()
    }),
    ("lists-2000-of-1000-choices", HEAVY, || {
        let list = "<< /Subtype /Widget /FT /Ch /Rect [0 0 100 100] /Opt 11 0 R >>";
        let choices = format!("[{}]", "(a choice of many letters)".repeat(1_000));
        with_annotations(&format!("[{}]", list.repeat(2_000)), choices).build()
    }),
    ("metadata-broken", RECORD, || {
        let mut pdf = letter();
        let entries = "/Metadata 11 0 R /Version /9.9 /Lang 11 0 R /Extensions 11 0 R";
        pdf.set(CATALOG, format!("<< /Type /Catalog /Pages 2 0 R {entries} >>"));
        pdf.stream(FREE, "/Type /Metadata /Subtype /XML", "<x><!ENTITY a \"&a;&a;\"><y>&a;</x>").build()
    }),
];
