//! Finds footnotes: by the PDF's tags, or by their size and a raised mark in the lower part of a page.

use super::Row;
use crate::cut::Cut;
use crate::text::{ElementRole, LayerKind, TextLayer};

/// Where footnotes may begin, as a share of the page's height.
const LOWER: f32 = 0.4;

/// For each line, whether it belongs to a footnote.
pub(super) fn find(layer: &TextLayer, rows: &[Row], furniture: &[bool], body_size: f32) -> Vec<bool> {
    let mut notes = vec![false; rows.len()];
    if layer.kind == LayerKind::PlainText {
        below_numbers(rows, furniture, &mut notes);
    }
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
            notes[i] |= begins_note(row) || goes_on;
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
        if small && low && (begins_note(row) || is_marked_in_text(layer, rows, i)) {
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

/// A note below its mark has no more lines than this.
const NOTE_LINES: usize = 6;
/// So many lines stand above a note at least.
const ABOVE: usize = 4;

/// The lines below a number that stands alone between blank lines, if a few without a blank line reach down to the end of the
/// page, or to its running lines: a note whose mark in the text was lost.
fn below_numbers(rows: &[Row], furniture: &[bool], notes: &mut [bool]) {
    let alone = |i: usize| {
        let words = &rows[i].line.words;
        words.len() == 1 && words[0].text.len() < 3 && words[0].text.bytes().all(|b| b.is_ascii_digit())
    };
    let mut from = 0;
    for page in rows.chunk_by(|a, b| a.page == b.page) {
        let of_page = from..from + page.len();
        from = of_page.end;
        let Some(last) = of_page.clone().rev().find(|i| !furniture[*i]) else { continue };
        // The first line that no other follows but with a blank line between: that of the last block.
        let first = (of_page.start..=last).rev().find(|i| rows[*i].line.blank_before).unwrap_or(last);
        let mark = first.checked_sub(1).filter(|mark| *mark >= of_page.start + ABOVE);
        let Some(mark) = mark.filter(|mark| alone(*mark) && rows[*mark].line.blank_before) else { continue };
        // The page's own number stands behind them.
        let own = (last + 1..of_page.end).any(alone);
        if own && last - first < NOTE_LINES && mark < first {
            notes[first..=last].fill(true);
        }
    }
}

/// Whether a line begins with a footnote's mark: a raised number, or a raised symbol.
pub(super) fn begins_note(row: &Row) -> bool {
    let words = &row.line.words;
    words.len() > 1 && words[0].superscript && is_mark(&words[0].text)
}

/// Whether a line is a number beside another line, and stands raised further up on the page: the mark of a note that is
/// set like a table, and not raised itself.
fn is_marked_in_text(layer: &TextLayer, rows: &[Row], at: usize) -> bool {
    let row = &rows[at];
    let [mark] = row.line.words.as_slice() else { return false };
    let beside = rows.get(at + 1).is_some_and(|next| next.line.same_row && next.page == row.page);
    let in_cell = || layer.ancestor(row.line.element, |r| r == ElementRole::TD).is_some();
    let mut above = rows.head(at).iter().rev().take_while(|r| r.page == row.page);
    beside && is_number(&mark.text) && !in_cell() && above.any(|r| raises(r, &mark.text))
}

/// Whether a line has a note's mark raised in it. Its first word may be the note's own mark.
pub(super) fn raises(row: &Row, mark: &str) -> bool {
    row.line.words.iter().skip(1).any(|w| w.superscript && w.text == mark)
}

/// Whether a mark is a number: some are letters, or stars.
pub(super) fn is_number(word: &str) -> bool {
    word.len() <= 2 && !word.is_empty() && word.bytes().all(|b| b.is_ascii_digit())
}

/// The mark that a line of a note begins with. If the note continues after it, it may stand alone and need not be
/// raised.
pub(super) fn mark<'a>(row: &Row<'a>, goes_on: bool) -> Option<&'a str> {
    let words = &row.line.words;
    let alone = goes_on && words.len() == 1 && words[0].text.len() <= 3 && is_mark(&words[0].text);
    (alone || begins_note(row)).then(|| words[0].text.as_str())
}

/// Whether a line is nothing but the number that follows the mark of an open note: the next note's mark, set above its text
/// or beside it.
pub(super) fn is_next_mark(open: &Row, row: &Row) -> bool {
    let number = |mark: &str| Some(mark).filter(|mark| is_number(mark))?.parse::<u32>().ok();
    let [word] = row.line.words.as_slice() else { return false };
    let last = open.line.words.first().and_then(|mark| number(&mark.text));
    last.is_some_and(|last| number(&word.text) == Some(last + 1)) && open.page == row.page
}

