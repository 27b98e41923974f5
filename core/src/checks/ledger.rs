//! Every word has an owner: in the parts of a document that have a grammar, words that no production read are
//! reported as unread.
//!
//! A value owns the words that its evidence quotes, and a label the words of a form's fixed phrase. Words left over in
//! the address, the first sentence, the team, a list or the signature may be a missed value, so the fields of that
//! part are in doubt, and none of them may be "not stated".

mod labels;
mod regions;

use crate::cut::Cut;
use std::borrow::Cow;
use std::collections::HashMap;

use crate::outline::Outline;
use crate::record::{Diagnostic, Part, Record, Severity, Status};
use crate::text::Text;

/// Who owns a word.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Owner {
    /// Nothing read it.
    Nobody,
    /// Evidence quotes it.
    Value,
    /// It belongs to a form's fixed phrase, or is a small word that connects values.
    Label,
}

/// A word of a region.
struct Token<'a> {
    /// As printed.
    text: &'a str,
    /// As compared: lower-case letters and digits.
    key: String,
    /// For a repaired word, the same of its repaired form.
    repaired: Option<String>,
    page: u32,
    owner: Owner,
}

impl Token<'_> {
    /// Its repaired form, if there is one, as compared.
    fn read(&self) -> &str {
        self.repaired.as_deref().unwrap_or(&self.key)
    }
}

/// A run of words that nothing owns.
struct Run<'t, 'a> {
    tokens: &'t [Token<'a>],
    /// The text that contains it: a line, a block or a cell.
    text: &'t [Token<'a>],
    /// Whether the value before it in the text ends in digits: it may continue a date.
    after_number: bool,
}

impl Run<'_, '_> {
    fn quote(&self) -> String {
        self.tokens.iter().map(|t| t.text).collect::<Vec<_>>().join(" ")
    }

    /// The whole text that contains it.
    fn whole(&self) -> String {
        self.text.iter().map(|t| t.text).collect::<Vec<_>>().join(" ")
    }

    /// Whether values cover less than a quarter of the text around it: some of its words may occur in a value by chance.
    fn is_mostly_unread(&self) -> bool {
        self.text.iter().filter(|t| t.owner == Owner::Value).count() * 4 < self.text.len()
    }

    /// Whether no part of the text around it is a value.
    fn is_alone(&self) -> bool {
        self.text.iter().all(|t| t.owner != Owner::Value)
    }

    /// The words, as printed.
    fn words(&self) -> impl Iterator<Item = &str> {
        self.tokens.iter().map(|t| t.text)
    }
}

/// Reports what was not read: a diagnostic for each run of unread words, and `not-read` for fields of the region that
/// were "not stated". Returns the number of unread words in the front matter and the signatures.
pub(crate) fn hold(record: &mut Record, doc: &Outline, parts: &[Part]) -> u32 {
    let quotes = Quotes::of(record);
    let mut unread = 0;
    let mut said: Vec<Diagnostic> = Vec::new();
    let mut fields: Vec<&'static str> = Vec::new();
    for region in regions::of(record, doc, parts) {
        let texts: Vec<&Text> = region.texts(doc);
        let mut tokens = tokens(&texts);
        quotes.own(&mut tokens, region.own_sections);
        labels::own(&mut tokens);
        let ends: Vec<usize> = line_ends(&texts);
        for run in runs(&tokens, &ends, region.by_text()).filter(|r| region.minds(r) && !is_again(r, &tokens))
        {
            // The body's own text is in the sections, whatever else was not read from it.
            if region.is_frame() {
                unread += run.tokens.len() as u32;
            }
            let quote = run.quote();
            for field in region.fields_of(&run, record.inspection.start.as_deref()) {
                fields.push(field);
                said.push(Diagnostic {
                    severity: Severity::Warning,
                    code: "text-not-read".into(),
                    path: Some((*field).to_owned()),
                    message: format!("“{}” in the {} was not read", shortened(&quote), region.name),
                    page: run.tokens.first().map(|t| t.page),
                });
            }
        }
    }
    for field in fields {
        if let Some(evidence) = record.evidence.get_mut(field)
            && evidence.status == Status::NotStated
        {
            evidence.status = Status::NotRead;
        }
    }
    record.diagnostics.extend(said);
    unread
}

fn shortened(text: &str) -> String {
    match text.char_indices().nth(160) {
        Some((at, _)) => format!("{}…", text.get(..at).unwrap_or(text)),
        None => text.to_owned(),
    }
}

