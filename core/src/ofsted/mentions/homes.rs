//! Inspections of providers other than the authority: its children’s homes, with their grades, and agencies.

use std::ops::Range;

use nom::Offset;

use super::told::Told;
use super::{dates, judged};
use crate::cut::Cut;
use crate::grammar::label::{any_label, contains_label, find_label};
use crate::grammar::number::spelled_number;
use crate::grammar::sentence::sentences;
use crate::ofsted::figures::{OPERATED, OPERATES};

/// What reports call homes.
const HOMES: &[&str] = &[
    "children's homes",
    "children's home",
    "residential homes",
    "residential home",
    "short break homes",
    "short-break homes",
    "short-breaks homes",
    "short breaks homes",
];

/// Inspections of the authority’s own children’s homes, one for each grade, and the range of the sentences about them.
///
/// "The local authority operates four children’s homes. Three were judged to be good and one judged outstanding."
pub fn homes(text: &str) -> Option<(Vec<Told>, Range<usize>)> {
    let homes = HOMES.iter().find_map(|w| find_label(text, w))?;
    let start = text.offset(homes);
    if !are_own(text, start) {
        return None;
    }
    // "two registered children’s homes"
    let near = text.head(start).split_whitespace().rev().take(3);
    let number = near.take_while(|w| !w.ends_with(',')).find(|w| counts(w) || matches!(*w, "a" | "own"));
    let from = number.map_or(start, |number| text.offset(number));
    let end = start + homes.len();
    // "six children’s homes and one secure unit": both are meant by "them".
    let beside = others_beside(text.tail(end));
    let provider = text.get(from..end + beside.map_or(0, str::len))?.to_owned();
    let all =
        count(&provider).map(|homes| homes + beside.and_then(|b| count(b.tail(JOINT.len()))).unwrap_or(0));
    let ends = |s: &&str| text.offset(s) + s.len();
    let mut own: Vec<&str> = sentences(text).skip_while(|s| ends(s) <= start).collect();
    let more = own.iter().skip(1).take_while(|s| goes_on(s)).count();
    own.truncate(more + 1);
    let range = text.offset(own.first()?)..ends(own.last()?);
    let mut out: Vec<Told> = Vec::new();
    for sentence in own {
        // In the first sentence, only the words after the homes are about them.
        let after = text.get(start.max(text.offset(sentence))..ends(&sentence))?;
        // "…, all children are in placements judged adequate" is not about the homes.
        let others = ["placements", "young people are", "children are"];
        for (clause, grade) in judged::each(after) {
            if others.iter().any(|w| contains_label(after, w)) {
                break;
            }
            if !out.iter().any(|t| t.judgements.iter().any(|(_, g)| *g == grade)) {
                out.push(Told {
                    when: dates::of_inspections(sentence).into_iter().next(),
                    judgements: vec![("overall-effectiveness", grade)],
                    provider: Some(
                        one_of_them(sentence)
                            .map(str::to_owned)
                            .or_else(|| some_of_them(clause, &provider, all?))
                            .unwrap_or_else(|| provider.clone()),
                    ),
                    text: range.clone(),
                    ..Told::of("children-home", None)
                });
            }
        }
    }
    (!out.is_empty()).then_some((out, range))
}

/// A home that opens a sentence about several: "The secure home was last inspected in".
fn one_of_them(sentence: &str) -> Option<&str> {
    let named = sentence.strip_prefix("The ")?;
    let home = find_label(named, "home")?;
    let name = named.head(named.offset(home) + home.len());
    (2..=4).contains(&name.split(' ').count()).then_some(name)
}

/// What joins places of another kind to the homes.
const JOINT: &str = " and ";

/// Places of another kind that are counted beside the homes: " and one secure unit".
fn others_beside(rest: &str) -> Option<&str> {
    const PLACES: &[&str] = &["unit", "units", "home", "homes", "centre", "centres"];
    let said = rest.strip_prefix(JOINT).filter(|said| counts(said))?;
    let near = said.split(' ').take(5);
    let named = near.map(|w| w.trim_end_matches(['.', ',', ';', ':'])).find(|w| PLACES.contains(w))?;
    Some(rest.head(rest.offset(named) + named.len()))
}

