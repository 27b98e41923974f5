//! A small PDF for each kind of printing found in real documents, and what is read from it.

use super::TextLine;
use super::pdf::{self, PdfText};

mod damaged;
mod drawn;
mod fonts;

/// A file of numbered objects; the first is the catalogue.
fn file(objects: &[String]) -> Vec<u8> {
    let mut bytes = b"%PDF-1.7\n".to_vec();
    let mut offsets = Vec::new();
    for (i, object) in objects.iter().enumerate() {
        offsets.push(bytes.len());
        bytes.extend(format!("{} 0 obj\n{object}\nendobj\n", i + 1).into_bytes());
    }
    let start = bytes.len();
    bytes.extend(format!("xref\n0 {}\n0000000000 65535 f \n", objects.len() + 1).into_bytes());
    for at in offsets {
        bytes.extend(format!("{at:010} 00000 n \n").into_bytes());
    }
    let size = objects.len() + 1;
    bytes.extend(format!("trailer\n<</Root 1 0 R/Size {size}>>\nstartxref\n{start}\n%%EOF\n").into_bytes());
    bytes
}

fn stream(entries: &str, data: &str) -> String {
    format!("<<{entries}/Length {}>>\nstream\n{data}\nendstream", data.len())
}

/// A document of one page: entries of the page, its content, its fonts, entries of the catalogue, and further
/// objects numbered from 5.
#[derive(Default)]
struct Made<'a> {
    page: &'a str,
    content: &'a str,
    fonts: &'a str,
    catalogue: &'a str,
    more: Vec<String>,
}

impl Made<'_> {
    fn bytes(&self) -> Vec<u8> {
        let fonts = if self.fonts.is_empty() { HELVETICA } else { self.fonts };
        let mut objects = vec![
            format!("<</Type/Catalog/Pages 2 0 R{}>>", self.catalogue),
            "<</Type/Pages/Kids[3 0 R]/Count 1/MediaBox[0 0 600 800]>>".into(),
            format!(
                "<</Type/Page/Parent 2 0 R/Contents 4 0 R/Resources<</Font<<{fonts}>>/Properties<</L 5 0 R>>>>{}>>",
                self.page
            ),
            stream("", self.content),
        ];
        objects.extend(self.more.iter().cloned());
        file(&objects)
    }

    fn read(&self) -> PdfText {
        pdf::read(&self.bytes()).expect("it can be read")
    }

    fn lines(&self) -> Vec<TextLine> {
        self.read().layer.pages.remove(0).lines
    }

    /// Its lines, joined with " / ".
    fn text(&self) -> String {
        self.lines().iter().map(TextLine::text).collect::<Vec<_>>().join(" / ")
    }
}

const HELVETICA: &str = "/F<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>";

fn shown(content: &str, fonts: &str) -> String {
    Made { content, fonts, ..Made::default() }.text()
}

fn with_font(content: &str, fonts: &str, more: &[String]) -> String {
    Made { content, fonts, more: more.to_vec(), ..Made::default() }.text()
}

const HELLO: &str = "BT /F 12 Tf 50 700 Td (Hello, world) Tj ET";

#[test]
fn a_standard_font_has_its_widths() {
    let lines = Made { content: HELLO, ..Made::default() }.lines();
    let width = lines[0].bbox.map(|b| b.x1 - b.x0).unwrap_or_default();
    // 722+556+222+222+556+278+278+722+556+333+222+556 thousandths of 12 points.
    assert!((width - 62.7).abs() < 0.1, "{width}");
}

#[test]
fn differences_are_names_each_by_itself() {
    let font = "/F<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding<</Differences[65/uni0042/nonesuch/T_h/a.sc 70/quoteright/f_f_i/u1F600/g99]>>>>";
    assert_eq!(shown("BT /F 12 Tf 50 700 Td (ABCDEFGHI) Tj ET", font), "B\u{fffd}ThaE’ffi😀\u{fffd}");
    let read =
        Made { content: "BT /F 12 Tf 50 700 Td (ABCDEFGHI) Tj ET", fonts: font, ..Made::default() }.read();
    assert_eq!(read.layer.pages[0].doubts.unmapped, 2);
}

#[test]
fn symbol_and_dingbats() {
    let fonts =
        "/F<</Type/Font/Subtype/Type1/BaseFont/Symbol>>/G<</Type/Font/Subtype/Type1/BaseFont/ZapfDingbats>>";
    assert_eq!(shown("BT /F 12 Tf 50 700 Td (abc) Tj /G 12 Tf 0 -30 Td (4) Tj ET", fonts), "αβχ / ✔");
}

