//! Lines that have run together, and sentences whose full stop has become a comma.

use super::Repair;
use crate::outline::is_clear_mark;
use crate::text::{TextLayer, TextLine, Word};

/// Words that begin a sentence far more often than they follow a comma with a capital.
const OPENERS: &[&str] = &[
    "This",
    "These",
    "The",
    "They",
    "Their",
    "Inspectors",
    "It",
    "There",
    "However",
    "Although",
    "When",
    "While",
    "In",
    "As",
    "For",
    "Where",
    "Some",
    "Most",
    "Many",
    "All",
    "A",
    "An",
    "At",
    "Since",
    "Following",
    "Leaders",
    "Social",
    "Children",
    "Managers",
    "Senior",
    "During",
];

/// Begins a new line at each list mark inside a line: no text has one in the middle.
pub(super) fn split_at_marks(layer: &mut TextLayer) {
    for page in &mut layer.pages {
        let marked = |l: &TextLine| l.words.iter().skip(1).any(|w| is_clear_mark(&w.text));
        if !page.lines.iter().any(marked) {
            continue;
        }
        let lines = std::mem::take(&mut page.lines);
        for mut line in lines {
            let mut rest = Vec::new();
            while let Some(at) = line.words.iter().skip(1).rposition(|w| is_clear_mark(&w.text)) {
                let words = line.words.split_off(at + 1);
                rest.push(TextLine { words, blank_before: false, same_row: false, ..line.clone() });
            }
            page.lines.push(line);
            page.lines.extend(rest.into_iter().rev());
        }
    }
}

/// A comma before a word that begins a sentence was a full stop: "in time, The", "Lee, This letter".
pub(super) fn sentence_ends(layer: &mut TextLayer, repairs: &mut Vec<Repair>) {
    for page in &mut layer.pages {
        let number = page.number;
        let mut before: Option<&mut Word> = None;
        for line in &mut page.lines {
            for word in &mut line.words {
                let opens = OPENERS.contains(&word.text.as_str());
                if let Some(last) = before.take()
                    && opens
                    && let Some(bare) = last.text.strip_suffix(',')
                    && bare.len() > 2
                    && bare.ends_with(char::is_lowercase)
                {
                    let after = format!("{bare}.");
                    let stood = std::mem::replace(&mut last.text, after.clone());
                    if last.original.is_none() {
                        last.original = Some(stood.as_str().into());
                    }
                    repairs.push(Repair { name: "comma-for-full-stop", page: number, before: stood, after });
                }
                before = Some(word);
            }
        }
    }
}
