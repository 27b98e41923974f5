//! The outline: lines → blocks with roles.
//!
//! Knows the shape of documents (furniture, headings, paragraphs, lists, tables, footnotes), but not the meaning of
//! their words. Blocks are in content order; every line of the text layer is in exactly one of them.

mod furniture;
mod gaps;
mod group;
mod items;
mod join;
mod marks;
mod notes;
mod numbers;
mod plain;
mod roles;
mod tables;
pub(crate) mod unmarked;

pub(crate) use crate::text::marks::{is_clear_mark, is_mark, paragraph_number};

use crate::cut::Cut;
use std::ops::Range;

use crate::repair::{Repair, is_damaged};
use crate::text::{BBox, LayerKind, Text, TextLayer, TextLine};

/// A document as blocks.
#[derive(Debug, Clone, Default)]
pub struct Outline {
    /// Blocks in content order.
    pub blocks: Vec<Block>,
    /// Font size of most words, in points; 0 for plain text.
    pub body_size: f32,
    /// Where the text came from.
    pub kind: LayerKind,
    /// Number of pages.
    pub pages: u32,
    /// The page on which the document itself begins; a file may have others before it.
    pub first_page: u32,
    /// Whether the text was repaired in many places.
    pub damaged: bool,
    /// Numbers and marks that were lost and that the blocks around them show.
    pub repairs: Vec<Repair>,
    /// The marks of footnotes that are raised in the text, with their pages. They are not in the blocks' text.
    pub raised: Vec<(u32, String)>,
}

/// Lines that belong together.
#[derive(Debug, Clone, Default)]
pub struct Block {
    /// Its role.
    pub role: Role,
    /// Its text without list mark and paragraph number; for a table, of all cells.
    pub text: Text,
    /// The paragraph number that it begins with ("12.").
    pub number: Option<u32>,
    /// Cells by row, for a table.
    pub rows: Vec<Vec<Text>>,
    /// Left edges of the cells of its last row, in points.
    pub(crate) lefts: Vec<f32>,
    /// How it is printed.
    pub style: Style,
    /// The number of words of the text layer in it, including marks and numbers.
    pub words: u32,
    /// The page that it begins on, from 1.
    pub page: u32,
    /// The page that it ends on.
    pub last_page: u32,
    /// The box of its first line.
    pub bbox: Option<BBox>,
    /// The structure element of its lines.
    pub element: Option<u32>,
    /// The list mark that it began with. A space if the mark is lost and only the space after it is left.
    pub mark: Option<char>,
    /// A footnote's mark.
    pub note_mark: Option<String>,
    /// Whether its last line reaches the right edge of the text, as if the text continued.
    pub full_last_line: bool,
    /// Left edge of its last line, in points. In a list item of several lines, this is where the text begins.
    pub text_left: f32,
    /// Whether the PDF's tags call it a list item.
    pub list_item: bool,
    /// The row of a tagged table that it is in, if only one cell of that row has text.
    pub row: Option<u32>,
    /// Whether it is in a cell of a table.
    pub in_table: bool,
    /// Whether it continues at the height of the block before (columns).
    pub same_row: bool,
}

impl Block {
    /// Left edge of a list item's text, in points: that of its last line or, if it has only one, of the word after the
    /// mark.
    pub(crate) fn text_edge(&self) -> f32 {
        match self.text.origins() {
            [first, .., last] if first.line == last.line && first.page == last.page => {
                first.bbox.map_or(self.text_left, |b| b.x0)
            }
            _ => self.text_left,
        }
    }
}

/// The role of a block.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Role {
    /// A heading; 1 is the largest style of heading in the document.
    Heading(u8),
    /// A paragraph.
    #[default]
    Paragraph,
    /// An item of a list; 1 is the top level.
    Bullet(u8),
    /// A table with at least two columns.
    Table,
    /// A footnote.
    Footnote,
    /// Running header or footer, page number, letterhead.
    Furniture,
}

impl Block {
    /// Whether it is part of the text proper: neither furniture nor a footnote.
    pub fn is_content(&self) -> bool {
        !matches!(self.role, Role::Furniture | Role::Footnote)
    }

    /// Whether it is running text whose last line reaches the margin. A short block may be a line of a form, and
    /// doesn't count.
    pub fn is_full(&self) -> bool {
        const PROSE: u32 = 8;
        self.full_last_line && self.words > PROSE
    }

