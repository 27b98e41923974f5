//! The rows of a PDF's tables, assembled from the positions of their words.
//!
//! The outline recognises rows by the space between cells and by tags. Once a table has shown two rows, the left edges of its
//! columns are known. They help with cells that are too close to tell apart, cells that continue on the line below, rows that were
//! taken for text, and empty cells.

use findings_core::text::{BBox, Text};

use super::view::Line;

/// The tolerance for positions at the same edge or height, in points.
const EDGE: f32 = 1.5;
/// The space before a cell is at least this many times the usual space between words.
const WIDER: f32 = 1.4;
/// The space between lines of one cell is less than this, in word heights.
const LEADING: f32 = 0.3;
/// The same for lines of one block of the outline.
const BLOCK_LEADING: f32 = 0.6;

/// Assembles the rows of tables.
pub(super) fn arrange(lines: Vec<Line>) -> Vec<Line> {
    let mut out = Vec::with_capacity(lines.len());
    let mut rest = lines.as_slice();
    let wide = WIDER * word_space(&lines);
    while let Some(seed) = (0..rest.len()).find(|at| is_seed(rest, *at)) {
        let zone = Zone::around(rest, seed, wide);
        let rows = zone.rows(rest);
        out.extend_from_slice(&rest[..zone.from]);
        match rows.iter().filter(|row| row.filled() > 1).count() {
            0 | 1 => out.extend_from_slice(&rest[zone.from..zone.to]),
            _ => rows.iter().for_each(|row| row.put(rest, &rows, &mut out)),
        }
        rest = &rest[zone.to..];
    }
    out.extend_from_slice(rest);
    out
}

/// Whether a row begins at a line: it has cells, or the next line is beside it.
fn is_seed(lines: &[Line], at: usize) -> bool {
    let line = &lines[at];
    let beside = || is_beside_first(lines, at);
    line.heading.is_none() && line.cells.is_empty() && beside() || is_row(line)
}

/// The cells of a line; for a heading its printed lines, because a row in distinctive print may look like one.
fn parts(line: &Line) -> Vec<Text> {
    match line.cells.len() {
        0 => line.text.lines(),
        _ => line.cells.iter().filter(|c| !c.is_empty()).cloned().collect(),
    }
}

/// Whether a line has cells, or printed lines beside each other.
fn is_row(line: &Line) -> bool {
    let level = |two: &[Text]| end(&two[0]).zip(begin(&two[1])).is_some_and(|(a, b)| is_right_of(a, b));
    let parts = parts(line);
    parts.len() > 1 && (!line.cells.is_empty() || parts.windows(2).all(level))
}

fn begin(text: &Text) -> Option<BBox> {
    text.origins().first()?.bbox
}

fn end(text: &Text) -> Option<BBox> {
    text.origins().last()?.bbox
}

/// Whether a line is at the same height as the one before, and to its right.
fn stands_beside(before: &Line, line: &Line) -> bool {
    let boxes = end(&before.text).zip(begin(&line.text));
    line.cells.is_empty()
        && before.text.page() == line.text.page()
        && boxes.is_some_and(|(a, b)| is_right_of(a, b))
}

/// The most lines of a cell below its first that are drawn before the next cell.
const WRAPPED: usize = 12;

/// Whether the line behind the lines of a cell is beside the first of them.
fn is_beside_first(lines: &[Line], at: usize) -> bool {
    let first = &lines[at];
    for next in lines[at + 1..].iter().take(WRAPPED) {
        let below = begin(&first.text)
            .zip(begin(&next.text))
            .is_some_and(|(a, b)| b.top > a.top + EDGE && b.x0 > a.x0 - EDGE);
        if stands_beside(first, next) {
            return true;
        }
        if !below || next.block != first.block {
            return false;
        }
    }
    false
}

fn is_right_of(a: BBox, b: BBox) -> bool {
    (a.top - b.top).abs() < EDGE && b.x0 > a.x1
}

/// Lines that fit the columns of one table.
struct Zone {
    from: usize,
    to: usize,
    /// A wider space than this is not a space between words, in word heights.
    wide: f32,
    /// The left edges of its columns.
    edges: Vec<f32>,
    /// Where words begin after such a wide space; these become edges if other lines share them.
    gaps: Vec<f32>,
}

