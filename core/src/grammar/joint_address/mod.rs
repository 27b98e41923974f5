//! The recipients of a joint letter: "Name, Role, Organisation", each on a line or more.

mod split;

use super::ParseResult;
use super::address::Recipient;
use super::given_names::is_given_name;
use super::label::any_label;
use super::person::{Person, is_person_like, may_be_person, person};
use super::scan::{clean, spaces1, span, word_starts};
use super::words::{ROLE, TITLES, has_word, words};
use crate::cut::Cut;
use crate::text::place_in;
use split::{assign, begins_with_place, is_organisation};

use nom::Parser;
use nom::bytes::complete::take_while1;
use nom::character::complete::char;
use nom::combinator::{opt, recognize, verify};
use nom::multi::many0_count;

/// The recipients of a joint letter. Each begins with a name, at the start of a line or after a title.
///
/// "Ann Lee, Director of Services, Bury Council Sir Jo Kay, Chief Constable of Kent Police Al Roe, Chair"
///
/// Lines may wrap, and commas may be missing. "Chief Constable of X" is split at "of".
pub fn joint_recipients<'a>(lines: &[&'a str]) -> Vec<Recipient<'a>> {
    let mut entries: Vec<Vec<&'a str>> = Vec::new();
    for line in lines.iter().map(|l| l.trim()).filter(|l| !l.is_empty() && !joins_entries(l)) {
        for (i, part) in split_at_titles(line).into_iter().enumerate() {
            match entries.last_mut() {
                Some(entry) if i == 0 && !begins_entry(part) => entry.push(part),
                _ => entries.push(vec![part]),
            }
        }
    }
    entries.iter().filter_map(|e| entry(e)).collect()
}

/// Whether a line only connects or introduces recipients: "and"; "To:".
fn joins_entries(line: &str) -> bool {
    any_label(&["and", "&", "to", "cc"])(line).is_ok_and(|(rest, _)| matches!(rest.trim(), "" | ":"))
}

/// Whether a line begins a recipient: with a name before a comma or a role, or with a role before a name.
fn begins_entry(line: &str) -> bool {
    if role_before_name(line).is_some() {
        return true;
    }
    let Ok((rest, p)) = ranked_person(line) else { return false };
    if begins_with_place(line) || !may_be_person(p.name) {
        return false;
    }
    let after = rest.trim_start_matches([',', ' ']);
    let next = commas(after).first().copied().unwrap_or("");
    let comma = rest.trim_start().starts_with(',');
    let role_next = has_word(next, ROLE);
    p.title.is_some() || role_next || comma && (is_person_like(p.name) || is_organisation(next))
}

/// `ranked-person = [rank] person`: a police rank before a name is a title.
///
/// "Chief Supt Jo Kay"; "Detective Chief Inspector Ann Lee"; "DCI Ann Lee"
fn ranked_person(line: &str) -> ParseResult<'_, Person<'_>> {
    const FORCE: &[&str] = &[
        "Temporary",
        "Acting",
        "Detective",
        "Det",
        "Deputy",
        "Assistant",
        "Chief",
        "Supt",
        "Superintendent",
        "Inspector",
        "Insp",
        "Sergeant",
        "Commander",
        "Constable",
        "Commissioner",
        "DCI",
        "DCS",
        "DSU",
        "DI",
        "DAC",
        "ACC",
        "DCC",
        "PC",
        "PS",
        "Cmdr",
    ];
    let word = |i| {
        let rank = verify(take_while1(char::is_alphabetic), |w: &str| FORCE.contains(&w));
        (rank, opt(char('.')), spaces1).parse(i)
    };
    let (rest, rank) = recognize(many0_count(word)).parse(line)?;
    let (rest, who) = person(rest)?;
    let title = who.title.or(Some(rank.trim()).filter(|r| !r.is_empty()));
    Ok((rest, Person { title, ..who }))
}

