//! The citation and title of a rule, against which a finding is made.

use findings_plugin_sdk::grammar::ParseResult;
use findings_plugin_sdk::text::Text;
use nom::Parser;
use nom::branch::alt;
use nom::bytes::complete::{tag, tag_no_case, take_while_m_n};
use nom::character::complete::{alpha1, alphanumeric1, char, digit1, one_of, satisfy, space0, space1};
use nom::combinator::{map, not, opt, peek, recognize, verify};
use nom::multi::{many0_count, many1_count};
use nom::sequence::{delimited, pair, preceded, terminated};

/// The kind of rule that is cited.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Category {
    /// A licensing rule: "R 400.12327", "CPA Rule 400.12413", "CCI Rule 400.4166-1-f".
    Licensing,
    /// The plan agreed with a court: "ISEP 6.54".
    Decree,
    /// A manual of the department or a contract: "FOM 722-06H".
    Policy,
    /// A statute: "MCL 712A.13(a)(18)".
    Statute,
}

impl Category {
    /// The code used in records.
    pub fn code(self) -> &'static str {
        match self {
            Self::Licensing => "licensing-rule",
            Self::Decree => "consent-decree",
            Self::Policy => "policy-or-contract",
            Self::Statute => "statute",
        }
    }
}

/// The citation of a rule.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Citation<'a> {
    /// As printed; for a licensing rule, without its parts in brackets.
    pub printed: &'a str,
    /// The parts of a licensing rule: "(2)(h)".
    pub parts: &'a str,
    /// Kind of rule.
    pub category: Category,
    /// Whether it continues on the next line, because a narrow column split it: "MCL 712A." / "13(a)(18)".
    pub open: bool,
}

/// `citation = licensing-rule / decree / statute / manual`
pub fn citation(input: &str) -> ParseResult<'_, Citation<'_>> {
    let (rest, found) = alt((licensing, decree, statute, manual)).parse(input)?;
    let (_, ()) = not(peek(alphanumeric1)).parse(rest)?;
    Ok((rest, found))
}

/// `licensing-rule = (set ["Rule"] / "R" / "Rule") "400." 3*5DIGIT [ALPHA] *("-" part) *("(" part ")")`
///
/// "R 400.12327"; "R400.12212"; "R 400. 4126"; "CPA Rule 400.12413"; "CCI Rule 400.4166-1-f"; "R 400.12212(2)(h)"
fn licensing(input: &str) -> ParseResult<'_, Citation<'_>> {
    let set = (
        alt((tag("CPA"), tag("CCI"))),
        space1,
        opt((alt((tag_no_case("Rule"), tag("R"))), opt(char('.')), space0)),
    );
    let alone = (alt((tag_no_case("Rule"), tag("R"))), opt(char('.')), space0);
    let letter = terminated(satisfy(|c| c.is_ascii_lowercase()), not(peek(alphanumeric1)));
    let number = (tag("400."), space0, verify(digit1, |d: &str| (3..=5).contains(&d.len())), opt(letter));
    let suffix = many0_count((char('-'), take_while_m_n(1, 4, |c: char| c.is_ascii_alphanumeric())));
    let (rest, printed) =
        recognize((alt((recognize(set), recognize(alone))), number, suffix)).parse(input)?;
    let (rest, parts) = recognize(many0_count(part)).parse(rest)?;
    Ok((rest, Citation { printed, parts, category: Category::Licensing, open: false }))
}

/// "(18)"
fn part(input: &str) -> ParseResult<'_, &str> {
    delimited(char('('), take_while_m_n(1, 4, |c: char| c.is_ascii_alphanumeric()), char(')')).parse(input)
}

/// `decree = ["M"] "ISEP" ["Section"] DIGIT "." DIGIT [ALPHA] *("(" part ")")`
///
/// "ISEP 6.54"; "MISEP 5.2"; "ISEP Section 6.14"; "ISEP 6.33c"; "MISEP 6.26(a)"
fn decree(input: &str) -> ParseResult<'_, Citation<'_>> {
    let section = opt((tag_no_case("Section"), space1));
    let letter = opt(terminated(satisfy(|c| c.is_ascii_lowercase()), not(peek(alphanumeric1))));
    let number = (digit1, char('.'), digit1, letter, many0_count(part));
    map(recognize((opt(char('M')), tag("ISEP"), space1, section, number)), |printed| Citation {
        printed,
        parts: "",
        category: Category::Decree,
        open: false,
    })
    .parse(input)
}

