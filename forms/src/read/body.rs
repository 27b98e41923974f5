//! The body: sections, and the lists under their headings.

use std::collections::HashSet;
use std::ops::Range;

use findings_core::grammar::any_label;
use findings_core::grammar::label::{contains_label, find_label};
use findings_core::ofsted::body::{self, Head, Item};
use findings_core::ofsted::signature::is_closing;
use findings_core::outline::{Block, Role};
use findings_core::record::{Draft, Status};
use findings_core::text::Text;
use serde_json::{Map, Value, json};

use super::view::{View, begins, is_any};
use super::{counted, items};
use crate::format::FileFormat;
use crate::model::{List, Phrases, Presence};

/// The most words in a statement that a list has no items.
const NOTHING: u32 = 10;

/// The level of headings that the file does not name.
const UNNAMED: u8 = 6;

/// The words of a block that may be a heading; for a box beside a grade, those of its first cell.
pub(super) fn heading_of(block: &Block) -> &str {
    block.rows.last().and_then(|r| r.first()).unwrap_or(&block.text).as_str()
}

pub(super) fn heads(block: &Block, phrases: &Phrases) -> bool {
    block.is_content() && is_any(heading_of(block), phrases)
}

/// Reads all lists.
pub(super) fn lists(format: &FileFormat, view: &View, extension: &mut Map<String, Value>, draft: &mut Draft) {
    for (at, list) in format.file().lists.iter().enumerate() {
        let rule = format.rule(&format!("list/{at}"));
        let ranges = under(format, view, list);
        if ranges.is_empty() {
            let optional = list.presence == Presence::Optional;
            draft.absent(list.into.clone(), if optional { Status::NotStated } else { Status::NotRead });
            if let Some(name) = list.into.strip_prefix("/extension/") {
                extension.insert(name.into(), json!([]));
            }
            continue;
        }
        let stated: Vec<Range<usize>> =
            ranges.into_iter().filter(|range| !says_none(&view.doc.blocks[range.clone()])).collect();
        if stated.is_empty() {
            draft.absent(list.into.clone(), Status::NotStated);
            put(list, Vec::new(), &rule, extension, draft);
            continue;
        }
        let mut items = Vec::new();
        for range in stated {
            let own = match list.each.is_empty() {
                true => items::marked(view, range.clone(), list, format.labels().lines, draft),
                false => items::below_each(view, range.clone(), list, draft),
            };
            left_over(view, range, &own, list, draft);
            items.extend(own);
        }
        if let Some(item) = items::in_table(view, &items) {
            let message =
                format!("“{}” is a row of a table, whose cells may have run together", item.text.as_str());
            draft.warn("text-not-read", Some(&list.into), Some(item.text.page()), message);
        }
        if items.is_empty() {
            draft.absent(list.into.clone(), Status::NotRead);
            draft.warn(
                "value-not-read",
                Some(&list.into),
                None,
                "the list's heading was found, but none of its items could be read",
            );
        }
        put(list, items, &rule, extension, draft);
    }
}

/// Whether the text under a list's heading says that there are no items: one short text without a bullet or number.
pub(crate) fn says_none(blocks: &[Block]) -> bool {
    let has_words = |b: &&Block| b.text.as_str().chars().any(char::is_alphanumeric);
    let mut said = blocks.iter().filter(|b| b.is_content()).filter(has_words);
    let none = |b: &Block| b.words <= NOTHING && !items::is_item(b) && is_nothing(b.text.as_str());
    said.next().is_some_and(none) && said.next().is_none()
}

/// "No actions are required."; "None at this visit"; but "No later than May, fit a rail." is something to do.
fn is_nothing(text: &str) -> bool {
    const NONE: &[&str] = &["no", "none", "nil", "nothing", "not applicable"];
    const TO_DO: &[&str] = &["must", "should", "shall", "may be", "later than"];
    const THERE_IS: &[&str] = &[
        "there are no",
        "there were no",
        "there is no",
        "there was no",
        "I make no",
        "I have made no",
        "we make no",
        "we have made no",
    ];
    body::is_no_item(text)
        || any_label(THERE_IS)(text).is_ok()
        || any_label(NONE)(text).is_ok() && !TO_DO.iter().any(|words| contains_label(text, words))
}

