//! The second text engine, pdf-extract. It panics on some documents, so it runs in a worker only.

use std::panic::{self, AssertUnwindSafe};

use findings_core::text::fallback::{ForeignGlyph, ForeignPage, ForeignText};
use pdf_extract::{Document, MediaBox, OutputDev, OutputError, Transform, output_doc_page};

const ENGINE: &str = "pdf-extract 0.12.1";

/// The pages of a PDF, as far as they can be read. An error on one page is noted, and reading continues with the next.
pub(super) fn read(bytes: &[u8]) -> ForeignText {
    let mut text = ForeignText { engine: ENGINE.into(), ..ForeignText::default() };
    let document = contained(|| {
        let mut document = Document::load_mem(bytes)?;
        if document.is_encrypted() {
            document.decrypt("")?;
        }
        Ok(document)
    });
    let document = match document {
        Ok(document) => document,
        Err(why) => {
            text.stopped = Some(why);
            return text;
        }
    };
    let mut pages = Pages::default();
    for number in document.get_pages().into_keys() {
        let page = contained(|| output_doc_page(&document, &mut pages, number));
        text.stopped = text.stopped.or_else(|| page.err().map(|why| format!("page {number}: {why}")));
    }
    text.pages = pages.pages;
    text
}

/// Does work that may panic.
fn contained<T>(work: impl FnOnce() -> Result<T, OutputError>) -> Result<T, String> {
    match panic::catch_unwind(AssertUnwindSafe(work)) {
        Ok(result) => result.map_err(|e| e.to_string()),
        Err(_) => Err("the engine panicked".into()),
    }
}

/// Collects the glyphs of each page.
#[derive(Default)]
struct Pages {
    pages: Vec<ForeignPage>,
    /// The left and top edges of the page, in its content's coordinates.
    corner: (f64, f64),
}

impl OutputDev for Pages {
    fn begin_page(
        &mut self,
        number: u32,
        media: &MediaBox,
        _art: Option<(f64, f64, f64, f64)>,
    ) -> Result<(), OutputError> {
        self.corner = (media.llx, media.ury);
        self.pages.push(ForeignPage {
            number,
            width: (media.urx - media.llx) as f32,
            height: (media.ury - media.lly) as f32,
            glyphs: Vec::new(),
        });
        Ok(())
    }

    fn end_page(&mut self) -> Result<(), OutputError> {
        Ok(())
    }

    fn output_character(
        &mut self,
        to_page: &Transform,
        width: f64,
        _spacing: f64,
        font_size: f64,
        text: &str,
    ) -> Result<(), OutputError> {
        if let Some(page) = self.pages.last_mut() {
            // Lengths along and across the baseline, however the text is rotated.
            let along = to_page.m11.hypot(to_page.m12) * font_size;
            let across = to_page.m21.hypot(to_page.m22) * font_size;
            page.glyphs.push(ForeignGlyph {
                text: text.to_owned(),
                x: (to_page.m31 - self.corner.0) as f32,
                y: (self.corner.1 - to_page.m32) as f32,
                width: (width * along) as f32,
                size: across as f32,
            });
        }
        Ok(())
    }

    fn begin_word(&mut self) -> Result<(), OutputError> {
        Ok(())
    }

    fn end_word(&mut self) -> Result<(), OutputError> {
        Ok(())
    }

    fn end_line(&mut self) -> Result<(), OutputError> {
        Ok(())
    }
}
