//! Headings that recur, the lists under them, and tables by their heads.

use findings_core::ofsted::body;
use findings_core::outline::Role;
use findings_core::text::{LayerKind, Text};

use super::constants::{Constant, Constants, key};
use super::fields::presence;
use super::guess::{Guess, Guesses};
use super::kinds;
use crate::model::{Column, Field, List, Phrases, Section, Table, ValueType};
use crate::read::view::{Line, View, is_any};

/// A heading of plain text has at most so many words.
const HEADING: usize = 9;
/// A table is proposed from so many rows in all samples on.
const ROWS: usize = 3;

/// The lines of plain text that are headings by what they look like and where they stand: a recurring line, alone.
pub(super) fn plain_headings(views: &[View]) -> Vec<String> {
    let constants = Constants::of(views);
    let looks = |text: &str| {
        let words = text.split_whitespace().count();
        let ends = text.ends_with(['.', ',', ':', ';']);
        words <= HEADING
            && !ends
            && text.starts_with(char::is_uppercase)
            && !text.bytes().any(|b| b.is_ascii_digit())
    };
    let alone = |c: &Constant| {
        let stands = views.iter().filter(|v| v.doc.kind == LayerKind::PlainText && stands_alone(v, &c.text));
        stands.count() * 2 > c.samples
    };
    constants.lines.iter().filter(|c| looks(&c.text) && alone(c)).map(|c| c.text.clone()).collect()
}

/// Whether a line is a block of its own, or one before bullets, and something comes below it.
fn stands_alone(view: &View, text: &str) -> bool {
    let at = view.lines.iter().position(|l| key(l.text.as_str()) == key(text));
    at.is_some_and(|at| {
        let block = view.lines[at].block;
        let same = |i: usize| view.lines.get(i).is_some_and(|l| l.block == block);
        let above = at > 0 && same(at - 1);
        at + 1 < view.lines.len() && !above && !same(at + 1)
    })
}

/// Adds sections, lists and tables.
pub(super) fn add(views: &[View], constants: &Constants, guesses: &mut Guesses) {
    let least = views.len().div_ceil(2).max(2);
    let front = guesses.fields.iter().filter_map(|f| first_line(&views[0], &f.part)).min().unwrap_or(0);
    let valued =
        |text: &str| constants.colons.iter().any(|c| key(text) != key(&c.text) && text.starts_with(&c.text));
    for line in constants.lines.iter().filter(|l| !valued(&l.text)) {
        // What stands above the first value is the letterhead and the title.
        if line.at < front
            && views[0].lines.get(line.at).is_some_and(|l| key(l.text.as_str()) == key(&line.text))
        {
            continue;
        }
        let heads = views.iter().filter(|v| {
            v.lines.iter().any(|l| l.heading.is_some() && key(l.text.as_str()) == key(&line.text))
        });
        let levels: Vec<u8> = views.iter().filter_map(|v| rank(v, &line.text)).collect();
        let labels =
            guesses.fields.iter().flat_map(|f| &f.part.find).any(|p| {
                p.label().is_some_and(|(_, phrases)| phrases.iter().any(|l| key(l) == key(&line.text)))
            });
        if heads.count() < least || labels {
            continue;
        }
        section(views, line, levels, guesses);
    }
    tables(views, constants, least, guesses);
}

/// The line of a sample that the label of a field stands in.
fn first_line(view: &View, field: &Field) -> Option<usize> {
    let (_, phrases) = field.find.first()?.label()?;
    view.lines.iter().position(|l| phrases.iter().any(|p| l.text.as_str().starts_with(p.as_str())))
}

fn rank(view: &View, heading: &str) -> Option<u8> {
    view.lines.iter().filter(|l| key(l.text.as_str()) == key(heading)).find_map(|l| l.heading)
}

fn section(views: &[View], line: &Constant, levels: Vec<u8>, guesses: &mut Guesses) {
    let marked: Vec<bool> =
        views.iter().filter_map(|v| items(v, &line.text)).map(|(_, marked)| marked).collect();
    let bearing = marked.iter().filter(|m| **m).count();
    let wanted = says(
        &line.text,
        &[
            "improve",
            "improvement",
            "improvements",
            "recommendations",
            "recommendation",
            "actions",
            "action",
            "must",
            "should",
            "required",
            "requirements",
        ],
    );
    let level = levels.iter().copied().min().unwrap_or(1).clamp(1, 6);
    let listed = bearing * 2 > marked.len() && bearing > 1;
    let kind = (listed && wanted).then(|| "improvements".to_owned());
    let part = Section { heading: Phrases::one(&line.text), kind, level, ..Section::default() };
    guesses.sections.push(Guess::new(part, format!("A heading {}.", guesses.of(line.samples))));
    if listed {
        let into = match wanted {
            true => "/improvements".to_owned(),
            false if says(&line.text, &["strengths", "strength", "well"]) && !guesses.has("/strengths") => {
                "/strengths".into()
            }
            false => guesses.extension(&line.text),
        };
        let kind = wanted.then(|| "recommendation".to_owned());
        let list = List {
            into,
            under: Phrases::one(&line.text),
            kind,
            presence: presence(bearing, guesses.samples),
            ..List::default()
        };
        let note = format!(
            "Items under “{}” {}. GUESS: pointer and kind, by the heading's words.",
            line.text,
            guesses.of(bearing)
        );
        guesses.lists.push(Guess::new(list, note));
    }
}

