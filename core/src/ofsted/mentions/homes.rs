//! Inspections of other providers than the authority: its children’s homes, and what they were graded; agencies.

use nom::Offset;

use super::told::Told;
use super::{dates, judged};
use crate::grammar::label::{contains_label, find_label};
use crate::grammar::sentence::sentences;

/// The children’s homes that the authority operates, by the grades of their last inspections.
///
/// "The local authority operates four children’s homes. Three were judged to be good and one judged outstanding."
pub fn homes(text: &str) -> Option<(Vec<Told>, usize)> {
    if !["operates", "operate", "runs"].iter().any(|w| contains_label(text, w)) {
        return None;
    }
    let homes = ["children's homes", "children's home"].iter().find_map(|w| find_label(text, w))?;
    let start = text.offset(homes);
    let number = text.get(..start)?.split_whitespace().next_back()?;
    let from = text.offset(number);
    let provider = text.get(from..start + homes.len())?.to_owned();
    let mut out: Vec<Told> = Vec::new();
    let of_others = |s: &&str| {
        text.offset(s) > start
            && (contains_label(s, "previous inspection of") || contains_label(s, "last inspection of"))
    };
    let own: Vec<&str> = sentences(text).take_while(|s| !of_others(s)).collect();
    let end = own.last().map_or(0, |s| text.offset(s) + s.len());
    for sentence in own {
        let after = if text.offset(sentence) <= start {
            text.get(start..text.offset(sentence) + sentence.len())?
        } else {
            sentence
        };
        for grade in judged::each(after) {
            if !out.iter().any(|t| t.judgements.iter().any(|(_, g)| *g == grade)) {
                out.push(Told {
                    kind: "children-home",
                    when: dates::of_inspections(sentence).into_iter().next(),
                    judgements: vec![("overall-effectiveness", grade)],
                    subject: "overall-effectiveness",
                    provider: Some(provider.clone()),
                    text: 0..end,
                    earlier: true,
                    announces: false,
                    block: 0,
                    list_to: 0,
                    order: 0,
                });
            }
        }
    }
    Some((out, end))
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
