//! Sorts letters that are drawn one by one and out of order from left to right.
//!
//! Otherwise content order is kept. Only a run of single, non-overlapping letters on one baseline that goes back
//! and forth can't be meant in any other order. Letters of right-to-left scripts are put in order along with their
//! lines.

use std::ops::Range;

use super::interpret::{Glyph, PageGlyphs};
use super::leftwards::is_leftwards;

/// The fewest letters in a run.
const FEWEST: usize = 6;
/// How far a letter may overlap its neighbour, in font sizes.
const COVERED: f32 = 0.3;
/// The largest gap between letters of a line, in font sizes.
const APART: f32 = 2.5;

/// Sorts the letters of each such run. Nearly every page has fewer than half as many strings as letters and is
/// skipped at once.
pub(super) fn order(page: &mut PageGlyphs) {
    if page.shows.len() < FEWEST || page.shows.len() * 2 < page.glyphs.len() {
        return;
    }
    let starts: Vec<usize> = page.shows.iter().map(|at| *at as usize).collect();
    let is_single = |at: usize| starts.binary_search(&at).is_ok() && starts.binary_search(&(at + 1)).is_ok();
    let mut from = 0;
    while from < page.glyphs.len() {
        let run = run(&page.glyphs, from, |at| is_single(at) || at + 1 == page.glyphs.len());
        let next = run.end.max(from + 1);
        if let Some(ordered) = page.glyphs.get(run.clone()).and_then(ordered) {
            page.glyphs.splice(run, ordered);
        }
        from = next;
    }
}

/// The run of letters from an index on that are drawn singly, on one baseline and in one size.
fn run(glyphs: &[Glyph], from: usize, is_single: impl Fn(usize) -> bool) -> Range<usize> {
    let Some(first) = glyphs.get(from) else { return from..from };
    let like = |g: &Glyph| {
        (g.base - first.base).abs() < 0.1
            && (g.size - first.size).abs() < 0.1
            && (g.angle, g.note, g.artifact) == (first.angle, first.note, first.artifact)
            && !g.vertical
    };
    let rest = glyphs.iter().enumerate().skip(from);
    from..from + rest.take_while(|(at, g)| like(g) && is_single(*at)).count()
}

/// The letters from left to right; `None` if they are in order already, or may be meant otherwise.
fn ordered(glyphs: &[Glyph]) -> Option<Vec<Glyph>> {
    let back = glyphs.windows(2).filter(|two| two[1].x0 < two[0].x0).count();
    if glyphs.len() < FEWEST || back < 2 || glyphs.iter().any(|g| is_leftwards(g.ch)) {
        return None;
    }
    let mut ordered = glyphs.to_vec();
    ordered.sort_by(|a, b| a.x0.total_cmp(&b.x0));
    let fits = |two: &[Glyph]| {
        let (gap, size) = (two[1].x0 - two[0].x1, two[0].size.max(1.0));
        (-COVERED * size..APART * size).contains(&gap)
    };
    ordered.windows(2).all(fits).then_some(ordered)
}
