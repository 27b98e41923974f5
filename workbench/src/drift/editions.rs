//! What every document of an edition is known to have.

/// What is known of an edition.
#[derive(Debug, Clone, Copy)]
pub(super) struct Known {
    /// The kinds of section that every known document of it has.
    pub(super) sections: &'static [&'static str],
    /// The largest number of unknown headings in a known document: some editions have free headings.
    pub(super) others: usize,
}

/// Free headings: any number.
const FREE: usize = usize::MAX;

/// The sections of single inspections (SIF) before recommendations had a section of their own.
const EARLY_SIF: &[&str] =
    &["executive-summary", "judgement-area", "leadership", "improvements", "about-inspection", "team"];

/// Format, edition, and what is known of it. Counted in 319 real documents and in the corpus. Plugins' formats are not
/// included, and are judged by the other signs.
const EDITIONS: &[(&str, &str, Known)] = &[
    (
        "ofsted.ilacs.inspection",
        "2018",
        Known { sections: &["overview", "judgement-area", "improvements"], others: 0 },
    ),
    ("ofsted.ilacs.inspection", "2023", Known { sections: &["overview", "judgement-area"], others: 0 }),
    ("ofsted.ilacs.inspection", "2026", Known { sections: &["overview", "judgement-area"], others: 0 }),
    (
        "ofsted.ilacs.focused-visit",
        "2018",
        Known { sections: &["overview", "findings", "about-inspection"], others: 0 },
    ),
    ("ofsted.ilacs.focused-visit", "2021", Known { sections: &["findings", "about-inspection"], others: 0 }),
    (
        "ofsted.ilacs.focused-visit",
        "2022",
        Known { sections: &["headline-findings", "findings", "about-inspection"], others: 1 },
    ),
    (
        "ofsted.ilacs.monitoring-visit",
        "2016",
        Known { sections: &["findings", "about-inspection"], others: FREE },
    ),
    (
        "ofsted.ilacs.monitoring-visit",
        "2018",
        Known { sections: &["overview", "findings", "about-inspection"], others: FREE },
    ),
    (
        "ofsted.ilacs.monitoring-visit",
        "2021",
        Known { sections: &["findings", "about-inspection"], others: FREE },
    ),
    (
        "ofsted.ilacs.monitoring-visit",
        "2022",
        Known { sections: &["headline-findings", "findings", "about-inspection"], others: FREE },
    ),
    (
        "ofsted.jtai.inspection",
        "2016",
        Known { sections: &["strengths", "improvements", "next-steps", "about-inspection"], others: FREE },
    ),
    (
        "ofsted.jtai.inspection",
        "2022",
        Known {
            sections: &["headline-findings", "improvements", "findings", "next-steps", "about-inspection"],
            others: 4,
        },
    ),
    (
        "ofsted.area-send.inspection",
        "2023",
        Known {
            sections: &[
                "outcome",
                "local-area-information",
                "findings",
                "improvements",
                "about-inspection",
                "team",
            ],
            others: 0,
        },
    ),
    (
        "ofsted.safeguarding.inspection",
        "2013",
        Known { sections: &["outcome", "judgement-area", "improvements", "about-inspection"], others: FREE },
    ),
    (
        "ofsted.sif.lscb-review",
        "2014",
        Known {
            sections: &["executive-summary", "recommendations", "findings", "about-inspection"],
            others: FREE,
        },
    ),
    ("ofsted.sif.inspection", "2013", Known { sections: EARLY_SIF, others: FREE }),
    ("ofsted.sif.inspection", "2014", Known { sections: EARLY_SIF, others: FREE }),
    (
        "ofsted.sif.inspection",
        "2015",
        Known {
            sections: &[
                "executive-summary",
                "recommendations",
                "judgement-area",
                "leadership",
                "about-inspection",
                "team",
            ],
            others: FREE,
        },
    ),
];

/// What is known of an edition of a format.
pub(super) fn known(format: &str, edition: &str) -> Option<Known> {
    EDITIONS.iter().find(|(f, e, _)| *f == format && *e == edition).map(|(.., known)| *known)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_edition_is_known() {
        for format in findings_core::pipeline::core_formats() {
            for edition in format.editions {
                assert!(known(format.id, edition.id).is_some(), "{} {}", format.id, edition.id);
            }
        }
    }
}
