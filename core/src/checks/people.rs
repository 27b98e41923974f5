//! People: names look like names, and roles like roles.

use super::words::{beginning, text_of};
use super::{Check, Finished, Verdict};
use crate::areas;
use crate::cut::Cut;
use crate::grammar::address::SEATS;
use crate::grammar::label::contains_label;
use crate::grammar::postcode::trailing_postcode;
use crate::grammar::{given_names, is_organisation};
use crate::outline::Role;
use crate::record::{Recipient, SectionBlock};

pub(super) const CHECKS: &[Check] = &[
    Check {
        name: "name-no-name",
        why: "A name has two to five words, none of them from an organisation's name, and is not two names run together",
        held: (318, 318),
        run: names,
    },
    Check {
        name: "role-no-role",
        why: "A role is a phrase of at most 95 characters that doesn't start or stop in the middle",
        held: (318, 318),
        run: roles,
    },
    Check {
        name: "inspector-no-inspector",
        why: "An inspector has a post at an inspectorate, not that of a recipient",
        held: (301, 301),
        run: inspectors,
    },
    Check {
        name: "second-name-in-role",
        why: "A role or an organisation contains no person's name",
        held: (318, 318),
        run: second_names,
    },
    Check {
        name: "running-line-in-person",
        why: "A line that runs through the pages is not part of a person's name, role or organisation",
        held: (318, 318),
        run: running,
    },
    Check {
        name: "bracket-alone",
        why: "Brackets in a role or an organisation are closed",
        held: (318, 318),
        run: brackets,
    },
    Check {
        name: "body-cut-off",
        why: "The name of a council or other body is complete; a council for two areas is named after both",
        held: (318, 318),
        run: bodies,
    },
    Check {
        name: "person-apart",
        why: "The lines about a person are directly below the name, one under the other",
        held: (164, 164),
        run: apart,
    },
    Check { name: "several-leads", why: "Only one inspector leads", held: (301, 301), run: leads },
    Check {
        name: "inspectors-not-alike",
        why: "Either every member of a team has a role or none has",
        held: (193, 193),
        run: alike,
    },
    Check { name: "inspector-twice", why: "Nobody is named twice in a team", held: (300, 301), run: twice },
];

/// The longest role seen so far has 89 characters.
const ROLE: usize = 95;

/// A person in a record: pointer, name, role, organisation.
struct Person<'a> {
    pointer: String,
    name: Option<&'a str>,
    role: Option<&'a str>,
    organisation: Option<&'a str>,
}

fn people<'a>(f: &Finished<'a>) -> Vec<Person<'a>> {
    let record = f.record;
    let mut all = Vec::new();
    if let Some(letter) = &record.letter {
        all.extend(letter.recipients.iter().enumerate().map(|(at, r)| Person {
            pointer: format!("/letter/recipients/{at}"),
            name: r.name.as_deref(),
            role: r.role.as_deref(),
            organisation: r.organisation.as_deref(),
        }));
        all.extend(letter.signatories.iter().enumerate().map(|(at, s)| Person {
            pointer: format!("/letter/signatories/{at}"),
            name: s.name.as_deref(),
            role: s.role.as_deref(),
            organisation: s.organisation.as_deref(),
        }));
    }
    all.extend(record.inspectors.iter().enumerate().map(|(at, i)| Person {
        pointer: format!("/inspectors/{at}"),
        name: i.name.as_deref(),
        role: i.role.as_deref(),
        organisation: i.organisation.as_deref(),
    }));
    all
}

