//! Whether the words around a grade tell that it was given then.

use nom::Offset;

use super::super::subjects::without_areas;
use super::{VERBS, is_year, own_clause};
use crate::grammar::label::{any_label, contains_label, find_label};

/// Whether the words before a grade say that it was given then: a verb of the past, and nothing of today between.
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
    let begins = [" when ", " which ", " where "].iter().filter_map(|w| clause.rfind(w)).max();
    let then = begins.map_or(clause, |at| clause.get(at..).unwrap_or(clause));
    if TODAY.iter().any(|t| contains_label(then, t)) {
        return false;
    }
    if printed.to_lowercase().starts_with("required") {
        return true;
    }
    let verb = VERBS
        .iter()
        .filter_map(|v| find_label(clause, v).map(|hit| (clause.offset(hit) + hit.len(), *v)))
        .max();
    match verb {
        Some((end, _)) => joins(clause.get(end..).unwrap_or("")),
        // "and services for looked after children good": the verb is said once.
        None => {
            let said = clause.trim_start_matches([',', ' ']);
            goes_on && joins(said) && without_areas(said).split_whitespace().count() <= 5
        }
    }
}

/// What a grade that describes a noun is: "the inadequate judgement", "a good overall rating".
///
/// Gives what stands after the noun where the words around it say that it was given then: "received an inadequate
/// judgement"; "with inadequate judgements for leadership"; "the good judgement at the last inspection".
pub(super) fn given_as_noun<'a>(before: &str, after: &'a str) -> Option<&'a str> {
    const NOUNS: &[&str] =
        &["judgements", "judgement", "judgments", "judgment", "ratings", "rating", "gradings", "grading"];
    const GIVEN: &[&str] = &[
        "received",
        "given",
        "awarded",
        "resulted in",
        "resulting in",
        "with",
        "led to",
        "following",
        "after",
        "since",
    ];
    let after = after.trim_start();
    let (noun, _) = any_label(&["overall effectiveness", "overall"])(after).unwrap_or((after, ""));
    let (rest, _) = any_label(NOUNS)(noun.trim_start()).ok()?;
    let article = before.trim_end();
    let article = ["an overall", "an", "a", "the", "its"]
        .iter()
        .find_map(|a| article.strip_suffix(a).filter(|b| b.is_empty() || b.ends_with(' ')))
        .unwrap_or(article);
    let verb = GIVEN.iter().any(|v| article.trim_end().to_lowercase().ends_with(v));
    let held = any_label(&["at the", "of the", "from the", "in the", "at its", "of its", "in its"]);
    let of_inspection = held(rest.trim_start()).is_ok_and(|(of, _)| {
        of.split_whitespace().take(5).any(|w| w.starts_with("inspection") || w.starts_with("ILACS"))
    });
    (verb || of_inspection).then_some(rest)
}

/// What may stand between the verb and the grade.
const FILLING: &str = "to be as being still overall it them services service arrangements the local authority children \
    children’s children's were was both all and a an have been for that by ofsted its effectiveness of \
    council council’s authority’s but with or either some areas one which two most three home those \
    improvement in need of who experiences progress impact young people it’s every area \
    ’s 's help protection safeguarding leaders looked after capacity";

/// Whether nothing but filling words stand between the verb and the grade: "to be", "it as", "services to be".
fn joins(between: &str) -> bool {
    let between = &without_areas(between);
    let words: Vec<String> = between
        .split_whitespace()
        .map(|w| w.trim_matches(|c: char| !c.is_alphanumeric() && c != '’' && c != '\'').to_lowercase())
        .collect();
    // Whose services they are: "judged Wexcombe County Council’s children’s services to be".
    let name =
        |at: usize| between.split_whitespace().nth(at).is_some_and(|w| w.starts_with(char::is_uppercase));
    words.len() <= 12
        && words
            .iter()
            .enumerate()
            .all(|(at, w)| FILLING.split(' ').any(|f| f == w) || name(at) || is_year(w))
}

/// Whether the grade is all that is said: "good for adoption", not "adequate progress".
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
    ];
    let rest = rest.trim_start();
    rest.is_empty()
        || rest.starts_with(|c: char| ".,;:()’”".contains(c) || c.is_ascii_digit())
        || any_label(MORE)(rest).is_ok()
}
