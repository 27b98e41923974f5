//! The inspection team.

use nom::Parser;
use nom::branch::alt;
use nom::character::complete::{char, space0, space1};
use nom::combinator::{peek, verify};
use nom::sequence::terminated;

use crate::cut::Cut;
use crate::grammar::inspectors::person_role;
use crate::grammar::label::{any_label, label};
use crate::grammar::{Hit, ParseResult, Person, find_all};
use crate::ofsted::body::{self, SectionSpan};
use crate::outline::{Block, Outline, Role};
use crate::record::{Draft, Inspector, Status};
use crate::text::Text;

/// The roles of team members; longer phrases first.
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

/// Reads the team from its section or, if there is none, from the line that names the lead inspector on.
pub fn read(doc: &Outline, draft: &mut Draft, spans: &[SectionSpan]) {
    let team = spans.iter().find(|s| s.kind == "team").map(|s| s.blocks.clone());
    let blocks = team.unwrap_or_else(|| {
        let leads = |t: &str| label("Lead inspector")(t).is_ok();
        let start = doc.blocks.iter().position(|b| leads(b.text.as_str())).unwrap_or(doc.blocks.len());
        start..doc.blocks.len().min(start + 12)
    });
    let lines = doc.blocks[blocks].iter().filter(|b| b.is_content());
    for text in rows(lines).iter().map(body::before_back_page) {
        for member in team_of(&text) {
            let at = draft.record.inspectors.len();
            draft.note(format!("/inspectors/{at}"), text.evidence(member.name, "sif.team"));
            draft.record.inspectors.push(member.inspector());
        }
    }
    if !draft.record.inspectors.iter().any(|i| i.lead == Some(true)) {
        draft.absent("/inspectors/0", Status::NotRead);
        draft.warn("lead-inspector-not-read", Some("/inspectors"), None, "no lead inspector could be read");
    }
}

/// The texts of the team, one for each row of a table and each block. A block that breaks off inside a name or a list
/// continues in the next.
fn rows<'d>(blocks: impl Iterator<Item = &'d Block>) -> Vec<Text> {
    let mut rows: Vec<Text> = Vec::new();
    let mut open = false;
    for block in blocks {
        if block.role == Role::Table {
            rows.extend(block.rows.iter().map(|row| Text::join(row, " ")));
            open = false;
            continue;
        }
        match rows.last_mut() {
            Some(last) if open && !begins_role(block.text.as_str()) => last.push_text(" ", &block.text),
            _ => rows.push(block.text.clone()),
        }
        open = rows.last().is_some_and(|last| breaks_off(last.as_str()));
    }
    rows
}

/// Whether a list of names is incomplete: it ends with a comma, "and", or the first word of a name ("…, Ann").
fn breaks_off(text: &str) -> bool {
    let last = text.rsplit([',', ':']).next().unwrap_or("").trim();
    let last = last.rsplit(" and ").next().unwrap_or("").trim_start_matches("and ");
    let half =
        !last.is_empty() && last.chars().all(char::is_alphabetic) && last.starts_with(char::is_uppercase);
    let rank = last.chars().all(char::is_uppercase);
    last.is_empty() || last == "and" || last.ends_with(" and") || half && !rank
}

/// Whether a line begins with a role and a colon.
pub fn begins_role(line: &str) -> bool {
    any_label(ROLES)(line).is_ok_and(|(rest, _)| rest.trim_start().starts_with(':'))
}

/// A member of the team.
#[derive(Debug, Clone, Copy)]
struct Member<'a> {
    name: &'a str,
    value: Person<'a>,
    role: &'a str,
    mark: Option<&'a str>,
}

impl Member<'_> {
    fn inspector(&self) -> Inspector {
        let lead =
            label("Lead inspector")(self.role).is_ok() || label("Reporting inspector")(self.role).is_ok();
        let role = if lead { "Lead inspector" } else { self.role };
        // Only a mark beside the name shows an inspector's organisation; the lead inspector is always Ofsted's.
        let own = self.mark.is_some_and(|m| m.contains("HMI") || m.contains("ajesty") || m == "OI");
        let one = role
            .strip_suffix('s')
            .filter(|r| r.ends_with("inspector") || r.ends_with("analyst") || r.ends_with("manager"));
        Inspector {
            name: Some(Person { name: self.name, ..self.value }.value()),
            role: Some(one.unwrap_or(role).to_owned()),
            organisation: (lead || own).then(|| "Ofsted".to_owned()),
            lead: lead.then_some(true),
        }
    }
}

