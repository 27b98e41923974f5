//! Rows of a PDF's tables, their cells put into columns: cells that stand too close to be told apart by the space between
//! them begin where those of other rows do, and a cell that is empty leaves the others in their columns.

use findings_core::text::{Origin, Text};

use super::view::Line;

/// How far from its column's left edge a cell may begin, in points.
const EDGE: f32 = 1.5;
/// How many lines below a row are looked at for the next.
const NEAR: usize = 2;
/// The space before a cell is at least this wide, in heights of its words: wider than one between words.
const SPACE: f32 = 0.4;

/// Puts the cells of tables into columns: those of the row that has most.
pub(super) fn arrange(lines: &mut Vec<Line>) {
    *lines = beside(std::mem::take(lines));
    let mut from = 0;
    while let Some(first) = lines[from..].iter().position(is_row).map(|n| from + n) {
        let to = end_of(lines, first);
        let table = &mut lines[first..to];
        // Of rows with as many cells the first: the head.
        let widest = table.iter().rev().max_by_key(|l| l.cells.len());
        let lefts: Vec<f32> = widest.map(|l| l.cells.iter().filter_map(left).collect()).unwrap_or_default();
        let rising = lefts.windows(2).all(|two| two[0] + EDGE < two[1]);
        for line in table.iter_mut().filter(|_| rising) {
            if let Some(cells) = cells_in(line, &lefts) {
                line.text = Text::join(&cells, " ");
                line.cells = cells;
            }
        }
        from = to;
    }
}

/// Lines below a row that stand beside each other, as cells of one: the last row of a table may have been taken for text.
fn beside(lines: Vec<Line>) -> Vec<Line> {
    let mut rows: Vec<Line> = Vec::with_capacity(lines.len());
    for line in lines {
        let from = rows.len().saturating_sub(NEAR + 1);
        let below_row = rows[from..].iter().any(is_row);
        match rows.last_mut().filter(|last| below_row && line.cells.is_empty() && stands_beside(last, &line))
        {
            Some(last) => {
                if last.cells.is_empty() {
                    last.cells.push(last.text.clone());
                }
                last.text.push_text(" ", &line.text);
                last.cells.push(line.text);
            }
            None => rows.push(line),
        }
    }
    rows
}

/// Whether a line stands at the height of one before it, to its right.
fn stands_beside(before: &Line, line: &Line) -> bool {
    let last = before.cells.last().unwrap_or(&before.text);
    let ends = last.origins().last().zip(line.text.origins().first());
    let boxes = ends.and_then(|(a, b)| Some((a.bbox?, b.bbox?))).filter(|_| last.page() == line.text.page());
    boxes.is_some_and(|(a, b)| (a.top - b.top).abs() < EDGE && b.x0 > a.x1)
}

fn is_row(line: &Line) -> bool {
    line.cells.len() > 1 && line.cells.iter().all(|c| c.is_empty() || left(c).is_some())
}

fn left(text: &Text) -> Option<f32> {
    text.origins().first()?.bbox.map(|b| b.x0)
}

/// Where the table that begins with a row ends: before a heading, or a line that runs over its columns.
fn end_of(lines: &[Line], first: usize) -> usize {
    let mut lefts: Vec<f32> = Vec::new();
    let goes_on = |line: &Line| {
        if line.cells.len() > lefts.len() {
            lefts = line.cells.iter().filter_map(left).collect();
        }
        let right = line.text.origins().iter().filter_map(|o| o.bbox).map(|b| b.x1).fold(f32::MIN, f32::max);
        let of_column = lefts.get(1).is_none_or(|second| right < *second);
        line.heading.is_none() && (is_row(line) || of_column || cells_in(line, &lefts).is_some())
    };
    let rows = lines[first..].iter().map(goes_on).position(|goes_on| !goes_on);
    rows.map_or(lines.len(), |n| first + n)
}

/// The cells of a line, one for each column; none where it is no row of several cells, or its cells stand otherwise.
fn cells_in(line: &Line, lefts: &[f32]) -> Option<Vec<Text>> {
    let mut cells = vec![Text::default(); lefts.len()];
    let known = if line.cells.is_empty() { std::slice::from_ref(&line.text) } else { &line.cells };
    for cell in known.iter().flat_map(|cell| pieces(cell, lefts)) {
        let x = left(&cell)?;
        let column = lefts.iter().rposition(|edge| *edge <= x + EDGE)?;
        if !cells[column].is_empty() {
            return None;
        }
        cells[column] = cell;
    }
    (cells.iter().filter(|c| !c.is_empty()).count() > 1).then_some(cells)
}

/// The parts of a cell that begin at the edges of columns, each after a space that is no word's.
fn pieces(cell: &Text, lefts: &[f32]) -> Vec<Text> {
    let begins = |two: &[Origin]| {
        let (before, word) = two[0].bbox.zip(two[1].bbox)?;
        let apart = word.x0 - before.x1 > SPACE * (word.bottom - word.top);
        let at_edge = lefts.iter().any(|edge| (edge - word.x0).abs() < EDGE);
        (two[0].line == two[1].line && apart && at_edge).then_some(two[1].start as usize)
    };
    let mut starts = vec![0];
    starts.extend(cell.origins().windows(2).filter_map(begins));
    starts.push(cell.as_str().len());
    starts.windows(2).map(|two| cell.slice(two[0]..two[1])).filter(|piece| !piece.is_empty()).collect()
}
