//! Fuzz targets for the text of PDFs: whole files, content streams, and fonts.

use std::fmt::Write as _;

use findings_core::text::pdf;
use lopdf::Document;

use super::{corpus, parts};
use crate::mutants::{Dice, damaged};

/// Tokens of PDFs.
pub(super) const WORDS: &[&str] = &[
    " BT ",
    " ET ",
    "/F1 12 Tf ",
    " Tj ",
    "(a) Tj ",
    " TJ ",
    "[(a) 120 (b)] TJ ",
    " Td ",
    "1 0 0 1 50 700 Tm ",
    " Tr ",
    " Tz ",
    " q ",
    " Q ",
    " cm ",
    "/X Do ",
    "/Span<</ActualText(x)>>BDC ",
    "/P<</MCID 0>>BDC ",
    " EMC ",
    " BI ",
    " ID ",
    " EI ",
    " re ",
    " W n ",
    "<0001>",
    "<<",
    ">>",
    "[",
    "]",
    "(",
    ")",
    "\\",
    "1e9 ",
    "-2147483648 ",
    "0.00001 ",
    "begincmap ",
    "endcmap ",
    "1 begincodespacerange<00><FF>endcodespacerange ",
    "1 beginbfchar<01><0041>endbfchar ",
    "1 beginbfrange<01><FF><0041>endbfrange ",
    "1 begincidrange<0000><FFFF>0 endcidrange ",
    "/Identity-H usecmap ",
    " obj ",
    " endobj ",
    " stream\n",
    "\nendstream ",
    "/Kids",
    "/Parent",
    "/Contents",
    "/FlateDecode",
    "/Length",
    "/Type/Page",
    "5 0 R ",
];

/// The input as a whole file.
pub(super) fn whole(bytes: &[u8]) {
    if let Ok(read) = pdf::read(bytes) {
        for page in &read.layer.pages {
            assert!(
                page.lines.iter().all(|l| !l.words.is_empty()),
                "a line without words on page {}",
                page.number
            );
            let words = page.lines.iter().flat_map(|l| &l.words);
            assert!(
                words.clone().all(|w| !w.text.is_empty()),
                "a word without letters on page {}",
                page.number
            );
            assert!(
                words
                    .filter_map(|w| w.bbox)
                    .all(|b| !(b.x0.is_nan() || b.top.is_nan() || b.x1.is_nan() || b.bottom.is_nan())),
                "a box that is nowhere on page {}",
                page.number
            );
        }
    }
}

/// The small documents of the corpus, including its damaged files.
pub(super) fn documents() -> Vec<Vec<u8>> {
    let mut all = corpus("corpus", &[".pdf"], 60_000);
    all.extend(corpus("corpus/bad", &[".pdf"], 60_000));
    all.push(file(b"BT /F1 12 Tf 50 700 Td (Hello) Tj ET", &[]));
    all
}

/// A mutant of a PDF with correct cross-references; `None` if the file can't be loaded.
pub fn damaged_file(bytes: &[u8], seed: u64) -> Option<Vec<u8>> {
    damaged(Document::load_mem(bytes).ok()?, &mut Dice::of(seed))
}

/// The input as a content stream, on a page with fonts of each kind, a form, layers and a structure tree.
pub(super) fn content(bytes: &[u8]) {
    whole(&file(bytes, &[]));
}

pub(super) fn contents() -> Vec<Vec<u8>> {
    let all: &[&str] = &[
        "BT /F1 12 Tf 50 700 Td (Hello, world) Tj ET",
        "q 1 0 0 1 10 10 cm BT /F2 9 Tf 14 TL 1 0 0 1 50 700 Tm [(A) -120 (B)] TJ T* (next) ' 1 2 (third) \" ET Q",
        "/P<</MCID 0>>BDC BT /F3 11 Tf 50 600 Td <00410042> Tj ET EMC /Span<</ActualText(fi)>>BDC BT /F4 1 Tf 0 1 -1 0 300 300 Tm (ab) Tj ET EMC",
        "/OC/L BDC BT 3 Tr /F1 8 Tf 20 Ts 50 Tz 5 Tc 2 Tw (hidden) Tj ET EMC /X Do BI /W 1 /H 1 /BPC 8 ID x EI 0 0 100 100 re W n",
        "BT /F5 12 Tf 50 700 Td <8140> Tj ET 1 1 1 rg BT /F1 60 Tf .7 .7 -.7 .7 200 300 Tm (DRAFT) Tj ET",
    ];
    all.iter().map(|s| s.as_bytes().to_vec()).collect()
}

