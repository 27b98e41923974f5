//! Finds where the role ends and the organisation begins, after commas have cut a recipient's lines into segments.

use crate::areas;
use crate::cut::Cut;
use crate::grammar::address::Recipient;
use crate::grammar::label::any_label;
use crate::grammar::scan::word_starts;
use crate::grammar::words::{BODY, ROLE, has_organisation_word, has_word, words};

/// Assigns the segments to role and organisation.
pub(super) fn assign<'a>(mut segments: Vec<Vec<&'a str>>, to: &mut Recipient<'a>) {
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
        // The role extends to the organisation's own name.
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

/// Whether a segment may continue a list of places: "Richmond & Kingston Probation Service".
fn goes_on_list(segment: &str) -> bool {
    let before: Vec<&str> = segment.split(' ').take_while(|w| !matches!(*w, "and" | "&")).collect();
    let place =
        |w: &&str| w.starts_with(char::is_uppercase) && !has_organisation_word(w) && !has_word(w, ROLE);
    before.len() <= 3 && before.len() < segment.split(' ').count() && before.iter().all(place)
}

/// An organisation before the role, on a line or between commas of its own. Returns organisation and role.
///
/// "Ann Lee, Kent Clinical Commissioning Group / Director of Nursing"; "Ann Lee, Kent Police, Head of Crime"
fn organisation_first<'a>(segments: &[Vec<&'a str>]) -> Option<(Vec<&'a str>, Vec<&'a str>)> {
    let lines: Vec<&'a str> = segments.iter().flatten().copied().collect();
    let role = lines.iter().position(|l| has_word(l, ROLE))?;
    let begins = role > 0 && begins_role(lines[role]) && is_organisation(&lines.head(role).join(" "));
    begins.then(|| (lines.head(role).to_vec(), lines.tail(role).to_vec()))
}

/// Whether a text begins like a role: one of its first three words, before any "of", "for" or "and", names a role.
fn begins_role(text: &str) -> bool {
    let first = words(text).take(3).take_while(|w| !matches!(*w, "of" | "for" | "and"));
    first.into_iter().any(|w| has_word(w, ROLE))
}

/// Bodies whose full name this is, so that area names before it belong to the role.
const WHOLE_BODIES: &[&str] = &["National Probation Service"];

/// "Assistant Officer Head of Kent" / "Surrey and East / Sussex National Probation Service": splits the second segment
/// before the body's name. Not if the role is the head of the body ("Head of Kent, Surrey and Sussex Probation
/// Service").
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

/// The index of the segment with which the organisation begins; the number of segments if there is none.
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

/// Whether a last segment is without words for roles and services: "South West and South Central".
fn may_be_organisation(segment: &str) -> bool {
    const SERVICES: &[&str] =
        &["children", "families", "education", "skills", "nursing", "quality", "people", "health", "adults"];
    segment.starts_with(char::is_uppercase) && !has_word(segment, ROLE) && !has_word(segment, SERVICES)
}

/// Splits a role that ends in a place: "Executive Lead for Safeguarding Bedfordshire".
fn place_at_end(role: &str) -> Option<(&str, &str)> {
    let at = word_starts(role).skip(1).find(|at| is_place(role.tail(*at)))?;
    let before = role.head(at).trim();
    // In "Head of Kent" the place is part of the role.
    let inside = [" of", " for", " in", " the", " and", " &"].iter().any(|w| before.ends_with(w));
    (!inside).then_some((before, role.tail(at)))
}

/// Whether a segment is an organisation: it contains a word for one (or is an acronym), and no word for a role.
pub(super) fn is_organisation(segment: &str) -> bool {
    let acronym = segment.len() >= 3 && segment.chars().all(|c| c.is_ascii_uppercase());
    (has_word(segment, BODY) || acronym) && !has_word(segment, ROLE)
}

/// Whether a segment begins with the last of several area names before an organisation: "Luton and Milton Keynes …
/// Board".
fn lists_areas(segment: &str) -> bool {
    word_starts(segment).skip(1).any(|at| {
        let after = any_label(&["and", "&"])(segment.tail(at)).map(|(rest, _)| rest.trim_start());
        after.is_ok_and(|next| is_place(segment.head(at).trim()) || begins_with_place(next))
    })
}

/// Splits a first segment with both role and organisation: "Chief Constable of Kent Police"; "Officer at NHS X"; "Chief
/// Nurse Milton Keynes University Hospital".
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

/// Whether a body after "of" is part of an office's title: the office is "Commissioner of the Metropolitan Police", the
/// force the Metropolitan Police Service.
fn is_office(body: &str) -> bool {
    any_label(&["metropolitan police", "the metropolitan police"])(body)
        .is_ok_and(|(rest, _)| rest.trim().is_empty())
}

/// Whether a role is the head of a body, so that "of" separates the two. "Head of X" is the whole role if an
/// organisation follows.
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

/// Regions, historic counties and police areas, which are not in the table of authorities.
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

pub(super) fn begins_with_place(text: &str) -> bool {
    any_label(PLACES)(text).is_ok() || !area_at_start(text).is_empty()
}

fn is_place(text: &str) -> bool {
    areas::is_name(text) || any_label(PLACES)(text).is_ok_and(|(rest, _)| rest.is_empty())
}

/// The longest area name with which a text begins.
fn area_at_start(text: &str) -> &str {
    let ends = word_starts(text).skip(1).map(|at| text.head(at).trim_end()).chain([text]);
    ends.filter(|t| areas::is_name(t)).last().unwrap_or("")
}
