//! Restores paragraph numbers that the engine misread or missed.
//!
//! They are small and isolated, so the engine loses many: it reads "By." for "57.", or only the full stop. Lost
//! numbers between two that were read follow by counting. A number that can't be determined is left out, but the
//! paragraph break is kept.

use super::lines::{Line, LineWord};
use crate::marks::paragraph_number;

/// From this confidence on, a number is taken as read.
const SURE: f32 = 0.85;
/// Where a number may begin relative to the usual left edge of numbers, in font sizes: of some only the full stop
/// was read.
const EDGE: std::ops::Range<f32> = -0.5..1.2;

/// A line that begins with a paragraph number, or with the remnant of one.
struct Entry {
    page: usize,
    line: usize,
    /// The number as read; `None` if it was lost.
    number: Option<u32>,
    sure: bool,
    /// Whether there is a heading between it and the previous entry.
    after_heading: bool,
}

/// Restores lost numbers over all pages.
pub(super) fn restore(pages: &mut [&mut Vec<Line>]) {
    let entries = entries(pages);
    // The last number accepted, and the index of the entry after it. `from` never exceeds the index of the current
    // entry, so the slices below are valid.
    let (mut last, mut from) = (0, 0);
    for (at, entry) in entries.iter().enumerate() {
        let Some(number) = entry.number else { continue };
        // Paragraphs are numbered consecutively, or start again under a heading.
        let heading = (from..=at).rev().find(|i| entries[*i].after_heading).unwrap_or(from);
        let counts =
            [(last, from), (0, heading)].map(|(last, from)| (last + 1, from, last + 1 + (at - from) as u32));
        let next = entries.iter().skip(at + 1).find_map(|e| e.number);
        let lost_digit = last > 0 && next == Some(counts[0].2 + 1) && lacks_digit(number, counts[0].2);
        let counted =
            counts.iter().find(|(_, _, expected)| *expected == number && !lost_digit).or_else(|| {
                // A small number lower than the last begins another list. A number that continues a sequence with its
                // neighbour was not misread.
                let before = entries[from..at].iter().rev().find_map(|e| e.number);
                let in_row = next == Some(number + 1) || before.is_some_and(|b| b + 1 == number);
                let goes_on = last > 0 && !in_row && (number > last || number > 9);
                let misread = |expected: u32| !entry.sure && goes_on && one_digit_apart(number, expected);
                counts.iter().find(|(_, _, expected)| lost_digit || misread(*expected))
            });
        if let Some(&(first, from, _)) = counted {
            for (entry, number) in entries[from..=at].iter().zip(first..) {
                put(&mut pages[entry.page][entry.line].words[0], number);
            }
        } else if !entry.sure {
            continue;
        }
        (last, from) = (counted.map_or(number, |(_, _, expected)| *expected), at + 1);
    }
    for line in pages.iter_mut().flat_map(|p| p.iter_mut()) {
        if line.words[0].lost_number && line.words.len() > 1 {
            line.words.remove(0);
            line.x0 = line.words[0].x0;
            line.blank_before = true;
        }
    }
}

fn entries(pages: &[&mut Vec<Line>]) -> Vec<Entry> {
    let numbered = |l: &&Line| read(&l.words[0]).is_some();
    let mut edges: Vec<f32> = pages.iter().flat_map(|p| p.iter()).filter(numbered).map(|l| l.x0).collect();
    let edge = super::ink::median(&mut edges);
    let mut entries = Vec::new();
    let mut after_heading = false;
    for (page, lines) in pages.iter().enumerate() {
        for (line, it) in lines.iter().enumerate() {
            let first = &it.words[0];
            after_heading |= it.bold;
            let number = read(first);
            if it.bold
                || !EDGE.contains(&((it.x0 - edge) / it.em_or_usual()))
                || number.is_none() && !first.lost_number
            {
                continue;
            }
            let sure = first.confidence.is_none_or(|c| c >= SURE);
            entries.push(Entry { page, line, number, sure, after_heading });
            after_heading = false;
        }
    }
    entries
}

