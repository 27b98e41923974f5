//! Where blocks end and begin on the page: a sentence ends with its paragraph, an item begins with its mark.

use super::holders::{holders, in_team, list_of};
use super::layout::{body, doubt, lines};
use super::words::{beginning, ending, text_of};
use super::{Check, Finished, Verdict};
use crate::cut::Cut;
use crate::outline::{Block, Role};
use crate::record::Part;
use crate::text::LayerKind;

pub(super) const CHECKS: &[Check] = &[
    Check {
        name: "paragraph-breaks-off",
        why: "A paragraph whose last line reaches the margin ends with its sentence",
        held: (301, 303),
        run: breaks_off,
    },
    Check {
        name: "item-begins-within",
        why: "Where each of a list's items is one sentence, none holds another that begins with a line",
        held: (252, 253),
        run: begins_within,
    },
    Check {
        name: "leaders-in-body",
        why: "Rows of dots lead to page numbers, and stand in no paragraph",
        held: (319, 319),
        run: leaders,
    },
];

fn breaks_off(f: &Finished<'_>, verdict: &mut Verdict) {
    // Of what was recognised a full stop may be lost, and plain text has no margin.
    if f.doc.kind != LayerKind::Native {
        return;
    }
    let blocks: Vec<&Block> = body(f).collect();
    for (at, block) in blocks.iter().enumerate() {
        if block.role != Role::Paragraph || !block.is_full() {
            continue;
        }
        let text = block.text.as_str();
        // What comes next with a number or a mark is nobody's rest: there, a full stop is missing in print.
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

/// The text of a list's item. One that goes on behind the end of a block was put together again.
fn item<'a>(f: &Finished<'a>, pointer: &str) -> Option<&'a str> {
    let at = |list: &str| pointer.strip_prefix(list)?.split('/').next()?.parse::<usize>().ok();
    let improvement =
        at("/improvements/").and_then(|at| f.record.improvements.get(at)).map(|i| i.text.as_str());
    improvement.or_else(|| Some(f.record.strengths.get(at("/strengths/")?)?.text.as_str()))
}

/// So many items make a list that shows what its items are like.
const LIST: usize = 3;

fn begins_within(f: &Finished<'_>, verdict: &mut Verdict) {
    // A heading stands between two lists.
    let of_body = f.doc.blocks.iter().zip(f.parts).filter(|(_, part)| **part == Part::Section);
    let blocks: Vec<&Block> = of_body.map(|(b, _)| b).collect();
    let of_one_list = |a: &&Block, b: &&Block| match (a.role, b.role) {
        (Role::Bullet(a), Role::Bullet(b)) => a == b,
        _ => false,
    };
    for list in blocks.chunk_by(of_one_list).filter(|list| list.len() >= LIST) {
        let several = list.iter().filter(|b| holds_another(b.text.as_str())).count();
        for block in list {
            let line = if several == 1 { line_of_another(block) } else { None };
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

/// The list that has an item of this text, or whose section has.
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

/// Whether another sentence begins in a text.
fn holds_another(text: &str) -> bool {
    text.match_indices(". ").any(|(at, stop)| {
        text.head(at).ends_with(char::is_lowercase)
            && text.tail(at + stop.len()).starts_with(char::is_uppercase)
    })
}

/// The line that another sentence of an item begins.
pub(super) fn line_of_another(block: &Block) -> Option<&str> {
    let lines = lines(block);
    let begins = lines
        .windows(2)
        .find(|pair| pair[0].text.ends_with('.') && pair[1].text.starts_with(char::is_uppercase));
    begins.map(|pair| pair[1].text)
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

    /// What is odd about a text whose bullets are improvements.
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
