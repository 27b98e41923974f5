//! Selects the places whose texts look like values, and gives each a type and a pointer.

use std::collections::BTreeSet;

use findings_core::grammar::is_person_like;
use findings_core::grammar::label::contains_label;
use findings_core::text::Text;

use super::constants::{Constants, key};
use super::guess::{Guess, Guesses, distinct, half, is_most, slug};
use super::kinds::{self, Kind};
use super::point::{own_pointer, point};
use super::pool::Candidate;
use super::words::{GRADING, PEOPLE, SORTS, VISITS, says, says_overall};
use crate::model::{Field, Phrases, Place, Presence, ValueType};
use crate::read::view::View;

/// The usual maximum length of a value below or beside a label, in words.
const SHORT: usize = 12;
/// The most words in a printed form of a code.
pub(super) const FORM: usize = 5;
/// How many values a comment shows.
const SHOWN: usize = 3;
/// With at least this many samples, a few words that keep recurring after one label are codes; with fewer it can't be known.
const CODED_SAMPLES: usize = 5;
/// The most codes a list can have.
pub(super) const CODES: usize = 6;

/// The area of the overall grade in every format.
pub(super) const OVERALL: &str = "overall-effectiveness";

/// What is counted is a word longer than this many letters: not "of" or "and".
const COUNTED: usize = 3;

/// A place whose texts look like values.
struct Slot<'p> {
    candidate: &'p Candidate,
    kind: Kind,
    /// Other places with the same words.
    witnesses: Vec<&'p Candidate>,
}

impl Slot<'_> {
    fn forms(&self) -> BTreeSet<String> {
        self.candidate.values().map(|v| v.trim_end_matches('.').to_owned()).collect()
    }

    fn may_be_coded(&self) -> bool {
        let short = |v: &str| v.split_whitespace().count() <= FORM && !v.bytes().any(|b| b.is_ascii_digit());
        self.kind.kind == ValueType::Text
            && self.candidate.kind() != "heading"
            && (self.candidate.values().all(short) || graded(self.candidate))
            && !self.candidate.values().all(is_person_like)
    }
}

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
        if slots.iter().any(|s| {
            key(&s.candidate.label) == key(&candidate.label)
                && s.candidate.place.block == candidate.place.block
                && !candidate.label.is_empty()
        }) {
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
    rest.is_some() && !end.label.is_empty() && end.kind() == c.kind() && end.bearing() > c.bearing() && same()
}

/// The type of the texts at a place, if they look like values.
fn looks_like_a_value(c: &Candidate, constants: &Constants, samples: usize) -> Option<Kind> {
    let bearing = c.bearing();
    if bearing < half(samples) && !c.sparse {
        return None;
    }
    let texts: Vec<&Text> = c.texts.iter().flatten().collect();
    let kind = kinds::recognise(&texts, &c.label);
    let short = c.values().filter(|v| words(v) <= SHORT).count() * 2 > bearing;
    let typed = kind.kind != ValueType::Text || graded(c);
    let varies = c.distinct() > 1;
    let ends = c.values().any(|v| v.ends_with(['.', ':']));
    let most = is_most(bearing, samples);
    let colon = c.label.ends_with([':', '-', '–', '—']);
    // A grade in large print looks like a heading that recurs.
    let rated = says(&c.label, GRADING) || says_overall(&c.label);
    let forms = distinct(c.values().map(str::to_owned).collect());
    let is_grade = rated && come_again(&forms, bearing) && forms.iter().all(|f| words(f) <= FORM);
    let of_the_form =
        !is_grade && c.values().any(|v| constants.is_heading(v) || constants.begins_with_label(v));
    let fits = match c.kind() {
        _ if c.sparse => bearing > 1 && short && !ends,
        "row" => (varies || graded(c) && bearing == samples) && (short || kind.kind == ValueType::Address),
        "after" if colon => (varies || graded(c)) && (short || kind.kind == ValueType::Address),
        "after" if names_inspected(&c.label) => varies && most && short && !ends,
        "after" => typed && (varies || graded(c)) && most,
        "below" => {
            varies
                && (bearing == samples || kind.kind != ValueType::Text && (most || bearing == c.samples))
                && short
                && !ends
                && !c.label.ends_with(['.', ','])
                && !of_the_form
                && !c.values().any(|v| v.contains(": "))
        }
        "box" => varies && most && short && !ends && !of_the_form,
        "above" if c.place.block => varies && most && c.values().all(kinds::has_postcode),
        "above" => {
            varies
                && bearing == samples
                && (kind.kind == ValueType::Name || kind.kind == ValueType::Date)
                && !colon
        }
        "sentence" if names_inspected(&c.label) && c.values().all(is_title) => varies && most,
        "sentence" => return goes_on_with(&texts, &c.label).filter(|_| varies && most),
        "heading" => varies && most && short && !of_the_form && !c.values().any(|v| v.ends_with('.')),
        _ => false,
    };
    fits.then_some(kind)
}

