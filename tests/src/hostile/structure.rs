//! The classes about marked content, the structure tree, and what a reader of text does not need: outlines,
//! annotations, forms to fill in.

use super::letter::{CATALOG, CONTENT_1, FREE, PAGE_1, PAGE_BOX, RESOURCES, first, letter, page};
use super::writer::Pdf;
use super::{HEAVY, Hostile, PARTIAL, RECORD, REPAIRABLE};

/// Tags with cycles, and other graphs.
pub(super) fn classes() -> Vec<Hostile> {
    let mut all = marks();
    all.extend(trees());
    all.extend(surroundings());
    all
}

/// The letter with its first page in marked content between two pieces of text.
fn marked(begin: &str, end: &str) -> Vec<u8> {
    let content = [begin.as_bytes(), b"\n", &first(), end.as_bytes(), b"\n"].concat();
    let mut pdf = letter();
    pdf.set(RESOURCES, "<< /Font << /F1 8 0 R /F2 9 0 R >> /Properties << /Me 11 0 R /Bad 3 >> >>");
    pdf.set(FREE, "<< /MCID 11 0 R /Me 11 0 R /ActualText 11 0 R /E 11 0 R >>");
    pdf.stream(CONTENT_1, "", content);
    pdf.build()
}

/// Marked content.
fn marks() -> Vec<Hostile> {
    vec![
        Hostile::new("mcid-negative", REPAIRABLE, marked("/P << /MCID -1 >> BDC", "EMC")),
        Hostile::new("mcid-huge", REPAIRABLE, marked("/P << /MCID 99999999999999999999 >> BDC", "EMC")),
        Hostile::new("mcid-is-string", REPAIRABLE, marked("/P << /MCID (0) >> BDC", "EMC")),
        Hostile::new("marked-content-property-missing", REPAIRABLE, marked("/P /Nowhere BDC", "EMC")),
        Hostile::new("marked-content-property-of-wrong-type", REPAIRABLE, marked("/P /Bad BDC", "EMC")),
        Hostile::new("marked-content-property-is-itself", REPAIRABLE, marked("/P /Me BDC", "EMC")),
        Hostile::new("marked-content-never-ends", PARTIAL, marked("/Artifact BMC /P << /MCID 0 >> BDC", "")),
        Hostile::new("marked-content-actual-text-broken", PARTIAL, {
            marked("/Span << /ActualText <FEFFD800DC> >> BDC", "EMC /Span << /ActualText (\u{1}) >> BDC EMC")
        }),
        Hostile::new("marked-content-actual-text-of-5-mb", HEAVY, {
            marked(&format!("/Span << /ActualText ({}) >> BDC", "long ".repeat(1_000_000)), "EMC")
        }),
        Hostile::new("marked-content-1000-deep-each-with-a-text-of-5-mb", HEAVY, {
            let mut pdf = letter();
            pdf.set(RESOURCES, "<< /Font << /F1 8 0 R /F2 9 0 R >> /Properties << /Me 11 0 R >> >>");
            pdf.set(FREE, format!("<< /ActualText ({}) >>", "long ".repeat(1_000_000)));
            let content = [b"/Span /Me BDC\n".repeat(1_000), first(), b"EMC\n".repeat(1_000)].concat();
            pdf.stream(CONTENT_1, "", content);
            pdf.build()
        }),
        Hostile::new("optional-content-cycle", REPAIRABLE, {
            let mut pdf = letter();
            pdf.set(
                CATALOG,
                "<< /Type /Catalog /Pages 2 0 R /OCProperties << /OCGs [11 0 R] /D << /Order 12 0 R >> >> >>",
            );
            pdf.set(RESOURCES, "<< /Font << /F1 8 0 R /F2 9 0 R >> /Properties << /Oc 11 0 R >> >>");
            pdf.set(FREE, "<< /Type /OCMD /OCGs [11 0 R] /VE [/And 12 0 R] >>");
            pdf.set(FREE + 1, "[12 0 R /Not 12 0 R]");
            pdf.stream(CONTENT_1, "", [&b"/OC /Oc BDC\n"[..], &first(), b"EMC\n"].concat());
            pdf.build()
        }),
    ]
}

