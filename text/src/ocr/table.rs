//! The order of lines: from top to bottom, and cell by cell where there are columns.

use super::lines::{Line, level_with, split};
use crate::BBox;

/// Space between two lines that separates table rows if there are no rules between rows, in font sizes.
const ROW_GAP: f32 = 0.5;
/// Space between two lines that separates rows with or without rules, in font sizes.
const WIDE_ROW_GAP: f32 = 1.2;
/// Ratio of font sizes at which lines belong to different rows.
const RESIZED: f32 = 1.12;
/// The largest distance between two lines of one table, in font sizes.
const TABLE_GAP: f32 = 5.0;
/// The largest distance between the two lines of a label, in font sizes.
const LABEL_LINE: f32 = 1.8;
/// How far from a column's left edge its lines may begin, in font sizes.
const EDGE: f32 = 0.8;

/// Everything at one height.
struct Row {
    cells: Vec<Line>,
}

impl Row {
    fn base(&self) -> f32 {
        self.cells.iter().map(|c| c.base).fold(0.0, f32::max)
    }

    fn top(&self) -> f32 {
        self.cells.iter().map(|c| c.base).fold(f32::MAX, f32::min) - 0.8 * self.size()
    }

    fn size(&self) -> f32 {
        self.cells[0].size
    }
}

/// Puts lines in the order in which a document would give them.
pub(super) fn in_order(lines: Vec<Line>, rules: &[BBox]) -> Vec<Line> {
    let mut rows = rows(lines);
    let mut out = Vec::new();
    let mut at = 0;
    // `at` is less than the length by the loop's condition, and a table has at most the remaining rows.
    while at < rows.len() {
        let columns = columns(&mut rows[at..]);
        let taken = columns.as_ref().map_or(0, |c| extent(&rows[at..], c));
        if let (Some(columns), true) = (columns, taken > 0) {
            cell_by_cell(rows.drain(at..at + taken).collect(), &columns, rules, &mut out);
        } else {
            out.extend(side_by_side(std::mem::take(&mut rows[at].cells)));
            at += 1;
        }
    }
    set_behind_label(&mut out);
    divide_at_rules(&mut out, rules);
    out
}

/// Moves a cell behind the label that it stands beside, if the label has two lines and the cell's line is between them:
/// a heading and its grade.
fn set_behind_label(lines: &mut [Line]) {
    for at in 2..lines.len() {
        let (first, cell, second) = (&lines[at - 2], &lines[at - 1], &lines[at]);
        let em = first.size;
        let wrapped = (second.x0 - first.x0).abs() < EDGE * em
            && second.base - first.base < LABEL_LINE * em
            && second.words[0].text.starts_with(char::is_lowercase);
        let beside = cell.x0 > first.x1.max(second.x1) + em
            && (first.base - em..second.base + em).contains(&cell.base);
        if wrapped && beside && !lines.get(at + 1).is_some_and(|l| (l.x0 - cell.x0).abs() < em) {
            lines.swap(at - 1, at);
            lines[at - 1].same_row = false;
            lines[at].same_row = true;
        }
    }
}

/// A rule between two lines of text separates them, as blank space does.
fn divide_at_rules(lines: &mut [Line], rules: &[BBox]) {
    for i in 1..lines.len() {
        let (a, b) = (&lines[i - 1], &lines[i]);
        let between = |r: &BBox| {
            let middle = (r.top + r.bottom) / 2.0;
            middle > a.base && middle < b.base - 0.4 * b.size && r.x0 < b.x1 && r.x1 > b.x0
        };
        lines[i].blank_before |= !b.same_row && rules.iter().any(between);
    }
}

/// Parts at the same height, from left to right.
fn side_by_side(mut cells: Vec<Line>) -> Vec<Line> {
    for (i, cell) in cells.iter_mut().enumerate() {
        cell.same_row = i > 0;
    }
    cells
}

fn rows(lines: Vec<Line>) -> Vec<Row> {
    let mut rows: Vec<Row> = Vec::new();
    for line in lines {
        let fits = rows.last().is_some_and(|row| {
            let apart = |c: &Line| c.x1 <= line.x0 + 1.0 || line.x1 <= c.x0 + 1.0;
            row.cells.iter().all(apart) && level_with(&row.cells[0], &line)
        });
        match rows.last_mut().filter(|_| fits) {
            Some(row) => row.cells.push(line),
            None => rows.push(Row { cells: vec![line] }),
        }
    }
    for row in &mut rows {
        row.cells.sort_by(|a, b| a.x0.total_cmp(&b.x0));
        let beside = row.cells.iter().find(|c| !c.is_boxed()).map(|c| (c.size, c.base));
        for cell in row.cells.iter_mut().filter(|c| c.is_boxed()) {
            (cell.size, cell.base) = beside.unwrap_or((cell.size, cell.base));
        }
    }
    rows
}

