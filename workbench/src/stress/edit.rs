//! What the classes of damage do to a text: the plain tools.

use findings_core::text::{BBox, Page, TextLayer, TextLine, Word};

use super::subject::At;

/// A line of a text, to be changed.
pub(super) fn line_mut(layer: &mut TextLayer, at: At) -> Option<&mut TextLine> {
    layer.pages.get_mut(at.page)?.lines.get_mut(at.line)
}

/// Takes a line out.
pub(super) fn remove(layer: &mut TextLayer, at: At) {
    if let Some(page) = layer.pages.get_mut(at.page)
        && at.line < page.lines.len()
    {
        page.lines.remove(at.line);
    }
}

/// Moves a line down the page, its words with it.
pub(super) fn shift(line: &mut TextLine, right: f32, down: f32) {
    let moved =
        |b: BBox| BBox { x0: b.x0 + right, x1: b.x1 + right, top: b.top + down, bottom: b.bottom + down };
    line.bbox = line.bbox.map(moved);
    for word in &mut line.words {
        word.bbox = word.bbox.map(moved);
    }
}

/// Moves what stands on a page at `top` or below it, furniture at its foot left where it is.
pub(super) fn shift_below(page: &mut Page, top: f32, down: f32) {
    let foot = page.height - FOOT;
    let below = |l: &&mut TextLine| l.bbox.is_some_and(|b| b.top >= top - 0.5 && b.top < foot);
    page.lines.iter_mut().filter(below).for_each(|l| shift(l, 0.0, down));
}

/// What stands so near to the foot of a page is its footer.
const FOOT: f32 = 60.0;

/// Makes a line look like the text around it.
pub(super) fn plain(line: &mut TextLine, size: f32) {
    line.bold = false;
    line.color = [0; 3];
    line.size = size;
    for word in &mut line.words {
        word.bold = false;
        word.size = size;
    }
}

/// Lines of a text as it would stand on the page: so wide, from `left` on, the first at `top`.
pub(super) fn paragraph(text: &str, like: &TextLine, left: f32, top: f32, width: f32) -> Vec<TextLine> {
    let size = if like.size > 0.0 { like.size } else { 11.0 };
    let boxed = like.bbox.is_some();
    let (step, letter) = (size * 1.25, size * 0.5);
    let mut lines: Vec<TextLine> = Vec::new();
    let mut x = f32::INFINITY;
    for text in text.split_whitespace() {
        let wide = text.chars().count() as f32 * letter;
        if x + wide > left + width {
            lines.push(TextLine { words: Vec::new(), bbox: None, same_row: false, ..like.clone() });
            x = left;
        }
        let y = top + step * (lines.len().saturating_sub(1)) as f32;
        let bbox = boxed.then_some(BBox { x0: x, top: y, x1: x + wide, bottom: y + size });
        x += wide + letter;
        if let Some(line) = lines.last_mut() {
            line.words.push(Word { text: text.into(), bbox, size: like.size, ..Word::default() });
            line.bbox = line.bbox.into_iter().chain(bbox).reduce(BBox::union);
        }
    }
    lines
}

/// The words of a line.
pub(super) fn tokens(line: &TextLine) -> Vec<String> {
    line.words.iter().map(|w| w.text.clone()).collect()
}
