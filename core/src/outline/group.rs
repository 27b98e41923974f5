//! Groups lines into blocks: by structure element if there is one, otherwise by space, style and list marks.

use super::{Block, LOST_MARK, Role, Row, Style, half, items::starts_item, notes, plain, tables};
use crate::cut::Cut;
use crate::text::{ElementRole, LayerKind, Text, TextLayer, TextLine};

/// The space between lines that separates paragraphs, in font sizes.
const PARAGRAPH_GAP: f32 = 0.6;
/// The space between lines that an empty line leaves, in font sizes.
const EMPTY_LINE: f32 = 1.0;
/// How far from the right edge a line may end and still count as full, as a share of the page width.
const FULL_LINE: f32 = 0.14;

/// What all lines of a document say about a single one: how wide the text is, and how lists look.
#[derive(Default)]
struct Shape {
    /// For a PDF: the right edge of the text on each page, in points.
    right: Vec<f32>,
    /// For a PDF: the space between the lines of an element, in font sizes.
    usual_gap: f32,
    /// For plain text: the length of full lines, in characters.
    full: f32,
    /// For plain text: columns in which list items begin that have lost their marks.
    lost_marks: Vec<u16>,
    /// For plain text: whether list items have a blank line after their first line.
    first_lines_apart: bool,
}

impl Shape {
    fn loses_mark(&self, line: &TextLine) -> bool {
        plain::loses_mark(line, &self.lost_marks)
    }
}

/// Blocks in content order.
pub(super) fn blocks(layer: &TextLayer, rows: &[Row], furniture: &[bool], notes: &[bool]) -> Vec<Block> {
    let shape = match layer.kind {
        LayerKind::PlainText => {
            let full = plain::width(rows);
            let first_lines_apart = plain::first_lines_apart(rows, full);
            Shape { full, lost_marks: plain::lost_marks(rows), first_lines_apart, ..Shape::default() }
        }
        _ => Shape {
            right: right_edges(layer, rows, furniture),
            usual_gap: usual_gap(rows),
            ..Shape::default()
        },
    };
    let mut groups =
        Groups { layer, rows, furniture, notes, shape, out: Vec::new(), body: Vec::new(), note: Vec::new() };
    let mut at = 0;
    while at < rows.len() {
        at = groups.take(at);
    }
    groups.close_note();
    groups.close_body();
    groups.out
}

/// The state of grouping: lines that have not become blocks yet.
struct Groups<'a> {
    layer: &'a TextLayer,
    rows: &'a [Row<'a>],
    furniture: &'a [bool],
    notes: &'a [bool],
    shape: Shape,
    out: Vec<Block>,
    /// The open paragraph. Notes and furniture may interrupt its lines, so each has its own open block.
    body: Vec<Row<'a>>,
    /// The open note.
    note: Vec<Row<'a>>,
}

impl<'a> Groups<'a> {
    /// Takes the line at this index, or the table that begins there, and returns the index of the next line.
    fn take(&mut self, at: usize) -> usize {
        if self.take_aside(at) {
            return at + 1;
        }
        self.close_note();
        if let Some(next) = self.tagged_table(at).or_else(|| self.table_by_places(at)) {
            return next;
        }
        let row = self.rows[at];
        if self.body.last().is_some_and(|last| divides(self.layer, &self.body, last, &row, &self.shape)) {
            self.close_body();
        }
        if let Some(next) = self.table_by_columns(at) {
            return next;
        }
        self.body.push(row);
        at + 1
    }

    /// Takes a line of the furniture, or of a note.
    fn take_aside(&mut self, at: usize) -> bool {
        let row = self.rows[at];
        if self.furniture[at] {
            self.out.push(self.block(&[row], Role::Furniture));
        } else if self.notes[at] {
            if notes::begins_note(&row)
                || self.note.first().is_some_and(|open| notes::is_next_mark(open, &row))
            {
                self.close_note();
            }
            self.note.push(row);
        }
        self.furniture[at] || self.notes[at]
    }

