//! The form's headings, and the text under them.
//!
//! Headings have the size and weight of body text, and are often at the beginning of their paragraph, so they are
//! recognised by their words. The chapters' sub-headings are the regulator's prompts, alone or joined with
//! semicolons.

use std::ops::Range;

use findings_plugin_sdk::grammar::label::{is_label, label};
use findings_plugin_sdk::outline::{Block, Outline, Role};
use findings_plugin_sdk::text::Text;

/// The key questions: key, question.
pub const QUESTIONS: &[(&str, &str)] = &[
    ("safe", "Is the service safe?"),
    ("effective", "Is the service effective?"),
    ("caring", "Is the service caring?"),
    ("responsive", "Is the service responsive?"),
    ("well-led", "Is the service well-led?"),
];

/// Headings on lines of their own, with their level.
const HEADINGS: &[(&str, u8)] = &[
    ("Inspection report", 2),
    ("Ratings", 2),
    ("Summary of findings", 1),
    ("Overall summary", 2),
    ("The five questions we ask about services and what we found", 1),
    ("Detailed findings", 1),
    ("Background to this inspection", 2),
    ("Our findings", 2),
    ("Action we have told the provider to take", 1),
    ("Enforcement actions", 1),
];

/// Headings at the beginning of their paragraph.
const RUN_IN: &[&str] = &[
    "About the service",
    "People's experience of using this service and what we found",
    "Rating at last inspection and update",
    "Rating at last inspection",
    "Why we inspected",
    "Enforcement and recommendations",
    "Enforcement",
    "Follow up",
    "The inspection",
    "Inspection team",
    "Service and service type",
    "Notice of inspection",
    "What we did before the inspection",
    "What we did before inspection",
    "During the inspection",
    "After the inspection",
];

/// The prompts of the chapters.
const PROMPTS: &[&str] = &[
    "Systems and processes to safeguard people from the risk of abuse",
    "Assessing risk, safety monitoring and management",
    "Staffing and recruitment",
    "Using medicines safely",
    "Preventing and controlling infection",
    "Learning lessons when things go wrong",
    "Assessing people's needs and choices; delivering care in line with standards, guidance and the law",
    "Staff support: induction, training, skills and experience",
    "Supporting people to eat and drink enough to maintain a balanced diet",
    "Supporting people to eat and drink enough with choice in a balanced diet",
    "Staff working with other agencies to provide consistent, effective, timely care",
    "Supporting people to live healthier lives, access healthcare services and support",
    "Adapting service, design, decoration to meet people's needs",
    "Ensuring consent to care and treatment in line with law and guidance",
    "Ensuring people are well treated and supported; respecting equality and diversity",
    "Ensuring people are well treated and supported; equality and diversity",
    "Supporting people to express their views and be involved in making decisions about their care",
    "Respecting and promoting people's privacy, dignity and independence",
    "Planning personalised care to ensure people have choice and control and to meet their needs and preferences",
    "Planning personalised care to meet people's needs, preferences, interests and give them choice and control",
    "Supporting people to develop and maintain relationships to avoid social isolation",
    "support to follow interests and to take part in activities that are socially and culturally relevant to them",
    "Meeting people's communication needs",
    "Improving care quality in response to complaints or concerns",
    "End of life care and support",
    "Promoting a positive culture that is person-centred, open, inclusive and empowering, which achieves good outcomes for people",
    "How the provider understands and acts on the duty of candour, which is their legal responsibility to be open and honest with people when something goes wrong",
    "Continuous learning and improving care",
    "Managers and staff being clear about their roles, and understanding quality performance, risks and regulatory requirements",
    "Engaging and involving people using the service, the public and staff, fully considering their equality characteristics",
    "Working in partnership with others",
];

/// A heading at the beginning of a block.
#[derive(Debug, Clone)]
pub struct Heading {
    /// Index of the block.
    pub block: usize,
    /// Depth; 1 is the top.
    pub level: u8,
    /// Byte offset of its end in the block's text.
    pub end: usize,
    /// The key, if it is a key question.
    pub key: Option<&'static str>,
}

/// A document with its headings.
pub struct Report<'d> {
    /// The document.
    pub outline: &'d Outline,
    /// The headings in order.
    pub headings: Vec<Heading>,
}