impl Zone {
    /// The lines around one that begins a row.
    fn around(lines: &[Line], seed: usize, wide: f32) -> Zone {
        let mut zone = Zone { from: seed, to: seed, wide, edges: Vec::new(), gaps: Vec::new() };
        while zone.to < lines.len() && zone.takes(lines, zone.to, zone.to.checked_sub(1)) {
            zone.to += 1;
        }
        // A line that does not look like a row by itself may turn out to be one by the edges of the lines below.
        while zone.from > 0 && zone.takes(lines, zone.from - 1, None) {
            zone.from -= 1;
        }
        zone.to = zone.to.max(seed + 1);
        zone
    }

    /// Adds a line, and the edges it brings, if it fits the columns and no edge cuts through a word of any line.
    fn takes(&mut self, lines: &[Line], at: usize, before: Option<usize>) -> bool {
        let line = &lines[at];
        let parts = parts(line);
        let beside = before.is_some_and(|b| {
            (self.from.max(b.saturating_sub(WRAPPED))..=b).any(|b| stands_beside(&lines[b], line))
        });
        let printed = line.text.lines();
        let is_row = is_row(line) || printed.iter().any(|l| pieces(l, &self.edges, self.wide).len() > 1);
        let brings = is_row || beside || self.edges.is_empty();
        let gaps: Vec<f32> = printed.iter().flat_map(|p| gaps(p, self.wide)).map(|(_, x)| x).collect();
        let mut edges = self.edges.clone();
        edges.extend(gaps.iter().filter(|gap| is_near(**gap, &self.gaps)));
        for part in &parts {
            let Some(x) = begin(part).map(|b| b.x0) else { return false };
            if !brings && !is_near(x, &edges) && !is_near(x, &self.gaps) {
                return false;
            }
            edges.push(x);
        }
        edges.sort_by(f32::total_cmp);
        edges.dedup_by(|a, b| (*a - *b).abs() < EDGE);
        // The earlier lines already fit the columns, unless edges were added.
        let others = if edges == self.edges { &[][..] } else { &lines[self.from..self.to] };
        let crossed = |printed: &[Text]| printed.iter().any(|p| crosses(p, &edges, self.wide));
        if crossed(&printed) || others.iter().any(|l| crossed(&l.text.lines())) {
            return false;
        }
        self.edges = edges;
        self.gaps.extend(gaps);
        true
    }

    /// Its rows; some may be the lines of a single cell.
    fn rows(&self, lines: &[Line]) -> Vec<Row> {
        let mut rows: Vec<Row> = Vec::new();
        for (at, line) in lines.iter().enumerate().take(self.to).skip(self.from) {
            let parts = parts(line);
            let pieces = parts.iter().flat_map(|part| pieces(part, &self.edges, self.wide));
            for (n, piece) in pieces.enumerate() {
                let Some(spot) = Spot::of(&piece, line.block, &self.edges) else { continue };
                let begins = n == 0 && is_row(line);
                match rows.last_mut().filter(|row| row.takes(&spot, begins)) {
                    Some(row) => row.push(piece, spot, at),
                    None => {
                        let mut row = Row::new(self.edges.len());
                        row.push(piece, spot, at);
                        rows.push(row);
                    }
                }
            }
        }
        rows
    }
}

/// The position of a piece of a row.
struct Spot {
    column: usize,
    /// The block of the outline: its lines may be set further apart than those of others.
    block: usize,
    page: u32,
    top: f32,
    bottom: f32,
}

impl Spot {
    fn of(piece: &Text, block: usize, edges: &[f32]) -> Option<Spot> {
        let x = begin(piece)?.x0;
        let column = edges.iter().rposition(|edge| *edge < x + EDGE)?;
        let boxes = || piece.origins().iter().filter_map(|o| o.bbox);
        let top = boxes().map(|b| b.top).fold(f32::MAX, f32::min);
        let bottom = boxes().map(|b| b.bottom).fold(f32::MIN, f32::max);
        Some(Spot { column, block, page: piece.page(), top, bottom })
    }
}

/// A row under construction: cells are added in the order in which they were drawn.
struct Row {
    cells: Vec<Text>,
    /// The lines that it comes from.
    lines: Vec<usize>,
    last: Option<Spot>,
    top: f32,
    bottom: f32,
}

