//! Tables by their heads.

use findings_core::text::Text;

use super::constants::{Constant, Constants, key};
use super::fields::{FORM, come_again, presence};
use super::guess::{Guess, Guesses, distinct, half, is_most, slug};
use super::kinds;
use super::pool::candidate;
use super::words::{GRADING, INSPECTORS, WANTED, says};
use crate::model::{Column, Phrases, Place, Table, ValueType};
use crate::read::places::Labels;
use crate::read::view::{Line, View};

/// A table is proposed from so many rows in all samples on.
const ROWS: usize = 3;

/// Adds tables whose head recurs. A table of two columns whose rows are the same in all samples is none: it is a form, and each
/// of its rows has a label and a value.
pub(super) fn add(views: &[View], constants: &Constants, guesses: &mut Guesses) {
    let least = half(views.len());
    let mut below: Vec<Vec<String>> = Vec::new();
    for head in heads(views, constants) {
        // A row that recurs in a table is no head of another.
        if below.iter().any(|row| alike(row, &head)) {
            continue;
        }
        let rows: Vec<Vec<Vec<Text>>> = views.iter().filter_map(|v| rows_below(v, &head)).collect();
        let all: Vec<&Vec<Text>> = rows.iter().flatten().collect();
        let fixed = |text: &str| {
            constants.rows.iter().any(|c| is_most(c.samples, views.len()) && key(&c.text) == key(text))
        };
        let loose = all.iter().filter(|r| !fixed(r[0].as_str())).count();
        if rows.len() >= least && all.len() >= ROWS && (head.len() > 2 || loose * 2 > all.len()) {
            below.extend(all.iter().map(|r| r.iter().map(|c| c.as_str().to_owned()).collect()));
            guesses.fields.retain(|f| !f.part.find.iter().any(|place| is_of(place, views, &all)));
            table(&head, rows.len(), &all, guesses);
        }
    }
}

/// Whether what a place gives is a row of a table: what that begins with is no label of a single value.
fn is_of(place: &Place, views: &[View], rows: &[&Vec<Text>]) -> bool {
    let beside = |row: &Vec<Text>| key(Text::join(&row[1..], " ").as_str());
    let labelled = |row: &&&Vec<Text>| place.row.iter().any(|label| key(label) == key(row[0].as_str()));
    let values: Vec<String> = rows.iter().filter(labelled).map(|row| beside(row)).collect();
    let read = || candidate(views, Labels::default(), &Constant::default(), place.clone());
    !values.is_empty() && read().is_some_and(|c| c.values().any(|v| values.contains(&key(v))))
}

/// Rows all cells of which recur, each once.
fn heads(views: &[View], constants: &Constants) -> Vec<Vec<String>> {
    let is_cell = |text: &str| constants.cells.iter().any(|c| key(&c.text) == key(text));
    let mut heads: Vec<Vec<String>> = Vec::new();
    for line in views.iter().flat_map(|v| &v.lines).filter(|l| l.cells.len() > 1) {
        let cells: Vec<String> = line.cells.iter().map(|c| c.as_str().trim().to_owned()).collect();
        let known = heads.iter().any(|h| alike(h, &cells));
        if !known && cells.iter().all(|c| !c.is_empty() && is_cell(c)) {
            heads.push(cells);
        }
    }
    heads
}

fn alike(a: &[String], b: &[String]) -> bool {
    a.len() == b.len() && a.iter().zip(b).all(|(a, b)| key(a) == key(b))
}

/// The rows below a head that have as many cells.
fn rows_below(view: &View, head: &[String]) -> Option<Vec<Vec<Text>>> {
    let is_head =
        |cells: &[Text]| alike(head, &cells.iter().map(|c| c.as_str().to_owned()).collect::<Vec<_>>());
    let at = view.lines.iter().position(|l| is_head(&l.cells))?;
    // A row of one cell names what the rows below it belong to.
    let of_table = |l: &&Line| l.cells.len() == head.len() || l.cells.len() < 2 && l.heading.is_none();
    let rows = view.lines[at + 1..].iter().take_while(of_table).filter(|l| l.cells.len() == head.len());
    Some(rows.map(|l| l.cells.clone()).filter(|cells| !is_head(cells)).collect())
}

