//! `findings sync`: updates a collection.

use std::path::{MAIN_SEPARATOR, Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use findings_core::pipeline::{ReadOptions, TOOL};
use findings_core::plugin::Foreign as _;
use findings_core::runner::Runner;
use findings_core::source::Limits;

use super::usage;
use crate::Exit;
use crate::collection::{self, Collection, Counts, Sync, whole};
use crate::error::Refusal;
use crate::input::name::{name_of, shown};
use crate::input::{self, Input, Inputs};
use crate::ocr::OcrArgs;
use crate::output::Format;
use crate::plugins::PluginArgs;
use crate::progress::Progress;
use crate::reader::Reader;
use crate::settings::jobs;
use crate::stop::Stop;
use crate::worker::ProcessRunner;

/// Update a collection with what is new in folders
#[derive(clap::Args)]
#[command(after_help = EXAMPLES)]
pub(crate) struct Args {
    /// Folders of documents, or documents
    #[arg(required = true, value_name = "FOLDER")]
    inputs: Vec<String>,
    /// The collection, a folder; created if it does not exist
    #[arg(long, value_name = "DIR.findings")]
    into: PathBuf,
    /// Read everything again, not only what is new, changed, or was read by another version
    #[arg(long)]
    all: bool,
    /// How many documents to read at a time [default: one per processor]
    #[arg(short, long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..))]
    jobs: Option<u16>,
    /// Time limit for each document in seconds; recognising pages (OCR) is allowed extra time
    #[arg(long, value_name = "SECONDS", default_value_t = 120, value_parser = clap::value_parser!(u64).range(1..))]
    timeout: u64,
    /// No messages and no progress bar
    #[arg(short, long)]
    quiet: bool,
    #[command(flatten)]
    plugins: PluginArgs,
    #[command(flatten)]
    ocr: OcrArgs,
}

const EXAMPLES: &str = "\
Examples:
  findings sync letters/ --into letters.findings      reads what is new; run it again at any time
  findings export letters.findings -o letters.xlsx    any output format of extract
  findings latest letters.findings --where leadership=inadequate
  findings history letters.findings --area Ashmoor

Documents are identified by their content: one that was moved or renamed is not read again. One that is gone is
left out of exports, but what was read from it is kept. A sync may be stopped at any moment; the next one resumes.

A document that gave an error which may not recur (unreadable, encrypted, timed-out, …) is read again each time.

Exit code: 0 all read; 1 some documents read this time gave errors; 2 the command line is invalid; 3 the collection could not be
written; 130 or 143 stopped by Ctrl-C or SIGTERM, after finishing the documents in progress.";

pub(crate) fn run(args: &Args) -> Exit {
    let inputs = match collect(args) {
        Ok(inputs) => {
            inputs
                .left_out()
                .iter()
                .filter(|_| !args.quiet)
                .for_each(|why| eprintln!("findings: {}", shown(why)));
            inputs.list
        }
        Err(message) => return usage(message),
    };
    match sync(args, inputs) {
        Ok((counts, stopped)) => {
            if !args.quiet {
                print_counts(args, counts);
            }
            match stopped {
                Some(code) => {
                    eprintln!("findings: stopped; what was read is kept, and the same command resumes");
                    Exit::Stopped(code)
                }
                None if counts.failed > 0 => Exit::SomeFailed,
                None => Exit::Done,
            }
        }
        Err(message) => {
            eprintln!("findings: {message}");
            Exit::NotWritten
        }
    }
}

/// A missing folder is an error: its documents must not be marked as gone.
fn collect(args: &Args) -> Result<Inputs, Refusal> {
    if args.inputs.iter().any(|i| i == "-") {
        return Err("a collection is made from files; it can't read standard input".into());
    }
    if let Some(missing) = args.inputs.iter().find(|i| !Path::new(i).exists()) {
        return Err(format!("{missing} does not exist").into());
    }
    let inputs = input::collect(&args.inputs);
    if !inputs.list.iter().any(|i| i.on_disk().is_some()) {
        return Err(format!("there is no document in {}", args.inputs.join(", ")).into());
    }
    Ok(inputs)
}

fn sync(args: &Args, inputs: Vec<Input>) -> Result<(Counts, Option<u8>), Refusal> {
    let waiting = || {
        eprintln!("findings: another sync of {} is running; waiting for it to finish", args.into.display())
    };
    let mut collection = Collection::open_to_write(&args.into, waiting)?;
    let failed = collection::Error::store(&args.into);
    let mut progress = Progress::new(inputs.len(), args.quiet, false);
    let jobs = jobs(args.jobs);
    let stop = Stop::listen().map_err(|e| e.to_string())?;
    let runner: Arc<dyn Runner> = Arc::new(ProcessRunner::new()?);
    let plugins = args.plugins.host(runner.clone(), args.quiet)?;
    let mut names: Vec<String> =
        plugins.iter().flat_map(|p| p.formats().into_iter().filter_map(|f| p.plugin_of(f.id))).collect();
    names.dedup();
    let name = [vec![TOOL.to_owned()], names].concat().join(", ");
    collection.keep_schemas(&plugins.as_ref().map(|p| p.schemas()).unwrap_or_default()).map_err(&failed)?;
    let options = ReadOptions {
        limits: Limits::default(),
        runner: Some(runner),
        plugins: plugins.map(|p| p as _),
        ocr: args.ocr.resolve(jobs),
        ..ReadOptions::default()
    };
    let reader = Reader {
        options: Arc::new(options),
        format: Format::Sqlite,
        timeout: Duration::from_secs(args.timeout),
        pages: progress.pages(),
    };
    let there: Vec<String> = inputs.iter().filter_map(whole).collect();
    let mut sync =
        Sync { collection: &mut collection, reader: &reader, name: &name, all: args.all, jobs, stop: &stop };
    let mut counts = sync.run(inputs, &mut progress).map_err(&failed)?;
    for folder in args.inputs.iter().map(Path::new).filter(|p| p.is_dir()) {
        if let Ok(folder) = folder.canonicalize() {
            let mut folder = name_of(&folder);
            folder.push(MAIN_SEPARATOR);
            counts.gone += collection.gone(&folder, &there).map_err(&failed)?;
        }
    }
    progress.finish();
    Ok((counts, stop.code()))
}

fn print_counts(args: &Args, counts: Counts) {
    let Counts { read, failed, unchanged, still_failed, gone } = counts;
    let mut said = vec![format!("{read} read"), format!("{unchanged} unchanged")];
    if still_failed > 0 {
        said[1].push_str(&format!(" ({still_failed} of them without a record)"));
    }
    said.extend((failed > 0).then(|| format!("{failed} gave no record")));
    said.extend((gone > 0).then(|| format!("{gone} gone")));
    eprintln!("{}: {}", args.into.display(), said.join(", "));
}
