//! The text of a document: what its bytes give, and recognised pages for those that give none.

use super::ReadOptions;
use crate::record::{DocumentInfo, Error, ErrorCode, Severity};
use crate::repair;
use crate::source::{self, Source};
use crate::text::ocr::{self, OcrMode, PageTask, Verdict};
use crate::text::{self, LayerKind, Page, TextLayer};

/// Above this share of unmapped glyphs the second text engine is asked.
#[cfg(feature = "pdf")]
const UNMAPPED: f32 = 0.005;

/// A remark on how the text was come by.
#[derive(Debug, Clone)]
pub(crate) struct Remark {
    pub severity: Severity,
    pub code: &'static str,
    pub page: Option<u32>,
    pub message: String,
}

impl Remark {
    pub(super) fn info(code: &'static str, page: Option<u32>, message: impl Into<String>) -> Self {
        Self { severity: Severity::Info, code, page, message: message.into() }
    }

    pub(super) fn warning(code: &'static str, page: Option<u32>, message: impl Into<String>) -> Self {
        Self { severity: Severity::Warning, code, page, message: message.into() }
    }
}

/// The text of a document, and what there is to say about it.
pub(crate) fn text_layer(
    bytes: &[u8],
    options: &ReadOptions,
    document: &mut DocumentInfo,
) -> Result<(TextLayer, Vec<Remark>), Error> {
    let mut remarks = Vec::new();
    let mut layer = match source::open(bytes, &options.limits)? {
        Source::Text(text) => plain_text(&text, &mut remarks)?,
        Source::Pdf(pdf) => {
            let mut layer = pdf_text(pdf, options, document, &mut remarks)?;
            recognise_pages(pdf, &mut layer, options, document, &mut remarks)?;
            layer
        }
        Source::Image(image) => image_text(image, options, document, &mut remarks)?,
    };
    document.pages = layer.pages.len() as u32;
    document.text_layer = layer.kind.as_str().into();
    if layer.word_count() == 0 {
        let failed = remarks.iter().find(|r| r.code == "page-not-recognised");
        return Err(match failed {
            Some(remark) => no_text(&format!("Page {}: {}", remark.page.unwrap_or(1), remark.message)),
            None => Error::new(
                ErrorCode::NoText,
                "there is no text on any page; check that the document is the one that was meant",
            ),
        });
    }
    let repairs = repair::any_text(&mut layer);
    remarks.extend(
        repair::remarks(&repairs).into_iter().map(|(code, page, said)| Remark::info(code, page, said)),
    );
    document.words.total = layer.word_count();
    Ok((layer, remarks))
}

fn plain_text(text: &str, remarks: &mut Vec<Remark>) -> Result<TextLayer, Error> {
    text::plain::weigh(text)?;
    let mut layer = text::plain::read(text);
    let repairs = repair::plain_text(&mut layer);
    let said = repair::remarks(&repairs).into_iter();
    remarks.extend(said.map(|(code, page, message)| Remark::info(code, page, message)));
    Ok(layer)
}

/// The text that a PDF draws: this build has no part that reads any.
#[cfg(not(feature = "pdf"))]
fn pdf_text(
    _: &[u8],
    _: &ReadOptions,
    _: &mut DocumentInfo,
    _: &mut Vec<Remark>,
) -> Result<TextLayer, Error> {
    Err(Error::new(ErrorCode::Unreadable, "this build reads no PDF: it was made without the feature `pdf`"))
}

/// The text that a PDF draws.
#[cfg(feature = "pdf")]
fn pdf_text(
    pdf: &[u8],
    options: &ReadOptions,
    document: &mut DocumentInfo,
    remarks: &mut Vec<Remark>,
) -> Result<TextLayer, Error> {
    let read = text::pdf::read_with(pdf, options.password.as_deref())?;
    document.title = read.title;
    document.producer = read.producer;
    document.created = read.created;
    if read.repaired {
        remarks.push(Remark::info(
            "document-repaired",
            None,
            "the PDF's cross-references were damaged and have been rebuilt",
        ));
    }
    if read.cut_short {
        remarks.push(Remark::warning(
            "document-truncated",
            None,
            "the PDF asks for more work than any report: reading stopped at a limit",
        ));
    }
    let layer = read.layer;
    doubtful_text(&layer, remarks);
    if layer.unmapped <= UNMAPPED {
        return Ok(layer);
    }
    let share = layer.unmapped * 100.0;
    match options.runner.as_deref().map(|r| text::fallback::read(pdf, r)) {
        Some(Ok(mut second)) if confirms(&second, &layer) => {
            second.gaps = layer.gaps;
            remarks.push(Remark::info(
                "engines-disagree",
                None,
                format!(
                    "{share:.1} % of the characters have no Unicode value: the text is that of the second engine"
                ),
            ));
            Ok(second)
        }
        _ => {
            let message = format!("{share:.1} % of the characters have no Unicode value in the PDF");
            remarks.push(Remark::warning("unmapped-glyphs", None, message));
            Ok(layer)
        }
    }
}

