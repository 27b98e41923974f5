//! Rows of a label and its value whose text goes on over several lines.

use std::ops::Range;

use findings_core::grammar::ends_open;
use findings_core::text::{BBox, Text};

use super::view::{Line, View, begins};
use crate::model::Phrases;

/// How far apart the left edges of lines of one cell may be, in points.
pub(super) const EDGE: f32 = 1.5;
/// A line further below than this many of its heights is no part of what is above it.
const FAR: f32 = 2.0;

/// A row with the lines below that belong to it.
pub(super) struct Whole {
    pub row: Line,
    /// The first line that is not part of it.
    pub end: usize,
    /// A line below that may be part of it.
    pub unclear: Option<Text>,
}

/// What a line below a row is.
#[derive(Debug, PartialEq)]
enum Below {
    /// The rest of one of its cells.
    Cell(usize),
    /// It may be the rest of a cell.
    Unclear,
    /// Something else: the next row, a heading, a paragraph.
    Apart,
}

/// The row at a line with the lines below that continue its cells: they begin at the left edge of a cell, and nothing is beside them.
/// `rows` is what rows begin with.
pub(super) fn whole(view: &View, at: usize, mut row: Line, rows: &Phrases) -> Whole {
    for (end, line) in view.lines.iter().enumerate().skip(at + 1) {
        let below = match begins(line.text.as_str(), rows) {
            Some(_) => Below::Apart,
            None if is_printed(&row) && is_printed(line) => on_page(&view.lines, &row, line),
            None => in_text(view, &row, line),
        };
        match below {
            Below::Cell(cell) => {
                row.text.push_text(" ", &line.text);
                row.cells[cell].push_text(" ", &line.text);
            }
            Below::Unclear => return Whole { row, end, unclear: Some(line.text.clone()) },
            Below::Apart => return Whole { row, end, unclear: None },
        }
    }
    Whole { row, end: view.lines.len(), unclear: None }
}

/// The page and the box of a text's first word.
pub(super) fn first(text: &Text) -> Option<(u32, BBox)> {
    text.origins().first().and_then(|o| Some((o.page, o.bbox?)))
}

/// The page and the box of a text's last word.
pub(super) fn last(text: &Text) -> Option<(u32, BBox)> {
    text.origins().last().and_then(|o| Some((o.page, o.bbox?)))
}

fn is_printed(line: &Line) -> bool {
    first(&line.text).is_some()
}

fn is_small(text: &Text) -> bool {
    text.as_str().starts_with(char::is_lowercase)
}

/// Whether the label of a line goes on from the row above, or it has none.
fn lacks_label(line: &Line) -> bool {
    line.cells.first().is_some_and(|cell| cell.is_empty() || is_small(cell))
}

/// Whether a value can't end like this.
fn is_open(value: &Text) -> bool {
    value.as_str().ends_with([',', ';', '-', '–']) || ends_open(value.as_str(), &[])
}

/// What a line is that is printed below a row.
fn on_page(lines: &[Line], row: &Line, line: &Line) -> Below {
    let Some(((page, own), (above, over))) = first(&line.text).zip(last(&row.text)) else {
        return Below::Apart;
    };
    let bottom = row.cells.iter().filter_map(last).filter(|(p, _)| *p == above).map(|(_, b)| b.bottom);
    let height = own.bottom - own.top;
    let gap = if page == above { own.top - bottom.fold(over.bottom, f32::max) } else { 0.0 };
    if gap > FAR * height {
        return Below::Apart;
    }
    if !line.cells.is_empty() {
        return if lacks_label(line) { Below::Unclear } else { Below::Apart };
    }
    let left = |cell: &Text| first(cell).map(|(_, b)| b.x0);
    let same = |cell: &Text| left(cell).is_some_and(|left| (left - own.x0).abs() <= EDGE);
    let values = 1..row.cells.len();
    if let Some(at) = values.clone().find(|at| same(&row.cells[*at])) {
        let near = last(&row.cells[at]).is_some_and(|(p, b)| p == page && own.top - b.bottom < height);
        return if near { Below::Cell(at) } else { Below::Unclear };
    }
    let inside = lefts(row, values).fold(f32::MAX, f32::min) <= own.x0;
    // What runs on at the margin had no room on the line above.
    let full = || {
        let origins = lines.iter().flat_map(|l| l.text.origins()).filter(|o| o.page == above);
        let right = origins.filter_map(|o| o.bbox).map(|b| b.x1).fold(0.0, f32::max);
        over.x1 + (own.x1 - own.x0) > right && !row.text.as_str().ends_with(['.', '?', '!', ':'])
    };
    let goes_on = || line.heading.is_none() && (is_open(&row.text) || page == above && full());
    if inside && line.heading.is_none() || is_small(&line.text) || goes_on() {
        Below::Unclear
    } else {
        Below::Apart
    }
}

