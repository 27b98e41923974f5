//! What the lengths and columns of lines show in a text file: where paragraphs end, list items, and tables.

use super::{Block, Role, Row, is_clear_mark, is_mark, paragraph_number};
use crate::cut::Cut;
use crate::grammar::ends_open;
use crate::text::{Text, TextLine};

/// How far apart the starts of cells in the same column may be, in characters.
const SAME_COLUMN: u16 = 3;
/// A cell with no more words than this may be complete without a full stop.
const SHORT_CELL: usize = 6;
/// A paragraph ends with a line that had room for the next word and this many characters more.
const ROOM: usize = 6;

/// The length of a full line; most lines of running text are full.
pub(super) fn width(rows: &[Row]) -> f32 {
    let mut lengths: Vec<usize> =
        rows.iter().filter(|r| r.line.words.len() > 6).map(|r| length(r.line)).collect();
    lengths.sort_unstable();
    lengths.get(lengths.len() * 9 / 10).map_or(0.0, |n| *n as f32)
}

fn length(line: &TextLine) -> usize {
    usize::from(line.column) + line.words.iter().map(|w| w.text.chars().count() + 1).sum::<usize>() - 1
}

/// At least this many items must show the pattern before it counts as the text's habit.
const APART: usize = 3;

/// Whether list items have a blank line after their first line: some programs treat the mark and the line beside it as
/// a separate block. Several items then continue in lower case after the blank line.
pub(super) fn first_lines_apart(rows: &[Row], width: f32) -> bool {
    let goes_on = |w: &&[Row]| {
        w[1].line.blank_before
            && w[1].line.words[0].text.starts_with(char::is_lowercase)
            && is_full_item(&w[0], &w[1], width)
    };
    rows.windows(2).filter(goes_on).nth(APART - 1).is_some()
}

/// Whether a line begins with a list mark and had no room for the next line's first word.
pub(super) fn is_full_item(item: &Row, next: &Row, width: f32) -> bool {
    let first = &next.line.words[0].text;
    let full = length(item.line) + 1 + first.chars().count() + ROOM >= width as usize;
    full && is_clear_mark(&item.line.words[0].text) && !is_item(first)
}

/// Whether a sentence ends with a line that had room for the next word: there a paragraph ends.
pub(super) fn ends_paragraph(last: &Row, next: &Row, width: f32) -> bool {
    let first = &next.line.words[0].text;
    let ended = last.line.words.last().is_some_and(|w| w.text.ends_with(['.', ':', ';', '?']));
    let room = length(last.line) + 1 + first.chars().count() + ROOM < width as usize;
    ended && room && first.starts_with(|c: char| c.is_uppercase()) && !next.line.same_row
}

/// The columns in which list items begin, if a text has lost all its list marks but kept the space after them. These
/// are columns one to the left of the following line, several times, or the second column, if far more lines do not
/// begin there.
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

/// Whether a line begins in one of the columns of [`lost_marks`].
pub(super) fn loses_mark(line: &TextLine, columns: &[u16]) -> bool {
    columns.contains(&line.column) && !line.same_row && !is_item(&line.words[0].text)
}

/// Whether a word is a list mark or a paragraph number.
fn is_item(word: &str) -> bool {
    is_mark(word) || word.ends_with('.') && paragraph_number(word).is_some()
}

/// Whether a line begins further left than the line above, after the end of a sentence, like a list item without its
/// mark.
pub(super) fn outdented(last: &Row, next: &Row) -> bool {
    let ended = last.line.words.last().is_some_and(|w| w.text.ends_with(['.', ':', ';']));
    let capital = next.line.words[0].text.starts_with(|c: char| c.is_uppercase());
    !next.line.same_row && capital && ended && next.line.column < last.line.column
}

/// The two cells of a table row, as lines.
pub(super) type Cells<'a> = [Vec<Row<'a>>; 2];

/// The two-column table that begins here and its number of lines. A table has at least two rows.
pub(super) fn table<'a>(rows: &[Row<'a>], furniture: &[bool]) -> Option<(Vec<Cells<'a>>, usize)> {
    let mut table: Vec<Cells> = Vec::new();
    let mut column = None;
    let mut at = 0;
    while at < rows.len() {
        let end = paragraph_end(rows, furniture, at);
        let Some((more, second)) = cells(rows.part(at..end), column) else { break };
        column = Some(second);
        table.extend(more);
        at = end;
    }
    (table.len() > 1).then_some((table, at))
}

/// The possible number of words in a title over a table.
const TITLE_WORDS: std::ops::RangeInclusive<usize> = 2..=8;

