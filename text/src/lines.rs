//! Glyphs → words → lines, in content order.

use unicode_normalization::{IsNormalized, UnicodeNormalization, is_nfc_quick};

use super::interpret::{Glyph, PageGlyphs};
use super::leftwards;
use super::marks::is_mark;
use super::spaced;
use super::tags::Tree;
use super::turn::on_page;
use super::{BBox, TextLine, Word, normalise};

/// Gap between two glyphs that separates words, in font sizes.
const WORD_GAP: f32 = 0.15;
/// Gap that ends a line, as between columns, in font sizes.
const LINE_GAP: f32 = 2.5;
/// Glyphs of one size with a smaller gap than this are on one line whatever their tags say, in font sizes.
const RUN_GAP: f32 = 0.4;
/// How far a glyph's baseline may be from its line's, in font sizes.
const BASELINE: f32 = 0.35;
/// How far a lowered digit may be below its line's baseline, in font sizes of the line.
const LOWERED: f32 = 0.6;
/// How far a raised mark may be above its line's baseline, in font sizes of the line.
const RAISED: f32 = 0.75;
/// The least distance by which a letter only slightly smaller than its line counts as raised or lowered, in font
/// sizes of the line.
const CLEARLY: f32 = 0.25;
/// Initial capacity of a word in bytes: enough for nearly every word.
const USUAL: usize = 16;

/// The lines of a page. A new one begins where the structure element changes, the baseline moves, or the pen jumps.
pub(super) fn build(page: &PageGlyphs, tree: &Tree) -> Vec<TextLine> {
    let as_drawn = Builder::default().build(&page.glyphs, tree);
    if !as_drawn.leftwards {
        return as_drawn.lines;
    }
    let mut glyphs = page.glyphs.clone();
    leftwards::put_by_place(&mut glyphs);
    let reading = Builder { main: Some(leftwards::is_main(&glyphs)), ..Builder::default() };
    reading.build(&glyphs, tree).lines
}

#[derive(Default)]
struct Builder {
    lines: Vec<TextLine>,
    line: Option<Open>,
    space: bool,
    /// A buffer for the words of the next line.
    room: Vec<Word>,
    /// Indices of words with a space before them, while the line may still be letter-spaced.
    spaces: Vec<usize>,
    /// Whether any letter is of a right-to-left script.
    leftwards: bool,
    /// Whether the page's main script is right-to-left; `None` if words are not to be put into reading order.
    main: Option<bool>,
}

/// A line being built.
struct Open {
    words: Vec<Word>,
    word: Word,
    element: Option<u32>,
    artifact: bool,
    same_row: bool,
    /// Direction, as in [`Glyph`].
    angle: u16,
    note: bool,
    aside: bool,
    base: f32,
    /// Font size of its largest glyph so far.
    size: f32,
    last_x1: f32,
    /// Number of bold glyphs.
    bold: u32,
    word_bold: u32,
    glyphs: u32,
    color: [u8; 3],
    /// Whether nearly all of its words are single characters, so that it may be letter-spaced.
    wide: bool,
    /// How many of its words are longer, while it may be letter-spaced.
    longer: usize,
    /// Whether any letter is of a right-to-left script.
    leftwards: bool,
}

/// The size of a glyph compared with its line.
enum Smallness {
    Small,
    /// Only slightly smaller: some programs set "smaller" as 8/9, and raise or lower such letters clearly.
    Smaller,
    Same,
}

/// How a glyph relates to the open line.
enum Place {
    Goes,
    Raised,
    /// The line so far was a raised mark; this glyph sets the line's baseline.
    AfterMark,
    /// The line so far was a list number in larger print than its text; this glyph sets the line's baseline.
    AfterNumber,
    NewLine {
        same_row: bool,
    },
}

impl Builder {
    fn build(mut self, glyphs: &[Glyph], tree: &Tree) -> Self {
        for g in glyphs {
            if g.ch.is_whitespace() {
                self.space = true;
                continue;
            }
            let block = g.element.and_then(|e| tree.blocks.get(e as usize).copied().flatten());
            self.add(g, block);
        }
        self.end_line();
        self
    }

    fn add(&mut self, g: &Glyph, block: Option<u32>) {
        if let Some(line) = self.line.as_mut().filter(|line| !self.space && line.word_goes_on(g, block)) {
            line.extend(g);
            return;
        }
        let place = match &self.line {
            Some(line) => line.place(g, block),
            None => Place::NewLine { same_row: false },
        };
        if let Place::NewLine { same_row } = place {
            self.end_line();
            self.line = Some(Open::at(g, block, same_row, std::mem::take(&mut self.room)));
            self.space = false;
        }
        let Some(line) = &mut self.line else { return };
        let raised = matches!(place, Place::Raised);
        let gap = g.x0 - line.last_x1;
        let size = line.size.min(g.size).max(1.0);
        if self.space || gap > WORD_GAP * size || gap < -size || raised != line.word.superscript {
            line.end_word();
        }
        if self.space && line.wide {
            self.spaces.push(line.words.len());
        }
        if matches!(place, Place::AfterMark | Place::AfterNumber) {
            line.end_word();
            if matches!(place, Place::AfterMark) {
                line.raise_words();
            }
            (line.base, line.size) = (g.base, g.size);
        } else if !raised && g.size > line.size {
            line.size = g.size;
        }
        self.space = false;
        line.put(g, raised);
    }

