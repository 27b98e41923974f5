//! Selects the places whose texts look like values, and gives each a type and a pointer.

use findings_core::text::Text;

use super::constants::{Constants, key};
use super::guess::{Guess, Guesses, slug};
use super::kinds;
use super::point::{own_pointer, point};
use super::pool::Candidate;
use super::scales::{FORM, Slot, scales};
use super::valued::{graded, looks_like_a_value, named_again, names_inspected, titled_for};
use crate::model::{Field, Phrases, Place, Presence, ValueType};
use crate::read::view::View;

/// How many values a comment shows.
const SHOWN: usize = 3;
/// The area of the overall grade in every format.
pub(super) const OVERALL: &str = "overall-effectiveness";

/// What is counted is a word longer than this many letters: not "of" or "and".
const COUNTED: usize = 3;

/// Adds a field for whatever looks like a value and does not have one yet.
pub(super) fn add(views: &[View], pool: &[Candidate], constants: &Constants, guesses: &mut Guesses) {
    let mut slots: Vec<Slot> = Vec::new();
    for candidate in pool {
        let taken = guesses.fields.iter().flat_map(|f| &f.part.find).any(|p| same_label(p, candidate));
        let is_value = |other: &Candidate| looks_like_a_value(other, constants, guesses.samples).is_some();
        if taken
            || guesses.is_framed(&candidate.texts)
            || pool.iter().any(|other| says_as_much(other, candidate) && is_value(other))
        {
            continue;
        }
        let Some(kind) = looks_like_a_value(candidate, constants, guesses.samples) else {
            guesses.left.extend(same_in_all(candidate, guesses.samples));
            continue;
        };
        let same = |s: &&mut Slot| {
            key(&s.candidate.label) == key(&candidate.label)
                && s.candidate.place.block == candidate.place.block
                && !candidate.label.is_empty()
        };
        if let Some(slot) = slots.iter_mut().find(same) {
            // A box may have more lines than the one below its label.
            if candidate.kind() == "box"
                && slot.candidate.kind() == "below"
                && is_longer(candidate, slot.candidate)
            {
                (slot.candidate, slot.kind) = (candidate, kind);
            }
            continue;
        }
        let known = guesses.fields.iter().any(|f| f.notes.iter().any(|n| n == &shown(candidate)));
        // Two labels on lines of their own are two values, even if these are always the same; so are the grades of two sentences.
        let judges = candidate.kind() == "sentence" && graded(candidate);
        let labelled = judges || candidate.kind() == "row" || candidate.label.ends_with(':');
        match slots.iter_mut().find(|s| !labelled && same_words(s.candidate, candidate)) {
            Some(slot) => slot.witnesses.push(candidate),
            None if known && !labelled => {}
            None => slots.push(Slot { candidate, kind, witnesses: Vec::new() }),
        }
    }
    let scales = scales(&slots, guesses);
    slots.sort_by_key(|s| s.candidate.at);
    for slot in &slots {
        let codes = scales
            .iter()
            .find(|(labels, _)| slot.kind.kind == ValueType::Text && labels.contains(&slot.candidate.label));
        let boxes = (!slot.kind.options.is_empty())
            .then(|| guesses.boxes(&slug(&slot.candidate.label, '-'), &slot.kind.options));
        let codes = boxes.as_deref().or(codes.map(|(_, name)| name.as_str()));
        let guess = field(slot, codes, views, constants, guesses);
        let judged =
            guess.part.area.is_some() && guesses.fields.iter().any(|f| f.part.area == guess.part.area);
        if !judged {
            guesses.fields.push(guess);
        }
    }
}

/// Whether a place gives all that another does, and in some sample more.
fn is_longer(long: &Candidate, short: &Candidate) -> bool {
    let both = || long.texts.iter().zip(&short.texts);
    let begins = |(long, short): (&Option<Text>, &Option<Text>)| match (long, short) {
        (Some(long), Some(short)) => long.as_str().starts_with(short.as_str()),
        (_, short) => short.is_none(),
    };
    both().all(begins)
        && both().any(|(long, short)| long.as_ref().map(Text::as_str) != short.as_ref().map(Text::as_str))
}

/// A text after a label that is the same in all samples: part of the form, or a value that happens to be the same.
fn same_in_all(c: &Candidate, samples: usize) -> Option<String> {
    let value = c.values().next().filter(|v| v.split_whitespace().count() <= FORM)?;
    let same = c.kind() == "after" && c.label.ends_with(':') && c.bearing() == samples && c.distinct() == 1;
    same.then(|| {
        format!("“{}”: all samples have “{value}”; if this is a value, write a field for it.", c.label)
    })
}

fn same_label(place: &Place, candidate: &Candidate) -> bool {
    // An address above a label is not that label's value.
    if place.block {
        return *place == candidate.place;
    }
    if place.alone {
        return false;
    }
    let label = place.label().map(|(_, phrases)| phrases.iter().any(|p| key(p) == key(&candidate.label)));
    label.unwrap_or(place.heading == candidate.place.heading && place.heading.is_some())
}

