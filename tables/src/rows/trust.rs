//! Rows for evidence and doubts.

use findings_core::record::Severity;
use serde_json::Value;

use super::{Outcome, integer, joined, number, text, texts};
use crate::cell::Cell;

/// One row per evidence entry and page.
pub(super) fn evidence(outcome: &Outcome<'_>) -> Vec<Vec<Cell>> {
    let mut rows = Vec::new();
    for (pointer, entry) in outcome.value["evidence"].as_object().into_iter().flatten() {
        let row = |[page, x0, top, x1, bottom]: [Cell; 5]| {
            vec![
                Cell::text(pointer.as_str()),
                text(entry, "status"),
                text(entry, "quote"),
                page,
                x0,
                top,
                x1,
                bottom,
                number(entry, "confidence"),
                text(entry, "rule"),
                integer(entry, "witnesses"),
                joined(texts(&entry["repairs"])),
            ]
        };
        let places = places(&entry["spans"]);
        if places.is_empty() {
            rows.push(row([const { Cell::Null }; 5]));
        }
        rows.extend(places.into_iter().map(row));
    }
    rows
}

/// Each page with the box around all spans on it.
fn places(spans: &Value) -> Vec<[Cell; 5]> {
    let mut pages: Vec<(i64, Option<[f64; 4]>)> = Vec::new();
    for span in spans.as_array().into_iter().flatten() {
        let Some(page) = span["page"].as_i64() else { continue };
        let bbox = sides(&span["bbox"]);
        match pages.last_mut() {
            Some((last, around)) if *last == page => *around = union(*around, bbox),
            _ => pages.push((page, bbox)),
        }
    }
    let cells = |(page, bbox): (i64, Option<[f64; 4]>)| {
        let [x0, top, x1, bottom] = bbox.map_or([const { Cell::Null }; 4], |b| b.map(Cell::Number));
        [Cell::Integer(page), x0, top, x1, bottom]
    };
    pages.into_iter().map(cells).collect()
}

fn sides(bbox: &Value) -> Option<[f64; 4]> {
    let side = |i: usize| bbox.get(i)?.as_f64();
    Some([side(0)?, side(1)?, side(2)?, side(3)?])
}

fn union(a: Option<[f64; 4]>, b: Option<[f64; 4]>) -> Option<[f64; 4]> {
    match (a, b) {
        (Some(a), Some(b)) => Some([a[0].min(b[0]), a[1].min(b[1]), a[2].max(b[2]), a[3].max(b[3])]),
        (a, b) => a.or(b),
    }
}

pub(super) fn doubts(outcome: &Outcome<'_>) -> Vec<Vec<Cell>> {
    let row = |d: &crate::doubt::Doubt| {
        let what = &d.what;
        vec![
            Cell::text(what.pointer.as_str()),
            Cell::text(what.code.as_str()),
            Cell::text(severity(what.severity)),
            Cell::text(what.message.as_str()),
            crate::doubt::value(outcome.value, &what.pointer).map_or(Cell::Null, Cell::text),
            what.quote.as_deref().map_or(Cell::Null, Cell::text),
            what.page.map_or(Cell::Null, |p| Cell::Integer(p.into())),
            Cell::text(d.status.as_str()),
        ]
    };
    outcome.doubts.iter().map(row).collect()
}

fn severity(severity: Severity) -> &'static str {
    match severity {
        Severity::Info => "info",
        Severity::Warning => "warning",
        Severity::Error => "error",
    }
}
