//! A document as format files describe it: lines and rows, in content order, without running lines.

use std::cell::{OnceCell, RefCell};
use std::collections::HashSet;
use std::ops::Range;

use findings_core::grammar::label::{find_label, is_label, label};
use findings_core::outline::{Block, Outline, Role};
use findings_core::plugin::Document;
use findings_core::text::{LayerKind, Text, TextLayer, TextLine, place_in};

use super::boxes::{self, Printed};
use super::plain::Known;
use super::{columns, groups, plain};

use crate::model::{FormatFile, Phrases};

/// A line of text, a heading, or a row of a table.
#[derive(Debug, Clone)]
pub(crate) struct Line {
    pub text: Text,
    /// The cells of a row; empty for a line.
    pub cells: Vec<Text>,
    /// The block of the outline.
    pub block: usize,
    /// The rank of a heading.
    pub heading: Option<u8>,
}

/// The lines of a document.
#[derive(Debug)]
pub(crate) struct View<'d> {
    pub doc: &'d Outline,
    layer: &'d TextLayer,
    pub lines: Vec<Line>,
    printed: OnceCell<Vec<Printed>>,
    /// Numbers of the lines that boxes were read from.
    boxed: RefCell<HashSet<u32>>,
    /// Numbers of the lines that fields were read from, including their labels.
    taken: RefCell<HashSet<u32>>,
}

