//! Reads samples again each time a format file is saved.

use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime};

use findings_core::pipeline;
use findings_workbench::snapshot::{Entry, State, printed, redacted};
use indexmap::IndexMap;
use serde_json::Value;

use super::reading;
use crate::commands::print;
use crate::error::Refusal;
use crate::{Exit, input};

/// How often the file is checked for changes.
const PAUSE: Duration = Duration::from_millis(300);

#[derive(clap::Args)]
pub(super) struct Args {
    /// The format file
    #[arg(value_name = "FILE")]
    file: PathBuf,
    /// Documents of the format: files, folders, patterns
    #[arg(value_name = "SAMPLE", required = true)]
    samples: Vec<String>,
    /// Stop after this many saves [default: run until Ctrl-C]
    #[arg(long, value_name = "N")]
    saves: Option<u32>,
}

type Readings = IndexMap<String, Value>;

pub(super) fn run(args: &Args) -> Result<Exit, Refusal> {
    let mut saved = when(&args.file);
    let mut before = told(read(&args.file, &args.samples)).unwrap_or_default();
    print(&format!("{} samples read; waiting for {} to be saved\n", before.len(), args.file.display()));
    let mut left = args.saves;
    while left != Some(0) {
        std::thread::sleep(PAUSE);
        let now = when(&args.file);
        if now == saved {
            continue;
        }
        saved = now;
        left = left.map(|n| n - 1);
        let Some(after) = told(read(&args.file, &args.samples)) else { continue };
        if print(&changes(&before, &after)) != Exit::Done {
            return Ok(Exit::NotWritten);
        }
        before = after;
    }
    Ok(Exit::Done)
}

/// The readings; if the file has an error, reports it and returns `None`, so that the last readings stay.
fn told(read: Result<Readings, Refusal>) -> Option<Readings> {
    read.map_err(|why| eprintln!("findings: {why}")).ok()
}

fn when(file: &Path) -> Option<SystemTime> {
    file.metadata().and_then(|m| m.modified()).ok()
}

fn read(file: &Path, samples: &[String]) -> Result<Readings, Refusal> {
    let (_, options) = reading(file)?;
    let outcome = |document: input::Input| {
        let value = match document.bytes(&options.limits) {
            Ok(bytes) => match pipeline::read(&document.name, &bytes, &options).outcome {
                Ok(read) => printed(&read),
                Err(report) => printed(&report),
            },
            Err(e) => Value::String(e.to_string()),
        };
        (document.name, redacted(value))
    };
    Ok(input::collect(samples).list.into_iter().map(outcome).collect())
}

fn changes(before: &Readings, after: &Readings) -> String {
    let mut text = String::new();
    for (name, read) in after {
        let accepted = before.get(name).cloned().unwrap_or_default();
        let entry = Entry { document: name.clone(), state: State::Changed, accepted, read: read.clone() };
        let changes = entry.changes();
        if !changes.is_empty() {
            text += &format!("{name}\n");
            text.extend(changes.iter().map(|c| format!("  {c}\n")));
        }
    }
    if text.is_empty() { "saved: nothing changed\n".into() } else { text }
}
