//! Pages read by optical character recognition: what there is no usable text for.
//!
//! A page is drawn in grey by a worker ([`PAGE_IMAGE`]), read by Tesseract in another, measured (`ink`), and
//! laid out as lines (`layout`) like those of a page that a PDF draws, so that the outline needs to know
//! nothing of it. What was recognised is kept in a cache, so that a page is read once.

mod confidence;
mod engine;
mod error;
mod gray;
mod ink;
mod layout;
mod leading;
mod lines;
mod marks;
mod numbers;
mod sizes;
mod table;
mod usable;

use std::fmt;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Condvar, Mutex, OnceLock, PoisonError};
use std::time::Duration;

use serde::{Deserialize, Serialize};

use super::Page;
use crate::runner::{Job, RunError, RunLimits, Runner};
use engine::Engine;
pub use error::{EngineError, PageError};
pub use usable::{Verdict, page_verdict};

/// Name of the worker mode that draws a page: document in, the page in grey (PGM, 8 bits) out. Its arguments
/// are the page's index from 0, and the width and the height that are wanted, in pixels.
pub const PAGE_IMAGE: &str = "page-image";
/// Name of the worker mode that tells the pages of an image file: image in, [`ImagePage`]s as JSON out.
pub const IMAGE_PAGES: &str = "image-pages";

/// A page stored less finely than this, in pixels per inch, is drawn at [`DRAWN_DPI`].
const COARSE_DPI: f32 = 140.0;
/// A page stored more finely than this is drawn at [`DRAWN_DPI`]: no letter is clearer for it.
const FINE_DPI: f32 = 400.0;
/// How finely a page without an image is drawn, in pixels per inch.
const DRAWN_DPI: f32 = 300.0;
/// More pixels a side than a page of any report has.
const MAX_SIDE: f32 = 9_000.0;
/// Which state of drawing and measuring a cached page was made by: raise it when either changes.
const SETTINGS: &str = "findings-ocr 1";

/// When pages are recognised.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum OcrMode {
    /// Where a page has no usable text.
    #[default]
    Auto,
    /// Never.
    Never,
    /// Every page, whatever text it has.
    Always,
}

/// Where recognised pages are kept.
pub trait PageCache: Send + Sync + fmt::Debug {
    /// What was kept under a key, if it still is.
    fn get(&self, key: &str) -> Option<Vec<u8>>;
    /// Keeps something. That it could not be kept is nobody's concern but the next run's.
    fn put(&self, key: &str, value: &[u8]);
}

/// Who is told how the pages of a document go.
pub trait PageProgress: Send + Sync + fmt::Debug {
    /// Pages are going to be recognised, each of which may take so long.
    fn begin(&self, pages: usize, each: Duration);
    /// One of them is done.
    fn page_done(&self);
}

/// How pages are recognised: one for all documents of a run.
#[derive(Debug)]
pub struct Ocr {
    /// When.
    pub mode: OcrMode,
    /// Where recognised pages are kept.
    pub cache: Option<Box<dyn PageCache>>,
    /// When a page is given up.
    pub page_time: Duration,
    jobs: usize,
    free: Mutex<usize>,
    freed: Condvar,
    engine: OnceLock<Result<Engine, EngineError>>,
}

impl Default for Ocr {
    fn default() -> Self {
        Self::new(OcrMode::Auto, 1, None)
    }
}

impl Ocr {
    /// Recognises so many pages at a time, over all documents.
    pub fn new(mode: OcrMode, jobs: usize, cache: Option<Box<dyn PageCache>>) -> Self {
        let jobs = jobs.max(1);
        Self {
            mode,
            cache,
            page_time: Duration::from_secs(90),
            jobs,
            free: Mutex::new(jobs),
            freed: Condvar::new(),
            engine: OnceLock::new(),
        }
    }

    /// The engine, found once a run.
    fn engine(&self, runner: &dyn Runner) -> Result<&Engine, EngineError> {
        self.engine.get_or_init(|| Engine::find(runner)).as_ref().map_err(Clone::clone)
    }

