//! The body: sections, the list of headings, and the page range of each part.

use findings_plugin_sdk::grammar::grade::grade_alone;
use findings_plugin_sdk::outline::{Block, Role};
use findings_plugin_sdk::record::{Draft, Part, Section, SectionBlock};
use findings_plugin_sdk::text::Text;

use crate::extension::{Extension, Heading, SectionPages};
use crate::form::{self, Report};

/// Reads sections, headings and the report's parts.
pub fn read(report: &Report, extension: &mut Extension, draft: &mut Draft) {
    for (at, heading) in report.headings.iter().enumerate() {
        let words = report.words(heading);
        let pointer = format!("/extension/headings/{}", extension.headings.len());
        draft.note(format!("{pointer}/text"), words.evidence_all("cqc.heading"));
        draft.derived(format!("{pointer}/page"), "the page that the heading stands on");
        draft.derived(format!("{pointer}/level"), "the form");
        let text = words.as_str().to_owned();
        extension.headings.push(Heading { level: heading.level, text, page: words.page() });
        if words.page() > 1 {
            section(report, at, extension, draft);
        }
        // A location's name above a part is not a part.
        if heading.level == 1 && extension.location.as_deref() != Some(words.as_str()) {
            part(report, at, extension, draft);
        }
    }
}

/// Records the pages of a part: from its heading to the last block before the next top-level heading.
fn part(report: &Report, at: usize, extension: &mut Extension, draft: &mut Draft) {
    let heading = &report.headings[at];
    let words = report.words(heading);
    let blocks = &report.outline.blocks;
    let next = report.headings[at + 1..].iter().find(|h| h.level == 1).map_or(blocks.len(), |h| h.block);
    let last = blocks[heading.block..next].iter().filter(|b| b.is_content()).map(|b| b.last_page).max();
    let n = extension.sections.len();
    let pointer = |field: &str| format!("/extension/sections/{n}/{field}");
    draft.note(pointer("title"), words.evidence_all("cqc.heading"));
    for field in ["first_page", "last_page"] {
        draft.derived(pointer(field), "the pages that its text stands on");
    }
    let rated = extension.ratings.iter().position(|r| Some(r.key.as_str()) == heading.key);
    let grade = rated.and_then(|i| extension.ratings[i].rating.clone());
    if let (Some(i), Some(_)) = (rated, &grade)
        && let Some(evidence) = draft.record.evidence.get(&format!("/extension/ratings/{i}/rating")).cloned()
    {
        draft.note(pointer("grade"), evidence);
    }
    extension.sections.push(SectionPages {
        title: words.as_str().to_owned(),
        grade,
        first_page: words.page(),
        last_page: last.unwrap_or(words.page()),
    });
}

/// Adds the record's section under a heading.
fn section(report: &Report, at: usize, extension: &Extension, draft: &mut Draft) {
    let heading = &report.headings[at];
    let words = report.words(heading);
    let own = &report.outline.blocks[heading.block];
    let n = draft.record.sections.len();
    draft.note(format!("/sections/{n}/heading"), words.evidence_all("cqc.heading"));
    let rated = extension.ratings.iter().position(|r| Some(r.key.as_str()) == heading.key);
    let grade = rated.and_then(|i| extension.ratings[i].rating.clone());
    if let (Some(i), Some(_)) = (rated, &grade)
        && let Some(evidence) = draft.record.evidence.get(&format!("/extension/ratings/{i}/rating")).cloned()
    {
        draft.note(format!("/sections/{n}/grade"), evidence);
    }
    draft.record.sections.push(Section {
        heading: Some(words.as_str().to_owned()),
        kind: kind(words.as_str(), heading).into(),
        level: heading.level,
        parent: None,
        area: None,
        grade,
        blocks: Vec::new(),
    });
    draft.parts[heading.block] = Part::Section;
    let rest = own.text.slice(heading.end..own.text.as_str().len());
    // In the list of the five questions, a question is followed by its rating, which is the section's grade.
    if !rest.is_empty() && heading.key.is_none() {
        push(n, &rest, own, draft);
    }
    for i in report.blocks_under(at) {
        let block = &report.outline.blocks[i];
        if block.is_content() && draft.parts[i] == Part::Front {
            // The band above the next chapter shows that chapter's rating.
            let band = report.headings.get(at + 1).is_some_and(|h| h.block == i + 1 && h.key.is_some());
            if band && grade_alone(block.text.as_str()).is_some() {
                draft.parts[i] = Part::Furniture;
                continue;
            }
            draft.parts[i] = Part::Section;
            push(n, &block.text, block, draft);
        }
    }
}

fn push(section: usize, text: &Text, block: &Block, draft: &mut Draft) {
    let at = draft.record.sections[section].blocks.len();
    draft.note(format!("/sections/{section}/blocks/{at}"), text.evidence_all("cqc.block"));
    let words = text.as_str().to_owned();
    draft.record.sections[section].blocks.push(match block.role {
        Role::Bullet(level) => SectionBlock::Bullet { level, text: words },
        Role::Table => SectionBlock::Table {
            rows: block.rows.iter().map(|r| r.iter().map(|c| c.as_str().to_owned()).collect()).collect(),
        },
        _ => SectionBlock::Paragraph { number: block.number, text: words },
    });
}

/// The kind of section that a heading begins.
fn kind(words: &str, heading: &form::Heading) -> &'static str {
    match (heading.key, heading.level, words) {
        (Some(_), ..) => "judgement-area",
        (_, _, "Summary of findings" | "Overall summary") => "overview",
        (_, 1, w) if w.starts_with("The five questions") => "headline-findings",
        (_, 1, "Detailed findings") | (_, 2, "Background to this inspection") => "about-inspection",
        (_, _, "Our findings") => "findings",
        _ => "other",
    }
}
