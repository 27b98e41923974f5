//! Finds page furniture: running headers and footers, page numbers, letterheads, watermarks.

use crate::alike::{is_near, letters};
use crate::cut::Cut;
use rustc_hash::{FxHashMap, FxHashSet};

use super::Row;
use crate::text::confusion::{digit, skeleton};
use crate::text::{BBox, ElementRole, LayerKind, TextLayer};

/// The margins in which furniture stands, as shares of the page's height.
const TOP: f32 = 0.11;
const BOTTOM: f32 = 0.87;
/// How far down the first page a letterhead reaches.
const LETTERHEAD: f32 = 0.25;
/// How much smaller than the body a letterhead is set, in points.
const LETTERHEAD_SMALLER: f32 = 1.5;
/// How many lines at each end of a page of plain text may be furniture.
const PLAIN_EDGE: usize = 3;
/// How many lines at each end may be furniture if line breaks were added.
const PLAIN_NEAR: usize = 5;
/// A line of plain text is furniture if it is on more than `1 + pages / RUNNING` pages.
const RUNNING: usize = 8;
/// In a document with no more pages than this, a line on two pages is running.
const FEW_PAGES: u32 = 4;
/// Space that separates furniture from the text, in font sizes.
const APART: f32 = 0.7;
/// In recognised lines, one in this many letters may differ from page to page.
const MISREAD: usize = 15;
/// Text smaller than this, in points, is not meant to be read.
const TINY: f32 = 4.0;

/// For each line, whether it is furniture.
pub(super) fn find(layer: &TextLayer, rows: &[Row], body_size: f32) -> Vec<bool> {
    let outside: FxHashSet<u32> = layer.pages.iter().filter(|p| p.outside).map(|p| p.number).collect();
    let mut furniture = if layer.kind == LayerKind::PlainText {
        plain(layer, rows)
    } else {
        let first = layer.pages.iter().find(|p| !p.outside).map_or(1, |p| p.number);
        let mut furniture = native(rows, first, &outside);
        text_boxes(rows, first, body_size, &mut furniture);
        watermarks(layer, rows, &mut furniture);
        furniture
    };
    // The mark of a note at the foot of a page looks like the page's number.
    let is_mark = |row: &Row| {
        row.line.words.len() == 1 && layer.ancestor(row.line.element, |r| r == ElementRole::Note).is_some()
    };
    for (furniture, row) in furniture.iter_mut().zip(rows) {
        *furniture &= !is_mark(row);
        *furniture |= outside.contains(&row.page);
    }
    furniture
}

/// The fewest pages that a watermark is on, and their smallest share of all pages.
const STAMPED: (usize, f32) = (2, 0.6);
/// A watermark has at most this many words.
const STAMP_WORDS: usize = 12;
/// A slanting watermark comes in pieces, single letters: each is on at least this many pages.
const STAMPED_LETTER: usize = 3;

/// Marks words at the same place on most pages: watermarks, or pieces of them.
fn watermarks(layer: &TextLayer, rows: &[Row], furniture: &mut [bool]) {
    let key = |row: &Row| {
        let b = row.line.bbox?;
        let place = [b.x0, b.top].map(|v| (v / 2.0).round() as i32);
        (row.line.words.len() <= STAMP_WORDS).then(|| (row.line.text(), place))
    };
    let keys: Vec<Option<(String, [i32; 2])>> = rows.iter().map(key).collect();
    let mut pages_of: FxHashMap<&(String, [i32; 2]), Vec<u32>> = FxHashMap::default();
    let own: FxHashSet<u32> = layer.pages.iter().filter(|p| !p.outside).map(|p| p.number).collect();
    for (row, key) in rows.iter().zip(&keys).filter(|(r, _)| own.contains(&r.page)) {
        let Some(pages) = key.as_ref().map(|key| pages_of.entry(key).or_default()) else { continue };
        if pages.last() != Some(&row.page) {
            pages.push(row.page);
        }
    }
    let written = layer.pages.iter().filter(|p| !p.lines.is_empty() && !p.outside).count();
    let least = STAMPED.0.max((written as f32 * STAMPED.1).ceil() as usize);
    for (key, furniture) in keys.iter().zip(furniture) {
        let Some(key @ (text, _)) = key else { continue };
        let Some(pages) = pages_of.get(key) else { continue };
        let letter = text.chars().count() == 1;
        let least = if letter { STAMPED_LETTER.min(least) } else { least };
        let says =
            || text.chars().any(char::is_alphabetic) || letter && matches!(text.as_str(), "-" | "\u{2013}");
        *furniture |= pages.len() >= least && says();
    }
}

