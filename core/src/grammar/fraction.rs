//! Shares given in words, such as "three-quarters" or "one in four".

use nom::Parser;
use nom::bytes::complete::take_while1;
use nom::combinator::fail;

use super::ParseResult;
use super::label::{any_label, label};
use super::number::{number, spelled, spelled_number};
use super::scan::is_dash;

/// Names of fractions: singular, plural, and how many make a whole.
const PARTS: &[(&str, &str, f64)] = &[
    ("half", "halves", 2.0),
    ("third", "thirds", 3.0),
    ("quarter", "quarters", 4.0),
    ("fifth", "fifths", 5.0),
    ("sixth", "sixths", 6.0),
    ("seventh", "sevenths", 7.0),
    ("eighth", "eighths", 8.0),
    ("ninth", "ninths", 9.0),
    ("tenth", "tenths", 10.0),
];

/// The groups that "one in 40" counts.
const WHO: &[&str] = &["children", "people", "young people", "pupils", "households", "residents", "families"];

/// Verbs that show, after "a third" or "a quarter", that a share of a group is meant, unlike in "A third is to open" or "a
/// quarter later".
const THEY: &[&str] = &[
    "were", "are", "live", "lived", "have", "had", "come", "came", "attend", "receive", "remain", "do", "go",
];

/// Words after which "half" is not a share of a group: "half term"; "half the national rate".
const NO_HALF: &[&str] = &[
    "term",
    "terms",
    "day",
    "days",
    "hour",
    "year",
    "yearly",
    "way",
    "brother",
    "sister",
    "sibling",
    "siblings",
    "a",
    "an",
    "as",
    "that",
    "its",
    "the number",
    "the rate",
    "the figure",
    "the level",
    "the average",
    "the national",
    "the england",
    "the regional",
];

/// What a fraction may be of without being a share of a group: "half of the year".
const TIMES: &[&str] =
    &["year", "day", "week", "month", "term", "time", "the year", "the day", "the week", "the time"];

/// A share in words, in per cent with one decimal place, whatever follows.
///
/// "a third"; "three-quarters"; "half"; "two in five"; "one in every 186"
pub(crate) fn share_in_words(input: &str) -> ParseResult<'_, f64> {
    let part = || parts(input).map(|part| (part.rest, part.share()));
    match part().or_else(|| some_in(input)) {
        Some(found) => Ok(found),
        None => fail().parse(input),
    }
}

/// A share of a group in words, in per cent with one decimal place; `before` is the text before it.
///
/// "one in four children"; "a third of all households"; "of whom half live outside"; "fell by a quarter since"
pub(crate) fn fraction<'a>(before: &str, input: &'a str) -> ParseResult<'a, f64> {
    let part = || {
        parts(input)
            .filter(|_| !is_of_several(before))
            .and_then(|part| Some((part.group(before)?, part.share())))
    };
    match part().or_else(|| some_in(input)) {
        Some(found) => Ok(found),
        None => fail().parse(input),
    }
}

/// A fraction and the text after it.
struct Part<'a> {
    some: f64,
    of: f64,
    rest: &'a str,
}

impl<'a> Part<'a> {
    fn share(&self) -> f64 {
        (1000.0 * self.some / self.of).round() / 10.0
    }

    /// The text after a share of a group (after its "of", if any); `None` if the fraction is something else.
    fn group(&self, before: &str) -> Option<&'a str> {
        let next = self.rest.trim_start();
        if next.len() == self.rest.len() && next.starts_with(|c: char| c.is_alphanumeric() || is_dash(c)) {
            return None;
        }
        if let Ok((group, _)) = any_label(&["of"])(next) {
            let time = any_label(TIMES)(group.trim_start()).is_ok();
            let year = group.trim_start().starts_with(|c: char| c.is_ascii_digit());
            return (!time && !year).then_some(group);
        }
        let half = self.of == 2.0;
        let one = self.some == 1.0 && !half;
        let alone = match () {
            () if half => any_label(NO_HALF)(next).is_err(),
            // "has fallen by a quarter since"
            () if one => {
                goes_on(before, next)
                    || next.starts_with('(')
                    || any_label(THEY)(next).is_ok()
                    || before.trim_end().ends_with(" by")
            }
            () => true,
        };
        alone.then_some(self.rest)
    }
}

