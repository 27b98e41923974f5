//! Finds footnotes: by the PDF's tags, or by their size and a raised mark in the lower part of a page.

use super::Row;
use crate::text::{ElementRole, LayerKind, TextLayer};

/// Where footnotes may begin, as a share of the page's height.
const LOWER: f32 = 0.4;

/// For each line, whether it belongs to a footnote.
pub(super) fn find(layer: &TextLayer, rows: &[Row], furniture: &[bool], body_size: f32) -> Vec<bool> {
    let mut notes = vec![false; rows.len()];
    // The note that is being read: its page, size and element.
    let mut open: Option<(u32, f32, Option<u32>)> = None;
    for (i, row) in rows.iter().enumerate() {
        if furniture[i] {
            continue;
        }
        let line = row.line;
        if layer.kind == LayerKind::PlainText {
            // The mark of a note is raised; the note ends at the end of the page or at a blank line.
            let goes_on = open.is_some_and(|(page, ..)| page == row.page) && !line.blank_before;
            notes[i] = begins_note(row) || goes_on;
            open = notes[i].then_some((row.page, line.size, None));
            continue;
        }
        let small = line.size < body_size - 0.8;
        if layer.ancestor(line.element, |r| r == ElementRole::Note).is_some() {
            notes[i] = small;
            open = small.then_some((row.page, line.size, line.element));
            continue;
        }
        let low = line.bbox.is_some_and(|b| b.top > LOWER * row.height);
        if begins_note(row) && small && low {
            notes[i] = true;
            open = Some((row.page, line.size, line.element));
            continue;
        }
        let goes_on = open.is_some_and(|(page, size, element)| {
            page == row.page
                && small
                && (line.size - size).abs() < 0.6
                && (line.element == element
                    || layer
                        .ancestor(line.element, |r| matches!(r, ElementRole::H(_) | ElementRole::TD))
                        .is_none())
        });
        notes[i] = goes_on;
        if !goes_on {
            open = None;
        }
    }
    notes
}

/// Whether a line begins with a footnote's mark: a raised number, or a raised symbol.
pub(super) fn begins_note(row: &Row) -> bool {
    let words = &row.line.words;
    words.len() > 1 && words[0].superscript && is_mark(&words[0].text)
}

/// The mark that a line of a note begins with. If the note continues after it, it may stand alone and need not be
/// raised.
pub(super) fn mark<'a>(row: &Row<'a>, goes_on: bool) -> Option<&'a str> {
    let words = &row.line.words;
    let alone = goes_on && words.len() == 1 && words[0].text.len() <= 3 && is_mark(&words[0].text);
    (alone || begins_note(row)).then(|| words[0].text.as_str())
}

fn is_mark(word: &str) -> bool {
    word.chars().all(|c| c.is_ascii_digit() || "*\u{2020}\u{2021}".contains(c))
}