/// Whether this line is a title directly above a table's first row: a single line that neither ends a sentence nor
/// leaves one unfinished, before a row with two cells, all beginning with a capital.
pub(super) fn is_title_over_table(rows: &[Row]) -> bool {
    let [title, first, second, ..] = rows else { return false };
    let begins = |row: &Row| row.line.words[0].text.starts_with(char::is_uppercase);
    let row = !first.line.same_row && !first.line.blank_before && second.line.same_row;
    let last = title.line.words.last().map_or("", |w| w.text.as_str());
    let closed = !last.ends_with([',', '.', ';', ':']) && !ends_open(last, &["to", "for", "in", "on"]);
    row && closed
        && [title, first, second].into_iter().all(begins)
        && TITLE_WORDS.contains(&title.line.words.len())
}

/// The end of the lines that are not separated by a blank line, a page break or furniture.
fn paragraph_end(rows: &[Row], furniture: &[bool], from: usize) -> usize {
    (from..rows.len())
        .find(|i| {
            furniture[*i] || *i > from && (rows[*i].line.blank_before || rows[*i].page != rows[from].page)
        })
        .unwrap_or(rows.len())
}

/// The rows that these lines form, and the column of the second cells; `None` if they don't form a table.
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
            // The line's first cell has begun a new row, if this is one.
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

/// A line with more bytes than this may have swallowed others.
const LONG: usize = 60;

/// Cuts a long line where other lines begin in it.
pub(super) fn cut_at(line: Text, starts: &impl Fn(&str) -> Vec<usize>) -> Vec<Text> {
    let len = line.as_str().len();
    if len <= LONG {
        return vec![line];
    }
    let cuts: Vec<usize> = starts(line.as_str()).into_iter().filter(|at| (1..len).contains(at)).collect();
    let from = std::iter::once(0).chain(cuts.iter().copied());
    let to = cuts.iter().copied().chain([len]);
    from.zip(to).map(|(a, b)| line.slice(a..b)).filter(|t| !t.is_empty()).collect()
}

/// At least this many consecutive letterhead lines are a text box.
const BOX_LINES: usize = 3;

/// Separates a block from a text box between its lines. The box becomes furniture.
pub(super) fn without_boxes(block: Block, letterhead: &impl Fn(&str) -> bool) -> Vec<Block> {
    let lines = block.text.lines();
    let of_box: Vec<bool> = lines.iter().map(|l| letterhead(l.as_str())).collect();
    let runs: Vec<&[bool]> = of_box.chunk_by(|a, b| a == b).collect();
    if !runs.iter().any(|run| run[0] && run.len() >= BOX_LINES) {
        return vec![block];
    }
    let mut out: Vec<Block> = Vec::new();
    let mut at = 0;
    for run in runs {
        let text = Text::join(lines.part(at..at + run.len()), " ");
        let boxed = run[0] && run.len() >= BOX_LINES;
        let role = if boxed { Role::Furniture } else { block.role };
        at += run.len();
        match out.last_mut().filter(|last| last.role == role) {
            Some(last) => {
                last.words += text.origins().len() as u32;
                last.text.push_text(" ", &text);
            }
            None => {
                let first = out.is_empty();
                let words = text.origins().len() as u32;
                let number = block.number.filter(|_| first);
                let mark = block.mark.filter(|_| first);
                out.push(Block { role, words, page: text.page(), text, number, mark, ..block.clone() });
            }
        }
    }
    // The first part also counts marks, numbers and words that are not in the text.
    let counted: u32 = out.iter().map(|b| b.words).sum();
    if let Some(first) = out.first_mut() {
        first.words += block.words.saturating_sub(counted);
    }
    out
}

/// How far below its column of numbers a paragraph may be, in blocks.
const NUMBERED_WITHIN: usize = 60;

/// Returns paragraph numbers to the paragraphs below them, if a column of numbers was extracted separately from its
/// paragraphs.
pub(super) fn give_numbers_back(blocks: &mut Vec<Block>) {
    let bare = |b: &Block| b.role == Role::Paragraph && b.number.is_some() && b.text.is_empty();
    let mut at = 0;
    while at < blocks.len() {
        let run = blocks.tail(at).iter().take_while(|b| bare(b)).count();
        if run < 2 {
            at += 1;
            continue;
        }
        let fits = |b: &Block| {
            let text = b.text.as_str();
            b.role == Role::Paragraph && b.number.is_none() && text.starts_with(|c: char| !c.is_lowercase())
        };
        let below = (at + run..blocks.len()).take(NUMBERED_WITHIN).filter(|i| fits(&blocks[*i]));
        let below: Vec<usize> = below.take(run).collect();
        if below.len() < run {
            at += run;
            continue;
        }
        for (n, to) in below.into_iter().enumerate() {
            let words = blocks[at + n].words;
            blocks[to].number = blocks[at + n].number;
            blocks[to].words += words;
        }
        blocks.drain(at..at + run);
    }
}

/// The most words of a heading that has run into a line.
const HEADING_WORDS: usize = 22;

/// A value behind a label has no more words than this: "Requires improvement to be good."
const VALUE_WORDS: usize = 5;

