//! PDF files: loading, pages, properties.

use lopdf::{Dictionary, Document, LoadOptions, Object, ObjectId, decode_text_string};
use memchr::memmem;
use rustc_hash::FxHashSet;

use super::interpret::{Budget, Interpreter};
use super::objects::Objects;
use super::{
    Page, PageDoubts, TextLayer, damage, drawn, hidden, lines, order, overprint, rebuild, scatter, tags,
    tiles, turn, watermark, weight,
};
use findings_record::Date;
use findings_record::{Error, ErrorCode};

/// Name of the engine, as records give it.
pub const ENGINE: &str = "findings-pdf";
/// The largest inflated size of one stream while loading, in bytes.
const MAX_STREAM: usize = 64 << 20;
/// The most pages that are read.
const MAX_PAGES: usize = 2_000;
/// The farthest from the origin that a page box may reach, in points; larger boxes are invalid.
const MAX_PLACE: f32 = 1e6;
/// The most nodes of the page tree that may be pending.
const MAX_NODES: usize = 200_000;

/// The result of reading a PDF.
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
    /// Whether the cross-references were damaged and had to be rebuilt.
    pub repaired: bool,
    /// Whether reading stopped at a limit of size or work.
    pub cut_short: bool,
}

/// Reads the text of a PDF.
///
/// # Errors
/// `encrypted` if a password is needed, `damaged` if no page can be found.
pub fn read(bytes: &[u8]) -> Result<PdfText, Error> {
    read_with(bytes, None)
}

/// Reads the text of a PDF that may need a password.
///
/// # Errors
/// `encrypted` if another password is needed, `damaged` if no page can be found.
pub fn read_with(bytes: &[u8], password: Option<&str>) -> Result<PdfText, Error> {
    match read_on_demand(bytes) {
        Some(read) => Ok(read),
        None => read_loaded(bytes, password),
    }
}

/// Reads a file by loading all of its objects.
pub(super) fn read_loaded(bytes: &[u8], password: Option<&str>) -> Result<PdfText, Error> {
    let doc = load(bytes, password)?;
    let page_ids = page_ids(&doc);
    if page_ids.is_empty() {
        if memmem::find(bytes, b"/Encrypt").is_some() {
            return Err(locked(password));
        }
        return Err(Error::new(
            ErrorCode::Damaged,
            "the PDF has no pages that can be found: it is damaged or incomplete. Fetch it again from where it was published",
        ));
    }
    Ok(read_pages(bytes, &doc, &page_ids))
}

/// Reads a file on demand, parsing only the objects that are needed; `None` if anything is not in order.
pub(super) fn read_on_demand(bytes: &[u8]) -> Option<PdfText> {
    let doc = Objects::on_demand(bytes)?;
    let page_ids = page_ids(&doc);
    let read = (!page_ids.is_empty() && !doc.is_odd()).then(|| read_pages(bytes, &doc, &page_ids))?;
    (!doc.is_odd()).then_some(read)
}

fn read_pages<'a>(bytes: &[u8], doc: &'a Objects<'a>, page_ids: &[PageRef<'a>]) -> PdfText {
    let tree = tags::read(doc);
    let mut interpreter = Interpreter::new(doc, Budget::default());
    let mut layer = TextLayer { engine: ENGINE.into(), ..TextLayer::default() };
    let mut cut = Vec::new();
    for (number, page) in (1..).zip(page_ids.iter().take(MAX_PAGES)) {
        layer.pages.push(read_page(number, page, &mut interpreter, &tree));
        if interpreter.was_cut() {
            cut.push(number);
        }
    }
    watermark::mark(&mut layer.pages);
    layer.unmapped = interpreter.unmapped_share();
    let cut_short = interpreter.exhausted() || page_ids.len() > MAX_PAGES;
    layer.elements = tree.elements;
    layer.gaps = damage::gaps(doc, bytes, page_ids, &layer.pages);
    layer.gaps.extend(cut.into_iter().map(damage::cut));
    let info = doc.trailer.get(b"Info").ok().and_then(|o| resolve(doc, o)).and_then(|o| o.as_dict().ok());
    let text = |key: &[u8]| {
        let value = resolve(doc, info?.get(key).ok()?)?;
        let text = decode_text_string(value).ok()?.trim().replace('\0', "");
        (!text.is_empty()).then_some(text)
    };
    PdfText {
        title: text(b"Title"),
        producer: text(b"Producer"),
        created: text(b"CreationDate").and_then(|d| iso_date(&d)),
        repaired: doc.repaired,
        cut_short,
        layer,
    }
}

