//! Where the items of lists and numbered paragraphs begin.

use super::{Row, is_clear_mark, is_mark, paragraph_number};

/// Whether a line begins a new list item or numbered paragraph.
pub(super) fn starts_item(row: &Row, last: &Row) -> bool {
    let words = &row.line.words;
    let first = words[0].text.as_str();
    if is_clear_mark(first) && (first == "\u{2022}" || words.len() > 1) {
        return true;
    }
    // Plain text may have a paragraph's number on a separate line.
    if row.line.bbox.is_none()
        && words.len() == 1
        && first.ends_with('.')
        && paragraph_number(first).is_some()
    {
        return true;
    }
    if row.line.element.is_some() {
        return false;
    }
    // A dash or a number is a mark only where it stands further left than the text above, or after a full stop.
    let ended =
        last.line.words.last().is_some_and(|w| w.text.ends_with(['.', ':', ';', ',']) || w.text == "and");
    match (row.line.bbox, last.line.bbox) {
        (Some(b), Some(a)) => {
            if !ended && is_mark(first) && is_under_hanging_text(row, last) {
                return false;
            }
            let outdented = b.x0 < a.x0 - 4.0 || (b.x0 - a.x0).abs() < 2.0 && ended;
            words.len() > 1
                && (is_mark(first) && (outdented || b.x0 > a.x0 + 4.0)
                    || first.ends_with('.') && paragraph_number(first).is_some() && outdented)
        }
        _ => {
            let numbered = first.ends_with('.') && paragraph_number(first).is_some();
            let capital = words.get(1).is_some_and(|w| w.text.starts_with(|c: char| !c.is_lowercase()));
            words.len() > 1 && (is_mark(first) || numbered && (ended || capital && words.len() > 3))
        }
    }
}

/// Whether a line begins at the text edge of the item or numbered paragraph above: a dash there, inside a sentence, is part of it ("12. Services, including Multi-Systemic Therapy / – Child Abuse").
fn is_under_hanging_text(row: &Row, last: &Row) -> bool {
    let [mark, text, ..] = last.line.words.as_slice() else { return false };
    let hanging = is_mark(&mark.text) || mark.text.ends_with('.') && paragraph_number(&mark.text).is_some();
    let edges = row.line.bbox.zip(text.bbox);
    hanging && edges.is_some_and(|(line, text)| (line.x0 - text.x0).abs() < SAME_EDGE)
}

/// The largest distance between left edges that count as equal, in points.
const SAME_EDGE: f32 = 3.0;

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::{BBox, TextLine, Word};

    fn line(words: &[(&str, f32)]) -> TextLine {
        let word = |(text, x0): &(&str, f32)| Word {
            text: (*text).into(),
            bbox: Some(BBox { x0: *x0, top: 0.0, x1: x0 + 20.0, bottom: 12.0 }),
            ..Word::default()
        };
        let words: Vec<Word> = words.iter().map(word).collect();
        TextLine { bbox: words[0].bbox, words, size: 12.0, ..TextLine::default() }
    }

    #[test]
    fn a_dash_below_hanging_text_goes_on_its_sentence() {
        let begins = |above: &[(&str, f32)], dash: f32| {
            let (above, below) = (line(above), line(&[("\u{2013}", dash), ("Child", dash + 10.0)]));
            let row = |line| Row { page: 1, number: 0, line, width: 595.0, height: 842.0 };
            starts_item(&row(&below), &row(&above))
        };
        let paragraph = [("18.", 60.0), ("Services", 85.0), ("including", 130.0)];
        assert!(!begins(&paragraph, 85.0));
        assert!(begins(&paragraph, 100.0), "an item is indented");
        let introduces = [("18.", 60.0), ("Services", 85.0), ("are:", 130.0)];
        assert!(begins(&introduces, 85.0));
        assert!(begins(&[("Services", 60.0), ("including", 100.0)], 85.0));
    }
}
