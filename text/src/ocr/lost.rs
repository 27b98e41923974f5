//! Finds lines that the engine passed over, often a short heading at the top of a page, so that they are read again
//! alone.

use super::gray::{FULL, Gray};
use super::ink::{covered, is_dark, median};
use super::{OcrWord, PixelBox};

/// At most this many lines of a page are read again.
const MOST: usize = 6;
/// How far the ink of a word reaches beyond its box, in pixels.
const FRINGE: u32 = 3;
/// Rows of paper inside a line: between the letters and their dots.
const GAP: usize = 3;
/// A row with fewer dark pixels than this is paper.
const LEAST: usize = 2;
/// The height of a line without its words' box, in heights of usual words.
const HEIGHT: std::ops::Range<f32> = 0.55..2.2;
/// The smallest width of a line, in its own heights.
const WIDTH: f32 = 1.5;
/// The share of a line's box that is ink: less are specks, more is a picture.
const FILL: std::ops::Range<f32> = 0.05..0.6;
/// Paper around a line that is read alone, in heights of usual words.
const AROUND: f32 = 0.5;
/// Words below this confidence are not taken: what the engine passes over may be no text.
const SURE: f32 = 70.0;
/// A line has at least this many letters.
const LETTERS: usize = 3;

/// Where lines may have been passed over: as high as a line, between the left and right edges of the text.
pub(super) fn lines(page: &Gray, words: &[OcrWord]) -> Vec<PixelBox> {
    let mut heights: Vec<f32> = words.iter().map(|w| (w.bbox.3 - w.bbox.1) as f32).collect();
    let usual = median(&mut heights);
    let edges = words.iter().map(|w| (w.bbox.0, w.bbox.2));
    let Some((left, right)) = edges.reduce(|a, b| (a.0.min(b.0), a.1.max(b.1))) else { return Vec::new() };
    let covered = &covered(page, words, FRINGE);
    let dark = |y: usize| {
        let row = page.row(y, left as usize, right as usize).iter().zip(left as usize..);
        row.filter(move |(ink, x)| is_dark(**ink) && !covered.get(y * page.width + x).unwrap_or(&true))
    };
    let inked: Vec<bool> = (0..page.height).map(|y| dark(y).nth(LEAST - 1).is_some()).collect();
    let mut found = Vec::new();
    for (top, bottom) in bands(&inked) {
        let height = (bottom - top) as f32;
        if !HEIGHT.contains(&(height / usual.max(1.0))) {
            continue;
        }
        let all = (top..bottom).flat_map(&dark).map(|(_, x)| (x, x + 1, 1));
        let Some((from, to, area)) = all.reduce(|a, b| (a.0.min(b.0), a.1.max(b.1), a.2 + b.2)) else {
            continue;
        };
        let width = (to - from) as f32;
        if width >= WIDTH * height && FILL.contains(&(area as f32 / (width * height))) {
            let around = (AROUND * usual) as usize;
            let (right, bottom) = ((to + around).min(page.width), (bottom + around).min(page.height));
            let [left, top] = [from, top].map(|edge| edge.saturating_sub(around) as u32);
            found.push(PixelBox(left, top, right as u32, bottom as u32));
        }
    }
    found.truncate(MOST);
    found
}

/// The runs of rows that have ink; short gaps are inside a run.
fn bands(inked: &[bool]) -> Vec<(usize, usize)> {
    let mut bands: Vec<(usize, usize)> = Vec::new();
    for y in (0..inked.len()).filter(|y| inked[*y]) {
        match bands.last_mut().filter(|(_, end)| y - *end < GAP) {
            Some((_, end)) => *end = y + 1,
            None => bands.push((y, y + 1)),
        }
    }
    bands
}

/// Part of a page as an image: a binary PGM.
pub(super) fn part(page: &Gray, b: PixelBox) -> Vec<u8> {
    let mut pgm = format!("P5\n{} {}\n255\n", b.2 - b.0, b.3 - b.1).into_bytes();
    for y in b.1..b.3 {
        pgm.extend(page.row(y as usize, b.0 as usize, b.2 as usize).iter().map(|ink| FULL - ink));
    }
    pgm
}

/// The words of a line that was read alone, at their places on the page; none if they are not certain.
pub(super) fn placed(words: Vec<OcrWord>, line: PixelBox, number: u32) -> Vec<OcrWord> {
    let letters = words.iter().flat_map(|w| w.text.chars()).filter(|c| c.is_alphabetic()).count();
    if letters < LETTERS || words.iter().any(|w| w.confidence < SURE) {
        return Vec::new();
    }
    let place = |b: PixelBox| PixelBox(b.0 + line.0, b.1 + line.1, b.2 + line.0, b.3 + line.1);
    words.into_iter().map(|w| OcrWord { bbox: place(w.bbox), line: number, ..w }).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn word(text: &str, bbox: PixelBox, confidence: f32) -> OcrWord {
        OcrWord { text: text.into(), bbox, confidence, ..OcrWord::default() }
    }

    /// A white page with upright strokes in these boxes.
    fn page(lines: &[PixelBox]) -> Gray {
        let (width, height) = (200, 120);
        let inside =
            |x, y| lines.iter().any(|b| (b.0..b.2).contains(&x) && (b.1..b.3).contains(&y) && x % 3 == 0);
        let mut pgm = format!("P5\n{width} {height}\n255\n").into_bytes();
        pgm.extend((0..width * height).map(|i| if inside(i % width, i / width) { 10 } else { 240 }));
        Gray::from_pgm(&pgm).unwrap()
    }

    #[test]
    fn a_line_without_words_was_passed_over() {
        let (heading, read, speck) =
            (PixelBox(21, 20, 81, 32), PixelBox(21, 50, 180, 62), PixelBox(60, 80, 66, 83));
        let words = [word("Leaders", read, 96.0)];
        let page = page(&[heading, read, speck]);
        assert_eq!(lines(&page, &words), [PixelBox(15, 14, 85, 38)]);
        assert_eq!(part(&page, PixelBox(21, 20, 24, 21)), b"P5\n3 1\n255\n\x00\xff\xff");
        assert!(lines(&page, &[]).is_empty());
    }

    #[test]
    fn only_certain_words_are_taken() {
        let line = PixelBox(15, 14, 85, 38);
        let read = |text, confidence| placed(vec![word(text, PixelBox(6, 6, 66, 18), confidence)], line, 7);
        assert_eq!(read("Findings", 96.0)[0].bbox, PixelBox(21, 20, 81, 32));
        assert_eq!(read("Findings", 96.0)[0].line, 7);
        assert!(read("Findings", 40.0).is_empty());
        assert!(read("ad", 96.0).is_empty());
    }
}
