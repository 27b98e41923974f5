//! Letters about monitoring visits after a judgement of inadequate: under ILACS since 2018, before that after a single
//! inspection.
//!
//! No sample was available. This reads the variant that the ILACS framework describes: a focused visit's letter whose
//! first sentence mentions a monitoring visit, with "Areas covered by the visit" and "Findings and evaluation of
//! progress" among its headings.

use super::focused_visit::edition;
use super::letter::{self, Form};
use super::opening;
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
        Edition { id: "2016", years: "2016–2017", note: "after a single inspection" },
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

/// The day on which inspections under ILACS could begin.
const ILACS_BEGINS: &str = "2018-01-01";

impl Format for MonitoringVisit {
    fn info(&self) -> &'static FormatInfo {
        &INFO
    }

    fn is_letterhead(&self, line: &str) -> bool {
        letter::is_letterhead(line)
    }

    fn line_starts(&self, line: &str) -> Vec<usize> {
        letter::line_starts(line, &KIND.form)
    }

    fn begins(&self, lines: &[&str]) -> bool {
        opening::letter(lines, KIND.form.subjects)
    }

    fn is_heading(&self, line: &str) -> bool {
        letter::is_heading(line, &KIND.form)
    }

    fn read(&self, doc: &Outline, draft: &mut Draft) {
        draft.record.inspection.kind = "monitoring-visit".into();
        visit::read(doc, draft, &KIND);
        let before_ilacs = draft.record.inspection.start.as_deref().is_some_and(|day| day < ILACS_BEGINS);
        if before_ilacs {
            draft.record.inspection.framework = "SIF".into();
        }
        draft.record.format.edition = if before_ilacs { "2016" } else { edition(doc, draft) }.into();
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ofsted::testing::letter;
    use insta::assert_snapshot;

    #[test]
    fn a_letter() {
        let text = "3 June 2022\n\nDear Ann Lee\n\nMonitoring visit to Wexcombe children’s services\n\nThis letter summarises the findings of the monitoring visit to Wexcombe children’s services on 4 and 5 May 2022. This was the second monitoring visit since the local authority was judged inadequate in June 2021. Her Majesty’s Inspectors for this visit were Jo Kay and Al Roe.\n\nAreas covered by the visit\n\nInspectors reviewed the progress made in help for children in need.\n\nHeadline findings\n\nThe pace is steady.\n\nFindings and evaluation of progress\n\nMore plans are read.\n\nYours sincerely\n\nJo Kay\nHer Majesty’s Inspector\n";
        assert_snapshot!(letter(&MonitoringVisit, text), @r"
        edition 2022 with 
        provider Wexcombe | Wexcombe
        letter 2022-06-03 to 
        dear Ann Lee | Monitoring visit to Wexcombe children’s services
        visits 2022-05-04..2022-05-05 | theme help for children in need
        inspectors Jo Kay / Al Roe
        improve 
        strengths 
        sections 1 - (about-inspection) / 1 Areas covered by the visit (about-inspection) / 1 Headline findings (headline-findings) / 1 Findings and evaluation of progress (findings)
        signed Jo Kay, Her Majesty’s Inspector, -
        ");
    }

    #[test]
    fn a_letter_after_a_single_inspection() {
        let text = "16 December 2016\n\nDear Ann\n\nMonitoring visit of Wexcombe children’s services\n\nThis letter summarises the findings of the monitoring visit to Wexcombe children’s services on 16 and 17 November 2016. The visit was the first monitoring visit since the local authority was judged inadequate in June 2016. The inspectors were Jo Kay HMI and Al Roe HMI.\n\nAreas covered by the visit\n\nDuring the course of this visit, inspectors reviewed the progress made in the area of help and protection, with a particular focus on:\n\n• plans\n• visits.\n\nOverview\n\nThe pace is steady.\n\nFindings and evaluation of progress\n\nMore plans are read.\n\nYours sincerely\n\nJo Kay\nHer Majesty’s Inspector\n";
        assert_snapshot!(letter(&MonitoringVisit, text), @r"
        edition 2016 with 
        provider Wexcombe | Wexcombe
        letter 2016-12-16 to 
        dear Ann | Monitoring visit of Wexcombe children’s services
        visits 2016-11-16..2016-11-17 | theme help and protection, with a particular focus on: plans; visits
        inspectors Jo Kay / Al Roe
        improve 
        strengths 
        sections 1 - (about-inspection) / 1 Areas covered by the visit (about-inspection) / 1 Overview (overview) / 1 Findings and evaluation of progress (findings)
        signed Jo Kay, Her Majesty’s Inspector, -
        ");
    }
}