/// The input as a ToUnicode CMap, an encoding CMap, the entries of a simple font's encoding, a font program, and the
/// codes that are shown.
pub(super) fn fonts(bytes: &[u8]) {
    let [to_unicode, cmap, entries, program, codes] = parts(bytes);
    let hex: String = codes.iter().take(400).fold(String::new(), |mut hex, b| {
        let _ = write!(hex, "{b:02X}");
        hex
    });
    let content = format!(
        "BT /G1 12 Tf 50 700 Td <{hex}> Tj /G2 12 Tf 0 -20 Td <{hex}> Tj /G3 12 Tf 0 -20 Td <{hex}> Tj ET"
    );
    whole(&file(content.as_bytes(), &[to_unicode, cmap, entries, program]));
}

pub(super) fn font_parts() -> Vec<Vec<u8>> {
    let to_unicode = "/CIDInit/ProcSet findresource begin 12 dict begin begincmap /CMapName/A def 1 begincodespacerange<00><FF>endcodespacerange 1 beginbfchar<41><0061>endbfchar 1 beginbfrange<42><50>[<0062><0063>]endbfrange endcmap";
    let cmap = "begincmap /WMode 0 def 2 begincodespacerange<00><7F><8000><FFFF>endcodespacerange 1 begincidrange<8000><80FF>1 endcidrange 1 begincidchar<20>7 endcidchar endcmap";
    let entries = "/BaseEncoding/MacRomanEncoding/Differences[65/a/b/uni0063/g12 200/eacute]";
    let type1 = "%!PS-AdobeFont-1.0: A\n/Encoding 256 array 0 1 255{1 index exch/.notdef put}for dup 65/B put readonly def currentfile eexec";
    // A TrueType font with a `cmap` table of format 4, of one segment.
    let table: Vec<u8> =
        [0u16, 1, 3, 1, 0, 12, 4, 32, 0, 4, 4, 1, 0, 90, 0xffff, 0, 65, 0xffff, 0xffc0, 1, 0, 0]
            .iter()
            .flat_map(|n| n.to_be_bytes())
            .collect();
    let head = [&[0, 1, 0, 0, 0, 1, 0, 16, 0, 0, 0, 0][..], b"cmap", &[0, 0, 0, 0, 0, 0, 0, 28, 0, 0, 0, 44]]
        .concat();
    let truetype = [head, table].concat();
    let joined = |program: &[u8], codes: &[u8]| {
        [to_unicode.as_bytes(), cmap.as_bytes(), entries.as_bytes(), program, codes].join(&b"\n%%\n"[..])
    };
    vec![
        joined(type1.as_bytes(), b"ABC\x80\x41 "),
        joined(&truetype, b"AZ\x00A\x00B"),
        joined(b"", &[0, 65, 0x81, 0x40]),
    ]
}

/// The fonts of [`file`]: five valid ones, and three made from the fuzzed parts.
const FONTS: &str = "/F1<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>\
        /F2<</Type/Font/Subtype/TrueType/BaseFont/Arial/Encoding/WinAnsiEncoding/FirstChar 32/Widths[300 400 500]>>\
        /F3<</Type/Font/Subtype/Type0/BaseFont/A/Encoding/Identity-H/DescendantFonts[<</Type/Font/Subtype/CIDFontType2/BaseFont/A/DW 500/W[1[300 400]5 9 600]>>]>>\
        /F4<</Type/Font/Subtype/Type3/FontMatrix[.01 0 0 .01 0 0]/FontBBox[0 0 9 9]/FirstChar 97/Widths[50 50]/Encoding<</Differences[97/a/b]>>/CharProcs<<>>>>\
        /F5<</Type/Font/Subtype/Type0/BaseFont/B/Encoding/90ms-RKSJ-V/DescendantFonts[<</Type/Font/Subtype/CIDFontType0/CIDSystemInfo<</Registry(Adobe)/Ordering(Japan1)/Supplement 2>>>>]>>\
        /G1<</Type/Font/Subtype/Type1/BaseFont/X/ToUnicode 6 0 R>>\
        /G2<</Type/Font/Subtype/Type0/BaseFont/Y/Encoding 7 0 R/ToUnicode 6 0 R/DescendantFonts[<</Type/Font/Subtype/CIDFontType2/FontDescriptor 9 0 R>>]>>\
        /G3<</Type/Font/Subtype/TrueType/BaseFont/Z/FontDescriptor 9 0 R/Encoding 10 0 R>>";

