//! Who inspected, where their names and posts are rows or lines below a heading: "Inspection team".

use findings_core::grammar::is_person_like;

use super::constants::{Constant, Constants, key};
use super::fields::presence;
use super::guess::{Guess, Guesses, is_most};
use super::words::{TOOK_PLACE, VISITS, says, says_inspector};
use crate::model::{Column, Field, Phrases, Place, Table, ValueType};
use crate::read::view::{Line, View};

/// The list that it fills.
const INSPECTORS: &str = "/inspectors";

/// Adds a table of names and posts without heads, in place of a field that reads the first of them only.
pub(super) fn add(views: &[View], constants: &Constants, guesses: &mut Guesses) {
    let names = |line: &&Constant| {
        let by =
            key(&line.text).ends_with(" by") && (says(&line.text, VISITS) || says(&line.text, TOOK_PLACE));
        says(&line.text, &["team"]) || says_inspector(&line.text) || by
    };
    let found = constants.lines.iter().filter(names).find_map(|line| {
        let rows: Vec<usize> = views.iter().map(|v| rows(v, line)).filter(|n| *n > 0).collect();
        (is_most(rows.len(), views.len()) && rows.iter().any(|n| *n > 1)).then_some((line, rows))
    });
    let Some((line, rows)) = found else { return };
    let reads_first =
        |place: &Place| place.label().is_some_and(|(_, label)| key(&label[0]) == key(&line.text));
    let is_first = |field: &Guess<Field>| field.part.find.iter().any(reads_first);
    let is_read = guesses.fields.iter().any(|f| f.part.pointer == INSPECTORS && !is_first(f))
        || guesses.tables.iter().any(|t| t.part.into == INSPECTORS);
    if is_read {
        guesses
            .left
            .push(format!("“{}” is above names and posts; /inspectors is read elsewhere.", line.text));
        return;
    }
    guesses.fields.retain(|f| !is_first(f));
    let column = |to: &str, kind| Column { to: Some(to.to_owned()), kind, ..Column::default() };
    let part = Table {
        into: INSPECTORS.into(),
        under: Phrases::one(&line.text),
        columns: vec![column("name", ValueType::Name), column("role", ValueType::Text)],
        presence: presence(rows.len(), guesses.samples),
        ..Table::default()
    };
    let note = format!(
        "Names and what is beside them below “{}” {}, {} rows. GUESS: pointer and columns.",
        line.text,
        guesses.of(rows.len()),
        rows.iter().sum::<usize>()
    );
    guesses.tables.push(Guess::new(part, note));
}

/// How many rows of a name and a post are just below a line; none if other rows are there.
fn rows(view: &View, line: &Constant) -> usize {
    let Some(at) = view.lines.iter().position(|l| key(l.text.as_str()) == key(&line.text)) else { return 0 };
    let rows: Vec<&Line> = view.lines[at + 1..].iter().take_while(|l| l.cells.len() > 1).collect();
    let named = |l: &&Line| l.cells.len() == 2 && is_person_like(l.cells[0].as_str());
    if rows.iter().all(named) { rows.len() } else { 0 }
}