/// Marks a letterhead in text boxes: small lines at the top of the first page that come, in content order, after lines
/// lower on the page.
fn text_boxes(rows: &[Row], first: u32, body_size: f32, furniture: &mut [bool]) {
    let mut lowest = 0.0f32;
    for (row, furniture) in rows.iter().zip(furniture).filter(|(row, _)| row.page == first) {
        let Some(b) = row.line.bbox else { continue };
        let small = row.line.size < body_size - LETTERHEAD_SMALLER;
        *furniture |= small && b.bottom < LETTERHEAD * row.height && lowest > b.bottom;
        lowest = if *furniture { lowest } else { lowest.max(b.top) };
    }
}

fn native(rows: &[Row], first: u32, outside: &FxHashSet<u32>) -> Vec<bool> {
    let pages = rows.last().map_or(0, |row| row.page);
    let marginal = |at| {
        let line = Marginal::of(&rows[at])?;
        Some(Marginal { apart: stands_apart(rows, at), ..line })
    };
    let lines: Vec<Option<Marginal>> = (0..rows.len()).map(marginal).collect();
    let mut pages_of: FxHashMap<(&str, i32), Vec<u32>> = FxHashMap::default();
    for (row, line) in rows.iter().zip(&lines) {
        if let Some(line) = line.as_ref().filter(|_| !outside.contains(&row.page)) {
            pages_of.entry((&line.key, line.at)).or_default().push(row.page);
        }
    }
    let is_furniture = |(row, line): (&Row, &Option<Marginal>)| {
        if row.line.aside || row.line.size < TINY && row.line.bbox.is_some() {
            return true;
        }
        let Some(line) = line else { return false };
        let places = (line.at - 1..=line.at + 1).filter_map(|at| pages_of.get(&(line.key.as_str(), at)));
        // Only recognised lines are compared with every other line (letters may have been misread).
        let alike =
            line.recognised.then(|| pages_of.iter().filter(|((key, at), _)| line.is_misread(key, *at)));
        let alike = alike.into_iter().flatten().map(|(_, pages)| pages);
        let mut others: Vec<u32> =
            places.chain(alike).flatten().copied().filter(|p| *p != row.page).collect();
        others.dedup();
        let repeated = match others.len() {
            0 => false,
            1 => pages <= FEW_PAGES || line.apart || line.numbered(),
            _ => true,
        };
        let letterhead = || {
            // On a recognised page the logo was measured from pixels. A PDF's artifact tags may be wrong, so they count
            // on the first page only.
            let recognised = row.line.words.iter().any(|w| w.confidence.is_some());
            let is_high = row.line.bbox.is_some_and(|b| b.bottom < LETTERHEAD * row.height);
            (row.page == first || recognised) && is_high
        };
        let artifact = row.line.artifact && (line.in_margin || letterhead());
        artifact || repeated || is_page_number(&line.text)
    };
    rows.iter().zip(&lines).map(is_furniture).collect()
}

/// A line that may be furniture: it stands in a margin, or is tagged as an artifact.
struct Marginal {
    text: String,
    key: String,
    /// Distance from the top of the page, in steps of 12 points.
    at: i32,
    in_margin: bool,
    /// Whether it was recognised (OCR).
    recognised: bool,
    /// Whether space separates it from the nearest line.
    apart: bool,
}

impl Marginal {
    /// Whether it contains a digit (of a page number, or a year).
    fn numbered(&self) -> bool {
        self.text.contains(|c: char| c.is_ascii_digit())
    }

    /// Whether this recognised line may be a misreading of another: nearly the same letters at the same height.
    fn is_misread(&self, key: &str, at: i32) -> bool {
        if (at - self.at).abs() > 1 || key.len() != self.key.len() || key == self.key {
            return false;
        }
        key.bytes().zip(self.key.bytes()).filter(|(a, b)| a != b).count() * MISREAD <= key.len()
    }

    fn of(row: &Row) -> Option<Self> {
        let bbox = row.line.bbox?;
        let in_margin = bbox.bottom < TOP * row.height || bbox.top > BOTTOM * row.height;
        if !in_margin && !row.line.artifact {
            return None;
        }
        let text = row.line.text();
        // OCR may read the same letters differently on each page.
        let recognised = row.line.words.iter().any(|w| w.confidence.is_some());
        let key = if recognised { skeleton(&key(&text)) } else { key(&text) };
        Some(Self { recognised, key, text, at: (bbox.top / 12.0).round() as i32, in_margin, apart: false })
    }
}

