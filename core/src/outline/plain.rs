//! What the lines of a text file show by their length and their columns: where paragraphs end, and tables.

use super::{Row, is_clear_mark, is_mark, paragraph_number};
use crate::text::{Text, TextLine};

/// How far columns of one table may lie apart.
const SAME_COLUMN: u16 = 3;
/// A cell with no more words than this may be complete without a full stop.
const SHORT_CELL: usize = 6;
/// Room at a line's end that a word of the same paragraph would have used, in characters, beyond the word itself.
const ROOM: usize = 6;

/// The length that full lines have; most lines of running text are full.
pub(super) fn width(rows: &[Row]) -> f32 {
    let mut lengths: Vec<usize> =
        rows.iter().filter(|r| r.line.words.len() > 6).map(|r| length(r.line)).collect();
    lengths.sort_unstable();
    lengths.get(lengths.len() * 9 / 10).map_or(0.0, |n| *n as f32)
}

fn length(line: &TextLine) -> usize {
    usize::from(line.column) + line.words.iter().map(|w| w.text.chars().count() + 1).sum::<usize>() - 1
}

/// Whether a sentence ends with a line that had room for the next word: there a paragraph ends.
pub(super) fn ends_paragraph(last: &Row, next: &Row, width: f32) -> bool {
    let first = &next.line.words[0].text;
    let ended = last.line.words.last().is_some_and(|w| w.text.ends_with(['.', ':', ';', '?']));
    let room = length(last.line) + 1 + first.chars().count() + ROOM < width as usize;
    ended && room && first.starts_with(|c: char| c.is_uppercase()) && !next.line.same_row
}

/// Where the items of lists begin that have lost their marks and kept the blank after them: one column before the
/// lines that go on, several times, or in the second column, where far more lines do not; and no mark is left.
pub(super) fn lost_marks(rows: &[Row]) -> Vec<u16> {
    if rows.iter().any(|r| is_clear_mark(&r.line.words[0].text)) {
        return Vec::new();
    }
    let begins = |r: &Row| !r.line.same_row && !is_item(&r.line.words[0].text);
    let hanging = rows.windows(2).filter(|w| {
        let (item, next) = (w[0].line, w[1].line);
        begins(&w[0]) && !next.same_row && !next.blank_before && next.column == item.column + 1
    });
    let mut columns: Vec<u16> = hanging.map(|w| w[0].line.column).filter(|c| *c > 0).collect();
    columns.sort_unstable();
    let mut columns: Vec<u16> =
        columns.chunk_by(|a, b| a == b).filter(|c| c.len() > 1).map(|c| c[0]).collect();
    let second = rows.iter().filter(|r| r.line.column == 1 && begins(r)).count();
    if second > 1 && second * 4 < rows.len() && !columns.contains(&1) {
        columns.push(1);
    }
    columns
}

/// Whether a line begins in one of the columns where items begin that have lost their marks.
pub(super) fn loses_mark(line: &TextLine, columns: &[u16]) -> bool {
    columns.contains(&line.column) && !line.same_row && !is_item(&line.words[0].text)
}

/// Whether a word is a mark or a number.
fn is_item(word: &str) -> bool {
    is_mark(word) || word.ends_with('.') && paragraph_number(word).is_some()
}

/// Whether a line stands to the left of the lines above, after the end of a sentence, as a list item does that has
/// lost its mark.
pub(super) fn outdented(last: &Row, next: &Row) -> bool {
    let ended = last.line.words.last().is_some_and(|w| w.text.ends_with(['.', ':', ';']));
    let capital = next.line.words[0].text.starts_with(|c: char| c.is_uppercase());
    !next.line.same_row && capital && ended && next.line.column < last.line.column
}

/// The two cells of a table's row, as lines.
pub(super) type Cells<'a> = [Vec<Row<'a>>; 2];