fn names(f: &Finished<'_>, verdict: &mut Verdict) {
    for (at, inspector) in f.record.inspectors.iter().enumerate() {
        verdict.that(inspector.name.is_some(), &[&format!("/inspectors/{at}")], || {
            "an inspector without a name".to_owned()
        });
    }
    for person in people(f) {
        let Some(name) = person.name else { continue };
        let count = name.split_whitespace().count();
        let letters = name.chars().all(|c| {
            c.is_alphabetic()
                || matches!(
                    c,
                    ' ' | '.' | '-' | '\'' | '\u{2019}' | '\u{2018}' | '\u{2010}' | '\u{2011}' | '\u{2013}'
                )
        });
        // "Ann Head": after a given name, even a word from organisations' names is a surname.
        let first = name.split_whitespace().next().unwrap_or("");
        let body = is_organisation(name) && !(count == 2 && given_names::is_given_name(first));
        let holds =
            (2..=5).contains(&count) && letters && !body && !ends_in_area(name) && !is_two_names(name);
        verdict.that(holds, &[&format!("{}/name", person.pointer)], || {
            format!("“{name}” does not look like a person's name")
        });
    }
}

/// Whether it is two names that lost the comma between them: "Ann Lee Tom Hill".
fn is_two_names(name: &str) -> bool {
    let words: Vec<&str> = name.split_whitespace().collect();
    matches!(words[..], [first, _, third, _] if given_names::is_given_name(first) && given_names::is_given_name(third))
}

/// Whether an area with a name of several words has run into it: "Ann Lee North East Wexcombe".
fn ends_in_area(name: &str) -> bool {
    let starts = name.match_indices(' ').skip(1).map(|(at, _)| name.tail(at + 1));
    starts.filter(|tail| tail.contains(' ')).any(areas::is_name)
}

fn roles(f: &Finished<'_>, verdict: &mut Verdict) {
    for (at, recipient) in f.record.letter.iter().flat_map(|l| &l.recipients).enumerate() {
        let post = post_in_address(recipient).or_else(|| post_in_body(f, recipient));
        verdict.that(post.is_none(), &[&format!("/letter/recipients/{at}/role")], || {
            format!("“{}” looks like a role", post.unwrap_or_default())
        });
    }
    for (at, recipient) in f.record.letter.iter().flat_map(|l| &l.recipients).enumerate() {
        let body = body_in_address(recipient);
        verdict.that(body.is_none(), &[&format!("/letter/recipients/{at}/organisation")], || {
            format!("“{}” of the address looks like an organisation", body.unwrap_or_default())
        });
    }
    for person in people(f) {
        let Some(role) = person.role else { continue };
        let sentence = role.contains(". ") || role.ends_with('.') || contains_label(role, "you can");
        let begins = role.starts_with(char::is_alphanumeric);
        let ends = role.rsplit(' ').next().unwrap_or("");
        let open = ["of", "and", "for", "the", "&", "to", "in"].contains(&ends)
            || role.ends_with([',', '-', '\u{2013}']);
        let long = role.chars().count() > ROLE;
        let heading = HEADINGS.iter().any(|h| role.ends_with(h));
        let building = ends_in_place(role);
        let divided = person.organisation.is_some() && ends_in_open_body(role);
        let holds = !long && !sentence && begins && !open && !heading && !building && !divided;
        let holds = holds && !names_body_first(role);
        // Text that ran into a role is missing from the body. A role that is only long may be printed so.
        let signs = person.pointer.starts_with("/letter/signatories");
        let of_body = heading || sentence || (long || signs) && runs_on(role);
        let pointers = [format!("{}/role", person.pointer), "/sections".to_owned()];
        let places = if of_body { &pointers[..] } else { &pointers[..1] };
        let places: Vec<&str> = places.iter().map(String::as_str).collect();
        verdict.that(holds, &places, || format!("“{role}” does not look like a role"));
    }
}

/// Whether several words in small letters follow one another, as in a sentence.
fn runs_on(role: &str) -> bool {
    const WORDS: usize = 4;
    let small = |w: &&str| w.starts_with(char::is_lowercase);
    let words: Vec<&str> = role.split(' ').collect();
    words.windows(WORDS).any(|run| run.iter().all(small))
}

/// Headings in letters that may run into the line above.
const HEADINGS: &[&str] =
    &[" Next steps", " Findings", " Main findings", " Headline findings", " Overview", " Strengths"];

/// Whether a line of the address has run into the role or organisation above it.
fn ends_in_place(text: &str) -> bool {
    [" House", " Street", " Road", " Floor"].iter().chain(SEATS).any(|place| text.ends_with(place))
}

