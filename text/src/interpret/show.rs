//! Strings shown: glyphs with their places.

use std::rc::Rc;

use super::super::font::{Chars, Font, Shown};
use super::super::leftwards::by_place;
use super::super::turn::on_page;
use super::operators::Pen;
use super::state::{Matrix, State, apply, moved, times};
use super::{Glyph, Interpreter, PageGlyphs, Run};

/// Text that is askew by less is taken to run along an axis of the page, in tenths of a degree.
const ASKEW: u16 = 30;
/// Tenths of a degree in a quarter turn.
const QUARTER: u16 = 900;

/// A direction in tenths of a degree, and its unit vector.
#[derive(Clone, Copy)]
struct Direction {
    angle: u16,
    x: f32,
    y: f32,
}

/// The unit vector of an angle in tenths of a degree.
pub(crate) fn unit(angle: u16) -> (f32, f32) {
    match angle {
        0 => (1.0, 0.0),
        900 => (0.0, 1.0),
        1800 => (-1.0, 0.0),
        2700 => (0.0, -1.0),
        angle => {
            let (y, x) = (f32::from(angle) / 10.0).to_radians().sin_cos();
            (x, y)
        }
    }
}

impl Direction {
    fn of(x: f32, y: f32) -> Self {
        if y == 0.0 && x >= 0.0 {
            return Self { angle: 0, x: 1.0, y: 0.0 };
        }
        let tenths = y.atan2(x).to_degrees().rem_euclid(360.0) * 10.0;
        let mut angle = (tenths.round() as u16) % (4 * QUARTER);
        let over = angle % QUARTER;
        if over <= ASKEW {
            angle -= over;
        } else if over >= QUARTER - ASKEW {
            angle = (angle + QUARTER - over) % (4 * QUARTER);
        }
        let (x, y) = unit(angle);
        Self { angle, x, y }
    }

    /// A point of the page, along and across.
    fn place(self, x: f32, y: f32) -> (f32, f32) {
        (x * self.x + y * self.y, y * self.x - x * self.y)
    }
}

/// The length of a vector; nearly all stand upright.
fn length((x, y): (f32, f32)) -> f32 {
    if x == 0.0 { y.abs() } else { x.hypot(y) }
}

/// How the strings of one operator are drawn: only their places differ.
pub(super) struct Style {
    font: Rc<Font>,
    /// One text-space unit along the line, and across it, in page space.
    along: (f32, f32),
    up: (f32, f32),
    direction: Direction,
    /// What its glyphs have in common.
    model: Glyph,
    off: bool,
    level: Option<Level>,
}

/// A line along the page's own axis, of upright letters that are drawn: nearly all are.
#[derive(Clone, Copy)]
struct Level {
    base: f32,
    /// Between which places along it something may be drawn into; nowhere, where the line is outside of that.
    band: Option<[f32; 2]>,
}

impl Style {
    /// None where no font is set.
    pub fn now(run: &Run<'_, '_>, pen: &Pen) -> Option<Style> {
        let state = &pen.state;
        let font = state.font.clone()?;
        let mark = pen.marks.now();
        let m = times(pen.text, state.ctm);
        let (along, up) = ((m[0], m[1]), (m[2], m[3]));
        let sign = if state.size * state.scale < 0.0 { -1.0 } else { 1.0 };
        let direction = match font.vertical {
            true => Direction::of(-up.0, -up.1),
            false => Direction::of(sign * along.0, sign * along.1),
        };
        let model = Glyph {
            ch: '\u{fffd}',
            x0: 0.0,
            x1: 0.0,
            base: 0.0,
            size: state.size.abs() * font.em * length(up),
            angle: direction.angle,
            bold: font.bold,
            color: state.color,
            element: mark.element,
            artifact: mark.artifact,
            hidden: state.invisible,
            aside: false,
            clipped: false,
            note: run.note,
            vertical: font.vertical,
        };
        let off = run.off || mark.off;
        let upright = |m: Matrix| m[1] == 0.0 && m[2] == 0.0;
        let is_level = direction.angle == 0 && upright(pen.text) && upright(state.ctm);
        let level = (is_level && !font.vertical && !off).then(|| {
            let base = apply(state.ctm, pen.text[4], pen.text[5]).1 + state.rise * up.1;
            let line = Glyph { base, ..model }.bbox();
            let band = state.clip.map(|[x0, top, x1, bottom]| match line.bottom < top || line.top > bottom {
                true => [f32::INFINITY, f32::NEG_INFINITY],
                false => [x0, x1],
            });
            Level { base, band }
        });
        Some(Style { font, along, up, direction, model, off, level })
    }
}

/// The part of the space after a code that belongs to its character, in a string whose words are spaced out by `spaced`.
#[inline(always)] // Once for each letter, and nearly always none.
fn space_after(shown: &Shown, spaced: f32, rest: &[u8]) -> f32 {
    if spaced > 0.0 && !shown.chars.is_space() && !rest.is_empty() { spaced } else { 0.0 }
}

