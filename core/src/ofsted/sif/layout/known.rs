//! What the form's own headings stand for.

use super::{Known, PartOf, Rank};
use crate::grammar::label::{contains_label, is_label, label};
use crate::grammar::{grade_sentence, heading_grade};
use crate::ofsted::contents::Contents;

/// What a heading stands for, if it is one of the form's.
pub(super) fn known(text: &str, part: PartOf, contents: &Contents) -> Option<Known> {
    if text.split(' ').count() > 24 {
        return None;
    }
    of_part(text, part).or_else(|| of_section(text, contents))
}

/// The heading of a part of the report.
fn of_part(text: &str, part: PartOf) -> Option<Known> {
    let starts = |phrases: &[&str]| phrases.iter().any(|p| label(p)(text).is_ok());
    let of = |kind, rank| Some(Known { kind, rank });
    if starts(&["What the inspection judgements mean", "What the inspection judgments mean"]) {
        return of("other", Rank::Part(PartOf::Meaning));
    }
    let explained = part == PartOf::Meaning;
    let summary = starts(&["The local authority"]) && contains_label(text, "Summary of");
    if (is_label(text, "The local authority") || summary) && !explained || starts(&["Section 1"]) {
        let kind = if contains_label(text, "Summary of") { "executive-summary" } else { "other" };
        return of(kind, Rank::Part(PartOf::Authority));
    }
    // In the explanation of grades, "The Local Safeguarding Children Board" is the heading for the board's grades.
    if is_board(text) && !(explained && is_label(text, "The Local Safeguarding Children Board")) {
        // The sentence with the board's grade comes under the part's own heading.
        let own = heading_grade(text).is_none() && grade_sentence::find_grade_sentence(text).is_none();
        let heads = own || part != PartOf::Board;
        return of("lscb", if heads { Rank::Part(PartOf::Board) } else { Rank::Section });
    }
    const ABOUT: &[&str] = &[
        "Information about this inspection",
        "Information about the inspection",
        "Information about this review",
    ];
    starts(ABOUT).then_some(Known { kind: "about-inspection", rank: Rank::Part(PartOf::About) })
}

/// How a phrase must occur in a heading.
enum In {
    /// It is the whole heading.
    Whole,
    /// The heading begins with it.
    Start,
    /// It is somewhere in it.
    Any,
}

/// The place of a heading in the form.
enum Place {
    Section,
    Sub,
    /// A section of its own, if the contents page lists it.
    Listed,
}

/// The form's headings within its parts; the first row that matches counts.
const HEADS: &[(In, &[&str], &str, Place)] = &[
    (
        In::Start,
        &["Executive summary", "Summary of findings", "Summary of key findings"],
        "executive-summary",
        Place::Section,
    ),
    (In::Whole, &["Recommendations"], "recommendations", Place::Section),
    (In::Any, &["need to improve", "needs to improve"], "improvements", Place::Section),
    (In::Start, &["Summary for children"], "summary-for-children", Place::Section),
    // A part of the judgement on children looked after, whatever its heading begins with.
    (In::Any, &["progress of care leavers"], "judgement-area", Place::Sub),
    (
        In::Start,
        &[
            "The experiences and progress of",
            "The experience and progress of",
            "The experiences of progress of",
            "The experiences and the progress of",
        ],
        "judgement-area",
        Place::Section,
    ),
    (In::Start, &["Leadership, management and governance"], "leadership", Place::Section),
    (
        In::Start,
        &["The graded judgement", "The graded judgment", "Adoption performance"],
        "judgement-area",
        Place::Sub,
    ),
    (
        In::Start,
        &["Inspection judgements", "Inspection judgement", "Inspection judgments", "Inspection judgment"],
        "findings",
        Place::Section,
    ),
    (In::Whole, &["Inspection findings"], "findings", Place::Sub),
    (In::Start, &["Inspection findings"], "findings", Place::Listed),
    (In::Start, &["Key strengths and weaknesses"], "findings", Place::Sub),
    (In::Whole, &["Summary"], "overview", Place::Sub),
    (
        In::Start,
        &[
            "Priority and immediate action",
            "Priority and immediate actions",
            "Immediate and priority action",
            "Immediate and priority actions",
            "Priority action",
            "Priority actions",
            "Areas for priority",
            "Area for priority",
            "Areas for immediate",
            "Immediate action",
            "Immediate actions",
        ],
        "priority-action",
        Place::Sub,
    ),
    (In::Start, &["Areas for improvement", "Area for improvement"], "improvements", Place::Sub),
    (In::Start, &["The inspection team"], "team", Place::Sub),
    (
        In::Whole,
        &[
            "Children living in this area",
            "Child protection in this area",
            "Children looked after in this area",
            "Other Ofsted inspections",
            "Other information about this area",
        ],
        "other",
        Place::Sub,
    ),
    (In::Any, &["strengths"], "strengths", Place::Listed),
];

