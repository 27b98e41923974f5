//! Judgements, assembled from all places that state them.

use crate::grammar::{find, grade};
use crate::record::vocabulary::scale_of;
use crate::record::{Draft, Evidence, Judgement, Status};

/// The kind of place where a grade was read, from weak to strong.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Strength {
    /// A sentence of the body.
    Sentence,
    /// A section's heading.
    Heading,
    /// The front table, or the statement in place of it.
    Table,
}

/// One statement of a grade.
#[derive(Debug, Clone)]
pub struct Reading {
    /// Code of what was judged.
    pub area: &'static str,
    /// The label as printed.
    pub label: String,
    /// Code of the grade; `None` if the label has no grade that could be read.
    pub grade: Option<&'static str>,
    /// The grade as printed; without a code, what the form prints instead ("Not judged").
    pub printed: Option<String>,
    /// Where it was read.
    pub evidence: Evidence,
    /// What kind of place it is.
    pub strength: Strength,
}

/// Sets the judgements: for each area the strongest reading, with the number of places that agree. A diagnostic names
/// places that disagree. Areas are in the order of their strongest readings.
pub fn set(draft: &mut Draft, mut readings: Vec<Reading>, before_2013_framework: bool) {
    readings.retain(|r| r.strength != Strength::Table || !runs_together(&r.label));
    // The sort is stable, so that readings from the same kind of place stay in printed order; rows of the table that
    // have a grade, or say that there was nothing to judge, come first.
    readings.sort_by_key(|r| {
        std::cmp::Reverse((r.printed.is_some() && r.strength == Strength::Table, r.strength))
    });
    let mut areas: Vec<&'static str> = Vec::new();
    for reading in &readings {
        if !areas.contains(&reading.area) {
            areas.push(reading.area);
        }
    }
    for area in areas {
        let of_area: Vec<&Reading> = readings.iter().filter(|r| r.area == area).collect();
        set_area(draft, area, &of_area, before_2013_framework);
    }
}

/// Sets the judgement of an area from the best reading. Readings that disagree get a diagnostic.
fn set_area(draft: &mut Draft, area: &str, readings: &[&Reading], before_2013_framework: bool) {
    let best = *readings.iter().find(|r| r.grade.is_some()).unwrap_or(&readings[0]);
    let path = format!("/judgements/{}", draft.record.judgements.len());
    let graded = || readings.iter().filter(|r| r.grade.is_some());
    let agree = graded().filter(|r| r.grade == best.grade).count() as u32;
    for other in graded().filter(|r| r.grade != best.grade) {
        let page = other.evidence.spans.first().map(|s| s.page);
        let message = format!(
            "{area}: the {} says “{}”, the {} says “{}”; the first was followed",
            place(best.strength),
            best.printed.as_deref().unwrap_or("nothing"),
            place(other.strength),
            other.printed.as_deref().unwrap_or("nothing"),
        );
        draft.warn("grades-disagree", Some(&format!("{path}/grade")), page, message);
    }
    let mut evidence = best.evidence.clone();
    // A form may say that there was nothing to judge.
    if best.grade.is_none() && best.printed.is_none() {
        evidence.status = Status::NotRead;
        let page = evidence.spans.first().map(|s| s.page);
        let message = format!("“{}” has a grade that was not read", best.label);
        draft.warn("grade-not-read", Some(&path), page, message);
    }
    evidence.witnesses = Some(agree.max(1));
    draft.note(path, evidence);
    let (scale, rank) = best.grade.map_or(("ofsted-4", None), |g| scale_of(g, before_2013_framework));
    draft.record.judgements.push(Judgement {
        area: area.into(),
        label: best.label.clone(),
        grade: best.grade.map(str::to_owned),
        printed: best.printed.clone(),
        scale: scale.into(),
        rank,
    });
}

/// Whether a label contains those of two rows, or a grade: then it is unknown to which the grade beside it belongs.
///
/// "2.2 Experiences and progress of care leavers 3. Leadership, management and governance"
fn runs_together(label: &str) -> bool {
    let number =
        |w: &str| w.strip_suffix('.').is_some_and(|n| n.bytes().all(|b| b.is_ascii_digit()) && !n.is_empty());
    label.split(' ').skip(1).any(number) || find(grade, label).is_some()
}

fn place(strength: Strength) -> &'static str {
    match strength {
        Strength::Table => "table",
        Strength::Heading => "section heading",
        Strength::Sentence => "sentence",
    }
}

/// The code of the area that a printed label names; `None` if it is not the label of a judgement.
///
/// "The experiences and progress of children who need help and protection" → `help-and-protection`
pub fn area_of(label: &str) -> Option<&'static str> {
    let l = label.to_lowercase().replace('\u{2019}', "'");
    // A label that is cut off at a line's end: "… of children in care and care" is not the label for children in care.
    if [" and", " and care"].iter().any(|end| l.trim_end().ends_with(end)) {
        return None;
    }
    let has = |s: &str| l.contains(s);
    Some(if has("overall effectiveness") {
        "overall-effectiveness"
    } else if has("safeguarding children board") || has("lscb") {
        "lscb"
    } else if has("leaders on social work") || has("impact of leaders") || has("leadership") {
        "leadership"
    } else if has("adoption") {
        "adoption"
    } else if has("help and protection") {
        "help-and-protection"
    } else if has("care leavers")
        && (has("in care") || has("looked after"))
        && !has("progress of care leavers")
    {
        "children-in-care-and-care-leavers"
    } else if has("care leavers") {
        "care-leavers"
    } else if has("outcomes for looked after") {
        "outcomes"
    } else if has("capacity to improve") || has("capacity for improvement") {
        "capacity-to-improve"
    } else if has("quality of provision") || has("quality of practice") {
        "quality-of-provision"
    } else if has("looked after") {
        "looked-after-and-permanence"
    } else if has("in care") {
        "children-in-care"
    } else {
        return None;
    })
}
