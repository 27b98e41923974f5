//! Obtains a document's text from its bytes, and by OCR for pages that have no usable text.

mod recognised;

use std::fmt::Display;

use super::{Opened, ReadOptions};
use crate::record::{Error, ErrorCode, Severity};
use crate::repair::{self, Repair};
use crate::source::{self, Source};
use crate::text;
#[cfg(feature = "pdf")]
use crate::text::ocr::{self, Verdict};
#[cfg(feature = "pdf")]
use crate::text::{Page, TextLayer};

/// If a larger share of the glyphs than this is unmapped, the second text engine is asked.
#[cfg(feature = "pdf")]
const UNMAPPED: f32 = 0.005;

/// A remark on how the text was obtained.
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

impl Opened {
    /// Extracts the text from a document's bytes.
    pub(super) fn take(&mut self, bytes: &[u8], options: &ReadOptions) -> Result<(), Error> {
        match source::open(bytes, &options.limits)? {
            Source::Text(text) => self.take_plain(&text)?,
            Source::Pdf(pdf) => {
                self.take_pdf(pdf, options)?;
                self.recognise_pages(pdf, options)?;
            }
            Source::Image(image) => self.take_image(image, options)?,
        }
        self.document.pages = self.layer.pages.len() as u32;
        self.document.text_layer = self.layer.kind.as_str().into();
        if self.layer.word_count() == 0 {
            return Err(self.without_text());
        }
        let repairs = repair::any_text(&mut self.layer);
        self.say_repairs(&repairs);
        self.document.words.total = self.layer.word_count();
        Ok(())
    }

    fn without_text(&self) -> Error {
        match self.remarks.iter().find(|r| r.code == "page-not-recognised") {
            Some(remark) => no_text(format!("Page {}: {}", remark.page.unwrap_or(1), remark.message)),
            None => Error::new(
                ErrorCode::NoText,
                "there is no text on any page; check that the document is the one that was meant",
            ),
        }
    }

    fn take_plain(&mut self, text: &str) -> Result<(), Error> {
        text::plain::weigh(text)?;
        self.layer = text::plain::read(text);
        let repairs = repair::plain_text(&mut self.layer);
        self.say_repairs(&repairs);
        Ok(())
    }

    fn say_repairs(&mut self, repairs: &[Repair]) {
        let said = repair::remarks(repairs).into_iter();
        self.remarks.extend(said.map(|(code, page, message)| Remark::info(code, page, message)));
    }

    /// Refuses PDFs: this build can't read them.
    #[cfg(not(feature = "pdf"))]
    fn take_pdf(&mut self, _: &[u8], _: &ReadOptions) -> Result<(), Error> {
        let message = "this build reads no PDF: it was made without the feature `pdf`";
        Err(Error::new(ErrorCode::Unreadable, message))
    }

    /// The text that a PDF draws.
    #[cfg(feature = "pdf")]
    fn take_pdf(&mut self, pdf: &[u8], options: &ReadOptions) -> Result<(), Error> {
        let read = text::pdf::read_with(pdf, options.password.as_deref())?;
        self.document.title = read.title;
        self.document.producer = read.producer;
        self.document.created = read.created;
        if read.repaired {
            let message = "the PDF's cross-references were damaged and have been rebuilt";
            self.remarks.push(Remark::info("document-repaired", None, message));
        }
        if read.cut_short {
            let message = "the PDF asks for more work than any report: reading stopped at a limit";
            self.remarks.push(Remark::warning("document-truncated", None, message));
        }
        self.remarks.extend(doubtful_text(&read.layer));
        self.layer = read.layer;
        if self.layer.unmapped > UNMAPPED {
            self.ask_second_engine(pdf, options);
        }
        Ok(())
    }