/// `team = 1*(role [":"] names)`; one text has several roles if its lines have run together
///
/// "Lead inspector: Ann Lee HMI Deputy lead inspector: Jo Kay HMI Team inspectors: Al Roe, Bo Tan (OI)"
fn team_of(text: &Text) -> Vec<Member<'_>> {
    let whole = text.as_str();
    let mut roles = find_all(role_label, whole);
    if roles.first().is_none_or(|r| !r.before.is_empty()) {
        // If a listed role is part of the words before the colon, it is the role, and the words before it are not.
        let first = roles.first().map_or(whole.len(), |r| r.before.len());
        roles.extend(other_role(whole).filter(|r| r.slice.len() <= first));
        roles.sort_by_key(|r| r.before.len());
    }
    let mut members = Vec::new();
    for (n, role) in roles.iter().enumerate() {
        let end = roles.get(n + 1).map_or(whole.len(), |next| next.before.len());
        let names = whole.part(role.before.len() + role.slice.len()..end);
        members.extend(people(text, names, role.value));
    }
    members
}

/// `names = person-role *(("," / "and") person-role)`; skips words that are not names
fn people<'a>(text: &'a Text, names: &'a str, role: &'a str) -> Vec<Member<'a>> {
    let mut members = Vec::new();
    let mut rest = names;
    while !rest.is_empty() {
        let Ok((after, who)) = person_role(rest) else {
            rest = after_word(rest);
            continue;
        };
        let parted = parted(text, who.person.name);
        members.extend(parted.into_iter().map(|name| Member {
            name,
            value: who.person,
            role,
            mark: who.role,
        }));
        rest = after_separator(after);
    }
    members
}

/// `role-label = <one of ROLES> ":"`. Without the colon a name must follow, so that "(Contracted Inspector)" after a
/// name is not taken for a new role.
fn role_label(input: &str) -> ParseResult<'_, &str> {
    let capital = verify(any_label(ROLES), |role: &str| role.starts_with(char::is_uppercase));
    let colon = (space0, char(':'), space0).map(|_| ());
    let name = (space1, peek(person_role)).map(|_| ());
    terminated(capital, alt((colon, name))).parse(input)
}

/// An unlisted role at the start of a line: "Report author: Ann Lee".
fn other_role(line: &str) -> Option<Hit<'_, &str>> {
    let (role, rest) = line.split_once(':')?;
    let fits = role.split(' ').count() <= 6 && role.starts_with(char::is_uppercase) && !role.contains(',');
    fits.then(|| Hit { before: "", slice: line.head(role.len() + 1), value: role, rest })
}

/// Splits two names without a comma between them at a line's end: "Ann Lee" / "Jo Kay".
fn parted<'a>(text: &'a Text, name: &'a str) -> Vec<&'a str> {
    let range = text.range_of(name);
    let words: Vec<_> = text
        .origins()
        .iter()
        .filter(|o| o.end as usize > range.start && (o.start as usize) < range.end)
        .collect();
    let broken = words.len() == 4
        && words[1].line != words[2].line
        && words[0].line == words[1].line
        && words[2].line == words[3].line;
    if !broken {
        return vec![name];
    }
    let cut = words[2].start as usize - range.start;
    vec![name.head(cut).trim_end(), name.tail(cut)]
}

/// The text after the punctuation or "and" that separates two names.
fn after_separator(input: &str) -> &str {
    let rest = input.trim_start_matches([' ', ',', '.', ';', '&']);
    label("and")(rest).map_or(rest, |(after, _)| after.trim_start())
}