fn read_page<'a>(
    number: u32,
    page: &PageRef<'a>,
    interpreter: &mut Interpreter<'a>,
    tree: &tags::Tree,
) -> Page {
    let mut glyphs = interpreter.page(page, tree);
    turn::upright(&mut glyphs);
    scatter::order(&mut glyphs);
    overprint::undo(&mut glyphs);
    turn::within(&mut glyphs);
    let image_only = glyphs.glyphs.is_empty() && glyphs.images > 0;
    let unseen = hidden::set_aside(&mut glyphs);
    let doubts = PageDoubts {
        unmapped: glyphs.unmapped,
        layers_off: glyphs.off,
        invisible: unseen.aside,
        clipped: unseen.clipped,
        white: unseen.white,
    };
    let mut lines = lines::build(&glyphs, tree);
    tiles::join(&mut lines);
    drawn::marks(&mut lines, &glyphs.fills, &glyphs.rings, &tree.elements);
    order::reorder(&mut lines);
    let page = Page {
        number,
        width: glyphs.width,
        height: glyphs.height,
        lines,
        image_only,
        image: glyphs.image,
        hidden: unseen.hidden as f32 / glyphs.glyphs.len().max(1) as f32,
        turn: glyphs.turn,
        doubts,
        outside: false,
    };
    interpreter.reuse(glyphs);
    page
}

fn locked(password: Option<&str>) -> Error {
    let why = match password {
        None => {
            "the PDF is locked with a password. Give it with --password, or save a copy without one (for example with `qpdf --decrypt`)"
        }
        Some(_) => {
            "the PDF is locked, and the password that was given is wrong. Give the right one with --password"
        }
    };
    Error::new(ErrorCode::Encrypted, why)
}

/// Loads a document: repairs what lopdf can repair, and decrypts with the password or else an empty one.
pub(super) fn load(bytes: &[u8], password: Option<&str>) -> Result<Objects<'static>, Error> {
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
        let limited = |password: Option<&str>| LoadOptions {
            max_decompressed_size: Some(MAX_STREAM),
            password: password.map(str::to_owned),
            ..LoadOptions::default()
        };
        // A password that the file doesn't need is not a wrong one.
        match Document::load_mem_with_options(bytes, limited(None)).map(Objects::from) {
            Ok(doc) if !doc.locked => Ok(doc),
            first if password.is_none() => first,
            _ => Document::load_mem_with_options(bytes, limited(password)).map(Objects::from),
        }
    };
    let mut loaded = load(bytes);
    if !loaded.as_ref().is_ok_and(is_whole) {
        let pages = |doc: &Objects| page_ids(doc).iter().filter(|page| damage::is_whole(doc, page)).count();
        let mut best = loaded.as_ref().map_or(0, pages);
        for copy in [without_loader_traps, rebuild::rebuilt] {
            let Some(Ok(mut doc)) = copy(bytes).map(|copy| load(&copy)) else { continue };
            let found = pages(&doc);
            if found > best {
                doc.repaired = true;
                (best, loaded) = (found, Ok(doc));
            }
        }
    }
    match loaded {
        Ok(doc) if doc.locked => Err(locked(password)),
        Ok(doc) => Ok(doc),
        Err(lopdf::Error::InvalidPassword | lopdf::Error::Decryption(_)) => Err(locked(password)),
        Err(e) => Err(Error::new(
            ErrorCode::Damaged,
            format!(
                "the PDF could not be opened ({e}): it is damaged or incomplete. Fetch it again from where it was published"
            ),
        )),
    }
}

/// Whether a document has pages, and everything that they refer to.
fn is_whole(doc: &Objects) -> bool {
    let pages = page_ids(doc);
    !pages.is_empty() && pages.iter().all(|page| damage::is_whole(doc, page))
}

/// A copy without what makes lopdf fail on files that other readers open: a null Encrypt entry (taken for
/// encryption) and number signs in names. Offsets are unchanged. `None` if the file has neither.
fn without_loader_traps(bytes: &[u8]) -> Option<Vec<u8>> {
    const NO_LOCK: &[u8] = b"/Encrypt null";
    let mut copy = bytes.to_owned();
    while let Some(at) = memmem::find(&copy, NO_LOCK) {
        // `at` is where the pattern was found.
        copy[at..at + NO_LOCK.len()].fill(b' ');
    }
    let (mut at, mut in_name) = (0, false);
    while at < copy.len() {
        // `at` is less than the length by the loop's condition.
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
    /// Visible part of the page in default user space: x0, y0, x1, y1.
    pub crop: [f32; 4],
    /// Clockwise rotation in quarter turns.
    pub quarter_turns: u8,
}

/// The attributes that a page inherits.
#[derive(Clone, Copy, Default)]
struct Inherited<'a> {
    resources: Option<&'a Dictionary>,
    media_box: Option<[f32; 4]>,
    crop_box: Option<[f32; 4]>,
    rotate: Option<f32>,
}

impl<'a> Inherited<'a> {
    fn with(mut self, doc: &'a Objects<'a>, dict: &'a Dictionary) -> Self {
        let get = |key: &[u8]| dict.get(key).ok().and_then(|o| resolve(doc, o));
        if let Some(Object::Dictionary(r)) = get(b"Resources") {
            self.resources = Some(r);
        }
        self.media_box = get(b"MediaBox").and_then(|o| rectangle(doc, o)).or(self.media_box);
        self.crop_box = get(b"CropBox").and_then(|o| rectangle(doc, o)).or(self.crop_box);
        self.rotate = get(b"Rotate").and_then(|o| number(doc, o)).or(self.rotate);
        self
    }

