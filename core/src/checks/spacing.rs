//! Spacing: the lines of a paragraph follow one another at the distance that all lines of the document have.
//!
//! A list item that lost its mark, or a paragraph that was joined to the one above it, still stands apart from it.

use super::layout::{Line, around, body, doubt, lines, size};
use super::words::beginning;
use super::{Check, Finished, Verdict};
use crate::outline::{Block, Role};
use crate::record::Part;

pub(super) const CHECKS: &[Check] = &[Check {
    name: "line-stands-apart",
    why: "The lines of a paragraph are all the same distance apart, and no list has room for a heading between two items",
    held: (315, 319),
    run: apart,
}];

/// With fewer pairs of lines, nothing is known about how far they are apart.
const FEW: usize = 20;
/// Lines are apart if the distance is this many times the usual one. Items of a list are 1.4 lines apart.
const APART: f32 = 1.25;
/// Further down the page, the text goes on below something else.
const FAR: f32 = 2.5;

fn apart(f: &Finished<'_>, verdict: &mut Verdict) {
    room(f, verdict);
    let mut all: Vec<f32> = body(f).flat_map(|b| steps(b, &lines(b))).map(|(_, step)| step).collect();
    if all.len() < FEW {
        return;
    }
    all.sort_unstable_by(f32::total_cmp);
    let usual = all[all.len() / 2];
    for block in body(f) {
        let lines = lines(block);
        for (at, step) in steps(block, &lines) {
            let [line, next] = [&lines[at], &lines[at + 1]];
            let holds = !(usual * APART..usual * FAR).contains(&step);
            doubt(f, verdict, around(block, line, next), line.page, holds, || {
                format!("the line “{}” stands apart from the one above it", beginning(next.text))
            });
        }
    }
}

/// There is room for a heading between two items if they are this many font sizes further apart than most.
const ROOM: f32 = 1.4;

/// If a heading was lost, what it headed goes on as the section above, below the room that the heading took.
///
/// A single framework report may have an empty line between two items.
fn room(f: &Finished<'_>, verdict: &mut Verdict) {
    if f.record.format.id.starts_with("ofsted.sif.") {
        return;
    }
    let of_body =
        f.doc.blocks.iter().zip(f.parts).filter(|(b, part)| **part == Part::Section && b.is_content());
    let blocks: Vec<&Block> = of_body.map(|(b, _)| b).collect();
    let step = |at: usize| Some((at, between(blocks[at - 1], blocks[at])?));
    let pairs: Vec<(usize, f32)> = (1..blocks.len()).filter_map(step).collect();
    if pairs.len() < FEW_ITEMS {
        return;
    }
    let mut all: Vec<f32> = pairs.iter().map(|(_, step)| *step).collect();
    all.sort_unstable_by(f32::total_cmp);
    let usual = all[all.len() / 2];
    for (at, step) in pairs {
        let next = blocks[at];
        let places = places(f, [blocks[at - 1], next].map(|b| b.text.as_str()));
        let holds = !(usual + ROOM..usual + ROOM + FAR).contains(&step);
        verdict.that_on(next.page, holds, &places, || {
            format!("above “{}” is room for a heading", beginning(next.text.as_str()))
        });
    }
}

/// With fewer pairs of items, nothing is known about how far they are apart.
const FEW_ITEMS: usize = 4;

fn is_item(block: &Block) -> bool {
    matches!(block.role, Role::Bullet(1))
}

/// How far below the last line of an item the next one begins, in font sizes.
fn between(block: &Block, next: &Block) -> Option<f32> {
    if !is_item(block) || !is_item(next) {
        return None;
    }
    let (above, below) = (lines(block), lines(next));
    let (above, below) = (above.last()?, below.first()?);
    let (a, b) = (above.edges()?, below.edges()?);
    (above.page == below.page && b.top > a.top).then(|| (b.top - a.top) / size(block))
}

