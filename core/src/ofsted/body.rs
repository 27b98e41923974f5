//! The body of a document: its sections, and the lists in them.

use std::ops::Range;

use super::contents::key;
use super::tree;
use crate::cut::Cut;
use crate::grammar::contains_label;
use crate::grammar::grade::grade_alone;
use crate::grammar::heading_grade;
use crate::grammar::label::label;
use crate::grammar::number::strip_footnote_mark;
use crate::grammar::reference::trailing_reference;
use crate::outline::{Block, Outline, Role};
use crate::record::{Draft, Footnote, Improvement, Part, Section, SectionBlock, Strength};
use crate::text::{LayerKind, Text};

/// The least distance between a list mark and the item's text, in points.
const HANGING: f32 = 8.0;
/// The largest distance between left edges that count as the same, in points.
const SAME_LEFT: f32 = 3.0;

/// The section that a heading begins.
#[derive(Debug, Clone, Default)]
pub struct Head {
    /// Depth of the section, 1 is the top.
    pub level: u8,
    /// Code of its kind.
    pub kind: &'static str,
    /// Code of the grade stated in the heading.
    pub grade: Option<&'static str>,
}

/// A section, as blocks of the outline.
#[derive(Debug, Clone)]
pub struct SectionSpan {
    /// Index in `record.sections`.
    pub index: usize,
    /// Code of its kind.
    pub kind: &'static str,
    /// The block of its heading.
    pub heading: Option<usize>,
    /// The blocks after the heading, which may include furniture and notes.
    pub blocks: Range<usize>,
}

/// Reads a range of blocks as sections. `head` says which blocks are headings. Text before the first heading becomes a
/// section of kind `opening` without a heading.
pub fn sections(
    doc: &Outline,
    draft: &mut Draft,
    range: Range<usize>,
    opening: &'static str,
    head: impl Fn(usize, &Block) -> Option<Head>,
) -> Vec<SectionSpan> {
    sections_and_boxes(doc, draft, range, opening, head, |_| false)
}

/// Like [`sections`]. In addition, `resumes` says which of the blocks accepted by `head` are not headings but text that
/// continues after a boxed example; it becomes a section without a heading.
pub(super) fn sections_and_boxes(
    doc: &Outline,
    draft: &mut Draft,
    range: Range<usize>,
    opening: &'static str,
    head: impl Fn(usize, &Block) -> Option<Head>,
    resumes: impl Fn(usize) -> bool,
) -> Vec<SectionSpan> {
    let mut spans: Vec<SectionSpan> = Vec::new();
    for at in range {
        let block = &doc.blocks[at];
        if draft.parts[at] != Part::Front {
            continue;
        }
        draft.parts[at] = Part::Section;
        match head(at, block) {
            Some(head) if resumes(at) => spans.push(unheaded(draft, head.kind, head.level, at)),
            Some(head) => {
                open_section(draft, &mut spans, at, block, &head);
                continue;
            }
            None if spans.is_empty() => spans.push(unheaded(draft, opening, 1, at)),
            None => {}
        }
        if let Some(span) = spans.last_mut() {
            span.blocks.end = at + 1;
            if is_heading_grade(&draft.record.sections[span.index], block) {
                let pointer = format!("/sections/{}/grade", span.index);
                draft.note(pointer, block.text.evidence_all("section.grade"));
            } else {
                push_block(draft, span.index, block);
            }
        }
    }
    tree::arrange(&mut draft.record.sections);
    spans
}

/// Begins a section whose heading is this block.
fn open_section(draft: &mut Draft, spans: &mut Vec<SectionSpan>, at: usize, block: &Block, head: &Head) {
    // In a box with the heading beside its grade, the heading is the first cell.
    let label = block.rows.last().and_then(|r| r.first()).unwrap_or(&block.text);
    let heading = strip_footnote_mark(label.as_str()).0;
    let again = |span: &&mut SectionSpan| repeats(&draft.record.sections[span.index], heading);
    if let Some(span) = spans.last_mut().filter(again) {
        // The head of a table or box repeats the heading above it.
        span.blocks = at + 1..at + 1;
        return;
    }
    let index = draft.record.sections.len();
    draft.record.sections.push(Section {
        heading: Some(heading.to_owned()),
        kind: head.kind.into(),
        level: head.level,
        grade: head.grade.map(str::to_owned),
        ..Section::default()
    });
    draft.note(format!("/sections/{index}/heading"), label.evidence(heading, "section.heading"));
    if head.grade.is_some() {
        let pointer = format!("/sections/{index}/grade");
        if heading_grade(block.text.as_str()).is_some() {
            draft.note(pointer, block.text.evidence_all("section.grade"));
        } else {
            draft.derived(pointer, "the grade printed beside the heading");
        }
    }
    spans.push(SectionSpan { index, kind: head.kind, heading: Some(at), blocks: at + 1..at + 1 });
}

