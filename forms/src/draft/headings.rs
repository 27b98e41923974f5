//! A label that is printed under several headings, with a value of its own under each.

use findings_core::grammar::label::contains_label;
use findings_core::text::Text;

use super::body::behind_number;
use super::constants::key;
use super::guess::{Guess, Guesses, distinct, is_most, slug};
use super::kinds;
use super::pool::is_sentence;
use super::scales::{CODES, FORM, come_again};
use super::tables::rows_below;
use super::words::{OTHER_TIMES, says};
use crate::model::{Field, FormatFile, Place, Section, ValueType};
use crate::read::places::{Labels, look};
use crate::read::values::quoted;
use crate::read::view::View;

/// Replaces such a field by one for each heading, if it holds grades. Other sentences that recur with different words are left out: the
/// first would be no more right than the others.
pub(super) fn divide(views: &[View], guesses: &mut Guesses) {
    let sections: Vec<Section> = guesses.sections.iter().map(|s| s.part.clone()).collect();
    let file = FormatFile { sections, ..FormatFile::default() };
    let mut graded_by: Vec<String> = Vec::new();
    for field in std::mem::take(&mut guesses.fields) {
        let under = under(views, &field.part, &file);
        let label = field.part.find.first().and_then(Place::label).map_or("", |(_, label)| label[0].as_str());
        let recurs = is_sentence(&field.part.find) && recurs(views, &field.part.find[0]);
        let forms = forms(&under);
        match forms.filter(|_| under.len() > 1) {
            Some(_) if says(label, OTHER_TIMES) => guesses.left.push(format!(
                "“{label}” is under {} headings. Records have no place for the grades of other inspections.",
                under.len()
            )),
            Some(_) if in_tables(views, guesses, &under) => guesses.left.push(format!(
                "“{label}” is under {} headings, and a table has the same grades.",
                under.len()
            )),
            Some(forms) => {
                let under = witness(&field, under, guesses);
                let codes = guesses.scale(forms);
                graded_by.push(label.to_owned());
                for (heading, _) in &under {
                    let graded = judgement(&field, heading, &codes, guesses.samples);
                    if !guesses.fields.iter().any(|f| f.part.area == graded.part.area) {
                        guesses.fields.push(graded);
                    }
                }
            }
            None if recurs => guesses.left.push(format!(
                "“{label}” occurs more than once, with different words after it: a field needs `in` with a heading, or `until`."
            )),
            None => guesses.fields.push(field),
        }
    }
    // "We rated", under each heading, reads what "We rated leadership as" does.
    let longer = |label: &String| graded_by.iter().any(|of| key(label).starts_with(&format!("{} ", key(of))));
    guesses
        .fields
        .retain(|f| !f.part.find.iter().any(|p| p.region.is_none() && p.sentence.iter().any(longer)));
}

/// Makes the places under headings witnesses of judgements that other labels give, and returns the other headings: the rating under "Is
/// the service safe?" is that of "Safe".
fn witness<'f>(field: &Guess<Field>, under: Vec<Under<'f>>, guesses: &mut Guesses) -> Vec<Under<'f>> {
    let mut others = Vec::new();
    for (heading, texts) in under {
        let named = |f: &&mut Guess<Field>| {
            f.part.area.is_some()
                && f.part.find.iter().all(|p| p.region.is_none())
                && f.part.find.iter().filter_map(Place::label).any(|(_, l)| is_of(heading, &l[0]))
        };
        match guesses.fields.iter_mut().find(named) {
            Some(judged) => {
                let place = Place { region: Some(heading.to_owned()), ..field.part.find[0].clone() };
                judged.part.find.push(place);
                judged.note(format!("The same grade is under the heading “{heading}”."));
            }
            None => others.push((heading, texts)),
        }
    }
    others
}

/// Whether a heading is about what a label names.
fn is_of(heading: &str, label: &str) -> bool {
    let label = label.trim_end_matches([':', '-', '–', ' ']);
    label.chars().count() > 3 && contains_label(heading, label)
}

