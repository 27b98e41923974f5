//! Content streams → glyphs: only the operators that place text are interpreted (ISO 32000-1, 9.4).

use std::rc::Rc;

use lopdf::{Dictionary, Document, Object, ObjectId};
use rustc_hash::FxHashMap;

use super::PageImage;
use super::font::{Chars, Font};
use super::lexer::{Lexer, Token};
use super::pdf::{PageRef, number, resolve};
use super::tags::Tree;

/// A character on a page.
#[derive(Debug, Clone, Copy)]
pub(super) struct Glyph {
    pub ch: char,
    /// Left and right edge, in points from the page's left.
    pub x0: f32,
    pub x1: f32,
    /// Baseline, in points from the page's top.
    pub base: f32,
    /// Font size in points.
    pub size: f32,
    pub bold: bool,
    pub color: [u8; 3],
    /// The structure element that names it.
    pub element: Option<u32>,
    pub artifact: bool,
}

/// What a page draws, in content order.
#[derive(Debug, Default)]
pub(super) struct PageGlyphs {
    pub width: f32,
    pub height: f32,
    pub glyphs: Vec<Glyph>,
    /// How many images it draws.
    pub images: u32,
    /// The largest of them.
    pub image: Option<PageImage>,
    /// How many glyphs are drawn invisibly (text render mode 3).
    pub hidden: u32,
}

/// Limits of work for one document: a hostile file ends at one of them, a real one never comes near.
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

/// How deep forms may nest.
const MAX_FORM_DEPTH: u32 = 12;
/// How deep `q` may nest.
const MAX_STATES: usize = 256;
/// How many operands an operator may have: none has more, arrays of text included.
const MAX_OPERANDS: usize = 100_000;
/// How large one content stream may inflate, in bytes.
const MAX_CONTENT: usize = 32 << 20;

/// a b c d e f of `x' = ax + cy + e, y' = bx + dy + f`.
type Matrix = [f32; 6];
const IDENTITY: Matrix = [1.0, 0.0, 0.0, 1.0, 0.0, 0.0];

fn times(m: Matrix, n: Matrix) -> Matrix {
    [
        m[0] * n[0] + m[1] * n[2],
        m[0] * n[1] + m[1] * n[3],
        m[2] * n[0] + m[3] * n[2],
        m[2] * n[1] + m[3] * n[3],
        m[4] * n[0] + m[5] * n[2] + n[4],
        m[4] * n[1] + m[5] * n[3] + n[5],
    ]
}

/// The part of the graphics state that text depends on.
#[derive(Clone)]
struct State {
    ctm: Matrix,
    font: Option<Rc<Font>>,
    size: f32,
    char_space: f32,
    word_space: f32,
    scale: f32,
    leading: f32,
    rise: f32,
    invisible: bool,
    color: [u8; 3],
}

/// The marked content that glyphs stand in.
#[derive(Clone, Copy, Default)]
struct Mark {
    element: Option<u32>,
    artifact: bool,
}

/// Interprets the pages of one document; fonts are read once.
pub(super) struct Interpreter<'a> {
    doc: &'a Document,
    fonts: FxHashMap<ObjectId, Rc<Font>>,
    budget: Budget,
    exhausted: bool,
    mapped: u64,
    unmapped: u64,
}

/// One run over one content stream, and what it draws into.
struct Run<'r, 'a> {
    resources: Option<&'a Dictionary>,
    /// Object number that marked-content ids are counted under.
    stream: u32,
    tree: &'r Tree,
    depth: u32,
}

impl<'a> Interpreter<'a> {
    pub fn new(doc: &'a Document, budget: Budget) -> Self {
        Self { doc, fonts: FxHashMap::default(), budget, exhausted: false, mapped: 0, unmapped: 0 }
    }

    /// Share of glyphs without a Unicode value, 0 to 1.
    pub fn unmapped_share(&self) -> f32 {
        let all = self.mapped + self.unmapped;
        if all == 0 { 0.0 } else { self.unmapped as f32 / all as f32 }
    }

    /// Whether a limit ended the reading.
    pub fn exhausted(&self) -> bool {
        self.exhausted
    }

