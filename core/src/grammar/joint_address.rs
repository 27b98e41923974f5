//! The recipients of a joint letter: "Name, Role, Organisation", one a line, over and over.

use super::ParseResult;
use super::address::Recipient;
use super::label::any_label;
use super::person::{Person, is_person_like, may_be_person, person};
use super::scan::{clean, spaces1, span, word_starts};
use super::words::{ORGANISATION, ROLE, TITLES, has_word, words};
use crate::areas;
use crate::cut::Cut;

use nom::Parser;
use nom::bytes::complete::take_while1;
use nom::character::complete::char;
use nom::combinator::{opt, recognize, verify};
use nom::multi::many0_count;

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

/// Whether a line begins a recipient: a name, then a comma or a role.
fn begins_entry(line: &str) -> bool {
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

/// `ranked-person = [rank] person`: a rank of the police before a name is a title.
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

/// Regions, counties of old and police areas, which the table of authorities does not have.
const PLACES: &[&str] = &[
    "north",
    "south",
    "east",
    "west",
    "central",
    "greater",
    "thames valley",
    "bedfordshire",
    "berkshire",
    "cheshire",
    "sussex",
    "yorkshire",
    "merseyside",
    "humberside",
    "cleveland",
    "avon",
    "northamptonshire",
    "london",
    "midlands",
];

fn begins_with_place(text: &str) -> bool {
    any_label(PLACES)(text).is_ok() || !area_at_start(text).is_empty()
}

fn is_place(text: &str) -> bool {
    areas::is_name(text) || any_label(PLACES)(text).is_ok_and(|(rest, _)| rest.is_empty())
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

fn entry<'a>(lines: &[&'a str]) -> Option<Recipient<'a>> {
    let (rest, who): (&'a str, Person<'a>) = ranked_person(lines.first()?).ok()?;
    let rest = after_name(rest);
    let lines = std::iter::once(rest).chain(lines.tail(1).iter().copied());
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
    Some(to)
}

/// What follows a name, without the dash or the colon that parts the two: " – Accountable Officer".
fn after_name(rest: &str) -> &str {
    let bare = rest.trim_start();
    let parted =
        bare.strip_prefix(':').or_else(|| bare.strip_prefix(['–', '—', '-']).filter(|r| r.starts_with(' ')));
    parted.map_or(rest, str::trim_start)
}

/// An organisation in brackets at the end of an entry that names none before: the lines before it, and its own.
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