    /// Whether its last line reaches the margin inside a sentence.
    pub fn is_open(&self) -> bool {
        self.is_full() && self.text.as_str().ends_with(|c: char| c.is_alphabetic() || c == ',')
    }

    /// Whether it is running text: content that is not a table.
    pub fn is_prose(&self) -> bool {
        self.is_content() && self.role != Role::Table
    }
}

/// How a block is printed. Headings of the same style have the same level.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub struct Style {
    /// Font size in points, to the nearest half.
    pub size: f32,
    /// Whether all of it is bold.
    pub bold: bool,
    /// Fill colour, sRGB.
    pub color: [u8; 3],
    /// The heading level from the PDF's tags, if they call it a heading.
    pub tagged_heading: Option<u8>,
}

/// A line and its place in the document.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Row<'a> {
    pub page: u32,
    /// Its index in the document, in content order.
    pub number: u32,
    pub line: &'a TextLine,
    /// Size of the page.
    pub width: f32,
    pub height: f32,
}

impl Outline {
    /// Builds the outline of a text layer.
    ///
    /// ```
    /// use findings_core::outline::Outline;
    /// use findings_core::text::plain;
    ///
    /// let outline = Outline::build(&plain::read("What needs to improve\n\n• Plans for children.\n"));
    /// assert_eq!(outline.blocks.last().unwrap().text.as_str(), "Plans for children.");
    /// ```
    pub fn build(layer: &TextLayer) -> Outline {
        let mut rows = Vec::new();
        for page in &layer.pages {
            for line in &page.lines {
                rows.push(Row {
                    page: page.number,
                    number: rows.len() as u32,
                    line,
                    width: page.width,
                    height: page.height,
                });
            }
        }
        let body_size = body_size(&rows);
        let is_furniture = furniture::find(layer, &rows, body_size);
        let is_note = notes::find(layer, &rows, &is_furniture, body_size);
        let mut blocks = group::blocks(layer, &rows, &is_furniture, &is_note);
        roles::assign(&mut blocks, layer.kind, body_size);
        if layer.kind == LayerKind::PlainText {
            plain::give_numbers_back(&mut blocks);
        }
        join::join(&mut blocks);
        let repairs = marks::take(&mut blocks, &rows);
        let of_body = rows.iter().enumerate().filter(|(at, _)| !is_furniture[*at] && !is_note[*at]);
        let raised: Vec<(u32, String)> = of_body.flat_map(|(_, row)| marks::raised(row)).collect();
        marks::part_from_notes(&mut blocks, &raised);
        if layer.kind == LayerKind::Ocr {
            numbers::fill(&mut blocks);
        }
        roles::number_levels(&mut blocks);
        let first_page = layer.pages.iter().find(|p| !p.outside).map_or(1, |p| p.number);
        let pages = layer.pages.len() as u32;
        let damaged = is_damaged(layer);
        Outline { blocks, body_size, kind: layer.kind, pages, first_page, damaged, repairs, raised }
    }

    /// Turns lines inside paragraphs into headings if `heading` accepts their text: in plain text nothing else shows a
    /// heading. `heading` is given one to four consecutive lines, joined.
    pub fn promote(&mut self, heading: impl Fn(&str) -> bool) {
        self.promote_by(heading, |_| false, |_| Vec::new());
    }

    /// Like [`promote`](Self::promote). In addition, `letterhead` accepts lines of a text box, which may interrupt the
    /// text anywhere, and `starts` gives the offsets at which lines begin inside a line that has swallowed them.
    pub fn promote_by(
        &mut self,
        heading: impl Fn(&str) -> bool,
        letterhead: impl Fn(&str) -> bool,
        starts: impl Fn(&str) -> Vec<usize>,
    ) {
        let mut out = Vec::with_capacity(self.blocks.len());
        for block in std::mem::take(&mut self.blocks) {
            let promotable = matches!(block.role, Role::Paragraph | Role::Bullet(_) | Role::Heading(_));
            if !promotable || self.kind != LayerKind::PlainText {
                out.push(block);
                continue;
            }
            for part in plain::without_boxes(block, &letterhead) {
                if part.role == Role::Furniture {
                    out.push(part);
                } else {
                    split_at_headings(part, &heading, &starts, &mut out);
                }
            }
        }
        self.blocks = out;
        join::join(&mut self.blocks);
        if self.kind == LayerKind::PlainText {
            self.repairs.extend(gaps::restore(&mut self.blocks, &heading));
            if self.damaged {
                self.repairs.extend(unmarked::restore(&mut self.blocks));
            }
        }
    }
}

