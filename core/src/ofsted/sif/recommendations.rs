//! Recommendations, areas for improvement and priority actions, for the local authority and for the board.

use super::layout::{Layout, PartOf, is_theme};
use crate::grammar::label::{contains_label, label};
use crate::ofsted::body::{self, Item, SectionSpan, is_no_item};
use crate::outline::{Block, Outline, Role};
use crate::record::{Draft, Status};

/// Reads all lists. A list begins at a heading of its kind and continues over the themes in it (headings that are not
/// the form's) up to the form's next heading. Lists outside the board's part are for `addressee`.
pub fn read(
    doc: &Outline,
    draft: &mut Draft,
    layout: &Layout,
    spans: &[SectionSpan],
    addressee: &'static str,
) {
    let mut open: Option<&'static str> = None;
    for span in spans {
        let Some(at) = span.heading else { continue };
        let head = &doc.blocks[at];
        let theme = span.kind == "other" && layout.head(at).is_some_and(|h| h.level >= 3);
        open = match kind_of(span.kind, head) {
            Some(kind) => Some(kind),
            None if theme && !begins_sentence(head.text.as_str()) => open,
            None => None,
        };
        let Some(kind) = open else { continue };
        let group = theme.then(|| group_of(head.text.as_str()));
        let items = items(doc, span.blocks.clone(), group);
        let board = layout.part(at) == PartOf::Board;
        body::add_improvements(
            draft,
            items,
            kind,
            if board { "lscb" } else { addressee },
            "sif.recommendations",
        );
    }
    if draft.record.improvements.is_empty() {
        draft.absent("/improvements", Status::NotRead);
        draft.warn("improvements-not-read", Some("/improvements"), None, "no recommendations could be read");
    }
}

/// The kind of the items under a heading.
fn kind_of(section: &str, head: &Block) -> Option<&'static str> {
    match section {
        "recommendations" => Some("recommendation"),
        "priority-action" => Some("priority-action"),
        "improvements" => Some("area-for-improvement"),
        _ if head.text.as_str().starts_with("Recommendations") => Some("recommendation"),
        _ => None,
    }
}

/// "The local authority has …", "The LSCB is …": what follows is not a list of things to do.
fn begins_sentence(heading: &str) -> bool {
    let verbs = ["is", "are", "has", "have", "requires", "require", "because"];
    let subject =
        ["The local authority", "This local authority", "The LSCB", "The Board", "Children’s services in"];
    subject.iter().any(|s| label(s)(heading).is_ok()) && verbs.iter().any(|v| contains_label(heading, v))
}

/// The name of a group, from a theme or a deadline: "Within three months:" → "Within three months".
fn group_of(text: &str) -> String {
    text.trim_end_matches([':', ' ']).to_owned()
}

/// The items of a list: numbered paragraphs with their sub-bullets, or bullets, or, if there are neither, paragraphs.
///
/// A line without a full stop is a theme: "Commissioning and sufficiency". So is a numbered one above bullets: "2.
/// Oversight by leaders".
pub fn items(doc: &Outline, blocks: std::ops::Range<usize>, group: Option<String>) -> Vec<Item> {
    let blocks: Vec<&Block> = blocks.map(|i| &doc.blocks[i]).filter(|b| b.is_prose()).collect();
    let listed = blocks.iter().any(|b| matches!(b.role, Role::Bullet(_)) || b.number.is_some());
    let mut group = group;
    let mut items: Vec<Item> = Vec::new();
    // Whether the last item may continue: it is numbered, or announces what follows.
    let mut open = false;
    for (n, block) in blocks.iter().enumerate() {
        let text = &block.text;
        let next = blocks.get(n + 1);
        let item = || Item { text: text.clone(), number: block.number, group: group.clone() };
        match block.role {
            Role::Bullet(level) => match items.last_mut() {
                Some(last) if open || level > 1 => last.text.push_text(" ", text),
                _ => items.push(item()),
            },
            // A number on a line of its own above a theme belongs to the theme.
            _ if block.number.is_some() && text.is_empty() => open = false,
            _ if block.number.is_some() => {
                let over_bullets = next.is_some_and(|b| matches!(b.role, Role::Bullet(_)));
                open = !(over_bullets && is_theme(block) && !text.as_str().ends_with(':'));
                if open {
                    items.push(item());
                } else {
                    group = Some(group_of(text.as_str()));
                }
            }
            _ if open && goes_on(items.last(), text.as_str()) => {
                if let Some(last) = items.last_mut() {
                    last.text.push_text(" ", text);
                }
            }
            _ if is_theme(block) && next.is_some() => {
                group = Some(group_of(text.as_str()));
                open = false;
            }
            _ if listed || text.as_str().ends_with(':') => {}
            _ => items.push(item()),
        }
    }
    items.retain(|i| !i.text.is_empty() && !is_no_item(i.text.as_str()));
    items
}

/// Whether a paragraph continues the item before it: "(ii) their parents …" after "… where:".
fn goes_on(last: Option<&Item>, text: &str) -> bool {
    let announced = last.is_some_and(|l| l.text.as_str().ends_with([':', ';', ',']));
    announced || text.starts_with('(') || text.starts_with(char::is_lowercase)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ofsted::testing::outline;
    use insta::assert_snapshot;

    fn shown(text: &str) -> String {
        let doc = outline(text);
        let one = |i: &Item| {
            format!(
                "[{}] {}{}",
                i.group.as_deref().unwrap_or(""),
                i.number.map_or(String::new(), |n| format!("{n}: ")),
                i.text.as_str()
            )
        };
        items(&doc, 0..doc.blocks.len(), None).iter().map(one).collect::<Vec<_>>().join("\n")
    }

    #[test]
    fn numbered_items_have_their_bullets() {
        assert_snapshot!(shown("1. Ensure that plans:\n\n\u{2022} are short\n\n\u{2022} are shared.\n\n2. Act on audits (paragraph 9)."), @"
        [] 1: Ensure that plans: are short are shared.
        [] 2: Act on audits (paragraph 9).
        ");
    }

    #[test]
    fn a_numbered_line_above_bullets_is_a_theme() {
        assert_snapshot!(shown("1. Quality of practice\n\n\u{2022} Write shorter plans.\n\n\u{2022} Share them.\n\n2. Oversight\n\n\u{2022} Act on audits."), @"
        [Quality of practice] Write shorter plans.
        [Quality of practice] Share them.
        [Oversight] Act on audits.
        ");
    }

    #[test]
    fn no_item_is_empty() {
        assert_snapshot!(shown("1.\n\nPractice with families:\n\n\u{2022} Write shorter plans.\n\n\u{2022} Share them.\n\n2."), @r"
        [Practice with families] Write shorter plans.
        [Practice with families] Share them.
        ");
    }

    #[test]
    fn nothing_to_do_is_no_item() {
        assert_snapshot!(shown("17. The inspection did not find any areas for priority and immediate action."), @"");
    }
}
