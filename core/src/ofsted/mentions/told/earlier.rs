//! Whether a sentence without a date speaks of an inspection before this one.

use crate::cut::Cut;
use crate::grammar::label::contains_label;

/// Words that mark the noun after them as an earlier one.
const BEFORE: &[&str] = &["previous", "last", "earlier", "most recent", "previously"];

/// Words that may not come between these and that noun: "the last 12 months of visits".
const APART: &[&str] = &[
    "a", "an", "the", "of", "in", "at", "to", "for", "from", "on", "with", "by", "that", "who", "when",
    "before", "after", "since", "until", "years", "year", "months", "weeks", "time", "week", "month",
];

/// The same after the noun: "a focused visit last year".
const SINCE: &[&[&str]] = &[
    &["last", "year"],
    &["last", "spring"],
    &["last", "summer"],
    &["last", "autumn"],
    &["last", "winter"],
    &["earlier", "this", "year"],
    &["the", "previous", "year"],
    &["in", "the", "previous", "year"],
];

/// "Monitoring visits since the last inspection have told of progress": they are earlier than this inspection. Also "Ofsted’s
/// monitoring visits".
pub(super) fn visits_since(sentence: &str, kind: &str) -> bool {
    const SINCE: &[&str] =
        &["monitoring visits since", "monitoring visits following", "monitoring visits after"];
    const AHEAD: &[&str] = &["will", "shall", "would", "may", "further monitoring visits"];
    let has = |words: &[&str]| words.iter().any(|w| contains_label(sentence, w));
    // "Ofsted has raised this at two monitoring visits": not those of social workers to placements.
    let by_ofsted = || has(&["monitoring visits"]) && has(&["Ofsted", "Ofsted’s", "HMI"]) && !has(AHEAD);
    kind == "monitoring-visit" && (has(SINCE) || by_ofsted())
}

/// Whether a sentence without a date speaks of an inspection before this one.
pub(super) fn speaks_of_earlier(sentence: &str) -> bool {
    let raw: Vec<&str> = sentence.split_whitespace().collect();
    let words: Vec<String> = raw
        .iter()
        .map(|w| w.trim_matches(|c: char| !c.is_alphanumeric() && c != '’').to_lowercase())
        .collect();
    (0..words.len()).any(|i| {
        let named = |w: &str| {
            matches!(
                w,
                "inspection"
                    | "inspections"
                    | "visit"
                    | "visits"
                    | "inspected"
                    | "jtai"
                    | "ilacs"
                    | "sif"
                    | "re-inspection"
                    | "judged"
                    | "judgement"
                    | "judgements"
            )
        };
        // "Two years ago, a focused visit found"; "when it was inspected three years ago"
        let ago = || {
            words.part(i.saturating_sub(6)..i).iter().any(|w| w == "ago")
                || words.tail(i + 1).iter().take(3).any(|w| w == "ago")
        };
        let since = || SINCE.iter().any(|s| words.tail(i + 1).iter().take(s.len()).eq(s.iter()));
        if named(&words[i]) && (ago() || since()) {
            return true;
        }
        let before = BEFORE.iter().any(|b| {
            words[i] == *b
                || b.split_once(' ').is_some_and(|(a, c)| words[i] == c && i > 0 && words[i - 1] == a)
        });
        let next = words.tail(i + 1).iter().take(7).position(|w| named(w)).map(|n| i + 1 + n);
        let ends = |at: usize| raw[at].ends_with([',', ';', ':']) || APART.contains(&words[at].as_str());
        before && next.is_some_and(|n| !raw[i].ends_with(',') && !(i + 1..n).any(ends))
    })
}
