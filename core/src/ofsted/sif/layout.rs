//! The headings of a SIF report, and the part that each block stands in.

use crate::grammar::grade::grade_alone;
use crate::grammar::label::{contains_label, find_label, is_label, label};
use crate::grammar::{grade_sentence, heading_grade};
use crate::ofsted::body::{self, Head};
use crate::ofsted::contents::Contents;
use crate::outline::{Block, Outline, Role, Style};
use nom::Offset;

use super::{grades, team};
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
    /// What the judgements mean: all grades are named there, none is given.
    Meaning,
    /// About the inspection.
    About,
}

/// What a heading that the form has stands for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Known {
    kind: &'static str,
    rank: Rank,
}

/// How high a heading stands.
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
    /// The layout of a report; `end` is where its back page begins.
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
                // In a list of themes "Leadership, management and governance" is a theme.
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
                above.judges |= layout.sections_numbered && known.is_some_and(|k| k.opens_judgements());
                let level = above.level(known, before, doc.blocks[at].style);
                let kind = known.map_or("other", |k| k.kind);
                let stated =
                    graded(kind, part).then(|| grades::at(doc, at).or_else(|| grades::below(doc, at)));
                let grade = stated.flatten().and_then(|r| r.grade);
                layout.heads[at] = Some(Head { level, kind, grade });
            } else if !matches!(doc.blocks[at].role, Role::Furniture | Role::Footnote) {
                above.has_text = true;
            }
            layout.parts[at] = part;
        }
        layout
    }

    /// The heading that a block is.
    pub fn head(&self, at: usize) -> Option<&Head> {
        self.heads[at].as_ref()
    }

    /// The part that a block stands in.
    pub fn part(&self, at: usize) -> PartOf {
        self.parts[at]
    }

    /// Which of the three layouts this is.
    pub fn edition(&self) -> &'static str {
        match (self.sections_numbered, self.asks_to_improve) {
            (true, _) => "2013",
            (false, true) => "2014",
            _ => "2015",
        }
    }
}

/// The last heading that the form has, for the rank of the next.
#[derive(Default)]
struct Above {
    kind: &'static str,
    level: u8,
    style: Style,
    /// Whether text stands between it and the next heading.
    has_text: bool,
    /// Whether the areas stand below "Inspection judgements about the local authority", as the first layout has them.
    judges: bool,
}

impl Above {
    /// The rank of a heading after this one, which it becomes if the form has it.
    fn level(&mut self, known: Option<Known>, part: PartOf, style: Style) -> u8 {
        let Some(known) = known else {
            // A report's own heading stands below the form's, unless it is printed as that is.
            let below = self.level == 3 && (style != self.style || self.judges);
            return if below { 4 } else { 3 };
        };
        let judges = self.judges && !matches!(known.rank, Rank::Part(_));
        let level = match known.rank {
            Rank::Part(_) => 1,
            Rank::Section if part == PartOf::Opening => 1,
            Rank::Section if judges && names_area(&known) => 3,
            Rank::Section => 2,
            Rank::Sub if judges && self.level == 3 => 4,
            // What was found about an area whose heading has no text of its own.
            Rank::Sub
                if known.kind == "findings"
                    && self.level == 3
                    && self.kind == "judgement-area"
                    && !self.has_text =>
            {
                4
            }
            // In a review of the board alone they have a heading of the first rank.
            Rank::Sub if known.kind == "findings" && self.kind == "recommendations" => self.level,
            Rank::Sub => 3,
        };
        // Headings below "Inspection findings" of the fourth rank are of no higher one.
        *self = Above { kind: known.kind, level: level.min(3), style, has_text: false, judges };
        level
    }
}

impl Known {
    /// "Inspection judgements about the local authority"
    fn opens_judgements(self) -> bool {
        self.kind == "findings" && self.rank == Rank::Section
    }
}

/// The first layout tells of the inspection within its section on the local authority.
fn within_section_one(known: Known, part: PartOf) -> Known {
    match known.rank {
        Rank::Part(PartOf::About) if part == PartOf::Authority => Known { rank: Rank::Section, ..known },
        _ => known,
    }
}

/// Whether the lines that stand out in a section are the themes of its list.
fn lists_themes(section: &str) -> bool {
    matches!(
        section,
        "executive-summary" | "improvements" | "recommendations" | "priority-action" | "strengths"
    )
}

fn names_area(known: &Known) -> bool {
    matches!(known.kind, "leadership" | "judgement-area")
}

