//! The text model: a document as it is passed to a plugin, in UTF-8 JSON.
//!
//! Pages of lines of words with boxes contain everything that is known about the text; blocks are the host's
//! interpretation of it. A plugin in Rust rebuilds the same blocks from the lines; others use the blocks given here.

use std::borrow::Cow;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::Document;
use crate::outline::{Outline, Role};
use crate::record::{DocumentInfo, Run};
use crate::text::{BBox, Element, ElementRole, LayerKind, Page, TextLayer, TextLine, Word};

/// Id of the text model's schema.
pub const MODEL_SCHEMA_ID: &str = "urn:findings:schema:text-model:1.0";

// Generic over a lifetime so that the host can write it without copying the document's words.
/// A document as a plugin receives it.
#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema)]
pub struct TextModel<'a> {
    /// The `$id` of this schema.
    #[serde(borrow)]
    pub schema: Cow<'a, str>,
    /// The format that the document is to be read as.
    #[serde(borrow)]
    pub format: Cow<'a, str>,
    /// The file.
    pub document: Cow<'a, DocumentInfo>,
    /// What the record should say about how it was made.
    pub run: Run,
    /// Where the text came from: `native`, `ocr`, `mixed` or `plain-text`.
    pub kind: LayerKind,
    /// Elements of the PDF's structure tree; lines refer to them by index.
    #[serde(borrow, default, skip_serializing_if = "Vec::is_empty")]
    pub elements: Vec<ModelElement<'a>>,
    /// Pages in order.
    #[serde(borrow)]
    pub pages: Vec<ModelPage<'a>>,
    /// How the host classified the lines, in content order.
    #[serde(borrow)]
    pub blocks: Vec<ModelBlock<'a>>,
}

/// An element of the PDF's structure tree.
#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema)]
pub struct ModelElement<'a> {
    /// Standard structure type: `P`, `H1` to `H6`, `L`, `LI`, `Lbl`, `LBody`, `Table`, `TR`, `TD`, `Note`, `TOC`,
    /// `Span`; empty for anything else.
    #[serde(borrow)]
    pub role: Cow<'a, str>,
    /// Index of its parent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub parent: Option<u32>,
}

/// A page.
#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema)]
pub struct ModelPage<'a> {
    /// Number, from 1.
    pub number: u32,
    /// Width in points; 0 for plain text.
    pub width: f32,
    /// Height in points; 0 for plain text.
    pub height: f32,
    /// Lines in content order.
    #[serde(borrow)]
    pub lines: Vec<ModelLine<'a>>,
}

/// Words that stand on one line and belong together.
#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema)]
pub struct ModelLine<'a> {
    /// Its words in content order, one space between them.
    #[serde(borrow)]
    pub text: Cow<'a, str>,
    /// Left and right edge of each word in hundredths of a point from the page's left: two numbers for each word,
    /// none for plain text.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub x: Vec<i32>,
    /// Top and bottom of its first word in hundredths of a point from the page's top; absent for plain text.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub y: Option<[i32; 2]>,
    /// Font size in points of most of its characters; 0 for plain text.
    #[serde(default, skip_serializing_if = "is_default")]
    pub size: f32,
    /// Whether most of its characters are bold.
    #[serde(default, skip_serializing_if = "is_default")]
    pub bold: bool,
    /// Fill colour of most of its characters, sRGB.
    #[serde(default, skip_serializing_if = "is_default")]
    pub color: [u8; 3],
    /// The words that differ from the line, or about which more is known.
    #[serde(borrow, default, skip_serializing_if = "Vec::is_empty")]
    pub words: Vec<ModelWord<'a>>,
    /// Index of the structure element it belongs to.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub element: Option<u32>,
    /// Whether the PDF marks it as an artifact (running header, footer, page number).
    #[serde(default, skip_serializing_if = "is_default")]
    pub artifact: bool,
    /// Whether there is empty space before it.
    #[serde(default, skip_serializing_if = "is_default")]
    pub blank_before: bool,
    /// Whether it continues at the height of the line before, after a wide gap.
    #[serde(default, skip_serializing_if = "is_default")]
    pub same_row: bool,
    /// Column of its first character in a text file, from 0.
    #[serde(default, skip_serializing_if = "is_default")]
    pub column: u16,
}

/// How a word differs from its line, and what more is known about it.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct ModelWord<'a> {
    /// Which word of the line, from 0.
    pub index: u32,
    /// Top and bottom, if they differ from the line's.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub y: Option<[i32; 2]>,
    /// Font size in points, if it differs from the line's.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub size: Option<f32>,
    /// Whether it is bold, if that differs from the line.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub bold: Option<bool>,
    /// Whether it is raised, like a footnote mark.
    #[serde(default, skip_serializing_if = "is_default")]
    pub superscript: bool,
    /// The OCR engine's confidence, 0 to 1; absent if the word was not recognised by OCR.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub confidence: Option<f32>,
    /// The text before a repair.
    #[serde(borrow, default, skip_serializing_if = "Option::is_none")]
    pub original: Option<Cow<'a, str>>,
}

