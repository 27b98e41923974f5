//! Regulations and judgments, in the forms in which they are printed.

use findings_plugin_sdk::grammar::label::{is_label, label};
use findings_plugin_sdk::grammar::{Hit, ParseResult, any_label, find};
use nom::Parser;
use nom::branch::alt;
use nom::bytes::complete::take_while1;
use nom::character::complete::{char, digit1, multispace0, multispace1};
use nom::combinator::{opt, recognize, value, verify};
use nom::multi::many0;
use nom::sequence::{delimited, preceded};

/// The two dimensions that regulations are reported under.
pub const DIMENSIONS: [&str; 2] = ["Capacity and capability", "Quality and safety"];

/// The set of regulations that one belongs to; their numbers overlap.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Instrument {
    /// "Regulation 5": the Care and Support regulations, for centres for disabilities.
    Care,
    /// "Registration Regulation 5": the Registration regulations.
    Registration,
}

/// A judgment, best first.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Judgment {
    /// "Compliant"
    Compliant,
    /// "Substantially compliant"
    SubstantiallyCompliant,
    /// "Not compliant"
    NotCompliant,
}

impl Judgment {
    /// The code in records.
    pub fn code(self) -> &'static str {
        match self {
            Self::Compliant => "compliant",
            Self::SubstantiallyCompliant => "substantially-compliant",
            Self::NotCompliant => "not-compliant",
        }
    }

    /// Its rank on the scale; 1 is best.
    pub fn rank(self) -> u8 {
        self as u8 + 1
    }
}

/// `judgment = "Substantially compliant" / "Not compliant" / "Compliant"`
///
/// The body prints "Substantially compliant", the plan "Substantially Compliant".
pub fn judgment(input: &str) -> ParseResult<'_, Judgment> {
    alt((
        value(Judgment::SubstantiallyCompliant, label("Substantially compliant")),
        value(Judgment::NotCompliant, any_label(&["Not compliant", "Non compliant", "Non-compliant"])),
        value(Judgment::Compliant, label("Compliant")),
    ))
    .parse(input)
}

/// The judgment, if a cell contains nothing else.
pub fn judgment_alone(cell: &str) -> Option<Judgment> {
    judgment(cell.trim()).ok().filter(|(rest, _)| rest.trim().is_empty()).map(|(_, j)| j)
}

/// `judgment-line = "Judgment" ":" judgment`, at the end of a text
///
/// "Judgment: Substantially compliant"
pub fn judgment_line(text: &str) -> Option<Hit<'_, Judgment>> {
    let line = |i| {
        let word = any_label(&["Judgment", "Judgement"]);
        preceded((word, multispace0, char(':'), multispace0), judgment).parse(i)
    };
    find(line, text).filter(|hit| hit.rest.trim_matches([' ', '.']).is_empty())
}

/// A regulation's name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Name<'a> {
    /// The set of regulations that it belongs to.
    pub instrument: Instrument,
    /// Its number.
    pub number: &'a str,
    /// Its title.
    pub title: &'a str,
}

/// `instrument = ["Registration"] "Regulation"`
pub fn instrument(input: &str) -> ParseResult<'_, Instrument> {
    alt((
        value(Instrument::Registration, label("Registration Regulation")),
        value(Instrument::Care, label("Regulation")),
    ))
    .parse(input)
}

/// `number = 1*3DIGIT [ALPHA]`
fn number(input: &str) -> ParseResult<'_, &str> {
    let digits = verify(digit1, |d: &str| d.len() <= 3);
    let letter = verify(take_while1(char::is_alphanumeric), |l: &str| l.len() == 1);
    recognize((digits, opt(letter))).parse(input)
}

/// `regulation = instrument number ":"`, before a title
///
/// "Regulation 16:"; "Registration Regulation 5:"
pub fn regulation(input: &str) -> ParseResult<'_, (Instrument, &str)> {
    let (rest, (which, _, number, _, _, _)) =
        (instrument, multispace1, number, multispace0, char(':'), multispace0).parse(input)?;
    Ok((rest, (which, number)))
}