/// The words of texts; a repaired word counts as it was printed.
fn tokens<'a>(texts: &[&'a Text]) -> Vec<Token<'a>> {
    let words = texts.iter().flat_map(|text| {
        text.origins().iter().map(|o| {
            let word = text.as_str().get(o.start as usize..o.end as usize).unwrap_or("");
            let printed = o.original.as_deref().filter(|p| !p.contains(' ')).unwrap_or(word);
            let repaired = (printed != word).then(|| key(word));
            Token { text: printed, key: key(printed), repaired, page: o.page, owner: Owner::Nobody }
        })
    });
    words.collect()
}

/// The number of tokens up to the end of each text.
fn line_ends(texts: &[&Text]) -> Vec<usize> {
    let mut at = 0;
    let ends = texts.iter().map(|t| {
        at += t.origins().len();
        at
    });
    ends.collect()
}

/// A word as it is compared: its letters and digits in lower case.
fn key(word: &str) -> String {
    if word.is_ascii() {
        let mut key = String::with_capacity(word.len());
        key.extend(word.chars().filter(char::is_ascii_alphanumeric).map(|c| c.to_ascii_lowercase()));
        return key;
    }
    word.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

/// What the evidence of a record quotes, by page.
struct Quotes {
    /// By page: the keys of a quote's words, and whether the quote belongs to a section's block.
    by_page: HashMap<u32, Vec<(Vec<String>, bool)>>,
}

impl Quotes {
    fn of(record: &Record) -> Self {
        let mut by_page: HashMap<u32, Vec<(Vec<String>, bool)>> = HashMap::new();
        for (pointer, evidence) in &record.evidence {
            let Some(quote) = &evidence.quote else { continue };
            let of_block = pointer.starts_with("/sections/") && pointer.contains("/blocks/");
            if of_block || pointer.starts_with("/figures") {
                continue;
            }
            let quote = as_tokens(quote, evidence.repairs.as_deref().unwrap_or_default());
            let keys: Vec<String> = quote.split_whitespace().map(key).filter(|k| !k.is_empty()).collect();
            let mut pages: Vec<u32> = evidence.spans.iter().map(|s| s.page).collect();
            pages.dedup();
            for page in pages {
                by_page.entry(page).or_default().push((keys.clone(), pointer.starts_with("/sections/")));
            }
        }
        Self { by_page }
    }

    /// Marks the words that occur in quotes.
    fn own(&self, tokens: &mut [Token<'_>], sections: bool) {
        let mut pages: Vec<u32> = tokens.iter().map(|t| t.page).collect();
        pages.dedup();
        for page in pages {
            for (keys, of_section) in self.by_page.get(&page).into_iter().flatten() {
                if *of_section && !sections {
                    continue;
                }
                own_run(tokens, keys);
            }
        }
    }
}

/// A quote in the words of the tokens: where a repair changed the words, the repaired ones.
fn as_tokens<'a>(quote: &'a str, repairs: &[String]) -> Cow<'a, str> {
    let mut quote = Cow::Borrowed(quote);
    for (before, after) in repairs.iter().filter_map(|r| r.split_once(" \u{2192} ")) {
        if before.contains(' ') && quote.contains(before) {
            quote = Cow::Owned(quote.replacen(before, after, 1));
        }
    }
    quote
}

