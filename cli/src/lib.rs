//! The `findings` command: the library does what the command line asks for.
//!
//! The binary only calls [`run`]. [`library`] is the same without a command line, for programs that embed findings (the
//! Python package). [`worker`] is public for tests of the whole pipeline, which need a runner.

// A document must never be refused by a panic.
#![cfg_attr(not(test), warn(clippy::unwrap_used))]

mod apart;
mod brought;
#[cfg(feature = "sqlite")]
mod collection;
mod commands;
mod contain;
mod doubtful;
mod elsewhere;
mod error;
mod input;
mod known;
pub mod library;
mod mcp;
mod ocr;
mod ordered;
mod output;
mod page;
mod plugins;
mod progress;
mod reader;
mod records;
mod saved_run;
#[cfg(feature = "serve")]
mod serve;
mod settings;
mod stop;
mod summary;
pub mod worker;

use std::ffi::OsString;
use std::path::Path;
use std::process::ExitCode;

#[cfg(feature = "shell")]
use clap::CommandFactory;
use clap::error::ErrorKind;
use clap::{Parser, Subcommand};

use input::name::shown_path;

/// Reads Ofsted inspection letters and reports (PDF, text or scans) into validated JSON records.
#[derive(Parser)]
#[command(name = "findings", version, after_help = EXAMPLES)]
struct Cli {
    #[command(subcommand)]
    command: Command,
}

const EXAMPLES: &str = "\
Examples:
  findings extract letter.pdf                       one report to a JSON record on standard output
  findings extract letters/ -o records/             one file for each report in a folder
  findings extract letters/ -o letters.xlsx         a workbook with a sheet for each table
  findings show letter.pdf -o letter.html           the record beside its pages, to look at
  findings sync letters/ --into all.findings        a collection that reads only what is new
  findings extract 'letters/*.pdf' > all.ndjson     one line for each report, in order
  findings validate all.ndjson                      check records against their schema
  findings explain letter.pdf                       how the report was read; useful if a field is wrong
  findings score --gold labels/ letters/            accuracy, measured against labels written by people
  findings regress --base a.ndjson --head b.ndjson  what changed between two runs
  findings snapshot check letters/                  documents no longer read as a person accepted them
  findings drift letters/                           documents that don't fit any known layout well
  findings review letters/ --list                   what is in doubt, worst first
  findings stress letters/                          whether records of damaged documents flag the errors
  findings serve                                    an HTTP service; `findings mcp FOLDER` for AI assistants
  findings plugin install hiqa                      adds a plugin for another regulator's reports (with a release)

`findings help COMMAND` shows the options and examples of a command.";

#[derive(Subcommand)]
enum Command {
    Extract(commands::extract::Args),
    Validate(commands::validate::Args),
    Schema(commands::schema::Args),
    Formats(commands::formats::Args),
    Format(commands::format::Args),
    Explain(commands::explain::Args),
    Link(commands::link::Args),
    Plugin(commands::plugin::Args),
    Score(commands::score::Args),
    Regress(commands::regress::Args),
    Gold(commands::gold::Args),
    Snapshot(commands::snapshot::Args),
    Drift(commands::drift::Args),
    Show(commands::show::Args),
    #[cfg(feature = "sqlite")]
    Sync(commands::sync::Args),
    #[cfg(feature = "sqlite")]
    Export(commands::export::Args),
    #[cfg(feature = "sqlite")]
    History(commands::history::Args),
    #[cfg(feature = "sqlite")]
    Latest(commands::latest::Args),
    Review(commands::review::Args),
    Stress(commands::stress::Args),
    Calibrate(commands::calibrate::Args),
    #[cfg(feature = "serve")]
    Serve(commands::serve::Args),
    Mcp(commands::mcp::Args),
    #[cfg(feature = "shell")]
    Completions(commands::completions::Args),
    #[cfg(feature = "shell")]
    Man(commands::man::Args),
    Worker(worker::child::Args),
}

/// Exit codes, the same for all commands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Exit {
    /// Success.
    Done,
    /// Some inputs gave errors, or are invalid.
    SomeFailed,
    /// Incorrect usage.
    Usage,
    /// The output could not be written.
    NotWritten,
    /// A signal arrived before everything was read. The code is the one that shells use for the signal.
    Stopped(u8),
}

