//! The inspection team.

use nom::Parser;
use nom::bytes::complete::take_while_m_n;
use nom::character::complete::char;
use nom::combinator::opt;

use crate::grammar::inspectors::person_role;
use crate::grammar::label::{any_label, contains_label, label};
use crate::grammar::{ParseResult, Person};
use crate::ofsted::body::SectionSpan;
use crate::outline::{Outline, Role};
use crate::record::{Draft, Inspector, Status};
use crate::text::Text;

/// The parts that people have in an inspection, the longer phrases first.
const ROLES: &[&str] = &[
    "Lead inspector on site",
    "Joint lead inspector",
    "Deputy lead inspectors",
    "Deputy lead inspector",
    "Lead inspector",
    "Reporting inspector",
    "Team inspectors",
    "Team inspector",
    "Shadow inspectors",
    "Shadow inspector",
    "Supernumerary inspectors",
    "Supernumerary inspector",
    "Additional inspectors",
    "Additional inspector",
    "Associate inspectors",
    "Associate inspector",
    "Contracted inspectors",
    "Contracted inspector",
    "Seconded inspectors",
    "Seconded inspector",
    "Shadow senior data analyst",
    "Senior data analysts",
    "Senior data analyst",
    "Data analysts",
    "Data analyst",
    "Quality assurance managers",
    "Quality assurance manager",
    "Quality assurance",
];

/// Reads the team from its section; without one, from the line that names the lead inspector on.
pub fn read(doc: &Outline, draft: &mut Draft, spans: &[SectionSpan]) {
    let team = spans.iter().find(|s| s.kind == "team").map(|s| s.blocks.clone());
    let blocks = team.unwrap_or_else(|| {
        let leads = |t: &str| label("Lead inspector")(t).is_ok();
        let start = doc.blocks.iter().position(|b| leads(b.text.as_str())).unwrap_or(doc.blocks.len());
        start..doc.blocks.len().min(start + 12)
    });
    let lines = doc.blocks[blocks]
        .iter()
        .filter(|b| !matches!(b.role, Role::Furniture | Role::Footnote))
        .map(|b| &b.text)
        .take_while(|t| ROLES.iter().any(|r| contains_label(t.as_str(), r)) || t.as_str().len() < 200);
    let text = Text::join(lines, " ");
    for member in team_of(&text) {
        let at = draft.record.inspectors.len();
        draft.note(format!("/inspectors/{at}"), text.evidence(member.name, "sif.team"));
        draft.record.inspectors.push(member.inspector());
    }
    if !draft.record.inspectors.iter().any(|i| i.lead) {
        draft.absent("/inspectors/0", Status::NotRead);
        draft.warn("lead-inspector-not-read", Some("/inspectors"), None, "no lead inspector could be read");
    }
}

/// One of the team.
#[derive(Debug, Clone, Copy)]
struct Member<'a> {
    name: &'a str,
    value: Person<'a>,
    role: &'a str,
    mark: Option<&'a str>,
}

impl Member<'_> {
    fn inspector(&self) -> Inspector {
        let lead = label("Lead inspector")(self.role).is_ok() || label("Reporting inspector")(self.role).is_ok();
        let role = if lead { "Lead inspector" } else { self.role };
        // Only a mark beside the name tells where an inspector is from; the lead is always Ofsted's.
        let own = self.mark.is_some_and(|m| m.contains("HMI") || m.contains("ajesty") || m == "OI");
        let one = role.strip_suffix('s').filter(|r| r.ends_with("inspector") || r.ends_with("analyst") || r.ends_with("manager"));
        Inspector {
            name: Person { name: self.name, ..self.value }.value(),
            role: Some(one.unwrap_or(role).to_owned()),
            organisation: (lead || own).then(|| "Ofsted".to_owned()),
            lead,
        }
    }
}

