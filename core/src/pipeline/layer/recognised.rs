//! Recognises (OCR) the pages whose text is only in their images.

use super::super::{Opened, ReadOptions};
use super::{Remark, no_text};
use crate::record::{Error, ErrorCode};
use crate::text::ocr::{self, EngineError, OcrMode, PageError, PageTask, Verdict};
use crate::text::{LayerKind, Page, TextLayer};

impl Opened {
    /// Replaces pages without usable text with recognised ones.
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

    /// Recognises the text of an image file.
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

    /// Puts the recognised pages in place and adds remarks. Gives for each page of the document whether it was
    /// recognised.
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

    /// Records how many pages the engine recognised, and names it as a source of the text.
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

    /// Sets the kind of the text layer. Text that a scanner put behind its image counts as recognised too.
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

/// Why no page was recognised, and what to do about it.
#[derive(Debug, thiserror::Error)]
enum Unrecognised {
    #[error("Images are not recognised under --ocr never; leave that out")]
    Never,
    #[error("Nobody runs an OCR engine here; run `ocrmypdf` on the file first")]
    NoRunner,
    #[error(transparent)]
    NoEngine(#[from] EngineError),
}

/// The recognised pages, if any need it.
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

/// Replaces a page with its recognised version. Returns a remark if there is something to say.
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
            // Garbage must not be read as if it meant something.
            if matches!(verdict, Verdict::Garbage(_)) {
                place.lines.clear();
            }
            let message = format!("the page could not be recognised: {why}. Nothing on it was read");
            Some(Remark::warning("page-not-recognised", number, message))
        }
    }
}

/// The remark on a page that could not be recognised, if its own text is unusable too.
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

/// Why a page's own text can't be used.
fn unusable(verdict: Verdict) -> String {
    match verdict {
        Verdict::Garbage(why) => format!("The text that the PDF gives for the page can't be used: {why}."),
        Verdict::BadHidden => "The text that a scanner put behind its image reads badly.".into(),
        _ => String::new(),
    }
}
