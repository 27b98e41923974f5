//! The form's headings: a Roman numeral and a title.

use findings_plugin_sdk::grammar::ParseResult;
use nom::Parser;
use nom::bytes::complete::take_while1;
use nom::character::complete::{char, space0};
use nom::combinator::map_opt;
use nom::sequence::terminated;

/// A section heading.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Heading<'a> {
    /// Its numeral; `None` for a heading without one.
    pub numeral: Option<u8>,
    /// The heading as printed, without a page number attached to it.
    pub printed: &'a str,
}

/// The names of the forms' sections, as letters in upper case only.
const NAMES: &[&str] = &[
    "IDENTIFYINGINFORMATION",
    "ALLEGATION",
    "ALLEGATIONS",
    "METHODOLOGY",
    "INVESTIGATION",
    "METHODSOFINSPECTION",
    "METHODSOFINSPECTIONACONSULTANT",
    "DESCRIPTIONOFFINDINGS",
    "DESCRIPTIONOFFINDINGSANDCONCLUSIONS",
    "DESCRIPTIONOFFINDINGSCONCLUSIONS",
    "TECHNICALASSISTANCE",
    "CONSULTATION",
    "EVALUATIONOFRENEWALPERIOD",
    "EVALUATIONOFINTERIMPERIOD",
    "EVALUATIONOFPERIODUNDERREVIEW",
    "ANALYSTVISITSUMMARY",
    "FIELDANALYSTFINDINGS",
    "PURPOSEOFADDENDUM",
    "ADDITIONALFINDINGS",
    "RECOMMENDATION",
    "RECOMMENDATIONS",
];

/// Names that may appear without a numeral, alone on their line.
const UNNUMBERED: &[&str] = &[
    "IDENTIFYINGINFORMATION",
    "METHODOLOGY",
    "DESCRIPTIONOFFINDINGS",
    "TECHNICALASSISTANCE",
    "CONSULTATION",
    "RECOMMENDATION",
];

/// `heading = roman "." title`
///
/// "I. IDENTIFYING INFORMATION"; "IV. T ECHNICAL ASSISTANCE"; "II. Purpose of Addendum"; "3III. INVESTIGATION"
/// (with a page number attached). `last` is the previous heading's number: an unknown title in mixed case counts
/// only if its number is the next one.
pub fn heading(line: &str, last: u8) -> Option<Heading<'_>> {
    let printed = line.trim();
    if UNNUMBERED.contains(&squeezed(printed).as_str())
        && !printed.contains(|c: char| c.is_lowercase() || c == '.')
    {
        return Some(Heading { numeral: None, printed });
    }
    let digits = printed.bytes().take_while(u8::is_ascii_digit).count();
    let printed = if digits <= 2 { &printed[digits..] } else { printed };
    let (title, numeral) = numbered(printed).ok()?;
    let next = Some(numeral) == last.checked_add(1);
    let is = is_known(title) || is_upper_case(title) || next && is_title_case(title);
    is.then_some(Heading { numeral: Some(numeral), printed })
}

/// The names of headings as printed, for texts without line ends.
const PRINTED: &[&str] = &[
    "IDENTIFYING INFORMATION",
    "ALLEGATION(S)",
    "ALLEGATIONS",
    "ALLEGATION",
    "METHODOLOGY",
    "INVESTIGATION",
    "METHODS OF INSPECTION",
    "DESCRIPTION OF FINDINGS AND CONCLUSIONS",
    "DESCRIPTION OF FINDINGS & CONCLUSIONS",
    "DESCRIPTION OF FINDINGS",
    "TECHNICAL ASSISTANCE",
    "CONSULTATION",
    "EVALUATION OF RENEWAL PERIOD",
    "EVALUATION OF INTERIM PERIOD",
    "EVALUATION OF PERIOD UNDER REVIEW",
    "ANALYST VISIT SUMMARY",
    "FIELD ANALYST FINDINGS",
    "RECOMMENDATION",
];

