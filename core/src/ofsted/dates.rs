//! The dates of the inspection.

use crate::cut::Cut;
use crate::grammar::date_ranges::find_date_ranges;
use crate::grammar::label::find_label;
use crate::grammar::{Date, DateProblem, DateRanges, Hit};
use crate::outline::{Block, Role};
use crate::record::{DateRange, Draft, Evidence, Status};
use crate::text::Text;

/// Finds the first date ranges in a text, with their evidence.
pub fn find_in(text: &Text, rule: &str) -> Option<(DateRanges, Evidence)> {
    let Hit { slice, value, .. } = find_date_ranges(text.as_str())?;
    Some((value, text.evidence(slice, rule)))
}

/// `dates = ("Inspection dates" / "Inspection date") [":"] date-ranges` in the first of the blocks that has it. Dates
/// that break off at the end of a block ("… and 7 August 2019 to") continue in the next.
pub fn labelled<'d>(
    blocks: impl Iterator<Item = &'d Block> + Clone,
    rule: &str,
) -> Option<(DateRanges, Evidence)> {
    let texts: Vec<&Text> = blocks.map(|b| &b.text).collect();
    (0..texts.len()).find_map(|at| {
        let goes_on = labelled_dates(texts[at]).is_none_or(|hit| breaks_off(hit.rest));
        let whole = Text::join(texts.tail(at).iter().take(if goes_on { 2 } else { 1 }).copied(), " ");
        let begins = label_of(texts[at]).is_some();
        let Hit { slice, value, .. } = labelled_dates(&whole).filter(|_| begins)?;
        Some((value, whole.evidence(slice, rule)))
    })
}

fn label_of(text: &Text) -> Option<&str> {
    ["Inspection dates", "Inspection date"].iter().find_map(|l| find_label(text.as_str(), l))
}

fn labelled_dates(text: &Text) -> Option<Hit<'_, DateRanges>> {
    let hit = label_of(text)?;
    find_date_ranges(text.as_str().tail(text.range_of(hit).end))
}

/// Whether more dates must follow after what was read: "to"; "and"; a dash.
fn breaks_off(rest: &str) -> bool {
    matches!(rest.trim(), "to" | "and" | "until" | "-" | "\u{2013}" | "," | "&")
}

/// Sets start, end and visits.
pub fn set(draft: &mut Draft, found: Option<(DateRanges, Evidence)>) {
    let Some((dates, evidence)) = found else {
        for field in ["start", "end", "visits"] {
            draft.absent(format!("/inspection/{field}"), Status::NotRead);
        }
        draft.warn("dates-not-read", Some("/inspection/start"), None, "no inspection dates could be read");
        return;
    };
    let page = evidence.spans.first().map(|s| s.page);
    let unread = dates.problem == Some(DateProblem::PartUnread);
    if let Some(problem) = &dates.problem {
        draft.warn(
            if unread { "value-illegible" } else { "date-impossible" },
            Some("/inspection/start"),
            page,
            format!("“{}”: {}", evidence.quote.as_deref().unwrap_or_default(), problem.as_str()),
        );
    }
    let inspection = &mut draft.record.inspection;
    inspection.start = dates.start().map(|d| d.to_string());
    inspection.end = dates.end().map(|d| d.to_string());
    inspection.visits =
        dates.ranges.iter().map(|(a, b)| DateRange { start: a.to_string(), end: b.to_string() }).collect();
    let (start, end) = (inspection.start.is_some(), inspection.end.is_some());
    for (field, there) in [("start", start), ("end", end), ("visits", !unread)] {
        let pointer = format!("/inspection/{field}");
        let status = match there {
            true => Status::Found,
            false if unread => Status::Illegible,
            false => Status::NotRead,
        };
        draft.note(pointer, Evidence { status, ..evidence.clone() });
    }
}

/// Compares dates from another place (a running footer, a sentence) with those already set. Each day on which they agree
/// gets a witness; a day on which they don't gets a diagnostic, unless another place has had one before.
pub fn witness(draft: &mut Draft, other: &DateRanges, place: &str, page: u32) {
    let (Some(start), Some(end)) = (other.start(), other.end()) else { return };
    let told = draft.record.diagnostics.iter().any(|d| d.code == "dates-disagree");
    let inspection = &draft.record.inspection;
    let days = [("start", inspection.start.clone(), start), ("end", inspection.end.clone(), end)];
    for (field, set, said) in days {
        let pointer = format!("/inspection/{field}");
        if set == Some(said.to_string()) {
            if let Some(e) = draft.record.evidence.get_mut(&pointer) {
                e.witnesses = Some(e.witnesses.unwrap_or(1) + 1);
            }
        } else if set.is_some() && !told {
            draft.warn(
                "dates-disagree",
                Some(&pointer),
                Some(page),
                format!("the {place} says {start} to {end}; the front page was followed"),
            );
        }
    }
}

/// Compares the dates in running headers and footers with those already set.
pub fn footer_witnesses(doc: &crate::outline::Outline, draft: &mut Draft) {
    let lines = doc.blocks.iter().filter(|b| b.role == Role::Furniture && b.page > doc.first_page);
    let mut seen: Vec<&str> = Vec::new();
    let mut dates: Vec<(DateRanges, u32)> = Vec::new();
    let mut repeated = 0;
    for block in lines {
        let text = block.text.as_str();
        let Some(Hit { value, .. }) = find_date_ranges(text) else { continue };
        repeated += usize::from(is_set(draft, &value));
        if !seen.contains(&text) {
            seen.push(text);
            dates.push((value, block.page));
        }
    }
    // If a line that runs through a damaged text is wrong on one page and right on others, it is misread there.
    let settled = doc.damaged && repeated > 1;
    dates.retain(|(dates, _)| !settled || is_set(draft, dates));
    for (dates, page) in dates {
        witness(draft, &dates, "running footer", page);
    }
}

/// Whether dates are those already set.
fn is_set(draft: &Draft, dates: &DateRanges) -> bool {
    let inspection = &draft.record.inspection;
    let is = |set: &Option<String>, date: Option<Date>| set.is_some() && *set == date.map(|d| d.to_string());
    is(&inspection.start, dates.start()) && is(&inspection.end, dates.end())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ofsted::testing::outline;

    #[test]
    fn dates_that_break_off_go_on_in_the_next_block() {
        let read = |text| {
            let doc = outline(text);
            let (dates, evidence) = labelled(doc.blocks.iter(), "test").unwrap();
            format!(
                "{} {}",
                dates.end().map_or("-".into(), |d| d.to_string()),
                evidence.quote.unwrap_or_default()
            )
        };
        let whole = "2019-08-08 8 July 2019 to 12 July 2019 and 7 August 2019 to 8 August 2019";
        let text = "Inspection dates: 8 July 2019 to 12 July 2019 and 7 August 2019 to\n\n8 August 2019\n\nLead inspector: Ann Lee";
        assert_eq!(read(text), whole);
        assert_eq!(
            read("Inspection dates:\n\n3 to 7 June 2019\n\n1 July 2019"),
            "2019-06-07 3 to 7 June 2019"
        );
        assert_eq!(read("Inspection dates: 3 to 7 June 2019\n\n1 July 2019"), "2019-06-07 3 to 7 June 2019");
    }
}
