//! Whether a date precedes the inspection that it belongs to: "the 2016 inspection"; "In May 2019, a focused visit found".

use super::is_finding;
use super::tied::{OF_INSPECTIONS, has, lists, plain, tells_else, without_season};
use crate::cut::Cut;
use crate::grammar::label::any_label;

/// Who inspects.
const INSPECTORS: &[&str] = &[
    "ofsted",
    "inspectors",
    "his majesty’s inspectors",
    "her majesty’s inspectors",
    "hmi probation",
    "his majesty’s inspectorate of probation",
    "her majesty’s inspectorate of probation",
    "the care quality commission",
    "cqc",
];

/// The greatest length, in bytes, of a second date with the words that join it to the first: "again in September 2019".
const LISTED: usize = 24;

/// "the 2011 safeguarding and looked after children services inspection"
pub(super) fn leads_inspection(after: &str) -> bool {
    const VERBS: &[&str] = &[
        "was",
        "were",
        "is",
        "are",
        "had",
        "have",
        "has",
        "at",
        "by",
        "since",
        "this",
        "during",
        "to",
        "but",
        "before",
        "until",
        "following",
        "when",
        "which",
        "who",
        "that",
    ];
    // "between 2013 and the beginning of the inspection": a moment of the document's own inspection.
    const MOMENTS: &[&str] = &["beginning", "start", "time", "point", "end", "course"];
    let near: Vec<&str> = after.split_whitespace().take(8).collect();
    // "The 2017 judgement of good has been kept"
    let judgement = |at: usize| plain(near[at]).starts_with("judg") && near.get(at + 1) == Some(&"of");
    let names = |at: &usize| names_event(near[*at]) || plain(near[*at]) == "inspected" || judgement(*at);
    let Some(until) = (0..near.len()).find(names) else {
        return false;
    };
    let is_name = |at: usize| {
        let (word, w) = (near[at], plain(near[at]));
        let ends = word.ends_with(['.', ',', ';', ')']) || word.starts_with('(');
        let other = VERBS.contains(&w.as_str()) || MOMENTS.contains(&w.as_str());
        // "met first in 2023 after the inspection"
        let later = w == "after" && !is_looked_after(&near, at);
        !ends && !other && !later
    };
    (0..until).all(is_name)
}

/// The event follows its date: "Inspectors found in November 2024, at a focused visit,".
pub(super) fn then_visited(after: &str) -> bool {
    const AT: &[&str] = &["at", "during", "on", "in"];
    const ARTICLES: &[&str] = &["a", "an", "the", "its", "their"];
    const LAST: &[&str] = &[
        "at the last inspection",
        "at the previous inspection",
        "at its last inspection",
        "the year of the last inspection",
        "the year of its last inspection",
        "the year of the previous inspection",
        "the time of the last inspection",
        "the time of the previous inspection",
        "when it was last inspected",
        "when they were last inspected",
        "when inspectors last visited",
    ];
    let said = after.trim_start_matches([',', ' ']);
    if any_label(LAST)(said).is_ok() {
        return true;
    }
    let words: Vec<&str> = said.split_whitespace().take(7).collect();
    let [at, article, name @ ..] = words.as_slice() else { return false };
    let named = name.iter().position(|w| names_event(w));
    // "found in January 2020 at a focused visit". "the inspection" would be the document's own.
    let one = matches!(*article, "a" | "an") && matches!(*at, "at" | "during");
    (after.starts_with(',') || one)
        && AT.contains(at)
        && ARTICLES.contains(article)
        && named.is_some_and(|n| !(0..n).any(|at| name[at].ends_with(',') || tells_else(name, at)))
}

/// A date that opens a sentence about an inspection named next: "In January 2020, a focused visit found"; "in September
/// 2017, Ofsted found"; "In 2019, the council was inspected".
pub(super) fn opens_telling(before: &str, after: &str) -> bool {
    // "In 2021 and 2022, Ofsted carried out focused visits"; "In July 2017 and again in March 2019, Ofsted found"
    let more = after.strip_prefix(" and ").and_then(|more| {
        let (date, _) = more.split_once(',')?;
        (date.len() <= LISTED && date.ends_with(|c: char| c.is_ascii_digit())).then(|| more.tail(date.len()))
    });
    let after = more.unwrap_or(after);
    if !opens_clause(before) {
        return false;
    }
    let said = after.strip_prefix(',');
    said.is_some_and(|said| tells_of_inspectors(said) || names_next(said))
        || said.is_none() && tells_of_inspectors(after)
}

