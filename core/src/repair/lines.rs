//! Separates lines that have run together, and restores full stops that became commas.

use super::vocabulary::Vocabulary;
use super::{Repair, RepairKind};
use crate::cut::Cut;
use crate::grammar::sentence;
use crate::outline::{is_clear_mark, paragraph_number};
use crate::text::{Page, TextLayer, TextLine, Word};

/// Words that begin a sentence far more often than they follow a comma with a capital (besides words that never do).
const OPENERS: &[&str] = &["Inspectors", "It", "A", "Social", "Children", "Managers", "Senior"];
/// Of the words that begin sentences those that begin posts, too: "Ann Lee, Senior Adviser".
const IN_POSTS: &[&str] = &["Senior", "Social", "Specialist", "Foster", "Managers", "Children"];

/// Begins a new line at each list mark inside a line: printed text has none there.
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

/// Moves a page number that has run into the last line of its page to a line of its own: "… services. The 2", "…
/// information4". This needs most pages of the text to end in their numbers.
pub(super) fn split_page_numbers(layer: &mut TextLayer) {
    let number = |line: &TextLine| -> Option<i64> {
        let last = line.words.last()?.text.as_str();
        let digits = last.trim_start_matches(|c: char| !c.is_ascii_digit());
        digits.parse().ok().filter(|_| digits.len() <= 3)
    };
    let shifts: Vec<Option<i64>> =
        layer.pages.iter().map(|page| Some(number(page.lines.last()?)? - i64::from(page.number))).collect();
    let share = |shift: i64| shifts.iter().filter(|s| **s == Some(shift)).count() * 3;
    let Some(shift) = shifts.iter().flatten().copied().find(|s| share(*s) >= shifts.len() * 2) else {
        return;
    };
    if shifts.len() < FEW_PAGES {
        return;
    }
    for (page, _) in layer.pages.iter_mut().zip(&shifts).filter(|(_, s)| **s == Some(shift)) {
        let Some(line) = page.lines.last_mut().filter(|l| l.words.len() > 1) else { continue };
        let Some(word) = line.words.pop() else { continue };
        let letters = word.text.trim_end_matches(|c: char| c.is_ascii_digit()).to_owned();
        let digits = word.text.tail(letters.len()).to_owned();
        if !letters.is_empty() {
            line.words.push(Word { text: letters, ..word.clone() });
        }
        let words = vec![Word { text: digits, ..word }];
        let own = TextLine { words, blank_before: true, same_row: false, ..line.clone() };
        page.lines.push(own);
    }
}

/// With fewer pages than this, numbers at their ends prove nothing.
const FEW_PAGES: usize = 4;

/// A line with more words than this holds at least a paragraph.
const LONG: usize = 40;

/// Begins a new line at each paragraph number inside a line, in a text that has lost its line ends: there
/// "Recommendations 1. Ensure … 2. Ensure …" is one line. Only consecutive numbers count, so a reference to a paragraph
/// does not.
pub(super) fn split_at_numbers(layer: &mut TextLayer) {
    let words = |of: &dyn Fn(&&TextLine) -> bool| -> usize {
        layer.pages.iter().flat_map(|p| &p.lines).filter(of).map(|l| l.words.len()).sum()
    };
    if words(&|l| l.words.len() > LONG) * 2 < words(&|_| true) {
        return;
    }
    let mut rows = Rows::default();
    for page in &mut layer.pages {
        let lines = std::mem::take(&mut page.lines);
        for (n, mut line) in lines.iter().cloned().enumerate() {
            let after = lines.get(n + 1).and_then(|l| l.words.first()).cloned();
            let mut pieces = Vec::new();
            for at in numbers_in(&line, after.as_ref(), &mut rows).into_iter().rev() {
                let words = line.words.split_off(at);
                pieces.push(TextLine { words, blank_before: true, same_row: false, ..line.clone() });
            }
            page.lines.push(line);
            page.lines.extend(pieces.into_iter().rev());
        }
    }
}

/// The last number of each numbering in progress, the most recent at the end. A table on the front page may have a
/// numbering of its own.
#[derive(Default)]
struct Rows(Vec<u32>);

