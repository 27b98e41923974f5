//! The report's headings and sections, and the block of each regulation in the narrative.

use std::ops::Range;

use findings_plugin_sdk::grammar::label::{is_label, label};
use findings_plugin_sdk::grammar::{Hit, any_label, find, find_all};
use findings_plugin_sdk::outline::Block;
use findings_plugin_sdk::record::Draft;
use findings_plugin_sdk::sections::{Head, SectionSpan, sections};
use findings_plugin_sdk::text::Text;

use crate::extension::Extension;
use crate::layout::{Layout, Part};
use crate::regulation::{self, Judgment};

/// The form's headings on lines of their own: kind of section, level.
const HEADINGS: &[(&str, &str, u8)] = &[
    ("About the designated centre", "about-inspection", 1),
    ("How we inspect", "about-inspection", 1),
    ("1. Capacity and capability of the service", "about-inspection", 2),
    ("2. Quality and safety of the service", "about-inspection", 2),
    ("What residents told us and what inspectors observed", "findings", 1),
    ("Views of people who use the service", "findings", 1),
    ("Introduction and instruction", "improvements", 2),
    ("Section 1", "improvements", 2),
    ("Compliance plan provider's response", "improvements", 3),
    ("Section 2", "improvements", 2),
    ("Regulations to be complied with", "improvements", 3),
];

/// The beginning of the provider's answer to a regulation.
pub const OUTLINE: &str = "Outline how you are going to come into compliance with";

/// The maximum length of a title in bytes.
const TITLE: usize = 200;

/// A regulation's block in the narrative.
pub struct RegulationBlock {
    /// Instrument, number and title.
    pub heading: Text,
    /// The banner above it with the dimension.
    pub dimension: Option<Text>,
    /// The line at its end with the judgment.
    pub judgment: Option<(Judgment, Text)>,
}

/// Reads sections and headings; returns the blocks of regulations in the narrative, in printed order.
pub fn read(layout: &Layout, extension: &mut Extension, draft: &mut Draft) -> Vec<RegulationBlock> {
    let doc = layout.outline;
    let from = layout.cover().end;
    let spans = sections(doc, draft, from..doc.blocks.len(), "other", |at, block| head(layout, at, block));
    let headed = spans.iter().filter_map(|s| s.heading).filter(|at| !is_outline(&doc.blocks[*at]));
    let mut headings: Vec<Text> = headed.map(|at| doc.blocks[at].text.clone()).collect();
    // These are in table cells, so blocks may have joined them with text beside or below.
    let answers = layout.text_of(Part::PlanSection1);
    headings.extend(outlines(answers.as_str()).map(|range| answers.slice(range)));
    headings.sort_by_key(|h| h.origins().first().map(|o| (o.page, o.line)));
    for (at, heading) in headings.iter().enumerate() {
        draft.note(format!("/extension/headings/{at}"), heading.evidence_all("hiqa.heading"));
        extension.headings.push(heading.as_str().to_owned());
    }
    regulation_blocks(layout, &spans, draft)
}

/// The kind and level of the section that a block begins, if it is or begins with a heading.
fn kind(text: &str, part: Option<Part>) -> Option<(&'static str, u8)> {
    let fixed = HEADINGS.iter().find(|(h, ..)| is_label(text, h)).map(|(_, kind, level)| (*kind, *level));
    fixed.or_else(|| match part? {
        Part::Narrative if regulation::dimension(text).is_some() => Some(("findings", 1)),
        Part::Narrative if is_regulation_heading(text) => Some(("judgement-area", 2)),
        Part::Appendix if label("Appendix 1")(text).is_ok() => Some(("outcome", 1)),
        Part::Plan if label("Compliance Plan for")(text).is_ok() => Some(("improvements", 1)),
        Part::PlanSection1 if label(OUTLINE)(text).is_ok() => Some(("improvements", 3)),
        _ => None,
    })
}

/// A regulation's heading is short and not a sentence.
fn is_regulation_heading(text: &str) -> bool {
    regulation::name(text).is_some_and(|n| n.title.split(' ').count() <= 20 && !n.title.ends_with('.'))
}

