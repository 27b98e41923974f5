//! Boxes of a printed form: each has its label at the top, usually in small print, and its entry below.
//!
//! The outline does not help here: text never continues from one box into another, boxes side by side share lines, and a header on
//! every page counts as furniture. So boxes are read from the page, by the positions of lines.

use findings_core::text::{BBox, Text, TextLayer};

use super::view::{View, is_any};
use crate::model::Phrases;

/// How far to the left of its label an entry may begin, in points.
const INDENT: f32 = 12.0;
/// How far below its label an entry may begin, and how far apart its lines may be, in font sizes of the entry.
const FIRST: f32 = 4.5;
const NEXT: f32 = 1.0;
/// Print smaller than this share of the entry's belongs to the form.
const SMALL: f32 = 0.75;

/// A line with its position on the page.
#[derive(Debug)]
pub(crate) struct Printed {
    text: Text,
    page: u32,
    bbox: BBox,
    size: f32,
    bold: bool,
}

impl Printed {
    /// Its words.
    pub(crate) fn as_str(&self) -> &str {
        self.text.as_str()
    }
}

/// The lines of all pages, including running lines.
pub(crate) fn printed(layer: &TextLayer) -> Vec<Printed> {
    let all = layer.pages.iter().flat_map(|p| p.lines.iter().map(move |l| (p.number, l)));
    let line = |(number, (page, line)): (usize, (u32, &findings_core::text::TextLine))| {
        let mut text = Text::default();
        text.push_line(page, number as u32, line);
        let seen = line.angle == 0 && !line.aside && !text.is_empty();
        line.bbox.filter(|_| seen).map(|bbox| Printed { text, page, bbox, size: line.size, bold: line.bold })
    };
    all.enumerate().filter_map(line).collect()
}

/// The entry of each box with this label: at most `most` lines below it, up to one that is any of `ends`.
pub(super) fn filled_in(view: &View, label: &Phrases, ends: &Phrases, most: usize) -> Vec<Text> {
    let lines = view.printed();
    let labels = lines.iter().filter(|l| is_any(l.text.as_str(), label));
    labels.map(|label| view.in_box(&label.text, &below(lines, label, ends, most))).collect()
}

fn below<'l>(lines: &'l [Printed], label: &Printed, ends: &Phrases, most: usize) -> Vec<&'l Text> {
    let like_label = |l: &Printed| l.size < 1.05 * label.size && l.bold == label.bold;
    let is_label = |l: &Printed| is_any(l.text.as_str(), ends) || like_label(l);
    let level = |l: &&Printed| (l.bbox.top - label.bbox.top).abs() < label.size;
    let on_page = || lines.iter().filter(|l| l.page == label.page);
    // The box ends where the next one to the right begins.
    let beside = on_page().filter(level).filter(|l| l.bbox.x0 > label.bbox.x1 && is_label(l));
    let right = beside.map(|l| l.bbox.x0 - INDENT).fold(f32::MAX, f32::min);
    let mut column: Vec<&Printed> = on_page()
        .filter(|l| l.bbox.x0 >= label.bbox.x0 - INDENT && l.bbox.x0 < right)
        .filter(|l| l.bbox.top > label.bbox.top + 0.5 * label.size)
        .collect();
    column.sort_by(|a, b| a.bbox.top.total_cmp(&b.bbox.top));
    let (mut texts, mut size, mut bottom) = (Vec::new(), 0.0_f32, label.bbox.bottom);
    for line in column {
        let gap = (line.bbox.top - bottom) / line.size.max(1.0);
        let far = gap > if texts.is_empty() { FIRST } else { NEXT };
        if far || is_label(line) || line.size < SMALL * size || texts.len() == most {
            break;
        }
        texts.push(&line.text);
        (size, bottom) = (size.max(line.size), bottom.max(line.bbox.bottom));
    }
    texts
}
