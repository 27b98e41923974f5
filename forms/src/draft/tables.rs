//! Tables with column heads.

use std::cmp::Ordering;

use findings_core::text::Text;

use super::body;
use super::constants::{Constant, Constants, key};
use super::fields::presence;
use super::guess::{Guess, Guesses, distinct, half, is_most, slug};
use super::kinds;
use super::pool::candidate;
use super::scales::{FORM, come_again};
use super::words::{DUE, GRADING, INSPECTORS, OTHER_TIMES, VERDICTS, says, says_wanted};
use crate::model::{Column, List, Phrases, Place, Table, ValueType};
use crate::read::places::Labels;
use crate::read::tables::names_group;
use crate::read::values;
use crate::read::view::{Line, View};

/// The fewest rows, in all samples together, for a table to be proposed.
const ROWS: usize = 3;
/// The fewest words on average in a column that says what must be done.
const SAID: usize = 4;

/// A table as the samples have it.
struct Seen<'v> {
    head: &'v [String],
    rows: Vec<&'v Vec<Text>>,
    /// The heading above it in the first sample that has it.
    under: &'v str,
    /// Whether most of its rows begin with the same words in most samples.
    fixed: bool,
}

impl<'v> Seen<'v> {
    /// The non-empty cells of a column.
    fn column(&self, at: usize) -> impl Iterator<Item = &'v Text> {
        self.rows.iter().filter_map(move |r| r.get(at)).filter(|c| !c.is_empty())
    }

    /// The average number of words in the cells of a column.
    fn words(&self, at: usize) -> usize {
        let words: usize = self.column(at).map(|c| c.as_str().split_whitespace().count()).sum();
        words / self.column(at).count().max(1)
    }
}

/// Adds tables whose head recurs. A table of two columns with the same rows in all samples is a form and not a table: each of its
/// rows has a label and a value.
pub(super) fn add(views: &[View], constants: &Constants, guesses: &mut Guesses) {
    let least = half(views.len());
    let mut below: Vec<Vec<String>> = Vec::new();
    for head in heads(views, constants) {
        // Labels above their values, side by side, are no head; and a row that recurs in a table is not the head of another.
        if is_row_of_values(&head, guesses)
            || head.iter().all(|cell| cell.ends_with(':'))
            || below.iter().any(|row| alike(row, &head))
        {
            continue;
        }
        let found: Vec<Below> = views.iter().filter_map(|v| rows_below(v, &head)).collect();
        let rows: Vec<&Vec<Text>> = found.iter().flat_map(|f| &f.rows).collect();
        let fixed = |text: &str| {
            constants.rows.iter().any(|c| is_most(c.samples, views.len()) && key(&c.text) == key(text))
        };
        let loose = rows.iter().filter(|r| !r.first().is_some_and(|first| fixed(first.as_str()))).count();
        let seen = Seen {
            head: &head,
            under: found.first().map_or("", |f| f.under),
            fixed: loose * 2 <= rows.len(),
            rows,
        };
        if found.len() >= least && seen.rows.len() >= ROWS && (head.len() > 2 || !seen.fixed) {
            below.extend(seen.rows.iter().map(|r| r.iter().map(|c| c.as_str().to_owned()).collect()));
            let in_table = |place: &Place| is_by_head(place, &head) || is_of(place, views, &seen.rows);
            guesses.fields.retain(|f| !f.part.find.iter().any(in_table));
            guesses.lists.retain(|l| !lists_rows(&l.part, views, &seen));
            table(&seen, found.len(), guesses);
        }
    }
}

/// Whether cells are values and not heads: one of them is a grade, a sentence, or the mark of an item.
fn is_row_of_values(cells: &[String], guesses: &Guesses) -> bool {
    let scales = guesses.codes.values().filter(|list| list.part.scale.is_some());
    let forms: Vec<String> = scales.flat_map(|list| &list.part.values).flat_map(values::forms).collect();
    let is_value = |cell: &String| {
        let sentence = cell.ends_with('.') && cell.split_whitespace().count() >= SAID;
        let bare = cell.trim_start_matches('(').trim_end_matches(['.', ')']);
        let mark = bare.len() < cell.len() && (bare.len() == 1 || bare.bytes().all(|b| b.is_ascii_digit()));
        let grade =
            kinds::are_grades(std::slice::from_ref(cell)) || forms.iter().any(|f| key(f) == key(cell));
        sentence || mark || grade
    };
    cells.iter().any(is_value)
}

