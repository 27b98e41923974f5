//! Recognised words → lines, in points, with the page's skew removed.

use unicode_normalization::UnicodeNormalization;

use super::ink::median;
use super::{OcrWord, PixelBox, Recognised, marks};
use crate::BBox;
use crate::confusion;

/// Height of capitals and ascenders, of a lone "t" and of small letters, and depth of descenders, in font sizes:
/// close enough for the fonts of letters and reports.
const TALL: f32 = 0.72;
const TEE: f32 = 0.66;
const SMALL: f32 = 0.53;
const DEPTH: f32 = 0.21;
/// Words of at least `LONG` letters are wider than `NARROW` font sizes per letter.
const LONG: usize = 5;
const NARROW: f32 = 0.36;
/// Gap that divides a line, as between columns, in font sizes.
const WIDE_GAP: f32 = 2.0;
/// The least share of its box that a list mark fills.
pub(super) const MARK_FILL: f32 = 0.62;
/// How the engine reads a vertical rule between two cells.
const BAR: char = '|';
/// What the engine makes of the rules around a cell.
const RULES: [char; 2] = ['_', BAR];
/// Below this confidence (0 to 100) a word with fewer than three letters is taken for dirt or part of a picture.
const DIRT: f32 = 40.0;

/// A line, or the part of it in one column.
#[derive(Debug, Clone, Default)]
pub(super) struct Line {
    pub words: Vec<LineWord>,
    pub x0: f32,
    pub x1: f32,
    /// Baseline, measured from the top.
    pub base: f32,
    /// Font size as measured; 0 if nothing determined it.
    pub em: f32,
    /// Size of a pixel in points: the precision of all measurements.
    pub pixel: f32,
    /// Width of its strokes, in points.
    pub stroke: f32,
    /// Font size and weight, as reconciled over all pages.
    pub size: f32,
    pub bold: bool,
    pub same_row: bool,
    pub artifact: bool,
    /// Whether a rule or a paragraph gap separates it from the line before.
    pub blank_before: bool,
}

/// A word of a line.
#[derive(Debug, Clone, Default)]
pub(super) struct LineWord {
    pub text: String,
    /// Its box on the page as scanned, with the skew.
    pub on_page: BBox,
    pub x0: f32,
    pub x1: f32,
    pub top: f32,
    pub bottom: f32,
    /// Calibrated confidence, 0 to 1.
    pub confidence: Option<f32>,
    pub superscript: bool,
    /// What the engine read, if it was corrected.
    pub original: Option<String>,
    /// Whether there is a vertical rule before it.
    pub after_bar: bool,
    pub fill: f32,
    pub stroke: f32,
    /// Whether it is the remnant of a paragraph number.
    pub lost_number: bool,
}

impl LineWord {
    /// The word in two, after the first `len` bytes of its text. Where the second begins on the page is estimated.
    pub fn parted(&self, len: usize) -> [LineWord; 2] {
        let (head, tail) = self.text.split_at(len);
        let share = head.chars().count() as f32 / self.text.chars().count() as f32;
        let mut first = LineWord { text: head.to_owned(), ..self.clone() };
        let mut second = LineWord { text: tail.to_owned(), after_bar: false, ..self.clone() };
        first.x1 = self.x0 + share * (self.x1 - self.x0);
        first.on_page.x1 = self.on_page.x0 + share * (self.on_page.x1 - self.on_page.x0);
        (second.x0, second.on_page.x0) = (first.x1, first.on_page.x1);
        [first, second]
    }
}

impl Line {
    /// Whether it may not be text, but something recognised in a logo or a signature.
    pub fn is_doubtful(&self) -> bool {
        let letters = self.words.iter().flat_map(|w| w.text.chars()).filter(|c| c.is_alphanumeric()).count();
        let sure = self.words.iter().filter_map(|w| w.confidence).fold(0.0, f32::max);
        letters <= 3 || sure < 0.5
    }
}

/// The lines and rules of a page; `scale` is points per pixel.
pub(super) fn find(page: &Recognised, scale: f32) -> (Vec<Line>, Vec<BBox>) {
    let level = Level::of(page, scale);
    let mut lines = Vec::new();
    for words in page.words.chunk_by(|a, b| a.line == b.line) {
        // A word in a line of its own may be the remnant of a paragraph number.
        let lone =
            |w: &OcrWord| words.len() == 1 && w.text.chars().filter(|c| c.is_alphanumeric()).count() == 2;
        let kept = words.iter().filter(|w| !is_dirt(w) || lone(w) || opens_sentence(w, words));
        let mut words: Vec<LineWord> = kept.map(|w| level.word(w)).collect();
        words.sort_by(|a, b| a.x0.total_cmp(&b.x0));
        let mut bar = false;
        words.retain_mut(|w| {
            w.after_bar = std::mem::replace(&mut bar, w.text.ends_with(BAR));
            // The rules of a cell, read as part of its last word: "and__|".
            w.text.truncate(w.text.trim_end_matches(RULES).len());
            !w.text.is_empty()
        });
        if let Some(line) = Line::of(words) {
            lines.extend(divided(line));
        }
    }
    lines.sort_by(|a, b| a.base.total_cmp(&b.base));
    let spots: Vec<LineWord> = page.spots.iter().map(|b| level.spot(*b)).collect();
    marks::restore(&mut lines, &spots);
    lines.retain(|l| !is_lone_dirt(l));
    for line in &mut lines {
        line.pixel = scale;
        raised_marks(line);
        misread_postcode(line);
    }
    (lines, page.rules.iter().map(|b| level.straight(*b)).collect())
}

