//! Optical character recognition for pages without usable text.
//!
//! One worker renders a page in greyscale ([`PAGE_IMAGE`]), another runs Tesseract on it. The result is measured
//! (`ink`) and laid out as lines (`layout`) like those of a native PDF page, so that the outline needs no special
//! case. Recognised pages are cached, so each is read once.

mod confidence;
mod engine;
mod error;
mod gray;
mod ink;
mod layout;
mod leading;
mod lines;
mod lost;
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

/// Name of the worker mode that renders a page: document in, greyscale image (PGM, 8 bits) out. Its arguments are
/// the page index from 0, and the width and height to render, in pixels.
pub const PAGE_IMAGE: &str = "page-image";
/// Name of the worker mode that lists the pages of an image file: image in, [`ImagePage`]s as JSON out.
pub const IMAGE_PAGES: &str = "image-pages";

/// A page stored at a lower resolution than this, in pixels per inch, is rendered at [`DRAWN_DPI`].
const COARSE_DPI: f32 = 140.0;
/// A page stored at a higher resolution than this is rendered at [`DRAWN_DPI`]: more makes no letter clearer.
const FINE_DPI: f32 = 400.0;
/// The resolution at which a page without an image is rendered, in pixels per inch.
const DRAWN_DPI: f32 = 300.0;
/// The most pixels per side; no page of a report has as many.
const MAX_SIDE: f32 = 9_000.0;
/// Version of rendering and measuring, part of the cache key: increase it when either changes.
const SETTINGS: &str = "findings-ocr 2";

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

/// A cache of recognised pages.
pub trait PageCache: Send + Sync + fmt::Debug {
    /// The value stored under a key, if it is still there.
    fn get(&self, key: &str) -> Option<Vec<u8>>;
    /// Stores a value. Errors are ignored: the next run just reads the page again.
    fn put(&self, key: &str, value: &[u8]);
}

/// Receives the progress of a document's pages.
pub trait PageProgress: Send + Sync + fmt::Debug {
    /// This many pages are going to be recognised, each in at most this time.
    fn begin(&self, pages: usize, each: Duration);
    /// A page is done.
    fn page_done(&self);
}

/// Settings and state of OCR, shared by all documents of a run.
#[derive(Debug)]
pub struct Ocr {
    /// Which pages are recognised.
    pub mode: OcrMode,
    /// Cache of recognised pages.
    pub cache: Option<Box<dyn PageCache>>,
    /// Time limit for each step of a page.
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
    /// Recognises up to `jobs` pages at a time, over all documents.
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

    /// The engine, looked up once per run.
    fn engine(&self, runner: &dyn Runner) -> Result<&Engine, EngineError> {
        self.engine.get_or_init(|| Engine::find(runner)).as_ref().map_err(Clone::clone)
    }

    /// Runs `work` once one of the `jobs` slots is free.
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
    /// Pixels per inch, if the file states it.
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
    /// Resolution of the image that covers it, in pixels per inch; `None` if there is no such image.
    pub dpi: Option<f32>,
}

impl PageTask {
    /// A page of a PDF.
    pub fn of_page(index: usize, page: &Page) -> Self {
        let dpi = page.image.filter(|i| i.cover > 0.5).map(|i| i.dpi);
        Self { index, width: page.width, height: page.height, dpi }
    }

    /// A page of an image file. If the resolution is missing or implausible for a scanner, its short side is taken
    /// to be that of A4.
    pub fn of_image(index: usize, image: &ImagePage) -> Self {
        const A4_SHORT: f32 = 8.27;
        let short = image.width.min(image.height) as f32;
        let dpi = image.dpi.filter(|d| (100.0..=1200.0).contains(d)).unwrap_or(short / A4_SHORT).max(1.0);
        let points = |pixels: u32| pixels as f32 * 72.0 / dpi;
        Self { index, width: points(image.width), height: points(image.height), dpi: Some(dpi) }
    }

    /// Width and height to render, in pixels.
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

/// A recognised page, in pixels of the rendered image.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
struct Recognised {
    width: u32,
    height: u32,
    words: Vec<OcrWord>,
    /// Spots outside words that look like list marks.
    spots: Vec<PixelBox>,
    /// Horizontal rules.
    rules: Vec<PixelBox>,
}

/// A recognised word.
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
    /// Stroke width in pixels.
    #[serde(rename = "s")]
    stroke: f32,
    /// Share of its box that is ink.
    #[serde(rename = "f")]
    fill: f32,
}

/// Left, top, right, bottom in pixels; right and bottom are exclusive.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
struct PixelBox(u32, u32, u32, u32);

/// The result of recognising some pages.
#[derive(Debug, Default)]
pub struct Pages {
    /// Name and version of the engine.
    pub engine: String,
    /// For each task, its page or why it could not be recognised.
    pub pages: Vec<Result<Page, PageError>>,
}

/// Recognises pages of a document: a PDF or an image file.
///
/// # Errors
/// No usable engine is installed.
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

/// Renders a page, recognises its words and measures it.
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
    let mut words = engine.read(&pgm, dpi, time, runner).map_err(PageError::NotRecognised)?;
    for line in lost::lines(&gray, &words) {
        // The page is complete without a line that can't be read alone either.
        let found = engine.read_line(&lost::part(&gray, line), dpi, time, runner).unwrap_or_default();
        let number = words.last().map_or(0, |w| w.line + 1);
        words.extend(lost::placed(found, line, number));
    }
    Ok(ink::measure(&gray, words))
}

/// The pages of an image file.
///
/// # Errors
/// The worker failed.
pub fn image_pages(image: &[u8], runner: &dyn Runner) -> Result<Vec<ImagePage>, RunError> {
    let mut job = Job::worker(IMAGE_PAGES, image);
    job.limits.memory = 1 << 30;
    let output = runner.run(&job)?;
    serde_json::from_slice(&output)
        .map_err(|e| RunError::Crashed { status: "unreadable output".into(), message: e.to_string() })
}

/// Serialises a page for the cache.
#[cfg(feature = "files")]
fn pack(page: &Recognised) -> Vec<u8> {
    use std::io::Write;
    let mut out = flate2::write::ZlibEncoder::new(Vec::new(), flate2::Compression::fast());
    // Writing to memory does not fail; if it did, the next run would find no valid entry and read the page again.
    let _ = out.write_all(&serde_json::to_vec(page).unwrap_or_default());
    out.finish().unwrap_or_default()
}

/// A page from the cache; `None` if the entry is damaged.
#[cfg(feature = "files")]
fn unpack(bytes: &[u8]) -> Option<Recognised> {
    use std::io::Read;
    const MOST: u64 = 32 << 20;
    let mut json = Vec::new();
    flate2::read::ZlibDecoder::new(bytes).take(MOST).read_to_end(&mut json).ok()?;
    serde_json::from_slice(&json).ok()
}

/// Serialises a page for the cache.
#[cfg(not(feature = "files"))]
fn pack(page: &Recognised) -> Vec<u8> {
    serde_json::to_vec(page).unwrap_or_default()
}

/// A page from the cache; `None` if the entry is damaged.
#[cfg(not(feature = "files"))]
fn unpack(bytes: &[u8]) -> Option<Recognised> {
    serde_json::from_slice(bytes).ok()
}
