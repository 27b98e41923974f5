//! The end of a letter: closing words and signatures.

use nom::Offset;
use std::collections::VecDeque;

use crate::cut::Cut;
use crate::grammar::has_role_word;
use crate::grammar::label::{any_label, find_label, label};
use crate::grammar::person::{is_person_like, may_be_person, person};
use crate::outline::{Outline, Role};
use crate::record::{Draft, Evidence, Letter, Signatory, Status};
use crate::text::Text;

/// Closing words, with a common misprint.
const CLOSINGS: &[&str] = &["Yours sincerely", "Your sincerely", "Yours faithfully", "Yours truly"];
/// How many lines a role may have.
const ROLE_LINES: usize = 3;
/// Without closing words, signatures are looked for in this many lines at the end.
const LAST: usize = 6;

/// Organisations that are printed at the end of a role, or alone above a name.
const BODIES: &[&str] = &[
    "Ofsted",
    "CQC",
    "Care Quality Commission",
    "HMI Constabulary and Fire & Rescue Services",
    "HMI Constabulary and Fire and Rescue Services",
    "HMI Constabulary",
    "HMICFRS",
    "HMIC",
    "HMI Probation",
    "HMIP",
    "His Majesty's Inspectorate of Constabulary and Fire & Rescue Services",
    "Her Majesty's Inspectorate of Constabulary and Fire & Rescue Services",
    "His Majesty's Inspectorate of Probation",
    "Her Majesty's Inspectorate of Probation",
];

/// The beginnings of roles that are printed beside a name.
const BESIDE: &[&str] = &[
    "Her Majesty's",
    "His Majesty's",
    "Senior",
    "HMI",
    "Lead inspector",
    "National Director",
    "Regional Director",
    "Chief Inspector",
    "Deputy Chief Inspector",
    "Assistant Chief Inspector",
];

/// A signatory, as slices of the text.
#[derive(Debug, Clone, Default)]
struct Signed<'a> {
    name: &'a str,
    /// The lines below the name.
    role: Vec<&'a str>,
    /// The organisation, on a line of its own above the name or below the role.
    body: Option<&'a str>,
}

impl<'a> Signed<'a> {
    /// `role = words ["," body]`
    fn value(&self) -> Signatory {
        let lines = self.role.join(" ");
        let (role, beside) = match lines.rsplit_once(',') {
            Some((role, body)) if is_body(body.trim()) => (role.trim(), Some(body.trim())),
            _ => (lines.as_str(), None),
        };
        Signatory {
            name: person(self.name).ok().map(|(_, p)| p.value()),
            role: (!role.is_empty()).then(|| role.to_owned()),
            organisation: self.body.or(beside).map(str::to_owned),
        }
    }

    /// Whether an organisation on the next line may belong to this signatory: there is a role, but no organisation yet.
    fn lacks_body(&self) -> bool {
        !self.role.is_empty() && self.value().organisation.is_none()
    }

    /// All slices, in no particular order.
    fn parts(&self) -> impl Iterator<Item = &'a str> {
        [Some(self.name), self.body].into_iter().flatten().chain(self.role.iter().copied())
    }
}

/// `closing = "Yours sincerely" [","]`
pub fn is_closing(line: &str) -> bool {
    any_label(CLOSINGS)(line).is_ok_and(|(rest, _)| rest.trim_matches([',', '.', ' ']).is_empty())
}

/// The closing words in a text, at its start or after a sentence.
pub fn closings(text: &str) -> Vec<&str> {
    let hits = CLOSINGS.iter().filter_map(|c| find_label(text, c));
    hits.filter(|hit| {
        let at = text.offset(hit);
        let before = text.head(at).trim_end();
        before.is_empty() || before.ends_with('.')
    })
    .collect()
}

/// `last-sentence = "Ofsted will take the findings from this focused visit into account" …`
pub fn is_last_sentence(line: &str) -> bool {
    let begins =
        any_label(&["Ofsted will take the findings from this", "We will take the findings from this"])(line);
    begins.is_ok() && line.ends_with("inspection or visit.")
}