/// A line that holds two recipients, the second with a title: "… CCG Mr Jo Kay, …".
fn split_at_titles(line: &str) -> Vec<&str> {
    let cut = word_starts(line).skip(1).find(|at| {
        let titled = verify(take_while1(char::is_alphabetic), |w: &str| TITLES.contains(&w));
        let mut next = (titled, spaces1, person);
        let before = line.head(*at).trim_end();
        !before.ends_with(',') && next.parse(line.tail(*at)).is_ok_and(|(rest, _)| rest.starts_with(','))
    });
    match cut {
        Some(at) => vec![line.head(at).trim(), line.tail(at).trim()],
        None => vec![line],
    }
}

/// A line with the role first and the name at the end.
///
/// "Police and Crime Commissioner for Kent, Ann Lee"
fn role_before_name(line: &str) -> Option<(&str, Person<'_>)> {
    let (role, name) = line.rsplit_once(',')?;
    let (rest, who) = ranked_person(name.trim()).ok()?;
    let known = is_person_like(who.name) && words(who.name).next().is_some_and(is_given_name);
    (rest.is_empty() && known && has_word(role, ROLE) && !role.contains(',')).then_some((role.trim(), who))
}

fn entry<'a>(lines: &[&'a str]) -> Option<Recipient<'a>> {
    let (first, below) = lines.split_first()?;
    if let Some((role, who)) = role_before_name(first) {
        let (role, organisation) = (vec![role], below.to_vec());
        return Some(Recipient { name: Some(who.name), role, organisation, ..Recipient::default() });
    }
    let (rest, who): (&'a str, Person<'a>) = ranked_person(first).ok()?;
    let rest = after_name(rest);
    let lines = std::iter::once(rest).chain(below.iter().copied());
    let lines: Vec<&'a str> = lines.map(|l| l.trim_end_matches(['[', ' '])).collect();
    let mut to = Recipient { name: Some(who.name), ..Recipient::default() };
    if let Some((before, body)) = bracketed_organisation(&lines) {
        to.role = before.into_iter().map(clean).filter(|l| !l.is_empty()).collect();
        to.organisation = body;
        return Some(to);
    }
    let mut pieces: Vec<Piece<'a>> = Vec::new();
    for line in &lines {
        pieces.extend(commas(line).into_iter().enumerate().map(|(i, text)| Piece { text, joins: i == 0 }));
    }
    // "Ann Lee (Director of Children's Services), Wexcombe Council"
    if let Some(first) = pieces.first_mut() {
        first.text = first.text.strip_prefix('(').and_then(|t| t.strip_suffix(')')).unwrap_or(first.text);
    }
    let comma_ended: Vec<bool> = lines.iter().map(|l| l.trim_end().ends_with(',')).collect();
    assign(segments(pieces, &comma_ended), &mut to);
    to.role = by_line(&lines, &to.role);
    to.organisation = by_line(&lines, &to.organisation);
    // "Chief Constable Jo Kay, Kent Police": only the title says what the person's role is.
    if to.role.is_empty() {
        to.role.extend(who.title.filter(|title| title.ends_with("Chief Constable")));
    }
    Some(to)
}

/// What follows a name, without a dash or a colon between them: " – Accountable Officer".
fn after_name(rest: &str) -> &str {
    let bare = rest.trim_start();
    let parted =
        bare.strip_prefix(':').or_else(|| bare.strip_prefix(['–', '—', '-']).filter(|r| r.starts_with(' ')));
    parted.map_or(rest, str::trim_start)
}

