//! The frame of a letter: its day, to whom it is written, how they are greeted, what it is about, who signed.

use std::collections::BTreeSet;

use findings_core::grammar::is_person_like;
use findings_core::grammar::label::label;
use findings_core::text::Text;

use super::constants::{Constant, Constants};
use super::fields::{CODES, FORM, presence, shown};
use super::guess::{Guess, Guesses};
use super::kinds::{got, has_postcode};
use super::pool::{Candidate, candidate};
use crate::model::{Field, Phrases, Place, ValueType};
use crate::read::places::Labels;
use crate::read::view::{Line, View};

/// What a letter greets with.
const GREETING: &str = "Dear";
/// What stands above a signature begins so.
const CLOSING: &str = "Yours";
/// A subject has at most so many words.
const SUBJECT: usize = 18;

/// Adds the parts of a letter's frame, if the samples are letters.
pub(super) fn add(views: &[View], constants: &Constants, guesses: &mut Guesses) {
    let greets = |v: &View| v.lines.iter().any(is_greeting);
    if views.iter().filter(|v| greets(v)).count() * 5 < views.len() * 4 {
        return;
    }
    guesses.letter = true;
    let at = |place: Place| candidate(views, Labels::default(), &Constant::default(), place);
    let all_read = |c: &Candidate, test: &dyn Fn(&str) -> bool| c.values().all(test);
    let day = |v: &Text| got(v, ValueType::Date, false).is_some_and(|g| g.printed == v.as_str());
    let has_day = |v: &&View| v.lines.iter().take_while(|l| !is_greeting(l)).any(|l| day(&l.text));
    let alone = views.iter().filter(has_day).count();
    if alone * 5 >= views.len() * 4 {
        let place = Place { alone: true, ..Place::default() };
        let (kind, presence) = (ValueType::Date, presence(alone, views.len()));
        let field = Field { kind, presence, ..field("/letter/date", [place]) };
        let note = "A day alone in its line, above the salutation. GUESS: the letter's.";
        guesses.fields.push(Guess::new(field, note));
    }
    if let Some((places, found)) = address(views, constants) {
        let (kind, presence) = (ValueType::Address, presence(found, views.len()));
        let field = Field { kind, presence, ..field("/letter/recipients", places) };
        let note = "A paragraph that begins with a name and has a postcode, above the salutation. GUESS: the addressee's.";
        guesses.fields.push(Guess::new(field, note));
    }
    let greeting = at(Place { after: Phrases::one(GREETING), lines: Some(1), ..Place::default() });
    push(greeting, "/letter/salutation", "What follows “Dear”", guesses);
    let subject = at(Place { below: Phrases::one(format!("{GREETING} …")), ..Place::default() });
    let short =
        |text: &str| text.split_whitespace().count() <= SUBJECT && !text.ends_with(['.', ',', ':', ';']);
    let subject = subject.filter(|c| all_read(c, &short));
    push(subject, "/letter/subject", "GUESS: a short line below the salutation is the subject:", guesses);
    signature(views, constants, guesses);
}

fn is_greeting(line: &Line) -> bool {
    label(GREETING)(line.text.as_str()).is_ok()
}

fn field(pointer: &str, find: impl Into<Vec<Place>>) -> Field {
    Field { pointer: pointer.into(), find: find.into(), ..Field::default() }
}

/// Adds a field of text for a place where most samples have something.
fn push(candidate: Option<Candidate>, pointer: &str, why: &str, guesses: &mut Guesses) {
    let Some(c) = candidate.filter(|c| c.bearing() * 5 >= guesses.samples * 4) else { return };
    let field =
        Field { presence: presence(c.bearing(), guesses.samples), ..field(pointer, [c.place.clone()]) };
    let mut guess = Guess::new(field, format!("{why} {}.", guesses.of(c.bearing())));
    guess.note(shown(&c));
    guesses.fields.push(guess);
}

/// The places of the addressee's paragraph, by what stands below it (the salutation, or a label), and how many samples have it.
fn address(views: &[View], constants: &Constants) -> Option<(Vec<Place>, usize)> {
    let below = |view: &View| {
        let end = view.lines.iter().position(is_greeting)?;
        let begins = |i: &usize| {
            let block: Vec<&Line> =
                view.lines[*i..end].iter().take_while(|l| l.block == view.lines[*i].block).collect();
            let first = *i == 0 || view.lines[*i - 1].block != view.lines[*i].block;
            first
                && is_person_like(block[0].text.as_str())
                && block.iter().any(|l| has_postcode(l.text.as_str()))
        };
        let begin = (0..end).rev().find(begins)?;
        let next = view.lines[begin..].iter().find(|l| l.block != view.lines[begin].block)?;
        let text = next.text.as_str();
        let labels = constants.colons.iter().map(|c| c.text.as_str()).chain([GREETING]);
        labels.into_iter().find(|l| label(l)(text).is_ok()).map(str::to_owned)
    };
    let found: Vec<String> = views.iter().filter_map(below).collect();
    let labels: BTreeSet<&String> = found.iter().collect();
    let place = |l: &&String| Place { above: Phrases::one(l.as_str()), block: true, ..Place::default() };
    (found.len() * 5 >= views.len() * 4).then(|| (labels.iter().map(place).collect(), found.len()))
}

/// Who signed: a name below closing words, and the post below the name.
fn signature(views: &[View], constants: &Constants, guesses: &mut Guesses) {
    let closing = constants.lines.iter().find(|c| label(CLOSING)(&c.text).is_ok());
    let place = |lines| closing.map(|c| Place { below: Phrases::one(&c.text), lines, ..Place::default() });
    let at = |lines| candidate(views, Labels::default(), closing?, place(lines)?);
    let Some((name, both)) = at(None).zip(at(Some(2))) else { return };
    let named = name.values().filter(|v| is_person_like(v)).count();
    if named * 5 < views.len() * 4 {
        return;
    }
    let post = |(name, both): (&Option<Text>, &Option<Text>)| {
        let rest = both.as_ref()?.as_str().strip_prefix(name.as_ref()?.as_str())?.trim();
        (!rest.is_empty() && rest.split_whitespace().count() <= FORM).then(|| rest.to_owned())
    };
    let posts: Vec<String> = name.texts.iter().zip(&both.texts).filter_map(post).collect();
    let forms: BTreeSet<String> = posts.iter().cloned().collect();
    let few = !posts.is_empty() && forms.len() <= CODES && (forms.len() < posts.len() || forms.len() == 1);
    let mut part = Field {
        kind: ValueType::Name,
        presence: presence(named, guesses.samples),
        ..field("/letter/signatories", place(few.then_some(2)).into_iter().collect::<Vec<_>>())
    };
    let mut note = format!("A name below “{}”, {}.", name.label, guesses.of(named));
    if few {
        part.posts = Phrases(forms.into_iter().collect());
        note.push_str(" The posts are those that stand below the names; add those that were not seen.");
    }
    let mut guess = Guess::new(part, note);
    guess.note(shown(&name));
    guesses.fields.push(guess);
}