    /// Does work while no more than the allowed number of others do.
    fn in_turn<T>(&self, work: impl FnOnce() -> T) -> T {
        let free = self.free.lock().unwrap_or_else(PoisonError::into_inner);
        let mut free = self.freed.wait_while(free, |n| *n == 0).unwrap_or_else(PoisonError::into_inner);
        *free -= 1;
        drop(free);
        let done = work();
        *self.free.lock().unwrap_or_else(PoisonError::into_inner) += 1;
        self.freed.notify_one();
        done
    }
}

/// A page of an image file.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct ImagePage {
    /// Width in pixels.
    pub width: u32,
    /// Height in pixels.
    pub height: u32,
    /// Pixels per inch, where the file says so.
    pub dpi: Option<f32>,
}

/// A page to be recognised.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct PageTask {
    /// Index in the document, from 0.
    pub index: usize,
    /// Width in points.
    pub width: f32,
    /// Height in points.
    pub height: f32,
    /// How finely its image is stored, in pixels per inch; none where it has to be drawn from other things.
    pub dpi: Option<f32>,
}

impl PageTask {
    /// A page of a PDF.
    pub fn of_page(index: usize, page: &Page) -> Self {
        let dpi = page.image.filter(|i| i.cover > 0.5).map(|i| i.dpi);
        Self { index, width: page.width, height: page.height, dpi }
    }

    /// A page of an image file. Without a word on its size, or with one that no scanner gives, its short side
    /// is taken to be that of A4.
    pub fn of_image(index: usize, image: &ImagePage) -> Self {
        const A4_SHORT: f32 = 8.27;
        let short = image.width.min(image.height) as f32;
        let dpi = image.dpi.filter(|d| (100.0..=1200.0).contains(d)).unwrap_or(short / A4_SHORT).max(1.0);
        let points = |pixels: u32| pixels as f32 * 72.0 / dpi;
        Self { index, width: points(image.width), height: points(image.height), dpi: Some(dpi) }
    }

    /// Width and height to draw it with, in pixels.
    fn pixels(&self) -> (u32, u32) {
        let dpi = match self.dpi {
            Some(dpi) if (COARSE_DPI..=FINE_DPI).contains(&dpi) => dpi,
            _ => DRAWN_DPI,
        };
        let most = MAX_SIDE * 72.0 / self.width.max(self.height).max(1.0);
        let side = |points: f32| (points * dpi.min(most) / 72.0).round().max(1.0) as u32;
        (side(self.width), side(self.height))
    }
}

/// A page as it was recognised, in pixels of the image that was drawn of it.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
struct Recognised {
    width: u32,
    height: u32,
    words: Vec<OcrWord>,
    /// Spots that are no part of a word and look like a list's mark.
    spots: Vec<PixelBox>,
    /// Drawn horizontal lines.
    rules: Vec<PixelBox>,
}

/// A word as it was recognised.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
struct OcrWord {
    #[serde(rename = "t")]
    text: String,
    #[serde(rename = "b")]
    bbox: PixelBox,
    /// The engine's confidence, 0 to 100.
    #[serde(rename = "c")]
    confidence: f32,
    /// The engine's line: words of one line have the same number.
    #[serde(rename = "l")]
    line: u32,
    /// How broad its strokes are, in pixels.
    #[serde(rename = "s")]
    stroke: f32,
    /// Share of its box that is ink.
    #[serde(rename = "f")]
    fill: f32,
}

/// Left, top, right, bottom in pixels; right and bottom are just outside.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
struct PixelBox(u32, u32, u32, u32);

/// What recognising some pages gave.
#[derive(Debug, Default)]
pub struct Pages {
    /// Name and version of the engine.
    pub engine: String,
    /// For each task its page, or why there is none.
    pub pages: Vec<Result<Page, PageError>>,
}