impl Exit {
    fn code(self) -> u8 {
        match self {
            Self::Done => 0,
            Self::SomeFailed => 1,
            Self::Usage => 2,
            Self::NotWritten => 3,
            Self::Stopped(code) => code,
        }
    }
}

/// Runs the process's own command line.
pub fn run() -> ExitCode {
    run_with(std::env::args_os()).into()
}

/// Runs a command line (with the program's name first) and returns the exit code.
pub fn run_with(args: impl IntoIterator<Item = OsString>) -> u8 {
    let args: Vec<OsString> = args.into_iter().collect();
    let cli = match Cli::try_parse_from(&args) {
        Ok(cli) => cli,
        Err(e) => return refused(&e, &args),
    };
    let exit = match cli.command {
        Command::Extract(args) => commands::extract::run(&args),
        Command::Validate(args) => commands::validate::run(&args),
        Command::Schema(args) => commands::schema::run(&args),
        Command::Formats(args) => commands::formats::run(&args),
        Command::Format(args) => commands::format::run(&args),
        Command::Explain(args) => commands::explain::run(&args),
        Command::Link(args) => commands::link::run(&args),
        Command::Plugin(args) => commands::plugin::run(&args),
        Command::Score(args) => commands::score::run(&args),
        Command::Regress(args) => commands::regress::run(&args),
        Command::Gold(args) => commands::gold::run(&args),
        Command::Snapshot(args) => commands::snapshot::run(&args),
        Command::Drift(args) => commands::drift::run(&args),
        Command::Show(args) => commands::show::run(&args),
        #[cfg(feature = "sqlite")]
        Command::Sync(args) => commands::sync::run(&args),
        #[cfg(feature = "sqlite")]
        Command::Export(args) => commands::export::run(&args),
        #[cfg(feature = "sqlite")]
        Command::History(args) => commands::history::run(&args),
        #[cfg(feature = "sqlite")]
        Command::Latest(args) => commands::latest::run(&args),
        Command::Review(args) => commands::review::run(&args),
        Command::Stress(args) => commands::stress::run(&args),
        Command::Calibrate(args) => commands::calibrate::run(&args),
        #[cfg(feature = "serve")]
        Command::Serve(args) => commands::serve::run(&args),
        Command::Mcp(args) => commands::mcp::run(&args),
        #[cfg(feature = "shell")]
        Command::Completions(args) => commands::completions::run(&args),
        #[cfg(feature = "shell")]
        Command::Man(args) => commands::man::run(&args),
        Command::Worker(args) => return worker::child::run(&args),
    };
    exit.code()
}

/// The command with the name that users see, for help texts and completions.
#[cfg(feature = "shell")]
fn command() -> clap::Command {
    let all = Cli::command();
    let visible: Vec<_> = all.get_subcommands().filter(|c| !c.is_hide_set()).cloned().collect();
    let about = all.get_about().cloned().unwrap_or_default();
    clap::Command::new("findings")
        .version(env!("CARGO_PKG_VERSION"))
        .about(about)
        .after_help(EXAMPLES)
        .subcommand_required(true)
        .subcommands(visible)
}

/// Prints a command line error, or the help that was asked for. Returns the exit code.
fn refused(e: &clap::Error, args: &[OsString]) -> u8 {
    let _ = e.print();
    let document = args.get(1).filter(|_| e.kind() == ErrorKind::InvalidSubcommand);
    if let Some(document) = document.map(Path::new).filter(|d| looks_like_document(d)) {
        eprintln!(
            "\n{} is not a command. Did you mean `findings extract {}`?",
            shown_path(document),
            quoted(document)
        );
    }
    u8::try_from(e.exit_code()).unwrap_or(2)
}

/// Whether an argument that is not a command may be a document.
fn looks_like_document(path: &Path) -> bool {
    path.exists() || path.extension().is_some() || path.components().count() > 1
}

/// A path, quoted for a shell.
fn quoted(path: &Path) -> String {
    let name = shown_path(path);
    let plain = |c: char| c.is_alphanumeric() || "/._-:".contains(c);
    if name.chars().all(plain) { name } else { format!("'{}'", name.replace('\'', "'\\''")) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_command_line_makes_sense() {
        Cli::command().debug_assert();
        command().debug_assert();
    }
}
