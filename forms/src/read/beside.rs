//! Values beside their labels in rows.

use std::cell::RefCell;

use findings_core::text::Text;

use super::places::{Labels, Until, is_labelled};
use super::view::{Line, View, is_any};
use super::wrapped::{EDGE, first, last};
use crate::model::Phrases;

/// How many lines a value may go on over.
const LINES: usize = 4;

/// The value beside a label in a row, with the lines below that continue it.
pub(super) fn value(
    view: &View,
    i: usize,
    end: usize,
    phrases: &Phrases,
    labels: Labels,
    until: Until,
    unsure: &RefCell<Option<Text>>,
) -> Option<Text> {
    let row = &view.lines[i];
    let mut value = cells(row, phrases, labels.rows, until)?;
    let below = continuation(row, &view.lines[i + 1..end], &value, until);
    for line in &below[..below.len().min(LINES)] {
        view.take(&line.text);
        value.push_text(" ", &line.text);
    }
    if let Some(line) = below.get(LINES) {
        unsure.replace(Some(line.text.clone()));
    }
    Some(value)
}

/// The lines below a row that continue its value: they begin at its left edge, nothing is beside them, and they are neither headings
/// nor labelled.
fn continuation<'l>(row: &Line, below: &'l [Line], value: &Text, until: Until) -> &'l [Line] {
    let label = row.cells.first().and_then(first);
    let left = first(value).zip(label).map(|((_, own), (_, label))| (own.x0, label.x1));
    let Some((left, _)) = left.filter(|(own, label)| own >= label) else { return &[] };
    let mut above = last(value);
    let goes_on = |line: &&Line| {
        let places = first(&line.text).zip(above);
        above = last(&line.text);
        places.is_some_and(|((page, own), (page_above, over))| {
            let near = own.top > over.top && own.top - over.bottom < over.bottom - over.top;
            page == page_above && near && (own.x0 - left).abs() <= EDGE
        })
    };
    let of_value = |line: &&Line| {
        line.cells.is_empty() && line.heading.is_none() && !is_labelled(line.text.as_str(), until)
    };
    &below[..below.iter().take_while(of_value).take_while(goes_on).count()]
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

/// The cells beside a label, up to the next label of the row or to what ends the value.
fn cells(line: &Line, phrases: &Phrases, labels: &[String], until: Until) -> Option<Text> {
    // Below its label a cell may explain it.
    let labelled = |c: &Text| is_any(c.as_str(), phrases) || is_any(first_line(c), phrases);
    let at = line.cells.iter().position(labelled)?;
    let beside = &line.cells[at + 1..];
    let ends = |cell: &Text| is_any(cell.as_str(), labels) || until.stops(cell.as_str());
    let next = beside.iter().position(ends);
    let end = next.filter(|end| *end > 0).unwrap_or(beside.len());
    Some(Text::join(&beside[..end], " "))
}

#[cfg(test)]
mod tests {
    use super::super::wrapped::tests::{line, text};
    use super::*;
    use findings_core::text::Word;

    #[test]
    fn what_goes_on_at_the_left_edge_of_a_value_belongs_to_it() {
        let row = line(vec![text(1, 50.0, 100.0, "Address"), text(1, 150.0, 100.0, "4 Weir Lane")]);
        let until = Until::of(&[]);
        let count = |below: &[(f32, f32, &str)]| {
            let lines: Vec<Line> =
                below.iter().map(|(left, top, words)| line(vec![text(1, *left, *top, words)])).collect();
            continuation(&row, &lines, &row.cells[1], until).len()
        };
        assert_eq!(count(&[(150.0, 112.0, "Lowmere"), (150.0, 124.0, "ZZ4 1AB")]), 2);
        assert_eq!(count(&[(150.0, 112.0, "Lowmere"), (150.0, 124.0, "Telephone: 01234 567 890")]), 1);
        assert_eq!(count(&[(50.0, 112.0, "Telephone"), (150.0, 124.0, "Lowmere")]), 0);
        assert_eq!(count(&[(150.0, 140.0, "What we found")]), 0);
    }

    #[test]
    fn what_a_file_names_ends_the_cells_of_a_value() {
        let words = [(50.0, "Home"), (150.0, "Weir House"), (320.0, "Licence 4411")];
        let row = line(words.map(|(left, words)| text(1, left, 100.0, words)).to_vec());
        let read = |anywhere: &[String]| {
            let until = Until::of(&[]).or(anywhere);
            cells(&row, &Phrases::one("Home"), &[], until).map(|t| t.as_str().to_owned())
        };
        assert_eq!(read(&["Licence".into()]).as_deref(), Some("Weir House"));
        assert_eq!(read(&[]).as_deref(), Some("Weir House Licence 4411"));
    }

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
