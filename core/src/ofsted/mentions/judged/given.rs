//! Whether the words around a grade say that an earlier inspection gave it.

use super::super::dates::is_of_others;
use super::super::subjects::without_areas;
use super::{CHANGED, VERBS, is_year, own_clause};
use std::ops::Range;

use crate::cut::Cut;
use crate::grammar::find_all;
use crate::grammar::label::{any_label, contains_label, label};

/// Whether the words before a grade say that it was given then: a verb in the past tense, and nothing about today in
/// between.
pub(super) fn is_given(before: &str, printed: &str, goes_on: bool) -> bool {
    const TODAY: &[&str] = &[
        "now",
        "are good",
        "continue",
        "continues",
        "remain",
        "remains",
        "is",
        "will",
        "made",
        "making",
        "working",
        "should",
        "because",
    ];
    let clause = own_clause(before);
    if is_of_then(clause) {
        return true;
    }
    const BEGINS: &[&str] =
        &[" when ", " which ", " where ", " since ", " that ", " and was ", " and were ", " and judged "];
    let begins = BEGINS.iter().filter_map(|w| clause.rfind(w)).max();
    let then = begins.map_or(clause, |at| clause.get(at..).unwrap_or(clause));
    if TODAY.iter().any(|t| contains_label(then, t)) || is_of_some(then) || is_of_others(then) {
        return false;
    }
    if printed.to_lowercase().starts_with("required") {
        return true;
    }
    let ends = |v: &&str| find_all(label(v), clause).last().map(|hit| clause.len() - hit.rest.len());
    // "has moved from"
    let from = clause.trim_end().strip_suffix(" from").map(str::trim_end);
    let changed = from.is_some_and(|said| CHANGED.iter().any(|verb| said.ends_with(verb)));
    let verb = VERBS.iter().filter_map(ends).chain(changed.then_some(clause.len())).max();
    match verb {
        Some(end) => joins(clause.get(end..).unwrap_or("")),
        // "and services for looked after children good": the verb isn't repeated.
        None => {
            let said = clause.trim_start_matches([',', ' ']);
            goes_on && joins(said) && without_areas(said).split_whitespace().count() <= 8
        }
    }
}

/// Whether the words directly before a grade make it an earlier one, even in a clause about today: "an improvement on the
/// previous judgement of"; "has declined to inadequate from".
fn is_of_then(clause: &str) -> bool {
    const THEN: &[&str] = &["previous", "last", "earlier"];
    const NOUNS: &[&str] = &["judgement", "judgment", "grade", "rating", "grading"];
    let words: Vec<&str> = clause.split_whitespace().rev().take(4).collect();
    match words.as_slice() {
        ["of", noun, rest @ ..] => NOUNS.contains(noun) && rest.iter().any(|w| THEN.contains(w)),
        ["from", ..] => CHANGED.iter().any(|v| contains_label(clause, v)),
        _ => false,
    }
}

/// Whether a grade is only that of unnamed areas, or still today's: "three of the four judgements were"; "have remained".
fn is_of_some(clause: &str) -> bool {
    const SOME: &[&str] = &["of the two", "of the three", "of the four", "of the five", "most judgements"];
    const STILL: &[&str] = &["have remained", "has remained"];
    const AREAS: &[&str] =
        &["two areas", "three areas", "four areas", "most areas", "some areas", "several areas"];
    let some = SOME.iter().any(|s| contains_label(clause, s)) && contains_label(clause, "judgements")
        || AREAS.iter().any(|s| contains_label(clause, s));
    some || STILL.iter().any(|s| contains_label(clause, s))
}

/// A grade that describes a noun: "the inadequate judgement", "a good overall rating".
///
/// Returns the words after the noun if the context says that the grade was given then: "received an inadequate judgement";
/// "with inadequate judgements for leadership"; "the good judgement at the last inspection".
pub(super) fn given_as_noun<'a>(before: &str, after: &'a str) -> Option<&'a str> {
    const NOUNS: &[&str] = &[
        "inspection judgement",
        "inspection outcome",
        "inspection result",
        "inspection grade",
        "judgements",
        "judgement",
        "judgments",
        "judgment",
        "ratings",
        "rating",
        "gradings",
        "grading",
        "grades",
        "grade",
    ];
    const GIVEN: &[&str] = &[
        "received",
        "given",
        "awarded",
        "held",
        "kept",
        "retained",
        "gained",
        "achieved",
        "secured",
        "resulted in",
        "resulting in",
        "with",
        "led to",
        "following",
        "followed",
        "after",
        "since",
        "on from",
    ];
    let after = after.trim_start();
    let (noun, _) = any_label(&["overall effectiveness", "overall"])(after).unwrap_or((after, ""));
    let (rest, _) = any_label(NOUNS)(noun.trim_start()).ok()?;
    let said = without_article(before).to_lowercase();
    let verb = GIVEN.iter().any(|v| said.ends_with(v));
    let held = any_label(&["at the", "of the", "from the", "in the", "at its", "of its", "in its"]);
    let of_inspection = held(rest.trim_start()).is_ok_and(|(of, _)| {
        of.split_whitespace().take(5).any(|w| w.starts_with("inspection") || w.starts_with("ILACS"))
    });
    // "the outstanding grade it was given for leadership"
    const HAD: &[&str] = &[
        "it was given",
        "it was awarded",
        "it received",
        "they were given",
        "they received",
        "given",
        "awarded",
    ];
    // "its outstanding judgement from 2019"
    let dated = rest.trim_start().strip_prefix("from").is_some_and(|on| {
        let on = on.trim_start();
        on.is_empty() || on.split_whitespace().take(2).any(|w| is_year(w.trim_matches(['.', ',', ';'])))
    });
    let had = any_label(HAD)(rest.trim_start().trim_start_matches("that ")).map(|(rest, _)| rest);
    had.ok().or_else(|| (verb || of_inspection || dated).then_some(rest))
}

