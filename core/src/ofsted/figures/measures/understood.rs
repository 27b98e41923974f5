//! Whether all the words around the name of a measure are understood.
//!
//! The form names those it counts in a few words. Any other word may narrow them to a group that has no code ("12 disabled
//! children in need"; "children looked after for two years"), so the measure is then withheld.

use nom::Offset;

use super::Measure;
use super::phrases::PHRASES;
use crate::cut::Cut;
use crate::grammar::label::{any_label, contains_label, find_label, label};
use crate::grammar::number::number;

/// Whether words that aren't understood stand beside the name of a measure, which may follow its number (`told`) or come
/// before it (`head`).
pub fn is_narrowed(measure: &Measure, head: &str, told: &str) -> bool {
    if is_of_schools(measure, head, told) {
        return true;
    }
    let Some((.., names)) = PHRASES.iter().find(|row| row.0 == measure.code && row.1 == "children") else {
        return false;
    };
    if is_of_part(measure, head) || is_of_part(measure, told) {
        return true;
    }
    if let Some((lead, rest)) = around(told, names) {
        return !lead_in(lead).all(is_understood) || !goes_on(rest) || is_of_several(measure, told);
    }
    // "The number of disabled children in need is 140"
    let named = find_label(head, "number of").map(|of| head.tail(head.offset(of) + of.len()));
    named
        .and_then(|named| around(named, names))
        .is_some_and(|(lead, rest)| !lead_in(lead).all(is_understood) || !goes_on(rest))
}

/// The words before and after the earliest of a measure's names; of several there, the longest counts.
fn around<'a>(text: &'a str, names: &[&str]) -> Option<(&'a str, &'a str)> {
    let hits = names.iter().filter_map(|name| find_label(text, name));
    let hit = hits.min_by_key(|hit| (text.offset(hit), usize::MAX - hit.len()))?;
    let at = text.offset(hit);
    Some((text.head(at), text.tail(at + hit.len())))
}

/// The words between a number and the name of its measure. A name in capitals is that of an area, after a preposition.
fn lead_in(lead: &str) -> impl Iterator<Item = &str> {
    let name = |word: &str| word.starts_with(char::is_uppercase);
    let mut in_name = false;
    let mut last = "";
    lead.split_whitespace().map(|word| word.trim_matches(|c: char| !c.is_alphanumeric())).filter(
        move |word| {
            in_name = name(word) && (in_name || ["in", "of", "within", "across"].contains(&last));
            last = word;
            !in_name && !word.is_empty()
        },
    )
}

/// The words with which the form leads from a number to what it counts.
fn is_understood(word: &str) -> bool {
    const WORDS: &str = "a all an and are as aged assessed assessment at authority authority’s authoritys be became become been \
        being borough borough’s by care cases ceased child children children’s city city’s council council’s county county’s \
        current currently every family families formally full had has have having home homes identified in is it its known leavers live \
        lived lives living local looked after moved needing now number of old on or other our out people people’s person placed \
        placements recorded reported residents settled since still subject subjects open cases that the their there these they this those through \
        to today total under up was were with where which who whom years young fewer more less subsequently outside who’s later were 0 \
        16-years-old year area area’s within boundary boundaries district plan plans trust trust’s them each so far new again both";
    let said = word.to_lowercase().replace('\'', "’");
    word.starts_with(|c: char| c.is_ascii_digit()) || WORDS.split_whitespace().any(|known| known == said)
}

/// Whether the words after the name of a measure leave it as it is: "child protection plans at 31 March"; not "… plans for
/// neglect" or "… in care with a disability".
fn goes_on(rest: &str) -> bool {
    const NARROWING: &[&str] = &[
        "who",
        "whose",
        "aged",
        "for",
        "because",
        "with",
        "without",
        "due",
        "under",
        "needing",
        "awaiting",
        "waiting",
        "from",
        "attending",
        "within",
        "inside",
        "known",
        "allocated",
        "also",
        "on remand",
        "on care orders",
        "under-five",
    ];
    const OF_AREA: &[&str] = &["the", "this", "its", "total", "all", "care", "a", "an", "each"];
    let said = rest.trim_start();
    if any_label(&["from"])(said).is_ok_and(|(behind, _)| number(behind.trim_start()).is_ok()) {
        return true;
    }
    let area = |place: &str| {
        place.is_empty()
            || place.starts_with(|c: char| c.is_uppercase() || c.is_ascii_digit())
            || any_label(OF_AREA)(place).is_ok()
    };
    let narrows = any_label(NARROWING)(said).is_ok();
    !narrows && any_label(&["in"])(said).map_or(true, |(place, _)| area(place.trim_start()))
}

/// Whether words make the measure of an area that of a part of it: "In one ward, Holmside, 46%"; "in the east of the county".
pub fn is_of_part(measure: &Measure, words: &str) -> bool {
    const PARTS: &[&str] = &[
        "ward",
        "wards",
        "neighbourhood",
        "neighbourhoods",
        "estate",
        "estates",
        "parish",
        "parishes",
        "part of the",
        "parts of the",
        "north of",
        "south of",
        "east of",
        "west of",
    ];
    measure.unit == "children"
        && measure.code != "other"
        && PARTS.iter().any(|part| contains_label(words, part))
}

/// Whether a number counts schools, or the pupils of another kind of school than its measure does: "one in four primary schools has …";
/// "fewer primary pupils (9%) than secondary pupils".
fn is_of_schools(measure: &Measure, head: &str, told: &str) -> bool {
    const KINDS: [(&str, &str); 2] = [("primary", "secondary"), ("secondary", "primary")];
    let Some((own, other)) = KINDS.into_iter().find(|(own, _)| measure.code.ends_with(own)) else {
        return false;
    };
    let counted = label(own)(told.trim_start()).map_or("", |(rest, _)| rest.trim_start());
    let schools = any_label(&["schools have", "schools had", "schools has", "school has"])(counted).is_ok();
    schools || contains_label(head, other) && !contains_label(head, own)
}

/// Whether words name another placement besides the measure's own: "in foster care or with parents".
fn is_of_several(measure: &Measure, told: &str) -> bool {
    const PLACEMENTS: &[&str] =
        &["residential-homes", "residential-special-schools", "foster-care", "placed-with-parents"];
    let names = |code: &&str| {
        let row = PHRASES.iter().find(|row| row.0 == *code);
        row.is_some_and(|(.., names)| around(told, names).is_some())
    };
    PLACEMENTS.contains(&measure.code) && PLACEMENTS.iter().filter(|code| names(code)).count() > 1
}
