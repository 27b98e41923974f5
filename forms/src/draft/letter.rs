//! The frame of a letter: date, addressee, salutation, subject and signature.

use std::collections::BTreeSet;

use findings_core::grammar::address::salutation;
use findings_core::grammar::is_person_like;
use findings_core::grammar::label::{contains_label, label};
use findings_core::ofsted::signature::is_closing;
use findings_core::text::Text;

use super::constants::{Constant, Constants};
use super::fields::{presence, shown, such_as};
use super::guess::{Guess, Guesses, is_most};
use super::kinds::{got, has_postcode};
use super::pool::{Candidate, candidate};
use super::scales::{CODES, FORM};
use super::valued::names_inspected;
use super::words::{VISITS, says};
use crate::model::{Field, FormatFile, Phrases, Place, ValueType};
use crate::parse::RECIPIENTS;
use crate::read::places::{ANY_END, Labels, look};
use crate::read::view::{Line, View};

/// The first word of a salutation.
const GREETING: &str = "Dear";
/// What a subject may begin with.
const SUBJECTS: &[&str] = &["Re:", "Subject:", "Ref:"];
/// The fewest words that subjects begin with before a name.
const BEGIN: usize = 2;
/// The most words a subject line can have.
const SUBJECT: usize = 18;

/// Adds the parts of a letter's frame, if the samples are letters.
pub(super) fn add(views: &[View], constants: &Constants, guesses: &mut Guesses) {
    let greets = |v: &&View| v.lines.iter().any(is_greeting);
    if !is_most(views.iter().filter(greets).count(), views.len()) {
        return;
    }
    guesses.letter = true;
    day(views, guesses);
    if let Some((places, found)) = address(views, constants) {
        guesses.framed = views.iter().map(|v| framed(v, &places)).collect();
        let note = "A paragraph above the salutation that begins with a name and has a postcode. GUESS: the addressee.";
        guesses.fields.push(guess(RECIPIENTS, ValueType::Address, places, found, note, guesses));
    }
    let at = |place: Place| candidate(views, Labels::default(), &Constant::default(), place);
    let greeting = at(Place { after: Phrases::one(GREETING), lines: Some(1), ..Place::default() });
    text("/letter/salutation", greeting, "The text after “Dear”", guesses);
    let short =
        |text: &str| text.split_whitespace().count() <= SUBJECT && !text.ends_with(['.', ',', ':', ';']);
    let subject = at(Place { below: Phrases::one(format!("{GREETING} {ANY_END}")), ..Place::default() });
    let subject = subject.filter(|c| c.values().all(short));
    let marked = SUBJECTS
        .iter()
        .find(|mark| subject.as_ref().is_some_and(|c| c.values().all(|v| label(mark)(v).is_ok())));
    let after =
        marked.and_then(|mark| at(Place { after: Phrases::one(*mark), lines: Some(1), ..Place::default() }));
    // Above the salutation a subject stands behind its label, and may have more than one line.
    let is_mark = |c: &&Constant| SUBJECTS.iter().any(|mark| mark.eq_ignore_ascii_case(&c.text));
    let above = || constants.colons.iter().find(is_mark);
    let labelled = || at(Place { after: Phrases::one(&above()?.text), ..Place::default() });
    let subject = after.or(subject).or_else(labelled);
    inspected(views, subject.as_ref(), guesses);
    text(
        "/letter/subject",
        subject,
        "GUESS: the short line below the salutation, or the text behind its label, is the subject:",
        guesses,
    );
    signature(views, constants, guesses);
}

