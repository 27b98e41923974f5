//! Printed page numbers show whether pages are missing or out of order.

use std::ops::Range;

use crate::text::{Gap, LayerKind, Page, TextLayer, TextLine};

/// The margins in which page numbers stand, as shares of the page's height: above the first, below the second.
const MARGINS: (f32, f32) = (0.11, 0.87);
/// How many lines at each end of a page of plain text may hold its number.
const EDGE: usize = 3;
/// A document whose first number is higher than this was numbered as part of something larger.
const HIGHEST_FIRST: u32 = 4;
/// The largest number of lines on one page of plain text.
const LINES: usize = 66;
/// OCR readings with a lower confidence are ignored: a spot in a margin may be read as a number.
const SURE: f32 = 0.85;
/// At least this many pages need a number before anything is concluded.
const ENOUGH: usize = 2;

/// The gaps that the page numbers show. `opened`: the first page is known to be the first page of a document.
pub(super) fn gaps(layer: &TextLayer, opened: bool) -> Vec<Gap> {
    // A page with several numbers is a sheet with two pages, or has figures in its margin; it is left out.
    let own: Vec<&Page> = layer.pages.iter().filter(|p| !p.outside && !p.lines.is_empty()).collect();
    let mut numbered: Vec<(usize, u32, u32)> =
        own.iter().enumerate().filter_map(|(i, p)| Some((i, p.number, number(p, layer.kind)?))).collect();
    if numbered.len() < ENOUGH {
        return Vec::new();
    }
    if layer.kind == LayerKind::Ocr {
        drop_misread(&mut numbered);
    }
    let mut gaps = Vec::new();
    let (at, page, printed) = numbered[0];
    let before = printed.saturating_sub(at as u32);
    // Without page breaks, the first page (often unnumbered) and the second can come as one.
    let two = layer.kind == LayerKind::PlainText && own[at].lines.len() > LINES;
    if before > 1 && !opened && !two && before <= HIGHEST_FIRST {
        let message = format!(
            "the first page number is {printed}, on page {page} of the file: pages before it are missing"
        );
        gaps.push(gap("pages-missing", page, message));
    }
    for pair in numbered.windows(2) {
        let ((i, _, a), (j, page, b)) = (pair[0], pair[1]);
        let (step, printed) = ((j - i) as u32, b.checked_sub(a));
        let (code, what) = match printed {
            Some(n) if n == step => continue,
            // Where lost page breaks have joined pages, the missing numbers stand among the lines.
            Some(n)
                if n > step && layer.kind == LayerKind::PlainText && stand_within(&own[i..=j], a + 1..b) =>
            {
                continue;
            }
            Some(n) if n > step => ("pages-missing", "pages between them are missing"),
            // Numbering restarts after a front page or in an annex.
            _ if b <= 2 && a <= 2 => continue,
            _ => ("pages-out-of-order", "the pages are out of order, or others stand between them"),
        };
        gaps.push(gap(code, page, format!("page number {b} follows page number {a}: {what}")));
    }
    // A single odd number (a figure in a margin) causes two steps that don't fit and that cancel out.
    let (first, last) = (numbered[0], numbered[numbered.len() - 1]);
    let whole = last.2.checked_sub(first.2) == Some((last.0 - first.0) as u32);
    if whole && gaps.len() == 2 && numbered.len() > 4 { Vec::new() } else { gaps }
}

/// The fewest lines between two page numbers; numbers closer together are those of paragraphs.
const LINES_OF_PAGE: usize = 8;

/// Whether these numbers stand on lines of their own on these pages, in order and at least [`LINES_OF_PAGE`] apart.
fn stand_within(pages: &[&Page], mut numbers: Range<u32>) -> bool {
    let mut lines = pages.iter().flat_map(|p| &p.lines);
    numbers
        .all(|n| lines.by_ref().position(|l| page_number(l) == Some(n)).is_some_and(|at| at >= LINES_OF_PAGE))
}

/// Removes a recognised number that contradicts those on the neighbouring pages.
fn drop_misread(numbered: &mut Vec<(usize, u32, u32)>) {
    let follows =
        |a: (usize, u32, u32), b: (usize, u32, u32)| b.2.checked_sub(a.2) == Some((b.0 - a.0) as u32);
    let odd = |at: usize| {
        let (before, here, after) =
            (at.checked_sub(1).map(|b| numbered[b]), numbered[at], numbered.get(at + 1));
        match (before, after) {
            (Some(a), Some(b)) => follows(a, *b) && !follows(a, here),
            (Some(a), None) => at > 1 && follows(numbered[at - 2], a) && !follows(a, here),
            _ => false,
        }
    };
    let odd: Vec<bool> = (0..numbered.len()).map(odd).collect();
    let mut at = 0;
    numbered.retain(|_| {
        at += 1;
        !odd[at - 1]
    });
}