    /// The glyphs of a page.
    pub fn page(&mut self, page: &PageRef<'a>, tree: &Tree) -> PageGlyphs {
        let [x0, y0, x1, y1] = page.crop;
        // User space to points from the visible top left, y downwards, the page's own turn undone.
        let (ctm, width, height) = match page.quarter_turns {
            1 => ([0.0, 1.0, 1.0, 0.0, -y0, -x0], y1 - y0, x1 - x0),
            2 => ([-1.0, 0.0, 0.0, 1.0, x1, -y0], x1 - x0, y1 - y0),
            3 => ([0.0, -1.0, -1.0, 0.0, y1, x1], y1 - y0, x1 - x0),
            _ => ([1.0, 0.0, 0.0, -1.0, -x0, y1], x1 - x0, y1 - y0),
        };
        let mut out = PageGlyphs { width, height, ..PageGlyphs::default() };
        let content = self.content(page.dict);
        let run = Run { resources: page.resources, stream: page.id.0, tree, depth: 0 };
        self.run(&content, &run, ctm, &mut out);
        out.glyphs.retain(|g| g.x1 > 0.0 && g.x0 < width && g.base > 0.0 && g.base - g.size < height);
        out
    }

    fn content(&mut self, page: &'a Dictionary) -> Vec<u8> {
        let mut bytes = Vec::new();
        let Some(contents) = page.get(b"Contents").ok().and_then(|o| resolve(self.doc, o)) else {
            return bytes;
        };
        match contents {
            Object::Array(parts) => {
                for part in parts.iter().take(1_000) {
                    if let Some(Object::Stream(s)) = resolve(self.doc, part) {
                        bytes.extend(self.inflate(s));
                        bytes.push(b'\n');
                    }
                    if self.exhausted {
                        break;
                    }
                }
            }
            Object::Stream(s) => bytes = self.inflate(s),
            _ => {}
        }
        bytes
    }

    fn inflate(&mut self, stream: &lopdf::Stream) -> Vec<u8> {
        let bytes =
            stream.get_plain_content_with_limit(MAX_CONTENT.min(self.budget.inflated)).unwrap_or_default();
        self.budget.inflated = self.budget.inflated.saturating_sub(bytes.len());
        self.exhausted |= self.budget.inflated == 0;
        bytes
    }

    fn font(&mut self, resources: Option<&'a Dictionary>, name: &[u8]) -> Option<Rc<Font>> {
        let fonts = resolve(self.doc, resources?.get(b"Font").ok()?)?.as_dict().ok()?;
        let entry = fonts.get(name).ok()?;
        let dict = resolve(self.doc, entry)?.as_dict().ok()?;
        match entry.as_reference() {
            Ok(id) => {
                let doc = self.doc;
                Some(self.fonts.entry(id).or_insert_with(|| Rc::new(Font::read(doc, dict))).clone())
            }
            Err(_) => Some(Rc::new(Font::read(self.doc, dict))),
        }
    }