/// Cuts a line where a heading has run into it. A heading begins the line or follows a sentence, and extends to the end
/// of the line or to a capital or a digit.
pub(super) fn cut_at_headings(line: Text, heading: &impl Fn(&str) -> bool) -> Vec<Text> {
    let text = line.as_str();
    // "Recommendations 137.": the number belongs to the paragraph below.
    let numbered =
        text.rsplit_once(' ').filter(|(_, last)| last.ends_with('.') && paragraph_number(last).is_some());
    if let Some((before, _)) = numbered.filter(|(before, _)| heading(before)) {
        return vec![line.slice(0..before.len()), line.slice(before.len() + 1..text.len())];
    }
    let starts: Vec<usize> =
        std::iter::once(0).chain(text.match_indices(' ').map(|(at, _)| at + 1)).collect();
    if starts.len() < 3 || heading(text) {
        return vec![line];
    }
    for (k, from) in starts.iter().copied().enumerate() {
        let opens = k == 0 || text.head(from).trim_end().ends_with(['.', '?', '!', ';']);
        if !opens || !text.tail(from).starts_with(char::is_uppercase) {
            continue;
        }
        for n in (1..=HEADING_WORDS.min(starts.len() - k)).rev() {
            let to = starts.get(k + n).map_or(text.len(), |at| at - 1);
            let after = text.tail(to).trim_start();
            let last = text.part(starts[k + n - 1]..to);
            // "The LSCB" before a capital is not a heading but begins a sentence: "The LSCB Chair has …".
            let told = n > 2 || n == 2 && last.starts_with(char::is_lowercase);
            let closes = after.is_empty() && k > 0
                || told
                    && after.starts_with(|c: char| c.is_uppercase() || c.is_ascii_digit() || c == '\u{2022}');
            // "Leadership, management and governance: Inadequate.": a line of a list of what was judged.
            let labels =
                last.ends_with(':') && after.ends_with('.') && after.split(' ').count() <= VALUE_WORDS;
            if closes && !labels && heading(text.part(from..to)) {
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

#[cfg(test)]
mod tests {
    use crate::outline::{Outline, Role};
    use crate::text::plain;

    #[test]
    fn a_label_with_its_value_is_no_heading() {
        let cut = |line: &str| {
            let mut text = crate::text::Text::default();
            for (i, word) in line.split(' ').enumerate() {
                let word = crate::text::Word { text: word.into(), ..crate::text::Word::default() };
                text.push_word(1, 0, i as u32, &word, false);
            }
            let heading = |line: &str| line.starts_with("Leadership and governance") && line.len() < 28;
            super::cut_at_headings(text, &heading).len()
        };
        assert_eq!(cut("Leadership and governance: Inadequate."), 1);
        assert_eq!(cut("Leadership and governance: Leaders know their services, and use what they know."), 2);
    }

    fn bullets(text: &str) -> Vec<String> {
        let blocks = Outline::build(&plain::read(text)).blocks;
        let bullets = blocks.iter().filter(|b| matches!(b.role, Role::Bullet(_)));
        bullets.map(|b| b.text.as_str().to_owned()).collect()
    }

    #[test]
    fn a_blank_after_the_first_line_of_an_item_ends_it_only_where_that_is_not_how_items_look() {
        let item = "\u{2022} Leaders know their services well, and what they know they use to help\n\nchildren and families sooner.\n\n";
        let sentence = "\u{2022} Schools tell the council at once when they have a reason for concern.\n\nTeachers know whom to tell, and what comes of it is told to them.\n\n";
        let apart = bullets(&format!("{}{sentence}", item.repeat(3)));
        assert_eq!(apart.len(), 4);
        assert!(apart[3].ends_with("told to them."), "{apart:?}");
        let usual = item.replace("help\n\n", "help\n");
        assert!(bullets(&format!("{}{sentence}", usual.repeat(3)))[3].ends_with("concern."));
    }

    #[test]
    fn a_title_may_stand_right_above_its_table() {
        let blocks = |text: &str| {
            let blocks = Outline::build(&plain::read(text)).blocks;
            blocks.into_iter().map(|b| (b.role, b.rows.len())).collect::<Vec<_>>()
        };
        let rows = "Ofsted                        Care Quality Commission\nAnn Lee, HMI                  Jo Kay, Inspector\n";
        assert_eq!(blocks(&format!("Inspection team\n{rows}")), [(Role::Heading(1), 0), (Role::Table, 2)]);
        let wrapped = "The experiences and progress of\nchildren in care                        Good\nOverall                                 Good\n";
        assert_eq!(blocks(wrapped), [(Role::Table, 2)]);
    }

    #[test]
    fn a_heading_leaves_the_number_of_the_paragraph_below() {
        let cut = |line: &str| {
            let text = Outline::build(&plain::read(line)).blocks[0].text.clone();
            let heading = |text: &str| text == "Recommendations";
            super::cut_at_headings(text, &heading).iter().map(|t| t.as_str().to_owned()).collect::<Vec<_>>()
        };
        assert_eq!(cut("Recommendations 137."), ["Recommendations", "137."]);
        assert_eq!(cut("Appendix 137."), ["Appendix 137."]);
    }
}
