//! Lines for grammar tests.

use findings_plugin_sdk::text::{Text, TextLine, Word};

/// Each line as a text.
pub fn texts(lines: &str) -> Vec<Text> {
    let text = |(n, l): (usize, &str)| {
        let words = l.split_whitespace().map(|w| Word { text: w.into(), ..Word::default() }).collect();
        let mut text = Text::default();
        text.push_line(1, n as u32, &TextLine { words, ..TextLine::default() });
        text
    };
    lines.lines().enumerate().map(text).collect()
}
