//! The dates of the inspections that a sentence speaks of.

use nom::Offset;
use nom::Parser;
use nom::branch::alt;
use nom::bytes::complete::{take_while_m_n, take_while1};
use nom::character::complete::{char, satisfy};
use nom::combinator::{not, verify};
use nom::sequence::terminated;

use crate::grammar::label::any_label;
use crate::grammar::{ParseResult, date, date_ranges, find_all, month_year};

/// A date as far as it is printed, and the last day where several are.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct When {
    /// ISO 8601: a year, a month or the first day.
    pub date: String,
    /// The last of several days.
    pub end: Option<String>,
    /// Where it stands in its sentence.
    pub at: usize,
    /// Whether it is when the report was published.
    pub published: bool,
    /// Whether the inspection is named after it: "the 2011 inspection".
    pub leads: bool,
    /// Whether it is when a grade was given that stands before it: "judged inadequate in 2011".
    pub graded: bool,
}

/// The dates of the inspections that a sentence speaks of, as far as they are printed.
///
/// "The previous inspection … was in May 2012"; "since the last inspection in 2014"; "the 2011 inspection"; "was
/// inspected in February 2010"; "In 2010, the service was judged to be adequate"; "in 2010 and 2011"
pub fn of_inspections(sentence: &str) -> Vec<When> {
    let mut found: Vec<When> = Vec::new();
    for hit in find_all(printed, sentence) {
        let at = offset(sentence, hit.slice);
        let before = sentence.get(..at).unwrap_or("");
        if is_of_law(before) {
            continue;
        }
        // "in 2010 and 2011": the second of a list.
        let listed = found.last().is_some_and(|last| {
            let between = sentence.get(last.at..at).unwrap_or("");
            let between = between.trim_start_matches(|c: char| c.is_alphanumeric() || c == ' ').trim();
            before.trim_end().ends_with([',', 'd'])
                && matches!(between, "" | ",")
                && between_is_list(sentence.get(last.at..at).unwrap_or(""))
        });
        let (follows, leads) = (follows_inspection(before), leads_inspection(hit.rest));
        let (date, end) = hit.value;
        let listed = listed && found.last().is_some_and(|l| l.date.len() == date.len());
        let graded = judged_in(before);
        if !(listed || follows || leads || in_then_judged(before, hit.rest) || graded) {
            continue;
        }
        if !found.iter().any(|w| w.date == date) {
            found.push(When {
                date,
                end,
                at,
                published: is_publication(before),
                leads: leads && !follows && !listed,
                graded,
            });
        }
    }
    found
}

/// "in line with the Education and Inspections Act 2006 (Inspection of Local Authorities) Regulations 2007": a law's year.
fn is_of_law(before: &str) -> bool {
    const LAWS: &[&str] = &["Act", "Regulations", "Order"];
    before.split_whitespace().next_back().is_some_and(|w| LAWS.contains(&w))
}

/// "2010 and ": a date, "and", and nothing else.
fn between_is_list(between: &str) -> bool {
    let words = between.split_whitespace().count();
    words <= 4 && (between.trim_end().ends_with("and") || between.trim_end().ends_with(','))
}

/// "report … was published in"; "published on"
fn is_publication(before: &str) -> bool {
    let words: Vec<&str> = before.split_whitespace().rev().take(3).collect();
    words.iter().any(|w| w.trim_matches(|c: char| !c.is_alphanumeric()).eq_ignore_ascii_case("published"))
}

/// The date that a line labels: "Date of previous inspection: 27 June to 1 July 2016".
pub fn labelled(line: &str) -> Option<When> {
    let hit = find_all(printed, line).into_iter().next()?;
    let (date, end) = hit.value;
    Some(When { date, end, at: offset(line, hit.slice), published: false, leads: false, graded: false })
}

/// A range of days, a day, a month or a year, as ISO 8601 prints it.
fn printed(input: &str) -> ParseResult<'_, (String, Option<String>)> {
    let one =
        alt((date::date.map(|d| d.to_string()), month_year.map(|m| m.to_string()), year.map(str::to_owned)));
    alt((range, months, one.map(|d| (d, None)))).parse(input)
}

/// "3 October 2016 to 7 October 2016"; "24 and 28 June 2013"
fn range(input: &str) -> ParseResult<'_, (String, Option<String>)> {
    let (rest, ranges) = date_ranges(input)?;
    match (ranges.start(), ranges.end()) {
        (Some(start), Some(end)) if start != end => Ok((rest, (start.to_string(), Some(end.to_string())))),
        _ => nom::combinator::fail().parse(input),
    }
}

/// "April/May 2016": the first of two months.
fn months(input: &str) -> ParseResult<'_, (String, Option<String>)> {
    let (rest, (first, _, second)) =
        (take_while1(char::is_alphabetic), char('/'), month_year).parse(input)?;
    let named = format!("{first} {}", second.year);
    match month_year(&named) {
        Ok((_, month)) => Ok((rest, (month.to_string(), None))),
        Err(_) => nom::combinator::fail().parse(input),
    }
}

