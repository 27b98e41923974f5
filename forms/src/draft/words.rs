//! Words that tell what a label, a heading or the head of a column speaks of.

use super::constants::key;

/// Words in labels of who is inspected.
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

/// Words in labels of grades.
pub(super) const GRADING: &[&str] = &[
    "outcome",
    "grade",
    "grading",
    "rating",
    "judgement",
    "judgment",
    "standard",
    "compliance",
    "opinion",
    "assessment",
];

/// Words in labels of inspections.
pub(super) const VISITS: &[&str] =
    &["visit", "visited", "visits", "inspection", "inspected", "inspections", "audit", "audited"];

/// Words in labels of who inspected.
pub(super) const INSPECTORS: &[&str] = &["inspector", "inspectors", "inspecting", "assessor", "auditor"];

/// Words in headings of what must be done.
pub(super) const WANTED: &[&str] = &[
    "improve",
    "improvement",
    "improvements",
    "recommendations",
    "recommendation",
    "actions",
    "action",
    "must",
    "should",
    "required",
    "requirement",
    "requirements",
];

/// Words in headings of what is done well.
pub(super) const STRENGTHS: &[&str] = &["strengths", "strength", "well", "good"];

/// Words in labels of people's names.
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
/// Words in labels of what is inspected, whose name is no person's.
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

/// Whether a text has any of the words.
pub(super) fn says(text: &str, words: &[&str]) -> bool {
    key(text).split(|c: char| !c.is_alphanumeric()).any(|w| words.contains(&w))
}
