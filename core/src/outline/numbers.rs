//! Restores paragraph numbers that OCR has missed. If exactly as many unnumbered paragraphs stand between two numbered
//! ones as numbers are missing, they get these numbers.

use super::{Block, Role};
use crate::cut::Cut;

/// At most this many numbers in a row are restored.
const MOST: u32 = 12;

/// Gives unnumbered paragraphs of a recognised text the numbers that are missing between their neighbours.
pub(super) fn fill(blocks: &mut Vec<Block>) {
    // Before the first number, counting starts at the heading above it.
    let mut last: Option<(usize, u32)> = None;
    let mut counted = Vec::new();
    for at in 0..blocks.len() {
        let Some(number) = blocks[at].number.filter(|_| blocks[at].role == Role::Paragraph) else { continue };
        let head =
            || blocks.head(at).iter().rposition(|b| matches!(b.role, Role::Heading(_))).map(|h| (h, 0));
        if let Some((from, before)) = last.or_else(head)
            && let Some(missing) = number.checked_sub(before + 1).filter(|n| (1..=MOST).contains(n))
        {
            let between = from + 1..at;
            let listed = between.clone().any(|i| matches!(blocks[i].role, Role::Bullet(_) | Role::Table));
            let (rests, paragraphs): (Vec<usize>, Vec<usize>) =
                between.filter(|i| blocks[*i].role == Role::Paragraph).partition(|i| is_rest(&blocks[*i]));
            if !listed
                && paragraphs.len() == missing as usize
                && paragraphs.iter().all(|i| is_whole(&blocks[*i]))
            {
                for (number, i) in (before + 1..).zip(paragraphs) {
                    blocks[i].number = Some(number);
                    take_stop(&mut blocks[i]);
                }
                counted.extend(rests);
            }
        }
        last = Some((at, number));
    }
    let mut at = 0..;
    blocks.retain(|_| at.next().is_none_or(|at| !counted.contains(&at)));
}

/// Whether a block may be a misread paragraph number on a separate line: "it." for "11.".
fn is_rest(block: &Block) -> bool {
    block.words == 1 && block.text.as_str().len() <= "111.".len() && block.text.as_str().ends_with('.')
}

/// Removes the full stop from the front of a paragraph: it is what is left of the paragraph's number.
fn take_stop(block: &mut Block) {
    let text = block.text.as_str();
    if text.starts_with(STOP) {
        let len = text.len();
        block.text = block.text.slice(STOP.len()..len);
    }
}

/// The full stop after a number, and the space after that.
const STOP: &str = ". ";

/// Whether a paragraph begins and ends like a complete one.
fn is_whole(block: &Block) -> bool {
    let text = block.text.as_str();
    let text = text.strip_prefix(STOP).unwrap_or(text);
    let begins = text.trim_start_matches(['\u{2018}', '\u{201c}']).starts_with(char::is_uppercase);
    block.words > 6 && begins && text.ends_with(['.', ',', '?'])
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::outline::Outline;
    use crate::text::plain;

    fn numbers(text: &str) -> Vec<Option<u32>> {
        let mut blocks = Outline::build(&plain::read(text)).blocks;
        fill(&mut blocks);
        blocks.iter().filter(|b| b.role == Role::Paragraph).map(|b| b.number).collect()
    }

    #[test]
    fn a_number_that_is_missing_is_that_between_its_neighbours() {
        let one = "Leaders know the services of their area very well.";
        assert_eq!(numbers(&format!("1. {one}\n\n{one}\n\n{one}\n\n4. {one}\n")), [1, 2, 3, 4].map(Some));
        assert_eq!(numbers(&format!("1. {one}\n\n{one}\n\n4. {one}\n")), [Some(1), None, Some(4)]);
        assert_eq!(numbers(&format!("1. {one}\n\n‘{one}\n\n3. {one}\n")), [1, 2, 3].map(Some));
        assert_eq!(numbers(&format!("1. {one}\n\nit.\n\n{one}\n\n3. {one}\n")), [1, 2, 3].map(Some));
        assert_eq!(numbers(&format!("1. {one}\n\n. {one}\n\n3. {one}\n")), [1, 2, 3].map(Some));
        let cut = format!("1. {one}\n\nand their homes, which are warm and dry enough.\n\n3. {one}\n");
        assert_eq!(numbers(&cut)[1], None);
    }
}
