//! Finds the values of a record that contain given words of the document.

use std::fmt::Arguments;

use serde_json::Value;

use super::Finished;
use super::mentions::{names_event, tells_of_earlier};
use super::words::text_of;
use crate::cut::Cut;
use crate::record::{Record, Section, SectionBlock};

/// Words that occur in more values than this say nothing about any of them.
const MANY: usize = 50;

/// The pointers of the values that contain these words, or of the body if there are none.
pub(super) fn holders(record: &Record, words: &str) -> Vec<String> {
    let mut found = Vec::new();
    let mut see = |pointer: Arguments<'_>, text: &str| {
        if !words.is_empty() && text.contains(words) {
            found.push(pointer.to_string());
        }
    };
    see(format_args!("/inspection/theme"), record.inspection.theme.as_deref().unwrap_or_default());
    for (i, item) in record.improvements.iter().enumerate() {
        see(format_args!("/improvements/{i}/text"), &item.text);
    }
    for (i, item) in record.strengths.iter().enumerate() {
        see(format_args!("/strengths/{i}/text"), &item.text);
    }
    for (i, figure) in record.figures.iter().enumerate() {
        see(format_args!("/figures/{i}"), &figure.text);
    }
    for (i, mention) in record.mentions.iter().enumerate() {
        see(format_args!("/mentions/{i}"), &mention.text);
    }
    for (s, section) in record.sections.iter().enumerate() {
        for (b, block) in section.blocks.iter().enumerate() {
            if let Some(text) = text_of(block) {
                see(format_args!("/sections/{s}/blocks/{b}"), text);
            }
        }
    }
    texts_of(record.extension.as_ref(), "/extension", &mut see);
    let in_body = found.iter().any(|p| p.starts_with("/sections/"));
    if found.len() > MANY {
        return vec!["/sections".into()];
    }
    if !in_body && !record.sections.is_empty() {
        found.push("/sections".into());
    }
    found
}

/// The texts of a format's own part, with their pointers.
fn texts_of(value: Option<&Value>, pointer: &str, see: &mut impl FnMut(Arguments<'_>, &str)) {
    match value {
        Some(Value::String(text)) => see(format_args!("{pointer}"), text),
        Some(Value::Array(items)) => {
            items.iter().enumerate().for_each(|(i, v)| texts_of(Some(v), &format!("{pointer}/{i}"), see));
        }
        Some(Value::Object(members)) => {
            members.iter().for_each(|(name, v)| texts_of(Some(v), &format!("{pointer}/{name}"), see));
        }
        _ => {}
    }
}

/// Checks for blocks with foreign lines, or with lines out of order.
const OF_LINES: &[&str] = &["running-line-in-body", "line-above-line"];
/// Checks about a few words of a block; values that contain these words are found separately.
const OF_WORDS: &[&str] = &["sentence-in-sentence", "sentence-begins-small"];

/// Checks for paragraphs that end too early, so the rest of their last sentence was lost.
const OF_ENDS: &[&str] = &["block-cut-off", "paragraph-breaks-off"];

/// The fields that were read from the block of the body at a pointer, and so share its doubt: mentions of earlier
/// inspections, the inspectors (if lines are out of place), and the list in its section.
pub(super) fn read_from(record: &Record, pointer: &str, check: &str) -> Vec<&'static str> {
    let Some((section, at)) = block_at(record, pointer) else { return Vec::new() };
    let text = |at: usize| section.blocks.get(at).and_then(text_of).unwrap_or_default();
    let heading = section.heading.as_deref().unwrap_or_default();
    // A block that starts mid-sentence may be the continuation of the one before.
    let before =
        if text(at).starts_with(char::is_lowercase) { at.checked_sub(1).map_or(heading, text) } else { "" };
    let both = if before.is_empty() { String::new() } else { format!("{before} {}", text(at)) };
    let says = |told: &dyn Fn(&str) -> bool| told(text(at)) || told(&both);
    let (of_words, of_lines) = (OF_WORDS.contains(&check), OF_LINES.contains(&check));
    let mixed = of_words || of_lines;
    let last = |t: &str| {
        ["last", "previous"].iter().any(|w| {
            let mut after = t.match_indices(w).map(|(at, w)| t.tail(at + w.len()));
            // If foreign lines got in, the two words may be apart.
            after.any(|rest| rest.starts_with(" inspection") || of_lines && rest.contains(" inspection"))
        })
    };
    let read = |t: &str| record.mentions.iter().any(|m| t.contains(&m.text));
    let told = |t: &str| tells_of_earlier(t) || last(t) || of_lines && names_event(t);
    let mentioned = |t: &str| match (told(t), read(t)) {
        // The check is about other words of the block, or about its place, which doesn't matter here.
        (_, true) => !of_words && check != "block-above-block",
        (told, false) => told,
    };
    let team = |t: &str| record.inspectors.iter().filter_map(|i| i.name.as_deref()).any(|n| t.contains(n));
    let theme = record.inspection.theme.as_deref();
    let about =
        section.kind == "about-inspection" && theme.is_none_or(|theme| of_lines && text(at).contains(theme));
    let figures = |t: &str| record.figures.iter().any(|f| t.contains(&f.text));
    // In area inspections, lists are set among ordinary paragraphs.
    let list = list_of(&section.kind).filter(|_| !record.format.id.starts_with("ofsted.area-send."));
    let fields = [
        ("/mentions", says(&mentioned)),
        ("/figures", mixed && says(&figures)),
        ("/inspectors", (mixed || OF_ENDS.contains(&check)) && says(&|t| t.contains("nspector") && team(t))),
        ("/inspection/theme", about && record.letter.is_some()),
    ];
    fields.into_iter().filter_map(|(field, is)| is.then_some(field)).chain(list).collect()
}