/// Whether space separates a line from the lines above it, or from those below it if it is at the top of the page. A
/// line that merely happens to be last on two pages is not separated.
fn stands_apart(rows: &[Row], at: usize) -> bool {
    let row = &rows[at];
    let Some(b) = row.line.bbox else { return false };
    let at_top = b.bottom < TOP * row.height;
    let from = rows.head(at).iter().rposition(|r| r.page != row.page).map_or(0, |i| i + 1);
    let page = rows.tail(from).iter().take_while(|r| r.page == row.page).filter(|r| r.number != row.number);
    let gap = |o: BBox| if at_top { o.top - b.bottom } else { b.top - o.bottom };
    let nearest = page.filter_map(|r| r.line.bbox).map(gap).filter(|g| *g > -0.5 * b.height());
    nearest.fold(f32::MAX, f32::min) > APART * row.line.size
}

/// The end of a page at which a line of plain text stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
enum End {
    Top,
    Foot,
}

/// The key of each line of plain text: the letters of all cells of its row. The label in a row is no running line only
/// because a running line has the same words beside others.
fn row_keys(rows: &[Row]) -> Vec<String> {
    let mut keys: Vec<String> = Vec::with_capacity(rows.len());
    let mut at = 0;
    while at < rows.len() {
        let cells =
            rows.tail(at + 1).iter().take_while(|r| r.line.same_row && r.page == rows[at].page).count();
        let row = rows.part(at..at + 1 + cells);
        let text: Vec<String> = row.iter().map(|r| r.line.text()).collect();
        let mut key = letters(&text.join(" "));
        if key.is_empty() {
            // The year with which a running line that was too long for its line ends.
            key = text.concat();
        }
        keys.extend(std::iter::repeat_n(key, row.len()));
        at += row.len();
    }
    keys
}

/// The running lines of plain text: for each line's key and each end of a page, on how many pages it stands there.
struct Running<'a> {
    pages: FxHashMap<(&'a str, End), usize>,
    /// A running line stands on more pages than this, at the same end; a heading may stand twice at a page's edge.
    often: usize,
}

impl<'a> Running<'a> {
    fn of(layer: &TextLayer, rows: &[Row], keys: &'a [String], edges: &[(usize, End)]) -> Self {
        let mut seen: FxHashMap<(&str, End), (usize, u32)> = FxHashMap::default();
        for (i, end) in edges {
            let (pages, last) = seen.entry((&keys[*i], *end)).or_default();
            *pages += usize::from(*last != rows[*i].page);
            *last = rows[*i].page;
        }
        let pages = layer.pages.len();
        let often = (1 + pages / RUNNING).max(if pages > 3 { 2 } else { 1 });
        Self { pages: seen.into_iter().map(|(line, (pages, _))| (line, pages)).collect(), often }
    }

    fn at(&self, key: &str, end: End) -> bool {
        !key.is_empty() && self.pages.get(&(key, end)).is_some_and(|pages| *pages > self.often)
    }

    fn has(&self, key: &str) -> bool {
        self.at(key, End::Top) || self.at(key, End::Foot)
    }
}

/// The indices of the lines of each page that are among its first or last `edge`.
fn at_edges(layer: &TextLayer, edge: usize) -> impl Iterator<Item = (usize, End)> {
    let mut to = 0;
    // Without a second page nothing runs.
    layer.pages.iter().filter(|_| layer.pages.len() > 1).flat_map(move |page| {
        let from = to;
        to += page.lines.len();
        let end = to;
        (from..end).flat_map(move |i| {
            let ends = [(i < from + edge, End::Top), (i + edge >= end, End::Foot)];
            ends.into_iter().filter(|(stands, _)| *stands).map(move |(_, at)| (i, at))
        })
    })
}