/// Parts of words in the roles of team members.
const OF_TEAM: &[&str] = &["nspect", "HMI", "OI", "Ofsted", "CQC", "nalyst", "anager", "author", "robation"];

fn inspectors(f: &Finished<'_>, verdict: &mut Verdict) {
    for (at, inspector) in f.record.inspectors.iter().enumerate() {
        let Some(role) = inspector.role.as_deref() else { continue };
        let holds = OF_TEAM.iter().any(|r| role.contains(r)) && trailing_postcode(role).is_none();
        verdict.that(holds, &["/inspectors", &format!("/inspectors/{at}")], || {
            format!("“{role}” is no inspector's role")
        });
    }
}

/// Two lines about a person are at most this many line heights apart. The most seen so far is 1.5.
const APART: f32 = 3.0;

/// If lines are further apart, people in a row may have got each other's.
fn apart(f: &Finished<'_>, verdict: &mut Verdict) {
    for person in people(f) {
        let Some(evidence) = f.record.evidence.get(&person.pointer) else { continue };
        let first = person.name.zip(evidence.quote.as_deref()).is_some_and(|(n, quote)| quote.starts_with(n));
        let Some((list, _)) = person.pointer.rsplit_once('/').filter(|_| first) else { continue };
        for pair in evidence.spans.windows(2).filter(|pair| pair[0].page == pair[1].page) {
            let (Some(above), Some(below)) = (pair[0].bbox, pair[1].bbox) else { continue };
            let far = (below[1] - above[3]) / (above[3] - above[1]).max(1.0);
            verdict.that(far < APART, &[list, &person.pointer], || {
                format!("lines about {} stand apart", person.name.unwrap_or_default())
            });
        }
    }
}

/// Words that can't end the name of a body: "NHS Wexcombe Integrated" continues "Care Board".
const OPEN: &[&str] =
    &["Integrated", "Clinical", "Royal", "Borough", "Metropolitan", "NHS", "Care", "of", "and", "&"];

fn bodies(f: &Finished<'_>, verdict: &mut Verdict) {
    let of_people =
        people(f).into_iter().filter_map(|p| Some((format!("{}/organisation", p.pointer), p.organisation?)));
    let items = f.record.improvements.iter().enumerate();
    let of_items = items
        .filter_map(|(at, i)| Some((format!("/improvements/{at}/responsible"), i.responsible.as_deref()?)));
    let area = f.record.provider.name.as_deref().unwrap_or_default();
    for (pointer, body) in of_people.chain(of_items) {
        let open = OPEN.contains(&body.rsplit(' ').next().unwrap_or_default());
        let bare = matches!(body, "Council" | "Board" | "Partnership" | "Trust");
        let building = ends_in_place(body);
        let half = area.split_once(" and ").is_some_and(|(one, _)| body.ends_with(&format!(" of {one}")));
        let row = row_of(f, body).filter(|_| pointer.ends_with("responsible"));
        let places: Vec<&str> = std::iter::once(pointer.as_str()).chain(row.as_deref()).collect();
        verdict.that(!open && !half && !bare && !building, &places, || {
            format!("“{body}” seems to be more or less than a body's name")
        });
    }
}

/// The table in the body with a row for this body.
fn row_of(f: &Finished<'_>, body: &str) -> Option<String> {
    let has = |block: &SectionBlock| match block {
        SectionBlock::Table { rows } => rows.iter().flatten().any(|cell| cell == body),
        _ => false,
    };
    let mut tables = f.record.sections.iter().enumerate();
    tables.find_map(|(s, section)| {
        Some(format!("/sections/{s}/blocks/{}", section.blocks.iter().position(has)?))
    })
}

