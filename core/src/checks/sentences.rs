//! Sentences: each ends before the next begins.
//!
//! If two columns were read across, a line was lost or paragraphs were joined, the end of one sentence meets the
//! middle of another.

use super::holders::holders;
use super::words::{beginning, text_of};
use super::{Check, Finished, Verdict};
use crate::cut::Cut;
use crate::grammar::sentence::begins;
use crate::text::LayerKind;

pub(super) const CHECKS: &[Check] = &[
    Check {
        name: "sentence-in-sentence",
        why: "A capitalised word that only ever starts a sentence follows a full stop",
        held: (316, 319),
        run: within,
    },
    Check {
        name: "sentence-begins-small",
        why: "A capital follows a full stop",
        held: (318, 319),
        run: small,
    },
];

/// Three consecutive words with their positions.
type Three<'a> = [(usize, &'a str); 3];

fn within(f: &Finished<'_>, verdict: &mut Verdict) {
    let kind = f.doc.kind;
    each(f, verdict, "begins within another sentence", |[(_, a), (_, word), (_, next)]| {
        // A recognised comma may have been a full stop.
        let comma = || kind == LayerKind::Native && a.ends_with(',') && is_small(a);
        let runs_on = || a.ends_with(|c: char| c.is_ascii_lowercase()) || comma();
        begins(word) && is_small(next) && has_capital(word, kind) && runs_on()
    });
}

/// Whether a capital can be trusted: in damaged text "In" may have been "in", and in a scan "Practitioners"
/// "practitioners".
pub(super) fn has_capital(word: &str, kind: LayerKind) -> bool {
    const ALIKE: &[char] = &['C', 'O', 'P', 'S', 'U', 'V', 'W', 'X', 'Z', 'K', 'I'];
    match kind {
        LayerKind::Native => true,
        LayerKind::PlainText => !word.starts_with('I'),
        _ => !word.starts_with(ALIKE),
    }
}

/// Abbreviations, whose full stop doesn't end a sentence.
const SHORTENED: &[&str] = &["e.g.", "i.e.", "etc.", "no.", "No.", "p.", "pp.", "vs.", "approx.", "incl."];

fn small(f: &Finished<'_>, verdict: &mut Verdict) {
    // "ltalso" may have been "It also".
    let capital = |word: &str| f.doc.kind != LayerKind::Native && word.starts_with('l');
    each(f, verdict, "begins small behind a full stop", |[(_, a), (_, word), _]| {
        let bare = a.trim_start_matches(|c: char| !c.is_alphanumeric());
        let letters = bare.trim_end_matches('.');
        let stop = letters.len() + 1 == bare.len() && letters.len() > 1;
        let ended = stop && letters.ends_with(|c: char| c.is_ascii_lowercase()) && !SHORTENED.contains(&bare);
        // "www.gov.uk" starts nothing.
        ended && is_small(word) && !capital(word) && !word.trim_end_matches('.').contains('.')
    });
}

fn is_small(word: &str) -> bool {
    word.starts_with(|c: char| c.is_ascii_lowercase())
}

/// Looks at every three consecutive words of the body. If they are `odd`, every value that contains them is in doubt.
fn each(f: &Finished<'_>, verdict: &mut Verdict, what: &str, odd: impl Fn(&Three<'_>) -> bool) {
    for (s, section) in f.record.sections.iter().enumerate() {
        for (b, block) in section.blocks.iter().enumerate() {
            let Some(text) = text_of(block) else { continue };
            verdict.that(true, &[], String::new);
            for three in threes(text).filter(|t| odd(t)) {
                let said = text.tail(three[0].0);
                let words = said.head(three[2].0 - three[0].0);
                let mut pointers = holders(f.record, words.trim_end());
                let pointer = format!("/sections/{s}/blocks/{b}");
                if !pointers.contains(&pointer) {
                    pointers.push(pointer);
                }
                let pointers: Vec<&str> = pointers.iter().map(String::as_str).collect();
                verdict.that(false, &pointers, || format!("“…{}” {what}", beginning(said)));
            }
        }
    }
}

/// Every three consecutive words of a text; an empty one follows the last.
fn threes(text: &str) -> impl Iterator<Item = Three<'_>> {
    let mut from = 0;
    let mut words = text.split(' ').map(move |word| {
        let at = from;
        from += word.len() + 1;
        (at, word)
    });
    let end = (text.len(), "");
    let mut two = (words.next(), words.next());
    std::iter::from_fn(move || {
        let (first, second) = (two.0?, two.1?);
        two = (Some(second), words.next());
        Some([first, second, two.1.unwrap_or(end)])
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::checks::run;
    use crate::outline::Outline;
    use crate::record::{Section, SectionBlock, sample};

    fn odd(text: &str) -> Vec<String> {
        let mut record = sample();
        let block = SectionBlock::Paragraph { text: text.into(), number: None };
        record.sections = vec![Section { blocks: vec![block], ..Section::default() }];
        let finished = Finished { record: &record, doc: &Outline::default(), parts: &[] };
        run(&finished, CHECKS.iter()).into_iter().map(|d| d.code).collect()
    }

    #[test]
    fn the_words_of_two_sentences_stand_beside_one_another() {
        assert_eq!(odd("Staff know the When children leave care well."), ["sentence-in-sentence"]);
        assert_eq!(odd("Plans are good. and staff know children."), ["sentence-begins-small"]);
        for whole in [
            "Staff know The Hub well. When children leave care, it is good, e.g. homes are warm.",
            "Plans, however, are good. In need: Social work of the Social Care team.",
        ] {
            assert_eq!(odd(whole), [""; 0], "{whole}");
        }
    }
}