fn plain(layer: &TextLayer, rows: &[Row]) -> Vec<bool> {
    let mut furniture = vec![false; rows.len()];
    let keys = row_keys(rows);
    let edges: Vec<(usize, End)> = at_edges(layer, PLAIN_EDGE).collect();
    let running = Running::of(layer, rows, &keys, &edges);
    let is_number = |text: &str| is_page_number(text) || is_misread_number(text);
    for (i, end) in edges {
        let text = rows[i].line.text();
        furniture[i] |= running.at(&keys[i], end) && text.len() > 3 || is_number(&text);
    }
    near_running(layer, rows, &keys, &running, &mut furniture);
    for (i, row) in rows.iter().enumerate() {
        // Where page breaks have been lost, a number alone between blank lines is a page number.
        let alone = row.line.blank_before && rows.get(i + 1).is_none_or(|r| r.line.blank_before);
        // An artifact is what an e-mail has around the document in it.
        furniture[i] |= row.line.artifact || alone && is_number(&row.line.text());
    }
    furniture
}

/// Running lines with misread letters, and those that are broken in two; on the first page that would be the title.
fn near_running(
    layer: &TextLayer,
    rows: &[Row],
    keys: &[String],
    running: &Running<'_>,
    furniture: &mut [bool],
) {
    let known: Vec<&str> =
        running.pages.keys().map(|(key, _)| *key).filter(|key| key.len() > 3 && running.has(key)).collect();
    let own = |page: u32| layer.pages.iter().all(|p| p.number != page || !p.outside);
    let first = rows.iter().find(|r| !r.line.artifact && own(r.page)).map_or(1, |r| r.page);
    let mut near: Vec<usize> = at_edges(layer, PLAIN_NEAR).map(|(i, _)| i).collect();
    near.dedup();
    for i in near {
        furniture[i] |= is_like_running(&keys[i], &known);
        let next = keys.get(i + 1).filter(|_| rows[i].page == rows[i + 1].page);
        let Some(next) = next.filter(|_| rows[i].page > first && !furniture[i]) else { continue };
        let joined = format!("{}{next}", keys[i]);
        if joined.len() > 3 && running.has(&joined) || is_like_running(&joined, &known) {
            (furniture[i], furniture[i + 1]) = (true, true);
        }
    }
}

/// A shorter line may be similar to another by chance.
const RUNNING_LETTERS: usize = 12;

/// Whether a line at a page's edge is a running line with misread letters, or two of them joined. The keys are those of
/// [`letters`].
fn is_like_running(key: &str, running: &[&str]) -> bool {
    let like = |other: &str| is_near(key, other, MISREAD);
    let two = |one: &str| running.iter().any(|other| *other != one && like(&format!("{one}{other}")));
    key.len() >= RUNNING_LETTERS && running.iter().any(|one| like(one) || two(one))
}

/// A line's text without digits, so that page numbers don't make footers different.
fn key(text: &str) -> String {
    text.chars().filter(|c| !c.is_ascii_digit()).collect::<String>().trim().to_lowercase()
}

/// "7", "Page 2 of 4", "2 of 4", "- 3 -".
fn is_page_number(text: &str) -> bool {
    let mut digits = 0;
    for word in text.split(' ') {
        match word.to_ascii_lowercase().as_str() {
            "page" | "of" | "-" | "\u{2013}" | "|" => {}
            w if w.len() <= 3 && w.bytes().all(|b| b.is_ascii_digit()) => digits += 1,
            _ => return false,
        }
    }
    (1..=2).contains(&digits)
}

