//! Area SEND inspection reports, 2023 to today: how a local area partnership serves children and young people with
//! special educational needs and/or disabilities. Joint inspections by Ofsted and the Care Quality Commission.
//!
//! There are no grades: the report states one of three outcomes, and when the next inspection is due.

mod list;
mod team;

use nom::Offset;
use std::ops::Range;

use super::body::{self, Head};
use super::contents::key;
use super::judgements::{self, Reading, Strength};
use super::swallowed::{self, Opening};
use super::{dates, mentions, opening, provider, title};
use crate::cut::Cut;
use crate::format::{Anchor, Edition, Format, FormatInfo, Place};
use crate::grammar::label::{find_label, label};
use crate::outline::{Block, Outline, Role};
use crate::record::{Draft, Status};
use crate::text::LayerKind;

/// The format.
pub struct AreaSend;

const INFO: FormatInfo = FormatInfo {
    id: "ofsted.area-send.inspection",
    title: "Area SEND inspection of a local area partnership",
    regulator: "ofsted",
    editions: &[Edition {
        id: "2023",
        years: "2023–",
        note: "three outcomes; areas for priority action beside the bodies responsible",
    }],
    known_gaps: &[
        "The letters of the framework before 2023 and of monitoring inspections are not read",
        "In untagged PDFs a one-column table of improvements without full stops may run two rows together",
    ],
    anchors: &[
        Anchor { phrases: &["Area SEND inspection of"], place: Place::Opening, weight: 0.6 },
        Anchor { phrases: &["Local area partnership report"], place: Place::Opening, weight: 0.2 },
        Anchor {
            phrases: &["Information about the local area partnership"],
            place: Place::Heading,
            weight: 0.2,
        },
        Anchor {
            phrases: &["What is the area partnership doing that is effective"],
            place: Place::Heading,
            weight: 0.2,
        },
    ],
};

/// The form's headings, and the kind of section that each begins.
const HEADINGS: &[(&str, &str)] = &[
    ("Inspection outcome", "outcome"),
    ("Information about the local area partnership", "local-area-information"),
    ("What is it like to be a child or young person", "findings"),
    ("What is the area partnership doing that is effective", "strengths"),
    ("What does the area partnership need to do better", "findings"),
    ("Areas for priority action", "priority-action"),
    ("Area for priority action", "priority-action"),
    ("Areas for improvement", "improvements"),
    ("Area for improvement", "improvements"),
    ("Local area partnership details", "about-inspection"),
    ("Information about this inspection", "about-inspection"),
    ("Inspection team", "team"),
];

/// The words that begin lines swallowed by a longer one, where no sentence ends before them.
const OPENINGS: &[Opening] = &[
    ("Area SEND inspection of", &[]),
    ("Inspection date:", &[]),
    ("Inspection dates:", &[]),
    ("Date of previous inspection", &[]),
    ("Dates of previous inspection", &[]),
    ("Inspection outcome", &["The ", "There "]),
    ("Local area partnership details", &["Local "]),
    ("Information about this inspection", &["This inspection"]),
    ("Inspection team", &["Ofsted"]),
    ("The Office for Standards in Education, Children", &[]),
];

/// The outcomes, each with words that only its statement contains.
const OUTCOMES: &[(&str, &str)] = &[
    ("widespread and/or systemic failings", "systemic-failings"),
    ("inconsistent experiences and outcomes", "inconsistent"),
    ("typically lead to positive experiences and outcomes", "typically-positive"),
];

impl Format for AreaSend {
    fn info(&self) -> &'static FormatInfo {
        &INFO
    }

    fn begins(&self, lines: &[&str]) -> bool {
        opening::report(lines, &["Area SEND inspection of"])
    }

    fn is_heading(&self, line: &str) -> bool {
        let titled = label("Area SEND inspection of")(line).is_ok() && line.len() < 110;
        heading_kind(line).is_some() || titled || body::opens_back_page(line)
    }

    fn line_starts(&self, line: &str) -> Vec<usize> {
        swallowed::starts(line, OPENINGS)
    }

    fn read(&self, doc: &Outline, draft: &mut Draft) {
        draft.record.format.edition = "2023".into();
        draft.record.with = vec!["cqc".into()];
        draft.record.provider.kind = "local-area-partnership".into();
        draft.record.inspection.framework = "area-SEND".into();
        draft.record.inspection.kind = "full".into();
        draft.absent("/published", Status::NotStated);
        for pointer in ["/letter", "/inspection/theme", "/figures"] {
            draft.absent(pointer, Status::NotApplicable);
        }
        // The form has no list of strengths: what the partnership does well is in the paragraphs of a section.
        draft.absent("/strengths", Status::NotApplicable);
        let end = body::back_page(doc, draft);
        let start = doc.blocks.head(end).iter().position(|b| head(b).is_some()).unwrap_or(end);
        dates::set(draft, front_dates(doc, start));
        provider::set(draft, title::provider(doc, start, printed_provider));
        let spans = body::sections(doc, draft, start..end, "other", |at, b| {
            repeated(doc, at).or_else(|| head(b).filter(|h| !heads_table(doc, at, h.kind)))
        });
        let outcome =
            spans.iter().filter(|s| s.kind == "outcome").find_map(|s| outcome(doc, s.blocks.clone()));
        if outcome.is_none() {
            draft.warn(
                "grade-not-read",
                Some("/judgements"),
                None,
                "none of the three outcome statements was found",
            );
        }
        judgements::set(draft, outcome.into_iter().collect(), false);
        for (kind, section) in
            [("priority-action", "priority-action"), ("area-for-improvement", "improvements")]
        {
            for span in spans.iter().filter(|s| s.kind == section) {
                list::read(doc, draft, span.blocks.clone(), kind);
            }
        }
        for span in spans.iter().filter(|s| s.kind == "team") {
            team::read(doc, draft, span.blocks.clone());
            team::part_rows(doc, draft, span);
        }
        if !draft.record.inspectors.iter().any(|i| i.lead == Some(true)) {
            draft.absent("/inspectors", Status::NotRead);
        }
        mentions::find(doc, draft);
        dates::footer_witnesses(doc, draft);
    }
}