/// Adds the name at the end of subjects that begin with the same words, if the addressee's paragraph has it, too: "Complaint about". After
/// words about inspections it is found without that.
fn inspected(views: &[View], subject: Option<&Candidate>, guesses: &mut Guesses) {
    let Some(subject) = subject else { return };
    let words: Vec<Vec<&str>> = subject.values().map(|v| v.split(' ').collect()).collect();
    let Some((first, rest)) = words.split_first() else { return };
    let alike = |other: &Vec<&str>| first.iter().zip(other).take_while(|(a, b)| a == b).count();
    let shared = rest.iter().map(alike).min().unwrap_or_default();
    let begin = first[..shared].join(" ");
    if shared < BEGIN || begin.ends_with(':') && !says(&begin, VISITS) || names_inspected(&begin) {
        return;
    }
    let named = |(view, (text, lines)): &(&View, (&Option<Text>, &BTreeSet<u32>))| {
        let name = text.as_ref().and_then(|t| t.as_str().strip_prefix(&begin)).map(str::trim);
        let is_framed = |l: &&Line| l.text.origins().iter().all(|o| lines.contains(&o.line));
        name.is_some_and(|name| {
            view.lines.iter().filter(is_framed).any(|l| contains_label(l.text.as_str(), name))
        })
    };
    let found = views.iter().zip(subject.texts.iter().zip(&guesses.framed)).filter(named).count();
    if is_most(found, views.len()) {
        let find = vec![Place { after: Phrases::one(&begin), lines: Some(1), ..Place::default() }];
        let note = format!(
            "After “{begin}” in the subject, and in the addressee's paragraph {}.",
            guesses.of(found)
        );
        let mut guess = guess("/provider/name", ValueType::Text, find, views.len(), note, guesses);
        guess.part.also.push("/provider/printed".into());
        guesses.fields.push(guess);
    }
}

/// The numbers of the lines at the first of some places.
fn framed(view: &View, places: &[Place]) -> BTreeSet<u32> {
    let text = |place| look(view, &FormatFile::default(), place, Labels::default()).texts.into_iter().next();
    let first = places.iter().find_map(text);
    first.iter().flat_map(|text| text.origins()).map(|o| o.line).collect()
}

fn is_greeting(line: &Line) -> bool {
    salutation(line.text.as_str()).is_ok()
}

/// A field of the frame, from its places and the number of samples that have it.
fn guess(
    pointer: &str,
    kind: ValueType,
    find: Vec<Place>,
    found: usize,
    note: impl Into<String>,
    guesses: &Guesses,
) -> Guess<Field> {
    let presence = presence(found, guesses.samples);
    Guess::new(Field { pointer: pointer.into(), kind, find, presence, ..Field::default() }, note)
}

/// Adds the date, if it is on a line by itself above the salutation.
fn day(views: &[View], guesses: &mut Guesses) {
    let is_day = |line: &&Line| {
        got(&line.text, ValueType::Date, false).is_some_and(|g| g.printed == line.text.as_str())
    };
    let day = |v: &View| -> Option<String> {
        let above = v.lines.iter().take_while(|l| !is_greeting(l));
        Some(above.into_iter().find(is_day)?.text.as_str().to_owned())
    };
    let days: Vec<String> = views.iter().filter_map(day).collect();
    if is_most(days.len(), views.len()) {
        let alone = vec![Place { alone: true, ..Place::default() }];
        let note = "A date alone on its line, above the salutation. GUESS: the date of the letter.";
        let mut guess = guess("/letter/date", ValueType::Date, alone, days.len(), note, guesses);
        guess.note(such_as(days.iter().map(String::as_str)));
        guesses.fields.push(guess);
    }
}

/// Adds a text field for a place that has text in most samples.
fn text(pointer: &str, place: Option<Candidate>, why: &str, guesses: &mut Guesses) {
    let Some(c) = place.filter(|c| is_most(c.bearing(), guesses.samples)) else { return };
    let note = format!("{why} {}.", guesses.of(c.bearing()));
    let mut guess = guess(pointer, ValueType::Text, vec![c.place.clone()], c.bearing(), note, guesses);
    guess.note(shown(&c));
    guesses.fields.push(guess);
}

/// The places of the addressee's paragraph, and how many samples have it. The paragraph is identified by what is below it, the
/// salutation or a label, or else by a line above it that all samples print, such as the end of the letterhead.
fn address(views: &[View], constants: &Constants) -> Option<(Vec<Place>, usize)> {
    let below: Vec<Place> = views.iter().filter_map(|v| above_label(v, constants)).collect();
    let places = match is_most(below.len(), views.len()) {
        true => below,
        false => views.iter().filter_map(|v| below_line(v, constants)).collect(),
    };
    let mut distinct: Vec<Place> = Vec::new();
    places.iter().for_each(|place| {
        if !distinct.contains(place) {
            distinct.push(place.clone());
        }
    });
    is_most(places.len(), views.len()).then_some((distinct, places.len()))
}

