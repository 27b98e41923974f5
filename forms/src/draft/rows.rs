//! Compares proposed tables with the labels: which columns have the labelled values.

use findings_core::text::Text;
use serde_json::Value;

use super::Sample;
use super::constants::key;
use super::fields::OVERALL;
use super::guess::{Guess, Guesses, distinct, labelled, slug};
use super::labels::JUDGED;
use super::tables::rows_below;
use super::words::says_overall;
use crate::model::{Column, Table, ValueType};
use crate::read::view::View;

/// The rows of a table in each sample; none where it has no such table.
type Rows = Vec<Option<Vec<Vec<Text>>>>;

fn rows(table: &Table, views: &[View]) -> Rows {
    let head: Vec<String> = table.columns.iter().flat_map(|c| c.head.first().cloned()).collect();
    views.iter().map(|view| rows_below(view, &head).map(|below| below.rows)).collect()
}

/// The non-empty cells of a column in one sample.
fn cells(rows: &[Vec<Text>], column: usize) -> impl Iterator<Item = &str> {
    rows.iter()
        .filter_map(move |row| row.get(column))
        .map(|cell| cell.as_str().trim())
        .filter(|c| !c.is_empty())
}

/// Two columns of a table that have the labelled judgements.
#[derive(Clone, Copy)]
struct Judged {
    /// In how many samples.
    samples: usize,
    /// The index of the table among those proposed.
    table: usize,
    label: usize,
    grade: usize,
}

/// Turns the table whose columns have the labelled areas and grades into judgements.
pub(super) fn judgements(samples: &[Sample], views: &[View], guesses: &mut Guesses) {
    let wants: Vec<Vec<(String, String)>> = samples.iter().map(judged).collect();
    let said = wants.iter().filter(|w| !w.is_empty()).count();
    let tables: Vec<Rows> = guesses.tables.iter().map(|g| rows(&g.part, views)).collect();
    let mut best: Option<Judged> = None;
    for (table, rows) in tables.iter().enumerate() {
        let columns = guesses.tables[table].part.columns.len();
        let pairs = (0..columns).flat_map(|label| (0..columns).map(move |grade| (label, grade)));
        for (label, grade) in pairs.filter(|(label, grade)| label != grade) {
            let same = |rows: &Option<Vec<Vec<Text>>>, wants: &Vec<_>| {
                !wants.is_empty() && rows.as_ref().is_some_and(|rows| has(rows, label, grade, wants))
            };
            let samples = rows.iter().zip(&wants).filter(|(rows, wants)| same(rows, wants)).count();
            if samples > best.map_or(0, |b| b.samples) {
                best = Some(Judged { samples, table, label, grade });
            }
        }
    }
    let Some(best) = best else { return };
    let printed = tables[best.table].iter().flatten().flat_map(|rows| cells(rows, best.grade));
    let codes = guesses.scale(distinct(printed.map(str::to_owned).collect()));
    guesses.left.retain(|left| !left.starts_with(JUDGED));
    let Guess { part, notes } = &mut guesses.tables[best.table];
    notes.push(format!("The labelled judgements: the same {}.", labelled(best.samples, said)));
    part.into = "/judgements".into();
    for (at, column) in part.columns.iter_mut().enumerate() {
        *column = Column { head: std::mem::take(&mut column.head), ..Column::default() };
        if at == best.label {
            column.to = Some("label".into());
        } else if at == best.grade {
            (column.to, column.kind, column.codes) =
                (Some("grade".into()), ValueType::Grade, Some(codes.clone()));
        }
    }
}

/// The areas and grades of a sample's label, as slugs.
fn judged(sample: &Sample) -> Vec<(String, String)> {
    let all = sample.gold.as_ref().and_then(|gold| gold.get("judgements")?.as_array());
    let word = |judgement: &Value, name: &str| Some(slug(judgement.get(name)?.as_str()?, '-'));
    let pair = |judgement: &Value| Some((word(judgement, "area")?, word(judgement, "grade")?));
    all.into_iter().flatten().filter_map(pair).collect()
}

/// Whether some rows have all the labelled judgements.
fn has(rows: &[Vec<Text>], label: usize, grade: usize, wants: &[(String, String)]) -> bool {
    let is_area = |cell: &str, area: &str| slug(cell, '-') == area || area == OVERALL && says_overall(cell);
    let pairs: Vec<(&str, String)> = (rows.iter())
        .filter_map(|row| Some((row.get(label)?.as_str(), slug(row.get(grade)?.as_str(), '-'))))
        .collect();
    wants
        .iter()
        .all(|(area, wanted)| pairs.iter().any(|(cell, grade)| is_area(cell, area) && grade == wanted))
}

/// Turns the table that has the labelled texts in a column into improvements; whether there is one.
pub(super) fn items(
    name: &str,
    wants: &[Option<Vec<String>>],
    views: &[View],
    guesses: &mut Guesses,
) -> bool {
    if name.trim_start_matches('/') != "improvements" {
        return false;
    }
    let said = wants.iter().flatten().filter(|w| !w.is_empty()).count();
    let mut found = (0, 0, 0);
    for (at, guess) in guesses.tables.iter().enumerate() {
        let rows = rows(&guess.part, views);
        for column in 0..guess.part.columns.len() {
            let same = |(rows, want): (&Option<Vec<Vec<Text>>>, &Option<Vec<String>>)| {
                let keys = rows.as_ref().map(|rows| cells(rows, column).map(key).collect::<Vec<_>>());
                want.as_ref().is_some_and(|w| !w.is_empty()) && keys == *want
            };
            found = found.max((rows.iter().zip(wants).filter(|both| same(*both)).count(), at, column));
        }
    }
    let (n, at, text) = found;
    if n == 0 {
        return false;
    }
    let Guess { part, notes } = &mut guesses.tables[at];
    notes.push(format!("The labelled “{name}”: the same items {}.", labelled(n, said)));
    part.into = "/improvements".into();
    for (at, column) in part.columns.iter_mut().enumerate() {
        let kept = column.to.take().filter(|to| to == "responsible");
        column.to = if at == text { Some("text".into()) } else { kept };
    }
    part.columns[text].kind = ValueType::Text;
    true
}
