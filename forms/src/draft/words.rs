//! Words that show what a label, a heading or a column head is about, in the singular.

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
    "site",
];

/// In labels of grades.
pub(super) const GRADING: &[&str] = &[
    "outcome",
    "result",
    "conclusion",
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
pub(super) const VISITS: &[&str] = &[
    "visit",
    "visited",
    "inspection",
    "inspected",
    "audit",
    "audited",
    "assessment",
    "assessed",
    "intervention",
    "fieldwork",
    "survey",
    "surveyed",
];

/// In sentences with the dates of an inspection: "was carried out on", "took place from".
pub(super) const TOOK_PLACE: &[&str] = &["carried", "took", "conducted", "undertaken"];

/// In labels of what type something is.
pub(super) const SORTS: &[&str] = &["type", "kind", "sort", "nature", "category"];

/// In labels of what does not belong to this inspection.
pub(super) const OTHER_TIMES: &[&str] = &["previous", "last", "next", "registered", "due", "birth"];

/// In sentences with days of something else than the inspection: of a response, or of what was printed about it.
pub(super) const OF_PAPERS: &[&str] = &[
    "received",
    "receipt",
    "response",
    "responded",
    "replied",
    "sent",
    "submitted",
    "published",
    "publication",
    "issued",
    "dated",
];

/// In labels of the days of an inspection, beside [`VISITS`].
pub(super) const ON_SITE: &[&str] = &["activity", "activities", "onsite", "attendance"];

/// Whether a label names the day of a report: "Date of this report"; "Performance report date".
pub(super) fn says_report_date(label: &str) -> bool {
    let key = key(label);
    key.ends_with("report date")
        || ["date of report", "date of this report", "date of the report"].contains(&key.as_str())
}

/// Whether a heading is of what must be done: "Requirements"; "Next steps".
pub(super) fn says_wanted(heading: &str) -> bool {
    says(heading, WANTED) || key(heading) == "next steps" || key(heading).contains("for improved ")
}

/// In labels of inspectors.
pub(super) const INSPECTORS: &[&str] = &["inspector", "inspecting", "assessor", "auditor", "reviewer"];

/// Posts that the inspected body may have, too.
const OFFICERS: &[&str] = &["officer", "consultant", "surveyor", "examiner", "specialist"];

/// The words beside [`OFFICERS`] in labels of inspectors; any other officer belongs to the inspected body.
const OF_OFFICERS: &[&str] = &[
    "officer",
    "officers",
    "consultant",
    "surveyor",
    "surveyors",
    "examiner",
    "specialist",
    "licensing",
    "senior",
    "name",
    "of",
    "the",
    "s",
    "lead",
    "inspecting",
    "visiting",
    "assessing",
    "authorised",
    "case",
    "enforcement",
    "reporting",
];

/// Whether a label names an inspector: "Lead officer", but not "Chief officer".
pub(super) fn says_inspector(label: &str) -> bool {
    let key = key(label);
    let mut words = key.split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty());
    let chief = words.clone().any(|word| word == "chief");
    !chief && says(label, INSPECTORS)
        || says(label, OFFICERS) && words.all(|word| OF_OFFICERS.contains(&word))
}

/// In headings of what must be done.
const WANTED: &[&str] = &[
    "improve",
    "improvement",
    "recommendation",
    "action",
    "must",
    "should",
    "required",
    "requirement",
    "orders",
    "violation",
    "contravention",
    "breaches",
    "remedial",
    "concern",
    "requires",
];

/// In headings of what the inspected body may not refuse to do.
pub(super) const REQUIRED: &[&str] =
    &["must", "requirement", "orders", "violation", "contravention", "breaches"];

/// In heads of columns of verdicts, beside [`GRADING`]; in sentences these words are about much else.
pub(super) const VERDICTS: &[&str] = &["finding", "decision", "determination"];

/// In heads of columns of deadlines.
pub(super) const DUE: &[&str] = &["by", "due", "deadline", "when"];

/// In headings of what is done well.
const STRENGTHS: &[&str] = &["strength", "well", "good", "notable", "commendable"];

/// Whether a heading is of what is done well. What is "good practice" may be so, or may be advice.
pub(super) fn says_strengths(heading: &str) -> bool {
    let practice = says(heading, &["practice"]) && !says(heading, &["notable", "commendable"]);
    says(heading, STRENGTHS) && !practice
}

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
    "specialist",
    "auditor",
    "reviewer",
];

/// In labels of organisations and places, whose names are not people's.
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
    "location",
    "town",
    "city",
    "district",
];

/// Whether a text is about the whole: "Overall rating".
pub(super) fn says_overall(text: &str) -> bool {
    says(text, &["overall"])
}

/// Whether a text has any of the words, in the singular or the plural.
pub(super) fn says(text: &str, words: &[&str]) -> bool {
    let is_one = |word: &str| words.contains(&word);
    let plural = |word: &str| word.strip_suffix('s').is_some_and(is_one);
    key(text).split(|c: char| !c.is_alphanumeric()).any(|word| is_one(word) || plural(word))
}