    fn end_line(&mut self) {
        if let Some(mut line) = self.line.take() {
            line.end_word();
            if line.wide && line.angle == 0 {
                spaced::join(&mut line.words, &self.spaces, line.size);
            }
            self.spaces.clear();
            self.leftwards |= line.leftwards;
            if let Some(main) = self.main.filter(|_| line.leftwards) {
                leftwards::read(&mut line.words, main);
            }
            // The line gets a vector of exact size; the buffer is reused for the next line.
            self.room = std::mem::take(&mut line.words);
            let words: Vec<Word> = self.room.drain(..).collect();
            if !words.is_empty() {
                self.lines.push(line.close(words));
            }
        }
    }
}

impl Open {
    /// A line for a first glyph, which is not added yet.
    fn at(g: &Glyph, block: Option<u32>, same_row: bool, room: Vec<Word>) -> Self {
        Self {
            words: room,
            word: Word::default(),
            element: block,
            artifact: g.artifact,
            same_row,
            angle: g.angle,
            note: g.note,
            aside: g.aside,
            base: g.base,
            size: g.size,
            last_x1: g.x0,
            bold: 0,
            word_bold: 0,
            glyphs: 0,
            color: g.color,
            wide: true,
            longer: 0,
            leftwards: false,
        }
    }

    /// Turns the words of the line so far into a raised mark.
    fn raise_words(&mut self) {
        // A list mark may be smaller than its text, but is no footnote mark.
        for w in &mut self.words {
            w.superscript = w.text.contains(|c: char| c.is_alphanumeric() || "*\u{2020}\u{2021}".contains(c));
        }
    }

    /// Fast path for nearly all glyphs: whether a glyph continues the open word, next to the last glyph on the same
    /// baseline in the same style. [`Self::place`] would say the same.
    fn word_goes_on(&self, g: &Glyph, block: Option<u32>) -> bool {
        let gap = g.x0 - self.last_x1;
        let size = self.size.max(1.0);
        g.base == self.base
            && g.size == self.size
            && (-size..=WORD_GAP * size).contains(&gap)
            && block == self.element
            && g.angle == self.angle
            && (g.artifact, g.note, g.aside) == (self.artifact, self.note, self.aside)
            && !self.word.superscript
    }

    fn place(&self, g: &Glyph, block: Option<u32>) -> Place {
        let gap = g.x0 - self.last_x1;
        let above = self.base - g.base;
        let size = self.size.max(1.0);
        let on_line = above.abs() <= BASELINE * size.min(g.size.max(1.0));
        if g.angle != self.angle || g.note != self.note || g.aside != self.aside {
            return Place::NewLine { same_row: false };
        }
        if block != self.element || g.artifact != self.artifact {
            // A run in mid-line may be tagged as part of another element: without a gap it stays on the line.
            let like = g.artifact == self.artifact && (g.size - self.size).abs() < 0.1;
            if like && on_line && gap.abs() < RUN_GAP * size && self.has_text() {
                return Place::Goes;
            }
            return Place::NewLine { same_row: on_line && gap > -size };
        }
        let near = gap < LINE_GAP * size && gap > -size;
        if let Some(place) = near.then(|| self.shifted(g, gap, above)).flatten() {
            return place;
        }
        if !on_line {
            return Place::NewLine { same_row: false };
        }
        if gap > LINE_GAP * size {
            return Place::NewLine { same_row: true };
        }
        if gap < -size {
            return Place::NewLine { same_row: false };
        }
        Place::Goes
    }

    /// The place of a nearby glyph that is raised or lowered, or follows something that was.
    fn shifted(&self, g: &Glyph, gap: f32, above: f32) -> Option<Place> {
        let size = self.size.max(1.0);
        let is_raised = match self.smallness(g) {
            Smallness::Small => above > 0.1 * size,
            Smallness::Smaller => above > CLEARLY * size && gap < WORD_GAP * size,
            Smallness::Same => false,
        };
        if is_raised && above < RAISED * size {
            // Raised letters, as in "3rd", belong to their word; anything else raised is a footnote mark.
            return Some(match g.ch.is_alphabetic() {
                true if gap > WORD_GAP * size && !self.has_text() => Place::AfterNumber,
                true => Place::Goes,
                false => Place::Raised,
            });
        }
        // A lowered digit, as in a formula, belongs to its word and is no footnote mark.
        let is_index = g.ch.is_ascii_digit() && gap < WORD_GAP * size && self.is_lowered(g);
        if is_index && !self.word.text.is_empty() {
            return Some(Place::Goes);
        }
        let is_larger = g.size > 1.2 * size && above < 0.0 && -above < RAISED * g.size;
        (is_larger && self.glyphs <= 2).then_some(Place::AfterMark)
    }

