//! An Excel workbook: a sheet for each table, "Read me" with the description of all columns, and in front the
//! values to check.

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
    let look = look::table(tables);
    if !look.rows.is_empty() {
        writer.table(workbook.add_worksheet_with_constant_memory()?, &look)?;
    }
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
