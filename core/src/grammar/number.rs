//! Numbers.

use nom::Parser;
use nom::branch::alt;
use nom::bytes::complete::{tag, take_while1};
use nom::character::complete::{char, digit1};
use nom::combinator::{not, opt, peek, recognize, verify};
use nom::multi::many0_count;
use nom::sequence::{pair, preceded, terminated};

use super::ParseResult;
use super::label::any_label;
use super::scan::{fail, is_apostrophe, is_dash, spaces0, spaces1};
use crate::cut::Cut;

/// `integer = 1*3DIGIT 1*("," 3DIGIT) / 1*DIGIT`
///
/// "12"; "1,234"; "104,500"
pub fn integer(input: &str) -> ParseResult<'_, u64> {
    let group = preceded(char(','), verify(digit1, |d: &str| d.len() == 3));
    let head = verify(digit1, |d: &str| d.len() <= 3);
    let (rest, d) = alt((recognize((head, group, many0_count(more_thousands))), digit1)).parse(input)?;
    match d.replace(',', "").parse() {
        Ok(n) => Ok((rest, n)),
        Err(_) => fail(input),
    }
}

fn more_thousands(input: &str) -> ParseResult<'_, &str> {
    preceded(char(','), verify(digit1, |d: &str| d.len() == 3)).parse(input)
}

/// `number = integer ["." 1*DIGIT]`
///
/// "68"; "12.5"; "1,234.5"
pub fn number(input: &str) -> ParseResult<'_, f64> {
    let (rest, _) = integer(input)?;
    let (rest, _) = opt(pair(char('.'), digit1)).parse(rest)?;
    let printed = input.head(input.len() - rest.len());
    match printed.replace(',', "").parse() {
        Ok(n) => Ok((rest, n)),
        Err(_) => fail(input),
    }
}

/// A number up to twenty in words.
///
/// "seven"; "Twelve"
pub fn spelled(input: &str) -> ParseResult<'_, u8> {
    const WORDS: [&str; 21] = [
        "zero",
        "one",
        "two",
        "three",
        "four",
        "five",
        "six",
        "seven",
        "eight",
        "nine",
        "ten",
        "eleven",
        "twelve",
        "thirteen",
        "fourteen",
        "fifteen",
        "sixteen",
        "seventeen",
        "eighteen",
        "nineteen",
        "twenty",
    ];
    let (rest, word) = take_while1(char::is_alphabetic)(input)?;
    match WORDS.iter().position(|w| w.eq_ignore_ascii_case(word)) {
        Some(n) => Ok((rest, n as u8)),
        None => fail(input),
    }
}

/// A number below a thousand in words.
///
/// `spelled-number = below-hundred ["hundred" [["and"] below-hundred]]`
///
/// "seven"; "Sixty-eight"; "Four hundred and ten"
pub fn spelled_number(input: &str) -> ParseResult<'_, u16> {
    let (rest, n) = below_hundred(input)?;
    let Ok((rest, _)) = preceded(spaces1, any_label(&["hundred"])).parse(rest) else { return Ok((rest, n)) };
    let and = |i| opt(preceded(spaces1, any_label(&["and"]))).parse(i);
    let (rest, more) = opt(preceded((and, spaces1), below_hundred)).parse(rest)?;
    Ok((rest, n * 100 + more.unwrap_or(0)))
}

/// The letters with which numbers in words begin: a cheap test that rejects most words.
const INITIALS: [char; 14] = ['z', 'o', 't', 'f', 's', 'e', 'n', 'Z', 'O', 'T', 'F', 'S', 'E', 'N'];

/// `below-hundred = tens [("-" / " ") unit] / spelled`
fn below_hundred(input: &str) -> ParseResult<'_, u16> {
    if !input.starts_with(INITIALS) {
        return fail(input);
    }
    const TENS: [&str; 8] = ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"];
    let tens = |i| {
        let (rest, word) = take_while1(char::is_alphabetic)(i)?;
        match TENS.iter().position(|t| t.eq_ignore_ascii_case(word)) {
            Some(n) => Ok((rest, (n as u16 + 2) * 10)),
            None => fail(i),
        }
    };
    let joined = alt((nom::character::complete::satisfy(is_dash), char(' ')));
    let unit = verify(spelled, |n: &u8| (1..10).contains(n)).map(u16::from);
    let with_unit = pair(tens, opt(preceded(joined, unit))).map(|(t, u)| t + u.unwrap_or(0));
    alt((with_unit, spelled.map(u16::from))).parse(input)
}

/// An amount in digits or, below a thousand, in words.
///
/// "456"; "12.5"; "seven"; "sixty-eight"
pub fn amount(input: &str) -> ParseResult<'_, f64> {
    alt((number, spelled_number.map(f64::from))).parse(input)
}

/// `percentage = number ("%" / "per cent" / "percent")`
///
/// "12%"; "12.5 per cent"
pub fn percentage(input: &str) -> ParseResult<'_, f64> {
    let sign = alt((preceded(spaces0, tag("%")), preceded(spaces1, any_label(&["per cent", "percent"]))));
    terminated(number, sign).parse(input)
}

