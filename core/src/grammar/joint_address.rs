//! The recipients of a joint letter: "Name, Role, Organisation", one a line, over and over.

use super::ParseResult;
use super::address::Recipient;
use super::label::any_label;
use super::person::{Person, is_person_like, person};
use super::scan::{spaces1, word_starts};
use super::words::{ROLE, TITLES, has_word, words};
use crate::areas;

use nom::Parser;
use nom::bytes::complete::take_while1;
use nom::combinator::verify;

/// The recipients of a joint letter, whose lines are joined into one text: each begins with a name.
///
/// "Ann Lee, Director of Services, Bury Council Sir Jo Kay, Chief Constable of Kent Police Al Roe, Chair"
///
/// A line may wrap; commas may be missing; "Chief Constable of X" splits at "of".
pub fn joint_recipients<'a>(lines: &[&'a str]) -> Vec<Recipient<'a>> {
    let mut entries: Vec<Vec<&'a str>> = Vec::new();
    for line in lines.iter().map(|l| l.trim()).filter(|l| !l.is_empty()) {
        for (i, part) in split_at_titles(line).into_iter().enumerate() {
            match entries.last_mut() {
                Some(entry) if i == 0 && !begins_entry(part) => entry.push(part),
                _ => entries.push(vec![part]),
            }
        }
    }
    entries.iter().filter_map(|e| entry(e)).collect()
}

/// Whether a line begins a recipient: a name, then a comma or a word of a role.
fn begins_entry(line: &str) -> bool {
    let head = line.split(',').next().unwrap_or(line);
    if is_person_like(head) && head.len() < line.len() {
        return true;
    }
    match person(line) {
        Ok((rest, p)) => {
            let next = rest.trim_start().split(' ').next().unwrap_or("");
            is_person_like(p.name) && has_word(next, ROLE) || p.title.is_some()
        }
        Err(_) => false,
    }
}

/// A line that holds two recipients, the second with a title: "… CCG Mr Jo Kay, …".
fn split_at_titles(line: &str) -> Vec<&str> {
    let cut = word_starts(line).skip(1).find(|at| {
        let titled = verify(take_while1(char::is_alphabetic), |w: &str| TITLES.contains(&w));
        let mut next = (titled, spaces1, person);
        let before = line[..*at].trim_end();
        !before.ends_with(',') && next.parse(&line[*at..]).is_ok_and(|(rest, _)| rest.starts_with(','))
    });
    match cut {
        Some(at) => vec![line[..at].trim(), line[at..].trim()],
        None => vec![line],
    }
}

fn entry<'a>(lines: &[&'a str]) -> Option<Recipient<'a>> {
    let (rest, who): (&'a str, Person<'a>) = head(lines.first()?).ok()?;
    let mut pieces: Vec<Piece<'a>> = Vec::new();
    for line in std::iter::once(&rest).chain(&lines[1..]) {
        for (i, text) in commas(line).into_iter().enumerate() {
            pieces.push(Piece { text, joins: i == 0 });
        }
    }
    let comma_ended: Vec<bool> =
        std::iter::once(&rest).chain(&lines[1..]).map(|l| l.trim_end().ends_with(',')).collect();
    let segments = segments(pieces, &comma_ended);
    let mut to = Recipient { name: Some(who.name), ..Recipient::default() };
    assign(segments, &mut to);
    Some(to)
}

fn head(line: &str) -> ParseResult<'_, Person<'_>> {
    person(line)
}

/// A part of a line between commas; `joins` tells that it begins its line.
#[derive(Debug, Clone, Copy)]
struct Piece<'a> {
    text: &'a str,
    joins: bool,
}

/// A line's parts between commas that stand in no brackets, empty ones left out.
fn commas(line: &str) -> Vec<&str> {
    let mut depth = 0i32;
    let mut from = 0;
    let mut out = Vec::new();
    for (at, c) in line.char_indices() {
        match c {
            '(' => depth += 1,
            ')' => depth -= 1,
            ',' if depth == 0 => {
                out.push(line[from..at].trim());
                from = at + 1;
            }
            _ => {}
        }
    }
    out.push(line[from..].trim());
    out.retain(|s| !s.is_empty());
    out
}

/// Segments between commas; a segment that wraps has a slice for each line.
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

/// Gives the segments to role and organisation.
fn assign<'a>(segments: Vec<Vec<&'a str>>, to: &mut Recipient<'a>) {
    let Some(first) = segments.first() else { return };
    let strong = (1..segments.len()).find(|i| is_organisation(&segments[*i].join(" ")));
    let bare = (1..segments.len()).rev().find(|i| areas::is_name(&segments[*i].join(" ")));
    let cut = match (strong, bare) {
        (Some(mut at), _) => {
            while at > 1
                && lists_areas(&segments[at].join(" "))
                && areas::is_name(&segments[at - 1].join(" "))
            {
                at -= 1;
            }
            at
        }
        (None, Some(at)) if at == segments.len() - 1 => at,
        _ => segments.len(),
    };
    if let Some((role, organisation)) = split_first(first, cut == 1 && segments.len() > 1) {
        to.role = role;
        to.organisation = organisation;
        if cut < segments.len() || segments.len() > 1 {
            to.organisation.extend(segments[1..].iter().flatten());
        }
        return;
    }
    to.role = segments[..cut].iter().flatten().copied().collect();
    to.organisation = segments[cut..].iter().flatten().copied().collect();
}

