//! The headings of a SIF report, and the part to which each block belongs.

mod known;
mod lines;

use self::known::known;
pub use self::lines::{is_heading_line, line_starts};
use super::{grades, team};
use crate::cut::Cut;
use crate::grammar::grade::grade_alone;
use crate::grammar::label::{any_label, contains_label, is_label, label};
use crate::ofsted::body::{self, Head};
use crate::ofsted::contents::Contents;
use crate::outline::{Block, Outline, Role, Style};
use crate::text::LayerKind;

/// A part of the report.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum PartOf {
    /// Before the local authority's part: the summary of the last layout.
    #[default]
    Opening,
    /// About the local authority.
    Authority,
    /// About the Local Safeguarding Children Board.
    Board,
    /// What the judgements mean. All grades are named there, but none is given.
    Meaning,
    /// About the inspection.
    About,
}

/// What one of the form's headings stands for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Known {
    kind: &'static str,
    rank: Rank,
}

/// How high a heading ranks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Rank {
    Part(PartOf),
    Section,
    Sub,
}

/// The headings of a report.
#[derive(Debug, Default)]
pub struct Layout {
    /// The first block of the body.
    pub body: usize,
    heads: Vec<Option<Head>>,
    parts: Vec<PartOf>,
    sections_numbered: bool,
    asks_to_improve: bool,
}

impl Layout {
    /// Determines the layout of a report; `end` is where its back page begins.
    pub fn of(doc: &Outline, contents: &Contents, end: usize) -> Layout {
        let body = first_of_body(doc, contents, end);
        let mut layout = Layout {
            body,
            heads: vec![None; doc.blocks.len()],
            parts: vec![PartOf::Opening; doc.blocks.len()],
            ..Layout::default()
        };
        let mut part = PartOf::Opening;
        let mut above = Above::default();
        for at in (body..end).filter(|at| !contents.blocks.contains(at)) {
            if let Some(text) = heading(doc, at, contents) {
                // In a list of themes, "Leadership, management and governance" is a theme.
                let known = known(&text, part, contents)
                    .filter(|k| !(lists_themes(above.kind) && names_area(k) && !contents.lists(&text)))
                    .map(|k| if layout.sections_numbered { within_section_one(k, part) } else { k });
                let before = part;
                if let Some(Known { rank: Rank::Part(p), .. }) = known {
                    part = p;
                } else if part == PartOf::About && known.is_some_and(|k| k.kind == "local-area-information") {
                    part = PartOf::Authority;
                }
                layout.sections_numbered |= label("Section 1")(&text).is_ok();
                layout.asks_to_improve |= contains_label(&text, "need to improve");
                above.judges |= known.is_some_and(|k| k.opens_judgements());
                let level = above.level(known, before, doc.blocks[at].style, text.ends_with(':'));
                let kind = known.map_or("other", |k| k.kind);
                let stated =
                    graded(kind, part).then(|| grades::at(doc, at).or_else(|| grades::below(doc, at)));
                let grade = stated.flatten().and_then(|r| r.grade);
                layout.heads[at] = Some(Head { level, kind, grade });
            } else if doc.blocks[at].is_content() {
                above.has_text();
            }
            layout.parts[at] = part;
        }
        layout
    }

    /// The heading that a block is, if it is one.
    pub fn head(&self, at: usize) -> Option<&Head> {
        self.heads[at].as_ref()
    }

    /// The part to which a block belongs.
    pub fn part(&self, at: usize) -> PartOf {
        self.parts[at]
    }

    /// The edition: which of the three layouts this is.
    pub fn edition(&self) -> &'static str {
        match (self.sections_numbered, self.asks_to_improve) {
            (true, _) => "2013",
            (false, true) => "2014",
            _ => "2015",
        }
    }
}

/// The last of the form's headings, on which the level of the next depends.
#[derive(Default)]
struct Above {
    kind: &'static str,
    level: u8,
    style: Style,
    /// Whether there is text between it and the next heading.
    has_text: bool,
    /// Whether areas are subsections of "Inspection judgements about the local authority", as in the first two layouts.
    judges: bool,
    /// A heading of the report's own that announces others: "The services are inadequate because:".
    announcer: Option<Announcer>,
}

#[derive(Clone, Copy)]
struct Announcer {
    style: Style,
    /// Whether one of them has followed.
    followed: bool,
}