/// `dates = "Inspection date" ["s"] ":" date-ranges`, in one block or in two cells of a row
fn front_dates(doc: &Outline, end: usize) -> Option<(crate::grammar::DateRanges, crate::record::Evidence)> {
    dates::labelled(doc.blocks.head(end).iter().filter(|b| b.role != Role::Furniture), "area-send.dates")
}

/// `title = "Area SEND inspection of" partnership`
///
/// "Area SEND inspection of Marlbrook Local Area Partnership"
fn printed_provider(text: &str) -> Option<&str> {
    let hit = find_label(text, "Area SEND inspection of")?;
    let rest = text.tail(text.offset(hit) + hit.len());
    let last = find_label(rest, "Partnership")?;
    Some(rest.head(rest.offset(last) + last.len()).trim())
}

fn heading_kind(text: &str) -> Option<&'static str> {
    let text = text.trim();
    HEADINGS
        .iter()
        .find(|(h, _)| text.len() < h.len() + 90 && label(h)(text).is_ok_and(|(rest, _)| is_rest(rest)))
        .map(|(_, k)| *k)
}

/// Whether the rest of a heading after its fixed words is short, or the end of a question.
fn is_rest(rest: &str) -> bool {
    rest.len() < 4 || rest.ends_with('?')
}

fn head(block: &Block) -> Option<Head> {
    if !matches!(block.role, Role::Heading(_)) {
        return None;
    }
    let kind = heading_kind(block.text.as_str())?;
    Some(Head { level: if kind == "team" { 2 } else { 1 }, kind, grade: None })
}

/// Whether a block that looks like a heading is the head of a table below the same heading.
fn heads_table(doc: &Outline, at: usize, kind: &str) -> bool {
    let bodies = |b: &Block| {
        doc.kind == LayerKind::PlainText && b.text.lines().iter().all(|l| list::names_bodies(l.as_str()))
    };
    let text = |b: &&Block| b.is_content();
    let before = doc.blocks.head(at).iter().rev().filter(text).find(|b| head(b).is_some() || !bodies(b));
    before.and_then(head).is_some_and(|h| h.kind == kind && is_table_head(doc.blocks[at].text.as_str()))
}

/// The heading that a block repeats directly below it, as a table's head row does: one heading, printed twice.
fn repeated(doc: &Outline, at: usize) -> Option<Head> {
    let block = &doc.blocks[at];
    if !block.is_content() || heading_kind(block.text.as_str()).is_none() {
        return None;
    }
    let above = doc.blocks.head(at).iter().rev().find(|b| b.is_content())?;
    let same = key(body::heading_text(above)) == key(body::heading_text(block));
    head(above).filter(|_| same)
}

/// Whether a cell repeats the section's heading.
fn is_table_head(text: &str) -> bool {
    text.len() < 60 && heading_kind(text).is_some()
}

/// Finds the sentence that states the outcome. The three outcomes differ in a phrase.
fn outcome(doc: &Outline, blocks: Range<usize>) -> Option<Reading> {
    doc.blocks[blocks].iter().filter(|b| b.role != Role::Furniture).find_map(|block| {
        let text = block.text.as_str();
        let (slice, grade) =
            OUTCOMES.iter().find_map(|(words, grade)| Some((find_label(text, words)?, *grade)))?;
        Some(Reading {
            area: "send-outcome",
            label: "Inspection outcome".into(),
            grade: Some(grade),
            printed: Some(slice.to_owned()),
            evidence: block.text.evidence(slice, "area-send.outcome"),
            strength: Strength::Sentence,
        })
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_title_names_the_partnership() {
        assert_eq!(
            printed_provider("Area SEND inspection of Hexworthy Local Area Partnership"),
            Some("Hexworthy Local Area Partnership")
        );
        assert_eq!(printed_provider("Local area partnership report"), None);
    }

    #[test]
    fn a_table_may_repeat_its_heading() {
        let mut doc = crate::ofsted::testing::outline(
            "Areas for improvement\n\nAreas for improvement\n\nLeaders should listen.",
        );
        for (at, block) in doc.blocks.iter_mut().enumerate() {
            block.role = if at == 0 { Role::Heading(1) } else { Role::Paragraph };
            block.in_table = at > 0;
        }
        let again: Vec<bool> = (0..doc.blocks.len()).map(|at| repeated(&doc, at).is_some()).collect();
        assert_eq!(again, [false, true, false]);
    }

    #[test]
    fn headings_of_the_form() {
        assert_eq!(heading_kind("What does the area partnership need to do better?"), Some("findings"));
        assert_eq!(
            heading_kind("What is it like to be a child or young person SEND in this area?"),
            Some("findings")
        );
        assert_eq!(heading_kind("Areas for improvement1"), Some("improvements"));
        assert_eq!(heading_kind("Areas for improvement were found by the partnership itself."), None);
    }
}
