//! `findings latest`: lists the latest full inspection of each area.

use std::fmt::Write as _;
use std::path::PathBuf;

use findings_core::alike::meant;
use findings_tables::form::sqlite::in_memory;
use rusqlite::{Connection, params_from_iter};

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
        Ok(Ok(lines)) => print(&lines),
        Ok(Err(why)) => {
            eprintln!("findings: {why}");
            Exit::SomeFailed
        }
        Err(message) => usage(message),
    }
}

/// The lines that were found, or why there are none.
fn found(args: &Args) -> Result<Result<String, String>, Refusal> {
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
            let meant = meant(&column, names.iter().copied());
            let meant = meant.map_or(String::new(), |m| format!(" (did you mean {m}?)"));
            return Err(format!(
                "the table reports has no column {column}{meant}; it has {}",
                names.join(", ")
            )
            .into());
        }
        wanted.push(column);
        values.push(value.trim().to_owned());
    }
    let select: String = wanted.iter().map(|c| format!(" || '  {c}: ' || coalesce(\"{c}\", '-')")).collect();
    let conditions: String = wanted.iter().map(|c| format!(" AND \"{c}\" = ? COLLATE NOCASE")).collect();
    let question = format!(
        "SELECT la_name || '  ' || start_date || '  ' || coalesce(framework || ' ', '') || inspection_type
           || coalesce('  ' || coalesce(overall_effectiveness, send_outcome), '')
         {select} FROM latest_inspection WHERE true {conditions} ORDER BY la_name, start_date"
    );
    let failed = |e: rusqlite::Error| e.to_string();
    let database = in_memory(&tables).map_err(failed)?;
    let mut rows = database.prepare(&question).map_err(failed)?;
    let rows = rows.query_map(params_from_iter(&values), |row| row.get::<_, String>(0)).map_err(failed)?;
    let mut lines = String::new();
    for row in rows {
        // Writing to a String cannot fail.
        let _ = writeln!(lines, "{}", row.map_err(failed)?);
    }
    if !lines.is_empty() {
        return Ok(Ok(lines));
    }
    let mut why = "no area's latest full inspection matches".to_owned();
    for (column, value) in wanted.iter().zip(&values) {
        why.push_str(&unknown(&database, column, value).map_err(failed)?);
    }
    Ok(Err(why))
}

/// What to say about a value that no report has in a column; nothing if one has it.
fn unknown(database: &Connection, column: &str, value: &str) -> rusqlite::Result<String> {
    const NAMED: usize = 12;
    let mut all = database.prepare(&format!(
        "SELECT DISTINCT CAST(\"{column}\" AS TEXT) FROM reports WHERE \"{column}\" IS NOT NULL ORDER BY 1"
    ))?;
    let all = all.query_map([], |row| row.get::<_, String>(0))?.collect::<Result<Vec<_>, _>>()?;
    if all.iter().any(|known| known.eq_ignore_ascii_case(value)) {
        return Ok(String::new());
    }
    let hint = match meant(value, all.iter().map(String::as_str)) {
        Some(meant) => format!("did you mean {meant}?"),
        None if all.len() <= NAMED && !all.is_empty() => format!("there are {}", all.join(", ")),
        None => return Ok(format!("; no report has {column} {value}")),
    };
    Ok(format!("; no report has {column} {value}: {hint}"))
}
