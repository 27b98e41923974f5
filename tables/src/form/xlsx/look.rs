//! The sheet "To look at": open doubts, and documents that were not read.

use std::collections::HashMap;

use crate::cell::Cell;
use crate::dataset::{Table, Tables};
use crate::doubt;
use crate::spec::{Column, Kind, Spec};

/// The sheet's name.
pub const SHEET: &str = "To look at";

/// One row for each document that was not read and each open doubt.
pub(super) fn table(tables: &Tables) -> Table {
    let mut table = Table::empty(spec());
    let (Some(reports), Some(doubts)) = (tables.get("reports"), tables.get("doubts")) else { return table };
    let sources: HashMap<String, &Cell> = (0..reports.rows.len())
        .map(|i| (reports.cell(i, "report_id").to_string(), reports.cell(i, "source")))
        .collect();
    for i in (0..reports.rows.len()).filter(|i| reports.cell(*i, "outcome") == &Cell::text("error")) {
        let of = |name: &str| reports.cell(i, name).clone();
        let what = Cell::text("the whole document");
        table.rows.push(vec![
            of("source"),
            Cell::Null,
            Cell::Null,
            Cell::Null,
            what,
            Cell::Null,
            of("error_message"),
            Cell::Null,
            Cell::Null,
            Cell::Null,
            of("report_id"),
        ]);
    }
    for i in (0..doubts.rows.len()).filter(|i| doubts.cell(*i, "status") == &Cell::text("open")) {
        let of = |name: &str| doubts.cell(i, name).clone();
        let source = sources.get(&of("report_id").to_string()).map_or(Cell::Null, |s| (*s).clone());
        let what = Cell::text(doubt::words(&of("pointer").to_string()));
        table.rows.push(vec![
            source,
            of("la_name"),
            of("inspection_type"),
            of("start_date"),
            what,
            of("value"),
            of("message"),
            of("quote"),
            of("page"),
            of("pointer"),
            of("report_id"),
        ]);
    }
    table
}

fn spec() -> Spec {
    let column = |name, kind| Column::new(name, kind, "");
    Spec {
        name: SHEET.into(),
        description: "Values that may be wrong or missing, and documents that could not be read.".into(),
        columns: vec![
            column("document", Kind::Text),
            column("la_name", Kind::Text),
            column("inspection_type", Kind::Text),
            column("start_date", Kind::Date),
            column("what", Kind::Text),
            column("value", Kind::Text),
            column("why", Kind::Text),
            column("quote", Kind::Text),
            column("page", Kind::Integer),
            column("pointer", Kind::Text),
            column("report_id", Kind::Text),
        ],
    }
}
