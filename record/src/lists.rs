//! Completes a record once its grammar is done: every empty list gets a status, and inspectors who don't lead are
//! marked.

use super::{Draft, Record, Status};

impl Draft {
    /// Gives each empty list a status: the one that the grammar recorded, otherwise `not-read`. A status of absence
    /// on a list that is not empty is removed, because the items have evidence of their own.
    pub fn resolve_lists(&mut self) {
        for (pointer, empty) in lists(&self.record) {
            match self.record.evidence.get(pointer) {
                Some(evidence) if !empty && is_absent(evidence.status) => {
                    self.record.evidence.shift_remove(pointer);
                }
                None if empty => self.absent(pointer, Status::NotRead),
                _ => {}
            }
        }
    }

    /// If the document says who led, everyone else is marked as not leading; otherwise this stays open for all.
    pub fn resolve_lead(&mut self) {
        let inspectors = &mut self.record.inspectors;
        if inspectors.iter().any(|i| i.lead == Some(true)) {
            inspectors.iter_mut().for_each(|i| i.lead = i.lead.or(Some(false)));
        }
    }
}

/// The JSON Pointer of each list in a record, and whether it is empty. A letter's lists are included if there is a
/// letter.
fn lists(record: &Record) -> Vec<(&'static str, bool)> {
    let mut lists = vec![
        ("/provider/successors", record.provider.successors.is_empty()),
        ("/inspection/visits", record.inspection.visits.is_empty()),
        ("/inspectors", record.inspectors.is_empty()),
        ("/judgements", record.judgements.is_empty()),
        ("/improvements", record.improvements.is_empty()),
        ("/strengths", record.strengths.is_empty()),
        ("/sections", record.sections.is_empty()),
        ("/footnotes", record.footnotes.is_empty()),
        ("/figures", record.figures.is_empty()),
        ("/mentions", record.mentions.is_empty()),
    ];
    if let Some(letter) = &record.letter {
        lists.push(("/letter/recipients", letter.recipients.is_empty()));
        lists.push(("/letter/signatories", letter.signatories.is_empty()));
    }
    lists
}

fn is_absent(status: Status) -> bool {
    matches!(status, Status::NotStated | Status::NotApplicable | Status::NotRead)
}
