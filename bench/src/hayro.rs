//! The text of a PDF by hayro-interpret: a device that keeps glyphs, and the rules of `findings_core::text` that
//! make words of them.

use std::sync::Arc;

use hayro_interpret::font::{Glyph as Drawn, GlyphRun, PositionedGlyph};
use hayro_interpret::hayro_cmap::BfString;
use hayro_interpret::hayro_syntax::Pdf;
use hayro_interpret::hayro_syntax::object::dict::keys::MCID;
use hayro_interpret::hayro_syntax::object::{Dict, MaybeRef, Name, ObjRef, Object};
use hayro_interpret::kurbo::{Affine, BezPath, Point, Rect};
use hayro_interpret::{
    BlendMode, ClipPath, Context, Device, DrawMode, DrawProps, DummyDevice, Image, ImageDrawProps,
    InterpreterCache, InterpreterSettings, RenderContent, SoftMask, TransformExt, interpret_page,
};
use rustc_hash::{FxHashMap, FxHashSet};
use unicode_normalization::UnicodeNormalization;

/// Gap between two glyphs that divides words, in font sizes.
const WORD_GAP: f32 = 0.15;
/// Gap that divides a line, in font sizes.
const LINE_GAP: f32 = 2.5;
/// How far a glyph's baseline may lie from its line's, in font sizes.
const BASELINE: f32 = 0.35;
/// How far a raised mark may lie above its line's baseline, in font sizes of the line.
const RAISED: f32 = 0.75;

/// The text of a document.
#[derive(Debug, Default)]
pub struct HayroText {
    /// Words in content order.
    pub words: Vec<Word>,
    /// Glyphs drawn.
    pub glyphs: usize,
    /// Glyphs without a Unicode value.
    pub unmapped: usize,
    /// Glyphs that stand in marked content with an id.
    pub with_id: usize,
    /// Glyphs whose font says how bold it is.
    pub with_weight: usize,
}

/// A word.
#[derive(Debug, Default)]
pub struct Word {
    /// Its characters.
    pub text: String,
    /// Left, top, right, bottom in points from the page's top left.
    pub bbox: [f32; 4],
    /// Whether its first glyph is bold.
    pub bold: bool,
    /// The block of the structure tree that it stands in.
    pub element: Option<u32>,
    /// Whether it is marked as an artifact.
    pub artifact: bool,
    /// Number of its page, from 0.
    pub page: u32,
}

/// Reads words, with or without the structure tree; `None` where hayro can't open the file.
pub fn read(bytes: Arc<Vec<u8>>, structure: bool) -> Option<HayroText> {
    let pdf = Pdf::new(bytes).ok()?;
    let tree = if structure { Tree::read(&pdf) } else { Tree::default() };
    let cache = InterpreterCache::new();
    let mut text = HayroText::default();
    for (number, page) in pdf.pages().iter().enumerate() {
        let (width, height) = page.render_dimensions();
        let mut context = Context::new(
            page.initial_transform(true).to_kurbo(),
            Rect::new(0.0, 0.0, f64::from(width), f64::from(height)),
            &cache,
            pdf.xref(),
            settings(),
        );
        let mut collector = Collector {
            tree: &tree,
            page: page.raw().obj_id().map_or(0, |id| id.obj_number as u32),
            marks: Vec::new(),
            glyphs: Vec::new(),
            filled: None,
            text: &mut text,
        };
        interpret_page(page, &mut context, &mut collector);
        let glyphs = collector.glyphs;
        Builder { page: number as u32, ..Builder::default() }.build(
            &glyphs,
            [width, height],
            &mut text.words,
        );
    }
    Some(text)
}

/// Interprets all pages and keeps nothing: the least that hayro can take.
pub fn interpret_only(bytes: Arc<Vec<u8>>) -> Option<usize> {
    let pdf = Pdf::new(bytes).ok()?;
    let cache = InterpreterCache::new();
    for page in pdf.pages().iter() {
        let mut context =
            Context::new(Affine::IDENTITY, Rect::new(0.0, 0.0, 1.0, 1.0), &cache, pdf.xref(), settings());
        interpret_page(page, &mut context, &mut DummyDevice);
    }
    Some(pdf.pages().len())
}

/// Pages without annotations: findings reads none.
fn settings() -> InterpreterSettings {
    InterpreterSettings { render_content: RenderContent::PAGE, ..InterpreterSettings::default() }
}