/// Whether a place is beside or below the head of a column.
fn is_by_head(place: &Place, head: &[String]) -> bool {
    let mut labels = [&place.boxed, &place.below, &place.row].into_iter().flatten();
    labels.any(|label| head.iter().any(|h| key(label) == key(h)))
}

/// Whether a place reads rows of the table, whose first cells are not labels of single values.
fn is_of(place: &Place, views: &[View], rows: &[&Vec<Text>]) -> bool {
    let labelled = |first: &Text| place.row.iter().any(|label| key(label) == key(first.as_str()));
    let cells = rows.iter().filter_map(|row| row.split_first());
    let beside = cells.filter(|(first, _)| labelled(first)).map(|(_, rest)| Text::join(rest, " "));
    let values: Vec<String> = beside.map(|text| key(text.as_str())).collect();
    let read = || candidate(views, Labels::default(), &Constant::default(), place.clone());
    !values.is_empty() && read().is_some_and(|c| c.values().any(|v| values.contains(&key(v))))
}

/// Whether the items of a list are the rows of a table under the same heading.
fn lists_rows(list: &List, views: &[View], seen: &Seen) -> bool {
    let under = list.under.iter().any(|heading| key(heading) == key(seen.under));
    let longest = (0..seen.head.len()).max_by_key(|at| seen.words(*at)).unwrap_or_default();
    let cells: Vec<&str> = seen.column(longest).map(Text::as_str).collect();
    let is_row = |item: &String| cells.iter().any(|cell| item.contains(cell));
    under
        && views.iter().any(|v| body::items(v, seen.under).is_some_and(|(items, _)| items.iter().any(is_row)))
}

/// Rows in which every cell recurs, without duplicates.
fn heads(views: &[View], constants: &Constants) -> Vec<Vec<String>> {
    let is_cell = |text: &str| constants.cells.iter().any(|c| key(&c.text) == key(text));
    let mut heads: Vec<Vec<String>> = Vec::new();
    for line in views.iter().flat_map(|v| &v.lines).filter(|l| l.cells.len() > 1) {
        let cells: Vec<String> = line.cells.iter().map(|c| c.as_str().trim().to_owned()).collect();
        let known = heads.iter().any(|h| alike(h, &cells));
        // A head may be a year: "Question", "This inspection", "2021/22".
        let years = || cells.len() > 2 && cells.iter().any(|c| is_cell(c)) && recurs(views, &cells);
        if !known && cells.iter().all(|c| !c.is_empty() && (is_cell(c) || is_count(c) && years())) {
            let mut below = views.iter().filter_map(|v| width_below(v, &cells));
            match parted(&cells).filter(|two| below.any(|width| width == two.len())) {
                Some(two) => heads.push(two),
                None => heads.push(cells),
            }
        }
    }
    heads
}

/// Whether at least half of the samples have a row of these cells.
fn recurs(views: &[View], cells: &[String]) -> bool {
    let same = |l: &Line| l.cells.len() == cells.len() && is_head(&l.cells, cells);
    views.iter().filter(|v| v.lines.iter().any(same)).count() >= half(views.len())
}

/// How many cells the rows just below a head have in plain text, if all have more than the head.
fn width_below(view: &View, head: &[String]) -> Option<usize> {
    let at = view.lines.iter().position(|l| is_head(&l.cells, head))?;
    let rows = view.lines[at + 1..].iter().take_while(|l| l.cells.len() > 1 && is_plain(l));
    let widths: Vec<usize> = rows.map(|l| l.cells.len()).collect();
    widths.iter().all(|width| *width > head.len()).then(|| widths.first().copied())?
}

/// Splits the first cell of two words, choosing the one with the shortest first word: two heads that are too close to tell apart.
fn parted(head: &[String]) -> Option<Vec<String>> {
    let two =
        |(at, cell): (usize, &String)| cell.split_once(' ').map(|(a, b)| (at, a.to_owned(), b.to_owned()));
    let cells = head.iter().enumerate().filter_map(two).filter(|(_, _, b)| !b.contains(' '));
    let (at, a, b) = cells.min_by_key(|(at, a, _)| (a.len(), *at))?;
    let mut parted = head.to_vec();
    parted.splice(at..=at, [a, b]);
    Some(parted)
}

