//! Writes a table to its own sheet.

use std::collections::HashMap;

use rust_xlsxwriter::{ExcelDateTime, Format, Note, Url, Worksheet, XlsxError};

use super::style::Styles;
use crate::cell::Cell;
use crate::dataset::Table;
use crate::spec::Kind;

/// Appended to a text that was too long for a cell.
pub const CUT_MARK: &str = "…[cut: see CSV]";
/// The most characters in a cell, counted like Excel in UTF-16 units.
const LONGEST: usize = 32_767;
/// The most rows of a sheet, not counting its header.
const MOST_ROWS: usize = 1_048_575;
/// The most links on a sheet.
const MOST_LINKS: usize = 65_000;
/// Minimum and maximum width of a column, in characters.
const WIDTHS: (usize, usize) = (8, 60);
/// Sheets whose page numbers are not links: they have almost one row per line of the documents.
const WITHOUT_LINKS: &[&str] = &["paragraphs", "evidence"];

/// Writes tables to sheets.
pub(super) struct Writer<'a> {
    pub(super) styles: &'a Styles,
    /// The link to the document of each report.
    pub(super) links: &'a HashMap<String, String>,
}

impl Writer<'_> {
    /// Writes a table; returns a message if not all of it fits.
    pub(super) fn table(&self, sheet: &mut Worksheet, table: &Table) -> Result<Option<String>, XlsxError> {
        // A sheet's name has at most 31 characters.
        let name: String = table.spec.name.chars().take(31).collect();
        sheet.set_name(&name)?;
        let columns = u16::try_from(table.spec.columns.len()).unwrap_or(u16::MAX);
        for ((i, column), width) in (0..columns).zip(&table.spec.columns).zip(widths(table)) {
            // Most cells use their column's format: finding a format for each cell takes longer than writing it.
            sheet.set_column_format(i, self.column(column.kind))?;
            sheet.set_column_width(i, width)?;
            sheet.write_string_with_format(0, i, column.name.as_ref(), &self.styles.head)?;
        }
        let rows = table.rows.get(..MOST_ROWS).unwrap_or(&table.rows);
        for (row, cells) in (1..).zip(rows) {
            self.row(sheet, table, row, cells)?;
        }
        sheet.set_freeze_panes(1, 0)?;
        if columns > 0 {
            sheet.autofilter(0, 0, u32::try_from(rows.len()).unwrap_or(u32::MAX), columns - 1)?;
        }
        Ok((table.rows.len() > MOST_ROWS).then(|| {
            format!(
                "the table {name} has {} rows, and a sheet takes {MOST_ROWS}: the rest is left out; CSV, Parquet and \
                 SQLite have them all",
                table.rows.len()
            )
        }))
    }

    fn column(&self, kind: Kind) -> &Format {
        if kind == Kind::Date { &self.styles.date } else { &self.styles.plain }
    }

    fn row(&self, sheet: &mut Worksheet, table: &Table, row: u32, cells: &[Cell]) -> Result<(), XlsxError> {
        let document = self.document(table, row, cells);
        for ((at, cell), column) in (0..).zip(cells).zip(&table.spec.columns) {
            let linked = document.filter(|_| !cell.is_null());
            match (column.name.as_ref(), cell, linked) {
                ("page", Cell::Integer(page), Some(document)) => {
                    link(
                        sheet,
                        (row, at),
                        format!("{document}#page={page}"),
                        &page.to_string(),
                        &self.styles.link,
                    )?;
                    // The link stays, but the cell contains a number and can be sorted as one.
                    sheet.write_number_with_format(row, at, *page as f64, &self.styles.link)?;
                }
                ("source" | "document", Cell::Text(name), Some(document)) => {
                    link(sheet, (row, at), document.to_owned(), name, &self.styles.link)?;
                }
                (name, Cell::Text(text), _) => self.text(sheet, (row, at), name, text)?,
                (_, cell, _) => self.value(sheet, (row, at), cell)?,
            }
        }
        Ok(())
    }

    /// The document that a row's cells link to.
    fn document(&self, table: &Table, row: u32, cells: &[Cell]) -> Option<&str> {
        if WITHOUT_LINKS.contains(&table.spec.name.as_ref()) || row as usize > MOST_LINKS / 2 {
            return None;
        }
        let Cell::Text(id) = cells.get(table.spec.position("report_id")?)? else { return None };
        self.links.get(id).map(String::as_str)
    }

    fn text(&self, sheet: &mut Worksheet, at: (u32, u16), column: &str, text: &str) -> Result<(), XlsxError> {
        let short = cut(text);
        let shown = short.as_deref().unwrap_or(text);
        match self.styles.grade(text).filter(|_| column != "text").or_else(|| self.wrapped(text)) {
            Some(format) => sheet.write_string_with_format(at.0, at.1, shown, format)?,
            None => sheet.write_string(at.0, at.1, shown)?,
        };
        if short.is_some() {
            let length = text.chars().count();
            let note = format!(
                "The text has {length} characters; Excel takes {LONGEST}. The CSV has the whole text."
            );
            sheet.insert_note(at.0, at.1, &Note::new(note).add_author_prefix(false))?;
        }
        Ok(())
    }

    /// Only text wider than the widest column wraps: other cells are displayed faster without.
    fn wrapped(&self, text: &str) -> Option<&Format> {
        (text.len() > WIDTHS.1 || text.contains('\n')).then_some(&self.styles.text)
    }

    fn value(&self, sheet: &mut Worksheet, (row, column): (u32, u16), cell: &Cell) -> Result<(), XlsxError> {
        match cell {
            Cell::Null | Cell::Text(_) => {}
            Cell::Integer(n) => {
                sheet.write_number(row, column, *n as f64)?;
            }
            Cell::Number(n) => {
                sheet.write_number(row, column, *n)?;
            }
            Cell::Boolean(b) => {
                sheet.write_boolean(row, column, *b)?;
            }
            Cell::Date(day) => match ExcelDateTime::from_ymd(day.year(), day.month(), day.day()) {
                Ok(date) => {
                    sheet.write_datetime(row, column, &date)?;
                }
                // Excel's dates begin in 1900.
                Err(_) => {
                    sheet.write_string(row, column, day.to_string())?;
                }
            },
        }
        Ok(())
    }
}

