//! Dates in every printed form.

use findings_core::grammar::{Date, MONTH_NAMES};

use super::damage::{Class, Damage, Expectation};
use super::subject::{At, Subject};
use super::words::Words;
use crate::chance::Chance;

/// The classes of this family.
pub(super) const CLASSES: &[Class] =
    &[Class { name: "date-form", about: "a date is printed in another form", make: another_form }];

/// "24 April 2023" in other words, as many as it has or fewer.
type Form = fn(day: u8, month: usize, year: u16) -> [String; 3];

/// Each keeps to three words, so that the marks around them stay where they are; an empty one goes.
const FORMS: &[Form] = &[
    |d, m, y| [ordinal(d), MONTH_NAMES[m - 1].into(), y.to_string()],
    |d, m, y| [d.to_string(), MONTH_NAMES[m - 1].chars().take(3).collect(), y.to_string()],
    |d, m, y| [d.to_string(), format!("{},", MONTH_NAMES[m - 1]), y.to_string()],
    |d, m, y| [format!("{d:02}"), MONTH_NAMES[m - 1].into(), y.to_string()],
    |d, m, y| [String::new(), String::new(), format!("{d:02}/{m:02}/{y}")],
    |d, m, y| [String::new(), String::new(), format!("{d}/{m}/{y}")],
    |d, m, y| [String::new(), String::new(), format!("{d:02}.{m:02}.{y}")],
    |d, m, y| [String::new(), String::new(), format!("{d:02}-{m:02}-{y}")],
    |d, m, y| [MONTH_NAMES[m - 1].into(), format!("{d},"), y.to_string()],
];

fn ordinal(day: u8) -> String {
    let ending = match (day % 10, day / 10) {
        (_, 1) => "th",
        (1, _) => "st",
        (2, _) => "nd",
        (3, _) => "rd",
        _ => "th",
    };
    format!("{day}{ending}")
}

fn another_form(subject: &Subject, chance: &mut Chance) -> Option<Damage> {
    let words = Words::of(subject.layer());
    let found: Vec<usize> = (0..words.cores().len())
        .filter(|i| {
            let at = words.at(*i).map(|(page, line)| At { page, line });
            at.is_some_and(|at| subject.value_lines.contains(&at)) && date_at(words.cores(), *i).is_some()
        })
        .collect();
    let first = *chance.one(&found)?;
    let (day, month, year) = date_at(words.cores(), first)?;
    let new = chance.one(FORMS)?(day, month, year);
    let (page, line) = words.at(first)?;
    let old = words.cores().get(first..first + 3)?.join(" ");
    let mut layer = subject.layer().clone();
    words.put(&mut layer, first, &new.each_ref().map(String::as_str));
    // Words that went.
    for line in layer.pages.iter_mut().flat_map(|p| &mut p.lines) {
        line.words.retain(|w| !w.text.is_empty());
    }
    layer.pages.iter_mut().for_each(|p| p.lines.retain(|l| !l.words.is_empty()));
    let new = new.iter().filter(|w| !w.is_empty()).cloned().collect::<Vec<_>>().join(" ");
    let once = Some((old.clone(), new.clone()));
    let damage = Damage::new(subject, At { page, line }, format!("{old} → {new}"), layer);
    Some(damage.expecting(Expectation { once, ..Expectation::default() }))
}

/// The date that three words are: "24", "April", "2023".
fn date_at(words: &[String], first: usize) -> Option<(u8, usize, u16)> {
    let [day, month, year] = words.get(first..first + 3)? else { return None };
    let month = MONTH_NAMES.iter().position(|m| m == month)? + 1;
    let (day, year) = (day.parse().ok()?, year.parse().ok()?);
    Date::from_iso(&format!("{year:04}-{month:02}-{day:02}"))?;
    Some((day, month, year))
}
