//! An Excel workbook: in front the values to check (possibly none), then "Read me" with the description of all columns,
//! then a sheet for each table.

mod look;
mod read_me;
mod sheet;
mod style;

use std::collections::HashMap;
use std::fs::File;
use std::io::{Read, Write};
use std::panic::resume_unwind;
use std::path::Path;

use rust_xlsxwriter::{DocProperties, ExcelDateTime, Workbook, XlsxError};

use super::WriteError;
use crate::cell::Cell;
use crate::dataset::Tables;
use sheet::Writer;
use style::Styles;

pub use look::SHEET as TO_LOOK_AT;
pub use sheet::CUT_MARK;

/// The author in the workbook's properties, by which our own output is recognised.
pub const AUTHOR: &str = "findings";

/// Maps a document's source to a link from the workbook; `None` if there is no link.
pub type Link<'a> = &'a dyn Fn(&str) -> Option<String>;

/// Writes the tables, and returns messages for users about anything that did not fit.
///
/// # Errors
/// Writing failed.
pub fn write(tables: &Tables, link: Link<'_>, to: impl Write + Send) -> Result<Vec<String>, WriteError> {
    write_workbook(tables, link, to).map_err(|e| match e {
        XlsxError::IoError(e) => WriteError::Io(e),
        other => WriteError::of("Excel")(&other),
    })
}

fn write_workbook(tables: &Tables, link: Link<'_>, to: impl Write + Send) -> Result<Vec<String>, XlsxError> {
    let mut workbook = Workbook::new();
    workbook.set_properties(&properties()?);
    // A lower level than usual: faster, for slightly larger files.
    workbook.set_zip_compression_level(3);
    let styles = Styles::new();
    // Registered before the sheets are written in parallel, so that the order of formats in the file doesn't depend
    // on timing.
    styles.all().for_each(|format| workbook.register_format(format));
    let links = links(tables, link);
    let writer = Writer { styles: &styles, links: &links };
    // Always there and always the first, so that programs find every sheet where it was in the last workbook.
    writer.table(workbook.add_worksheet_with_constant_memory()?, &look::table(tables))?;
    read_me::write(workbook.add_worksheet_with_constant_memory()?, tables, &styles)?;
    let empty = tables.all().iter().map(|_| workbook.new_worksheet_with_constant_memory());
    let empty = empty.collect::<Result<Vec<_>, _>>()?;
    let written = in_parallel(empty.into_iter().zip(tables.all()), |(mut sheet, table)| {
        writer.table(&mut sheet, table).map(|remark| (sheet, remark))
    });
    let mut remarks = Vec::new();
    for written in written {
        let (sheet, remark) = written?;
        workbook.push_worksheet(sheet);
        remarks.extend(remark);
    }
    workbook.save_to_writer(to)?;
    Ok(remarks)
}

/// Applies `work` to each item in a thread of its own, and returns the results in order. Most of a workbook is in a
/// few sheets.
fn in_parallel<T: Send, R: Send>(of: impl Iterator<Item = T>, work: impl Fn(T) -> R + Sync) -> Vec<R> {
    let work = &work;
    std::thread::scope(|scope| {
        let threads: Vec<_> = of.map(|one| scope.spawn(move || work(one))).collect();
        let joined = threads.into_iter().map(|t| t.join().unwrap_or_else(|panic| resume_unwind(panic)));
        joined.collect()
    })
}

/// The document properties. The date is constant, so that the same records give the same bytes.
fn properties() -> Result<DocProperties, XlsxError> {
    let day = ExcelDateTime::from_ymd(2000, 1, 1)?;
    Ok(DocProperties::new()
        .set_author(AUTHOR)
        .set_title("Findings of inspection reports")
        .set_creation_datetime(&day))
}

/// The link to the document of each report, by report id.
fn links(tables: &Tables, link: Link<'_>) -> HashMap<String, String> {
    let Some(reports) = tables.get("reports") else { return HashMap::new() };
    let of_row = |i: usize| {
        let source = match reports.cell(i, "source") {
            Cell::Text(source) => link(source)?,
            _ => return None,
        };
        Some((reports.cell(i, "report_id").to_string(), source))
    };
    (0..reports.rows.len()).filter_map(of_row).collect()
}

/// Whether a workbook was written by this tool.
pub fn is_ours(path: &Path) -> bool {
    let properties = || {
        let mut archive = zip::ZipArchive::new(File::open(path).ok()?).ok()?;
        let mut text = String::new();
        // The properties of a workbook are only a few lines.
        archive.by_name("docProps/core.xml").ok()?.take(1 << 16).read_to_string(&mut text).ok()?;
        Some(text)
    };
    properties().is_some_and(|text| text.contains(&format!("<dc:creator>{AUTHOR}</dc:creator>")))
}

#[cfg(test)]
mod tests {
    use std::io::Cursor;

    use serde_json::json;

    use super::*;
    use crate::dataset::Dataset;

    /// A part of the workbook with a record that has a doubt, or without any record.
    fn part(doubt: bool, name: &str) -> String {
        let mut dataset = Dataset::default();
        if doubt {
            let diagnostic =
                json!({"severity": "warning", "code": "c", "path": "/inspection/end", "message": "two days"});
            dataset.push(&json!({
                "document": {"source": "a.pdf", "sha256": "0".repeat(64)}, "inspection": {"end": "2023-05-05"},
                "judgements": [], "evidence": {}, "diagnostics": [diagnostic],
            }));
        }
        let mut bytes = Cursor::new(Vec::new());
        write(&dataset.finish(), &|_| None, &mut bytes).unwrap();
        let mut text = String::new();
        zip::ZipArchive::new(bytes).unwrap().by_name(name).unwrap().read_to_string(&mut text).unwrap();
        text
    }

    #[test]
    fn the_first_sheet_is_always_what_to_look_at_with_the_value() {
        for doubt in [true, false] {
            let workbook = part(doubt, "xl/workbook.xml");
            assert!(workbook.contains(&format!("<sheet name=\"{TO_LOOK_AT}\" sheetId=\"1\"")), "{workbook}");
            let sheet = part(doubt, "xl/worksheets/sheet1.xml");
            assert_eq!(sheet.contains(">2023-05-05<"), doubt, "{sheet}");
        }
        let read_me = part(false, "xl/worksheets/sheet2.xml");
        assert!(read_me.contains("Grade for the LSCB:") && read_me.contains(">inconsistent<"), "{read_me}");
    }
}
