//! A label that is printed under several headings, with a value of its own under each.

use super::constants::key;
use super::guess::{Guess, Guesses, is_most, slug};
use crate::model::{Field, Place, ValueType};
use crate::read::view::View;

/// Replaces such a field by one for each heading.
pub(super) fn divide(views: &[View], guesses: &mut Guesses) {
    let headings: Vec<String> = guesses.sections.iter().map(|s| s.part.heading[0].clone()).collect();
    for field in std::mem::take(&mut guesses.fields) {
        let under = under(views, &field.part, &headings);
        let codes = field.part.codes.as_ref().and_then(|name| guesses.codes.get_mut(name));
        match codes.filter(|_| under.len() > 1) {
            None => guesses.fields.push(field),
            Some(codes) => {
                let scale = format!("scale-{}", codes.part.values.len());
                codes.part.scale.get_or_insert(scale);
                guesses
                    .fields
                    .extend(under.iter().map(|heading| judgement(&field, heading, guesses.samples)));
            }
        }
    }
}

/// The headings that have the field's label under them in most samples.
fn under<'h>(views: &[View], field: &Field, headings: &'h [String]) -> Vec<&'h String> {
    let [Place { after, .. }] = field.find.as_slice() else { return Vec::new() };
    let stands = |view: &View, heading: &String| {
        let mut last = None;
        view.lines.iter().any(|line| {
            let text = line.text.as_str();
            last = headings.iter().find(|h| line.heading.is_some() && key(h) == key(text)).or(last);
            last == Some(heading) && after.iter().any(|label| text.starts_with(label.as_str()))
        })
    };
    let most = |heading: &&String| is_most(views.iter().filter(|v| stands(v, heading)).count(), views.len());
    headings.iter().filter(most).collect()
}

fn judgement(field: &Guess<Field>, heading: &str, samples: usize) -> Guess<Field> {
    let place = Place { region: Some(heading.to_owned()), ..field.part.find[0].clone() };
    let part = Field {
        pointer: "/judgements".into(),
        kind: ValueType::Grade,
        area: Some(slug(heading, '-')),
        find: vec![place],
        meaning: String::new(),
        also: Vec::new(),
        ..field.part.clone()
    };
    let label = field.part.find[0].after.first().map_or("", String::as_str);
    let note = format!(
        "“{label}” is under the heading “{heading}” and under others in most of {samples} samples. GUESS: a grade for each."
    );
    Guess::new(part, note)
}
