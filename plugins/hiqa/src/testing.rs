//! Small documents for grammar tests, made of lines with positions.

use findings_plugin_sdk::outline::{Block, Outline};
use findings_plugin_sdk::text::{BBox, Text, TextLine, Word};

/// A line: page, left, top, words.
pub type Line<'a> = (u32, f32, f32, &'a str);

/// A document with one block per line.
pub fn outline(lines: &[Line]) -> Outline {
    let blocks = lines.iter().enumerate().map(|(number, line)| block(number as u32, line)).collect();
    Outline { blocks, ..Outline::default() }
}

#[allow(clippy::field_reassign_with_default)] // one of the fields is the outline's own
fn block(number: u32, (page, left, top, words): &Line) -> Block {
    let mut x0 = *left;
    let words = words.split(' ').map(|w| {
        let x1 = x0 + 6.0 * w.chars().count() as f32;
        let bbox = Some(BBox { x0, top: *top, x1, bottom: top + 12.0 });
        x0 = x1 + 4.0;
        Word { text: w.into(), bbox, ..Word::default() }
    });
    let line = TextLine { words: words.collect(), ..TextLine::default() };
    let mut text = Text::default();
    text.push_line(*page, number, &line);
    let mut block = Block::default();
    block.words = line.words.len() as u32;
    block.text = text;
    (block.page, block.last_page) = (*page, *page);
    block
}