impl Row {
    fn new(columns: usize) -> Row {
        let cells = vec![Text::default(); columns];
        Row { cells, lines: Vec::new(), last: None, top: f32::MAX, bottom: f32::MIN }
    }

    fn filled(&self) -> usize {
        self.cells.iter().filter(|c| !c.is_empty()).count()
    }

    /// Whether the next piece belongs to the row: it is further right at the same height, or continues the last cell and does not
    /// begin a row of the outline.
    fn takes(&self, next: &Spot, begins: bool) -> bool {
        let Some(last) = self.last.as_ref().filter(|last| last.page == next.page) else { return false };
        let height = next.bottom - next.top;
        let leading = if next.block == last.block { BLOCK_LEADING } else { LEADING };
        match next.column.cmp(&last.column) {
            std::cmp::Ordering::Less => false,
            std::cmp::Ordering::Equal => {
                !begins && next.top > last.top && next.top - last.bottom < leading * height
            }
            std::cmp::Ordering::Greater => next.top < self.bottom - EDGE && next.bottom > self.top + EDGE,
        }
    }

    /// Outputs the row or, if it has a single cell, the lines that it comes from, unless other rows share these.
    fn put(&self, lines: &[Line], rows: &[Row], out: &mut Vec<Line>) {
        let shared = |at: &usize| rows.iter().filter(|row| row.lines.contains(at)).count() > 1;
        if self.filled() < 2 && !self.lines.iter().any(shared) {
            // In any column but the first, a line is a column head and not a heading.
            let first = !self.cells[0].is_empty();
            let line =
                |at: &usize| Line { heading: lines[*at].heading.filter(|_| first), ..lines[*at].clone() };
            return out.extend(self.lines.iter().map(line));
        }
        let cells = if self.filled() > 1 { self.cells.clone() } else { Vec::new() };
        let block = self.lines.first().map_or(0, |at| lines[*at].block);
        out.push(Line { text: Text::join(&self.cells, " "), cells, block, heading: None });
    }

    fn push(&mut self, piece: Text, spot: Spot, line: usize) {
        self.cells[spot.column].push_text(" ", &piece);
        (self.top, self.bottom) = (self.top.min(spot.top), self.bottom.max(spot.bottom));
        if self.lines.last() != Some(&line) {
            self.lines.push(line);
        }
        self.last = Some(spot);
    }
}

fn is_near(x: f32, edges: &[f32]) -> bool {
    edges.iter().any(|edge| (edge - x).abs() < EDGE)
}

/// The spaces between the words of a printed line, in word heights.
fn spaces(printed: &Text) -> impl Iterator<Item = Option<f32>> {
    printed.origins().windows(2).map(|two| {
        let (a, b) = two[0].bbox.zip(two[1].bbox)?;
        (two[0].line == two[1].line).then_some((b.x0 - a.x1) / (b.bottom - b.top))
    })
}

/// The usual space between words, in word heights: the median.
fn word_space(lines: &[Line]) -> f32 {
    let mut all: Vec<f32> = lines.iter().flat_map(|l| spaces(&l.text)).flatten().collect();
    all.sort_by(f32::total_cmp);
    all.get(all.len() / 2).copied().unwrap_or(f32::MAX)
}

/// Where words begin after a wide space: the first byte and the left edge of each.
fn gaps(printed: &Text, wide: f32) -> Vec<(usize, f32)> {
    let words = printed.origins().iter().skip(1).zip(spaces(printed));
    let after_wide = words.filter(|(_, space)| space.is_some_and(|space| space > wide));
    after_wide.filter_map(|(word, _)| Some((word.start as usize, word.bbox?.x0))).collect()
}

/// A text split at the edges of columns.
fn pieces(text: &Text, edges: &[f32], wide: f32) -> Vec<Text> {
    let mut starts = vec![0];
    starts.extend(gaps(text, wide).into_iter().filter(|(_, x)| is_near(*x, edges)).map(|(start, _)| start));
    starts.push(text.as_str().len());
    starts.windows(2).map(|two| text.slice(two[0]..two[1])).filter(|piece| !piece.is_empty()).collect()
}

