//! Finds tables, by tags or by cells that are side by side.

use super::{Block, Role, Row, paragraph_number};
use crate::cut::Cut;
use crate::text::{ElementRole, LayerKind, Text, TextLayer};

/// A cell with more words than this holds part of the page, not a datum: its table is a layout table.
const LAYOUT_CELL: u32 = 220;

/// How many lines are searched for an untagged table.
const TABLE_LINES: usize = 300;

/// How far apart the left edges of two parts of one cell may be, in points.
const SAME_LEFT: f32 = 12.0;

/// The blocks of a tagged table. Rows with at least two non-empty cells are data; other rows are text that happens
/// to be in a layout table, and flow as if the table were not there.
pub(super) fn tagged(
    layer: &TextLayer,
    rows: &[Row],
    out: &mut Vec<Block>,
    block_of: impl Fn(&[Row]) -> Block,
    flow: impl Fn(&[Row], &mut Vec<Block>),
) {
    let mut table: Vec<Vec<Block>> = Vec::new();
    let mut at = 0;
    while at < rows.len() {
        let tr = layer.ancestor(rows[at].line.element, |r| r == ElementRole::TR);
        let end = rows
            .tail(at)
            .iter()
            .position(|r| layer.ancestor(r.line.element, |r| r == ElementRole::TR) != tr)
            .map_or(rows.len(), |n| at + n);
        let cells = cells(layer, rows.part(at..end));
        let blocks: Vec<Block> = cells.iter().map(|c| block_of(c)).collect();
        let blocks = match table.last_mut() {
            Some(last) if tr.is_some() => match continue_row(last, blocks) {
                None => {
                    at = end;
                    continue;
                }
                Some(blocks) => blocks,
            },
            _ => blocks,
        };
        let blocks = match (table.last(), tr) {
            (Some(last), Some(tr)) if blocks.len() == 1 && has_cells(layer, tr) => {
                beside_nothing(last, blocks)
            }
            _ => blocks,
        };
        if tr.is_some() && blocks.len() > 1 && blocks.iter().all(|b| b.words <= LAYOUT_CELL) {
            table.push(blocks);
        } else {
            finish(&mut table, out);
            flow(rows.part(at..end), out);
        }
        at = end;
    }
    finish(&mut table, out);
}

/// Whether a row has at least two cells, counting empty ones.
fn has_cells(layer: &TextLayer, tr: u32) -> bool {
    layer.elements.iter().filter(|e| e.parent == Some(tr) && e.role == ElementRole::TD).count() > 1
}

/// Puts a row with text in only one cell into the columns of the row before; unchanged if it fits none of them.
fn beside_nothing(last: &[Block], mut cell: Vec<Block>) -> Vec<Block> {
    let x = cell[0].bbox.map(|b| b.x0);
    let column = last.iter().position(|c| x.zip(c.bbox).is_some_and(|(x, b)| (b.x0 - x).abs() < SAME_LEFT));
    match column {
        Some(at) => (0..last.len())
            .map(|i| if i == at { std::mem::take(&mut cell[0]) } else { Block::default() })
            .collect(),
        None => cell,
    }
}

/// Adds cells to the row before if a page break has cut that row in two; otherwise returns them. The second half is
/// on the next page, under the cells it continues, and continues a sentence.
fn continue_row(last: &mut [Block], next: Vec<Block>) -> Option<Vec<Block>> {
    let page = last.iter().map(|c| c.last_page).max();
    let under = |cell: &Block, last: &[Block]| {
        let x = cell.bbox?.x0;
        last.iter().position(|c| c.bbox.is_some_and(|b| (b.x0 - x).abs() < SAME_LEFT))
    };
    let ended = |before: &Block| before.text.as_str().ends_with(['.', ':', ';']);
    let cut = next.iter().all(|c| Some(c.page) > page)
        && next.iter().all(|c| under(c, last).is_some())
        && (next.iter().any(|c| c.text.as_str().starts_with(char::is_lowercase))
            || next.len() < last.len()
                && next.iter().all(|c| under(c, last).is_some_and(|i| !ended(&last[i]))));
    if !cut {
        return Some(next);
    }
    for cell in next {
        if let Some(i) = under(&cell, last) {
            last[i].text.push_text(" ", &cell.text);
            last[i].words += cell.words;
            last[i].last_page = cell.last_page;
            last[i].full_last_line = cell.full_last_line;
        }
    }
    None
}

/// The cells of a row, in content order.
fn cells<'r, 'a>(layer: &TextLayer, rows: &'r [Row<'a>]) -> Vec<&'r [Row<'a>]> {
    let td = |r: &Row| layer.ancestor(r.line.element, |r| r == ElementRole::TD);
    rows.chunk_by(|a, b| td(a) == td(b)).collect()
}

fn finish(table: &mut Vec<Vec<Block>>, out: &mut Vec<Block>) {
    if table.is_empty() {
        return;
    }
    let rows = std::mem::take(table);
    let first = &rows[0][0];
    let mut block = Block {
        role: Role::Table,
        page: first.page,
        last_page: rows.last().into_iter().flatten().map(|b| b.last_page).max().unwrap_or(first.page),
        bbox: first.bbox,
        style: first.style,
        element: first.element,
        in_table: true,
        ..Block::default()
    };
    for row in &rows {
        for cell in row {
            block.words += cell.words;
            block.text.push_text(" ", &cell.text);
        }
    }
    block.lefts = lefts(&rows);
    block.rows = rows.into_iter().map(|r| r.into_iter().map(|b| b.text).collect()).collect();
    out.push(block);
}

