//! Numbers in words for all or none.

use nom::Parser;
use nom::branch::alt;
use nom::character::complete::char;
use nom::combinator::peek;

use super::Shape;
use crate::grammar::ParseResult;
use crate::grammar::label::{any_label, label};

/// All or none of those just counted: "all of whom"; "both of whom"; "none of whom".
pub(super) fn all_of_whom(input: &str) -> ParseResult<'_, (f64, Shape)> {
    const ALL: &[&str] = &[
        "all of whom",
        "both of whom",
        "of whom all",
        "of whom both",
        "all of which",
        "both of which",
        "all of them",
        "both of them",
        "all live out",
        "all out of",
        "all outside",
        "both live out",
        "both are out",
        "both out of",
        "both outside",
        "both are placed out",
        "all are placed out",
        "all are out",
    ];
    let all = any_label(ALL).map(|_| (100.0, Shape::Share));
    let none = any_label(&["none of whom", "none of which", "neither of whom"]).map(|_| (0.0, Shape::Count));
    alt((all, none)).parse(input)
}

/// "no children"; "None live"; "does not operate any children’s homes"
pub(super) fn none(input: &str) -> ParseResult<'_, (f64, Shape)> {
    const WHO: &[&str] = &[
        "children",
        "child",
        "young",
        "adoptions",
        "adoption",
        "serious",
        "unaccompanied",
        "care leavers",
        "homes",
        "private",
        "privately",
        "families",
        "looked after",
        "wards",
        "neighbourhoods",
    ];
    let no = (label("no"), char(' '), peek(any_label(WHO)));
    let not_any = (
        any_label(&["not operate any", "not operate", "not run any", "not have any"]),
        char(' '),
        peek(any_label(WHO)),
    );
    let zero = alt((any_label(&["none", "nil", "zero"]).map(|_| ()), no.map(|_| ()), not_any.map(|_| ())));
    let (rest, ()) = { zero }.parse(input)?;
    Ok((rest, (0.0, Shape::Count)))
}
