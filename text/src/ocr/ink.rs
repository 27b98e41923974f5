//! Measures what the engine doesn't report: stroke widths (for bold), list marks that it missed, and rules (between
//! the rows of a table).

use super::gray::{FULL, Gray};
use super::{OcrWord, PixelBox, Recognised};

/// A pixel with more ink than this is part of a stroke.
const DARK: u8 = 102;
/// A pixel with more ink than this may be part of a rule, which may be thinner than a pixel.
const THIN: u8 = 64;
/// Ink up to this is the grain of the paper.
const GRAIN: u8 = 30;
/// The shortest piece of a rule on one row of pixels, as a share of the page's width: longer than any stroke of a
/// letter, shorter than what remains on one row of a rule that was scanned askew.
const RULE_PIECE: f32 = 0.035;
/// The shortest rule, as a share of the page's width.
const RULE: f32 = 0.1;
/// The most rules, and the most spots, that are kept for a page.
const MOST: usize = 400;

/// Adds what is measured on a page's pixels to its words.
pub(super) fn measure(page: &Gray, mut words: Vec<OcrWord>) -> Recognised {
    for word in &mut words {
        word.stroke = stroke(page, word.bbox);
        word.fill = fill(page, word.bbox);
    }
    let spots = spots(page, &words);
    let rules = rules(page);
    Recognised { width: page.width as u32, height: page.height as u32, words, spots, rules }
}

/// Stroke width in a box, in pixels: the median over the runs of ink in its rows, most of which cross upright
/// strokes. The ink is summed, so that blurred edges count in proportion.
fn stroke(page: &Gray, b: PixelBox) -> f32 {
    let mut runs = Vec::new();
    for y in b.1..b.3 {
        let (mut ink, mut core) = (0u32, false);
        for &here in page.row(y as usize, b.0 as usize, b.2 as usize).iter().chain(&[0]) {
            if here > GRAIN {
                ink += u32::from(here);
                core |= here > DARK;
            } else {
                if core {
                    runs.push(ink as f32 / f32::from(FULL));
                }
                (ink, core) = (0, false);
            }
        }
    }
    median(&mut runs)
}

/// The median; 0 for an empty list.
pub(super) fn median(values: &mut [f32]) -> f32 {
    if values.is_empty() {
        return 0.0;
    }
    let middle = values.len() / 2;
    *values.select_nth_unstable_by(middle, f32::total_cmp).1
}

fn fill(page: &Gray, b: PixelBox) -> f32 {
    let dark = |y: u32| {
        let row = page.row(y as usize, b.0 as usize, b.2 as usize);
        row.iter().filter(|ink| **ink > DARK).count()
    };
    (b.1..b.3).map(dark).sum::<usize>() as f32 / ((b.2 - b.0) * (b.3 - b.1)).max(1) as f32
}

/// Compact spots outside all words, as large as a list mark beside them.
fn spots(page: &Gray, words: &[OcrWord]) -> Vec<PixelBox> {
    let mut heights: Vec<f32> = words.iter().map(|w| (w.bbox.3 - w.bbox.1) as f32).collect();
    let height = median(&mut heights);
    if height < 8.0 {
        return Vec::new();
    }
    // A square mark is as high as a small letter, or as a usual word where few have ascenders.
    let (least, most) = ((height * 0.15).max(3.0) as usize, height as usize);
    let mut taken = covered(page, words, 0);
    let mut found = Vec::new();
    // A spot is higher than this step, so no spot is missed between the rows.
    let step = (least / 2).max(1);
    for y in (0..page.height).step_by(step) {
        for (x, ink) in page.row(y, 0, page.width).iter().enumerate() {
            if *ink <= DARK || taken[y * page.width + x] {
                continue;
            }
            if let Some((b, area)) = flood(page, &mut taken, x, y, most)
                && found.len() < MOST
            {
                let (w, h) = ((b.2 - b.0) as usize, (b.3 - b.1) as usize);
                let compact = area as f32 > 0.6 * (w * h) as f32 && w * 3 > h * 2 && h * 3 > w * 2;
                if w.min(h) >= least && w.max(h) <= most && compact {
                    found.push(b);
                }
            }
        }
    }
    found
}

/// For each pixel, whether it is in a word's box or at most `fringe` pixels from it.
pub(super) fn covered(page: &Gray, words: &[OcrWord], fringe: u32) -> Vec<bool> {
    let mut covered = vec![false; page.width * page.height];
    for PixelBox(left, top, right, bottom) in words.iter().map(|w| w.bbox) {
        for y in top.saturating_sub(fringe) as usize..((bottom + fringe) as usize).min(page.height) {
            let [from, to] = [left.saturating_sub(fringe), right + fringe]
                .map(|x| y * page.width + (x as usize).min(page.width));
            covered.get_mut(from..to).unwrap_or_default().fill(true);
        }
    }
    covered
}

/// Whether a pixel is part of a stroke.
pub(super) fn is_dark(ink: u8) -> bool {
    ink > DARK
}

