//! Earlier inspections and grades that a document speaks of. They are never its own.

use std::ops::Range;

use nom::Parser;
use nom::branch::alt;
use nom::bytes::complete::take_while_m_n;
use nom::character::complete::satisfy;
use nom::combinator::{not, verify};
use nom::sequence::terminated;

use crate::grammar::grade::grade;
use crate::grammar::label::{any_label, contains_label, label};
use crate::grammar::sentence::sentences;
use crate::grammar::{ParseResult, date, find_all, month_year};
use crate::outline::{Block, Outline, Role};
use crate::record::{Draft, Mention, MentionedJudgement, Part, Status};
use crate::text::Text;

/// Adds every earlier inspection that the sections speak of to `record.mentions`. Call it after the dates and
/// the sections are set.
pub fn find(doc: &Outline, draft: &mut Draft) {
    draft.absent("/mentions", Status::NotStated);
    let start = draft.record.inspection.start.clone();
    for at in 0..doc.blocks.len() {
        let block = &doc.blocks[at];
        if draft.parts[at] != Part::Section || matches!(block.role, Role::Table | Role::Heading(_)) {
            continue;
        }
        for told in told(block.text.as_str()) {
            let earlier = match (&told.date, &start) {
                // Only what lies before this inspection; a year alone may be the same year.
                (Some(date), Some(start)) => date.as_str() < start.get(..date.len()).unwrap_or(start),
                _ => told.speaks_of_earlier,
            };
            if !earlier {
                continue;
            }
            let mut text = block.text.slice(told.sentence.clone());
            let mut grade = told.grade;
            if grade.is_none()
                && told.sentence.end == block.text.as_str().len()
                && text.as_str().ends_with(':')
                && let Some((item, overall)) = overall_below(doc, at)
            {
                text = Text::join([&text, &item.text], " ");
                grade = Some(overall);
            }
            if told.date.is_none() && grade.is_none() {
                continue;
            }
            let n = draft.record.mentions.len();
            draft.note(format!("/mentions/{n}"), text.evidence_all("mentions"));
            draft.record.mentions.push(Mention {
                kind: told.kind.into(),
                date_is: told.date.as_ref().map(|_| "inspection".into()),
                date: told.date,
                judgements: grade
                    .map(|g| MentionedJudgement { area: "overall-effectiveness".into(), grade: g.into() })
                    .into_iter()
                    .collect(),
                text: text.as_str().to_owned(),
                ..Mention::default()
            });
        }
    }
}

/// What a sentence tells of an earlier inspection.
#[derive(Debug, Clone)]
struct Told {
    kind: &'static str,
    date: Option<String>,
    grade: Option<&'static str>,
    /// The sentence, with the one after it where that has the grade.
    sentence: Range<usize>,
    speaks_of_earlier: bool,
}

fn told(text: &str) -> Vec<Told> {
    let all: Vec<&str> = sentences(text).collect();
    let mut out = Vec::new();
    for (n, sentence) in all.iter().enumerate() {
        if contains_label(sentence, "this inspection") && !contains_label(sentence, "previous") {
            continue;
        }
        let Some(kind) = kind(sentence) else { continue };
        let dates = dates_of(sentence);
        let earlier = speaks_of_earlier(sentence);
        if dates.is_empty() && !earlier {
            continue;
        }
        let from = offset(text, sentence);
        let mut to = from + sentence.len();
        // Of several inspections in one sentence it is not clear which had the grade.
        let mut grade = judged(sentence).filter(|_| dates.len() < 2);
        // "The inspection … was in May 2012. The local authority was judged to be adequate."
        if grade.is_none()
            && dates.len() == 1
            && let Some(next) = all.get(n + 1)
            && kind_word(next).is_none()
        {
            let after = judged(next).filter(|_| speaks_of_the_same(next));
            // "The judgements for the local authority were:", above a list of them
            if after.is_some() || next.ends_with(':') && contains_label(next, "judgements") {
                grade = after;
                to = offset(text, next) + next.len();
            }
        }
        let told = Told { kind, date: None, grade, sentence: from..to, speaks_of_earlier: earlier };
        if dates.is_empty() && grade.is_some() {
            out.push(told.clone());
        }
        out.extend(dates.into_iter().map(|date| Told { date: Some(date), ..told.clone() }));
    }
    out
}

