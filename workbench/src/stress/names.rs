//! Other names: of a person, of the area.

use std::sync::LazyLock;

use findings_core::areas;
use serde::Deserialize;
use serde_json::Value;

use super::damage::{Class, Damage, Expectation};
use super::subject::{At, Subject};
use super::words::Words;
use crate::chance::Chance;

/// The classes of this family.
pub(super) const CLASSES: &[Class] = &[
    Class { name: "name-replaced", about: "a person has another, common name throughout", make: person },
    Class { name: "area-replaced", about: "the area has another name throughout", make: area },
];

const TABLE: &str = include_str!("../../data/names.csv");

#[derive(Deserialize)]
struct Name {
    kind: String,
    name: String,
}

/// Given names and surnames.
static NAMES: LazyLock<[Vec<String>; 2]> = LazyLock::new(|| {
    let mut names = [Vec::new(), Vec::new()];
    for name in csv::Reader::from_reader(TABLE.as_bytes()).deserialize::<Name>().flatten() {
        names[usize::from(name.kind == "surname")].push(name.name);
    }
    names
});

/// Titles that a surname is printed behind.
const TITLES: &[&str] = &["Mr", "Mrs", "Ms", "Miss", "Dr", "Dear", "Sir", "Dame"];

fn person(subject: &Subject, chance: &mut Chance) -> Option<Damage> {
    let people = people(subject.record);
    let old = chance.one(&people)?;
    let parts: Vec<&str> = old.split_whitespace().collect();
    let ([first, .., last], [given, surnames]) = (parts.as_slice(), &*NAMES) else { return None };
    let (given, surname) = (chance.one(given)?, chance.one(surnames)?);
    // Another of the document's people by that name would not be told from this one.
    let taken = |n: &&String| {
        n.split_whitespace().any(|w| w == given || w == surname || w != *first && n != &old && w == *last)
    };
    if people.iter().any(|n| taken(&n)) {
        return None;
    }
    let mut new = parts.clone();
    (new[0], new[parts.len() - 1]) = (given, surname);
    let mut layer = subject.layer().clone();
    let words = Words::of(&layer);
    let found = words.find(&parts);
    let at = words.at(*found.first()?)?;
    found.iter().for_each(|i| words.put(&mut layer, *i, &new));
    let mut replaced = vec![(old.clone(), new.join(" "))];
    for title in TITLES {
        for i in words.find(&[title, last]) {
            words.put(&mut layer, i + 1, &[surname]);
        }
        replaced.push((format!("{title} {last}"), format!("{title} {surname}")));
    }
    let damage =
        Damage::new(subject, At { page: at.0, line: at.1 }, format!("{old} → {}", new.join(" ")), layer);
    Some(damage.expecting(Expectation { replaced, ..Expectation::default() }))
}

/// The people that a record names.
fn people(record: &Value) -> Vec<String> {
    let lists = ["/inspectors", "/letter/recipients", "/letter/signatories"];
    let items = lists.iter().filter_map(|l| record.pointer(l)?.as_array()).flatten();
    let mut names: Vec<String> = items.filter_map(|i| i.get("name")?.as_str()).map(str::to_owned).collect();
    names.sort();
    names.dedup();
    names
}

fn area(subject: &Subject, chance: &mut Chance) -> Option<Damage> {
    let old = subject.record.pointer("/provider/name")?.as_str()?;
    let parts: Vec<&str> = old.split_whitespace().collect();
    let plain = |n: &str| n.split(' ').all(|w| w.chars().all(char::is_alphabetic));
    let others: Vec<&str> = (areas::all().iter())
        .filter(|a| a.valid_to().is_none() && plain(&a.name) && !a.name.contains(" and "))
        .map(|a| a.name.as_str())
        .filter(|n| n.split(' ').count() == parts.len() && !n.contains(old) && !old.contains(n))
        .collect();
    let new = *chance.one(&others)?;
    let mut layer = subject.layer().clone();
    let words = Words::of(&layer);
    // A name that a line end breaks ("Wells-on-" / "Sea") can't be replaced throughout.
    let broken = |(at, _): (usize, &str)| !words.find(&[&old[..at], &old[at + 1..]]).is_empty();
    if old.match_indices('-').any(broken) {
        return None;
    }
    let found = words.find(&parts);
    let at = words.at(*found.first()?)?;
    let with: Vec<&str> = new.split(' ').collect();
    found.iter().for_each(|i| words.put(&mut layer, *i, &with));
    // A name that is in capitals already is replaced by capitals.
    let mut replaced = vec![(old.to_uppercase(), new.to_uppercase())];
    if old != replaced[0].0 {
        replaced.insert(0, (old.to_owned(), new.to_owned()));
    }
    let damage = Damage::new(subject, At { page: at.0, line: at.1 }, format!("{old} → {new}"), layer);
    Some(damage.expecting(Expectation { replaced, area: Some(new.to_owned()), ..Expectation::default() }))
}
