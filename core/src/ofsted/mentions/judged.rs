//! The grades of earlier inspections in a text, and what was graded.

mod given;
mod what;

use std::ops::Range;

use nom::Offset;
use nom::Parser;
use nom::branch::alt;

use self::given::{ends_statement, given_as_noun, is_given};
use self::what::{as_well, inspection_of, is_of_the_whole, named};
use super::subjects::{self, areas};
use crate::grammar::grade::{Grade, grade};
use crate::grammar::label::{any_label, contains_label, find_label};
use crate::grammar::{Hit, ParseResult, find_all};

/// Code of the judged area, code of the grade.
pub type Judged = (&'static str, &'static str);

/// Verbs and nouns that introduce a grade.
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
    "quality of the service was",
    "effectiveness was",
    "services required",
    "services were",
    "which were",
    "was",
    "were",
];

/// Verbs for grades that change.
const CHANGED: &[&str] = &[
    "improved",
    "moved",
    "progressed",
    "risen",
    "rose",
    "gone",
    "declined",
    "deteriorated",
    "fallen",
    "fell",
    "dropped",
    "changed",
    "slipped",
    "advanced",
    "went",
    "up",
    "down",
];

/// Whether words lead to a new grade: "had slipped to".
pub(super) fn has_changed(before: &str) -> bool {
    let said = before.trim_end().strip_suffix(" to").map(str::trim_end);
    said.is_some_and(|said| CHANGED.iter().any(|verb| said.ends_with(verb)))
}

/// A grade as sentences put it, also as a verb.
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

/// A grade that, according to the text, was given.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Given {
    /// Code of the judged area.
    pub area: &'static str,
    /// Code of the grade.
    pub grade: &'static str,
    /// Where the grade stands.
    pub at: usize,
    /// Whether the text names the area.
    says_what: bool,
}

/// Where a text has grades, in whatever context.
pub fn places(text: &str) -> Vec<Range<usize>> {
    let place = |hit: Hit<'_, _>| text.offset(hit.slice)..text.offset(hit.slice) + hit.slice.len();
    find_all(told_grade, text).into_iter().map(place).collect()
}

/// The grades that were given according to a text, each with its area; `subject` is the area of a grade that names none.
///
/// "was judged to be good for safeguarding and adequate for services for looked after children"; "overall effectiveness was
/// judged to be good, but the experiences of children in need of help and protection required improvement"
pub fn judged(text: &str, subject: &'static str, date: Option<&str>) -> Vec<Judged> {
    distinct(given(text, subject, date))
}

/// The grades of one inspection, each once. If an area is named again with a different grade, both are kept as printed; a
/// grade that doesn't name its area may belong to another inspection.
pub fn distinct(all: impl IntoIterator<Item = Given>) -> Vec<Judged> {
    let mut out: Vec<Judged> = Vec::new();
    for given in all {
        let told =
            |(area, grade): &Judged| *area == given.area && (*grade == given.grade || !given.says_what);
        if !out.iter().any(told) {
            out.push((given.area, given.grade));
        }
    }
    out
}

/// Like [`judged`], with each grade's place.
pub fn given(text: &str, subject: &'static str, date: Option<&str>) -> Vec<Given> {
    let hits: Vec<Hit<'_, &'static str>> = find_all(told_grade, text);
    if let Some(same) = as_then(text, &hits, subject, date) {
        return same;
    }
    let mut out: Vec<Given> = named_judgement(text, &hits, date);
    let mut from = 0;
    let mut changes = false;
    for (i, hit) in hits.iter().enumerate() {
        let start = text.offset(hit.slice);
        let before = text.get(from..start).unwrap_or("");
        let end = hits.get(i + 1).map_or(text.len(), |next| text.offset(next.slice));
        let after = text.get(start + hit.slice.len()..end).unwrap_or("");
        // "has moved from inadequate to requires improvement": without a date, the second grade is today's.
        let changed_to = leads_to(before, changes);
        if changed_to && !is_dated(after) {
            continue;
        }
        // "fell from good to requires improvement at the inspection in 2023": the date belongs to the second grade.
        let then = hits.get(i + 1).is_some_and(|next| {
            let behind = hits.get(i + 2).map_or(text.len(), |third| text.offset(third.slice));
            let behind = text.get(text.offset(next.slice) + next.slice.len()..behind).unwrap_or("");
            after.trim() == "to" && is_dated(behind)
        });
        if then && before.trim_end().ends_with("from") {
            changes = true;
            continue;
        }
        let noun = given_as_noun(before, after);
        let told = || is_given(before, hit.slice, !out.is_empty()) && ends_statement(after);
        let follows = out.last().is_some_and(|last| i > 0 && last.at == text.offset(hits[i - 1].slice));
        if let Some(area) = with_area(before, after, date).filter(|_| follows) {
            out.push(Given { area, grade: hit.value, at: start, says_what: true });
            continue;
        }
        if noun.is_none() && !changed_to && !told() {
            continue;
        }
        changes = before.trim_end().ends_with("from");
        let after = noun.unwrap_or(after);
        from = end - after.len();
        let (mut named, until) = named(before, after, date);
        from += until;
        let says_what = !named.is_empty();
        if !says_what {
            // "rated fostering as good in 2010 and adequate in 2012": both are for fostering.
            let goes_on = changed_to || changes || !VERBS.iter().any(|v| contains_label(before, v));
            let same = out.last().filter(|_| goes_on).map(|last| last.area);
            let whole = || is_of_the_whole(before).then_some("overall-effectiveness");
            named.push(same.or_else(whole).unwrap_or(subject));
        }
        // "The inspection of services for care leavers was in 2012, when overall effectiveness was": of those services.
        let theirs = || hits.len() == 1 && inspection_of(before, date) == Some(subject);
        if named == ["overall-effectiveness"] && theirs() {
            named = vec![subject];
        }
        named.extend(as_well(after, date));
        out.extend(named.into_iter().map(|area| Given { area, grade: hit.value, at: start, says_what }));
    }
    out
}

