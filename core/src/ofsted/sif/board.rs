//! Reviews of a Local Safeguarding Children Board alone, 2014 to 2018: the board's part of a SIF report as a separate
//! report, if the board was not reviewed together with its authority.
//!
//! A title with the board's name, dates, one judgement as a sentence, and the body of the last SIF layout: "Information
//! about this area", "Executive summary", "Recommendations", "Inspection findings", "Information about this review".

use super::{Inspected, read};
use crate::cut::Cut;
use crate::format::{Anchor, Edition, Format, FormatInfo, Place};
use crate::grammar::label::find_label;
use crate::ofsted::opening;
use crate::outline::Outline;
use crate::record::Draft;
use nom::Offset;

/// The format.
pub struct BoardReview;

const TITLE: &str = "Review of the effectiveness of the Local Safeguarding Children Board";

const INFO: FormatInfo = FormatInfo {
    id: "ofsted.sif.lscb-review",
    title: "Review of a Local Safeguarding Children Board alone",
    regulator: "ofsted",
    editions: &[Edition { id: "2014", years: "2014–2018", note: "as the board's part of a SIF report" }],
    known_gaps: &["One report has been seen; the rest follows the board's part of SIF reports"],
    anchors: &[
        Anchor { phrases: &[TITLE], place: Place::Opening, weight: 0.4 },
        Anchor { phrases: &["Information about this review"], place: Place::Heading, weight: 0.3 },
        Anchor {
            phrases: &["This review of the Local Safeguarding Children Board was carried out"],
            place: Place::Body,
            weight: 0.2,
        },
        Anchor { phrases: &["Inspection date"], place: Place::Opening, weight: 0.05 },
        Anchor {
            phrases: &["Inspection of services for children in need of help"],
            place: Place::Opening,
            weight: -0.6,
        },
    ],
};

impl Format for BoardReview {
    fn info(&self) -> &'static FormatInfo {
        &INFO
    }

    fn begins(&self, lines: &[&str]) -> bool {
        opening::report(lines, &[TITLE])
            && !lines.iter().any(|l| find_label(l, "Inspection of services").is_some())
    }

    fn is_heading(&self, line: &str) -> bool {
        super::layout::is_heading_line(line)
    }

    fn read(&self, doc: &Outline, draft: &mut Draft) {
        const BOARD: Inspected =
            Inspected { kind: "lscb-review", provider, addressee: "lscb", judged: &["lscb"] };
        read(doc, draft, &BOARD);
        draft.record.format.edition = INFO.editions[0].id.into();
    }
}

/// `title = area ["Local"] "Safeguarding Children Board" "Review of the effectiveness of …"`
///
/// "Wexcombe Safeguarding Children Board" / "Review of the effectiveness of the Local Safeguarding Children Board"
fn provider(text: &str) -> Option<&str> {
    let title = find_label(text, TITLE)?;
    let before = text.head(text.offset(title));
    let board = ["Local Safeguarding Children", "Safeguarding Children"]
        .iter()
        .find_map(|b| find_label(before, b))?;
    let name = before.head(before.offset(board)).trim();
    (name.chars().filter(|c| c.is_alphabetic()).count() > 2).then_some(name)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ofsted::testing::record;
    use insta::assert_snapshot;

    #[test]
    fn the_area_is_what_the_board_is_named_for() {
        let of = |t: &str| provider(&format!("{t} {TITLE}")).unwrap_or("-").to_owned();
        assert_snapshot!(of("Wexcombe Safeguarding Children Board"), @"Wexcombe");
        assert_snapshot!(of("North Ashmoor Local Safeguarding Children Board"), @"North Ashmoor");
        assert_snapshot!(of(""), @"-");
    }

    #[test]
    fn a_review() {
        let text = format!(
            "Wexcombe Safeguarding Children Board\n\n{TITLE}\n\nInspection date: 1 June 2015 – 3 June 2015\n\n\
             Report published: 3 August 2015\n\nThe Local Safeguarding Children Board requires improvement\n\n\
             Executive summary\n\nThe chair has been central to the board.\n\nRecommendations\n\n\
             • Write the strategy anew (paragraph 4).\n\n• Count what training changes (paragraph 5).\n\n\
             Inspection findings\n\n1. The board is well led.\n\nInformation about this review\n\n\
             The inspection team\n\nLead inspector: Ann Lee, HMI\n\nDeputy lead inspector: Jo Kay, HMI\n"
        );
        let r = record(&BoardReview, &text);
        let judged = r.judgements.iter().map(|j| format!("{} {}", j.area, j.grade.as_deref().unwrap_or("-")));
        let asked = r.improvements.iter().map(|i| format!("{}: {}", i.addressed_to, i.text));
        let heads = r.sections.iter().map(|s| format!("{} {} {:?}", s.level, s.kind, s.parent));
        let visit = r.inspection.visits.iter().map(|v| format!("{}..{}", v.start, v.end));
        let people = r.inspectors.iter().map(|i| i.name.clone().unwrap_or_default());
        let lines: Vec<String> =
            r.provider.printed.clone().into_iter().chain(visit).chain(r.published.clone()).collect();
        let lines = lines.into_iter().chain(people).chain(judged).chain(asked).chain(heads);
        assert_snapshot!(lines.collect::<Vec<_>>().join("\n"), @r"
        Wexcombe
        2015-06-01..2015-06-03
        2015-08-03
        Ann Lee
        Jo Kay
        lscb requires-improvement
        lscb: Write the strategy anew (paragraph 4).
        lscb: Count what training changes (paragraph 5).
        1 executive-summary None
        1 recommendations None
        1 findings None
        1 about-inspection None
        2 team Some(3)
        ");
    }
}
