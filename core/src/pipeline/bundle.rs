//! Splits a file into its documents: one, or several (a pack), possibly with pages around them that belong to none.

use crate::cut::Cut;
use std::ops::Range;

use super::layer::Remark;
use super::numbering;
use crate::format::Format;
use crate::record::DocumentPart;
use crate::text::{Page, TextLayer};

/// How many lines of a page the formats see when asked whether a document begins there.
const TOP_LINES: usize = 80;
/// Pages with fewer words than this are never taken for copies of each other.
const COPY_WORDS: usize = 8;

/// One document of a file.
pub(crate) struct Piece {
    /// Its pages. The first document also has the pages before it.
    pub layer: TextLayer,
    /// Which of the file's documents it is, if there are several.
    pub part: Option<DocumentPart>,
    /// Remarks on how the file was split.
    pub remarks: Vec<Remark>,
}

/// The documents of a file, in order; at least one.
pub(crate) fn pieces(core: &[&dyn Format], mut layer: TextLayer) -> Vec<Piece> {
    let mut remarks = repeated_pages(&mut layer.pages);
    let starts: Vec<usize> = (0..layer.pages.len()).filter(|i| begins(core, &layer.pages[*i])).collect();
    if let Some(first) = starts.first().filter(|at| is_cover(&layer.pages, **at)) {
        cover(&mut layer.pages[..*first], &mut remarks);
    }
    let ranges = ranges(&starts, layer.pages.len());
    if ranges.len() == 1 {
        let opened = starts.first() == layer.pages.iter().position(|p| !p.outside).as_ref();
        layer.gaps.extend(numbering::gaps(&layer, opened));
        return vec![Piece { layer, part: None, remarks }];
    }
    let of = ranges.len() as u32;
    let number = |page: usize| layer.pages[page].number;
    let piece = |(n, range): (usize, &Range<usize>)| {
        let mut own = TextLayer { pages: layer.pages[range.clone()].to_vec(), ..layer.clone() };
        let pages = number(range.start)..=number(range.end - 1);
        own.gaps.retain(|gap| gap.page.is_none_or(|p| pages.contains(&p)));
        own.gaps.extend(numbering::gaps(&own, true));
        let mut said: Vec<Remark> =
            remarks.iter().filter(|r| r.page.is_none_or(|p| pages.contains(&p))).cloned().collect();
        if n == 0 {
            said.push(Remark::warning("several-documents", None, several(&ranges, number)));
        }
        let part =
            DocumentPart { number: n as u32 + 1, of, first_page: *pages.start(), last_page: *pages.end() };
        Piece { layer: own, part: Some(part), remarks: said }
    };
    ranges.iter().enumerate().map(piece).collect()
}

fn several(ranges: &[Range<usize>], number: impl Fn(usize) -> u32) -> String {
    let pages: Vec<String> =
        ranges.iter().map(|r| format!("{}\u{2013}{}", number(r.start), number(r.end - 1))).collect();
    format!(
        "the file holds {} documents, on pages {}: this is the first; `extract --split` gives a record of each",
        ranges.len(),
        pages.join(", ")
    )
}

/// The page range of each document, up to the next document's first page. The first also has any pages before it.
fn ranges(starts: &[usize], pages: usize) -> Vec<Range<usize>> {
    let mut from: Vec<usize> = starts.to_vec();
    match from.first_mut() {
        Some(first) => *first = 0,
        None => from.push(0),
    }
    let to = from.iter().skip(1).copied().chain([pages]);
    from.iter().copied().zip(to).map(|(a, b)| a..b).collect()
}

fn begins(core: &[&dyn Format], page: &Page) -> bool {
    if page.outside {
        return false;
    }
    let lines: Vec<String> = page.lines.iter().take(TOP_LINES).map(crate::text::TextLine::text).collect();
    let lines: Vec<&str> = lines.iter().map(String::as_str).collect();
    core.iter().any(|f| f.begins(&lines))
}

/// Marks each page that repeats the page before it as outside the document.
fn repeated_pages(pages: &mut [Page]) -> Vec<Remark> {
    let mut remarks = Vec::new();
    for at in 1..pages.len() {
        let (before, rest) = pages.split_at_mut(at);
        let page = &mut rest[0];
        let Some(last) = before.iter().rfind(|p| !p.lines.is_empty()) else { continue };
        if same_words(last, page) {
            page.outside = true;
            let message = format!("the page is a copy of page {}", last.number);
            remarks.push(Remark::info("page-repeated", Some(page.number), message));
        }
    }
    remarks
}

fn same_words(a: &Page, b: &Page) -> bool {
    fn words(page: &Page) -> impl Iterator<Item = &str> {
        page.lines.iter().flat_map(|l| &l.words).map(|w| w.text.as_str())
    }
    a.lines.len() == b.lines.len() && words(a).eq(words(b)) && words(a).count() >= COPY_WORDS
}

/// Whether the pages before a document's first one are a covering message or sheet. If they were the document's own,
/// one of them would have a page number above 1.
fn is_cover(pages: &[Page], first: usize) -> bool {
    first > 0 && !pages.head(first).iter().any(numbering::continues)
}

fn cover(pages: &mut [Page], remarks: &mut Vec<Remark>) {
    for page in pages.iter_mut().filter(|p| !p.lines.is_empty()) {
        page.outside = true;
        let message = "the page stands before the document's own first page: a covering message or sheet";
        remarks.push(Remark::info("covering-message", Some(page.number), message));
    }
}
