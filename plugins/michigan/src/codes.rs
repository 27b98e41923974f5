//! The codes that these records use in addition to the published ones.

/// List, code, meaning.
pub const CODES: &[(&str, &str, &str)] = &[
    (
        "frameworks",
        "child-welfare-licensing",
        "Licensing of child-placing agencies and child-caring institutions",
    ),
    ("provider-kinds", "child-welfare-agency", "An agency or institution licensed for child welfare"),
    ("inspection-types", "special-investigation", "Special investigation of a complaint"),
    ("inspection-types", "renewal-inspection", "Inspection before a license is renewed"),
    ("inspection-types", "interim-inspection", "Inspection between two renewals"),
    ("inspection-types", "licensing-study", "Study before a license is issued"),
    (
        "inspection-types",
        "licensing-study-addendum",
        "Addendum to a licensing study: a change of the license",
    ),
    ("judgement-areas", "licensing-rule", "A licensing rule"),
    ("judgement-areas", "consent-decree", "A commitment of the plan agreed with a court"),
    ("judgement-areas", "policy-or-contract", "A manual of the department, or a contract"),
    ("judgement-areas", "statute", "A statute"),
    ("grades", "in-compliance", "In compliance"),
    ("grades", "violation-not-established", "Violation not established"),
    ("grades", "violation-established", "Violation established"),
    ("grades", "repeat-violation-established", "Repeat violation established"),
    ("scales", "mi-violation", "In compliance or not established, established, repeat established"),
    ("improvement-kinds", "corrective-action", "A rule whose violation calls for a plan of correction"),
    ("addressees", "licensee", "The licensee"),
    ("diagnostics", "values-disagree", "Two places of the document give different values"),
    ("diagnostics", "capacity-by-program", "The capacity is printed by program and is no single number"),
    ("diagnostics", "rules-not-read", "A special investigation of which no rule was read"),
    ("diagnostics", "finding-not-read", "A rule is there and its finding could not be read"),
    ("diagnostics", "recommendation-not-read", "No recommendation could be read"),
    ("diagnostics", "line-ends-lost", "The text has no line ends: where values end is a guess"),
    (
        "diagnostics",
        "signed-before-visit",
        "The consultant's signature is dated before the first day on site",
    ),
];
