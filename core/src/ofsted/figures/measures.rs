//! What a number measures, by the phrases of the form.

mod phrases;
mod understood;

use std::borrow::Cow;
use std::cmp::Reverse;

use nom::Offset;

use self::phrases::PHRASES;
pub use self::understood::{is_narrowed, is_of_part};
use crate::cut::Cut;
use crate::grammar::label::{LabelIndex, any_label, contains_label, find_label};
use crate::grammar::number::spelled_number;

/// What a number measures.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Measure {
    /// Its code.
    pub code: &'static str,
    /// The unit of a count.
    pub unit: &'static str,
    /// The measure that this one is a part of, if any.
    pub whole: Option<&'static str>,
}

/// A measure without a code of its own.
const OTHER: Measure = Measure { code: "other", unit: "other", whole: None };

/// Codes of ethnic groups, with their names.
const GROUPS: &[(&str, &[&str])] = &[
    ("ethnic-group-mixed", &["mixed"]),
    ("ethnic-group-black-african", &["Black African", "African"]),
    ("ethnic-group-black-caribbean", &["Black Caribbean", "Caribbean"]),
    ("ethnic-group-white-british", &["White British"]),
    ("ethnic-group-white-other", &["White Other", "other White", "Other White background"]),
    ("ethnic-group-asian", &["Asian"]),
    ("ethnic-group-black", &["Black"]),
];

/// The measure that a phrase names, if it has a code.
pub fn stated(words: &str) -> Option<Measure> {
    if words.is_empty() {
        return None;
    }
    if let Some(found) = reviews(words).or_else(|| homes(words)).or_else(|| pupils(words)) {
        return Some(found);
    }
    let words = without_denied(words);
    let index = LabelIndex::new(words.clone().into_owned());
    let row = PHRASES.iter().find(|(.., phrases)| phrases.iter().any(|p| index.contains(p)));
    // "children in care placed outside the county"
    if row.is_some_and(|row| row.0 == "children-in-care") && ELSEWHERE.iter().any(|p| index.contains(p)) {
        return Some(outside(&words).unwrap_or(Measure {
            code: "children-in-care",
            unit: "children",
            whole: None,
        }));
    }
    row.map(|row| Measure { code: row.0, unit: row.1, whole: row.2 }).or_else(|| outside(&words))
}

/// Drops what a verb denies: "who do not live with their parents but with" → "who but with".
fn without_denied(words: &str) -> Cow<'_, str> {
    const DENIED: &[&str] = &["do not", "does not", "did not", "are not", "were not", "is not", "was not"];
    let denied = || DENIED.iter().find_map(|d| find_label(words, d));
    let Some(denied) = words.contains(" not ").then(denied).flatten() else { return Cow::Borrowed(words) };
    let at = words.offset(denied);
    let rest = words.tail(at);
    let end =
        [" but ", ", ", "; ", ". "].iter().filter_map(|stop| rest.find(stop)).min().unwrap_or(rest.len());
    Cow::Owned(format!("{}{}", words.head(at), rest.tail(end)))
}

/// Phrases for children who live outside the area.
const ELSEWHERE: &[&str] = &[
    "placed outside",
    "placed out of",
    "living outside",
    "living out of",
    "live outside",
    "live out of",
    "placements outside",
];

/// Whether a phrase places something outside the area: "placed outside the city boundary".
fn is_out_of_area(words: &str) -> bool {
    const OUT: &[&str] = &["outside", "out of", "beyond", "away from"];
    const AREA: &[&str] =
        &["area", "authority", "borough", "city", "county", "boundary", "boundaries", "council", "district"];
    let near = |hit: &str| {
        let behind = words.tail(words.offset(hit) + hit.len()).split_whitespace().take(4);
        behind.take_while(|w| !w.contains(char::is_numeric)).any(|w| AREA.contains(&plain(w)))
    };
    OUT.iter().filter_map(|out| find_label(words, out)).any(near)
}

fn plain(word: &str) -> &str {
    word.trim_matches(|c: char| !c.is_alphanumeric())
}

/// Whether a phrase places those counted outside the area.
pub fn lives_out(words: &str) -> bool {
    outside(&without_denied(words)).is_some()
}