/// The number at the start of a numbered paragraph, with its separator: "12. ", "12 ", "12) ".
///
/// Without punctuation it counts only before a capital, so that "17 children" is not paragraph 17.
pub fn paragraph_number(input: &str) -> ParseResult<'_, u32> {
    let (rest, n) = verify(digit1, |d: &str| d.len() <= 3).parse(input)?;
    let (rest, mark) = opt(alt((char('.'), char(')')))).parse(rest)?;
    let (rest, _) = spaces0(rest)?;
    let next = rest.chars().next();
    let apart = match (mark, next) {
        (_, None) => true,
        (Some('.'), Some(c)) => !c.is_ascii_digit(),
        (Some(_), Some(_)) => true,
        (None, Some(c)) => {
            let c = if is_apostrophe(c) || c == '“' { rest.chars().nth(1).unwrap_or(c) } else { c };
            c.is_uppercase() && rest.len() < input.len() - n.len()
        }
    };
    match n.parse() {
        Ok(number) if apart && number > 0 => Ok((rest, number)),
        _ => fail(input),
    }
}

/// `item-number = ("R" / "(") 1*2DIGIT …` – a list's number in letters or brackets: "(3) ", "iv. ".
pub fn bracketed_number(input: &str) -> ParseResult<'_, u32> {
    let (rest, (_, d, _, _)) =
        (char('('), verify(digit1, |d: &str| d.len() <= 2), char(')'), spaces0).parse(input)?;
    Ok((rest, d.parse().unwrap_or(0)))
}

/// Splits a footnote mark off the end of a text if it clearly is one: one or two digits directly after a lower-case
/// word or after the punctuation that ends a sentence.
///
/// "the Board1" → "the Board"; "improve?1" → "improve?" – not "COVID19", "Level 2", "2.5" or "M16"
pub fn strip_footnote_mark(text: &str) -> (&str, Option<&str>) {
    let head = text.trim_end_matches(|c: char| c.is_ascii_digit());
    let mark = text.tail(head.len());
    let mut before = head.chars().rev();
    let sticks = match before.next() {
        Some(c) if c.is_lowercase() => before.take_while(|c| c.is_lowercase()).count() >= 2,
        Some('?' | '!' | '.' | ':' | '’' | '”' | ')') => before.next().is_some_and(char::is_alphabetic),
        _ => false,
    };
    let fits = matches!(mark.len(), 1 | 2) && !mark.starts_with('0');
    if sticks && fits { (head, Some(mark)) } else { (text, None) }
}

/// A whole number that is complete: no letter, digit, percent sign or decimals follow it.
pub fn whole_number(input: &str) -> ParseResult<'_, u64> {
    let joined = alt((take_while1(char::is_alphanumeric), tag("%"), recognize(pair(char('.'), digit1))));
    terminated(integer, not(peek(joined))).parse(input)
}

#[cfg(test)]
mod tests {
    use super::*;
    use insta::assert_snapshot;

    fn show<T: std::fmt::Debug>(r: ParseResult<'_, T>) -> String {
        r.map(|(rest, v)| format!("{v:?}|{rest}")).unwrap_or("no".into())
    }

    #[test]
    fn numbers_as_printed() {
        assert_snapshot!(show(integer("104,500 children")), @"104500| children");
        assert_snapshot!(show(integer("12, 345")), @"12|, 345");
        assert_snapshot!(show(integer("12,34")), @"12|,34");
        assert_snapshot!(show(number("1,234.5 per")), @"1234.5| per");
        assert_snapshot!(show(spelled("Twelve of")), @"12| of");
        assert_snapshot!(show(amount("seven")), @"7.0|");
        assert_snapshot!(show(amount("Sixty-eight children")), @"68.0| children");
        assert_snapshot!(show(amount("Four hundred and ten live")), @"410.0| live");
        assert_snapshot!(show(amount("twenty children")), @"20.0| children");
        assert_snapshot!(show(percentage("12.5 per cent of")), @"12.5| of");
        assert_snapshot!(show(percentage("12%")), @"12.0|");
        assert_snapshot!(show(whole_number("16-year")), @"16|-year");
        assert_snapshot!(show(whole_number("16th")), @"no");
    }

    #[test]
    fn paragraph_numbers_begin_a_paragraph() {
        assert_snapshot!(show(paragraph_number("12. The")), @"12|The");
        assert_snapshot!(show(paragraph_number("12 The")), @"12|The");
        assert_snapshot!(show(paragraph_number("12.The")), @"12|The");
        assert_snapshot!(show(paragraph_number("17 children")), @"no");
        assert_snapshot!(show(paragraph_number("12.5 per cent")), @"no");
        assert_snapshot!(show(paragraph_number("2018 was")), @"no");
        assert_snapshot!(show(bracketed_number("(3) Make")), @"3|Make");
    }

    #[test]
    fn footnote_marks_come_off_where_they_are_clear() {
        let strip = |t| format!("{:?}", strip_footnote_mark(t));
        assert_snapshot!(strip("the Board1"), @r#"("the Board", Some("1"))"#);
        assert_snapshot!(strip("improve?1"), @r#"("improve?", Some("1"))"#);
        assert_snapshot!(strip("require improvement.2"), @r#"("require improvement.", Some("2"))"#);
        assert_snapshot!(strip("COVID19"), @r#"("COVID19", None)"#);
        assert_snapshot!(strip("Level 2"), @r#"("Level 2", None)"#);
        assert_snapshot!(strip("2.5"), @r#"("2.5", None)"#);
        assert_snapshot!(strip("in2018"), @r#"("in2018", None)"#);
    }
}
