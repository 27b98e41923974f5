//! `findings explain`: a document as the parser saw it.

use std::sync::Arc;
use std::time::Duration;

use findings_core::explain::{Explanation, View, explain};
use findings_core::pipeline::ReadOptions;
use findings_core::runner::Runner;

use super::{print, usage};
use crate::Exit;
use crate::contain::{Allowance, contained};
use crate::input;
use crate::input::name;
use crate::ocr::OcrArgs;
use crate::plugins::PluginArgs;
use crate::progress::Progress;
use crate::worker::ProcessRunner;

/// Show how a document was read: values in doubt, fields and outline, or one field in detail
#[derive(clap::Args)]
#[command(after_help = EXAMPLES)]
pub(crate) struct Args {
    /// A file, or - for standard input
    #[arg(value_name = "FILE")]
    file: String,
    /// One field, by its JSON Pointer: value, quote, rule, rejected candidates with reasons, surrounding words
    #[arg(long, value_name = "POINTER", conflicts_with = "full")]
    field: Option<String>,
    /// Everything: each line with its role, the formats' scores, each field with its rule and quote
    #[arg(long)]
    full: bool,
    #[command(flatten)]
    plugins: PluginArgs,
    #[command(flatten)]
    ocr: OcrArgs,
}

const EXAMPLES: &str = "\
Examples:
  findings explain letter.pdf                          what is in doubt, the fields, the outline in short
  findings explain letter.pdf --field /letter/date     one field: where it was read, rejected candidates, what next
  findings explain letter.pdf --full | less            every line with its role, every field with its rule and quote

A field is named by its JSON Pointer in the record: /provider/name, /inspectors/0/name, /judgements/2/grade.

Exit code: 0 the document was read; 1 it gave an error (what was found before it is shown); 2 the command line is
invalid, or the record has no such field.";

pub(crate) fn run(args: &Args) -> Exit {
    let inputs = input::collect(std::slice::from_ref(&args.file));
    let [document] = inputs.list.as_slice() else {
        return usage(format!("explain shows one document, but {} matches {}", args.file, inputs.list.len()));
    };
    let runner = ProcessRunner::new().ok().map(|r| Arc::new(r) as Arc<dyn Runner>);
    let plugins = match runner.clone().map_or(Ok(None), |r| args.plugins.host(r, false)) {
        Ok(plugins) => plugins,
        Err(e) => return usage(e),
    };
    let jobs = std::thread::available_parallelism().map_or(1, usize::from);
    let allowance = Allowance::of(TIMEOUT);
    let progress = Progress::new(1, false, true);
    let pages = progress.pages().of_document(allowance.clone());
    let options = ReadOptions {
        runner,
        plugins: plugins.map(|host| host as _),
        ocr: args.ocr.resolve(jobs),
        progress: Some(Arc::new(pages)),
        ..ReadOptions::default()
    };
    let name = document.name.clone();
    let shown = document.bytes(&options.limits).and_then(|bytes| {
        let (name, field, full) = (name.clone(), args.field.clone(), args.full);
        contained(&allowance, move || {
            let view = field.as_deref().map_or(if full { View::Full } else { View::Short }, View::Field);
            explain(&name, &bytes, &options, view)
        })
    });
    progress.finish();
    let (text, error) = match shown {
        Ok(Explanation { unknown: Some(why), .. }) => return usage(why),
        Ok(Explanation { text, error, .. }) => (text, error.map(|r| r.error)),
        Err(error) => (String::new(), Some(error)),
    };
    let exit = print(&text);
    match error {
        Some(error) if exit == Exit::Done => {
            eprintln!("{}", name::shown(&format!("{name}: {error}")));
            Exit::SomeFailed
        }
        _ => exit,
    }
}

/// The time limit: generous, because somebody is waiting for the explanation.
const TIMEOUT: Duration = Duration::from_secs(600);
