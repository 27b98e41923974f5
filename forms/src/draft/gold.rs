//! Finds for each labelled value the place that reads it in all samples.

use std::cmp::Reverse;

use findings_core::text::Text;
use serde_json::Value;

use super::Sample;
use super::body;
use super::constants::key;
use super::fields::{presence, shown};
use super::guess::{Guess, Guesses, distinct, labelled, slug};
use super::kinds::{self, shape};
use super::labels::{JUDGED, is_list, wants};
use super::point::role_of;
use super::pool::Candidate;
use super::rows;
use crate::model::{CodeList, Field, ValueType};
use crate::read::values::{Wanted, read};
use crate::read::view::View;

/// A single label is not enough to find a place.
const LEAST_LABELS: usize = 2;
/// The most places a field can have.
const PLACES: usize = 3;
/// The most different values that can be a list of codes.
const CODES: usize = 8;

/// How well a place agrees with the labels.
#[derive(Clone)]
struct Score {
    right: Vec<bool>,
    wrong: usize,
}

/// Adds a field for each labelled value that some place reads.
pub(super) fn fields(samples: &[Sample], pool: &[Candidate], guesses: &mut Guesses) {
    for (pointer, wants) in wants(samples) {
        let given = wants.iter().flatten().filter(|w| !w.is_null()).count();
        // The frame of a letter is identified by position.
        let framed = pointer.starts_with("/letter/") && guesses.has(&pointer);
        if given == 0 || framed {
            continue;
        }
        if given < LEAST_LABELS {
            guesses
                .left
                .push(format!("{pointer}: a single label does not show where it is in other samples."));
            continue;
        }
        match best(&pointer, &wants, pool) {
            Some(guess) => {
                let guess = placed(guess, &pointer, &wants, guesses);
                guesses.fields.push(guess);
            }
            None => guesses.left.push(format!(
                "{pointer}: no place reads the labelled values ({given} of them). They may be inside sentences, or need a region or a type of their own."
            )),
        }
    }
}

/// The places of a field, each with its score.
type Taken<'p> = Vec<(&'p Candidate, Score)>;

/// The field whose places read the most values and none wrongly, with as few places as possible.
fn best(pointer: &str, wants: &[Option<Value>], pool: &[Candidate]) -> Option<Guess<Field>> {
    let mut found: Option<(Field, Taken)> = None;
    for (field, codes) in kinds_of(pointer.starts_with(JUDGED), wants) {
        let taken = places(pointer, wants, pool, &field, codes.as_ref());
        let better =
            found.as_ref().is_none_or(|(_, best)| covered(&taken, wants.len()) > covered(best, wants.len()));
        if !taken.is_empty() && better {
            found = Some((field, taken));
        }
    }
    let (mut field, taken) = found?;
    if field.kind == ValueType::Text {
        field = narrowed(field, &taken, wants);
    }
    if pointer == "/inspectors" {
        field.role = taken.first().and_then(|(c, _)| role_of(&c.label));
    }
    field.find = taken.iter().map(|(c, _)| c.place.clone()).collect();
    told(field, pointer, wants, &taken)
}

/// The places that read values of the field's type and none wrongly: the best, then those that add to them.
fn places<'p>(
    pointer: &str,
    wants: &[Option<Value>],
    pool: &'p [Candidate],
    field: &Field,
    codes: Option<&CodeList>,
) -> Taken<'p> {
    let scores = pool.iter().map(|c| (c, score(c, field, codes, wants)));
    let mut right: Taken = scores.filter(|(_, s)| s.wrong == 0 && s.right.contains(&true)).collect();
    let count = |s: &Score| s.right.iter().filter(|r| **r).count();
    // Among places that read equally many, the narrowest. Codes can agree by chance, so there the label must name the field.
    let length = |c: &Candidate| c.values().map(str::len).sum::<usize>();
    let shared = |c: &Candidate| shared_words(&c.label, pointer);
    match codes {
        Some(_) => {
            right.sort_by_key(|(c, s)| (shared(c) == 0, Reverse(count(s)), Reverse(shared(c)), length(c)))
        }
        None => right.sort_by_key(|(c, s)| (Reverse(count(s)), length(c), Reverse(shared(c)))),
    }
    if pointer.starts_with(JUDGED) {
        right.retain(|(c, _)| shared(c) > 0);
    }
    let mut taken: Taken = Vec::new();
    for (c, s) in right {
        let more = (0..wants.len()).any(|i| s.right[i] && !taken.iter().any(|(_, t)| t.right[i]));
        if more && taken.len() < PLACES {
            taken.push((c, s));
        }
    }
    taken
}