/// Reports lines of paragraphs under a list's heading that belong neither to its items nor to the file's fields: an item may have
/// lost its bullet.
fn left_over(view: &View, range: Range<usize>, items: &[Item], list: &List, draft: &mut Draft) {
    if items.is_empty() || !list.each.is_empty() {
        return;
    }
    let of_items: HashSet<u32> = items.iter().flat_map(|i| i.text.origins()).map(|o| o.line).collect();
    let is_left = |line: &Text| !line.origins().iter().any(|o| of_items.contains(&o.line));
    let mut above = true;
    for block in &view.doc.blocks[range] {
        let not_taken = view.not_taken(block);
        // "Signed: Ann Lee" was read, and her post below it belongs to her.
        let signed =
            not_taken.len() < block.text.lines().len() && not_taken.iter().all(|l| is_short(l.as_str()));
        let left: Vec<Text> = not_taken
            .into_iter()
            .filter(|line| !signed && is_left(line) && !items::says_who_and_when(line))
            .collect();
        above &= block.text.lines().iter().all(is_left);
        let left = Text::join(&left, " ");
        let text = left.as_str();
        if block.role == Role::Paragraph && !left.is_empty() && !introduces(text, above) {
            let message = format!("“{text}” is under the heading of the list but is not one of its items");
            draft.warn("text-not-read", Some(&list.into), Some(block.page), message);
        }
    }
}

/// Whether a line is too short for an item, and no sentence.
fn is_short(line: &str) -> bool {
    line.split_whitespace().count() <= 4 && !line.ends_with('.')
}

/// Whether a text introduces the list: it ends in a colon or, above the items, mentions "the following" or "below".
fn introduces(text: &str, above: bool) -> bool {
    // "by the following Monday" introduces nothing.
    let following = || {
        let hit = find_label(text, "the following")?;
        text.split_once(hit).map(|(before, _)| before.trim_end())
    };
    text.ends_with(':')
        || above && contains_label(text, "below")
        || above && following().is_some_and(|before| !["by", "on", "in"].iter().any(|w| before.ends_with(w)))
}

fn put(list: &List, items: Vec<Item>, rule: &str, extension: &mut Map<String, Value>, draft: &mut Draft) {
    match list.into.as_str() {
        "/improvements" => {
            let kind = list.kind.as_deref().unwrap_or("recommendation");
            body::add_improvements(
                draft,
                items,
                kind,
                list.addressed_to.as_deref().unwrap_or("provider"),
                rule,
            );
        }
        "/strengths" => body::add_strengths(draft, items, rule),
        own => {
            for (i, item) in items.iter().enumerate() {
                draft.note(format!("{own}/{i}"), item.text.evidence_all(rule));
            }
            let words: Vec<&str> = items.iter().map(|i| i.text.as_str()).collect();
            extension.insert(own.trim_start_matches("/extension/").into(), json!(words));
        }
    }
}

