//! Letters about monitoring visits under ILACS, after a judgement of inadequate.
//!
//! No sample was at hand. What is read is the variant that the ILACS framework describes: a focused visit's
//! letter whose first sentence speaks of a monitoring visit, with "Areas covered by the visit" and "Findings and
//! evaluation of progress" among its headings.

use super::focused_visit::edition;
use super::letter::{self, Form};
use super::visit::{self, Kind};
use crate::format::{Anchor, Edition, Format, FormatInfo, Place};
use crate::grammar::address::letter_recipients;
use crate::outline::Outline;
use crate::record::Draft;

/// The format.
pub struct MonitoringVisit;

const INFO: FormatInfo = FormatInfo {
    id: "ofsted.ilacs.monitoring-visit",
    title: "Letter about an ILACS monitoring visit to a local authority's children's services",
    regulator: "ofsted",
    editions: &[
        Edition { id: "2018", years: "2018–2020", note: "overview, findings as bullets" },
        Edition { id: "2021", years: "2020–2021", note: "adapted to the pandemic" },
        Edition { id: "2022", years: "2021–", note: "headline findings, findings in prose" },
    ],
    known_gaps: &[
        "No sample was at hand: the grammar follows the framework's description and the focused visit's letter",
    ],
    anchors: &[
        Anchor {
            phrases: &[
                "This letter summarises the findings of a monitoring visit",
                "This letter summarises the findings of the monitoring visit",
                "This letter summarises the findings of the first monitoring visit",
                "This letter summarises the findings of the second monitoring visit",
                "This letter contains a summary of the findings of the monitoring visit",
                "This letter contains a summary of the findings of your recent monitoring visit",
            ],
            place: Place::Opening,
            weight: 0.6,
        },
        Anchor {
            phrases: &["Monitoring visit to", "Monitoring visit of"],
            place: Place::Heading,
            weight: 0.4,
        },
        Anchor { phrases: &["Dear"], place: Place::Opening, weight: 0.1 },
        Anchor {
            phrases: &["This letter summarises the findings of the focused visit"],
            place: Place::Opening,
            weight: -0.6,
        },
    ],
};

const KIND: Kind = Kind {
    form: Form {
        subjects: &["Monitoring visit to", "Monitoring visit of"],
        recipients: letter_recipients,
        one_address: true,
    },
    called: "monitoring visit",
    to: &["Monitoring visit to", "Monitoring visit of"],
};

impl Format for MonitoringVisit {
    fn info(&self) -> &'static FormatInfo {
        &INFO
    }

    fn is_heading(&self, line: &str) -> bool {
        letter::is_heading(line, &KIND.form)
    }

    fn read(&self, doc: &Outline, draft: &mut Draft) {
        draft.record.inspection.kind = "monitoring-visit".into();
        visit::read(doc, draft, &KIND);
        draft.record.format.edition = edition(doc, draft).into();
    }
}
