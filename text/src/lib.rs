//! The text layer: pages of lines of words, each with its position, and nothing about what the words mean.
//!
//! Only this crate knows PDF and other sources of text. Lines are in the order of the document's content, which
//! keeps a label next to its grade; nothing here sorts a whole page by position.

// Documents are refused with errors, not panics, and only the command writes to a terminal.
#![cfg_attr(
    not(test),
    warn(clippy::unwrap_used, clippy::string_slice, clippy::print_stdout, clippy::print_stderr)
)]

#[cfg(doctest)]
#[doc = include_str!("../README.md")]
mod readme {}

pub mod confusion;
#[cfg(feature = "pdf")]
mod damage;
#[cfg(feature = "pdf")]
mod drawn;
#[cfg(feature = "pdf")]
pub mod fallback;
#[cfg(feature = "pdf")]
mod font;
#[cfg(feature = "pdf")]
mod hidden;
#[cfg(feature = "pdf")]
mod inline_image;
#[cfg(feature = "pdf")]
mod interpret;
#[cfg(all(test, feature = "pdf"))]
mod kinds;
#[cfg(feature = "pdf")]
mod leftwards;
#[cfg(feature = "pdf")]
mod lexer;
#[cfg(feature = "pdf")]
mod lines;
mod mapped;
pub mod marks;
#[cfg(feature = "pdf")]
mod objects;
pub mod ocr;
#[cfg(feature = "pdf")]
mod optional;
#[cfg(feature = "pdf")]
mod order;
#[cfg(feature = "pdf")]
mod overprint;
#[cfg(feature = "pdf")]
pub mod pdf;
pub mod plain;
#[cfg(feature = "pdf")]
mod rebuild;
pub mod runner;
#[cfg(feature = "pdf")]
mod scatter;
pub mod source;
#[cfg(feature = "pdf")]
mod spaced;
#[cfg(feature = "pdf")]
mod stream;
#[cfg(feature = "pdf")]
mod tags;
mod tiles;
#[cfg(feature = "pdf")]
mod turn;
#[cfg(feature = "pdf")]
mod watermark;
#[cfg(feature = "pdf")]
mod weight;

pub use mapped::{Origin, Text, place_in};

/// Pages of text, from any source.
#[derive(Debug, Clone, Default)]
pub struct TextLayer {
    /// Where the text came from.
    pub kind: LayerKind,
    /// Name and version of the engine that produced the text.
    pub engine: String,
    /// Pages in order.
    pub pages: Vec<Page>,
    /// Elements of the PDF's structure tree; lines and words refer to them by index.
    pub elements: Vec<Element>,
    /// Share of glyphs that the fonts could not map to Unicode, 0 to 1.
    pub unmapped: f32,
    /// Signs that parts of the document are missing or damaged.
    pub gaps: Vec<Gap>,
}

/// A sign that part of the document is missing or unreadable, so that the text may be incomplete.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Gap {
    /// Code of the diagnostic that reports it.
    pub code: &'static str,
    /// The page concerned, if it is about one page.
    pub page: Option<u32>,
    /// True if the page's text is present but may be wrong; false if text is missing.
    pub garbled: bool,
    /// The message for users.
    pub message: String,
}

/// Where text came from.
#[derive(
    Debug, Clone, Copy, Default, PartialEq, Eq, serde::Serialize, serde::Deserialize, schemars::JsonSchema,
)]
#[serde(rename_all = "kebab-case")]
pub enum LayerKind {
    /// Characters drawn by a PDF.
    #[default]
    Native,
    /// Characters recognised in images of all pages.
    Ocr,
    /// Drawn on some pages, recognised on others.
    Mixed,
    /// A text file.
    PlainText,
}

impl LayerKind {
    /// The code used in records.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Native => "native",
            Self::Ocr => "ocr",
            Self::Mixed => "mixed",
            Self::PlainText => "plain-text",
        }
    }
}

