//! What a grade is for: the areas named around it.

use nom::Offset;

use super::super::subjects::areas;
use super::{is_year, own_clause};
use crate::cut::Cut;
use crate::grammar::find_all;
use crate::grammar::label::{any_label, contains_label, find_label};

/// Areas with the same grade: "judged leadership to be inadequate, and so was the overall effectiveness".
pub(super) fn as_well(after: &str, date: Option<&str>) -> Vec<&'static str> {
    let said = after.trim_start_matches([',', ' ']);
    let Ok((rest, _)) = any_label(&["and so was", "and so were", "as was", "as were"])(said) else {
        return Vec::new();
    };
    areas(rest.split([',', '.', ';']).next().unwrap_or(""), date)
}

/// The areas of a grade, and how much of the text after it names them; what follows belongs to the next grade.
pub(super) fn named(before: &str, after: &str, date: Option<&str>) -> (Vec<&'static str>, usize) {
    let of = areas_before(own_clause(before), date);
    let said = after_for(after).unwrap_or("");
    let mut named = areas(said, date);
    if named.is_empty() {
        return (of, 0);
    }
    let until = after.find(said).map_or(after.len(), |at| at + said.len());
    // "judged safeguarding services as inadequate for overall effectiveness": the overall effectiveness of those services.
    let whole = named.iter_mut().find(|a| **a == "overall-effectiveness");
    if let (Some(whole), [of]) = (whole, of.as_slice()) {
        *whole = of;
    }
    (named, until)
}

/// The one area that was inspected according to a sentence: "the last inspection of services for care leavers took place".
pub(super) fn inspection_of(sentence: &str, date: Option<&str>) -> Option<&'static str> {
    let of = find_label(sentence, "inspection of")?;
    let rest = sentence.get(sentence.offset(of) + of.len()..)?;
    // The "in" of "children in need" doesn't end the name.
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
pub(super) fn is_of_the_whole(before: &str) -> bool {
    let clause = own_clause(before);
    let Some(when) = clause.rfind(" when ") else { return false };
    let (head, who) = (clause.head(when), clause.tail(when + " when ".len()).trim_start());
    any_label(&["the local authority", "the council", "the authority"])(who).is_ok()
        && !contains_label(head, "inspection")
        && !contains_label(head, "inspected")
}

/// The areas named in a clause before a grade: between the verb and the grade, or as the verb's subject.
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
        return if of.is_empty() { named } else { [of.as_slice(), &named[1..]].concat() };
    }
    if !named.is_empty() {
        return named;
    }
    // "leaders were judged to be inadequate"
    if verb.is_some() && head.trim_end().to_lowercase().ends_with("leaders were") {
        return vec!["leadership"];
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
        // "At the inspection in July, services for care leavers were": the words before the comma aren't the subject.
        None => match ["inspection", "inspected"].iter().filter_map(|w| find_label(head, w)).next_back() {
            Some(named) => {
                let after = head.get(head.offset(named)..).unwrap_or("");
                // "In the last inspection help and protection was": there is no comma.
                let opens = any_label(&["in the", "at the", "at its", "in its"])(head.trim_start()).is_ok();
                let bare = || if opens { areas(after, date) } else { Vec::new() };
                after.split_once(',').map_or_else(bare, |(_, said)| areas(said, date))
            }
            None => areas(head, date),
        },
    }
}

/// The areas that a relative clause refers to: "except adoption, which was".
fn before_which(head: &str, cut: usize, date: Option<&str>) -> Vec<&'static str> {
    let Some(noun) = head.get(..cut).and_then(|h| h.strip_suffix(" which ")) else { return Vec::new() };
    let noun = noun.trim_end_matches([',', ' ']).rsplit([',', ';']).next().unwrap_or("");
    if contains_label(noun, "inspection") { Vec::new() } else { areas(noun, date) }
}

/// The words that say what a grade is for: "for safeguarding and".
fn after_for(after: &str) -> Option<&str> {
    let rest = without_date(after.trim_start_matches(['’', '”', '\'', ' ']));
    let (rest, _) =
        any_label(&["overall for", "for", "in respect of", "in relation to", "in all", "across all"])(rest)
            .ok()?;
    let end = rest.find(['.', ';']).unwrap_or(rest.len());
    let clause = rest.get(..end).unwrap_or(rest);
    // ", and was judged" starts the next grade.
    let next =
        [", and was", " and was", ", but", ", with", " while", " whereas", " when", " because", " which"]
            .iter()
            .filter_map(|w| clause.find(w))
            .min();
    let clause = clause.get(..next.unwrap_or(clause.len())).unwrap_or(clause);
    // "inadequate for help and protection and for leaders good": the words directly before the next grade are its own.
    let joined = clause.len() == rest.len()
        && ![" and", " but", ","].iter().any(|end| clause.trim_end().ends_with(end));
    let clause = clause.head(clause.rfind(" and for ").filter(|_| joined).unwrap_or(clause.len()));
    if after.trim_start().starts_with("in all") { Some("in all areas") } else { Some(clause) }
}

/// Drops a date from the start: "in 2010 for both safeguarding" → "for both safeguarding".
fn without_date(text: &str) -> &str {
    let mut words = text.split(' ');
    let Some("in") = words.next() else { return text };
    let Some(year) = words.take(2).position(is_year) else { return text };
    text.splitn(year + 3, ' ').nth(year + 2).unwrap_or(text)
}
