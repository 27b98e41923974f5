//! Rows for the document's text.

use serde_json::Value;

use super::{Outcome, integer, text};
use crate::cell::Cell;

/// Sections, numbered from 1.
pub(super) fn sections(outcome: &Outcome<'_>) -> Vec<Vec<Cell>> {
    let row = |(i, s): (usize, &Value)| {
        let parent = s["parent"].as_i64().map_or(Cell::Null, |p| Cell::Integer(p + 1));
        vec![
            Cell::count(i + 1),
            parent,
            integer(s, "level"),
            text(s, "heading"),
            text(s, "kind"),
            text(s, "area"),
            text(s, "grade"),
            outcome.page(&format!("/sections/{i}"), &["heading", "blocks/0"]),
        ]
    };
    outcome.list("/sections").iter().enumerate().map(row).collect()
}

pub(super) fn paragraphs(outcome: &Outcome<'_>) -> Vec<Vec<Cell>> {
    let mut rows = Vec::new();
    for (i, section) in outcome.list("/sections").iter().enumerate() {
        for (j, block) in section["blocks"].as_array().into_iter().flatten().enumerate() {
            let words = block_text(block);
            rows.push(vec![
                Cell::count(i + 1),
                text(section, "area"),
                text(block, "type"),
                integer(block, "level"),
                integer(block, "number"),
                Cell::text(words.as_str()),
                Cell::count(words.split_whitespace().filter(|w| *w != CELLS.trim()).count()),
                outcome.page(&format!("/sections/{i}/blocks/{j}"), &["text", "rows"]),
            ]);
        }
    }
    rows
}

/// Separates the cells of a table.
const CELLS: &str = " | ";

fn block_text(block: &Value) -> String {
    if let Some(text) = block["text"].as_str() {
        return text.to_owned();
    }
    let row = |row: &Value| {
        let cells = row.as_array().into_iter().flatten().map(|c| c.as_str().unwrap_or_default());
        cells.collect::<Vec<_>>().join(CELLS)
    };
    block["rows"].as_array().into_iter().flatten().map(row).collect::<Vec<_>>().join("\n")
}
