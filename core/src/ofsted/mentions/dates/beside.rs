//! Whether the words beside a date tell that an inspection was then.

use crate::cut::Cut;
use crate::grammar::find_all;
use crate::grammar::label::{any_label, find_label};

/// "judged inadequate in 2011, 2013 and 2015"; "found to be inadequate in"; "the inadequate judgement in"; "requiring
/// improvement at re-inspection in": when a grade was given.
pub(super) fn judged_in(before: &str) -> bool {
    const GRADES: &[&str] = &["inadequate", "adequate", "good", "outstanding", "improvement"];
    const VERBS: &[&str] = &["judged", "rated", "graded", "identified"];
    const NOUNS: &[&str] = &["judgement", "judgements", "judgment", "grading", "rating"];
    const OTHERS: &[&str] = &["cases", "audits", "audited", "files"];
    let clause = before.rfind(['.', ';', ':']).map_or(before, |at| before.get(at..).unwrap_or(before));
    let words: Vec<&str> = clause
        .split_whitespace()
        .rev()
        .take(14)
        .map(|w| w.trim_matches(['‘', '’', '\'', '"', ',']))
        .collect();
    // "good in both 2018 and 2022"
    let words = words.strip_prefix(&["both"]).unwrap_or(&words);
    let Some((&("in" | "since"), words)) = words.split_first() else { return false };
    if OTHERS.iter().any(|w| words.contains(w)) || clause.contains('%') {
        return false;
    }
    if changed(words) {
        return true;
    }
    // "rated good by Ofsted in"; "judged inadequate overall in"; "requiring improvement at re-inspection in"
    let words = match words {
        ["Ofsted", "by", rest @ ..] | ["overall", rest @ ..] => rest,
        ["area", "every", "in", rest @ ..] | ["areas", "all", "in" | "across", rest @ ..] => rest,
        ["inspection" | "re-inspection", "at", rest @ ..] => rest,
        ["inspection" | "re-inspection", "the" | "a" | "its", "at", rest @ ..] => rest,
        rest => rest,
    };
    let verb = |rest: &[&str]| rest.iter().any(|w| VERBS.contains(w) || NOUNS.contains(w));
    // "judged inadequate for help and protection in"
    let named = words.iter().position(|w| GRADES.contains(w)).filter(|at| (2..=9).contains(at));
    if named.is_some_and(|at| words[at - 1] == "for" && verb(words.tail(at))) {
        return true;
    }
    match words {
        [noun, grade, ..] if NOUNS.contains(noun) => GRADES.contains(grade),
        [grade, "be", "to", "found", ..] => GRADES.contains(grade),
        // "identified for improvement in 2018" gives no grade.
        ["improvement", rest @ ..] => {
            rest.first().is_some_and(|w| w.starts_with("requir")) && (verb(rest) || rest.contains(&"found"))
        }
        [grade, rest @ ..] => GRADES.contains(grade) && verb(rest),
        [] => false,
    }
}

/// "has moved from inadequate in 2018 to requires improvement to be good in": what the words before a date, last first, say
/// that something was graded before and then.
fn changed(words: &[&str]) -> bool {
    let grade: &[&str] = match words {
        ["inadequate" | "adequate" | "good" | "outstanding", ..] => words.tail(1),
        ["improvement", ..] => words,
        _ => return false,
    };
    let from = match grade {
        ["be", "to", "improvement", rest @ ..] | ["improvement", rest @ ..] => rest.get(1..).unwrap_or(&[]),
        rest => rest,
    };
    match from {
        ["from", ..] => true,
        ["to", rest @ ..] => rest.contains(&"from"),
        _ => false,
    }
}

/// "… inspection in"; "inspection of the local authority’s arrangements … was in"; "inspected in"; "(JTAI) in"
pub(super) fn follows_inspection(before: &str) -> bool {
    const NAMES: &[&str] = &[
        "inspection",
        "inspections",
        "inspected",
        "visit",
        "visits",
        "visited",
        "re-inspection",
        "inspection report",
        "jtai",
        "ilacs",
        "sif",
        "revisit",
        "ofsted judgement",
        "ofsted’s judgement",
        "peer review",
        "peer challenge",
        "peer evaluation",
        "review of health services for children looked after and safeguarding",
        "review of health services for looked after children and safeguarding",
    ];
    let lower = before.to_lowercase();
    let Some(at) = NAMES.iter().flat_map(|w| lower.rfind(w).map(|at| at + w.len())).max() else {
        return false;
    };
    let given = before.get(..at).unwrap_or(before);
    let between = without_brackets(before.get(at..).unwrap_or("").trim_start_matches(')'));
    // "at the inspection in July 2021" is of that date, whichever it is; what else is said of "the inspection" is of today.
    let direct = matches!(between.trim(), "in" | "of" | "on") && !this_one(given);
    if !direct && is_own(given) || between.contains(['(', ';']) || between.chars().any(|c| c.is_ascii_digit())
    {
        return false;
    }
    // "the last inspection, in which services were judged to be good, was in"
    let between = between.strip_prefix(" framework").map_or(between.clone(), str::to_owned);
    let told_after = between.strip_prefix(", in which").and_then(|said| said.rsplit_once(", "));
    let between = told_after.map_or(between.as_str(), |(_, after)| after).to_owned();
    // "since the last inspection (November 2012)"; "(Ofsted, 2016)"
    let brackets = before.rfind('(').and_then(|open| before.get(open + 1..));
    let opens = brackets.is_some_and(|inside| matches!(inside.trim().trim_end_matches(','), "" | "Ofsted"));
    if opens && between.split_whitespace().all(|w| w == "Ofsted,") {
        return true;
    }
    joins(&between, given)
}

