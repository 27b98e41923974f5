//! The order of a form's sections.

use super::{Check, Finished, Verdict};

pub(super) const CHECKS: &[Check] = &[Check {
    name: "sections-out-of-order",
    why: "Each standard section appears once, in the form's order",
    held: (317, 317),
    run: order,
}];

/// The standard sections of each format, in order. Those in one row may swap places.
const ORDER: &[(&str, &[&[&str]])] = &[
    (
        "ofsted.area-send.inspection",
        &[
            &["outcome"],
            &["local-area-information"],
            &["strengths"],
            &["priority-action", "improvements"],
            &["team"],
        ],
    ),
    ("ofsted.sif.inspection", &[&["summary-for-children"], &["about-inspection"], &["team"]]),
    ("ofsted.ilacs.inspection", &[&["overview"], &["improvements"]]),
    (
        "ofsted.ilacs.focused-visit",
        &[
            &["about-inspection"],
            &["headline-findings", "overview"],
            &["priority-action"],
            &["improvements", "findings"],
        ],
    ),
    (
        "ofsted.jtai.inspection",
        &[
            &["about-inspection"],
            &["headline-findings"],
            &["improvements", "strengths"],
            &["findings"],
            &["next-steps"],
        ],
    ),
];

/// Sections that some reports have twice.
const AGAIN: &[&str] = &["findings"];

/// A single framework report has one summary for the authority and one for the board.
fn summaries(f: &Finished<'_>, verdict: &mut Verdict) {
    if f.record.format.id != "ofsted.sif.inspection" {
        return;
    }
    let sections = &f.record.sections;
    for (at, _) in sections.iter().enumerate().filter(|(_, s)| s.kind == "executive-summary") {
        let before = |kind: &str| sections[..at].iter().any(|s| s.kind == kind);
        let first = !before("overview") && !before("leadership") && !before("executive-summary");
        verdict.that(first || before("lscb"), &[&format!("/sections/{at}")], || {
            "an executive summary stands among what it summarises".to_owned()
        });
    }
}

/// Sections that a part of a single framework report has (55 of 56 reports): their kinds, how many it has at most, and
/// what is lost, or read from other sections, if it has another number of them.
type Has = (&'static [&'static str], usize, &'static [&'static str]);
const LIST: Has = (&["recommendations", "improvements"], usize::MAX, &["/improvements", "/sections"]);
const OF_AUTHORITY: &[Has] = &[
    // A second one is that of the contents page, and so are the headings of the figures.
    (&["executive-summary"], 1, &["/figures", "/mentions", "/sections"]),
    (&["local-area-information"], 2, &["/figures", "/mentions", "/sections"]),
    (&["leadership"], 1, &["/sections"]),
    LIST,
];
/// If the findings have no heading, they are read as items of the list.
const OF_BOARD: &[Has] = &[LIST, (&["findings"], usize::MAX, &["/improvements", "/sections"])];

/// In the edition of 2014 the authority's list begins with what can't wait (7 of 7 reports).
const URGENT: Has = (&["priority-action"], usize::MAX, &["/improvements", "/sections"]);

/// A single framework report is about the authority, and most are about its board as well.
fn parts(f: &Finished<'_>, verdict: &mut Verdict) {
    if f.record.format.id != "ofsted.sif.inspection" || f.record.inspection.kind != "single" {
        return;
    }
    let sections = &f.record.sections;
    let board = sections.iter().position(|s| s.kind == "lscb").unwrap_or(sections.len());
    let (authority, board) = sections.split_at(board);
    let both = [("authority", authority, OF_AUTHORITY), ("board", board, OF_BOARD)];
    for (name, part, all) in both.into_iter().filter(|(_, part, _)| !part.is_empty()) {
        let urgent = (name == "authority" && f.record.format.edition == "2014").then_some(&URGENT);
        for (kinds, most, places) in all.iter().chain(urgent) {
            let count = part.iter().filter(|s| kinds.contains(&s.kind.as_str())).count();
            verdict.that((1..=*most).contains(&count), places, || {
                format!("the part about the {name} has {count} sections of the kind {}", kinds[0])
            });
        }
    }
}

