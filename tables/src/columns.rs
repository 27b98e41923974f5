//! Lays out `reports` with the column headings of official statistics.

use crate::cell::Cell;
use crate::dataset::{Table, Tables};
use crate::spec::{Column, Kind, Spec};

/// Which headings to use.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Layout {
    /// Ofsted's management information: "Local authority area code", "Inspection date", grades in words.
    Mi,
    /// The Department for Education's open data: columns for time, level and place come first.
    Dfe,
}

/// Changes the layout of `reports`; other tables are unchanged.
pub fn lay_out(tables: &mut Tables, layout: Layout) {
    if let Some(reports) = tables.get_mut("reports") {
        *reports = match layout {
            Layout::Mi => mi(reports),
            Layout::Dfe => dfe(reports),
        };
    }
}

/// Heading in Ofsted's statistics, and the corresponding column of `reports`.
const MI: &[(&str, &str)] = &[
    ("Local authority area code", "new_la_code_current"),
    ("Local authority name", "la_name"),
    ("Inspection type", "inspection_type"),
    ("Inspection date", "start_date"),
    ("Publication date", "published_date"),
    ("Overall effectiveness", "overall_effectiveness"),
    ("The impact of leaders on social work practice with children and families", "leadership"),
    ("The experiences and progress of children who need help and protection", "help_and_protection"),
    ("The experiences and progress of children in care", "children_in_care_any"),
    ("The experiences and progress of care leavers", "care_leavers"),
    // Older statistics use the codes of their time.
    ("Local authority area code (when inspected)", "new_la_code"),
    // The key to the other tables.
    ("report_id", "report_id"),
    // Without these the row of a document that was not read says nothing.
    ("source", "source"),
    ("error_code", "error_code"),
];

/// Ofsted's wording for codes: column (any if empty), code, wording.
const MI_WORDS: &[(&str, &str, &str)] = &[
    ("inspection_type", "standard", "ILACS Standard Inspection"),
    ("inspection_type", "short", "ILACS Short Inspection"),
    ("inspection_type", "focused-visit", "ILACS Focused Visit"),
    ("inspection_type", "monitoring-visit", "LA Monitoring visit"),
    ("inspection_type", "single", "Single Inspection"),
    ("inspection_type", "joint", "Joint Targeted Area Inspection"),
    ("", "outstanding", "Outstanding"),
    ("", "good", "Good"),
    ("", "requires-improvement", "Requires improvement to be good"),
    ("", "adequate", "Adequate"),
    ("", "inadequate", "Inadequate"),
];

fn mi(reports: &Table) -> Table {
    let columns = MI.iter().filter_map(|(heading, name)| {
        let column = reports.spec.columns.get(reports.spec.position(name)?)?.clone();
        Some(Column { name: (*heading).into(), title: (*heading).into(), example: None, ..column })
    });
    let row = |i: usize| MI.iter().map(|(_, name)| in_words(name, reports.cell(i, name))).collect::<Vec<_>>();
    Table {
        spec: Spec { columns: columns.collect(), ..reports.spec.clone() },
        rows: (0..reports.rows.len()).map(row).collect(),
    }
}

fn in_words(column: &str, cell: &Cell) -> Cell {
    let Cell::Text(code) = cell else { return cell.clone() };
    let word = MI_WORDS.iter().find(|(of, c, _)| c == code && (of.is_empty() || *of == column));
    word.map_or_else(|| cell.clone(), |(_, _, word)| Cell::text(*word))
}

/// Columns that come first in the department's files.
const DFE_FIRST: &[&str] = &["region_name", "new_la_code", "old_la_code", "la_name"];

/// ONS codes of the regions of England.
const REGIONS: &[(&str, &str)] = &[
    ("North East", "E12000001"),
    ("North West", "E12000002"),
    ("Yorkshire and the Humber", "E12000003"),
    ("East Midlands", "E12000004"),
    ("West Midlands", "E12000005"),
    ("East of England", "E12000006"),
    ("London", "E12000007"),
    ("South East", "E12000008"),
    ("South West", "E12000009"),
];

fn dfe(reports: &Table) -> Table {
    let spec = &reports.spec;
    let positions = |first: bool| {
        let named = move |c: &&Column| DFE_FIRST.contains(&c.name.as_ref()) == first;
        let places = spec.columns.iter().filter(named).filter_map(|c| spec.position(&c.name));
        places.collect::<Vec<_>>()
    };
    let first = DFE_FIRST.iter().filter_map(|name| spec.position(name)).collect::<Vec<_>>();
    let order = [first, positions(false)].concat();
    let mut columns = vec![
        Column::new("time_period", Kind::Integer, "Calendar year of the inspection's first day.")
            .like("2023"),
        Column::new("geographic_level", Kind::Text, "`Local authority`.").like("Local authority"),
        Column::new("region_code", Kind::Text, "ONS code of the region.").like("E12000009"),
    ];
    columns.extend(order.iter().filter_map(|i| spec.columns.get(*i).cloned()));
    let row = |i: usize, cells: &Vec<Cell>| {
        let mut row = place(reports, i);
        row.extend(order.iter().filter_map(|i| cells.get(*i).cloned()));
        row
    };
    Table {
        spec: Spec { columns, ..spec.clone() },
        rows: reports.rows.iter().enumerate().map(|(i, cells)| row(i, cells)).collect(),
    }
}

fn place(reports: &Table, row: usize) -> Vec<Cell> {
    let year = match reports.cell(row, "start_date") {
        Cell::Date(day) => Cell::Integer(day.year().into()),
        _ => Cell::Null,
    };
    let level =
        if reports.cell(row, "la_name").is_null() { Cell::Null } else { Cell::text("Local authority") };
    let region = reports.cell(row, "region_name").to_string();
    let code = REGIONS.iter().find(|(name, _)| name.eq_ignore_ascii_case(&region));
    vec![year, level, code.map_or(Cell::Null, |(_, code)| Cell::text(*code))]
}
