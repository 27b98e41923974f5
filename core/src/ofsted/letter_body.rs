//! The body of a letter: its headings, and the lists under them.

use crate::cut::Cut;
use std::ops::Range;

use super::body::{self, Head, Item, SectionSpan};
use crate::grammar::label::{any_label, contains_label, is_label, label};
use crate::outline::{Block, Outline, Role};
use crate::record::{Draft, Status};

/// A heading has at most this many words.
const HEADING_WORDS: u32 = 30;

/// The headings that consist of one word.
pub const LONE: &[&str] = &["Overview", "Context", "Findings", "Strengths"];

/// Reads the body as sections. Text before the first heading becomes a section of kind `opening`.
pub fn sections(
    doc: &Outline,
    draft: &mut Draft,
    range: Range<usize>,
    opening: &'static str,
) -> Vec<SectionSpan> {
    let from = range.start;
    let (heads, resumed) = heads(doc.blocks.get(range.clone()).unwrap_or_default());
    let head = |at: usize, _: &Block| heads[at - from].clone();
    body::sections_and_boxes(doc, draft, range, opening, head, |at| resumed.contains(&(at - from)))
}

/// Which blocks are headings and at what level (the form's are at level 1); and which blocks continue the numbered
/// findings after a boxed example.
fn heads(blocks: &[Block]) -> (Vec<Option<Head>>, Vec<usize>) {
    let what_needs = blocks.iter().any(|b| kind_of(b) == Some("improvements") && is_what_needs(b));
    let form = blocks.iter().find(|b| kind_of(b).is_some()).map(|b| b.style);
    let mut heads = Vec::with_capacity(blocks.len());
    // The kind of the form's last heading, and whether minor headings have occurred under it.
    let (mut under, mut minor) = (None, false);
    // The last paragraph number, and whether a boxed example has come after it.
    let (mut number, mut boxed) = (None, false);
    let mut resumed = Vec::new();
    for (at, block) in blocks.iter().enumerate() {
        if let Some(own) = block.number.filter(|_| block.role == Role::Paragraph) {
            let goes_on = boxed && under == Some("findings") && number.map(|n: u32| n + 1) == Some(own);
            number = Some(own);
            boxed = boxed && !goes_on;
            resumed.extend(goes_on.then_some(at));
            heads.push(goes_on.then_some(Head { level: 2, kind: "findings", grade: None }));
            continue;
        }
        let level = match kind_of(block) {
            // Under "Findings" a letter may repeat what needs to improve: that belongs to the findings.
            Some("improvements") if what_needs && !is_what_needs(block) => Some((1, "findings")),
            Some(kind) => Some((1, kind)),
            None if !is_own_heading(block) => None,
            None if is_study(block) => Some((2, "other")),
            None => {
                minor = minor || form.is_some_and(|s| s != block.style) || opens_minor(blocks, at, under);
                Some((if minor { 2 } else { 1 }, "other"))
            }
        };
        if kind_of(block).is_some() {
            (under, minor) = (level.map(|(_, kind)| kind), false);
        }
        boxed = level.map_or(boxed, |_| is_study(block));
        heads.push(level.map(|(level, kind)| Head { level, kind, grade: None }));
    }
    (heads, resumed)
}

/// Whether a letter's own heading is a minor one, although it looks like the form's: it directly follows one of the
/// form's headings, or more items of a list follow it.
fn opens_minor(blocks: &[Block], at: usize, under: Option<&str>) -> bool {
    let text = |b: &&Block| b.is_content();
    let before = blocks.head(at).iter().rev().find(text);
    let after = blocks.tail(at + 1).iter().find(text);
    let list = matches!(under, Some("improvements" | "priority-action" | "strengths"));
    before.is_some_and(|b| kind_of(b).is_some())
        || list && after.is_some_and(|b| matches!(b.role, Role::Bullet(_)))
}

/// Whether a block is a heading.
pub fn is_heading(block: &Block) -> bool {
    kind_of(block).is_some() || is_own_heading(block)
}

/// Whether a block looks like a heading, and is neither a sentence nor the introduction of a list.
fn is_own_heading(block: &Block) -> bool {
    let text = body::heading_text(block).trim_end_matches(['\u{2019}', '\u{201d}']);
    matches!(block.role, Role::Heading(_)) && !text.ends_with(['.', ':', ',', ';'])
}

