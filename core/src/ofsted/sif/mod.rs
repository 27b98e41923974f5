//! SIF reports, 2013 to 2018: single inspections of children's services and of the Local Safeguarding Children
//! Board.
//!
//! A title, dates, the overall judgement as a sentence, a table of five judgements, and a body in two parts, the
//! local authority's and the board's. Three layouts:
//!
//! - 2013: "Section 1" and "Section 2", each judgement a sentence above its findings, the team before them;
//! - 2014: "Summary of findings", "What does the local authority need to improve?", boxes "Key judgement";
//! - 2015: "Executive summary" (before the contents page or after), "Recommendations", grades boxed beside the
//!   headings. A re-inspection has no part on the board.

mod board;
mod front;
mod grades;
mod layout;
mod recommendations;
mod team;

use super::{body, contents, dates, figures, judgements, mentions, opening, provider, title};
use crate::cut::Cut;
use crate::format::{Anchor, Edition, Format, FormatInfo, Place};
use crate::grammar::label::contains_label;
use crate::outline::Outline;
use crate::record::{Draft, Status};
use layout::Layout;

/// The format.
pub struct Sif;

const INFO: FormatInfo = FormatInfo {
    id: "ofsted.sif.inspection",
    title: "Single inspection of children's services and review of the Local Safeguarding Children Board",
    regulator: "ofsted",
    editions: &[
        Edition {
            id: "2013",
            years: "2013–2014",
            note: "Section 1 and Section 2; the team before the findings",
        },
        Edition {
            id: "2014",
            years: "2014–2015",
            note: "“What does the local authority need to improve?”; boxes “Key judgement”",
        },
        Edition {
            id: "2015", years: "2015–2018", note: "“Executive summary” and “Recommendations”"
        },
    ],
    known_gaps: &[
        "Figures are read from the fixed sentences of “Information about this local authority area” only",
        "The organisation of an inspector is given only where the name carries its mark (HMI, OI)",
    ],
    anchors: &[
        Anchor {
            phrases: &[
                "Inspection of services for children in need of help and protection",
                "Inspection of services for children in need of help or protection",
            ],
            place: Place::Opening,
            weight: 0.4,
        },
        Anchor {
            phrases: &["Review of the effectiveness of the Local Safeguarding Children Board"],
            place: Place::Opening,
            weight: 0.2,
        },
        Anchor {
            phrases: &["Experiences and progress of care leavers", "Adoption performance"],
            place: Place::Opening,
            weight: 0.2,
        },
        Anchor {
            phrases: &[
                "The graded judgement for adoption performance",
                "The graded judgment for adoption performance",
                "The graded judgement about the experience and progress of care leavers",
            ],
            place: Place::Body,
            weight: 0.2,
        },
        Anchor {
            phrases: &[
                "The experiences and progress of children looked after and achieving permanence",
                "What does the local authority need to improve",
            ],
            place: Place::Heading,
            weight: 0.2,
        },
        Anchor { phrases: &["Inspection date"], place: Place::Opening, weight: 0.05 },
        Anchor {
            phrases: &["The impact of leaders on social work practice with children and families"],
            place: Place::Heading,
            weight: -0.6,
        },
        Anchor {
            phrases: &["This letter summarises the findings", "This letter provides a summary of the"],
            place: Place::Opening,
            weight: -0.8,
        },
    ],
};

impl Format for Sif {
    fn info(&self) -> &'static FormatInfo {
        &INFO
    }

    fn begins(&self, lines: &[&str]) -> bool {
        opening::report(
            lines,
            &["Inspection of services for", "Reinspection of services for", "Re-inspection of services for"],
        )
    }

    fn is_heading(&self, line: &str) -> bool {
        layout::is_heading_line(line)
    }

    fn line_starts(&self, line: &str) -> Vec<usize> {
        layout::line_starts(line)
    }

    fn read(&self, doc: &Outline, draft: &mut Draft) {
        const WHOLE: Inspected = Inspected {
            kind: "single",
            provider: front::provider,
            addressee: "local-authority",
            judged: JUDGED,
        };
        let layout = read(doc, draft, &WHOLE);
        let board = doc.blocks.head(layout.body).iter().any(|b| {
            contains_label(b.text.as_str(), "effectiveness of the Local Safeguarding Children Board")
        });
        if board {
            grades::say_missing(draft, &["lscb"]);
        }
        draft.record.format.edition = layout.edition().into();
    }
}

/// The areas that every report on an authority judges.
pub const JUDGED: &[&str] = &[
    "overall-effectiveness",
    "help-and-protection",
    "looked-after-and-permanence",
    "adoption",
    "care-leavers",
    "leadership",
];

/// What a report under this framework is about: the authority with its board, or the board alone.
struct Inspected {
    /// The type of inspection.
    kind: &'static str,
    /// Finds the area's name in a title.
    provider: fn(&str) -> Option<&str>,
    /// The addressee of lists outside the board's part.
    addressee: &'static str,
    /// The areas that are always judged.
    judged: &'static [&'static str],
}

fn read(doc: &Outline, draft: &mut Draft, of: &Inspected) -> Layout {
    draft.record.inspection.framework = "SIF".into();
    draft.record.inspection.kind = of.kind.into();
    for pointer in ["/letter", "/inspection/theme", "/strengths"] {
        draft.absent(pointer, Status::NotApplicable);
    }
    let end = body::back_page(doc, draft);
    let contents = contents::read(doc);
    contents::exclude(draft, &contents);
    let layout = Layout::of(doc, &contents, end);
    let front = 0..layout.body;
    dates::set(draft, front::dates(doc, front.clone()));
    provider::set(draft, title::provider(doc, front.end, of.provider));
    front::published(doc, front, draft);
    let spans = body::sections(doc, draft, layout.body..end, "other", |at, _| layout.head(at).cloned());
    team::read(doc, draft, &spans);
    judgements::set(draft, grades::readings(doc, &layout, &spans), false);
    grades::say_missing(draft, of.judged);
    recommendations::read(doc, draft, &layout, &spans, of.addressee);
    figures::read(doc, draft, &spans);
    mentions::find(doc, draft);
    dates::footer_witnesses(doc, draft);
    layout
}

pub use board::BoardReview;
pub(super) use front::published;
pub(super) use grades::opening_sentence;
pub(super) use recommendations::items as recommendation_items;
