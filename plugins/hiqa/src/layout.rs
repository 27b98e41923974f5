//! Finds the beginnings of a report's parts.

use std::ops::Range;

use findings_plugin_sdk::grammar::label::{is_label, label};
use findings_plugin_sdk::outline::{Block, Outline};
use findings_plugin_sdk::text::Text;

/// A part of the report; the cover precedes all of them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Part {
    /// The provider's description of the centre.
    About,
    /// The number of residents.
    Outlines,
    /// How the regulator inspects.
    Method,
    /// When it inspected, and who inspected.
    Times,
    /// The narrative, under its banners.
    Narrative,
    /// The list of regulations.
    Appendix,
    /// The compliance plan's introduction.
    Plan,
    /// What the provider is going to do to comply.
    PlanSection1,
    /// The requirements that were not met.
    PlanSection2,
}

/// The phrases that begin each part, and whether they are on lines of their own.
const BEGINNINGS: &[(Part, &str, bool)] = &[
    (Part::About, "About the designated centre", true),
    (Part::Outlines, "The following information outlines some additional data on this centre", false),
    (Part::Method, "How we inspect", true),
    (Part::Times, "This inspection was carried out during the following times", false),
    (Part::Narrative, "What residents told us and what inspectors observed", true),
    (Part::Narrative, "Views of people who use the service", true),
    (Part::Narrative, "Capacity and capability", true),
    (Part::Appendix, "Appendix 1 - Full list of regulations", false),
    (Part::Plan, "Compliance Plan for", false),
    (Part::PlanSection1, "Section 1", true),
    (Part::PlanSection2, "Section 2", true),
];

/// A document and the beginnings of its parts.
pub struct Layout<'d> {
    /// The document.
    pub outline: &'d Outline,
    /// The parts found, each with its first block, in the form's order.
    begins: Vec<(Part, usize)>,
}

impl<'d> Layout<'d> {
    /// Finds the parts, each only after the previous one.
    pub fn of(outline: &'d Outline) -> Layout<'d> {
        let mut begins: Vec<(Part, usize)> = Vec::new();
        for (at, block) in outline.blocks.iter().enumerate().filter(|(_, b)| is_body(b)) {
            let text = block.text.as_str();
            let begun = |(_, phrase, alone): &&(Part, &str, bool)| {
                if *alone { is_label(text, phrase) } else { label(phrase)(text).is_ok() }
            };
            if let Some((part, ..)) = BEGINNINGS.iter().find(begun)
                && begins.last().is_none_or(|(last, _)| last < part)
            {
                begins.push((*part, at));
            }
        }
        Layout { outline, begins }
    }

    /// Whether a part was found.
    pub fn has(&self, part: Part) -> bool {
        self.begins.iter().any(|(p, _)| *p == part)
    }

    /// The blocks of a part, including the one that begins it; empty if it was not found.
    pub fn blocks_of(&self, part: Part) -> Range<usize> {
        let end = self.outline.blocks.len();
        match self.begins.iter().position(|(p, _)| *p == part) {
            Some(i) => self.begins[i].1..self.begins.get(i + 1).map_or(end, |(_, at)| *at),
            None => end..end,
        }
    }

    /// The blocks before the first part.
    pub fn cover(&self) -> Range<usize> {
        0..self.begins.first().map_or(self.outline.blocks.len(), |(_, at)| *at)
    }

    /// The part that a block is in; `None` for the cover.
    pub fn part_at(&self, block: usize) -> Option<Part> {
        self.begins.iter().rev().find(|(_, at)| *at <= block).map(|(part, _)| *part)
    }

    /// The blocks of a range, without running footers.
    pub fn body(&self, range: Range<usize>) -> impl Iterator<Item = &'d Block> {
        self.outline.blocks[range].iter().filter(|b| is_body(b))
    }

    /// The text of a range in content order, line by line: a block may have lines of two table rows if a page ended
    /// between them.
    pub fn text(&self, range: Range<usize>) -> Text {
        let mut lines: Vec<Text> = self.body(range).flat_map(|b| b.text.lines()).collect();
        lines.sort_by_key(|l| l.origins().first().map(|o| (o.page, o.line)));
        Text::join(&lines, " ")
    }

    /// The text of a part in content order.
    pub fn text_of(&self, part: Part) -> Text {
        self.text(self.blocks_of(part))
    }
}

fn is_body(block: &Block) -> bool {
    block.is_content() && !is_page_number(block.text.as_str())
}

/// "Page 3 of 18"
fn is_page_number(text: &str) -> bool {
    let words: Vec<&str> = text.split(' ').collect();
    let number = |w: &str| w.bytes().all(|b| b.is_ascii_digit());
    matches!(words.as_slice(), ["Page", n, "of", m] if number(n) && number(m))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::outline;

    #[test]
    fn parts_begin_in_the_forms_order() {
        let doc = outline(&[
            (1, 50.0, 50.0, "Report of an inspection"),
            (2, 50.0, 50.0, "About the designated centre"),
            (2, 50.0, 80.0, "A full list can be seen in Appendix 1."),
            (3, 50.0, 50.0, "Capacity and capability"),
            (4, 50.0, 50.0, "Appendix 1 - Full list of regulations considered under each dimension"),
            (4, 50.0, 80.0, "Capacity and capability"),
        ]);
        let layout = Layout::of(&doc);
        assert_eq!(layout.cover(), 0..1);
        assert_eq!(layout.blocks_of(Part::About), 1..3);
        assert_eq!(layout.blocks_of(Part::Appendix), 4..6);
        assert!(!layout.has(Part::PlanSection2));
        assert_eq!(layout.text_of(Part::PlanSection2).as_str(), "");
    }

    #[test]
    fn lines_come_in_content_order_whatever_block_holds_them() {
        let mut doc = outline(&[
            (1, 50.0, 50.0, "Regulation 16: Training"),
            (1, 300.0, 50.0, "Not Compliant"),
            (2, 50.0, 50.0, "Outline how you"),
        ]);
        // A cell that was taken to continue below the page break.
        let below = doc.blocks.pop().unwrap();
        doc.blocks[0].text.push_text(" ", &below.text);
        let text = Layout { outline: &doc, begins: Vec::new() }.text(0..2);
        assert_eq!(text.as_str(), "Regulation 16: Training Not Compliant Outline how you");
    }
}
