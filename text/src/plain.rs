//! Reads plain text as a text layer.

mod ends;
mod markdown;
mod message;
mod pages;
mod spacing;

use findings_record::{Error, ErrorCode};
use unicode_normalization::UnicodeNormalization;

use super::{LayerKind, Page, TextLayer, TextLine, Word};

/// Name of the engine, as records give it.
pub const ENGINE: &str = "findings-plain";

/// A line of the file.
#[derive(Debug, Clone, Copy)]
struct RawLine<'a> {
    text: &'a str,
    /// Whether it belongs to the mail message that the document was sent in.
    message: bool,
}

impl<'a> RawLine<'a> {
    fn of(text: &'a str) -> Self {
        Self { text, message: false }
    }
}

/// The most words and lines of a text; a report of 20 pages has 10,000. Each word is stored with its place, so a
/// file of one-letter words would take fifty times its size in memory.
const MAX_WEIGHT: usize = 400_000;
/// The largest size of a text in bytes: each stage makes a copy.
const MAX_BYTES: usize = 8 << 20;

/// Checks that a text is small enough to be read.
///
/// # Errors
/// `too-large` if it is not.
///
/// ```
/// assert!(findings_text::plain::weigh("Dear Ann Lee\n").is_ok());
/// assert!(findings_text::plain::weigh(&"a ".repeat(500_000)).is_err());
/// ```
pub fn weigh(text: &str) -> Result<(), Error> {
    let (mut weight, mut apart) = (0, true);
    for b in text.bytes() {
        // Bars separate table cells.
        let separates = b.is_ascii_whitespace() || b == b'|';
        weight += usize::from(apart && !separates) + usize::from(matches!(b, b'\n' | b'\r' | b'\x0c'));
        apart = separates;
        if weight > MAX_WEIGHT {
            return Err(too_large(&format!("{MAX_WEIGHT} words and lines")));
        }
    }
    if text.len() > MAX_BYTES {
        return Err(too_large(&format!("{} MB", MAX_BYTES >> 20)));
    }
    Ok(())
}

fn too_large(most: &str) -> Error {
    let message = format!("the text has more than {most}, many times as much as any report: split it");
    Error::new(ErrorCode::TooLarge, message)
}

/// Reads the lines and words of a plain text. Form feeds separate pages; a blank line becomes space before the next
/// line; a wide gap (three spaces or a tab) begins a new line in the same row.
///
/// ```
/// let layer = findings_text::plain::read("Dear Ann Lee\n\nThis letter summarises the findings.\n\u{c}Page two\n");
/// assert_eq!(layer.pages.len(), 2);
/// assert_eq!(layer.pages[0].lines[0].text(), "Dear Ann Lee");
/// ```
pub fn read(text: &str) -> TextLayer {
    let text = ends::unify(text.strip_prefix('\u{feff}').unwrap_or(text));
    let text = markdown::plain(&text);
    let mut pages = Vec::new();
    for (i, lines) in raw_pages(&text).into_iter().enumerate() {
        if i > 0 && lines.iter().all(|l| l.text.trim().is_empty()) {
            continue;
        }
        let mut page = Page { number: i as u32 + 1, lines: text_lines(&lines), ..Page::default() };
        centred_cells(&mut page.lines);
        lone_cells(&mut page.lines);
        pages.push(page);
    }
    TextLayer { kind: LayerKind::PlainText, engine: ENGINE.into(), pages, ..TextLayer::default() }
}

/// The lines of each page, with the effects of mail, lost page breaks and double spacing undone.
fn raw_pages(text: &str) -> Vec<Vec<RawLine<'_>>> {
    let mut lines: Vec<RawLine> = text.split('\n').map(RawLine::of).collect();
    message::unquote(&mut lines);
    message::mark_heads(&mut lines);
    let lines = pages::restore(spacing::single(lines));
    let mut pages = vec![Vec::new()];
    for line in lines {
        for (n, part) in line.text.split('\u{c}').enumerate() {
            if n > 0 {
                pages.push(Vec::new());
            }
            if let Some(page) = pages.last_mut() {
                page.push(RawLine { text: part, ..line });
            }
        }
    }
    pages
}

/// Splits lines into cells and words.
fn text_lines(raw: &[RawLine]) -> Vec<TextLine> {
    let mut lines = Vec::new();
    for block in raw.split(|line| line.text.trim().is_empty()) {
        let rows: Vec<_> = block.iter().map(|line| wide_parts(line.text)).collect();
        let mut columns: Vec<u16> =
            rows.iter().flat_map(|row| row.iter().skip(1).map(|cell| cell.0)).collect();
        columns.sort_unstable();
        columns.dedup();
        for (at, (line, row)) in block.iter().zip(rows).enumerate() {
            let cells = row.into_iter().flat_map(|cell| close_cells(cell, &columns));
            for (n, (column, part)) in cells.enumerate() {
                let words = words(part);
                if words.is_empty() {
                    continue;
                }
                lines.push(TextLine {
                    words,
                    column,
                    artifact: line.message,
                    blank_before: n == 0 && at == 0,
                    same_row: n > 0,
                    ..TextLine::default()
                });
            }
        }
    }
    lines
}

