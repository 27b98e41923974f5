//! Money and counts.

use findings_plugin_sdk::grammar::{Hit, ParseResult, find_all};
use findings_plugin_sdk::text::Text;
use nom::Parser;
use nom::branch::alt;
use nom::bytes::complete::{tag, tag_no_case, take_while1};
use nom::character::complete::{char, digit1, space0, space1};
use nom::combinator::{map_opt, not, opt, peek, recognize, value};
use nom::multi::many0_count;
use nom::sequence::{pair, terminated};

/// A figure in a text.
#[derive(Debug, Clone, PartialEq)]
pub struct Figure<'a> {
    /// As printed: "around £5m".
    pub printed: &'a str,
    /// Its value.
    pub value: f64,
    /// `GBP`, or what is counted.
    pub unit: &'a str,
}

/// All figures in a text, in order.
pub fn find(text: &Text) -> Vec<Figure<'_>> {
    let figures = find_all(figure, text.as_str());
    figures
        .into_iter()
        .map(|Hit { slice, value: (value, unit), .. }| Figure { printed: slice, value, unit })
        .collect()
}

/// `figure = [approximately] (money / count)`
fn figure(input: &str) -> ParseResult<'_, (f64, &str)> {
    let (rest, _) = opt(pair(approximately, space1)).parse(input)?;
    alt((money, count)).parse(rest)
}

/// "around"; "more than"; "up to"
fn approximately(input: &str) -> ParseResult<'_, &str> {
    const WORDS: &[&str] = &[
        "around",
        "about",
        "nearly",
        "almost",
        "over",
        "more than",
        "less than",
        "fewer than",
        "up to",
        "some",
        "an estimated",
        "approximately",
        "at least",
    ];
    WORDS
        .iter()
        .find_map(|w| tag_no_case::<_, _, nom::error::Error<&str>>(*w).parse(input).ok())
        .map_or_else(|| tag("around").parse(input), Ok)
}

/// `money = "£" number [SP] ["m" / "million" / "bn" / "billion" / "k"]`
///
/// "£5m"; "£1.2 million"; "£200,000"
fn money(input: &str) -> ParseResult<'_, (f64, &str)> {
    let scale = alt((
        value(1e9, alt((tag("billion"), tag("bn")))),
        value(1e6, alt((tag("million"), tag("m")))),
        value(1e3, alt((tag("k"), tag("K")))),
    ));
    let scale = terminated(scale, not(peek(take_while1(char::is_alphanumeric))));
    let (rest, (_, number, scale)) = (char('£'), number, opt(pair(space0, scale))).parse(input)?;
    Ok((rest, (number * scale.map_or(1.0, |(_, s)| s), "GBP")))
}

/// `count = number SP noun`
///
/// "456 children"; "1,200 families"
fn count(input: &str) -> ParseResult<'_, (f64, &str)> {
    const NOUNS: &[&str] = &[
        "children",
        "youngsters",
        "young people",
        "families",
        "staff",
        "social workers",
        "foster carers",
        "care leavers",
        "places",
        "people",
        "pupils",
        "cases",
        "homes",
        "residents",
    ];
    let noun = |i| {
        let found = NOUNS.iter().find_map(|n| tag_no_case::<_, _, nom::error::Error<&str>>(*n).parse(i).ok());
        found.map_or_else(|| tag("children").parse(i), Ok)
    };
    let (rest, (number, _, noun)) = (number, space1, noun).parse(input)?;
    Ok((rest, (number, noun)))
}

fn number(input: &str) -> ParseResult<'_, f64> {
    let groups = many0_count((char(','), digit1));
    let printed = recognize((digit1, groups, opt(pair(char('.'), digit1))));
    map_opt(printed, |n: &str| n.replace(',', "").parse().ok()).parse(input)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::texts;
    use insta::assert_snapshot;

    fn show(text: &str) -> String {
        let texts = texts(text);
        find(&texts[0])
            .iter()
            .map(|f| format!("{} = {} {}", f.printed, f.value, f.unit))
            .collect::<Vec<_>>()
            .join(" | ")
    }

    #[test]
    fn money_and_counts() {
        assert_snapshot!(show("an investment of around £5m is “critical”"), @"around £5m = 5000000 GBP");
        assert_snapshot!(show("£1.2 million for 1,250 children over six months"), @"£1.2 million = 1200000 GBP | 1,250 children = 1250 children");
        assert_snapshot!(show("on 16 July 2020"), @"");
    }
}
