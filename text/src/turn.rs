//! Turns pages whose text doesn't run from left to right, and removes text outside the page.

use super::BBox;
use super::interpret::{Glyph, PageGlyphs, unit};

/// Turns a page so that most of its text runs from left to right.
pub(super) fn upright(page: &mut PageGlyphs) {
    if page.glyphs.iter().all(|g| g.angle == 0) {
        return;
    }
    // Number of glyphs in each direction, by quarter turns.
    let mut ways = [0u32; 4];
    let mut all = 0u32;
    for g in page.glyphs.iter().filter(|g| !g.ch.is_whitespace() && !g.note) {
        all += 1;
        if !g.vertical && g.angle % 900 == 0 {
            ways[usize::from(g.angle / 900) % 4] += 1;
        }
    }
    let Some(main) = (1..4u8).find(|w| ways[usize::from(*w)] * 2 > all) else { return };
    let (width, height) = (page.width, page.height);
    // Text rotated by `main` quarters clockwise is upright after as many quarters the other way.
    page.turn = 4 - main;
    let shift = match main {
        1 => (0.0, width),
        2 => (width, height),
        _ => (height, 0.0),
    };
    if main != 2 {
        (page.width, page.height) = (height, width);
    }
    for g in &mut page.glyphs {
        g.angle = (g.angle + 3600 - u16::from(main) * 900) % 3600;
        let (x, y) = unit(g.angle);
        let (u, v) = (shift.0 * x + shift.1 * y, shift.1 * x - shift.0 * y);
        g.x0 += u;
        g.x1 += u;
        g.base += v;
    }
    for area in page.fills.iter_mut().chain(&mut page.rings) {
        let b = BBox { x0: area[0], top: area[1], x1: area[2], bottom: area[3] };
        let b = b.turned(page.turn, width, height);
        *area = [b.x0, b.top, b.x1, b.bottom];
    }
}

/// Removes glyphs outside the page.
pub(super) fn within(page: &mut PageGlyphs) {
    let (width, height) = (page.width, page.height);
    page.glyphs.retain(|g| {
        if g.angle == 0 {
            return g.x1 > 0.0 && g.x0 < width && g.base > 0.0 && g.base - g.size < height;
        }
        let (x, y) = middle(g);
        x > -g.size && x < width + g.size && y > -g.size && y < height + g.size
    });
}

/// The middle of a glyph's baseline, on the page.
pub(super) fn middle(g: &Glyph) -> (f32, f32) {
    let (x, y) = unit(g.angle);
    let u = (g.x0 + g.x1) / 2.0;
    (u * x - g.base * y, u * y + g.base * x)
}

/// The bounding box on the page of a box that is given along a direction.
pub(super) fn on_page(b: BBox, angle: u16) -> BBox {
    if angle == 0 {
        return b;
    }
    let (x, y) = unit(angle);
    let corners = [(b.x0, b.top), (b.x1, b.top), (b.x0, b.bottom), (b.x1, b.bottom)];
    corners.iter().map(|(u, v)| (u * x - v * y, u * y + v * x)).fold(
        BBox { x0: f32::MAX, top: f32::MAX, x1: f32::MIN, bottom: f32::MIN },
        |b, (x, y)| BBox { x0: b.x0.min(x), top: b.top.min(y), x1: b.x1.max(x), bottom: b.bottom.max(y) },
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn boxes_turn_with_their_page() {
        let b = BBox { x0: 10.0, top: 20.0, x1: 40.0, bottom: 30.0 };
        let (w, h) = (100.0, 200.0);
        for quarters in 0..4u8 {
            let t = b.turned(quarters, w, h);
            let (w2, h2) = if quarters % 2 == 1 { (h, w) } else { (w, h) };
            assert_eq!(t.turned(4 - quarters, w2, h2), b, "{quarters}");
        }
        assert_eq!(b.turned(1, w, h), BBox { x0: 170.0, top: 10.0, x1: 180.0, bottom: 40.0 });
    }

    #[test]
    fn a_box_along_a_direction() {
        let b = BBox { x0: 1.0, top: 2.0, x1: 5.0, bottom: 3.0 };
        assert_eq!(on_page(b, 0), b);
        // Downwards: along is y, across is to the left.
        assert_eq!(on_page(b, 900), BBox { x0: -3.0, top: 1.0, x1: -2.0, bottom: 5.0 });
    }
}
