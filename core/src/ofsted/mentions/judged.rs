//! The grades that a text says an earlier inspection gave, and what it gave them for.

mod given;

use nom::Offset;
use nom::Parser;
use nom::branch::alt;

use self::given::{ends_statement, given_as_noun, is_given};
use super::subjects::{self, areas};
use crate::cut::Cut;
use crate::grammar::grade::{Grade, grade};
use crate::grammar::label::{any_label, contains_label, find_label};
use crate::grammar::{Hit, ParseResult, find_all};

/// Code of a judged area and code of its grade.
pub type Judged = (&'static str, &'static str);

/// What is said to have given a grade.
const VERBS: &[&str] = &[
    "judged",
    "judgement of",
    "judgements of",
    "grade of",
    "grading of",
    "rating of",
    "awarded",
    "identified",
    "graded",
    "found",
    "rated",
    "judgement was",
    "quality was",
    "judgements were",
    "outcome was",
    "result was",
    "judgement then was",
    "remained",
    "moved from",
    "improved from",
    "progressed from",
    "risen from",
    "gone from",
    "declined from",
    "deteriorated from",
    "fallen from",
    "dropped from",
    "quality of the service was",
    "effectiveness was",
    "services required",
    "services were",
    "which were",
    "was",
    "were",
];

/// A grade as sentences say it: the verb too.
///
/// "requires improvement to be good"; "to require improvement"; "required improvement to be good"; "good or outstanding"
fn told_grade(input: &str) -> ParseResult<'_, &'static str> {
    const IMPROVE: &[&str] = &[
        "required improvement to be good",
        "requiring improvement to be good",
        "required improvement",
        "in need of improvement",
    ];
    let either = any_label(&["good or outstanding", "outstanding or good", "good or better"])
        .map(|_| "good-or-outstanding");
    let verb = any_label(IMPROVE).map(|_| Grade::RequiresImprovement.code());
    alt((either, verb, grade.map(|g| g.grade.code()))).parse(input)
}

/// The grades that a text says were given, each with its area; `subject` is what it speaks of.
///
/// "was judged to be good for safeguarding and adequate for services for looked after children"; "overall effectiveness
/// was judged to be good, but the experiences of children in need of help and protection required improvement"
pub fn judged(text: &str, subject: &'static str, date: Option<&str>) -> Vec<Judged> {
    let hits: Vec<Hit<'_, &'static str>> = find_all(told_grade, text);
    if let Some(same) = as_then(text, &hits, subject, date) {
        return same;
    }
    let mut out: Vec<Judged> = named_judgement(text, &hits, date);
    let mut from = 0;
    for (i, hit) in hits.iter().enumerate() {
        let start = text.offset(hit.slice);
        let before = text.get(from..start).unwrap_or("");
        let end = hits.get(i + 1).map_or(text.len(), |next| text.offset(next.slice));
        let after = text.get(start + hit.slice.len()..end).unwrap_or("");
        // "has moved from inadequate to requires improvement": the second grade is today's.
        if before.trim() == "to" && from > 0 {
            continue;
        }
        let noun = given_as_noun(before, after);
        if noun.is_none() && !(is_given(before, hit.slice, !out.is_empty()) && ends_statement(after)) {
            continue;
        }
        let after = noun.unwrap_or(after);
        from = end - after.len();
        let (mut named, until) = named(before, after, date);
        from += until;
        let says_what = !named.is_empty();
        if !says_what {
            named.push(if is_of_the_whole(before) { "overall-effectiveness" } else { subject });
        }
        // "The inspection of services for care leavers was in 2012, when overall effectiveness was": theirs.
        let theirs = || hits.len() == 1 && inspection_of(before, date) == Some(subject);
        if named == ["overall-effectiveness"] && theirs() {
            named = vec![subject];
        }
        named.extend(as_well(after, date));
        // If an area is named again with a different grade, both are kept as printed; a grade that doesn't say what it is for
        // may belong to another inspection.
        for area in named {
            let told = |(a, grade): &Judged| *a == area && (*grade == hit.value || !says_what);
            if !out.iter().any(told) {
                out.push((area, hit.value));
            }
        }
    }
    out
}

/// "judged leadership to be inadequate, and so was the overall effectiveness": areas that have the same grade.
fn as_well(after: &str, date: Option<&str>) -> Vec<&'static str> {
    let said = after.trim_start_matches([',', ' ']);
    let Ok((rest, _)) = any_label(&["and so was", "and so were", "as was", "as were"])(said) else {
        return Vec::new();
    };
    areas(rest.split([',', '.', ';']).next().unwrap_or(""), date)
}

/// The grade in brackets behind a date: "the inspections in 2018 (inadequate) and 2021 (good)"; "(June 2022: inadequate)".
pub fn in_brackets(from_date: &str) -> Option<&'static str> {
    // "(June 2022: inadequate)"
    let in_front = from_date.split_once(": ").filter(|(date, _)| date.len() <= 16 && !date.contains('('));
    let (date, inside) = in_front.or_else(|| from_date.split_once(" ("))?;
    let plain = date.len() <= 24 && date.chars().all(|c| c.is_alphanumeric() || c == ' ');
    let (said, _) = inside.split_once(')')?;
    match told_grade(said.trim()) {
        Ok((rest, grade)) if plain && rest.trim().is_empty() => Some(grade),
        _ => None,
    }
}