fn is_dirt(word: &OcrWord) -> bool {
    let letters = word.text.chars().filter(|c| c.is_alphanumeric()).count();
    word.confidence < DIRT && letters < 3 && word.fill < MARK_FILL && marks::number(&word.text).is_none()
        || word.text.chars().all(|c| "_~".contains(c))
}

/// Words with which a sentence may begin and which the engine doubts behind a number and a gap.
const OPENERS: [&str; 14] =
    ["A", "An", "As", "At", "By", "He", "If", "In", "It", "No", "On", "So", "To", "We"];

/// Whether a word that looks like dirt is the first of a sentence: only a paragraph's number, if anything, is before it.
fn opens_sentence(word: &OcrWord, line: &[OcrWord]) -> bool {
    let before = line.iter().take_while(|w| !std::ptr::eq(*w, word)).collect::<Vec<_>>();
    let follows = line.get(before.len() + 1).is_some_and(|next| next.text.starts_with(char::is_lowercase));
    let first = before.iter().all(|w| marks::number(&w.text).is_some());
    OPENERS.contains(&word.text.as_str()) && first && follows
}

/// Whether a line is just two characters that are neither a word nor the remnant of a number.
fn is_lone_dirt(line: &Line) -> bool {
    let [word] = line.words.as_slice() else { return false };
    word.text.chars().filter(|c| c.is_alphanumeric()).count() == 2
        && word.confidence.is_some_and(|c| c < super::confidence::calibrated(DIRT))
        && word.fill < MARK_FILL
        && marks::number(&word.text).is_none()
}

/// Converts pixels to points, with the skew removed.
struct Level {
    scale: f32,
    slope: f32,
    middle: (f32, f32),
}

impl Level {
    /// The slope is the median slope of long lines, each measured between two words that stand on the baseline.
    fn of(page: &Recognised, scale: f32) -> Self {
        let mut slopes = Vec::new();
        for words in page.words.chunk_by(|a, b| a.line == b.line) {
            let on_base = |w: &&OcrWord| {
                let flat = |c: char| c.is_alphanumeric() && !"gjpqyQJ".contains(c) || ".’'".contains(c);
                w.confidence > 50.0 && w.text.chars().all(flat)
            };
            let ends = words.iter().find(on_base).zip(words.iter().rev().find(on_base));
            if let Some((a, b)) = ends
                && b.bbox.0 > a.bbox.0 + page.width / 4
            {
                let down = b.bbox.3 as f32 - a.bbox.3 as f32;
                let along = (b.bbox.0 + b.bbox.2) as f32 / 2.0 - (a.bbox.0 + a.bbox.2) as f32 / 2.0;
                slopes.push(down / along);
            }
        }
        let middle = (page.width as f32 * scale / 2.0, page.height as f32 * scale / 2.0);
        Self { scale, slope: median(&mut slopes), middle }
    }

    fn on_page(&self, b: PixelBox) -> BBox {
        let points = |v: u32| v as f32 * self.scale;
        BBox { x0: points(b.0), top: points(b.1), x1: points(b.2), bottom: points(b.3) }
    }

    fn straight(&self, b: PixelBox) -> BBox {
        let b = self.on_page(b);
        let down = self.slope * ((b.x0 + b.x1) / 2.0 - self.middle.0);
        let along = self.slope * ((b.top + b.bottom) / 2.0 - self.middle.1);
        BBox { x0: b.x0 + along, top: b.top - down, x1: b.x1 + along, bottom: b.bottom - down }
    }

    fn word(&self, word: &OcrWord) -> LineWord {
        let straight = self.straight(word.bbox);
        LineWord {
            text: word.text.nfc().collect(),
            on_page: self.on_page(word.bbox),
            x0: straight.x0,
            x1: straight.x1,
            top: straight.top,
            bottom: straight.bottom,
            confidence: Some(super::confidence::calibrated(word.confidence)),
            fill: word.fill,
            stroke: word.stroke * self.scale,
            ..LineWord::default()
        }
    }

    fn spot(&self, b: PixelBox) -> LineWord {
        let straight = self.straight(b);
        LineWord {
            text: "\u{2022}".into(),
            on_page: self.on_page(b),
            x0: straight.x0,
            x1: straight.x1,
            top: straight.top,
            bottom: straight.bottom,
            fill: 1.0,
            ..LineWord::default()
        }
    }
}