/// `statute = ["MCL"] section / [year] ("PA" / "Public Act" / "Act") ["No."] number ["of" year] [("Section" / "Sec.") section]`
///
/// "MCL 722.115"; "MCL 712A.13(a)(18)"; "722.119b"; "1973 PA 116"; "Act 116"; "Public Act 116 of 1973, Section 5b"
fn statute(input: &str) -> ParseResult<'_, Citation<'_>> {
    let compiled =
        (tag("MCL"), space1, digit1, opt(satisfy(|c| c.is_ascii_uppercase())), char('.'), opt(statute_tail));
    let bare = (verify(digit1, |d: &str| d.len() == 3), char('.'), verify(digit1, |d: &str| d.len() == 3));
    let bare = (bare, opt(satisfy(|c| c.is_ascii_lowercase())), many0_count(part));
    let year = || verify(digit1, |d: &str| d.len() == 4);
    let section = (alt((tag_no_case("Section"), tag_no_case("Sec."))), space1, digit1, opt(char('.')));
    let section =
        (opt(char(',')), space1, section, opt(statute_tail), opt(satisfy(|c| c.is_ascii_lowercase())));
    let act = (
        opt((digit1, space1)),
        alt((tag("PA"), tag("Public Act"), tag("Act"))),
        space1,
        opt((tag("No."), space1)),
        digit1,
        opt((space1, tag("of"), space1, year())),
        opt(section),
    );
    let (rest, printed) = alt((recognize(compiled), recognize(act), recognize(bare))).parse(input)?;
    let open = printed.ends_with('.');
    Ok((rest, Citation { printed, parts: "", category: Category::Statute, open }))
}

/// "13(a)(18)"; "119b(1)"
fn statute_tail(input: &str) -> ParseResult<'_, &str> {
    recognize((digit1, opt(satisfy(|c| c.is_ascii_lowercase())), many0_count(part))).parse(input)
}

/// `manual = (2ALPHA "M" / old-manual) 3*4DIGIT [("-" / ".") 1*2DIGIT *2ALPHA] [SP ALPHA] / 3DIGIT ("-" / ".")
/// 2DIGIT 1*2ALPHA`: the single letter after a space only before a title in capitals
///
/// "FOM 722-06H"; "FTM 722-06B"; "SRM 131"; "CFF 722-6"; "FOM 722-03 B RELATIVE ENGAGEMENT"; "722.06b"
fn manual(input: &str) -> ParseResult<'_, Citation<'_>> {
    let name = verify(alpha1, |w: &str| {
        let capitals = w.len() == 3 && w.bytes().all(|b| b.is_ascii_uppercase());
        capitals && (w.ends_with('M') || OLD_MANUALS.contains(&w))
    });
    let number = verify(digit1, |d: &str| (3..=4).contains(&d.len()));
    let item = alt((preceded(char('-'), opt(manual_tail)), preceded(char('.'), map(manual_tail, Some))));
    let capitals = verify(alpha1, |w: &str| w.len() > 1 && w.bytes().all(|b| b.is_ascii_uppercase()));
    let letter = (space1, satisfy(|c| c.is_ascii_uppercase()), peek(pair(space1, capitals)));
    let named = recognize((name, alt((space1, tag("-"))), number, opt(item), opt(letter)));
    let digits = |n: usize| verify(digit1, move |d: &str| d.len() == n);
    let letters = take_while_m_n(1, 2, |c: char| c.is_ascii_alphabetic());
    let unnamed = recognize((digits(3), one_of("-."), digits(2), letters));
    let (rest, printed) = alt((named, unnamed)).parse(input)?;
    Ok((rest, Citation { printed, parts: "", category: Category::Policy, open: printed.ends_with('-') }))
}

/// Manuals of the department before 2013 whose names don't end in M: foster care, payments, staff.
const OLD_MANUALS: &[&str] = &["CFF", "CFP", "CFS", "CFA", "CFB", "CWP"];

/// "06H"; "06b"; "03"
fn manual_tail(input: &str) -> ParseResult<'_, &str> {
    let letters = take_while_m_n(0, 2, |c: char| c.is_ascii_alphabetic());
    recognize((verify(digit1, |d: &str| d.len() <= 2), letters, opt(pair(char('-'), digit1)))).parse(input)
}

