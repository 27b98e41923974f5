//! Letters about focused visits under ILACS, 2018 to today.
//!
//! A letter's frame, a first sentence with dates and inspectors, the subject of the visit, what needs to improve, and
//! findings. Until 2020 there are an overview and findings as bullets; in 2020 and 2021 a paragraph about the pandemic
//! comes first, and some have no overview; since then there are headline findings, and findings in prose. The edition
//! is determined by the headings, not by the year.

use super::letter::{self, Form};
use super::opening;
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
    let first_page = || doc.blocks.iter().filter(|b| b.page == doc.first_page);
    let pandemic = || first_page().any(|b| contains_label(b.text.as_str(), "COVID-19"));
    if heading("Headline findings") || heading("Main findings") {
        "2022"
    } else if pandemic() {
        "2021"
    } else {
        "2018"
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ofsted::testing::letter;
    use insta::assert_snapshot;

    const OLDER: &str = "12 April 2019\n\nMs Ann Lee\nDirector of Children’s Services\nWexcombe Council\nTown Hall\nWexcombe\nZZ1 4QX\n\nDear Ms Lee,\n\nFocused visit to Wexcombe Council children’s services\n\nThis letter summarises the findings of a focused visit to Wexcombe Council children’s services on 5 and 6 March 2019. The inspectors were Jo Kay, HMI, and Al Roe, HMI.\n\nInspectors looked at the local authority’s arrangements for care leavers. They met six of them.\n\nOverview\n\nFlats are warm.\n\nWhat needs to improve in this area of social work practice\n\n• Letters to young people.\n• Help with rent.\n\nFindings\n\n• Advisers visit often.\n\nYours sincerely\n\nJo Kay\nHer Majesty’s Inspector\n";

    const NEWER: &str = "Dear Ann\n\nFocused visit to Wexcombe children’s services\n\nThis letter summarises the findings of the focused visit to Wexcombe children’s services on 5 March 2024. His Majesty’s Inspectors for this visit were lead inspector Jo Kay and team inspector Al Roe.\n\nInspectors looked at the local authority’s arrangements for children in need, with a focus on:\n\n- Plans.\n- Visits.\n\nHeadline findings\n\nPlans are clear.\n\nMain findings\n\nChildren are seen.\n\nYours sincerely\n\nJo Kay\n**His Majesty’s Inspector**\n";

    #[test]
    fn a_letter_that_names_a_joint_inspection_is_none() {
        let doc = crate::ofsted::testing::outline(
            "Dear Ann Lee\n\nFocused visit to Wexcombe children’s services\n\nThis letter summarises the findings of the focused \
             visit to Wexcombe children’s services on 10 and 11 June 2021.\n\nServices have changed since the joint targeted area \
             inspection of Wexcombe (JTAI) by Ofsted and the Care Quality Commission in May 2019.",
        );
        let claims = crate::format::claims([FocusedVisit.info(), crate::ofsted::jtai::Jtai.info()], &doc);
        let best = &claims[0];
        assert_eq!(best.format, "ofsted.ilacs.focused-visit");
        assert!(best.score >= 0.9 && claims[1].score < 0.3, "{claims:?}");
    }

    #[test]
    fn a_letter_of_2019() {
        assert_snapshot!(letter(&FocusedVisit, OLDER), @r"
        edition 2018 with 
        provider Wexcombe | Wexcombe Council
        letter 2019-04-12 to Ann Lee, Director of Children’s Services, Wexcombe Council
        dear Ms Lee | Focused visit to Wexcombe Council children’s services
        visits 2019-03-05..2019-03-06 | theme care leavers
        inspectors Jo Kay / Al Roe
        improve Letters to young people. / Help with rent.
        strengths 
        sections 1 - (about-inspection) / 1 Overview (overview) / 1 What needs to improve in this area of social work practice (improvements) / 1 Findings (findings)
        signed Jo Kay, Her Majesty’s Inspector, -
        ");
    }

    #[test]
    fn a_letter_of_2024_without_date_and_address() {
        assert_snapshot!(letter(&FocusedVisit, NEWER), @r"
        edition 2022 with 
        provider Wexcombe | Wexcombe
        letter - to 
        dear Ann | Focused visit to Wexcombe children’s services
        visits 2024-03-05..2024-03-05 | theme children in need, with a focus on: Plans; Visits
        inspectors Jo Kay* / Al Roe
        improve 
        strengths 
        sections 1 - (about-inspection) / 1 Headline findings (headline-findings) / 1 Main findings (findings)
        signed Jo Kay, His Majesty’s Inspector, -
        ");
    }
}