/// Whether a sentence goes on about the inspection of the one before: it begins with who was judged, and tells of
/// the past.
fn speaks_of_the_same(sentence: &str) -> bool {
    const WHO: &[&str] = &[
        "the local authority",
        "the authority",
        "the council",
        "the overall",
        "overall",
        "the service",
        "services",
        "it",
        "they",
        "both",
        "all",
    ];
    let past = ["was", "were", "had been"].iter().any(|v| contains_label(sentence, v));
    past && any_label(WHO)(sentence).is_ok()
}

/// "Overall effectiveness: inadequate", the first item under a line that announces the earlier judgements.
fn overall_below(doc: &Outline, at: usize) -> Option<(&Block, &'static str)> {
    let next = doc.blocks[at + 1..].iter().find(|b| !matches!(b.role, Role::Furniture | Role::Footnote))?;
    let (rest, _) = label("Overall effectiveness")(next.text.as_str()).ok()?;
    let (rest, graded) = grade(rest.trim_start_matches([':', ' ', '–', '-'])).ok()?;
    rest.trim_matches(['.', ';', ',', ' ']).is_empty().then_some((next, graded.grade.code()))
}

/// Whether a sentence speaks of an inspection, and of which kind.
fn kind(sentence: &str) -> Option<&'static str> {
    let word = kind_word(sentence).or_else(|| {
        // "In 2010, the service was judged to be adequate."
        (judged(sentence).is_some() && contains_label(sentence, "was judged")).then_some("inspection")
    })?;
    Some(match word {
        w if w.contains("monitoring") => "monitoring-visit",
        w if w.contains("focused") => "focused-visit",
        _ => "inspection",
    })
}

fn kind_word(sentence: &str) -> Option<&'static str> {
    [
        "monitoring visit",
        "monitoring visits",
        "focused visit",
        "focused visits",
        "re-inspection",
        "inspection",
        "inspections",
        "inspected",
        "re-inspected",
    ]
    .into_iter()
    .find(|w| contains_label(sentence, w))
}

/// Whether a sentence without a date speaks of an inspection before this one.
fn speaks_of_earlier(sentence: &str) -> bool {
    const WORDS: &[&str] = &[
        "previous inspection",
        "last inspection",
        "previous Ofsted inspection",
        "last Ofsted inspection",
        "previously judged",
        "last inspected",
        "previously inspected",
        "last full inspection",
    ];
    WORDS.iter().any(|w| contains_label(sentence, w))
}

/// The dates of the inspections that a sentence speaks of, as far as they are printed.
///
/// "The previous inspection … was in May 2012"; "since the last inspection in 2014"; "the 2011 inspection"; "was
/// inspected in February 2010"; "In 2010, the service was judged to be adequate"
fn dates_of(sentence: &str) -> Vec<String> {
    let dates = find_all(partial_date, sentence);
    let near = dates.into_iter().filter(|d| {
        let before = &sentence[..offset(sentence, d.slice)];
        follows_inspection(before) || leads_inspection(d.rest) || in_then_judged(before, d.rest)
    });
    let mut values: Vec<String> = near.map(|d| d.value).collect();
    values.dedup();
    values
}

