//! `findings show`: a record beside its document, as a page.

use std::io::Write;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use findings_core::pipeline::{Extracted, ReadOptions, Reading};
use findings_core::record::ErrorReport;
use findings_core::runner::Runner;
use findings_core::source::Limits;
use serde_json::Value;

use super::{usage, written};
use crate::Exit;
use crate::contain::{Allowance, contained};
use crate::error::Refusal;
use crate::input::{self, Input};
use crate::ocr::OcrArgs;
use crate::output::{Beside, Inputs, guard};
use crate::page::{self, Page, Sheet};
use crate::plugins::PluginArgs;
use crate::progress::Pages;
use crate::worker::ProcessRunner;

/// Show a document and its record side by side
#[derive(clap::Args)]
#[command(after_help = EXAMPLES)]
pub(crate) struct Args {
    /// The document: a PDF, a scan or a text
    #[arg(value_name = "FILE")]
    file: String,
    /// The file to write: an HTML page (.html), or with --field a picture (.png)
    #[arg(short, long, value_name = "FILE")]
    output: PathBuf,
    /// Draw only the page with this value, and a frame around the value
    #[arg(long, value_name = "POINTER")]
    field: Option<String>,
    /// Overwrite a file that findings did not write
    #[arg(long)]
    force: bool,
    /// Time limit in seconds; recognising pages (OCR) is allowed extra time
    #[arg(long, value_name = "SECONDS", default_value_t = 120, value_parser = clap::value_parser!(u64).range(1..))]
    timeout: u64,
    #[command(flatten)]
    plugins: PluginArgs,
    #[command(flatten)]
    ocr: OcrArgs,
}

const EXAMPLES: &str = "\
Examples:
  findings show letter.pdf -o letter.html                      the record and the pages, in any browser
  findings show letter.pdf --field /letter/date -o date.png    where a value was read

The page is a single file that opens without a network. On the left are the values, those in doubt first;
on the right are the pages, with a box around each value. Keys: j and k for values, n and p for doubts,
Enter, / and ?.

Exit code: 0 written; 1 the document gave no record, or the value's place on the page is not known; 2 the
command line is invalid; 3 the output could not be written.";

/// A document that was read, with its bytes.
struct Shown {
    bytes: Vec<u8>,
    record: Value,
}

pub(crate) fn run(args: &Args) -> Exit {
    if let Err(message) = check(args) {
        return usage(message);
    }
    let runner = match ProcessRunner::new() {
        Ok(runner) => Arc::new(runner),
        Err(e) => return usage(e),
    };
    let shown = match read(args, runner.clone()) {
        Ok(shown) => shown,
        Err(message) => {
            eprintln!("findings: {message}");
            return Exit::SomeFailed;
        }
    };
    let output = match &args.field {
        None => Ok(html(&shown.record, &shown.bytes, runner.as_ref()).into_bytes()),
        Some(pointer) => field(&shown, pointer, runner.as_ref()),
    };
    match output {
        Ok(bytes) => {
            written(keep(&args.output, &bytes).map(|()| Exit::Done), &args.output.display().to_string())
        }
        Err(message) => {
            eprintln!("findings: {message}");
            Exit::SomeFailed
        }
    }
}

fn check(args: &Args) -> Result<(), Refusal> {
    let ending = if args.field.is_some() { "png" } else { "html" };
    if !args.output.extension().is_some_and(|e| e.eq_ignore_ascii_case(ending)) {
        return Err(format!("the output must be a .{ending} file: -o NAME.{ending}").into());
    }
    let files = vec![(args.file.as_str(), Path::new(&args.file))];
    // Pictures can't be recognised as ours but are easily drawn again, so they may be overwritten; inputs never.
    let force = args.force || ending == "png";
    Ok(guard(&args.output, &Inputs { single: true, relative: Vec::new(), files }, force)?)
}

fn keep(path: &Path, bytes: &[u8]) -> std::io::Result<()> {
    let mut beside = Beside::create(path)?;
    beside.file().write_all(bytes)?;
    beside.keep()
}

fn read(args: &Args, runner: Arc<ProcessRunner>) -> Result<Shown, Refusal> {
    let input = input::collect(std::slice::from_ref(&args.file)).list.into_iter().next();
    let input: Input = input.ok_or_else(|| "name a document".to_owned())?;
    if Path::new(&args.file).is_dir() {
        return Err("this is a folder; name one document".into());
    }
    let bytes = input.bytes(&Limits::default()).map_err(|e| format!("{}: {}", input.name, e.message))?;
    let runner: Arc<dyn Runner> = runner;
    let plugins = args.plugins.host(runner.clone(), false)?;
    let jobs = std::thread::available_parallelism().map_or(1, usize::from);
    let options = ReadOptions {
        runner: Some(runner),
        plugins: plugins.map(|p| p as _),
        ocr: args.ocr.resolve(jobs),
        ..ReadOptions::default()
    };
    let allowance = Allowance::of(Duration::from_secs(args.timeout));
    let options = ReadOptions {
        progress: Some(Arc::new(Pages::hidden().of_document(allowance.clone())) as _),
        ..options
    };
    let name = input.name.clone();
    let reading = contained(&allowance, {
        let bytes = bytes.clone();
        move || findings_core::pipeline::read(&input.name, &bytes, &options)
    });
    let record = record(reading.map_err(|e| e.to_string())?).map_err(|e| format!("{name}: {}", e.error))?;
    Ok(Shown { bytes, record })
}

fn record(reading: Reading) -> Result<Value, Box<ErrorReport>> {
    reading.outcome.map(|extracted| match extracted {
        Extracted::Inspection(record) => {
            serde_json::to_vec(&record).and_then(|text| serde_json::from_slice(&text)).unwrap_or_default()
        }
        Extracted::Other(record) => record,
    })
}

/// A record and its document's pages, side by side.
pub(crate) fn html(record: &Value, bytes: &[u8], runner: &dyn Runner) -> String {
    let sheets = sheets(&record["document"], bytes, runner);
    Page { record, sheets: &sheets, review: None }.html()
}

fn sheets(document: &Value, bytes: &[u8], runner: &dyn Runner) -> Vec<Sheet> {
    if document["text_layer"] == "plain-text" {
        return page::text_sheets(bytes);
    }
    let pages = document["pages"].as_u64().unwrap_or(1);
    page::pictures(bytes, usize::try_from(pages).unwrap_or(1), page::DPI, runner)
}

/// The page that contains a value, with a frame around it.
fn field(shown: &Shown, pointer: &str, runner: &dyn Runner) -> Result<Vec<u8>, Refusal> {
    const DPI: u32 = 150;
    if shown.record.pointer(pointer).is_none() {
        return Err(format!(
            "the record has no {pointer}; `findings extract` shows its pointers under \"evidence\""
        )
        .into());
    }
    let places = page::places_of(&shown.record, pointer);
    let first = places.iter().find(|p| p.bbox.is_some());
    let page = first.map(|p| p.page).ok_or_else(|| format!("{pointer} has no place on a page"))?;
    let index = usize::try_from(page.saturating_sub(1)).unwrap_or_default();
    let picture = page::picture(&shown.bytes, index, DPI, runner)?;
    let on_page: Vec<_> = places.into_iter().filter(|p| p.page == page).collect();
    Ok(page::mark(&picture, &on_page)?)
}
