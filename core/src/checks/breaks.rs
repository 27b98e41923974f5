//! Block boundaries: a paragraph ends with a sentence, and an item starts with its mark.

use super::holders::{holders, in_team, list_of};
use super::layout::{body, doubt, lines};
use super::words::{beginning, ending, text_of};
use super::{Check, Finished, Verdict};
use crate::cut::Cut;
use crate::outline::unmarked::holds_two;
use crate::outline::{Block, Role};
use crate::record::Part;
use crate::text::LayerKind;

pub(super) const CHECKS: &[Check] = &[
    Check {
        name: "paragraph-breaks-off",
        why: "A paragraph whose last line is full ends with a complete sentence",
        held: (301, 303),
        run: breaks_off,
    },
    Check {
        name: "item-begins-within",
        why: "If the items of a list are one sentence each, no item contains a second one that starts a line; in plain text each mark has a text",
        held: (252, 253),
        run: begins_within,
    },
    Check {
        name: "leaders-in-body",
        why: "Dot leaders belong to a contents page, never to a paragraph",
        held: (319, 319),
        run: leaders,
    },
];

fn breaks_off(f: &Finished<'_>, verdict: &mut Verdict) {
    // OCR may lose a full stop, and plain text has no margin.
    if f.doc.kind != LayerKind::Native {
        return;
    }
    let blocks: Vec<&Block> = body(f).collect();
    for (at, block) in blocks.iter().enumerate() {
        if block.role != Role::Paragraph || !block.is_full() {
            continue;
        }
        let text = block.text.as_str();
        // If the next block has a number or a mark, it can't be the rest of this one, and the full stop is missing in
        // print.
        let goes_on = blocks.get(at + 1).is_none_or(|b| b.role == Role::Paragraph && b.number.is_none());
        if !goes_on || !block.is_open() {
            verdict.that(true, &[], String::new);
            continue;
        }
        let lines = lines(block);
        let Some(last) = lines.last() else { continue };
        let mut pointers = holders(f.record, last.text);
        pointers.retain(|p| !in_team(f, p) && item(f, p).is_none_or(|text| text.ends_with(last.text)));
        let pointers: Vec<&str> = pointers.iter().map(String::as_str).collect();
        verdict.that_on(block.last_page, pointers.is_empty(), &pointers, || {
            format!("“…{}” reaches the margin and does not end its sentence", ending(text))
        });
    }
}

/// The text of a list item. An item that continues past the end of its block has already been joined.
fn item<'a>(f: &Finished<'a>, pointer: &str) -> Option<&'a str> {
    let at = |list: &str| pointer.strip_prefix(list)?.split('/').next()?.parse::<usize>().ok();
    let improvement =
        at("/improvements/").and_then(|at| f.record.improvements.get(at)).map(|i| i.text.as_str());
    improvement.or_else(|| Some(f.record.strengths.get(at("/strengths/")?)?.text.as_str()))
}

/// With at least this many items, a list shows what its items look like.
const LIST: usize = 3;

fn begins_within(f: &Finished<'_>, verdict: &mut Verdict) {
    // Headings separate lists.
    let of_body = f.doc.blocks.iter().zip(f.parts).filter(|(_, part)| **part == Part::Section);
    let blocks: Vec<&Block> = of_body.map(|(b, _)| b).collect();
    let of_one_list = |a: &&Block, b: &&Block| match (a.role, b.role) {
        (Role::Bullet(a), Role::Bullet(b)) => a == b,
        _ => false,
    };
    if f.doc.kind == LayerKind::PlainText {
        marks_apart(f, &blocks, verdict);
    }
    for list in blocks.chunk_by(of_one_list).filter(|list| list.len() >= LIST) {
        let several = list.iter().filter(|b| holds_two(b.text.as_str())).count();
        let alike = (f.doc.kind == LayerKind::PlainText).then(|| Alike::of(list)).flatten();
        for block in list {
            let line = if several == 1 { line_of_another(block) } else { None };
            let line = line.or_else(|| alike.as_ref()?.line_of(block));
            let found = line.and_then(|line| Some((list_with(f, block.text.as_str())?, line)));
            let Some((list, line)) = found else {
                verdict.that(true, &[], String::new);
                continue;
            };
            let pointers = holders(f.record, block.text.as_str());
            let pointers: Vec<&str> = pointers.iter().map(String::as_str).chain([list]).collect();
            verdict.that_on(block.page, false, &pointers, || {
                format!("“{}” begins a sentence and a line, as an item does", beginning(line))
            });
        }
    }
}

