//! What is in a page's content and not seen on it.

use super::interpret::{PageGlyphs, is_white};
use super::turn::middle;

/// Sets aside text that is drawn invisibly where there is no image that it could be the text of; tells how much.
pub(super) fn set_aside(page: &mut PageGlyphs) -> u32 {
    let is_scan = page.images > 0;
    let hidden = page.glyphs.iter_mut().filter(|g| g.hidden && !is_scan);
    hidden.map(|g| g.aside = true).count() as u32
}

/// How many characters are white on white.
pub(super) fn white_on_white(page: &PageGlyphs) -> u32 {
    let white = page.glyphs.iter().filter(|g| is_white(g.color) && !g.hidden && !g.ch.is_whitespace());
    let unseen = white.filter(|g| {
        let (x, y) = middle(g);
        let y = y - 0.3 * g.size;
        !page
            .fills
            .iter()
            .any(|[x0, top, x1, bottom]| (*x0..=*x1).contains(&x) && (*top..=*bottom).contains(&y))
    });
    unseen.count() as u32
}
