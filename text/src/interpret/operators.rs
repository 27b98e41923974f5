//! The operators, one by one.

use std::rc::Rc;

use lopdf::Object;
use rustc_hash::FxHashMap;

use super::super::font::Font;
use super::super::lexer::{Lexer, Token};
use super::super::pdf::{number, resolve};
use super::marks::Marks;
use super::show::Style;
use super::state::{ColorSpace, IDENTITY, Matrix, State, apply, extent, moved, times};
use super::{Interpreter, PageGlyphs, Run};

/// How deep `q` may nest.
const MAX_STATES: usize = 256;
/// The most operands of an operator; real ones never have more, even in text arrays.
const MAX_OPERANDS: usize = 100_000;
/// How many filled areas of a page are kept, and how many small outlines.
const MAX_FILLS: usize = 2_000;
/// The largest width and height of an outline that may be a list mark, in points.
const MARK: f32 = 12.0;

/// The state of executing one content stream.
pub(super) struct Pen {
    pub state: State,
    saved: Vec<State>,
    unsaved: usize,
    pub marks: Marks,
    pub text: Matrix,
    line: Matrix,
    /// The box of the path under construction, in page space.
    path: Option<[f32; 4]>,
    /// Whether the path is going to be the clipping path.
    clips: bool,
    /// The fonts that the stream has set, by their resource name.
    fonts: FxHashMap<Vec<u8>, Option<Rc<Font>>>,
}

impl Pen {
    fn new(state: State) -> Self {
        let (text, line) = (IDENTITY, IDENTITY);
        Self {
            state,
            saved: Vec::new(),
            unsaved: 0,
            marks: Marks::default(),
            text,
            line,
            path: None,
            clips: false,
            fonts: FxHashMap::default(),
        }
    }

    fn save(&mut self) {
        if self.saved.len() < MAX_STATES {
            self.saved.push(self.state.clone());
        } else {
            self.unsaved += 1;
        }
    }

    fn restore(&mut self) {
        if self.unsaved > 0 {
            self.unsaved -= 1;
        } else if let Some(state) = self.saved.pop() {
            self.state = state;
        }
    }

    /// Moves to a point relative to the beginning of the line.
    fn move_line(&mut self, x: f32, y: f32) {
        self.line = moved(self.line, x, y);
        self.text = self.line;
    }

    /// Ends the path, and clips what follows by it if `W` was given.
    fn end_path(&mut self) -> Option<[f32; 4]> {
        let path = self.path.take();
        if let (true, Some(area)) = (std::mem::take(&mut self.clips), path) {
            self.state.clip_to(area);
        }
        path
    }

    fn grow(&mut self, [x0, y0, x1, y1]: [f32; 4]) {
        let b = self.path.unwrap_or([x0, y0, x1, y1]);
        self.path = Some([b[0].min(x0), b[1].min(y0), b[2].max(x1), b[3].max(y1)]);
    }
}

/// The operands of an operator.
struct Operands<'t, 'b>(&'t [Token<'b>]);

impl<'b> Operands<'_, 'b> {
    fn num(&self, i: usize) -> f32 {
        match self.0.get(i) {
            Some(Token::Number(n)) => *n,
            _ => 0.0,
        }
    }

    fn six(&self) -> Matrix {
        std::array::from_fn(|i| self.num(i))
    }

    /// Size in bytes of the inline image whose dictionary these operands are; `None` if it is compressed or
    /// incomplete.
    fn image_length(&self) -> Option<usize> {
        let entry = |long: &[u8], short: &[u8]| {
            self.0.windows(2).find_map(|pair| match pair {
                [Token::Name(key), value] if *key == long || *key == short => Some(*value),
                _ => None,
            })
        };
        let number = |long: &[u8], short: &[u8]| match entry(long, short)? {
            Token::Number(n) => Some(n as usize).filter(|n| (1..=65_535).contains(n)),
            _ => None,
        };
        if entry(b"Filter", b"F").is_some() {
            return None;
        }
        let (width, height) = (number(b"Width", b"W")?, number(b"Height", b"H")?);
        let bits = number(b"BitsPerComponent", b"BPC").unwrap_or(1);
        let components = match entry(b"ColorSpace", b"CS") {
            None => 1,
            Some(Token::Name(b"G" | b"DeviceGray" | b"CalGray")) => 1,
            Some(Token::Name(b"RGB" | b"DeviceRGB" | b"CalRGB")) => 3,
            Some(Token::Name(b"CMYK" | b"DeviceCMYK")) => 4,
            Some(_) => return None,
        };
        Some((width * components * bits).div_ceil(8) * height)
    }

    fn name(&self) -> Option<&'b [u8]> {
        self.0.iter().find_map(|t| match t {
            Token::Name(name) => Some(*name),
            _ => None,
        })
    }
}

