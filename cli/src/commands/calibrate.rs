//! `findings calibrate`: compares the stated confidence of values with how often they were right.

use std::collections::HashMap;
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use clap::ValueEnum;
use findings_core::confidence::{Frequencies, to_csv};
use findings_core::pipeline::{self, Opened, ReadOptions};
use findings_core::runner::Runner;
use findings_workbench::calibrate::{
    Judged, by_copy, by_label, by_stress, counts, cross_validated, group_of, held_against,
};
use findings_workbench::gold::{Gold, ID_DIGITS, Label};
use findings_workbench::stress::Settings;
use serde_json::Value;

use super::{print, usage, written};
use crate::Exit;
use crate::contain::{Allowance, contained};
use crate::error::Refusal;
use crate::input::{self, Input};
use crate::ocr::OcrArgs;
use crate::ordered::in_order;
use crate::plugins::PluginArgs;
use crate::worker::ProcessRunner;

/// Compare the confidence stated in records with how often values were right, or recompute it
#[derive(clap::Args)]
#[command(after_help = EXAMPLES)]
pub(crate) struct Args {
    /// Files, folders or patterns: documents whose records are right, or that have labels
    #[arg(required = true, value_name = "INPUT")]
    inputs: Vec<String>,
    /// Labels of some of the documents
    #[arg(long, value_name = "DIR")]
    gold: Option<PathBuf>,
    /// Copies of some of the documents (scans, texts), with the same name but for the extension; their right values are
    /// those of the document
    #[arg(long, value_name = "INPUT")]
    copies: Vec<String>,
    /// How many times each document is damaged with each class of `findings stress`; 0 for none
    #[arg(long, value_name = "N", default_value_t = 1)]
    each: usize,
    /// Random seed
    #[arg(long, value_name = "N", default_value_t = 1)]
    seed: u64,
    /// Share of words that a long text and its copy must have in common to count as the same
    #[arg(long, value_name = "SHARE", default_value_t = 0.8)]
    near: f64,
    /// Write new counts to this file (core/data/confidence.csv), and judge each provider by the counts of the others
    #[arg(long, value_name = "FILE")]
    fit: Option<PathBuf>,
    /// Count values separately by what they were judged by (labels, stress, copies)
    #[arg(long)]
    by_source: bool,
    /// Output format
    #[arg(long, value_enum, default_value_t = Form::Table)]
    format: Form,
    #[command(flatten)]
    plugins: PluginArgs,
    #[command(flatten)]
    ocr: OcrArgs,
}

/// The output format.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Form {
    /// For a terminal.
    Table,
    /// For documentation.
    Markdown,
}

const EXAMPLES: &str = "\
Examples:
  findings calibrate corpus/                           stated confidence and accuracy, with documents damaged on purpose
  findings calibrate letters/ --gold labels/ --each 0  with labels only
  findings calibrate letters/ --copies scans/ --each 0 scans compared with the files they were made from
  findings calibrate letters/ --gold labels/ --copies scans/ --fit core/data/confidence.csv
  findings calibrate letters/ --gold labels/ --formats-dir .   of a format in a file

A value's confidence is how often similar values were right: same field, same kind of text, as many witnesses,
repairs and nearby doubts. The counts are part of the program (core/data/confidence.csv). With --fit they are
recomputed, and the table is cross-validated: each provider's values are judged by the counts of other providers
(five parts). docs/trust.md has the table of the bundled counts.

Exit code: 0 done; 1 some documents could not be read; 2 the command line is invalid; 3 the output could not be
written.";

/// The number of parts into which providers are split for cross-validation.
const PARTS: usize = 5;

pub(crate) fn run(args: &Args) -> Exit {
    let gold = match args.gold.as_deref().map(Gold::load).transpose() {
        Ok(gold) => gold.unwrap_or_default(),
        Err(e) => return usage(e),
    };
    let options = match options(args) {
        Ok(options) => options,
        Err(e) => return usage(e),
    };
    let (all, left_out) = judge_all(args, gold, &options);
    left_out.iter().for_each(|why| eprintln!("findings: {why}"));
    let group = |j: &Judged| match args.by_source {
        true => format!("{}, {}", group_of(j), j.source),
        false => group_of(j),
    };
    let reliability = match &args.fit {
        Some(_) => cross_validated(&all, PARTS, group),
        None => held_against(&all, Frequencies::bundled(), group),
    };
    let exit = print(&match args.format {
        Form::Table => reliability.table().plain(),
        Form::Markdown => reliability.table().markdown(),
    });
    let exit = match (&args.fit, exit) {
        (Some(path), Exit::Done) => write(path, &all),
        (_, exit) => exit,
    };
    match exit {
        Exit::Done if !left_out.is_empty() => Exit::SomeFailed,
        exit => exit,
    }
}