/// Begins a section without a heading.
fn unheaded(draft: &mut Draft, kind: &'static str, level: u8, at: usize) -> SectionSpan {
    let index = draft.record.sections.len();
    draft.record.sections.push(Section { kind: kind.into(), level, ..Section::default() });
    SectionSpan { index, kind, heading: None, blocks: at..at }
}

/// Whether a heading repeats that of the section above, which has no text yet.
fn repeats(above: &Section, heading: &str) -> bool {
    above.blocks.is_empty() && above.heading.as_deref().is_some_and(|h| key(h) == key(heading))
}

/// Whether a block is the grade of the section's heading, on a line of its own below it.
fn is_heading_grade(section: &Section, block: &Block) -> bool {
    let grade = || grade_alone(block.text.as_str()).map(|g| g.grade.code());
    section.blocks.is_empty() && section.grade.is_some() && grade() == section.grade.as_deref()
}

fn push_block(draft: &mut Draft, section: usize, block: &Block) {
    // A list mark without an item.
    if block.text.is_empty() && matches!(block.role, Role::Bullet(_)) {
        return;
    }
    let text = block.text.as_str().to_owned();
    let blocks = &mut draft.record.sections[section].blocks;
    let at = blocks.len();
    blocks.push(match block.role {
        Role::Bullet(level) => SectionBlock::Bullet { level, text },
        Role::Table => SectionBlock::Table {
            rows: block.rows.iter().map(|r| r.iter().map(|c| c.as_str().to_owned()).collect()).collect(),
        },
        _ => SectionBlock::Paragraph { number: block.number, text },
    });
    draft.note(format!("/sections/{section}/blocks/{at}"), block.text.evidence_all("section.block"));
}

/// A heading's text without a footnote mark at its end ("What needs to improve?1").
pub fn heading_text(block: &Block) -> &str {
    strip_footnote_mark(block.text.as_str()).0
}

/// An item of a list.
#[derive(Debug, Clone)]
pub struct Item {
    /// Its text, with sub-bullets joined.
    pub text: Text,
    /// Its printed number.
    pub number: Option<u32>,
    /// The heading of its group: a theme or a deadline.
    pub group: Option<String>,
}

/// The items of a list: bullets with their sub-bullets, or numbered paragraphs, or, if there are neither, paragraphs.
/// Lines that end in a colon are introductions, not items.
pub fn items(doc: &Outline, blocks: impl Iterator<Item = usize>) -> Vec<Item> {
    let blocks: Vec<&Block> = blocks.map(|i| &doc.blocks[i]).filter(|b| b.is_prose()).collect();
    let mut list = List::of(doc.kind, &blocks);
    for block in blocks {
        list.read(block);
    }
    list.items.retain(|i| !i.text.is_empty() && !is_no_item(i.text.as_str()));
    list.items
}

/// A list while its blocks are read.
struct List<'b> {
    /// Whether any block has a bullet or a number, and whether any has a number.
    listed: bool,
    numbered: bool,
    /// Whether items may have lost their marks, as in plain text.
    may_lack_marks: bool,
    /// The blocks with bullets.
    marked: Vec<&'b Block>,
    last_bullet: Option<&'b Block>,
    /// Whether the last item announces a list of its own: "The quality of plans, including for:".
    announces: bool,
    group: Option<String>,
    items: Vec<Item>,
}

