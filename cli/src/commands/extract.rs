//! `findings extract`: reads documents into records.

use std::ffi::OsString;
use std::fs::File;
use std::io::{self, BufWriter, Write};
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::{Duration, Instant};

use clap::ValueEnum;
use findings_core::pipeline::ReadOptions;

use super::{usage, written};
use crate::Exit;
use crate::error::Refusal;
use crate::input::name::{shown_lines, shown_path};
use crate::input::{self, Inputs};
use crate::known::Known;
use crate::ordered::in_order;
use crate::output::{self, Destination, Format, Lock, OutputArgs, Sink, Written};
use crate::progress::{EVERY, Progress};
use crate::reader::{Finished, Reader};
use crate::settings::{Means, Settings};
use crate::stop::Stop;
use crate::summary::Summary;

/// Read documents into records
#[derive(clap::Args)]
#[command(after_help = EXAMPLES)]
pub(crate) struct Args {
    /// Files, folders (searched recursively for .pdf, .txt, .tif, .png and .jpg), .zip and .eml files that contain such
    /// files, patterns like 'letters/*.pdf', or - for standard input
    #[arg(required_unless_present = "files_from", value_name = "INPUT")]
    inputs: Vec<OsString>,
    /// A file that lists more inputs, one per line; - for standard input
    #[arg(long, value_name = "LIST")]
    files_from: Option<PathBuf>,
    /// Entries of --files-from end with a zero byte, as printed by `find -print0`
    #[arg(short = '0', long, requires = "files_from")]
    null: bool,
    /// Read only documents whose content is not in KNOWN: records of an earlier run (a file or a folder), or a collection
    #[arg(long, value_name = "KNOWN")]
    new_only: Option<PathBuf>,
    #[command(flatten)]
    output: OutputArgs,
    /// Write a summary of the run to this file: counts by outcome and doubt, versions, the slowest documents
    #[arg(long, value_name = "FILE.json")]
    summary: Option<PathBuf>,
    /// Seconds between progress lines if standard error is not a terminal
    #[arg(long, value_name = "SECONDS", default_value_t = EVERY.as_secs(), value_parser = clap::value_parser!(u64).range(1..))]
    progress_every: u64,
    /// Write the stages of each document, with times and digests, to this file, one line per document
    #[arg(long, value_name = "FILE")]
    trace: Option<PathBuf>,
    /// When to exit with code 1: if a value is in doubt or a document gave no record, only for the latter, or never
    #[arg(long, value_enum, value_name = "WHAT", default_value_t = FailOn::Error)]
    fail_on: FailOn,
    /// No messages and no progress bar: only records and the exit code
    #[arg(short, long)]
    quiet: bool,
    #[command(flatten)]
    settings: Settings,
}

/// When to exit with code 1.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum FailOn {
    /// If a value is in doubt, or a document gave no record.
    Doubt,
    /// If a document gave no record.
    Error,
    /// Never: only the records show it.
    Never,
}

const EXAMPLES: &str = "\
Examples:
  findings extract letter.pdf                        one record, indented
  findings extract letters/ -o records/              one file per document: records/NAME.json
  findings extract a.pdf b.pdf > both.ndjson         one line per document, in this order
  findings extract letters/ --format json            one JSON array
  findings extract letters/ -o letters.xlsx          a workbook: reports, improvements, paragraphs, doubts, …
  findings extract letters/ -o table.csv             one row per document: dates, grades, counts
  findings extract letters/ -o improvements.csv --table improvements
  findings extract letters/ -o letters.sqlite        a database with search, for SQL and Datasette
  findings extract letters/ -o tables/ --format parquet
  findings extract letters/ -o records/ --fail-on doubt   in CI: exit code 1 if a value needs checking
  find . -name '*.pdf' -print0 | findings extract -0 --files-from - -o records/
  findings extract letters/ --new-only all.ndjson -o new.ndjson   only what all.ndjson does not contain yet
  findings extract pack.zip mail.eml -o records/     each report in them: \"source\": \"pack.zip!/letters/a.pdf\"
  findings extract letters/ -o night.ndjson --summary run.json    for an unattended run
  pdftotext letter.pdf - | findings extract -        text on standard input
  findings extract scan.pdf page.tif -o records/     scans: recognised by Tesseract, once

