//! Headings: they are phrases, and everything that is judged has one.

use super::spelling::is_damaged;
use super::words::beginning;
use super::{Check, Finished, Verdict};
use crate::cut::Cut;
use crate::grammar::ends_open;
use crate::grammar::grade::grade_alone;
use crate::grammar::label::{find_label, is_label};
use crate::grammar::{date, is_person_like};
use crate::ofsted::judgements::area_of;
use crate::record::{Judgement, Section};

pub(super) const CHECKS: &[Check] = &[
    Check {
        name: "heading-begins-small",
        why: "A heading starts with a capital or a number",
        held: (319, 319),
        run: beginnings,
    },
    Check {
        name: "heading-cut-off",
        why: "A heading doesn't stop in the middle of a phrase, and a judgement's doesn't end in a colon",
        held: (319, 319),
        run: endings,
    },
    Check {
        name: "heading-is-sentence",
        why: "A heading of several words ends in a full stop only if it states a grade",
        held: (319, 319),
        run: sentences,
    },
    Check {
        name: "frame-as-heading",
        why: "A closing line, a title, a date, a grade or a person's name is never a heading",
        held: (319, 319),
        run: frame,
    },
    Check {
        name: "judgement-no-section",
        why: "Everything that the table judges has its own section",
        held: (160, 160),
        run: judged,
    },
    Check {
        name: "heading-nearly-known",
        why: "Headings that mention improvement or findings are among the form's standard headings",
        held: (247, 247),
        run: nearly_known,
    },
    Check {
        name: "section-ungraded",
        why: "If headings state grades, every judgement's heading does",
        held: (158, 159),
        run: ungraded,
    },
];

/// The headings and their pointers.
fn headings<'a>(f: &Finished<'a>) -> impl Iterator<Item = (String, &'a str)> {
    let sections = f.record.sections.iter().enumerate();
    sections.filter_map(|(s, section)| Some((format!("/sections/{s}/heading"), section.heading.as_deref()?)))
}

fn beginnings(f: &Finished<'_>, verdict: &mut Verdict) {
    for (pointer, heading) in headings(f) {
        verdict.that(!heading.starts_with(char::is_lowercase), &[&pointer], || {
            format!("“{}” begins in the middle of a heading", beginning(heading))
        });
    }
}

fn endings(f: &Finished<'_>, verdict: &mut Verdict) {
    let judged = |s: &Section| s.kind == "judgement-area";
    for (pointer, heading) in headings(f) {
        let graded = f.record.sections.iter().any(|s| judged(s) && s.heading.as_deref() == Some(heading));
        let open = ends_open(heading, &["to", "for", "be"]) || graded && heading.ends_with(':');
        verdict.that(!open, &[&pointer], || format!("“{heading}” seems to go on"));
    }
}

/// Headings with fewer words may have a full stop by mistake: "Headline findings."
const PHRASE: usize = 4;

/// An item without its mark, or a stray line, looks like a heading but ends like a sentence.
fn sentences(f: &Finished<'_>, verdict: &mut Verdict) {
    for (pointer, heading) in headings(f) {
        let sentence = heading.ends_with('.') && heading.split(' ').nth(PHRASE).is_some();
        let holds = !sentence || area_of(heading).is_some() || says_overall(f, heading);
        verdict.that(holds, &[&pointer, "/improvements"], || {
            format!("“{}” heads a section and is a sentence", beginning(heading))
        });
    }
}

/// Whether a heading is the sentence that states the overall grade, as given in the table: "Children’s services in
/// Ashmoor are good."
fn says_overall(f: &Finished<'_>, heading: &str) -> bool {
    let overall = f.record.judgements.iter().find(|j| j.area == "overall-effectiveness");
    let name = f.record.provider.name.as_deref().unwrap_or_default();
    let bare = heading.trim_end_matches('.');
    let said = bare.match_indices(' ').find_map(|(at, _)| grade_alone(bare.tail(at + 1)));
    // In a damaged text the name may be misread.
    (!name.is_empty() && heading.contains(name) || is_damaged(f))
        && said.is_some_and(|g| overall.and_then(|j| j.grade.as_deref()) == Some(g.grade.code()))
}

/// Looks for variants of standard headings, since the text below them is a list or the findings.
fn nearly_known(f: &Finished<'_>, verdict: &mut Verdict) {
    const WORDS: &[&str] = &["improve", "finding", "recommendation", "summary", "priority action"];
    // In single framework reports, headings of judgements say "requires improvement"; in joint letters, cases have
    // headings.
    let known = ["ofsted.ilacs.", "ofsted.area-send."].iter().any(|id| f.record.format.id.starts_with(id));
    for (s, section) in f.record.sections.iter().enumerate().filter(|_| known) {
        let Some(heading) = section.heading.as_deref() else { continue };
        let small = heading.to_lowercase();
        let own = section.kind == "other" && WORDS.iter().any(|w| small.contains(w));
        let pointers = [format!("/sections/{s}/heading"), format!("/sections/{s}/kind")];
        verdict.that(!own, &[&pointers[0], &pointers[1], "/improvements"], || {
            format!("“{heading}” is worded like no section that is known")
        });
    }
}

/// How titles of documents begin.
const TITLES: &[&str] = &["Focused visit to", "Monitoring visit of", "Monitoring visit to", "Inspection of"];

