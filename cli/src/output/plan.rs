//! What a command line asks for as output, resolved before any document is read.

use std::collections::HashSet;
use std::path::{Path, PathBuf};

use clap::ValueEnum;
use findings_tables::catalogue::TABLES;
use findings_tables::columns::Layout;
use findings_tables::form::package;

use super::folder::free_path;
use super::tables::{TablePlan, TableTarget};
use super::{ENDINGS, Format, index, ours};

/// Options of every command that writes records.
#[derive(Debug, Clone, clap::Args)]
pub(crate) struct OutputArgs {
    /// Output format [default: by the name of the output; json for one document, ndjson for several]
    #[arg(long, value_enum)]
    pub(crate) format: Option<Format>,
    /// A file (.json, .ndjson, .csv, .xlsx, .sqlite, .parquet) for all records, or a folder with one file per document,
    /// with --format csv or parquet one per table [default: standard output]
    #[arg(short, long, value_name = "DIR|FILE")]
    pub(crate) output: Option<PathBuf>,
    /// The table to write to a .csv or .parquet file: reports, improvements, judgements, paragraphs, doubts, …
    /// [default: reports]
    #[arg(long, value_name = "NAME")]
    pub(crate) table: Option<String>,
    /// Column headings of the table reports: those of Ofsted's official statistics, or of the Department for Education
    #[arg(long, value_enum, value_name = "LAYOUT")]
    pub(crate) columns: Option<Columns>,
    /// Overwrite a file that findings did not write
    #[arg(long)]
    pub(crate) force: bool,
}

/// Whose headings the table of reports has.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Columns {
    /// Ofsted's official statistics (management information).
    Mi,
    /// The Department for Education's open data.
    Dfe,
}

/// Where outcomes are written.
#[derive(Debug, Clone)]
pub(crate) enum Destination {
    /// A stream of records on standard output.
    Stdout(Format),
    /// A stream of records in a file.
    File(PathBuf, Format),
    /// A folder with one file for each document.
    Folder(PathBuf),
    /// Tables.
    Tables(TablePlan),
}

/// The inputs, as far as they concern the output.
pub(crate) struct Inputs<'a> {
    /// Whether a single document was given by name.
    pub(crate) single: bool,
    /// The path of each document's file below an output folder.
    pub(crate) relative: Vec<&'a Path>,
    /// The documents themselves, which must not be overwritten.
    pub(crate) files: Vec<(&'a str, &'a Path)>,
}

impl Inputs<'_> {
    /// For commands that read no documents.
    #[cfg(feature = "sqlite")]
    pub(crate) fn none() -> Self {
        Self { single: false, relative: Vec::new(), files: Vec::new() }
    }
}

impl OutputArgs {
    /// Determines where outcomes are written, and in what form.
    ///
    /// # Errors
    /// Options that make no sense, or that would overwrite something.
    pub(crate) fn resolve(&self, inputs: &Inputs<'_>) -> Result<(Destination, Format), PlanError> {
        if let Some(path) = &self.output {
            is_input(path, inputs)?;
        }
        let (destination, format) = match &self.output {
            None => self.to_stdout(inputs)?,
            Some(path) if is_folder(path) => self.to_folder(path)?,
            Some(path) => self.to_file(path, inputs)?,
        };
        if !format.is_built_in() {
            let name = format.to_possible_value().map_or_else(String::new, |v| v.get_name().to_owned());
            return Err(PlanError::NotBuilt(name));
        }
        self.check_table_options(&destination)?;
        for path in self.written(&destination, inputs) {
            guard(&path, inputs, self.force)?;
        }
        Ok((destination, format))
    }

    fn to_stdout(&self, inputs: &Inputs<'_>) -> Result<(Destination, Format), PlanError> {
        let usual = match (&self.table, self.columns) {
            (None, None) if inputs.single => Format::Json,
            (None, None) => Format::Ndjson,
            _ => Format::Csv,
        };
        match self.format.unwrap_or(usual) {
            Format::Csv => Ok((self.tables(TableTarget::Stdout), Format::Csv)),
            format if format.is_tables() => Err(PlanError::NeedsFile),
            format => Ok((Destination::Stdout(format), format)),
        }
    }

    fn to_folder(&self, path: &Path) -> Result<(Destination, Format), PlanError> {
        let form = match self.format {
            Some(Format::Csv) => package::Form::Csv,
            Some(Format::Parquet) => package::Form::Parquet,
            Some(Format::Xlsx | Format::Sqlite) => {
                return Err(PlanError::OneFile);
            }
            asked => return Ok((Destination::Folder(path.to_owned()), asked.unwrap_or(Format::Json))),
        };
        Ok((self.tables(TableTarget::Folder(path.to_owned(), form)), self.format.unwrap_or(Format::Csv)))
    }

    fn to_file(&self, path: &Path, inputs: &Inputs<'_>) -> Result<(Destination, Format), PlanError> {
        let by_name = Format::of_file(path);
        let format = match (self.format, by_name) {
            // JSON and NDJSON may have each other's extension; any other mismatch would make the file open as something
            // it is not.
            (Some(asked), Some(named)) if asked != named && (asked.is_tables() || named.is_tables()) => {
                return Err(PlanError::OtherEnding(path.to_owned()));
            }
            (Some(asked), _) => asked,
            (None, Some(named)) => named,
            (None, None) if super::file::is_device(path) => {
                if inputs.single {
                    Format::Json
                } else {
                    Format::Ndjson
                }
            }
            (None, None) => return Err(PlanError::UnknownEnding(path.to_owned())),
        };
        if format.is_tables() {
            return Ok((self.tables(TableTarget::File(path.to_owned(), format)), format));
        }
        Ok((Destination::File(path.to_owned(), format), format))
    }

