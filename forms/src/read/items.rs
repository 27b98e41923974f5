//! The items of a list, however they are marked.

use std::collections::HashSet;
use std::ops::Range;

use findings_core::grammar::label::label;
use findings_core::ofsted::body::{self, Item};
use findings_core::outline::{Block, Outline, Role};
use findings_core::record::Draft;
use findings_core::text::{LayerKind, Text};

use super::body::{heading_of, heads};
use super::counted;
use super::view::{Line, View};
use crate::model::List;

/// How a bullet is printed whose character was lost.
const LOST_MARK: &str = "\u{fffd} ";

/// Whether a block is an item by its bullet, its number, or the PDF's structure.
pub(crate) fn is_item(block: &Block) -> bool {
    matches!(block.role, Role::Bullet(_)) || block.number.is_some() || block.list_item
}

/// The list's bullets or numbered paragraphs; if it has neither, its paragraphs. A paragraph below the last bullet is reported and
/// is not an item: more often it is further text than an item without a bullet.
pub(super) fn marked(
    view: &View,
    range: Range<usize>,
    list: &List,
    labels: &[String],
    draft: &mut Draft,
) -> Vec<Item> {
    let blocks = &view.doc.blocks;
    if range.clone().any(|at| blocks[at].text.as_str().starts_with(LOST_MARK)) {
        let message = "the bullets of the list were lost; an item begins where each of them was";
        draft.warn("characters-lost", Some(&list.into), Some(blocks[range.start].page), message);
        return with_lost_marks(&blocks[range]);
    }
    let gaps = counted::gaps(&blocks[range.clone()]);
    for line in gaps {
        let message =
            format!("“{}” begins like an item of the list, but not like the next one", line.as_str());
        draft.warn("text-not-read", Some(&list.into), Some(line.page()), message);
    }
    let items = found(view, range.clone());
    let is_marked = blocks[range.clone()].iter().any(is_item) || !counted::items(&blocks[range]).is_empty();
    if !is_marked {
        run_together(&items, &list.into, draft);
    }
    up_to_label(items, labels)
}

/// Reports items of several lines in a list without marks whose items are no sentences: nothing shows that the next line is not
/// another item.
fn run_together(items: &[Item], into: &str, draft: &mut Draft) {
    let ended = |item: &Item| item.text.as_str().trim_end().ends_with(['.', '!', '?']);
    let lone = items.iter().filter(|item| item.text.lines().len() == 1 && !ended(item)).count();
    if lone * 2 <= items.len() {
        return;
    }
    for item in items.iter().filter(|item| item.text.lines().len() > 1) {
        let message = format!(
            "“{}” has several lines in a list without marks, and may be several items",
            item.text.as_str()
        );
        draft.warn("text-not-read", Some(into), Some(item.text.page()), message);
    }
}

/// Labels below an item that say who acts on it and by when.
const BESIDE: &[&str] = &[
    "lead",
    "owner",
    "responsible",
    "by",
    "due",
    "due date",
    "deadline",
    "timescale",
    "target date",
    "priority",
];

/// Items without the lines below them that begin with a label: one of the file's, one that all of several items have, or one that says who
/// acts and by when ("R1 Fit a latch." above "Lead: Estates").
fn up_to_label(items: Vec<Item>, labels: &[String]) -> Vec<Item> {
    let below = |item: &Item| item.text.lines().iter().skip(1).filter_map(label_at).collect::<Vec<String>>();
    let all: Vec<Vec<String>> = items.iter().map(below).collect();
    let is_label = |line: &Text| {
        let Some(own) = label_at(line) else { return false };
        let of_file = || labels.iter().any(|p| p.ends_with(':') && label(p)(line.as_str()).is_ok());
        let of_all = || all.len() > 1 && all.iter().all(|labels| labels.contains(&own));
        BESIDE.contains(&own.as_str()) || of_all() || of_file()
    };
    let cut = |item: Item| {
        let lines = item.text.lines();
        match lines.iter().skip(1).position(is_label) {
            Some(at) => Item { text: Text::join(&lines[..=at], " "), ..item },
            None => item,
        }
    };
    items.into_iter().map(cut).collect()
}

/// Whether a line below an item says who acts on it or by when.
pub(super) fn says_who_and_when(line: &Text) -> bool {
    label_at(line).is_some_and(|label| BESIDE.contains(&label.as_str()))
}

/// The label that a line begins with, before a colon, in lower case: one or two words.
fn label_at(line: &Text) -> Option<String> {
    let (label, rest) = line.as_str().split_once(':')?;
    let short = label.split(' ').count() <= 2 && label.starts_with(char::is_uppercase);
    (short && rest.starts_with(' ')).then(|| label.to_lowercase())
}