/// Splits a part of a line at two spaces if another line of the block has a column that begins right after them.
/// Two spaces at a sentence's end don't count: some people type them.
fn close_cells<'a>((begin, part): (u16, &'a str), columns: &[u16]) -> Vec<(u16, &'a str)> {
    let mut cells = Vec::new();
    let (mut from, mut column) = (0, begin);
    let (mut counted, mut at) = (0, begin);
    for (gap, spaces) in part.match_indices("  ").filter(|_| !columns.is_empty()) {
        let (before, behind) = part.split_at(gap + spaces.len());
        let more = before.get(counted..).unwrap_or_default().chars().count();
        at = at.saturating_add(u16::try_from(more).unwrap_or(u16::MAX));
        counted = before.len();
        let ends_sentence = before.trim_end().ends_with(['.', '!', '?']);
        if columns.binary_search(&at).is_ok() && !behind.starts_with(' ') && !ends_sentence {
            cells.push((column, part.get(from..gap).unwrap_or_default()));
            (from, column) = (before.len(), at);
        }
    }
    cells.push((column, part.get(from..).unwrap_or_default()));
    cells
}

/// The words of a line. A bullet attached to the first one becomes a word of its own ("•Text").
fn words(part: &str) -> Vec<Word> {
    let word = |text: &str| Word { text: text.to_owned(), ..Word::default() };
    let texts = part.split_whitespace().map(|w| super::normalise(w).nfc().collect::<String>());
    let mut words: Vec<Word> = Vec::new();
    for text in texts.filter(|t| !t.is_empty()) {
        match text.strip_prefix(BULLET).filter(|rest| words.is_empty() && !rest.is_empty()) {
            Some(rest) => words.extend([word("\u{2022}"), word(rest)]),
            None => words.push(word(&text)),
        }
    }
    words
}

/// The bullet character that `normalise` produces.
const BULLET: char = '\u{2022}';

/// Whether a text begins with a printed bullet.
fn is_glued_mark(text: &str) -> bool {
    super::normalise(text).starts_with(BULLET)
}

/// How far to the right of a cell the next one must begin, in characters.
const NEXT_CELL: u16 = 25;

/// How many cells above a line are looked at.
const ROW: usize = 8;

/// How far apart the columns of the lines of one cell may be, in characters.
const SAME_COLUMN: u16 = 3;

/// Moves a vertically centred cell, printed between the two lines of the cell on its left, after both of them.
///
/// "The experiences and progress of" / "            Good" / "children in care"
fn centred_cells(lines: &mut [TextLine]) {
    // Each has a line before it and a line after it.
    for at in 1..lines.len().saturating_sub(1) {
        let [above, cell, below] = &lines[at - 1..=at + 1] else { continue };
        let beside = |line: &TextLine| ends(line) < usize::from(cell.column);
        let one_block = !cell.blank_before && !below.blank_before && !cell.same_row && !below.same_row;
        let right = above.column == below.column && cell.column >= above.column + NEXT_CELL;
        if one_block && right && beside(above) && beside(below) && !above.same_row {
            lines.swap(at, at + 1);
            lines[at + 1].same_row = true;
            continue;
        }
        // The same with the sides exchanged: "      Requires" / "Overall effectiveness" / "      improvement".
        let [first, cell, second] = &lines[at - 1..=at + 1] else { continue };
        let of_one_cell = first.column.abs_diff(second.column) <= SAME_COLUMN && !first.same_row;
        let left = first.column >= cell.column + NEXT_CELL && ends(cell) < usize::from(first.column);
        // Below a cell of the row above, and above one of the cell's own row, it goes on with the former.
        let above = lines[..at - 1].iter().rev().take_while(|l| !l.blank_before || l.same_row);
        let goes_on = second.same_row
            && !first.blank_before
            && above.take(ROW).any(|l| l.same_row && l.column.abs_diff(first.column) <= SAME_COLUMN);
        if of_one_cell && left && !goes_on && !cell.blank_before && !cell.same_row && !second.blank_before {
            lines.swap(at - 1, at);
            lines[at - 1].blank_before = std::mem::take(&mut lines[at].blank_before);
            lines[at].same_row = true;
            lines[at + 1].same_row = false;
        }
    }
}

/// Moves the only cell beside a few lines after all of them, whichever line it is printed on.
///
/// "The experiences and progress of" / "children looked after and       Good" / "permanence"
fn lone_cells(lines: &mut [TextLine]) {
    const FEW: usize = 3;
    let mut from = 0;
    // A block has at least one line, so the loop advances.
    while from < lines.len() {
        let next =
            lines[from + 1..].iter().position(|l| l.blank_before).map_or(lines.len(), |n| from + 1 + n);
        let block = &mut lines[from..next];
        let mut cells = block.iter().enumerate().filter(|(_, l)| l.same_row).map(|(at, _)| at);
        if let (Some(at), None) = (cells.next(), cells.next())
            && (3..=FEW + 1).contains(&block.len())
        {
            let (cell, left) = (&block[at], block[0].column);
            let beside = |l: &TextLine| l.column == left && ends(l) < usize::from(cell.column);
            if cell.column >= left + NEXT_CELL && block.iter().filter(|l| !l.same_row).all(beside) {
                block[at..].rotate_left(1);
            }
        }
        from = next;
    }
}