    fn tables(&self, to: TableTarget) -> Destination {
        let columns = self.columns.map(|c| match c {
            Columns::Mi => Layout::Mi,
            Columns::Dfe => Layout::Dfe,
        });
        Destination::Tables(TablePlan {
            to,
            table: self.table.clone().unwrap_or_else(|| "reports".into()),
            columns,
        })
    }

    fn check_table_options(&self, destination: &Destination) -> Result<(), PlanError> {
        let Destination::Tables(plan) = destination else {
            return match (&self.table, self.columns) {
                (None, None) => Ok(()),
                (Some(_), _) => Err(PlanError::TableWithoutTables),
                (None, Some(_)) => Err(PlanError::ColumnsWithoutTables),
            };
        };
        let one_table = match &plan.to {
            TableTarget::Stdout | TableTarget::File(_, Format::Csv | Format::Parquet) => true,
            TableTarget::File(..) | TableTarget::Folder(..) => false,
        };
        if self.table.is_some() && !one_table {
            return Err(PlanError::TableOfAll);
        }
        // Plugins provide more tables, named PLUGIN_LIST, which are known only after reading.
        if !plan.table.contains('_') && !TABLES.iter().any(|(name, _)| *name == plan.table) {
            return Err(PlanError::UnknownTable(plan.table.clone()));
        }
        if plan.columns.is_some() && one_table && plan.table != "reports" {
            return Err(PlanError::ColumnsOfOther);
        }
        if plan.columns.is_some() && matches!(plan.to, TableTarget::File(_, Format::Sqlite)) {
            return Err(PlanError::ColumnsOfDatabase);
        }
        Ok(())
    }

    /// The files that will be written, as far as known.
    fn written(&self, destination: &Destination, inputs: &Inputs<'_>) -> Vec<PathBuf> {
        match destination {
            Destination::Stdout(_) => Vec::new(),
            Destination::File(path, _) => vec![path.clone()],
            Destination::Folder(folder) => {
                let mut taken = HashSet::new();
                let files =
                    inputs.relative.iter().map(|relative| folder.join(free_path(relative, &mut taken)));
                files.chain([folder.join(index::NAME)]).collect()
            }
            Destination::Tables(plan) => match &plan.to {
                TableTarget::Stdout => Vec::new(),
                TableTarget::File(path, _) => vec![path.clone()],
                TableTarget::Folder(folder, form) => {
                    let files =
                        TABLES.iter().map(|(name, _)| folder.join(format!("{name}.{}", form.ending())));
                    files.chain([folder.join("datapackage.json")]).collect()
                }
            },
        }
    }
}

/// Why an output makes no sense, or would overwrite something.
#[derive(Debug, thiserror::Error)]
pub(crate) enum PlanError {
    #[error("{}", crate::error::built_without(.0))]
    NotBuilt(String),
    #[error("this format is written to a file: name one with -o, for example -o table.xlsx")]
    NeedsFile,
    #[error("this format has all tables in one file: name one with -o, for example -o table.xlsx")]
    OneFile,
    #[error("--format does not match the extension of {}", .0.display())]
    OtherEnding(PathBuf),
    #[error(
        "{} has an unknown extension; known are {}; a name that ends with / is a folder",
        .0.display(),
        endings()
    )]
    UnknownEnding(PathBuf),
    #[error("--table can only be used with a .csv or .parquet file")]
    TableWithoutTables,
    #[error("--table can only be used with a .csv or .parquet file: this format has every table")]
    TableOfAll,
    #[error("there is no table {0}; the tables are {known}", known = tables())]
    UnknownTable(String),
    #[error("--columns can only be used with a .csv, .parquet or .xlsx file, or a folder of tables")]
    ColumnsWithoutTables,
    #[error("--columns can only be used for the table reports")]
    ColumnsOfOther,
    #[error("--columns can't be used for a database, whose views need the usual columns")]
    ColumnsOfDatabase,
    #[error("{} exists and was not written by findings; --force overwrites it", .0.display())]
    Foreign(PathBuf),
    #[error("{0} is an input; writing there would overwrite it")]
    Input(String),
}

/// Refuses to overwrite an input or, without `force`, a file that is not ours.
pub(crate) fn guard(path: &Path, inputs: &Inputs<'_>, force: bool) -> Result<(), PlanError> {
    is_input(path, inputs)?;
    let Ok(real) = path.canonicalize() else { return Ok(()) };
    if !force && real.is_file() && !ours::is_ours(&real) {
        return Err(PlanError::Foreign(path.to_owned()));
    }
    Ok(())
}

/// Refuses a path that is an input.
fn is_input(path: &Path, inputs: &Inputs<'_>) -> Result<(), PlanError> {
    let Ok(real) = path.canonicalize() else { return Ok(()) };
    let same = |file: &Path| file.canonicalize().is_ok_and(|file| file == real);
    match inputs.files.iter().find(|(_, file)| same(file)) {
        Some((name, _)) => Err(PlanError::Input((*name).to_owned())),
        None => Ok(()),
    }
}

/// The known extensions, for a message.
fn endings() -> String {
    let known: Vec<String> = ENDINGS.iter().map(|(ending, _)| format!(".{ending}")).collect();
    known.join(", ")
}

/// The tables of every record, for a message.
fn tables() -> String {
    let names: Vec<&str> = TABLES.iter().map(|(name, _)| *name).collect();
    names.join(", ")
}

/// Whether a path is an existing folder, ends with a separator, or has no extension.
fn is_folder(path: &Path) -> bool {
    path.is_dir()
        || path.to_string_lossy().ends_with(std::path::is_separator)
        || (!path.exists() && path.extension().is_none())
}
