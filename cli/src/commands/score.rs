//! `findings score`: measures how accurate records are.

use std::fs;
use std::path::PathBuf;

use clap::ValueEnum;
use findings_workbench::gold::Gold;
use findings_workbench::score::{self, Options, render};
use serde_json::Value;

use super::{print, usage};
use crate::plugins::PluginArgs;
use crate::{Exit, records};

/// Measure the accuracy of records against labels written by people
#[derive(clap::Args)]
#[command(after_help = EXAMPLES)]
pub(crate) struct Args {
    /// Stored records (.ndjson, .json), documents to read first (files, folders), or - for records on standard input
    #[arg(required = true, value_name = "RECORDS|DOCUMENTS")]
    inputs: Vec<String>,
    /// A folder of labels: every *.label.json below it or, if there are none, every *.json in it
    #[arg(long, value_name = "DIR")]
    gold: PathBuf,
    /// For scans and damaged texts, whose bytes differ from the labelled ones: a file with the first 12 digits of their
    /// SHA-256 and the label's id on each line
    #[arg(long, value_name = "IDS.tsv")]
    map: Option<PathBuf>,
    /// Share of words that long texts must have in common to count as the same
    #[arg(long, value_name = "SHARE", default_value_t = 0.95)]
    near: f64,
    /// Output format
    #[arg(long, value_enum, default_value_t = Form::Table)]
    format: Form,
    /// How many wrong values to list (JSON has all of them)
    #[arg(long, value_name = "N", default_value_t = 20)]
    wrong: usize,
    /// Exit with code 1 if F1 over all fields is below this
    #[arg(long, value_name = "F1")]
    fail_under: Option<f64>,
    #[command(flatten)]
    plugins: PluginArgs,
}

/// The output format.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Form {
    /// For a terminal.
    Table,
    /// Everything, with a published schema.
    Json,
    /// For a pull request.
    Markdown,
    /// A row for each field, for a spreadsheet.
    Csv,
}

const EXAMPLES: &str = "\
Examples:
  findings score --gold corpus corpus/                         read the labelled documents, then measure
  findings score --gold labels/ records.ndjson                 records extracted before
  findings extract letters/ | findings score --gold labels/ -
  findings score --gold labels/ records.ndjson --wrong 1000    every wrong value: expected, got, page, quote
  findings score --gold labels/ scans.ndjson --map ids.tsv --near 0.85
  findings score --gold labels/ records.ndjson --format markdown >> pull-request.md

A label says what a person read in a document; `findings gold init` writes one to start from. Documents without a
label are left out. Wrong values that no diagnostic of the record points at are \"silent\". Intervals are bootstrapped
over the documents, always with the same seed.

Exit code: 0 measured; 1 some inputs or all documents could not be read, or F1 is below --fail-under; 2 the command line is invalid
or the labels can't be read; 3 the output could not be written.";

/// Why nothing was measured: none of the labelled documents gave a record.
fn nothing_read(records: &[Value]) -> Option<String> {
    let first = records.first()?;
    let message =
        |record: &Value| record.pointer("/error/message").and_then(Value::as_str).map(str::to_owned);
    let all = records.iter().all(|record| message(record).is_some());
    let why = message(first).filter(|_| all)?;
    Some(format!(
        "none of the {} labelled documents could be read, so the figures say nothing. If a message above says that a format file is not used, mend it first. The first document: {why}",
        records.len()
    ))
}

pub(crate) fn run(args: &Args) -> Exit {
    if !(0.0..=1.0).contains(&args.near) {
        return usage("--near must be a number from 0 to 1");
    }
    let gold = match Gold::load(&args.gold) {
        Ok(gold) => gold,
        Err(e) => return usage(e),
    };
    let mut options = Options { near: args.near, ..Options::default() };
    if let Some(map) = &args.map {
        match fs::read_to_string(map) {
            Ok(text) => options.read_aliases(&text),
            Err(e) => return usage(format!("{}: {e}; expected a file of ids", map.display())),
        }
    }
    let labelled = |sha256: &str| gold.labels.contains_key(options.label_id(sha256));
    let (records, failed) = match records::named(&args.inputs, &args.plugins, labelled) {
        Ok(named) => named,
        Err(message) => return usage(message),
    };
    failed.iter().for_each(|f| eprintln!("findings: {f}"));
    let report = score::score(&gold, &records, &options);
    let exit = print(&match args.format {
        Form::Table => render::terminal(&report, args.wrong),
        Form::Markdown => render::markdown(&report, args.wrong),
        Form::Csv => render::csv(&report),
        Form::Json => format!("{:#}\n", serde_json::json!(report)),
    });
    let low = args.fail_under.filter(|least| report.total.f1 < *least);
    if let Some(least) = low {
        eprintln!("findings: F1 over all fields is {:.4}, below {least}", report.total.f1);
    }
    let unread = nothing_read(&records);
    if let Some(why) = &unread {
        eprintln!("findings: {why}");
    }
    match exit {
        Exit::Done if low.is_some() || unread.is_some() || !failed.is_empty() => Exit::SomeFailed,
        exit => exit,
    }
}
