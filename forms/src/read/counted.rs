//! Items that are counted with letters, Roman numerals, numbers or references, and the parts that items have.

use findings_core::grammar::date;
use findings_core::ofsted::body::Item;
use findings_core::outline::{Block, Role};
use findings_core::text::Text;

use super::items::is_item;

/// How the items of a list are counted; all its items are counted the same way.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Count {
    /// "(a)", "(b)"; "a.", "b."
    Letters,
    /// "A.", "B."
    Capitals,
    /// "(i)", "(ii)"; "i.", "ii."
    Numerals,
    /// "1", "2", alone on a line or before a capital.
    Numbers,
    /// "R1", "R2"
    References,
    /// "5.1", "5.2"
    Decimals,
}

/// The counts of what the outline takes for lines of paragraphs.
const LETTERED: &[Count] = &[Count::Letters, Count::Capitals, Count::Numerals];
const ALL: &[Count] =
    &[Count::Letters, Count::Capitals, Count::Numerals, Count::Numbers, Count::References, Count::Decimals];

const NUMERALS: &[&str] = &["i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x", "xi", "xii"];

impl Count {
    /// The length of the mark of the item at a position in the list, counted from 0, if a line begins with it.
    fn mark(self, line: &str, at: usize) -> Option<usize> {
        match self {
            Count::Letters => lettered(line, b'a', at),
            Count::Capitals => lettered(line, b'A', at),
            Count::Numerals => bracketed(line, NUMERALS.get(at)?),
            Count::Numbers => numbered(line, at),
            Count::References => referenced(line, at),
            Count::Decimals => decimal(line, at),
        }
    }

    /// Whether a line begins with a mark that only such a count has.
    fn is_own(self, line: &str) -> bool {
        let numeral = NUMERALS.iter().any(|n| bracketed(line, n).is_some());
        let letter = (0..26).any(|at| lettered(line, b'a', at).is_some());
        match self {
            Count::Letters => letter && !numeral,
            Count::Capitals => (0..26).any(|at| lettered(line, b'A', at).is_some()),
            Count::Numerals => numeral && !letter,
            Count::Numbers | Count::References | Count::Decimals => {
                position(line).is_some_and(|at| self.mark(line, at).is_some())
            }
        }
    }
}

/// The position that the number of a mark gives, counted from 0: 3 for "R4 Train lifeguards.", "1.4 Train …" and "4 Train …".
fn position(line: &str) -> Option<usize> {
    let mark = line.split([' ', ')', ':']).next()?.trim_end_matches('.');
    let digits = mark.rsplit(|c: char| !c.is_ascii_digit()).next()?;
    digits.parse::<usize>().ok()?.checked_sub(1)
}

/// The length of a mark that is a letter, counted from the first one.
fn lettered(line: &str, first: u8, at: usize) -> Option<usize> {
    let letter = u8::try_from(at).ok().filter(|at| *at < 26).map(|at| char::from(first + at))?;
    bracketed(line, letter.encode_utf8(&mut [0; 4]))
}

/// The length of a mark: "(a) ", "a) " or "a. ".
fn bracketed(line: &str, mark: &str) -> Option<usize> {
    let open = usize::from(line.starts_with('('));
    let rest = line[open..].strip_prefix(mark)?;
    let closed = rest.starts_with(") ") || open == 0 && rest.starts_with(". ");
    closed.then_some(open + mark.len() + 2)
}

/// The length of a number. It is alone on its line or before a capital, and is not part of a date.
fn numbered(line: &str, at: usize) -> Option<usize> {
    let rest = line.strip_prefix(&(at + 1).to_string())?;
    let text = rest.trim_start_matches(')').trim_start();
    let begins = rest.starts_with([' ', ')']) && text.starts_with(char::is_uppercase) && date(line).is_err();
    (rest.is_empty() || begins).then(|| line.len() - text.len())
}

/// The length of a reference: "R1 Fit a latch."; "A2. Keep a log."
fn referenced(line: &str, at: usize) -> Option<usize> {
    let letters = line.len() - line.trim_start_matches(|c: char| c.is_ascii_uppercase()).len();
    let rest = line[letters..].strip_prefix(&(at + 1).to_string()).filter(|_| (1..=3).contains(&letters))?;
    let text = rest.trim_start_matches(['.', ')', ':']).trim_start();
    let begins = rest.starts_with(['.', ')', ':', ' ']) && text.starts_with(char::is_uppercase);
    begins.then(|| line.len() - text.len())
}

/// The length of a number of two or more parts, the last of which counts the items: "5.1 Review the plan."
fn decimal(line: &str, at: usize) -> Option<usize> {
    let (number, text) = line.split_once(' ')?;
    let (above, last) = number.trim_end_matches('.').rsplit_once('.')?;
    let digits = |part: &str| (1..=3).contains(&part.len()) && part.bytes().all(|b| b.is_ascii_digit());
    let begins = above.split('.').all(digits) && text.trim_start().starts_with(char::is_uppercase);
    (begins && last == (at + 1).to_string() && date(line).is_err())
        .then(|| line.len() - text.trim_start().len())
}