fn says(text: &str, words: &[&str]) -> bool {
    key(text).split(|c: char| !c.is_alphanumeric()).any(|w| words.contains(&w))
}

/// The items under a heading, as the reader of lists takes them, and whether marks or numbers show them.
pub(super) fn items(view: &View, heading: &str) -> Option<(Vec<String>, bool)> {
    let blocks = &view.doc.blocks;
    let at = blocks.iter().position(|b| {
        matches!(b.role, Role::Heading(_)) && is_any(b.text.as_str(), &Phrases::one(heading))
    })?;
    let end = blocks[at + 1..].iter().position(|b| matches!(b.role, Role::Heading(_)));
    let range = at + 1..end.map_or(blocks.len(), |n| at + 1 + n);
    let marked =
        blocks[range.clone()].iter().any(|b| matches!(b.role, Role::Bullet(_)) || b.number.is_some());
    let items = body::items(view.doc, range).into_iter().map(|i| i.text.as_str().to_owned());
    Some((items.collect(), marked))
}

/// Tables whose head recurs, and whose rows are not a form's fixed rows.
fn tables(views: &[View], constants: &Constants, least: usize, guesses: &mut Guesses) {
    let is_cell = |text: &str| constants.cells.iter().any(|c| key(&c.text) == key(text));
    let mut heads: Vec<Vec<String>> = Vec::new();
    for line in views.iter().flat_map(|v| &v.lines).filter(|l| l.cells.len() > 1) {
        let cells: Vec<String> = line.cells.iter().map(|c| c.as_str().trim().to_owned()).collect();
        let known = heads.iter().any(|h| alike(h, &cells));
        if !known && cells.iter().all(|c| !c.is_empty() && is_cell(c)) {
            heads.push(cells);
        }
    }
    let mut below: Vec<Vec<String>> = Vec::new();
    for head in heads {
        // A row that recurs in a table is no head of another.
        if below.iter().any(|row| alike(row, &head)) {
            continue;
        }
        let rows: Vec<Vec<Vec<Text>>> = views.iter().filter_map(|v| rows_below(v, &head)).collect();
        let all: Vec<&Vec<Text>> = rows.iter().flatten().collect();
        let fixed = |text: &str| {
            constants.rows.iter().any(|c| c.samples * 5 >= views.len() * 4 && key(&c.text) == key(text))
        };
        let loose = all.iter().filter(|r| !fixed(r[0].as_str())).count();
        if rows.len() >= least && all.len() >= ROWS && loose * 2 > all.len() {
            below.extend(all.iter().map(|r| r.iter().map(|c| c.as_str().to_owned()).collect()));
            table(&head, rows.len(), &all, guesses);
        }
    }
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
            to: Some(super::guess::slug(name, '_')),
            kind: kind.kind,
            shape: kind.shape,
            month_first: kind.month_first,
            ..Column::default()
        }
    };
    let mut columns: Vec<Column> = head.iter().enumerate().map(column).collect();
    // What a row of the table begins with is no label of a single value.
    let cell = |label: &str| rows.iter().any(|r| key(r[0].as_str()) == key(label));
    guesses.fields.retain(|f| !f.part.find.iter().any(|p| p.row.iter().any(|l| cell(l))));
    let (into, why) = if grades(&mut columns, rows, guesses) {
        ("/judgements".to_owned(), "GUESS: the first column is what is judged.")
    } else if !guesses.has("/inspectors") && people(&mut columns, head) {
        let why = "GUESS: types by what the cells hold; pointer: a column of names, and a head speaks of inspectors.";
        ("/inspectors".to_owned(), why)
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
fn grades(columns: &mut [Column], rows: &[&Vec<Text>], guesses: &mut Guesses) -> bool {
    let graded = |at: usize| {
        let forms: Vec<String> =
            rows.iter().map(|r| r[at].as_str().trim().to_owned()).filter(|f| !f.is_empty()).collect();
        kinds::are_grades(&forms).then_some((at, forms))
    };
    let Some((at, forms)) = (1..columns.len()).find_map(graded) else { return false };
    columns.iter_mut().for_each(|c| c.to = None);
    let label = &mut columns[0];
    (label.to, label.kind, label.shape) = (Some("label".into()), ValueType::Text, None);
    let grade = &mut columns[at];
    (grade.to, grade.kind, grade.codes) = (Some("grade".into()), ValueType::Grade, Some("grade".into()));
    guesses.codes.entry("grade".into()).or_insert_with(|| {
        Guess::new(kinds::code_list(&forms, Some("scale".into())).0, "GUESS: a scale of such words.")
    });
    true
}

/// Whether a column names inspectors; then the columns are those of the team.
fn people(columns: &mut [Column], head: &[String]) -> bool {
    let inspectors = head.iter().any(|h| says(h, &["inspector", "inspectors", "auditor"]));
    let Some(at) = columns.iter().position(|c| c.kind == ValueType::Name && inspectors) else { return false };
    for (i, column) in columns.iter_mut().enumerate() {
        column.to = match i == at {
            true => Some("name".into()),
            false => column.to.take().filter(|to| to == "role" || to == "organisation"),
        };
    }
    true
}