impl Above {
    /// Notes that text follows.
    fn has_text(&mut self) {
        self.has_text = true;
        // "because:" with its reasons directly below announces no headings.
        self.announcer = self.announcer.filter(|announcer| announcer.followed);
    }

    /// The level of a heading after this one. If it is one of the form's, it replaces this one.
    fn level(&mut self, known: Option<Known>, part: PartOf, style: Style, announces: bool) -> u8 {
        let Some(known) = known else {
            // A report's own heading is below the form's, unless it is printed in the same style.
            let below = self.level == 3 && (style != self.style || self.judges);
            let level = if below { 4 } else { 3 };
            return level + self.below_announcer(style, announces);
        };
        let judges = self.judges && !matches!(known.rank, Rank::Part(_));
        let level = match known.rank {
            Rank::Part(_) => 1,
            Rank::Section if part == PartOf::Opening => 1,
            Rank::Section if judges && names_area(&known) => 3,
            Rank::Section => 2,
            Rank::Sub if judges && self.level == 3 => 4,
            // The findings about an area whose heading has no text of its own.
            Rank::Sub
                if known.kind == "findings"
                    && self.level == 3
                    && self.kind == "judgement-area"
                    && !self.has_text =>
            {
                4
            }
            // In a review of the board alone, findings are on the level of the recommendations.
            Rank::Sub if known.kind == "findings" && self.kind == "recommendations" => self.level,
            Rank::Sub => 3,
        };
        // Headings below "Inspection findings" at level 4 don't make the next ones any deeper.
        *self = Above { kind: known.kind, level: level.min(3), style, judges, ..Above::default() };
        level
    }

    /// How much deeper a heading of the report's own is because another one announced it.
    fn below_announcer(&mut self, style: Style, announces: bool) -> u8 {
        match &mut self.announcer {
            Some(announcer) if announcer.style != style => {
                announcer.followed = true;
                1
            }
            announcer => {
                *announcer = announces.then_some(Announcer { style, followed: false });
                0
            }
        }
    }
}

impl Known {
    /// "Inspection judgements about the local authority"
    fn opens_judgements(self) -> bool {
        self.kind == "findings" && self.rank == Rank::Section
    }
}

/// In the first layout, the information about the inspection is within the section on the local authority.
fn within_section_one(known: Known, part: PartOf) -> Known {
    match known.rank {
        Rank::Part(PartOf::About) if part == PartOf::Authority => Known { rank: Rank::Section, ..known },
        _ => known,
    }
}

/// Whether prominent lines in a section are themes of its list.
fn lists_themes(section: &str) -> bool {
    matches!(
        section,
        "executive-summary" | "improvements" | "recommendations" | "priority-action" | "strengths"
    )
}

fn names_area(known: &Known) -> bool {
    matches!(known.kind, "leadership" | "judgement-area")
}

/// Whether headings of this kind state a grade.
fn graded(kind: &str, part: PartOf) -> bool {
    part != PartOf::Meaning && matches!(kind, "judgement-area" | "leadership" | "lscb")
}

/// The body begins at the contents page or at the first heading that the form has, whichever comes first.
fn first_of_body(doc: &Outline, contents: &Contents, end: usize) -> usize {
    let heading = (0..end).find(|at| {
        let block = &doc.blocks[*at];
        matches!(block.role, Role::Heading(_) | Role::Paragraph)
            && known(body::heading_text(block), PartOf::Opening, contents).is_some_and(|k| {
                k.rank != Rank::Sub && !matches!(k.kind, "lscb" | "judgement-area" | "leadership")
            })
    });
    let contents = (!contents.blocks.is_empty()).then_some(contents.blocks.start);
    heading.into_iter().chain(contents).min().unwrap_or(end)
}

