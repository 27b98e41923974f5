//! Rows of plain text, by the character columns in which their cells begin.

use std::ops::Range;

use findings_core::grammar::ends_open;
use findings_core::grammar::label::is_label;
use findings_core::text::{Text, TextLayer, TextLine};

use super::view::Line;

/// How far from its column's start a cell may begin, in characters.
const SAME: u16 = 1;
/// How far to the left a cell may have moved to make room for the one before it.
const SHIFTED: u16 = 5;
/// The least space between two cells, in characters.
const BETWEEN: usize = 3;
/// A cell with this many words may be a sentence that continues with a capital.
const LONG: usize = 4;
/// Words that can't end a cell, in addition to those that can't end a sentence.
const JOINING: &[&str] = &["&", "for", "in", "on", "to", "your"];

/// What identifies cells that are too close to tell apart.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Known<'k> {
    /// Labels of rows.
    pub labels: &'k [String],
    /// Values in cells: grades.
    pub values: &'k [String],
}

/// Joins lines that are beside each other into rows, splits cells that are too close, joins cells with their continuation on the
/// lines below, and leaves gaps for empty cells.
pub(super) fn arrange(lines: Vec<Line>, layer: &TextLayer, known: Known) -> Vec<Line> {
    let source = Source::of(layer);
    let mut close = unframed(source.beside(lines));
    source.part(&mut close, known.labels);
    source.part_values(&mut close, known.values);
    let mut rows: Vec<Line> = Vec::with_capacity(close.len());
    for line in close {
        match rows.last_mut().and_then(|row| Some((source.goes_on(row, &line)?, row))) {
            Some((columns, row)) => {
                row.text.push_text(" ", &line.text);
                for (at, part) in columns.into_iter().zip(parts(&line)) {
                    row.cells[at].push_text(" ", part);
                }
            }
            None => rows.push(line),
        }
    }
    rows.chunk_by_mut(|a, b| source.follows(a, b)).for_each(|table| source.leave_places(table));
    rows
}

/// Lines without the frame that is drawn around them with characters: "| Reg. no: 12 |" between "+-----+".
fn unframed(lines: Vec<Line>) -> Vec<Line> {
    const SIDES: &[char] = &['|', '¦', '│', '║'];
    let is_framed = |line: &Line| {
        let s = line.text.as_str();
        s.len() > 1 && s.starts_with(SIDES) && s.ends_with(SIDES)
    };
    if lines.iter().filter(|l| is_framed(l)).count() < 2 {
        return lines;
    }
    let is_rule = |line: &Line| line.text.as_str().chars().all(|c| "+-=_|¦│║─═┌┐└┘├┤┬┴┼╔╗╚╝ ".contains(c));
    let bare = |text: &Text| {
        let s = text.as_str();
        let start = s.len() - s.trim_start_matches(SIDES).len();
        text.slice(start..s.trim_end_matches(SIDES).len().max(start))
    };
    let without = |line: Line| match is_framed(&line) {
        true => {
            let mut cells: Vec<Text> = parts(&line).iter().flat_map(|part| split(part, SIDES)).collect();
            cells.retain(|cell| !cell.is_empty());
            let text = bare(&line.text);
            Line { text, cells: if cells.len() > 1 { cells } else { Vec::new() }, ..line }
        }
        false => line,
    };
    lines.into_iter().filter(|l| !is_rule(l)).map(without).collect()
}

/// A text split at some characters.
fn split(text: &Text, at: &[char]) -> Vec<Text> {
    let s = text.as_str();
    let mut starts = vec![0];
    starts.extend(s.match_indices(at).map(|(at, sign)| at + sign.len()));
    let ends = s.match_indices(at).map(|(at, _)| at).chain([s.len()]);
    starts.into_iter().zip(ends).map(|(start, end)| text.slice(start..end)).collect()
}

/// The cells of a line, or the whole line.
fn parts(line: &Line) -> &[Text] {
    if line.cells.is_empty() { std::slice::from_ref(&line.text) } else { &line.cells }
}

/// The number of the line on which a text begins.
fn first_number(text: &Text) -> Option<usize> {
    text.origins().first().map(|o| o.line as usize)
}

/// The number of the line on which a text ends.
fn last_number(text: &Text) -> Option<usize> {
    text.origins().last().map(|o| o.line as usize)
}

/// The lines of a file, by number.
struct Source<'l> {
    lines: Vec<&'l TextLine>,
    /// The width of the longest line.
    width: usize,
}

