//! References to numbered paragraphs.

use nom::Parser;
use nom::branch::alt;
use nom::bytes::complete::{tag, take_while1};
use nom::character::complete::{char, digit1, one_of};
use nom::combinator::{opt, verify};
use nom::multi::many0;
use nom::sequence::{delimited, preceded};

use super::label::any_label;
use super::scan::{fail, find_all, is_dash, spaces0, spaces1};
use super::{Hit, ParseResult};

/// `paragraph-reference = ("(" / "[") ["see"] "paragraph" ["s"] numbers (")" / "]")`
///
/// "(paragraph 24)"; "(paragraphs 24, 25 and 31)"; "(para 12–14)"; "(see paragraphs 7 and 9)"
pub fn paragraph_reference(input: &str) -> ParseResult<'_, Vec<u32>> {
    let words = any_label(&["see paragraphs", "see paragraph", "paragraphs", "paragraph", "paras", "para"]);
    let open = (one_of("(["), spaces0, words, opt(char('.')), spaces0, opt(char(':')), spaces0);
    delimited(open, numbers, (spaces0, one_of(")]"))).parse(input)
}

/// The reference at the end of a text, with the text before it. A full stop may follow.
pub fn trailing_reference(text: &str) -> Option<Hit<'_, Vec<u32>>> {
    let hit = find_all(paragraph_reference, text).pop()?;
    hit.rest
        .trim_matches(|c: char| c.is_whitespace() || matches!(c, '.' | ';' | ','))
        .is_empty()
        .then_some(hit)
}

/// `numbers = item *(("," / "and" / "&" / " ") item)`; `item = number [dash number]`. Commas may be missing.
fn numbers(input: &str) -> ParseResult<'_, Vec<u32>> {
    let and = |i| alt((any_label(&["and"]), tag("&"))).parse(i);
    let comma = preceded((spaces0, char(','), spaces0), opt((and, spaces1))).map(|_| ());
    let word = (spaces1, and, spaces1).map(|_| ());
    let (rest, first) = item(input)?;
    let blank = |i| spaces1(i).map(|(rest, _)| (rest, ()));
    let (rest, more) = many0(preceded(alt((comma, word, blank)), item)).parse(rest)?;
    Ok((rest, first.into_iter().chain(more.into_iter().flatten()).collect()))
}

fn item(input: &str) -> ParseResult<'_, Vec<u32>> {
    let dash = |i| delimited(spaces0, alt((take_while1(is_dash), any_label(&["to"]))), spaces0).parse(i);
    let (rest, from) = paragraph(input)?;
    let (rest, to) = opt(preceded(dash, paragraph)).parse(rest)?;
    let to = to.unwrap_or(from);
    if to < from || to - from > 200 {
        return fail(input);
    }
    Ok((rest, (from..=to).collect()))
}

fn paragraph(input: &str) -> ParseResult<'_, u32> {
    let (rest, d) = verify(digit1, |d: &str| d.len() <= 3).parse(input)?;
    Ok((rest, d.parse().unwrap_or(0)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use insta::assert_snapshot;

    fn show(input: &str) -> String {
        paragraph_reference(input).map(|(rest, v)| format!("{v:?}|{rest}")).unwrap_or("no".into())
    }

    #[test]
    fn references_in_many_prints() {
        assert_snapshot!(show("(paragraph 24)."), @"[24]|.");
        assert_snapshot!(show("(paragraphs 24, 25 and 31)"), @"[24, 25, 31]|");
        assert_snapshot!(show("(Para 12–14)"), @"[12, 13, 14]|");
        assert_snapshot!(show("[see paragraphs 7 & 9]"), @"[7, 9]|");
        assert_snapshot!(show("(paragraphs 139, 146 149,150)"), @"[139, 146, 149, 150]|");
        assert_snapshot!(show("(outcome 3, national framework)"), @"no");
    }

    #[test]
    fn the_last_reference_ends_the_text() {
        let hit = trailing_reference("Improve plans (paragraph 2) soon (paragraph 24).").unwrap();
        assert_snapshot!(format!("{}|{}", hit.before, hit.slice), @"Improve plans (paragraph 2) soon |(paragraph 24)");
        assert!(trailing_reference("Improve (paragraph 2) plans").is_none());
    }
}