/// The letter as a tagged document with the given root of its structure tree.
fn tagged(root: &str) -> Pdf {
    let mut pdf = letter();
    pdf.set(CATALOG, "<< /Type /Catalog /Pages 2 0 R /MarkInfo << /Marked true >> /StructTreeRoot 11 0 R >>");
    pdf.set(PAGE_1, page(CONTENT_1, &format!("{PAGE_BOX} /StructParents 0")));
    pdf.stream(CONTENT_1, "", [&b"/P << /MCID 0 >> BDC\n"[..], &first(), b"EMC\n"].concat());
    pdf.set(FREE, format!("<< /Type /StructTreeRoot {root} >>"));
    pdf
}

/// Structure trees.
fn trees() -> Vec<Hostile> {
    let element = |kids: &str| format!("<< /Type /StructElem /S /P /P 11 0 R /Pg 3 0 R /K {kids} >>");
    vec![
        Hostile::new("structure-root-is-its-kid", REPAIRABLE, tagged("/K 11 0 R").build()),
        Hostile::new("structure-kid-is-parent", REPAIRABLE, {
            tagged("/K [12 0 R]").set(12, element("[0 13 0 R]")).set(13, element("[12 0 R 11 0 R]")).build()
        }),
        Hostile::new(
            "structure-kid-is-page",
            REPAIRABLE,
            tagged("/K [3 0 R 2 0 R 5 0 R (x) -1 null]").build(),
        ),
        Hostile::new("structure-100000-levels", HEAVY, {
            let mut pdf = tagged("/K 100 0 R");
            for id in 100..100_100u32 {
                pdf.set(id, format!("<< /S /Sect /K {} 0 R >>", id + 1));
            }
            pdf.set(100_100, element("0"));
            pdf.build()
        }),
        Hostile::new("structure-100000-levels-inline", REPAIRABLE, {
            tagged(&format!("/K {}0{}", "[<</K".repeat(50_000), ">>]".repeat(50_000))).build()
        }),
        Hostile::new("structure-doubling-40-levels", HEAVY, {
            let mut pdf = tagged("/K 100 0 R");
            for id in 100..140u32 {
                pdf.set(id, format!("<< /S /Sect /K [{0} 0 R {0} 0 R] >>", id + 1));
            }
            pdf.set(140, element("0"));
            pdf.build()
        }),
        Hostile::new("structure-kids-1000000-numbers", HEAVY, {
            tagged("/K 12 0 R").set(12, element(&format!("[{}]", "0 ".repeat(1_000_000)))).build()
        }),
        Hostile::new("structure-mcid-absurd", REPAIRABLE, {
            let kids = "[-1 99999999999999999999 (0) << /Type /MCR /MCID -5 /Pg 4711 0 R >> << /Type /OBJR /Obj 12 0 R >>]";
            tagged("/K 12 0 R").set(12, element(kids)).build()
        }),
        Hostile::new("structure-same-mcid-twice", REPAIRABLE, {
            tagged("/K [12 0 R 12 0 R 13 0 R]").set(12, element("0")).set(13, element("[0 0 0]")).build()
        }),
        Hostile::new("structure-role-map-cycle", REPAIRABLE, {
            tagged("/K 12 0 R /RoleMap << /P /Q /Q /R /R /P /H1 /H1 >>").set(12, element("0")).build()
        }),
        Hostile::new("structure-role-map-is-root", REPAIRABLE, {
            tagged("/K 12 0 R /RoleMap 11 0 R /ClassMap 11 0 R").set(12, element("0")).build()
        }),
        Hostile::new("structure-parent-tree-absurd", REPAIRABLE, {
            let tree = "/ParentTree << /Nums [0 (x) 99999999999999999999 null -1 [12 0 R] 5] /Limits [9 -9] /Kids [11 0 R] >>";
            tagged(&format!("/K 12 0 R {tree} /ParentTreeNextKey -1")).set(12, element("0")).build()
        }),
        Hostile::new("structure-parent-tree-cycle", REPAIRABLE, {
            let mut pdf = tagged("/K 12 0 R /ParentTree 13 0 R /IDTree 13 0 R");
            pdf.set(12, element("0")).set(13, "<< /Kids [13 0 R 13 0 R] >>");
            pdf.build()
        }),
        Hostile::new("structure-root-is-string", REPAIRABLE, tagged("").set(FREE, "(tree)").build()),
        Hostile::new("structure-empty-though-marked", REPAIRABLE, tagged("/K []").build()),
    ]
}

