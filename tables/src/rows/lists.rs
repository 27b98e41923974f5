//! Rows for the items of a report's lists.

use std::collections::HashMap;

use serde_json::Value;

use super::{Outcome, integer, joined, number, text, texts};
use crate::cell::Cell;
use crate::spec::Kind;

type Rows = Vec<Vec<Cell>>;

pub(super) fn judgements(outcome: &Outcome<'_>) -> Rows {
    let row = |(i, j): (usize, &Value)| {
        vec![
            text(j, "area"),
            text(j, "label"),
            text(j, "grade"),
            text(j, "printed"),
            text(j, "scale"),
            integer(j, "rank"),
            outcome.page(&format!("/judgements/{i}"), &["grade", "area", "label"]),
        ]
    };
    outcome.list("/judgements").iter().enumerate().map(row).collect()
}

pub(super) fn improvements(outcome: &Outcome<'_>) -> Rows {
    let areas = areas_by_text(outcome);
    let row = |(i, item): (usize, &Value)| {
        vec![
            text(item, "text"),
            text(item, "kind"),
            text(item, "addressed_to"),
            integer(item, "number"),
            text(item, "group"),
            text(item, "responsible"),
            area_of(item, &areas),
            joined(texts(&item["paragraphs"])),
            outcome.page(&format!("/improvements/{i}"), &["text"]),
        ]
    };
    outcome.list("/improvements").iter().enumerate().map(row).collect()
}

pub(super) fn strengths(outcome: &Outcome<'_>) -> Rows {
    let areas = areas_by_text(outcome);
    let row = |(i, item): (usize, &Value)| {
        vec![text(item, "text"), area_of(item, &areas), outcome.page(&format!("/strengths/{i}"), &["text"])]
    };
    outcome.list("/strengths").iter().enumerate().map(row).collect()
}

/// The judgement area of each block's text, if its section has one. Items of lists are found by their text, which
/// is repeated from the body.
fn areas_by_text<'a>(outcome: &'a Outcome<'_>) -> HashMap<&'a str, &'a Value> {
    let sections = outcome.list("/sections").iter().filter(|s| s["area"].is_string());
    let blocks = sections.flat_map(|s| s["blocks"].as_array().into_iter().flatten().map(|b| (b, &s["area"])));
    blocks.filter_map(|(block, area)| Some((block["text"].as_str()?, area))).collect()
}

fn area_of(item: &Value, areas: &HashMap<&str, &Value>) -> Cell {
    let area = item["text"].as_str().and_then(|t| areas.get(t));
    area.map_or(Cell::Null, |area| Cell::of(area, Kind::Text))
}

pub(super) fn people(outcome: &Outcome<'_>, list: &str, keys: &[&str]) -> Rows {
    let cell = |person: &Value, key: &str| {
        let kind = if key == "lead" { Kind::Boolean } else { Kind::Text };
        Cell::of(&person[key], kind)
    };
    outcome.list(list).iter().map(|p| keys.iter().map(|key| cell(p, key)).collect()).collect()
}

pub(super) fn recipients(outcome: &Outcome<'_>) -> Rows {
    let row = |p: &Value| {
        let address: Vec<String> = texts(&p["address"]).collect();
        vec![
            text(p, "name"),
            text(p, "role"),
            text(p, "organisation"),
            Cell::text(address.join(", ")),
            text(p, "postcode"),
        ]
    };
    outcome.list("/letter/recipients").iter().map(row).collect()
}

pub(super) fn figures(outcome: &Outcome<'_>) -> Rows {
    let row = |(i, f): (usize, &Value)| {
        let compare = |with: &str| compared(&f["compare"], with);
        let previous = &f["previous"];
        vec![
            text(f, "measure"),
            number(f, "value"),
            text(f, "unit"),
            text(f, "qualifier"),
            text(f, "as_of"),
            text(f, "period"),
            f["part_of"].as_i64().map_or(Cell::Null, |whole| Cell::Integer(whole + 1)),
            compare("england"),
            compare("statistical-neighbours"),
            compare("region"),
            number(previous, "value"),
            text(previous, "as_of"),
            number(f, "rate_per_10000"),
            text(f, "text"),
            outcome.page(&format!("/figures/{i}"), &["value", "text"]),
        ]
    };
    outcome.list("/figures").iter().enumerate().map(row).collect()
}

/// The number given for another area beside a figure. Numbers in another unit are ignored, for example the rates
/// beside a count.
fn compared(list: &Value, with: &str) -> Cell {
    let of = |c: &&Value| c["with"] == with && c["unit"].is_null();
    list.as_array().into_iter().flatten().find(of).map_or(Cell::Null, |c| number(c, "value"))
}

pub(super) fn mentions(outcome: &Outcome<'_>) -> Rows {
    let mut rows = Rows::new();
    for (i, m) in outcome.list("/mentions").iter().enumerate() {
        let row = |judgement: &Value| {
            vec![
                text(m, "type"),
                text(m, "date"),
                precision(&m["date"]),
                text(m, "date_is"),
                text(m, "provider"),
                text(judgement, "area"),
                text(judgement, "grade"),
                text(m, "text"),
                outcome.page(&format!("/mentions/{i}"), &["text", "date"]),
            ]
        };
        match m["judgements"].as_array() {
            Some(judgements) if !judgements.is_empty() => rows.extend(judgements.iter().map(row)),
            _ => rows.push(row(&Value::Null)),
        }
    }
    rows
}

/// The precision of a printed date, from its ISO form.
fn precision(date: &Value) -> Cell {
    match date.as_str().map(str::len) {
        Some(4) => Cell::text("year"),
        Some(7) => Cell::text("month"),
        Some(10) => Cell::text("day"),
        _ => Cell::Null,
    }
}

pub(super) fn footnotes(outcome: &Outcome<'_>) -> Rows {
    let notes = outcome.list("/footnotes").iter();
    notes.map(|note| vec![text(note, "mark"), text(note, "text"), integer(note, "page")]).collect()
}