/// Two numbers like 35 and 38, which the engine confuses.
fn one_digit_apart(a: u32, b: u32) -> bool {
    let (a, b) = (a.to_string(), b.to_string());
    a.len() == b.len() && a.bytes().zip(b.bytes()).filter(|(a, b)| a != b).count() == 1
}

/// Whether a number is the other without one of its digits: of "11." only "1." was read.
fn lacks_digit(read: u32, printed: u32) -> bool {
    let (read, printed) = (read.to_string(), printed.to_string());
    let without = |at: usize| printed.chars().enumerate().filter(move |(i, _)| *i != at).map(|(_, c)| c);
    read.len() + 1 == printed.len() && (0..printed.len()).any(|at| without(at).eq(read.chars()))
}

/// The paragraph number that a word was read as.
fn read(word: &LineWord) -> Option<u32> {
    word.text.ends_with('.').then(|| paragraph_number(&word.text)).flatten()
}

fn put(word: &mut LineWord, number: u32) {
    word.lost_number = false;
    let number = format!("{number}.");
    if word.text != number {
        let read = std::mem::replace(&mut word.text, number);
        word.original.get_or_insert(read);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Lines of a page, given by their first words: "-" is the remnant of a number, a leading "?" marks a doubtful
    /// one, "#" a heading.
    fn restored(firsts: &str) -> String {
        let word = |text: &str, confidence: f32| LineWord {
            text: text.into(),
            x1: 10.0,
            bottom: 10.0,
            confidence: Some(confidence),
            lost_number: text == "-",
            ..LineWord::default()
        };
        let line = |first: &str| {
            let sure = if first.starts_with('?') { 0.5 } else { 0.99 };
            let words = vec![word(first.trim_start_matches(['?', '#']), sure), word("Ensure", 0.99)];
            Line { bold: first.starts_with('#'), ..Line::of(words).unwrap() }
        };
        let mut lines: Vec<Line> = firsts.split(' ').map(line).collect();
        restore(&mut [&mut lines]);
        lines.iter().map(|l| l.words[0].text.as_str()).collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn lost_numbers_are_counted() {
        assert_eq!(restored("1. and - 3. - - 6."), "1. and 2. 3. 4. 5. 6.");
        assert_eq!(restored("- - 3. 4."), "1. 2. 3. 4.");
        assert_eq!(restored("9. #Aims - - 3."), "9. Aims 1. 2. 3.");
        assert_eq!(restored("9. 10. 1. 12."), "9. 10. 11. 12.");
        assert_eq!(restored("9. 10. 1. 2."), "9. 10. 1. 2.");
    }

    #[test]
    fn what_cannot_be_counted_is_left_out() {
        assert_eq!(restored("1. - 5. -"), "1. Ensure 5. Ensure");
        assert_eq!(restored("1. \u{2022} 3."), "1. \u{2022} 3.");
    }

    #[test]
    fn a_number_that_breaks_the_row_was_misread() {
        assert_eq!(restored("33. 34. ?38."), "33. 34. 35.");
        assert_eq!(restored("33. ?84. 35."), "33. 34. 35.");
        // A separate list begins, or continues.
        assert_eq!(restored("5. 1. 2."), "5. 1. 2.");
        assert_eq!(restored("4. ?8. 9."), "4. 8. 9.");
        assert_eq!(restored("4. 8."), "4. 8.");
        assert_eq!(restored("30. ?33. ?34. 36."), "30. 33. 34. 36.");
    }

    #[test]
    fn what_was_read_is_kept() {
        let word =
            |text: &str| LineWord { text: text.into(), lost_number: text == "By.", ..LineWord::default() };
        let mut lines: Vec<Line> =
            ["1.", "By.", "3."].iter().map(|t| Line::of(vec![word(t)]).unwrap()).collect();
        restore(&mut [&mut lines]);
        assert_eq!(
            (lines[1].words[0].text.as_str(), lines[1].words[0].original.as_deref()),
            ("2.", Some("By."))
        );
        assert_eq!(lines[2].words[0].original, None);
    }
}
