//! Values above and below their labels.

use findings_core::grammar::label::label;
use findings_core::text::Text;

use super::places::{ANY_END, Until, cut};
use super::view::{Line, View, begins, is_any};
use crate::model::Place;

/// The text below a line that is a label, or that begins with one ending in "…".
pub(super) fn below(view: &View, i: usize, end: usize, place: &Place, until: Until) -> Option<Text> {
    let line = view.lines[i].text.as_str();
    let is_label = |phrase: &String| match phrase.strip_suffix(ANY_END) {
        Some(begin) => label(begin.trim_end())(line).is_ok(),
        None => is_any(line, [phrase]),
    };
    if let Some(cell) = view.lines[i].cells.iter().position(|cell| is_any(cell.as_str(), &place.below)) {
        let next = view.lines[..end].get(i + 1)?;
        return cell_under(&view.lines[i], cell, next).filter(|value| !until.is_label(value.as_str()));
    }
    let below = view.lines[..end].get(i + 1..).filter(|_| place.below.iter().any(is_label))?;
    let first = below.first()?;
    if first.cells.len() > 1 && !place.block {
        return under_edge(&view.lines[i].text, first);
    }
    let most = usize::from(place.lines.unwrap_or(1));
    // Text below another label belongs to that one.
    let ends = |(n, line): (usize, &Line)| match place.block {
        true => line.block != first.block,
        false => n >= most || n > 0 && until.is_label_of_more(line.text.as_str()),
    };
    let to = below.iter().enumerate().position(ends).unwrap_or(below.len());
    Some(Text::join(below[..to].iter().map(|l| &l.text), " "))
}

/// The cell below a cell of a row: the one in its column.
fn cell_under(row: &Line, cell: usize, next: &Line) -> Option<Text> {
    match next.cells.len() {
        n if n == row.cells.len() => next.cells.get(cell).cloned(),
        0 if cell == 0 && edge(&next.text).is_none() => Some(next.text.clone()),
        0 => under_edge(&row.cells[cell], next),
        _ => under_edge(&row.cells[cell], next),
    }
    .filter(|text| !text.is_empty())
}

/// The cell of a row, or the line, that begins where the text above it does; the first cell where a page does not tell.
fn under_edge(label: &Text, next: &Line) -> Option<Text> {
    let cells = if next.cells.is_empty() { std::slice::from_ref(&next.text) } else { &next.cells };
    let Some(x) = edge(label) else { return cells.first().cloned() };
    let near = |cell: &&Text| edge(cell).is_some_and(|edge| (edge - x).abs() < INDENT);
    cells.iter().find(near).cloned()
}

/// How far apart the left edges of a label and its value below may be, in points.
const INDENT: f32 = 12.0;

/// The left edge of a text on its page.
fn edge(text: &Text) -> Option<f32> {
    Some(text.origins().first()?.bbox?.x0)
}

/// The text above a line that begins with a label.
pub(super) fn above(view: &View, i: usize, start: usize, place: &Place, until: Until) -> Option<Text> {
    let block = |last: &Line| view.lines[start..i].iter().rev().take_while(|l| l.block == last.block).count();
    let most = match view.lines[start..i].last().filter(|_| place.block) {
        Some(last) => block(last),
        None => usize::from(place.lines.unwrap_or(1)),
    };
    let line = &view.lines[i].text;
    if begins(line.as_str(), &place.above).is_none() {
        // A name with the post below may have been taken for a heading of two lines.
        let printed = line.lines();
        let at = printed.iter().position(|l| begins(l.as_str(), &place.above).is_some())?;
        return Some(cut(&Text::join(&printed[at.saturating_sub(most)..at], " "), until));
    }
    let from = i.saturating_sub(most).max(start);
    // Text above another label belongs to that one; a paragraph is taken whole.
    let is_label = |l: &Line| !place.block && until.is_label(l.text.as_str());
    let label = view.lines[from..i].iter().rposition(is_label);
    let from = label.map_or(from, |at| from + at + 1);
    Some(cut(&Text::join(view.lines[from..i].iter().map(|l| &l.text), " "), until))
}