/// Lines that belong together.
#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema)]
pub struct ModelBlock<'a> {
    /// `heading`, `paragraph`, `bullet`, `table`, `footnote` or `furniture`.
    #[serde(borrow)]
    pub role: Cow<'a, str>,
    /// Depth of a heading or a bullet, 1 is the top.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub level: Option<u8>,
    /// Its text, lines joined; for a table all cells.
    #[serde(borrow)]
    pub text: Cow<'a, str>,
    /// Cells by row, for a table.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub rows: Vec<Vec<Cow<'a, str>>>,
    /// The number it begins with.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub number: Option<u32>,
    /// The page it begins on, from 1.
    pub page: u32,
}

fn is_default<T: Default + PartialEq>(value: &T) -> bool {
    *value == T::default()
}

impl<'a> TextModel<'a> {
    /// The text model of a document, to be read as `format`.
    pub fn of(
        format: &'a str,
        document: &'a DocumentInfo,
        run: Run,
        layer: &'a TextLayer,
        outline: &'a Outline,
    ) -> Self {
        Self {
            schema: MODEL_SCHEMA_ID.into(),
            format: format.into(),
            document: Cow::Borrowed(document),
            run,
            kind: layer.kind,
            elements: layer
                .elements
                .iter()
                .map(|e| ModelElement { role: role_name(e.role), parent: e.parent })
                .collect(),
            pages: layer.pages.iter().map(page).collect(),
            blocks: outline.blocks.iter().map(block).collect(),
        }
    }

    /// The document that the model describes, with blocks rebuilt from its lines.
    pub fn into_document(self) -> Document {
        let layer = TextLayer {
            kind: self.kind,
            engine: self.run.text_engine.clone(),
            pages: self.pages.into_iter().map(page_back).collect(),
            elements: self
                .elements
                .into_iter()
                .map(|e| Element { role: role_of(&e.role), parent: e.parent })
                .collect(),
            unmapped: 0.0,
            gaps: Vec::new(),
        };
        let outline = Outline::build(&layer);
        Document { info: self.document.into_owned(), layer, outline, run: self.run }
    }
}

/// Boxes are passed as integers (hundredths of a point): they are a large part of the model, and decimals take longer
/// to write and read.
const PER_POINT: f32 = 100.0;

fn page(page: &Page) -> ModelPage<'_> {
    ModelPage {
        number: page.number,
        width: page.width,
        height: page.height,
        lines: page.lines.iter().map(line).collect(),
    }
}

fn line(line: &TextLine) -> ModelLine<'_> {
    debug_assert!(line.words.iter().all(|w| !w.text.is_empty() && !w.text.contains(char::is_whitespace)));
    let boxed = line.words.iter().all(|w| w.bbox.is_some());
    let y = line.words.first().and_then(|w| w.bbox).filter(|_| boxed).map(top_and_bottom);
    let mut x = Vec::with_capacity(if boxed { 2 * line.words.len() } else { 0 });
    let mut words = Vec::new();
    for (index, word) in (0..).zip(&line.words) {
        let bbox = word.bbox.filter(|_| boxed);
        x.extend(bbox.into_iter().flat_map(|b| [b.x0, b.x1]).map(hundredths));
        let special = ModelWord {
            index,
            y: bbox.map(top_and_bottom).filter(|own| y != Some(*own)),
            size: (word.size != line.size).then_some(word.size),
            bold: (word.bold != line.bold).then_some(word.bold),
            superscript: word.superscript,
            confidence: word.confidence,
            original: word.original.as_deref().map(Cow::from),
        };
        if special != (ModelWord { index, ..ModelWord::default() }) {
            words.push(special);
        }
    }
    ModelLine {
        text: line.text().into(),
        x,
        y,
        words,
        size: line.size,
        bold: line.bold,
        color: line.color,
        element: line.element,
        artifact: line.artifact,
        blank_before: line.blank_before,
        same_row: line.same_row,
        column: line.column,
    }
}

fn hundredths(points: f32) -> i32 {
    (points * PER_POINT).round() as i32
}

fn top_and_bottom(bbox: BBox) -> [i32; 2] {
    [bbox.top, bbox.bottom].map(hundredths)
}

fn page_back(page: ModelPage) -> Page {
    Page {
        number: page.number,
        width: page.width,
        height: page.height,
        lines: page.lines.into_iter().map(line_back).collect(),
        ..Page::default()
    }
}