/// Where plain text sets marks apart from their items, "◼ / ◼ / Plans … / Visits …", nothing tells where the second
/// item begins.
fn marks_apart(f: &Finished<'_>, blocks: &[&Block], verdict: &mut Verdict) {
    let is_item = |b: &Block| matches!(b.role, Role::Bullet(_));
    for pair in blocks.windows(2).filter(|pair| is_item(pair[0]) && is_item(pair[1])) {
        let text = pair[1].text.as_str();
        if pair[0].text.is_empty() && !text.is_empty() {
            let pointers = holders(f.record, text);
            let pointers: Vec<&str> = pointers.iter().map(String::as_str).collect();
            verdict.that_on(pair[1].page, false, &pointers, || {
                format!("two list marks stand before “{}”", beginning(text))
            });
        }
    }
}

/// The list that contains this item, or whose section does.
fn list_with(f: &Finished<'_>, text: &str) -> Option<&'static str> {
    if f.record.improvements.iter().any(|i| i.text == text) {
        return Some("/improvements");
    }
    if f.record.strengths.iter().any(|s| s.text == text) {
        return Some("/strengths");
    }
    let listed = f.record.sections.iter().filter_map(|s| Some((list_of(&s.kind)?, s)));
    listed.into_iter().find(|(_, s)| s.blocks.iter().any(|b| text_of(b) == Some(text))).map(|(list, _)| list)
}

/// The line that starts a second sentence in an item.
pub(super) fn line_of_another(block: &Block) -> Option<&str> {
    let lines = lines(block);
    let begins = lines
        .windows(2)
        .find(|pair| pair[0].text.ends_with('.') && pair[1].text.starts_with(char::is_uppercase));
    begins.map(|pair| pair[1].text)
}

/// A list whose items all begin with the same word.
struct Alike<'a> {
    begin: &'a str,
    /// The usual length of a full line, in characters.
    full: usize,
}

impl<'a> Alike<'a> {
    fn of(list: &[&'a Block]) -> Option<Self> {
        let begin = first_word(list.first()?.text.as_str());
        if list.iter().any(|b| first_word(b.text.as_str()) != begin) {
            return None;
        }
        // All lines but the last are full.
        let mut full: Vec<usize> = Vec::new();
        for item in list {
            let lines = lines(item);
            full.extend(
                lines.split_last().into_iter().flat_map(|(_, above)| above).map(|l| l.text.chars().count()),
            );
        }
        full.sort_unstable();
        Some(Self { begin, full: *full.get(full.len() / 2)? })
    }

    /// The line of an item that begins as the items do, below a line that had room for it: "… the risks identified /
    /// the level of challenge …".
    fn line_of<'b>(&self, block: &'b Block) -> Option<&'b str> {
        const ROOM: usize = 12;
        let lines = lines(block);
        let has_room = |above: &str| above.chars().count() + self.begin.len() + ROOM < self.full;
        let mut pairs = lines.windows(2);
        let found = pairs.find(|p| first_word(p[1].text) == self.begin && has_room(p[0].text));
        found.map(|pair| pair[1].text)
    }
}

fn first_word(text: &str) -> &str {
    text.split(' ').next().unwrap_or_default()
}