/// How many bytes of a line continue a citation that the previous line left open.
pub fn rest_of(open: &Citation<'_>, line: &str) -> Option<usize> {
    let tail = if open.category == Category::Statute { statute_tail } else { manual_tail };
    let (rest, _) = terminated(tail, peek(alt((space1, nom::combinator::eof)))).parse(line).ok()?;
    Some(line.len() - rest.len())
}

/// `policy-label = ["M"] ("DHHS" / "DHS") ("Policy" / "Contract")`, in the column before a title
pub fn policy_label(input: &str) -> ParseResult<'_, &str> {
    recognize((
        opt(char('M')),
        alt((tag("DHHS"), tag("DHS"))),
        space1,
        alt((tag("Policy"), tag("Contract"))),
        many1_count(char(' ')),
    ))
    .parse(input)
}

/// The title of a rule: the rest of the line with its citation, and the number of following lines that continue it.
///
/// "Special evaluation."; "Discharge plan"; "Psychotropic Medication, Informed Consent (Commitment" / "90).";
/// but not the first words of a rule's text: "All medical information within the medical passport must"
pub fn title(category: Category, first: &Text, next: &[Text]) -> Option<(Text, usize)> {
    let start = first.as_str().len() - first.as_str().trim_start_matches([' ', '-', '–', ':', '.']).len();
    let mut title = first.slice(start..first.as_str().len());
    let mut taken = 0;
    if title.is_empty() && category == Category::Licensing {
        // A title may be below the citation if it is short and precedes the first part of the rule.
        let below =
            next.first().filter(|l| l.as_str().len() < 70 && l.as_str().starts_with(char::is_uppercase))?;
        let ends = below.as_str().ends_with('.') && !below.as_str().contains(". ");
        let before_part =
            next.get(1).is_some_and(|l| l.as_str().trim_start_matches(['•', ' ']).starts_with('('));
        if !(ends || before_part) {
            return None;
        }
        title = below.clone();
        taken = 1;
    }
    let text = title.as_str();
    let capitals = |t: &str| t.contains(char::is_uppercase) && !t.contains(char::is_lowercase);
    let like = match category {
        Category::Licensing => text.starts_with(char::is_uppercase) && !is_sentence(text),
        _ => capitals(text) || is_title_case(text),
    };
    if !like {
        return None;
    }
    while let Some(line) = next.get(taken).map(|l| l.as_str()) {
        let text = title.as_str();
        let unclosed = text.matches('(').count() > text.matches(')').count();
        let goes_on = unclosed
            || category == Category::Licensing
                && !text.ends_with('.')
                && line.starts_with(char::is_lowercase)
                && line.split(' ').count() <= 6
            || category != Category::Licensing
                && capitals(text)
                && capitals(line)
                && !line.contains(|c: char| c.is_ascii_digit());
        if !goes_on || taken == 3 {
            break;
        }
        title.push_text(" ", &next[taken]);
        taken += 1;
    }
    let end = ends(title.as_str());
    Some((title.slice(0..end), taken))
}

/// The end of a title: before its full stop, or before the first part of the rule.
fn ends(text: &str) -> usize {
    let stop = text.find(". ").unwrap_or_else(|| text.trim_end_matches(['.', ' ']).len());
    ["(1)", "(a)"].iter().filter_map(|p| text.find(p)).fold(stop, usize::min)
}

fn is_sentence(text: &str) -> bool {
    let first = text.split(". ").next().unwrap_or(text);
    [" shall ", " must ", " is ", " are ", " may ", " shall:", " must:"]
        .iter()
        .any(|v| format!("{first} ").contains(v))
}

