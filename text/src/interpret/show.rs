//! Strings shown: glyphs with their positions.

use std::rc::Rc;

use super::super::font::{Chars, Font, Shown};
use super::super::leftwards::by_place;
use super::super::turn::on_page;
use super::operators::Pen;
use super::state::{Matrix, State, apply, moved, times};
use super::{Glyph, Interpreter, PageGlyphs, Run};

/// Text that is off an axis of the page by at most this, in tenths of a degree, is taken to run along it.
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

    /// A point of the page in coordinates along and across the direction.
    fn place(self, x: f32, y: f32) -> (f32, f32) {
        (x * self.x + y * self.y, y * self.x - x * self.y)
    }
}

/// The length of a vector; the shortcut is for the usual case, upright text.
fn length((x, y): (f32, f32)) -> f32 {
    if x == 0.0 { y.abs() } else { x.hypot(y) }
}

/// What the strings of one operator have in common; only their positions differ.
pub(super) struct Style {
    font: Rc<Font>,
    /// Vectors in page space of one text-space unit along the line and across it.
    along: (f32, f32),
    up: (f32, f32),
    direction: Direction,
    /// A glyph with all the properties that do not depend on the character.
    model: Glyph,
    off: bool,
    level: Option<Level>,
}

/// A horizontal line of upright, visible text, as nearly all lines are.
#[derive(Clone, Copy)]
struct Level {
    base: f32,
    /// Clipping range in x, empty if the line is outside the clipping area; `None` without clipping.
    band: Option<[f32; 2]>,
}

impl Style {
    /// `None` if no font is set.
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

/// The part of the space after a code that counts as its character's width, if the string is letter-spaced by
/// `spaced`.
#[inline(always)] // Once for each letter, and nearly always none.
fn space_after(shown: &Shown, spaced: f32, rest: &[u8]) -> f32 {
    if spaced > 0.0 && !shown.chars.is_space() && !rest.is_empty() { spaced } else { 0.0 }
}

impl Interpreter<'_> {
    /// Shows a string.
    pub(super) fn show(&mut self, bytes: &[u8], style: &Style, pen: &mut Pen, out: &mut PageGlyphs) {
        out.glyphs.reserve(bytes.len().min(self.budget.glyphs as usize));
        match style.level {
            Some(level) => self.show_level(bytes, level, style, pen, out),
            None => self.show_any(bytes, style, pen, out),
        }
    }

    /// Shows a string of a horizontal line: its glyphs differ only in their x range.
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

    /// Shows a string of any other line.
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
                    // Centred in the column, from the pen downwards.
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

    /// Takes the next code of a string, unless the glyph budget is spent.
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

    /// Adds the characters of a code; `all` has their position, over which the baseline moves by `slope`.
    #[inline(always)] // Nearly every code is one character: not worth a call.
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

    /// Adds the characters of a code that stands for several; they divide its width evenly.
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
        // The code itself has already been counted.
        let taken = 1 + self.afford(count.saturating_sub(1));
        out.glyphs.extend(text.chars().take(taken).enumerate().map(glyph));
    }
}

/// Whether a glyph is outside the clipping area, judging by boxes.
fn is_outside(g: &Glyph, [x0, top, x1, bottom]: [f32; 4]) -> bool {
    let b = on_page(g.bbox(), g.angle);
    b.x1 < x0 || b.x0 > x1 || b.bottom < top || b.top > bottom
}