/// A character on a page.
struct Glyph {
    ch: char,
    x0: f32,
    x1: f32,
    base: f32,
    size: f32,
    bold: bool,
    element: Option<u32>,
    artifact: bool,
}

#[derive(Clone, Copy, Default)]
struct Mark {
    id: bool,
    element: Option<u32>,
    artifact: bool,
}

/// The device: draws nothing, keeps glyphs.
struct Collector<'t> {
    tree: &'t Tree,
    /// Object number of the page. The device is not told when a form begins, so ids that a form counts for itself
    /// can't be told from the page's.
    page: u32,
    marks: Vec<Mark>,
    glyphs: Vec<Glyph>,
    /// Length and place of the last filled run, which may come again as a stroked one.
    filled: Option<(usize, Affine)>,
    text: &'t mut HayroText,
}

impl<'a> Device<'a> for Collector<'_> {
    fn draw_path(&mut self, _: &BezPath, _: DrawProps<'a>, _: &DrawMode) {}
    fn push_clip_path(&mut self, _: &ClipPath) {}
    fn push_clip_rect(&mut self, _: &Rect) {}
    fn push_transparency_group(&mut self, _: f32, _: Option<SoftMask<'a>>, _: BlendMode) {}
    fn draw_image(&mut self, _: Image<'a, '_>, _: ImageDrawProps<'a>) {}
    fn pop_clip(&mut self) {}
    fn pop_transparency_group(&mut self) {}
    fn draw_rect(&mut self, _: &Rect, _: DrawProps<'a>, _: &DrawMode) {}

    fn begin_marked_content(&mut self, tag: &[u8], properties: Option<&Dict<'_>>) {
        let mut mark = self.marks.last().copied().unwrap_or_default();
        mark.artifact |= tag == b"Artifact";
        if let Some(id) = properties.and_then(|p| p.get::<i32>(MCID)) {
            mark.id = true;
            mark.element = self.tree.content.get(&(self.page, id)).copied().or(mark.element);
        }
        self.marks.push(mark);
    }

    fn end_marked_content(&mut self) {
        self.marks.pop();
    }

    fn draw_glyph_run(&mut self, run: &GlyphRun<'_, 'a>, props: DrawProps<'a>, mode: &DrawMode) {
        let Some(first) = run.glyphs().first() else { return };
        let this = (run.glyphs().len(), props.transform * first.transform());
        if matches!(mode, DrawMode::Stroke(_)) && self.filled.take() == Some(this) {
            return;
        }
        self.filled = matches!(mode, DrawMode::Fill(_)).then_some(this);
        let font = match &**first {
            Drawn::Outline(glyph) => glyph.font_data(),
            Drawn::Type3(_) => None,
        };
        let weight = font.as_ref().and_then(|f| f.weight);
        let bold = weight.is_some_and(|w| w >= 600)
            || font.and_then(|f| f.postscript_name).is_some_and(|n| n.contains("Bold"));
        let mark = self.marks.last().copied().unwrap_or_default();
        self.text.glyphs += run.glyphs().len();
        self.text.with_weight += if weight.is_some() { run.glyphs().len() } else { 0 };
        self.text.with_id += if mark.id { run.glyphs().len() } else { 0 };
        for drawn in run.glyphs() {
            self.keep(drawn, props.transform * drawn.transform(), bold, mark);
        }
    }
}

impl Collector<'_> {
    /// Keeps the characters of a glyph that `m` puts on the page: those of a ligature share its width.
    fn keep(&mut self, drawn: &PositionedGlyph<'_>, m: Affine, bold: bool, mark: Mark) {
        let [a, _, c, d, ..] = m.as_coeffs();
        let at = m * Point::ZERO;
        let advance = match &**drawn {
            Drawn::Outline(glyph) => glyph.advance_width(),
            Drawn::Type3(glyph) => glyph.advance_width(),
        };
        let width = f64::from(advance.unwrap_or(0.0)) * a;
        let mut push = |ch: char, part: usize, of: usize| {
            let edge = |part: usize| (at.x + width * part as f64 / of as f64) as f32;
            let (x0, x1) = (edge(part), edge(part + 1));
            self.glyphs.push(Glyph {
                ch,
                x0: x0.min(x1),
                x1: x0.max(x1),
                base: at.y as f32,
                size: (c.hypot(d) * 1000.0) as f32,
                bold,
                element: mark.element,
                artifact: mark.artifact,
            });
        };
        match drawn.as_unicode() {
            Some(BfString::Char(c)) => push(c, 0, 1),
            Some(BfString::String(s)) => {
                let n = s.chars().count();
                s.chars().enumerate().for_each(|(i, c)| push(c, i, n));
            }
            None => {
                push('\u{fffd}', 0, 1);
                self.text.unmapped += 1;
            }
        }
    }
}

/// Glyphs → words, as findings does it.
#[derive(Default)]
struct Builder {
    page: u32,
    word: Word,
    space: bool,
    raised: bool,
    /// Whether a line is open, and how it stands.
    open: bool,
    base: f32,
    size: f32,
    last_x1: f32,
    on_line: u32,
    element: Option<u32>,
    artifact: bool,
}

/// How a glyph follows the one before it.
#[derive(Clone, Copy, PartialEq)]
enum Follows {
    /// On a line of its own.
    NewLine,
    /// On the same line.
    Level,
    /// Above the line: a footnote mark.
    Raised,
    /// On the line that a raised mark began.
    AfterMark,
}

impl Builder {
    fn build(mut self, glyphs: &[Glyph], [width, height]: [f32; 2], words: &mut Vec<Word>) {
        for g in glyphs {
            if g.x1 <= 0.0 || g.x0 >= width || g.base <= 0.0 || g.base - g.size >= height {
                continue;
            }
            if g.ch.is_whitespace() || g.ch == '\u{200b}' {
                self.space = true;
                continue;
            }
            let follows = self.follows(g);
            let raised = follows == Follows::Raised;
            if matches!(follows, Follows::NewLine | Follows::AfterMark) {
                self.end_word(words);
                (self.base, self.size) = (g.base, g.size);
            } else if self.is_apart(g, raised) {
                self.end_word(words);
            }
            if follows == Follows::NewLine {
                (self.open, self.on_line) = (true, 0);
                (self.element, self.artifact) = (g.element, g.artifact);
            }
            if !raised {
                self.size = self.size.max(g.size);
            }
            (self.space, self.raised) = (false, raised);
            self.add(g);
        }
        self.end_word(words);
    }

    fn follows(&self, g: &Glyph) -> Follows {
        if !self.open || g.element != self.element || g.artifact != self.artifact {
            return Follows::NewLine;
        }
        let gap = g.x0 - self.last_x1;
        let above = self.base - g.base;
        let size = self.size.max(1.0);
        let near = gap < LINE_GAP * size && gap > -size;
        if near && g.size < 0.85 * size && above > 0.1 * size && above < RAISED * size {
            return if g.ch.is_alphabetic() { Follows::Level } else { Follows::Raised };
        }
        if near && g.size > 1.2 * size && above < 0.0 && -above < RAISED * g.size && self.on_line <= 2 {
            return Follows::AfterMark;
        }
        if above.abs() > BASELINE * size.min(g.size.max(1.0)) || !near {
            return Follows::NewLine;
        }
        Follows::Level
    }

    /// Whether a glyph of the same line begins a word.
    fn is_apart(&self, g: &Glyph, raised: bool) -> bool {
        let gap = g.x0 - self.last_x1;
        let least = self.size.min(g.size).max(1.0);
        self.space || gap > WORD_GAP * least || gap < -least || raised != self.raised
    }

    fn add(&mut self, g: &Glyph) {
        let bbox = [g.x0, g.base - 0.8 * g.size, g.x1, g.base + 0.2 * g.size];
        if self.word.text.is_empty() {
            self.word = Word {
                text: String::new(),
                bbox,
                bold: g.bold,
                element: g.element,
                artifact: g.artifact,
                page: self.page,
            };
        }
        let b = &mut self.word.bbox;
        *b = [b[0].min(bbox[0]), b[1].min(bbox[1]), b[2].max(bbox[2]), b[3].max(bbox[3])];
        self.word.text.push(g.ch);
        self.last_x1 = g.x1;
        self.on_line += 1;
    }

    fn end_word(&mut self, words: &mut Vec<Word>) {
        let mut word = std::mem::take(&mut self.word);
        if !word.text.is_ascii() {
            word.text = word.text.chars().filter_map(normal).nfc().collect();
        }
        if !word.text.is_empty() {
            words.push(word);
        }
    }
}

/// The characters that findings takes for another, or for none.
fn normal(c: char) -> Option<char> {
    match c {
        '\u{f06e}' | '\u{f0b7}' | '\u{f0a7}' | '\u{25fc}' | '\u{25aa}' | '\u{25a0}' | '\u{25cf}'
        | '\u{83}' | '\u{f0d8}' => Some('\u{2022}'),
        '\u{f02d}' | '\u{23af}' => Some('\u{2013}'),
        '\u{200b}' | '\u{feff}' | '\u{2060}' => None,
        c => Some(c),
    }
}

/// The structure tree, read from the file's dictionaries: hayro has nothing for it.
#[derive(Default)]
struct Tree {
    /// (object number of the page, marked-content id) → block.
    content: FxHashMap<(u32, i32), u32>,
}

/// A node to be looked at.
struct Visit<'a> {
    object: MaybeRef<Object<'a>>,
    /// The innermost block around it, and whether that is a list item.
    block: Option<(u32, bool)>,
    page: Option<u32>,
}

impl Tree {
    fn read(pdf: &Pdf) -> Tree {
        let mut tree = Tree::default();
        let xref = pdf.xref();
        let root = xref.get::<Dict<'_>>(xref.root_id()).and_then(|c| c.get::<Dict<'_>>(b"StructTreeRoot"));
        let Some(root) = root else { return tree };
        let roles = root.get::<Dict<'_>>(b"RoleMap");
        let mut seen: FxHashSet<ObjRef> = FxHashSet::default();
        let mut stack: Vec<Visit<'_>> = Vec::new();
        let mut elements = 0;
        if let Some(object) = root.get_raw::<Object<'_>>(b"K") {
            stack.push(Visit { object, block: None, page: None });
        }
        while let Some(Visit { object, block, page }) = stack.pop() {
            let object = match object {
                MaybeRef::Ref(r) if !seen.insert(r) => continue,
                MaybeRef::Ref(r) => match xref.get::<Object<'_>>(r.into()) {
                    Some(o) => o,
                    None => continue,
                },
                MaybeRef::NotRef(o) => o,
            };
            match object {
                Object::Array(kids) => {
                    stack.extend(kids.raw_iter().map(|object| Visit { object, block, page }));
                }
                Object::Dict(dict) => {
                    let page = dict.get_ref(b"Pg").map(|r| r.obj_number as u32).or(page);
                    match dict.get::<Name<'_>>(b"Type").as_deref() {
                        Some(b"MCR") => {
                            let stream = dict.get_ref(b"Stm").map(|r| r.obj_number as u32).or(page);
                            tree.put(stream, block, dict.get::<i32>(MCID));
                        }
                        Some(b"OBJR") => {}
                        _ => {
                            let block = block_of(role(&dict, roles.as_ref()), block, elements);
                            elements += 1;
                            if let Some(object) = dict.get_raw::<Object<'_>>(b"K") {
                                stack.push(Visit { object, block, page });
                            }
                        }
                    }
                }
                other => tree.put(page, block, other.into_i32()),
            }
        }
        tree
    }

    fn put(&mut self, stream: Option<u32>, block: Option<(u32, bool)>, id: Option<i32>) {
        if let (Some(stream), Some((block, _)), Some(id)) = (stream, block, id) {
            self.content.insert((stream, id), block);
        }
    }
}