/// Whether every word of more than three letters begins with a capital.
fn is_title_case(text: &str) -> bool {
    let mut words = text.split(|c: char| !c.is_alphanumeric()).filter(|w| w.len() > 3).peekable();
    words.peek().is_some() && words.all(|w| w.starts_with(|c: char| c.is_uppercase() || c.is_ascii_digit()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::texts;
    use insta::assert_snapshot;

    fn show(line: &str) -> String {
        match citation(line) {
            Ok((rest, c)) => format!(
                "{:?} {}{}{}|{rest}",
                c.category,
                c.printed,
                if c.parts.is_empty() { "" } else { " + " },
                c.parts
            ),
            Err(_) => "-".into(),
        }
    }

    #[test]
    fn licensing_rules() {
        assert_snapshot!(show("R 400.12327 Special evaluation."), @"Licensing R 400.12327| Special evaluation.");
        assert_snapshot!(show("R400.12212 Employee record"), @"Licensing R400.12212| Employee record");
        assert_snapshot!(show("CPA Rule 400.12413 Medical"), @"Licensing CPA Rule 400.12413| Medical");
        assert_snapshot!(show("CCI Rule 400.4166-1-f Discharge plan"), @"Licensing CCI Rule 400.4166-1-f| Discharge plan");
        assert_snapshot!(show("R 400.12212(2)(h) Personnel"), @"Licensing R 400.12212 + (2)(h)| Personnel");
        assert_snapshot!(show("Rules are kept"), @"-");
    }

    #[test]
    fn other_rules() {
        assert_snapshot!(show("ISEP 6.54 Psychotropic"), @"Decree ISEP 6.54| Psychotropic");
        assert_snapshot!(show("FOM 722-06H"), @"Policy FOM 722-06H|");
        assert_snapshot!(show("FOM 722-03 B RELATIVE ENGAGEMENT"), @"Policy FOM 722-03 B| RELATIVE ENGAGEMENT");
        assert_snapshot!(show("FOM 722-03 A child must"), @"Policy FOM 722-03| A child must");
        assert_snapshot!(show("MCL 712A.13(a)(18) If"), @"Statute MCL 712A.13(a)(18)| If");
        assert_snapshot!(show("MCL 712A. If a child"), @"Statute MCL 712A.| If a child");
        assert_snapshot!(show("ISEP requirements are"), @"-");
        assert_snapshot!(show("ISEP 6.33c Visits"), @"Decree ISEP 6.33c| Visits");
        assert_snapshot!(show("MISEP 6.26(a) Caseloads"), @"Decree MISEP 6.26(a)| Caseloads");
        assert_snapshot!(show("ISEP 6.33 caseworkers"), @"Decree ISEP 6.33| caseworkers");
        assert_snapshot!(show("722.06b Visits"), @"Policy 722.06b| Visits");
        assert_snapshot!(show("FOM 722.06i Visits"), @"Policy FOM 722.06i| Visits");
        assert_snapshot!(show("CFF 722-6 Visits"), @"Policy CFF 722-6| Visits");
        assert_snapshot!(show("722.119b Persons"), @"Statute 722.119b| Persons");
        assert_snapshot!(show("MCL 722.119b(1) Persons"), @"Statute MCL 722.119b(1)| Persons");
        assert_snapshot!(show("Public Act 116 of 1973, Section 5b Persons"), @"Statute Public Act 116 of 1973, Section 5b| Persons");
        assert_snapshot!(show("1973 PA 116 Persons"), @"Statute 1973 PA 116| Persons");
        for none in ["2024 Renewal", "120 days", "722.06 percent", "3.5 hours", "10-15 youth", "517-335-1980"]
        {
            assert_eq!(show(none), "-", "{none}");
        }
    }

    #[test]
    fn a_column_may_cut_a_citation() {
        let (_, open) = citation("MCL 712A. If").unwrap();
        assert!(open.open);
        assert_eq!(rest_of(&open, "13(a)(18) receipt of"), Some(9));
        assert_eq!(rest_of(&open, "receipt of"), None);
    }

    fn title_of(category: Category, lines: &str) -> String {
        let lines = texts(lines);
        title(category, &lines[0], &lines[1..]).map_or("-".into(), |(t, n)| format!("{} +{n}", t.as_str()))
    }

    #[test]
    fn titles_of_rules() {
        use Category::{Decree, Licensing, Policy, Statute};
        assert_snapshot!(title_of(Licensing, "Special evaluation.\n(1) An agency"), @"Special evaluation +0");
        assert_snapshot!(title_of(Licensing, "Discharge plan\n(1) When a resident"), @"Discharge plan +0");
        assert_snapshot!(title_of(Licensing, "Initial staff orientation and ongoing\nstaff training.\n(1) A"), @"Initial staff orientation and ongoing staff training +1");
        assert_snapshot!(title_of(Licensing, "An agency shall have a policy"), @"-");
        assert_snapshot!(title_of(Decree, "Psychotropic Medication, Informed Consent (Commitment\n90).\nDHHS shall"), @"Psychotropic Medication, Informed Consent (Commitment 90) +1");
        assert_snapshot!(title_of(Policy, "All medical information within the passport must"), @"-");
        assert_snapshot!(title_of(Policy, "RELATIVE ENGAGEMENT AND PLACEMENT\nIf a child"), @"RELATIVE ENGAGEMENT AND PLACEMENT +0");
        assert_snapshot!(title_of(Statute, "If a child is placed in care, within 10 days"), @"-");
    }
}