/// Whether a printed line runs across an edge.
fn crosses(printed: &Text, edges: &[f32], wide: f32) -> bool {
    let over = |piece: &Text| {
        let (from, to) = (begin(piece).map_or(0.0, |b| b.x0), end(piece).map_or(0.0, |b| b.x1));
        edges.iter().any(|edge| from + EDGE < *edge && *edge < to - EDGE)
    };
    pieces(printed, edges, wide).iter().any(over)
}

#[cfg(test)]
mod tests {
    use super::*;
    use findings_core::text::Word;
    use insta::assert_snapshot;

    /// A line of words, each with its left edge; letters are five points wide.
    fn line(number: u32, top: f32, words: &[(f32, &str)]) -> Line {
        let mut text = Text::default();
        for (n, (x0, word)) in words.iter().enumerate() {
            let x1 = x0 + 5.0 * word.len() as f32;
            let bbox = Some(BBox { x0: *x0, top, x1, bottom: top + 10.0 });
            text.push_word(
                1,
                number,
                n as u32,
                &Word { text: (*word).into(), bbox, ..Word::default() },
                n == 0,
            );
        }
        Line { text, cells: Vec::new(), block: 0, heading: None }
    }

    fn shown(lines: Vec<Line>) -> String {
        let cells = |l: &Line| l.cells.iter().map(|c| c.as_str().to_owned()).collect::<Vec<_>>().join(" | ");
        let shown = arrange(lines)
            .iter()
            .map(|l| if l.cells.is_empty() { l.text.as_str().to_owned() } else { cells(l) })
            .collect::<Vec<_>>();
        shown.join("\n")
    }

    #[test]
    fn close_cells_wrapped_cells_and_empty_cells_stand_in_their_columns() {
        let table = vec![
            line(
                0,
                0.0,
                &[(50.0, "What"), (73.0, "we"), (86.0, "saw"), (104.0, "on"), (117.0, "the"), (135.0, "day")],
            ),
            line(1, 20.0, &[(52.0, "Area")]),
            line(2, 20.0, &[(120.0, "Outcome")]),
            line(3, 20.0, &[(180.0, "Remarks")]),
            // The first two cells are one line of text because they are close.
            line(4, 35.0, &[(52.0, "Safety"), (85.0, "at"), (98.0, "sea"), (120.0, "Good")]),
            line(5, 35.0, &[(180.0, "No"), (193.0, "faults")]),
            line(6, 46.0, &[(180.0, "seen.")]),
            // A cell is empty.
            line(7, 65.0, &[(52.0, "Fire")]),
            line(8, 65.0, &[(180.0, "Not"), (198.0, "looked"), (231.0, "at.")]),
            line(9, 90.0, &[(50.0, "Signed")]),
        ];
        assert_snapshot!(shown(table), @r"
        What we saw on the day
        Area | Outcome | Remarks
        Safety at sea | Good | No faults seen.
        Fire |  | Not looked at.
        Signed
        ");
    }

    #[test]
    fn lines_that_happen_to_stand_beside_each_other_are_no_table() {
        let letterhead = vec![
            line(0, 0.0, &[(50.0, "Harbour"), (88.0, "House")]),
            line(1, 0.0, &[(300.0, "Telephone"), (348.0, "123")]),
            line(2, 20.0, &[(50.0, "Dear"), (73.0, "Ann")]),
        ];
        assert_snapshot!(shown(letterhead), @r"
        Harbour House
        Telephone 123
        Dear Ann
        ");
    }

    #[test]
    fn a_cell_of_several_lines_may_be_drawn_before_the_next() {
        let row = |n: u32, top: f32, first: &str, grade: &str| {
            let mut lines = vec![
                line(
                    n,
                    top,
                    &[(50.0, first), (90.0, "Each"), (113.0, "room"), (136.0, "is"), (149.0, "kept")],
                ),
                line(n + 1, top + 14.0, &[(90.0, "warm"), (113.0, "and"), (131.0, "dry.")]),
                line(n + 2, top, &[(200.0, grade)]),
            ];
            lines.iter_mut().for_each(|l| l.block = n as usize);
            lines
        };
        let mut table = row(0, 0.0, "Rule-1", "Met");
        table.extend(row(3, 40.0, "Rule-2", "Failed"));
        table[2].block = 2;
        table[5].block = 5;
        assert_snapshot!(shown(table), @r"
        Rule-1 | Each room is kept warm and dry. | Met
        Rule-2 | Each room is kept warm and dry. | Failed
        ");
    }
}
