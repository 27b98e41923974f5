//! Characters in a page's content that a reader doesn't see.

use super::interpret::{Glyph, PageGlyphs, is_white};
use super::turn::middle;

/// Counts of the characters on a page that a reader doesn't see.
#[derive(Debug, Default)]
pub(super) struct Unseen {
    /// Drawn in the invisible render mode.
    pub hidden: u32,
    /// Invisible characters that were set aside.
    pub aside: u32,
    /// Outside the clipping area.
    pub clipped: u32,
    /// White on white.
    pub white: u32,
}

/// Counts unseen characters, and sets invisible ones aside unless the page has an image whose text they may be.
pub(super) fn set_aside(page: &mut PageGlyphs) -> Unseen {
    let is_scan = page.images > 0;
    let mut unseen = Unseen::default();
    for g in &mut page.glyphs {
        if g.hidden {
            unseen.hidden += 1;
            g.aside |= !is_scan;
        }
        let white = is_white(g.color) && !g.hidden;
        if (g.clipped || white) && !g.ch.is_whitespace() {
            unseen.clipped += u32::from(g.clipped);
            unseen.white += u32::from(white && !is_on_fill(g, &page.fills));
        }
    }
    unseen.aside = if is_scan { 0 } else { unseen.hidden };
    unseen
}

/// Whether a glyph stands on a coloured area.
fn is_on_fill(g: &Glyph, fills: &[[f32; 4]]) -> bool {
    let (x, y) = middle(g);
    let y = y - 0.3 * g.size;
    fills.iter().any(|[x0, top, x1, bottom]| (*x0..=*x1).contains(&x) && (*top..=*bottom).contains(&y))
}
