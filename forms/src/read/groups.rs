//! Rows of a table that name a group of the rows below them, where they were taken for the first line of the first cell below.

use findings_core::text::{Text, TextLayer, TextLine};

use super::view::Line;
use super::wrapped::first;

/// How far apart the tops of two lines beside each other may be, in points.
const LEVEL: f32 = 2.0;
/// The rank of such a row as a heading: below all that a document prints as one.
const LOWEST: u8 = 6;

/// Parts what names a group from the row below it: it is set in bold or capitals, unlike the rest of its cell, and the other cells begin
/// beside that rest.
pub(super) fn parted(lines: Vec<Line>, layer: &TextLayer) -> Vec<Line> {
    let printed: Vec<&TextLine> = layer.pages.iter().flat_map(|page| &page.lines).collect();
    let part = |line: Line| match group_len(&line, &printed) {
        None => vec![line],
        Some(len) => {
            let first = line.cells[0].lines();
            let (name, rest) = first.split_at(len);
            let mut cells = line.cells.clone();
            cells[0] = Text::join(rest, " ");
            let name = Line { text: Text::join(name, " "), cells: Vec::new(), heading: Some(LOWEST), ..line };
            let row = Line { text: Text::join(&cells, " "), cells, heading: None, ..name };
            vec![name, row]
        }
    };
    lines.into_iter().flat_map(part).collect()
}

/// How many lines of a row's first cell name a group.
fn group_len(line: &Line, printed: &[&TextLine]) -> Option<usize> {
    let (cell, others) = line.cells.split_first()?;
    let lines = cell.lines();
    let top = |text: &Text| first(text).map(|(_, b)| b.top);
    let beside: Vec<f32> = others.iter().filter_map(top).collect();
    let level = |at: &usize| {
        top(&lines[*at]).is_some_and(|own| beside.iter().all(|other| (own - other).abs() < LEVEL))
    };
    let len = (1..lines.len()).find(level).filter(|_| !beside.is_empty())?;
    let bold = |text: &Text| {
        let mut lines = text.origins().iter().map(|o| printed.get(o.line as usize).is_some_and(|l| l.bold));
        lines.all(|bold| bold)
    };
    let capitals = |text: &Text| {
        let mut letters = text.as_str().chars().filter(|c| c.is_alphabetic()).peekable();
        letters.peek().is_some() && letters.all(char::is_uppercase)
    };
    let apart = |test: &dyn Fn(&Text) -> bool| lines[..len].iter().all(test) && !test(&lines[len]);
    (apart(&bold) || apart(&capitals)).then_some(len)
}

#[cfg(test)]
mod tests {
    use super::*;
    use findings_core::text::{BBox, Word};

    /// A cell with a word on each line, from its top and its words.
    fn cell(left: f32, top: f32, lines: &[&str]) -> Text {
        let mut text = Text::default();
        for (n, word) in (0..).zip(lines) {
            let top = top + 12.0 * n as f32;
            let bbox = Some(BBox { x0: left, top, x1: left + 40.0, bottom: top + 9.0 });
            text.push_word(1, n, n, &Word { text: (*word).to_owned(), bbox, ..Word::default() }, false);
        }
        text
    }

    fn row(first: Text, grade: Text) -> Vec<String> {
        let cells = vec![first, grade];
        let line = Line { text: Text::join(&cells, " "), cells, block: 0, heading: None };
        let lines = parted(vec![line], &TextLayer::default());
        lines.iter().map(|l| l.text.as_str().to_owned()).collect()
    }

    #[test]
    fn a_group_in_capitals_is_no_part_of_the_cell_below_it() {
        let grade = || cell(200.0, 112.0, &["Met"]);
        assert_eq!(row(cell(50.0, 100.0, &["RATIOS", "Children"]), grade()), ["RATIOS", "Children Met"]);
        assert_eq!(
            row(cell(50.0, 100.0, &["Ratios", "of"]), grade()),
            ["Ratios of Met"],
            "one cell, set lower"
        );
        assert_eq!(
            row(cell(50.0, 112.0, &["RATIOS", "of"]), grade()),
            ["RATIOS of Met"],
            "it begins the row"
        );
    }
}