#[test]
fn encodings_of_the_three_systems() {
    let font =
        |encoding: &str| format!("/F<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/{encoding}>>");
    let content = "BT /F 12 Tf 50 700 Td <27 60 92 A9 D0> Tj ET";
    assert_eq!(shown(content, &font("WinAnsiEncoding")), "'`’©Ð");
    assert_eq!(shown(content, &font("MacRomanEncoding")), "'`í©–");
    assert_eq!(shown(content, &font("StandardEncoding")), "’‘\u{fffd}'—");
}

#[test]
fn filters_as_writers_name_them() {
    let hex: String = HELLO.bytes().map(|b| format!("{b:02x}")).collect();
    let made = |filter: &str| {
        let mut objects = vec![
            "<</Type/Catalog/Pages 2 0 R>>".to_owned(),
            "<</Type/Pages/Kids[3 0 R]/Count 1/MediaBox[0 0 600 800]>>".into(),
            format!("<</Type/Page/Parent 2 0 R/Contents 4 0 R/Resources<</Font<<{HELVETICA}>>>>>>"),
            stream(filter, &format!("{hex}>")),
        ];
        objects.push("/ASCIIHexDecode".into());
        objects.push("[/AHx]".into());
        let layer = pdf::read(&file(&objects)).expect("it can be read").layer;
        layer.pages[0].lines.iter().map(TextLine::text).collect::<String>()
    };
    for filter in [
        "/Filter/ASCIIHexDecode",
        "/Filter/AHx",
        "/Filter 5 0 R",
        "/Filter[5 0 R]",
        "/Filter 6 0 R",
        "/Filter[/Crypt/AHx]",
    ] {
        assert_eq!(made(filter), "Hello, world", "{filter}");
    }
}

const ONE_BYTE: &str = "/CIDInit/ProcSet findresource begin 12 dict begin begincmap/CMapType 1 def 1 begincodespacerange<00><FF>endcodespacerange 1 begincidrange<00><FF>0 endcidrange endcmap end end";
const TWO_LETTERS: &str = "begincmap 1 begincodespacerange<00><FF>endcodespacerange 2 beginbfchar<01><0041><02><00660069>endbfchar endcmap";

#[test]
fn a_composite_font_of_single_bytes() {
    let font = "/F<</Type/Font/Subtype/Type0/BaseFont/X/Encoding 5 0 R/ToUnicode 6 0 R/DescendantFonts[<</Type/Font/Subtype/CIDFontType2/BaseFont/X/DW 500>>]>>";
    let more = [stream("/Type/CMap", ONE_BYTE), stream("", TWO_LETTERS)];
    assert_eq!(with_font("BT /F 12 Tf 50 700 Td <010201> Tj ET", font, &more), "AfiA");
}

#[test]
fn bold_by_drawing_twice_is_read_once() {
    let in_turn = "BT /F 12 Tf 1 0 0 1 50 700 Tm (B) Tj 1 0 0 1 50.4 700 Tm (B) Tj 1 0 0 1 58 700 Tm (e) Tj 1 0 0 1 58.4 700 Tm (e) Tj ET";
    assert_eq!(shown(in_turn, ""), "Be");
    let by_string = "BT /F 12 Tf 1 0 0 1 50 700 Tm (Bold words) Tj 1 0 0 1 50.5 700.2 Tm (Bold words) Tj ET";
    assert_eq!(shown(by_string, ""), "Bold words");
    assert_eq!(shown("BT /F 12 Tf 50 700 Td (illness llama 11) Tj ET", ""), "illness llama 11");
}

#[test]
fn layers_that_are_off_are_left_out() {
    let made = Made {
        content: "BT /F 12 Tf 50 700 Td (seen) Tj ET /OC /L BDC BT /F 12 Tf 50 600 Td (unseen) Tj ET EMC",
        catalogue: "/OCProperties<</OCGs[5 0 R]/D<</OFF[5 0 R]>>>>",
        more: vec!["<</Type/OCG/Name(x)>>".into()],
        ..Made::default()
    };
    assert_eq!(made.text(), "seen");
    assert_eq!(made.read().layer.pages[0].doubts.layers_off, 6);
    let on = Made { catalogue: "", ..made };
    assert_eq!(on.text(), "seen / unseen");
}