/// Whether dots lead to a number, or to the end. Forms have rows of dots between a label and what is entered.
fn leads_to_number(text: &str, dots: &str) -> bool {
    text.match_indices(dots).any(|(at, _)| {
        let after = text.tail(at).trim_start_matches(['.', ' ']);
        after.is_empty() || after.starts_with(|c: char| c.is_ascii_digit())
    })
}

fn leaders(f: &Finished<'_>, verdict: &mut Verdict) {
    for block in body(f) {
        let text = block.text.as_str();
        let leads = [".....", ". . . . ."].iter().any(|dots| leads_to_number(text, dots));
        doubt(f, verdict, text, block.page, !leads, || {
            format!("“{}” has a row of dots, as a contents page has", beginning(text))
        });
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::checks::run;
    use crate::outline::Outline;
    use crate::record::{Improvement, Section, SectionBlock, sample};
    use crate::text::plain;

    /// The failures for a document whose bullets are improvements.
    fn odd(text: &str) -> Vec<String> {
        let doc = Outline::build(&plain::read(text));
        let mut record = sample();
        let items = doc.blocks.iter().filter(|b| matches!(b.role, Role::Bullet(_)));
        record.improvements =
            items.map(|b| Improvement { text: b.text.as_str().into(), ..Improvement::default() }).collect();
        let paragraph = |b: &Block| SectionBlock::Paragraph { text: b.text.as_str().into(), number: None };
        record.sections =
            vec![Section { blocks: doc.blocks.iter().map(paragraph).collect(), ..Section::default() }];
        let parts = vec![Part::Section; doc.blocks.len()];
        let finished = Finished { record: &record, doc: &doc, parts: &parts };
        let mut codes: Vec<String> = run(&finished, CHECKS.iter()).into_iter().map(|d| d.code).collect();
        codes.dedup();
        codes
    }

    #[test]
    fn an_item_without_its_mark_begins_a_line() {
        let list = |second: &str| {
            format!("• Visits to families.\n• Records of what\n  children say.{second}\n• Supervision.\n")
        };
        assert_eq!(odd(&list("\n  Plans that families can read.")), ["item-begins-within"]);
        assert_eq!(odd(&list(" Plans\n  that families can read.")), [""; 0]);
        assert_eq!(odd(&list("")), [""; 0]);
    }

    #[test]
    fn an_item_without_mark_and_full_stop_begins_as_the_others_do() {
        let list = |second: &str| {
            let long =
                "• the letters that are written to children in their homes\n  and what they say of them\n";
            format!("{long}{long}• the plans for\n  {second} meetings with families\n")
        };
        assert_eq!(odd(&list("the")), ["item-begins-within"]);
        assert_eq!(odd(&list("these")), [""; 0]);
        let full = "• the plans that are made for children in their homes by\n  the meetings with families\n";
        assert_eq!(
            odd(&list("these").replace("• the plans for\n  these meetings with families\n", full)),
            [""; 0]
        );
    }

    #[test]
    fn marks_apart_from_their_items_do_not_show_where_these_begin() {
        let text = "Records of what children say.\nPlans that families can read.\n";
        assert_eq!(odd(&format!("◼\n\n◼\n\n{text}")), ["item-begins-within"]);
        assert_eq!(odd(&format!("◼\n\n{text}")), [""; 0]);
    }

    #[test]
    fn a_contents_page_is_no_paragraph() {
        let said = |dots: &str| {
            odd(&format!("Staff told us of the outcomes for children{dots} and what was done for them.\n"))
        };
        assert_eq!(said(" .......... 12"), ["leaders-in-body"]);
        assert_eq!(said(""), [""; 0]);
    }

    #[test]
    fn dots_lead_to_a_number_in_a_contents_page_and_to_words_in_a_form() {
        let leads = |text| leads_to_number(text, ".....");
        assert!(leads("Our findings ........ 12") && leads("Annex ......"));
        assert!(!leads("Food and drink ........ Met"));
    }
}