/// Where the addressee's paragraph begins: the last one above the salutation that begins with a name and has a postcode.
fn addressee(view: &View) -> Option<usize> {
    let end = view.lines.iter().position(is_greeting)?;
    let begins = |i: &usize| {
        let block: Vec<&Line> =
            view.lines[*i..end].iter().take_while(|l| l.block == view.lines[*i].block).collect();
        let first = *i == 0 || view.lines[*i - 1].block != view.lines[*i].block;
        let coded = |l: &&Line| has_postcode(l.text.as_str()) || ends_in_zip(l.text.as_str());
        first && is_person_like(block[0].text.as_str()) && block.iter().any(coded)
    };
    (0..end).rev().find(begins)
}

/// Whether a line ends in a state and its ZIP code: "Lannock, BR 60403".
fn ends_in_zip(line: &str) -> bool {
    let mut words = line.trim().rsplit([' ', ',']);
    let zip = words.next().unwrap_or_default();
    let state = words.next().unwrap_or_default();
    let digits = |part: &str, count: usize| part.len() == count && part.bytes().all(|b| b.is_ascii_digit());
    let (five, four) = zip.split_once('-').unwrap_or((zip, "0000"));
    digits(five, 5) && digits(four, 4) && state.len() == 2 && state.bytes().all(|b| b.is_ascii_uppercase())
}

fn above_label(view: &View, constants: &Constants) -> Option<Place> {
    let begin = addressee(view)?;
    let next = view.lines[begin..].iter().find(|l| l.block != view.lines[begin].block)?;
    let text = next.text.as_str();
    let mut labels = constants.colons.iter().map(|c| c.text.as_str()).chain([GREETING]);
    let label = labels.find(|l| label(l)(text).is_ok())?;
    Some(Place { above: Phrases::one(label), block: true, ..Place::default() })
}

fn below_line(view: &View, constants: &Constants) -> Option<Place> {
    let above = view.lines[..addressee(view)?].last()?.text.as_str();
    let line = constants.lines.iter().find(|c| c.text == above)?;
    Some(Place { below: Phrases::one(&line.text), block: true, ..Place::default() })
}

/// The signatory: a name below the closing words, and the post below the name.
fn signature(views: &[View], constants: &Constants, guesses: &mut Guesses) {
    let Some(closing) = constants.lines.iter().find(|c| is_closing(&c.text)) else { return };
    let place = |lines| Place { below: Phrases::one(&closing.text), lines, ..Place::default() };
    let at = |lines| candidate(views, Labels::default(), closing, place(lines));
    let Some((name, both)) = at(None).zip(at(Some(2))) else { return };
    let named = name.values().filter(|v| is_person_like(v)).count();
    if !is_most(named, views.len()) {
        return;
    }
    let post = |(name, both): (&Option<Text>, &Option<Text>)| {
        let rest = both.as_ref()?.as_str().strip_prefix(name.as_ref()?.as_str())?.trim();
        (!rest.is_empty() && rest.split_whitespace().count() <= FORM).then(|| rest.to_owned())
    };
    let posts: Vec<String> = name.texts.iter().zip(&both.texts).filter_map(post).collect();
    let forms: BTreeSet<String> = posts.iter().cloned().collect();
    let few = !posts.is_empty() && forms.len() <= CODES && (forms.len() < posts.len() || forms.len() == 1);
    let mut note = format!("A name below “{}”, {}.", name.label, guesses.of(named));
    if few {
        note.push_str(" The posts are those printed below the names; add any that are missing.");
    }
    let find = vec![if few { both.place } else { name.place.clone() }];
    let mut guess = guess("/letter/signatories", ValueType::Name, find, named, note, guesses);
    guess.part.posts = Phrases(if few { forms.into_iter().collect() } else { Vec::new() });
    guess.note(shown(&name));
    guesses.fields.push(guess);
}