/// The table of two columns that begins here, and how many lines it takes; a table has two rows at least.
pub(super) fn table<'a>(rows: &[Row<'a>], furniture: &[bool]) -> Option<(Vec<Cells<'a>>, usize)> {
    let mut table: Vec<Cells> = Vec::new();
    let mut column = None;
    let mut at = 0;
    while at < rows.len() {
        let end = paragraph_end(rows, furniture, at);
        let Some((more, second)) = cells(&rows[at..end], column) else { break };
        column = Some(second);
        table.extend(more);
        at = end;
    }
    (table.len() > 1).then_some((table, at))
}

/// Where the lines end that no blank line, page end or furniture divides.
fn paragraph_end(rows: &[Row], furniture: &[bool], from: usize) -> usize {
    (from..rows.len())
        .find(|i| {
            furniture[*i] || *i > from && (rows[*i].line.blank_before || rows[*i].page != rows[from].page)
        })
        .unwrap_or(rows.len())
}

/// The rows that some lines hold, with the second column's place; none where they are no table.
fn cells<'a>(rows: &[Row<'a>], column: Option<u16>) -> Option<(Vec<Cells<'a>>, u16)> {
    let second = rows.iter().find(|r| r.line.same_row)?.line.column;
    let here = |row: &Row| row.line.column.abs_diff(second) <= SAME_COLUMN;
    let left = rows[0].line.column;
    let wide = column.is_some_and(|c| c.abs_diff(second) > SAME_COLUMN) || second < left + 8;
    if wide || rows.iter().any(|r| is_mark(&r.line.words[0].text) && !here(r)) {
        return None;
    }
    let mut table: Vec<Cells> = Vec::new();
    for row in rows {
        let in_second = here(row);
        if !in_second && (row.line.same_row || length(row.line) > usize::from(second)) {
            return None;
        }
        if in_second {
            // A new row was begun, if at all, by the line's first cell.
            table.last_mut()?[1].push(*row);
            continue;
        }
        let next = rows.iter().find(|r| r.number == row.number + 1 && r.line.same_row);
        let complete = |lines: &[Row]| {
            let words: usize = lines.iter().map(|l| l.line.words.len()).sum();
            let last = lines.last().and_then(|l| l.line.words.last());
            words > 0 && (words <= SHORT_CELL || last.is_some_and(|w| w.text.ends_with(['.', ';'])))
        };
        let capital = |r: &Row| r.line.words[0].text.starts_with(char::is_uppercase);
        let begins = next.is_some_and(|n| capital(row) && capital(n));
        match table.last_mut() {
            Some(last) if !(begins && complete(&last[1])) => last[0].push(*row),
            _ => table.push([vec![*row], Vec::new()]),
        }
    }
    table.iter().all(|r| !r[0].is_empty() && !r[1].is_empty()).then_some((table, second))
}

/// A heading that has run into a line has no more words than this.
const HEADING_WORDS: usize = 22;

/// A line cut where a heading has run into it: at its start or after the end of a sentence, up to its end or to
/// a capital.
pub(super) fn cut_at_headings(line: Text, heading: &impl Fn(&str) -> bool) -> Vec<Text> {
    let text = line.as_str();
    let starts: Vec<usize> =
        std::iter::once(0).chain(text.match_indices(' ').map(|(at, _)| at + 1)).collect();
    if starts.len() < 3 || heading(text) {
        return vec![line];
    }
    for (k, from) in starts.iter().copied().enumerate() {
        let opens = k == 0 || text[..from].trim_end().ends_with(['.', '?', '!', ';']);
        if !opens || !text[from..].starts_with(char::is_uppercase) {
            continue;
        }
        for n in (1..=HEADING_WORDS.min(starts.len() - k)).rev() {
            let to = starts.get(k + n).map_or(text.len(), |at| at - 1);
            let after = text[to..].trim_start();
            let closes = after.is_empty() && k > 0
                || n > 1
                    && after.starts_with(|c: char| c.is_uppercase() || c.is_ascii_digit() || c == '\u{2022}');
            if closes && heading(&text[from..to]) {
                let mut parts = Vec::new();
                parts.extend((k > 0).then(|| line.slice(0..from)));
                parts.push(line.slice(from..to));
                if !after.is_empty() {
                    parts.extend(cut_at_headings(line.slice(to..text.len()), heading));
                }
                return parts;
            }
        }
    }
    vec![line]
}
