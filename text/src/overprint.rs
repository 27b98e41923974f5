//! Letters drawn twice, to look bold or cast a shadow, are read once.

use rustc_hash::FxHashMap;

use super::interpret::{Glyph, PageGlyphs};

/// How far a copy may be from its original along the line, in font sizes.
const ALONG: f32 = 0.12;
/// How far it may be from it across the line, in font sizes.
const ACROSS: f32 = 0.2;
/// How many letters back an original may be when each letter is drawn twice in turn.
const BEFORE: usize = 3;
/// Height of the bands that strings are sorted into, in points.
const BAND: f32 = 4.0;
/// The most comparisons on a page; a hostile one would need millions.
const MAX_COMPARISONS: usize = 1_000_000;

/// Removes the copies and keeps the first of each letter.
pub(super) fn undo(page: &mut PageGlyphs) {
    let mut copies = in_turn(&page.glyphs);
    copies.extend(by_string(page));
    if copies.is_empty() {
        return;
    }
    copies.sort_unstable();
    let mut at = 0;
    page.glyphs.retain(|_| {
        at += 1;
        copies.binary_search(&(at - 1)).is_err()
    });
}

fn is_copy(a: &Glyph, b: &Glyph) -> bool {
    let size = b.size.max(0.1);
    a.ch == b.ch
        && !a.clipped
        && !b.clipped
        && a.angle == b.angle
        && (a.x0 - b.x0).abs() < (ALONG * size).min(0.5 * (b.x1 - b.x0).max(0.1 * size))
        && (a.base - b.base).abs() < ACROSS * size
        && (a.size - size).abs() < 0.2 * size
}

/// "BBOOLLDD": each letter is drawn again before the next.
fn in_turn(glyphs: &[Glyph]) -> Vec<usize> {
    let mut copies = Vec::new();
    let mut last = ['\0'; BEFORE];
    for (at, glyph) in glyphs.iter().enumerate() {
        // Few letters equal one just before them.
        let before = || glyphs.get(at.saturating_sub(BEFORE)..at).unwrap_or_default();
        if last.contains(&glyph.ch) && before().iter().any(|b| is_copy(b, glyph)) {
            copies.push(at);
        }
        last = [last[1], last[2], glyph.ch];
    }
    copies
}

/// A string, and the range along its line in which its letters begin.
struct Shown {
    from: usize,
    to: usize,
    first: f32,
    last: f32,
    /// The next string of its band.
    next: Option<usize>,
}

/// The strings at about one height, as a linked list: a page has some hundred bands, most with few strings.
struct Band {
    first: usize,
    last: usize,
    /// The rightmost place where a letter of these strings begins.
    reach: f32,
}

/// "BOLD BOLD": a whole string is drawn again.
fn by_string(page: &PageGlyphs) -> Vec<usize> {
    let mut bands: FxHashMap<(u16, i32), Band> = FxHashMap::default();
    let mut strings: Vec<Shown> = Vec::with_capacity(page.shows.len());
    let mut copies = Vec::new();
    let mut left = MAX_COMPARISONS;
    for (i, from) in page.shows.iter().enumerate() {
        let to = page.shows.get(i + 1).map_or(page.glyphs.len(), |n| *n as usize);
        let from = *from as usize;
        let Some(all @ [first, ..]) = page.glyphs.get(from..to) else { continue };
        let (mut shown, mut size) = (Shown { from, to, first: f32::MAX, last: f32::MIN, next: None }, 0.1f32);
        // Comparisons instead of `min` and `max`, whose care for NaN costs time on each letter.
        for g in all {
            shown.first = if g.x0 < shown.first { g.x0 } else { shown.first };
            shown.last = if g.x0 > shown.last { g.x0 } else { shown.last };
            size = if g.size > size { g.size } else { size };
        }
        let here = (first.base / BAND).floor() as i32;
        // A copy begins at nearly the same place as its original.
        let (left_edge, right_edge) = (shown.first - ALONG * size, shown.last + ALONG * size);
        // A copy is in the same band or an adjacent one, whatever size a hostile file gives its letters.
        for at in here.saturating_sub(1)..=here.saturating_add(1) {
            // Nearly always, a string begins to the right of all before it.
            let band = bands.get(&(first.angle, at)).filter(|band| left_edge < band.reach);
            let head = band.and_then(|band| strings.get(band.first));
            for other in std::iter::successors(head, |other| strings.get(other.next?)) {
                if other.first < right_edge && left_edge < other.last {
                    copies.extend(copies_of(page, other, from..to, &mut left));
                }
            }
        }
        let (reach, own) = (shown.last, strings.len());
        strings.push(shown);
        bands
            .entry((first.angle, here))
            .and_modify(|band| {
                if let Some(last) = strings.get_mut(band.last) {
                    last.next = Some(own);
                }
                (band.last, band.reach) = (own, band.reach.max(reach));
            })
            .or_insert(Band { first: own, last: own, reach });
        if left == 0 {
            break;
        }
    }
    copies
}

fn copies_of(
    page: &PageGlyphs,
    first: &Shown,
    again: std::ops::Range<usize>,
    left: &mut usize,
) -> Vec<usize> {
    let mut copies = Vec::new();
    let mut hint = first.from;
    for at in again {
        let Some(glyph) = page.glyphs.get(at) else { break };
        // A copy runs in parallel with its original, so the next letter is tried first.
        let order = (hint..first.to).chain(first.from..hint);
        for other in order {
            if *left == 0 {
                return copies;
            }
            *left -= 1;
            if page.glyphs.get(other).is_some_and(|o| is_copy(o, glyph)) {
                copies.push(at);
                hint = other + 1;
                break;
            }
        }
    }
    copies
}