fn order(f: &Finished<'_>, verdict: &mut Verdict) {
    summaries(f, verdict);
    parts(f, verdict);
    let Some((_, rows)) = ORDER.iter().find(|(format, _)| *format == f.record.format.id) else { return };
    let row = |kind: &str| rows.iter().position(|row| row.contains(&kind));
    let mut before: Option<(usize, &str)> = None;
    let mut seen: Vec<&str> = Vec::new();
    for (at, section) in f.record.sections.iter().enumerate() {
        let kind = section.kind.as_str();
        let Some(place) = row(kind) else { continue };
        let again = seen.contains(&kind);
        if again && AGAIN.contains(&kind) {
            continue;
        }
        let late = before.filter(|(last, _)| place < *last);
        let mut pointers = vec![format!("/sections/{at}")];
        let kinds = [Some(kind), before.map(|(_, last)| last).filter(|last| *last != kind)];
        pointers.extend(kinds.into_iter().flatten().filter_map(list_of).map(str::to_owned));
        let pointers: Vec<&str> = pointers.iter().map(String::as_str).collect();
        verdict.that(!again && late.is_none(), &pointers, || match late {
            Some((_, last)) if !again => format!("the section {kind} stands behind {last}"),
            _ => format!("the section {kind} stands there twice"),
        });
        seen.push(kind);
        before = Some(before.map_or((place, kind), |last| if place > last.0 { (place, kind) } else { last }));
    }
}

/// The list that a kind of section contains, or the field read from it.
fn list_of(kind: &str) -> Option<&'static str> {
    match kind {
        "team" => Some("/inspectors"),
        other => super::holders::list_of(other),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::checks::run;
    use crate::outline::Outline;
    use crate::record::{Section, sample};

    fn doubted(kinds: &[&str]) -> String {
        let mut record = sample();
        record.format.id = "ofsted.jtai.inspection".into();
        record.sections =
            kinds.iter().map(|kind| Section { kind: (*kind).into(), ..Section::default() }).collect();
        let finished = Finished { record: &record, doc: &Outline::default(), parts: &[] };
        run(&finished, CHECKS.iter()).into_iter().filter_map(|d| d.path).collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn a_board_has_a_list_and_findings_of_its_own() {
        let doubted = |kinds: &[&str]| {
            let mut record = sample();
            record.format.id = "ofsted.sif.inspection".into();
            record.inspection.kind = "single".into();
            let authority = ["executive-summary", "local-area-information", "recommendations", "leadership"];
            let all = authority.iter().chain(kinds);
            record.sections =
                all.map(|kind| Section { kind: (*kind).into(), ..Section::default() }).collect();
            let finished = Finished { record: &record, doc: &Outline::default(), parts: &[] };
            run(&finished, CHECKS.iter()).into_iter().filter_map(|d| d.path).collect::<Vec<_>>().join(" ")
        };
        assert_eq!(doubted(&[]), "");
        assert_eq!(doubted(&["lscb", "recommendations", "findings"]), "");
        assert_eq!(doubted(&["lscb", "recommendations"]), "/improvements /sections");
        assert_eq!(doubted(&["lscb", "findings"]), "/improvements /sections");
        assert_eq!(doubted(&["executive-summary"]), "/sections/4 /figures /mentions /sections");
    }

    #[test]
    fn the_edition_of_2014_begins_its_lists_with_what_is_urgent() {
        let doubted = |edition: &str, urgent: &[&str]| {
            let mut record = sample();
            record.format.id = "ofsted.sif.inspection".into();
            record.format.edition = edition.into();
            record.inspection.kind = "single".into();
            let authority = ["executive-summary", "local-area-information", "improvements", "leadership"];
            let all = authority.iter().chain(urgent);
            record.sections =
                all.map(|kind| Section { kind: (*kind).into(), ..Section::default() }).collect();
            let finished = Finished { record: &record, doc: &Outline::default(), parts: &[] };
            run(&finished, CHECKS.iter()).into_iter().filter_map(|d| d.path).collect::<Vec<_>>().join(" ")
        };
        assert_eq!(doubted("2014", &["priority-action"]), "");
        assert_eq!(doubted("2014", &[]), "/improvements /sections");
        assert_eq!(doubted("2015", &[]), "");
    }

    #[test]
    fn a_section_stands_once_and_in_its_place() {
        assert_eq!(doubted(&["about-inspection", "strengths", "improvements", "other", "next-steps"]), "");
        assert_eq!(doubted(&["about-inspection", "next-steps", "strengths"]), "/sections/2 /strengths");
        assert_eq!(doubted(&["improvements", "improvements"]), "/sections/1 /improvements");
    }
}