/// "… inspection in"; "inspection of the local authority’s arrangements … was in"; "inspected in"
fn follows_inspection(before: &str) -> bool {
    let words =
        ["inspection", "inspections", "inspected", "visit", "visits", "re-inspection", "inspection report"];
    let Some(at) = words.iter().flat_map(|w| before.to_lowercase().rfind(w).map(|at| at + w.len())).max()
    else {
        return false;
    };
    let between = before.get(at..).unwrap_or("").trim();
    let given = before.get(..at).unwrap_or(before).to_lowercase();
    let own = [
        "time of the inspection",
        "time of inspection",
        "point of inspection",
        "point of the inspection",
        "during the inspection",
        "at the inspection",
        "of this inspection",
        "this inspection",
    ];
    if between.contains(['(', ';'])
        || between.chars().any(|c| c.is_ascii_digit())
        || own.iter().any(|o| given.ends_with(o))
    {
        return false;
    }
    let words: Vec<&str> = between.split_whitespace().collect();
    let Some((last, before)) = words.split_last() else { return false };
    let preposition =
        matches!(last.to_lowercase().as_str(), "in" | "on" | "during" | "of" | "from" | "dated" | "between");
    let verb = before.last().is_some_and(|w| {
        let verbs = [
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
        ];
        verbs.contains(&w.to_lowercase().as_str())
    });
    // "inspection of services for looked after children in"; "inspected its services for children in care in"
    let of_what = before.len() <= 12
        && (before.first() == Some(&"of") || given.ends_with("inspected"))
        && !before.iter().any(|w| is_verb(w) || w.ends_with([',', '.']));
    let other = before.iter().any(|w| matches!(*w, "board" | "plan" | "framework" | "team" | "evidence"));
    preposition && !other && (words.len() <= 4 || verb || of_what)
}

/// "the 2011 safeguarding and looked after children services inspection"
fn leads_inspection(after: &str) -> bool {
    let near: Vec<&str> = after.split_whitespace().take(8).collect();
    let until = near.iter().position(|w| {
        let w = w.to_lowercase();
        let w = w.trim_matches(|c: char| !c.is_alphanumeric() && c != '-');
        matches!(w, "inspection" | "inspected" | "re-inspection" | "inspections")
    });
    let Some(until) = until else { return false };
    // Nothing but the name of what was inspected stands between.
    let names =
        |w: &&str| !w.ends_with(['.', ',', ';', ')']) && !w.starts_with('(') && !is_verb(w) && !is_moment(w);
    near[..until].iter().all(names)
}

fn is_verb(word: &str) -> bool {
    matches!(
        word.to_lowercase().as_str(),
        "was"
            | "were"
            | "is"
            | "are"
            | "had"
            | "have"
            | "has"
            | "at"
            | "by"
            | "since"
            | "this"
            | "during"
            | "to"
            | "but"
            | "before"
            | "until"
    )
}

/// "between 2013 and the beginning of the inspection": a moment of this inspection.
fn is_moment(word: &str) -> bool {
    matches!(word.to_lowercase().as_str(), "beginning" | "start" | "time" | "point" | "end" | "course")
}

/// "In 2010, the looked after children service was judged to be adequate"
fn in_then_judged(before: &str, after: &str) -> bool {
    let opens = before.split_whitespace().count() <= 1 && any_label(&["in", "on"])(before.trim()).is_ok();
    opens && after.split_whitespace().take(14).collect::<Vec<_>>().join(" ").contains("judged")
}

/// A day, a month or a year, as ISO 8601 prints it.
fn partial_date(input: &str) -> ParseResult<'_, String> {
    alt((date::date.map(|d| d.to_string()), month_year.map(|m| m.to_string()), year.map(str::to_owned)))
        .parse(input)
}

/// A year that stands alone: no part of "2011/12" or of a larger number.
fn year(input: &str) -> ParseResult<'_, &str> {
    let digits = take_while_m_n(4, 4, |c: char| c.is_ascii_digit());
    let joined = satisfy(|c| c.is_alphanumeric() || matches!(c, '/' | '–' | '-' | '%'));
    terminated(verify(digits, |y: &str| ("1995".."2100").contains(&y)), not(joined)).parse(input)
}

