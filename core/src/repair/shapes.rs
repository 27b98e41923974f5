//! What a damaged word's shape and its neighbour reveal.

use super::words::has_shape;
use crate::text::confusion;

/// Words of Ofsted's letterheads and those that follow them.
const LETTERHEAD: &[(&str, &str)] = &[
    ("Piccadilly", "Gate"),
    ("Store", "Street"),
    ("T", "0300"),
    ("Clive", "House"),
    ("Petty", "France"),
    ("Aviation", "House"),
];

/// The letterhead word that `seen` stands for, given the word before it.
pub(super) fn of_letterhead(seen: &str, before: &str) -> Option<&'static str> {
    let (_, word) = LETTERHEAD.iter().find(|(first, _)| before == *first)?;
    (seen != *word && confusion::skeleton(seen) == confusion::skeleton(word)).then_some(word)
}

/// Splits a day from the word that sticks to it: "5and 6 September".
pub(super) fn day_and_word(word: &str) -> Option<(&str, &str)> {
    let digits = word.len() - word.trim_start_matches(|c: char| c.is_ascii_digit()).len();
    let (day, rest) = word.split_at(digits);
    ((1..=2).contains(&digits) && ["and", "to"].contains(&rest)).then_some((day, rest))
}

/// Whether a word is a web or e-mail address.
pub(super) fn is_address(word: &str) -> bool {
    // "and/or" is none.
    let path = word.split_once('/').is_some_and(|(_, after)| after.trim_end_matches([',', '.', ';']) != "or");
    path || ["@", "www", "http", ".uk", ".gov", ".org", ".com"].iter().any(|p| word.contains(p))
}

/// A lower-case word, capitalised like another one.
pub(super) fn like(word: &str, model: &str) -> String {
    let mut chars = word.chars();
    match chars.next() {
        Some(first) if model.starts_with(char::is_uppercase) => first.to_uppercase().chain(chars).collect(),
        _ => word.to_owned(),
    }
}

/// A number whose last digit was misread as a letter: "18 to 2S".
pub(super) fn number_of(word: &str) -> Option<String> {
    let (ten, last) = word.split_at_checked(1)?;
    let last = last.chars().next().filter(|_| matches!(last, "S" | "O" | "l" | "I"))?;
    let tens = ten.starts_with(|c: char| c.is_ascii_digit() && c != '0');
    tens.then_some(format!("{ten}{}", confusion::digit(last)?))
}

/// Splits two words that lost the space between them: "BaileyHMI", "SophieWales", "MsAnn", "Textphone0161"; not
/// "McLean".
pub(super) fn camel_parts(word: &str) -> Option<(&str, &str)> {
    let at = word
        .char_indices()
        .zip(word.chars().skip(1))
        .find_map(|((at, a), b)| (a.is_lowercase() && b.is_uppercase()).then_some(at + a.len_utf8()))
        .or_else(|| word.starts_with("Textphone").then_some("Textphone".len()))?;
    let (a, b) = word.split_at(at);
    let cut = (a.len() > 2 || matches!(a, "Ms" | "Mr" | "Dr"))
        && b.len() > 2
        && !matches!(a, "Mac" | "Fitz")
        && has_shape(a)
        && has_shape(b);
    cut.then_some((a, b))
}

/// A word in which "I", "1" or "0" among lower-case letters must have been "l" or "o": "WaIsh" → "Walsh".
pub(super) fn inner_capitals(word: &str) -> Option<String> {
    let mut small = false;
    let plain: String = word
        .char_indices()
        .map(|(at, c)| match c {
            'I' | '1' | '|' if at > 0 && small => 'l',
            '0' if at > 0 && small => 'o',
            c => {
                small = c.is_lowercase();
                c
            }
        })
        .collect();
    let letters = plain.chars().all(char::is_alphabetic) && plain.len() > 3;
    (plain != word && letters && has_shape(&plain)).then_some(plain)
}