impl Interpreter<'_> {
    /// Draws a string.
    pub(super) fn show(&mut self, bytes: &[u8], style: &Style, pen: &mut Pen, out: &mut PageGlyphs) {
        out.glyphs.reserve(bytes.len().min(self.budget.glyphs as usize));
        match style.level {
            Some(level) => self.show_level(bytes, level, style, pen, out),
            None => self.show_any(bytes, style, pen, out),
        }
    }

    /// Draws a string of a line along the page's own axis: its glyphs differ in where they begin and end.
    fn show_level(
        &mut self,
        bytes: &[u8],
        Level { base, band }: Level,
        style: &Style,
        pen: &mut Pen,
        out: &mut PageGlyphs,
    ) {
        let State { size, scale, char_space, word_space, .. } = pen.state;
        let (left, _) = apply(pen.state.ctm, pen.text[4], pen.text[5]);
        let model = Glyph { base, ..style.model };
        let unit = style.along.0;
        let spaced = pen.state.spaced(&style.font, bytes);
        let (mut x, mut from) = (0.0, left);
        let mut rest = bytes;
        while let Some(shown) = self.next_code(&style.font, &mut rest) {
            let after = space_after(&shown, spaced, rest);
            let to = left + (x + (shown.advance * size + after) * scale) * unit;
            let (x0, x1) = (from.min(to), from.max(to));
            let clipped = band.is_some_and(|[first, last]| x1 < first || x0 > last);
            self.put(shown.chars, &Glyph { x0, x1, clipped, ..model }, 0.0, out);
            let spacing = char_space + if shown.space { word_space } else { 0.0 };
            x += (shown.advance * size + spacing) * scale;
            from = left + x * unit;
        }
        pen.text = moved(pen.text, x, 0.0);
    }

    /// Draws a string of any other line.
    fn show_any(&mut self, bytes: &[u8], style: &Style, pen: &mut Pen, out: &mut PageGlyphs) {
        let Style { font, along, up, direction, model, .. } = style;
        let State { size, scale, rise, clip, .. } = pen.state;
        let origin = apply(pen.state.ctm, pen.text[4], pen.text[5]);
        let spaced = pen.state.spaced(font, bytes);
        let at = |x: f32, y: f32| (origin.0 + x * along.0 + y * up.0, origin.1 + x * along.1 + y * up.1);
        let (mut x, mut y) = (0.0, 0.0);
        let mut rest = bytes;
        while let Some(shown) = self.next_code(font, &mut rest) {
            let after = space_after(&shown, spaced, rest);
            let (from, to) = match shown.vertical {
                Some([vx, _, width]) => {
                    // In the middle of the column, from the pen downwards.
                    let middle = x + (width / 2.0 - vx) * size * scale;
                    (at(middle, y), at(middle, y + shown.advance * size))
                }
                None => (at(x, y + rise), at(x + (shown.advance * size + after) * scale, y + rise)),
            };
            let ((u0, base), (u1, end)) = (direction.place(from.0, from.1), direction.place(to.0, to.1));
            let (u0, u1) = (u0.min(u1), u0.max(u1));
            let slope = end - base;
            let base = if font.vertical { base + 0.3 * model.size } else { base };
            let mut glyph = Glyph { x0: u0, x1: u1, base, ..*model };
            glyph.clipped = clip.is_some_and(|clip| is_outside(&glyph, clip));
            if style.off {
                out.off += shown.chars.count() as u32;
            } else {
                self.put(shown.chars, &glyph, slope, out);
            }
            let spacing = pen.state.char_space + if shown.space { pen.state.word_space } else { 0.0 };
            if font.vertical {
                y += shown.advance * size + spacing;
            } else {
                x += (shown.advance * size + spacing) * scale;
            }
        }
        pen.text = moved(pen.text, x, y);
    }

    /// Takes the next code of a string, unless the budget of glyphs is spent.
    #[inline(always)] // Once for each letter.
    fn next_code<'f>(&mut self, font: &'f Font, rest: &mut &[u8]) -> Option<Shown<'f>> {
        if rest.is_empty() {
            return None;
        }
        if self.budget.glyphs == 0 {
            self.exhausted = true;
            return None;
        }
        self.budget.glyphs -= 1;
        let shown = font.next(rest);
        *rest = rest.get(shown.bytes.max(1)..).unwrap_or_default();
        Some(shown)
    }

    /// Keeps the characters of a code; `all` is where they stand, and the baseline moves by `slope` over them.
    #[inline(always)] // Nearly every code is one character, and is worth no call.
    fn put(&mut self, chars: Chars, all: &Glyph, slope: f32, out: &mut PageGlyphs) {
        match chars {
            Chars::One(ch) => {
                self.mapped += 1;
                out.glyphs.push(Glyph { ch, ..*all });
            }
            Chars::Many(text) => {
                self.mapped += 1;
                self.put_several(text, all, slope, out);
            }
            Chars::Nothing => {}
            Chars::Unmapped => {
                self.unmapped += 1;
                out.glyphs.push(*all);
            }
        }
    }

    /// Keeps characters that one code stands for: each has its share of the code's width.
    fn put_several(&mut self, text: &str, all: &Glyph, slope: f32, out: &mut PageGlyphs) {
        let turned = by_place(text);
        let text = turned.as_deref().unwrap_or(text);
        let count = text.chars().count();
        let (width, of) = (all.x1 - all.x0, count as f32);
        let glyph = |(i, ch): (usize, char)| {
            let part = i as f32;
            let (x0, x1) = (all.x0 + width * part / of, all.x0 + width * (part + 1.0) / of);
            Glyph { ch, x0, x1, base: all.base + slope * part / of, ..*all }
        };
        // The code itself has been counted.
        let taken = 1 + self.afford(count.saturating_sub(1));
        out.glyphs.extend(text.chars().take(taken).enumerate().map(glyph));
    }
}

/// Whether a glyph lies beyond what is drawn into, as far as boxes tell.
fn is_outside(g: &Glyph, [x0, top, x1, bottom]: [f32; 4]) -> bool {
    let b = on_page(g.bbox(), g.angle);
    b.x1 < x0 || b.x0 > x1 || b.bottom < top || b.top > bottom
}