impl Rows {
    /// Whether a number starts a numbering or continues one; if so, records it.
    fn take(&mut self, number: u32) -> bool {
        if number == 1 {
            self.0.push(1);
            return true;
        }
        let Some(at) = self.0.iter().rposition(|last| last + 1 == number) else { return false };
        self.0.remove(at);
        self.0.push(number);
        true
    }
}

/// The words of a line that are paragraph numbers in sequence and do not begin the line.
fn numbers_in(line: &TextLine, after: Option<&Word>, rows: &mut Rows) -> Vec<usize> {
    const REFERS: &[&str] = &["paragraph", "paragraphs", "section", "table", "page", "figure", "and"];
    let mut found = Vec::new();
    for (at, word) in line.words.iter().enumerate() {
        let number = paragraph_number(&word.text).filter(|_| word.text.ends_with('.'));
        let Some(number) = number else { continue };
        let next = line.words.get(at + 1).or(after);
        let begins = next.is_some_and(|w| w.text.starts_with(|c: char| c.is_uppercase()));
        let refers = at > 0 && REFERS.contains(&line.words[at - 1].text.to_lowercase().as_str());
        if begins && !refers && rows.take(number) {
            found.extend((at > 0).then_some(at));
        }
    }
    found
}

/// A line with fewer characters may belong to an address, where commas at the end are right.
const OF_TEXT: usize = 60;
/// A line shorter than this share of its page's full line ends a paragraph, if the next word would have fitted.
const SHORT: f32 = 0.85;

/// Turns a comma at the end of a paragraph or item back into a full stop: the next line begins with a list mark or a
/// number, or with a capital although its first word would have fitted on this line.
pub(super) fn paragraph_ends(layer: &mut TextLayer, repairs: &mut Vec<Repair>) {
    let vocabulary = Vocabulary::get();
    let starts_phrase = |line: &TextLine| {
        let word = line.words.first().map_or("", |w| w.text.as_str());
        let lower = word.to_lowercase();
        let common = !vocabulary.is_proper(&lower) && vocabulary.rank(&lower, false).is_some();
        word.starts_with(char::is_uppercase) && common
    };
    let starts_lower = |page: &Page| {
        let first = page.lines.first().and_then(|l| l.words.first());
        first.is_some_and(|w| w.text.starts_with(char::is_lowercase))
    };
    let mut goes_on: Vec<bool> = layer.pages.iter().skip(1).map(starts_lower).collect();
    goes_on.push(false);
    end_pages(layer, repairs);
    for (page, goes_on) in layer.pages.iter_mut().zip(goes_on) {
        let lengths: Vec<usize> = page.lines.iter().map(|l| l.text().chars().count()).collect();
        let widest = full_line(&lengths) as f32;
        // Running lines end the page: what is above them may continue on the next one.
        let end = page.lines.len() - if goes_on { FOOT.min(page.lines.len()) } else { 0 };
        for at in 0..end {
            let [line, next] = [page.lines.get(at), page.lines.get(at + 1)];
            let (Some(line), Some(next)) = (line, next) else { continue };
            let begins = |w: &Word| {
                is_clear_mark(&w.text) || w.text.ends_with('.') && paragraph_number(&w.text).is_some()
            };
            let marked = |l: &TextLine| l.words.first().is_some_and(begins);
            // No address is numbered line by line.
            let numbered = next.words.first().is_some_and(|w| begins(w) && !is_clear_mark(&w.text));
            let long = lengths.part(at.saturating_sub(1)..at + 1).iter().any(|n| *n > OF_TEXT);
            let of_text = marked(line) || numbered || long;
            let first = next.words.first().map_or(0, |w| w.text.chars().count());
            let room = ((lengths[at] + 1 + first) as f32) < widest * SHORT;
            let short = marked(line) && next.words.len() <= TITLE && is_like_heading(next);
            let heading = next.blank_before || room && is_like_heading(next) || short;
            let ends = marked(next) || room && starts_phrase(next) || heading && starts_upper(next);
            if !(of_text && ends) {
                continue;
            }
            if let Some(last) = page.lines[at].words.last_mut() {
                repairs.extend(full_stop(last, page.number));
            }
        }
    }
}