/// What a grade is for, and how much of the text after it says so: what stands behind that is said of the next grade.
fn named(before: &str, after: &str, date: Option<&str>) -> (Vec<&'static str>, usize) {
    let of = areas_before(own_clause(before), date);
    let said = after_for(after).unwrap_or("");
    let mut named = areas(said, date);
    if named.is_empty() {
        return (of, 0);
    }
    let until = after.find(said).map_or(after.len(), |at| at + said.len());
    // "judged safeguarding services as inadequate for overall effectiveness": that of what was judged.
    let whole = named.iter_mut().find(|a| **a == "overall-effectiveness");
    if let (Some(whole), [of]) = (whole, of.as_slice()) {
        *whole = of;
    }
    (named, until)
}

/// The one area that a sentence says was inspected: "the last inspection of services for care leavers took place".
fn inspection_of(sentence: &str, date: Option<&str>) -> Option<&'static str> {
    let of = find_label(sentence, "inspection of")?;
    let rest = sentence.get(sentence.offset(of) + of.len()..)?;
    // "children in need" has an "in" of its own.
    let ends = [" was ", " were ", " took ", " in ", ",", "."];
    let all = ends.iter().flat_map(|w| rest.match_indices(w).map(|(at, _)| at));
    let end = all.filter(|at| !rest.head(*at).ends_with("children")).min();
    match areas(rest.get(..end.unwrap_or(rest.len()))?, date).as_slice() {
        [area] => Some(area),
        _ => None,
    }
}

/// Whether the verb's subject is the whole authority, and no inspection of a part of it was named before.
///
/// "adoptions that date back to when the local authority was judged to be"
fn is_of_the_whole(before: &str) -> bool {
    let clause = own_clause(before);
    let Some(when) = clause.rfind(" when ") else { return false };
    let (head, who) = (clause.head(when), clause.tail(when + " when ".len()).trim_start());
    any_label(&["the local authority", "the council", "the authority"])(who).is_ok()
        && !contains_label(head, "inspection")
        && !contains_label(head, "inspected")
}

/// Grades of today that were the same then: "Fostering requires improvement, as was the case at the last inspection".
fn as_then(
    text: &str,
    hits: &[Hit<'_, &'static str>],
    subject: &'static str,
    date: Option<&str>,
) -> Option<Vec<Judged>> {
    const SAME: &[&str] = &[
        "as was the case at",
        "as it was at",
        "as they were at",
        "as they did at",
        "as it did at",
        "as at the last inspection",
    ];
    let same = SAME.iter().find_map(|s| find_label(text, s)).map(|hit| text.offset(hit))?;
    let hit = hits.iter().rfind(|hit| text.offset(hit.slice) < same)?;
    let mut named = areas(text.get(..text.offset(hit.slice))?, date);
    if named.is_empty() {
        named.push(subject);
    }
    Some(named.into_iter().map(|area| (area, hit.value)).collect())
}

/// A judgement that is a noun, with what was inspected after it: "the inadequate judgement of the inspection of adoption
/// services in 2011".
fn named_judgement(text: &str, hits: &[Hit<'_, &'static str>], date: Option<&str>) -> Vec<Judged> {
    const NOUNS: &[&str] =
        &["judgement", "judgment", "rating", "grading", "inspection outcome", "inspection judgement"];
    let named = hits.iter().find_map(|hit| {
        let start = text.offset(hit.slice);
        let rest = text.get(start + hit.slice.len()..)?;
        let (after, _) = any_label(NOUNS)(rest.trim_start()).ok()?;
        let of = after.trim_start().strip_prefix("of ").or_else(|| after.trim_start().strip_prefix("at "))?;
        let clause = of.get(..of.find([',', '.', ';']).unwrap_or(of.len()))?;
        (contains_label(clause, "inspection")).then(|| (subjects::subject(clause, date), hit.value))
    });
    named.into_iter().collect()
}

/// The grades of a text, in order.
pub fn all(text: &str) -> Vec<&'static str> {
    find_all(told_grade, text).into_iter().map(|hit| hit.value).collect()
}

/// The last grade of a text.
pub fn last(text: &str) -> Option<&'static str> {
    find_all(told_grade, text).last().map(|hit| hit.value)
}