impl<'a> Interpreter<'a> {
    pub(super) fn run(&mut self, content: &[u8], run: &Run<'_, 'a>, state: State, out: &mut PageGlyphs) {
        let mut lexer = Lexer::new(content);
        let mut tokens: Vec<Token> = Vec::with_capacity(64);
        let mut pen = Pen::new(state);
        while let Some(token) = lexer.next() {
            let Token::Keyword(op) = token else {
                if tokens.len() < MAX_OPERANDS {
                    tokens.push(token);
                }
                continue;
            };
            if self.budget.operators == 0 || self.exhausted {
                self.exhausted = true;
                break;
            }
            self.budget.operators -= 1;
            let operands = Operands(&tokens);
            match op {
                b"q" => pen.save(),
                b"Q" => pen.restore(),
                b"cm" => pen.state.ctm = times(operands.six(), pen.state.ctm),
                b"Do" => {
                    if let Some(name) = operands.name() {
                        self.draw(name, run, &pen, out);
                    }
                }
                b"ID" => lexer.skip_inline_image(operands.image_length()),
                b"EI" => self.image(pen.state.ctm, 0.0, out),
                b"BDC" | b"BMC" => self.begin_mark(op, &tokens, &lexer.strings, run, &mut pen, out),
                b"EMC" => pen.marks.end(out),
                _ => {
                    let is_done = self.text_operator(op, &operands, &lexer.strings, run, &mut pen, out)
                        || self.state_operator(op, &operands, run, &mut pen);
                    if !is_done {
                        path_operator(op, &operands, &mut pen, out);
                    }
                }
            }
            tokens.clear();
            lexer.strings.clear();
        }
        while pen.marks.is_open() {
            pen.marks.end(out);
        }
    }

    /// Executes a text operator: positioning and showing. Returns false for any other operator.
    fn text_operator(
        &mut self,
        op: &[u8],
        operands: &Operands,
        strings: &[u8],
        run: &Run<'_, 'a>,
        pen: &mut Pen,
        out: &mut PageGlyphs,
    ) -> bool {
        match op {
            b"BT" => (pen.text, pen.line) = (IDENTITY, IDENTITY),
            b"Td" => pen.move_line(operands.num(0), operands.num(1)),
            b"TD" => {
                pen.state.leading = -operands.num(1);
                pen.move_line(operands.num(0), operands.num(1));
            }
            b"Tm" => {
                pen.line = operands.six();
                pen.text = pen.line;
            }
            b"T*" => pen.move_line(0.0, -pen.state.leading),
            b"'" | b"\"" => {
                if op == b"\"" {
                    pen.state.word_space = operands.num(0);
                    pen.state.char_space = operands.num(1);
                }
                pen.move_line(0.0, -pen.state.leading);
                self.show_all(operands.0, strings, run, pen, out);
            }
            b"Tj" | b"TJ" => self.show_all(operands.0, strings, run, pen, out),
            _ => return false,
        }
        true
    }

    fn show_all(
        &mut self,
        operands: &[Token],
        strings: &[u8],
        run: &Run<'_, 'a>,
        pen: &mut Pen,
        out: &mut PageGlyphs,
    ) {
        out.shows.push(out.glyphs.len() as u32);
        let style = Style::now(run, pen);
        let mut in_array = false;
        for operand in operands {
            match operand {
                Token::String { start, end } => {
                    let bytes = strings.get(*start as usize..*end as usize).unwrap_or_default();
                    match &style {
                        Some(style) => self.show(bytes, style, pen, out),
                        // Without a font, the characters are unknown.
                        None => self.unmapped += bytes.len() as u64,
                    }
                }
                Token::ArrayStart => in_array = true,
                Token::Number(n) if in_array => {
                    let vertical = pen.state.font.as_ref().is_some_and(|f| f.vertical);
                    let by = -n / 1000.0 * pen.state.size;
                    let (x, y) = if vertical { (0.0, by) } else { (by * pen.state.scale, 0.0) };
                    pen.text = moved(pen.text, x, y);
                }
                _ => {}
            }
        }
    }