/// The blocks under a list's heading, wherever it is printed, down to the next heading of its rank or of the file's sections, to text
/// that the file says is below the list, or to the closing words of a letter.
fn under(format: &FileFormat, view: &View, list: &List) -> Vec<Range<usize>> {
    let blocks = &view.doc.blocks;
    let below = |at: usize| {
        let ends = |b: &Block| {
            let higher = match (blocks[at].role, b.role) {
                (Role::Heading(own), Role::Heading(other)) => other <= own,
                _ => false,
            };
            let begins_item = heads(b, &list.each);
            let below = begins(b.text.as_str(), &list.until).is_some() || is_closing(first_line(b));
            let again = heads(b, &list.under);
            let section = || format.file().sections.iter().any(|s| heads(b, &s.heading));
            !begins_item && (higher || below || again || section())
        };
        let end = blocks[at + 1..].iter().position(ends).map_or(blocks.len(), |n| at + 1 + n);
        at + 1..end
    };
    let headed = || (0..blocks.len()).filter(|at| heads(&blocks[*at], &list.under));
    // "1. Notice of defects", among the enclosures of a letter, is not the heading of that notice.
    let plain = headed().any(|at| blocks[at].number.is_none());
    let headings = headed().filter(|at| !plain || blocks[*at].number.is_none());
    let mut found: Vec<Range<usize>> = Vec::new();
    for range in headings.map(below) {
        match found.last_mut().filter(|last| last.end + 1 == range.start) {
            // The heading is printed again inside the list.
            Some(last) if counted::goes_on(&blocks[range.clone()]) => last.end = range.end,
            _ => found.push(range),
        }
    }
    // A heading may be repeated in a list of contents, or on the next page above its text.
    let has_text = |range: &Range<usize>| blocks[range.clone()].iter().any(Block::is_content);
    match found.iter().any(has_text) {
        true => found.into_iter().filter(has_text).collect(),
        false => found.into_iter().take(1).collect(),
    }
}

/// Where the signature begins, if the file reads it; it does not belong to the body. It begins with closing words, or is a name
/// above a post at the end.
fn signature(format: &FileFormat, view: &View, from: usize) -> Option<usize> {
    let blocks = &view.doc.blocks;
    let is_read = format.file().fields.iter().any(|f| f.pointer == "/letter/signatories");
    let closes = |at: &usize| blocks.get(*at).is_some_and(|b| is_closing(first_line(b)));
    if is_read && let Some(at) = (from..blocks.len()).rfind(closes) {
        return Some(at);
    }
    let last = (from + 1..blocks.len()).rfind(|at| blocks[*at].is_content())?;
    let above: Vec<&Phrases> = format
        .file()
        .fields
        .iter()
        .flat_map(|f| &f.find)
        .map(|p| &p.above)
        .filter(|p| !p.is_empty())
        .collect();
    let posted = |line: &Text| above.iter().any(|post| begins(line.as_str(), post).is_some());
    let signed = blocks[last].text.lines().iter().any(posted) && view.not_taken(&blocks[last]).is_empty();
    signed.then_some(last)
}

fn first_line(block: &Block) -> &str {
    let text = block.text.as_str();
    let len = block.text.lines().first().map_or(0, |line| line.as_str().len());
    text.get(..len).unwrap_or(text)
}

/// Reads the body into sections.
pub(super) fn sections(format: &FileFormat, view: &View, draft: &mut Draft) {
    let (blocks, named) = (&view.doc.blocks, format.heads());
    let section = |b: &Block| named.iter().position(|(phrases, _)| heads(b, phrases));
    let begins = |b: &Block| match named.is_empty() {
        true => matches!(b.role, Role::Heading(_)),
        false => section(b).is_some(),
    };
    let Some(first) = blocks.iter().position(begins) else { return };
    let end = signature(format, view, first).unwrap_or(blocks.len());
    let spans = body::sections(view.doc, draft, first..end, "other", |_, b| {
        section(b).map(|i| named[i].1.clone()).or(match b.role {
            Role::Heading(rank) if named.is_empty() => Some(Head { level: rank, kind: "other", grade: None }),
            Role::Heading(_) if !format.file().only_named_headings => {
                Some(Head { level: UNNAMED, kind: "other", grade: None })
            }
            _ => None,
        })
    });
    for span in spans {
        let Some(at) = span.heading.and_then(|b| section(&blocks[b])) else { continue };
        if let Some(area) = &format.file().sections[at].area {
            draft.record.sections[span.index].area = Some(area.clone());
            draft.derived(format!("/sections/{}/area", span.index), &format.rule(&format!("section/{at}")));
        }
    }
}