/// Whether a sentence looks back on a grade: "One year on from an inadequate judgement"; "after the council was found to be
/// inadequate".
pub fn is_aftermath(sentence: &str) -> bool {
    const AFTER: &[&str] = &["since", "following", "after", "on from"];
    const NOUNS: &[&str] = &["judgement", "judgment", "rating", "grading"];
    const WHEN: &[&str] = &["when", "after", "since", "before", "until"];
    const GIVEN: &[&str] = &["found to be", "judged to be", "judged", "rated", "graded"];
    /// What all of these verbs and nouns contain; nearly no sentence does.
    const STEMS: &[&str] = &["judg", "rated", "rating", "graded", "grading", "found to be"];
    let lower = sentence.to_ascii_lowercase();
    if !STEMS.iter().any(|stem| lower.contains(stem)) {
        return false;
    }
    let looks_back = |grade: Range<usize>| {
        let before = sentence.head(grade.start);
        let noun = any_label(NOUNS)(sentence.tail(grade.end).trim_start()).is_ok();
        let after = AFTER.iter().any(|word| without_article(before).to_lowercase().ends_with(word));
        let verb = GIVEN.iter().find_map(|verb| before.trim_end().strip_suffix(verb));
        let clause: Vec<&str> = verb.unwrap_or("").split_whitespace().rev().take(8).collect();
        let passive = clause.first().is_some_and(|be| matches!(*be, "was" | "were"));
        // "looked after children" has an "after" of its own.
        let looked = |at: usize| clause.get(at + 1).is_some_and(|before| before.ends_with("ooked"));
        let when = (0..clause.len()).find(|at| WHEN.contains(&clause[*at]) && !looked(*at));
        let own =
            |until| !clause.head(until).iter().any(|word| word.ends_with([',', ';', '.']) || *word == "this");
        let then = passive && when.is_some_and(own);
        (noun && after || then) && !is_of_others(sentence)
    };
    super::places(sentence).into_iter().any(looks_back)
}

/// Drops an article from the end.
fn without_article(words: &str) -> &str {
    let words = words.trim_end();
    let bare = ["an overall", "an", "a", "the", "its"]
        .iter()
        .find_map(|article| words.strip_suffix(article).filter(|w| w.is_empty() || w.ends_with(' ')));
    bare.unwrap_or(words).trim_end()
}

/// Words that may come between the verb and the grade.
const FILLING: &str = "to be as being still overall it them services service arrangements the local authority children \
    children’s children's were was both all and a an have been for that by ofsted its effectiveness of \
    council council’s authority’s but with or either some areas one which two most three home those \
    improvement in need of receive received who experiences progress impact young people it’s every area \
    ’s 's help protection safeguarding leaders looked after capacity again under single inspection framework";

/// Whether only filler words come between the verb and the grade: "to be", "it as", "services to be".
fn joins(between: &str) -> bool {
    let between = &without_areas(between);
    let plain =
        |w: &str| w.trim_matches(|c: char| !c.is_alphanumeric() && c != '’' && c != '\'').to_lowercase();
    let fills = |word: &str| {
        let w = plain(word);
        // The name of the authority: "judged Wexcombe County Council’s children’s services to be".
        let name = word.starts_with(char::is_uppercase);
        FILLING.split(' ').any(|f| f == w) || name || is_year(&w)
    };
    let words: Vec<&str> = between.split_whitespace().filter(|w| w.contains(char::is_alphanumeric)).collect();
    words.len() <= 12 && words.into_iter().all(fills)
}

/// Whether the words after a grade say what somebody does well: "good at their work"; "good in listening".
fn describes(rest: &str) -> bool {
    const EVENTS: &[&str] =
        &["inspection", "inspections", "re-inspection", "visit", "jtai", "time", "ilacs", "judgement"];
    let mut words =
        rest.split_whitespace().map(|w| w.trim_matches(|c: char| !c.is_alphanumeric() && c != '-'));
    let (first, second) = (words.next().unwrap_or(""), words.next().unwrap_or(""));
    let doing = second.len() > 4 && second.ends_with("ing") && without_areas(second) == second;
    let event = |word: &str| EVENTS.iter().any(|event| event.eq_ignore_ascii_case(word)) || is_year(word);
    match first {
        "at" => !event(second) && !words.take(5).any(event),
        "in" | "for" | "with" | "by" | "on" => doing,
        _ => false,
    }
}

/// Whether the grade stands alone, as in "good for adoption" but not in "adequate progress".
pub(super) fn ends_statement(rest: &str) -> bool {
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
        "or",
        "local authority",
        "since",
        "each time",
        "every time",
        "both times",
        "on both",
        "then",
        "again",
        "under",
    ];
    let rest = rest.trim_start();
    if describes(rest) {
        return false;
    }
    rest.is_empty()
        || rest.starts_with(|c: char| ".,;:()’”".contains(c) || c.is_ascii_digit())
        || any_label(MORE)(rest).is_ok()
}