fn split_at_headings(
    block: Block,
    heading: &impl Fn(&str) -> bool,
    starts: &impl Fn(&str) -> Vec<usize>,
    out: &mut Vec<Block>,
) {
    let mut lines: Vec<Text> = Vec::new();
    // Lines that were swallowed by another line don't continue its paragraph.
    let mut cuts: Vec<usize> = Vec::new();
    for line in block.text.lines() {
        for (n, piece) in plain::cut_at(line, starts).into_iter().enumerate() {
            cuts.extend((n > 0).then_some(lines.len()));
            lines.extend(plain::cut_at_headings(piece, heading));
        }
    }
    let before = out.len();
    let mut rest = 0..0;
    // Only what is above a heading belongs to the block's own item.
    let close = |rest: &Range<usize>, out: &mut Vec<Block>| {
        if !rest.is_empty() {
            let first = out.len() == before;
            let role = if first { block.role } else { Role::Paragraph };
            out.push(part(&block, &lines[rest.clone()], role, first));
        }
    };
    while rest.end < lines.len() {
        let at = rest.end;
        if cuts.contains(&at) {
            close(&rest, out);
            rest = at..at;
        }
        let next_cut = cuts.iter().find(|cut| **cut > at).copied().unwrap_or(lines.len());
        match heading_lines(&lines, at, next_cut, heading) {
            Some(n) => {
                close(&rest, out);
                out.push(part(&block, lines.part(at..at + n), Role::Heading(1), out.len() == before));
                rest = at + n..at + n;
            }
            None => rest.end += 1,
        }
    }
    if out.len() == before {
        out.push(block);
    } else {
        close(&rest, out);
    }
}

/// The number of lines of the heading that begins at `at`, if one does: at most four, and none past `end`.
fn heading_lines(lines: &[Text], at: usize, end: usize, heading: &impl Fn(&str) -> bool) -> Option<usize> {
    const LINES: usize = 4;
    const CHARACTERS: usize = 300;
    const TITLE: usize = 8;
    (1..=LINES.min(end - at)).rev().find(|n| {
        let joined = Text::join(lines.part(at..at + n), " ");
        // "… early help. The local authority / and police are aware …"
        let lower = lines.get(at + n).is_some_and(|l| l.as_str().starts_with(char::is_lowercase));
        let long_at_top =
            at > 0 && lines[at - 1].page() != lines[at].page() && joined.origins().len() > TITLE;
        let inside = at > 0 && lower && !joined.as_str().ends_with(['?', ':']) && !long_at_top;
        joined.as_str().len() < CHARACTERS && !inside && heading(joined.as_str())
    })
}

/// Some lines of a block as a new block. The first part also gets the mark and the number, and counts their words.
fn part(block: &Block, lines: &[Text], role: Role, first: bool) -> Block {
    let text = Text::join(lines, " ");
    let own: u32 = lines.iter().map(|t| t.origins().len() as u32).sum();
    let extra = if first { block.words - block.text.origins().len() as u32 } else { 0 };
    Block {
        role,
        words: own + extra,
        page: text.page(),
        last_page: text.origins().last().map_or(block.last_page, |o| o.page),
        text,
        number: block.number.filter(|_| first),
        mark: block.mark.filter(|_| first),
        ..block.clone()
    }
}

/// The size of most words.
fn body_size(rows: &[Row]) -> f32 {
    let mut by_size: Vec<(f32, usize)> = Vec::new();
    for row in rows {
        let size = half(row.line.size);
        match by_size.iter_mut().find(|(s, _)| *s == size) {
            Some((_, n)) => *n += row.line.words.len(),
            None => by_size.push((size, row.line.words.len())),
        }
    }
    by_size.into_iter().max_by_key(|(_, n)| *n).map_or(0.0, |(s, _)| s)
}

/// Rounds to half a point.
fn half(size: f32) -> f32 {
    (size * 2.0).round() / 2.0
}

/// Stands for a list mark that is lost.
pub(crate) const LOST_MARK: char = ' ';
