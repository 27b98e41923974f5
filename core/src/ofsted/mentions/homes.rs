//! Inspections of other providers than the authority: its children’s homes, and what they were graded; agencies.

use std::ops::Range;

use nom::Offset;

use super::told::Told;
use super::{dates, judged};
use crate::grammar::label::{any_label, contains_label, find_label};
use crate::grammar::number::spelled_number;
use crate::grammar::sentence::sentences;

/// The children’s homes that the authority operates, by the grades of their last inspections, and the sentences that tell
/// them.
///
/// "The local authority operates four children’s homes. Three were judged to be good and one judged outstanding."
pub fn homes(text: &str) -> Option<(Vec<Told>, Range<usize>)> {
    if !["operates", "operate", "runs"].iter().any(|w| contains_label(text, w)) {
        return None;
    }
    let homes = ["children's homes", "children's home"].iter().find_map(|w| find_label(text, w))?;
    let start = text.offset(homes);
    let number = text.get(..start)?.split_whitespace().next_back()?;
    let provider = text.get(text.offset(number)..start + homes.len())?.to_owned();
    let ends = |s: &&str| text.offset(s) + s.len();
    let mut own: Vec<&str> = sentences(text).skip_while(|s| ends(s) <= start).collect();
    let more = own.iter().skip(1).take_while(|s| goes_on(s)).count();
    own.truncate(more + 1);
    let range = text.offset(own.first()?)..ends(own.last()?);
    let mut out: Vec<Told> = Vec::new();
    for sentence in own {
        // In the first sentence only what follows the homes' name is about them.
        let after = text.get(start.max(text.offset(sentence))..ends(&sentence))?;
        for grade in judged::each(after) {
            if !out.iter().any(|t| t.judgements.iter().any(|(_, g)| *g == grade)) {
                out.push(Told {
                    when: dates::of_inspections(sentence).into_iter().next(),
                    judgements: vec![("overall-effectiveness", grade)],
                    provider: Some(provider.clone()),
                    text: range.clone(),
                    ..Told::of("children-home", None)
                });
            }
        }
    }
    Some((out, range))
}

/// Whether a text begins with a number, in words or digits.
fn counts(text: &str) -> bool {
    spelled_number(text).is_ok() || text.starts_with(|c: char| c.is_ascii_digit())
}

/// Whether a sentence continues about the homes: it names them, or begins with words that refer to them.
fn goes_on(sentence: &str) -> bool {
    const SOME: &[&str] = &[
        "all",
        "both",
        "each",
        "none",
        "the other",
        "of these",
        "of them",
        "they",
        "in their",
        "at their",
        "this",
        "it",
        "Ofsted",
    ];
    let of_others =
        ["previous inspection of", "last inspection of"].iter().any(|w| contains_label(sentence, w));
    let named = ["homes", "home"].iter().any(|w| contains_label(sentence, w));
    !of_others && (named || any_label(SOME)(sentence).is_ok() || counts(sentence))
}

/// "the inspection of the independent fostering agency in June 2018": not the authority's own, nor its service's.
pub fn of_agency(told: Told, sentence: &str) -> Told {
    const AGENCIES: &[(&str, &str)] = &[("fostering agency", "fostering"), ("adoption agency", "adoption")];
    let inspected = || {
        let (agency, kind) = AGENCIES.iter().find_map(|(a, kind)| Some((find_label(sentence, a)?, kind)))?;
        let end = sentence.offset(agency) + agency.len();
        let of = find_label(sentence.get(..end)?, "inspection of")?;
        let named = sentence.get(sentence.offset(of) + of.len()..end)?.trim_start();
        (named.split(' ').count() <= 4 && !named.contains(',')).then_some((named, *kind))
    };
    match inspected().filter(|_| told.kind == "inspection" && told.judgements.is_empty()) {
        Some((named, kind)) => Told { kind, provider: Some(named.to_owned()), ..told },
        None => told,
    }
}