/// A field with notes on its places.
fn told(field: Field, pointer: &str, wants: &[Option<Value>], taken: &Taken) -> Option<Guess<Field>> {
    let said = wants.iter().flatten().filter(|w| !w.is_null()).count();
    let right = covered(taken, wants.len());
    let (first, _) = taken.first()?;
    let label = if first.label.is_empty() { "a heading".into() } else { format!("“{}”", first.label) };
    let note = format!("{} {label}: reads the labelled values {}.", first.kind(), labelled(right, said));
    let mut guess = Guess::new(field, note);
    guess.note(shown(first));
    let few = guess.part.codes.is_some() || first.distinct() < right;
    if few && shared_words(&first.label, pointer) == 0 {
        guess.note("GUESS: the label does not mention it, and recurring words may agree by chance.");
    }
    let unread = |(i, want): (usize, &Option<Value>)| {
        want.as_ref().filter(|w| !w.is_null() && !taken.iter().any(|(_, s)| s.right[i])).map(Value::to_string)
    };
    let left: Vec<String> = wants.iter().enumerate().filter_map(unread).collect();
    if !left.is_empty() {
        guess.note(format!("Not read by any place: {}.", left.join(", ")));
    }
    Some(guess)
}

/// How many long words a label and a pointer have in common.
fn shared_words(label: &str, pointer: &str) -> usize {
    let pointer = slug(&pointer.replace(['/', '_', '-'], " "), ' ');
    let named: Vec<&str> = pointer.split(' ').filter(|w| w.len() > 3).collect();
    slug(label, ' ').split(' ').filter(|w| named.contains(w)).count()
}

/// A more specific type than text, if it reads the same values.
fn narrowed(field: Field, taken: &[(&Candidate, Score)], wants: &[Option<Value>]) -> Field {
    let Some((first, _)) = taken.first() else { return field };
    let texts: Vec<&Text> = first.texts.iter().flatten().collect();
    let kind = kinds::recognise(&texts, &first.label);
    let narrow = Field { kind: kind.kind, shape: kind.shape, month_first: kind.month_first, ..field.clone() };
    let same = taken.iter().all(|(c, s)| score(c, &narrow, None, wants).right == s.right);
    if same { narrow } else { field }
}

fn covered(taken: &[(&Candidate, Score)], samples: usize) -> usize {
    (0..samples).filter(|i| taken.iter().any(|(_, s)| s.right[*i])).count()
}

/// The types that the labelled values may have.
fn kinds_of(judged: bool, wants: &[Option<Value>]) -> Vec<(Field, Option<CodeList>)> {
    let plain = |kind| (Field { kind, ..Field::default() }, None);
    let values: Vec<&Value> = wants.iter().flatten().filter(|w| !w.is_null()).collect();
    if values.iter().all(|v| v.is_array()) {
        let days =
            |month_first| (Field { kind: ValueType::DateRange, month_first, ..Field::default() }, None);
        return vec![days(false), days(true)];
    }
    if values.iter().all(|v| v.is_number()) {
        return vec![plain(ValueType::Number)];
    }
    let words: Vec<&str> = values.iter().filter_map(|v| v.as_str()).collect();
    let is_day = |w: &&str| {
        w.len() == 10
            && w.bytes()
                .enumerate()
                .all(|(i, b)| if i == 4 || i == 7 { b == b'-' } else { b.is_ascii_digit() })
    };
    if words.iter().all(is_day) {
        let day = |month_first| (Field { kind: ValueType::Date, month_first, ..Field::default() }, None);
        return vec![day(false), day(true)];
    }
    let mut kinds = vec![
        plain(ValueType::Text),
        plain(ValueType::Name),
        plain(ValueType::Postcode),
        plain(ValueType::Address),
    ];
    if let Some(shape) = shape(&words) {
        kinds.insert(0, (Field { kind: ValueType::Code, shape: Some(shape), ..Field::default() }, None));
    }
    let forms = distinct(words.iter().map(|w| w.replace('-', " ")).collect());
    let coded = judged || words.iter().all(|w| slug(w, '-') == *w);
    if forms.len() <= CODES && (coded || kinds::are_grades(&forms) || forms.len() * 2 <= words.len()) {
        let (list, _) = kinds::code_list(&forms, None);
        kinds.push((
            Field { kind: ValueType::Code, codes: Some(String::new()), ..Field::default() },
            Some(list),
        ));
    }
    kinds
}

fn score(c: &Candidate, field: &Field, codes: Option<&CodeList>, wants: &[Option<Value>]) -> Score {
    let wanted = Wanted {
        kind: field.kind,
        codes,
        shape: field.shape.as_deref(),
        month_first: field.month_first,
        rule: "draft",
    };
    let mut score = Score { right: vec![false; wants.len()], wrong: 0 };
    for (i, want) in wants.iter().enumerate() {
        let (Some(want), Some(text)) = (want, &c.texts[i]) else { continue };
        match says(text, wanted, want) {
            Some(true) => score.right[i] = true,
            Some(false) => score.wrong += 1,
            None => {}
        }
    }
    score
}

/// Whether a text has the wanted value; none if it has no value of the type.
fn says(text: &Text, wanted: Wanted, want: &Value) -> Option<bool> {
    let got = read(text, wanted)?;
    Some(match want {
        Value::Array(days) => {
            let first = got.days.iter().map(|d| d.0.to_string()).min();
            let last = got.days.iter().map(|d| d.1.to_string()).max();
            first.as_deref() == days.first().and_then(Value::as_str)
                && last.as_deref() == days.last().and_then(Value::as_str)
        }
        Value::String(words) if wanted.codes.is_some() => {
            got.value.as_str().is_some_and(|g| g == slug(words, '-'))
        }
        Value::String(words) => {
            got.value.as_str().is_some_and(|g| g.split_whitespace().eq(words.split_whitespace()))
        }
        other => got.value == *other,
    })
}

