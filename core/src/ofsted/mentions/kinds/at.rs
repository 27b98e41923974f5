//! The type of the inspection that belongs to a date, among several that a sentence names.

use std::cmp::Reverse;

use nom::Offset;

use super::super::dates::{self, When};
use super::{KINDS, OTHER_INSPECTORATES, is_reviewing};
use crate::cut::Cut;
use crate::grammar::label::{any_label, contains_label, find_label};

/// The type of an undated inspection beside dated ones: "The 2019 JTAI and the subsequent focused visit"; "monitoring visits
/// since then".
pub fn undated_beside(sentence: &str, dated: &[&'static str]) -> Option<&'static str> {
    const LATER: &[&str] = &["subsequent", "later", "following", "previous", "earlier", "last"];
    const TYPED: &[&str] = &["monitoring-visit", "focused-visit", "joint", "area-send"];
    let lower = sentence.to_lowercase();
    let is_later = |name: &str, at: usize| {
        let before = lower.head(at).split_whitespace().next_back().unwrap_or("");
        let rest = lower.tail(at + name.len());
        let behind = rest.trim_start_matches('s').trim_start();
        // "monitoring visits since the 2016 inspection"; one "since the inspection" is most often this visit itself.
        let since = ["s since the ", "s since its ", "s since their "].iter().any(|w| rest.starts_with(w));
        // "the focused visit held four months earlier"
        let ago = behind.split([',', ';', '.']).next().unwrap_or("").split_whitespace().take(5);
        LATER.contains(&before)
            || behind.starts_with("since then")
            || since
            || ago.into_iter().any(|word| matches!(word, "earlier" | "later"))
    };
    let typed = KINDS.iter().filter(|(_, code)| TYPED.contains(code) && !dated.contains(code));
    let named = |names: &&[&str]| names.iter().any(|name| places(&lower, name).any(|at| is_later(name, at)));
    typed.filter(|(names, _)| named(names)).map(|(_, code)| *code).next()
}

/// The type of the inspection with a given date: the one named last before it.
pub fn kind_at(sentence: &str, when: Option<&When>, otherwise: &'static str) -> &'static str {
    let Some(when) = when else { return otherwise };
    // "following an inspection of Elm House in May, the latest in June judged the home as …"
    if otherwise == "children-home" {
        return otherwise;
    }
    let names = || KINDS.iter().flat_map(|(words, code)| words.iter().map(|w| (*w, *code)));
    let after = sentence.get(when.at..).unwrap_or("").to_lowercase();
    // Of two names in the same place, the longer wins.
    let first = names().filter_map(|(w, code)| Some((places(&after, w).min()?, Reverse(w.len()), code)));
    let first = first.min_by_key(|(at, len, _)| (*at, *len));
    // "In July 2023, the joint inspection of the area’s SEND arrangements"
    let first = first.map(|(at, _, code)| match code {
        "joint" => of_what(after.tail(at)).unwrap_or(code),
        code => code,
    });
    // "since the 2016 inspection": the name follows the date.
    if when.leads {
        return first.unwrap_or(otherwise);
    }
    let before = sentence.get(..when.at).unwrap_or("").to_lowercase();
    // "two focused visits since the last inspection, in October 2023": the date is that of a visit.
    let since = ["visits since the last", "visits since the previous"].iter().find_map(|w| before.find(w));
    let before = since.map_or(before.as_str(), |at| before.head(at + "visits".len()));
    // "Five monitoring visits since the inspection in 2018, the most recent in"
    let several = dates::last_plural(before).filter(|_| dates::is_one_of(before));
    let before = several.map_or(before, |end| before.head(end));
    let last = names().filter_map(|(w, code)| Some((places(before, w).max()? + w.len(), code)));
    // The longest name ends last: "joint inspection" goes on beyond the "inspect" in it.
    let last = last.max_by_key(|(end, _)| *end);
    if otherwise == OTHER_INSPECTORATES
        && let Some(by) = by_whom(sentence, when)
    {
        return by;
    }
    let last = last.map(|(end, code)| match code {
        "inspection" | "joint" => {
            of_what(before.tail(end)).or_else(|| what_was(before.head(end))).unwrap_or(code)
        }
        // "A joint inspection by Ofsted and HMI Probation"
        OTHER_INSPECTORATES if otherwise == "joint" => otherwise,
        code => code,
    });
    // "The monitoring visit was the fourth since the council was judged inadequate in 2016": visits give no grades.
    let last = last.filter(|code| !(when.graded && code.ends_with("visit")));
    // "the focused visit by Ofsted in"
    let last =
        last.map(|code| if code == "visit" && otherwise.ends_with("visit") { otherwise } else { code });
    // "Since being judged inadequate in 2016, the council has had six monitoring visits"
    let told = if when.graded { "inspection" } else { first.unwrap_or(otherwise) };
    // "during its visit in April 2023 and again in its inspection of May 2024"
    let visit = ["visit in ", "visit on ", "visit of "].iter().any(|v| before.ends_with(v));
    last.unwrap_or(if visit { "visit" } else { told })
}

/// The type of an inspection by who is named in the clause of its date: "an inspection in May 2014 of the police by HMIC";
/// "identified in 2011 by Ofsted and more recently in the CQC inspection of 2014".
fn by_whom(sentence: &str, when: &When) -> Option<&'static str> {
    const BODIES: &[&str] = &[
        "HMIC",
        "HMICFRS",
        "Constabulary",
        "Probation",
        "CQC",
        "CQC’s",
        "Care Quality Commission",
        "HMI Probation",
    ];
    if any_label(&["by Ofsted"])(sentence.tail(when.until).trim_start()).is_ok() {
        return Some("inspection");
    }
    let names = |words: &str, bodies: &[&str]| bodies.iter().any(|body| contains_label(words, body));
    let ours = &["Ofsted", "Ofsted’s"];
    if !names(sentence, ours) {
        return names(sentence, BODIES).then_some(OTHER_INSPECTORATES);
    }
    const BREAKS: &[&str] = &[", ", "; ", " and ", " while ", " but "];
    let from = BREAKS
        .iter()
        .filter_map(|b| sentence.head(when.at).rfind(b).map(|at| at + b.len()))
        .max()
        .unwrap_or(0);
    let rest = sentence.tail(when.until);
    let end = BREAKS.iter().filter_map(|b| rest.find(b)).min().unwrap_or(rest.len());
    let clause = sentence.part(from..when.until + end);
    match (names(clause, BODIES), names(clause, ours)) {
        (true, false) => Some(OTHER_INSPECTORATES),
        (false, true) => Some("inspection"),
        _ => None,
    }
}

/// The type of something merely called an inspection, by what was inspected: "inspected the area’s arrangements for children
/// with special educational needs and/or disabilities in".
fn of_what(said: &str) -> Option<&'static str> {
    const WHAT: &[(&str, &str)] = &[
        ("special educational needs", "area-send"),
        ("send", "area-send"),
        ("youth justice", OTHER_INSPECTORATES),
        ("youth offending", OTHER_INSPECTORATES),
    ];
    // Only the first thing named counts: an inspection may be "of services for children in need and those with …".
    let clause = said.split([',', ';']).next().unwrap_or(said);
    let named = |what: &str| find_label(clause, what).map(|hit| clause.head(clause.offset(hit)));
    WHAT.iter()
        .find(|(what, _)| named(what).is_some_and(|before| !before.contains(" and ")))
        .map(|(_, code)| *code)
}

/// The type of an inspection by the subject of its verb: "The local area’s SEND services were inspected".
fn what_was(until_verb: &str) -> Option<&'static str> {
    let said = ["were inspect", "was inspect"].iter().find_map(|verb| until_verb.strip_suffix(verb))?;
    of_what(said.rsplit([',', ';', '.']).next().unwrap_or(said))
}

/// Where a text contains the name of a type. "inspectors" doesn't count as "inspect", nor "independent reviewing" as a review.
fn places<'a>(text: &'a str, name: &'a str) -> impl Iterator<Item = usize> + 'a {
    text.match_indices(name)
        .map(|(at, _)| at)
        .filter(|at| !text.tail(*at).starts_with("inspector") || name.len() > 10)
        .filter(|at| !is_reviewing(name.as_bytes(), text, *at + name.len()))
}