/// Whether a text begins with the mark of a first item.
pub(crate) fn begins(text: &str) -> bool {
    ALL.iter().any(|count| count.mark(text, 0).is_some_and(|len| len > 0 && len < text.len()))
}

/// How a list's items are counted, if not by the outline's bullets and numbers: whichever comes first counts the items, and what comes
/// below an item counts its parts.
fn count(blocks: &[Block]) -> Option<Count> {
    let first = |block: &Block, counts: &'static [Count]| {
        let lines = block.text.lines();
        lines.iter().find_map(|l| counts.iter().copied().find(|c| c.mark(l.as_str(), 0).is_some()))
    };
    let mut content = blocks.iter().filter(|b| b.is_content());
    let marked = blocks.iter().filter(|b| is_item(b)).count();
    let counts = if marked == 0 { ALL } else { LETTERED };
    let introduced = marked == 1 && blocks.iter().find(|b| is_item(b)).is_some_and(introduces);
    content.find_map(|block| match is_item(block) {
        true if !introduced => Some(None),
        _ => first(block, counts).map(Some),
    })?
}

/// Whether a numbered paragraph introduces the list, and is not its only item: "14. We require the following:".
fn introduces(block: &Block) -> bool {
    let text = block.text.as_str();
    let first = text.split(':').next().unwrap_or_default();
    text.contains(':') && block.number.is_some_and(|n| n > 1 || first.ends_with("following"))
}

/// Items that begin with consecutive marks at the start of a line; empty for lists of bullets and of numbers that the outline has
/// found. Text below an item continues it to the end of its block, and so do parts of it.
pub(super) fn items(blocks: &[Block]) -> Vec<Item> {
    let Some(count) = count(blocks) else { return Vec::new() };
    let mut items: Vec<Item> = Vec::new();
    let mut parts = 0;
    for block in blocks.iter().filter(|b| b.is_content()) {
        let first = items.len();
        for line in block.text.lines() {
            if let Some(len) = count.mark(line.as_str(), items.len()) {
                let text = line.slice(len..line.as_str().len());
                items.push(Item { text, number: None, group: None });
                parts = 0;
                continue;
            }
            let is_part = begins_part(line.as_str(), parts);
            let goes_on = items.len() > first || is_part || is_item(block);
            if let Some(item) = items.last_mut().filter(|_| goes_on) {
                item.text.push_text(" ", &line);
                parts += usize::from(is_part);
            }
        }
    }
    items.retain(|item| !item.text.is_empty());
    items
}

/// Whether some blocks begin with the mark of an item that is not the first.
pub(super) fn goes_on(blocks: &[Block]) -> bool {
    let first = blocks.iter().find(|b| b.is_content()).and_then(|b| b.text.lines().into_iter().next());
    let begins = |line: &Text, at: usize| begins_part(line.as_str(), at);
    first.is_some_and(|line| !begins(&line, 0) && (1..26).any(|at| begins(&line, at)))
}

/// Whether a line begins the part of an item at a position, counted from 0.
fn begins_part(line: &str, at: usize) -> bool {
    LETTERED.iter().any(|count| count.mark(line, at).is_some())
}

/// The blocks, those with lettered parts of a numbered item or bullet joined to it: "1. The provider must:", "(a) fit a latch;".
pub(super) fn with_parts(blocks: &[Block]) -> Vec<Block> {
    let mut joined: Vec<Block> = Vec::new();
    let mut parts = 0;
    for block in blocks.iter().filter(|b| b.is_content()) {
        let lines = block.text.lines();
        let begins = |at: usize| lines.first().is_some_and(|line| begins_part(line.as_str(), at));
        let above = joined
            .last_mut()
            .filter(|above| is_item(above) && !is_item(block) && block.role == Role::Paragraph);
        match above.filter(|_| begins(parts)) {
            Some(above) => above.text.push_text(" ", &block.text),
            None => {
                parts = 0;
                joined.push(block.clone());
            }
        }
        for line in &lines {
            parts += usize::from(begins_part(line.as_str(), parts));
        }
    }
    joined
}

/// The lines that begin like an item of the list, but not like the next, and so were joined to the one before: a mark may have been
/// misread.
pub(super) fn gaps(blocks: &[Block]) -> Vec<Text> {
    let Some(count) = count(blocks) else { return Vec::new() };
    let mut read = 0;
    let mut gaps = Vec::new();
    for block in blocks.iter().filter(|b| b.is_content()) {
        let first = read;
        for line in block.text.lines() {
            if count.mark(line.as_str(), read).is_some() {
                read += 1;
            } else if read > first && count.is_own(line.as_str()) {
                gaps.push(line);
            }
        }
    }
    gaps
}
