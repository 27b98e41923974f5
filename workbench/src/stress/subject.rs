//! The document that is damaged: its text, what was read of it, and where that stands.

use findings_core::outline::{Block, Outline, Role};
use findings_core::pipeline::Opened;
use findings_core::text::{LayerKind, TextLayer, TextLine};
use serde_json::Value;

use crate::chance::Chance;

/// A line by its page and its place there.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct At {
    /// Index of the page.
    pub page: usize,
    /// Index of the line in its page.
    pub line: usize,
}

/// A document before it is damaged.
pub(super) struct Subject<'a> {
    /// Its text and facts.
    pub opened: &'a Opened,
    /// What was read of it.
    pub record: &'a Value,
    /// Its blocks.
    pub blocks: Vec<Lines>,
    /// Lines that values were read from, those of the body's paragraphs left out.
    pub value_lines: Vec<At>,
    /// Size of most of its text.
    pub body_size: f32,
}

/// A block and the lines that it is made of.
pub(super) struct Lines {
    /// The block.
    pub block: Block,
    /// Its lines, in content order.
    pub lines: Vec<At>,
}

impl Lines {
    /// The lines, where all stand on one page and none of another block between them.
    pub fn together(&self) -> Option<&[At]> {
        let (first, last) = (self.lines.first()?, self.lines.last()?);
        let run = first.page == last.page && last.line - first.line + 1 == self.lines.len();
        run.then_some(&self.lines)
    }

    /// Whether it is the body's or the front's, and no furniture.
    pub fn is_text(&self) -> bool {
        self.block.role != Role::Furniture && !self.lines.is_empty()
    }
}

impl<'a> Subject<'a> {
    /// The document of a reading.
    pub fn new(opened: &'a Opened, record: &'a Value) -> Self {
        let outline = Outline::build(&opened.layer);
        let numbered: Vec<At> = (opened.layer.pages.iter().enumerate())
            .flat_map(|(page, p)| (0..p.lines.len()).map(move |line| At { page, line }))
            .collect();
        let body_size = outline.body_size;
        let lines_of = |block: &Block| {
            let mut lines: Vec<At> = (block.text.origins().iter())
                .filter_map(|o| numbered.get(o.line as usize).copied())
                .collect();
            lines.sort_unstable();
            lines.dedup();
            lines
        };
        let blocks: Vec<Lines> =
            outline.blocks.into_iter().map(|block| Lines { lines: lines_of(&block), block }).collect();
        let value_lines = value_lines(&opened.layer, record);
        Self { opened, record, blocks, value_lines, body_size }
    }

    /// The text.
    pub fn layer(&self) -> &TextLayer {
        &self.opened.layer
    }

    /// A line of it.
    pub fn line(&self, at: At) -> Option<&TextLine> {
        line(self.layer(), at)
    }

    /// Whether the lines have places on the page.
    pub fn has_boxes(&self) -> bool {
        self.layer().kind != LayerKind::PlainText
    }

    /// Any line of the text that is no furniture: every other time one that a value was read from, of which there are
    /// few among those of the body.
    pub fn any_line(&self, chance: &mut Chance) -> Option<At> {
        if chance.below(2) == 0
            && let Some(at) = chance.one(&self.value_lines)
        {
            return Some(*at);
        }
        let text: Vec<At> =
            self.blocks.iter().filter(|b| b.is_text()).flat_map(|b| b.lines.clone()).collect();
        chance.one(&text).copied()
    }

    /// Any block that `fits`: every other time one that values were read from.
    pub fn any_block(&self, chance: &mut Chance, fits: impl Fn(&Lines) -> bool) -> Option<usize> {
        let all: Vec<usize> =
            (0..self.blocks.len()).filter(|i| self.blocks[*i].is_text() && fits(&self.blocks[*i])).collect();
        let of_values = |i: &usize| self.blocks[*i].lines.iter().any(|l| self.value_lines.contains(l));
        let some: Vec<usize> = all.iter().copied().filter(of_values).collect();
        if chance.below(2) == 0 && !some.is_empty() {
            return chance.one(&some).copied();
        }
        chance.one(&all).copied()
    }
}

/// A line of a text.
pub(super) fn line(layer: &TextLayer, at: At) -> Option<&TextLine> {
    layer.pages.get(at.page)?.lines.get(at.line)
}

/// The lines that the evidence of values names. What the body's blocks say for themselves is left out.
fn value_lines(layer: &TextLayer, record: &Value) -> Vec<At> {
    let evidence = record.get("evidence").and_then(Value::as_object).into_iter().flatten();
    let mut lines: Vec<At> = evidence
        .filter(|(pointer, _)| !pointer.contains("/blocks"))
        .flat_map(|(_, e)| lines_of_evidence(layer, e))
        .collect();
    lines.sort_unstable();
    lines.dedup();
    lines
}

/// The lines that a value's evidence names.
pub(super) fn lines_of_evidence(layer: &TextLayer, evidence: &Value) -> Vec<At> {
    let quote = evidence.get("quote").and_then(Value::as_str).unwrap_or_default();
    let spans = evidence.get("spans").and_then(Value::as_array).into_iter().flatten();
    spans
        .flat_map(|span| {
            let number = span.get("page").and_then(Value::as_u64).unwrap_or_default();
            let bbox = span.get("bbox").and_then(bbox);
            let page = layer.pages.iter().position(|p| u64::from(p.number) == number);
            page.map(|page| lines_at(layer, page, bbox, quote)).unwrap_or_default()
        })
        .collect()
}

fn bbox(value: &Value) -> Option<[f64; 4]> {
    let mut numbers = value.as_array()?.iter().map(Value::as_f64);
    Some([numbers.next()??, numbers.next()??, numbers.next()??, numbers.next()??])
}

fn lines_at(layer: &TextLayer, page: usize, bbox: Option<[f64; 4]>, quote: &str) -> Vec<At> {
    let Some(p) = layer.pages.get(page) else { return Vec::new() };
    let here = |line: &TextLine| match (bbox, line.bbox) {
        (Some([x0, top, x1, bottom]), Some(b)) => {
            let middle = f64::from(b.top + b.bottom) / 2.0;
            top <= middle && middle <= bottom && f64::from(b.x0) < x1 && x0 < f64::from(b.x1)
        }
        _ => {
            let text = line.text();
            text.len() > 3 && (quote.contains(&text) || text.contains(quote) && !quote.is_empty())
        }
    };
    let found = p.lines.iter().enumerate().filter(|(_, l)| here(l));
    found.map(|(line, _)| At { page, line }).collect()
}
