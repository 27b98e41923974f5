//! The valid document from which the hostile ones are made: a fictional focused visit letter of two pages.

use super::writer::Pdf;

/// The catalog.
pub(super) const CATALOG: u32 = 1;
/// The root of the page tree.
pub(super) const PAGES: u32 = 2;
/// The first page.
pub(super) const PAGE_1: u32 = 3;
/// The second page.
pub(super) const PAGE_2: u32 = 4;
/// The content of the first page.
pub(super) const CONTENT_1: u32 = 5;
/// The content of the second page.
pub(super) const CONTENT_2: u32 = 6;
/// The resources of both pages.
pub(super) const RESOURCES: u32 = 7;
/// The font of the body, `/F1`.
pub(super) const BODY_FONT: u32 = 8;
/// The font of the headings, `/F2`.
pub(super) const HEADING_FONT: u32 = 9;
/// The information dictionary.
pub(super) const INFO: u32 = 10;
/// The first free object number.
pub(super) const FREE: u32 = 11;

/// Widths of Helvetica from the space to the tilde.
const HELVETICA: [u16; 95] = [
    278, 278, 355, 556, 556, 889, 667, 191, 333, 333, 389, 584, 278, 333, 278, 278, 556, 556, 556, 556, 556,
    556, 556, 556, 556, 556, 278, 278, 584, 584, 584, 556, 1015, 667, 667, 722, 722, 667, 611, 778, 722, 278,
    500, 667, 556, 833, 722, 778, 667, 778, 722, 667, 611, 722, 667, 944, 667, 667, 611, 278, 278, 278, 469,
    556, 333, 556, 556, 500, 556, 556, 278, 556, 556, 222, 222, 500, 222, 833, 556, 556, 556, 556, 333, 500,
    278, 556, 500, 722, 500, 500, 500, 334, 260, 334, 584,
];

/// Widths of Helvetica-Bold from the space to the tilde.
const HELVETICA_BOLD: [u16; 95] = [
    278, 333, 474, 556, 556, 889, 722, 238, 333, 333, 389, 584, 278, 333, 278, 278, 556, 556, 556, 556, 556,
    556, 556, 556, 556, 556, 333, 333, 584, 584, 584, 611, 975, 722, 722, 722, 722, 667, 611, 778, 722, 278,
    556, 722, 611, 833, 722, 778, 667, 778, 722, 667, 611, 722, 667, 944, 667, 667, 611, 333, 278, 333, 584,
    556, 333, 556, 611, 556, 611, 556, 333, 611, 611, 278, 278, 556, 278, 889, 611, 611, 611, 611, 389, 556,
    333, 611, 556, 778, 556, 556, 500, 389, 280, 389, 584,
];

/// The kind of a line, which determines its font and the space before it.
#[derive(Clone, Copy, PartialEq)]
enum Line {
    /// Follows the line above.
    Next,
    /// Starts a paragraph.
    Start,
    /// A heading.
    Heading,
}

use Line::{Heading, Next, Start};

/// The lines of the first page. `’` and `•` are written in WinAnsi encoding.
const FIRST: [(Line, &str); 27] = [
    (Next, "Ofsted"),
    (Next, "Piccadilly Gate"),
    (Next, "Store Street"),
    (Next, "Manchester"),
    (Next, "M1 2WD"),
    (Next, "www.gov.uk/ofsted"),
    (Start, "16 April 2024"),
    (Start, "Imelda Quarry"),
    (Next, "Director of Children’s Services"),
    (Next, "Marlbrook Council"),
    (Next, "Tannery Court"),
    (Next, "Marlbrook"),
    (Next, "ZQ7 4MB"),
    (Start, "Dear Ms Quarry"),
    (Heading, "Focused visit to Marlbrook children’s services"),
    (
        Start,
        "This letter summarises the findings of the focused visit to Marlbrook children’s services on 12",
    ),
    (Next, "and 13 March 2024. His Majesty’s Inspectors for this visit were Ada Quill and Ben Marsh."),
    (
        Start,
        "Inspectors looked at the local authority’s arrangements for the front door. The visit was carried",
    ),
    (Next, "out in line with the inspection of local authority children’s services (ILACS) framework."),
    (Heading, "Headline findings"),
    (Start, "Children who need help are noticed early in Marlbrook. Most referrals are answered on the day"),
    (Next, "they arrive. Leaders know which decisions are slow, and have a plan that has begun to work."),
    (Heading, "What needs to improve in this area of social work practice?"),
    (Start, "• The recording of why a decision was made."),
    (Next, "• The time that families wait for a first visit."),
    (Heading, "Main findings"),
    (Start, "Social workers speak with parents before they speak with anybody else, unless it is unsafe."),
];

