//! The parts of a document that have a grammar, with the fields found in each.

use super::Run;
use crate::cut::Cut;
use crate::grammar::given_names::is_given_name;
use crate::grammar::postcode::trailing_postcode;
use crate::grammar::{MONTHS, find, grade, is_person_like};
use crate::outline::{Block, Outline, Role};
use crate::record::{Part, Record};
use crate::text::Text;

/// What unread words must contain to count as a doubt in a region.
#[derive(Debug, Clone, Copy, PartialEq)]
enum Minds {
    /// Anything: every line belongs to some field.
    Anything,
    /// Words that look like a field, and sentences, which belong to the body.
    Front,
    /// Capitalised words that look like a name.
    Names,
    /// Two capitalised words: beside labels and posts, which are known, a team's region has only names.
    Pairs,
    /// Words that look like a field: a date, a name, a postcode, a grade.
    Fields,
    /// Names, and dates that continue the one that was read.
    Sentence,
    /// A whole block without any value.
    Blocks,
}

/// A part of a document that has a grammar.
pub(super) struct Region {
    /// Its name in messages.
    pub(super) name: &'static str,
    blocks: Vec<usize>,
    fields: &'static [&'static str],
    minds: Minds,
    /// Whether section headings count as owners of its words.
    pub(super) own_sections: bool,
}

impl Region {
    /// Its texts: lines if each line is a field, otherwise blocks.
    pub(super) fn texts<'d>(&self, doc: &'d Outline) -> Vec<&'d Text> {
        let blocks = self.blocks.iter().map(|at| &doc.blocks[*at]);
        let cells = |b: &'d Block| -> Vec<&'d Text> {
            if b.rows.is_empty() { vec![&b.text] } else { b.rows.iter().flatten().collect() }
        };
        blocks.flat_map(cells).collect()
    }

    /// Whether it is outside the body.
    pub(super) fn is_frame(&self) -> bool {
        matches!(self.name, "address" | "signature" | "front page")
    }

    /// Whether it is judged text by text rather than word by word.
    pub(super) fn by_text(&self) -> bool {
        self.minds == Minds::Blocks
    }

    /// Whether unread words are a doubt here.
    pub(super) fn minds(&self, run: &Run<'_, '_>) -> bool {
        let words: Vec<&str> = run.words().collect();
        let text = words.join(" ");
        match self.minds {
            Minds::Anything => words.iter().any(|w| w.chars().filter(|c| c.is_alphanumeric()).count() > 1),
            Minds::Names => is_name(&words) || is_dated(&words) || self.is_body(run),
            Minds::Pairs => words.windows(2).any(|pair| pair.iter().all(|w| is_capitalised(w))),
            Minds::Fields | Minds::Front => {
                // A table cell with a grade, not the end of a sentence.
                let cell = text.starts_with(char::is_uppercase) && !text.ends_with(['.', ':']);
                let graded = cell && run.is_alone() && words.len() < 6 && find(grade, &text).is_some();
                let fields = is_name(&words) || is_dated(&words) || trailing_postcode(&text).is_some();
                fields || graded || self.minds == Minds::Front && self.is_body(run)
            }
            Minds::Sentence => {
                let name = (2..=3).contains(&words.len()) && is_person_like(&text);
                is_name(&words) || name || run.after_number && is_dated(&words)
            }
            Minds::Blocks => words.len() >= 4,
        }
    }

    /// Whether words outside the body form a sentence, and so belong to it.
    fn is_body(&self, run: &Run<'_, '_>) -> bool {
        let whole = run.whole();
        // A footnote starts with its mark or names its source.
        let note = whole.starts_with(|c: char| c.is_ascii_digit()) || whole.contains("www.");
        self.is_frame()
            && !note
            && run.is_mostly_unread()
            && whole.ends_with('.')
            && whole.split(' ').nth(8).is_some()
    }

    /// The fields that unread words may belong to.
    pub(super) fn fields_of(&self, run: &Run<'_, '_>, began: Option<&str>) -> &'static [&'static str] {
        let (quote, whole) = (run.quote(), run.whole().to_lowercase());
        let dated = is_dated(&run.words().collect::<Vec<_>>());
        match self.name {
            "front page" if self.minds == Minds::Front && self.is_body(run) => {
                if may_tell_of_earlier(&whole) { &["/sections", "/mentions"] } else { &["/sections"] }
            }
            "front page" if whole.contains("previous inspection") => &["/mentions"],
            "front page" if dated && is_earlier(&quote, began) => &["/mentions"],
            "front page" if whole.contains("publish") => &["/published"],
            "front page" if dated => &["/inspection/start", "/inspection/end"],
            "front page" if find(grade, &quote).is_some() => &["/judgements"],
            "signature" if self.is_body(run) => &["/sections", "/improvements", "/strengths"],
            "address" if self.is_body(run) && may_tell_of_earlier(&whole) => OF_BODY,
            "address" if self.is_body(run) => OF_BODY.tail(1),
            "introduction" if dated => &["/inspection/start", "/inspection/end"],
            "introduction" => &["/inspectors"],
            _ => self.fields,
        }
    }
}