fn write(path: &Path, all: &[Judged]) -> Exit {
    let text = to_csv(counts(all)).map_err(std::io::Error::other);
    let done = text.and_then(|text| std::fs::write(path, text));
    written(done.map(|()| Exit::Done), &path.display().to_string())
}

fn options(args: &Args) -> Result<ReadOptions, Refusal> {
    let runner: Arc<dyn Runner> = Arc::new(ProcessRunner::new()?);
    let plugins = args.plugins.host(runner.clone(), false)?.map(|host| host as _);
    let jobs = std::thread::available_parallelism().map_or(1, usize::from);
    let ocr = args.ocr.resolve(jobs);
    Ok(ReadOptions { runner: Some(runner), plugins, ocr, uncalibrated: true, ..ReadOptions::default() })
}

/// A document's name without folder and extension.
fn stem(input: &Input) -> String {
    Path::new(&input.name).file_stem().unwrap_or_default().to_string_lossy().into_owned()
}

/// The judged values of all documents and copies, and the inputs that could not be read.
fn judge_all(args: &Args, gold: Gold, options: &ReadOptions) -> (Vec<Judged>, Vec<String>) {
    let settings = Settings { seed: args.seed, each: args.each, classes: Vec::new() };
    let gold = Arc::new(gold);
    let (mut all, mut left_out) = (Vec::new(), Vec::new());
    let mut whole: HashMap<String, Value> = HashMap::new();
    for_each(
        input::collect(&args.inputs).list,
        options,
        &mut left_out,
        {
            let (options, gold) = (options.clone(), gold.clone());
            move |opened: &Opened| of_document(opened, &options, &settings, &gold)
        },
        |name, (judged, record)| {
            all.extend(judged);
            whole.insert(name, record);
        },
    );
    let whole = Arc::new(whole);
    for_each(
        copies(args, &whole),
        options,
        &mut left_out,
        {
            let (options, near) = (options.clone(), args.near);
            move |opened: &Opened| {
                let reading = opened.read(&options);
                let name = stem(&Input::in_memory(&opened.document.source, Vec::new()));
                let of_copy = reading.record().zip(whole.get(&name));
                Ok(of_copy.map(|(copy, whole)| by_copy(whole, copy, near)).unwrap_or_default())
            }
        },
        |_, judged| all.extend(judged),
    );
    (all, left_out)
}

fn copies(args: &Args, whole: &HashMap<String, Value>) -> Vec<Input> {
    if args.copies.is_empty() {
        return Vec::new();
    }
    input::collect(&args.copies).list.into_iter().filter(|i| whole.contains_key(&stem(i))).collect()
}

/// A document's judged values, and its own record.
fn of_document(
    opened: &Opened,
    options: &ReadOptions,
    settings: &Settings,
    gold: &Gold,
) -> Result<(Vec<Judged>, Value), Refusal> {
    const NEAR: f64 = 0.95;
    let reading = opened.read(options);
    let record = reading.record().ok_or("no format reads it")?;
    let id = opened.document.sha256.get(..ID_DIGITS).unwrap_or_default();
    let mut all = match gold.labels.get(id) {
        Some(Label::Report(label)) => by_label(label, record, NEAR),
        _ => Vec::new(),
    };
    if settings.each > 0 {
        all.extend(by_stress(opened, options, settings).map_err(|e| e.to_string())?);
    }
    Ok((all, serde_json::to_value(record).map_err(|e| e.to_string())?))
}

/// Applies `work` to each document and passes the results to `take` in order. Errors go to `left_out`.
fn for_each<T: Send + 'static>(
    inputs: Vec<Input>,
    options: &ReadOptions,
    left_out: &mut Vec<String>,
    work: impl Fn(&Opened) -> Result<T, Refusal> + Send + Sync + Clone + 'static,
    mut take: impl FnMut(String, T),
) {
    let jobs = std::thread::available_parallelism().map_or(1, usize::from);
    let one = |input: Input| {
        let read = input.bytes(&options.limits).map_err(Refusal::from).and_then(|bytes| {
            let (name, options, work) = (input.name.clone(), options.clone(), work.clone());
            contained(&Allowance::of(TIMEOUT), move || {
                pipeline::open(&name, &bytes, &options)
                    .map_err(|report| Refusal::from(report.error))
                    .and_then(|opened| work(&opened))
            })
            .map_err(Refusal::from)?
        });
        (stem(&input), read.map_err(|why| format!("{}: {why}", input.name)))
    };
    in_order(jobs, inputs, one, |(name, read)| {
        match read {
            Ok(done) => take(name, done),
            Err(why) => left_out.push(why),
        }
        ControlFlow::Continue(())
    });
}

/// The time limit for a document, which is read some fifty times.
const TIMEOUT: Duration = Duration::from_secs(600);
