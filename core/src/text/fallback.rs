//! The second engine: what the contained pdf-extract worker sends back.

use serde::{Deserialize, Serialize};

/// Name of the worker mode that reads a PDF with pdf-extract: PDF bytes in, [`ForeignText`] as JSON out.
pub const WORKER: &str = "pdf-extract";

/// A document as the second engine read it.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct ForeignText {
    /// Name and version of the engine.
    pub engine: String,
    /// Pages in order, as far as the engine came.
    pub pages: Vec<ForeignPage>,
    /// Why it stopped, if it did before the last page.
    pub stopped: Option<String>,
}

/// A page as the second engine read it.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct ForeignPage {
    /// Number, from 1.
    pub number: u32,
    /// Width in points.
    pub width: f32,
    /// Height in points.
    pub height: f32,
    /// Glyphs in content order.
    pub glyphs: Vec<ForeignGlyph>,
}

/// A glyph as the second engine read it.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct ForeignGlyph {
    /// Its characters.
    #[serde(rename = "t")]
    pub text: String,
    /// Left end of its baseline, in points from the page's left edge.
    pub x: f32,
    /// Its baseline, in points from the page's top.
    pub y: f32,
    /// Width in points.
    #[serde(rename = "w")]
    pub width: f32,
    /// Font size in points.
    #[serde(rename = "s")]
    pub size: f32,
}