/// The left edges of the columns of a table that begins with the first of these rows, if at least two rows have a
/// part at the same edge. Lines that run into a column with too small a gap are split there.
fn columns(rows: &mut [Row]) -> Option<Vec<f32>> {
    let first = rows.first().filter(|r| r.cells.len() > 1)?;
    let em = first.size();
    let mut edges: Vec<f32> = first.cells.iter().skip(1).map(|c| c.x0).collect();
    let mut seen = vec![1; edges.len()];
    let mut last = first.base();
    for row in rows.iter_mut().skip(1) {
        if row.top() - last > TABLE_GAP * em {
            break;
        }
        last = row.base();
        let cells = std::mem::take(&mut row.cells);
        row.cells = cells.into_iter().flat_map(|c| split_at(c, &edges, em)).collect();
        if !row.cells.iter().all(|c| within(c, &edges, em).is_some()) {
            break;
        }
        for cell in &row.cells {
            if let Some(i) = edges.iter().position(|e| (cell.x0 - e).abs() < EDGE * em) {
                seen[i] += 1;
            }
        }
    }
    let mut keep = seen.iter().map(|n| *n > 1);
    edges.retain(|_| keep.next().unwrap_or(false));
    (!edges.is_empty()).then_some(edges)
}

/// Splits a line where a word begins at a column's edge after more than a word space.
fn split_at(line: Line, edges: &[f32], em: f32) -> Vec<Line> {
    split(line.clone(), |a, b| b.x0 - a.x1 > 0.55 * em && edges.iter().any(|e| (b.x0 - e).abs() < 0.4 * em))
        .into_iter()
        .map(|part| Line { size: line.size, bold: line.bold, ..part })
        .collect()
}

/// The index of the column that a line is in; `None` if it extends across an edge.
fn within(line: &Line, edges: &[f32], em: f32) -> Option<usize> {
    let column = edges.iter().filter(|e| line.x0 > **e - EDGE * em).count();
    edges.get(column).is_none_or(|next| line.x1 < next - 0.2 * em).then_some(column)
}

/// How many rows the table has: up to the last with a part in a later column, and what continues below that.
fn extent(rows: &[Row], edges: &[f32]) -> usize {
    let em = rows[0].size();
    let mut end = 0;
    let mut last: Option<&Row> = None;
    for (i, row) in rows.iter().enumerate() {
        let gap = last.map_or(0.0, |l| row.top() - l.base() - 0.2 * em);
        if gap > TABLE_GAP * em || !row.cells.iter().all(|c| within(c, edges, em).is_some()) {
            break;
        }
        let beside = row.cells.iter().any(|c| within(c, edges, em) != Some(0));
        if beside || end == i && gap < ROW_GAP * em {
            end = i + 1;
        }
        last = Some(row);
    }
    end
}

/// Outputs the lines of a table cell by cell.
fn cell_by_cell(rows: Vec<Row>, edges: &[f32], rules: &[BBox], out: &mut Vec<Line>) {
    let em = rows[0].size();
    let (left, right) =
        rows.iter().flat_map(|r| &r.cells).fold((f32::MAX, 0.0f32), |(l, r), c| (l.min(c.x0), r.max(c.x1)));
    let ruled = |from: f32, to: f32| {
        rules.iter().any(|r| {
            let middle = (r.top + r.bottom) / 2.0;
            r.x0 < right && r.x1 > left && middle > from && middle < to
        })
    };
    let (top, bottom) = (rows[0].base(), rows[rows.len() - 1].base());
    let any_rules = ruled(top, bottom);
    let mut groups: Vec<Vec<Row>> = Vec::new();
    let mut last: Option<(f32, (f32, bool))> = None;
    for row in rows {
        let style = (row.cells[0].size, row.cells[0].bold);
        let divides = last.is_none_or(|(base, before)| {
            let gap = row.top() - base - 0.2 * em;
            let resized = style.0.max(before.0) > RESIZED * style.0.min(before.0);
            if resized && row.cells.len() > 1 && gap > -0.4 * em || gap > WIDE_ROW_GAP * em {
                return true;
            }
            // A line that overlaps the previous one in height is beside it, slightly higher or lower.
            gap > -0.4 * em
                && if any_rules { ruled(base - 0.3 * em, row.base() - 0.5 * em) } else { gap > ROW_GAP * em }
        });
        last = Some((row.base(), style));
        match groups.last_mut() {
            Some(group) if !divides => group.push(row),
            _ => groups.push(vec![row]),
        }
    }
    for group in groups {
        let mut columns: Vec<Vec<Line>> = vec![Vec::new(); edges.len() + 1];
        for cell in group.into_iter().flat_map(|r| r.cells) {
            columns[within(&cell, edges, em).unwrap_or(0)].push(cell);
        }
        let mut first = true;
        for column in columns.into_iter().filter(|c| !c.is_empty()) {
            for (i, mut line) in column.into_iter().enumerate() {
                line.same_row = i == 0 && !first;
                out.push(line);
            }
            first = false;
        }
    }
}
