//! Whether the words before a date tie it to an inspection, without speaking of anything else in between.
//!
//! Anything may be said about the inspection before its date ("the last inspection, held in May 2019"), as long as no other
//! verb, number or clause begins.

use super::super::kinds::EXTERNAL;
use super::is_finding;
use crate::cut::Cut;
use crate::grammar::label::any_label;

/// Events that a date may belong to, besides [`EXTERNAL`] reviews. Whether a sentence is about one of Ofsted's is up to `kinds`.
const NAMES: &[&str] = &[
    "inspection",
    "inspections",
    "inspected",
    "re-inspection",
    "visit",
    "visits",
    "visited",
    "revisit",
    "inspection report",
    "jtai",
    "jtais",
    "ilacs",
    "sif",
    "overall judgement",
    "ofsted judgement",
    "ofsted’s judgement",
    "ofsted’s report",
    "peer review",
    "peer challenge",
    "peer evaluation",
    "care quality commission’s review of health services",
    "inspectors returned",
    "inspectors came",
    "inspectors who came",
    "ofsted returned",
    "revisited",
    "hmi probation",
    "inspectorate of probation",
    "review of health services for children looked after and safeguarding",
    "review of health services for looked after children and safeguarding",
];

/// Verbs for what is done at an inspection or with its report, and for nothing else.
pub(super) const OF_INSPECTIONS: &str = "inspected re-inspected visited conducted undertaken undertook carried completed concluded published \
    reported released judged rated graded found identified considered evaluated examined looked reviewed \
    focused focussed noted highlighted recommended confirmed covered named held took dated received related \
    experienced targeted required led";

/// Irregular past forms of other verbs, and words that begin another clause.
const OTHERS: &str = "rose fell grew made began became set met left came went saw had have has is are will would who whose \
    because while until before since but this during whereas although";

/// Things that have dates of their own.
const THINGS: &str =
    "board team evidence number numbers proportion percentage rate data figures strategy audit audits survey";

/// Words that may come after a comma between an inspection and its date.
const JOINS: &str = "was were been place out which that and by ofsted again also then most recently last latest first ago on \
    in of the";

/// The greatest distance, in words, between an inspection and its date.
pub(super) const LONGEST: usize = 24;

/// Whether a space-separated list contains a word.
pub(super) fn has(words: &str, word: &str) -> bool {
    words.split(' ').any(|w| w == word)
}

pub(super) fn plain(word: &str) -> String {
    word.trim_matches(|c: char| !c.is_alphanumeric()).to_lowercase()
}

/// Whether a word starts to speak of something else: "appointed", "rose", "the number of", "2,310".
pub(super) fn tells_else(words: &[&str], at: usize) -> bool {
    let word = words[at];
    let w = plain(word);
    let previous = at.checked_sub(1).map(|p| plain(words[p])).unwrap_or_default();
    let past = w.len() > 4 && w.ends_with("ed") && !w.ends_with("eed");
    let name = previous == "social" || w == "ofsted";
    // "A peer review of the Health and Wellbeing Board that was carried out in": the board is what was reviewed.
    let inspected = words.first() == Some(&"of") && at <= 8;
    let thing = has(THINGS, &w) && !inspected
        || w == "plan" && previous != "protection"
        || w == "framework" && !words[..at].iter().any(|w| plain(w) == "under");
    thing
        || past && !name && !has(OF_INSPECTIONS, &w)
        || has(OTHERS, &w)
        || word.ends_with([';', ':', '.'])
        || word.contains(|c: char| c.is_ascii_digit() || c == '%')
}

/// "… inspection in"; "inspection of the local authority’s arrangements … was in"; "inspected in"; "(JTAI) in"
pub(super) fn follows_inspection(before: &str) -> bool {
    let lower = before.to_lowercase();
    let ends = NAMES.iter().chain(EXTERNAL).filter_map(|w| lower.rfind(w).map(|at| at + w.len()));
    // "independent reviewing officers" are no review.
    let Some(at) = ends.filter(|at| !lower.tail(*at).starts_with("ing ")).max() else {
        return false;
    };
    let given = before.get(..at).unwrap_or(before);
    let between = before.get(at..).unwrap_or("").trim_start_matches(')');
    let between = without_brackets(between.strip_prefix(" framework").unwrap_or(between));
    // "at the inspection in July 2021" has that date, whichever inspection it is; anything else about "the inspection" is
    // about today's.
    let direct = matches!(between.trim(), "in" | "of" | "on") && !is_this_one(given);
    // "has not been inspected since 2011"; "no inspection has taken place since 2014": the last one was then.
    let since =
        matches!(between.trim(), "since" | "has taken place since" | "took place since" | "was held since");
    if direct || since && is_denied(given) {
        return true;
    }
    if is_own(given) || between.contains(['(', ')']) {
        return false;
    }
    // "since the last inspection (November 2012)"; "(Ofsted, 2016)"
    let inside = before.rfind('(').and_then(|open| before.get(open + 1..));
    let inside = inside.map(|inside| inside.trim().trim_end_matches(','));
    let opens = inside.is_some_and(|inside| {
        matches!(inside, "" | "Ofsted" | "published" | "published on" | "published in" | "in" | "dated")
    });
    opens && between.split_whitespace().all(|w| has("Ofsted, published on in dated", w)) || is_tied(&between)
}