fn is_what_needs(block: &Block) -> bool {
    any_label(&["What needs to improve"])(block.text.as_str()).is_ok()
}

/// Whether a line of plain text is the title of a boxed example: "Case study: …", "A place to be: highly effective
/// practice".
pub fn begins_study(line: &str) -> bool {
    const KINDS: &[&str] = &["highly effective practice", "area for improvement", "area(s) for improvement"];
    let named = ["Case study:", "Practice study:"].iter().any(|s| label(s)(line).is_ok());
    let told = line.starts_with(char::is_uppercase)
        && line.split_once(": ").is_some_and(|(_, kind)| KINDS.contains(&kind.trim_end()));
    // "… improvement A 15-year-old child": the "A" already belongs to the text.
    (named || told) && line.split(' ').count() <= 8 && !line.ends_with(" A")
}

/// Whether a heading is the title of a boxed example: "Case study: highly effective practice"; "Practice study: area
/// for improvement".
fn is_study(block: &Block) -> bool {
    ["case study", "practice study", "effective practice"]
        .iter()
        .any(|p| contains_label(block.text.as_str(), p))
}

/// The items under a section's heading and under its minor headings, without boxed examples. A list that a boxed
/// example interrupts is continued after it.
pub fn items(doc: &Outline, spans: &[SectionSpan], at: usize, draft: &Draft) -> Vec<Item> {
    let level = |s: &SectionSpan| draft.record.sections[s.index].level;
    let minor = spans.tail(at + 1).iter().take_while(|s| level(s) > level(&spans[at]));
    let mut blocks: Vec<usize> = spans[at].blocks.clone().collect();
    for span in minor {
        if span.heading.is_some_and(|h| is_study(&doc.blocks[h])) {
            blocks.extend(resumed(doc, &blocks, span));
        } else {
            blocks.extend(span.heading.into_iter().chain(span.blocks.clone()));
        }
    }
    body::items(doc, blocks.into_iter())
}

/// The blocks after a boxed example that continue the list before it: from the first item whose mark is aligned with
/// the list's marks. If the example's own text begins with such an item, the two can't be told apart.
fn resumed(doc: &Outline, list: &[usize], study: &SectionSpan) -> Range<usize> {
    let none = study.blocks.end..study.blocks.end;
    let bullet = |b: &&Block| matches!(b.role, Role::Bullet(1));
    let Some(last) = list.iter().rev().map(|at| &doc.blocks[*at]).find(bullet) else { return none };
    let alike = |b: &Block| {
        let lefts = last.bbox.zip(b.bbox).map(|(x, y)| (x.x0 - y.x0).abs());
        matches!(b.role, Role::Bullet(1)) && b.mark == last.mark && lefts.is_some_and(|d| d < 2.0)
    };
    let text = |at: &usize| doc.blocks[*at].is_content();
    let mut own = study.blocks.clone().filter(text);
    let first = own.next();
    match study.blocks.clone().find(|at| alike(&doc.blocks[*at])) {
        Some(from)
            if Some(from) != first
                && doc.blocks[from].page > doc.blocks[study.heading.unwrap_or(from)].page =>
        {
            from..study.blocks.end
        }
        _ => none,
    }
}

/// Adds what needs to improve and the priority actions, in printed order.
pub fn improvements(doc: &Outline, draft: &mut Draft, spans: &[SectionSpan], addressed_to: &str, rule: &str) {
    let kinds = [("improvements", "area-for-improvement"), ("priority-action", "priority-action")];
    let mut headed = false;
    for (at, span) in spans.iter().enumerate() {
        let Some((_, kind)) = kinds.iter().find(|(section, _)| *section == span.kind) else { continue };
        headed = true;
        let items = items(doc, spans, at, draft);
        body::add_improvements(draft, items, kind, addressed_to, rule);
    }
    if draft.record.improvements.is_empty() {
        let said = spans.iter().any(|s| s.kind == "improvements" && !s.blocks.is_empty());
        draft.absent("/improvements", if headed && !said { Status::NotRead } else { Status::NotStated });
        if headed && !said {
            draft.warn(
                "improvements-not-read",
                Some("/improvements"),
                None,
                "a heading has no list under it",
            );
        }
    }
}