/// Whether a table of judgements has rows for most of the headings.
fn in_tables(views: &[View], guesses: &Guesses, under: &[Under]) -> bool {
    let tables = guesses.tables.iter().filter(|t| t.part.into == "/judgements");
    let labels: Vec<String> = tables
        .filter_map(|t| {
            let at = t.part.columns.iter().position(|c| c.to.as_deref() == Some("label"))?;
            let head: Vec<String> = t.part.columns.iter().filter_map(|c| c.head.first().cloned()).collect();
            let rows = rows_below(views.first()?, &head)?.rows;
            Some(rows.into_iter().filter_map(move |row| row.get(at).map(|cell| cell.as_str().to_owned())))
        })
        .flatten()
        .collect();
    let known = under
        .iter()
        .filter(|(heading, _)| labels.iter().any(|l| is_of(heading, l) || key(l) == key(heading)));
    known.count() * 2 > under.len()
}

/// A heading with the texts at a place below it, one for each sample that has any.
type Under<'f> = (&'f str, Vec<Text>);

/// The headings that have the field's label under them in most samples.
fn under<'f>(views: &[View], field: &Field, file: &'f FormatFile) -> Vec<Under<'f>> {
    let Some(place) = field.find.first().filter(|p| !p.after.is_empty() || !p.sentence.is_empty()) else {
        return Vec::new();
    };
    let below = |heading: &'f String| {
        let place = Place { region: Some(heading.clone()), ..place.clone() };
        let text = |view: &View| look(view, file, &place, Labels::default()).texts.into_iter().next();
        let grade = |text: Text| quoted(&text).unwrap_or(text);
        let texts: Vec<Text> = views.iter().filter_map(text).filter(|t| !t.is_empty()).map(grade).collect();
        is_most(texts.len(), views.len()).then_some((heading.as_str(), texts))
    };
    file.sections.iter().filter_map(|s| below(s.heading.first()?)).collect()
}

/// The printed forms of the grades under several headings; none if the texts are no grades.
fn forms(under: &[Under]) -> Option<Vec<String>> {
    let texts = under.iter().flat_map(|(_, texts)| texts);
    let words: Vec<String> = texts.map(|t| t.as_str().trim().trim_end_matches('.').to_owned()).collect();
    let (all, forms) = (words.len(), distinct(words));
    let short =
        forms.iter().all(|f| f.split_whitespace().count() <= FORM && !f.bytes().any(|b| b.is_ascii_digit()));
    let few = short && forms.len() <= CODES && come_again(&forms, all);
    (kinds::are_grades(&forms) || few).then_some(forms)
}

/// Whether most samples have a sentence several times, and in some of them different words come after its label.
fn recurs(views: &[View], place: &Place) -> bool {
    let all = Place { which: crate::model::Which::Each, ..place.clone() };
    let read = |view: &View| look(view, &FormatFile::default(), &all, Labels::default()).texts;
    let texts: Vec<Vec<Text>> = views.iter().map(read).collect();
    let differ = |texts: &Vec<Text>| texts.windows(2).any(|two| two[0].as_str() != two[1].as_str());
    is_most(texts.iter().filter(|texts| texts.len() > 1).count(), views.len()) && texts.iter().any(differ)
}

fn judgement(field: &Guess<Field>, heading: &str, codes: &str, samples: usize) -> Guess<Field> {
    let place = Place { region: Some(heading.to_owned()), ..field.part.find[0].clone() };
    let label = place.label().map_or("", |(_, label)| label[0].as_str());
    let note = format!(
        "“{label}” is under the heading “{heading}” and under others in most of {samples} samples. GUESS: a grade for each."
    );
    let part = Field {
        pointer: "/judgements".into(),
        kind: ValueType::Grade,
        codes: Some(codes.to_owned()),
        area: Some(slug(behind_number(heading), '-')),
        find: vec![place],
        meaning: String::new(),
        also: Vec::new(),
        ..field.part.clone()
    };
    Guess::new(part, note)
}
