//! Signs that a PDF is damaged: a truncated file, references to missing objects.

use lopdf::{Dictionary, Object, Stream};
use memchr::memmem;

use super::objects::Objects;
use super::pdf::{PageRef, catalogue, resolve};
use super::{Gap, Page};

/// How many bytes may follow `%%EOF` in an intact file: line ends, or what a mail or web server added.
const AFTER_END: usize = 2048;

/// The gaps in a PDF. `pages` are the pages that were found, `read` what was read on each.
pub(super) fn gaps(doc: &Objects, bytes: &[u8], pages: &[PageRef], read: &[Page]) -> Vec<Gap> {
    let mut gaps = Vec::new();
    if is_cut(bytes) {
        gaps.push(whole("document-truncated", "the PDF file is cut off: its end is missing".into()));
    }
    if let Some(count) = page_count(doc).filter(|n| *n > pages.len()) {
        let message = format!("the PDF says that it has {count} pages, but {} were found", pages.len());
        gaps.push(whole("document-incomplete", message));
    }
    for (page, read) in pages.iter().zip(read) {
        let at = |message: &str, garbled| Gap {
            code: if garbled { "text-garbled" } else { "document-incomplete" },
            page: Some(read.number),
            garbled,
            message: message.into(),
        };
        if lacks_content(doc, page) {
            gaps.push(at("part of the page's content is missing from the PDF", false));
        } else if read.lines.is_empty() && lacks_form(doc, page) {
            gaps.push(at("something that the page draws is missing from the PDF", false));
        }
        if lacks_font(doc, page) {
            gaps.push(at(
                "a font of the page is missing from the PDF or incomplete: characters may be wrong",
                true,
            ));
        }
    }
    gaps
}

/// The gap on a page whose content breaks off before its end.
pub(super) fn cut(page: u32) -> Gap {
    Gap {
        code: "document-incomplete",
        page: Some(page),
        garbled: false,
        message: "part of the page's content is damaged: what came after the damage is missing".into(),
    }
}

fn whole(code: &'static str, message: String) -> Gap {
    Gap { code, page: None, garbled: false, message }
}

/// Whether the file was cut off: objects follow the last `%%EOF`, or there is none.
fn is_cut(bytes: &[u8]) -> bool {
    let rest = memmem::rfind(bytes, b"%%EOF").and_then(|at| bytes.get(at + 5..)).unwrap_or(bytes);
    rest.len() > AFTER_END && memmem::find(rest, b" obj").is_some()
}

/// The number of pages that the page tree states.
fn page_count(doc: &Objects) -> Option<usize> {
    let tree = resolve(doc, catalogue(doc)?.get(b"Pages").ok()?)?.as_dict().ok()?;
    resolve(doc, tree.get(b"Count").ok()?)?.as_i64().ok().and_then(|n| usize::try_from(n).ok())
}

fn is_gone(doc: &Objects, object: &Object) -> bool {
    matches!(object, Object::Reference(_)) && resolve(doc, object).is_none()
}

/// Whether the file contains everything that a page refers to.
pub(super) fn is_whole(doc: &Objects, page: &PageRef) -> bool {
    !lacks_content(doc, page) && !lacks_form(doc, page) && !lacks_font(doc, page)
}

fn lacks_content(doc: &Objects, page: &PageRef) -> bool {
    let Ok(contents) = page.dict.get(b"Contents") else { return false };
    match resolve(doc, contents) {
        None => true,
        Some(Object::Array(parts)) => parts.iter().any(|p| is_gone(doc, p) || lacks_data(doc, p)),
        Some(_) => lacks_data(doc, contents),
    }
}

/// Whether an object is a stream of unknown length, for which the loader keeps no data.
fn lacks_data(doc: &Objects, object: &Object) -> bool {
    let is_empty = |s: &Stream| s.content.is_empty() && s.start_position.is_some();
    resolve(doc, object).and_then(|o| o.as_stream().ok()).is_some_and(is_empty)
}

/// A page's resources of one kind.
fn resources<'a>(doc: &'a Objects<'a>, page: &PageRef<'a>, kind: &[u8]) -> Option<&'a Dictionary> {
    resolve(doc, page.resources?.get(kind).ok()?)?.as_dict().ok()
}

fn lacks_form(doc: &Objects, page: &PageRef) -> bool {
    resources(doc, page, b"XObject").is_some_and(|forms| forms.iter().any(|(_, form)| is_gone(doc, form)))
}

fn lacks_font(doc: &Objects, page: &PageRef) -> bool {
    let resources_gone = page.dict.get(b"Resources").is_ok_and(|r| is_gone(doc, r));
    resources_gone
        || resources(doc, page, b"Font").is_some_and(|fonts| fonts.iter().any(|(_, f)| font_gone(doc, f)))
}

/// Whether a font is missing, or an object that defines its characters.
fn font_gone(doc: &Objects, font: &Object) -> bool {
    let Some(font) = resolve(doc, font).and_then(|f| f.as_dict().ok()) else { return is_gone(doc, font) };
    let gone = |key: &[u8]| font.get(key).is_ok_and(|o| is_gone(doc, o));
    let descendants = || {
        let list = font.get(b"DescendantFonts").ok().and_then(|o| resolve(doc, o)?.as_array().ok());
        list.is_some_and(|l| l.iter().any(|f| is_gone(doc, f)))
    };
    gone(b"ToUnicode") || gone(b"Encoding") || gone(b"DescendantFonts") || descendants()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_that_ends_within_its_objects_is_cut() {
        let objects = format!("1 0 obj\n{}\nendobj\n", "x".repeat(3000));
        assert!(is_cut(format!("%PDF-1.7\n{objects}2 0 obj").as_bytes()));
        assert!(is_cut(format!("%PDF-1.7\n%%EOF\n{objects}").as_bytes()));
        assert!(!is_cut(format!("%PDF-1.7\n{objects}%%EOF\n").as_bytes()));
        assert!(!is_cut(format!("%PDF-1.7\n{objects}%%EOF\n{}", " ".repeat(5000)).as_bytes()));
    }
}
