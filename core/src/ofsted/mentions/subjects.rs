//! What earlier inspections judged, by the names that sentences use.

use std::cmp::Reverse;
use std::sync::LazyLock;

use nom::Offset;

use super::judged::Judged;
use crate::cut::Cut;
use crate::grammar::label::{any_label, find_label};

/// Codes of the judged areas, with their names.
const AREAS: &[(&str, &[&str])] = &[
    (
        "overall-effectiveness",
        &["overall effectiveness", "in all areas", "for all areas", "across all areas"],
    ),
    ("lscb", &["Safeguarding Children Board", "LSCB"]),
    (
        "children-in-care-and-care-leavers",
        &[
            "children in care and care leavers",
            "children looked after and care leavers",
            "looked after children and care leavers",
            "children in care and care experienced young people",
        ],
    ),
    ("care-leavers", &["care leavers", "care-experienced young people", "care experienced young people"]),
    (
        "looked-after-and-permanence",
        &["looked after and achieving permanence", "looked after and permanence", "achieving permanence"],
    ),
    (
        "looked-after",
        &[
            "children looked after",
            "looked after children",
            "looked-after children",
            "looked after",
            "looked-after",
        ],
    ),
    ("in-care", &["children in care", "children in our care"]),
    (
        "help-and-protection",
        &[
            "help and protection",
            "help or protection",
            "protection of children",
            "child protection",
            "help, protection",
        ],
    ),
    (
        "safeguarding",
        &[
            "safeguarding arrangements / arrangements for the protection of children",
            "safeguarding arrangements/ arrangements for the protection of children",
            "safeguarding arrangements/arrangements for the protection of children",
            "safeguarding arrangements for the protection of children",
            "safeguarding",
        ],
    ),
    ("adoption", &["adoption"]),
    ("private-fostering", &["private fostering"]),
    ("fostering", &["fostering"]),
    (
        "leadership",
        &[
            "impact of leaders on social work practice with children and families",
            "impact of leaders",
            "leadership, management and governance",
            "leadership and management",
            "leadership",
            "for leaders",
        ],
    ),
    ("capacity-to-improve", &["capacity to improve", "capacity for improvement"]),
];

/// All names with their codes, longest first.
static NAMES: LazyLock<Vec<(&str, &str)>> = LazyLock::new(|| {
    let rows = AREAS.iter().flat_map(|(code, names)| names.iter().map(|name| (*name, *code)));
    let mut rows: Vec<(&str, &str)> = rows.collect();
    rows.sort_by_key(|(name, _)| Reverse(name.len()));
    rows
});

/// The areas named in a text, in order: start, end, code. Of overlapping names the longest counts.
fn named_areas(text: &str) -> Vec<(usize, usize, &'static str)> {
    let mut found: Vec<(usize, usize, &'static str)> = Vec::new();
    for &(name, code) in NAMES.iter() {
        if let Some(hit) = find_label(text, name) {
            let at = text.offset(hit);
            let end = at + hit.len();
            if !found.iter().any(|(from, to, _)| at < *to && *from < end) {
                found.push((at, end, code));
            }
        }
    }
    found.sort_unstable();
    found
}

/// The areas named in a text, each once, in order. The inspection's date decides what the form of its time called them.
pub fn areas(text: &str, date: Option<&str>) -> Vec<&'static str> {
    let mut found = named_areas(text);
    // "the overall effectiveness of safeguarding services" is one judgement, on safeguarding.
    if let [(_, end, "overall-effectiveness"), (from, ..)] = found.as_slice()
        && text.get(*end..*from).is_some_and(|t| {
            ["of", "for"].contains(&t.split_whitespace().next().unwrap_or("")) && !t.contains(',')
        })
    {
        found.remove(0);
    }
    let mut codes: Vec<&'static str> = found.into_iter().map(|(.., code)| in_its_time(code, date)).collect();
    codes.dedup();
    codes
}

/// Removes the names of areas from a text.
pub fn without_areas(text: &str) -> String {
    let mut rest = text.to_owned();
    while let Some((from, end, _)) = named_areas(&rest).pop() {
        rest.replace_range(from..end, "");
    }
    rest
}

/// Before the single framework, services for looked after children were judged as a whole; then together with permanence;
/// and since 2018 as the experiences of children in care.
fn in_its_time(code: &'static str, date: Option<&str>) -> &'static str {
    match (code, date) {
        ("looked-after" | "in-care", Some(date)) if date >= "2018" => "children-in-care",
        // Without a date, the name in today's form.
        ("in-care", None) => "children-in-care",
        ("in-care", date) => in_its_time("looked-after", date),
        ("looked-after", Some(date)) if date >= "2013-11" => "looked-after-and-permanence",
        ("looked-after", _) => "looked-after-services",
        ("safeguarding", Some(date)) if date >= "2013-11" => "help-and-protection",
        (code, _) => code,
    }
}

/// The one area that an inspection was about; the overall judgement if several are named, or none.
pub fn subject(text: &str, date: Option<&str>) -> &'static str {
    match areas(text, date).as_slice() {
        [area] => area,
        _ => "overall-effectiveness",
    }
}

/// One grade for an inspection of two services that were graded apart before 2013: "The inspection of safeguarding
/// arrangements and services for looked after children was in May 2012. The local authority was judged to be good."
pub fn for_each_of_two(judged: Vec<Judged>, inspected: &str, date: Option<&str>) -> Vec<Judged> {
    const TWO: [&str; 2] = ["safeguarding", "looked-after-services"];
    let [("overall-effectiveness", grade)] = judged.as_slice() else { return judged };
    // The commas of a list of services would make it the whole of them.
    let of = find_label(inspected, "inspection of").map(|of| inspected.tail(inspected.offset(of)));
    match of.map(|of| areas(of, date)).as_deref() {
        Some([a, b]) if TWO.contains(a) && TWO.contains(b) && a != b => vec![(a, grade), (b, grade)],
        _ => judged,
    }
}

/// Whether a sentence begins with an area: "Leadership was judged"; "Services for care leavers were".
pub fn begins_with_area(sentence: &str) -> bool {
    let lead = any_label(&["the experiences and progress of", "services for", "the"])(sentence);
    let rest = lead.map_or(sentence, |(rest, _)| rest.trim_start());
    named_areas(rest).first().is_some_and(|(from, ..)| *from == 0)
}
