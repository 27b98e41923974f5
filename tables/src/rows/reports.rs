//! Rows of `reports`.

use findings_core::record::Answer;
use serde_json::Value;

use super::{Outcome, date, joined, la_name, text, texts};
use crate::catalogue::AREAS;
use crate::cell::Cell;
use crate::spec::Kind;

/// Types of inspection that cover the whole of the services and grade them.
const FULL: &[&str] = &["standard", "short", "single", "full"];

/// The cells in the order of the catalogue.
pub(super) fn row(outcome: &Outcome<'_>) -> Vec<Cell> {
    let mut row = vec![outcome.frame.report_id.clone()];
    row.extend(document(outcome.value));
    row.extend(provider(outcome.value));
    row.extend(inspection(outcome));
    row.extend(grades(outcome.list("/judgements")));
    row.extend(counts(outcome));
    row
}

fn at(value: &Value, pointer: &str, kind: Kind) -> Cell {
    value.pointer(pointer).map_or(Cell::Null, |v| Cell::of(v, kind))
}

fn document(r: &Value) -> [Cell; 8] {
    let failed = r.get("error").is_some();
    [
        at(r, "/document/source", Kind::Text),
        Cell::text(if failed { "error" } else { "read" }),
        at(r, "/error/code", Kind::Text),
        at(r, "/error/message", Kind::Text),
        at(r, "/format/id", Kind::Text),
        at(r, "/format/edition", Kind::Text),
        text(r, "regulator"),
        joined(texts(&r["with"])),
    ]
}

fn provider(r: &Value) -> [Cell; 9] {
    [
        at(r, "/provider/name", Kind::Text),
        at(r, "/provider/printed", Kind::Text),
        at(r, "/provider/kind", Kind::Text),
        at(r, "/provider/ids/ons", Kind::Text),
        current_code(r),
        at(r, "/provider/ids/dfe", Kind::Text),
        la_name(r),
        at(r, "/provider/ids/ofsted_urn", Kind::Text),
        at(r, "/provider/region", Kind::Text),
    ]
}

/// The ONS code of today; null for an authority that was abolished. If the record states neither, the code in force
/// at the inspection.
fn current_code(r: &Value) -> Cell {
    let current = at(r, "/provider/ids_current/ons", Kind::Text);
    let abolished =
        r.pointer("/provider/successors").and_then(Value::as_array).is_some_and(|s| !s.is_empty());
    if current.is_null() && !abolished { at(r, "/provider/ids/ons", Kind::Text) } else { current }
}

fn inspection(outcome: &Outcome<'_>) -> [Cell; 10] {
    let r = outcome.value;
    let kind = r.pointer("/inspection/type").and_then(Value::as_str);
    let visits = r.pointer("/inspection/visits").and_then(Value::as_array);
    let ranges = visits.into_iter().flatten().map(|v| format!("{}/{}", text(v, "start"), text(v, "end")));
    let lead = outcome.list("/inspectors").iter().find(|i| i["lead"] == true);
    [
        at(r, "/inspection/framework", Kind::Text),
        at(r, "/inspection/type", Kind::Text),
        kind.map_or(Cell::Null, |k| Cell::Boolean(FULL.contains(&k))),
        at(r, "/inspection/theme", Kind::Text),
        at(r, "/inspection/start", Kind::Date),
        at(r, "/inspection/end", Kind::Date),
        joined(ranges),
        date(r, "published"),
        at(r, "/letter/date", Kind::Date),
        lead.map_or(Cell::Null, |l| text(l, "name")),
    ]
}

/// Grade and rank of each area, and the grade for children in care as defined in official statistics.
fn grades(judgements: &[Value]) -> Vec<Cell> {
    let grade = |area: &str| {
        let mut of_area = judgements.iter().filter(|j| j["area"] == area);
        let first = of_area.next()?;
        // If two judgements differ, a single cell can't say which is meant; `judgements` has both.
        of_area.all(|j| j["grade"] == first["grade"]).then_some(first)
    };
    let pair = |j: Option<&Value>| {
        let cell = |key, kind| j.map_or(Cell::Null, |j| Cell::of(&j[key], kind));
        [cell("grade", Kind::Text), cell("rank", Kind::Integer)]
    };
    let mut cells: Vec<Cell> = AREAS.iter().flat_map(|(code, _)| pair(grade(code))).collect();
    let any = grade("children-in-care").or_else(|| grade("children-in-care-and-care-leavers"));
    cells.extend(pair(any).into_iter().take(1));
    cells
}

fn counts(outcome: &Outcome<'_>) -> [Cell; 12] {
    let r = outcome.value;
    let failed = r.get("error").is_some();
    let inspection = r.get("judgements").is_some();
    let many = |n: usize| if inspection { Cell::count(n) } else { Cell::Null };
    let improvements = outcome.list("/improvements");
    let for_lscb = improvements.iter().filter(|i| i["addressed_to"] == "lscb").count();
    let open = outcome.doubts.iter().filter(|d| d.status == Answer::Open).count();
    [
        many(improvements.len() - for_lscb),
        many(for_lscb),
        many(outcome.list("/strengths").len()),
        many(outcome.list("/inspectors").len()),
        at(r, "/document/pages", Kind::Integer),
        at(r, "/document/words/total", Kind::Integer),
        at(r, "/document/text_layer", Kind::Text),
        if failed { Cell::Null } else { Cell::count(open) },
        Cell::Boolean(failed || open > 0),
        Cell::text(at(r, "/document/sha256", Kind::Text).to_string()),
        at(r, "/run/tool", Kind::Text),
        at(r, "/run/plugin", Kind::Text),
    ]
}
