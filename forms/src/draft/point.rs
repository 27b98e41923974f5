//! The place in the record that a value belongs to, by what its label says.

use super::constants::key;
use super::fields::{OVERALL, names_inspected};
use super::guess::{Guesses, slug};
use super::words::{
    GRADING, INSPECTED, INSPECTORS, OTHER_TIMES, SORTS, VISITS, says, says_inspector, says_overall,
};
use crate::model::{Field, ValueType};

/// The place in the record, by what the label says, and why.
pub(super) fn point(field: &mut Field, label: &str, repeats: bool, guesses: &Guesses) -> &'static str {
    let named = of_the_record(field, label, repeats, guesses);
    let (pointer, why) = named.unwrap_or_else(|| {
        field.meaning = label.trim_end_matches(':').to_owned();
        let name = if label.is_empty() { "title" } else { label };
        (guesses.extension(name), "by its label, as records have no place of their own for it")
    });
    field.pointer = pointer;
    why
}

/// The role of whoever inspected, if a label says it.
pub(super) fn role_of(label: &str) -> Option<String> {
    says_inspector(label).then(|| label.trim_end_matches(':').to_owned())
}

/// Whether a value ends a sentence.
fn in_sentence(field: &Field) -> bool {
    field.find.iter().any(|place| !place.sentence.is_empty())
}

/// What a grade is of: of the whole, if its label or the words behind it say so, or if it ends a sentence with the verdict ("We
/// judged the home to be"); else what the label names.
fn area(field: &Field, label: &str, guesses: &Guesses) -> String {
    let taken = guesses.fields.iter().any(|f| f.part.area.as_deref() == Some(OVERALL));
    let until = field.find.iter().flat_map(|place| &place.until).map(String::as_str);
    let verdict = in_sentence(field) && (says(label, GRADING) || says(label, INSPECTED));
    let overall = !taken && (verdict || until.chain([label]).any(says_overall));
    if overall { OVERALL.to_owned() } else { slug(label, '-') }
}

/// The place that all records have for a value, and why it is taken for that; `repeats`: the values say their label again, as
/// names of places do, or a title does.
fn of_the_record(
    field: &mut Field,
    label: &str,
    repeats: bool,
    guesses: &Guesses,
) -> Option<(String, &'static str)> {
    let label_key = key(label);
    let says = |words: &[&str]| says(label, words);
    let free = |pointer: &str| !guesses.has(pointer);
    let other = says(OTHER_TIMES);
    let day = field.kind == ValueType::Date && !other;
    let days = day || field.kind == ValueType::DateRange && !other;
    let who = says(INSPECTED) || label.is_empty() || names_inspected(label) || repeats;
    let of_inspected = who && !says(&["type", "kind", "manager", "number"]);
    let found = match field.kind {
        ValueType::Grade => {
            field.area = Some(area(field, label, guesses));
            ("/judgements", "a grade of what the label names")
        }
        // "The assessor called on"
        _ if days && (says(VISITS) || in_sentence(field) && says(INSPECTORS)) && free("/inspection") => {
            field.kind = ValueType::DateRange;
            ("/inspection", "days, and the label speaks of an inspection")
        }
        _ if day && says(&["published", "publication", "issued", "issue"]) && free("/published") => {
            ("/published", "a day, and the label speaks of publishing")
        }
        _ if day
            && guesses.letter
            && ["date", "dated", "date of letter"].contains(&&*label_key)
            && free("/letter/date") =>
        {
            ("/letter/date", "a day, and it is a letter's")
        }
        ValueType::Name if says_inspector(label) || says(VISITS) && label_key.ends_with(" by") => {
            field.role = role_of(label).filter(|_| !field.repeated);
            ("/inspectors", "a name, and the label speaks of an inspector")
        }
        ValueType::Name if says(&["signed"]) && free("/inspectors") => {
            ("/inspectors", "a name, and somebody signed")
        }
        ValueType::Code
            if field.codes.is_some() && says(SORTS) && says(VISITS) && free("/inspection/type") =>
        {
            ("/inspection/type", "one of a few words, and the label speaks of a sort of inspection")
        }
        ValueType::Text if of_inspected && free("/provider/name") => {
            field.also.push("/provider/printed".into());
            ("/provider/name", "the label speaks of who is inspected, and it is the first that does")
        }
        _ => return None,
    };
    Some((found.0.to_owned(), found.1))
}
