//! `findings latest`: lists the latest full inspection of each area.

use std::fmt::Write as _;
use std::path::PathBuf;

use findings_tables::form::sqlite::in_memory;
use rusqlite::params_from_iter;

use super::{print, usage};
use crate::Exit;
use crate::collection::{self, Collection};
use crate::error::Refusal;

/// List the latest full inspection of each area
#[derive(clap::Args)]
#[command(after_help = EXAMPLES)]
pub(crate) struct Args {
    /// A collection made by findings sync
    #[arg(value_name = "DIR.findings")]
    collection: PathBuf,
    /// Only inspections with this value in a column of the table reports; if repeated, all must match
    #[arg(long = "where", value_name = "COLUMN=VALUE")]
    conditions: Vec<String>,
}

const EXAMPLES: &str = "\
Examples:
  findings latest letters.findings
  findings latest letters.findings --where leadership=inadequate
  findings latest letters.findings --where region_name=London --where overall_effectiveness=good

Areas are identified by their current code; those that were abolished are not listed.

Exit code: 0 some were found; 1 none were found; 2 the command line is invalid.";

pub(crate) fn run(args: &Args) -> Exit {
    match found(args) {
        Ok(lines) if lines.is_empty() => {
            eprintln!("findings: no area's latest full inspection matches");
            Exit::SomeFailed
        }
        Ok(lines) => print(&lines),
        Err(message) => usage(message),
    }
}

fn found(args: &Args) -> Result<String, Refusal> {
    let tables =
        Collection::open(&args.collection)?.tables().map_err(collection::Error::store(&args.collection))?;
    let reports = tables.get("reports").ok_or("the collection has no reports")?;
    let (mut wanted, mut values) = (Vec::new(), Vec::new());
    for condition in &args.conditions {
        let (column, value) = condition
            .split_once('=')
            .ok_or_else(|| format!("{condition} is not of the form COLUMN=VALUE"))?;
        let column = column.trim().replace('-', "_");
        if reports.spec.position(&column).is_none() {
            let names: Vec<&str> = reports.spec.columns.iter().map(|c| c.name.as_ref()).collect();
            return Err(
                format!("the table reports has no column {column}; it has {}", names.join(", ")).into()
            );
        }
        wanted.push(column);
        values.push(value.trim().to_owned());
    }
    let select: String = wanted.iter().map(|c| format!(" || '  {c}: ' || coalesce(\"{c}\", '-')")).collect();
    let conditions: String = wanted.iter().map(|c| format!(" AND \"{c}\" = ? COLLATE NOCASE")).collect();
    let question = format!(
        "SELECT la_name || '  ' || start_date || '  ' || inspection_type || coalesce('  ' || overall_effectiveness, '')
         {select} FROM latest_inspection WHERE true {conditions} ORDER BY la_name, start_date"
    );
    let failed = |e: rusqlite::Error| e.to_string();
    let database = in_memory(&tables).map_err(failed)?;
    let mut rows = database.prepare(&question).map_err(failed)?;
    let rows = rows.query_map(params_from_iter(values), |row| row.get::<_, String>(0)).map_err(failed)?;
    let mut lines = String::new();
    for row in rows {
        // Writing to a String cannot fail.
        let _ = writeln!(lines, "{}", row.map_err(failed)?);
    }
    Ok(lines)
}