impl LineWord {
    /// Its font size, derived from its height and letters, and its depth below the baseline in font sizes.
    fn em(&self) -> Option<(f32, f32)> {
        let any = |set: &str| self.text.chars().any(|c| set.contains(c));
        if !self.text.chars().any(char::is_alphanumeric) {
            return None;
        }
        let tall = self.text.chars().any(|c| c.is_uppercase() || c.is_ascii_digit())
            || any("bdfhklij()[]/’‘'\"“”!?&£%");
        let top = match () {
            () if tall => TALL,
            () if any("t") => TEE,
            () => SMALL,
        };
        let depth = if any("gjpqyQ()[],;") { DEPTH } else { 0.0 };
        Some(((self.bottom - self.top) / (top + depth), depth))
    }
}

impl Line {
    /// Builds a line of words given from left to right.
    pub fn of(words: Vec<LineWord>) -> Option<Self> {
        let (first, last) = (words.first()?, words.last()?);
        let (x0, x1) = (first.x0, last.x1);
        let mut ems: Vec<f32> = Vec::new();
        for word in &words {
            let weight = word.text.chars().count().div_ceil(3);
            ems.extend(word.em().into_iter().flat_map(|(em, _)| std::iter::repeat_n(em, weight)));
        }
        let em = median(&mut ems);
        let mut bases: Vec<f32> =
            words.iter().filter_map(|w| w.em().map(|(_, depth)| w.bottom - depth * em)).collect();
        let mut bottoms: Vec<f32> = words.iter().map(|w| w.bottom).collect();
        let base = if bases.is_empty() { median(&mut bottoms) } else { median(&mut bases) };
        let mut strokes: Vec<f32> =
            words.iter().filter(|w| w.text.chars().count() > 1).map(|w| w.stroke).collect();
        let stroke = median(&mut strokes);
        Some(Self { words, x0, x1, base, em, stroke, ..Self::default() })
    }

    /// Whether it is not text: it has few letters and low confidence, or is larger than any heading.
    pub fn is_picture(&self, body: f32) -> bool {
        let letters = self.words.iter().flat_map(|w| w.text.chars()).filter(|c| c.is_alphanumeric()).count();
        let sure = self.words.iter().filter_map(|w| w.confidence).fold(0.0, f32::max);
        letters < 8 && sure < 0.5 || letters < 4 && self.size > 1.8 * body && sure < 0.9
    }

    /// Whether it is one word whose box the engine extended to the border of its cell: too narrow for its height.
    pub fn is_boxed(&self) -> bool {
        let [word] = self.words.as_slice() else { return false };
        let letters = word.text.chars().count();
        letters >= LONG && word.x1 - word.x0 < NARROW * self.em * letters as f32
    }

    /// The measured font size, or a default if nothing determined it.
    pub fn em_or_usual(&self) -> f32 {
        const USUAL: f32 = 11.0;
        if self.em > 2.0 { self.em } else { USUAL }
    }
}

/// The parts of a line between wide gaps or vertical rules.
fn divided(line: Line) -> Vec<Line> {
    let wide = WIDE_GAP * line.em_or_usual();
    split(line, |a, b| b.x0 - a.x1 > wide || b.after_bar)
}

/// The parts of a line, split between words where `between` holds.
pub(super) fn split(line: Line, between: impl Fn(&LineWord, &LineWord) -> bool) -> Vec<Line> {
    let mut parts: Vec<Vec<LineWord>> = Vec::new();
    for word in line.words {
        let ends = |part: &Vec<LineWord>| part.last().is_some_and(|last| between(last, &word));
        match parts.last_mut() {
            Some(part) if !ends(part) => part.push(word),
            _ => parts.push(vec![word]),
        }
    }
    parts.into_iter().filter_map(Line::of).collect()
}

/// Whether two parts are on the same line.
pub(super) fn level_with(a: &Line, b: &Line) -> bool {
    (a.base - b.base).abs() < 0.4 * a.em_or_usual().min(b.em_or_usual())
}

/// Marks superscripts: a footnote mark before its text is higher than the line and smaller.
fn raised_marks(line: &mut Line) {
    let em = line.em_or_usual();
    for word in &mut line.words {
        let digits =
            word.text.len() <= 2 && word.text.chars().all(|c| c.is_ascii_digit() || "*†‡".contains(c));
        word.superscript =
            digits && word.bottom < line.base - 0.2 * em && word.bottom - word.top < 0.8 * TALL * em;
    }
}

/// Corrects a misread postcode at the end of an address line, using which places are letters and which are digits.
fn misread_postcode(line: &mut Line) {
    const SHORT: usize = 4;
    const MOST_CHANGED: usize = 2;
    // A corrected name or number is never given as certain.
    const SURE: f32 = 0.8;
    let short = line.words.len() <= SHORT;
    let [.., outward, inward] = line.words.as_mut_slice() else { return };
    let Some((district, unit, changed)) = confusion::misread_postcode(&outward.text, &inward.text) else {
        return;
    };
    if !short || !(1..=MOST_CHANGED).contains(&changed) {
        return;
    }
    for (word, meant) in [(outward, district), (inward, unit)] {
        if word.text != meant {
            word.confidence = word.confidence.map(|c| c.min(SURE));
            word.original = Some(std::mem::replace(&mut word.text, meant));
        }
    }
}