/// ", Ofsted found"; ", inspectors visited"
fn tells_of_inspectors(said: &str) -> bool {
    let verb = any_label(INSPECTORS)(said.trim_start()).map(|(rest, _)| rest.split_whitespace().next());
    verb.is_ok_and(|verb| {
        verb.is_some_and(|verb| has(OF_INSPECTIONS, &plain(verb)) || is_finding(&plain(verb)))
    })
}

/// Whether the event is named before anything else is spoken of: ", a focused visit found"; ", the council was inspected".
fn names_next(said: &str) -> bool {
    // "In 2021, following the inspection, leaders …": the date isn't the inspection's.
    const APART: &[&str] = &[
        "following",
        "after",
        "response",
        "result",
        "light",
        "prior",
        "because",
        "from",
        "for",
        "ready",
        "preparation",
        "this",
        "with",
    ];
    const HAD: &[&str] = &[
        "had",
        "has",
        "underwent",
        "invited",
        "commissioned",
        "requested",
        "hosted",
        "welcomed",
        "received",
    ];
    let near: Vec<&str> = said.split_whitespace().take(16).collect();
    let of_peers = |at: usize| at > 0 && near[at - 1].eq_ignore_ascii_case("peer");
    let of_ofsted = |at: usize| {
        const KINDS: &[&str] = &["focused", "focussed", "monitoring", "assurance", "ofsted", "ofsted’s"];
        at > 0 && KINDS.contains(&near[at - 1].to_lowercase().as_str())
    };
    let names = |at: usize| match plain(near[at]).as_str() {
        "inspected" | "re-inspected" => true,
        "visit" | "visits" => of_ofsted(at),
        "review" | "challenge" => of_peers(at),
        // "the inspection" is the document's own.
        "inspection" => at > 0 && !matches!(near[at - 1], "the" | "this"),
        _ => names_event(near[at]),
    };
    let Some(until) = (0..near.len()).find(|at| names(*at)) else { return false };
    let apart = |at: usize| {
        let w = plain(near[at]);
        APART.contains(&w.as_str()) && !is_looked_after(&near, at)
            || tells_else(&near, at) && !HAD.contains(&w.as_str())
            || near[at].ends_with(',')
                && !lists(&near, at)
                && !matches!(plain(near[0]).as_str(), "at" | "under")
    };
    !(0..until).any(apart)
}

/// Whether a word is the last noun in the name of an event.
fn names_event(word: &str) -> bool {
    let w = word.to_lowercase();
    let w = w.trim_matches(|c: char| !c.is_alphanumeric() && c != '-');
    let w = w.strip_suffix("’s").unwrap_or(w);
    matches!(
        w,
        "inspection" | "re-inspection" | "inspections" | "visit" | "visits" | "jtai" | "ilacs" | "sif"
    )
}

/// Whether a word is the "after" of "children looked after".
fn is_looked_after(words: &[&str], at: usize) -> bool {
    at > 0 && plain(words[at]) == "after" && words[at - 1].ends_with("ooked")
}

/// Whether only a preposition and a part of the year come between the start of the clause and its date.
pub(super) fn opens_clause(before: &str) -> bool {
    let clause = before.rsplit([',', ';']).next().unwrap_or(before);
    // "In its report, published in January 2022, Ofsted judged"
    let clause = clause.trim();
    let clause = clause.strip_prefix("published ").unwrap_or(clause);
    let mut words = without_season(clause);
    if words.first().is_some_and(|w| matches!(*w, "and" | "but" | "then" | "again" | "later")) {
        words.remove(0);
    }
    // "In both 2015 and 2018"
    words.truncate(words.len() - usize::from(words.len() == 2 && words[1] == "both"));
    words.len() <= 1
        && any_label(&["in", "on", "since", "during"])(words.first().copied().unwrap_or("")).is_ok()
}
