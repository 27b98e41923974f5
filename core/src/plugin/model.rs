//! The text model: a document as it crosses to a plugin, UTF-8 JSON.
//!
//! Pages of lines of words with their boxes say all that is known of the text; blocks say what the host makes of
//! it. A plugin in Rust builds the same blocks from the lines; others read them here.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::Document;
use crate::outline::{Outline, Role};
use crate::record::{DocumentInfo, Run};
use crate::text::{BBox, Element, ElementRole, LayerKind, Page, TextLayer, TextLine, Word};

/// Id of the text model's schema.
pub const MODEL_SCHEMA_ID: &str = "urn:findings:schema:text-model:1.0";

/// A document as a plugin is given it.
#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema)]
pub struct TextModel {
    /// The `$id` of this schema.
    pub schema: String,
    /// The format that the document is to be read as.
    pub format: String,
    /// The file.
    pub document: DocumentInfo,
    /// What the record shall say of its making.
    pub run: Run,
    /// Where the text came from: `native`, `ocr`, `mixed` or `plain-text`.
    pub kind: LayerKind,
    /// Elements of the PDF's structure tree; lines refer to them by index.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub elements: Vec<ModelElement>,
    /// Pages in order.
    pub pages: Vec<ModelPage>,
    /// What the host takes the lines for, in content order.
    pub blocks: Vec<ModelBlock>,
}

/// An element of the PDF's structure tree.
#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema)]
pub struct ModelElement {
    /// Standard structure type: `P`, `H1` to `H6`, `L`, `LI`, `Lbl`, `LBody`, `Table`, `TR`, `TD`, `Note`, `TOC`,
    /// `Span`; empty for anything else.
    pub role: String,
    /// Index of its parent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub parent: Option<u32>,
}

/// A page.
#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema)]
pub struct ModelPage {
    /// Number, from 1.
    pub number: u32,
    /// Width in points; 0 for plain text.
    pub width: f32,
    /// Height in points; 0 for plain text.
    pub height: f32,
    /// Lines in content order.
    pub lines: Vec<ModelLine>,
}

/// Words that stand on one line and belong together.
#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema)]
pub struct ModelLine {
    /// Words in content order.
    pub words: Vec<ModelWord>,
    /// Font size in points of most of its characters; 0 for plain text.
    #[serde(default, skip_serializing_if = "is_default")]
    pub size: f32,
    /// Whether most of its characters are bold.
    #[serde(default, skip_serializing_if = "is_default")]
    pub bold: bool,
    /// Fill colour of most of its characters, sRGB.
    #[serde(default, skip_serializing_if = "is_default")]
    pub color: [u8; 3],
    /// Index of the structure element that it belongs to.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub element: Option<u32>,
    /// Whether the PDF marks it as an artifact (running header, footer, page number).
    #[serde(default, skip_serializing_if = "is_default")]
    pub artifact: bool,
    /// Whether empty space stands before it.
    #[serde(default, skip_serializing_if = "is_default")]
    pub blank_before: bool,
    /// Whether it goes on at the height of the line before, after a wide gap.
    #[serde(default, skip_serializing_if = "is_default")]
    pub same_row: bool,
    /// Column of its first character in a text file, from 0.
    #[serde(default, skip_serializing_if = "is_default")]
    pub column: u16,
}

/// A word.
#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema)]
pub struct ModelWord {
    /// Its characters.
    pub text: String,
    /// x0, top, x1, bottom in points from the page's top left; absent for plain text.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub bbox: Option<[f32; 4]>,
    /// Font size in points, where it is not the line's.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub size: Option<f32>,
    /// Whether it is bold, where that is not as in the line.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub bold: Option<bool>,
    /// Whether it is raised, as a footnote's mark is.
    #[serde(default, skip_serializing_if = "is_default")]
    pub superscript: bool,
    /// How sure the OCR engine was of it, 0 to 1; absent where no OCR was.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub confidence: Option<f32>,
    /// What stood there before a repair.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub original: Option<String>,
}

