//! ILACS inspection reports, 2018 to today.
//!
//! Inspection of local authority children's services: a title, dates, lead inspector, a table of judgements, an
//! introduction, "What needs to improve", and a section with numbered paragraphs for each judgement. There are four
//! judgements until 2022 and five from 2023 (care leavers separate from children in care); from mid-2026 some reports
//! have no overall one. The edition is determined by the table, not by the year.

mod table;

use super::body::{self, Head};
use super::judgements::{self, Reading, Strength, area_of};
use super::swallowed::{self, Opening};
use super::{dates, mentions, opening, people, provider, sif, title};
use crate::cut::Cut;
use crate::format::{Anchor, Edition, Format, FormatInfo, Place};
use crate::grammar::grade::{HeadingGrade, grade_alone};
use crate::grammar::label::is_label;
use crate::grammar::{grade, heading_grade};
use crate::outline::{Block, Outline, Role};
use crate::record::{DateRange, Draft, Status};

/// The format.
pub struct Ilacs;

const INFO: FormatInfo = FormatInfo {
    id: "ofsted.ilacs.inspection",
    title: "ILACS inspection of a local authority's children's services",
    regulator: "ofsted",
    editions: &[
        Edition {
            id: "2018",
            years: "2018–2022",
            note: "four judgements: children in care and care leavers together",
        },
        Edition { id: "2023", years: "2023–", note: "five judgements: care leavers apart" },
        Edition { id: "2026", years: "2026–", note: "no judgement of overall effectiveness" },
    ],
    known_gaps: &["The letter that a short inspection may give instead of a report has not been seen"],
    anchors: &[
        Anchor {
            phrases: &["The impact of leaders on social work practice"],
            place: Place::Body,
            weight: 0.35,
        },
        Anchor {
            phrases: &["Inspection of children’s social care services"],
            place: Place::Opening,
            weight: 0.5,
        },
        Anchor { phrases: &["Lead inspector:", "Lead inspector"], place: Place::Opening, weight: 0.15 },
        Anchor { phrases: &["Judgement Grade"], place: Place::Opening, weight: 0.25 },
        Anchor {
            phrases: &["The experiences and progress of children who need help and protection"],
            place: Place::Heading,
            weight: 0.2,
        },
        Anchor {
            phrases: &["This letter summarises the findings", "This letter provides a summary of the"],
            place: Place::Opening,
            weight: -0.8,
        },
        Anchor {
            phrases: &[
                "Review of the effectiveness of the Local Safeguarding Children Board",
                "Inspection of services for children in need of help and protection",
            ],
            place: Place::Opening,
            weight: -0.8,
        },
    ],
};

impl Format for Ilacs {
    fn info(&self) -> &'static FormatInfo {
        &INFO
    }

    fn begins(&self, lines: &[&str]) -> bool {
        const TITLES: &[&str] = &["children’s services", "children’s social care services"];
        opening::report(lines, &["Inspection of"]) && opening::report(lines, TITLES)
    }

    fn is_heading(&self, line: &str) -> bool {
        // A title contains no digits: a line with dates in it has run together with others.
        let plain = !line.contains(|c: char| c.is_ascii_digit()) && !line.ends_with('.');
        let named =
            |before: &str| before.split_whitespace().all(|w| w == "of" || w.starts_with(char::is_uppercase));
        let titled =
            line.find("Inspection of").is_some_and(|at| named(line.head(at))) && line.len() < 90 && plain;
        let cell =
            || line.starts_with(char::is_uppercase) && !line.ends_with('.') && grade_alone(line).is_some();
        is_whole_heading(line) || titled || body::opens_back_page(line) || table::is_row(line) || cell()
    }

    fn line_starts(&self, line: &str) -> Vec<usize> {
        let mut starts = swallowed::starts(line, OPENINGS);
        starts.extend(AREAS.iter().flat_map(|area| graded_starts(line, area)));
        starts.sort_unstable();
        starts.dedup();
        starts
    }

    fn read(&self, doc: &Outline, draft: &mut Draft) {
        draft.record.inspection.framework = "ILACS".into();
        draft.absent("/published", Status::NotStated);
        for pointer in ["/letter", "/inspection/theme", "/strengths", "/figures"] {
            draft.absent(pointer, Status::NotApplicable);
        }
        let end = body::back_page(doc, draft);
        let front_end = table::front(doc, end);
        dates::set(draft, front_dates(doc, front_end));
        kind(draft);
        provider::set(draft, title::provider(doc, front_end, title::ilacs));
        people::lead_inspector(doc, draft, 0..front_end, "ilacs.lead");
        let body_start = front_end;
        let spans = body::sections(doc, draft, body_start..end, "overview", |_, b| section_head(b));
        let mut readings = table::read(doc, end);
        readings.extend(headings(doc, &spans));
        // Since 2026 there may be no overall judgement, whatever the overview says.
        if readings.iter().any(|r| r.area == "overall-effectiveness") {
            readings.extend(opening_sentence(doc, &spans));
        }
        judgements::set(draft, readings, false);
        edition(draft);
        for span in spans.iter().filter(|s| s.kind == "improvements" || s.kind == "priority-action") {
            let items = body::items(doc, span.blocks.clone());
            let (kind, rule) = match span.kind {
                "improvements" => ("area-for-improvement", "ilacs.improvements"),
                _ => ("priority-action", "ilacs.priority-action"),
            };
            body::add_improvements(draft, items, kind, "local-authority", rule);
        }
        mentions::find(doc, draft);
        dates::footer_witnesses(doc, draft);
    }
}

