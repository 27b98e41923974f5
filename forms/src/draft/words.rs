//! Words that tell what a label, a heading or the head of a column speaks of, each in the singular.

use super::constants::key;

/// In labels of who is inspected.
pub(super) const INSPECTED: &[&str] = &[
    "name",
    "home",
    "school",
    "service",
    "setting",
    "provider",
    "centre",
    "premises",
    "establishment",
    "visited",
    "inspected",
    "organisation",
    "business",
    "facility",
    "licensee",
    "practice",
    "hospital",
    "nursery",
];

/// In labels of grades.
pub(super) const GRADING: &[&str] = &[
    "outcome",
    "grade",
    "grading",
    "rating",
    "rated",
    "judged",
    "judgement",
    "judgment",
    "standard",
    "compliance",
    "opinion",
    "assessment",
];

/// In labels of inspections.
pub(super) const VISITS: &[&str] = &["visit", "visited", "inspection", "inspected", "audit", "audited"];

/// In labels of what is not this inspection's.
pub(super) const OTHER_TIMES: &[&str] = &["previous", "last", "next", "registered", "due", "birth"];

/// In labels of who inspected.
pub(super) const INSPECTORS: &[&str] = &["inspector", "inspecting", "assessor", "auditor"];

/// In headings of what must be done.
pub(super) const WANTED: &[&str] =
    &["improve", "improvement", "recommendation", "action", "must", "should", "required", "requirement"];

/// In heads of columns with the day by which something must be done.
pub(super) const DUE: &[&str] = &["by", "due", "deadline", "when"];

/// In headings of what is done well.
pub(super) const STRENGTHS: &[&str] = &["strength", "well", "good"];

/// In labels of people's names.
pub(super) const PEOPLE: &[&str] = &[
    "inspector",
    "manager",
    "officer",
    "name",
    "signed",
    "head",
    "principal",
    "director",
    "assessor",
    "lead",
    "person",
    "contact",
    "auditor",
    "reviewer",
];

/// In labels of bodies and places, whose names are no person's.
pub(super) const PLACES: &[&str] = &[
    "home",
    "school",
    "service",
    "setting",
    "provider",
    "centre",
    "premises",
    "establishment",
    "organisation",
    "company",
    "site",
    "authority",
    "trust",
];

/// Whether a text speaks of the whole and not of a part: "Overall rating".
pub(super) fn says_overall(text: &str) -> bool {
    says(text, &["overall"])
}

/// Whether a text has any of the words, in the singular or the plural.
pub(super) fn says(text: &str, words: &[&str]) -> bool {
    let is_one = |word: &str| words.contains(&word);
    let plural = |word: &str| word.strip_suffix('s').is_some_and(is_one);
    key(text).split(|c: char| !c.is_alphanumeric()).any(|word| is_one(word) || plural(word))
}