/// Whether a heading of this kind states a grade.
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

/// The text of the heading that a block is, if it is one: bold or large lines, boxes of a judgement and its
/// grade, and lines that the contents page lists.
fn heading(doc: &Outline, at: usize, contents: &Contents) -> Option<String> {
    let block = &doc.blocks[at];
    let text = body::heading_text(block);
    match block.role {
        Role::Table => {
            let (label, _) = grades::boxed(block)?;
            (!repeats_heading(doc, at, label.as_str())).then(|| label.as_str().to_owned())
        }
        // In plain text the head of a box, and the label that it repeats, look like headings.
        Role::Heading(_) if doc.kind == LayerKind::PlainText && is_box_head(text) => None,
        Role::Heading(_) if doc.kind == LayerKind::PlainText && boxed_label(doc, at, text) => None,
        // In plain text a line of the team looks like a heading.
        Role::Heading(_) if doc.kind == LayerKind::PlainText && team::begins_role(text) => None,
        Role::Heading(_) if doc.kind == LayerKind::PlainText && follows_role(doc, at) => None,
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

/// Whether a line of plain text is the label in the box of a judgement: the box's head stands above it, and above that the
/// heading that says the same.
fn boxed_label(doc: &Outline, at: usize, text: &str) -> bool {
    const NEAR: usize = 5;
    let mut before = doc.blocks[..at]
        .iter()
        .rev()
        .filter(|b| !matches!(b.role, Role::Furniture | Role::Footnote))
        .take(NEAR);
    before.clone().next().is_some_and(|b| is_box_head(b.text.as_str()))
        && before.any(|b| is_label(b.text.as_str(), text))
}

/// Whether the block before ends with a role of the team and its colon: what stands below it is a name.
fn follows_role(doc: &Outline, at: usize) -> bool {
    let before = doc.blocks[..at].iter().rev().find(|b| !matches!(b.role, Role::Furniture | Role::Footnote));
    before.is_some_and(|b| {
        b.text.lines().last().is_some_and(|l| l.as_str().ends_with(':') && team::begins_role(l.as_str()))
    })
}

/// Whether a box says again what the heading just above it says.
fn repeats_heading(doc: &Outline, at: usize, label: &str) -> bool {
    let before = doc.blocks[..at].iter().rev().find(|b| !matches!(b.role, Role::Furniture | Role::Footnote));
    before.is_some_and(|b| is_label(b.text.as_str(), label))
}

fn ends_sentence(text: &str) -> bool {
    text.ends_with(['.', ',', ';', '!'])
}

/// What a heading stands for, if the form has it.
fn known(text: &str, part: PartOf, contents: &Contents) -> Option<Known> {
    if text.split(' ').count() > 24 {
        return None;
    }
    of_part(text, part).or_else(|| of_section(text, contents))
}

/// The heading of a part.
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
    // Where the grades are explained, "The Local Safeguarding Children Board" heads the board's.
    if is_board(text) && !(explained && is_label(text, "The Local Safeguarding Children Board")) {
        // The sentence with its grade stands under the part's own heading.
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

/// How a phrase stands in a heading.
enum In {
    /// It is the heading.
    Whole,
    /// It begins it.
    Start,
    /// It is somewhere in it.
    Any,
}

/// Where a heading of the form stands.
enum Place {
    Section,
    Sub,
    /// A section of its own where the contents page lists it.
    Listed,
}

/// The form's headings within its parts; the first row that fits counts.
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
        ],
        "other",
        Place::Sub,
    ),
    (In::Any, &["strengths"], "strengths", Place::Listed),
];

/// The heading of a section within a part; what the contents page lists is one, whatever it says.
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