    /// A table marked by the PDF's structure.
    fn tagged_table(&mut self, at: usize) -> Option<usize> {
        let table_of = |row: &Row| self.layer.ancestor(row.line.element, |r| r == ElementRole::Table);
        let outermost = outermost_table(self.layer, Some(table_of(&self.rows[at])?));
        self.close_body();
        let mut lines: Vec<Row<'a>> = Vec::new();
        let mut next = at;
        while next < self.rows.len() {
            if !self.take_aside(next) {
                let row = self.rows[next];
                let table = self.layer.ancestor(row.line.element, |r| r == ElementRole::Table);
                if outermost_table(self.layer, table) != outermost {
                    break;
                }
                lines.push(row);
            }
            next += 1;
        }
        let (layer, shape) = (self.layer, &self.shape);
        tables::tagged(
            layer,
            &lines,
            &mut self.out,
            |rows| block_of(rows, layer, shape, Role::Paragraph),
            |rows, out| flow(rows, out, layer, shape),
        );
        Some(next)
    }

    /// A table recognised by the positions of its words.
    fn table_by_places(&mut self, at: usize) -> Option<usize> {
        let taken =
            tables::untagged(self.layer, self.rows.tail(at), self.furniture.tail(at), self.notes.tail(at))?;
        self.close_body();
        let table =
            tables::geometric(self.rows.part(at..at + taken), |rows| self.block(rows, Role::Paragraph));
        self.out.push(table);
        Some(at + taken)
    }

    /// A table recognised by its columns in plain text.
    fn table_by_columns(&mut self, at: usize) -> Option<usize> {
        if !self.body.is_empty() || self.layer.kind != LayerKind::PlainText {
            return None;
        }
        let title = usize::from(plain::is_title_over_table(self.rows.tail(at)));
        let from = at + title;
        let (table, taken) = plain::table(self.rows.tail(from), self.furniture.tail(from))?;
        if title > 0 {
            let title = self.block(self.rows.part(at..from), Role::Paragraph);
            self.out.push(title);
        }
        let cell = |lines: Vec<Row>| match lines.as_slice() {
            [] => Block::default(),
            lines => self.block(lines, Role::Paragraph),
        };
        let table = tables::of_cells(table.into_iter().map(|r| r.map(cell).into()).collect());
        self.out.push(table);
        Some(from + taken)
    }

    fn block(&self, rows: &[Row], role: Role) -> Block {
        block_of(rows, self.layer, &self.shape, role)
    }

    fn close_note(&mut self) {
        close(&mut self.note, &mut self.out, self.layer, &self.shape, Role::Footnote);
    }

    fn close_body(&mut self) {
        close(&mut self.body, &mut self.out, self.layer, &self.shape, Role::Paragraph);
    }
}

/// Blocks of lines that are known to be body text.
fn flow(rows: &[Row], out: &mut Vec<Block>, layer: &TextLayer, shape: &Shape) {
    let mut body: Vec<Row> = Vec::new();
    for row in rows {
        if body.last().is_some_and(|last| divides(layer, &body, last, row, shape)) {
            close(&mut body, out, layer, shape, Role::Paragraph);
        }
        body.push(*row);
    }
    let from = out.len();
    close(&mut body, out, layer, shape, Role::Paragraph);
    for b in &mut out[from..] {
        b.in_table = true;
    }
}

fn outermost_table(layer: &TextLayer, mut table: Option<u32>) -> Option<u32> {
    while let Some(t) = table {
        match layer.ancestor(layer.elements[t as usize].parent, |r| r == ElementRole::Table) {
            Some(outer) => table = Some(outer),
            None => break,
        }
    }
    table
}

fn close(rows: &mut Vec<Row>, out: &mut Vec<Block>, layer: &TextLayer, shape: &Shape, role: Role) {
    if !rows.is_empty() {
        out.push(block_of(rows, layer, shape, role));
        rows.clear();
    }
}

/// Right edge of the text of each page.
fn right_edges(layer: &TextLayer, rows: &[Row], furniture: &[bool]) -> Vec<f32> {
    let last = layer.pages.iter().map(|p| p.number as usize).max().unwrap_or(0);
    let mut right = vec![0f32; last + 1];
    for (row, furniture) in rows.iter().zip(furniture) {
        if let (false, Some(b)) = (*furniture, row.line.bbox) {
            let edge = &mut right[row.page as usize];
            *edge = edge.max(b.x1);
        }
    }
    right
}

/// Whether a line ends so early that the paragraph's next word would have fitted on it.
fn is_short(row: &Row, shape: &Shape) -> bool {
    row.line.bbox.is_some_and(|b| b.x1 < shape.right[row.page as usize] - FULL_LINE * row.width)
}

