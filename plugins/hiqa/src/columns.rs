//! Reads tables by the positions of their words.
//!
//! A table row may extend over pages, and then its cells come in pieces. But a word always belongs to the column
//! whose header it is under, and to the last row that began above it. On later pages all columns may be shifted
//! slightly to the left or right.

use std::collections::BTreeMap;

use findings_plugin_sdk::outline::Block;
use findings_plugin_sdk::text::Text;

/// How far to the left of its column's edge a word may begin, in points.
const LEFT_SLACK: f32 = 4.0;
/// How far the tops of words in one row may differ, in points.
const TOP_SLACK: f32 = 3.0;
/// How far the columns on a later page may be shifted, in points.
const SHIFT: f32 = 20.0;
/// How near to their column's edge the lines of a cell begin, in points.
const EDGE: f32 = 1.5;

/// A word with its position.
struct Piece {
    page: u32,
    line: u32,
    left: f32,
    top: f32,
    text: Text,
}

impl Piece {
    fn place(&self) -> (u32, f32) {
        (self.page, self.top)
    }
}

/// The rows below a table's header, one text per column. `head` has the words of the header cells; `begins`
/// decides, from a line of the first column and the line before it, whether a row begins there. `None` if the
/// header isn't found or the document has no positions.
pub fn rows<'b>(
    blocks: impl Iterator<Item = &'b Block>,
    head: &[&str],
    begins: impl Fn(&str, Option<&str>) -> bool,
) -> Option<Vec<Vec<Text>>> {
    let pieces: Vec<Piece> = blocks.flat_map(pieces_of).collect();
    let heads = heads(&pieces, head);
    let first = heads.first()?;
    let from = pieces[first[0]].place();
    let left = |i: &usize| pieces[*i].left;
    let edges: Vec<f32> = first.iter().map(left).collect();
    let shifts = shifts(&pieces, &edges, from.0);
    let column = |p: &Piece| {
        let shift = shifts.get(&p.page).copied().unwrap_or(0.0);
        edges.iter().rposition(|e| e + shift <= p.left + LEFT_SLACK).unwrap_or(0)
    };
    let columns: Vec<usize> = pieces.iter().map(column).collect();
    let in_head = words_of_heads(&pieces, &columns, &heads, head);
    let table: Vec<(usize, &Piece)> = (0..pieces.len())
        .filter(|i| !before(pieces[*i].place(), from) && !in_head[*i])
        .map(|i| (columns[i], &pieces[i]))
        .collect();
    let starts = starts(&table, begins);
    let mut rows = vec![vec![Text::default(); head.len()]; starts.len()];
    for (column, piece) in table {
        // The last row that began above the word or level with it.
        if let Some(row) = starts.iter().rposition(|s| !before(piece.place(), *s)) {
            rows[row][column].push_text(" ", &piece.text);
        }
    }
    Some(rows)
}

/// The shift of the columns on each page after the header's: the one that most lines agree with. The first column
/// is ignored, because its header may be centred.
fn shifts(pieces: &[Piece], edges: &[f32], head: u32) -> BTreeMap<u32, f32> {
    let mut begins: BTreeMap<u32, BTreeMap<u32, f32>> = BTreeMap::new();
    for p in pieces.iter().filter(|p| p.page > head) {
        let left = begins.entry(p.page).or_default().entry(p.line).or_insert(p.left);
        *left = left.min(p.left);
    }
    let edges = edges.get(1..).unwrap_or_default();
    let shift = |lines: BTreeMap<u32, f32>| {
        let away =
            |left: &f32| edges.iter().map(move |e| left - e).filter(|d| d.abs() <= SHIFT).collect::<Vec<_>>();
        let all: Vec<f32> = lines.values().flat_map(away).collect();
        let agreeing = |shift: f32| all.iter().filter(|d| (*d - shift).abs() < EDGE).count();
        // If as many lines agree with several shifts, the smallest: 0 if the columns don't move.
        all.iter()
            .copied()
            .chain([0.0])
            .max_by(|a, b| agreeing(*a).cmp(&agreeing(*b)).then(b.abs().total_cmp(&a.abs())))
    };
    begins.into_iter().filter_map(|(page, lines)| Some((page, shift(lines)?))).collect()
}

/// Whether a position is clearly above another.
fn before(a: (u32, f32), b: (u32, f32)) -> bool {
    a.0 < b.0 || a.0 == b.0 && a.1 < b.1 - TOP_SLACK
}

fn pieces_of(block: &Block) -> Vec<Piece> {
    let piece = |o: &findings_plugin_sdk::text::Origin| {
        let text = block.text.slice(o.start as usize..o.end as usize);
        let b = o.bbox?;
        Some(Piece { page: o.page, line: o.line, left: b.x0, top: b.top, text })
    };
    block.text.origins().iter().filter_map(piece).collect()
}

/// Every place where the first words of all header cells are side by side, as indices. The header may be repeated
/// on later pages.
fn heads(pieces: &[Piece], head: &[&str]) -> Vec<Vec<usize>> {
    let mut found = Vec::new();
    for (at, first) in pieces.iter().enumerate() {
        let mut cells: Vec<usize> = Vec::new();
        for cell in head {
            let word = cell.split(' ').next().unwrap_or_default();
            let beside = pieces.iter().position(|p| {
                p.page == first.page
                    && (p.top - first.top).abs() < TOP_SLACK
                    && p.text.as_str() == word
                    && cells.last().map_or(p.left == first.left, |last| p.left > pieces[*last].left)
            });
            let Some(i) = beside else { break };
            cells.push(i);
        }
        if cells.len() == head.len() && cells[0] == at {
            found.push(cells);
        }
    }
    found
}