/// Lines that belong together.
#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema)]
pub struct ModelBlock {
    /// `heading`, `paragraph`, `bullet`, `table`, `footnote` or `furniture`.
    pub role: String,
    /// Depth of a heading or a bullet, 1 is the top.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub level: Option<u8>,
    /// Its text, lines joined; for a table all cells.
    pub text: String,
    /// Cells by row, for a table.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub rows: Vec<Vec<String>>,
    /// The number that it begins with.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub number: Option<u32>,
    /// The page that it begins on, from 1.
    pub page: u32,
}

fn is_default<T: Default + PartialEq>(value: &T) -> bool {
    *value == T::default()
}

impl TextModel {
    /// The model of a document, for a format.
    pub fn of(format: &str, document: &DocumentInfo, run: Run, layer: &TextLayer, outline: &Outline) -> Self {
        Self {
            schema: MODEL_SCHEMA_ID.into(),
            format: format.into(),
            document: document.clone(),
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

    /// The document, its blocks built from its lines.
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
        };
        let outline = Outline::build(&layer);
        Document { info: self.document, layer, outline, run: self.run }
    }
}

/// Boxes cross with two decimals.
fn short(v: f32) -> f32 {
    (v * 100.0).round() / 100.0
}

fn page(page: &Page) -> ModelPage {
    ModelPage {
        number: page.number,
        width: page.width,
        height: page.height,
        lines: page.lines.iter().map(line).collect(),
    }
}

fn line(line: &TextLine) -> ModelLine {
    ModelLine {
        words: line
            .words
            .iter()
            .map(|w| ModelWord {
                text: w.text.clone(),
                bbox: w.bbox.map(|b| [b.x0, b.top, b.x1, b.bottom].map(short)),
                size: (w.size != line.size).then_some(w.size),
                bold: (w.bold != line.bold).then_some(w.bold),
                superscript: w.superscript,
                confidence: w.confidence,
                original: w.original.as_deref().map(str::to_owned),
            })
            .collect(),
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
    let words: Vec<Word> = line
        .words
        .into_iter()
        .map(|w| Word {
            text: w.text,
            bbox: w.bbox.map(|[x0, top, x1, bottom]| BBox { x0, top, x1, bottom }),
            size: w.size.unwrap_or(line.size),
            bold: w.bold.unwrap_or(line.bold),
            superscript: w.superscript,
            confidence: w.confidence,
            original: w.original.map(Into::into),
        })
        .collect();
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
    }
}

fn block(block: &crate::outline::Block) -> ModelBlock {
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
        text: block.text.as_str().to_owned(),
        rows: block
            .rows
            .iter()
            .map(|row| row.iter().map(|cell| cell.as_str().to_owned()).collect())
            .collect(),
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

fn role_name(role: ElementRole) -> String {
    match role {
        ElementRole::H(level) => format!("H{level}"),
        other => ROLES.iter().find(|(_, r)| *r == other).map_or("", |(name, _)| name).to_owned(),
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
        layer.pages[0].lines[0].words[1].bbox = Some(BBox { x0: 1.0, top: 2.25, x1: 30.5, bottom: 12.0 });
        layer.pages[0].lines[0].element = Some(0);
        layer.elements = vec![Element { role: ElementRole::H(2), parent: None }];
        let outline = Outline::build(&layer);
        let run = Run { tool: "t".into(), text_engine: layer.engine.clone(), plugin: None };
        let model = TextModel::of("x.y", &DocumentInfo::default(), run, &layer, &outline);
        let json = serde_json::to_vec(&model).unwrap();
        let back: TextModel = serde_json::from_slice(&json).unwrap();
        let doc = back.into_document();
        let words = |l: &TextLayer| format!("{:?}", l.pages.iter().map(|p| &p.lines).collect::<Vec<_>>());
        // A line's box is that of its words, which here one word has alone.
        layer.pages[0].lines[0].bbox = layer.pages[0].lines[0].words[1].bbox;
        assert_eq!(words(&doc.layer), words(&layer));
        assert_eq!(doc.layer.elements[0].role, ElementRole::H(2));
        assert_eq!(doc.outline.blocks.len(), outline.blocks.len());
    }
}