/// How many of the homes a grade is for, by its clause: "Three were judged to be" of "four children’s homes" gives
/// "three of four children’s homes".
fn some_of_them(clause: &str, homes: &str, all: u16) -> Option<String> {
    if all == 2 && contains_label(clause, "the other") {
        return Some(format!("one of {homes}"));
    }
    let (part, number) = clause.split_whitespace().rev().find_map(|word| Some((word, count(word)?)))?;
    (number < all).then(|| format!("{} of {homes}", part.to_lowercase()))
}

/// Whether the homes named at `at` are the authority’s: "operates four"; "the council’s"; "homes run by the local
/// authority"; "has one in-house".
fn are_own(text: &str, at: usize) -> bool {
    const PROVISION: &[&str] = &["consists of", "comprises"];
    const WHOSE: &[&str] = &["authority’s", "council’s", "trust’s", "its", "own", "in-house", "has"];
    const RUN: &[&str] = &["council-run", "council run", "authority-run", "authority run", "trust-run"];
    let words: Vec<&str> = text.head(at).split_whitespace().rev().take(4).collect();
    let run = RUN.iter().any(|run| text.head(at).trim_end().ends_with(run));
    let whose = |w: &&str| WHOSE.contains(&w.replace('\'', "’").as_str());
    OPERATES.iter().chain(PROVISION).any(|w| contains_label(text, w))
        || run
        || words.iter().any(whose)
        || OPERATED.iter().any(|w| find_label(text.tail(at), w).is_some_and(|hit| text.offset(hit) < at + 60))
}

/// Whether a text begins with a number in words or digits.
fn counts(text: &str) -> bool {
    spelled_number(text).is_ok() || text.starts_with(|c: char| c.is_ascii_digit())
}

/// The number that a text begins with.
fn count(text: &str) -> Option<u16> {
    let digits = text.find(|c: char| !c.is_ascii_digit()).unwrap_or(text.len());
    text.head(digits).parse().ok().or_else(|| spelled_number(text).ok().map(|(_, number)| number))
}

/// Whether a sentence continues about the homes, by naming them or by referring back to them.
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

/// An agency that is named elsewhere.
pub const THE_AGENCY: &str = "agency";

/// Agencies, with the types of their inspections.
const AGENCIES: &[(&str, &str)] = &[("fostering agency", "fostering"), ("adoption agency", "adoption")];

/// "The trust operates a fostering agency and an adoption agency. Both were judged good": an inspection of each, from where
/// the sentence `before` begins.
pub fn each_agency(told: Told, sentence: &str, before: &str, from: usize) -> Vec<Told> {
    let both = any_label(&["both", "each"])(sentence).is_ok() && told.kind == "inspection";
    let named = |(agency, kind): &(&str, &'static str)| {
        let hit = find_label(before, agency)?;
        let head = before.head(before.offset(hit) + hit.len());
        let starts = [" a ", " an ", " the ", " one ", " and "]
            .iter()
            .filter_map(|a| head.rfind(a).map(|at| at + a.len()));
        Some((head.tail(starts.max()?), *kind))
    };
    let agencies: Vec<_> = if both { AGENCIES.iter().filter_map(named).collect() } else { Vec::new() };
    let [.., (_, grade)] = told.judgements.as_slice() else { return vec![told] };
    if agencies.len() < 2 {
        return vec![told];
    }
    let each = |(name, kind): (&str, &'static str)| Told {
        kind,
        provider: Some(name.to_owned()),
        judgements: vec![("overall-effectiveness", *grade)],
        text: from..told.text.end,
        ..told.clone()
    };
    agencies.into_iter().map(each).collect()
}

