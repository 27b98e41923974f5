//! The codes that these records use in addition to the published ones.

/// List, code, meaning.
pub const CODES: &[(&str, &str, &str)] = &[
    (
        "diagnostics",
        "overall-rating-out-of-range",
        "The overall rating is beyond those of the five questions",
    ),
    ("frameworks", "adult-social-care", "Inspections of adult social care by key questions"),
    ("provider-kinds", "care-provider", "A provider of care services"),
    ("inspection-types", "unannounced", "Unannounced inspection"),
    ("inspection-types", "announced", "Announced inspection"),
    ("judgement-areas", "overall", "Overall rating of the service"),
    ("judgement-areas", "safe", "Is the service safe?"),
    ("judgement-areas", "effective", "Is the service effective?"),
    ("judgement-areas", "caring", "Is the service caring?"),
    ("judgement-areas", "responsive", "Is the service responsive?"),
    ("judgement-areas", "well-led", "Is the service well-led?"),
    ("scales", "cqc-4", "Outstanding, good, requires improvement, inadequate"),
];