/// Whether cells are a head, or its words in fewer cells.
fn is_head(cells: &[Text], head: &[String]) -> bool {
    let same_words = || {
        let printed: Vec<&str> = cells.iter().map(Text::as_str).collect();
        key(&printed.join(" ")) == key(&head.join(" "))
    };
    match cells.len().cmp(&head.len()) {
        Ordering::Equal => cells.iter().zip(head).all(|(a, b)| key(a.as_str()) == key(b)),
        Ordering::Less => cells.len() > 1 && same_words(),
        Ordering::Greater => false,
    }
}

fn is_plain(line: &Line) -> bool {
    line.text.origins().iter().all(|o| o.bbox.is_none())
}

fn alike(a: &[String], b: &[String]) -> bool {
    a.len() == b.len() && a.iter().zip(b).all(|(a, b)| key(a) == key(b))
}

/// What a sample has below a head.
pub(super) struct Below<'v> {
    /// The rows with as many cells as the head.
    pub rows: Vec<Vec<Text>>,
    /// The heading above.
    under: &'v str,
}

/// The rows below a head; none where a sample does not have it.
pub(super) fn rows_below<'v>(view: &'v View, head: &[String]) -> Option<Below<'v>> {
    let at = view.lines.iter().position(|l| is_head(&l.cells, head))?;
    let above = &view.lines[..at];
    // A row with a single cell names a group of rows; in plain text, cells may be too close to tell apart.
    let close = |l: &Line| l.cells.len() < head.len() && is_plain(l);
    let of_table = |i: &usize| {
        let l = &view.lines[*i];
        let group = || l.heading.is_none() || names_group(&view.lines, *i, at + 1, head.len());
        l.cells.len() == head.len() || (l.cells.len() < 2 || close(l)) && group()
    };
    let below = (at + 1..view.lines.len()).take_while(of_table).map(|i| &view.lines[i]);
    let rows = below.filter(|l| l.cells.len() == head.len());
    let rows = rows.map(|l| l.cells.clone()).filter(|cells| !is_head(cells, head)).collect();
    let under = above.iter().rfind(|l| l.heading.is_some()).map_or("", |l| l.text.as_str());
    Some(Below { rows, under })
}

fn table(seen: &Seen, bearing: usize, guesses: &mut Guesses) {
    let column = |(at, name): (usize, &String)| {
        let kind = kinds::recognise(&seen.column(at).collect::<Vec<_>>(), name);
        // Columns of tick boxes are kept as they are printed.
        let boxed = !kind.options.is_empty();
        Column {
            head: Phrases::one(name),
            to: Some(slug(name, '_')),
            kind: if boxed { ValueType::Text } else { kind.kind },
            shape: kind.shape,
            month_first: kind.month_first,
            ..Column::default()
        }
    };
    let mut columns: Vec<Column> = seen.head.iter().enumerate().map(column).collect();
    let (into, why) = if grades(seen, &mut columns, guesses) {
        ("/judgements".to_owned(), "GUESS: the first column is what is graded.")
    } else if !guesses.has("/inspectors") && people(&mut columns, seen) {
        let why = "GUESS: types from the cells; pointer: a column of names, and a head or a role mentions inspectors.";
        ("/inspectors".to_owned(), why)
    } else if actions(&mut columns, seen) {
        let why = "GUESS: a heading or column head mentions what must be done.";
        ("/improvements".to_owned(), why)
    } else {
        let into = guesses.extension(&seen.head.join(" "));
        (into, "GUESS: types from the cells; pointer from the column heads.")
    };
    let presence = presence(bearing, guesses.samples);
    let heads = seen.head.join("”, “");
    let note = format!("Heads “{heads}” {}, {} rows. {why}", guesses.of(bearing), seen.rows.len());
    guesses.tables.push(Guess::new(Table { into, columns, presence, ..Table::default() }, note));
}