/// What may have been lost if part of the body is above the greeting.
const OF_BODY: &[&str] = &[
    "/mentions",
    "/sections",
    "/inspection/theme",
    "/improvements",
    "/strengths",
    "/inspectors",
    "/inspection/start",
];

/// Whether a text, in lower case, may be about an earlier inspection.
fn may_tell_of_earlier(text: &str) -> bool {
    ["last inspect", "previous", "judged"].iter().any(|w| text.contains(w))
}

/// Whether a capitalised word follows a given name.
fn is_name(words: &[&str]) -> bool {
    words.windows(2).any(|pair| is_given_name(pair[0]) && is_capitalised(pair[1]))
}

/// Whether a word has a capital first and then small letters.
fn is_capitalised(word: &str) -> bool {
    word.starts_with(char::is_uppercase) && word.chars().skip(1).any(char::is_lowercase)
}

/// Whether a text contains a year before that of this inspection.
fn is_earlier(text: &str, began: Option<&str>) -> bool {
    let Some(year) = began.and_then(|d| d.get(..4)) else { return false };
    let mut years = text.split(|c: char| !c.is_ascii_digit()).filter(|n| n.len() == 4);
    years.any(|n| n < year)
}

/// Whether words contain a day with a month, or a month with a year.
fn is_dated(words: &[&str]) -> bool {
    let number = |w: &str| w.trim_matches(|c: char| !c.is_alphanumeric()).parse::<u16>().is_ok();
    let month = |w: &str| {
        let w = w.trim_matches(|c: char| !c.is_alphabetic()).to_lowercase();
        MONTHS.contains(&w.as_str())
    };
    words.windows(2).any(|pair| number(pair[0]) && month(pair[1]) || month(pair[0]) && number(pair[1]))
}

/// The regions of a document.
pub(super) fn of(record: &Record, doc: &Outline, parts: &[Part]) -> Vec<Region> {
    let first = parts.iter().position(|p| *p == Part::Section).unwrap_or(parts.len());
    let last = parts.iter().rposition(|p| *p == Part::Section).map_or(parts.len(), |at| at + 1);
    let front = |range: std::ops::Range<usize>| -> Vec<usize> {
        range.filter(|at| parts[*at] == Part::Front && is_text(&doc.blocks[*at])).collect()
    };
    let mut regions = if record.letter.is_some() {
        vec![
            region("address", front(0..first), &["/letter/recipients"], Minds::Anything),
            region("signature", front(last..parts.len()), &["/letter/signatories"], Minds::Names),
            region("introduction", introduction(record, doc, parts), &["/inspectors"], Minds::Sentence),
        ]
    } else {
        // In single framework reports this part explains the grades.
        let plain = ["ofsted.ilacs.", "ofsted.area-send."].iter().any(|id| record.format.id.starts_with(id));
        let minds = if plain { Minds::Front } else { Minds::Fields };
        vec![region("front page", front(0..first), &["/inspectors", "/provider/name"], minds)]
    };
    let team = section_blocks(record, doc, parts, &["team"]);
    regions.push(Region { own_sections: true, ..region("team", team, &["/inspectors"], Minds::Pairs) });
    regions.extend(lists(record, doc, parts));
    regions
}

