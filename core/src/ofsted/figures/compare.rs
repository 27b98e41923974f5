//! What a number is compared with: England, the region, or similar authorities.

use super::numbers::ends_with;
use super::phrases::{bare, words};
use crate::grammar::label::{any_label, contains_label};

/// Codes of the comparators, with the words that name them.
const WITH: &[(&str, &[&str])] = &[
    (
        "statistical-neighbours",
        &[
            "statistical neighbours",
            "statistical neighbour",
            "similar local authorities",
            "similar authorities",
            "comparable authorities",
        ],
    ),
    (
        "region",
        &[
            "regional",
            "region",
            "across London",
            "London average",
            "in London",
            "south east",
            "south west",
            "north east",
            "north west",
            "East Midlands",
            "West Midlands",
        ],
    ),
    (
        "england",
        &[
            "national",
            "nationally",
            "England",
            "English",
            "the country as a whole",
            "country as a whole",
            "the whole country",
            "in the country",
            "across the country",
        ],
    ),
];

/// Words before a number which show that it belongs to a comparator.
const HELD: &[&str] = &[
    "average",
    "averages",
    "level",
    "figure",
    "compared",
    "against",
    "than",
    "rate",
    "nationally",
    "comparators",
    "national increase",
    "national rise",
    "it was",
    "it is",
    "above",
    "below",
];

/// The comparator's code, if a number isn't the area's own.
///
/// "(the national average is 18%)"; "compared with 21% in the country as a whole"; "statistical neighbours (70)"
///
/// `own` holds those words of `before` that belong to this number if it is in a list. `goes_on` is set if the number before was a comparator too: "compared with 22% in England and 12% in the North West".
pub(super) fn comparator(own: &str, before: &str, after: &str, goes_on: bool) -> Option<&'static str> {
    const AGAINST: &[&str] = &["compared with", "compared to", "against", "than", "with", "to"];
    let near = words(after.split([';', '.', ')']).next().unwrap_or(""), 9);
    // "compared with 18% nationally and 19% in the region": the words before "and" belong to the first comparator.
    if goes_on
        && before.trim_end().ends_with(" and")
        && before.split_whitespace().count() <= 6
        && let Some(code) = code(near.split(" and ").next().unwrap_or(""))
    {
        return Some(code);
    }
    // "the average both for the south east (7%) and for England (6%)"; "statistical neighbours (70) and England (60)".
    // But after "higher than the national average, with 30% of" comes the area's own number.
    let (before, own) = (after_comparison(before), after_comparison(own));
    let listed = before.trim_start().starts_with(") and");
    let held = HELD.iter().any(|w| contains_label(own, w)).then_some(own);
    if let Some(said) = held.or(listed.then_some(before))
        && let Some(code) = code(said)
    {
        return Some(code);
    }
    // "higher than the average of 60 and that of statistical neighbours (66)"; "6.2% (England 5.1%)"
    let another = goes_on && ["that of", "those of"].iter().any(|w| contains_label(before, w));
    let inside = before.rsplit_once('(').map_or("", |(_, inside)| inside);
    // "(England 60, statistical neighbours 74)"
    let next = before.strip_prefix(',').or_else(|| before.trim_start().strip_prefix("and "));
    let inside = next.filter(|_| goes_on).unwrap_or(inside);
    let named = !inside.contains(')') && (1..=2).contains(&inside.split_whitespace().count());
    if let Some(code) = code(before).filter(|_| another || named) {
        return Some(code);
    }
    let said = bare(before);
    let against = AGAINST.iter().any(|w| ends_with(said, w))
        || before.trim_end().ends_with('(')
        || goes_on && ends_with(said, "and");
    code(&near).filter(|_| against)
}

/// What the area's own number is led by after words of comparison: "higher than the national average, with 30%"; "faster than
/// in England, increasing 7%".
fn after_comparison(before: &str) -> &str {
    const OWN: &[&str] =
        &["with", "increasing", "rising", "growing", "falling", "decreasing", "standing", "reaching"];
    let own = before.rsplit_once(", ").and_then(|(_, own)| any_label(OWN)(own).ok());
    own.map(|(own, _)| own).filter(|own| code(own).is_none()).unwrap_or(before)
}

/// Whether a sentence gives two comparators, one for each of its two numbers: "(national averages 15% and 14%)".
pub(super) fn are_paired(sentence: &str) -> bool {
    contains_label(sentence, "averages") || ["national:", "England:"].iter().any(|w| sentence.contains(w))
}

/// The comparator that a number's own words name, and nothing else: "in the region"; "nationally".
pub(super) fn names_comparator(tail: &str) -> Option<&'static str> {
    let said = tail.split([',', ';', '.', '(', ')']).next().unwrap_or("").trim();
    let led = any_label(&["in", "for", "across", "nationally", "regionally"])(said).is_ok();
    code(said).filter(|_| led && said.split_whitespace().count() <= 5)
}

fn code(text: &str) -> Option<&'static str> {
    WITH.iter().find(|(_, words)| words.iter().any(|w| contains_label(text, w))).map(|(code, _)| *code)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_number_is_held_against() {
        for (before, after, with) in [
            ("(the national average is ", ")", Some("england")),
            (" compared with ", " in the country", Some("england")),
            (" than the rate for statistical neighbours (", ")", Some("statistical-neighbours")),
            (") and England (", ")", Some("england")),
            ("At 31 March, ", " children were in care", None),
        ] {
            assert_eq!(comparator(before, before, after, false), with, "{before}…{after}");
        }
        assert_eq!(comparator("", " in England and ", " in the North West", true), Some("region"));
        assert_eq!(comparator("", " in England and ", " in the North West", false), None);
    }
}