/// Parts of one line as one slice, with the commas between them; a line that goes on keeps its last comma.
fn by_line<'a>(lines: &[&'a str], parts: &[&'a str]) -> Vec<&'a str> {
    let mut out: Vec<(usize, &'a str)> = Vec::new();
    for part in parts {
        let Some(n) = lines.iter().position(|l| l.as_bytes().as_ptr_range().contains(&part.as_ptr())) else {
            continue;
        };
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
fn assign<'a>(mut segments: Vec<Vec<&'a str>>, to: &mut Recipient<'a>) {
    if segments.is_empty() {
        return;
    }
    if let Some((organisation, role)) = organisation_first(&segments) {
        (to.role, to.organisation) = (role, organisation);
        return;
    }
    if segments.len() == 1 && is_organisation(&segments[0].join(" ")) {
        to.organisation = segments.remove(0);
        return;
    }
    let mut cut = organisation_at(&segments);
    let areas_follow = cut == 1 && segments.len() > 1 && lists_areas(&segments[1].join(" "));
    let of_place = segments[0][0].split_once(" of ");
    let headed = of_place.filter(|(office, area)| heads_body(office, false) && is_place(area));
    let headed = headed.filter(|_| cut == 1 && segments.get(1).is_some_and(|s| goes_on_list(s[0])));
    let placed = || place_at_end(segments[0][0]).filter(|_| areas_follow);
    if let Some((role, place)) = headed.or_else(placed) {
        segments[0][0] = role;
        segments.insert(1, vec![place]);
    } else if areas_follow && let Some(lines) = areas_of_role(&segments[0], &segments[1]) {
        // The role goes on to the body's own name.
        segments.splice(1..2, lines);
        cut = 2;
    } else if let Some((role, organisation)) =
        split_first(&segments[0], cut < segments.len() && !areas_follow)
    {
        segments[0] = role;
        segments.insert(1, organisation);
        cut = 1;
    }
    to.role = segments.head(cut).iter().flatten().copied().collect();
    to.organisation = segments.tail(cut).iter().flatten().copied().collect();
}

/// Whether a segment may go on a list of places: "Richmond & Kingston Probation Service".
fn goes_on_list(segment: &str) -> bool {
    let before: Vec<&str> = segment.split(' ').take_while(|w| !matches!(*w, "and" | "&")).collect();
    let place =
        |w: &&str| w.starts_with(char::is_uppercase) && !has_word(w, ORGANISATION) && !has_word(w, ROLE);
    before.len() <= 3 && before.len() < segment.split(' ').count() && before.iter().all(place)
}

/// An organisation that stands before the role, on a line or between commas of its own: both, the organisation first.
///
/// "Ann Lee, Kent Clinical Commissioning Group / Director of Nursing"; "Ann Lee, Kent Police, Head of Crime"
fn organisation_first<'a>(segments: &[Vec<&'a str>]) -> Option<(Vec<&'a str>, Vec<&'a str>)> {
    let lines: Vec<&'a str> = segments.iter().flatten().copied().collect();
    let role = lines.iter().position(|l| has_word(l, ROLE))?;
    let begins = role > 0 && begins_role(lines[role]) && is_organisation(&lines.head(role).join(" "));
    begins.then(|| (lines.head(role).to_vec(), lines.tail(role).to_vec()))
}

/// Whether a text begins as a role does: a word of one among its first three, before any "of" or "for".
fn begins_role(text: &str) -> bool {
    let first = words(text).take(3).take_while(|w| !matches!(*w, "of" | "for" | "and"));
    first.into_iter().any(|w| has_word(w, ROLE))
}

/// Bodies whose whole name this is, so that the areas before it are the role's.
const WHOLE_BODIES: &[&str] = &["National Probation Service"];

/// "Assistant Officer Head of Kent" / "Surrey and East / Sussex National Probation Service": the second segment cut
/// before the body's name. Not where a role heads the body ("Head of Kent, Surrey and Sussex Probation Service").
fn areas_of_role<'a>(role: &[&'a str], segment: &[&'a str]) -> Option<Vec<Vec<&'a str>>> {
    let (office, _) = role[0].split_once(" of ")?;
    if heads_body(office, false) {
        return None;
    }
    let (line, at) = segment
        .iter()
        .enumerate()
        .find_map(|(n, l)| WHOLE_BODIES.iter().find_map(|b| Some((n, l.find(b)?))))?;
    let (areas, body) = segment[line].split_at(at);
    let mut before: Vec<&'a str> = segment.head(line).to_vec();
    before.extend(Some(areas.trim()).filter(|a| !a.is_empty()));
    let mut after = vec![body];
    after.extend(segment.tail(line + 1));
    Some(vec![before, after])
}

/// The segment that begins the organisation, or their number where none does.
fn organisation_at(segments: &[Vec<&str>]) -> usize {
    let text = |i: usize| segments[i].join(" ");
    let last = segments.len() - 1;
    if let Some(mut at) = (1..=last).find(|i| is_organisation(&text(*i))) {
        while at > 1 && lists_areas(&text(at)) && is_place(&text(at - 1)) {
            at -= 1;
        }
        return at;
    }
    let named = last > 0 && (is_place(&text(last)) || (last == 1 && may_be_organisation(&text(1))));
    if named { last } else { segments.len() }
}

/// A last segment without a word of a role or of services: "South West and South Central".
fn may_be_organisation(segment: &str) -> bool {
    const SERVICES: &[&str] =
        &["children", "families", "education", "skills", "nursing", "quality", "people", "health", "adults"];
    segment.starts_with(char::is_uppercase) && !has_word(segment, ROLE) && !has_word(segment, SERVICES)
}

/// A role whose end is a place: "Executive Lead for Safeguarding Bedfordshire".
fn place_at_end(role: &str) -> Option<(&str, &str)> {
    let at = word_starts(role).skip(1).find(|at| is_place(role.tail(*at)))?;
    let before = role.head(at).trim();
    // "Head of Kent" has its place inside.
    let inside = [" of", " for", " in", " the", " and", " &"].iter().any(|w| before.ends_with(w));
    (!inside).then_some((before, role.tail(at)))
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
        let after = any_label(&["and", "&"])(segment.tail(at)).map(|(rest, _)| rest.trim_start());
        after.is_ok_and(|next| is_place(segment.head(at).trim()) || begins_with_place(next))
    })
}

