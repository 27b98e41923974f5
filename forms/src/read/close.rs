//! Table rows of plain text whose cells are too close to be told apart by space: what the columns hold decides.

use findings_core::text::Text;

use super::tables::{filled, has_head, wanted};
use super::values;
use super::view::Line;
use crate::format::FileFormat;
use crate::model::{Column, Table, ValueType};

/// Whether it is certain which column each cell of a row belongs to: either there is a cell for each column, or the cells of typed
/// columns have values of their type (or are empty in their place). Where two cells were not told apart, those after them are one
/// column off. A row with more cells belongs to another table.
pub(super) fn is_sure(format: &FileFormat, line: &Line, table: &Table) -> bool {
    let columns = table.columns.len();
    let on_a_page = line.cells.len() >= columns && !is_plain(line);
    if !has_head(table) || filled(line) >= columns || on_a_page {
        return !has_head(table) || filled(line) <= columns;
    }
    let has_places = line.cells.len() >= columns;
    let mut typed = table.columns.iter().zip(&line.cells).filter(|(column, _)| is_typed(column)).peekable();
    (has_places || typed.peek().is_some())
        && typed.all(|(column, cell)| has_places && cell.is_empty() || fits(format, column, cell))
}

/// Whether a line comes from plain text.
fn is_plain(line: &Line) -> bool {
    line.text.origins().iter().all(|o| o.bbox.is_none())
}

fn is_typed(column: &Column) -> bool {
    !matches!(column.kind, ValueType::Text | ValueType::Name | ValueType::Address)
}

/// Whether a cell is a value of its column's type and nothing else.
fn fits(format: &FileFormat, column: &Column, cell: &Text) -> bool {
    let words = cell.as_str().trim();
    let got = || values::read(cell, wanted(format, column, "close"));
    !words.is_empty() && got().is_some_and(|got| got.printed.len() == words.len())
}

/// Splits a cell of a row that has one cell too few, if exactly one place between words gives every typed column a value of its
/// type.
pub(super) fn close_row(format: &FileFormat, line: &Line, table: &Table) -> Option<Line> {
    let filled: Vec<Text> = line.cells.iter().filter(|cell| !cell.is_empty()).cloned().collect();
    let close = has_head(table) && filled.len() > 1 && filled.len() + 1 == table.columns.len();
    if !close || !is_plain(line) {
        return None;
    }
    let filled = &filled;
    let parted = filled.iter().enumerate().flat_map(|(at, cell)| {
        let starts = cell.origins().iter().skip(1).map(|word| word.start as usize);
        starts.map(move |start| {
            let two = [cell.slice(0..start), cell.slice(start..cell.as_str().len())];
            let mut cells = filled.clone();
            cells.splice(at..=at, two);
            (at, cells)
        })
    });
    let typed = |at: usize| table.columns.get(at).is_some_and(is_typed);
    let mut fitting = parted.filter(|(at, cells)| {
        let all = || {
            table
                .columns
                .iter()
                .zip(cells)
                .all(|(column, cell)| !is_typed(column) || fits(format, column, cell))
        };
        (typed(*at) || typed(at + 1)) && all()
    });
    let (_, cells) = fitting.next()?;
    fitting.next().is_none().then(|| Line { cells, ..line.clone() })
}
