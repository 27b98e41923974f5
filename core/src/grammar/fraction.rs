//! Shares in words.

use nom::Parser;
use nom::combinator::fail;

use super::ParseResult;
use super::label::{any_label, label};
use super::number::{number, spelled_number};

/// Who is counted by one in so many.
const WHO: &[&str] = &["children", "people", "young people", "pupils", "households", "residents", "families"];

/// A share in words, in per cent with one decimal place.
///
/// "one in four children"; "two in five"; "one in every 186"; "a third of all households"
pub(crate) fn fraction(input: &str) -> ParseResult<'_, f64> {
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
    // "three quarters were in foster care": of what was counted before. "A third is to open" is the third of them.
    const SOME: &[(&str, f64)] = &[
        ("three quarters", 75.0),
        ("three-quarters", 75.0),
        ("two thirds", 66.7),
        ("two-thirds", 66.7),
        ("one third", 33.3),
        ("a third", 33.3),
        ("one quarter", 25.0),
        ("a quarter", 25.0),
    ];
    const VERBS: &[&str] = &["were", "are", "live", "lived", "have", "come"];
    let named = || PARTS.iter().find_map(|(words, share)| Some((label(words)(input).ok()?.0, *share)));
    let of_them = || {
        let (rest, share) =
            SOME.iter().find_map(|(words, share)| Some((label(words)(input).ok()?.0, share)))?;
        any_label(VERBS)(rest.trim_start()).is_ok().then_some((rest, *share))
    };
    let some_in = || {
        let (rest, some) = spelled_number(input).ok()?;
        let (rest, joint) = any_label(&["in every", "in"])(rest.strip_prefix(' ')?).ok()?;
        let rest = rest.trim_start();
        let digits = || {
            number(rest).ok().filter(|(after, of)| {
                *of <= 1000.0 && (joint.ends_with("every") || any_label(WHO)(after.trim_start()).is_ok())
            })
        };
        let spelled = spelled_number(rest).ok().filter(|(_, of)| *of <= 20);
        let (rest, of) = spelled.map(|(rest, of)| (rest, f64::from(of))).or_else(digits)?;
        let share = (1000.0 * f64::from(some) / of).round() / 10.0;
        (f64::from(some) < of).then_some((rest, share))
    };
    // Hardly a word begins so, or is followed by one of these.
    let found = input.starts_with(['a', 'o', 't', 'A', 'O', 'T']).then(of_them).flatten();
    let near = input.as_bytes().get(..24).unwrap_or(input.as_bytes());
    let joined = || near.windows(4).any(|w| matches!(w, b" of " | b" in "));
    match found.or_else(|| joined().then(|| named().or_else(some_in)).flatten()) {
        Some(found) => Ok(found),
        None => fail().parse(input),
    }
}