fn is_outline(block: &Block) -> bool {
    label(OUTLINE)(block.text.as_str()).is_ok()
}

/// The ranges of the headings of the provider's answers in section 1.
fn outlines(section: &str) -> impl Iterator<Item = Range<usize>> {
    find_all(label(OUTLINE), section).into_iter().filter_map(|hit| {
        let from = hit.before.len();
        outline_end(&section[from..]).map(|end| from..from + end)
    })
}

/// `outline = OUTLINE instrument number ":" title ":"`; returns the end of the last colon
fn outline_end(text: &str) -> Option<usize> {
    let (rest, _) = label(OUTLINE)(text).ok()?;
    let (title, _) = regulation::regulation(rest.trim_start()).ok()?;
    let colon = title.find(':').filter(|at| *at < TITLE)?;
    Some(text.len() - title.len() + colon + 1)
}

fn head(layout: &Layout, at: usize, block: &Block) -> Option<Head> {
    let text = block.text.as_str();
    let (kind, level) = kind(text, layout.part_at(at))?;
    let whole = outline_end(text).is_none_or(|end| end == text.len());
    whole.then_some(Head { level, kind, grade: None })
}

fn regulation_blocks(layout: &Layout, spans: &[SectionSpan], draft: &mut Draft) -> Vec<RegulationBlock> {
    let doc = layout.outline;
    let mut dimension: Option<Text> = None;
    let mut found = Vec::new();
    for span in spans {
        let Some(at) = span.heading else { continue };
        let heading = &doc.blocks[at].text;
        if layout.part_at(at) != Some(Part::Narrative) {
            continue;
        }
        if regulation::dimension(heading.as_str()).is_some() {
            dimension = Some(heading.clone());
        }
        if span.kind != "judgement-area" {
            continue;
        }
        let line = layout.body(span.blocks.clone()).find_map(|b| judgment_of(&b.text));
        if let Some((judgment, text)) = &line {
            draft.record.sections[span.index].grade = Some(judgment.code().into());
            draft.note(format!("/sections/{}/grade", span.index), text.evidence_all("hiqa.judgment"));
        }
        let (heading, dimension) = (heading.clone(), dimension.clone());
        found.push(RegulationBlock { heading, dimension, judgment: line });
    }
    found
}

fn judgment_of(text: &Text) -> Option<(Judgment, Text)> {
    let Hit { before, value, .. } = regulation::judgment_line(text.as_str())?;
    Some((value, text.slice(before.len()..text.as_str().len())))
}

/// Whether a line of plain text is a heading.
pub fn is_heading_line(line: &str) -> bool {
    let fixed = HEADINGS.iter().any(|(h, ..)| is_label(line, h));
    let opens = any_label(&["Appendix 1 - Full list of regulations", "Compliance Plan for"])(line).is_ok();
    let outline = outline_end(line).is_some_and(|end| end == line.len());
    let dimension = regulation::dimension(line).is_some();
    let judged = find(regulation::judgment, line).is_some();
    fixed || opens || outline || dimension || is_regulation_heading(line) && !judged
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_heads_a_section_depends_on_the_part() {
        let narrative = Some(Part::Narrative);
        assert_eq!(kind("Quality and safety", narrative), Some(("findings", 1)));
        assert_eq!(kind("Quality and safety", Some(Part::Appendix)), None);
        assert_eq!(kind("Regulation 5: Individual assessment", narrative), Some(("judgement-area", 2)));
        assert_eq!(kind("Regulation 5: Individual assessment", Some(Part::PlanSection1)), None);
        assert_eq!(kind("Section 1 is the compliance plan.", Some(Part::Plan)), None);
        assert_eq!(kind("Section 2:", Some(Part::PlanSection2)), Some(("improvements", 2)));
    }

    #[test]
    fn an_answer_may_follow_its_heading_in_one_block() {
        let text = format!("{OUTLINE} Regulation 16: Training: By June: all staff.");
        assert_eq!(&text[..outline_end(&text).unwrap()], format!("{OUTLINE} Regulation 16: Training:"));
        assert_eq!(outline_end("Outline how you"), None);
        assert_eq!(outlines(&format!("Row Compliant {text} Row {text}")).count(), 2);
    }
}