    fn page(self, id: ObjectId, dict: &'a Dictionary) -> PageRef<'a> {
        // A4 if the file does not say.
        let media = self.media_box.unwrap_or([0.0, 0.0, 595.0, 842.0]);
        let turn = self.rotate.unwrap_or(0.0) as i32;
        PageRef {
            id,
            dict,
            resources: self.resources,
            crop: self.crop_box.and_then(|crop| common(crop, media)).unwrap_or(media),
            quarter_turns: turn.rem_euclid(360).div_euclid(90) as u8,
        }
    }
}

/// The intersection of two boxes: a crop box reaches no further than the page.
fn common(a: [f32; 4], b: [f32; 4]) -> Option<[f32; 4]> {
    let c = [a[0].max(b[0]), a[1].max(b[1]), a[2].min(b[2]), a[3].min(b[3])];
    (c[2] - c[0] > 1.0 && c[3] - c[1] > 1.0).then_some(c)
}

/// The pages in order. Each node of the tree is visited once, so cycles end. If the tree leads to no page, all page
/// objects of the file.
fn page_ids<'a>(doc: &'a Objects<'a>) -> Vec<PageRef<'a>> {
    let pages = pages_of_tree(doc);
    if !pages.is_empty() {
        return pages;
    }
    let is_page =
        |dict: &&Dictionary| dict.get(b"Type").and_then(Object::as_name).is_ok_and(|t| t == b"Page");
    let all = doc.loaded().filter_map(|(id, o)| Some((id, o.as_dict().ok().filter(is_page)?)));
    all.take(MAX_PAGES).map(|(id, dict)| Inherited::default().with(doc, dict).page(id, dict)).collect()
}

fn pages_of_tree<'a>(doc: &'a Objects<'a>) -> Vec<PageRef<'a>> {
    let mut pages = Vec::new();
    let root = catalogue(doc).and_then(|catalogue| catalogue.get(b"Pages").ok());
    let mut seen = FxHashSet::default();
    let mut stack: Vec<(&Object, Inherited)> = root.map(|o| (o, Inherited::default())).into_iter().collect();
    while let Some((object, inherited)) = stack.pop() {
        let id = object.as_reference().ok();
        if id.is_some_and(|id| !seen.insert(id)) || pages.len() > MAX_PAGES || stack.len() > MAX_NODES {
            continue;
        }
        let Some(Object::Dictionary(dict)) = resolve(doc, object) else { continue };
        let inherited = inherited.with(doc, dict);
        match dict.get(b"Kids").ok().and_then(|o| resolve(doc, o)) {
            Some(Object::Array(kids)) => stack.extend(kids.iter().rev().map(|kid| (kid, inherited))),
            _ => pages.push(inherited.page(id.unwrap_or_default(), dict)),
        }
    }
    pages
}

pub(super) fn rectangle(doc: &Objects, object: &Object) -> Option<[f32; 4]> {
    let list = object.as_array().ok()?;
    let mut r = [0.0; 4];
    for (i, v) in r.iter_mut().enumerate() {
        *v = number(doc, list.get(i)?)?;
    }
    let r = [r[0].min(r[2]), r[1].min(r[3]), r[0].max(r[2]), r[1].max(r[3])];
    let sane = r[2] - r[0] > 1.0 && r[3] - r[1] > 1.0 && r.iter().all(|v| v.abs() < MAX_PLACE);
    sane.then_some(r)
}

/// The document's catalogue, from which its pages, tags, layers and form are reached.
pub(super) fn catalogue<'a>(doc: &'a Objects<'a>) -> Option<&'a Dictionary> {
    resolve(doc, doc.trailer.get(b"Root").ok()?)?.as_dict().ok()
}

/// An object with references followed; `None` for a cycle.
pub(super) fn resolve<'a>(doc: &'a Objects<'a>, mut object: &'a Object) -> Option<&'a Object> {
    for _ in 0..32 {
        match object {
            Object::Reference(id) => object = doc.get(*id)?,
            other => return Some(other),
        }
    }
    None
}

/// A finite number, with references followed.
pub(super) fn number(doc: &Objects, object: &Object) -> Option<f32> {
    match resolve(doc, object)? {
        Object::Integer(i) => Some(*i as f32),
        Object::Real(r) => Some(*r).filter(|r| r.is_finite()),
        _ => None,
    }
}

/// The day of a PDF date: `D:20170329…` → `2017-03-29`.
fn iso_date(date: &str) -> Option<String> {
    let digits: String = date.trim_start_matches("D:").chars().take_while(char::is_ascii_digit).collect();
    let iso = format!("{}-{}-{}", digits.get(..4)?, digits.get(4..6)?, digits.get(6..8)?);
    Date::from_iso(&iso).map(|_| iso)
}
