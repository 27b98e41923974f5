//! Content streams → glyphs: only the operators that place text are interpreted (ISO 32000-1, 9.4).

mod annotations;
mod forms;
mod marks;
mod operators;
mod show;
mod state;

use std::rc::Rc;

use lopdf::{Dictionary, Object};

use super::font::{Font, Fonts};
use super::objects::Objects;
use super::optional::Layers;
use super::pdf::{PageRef, resolve};
use super::stream;
use super::tags::Tree;
use super::{BBox, PageImage};
pub(super) use operators::is_white;
pub(super) use show::unit;
use state::State;

/// A character on a page. Its coordinates are relative to its own direction: to the page's axes rotated by its
/// angle about the page's top left corner.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Glyph {
    pub ch: char,
    /// Left and right edge in points.
    pub x0: f32,
    pub x1: f32,
    /// Baseline in points, measured downwards.
    pub base: f32,
    /// Font size in points.
    pub size: f32,
    /// Direction in tenths of a degree, clockwise from left-to-right; 0 to 3599.
    pub angle: u16,
    pub bold: bool,
    pub color: [u8; 3],
    /// The structure element that it belongs to.
    pub element: Option<u32>,
    pub artifact: bool,
    /// Drawn invisibly (text render mode 3).
    pub hidden: bool,
    /// Set aside: not part of the page's text.
    pub aside: bool,
    /// Outside the clipping area.
    pub clipped: bool,
    /// Belongs to an annotation or a form field.
    pub note: bool,
    /// Its font is vertical.
    pub vertical: bool,
}

/// Approximate ascent and descent of these documents' fonts, as multiples of the font size; close enough for a box.
const ASCENT: f32 = 0.8;
const DESCENT: f32 = 0.2;

impl Glyph {
    /// Its box, along its own direction.
    #[inline]
    pub fn bbox(&self) -> BBox {
        let (top, bottom) = (self.base - ASCENT * self.size, self.base + DESCENT * self.size);
        BBox { x0: self.x0, top, x1: self.x1, bottom }
    }
}

/// What a page draws, in content order.
#[derive(Debug, Default)]
pub(super) struct PageGlyphs {
    pub width: f32,
    pub height: f32,
    pub glyphs: Vec<Glyph>,
    /// Index of the first glyph of each string shown.
    pub shows: Vec<u32>,
    /// How many images it draws.
    pub images: u32,
    /// The largest of them.
    pub image: Option<PageImage>,
    /// Boxes of areas filled with a colour other than white, including images: x0, top, x1, bottom.
    pub fills: Vec<[f32; 4]>,
    /// Boxes of small paths that are stroked and not filled.
    pub rings: Vec<[f32; 4]>,
    /// Glyphs without a Unicode value.
    pub unmapped: u32,
    /// How many glyphs belong to layers that are switched off; they are not in `glyphs`.
    pub off: u32,
    /// How many quarter turns clockwise made the page's text upright.
    pub turn: u8,
}

/// Work limits for one document: hostile files hit one of them, real ones never come near.
#[derive(Debug, Clone, Copy)]
pub(super) struct Budget {
    operators: u64,
    glyphs: u64,
    forms: u32,
    inflated: usize,
}

impl Default for Budget {
    fn default() -> Self {
        Self { operators: 5_000_000, glyphs: 600_000, forms: 2_000, inflated: 48 << 20 }
    }
}

/// The largest inflated size of a content stream, in bytes.
const MAX_CONTENT: usize = 32 << 20;
/// The most streams that a page's content may consist of.
const MAX_PARTS: usize = 1_000;

/// Interprets the pages of one document; fonts are read once.
pub(super) struct Interpreter<'a> {
    doc: &'a Objects<'a>,
    fonts: Fonts<'a>,
    layers: Layers,
    budget: Budget,
    exhausted: bool,
    mapped: u64,
    unmapped: u64,
    /// Buffers of the last page, reused for the next one: pages of a document are about equally full.
    room: Room,
    /// Whether the appearances of form fields are to be regenerated from their values.
    redraws: bool,
    /// Whether a content stream of the page is truncated.
    cut: bool,
}

/// The largest buffers of a page, emptied: keeping them is cheaper than allocating them for each page.
#[derive(Default)]
struct Room {
    content: Vec<u8>,
    glyphs: Vec<Glyph>,
    shows: Vec<u32>,
    fills: Vec<[f32; 4]>,
}

/// The largest content buffer that is kept for reuse, in bytes.
const MAX_KEPT: usize = 1 << 20;

/// The context in which one content stream is executed.
struct Run<'r, 'a> {
    resources: Option<&'a Dictionary>,
    /// The page's resources, in which viewers look for fonts that a form's own resources lack.
    of_page: Option<&'a Dictionary>,
    /// Number of the object whose marked-content ids these are.
    stream: u32,
    tree: &'r Tree,
    depth: u32,
    /// Whether the stream belongs to an annotation.
    note: bool,
    /// Whether the stream belongs to a layer that is switched off.
    off: bool,
}

impl<'a> Interpreter<'a> {
    pub fn new(doc: &'a Objects<'a>, budget: Budget) -> Self {
        let layers = Layers::read(doc);
        Self {
            doc,
            fonts: Fonts::new(doc),
            layers,
            budget,
            exhausted: false,
            mapped: 0,
            unmapped: 0,
            room: Room::default(),
            redraws: annotations::asks_for_appearances(doc),
            cut: false,
        }
    }

