//! The inspection team: two columns, Ofsted's and the Care Quality Commission's, with one person in each cell.

mod rows;

use std::ops::Range;

pub(super) use self::rows::part_rows;
use crate::cut::Cut;
use crate::grammar::inspectors::person_role;
use crate::grammar::label::{any_label, contains_label, is_label};
use crate::grammar::team::{Member, member, member_role};
use crate::grammar::{find, has_role_word, may_be_person};
use crate::outline::{Block, Outline, Role};
use crate::record::{Draft, Inspector};
use crate::text::Text;

/// A role is at most this many bytes long.
const ROLE_LENGTH: usize = 60;

/// `team = row of "Ofsted" and "Care Quality Commission", then a name with its role in each cell`. The names in the
/// first column come before those in the second. A longer column continues in lines of its own, also over pages.
pub(super) fn read(doc: &Outline, draft: &mut Draft, blocks: Range<usize>) {
    let columns = columns(doc.blocks[blocks].iter().filter(|b| b.is_content()));
    for (lines, own) in columns.iter().zip(["Ofsted", "CQC"]) {
        for text in people(lines).0 {
            add(draft, &text, own);
        }
    }
}

/// The lines of the two columns.
fn columns<'b>(blocks: impl Iterator<Item = &'b Block>) -> [Vec<Text>; 2] {
    let mut columns: [Vec<Text>; 2] = Default::default();
    for block in blocks {
        if block.role == Role::Table {
            for row in &block.rows {
                for (column, cell) in row.iter().enumerate() {
                    columns[column.min(1)].extend(cell.lines());
                }
            }
        } else {
            for line in block.text.lines().iter().flat_map(side_by_side) {
                let second = line.as_str().contains("CQC") || line.as_str().contains("Care Quality");
                match columns.iter_mut().find(|c| c.last().is_some_and(|l| ends_in_title(l.as_str()))) {
                    Some(column) if is_label(line.as_str(), "Inspector") => column.push(line),
                    _ => columns[usize::from(second)].push(line),
                }
            }
        }
    }
    columns
}

/// One text for each person from the lines of a column. A line that continues a role, or completes a broken name,
/// belongs to the line before. Anything else is not part of the team; the second value says that there is nothing else.
fn people(lines: &[Text]) -> (Vec<Text>, bool) {
    let mut people: Vec<Text> = Vec::new();
    let mut all = true;
    // Whether the last line was skipped, so that the next one can't continue it.
    let mut passed = true;
    for line in lines.iter().filter(|l| !l.is_empty() && !names_column(l.as_str())) {
        if let Some(last) = people.last_mut().filter(|_| !passed) {
            let joined = format!("{} {}", last.as_str(), line.as_str());
            if is_half_name(last.as_str()) && begins_person(&joined) || goes_on_role(line.as_str()) {
                last.push_text(" ", line);
                continue;
            }
        }
        passed = !begins_person(line.as_str()) && !is_half_name(line.as_str());
        all &= !passed;
        if !passed {
            people.push(line.clone());
        }
    }
    (people, all)
}

fn names_column(line: &str) -> bool {
    ["Ofsted", "Care Quality Commission", "CQC"].iter().any(|w| is_label(line, w))
}

/// "Ann Lee, Ofsted HMI"; "Ann Lee HMI, Ofsted"; "Ann Lee": a name, then nothing or a role.
fn begins_person(line: &str) -> bool {
    let Ok((_, who)) = person_role(line) else { return false };
    let after = line.get(line.find(who.person.name).unwrap_or(0) + who.person.name.len()..).unwrap_or("");
    let role = after.trim_start_matches(|c: char| !c.is_alphabetic());
    may_be_person(who.person.name) && (role.is_empty() || after.starts_with(',') || member_role(role).is_ok())
}

/// Whether a line is a name that was broken at the line's end: "Ann Spencer-"; "Ann".
fn is_half_name(line: &str) -> bool {
    let words = line.split(' ').count();
    let letters = line.trim_end_matches('-').chars().all(|c| c.is_alphabetic() || c == ' ' || c == '-');
    let half = words == 1 || words == 2 && line.ends_with('-');
    letters && half && line.starts_with(char::is_uppercase)
}

/// Whether a line continues a role: "Lead inspector"; "Inspector"; "HMI".
fn goes_on_role(line: &str) -> bool {
    let whole = member_role(line).is_ok_and(|(rest, _)| rest.trim_matches([',', '.', ' ']).is_empty());
    whole
        || line.len() <= ROLE_LENGTH / 2
            && has_role_word(line)
            && !begins_person(line)
            && !line.ends_with('.')
}

/// Splits a line that contains the cells of both columns, or of all rows. Each cell begins with a name before an
/// organisation.
///
/// "Rosalind Achebe, Ofsted HMI, lead inspector Tom Adair, CQC inspector"
fn side_by_side(line: &Text) -> Vec<Text> {
    let text = line.as_str();
    let mut starts = Vec::new();
    let mut rest = text;
    while let Some(hit) = find(member, past_gap(rest)).filter(|hit| hit.before.trim().is_empty()) {
        starts.push(text.len() - hit.slice.len() - hit.rest.len());
        rest = hit.rest;
    }
    if starts.len() < 2 {
        return vec![line.clone()];
    }
    let ends = starts.tail(1).iter().copied().chain([text.len()]);
    let cell =
        |(from, to): (&usize, usize)| line.slice(*from..*from + before_column(text.part(*from..to)).len());
    starts.iter().zip(ends).map(cell).collect()
}

