//! The table of inspection times: who inspected, on which day, from when to when.

use findings_plugin_sdk::grammar::date::date;
use findings_plugin_sdk::grammar::{ParseResult, find};
use findings_plugin_sdk::outline::Role;
use findings_plugin_sdk::record::{Draft, Inspector, Status};
use findings_plugin_sdk::text::Text;
use nom::Parser;
use nom::branch::alt;
use nom::bytes::complete::tag_no_case;
use nom::character::complete::{char, digit1, multispace0, one_of};
use nom::combinator::{opt, verify};

use crate::columns;
use crate::extension::{Extension, Visit};
use crate::layout::{Layout, Part};

/// The table's header.
const HEAD: &[&str] = &["Date", "Times of Inspection", "Inspector", "Role"];

/// Reads the table.
pub fn read(layout: &Layout, extension: &mut Extension, draft: &mut Draft) {
    let body = || layout.body(layout.blocks_of(Part::Times));
    let rows = columns::rows(body(), HEAD, |line, _| begins_day(line)).or_else(|| {
        // Without positions, the outline's table is used.
        let table = body().filter(|b| b.role == Role::Table).flat_map(|b| b.rows.iter().cloned());
        let rows: Vec<Vec<Text>> = table.filter(|r| r.len() == 4 && begins_day(r[0].as_str())).collect();
        (!rows.is_empty()).then_some(rows)
    });
    for row in rows.unwrap_or_default() {
        let [day, times, name, role] = row.as_slice() else { continue };
        visit(day, times, name, role, extension, draft);
    }
    envelope(extension, draft);
    if extension.inspectors.is_empty() {
        draft.absent("/extension/inspectors", Status::NotRead);
        draft.absent("/inspectors", Status::NotRead);
        let page = layout.text_of(Part::Times).page();
        let message = "the table of inspection times could not be read";
        draft.warn("lead-inspector-not-read", Some("/extension/inspectors"), Some(page), message);
    }
}

/// Whether a line begins a row: "Thursday 19 May" does, "2022" continues one.
fn begins_day(line: &str) -> bool {
    const DAYS: &[&str] = &["mon", "tue", "wed", "thu", "fri", "sat", "sun"];
    let lower = line.trim().to_lowercase();
    DAYS.iter().any(|d| lower.starts_with(d)) || date(line.trim()).is_ok()
}

fn visit(day: &Text, times: &Text, name: &Text, role: &Text, extension: &mut Extension, draft: &mut Draft) {
    let at = extension.inspectors.len();
    let mut take = |field: &str, value: Option<String>, text: &Text| {
        let pointer = format!("/extension/inspectors/{at}/{field}");
        match value {
            Some(_) => draft.note(pointer, text.evidence_all("hiqa.inspectors")),
            None => draft.absent(pointer, if text.is_empty() { Status::NotStated } else { Status::NotRead }),
        }
        value
    };
    let whole = |text: &Text| (!text.is_empty()).then(|| text.as_str().to_owned());
    let hours = hours(times.as_str()).ok().filter(|(rest, _)| rest.trim().is_empty()).map(|(_, h)| h);
    // If two rows were merged, the cell of times isn't a single range, and names and roles are unreliable.
    let sound = hours.is_some();
    let visit = Visit {
        name: take("name", whole(name).filter(|_| sound), name),
        role: take("role", whole(role).filter(|_| sound), role),
        date: take("date", find(date, day.as_str()).map(|h| h.value.to_string()), day),
        times: take("times", whole(times), times),
        start: take("start", hours.clone().map(|h| h.0), times),
        end: take("end", hours.map(|h| h.1), times),
    };
    extension.inspectors.push(visit);
}

/// `hours = time "to" time`
///
/// "10:00hrs to 15:45hrs"
fn hours(input: &str) -> ParseResult<'_, (String, String)> {
    let to = (multispace0, alt((tag_no_case("to"), tag_no_case("-"), tag_no_case("–"))), multispace0);
    let (rest, (from, _, until)) = (time, to, time).parse(input)?;
    Ok((rest, (from, until)))
}

/// `time = 1*2DIGIT (":" / ".") 2DIGIT ["hrs"]`
fn time(input: &str) -> ParseResult<'_, String> {
    let hour = verify(digit1, |d: &str| d.len() <= 2 && d.parse::<u8>().is_ok_and(|h| h < 24));
    let minute = verify(digit1, |d: &str| d.len() == 2 && d.parse::<u8>().is_ok_and(|m| m < 60));
    let unit = opt((multispace0, alt((tag_no_case("hrs"), tag_no_case("hr"))), opt(char('.'))));
    let (rest, (hour, _, minute, _)) = (hour, one_of(":."), minute, unit).parse(input)?;
    Ok((rest, format!("{hour:0>2}:{minute}")))
}

/// Adds each person once to the record, in printed order.
fn envelope(extension: &Extension, draft: &mut Draft) {
    for (row, visit) in extension.inspectors.iter().enumerate() {
        let Some(name) = &visit.name else { continue };
        if draft.record.inspectors.iter().any(|i| i.name.as_ref() == Some(name)) {
            continue;
        }
        let at = draft.record.inspectors.len();
        let lead = visit.role.as_deref().is_some_and(|r| r.eq_ignore_ascii_case("lead"));
        let (role, organisation) = (visit.role.clone(), None);
        draft.record.inspectors.push(Inspector {
            name: Some(name.clone()),
            role,
            organisation,
            lead: lead.then_some(true),
        });
        for field in ["name", "role"] {
            let from = format!("/extension/inspectors/{row}/{field}");
            if let Some(evidence) = draft.record.evidence.get(&from).cloned() {
                draft.note(format!("/inspectors/{at}/{field}"), evidence);
            }
        }
        draft.absent(format!("/inspectors/{at}/organisation"), Status::NotStated);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use insta::assert_snapshot;

    #[test]
    fn times_in_their_prints() {
        let of = |t| hours(t).map_or("no".into(), |(rest, (a, b))| format!("{a}/{b}|{rest}"));
        assert_snapshot!(of("10:00hrs to 15:45hrs"), @"10:00/15:45|");
        assert_snapshot!(of("9.30 hrs to 17:00 hrs"), @"09:30/17:00|");
        assert_snapshot!(of("10:00hrs to 15:45hrs 16:00hrs to 17:00hrs"), @"10:00/15:45| 16:00hrs to 17:00hrs");
        assert_snapshot!(of("25:00hrs to 26:00hrs"), @"no");
    }

    #[test]
    fn a_row_begins_with_a_day() {
        assert!(begins_day("Thursday 19 May"));
        assert!(begins_day("19 May 2022"));
        assert!(!begins_day("2022"));
        assert!(!begins_day("May 2022"));
    }
}
