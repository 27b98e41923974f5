//! The dates of an inspection.

use findings_core::grammar::Date;
use findings_core::record::{DateRange, Draft, Evidence, Status};

use super::values::Got;

/// Pointers of the first and the last day.
pub(super) const ENDS: &[&str] = &["/inspection/start", "/inspection/end"];

/// Sets the dates of one reading.
pub(super) fn of_one(got: &Got, evidence: &Evidence, draft: &mut Draft) {
    let inspection = &mut draft.record.inspection;
    inspection.start = got.days.iter().map(|d| d.0).min().map(|d| d.to_string());
    inspection.end = got.days.iter().map(|d| d.1).max().map(|d| d.to_string());
    inspection.visits =
        got.days.iter().map(|(a, b)| DateRange { start: a.to_string(), end: b.to_string() }).collect();
    for member in ["start", "end", "visits"] {
        draft.note(format!("/inspection/{member}"), evidence.clone());
    }
}

/// The dates of all readings, sorted and without duplicates.
pub(super) fn all(read: &[&Got], draft: &mut Draft) {
    let mut days: Vec<((Date, Date), &Got)> =
        read.iter().flat_map(|got| got.days.iter().map(move |d| (*d, *got))).collect();
    days.sort_by_key(|(range, _)| *range);
    days.dedup_by_key(|(range, _)| *range);
    let inspection = &mut draft.record.inspection;
    inspection.start = days.first().map(|(range, _)| range.0.to_string());
    inspection.visits =
        days.iter().map(|((a, b), _)| DateRange { start: a.to_string(), end: b.to_string() }).collect();
    let last = days.iter().max_by_key(|(range, _)| range.1);
    inspection.end = last.map(|(range, _)| range.1.to_string());
    for (member, of) in [("start", days.first()), ("end", last)] {
        of.into_iter().for_each(|(_, got)| draft.note(format!("/inspection/{member}"), got.evidence.clone()));
    }
    for (i, (_, got)) in days.iter().enumerate() {
        draft.note(format!("/inspection/visits/{i}"), got.evidence.clone());
    }
}

/// The visit between a first and a last day that were read by themselves.
pub(super) fn between(draft: &mut Draft) {
    let inspection = &mut draft.record.inspection;
    match (inspection.start.clone(), inspection.end.clone()) {
        (Some(start), Some(end)) if start <= end => {
            inspection.visits = vec![DateRange { start, end }];
            draft.derived("/inspection/visits", "the first and the last day");
        }
        _ => draft.absent("/inspection/visits", Status::NotRead),
    }
}
