//! The inspection team of a report: titled lists of names, and members with the organisation they come from.

use nom::Parser;
use nom::branch::alt;
use nom::bytes::complete::tag;
use nom::character::complete::char;
use nom::combinator::{opt, recognize};
use nom::multi::many0_count;
use nom::sequence::{pair, preceded, terminated};

use super::inspectors::{Inspector, inspector_list};
use super::label::{any_label, contains_label};
use super::person::{Person, person};
use super::scan::{Hit, find_all, spaces0, spaces1};
use super::{ParseResult, label};

/// A line of the team: a title and the names after it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TeamLine<'a> {
    /// The title as printed: "Team inspectors".
    pub title: &'a str,
    /// The members, each with the role printed beside the name, if any.
    pub members: Vec<Inspector<'a>>,
}

impl TeamLine<'_> {
    /// The role of one member: "Team inspector" from "Team inspectors".
    pub fn role_value(&self) -> String {
        let one = self
            .title
            .strip_suffix('s')
            .filter(|t| t.ends_with("inspector") || t.ends_with("analyst") || t.ends_with("manager"));
        one.unwrap_or(self.title).to_owned()
    }

    /// Whether it is the lead inspector's line.
    pub fn is_lead(&self) -> bool {
        ["lead inspector", "reporting inspector"].iter().any(|t| label(t)(self.title).is_ok())
    }
}

/// `team-line = title [":"] inspector-list`
///
/// "Lead inspector: Ann Lee HMI"; "Team inspectors: Jo Kay HMI, Al Roe (OI)"; "Reporting inspector Ann Lee HMI"
pub fn team_line(input: &str) -> ParseResult<'_, TeamLine<'_>> {
    let (rest, title) = team_title(input)?;
    let (rest, members) =
        preceded((opt(preceded(spaces0, char(':'))), spaces1, opt(rank)), inspector_list).parse(rest)?;
    Ok((rest, TeamLine { title, members }))
}

/// A member's own title inside a list: "Regulatory Inspection Manager Ann Lee".
fn rank(input: &str) -> ParseResult<'_, &str> {
    terminated(any_label(&["regulatory inspection manager", "senior officer"]), spaces1).parse(input)
}

/// All team lines in a text.
pub fn team_lines(text: &str) -> Vec<Hit<'_, TeamLine<'_>>> {
    find_all(team_line, text)
}

/// The title of a team line.
///
/// "Lead inspector"; "Deputy lead inspector"; "Team inspectors"; "Senior data analyst"; "Quality assurance manager"
pub fn team_title(input: &str) -> ParseResult<'_, &str> {
    any_label(&[
        "deputy lead inspectors",
        "deputy lead inspector",
        "lead inspectors",
        "lead inspector",
        "reporting inspector",
        "team inspectors",
        "team inspector",
        "additional inspectors",
        "additional inspector",
        "associate inspectors",
        "associate inspector",
        "shadow inspectors",
        "shadow inspector",
        "shadowing inspectors",
        "shadowing inspector",
        "seconded inspectors",
        "seconded inspector",
        "contracted inspectors",
        "contracted inspector",
        "schools inspectors",
        "schools inspector",
        "education inspectors",
        "education inspector",
        "social care regulatory inspectors",
        "social care regulatory inspector",
        "senior data analysts",
        "senior data analyst",
        "data analysts",
        "data analyst",
        "quality assurance managers",
        "quality assurance manager",
        "quality assurance inspector",
        "quality assurer",
        "team inspectors and managers",
        "other inspectors",
        "inspectors",
        "inspector",
    ])(input)
}

/// A member of a joint team.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Member<'a> {
    /// Who it is.
    pub person: Person<'a>,
    /// The full role as printed: "HMI, Ofsted Lead inspector".
    pub role: &'a str,
}

impl Member<'_> {
    /// The organisation that the member comes from, if the role names it.
    pub fn organisation(&self) -> Option<&'static str> {
        let cqc = contains_label(self.role, "CQC") || contains_label(self.role, "Care Quality Commission");
        let ofsted = ["Ofsted", "HMI", "Majesty's"].iter().any(|w| contains_label(self.role, w));
        if cqc { Some("CQC") } else { ofsted.then_some("Ofsted") }
    }

    /// Whether the role is that of Ofsted's lead inspector, who leads the inspection.
    pub fn is_lead(&self) -> bool {
        contains_label(self.role, "lead inspector")
            && !contains_label(self.role, "deputy lead inspector")
            && self.organisation() != Some("CQC")
    }
}

