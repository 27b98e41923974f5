//! CSV: UTF-8, CRLF line ends, quotes where needed.

use std::io::Write;

use csv::{Terminator, WriterBuilder};

use super::WriteError;
use crate::cell::Cell;
use crate::dataset::Table;

/// The byte order mark by which spreadsheets recognise UTF-8.
pub const MARK: &str = "\u{feff}";

/// Writes a table, beginning with its header.
///
/// A text that a spreadsheet would take for a formula is prefixed with an apostrophe, because it comes from an
/// untrusted document.
///
/// # Errors
/// Writing failed.
///
/// ```
/// use findings_tables::{dataset::Dataset, form::csv};
///
/// let tables = Dataset::default().finish();
/// let mut out = Vec::new();
/// csv::write(tables.get("improvements").unwrap(), &mut out).unwrap();
/// assert!(String::from_utf8(out).unwrap().contains("text"));
/// ```
pub fn write(table: &Table, to: impl Write) -> Result<(), WriteError> {
    let mut writer = WriterBuilder::new().terminator(Terminator::CRLF).from_writer(to);
    let failed = |e: csv::Error| WriteError::Io(e.into());
    writer.write_record(table.spec.columns.iter().map(|c| c.name.as_ref())).map_err(failed)?;
    for row in &table.rows {
        writer.write_record(row.iter().map(text)).map_err(failed)?;
    }
    writer.flush()?;
    Ok(())
}

fn text(cell: &Cell) -> String {
    match cell {
        Cell::Text(text) if is_formula(text) => format!("'{text}"),
        other => other.to_string(),
    }
}

fn is_formula(text: &str) -> bool {
    text.starts_with(['=', '+', '-', '@', '\t', '\r']) && text.len() > 1
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::dataset::Dataset;

    #[test]
    fn what_looks_like_a_formula_is_text() {
        let mut dataset = Dataset::default();
        let error = json!({"code": "damaged", "message": "a, \"b\""});
        dataset.push(&json!({"error": error, "document": {"source": "=1+1.pdf"}}));
        let mut bytes = Vec::new();
        write(dataset.finish().get("reports").unwrap(), &mut bytes).unwrap();
        let text = String::from_utf8(bytes).unwrap();
        assert!(text.starts_with("report_id,source,outcome,"), "{text}");
        assert!(text.contains("\r\nno-bytes-1,'=1+1.pdf,error,damaged,\"a, \"\"b\"\"\","), "{text}");
    }
}