/// Whether a column holds grades; if so, makes the columns those of judgements.
fn grades(seen: &Seen, columns: &mut [Column], guesses: &mut Guesses) -> bool {
    let judged = seen.fixed && says(seen.under, GRADING);
    let graded = |at: usize| {
        let head = &seen.head[at];
        let cells: Vec<String> = seen.column(at).map(|c| c.as_str().trim().to_owned()).collect();
        let (all, forms) = (cells.len(), distinct(cells));
        let short = forms.iter().all(|f| f.split_whitespace().count() <= FORM && !is_count(f));
        let few = short && come_again(&forms, all);
        let spoken_of = || {
            judged
                || says(head, GRADING)
                || says(head, VERDICTS)
                || seen.fixed && forms.iter().any(|f| kinds::is_of_grades(f))
        };
        (!forms.is_empty() && (kinds::are_grades(&forms) || few && spoken_of())).then_some((at, forms))
    };
    // Previous grades may be printed beside the present ones.
    let other = |at: &usize| says(&seen.head[*at], OTHER_TIMES) || is_count(&seen.head[*at]);
    let (others, own): (Vec<usize>, Vec<usize>) = (1..columns.len()).partition(other);
    let Some((grade_at, forms)) = own.into_iter().chain(others.iter().copied()).find_map(graded) else {
        return false;
    };
    // A column of numbers or references comes before the one that says what is graded.
    let is_label =
        |at: &usize| *at != grade_at && columns[*at].kind == ValueType::Text && !others.contains(at);
    let is_named = |at: &usize| is_label(at) && !seen.column(*at).all(|cell| is_reference(cell.as_str()));
    let label = (0..columns.len()).find(is_named).or_else(|| (0..columns.len()).find(is_label)).unwrap_or(0);
    columns.iter_mut().for_each(|c| c.to = None);
    let label = &mut columns[label];
    (label.to, label.kind, label.shape) = (Some("label".into()), ValueType::Text, None);
    let grade = &mut columns[grade_at];
    (grade.to, grade.kind, grade.codes) =
        (Some("grade".into()), ValueType::Grade, Some(guesses.scale(forms)));
    true
}

/// Whether a cell is the reference of what is beside it: "R 400.8110", "4.2(b)".
fn is_reference(text: &str) -> bool {
    text.bytes().any(|b| b.is_ascii_digit())
        && !text.split_whitespace().any(|w| w.len() > 1 && w.chars().all(char::is_lowercase))
        && text.chars().filter(|c| c.is_lowercase()).count() < 3
}

fn is_count(text: &str) -> bool {
    text.bytes().all(|b| b.is_ascii_digit() || b" %.,/".contains(&b))
}

/// Whether a column names inspectors; if so, makes the columns those of the team.
fn people(columns: &mut [Column], seen: &Seen) -> bool {
    let cells = seen.rows.iter().flat_map(|row| row.iter().map(Text::as_str));
    let inspectors = seen.head.iter().map(String::as_str).chain(cells).any(|text| says(text, INSPECTORS));
    let Some(at) = columns.iter().position(|c| c.kind == ValueType::Name && inspectors) else { return false };
    for (i, column) in columns.iter_mut().enumerate() {
        column.to = match i == at {
            true => Some("name".into()),
            false => column.to.take().filter(|to| to == "role" || to == "organisation"),
        };
    }
    true
}

/// Whether the table says what must be done; if so, makes the columns those of improvements.
fn actions(columns: &mut [Column], seen: &Seen) -> bool {
    let is_text = |at: &usize| columns[*at].kind == ValueType::Text;
    let is_due = |at: usize| columns[at].kind == ValueType::Date && says(&seen.head[at], DUE);
    let all = 0..columns.len();
    let named = all.clone().find(|at| says_wanted(&seen.head[*at]));
    let wanted = named.is_some() || says_wanted(seen.under) || all.clone().any(is_due);
    // A column of references ("Requirement: 4.2") does not say what must be done; the one with sentences does.
    let said = named.filter(|at| seen.words(*at) >= SAID);
    let longest =
        || all.filter(is_text).max_by_key(|at| seen.words(*at)).filter(|at| seen.words(*at) >= SAID);
    let Some(text) = said.or_else(longest).or(named).filter(|_| wanted) else { return false };
    for (at, column) in columns.iter_mut().enumerate() {
        let responsible = says(&seen.head[at], &["responsible", "owner", "who"]);
        column.to = if at == text { Some("text".into()) } else { responsible.then(|| "responsible".into()) };
    }
    columns[text].kind = ValueType::Text;
    true
}