/// Reads the signatures. Returns the index of the block at which the body ends.
pub fn read(doc: &Outline, draft: &mut Draft, letter: &mut Letter, begin: usize) -> usize {
    let closing =
        (begin..doc.blocks.len()).rev().find_map(|at| Some((at, closing_in(&doc.blocks[at].text)?)));
    let (end, lines) = match &closing {
        Some((at, range)) => {
            let block = &doc.blocks[*at];
            let mut lines = block.text.slice(range.end..block.text.as_str().len()).lines();
            lines.extend(lines_of(doc, *at + 1));
            // If the closing words are inside a paragraph, the paragraph stays in the body.
            (if range.start == 0 { *at } else { *at + 1 }, lines)
        }
        None => unclosed(doc, begin),
    };
    let whole = Text::join(&lines, "\n");
    let pages = lines.iter().flat_map(|l| std::iter::repeat_n(l.page(), l.as_str().split('\n').count()));
    let printed: Vec<(&str, u32)> = whole.as_str().split('\n').zip(pages).collect();
    for s in signatories(&printed) {
        let at = letter.signatories.len();
        let all =
            s.parts().map(|part| whole.range_of(part)).reduce(|a, b| a.start.min(b.start)..a.end.max(b.end));
        let evidence = whole.evidence_of(all.unwrap_or_default(), "letter.signatories");
        draft.note(format!("/letter/signatories/{at}"), evidence);
        letter.signatories.push(s.value());
    }
    if letter.signatories.is_empty() {
        match closing {
            // There must be a signature below closing words, so quote what is there.
            Some(_) => {
                let first: Text = Text::join(lines.iter().take(ROLE_LINES), " ");
                let quoted =
                    Some(&first).filter(|t| !t.is_empty()).map(|t| t.evidence_all("letter.signatories"));
                let evidence = quoted.unwrap_or_default();
                draft.note("/letter/signatories", Evidence { status: Status::NotRead, ..evidence });
            }
            None => draft.absent("/letter/signatories", Status::NotStated),
        }
    }
    end
}

/// The range of the closing words in a block: at its start, or after a sentence.
fn closing_in(text: &Text) -> Option<std::ops::Range<usize>> {
    let hit = CLOSINGS.iter().find_map(|c| find_label(text.as_str(), c))?;
    let range = text.range_of(hit);
    let before = text.as_str().head(range.start).trim_end();
    let rest = text.as_str().tail(range.end);
    let end = range.end + rest.len() - rest.trim_start_matches([',', ' ']).len();
    (before.is_empty() || before.ends_with('.')).then_some(range.start..end)
}

/// The lines of all blocks from `from` on. A table's cells come one after the other, but a cell that names an
/// organisation comes with the name below it.
fn lines_of(doc: &Outline, from: usize) -> Vec<Text> {
    let mut lines = Vec::new();
    for block in doc.blocks.tail(from) {
        match block.role {
            Role::Furniture | Role::Footnote => {}
            Role::Table => lines.extend(cell_lines(&block.rows)),
            _ => lines.extend(block.text.lines()),
        }
    }
    lines
}

/// The lines of a table, row by row. A cell that only names an organisation is kept until the cell below it.
fn cell_lines(rows: &[Vec<Text>]) -> Vec<Text> {
    let mut lines = Vec::new();
    let mut above: Vec<Option<Text>> = Vec::new();
    for row in rows {
        above.resize(above.len().max(row.len()), None);
        for (column, cell) in row.iter().enumerate() {
            if is_body(cell.as_str()) {
                above[column] = Some(cell.clone());
                continue;
            }
            lines.extend(above[column].take());
            lines.extend(cell.lines());
        }
    }
    lines
}

fn is_body(line: &str) -> bool {
    any_label(BODIES)(line).is_ok_and(|(rest, _)| rest.trim().is_empty())
}

/// Signatures without closing words: a name among the last lines, above an inspector's role.
fn unclosed(doc: &Outline, begin: usize) -> (usize, Vec<Text>) {
    let text = |at: &usize| doc.blocks[*at].is_prose();
    let last = (begin..doc.blocks.len()).rev().filter(text).take(LAST).collect::<Vec<_>>();
    let mut lines: Vec<(usize, usize, Text)> = Vec::new();
    for at in last.into_iter().rev() {
        lines.extend(doc.blocks[at].text.lines().into_iter().enumerate().map(|(n, line)| (at, n, line)));
    }
    let lines = lines.split_off(lines.len().saturating_sub(LAST));
    let signed = |pair: &[(usize, usize, Text)]| {
        may_be_person(pair[0].2.as_str()) && label("inspector")(last_word(pair[1].2.as_str())).is_ok()
    };
    match lines.windows(2).position(signed) {
        Some(from) => {
            let (block, line) = (lines[from].0, lines[from].1);
            let end = if line == 0 { block } else { block + 1 };
            (end, lines.into_iter().skip(from).map(|(.., text)| text).collect())
        }
        None => (doc.blocks.len(), Vec::new()),
    }
}

fn last_word(line: &str) -> &str {
    line.trim().rsplit(' ').next().unwrap_or("")
}