/// "live outside Wexcombe": outside a named area, but not outside a wider one ("outside London").
fn outside(words: &str) -> Option<Measure> {
    const WIDER: &[&str] = &["London", "England", "Greater", "Britain"];
    let named = ["live outside", "lived outside", "living outside", "placed outside", "of them outside"]
        .iter()
        .find_map(|p| words.split_once(p))
        .map(|(_, name)| name.trim_start())
        .filter(|name| name.starts_with(char::is_uppercase) && !WIDER.iter().any(|w| name.starts_with(w)));
    (named.is_some() || is_out_of_area(words)).then(|| stated("outside the area"))?
}

/// The ethnic group that is named before its share.
///
/// "Black African (24%)"; "are from any other White (4%)"
pub fn ethnic_group(before: &str) -> Option<Measure> {
    let named = before.trim_end_matches([' ', '(', '‘', '’', ',']);
    // "the mixed group, at 1.5%"
    let named = named.strip_suffix(" at").map_or(named, |n| n.trim_end_matches([' ', ',']));
    let tail = named
        .char_indices()
        .rev()
        .find(|(_, c)| matches!(c, ')' | '%' | ',' | ';'))
        .map_or(named, |(i, c)| named.tail(i + c.len_utf8()));
    let (code, _) = GROUPS.iter().find(|(_, names)| names.iter().any(|n| contains_label(tail, n)))?;
    Some(Measure { code, unit: "children", whole: None })
}

/// Phrases for reviews that have begun but not ended.
pub const ONGOING: &[&str] = &["ongoing", "on-going", "under way", "underway", "in progress"];

/// "three serious case reviews have been completed"; "were ongoing"
fn reviews(words: &str) -> Option<Measure> {
    let has = |p: &[&str]| p.iter().any(|p| contains_label(words, p));
    if !has(&["serious case reviews", "serious case review", "SCRs", "SCR"]) {
        return None;
    }
    let done = has(&["completed", "published", "undertaken", "concluded"]);
    let ongoing = has(ONGOING);
    let begun = has(&["commissioned", "initiated", "started", "begun"]);
    // "two of which led to a serious case review" counts no reviews.
    let counted = any_label(&["serious case review", "serious case reviews", "SCR", "SCRs"]);
    if !(done || ongoing || begun || counted(words.trim_start()).is_ok()) {
        return None;
    }
    let code = match (done, ongoing, begun) {
        (true, true, _) => "serious-case-reviews-completed-or-ongoing",
        (_, true, _) => "serious-case-reviews-ongoing",
        (_, _, true) => "serious-case-reviews-commissioned",
        _ => "serious-case-reviews-completed",
    };
    Some(Measure { code, unit: "reviews", whole: None })
}

/// Verbs for an authority that has homes of its own.
pub const OPERATES: &[&str] = &["operates", "operate", "runs", "owns", "manages"];

/// The same in the passive: "homes are run by the local authority".
pub const OPERATED: &[&str] = &["run by the", "operated by the", "managed by the", "owned by the"];

/// "The local authority operates four children’s homes"
pub fn homes(words: &str) -> Option<Measure> {
    let homes =
        ["children's homes", "children's home", "children homes"].iter().any(|p| contains_label(words, p));
    let operates = OPERATES.iter().chain(OPERATED).any(|p| contains_label(words, p))
        || contains_label(words, "does not run");
    (homes && operates || has_homes(words)).then_some(Measure {
        code: "children-homes-operated",
        unit: "homes",
        whole: None,
    })
}

/// Whether a phrase ends with one of these verbs: "of which the local authority operates".
pub fn ends_in_operates(words: &str) -> bool {
    words.split_whitespace().next_back().is_some_and(|w| OPERATES.contains(&w))
}

/// "has one in-house children’s home"; "does not have any children’s homes"
fn has_homes(words: &str) -> bool {
    let Some(at) = find_label(words, "children's home").or_else(|| find_label(words, "children's homes"))
    else {
        return false;
    };
    let near: Vec<&str> = words.head(words.offset(at)).split_whitespace().rev().take(5).collect();
    let number =
        |w: &str| w.starts_with(|c: char| c.is_ascii_digit()) || spelled_number(w).is_ok() || w == "any";
    // "the council’s two children’s homes"; "its four homes"
    let whose = |w: &str| matches!(w, "has" | "have" | "its" | "authority’s" | "council’s" | "trust’s");
    near.windows(2).any(|w| number(w[0]) && whose(&w[1].replace('\'', "’")))
}