/// The form's headings, whole, by which plain text is told.
const LINES: &[&str] = &[
    "Contents",
    "Executive summary",
    "Summary",
    "Summary of findings",
    "Summary of key findings",
    "The local authority",
    "Section 1: the local authority",
    "Information about this local authority area",
    "Information about the local authority area",
    "Previous Ofsted inspections",
    "Local leadership",
    "Children living in this area",
    "Child protection in this area",
    "Children looked after in this area",
    "Recommendations",
    "What does the local authority need to improve",
    "What does the LSCB need to improve",
    "Priority and immediate action",
    "Areas for improvement",
    "The local authority’s strengths",
    "Progress since the last inspection",
    "Summary for children and young people",
    "Summary for children",
    "Inspection judgements about the local authority",
    "The experiences and progress of children who need help and protection",
    "The experiences and progress of children looked after and achieving permanence",
    "Leadership, management and governance",
    "Inspection findings",
    "The Local Safeguarding Children Board (LSCB)",
    "The Local Safeguarding Children Board",
    "Section 2: The effectiveness of the Local Safeguarding Children Board",
    "Inspection judgement about the LSCB",
    "Inspection findings – the Local Safeguarding Children Board",
    "What the inspection judgements mean",
    "What the inspection judgements mean: the local authority",
    "What the inspection judgements mean: the LSCB",
    "Information about this area",
    "Information about this review",
    "What the inspection judgments mean",
    "What the inspection judgments mean: the local authority",
    "What the inspection judgments mean: the LSCB",
    "Key strengths and weaknesses of the LSCB",
    "The LSCB",
    "Information about this inspection",
    "The inspection team",
];

/// Where lines begin in a line that has swallowed them: the title's second line, behind the area's name, and the text behind
/// "Summary".
pub fn line_starts(line: &str) -> Vec<usize> {
    const TITLES: &[&str] = &["Re-inspection of services for", "Inspection of services for"];
    const NAME: usize = 60;
    let place = |part: &str| line.offset(part);
    let title =
        TITLES.iter().find_map(|t| find_label(line, t)).map(place).filter(|at| (1..NAME).contains(at));
    let below = ["Inspection date:", "Inspection dates:", "Report published:", "The overall judgement is"];
    let below = below.iter().filter(|_| title.is_some()).filter_map(|l| find_label(line, l)).map(place);
    let summary =
        line.strip_prefix("Summary ").filter(|rest| rest.starts_with(char::is_uppercase)).map(place);
    let mut starts: Vec<usize> = title.into_iter().chain(below).chain(summary).collect();
    starts.sort_unstable();
    starts
}

/// Whether a line of plain text is one of the form's headings, or a heading that states a grade.
pub fn is_heading_line(line: &str) -> bool {
    if LINES.iter().any(|l| is_label(line, l)) || body::opens_back_page(line) {
        return true;
    }
    let states = [
        "The graded judg",
        "The Local Safeguarding Children",
        "The effectiveness of the L",
        "Children’s services in",
        "Childrens services in",
        "The overall judgement is",
    ];
    // "This local authority is good because": a sentence about it may begin so, too.
    let reasons = ["This local authority", "The local authority", "The LSCB", "This LSCB"];
    let because = line.trim_end_matches(':').ends_with("because")
        && reasons.iter().any(|r| label(r)(line).is_ok())
        && heading_grade(line).is_some();
    if because && line.split(' ').count() <= 12 {
        return true;
    }
    // The box of a judgement has its area and its grade, too: a heading is a sentence.
    let areas = ["The experiences and progress of", "The experience and progress of"];
    let stated = areas.iter().any(|a| line.starts_with(a))
        && [" is ", " are ", " require "].iter().any(|verb| line.contains(verb));
    // A heading and the sentence below it are two lines.
    let one = line.matches("Safeguarding Children").count() <= 1;
    one && (stated || states.iter().any(|s| line.starts_with(s)))
        && line.split(' ').count() <= 22
        && (heading_grade(line).is_some()
            || grade_sentence(line).is_ok_and(|(rest, _)| rest.trim_matches(['.', ':']).is_empty()))
}

/// Whether a block may hold a theme of a list: one line without a full stop.
pub fn is_theme(block: &Block) -> bool {
    let text = block.text.as_str();
    block.words <= 16 && !ends_sentence(text) && text.starts_with(char::is_uppercase)
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

    #[test]
    fn headings_in_plain_text_are_whole_lines() {
        assert!(is_heading_line("Executive summary"));
        assert!(is_heading_line("The graded judgement for adoption performance is that it is good"));
        assert!(is_heading_line("The Local Safeguarding Children Board requires improvement"));
        assert!(is_heading_line("This local authority is good because"));
        assert!(is_heading_line("The LSCB requires improvement because:"));
        assert!(is_heading_line(
            "The experiences and progress of children who need help and protection are good"
        ));
        assert!(!is_heading_line("The experiences and progress of care leavers are good in most"));
        assert!(!is_heading_line("The experiences and progress of care leavers Requires improvement"));
        assert!(!is_heading_line("The local authority has a plan"));
        assert!(!is_heading_line("The Local Safeguarding Children Board is good at asking why"));
    }
}