/// `member = person [","] role`; the role extends to the next name
///
/// "Ann Lee, HMI, Ofsted Lead inspector"; "Jo Kay, CQC inspector"; "Al Roe HMI, Ofsted"
pub fn member(input: &str) -> ParseResult<'_, Member<'_>> {
    let (rest, person) = person(input)?;
    let (rest, role) = preceded((opt(char(',')), spaces1), member_role).parse(rest)?;
    Ok((rest, Member { person, role }))
}

/// All members in a text, even if two columns have run together.
pub fn members(text: &str) -> Vec<Hit<'_, Member<'_>>> {
    find_all(member, text)
}

/// The role of a member of a joint team: the words that such roles are made of.
///
/// "HMI, Ofsted Lead inspector"; "CQC inspector"
pub fn member_role(input: &str) -> ParseResult<'_, &str> {
    let word = any_label(&[
        "Her Majesty's Inspector",
        "His Majesty's Inspector",
        "Children's Services Inspector",
        "senior",
        "deputy",
        "HMI",
        "SHMI",
        "Ofsted's",
        "Ofsted",
        "CQC's",
        "CQC",
        "lead",
        "team",
        "inspector",
        "inspectors",
        "designate",
        "contracted",
        "seconded",
        "shadow",
        "shadowing",
        "OI",
        "manager",
        "national",
        "professional",
        "adviser",
        "advisor",
        "regional",
        "for SEND",
    ]);
    let bracketed = recognize((char('('), word, many0_count(preceded(spaces1, word)), char(')')));
    let next = preceded((opt(char(',')), spaces1), alt((word, bracketed, tag("–"), tag("-"))));
    let first = alt((word, label("Care Quality Commission")));
    recognize(pair(first, many0_count(next))).parse(input)
}

#[cfg(test)]
mod tests {
    use super::*;
    use insta::assert_snapshot;

    fn lines(text: &str) -> String {
        let names =
            |l: &TeamLine<'_>| l.members.iter().map(|m| m.person.value()).collect::<Vec<_>>().join(", ");
        let line = |h: &Hit<'_, TeamLine<'_>>| {
            format!(
                "{}{}: {}",
                h.value.role_value(),
                if h.value.is_lead() { "*" } else { "" },
                names(&h.value)
            )
        };
        team_lines(text).iter().map(line).collect::<Vec<_>>().join("\n")
    }

    #[test]
    fn teams_are_titled_lists() {
        assert_snapshot!(lines("Lead inspector: Ann Lee Senior HMI Deputy lead inspector: Jo Kay Team inspectors: Al Roe HMI, Bo Tan (OI), Di Marsh Shadow inspectors: Ed Poe Senior data analyst: Flo Day"), @r"
        Lead inspector*: Ann Lee
        Deputy lead inspector: Jo Kay
        Team inspector: Al Roe, Bo Tan, Di Marsh
        Shadow inspector: Ed Poe
        Senior data analyst: Flo Day
        ");
        assert_snapshot!(lines("Reporting inspector Ann Lee HMI"), @"Reporting inspector*: Ann Lee");
        assert_snapshot!(lines("Shadow inspectors: Regulatory Inspection Manager Ann Lee, Jo Kay HMI"), @"Shadow inspector: Ann Lee, Jo Kay");
        assert_snapshot!(lines("The lead inspector and the director agreed"), @"");
    }

    #[test]
    fn columns_may_run_together() {
        let show = |text| {
            let one = |h: &Hit<'_, Member<'_>>| {
                let m = h.value;
                format!(
                    "{} ({}; {}){}",
                    m.person.value(),
                    m.role,
                    m.organisation().unwrap_or("-"),
                    if m.is_lead() { "*" } else { "" }
                )
            };
            members(text).iter().map(one).collect::<Vec<_>>().join("\n")
        };
        assert_snapshot!(show("Ann Lee, HMI, Ofsted Lead inspector Jo Kay, CQC Lead inspector Al Roe HMI, Ofsted Bo Tan, CQC inspector Di Marsh, Ofsted Inspector"), @r"
        Ann Lee (HMI, Ofsted Lead inspector; Ofsted)*
        Jo Kay (CQC Lead inspector; CQC)
        Al Roe (HMI, Ofsted; Ofsted)
        Bo Tan (CQC inspector; CQC)
        Di Marsh (Ofsted Inspector; Ofsted)
        ");
    }
}