/// "a third of the children live in the town, a quarter in": whether a fraction continues a list of fractions.
fn goes_on(before: &str, next: &str) -> bool {
    let said = before.trim_end();
    let lower = said.to_lowercase();
    let listed = said.ends_with(',') || said.ends_with(" and");
    let shares =
        || lower.split(' ').any(|word| PARTS.iter().any(|(one, some, _)| [*one, *some].contains(&word)));
    listed && any_label(&["in", "with", "at", "under", "outside", "from"])(next).is_ok() && shares()
}

/// `parts = "half" / ("a" / "an" / number) ("-" / " ") name`
fn parts(input: &str) -> Option<Part<'_>> {
    if !input.starts_with(|c: char| "aehonstfAEHONSTF".contains(c)) {
        return None; // nearly all words
    }
    if let Ok((rest, _)) = label("half")(input) {
        return Some(Part { some: 1.0, of: 2.0, rest });
    }
    let one = any_label(&["a", "an"]).map(|_| 1);
    let (rest, some) = one.or(spelled).parse(input).ok()?;
    let named = rest.strip_prefix(|c: char| c == ' ' || c == '\u{a0}' || is_dash(c))?;
    let (rest, name): (&str, &str) =
        take_while1::<_, _, nom::error::Error<&str>>(char::is_alphabetic)(named).ok()?;
    let fits = |(single, several, _): &&(&str, &str, f64)| name == if some == 1 { *single } else { *several };
    let (.., of) = PARTS.iter().find(fits)?;
    (f64::from(some) < *of).then_some(Part { some: f64::from(some), of: *of, rest })
}

/// Whether the words before rule out a share: "the second half of"; "two and a half".
fn is_of_several(before: &str) -> bool {
    const NTH: &[&str] = &["first", "second", "third", "last", "latter", "other", "former", "previous"];
    let mut words = before.split_whitespace().rev();
    let last = words.next().unwrap_or("");
    let mut joined = || last == "and" && words.next().is_some_and(|word| spelled_number(word).is_ok());
    before.ends_with(is_dash) || NTH.contains(&last) || joined()
}

/// "one in four children"; "two in five"; "one in every 186"
fn some_in(input: &str) -> Option<(&str, f64)> {
    let near = input.as_bytes().get(..24).unwrap_or(input.as_bytes());
    if !near.windows(4).any(|w| w == b" in ") {
        return None; // nearly all words
    }
    let (rest, some) = spelled_number(input).ok()?;
    let (rest, joint) = any_label(&["in every", "in"])(rest.strip_prefix(' ')?).ok()?;
    let rest = rest.trim_start();
    let digits = || {
        number(rest).ok().filter(|(after, of)| {
            *of <= 1000.0 && (joint.ends_with("every") || any_label(WHO)(after.trim_start()).is_ok())
        })
    };
    let in_words = spelled_number(rest).ok().filter(|(_, of)| *of <= 20);
    let (rest, of) = in_words.map(|(rest, of)| (rest, f64::from(of))).or_else(digits)?;
    let share = (1000.0 * f64::from(some) / of).round() / 10.0;
    (f64::from(some) < of).then_some((rest, share))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_of_a_group() {
        let read = |before: &str, text: &str| fraction(before, text).ok().map(|(_, share)| share);
        assert_eq!(read("of whom ", "half live outside"), Some(50.0));
        assert_eq!(read("", "Three-quarters of children"), Some(75.0));
        assert_eq!(read("", "two thirds live out"), Some(66.7));
        assert_eq!(read("", "Two fifths of those in care"), Some(40.0));
        assert_eq!(read("fallen by ", "a quarter since March"), Some(25.0));
        assert_eq!(read("", "One in five children"), Some(20.0));
        assert_eq!(read("A third of children live there and ", "a quarter in the town"), Some(25.0));
    }

    #[test]
    fn what_is_no_part() {
        let read = |before: &str, text: &str| fraction(before, text).ok().map(|(_, share)| share);
        for (before, text) in [
            ("", "half term"),
            ("", "half-yearly"),
            ("", "half the national rate"),
            ("in the second ", "half of 2016"),
            ("two and ", "a half years"),
            ("", "A third is to open"),
            ("", "a fifth visit"),
            ("", "a quarter later"),
            ("", "half of the year"),
            ("in the spring and ", "a quarter in"),
        ] {
            assert_eq!(read(before, text), None, "{before}{text}");
        }
    }
}
