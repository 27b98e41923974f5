//! Compares texts word by word, ignoring case, apostrophes and punctuation.

use std::ops::Range;

/// A word and its place in the text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Token {
    /// In lower case, without apostrophes.
    pub key: String,
    /// Its byte range.
    pub at: Range<usize>,
}

/// The words of a text.
pub(super) fn tokens(text: &str) -> Vec<Token> {
    let mut out: Vec<Token> = Vec::new();
    let mut start = None;
    let inside = |c: char| c.is_alphanumeric() || matches!(c, '\'' | '’' | '‘');
    for (i, c) in text.char_indices().chain([(text.len(), ' ')]) {
        match (inside(c), start) {
            (true, None) => start = Some(i),
            (false, Some(from)) => {
                let key: String = text[from..i]
                    .chars()
                    .filter(|c| c.is_alphanumeric())
                    .flat_map(char::to_lowercase)
                    .collect();
                if !key.is_empty() {
                    out.push(Token { key, at: from..i });
                }
                start = None;
            }
            _ => {}
        }
    }
    out
}

/// The ranges of tokens of `whole` in which those of `part` occur in a row.
pub(super) fn runs(whole: &[Token], part: &[Token]) -> Vec<Range<usize>> {
    if part.is_empty() || whole.len() < part.len() {
        return Vec::new();
    }
    let same = |w: &[Token]| w.iter().zip(part).all(|(a, b)| a.key == b.key);
    (0..=whole.len() - part.len())
        .filter(|at| same(&whole[*at..at + part.len()]))
        .map(|at| at..at + part.len())
        .collect()
}

/// The difference between what a record says and what an article quotes: "[-inside-] {+within+}".
pub(super) fn difference(record: &str, article: &str) -> String {
    use similar::{ChangeTag, TextDiff};
    let (old, new): (Vec<&str>, Vec<&str>) =
        (record.split_whitespace().collect(), article.split_whitespace().collect());
    let diff = TextDiff::from_slices(&old, &new);
    let mut out: Vec<(ChangeTag, Vec<&str>)> = Vec::new();
    for change in diff.iter_all_changes() {
        match out.last_mut() {
            Some((tag, words)) if *tag == change.tag() => words.push(change.value()),
            _ => out.push((change.tag(), vec![change.value()])),
        }
    }
    let show = |(tag, words): (ChangeTag, Vec<&str>)| match tag {
        ChangeTag::Equal => words.join(" "),
        ChangeTag::Delete => format!("[-{}-]", words.join(" ")),
        ChangeTag::Insert => format!("{{+{}+}}", words.join(" ")),
    };
    out.into_iter().map(show).collect::<Vec<_>>().join(" ")
}

/// The likeness of two sequences of words, taking their order into account, from 0 to 1.
pub(super) fn likeness(a: &[Token], b: &[Token]) -> f32 {
    let keys = |t: &'_ [Token]| t.iter().map(|t| t.key.clone()).collect::<Vec<_>>();
    let (a, b) = (keys(a), keys(b));
    similar::capture_diff_slices_deadline(similar::Algorithm::Patience, &a, &b, None)
        .iter()
        .filter(|op| matches!(op.tag(), similar::DiffTag::Equal))
        .map(|op| op.new_range().len())
        .sum::<usize>() as f32
        * 2.0
        / (a.len() + b.len()).max(1) as f32
}