/// Running lines are nobody's role or organisation.
fn running(f: &Finished<'_>, verdict: &mut Verdict) {
    let furniture = f.doc.blocks.iter().filter(|b| b.role == Role::Furniture).map(|b| b.text.as_str());
    let lines: Vec<&str> = furniture.filter(|t| t.split(' ').count() > 2).collect();
    for person in people(f) {
        // A running line between two parts is spread over both.
        let parts: Vec<&str> =
            [person.name, person.role, person.organisation].into_iter().flatten().collect();
        let whole = parts.join(" ");
        // If two lines were read across, only the first word of the running line may be in the name.
        let last =
            person.name.and_then(|name| name.rsplit_once(' ')).filter(|(before, _)| before.contains(' '));
        let begun = |line: &str| last.is_some_and(|(_, last)| line.split(' ').next() == Some(last));
        let runs = lines.iter().find(|line| whole.contains(*line) || begun(line));
        verdict.that(runs.is_none(), &[&person.pointer], || {
            format!("“{whole}” holds “{}”, which runs through the pages", runs.copied().unwrap_or_default())
        });
    }
}

/// The first address line that looks like a role, for a recipient without one.
fn post_in_address(recipient: &Recipient) -> Option<&str> {
    let posts =
        recipient.address.iter().filter(|line| line.contains("Director") && !line.contains("Directorate"));
    posts.map(String::as_str).next().filter(|_| recipient.role.is_none())
}

/// A role in the body, for a recipient without one.
fn post_in_body<'a>(f: &Finished<'a>, recipient: &Recipient) -> Option<&'a str> {
    if recipient.role.is_some() {
        return None;
    }
    let mut texts = f.record.sections.iter().flat_map(|s| &s.blocks).filter_map(text_of);
    texts.find_map(|text| text.find("Director").map(|at| beginning(text.tail(at))))
}

/// The first address line that names a council rather than its building, for a recipient without an organisation.
fn body_in_address(recipient: &Recipient) -> Option<&str> {
    let first = recipient.address.first().filter(|_| recipient.organisation.is_none())?;
    let after = first.split_once(" Council")?.1.trim_start();
    let building = ["House", "Office", "Building", "Chamber"].iter().any(|b| after.starts_with(b));
    (!building && !first.starts_with("The ")).then_some(first)
}

/// Whether a role starts with the name of a body: "Wexcombe Commissioning Group Director".
fn names_body_first(role: &str) -> bool {
    const BODIES: &[&str] =
        &["Clinical Commissioning Group", "CCG", "Council", "NHS Trust", "Foundation Trust"];
    let post = ["Director", "Officer", "Chief", "Manager", "Head", "Chair"];
    let first = |words: &[&str]| words.iter().filter_map(|w| role.find(w)).min();
    first(BODIES).is_some_and(|body| body > 0 && first(&post).is_some_and(|post| post > body))
}

/// Whether a role ends in the beginning of a body's name, whose rest then stands in the organisation: "Nurse for NHS Arle" before
/// "Lowmere and Wexe CCG".
fn ends_in_open_body(role: &str) -> bool {
    role.rsplit_once("NHS ").is_some_and(|(_, name)| !is_organisation(name))
}

/// Whether the brackets in a text match.
fn brackets_close(text: &str) -> bool {
    let count = |c: char| text.matches(c).count();
    count('(') == count(')') && count('[') == count(']')
}

fn brackets(f: &Finished<'_>, verdict: &mut Verdict) {
    for person in people(f) {
        for (member, text) in [("role", person.role), ("organisation", person.organisation)] {
            let Some(text) = text else { continue };
            verdict.that(brackets_close(text), &[&format!("{}/{member}", person.pointer)], || {
                format!("“{text}” has a bracket that stands alone")
            });
        }
    }
}

fn second_names(f: &Finished<'_>, verdict: &mut Verdict) {
    for person in people(f) {
        for (member, text) in [("role", person.role), ("organisation", person.organisation)] {
            let Some(text) = text else { continue };
            let second = given_names::name_in(text);
            let pointer = format!("{}/{member}", person.pointer);
            verdict.that(second.is_none(), &[&pointer], || {
                format!("“{text}” seems to hold a name: {}", second.unwrap_or_default())
            });
        }
    }
}