/// Which words belong to a header: in each column, those that match the header cell word for word.
fn words_of_heads(pieces: &[Piece], columns: &[usize], heads: &[Vec<usize>], head: &[&str]) -> Vec<bool> {
    let mut is_head = vec![false; pieces.len()];
    for (cell, first) in heads.iter().flat_map(|cells| head.iter().zip(cells)) {
        let same = |i: &usize| columns[*i] == columns[*first] && pieces[*i].page == pieces[*first].page;
        for (word, i) in cell.split(' ').zip((*first..pieces.len()).filter(same)) {
            if pieces[i].text.as_str() != word {
                break;
            }
            is_head[i] = true;
        }
    }
    is_head
}

/// The positions where rows begin, in page order.
fn starts(table: &[(usize, &Piece)], begins: impl Fn(&str, Option<&str>) -> bool) -> Vec<(u32, f32)> {
    let mut lines: Vec<(u32, (u32, f32), String)> = Vec::new();
    for (_, piece) in table.iter().filter(|(column, _)| *column == 0) {
        match lines.last_mut() {
            Some((line, place, text)) if *line == piece.line && place.0 == piece.page => {
                text.push(' ');
                text.push_str(piece.text.as_str());
            }
            _ => lines.push((piece.line, piece.place(), piece.text.as_str().to_owned())),
        }
    }
    lines.sort_by(|a, b| a.1.0.cmp(&b.1.0).then(a.1.1.total_cmp(&b.1.1)));
    let texts: Vec<&str> = lines.iter().map(|l| l.2.as_str()).collect();
    let is_start = |i: usize| begins(texts[i], i.checked_sub(1).map(|before| texts[before]));
    (0..lines.len()).filter(|i| is_start(*i)).map(|i| lines[i].1).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::{Line, outline};
    use insta::assert_snapshot;

    fn show(lines: &[Line]) -> String {
        let doc = outline(lines);
        let Some(rows) = rows(doc.blocks.iter(), &["No", "What is wanted"], |l, _| l.starts_with('#')) else {
            return "no head".into();
        };
        let cells = |r: &Vec<Text>| r.iter().map(|c| c.as_str().to_owned()).collect::<Vec<_>>().join(" | ");
        rows.iter().map(cells).collect::<Vec<_>>().join("\n")
    }

    #[test]
    fn a_row_goes_on_over_the_page_under_its_column() {
        let lines: &[Line] = &[
            (1, 50.0, 600.0, "No"),
            (1, 150.0, 600.0, "What is"),
            (1, 150.0, 614.0, "wanted"),
            (1, 50.0, 640.0, "#1"),
            (1, 150.0, 641.0, "that all"),
            (1, 150.0, 655.0, "is well"),
            (1, 50.0, 700.0, "#2"),
            (1, 50.0, 714.0, "(a)"),
            (1, 150.0, 700.0, "that none"),
            (2, 150.0, 60.0, "is ill"),
            (2, 50.0, 90.0, "#3"),
            (2, 150.0, 90.0, "more"),
        ];
        assert_snapshot!(show(lines), @r"
        #1 | that all is well
        #2 (a) | that none is ill
        #3 | more
        ");
    }

    #[test]
    fn a_head_that_comes_again_is_no_part_of_a_row() {
        let lines: &[Line] = &[
            (1, 50.0, 600.0, "No"),
            (1, 150.0, 600.0, "What is wanted"),
            (1, 50.0, 640.0, "#1"),
            (1, 150.0, 640.0, "that all"),
            (2, 50.0, 60.0, "No"),
            (2, 150.0, 60.0, "What is wanted"),
            (2, 150.0, 90.0, "is well"),
        ];
        assert_snapshot!(show(lines), @"#1 | that all is well");
    }

    #[test]
    fn columns_may_stand_elsewhere_on_the_next_page() {
        let lines: &[Line] = &[
            (1, 53.0, 600.0, "No"),
            (1, 150.0, 600.0, "What is wanted"),
            (1, 50.0, 640.0, "#1"),
            (1, 150.0, 640.0, "that all"),
            (2, 143.0, 60.0, "is well"),
            (2, 43.0, 90.0, "#2"),
            (2, 143.0, 90.0, "that none"),
            (2, 149.0, 104.0, "(indented)"),
            (2, 143.0, 118.0, "is ill"),
            (3, 159.0, 60.0, "or was"),
        ];
        assert_snapshot!(show(lines), @r"
        #1 | that all is well
        #2 | that none (indented) is ill or was
        ");
    }

    #[test]
    fn columns_that_come_one_after_the_other_are_read_too() {
        let lines: &[Line] = &[
            (1, 50.0, 600.0, "No"),
            (1, 50.0, 640.0, "#1"),
            (1, 50.0, 680.0, "#2"),
            (1, 150.0, 600.0, "What is wanted"),
            (1, 150.0, 640.0, "one"),
            (1, 150.0, 654.0, "and a half"),
            (1, 150.0, 680.0, "two"),
        ];
        assert_snapshot!(show(lines), @r"
        #1 | one and a half
        #2 | two
        ");
        assert_snapshot!(show(&lines[..3]), @"no head");
    }
}
