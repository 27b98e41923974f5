//! Collects outcomes into tables, which are written at the end.

use std::fs;
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};

use findings_tables::columns::{Layout, lay_out};
use findings_tables::dataset::{Dataset, Pushed, Table, Tables};
use findings_tables::form::{self, WriteError, package};
use serde_json::Value;

use super::file::Beside;
use super::{Format, Written};

/// Which tables are written, and where.
#[derive(Debug, Clone)]
pub(crate) struct TablePlan {
    pub(super) to: TableTarget,
    pub(super) table: String,
    pub(super) columns: Option<Layout>,
}

/// Where tables are written.
#[derive(Debug, Clone)]
pub(crate) enum TableTarget {
    /// One table as CSV.
    Stdout,
    /// A file with one table, or with all if its form can hold several.
    File(PathBuf, Format),
    /// A folder with a file for each table, and their description.
    Folder(PathBuf, package::Form),
}

/// Collects tables.
pub(crate) struct TableSink {
    plan: TablePlan,
    dataset: Dataset,
    /// Repeated files, with the name that each is in the tables by.
    again: Vec<(String, String)>,
}

impl TableSink {
    /// Checks that the destination can be written before any document is read.
    pub(super) fn new(plan: TablePlan, plugin_schemas: Vec<Value>) -> io::Result<Self> {
        match &plan.to {
            TableTarget::Stdout => {}
            TableTarget::File(path, _) => drop(Beside::create(path)?),
            TableTarget::Folder(path, _) => {
                fs::create_dir_all(path)?;
                drop(Beside::below(path, Path::new("datapackage.json"))?);
            }
        }
        Ok(Self { plan, dataset: Dataset::new(plugin_schemas), again: Vec::new() })
    }

    /// Adds an outcome. A repeated file adds no rows.
    pub(super) fn put(&mut self, outcome: &Value) {
        if let Pushed::Again { kept, dropped } = self.dataset.push(outcome)
            && kept != dropped
        {
            self.again.push((dropped, kept));
        }
    }

    pub(super) fn finish(self) -> io::Result<Written> {
        let mut written = write(&self.plan, self.dataset.finish())?;
        written.remarks.extend(in_once(&self.again));
        Ok(written)
    }
}

/// A message about files that are in the tables under another name.
fn in_once(again: &[(String, String)]) -> Option<String> {
    const NAMED: usize = 3;
    let named: Vec<String> =
        again.iter().take(NAMED).map(|(dropped, kept)| format!("{dropped} (the same as {kept})")).collect();
    let more = if again.len() > NAMED { format!(" and {} more", again.len() - NAMED) } else { String::new() };
    (!again.is_empty())
        .then(|| format!("each file is in the tables once; left out: {}{more}", named.join(", ")))
}

/// Writes the tables to their destination.
pub(crate) fn write(plan: &TablePlan, mut tables: Tables) -> io::Result<Written> {
    if let Some(layout) = plan.columns {
        lay_out(&mut tables, layout);
    }
    let mut written = Written::default();
    match &plan.to {
        TableTarget::Stdout => {
            let mut out = io::stdout().lock();
            csv_with_mark(chosen(&tables, &plan.table)?, &mut out)?;
            out.flush()?;
        }
        TableTarget::File(path, format) => {
            let beside = Beside::create(path)?;
            #[cfg(feature = "xlsx")]
            if *format == Format::Xlsx {
                written.remarks = workbook(&tables, path, beside)?;
                return Ok(written);
            }
            file(&tables, &plan.table, *format, beside)?;
        }
        TableTarget::Folder(path, form) => folder(&tables, path, *form, &mut written)?,
    }
    Ok(written)
}

fn chosen<'a>(tables: &'a Tables, name: &str) -> io::Result<&'a Table> {
    tables.get(name).ok_or_else(|| {
        let names: Vec<&str> = tables.names().collect();
        io::Error::other(format!("there is no table {name}; the tables are {}", names.join(", ")))
    })
}

#[cfg(feature = "xlsx")]
fn workbook(tables: &Tables, path: &Path, mut beside: Beside) -> io::Result<Vec<String>> {
    let link = |source: &str| link(path, source);
    let remarks = form::xlsx::write(tables, &link, BufWriter::new(beside.file())).map_err(failed)?;
    beside.keep()?;
    Ok(remarks)
}

fn file(tables: &Tables, table: &str, format: Format, mut beside: Beside) -> io::Result<()> {
    match format {
        #[cfg(feature = "parquet")]
        Format::Parquet => {
            form::parquet::write(chosen(tables, table)?, BufWriter::new(beside.file())).map_err(failed)?;
        }
        #[cfg(feature = "sqlite")]
        Format::Sqlite => form::sqlite::write(tables, beside.path()).map_err(failed)?,
        _ => csv_with_mark(chosen(tables, table)?, &mut BufWriter::new(beside.file()))?,
    }
    beside.keep()
}

/// A single CSV file is often opened in a spreadsheet, which recognises UTF-8 by a byte order mark.
fn csv_with_mark(table: &Table, to: &mut impl Write) -> io::Result<()> {
    to.write_all(form::csv::MARK.as_bytes())?;
    form::csv::write(table, to).map_err(failed)
}

fn folder(tables: &Tables, path: &Path, form: package::Form, written: &mut Written) -> io::Result<()> {
    let mut put = |name: String, write: &dyn Fn(&mut Beside) -> io::Result<()>| {
        let done = Beside::below(path, Path::new(&name)).and_then(|mut beside| {
            write(&mut beside)?;
            beside.keep()
        });
        if let Err(e) = done {
            written.failed.push(format!("{} could not be written: {e}", path.join(name).display()));
        }
    };
    for table in tables.all() {
        put(format!("{}.{}", table.spec.name, form.ending()), &|beside| match form {
            #[cfg(feature = "parquet")]
            package::Form::Parquet => {
                form::parquet::write(table, BufWriter::new(beside.file())).map_err(failed)
            }
            _ => form::csv::write(table, BufWriter::new(beside.file())).map_err(failed),
        });
    }
    let description = package::describe(tables, form);
    put("datapackage.json".into(), &|beside| writeln!(beside.file(), "{description:#}"));
    Ok(())
}

fn failed(e: WriteError) -> io::Error {
    match e {
        WriteError::Io(e) => e,
        other => io::Error::other(other),
    }
}

/// The relative path from the workbook to a document, so that both can be moved together.
#[cfg(feature = "xlsx")]
fn link(workbook: &Path, source: &str) -> Option<String> {
    let document = Path::new(source).canonicalize().ok().filter(|d| d.is_file())?;
    let workbook = std::path::absolute(workbook).ok()?;
    let folder = workbook.parent()?.canonicalize().ok()?;
    let same = folder.components().zip(document.components()).take_while(|(a, b)| a == b).count();
    let up = folder.components().skip(same).map(|_| "..".to_owned());
    let down = document.components().skip(same).map(|c| c.as_os_str().to_string_lossy().into_owned());
    let way = up.chain(down).collect::<Vec<_>>().join("/");
    // A # would start a fragment.
    (!way.contains('#')).then(|| format!("file:///{way}"))
}
