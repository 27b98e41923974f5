//! Finds the numbers in a sentence that state something, as opposed to dates, ages, distances and names.

mod all;
mod passed;
mod said;

use std::ops::Range;

use nom::Parser;
use nom::branch::alt;
use nom::bytes::complete::tag;
use nom::character::complete::{char, digit1};
use nom::combinator::{opt, recognize};
use nom::sequence::preceded;

use self::all::{all_of_whom, none};
use self::passed::passed;
use self::said::{is_limit, is_note, is_pronoun, qualifier};
use super::coordination::share_units;
use super::when;
use crate::cut::Cut;
use crate::grammar::ParseResult;
use crate::grammar::fraction::fraction;
use crate::grammar::label::{any_label, find_label, label};
use crate::grammar::number::{number, percentage, spelled_number};

/// The kind of a number.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Shape {
    /// "323"; "seven"; "no"
    Count,
    /// "46%"; "all of whom"
    Share,
    /// "46 per 10,000"
    Rate,
    /// "the 47th most deprived"
    Rank,
    /// "two fewer than"
    Difference,
}

/// A number in a sentence.
#[derive(Debug, Clone, PartialEq)]
pub struct Number {
    /// Its byte range.
    pub at: Range<usize>,
    /// Its value.
    pub value: f64,
    /// Its kind.
    pub shape: Shape,
    /// How precise it is said to be.
    pub qualifier: Option<&'static str>,
    /// Whether it is introduced as already known: "six of the 143"; "the 34 at 31 March". The text may still not have stated
    /// it before.
    pub definite: bool,
}

/// The numbers in a sentence that state something new, in order.
pub fn numbers(sentence: &str) -> Vec<Number> {
    all_numbers(sentence).0.into_iter().filter(|n| !n.definite).collect()
}

/// All numbers in a sentence that state something, known or new, and separately the values that look like statements but
/// can't be read, such as both ends of a range.
pub fn all_numbers(sentence: &str) -> (Vec<Number>, Vec<f64>) {
    let mut found: Vec<Number> = Vec::new();
    let mut left: Vec<f64> = Vec::new();
    let mut at = 0;
    while let Some(rest) = sentence.get(at..).filter(|r| !r.is_empty()) {
        let before = sentence.head(at);
        let passed = passed(before, rest).unwrap_or(0);
        if passed > 0 {
            at += passed;
        } else if let Some((value, length)) = torn(before, rest) {
            left.push(value);
            at += length;
        } else if let Some((values, length)) = spread(before, rest) {
            left.extend(values);
            at += length;
        } else if let Some(number) = number_at(before, rest, &found) {
            at = number.at.end;
            found.push(number);
        } else {
            left.extend(unread(before, rest));
            at += word_end(rest);
        }
    }
    share_units(sentence, &mut found);
    (found, left)
}

/// A number in digits that states something, but couldn't be read.
fn unread(before: &str, rest: &str) -> Option<f64> {
    let (after, value) = number(rest).ok()?;
    let printed = rest.head(rest.len() - after.len());
    let names = is_limit(before, after)
        || is_note(before, printed, after)
        || names_group(before)
        || before.is_empty() && begins_text(printed, after);
    (!names && !before.ends_with(char::is_alphanumeric)).then_some(value)
}

/// "2, 848": a number that a space after its comma has torn in two, which may be two numbers.
fn torn(before: &str, rest: &str) -> Option<(f64, usize)> {
    let digits = |input| -> ParseResult<'_, &str> { digit1(input) };
    let (after, (first, _, more)) = (digits, tag(", "), digits).parse(rest).ok()?;
    // "Of 310, 120 live outside the area"
    let apart = before.ends_with(|c: char| c.is_alphanumeric() || ",.£".contains(c))
        || before.trim_end().ends_with("Of")
        || after.starts_with(['%', '.', ',']) && after.len() > 1;
    let year = more.len() == 4 && ("1990".."2050").contains(&more);
    let torn = first.len() <= 3 && (3..=4).contains(&more.len()) && !year && !apart && !is_definite(before);
    torn.then(|| Some((format!("{first}{more}").parse().ok()?, rest.len() - after.len())))?
}

/// "between 10 and 15 children"; "10 to 15 children"; "10–15 children": the ends of a range, neither of which is a value.
fn spread(before: &str, rest: &str) -> Option<([f64; 2], usize)> {
    let joint: &[&str] = if ends_with(before, "between") { &[" and "] } else { &[" to ", "–", "-"] };
    let sign = |i| opt(alt((tag("%"), tag(" per cent")))).parse(i);
    let amount = |i| alt((number, spelled_number.map(f64::from))).parse(i);
    let (after, (low, _, _, high, _)) = (amount, sign, any_of_tags(joint), amount, sign).parse(rest).ok()?;
    let counts = low < high && !ends_with(before, "from") && any_label(COUNTED)(after.trim_start()).is_ok();
    counts.then(|| ([low, high], rest.len() - after.len()))
}