    fn run(&mut self, content: &[u8], run: &Run<'_, 'a>, ctm: Matrix, out: &mut PageGlyphs) {
        let mut lexer = Lexer::new(content);
        let mut operands: Vec<Token> = Vec::with_capacity(64);
        let mut state = State {
            ctm,
            font: None,
            size: 0.0,
            char_space: 0.0,
            word_space: 0.0,
            scale: 1.0,
            leading: 0.0,
            rise: 0.0,
            invisible: false,
            color: [0; 3],
        };
        let mut saved: Vec<State> = Vec::new();
        let mut unsaved = 0usize;
        let mut marks: Vec<Mark> = Vec::new();
        let (mut tm, mut line) = (IDENTITY, IDENTITY);
        while let Some(token) = lexer.next() {
            let Token::Keyword(op) = token else {
                if operands.len() < MAX_OPERANDS {
                    operands.push(token);
                }
                continue;
            };
            if self.budget.operators == 0 || self.exhausted {
                self.exhausted = true;
                return;
            }
            self.budget.operators -= 1;
            let num = |i: usize| match operands.get(i) {
                Some(Token::Number(n)) => *n,
                _ => 0.0,
            };
            let six = || std::array::from_fn::<f32, 6, _>(num);
            match op {
                b"q" if saved.len() < MAX_STATES => saved.push(state.clone()),
                b"q" => unsaved += 1,
                b"Q" if unsaved > 0 => unsaved -= 1,
                b"Q" => {
                    if let Some(s) = saved.pop() {
                        state = s;
                    }
                }
                b"cm" => state.ctm = times(six(), state.ctm),
                b"BT" => (tm, line) = (IDENTITY, IDENTITY),
                b"Tf" => {
                    if let Some(Token::Name(name)) = operands.first() {
                        state.font = self.font(run.resources, name);
                    }
                    state.size = num(1);
                }
                b"Tc" => state.char_space = num(0),
                b"Tw" => state.word_space = num(0),
                b"Tz" => state.scale = num(0) / 100.0,
                b"TL" => state.leading = num(0),
                b"Ts" => state.rise = num(0),
                b"Tr" => state.invisible = num(0) == 3.0,
                b"Td" | b"TD" => {
                    if op == b"TD" {
                        state.leading = -num(1);
                    }
                    line = times([1.0, 0.0, 0.0, 1.0, num(0), num(1)], line);
                    tm = line;
                }
                b"Tm" => {
                    line = six();
                    tm = line;
                }
                b"T*" | b"'" | b"\"" => {
                    line = times([1.0, 0.0, 0.0, 1.0, 0.0, -state.leading], line);
                    tm = line;
                    if op == b"\"" {
                        state.word_space = num(0);
                        state.char_space = num(1);
                    }
                    if let Some(Token::String { start, end }) = operands.last() {
                        let bytes = &lexer.strings[*start as usize..*end as usize];
                        self.show(bytes, &state, &mut tm, marks.last(), out);
                    }
                }
                b"Tj" | b"TJ" => {
                    for operand in &operands {
                        match operand {
                            Token::String { start, end } => {
                                let bytes = &lexer.strings[*start as usize..*end as usize];
                                self.show(bytes, &state, &mut tm, marks.last(), out);
                            }
                            Token::Number(n) => {
                                let tx = -n / 1000.0 * state.size * state.scale;
                                tm = times([1.0, 0.0, 0.0, 1.0, tx, 0.0], tm);
                            }
                            _ => {}
                        }
                    }
                }
                b"g" | b"rg" | b"k" | b"sc" | b"scn" => {
                    let n = operands.iter().filter(|t| matches!(t, Token::Number(_))).count();
                    if let Some(color) = rgb(&six()[..n.min(6)]) {
                        state.color = color;
                    }
                }
                b"cs" => state.color = [0; 3],
                b"BDC" | b"BMC" if marks.len() < MAX_STATES * 4 => {
                    marks.push(self.mark(&operands, run, marks.last()));
                }
                b"EMC" => {
                    marks.pop();
                }
                b"Do" => {
                    if let Some(Token::Name(name)) = operands.first() {
                        self.draw(name, run, &state, marks.last().copied(), out);
                    }
                }
                b"ID" => lexer.skip_inline_image(),
                b"EI" => out.images += 1,
                _ => {}
            }
            operands.clear();
            lexer.strings.clear();
        }
    }

    /// The marked content that `BDC` or `BMC` opens; what it does not say it has from the one around it.
    fn mark(&self, operands: &[Token], run: &Run<'_, 'a>, outer: Option<&Mark>) -> Mark {
        let mut mark = outer.copied().unwrap_or_default();
        if let Some(Token::Name(tag)) = operands.first() {
            mark.artifact |= *tag == b"Artifact";
        }
        let mcid = match operands.get(1) {
            Some(Token::Name(name)) => run
                .resources
                .and_then(|r| resolve(self.doc, r.get(b"Properties").ok()?)?.as_dict().ok())
                .and_then(|p| resolve(self.doc, p.get(name).ok()?)?.as_dict().ok())
                .and_then(|d| number(self.doc, d.get(b"MCID").ok()?)),
            _ => operands.windows(2).find_map(|pair| match pair {
                [Token::Name(b"MCID"), Token::Number(n)] => Some(*n),
                _ => None,
            }),
        };
        if let Some(mcid) = mcid {
            mark.element = run.tree.content.get(&(run.stream, mcid as i32)).copied().or(mark.element);
        }
        mark
    }

    fn draw(
        &mut self,
        name: &[u8],
        run: &Run<'_, 'a>,
        state: &State,
        mark: Option<Mark>,
        out: &mut PageGlyphs,
    ) {
        let Some(entry) = run
            .resources
            .and_then(|r| resolve(self.doc, r.get(b"XObject").ok()?)?.as_dict().ok())
            .and_then(|x| x.get(name).ok())
        else {
            return;
        };
        let Some(Object::Stream(form)) = resolve(self.doc, entry) else { return };
        match form.dict.get(b"Subtype").and_then(Object::as_name) {
            Ok(b"Image") => {
                out.images += 1;
                let pixels = form.dict.get(b"Width").ok().and_then(|w| number(self.doc, w)).unwrap_or(0.0);
                let image = placed(state.ctm, pixels, out);
                out.image = out.image.filter(|larger| larger.cover >= image.cover).or(Some(image));
            }
            Ok(b"Form") if run.depth < MAX_FORM_DEPTH && self.budget.forms > 0 => {
                self.budget.forms -= 1;
                let content = self.inflate(form);
                let matrix =
                    form.dict.get(b"Matrix").ok().and_then(|m| resolve(self.doc, m)?.as_array().ok());
                let matrix: Matrix = matrix.map_or(IDENTITY, |m| {
                    std::array::from_fn(|i| m.get(i).and_then(|v| number(self.doc, v)).unwrap_or(IDENTITY[i]))
                });
                let resources =
                    form.dict.get(b"Resources").ok().and_then(|r| resolve(self.doc, r)?.as_dict().ok());
                let own_ids = form.dict.has(b"StructParents");
                let inner = Run {
                    resources: resources.or(run.resources),
                    stream: if own_ids {
                        entry.as_reference().map_or(run.stream, |id| id.0)
                    } else {
                        run.stream
                    },
                    tree: run.tree,
                    depth: run.depth + 1,
                };
                let from = out.glyphs.len();
                self.run(&content, &inner, times(matrix, state.ctm), out);
                if let Some(mark) = mark {
                    for g in &mut out.glyphs[from..] {
                        g.element = g.element.or(mark.element);
                        g.artifact |= mark.artifact;
                    }
                }
            }
            _ => {}
        }
    }