/// Marks the words of a quote run by run, each where the longest part of it is found.
fn own_run(tokens: &mut [Token<'_>], keys: &[String]) {
    let mut rest = keys;
    while !rest.is_empty() {
        let (at, length, taken) = longest(tokens, rest);
        if length == 0 {
            rest = rest.tail(1);
            continue;
        }
        for token in &mut tokens[at..at + taken] {
            token.owner = Owner::Value;
        }
        rest = rest.tail(length);
    }
}

/// Finds the longest run of tokens that matches the first of some words: its position, the number of words matched, and
/// the number of tokens (punctuation in between is not a word).
fn longest(tokens: &[Token<'_>], keys: &[String]) -> (usize, usize, usize) {
    let Some(first) = keys.first() else { return (0, 0, 0) };
    let mut best = (0, 0, 0);
    for at in 0..tokens.len() {
        if tokens[at].key != *first {
            continue;
        }
        let (mut length, mut taken) = (0, 0);
        for token in tokens.tail(at) {
            if token.key.is_empty() {
                taken += 1;
                continue;
            }
            if keys.get(length) != Some(&token.key) {
                break;
            }
            length += 1;
            taken += 1;
        }
        // Among equally long runs, one that nothing owns yet.
        let free = |at: usize| tokens[at].owner == Owner::Nobody;
        let fresh = best.1 == length && length > 0 && free(at) && !free(best.0);
        if length > best.1 || fresh {
            best = (at, length, taken);
        }
    }
    best
}

/// The runs of words that nothing owns; a run never crosses the end of a text. With `by_text`, each text that contains
/// no value is one run, and there are no others.
fn runs<'t, 'a>(tokens: &'t [Token<'a>], ends: &[usize], by_text: bool) -> impl Iterator<Item = Run<'t, 'a>> {
    let mut out = Vec::new();
    let mut from = 0;
    for end in ends {
        let text = tokens.part(from..*end);
        from = *end;
        if by_text {
            let run = Run { tokens: text, text, after_number: false };
            if run.is_mostly_unread() && text.iter().any(|t| t.owner == Owner::Nobody) {
                out.push(run);
            }
            continue;
        }
        let mut after_number = false;
        let mut start = 0;
        for run in text.chunk_by(|a, b| (a.owner == Owner::Nobody) == (b.owner == Owner::Nobody)) {
            start += run.len();
            if run[0].owner == Owner::Nobody {
                let tokens = trimmed(run);
                if !tokens.is_empty() {
                    out.push(Run { tokens, text, after_number });
                }
            }
            let value = text.head(start).iter().rev().find(|t| t.owner != Owner::Label);
            after_number = value
                .is_some_and(|t| t.owner == Owner::Value && t.key.ends_with(|c: char| c.is_ascii_digit()));
        }
    }
    out.into_iter()
}

/// Whether the words of a run occur again in the region and were read there: an address printed twice.
fn is_again(run: &Run<'_, '_>, tokens: &[Token<'_>]) -> bool {
    let keys: Vec<&str> = run.tokens.iter().map(|t| t.key.as_str()).filter(|k| !k.is_empty()).collect();
    let others: Vec<(&str, bool)> = tokens
        .iter()
        .filter(|t| !t.key.is_empty())
        .map(|t| (t.key.as_str(), t.owner != Owner::Nobody))
        .collect();
    others.windows(keys.len().max(1)).any(|w| w.iter().zip(&keys).all(|((key, owned), k)| *owned && key == k))
}

/// A run without punctuation at its ends.
fn trimmed<'t, 'a>(run: &'t [Token<'a>]) -> &'t [Token<'a>] {
    let first = run.iter().position(|t| !t.key.is_empty()).unwrap_or(run.len());
    let last = run.iter().rposition(|t| !t.key.is_empty()).map_or(first, |at| at + 1);
    run.part(first..last)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn printed(word: &str) -> Token<'_> {
        Token { text: word, key: key(word), repaired: None, page: 1, owner: Owner::Nobody }
    }

    fn left(text: &str, quotes: &[&str]) -> String {
        let mut tokens: Vec<Token> = text.split(' ').map(printed).collect();
        for quote in quotes {
            let keys: Vec<String> = quote.split(' ').map(key).collect();
            own_run(&mut tokens, &keys);
        }
        let ends = [tokens.len()];
        runs(&tokens, &ends, false).map(|r| r.quote()).collect::<Vec<_>>().join(" | ")
    }

    #[test]
    fn what_no_quote_has_is_left() {
        assert_eq!(left("Ms Ann Lee, Director", &["Ann Lee", "Director"]), "Ms");
        assert_eq!(left("7 to 8 May and 9 May", &["7 to 8 May"]), "and 9 May");
        assert_eq!(left("Ann Lee – Jo Kay", &["Ann Lee Jo Kay"]), "");
        assert_eq!(left("Leeds Town Hall Leeds", &["Leeds", "Leeds"]), "Town Hall");
    }

    #[test]
    fn a_word_that_stood_as_two_is_one_token() {
        let repairs = ["Ed ucation \u{2192} Education".to_owned(), "5kills \u{2192} Skills".to_owned()];
        assert_eq!(as_tokens("Ed ucation and 5kills", &repairs), "Education and 5kills");
    }

    #[test]
    fn the_rest_of_a_telephone_number_is_nobodys_value() {
        let mut tokens: Vec<Token> = "T 0300 123 1231 Ann".split(' ').map(printed).collect();
        labels::own(&mut tokens);
        let left: Vec<&str> = tokens.iter().filter(|t| t.owner == Owner::Nobody).map(|t| t.text).collect();
        assert_eq!(left, ["T", "Ann"]);
    }
}