fn is_mark(word: &str) -> bool {
    word.chars().all(|c| c.is_ascii_digit() || "*\u{2020}\u{2021}".contains(c))
}

#[cfg(test)]
mod tests {
    use crate::outline::{Outline, Role};
    use crate::text::{BBox, LayerKind, Page, TextLayer, TextLine, Word, plain};

    #[test]
    fn a_mark_that_is_set_beside_its_note_is_the_one_raised_in_the_text() {
        let word = |text: &str, superscript| Word { text: text.into(), superscript, ..Word::default() };
        let line = |words, size, top, x0, same_row| {
            let bbox = Some(BBox { x0, top, x1: 500.0, bottom: top + size });
            TextLine { words, bbox, size, same_row, ..TextLine::default() }
        };
        let note = |raised: &str| {
            let said = |text: &str| text.split(' ').map(|w| word(w, false)).collect::<Vec<_>>();
            let mut first = said("The area should send a statement to those who lead it");
            first.push(word(raised, true));
            let lines = vec![
                line(first, 12.0, 300.0, 70.0, false),
                line(
                    said("and to all of those who work there, as it is said in law."),
                    12.0,
                    314.0,
                    70.0,
                    false,
                ),
                line(said("2"), 10.0, 660.0, 70.0, false),
                line(said("The law says who should."), 10.0, 660.0, 120.0, true),
            ];
            let page = Page { number: 1, width: 595.0, height: 842.0, lines, ..Page::default() };
            let layer = TextLayer { kind: LayerKind::Native, pages: vec![page], ..TextLayer::default() };
            let blocks = Outline::build(&layer).blocks;
            blocks
                .into_iter()
                .find(|b| b.role == Role::Footnote)
                .map(|b| (b.note_mark, b.text.as_str().to_owned()))
        };
        assert_eq!(note("2"), Some((Some("2".into()), "The law says who should.".into())));
        assert_eq!(note("1"), None);
    }

    #[test]
    fn a_number_alone_begins_the_note_after_the_open_one() {
        let word = |text: &str, superscript| Word { text: text.into(), superscript, ..Word::default() };
        let line = |words: &str, raised: Option<&str>, size, top| {
            let mark = raised.map(|mark| word(mark, true));
            let words = words.split(' ').map(|w| word(w, false));
            let words = mark.into_iter().chain(words).collect();
            let bbox = Some(BBox { x0: 70.0, top, x1: 500.0, bottom: top + size });
            TextLine { words, bbox, size, ..TextLine::default() }
        };
        let notes = |mark: &str| {
            let body =
                "Leaders have read what the reports of others say of the services that they lead here.";
            let lines = vec![
                line(body, None, 12.0, 300.0),
                line(body, None, 12.0, 314.0),
                line("A report by others.", Some("3"), 9.0, 700.0),
                line(mark, None, 9.0, 711.0),
                line("A report to the council.", None, 9.0, 712.0),
            ];
            let page = Page { number: 1, width: 595.0, height: 842.0, lines, ..Page::default() };
            let layer = TextLayer { kind: LayerKind::Native, pages: vec![page], ..TextLayer::default() };
            let blocks = Outline::build(&layer).blocks;
            let notes = blocks.into_iter().filter(|b| b.role == Role::Footnote);
            notes
                .map(|b| format!("{}: {}", b.note_mark.unwrap_or_default(), b.text.as_str()))
                .collect::<Vec<_>>()
        };
        assert_eq!(notes("4"), ["3: A report by others.", "4: A report to the council."]);
        assert_eq!(notes("9"), ["3: A report by others. 9 A report to the council."]);
    }

    #[test]
    fn a_note_stands_below_its_number_at_the_end_of_a_page() {
        let notes = |below: &str| {
            let text =
                "Social workers know the children that\nthey visit and speak\nto each\nof them and to\n"
                    .repeat(2);
            let text = format!(
                "{text}\n1\n\nThe areas are those of the framework,\nwhich says more.\n\n{below}\u{c}their families.\n"
            );
            let blocks = Outline::build(&plain::read(&text)).blocks;
            blocks.iter().filter(|b| b.role == Role::Footnote).count()
        };
        assert_eq!(notes("2\n"), 1);
        assert_eq!(notes("Homes are warm.\n\n2\n"), 0);
        // The number may be that of the page.
        assert_eq!(notes(""), 0);
    }
}
