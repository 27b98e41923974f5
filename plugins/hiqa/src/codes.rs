//! The codes that these records use in addition to the published ones.

/// List, code, meaning.
pub const CODES: &[(&str, &str, &str)] = &[
    (
        "diagnostics",
        "plan-judgment-differs",
        "The compliance plan gives a regulation another judgment than the report",
    ),
    ("frameworks", "designated-centre", "Inspections of designated centres under the Health Act 2007"),
    ("provider-kinds", "care-provider", "A provider of care services"),
    ("inspection-types", "unannounced", "Unannounced inspection"),
    ("inspection-types", "announced", "Announced inspection"),
    ("inspection-types", "short-notice-announced", "Inspection announced at short notice"),
    ("inspection-types", "short-term-announced", "Inspection announced shortly before"),
    ("judgement-areas", "capacity-and-capability", "A regulation on how the service is led and run"),
    ("judgement-areas", "quality-and-safety", "A regulation on the care and support that residents receive"),
    ("judgement-areas", "regulation", "A regulation whose dimension could not be read"),
    ("grades", "compliant", "Compliant"),
    ("grades", "substantially-compliant", "Substantially compliant"),
    ("grades", "not-compliant", "Not compliant"),
    ("scales", "hiqa-compliance", "Compliant, substantially compliant, not compliant"),
    ("improvement-kinds", "requirement", "A regulation that the provider must come into compliance with"),
    ("addressees", "provider", "The registered provider"),
];