/// The block of an element's content: the element itself, or the block around it.
fn block_of(role: Role, around: Option<(u32, bool)>, element: u32) -> Option<(u32, bool)> {
    match role {
        Role::Paragraph if around.is_some_and(|(_, item)| item) => around,
        Role::Other => around,
        role => Some((element, role == Role::Item)),
    }
}

/// What an element is to words: a block of its own, or a part of another.
#[derive(Clone, Copy, PartialEq)]
enum Role {
    Paragraph,
    Item,
    Block,
    Other,
}

fn role(dict: &Dict<'_>, roles: Option<&Dict<'_>>) -> Role {
    let Some(mut name) = dict.get::<Name<'_>>(b"S").map(|n| n.to_vec()) else { return Role::Other };
    for _ in 0..8 {
        match &*name {
            b"P" => return Role::Paragraph,
            b"LI" => return Role::Item,
            b"H" | b"Title" | b"TD" | b"TH" | b"Note" | b"TOC" | b"TOCI" => return Role::Block,
            [b'H', b'1'..=b'6'] => return Role::Block,
            b"L" | b"Lbl" | b"LBody" | b"Table" | b"TR" | b"Span" | b"Link" => return Role::Other,
            _ => {}
        }
        match roles.and_then(|r| r.get::<Name<'_>>(&name[..])) {
            Some(mapped) if *mapped != *name => name = mapped.to_vec(),
            _ => break,
        }
    }
    Role::Other
}