/// The areas that a clause before a grade names: between the verb and the grade, or as the verb's subject.
///
/// "found overall effectiveness of safeguarding services to be"; "when care leavers were judged to be"
fn areas_before(clause: &str, date: Option<&str>) -> Vec<&'static str> {
    let verbs = ["judged", "found", "graded", "rated", "judgement of"];
    let verb = verbs
        .iter()
        .filter_map(|v| find_all(any_label(&[v]), clause).last().map(|h| (h.before.len(), h.rest)))
        .max_by_key(|v| v.0);
    let (start, between) = verb.unwrap_or((clause.len(), ""));
    let named = areas(between, date);
    let head = clause.get(..start).unwrap_or(clause);
    // "For looked after children, it judged overall effectiveness and capacity to improve as adequate."
    if named.first() == Some(&"overall-effectiveness") && any_label(&["for"])(head.trim_start()).is_ok() {
        let of = areas(head, date);
        return if of.is_empty() { named } else { [of.as_slice(), named.tail(1)].concat() };
    }
    if !named.is_empty() {
        return named;
    }
    let cut = [" when ", " where ", " which ", " with ", " but ", " that "]
        .iter()
        .filter_map(|w| head.rfind(w).map(|at| at + w.len()))
        .max();
    match cut {
        Some(cut) => {
            let own = areas(head.get(cut..).unwrap_or(""), date);
            if own.is_empty() { before_which(head, cut, date) } else { own }
        }
        // "At the inspection in July, services for care leavers were": what stands before the comma is no subject.
        None => match ["inspection", "inspected"].iter().filter_map(|w| find_label(head, w)).next_back() {
            Some(named) => {
                let after = head.get(head.offset(named)..).unwrap_or("");
                after.split_once(',').map_or(Vec::new(), |(_, said)| areas(said, date))
            }
            None => areas(head, date),
        },
    }
}

/// The areas that a relative clause is about: "except adoption, which was".
fn before_which(head: &str, cut: usize, date: Option<&str>) -> Vec<&'static str> {
    let Some(noun) = head.get(..cut).and_then(|h| h.strip_suffix(" which ")) else { return Vec::new() };
    let noun = noun.trim_end_matches([',', ' ']).rsplit([',', ';']).next().unwrap_or("");
    if contains_label(noun, "inspection") { Vec::new() } else { areas(noun, date) }
}

fn is_year(word: &str) -> bool {
    word.len() == 4 && word.bytes().all(|b| b.is_ascii_digit())
}

/// The clause that ends before a grade.
fn own_clause(before: &str) -> &str {
    let cut = before.rfind(['.', ';', ':']).map_or(0, |at| at + 1);
    before.get(cut..).unwrap_or(before)
}

/// The words of what a grade is for: "for safeguarding and".
fn after_for(after: &str) -> Option<&str> {
    let rest = without_date(after.trim_start_matches(['’', '”', '\'', ' ']));
    let (rest, _) =
        any_label(&["overall for", "for", "in respect of", "in relation to", "in all", "across all"])(rest)
            .ok()?;
    let end = rest.find(['.', ';']).unwrap_or(rest.len());
    let clause = rest.get(..end).unwrap_or(rest);
    // ", and was judged" begins what is said of the next grade.
    let next =
        [", and was", " and was", ", but", ", with", " while", " whereas", " when", " because", " which"]
            .iter()
            .filter_map(|w| clause.find(w))
            .min();
    let clause = clause.get(..next.unwrap_or(clause.len())).unwrap_or(clause);
    if after.trim_start().starts_with("in all") { Some("in all areas") } else { Some(clause) }
}

/// Some words without a date before them: "in 2010 for both safeguarding" → "for both safeguarding".
fn without_date(text: &str) -> &str {
    let mut words = text.split(' ');
    let Some("in") = words.next() else { return text };
    let Some(year) = words.take(2).position(is_year) else { return text };
    text.splitn(year + 3, ' ').nth(year + 2).unwrap_or(text)
}

/// The grades that a sentence about several places gives, whatever each is for; none of what it says that none had.
pub fn each(text: &str) -> Vec<&'static str> {
    let hits = find_all(told_grade, text);
    let stated = hits.iter().filter(|hit| {
        let clause = own_clause(hit.before);
        let near = clause.split_whitespace().rev().take(5).collect::<Vec<_>>();
        let none = near.iter().any(|w| matches!(w.to_lowercase().as_str(), "none" | "no" | "not"));
        let joined = near.first().is_some_and(|w| {
            matches!(
                *w,
                "be" | "to"
                    | "as"
                    | "judged"
                    | "was"
                    | "were"
                    | "one"
                    | "outstanding,"
                    | "rated"
                    | "graded"
                    | "and"
                    | "two"
                    | "three"
            )
        });
        joined && !none && ends_statement(hit.rest)
    });
    stated.map(|hit| hit.value).collect()
}

/// An item of a list of judgements: "Overall effectiveness: inadequate".
pub fn item(text: &str, date: Option<&str>) -> Option<Judged> {
    let text = text.trim_start_matches(|c: char| !c.is_alphanumeric());
    let hit = find_all(told_grade, text).into_iter().next_back()?;
    let label = hit.before.trim_end_matches([':', ' ', '–', '-', '.']);
    let bare = hit.rest.trim_matches(['.', ';', ',', ' ']).is_empty();
    let area = areas(label, date.or(Some("2014")));
    match area.as_slice() {
        [area, ..] if bare && label.split_whitespace().count() <= 14 => Some((area, hit.value)),
        _ => None,
    }
}