/// The parts of a year that a sentence may name before it.
const SEASONS: &[&str] = &["early", "late", "mid", "spring", "summer", "autumn", "winter"];

/// Whether the words between an inspection and its date join the two.
fn joins(between: &str, given: &str) -> bool {
    const PREPOSITIONS: &[&str] = &["in", "on", "during", "of", "from", "dated", "between", "at"];
    const VERBS: &[&str] = &[
        "was",
        "were",
        "published",
        "place",
        "undertaken",
        "conducted",
        "out",
        "held",
        "completed",
        "also",
        "again",
        "reported",
        "ago",
    ];
    let words = without_season(between);
    let Some((last, before)) = words.split_last() else { return false };
    let plain = |w: &str| w.trim_matches(|c: char| !c.is_alphanumeric()).to_lowercase();
    let preposition = PREPOSITIONS.contains(&plain(last).as_str());
    let verb = before.last().is_some_and(|w| VERBS.contains(&plain(w).as_str()));
    // "inspection of services for looked after children in"; "inspected its services for children in care in"
    let ends = |at: usize| before[at].ends_with('.') || before[at].ends_with(',') && !lists(before, at);
    let of_what = before.len() <= 18
        && (matches!(before.first(), Some(&"of" | &"to" | &"under" | &"by" | &"on"))
            || given.to_lowercase().ends_with("inspected"))
        && !(1..before.len()).any(|at| is_verb(before[at]) && before[at - 1] != "subject" || ends(at));
    // "was conducted by a large charity in"
    let by_whom = (0..before.len()).any(|at| {
        let told = VERBS.contains(&before[at]) && before.get(at + 1) == Some(&"by");
        told && before.len() - at <= 8 && !(at..before.len()).any(ends)
    });
    let under = before.first() == Some(&"under");
    let plan = |at: usize| before[at] == "plan" && (at == 0 || before[at - 1] != "protection");
    let other = (0..before.len()).any(|at| {
        plan(at) || matches!(before[at], "board" | "team" | "evidence") || before[at] == "framework" && !under
    });
    // What was published or held after a comma is something else: not the "in" of "was four years ago, in".
    let told = before.strip_suffix(&["ago,"]).unwrap_or(before);
    let apart = told.first() != Some(&"of") && told.iter().skip(1).any(|w| w.ends_with([',', ';']));
    preposition && !other && !apart && (words.len() <= 4 || verb || of_what || by_whom)
}

/// The words between without a part of the year: "in early 2016"; "in the autumn of 2016".
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

/// Whether a comma stands between areas that were inspected: "of children in need, children looked after and care leavers".
fn lists(words: &[&str], at: usize) -> bool {
    const AREAS: &[&str] = &["children", "looked", "care", "adoption", "fostering", "leadership", "and"];
    words.get(at + 1).is_some_and(|next| AREAS.contains(&next.trim_end_matches(',')))
}

/// The words between without an abbreviation in brackets, and without one that the date opens: "(JTAI)"; "(in".
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

/// "seen in this inspection in March": said of the inspection that the document is about, whatever the date.
fn this_one(given: &str) -> bool {
    let lower = given.to_lowercase();
    lower.rfind("this ").is_some_and(|at| lower.tail(at).split_whitespace().count() <= 3)
}

/// Whether the inspection is this one.
fn is_own(given: &str) -> bool {
    const OWN: &[&str] = &[
        "time of the inspection",
        "time of inspection",
        "point of inspection",
        "point of the inspection",
        "during the inspection",
        "during inspection",
        "at the inspection",
        "of this inspection",
        "this inspection",
        "before the inspection",
        "prior to the inspection",
        "prior to inspection",
        "before inspection",
        "this visit",
        "this focused visit",
        "this monitoring visit",
        "start of the inspection",
    ];
    let lower = given.to_lowercase();
    OWN.iter().any(|o| lower.ends_with(o))
}