#[test]
fn what_is_not_seen_is_told() {
    let doubts = |content: &str| {
        let page = Made { content, ..Made::default() }.read().layer.pages.remove(0);
        (page.doubts.white, page.doubts.invisible + page.doubts.clipped, page.lines.iter().any(|l| l.aside))
    };
    assert_eq!(doubts("1 g BT /F 12 Tf 50 700 Td (white) Tj ET"), (5, 0, false));
    assert_eq!(doubts("0 0 1 rg 0 600 600 200 re f 1 g BT /F 12 Tf 50 700 Td (white) Tj ET"), (0, 0, false));
    assert_eq!(doubts("BT 3 Tr /F 12 Tf 50 700 Td (unseen) Tj ET"), (0, 6, true));
    assert_eq!(doubts("0 0 100 100 re W n BT /F 12 Tf 50 700 Td (cut) Tj ET"), (0, 3, false));
    assert_eq!(doubts(HELLO), (0, 0, false));
}

#[test]
fn a_page_that_is_turned_is_read_upright() {
    // A quarter turn clockwise: the page is displayed lying on its side.
    let made = Made {
        content: "BT /F 12 Tf 50 700 Td (First line) Tj 0 -20 Td (second line) Tj ET",
        page: "/Rotate 90",
        ..Made::default()
    };
    let page = made.read().layer.pages.remove(0);
    let lines: Vec<String> = page.lines.iter().map(TextLine::text).collect();
    assert_eq!(lines, ["First line", "second line"]);
    assert_eq!((page.turn, page.width, page.height), (3, 600.0, 800.0));
    let upright = page.lines[0].bbox.unwrap_or_default();
    assert!((upright.x0 - 50.0).abs() < 0.1 && (upright.bottom - 102.4).abs() < 0.1, "{upright:?}");
    let shown = page.shown(upright);
    // As displayed, x runs upwards from the bottom of the unrotated page.
    assert!((shown.top - 50.0).abs() < 0.1 && (shown.x0 - (700.0 - 2.4)).abs() < 0.1, "{shown:?}");
}

#[test]
fn text_at_an_angle_keeps_its_words() {
    let up = "BT /F 12 Tf 50 700 Td (Upright text of the page) Tj ET BT /F 12 Tf 0 1 -1 0 500 300 Tm (turned words) Tj ET";
    let lines = Made { content: up, ..Made::default() }.lines();
    assert_eq!(lines[1].text(), "turned words");
    assert_eq!(lines[1].angle, 2700);
    let b = lines[1].bbox.unwrap_or_default();
    assert!(b.height() > 60.0 && b.x1 - b.x0 < 13.0, "{b:?}");
}

#[test]
fn what_is_level_is_drawn_as_what_two_turns_make_level() {
    const DRAWN: &str =
        "/F 12 Tf 1 Tc 3 Tw 90 Tz 4 Ts [(Some wo) 50 (rds,) -2000 (a nd)] TJ 0 Ts /F 8 Tf (so small) Tj ET";
    let drawn = |begin: &str| {
        let content = format!("0 0 140 800 re W n {begin} {DRAWN}");
        let page = Made { content: &content, ..Made::default() }.read().layer.pages.remove(0);
        let words = page.lines.into_iter().flat_map(|l| l.words).map(|w| (w.text, w.bbox, w.size));
        (page.doubts, words.collect::<Vec<_>>())
    };
    let level = drawn("BT 1 0 0 1 50 700 Tm");
    assert!(level.0.clipped > 5 && level.1.len() == 6, "{level:?}");
    assert_eq!(level, drawn("0 1 -1 0 0 0 cm BT 0 -1 1 0 700 -50 Tm"));
}

#[test]
fn a_large_diagonal_text_is_no_part_of_the_page() {
    let content = "BT /F 11 Tf 50 700 Td (The page says this.) Tj ET BT /F 60 Tf .7071 .7071 -.7071 .7071 200 300 Tm (DRAFT) Tj ET";
    let lines = Made { content, ..Made::default() }.lines();
    assert_eq!(
        lines.iter().map(|l| (l.text(), l.aside)).collect::<Vec<_>>(),
        [("The page says this.".to_owned(), false), ("DRAFT".to_owned(), true)]
    );
}

