//! Where in the record a value belongs, judging by its label.

use findings_core::grammar::label::contains_label;

use super::body::behind_number;
use super::constants::key;
use super::fields::OVERALL;
use super::guess::{Guesses, slug};
use super::valued::names_inspected;
use super::words::{
    GRADING, INSPECTED, INSPECTORS, OF_PAPERS, ON_SITE, OTHER_TIMES, SORTS, TOOK_PLACE, VISITS, says,
    says_inspector, says_overall, says_report_date,
};
use crate::model::{Field, Phrases, ValueType};
use crate::parse::PEOPLE;

/// Sets the field's pointer by its label, and returns the reason.
pub(super) fn point(
    field: &mut Field,
    label: &str,
    context: &str,
    repeats: bool,
    guesses: &Guesses,
) -> &'static str {
    let named = of_the_record(field, label, context, repeats, guesses);
    if !named.as_ref().is_some_and(|(pointer, _)| PEOPLE.contains(&pointer.as_str())) {
        field.posts = Phrases::default();
    }
    let Some((pointer, why)) = named else { return own_pointer(field, label, guesses) };
    field.pointer = pointer;
    why
}

/// Sets a pointer into the extension, named after the label.
pub(super) fn own_pointer(field: &mut Field, label: &str, guesses: &Guesses) -> &'static str {
    field.meaning = label.trim_end_matches(':').to_owned();
    field.pointer = guesses.extension(if label.is_empty() { "title" } else { label });
    "from its label, as records have no member for it"
}

/// The role of whoever led an inspection.
const LEAD: &str = "Lead inspector";
/// The most words in a label that is a role and not part of a sentence.
const ROLE: usize = 4;

/// The role of an inspector, if a label states it: "Lead officer:"; "The inspection was led by".
pub(super) fn role_of(label: &str) -> Option<String> {
    if says(label, &["led"]) {
        return Some(LEAD.to_owned());
    }
    let words = label.split_whitespace().count();
    (says_inspector(label) && words <= ROLE).then(|| label.trim_end_matches(':').to_owned())
}

/// Whether the words before a name say that an inspection was led or carried out: "Fieldwork took place in May and was led by".
fn is_led(label: &str, sentence: &str) -> bool {
    let done = says(label, &["led"]) || says(label, TOOK_PLACE);
    done && (says(sentence, VISITS) || says(sentence, TOOK_PLACE)) && !says(label, INSPECTED)
}

/// Whether the value is at the end of a sentence.
fn in_sentence(field: &Field) -> bool {
    field.find.iter().any(|place| !place.sentence.is_empty())
}

/// The area of a grade. It is the overall grade if the label or the words after the value say so, or if the value ends a sentence
/// with the verdict ("We judged the home to be"); otherwise the area is named after the label.
fn area(field: &Field, label: &str, guesses: &Guesses) -> String {
    let taken = guesses.fields.iter().any(|f| f.part.area.as_deref() == Some(OVERALL));
    let until = field.find.iter().flat_map(|place| &place.until).map(String::as_str);
    let verdict = in_sentence(field) && (says(label, GRADING) || says(label, INSPECTED))
        || says(label, GRADING) && says(label, &["visit", "inspection", "audit"]);
    let overall = !taken && (verdict || until.chain([label]).any(says_overall));
    if overall { OVERALL.to_owned() } else { slug(behind_number(label), '-') }
}

/// Makes the only grade that the samples have the overall one, if its label says that it is a grade: "Your food hygiene rating".
pub(super) fn sole(guesses: &mut Guesses) {
    let tables = guesses.tables.iter().any(|t| t.part.into == "/judgements");
    let mut graded: Vec<_> = guesses.fields.iter_mut().filter(|f| f.part.area.is_some()).collect();
    if let ([only], false) = (graded.as_mut_slice(), tables) {
        let label = only.part.find.first().and_then(|place| place.label()).map_or("", |(_, l)| l[0].as_str());
        if only.part.find.iter().all(|place| place.region.is_none()) && says(label, GRADING) {
            only.part.area = Some(OVERALL.to_owned());
            only.note("GUESS: the overall grade, as there is no other.");
        }
    }
}

