//! Pages whose text is recognised in their images.

use super::super::{Opened, ReadOptions};
use super::{Remark, no_text};
use crate::record::{Error, ErrorCode};
use crate::text::ocr::{self, EngineError, OcrMode, PageError, PageTask, Verdict};
use crate::text::{LayerKind, Page, TextLayer};

impl Opened {
    /// Puts recognised pages in the place of those without usable text.
    pub(super) fn recognise_pages(&mut self, pdf: &[u8], options: &ReadOptions) -> Result<(), Error> {
        let verdicts: Vec<Verdict> = self.layer.pages.iter().map(ocr::page_verdict).collect();
        let wanted = |v: &Verdict| match options.ocr.mode {
            OcrMode::Never => false,
            OcrMode::Auto => matches!(v, Verdict::Image | Verdict::BadHidden | Verdict::Garbage(_)),
            OcrMode::Always => *v != Verdict::Blank,
        };
        let tasks: Vec<PageTask> = (0..verdicts.len())
            .filter(|i| wanted(&verdicts[*i]))
            .map(|i| PageTask::of_page(i, &self.layer.pages[i]))
            .collect();
        let recognised = match recognise(pdf, &self.document.sha256, &tasks, options) {
            Ok(read) => {
                let recognised = self.put_all(&tasks, read.pages, &verdicts);
                self.name_engine(&recognised, &read.engine);
                recognised
            }
            Err(why) if self.layer.word_count() == 0 => return Err(no_text(why)),
            Err(why) => {
                self.remarks.extend(verdicts.iter().zip(1..).filter_map(|(v, page)| unread(*v, page, &why)));
                vec![false; verdicts.len()]
            }
        };
        self.settle_kind(&verdicts, &recognised);
        Ok(())
    }

    /// The text in an image file.
    pub(super) fn take_image(&mut self, image: &[u8], options: &ReadOptions) -> Result<(), Error> {
        if options.ocr.mode == OcrMode::Never {
            return Err(no_text(Unrecognised::Never));
        }
        let tasks: Vec<PageTask> = match options.runner.as_deref().map(|r| ocr::image_pages(image, r)) {
            Some(Ok(pages)) => pages.iter().enumerate().map(|(i, p)| PageTask::of_image(i, p)).collect(),
            Some(Err(e)) => {
                let message = format!("the image could not be opened ({e}): it is damaged or incomplete");
                return Err(Error::new(ErrorCode::Damaged, message));
            }
            None => Vec::new(),
        };
        let read = match recognise(image, &self.document.sha256, &tasks, options) {
            Ok(read) if !tasks.is_empty() => read,
            Ok(_) => return Err(no_text("Nobody runs an OCR engine here")),
            Err(why) => return Err(no_text(why)),
        };
        let pages = tasks.iter().map(empty_page).collect();
        self.layer = TextLayer { kind: LayerKind::Ocr, pages, ..TextLayer::default() };
        let recognised = self.put_all(&tasks, read.pages, &vec![Verdict::Image; tasks.len()]);
        self.name_engine(&recognised, &read.engine);
        self.layer.engine = read.engine;
        Ok(())
    }

    /// Puts each page that was recognised in its place, and says what became of it: for all pages, whether they were.
    fn put_all(
        &mut self,
        tasks: &[PageTask],
        pages: Vec<Result<Page, PageError>>,
        verdicts: &[Verdict],
    ) -> Vec<bool> {
        let mut recognised = vec![false; verdicts.len()];
        for (task, page) in tasks.iter().zip(pages) {
            recognised[task.index] = page.is_ok();
            let remark = put(&mut self.layer.pages[task.index], page, verdicts[task.index]);
            self.remarks.extend(remark);
        }
        recognised
    }

    /// Says how many pages the engine recognised, and that the text is its own.
    fn name_engine(&mut self, recognised: &[bool], engine: &str) {
        let count = recognised.iter().filter(|r| **r).count();
        if count == 0 {
            return;
        }
        let all = recognised.len();
        let message = format!("{count} of {all} pages were recognised by {engine}");
        self.remarks.push(Remark::info("text-recognised", None, message));
        self.layer.engine =
            if count == all { engine.to_owned() } else { format!("{} + {engine}", self.layer.engine) };
    }

