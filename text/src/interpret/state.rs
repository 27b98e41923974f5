//! The graphics state, reduced to what text depends on.

use std::rc::Rc;

use super::super::font::Font;

/// The range of character spacing that counts as letter-spacing within words, as multiples of the font size. Less
/// makes no difference, and letters further apart are separate, as in the boxes of a form.
const SPACED: std::ops::Range<f32> = 0.1..0.35;
/// The fewest codes in a letter-spaced string: some writers place single letters and words in shorter ones.
const FEWEST_SPACED: usize = 5;

/// a b c d e f of `x' = ax + cy + e, y' = bx + dy + f`.
pub(super) type Matrix = [f32; 6];
pub(super) const IDENTITY: Matrix = [1.0, 0.0, 0.0, 1.0, 0.0, 0.0];

pub(super) fn times(m: Matrix, n: Matrix) -> Matrix {
    [
        m[0] * n[0] + m[1] * n[2],
        m[0] * n[1] + m[1] * n[3],
        m[2] * n[0] + m[3] * n[2],
        m[2] * n[1] + m[3] * n[3],
        m[4] * n[0] + m[5] * n[2] + n[4],
        m[4] * n[1] + m[5] * n[3] + n[5],
    ]
}

/// A matrix translated in its own coordinates: `times` with a translation on the left.
pub(super) fn moved(m: Matrix, x: f32, y: f32) -> Matrix {
    let (x, y) = apply(m, x, y);
    [m[0], m[1], m[2], m[3], x, y]
}

/// The image of a point under a matrix.
pub(super) fn apply(m: Matrix, x: f32, y: f32) -> (f32, f32) {
    (m[0] * x + m[2] * y + m[4], m[1] * x + m[3] * y + m[5])
}

/// The bounding box of a rectangle's image under a matrix: x0, y0, x1, y1.
pub(super) fn extent(m: Matrix, [x0, y0, x1, y1]: [f32; 4]) -> [f32; 4] {
    let corners = [(x0, y0), (x1, y0), (x0, y1), (x1, y1)].map(|(x, y)| apply(m, x, y));
    corners.iter().fold([f32::MAX, f32::MAX, f32::MIN, f32::MIN], |b, (x, y)| {
        [b[0].min(*x), b[1].min(*y), b[2].max(*x), b[3].max(*y)]
    })
}

/// How the components of a colour are interpreted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) enum ColorSpace {
    /// Grey, RGB or CMYK, depending on the number of components.
    #[default]
    Device,
    /// The amount of an ink, where 0 is none.
    Tint,
    /// A space whose components alone don't determine a colour.
    Other,
}

/// The part of the graphics state that text depends on.
#[derive(Clone)]
pub(super) struct State {
    pub ctm: Matrix,
    pub font: Option<Rc<Font>>,
    pub size: f32,
    pub char_space: f32,
    pub word_space: f32,
    pub scale: f32,
    pub leading: f32,
    pub rise: f32,
    pub invisible: bool,
    pub space: ColorSpace,
    pub color: [u8; 3],
    /// The box of the clipping area, in page space.
    pub clip: Option<[f32; 4]>,
}

impl State {
    pub fn new(ctm: Matrix) -> Self {
        Self {
            ctm,
            font: None,
            size: 0.0,
            char_space: 0.0,
            word_space: 0.0,
            scale: 1.0,
            leading: 0.0,
            rise: 0.0,
            invisible: false,
            space: ColorSpace::Device,
            color: [0; 3],
            clip: None,
        }
    }

    /// The character spacing of a string, if it is letter-spacing within words rather than a gap between them;
    /// otherwise 0. A string without a letter may be a row of numbers.
    pub fn spaced(&self, font: &Font, bytes: &[u8]) -> f32 {
        let wide = || SPACED.contains(&(self.char_space / self.size.max(f32::MIN_POSITIVE)));
        let is_spaced =
            self.char_space > 0.0 && wide() && font.codes(bytes) >= FEWEST_SPACED && font.has_letter(bytes);
        if is_spaced { self.char_space } else { 0.0 }
    }

    /// Restricts the clipping area.
    pub fn clip_to(&mut self, area: [f32; 4]) {
        self.clip = Some(match self.clip {
            Some(c) => [c[0].max(area[0]), c[1].max(area[1]), c[2].min(area[2]), c[3].min(area[3])],
            None => area,
        });
    }

    /// Sets the fill colour from its components.
    pub fn set_color(&mut self, components: &[f32]) {
        let byte = |v: f32| (v.clamp(0.0, 1.0) * 255.0).round() as u8;
        self.color = match (self.space, components) {
            (ColorSpace::Other, _) | (_, []) => [0; 3],
            (ColorSpace::Tint, inks) => [byte(1.0 - inks.iter().copied().fold(0.0, f32::max)); 3],
            (_, [g]) => [byte(*g); 3],
            (_, [r, g, b]) => [byte(*r), byte(*g), byte(*b)],
            (_, [c, m, y, k]) => [*c, *m, *y].map(|v| byte((1.0 - v) * (1.0 - k))),
            _ => self.color,
        };
    }
}