/// The heading of a section within a part. Whatever the contents page lists is one.
fn of_section(text: &str, contents: &Contents) -> Option<Known> {
    let starts = |p: &str| label(p)(text).is_ok();
    let has = |p: &str| contains_label(text, p);
    let of_area =
        (starts("Information about") || starts("Annex A")) && (has("area") || has("local authority"));
    if of_area {
        return Some(Known { kind: "local-area-information", rank: Rank::Section });
    }
    let fits = |how: &In, phrase: &str| match how {
        In::Whole => is_label(text, phrase),
        In::Start => starts(phrase),
        In::Any => has(phrase),
    };
    let row = HEADS.iter().find(|(how, phrases, ..)| phrases.iter().any(|p| fits(how, p)));
    let listed = || contents.lists(text);
    match row {
        Some((.., kind, place)) => {
            let section = match place {
                Place::Section => true,
                Place::Sub => false,
                Place::Listed => listed(),
            };
            Some(Known { kind, rank: if section { Rank::Section } else { Rank::Sub } })
        }
        None => listed().then_some(Known { kind: "other", rank: Rank::Section }),
    }
}

/// "Section 2: The effectiveness of the Local Safeguarding Children Board"; "The Local Safeguarding Children Board
/// (LSCB)"; "The effectiveness of the LSCB is good"; "The LSCB requires improvement because:"
fn is_board(text: &str) -> bool {
    let starts = |p: &str| label(p)(text).is_ok();
    starts("Section 2")
        || starts("The effectiveness of the Local Safeguarding Children")
        || starts("The effectiveness of the LSCB")
        || starts("The Local Safeguarding Children")
        || starts("Local Safeguarding Children Board")
        || starts("The LSCB is")
        || starts("The LSCB requires")
}

#[cfg(test)]
mod tests {
    use super::*;
    use insta::assert_snapshot;

    fn shown(text: &str) -> String {
        known(text, PartOf::Authority, &Contents::default())
            .map_or("-".into(), |k| format!("{} {:?}", k.kind, k.rank))
    }

    #[test]
    fn the_forms_headings() {
        assert_snapshot!(shown("The local authority"), @"other Part(Authority)");
        assert_snapshot!(shown("Section 2: The effectiveness of the Local Safeguarding Children Board"), @"lscb Part(Board)");
        assert_snapshot!(shown("What does the LSCB need to improve?"), @"improvements Section");
        assert_snapshot!(shown("Information about this local authority area"), @"local-area-information Section");
        assert_snapshot!(shown("The graded judgment for adoption performance is good"), @"judgement-area Sub");
        assert_snapshot!(shown("Inspection findings"), @"findings Sub");
        assert_snapshot!(shown("Priority actions"), @"priority-action Sub");
        assert_snapshot!(shown("Immediate and priority actions"), @"priority-action Sub");
        assert_snapshot!(shown("The local authority – Summary of findings"), @"executive-summary Part(Authority)");
        assert_snapshot!(shown("Children who go missing"), @"-");
    }
}