/// `signatures = 1*([body] name *role) / 1*(name *role [body]) / 1*(1*body 1*name 1*role) / 1*(1*name 1*role 1*body)`
///
/// "Ann Lee / His Majesty’s Inspector"; "Dr Jo Kay OBE / Chief Inspector, CQC"; "Ofsted / Ann Lee / Director"; "Ann Lee
/// / Director / Ofsted"; "Ann Lee His Majesty’s Inspector"; a grid that was read row by row: bodies, then names, then
/// roles, or bodies last. If the first line is a body, bodies are above names.
///
/// Each line comes with its page, because a line on the page after a signature hardly continues a role.
fn signatories<'a>(lines: &[(&'a str, u32)]) -> Vec<Signed<'a>> {
    let mut out: Vec<Signed<'a>> = Vec::new();
    let mut bodies: VecDeque<&'a str> = VecDeque::new();
    let lines: Vec<(&'a str, u32)> =
        lines.iter().map(|(l, page)| (l.trim(), *page)).filter(|(l, _)| !l.is_empty()).collect();
    let above = lines.first().is_some_and(|(line, _)| is_body(line));
    for (n, (line, page)) in lines.iter().copied().enumerate() {
        let below = lines.get(n + 1).map(|(line, _)| *line);
        let turned = n > 0 && lines[n - 1].1 != page;
        let first_bare = out.iter().rposition(|s| !s.role.is_empty()).map_or(0, |at| at + 1);
        let waits = out.get(first_bare).is_some_and(|s| s.body.is_some());
        if let Some((name, role)) = named(line, below) {
            let role = Some(role).filter(|r| !r.is_empty());
            out.push(Signed { name, role: role.into_iter().collect(), body: bodies.pop_front() });
        } else if is_body(line) && !waits {
            match out.iter_mut().find(|s| s.lacks_body()).filter(|_| !above) {
                Some(signed) => signed.body = Some(line),
                None => bodies.push_back(line),
            }
        } else if !out.is_empty() && is_role_line(line) && (!turned || has_role_word(line) || is_body(line)) {
            // If names are side by side, their roles are side by side below them.
            let at = first_bare.min(out.len() - 1);
            if out[at].role.len() == ROLE_LINES {
                break;
            }
            out[at].role.push(line);
        } else if !out.is_empty() {
            break;
        }
    }
    out
}

/// Splits a line into a name and the role after it, if any. A surname that is also a word for roles or buildings counts
/// above a role's line, beside a role, or alone.
fn named<'a>(line: &'a str, below: Option<&str>) -> Option<(&'a str, &'a str)> {
    let (rest, p) = person(line).ok()?;
    let rest = rest.trim_start_matches([',', ' ']).trim();
    let role = any_label(BESIDE)(rest).is_ok();
    let alone = rest.is_empty();
    let clear = alone && is_person_like(line);
    let placed = alone && may_be_person(line) && below.is_none_or(is_role_below);
    (clear || placed || role && may_be_person(p.name)).then_some((p.name, rest))
}

/// Whether the line below a name is its role.
fn is_role_below(line: &str) -> bool {
    is_role_line(line) && has_role_word(line)
}

/// Whether a line may be a role or continue one; mail headers and e-mail addresses may not.
fn is_role_line(line: &str) -> bool {
    let begins = |c: char| c.is_uppercase() || c == '&';
    let wraps = ["and ", "of ", "for "].iter().any(|w| line.starts_with(w));
    (4..=140).contains(&line.len())
        && !line.ends_with('.')
        && (line.starts_with(begins) || wraps)
        && !line.contains([':', '@'])
}

#[cfg(test)]
mod tests {
    use super::*;
    use insta::assert_snapshot;