/// The text of the heading that a block is, if it is one: bold or large lines, boxes with a judgement and its grade,
/// and lines that the contents page lists.
fn heading(doc: &Outline, at: usize, contents: &Contents) -> Option<String> {
    let block = &doc.blocks[at];
    let text = body::heading_text(block);
    match block.role {
        Role::Table => {
            let (label, _) = grades::boxed(block)?;
            (!repeats_heading(doc, at, label.as_str())).then(|| label.as_str().to_owned())
        }
        // In plain text, the head of a box and the label that it repeats look like headings.
        Role::Heading(_) if doc.kind == LayerKind::PlainText && is_box_head(text) => None,
        Role::Heading(_) if doc.kind == LayerKind::PlainText && boxed_label(doc, at, text) => None,
        // In plain text a line of the team looks like a heading.
        Role::Heading(_) if doc.kind == LayerKind::PlainText && team::begins_role(text) => None,
        Role::Heading(_) if doc.kind == LayerKind::PlainText && follows_role(doc, at) => None,
        Role::Heading(_) if doc.kind == LayerKind::PlainText && announces_parts(text) => None,
        Role::Heading(_) if block.words <= 40 && grade_alone(text).is_none() => Some(text.to_owned()),
        Role::Paragraph if block.number.is_none() && block.words <= 16 && !ends_sentence(text) => {
            let theme = block.style.size > doc.body_size + 0.3;
            (theme || contents.lists(text)).then(|| text.to_owned())
        }
        _ => None,
    }
}

/// "Key judgement", "Judgement grade": the head of the box of a judgement.
fn is_box_head(text: &str) -> bool {
    ["Key judgement", "Judgement grade", "Key judgment", "Judgment grade", "Key judgement Judgement grade"]
        .iter()
        .any(|p| is_label(text, p))
}

/// "Of this number:", "In the last 12 months:": a line of plain text that introduces a list.
fn announces_parts(text: &str) -> bool {
    text.ends_with(':')
        && any_label(&["of this number", "of these", "of those", "in the last", "in the 12 months"])(text)
            .is_ok()
}

/// Whether a line of plain text is the label in the box of a judgement: the head of the box is above it, and above that
/// the heading with the same words.
fn boxed_label(doc: &Outline, at: usize, text: &str) -> bool {
    const NEAR: usize = 5;
    let mut before = doc.blocks.head(at).iter().rev().filter(|b| b.is_content()).take(NEAR);
    before.clone().next().is_some_and(|b| is_box_head(b.text.as_str()))
        && before.any(|b| is_label(b.text.as_str(), text))
}

/// Whether the block before ends with a role of the team and a colon, so that this one is a name.
fn follows_role(doc: &Outline, at: usize) -> bool {
    let before = doc.blocks.head(at).iter().rev().find(|b| b.is_content());
    before.is_some_and(|b| {
        b.text.lines().last().is_some_and(|l| l.as_str().ends_with(':') && team::begins_role(l.as_str()))
    })
}

/// Whether a box repeats the heading just above it.
fn repeats_heading(doc: &Outline, at: usize, label: &str) -> bool {
    let before = doc.blocks.head(at).iter().rev().find(|b| b.is_content());
    before.is_some_and(|b| is_label(b.text.as_str(), label))
}

fn ends_sentence(text: &str) -> bool {
    text.ends_with(['.', ',', ';', '!'])
}

/// Whether a block may be a theme of a list: one line without a full stop.
pub fn is_theme(block: &Block) -> bool {
    let text = block.text.as_str();
    block.words <= 16 && !ends_sentence(text) && text.starts_with(char::is_uppercase)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_above_lists_are_no_headings() {
        assert!(announces_parts("Of this number:"));
        assert!(announces_parts("In the last 12 months:"));
        assert!(!announces_parts("Children looked after in this area"));
    }

    #[test]
    fn headings_that_another_one_announces_are_below_it() {
        const BOLD: Style = Style { size: 14.0, bold: true, color: [0; 3], tagged_heading: None };
        const PLAIN: Style = Style { bold: false, ..BOLD };
        let level =
            |above: &mut Above, style, announces| above.level(None, PartOf::Authority, style, announces);
        let mut above = Above { kind: "executive-summary", level: 2, ..Above::default() };
        assert_eq!(level(&mut above, BOLD, true), 3, "Services are good because:");
        assert_eq!(level(&mut above, PLAIN, false), 4, "Help and protection");
        above.has_text();
        assert_eq!(level(&mut above, PLAIN, false), 4, "Adoption");
        assert_eq!(level(&mut above, BOLD, false), 3, "Progress since the last inspection");
        assert_eq!(level(&mut above, BOLD, true), 3, "The board is good because:");
        above.has_text();
        assert_eq!(level(&mut above, PLAIN, false), 3, "its reasons are text, not headings");
    }
}
