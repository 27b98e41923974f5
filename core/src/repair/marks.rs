//! Restores marks that became something else: bullets that are question marks, footnote numbers stuck to words.

use super::{Repair, RepairKind};
use crate::cut::Cut;
use crate::text::{Page, TextLayer, TextLine, Word};

/// What replaces a character that could not be written.
const LOST: &[&str] = &["?", "\u{fffd}"];

/// A question mark alone before a line's first word, or after the end of a sentence, was a list mark.
pub(super) fn bullets(layer: &mut TextLayer, repairs: &mut Vec<Repair>) {
    for page in &mut layer.pages {
        for line in &mut page.lines {
            for at in 0..line.words.len() {
                if is_bullet(line, at) {
                    let word = &mut line.words[at];
                    let before = std::mem::replace(&mut word.text, "\u{2022}".into());
                    repairs.push(Repair {
                        kind: RepairKind::LostBullet,
                        page: page.number,
                        before: before.clone(),
                        after: "\u{2022}".into(),
                    });
                    word.original = Some(before.as_str().into());
                }
            }
        }
    }
}

fn is_bullet(line: &TextLine, at: usize) -> bool {
    let text = |i: usize| line.words.get(i).map(|w| w.text.as_str());
    if !text(at).is_some_and(|w| LOST.contains(&w)) {
        return false;
    }
    let letter = text(at + 1).is_some_and(|w| w.starts_with(char::is_alphabetic));
    let after_sentence = at > 0 && text(at - 1).is_some_and(|w| w.ends_with(['.', ':', ';']));
    let capital = text(at + 1).is_some_and(|w| w.starts_with(char::is_uppercase));
    letter && (at == 0 && !line.same_row || after_sentence && capital)
}

/// Makes numbers at the end of words ("children2") raised footnote marks again, if a note with that number stands
/// below.
pub(super) fn notes(layer: &mut TextLayer, repairs: &mut Vec<Repair>) {
    for page in &mut layer.pages {
        join_lone_marks(page);
        for (at, number) in note_lines(page) {
            let Some((line, word)) = stuck(page.lines.head(at), &number) else { continue };
            let words = &mut page.lines[line].words;
            let before = words[word].text.clone();
            let stem = before.head(before.len() - number.len()).to_owned();
            let mark = Word { text: number.clone(), superscript: true, ..words[word].clone() };
            words[word].text.clone_from(&stem);
            words.insert(word + 1, mark);
            page.lines[at].words[0].superscript = true;
            repairs.push(Repair {
                kind: RepairKind::RaisedMark,
                page: page.number,
                before,
                after: format!("{stem} {number}"),
            });
        }
    }
}

/// Moves a note's number from a line of its own to the front of the note, if a word of the page ends with that number.
fn join_lone_marks(page: &mut Page) {
    let mut at = page.lines.len() / 2;
    while at + 1 < page.lines.len() {
        let (line, next) = (&page.lines[at], &page.lines[at + 1]);
        let number = number_of(&line.words[0].text);
        let lone = line.words.len() == 1 && is_mark(&number);
        let note = next.words.len() > 3 && next.words[0].text.starts_with(char::is_uppercase);
        if lone && note && stuck(page.lines.head(at), &number).is_some() {
            let mut line = page.lines.remove(at);
            line.words[0].text = number;
            line.words.append(&mut page.lines[at].words);
            page.lines[at] = TextLine { words: line.words, blank_before: true, ..page.lines[at].clone() };
        }
        at += 1;
    }
}

/// The number that a letter alone on its line stands for.
fn number_of(word: &str) -> String {
    if matches!(word, "l" | "I") { "1".into() } else { word.to_owned() }
}

/// Whether a word may be the number of a note.
fn is_mark(word: &str) -> bool {
    (1..=2).contains(&word.len()) && word.bytes().all(|b| b.is_ascii_digit())
}

/// The lines in the lower half of a page that begin like a note: a number without a full stop, then a capital.
fn note_lines(page: &Page) -> Vec<(usize, String)> {
    let from = page.lines.len() / 2;
    let begins = |line: &TextLine| {
        let (first, second) = (line.words.first()?, line.words.get(1)?);
        (is_mark(&first.text) && line.words.len() > 3 && second.text.starts_with(char::is_uppercase))
            .then(|| first.text.clone())
    };
    page.lines.iter().enumerate().skip(from).filter_map(|(i, l)| Some((i, begins(l)?))).collect()
}

/// The only word that ends with this number, as indices of line and word.
fn stuck(lines: &[TextLine], number: &str) -> Option<(usize, usize)> {
    let ends = |w: &Word| {
        w.text.strip_suffix(number).is_some_and(|stem| {
            let letters = stem.trim_end_matches(['.', ',', ';', '?', '\u{2019}', ')']);
            letters.len() > 2
                && letters.chars().all(|c| c.is_alphabetic() || c == '-')
                && letters.ends_with(char::is_lowercase)
        })
    };
    let words = lines
        .iter()
        .enumerate()
        .flat_map(|(l, line)| line.words.iter().enumerate().map(move |(w, word)| (l, w, word)));
    let mut found = words.filter(|(.., word)| ends(word)).map(|(l, w, _)| (l, w));
    found.next().filter(|_| found.next().is_none())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::plain;

    fn repaired(text: &str) -> String {
        let mut layer = plain::read(text);
        let mut repairs = Vec::new();
        bullets(&mut layer, &mut repairs);
        notes(&mut layer, &mut repairs);
        layer.pages[0].lines.iter().map(TextLine::text).collect::<Vec<_>>().join(" / ")
    }

    #[test]
    fn question_marks_before_items_are_bullets() {
        assert_eq!(
            repaired("Improve:\n? Work with young people.\n? Plans."),
            "Improve: / • Work with young people. / • Plans."
        );
        assert_eq!(repaired("It ended. ? Work with them"), "It ended. • Work with them");
        assert_eq!(repaired("Is it so ? It is"), "Is it so ? It is");
    }

    #[test]
    fn a_number_that_sticks_to_a_word_is_a_notes_mark_where_the_note_is() {
        assert_eq!(
            repaired("Cared for children2 are well.\n\n2 Looked after children are called so."),
            "Cared for children 2 are well. / 2 Looked after children are called so."
        );
        assert_eq!(
            repaired("Cared for children2 are well.\n\n2\n\nLooked after children are called so."),
            "Cared for children 2 are well. / 2 Looked after children are called so."
        );
        assert_eq!(
            repaired("Cared for children1 are well.\n\nl\n\nLooked after children are called so."),
            "Cared for children 1 are well. / 1 Looked after children are called so."
        );
        assert_eq!(
            repaired("Cared for children2 are well.\n\n3 Looked after children are called so."),
            "Cared for children2 are well. / 3 Looked after children are called so."
        );
    }
}
