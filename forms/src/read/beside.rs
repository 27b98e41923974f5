//! Values beside their labels in rows.

use findings_core::text::Text;

use super::view::{Line, View, is_any};
use super::wrapped::{EDGE, first, last};
use crate::model::Phrases;

/// How many lines a value may go on over.
const LINES: usize = 4;

/// The value beside a label in a row, with the lines below that continue it.
pub(super) fn value(view: &View, i: usize, end: usize, phrases: &Phrases, labels: &[String]) -> Option<Text> {
    Some(continued(view, i, end, cells(&view.lines[i], phrases, labels)?))
}

/// The value of a row with the lines below that continue it: they begin at its left edge, and nothing is beside them.
fn continued(view: &View, i: usize, end: usize, mut value: Text) -> Text {
    let Some((_, left)) = first(&value) else { return value };
    let label = view.lines[i].cells.first().and_then(first);
    if label.is_none_or(|(_, label)| left.x0 < label.x1) {
        return value;
    }
    for line in view.lines[..end].iter().skip(i + 1).take(LINES).take_while(|line| line.cells.is_empty()) {
        let (Some((page, own)), Some((above, over))) = (first(&line.text), last(&value)) else { break };
        let height = over.bottom - over.top;
        let near = own.top > over.top && own.top - over.bottom < height;
        if page != above || !near || (own.x0 - left.x0).abs() > EDGE {
            break;
        }
        view.take(&line.text);
        value.push_text(" ", &line.text);
    }
    value
}

/// The first line of a cell, if a sentence below it explains it; empty for other cells, whose label may go on.
pub(crate) fn first_line(cell: &Text) -> &str {
    const SENTENCE: usize = 3;
    let lines = cell.lines();
    let first = lines.first().map_or("", Text::as_str);
    let rest = cell.as_str().get(first.len()..).unwrap_or_default().trim();
    let explains = rest.ends_with('.') && rest.starts_with(char::is_uppercase);
    match explains && !first.ends_with(':') && rest.split_whitespace().count() >= SENTENCE {
        true => cell.as_str().get(..first.len()).unwrap_or_default(),
        false => "",
    }
}

/// The cells beside a label, up to the next label of the row.
fn cells(line: &Line, phrases: &Phrases, labels: &[String]) -> Option<Text> {
    // Below its label a cell may explain it.
    let labelled = |c: &Text| is_any(c.as_str(), phrases) || is_any(first_line(c), phrases);
    let at = line.cells.iter().position(labelled)?;
    let beside = &line.cells[at + 1..];
    let next = beside.iter().position(|cell| is_any(cell.as_str(), labels));
    let end = next.filter(|end| *end > 0).unwrap_or(beside.len());
    Some(Text::join(&beside[..end], " "))
}

#[cfg(test)]
mod tests {
    use super::*;
    use findings_core::text::Word;

    #[test]
    fn a_label_may_be_the_first_line_of_its_cell() {
        let mut cell = Text::default();
        for (line, word) in [(1, "Safe?"), (2, "It"), (2, "is"), (2, "so.")] {
            cell.push_word(1, line, line, &Word { text: word.into(), ..Word::default() }, false);
        }
        assert_eq!((first_line(&cell), first_line(&cell.slice(0..5))), ("Safe?", ""));
        cell.push_word(1, 3, 3, &Word { text: "Water".into(), ..Word::default() }, false);
        assert_eq!(first_line(&cell), "", "the label goes on");
    }
}
