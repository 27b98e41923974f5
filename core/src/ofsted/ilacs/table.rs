//! The table of judgements on the front page.

use super::{AREAS, section_head};
use crate::cut::Cut;
use crate::grammar::grade;
use crate::grammar::grade::grade_alone;
use crate::grammar::label::{any_label, contains_label, is_label};
use crate::ofsted::judgements::{Reading, Strength, area_of};
use crate::outline::{Outline, Role};
use crate::text::{LayerKind, Text};

/// The end of the front matter: after the table of judgements.
pub(super) fn front(doc: &Outline, end: usize) -> usize {
    let table = doc.blocks.head(end.min(FRONT_BLOCKS)).iter().rposition(|b| {
        b.role == Role::Table
            && b.page <= doc.first_page + 1
            && b.rows.iter().any(|r| r.len() == 2 && area_of(r[0].as_str()).is_some())
    });
    let lines = || rows_in_lines(doc, end).last().map(|row| row.block);
    let last = if doc.kind == LayerKind::PlainText { table.max(lines()) } else { table.or_else(lines) };
    last.map_or_else(|| first_body_block(doc, end), |t| t + 1)
}

/// The front matter has at most this many blocks.
const FRONT_BLOCKS: usize = 60;

/// Without a table, the body begins at the first long paragraph or section heading.
fn first_body_block(doc: &Outline, end: usize) -> usize {
    doc.blocks.head(end).iter().position(|b| b.words > 40 || section_head(b).is_some()).unwrap_or(end)
}

/// `row = label grade`
pub(super) fn read(doc: &Outline, end: usize) -> Vec<Reading> {
    let of_table: Vec<Reading> = doc.blocks[..end]
        .iter()
        .filter(|b| b.role == Role::Table && b.page <= doc.first_page + 1)
        .flat_map(|b| &b.rows)
        .filter_map(|row| match row.as_slice() {
            [label, cell] => row_reading(label, cell),
            _ => None,
        })
        .collect();
    if !of_table.is_empty() && doc.kind != LayerKind::PlainText {
        return of_table;
    }
    let in_lines = rows_in_lines(doc, end);
    if in_lines.len() <= of_table.len() {
        return of_table;
    }
    in_lines.iter().filter_map(|row| row_reading(&row.label, &row.grade)).collect()
}

fn row_reading(label: &Text, cell: &Text) -> Option<Reading> {
    let area = area_of(label.as_str())?;
    let found = grade(cell.as_str()).ok().map(|(_, g)| g);
    // Text that has run into the cell is the body's.
    let value = found.as_ref().map_or_else(|| cell.clone(), |g| cell.slice(0..g.printed.len()));
    let both = Text::join([label, &value], " ");
    Some(Reading {
        area,
        label: label.as_str().to_owned(),
        grade: found.map(|g| g.grade.code()),
        printed: found.map(|g| g.printed.to_owned()),
        evidence: both.evidence_all("ilacs.table"),
        strength: Strength::Table,
    })
}

/// A row of a table that is given as lines.
struct Row {
    label: Text,
    grade: Text,
    /// The index of the last block that it reaches.
    block: usize,
}

/// A label or a grade, in the pieces that it is in, and its last block.
#[derive(Default)]
struct Cell {
    pieces: Vec<Text>,
    block: usize,
}

impl Cell {
    fn push(&mut self, piece: Text, block: usize) {
        if !piece.is_empty() {
            self.pieces.push(piece);
            self.block = block;
        }
    }

    fn text(&self) -> Text {
        Text::join(&self.pieces, " ")
    }

    /// The label that it begins with. One that is worded otherwise has nothing behind it.
    fn label(&self) -> Option<Text> {
        let text = self.text();
        let ends = text.origins().iter().rev().map(|o| o.end as usize);
        let is_area = |end: &usize| AREAS.iter().any(|a| is_label(text.as_str().head(*end), a));
        let label = ends.into_iter().find(is_area).map(|end| text.slice(0..end));
        let short = text.as_str().len() <= ROW_LENGTH;
        label.or_else(|| (short && area_of(text.as_str()).is_some()).then_some(text))
    }
}

/// What labels begin with.
const OPENINGS: &[&str] =
    &["The experiences and progress of", "The impact of leaders on social work", "Overall effectiveness"];

/// A table has at least this many rows.
const LEAST: usize = 4;

/// The rest of a grade, which its cell may print on a second line.
const REST: &str = "to be good";

/// The rows of a table that has lost its lines, before the first long paragraph. A label's lines may have those of its
/// grade between them, and a grade may come before its label, but both are in the order of the rows: the first grade
/// belongs to the first label.
///
/// "The impact of leaders on social work Outstanding practice with children and families"; "Requires improvement
/// Overall effectiveness to be good"
fn rows_in_lines(doc: &Outline, end: usize) -> Vec<Row> {
    let front = (0..end.min(FRONT_BLOCKS))
        .filter(|i| doc.blocks[*i].is_content())
        .take_while(|i| doc.blocks[*i].role == Role::Table || doc.blocks[*i].words <= 40);
    let (mut labels, mut grades): (Vec<Cell>, Vec<Cell>) = (Vec::new(), Vec::new());
    for at in front {
        let block = &doc.blocks[at];
        let text = block.text.as_str();
        let of_table = grade_alone(text).is_some() || OPENINGS.iter().any(|o| contains_label(text, o));
        if labels.len() == grades.len() && labels.len() >= LEAST && !of_table {
            break;
        }
        let cells =
            if block.role == Role::Table { block.rows.iter().flatten().collect() } else { vec![&block.text] };
        for text in cells {
            sort(text, at, &mut labels, &mut grades);
        }
    }
    if labels.len() != grades.len() {
        return Vec::new();
    }
    let rows = labels.iter().zip(&grades).filter_map(|(label, grade)| {
        let block = label.block.max(grade.block);
        Some(Row { label: label.label()?, grade: grade.text(), block })
    });
    rows.collect()
}