/// An organisation in brackets at the end of an entry that has named none before. Returns the lines before it, and its
/// own.
///
/// "Ann Lee, Assistant Chief Officer, Kent and Sussex / (The Kent Rehabilitation / Company Limited)"
fn bracketed_organisation<'a>(lines: &[&'a str]) -> Option<(Vec<&'a str>, Vec<&'a str>)> {
    let opens = lines.iter().rposition(|l| l.contains('('))?;
    let at = lines[opens].rfind('(')?;
    let (before, from) = lines[opens].split_at(at);
    let mut body = vec![from.trim_start_matches('(')];
    body.extend(lines.tail(opens + 1));
    let last = body.last_mut()?;
    *last = last.trim().strip_suffix(')')?;
    let closed_within = body.iter().any(|l| l.contains(')'));
    let named = lines.head(opens).iter().chain([&before]).flat_map(|l| commas(l)).any(is_organisation);
    let whole = body.join(" ");
    if closed_within || named || !is_organisation(&whole) || words(&whole).count() < 2 {
        return None;
    }
    Some((lines.head(opens).iter().copied().chain([before]).collect(), body))
}

/// Merges parts on the same line into one slice, with the commas between them. A line that is continued keeps its last
/// comma.
fn by_line<'a>(lines: &[&'a str], parts: &[&'a str]) -> Vec<&'a str> {
    let mut out: Vec<(usize, &'a str)> = Vec::new();
    for part in parts {
        let Some(n) = lines.iter().position(|line| place_in(line, part).is_some()) else { continue };
        match out.last_mut() {
            Some((m, whole)) if *m == n => *whole = span(lines[n], whole, part),
            Some((m, whole)) if lines[*m].trim_end().ends_with(',') => {
                *whole = span(lines[*m], whole, lines[*m].trim_end());
                out.push((n, part));
            }
            _ => out.push((n, part)),
        }
    }
    out.into_iter().map(|(_, s)| s).collect()
}

/// A part of a line between commas. `joins`: it begins its line.
#[derive(Debug, Clone, Copy)]
struct Piece<'a> {
    text: &'a str,
    joins: bool,
}

/// The non-empty parts of a line between commas that are not inside brackets.
fn commas(line: &str) -> Vec<&str> {
    let mut depth = 0i32;
    let mut from = 0;
    let mut out = Vec::new();
    for (at, c) in line.char_indices() {
        match c {
            '(' => depth += 1,
            ')' => depth -= 1,
            ',' if depth == 0 => {
                out.push(line.part(from..at).trim());
                from = at + 1;
            }
            _ => {}
        }
    }
    out.push(line.tail(from).trim());
    out.retain(|s| !s.is_empty());
    out
}

/// Joins the parts into segments. A segment that wraps has a slice for each line.
fn segments<'a>(pieces: Vec<Piece<'a>>, comma_ended: &[bool]) -> Vec<Vec<&'a str>> {
    let mut out: Vec<Vec<&'a str>> = Vec::new();
    let mut line = 0;
    for piece in pieces {
        let wraps = piece.joins && line > 0 && !comma_ended[line - 1];
        line += usize::from(piece.joins);
        match out.last_mut() {
            Some(last) if wraps => last.push(piece.text),
            _ => out.push(vec![piece.text]),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use insta::assert_snapshot;

    fn show(text: &str) -> String {
        let lines: Vec<&str> = text.split('/').collect();
        let one = |r: &Recipient<'_>| {
            let or = |v: Option<String>| v.unwrap_or("-".into());
            format!("{} | {} | {}", r.name.unwrap_or("-"), or(r.role_value()), or(r.organisation_value()))
        };
        joint_recipients(&lines).iter().map(one).collect::<Vec<_>>().join("\n")
    }

    #[test]
    fn a_line_is_name_role_and_organisation() {
        assert_snapshot!(show("Ann Lee, Director of Children’s Services, Bury Council/Jo Kay, Independent Scrutineer"), @r"
        Ann Lee | Director of Children’s Services | Bury Council
        Jo Kay | Independent Scrutineer | -
        ");
        assert_snapshot!(show("To:/Ann Lee, Director, Bury Council/and/Police and Crime Commissioner for Kent, Karen Moss/Jo Kay, Chair"), @r"
        Ann Lee | Director | Bury Council
        Karen Moss | Police and Crime Commissioner for Kent | -
        Jo Kay | Chair | -
        ");
        assert_snapshot!(show("Deputy Chief Constable Jo Kay, Kent Police"), @"Jo Kay | Deputy Chief Constable | Kent Police");
        assert_snapshot!(show("Chief Supt Jo Kay, Head of Safeguarding, Kent Police"), @"Jo Kay | Head of Safeguarding | Kent Police");
        assert_snapshot!(show("Ann Lee, Kent Police and Crime Commissioner"), @"Ann Lee | Kent Police and Crime Commissioner | -");
    }

    #[test]
    fn lines_wrap() {
        assert_snapshot!(show("Ann Lee, Chief Executive, NHS Kent Integrated Care/Board/Jo Kay, Chair, Kent Children’s Partnership/(KCP)"), @r"
        Ann Lee | Chief Executive | NHS Kent Integrated Care Board
        Jo Kay | Chair | Kent Children’s Partnership (KCP)
        ");
        assert_snapshot!(show("Ann Lee, Chief Nursing Officer Kent, Surrey & East/Sussex Integrated Care Board"), @"Ann Lee | Chief Nursing Officer | Kent, Surrey & East Sussex Integrated Care Board");
    }

    #[test]
    fn some_roles_split_at_of_or_at() {
        assert_snapshot!(show("Sir Jo Kay QPM DL, Chief Constable of Kent Police"), @"Jo Kay | Chief Constable | Kent Police");
        assert_snapshot!(show("Jo Kay, Commissioner of the Metropolitan Police Service"), @"Jo Kay | Commissioner | Metropolitan Police Service");
        assert_snapshot!(show("Jo Kay Accountable Officer at NHS Kent CCG"), @"Jo Kay | Accountable Officer | NHS Kent CCG");
        assert_snapshot!(show("Jo Kay, Director of Public Health"), @"Jo Kay | Director of Public Health | -");
    }

    #[test]
    fn a_designated_nurse_begins_an_entry_without_a_comma() {
        assert_snapshot!(show("Jo Kay, Director, Kent Council/Sue Roe Designated Nurse for NHS Kent CCG"), @"
        Jo Kay | Director | Kent Council
        Sue Roe | Designated Nurse for NHS Kent CCG | -
        ");
    }

    #[test]
    fn commas_inside_stay() {
        assert_snapshot!(show("Jo Kay, Head of Area, North Yorkshire, Her Majesty's Probation/Service (HMPPS), North Division"), @"Jo Kay | Head of Area, North Yorkshire | Her Majesty's Probation Service (HMPPS), North Division");
        assert_snapshot!(show("Jo Kay, Director,/Kent Council"), @"Jo Kay | Director | Kent Council");
        assert_snapshot!(show("Ann Lee, Chief Nursing Director, Bedfordshire, Luton and Milton Keynes/Care Board"), @"Ann Lee | Chief Nursing Director | Bedfordshire, Luton and Milton Keynes Care Board");
        assert_snapshot!(show("Ann Lee, Lead for Safeguarding Bedfordshire, Luton/and Milton Keynes Collaborative"), @"Ann Lee | Lead for Safeguarding | Bedfordshire, Luton and Milton Keynes Collaborative");
        assert_snapshot!(show("Jo Kay, Head of Service, Plymouth Youth Offending Team"), @"Jo Kay | Head of Service | Plymouth Youth Offending Team");
        assert_snapshot!(show("Jo Kay, Deputy Director NPS, South West and South Central"), @"Jo Kay | Deputy Director NPS | South West and South Central");
        assert_snapshot!(show("Ann Lee, Executive Lead for the CCG, with responsibility for Kent"), @"Ann Lee | Executive Lead for the CCG, with responsibility for Kent | -");
        assert_snapshot!(show("Jo Kay, Director, Leeds City Council/Ann Green, Greater Leeds Deputy Mayor/Al Roe Accountable Officer at NHS Leeds CCG"), @r"
        Jo Kay | Director | Leeds City Council
        Ann Green | Greater Leeds Deputy Mayor | -
        Al Roe | Accountable Officer | NHS Leeds CCG
        ");
    }

    #[test]
    fn ranks_and_surnames_of_many_kinds_begin_a_recipient() {
        assert_snapshot!(show("Jo Kay, Commissioner, Kent Police/Chief Supt Al Roe, Borough Commander, Kent Police"), @r"
        Jo Kay | Commissioner | Kent Police
        Al Roe | Borough Commander | Kent Police
        ");
        assert_snapshot!(show("Ann Hall, Director, Kent Council/Gareth Head, Chair of Kent LSCB/Tom Lord, Kent Police"), @r"
        Ann Hall | Director | Kent Council
        Gareth Head | Chair | Kent LSCB
        Tom Lord | - | Kent Police
        ");
        assert_snapshot!(show("Jo Kay Manager, Head of Service Youth Justice"), @"Jo Kay | Manager, Head of Service Youth Justice | -");
    }

    #[test]
    fn organisations_may_stand_first_or_in_brackets() {
        assert_snapshot!(show("Ann Lee, Kent and Surrey’s Clinical Commissioning Group (CCG)/Director of Nursing and Quality"), @"Ann Lee | Director of Nursing and Quality | Kent and Surrey’s Clinical Commissioning Group (CCG)");
        assert_snapshot!(show("Ann Lee, Kent Council, Director of Services"), @"Ann Lee | Director of Services | Kent Council");
        assert_snapshot!(show("Ann Lee, Assistant Chief Officer, Kent and Surrey/(The Kent and Surrey Rehabilitation/Company Limited)"), @"Ann Lee | Assistant Chief Officer, Kent and Surrey | The Kent and Surrey Rehabilitation Company Limited");
        assert_snapshot!(show("Ann Lee, Head of Kent & Surrey local delivery unit/(South East Division, National Probation Service)"), @"Ann Lee | Head of Kent & Surrey local delivery unit | South East Division, National Probation Service");
        assert_snapshot!(show("Ann Lee, Director, Wiltshire Council["), @"Ann Lee | Director | Wiltshire Council");
        assert_snapshot!(show("Jo Kay – Accountable Officer, NHS Kent CCG"), @"Jo Kay | Accountable Officer | NHS Kent CCG");
        assert_snapshot!(show("Jo Kay (Director of Services), Kent Council"), @"Jo Kay | Director of Services | Kent Council");
    }

    #[test]
    fn areas_belong_to_the_body_that_a_head_heads_else_to_the_role() {
        assert_snapshot!(show("Jo Kay, Head of Hounslow, Richmond & Kingston Probation Service"), @"Jo Kay | Head | Hounslow, Richmond & Kingston Probation Service");
        assert_snapshot!(show("Jo Kay, Head of Kent, National Probation Service, South East"), @"Jo Kay | Head of Kent | National Probation Service, South East");
        assert_snapshot!(show("Jo Kay, Assistant Chief Officer Head of Kent, Surrey and East/Sussex National Probation Service"), @"Jo Kay | Assistant Chief Officer Head of Kent, Surrey and East Sussex | National Probation Service");
        assert_snapshot!(show("Jo Kay CBE QPM, Commissioner of the Metropolitan Police"), @"Jo Kay | Commissioner of the Metropolitan Police | -");
    }

    #[test]
    fn a_title_begins_a_recipient_inside_a_line() {
        assert_snapshot!(show("Mr Jo Kay, Chief Executive Officer, NHS Kent CCG Ms Ann Lee,/Police and Crime Commissioner"), @r"
        Jo Kay | Chief Executive Officer | NHS Kent CCG
        Ann Lee | Police and Crime Commissioner | -
        ");
    }
}