/// A page.
#[derive(Debug, Clone, Default)]
pub struct Page {
    /// Number, from 1.
    pub number: u32,
    /// Width in points; 0 for plain text.
    pub width: f32,
    /// Height in points; 0 for plain text.
    pub height: f32,
    /// Lines in content order.
    pub lines: Vec<TextLine>,
    /// Whether the page draws an image and no text: a scan.
    pub image_only: bool,
    /// The largest image on the page, if there is one.
    pub image: Option<PageImage>,
    /// Share of the characters that are invisible, as behind a scan, 0 to 1.
    pub hidden: f32,
    /// How many quarter turns clockwise, from how it is displayed, made its text upright. Boxes, width and height
    /// are those of the turned page; [`Page::shown`] converts boxes back.
    pub turn: u8,
    /// What is doubtful about its text.
    pub doubts: PageDoubts,
    /// Whether it is not part of the document proper: a covering message, or a duplicated page.
    pub outside: bool,
}

/// Counts of doubtful characters on a page of a PDF.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct PageDoubts {
    /// From fonts that don't say which characters they are.
    pub unmapped: u32,
    /// In layers that are switched off: left out.
    pub layers_off: u32,
    /// Invisible and not over an image: set aside.
    pub invisible: u32,
    /// Outside the clipping area: read all the same.
    pub clipped: u32,
    /// White on white.
    pub white: u32,
}

impl Page {
    /// Converts a box to the page as displayed, in points from its top left.
    pub fn shown(&self, bbox: BBox) -> BBox {
        bbox.turned(4 - self.turn % 4, self.width, self.height)
    }
}

/// An image on a page.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub struct PageImage {
    /// Share of the page that it covers, 0 to 1.
    pub cover: f32,
    /// Resolution, in pixels per inch of the page.
    pub dpi: f32,
}

/// Words on one line that belong together: a wide gap or another structure element begins a new line.
#[derive(Debug, Clone, Default)]
pub struct TextLine {
    /// Words in content order; never empty.
    pub words: Vec<Word>,
    /// The box around the words.
    pub bbox: Option<BBox>,
    /// Font size in points of most of its characters; 0 for plain text.
    pub size: f32,
    /// Whether most of its characters are bold.
    pub bold: bool,
    /// Fill colour of most of its characters, sRGB.
    pub color: [u8; 3],
    /// Index into [`TextLayer::elements`] of the innermost block element that contains it.
    pub element: Option<u32>,
    /// Whether the PDF marks it as an artifact (running header, footer, page number).
    pub artifact: bool,
    /// Direction in tenths of a degree, clockwise from left-to-right; `bbox` is its bounding box on the page.
    pub angle: u16,
    /// Whether it is not part of the page's text: a watermark, or invisible text.
    pub aside: bool,
    /// Whether it belongs to an annotation or a form field.
    pub note: bool,
    /// Whether there is empty space before it (plain text: a blank line).
    pub blank_before: bool,
    /// Whether it continues at the height of the line before, after a wide gap.
    pub same_row: bool,
    /// Column of its first character in a text file, from 0.
    pub column: u16,
}

/// A word: a run of characters without white space.
#[derive(Debug, Clone, Default)]
pub struct Word {
    /// Its characters in NFC, symbol-font bullets as U+2022; not empty, no white space.
    pub text: String,
    /// Its box; none for plain text.
    pub bbox: Option<BBox>,
    /// Font size in points.
    pub size: f32,
    /// Whether it is bold.
    pub bold: bool,
    /// Whether it is raised and smaller than its line, like a footnote mark.
    pub superscript: bool,
    /// The OCR engine's calibrated confidence, 0 to 1; none if the word was not recognised by OCR.
    pub confidence: Option<f32>,
    /// The text before a repair; all words that came from the same text share it.
    pub original: Option<std::sync::Arc<str>>,
}

/// A box in points from the page's top left corner.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub struct BBox {
    /// Left.
    pub x0: f32,
    /// Top.
    pub top: f32,
    /// Right.
    pub x1: f32,
    /// Bottom.
    pub bottom: f32,
}

impl BBox {
    /// The smallest box that holds both.
    ///
    /// ```
    /// use findings_text::BBox;
    ///
    /// let (a, b) = (BBox { x0: 0.0, top: 0.0, x1: 5.0, bottom: 5.0 }, BBox { x0: 4.0, top: 2.0, x1: 9.0, bottom: 3.0 });
    /// assert_eq!(a.union(b), BBox { x0: 0.0, top: 0.0, x1: 9.0, bottom: 5.0 });
    /// ```
    pub fn union(self, other: BBox) -> BBox {
        BBox {
            x0: self.x0.min(other.x0),
            top: self.top.min(other.top),
            x1: self.x1.max(other.x1),
            bottom: self.bottom.max(other.bottom),
        }
    }