/// The one grade that a sentence says was given; none where it gives several, or speaks of today.
///
/// "was judged to be good"; "judged it as inadequate"; "was found to be adequate"; "The overall quality was good" –
/// not "found to have made adequate progress" or "are now judged to be good"
fn judged(sentence: &str) -> Option<&'static str> {
    const VERBS: &[&str] =
        &["judged", "graded", "found", "rated", "judgement was", "quality was", "quality of the service was"];
    if contains_label(sentence, "now") {
        return None;
    }
    let verb = find_all(any_label(VERBS), sentence).into_iter().next()?;
    let grades = find_all(grade, verb.rest);
    let first = grades.first()?;
    let lead: Vec<&str> = verb.rest.get(..offset(verb.rest, first.slice))?.split_whitespace().collect();
    let joined = match lead.as_slice() {
        [] => verb.slice != "found",
        [.., "be" | "as" | "being" | "still" | "overall" | "it" | "them" | "services" | "service"] => {
            lead.len() <= 9
        }
        [.., "a" | "an"] => lead.len() <= 4 && contains_label(first.rest.trim_start(), "service"),
        _ => false,
    };
    let plain = !lead.iter().any(|w| w.ends_with(['.', ';', ':']));
    let one = grades.iter().all(|g| g.value.grade == first.value.grade);
    (joined && plain && one && ends_statement(first.rest)).then(|| first.value.grade.code())
}

/// Whether the grade is all that is said: "good for adoption", not "adequate progress".
fn ends_statement(rest: &str) -> bool {
    const MORE: &[&str] = &[
        "for",
        "and",
        "in",
        "at",
        "overall",
        "with",
        "by",
        "on",
        "but",
        "as",
        "following",
        "when",
        "across",
        "because",
        "service",
        "services",
        "to",
    ];
    let rest = rest.trim_start();
    rest.is_empty()
        || rest.starts_with(|c: char| ".,;:()’”".contains(c) || c.is_ascii_digit())
        || any_label(MORE)(rest).is_ok()
}

fn offset(whole: &str, part: &str) -> usize {
    part.as_ptr() as usize - whole.as_ptr() as usize
}

#[cfg(test)]
mod tests {
    use super::*;
    use insta::assert_snapshot;

    fn shown(text: &str) -> String {
        let one =
            |t: &Told| format!("{} {} {}", t.kind, t.date.as_deref().unwrap_or("-"), t.grade.unwrap_or("-"));
        told(text).iter().map(one).collect::<Vec<_>>().join("; ")
    }

    #[test]
    fn an_inspection_with_its_date_and_grade() {
        assert_snapshot!(shown("The previous inspection of Wexcombe’s arrangements for the protection of children was in November 2012. The local authority was judged to be adequate."), @"inspection 2012-11 adequate");
        assert_snapshot!(shown("The fostering service was last inspected in August 2013 and judged to be good."), @"inspection 2013-08 good");
        assert_snapshot!(shown("The adoption service was judged to be adequate at the last inspection in March 2013."), @"inspection 2013-03 adequate");
        assert_snapshot!(shown("Services have improved since the last inspection in 2014, when they were judged to be inadequate."), @"inspection 2014 inadequate");
        assert_snapshot!(shown("A monitoring visit in May 2018 found good progress."), @"monitoring-visit 2018-05 -");
        assert_snapshot!(shown("In 2010, the looked after children service was judged to be adequate, but it has become worse."), @"inspection 2010 adequate");
        assert_snapshot!(shown("This was set out in the 2011 safeguarding and looked after children inspection."), @"inspection 2011 -");
    }

    #[test]
    fn two_grades_are_none() {
        assert_snapshot!(shown("After the inspection by Ofsted in 2009, and the inspection of safeguarding in March 2010, which found services to be inadequate, much was done."), @"inspection 2009 -; inspection 2010-03 -");
        assert_snapshot!(shown("The last inspection was in July 2012. The local authority was judged to be good for safeguarding and adequate for services for looked after children."), @"inspection 2012-07 -");
    }

    #[test]
    fn other_dates_are_no_inspections() {
        assert_snapshot!(shown("At the time of the inspection in-house carers had fallen since March 2014."), @"");
        assert_snapshot!(shown("The plan since the last inspection (from 1,406 in 2014 to 1,164 in 2017) has worked."), @"");
        assert_snapshot!(shown("There were 45 adoptions in 2013."), @"");
    }
}