/// The block of an item that may be two items, since it may be two blocks as well.
pub(super) fn block_of(record: &Record, pointer: &str, check: &str) -> Option<String> {
    if check != "item-holds-two" {
        return None;
    }
    let (list, at) = pointer.rsplit_once('/')?;
    let at: usize = at.parse().ok()?;
    let item = match list {
        "/improvements" => &record.improvements.get(at)?.text,
        _ => &record.strengths.get(at)?.text,
    };
    let holds = |block: &SectionBlock| text_of(block) == Some(item.as_str());
    record.sections.iter().enumerate().find_map(|(s, section)| {
        let b = section.blocks.iter().position(holds)?;
        Some(format!("/sections/{s}/blocks/{b}"))
    })
}

/// The section that contains a block, and the block's index, from its pointer.
fn block_at<'r>(record: &'r Record, pointer: &str) -> Option<(&'r Section, usize)> {
    let mut parts = pointer.strip_prefix("/sections/")?.split('/');
    let section = record.sections.get(parts.next()?.parse::<usize>().ok()?)?;
    let at = parts.next().filter(|p| *p == "blocks").and(parts.next())?.parse().ok()?;
    Some((section, at))
}

/// The list that sections of a kind contain.
pub(super) fn list_of(kind: &str) -> Option<&'static str> {
    match kind {
        "improvements" | "priority-action" | "recommendations" => Some("/improvements"),
        "strengths" => Some("/strengths"),
        _ => None,
    }
}

/// The lists with an item on this page or the one before.
pub(super) fn lists_on(f: &Finished<'_>, page: u32) -> impl Iterator<Item = &'static str> {
    let on = |list: &str, count: usize| {
        let spans = (0..count).filter_map(|i| f.spans_of(&format!("{list}/{i}/text"))).flatten();
        spans.into_iter().any(|s| s.page == page || s.page + 1 == page)
    };
    let improvements = on("/improvements", f.record.improvements.len()).then_some("/improvements");
    let strengths = on("/strengths", f.record.strengths.len()).then_some("/strengths");
    improvements.into_iter().chain(strengths)
}

/// Whether a pointer is inside a team's section.
pub(super) fn in_team(f: &Finished<'_>, pointer: &str) -> bool {
    let section = pointer.strip_prefix("/sections/").and_then(|p| p.split('/').next()?.parse::<usize>().ok());
    section.and_then(|s| f.record.sections.get(s)).is_some_and(|s| s.kind == "team")
}