/// The lists in the body that have items in the record.
fn lists(record: &Record, doc: &Outline, parts: &[Part]) -> Vec<Region> {
    let blocks = |kinds: &[&str]| section_blocks(record, doc, parts, kinds);
    let mut regions = Vec::new();
    if !record.improvements.is_empty() && lists_are_read(record) {
        let blocks = blocks(&["improvements", "priority-action", "recommendations"]);
        regions.push(region("list of improvements", blocks, &["/improvements"], Minds::Blocks));
    }
    if !record.strengths.is_empty() {
        regions.push(region("list of strengths", blocks(&["strengths"]), &["/strengths"], Minds::Blocks));
    }
    if has_focus(record) {
        let all = blocks(&["about-inspection"]);
        let bullet = |at: usize| matches!(doc.blocks[at].role, Role::Bullet(_));
        let follows = |i: usize| i.checked_sub(1).is_some_and(|before| bullet(all[before]));
        let listed = |i: &usize| bullet(all[*i]) || follows(*i) && is_unmarked(&doc.blocks[all[*i]]);
        let blocks: Vec<usize> = (0..all.len()).filter(listed).map(|i| all[i]).collect();
        let fields = &["/inspection/theme"];
        regions.push(region("list of what was looked at", blocks, fields, Minds::Blocks));
    }
    regions
}

/// Whether a paragraph after a bullet may be an item without a mark: it doesn't start like a sentence about the visit.
fn is_unmarked(block: &Block) -> bool {
    const TELL: &[&str] = &[
        "This",
        "These",
        "Inspectors",
        "The",
        "They",
        "We",
        "It",
        "During",
        "In",
        "His",
        "Her",
        "Our",
        "Leaders",
        "Throughout",
    ];
    let text = block.text.as_str();
    let first = text.split(' ').next().unwrap_or_default();
    block.role == Role::Paragraph && block.words < 40 && !TELL.contains(&first)
}

fn region(name: &'static str, blocks: Vec<usize>, fields: &'static [&'static str], minds: Minds) -> Region {
    Region { name, blocks, fields, minds, own_sections: false }
}

/// Whether bullets above the findings can only be the scope of a visit.
fn has_focus(record: &Record) -> bool {
    record.inspection.kind == "focused-visit" && record.inspection.theme.is_some()
}

/// Whether the sections of lists contain only items and the lines that introduce them.
fn lists_are_read(record: &Record) -> bool {
    !matches!(record.format.id.as_str(), "ofsted.safeguarding.inspection")
}

fn is_text(block: &Block) -> bool {
    block.is_content()
}

/// The paragraphs of a letter that name the inspectors or give the dates.
fn introduction(record: &Record, doc: &Outline, parts: &[Part]) -> Vec<usize> {
    let of = |pointer: &str| record.evidence.get(pointer).and_then(|e| e.quote.clone());
    let quotes: Vec<String> = ["/inspectors/0", "/inspection/start"].iter().filter_map(|p| of(p)).collect();
    let blocks = (0..parts.len()).filter(|at| parts[*at] == Part::Section && is_text(&doc.blocks[*at]));
    let read =
        blocks.take(8).filter(|at| quotes.iter().any(|q| doc.blocks[*at].text.as_str().contains(q.as_str())));
    read.take(2).collect()
}

/// The blocks in sections of the given kinds, without the headings.
fn section_blocks(record: &Record, doc: &Outline, parts: &[Part], kinds: &[&str]) -> Vec<usize> {
    let mut sections = record.sections.iter().peekable();
    let mut inside = false;
    let mut blocks = Vec::new();
    for at in (0..parts.len()).filter(|at| parts[*at] == Part::Section) {
        let text = doc.blocks[at].text.as_str();
        let next = sections.peek().filter(|s| s.heading.as_deref().is_none_or(|h| text.starts_with(h)));
        if let Some(section) = next {
            inside = kinds.contains(&section.kind.as_str());
            let headed = section.heading.is_some();
            sections.next();
            if headed {
                continue;
            }
        }
        // A line that introduces a list is not an item.
        let introduces = text.ends_with(':') || matches!(doc.blocks[at].role, Role::Heading(_));
        if inside && is_text(&doc.blocks[at]) && !introduces && !crate::ofsted::body::is_no_item(text) {
            blocks.push(at);
        }
    }
    blocks
}