/// Whether a block ends between two lines.
fn divides(layer: &TextLayer, open: &[Row], last: &Row, next: &Row, shape: &Shape) -> bool {
    if starts_item(next, last) {
        return true;
    }
    if layer.kind == LayerKind::PlainText {
        let first_apart =
            || shape.first_lines_apart && open.len() == 1 && plain::is_full_item(last, next, shape.full);
        return next.line.blank_before && !first_apart()
            || last.page != next.page
            || plain::ends_paragraph(last, next, shape.full)
            || shape.loses_mark(next.line)
            || plain::outdented(last, next);
    }
    let (a, b) = (last.line, next.line);
    // On a recognised page, a drawn line.
    if b.blank_before {
        return true;
    }
    if layer.kind == LayerKind::Ocr {
        if is_rest(last, next) {
            return false;
        }
        // The space between lines was measured, and may be lost on a skewed page.
        let ended = a.words.last().is_some_and(|w| w.text.ends_with(['.', '?', '!']));
        let begins = b.words.first().is_some_and(|w| w.text.starts_with(char::is_uppercase));
        if ended && begins && is_short(last, shape) {
            return true;
        }
    }
    let restyled = a.bold != b.bold || (a.size - b.size).abs() > 0.8;
    if a.element.is_some() || b.element.is_some() {
        if a.element != b.element {
            return true;
        }
        // A heading and its text, or paragraphs, in one element: divided by line breaks.
        return restyled && is_short(last, shape) && all_bold(open) != b.bold
            || is_after_empty_line(last, next, shape);
    }
    if last.page != next.page || restyled {
        return true;
    }
    let (Some(x), Some(y)) = (a.bbox, b.bbox) else { return false };
    let gap = y.top - x.bottom;
    gap > PARAGRAPH_GAP * b.size || (gap < -0.5 * b.size && !b.same_row)
}

/// Whether a line begins a paragraph after an empty line, which some programs make of two line breaks within one element.
fn is_after_empty_line(last: &Row, next: &Row, shape: &Shape) -> bool {
    let ends = last.line.words.last().is_some_and(|w| w.text.ends_with(['.', '?', '!']));
    let begins = next.line.words.first().is_some_and(|w| w.text.starts_with(char::is_uppercase));
    // Where all lines are set so far apart, none of them are empty.
    let wide = EMPTY_LINE.max(2.0 * shape.usual_gap);
    ends && begins && has_room(last, next, shape) && gap(last, next).is_some_and(|gap| gap > wide)
}

/// Whether the first word of the next line would have fitted on the last.
fn has_room(last: &Row, next: &Row, shape: &Shape) -> bool {
    let word = next.line.words.first().and_then(|w| w.bbox).map_or(0.0, |b| b.x1 - b.x0);
    let end = last.line.bbox.map_or(0.0, |b| b.x1);
    end + 0.3 * last.line.size + word < shape.right[last.page as usize]
}

/// The space between two lines of a page, in font sizes.
fn gap(upper: &Row, lower: &Row) -> Option<f32> {
    let (a, b) = (upper.line.bbox?, lower.line.bbox?);
    (upper.page == lower.page).then_some((b.top - a.bottom) / lower.line.size.max(1.0))
}

/// The space that most lines of one element have between them, in font sizes.
fn usual_gap(rows: &[Row]) -> f32 {
    let same = |pair: &&[Row]| pair[0].line.element.is_some() && pair[0].line.element == pair[1].line.element;
    let mut gaps: Vec<f32> =
        rows.windows(2).filter(same).filter_map(|pair| gap(&pair[0], &pair[1])).collect();
    gaps.sort_unstable_by(f32::total_cmp);
    gaps.get(gaps.len() / 2).copied().unwrap_or_default()
}

/// Whether a recognised line is the last word or two of the line above. Without tall letters it seems smaller and
/// further away.
fn is_rest(last: &Row, next: &Row) -> bool {
    let (Some(a), Some(b)) = (last.line.bbox, next.line.bbox) else { return false };
    let words = &next.line.words;
    let small = words.len() <= REST && words.first().is_some_and(|w| w.text.starts_with(char::is_lowercase));
    let goes_on = !last.line.words.last().is_some_and(|w| w.text.ends_with(['.', ':', '?', '!']));
    let near = last.page == next.page && b.top > a.top && b.top - a.bottom < last.line.size;
    small && goes_on && near && (b.x0 - a.x0).abs() < 2.0 * last.line.size
}

/// The remainder of a line has no more words than this.
const REST: usize = 2;

fn all_bold(rows: &[Row]) -> bool {
    rows.iter().all(|r| r.line.bold)
}

