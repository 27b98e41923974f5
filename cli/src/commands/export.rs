//! `findings export`: writes a collection in any form that `extract` writes.

use std::io;
use std::path::PathBuf;

use findings_core::record::Error;

use super::{usage, written};
use crate::Exit;
use crate::collection::{self, Collection, Stored};
use crate::output::{Inputs, Lock, OutputArgs, Sink, Written};
use crate::reader::Finished;

/// Export a collection as JSON, CSV, Excel, Parquet or SQLite
#[derive(clap::Args)]
#[command(after_help = EXAMPLES)]
pub(crate) struct Args {
    /// A collection made by findings sync
    #[arg(value_name = "DIR.findings")]
    collection: PathBuf,
    /// No messages, except about what could not be written
    #[arg(short, long)]
    quiet: bool,
    #[command(flatten)]
    output: OutputArgs,
}

const EXAMPLES: &str = "\
Examples:
  findings export letters.findings -o letters.xlsx
  findings export letters.findings -o improvements.csv --table improvements
  findings export letters.findings -o tables/ --format parquet
  findings export letters.findings > all.ndjson

Exit code: 0 all written; 2 the command line is invalid; 3 the output could not be written.";

pub(crate) fn run(args: &Args) -> Exit {
    let collection = match Collection::open(&args.collection) {
        Ok(collection) => collection,
        Err(message) => return usage(message),
    };
    let (files, schemas) = match collection.files().and_then(|files| Ok((files, collection.schemas()?))) {
        Ok(both) => both,
        Err(e) => return usage(collection::Error::store(&args.collection)(e)),
    };
    let inputs = Inputs {
        single: false,
        relative: files.iter().map(|(_, relative)| relative.as_path()).collect(),
        files: files.iter().map(|(name, _)| (name.as_str(), std::path::Path::new(name))).collect(),
    };
    let (to, format) = match args.output.resolve(&inputs) {
        Ok(settled) => settled,
        Err(message) => return usage(message),
    };
    let target = args.output.output.as_ref();
    let target = target.map_or_else(|| "standard output".to_owned(), |path| path.display().to_string());
    let export = || {
        let _lock = Lock::of(&to)?;
        let mut sink = Sink::open(&to, false, || schemas)?;
        // One outcome at a time: a collection may be larger than memory.
        let mut put = Ok(());
        let each = collection.each(|stored| {
            if put.is_ok() {
                put = sink.put(&finished(stored, format));
            }
        });
        each.map_err(io::Error::other).and(put)?;
        let Written { remarks, failed } = sink.finish()?;
        for remark in remarks.iter().filter(|_| !args.quiet).chain(&failed) {
            eprintln!("findings: {remark}");
        }
        Ok(if failed.is_empty() { Exit::Done } else { Exit::NotWritten })
    };
    written(export(), &target)
}

fn finished(stored: Stored, format: crate::output::Format) -> Finished {
    let error: Option<Error> = serde_json::from_value(stored.outcome["error"].clone()).ok();
    Finished {
        name: stored.name,
        relative: stored.relative,
        rendered: format.render_json(stored.outcome),
        digest: stored.digest,
        doubts: Vec::new(),
        error,
        fit: None,
        blind: None,
        trace: None,
    }
}