/// The lines of the second page.
const SECOND: [(Line, &str); 9] = [
    (Next, "Records of strategy meetings are short and clear. A few of them leave out what was decided."),
    (
        Start,
        "Managers read the work of their teams every week. Newly qualified workers have fewer children to",
    ),
    (Next, "see and more time to think, and they say that this is why they stay."),
    (Start, "Out of hours, the duty team knows the children it is called about."),
    (Start, "Ofsted will take the findings from this focused visit into account when planning the next"),
    (Next, "inspection or visit."),
    (Start, "Yours sincerely"),
    (Start, "Ada Quill"),
    (Next, "His Majesty’s Inspector"),
];

/// The entries of a page besides its type and parent.
pub(super) const PAGE_BOX: &str = "/MediaBox [0 0 595 842]";

/// The letter without any damage.
pub(super) fn letter() -> Pdf {
    let mut pdf = Pdf::new(
        "/Root 1 0 R /Info 10 0 R /ID [<00112233445566778899AABBCCDDEEFF> <00112233445566778899AABBCCDDEEFF>]",
    );
    pdf.set(CATALOG, "<< /Type /Catalog /Pages 2 0 R /Lang (en-GB) >>")
        .set(PAGES, "<< /Type /Pages /Kids [3 0 R 4 0 R] /Count 2 >>")
        .set(PAGE_1, page(CONTENT_1, PAGE_BOX))
        .set(PAGE_2, page(CONTENT_2, PAGE_BOX))
        .stream(CONTENT_1, "", first())
        .stream(CONTENT_2, "", second())
        .set(RESOURCES, "<< /Font << /F1 8 0 R /F2 9 0 R >> >>")
        .set(BODY_FONT, body_font(""))
        .set(HEADING_FONT, font("Helvetica-Bold", &HELVETICA_BOLD, ""))
        .set(INFO, "<< /Title (Focused visit to Marlbrook) /Producer (findings tests) >>");
    pdf
}

/// A page with the given content, and more entries.
pub(super) fn page(content: u32, entries: &str) -> String {
    format!("<< /Type /Page /Parent 2 0 R /Contents {content} 0 R /Resources 7 0 R {entries} >>")
}

/// The body's font with additional entries.
pub(super) fn body_font(entries: &str) -> String {
    font("Helvetica", &HELVETICA, entries)
}

/// One of the standard 14 fonts with explicit widths.
fn font(name: &str, widths: &[u16; 95], entries: &str) -> String {
    let quote = if name == "Helvetica" { 222 } else { 278 };
    let widths = widths.iter().copied().chain((127..=149).map(|code| match code {
        145 | 146 => quote,
        147 | 148 => 333,
        149 => 350,
        _ => 278,
    }));
    let widths: Vec<String> = widths.map(|width| width.to_string()).collect();
    format!(
        "<< /Type /Font /Subtype /Type1 /BaseFont /{name} /Encoding /WinAnsiEncoding /FirstChar 32 \
         /LastChar 149 /Widths [{}] {entries} >>",
        widths.join(" ")
    )
}

/// The content of the first page.
pub(super) fn first() -> Vec<u8> {
    content(&FIRST)
}

/// The content of the second page.
pub(super) fn second() -> Vec<u8> {
    content(&SECOND)
}

/// The content of the first page with something after it.
pub(super) fn first_and(more: impl AsRef<[u8]>) -> Vec<u8> {
    let mut bytes = first();
    bytes.extend_from_slice(more.as_ref());
    bytes
}

/// Sets the lines, starting at the top of the page.
fn content(lines: &[(Line, &str)]) -> Vec<u8> {
    let mut out = b"BT\n".to_vec();
    let mut font = None;
    out.extend_from_slice(b"1 0 0 1 72 790 Tm\n");
    for (line, text) in lines {
        let bold = *line == Heading;
        if font != Some(bold) {
            let set: &[u8] = if bold { b"/F2 12 Tf\n" } else { b"/F1 11 Tf\n" };
            out.extend_from_slice(set);
            font = Some(bold);
        }
        let step: &[u8] = if *line == Next { b"0 -14 Td " } else { b"0 -26 Td " };
        out.extend_from_slice(step);
        out.push(b'(');
        for character in text.chars() {
            match character {
                '’' => out.push(0x92),
                '•' => out.push(0x95),
                '(' | ')' | '\\' => out.extend_from_slice(&[b'\\', character as u8]),
                _ => out.push(character as u8),
            }
        }
        out.extend_from_slice(b") Tj\n");
    }
    out.extend_from_slice(b"ET\n");
    out
}