/// `team = 1*(role [":"] names)`
///
/// "Lead inspector: Ann Lee HMI Deputy lead inspector: Jo Kay HMI Team inspectors: Al Roe, Bo Tan (OI)"
fn team_of(text: &Text) -> Vec<Member<'_>> {
    let whole = text.as_str();
    let mut members: Vec<Member<'_>> = Vec::new();
    let mut role = None;
    let mut rest = whole;
    while !rest.is_empty() {
        if let Ok((after, found)) = role_label(rest) {
            role = Some(found);
            rest = after;
        } else if let (Some(role), Ok((after, who))) = (role, person_role(rest)) {
            for name in names(text, who.person.name) {
                members.push(Member { name, value: who.person, role, mark: who.role });
            }
            rest = after_separator(after);
        } else {
            rest = after_word(rest);
        }
    }
    members
}

/// `role-label = <one of ROLES> [":"]`; without a colon a capital letter follows, so that "lead inspector" after a
/// name is no new role.
fn role_label(input: &str) -> ParseResult<'_, &str> {
    let (rest, role) = any_label(ROLES)(input)?;
    let spaces = |i| take_while_m_n(0, 4, |c: char| c == ' ')(i);
    let (rest, (_, colon, _)) = (spaces, opt(char(':')), spaces).parse(rest)?;
    let begins = role.starts_with(char::is_uppercase);
    if begins && (colon.is_some() || person_role(rest).is_ok()) {
        Ok((rest, role))
    } else {
        crate::grammar::label::label("\u{0}")(input)
    }
}

/// Two names whose comma was left out at a line's end: "Ann Lee" / "Jo Kay".
fn names<'a>(text: &'a Text, name: &'a str) -> Vec<&'a str> {
    let range = text.range_of(name);
    let words: Vec<_> = text
        .origins()
        .iter()
        .filter(|o| o.end as usize > range.start && (o.start as usize) < range.end)
        .collect();
    let broken = words.len() == 4 && words[1].line != words[2].line && words[0].line == words[1].line && words[2].line == words[3].line;
    if !broken {
        return vec![name];
    }
    let cut = words[2].start as usize - range.start;
    vec![name[..cut].trim_end(), &name[cut..]]
}

/// What follows a name and its marks, up to the next name.
fn after_separator(input: &str) -> &str {
    let rest = input.trim_start_matches([' ', ',', '.', ';', '&']);
    label("and")(rest).map_or(rest, |(after, _)| after.trim_start())
}

/// The text after its first word; what stands in brackets is passed over whole.
fn after_word(input: &str) -> &str {
    let end = match input.find(')') {
        Some(close) if input.starts_with('(') => close + 1,
        _ => input.find([' ', ',']).map_or(input.len(), |at| at + 1),
    };
    after_separator(&input[end..])
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ofsted::testing::outline;
    use insta::assert_snapshot;

    fn shown(text: &str) -> String {
        let doc = outline(text);
        let text = Text::join(doc.blocks.iter().map(|b| &b.text), " ");
        let one = |m: &Member<'_>| {
            let i = m.inspector();
            format!("{} ({}{}){}", i.name, i.role.unwrap_or_default(), i.organisation.map_or(String::new(), |o| format!(", {o}")), if i.lead { "*" } else { "" })
        };
        team_of(&text).iter().map(one).collect::<Vec<_>>().join("; ")
    }

    #[test]
    fn each_role_has_its_names() {
        assert_snapshot!(shown("Lead inspector: Ann Lee\n\nDeputy lead inspector Jo Kay HMI\n\nTeam inspectors: Al Roe HMI, Bo Tan (OI), Di Marsh (Seconded Inspector) and Ed Fox.\n\nQuality assurance manager: Flo Gray, Senior HMI"), @"");
    }

    #[test]
    fn marks_after_names_are_no_names() {
        assert_snapshot!(shown("Lead inspector: Ann Lee\n\nTeam inspectors: Al Roe (HMIs) and Bo Tan (associate inspectors), Cy Dove, Acting Senior HMI, Di Marsh HMI.\n\nShadow inspectors: N/A"), @"");
        assert_snapshot!(shown("Lead inspector: Ann Lee\n\nShadow inspectors: Regulatory Inspection Manager Jo Kay, Al Roe HMI"), @"");
    }

    #[test]
    fn a_comma_may_be_lost_at_a_lines_end() {
        assert_snapshot!(shown("Team inspectors: Ann Lee, Jo Kay\nAl Roe, Bo Tan"), @"");
    }
}