    /// Replaces the text, many of whose characters are unknown, with the second engine's if [`confirms`] accepts that.
    #[cfg(feature = "pdf")]
    fn ask_second_engine(&mut self, pdf: &[u8], options: &ReadOptions) {
        let share = self.layer.unmapped * 100.0;
        match options.runner.as_deref().map(|r| text::fallback::read(pdf, r)) {
            Some(Ok(mut second)) if confirms(&second, &self.layer) => {
                second.gaps = std::mem::take(&mut self.layer.gaps);
                self.layer = second;
                let message = format!(
                    "{share:.1} % of the characters have no Unicode value: the text is that of the second engine"
                );
                self.remarks.push(Remark::info("engines-disagree", None, message));
            }
            _ => {
                let message = format!("{share:.1} % of the characters have no Unicode value in the PDF");
                self.remarks.push(Remark::warning("unmapped-glyphs", None, message));
            }
        }
    }
}

/// Whether the second engine gives a better reading of the same document: it has at least nine in ten of the words that
/// the first could decode, and no page of it is garbage.
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

/// A kind of doubt about the characters of a page.
#[cfg(feature = "pdf")]
struct Doubtful {
    code: &'static str,
    severity: Severity,
    count: fn(&Page) -> u32,
    /// What a diagnostic says about these characters, after their number.
    what: &'static str,
}

#[cfg(feature = "pdf")]
const DOUBTFUL: [Doubtful; 6] = [
    Doubtful {
        code: "layer-off",
        severity: Severity::Info,
        count: |p| p.doubts.layers_off,
        what: "are of layers that are switched off: left out",
    },
    Doubtful {
        code: "text-invisible",
        severity: Severity::Info,
        count: |p| p.doubts.invisible,
        what: "are drawn and not seen: they are no part of the text",
    },
    Doubtful {
        code: "text-clipped",
        severity: Severity::Info,
        count: |p| p.doubts.clipped,
        what: "lie outside of what is drawn into: they were read, and a reader of the page may not see them",
    },
    Doubtful {
        code: "text-white",
        severity: Severity::Warning,
        count: |p| p.doubts.white,
        what: "are white on white: they were read, and a reader of the page does not see them",
    },
    Doubtful {
        code: "unmapped-glyphs",
        severity: Severity::Warning,
        count: |p| p.doubts.unmapped,
        what: "have no Unicode value in the PDF: they are U+FFFD in the text",
    },
    Doubtful {
        code: "annotation-text",
        severity: Severity::Warning,
        count: characters_of_notes,
        what: "are of annotations or form fields, and were read as text of the page",
    },
];

#[cfg(feature = "pdf")]
fn characters_of_notes(page: &Page) -> u32 {
    let words = page.lines.iter().filter(|l| l.note).flat_map(|l| &l.words);
    words.map(|w| w.text.chars().count() as u32).sum()
}

/// Remarks on doubtful characters (one for each kind), and on each page that was turned.
#[cfg(feature = "pdf")]
fn doubtful_text(layer: &TextLayer) -> Vec<Remark> {
    let mut remarks = Vec::new();
    // Above that share the whole text is in question, which is reported when the second engine is asked.
    let asks_second = |d: &Doubtful| d.code == "unmapped-glyphs" && layer.unmapped > UNMAPPED;
    for Doubtful { code, severity, count, what } in DOUBTFUL.into_iter().filter(|d| !asks_second(d)) {
        let Some(first) = layer.pages.iter().find(|p| count(p) > 0) else { continue };
        let all: u32 = layer.pages.iter().map(count).sum();
        let message = format!("{all} characters {what}");
        remarks.push(Remark { severity, code, page: Some(first.number), message });
    }
    for page in layer.pages.iter().filter(|p| p.turn != 0) {
        let degrees = 90 * u16::from(page.turn);
        let message = format!("the text runs another way: the page was turned by {degrees} degrees");
        remarks.push(Remark::info("page-turned", Some(page.number), message));
    }
    remarks
}

fn no_text(why: impl Display) -> Error {
    Error::new(ErrorCode::NoText, format!("the document has no text: its pages are images. {why}"))
}