/// Whether words lead to a new grade: "improved to". `changes` is set if the grade before is the old one: "has moved from
/// inadequate to".
fn leads_to(before: &str, changes: bool) -> bool {
    let Some(said) = before.trim_end().strip_suffix("to") else { return false };
    changes && (said.trim().is_empty() || said.ends_with(' ')) || has_changed(before)
}

/// The area of a second grade: "judged good, with outstanding leadership".
fn with_area(before: &str, after: &str, date: Option<&str>) -> Option<&'static str> {
    let with = before.trim_end().ends_with("with") && subjects::begins_with_area(after.trim_start());
    if with { areas(after, date).into_iter().next() } else { None }
}

/// Whether a date follows a grade: "requires improvement in 2021"; "at the inspection in June 2023".
fn is_dated(after: &str) -> bool {
    let clause = after.split([',', '.', ';']).next().unwrap_or("");
    let year = |w: &str| is_year(w.trim_matches(|c: char| !c.is_alphanumeric()));
    let led = any_label(&["in", "at", "by", "under"])(clause.trim_start()).is_ok();
    matches!(after.trim(), "in" | "by") || led && clause.split_whitespace().take(9).any(year)
}

/// The grade in brackets with or after a date: "the inspections in 2018 (inadequate) and 2021 (good)"; "(June 2022:
/// inadequate)".
pub fn in_brackets(from_date: &str) -> Option<&'static str> {
    // "(June 2022: inadequate)"
    let in_front = from_date.split_once(": ").filter(|(date, _)| date.len() <= 16 && !date.contains('('));
    let (date, inside) = in_front.or_else(|| from_date.split_once(" ("))?;
    let plain = date.len() <= 24 && date.chars().all(|c| c.is_alphanumeric() || c == ' ');
    let (said, _) = inside.split_once(')')?;
    let said = any_label(&["judged to be", "judged", "rated", "graded"])(said).map_or(said, |(rest, _)| rest);
    match told_grade(said.trim()) {
        Ok((rest, grade)) if plain && rest.trim().is_empty() => Some(grade),
        _ => None,
    }
}

/// Today's grades, if they were the same then: "Fostering requires improvement, as was the case at the last inspection".
fn as_then(
    text: &str,
    hits: &[Hit<'_, &'static str>],
    subject: &'static str,
    date: Option<&str>,
) -> Option<Vec<Given>> {
    const SAME: &[&str] = &[
        "as was the case",
        "as it was",
        "as they were",
        "as they did",
        "as it did",
        "as at the last inspection",
    ];
    let same = SAME.iter().find_map(|s| find_label(text, s)).map(|hit| text.offset(hit))?;
    let hit = hits.iter().rfind(|hit| text.offset(hit.slice) < same)?;
    let mut named = areas(text.get(..text.offset(hit.slice))?, date);
    if named.is_empty() {
        named.push(subject);
    }
    let at = text.offset(hit.slice);
    Some(named.into_iter().map(|area| Given { area, grade: hit.value, at, says_what: true }).collect())
}

/// A judgement as a noun, followed by what was inspected: "the inadequate judgement of the inspection of adoption services
/// in 2011".
fn named_judgement(text: &str, hits: &[Hit<'_, &'static str>], date: Option<&str>) -> Vec<Given> {
    const NOUNS: &[&str] =
        &["judgement", "judgment", "rating", "grading", "inspection outcome", "inspection judgement"];
    let named = hits.iter().find_map(|hit| {
        let start = text.offset(hit.slice);
        let rest = text.get(start + hit.slice.len()..)?;
        let (after, _) = any_label(NOUNS)(rest.trim_start()).ok()?;
        let of = after.trim_start().strip_prefix("of ").or_else(|| after.trim_start().strip_prefix("at "))?;
        let clause = of.get(..of.find([',', '.', ';']).unwrap_or(of.len()))?;
        (contains_label(clause, "inspection")).then(|| Given {
            area: subjects::subject(clause, date),
            grade: hit.value,
            at: start,
            says_what: true,
        })
    });
    named.into_iter().collect()
}

/// The grades of a text, in order.
pub fn all(text: &str) -> Vec<&'static str> {
    find_all(told_grade, text).into_iter().map(|hit| hit.value).collect()
}

fn is_year(word: &str) -> bool {
    word.len() == 4 && word.bytes().all(|b| b.is_ascii_digit())
}

/// The clause that leads up to a grade.
fn own_clause(before: &str) -> &str {
    let cut = before.rfind(['.', ';', ':']).map_or(0, |at| at + 1);
    before.get(cut..).unwrap_or(before)
}

/// The grades in a sentence about several places, without areas, and without those that none of them had; each with its
/// clause as far as the grade.
pub fn each(text: &str) -> Vec<(&str, &'static str)> {
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
                    | "is"
                    | "are"
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
    stated.map(|hit| (own_clause(hit.before), hit.value)).collect()
}

/// An item in a list of judgements: "Overall effectiveness: inadequate".
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
