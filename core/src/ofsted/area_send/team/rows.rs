//! The team's table with a row for each line of the print.
//!
//! Some files have two persons in a tagged cell, a table in a cell, or a row that a page break seems to cut in two; the print
//! has the same lines in all of them.

use super::{columns, is_half_name, names_column, people};
use crate::ofsted::body::SectionSpan;
use crate::outline::{Block, Outline, Role};
use crate::record::{Draft, Part, SectionBlock};
use crate::text::Text;

/// How far apart the tops of two cells of a row may be, in points.
const SAME_TOP: f32 = 4.0;

/// Gives the team's table in the record the rows of the print, if the file's cells hold several persons or have left it.
pub(in super::super) fn part_rows(doc: &Outline, draft: &mut Draft, span: &SectionSpan) {
    let own: Vec<&Block> = span
        .blocks
        .clone()
        .filter(|at| draft.parts[*at] == Part::Section)
        .map(|at| &doc.blocks[at])
        .filter(|b| !(b.text.is_empty() && matches!(b.role, Role::Bullet(_))))
        .collect();
    let Some(first) = own.iter().position(|b| b.role == Role::Table) else { return };
    let table = &own[first..];
    let written = &mut draft.record.sections[span.index].blocks;
    if written.len() != own.len() || !table.iter().all(|b| b.in_table) || !is_torn(table) {
        return;
    }
    let Some(rows) = rows(&columns(table.iter().copied())) else { return };
    let cell = |c: &Option<Text>| c.as_ref().map_or("", Text::as_str).to_owned();
    let printed = rows.iter().map(|row| row.iter().map(cell).collect()).collect();
    written.truncate(first);
    written.push(SectionBlock::Table { rows: printed });
    for gone in first + 1..own.len() {
        draft.record.evidence.shift_remove(&format!("/sections/{}/blocks/{gone}", span.index));
    }
    let text = Text::join(rows.iter().flatten().flatten(), " ");
    let pointer = format!("/sections/{}/blocks/{first}", span.index);
    draft.note(pointer, text.evidence_all("section.block"));
}

/// Whether cells of the table hold several persons, or stand in blocks of their own.
fn is_torn(table: &[&Block]) -> bool {
    let several = |cell: &Text| people(&cell.lines()).0.len() > 1;
    table.len() > 1 || table.iter().flat_map(|b| &b.rows).flatten().any(several)
}

/// The cells side by side in the print, from those of each column; `None` unless every line is a column's heading or a
/// person, and the longer column has one in each row.
fn rows(columns: &[Vec<Text>; 2]) -> Option<Vec<[Option<Text>; 2]>> {
    let mut cells: Vec<(u32, f32, usize, Text)> = Vec::new();
    for (column, lines) in columns.iter().enumerate() {
        let heads: Vec<Text> = lines.iter().filter(|l| names_column(l.as_str())).cloned().collect();
        let (members, all) = people(lines);
        if !all || members.iter().any(|m| is_half_name(m.as_str())) {
            return None;
        }
        for cell in heads.into_iter().chain(members) {
            let top = cell.origins().first()?.bbox?.top;
            cells.push((cell.page(), top, column, cell));
        }
    }
    cells.sort_by(|a, b| (a.0, a.1).partial_cmp(&(b.0, b.1)).unwrap_or(std::cmp::Ordering::Equal));
    let mut rows: Vec<(u32, f32, [Option<Text>; 2])> = Vec::new();
    for (page, top, column, cell) in cells {
        match rows.last_mut() {
            Some((on, at, row)) if *on == page && top - *at < SAME_TOP && row[column].is_none() => {
                row[column] = Some(cell);
            }
            _ => {
                let mut row = [None, None];
                row[column] = Some(cell);
                rows.push((page, top, row));
            }
        }
    }
    let filled = |column: usize| rows.iter().filter(|(.., row)| row[column].is_some()).count();
    let whole = rows.len() == filled(0).max(filled(1));
    whole.then(|| rows.into_iter().map(|(.., row)| row).collect())
}

#[cfg(test)]
mod tests {
    use super::rows;
    use crate::text::{BBox, Text, TextLine, Word};

    /// A line of a page, at a height.
    fn line(text: &str, page: u32, top: f32) -> Text {
        let bbox = Some(BBox { x0: 60.0, top, x1: 200.0, bottom: top + 12.0 });
        let words = text.split(' ').map(|w| Word { text: w.into(), bbox, ..Word::default() }).collect();
        let mut out = Text::default();
        out.push_line(page, top as u32, &TextLine { words, bbox, ..TextLine::default() });
        out
    }

    fn shown(columns: &[Vec<Text>; 2]) -> Option<Vec<String>> {
        let cell = |c: &Option<Text>| c.as_ref().map_or("-", Text::as_str).to_owned();
        Some(rows(columns)?.iter().map(|row| format!("{} | {}", cell(&row[0]), cell(&row[1]))).collect())
    }

    #[test]
    fn each_line_of_the_print_is_a_row() {
        let ours = vec![
            line("Ofsted", 1, 700.0),
            line("Ann Lee, Ofsted HMI", 1, 714.0),
            line("Lead inspector", 1, 728.0),
            line("Jo Kay, Ofsted HMI", 2, 70.0),
            line("Bo Tan, Ofsted HMI", 2, 84.0),
        ];
        let theirs = vec![
            line("Care Quality Commission", 1, 700.0),
            line("Al Roe, CQC lead inspector", 1, 715.0),
            line("Di Marsh, CQC inspector", 2, 84.0),
        ];
        let printed = [
            "Ofsted | Care Quality Commission",
            "Ann Lee, Ofsted HMI Lead inspector | Al Roe, CQC lead inspector",
            "Jo Kay, Ofsted HMI | -",
            "Bo Tan, Ofsted HMI | Di Marsh, CQC inspector",
        ];
        assert_eq!(shown(&[ours.clone(), theirs.clone()]).unwrap(), printed);
        let more = [ours, vec![line("If you are not happy with the report, you can complain.", 1, 760.0)]];
        assert_eq!(shown(&more), None, "a line that is no person");
    }
}
