//! An address whose lines have become one: finds where its parts begin, as far as their words show it.

use super::given_names::is_given_name;
use super::person::{may_be_person, person};
use super::words::{ROLE, TITLES, has_organisation_word, has_word};
use crate::areas;
use crate::cut::Cut;
use nom::Offset;

/// Words that occur in a role's title besides the words for roles themselves: its field, and how it is held.
const OF_ROLES: &[&str] = &[
    "of",
    "for",
    "and",
    "the",
    "&",
    "–",
    "-",
    "interim",
    "acting",
    "strategic",
    "corporate",
    "statutory",
    "deputy",
    "assistant",
    "group",
    "managing",
    "service",
    "services",
    "children",
    "children's",
    "childrens",
    "child",
    "families",
    "family",
    "education",
    "care",
    "wellbeing",
    "well-being",
    "learning",
    "people",
    "people's",
    "young",
    "adults",
    "adult",
    "adults'",
    "health",
    "skills",
    "safeguarding",
    "social",
    "early",
    "help",
    "inclusion",
    "resources",
    "commissioning",
    "achievement",
    "community",
    "communities",
    "housing",
    "public",
    "lifelong",
    "operations",
    "schools",
    "prevention",
    "support",
];

/// The offsets at which role, council and address begin in "Ann Lee Director of Children’s Services Bury Council Town
/// Hall Bury". Empty if the end of the role can't be found, because then the role is unknown.
pub fn parts(line: &str) -> Vec<usize> {
    let Ok((rest, _)) = person(line) else { return Vec::new() };
    let rest = rest.trim_start_matches([',', ' ']);
    let Some(role) = role_end(rest) else { return Vec::new() };
    let below = rest.get(role..).unwrap_or("").trim_start();
    let at = |part: &str| line.offset(part);
    let mut starts = vec![at(rest), at(below)];
    starts.extend(council_end(below).and_then(|end| below.get(end..)).map(|l| at(l.trim_start())));
    starts
}

/// The end of the role: before the first word that does not occur in roles.
fn role_end(text: &str) -> Option<usize> {
    let mut end = 0;
    let mut names_role = false;
    for (at, word) in spaced(text) {
        let plain = word.trim_end_matches(',').to_lowercase().replace('\u{2019}', "'");
        let role = has_word(&plain, ROLE);
        if !role && !OF_ROLES.contains(&plain.as_str()) {
            break;
        }
        names_role |= role;
        end = at + word.len();
    }
    let joins =
        text.get(..end)?.rsplit(' ').next().is_some_and(|w| matches!(w, "of" | "for" | "and" | "the" | "&"));
    (names_role && !joins && end < text.len()).then_some(end)
}

/// The end of the council's name with which the text begins: "Bury Metropolitan Borough Council"; "London Borough of
/// Bury".
fn council_end(text: &str) -> Option<usize> {
    const LONGEST: usize = 8;
    let words: Vec<(usize, &str)> = spaced(text).take(LONGEST).collect();
    let named = |(_, w): &&(usize, &str)| {
        w.starts_with(char::is_uppercase) || matches!(*w, "of" | "and" | "upon" | "the")
    };
    let head = words.iter().take_while(named).count();
    let ends = |(_, w): &(usize, &str)| matches!(w.trim_end_matches(','), "Council" | "MBC" | "Corporation");
    if let Some(at) = words.head(head).iter().position(ends) {
        return Some(words[at].0 + words[at].1.len());
    }
    let of = words.head(head).iter().position(|(_, w)| *w == "of")?;
    let from = words.get(of + 1)?.0;
    let mut name_ends = words.part(of + 1..head).iter().map(|(at, w)| at + w.len());
    name_ends.rfind(|end| text.get(from..*end).is_some_and(areas::is_name))
}

/// The offsets at which recipients begin in "Ann Lee, Director, Bury Council Jo Kay, Chief Constable, Kent Police".
/// `None` if the name of one of them can't be separated from the organisation before it.
pub fn recipients(line: &str) -> Option<Vec<usize>> {
    let mut starts = Vec::new();
    for (comma, _) in line.match_indices(", ") {
        let words: Vec<(usize, &str)> = spaced(line.get(..comma)?).collect();
        let Some([first, _]) = words.last_chunk::<2>() else { continue };
        if !may_be_person(line.get(first.0..comma)?) {
            continue;
        }
        match words.len().checked_sub(3).map(|at| words[at]) {
            None => starts.push(first.0),
            Some((at, word)) if TITLES.contains(&word.trim_end_matches('.')) || is_given_name(word) => {
                starts.push(at)
            }
            // A name follows a comma here, so this is not where a recipient begins: no organisation is called "Mary
            // Lee".
            Some((_, word)) if word.ends_with(',') => {}
            Some((_, word))
                if has_organisation_word(word) || has_word(word, ROLE) || areas::is_name(word) =>
            {
                starts.push(first.0);
            }
            Some(_) => return None,
        }
    }
    Some(starts)
}

/// The words of a text separated by single spaces, each with its byte offset.
fn spaced(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let mut from = 0;
    let place = move |word| {
        let at = from;
        from += str::len(word) + 1;
        (at, word)
    };
    text.split(' ').map(place).filter(|(_, word): &(usize, &str)| !word.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cut(line: &str, starts: Vec<usize>) -> String {
        let ends = starts.iter().copied().chain([line.len()]);
        std::iter::once(0)
            .chain(starts.clone())
            .zip(ends)
            .map(|(a, b)| line[a..b].trim())
            .collect::<Vec<_>>()
            .join(" / ")
    }

    #[test]
    fn an_address_of_one_line() {
        let of = |line: &str| cut(line, parts(line));
        assert_eq!(
            of("Ms Ann Lee Director of Children’s Services Wexcombe County Council Town Hall High Street"),
            "Ms Ann Lee / Director of Children’s Services / Wexcombe County Council / Town Hall High Street"
        );
        assert_eq!(
            of(
                "Ann Lee Interim Director for Children, Families and Learning London Borough of Bury Town Hall"
            ),
            "Ann Lee / Interim Director for Children, Families and Learning / London Borough of Bury / Town Hall"
        );
        assert_eq!(of("Ann Lee Director of Place Town Hall"), "Ann Lee Director of Place Town Hall");
    }

    #[test]
    fn recipients_of_one_line() {
        let of = |line: &str| cut(line, recipients(line).unwrap_or_default());
        assert_eq!(
            of(
                "Mary Lee, Director of Children’s Services, Wexcombe Council Sir John Kay, Chief Constable, Hexshire Police Peter Roe, Independent Scrutineer"
            ),
            " / Mary Lee, Director of Children’s Services, Wexcombe Council / Sir John Kay, Chief Constable, Hexshire Police / Peter Roe, Independent Scrutineer"
        );
        assert_eq!(
            recipients("Mary Lee, Director, Services for Wexcombe Xyla Ann Kay, Chief Constable"),
            None
        );
    }
}