/// "the 2011 safeguarding and looked after children services inspection"
pub(super) fn leads_inspection(after: &str) -> bool {
    let near: Vec<&str> = after.split_whitespace().take(8).collect();
    let until = near.iter().position(|w| {
        let w = w.to_lowercase();
        let w = w.trim_matches(|c: char| !c.is_alphanumeric() && c != '-');
        matches!(w, "inspection" | "inspected" | "re-inspection" | "inspections" | "visit" | "jtai" | "ilacs")
    });
    let Some(until) = until else { return false };
    // Nothing but the name of what was inspected stands between.
    let names =
        |w: &&str| !w.ends_with(['.', ',', ';', ')']) && !w.starts_with('(') && !is_verb(w) && !is_moment(w);
    // "met first in 2023 after the inspection": not the "looked after" of a name.
    let later = |at: usize| {
        matches!(near[at], "following" | "when" | "which" | "who" | "that")
            || near[at] == "after" && (at == 0 || !near[at - 1].ends_with("ooked"))
    };
    near.head(until).iter().all(names) && !(0..until).any(later)
}

fn is_verb(word: &str) -> bool {
    const VERBS: &[&str] = &[
        "was", "were", "is", "are", "had", "have", "has", "at", "by", "since", "this", "during", "to", "but",
        "before", "until",
    ];
    VERBS.contains(&word.to_lowercase().as_str())
}

/// "between 2013 and the beginning of the inspection": a moment of this inspection.
fn is_moment(word: &str) -> bool {
    matches!(word.to_lowercase().as_str(), "beginning" | "start" | "time" | "point" | "end" | "course")
}

/// "In 2010, the looked after children service was judged to be adequate"; "In early 2019, inspectors judged …"; "since
/// 2018, when Ofsted judged"
pub(super) fn then_judged(before: &str, after: &str) -> bool {
    const JUDGED: &[&str] = &["judged", "rated", "graded"];
    // "Since 2023, the number of children whose health was judged to be good"
    if ["the number of", "the proportion of", "whose"].iter().any(|w| find_label(after, w).is_some()) {
        return false;
    }
    let said = || after.split_whitespace().take(14).map(|w| w.trim_matches(|c: char| !c.is_alphanumeric()));
    let when = any_label(&["when", "where"])(after.trim_start_matches([',', ' '])).is_ok();
    if when && said().any(|w| JUDGED.contains(&w)) {
        return true;
    }
    let found = || {
        let said = said().collect::<Vec<_>>().join(" ");
        find_all(any_label(&["was found to", "were found to"]), &said)
            .iter()
            .any(|hit| any_label(GRADED)(hit.rest.trim_start()).is_ok())
    };
    opens_clause(before) && (said().any(|w| w == "judged") || found())
}

/// How a grade goes on that something was found to be.
const GRADED: &[&str] =
    &["be inadequate", "be adequate", "be good", "be outstanding", "require improvement", "be requiring"];

/// What a visit is called where its date stands before it.
const VISITS: &[&str] = &[
    "focused visit",
    "monitoring visit",
    "jtai",
    "joint targeted area inspection",
    "ilacs inspection",
    "full inspection",
];

/// "Inspectors found in November 2024, at a focused visit,": the name stands behind its date.
pub(super) fn then_visited(after: &str) -> bool {
    const AT: &[&str] = &["at a", "at the", "during a", "during the", "on a", "in a"];
    const LAST: &[&str] = &["at the last inspection", "at the previous inspection", "at its last inspection"];
    let said = after.trim_start_matches([',', ' ']);
    let named = any_label(AT)(said).is_ok_and(|(name, _)| any_label(VISITS)(name.trim_start()).is_ok());
    named && after.starts_with(',') || any_label(LAST)(said).is_ok()
}

/// "In January 2020, a focused visit found"; "in September 2017, Ofsted found": a date that opens what is told of an
/// inspection, which is named next.
pub(super) fn opens_telling(before: &str, after: &str) -> bool {
    const TOLD: &[&str] = &[
        "ofsted found",
        "ofsted judged",
        "ofsted rated",
        "ofsted graded",
        "ofsted inspected",
        "inspectors found",
    ];
    const NAMES: &[&str] = &[
        "focused visit",
        "monitoring visit",
        "jtai",
        "joint targeted area inspection",
        "ilacs inspection",
        "inspection of",
    ];
    let Some(said) = after.strip_prefix(',').filter(|_| opens_clause(before)) else { return false };
    if any_label(TOLD)(said.trim_start()).is_ok() {
        return true;
    }
    let near = said.split_whitespace().take(9).collect::<Vec<_>>().join(" ");
    let clause = near.split([',', ';']).next().unwrap_or("");
    ["a", "an", "the", "another", "had a", "had an"]
        .iter()
        .any(|article| NAMES.iter().any(|name| find_label(clause, &format!("{article} {name}")).is_some()))
}

/// Whether nothing but a preposition and a part of the year stand between the start of the clause and its date.
fn opens_clause(before: &str) -> bool {
    let clause = before.rsplit([',', ';']).next().unwrap_or(before);
    // "In its report, published in January 2022, Ofsted judged"
    let clause = clause.trim();
    let clause = clause.strip_prefix("published ").unwrap_or(clause);
    let mut words: Vec<&str> = clause.split_whitespace().collect();
    words.pop_if(|w| SEASONS.contains(w));
    words.len() <= 1 && any_label(&["in", "on", "since", "during"])(clause).is_ok()
}
