//! Items that may be two.

use super::super::breaks::line_of_another;
use super::super::layout::lines;
use super::super::sentences::has_capital;
use super::super::spelling::is_damaged;
use super::super::words::beginning;
use super::super::{Finished, Verdict};
use super::lists;
use crate::cut::Cut;
use crate::grammar::sentence;
use crate::outline::Block;
use crate::repair::spelling::is_usual_word;
use crate::text::LayerKind;

/// Words that show a text to be a full sentence, or to continue the phrase before it.
const SAID: &[&str] = &[
    "this", "these", "it", "they", "should", "must", "include", "includes", "refers", "is", "are", "was",
    "were", "has", "have", "will", "can",
];

/// Editions whose improvements are phrases, not sentences.
const OF_PHRASES: &[(&str, &str)] = &[("ofsted.ilacs.", ""), ("ofsted.jtai.", "2022")];

/// In plain text, and wherever line breaks don't tell, only its mark shows where an item starts.
pub(super) fn holds_two(f: &Finished<'_>, verdict: &mut Verdict) {
    let of_phrases = |(format, edition): &(&str, &str)| {
        f.record.format.id.starts_with(format) && f.record.format.edition.starts_with(edition)
    };
    let phrases = OF_PHRASES.iter().any(of_phrases);
    let damaged = f.doc.kind == LayerKind::PlainText && is_damaged(f);
    for list in lists(f) {
        let improvements = list[0].0.starts_with("/improvements");
        let sentences = f.record.format.id.starts_with("ofsted.area-send.");
        let second = |text: &str| {
            runs_into(text, f.doc.kind)
                || damaged && begins_after_comma(f, text)
                || sentences && begins_again(text)
                || phrases && improvements && holds_phrase(text)
                || damaged && phrases && improvements && holds_other(text) && begins_line(f, text)
        };
        let seconds: Vec<bool> = list.iter().map(|(_, text)| second(text)).collect();
        let both = seconds.iter().filter(|second| **second).count();
        for ((pointer, text), second) in list.iter().zip(seconds) {
            let holds = both > 1 && both * 2 > list.len() || !second;
            verdict.that(holds, &[pointer], || format!("“{}…” may be two items", beginning(text)));
        }
    }
}

/// "a family is not Leaders should": a word that starts items follows one that can't end a sentence.
fn runs_into(text: &str, kind: LayerKind) -> bool {
    let words: Vec<&str> = text.split(' ').collect();
    words.windows(3).any(|three| {
        let begins = sentence::begins(three[1]) || matches!(three[1], "Inspectors" | "It");
        let goes_on = three[2].starts_with(char::is_lowercase);
        begins
            && has_capital(three[1], kind)
            && goes_on
            && three[0].ends_with(|c: char| c.is_lowercase() || c == '\u{2019}')
    })
}

/// "between the services, / Joint planning": a line of an item begins with a capital, in a word that has none inside a
/// sentence, after a comma that may have been a full stop.
fn begins_after_comma(f: &Finished<'_>, item: &str) -> bool {
    let after_comma = |block: &&Block| {
        lines(block).windows(2).any(|pair| {
            let first = pair[1].text.split(' ').next().unwrap_or_default();
            pair[0].text.ends_with(',') && first.starts_with(char::is_uppercase) && is_usual_word(first)
        })
    };
    f.doc.blocks.iter().filter(|b| b.text.as_str() == item).any(|b| after_comma(&b))
}

/// "Leaders should …. Leaders should …": a later sentence starts the same way as the item.
fn begins_again(text: &str) -> bool {
    let first = text.match_indices(' ').nth(1).map_or(text, |(at, _)| text.head(at));
    first.contains(' ') && text.contains(&format!(". {first} "))
}

/// Whether a later sentence doesn't refer back to the one before. In a damaged text it is probably another item
/// without its mark; in print it may belong to the item (13 of 228 lists have such a sentence).
fn holds_other(text: &str) -> bool {
    const GOES_ON: &[&str] = &["This", "These", "They", "It", "In", "For", "Some", "There", "Such"];
    text.match_indices(". ").any(|(at, stop)| {
        let first = text.tail(at + stop.len()).split(' ').next().unwrap_or_default();
        let ends = text.head(at).ends_with(char::is_lowercase);
        ends && first.starts_with(char::is_uppercase) && !GOES_ON.contains(&first)
    })
}

/// Whether a sentence within an item starts a line, as an item would. If the lines aren't known, it may.
fn begins_line(f: &Finished<'_>, item: &str) -> bool {
    let mut blocks = f.doc.blocks.iter().filter(|b| b.text.as_str() == item).peekable();
    blocks.peek().is_none() || blocks.any(|b| line_of_another(b).is_some())
}

/// Whether a phrase follows a full stop.
fn holds_phrase(text: &str) -> bool {
    let begins = |at: usize| text.tail(at).starts_with(char::is_uppercase);
    // "(outcome 2, national framework)" is the end of an item.
    if text.match_indices("framework) ").any(|(at, end)| begins(at + end.len())) {
        return true;
    }
    let ends = |at: usize| text.head(at).ends_with(char::is_lowercase) && begins(at + 2);
    let Some((at, _)) = text.match_indices(". ").find(|(at, _)| ends(*at)) else { return false };
    let phrase = text.tail(at + 2).to_lowercase();
    let asks =
        ["what ", "how ", "whether ", "ensure that ", "improve the "].iter().any(|w| phrase.starts_with(w));
    let needs = phrase.contains("need to ") || phrase.contains("needs to ");
    let said = phrase.split(' ').any(|w| SAID.contains(&w.trim_matches(|c: char| !c.is_alphanumeric())));
    asks || !needs && !said
}