    /// Executes an operator of the graphics state. Returns false for any other operator.
    fn state_operator(&mut self, op: &[u8], operands: &Operands, run: &Run<'_, 'a>, pen: &mut Pen) -> bool {
        if op == b"Tf" {
            pen.state.font = operands.name().and_then(|name| self.font_named(name, run, &mut pen.fonts));
            pen.state.size = operands.num(1);
            return true;
        }
        let state = &mut pen.state;
        match op {
            b"Tc" => state.char_space = operands.num(0),
            b"Tw" => state.word_space = operands.num(0),
            b"Tz" => state.scale = operands.num(0) / 100.0,
            b"TL" => state.leading = operands.num(0),
            b"Ts" => state.rise = operands.num(0),
            b"Tr" => state.invisible = operands.num(0) == 3.0,
            b"gs" => {
                if let Some(name) = operands.name() {
                    self.external_state(run, name, state);
                }
            }
            b"g" | b"rg" | b"k" => {
                state.space = ColorSpace::Device;
                // Here and below: at most the six numbers that `six` gives, and no more than were present.
                state.set_color(&operands.six()[..operands.0.len().min(4)]);
            }
            b"sc" | b"scn" => {
                let n = operands.0.iter().filter(|t| matches!(t, Token::Number(_))).count();
                state.set_color(&operands.six()[..n.min(6)]);
            }
            b"cs" => {
                state.space = operands.name().map_or(ColorSpace::Device, |name| self.color_space(run, name));
                state.color = [0; 3];
            }
            _ => return false,
        }
        true
    }

    /// A font by its resource name, cached: a page may set its few fonts a thousand times.
    fn font_named(
        &mut self,
        name: &[u8],
        run: &Run<'_, 'a>,
        known: &mut FxHashMap<Vec<u8>, Option<Rc<Font>>>,
    ) -> Option<Rc<Font>> {
        if let Some(font) = known.get(name) {
            return font.clone();
        }
        let font = self.font(run, name);
        known.insert(name.to_owned(), font.clone());
        font
    }

    /// Applies the font that an external graphics state may set.
    fn external_state(&mut self, run: &Run<'_, 'a>, name: &[u8], state: &mut State) {
        let Some(Object::Array(font)) = self
            .resource(run.resources, b"ExtGState", name)
            .and_then(|o| resolve(self.doc, o)?.as_dict().ok())
            .and_then(|d| resolve(self.doc, d.get(b"Font").ok()?))
        else {
            return;
        };
        if let [font, size] = font.as_slice() {
            state.font = self.font_at(font);
            state.size = number(self.doc, size).unwrap_or(state.size);
        }
    }

    fn color_space(&self, run: &Run<'_, 'a>, name: &[u8]) -> ColorSpace {
        let space = self.resource(run.resources, b"ColorSpace", name).and_then(|o| resolve(self.doc, o));
        let kind = match space {
            Some(Object::Array(a)) => a.first().and_then(|o| resolve(self.doc, o)?.as_name().ok()),
            Some(Object::Name(n)) => Some(n.as_slice()),
            _ => Some(name),
        };
        match kind {
            Some(b"Separation" | b"DeviceN") => ColorSpace::Tint,
            Some(b"Pattern" | b"Indexed" | b"Lab") => ColorSpace::Other,
            _ => ColorSpace::Device,
        }
    }
}

/// Executes a path operator. Only filled areas and small outlines are kept, as boxes.
fn path_operator(op: &[u8], operands: &Operands, pen: &mut Pen, out: &mut PageGlyphs) {
    let n = |i| operands.num(i);
    match op {
        b"re" => pen.grow(extent(pen.state.ctm, [n(0), n(1), n(0) + n(2), n(1) + n(3)])),
        b"m" | b"l" | b"c" | b"v" | b"y" => {
            let last = operands.0.len().saturating_sub(2);
            let (x, y) = apply(pen.state.ctm, n(last), n(last + 1));
            pen.grow([x, y, x, y]);
        }
        b"f" | b"F" | b"f*" | b"B" | b"B*" | b"b" | b"b*" => {
            if let Some(area) = pen.end_path()
                && !is_white(pen.state.color)
                && out.fills.len() < MAX_FILLS
            {
                out.fills.push(area);
            }
        }
        b"S" | b"s" => {
            let small = |area: &[f32; 4]| area[2] - area[0] < MARK && area[3] - area[1] < MARK;
            if let Some(area) = pen.end_path().filter(small)
                && out.rings.len() < MAX_FILLS
            {
                out.rings.push(area);
            }
        }
        b"W" | b"W*" => pen.clips = true,
        b"n" => drop(pen.end_path()),
        _ => {}
    }
}

/// Whether a colour is white or nearly white.
pub(crate) fn is_white(color: [u8; 3]) -> bool {
    color.iter().all(|c| *c >= 250)
}