/// Whether what the second engine read is a better reading of the same document: it has the words that the first
/// could read, and is a language throughout.
#[cfg(feature = "pdf")]
fn confirms(second: &TextLayer, first: &TextLayer) -> bool {
    let words = |layer: &TextLayer| {
        let all = layer.pages.iter().flat_map(|p| &p.lines).flat_map(|l| &l.words);
        let known = all.filter(|w| !w.text.contains('\u{fffd}'));
        known.map(|w| w.text.clone()).collect::<std::collections::HashSet<_>>()
    };
    let (theirs, ours) = (words(second), words(first));
    let common = ours.intersection(&theirs).count();
    let reads = |page: &Page| !matches!(ocr::page_verdict(page), Verdict::Garbage(_));
    second.word_count() > 0 && common * 10 >= ours.len() * 9 && second.pages.iter().all(reads)
}

/// What is doubtful about the text of pages, a remark for each kind.
#[cfg(feature = "pdf")]
fn doubtful_text(layer: &TextLayer, remarks: &mut Vec<Remark>) {
    let mut say = |code, severity, count: &dyn Fn(&Page) -> u32, what: &str| {
        let first = layer.pages.iter().find(|p| count(p) > 0);
        let all: u32 = layer.pages.iter().map(count).sum();
        if let Some(page) = first {
            let message = format!("{all} characters {what}");
            remarks.push(Remark { severity, code, page: Some(page.number), message });
        }
    };
    let info = Severity::Info;
    let warning = Severity::Warning;
    say("layer-off", info, &|p| p.doubts.layers_off, "are of layers that are switched off: left out");
    say(
        "text-invisible",
        info,
        &|p| p.doubts.invisible,
        "are drawn and not seen: they are no part of the text",
    );
    let clipped =
        "lie outside of what is drawn into: they were read, and a reader of the page may not see them";
    say("text-clipped", info, &|p| p.doubts.clipped, clipped);
    say(
        "text-white",
        warning,
        &|p| p.doubts.white,
        "are white on white: they were read, and a reader of the page does not see them",
    );
    let few = layer.unmapped <= UNMAPPED;
    let unmapped = |p: &Page| if few { p.doubts.unmapped } else { 0 };
    say(
        "unmapped-glyphs",
        warning,
        &unmapped,
        "have no Unicode value in the PDF: they are U+FFFD in the text",
    );
    let notes = |p: &Page| {
        p.lines.iter().filter(|l| l.note).flat_map(|l| &l.words).map(|w| w.text.chars().count() as u32).sum()
    };
    say(
        "annotation-text",
        warning,
        &notes,
        "are of annotations or form fields, and were read as text of the page",
    );
    for page in layer.pages.iter().filter(|p| p.turn != 0) {
        let message = format!(
            "the text runs another way: the page was turned by {} degrees",
            90 * u16::from(page.turn)
        );
        remarks.push(Remark::info("page-turned", Some(page.number), message));
    }
}

/// Puts recognised pages in the place of those without usable text.
fn recognise_pages(
    pdf: &[u8],
    layer: &mut TextLayer,
    options: &ReadOptions,
    document: &DocumentInfo,
    remarks: &mut Vec<Remark>,
) -> Result<(), Error> {
    let verdicts: Vec<Verdict> = layer.pages.iter().map(ocr::page_verdict).collect();
    let wanted = |v: &Verdict| match options.ocr.mode {
        OcrMode::Never => false,
        OcrMode::Auto => matches!(v, Verdict::Image | Verdict::BadHidden | Verdict::Garbage(_)),
        OcrMode::Always => *v != Verdict::Blank,
    };
    let tasks: Vec<PageTask> = (0..verdicts.len())
        .filter(|i| wanted(&verdicts[*i]))
        .map(|i| PageTask::of_page(i, &layer.pages[i]))
        .collect();
    let mut recognised = vec![false; verdicts.len()];
    match recognise(pdf, &document.sha256, &tasks, options) {
        Ok(read) => {
            for (task, page) in tasks.iter().zip(read.pages) {
                let verdict = verdicts[task.index];
                recognised[task.index] = page.is_ok();
                put(&mut layer.pages[task.index], page, verdict, remarks);
            }
            say_recognised(&recognised, &read.engine, layer, remarks);
        }
        Err(why) if layer.word_count() == 0 => return Err(no_text(&why)),
        Err(why) => {
            for (i, verdict) in verdicts.iter().enumerate() {
                match verdict {
                    Verdict::Image => remarks.push(Remark::warning(
                        "page-without-text",
                        Some(i as u32 + 1),
                        format!("the page is an image without text: nothing on it was read. {why}"),
                    )),
                    Verdict::BadHidden | Verdict::Garbage(_) => remarks.push(Remark::warning(
                        "page-not-recognised",
                        Some(i as u32 + 1),
                        format!("{} {why}", of(*verdict)),
                    )),
                    _ => {}
                }
            }
        }
    }
    settle_kind(layer, &verdicts, &recognised, remarks);
    Ok(())
}

