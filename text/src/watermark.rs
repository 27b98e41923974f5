//! Watermarks: text at an angle that is not part of the page's text.

use rustc_hash::FxHashMap;

use super::{Page, TextLine};

/// How many times larger than usual diagonal text must be to count as a watermark.
const LARGE: f32 = 1.8;
/// Text that deviates by less than this from an axis of the page is not diagonal, in tenths of a degree.
const DIAGONAL: u16 = 50;

/// Sets aside lines at an angle that recur on several pages, and large diagonal ones.
pub(super) fn mark(pages: &mut [Page]) {
    let mut seen: FxHashMap<(u16, String), u32> = FxHashMap::default();
    for page in pages.iter() {
        let mut texts: Vec<_> = at_angle(&page.lines).map(|l| (l.angle, l.text())).collect();
        texts.sort_unstable();
        texts.dedup();
        for text in texts {
            *seen.entry(text).or_default() += 1;
        }
    }
    if seen.is_empty() {
        return;
    }
    for page in pages {
        let usual = usual_size(&page.lines);
        for line in &mut page.lines {
            let lean = line.angle % 900;
            let diagonal = (DIAGONAL..=900 - DIAGONAL).contains(&lean);
            line.aside |= line.angle != 0
                && (seen.get(&(line.angle, line.text())).is_some_and(|n| *n > 1)
                    || diagonal && line.size > LARGE * usual);
        }
    }
}

fn at_angle(lines: &[TextLine]) -> impl Iterator<Item = &TextLine> {
    lines.iter().filter(|l| l.angle != 0)
}

/// The median word size of a page's horizontal lines, in points.
fn usual_size(lines: &[TextLine]) -> f32 {
    let mut sizes: Vec<f32> =
        lines.iter().filter(|l| l.angle == 0).flat_map(|l| l.words.iter().map(|w| w.size)).collect();
    sizes.sort_unstable_by(f32::total_cmp);
    sizes.get(sizes.len() / 2).copied().unwrap_or(12.0)
}