/// Makes a block of some lines; its role is decided later.
fn block_of(rows: &[Row], layer: &TextLayer, shape: &Shape, role: Role) -> Block {
    let text = Text::with_room_for(rows.iter().map(|row| row.line));
    let mut block = Block { role, text, ..Block::default() };
    let mut note_mark = None;
    for (at, row) in rows.iter().enumerate() {
        block.words += row.line.words.len() as u32;
        if role == Role::Footnote && note_mark.is_none() {
            note_mark = notes::mark(row, at == 0 && rows.len() > 1).map(str::to_owned);
            if note_mark.is_some() && row.line.words.len() == 1 {
                continue;
            }
        }
        block.text.push_line(row.page, row.number, row.line);
    }
    let (first, last) = (rows[0], rows[rows.len() - 1]);
    block.page = first.page;
    block.last_page = last.page;
    block.bbox = first.line.bbox;
    block.element = first.line.element;
    block.same_row = first.line.same_row;
    block.note_mark = note_mark;
    block.full_last_line = !is_short(&last, shape);
    block.text_left = last.line.bbox.map_or(0.0, |b| b.x0);
    block.row = layer.ancestor(first.line.element, |r| r == ElementRole::TR);
    block.list_item = layer.ancestor(first.line.element, |r| r == ElementRole::LI).is_some();
    if shape.loses_mark(first.line) {
        block.mark = Some(LOST_MARK);
    }
    let tagged = layer.ancestor(first.line.element, |r| matches!(r, ElementRole::H(_)));
    block.style = Style {
        size: half(first.line.size),
        bold: rows.iter().all(|r| r.line.bold),
        color: first.line.color,
        tagged_heading: tagged.and_then(|e| match layer.elements[e as usize].role {
            ElementRole::H(n) => Some(n),
            _ => None,
        }),
    };
    block
}

#[cfg(test)]
mod tests {
    use crate::outline::Outline;
    use crate::text::{BBox, Element, ElementRole, LayerKind, Page, TextLayer, TextLine, Word};

    /// The blocks of lines in one tagged paragraph: each with the right edge and the space above it, in points.
    fn blocks(lines: &[(&str, f32, f32)]) -> Vec<String> {
        let mut bottom = 100.0;
        let mut line = |&(text, x1, space): &(&str, f32, f32)| {
            let bbox = Some(BBox { x0: 70.0, top: bottom + space, x1, bottom: bottom + space + 12.0 });
            bottom += space + 12.0;
            let words = text.split(' ').map(|w| Word { text: w.into(), ..Word::default() }).collect();
            TextLine { words, bbox, size: 12.0, element: Some(0), ..TextLine::default() }
        };
        let lines = lines.iter().map(&mut line).collect();
        let layer = TextLayer {
            kind: LayerKind::Native,
            pages: vec![Page { number: 1, width: 595.0, height: 842.0, lines, ..Page::default() }],
            elements: vec![Element { role: ElementRole::P, parent: None }],
            ..TextLayer::default()
        };
        Outline::build(&layer).blocks.iter().map(|b| b.text.as_str().to_owned()).collect()
    }

    #[test]
    fn an_empty_line_in_one_element_divides_paragraphs() {
        let print = |space, wide| {
            blocks(&[
                ("Plans are made with families and they", 520.0, 2.4),
                ("are read by all of those who are there", 500.0, space),
                ("to help.", 130.0, space),
                ("Visits are made in good time.", 440.0, wide),
                ("Reviews are late and they are not well", 510.0, wide),
                ("kept.", 100.0, space),
            ])
        };
        assert_eq!(print(2.4, 16.8).len(), 3);
        assert_eq!(print(2.4, 6.0).len(), 1, "a little more space divides nothing");
        assert_eq!(print(16.8, 16.8).len(), 1, "all lines are set apart");
        let lost = [
            ("Plans are made with families and they", 520.0, 2.4),
            ("are read by all of those there. Visits are kept.", 519.0, 2.4),
            ("Reviews are late, and some are lost.", 300.0, 16.8),
        ];
        assert_eq!(blocks(&lost).len(), 1, "a line between full lines was lost");
        let goes_on = [
            ("Plans are made with families and", 520.0, 2.4),
            ("they are read by", 200.0, 2.4),
            ("all of those who help.", 200.0, 16.8),
        ];
        assert_eq!(blocks(&goes_on).len(), 1, "a sentence goes on");
    }
}