/// The left edges of a table's columns: those of its last row without an empty cell.
fn lefts(rows: &[Vec<Block>]) -> Vec<f32> {
    let full = rows.iter().rev().find(|r| r.iter().all(|c| c.bbox.is_some())).or(rows.last());
    full.into_iter().flatten().map(|c| c.bbox.map_or(f32::MIN, |b| b.x0)).collect()
}

/// How many of the next lines form a table of two or more columns, judging by their positions: in each row a run of
/// lines goes down, then there is a jump to the right, upwards or level. There must be at least two such rows.
pub(super) fn untagged(layer: &TextLayer, rows: &[Row], furniture: &[bool], notes: &[bool]) -> Option<usize> {
    if layer.kind == LayerKind::PlainText || rows[0].line.element.is_some() {
        return None;
    }
    let end = rows
        .iter()
        .take(TABLE_LINES)
        .zip(furniture.iter().zip(notes))
        .position(|(r, (f, n))| *f || *n || r.line.element.is_some() || r.page != rows[0].page)
        .unwrap_or(rows.len().min(TABLE_LINES));
    let table = geometric_rows(rows.head(end));
    (table.len() > 1).then(|| table.iter().flatten().map(|c| c.len()).sum())
}

/// A table made of known cells.
pub(super) fn of_cells(mut table: Vec<Vec<Block>>) -> Block {
    let mut out = Vec::new();
    finish(&mut table, &mut out);
    out.pop().unwrap_or_default()
}

/// The table that [`untagged`] found.
pub(super) fn geometric(rows: &[Row], block_of: impl Fn(&[Row]) -> Block) -> Block {
    let mut table: Vec<Vec<Block>> =
        geometric_rows(rows).iter().map(|r| r.iter().map(|c| block_of(c)).collect()).collect();
    let mut out = Vec::new();
    finish(&mut table, &mut out);
    out.pop().unwrap_or_default()
}

/// Rows of cells from the first line on, as far as they go.
fn geometric_rows<'r, 'a>(rows: &'r [Row<'a>]) -> Vec<Vec<&'r [Row<'a>]>> {
    let mut table = Vec::new();
    let mut at = 0;
    while let Some((cells, taken)) = geometric_row(rows.tail(at)) {
        table.push(cells);
        at += taken;
    }
    table
}

fn geometric_row<'r, 'a>(rows: &'r [Row<'a>]) -> Option<(Vec<&'r [Row<'a>]>, usize)> {
    // A paragraph number set apart from its paragraph is not a cell.
    if rows.first().is_some_and(is_number) {
        return None;
    }
    let mut cells = Vec::new();
    let mut at = 0;
    while let Some(cell) = column(rows.tail(at)) {
        at += cell.len();
        cells.push(cell);
        let beside = rows.get(at).is_some_and(|next| is_beside(cell, next));
        if !beside {
            break;
        }
    }
    (cells.len() > 1).then_some((cells, at))
}

fn is_number(row: &Row) -> bool {
    matches!(row.line.words.as_slice(), [word] if word.text.ends_with('.') && paragraph_number(&word.text).is_some())
}

/// Lines below each other with a common left edge and no paragraph spacing between them.
fn column<'r, 'a>(rows: &'r [Row<'a>]) -> Option<&'r [Row<'a>]> {
    let first = rows.first()?.line.bbox?;
    let mut n = 1;
    while let (Some(a), Some(row)) = (rows[n - 1].line.bbox, rows.get(n)) {
        let Some(b) = row.line.bbox else { break };
        let below = b.top > a.top + 2.0 && b.top - a.bottom < 0.6 * row.line.size;
        if !below || (b.x0 - first.x0).abs() > 3.0 {
            break;
        }
        n += 1;
    }
    Some(rows.head(n))
}

/// Whether a line is to the right of a cell, at the same height.
fn is_beside(cell: &[Row], next: &Row) -> bool {
    let Some(extent) = cell.iter().filter_map(|r| r.line.bbox).reduce(|a, b| a.union(b)) else {
        return false;
    };
    let Some(b) = next.line.bbox else { return false };
    b.x0 > extent.x1 + next.line.size && b.top < extent.bottom && b.bottom > extent.top
}

/// Joins rows that a page break cut in two: the second half begins in lower case or has an empty first cell.
pub(super) fn join_rows(first: &mut Vec<Vec<Text>>, mut second: Vec<Vec<Text>>) {
    if let (Some(last), Some(next)) = (first.last_mut(), second.first()) {
        let cut = last.len() == next.len()
            && next.iter().any(|c| c.as_str().starts_with(char::is_lowercase))
            && next.iter().zip(&*last).all(|(n, l)| {
                n.is_empty() || n.as_str().starts_with(char::is_lowercase) || !l.as_str().ends_with('.')
            });
        if cut {
            for (cell, rest) in last.iter_mut().zip(second.remove(0)) {
                cell.push_text(" ", &rest);
            }
        }
    }
    first.extend(second);
}

/// The cell in a table's last row that a lone block on the next page continues: the row was cut in two, and the other
/// cells were already complete.
pub(super) fn cell_of(table: &Block, rest: &Block) -> Option<usize> {
    let x = rest.bbox?.x0;
    let at = table.lefts.iter().position(|left| (left - x).abs() < SAME_LEFT)?;
    let before = table.rows.last()?.get(at)?;
    // Text that runs into the next column does not belong to the cell.
    let right = table.lefts.get(at + 1);
    let wide = |right: &f32| rest.text.origins().iter().any(|o| o.bbox.is_some_and(|b| b.x1 > *right));
    if right.is_some_and(wide) {
        return None;
    }
    let goes_on = rest.in_table && rest.page > table.last_page && !before.as_str().ends_with(['.', ':', ';']);
    goes_on.then_some(at)
}