impl<'l> Source<'l> {
    fn of(layer: &'l TextLayer) -> Source<'l> {
        let lines: Vec<&TextLine> = layer.pages.iter().flat_map(|p| &p.lines).collect();
        let width = lines.iter().map(|l| end_of(l)).max().unwrap_or_default();
        Source { lines, width }
    }

    fn first(&self, text: &Text) -> Option<&TextLine> {
        self.lines.get(first_number(text)?).copied()
    }

    fn last(&self, text: &Text) -> Option<&TextLine> {
        self.lines.get(last_number(text)?).copied()
    }

    /// Joins lines that are beside each other into one, each as a cell.
    fn beside(&self, lines: Vec<Line>) -> Vec<Line> {
        let mut rows: Vec<Line> = Vec::with_capacity(lines.len());
        for line in lines {
            let beside = |last: &&mut Line| {
                let stands = self.first(&line.text).is_some_and(|l| l.same_row) && line.cells.is_empty();
                stands && first_number(&line.text) == last_number(&last.text).map(|n| n + 1)
            };
            match rows.last_mut().filter(beside) {
                Some(last) => {
                    if last.cells.is_empty() {
                        last.cells.push(last.text.clone());
                    }
                    last.text.push_text(" ", &line.text);
                    last.cells.push(line.text);
                    last.heading = None;
                }
                None => rows.push(line),
            }
        }
        rows
    }

    /// Whether a line is directly below another, without a blank line between them.
    fn follows(&self, above: &Line, line: &Line) -> bool {
        let next = first_number(&line.text) == last_number(&above.text).map(|n| n + 1);
        next && line.heading.is_none() && self.first(&line.text).is_some_and(|l| !l.blank_before)
    }

    /// The cells of a row that the next line continues. Each part of that line must begin below a cell, and either in lower case,
    /// or below a cell that ends in "and" or the like, or below a long cell that had no room for its first word. Any other text
    /// with a capital below the first cell is a new row. A line with nothing below the first cell is not a row if it has a single
    /// part, or begins in lower case below a capital.
    fn goes_on(&self, row: &Line, line: &Line) -> Option<Vec<usize>> {
        let parts = parts(line);
        let small = |part: &Text| part.as_str().starts_with(|c: char| c.is_lowercase() || c.is_ascii_digit());
        let whole = || parts.len() == row.cells.len() && parts.len() > 2 && parts.iter().all(small);
        let fewer = parts.len() < row.cells.len();
        if row.cells.len() < 2 || !(fewer || whole()) || !self.follows(row, line) {
            return None;
        }
        let columns = self.columns(row, parts)?;
        let goes_on = |(at, part): (&usize, &Text)| {
            let (cell, text) = (row.cells[*at].as_str(), part.as_str());
            let first = text.split_whitespace().next().unwrap_or_default();
            let has_words = |n: usize| cell.split_whitespace().nth(n - 1).is_some();
            let full = || *at > 0 && has_words(LONG) && self.is_full(row, *at, first);
            let open = *at > 0 || !cell.ends_with(':'); // a label is whole with its colon
            open && (text.starts_with(char::is_lowercase) && has_words(2)
                || ends_open(cell, JOINING)
                || full())
        };
        let no_row = || {
            let (at, text) = (*columns.first()?, parts.first()?.as_str());
            let below = row.cells[at].as_str().starts_with(char::is_uppercase);
            let lower = below && text.starts_with(char::is_lowercase);
            Some(at > 0 && parts.len() == 1 || (at > 0 || !fewer) && lower)
        };
        let joins = no_row().unwrap_or_default() || columns.iter().zip(parts).all(goes_on);
        joins.then_some(columns)
    }

    /// The column in which a text begins.
    fn column(&self, text: &Text) -> Option<u16> {
        let begin = text.origins().first()?;
        let line = self.lines.get(begin.line as usize)?;
        let before =
            line.words.iter().take(begin.word as usize).map(|w| w.text.chars().count() + 1).sum::<usize>();
        Some(line.column.saturating_add(u16::try_from(before).unwrap_or(u16::MAX)))
    }

    /// Splits cells at labels of rows: "Weir Lane Works Licence" is two cells if "Licence" is a label that has no cell of its own
    /// anywhere and occurs once, and the row has fewer cells than one near it. The label must end its cell or, if it begins one,
    /// have its value where cells of other rows begin: "Licence office" does not.
    fn part(&self, rows: &mut [Line], labels: &[String]) {
        let mut labels: Vec<&str> = labels.iter().map(|l| l.trim_end_matches(':')).collect();
        labels.sort_by_key(|label| std::cmp::Reverse(label.len()));
        let has_cell =
            |label: &str| rows.iter().flat_map(|row| &row.cells).any(|c| is_label(c.as_str(), label));
        labels.retain(|label| !has_cell(label));
        // For each row with fewer cells than one near it, the columns of those.
        let mut short: Vec<Vec<u16>> = Vec::with_capacity(rows.len());
        for run in rows.chunk_by(|a, b| self.follows(a, b)) {
            let most = run.iter().map(|row| row.cells.len()).max().unwrap_or_default();
            let cells = run.iter().flat_map(|row| row.cells.iter().skip(1));
            let columns: Vec<u16> = cells.filter_map(|cell| self.column(cell)).collect();
            short.extend(
                run.iter().map(|row| if row.cells.len() < most { columns.clone() } else { Vec::new() }),
            );
        }
        for label in labels {
            let mut found =
                rows.iter().zip(&short).enumerate().filter(|(_, (_, columns))| !columns.is_empty()).flat_map(
                    |(row, (line, _))| {
                        let at = |(cell, text): (usize, &Text)| {
                            Some((row, cell, word_range(text.as_str(), label)?))
                        };
                        parts(line).iter().enumerate().filter_map(at).collect::<Vec<_>>()
                    },
                );
            let Some((row, cell, range)) = found.next().filter(|_| found.next().is_none()) else { continue };
            let mut cells = parts(&rows[row]).to_vec();
            let whole = cells[cell].clone();
            let value = whole.slice(range.end..whole.as_str().len());
            let below = |column: u16| short[row].iter().any(|c| c.abs_diff(column) <= SAME);
            let stands = match range.start {
                0 => self.column(&value).is_some_and(below),
                _ => value.is_empty() && cell + 1 < cells.len(),
            };
            if stands {
                let pieces = [whole.slice(0..range.start), whole.slice(range), value];
                cells.splice(cell..=cell, pieces.into_iter().filter(|t| !t.is_empty()));
                rows[row].cells = cells;
            }
        }
    }

    /// The cells of a row that some texts are below, from the left.
    fn columns(&self, row: &Line, parts: &[Text]) -> Option<Vec<usize>> {
        let mut cells = row.cells.iter().enumerate();
        let mut below = |part: &Text| {
            let column = self.column(part)?;
            let same = |cell: &Text| self.column(cell).is_some_and(|c| c.abs_diff(column) <= SAME);
            cells.find(|(_, cell)| same(cell)).map(|(at, _)| at)
        };
        parts.iter().map(&mut below).collect()
    }

    /// Splits cells that end with a value, if the row has fewer cells than one near it and a cell of that one begins about there.
    fn part_values(&self, rows: &mut [Line], values: &[String]) {
        for run in rows.chunk_by_mut(|a, b| self.follows(a, b)) {
            let Some(widest) = run.iter().max_by_key(|row| row.cells.len()).cloned() else { continue };
            let columns: Vec<u16> =
                widest.cells.iter().skip(1).filter_map(|cell| self.column(cell)).collect();
            for row in run.iter_mut().filter(|row| (2..widest.cells.len()).contains(&row.cells.len())) {
                let ends = row.cells.iter().enumerate().filter_map(|(at, cell)| {
                    let start = values.iter().filter_map(|value| last_words(cell.as_str(), value)).min()?;
                    let value = cell.slice(start..cell.as_str().len());
                    let column = self.column(&value)?;
                    let near = columns.iter().any(|c| c.abs_diff(column) <= SHIFTED);
                    near.then(|| (at, [cell.slice(0..start), value]))
                });
                let mut ends: Vec<_> = ends.collect();
                if let (Some((at, two)), true) = (ends.pop(), ends.is_empty()) {
                    row.cells.splice(at..=at, two);
                }
            }
        }
    }

    /// Whether a word had no room after a cell: before the next cell or, in the last column, within the longest line of the file.
    fn is_full(&self, row: &Line, cell: usize, word: &str) -> bool {
        let end = self.last(&row.cells[cell]).map_or(0, end_of);
        let next = row.cells.get(cell + 1).and_then(|next| self.column(next));
        let room = match next {
            Some(next) => usize::from(next).saturating_sub(BETWEEN),
            None => self.width,
        };
        end + 1 + word.chars().count() > room
    }

    /// Gives rows with empty cells as many as the widest row near them, if their cells are below cells of that row.
    fn leave_places(&self, table: &mut [Line]) {
        let Some(widest) = table.iter().max_by_key(|row| row.cells.len()).cloned() else { return };
        for row in table.iter_mut().filter(|row| (2..widest.cells.len()).contains(&row.cells.len())) {
            let Some(columns) = self.columns(&widest, &row.cells) else { continue };
            let mut cells = vec![Text::default(); widest.cells.len()];
            for (at, cell) in columns.into_iter().zip(std::mem::take(&mut row.cells)) {
                cells[at] = cell;
            }
            row.cells = cells;
        }
    }
}

/// Where a value begins that ends a text, after other words.
fn last_words(text: &str, value: &str) -> Option<usize> {
    let start = text.len().checked_sub(value.len()).filter(|start| text.is_char_boundary(*start))?;
    let (before, last) = text.split_at(start);
    let is_value = last.eq_ignore_ascii_case(value) && !last.starts_with(char::is_lowercase);
    (is_value && before.ends_with(' ')).then_some(start)
}

/// The range of a label in a text, as whole words and in the same case.
fn word_range(text: &str, label: &str) -> Option<Range<usize>> {
    let apart = |c: Option<char>| c.is_none_or(|c| c.is_whitespace() || c == ':');
    let whole = |at: &usize| {
        apart(text[..*at].chars().next_back()) && apart(text[*at + label.len()..].chars().next())
    };
    let at = text.match_indices(label).map(|(at, _)| at).find(whole).filter(|_| !label.is_empty())?;
    let colon = text[at + label.len()..].starts_with(':');
    Some(at..at + label.len() + usize::from(colon))
}

/// The column after a line's last character.
fn end_of(line: &TextLine) -> usize {
    let words = line.words.iter().map(|w| w.text.chars().count() + 1).sum::<usize>();
    usize::from(line.column) + words.saturating_sub(1)
}

#[cfg(test)]
mod tests {
    use findings_core::plugin;
    use insta::assert_snapshot;