/// The ranges of numbered headings with a known name in a text without line ends.
pub fn within(text: &str) -> impl Iterator<Item = std::ops::Range<usize>> + '_ {
    let starts = text.match_indices(['I', 'V', 'X']).map(|(at, _)| at);
    let at_word = move |at: &usize| {
        *at == 0 || text[..*at].ends_with([' ', '.']) || text[..*at].ends_with(|c: char| c.is_ascii_digit())
    };
    starts.filter(at_word).filter_map(|at| {
        let (title, _) = numbered(&text[at..]).ok()?;
        let name = PRINTED.iter().find(|n| title.starts_with(*n))?;
        Some(at..text.len() - title.len() + name.len())
    })
}

/// Whether a line is recognisable as a heading by its words alone.
pub fn is_known_heading(line: &str) -> bool {
    numbered(line.trim()).is_ok_and(|(title, _)| is_known(title) || is_upper_case(title))
}

/// The letters and digits of a text, in upper case.
pub fn squeezed(text: &str) -> String {
    text.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_uppercase).collect()
}

fn numbered(input: &str) -> ParseResult<'_, u8> {
    let roman = map_opt(take_while1(|c| "IVX".contains(c)), roman_value);
    terminated(roman, (space0, char('.'), space0)).parse(input)
}

fn roman_value(roman: &str) -> Option<u8> {
    const NUMERALS: [&str; 12] = ["I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII"];
    NUMERALS.iter().position(|n| *n == roman).map(|i| i as u8 + 1)
}

fn is_known(title: &str) -> bool {
    let name = squeezed(title);
    let name = name.strip_suffix('S').filter(|n| *n == "ALLEGATION").unwrap_or(&name);
    NAMES.contains(&name)
}

/// Whether a title is in capitals: at least six letters, none of them lower case, no digits, no colon (which a
/// form's row would have).
fn is_upper_case(title: &str) -> bool {
    title.len() <= 80
        && title.chars().filter(|c| c.is_uppercase()).count() >= 6
        && !title.contains(|c: char| c.is_lowercase() || c.is_ascii_digit() || c == ':')
}

/// "Description of Findings": every word except small ones is capitalised, and the first is not all in capitals.
fn is_title_case(title: &str) -> bool {
    const SMALL: &[&str] = &["of", "and", "the", "or", "for", "in", "to", "&", "on", "with", "a"];
    let words: Vec<&str> = title.split_whitespace().collect();
    let Some(first) = words.first() else { return false };
    words.len() <= 8
        && !title.contains(|c: char| c.is_ascii_digit() || ".:;,".contains(c))
        && first.chars().any(char::is_lowercase)
        && words
            .iter()
            .all(|w| SMALL.contains(w) || w.trim_start_matches('(').starts_with(char::is_uppercase))
}

#[cfg(test)]
mod tests {
    use super::*;
    use insta::assert_snapshot;

    fn show(line: &str, last: u8) -> String {
        heading(line, last).map_or("-".into(), |h| format!("{:?} {}", h.numeral.unwrap_or(0), h.printed))
    }

    #[test]
    fn headings_have_a_roman_number() {
        assert_snapshot!(show("I. IDENTIFYING INFORMATION", 0), @"1 I. IDENTIFYING INFORMATION");
        assert_snapshot!(show("IV. T ECHNICAL ASSISTANCE", 3), @"4 IV. T ECHNICAL ASSISTANCE");
        assert_snapshot!(show("II. METHODS OF INSPECTION – A. Consultant", 1), @"2 II. METHODS OF INSPECTION – A. Consultant");
        assert_snapshot!(show("3III. INVESTIGATION", 2), @"3 III. INVESTIGATION");
        assert_snapshot!(show("V. Recommendation", 2), @"5 V. Recommendation");
        assert_snapshot!(show("RECOMMENDATION", 3), @"0 RECOMMENDATION");
    }

    #[test]
    fn unknown_titles_in_mixed_case_count_in_their_turn() {
        assert_snapshot!(show("III. Description of Home Study", 2), @"3 III. Description of Home Study");
        assert_snapshot!(show("V. Description of Home Study", 2), @"-");
        assert_snapshot!(show("I. Smith was interviewed", 0), @"-");
        assert_snapshot!(show("II. METHODOLOGY Contact Date Contact Method", 1), @"-");
    }
}
