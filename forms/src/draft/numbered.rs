//! Tables without heads whose rows begin with one word and a number: "Requirement 1(3)(a)", what it says, and a grade.

use std::collections::{BTreeMap, BTreeSet};

use findings_core::text::Text;

use super::constants::key;
use super::fields::presence;
use super::guess::{Guess, Guesses, distinct, half};
use super::kinds;
use crate::model::{Column, Phrases, Table, ValueType};
use crate::read::values;
use crate::read::view::View;

/// The fewest different first cells of such a table.
const ROWS: usize = 3;
/// The fewest columns: with two, each row is a label and its value.
const COLUMNS: usize = 3;

/// The rows of all samples that begin with one word and have one number of cells.
#[derive(Default)]
struct Found<'v> {
    samples: BTreeSet<usize>,
    rows: Vec<&'v [Text]>,
}

/// Adds the tables of judgements that have no heads, if no others are proposed.
pub(super) fn add(views: &[View], guesses: &mut Guesses) {
    if guesses.tables.iter().any(|table| table.part.into == "/judgements") {
        return;
    }
    let mut found: BTreeMap<(&str, usize), Found> = BTreeMap::new();
    for (sample, view) in views.iter().enumerate() {
        for cells in view.lines.iter().map(|line| line.cells.as_slice()).filter(|c| c.len() >= COLUMNS) {
            let Some(word) = numbered(cells[0].as_str()) else { continue };
            let of = found.entry((word, cells.len())).or_default();
            of.samples.insert(sample);
            of.rows.push(cells);
        }
    }
    for ((word, width), of) in found {
        let grades = of.rows.iter().filter_map(|row| row.last()).map(|cell| cell.as_str().trim());
        let forms = distinct(grades.filter(|g| !g.is_empty()).map(str::to_owned).collect());
        let firsts: BTreeSet<String> = of.rows.iter().map(|row| key(row[0].as_str())).collect();
        if of.samples.len() < half(views.len()) || firsts.len() < ROWS || !are_graded(&forms, guesses) {
            continue;
        }
        let is_row = |label: &String| firsts.contains(&key(label));
        guesses.fields.retain(|f| !f.part.find.iter().any(|place| place.row.iter().any(is_row)));
        let table = table(word, width, of.samples.len(), of.rows.len(), forms, guesses);
        guesses.tables.push(table);
    }
}

/// The word before the number that a cell ends with: "Requirement" of "Requirement 1(3)(a)".
fn numbered(cell: &str) -> Option<&str> {
    let (word, number) = cell.trim().rsplit_once(' ')?;
    let is_word = word.starts_with(char::is_uppercase) && word.chars().all(char::is_alphabetic);
    (is_word && number.contains(|c: char| c.is_ascii_digit())).then_some(word)
}

/// Whether the last cells are grades: of a known scale, or of one that the file has.
fn are_graded(forms: &[String], guesses: &Guesses) -> bool {
    let scales = guesses.codes.values().filter(|list| list.part.scale.is_some());
    let known: Vec<String> = scales.flat_map(|list| &list.part.values).flat_map(values::forms).collect();
    let is_known = |form: &String| known.iter().any(|k| key(k) == key(form));
    !forms.is_empty() && (kinds::are_grades(forms) || forms.iter().all(is_known))
}

fn table(
    word: &str,
    width: usize,
    bearing: usize,
    rows: usize,
    forms: Vec<String>,
    guesses: &mut Guesses,
) -> Guess<Table> {
    let mut columns = vec![Column::default(); width];
    columns[0].to = Some("label".into());
    let codes = Some(guesses.scale(forms));
    columns[width - 1] =
        Column { to: Some("grade".into()), kind: ValueType::Grade, codes, ..Column::default() };
    let note = format!(
        "Rows that begin with “{word}” and a number {}, {rows} rows. GUESS: the first column is what is graded.",
        guesses.of(bearing)
    );
    let part = Table {
        into: "/judgements".into(),
        rows: Phrases::one(word),
        columns,
        presence: presence(bearing, guesses.samples),
        ..Table::default()
    };
    Guess::new(part, note)
}