/// The column after a line's last word.
fn ends(line: &TextLine) -> usize {
    usize::from(line.column) + line.words.iter().map(|w| w.text.chars().count() + 1).sum::<usize>()
}

/// The parts of a line between wide gaps, trimmed, each with its column. A list mark or number stays with the text
/// after it.
fn wide_parts(line: &str) -> Vec<(u16, &str)> {
    let mut parts: Vec<(usize, &str)> = Vec::new();
    let mut from = 0;
    for gap in line.match_indices("   ").map(|(at, _)| at).chain(line.match_indices('\t').map(|(at, _)| at)) {
        if gap < from {
            continue;
        }
        let raw = line.get(from..gap).unwrap_or_default();
        let part = raw.trim();
        if part.is_empty() {
            from = gap + 1;
            continue;
        }
        if is_lead(part) {
            continue;
        }
        parts.push((from, raw));
        from = gap + 1;
    }
    parts.push((from, line.get(from..).unwrap_or_default()));
    let column = |at: usize| line.get(..at).map_or(0, |before| before.chars().count() as u16);
    parts
        .into_iter()
        .filter(|(_, part)| !part.trim().is_empty())
        .map(|(at, part)| (column(at + part.len() - part.trim_start().len()), part.trim()))
        .collect()
}

/// A mark, number or letter before a text.
fn is_lead(part: &str) -> bool {
    let bare = part.strip_suffix(['.', ')']).map_or("", |bare| bare.strip_prefix('(').unwrap_or(bare));
    if bare.len() == 1 && bare.bytes().all(|b| b.is_ascii_alphabetic()) {
        return true;
    }
    let mark = part.chars().count() == 1 && !part.chars().all(char::is_alphanumeric);
    let digits = part.strip_suffix('.').unwrap_or("");
    mark || part == "o" || (1..=3).contains(&digits.len()) && digits.bytes().all(|b| b.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cell_beside_two_lines_comes_after_them() {
        let shown = |text: &str| {
            let layer = read(text);
            layer.pages[0].lines.iter().map(TextLine::text).collect::<Vec<_>>().join(" / ")
        };
        let gap = " ".repeat(40);
        assert_eq!(
            shown(&format!("The progress of\n{gap}Good\nchildren")),
            "The progress of / children / Good"
        );
        assert_eq!(
            shown(&format!("The progress of\n{gap}Good\n\nchildren")),
            "The progress of / Good / children"
        );
        let form = format!("Site{gap}Long Weir\n    {gap}Sluice\nDay {gap}6 May");
        assert_eq!(shown(&form), "Site / Long Weir / Sluice / Day / 6 May");
        assert_eq!(shown("One\n  Two\nThree"), "One / Two / Three");
        assert_eq!(
            shown(&format!("The progress of\nchildren and{gap}Good\npermanence")),
            "The progress of / children and / permanence / Good"
        );
        assert_eq!(shown(&format!("One{gap}1\nTwo{gap}2\nThree")), "One / 1 / Two / 2 / Three");
        assert_eq!(
            shown(&format!("{gap}Requires\nOverall effectiveness\n{gap}improvement")),
            "Overall effectiveness / Requires / improvement"
        );
        assert_eq!(
            shown(&format!("{gap}Requires\n1. Children             {gap}improvement")),
            "{gap}Requires / 1. Children / improvement".replace("{gap}", "")
        );
    }

    #[test]
    fn cells_two_spaces_apart_stand_in_the_columns_of_other_lines() {
        let shown = |text: &str| {
            let layer = read(text);
            layer.pages[0].lines.iter().map(TextLine::text).collect::<Vec<_>>().join(" / ")
        };
        let table = "Standard      Result      Remarks\nHousing       Partly met  Bowls not clean";
        assert_eq!(shown(table), "Standard / Result / Remarks / Housing / Partly met / Bowls not clean");
        // No column of this block begins there.
        assert_eq!(shown("Standard      Result\nHousing is  met"), "Standard / Result / Housing is met");
        assert_eq!(
            shown("Standard      Result\n\nHousing here  met"),
            "Standard / Result / Housing here met"
        );
        // Two spaces at the end of a sentence.
        assert_eq!(shown("Standard      Result\nAll is well.  Met"), "Standard / Result / All is well. Met");
    }

    #[test]
    fn blank_lines_pages_and_columns_are_kept() {
        let layer = read("Title\n\nName      Role\nnext\u{c}page two\n");
        let shown: Vec<String> = layer
            .pages
            .iter()
            .flat_map(|p| {
                p.lines
                    .iter()
                    .map(move |l| format!("{} {} {} {}", p.number, l.blank_before, l.same_row, l.text()))
            })
            .collect();
        assert_eq!(
            shown,
            [
                "1 true false Title",
                "1 true false Name",
                "1 false true Role",
                "1 false false next",
                "2 true false page two"
            ]
        );
    }
}