    /// The box after its page, which has this width and height, is turned clockwise by quarter turns.
    pub fn turned(self, quarters: u8, width: f32, height: f32) -> BBox {
        let b = self;
        match quarters % 4 {
            1 => BBox { x0: height - b.bottom, top: b.x0, x1: height - b.top, bottom: b.x1 },
            2 => BBox { x0: width - b.x1, top: height - b.bottom, x1: width - b.x0, bottom: height - b.top },
            3 => BBox { x0: b.top, top: width - b.x1, x1: b.bottom, bottom: width - b.x0 },
            _ => b,
        }
    }

    /// Height in points.
    pub fn height(self) -> f32 {
        self.bottom - self.top
    }

    /// Left, top, right, bottom, to a tenth of a point: what a record prints.
    pub fn rounded(self) -> [f32; 4] {
        [self.x0, self.top, self.x1, self.bottom].map(|v| (v * 10.0).round() / 10.0)
    }
}

/// An element of a PDF's structure tree.
#[derive(Debug, Clone, Default)]
pub struct Element {
    /// Its role, resolved through the document's role map.
    pub role: ElementRole,
    /// Index of its parent.
    pub parent: Option<u32>,
}

/// Standard structure types (ISO 32000-1, 14.8.4), as far as they matter here.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum ElementRole {
    /// Paragraph.
    P,
    /// Heading with its level, 1 to 6.
    H(u8),
    /// List.
    L,
    /// List item.
    LI,
    /// Label of a list item: its bullet or number.
    Lbl,
    /// Body of a list item.
    LBody,
    /// Table.
    Table,
    /// Table row.
    TR,
    /// Table cell, header cells included.
    TD,
    /// Footnote or endnote.
    Note,
    /// Table of contents, or an item of one.
    Toc,
    /// Text inside a paragraph.
    Span,
    /// Any other element.
    #[default]
    Other,
}

impl TextLayer {
    /// The nearest element for which `is` holds: the given one or an ancestor.
    pub fn ancestor(&self, element: Option<u32>, is: impl Fn(ElementRole) -> bool) -> Option<u32> {
        let mut at = element;
        while let Some(i) = at {
            let e = self.elements.get(i as usize)?;
            if is(e.role) {
                return Some(i);
            }
            at = e.parent;
        }
        None
    }

    /// Number of words on all pages.
    pub fn word_count(&self) -> u32 {
        self.pages.iter().flat_map(|p| &p.lines).map(|l| l.words.len() as u32).sum()
    }
}

impl TextLine {
    /// Its words with single spaces between them.
    pub fn text(&self) -> String {
        let mut s = String::with_capacity(self.words.iter().map(|w| w.text.len() + 1).sum());
        for w in &self.words {
            if !s.is_empty() {
                s.push(' ');
            }
            s.push_str(&w.text);
        }
        s
    }
}

/// Normalises characters: bullets and dashes of symbol fonts become U+2022 and U+2013, ligatures their letters;
/// zero-width characters are dropped.
pub fn normalise(word: &str) -> String {
    word.chars()
        .filter_map(|c| match c {
            '\u{f06e}' | '\u{f0b7}' | '\u{f0a7}' | '\u{25fc}' | '\u{25aa}' | '\u{25a0}' | '\u{25cf}'
            | '\u{2022}' | '\u{83}' | '\u{f0d8}' => Some('\u{2022}'),
            '\u{f02d}' | '\u{23af}' => Some('\u{2013}'),
            '\u{200b}'..='\u{200f}' | '\u{feff}' | '\u{2060}' => None,
            c => Some(c),
        })
        .fold(String::with_capacity(word.len()), |mut s, c| {
            match c {
                '\u{fb00}' => s.push_str("ff"),
                '\u{fb01}' => s.push_str("fi"),
                '\u{fb02}' => s.push_str("fl"),
                '\u{fb03}' => s.push_str("ffi"),
                '\u{fb04}' => s.push_str("ffl"),
                '\u{fb05}' | '\u{fb06}' => s.push_str("st"),
                c => s.push(c),
            }
            s
        })
}