fn link(
    sheet: &mut Worksheet,
    (row, column): (u32, u16),
    target: String,
    text: &str,
    format: &Format,
) -> Result<(), XlsxError> {
    let text = cut(text).unwrap_or_else(|| text.to_owned());
    let url = Url::new(target).set_text(&text);
    match sheet.write_url_with_format(row, column, url, format) {
        // If the path is too long for a link, it stays text.
        Err(XlsxError::MaxUrlLengthExceeded) => {
            sheet.write_string(row, column, text)?;
        }
        other => {
            other?;
        }
    }
    Ok(())
}

/// A text that is too long for a cell, cut and marked; `None` if it fits.
fn cut(text: &str) -> Option<String> {
    if text.len() <= LONGEST || text.encode_utf16().count() <= LONGEST {
        return None;
    }
    let mut left = LONGEST - CUT_MARK.encode_utf16().count();
    let fits = |c: &char| {
        let enough = left >= c.len_utf16();
        left = left.saturating_sub(c.len_utf16());
        enough
    };
    let mut short: String = text.chars().take_while(fits).collect();
    short.push_str(CUT_MARK);
    Some(short)
}

/// The width of each column, from its longest text.
fn widths(table: &Table) -> Vec<f64> {
    let longest = |cell: &Cell| match cell {
        Cell::Null => 0,
        Cell::Date(_) => 10,
        Cell::Text(text) if text.len() > WIDTHS.1 => WIDTHS.1,
        Cell::Text(text) => text.chars().count(),
        other => other.to_string().len(),
    };
    let column = |(i, name): (usize, usize)| {
        let cells = table.rows.iter().filter_map(|row| row.get(i)).map(longest);
        // Leaves room for the filter button.
        cells.max().unwrap_or(0).max(name + 3).clamp(WIDTHS.0, WIDTHS.1) as f64
    };
    table.spec.columns.iter().map(|c| c.name.chars().count().min(20)).enumerate().map(column).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn long_texts_are_cut_where_excel_stops() {
        assert_eq!(cut(&"a".repeat(LONGEST)), None);
        let short = cut(&"a".repeat(LONGEST + 1)).unwrap();
        assert_eq!(short.encode_utf16().count(), LONGEST);
        assert!(short.ends_with(CUT_MARK));
        let wide = cut(&"😀".repeat(LONGEST)).unwrap();
        assert!((LONGEST - 1..=LONGEST).contains(&wide.encode_utf16().count()));
    }
}