/// The pointer in the record for a value, and the reason; `repeats`: the values repeat their label, as names of places do, or a
/// title does.
fn of_the_record(
    field: &mut Field,
    label: &str,
    context: &str,
    repeats: bool,
    guesses: &Guesses,
) -> Option<(String, &'static str)> {
    let label_key = key(label);
    let says = |words: &[&str]| says(label, words);
    let free = |pointer: &str| !guesses.has(pointer);
    // "We inspected Hope Street between": what a date is of may be said earlier in its sentence.
    let sentence = format!("{context} {label}");
    let in_context = |words: &[&str]| super::words::says(&sentence, words);
    let other = in_context(OTHER_TIMES);
    // On a title page one day may be that of publication; several are those of the inspection.
    let titled = !in_sentence(field) && field.kind == ValueType::Date;
    let in_context = |words: &[&str]| if titled { says(words) } else { in_context(words) };
    let day = field.kind == ValueType::Date && !other;
    let days = day || field.kind == ValueType::DateRange && !other;
    let who = says(INSPECTED) || label.is_empty() || names_inspected(label) || repeats;
    let of_inspected = who && !says(&["type", "kind", "manager", "number"]);
    let found = match field.kind {
        ValueType::Grade => {
            field.area = Some(area(field, label, guesses));
            ("/judgements", "a grade for what the label names")
        }
        // "The assessor called on"
        _ if day && says_report_date(label) && !guesses.letter && free("/published") => {
            ("/published", "a date, and the label is that of the report's")
        }
        // "The provider's response to the assessment, received on"
        _ if days
            && !(in_sentence(field) && in_context(OF_PAPERS))
            && (in_context(VISITS) || in_sentence(field) && (says(INSPECTORS) || says(TOOK_PLACE)))
            && free("/inspection") =>
        {
            field.kind = ValueType::DateRange;
            ("/inspection", "dates, and the label mentions an inspection")
        }
        _ if day && says(&["published", "publication", "issued", "issue"]) && free("/published") => {
            ("/published", "a date, and the label mentions publication")
        }
        _ if day
            && guesses.letter
            && ["date", "dated", "date of letter"].contains(&&*label_key)
            && free("/letter/date") =>
        {
            ("/letter/date", "the date of a letter")
        }
        ValueType::Name
            if says_inspector(label)
                || field.posts.iter().any(|post| says_inspector(post))
                || label_key.ends_with(" by")
                    && (says(VISITS) || in_sentence(field) && is_led(label, &sentence)) =>
        {
            // What is behind the name of whoever led is no post that says so.
            if says(&["led"]) && !field.posts.iter().any(|post| contains_label(post, "lead")) {
                field.posts = Phrases::default();
            }
            field.role = role_of(label).filter(|_| !field.repeated && field.posts.is_empty());
            ("/inspectors", "a name, and the label mentions an inspector")
        }
        ValueType::Name if says(&["signed"]) && free("/inspectors") => {
            ("/inspectors", "a name, and the label mentions a signature")
        }
        ValueType::Code
            if field.codes.is_some()
                && says(SORTS)
                && (says(VISITS) || says(ON_SITE))
                && free("/inspection/type") =>
        {
            ("/inspection/type", "one of a few words, and the label mentions a type of inspection")
        }
        ValueType::Text if says(SORTS) && (says(VISITS) || says(ON_SITE)) && free("/inspection/type") => {
            ("/inspection/type", "the label mentions a type of inspection")
        }
        ValueType::Text if of_inspected && free("/provider/name") => {
            field.also.push("/provider/printed".into());
            ("/provider/name", "the first label that mentions who is inspected")
        }
        _ => return None,
    };
    Some((found.0.to_owned(), found.1))
}
