//! The ratings, which are printed on the first page, in the list of the five questions, and in the band above each
//! chapter.

use findings_plugin_sdk::grammar::grade::grade_alone;
use findings_plugin_sdk::grammar::{Graded, Hit, find, grade, label};
use findings_plugin_sdk::outline::Role;
use findings_plugin_sdk::record::vocabulary::scale_of;
use findings_plugin_sdk::record::{Draft, Evidence, Judgement, Status};
use findings_plugin_sdk::text::Text;

use crate::extension::{Extension, Rating};
use crate::form::{QUESTIONS, Report};

const OVERALL: &str = "Overall rating for this service";

/// A rating as printed in one place.
struct Printed<'t> {
    graded: Graded<'t>,
    evidence: Evidence,
}

/// Reads the ratings on the first page, with the other places as witnesses.
pub fn read(report: &Report, front: Text, extension: &mut Extension, draft: &mut Draft) {
    let overall = after(&front, OVERALL);
    if find(label(OVERALL), front.as_str()).is_some() {
        judgement("overall", OVERALL, overall.as_ref(), draft);
    }
    extension.overall_rating = code(overall.as_ref());
    note(draft, "/extension/overall_rating", overall.as_ref());
    for (key, question) in QUESTIONS {
        let Some(Hit { slice, .. }) = find(label(question), front.as_str()) else { continue };
        let rating = after(&front, question);
        let at = extension.ratings.len();
        let pointer = |field: &str| format!("/extension/ratings/{at}/{field}");
        for field in ["question", "key"] {
            draft.note(pointer(field), front.evidence(slice, "cqc.ratings"));
        }
        for field in ["rating", "printed"] {
            note(draft, &pointer(field), rating.as_ref());
        }
        judgement(key, slice, rating.as_ref(), draft);
        let pointers =
            [pointer("rating"), format!("/judgements/{}/grade", draft.record.judgements.len() - 1)];
        witnesses(report, key, code(rating.as_ref()), &pointers, draft);
        extension.ratings.push(Rating {
            question: slice.to_owned(),
            key: (*key).to_owned(),
            rating: code(rating.as_ref()),
            printed: rating.as_ref().map(|r| r.graded.printed.to_owned()),
            ..Rating::default()
        });
    }
    if extension.ratings.is_empty() {
        draft.absent("/extension/ratings", Status::NotRead);
        let message = "no rating of a key question could be read on the first page";
        draft.warn("judgements-missing", Some("/judgements"), Some(1), message);
    }
}

/// The grade directly after a label.
fn after<'t>(text: &'t Text, name: &str) -> Option<Printed<'t>> {
    let rest = find(label(name), text.as_str())?.rest.trim_start_matches(['?', ':', ' ']);
    let (_, graded) = grade(rest).ok()?;
    let from = text.as_str().len() - rest.len();
    let evidence = text.evidence_of(from..from + graded.printed.len(), "cqc.ratings");
    Some(Printed { graded, evidence })
}

fn code(rating: Option<&Printed>) -> Option<String> {
    rating.map(|r| r.graded.grade.code().to_owned())
}

fn note(draft: &mut Draft, pointer: &str, rating: Option<&Printed>) {
    match rating {
        Some(r) => draft.note(pointer, r.evidence.clone()),
        None => draft.absent(pointer, Status::NotRead),
    }
}

fn judgement(area: &str, question: &str, rating: Option<&Printed>, draft: &mut Draft) {
    let at = draft.record.judgements.len();
    for field in ["label", "grade", "printed"] {
        note(draft, &format!("/judgements/{at}/{field}"), rating);
    }
    // The label is the table row's; the grade is beside it.
    draft.derived(format!("/judgements/{at}/label"), "the form's question");
    if rating.is_none() {
        let message = format!("the rating of “{question}” could not be read");
        draft.warn("grade-not-read", Some(&format!("/judgements/{at}/grade")), Some(1), message);
    }
    let grade = code(rating);
    draft.record.judgements.push(Judgement {
        area: area.to_owned(),
        label: question.to_owned(),
        rank: grade.as_deref().and_then(|g| scale_of(g, false).1),
        grade,
        printed: rating.map(|r| r.graded.printed.to_owned()),
        scale: "cqc-4".into(),
    });
}

/// Compares a rating with the other places: the list of the five questions, where it follows the question, and the
/// band on the first page of the chapter.
fn witnesses(report: &Report, key: &str, rating: Option<String>, pointers: &[String; 2], draft: &mut Draft) {
    let mut seen: Vec<(String, u32)> = Vec::new();
    for heading in report.headings.iter().filter(|h| h.key == Some(key)) {
        let block = &report.outline.blocks[heading.block];
        let beside = grade_alone(&block.text.as_str()[heading.end..]);
        seen.extend(beside.map(|g| (g.grade.code().to_owned(), block.page)));
        if heading.level == 1 {
            // The outline takes the band for a running header or a heading.
            let bands =
                report.outline.blocks.iter().filter(|b| b.page == block.page && b.role != Role::Table);
            let bands = bands.filter_map(|b| grade_alone(b.text.as_str()));
            seen.extend(bands.map(|g| (g.grade.code().to_owned(), block.page)));
        }
    }
    for (other, page) in seen {
        if rating.as_ref() == Some(&other) {
            for pointer in pointers {
                if let Some(e) = draft.record.evidence.get_mut(pointer) {
                    e.witnesses = Some(e.witnesses.unwrap_or(1) + 1);
                }
            }
        } else if let Some(rating) = &rating {
            let message =
                format!("the first page rates “{key}” {rating}, page {page} {other}; the first was followed");
            draft.warn("grades-disagree", Some(&pointers[0]), Some(page), message);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::text;

    #[test]
    fn a_rating_follows_its_label() {
        let page = text(&[
            "Overall rating for this service Requires Improvement",
            "Is the service safe? Inadequate",
        ]);
        let of = |name| code(after(&page, name).as_ref());
        assert_eq!(of(OVERALL).as_deref(), Some("requires-improvement"));
        assert_eq!(of("Is the service safe?").as_deref(), Some("inadequate"));
        assert_eq!(of("Is the service caring?"), None);
        assert_eq!(
            code(after(&text(&["Is the service safe? What is Good"]), "Is the service safe?").as_ref()),
            None
        );
    }
}