    /// Says where the text came from: a scanner's own text behind its image is recognised text too.
    fn settle_kind(&mut self, verdicts: &[Verdict], recognised: &[bool]) {
        let (mut native, mut ocr, mut hidden) = (0, 0, 0);
        for ((page, verdict), recognised) in self.layer.pages.iter().zip(verdicts).zip(recognised) {
            let behind = !recognised && matches!(verdict, Verdict::Hidden | Verdict::BadHidden);
            match page.lines.is_empty() {
                true => {}
                false if *recognised || behind => ocr += 1,
                false => native += 1,
            }
            hidden += u32::from(behind);
        }
        if hidden > 0 {
            let message = format!("on {hidden} pages the text is what a scanner put behind its image");
            self.remarks.push(Remark::info("ocr-layer-used", None, message));
        }
        self.layer.kind = match (native, ocr) {
            (_, 0) => self.layer.kind,
            (0, _) => LayerKind::Ocr,
            _ => LayerKind::Mixed,
        };
    }
}

/// Why no page is recognised, with what to do about it.
#[derive(Debug, thiserror::Error)]
enum Unrecognised {
    #[error("Images are not recognised under --ocr never; leave that out")]
    Never,
    #[error("Nobody runs an OCR engine here; run `ocrmypdf` on the file first")]
    NoRunner,
    #[error(transparent)]
    NoEngine(#[from] EngineError),
}

/// Recognised pages, if there are any to recognise.
fn recognise(
    document: &[u8],
    digest: &str,
    tasks: &[PageTask],
    options: &ReadOptions,
) -> Result<ocr::Pages, Unrecognised> {
    if options.ocr.mode == OcrMode::Never {
        return Err(Unrecognised::Never);
    }
    if tasks.is_empty() {
        return Ok(ocr::Pages::default());
    }
    let runner = options.runner.as_deref().ok_or(Unrecognised::NoRunner)?;
    Ok(ocr::read(document, digest, tasks, &options.ocr, runner, options.progress.as_deref())?)
}

/// A page of an image file before it is recognised.
fn empty_page(task: &PageTask) -> Page {
    Page {
        number: task.index as u32 + 1,
        width: task.width,
        height: task.height,
        image_only: true,
        ..Page::default()
    }
}

/// Puts a page as it was recognised in its place; what is to be said of that.
fn put(place: &mut Page, page: Result<Page, PageError>, verdict: Verdict) -> Option<Remark> {
    let number = Some(place.number);
    match page {
        Ok(page) => {
            *place = page;
            let replaced = matches!(verdict, Verdict::BadHidden | Verdict::Garbage(_));
            replaced.then(|| {
                let message = format!("{} The page was recognised instead.", unusable(verdict));
                Remark::info("text-layer-replaced", number, message)
            })
        }
        Err(why) => {
            // What means nothing is not to be read for something.
            if matches!(verdict, Verdict::Garbage(_)) {
                place.lines.clear();
            }
            let message = format!("the page could not be recognised: {why}. Nothing on it was read");
            Some(Remark::warning("page-not-recognised", number, message))
        }
    }
}

/// What is said of a page that nothing could recognise, if its text can't be used.
fn unread(verdict: Verdict, page: u32, why: &Unrecognised) -> Option<Remark> {
    let (code, message) = match verdict {
        Verdict::Image => {
            ("page-without-text", format!("the page is an image without text: nothing on it was read. {why}"))
        }
        Verdict::BadHidden | Verdict::Garbage(_) => {
            ("page-not-recognised", format!("{} {why}", unusable(verdict)))
        }
        _ => return None,
    };
    Some(Remark::warning(code, Some(page), message))
}

/// What is said of a page whose own text can't be used.
fn unusable(verdict: Verdict) -> String {
    match verdict {
        Verdict::Garbage(why) => format!("The text that the PDF gives for the page can't be used: {why}."),
        Verdict::BadHidden => "The text that a scanner put behind its image reads badly.".into(),
        _ => String::new(),
    }
}
