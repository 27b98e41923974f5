//! Small documents for grammar tests.

use findings_plugin_sdk::outline::Block;
use findings_plugin_sdk::text::{Text, TextLine, Word};

/// A block of lines.
pub fn block(lines: &[&str]) -> Block {
    let mut block = Block::default();
    block.text = text(lines);
    block
}

/// A text of lines.
pub fn text(lines: &[&str]) -> Text {
    let mut text = Text::default();
    for (number, line) in lines.iter().enumerate() {
        let words = line.split(' ').map(|w| Word { text: w.into(), ..Word::default() }).collect();
        text.push_line(1, number as u32, &TextLine { words, ..TextLine::default() });
    }
    text
}