/// The inspection of an agency that belongs neither to the authority nor to its service: "the inspection of the independent
/// fostering agency in June 2018"; "the regional adoption agency was inspected in".
pub fn of_agency(told: Told, sentence: &str) -> Told {
    // "The agency was judged as providing a good service": the one of an earlier sentence.
    const SHORT: &[(&str, &str)] =
        &[("VAA inspection", "adoption"), ("RAA inspection", "adoption"), ("IFA inspection", "fostering")];
    let again = any_label(&["the agency was", "the agency is"])(sentence).is_ok();
    let short = SHORT.iter().find(|(name, _)| contains_label(sentence, name)).map(|(_, kind)| *kind);
    if told.kind == "inspection" && (again || short.is_some()) {
        return Told { kind: short.unwrap_or(told.kind), provider: Some(THE_AGENCY.to_owned()), ..told };
    }
    let Some((agency, kind)) = AGENCIES.iter().find_map(|(a, kind)| Some((find_label(sentence, a)?, kind)))
    else {
        return told;
    };
    let end = sentence.offset(agency) + agency.len();
    let head = sentence.head(end);
    let of =
        find_label(head, "inspection of").map(|of| head.tail(sentence.offset(of) + of.len()).trim_start());
    let was = any_label(&["was last", "was first", "was"])(without_aside(sentence.tail(end))).is_ok_and(
        |(rest, _)| any_label(&["inspected", "judged", "rated", "graded"])(rest.trim_start()).is_ok(),
    );
    let subject = head.rfind(" the ").map_or(head, |at| head.tail(at + 1));
    let near = |named: &&str| named.split(' ').count() <= 5 && !named.contains(',');
    let bare = told.judgements.is_empty();
    match of.filter(|_| bare).or(Some(subject).filter(|_| was)).filter(near) {
        Some(named) if told.kind == "inspection" => {
            let whole = |(_, grade)| ("overall-effectiveness", grade);
            let judgements = told.judgements.into_iter().map(whole).collect();
            Told { kind, provider: Some(named.to_owned()), judgements, ..told }
        }
        _ => told,
    }
}

/// Drops an aside after a name: ", known as Harbour Families, was" and " (Harbour Families) was".
fn without_aside(said: &str) -> &str {
    let said = said.trim_start();
    let closed = match said.chars().next() {
        Some(',') => said.tail(1).split_once(',').filter(|(aside, _)| aside.split(' ').count() <= 8),
        Some('(') => said.split_once(')'),
        _ => None,
    };
    closed.map_or(said, |(_, rest)| rest).trim_start()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_of_two_agencies_was_inspected() {
        let before = "The trust operates an independent fostering agency and a voluntary adoption agency.";
        let sentence = "Both were judged good in 2015.";
        let grade = vec![("overall-effectiveness", "good")];
        let told = Told { judgements: grade.clone(), ..Told::of("inspection", None) };
        let each = each_agency(told.clone(), sentence, before, 0);
        let named: Vec<_> = each.iter().map(|t| (t.kind, t.provider.as_deref().unwrap_or(""))).collect();
        assert_eq!(
            named,
            [("fostering", "independent fostering agency"), ("adoption", "voluntary adoption agency")]
        );
        assert!(each.iter().all(|t| t.judgements == grade));
        let of_services = "The council runs a fostering service and an adoption service.";
        assert_eq!(each_agency(told, sentence, of_services, 0).len(), 1);
    }

    #[test]
    fn a_grade_says_of_how_many_homes_it_is() {
        let told = |text| {
            let (told, _) = homes(text).unwrap();
            told.into_iter().map(|t| t.provider.unwrap_or_default()).collect::<Vec<_>>().join("; ")
        };
        let cases = [
            (
                "The council operates four children’s homes. Three were judged to be good and one was judged outstanding.",
                "three of four children’s homes; one of four children’s homes",
            ),
            (
                "The council operates 10 children’s homes: eight were judged to be good and two to be adequate.",
                "eight of 10 children’s homes; two of 10 children’s homes",
            ),
            (
                "The council has six children’s homes. Ofsted judged five of them to be good or outstanding.",
                "five of six children’s homes",
            ),
            (
                "The council operates two children’s homes. One was judged outstanding in May 2016. The other was judged as good.",
                "one of two children’s homes; one of two children’s homes",
            ),
            (
                "The council operates two children’s homes, both of which were judged good in 2016.",
                "two children’s homes",
            ),
            (
                "The council operates six children’s homes and one secure unit. Ofsted judged six of them to be good.",
                "six of six children’s homes and one secure unit",
            ),
            ("The council operates one children’s home, which was judged to be good.", "one children’s home"),
        ];
        for (text, providers) in cases {
            assert_eq!(told(text), providers, "{text}");
        }
    }
}
