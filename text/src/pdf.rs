//! PDF files: loading, pages, properties.

use lopdf::{Dictionary, Document, LoadOptions, Object, ObjectId, decode_text_string};
use memchr::memmem;
use rustc_hash::FxHashSet;

use super::interpret::{Budget, Interpreter};
use super::{Page, TextLayer, damage, lines, tags, weight};
use findings_record::Date;
use findings_record::{Error, ErrorCode};

/// Name of the engine, as records give it.
pub const ENGINE: &str = "findings-pdf";
/// How large one stream may inflate while loading, in bytes.
const MAX_STREAM: usize = 64 << 20;
/// How many pages are read.
const MAX_PAGES: usize = 2_000;

/// A PDF, read.
#[derive(Debug, Default)]
pub struct PdfText {
    /// Its text.
    pub layer: TextLayer,
    /// Title property.
    pub title: Option<String>,
    /// Producer property.
    pub producer: Option<String>,
    /// Creation date (ISO 8601).
    pub created: Option<String>,
    /// Whether the cross-references were damaged and have been rebuilt.
    pub repaired: bool,
    /// Whether reading stopped at a limit of size or work.
    pub cut_short: bool,
}

/// Reads the text of a PDF.
///
/// # Errors
/// `encrypted` where a password is needed, `damaged` where no page can be found.
pub fn read(bytes: &[u8]) -> Result<PdfText, Error> {
    let doc = load(bytes)?;
    let page_ids = page_ids(&doc);
    if page_ids.is_empty() {
        return Err(Error::new(
            ErrorCode::Damaged,
            "the PDF has no pages that can be found: it is damaged or incomplete. Fetch it again from where it was published",
        ));
    }
    let tree = tags::read(&doc);
    let mut interpreter = Interpreter::new(&doc, Budget::default());
    let mut layer = TextLayer { engine: ENGINE.into(), ..TextLayer::default() };
    for (i, page) in page_ids.iter().enumerate().take(MAX_PAGES) {
        let glyphs = interpreter.page(page, &tree);
        layer.pages.push(Page {
            number: i as u32 + 1,
            width: glyphs.width,
            height: glyphs.height,
            lines: lines::build(&glyphs, &tree),
            image_only: glyphs.glyphs.is_empty() && glyphs.images > 0,
            image: glyphs.image,
            hidden: glyphs.hidden as f32 / glyphs.glyphs.len().max(1) as f32,
            outside: false,
        });
    }
    layer.unmapped = interpreter.unmapped_share();
    let cut_short = interpreter.exhausted() || page_ids.len() > MAX_PAGES;
    layer.elements = tree.elements;
    layer.gaps = damage::gaps(&doc, bytes, &page_ids, &layer.pages);
    let info = doc.trailer.get(b"Info").ok().and_then(|o| resolve(&doc, o)).and_then(|o| o.as_dict().ok());
    let text = |key: &[u8]| {
        let value = resolve(&doc, info?.get(key).ok()?)?;
        let text = decode_text_string(value).ok()?.trim().replace('\0', "");
        (!text.is_empty()).then_some(text)
    };
    Ok(PdfText {
        title: text(b"Title"),
        producer: text(b"Producer"),
        created: text(b"CreationDate").and_then(|d| iso_date(&d)),
        repaired: doc.xref_recovery.is_some(),
        cut_short,
        layer,
    })
}

/// Loads a document: repairs what lopdf can repair, decrypts with an empty user password.
pub(crate) fn load(bytes: &[u8]) -> Result<Document, Error> {
    let locked = || {
        Error::new(
            ErrorCode::Encrypted,
            "the PDF is locked with a password. Save a copy without one (for example with `qpdf --decrypt`) and try again",
        )
    };
    if weight::tokens(bytes) > weight::MAX_TOKENS {
        return Err(Error::new(
            ErrorCode::TooLarge,
            format!(
                "the PDF holds more than {} numbers and names outside its pages, ten times as many as any report: it would not fit into memory",
                weight::MAX_TOKENS
            ),
        ));
    }
    let load = |bytes: &[u8]| {
        let options = LoadOptions { max_decompressed_size: Some(MAX_STREAM), ..LoadOptions::default() };
        Document::load_mem_with_options(bytes, options)
    };
    let whole = |doc: &Document| !page_ids(doc).is_empty();
    let mut loaded = load(bytes);
    if !loaded.as_ref().is_ok_and(whole)
        && let Some(second) = without_loader_traps(bytes).and_then(|b| load(&b).ok()).filter(whole)
    {
        loaded = Ok(second);
    }
    match loaded {
        Ok(doc) if doc.is_encrypted() && doc.encryption_state.is_none() => Err(locked()),
        Ok(doc) => Ok(doc),
        Err(lopdf::Error::InvalidPassword | lopdf::Error::Decryption(_)) => Err(locked()),
        Err(e) => Err(Error::new(
            ErrorCode::Damaged,
            format!(
                "the PDF could not be opened ({e}): it is damaged or incomplete. Fetch it again from where it was published"
            ),
        )),
    }
}