/// The first of some items whose lines are rows of a table in plain text: the cells beside it run into its words.
pub(crate) fn in_table<'i>(view: &View, items: &'i [Item]) -> Option<&'i Item> {
    let has_words = |cell: &&Text| cell.as_str().chars().any(char::is_alphabetic);
    let is_row = |line: &&Line| {
        line.cells.iter().filter(has_words).count() > 1 && !line.text.as_str().contains("....")
    };
    let plain = view.doc.kind == LayerKind::PlainText;
    let rows = view
        .lines
        .iter()
        .filter(|_| plain)
        .filter(is_row)
        .flat_map(|line| &line.cells)
        .flat_map(Text::origins);
    let rows: HashSet<u32> = rows.map(|o| o.line).collect();
    items.iter().find(|item| item.text.origins().iter().any(|o| rows.contains(&o.line)))
}

/// The items in a range whose bullets or numbers are intact.
pub(crate) fn found(view: &View, range: Range<usize>) -> Vec<Item> {
    let blocks = &view.doc.blocks[range];
    let counted = counted::items(blocks);
    if !counted.is_empty() {
        return counted;
    }
    // Lettered parts of an item are paragraphs in the outline.
    let doc = Outline { blocks: counted::with_parts(blocks), kind: view.doc.kind, ..Outline::default() };
    let mut items: Vec<Item> = body::items(&doc, 0..doc.blocks.len()).into_iter().flat_map(parted).collect();
    // A ruler drawn with dashes is no item.
    items.retain(|item| item.text.as_str().chars().any(char::is_alphanumeric));
    if let Some(last) = doc.blocks.iter().rposition(is_item) {
        let behind =
            |item: &Item| doc.blocks[last + 1..].iter().any(|b| b.text.as_str() == item.text.as_str());
        items.retain(|item| !behind(item));
    }
    items
}

/// A numbered item, split from those just below it in plain text: each begins on a new line with the next number and a bracket ("2)
/// Fit a latch.").
fn parted(item: Item) -> Vec<Item> {
    let Some(mut number) = item.number else { return vec![item] };
    let mut parts: Vec<Item> = Vec::new();
    for line in item.text.lines() {
        let mark = format!("{}) ", number + 1);
        match parts.last_mut() {
            Some(part) if !line.as_str().starts_with(&mark) => part.text.push_text(" ", &line),
            last => {
                let from = if last.is_some() { mark.len() } else { 0 };
                number += u32::from(last.is_some());
                let text = line.slice(from..line.as_str().len());
                parts.push(Item { text, number: Some(number), group: item.group.clone() });
            }
        }
    }
    if parts.len() > 1 { parts } else { vec![item] }
}

/// Items that begin where bullets were lost; intact bullets below belong to them.
fn with_lost_marks(blocks: &[Block]) -> Vec<Item> {
    let mut items: Vec<Item> = Vec::new();
    for block in blocks {
        let text = block.text.as_str();
        if text.starts_with(LOST_MARK) {
            let text = block.text.slice(LOST_MARK.len()..text.len());
            items.push(Item { text, number: None, group: None });
        } else if matches!(block.role, Role::Bullet(_))
            && let Some(item) = items.last_mut()
        {
            item.text.push_text(" ", &block.text);
        }
    }
    items
}

/// The paragraph below each line that starts an item; a missing one is reported.
pub(super) fn below_each(view: &View, range: Range<usize>, list: &List, draft: &mut Draft) -> Vec<Item> {
    let blocks = &view.doc.blocks;
    let mut items = Vec::new();
    for at in range.clone().filter(|at| heads(&blocks[*at], &list.each)) {
        let begin = heading_of(&blocks[at]);
        let mut below = blocks[at + 1..range.end].iter().filter(|b| b.is_content());
        let item = below.next().filter(|b| b.rows.is_empty() && !heads(b, &list.each));
        match item {
            Some(block) => {
                items.push(Item { text: block.text.clone(), number: number_at_end(begin), group: None })
            }
            None => {
                let message = format!("there is no paragraph below “{begin}”");
                draft.warn("value-not-read", Some(&list.into), Some(blocks[at].page), message);
            }
        }
    }
    items
}

/// "OBSERVATION 12" → 12
fn number_at_end(line: &str) -> Option<u32> {
    line.trim_end_matches([':', '.']).rsplit(' ').next()?.parse().ok()
}