impl<'b> List<'b> {
    fn of(kind: LayerKind, blocks: &[&'b Block]) -> Self {
        let numbered = blocks.iter().any(|b| b.number.is_some());
        let marked: Vec<&Block> =
            blocks.iter().copied().filter(|b| matches!(b.role, Role::Bullet(_))).collect();
        List {
            listed: numbered || !marked.is_empty(),
            numbered,
            may_lack_marks: kind == LayerKind::PlainText && !numbered,
            marked,
            last_bullet: None,
            announces: false,
            group: None,
            items: Vec::new(),
        }
    }

    fn read(&mut self, block: &'b Block) {
        let introduces = block.text.as_str().ends_with(':');
        match block.role {
            Role::Bullet(level) => self.read_bullet(block, level, introduces),
            _ if block.number.is_some() => self.push(&block.text, block.number),
            Role::Heading(_) => self.group = Some(block.text.as_str().trim_end_matches(':').to_owned()),
            Role::Paragraph if !introduces && self.has_lost_its_mark(block) => self.push(&block.text, None),
            _ if self.listed && introduces => self.group = theme(block.text.as_str()),
            _ if self.listed || introduces => {}
            _ => self.push(&block.text, None),
        }
    }

    /// A bullet is an item, or a part of the item above it.
    fn read_bullet(&mut self, block: &'b Block, level: u8, introduces: bool) {
        self.last_bullet = Some(block);
        let text = block.text.as_str();
        // Under numbered items, all bullets belong to the item above.
        let below = level > 1 || self.numbered;
        // The parts of a list that an item announces may have the same mark as the items.
        let announced = self.announces && text.starts_with(char::is_lowercase);
        match self.items.last_mut() {
            Some(item) if below || announced => item.text.push_text(" ", &block.text),
            _ => {
                if !below {
                    self.announces = introduces && text.starts_with(char::is_uppercase);
                }
                self.push(&block.text, None);
            }
        }
    }

    /// Whether a paragraph is an item that has lost its mark: in plain text, or in a PDF if it is aligned with the text
    /// of the item before rather than with its mark.
    fn has_lost_its_mark(&self, block: &Block) -> bool {
        let may_begin = || !self.items.is_empty() || is_first(block, &self.marked);
        self.last_bullet.is_some_and(|bullet| is_unmarked(bullet, block))
            || self.may_lack_marks && is_item_like(block) && may_begin()
    }

    fn push(&mut self, text: &Text, number: Option<u32>) {
        self.items.push(Item { text: text.clone(), number, group: self.group.clone() });
    }
}

/// The theme that a line above some items states. A sentence that merely introduces them is not a theme.
///
/// "Within three months:" → "Within three months"; "The council needs to address the following areas of weakness:" →
/// none
fn theme(line: &str) -> Option<String> {
    const SENTENCE: &[&str] = &["the following", "need to", "needs to", "should", "were identified"];
    let introduces = SENTENCE.iter().any(|words| contains_label(line, words));
    (!introduces).then(|| line.trim_end_matches(':').to_owned())
}

/// Whether a paragraph is an item without its mark: it is aligned with the items' text, and begins and ends like an
/// item.
fn is_unmarked(item: &Block, next: &Block) -> bool {
    let (Some(mark), Some(b)) = (item.bbox, next.bbox) else { return false };
    let edge = item.text_edge();
    let hanging = edge > mark.x0 + HANGING && (b.x0 - edge).abs() < SAME_LEFT;
    hanging && next.text.as_str().starts_with(char::is_uppercase) && next.text.as_str().ends_with('.')
}

/// Whether a paragraph may be a list item: short, and beginning with a capital.
fn is_item_like(block: &Block) -> bool {
    (4..=60).contains(&block.words) && block.text.as_str().starts_with(char::is_uppercase)
}

/// Whether a paragraph above a list's first mark is an item that has lost its own: it begins with the same word as an
/// item, or is a phrase rather than a sentence that announces the list.
fn is_first(block: &Block, marked: &[&Block]) -> bool {
    fn first(block: &Block) -> Option<&str> {
        block.text.as_str().split(' ').next()
    }
    let text = block.text.as_str();
    let lower = text.to_lowercase();
    let told = lower.split(|c: char| !c.is_alphanumeric()).any(|w| SAID.contains(&w));
    let alike = marked.iter().any(|b| first(b) == first(block)) && !lower.contains("following");
    !marked.is_empty() && text.ends_with('.') && (alike || !told)
}

/// Words that occur in sentences but not in phrases, and words that announce what follows.
const SAID: &[&str] = &[
    "is",
    "are",
    "was",
    "were",
    "has",
    "have",
    "had",
    "will",
    "inspectors",
    "identified",
    "found",
    "following",
    "below",
    "this",
    "these",
    "there",
    "it",
    "they",
];

/// "There are no priority actions"; "None"; "The inspection did not find any areas for priority action"; "No areas
/// for priority and immediate action were identified"
pub fn is_no_item(text: &str) -> bool {
    let lower = text.to_lowercase();
    let starts = |p: &str| lower.starts_with(p);
    starts("there are no ")
        || starts("there were no ")
        || lower.trim_end_matches('.') == "none"
        || lower.split(' ').count() < 24
            && (lower.contains("did not find any ") || lower.contains("did not identify any "))
            && (lower.contains("action") || lower.contains("improve"))
        || (starts("no area ") || starts("no areas ") || starts("no priority "))
            && (lower.contains("identified") || lower.contains("found"))
}

/// Adds items to `record.improvements`.
pub fn add_improvements(draft: &mut Draft, items: Vec<Item>, kind: &str, addressed_to: &str, rule: &str) {
    for item in items {
        let at = draft.record.improvements.len();
        draft.note(format!("/improvements/{at}"), item.text.evidence_all(rule));
        let text = item.text.as_str().to_owned();
        draft.record.improvements.push(Improvement {
            paragraphs: trailing_reference(&text).map_or(Vec::new(), |hit| hit.value),
            text,
            kind: kind.into(),
            addressed_to: addressed_to.into(),
            number: item.number,
            group: item.group,
            responsible: None,
        });
    }
}

/// Adds items to `record.strengths`.
pub fn add_strengths(draft: &mut Draft, items: Vec<Item>, rule: &str) {
    for item in items {
        let at = draft.record.strengths.len();
        draft.note(format!("/strengths/{at}"), item.text.evidence_all(rule));
        draft.record.strengths.push(Strength { text: item.text.as_str().to_owned() });
    }
}

/// Reads the footnotes that the outline has found.
pub fn footnotes(doc: &Outline, draft: &mut Draft) {
    for (at, block) in doc.blocks.iter().enumerate() {
        if draft.parts[at] != Part::Note {
            continue;
        }
        let n = draft.record.footnotes.len();
        draft.note(format!("/footnotes/{n}"), block.text.evidence_all("footnote"));
        draft.record.footnotes.push(Footnote {
            mark: block.note_mark.clone(),
            page: block.page,
            text: block.text.as_str().to_owned(),
        });
    }
}

/// Texts with which back pages begin.
const BACK_PAGES: &[&str] = &[
    "The Office for Standards in Education, Children",
    "If you would like a copy of this document in a different format",
    "If you are not happy with the inspection or the report",
    "Any complaints about the inspection or the report should be made",
    "Any complaints about the inspection or review should be made",
];

/// Whether a text begins the back page. A few letters may be misread.
pub fn opens_back_page(text: &str) -> bool {
    BACK_PAGES.iter().any(|o| text.starts_with(o) || label(o)(text).is_ok())
}

/// The part of a text before the back page that has run into it.
pub fn before_back_page(text: &Text) -> Text {
    let end = BACK_PAGES.iter().filter_map(|o| text.as_str().find(o)).min();
    end.map_or_else(|| text.clone(), |end| text.slice(0..end))
}

/// Whether a text is Ofsted's logo, or its slogan "raising standards, improving lives" as OCR reads it.
fn is_logo(text: &str) -> bool {
    let letters: String = text.chars().filter(|c| c.is_alphabetic()).flat_map(char::to_lowercase).collect();
    let slogan = letters.ends_with("standards") || letters.ends_with("lives");
    letters == "ofsted" || slogan && letters.len() <= "raisingstandards".len()
}

/// Marks the back page (about Ofsted, licence, address, ©) as furniture, from the block that begins it to the end.
/// Returns the index of that block.
pub fn back_page(doc: &Outline, draft: &mut Draft) -> usize {
    let half = doc.blocks.len() / 2;
    let start = doc
        .blocks
        .iter()
        .enumerate()
        .skip(half)
        .find(|(_, b)| b.role != Role::Furniture && opens_back_page(b.text.as_str()));
    let start = start.map_or(doc.blocks.len(), |(i, b)| {
        let above = doc.blocks.head(i).iter().rev();
        i - above.take_while(|a| a.page == b.page && is_logo(a.text.as_str())).count()
    });
    for part in &mut draft.parts[start..] {
        *part = Part::Furniture;
    }
    start
}