/// Turns a comma at the end of a page, above its number, into a full stop if the next page begins with a capital or a
/// number.
fn end_pages(layer: &mut TextLayer, repairs: &mut Vec<Repair>) {
    let begins = |page: &Page| {
        let first = page.lines.first().and_then(|l| l.words.first());
        first.is_some_and(|w| {
            w.text.starts_with(char::is_uppercase)
                || w.text.ends_with('.') && paragraph_number(&w.text).is_some()
        })
    };
    let begins: Vec<bool> = layer.pages.iter().skip(1).map(begins).collect();
    for (page, _) in layer.pages.iter_mut().zip(begins).filter(|(_, begins)| *begins) {
        let number = |l: &TextLine| l.words.iter().all(|w| w.text.bytes().all(|b| b.is_ascii_digit()));
        let last = page.lines.iter_mut().rev().find(|l| !number(l)).filter(|l| l.words.len() > TITLE);
        if let Some(word) = last.and_then(|l| l.words.last_mut()) {
            repairs.extend(full_stop(word, page.number));
        }
    }
}

/// A heading of so few words below an item is one however long the item's last line is.
const TITLE: usize = 3;

/// Running lines at the end of a page, with the line above them, are at most this many lines.
const FOOT: usize = 4;

/// The length of a full line. The longest twentieth is ignored: those may be lines that ran together.
fn full_line(lengths: &[usize]) -> usize {
    let mut sorted = lengths.to_vec();
    sorted.sort_unstable();
    sorted.iter().rev().nth(lengths.len() / 20).copied().unwrap_or(0)
}

fn starts_upper(line: &TextLine) -> bool {
    line.words.first().is_some_and(|w| w.text.starts_with(char::is_uppercase))
}

/// Whether a line looks like a heading: a few words without punctuation at the end.
fn is_like_heading(line: &TextLine) -> bool {
    let last = line.words.last().map_or("", |w| w.text.as_str());
    line.words.len() <= 8 && last.ends_with(char::is_lowercase)
}

/// Replaces the comma at a word's end by a full stop.
fn full_stop(word: &mut Word, page: u32) -> Option<Repair> {
    let bare = word.text.strip_suffix(',')?;
    if bare.len() <= 2 || !bare.ends_with(|c: char| c.is_lowercase() || c.is_ascii_digit()) {
        return None;
    }
    let after = format!("{bare}.");
    Some(Repair::of(word, after, RepairKind::CommaForFullStop, page))
}

/// Whether a word is a common one in lower case, and no "ltalso" that may have been "It also".
fn is_common(word: &str) -> bool {
    let word = word.trim_end_matches(['.', ';', ':']);
    let letters = word.len() > 1 && word.bytes().all(|b| b.is_ascii_lowercase());
    letters && Vocabulary::get().rank(word, false).is_some()
}

/// Replaces the full stop at a word's end by a comma. An abbreviation keeps its full stop.
fn comma(word: &mut Word, page: u32) -> Option<Repair> {
    let bare = word.text.strip_suffix('.').filter(|bare| bare.len() > 3 && is_common(bare))?;
    let after = format!("{bare},");
    Some(Repair::of(word, after, RepairKind::FullStopForComma, page))
}