/// Sets the field's pointer, and gives its codes a list.
fn placed(
    mut guess: Guess<Field>,
    pointer: &str,
    wants: &[Option<Value>],
    guesses: &mut Guesses,
) -> Guess<Field> {
    let said = wants.iter().flatten().filter(|w| !w.is_null()).count();
    guess.part.presence = presence(if wants.iter().flatten().any(Value::is_null) { 0 } else { said }, said);
    let area = pointer.strip_prefix(JUDGED);
    guess.part.pointer = if area.is_some() { "/judgements".into() } else { pointer.to_owned() };
    let known = crate::parse::POINTERS.contains(&guess.part.pointer.as_str())
        || guess.part.pointer.starts_with("/extension/");
    if !known {
        guess.part.pointer = guesses.extension(&pointer.replace('/', " "));
    }
    if pointer == "/inspection" {
        guess.part.kind = ValueType::DateRange;
    }
    if area.is_none() && guess.part.codes.is_none() {
        return guess;
    }
    guess.part.area = area.map(str::to_owned);
    let name = if area.is_some() {
        "grade".to_owned()
    } else {
        slug(pointer.rsplit('/').next().unwrap_or("code"), '-')
    };
    let forms = wants.iter().flatten().filter_map(Value::as_str).map(|w| w.replace('-', " "));
    let list = guesses.codes.entry(name.clone()).or_insert_with(|| {
        let scale = area.is_some().then(|| "scale".to_owned());
        Guess::new(
            CodeList { scale, values: Vec::new() },
            "The labelled codes. GUESS: their order; put the best first.",
        )
    });
    for form in forms {
        let (more, _) = kinds::code_list(&[form], None);
        for code in more.values {
            if !list.part.values.iter().any(|c| c.code == code.code) {
                list.part.values.push(code);
            }
        }
    }
    guess.part.kind = if area.is_some() { ValueType::Grade } else { ValueType::Code };
    guess.part.codes = Some(name);
    guess
}

/// Compares the proposed tables and lists with those of the labels.
pub(super) fn lists(samples: &[Sample], views: &[View], guesses: &mut Guesses) {
    rows::judgements(samples, views, guesses);
    let mut names: Vec<&String> =
        samples.iter().filter_map(|s| s.gold.as_ref()?.as_object()).flat_map(|o| o.keys()).collect();
    names.sort();
    names.dedup();
    for name in names.into_iter().filter(|name| is_list(name)) {
        let items = |s: &Sample| -> Option<Vec<Value>> { s.gold.as_ref()?.get(name)?.as_array().cloned() };
        if samples.iter().filter_map(items).flatten().any(|item| item.is_object()) {
            guesses
                .left
                .push(format!("{name}: labelled rows are not searched for; a [[table]] may read them."));
            continue;
        }
        let of =
            |s: &Sample| -> Option<Vec<String>> { items(s)?.iter().map(|i| i.as_str().map(key)).collect() };
        let wants: Vec<Option<Vec<String>>> = samples.iter().map(of).collect();
        let said = wants.iter().flatten().filter(|w| !w.is_empty()).count();
        if said > 0 {
            list(name, &wants, said, views, guesses);
        }
    }
}

/// Notes which proposed list has the items of a labelled list, or that none has.
fn list(name: &str, wants: &[Option<Vec<String>>], said: usize, views: &[View], guesses: &mut Guesses) {
    let right = |heading: &str| {
        let same = |(want, view): (&Option<Vec<String>>, _)| {
            let items =
                body::items(view, heading).map(|(items, _)| items.iter().map(|i| key(i)).collect::<Vec<_>>());
            want.as_ref().is_some_and(|w| !w.is_empty()) && items == *want
        };
        wants.iter().zip(views).filter(|(w, v)| same((*w, *v))).count()
    };
    let best = guesses.lists.iter().enumerate().map(|(i, l)| (right(&l.part.under[0]), i)).max();
    let Some((n, i)) = best.filter(|(n, _)| *n > 0) else {
        if rows::items(name, wants, views, guesses) {
            return;
        }
        let note = format!("{name}: no list under a heading has the labelled items ({said} of them).");
        return guesses.left.push(note);
    };
    let list = &mut guesses.lists[i];
    let pointer = format!("/{}", name.trim_start_matches('/'));
    if name.ends_with("improvements") {
        list.part.into = "/improvements".into();
        list.part.kind.get_or_insert_with(|| "recommendation".into());
    } else if pointer == "/strengths" || pointer.starts_with("/extension/") {
        list.part.into = pointer;
        list.part.kind = None;
    }
    list.note(format!("The labelled “{name}”: the same items {}.", labelled(n, said)));
}