/// `name = regulation title`, a whole heading or cell
///
/// "Regulation 16: Training and staff development"
pub fn name(text: &str) -> Option<Name<'_>> {
    let (title, (instrument, number)) = regulation(text).ok()?;
    let title = title.trim();
    (!title.is_empty()).then_some(Name { instrument, number, title })
}

/// `reference = instrument number *("(" 1*3ALPHANUM ")")`
///
/// "Regulation 23(1)(c)"; "Regulation 05(4)(b)"; "Registration Regulation 8 (1)"
pub fn reference(input: &str) -> ParseResult<'_, (Instrument, &str)> {
    let inner = verify(take_while1(char::is_alphanumeric), |w: &str| w.len() <= 5);
    let part = preceded(multispace0, delimited(char('('), inner, char(')')));
    let (rest, (which, _, reference)) =
        (instrument, multispace1, recognize((number, many0(part)))).parse(input)?;
    Ok((rest, (which, reference)))
}

/// The dimension that a text names, in the form's spelling.
pub fn dimension(text: &str) -> Option<&'static str> {
    DIMENSIONS.into_iter().find(|d| is_label(text, d) && !text.ends_with(':'))
}

#[cfg(test)]
mod tests {
    use super::*;
    use insta::assert_snapshot;

    fn named(text: &str) -> String {
        name(text).map_or("no".into(), |n| format!("{:?}|{}|{}", n.instrument, n.number, n.title))
    }

    fn referred(text: &str) -> String {
        reference(text).map_or("no".into(), |(rest, (i, r))| format!("{i:?}|{r}|{rest}"))
    }

    #[test]
    fn a_regulation_has_instrument_number_and_title() {
        assert_snapshot!(named("Regulation 16: Training and staff development"), @"Care|16|Training and staff development");
        assert_snapshot!(named("Registration Regulation 5: Application for registration"), @"Registration|5|Application for registration");
        assert_snapshot!(named("Regulation 9: Residents' rights"), @"Care|9|Residents' rights");
        assert_snapshot!(named("Regulation 9"), @"no");
        assert_snapshot!(named("Regulations 2013, and the"), @"no");
    }

    #[test]
    fn a_reference_goes_down_to_the_paragraph() {
        assert_snapshot!(referred("Regulation 23(1)(c) The"), @"Care|23(1)(c)| The");
        assert_snapshot!(referred("Regulation 05(4)(b)"), @"Care|05(4)(b)|");
        assert_snapshot!(referred("Regulation 27"), @"Care|27|");
        assert_snapshot!(referred("Registration Regulation 8 (1)"), @"Registration|8 (1)|");
        assert_snapshot!(referred("Regulation"), @"no");
    }

    #[test]
    fn judgments_in_their_prints() {
        let of = |t| judgment_alone(t).map_or("no", Judgment::code);
        assert_snapshot!(of("Substantially Compliant"), @"substantially-compliant");
        assert_snapshot!(of("Not compliant"), @"not-compliant");
        assert_snapshot!(of("Compliant "), @"compliant");
        assert_snapshot!(of("Compliant with"), @"no");
        let line = |t| judgment_line(t).map_or("no".into(), |h| format!("{}|{}", h.before, h.value.code()));
        assert_snapshot!(line("Judgment: Substantially compliant"), @"|substantially-compliant");
        assert_snapshot!(line("All was well. Judgment: Compliant"), @"All was well. |compliant");
        assert_snapshot!(line("Judgment: Compliant was what they hoped for"), @"no");
    }

    #[test]
    fn a_dimension_is_no_definition() {
        assert_eq!(dimension("Quality and safety"), Some("Quality and safety"));
        assert_eq!(dimension("2. Quality and safety of the service:"), None);
    }
}
