//! Whether the words around a date tie it to an inspection or to a grade, without speaking of anything else in between.
//!
//! The date may follow ("the last inspection, held in May 2019"; "judged inadequate in 2016") or precede ("the 2016
//! inspection"; "In May 2019, a focused visit found"). Anything may be said about the inspection in between, as long as no
//! other verb, number or clause begins.

use super::is_finding;
use crate::cut::Cut;
use crate::grammar::label::{any_label, find_label};
use crate::ofsted::mentions::judged;
use crate::ofsted::mentions::subjects::without_areas;

/// Events that a date may belong to. Whether a sentence is about one of Ofsted's is up to `kinds`.
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
    "inspectors returned",
    "ofsted returned",
    "revisited",
    "hmi probation",
    "inspectorate of probation",
    "review of health services for children looked after and safeguarding",
    "review of health services for looked after children and safeguarding",
];

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

/// Verbs for what is done at an inspection or with its report, and for nothing else.
const OF_INSPECTIONS: &str = "inspected re-inspected visited conducted undertaken undertook carried completed concluded published \
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

/// The greatest length, in bytes, of a second date with the words that join it to the first: "again in September 2019".
const LISTED: usize = 24;

/// The greatest distance, in words, between an inspection and its date.
const LONGEST: usize = 24;

/// Whether a space-separated list contains a word.
fn has(words: &str, word: &str) -> bool {
    words.split(' ').any(|w| w == word)
}

fn plain(word: &str) -> String {
    word.trim_matches(|c: char| !c.is_alphanumeric()).to_lowercase()
}

/// Whether a word starts to speak of something else: "appointed", "rose", "the number of", "2,310".
fn tells_else(words: &[&str], at: usize) -> bool {
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
    let Some(at) = NAMES.iter().filter_map(|w| lower.rfind(w).map(|at| at + w.len())).max() else {
        return false;
    };
    let given = before.get(..at).unwrap_or(before);
    let between = before.get(at..).unwrap_or("").trim_start_matches(')');
    let between = without_brackets(between.strip_prefix(" framework").unwrap_or(between));
    // "at the inspection in July 2021" has that date, whichever inspection it is; anything else about "the inspection" is
    // about today's.
    let direct = matches!(between.trim(), "in" | "of" | "on") && !is_this_one(given);
    if direct {
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
    let who = |w: &str| has("inspectors ofsted", &plain(w));
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
    more.is_some_and(|more| any_label(&["of", "for", "on"])(more).is_ok() && is_tied(more))
}

/// Parts of a year that a sentence may name before it.
const SEASONS: &[&str] = &["early", "late", "mid", "spring", "summer", "autumn", "winter"];

/// Drops a part of the year at the end: "in early 2016"; "in the autumn of 2016".
fn without_season(between: &str) -> Vec<&str> {
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
fn lists(words: &[&str], at: usize) -> bool {
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
    let Some(until) = near.iter().position(|w| names_event(w) || plain(w) == "inspected") else {
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

/// Whether a word is the "after" of "children looked after".
fn is_looked_after(words: &[&str], at: usize) -> bool {
    at > 0 && plain(words[at]) == "after" && words[at - 1].ends_with("ooked")
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

/// The date of a grade that precedes it: "judged inadequate in"; "found to be inadequate in"; "the inadequate judgement in";
/// "requiring improvement at re-inspection in"; "from inadequate in".
pub(super) fn follows_grade(before: &str) -> bool {
    const TAIL: &str = "for of by at in and the a its it they all both every area areas overall ofsted inspection \
        inspections re-inspection judgement judgements judgment rating grading grade service services again first under \
        single framework last previous then since local authority council children young people effectiveness \
        as was were case did respectively across these those twice who need when inspectors returned from";
    let clause = before.rfind(['.', ';']).map_or(before, |at| before.tail(at));
    let Some(last) = judged::places(clause).pop() else { return false };
    let tail = clause.tail(last.end);
    let words = without_season(tail);
    // "had slipped to requires improvement by 2018"
    let changed = || judged::has_changed(clause.head(last.start));
    let leads_on = words
        .last()
        .is_some_and(|w| matches!(*w, "in" | "since" | "both") || *w == "by" && changed())
        || matches!(words.as_slice(), [noun, "from"] if has("judgement judgment grade rating grading", noun));
    // "in 2019, when services were judged inadequate, and in 2022, when": the next date belongs to the next grade.
    let next = tail.trim_start().starts_with(", and ");
    if !leads_on || next || words.len() > 14 || is_of_others(clause) {
        return false;
    }
    let said = without_areas(tail);
    let fills = |w: &str| plain(w).is_empty() || has(TAIL, &plain(w));
    let given = || judged::given(clause, "overall-effectiveness", None);
    without_season(&said).into_iter().all(fills) && given().iter().any(|g| g.at == last.start)
}

/// Whether it is cases, plans or schools that are graded.
fn is_of_others(clause: &str) -> bool {
    const OTHERS: &[&str] =
        &["cases", "audits", "audited", "files", "schools", "placements", "whose", "plans"];
    clause.contains('%') || OTHERS.iter().any(|w| find_label(clause, w).is_some())
}

/// "In 2010, the looked after children service was judged to be adequate"; "In early 2019, inspectors judged …"; "since
/// 2018, when Ofsted judged"
pub(super) fn leads_grade(before: &str, after: &str) -> bool {
    let said = after.trim_start_matches([',', ' ', ')']);
    let when = any_label(&["when", "where"])(said).map(|(rest, _)| rest);
    if when.is_err() && !opens_clause(before) {
        return false;
    }
    let clause = when.unwrap_or(said);
    let clause = clause.head(clause.find([';', '.']).unwrap_or(clause.len()));
    // "In 2018 services were judged to require improvement; in 2022, good."
    let bare = judged::places(clause).first().is_some_and(|grade| grade.start == 0);
    if bare && !judged::given(before, "overall-effectiveness", None).is_empty() {
        return true;
    }
    let Some(first) = judged::given(clause, "overall-effectiveness", None).into_iter().next() else {
        return false;
    };
    let until: Vec<&str> = clause.head(first.at).split_whitespace().collect();
    let plural = |at: &usize| !matches!(plain(until[*at]).as_str(), "had" | "this");
    until.len() <= LONGEST
        && !is_of_others(clause)
        && !(0..until.len()).filter(plural).any(|at| tells_else(&until, at))
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
    const HAD: &[&str] = &["had", "has", "underwent"];
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

/// Whether only a preposition and a part of the year come between the start of the clause and its date.
fn opens_clause(before: &str) -> bool {
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