/// The text after column headings, or after the specialism at the end of a role: "Ofsted HMI, Social Care".
fn past_gap(text: &str) -> &str {
    const HEADS: &[&str] = &["Ofsted", "Care Quality Commission", "CQC"];
    const FIELDS: &[&str] = &["Social Care", "Education", "Health"];
    let rest = text.trim_start();
    let field = rest.strip_prefix(',').and_then(|r| any_label(FIELDS)(r.trim_start()).ok());
    match field.or_else(|| any_label(HEADS)(rest).ok()) {
        Some((rest, _)) => past_gap(rest),
        None => text,
    }
}

/// A cell without the next column's heading at its end: "Al Roe, Ofsted Inspector Care Quality Commission".
fn before_column(cell: &str) -> &str {
    let bare = cell.trim_end().strip_suffix("Care Quality Commission").map(str::trim_end);
    bare.filter(|b| !b.ends_with(',')).unwrap_or(cell)
}

/// "Rosalind Achebe, Ofsted HMI Lead": the rest of the title is on the next line.
fn ends_in_title(text: &str) -> bool {
    text.to_lowercase().ends_with(" lead")
}

fn add(draft: &mut Draft, text: &Text, own: &str) {
    let Ok((_, who)) = person_role(text.as_str()) else { return };
    let from = text.range_of(who.person.name).end;
    let role = text.as_str().tail(from).trim_start_matches([',', ' ']).trim();
    let role = Some(role).filter(|r| !r.is_empty() && r.chars().count() <= ROLE_LENGTH);
    let member = Member { person: who.person, role: role.unwrap_or("") };
    let lead = contains_label(member.role, "lead inspector") && own == "Ofsted" && member.is_lead();
    let at = draft.record.inspectors.len();
    draft.note(format!("/inspectors/{at}"), text.evidence_all("area-send.team"));
    draft.record.inspectors.push(Inspector {
        name: Some(who.person.value()),
        role: role.map(str::to_owned),
        organisation: Some(member.organisation().unwrap_or(own).into()),
        lead: lead.then_some(true),
    });
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ofsted::testing::{draft, outline};
    use insta::assert_snapshot;

    fn shown(text: &str) -> String {
        let doc = outline(text);
        let mut draft = draft(&doc);
        read(&doc, &mut draft, 0..doc.blocks.len());
        let text = |t: Option<String>| t.unwrap_or("-".into());
        let one = |i: Inspector| {
            format!(
                "{} ({}; {}){}",
                text(i.name),
                text(i.role),
                text(i.organisation),
                if i.lead == Some(true) { "*" } else { "" }
            )
        };
        draft.record.inspectors.into_iter().map(one).collect::<Vec<_>>().join("\n")
    }

    #[test]
    fn columns_side_by_side() {
        let line = outline("Rosalind Achebe, Ofsted HMI, lead inspector Tom Adair, CQC inspector");
        let cells = side_by_side(&line.blocks[0].text);
        assert_eq!(
            cells.iter().map(Text::as_str).collect::<Vec<_>>(),
            ["Rosalind Achebe, Ofsted HMI, lead inspector", "Tom Adair, CQC inspector"]
        );
        let all = outline("Ofsted Ann Lee HMI, Ofsted Lead inspector Jo Kay HMI, Ofsted Al Roe HMI, Ofsted");
        let cells = side_by_side(&all.blocks[0].text);
        assert_eq!(
            cells.iter().map(Text::as_str).collect::<Vec<_>>(),
            ["Ann Lee HMI, Ofsted Lead inspector", "Jo Kay HMI, Ofsted", "Al Roe HMI, Ofsted"]
        );
    }

    #[test]
    fn columns_and_their_heads_in_one_line() {
        assert_snapshot!(shown("Ofsted Care Quality Commission Ann Lee, Ofsted HMI, Social Care Jo Kay, Ofsted HMI lead inspector Care Quality Commission Al Roe, CQC lead inspector"), @r"
        Ann Lee (Ofsted HMI, Social Care; Ofsted)
        Jo Kay (Ofsted HMI lead inspector; Ofsted)*
        Al Roe (CQC lead inspector; CQC)
        ");
    }

    #[test]
    fn two_may_be_printed_as_lead_inspectors() {
        assert_snapshot!(shown("Ofsted\nAnn Lee, Ofsted HMI, Lead Inspector\nJo Kay, Ofsted HMI, Lead Inspector\nBo Tan, Ofsted HMI"), @r"
        Ann Lee (Ofsted HMI, Lead Inspector; Ofsted)*
        Jo Kay (Ofsted HMI, Lead Inspector; Ofsted)*
        Bo Tan (Ofsted HMI; Ofsted)
        ");
    }

    #[test]
    fn roles_and_names_may_wrap_and_the_back_page_is_no_role() {
        assert_snapshot!(shown("Ofsted\nAnn Lee, Ofsted\nHMI Lead inspector\nGareth Head, Ofsted HMI\nJo Spencer-\nKay, Ofsted Inspector\nIf you are not happy with the report, you can complain.\n\nCare Quality Commission\nAl Roe, CQC Lead inspector"), @r"
        Ann Lee (Ofsted HMI Lead inspector; Ofsted)*
        Gareth Head (Ofsted HMI; Ofsted)
        Jo Spencer-Kay (Ofsted Inspector; Ofsted)
        Al Roe (CQC Lead inspector; CQC)
        ");
    }
}
