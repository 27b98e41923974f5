//! Whether the texts at a place look like values, and of which type.

use findings_core::grammar::label::contains_label;
use findings_core::text::Text;

use super::constants::{Constants, key};
use super::guess::{distinct, half, is_most};
use super::kinds::{self, Kind};
use super::pool::Candidate;
use super::scales::{FORM, come_again};
use super::words::{GRADING, PEOPLE, VISITS, says, says_overall, says_wanted};
use crate::model::ValueType;
use crate::read::counted;
use crate::read::values::undated;
use crate::read::view::View;

/// The usual maximum length of a value below or beside a label, in words.
const SHORT: usize = 12;
/// In a title, a label's word is longer than this many letters: not "of" or "and".
const NAMED: usize = 3;

/// The type of the texts at a place, if they look like values.
pub(super) fn looks_like_a_value(c: &Candidate, constants: &Constants, samples: usize) -> Option<Kind> {
    let bearing = c.bearing();
    if bearing < half(samples) && !c.sparse {
        return None;
    }
    // A grade, or the end of a text in brackets, is no label.
    let opens = |mark: char| c.label.matches(mark).count();
    if kinds::are_grades(std::slice::from_ref(&c.label)) || opens('(') < opens(')') {
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
    let few =
        come_again(&forms, bearing) || says_overall(&c.label) && forms.iter().all(|f| kinds::is_of_grades(f));
    let is_grade = (rated && few) && forms.iter().all(|f| words(f) <= FORM);
    let of_the_form =
        !is_grade && c.values().any(|v| constants.is_heading(v) || constants.begins_with_label(v));
    let fits = match c.kind() {
        _ if c.sparse => bearing > 1 && short && !ends,
        "row" => (varies || graded(c) && bearing == samples) && (short || kind.kind == ValueType::Address),
        "after" if colon => {
            (varies || graded(c)) && (short || kind.kind == ValueType::Address || !kind.options.is_empty())
        }
        "after" if names_inspected(&c.label) => varies && most && short && !ends,
        "after" => typed && (varies || graded(c)) && most,
        "below" => {
            varies
                && (bearing == samples
                    || kind.kind != ValueType::Text
                        && (most || bearing == c.samples && c.label.ends_with(':')))
                && short
                && !ends
                && !c.label.ends_with(['.', ','])
                && !of_the_form
                && !c.values().any(|v| v.contains(": "))
                && !c.values().all(begins_list)
        }
        "box" => varies && most && short && !ends && !of_the_form && !c.values().all(begins_list),
        "above" if c.place.block => varies && most && c.values().all(kinds::has_postcode),
        "above" => {
            varies
                && bearing == samples
                && (kind.kind == ValueType::Name || kind.kind == ValueType::Date)
                && !colon
                && !says_wanted(&c.label)
        }
        "sentence" if names_inspected(&c.label) && c.values().all(is_title) => varies && most,
        // "The assessment of the", before "works is good": the label ends before the values.
        "sentence" if begin_alike(c) => false,
        // "At our last visit we graded it as": of another time.
        "sentence"
            if says(&c.context, &["last", "previous", "previously"]) && kind.kind == ValueType::Text =>
        {
            false
        }
        "sentence" => return goes_on_with(&texts, &c.label).filter(|_| varies && most),
        "heading" => varies && most && short && !of_the_form && !c.values().any(|v| v.ends_with(['.', ':'])),
        _ => false,
    };
    fits.then_some(kind)
}

/// Whether most samples begin with the text and name it again: a title that is the name of who is inspected.
pub(super) fn named_again(views: &[View], c: &Candidate) -> bool {
    let again = |(view, text): (&View, &Option<Text>)| {
        let blocks =
            view.doc.blocks.iter().filter(|b| {
                text.as_ref().is_some_and(|t| contains_label(b.text.as_str(), undated(t).as_str()))
            });
        blocks.count() > 1
    };
    let title = c.at < TITLE && ["below", "above", "heading"].contains(&c.kind());
    title && is_most(views.iter().zip(&c.texts).filter(|(v, t)| again((v, t))).count(), views.len())
}

/// The first lines of a document, which hold its title.
pub(super) const TITLE: usize = 6;

/// Whether a title ends with the label: "Inspection of a hostel" for "Hostel".
pub(super) fn titled_for(label: &str, constants: &Constants) -> bool {
    let named = format!(" {}", key(label));
    let titles = constants.lines.iter().filter(|line| says(&line.text, VISITS));
    named.len() > NAMED && titles.map(|line| key(&line.text)).any(|title| title.ends_with(&named))
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

/// Whether the texts are words of a scale.
pub(super) fn graded(c: &Candidate) -> bool {
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
    // "We last inspected the home in 2019, when"
    let years = || texts.iter().all(|t| is_year(t.as_str()));
    let typed = [ValueType::Date, ValueType::DateRange, ValueType::Number].into_iter().find(|k| begins(*k));
    let typed = typed.filter(|kind| *kind != ValueType::Number || !years());
    let forms = distinct(texts.iter().map(|t| t.as_str().trim().to_owned()).collect());
    let few = || prose && come_again(&forms, texts.len()) && forms.iter().all(|form| words(form) <= FORM);
    let kind = typed.or_else(|| few().then_some(ValueType::Text))?;
    Some(Kind { kind, why: "the text continues with one in all samples".into(), ..Kind::default() })
}

/// Whether all values begin with the same word, which is not of a grade.
fn begin_alike(c: &Candidate) -> bool {
    let mut first = c.values().map(|value| value.split(' ').next());
    let one = first.next();
    c.bearing() > 1
        && first.all(|word| Some(word) == one)
        && !c.values().all(kinds::is_of_grades)
        && !c.values().all(|value| value.starts_with(|c: char| c.is_ascii_digit()))
}

/// Whether a text is the first item of a list, by its mark.
fn begins_list(text: &str) -> bool {
    counted::begins(text) || text.starts_with(['•', '–', '-', '*'])
}

/// Whether a text begins with a year.
fn is_year(text: &str) -> bool {
    let digits = text.trim().split(|c: char| !c.is_ascii_digit()).next().unwrap_or_default();
    digits.len() == 4 && (digits.starts_with("19") || digits.starts_with("20"))
}

fn words(text: &str) -> usize {
    text.split_whitespace().count()
}
