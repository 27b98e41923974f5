//! `findings history`: how the grades of areas changed over time.

mod chart;

use std::fmt::Write as _;
use std::io::Write as _;
use std::path::PathBuf;

use findings_core::alike;
use findings_tables::dataset::Tables;
use findings_tables::form::sqlite::in_memory;

use super::{print, usage, written};
use crate::Exit;
use crate::collection::{self, Collection};
use crate::error::Refusal;
use crate::output::{Beside, Inputs, guard};

/// Show how grades changed from inspection to inspection
#[derive(clap::Args)]
#[command(after_help = EXAMPLES)]
pub(crate) struct Args {
    /// A collection made by findings sync
    #[arg(value_name = "DIR.findings")]
    collection: PathBuf,
    /// Only this area
    #[arg(long, value_name = "NAME")]
    area: Option<String>,
    /// Write an HTML page with a chart [default: text on standard output]
    #[arg(short, long, value_name = "FILE.html")]
    output: Option<PathBuf>,
    /// Overwrite a file that findings did not write
    #[arg(long)]
    force: bool,
}

const EXAMPLES: &str = "\
Examples:
  findings history letters.findings --area Ashmoor
  findings history letters.findings --area Ashmoor -o ashmoor.html

Exit code: 0 grades were found; 1 none were found; 2 the command line is invalid; 3 the output could not be
written.";

/// One grade on one day.
pub(crate) struct Point {
    pub(crate) area: String,
    pub(crate) date: String,
    pub(crate) kind: String,
    pub(crate) judgement: String,
    pub(crate) grade: String,
    pub(crate) rank: Option<i64>,
    pub(crate) change: Option<String>,
}

/// Something that an area was told to improve.
pub(crate) struct Improvement {
    pub(crate) area: String,
    pub(crate) date: String,
    pub(crate) text: String,
}

/// What is shown.
pub(crate) struct History {
    pub(crate) points: Vec<Point>,
    pub(crate) improvements: Vec<Improvement>,
}

pub(crate) fn run(args: &Args) -> Exit {
    let history = Collection::open(&args.collection).map_err(Refusal::from).and_then(|collection| {
        let tables = collection.tables().map_err(collection::Error::store(&args.collection))?;
        let of = |area| History::of(&tables, area).map_err(|e| e.to_string());
        let history = of(args.area.as_deref())?;
        let others =
            if history.points.is_empty() && args.area.is_some() { of(None)?.areas() } else { Vec::new() };
        Ok((history, others))
    });
    let (history, others) = match history {
        Ok(both) => both,
        Err(message) => return usage(message),
    };
    if history.points.is_empty() {
        let of = args.area.as_deref().map_or(String::new(), |a| format!(" of {a}"));
        eprintln!("findings: the collection has no grades{of}{}", meant(args.area.as_deref(), &others));
        return Exit::SomeFailed;
    }
    let Some(path) = &args.output else { return print(&history.text()) };
    if !path.extension().is_some_and(|e| e.eq_ignore_ascii_case("html")) {
        return usage("the output must be a .html file: -o NAME.html");
    }
    if let Err(message) = guard(path, &Inputs::none(), args.force) {
        return usage(message);
    }
    let keep = || {
        let mut beside = Beside::create(path)?;
        beside.file().write_all(chart::page(&history).as_bytes())?;
        beside.keep()
    };
    written(keep().map(|()| Exit::Done), &path.display().to_string())
}

/// A hint with the areas that may have been meant by a name: those that contain it.
fn meant(name: Option<&str>, areas: &[String]) -> String {
    let part = name.unwrap_or_default().to_lowercase();
    let like: Vec<&str> = areas
        .iter()
        .map(String::as_str)
        .filter(|a| !part.is_empty() && a.to_lowercase().contains(&part))
        .collect();
    match alike::meant(&part, areas.iter().map(String::as_str)) {
        _ if !like.is_empty() => format!("; it has grades of {}", like.join(", ")),
        Some(meant) => format!("; did you mean {meant}?"),
        None => String::new(),
    }
}

impl History {
    /// The areas in alphabetical order, without duplicates.
    fn areas(&self) -> Vec<String> {
        let areas: std::collections::BTreeSet<&String> = self.points.iter().map(|p| &p.area).collect();
        areas.into_iter().cloned().collect()
    }

    fn of(tables: &Tables, area: Option<&str>) -> rusqlite::Result<Self> {
        let database = in_memory(tables)?;
        let mut points = database.prepare(
            "SELECT t.area, t.date, t.type, t.judgement, t.grade, j.rank, t.change
             FROM timeline AS t JOIN judgements AS j ON j.report_id = t.report_id AND j.area = t.judgement
             WHERE ?1 IS NULL OR t.area = ?1 COLLATE NOCASE
             GROUP BY t.report_id, t.judgement ORDER BY t.area, t.date, j.n",
        )?;
        let points = points.query_map([area], |r| {
            Ok(Point {
                area: r.get(0)?,
                date: r.get(1)?,
                kind: r.get(2)?,
                judgement: r.get(3)?,
                grade: r.get(4)?,
                rank: r.get(5)?,
                change: r.get(6)?,
            })
        })?;
        let points = points.collect::<Result<_, _>>()?;
        let mut statement = database.prepare(
            "SELECT la_name, start_date, text FROM improvements
             WHERE la_name IS NOT NULL AND start_date IS NOT NULL AND (?1 IS NULL OR la_name = ?1 COLLATE NOCASE)
             ORDER BY la_name, start_date DESC, n",
        )?;
        let improvements = statement
            .query_map([area], |r| Ok(Improvement { area: r.get(0)?, date: r.get(1)?, text: r.get(2)? }))?;
        Ok(Self { points, improvements: improvements.collect::<Result<_, _>>()? })
    }

    /// The history as text: a block for each area, a line for each inspection.
    fn text(&self) -> String {
        let mut text = String::new();
        let (mut area, mut day) = ("", "");
        for p in &self.points {
            // Writing to a String cannot fail.
            if p.area != area {
                let _ = writeln!(text, "{}{}", if area.is_empty() { "" } else { "\n\n" }, p.area);
                day = "";
            }
            if p.date != day {
                let _ = write!(text, "{}  {}  {}", if day.is_empty() { "" } else { "\n" }, p.date, p.kind);
            }
            let change =
                p.change.as_deref().filter(|c| *c != "same").map_or(String::new(), |c| format!(" ({c})"));
            let _ = write!(text, "\n    {}: {}{change}", p.judgement, p.grade);
            (area, day) = (&p.area, &p.date);
        }
        text.push('\n');
        text
    }
}