/// The text after its first word, or after its first pair of brackets.
fn after_word(input: &str) -> &str {
    let end = match input.find(')') {
        Some(close) if input.starts_with('(') => close + 1,
        _ => input.find([' ', ',']).map_or(input.len(), |at| at + 1),
    };
    after_separator(input.tail(end))
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
            format!(
                "{} ({}{}){}",
                i.name.unwrap_or_default(),
                i.role.unwrap_or_default(),
                i.organisation.map_or(String::new(), |o| format!(", {o}")),
                if i.lead == Some(true) { "*" } else { "" }
            )
        };
        team_of(&text).iter().map(one).collect::<Vec<_>>().join("; ")
    }

    #[test]
    fn each_role_has_its_names() {
        assert_snapshot!(shown("Lead inspector: Ann Lee\n\nDeputy lead inspector Jo Kay HMI\n\nTeam inspectors: Al Roe HMI, Bo Tan (OI), Di Marsh (Seconded Inspector) and Ed Fox.\n\nQuality assurance manager: Flo Gray, Senior HMI"), @"Ann Lee (Lead inspector, Ofsted)*; Jo Kay (Deputy lead inspector, Ofsted); Al Roe (Team inspector, Ofsted); Bo Tan (Team inspector, Ofsted); Di Marsh (Team inspector); Ed Fox (Team inspector); Flo Gray (Quality assurance manager, Ofsted)");
    }

    #[test]
    fn marks_after_names_are_no_names() {
        assert_snapshot!(shown("Lead inspector: Ann Lee\n\nTeam inspectors: Al Roe (HMIs) and Bo Tan (associate inspectors), Cy Dove, Acting Senior HMI, Di Marsh HMI.\n\nShadow inspectors: N/A"), @"Ann Lee (Lead inspector, Ofsted)*; Al Roe (Team inspector, Ofsted); Bo Tan (Team inspector); Cy Dove (Team inspector, Ofsted); Di Marsh (Team inspector, Ofsted)");
        assert_snapshot!(shown("Lead inspector: Ann Lee\n\nShadow inspectors: Regulatory Inspection Manager Jo Kay, Al Roe HMI"), @"Ann Lee (Lead inspector, Ofsted)*; Jo Kay (Shadow inspector); Al Roe (Shadow inspector, Ofsted)");
    }

    #[test]
    fn a_name_may_be_broken_over_blocks() {
        let doc = outline(
            "Team inspectors: Ann Lee, Jo\n\nKay Senior data analyst: Al Roe\n\nQuality assurance managers: Bo Tan and Di\n\nMarsh",
        );
        let names: Vec<String> = rows(doc.blocks.iter())
            .iter()
            .flat_map(|row| {
                team_of(row).iter().map(|m| format!("{} ({})", m.name, m.role)).collect::<Vec<_>>()
            })
            .collect();
        assert_snapshot!(names.join(", "), @"Ann Lee (Team inspectors), Jo Kay (Team inspectors), Al Roe (Senior data analyst), Bo Tan (Quality assurance managers), Di Marsh (Quality assurance managers)");
        assert_snapshot!(shown("Kay Senior data analyst: Al Roe"), @"Al Roe (Senior data analyst)");
    }

    #[test]
    fn a_team_ends_where_the_back_page_begins() {
        let doc = outline(
            "Team inspectors: Ann Lee and Jo Kay 30 Any complaints about the inspection or the report should be made following the procedures set out in the guidance. London TW9 4DU, Piccadilly Gate Store Street Manchester",
        );
        let names: Vec<String> = rows(doc.blocks.iter())
            .iter()
            .map(body::before_back_page)
            .flat_map(|row| team_of(&row).iter().map(|m| m.name.to_owned()).collect::<Vec<_>>())
            .collect();
        assert_eq!(names, ["Ann Lee", "Jo Kay"]);
    }

    #[test]
    fn a_comma_may_be_lost_at_a_lines_end() {
        assert_snapshot!(shown("Team inspectors: Ann Lee, Jo Kay\nAl Roe, Bo Tan"), @"Ann Lee (Team inspector); Jo Kay (Team inspector); Al Roe (Team inspector); Bo Tan (Team inspector)");
    }
}
