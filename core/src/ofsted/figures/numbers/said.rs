//! What the words around a number say about it: whether it is a limit, a footnote mark or a pronoun, and how precise it is.

use super::ends_with;
use crate::cut::Cut;
use crate::grammar::label::{any_label, label};

/// A limit that defines a group, not a count: "under 18"; "20% most deprived"; "one in every 186"; "one in four".
pub(super) fn is_limit(before: &str, after: &str) -> bool {
    // "one in five children (21.4%) under 16": the noun that the limit belongs to precedes the brackets.
    let aside = ["under", "over"].iter().find_map(|bound| {
        let (who, inside) =
            before.trim_end().strip_suffix(bound)?.trim_end().strip_suffix(')')?.rsplit_once('(')?;
        (inside.len() <= 20).then(|| format!("{} {bound} ", who.trim_end()))
    });
    if let Some(told) = aside {
        return is_limit(&told, after);
    }
    let bound = ["under", "over"].into_iter().find(|bound| ends_with(before, bound));
    let young = bound.is_some_and(|bound| {
        ["children", "child", "people", "pupils", "those", "aged", "population"]
            .iter()
            .any(|who| ends_with(before, &format!("{who} {bound}")))
    });
    let group = any_label(&["most", "least"])(after.trim_start()).is_ok();
    let people = ends_with(before, "under") && label("population")(after.trim_start()).is_ok();
    group
        || young
        || people
        || ends_with(before, "(under") && after.starts_with(')')
        || ends_with(before, "all but")
        || ends_with(before, "in every")
        || ends_with(before, "one in")
        || any_label(&["in every", "in"])(after.trim_start()).is_ok_and(|(rest, _)| {
            rest.trim_start().starts_with(|c: char| c.is_ascii_digit()) && ends_with(before, "with one")
        })
}

/// A footnote mark that is separated from its word: "special schools 4, of whom".
pub(super) fn is_note(before: &str, printed: &str, after: &str) -> bool {
    let word = before.trim_end().rsplit(' ').next().unwrap_or("");
    let noun = word.len() > 4 && word.chars().all(|c| c.is_lowercase());
    noun && printed.len() <= 2
        && printed.bytes().all(|b| b.is_ascii_digit())
        && after.trim_start().starts_with([',', '.'])
}

/// "one of the highest"; "one another"; "no one"; "one in every"
pub(super) fn is_pronoun(before: &str, after: &str) -> bool {
    let next = after.trim_start();
    const NEXT: &[&str] = &[
        "of the",
        "of a",
        "of its",
        "of England",
        "another",
        "in every",
        "time",
        "day",
        "year",
        "or more",
        "that",
        "which",
        "where",
        "such",
        "to one",
        "by one",
        "and the same",
        "in two",
        "in three",
        "in four",
        "in five",
        "in six",
        "in seven",
        "in eight",
        "in nine",
        "in ten",
    ];
    // "The authority is one of stark contrasts"
    let of_kind =
        label("of")(next).is_ok() && ["is", "as", "remains", "becoming"].iter().any(|w| ends_with(before, w));
    any_label(NEXT)(next).is_ok()
        || of_kind
        || ["no", "any", "every", "at", "the", "each", "this", "day"].iter().any(|w| ends_with(before, w))
        || next.starts_with("of ") && next.tail(3).starts_with(char::is_uppercase)
}

/// The code of a number's precision, from the words before or after it.
pub(super) fn qualifier(before: &str, after: &str) -> Option<&'static str> {
    const BEFORE: &[(&str, &str)] = &[
        ("no more than", "at-most"),
        ("not more than", "at-most"),
        ("no fewer than", "at-least"),
        ("no less than", "at-least"),
        ("just under", "about"),
        ("just over", "about"),
        ("approximately", "about"),
        ("about", "about"),
        ("around", "about"),
        ("nearly", "about"),
        ("almost", "about"),
        ("some", "about"),
        ("estimated", "about"),
        ("roughly", "about"),
        ("circa", "about"),
        ("more than", "over"),
        ("over", "over"),
        ("in excess of", "over"),
        ("fewer than", "fewer-than"),
        ("less than", "fewer-than"),
        ("under", "fewer-than"),
        ("up to", "at-most"),
        ("at least", "at-least"),
    ];
    const AFTER: &[(&str, &str)] = &[
        ("or fewer", "at-most"),
        ("or less", "at-most"),
        ("or under", "at-most"),
        ("or more", "at-least"),
        ("or over", "at-least"),
    ];
    let said = BEFORE.iter().find(|(words, _)| ends_with(before, words));
    let said = said.or_else(|| AFTER.iter().find(|(words, _)| label(words)(after.trim_start()).is_ok()));
    said.map(|(_, code)| *code)
}