/// Turns a comma before a word that begins sentences back into a full stop: "in time, The", "Lee, This letter";
/// and a full stop before a word in lower case into a comma: "in time. and well".
pub(super) fn sentence_ends(layer: &mut TextLayer, repairs: &mut Vec<Repair>) {
    for page in &mut layer.pages {
        let number = page.number;
        let mut words: Vec<&mut Word> = page.lines.iter_mut().flat_map(|line| &mut line.words).collect();
        for at in 1..words.len() {
            let text = words[at].text.trim_end_matches(',').to_owned();
            let goes_on = words.get(at + 1).is_some_and(|next| next.text.starts_with(char::is_lowercase));
            let opens = OPENERS.contains(&&*text) || sentence::begins(&text);
            let opens = opens && (goes_on || !IN_POSTS.contains(&&*text));
            let last = &mut *words[at - 1];
            repairs.extend(opens.then(|| full_stop(last, number)).flatten());
            repairs.extend(is_common(&text).then(|| comma(last, number)).flatten());
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::plain;

    fn split(text: &str) -> String {
        let mut layer = plain::read(text);
        split_at_numbers(&mut layer);
        let lines = layer.pages.iter().flat_map(|p| &p.lines);
        lines.map(|l| l.text().chars().take(23).collect::<String>()).collect::<Vec<_>>().join(" / ")
    }

    #[test]
    fn a_paragraph_ends_in_a_full_stop() {
        let shown = |text: &str| {
            let mut layer = plain::read(text);
            paragraph_ends(&mut layer, &mut Vec::new());
            let lines = layer.pages.iter().flat_map(|p| &p.lines);
            lines.filter_map(|l| Some(l.words.last()?.text.clone())).collect::<Vec<_>>().join(" ")
        };
        let long = "Leaders know their services well and have made sure that all homes are warm,";
        assert_eq!(
            shown(&format!("{long}\nand dry,\nManagers read letters,\nwhich is good.\n")),
            "warm, dry. letters, good."
        );
        assert_eq!(
            shown("\u{2022} warm homes,\n\u{2022} dry rooms,\nMain findings\n"),
            "homes. rooms. findings"
        );
        assert_eq!(shown("be warm,\n33. Managers wrote\n"), "warm. wrote");
        assert_eq!(shown("Town Hall,\nHigh Street,\nWexcombe\n"), "Hall, Street, Wexcombe");
    }

    #[test]
    fn a_comma_before_a_post_stays() {
        let shown = |text: &str| {
            let mut layer = plain::read(text);
            sentence_ends(&mut layer, &mut Vec::new());
            layer.pages[0].lines[0].text()
        };
        assert_eq!(shown("Ann Lee, Senior Adviser, and Jo Kay"), "Ann Lee, Senior Adviser, and Jo Kay");
        assert_eq!(shown("homes are warm, Senior leaders know"), "homes are warm. Senior leaders know");
    }

    #[test]
    fn a_line_that_ran_into_another_does_not_make_the_others_short() {
        let line = "The inspectors who came to see these homes in the spring were Ann Lee,\nWexcombe council's own guest.\n";
        let text = format!("{}{}", line.repeat(12), "word ".repeat(30));
        let mut layer = plain::read(&text);
        paragraph_ends(&mut layer, &mut Vec::new());
        assert_eq!(layer.pages[0].lines[0].words.last().map(|w| w.text.as_str()), Some("Lee,"));
    }

    #[test]
    fn page_numbers_that_ran_into_the_last_line_stand_alone() {
        let shown = |text: &str| {
            let mut layer = plain::read(text);
            split_page_numbers(&mut layer);
            let lines = layer.pages.iter().flat_map(|p| &p.lines);
            lines.map(TextLine::text).collect::<Vec<_>>().join(" / ")
        };
        assert_eq!(
            shown(
                "Homes are warm. The 1\n\x0cplan is good.\n2\n\x0cThey share information3\n\x0cand letters. 4\n"
            ),
            "Homes are warm. The / 1 / plan is good. / 2 / They share information / 3 / and letters. / 4"
        );
        // The other pages don't end in their numbers.
        let text = "It saw 1\n\x0cor 9\n\x0cof the\n\x0chomes\n";
        assert_eq!(shown(text), "It saw 1 / or 9 / of the / homes");
    }

    #[test]
    fn numbered_paragraphs_of_one_line_are_lines() {
        let said = "that children are seen in time by somebody who knows them ".repeat(5);
        let text = format!(
            "1. Good\n\nRecommendations 1. Ensure {said}as paragraph 2. Says.\n\nTraining 2. Ensure {said}in 2014. It was."
        );
        assert_eq!(
            split(&text),
            "1. Good / Recommendations / 1. Ensure that children / Training / 2. Ensure that children"
        );
        // Lines of ordinary length are left alone.
        let printed = "As section\n1. Ensure that\nall 2. Ensure";
        assert_eq!(split(printed), "As section / 1. Ensure that / all 2. Ensure");
    }
}