/// A valid file with a content stream. `own` contains, for its fuzzed fonts, ToUnicode, encoding CMap, encoding entries
/// and font program.
fn file(content: &[u8], own: &[&[u8]]) -> Vec<u8> {
    let part = |i: usize| own.get(i).copied().unwrap_or_default();
    // The fuzzed entries must not end the dictionary that contains them.
    let entries: String = String::from_utf8_lossy(part(2)).replace(['<', '>', '(', ')', '%', '\\'], " ");
    let layers = "/OCProperties<</OCGs[11 0 R]/D<</OFF[11 0 R]>>>>";
    let resources = format!("<</Font<<{FONTS}>>/XObject<</X 5 0 R>>/Properties<</L 11 0 R>>>>");
    let form = "/Type/XObject/Subtype/Form/BBox[0 0 100 100]/Matrix[1 0 0 1 5 5]";
    written(&[
        (format!("/Type/Catalog/Pages 2 0 R/StructTreeRoot 8 0 R{layers}"), None),
        ("/Type/Pages/Kids[3 0 R]/Count 1".into(), None),
        (format!("/Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R/Resources{resources}"), None),
        (String::new(), Some(content)),
        (form.into(), Some(b"BT /F1 9 Tf (form) Tj ET /X Do")),
        (String::new(), Some(part(0))),
        ("/Type/CMap/CMapName/Own".into(), Some(part(1))),
        ("/Type/StructTreeRoot/K<</S/P/Pg 3 0 R/K 0>>".into(), None),
        ("/Type/FontDescriptor/FontFile 12 0 R/FontFile2 12 0 R/FontFile3 12 0 R".into(), None),
        (format!("/Type/Encoding {entries}"), None),
        ("/Type/OCG/Name(L)".into(), None),
        ("/Subtype/Type1C".into(), Some(part(3))),
    ])
}

/// A file with these objects, numbered from one: the entries of each dictionary and, for streams, their bytes.
fn written(objects: &[(String, Option<&[u8]>)]) -> Vec<u8> {
    let mut out = b"%PDF-1.7\n".to_vec();
    let mut places = Vec::new();
    for (i, (entries, data)) in objects.iter().enumerate() {
        places.push(out.len());
        match data {
            None => out.extend(format!("{} 0 obj<<{entries}>>endobj\n", i + 1).bytes()),
            Some(data) => {
                out.extend(format!("{} 0 obj<<{entries}/Length {}>>stream\n", i + 1, data.len()).bytes());
                out.extend_from_slice(data);
                out.extend(b"\nendstream endobj\n");
            }
        }
    }
    let start = out.len();
    let rows: String = places.iter().map(|at| format!("{at:010} 00000 n \n")).collect();
    let size = objects.len() + 1;
    out.extend(format!("xref\n0 {size}\n0000000000 65535 f \n{rows}trailer<</Size {size}/Root 1 0 R>>\nstartxref\n{start}\n%%EOF").bytes());
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_fuzzed_is_reached() {
        let said = |bytes: &[u8]| {
            let read = pdf::read(bytes).expect("a file in order");
            read.layer.pages.iter().flat_map(|p| &p.lines).map(|l| l.text()).collect::<Vec<_>>()
        };
        assert_eq!(said(&file(b"BT /F1 12 Tf 50 700 Td (Hello) Tj ET", &[])), ["Hello"]);
        let cmap = b"begincmap 1 begincodespacerange<00><FF>endcodespacerange 1 beginbfchar<41><0061>endbfchar endcmap";
        let entries = b"/Differences[65/b]";
        assert_eq!(
            said(&file(
                b"BT /G1 12 Tf 50 700 Td <41> Tj /G3 12 Tf 0 -20 Td <41> Tj ET",
                &[cmap, b"", entries]
            )),
            ["a", "b"]
        );
        assert!(font_parts().iter().all(|p| parts::<5>(p)[0].starts_with(b"/CIDInit")));
    }
}