/// The body, and the lists that hold one of two texts. A joint letter's two lists may have become one.
fn places(f: &Finished<'_>, texts: [&str; 2]) -> Vec<&'static str> {
    let has = |item: &str| texts.iter().any(|text| item.contains(text));
    let improvements = f.record.improvements.iter().any(|i| has(&i.text));
    let strengths = f.record.strengths.iter().any(|s| has(&s.text));
    let joint = f.record.format.id == "ofsted.jtai.inspection" && improvements;
    let all = [("/improvements", improvements), ("/strengths", strengths || joint), ("/sections", true)];
    all.into_iter().filter_map(|(place, holds)| holds.then_some(place)).collect()
}

/// The distances between the lines of a block that stand one below the other, in font sizes, with the index of the
/// upper line.
fn steps(block: &Block, lines: &[Line<'_>]) -> Vec<(usize, f32)> {
    let size = size(block);
    let step = |(at, pair): (usize, &[Line<'_>])| {
        let (a, b) = (pair[0].edges()?, pair[1].edges()?);
        let below = pair[0].page == pair[1].page && b.top > a.top + size * 0.5;
        below.then_some((at, (b.top - a.top) / size))
    };
    lines.windows(2).enumerate().filter_map(step).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::checks::run;
    use crate::outline::Outline;
    use crate::record::{Improvement, Section, SectionBlock, sample};
    use crate::text::{BBox, TextLine, Word};

    /// A paragraph of four lines, the last of which is this far below the third.
    fn block(last: f32) -> Block {
        let mut block = Block { page: 1, last_page: 1, ..Block::default() };
        let tops = [100.0, 114.0, 128.0, 128.0 + last];
        for (number, top) in (0..).zip(tops) {
            let bbox = Some(BBox { x0: 70.0, top, x1: 520.0, bottom: top + 12.0 });
            let word = Word { text: format!("Line{number}"), bbox, ..Word::default() };
            block.text.push_line(1, number, &TextLine { words: vec![word], ..TextLine::default() });
        }
        block.style.size = 12.0;
        block
    }

    #[test]
    fn between_two_items_there_is_no_room_for_a_heading() {
        let item = |top: f32, number: u32| {
            let bbox = Some(BBox { x0: 90.0, top, x1: 520.0, bottom: top + 12.0 });
            let word = Word { text: format!("Plan{number}."), bbox, ..Word::default() };
            let mut block =
                Block { page: 1, last_page: 1, role: Role::Bullet(1), words: 1, ..Block::default() };
            block.text.push_line(1, number, &TextLine { words: vec![word], ..TextLine::default() });
            block.style.size = 12.0;
            block
        };
        let doubted = |format: &str, room: f32| {
            let mut doc = Outline::default();
            doc.blocks.extend((0..5).map(|n| item(100.0 + 20.0 * n as f32, n)));
            doc.blocks.extend((5..8).map(|n| item(100.0 + 20.0 * n as f32 + room, n)));
            let mut record = sample();
            record.format.id = format.into();
            let text = doc.blocks[5].text.as_str().to_owned();
            record.improvements = vec![Improvement { text, ..Improvement::default() }];
            let parts = vec![Part::Section; doc.blocks.len()];
            let finished = Finished { record: &record, doc: &doc, parts: &parts };
            run(&finished, CHECKS.iter()).into_iter().filter_map(|d| d.path).collect::<Vec<_>>().join(" ")
        };
        assert_eq!(doubted("ofsted.jtai.inspection", 26.0), "/improvements /strengths /sections");
        assert_eq!(doubted("ofsted.ilacs.focused-visit", 26.0), "/improvements /sections");
        assert_eq!(doubted("ofsted.jtai.inspection", 8.0), "");
        assert_eq!(doubted("ofsted.sif.inspection", 26.0), "", "an empty line");
    }

    #[test]
    fn a_line_further_below_than_the_others_is_told() {
        let doubted = |last: f32| {
            let mut doc = Outline::default();
            doc.blocks.extend((0..7).map(|_| block(14.0)).chain([block(last)]));
            let mut record = sample();
            let text = doc.blocks[7].text.as_str().to_owned();
            let blocks = vec![SectionBlock::Paragraph { text, number: None }];
            record.sections = vec![Section { blocks, ..Section::default() }];
            let parts = vec![Part::Section; doc.blocks.len()];
            let finished = Finished { record: &record, doc: &doc, parts: &parts };
            run(&finished, CHECKS.iter()).into_iter().filter_map(|d| d.path).collect::<Vec<_>>().join(" ")
        };
        assert_eq!((doubted(14.0), doubted(15.0)), (String::new(), String::new()));
        assert_eq!(doubted(20.0), "/sections/0/blocks/0");
        assert_eq!(doubted(80.0), "", "the text goes on below a picture");
    }
}