/// What a home's grade says that must improve.
const IMPROVEMENT: &[&str] = &["requires improvement", "require improvement", "required improvement"];

/// The authority's own homes by grade.
///
/// "Three were judged to be good"; "one judged outstanding"; "two to be adequate"
pub fn graded_homes(words: &str) -> Option<Measure> {
    let has = |p: &str| contains_label(words, p);
    // "were judged to be making good progress" doesn't grade the home.
    if has("progress") {
        return None;
    }
    let either = has("good or outstanding") || has("outstanding or good");
    let apart = [&["outstanding"][..], &["good"], &["adequate"], &["inadequate"], IMPROVEMENT];
    // "two are good and the remaining one requires improvement": the number may be of either.
    if !either && apart.iter().filter(|names| names.iter().any(|name| has(name))).count() > 1 {
        return None;
    }
    let code = match () {
        () if either => "children-homes-good-or-outstanding",
        () if has("outstanding") => "children-homes-outstanding",
        () if IMPROVEMENT.iter().any(|name| has(name)) => "children-homes-requires-improvement",
        () if has("inadequate") => "children-homes-inadequate",
        () if has("adequate") => "children-homes-adequate",
        () if has("good") => "children-homes-good",
        () => return None,
    };
    Some(Measure { code, unit: "homes", whole: Some("children-homes-operated") })
}

/// Pupils by entitlement or language, and by the kind of school.
fn pupils(words: &str) -> Option<Measure> {
    of_pupils(words, words)
}

/// Pupils by the entitlement or language in `topic`, and by the kind of school that `school` names.
///
/// "The proportion entitled to free school meals in primary schools is 14% and in secondary schools is 12%"
pub fn of_pupils(topic: &str, school: &str) -> Option<Measure> {
    let has = |p: &str| contains_label(topic, p);
    let (all, primary, secondary) = match () {
        () if has("free school meals") => {
            ("free-school-meals", "free-school-meals-primary", "free-school-meals-secondary")
        }
        () if has("additional language")
            || has("first language other than English")
            || has("not the first language")
            || has("English as their first language")
            || has("English as a first language")
            || has("first language is not English") =>
        {
            ("additional-language", "additional-language-primary", "additional-language-secondary")
        }
        () if has("pupil premium") => ("pupil-premium", "pupil-premium-primary", "pupil-premium-secondary"),
        () => return None,
    };
    let named = |p: &str| contains_label(school, p);
    let code = match (named("primary"), named("secondary")) {
        (true, false) => primary,
        (false, true) => secondary,
        _ => all,
    };
    Some(Measure { code, unit: "children", whole: None })
}

/// Growth of the population: "has grown by 9%"; "a further rise of 13%". `own` holds the words of the sentence that belong
/// to this number alone.
pub fn growth(sentence: &str, own: &str) -> Option<Measure> {
    const AHEAD: &[&str] = &[
        "estimates",
        "estimated",
        "estimate",
        "projected",
        "expected",
        "forecast",
        "will",
        "predicted",
        "projections",
    ];
    const OTHERS: &[&str] = &[
        "looked after",
        "looked-after",
        "in care",
        "in need",
        "protection plan",
        "protection plans",
        "adopted",
        "leaving care",
        "care leavers",
        "custody",
        "remand",
        "offend",
        "offending",
    ];
    let has = |p: &[&str]| p.iter().any(|p| contains_label(sentence, p));
    let people = tells_population(sentence)
        || has(&["number of under-18s", "number of young people", "number of children"]) && !has(OTHERS);
    let grows = has(&[
        "grown",
        "growth",
        "growing",
        "rise",
        "rising",
        "increase",
        "increased",
        "grow",
        "risen",
        "grew",
    ]);
    // "has increased by 11% since 2001 and is expected to grow by 6%": the first number is not a forecast.
    let past = ["has", "have", "since", "past"].iter().any(|p| contains_label(own, p));
    let ahead = AHEAD.iter().any(|p| contains_label(own, p)) || has(AHEAD) && !past;
    let code = if ahead { "population-growth-forecast" } else { "population-growth" };
    (people && grows).then_some(Measure { code, unit: "children", whole: None })
}

