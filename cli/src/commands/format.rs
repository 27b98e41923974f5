//! `findings format`: tools for writing formats in files.

mod check;
mod draft;
mod watch;

use std::path::Path;
use std::sync::Arc;

use clap::Subcommand;
use findings_core::pipeline::ReadOptions;
use findings_core::runner::Runner;
use findings_forms::FormatFiles;

use crate::Exit;
use crate::commands::usage;
use crate::error::Refusal;
use crate::worker::ProcessRunner;

/// Write a format file (NAME.format.toml): draft it, test it on samples, see what a change does
#[derive(clap::Args)]
#[command(after_help = HELP)]
pub(crate) struct Args {
    #[command(subcommand)]
    command: Command,
}

const HELP: &str = "\
A format file says how a document is recognised and where its values are; docs/formats.md is a tutorial.
Every command uses the format files in --formats-dir, in the user's own folder (findings/formats in the
settings folder), and those bundled with findings.

Examples:
  findings format draft letters -o westmoor.format.toml  propose a file from three or more samples
  findings format check westmoor.format.toml letters     does it read them, and no other documents
  findings format watch westmoor.format.toml letters     read again at each save, and show what changed
  findings extract --formats-dir . letters               use it";

#[derive(Subcommand)]
enum Command {
    /// Propose a file from three or more samples of one layout, with a comment for every guess
    Draft(draft::Args),
    /// Test a file on samples: what is read for each field, what is in doubt, which other documents it claims
    Check(check::Args),
    /// Read samples again at each save of the file, and show what changed in their records
    Watch(watch::Args),
}

pub(crate) fn run(args: &Args) -> Exit {
    let done = match &args.command {
        Command::Draft(args) => draft::run(args),
        Command::Check(args) => check::run(args),
        Command::Watch(args) => watch::run(args),
    };
    done.unwrap_or_else(usage)
}

/// Options for reading with one format file in addition to core's formats.
fn reading(file: &Path) -> Result<(Arc<FormatFiles>, ReadOptions), Refusal> {
    let files = FormatFiles::one(file).map_err(|faults| faults.join("\nfindings: "))?;
    let runner: Arc<dyn Runner> = Arc::new(ProcessRunner::new()?);
    let files = Arc::new(files);
    let options =
        ReadOptions { runner: Some(runner), plugins: Some(files.clone()), ..ReadOptions::default() };
    Ok((files, options))
}