/// An organisation's name: one of its words, and no word of a role.
fn is_organisation(segment: &str) -> bool {
    const WORDS: &[&str] = &[
        "council",
        "borough",
        "nhs",
        "ccg",
        "ccgs",
        "icb",
        "constabulary",
        "police",
        "trust",
        "board",
        "partnership",
        "company",
        "corporation",
        "lscb",
        "team",
        "foundation",
        "hospital",
        "commissioning",
        "collaborative",
        "force",
        "authority",
        "probation",
        "group",
        "ofsted",
        "service",
    ];
    let acronym = segment.len() >= 3 && segment.chars().all(|c| c.is_ascii_uppercase());
    (has_word(segment, WORDS) || acronym) && !has_word(segment, ROLE)
}

/// Whether an organisation's name begins with the last of several areas: "Luton and Milton Keynes … Board".
fn lists_areas(segment: &str) -> bool {
    word_starts(segment).skip(1).any(|at| {
        any_label(&["and", "&"])(&segment[at..]).is_ok() && areas::is_name(segment[..at].trim())
            || segment[at..].starts_with('&')
    })
}

/// A first segment that holds role and organisation: "Chief Constable of Kent Police"; "Officer at NHS X".
fn split_first<'a>(first: &[&'a str], organisation_follows: bool) -> Option<(Vec<&'a str>, Vec<&'a str>)> {
    let line = first[0];
    let parts = |at: usize, skip: usize| {
        let organisation = std::iter::once(line[at + skip..].trim()).chain(first[1..].iter().copied());
        Some((vec![line[..at].trim()], organisation.filter(|s| !s.is_empty()).collect()))
    };
    for joint in [" of the ", " of ", " at "] {
        if let Some(at) = line.find(joint) {
            let (role, body) = (&line[..at], &line[at + joint.len()..]);
            let whole = std::iter::once(body).chain(first[1..].iter().copied()).collect::<Vec<_>>().join(" ");
            let stands_alone = joint == " at " || heads_body(role);
            if stands_alone && (is_organisation(&whole) || (organisation_follows && areas::is_name(body))) {
                return parts(at, joint.len());
            }
        }
    }
    let at = word_starts(line).skip(1).find(|at| {
        let before = words(&line[..*at]).last().unwrap_or("");
        let ends_role = has_word(
            before,
            &["officer", "executive", "nurse", "commissioner", "manager", "constable", "health"],
        );
        ends_role && (areas::is_name(area_at_start(&line[*at..])) || line[*at..].starts_with("NHS "))
    })?;
    let wide = std::iter::once(&line[at..]).chain(first[1..].iter().copied()).collect::<Vec<_>>().join(" ");
    (organisation_follows || is_organisation(&wide) || areas::is_name(&wide)).then(|| parts(at, 0)).flatten()
}

/// A role that heads a body: "Chief Constable"; "Independent Chair"; "Head"; "Commissioner".
fn heads_body(role: &str) -> bool {
    any_label(&[
        "chief constable",
        "commissioner",
        "independent chair",
        "chair",
        "head",
        "chief executive",
        "chief officer",
        "manager",
        "interim chief executive",
        "deputy chief constable",
        "assistant chief constable",
        "chief operating officer",
    ])(role)
    .is_ok_and(|(rest, _)| rest.trim().is_empty())
}

/// The longest area's name that a text begins with.
fn area_at_start(text: &str) -> &str {
    let ends = word_starts(text).skip(1).map(|at| text[..at].trim_end()).chain([text]);
    ends.filter(|t| areas::is_name(t)).last().unwrap_or("")
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
        assert_snapshot!(show("Ann Lee, Kent Police and Crime Commissioner"), @"Ann Lee | Kent Police and Crime Commissioner | -");
    }

    #[test]
    fn lines_wrap() {
        assert_snapshot!(show("Ann Lee, Chief Executive, NHS Kent Integrated Care/Board/Jo Kay, Chair, Kent Children’s Partnership/(KCP)"), @r"
        Ann Lee | Chief Executive | NHS Kent Integrated Care Board
        Jo Kay | Chair | Kent Children’s Partnership (KCP)
        ");
        assert_snapshot!(show("Ann Lee, Chief Nursing Officer Kent, Surrey & East/Sussex Integrated Care Board"), @"Ann Lee | Chief Nursing Officer | Kent Surrey & East Sussex Integrated Care Board");
    }

    #[test]
    fn some_roles_split_at_of_or_at() {
        assert_snapshot!(show("Sir Jo Kay QPM DL, Chief Constable of Kent Police"), @"Jo Kay | Chief Constable | Kent Police");
        assert_snapshot!(show("Jo Kay, Commissioner of the Metropolitan Police Service"), @"Jo Kay | Commissioner | Metropolitan Police Service");
        assert_snapshot!(show("Jo Kay Accountable Officer at NHS Kent CCG"), @"Jo Kay | Accountable Officer | NHS Kent CCG");
        assert_snapshot!(show("Jo Kay, Director of Public Health"), @"Jo Kay | Director of Public Health | -");
    }

    #[test]
    fn a_title_begins_a_recipient_inside_a_line() {
        assert_snapshot!(show("Mr Jo Kay, Chief Executive Officer, NHS Kent CCG Ms Ann Lee,/Police and Crime Commissioner"), @r"
        Jo Kay | Chief Executive Officer | NHS Kent CCG
        Ann Lee | Police and Crime Commissioner | -
        ");
    }
}