/// Recognised pages, or why there are none, with what to do about it.
fn recognise(
    document: &[u8],
    digest: &str,
    tasks: &[PageTask],
    options: &ReadOptions,
) -> Result<ocr::Pages, String> {
    if options.ocr.mode == OcrMode::Never {
        return Err("Images are not recognised under --ocr never; leave that out".into());
    }
    if tasks.is_empty() {
        return Ok(ocr::Pages::default());
    }
    let runner = options
        .runner
        .as_deref()
        .ok_or("Nobody runs an OCR engine here; run `ocrmypdf` on the file first")?;
    ocr::read(document, digest, tasks, &options.ocr, runner, options.progress.as_deref())
}

/// What is said of a page whose own text can't be used.
fn of(verdict: Verdict) -> String {
    match verdict {
        Verdict::Garbage(why) => format!("The text that the PDF gives for the page can't be used: {why}."),
        Verdict::BadHidden => "The text that a scanner put behind its image reads badly.".into(),
        _ => String::new(),
    }
}

fn put(place: &mut Page, page: Result<Page, String>, verdict: Verdict, remarks: &mut Vec<Remark>) {
    let number = Some(place.number);
    match page {
        Ok(page) => {
            if matches!(verdict, Verdict::BadHidden | Verdict::Garbage(_)) {
                let message = format!("{} The page was recognised instead.", of(verdict));
                remarks.push(Remark::info("text-layer-replaced", number, message));
            }
            *place = page;
        }
        Err(why) => {
            // What means nothing is not to be read for something.
            if matches!(verdict, Verdict::Garbage(_)) {
                place.lines.clear();
            }
            let message = format!("the page could not be recognised: {why}. Nothing on it was read");
            remarks.push(Remark::warning("page-not-recognised", number, message));
        }
    }
}

fn say_recognised(recognised: &[bool], engine: &str, layer: &mut TextLayer, remarks: &mut Vec<Remark>) {
    let count = recognised.iter().filter(|r| **r).count();
    if count == 0 {
        return;
    }
    let all = recognised.len();
    let message = format!("{count} of {all} pages were recognised by {engine}");
    remarks.push(Remark::info("text-recognised", None, message));
    layer.engine = if count == all { engine.to_owned() } else { format!("{} + {engine}", layer.engine) };
}

/// Says where the text came from: a scanner's own text behind its image is recognised text too.
fn settle_kind(layer: &mut TextLayer, verdicts: &[Verdict], recognised: &[bool], remarks: &mut Vec<Remark>) {
    let (mut native, mut ocr, mut hidden) = (0, 0, 0);
    for ((page, verdict), recognised) in layer.pages.iter().zip(verdicts).zip(recognised) {
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
        remarks.push(Remark::info("ocr-layer-used", None, message));
    }
    layer.kind = match (native, ocr) {
        (_, 0) => layer.kind,
        (0, _) => LayerKind::Ocr,
        _ => LayerKind::Mixed,
    };
}

/// The text in an image file.
fn image_text(
    image: &[u8],
    options: &ReadOptions,
    document: &DocumentInfo,
    remarks: &mut Vec<Remark>,
) -> Result<TextLayer, Error> {
    let mut layer = TextLayer { kind: LayerKind::Ocr, ..TextLayer::default() };
    if options.ocr.mode == OcrMode::Never {
        return Err(no_text("Images are not recognised under --ocr never; leave that out"));
    }
    let tasks: Vec<PageTask> = match options.runner.as_deref().map(|r| ocr::image_pages(image, r)) {
        Some(Ok(pages)) => pages.iter().enumerate().map(|(i, p)| PageTask::of_image(i, p)).collect(),
        Some(Err(e)) => {
            let message = format!("the image could not be opened ({e}): it is damaged or incomplete");
            return Err(Error::new(ErrorCode::Damaged, message));
        }
        None => Vec::new(),
    };
    let read = match recognise(image, &document.sha256, &tasks, options) {
        Ok(read) if !tasks.is_empty() => read,
        Ok(_) => return Err(no_text("Nobody runs an OCR engine here")),
        Err(why) => return Err(no_text(&why)),
    };
    let mut recognised = vec![false; tasks.len()];
    for (task, page) in tasks.iter().zip(read.pages) {
        let mut place = Page {
            number: task.index as u32 + 1,
            width: task.width,
            height: task.height,
            image_only: true,
            ..Page::default()
        };
        recognised[task.index] = page.is_ok();
        put(&mut place, page, Verdict::Image, remarks);
        layer.pages.push(place);
    }
    say_recognised(&recognised, &read.engine, &mut layer, remarks);
    layer.engine = read.engine;
    Ok(layer)
}

fn no_text(why: &str) -> Error {
    Error::new(ErrorCode::NoText, format!("the document has no text: its pages are images. {why}"))
}
