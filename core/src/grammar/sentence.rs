//! Splits text into sentences.

use super::label::any_label;
use crate::cut::Cut;

/// Words that begin sentences: about half of some 50,000 sentences of real reports begin with one of these. Only three
/// reports have one of them capitalised elsewhere, before a lower-case word.
const BEGINS: &[&str] = &[
    "Additional",
    "All",
    "Almost",
    "Although",
    "An",
    "Arrangements",
    "As",
    "Assessments",
    "At",
    "Careful",
    "Decisions",
    "Despite",
    "During",
    "Early",
    "Effective",
    "Ensure",
    "Following",
    "For",
    "Foster",
    "Further",
    "However",
    "Improve",
    "In",
    "Leaders",
    "Many",
    "Most",
    "No",
    "Not",
    "Once",
    "Over",
    "Political",
    "Practitioners",
    "Regular",
    "Risks",
    "Significant",
    "Since",
    "Social",
    "Some",
    "Specialist",
    "Strengthen",
    "Strong",
    "The",
    "Their",
    "There",
    "These",
    "They",
    "This",
    "Thresholds",
    "Through",
    "Timely",
    "Too",
    "Until",
    "When",
    "Where",
    "While",
];

/// Whether a capitalised word begins a sentence: it is rarely capitalised elsewhere.
pub fn begins(word: &str) -> bool {
    word.starts_with(|c: char| c.is_ascii_uppercase()) && BEGINS.contains(&word) // nearly all words begin small
}

/// The sentences of a text, in order, each with its final punctuation.
///
/// "They met on 3 May. St. Ives was quiet." has two. A full stop ends a sentence if white space and a capital or digit
/// follow (perhaps in brackets or quotation marks) and it is not part of an abbreviation. A footnote mark after it
/// belongs to the sentence before.
pub fn sentences(text: &str) -> impl Iterator<Item = &str> {
    let mut rest = text.trim();
    std::iter::from_fn(move || {
        if rest.is_empty() {
            return None;
        }
        let end = sentence_end(rest);
        let (sentence, after) = rest.split_at(end);
        rest = after.trim_start();
        Some(sentence)
    })
}

/// A sentence without its full stop and anything misprinted beside it (a quotation mark, a second stop).
///
/// "the ‘front door’." → "the ‘front door’"; "planning.’ " → "planning"
pub fn without_stop(sentence: &str) -> &str {
    let stops = |s: &str| s.trim_end_matches(['.', ';', ',']).trim_end().len();
    let text = sentence.trim_end();
    let bare = text.trim_end_matches(['\u{2019}', '\u{201d}']);
    if bare.len() < text.len() && bare.ends_with('.') {
        bare.head(stops(bare))
    } else {
        text.head(stops(text))
    }
}

fn sentence_end(text: &str) -> usize {
    for (at, c) in text.char_indices() {
        if !matches!(c, '.' | '?' | '!') {
            continue;
        }
        let after = text.tail(at + 1).trim_start_matches(['\u{2019}', '\u{201d}', '\'', '"', ')']);
        let next = without_mark(text.head(at), after);
        let opened = next.trim_start().trim_start_matches(['\u{2018}', '\u{201c}', '\'', '"', '(']);
        let begins = |c: char| c.is_uppercase() || c.is_ascii_digit();
        let divides = next.starts_with(char::is_whitespace) && opened.starts_with(begins);
        if (divides || next.trim().is_empty()) && !(c == '.' && abbreviates(text.head(at))) {
            return text.len() - next.len();
        }
    }
    text.len()
}

/// The text after a footnote mark that follows a full stop: "(para. 12).1 Three", "in 2019.2 Three". Digits after a
/// number ("2.5") are decimals, not a mark.
fn without_mark<'a>(before: &str, after: &'a str) -> &'a str {
    let digits = before.bytes().rev().take_while(u8::is_ascii_digit).count();
    if matches!(digits, 0 | 4) { after.trim_start_matches(|c: char| c.is_ascii_digit()) } else { after }
}

/// Whether a full stop after this text belongs to an abbreviation: "St", "Dr", "e.g", an initial.
fn abbreviates(before: &str) -> bool {
    const SHORT: &[&str] = &["St", "Dr", "Mr", "Mrs", "Ms", "No", "para", "paras", "e.g", "i.e", "etc"];
    let word = before.rsplit([' ', '(']).next().unwrap_or("");
    let initial = word.chars().count() == 1 && word.chars().all(char::is_uppercase);
    initial || any_label(SHORT)(word).is_ok_and(|(rest, _)| rest.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;
    use insta::assert_snapshot;

    fn show(text: &str) -> String {
        sentences(text).collect::<Vec<_>>().join(" | ")
    }

    #[test]
    fn a_sentence_ends_before_a_capital() {
        assert_snapshot!(show("They met on 3 May. It rained."), @"They met on 3 May. | It rained.");
        assert_snapshot!(show("A visit to St. Ives. Quiet"), @"A visit to St. Ives. | Quiet");
        assert_snapshot!(show("the ‘front door.’ They also met."), @"the ‘front door.’ | They also met.");
        assert_snapshot!(show("e.g. Records were read"), @"e.g. Records were read");
        assert_snapshot!(show("One of St. Helens. Two (para. 12).1 ‘Three’ is 2.5 long."), @"One of St. Helens. | Two (para. 12).1 | ‘Three’ is 2.5 long.");
        assert_snapshot!(show("A rate of 2.5 Per cent in 2019.3 (Four) fell."), @"A rate of 2.5 Per cent in 2019.3 | (Four) fell.");
    }

    #[test]
    fn the_stop_is_no_part_of_what_a_sentence_says() {
        assert_snapshot!(without_stop("the ‘front door’."), @"the ‘front door’");
        assert_snapshot!(without_stop("the ‘front door’.’"), @"the ‘front door’");
        assert_snapshot!(without_stop("care leavers;"), @"care leavers");
    }
}