    fn show(
        &mut self,
        bytes: &[u8],
        state: &State,
        tm: &mut Matrix,
        mark: Option<&Mark>,
        out: &mut PageGlyphs,
    ) {
        let Some(font) = &state.font else { return };
        let mark = mark.copied().unwrap_or_default();
        let from = out.glyphs.len();
        let step = if font.wide_codes { 2 } else { 1 };
        for code in bytes.chunks(step) {
            if self.budget.glyphs == 0 {
                self.exhausted = true;
                return;
            }
            self.budget.glyphs -= 1;
            let code = code.iter().fold(0, |v, b| v << 8 | u32::from(*b));
            let width = font.width(code) * state.size * state.scale;
            let m = times(*tm, state.ctm);
            let x = state.rise * m[2] + m[4];
            let y = state.rise * m[3] + m[5];
            let glyph = |ch: char, part: f32, of: f32| {
                let (a, b) = (x + m[0] * width * part / of, x + m[0] * width * (part + 1.0) / of);
                Glyph {
                    ch,
                    x0: a.min(b),
                    x1: a.max(b),
                    base: y + m[1] * width * part / of,
                    size: state.size.abs() * m[2].hypot(m[3]),
                    bold: font.bold,
                    color: state.color,
                    element: mark.element,
                    artifact: mark.artifact,
                }
            };
            match font.chars(code) {
                Chars::One(c) => {
                    self.mapped += 1;
                    out.glyphs.push(glyph(c, 0.0, 1.0));
                }
                Chars::Many(s) => {
                    self.mapped += 1;
                    let n = s.chars().count() as f32;
                    out.glyphs.extend(s.chars().enumerate().map(|(i, c)| glyph(c, i as f32, n)));
                }
                Chars::Unmapped => {
                    self.unmapped += 1;
                    out.glyphs.push(glyph('\u{fffd}', 0.0, 1.0));
                }
            }
            let space = if step == 1 && code == 32 { state.word_space } else { 0.0 };
            let tx = width + (state.char_space + space) * state.scale;
            *tm = times([1.0, 0.0, 0.0, 1.0, tx, 0.0], *tm);
        }
        if state.invisible {
            out.hidden += (out.glyphs.len() - from) as u32;
        }
    }
}

/// An image of a width in pixels that is drawn into the unit square of `ctm`.
fn placed(ctm: Matrix, pixels: f32, page: &PageGlyphs) -> PageImage {
    let span = |a: f32, b: f32, c: f32, most: f32| {
        let (from, to) = (c + a.min(0.0) + b.min(0.0), c + a.max(0.0) + b.max(0.0));
        (to.min(most) - from.max(0.0)).max(0.0)
    };
    let (width, height) =
        (span(ctm[0], ctm[2], ctm[4], page.width), span(ctm[1], ctm[3], ctm[5], page.height));
    PageImage {
        cover: width * height / (page.width * page.height).max(1.0),
        dpi: pixels * 72.0 / ctm[0].hypot(ctm[1]).max(1.0),
    }
}

/// sRGB of a device colour with one (grey), three or four (CMYK) components.
fn rgb(components: &[f32]) -> Option<[u8; 3]> {
    let byte = |v: f32| (v.clamp(0.0, 1.0) * 255.0).round() as u8;
    match *components {
        [g] => Some([byte(g); 3]),
        [r, g, b] => Some([byte(r), byte(g), byte(b)]),
        [c, m, y, k] => Some([c, m, y].map(|v| byte((1.0 - v) * (1.0 - k)))),
        _ => None,
    }
}