fn table(head: &[String], bearing: usize, rows: &[&Vec<Text>], guesses: &mut Guesses) {
    let column = |(at, name): (usize, &String)| {
        let cells: Vec<&Text> = rows.iter().map(|r| &r[at]).filter(|c| !c.is_empty()).collect();
        let kind = kinds::recognise(&cells, name);
        Column {
            head: Phrases::one(name),
            to: Some(slug(name, '_')),
            kind: kind.kind,
            shape: kind.shape,
            month_first: kind.month_first,
            ..Column::default()
        }
    };
    let mut columns: Vec<Column> = head.iter().enumerate().map(column).collect();
    let (into, why) = if grades(head, &mut columns, rows, guesses) {
        ("/judgements".to_owned(), "GUESS: the first column is what is judged.")
    } else if !guesses.has("/inspectors") && people(&mut columns, head, rows) {
        let why = "GUESS: types by what the cells hold; pointer: a column of names, and a head or a role speaks of inspectors.";
        ("/inspectors".to_owned(), why)
    } else if actions(&mut columns, head) {
        ("/improvements".to_owned(), "GUESS: the head of a column speaks of what must be done.")
    } else {
        let into = guesses.extension(&head.join(" "));
        (into, "GUESS: types by what the cells hold; pointer: by its heads.")
    };
    let presence = presence(bearing, guesses.samples);
    let heads = head.join("”, “");
    let note = format!("Heads “{heads}” {}, {} rows. {why}", guesses.of(bearing), rows.len());
    guesses.tables.push(Guess::new(Table { into, columns, presence, ..Table::default() }, note));
}

/// Whether a column holds grades; then the columns are those of judgements.
fn grades(head: &[String], columns: &mut [Column], rows: &[&Vec<Text>], guesses: &mut Guesses) -> bool {
    let graded = |at: usize| {
        let cells: Vec<&str> = rows.iter().map(|r| r[at].as_str().trim()).filter(|c| !c.is_empty()).collect();
        let forms = distinct(cells.iter().map(|c| (*c).to_owned()).collect());
        let short = forms.iter().all(|f| f.split_whitespace().count() <= FORM);
        let few = short && come_again(&forms, cells.len());
        (kinds::are_grades(&forms) || few && says(&head[at], GRADING)).then_some((at, forms))
    };
    let Some((at, forms)) = (1..columns.len()).find_map(graded) else { return false };
    columns.iter_mut().for_each(|c| c.to = None);
    let label = &mut columns[0];
    (label.to, label.kind, label.shape) = (Some("label".into()), ValueType::Text, None);
    let grade = &mut columns[at];
    (grade.to, grade.kind, grade.codes) =
        (Some("grade".into()), ValueType::Grade, Some(guesses.scale(forms)));
    true
}

/// Whether a column names inspectors; then the columns are those of the team.
fn people(columns: &mut [Column], head: &[String], rows: &[&Vec<Text>]) -> bool {
    let cells = rows.iter().flat_map(|row| row.iter().map(Text::as_str));
    let inspectors = head.iter().map(String::as_str).chain(cells).any(|text| says(text, INSPECTORS));
    let Some(at) = columns.iter().position(|c| c.kind == ValueType::Name && inspectors) else { return false };
    for (i, column) in columns.iter_mut().enumerate() {
        column.to = match i == at {
            true => Some("name".into()),
            false => column.to.take().filter(|to| to == "role" || to == "organisation"),
        };
    }
    true
}

/// Whether a column says what must be done; then the columns are those of improvements.
fn actions(columns: &mut [Column], head: &[String]) -> bool {
    let Some(at) = head.iter().position(|h| says(h, WANTED)) else { return false };
    for (i, column) in columns.iter_mut().enumerate() {
        let responsible = says(&head[i], &["responsible", "owner", "who"]);
        column.to = if i == at { Some("text".into()) } else { responsible.then(|| "responsible".into()) };
    }
    columns[at].kind = ValueType::Text;
    true
}