/// Takes a text of the table apart: the words of labels go to the last label, and grades start new ones.
fn sort(text: &Text, block: usize, labels: &mut Vec<Cell>, grades: &mut Vec<Cell>) {
    let whole = text.as_str();
    let starts: Vec<usize> = text.origins().iter().map(|o| o.start as usize).collect();
    let mut from = 0;
    let mut at = 0;
    while let Some(start) = starts.get(at).copied() {
        let rest = whole.tail(start);
        let opens = any_label(OPENINGS)(rest).is_ok();
        let graded = grade(rest).ok().map(|(_, g)| g.printed).filter(|p| p.starts_with(char::is_uppercase));
        let more = || any_label(&[REST])(rest).ok().map(|(_, slice)| slice);
        let value = graded.or_else(more).filter(|_| !labels.is_empty() && !opens);
        let end = value.map_or(start, |value| start + value.trim_end().len());
        if (opens || value.is_some())
            && let Some(last) = labels.last_mut()
        {
            last.push(text.slice(from..start), block);
        }
        if opens {
            labels.push(Cell { block, ..Cell::default() });
        }
        if graded.is_some() && value.is_some() {
            grades.push(Cell::default());
        }
        if let Some(grade) = grades.last_mut().filter(|_| value.is_some()) {
            grade.push(text.slice(start..end), block);
        }
        if opens || value.is_some() {
            from = end;
        }
        at = starts.partition_point(|s| *s < end.max(start + 1));
    }
    if let Some(last) = labels.last_mut() {
        last.push(text.slice(from..whole.len()), block);
    }
}

/// Whether a line of plain text is a row of the table, with the grade anywhere in it.
pub(super) fn is_row(line: &str) -> bool {
    let starts = std::iter::once(0).chain(line.match_indices(' ').map(|(at, _)| at + 1));
    let mut starts = starts.filter(|_| line.len() <= ROW_LENGTH);
    starts.any(|at| {
        let graded = grade(line.tail(at)).ok().map(|(_, g)| g.printed);
        let Some(printed) = graded.filter(|p| p.starts_with(char::is_uppercase)) else { return false };
        let label = format!("{}{}", line.head(at), line.tail(at + printed.len()));
        [label.replacen(REST, "", 1), label].iter().any(|label| AREAS.iter().any(|a| is_label(label, a)))
    })
}

/// A row of the table has at most this many bytes.
const ROW_LENGTH: usize = 140;

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::plain;

    /// The rows of a front page, each as the first letters of its label's last word and its grade.
    fn rows(text: &str) -> String {
        let doc = Outline::build(&plain::read(text));
        let shown = |row: &Row| {
            let label = row.label.as_str();
            format!("{}: {}", label.rsplit(' ').next().unwrap_or_default(), row.grade.as_str())
        };
        rows_in_lines(&doc, doc.blocks.len()).iter().map(shown).collect::<Vec<_>>().join("; ")
    }

    #[test]
    fn the_first_grade_is_that_of_the_first_label() {
        let leaders = "The impact of leaders on social work practice with children\nand families";
        let help = "The experiences and progress of children who need help and\nprotection";
        let care = "The experiences and progress of children in care and care leavers";
        let all = "families: Good; protection: Outstanding; leavers: Good; effectiveness: Requires improvement to be good";
        let table = |first: &str, last: &str| {
            rows(&format!("Judgement\n\nGrade\n\n{first}\n\nOutstanding\n\n{care}\n\nGood\n\n{last}\n"))
        };
        let overall = "Overall effectiveness\n\nRequires improvement to be good";
        assert_eq!(table(&format!("{leaders}\n\nGood\n\n{help}"), overall), all);
        // The blank line below a grade is lost.
        assert_eq!(table(&format!("{leaders}\n\nGood\n{help}"), overall), all);
        // The cell of a grade is in the middle of its row.
        let middle = "Requires improvement\nOverall effectiveness\nto be good";
        assert_eq!(table(&format!("{}\n\n{help}", leaders.replace('\n', "\n\nGood\n\n")), middle), all);
        assert_eq!(table(&format!("{leaders}\n\n{help}"), overall), "", "a grade is missing");
    }

    #[test]
    fn a_row_has_its_grade_anywhere() {
        for row in [
            "Overall effectiveness Good",
            "Requires improvement Overall effectiveness to be good",
            "The experiences and progress of Good care leavers",
        ] {
            assert!(is_row(row), "{row}");
        }
        assert!(!is_row("Overall effectiveness") && !is_row("Good care leavers"));
    }
}
