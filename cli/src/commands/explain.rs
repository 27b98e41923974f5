//! `findings explain`: a document as the parser saw it.

use std::sync::Arc;
use std::time::Duration;

use findings_core::explain::explain;
use findings_core::pipeline::ReadOptions;
use findings_core::runner::Runner;

use super::{print, usage};
use crate::Exit;
use crate::contain::{Allowance, contained};
use crate::input;
use crate::ocr::OcrArgs;
use crate::plugins::PluginArgs;
use crate::progress::Progress;
use crate::worker::ProcessRunner;

/// Show how a document was read: lines with their roles, format scores, fields with rule and quote
#[derive(clap::Args)]
#[command(
    after_help = "What one reads when a field is wrong. Pipe it into a pager:\n  findings explain letter.pdf | less"
)]
pub(crate) struct Args {
    /// A file, or - for standard input
    #[arg(value_name = "FILE")]
    file: String,
    #[command(flatten)]
    plugins: PluginArgs,
    #[command(flatten)]
    ocr: OcrArgs,
}

pub(crate) fn run(args: &Args) -> Exit {
    let inputs = input::collect(std::slice::from_ref(&args.file));
    let [document] = inputs.list.as_slice() else {
        return usage(format!("explain shows one document, and {} names {}", args.file, inputs.list.len()));
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
        ocr: args.ocr.settle(jobs),
        progress: Some(Arc::new(pages)),
        ..ReadOptions::default()
    };
    let name = document.name.clone();
    let shown = document.bytes(&options.limits).and_then(|bytes| {
        let name = name.clone();
        contained(&allowance, move || explain(&name, &bytes, &options))
    });
    progress.finish();
    let (text, error) = match shown {
        Ok((text, report)) => (text, report.map(|r| r.error)),
        Err(error) => (String::new(), Some(error)),
    };
    let exit = print(&text);
    match error {
        Some(error) if exit == Exit::Done => {
            eprintln!("{name}: {error}");
            Exit::SomeFailed
        }
        _ => exit,
    }
}

/// Whoever asks for an explanation waits for it, but not for ever.
const TIMEOUT: Duration = Duration::from_secs(600);