/// What is around the pages.
fn surroundings() -> Vec<Hostile> {
    let catalog = |entries: &str| {
        let mut pdf = letter();
        pdf.set(CATALOG, format!("<< /Type /Catalog /Pages 2 0 R {entries} >>"));
        pdf
    };
    vec![
        Hostile::new("outlines-cycle", RECORD, {
            let mut pdf = catalog("/Outlines 11 0 R");
            pdf.set(11, "<< /First 12 0 R /Last 12 0 R /Count 99999999 >>");
            pdf.set(
                12,
                "<< /Title (Main findings) /Parent 12 0 R /Next 12 0 R /Prev 12 0 R /First 11 0 R >>",
            );
            pdf.build()
        }),
        Hostile::new("annotations-cycle", RECORD, {
            let mut pdf = letter();
            pdf.set(PAGE_1, page(CONTENT_1, &format!("{PAGE_BOX} /Annots 11 0 R")));
            pdf.set(11, "[12 0 R 11 0 R null (x)]");
            pdf.set(12, "<< /Type /Annot /Subtype /Popup /Parent 12 0 R /Popup 12 0 R /AP << /N 12 0 R >> /Rect 12 0 R >>");
            pdf.build()
        }),
        Hostile::new("annotations-2000-of-20000-letters-on-a-page", HEAVY, {
            let mut pdf = letter();
            let note = "<< /Subtype /FreeText /Rect [0 0 100 100] /Contents 11 0 R >>";
            pdf.set(PAGE_1, page(CONTENT_1, &format!("{PAGE_BOX} /Annots [{}]", note.repeat(2_000))));
            pdf.set(FREE, format!("({})", "word ".repeat(4_000)));
            pdf.build()
        }),
        Hostile::new("lists-2000-of-1000-choices", HEAVY, {
            let mut pdf = letter();
            let list = "<< /Subtype /Widget /FT /Ch /Rect [0 0 100 100] /Opt 11 0 R >>";
            pdf.set(PAGE_1, page(CONTENT_1, &format!("{PAGE_BOX} /Annots [{}]", list.repeat(2_000))));
            pdf.set(FREE, format!("[{}]", "(a choice of many letters)".repeat(1_000)));
            pdf.build()
        }),
        Hostile::new("form-fields-cycle", RECORD, {
            let mut pdf = catalog("/AcroForm << /Fields [11 0 R] /XFA 11 0 R >>");
            pdf.set(11, "<< /FT /Tx /Parent 11 0 R /Kids [11 0 R] /V 11 0 R >>");
            pdf.build()
        }),
        Hostile::new("actions-and-scripts", RECORD, {
            let mut pdf = catalog("/OpenAction 11 0 R /AA << /WC 11 0 R >> /Names << /JavaScript 12 0 R >>");
            pdf.set(11, "<< /S /Launch /F (/bin/true) /Next [11 0 R 13 0 R] >>");
            pdf.set(12, "<< /Kids [12 0 R] /Names [(a) 13 0 R] >>");
            pdf.set(13, "<< /S /JavaScript /JS (while \\(true\\) {}) /Next 11 0 R >>");
            pdf.build()
        }),
        Hostile::new("page-labels-and-destinations-cycle", RECORD, {
            let mut pdf = catalog("/PageLabels 11 0 R /Dests 12 0 R /Names << /Dests 11 0 R >>");
            pdf.set(11, "<< /Kids [11 0 R] /Nums [0 << /S /r /St -99999999999 >>] >>");
            pdf.set(12, "<< /a 12 0 R /b [12 0 R /Fit] >>");
            pdf.build()
        }),
        Hostile::new("article-threads-cycle", RECORD, {
            let mut pdf = catalog("/Threads [11 0 R]");
            pdf.set(11, "<< /F 12 0 R /I 11 0 R >>").set(12, "<< /T 11 0 R /N 12 0 R /V 12 0 R /P 3 0 R >>");
            pdf.build()
        }),
        Hostile::new("embedded-file-is-the-content", RECORD, {
            let mut pdf = catalog("/Names << /EmbeddedFiles << /Names [(../../x) 11 0 R] >> >> /AF [11 0 R]");
            pdf.set(
                11,
                "<< /Type /Filespec /F (../../../../tmp/x) /EF << /F 5 0 R >> /RF << /F [11 0 R] >> >>",
            );
            pdf.build()
        }),
        Hostile::new("metadata-broken", RECORD, {
            let mut pdf = catalog("/Metadata 11 0 R /Version /9.9 /Lang 11 0 R /Extensions 11 0 R");
            pdf.stream(11, "/Type /Metadata /Subtype /XML", "<x><!ENTITY a \"&a;&a;\"><y>&a;</x>");
            pdf.build()
        }),
    ]
}