fn frame(f: &Finished<'_>, verdict: &mut Verdict) {
    for (pointer, heading) in headings(f) {
        let close = ["Yours sincerely", "Yours faithfully"]
            .iter()
            .any(|c| is_label(heading.trim_end_matches(','), c));
        let title = TITLES.iter().any(|t| find_label(heading, t).is_some());
        verdict.that(!title, &[&pointer, "/sections"], || {
            format!("the document's title “{heading}” heads a section")
        });
        let alone =
            date(heading).is_ok_and(|(rest, _)| rest.trim().is_empty()) || grade_alone(heading).is_some();
        verdict.that(!alone, &[&pointer, "/sections"], || format!("“{heading}” alone heads a section"));
        let people = f.record.inspectors.iter().filter_map(|i| i.name.as_deref());
        let name = is_person_like(heading) && people.into_iter().any(|n| n == heading);
        verdict.that(!close && !name, &[&pointer, "/letter/signatories"], || {
            format!("“{heading}” heads a section")
        });
    }
}

/// Formats with a section for each row of the table.
fn has_sections(f: &Finished<'_>) -> bool {
    f.record.format.id == "ofsted.ilacs.inspection" || f.record.format.id == "ofsted.sif.inspection"
}

fn judged(f: &Finished<'_>, verdict: &mut Verdict) {
    if !has_sections(f) {
        return;
    }
    // Some single framework reports cover leaders and the board under other headings.
    let sif = f.record.format.id.starts_with("ofsted.sif.");
    let has = |j: &&Judgement| match j.area.as_str() {
        "overall-effectiveness" => false,
        "leadership" | "lscb" => !sif,
        _ => true,
    };
    for judgement in f.record.judgements.iter().filter(has) {
        let area = Some(judgement.area.as_str());
        let has = f.record.sections.iter().any(|s| s.kind == "judgement-area" && s.area.as_deref() == area);
        verdict.that(has, &["/sections"], || format!("no section of {}", judgement.area));
    }
}

fn ungraded(f: &Finished<'_>, verdict: &mut Verdict) {
    if !has_sections(f) {
        return;
    }
    let some_graded = f.record.sections.iter().any(|s| s.grade.is_some());
    for (s, section) in f.record.sections.iter().enumerate().filter(|(_, s)| s.kind == "judgement-area") {
        let ends_in_grade = section.heading.as_deref().is_some_and(ends_in_grade);
        if !some_graded && !ends_in_grade {
            continue;
        }
        let graded = |area: &str| f.record.judgements.iter().any(|j| j.area == area && j.grade.is_some());
        let Some(area) = section.area.as_deref().filter(|a| graded(a)) else { continue };
        verdict.that(section.grade.is_some(), &[&format!("/sections/{s}/grade")], || {
            format!("the heading of {area} gives no grade")
        });
    }
}

/// Whether the last words of a heading are a grade, whatever joins them to the label.
fn ends_in_grade(heading: &str) -> bool {
    heading.match_indices(' ').any(|(at, _)| grade_alone(heading.tail(at)).is_some())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::checks::run;
    use crate::outline::Outline;
    use crate::record::sample;

    fn odd(heading: &str) -> Vec<String> {
        let mut record = sample();
        record.sections = vec![Section { heading: Some(heading.into()), ..Section::default() }];
        let finished = Finished { record: &record, doc: &Outline::default(), parts: &[] };
        let own = CHECKS.iter().filter(|c| matches!(c.name, "heading-is-sentence" | "frame-as-heading"));
        let mut codes: Vec<String> = run(&finished, own).into_iter().map(|d| d.code).collect();
        codes.dedup();
        codes
    }

    #[test]
    fn a_grade_at_the_end_of_a_heading_is_the_sections() {
        let doubts = |heading: &str| {
            let mut record = sample();
            let area = "leadership";
            record.judgements =
                vec![Judgement { area: area.into(), grade: Some("good".into()), ..Judgement::default() }];
            record.sections = vec![Section {
                kind: "judgement-area".into(),
                heading: Some(heading.into()),
                area: Some(area.into()),
                ..Section::default()
            }];
            let finished = Finished { record: &record, doc: &Outline::default(), parts: &[] };
            run(&finished, CHECKS.iter().filter(|c| c.name == "section-ungraded")).len()
        };
        assert_eq!(doubts("The impact of leaders – which is – good."), 1);
        assert_eq!(doubts("The impact of leaders on good practice"), 0);
    }

    #[test]
    fn a_sentence_may_give_the_overall_grade() {
        let odd = |grade: &str, area: &str| {
            let mut record = sample();
            record.provider.name = Some("Ashmoor".into());
            let (area, grade) = (area.to_owned(), Some(grade.to_owned()));
            record.judgements = vec![Judgement { area, grade, ..Judgement::default() }];
            let heading = Some("Children’s services in Ashmoor require improvement.".into());
            record.sections = vec![Section { heading, ..Section::default() }];
            let finished = Finished { record: &record, doc: &Outline::default(), parts: &[] };
            run(&finished, CHECKS.iter().filter(|c| c.name == "heading-is-sentence")).len()
        };
        assert_eq!(odd("requires-improvement", "overall-effectiveness"), 0);
        assert_ne!(odd("good", "overall-effectiveness"), 0);
        assert_ne!(odd("requires-improvement", "adoption"), 0);
    }

    #[test]
    fn a_sentence_or_a_date_heads_nothing() {
        assert_eq!(odd("The timeliness of visits to families."), ["heading-is-sentence"]);
        assert_eq!(odd("12 May 2023"), ["frame-as-heading"]);
        for heading in
            ["Headline findings.", "The graded judgement for adoption performance is good.", "Next steps"]
        {
            assert_eq!(odd(heading), [""; 0], "{heading}");
        }
    }
}