/// Whether the inspection was short or standard, which no report prints: inspectors are on site for one week or for
/// two. The days of further visits count as well.
fn kind(draft: &mut Draft) {
    const LONGEST_SHORT: i64 = 7;
    const FROM: &str = "the days on site: one week of a short inspection, two of a standard one";
    let visits = &draft.record.inspection.visits;
    let days: Option<i64> = visits.iter().map(DateRange::days).sum();
    let short = days.is_some_and(|days| (1..=LONGEST_SHORT).contains(&days));
    draft.record.inspection.kind = if short { "short" } else { "standard" }.into();
    match days {
        Some(1..) => draft.derived("/inspection/type", FROM),
        _ => draft.warn(
            "dates-not-read",
            Some("/inspection/type"),
            None,
            "a short inspection or a standard one: the days on site tell, and they could not be read",
        ),
    }
}

/// `dates = "Inspection date" ["s"] ":" date-ranges`
fn front_dates(doc: &Outline, end: usize) -> Option<(crate::grammar::DateRanges, crate::record::Evidence)> {
    let front = || doc.blocks.head(end).iter().filter(|b| b.role != Role::Furniture);
    dates::labelled(front(), "ilacs.dates")
        .or_else(|| front().find_map(|b| dates::find_in(&b.text, "ilacs.dates")))
}

/// `heading = label (":" / "is" / "are") grade`
fn headings(doc: &Outline, spans: &[body::SectionSpan]) -> Vec<Reading> {
    spans
        .iter()
        .filter(|s| s.kind == "judgement-area")
        .filter_map(|s| {
            let block = &doc.blocks[s.heading?];
            let text = block.text.as_str();
            let graded = graded_heading(text)?;
            Some(Reading {
                area: area_of(graded.label)?,
                label: graded.label.to_owned(),
                grade: Some(graded.graded.grade.code()),
                printed: Some(graded.graded.printed.to_owned()),
                evidence: block.text.evidence(text, "ilacs.heading"),
                strength: Strength::Heading,
            })
        })
        .collect()
}

/// The sentence that many overviews begin with: "Services for children in Wexcombe remain good."
fn opening_sentence(doc: &Outline, spans: &[body::SectionSpan]) -> Option<Reading> {
    let overview = spans.iter().find(|s| s.kind == "overview")?;
    let first = doc.blocks[overview.blocks.clone()].iter().find(|b| b.role == Role::Paragraph)?;
    sif::opening_sentence(&first.text, "ilacs.sentence").filter(|r| r.area == "overall-effectiveness")
}

/// A heading that ends in a grade. That of a judgement may end in a full stop, as a sentence does: "The experiences and progress
/// of children in care requires improvement to be good."
fn graded_heading(text: &str) -> Option<HeadingGrade<'_>> {
    let of_area = |hit: &HeadingGrade<'_>| AREAS.iter().any(|area| is_label(hit.label, area));
    heading_grade(text).or_else(|| heading_grade(text.trim_end_matches('.')).filter(of_area))
}

fn section_head(block: &Block) -> Option<Head> {
    let text = block.text.as_str();
    let looks =
        matches!(block.role, Role::Heading(_)) || block.style.bold || block.style.tagged_heading.is_some();
    if !looks || block.words > 40 {
        return None;
    }
    if let Some(kind) = top_heading(body::heading_text(block)) {
        let grade = graded_heading(text).map(|g| g.graded.grade.code());
        return Some(Head { level: 1, kind, grade: grade.filter(|_| kind == "judgement-area") });
    }
    // In text without pages, the report's title at the head of each page looks like any other line.
    let title = crate::grammar::label("Inspection of")(text).is_ok() && text.contains("services");
    let heads = matches!(block.role, Role::Heading(_)) && !title;
    heads.then_some(Head { level: 2, kind: "other", grade: None })
}