/// "l7", at the edge of a page.
fn is_misread_number(text: &str) -> bool {
    (2..4).contains(&text.len())
        && text.contains(|c: char| c.is_ascii_digit())
        && text.chars().all(|c| digit(c).is_some())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::{TextLine, Word};

    /// How many of the lines at the foot of six pages are furniture, if two of them are the same.
    fn at_the_foot(text: &str, gap: f32) -> usize {
        let line = |text: &str, top: f32| TextLine {
            words: text.split(' ').map(|w| Word { text: w.into(), ..Word::default() }).collect(),
            bbox: Some(BBox { x0: 70.0, top, x1: 500.0, bottom: top + 12.0 }),
            size: 12.0,
            ..TextLine::default()
        };
        let pages: Vec<[TextLine; 2]> = (1..=6)
            .map(|n| {
                let last = if n % 3 == 0 { text.to_owned() } else { "abcdef"[n - 1..n].to_owned() };
                let above = format!("Text {} above.", &"ghijkl"[n - 1..n]);
                [line(&above, 760.0 - 12.0 - gap), line(&last, 760.0)]
            })
            .collect();
        let lines =
            pages.iter().enumerate().flat_map(|(n, lines)| lines.iter().map(move |l| (n as u32 + 1, l)));
        let rows: Vec<Row> = lines
            .enumerate()
            .map(|(number, (page, line))| Row {
                page,
                number: number as u32,
                line,
                width: 595.0,
                height: 842.0,
            })
            .collect();
        native(&rows, 1, &FxHashSet::default()).into_iter().filter(|f| *f).count()
    }

    #[test]
    fn a_last_line_that_stands_on_two_pages_is_no_footer() {
        assert_eq!(at_the_foot("for children in care.", 2.0), 0);
        assert_eq!(at_the_foot("Inspection of Ashmoor", 20.0), 2);
    }

    #[test]
    fn a_running_line_of_plain_text_may_be_misread() {
        let body = |n: usize| -> String {
            let home = |i: usize| format!("{}{}", "adkmsw"[n - 1..n].repeat(6), "adkmsw"[i..=i].repeat(4));
            (0..6).map(|i| format!("Staff of {} know them.\n", home(i))).collect()
        };
        let text = |last: &str| {
            let foot = |n: usize| {
                if n == 6 { last } else { "Inspection of Ashmoor children’s services\n3 to 7 March 2023" }
            };
            (1..=6).map(|n| format!("{}\n{}\n\n{n}\n\u{c}", body(n), foot(n))).collect::<String>()
        };
        let in_body = |last: &str| {
            let blocks = crate::outline::Outline::build(&crate::text::plain::read(&text(last))).blocks;
            let content = |b: &&crate::outline::Block| b.is_content() && b.text.as_str().contains("Inspect");
            blocks.iter().filter(content).count()
        };
        assert_eq!(in_body("Inspectlon of Ashmoor childrens services\n3 to7 Mareh 2023"), 0);
        assert_eq!(in_body("Inspection of Ashmoor childrens services 3 to 7 March 2023"), 0);
        assert_eq!(in_body("Inspection of homes that are warm is due\n3 to 7 March 2023"), 1);
    }

    #[test]
    fn a_labelled_row_at_the_top_of_a_page_is_no_running_line() {
        let text = "Marle Mining    Permit 4-71\n\nThe walls are dry.\nThey are new.\nAll of it.\nORDER\n\n1. Order\n\x0cPermit:    4-71\nInspected:    May\n\nThe lamps are bright.\nThey hang.\nThe carts are old.\n\x0cOrder\n\nMend the carts.\nPaint them.\nOil the wheels.\nLock the shed.\n";
        let blocks = crate::outline::Outline::build(&crate::text::plain::read(text)).blocks;
        assert!(blocks.iter().all(crate::outline::Block::is_content));
    }

    #[test]
    fn a_running_line_may_be_broken_in_two() {
        let page = |n: usize, foot: &str| {
            format!(
                "Staff of home {} know them.\nThey write.\nIt is warm.\n\n{foot}\n\n{n}\n\x0c",
                "adkmsw"[n - 1..n].repeat(6)
            )
        };
        let text: String = (1..=6)
            .map(|n| {
                page(
                    n,
                    if n == 4 { "Inspection of\nAshmoor services" } else { "Inspection of Ashmoor services" },
                )
            })
            .collect();
        let blocks = crate::outline::Outline::build(&crate::text::plain::read(&text)).blocks;
        assert!(!blocks.iter().any(|b| b.is_content() && b.text.as_str().contains("Ashmoor")));
    }

    #[test]
    fn the_last_year_of_a_running_title_may_have_a_line_of_its_own() {
        let page = |n: u32| {
            format!("Leaders know area {n}.\nThey do.\nArea report: Ashmoor, 20 to 24 March\n2023\n\n{n}\n")
        };
        let layer = crate::text::plain::read(&(1..5).map(page).collect::<Vec<_>>().join("\x0c"));
        let blocks = crate::outline::Outline::build(&layer).blocks;
        let body = blocks.iter().filter(|b| b.is_content()).map(|b| b.text.as_str());
        assert!(body.clone().all(|text| !text.contains("2023")), "{:?}", body.collect::<Vec<_>>());
    }

    #[test]
    fn page_numbers() {
        for yes in ["7", "Page 2 of 4", "- 3 -", "2 of 14"] {
            assert!(is_page_number(yes), "{yes}");
        }
        assert!(is_misread_number("l7") && is_misread_number("1O") && !is_misread_number("Il"));
        for no in ["2019", "Page", "12 July", "1 2 3"] {
            assert!(!is_page_number(no), "{no}");
        }
    }
}
