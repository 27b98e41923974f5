//! `findings extract`: documents to records.

use std::fs::File;
use std::io::{self, BufWriter, Write};
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use findings_core::pipeline::ReadOptions;
use findings_core::runner::Runner;
use findings_core::source::Limits;

use super::{usage, written};
use crate::Exit;
use crate::input::{self, Input, Inputs};
use crate::ocr::OcrArgs;
use crate::ordered::in_order;
use crate::output::{self, Destination, Format, OutputArgs, Sink, Written};
use crate::plugins::PluginArgs;
use crate::progress::Progress;
use crate::reader::{Finished, Reader};
use crate::worker::ProcessRunner;

/// Read documents into records
#[derive(clap::Args)]
#[command(after_help = EXAMPLES)]
pub(crate) struct Args {
    /// Files, folders (all .pdf, .txt, .tif, .png and .jpg below them), patterns like 'letters/*.pdf', or - for standard input
    #[arg(required = true, value_name = "INPUT")]
    inputs: Vec<String>,
    #[command(flatten)]
    output: OutputArgs,
    /// How many documents are read at a time [default: one for each processor]
    #[arg(short, long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..))]
    jobs: Option<u16>,
    /// Seconds after which a document is given up; recognising its pages has time of its own
    #[arg(long, value_name = "SECONDS", default_value_t = 120, value_parser = clap::value_parser!(u64).range(1..))]
    timeout: u64,
    /// Largest file that is read, in megabytes
    #[arg(long, value_name = "MB", default_value_t = 64, value_parser = clap::value_parser!(u64).range(1..1 << 20))]
    max_mb: u64,
    /// The password of documents that are locked
    #[arg(long, value_name = "PASSWORD")]
    password: Option<String>,
    /// Write each document's stages, their time and digests to this file, a line each
    #[arg(long, value_name = "FILE")]
    trace: Option<PathBuf>,
    /// No messages and no progress bar: the records and the exit code say it all
    #[arg(short, long)]
    quiet: bool,
    #[command(flatten)]
    plugins: PluginArgs,
    #[command(flatten)]
    ocr: OcrArgs,
}

const EXAMPLES: &str = "\
Examples:
  findings extract letter.pdf                        a record, laid out to be read
  findings extract letters/ -o records/              records/NAME.json for each
  findings extract a.pdf b.pdf > both.ndjson         a line for each, in this order
  findings extract letters/ --format json            one array
  findings extract letters/ -o letters.xlsx          a workbook: reports, improvements, paragraphs, doubts, …
  findings extract letters/ -o table.csv             a row for each: dates, grades, counts
  findings extract letters/ -o improvements.csv --table improvements
  findings extract letters/ -o letters.sqlite        a database with search, for SQL and Datasette
  findings extract letters/ -o tables/ --format parquet
  pdftotext letter.pdf - | findings extract -        text on standard input
  findings extract scan.pdf page.tif -o records/     scans: Tesseract recognises them, once

A document that can't be read gives {\"error\": {\"code\": …, \"message\": …}, \"document\": …} in its place, and
the others are read all the same.

Exit code: 0 all read; 1 some gave errors; 2 the command line makes no sense; 3 the output could not be
written.";

/// What is asked for, settled.
struct Plan {
    inputs: Inputs,
    format: Format,
    to: Destination,
}

pub(crate) fn run(args: &Args) -> Exit {
    let plan = match plan(args) {
        Ok(plan) => plan,
        Err(message) => return usage(message),
    };
    let target = args.output.output.as_ref();
    let target = target.map_or_else(|| "standard output".to_owned(), |path| path.display().to_string());
    written(extract(args, plan), &target)
}

/// Everything that is wrong with the command line comes to light here, before a document is read.
fn plan(args: &Args) -> Result<Plan, String> {
    if args.inputs.iter().filter(|i| *i == "-").count() > 1 {
        return Err("standard input (-) can be read only once; name it once".into());
    }
    let inputs = input::collect(&args.inputs);
    let asked = output::Inputs {
        single: inputs.single,
        relative: inputs.list.iter().map(|i| i.relative.as_path()).collect(),
        files: inputs.list.iter().filter_map(|i| Some((i.name.as_str(), i.path()?))).collect(),
    };
    let (to, format) = args.output.settle(&asked)?;
    if let Some(trace) = &args.trace
        && let Some(input) = inputs.list.iter().find(|i| same_file(i, trace))
    {
        return Err(format!("{} is an input; writing there would destroy it", input.name));
    }
    Ok(Plan { inputs, format, to })
}

fn same_file(input: &Input, path: &Path) -> bool {
    let real = |p: &Path| p.canonicalize().ok();
    input.path().is_some_and(|i| real(i).is_some_and(|i| real(path) == Some(i)))
}

fn extract(args: &Args, plan: Plan) -> io::Result<Exit> {
    let Plan { inputs, format, to } = plan;
    let mut trace = args.trace.as_ref().map(File::create).transpose()?.map(BufWriter::new);
    let to_stdout = args.output.output.is_none();
    let mut progress = Progress::new(inputs.list.len(), args.quiet, to_stdout);
    let limits = Limits { max_bytes: args.max_mb << 20 };
    let runner: Arc<dyn Runner> = Arc::new(ProcessRunner::new()?);
    let plugins = match args.plugins.host(runner.clone(), args.quiet) {
        Ok(plugins) => plugins,
        Err(e) => return Ok(usage(e)),
    };
    let schemas = plugins.as_ref().map(|p| p.schemas()).unwrap_or_default();
    let mut sink = Sink::open(&to, inputs.single, schemas)?;
    let jobs =
        args.jobs.map_or_else(|| std::thread::available_parallelism().map_or(1, usize::from), usize::from);
    let options = ReadOptions {
        limits,
        runner: Some(runner),
        plugins: plugins.map(|host| host as _),
        ocr: args.ocr.settle(jobs),
        progress: None,
        password: args.password.clone(),
        trace: trace.is_some(),
    };
    let reader = Reader {
        options: Arc::new(options),
        format,
        timeout: Duration::from_secs(args.timeout),
        pages: progress.pages(),
    };

    let mut result = Ok(());
    in_order(
        jobs,
        inputs.list,
        |input| reader.read(input),
        |done: Finished| {
            match &done.error {
                None => progress.read(&done.name),
                Some(error) => progress.failed(&done.name, error),
            }
            progress.fits(done.fit.as_ref());
            progress.seen(&done.name, &done.digest);
            result = sink.put(&done).and_then(|()| match (&mut trace, &done.trace) {
                (Some(file), Some(line)) => writeln!(file, "{line}"),
                _ => Ok(()),
            });
            if result.is_ok() { ControlFlow::Continue(()) } else { ControlFlow::Break(()) }
        },
    );
    let result = result.and_then(|()| sink.finish());
    let result = result.and_then(|written| trace.iter_mut().try_for_each(Write::flush).map(|()| written));
    progress.finish();
    let Written { remarks, failed } = result?;
    for remark in remarks.iter().filter(|_| !args.quiet).chain(&failed) {
        eprintln!("findings: {remark}");
    }
    Ok(match (failed.is_empty(), progress.any_failed()) {
        (false, _) => Exit::NotWritten,
        (true, true) => Exit::SomeFailed,
        (true, false) => Exit::Done,
    })
}