/// "judged inadequate in 2011, 2013 and 2015": when a grade was given.
fn judged_in(before: &str) -> bool {
    const GRADES: &[&str] = &["inadequate", "adequate", "good", "outstanding", "improvement"];
    const VERBS: &[&str] = &["judged", "rated", "graded", "identified"];
    let clause = before.rfind(['.', ';', ':']).map_or(before, |at| before.get(at..).unwrap_or(before));
    let words: Vec<&str> = clause.split_whitespace().rev().take(12).collect();
    let verb = |rest: &[&str]| rest.iter().any(|w| VERBS.contains(w));
    let audited =
        ["cases", "audits", "audited", "files"].iter().any(|w| words.contains(w)) || clause.contains('%');
    // "identified for improvement in 2018" gives no grade.
    let whole = |grade: &str, rest: &[&str]| {
        grade != "improvement" || rest.first().is_some_and(|w| w.starts_with("requir"))
    };
    let graded = |grade: &str, rest: &[&str]| GRADES.contains(&grade) && whole(grade, rest) && verb(rest);
    matches!(words.as_slice(), ["in", grade, rest @ ..] if graded(grade, rest)) && !audited
}

/// A year that stands alone: no part of "2011/12" or of a larger number.
fn year(input: &str) -> ParseResult<'_, &str> {
    let digits = take_while_m_n(4, 4, |c: char| c.is_ascii_digit());
    let joined = satisfy(|c| c.is_alphanumeric() || matches!(c, '/' | '–' | '-' | '%'));
    terminated(verify(digits, |y: &str| ("1995".."2100").contains(&y)), not(joined)).parse(input)
}

/// "… inspection in"; "inspection of the local authority’s arrangements … was in"; "inspected in"; "(JTAI) in"
fn follows_inspection(before: &str) -> bool {
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
    let between = without_brackets(before.get(at..).unwrap_or(""));
    if is_own(given) || between.contains(['(', ';']) || between.chars().any(|c| c.is_ascii_digit()) {
        return false;
    }
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
    const PREPOSITIONS: &[&str] = &["in", "on", "during", "of", "from", "dated", "between", "at", "since"];
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
    ];
    let mut words: Vec<&str> = between.split_whitespace().collect();
    // "in early 2016"; "in the autumn of 2016"
    words.truncate(
        words.len() - usize::from(matches!(words.as_slice(), [.., season, "of"] if SEASONS.contains(season))),
    );
    if words.last().is_some_and(|w| SEASONS.contains(w)) {
        words.pop();
        words.truncate(words.len() - usize::from(words.last() == Some(&"the")));
    }
    let Some((last, before)) = words.split_last() else { return false };
    let plain = |w: &str| w.trim_matches(|c: char| !c.is_alphanumeric()).to_lowercase();
    let preposition = PREPOSITIONS.contains(&plain(last).as_str());
    let verb = before.last().is_some_and(|w| VERBS.contains(&plain(w).as_str()));
    // "inspection of services for looked after children in"; "inspected its services for children in care in"
    let ends = |at: usize| before[at].ends_with('.') || before[at].ends_with(',') && !lists(before, at);
    let of_what = before.len() <= 18
        && (matches!(before.first(), Some(&"of" | &"to" | &"under" | &"by"))
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
    // What was published or held after a comma is something else.
    let apart = before.first() != Some(&"of") && before.iter().skip(1).any(|w| w.ends_with([',', ';']));
    preposition && !other && !apart && (words.len() <= 4 || verb || of_what || by_whom)
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
fn leads_inspection(after: &str) -> bool {
    let near: Vec<&str> = after.split_whitespace().take(8).collect();
    let until = near.iter().position(|w| {
        let w = w.to_lowercase();
        let w = w.trim_matches(|c: char| !c.is_alphanumeric() && c != '-');
        matches!(w, "inspection" | "inspected" | "re-inspection" | "inspections" | "visit" | "jtai")
    });
    let Some(until) = until else { return false };
    // Nothing but the name of what was inspected stands between.
    let names =
        |w: &&str| !w.ends_with(['.', ',', ';', ')']) && !w.starts_with('(') && !is_verb(w) && !is_moment(w);
    near[..until].iter().all(names)
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

/// "In 2010, the looked after children service was judged to be adequate"; "In early 2019, inspectors judged …"
fn in_then_judged(before: &str, after: &str) -> bool {
    let mut words: Vec<&str> = before.split_whitespace().collect();
    words.pop_if(|w| SEASONS.contains(w));
    let opens = words.len() <= 1 && any_label(&["in", "on"])(before.trim()).is_ok();
    opens && after.split_whitespace().take(14).collect::<Vec<_>>().join(" ").contains("judged")
}

fn offset(whole: &str, part: &str) -> usize {
    whole.offset(part)
}
