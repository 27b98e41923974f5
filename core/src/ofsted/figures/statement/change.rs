//! Numbers that are the amount of a change, and no level: "has risen by 15%".

use super::super::numbers::{Shape, change_of, ends_with};
use super::super::phrases::bare;
use super::Place;
use crate::grammar::label::{any_label, contains_label};

/// Whether a number is the amount of a change: "15% increase"; "a reduction of 15%"; "has fallen by 15%".
pub(super) fn is_change(place: &Place<'_>) -> bool {
    const MORE: &[&str] =
        &["more than", "greater than", "higher than", "lower than", "less than", "fewer than"];
    let changed = || {
        change_of(place.before).is_some()
            || changed_by(place.before).is_some()
            || follows_change(bare(place.before))
            || any_label(MORE)(place.after.trim_start()).is_ok()
    };
    any_label(NOUNS)(place.after.trim_start()).is_ok() || place.number.shape == Shape::Share && changed()
}

/// Nouns for a change.
const NOUNS: &[&str] = &["reduction", "increase", "decrease", "rise", "fall", "drop", "growth", "decline"];

/// Whether a number directly follows a verb or noun of change: "grew 9% in ten years"; "is up 4%"; "a rise in child poverty
/// of 9%".
fn follows_change(said: &str) -> bool {
    const VERBS: &[&str] = &[
        "grew",
        "grown",
        "rose",
        "risen",
        "fell",
        "fallen",
        "dropped",
        "up",
        "down",
        "increasing",
        "rising",
        "growing",
        "falling",
        "decreasing",
    ];
    let makes_up = ["make up", "makes up", "made up"].iter().any(|verb| ends_with(said, verb));
    let named = said.strip_suffix(" of").map(|said| said.rsplit([',', ';', '(']).next().unwrap_or(said));
    !makes_up && VERBS.iter().any(|verb| ends_with(said, verb))
        || named.is_some_and(|named| NOUNS.iter().any(|noun| contains_label(named, &format!("{noun} in"))))
}

/// Whether the words before a number say that something grew (true) or shrank (false) by it: "has risen by a further"; "are
/// down by".
pub(super) fn changed_by(before: &str) -> Option<bool> {
    const MORE: &[&str] = &["rise", "rising", "rose", "increas", "grow", "grew"];
    const LESS: &[&str] = &["fall", "fell", "decreas", "reduc", "drop", "declin"];
    let said = bare(before);
    let said = bare(said.strip_suffix("further").unwrap_or(said));
    // "is growing at around 2% a year"
    let word =
        said.strip_suffix(" by").or_else(|| said.strip_suffix(" at"))?.split_whitespace().next_back()?;
    let verb = |stems: &[&str]| stems.iter().any(|stem| word.starts_with(stem));
    match () {
        () if word == "up" || verb(MORE) => Some(true),
        () if word == "down" || verb(LESS) => Some(false),
        () => None,
    }
}