/// A first segment that holds role and organisation: "Chief Constable of Kent Police"; "Officer at NHS X";
/// "Chief Nurse Milton Keynes University Hospital".
fn split_first<'a>(first: &[&'a str], organisation_follows: bool) -> Option<(Vec<&'a str>, Vec<&'a str>)> {
    let line = first[0];
    let whole_from = |at: usize| {
        std::iter::once(line.tail(at).trim()).chain(first.tail(1).iter().copied()).collect::<Vec<_>>()
    };
    let parts = |at: usize, skip: usize| {
        let mut organisation = whole_from(at + skip);
        organisation.retain(|s| !s.is_empty());
        Some((vec![line.head(at).trim()], organisation))
    };
    for joint in [" of the ", " of ", " at "] {
        if let Some(at) = line.find(joint) {
            let body = whole_from(at + joint.len()).join(" ");
            let splits = joint == " at " || heads_body(line.head(at), organisation_follows);
            if splits && !is_office(&body) && words(&body).count() > 1 && is_organisation(&body) {
                return parts(at, joint.len());
            }
        }
    }
    let at = word_starts(line).skip(1).find(|at| {
        let before = words(line.head(*at)).last().unwrap_or("");
        has_word(before, &[ROLE, &["health"]].concat())
            && (begins_with_place(line.tail(*at)) || line.tail(*at).starts_with("NHS "))
    })?;
    let body = whole_from(at).join(" ");
    let has_role = has_word(&body, ROLE);
    (!has_role && (organisation_follows || is_organisation(&body) || is_place(&body)))
        .then(|| parts(at, 0))
        .flatten()
}

/// Whether "of" and a body are an office's name: its force is the Metropolitan Police Service, its office
/// "Commissioner of the Metropolitan Police".
fn is_office(body: &str) -> bool {
    any_label(&["metropolitan police", "the metropolitan police"])(body)
        .is_ok_and(|(rest, _)| rest.trim().is_empty())
}

/// A role that heads a body; "Head of X" is the whole role where an organisation follows.
fn heads_body(role: &str, organisation_follows: bool) -> bool {
    const ALWAYS: &[&str] = &[
        "chief constable",
        "deputy chief constable",
        "assistant chief constable",
        "commissioner",
        "independent chair",
        "chair",
    ];
    const ALONE: &[&str] = &[
        "head",
        "chief executive",
        "interim chief executive",
        "chief officer",
        "manager",
        "chief operating officer",
    ];
    let is = |list: &[&str]| any_label(list)(role).is_ok_and(|(rest, _)| rest.trim().is_empty());
    is(ALWAYS) || (!organisation_follows && is(ALONE))
}

/// The longest area's name that a text begins with.
fn area_at_start(text: &str) -> &str {
    let ends = word_starts(text).skip(1).map(|at| text.head(at).trim_end()).chain([text]);
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