/// Whether a sentence speaks of the area's children as a population, and not of a group or of all its people: "the ethnic
/// minority population"; "the population of Latvian pupils".
fn tells_population(sentence: &str) -> bool {
    const GROUPS: &[&str] = &[
        "looked after",
        "looked-after",
        "care",
        "school",
        "pupil",
        "minority",
        "ethnic",
        "adult",
        "older",
        "working-age",
        "prison",
        "Asian",
        "Black",
        "Mixed",
        "Traveller",
        "Gypsy",
        "Roma",
        "refugee",
        "migrant",
    ];
    const YOUNG: &[&str] = &[
        "child", "children", "young", "youth", "under-18", "under 18", "aged", "years", "0–", "0-", "to 18",
    ];
    const OF: &[&str] =
        &["children", "under-18s", "under 18s", "young people", "0–", "0-", "those under", "people under"];
    let Some(hit) = find_label(sentence, "population") else { return false };
    let at = sentence.offset(hit);
    let before: Vec<&str> = sentence.head(at).split_whitespace().collect();
    let named = before.tail(before.len().saturating_sub(4)).join(" ");
    let group = GROUPS.iter().any(|group| contains_label(&named, group));
    let young = YOUNG.iter().any(|young| contains_label(&named, young));
    let of = sentence.tail(at + hit.len()).trim_start().strip_prefix("of ");
    let aged = any_label(&["aged", "under"])(sentence.tail(at + hit.len()).trim_start()).is_ok();
    !group && (young || aged || of.is_some_and(|of| any_label(OF)(of).is_ok()))
}

/// The measure for those members of a group who live outside the area.
pub fn out_of_area(whole: &str) -> Option<Measure> {
    let code = match whole {
        "children-in-care" => "placed-out-of-area",
        "residential-homes" => "residential-homes-out-of-area",
        "residential-special-schools" => "residential-special-schools-out-of-area",
        "foster-care" => "foster-care-out-of-area",
        "placed-with-parents" => "placed-with-parents-out-of-area",
        _ => return None,
    };
    Some(Measure { code, unit: "children", whole: None })
}

/// The measure of a number that has no code; its unit comes from the noun that follows.
pub fn other(after: &str) -> Measure {
    const NOUNS: &[(&str, &[&str])] = &[
        ("homes", &["children's homes", "children's home", "homes", "home"]),
        (
            "children",
            &["children", "child", "young people", "young person", "pupils", "care leavers", "looked after"],
        ),
        ("families", &["families", "family"]),
        ("households", &["households", "household"]),
        ("reviews", &["reviews", "review"]),
        ("incidents", &["incidents", "incident"]),
    ];
    // "170 languages are spoken by pupils": a noun behind the verb isn't what is counted.
    const VERBS: &[&str] = &["is", "are", "was", "were", "have", "has", "had", "live", "lived", "spoken"];
    // "and six in secure homes": the homes are a place, not what is counted.
    if any_label(&["in", "at", "with"])(after.trim_start()).is_ok() {
        return OTHER;
    }
    // "seven units for children who": the units are counted, not the children.
    let own = after.find(" for ").map_or(after, |at| after.head(at));
    let words: Vec<&str> = own.split_whitespace().take(5).collect();
    let verb = words.iter().skip(1).position(|w| VERBS.contains(w)).map_or(words.len(), |at| at + 1);
    let near = words.head(verb).join(" ");
    if ["centre", "centres"].iter().any(|n| contains_label(&near, n)) {
        return OTHER;
    }
    // The first noun decides; of two at the same place, the longer ("children’s homes").
    let place = |noun: &&str| Some((near.offset(find_label(&near, noun)?), Reverse(noun.len())));
    let first =
        |(unit, nouns): &(&'static str, &[&str])| Some((nouns.iter().filter_map(place).min()?, *unit));
    Measure { unit: NOUNS.iter().filter_map(first).min().map_or("other", |(_, unit)| unit), ..OTHER }
}