After more than one document, a summary says how many were read, how many to look at and how many failed, and shows
values in doubt with page and quote; `findings review` lists all of them.

A document that can't be read gives {\"error\": {\"code\": …, \"message\": …}, \"document\": …} in its place; the
others are still read. In a name that is not UTF-8, each invalid byte is written as \\xff; names can be given that way too.

Exit code: 0 all read; 1 some gave errors (--fail-on doubt: or a value is in doubt); 2 the command line is invalid; 3 the output could not be
written; 130 or 143 stopped by Ctrl-C or SIGTERM: documents in progress are finished and written; a second signal stops at once. Resume with --new-only.";

/// What the command line asks for, resolved.
struct Plan {
    inputs: Inputs,
    format: Format,
    to: Destination,
    known: Known,
    means: Means,
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

/// Resolves the command line. Reports all errors in it before any document is read.
fn plan(args: &Args) -> Result<Plan, Refusal> {
    let list = args.files_from.iter().filter(|list| list.as_os_str() == "-").count();
    if args.inputs.iter().filter(|i| *i == "-").count() + list > 1 {
        return Err("standard input (-) can be read only once; give it only once".into());
    }
    let mut inputs = input::collect(&args.inputs);
    if let Some(list) = &args.files_from {
        inputs.take_list(list, args.null).map_err(|e| format!("{}: {e}", list.display()))?;
    }
    // With `--split`, one file may give several records.
    inputs.single &= !args.settings.split;
    let asked = output::Inputs {
        single: inputs.single,
        relative: inputs.list.iter().map(|i| i.relative.as_path()).collect(),
        files: inputs.list.iter().filter_map(|i| Some((i.name.as_str(), i.on_disk()?))).collect(),
    };
    let (to, format) = args.output.resolve(&asked)?;
    if let Some(trace) = &args.trace
        && let Some(input) =
            inputs.list.iter().find(|i| i.on_disk().is_some_and(|file| same_file(file, trace)))
    {
        return Err(format!("{} is an input; writing there would overwrite it", input.name).into());
    }
    if let Some(summary) = &args.summary {
        output::guard(summary, &asked, args.output.force)?;
    }
    let known = known(args)?;
    let means = args.settings.open()?;
    Ok(Plan { inputs, format, to, known, means })
}

fn known(args: &Args) -> Result<Known, Refusal> {
    let Some(path) = &args.new_only else { return Ok(Known::default()) };
    if args.output.output.as_ref().is_some_and(|output| same_file(output, path)) {
        return Err(format!(
            "{} would be overwritten by the new records; choose another output",
            path.display()
        )
        .into());
    }
    Known::load(path)
}

fn same_file(one: &Path, other: &Path) -> bool {
    let real = |p: &Path| p.canonicalize().ok();
    real(one).is_some_and(|one| real(other) == Some(one))
}

fn extract(args: &Args, plan: Plan) -> io::Result<Exit> {
    let Plan { inputs, format, to, known, mut means } = plan;
    let _lock = Lock::of(&to)?;
    let mut trace = args.trace.as_ref().map(File::create).transpose()?.map(BufWriter::new);
    let mut progress = progress(args, inputs.list.len());
    let refused = std::mem::take(&mut means.refused).into_iter();
    print_remarks(args, refused.chain(args.settings.fewer_jobs()).chain(inputs.left_out()));
    // Only a summary needs all format files; otherwise one is loaded when a document needs it.
    let readers = args.summary.as_ref().map(|_| means.readers()).unwrap_or_default();
    let mut summary = Summary::begin(inputs.list.len(), readers);
    let mut sink = Sink::open(&to, inputs.single, || means.schemas())?;
    let options = ReadOptions { trace: trace.is_some(), ..means.options.clone() };
    let (timeout, limits) = (args.settings.timeout(), options.limits);
    let stop = Stop::listen()?;
    let reader = Reader { options: Arc::new(options), format, timeout, pages: progress.pages() };

    let mut result = Ok(());
    in_order(
        args.settings.jobs(),
        inputs.list.into_iter().take_while(|_| stop.code().is_none()),
        |input| {
            let started = Instant::now();
            let is_known = known.has(&input, &limits);
            let all = if is_known { Vec::new() } else { reader.read_all(input, args.settings.split) };
            (all, started.elapsed())
        },
        |(all, took): (Vec<Finished>, Duration)| {
            summary.add(&all, took);
            show_progress(&mut progress, &all);
            result = all.iter().try_for_each(|done| write_outcome(done, &mut sink, &mut trace));
            if result.is_ok() { ControlFlow::Continue(()) } else { ControlFlow::Break(()) }
        },
    );
    let result = result.and_then(|()| sink.finish());
    let result = result.and_then(|written| trace.iter_mut().try_for_each(Write::flush).map(|()| written));
    progress.finish();
    progress.sum_up(args.output.output.as_deref());
    let Written { mut remarks, failed } = result?;
    remarks.extend(means.refused_so_far());
    let stopped = stop.code().filter(|_| !summary.is_whole());
    let whole = sum_up(args, &to, &mut summary, Written { remarks, failed }, stopped.is_some());
    Ok(match (whole, stopped) {
        (false, _) => Exit::NotWritten,
        (true, Some(code)) => Exit::Stopped(code),
        (true, None) => args.fail_on.exit(&progress),
    })
}

fn progress(args: &Args, documents: usize) -> Progress {
    let every = Duration::from_secs(args.progress_every);
    Progress::with_lines(documents, args.quiet, args.output.output.is_none(), every)
}

/// Writes a document's outcome and, if asked for, its trace.
fn write_outcome(done: &Finished, sink: &mut Sink, trace: &mut Option<BufWriter<File>>) -> io::Result<()> {
    sink.put(done)?;
    match (trace, &done.trace) {
        (Some(file), Some(line)) => writeln!(file, "{line}"),
        _ => Ok(()),
    }
}

/// Writes the summary and prints remarks for the user. Returns whether everything was written.
fn sum_up(args: &Args, to: &Destination, summary: &mut Summary, written: Written, stopped: bool) -> bool {
    let Written { remarks, mut failed } = written;
    if let Some(path) = &args.summary
        && let Err(e) = summary.write(path)
    {
        failed.push(format!("{} could not be written: {e}", path.display()));
    }
    let known = summary.known();
    let left = (known > 0).then(|| format!("{known} skipped: already in the records of --new-only"));
    let remarks = remarks.into_iter().chain(left);
    print_remarks(args, remarks.chain(stopped.then(|| how_to_go_on(to, summary))));
    failed.iter().for_each(|why| eprintln!("findings: {}", shown_lines(why)));
    failed.is_empty()
}

fn print_remarks(args: &Args, remarks: impl Iterator<Item = String>) {
    remarks.filter(|_| !args.quiet).for_each(|remark| eprintln!("findings: {}", shown_lines(&remark)));
}

/// How to continue after a run that was stopped.
fn how_to_go_on(to: &Destination, summary: &Summary) -> String {
    let known = match to {
        Destination::File(path, _) | Destination::Folder(path) => shown_path(path),
        Destination::Stdout(_) => "WHAT-WAS-WRITTEN".into(),
        Destination::Tables(_) => {
            return format!(
                "{}; a run that writes tables can't be resumed; `findings sync` can, and keeps what it has read",
                stopped(summary)
            );
        }
    };
    format!(
        "{}; to resume, give the same inputs with --new-only {known} and another output",
        stopped(summary)
    )
}

fn stopped(summary: &Summary) -> String {
    format!("stopped after {} of {} documents; their results are written", summary.done(), summary.inputs())
}

/// Reports the outcomes of an input's documents.
fn show_progress(progress: &mut Progress, all: &[Finished]) {
    if all.first().is_some_and(|first| progress.seen(&first.name, &first.digest)) {
        return;
    }
    let failed = all.iter().find_map(|done| Some((&done.name, done.error.as_ref()?)));
    match (failed, all.first()) {
        (Some((name, error)), _) => progress.failed(name, error),
        (None, Some(first)) => progress.read(&first.name),
        (None, None) => progress.passed(),
    }
    for done in all {
        progress.doubts(&done.name, &done.doubts);
        progress.fits(done.fit.as_ref());
        progress.blind(done.blind.clone());
    }
}

impl FailOn {
    /// The exit code of a run that wrote everything.
    fn exit(self, progress: &Progress) -> Exit {
        let not_well = match self {
            Self::Doubt => progress.any_failed() || progress.any_doubt(),
            Self::Error => progress.any_failed(),
            Self::Never => false,
        };
        if not_well { Exit::SomeFailed } else { Exit::Done }
    }
}
