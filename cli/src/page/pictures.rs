//! The document's pages as pictures, drawn by workers, small enough to stand in the page itself.

use std::io::Cursor;
use std::ops::ControlFlow;
use std::time::Duration;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use findings_core::runner::{Job, Runner};
use image::{ImageFormat, Rgb, RgbImage};

use super::Sheet;
use super::fields::Place;
use crate::ordered::in_order;
use crate::worker::PAGE_PICTURE;

/// How finely pages are drawn: letters are clear on a screen, and a page is some 40 KB.
pub(crate) const DPI: u32 = 110;
/// Longest that a page may take.
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
    /// The PNG as it stands in a `data:` address.
    pub(super) fn base64(&self) -> String {
        STANDARD.encode(&self.png)
    }
}

/// Draws so many pages of a document, a few at a time.
pub(crate) fn pictures(document: &[u8], pages: usize, dpi: u32, runner: &dyn Runner) -> Vec<Sheet> {
    let jobs = std::thread::available_parallelism().map_or(1, usize::from);
    let mut sheets = Vec::with_capacity(pages);
    let draw =
        |index: usize| picture(document, index, dpi, runner).map_or_else(Sheet::Missing, Sheet::Picture);
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
) -> Result<Picture, String> {
    let mut job = Job::worker(PAGE_PICTURE, document);
    job.args = vec!["--".into(), index.to_string().into(), dpi.to_string().into()];
    job.limits.memory = 2 << 30;
    job.limits.time = TIME;
    job.limits.output = 64 << 20;
    let answer = runner.run(&job).map_err(|e| e.to_string())?;
    parse(&answer).ok_or_else(|| "the worker's answer is none".to_owned())
}

/// A line with the page's size in points, then the PNG.
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

/// A page as PNG with frames around places on it.
pub(crate) fn mark(picture: &Picture, places: &[Place]) -> Result<Vec<u8>, String> {
    let drawn =
        image::load_from_memory_with_format(&picture.png, ImageFormat::Png).map_err(|e| e.to_string())?;
    let mut drawn = drawn.into_rgb8();
    let scale = f64::from(drawn.width()) / f64::from(picture.width.max(1.0));
    for bbox in places.iter().filter_map(|p| p.bbox) {
        frame(&mut drawn, bbox.map(|side| side * scale));
    }
    let mut png = Vec::new();
    drawn.write_to(&mut Cursor::new(&mut png), ImageFormat::Png).map_err(|e| e.to_string())?;
    Ok(png)
}

/// A frame a little outside of a box.
fn frame(drawn: &mut RgbImage, [x0, top, x1, bottom]: [f64; 4]) {
    const COLOUR: Rgb<u8> = Rgb([0xC0, 0x20, 0x00]);
    const THICK: u32 = 3;
    const AIR: f64 = 3.0;
    let (width, height) = drawn.dimensions();
    let within = |at: f64, most: u32| at.clamp(0.0, f64::from(most.saturating_sub(1))) as u32;
    let (left, right) = (within(x0 - AIR, width), within(x1 + AIR, width));
    let (top, bottom) = (within(top - AIR, height), within(bottom + AIR, height));
    for y in top..=bottom {
        for x in left..=right {
            let inside = x >= left + THICK && x + THICK <= right && y >= top + THICK && y + THICK <= bottom;
            if !inside {
                drawn.put_pixel(x, y, COLOUR);
            }
        }
    }
}