/// The connected ink around a pixel: its box and its number of pixels; `None` if it is larger than a spot.
fn flood(page: &Gray, taken: &mut [bool], x: usize, y: usize, most: usize) -> Option<(PixelBox, usize)> {
    let mut b = PixelBox(x as u32, y as u32, x as u32 + 1, y as u32 + 1);
    let mut area = 0;
    let mut open = vec![(x, y)];
    let mut whole = true;
    taken[y * page.width + x] = true;
    while let Some((x, y)) = open.pop() {
        area += 1;
        b = PixelBox(b.0.min(x as u32), b.1.min(y as u32), b.2.max(x as u32 + 1), b.3.max(y as u32 + 1));
        // The rest of a larger shape is consumed piece by piece as the scan goes on.
        if area > 4 * most * most {
            whole = false;
            break;
        }
        let near = [(x.wrapping_sub(1), y), (x + 1, y), (x, y.wrapping_sub(1)), (x, y + 1)];
        for (x, y) in near {
            let dark = page.row(y, x, x.saturating_add(1)).first().is_some_and(|ink| *ink > DARK);
            if dark && !taken[y * page.width + x] {
                taken[y * page.width + x] = true;
                open.push((x, y));
            }
        }
    }
    whole.then_some((b, area))
}

/// Horizontal rules. On a page scanned askew, a rule moves up or down in steps: pieces that touch are joined.
fn rules(page: &Gray) -> Vec<PixelBox> {
    let least = (page.width as f32 * RULE_PIECE) as usize;
    let mut open: Vec<PixelBox> = Vec::new();
    let mut found = Vec::new();
    for y in 0..page.height {
        let row = page.row(y, 0, page.width);
        let mut x = 0;
        while x < row.len() {
            let from = x;
            x += row.iter().skip(x).position(|ink| *ink <= THIN).unwrap_or(row.len() - x);
            if x - from >= least {
                let piece = PixelBox(from as u32, y as u32, x as u32, y as u32 + 1);
                match open.iter_mut().find(|b| touches(b, &piece)) {
                    Some(b) => *b = PixelBox(b.0.min(piece.0), b.1, b.2.max(piece.2), piece.3),
                    None => open.push(piece),
                }
            }
            x += 1;
        }
        let y = y as u32;
        let (ended, rest) = std::mem::take(&mut open).into_iter().partition(|b| b.3 + 2 < y);
        open = rest;
        keep(&mut found, ended, page);
    }
    keep(&mut found, open, page);
    found
}

fn touches(b: &PixelBox, piece: &PixelBox) -> bool {
    b.3 + 2 >= piece.1 && piece.0 <= b.2 + 6 && b.0 <= piece.2 + 6
}

/// A rule is long, and no higher than its thickness and slight skew explain, unlike shaded areas and pictures.
fn keep(found: &mut Vec<PixelBox>, ended: Vec<PixelBox>, page: &Gray) {
    let long = |b: &PixelBox| (b.2 - b.0) as f32 >= page.width as f32 * RULE;
    let thin = |b: &PixelBox| ((b.3 - b.1) as f32) < page.height as f32 * 0.004 + 0.02 * (b.2 - b.0) as f32;
    found.extend(ended.into_iter().filter(|b| long(b) && thin(b)));
    found.truncate(MOST);
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A white page on which these boxes are black.
    fn page(width: u32, height: u32, black: &[PixelBox]) -> Gray {
        let mut pgm = format!("P5\n{width} {height}\n255\n").into_bytes();
        let inside = |x, y| black.iter().any(|b| (b.0..b.2).contains(&x) && (b.1..b.3).contains(&y));
        pgm.extend((0..width * height).map(|i| if inside(i % width, i / width) { 10 } else { 240 }));
        Gray::from_pgm(&pgm).unwrap()
    }

    #[test]
    fn strokes_are_measured_across() {
        let bars: Vec<PixelBox> = (0..5).map(|i| PixelBox(10 + i * 12, 10, 13 + i * 12, 30)).collect();
        let page = page(100, 60, &bars);
        let stroke = stroke(&page, PixelBox(8, 8, 70, 32));
        assert!((stroke - 3.0).abs() < 0.1, "{stroke}");
    }

    #[test]
    fn a_mark_that_was_passed_over_is_a_spot() {
        let mark = PixelBox(20, 24, 28, 32);
        let dash = PixelBox(20, 70, 60, 73);
        let word = OcrWord { bbox: PixelBox(50, 18, 90, 38), ..OcrWord::default() };
        let page = page(200, 100, &[mark, dash, word.bbox]);
        assert_eq!(spots(&page, &[word]), [mark]);
    }

    #[test]
    fn a_line_askew_is_one_line() {
        let steps: Vec<PixelBox> =
            (0..6).map(|i| PixelBox(20 + i * 60, 50 + i, 82 + i * 60, 52 + i)).collect();
        let shade = PixelBox(20, 100, 340, 180);
        let page = page(500, 200, &[steps, vec![shade]].concat());
        let rules = rules(&page);
        assert_eq!(rules, [PixelBox(20, 50, 382, 57)]);
    }
}
