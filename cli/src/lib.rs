//! The findings command: what is asked for on the command line, done by the library.
//!
//! The binary is only [`run`]. [`library`] is the same without a command line, for programs in which findings is embedded
//! (the Python package); [`worker`] is public for tests of the whole pipeline, which need a runner.

#[cfg(feature = "sqlite")]
mod collection;
mod commands;
mod contain;
mod doubtful;
mod input;
pub mod library;
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
pub mod worker;

use std::ffi::OsString;
use std::process::ExitCode;

use clap::{Parser, Subcommand};

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
  findings extract letters/ -o records/             each report of a folder to a file of its own
  findings extract letters/ -o letters.xlsx         a workbook: a sheet for each kind of thing
  findings show letter.pdf -o letter.html           the record beside the pages, to look at
  findings sync letters/ --into all.findings        a collection: only what is new is read
  findings extract 'letters/*.pdf' > all.ndjson     one line for each report, in order
  findings validate all.ndjson                      hold records against their schema
  findings explain letter.pdf                       how the report was read: when a field is wrong
  findings score --gold labels/ letters/            how accurate that is, against labels that people wrote
  findings regress --base a.ndjson --head b.ndjson  what changed from one run to another
  findings snapshot check letters/                  what is read otherwise than a person accepted
  findings drift letters/                           documents that fit no known layout well
  findings review letters/ --list                   what is in doubt, the worst first
  findings stress letters/                          whether records of damaged documents say so

`findings help COMMAND` tells more of each.";

#[derive(Subcommand)]
enum Command {
    Extract(commands::extract::Args),
    Validate(commands::validate::Args),
    Schema(commands::schema::Args),
    Formats(commands::formats::Args),
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
    Worker(worker::child::Args),
}

/// Exit codes, the same for every command.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Exit {
    /// All is well.
    Done,
    /// Some inputs gave errors, or are not valid.
    SomeFailed,
    /// What was asked for makes no sense.
    Usage,
    /// The output could not be written.
    NotWritten,
    /// A signal came before all was read: the code that shells give to it.
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

/// Does what the command line asks for.
pub fn run() -> ExitCode {
    run_with(std::env::args_os()).into()
}

/// Does what a command line asks for, the program's name first, and gives the exit code.
pub fn run_with(args: impl IntoIterator<Item = OsString>) -> u8 {
    let exit = match Cli::parse_from(args).command {
        Command::Extract(args) => commands::extract::run(&args),
        Command::Validate(args) => commands::validate::run(&args),
        Command::Schema(args) => commands::schema::run(&args),
        Command::Formats(args) => commands::formats::run(&args),
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
        Command::Worker(args) => return worker::child::run(&args),
    };
    exit.code()
}