impl<'d> View<'d> {
    /// The lines of a document; `known` is what identifies cells that are too close to tell apart.
    pub fn of(document: &'d Document, known: Known) -> View<'d> {
        let doc = &document.outline;
        let is_plain = document.layer.kind == LayerKind::PlainText;
        let mut lines = Vec::new();
        for (block, b) in doc.blocks.iter().enumerate() {
            let line = |text, cells, heading| Line { text, cells, block, heading };
            match b.role {
                Role::Furniture | Role::Footnote => {}
                Role::Heading(rank) if !is_plain => lines.push(line(b.text.clone(), Vec::new(), Some(rank))),
                _ if !b.rows.is_empty() => {
                    let rows = b.rows.iter().flat_map(|row| printed_rows(row));
                    lines.extend(rows.map(|r| line(Text::join(&r, " "), r, None)));
                }
                role => {
                    let rank = if let Role::Heading(rank) = role { Some(rank) } else { None };
                    let printed = b.text.lines().into_iter().enumerate();
                    // A label and the value below it may look like a single heading.
                    lines.extend(printed.map(|(n, t)| line(t, Vec::new(), rank.filter(|_| n == 0))));
                }
            }
        }
        if is_plain {
            lines = plain::arrange(lines, &document.layer, known);
        } else {
            lines = groups::parted(columns::arrange(lines), &document.layer);
        }
        lines.iter_mut().filter(|l| l.cells.is_empty()).for_each(|l| l.cells = at_leader(&l.text));
        View {
            doc,
            layer: &document.layer,
            lines,
            printed: OnceCell::new(),
            boxed: RefCell::default(),
            taken: RefCell::default(),
        }
    }

    /// The lines of a section found by one of its headings, including the heading.
    fn section(&self, file: &FormatFile, heading: &str) -> Option<Range<usize>> {
        let section = file.sections.iter().find(|s| s.heading.iter().any(|h| h == heading))?;
        let heads = |i: usize, phrases| {
            self.lines[i].heading.is_some() && is_any(self.lines[i].text.as_str(), phrases)
        };
        let from = (0..self.lines.len()).find(|i| heads(*i, &section.heading))?;
        let ends = |i: &usize| file.sections.iter().any(|s| heads(*i, &s.heading));
        Some(from..(from + 1..self.lines.len()).find(ends).unwrap_or(self.lines.len()))
    }

    /// Whether a line of plain text is directly below another, without a blank line between them.
    pub fn is_right_below(&self, above: &Line, line: &Line) -> bool {
        let number = |text: &Text, last: bool| {
            let origins = text.origins();
            if last { origins.last() } else { origins.first() }.map(|o| o.line as usize)
        };
        let (Some(above), Some(below)) = (number(&above.text, true), number(&line.text, false)) else {
            return false;
        };
        let printed = self.printed_line(below);
        let plain = self.layer.kind == LayerKind::PlainText;
        plain && below == above + 1 && printed.is_some_and(|line| !line.blank_before)
    }

    /// How far the line on which a text begins is indented, in plain text.
    pub fn indent(&self, text: &Text) -> Option<u16> {
        let number = text.origins().first()?.line as usize;
        self.printed_line(number).map(|line| line.column)
    }

    /// A line of the text layer by its number in the document.
    fn printed_line(&self, mut number: usize) -> Option<&TextLine> {
        for page in &self.layer.pages {
            match page.lines.get(number) {
                Some(line) => return Some(line),
                None => number -= page.lines.len(),
            }
        }
        None
    }

    /// The lines with their positions on the pages.
    pub fn printed(&self) -> &[Printed] {
        self.printed.get_or_init(|| boxes::printed(self.layer))
    }

    /// The entry of a box. Marks its label and lines as read, even if every page has them.
    pub fn in_box(&self, label: &Text, below: &[&Text]) -> Text {
        let lines =
            std::iter::once(&label).chain(below).flat_map(|text| text.origins().iter().map(|o| o.line));
        self.boxed.borrow_mut().extend(lines);
        Text::join(below.iter().copied(), " ")
    }

    /// Whether all of a block was read as part of boxes.
    pub fn is_boxed(&self, block: &Block) -> bool {
        let boxed = self.boxed.borrow();
        !block.text.is_empty() && block.text.origins().iter().all(|o| boxed.contains(&o.line))
    }

    /// Marks a text as the label or value of a field.
    pub fn take(&self, text: &Text) {
        self.taken.borrow_mut().extend(text.origins().iter().map(|o| o.line));
    }

    /// The lines of a block that no field was read from.
    pub fn not_taken(&self, block: &Block) -> Vec<Text> {
        let taken = self.taken.borrow();
        let is_free = |line: &Text| !line.origins().iter().all(|o| taken.contains(&o.line));
        block.text.lines().into_iter().filter(is_free).collect()
    }

    /// The lines of a named region, or all lines; none if the document has no such region.
    pub fn region(&self, file: &FormatFile, name: Option<&str>) -> Option<Range<usize>> {
        let all = 0..self.lines.len();
        let Some(name) = name else { return Some(all) };
        let Some(region) = file.regions.iter().find(|r| r.name == name) else {
            return self.section(file, name);
        };
        let from = match region.from.is_empty() {
            true => 0,
            false => all.clone().find(|i| begins(self.lines[*i].text.as_str(), &region.from).is_some())?,
        };
        let to = (from + 1..all.end).find(|i| begins(self.lines[*i].text.as_str(), &region.to).is_some());
        Some(from..to.unwrap_or(all.end))
    }
}

/// Whether only its size makes a sentence or an introduction a heading: where tables and notes are in smaller print than the text.
fn is_text(block: &Block) -> bool {
    const LABEL: u32 = 2;
    matches!(block.role, Role::Heading(_))
        && !block.style.bold
        && block.style.tagged_heading.is_none()
        && block.words > LABEL
        && block.text.as_str().ends_with(['.', ':'])
}

/// The outline with such headings as paragraphs; none if it has none.
pub(crate) fn settled(outline: &Outline) -> Option<Outline> {
    outline.blocks.iter().any(is_text).then(|| {
        let mut outline = outline.clone();
        outline.blocks.iter_mut().filter(|b| is_text(b)).for_each(|b| b.role = Role::Paragraph);
        outline
    })
}

/// The cells of a line whose value follows a dot leader ("Works ........ Upper Mill"); empty for other lines.
fn at_leader(line: &Text) -> Vec<Text> {
    const DOTS: usize = 4;
    let s = line.as_str();
    let is_dots = |word: &&str| word.len() >= DOTS && word.bytes().all(|b| b == b'.');
    let Some(dots) = s.split_whitespace().find(is_dots) else { return Vec::new() };
    let range = line.range_of(dots);
    let cells = [line.slice(0..range.start), line.slice(range.end..s.len())];
    if cells.iter().any(Text::is_empty) { Vec::new() } else { cells.to_vec() }
}

/// Splits what was taken for one row but is several: all cells have the same number of lines, which are beside each other. In plain
/// text nothing else distinguishes these cases.
fn printed_rows(row: &[Text]) -> Vec<Vec<Text>> {
    let cells: Vec<Vec<Text>> = row.iter().map(Text::lines).collect();
    let number = |line: &Text| line.origins().first().map(|o| o.line);
    let count = cells.first().map_or(0, Vec::len);
    let beside =
        |n: usize| cells.windows(2).all(|two| number(&two[1][n]) == number(&two[0][n]).map(|l| l + 1));
    let plain = row.iter().flat_map(Text::origins).all(|o| o.bbox.is_none());
    if !plain
        || cells.len() < 2
        || count < 2
        || cells.iter().any(|c| c.len() != count)
        || !(0..count).all(beside)
    {
        return if plain { labelled_rows(row, &cells) } else { vec![row.to_vec()] };
    }
    (0..count).map(|n| cells.iter().map(|cell| cell[n].clone()).collect()).collect()
}

/// A row of plain text split below each label that ends in a colon: "Action: | Mend the gate, | Due: | 4 May" on the lines of two cells.
fn labelled_rows(row: &[Text], cells: &[Vec<Text>]) -> Vec<Vec<Text>> {
    let number = |line: &Text| line.origins().first().map(|o| o.line);
    let first = cells.first().map(Vec::as_slice).unwrap_or_default();
    let begins =
        first.windows(2).filter(|two| two[0].as_str().ends_with(':')).filter_map(|two| number(&two[1]));
    let starts: Vec<u32> = std::iter::once(0).chain(begins).collect();
    if starts.len() < 2 || cells.len() < 2 {
        return vec![row.to_vec()];
    }
    let ends = starts[1..].iter().copied().chain([u32::MAX]);
    let own = |from: u32, to: u32| {
        let within = move |line: &&Text| number(line).is_some_and(|n| (from..to).contains(&n));
        cells.iter().map(|cell| Text::join(cell.iter().filter(within), " ")).collect()
    };
    starts.iter().zip(ends).map(|(from, to)| own(*from, to)).collect()
}

/// Where a phrase ends that a text begins with.
pub(super) fn begins(text: &str, phrases: &Phrases) -> Option<usize> {
    let ends = phrases.iter().filter_map(|p| label(p)(text).ok());
    ends.map(|(rest, _)| text.len() - rest.len()).max()
}

/// Whether a text is one of the phrases and nothing else.
pub(crate) fn is_any<'p>(text: &str, phrases: impl IntoIterator<Item = &'p String>) -> bool {
    phrases.into_iter().any(|p| is_label(text, p.trim_end_matches(':')))
}

/// The range of one of the phrases in a text: at its start, or anywhere if the phrase ends like a label ("License #:").
pub(super) fn labelled(text: &str, phrases: &[String]) -> Option<Range<usize>> {
    let range = |phrase: &String| {
        if let Ok((rest, _)) = label(phrase)(text) {
            return Some(0..text.len() - rest.len());
        }
        place_in(text, find_label(text, phrase).filter(|_| phrase.ends_with([':', '#']))?)
    };
    phrases.iter().filter_map(range).min_by_key(|r| (r.start, usize::MAX - r.end))
}
