//! Other words: a heading that is worded otherwise, a sentence of another report.

use findings_core::outline::Role;
use serde_json::Value;

use super::damage::{Class, Damage, Expectation, quoted};
use super::edit::{line_mut, paragraph, shift_below};
use super::subject::{At, Lines, Subject, lines_of_evidence};
use crate::chance::Chance;

/// The classes of this family.
pub(super) const CLASSES: &[Class] = &[
    Class { name: "heading-varied", about: "a heading is worded or written differently", make: heading },
    Class {
        name: "foreign-sentence",
        about: "a sentence of another report stands in the body",
        make: foreign,
    },
];

/// Wordings that come in place of one another.
const VARIANTS: &[(&str, &str)] = &[
    (" and ", " & "),
    (" & ", " and "),
    ("’", "'"),
    ("'", "’"),
    ("need to improve", "needs to improve"),
    ("needs to improve", "needs improvement"),
    ("need help", "need early help"),
    ("Areas for ", "Area for "),
    ("Main ", "Key "),
    ("Headline ", "Main "),
    ("Summary", "Executive summary"),
    ("Recommendations", "Recommendation"),
    ("Findings", "Our findings"),
    ("children in care", "children who are in care"),
    ("looked after", "looked-after"),
    ("The ", ""),
];

fn heading(subject: &Subject, chance: &mut Chance) -> Option<Damage> {
    let headings = headings(subject.record);
    let (pointer, old) = chance.one(&headings)?;
    let mut others: Vec<String> = VARIANTS
        .iter()
        .filter(|(from, _)| old.contains(from))
        .map(|(from, to)| old.replacen(from, to, 1))
        .collect();
    others.extend([old.to_uppercase(), format!("{}:", old.trim_end_matches(':'))]);
    others.retain(|o| o != old);
    let new = chance.one(&others)?.clone();
    let evidence = subject.record.pointer("/evidence")?.get(pointer);
    let near = evidence.map(|e| lines_of_evidence(subject.layer(), e)).unwrap_or_default();
    let is_it = |at: &At| subject.line(*at).is_some_and(|l| l.text() == *old);
    let anywhere = || subject.blocks.iter().filter(|b| b.is_text()).flat_map(|b| b.lines.iter().copied());
    // One that runs over lines, or shares one with other text, is left alone.
    let at = near.into_iter().find(is_it).or_else(|| anywhere().rfind(is_it))?;
    let mut layer = subject.layer().clone();
    let line = line_mut(&mut layer, at)?;
    let like = line.words.first()?.clone();
    line.words = new
        .split_whitespace()
        .map(|w| findings_core::text::Word { text: w.into(), ..like.clone() })
        .collect();
    let damage = Damage::new(subject, at, format!("“{old}” → “{new}”"), layer);
    let once = Some((old.clone(), new));
    Some(damage.expecting(Expectation { once, ..Expectation::default() }))
}

/// The headings of a record with their pointers.
fn headings(record: &Value) -> Vec<(String, String)> {
    let sections = record.get("sections").and_then(Value::as_array).into_iter().flatten().enumerate();
    let headed = sections.filter_map(|(i, s)| Some((i, s.get("heading")?.as_str()?)));
    headed.map(|(i, h)| (format!("/sections/{i}/heading"), h.to_owned())).collect()
}

/// Sentences as reports have them, of areas and people that don't exist: each has something that a grammar looks for.
const SENTENCES: &[&str] = &[
    "At its inspection in June 2019, the neighbouring authority of Marlowshire was judged to be inadequate.",
    "A focused visit to Marlowshire on 3 and 4 March 2020 looked at the front door.",
    "The lead inspector of that visit was Dorothea Pennyfeather.",
    "Overall effectiveness: outstanding.",
    "As at 31 March 2018, 412 children in Marlowshire were looked after, a rate of 61 per 10,000.",
    "Marlowshire County Council, The Old Granary, Mill Lane, Marlow Regis MX4 7QT.",
    "Inspection dates: 7 to 18 May 2018.",
    "The authority should ensure that return home interviews are offered within 72 hours.",
    "Yours sincerely, Dorothea Pennyfeather, Her Majesty’s Inspector.",
    "Areas for improvement were the timeliness of plans and the voice of the child.",
];

fn foreign(subject: &Subject, chance: &mut Chance) -> Option<Damage> {
    let fits = |b: &Lines| b.block.role == Role::Paragraph && b.together().is_some_and(|l| l.len() > 1);
    let bodies: Vec<&Lines> = subject.blocks.iter().filter(|b| b.is_text() && fits(b)).collect();
    let block = chance.one(&bodies)?;
    let sentence = *chance.one(SENTENCES)?;
    let last = *block.lines.last()?;
    let (above, line) = (subject.line(block.lines[0])?, subject.line(last)?);
    let (left, width) = above.bbox.map_or((0.0, 500.0), |b| (b.x0, (b.x1 - b.x0).max(200.0)));
    let gap = line.size * 1.25 + 8.0;
    let top = line.bbox.map_or(0.0, |b| b.top + gap);
    let mut new = paragraph(sentence, line, left, top, width);
    new.iter_mut().for_each(|l| l.element = None);
    new.first_mut()?.blank_before = true;
    let mut layer = subject.layer().clone();
    let page = layer.pages.get_mut(last.page)?;
    let down = new.len() as f32 * line.size * 1.25 + 8.0;
    if let Some(b) = line.bbox {
        shift_below(page, b.bottom + 0.6, down);
    }
    let next = last.line + 1;
    page.lines.splice(next..next, new);
    if let Some(after) = page.lines.get_mut(next + 1) {
        after.blank_before = true;
    }
    let damage = Damage::new(subject, last, format!("“{sentence}” after {}", quoted(subject, last)), layer);
    let added = Some(sentence.to_owned());
    Some(damage.expecting(Expectation { added, ..Expectation::default() }))
}