/// Recognises pages of a document: a PDF or an image file.
///
/// # Errors
/// There is no engine that can be used.
pub fn read(
    document: &[u8],
    digest: &str,
    tasks: &[PageTask],
    ocr: &Ocr,
    runner: &dyn Runner,
    progress: Option<&dyn PageProgress>,
) -> Result<Pages, EngineError> {
    let engine = ocr.engine(runner)?;
    let key = |task: &PageTask| {
        let (width, height) = task.pixels();
        let page = format!("{digest} {} {width} {height} {SETTINGS} {}", task.index, engine.id());
        crate::source::sha256(page.as_bytes())
    };
    let mut read: Vec<Option<Result<Recognised, PageError>>> =
        tasks.iter().map(|task| unpack(&ocr.cache.as_ref()?.get(&key(task))?).map(Ok)).collect();
    let missing: Vec<usize> = (0..tasks.len()).filter(|i| read[*i].is_none()).collect();
    if let Some(progress) = progress.filter(|_| !missing.is_empty()) {
        progress.begin(missing.len(), ocr.page_time * 2);
    }
    let done = Mutex::new(&mut read);
    let next = AtomicUsize::new(0);
    std::thread::scope(|scope| {
        for _ in 0..ocr.jobs.min(missing.len()) {
            scope.spawn(|| {
                while let Some(&at) = missing.get(next.fetch_add(1, Ordering::Relaxed)) {
                    let page = ocr.in_turn(|| recognise(document, &tasks[at], engine, ocr.page_time, runner));
                    if let (Ok(page), Some(cache)) = (&page, &ocr.cache) {
                        cache.put(&key(&tasks[at]), &pack(page));
                    }
                    done.lock().unwrap_or_else(PoisonError::into_inner)[at] = Some(page);
                    if let Some(progress) = progress {
                        progress.page_done();
                    }
                }
            });
        }
    });
    let read = read.into_iter().map(|r| r.unwrap_or(Err(PageError::NotReached)));
    Ok(Pages { engine: engine.name().to_owned(), pages: layout::pages(tasks, read.collect()) })
}

/// Draws one page, reads it and measures it.
fn recognise(
    document: &[u8],
    task: &PageTask,
    engine: &Engine,
    time: Duration,
    runner: &dyn Runner,
) -> Result<Recognised, PageError> {
    let (width, height) = task.pixels();
    let mut job = Job::worker(PAGE_IMAGE, document);
    job.args =
        ["--".into(), task.index.to_string(), width.to_string(), height.to_string()].map(Into::into).into();
    job.limits = RunLimits { time, memory: 1 << 30, output: 128 << 20 };
    let pgm = runner.run(&job).map_err(PageError::NotDrawn)?;
    let gray = gray::Gray::from_pgm(&pgm).ok_or(PageError::NoImage)?;
    let dpi = width as f32 * 72.0 / task.width.max(1.0);
    let words = engine.read(&pgm, dpi, time, runner).map_err(PageError::NotRecognised)?;
    Ok(ink::measure(&gray, words))
}

/// The pages of an image file.
///
/// # Errors
/// Why the worker could not tell.
pub fn image_pages(image: &[u8], runner: &dyn Runner) -> Result<Vec<ImagePage>, RunError> {
    let mut job = Job::worker(IMAGE_PAGES, image);
    job.limits.memory = 1 << 30;
    let output = runner.run(&job)?;
    serde_json::from_slice(&output)
        .map_err(|e| RunError::Crashed { status: "unreadable output".into(), message: e.to_string() })
}

/// A recognised page as it is kept.
#[cfg(feature = "files")]
fn pack(page: &Recognised) -> Vec<u8> {
    use std::io::Write;
    let mut out = flate2::write::ZlibEncoder::new(Vec::new(), flate2::Compression::fast());
    // Writing to memory does not fail; if it did, the next run would find nothing and read the page again.
    let _ = out.write_all(&serde_json::to_vec(page).unwrap_or_default());
    out.finish().unwrap_or_default()
}

/// A page that was kept; none if it is damaged.
#[cfg(feature = "files")]
fn unpack(bytes: &[u8]) -> Option<Recognised> {
    use std::io::Read;
    const MOST: u64 = 32 << 20;
    let mut json = Vec::new();
    flate2::read::ZlibDecoder::new(bytes).take(MOST).read_to_end(&mut json).ok()?;
    serde_json::from_slice(&json).ok()
}

/// A recognised page as it is kept.
#[cfg(not(feature = "files"))]
fn pack(page: &Recognised) -> Vec<u8> {
    serde_json::to_vec(page).unwrap_or_default()
}

/// A page that was kept; none if it is damaged.
#[cfg(not(feature = "files"))]
fn unpack(bytes: &[u8]) -> Option<Recognised> {
    serde_json::from_slice(bytes).ok()
}
