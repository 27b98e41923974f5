//! Letters about focused visits under ILACS, 2018 to today.
//!
//! One page of frame, a first sentence with dates and inspectors, what the visit looked at, what needs to
//! improve, and findings. Until 2020 an overview and findings as bullets; in 2020 and 2021 a paragraph about the
//! pandemic first and sometimes no overview; since then headline findings and findings in prose. The headings
//! decide which, not the year.

use super::letter::{self, Form};
use super::visit::{self, Kind};
use crate::format::{Anchor, Edition, Format, FormatInfo, Place};
use crate::grammar::address::letter_recipients;
use crate::grammar::label::contains_label;
use crate::outline::Outline;
use crate::record::Draft;

/// The format.
pub struct FocusedVisit;

const INFO: FormatInfo = FormatInfo {
    id: "ofsted.ilacs.focused-visit",
    title: "Letter about an ILACS focused visit to a local authority's children's services",
    regulator: "ofsted",
    editions: &[
        Edition { id: "2018", years: "2018–2020", note: "overview, findings as bullets" },
        Edition {
            id: "2021",
            years: "2020–2021",
            note: "adapted to the pandemic; often no overview, no theme",
        },
        Edition { id: "2022", years: "2021–", note: "headline findings, main findings in prose" },
    ],
    known_gaps: &["Inspectors who only shadowed a visit are not listed"],
    anchors: &[
        Anchor {
            phrases: &[
                "This letter summarises the findings of a focused visit",
                "This letter summarises the findings of the focused visit",
            ],
            place: Place::Opening,
            weight: 0.6,
        },
        Anchor { phrases: &["Focused visit to"], place: Place::Heading, weight: 0.3 },
        Anchor { phrases: &["Dear"], place: Place::Opening, weight: 0.1 },
        Anchor {
            phrases: &["take the findings from this focused visit into account"],
            place: Place::Body,
            weight: 0.2,
        },
        Anchor {
            phrases: &["What needs to improve in this area of social work practice"],
            place: Place::Heading,
            weight: 0.1,
        },
        Anchor {
            phrases: &[
                "This letter summarises the findings of the monitoring visit",
                "Joint targeted area inspection of",
            ],
            place: Place::Opening,
            weight: -0.6,
        },
    ],
};

const KIND: Kind = Kind {
    form: Form {
        subjects: &["Focused visit to", "Focused visit of"],
        recipients: letter_recipients,
        one_address: true,
    },
    called: "focused visit",
    to: &["Focused visit to", "Focused visit of"],
};

impl Format for FocusedVisit {
    fn info(&self) -> &'static FormatInfo {
        &INFO
    }

    fn is_heading(&self, line: &str) -> bool {
        letter::is_heading(line, &KIND.form)
    }

    fn read(&self, doc: &Outline, draft: &mut Draft) {
        draft.record.inspection.kind = "focused-visit".into();
        visit::read(doc, draft, &KIND);
        draft.record.format.edition = edition(doc, draft).into();
    }
}

/// The edition, from the headings and the paragraph about the pandemic.
pub fn edition(doc: &Outline, draft: &Draft) -> &'static str {
    let heading = |p: &str| {
        draft.record.sections.iter().filter_map(|s| s.heading.as_deref()).any(|h| contains_label(h, p))
    };
    let first_page = || doc.blocks.iter().filter(|b| b.page == 1);
    let pandemic = || first_page().any(|b| contains_label(b.text.as_str(), "COVID-19"));
    if heading("Headline findings") || heading("Main findings") {
        "2022"
    } else if pandemic() {
        "2021"
    } else {
        "2018"
    }
}
