//! The sheet "Read me": describes each table and column.

use rust_xlsxwriter::{Format, Worksheet, XlsxError};

use super::style::Styles;
use crate::dataset::Tables;

const SHEET: &str = "Read me";
const WORDS: &[&str] = &[
    "Each sheet is a table; report_id joins them. Empty cells are values that a document does not state or that could not \
     be read: the sheet evidence says which of the two, with the page and the words.",
    "Values were read from the documents. What was looked up in a list (an authority's codes and region, by its name and \
     the date) or follows from other values (the type of an inspection, from its days) has the status derived in the sheet \
     evidence. What may be wrong is listed in the sheet doubts and, until somebody has reviewed it, in the sheet \"To look at\".",
    "Texts of documents are never formulas. A text too long for a cell is cut, with a mark and a note.",
];
const HEAD: &[(&str, f64)] = &[
    ("table", 16.0),
    ("column", 34.0),
    ("title", 34.0),
    ("type", 10.0),
    ("unit", 10.0),
    ("description", 60.0),
    ("example", 34.0),
];

pub(super) fn write(sheet: &mut Worksheet, tables: &Tables, styles: &Styles) -> Result<(), XlsxError> {
    sheet.set_name(SHEET)?;
    sheet.write_string_with_format(0, 0, "Findings of inspection reports", &styles.title)?;
    let mut at = 1;
    for words in WORDS {
        sheet.write_string(at, 0, *words)?;
        at += 1;
    }
    at += 1;
    line(sheet, at, HEAD.iter().map(|(name, _)| *name), &styles.head)?;
    let head = at;
    for table in tables.all() {
        at += 1;
        let rows = format!("{} ({} rows)", table.spec.description, table.rows.len());
        line(sheet, at, [table.spec.name.as_ref(), "", "", "", "", &rows].into_iter(), &styles.head)?;
        for c in &table.spec.columns {
            at += 1;
            let cells = [
                table.spec.name.as_ref(),
                &c.name,
                &c.title,
                c.kind.name(),
                c.unit.unwrap_or_default(),
                &c.description,
                c.example.unwrap_or_default(),
            ];
            line(sheet, at, cells.into_iter(), &styles.text)?;
        }
    }
    for (i, (_, width)) in (0..).zip(HEAD) {
        sheet.set_column_width(i, *width)?;
    }
    sheet.set_freeze_panes(head + 1, 0)?;
    sheet.autofilter(head, 0, at, u16::try_from(HEAD.len()).unwrap_or(1) - 1)?;
    Ok(())
}

fn line<'a>(
    sheet: &mut Worksheet,
    row: u32,
    cells: impl Iterator<Item = &'a str>,
    format: &Format,
) -> Result<(), XlsxError> {
    for (column, cell) in (0..).zip(cells) {
        sheet.write_string_with_format(row, column, cell, format)?;
    }
    Ok(())
}