impl<'d> Report<'d> {
    /// Finds the headings. The location's name, in the size of a title, is one of them.
    pub fn of(outline: &'d Outline, location: Option<&str>) -> Report<'d> {
        let mut headings = Vec::new();
        for (at, block) in outline.blocks.iter().enumerate().filter(|(_, b)| b.is_content()) {
            let named = matches!(block.role, Role::Heading(_)) && Some(block.text.as_str()) == location;
            let found =
                if named { Some((1, block.text.as_str().len(), None)) } else { heading(block, block.page) };
            headings.extend(found.map(|(level, end, key)| Heading { block: at, level, end, key }));
        }
        Report { outline, headings }
    }

    /// The heading's words.
    pub fn words(&self, heading: &Heading) -> Text {
        self.outline.blocks[heading.block].text.slice(0..heading.end)
    }

    /// The text under the heading at an index, up to the next heading.
    pub fn under(&self, index: usize) -> Text {
        let heading = &self.headings[index];
        let own = &self.outline.blocks[heading.block].text;
        let mut text = own.slice(heading.end..own.as_str().len());
        for block in self.outline.blocks[self.blocks_under(index)].iter().filter(|b| b.is_content()) {
            text.push_text(" ", &block.text);
        }
        text
    }

    /// The blocks after a heading's own, up to the next heading.
    pub fn blocks_under(&self, index: usize) -> Range<usize> {
        let end = self.headings.get(index + 1).map_or(self.outline.blocks.len(), |h| h.block);
        self.headings[index].block + 1..end
    }

    /// The text under the first heading that equals one of these phrases.
    pub fn passage(&self, phrases: &[&str]) -> Option<Text> {
        let is = |h: &Heading| phrases.iter().any(|p| is_label(trimmed(self.words(h).as_str()), p));
        self.headings.iter().position(is).map(|i| self.under(i)).filter(|t| !t.is_empty())
    }

    /// Index of the heading of a key question's chapter.
    pub fn chapter(&self, key: &str) -> Option<usize> {
        self.headings.iter().position(|h| h.key == Some(key) && h.level == 1)
    }

    /// All text of the body.
    pub fn text(&self) -> Text {
        Text::join(self.outline.blocks.iter().filter(|b| b.is_content()).map(|b| &b.text), " ")
    }
}

/// The heading at the beginning of a block: level, end, and the key of the question.
fn heading(block: &Block, page: u32) -> Option<(u8, usize, Option<&'static str>)> {
    let text = &block.text;
    if matches!(block.role, Role::Bullet(_) | Role::Table) {
        return None;
    }
    if let Some((_, level)) = HEADINGS.iter().find(|(h, _)| is_label(text.as_str(), h)) {
        return Some((*level, text.as_str().len(), None));
    }
    if let Some((key, end)) = question(text.as_str()) {
        // In the list of the five questions the rating follows; at the beginning of a chapter nothing does.
        let rest = text.as_str()[end..].trim();
        let level = if rest.is_empty() && page > 1 { 1 } else { 2 };
        let short = rest.split(' ').count() <= 5;
        return short.then_some((level, end, Some(key)));
    }
    if let Some(end) = prompts(text.as_str()) {
        return ends_line(text, end).then_some((3, end, None));
    }
    let hit = RUN_IN.iter().find_map(|h| label(h)(text.as_str()).ok())?;
    let mut end = text.as_str().len() - hit.0.len();
    let mark = hit.0.chars().next().filter(|c| matches!(c, '.' | ':' | '-' | '–'));
    end += mark.map_or(0, char::len_utf8);
    (mark.is_some() || ends_line(text, end)).then_some((3, end, None))
}

/// `question = "Is the service " key "?"`; returns the key, and the end of the question
pub fn question(text: &str) -> Option<(&'static str, usize)> {
    QUESTIONS.iter().find_map(|(key, q)| label(q)(text).ok().map(|(rest, _)| (*key, text.len() - rest.len())))
}

/// `prompts = prompt *(";" prompt)`; returns the end of the last one
fn prompts(text: &str) -> Option<usize> {
    let mut end = None;
    let mut rest = text;
    while let Some((after, _)) = PROMPTS.iter().find_map(|p| label(p)(rest).ok()) {
        end = Some(text.len() - after.len());
        match after.trim_start().strip_prefix(';') {
            Some(next) => rest = next.trim_start(),
            None => break,
        }
    }
    end
}

/// Whether a line ends at this offset of a text.
fn ends_line(text: &Text, end: usize) -> bool {
    let after = text.origins().iter().position(|o| o.start as usize >= end);
    let Some(after) = after else { return true };
    let Some(before) = after.checked_sub(1) else { return false };
    let (a, b) = (&text.origins()[before], &text.origins()[after]);
    (a.page, a.line) != (b.page, b.line)
}

fn trimmed(heading: &str) -> &str {
    heading.trim_end_matches(['.', ':', '-', '–', ' '])
}

/// Whether a line of plain text is a heading.
pub fn is_heading_line(line: &str) -> bool {
    HEADINGS.iter().any(|(h, _)| is_label(line, h))
        || question(line).is_some_and(|(_, end)| end == line.len())
        || prompts(line).is_some_and(|end| end == line.len())
        || RUN_IN.iter().any(|h| is_label(trimmed(line), h))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::block;
    use insta::assert_snapshot;

    fn show(lines: &[&str]) -> String {
        let b = block(lines);
        heading(&b, 5).map_or("none".into(), |(level, end, key)| {
            format!("{level} “{}” {}", &b.text.as_str()[..end], key.unwrap_or("-"))
        })
    }

    #[test]
    fn a_heading_may_stand_at_the_head_of_its_paragraph() {
        assert_snapshot!(show(&["Follow up", "We will come again."]), @"3 “Follow up” -");
        assert_snapshot!(show(&["Rating at last inspection. The last"]), @"3 “Rating at last inspection.” -");
        assert_snapshot!(show(&["During the inspection-", "We spoke"]), @"3 “During the inspection-” -");
        assert_snapshot!(show(&["The inspection was short."]), @"none");
    }

    #[test]
    fn questions_and_prompts() {
        assert_snapshot!(show(&["Is the service well-led?"]), @"1 “Is the service well-led?” well-led");
        assert_snapshot!(show(&["Is the service safe? Good"]), @"2 “Is the service safe?” safe");
        assert_snapshot!(show(&["Staff working with other agencies to provide consistent, effective, timely care; Supporting", "people to live healthier lives, access healthcare services and support"]), @"3 “Staff working with other agencies to provide consistent, effective, timely care; Supporting people to live healthier lives, access healthcare services and support” -");
        assert_snapshot!(show(&["Meeting people’s communication needs", "Since 2016"]), @"3 “Meeting people’s communication needs” -");
        assert_snapshot!(show(&["Using medicines safely is what they do"]), @"none");
    }
}