fn lefts(row: &Line, cells: Range<usize>) -> impl Iterator<Item = f32> {
    row.cells[cells].iter().filter_map(first).map(|(_, b)| b.x0)
}

/// What a line of plain text is below a row: lines in the columns of its cells are part of it already.
fn in_text(view: &View, row: &Line, line: &Line) -> Below {
    let right_below = view.is_right_below(row, line);
    let unclear = match line.cells.is_empty() {
        true => {
            let indented = view.indent(&line.text) > view.indent(&row.text);
            let goes_on = right_below && line.heading.is_none() && (indented || is_open(&row.text));
            goes_on || is_small(&line.text)
        }
        false => right_below && lacks_label(line),
    };
    if unclear { Below::Unclear } else { Below::Apart }
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;
    use findings_core::text::Word;

    /// Words of a line from a left edge; letters are five points wide.
    pub fn text(page: u32, left: f32, top: f32, words: &str) -> Text {
        let (mut text, mut x0) = (Text::default(), left);
        for (n, word) in (0..).zip(words.split(' ')) {
            let x1 = x0 + 5.0 * word.len() as f32;
            let bbox = Some(BBox { x0, top, x1, bottom: top + 10.0 });
            let word = Word { text: word.into(), bbox, ..Word::default() };
            text.push_word(page, (top * 10.0 + left) as u32, n, &word, false);
            x0 = x1 + 3.0;
        }
        text
    }

    pub fn line(cells: Vec<Text>) -> Line {
        let text = Text::join(&cells, " ");
        Line { text, cells: if cells.len() > 1 { cells } else { Vec::new() }, block: 0, heading: None }
    }

    #[test]
    fn what_is_below_a_row_by_its_place_on_the_page() {
        let long = "Mend the gate of the lower weir and paint it, so that";
        let row = line(vec![text(1, 50.0, 100.0, "What to do:"), text(1, 150.0, 100.0, long)]);
        let short = line(vec![text(1, 50.0, 100.0, "Name:"), text(1, 150.0, 100.0, "Weir Lane Baths")]);
        let all = [row.clone(), short.clone()];
        let is = |row: &Line, page, left, top, words| {
            on_page(&all, row, &line(vec![text(page, left, top, words)]))
        };
        assert_eq!(is(&row, 1, 150.0, 115.0, "Children are safe."), Below::Cell(1));
        assert_eq!(is(&row, 1, 150.0, 128.0, "Children are safe."), Below::Unclear, "it is far below");
        assert_eq!(is(&row, 2, 150.0, 40.0, "Children are safe."), Below::Unclear, "on the next page");
        assert_eq!(is(&row, 1, 162.0, 115.0, "Children are safe."), Below::Unclear, "indented");
        assert_eq!(is(&row, 1, 50.0, 115.0, "children are safe."), Below::Unclear, "a label, or the value");
        assert_eq!(is(&row, 1, 50.0, 115.0, "Children are safe."), Below::Unclear, "it had no room above");
        assert_eq!(is(&short, 1, 50.0, 115.0, "Comments"), Below::Apart);
        assert_eq!(is(&row, 1, 150.0, 300.0, "Ann Lee"), Below::Apart);
        let two = |label: &str| line(vec![text(1, 50.0, 115.0, label), text(1, 150.0, 115.0, "4 May")]);
        assert_eq!(on_page(&all, &row, &two("Done by:")), Below::Apart);
        assert_eq!(on_page(&all, &row, &two("at once:")), Below::Unclear, "the label goes on");
    }
}
