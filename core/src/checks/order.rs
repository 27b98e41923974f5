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

fn order(f: &Finished<'_>, verdict: &mut Verdict) {
    summaries(f, verdict);
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
    fn a_section_stands_once_and_in_its_place() {
        assert_eq!(doubted(&["about-inspection", "strengths", "improvements", "other", "next-steps"]), "");
        assert_eq!(doubted(&["about-inspection", "next-steps", "strengths"]), "/sections/2 /strengths");
        assert_eq!(doubted(&["improvements", "improvements"]), "/sections/1 /improvements");
    }
}