fn leads(f: &Finished<'_>, verdict: &mut Verdict) {
    if f.record.inspectors.is_empty() {
        return;
    }
    let leading = || f.record.inspectors.iter().filter(|i| i.lead == Some(true));
    let leads = leading().count();
    // A team may have two, each printed as a lead inspector.
    let printed =
        |role: &Option<String>| role.as_deref().is_some_and(|r| contains_label(r, "lead inspector"));
    verdict.that(leads <= 1 || leading().all(|i| printed(&i.role)), &["/inspectors"], || {
        format!("{leads} inspectors lead")
    });
}

fn alike(f: &Finished<'_>, verdict: &mut Verdict) {
    let team = &f.record.inspectors;
    if team.len() < 2 {
        return;
    }
    let some = team.iter().any(|i| i.role.is_some());
    for (at, inspector) in team.iter().enumerate() {
        verdict.that(!some || inspector.role.is_some(), &[&format!("/inspectors/{at}")], || {
            format!("“{}” has no role, and others have", inspector.name.as_deref().unwrap_or_default())
        });
    }
}

fn twice(f: &Finished<'_>, verdict: &mut Verdict) {
    let mut seen: Vec<&str> = Vec::new();
    for (at, inspector) in f.record.inspectors.iter().enumerate() {
        let Some(name) = inspector.name.as_deref() else { continue };
        verdict.that(!seen.contains(&name), &[&format!("/inspectors/{at}")], || {
            format!("“{name}” is named twice")
        });
        seen.push(name);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sentence_in_a_role_shows_in_its_small_letters() {
        assert!(runs_on("His Majesty’s Inspector We will take the findings into account"));
        assert!(!runs_on("Head of Service for the Early Years"));
    }

    #[test]
    fn a_bodys_name_does_not_begin_in_a_role() {
        assert!(ends_in_open_body("Designated Nurse for NHS Arle"));
        assert!(!ends_in_open_body("Designated Nurse for NHS Arle CCG"));
        assert!(!ends_in_open_body("Director of Nursing"));
    }

    #[test]
    fn two_names_in_a_row_are_known() {
        assert!(is_two_names("Ann Lee Tom Hill"));
        assert!(!is_two_names("Mary Ann Lee"));
        assert!(!is_two_names("Ana de la Cruz"));
    }

    #[test]
    fn the_lines_about_a_person_follow_one_another() {
        use crate::record::{Inspector, sample};
        let doubts = |top: f32| {
            let mut record = sample();
            record.inspectors = vec![Inspector { name: Some("Ann Lee".into()), ..Inspector::default() }];
            let span = |top: f32| serde_json::json!({ "page": 1, "bbox": [50.0, top, 150.0, top + 12.0] });
            let evidence = serde_json::json!({
                "status": "found", "quote": "Ann Lee Chief Inspector of Homes", "spans": [span(100.0), span(top)]
            });
            let evidence = serde_json::from_value(evidence).expect("evidence");
            record.evidence.insert("/inspectors/0".into(), evidence);
            let finished = Finished { record: &record, doc: &crate::outline::Outline::default(), parts: &[] };
            crate::checks::run(&finished, CHECKS.iter().filter(|c| c.name == "person-apart")).len()
        };
        assert_eq!((doubts(114.0), doubts(130.0), doubts(300.0)), (0, 0, 2));
    }

    #[test]
    fn a_team_has_roles_or_none() {
        use crate::record::{Inspector, sample};
        let doubts = |roles: [Option<&str>; 2]| {
            let mut record = sample();
            let one =
                |role: Option<&str>| Inspector { role: role.map(str::to_owned), ..Inspector::default() };
            record.inspectors = roles.map(one).to_vec();
            let finished = Finished { record: &record, doc: &crate::outline::Outline::default(), parts: &[] };
            crate::checks::run(&finished, CHECKS.iter().filter(|c| c.name == "inspectors-not-alike")).len()
        };
        assert_eq!(doubts([Some("Lead"), None]), 1);
        assert_eq!((doubts([None, None]), doubts([Some("Lead"), Some("Support")])), (0, 0));
    }
}