/// Whether two places have the same words in every sample.
fn same_words(a: &Candidate, b: &Candidate) -> bool {
    let words = |t: &Option<Text>| t.as_ref().map(|t| key(t.as_str()));
    a.texts.iter().zip(&b.texts).all(|(a, b)| words(a) == words(b))
}

/// Whether one label is the end of another, occurs in more samples and gives the same values: "inspection on" does for "This was an
/// unannounced inspection on", as other inspections are announced.
fn says_as_much(end: &Candidate, c: &Candidate) -> bool {
    let label = key(&c.label);
    let rest = label.strip_suffix(&key(&end.label)).filter(|rest| rest.ends_with(' '));
    let words = |t: &Option<Text>| t.as_ref().map(|t| key(t.as_str()));
    let same = || c.texts.iter().zip(&end.texts).all(|(a, b)| a.is_none() || words(a) == words(b));
    // Of two beginnings of one sentence the shorter says as much.
    let least = c.bearing() + usize::from(c.kind() != "sentence");
    rest.is_some() && !end.label.is_empty() && end.kind() == c.kind() && end.bearing() >= least && same()
}

/// What names a value: its label, or the one of its places that says who is inspected; nothing names a title.
fn name_of<'a>(slot: &'a Slot, kind: ValueType) -> &'a str {
    let c = slot.candidate;
    let titled = slot.witnesses.iter().any(|w| w.label.is_empty());
    let inspected = slot.witnesses.iter().find(|w| names_inspected(&w.label));
    if titled {
        ""
    } else if kind == ValueType::Address && c.kind() == "above" {
        // Whatever is above a label is not what the label names.
        "Address"
    } else {
        inspected.map_or(&c.label, |w| &w.label)
    }
}

fn field(
    slot: &Slot,
    codes: Option<&str>,
    views: &[View],
    constants: &Constants,
    guesses: &Guesses,
) -> Guess<Field> {
    let c = slot.candidate;
    let mut field = Field {
        kind: slot.kind.kind,
        shape: slot.kind.shape.clone(),
        month_first: slot.kind.month_first,
        repeated: slot.kind.repeated,
        posts: Phrases(slot.kind.posts.clone()),
        codes: codes.map(str::to_owned),
        presence: presence(c.bearing(), guesses.samples),
        find: std::iter::once(c).chain(slot.witnesses.iter().copied()).map(|c| c.place.clone()).collect(),
        ..Field::default()
    };
    let grades = codes.and_then(|name| guesses.codes.get(name)).is_some_and(|g| g.part.scale.is_some());
    if codes.is_some() {
        field.kind = if grades { ValueType::Grade } else { ValueType::Code };
    }
    let counted = counted(c).filter(|_| field.kind == ValueType::Number);
    let named = counted.as_deref().unwrap_or_else(|| name_of(slot, field.kind));
    let repeats =
        kinds::repeat(c.values(), &c.label) || titled_for(&c.label, constants) || named_again(views, c);
    let why = match c.sparse {
        true => own_pointer(&mut field, named, guesses),
        false => point(&mut field, named, &c.context, repeats, guesses),
    };
    let label = if c.label.is_empty() { "The first heading".into() } else { format!("“{}”", c.label) };
    let mut guess = Guess::new(
        field,
        format!("{label}: {}, {} different values.", guesses.of(c.bearing()), c.distinct()),
    );
    guess.note(shown(c));
    let boxed = !slot.kind.options.is_empty();
    let kind = if codes.is_some() && !boxed { "a few recurring words" } else { &slot.kind.why };
    guess.note(format!("GUESS: type: {kind}; pointer: {why}."));
    for witness in &slot.witnesses {
        guess.note(format!("The same words are {} “{}”.", witness.kind(), witness.label));
    }
    if c.sparse {
        guess.note("GUESS: a label that only some documents have.");
    } else if c.distinct() == 1 {
        guess.note("The same in all samples.");
    }
    guess
}

/// What a sentence counts, if every sample has the same noun after the number ("12 residents") or before it ("a crew of 3").
fn counted(c: &Candidate) -> Option<String> {
    if let Some(noun) = c.place.until.first() {
        return Some(noun.clone());
    }
    let mut behind = c.values().filter(|_| c.kind() == "sentence").map(|v| v.split_whitespace().nth(1));
    let first = behind.next()??;
    let noun = first.len() > COUNTED && first.chars().all(char::is_alphabetic);
    let before = c.label.strip_suffix(" of").and_then(|label| label.rsplit(' ').next());
    let behind = Some(first).filter(|_| noun && behind.all(|next| next == Some(first)));
    behind.or(before).map(str::to_owned)
}

pub(super) fn presence(bearing: usize, samples: usize) -> Presence {
    if bearing == samples { Presence::Required } else { Presence::Optional }
}

/// Some of the values at a place.
pub(super) fn shown(c: &Candidate) -> String {
    such_as(c.values())
}

/// The first of some values.
pub(super) fn such_as<'v>(values: impl Iterator<Item = &'v str>) -> String {
    let some: Vec<&str> = values.take(SHOWN).collect();
    format!("For example: {}.", some.join(" · "))
}