/// The kind of a heading that belongs to the form.
fn top_heading(text: &str) -> Option<&'static str> {
    let starts = |p: &str| text.len() < 160 && crate::grammar::label(p)(text).is_ok();
    if starts("What needs to improve") {
        Some("improvements")
    } else if starts("Areas for priority action") || starts("Area for priority action") {
        Some("priority-action")
    } else if starts("The experiences and progress of")
        || starts("The impact of leaders on social work practice")
    {
        area_of(text).map(|_| "judgement-area")
    } else if is_label(text, "Overall effectiveness") {
        Some("judgement-area")
    } else {
        None
    }
}

/// The labels of the judgements.
const AREAS: &[&str] = &[
    "The experiences and progress of children who need help and protection",
    "The experiences and progress of children in care and care leavers",
    "The experiences and progress of children in care",
    "The experiences and progress of care leavers",
    "The impact of leaders on social work practice with children and families",
    "Overall effectiveness",
];

/// The words that begin lines of the front page swallowed by a longer line.
const OPENINGS: &[Opening] = &[
    ("Inspection date:", &[]),
    ("Inspection dates:", &[]),
    ("Lead inspector:", &[]),
    ("Judgement Grade", &["The ", "Overall "]),
];

/// The offsets at which an area's rows and headings begin in a line that has swallowed them, and at which the text
/// after a row begins.
///
/// "The experiences and progress of care leavers Good"; "The experiences and progress of care leavers: good"
fn graded_starts(line: &str, area: &'static str) -> Vec<usize> {
    let graded = |at: usize| {
        let rest = line.tail(at + area.len());
        let (after, _) = grade(rest.trim_start_matches([':', ' '])).ok()?;
        let behind = line.len() - after.trim_start().len();
        Some([Some(at), Some(behind).filter(|end| !rest.starts_with(':') && *end < line.len())])
    };
    swallowed::places(line, area).filter_map(graded).flatten().flatten().collect()
}

/// Whether a line of plain text consists of one of the form's headings.
fn is_whole_heading(line: &str) -> bool {
    let graded = || heading_grade(line).is_some_and(|h| AREAS.iter().any(|a| is_label(h.label, a)));
    match top_heading(line) {
        Some("judgement-area") => AREAS.iter().any(|a| is_label(line, a)) || graded(),
        Some(_) => {
            let rest = line.split(' ').skip(4);
            line.split(' ').count() <= 14
                && !line.ends_with('.')
                && rest.into_iter().all(|w| w.starts_with(char::is_lowercase))
        }
        None => false,
    }
}

/// The edition, from the judgements that the report has.
fn edition(draft: &mut Draft) {
    let has = |area: &str| draft.record.judgements.iter().any(|j| j.area == area);
    let edition = if !has("overall-effectiveness") && has("care-leavers") {
        "2026"
    } else if has("care-leavers") {
        "2023"
    } else {
        "2018"
    };
    let wanted: &[&str] = match edition {
        "2018" => &[
            "overall-effectiveness",
            "leadership",
            "help-and-protection",
            "children-in-care-and-care-leavers",
        ],
        _ => &["leadership", "help-and-protection", "children-in-care", "care-leavers"],
    };
    let missing: Vec<&str> = wanted.iter().copied().filter(|a| !has(a)).collect();
    draft.record.format.edition = edition.into();
    for area in missing {
        draft.warn(
            "judgements-missing",
            Some("/judgements"),
            None,
            format!("no judgement of {area} was found"),
        );
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_judgements_heading_may_end_in_a_full_stop() {
        let code = |text| graded_heading(text).map(|hit| hit.graded.grade.code());
        let heading = "The experiences and progress of care leavers requires improvement to be good.";
        assert_eq!(code(heading), Some("requires-improvement"));
        assert_eq!(code("The quality of plans requires improvement."), None);
    }

    #[test]
    fn rows_of_the_table_begin_in_a_line_that_swallowed_them() {
        let line = "Inspection of Wexcombe local authority children’s services Inspection dates: 2 to 6 December 2024 Lead inspector: Ann Lee, His Majesty’s Inspector Judgement Grade The impact of leaders on social work practice with children and families Good The experiences and progress of care leavers Requires improvement to be good Overall effectiveness Good Leaders know the experiences and progress of care leavers well.";
        let starts = Ilacs.line_starts(line);
        let first_words = |at: &usize| line[*at..].split(' ').take(2).collect::<Vec<_>>().join(" ");
        let words: Vec<String> = starts.iter().map(first_words).collect();
        assert_eq!(
            words,
            [
                "Inspection dates:",
                "Lead inspector:",
                "Judgement Grade",
                "The impact",
                "The experiences",
                "Overall effectiveness",
                "Leaders know"
            ]
        );
    }
}