/// Words that follow a range of counts, as opposed to a range of ages, years or days.
const COUNTED: &[&str] = &[
    "children",
    "pupils",
    "looked after",
    "young people",
    "care leavers",
    "families",
    "of",
    "cases",
    "contacts",
    "referrals",
    "homes",
    "such",
];

fn any_of_tags<'p>(tags: &'p [&'p str]) -> impl for<'a> Fn(&'a str) -> ParseResult<'a, &'a str> + 'p {
    move |input| match tags.iter().find(|t| input.starts_with(**t)) {
        Some(t) => Ok((input.tail(t.len()), input.head(t.len()))),
        None => nom::combinator::fail().parse(input),
    }
}

/// Where the next word begins.
fn word_end(text: &str) -> usize {
    let word = text.find(|c: char| c.is_whitespace() || c == '(').unwrap_or(text.len());
    let word = word.max(text.chars().next().map_or(1, char::len_utf8));
    text.get(word..).and_then(|t| t.find(char::is_alphanumeric)).map_or(text.len(), |gap| word + gap)
}

fn any_of<'p>(endings: &'p [&'p str]) -> impl for<'a> Fn(&'a str) -> ParseResult<'a, &'a str> + 'p {
    move |input| {
        let end = endings.iter().find(|e| input.starts_with(**e));
        let inside = |e: &str| input.tail(e.len()).starts_with(char::is_alphanumeric);
        match end.filter(|e| !inside(e)) {
            Some(e) => Ok((input.tail(e.len()), input.head(e.len()))),
            None => nom::combinator::fail().parse(input),
        }
    }
}

fn rank_follows(rest: &str) -> bool {
    let rest = rest.trim_start();
    // "ranks 27th of 152 authorities"
    let of = rest.strip_prefix("of ").is_some_and(|of| of.starts_with(|c: char| c.is_ascii_digit()));
    of || any_label(&["most", "least", "highest", "lowest", "worst", "largest", "out of"])(rest).is_ok()
}

/// The number at the start of `rest`, if it states something.
fn number_at(before: &str, rest: &str, found: &[Number]) -> Option<Number> {
    let (after, (value, shape)) = shaped(before, rest)?;
    let start = before.len();
    let at = start..start + rest.len() - after.len();
    let printed = rest.head(rest.len() - after.len());
    // "1 These are schools": the number of a footnote or paragraph.
    let numbers_text = before.is_empty() && begins_text(printed, after);
    let names = shape == Shape::Share && names_group(before) || is_limit(before, after) || numbers_text;
    if shape != Shape::Rank && names {
        return None;
    }
    // A footnote mark comes after a number of the text proper: "5 live in residential special schools 4, of whom"
    let note = !found.is_empty() && is_note(before, printed, after);
    if shape == Shape::Count && (value == 1.0 && is_pronoun(before, after) || note) {
        return None;
    }
    let counts = !matches!(shape, Shape::Rank | Shape::Share);
    let of_rank = found.last().is_some_and(|n| n.shape == Shape::Rank);
    let whole = shape != Shape::Rank && is_whole(before, found);
    let definite = counts && is_definite(before) || whole;
    // "the two wards": the number only refers to them.
    let counted = || {
        value >= 10.0
            || any_label(COUNTED)(after.trim_start()).is_ok()
            || is_dated(after)
            || counts_whole(before, value, found)
    };
    if whole && of_rank || definite && !counted() {
        return None;
    }
    Some(Number { at, value, shape, qualifier: qualifier(before.trim_end_matches('£'), after), definite })
}

/// The value and kind of the number at the start of `rest`.
fn shaped<'a>(before: &str, rest: &'a str) -> Option<(&'a str, (f64, Shape))> {
    let in_words = |input| fraction(before, input).map(|(rest, share)| (rest, (share, Shape::Share)));
    if let Ok((after, value)) = alt((all_of_whom, none, in_words)).parse(rest) {
        return Some((after, value));
    }
    if let Ok((after, share)) = percentage(rest) {
        return Some((after, (share, Shape::Share)));
    }
    let (after, value) = alt((number, spelled_number.map(f64::from))).parse(rest).ok()?;
    if let Ok((after, _)) = preceded(char(' '), any_label(&["per cent", "percent"])).parse(after) {
        return Some((after, (value, Shape::Share)));
    }
    if let Ok((after, _)) = any_of(&["st", "nd", "rd", "th"])(after) {
        return rank_follows(after).then_some((after, (value, Shape::Rank)));
    }
    if after.starts_with(|c: char| c.is_alphanumeric() || matches!(c, '/' | '-' | '–'))
        || before.ends_with(['/', '-', '–', '.'])
    {
        return None;
    }
    if let Ok((after, _)) = preceded(char(' '), label("million")).parse(after) {
        return Some((after, (value * 1e6, Shape::Count)));
    }
    if let Ok((after, _)) = per_ten_thousand(after) {
        return Some((after, (value, Shape::Rate)));
    }
    if ends_with(before, "the rate was") || is_of_rate(before, after) {
        return Some((after, (value, Shape::Rate)));
    }
    // "ranked 57 out of 152"
    if ["ranked", "ranks", "rank of", "ranking of"].iter().any(|w| ends_with(before, w))
        && rank_follows(after)
    {
        return Some((after, (value, Shape::Rank)));
    }
    let differs = any_label(&["more than", "fewer than", "less than"]);
    // ", nine more."
    let more = any_label(&["more", "fewer", "less"])(after.trim_start());
    let ends = more.is_ok_and(|(rest, _)| rest.is_empty() || rest.starts_with(['.', ',', ';', ')']));
    let differs = ends
        || preceded(char(' '), differs).parse(after).is_ok()
        || change_of(before).is_some() && any_label(&["from", "since", "on"])(after.trim_start()).is_ok();
    Some((after, (value, if differs { Shape::Difference } else { Shape::Count })))
}

/// A rate whose unit precedes the verb: "The rate per 10,000 of children looked after was 71 at 31 March 2015, a decrease
/// from 74".
fn is_of_rate(before: &str, after: &str) -> bool {
    const VERBS: &[&str] = &["was", "is", "stood at", "of", "from", "to", "with", "than"];
    const EARLIER: &[&str] = &[
        "decrease from",
        "increase from",
        "reduction from",
        "fall from",
        "rise from",
        "up from",
        "down from",
        "compared with",
        "compared to",
    ];
    // "The rate of children looked after per 10,000 was"
    let behind = |(at, rate): (usize, &str)| {
        let said = before.tail(at + rate.len());
        let (unit, end) =
            PER_TEN_THOUSAND.iter().filter_map(|unit| Some((said.find(unit)?, unit.len()))).min()?;
        let of = said.head(unit);
        let plain = !of.contains(|c: char| c.is_ascii_digit() || ",;.(".contains(c));
        (plain && of.split_whitespace().count() <= 10).then(|| said.tail(unit + end))
    };
    // In a later clause only an earlier rate counts, unlike "and the number of children looked after from 315".
    let of_clause = |said: &str| {
        let (own, last) = said.rsplit_once(',').map_or(("", said), |(own, last)| (own, last.trim_start()));
        !said.contains([';', '('])
            && !said.contains("number")
            && !last.contains(" and ")
            && (own.is_empty() || EARLIER.iter().any(|w| find_label(last, w).is_some()))
    };
    before.rmatch_indices("rate ").find_map(behind).is_some_and(of_clause)
        && VERBS.iter().any(|verb| ends_with(before, verb))
        && any_label(COUNTED)(after.trim_start()).is_err()
}

/// Whether the words before a difference say that it was added (true) or taken away (false): "an increase of 25 from".
pub fn change_of(before: &str) -> Option<bool> {
    let ends = |words: &[&str]| words.iter().any(|w| ends_with(before, w));
    match () {
        () if ends(&["increase of", "rise of", "up by"]) => Some(true),
        () if ends(&["reduction of", "decrease of", "fall of", "down by"]) => Some(false),
        () => None,
    }
}

/// The unit of a rate.
const PER_TEN_THOUSAND: &[&str] =
    &["per 10,000", "per 10 000", "per 10000", "for every 10,000", "in every 10,000"];

/// `per-ten-thousand = *4(word) "per 10,000"`
///
/// "children and young people per 10,000"; "adoptions per 10,000"
fn per_ten_thousand(input: &str) -> ParseResult<'_, &str> {
    // A few words without numbers or other clauses.
    let near =
        PER_TEN_THOUSAND.iter().filter_map(|unit| input.find(unit)).min().map_or("", |at| input.head(at));
    let plain = near.split_whitespace().count() <= 4 && near.chars().all(|c| c.is_alphabetic() || c == ' ');
    let nouns = tag(if plain { near } else { " " });
    recognize((nouns, any_label(PER_TEN_THOUSAND))).parse(input)
}

/// "the 20% most deprived": the share is part of a name.
fn names_group(before: &str) -> bool {
    ["most deprived", "least deprived", "bottom", "top"].iter().any(|a| ends_with(before, a))
}

/// "of the 78"; "these three"; "its two": the number refers to something known. "the other two" and "all three" are new.
fn is_definite(before: &str) -> bool {
    const KNOWN: &[&str] =
        &["the", "these", "those", "of this", "both", "of all", "its", "their", "remaining"];
    KNOWN.iter().any(|a| ends_with(before, a))
}

/// One or two digits before a capital letter: "1 These are schools that".
fn begins_text(printed: &str, after: &str) -> bool {
    let digits = printed.len() <= 2 && printed.bytes().all(|b| b.is_ascii_digit());
    digits && after.trim_start_matches(['.', ' ']).starts_with(char::is_uppercase)
}

/// "Four of the five were judged good": the whole of a part that is printed before it.
fn counts_whole(before: &str, value: f64, found: &[Number]) -> bool {
    let Some(part) = found.last().filter(|part| part.shape == Shape::Count && part.value <= value) else {
        return false;
    };
    before.get(part.at.end..).is_some_and(|between| between.trim() == "of the")
}

/// Whether a date follows that is the number's own: "the nine recorded at 31 March 2015".
fn is_dated(after: &str) -> bool {
    let said = after.split([',', ';', '(']).next().unwrap_or("");
    when::told_after(said).is_some()
}

/// Whether a number is the whole that the number before is part of: "46 out of 94 wards"; "the 6th most deprived of 354".
fn is_whole(before: &str, found: &[Number]) -> bool {
    let Some(between) = found.last().and_then(|n| before.get(n.at.end..)) else { return false };
    let words: Vec<&str> = between.split_whitespace().collect();
    // "the 85th most deprived local authority out of 326"
    let ranked = found.last().is_some_and(|n| n.shape == Shape::Rank) && between.ends_with("out of ");
    let near = (words.len() <= 3 || ranked) && words.last().is_some_and(|w| w.eq_ignore_ascii_case("of"));
    near && !words.iter().any(|w| matches!(*w, "total" | "rate" | "increase" | "reduction" | "rise"))
}

/// Whether a text ends with a phrase, regardless of case.
pub fn ends_with(text: &str, words: &str) -> bool {
    let text = text.trim_end_matches([' ', '\u{a0}', '(']);
    let Some(start) = text.len().checked_sub(words.len()) else { return false };
    let tail = text.get(start..).is_some_and(|t| t.eq_ignore_ascii_case(words));
    tail && !text.head(start).ends_with(char::is_alphanumeric)
}

#[cfg(test)]
mod tests {
    use super::*;
    use insta::assert_snapshot;

    fn shown(text: &str) -> String {
        let one = |n: &Number| {
            let said = n.qualifier.map_or(String::new(), |q| format!(" {q}"));
            format!("{} {:?}{said}", n.value, n.shape)
        };
        numbers(text).iter().map(one).collect::<Vec<_>>().join("; ")
    }

    #[test]
    fn numbers_that_state_something() {
        assert_snapshot!(shown("At 31 March 2015, 4,323 children were looked after (a rate of 46.5 per 10,000 children), fewer than in 2014."), @"4323 Count; 46.5 Rate");
        assert_snapshot!(shown("seven live with parents, all of whom live out of the area"), @"7 Count; 100 Share");
        assert_snapshot!(shown("fewer than five are unaccompanied; around 30,000 are not; 10 or fewer are"), @"5 Count fewer-than; 30000 Count about; 10 Count at-most");
        assert_snapshot!(shown("there are no children; none live here; it does not operate any children’s homes"), @"0 Count; 0 Count; 0 Count");
        assert_snapshot!(shown("two fewer than at 31 March 2014"), @"2 Difference");
        assert_snapshot!(shown("There were 33, nine more."), @"33 Count; 9 Difference");
        assert_snapshot!(shown("the 47th most deprived of 354 authorities; 46 out of 94 wards are"), @"47 Rank; 46 Count");
    }

    #[test]
    fn digits_that_state_nothing() {
        assert_snapshot!(shown("under the age of 18 years, aged under 16, 0- to 10-year-olds, 0–15 years, 16 to 25 years"), @"");
        assert_snapshot!(shown("in the last 12 months, in 2012–13, since July 2012, by 2021, over 50 miles from the 3rd sector"), @"");
        assert_snapshot!(shown("1 These are schools that look after children for 295 days or less."), @"");
        assert_snapshot!(shown("of the 78 children, these three, Level 4, the 20% most deprived, one of the highest"), @"");
    }
}