fn line_back(line: ModelLine) -> TextLine {
    let points = |hundredths: i32| hundredths as f32 / PER_POINT;
    let mut x = line.x.chunks_exact(2);
    let bbox = |x: &[i32], [top, bottom]: [i32; 2]| BBox {
        x0: points(x[0]),
        top: points(top),
        x1: points(x[1]),
        bottom: points(bottom),
    };
    let word = |text: &str| Word {
        text: text.to_owned(),
        bbox: x.next().zip(line.y).map(|(x, y)| bbox(x, y)),
        size: line.size,
        bold: line.bold,
        ..Word::default()
    };
    let mut words = Vec::with_capacity(line.x.len() / 2);
    words.extend(line.text.split_ascii_whitespace().map(word));
    for special in line.words {
        let Some(word) = words.get_mut(special.index as usize) else { continue };
        if let Some((bbox, y)) = word.bbox.as_mut().zip(special.y) {
            [bbox.top, bbox.bottom] = y.map(points);
        }
        word.size = special.size.unwrap_or(line.size);
        word.bold = special.bold.unwrap_or(line.bold);
        word.superscript = special.superscript;
        word.confidence = special.confidence;
        word.original = special.original.as_deref().map(Into::into);
    }
    TextLine {
        bbox: words.iter().filter_map(|w| w.bbox).reduce(BBox::union),
        words,
        size: line.size,
        bold: line.bold,
        color: line.color,
        element: line.element,
        artifact: line.artifact,
        blank_before: line.blank_before,
        same_row: line.same_row,
        column: line.column,
        ..TextLine::default()
    }
}

fn block(block: &crate::outline::Block) -> ModelBlock<'_> {
    let (role, level) = match block.role {
        Role::Heading(level) => ("heading", Some(level)),
        Role::Paragraph => ("paragraph", None),
        Role::Bullet(level) => ("bullet", Some(level)),
        Role::Table => ("table", None),
        Role::Footnote => ("footnote", None),
        Role::Furniture => ("furniture", None),
    };
    ModelBlock {
        role: role.into(),
        level,
        text: block.text.as_str().into(),
        rows: block.rows.iter().map(|row| row.iter().map(|cell| cell.as_str().into()).collect()).collect(),
        number: block.number,
        page: block.page,
    }
}

const ROLES: &[(&str, ElementRole)] = &[
    ("P", ElementRole::P),
    ("L", ElementRole::L),
    ("LI", ElementRole::LI),
    ("Lbl", ElementRole::Lbl),
    ("LBody", ElementRole::LBody),
    ("Table", ElementRole::Table),
    ("TR", ElementRole::TR),
    ("TD", ElementRole::TD),
    ("Note", ElementRole::Note),
    ("TOC", ElementRole::Toc),
    ("Span", ElementRole::Span),
];

fn role_name(role: ElementRole) -> Cow<'static, str> {
    match role {
        ElementRole::H(level) => format!("H{level}").into(),
        other => ROLES.iter().find(|(_, r)| *r == other).map_or("", |(name, _)| name).into(),
    }
}

fn role_of(name: &str) -> ElementRole {
    match name.strip_prefix('H').and_then(|level| level.parse().ok()) {
        Some(level) => ElementRole::H(level),
        None => ROLES.iter().find(|(n, _)| *n == name).map_or(ElementRole::Other, |(_, r)| *r),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::plain;

    #[test]
    fn a_document_crosses_and_stays_the_same() {
        let mut layer = plain::read("Report of a visit\n\n1. One **two** three\n- four\n\u{c}Five");
        layer.kind = LayerKind::Native;
        let line = &mut layer.pages[0].lines[0];
        for (word, left) in line.words.iter_mut().zip([1.0, 31.5, 60.75, 90.01]) {
            word.bbox = Some(BBox { x0: left, top: 2.25, x1: left + 28.5, bottom: 12.0 });
        }
        line.words[1].bbox.as_mut().unwrap().top = 0.5;
        line.bbox = line.words.iter().filter_map(|w| w.bbox).reduce(BBox::union);
        layer.pages[0].lines[0].words[2].original = Some("0f".into());
        layer.pages[0].lines[0].element = Some(0);
        layer.elements = vec![Element { role: ElementRole::H(2), parent: None }];
        let outline = Outline::build(&layer);
        let run = Run { tool: "t".into(), text_engine: layer.engine.clone(), plugin: None };
        let info = DocumentInfo::default();
        let model = TextModel::of("x.y", &info, run, &layer, &outline);
        let json = serde_json::to_vec(&model).unwrap();
        let back: TextModel = serde_json::from_slice(&json).unwrap();
        let doc = back.into_document();
        let words = |l: &TextLayer| format!("{:?}", l.pages.iter().map(|p| &p.lines).collect::<Vec<_>>());
        assert_eq!(words(&doc.layer), words(&layer));
        assert_eq!(doc.layer.elements[0].role, ElementRole::H(2));
        assert_eq!(doc.outline.blocks.len(), outline.blocks.len());
    }
}
