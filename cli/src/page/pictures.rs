//! Pictures of the document's pages, drawn by workers and small enough to be embedded in HTML.

use std::ops::ControlFlow;
use std::time::Duration;

use data_encoding::BASE64;
use findings_core::runner::{Job, RunError, Runner};

use super::Sheet;
use crate::ordered::in_order;
use crate::worker::PAGE_PICTURE;

/// Resolution: letters are clear on a screen, and a page takes some 40 KB.
pub(crate) const DPI: u32 = 110;
/// The time limit for a page.
const TIME: Duration = Duration::from_secs(30);

/// A page as a PNG.
#[derive(Debug, Clone)]
pub(crate) struct Picture {
    /// Width and height in points, the units of boxes.
    pub(crate) width: f32,
    pub(crate) height: f32,
    pub(crate) png: Vec<u8>,
}

impl Picture {
    /// The PNG for a `data:` URL.
    pub(super) fn base64(&self) -> String {
        BASE64.encode(&self.png)
    }
}

/// Why there is no picture of a page.
#[derive(Debug, thiserror::Error)]
pub(crate) enum PictureError {
    #[error(transparent)]
    Worker(#[from] RunError),
    #[error("the worker returned an invalid picture")]
    Answer,
    #[cfg(feature = "scans")]
    #[error(transparent)]
    Image(#[from] image::ImageError),
    #[cfg(not(feature = "scans"))]
    #[error("{}", crate::error::built_without("scans"))]
    NotBuilt,
}

/// Draws the first `pages` pages of a document, a few at a time.
pub(crate) fn pictures(document: &[u8], pages: usize, dpi: u32, runner: &dyn Runner) -> Vec<Sheet> {
    let jobs = std::thread::available_parallelism().map_or(1, usize::from);
    let mut sheets = Vec::with_capacity(pages);
    let draw = |index: usize| {
        picture(document, index, dpi, runner)
            .map_or_else(|why| Sheet::Missing(why.to_string()), Sheet::Picture)
    };
    in_order(jobs, 0..pages, draw, |sheet| {
        sheets.push(sheet);
        ControlFlow::Continue(())
    });
    sheets
}

/// Draws a page.
pub(crate) fn picture(
    document: &[u8],
    index: usize,
    dpi: u32,
    runner: &dyn Runner,
) -> Result<Picture, PictureError> {
    let mut job = Job::worker(PAGE_PICTURE, document);
    job.args = vec!["--".into(), index.to_string().into(), dpi.to_string().into()];
    job.limits.memory = 2 << 30;
    job.limits.time = TIME;
    job.limits.output = 64 << 20;
    let answer = runner.run(&job)?;
    parse(&answer).ok_or(PictureError::Answer)
}

/// Parses a line with the page's size in points, followed by the PNG.
fn parse(answer: &[u8]) -> Option<Picture> {
    let end = answer.iter().position(|b| *b == b'\n')?;
    let line = std::str::from_utf8(answer.get(..end)?).ok()?;
    let (width, height) = line.split_once(' ')?;
    Some(Picture {
        width: width.parse().ok()?,
        height: height.parse().ok()?,
        png: answer.get(end + 1..)?.to_vec(),
    })
}