/// When inspectors came: "Inspectors found in March 2019 and again in May 2021 that"; "Ofsted raised the same concern in
/// 2021."
pub(super) fn found_then(before: &str, after: &str) -> bool {
    const SAME: &str = "this these that";
    let Some(said) = before.strip_suffix(" in ").or_else(|| before.strip_suffix(" on ")) else {
        return false;
    };
    let words: Vec<&str> = said.split_whitespace().collect();
    let who =
        |w: &str| has("inspectors ofsted commission cqc hmic hmicfrs probation constabulary", &plain(w));
    let found = |at: usize| at > 0 && is_finding(&plain(words[at])) && who(words[at - 1]);
    let Some(verb) = (0..words.len()).rev().find(|at| found(*at)) else { return false };
    let object = words.tail(verb + 1);
    let ends = after.trim_start().is_empty() || after.starts_with(['.', ';']);
    let again = |object: &[&str]| match object {
        [the, same, ..] if plain(the) == "the" => plain(same) == "same",
        [first, ..] => has(SAME, &plain(first)),
        [] => false,
    };
    let same = verb == 1 && ends && object.len() <= 6 && again(object);
    object.is_empty() || same && !(0..object.len()).any(|at| tells_else(object, at))
}

/// Whether a preposition leads to the date, and nothing else is spoken of between the inspection and its date.
fn is_tied(between: &str) -> bool {
    const PREPOSITIONS: &[&str] = &["in", "on", "during", "of", "from", "dated", "between", "at"];
    let words = without_season(between);
    let Some((last, said)) = words.split_last() else { return false };
    let comma = |at: &usize| said[*at].ends_with(',') && !lists(said, *at);
    let aside = (0..said.len()).rev().find(comma).map_or(&said[..0], |at| &said[at + 1..]);
    let joins = |w: &&str| has(JOINS, &plain(w)) || has(OF_INSPECTIONS, &plain(w));
    // "Inspectors returned to cases from 2019": the date is that of the cases.
    let aside = if plain(last) == "from" { said } else { aside };
    PREPOSITIONS.contains(&plain(last).as_str())
        && said.len() <= LONGEST
        && !(0..said.len()).any(|at| tells_else(said, at))
        && aside.iter().all(joins)
}

/// A second subject of the same event, with its own date: " and of adolescent services in".
pub(super) fn goes_on_of(between: &str) -> bool {
    let more = between.trim_start_matches(',').trim_start().strip_prefix("and ");
    // "and another, to care leavers, in"
    let another =
        more.and_then(|more| more.strip_prefix("another").or_else(|| more.strip_prefix("a second")));
    if let Some(more) = another {
        return is_tied(more);
    }
    more.is_some_and(|more| any_label(&["of", "for", "on"])(more).is_ok() && is_tied(more))
}

/// Parts of a year that a sentence may name before it.
const SEASONS: &[&str] = &["early", "late", "mid", "spring", "summer", "autumn", "winter"];

/// Drops a part of the year at the end: "in early 2016"; "in the autumn of 2016".
pub(super) fn without_season(between: &str) -> Vec<&str> {
    let mut words: Vec<&str> = between.split_whitespace().collect();
    words.truncate(
        words.len() - usize::from(matches!(words.as_slice(), [.., season, "of"] if SEASONS.contains(season))),
    );
    if words.last().is_some_and(|w| SEASONS.contains(w)) {
        words.pop();
        words.truncate(words.len() - usize::from(words.last() == Some(&"the")));
    }
    words
}

/// Whether a comma is part of a list of what was inspected: "of contact, referral and assessment arrangements".
pub(super) fn lists(words: &[&str], at: usize) -> bool {
    let verb = |w: &str| {
        matches!(w, "was" | "were" | "which" | "that" | "in") || has(OF_INSPECTIONS, w) && w != "looked"
    };
    let mut next = words[at + 1..].iter().take(6).map(|w| plain(w));
    !plain(words[at]).is_empty() && next.find(|w| w == "and" || verb(w)).is_some_and(|w| w == "and")
}

/// Drops an abbreviation in brackets and the bracket that opens before a date: "(JTAI)"; "(in".
fn without_brackets(between: &str) -> String {
    let mut text = between.to_owned();
    while let (Some(open), Some(close)) = (text.find('('), text.find(')')) {
        let inside = text.get(open..close).unwrap_or("");
        if open > close || inside.len() > 12 || inside.contains(|c: char| c.is_ascii_digit()) {
            break;
        }
        text.replace_range(open..=close, "");
    }
    match text.rfind('(') {
        Some(open) if text.get(open + 1..).is_some_and(|r| r.split_whitespace().count() <= 1) => {
            text.replacen('(', "", 1)
        }
        _ => text,
    }
}

/// "has not been inspected"; "no inspection"
fn is_denied(given: &str) -> bool {
    given
        .split_whitespace()
        .rev()
        .take(5)
        .any(|w| matches!(w.to_lowercase().as_str(), "not" | "no" | "never"))
}

/// "seen in this inspection in March": about the document's own inspection, whatever the date.
fn is_this_one(given: &str) -> bool {
    given.split_whitespace().rev().take(3).any(|w| w.eq_ignore_ascii_case("this"))
}

/// Whether the inspection is the document's own.
fn is_own(given: &str) -> bool {
    const OWN: &[&str] = &[
        "time of the inspection",
        "time of inspection",
        "point of inspection",
        "point of the inspection",
        "during the inspection",
        "during inspection",
        "at the inspection",
        "before the inspection",
        "prior to the inspection",
        "prior to inspection",
        "before inspection",
        "start of the inspection",
    ];
    let lower = given.to_lowercase();
    is_this_one(given) || OWN.iter().any(|o| lower.ends_with(o))
}
