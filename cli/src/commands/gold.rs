//! `findings gold`: labels to compare records with.

use std::collections::HashSet;
use std::fs;
use std::path::{Path, PathBuf};

use clap::Subcommand;
use findings_workbench::gold::{ID_DIGITS, Label, label_of};
use findings_workbench::score::sha256_of;
use serde_json::Value;

use super::{print, usage};
#[cfg(feature = "sqlite")]
use crate::collection::{self, Collection};
use crate::error::Refusal;
use crate::plugins::PluginArgs;
use crate::{Exit, records};

/// Create labels: what a person read in a document
#[derive(clap::Args)]
#[command(after_help = EXAMPLES)]
pub(crate) struct Args {
    #[command(subcommand)]
    what: What,
}

const EXAMPLES: &str = "\
Examples:
  findings gold init letter.pdf                      a label to start from, on standard output
  findings gold init letters/ -o labels/             labels/NAME.label.json for each
  findings gold from letters.findings -o labels/     labels of documents reviewed with findings review
  findings schema print gold-label                   the schema of labels, with every property

Then compare each label with its document and correct it: a label that nobody has checked says nothing
about accuracy.";

#[derive(Subcommand)]
enum What {
    /// Write labels for a person to correct, from what findings reads
    Init(Init),
    /// Write labels of those documents of a collection that a person has reviewed and where nothing is left in doubt
    #[cfg(feature = "sqlite")]
    From(FromArgs),
}

#[cfg(feature = "sqlite")]
#[derive(clap::Args)]
struct FromArgs {
    /// A collection made by findings sync
    #[arg(value_name = "DIR.findings")]
    collection: PathBuf,
    /// Folder to write to, one file per document
    #[arg(short, long, value_name = "DIR")]
    output: PathBuf,
    /// Overwrite existing labels
    #[arg(long)]
    force: bool,
}

#[derive(clap::Args)]
struct Init {
    /// Documents (files, folders), stored records (.ndjson, .json), or - for records on standard input
    #[arg(required = true, value_name = "DOCUMENTS|RECORDS")]
    inputs: Vec<String>,
    /// Folder to write to, one file per document [default: standard output, for one document]
    #[arg(short, long, value_name = "DIR")]
    output: Option<PathBuf>,
    /// Overwrite existing labels: what a person wrote in them is lost
    #[arg(long)]
    force: bool,
    #[command(flatten)]
    plugins: PluginArgs,
}

pub(crate) fn run(args: &Args) -> Exit {
    match &args.what {
        What::Init(args) => init(args),
        #[cfg(feature = "sqlite")]
        What::From(args) => from(args),
    }
}

#[cfg(feature = "sqlite")]
fn from(args: &FromArgs) -> Exit {
    let mut records = Vec::new();
    let collection = match Collection::open(&args.collection) {
        Ok(collection) => collection,
        Err(message) => return usage(message),
    };
    let each = collection.each(|stored| {
        if stored.is_answered() {
            records.push(stored.outcome);
        }
    });
    if let Err(e) = each {
        return usage(collection::Error::store(&args.collection)(e));
    }
    if records.is_empty() {
        eprintln!("findings: no document of {} has been reviewed to the end yet", args.collection.display());
        return Exit::SomeFailed;
    }
    to_folder(&records, &args.output, args.force, answered)
}

/// A label that contains a person's answers.
#[cfg(feature = "sqlite")]
fn answered(record: &Value) -> Result<String, Refusal> {
    const NOTES: &str =
        "From findings review: a person checked what was in doubt; the rest is as it was read.";
    labelled(record, Some(NOTES))
}

fn init(init: &Init) -> Exit {
    let (records, failed) = match records::named(&init.inputs, &init.plugins, |_| true) {
        Ok(named) => named,
        Err(message) => return usage(message),
    };
    failed.iter().for_each(|f| eprintln!("findings: {f}"));
    let exit = match &init.output {
        Some(folder) => to_folder(&records, folder, init.force, rendered),
        None if records.len() > 1 => usage(format!(
            "there are {} documents; give a folder for their labels: -o labels/",
            records.len()
        )),
        None => records.first().map_or(Exit::Done, to_stdout),
    };
    if exit == Exit::Done && !failed.is_empty() { Exit::SomeFailed } else { exit }
}

fn to_stdout(record: &Value) -> Exit {
    match rendered(record) {
        Ok(label) => print(&label),
        Err(why) => {
            eprintln!("findings: {why}");
            Exit::SomeFailed
        }
    }
}

fn to_folder(
    records: &[Value],
    folder: &Path,
    force: bool,
    rendered: impl Fn(&Value) -> Result<String, Refusal>,
) -> Exit {
    if let Err(e) = fs::create_dir_all(folder) {
        eprintln!("findings: {} could not be created: {e}", folder.display());
        return Exit::NotWritten;
    }
    let (mut exit, mut written) = (Exit::Done, HashSet::new());
    for record in records {
        let mut path = folder.join(file_name(record, None));
        if !written.insert(path.clone()) {
            // Another document with the same name, from a different folder.
            path = folder.join(file_name(record, sha256_of(record).get(..ID_DIGITS)));
        }
        if path.exists() && !force {
            eprintln!("findings: {} exists already; --force overwrites it", path.display());
            exit = Exit::SomeFailed;
            continue;
        }
        match rendered(record) {
            Err(why) => {
                eprintln!("findings: {why}");
                exit = Exit::SomeFailed;
            }
            Ok(label) => {
                if let Err(e) = fs::write(&path, label) {
                    eprintln!("findings: {} could not be written: {e}", path.display());
                    return Exit::NotWritten;
                }
                eprintln!("{}", path.display());
            }
        }
    }
    exit
}

fn source(record: &Value) -> &str {
    record.pointer("/document/source").and_then(Value::as_str).unwrap_or("-")
}

/// `letters/a.pdf` → `a.label.json`, or `a-ID.label.json`.
fn file_name(record: &Value, id: Option<&str>) -> String {
    let stem = Path::new(source(record)).file_stem().unwrap_or_default().to_string_lossy().into_owned();
    let stem = if stem == "-" || stem.is_empty() { "document" } else { &stem };
    id.map_or_else(|| format!("{stem}.label.json"), |id| format!("{stem}-{id}.label.json"))
}

fn rendered(record: &Value) -> Result<String, Refusal> {
    labelled(record, None)
}

fn labelled(record: &Value, notes: Option<&str>) -> Result<String, Refusal> {
    let mut label = label_of(record).ok_or_else(|| {
        let why = record.pointer("/error/message").and_then(Value::as_str).unwrap_or("it is not a record");
        format!(
            "{}: no label ({why}). If an error is the right result, write a label with \"kind\": \"other\" by hand",
            source(record)
        )
    })?;
    if let (Label::Report(report), Some(notes)) = (&mut label, notes) {
        report.notes = Some(notes.into());
    }
    Ok(format!("{:#}\n", serde_json::json!(label)))
}