/// The kind of section that a block begins, if it is one of a letter's headings.
pub fn kind_of(block: &Block) -> Option<&'static str> {
    let text = body::heading_text(block);
    let looks = matches!(block.role, Role::Heading(_)) || block.style.bold;
    let found = heading(text).or_else(|| loose_heading(text).filter(|_| looks));
    found.filter(|_| block.words <= HEADING_WORDS)
}

/// `heading = "Overview" / "Headline findings" / "What needs to improve" [in-this-area] / "Findings" / …`: the headings
/// of letters, each a whole line.
///
/// "Main findings"; "What needs to improve in this area of social work practice?1"; "Areas for priority action:"
pub fn heading(line: &str) -> Option<&'static str> {
    const HEADINGS: &[(&str, &str)] = &[
        ("Overview", "overview"),
        ("Context", "other"),
        ("Headline findings", "headline-findings"),
        ("Summary of findings", "headline-findings"),
        ("What needs to improve", "improvements"),
        ("What needs improvement", "improvements"),
        ("What needs to improve in this area of social work practice", "improvements"),
        ("What needs to improve in this area of practice", "improvements"),
        ("What needs to improve in this area of work", "improvements"),
        ("Areas for improvement", "improvements"),
        ("Area for improvement", "improvements"),
        ("Area(s) for improvement", "improvements"),
        ("Areas for priority action", "priority-action"),
        ("Area for priority action", "priority-action"),
        ("Area(s) for priority action", "priority-action"),
        ("Findings", "findings"),
        ("Main findings", "findings"),
        ("Findings and evaluation of progress", "findings"),
        ("Strengths", "strengths"),
        ("Key strengths", "strengths"),
        ("Next steps", "next-steps"),
        ("Context", "other"),
        ("Areas covered by the visit", "about-inspection"),
    ];
    let found = HEADINGS.iter().find(|(phrase, _)| is_label(line, phrase)).map(|(_, kind)| *kind);
    found.filter(|_| line.starts_with(char::is_uppercase))
}

/// A line that is set as a heading may contain more words: "What needs to improve in this service?"
fn loose_heading(line: &str) -> Option<&'static str> {
    let starts = |phrase: &str| any_label(&[phrase])(line).is_ok();
    if starts("What needs to improve") || starts("What needs improvement") {
        Some("improvements")
    } else if starts("Areas for priority action") || starts("Area for priority action") {
        Some("priority-action")
    } else {
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use insta::assert_snapshot;

    #[test]
    fn boxed_examples_have_a_title() {
        assert!(begins_study("Practice study: area for improvement"));
        assert!(begins_study("A place to be: highly effective practice"));
        assert!(!begins_study(
            "They saw this: highly effective practice in all of the services that were visited"
        ));
        assert!(!begins_study("highly effective practice"));
    }

    #[test]
    fn an_item_that_announces_more_has_what_follows() {
        let doc = crate::ofsted::testing::outline(
            "• The quality of plans, including for:\n\n• disabled children\n\n• young carers\n\n• Minutes of meetings.",
        );
        let items = body::items(&doc, 0..doc.blocks.len());
        let texts: Vec<&str> = items.iter().map(|item| item.text.as_str()).collect();
        assert_eq!(
            texts,
            ["The quality of plans, including for: disabled children young carers", "Minutes of meetings."]
        );
    }

    #[test]
    fn headings_are_whole_lines() {
        let kind = |l| heading(l).unwrap_or("-");
        assert_snapshot!(kind("What needs to improve in this area of social work practice?1"), @"improvements");
        assert_snapshot!(kind("Areas for priority action:"), @"priority-action");
        assert_snapshot!(kind("Main Findings"), @"findings");
        assert_snapshot!(kind("Headline findings."), @"headline-findings");
        assert_snapshot!(kind("Case study: areas for improvement"), @"-");
        assert_snapshot!(kind("next steps."), @"-");
        assert_snapshot!(kind("Overview and scrutiny are strong"), @"-");
    }
}