/// Whether most samples begin with the text and name it again: a title that is the name of who is inspected.
fn named_again(views: &[View], c: &Candidate) -> bool {
    let again = |(view, text): (&View, &Option<Text>)| {
        let blocks = view
            .doc
            .blocks
            .iter()
            .filter(|b| text.as_ref().is_some_and(|t| contains_label(b.text.as_str(), t.as_str())));
        blocks.count() > 1
    };
    let title = c.at < TITLE && ["below", "above", "heading"].contains(&c.kind());
    title && is_most(views.iter().zip(&c.texts).filter(|(v, t)| again((v, t))).count(), views.len())
}

/// The first lines of a document, which hold its title.
const TITLE: usize = 6;

/// Whether a title ends with the label: "Inspection of a hostel" for "Hostel".
fn titled_for(label: &str, constants: &Constants) -> bool {
    let named = format!(" {}", key(label));
    let titles = constants.lines.iter().filter(|line| says(&line.text, VISITS));
    named.len() > COUNTED && titles.map(|line| key(&line.text)).any(|title| title.ends_with(&named))
}

/// "Inspection of", "Report of a visit to"
pub(super) fn names_inspected(label: &str) -> bool {
    says(label, VISITS) && ["of", "to", "at"].iter().any(|word| key(label).ends_with(&format!(" {word}")))
}

/// Whether a text may be a name in a title: short, and with capitals.
fn is_title(text: &str) -> bool {
    text.starts_with(char::is_uppercase)
        && words(text) <= SHORT
        && !text.contains(". ")
        && !text.ends_with(':')
}

fn graded(c: &Candidate) -> bool {
    let forms: Vec<String> = c.values().map(str::to_owned).collect();
    kinds::are_grades(&forms)
}

/// A sentence continues after its value. So the value must come first in the rest of the sentence or, in prose, be one of a few forms
/// and all of the rest. Names must be all of the rest, after words about people.
fn goes_on_with(texts: &[&Text], label: &str) -> Option<Kind> {
    let prose = !label.contains(':');
    if key(label).ends_with(" by") || says(label, PEOPLE) {
        let named = kinds::recognise(texts, label);
        if named.kind == ValueType::Name {
            return Some(named);
        }
    }
    let begins = |kind: ValueType| {
        texts
            .iter()
            .all(|t| kinds::got(t, kind, false).is_some_and(|g| t.as_str().trim().starts_with(&g.printed)))
    };
    let typed = [ValueType::Date, ValueType::DateRange, ValueType::Number].into_iter().find(|k| begins(*k));
    let forms = distinct(texts.iter().map(|t| t.as_str().trim().to_owned()).collect());
    let few = || prose && come_again(&forms, texts.len()) && forms.iter().all(|form| words(form) <= FORM);
    let kind = typed.or_else(|| few().then_some(ValueType::Text))?;
    Some(Kind { kind, why: "the text continues with one in all samples".into(), ..Kind::default() })
}

fn words(text: &str) -> usize {
    text.split_whitespace().count()
}

/// Lists of codes: labels whose values are a few words that recur. Each with its labels and its name.
fn scales(slots: &[Slot], guesses: &mut Guesses) -> Vec<(Vec<String>, String)> {
    let mut groups: Vec<(Vec<&Slot>, BTreeSet<String>)> = Vec::new();
    for slot in slots.iter().filter(|s| s.may_be_coded()) {
        let forms = slot.forms();
        match groups.iter_mut().find(|(_, known)| !known.is_disjoint(&forms) || all_grades(known, &forms)) {
            Some((members, known)) => {
                members.push(slot);
                known.extend(forms);
            }
            None => groups.push((vec![slot], forms)),
        }
    }
    let mut scales = Vec::new();
    for (members, forms) in groups {
        let seen: usize = members.iter().map(|s| s.candidate.bearing()).sum();
        let forms: Vec<String> = forms.into_iter().collect();
        let comes_again = come_again(&forms, seen);
        let sorts = members.iter().any(|s| says(&s.candidate.label, SORTS));
        let rated =
            members.iter().any(|s| says(&s.candidate.label, GRADING) || says_overall(&s.candidate.label));
        let levels = forms.iter().all(|form| kinds::LEVELS.contains(&key(form).as_str()));
        let grades = kinds::are_grades(&forms) && (rated || !levels)
            || comes_again && !sorts && (members.len() > 1 || rated);
        if !(grades || comes_again && guesses.samples >= CODED_SAMPLES) {
            continue;
        }
        let labels: Vec<String> = members.iter().map(|s| s.candidate.label.clone()).collect();
        let name = match grades {
            true => guesses.scale(forms),
            false => guesses.codes(&slug(&labels[0], '-'), forms),
        };
        scales.push((labels, name));
    }
    scales
}

/// Whether a few printed forms occur often enough to be a list of codes: twice each, on average.
pub(super) fn come_again(forms: &[String], seen: usize) -> bool {
    (2..=CODES).contains(&forms.len()) && seen >= 2 * forms.len()
}

fn all_grades(a: &BTreeSet<String>, b: &BTreeSet<String>) -> bool {
    kinds::are_grades(&a.union(b).cloned().collect::<Vec<_>>())
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