/// Whether a page has a number above 1, so that it can't be a first page.
pub(super) fn continues(page: &Page) -> bool {
    let kind = if page.height > 0.0 { LayerKind::Native } else { LayerKind::PlainText };
    number(page, kind).is_some_and(|n| n > 1)
}

fn gap(code: &'static str, page: u32, message: String) -> Gap {
    Gap { code, page: Some(page), garbled: false, message }
}

/// The page number at the page's edge, if there is exactly one.
fn number(page: &Page, kind: LayerKind) -> Option<u32> {
    let lines = page.lines.len();
    let at_edge = |(i, line): (usize, &TextLine)| match line.bbox {
        _ if kind == LayerKind::PlainText => i < EDGE || i + EDGE >= lines,
        Some(b) => b.bottom < MARGINS.0 * page.height || b.top > MARGINS.1 * page.height,
        None => false,
    };
    let sure = |line: &TextLine| {
        kind != LayerKind::Ocr || line.words.iter().filter_map(|w| w.confidence).all(|c| c >= SURE)
    };
    let edges = page.lines.iter().enumerate().filter(|l| at_edge(*l) && sure(l.1));
    let mut found = edges.filter_map(|(_, line)| page_number(line));
    let first = found.next()?;
    found.all(|n| n == first).then_some(first)
}

/// "7"; "Page 7"; "Page 7 of 9"; "7 of 9"; "- 7 -"
fn page_number(line: &TextLine) -> Option<u32> {
    let words: Vec<&str> = line
        .words
        .iter()
        .map(|w| w.text.as_str())
        .filter(|w| !matches!(*w, "-" | "\u{2013}" | "|"))
        .collect();
    let number = |w: &str| w.parse::<u32>().ok().filter(|n| (1..400).contains(n) && !w.starts_with('0'));
    match words.as_slice() {
        [n] => number(n),
        [page, n] | [page, n, _, _] if page.eq_ignore_ascii_case("page") => number(n),
        [n, of, _] if of.eq_ignore_ascii_case("of") => number(n),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::{BBox, plain};

    fn told(numbers: &[&str]) -> String {
        let body = "a line of text\n".repeat(9);
        let text: Vec<String> = numbers.iter().map(|n| format!("{body}{n}\n")).collect();
        let gaps = gaps(&plain::read(&text.join("\u{c}")), false);
        gaps.iter().map(|g| format!("{} {}", g.code, g.page.unwrap_or(0))).collect::<Vec<_>>().join(", ")
    }

    #[test]
    fn a_number_that_may_be_misread_tells_nothing() {
        let mut layer = plain::read("a\nb\nc\nd\n1\n\x0ca\nb\nc\nd\n8\n\x0ca\nb\nc\nd\n3\n");
        (layer.kind, layer.pages[1].lines[4].words[0].confidence) = (LayerKind::Ocr, Some(0.6));
        for page in &mut layer.pages {
            let place = |at: usize| {
                let top = 90.0 + 175.0 * at as f32;
                BBox { x0: 50.0, top, x1: 60.0, bottom: top + 10.0 }
            };
            page.height = 842.0;
            page.lines.iter_mut().enumerate().for_each(|(at, line)| line.bbox = Some(place(at)));
        }
        assert!(gaps(&layer, false).is_empty());
        layer.pages[1].lines[4].words[0].confidence = Some(0.97);
        layer.pages.pop();
        assert_eq!(gaps(&layer, false).len(), 1);
    }

    #[test]
    fn numbers_of_pages_that_a_lost_break_has_joined_are_not_missing() {
        let body = "a line of text\n".repeat(9);
        let joined = format!("{body}2\n{body}3\n\x0c{body}4\n");
        let told = |text: &str| gaps(&plain::read(text), false).len();
        assert_eq!(told(&format!("{body}1\n\x0c{joined}")), 0);
        assert_eq!(told(&format!("{body}1\n\x0c{}", joined.replacen("2\n", "", 1))), 1);
    }

    #[test]
    fn page_numbers_run_on() {
        assert_eq!(told(&["", "2", "3", "4"]), "");
        assert_eq!(told(&["1", "Page 2 of 4", "3", ""]), "");
        assert_eq!(told(&["", "", "1", "2", "3"]), "");
        assert_eq!(told(&["2", "3", "4"]), "pages-missing 1");
        assert_eq!(told(&["", "2", "4", "5"]), "pages-missing 3");
        assert_eq!(told(&["2", "", "3", "4"]), "pages-missing 1, pages-out-of-order 3");
        assert_eq!(told(&["4", "3", "2", ""]), "pages-missing 1, pages-out-of-order 2, pages-out-of-order 3");
        assert_eq!(told(&["47", "48", "49"]), "");
        assert_eq!(told(&["1", "2", "30", "4", "5"]), "");
    }
}
