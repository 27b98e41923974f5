//! The first and the last day of an inspection behind labels of their own: "Fieldwork started", "Fieldwork ended".

use super::constants::key;
use super::guess::{Guess, Guesses};
use super::words::{OF_PAPERS, ON_SITE, OTHER_TIMES, VISITS, says, says_report_date};
use crate::model::{Field, Place, ValueType};

const START: &[&str] =
    &["start", "started", "starting", "began", "begin", "commenced", "from", "first", "opened"];
const END: &[&str] =
    &["end", "ended", "ending", "finished", "finish", "completed", "to", "until", "last", "closed"];
/// Words in such labels that say nothing.
const EMPTY: &[&str] = &["date", "day", "of", "the", "on"];
/// Other words of what starts and ends.
const WORK: &[&str] = &["fieldwork", "site", "onsite", "review", "work"];

/// Makes the two days of two fields with such labels.
pub(super) fn pair(guesses: &mut Guesses) {
    let free =
        |f: &Guess<Field>| f.part.pointer.starts_with("/extension/") || f.part.pointer == "/inspection";
    let is_day = |f: &Guess<Field>| matches!(f.part.kind, ValueType::Date | ValueType::DateRange) && free(f);
    let words =
        |f: &Guess<Field>| f.part.find.first().and_then(Place::label).map(|(_, label)| key(&label[0]));
    let labels: Vec<(usize, String)> = guesses
        .fields
        .iter()
        .enumerate()
        .filter(|(_, f)| is_day(f))
        .filter_map(|(at, f)| Some((at, words(f)?)))
        .collect();
    let taken = guesses.has("/inspection");
    let pairs = labels.iter().flat_map(|start| labels.iter().map(move |end| (start, end)));
    let mut found = pairs.filter(|((_, start), (_, end))| match (rest(start, START), rest(end, END)) {
        (Some(a), Some(b)) => a == b && a.iter().all(|word| is_of_visits(word)),
        _ => false,
    });
    let (Some(((start, _), (end, _))), None) = (found.next(), found.next()) else { return };
    let is_own = [*start, *end].iter().any(|at| guesses.fields[*at].part.pointer == "/inspection");
    if taken && !is_own {
        return;
    }
    for (at, pointer) in [(*start, "/inspection/start"), (*end, "/inspection/end")] {
        let guess = &mut guesses.fields[at];
        (guess.part.pointer, guess.part.kind) = (pointer.to_owned(), ValueType::Date);
        guess.part.meaning = String::new();
        guess.note("GUESS: the first and the last day of the inspection, from two labels.");
    }
}

/// Makes the days behind a label that means a visit those of the inspection, rather than those of a sentence or of none.
pub(super) fn prefer(guesses: &mut Guesses) {
    let holder = guesses.fields.iter().position(|f| f.part.pointer == "/inspection");
    let is_free = holder.is_none_or(|at| in_sentence(&guesses.fields[at].part));
    if !is_free || guesses.has("/inspection/start") {
        return;
    }
    let means_visit = |f: &Guess<Field>| {
        let label = f.part.find.first().and_then(Place::label).map(|(_, label)| label[0].clone());
        let label = label.unwrap_or_default();
        let said = says(&label, VISITS) || says(&label, ON_SITE);
        said && !says(&label, OTHER_TIMES) && !says(&label, OF_PAPERS) && !says_report_date(&label)
    };
    let is_day = |f: &Guess<Field>| matches!(f.part.kind, ValueType::Date | ValueType::DateRange);
    let named = |f: &Guess<Field>| {
        f.part.pointer.starts_with("/extension/") && is_day(f) && !in_sentence(&f.part) && means_visit(f)
    };
    let found: Vec<usize> = (0..guesses.fields.len()).filter(|at| named(&guesses.fields[*at])).collect();
    let [at] = found.as_slice() else { return };
    if let Some(holder) = holder {
        let name = guesses.fields[holder].part.find.first().and_then(Place::label);
        let name = name.map_or("days".to_owned(), |(_, label)| label[0].clone());
        guesses.fields[holder].part.pointer = guesses.extension(&name);
        guesses.fields[holder].part.meaning = name;
    }
    let guess = &mut guesses.fields[*at];
    (guess.part.pointer, guess.part.kind) = ("/inspection".to_owned(), ValueType::DateRange);
    guess.part.meaning = String::new();
    guess.note("GUESS: the days of the inspection, as the label means a visit.");
}

fn in_sentence(field: &Field) -> bool {
    field.find.iter().any(|place| !place.sentence.is_empty())
}

/// Makes the only ranges of days that the samples have those of the inspection, if nothing else gives these.
pub(super) fn sole(guesses: &mut Guesses) {
    if ["/inspection", "/inspection/start"].iter().any(|pointer| guesses.has(pointer)) {
        return;
    }
    let ranges = |f: &&mut Guess<Field>| f.part.kind == ValueType::DateRange && !f.part.repeated;
    let mut found: Vec<_> = guesses.fields.iter_mut().filter(ranges).collect();
    if let [only] = found.as_mut_slice() {
        only.part.pointer = "/inspection".to_owned();
        only.part.meaning = String::new();
        only.note("GUESS: the days of the inspection, as no other place has a range of days.");
    }
}

/// The words of a label beside one of some words; none if it has none of these.
fn rest<'l>(label: &'l str, words: &[&str]) -> Option<Vec<&'l str>> {
    let all = label.split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty());
    let (said, others): (Vec<&str>, Vec<&str>) = all.partition(|w| words.contains(w));
    (said.len() == 1).then(|| others.into_iter().filter(|w| !EMPTY.contains(w)).collect())
}

fn is_of_visits(word: &str) -> bool {
    VISITS.contains(&word) || WORK.contains(&word)
}
