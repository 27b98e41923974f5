//! What a share is a share of: all of the area's children, or others.

use super::super::measures::{self, Measure};
use super::place::predicate_at;
use crate::grammar::label::contains_label;

/// Whether a sentence is about people of all ages, and not about children: the measures of ethnic groups are shares of children.
pub(super) fn is_of_all_ages(sentence: &str) -> bool {
    const ALL: &[&str] =
        &["all-age", "all age", "whole population", "total population", "residents", "adult population"];
    const YOUNG: &[&str] = &["children", "pupils", "young people", "under 18", "under-18s", "child"];
    let has = |words: &[&str]| words.iter().any(|w| contains_label(sentence, w));
    has(ALL) && !has(YOUNG)
}

/// Whether words speak of some of the area's children, or of others: ethnic groups are shares of all of its children.
pub(super) fn is_of_group(words: &str) -> bool {
    const GROUPS: &[&str] = &[
        "looked after",
        "looked-after",
        "in care",
        "care leavers",
        "protection plan",
        "protection plans",
        "in need",
        "carers",
        "adopters",
        "social workers",
        "staff",
        "workforce",
    ];
    GROUPS.iter().any(|group| contains_label(words, group))
}

/// Whether a measure names what a share is a share of, and not what it is: "represent 16% of children in care"; "the largest
/// group of looked after children accounts for 81%".
pub(super) fn is_share_of(after: &str, measure: &Measure) -> bool {
    const PEOPLE: &[&str] =
        &["children-in-care", "children-in-need", "child-protection-plans", "ceased-looked-after"];
    let names = |words: &str| measures::stated(words).as_ref() == Some(measure);
    // "27% of children looked after are placed far away"; but "2% of children are looked after"
    let whom = |of: &str| names(of.get(..predicate_at(of).unwrap_or(of.len())).unwrap_or(of));
    let of = || after.trim_start_matches([')', ' ']).strip_prefix("of ").is_some_and(whom);
    PEOPLE.contains(&measure.code) && (of() || !names(after))
}