    use crate::read::view::View;

    fn shown(text: &str) -> String {
        let document = plugin::document("a.txt", text.as_bytes()).unwrap();
        let view = View::of(&document, super::Known::default());
        let cells = |cells: &[findings_core::text::Text]| {
            cells.iter().map(|c| c.as_str().to_owned()).collect::<Vec<_>>().join(" | ")
        };
        let line =
            |l: &super::Line| if l.cells.is_empty() { l.text.as_str().to_owned() } else { cells(&l.cells) };
        view.lines.iter().map(line).collect::<Vec<_>>().join("\n")
    }

    #[test]
    fn cells_go_on_below_and_empty_ones_keep_their_places() {
        assert_snapshot!(shown("Letter of the Board

Aspect            Grade      What we saw
Fire doors and    Sound      All doors closed and were
escape routes                labelled in both languages.
Records                      None could be shown.
Medicines         Weak       Two boxes stood open when
                             Ann Lee came.

We will come again.
"), @r"
        Letter of the Board
        Aspect | Grade | What we saw
        Fire doors and escape routes | Sound | All doors closed and were labelled in both languages.
        Records |  | None could be shown.
        Medicines | Weak | Two boxes stood open when Ann Lee came.
        We will come again.
        ");
    }

    #[test]
    fn a_cell_that_ends_in_and_goes_on_with_a_capital() {
        assert_snapshot!(shown("Standard      Result      Remarks
Feeding and   Partly met  Bowls not clean
Water
Staff         Met         In good order
Kennels
Housing       Not met     No plan for
                          Outbreaks
"), @r"
        Standard | Result | Remarks
        Feeding and Water | Partly met | Bowls not clean
        Staff | Met | In good order
        Kennels
        Housing | Not met | No plan for Outbreaks
        ");
    }

    #[test]
    fn a_row_that_lacks_its_first_cell_is_no_end_of_the_row_above() {
        assert_snapshot!(shown("Area          Standard                      Outcome
Care          Storage of medicines          Met
              Records of doses              Not met
Safety        Fire                          Met
"), @r"
        Area | Standard | Outcome
        Care | Storage of medicines | Met
         | Records of doses | Not met
        Safety | Fire | Met
        ");
    }
}