    /// Whether a glyph is smaller than its line and slightly lower.
    fn is_lowered(&self, g: &Glyph) -> bool {
        let least = match self.smallness(g) {
            Smallness::Small => 0.0,
            Smallness::Smaller => CLEARLY * self.size,
            Smallness::Same => return false,
        };
        g.base > self.base + least && g.base < self.base + LOWERED * self.size
    }

    fn smallness(&self, g: &Glyph) -> Smallness {
        match g.size / self.size.max(1.0) {
            share if share < 0.85 => Smallness::Small,
            share if share < 0.92 => Smallness::Smaller,
            _ => Smallness::Same,
        }
    }

    /// Whether the line has text besides a list mark or a number.
    fn has_text(&self) -> bool {
        self.words.iter().chain([&self.word]).any(|w| w.text.chars().any(char::is_alphabetic))
    }

    /// Adds a glyph that continues the open word: [`Self::put`] without its care for NaN, which
    /// [`Self::word_goes_on`] has excluded.
    fn extend(&mut self, g: &Glyph) {
        let Some(b) = self.word.bbox.as_mut().filter(|_| g.angle == 0) else { return self.put(g, false) };
        let own = g.bbox();
        b.x0 = if own.x0 < b.x0 { own.x0 } else { b.x0 };
        b.x1 = if own.x1 > b.x1 { own.x1 } else { b.x1 };
        b.top = if own.top < b.top { own.top } else { b.top };
        b.bottom = if own.bottom > b.bottom { own.bottom } else { b.bottom };
        self.word.size = if g.size > self.word.size { g.size } else { self.word.size };
        self.add_letter(g);
    }

    fn put(&mut self, g: &Glyph, raised: bool) {
        let bbox = on_page(g.bbox(), g.angle);
        self.word.bbox = Some(self.word.bbox.map_or(bbox, |b| b.union(bbox)));
        self.word.size = self.word.size.max(g.size);
        self.word.superscript = raised;
        if self.word.text.is_empty() {
            self.word.text = String::with_capacity(USUAL);
        }
        self.add_letter(g);
    }

    fn add_letter(&mut self, g: &Glyph) {
        self.word.text.push(g.ch);
        self.glyphs += 1;
        self.bold += u32::from(g.bold);
        self.word_bold += u32::from(g.bold);
        self.last_x1 = g.x1;
    }

    fn end_word(&mut self) {
        let mut word = std::mem::take(&mut self.word);
        let bold = std::mem::take(&mut self.word_bold);
        if word.text.is_empty() {
            return;
        }
        let is_ascii = word.text.is_ascii();
        let letters = if is_ascii { word.text.len() } else { word.text.chars().count() };
        word.bold = bold as usize * 2 > letters;
        if !is_ascii {
            word.text = normalise(&word.text);
            // Right-to-left words are composed later: until they are reversed, combining marks precede their letters.
            let leftwards = word.text.contains(leftwards::is_leftwards);
            self.leftwards |= leftwards;
            if !leftwards && is_nfc_quick(word.text.chars()) != IsNormalized::Yes {
                word.text = word.text.nfc().collect();
            }
        }
        if !word.text.is_empty() {
            if self.wide {
                self.longer += usize::from(spaced::is_longer(&word));
                self.wide = spaced::may_be_wide(self.words.len() + 1, self.longer);
            }
            self.words.push(word);
        }
    }

    fn close(self, words: Vec<Word>) -> TextLine {
        let bbox = words.iter().filter_map(|w| w.bbox).reduce(BBox::union);
        TextLine {
            bbox,
            size: size_of_text(&words).unwrap_or(self.size),
            bold: self.bold * 2 > self.glyphs,
            color: self.color,
            element: self.element,
            artifact: self.artifact,
            angle: self.angle,
            note: self.note,
            aside: self.aside,
            blank_before: false,
            same_row: self.same_row,
            column: 0,
            words,
        }
    }
}

/// The size of the text behind a list mark, which may be set larger than its text.
fn size_of_text(words: &[Word]) -> Option<f32> {
    let (mark, text) = words.split_first()?;
    let size = text.iter().filter(|word| !word.superscript).map(|word| word.size).reduce(f32::max)?;
    (is_mark(&mark.text) && size < mark.size).then_some(size)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_list_mark_larger_than_its_text_gives_the_line_no_size() {
        let word = |text: &str, size| Word { text: text.into(), size, ..Word::default() };
        let size = |mark, of| size_of_text(&[word(mark, of), word("wounds", 10.5), word("are", 10.5)]);
        assert_eq!(size("\u{2022}", 12.0), Some(10.5));
        assert_eq!(size("\u{2022}", 8.0), None, "the line has the size of its text anyhow");
        assert_eq!(size("Wounds", 12.0), None, "a larger initial is no mark");
    }
}
