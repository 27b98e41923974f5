//! Running headers and footers, page numbers, letterheads.

use rustc_hash::FxHashMap;

use super::Row;
use crate::text::{LayerKind, TextLayer};

/// The margins in which furniture stands, as shares of the page's height.
const TOP: f32 = 0.11;
const BOTTOM: f32 = 0.87;
/// How far down the first page a letterhead reaches.
const LETTERHEAD: f32 = 0.25;
/// How much smaller than the body it is set, in points.
const LETTERHEAD_SMALLER: f32 = 1.5;
/// How many lines at each end of a page of plain text may be furniture.
const PLAIN_EDGE: usize = 3;
/// Of how many pages of plain text one at least has a running line.
const RUNNING: u32 = 8;
/// Smaller than this, in points, nothing is meant to be read.
const TINY: f32 = 4.0;

/// For each line, whether it is furniture.
pub(super) fn find(layer: &TextLayer, rows: &[Row], body_size: f32) -> Vec<bool> {
    if layer.kind == LayerKind::PlainText {
        return plain(layer, rows);
    }
    let mut furniture = native(rows);
    text_boxes(rows, body_size, &mut furniture);
    furniture
}

/// A letterhead in text boxes: small lines at the top of the first page that come, in content order, after lines
/// that stand below them.
fn text_boxes(rows: &[Row], body_size: f32, furniture: &mut [bool]) {
    let mut lowest = 0.0f32;
    for (row, furniture) in rows.iter().zip(furniture).take_while(|(row, _)| row.page == 1) {
        let Some(b) = row.line.bbox else { continue };
        let small = row.line.size < body_size - LETTERHEAD_SMALLER;
        *furniture |= small && b.bottom < LETTERHEAD * row.height && lowest > b.bottom;
        lowest = if *furniture { lowest } else { lowest.max(b.top) };
    }
}

fn native(rows: &[Row]) -> Vec<bool> {
    let lines: Vec<Option<Marginal>> = rows.iter().map(Marginal::of).collect();
    let mut pages_of: FxHashMap<(&str, i32), Vec<u32>> = FxHashMap::default();
    for (row, line) in rows.iter().zip(&lines) {
        if let Some(line) = line {
            pages_of.entry((&line.key, line.at)).or_default().push(row.page);
        }
    }
    let is_furniture = |(row, line): (&Row, &Option<Marginal>)| {
        if row.line.aside || row.line.size < TINY && row.line.bbox.is_some() {
            return true;
        }
        let Some(line) = line else { return false };
        let places = (line.at - 1..=line.at + 1).filter_map(|at| pages_of.get(&(line.key.as_str(), at)));
        let repeated = places.flatten().any(|p| *p != row.page);
        let letterhead = || {
            // What is a logo on a recognised page was measured; a PDF's tags may be wrong.
            let recognised = row.line.words.iter().any(|w| w.confidence.is_some());
            let is_high = row.line.bbox.is_some_and(|b| b.bottom < LETTERHEAD * row.height);
            (row.page == 1 || recognised) && is_high
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
    /// How far down it stands, in steps of 12 points.
    at: i32,
    in_margin: bool,
}

impl Marginal {
    fn of(row: &Row) -> Option<Self> {
        let bbox = row.line.bbox?;
        let in_margin = bbox.bottom < TOP * row.height || bbox.top > BOTTOM * row.height;
        if !in_margin && !row.line.artifact {
            return None;
        }
        let text = row.line.text();
        Some(Self { key: key(&text), text, at: (bbox.top / 12.0).round() as i32, in_margin })
    }
}

fn plain(layer: &TextLayer, rows: &[Row]) -> Vec<bool> {
    let mut furniture = vec![false; rows.len()];
    let mut pages_of: FxHashMap<String, u32> = FxHashMap::default();
    let mut edges = Vec::new();
    let mut from = 0;
    for page in &layer.pages {
        let to = from + page.lines.len();
        let several = layer.pages.len() > 1;
        for (i, row) in rows.iter().enumerate().take(to).skip(from) {
            if several && (i < from + PLAIN_EDGE || i + PLAIN_EDGE >= to) {
                *pages_of.entry(key(&row.line.text())).or_default() += 1;
                edges.push(i);
            }
        }
        from = to;
    }
    for i in edges {
        let text = rows[i].line.text();
        // A running line stands on many pages; a heading may stand twice at a page's edge.
        let pages = layer.pages.len() as u32;
        let often = (1 + pages / RUNNING).max(if pages > 3 { 2 } else { 1 });
        furniture[i] = (pages_of[&key(&text)] > often && text.len() > 3) || is_page_number(&text);
    }
    // A number alone between blank lines is a page number wherever the pages' ends have been lost.
    for i in 0..rows.len() {
        let alone = rows[i].line.blank_before && rows.get(i + 1).is_none_or(|r| r.line.blank_before);
        furniture[i] |= alone && is_page_number(&rows[i].line.text());
    }
    furniture
}

/// A line's text with its numbers taken out, so that page numbers do not tell footers apart.
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn page_numbers() {
        for yes in ["7", "Page 2 of 4", "- 3 -", "2 of 14"] {
            assert!(is_page_number(yes), "{yes}");
        }
        for no in ["2019", "Page", "12 July", "1 2 3"] {
            assert!(!is_page_number(no), "{no}");
        }
    }
}
