//! `findings drift`: documents whose layout fits no known edition well.

use clap::ValueEnum;
use findings_core::record::{ErrorReport, Record};
use findings_workbench::drift::{Fit, groups};
use serde::Deserialize;
use serde_json::{Value, json};

use super::{print, usage};
use crate::plugins::PluginArgs;
use crate::{Exit, records};

/// Group the documents that fit no known layout well, to notice new forms when they first appear
#[derive(clap::Args)]
#[command(after_help = EXAMPLES)]
pub(crate) struct Args {
    /// Stored records (.ndjson, .json), documents to read first (files, folders), or - for records on standard input
    #[arg(required = true, value_name = "RECORDS|DOCUMENTS")]
    inputs: Vec<String>,
    /// Output format
    #[arg(long, value_enum, default_value = "text")]
    format: Form,
    #[command(flatten)]
    plugins: PluginArgs,
}

/// The output format.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Form {
    /// For people.
    Text,
    /// An array of groups.
    Json,
}

const EXAMPLES: &str = "\
Examples:
  findings drift letters/                 read the documents, then judge them
  findings drift records.ndjson           records extracted before
  findings extract letters/ | findings drift -

A document is listed if it has few of its format's fixed phrases, lacks a section that its edition always has,
has unusually many words outside its sections, or something that the form always prints was not read.
Documents that drift in the same way form a group, shown with what they share: edition, years, producer, unknown
headings. `findings explain` shows how one of them was read.

Exit code: 0 every document fits; 1 some do not, or could not be read; 2 the command line is invalid; 3 the output
could not be written.";

pub(crate) fn run(args: &Args) -> Exit {
    let (values, mut failed) = match records::named(&args.inputs, &args.plugins, |_| true) {
        Ok(named) => named,
        Err(message) => return usage(message),
    };
    let mut fits = Vec::new();
    for value in &values {
        match fit(value) {
            Ok(fit) => fits.extend(fit),
            Err(e) => {
                let source = value.pointer("/document/source").and_then(Value::as_str).unwrap_or("a value");
                failed
                    .push(format!("{source} is not a record ({e}); `findings validate` shows the problems"));
            }
        }
    }
    failed.iter().for_each(|f| eprintln!("findings: {f}"));
    let groups = groups(&fits);
    let text = match args.format {
        Form::Json => format!("{:#}\n", json!(groups)),
        Form::Text => groups.iter().map(|g| format!("{g}\n")).collect(),
    };
    let exit = print(&text);
    let drifting: usize = groups.iter().map(|g| g.documents.len()).sum();
    eprintln!("findings: {drifting} of {} documents fit no known layout well", values.len());
    match exit {
        Exit::Done if drifting > 0 || !failed.is_empty() => Exit::SomeFailed,
        exit => exit,
    }
}

/// How well a record or an error report fits the known layouts; `None` for most errors.
fn fit(value: &Value) -> serde_json::Result<Option<Fit>> {
    if value.get("error").is_some() {
        return ErrorReport::deserialize(value).map(|report| Fit::of_error(&report));
    }
    Record::deserialize(value).map(|record| Some(Fit::of(&record)))
}
