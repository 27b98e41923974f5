//! Shares in words.

use nom::Parser;

use super::Shape;
use crate::grammar::ParseResult;
use crate::grammar::label::{any_label, label};
use crate::grammar::number::{percentage, spelled_number};

/// "one in four children"; "two in five"; "a third of all households".
pub(super) fn fraction(input: &str) -> ParseResult<'_, (f64, Shape)> {
    const PARTS: &[(&str, f64)] = &[
        ("a quarter of", 25.0),
        ("one quarter of", 25.0),
        ("three quarters of", 75.0),
        ("a third of", 33.3),
        ("one third of", 33.3),
        ("two thirds of", 66.7),
        ("half of", 50.0),
        ("a fifth of", 20.0),
        ("one fifth of", 20.0),
    ];
    let named = || PARTS.iter().find_map(|(words, share)| Some((label(words)(input).ok()?.0, *share)));
    let some_in = || {
        let (rest, some) = spelled_number(input).ok()?;
        let (rest, _) = any_label(&["in every", "in"])(rest.strip_prefix(' ')?).ok()?;
        let (rest, of) = spelled_number(rest.trim_start()).ok()?;
        let share = (1000.0 * f64::from(some) / f64::from(of)).round() / 10.0;
        (some < of && of <= 20).then_some((rest, share))
    };
    // Hardly a word is followed by one of these.
    let near = &input.as_bytes()[..input.len().min(24)];
    let joined = near.windows(4).any(|w| matches!(w, b" of " | b" in "));
    match joined.then(|| named().or_else(some_in)).flatten() {
        Some((rest, share)) => Ok((rest, (share, Shape::Share))),
        None => nom::combinator::fail().parse(input),
    }
}

/// A share in words that is printed in digits beside it: "Two in five children (41%)".
pub(super) fn fraction_again(input: &str) -> ParseResult<'_, ()> {
    let (rest, _) = fraction(input)?;
    // The few words behind it, to the end of brackets that open there.
    let share = rest.split_once('(').filter(|(said, _)| said.len() < 60 && !said.contains(['.', ';']));
    match share.and_then(|(_, inside)| percentage(inside.split(')').next()?).ok()) {
        Some(_) => Ok((rest, ())),
        None => nom::combinator::fail().parse(input),
    }
}
