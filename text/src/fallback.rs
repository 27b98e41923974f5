//! The second engine: what the sandboxed pdf-extract worker returns.

use serde::{Deserialize, Serialize};

use super::interpret::{Glyph, PageGlyphs};
use super::tags::Tree;
use super::{Page, TextLayer, lines};
use crate::runner::{Job, RunError, Runner};

/// Name of the worker mode that reads a PDF with pdf-extract: PDF bytes in, [`ForeignText`] as JSON out.
pub const WORKER: &str = "pdf-extract";

/// A document as the second engine read it.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct ForeignText {
    /// Name and version of the engine.
    pub engine: String,
    /// Pages in order, as far as the engine got.
    pub pages: Vec<ForeignPage>,
    /// Why it stopped before the last page, if it did.
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

/// Reads a PDF with the second engine, in a child process with limits.
///
/// # Errors
/// Why the child process returned no text.
pub fn read(pdf: &[u8], runner: &dyn Runner) -> Result<TextLayer, RunError> {
    let output = runner.run(&Job::worker(WORKER, pdf))?;
    let text: ForeignText = serde_json::from_slice(&output)
        .map_err(|e| RunError::Crashed { status: "unreadable output".into(), message: e.to_string() })?;
    Ok(layer(text))
}

/// Builds lines from what the second engine read. It reports no tags, weights or colours.
pub fn layer(text: ForeignText) -> TextLayer {
    let tree = Tree::default();
    let pages = text.pages.into_iter().map(|page| {
        let glyphs = page.glyphs.iter().flat_map(|g| {
            let n = g.text.chars().count().max(1) as f32;
            g.text.chars().enumerate().map(move |(i, ch)| Glyph {
                ch,
                x0: g.x + g.width * i as f32 / n,
                x1: g.x + g.width * (i + 1) as f32 / n,
                base: g.y,
                size: g.size,
                ..Glyph::default()
            })
        });
        let glyphs = PageGlyphs {
            width: page.width,
            height: page.height,
            glyphs: glyphs.collect(),
            ..PageGlyphs::default()
        };
        Page {
            number: page.number,
            width: page.width,
            height: page.height,
            lines: lines::build(&glyphs, &tree),
            ..Page::default()
        }
    });
    TextLayer { pages: pages.collect(), engine: text.engine, ..TextLayer::default() }
}