#[test]
fn annotations_and_fields_are_text_of_the_page() {
    let appearance = "<</Subtype/FreeText/Rect[50 500 250 520]/AP<</N 6 0 R>>>>";
    let value = "<</Subtype/Widget/FT/Tx/V(A value)/Rect[50 400 250 420]>>";
    let hidden = "<</Subtype/FreeText/F 2/Contents(hidden)/Rect[50 300 250 320]>>";
    let more = vec![
        "null".to_owned(),
        stream(
            &format!("/Subtype/Form/BBox[0 0 100 10]/Resources<</Font<<{HELVETICA}>>>>"),
            "BT /F 10 Tf 0 2 Td (A note) Tj ET",
        ),
    ];
    let annots = format!("/Annots[{appearance}{value}{hidden}]");
    let lines = Made { content: HELLO, page: &annots, more, ..Made::default() }.lines();
    let all: Vec<_> = lines.iter().map(|l| (l.text(), l.note)).collect();
    assert_eq!(all, [("Hello, world".into(), false), ("A note".into(), true), ("A value".into(), true)]);
    // The appearance is fitted into the annotation's rectangle: twice its size.
    let b = lines[1].bbox.unwrap_or_default();
    assert!((b.x0 - 50.0).abs() < 0.1 && (lines[1].size - 20.0).abs() < 0.1, "{b:?}");
}

#[test]
fn a_list_shows_its_choices_and_a_menu_only_what_is_chosen() {
    let empty = vec!["null".to_owned(), stream("/Subtype/Form/BBox[0 0 100 10]", "1 1 1 rg 0 0 100 10 re f")];
    let list = "<</Subtype/Widget/FT/Ch/Opt[(One)[(2)(Two)]]/Rect[50 400 250 440]/AP<</N 6 0 R>>>>";
    let menu = "<</Subtype/Widget/FT/Ch/Ff 131072/Opt[(Three)(Four)]/V(Four)/Rect[50 300 250 320]>>";
    let annots = format!("/Annots[{list}{menu}]");
    let lines = Made { content: HELLO, page: &annots, more: empty, ..Made::default() }.lines();
    let all: Vec<_> = lines.iter().map(|l| l.text()).collect();
    assert_eq!(all, ["Hello, world", "One", "Two", "Four"]);
}

#[test]
fn actual_text_stands_for_what_is_drawn() {
    let content = "BT /F 12 Tf 50 700 Td /Span<</ActualText(first)>>BDC (fi) Tj EMC ( word) Tj ET";
    assert_eq!(shown(content, ""), "first word");
    let hyphen = "BT /F 12 Tf 50 700 Td (con) Tj /Span<</ActualText<FEFF00AD>>>BDC (-) Tj EMC ET";
    assert_eq!(shown(hyphen, ""), "con\u{ad}");
}

#[test]
fn a_copy_that_stands_for_nothing_takes_nothing_along() {
    // Skia draws letters twice to make them bold, and marks the copy as having no text.
    let copied = |word: &str, y: u32| {
        let drawn: String = word.chars().map(|c| format!("({c}) Tj ")).collect();
        format!("1 0 0 1 50 {y} Tm {drawn} 1 0 0 1 50.3 {y} Tm /Span<</ActualText<>>>BDC {drawn} EMC ")
    };
    let content = format!("BT /F 12 Tf {}{} ET", copied("heading", 700), copied("text", 600));
    assert_eq!(shown(&content, ""), "heading / text");
}

#[test]
fn what_has_no_width_does_not_divide_words() {
    let cmap = "begincmap 3 beginbfchar<41><200B><42><FEFF><43><0063>endbfchar endcmap";
    let font = "/F<</Type/Font/Subtype/Type1/BaseFont/Helvetica/ToUnicode 5 0 R>>";
    assert_eq!(
        with_font("BT /F 12 Tf 50 700 Td (CACBC) Tj ET", font, &[stream("", cmap)]),
        "c cc".replace(' ', "")
    );
}

#[test]
fn the_crop_box_is_the_page() {
    let lines = Made {
        content: "BT /F 12 Tf 50 700 Td (beyond) Tj 100 -300 Td (within) Tj ET",
        page: "/CropBox[100 100 500 500]",
        ..Made::default()
    }
    .lines();
    assert_eq!(lines.iter().map(TextLine::text).collect::<Vec<_>>(), ["within"]);
    let b = lines[0].bbox.unwrap_or_default();
    assert!((b.x0 - 50.0).abs() < 0.1 && (b.bottom - 102.4).abs() < 0.1, "{b:?}");
}
