//! Which values of a record hold some words of its document.

use crate::record::{Record, SectionBlock};

/// Words that more values hold say nothing of any of them.
const MANY: usize = 50;

/// The pointers of the values that hold these words; the body where none does.
pub(super) fn holders(record: &Record, words: &str) -> Vec<String> {
    let mut found = Vec::new();
    let mut see = |pointer: String, text: &str| {
        if !words.is_empty() && text.contains(words) {
            found.push(pointer);
        }
    };
    see("/inspection/theme".into(), record.inspection.theme.as_deref().unwrap_or_default());
    for (i, item) in record.improvements.iter().enumerate() {
        see(format!("/improvements/{i}/text"), &item.text);
    }
    for (i, item) in record.strengths.iter().enumerate() {
        see(format!("/strengths/{i}/text"), &item.text);
    }
    for (i, figure) in record.figures.iter().enumerate() {
        see(format!("/figures/{i}"), &figure.text);
    }
    for (i, mention) in record.mentions.iter().enumerate() {
        see(format!("/mentions/{i}"), &mention.text);
    }
    for (s, section) in record.sections.iter().enumerate() {
        for (b, block) in section.blocks.iter().enumerate() {
            if let SectionBlock::Paragraph { text, .. } | SectionBlock::Bullet { text, .. } = block {
                see(format!("/sections/{s}/blocks/{b}"), text);
            }
        }
    }
    let in_body = found.iter().any(|p| p.starts_with("/sections/"));
    if found.len() > MANY {
        return vec!["/sections".into()];
    }
    if !in_body {
        found.push("/sections".into());
    }
    found
}