/// A copy without what lopdf stumbles over in files that other readers open: a null Encrypt entry (taken for a
/// lock) and number signs in names. All offsets stay. None where the file has neither.
fn without_loader_traps(bytes: &[u8]) -> Option<Vec<u8>> {
    const NO_LOCK: &[u8] = b"/Encrypt null";
    let mut copy = bytes.to_owned();
    while let Some(at) = memmem::find(&copy, NO_LOCK) {
        copy[at..at + NO_LOCK.len()].fill(b' ');
    }
    let (mut at, mut in_name) = (0, false);
    while at < copy.len() {
        if copy[at..].starts_with(b"stream") {
            at += memmem::find(&copy[at..], b"endstream").unwrap_or(copy.len() - at).max(1);
        }
        match copy.get_mut(at) {
            Some(b'/') => in_name = true,
            Some(sign @ b'#') if in_name => *sign = b'_',
            Some(b) if b.is_ascii_whitespace() || matches!(b, b'[' | b']' | b'<' | b'>' | b'(' | b')') => {
                in_name = false;
            }
            _ => {}
        }
        at += 1;
    }
    (copy != bytes).then_some(copy)
}

/// A page with what it inherits from the page tree.
pub(super) struct PageRef<'a> {
    /// Object number of the page.
    pub id: ObjectId,
    /// The page's dictionary.
    pub dict: &'a Dictionary,
    /// Its resources.
    pub resources: Option<&'a Dictionary>,
    /// x0, y0, x1, y1 of its visible part, in default user space.
    pub crop: [f32; 4],
    /// Clockwise turn, in quarters.
    pub quarter_turns: u8,
}

/// What a page inherits.
#[derive(Clone, Copy, Default)]
struct Inherited<'a> {
    resources: Option<&'a Dictionary>,
    media_box: Option<[f32; 4]>,
    crop_box: Option<[f32; 4]>,
    rotate: Option<f32>,
}

/// The pages in order. Each node of the tree is visited once, so cycles end.
fn page_ids(doc: &Document) -> Vec<PageRef<'_>> {
    let mut pages = Vec::new();
    let Some(root) = doc
        .trailer
        .get(b"Root")
        .ok()
        .and_then(|o| resolve(doc, o)?.as_dict().ok()?.get(b"Pages").ok())
        .and_then(|o| o.as_reference().ok())
    else {
        return pages;
    };
    let mut seen = FxHashSet::default();
    let mut stack = vec![(root, Inherited::default())];
    while let Some((id, mut inherited)) = stack.pop() {
        if !seen.insert(id) || pages.len() > MAX_PAGES {
            continue;
        }
        let Ok(dict) = doc.get_dictionary(id) else { continue };
        let get = |key: &[u8]| dict.get(key).ok().and_then(|o| resolve(doc, o));
        if let Some(Object::Dictionary(r)) = get(b"Resources") {
            inherited.resources = Some(r);
        }
        inherited.media_box = get(b"MediaBox").and_then(|o| rectangle(doc, o)).or(inherited.media_box);
        inherited.crop_box = get(b"CropBox").and_then(|o| rectangle(doc, o)).or(inherited.crop_box);
        inherited.rotate = get(b"Rotate").and_then(|o| number(doc, o)).or(inherited.rotate);
        if let Some(Object::Array(kids)) = get(b"Kids") {
            for kid in kids.iter().rev() {
                if let Ok(kid) = kid.as_reference() {
                    stack.push((kid, inherited));
                }
            }
        } else {
            pages.push(PageRef {
                id,
                dict,
                resources: inherited.resources,
                // A4 where the file does not say.
                crop: inherited.crop_box.or(inherited.media_box).unwrap_or([0.0, 0.0, 595.0, 842.0]),
                quarter_turns: (inherited.rotate.unwrap_or(0.0) as i32).rem_euclid(360).div_euclid(90) as u8,
            });
        }
    }
    pages
}

fn rectangle(doc: &Document, object: &Object) -> Option<[f32; 4]> {
    let list = object.as_array().ok()?;
    let mut r = [0.0; 4];
    for (i, v) in r.iter_mut().enumerate() {
        *v = number(doc, list.get(i)?)?;
    }
    let r = [r[0].min(r[2]), r[1].min(r[3]), r[0].max(r[2]), r[1].max(r[3])];
    let sane = r[2] - r[0] > 1.0 && r[3] - r[1] > 1.0 && r.iter().all(|v| v.abs() < 20_000.0);
    sane.then_some(r)
}

/// An object, references followed; cycles end.
pub(super) fn resolve<'a>(doc: &'a Document, mut object: &'a Object) -> Option<&'a Object> {
    for _ in 0..32 {
        match object {
            Object::Reference(id) => object = doc.objects.get(id)?,
            other => return Some(other),
        }
    }
    None
}

/// A number, references followed.
pub(super) fn number(doc: &Document, object: &Object) -> Option<f32> {
    match resolve(doc, object)? {
        Object::Integer(i) => Some(*i as f32),
        Object::Real(r) => Some(*r).filter(|r| r.is_finite()),
        _ => None,
    }
}

/// The day of a PDF date: `D:20170329…` → `2017-03-29`.
fn iso_date(date: &str) -> Option<String> {
    let digits: String = date.trim_start_matches("D:").chars().take_while(char::is_ascii_digit).collect();
    let iso = (digits.len() >= 8).then(|| format!("{}-{}-{}", &digits[..4], &digits[4..6], &digits[6..8]))?;
    Date::from_iso(&iso).map(|_| iso)
}