    fn show(text: &str) -> String {
        // "//" separates pages.
        let pages = text.split(" // ").zip(1..);
        let lines: Vec<(&str, u32)> =
            pages.flat_map(|(t, page)| t.split(" / ").map(move |l| (l, page))).collect();
        let text = |t: Option<String>| t.unwrap_or("-".into());
        let one = |s: &Signed<'_>| {
            let s = s.value();
            format!("{} ({}; {})", text(s.name), text(s.role), text(s.organisation))
        };
        signatories(&lines).iter().map(one).collect::<Vec<_>>().join(", ")
    }

    #[test]
    fn a_role_stands_under_the_name_or_beside_it() {
        assert_snapshot!(show("Ann Lee / His Majesty’s Inspector"), @"Ann Lee (His Majesty’s Inspector; -)");
        assert_snapshot!(show("Ann Lee His Majesty’s Inspector"), @"Ann Lee (His Majesty’s Inspector; -)");
        assert_snapshot!(show("Ann Lee National Director Regulation and Social Care, Ofsted / Dr Jo Kay BSc OBE Chief Inspector of Health Care, CQC"), @"Ann Lee (National Director Regulation and Social Care; Ofsted), Jo Kay (Chief Inspector of Health Care; CQC)");
        assert_snapshot!(show("Ann Lee / Her Majesty’s Inspector / Contact us for a copy in large print."), @"Ann Lee (Her Majesty’s Inspector; -)");
    }

    #[test]
    fn several_sign_a_joint_letter() {
        assert_snapshot!(show("Ann Lee / National Director, Ofsted / Dr Jo Kay BSc OBE / Chief Inspector, CQC / Al Roe, QPM / His Majesty’s Inspector of Constabulary / His Majesty’s Inspector of Fire & Rescue Services"),
            @"Ann Lee (National Director; Ofsted), Jo Kay (Chief Inspector; CQC), Al Roe (His Majesty’s Inspector of Constabulary His Majesty’s Inspector of Fire & Rescue Services; -)");
        assert_snapshot!(show("Ofsted / Ann Lee / National Director / HMI Probation / Jo Kay / Assistant Chief Inspector"),
            @"Ann Lee (National Director; Ofsted), Jo Kay (Assistant Chief Inspector; HMI Probation)");
        assert_snapshot!(show("Ofsted / HMI Probation / Ann Lee / Jo Kay / National Director / Assistant Chief Inspector"),
            @"Ann Lee (National Director; Ofsted), Jo Kay (Assistant Chief Inspector; HMI Probation)");
        assert_snapshot!(show("Ofsted / HMI Probation / Ann Lee / National Director / Jo Kay / Assistant Chief Inspector"),
            @"Ann Lee (National Director; Ofsted), Jo Kay (Assistant Chief Inspector; HMI Probation)");
        assert_snapshot!(show("Ann Lee / National Director / Ofsted / Jo Kay / Chief Inspector / CQC"),
            @"Ann Lee (National Director; Ofsted), Jo Kay (Chief Inspector; CQC)");
        assert_snapshot!(show("Ann Lee / Jo Kay / National Director / Chief Inspector / Ofsted / CQC / Al Roe / Kit Poe / His Majesty’s Inspector / Assistant Chief Inspector"),
            @"Ann Lee (National Director; Ofsted), Jo Kay (Chief Inspector; CQC), Al Roe (His Majesty’s Inspector; -), Kit Poe (Assistant Chief Inspector; -)");
        assert_snapshot!(show("Ann Lee / National Director, Ofsted / HMI Probation / Jo Kay / Assistant Chief Inspector"),
            @"Ann Lee (National Director; Ofsted), Jo Kay (Assistant Chief Inspector; HMI Probation)");
        assert_snapshot!(show("HMI Constabulary / Al Roe / HMI Constabulary"), @"Al Roe (HMI Constabulary; HMI Constabulary)");
    }

    #[test]
    fn surnames_may_be_words_of_roles_and_buildings() {
        assert_snapshot!(show("Gareth Head / His Majesty’s Inspector"), @"Gareth Head (His Majesty’s Inspector; -)");
        assert_snapshot!(show("Ann Hall / Her Majesty’s Inspector"), @"Ann Hall (Her Majesty’s Inspector; -)");
        assert_snapshot!(show("Tom Lord, HMI"), @"Tom Lord (HMI; -)");
        assert_snapshot!(show("Ann Green"), @"Ann Green (-; -)");
        assert_snapshot!(show("Civic Centre / His Majesty’s Inspector"), @"");
    }

    #[test]
    fn a_letter_ends_with_its_signature() {
        assert_snapshot!(show("Ann Lee / His Majesty’s Inspector // Democratic Services / From: Democratic Services <a@example.gov.uk> / Jo Kay, Democratic Services Officer"), @"Ann Lee (His Majesty’s Inspector; -)");
        assert_snapshot!(show("Ann Lee / National Director, Regulation / and Social Care // Minutes of the meeting"), @"Ann Lee (National Director, Regulation and Social Care; -)");
        assert_snapshot!(show("Ann Lee / Chief Inspector of Primary / Medical Services, Care Quality Commission"), @"Ann Lee (Chief Inspector of Primary Medical Services; Care Quality Commission)");
        assert_snapshot!(show("Ofsted / Ann Lee // National Director"), @"Ann Lee (National Director; Ofsted)");
    }

    #[test]
    fn closing_words() {
        assert!(is_closing("Yours sincerely,"));
        assert!(is_closing("Your sincerely"));
        assert!(!is_closing("Yours sincerely Ann Lee"));
    }
}
