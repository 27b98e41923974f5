//! The envelope: what a report says in the terms that all inspection records share.

use findings_plugin_sdk::outline::{Outline, Role};
use findings_plugin_sdk::record::{DateRange, Draft, Improvement, Inspector, Judgement, Part, Status};
use findings_plugin_sdk::sections::{self as body, Head};

use crate::headings::{is_known_heading, squeezed};
use crate::letter;
use crate::read::Read;
use crate::report::{Report, is_furniture, is_page_number};

/// The scale of findings.
const SCALE: &str = "mi-violation";

/// What the form never has.
const NEVER: &[&str] = &[
    "/provider/ids",
    "/provider/region",
    "/provider/ids_current",
    "/provider/successors",
    "/strengths",
    "/figures",
    "/mentions",
];

/// Fills the record from what was read.
pub fn fill(doc: &Outline, report: &Report, read: &Read, draft: &mut Draft) {
    let ext = &read.extension;
    draft.record.format.edition = ext.template.clone();
    draft.record.inspection.framework = "child-welfare-licensing".into();
    draft.record.inspection.kind = ext.kind.clone();
    draft.absent("/inspection/theme", Status::NotApplicable);
    draft.absent("/published", Status::NotStated);
    for pointer in NEVER {
        draft.absent(*pointer, Status::NotApplicable);
    }
    draft.record.provider.kind = "child-welfare-agency".into();
    copy(draft, "/extension/facility_name", "/provider/name");
    copy(draft, "/extension/facility_name", "/provider/printed");
    draft.record.provider.name = ext.facility_name.clone();
    draft.record.provider.printed = ext.facility_name.clone();
    visits(read, draft);
    letter::set(draft, &report.letter, &read.letter);
    inspectors(read, draft);
    judgements(read, draft);
    sections(doc, draft);
}

/// Copies the evidence of one value to another.
fn copy(draft: &mut Draft, from: &str, to: &str) {
    if let Some(evidence) = draft.record.evidence.get(from).cloned() {
        draft.note(to, evidence);
    }
}

/// Sets the visits: the days on site or, without any, the days of contact.
fn visits(read: &Read, draft: &mut Draft) {
    let ext = &read.extension;
    let contacts = ext.contact_dates.as_deref().unwrap_or_default();
    let (days, key) = match ext.inspection_dates.as_slice() {
        [] => (contacts, "contact_dates"),
        days => (days, "inspection_dates"),
    };
    let mut order: Vec<usize> = (0..days.len()).collect();
    order.sort_by_key(|i| &days[*i]);
    order.dedup_by_key(|i| &days[*i]);
    for (n, i) in order.iter().enumerate() {
        copy(draft, &format!("/extension/{key}/{i}"), &format!("/inspection/visits/{n}"));
        draft.record.inspection.visits.push(DateRange { start: days[*i].clone(), end: days[*i].clone() });
    }
    let (Some(first), Some(last)) = (order.first(), order.last()) else {
        draft.absent("/inspection/start", Status::NotStated);
        draft.absent("/inspection/end", Status::NotStated);
        return;
    };
    copy(draft, &format!("/extension/{key}/{first}"), "/inspection/start");
    copy(draft, &format!("/extension/{key}/{last}"), "/inspection/end");
    draft.record.inspection.start = Some(days[*first].clone());
    draft.record.inspection.end = Some(days[*last].clone());
}

/// Adds the consultant and the manager as inspectors.
fn inspectors(read: &Read, draft: &mut Draft) {
    for (i, signed) in read.extension.signatories.iter().enumerate() {
        let Some(name) = &signed.name else { continue };
        let at = draft.record.inspectors.len();
        copy(draft, &format!("/extension/signatories/{i}/name"), &format!("/inspectors/{at}/name"));
        copy(draft, &format!("/extension/signatories/{i}/role"), &format!("/inspectors/{at}/role"));
        let lead = read.extension.analyst_name.as_ref() == Some(name) && at == 0;
        draft.record.inspectors.push(Inspector {
            name: Some(name.clone()),
            role: signed.role.clone(),
            organisation: None,
            lead: lead.then_some(true),
        });
    }
}

/// Adds a judgement for each rule, and an improvement for each rule that was violated.
fn judgements(read: &Read, draft: &mut Draft) {
    for (i, rule) in read.rules.iter().enumerate() {
        let title = rule.title.as_ref().map(|t| format!(" {}", t.value)).unwrap_or_default();
        let label = format!("{}{title}", rule.rule.value);
        draft.note(format!("/judgements/{i}/label"), rule.heading.evidence_all("rule.heading"));
        copy(draft, &format!("/extension/rules/{i}/finding"), &format!("/judgements/{i}/grade"));
        copy(draft, &format!("/extension/rules/{i}/printed_finding"), &format!("/judgements/{i}/printed"));
        draft.record.judgements.push(Judgement {
            area: rule.category.code().into(),
            label: label.clone(),
            grade: rule.finding.map(|f| f.code().to_owned()),
            printed: rule.printed.as_ref().map(|p| p.value.clone()),
            scale: SCALE.into(),
            rank: rule.finding.map(|f| f.rank()),
        });
        if rule.finding.is_some_and(|f| f.is_violation()) {
            let n = draft.record.improvements.len();
            draft.note(format!("/improvements/{n}"), rule.heading.evidence_all("rule.heading"));
            draft.record.improvements.push(Improvement {
                text: label,
                kind: "corrective-action".into(),
                addressed_to: "licensee".into(),
                ..Improvement::default()
            });
        }
    }
    let unread = draft.record.evidence.get("/extension/rules").is_some_and(|e| e.status == Status::NotRead);
    draft.absent("/judgements", if unread { Status::NotRead } else { Status::NotStated });
    if draft.record.improvements.is_empty() {
        draft.absent("/improvements", Status::NotStated);
    }
}

/// Adds the sections: from the first heading on, one for each heading with a Roman numeral.
fn sections(doc: &Outline, draft: &mut Draft) {
    for (at, block) in doc.blocks.iter().enumerate() {
        let text = block.text.as_str();
        if is_furniture(text) || is_page_number(text) {
            draft.parts[at] = Part::Furniture;
        }
    }
    let start = doc.blocks.iter().position(|b| is_known_heading(b.text.as_str())).unwrap_or(doc.blocks.len());
    body::sections(doc, draft, start..doc.blocks.len(), "other", |_, block| {
        let Role::Heading(_) = block.role else { return None };
        let name = squeezed(block.text.as_str());
        let kind = match () {
            () if name.contains("FINDING") || name.ends_with("INVESTIGATION") => "findings",
            () if name.contains("METHOD") => "about-inspection",
            () if name.contains("RECOMMENDATION") => "recommendations",
            () => "other",
        };
        Some(Head { level: 1, kind, grade: None })
    });
}