    /// Share of glyphs without a Unicode value, 0 to 1.
    pub fn unmapped_share(&self) -> f32 {
        let all = self.mapped + self.unmapped;
        if all == 0 { 0.0 } else { self.unmapped as f32 / all as f32 }
    }

    /// Takes up to this many glyphs from the budget, and returns how many it had.
    fn afford(&mut self, glyphs: usize) -> usize {
        let taken = glyphs.min(self.budget.glyphs as usize);
        self.budget.glyphs -= taken as u64;
        self.exhausted |= taken < glyphs;
        taken
    }

    /// Whether a limit stopped the reading.
    pub fn exhausted(&self) -> bool {
        self.exhausted
    }

    /// The glyphs of a page, followed by those of its annotations.
    pub fn page(&mut self, page: &PageRef<'a>, tree: &Tree) -> PageGlyphs {
        let [x0, y0, x1, y1] = page.crop;
        // From user space to points from the top left of the visible page, y downwards, with the page's rotation
        // applied.
        let (ctm, width, height) = match page.quarter_turns {
            1 => ([0.0, 1.0, 1.0, 0.0, -y0, -x0], y1 - y0, x1 - x0),
            2 => ([-1.0, 0.0, 0.0, 1.0, x1, -y0], x1 - x0, y1 - y0),
            3 => ([0.0, -1.0, -1.0, 0.0, y1, x1], y1 - y0, x1 - x0),
            _ => ([1.0, 0.0, 0.0, -1.0, -x0, y1], x1 - x0, y1 - y0),
        };
        let Room { content, glyphs, shows, fills } = std::mem::take(&mut self.room);
        let mut out = PageGlyphs { width, height, glyphs, shows, fills, ..PageGlyphs::default() };
        let content = self.content(page.dict, content);
        let unmapped = self.unmapped;
        let run = Run {
            resources: page.resources,
            of_page: page.resources,
            stream: page.id.0,
            tree,
            depth: 0,
            note: false,
            off: false,
        };
        self.run(&content, &run, State::new(ctm), &mut out);
        self.annotations(page, &run, ctm, &mut out);
        out.unmapped = (self.unmapped - unmapped) as u32;
        if content.capacity() <= MAX_KEPT {
            self.room.content = content;
        }
        out
    }

    /// Takes back the buffers of a page that is no longer needed, to reuse them for the next.
    pub fn reuse(&mut self, page: PageGlyphs) {
        let PageGlyphs { mut glyphs, mut shows, mut fills, .. } = page;
        glyphs.clear();
        shows.clear();
        fills.clear();
        self.room = Room { content: std::mem::take(&mut self.room.content), glyphs, shows, fills };
    }

    /// The content of a page; `room` is a buffer to reuse.
    fn content(&mut self, page: &'a Dictionary, mut room: Vec<u8>) -> Vec<u8> {
        room.clear();
        match page.get(b"Contents").ok().and_then(|o| resolve(self.doc, o)) {
            Some(Object::Array(parts)) => {
                let mut part_room = Vec::new();
                for part in parts.iter().take(MAX_PARTS) {
                    if let Some(Object::Stream(s)) = resolve(self.doc, part) {
                        part_room = self.inflate(s, part_room);
                        room.extend_from_slice(&part_room);
                        room.push(b'\n');
                    }
                    if self.exhausted {
                        break;
                    }
                }
                room
            }
            Some(Object::Stream(s)) => self.inflate(s, room),
            _ => room,
        }
    }

    /// Whether content of the last page, or of a form on it, was truncated; resets the flag.
    pub fn was_cut(&mut self) -> bool {
        std::mem::take(&mut self.cut)
    }

    /// The decoded content of a stream; `room` is a buffer to reuse.
    fn inflate(&mut self, stream: &lopdf::Stream, room: Vec<u8>) -> Vec<u8> {
        let plain = stream::read(self.doc, stream, MAX_CONTENT.min(self.budget.inflated), room);
        self.cut |= plain.as_ref().is_some_and(|plain| plain.cut);
        let bytes = plain.map(|plain| plain.bytes).unwrap_or_default();
        self.budget.inflated = self.budget.inflated.saturating_sub(bytes.len());
        self.exhausted |= self.budget.inflated == 0;
        bytes
    }

    /// A named resource of a kind, without resolving the entry itself.
    fn resource(&self, resources: Option<&'a Dictionary>, kind: &[u8], name: &[u8]) -> Option<&'a Object> {
        let all = resolve(self.doc, resources?.get(kind).ok()?)?.as_dict().ok()?;
        all.get(&super::lexer::unescaped(name)).ok()
    }

    fn font(&mut self, run: &Run<'_, 'a>, name: &[u8]) -> Option<Rc<Font>> {
        let of = |resources| self.resource(resources, b"Font", name);
        let entry = of(run.resources).or_else(|| of(run.of_page))?;
        self.font_at(entry)
    }

    fn font_at(&mut self, entry: &'a Object) -> Option<Rc<Font>> {
        let font = self.fonts.get(resolve(self.doc, entry)?.as_dict().ok()?);
        self.exhausted |= self.fonts.is_spent();
        font
    }
}
