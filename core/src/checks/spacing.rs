//! Spacing: the lines of a paragraph follow one another at the distance that all lines of the document have.
//!
//! A list item that lost its mark, or a paragraph that was joined to the one above it, still stands apart from it.

use super::layout::{Line, around, body, doubt, lines, size};
use super::words::beginning;
use super::{Check, Finished, Verdict};
use crate::outline::Block;

pub(super) const CHECKS: &[Check] = &[Check {
    name: "line-stands-apart",
    why: "The lines of a paragraph are all the same distance apart",
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
    use crate::record::{Part, Section, SectionBlock, sample};
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
