//! The findings command: what is asked for on the command line, done by the library.
//!
//! The binary is only [`run`]. [`worker`] is public for tests of the whole pipeline, which need a runner.

mod commands;
mod contain;
mod input;
mod ocr;
mod ordered;
mod output;
mod progress;
mod reader;
pub mod worker;

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
  findings extract letters/ -o table.csv            a row for each report, for a spreadsheet
  findings extract 'letters/*.pdf' > all.ndjson     one line for each report, in order
  findings validate all.ndjson                      hold records against their schema
  findings explain letter.pdf                       how the report was read: when a field is wrong

`findings help COMMAND` tells more of each.";

#[derive(Subcommand)]
enum Command {
    Extract(commands::extract::Args),
    Validate(commands::validate::Args),
    Schema(commands::schema::Args),
    Formats(commands::formats::Args),
    Explain(commands::explain::Args),
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
}

impl From<Exit> for ExitCode {
    fn from(exit: Exit) -> Self {
        match exit {
            Exit::Done => 0,
            Exit::SomeFailed => 1,
            Exit::Usage => 2,
            Exit::NotWritten => 3,
        }
        .into()
    }
}

/// Does what the command line asks for.
pub fn run() -> ExitCode {
    let exit = match Cli::parse().command {
        Command::Extract(args) => commands::extract::run(&args),
        Command::Validate(args) => commands::validate::run(&args),
        Command::Schema(args) => commands::schema::run(&args),
        Command::Formats(args) => commands::formats::run(&args),
        Command::Explain(args) => commands::explain::run(&args),
        Command::Worker(args) => return worker::child::run(&args),
    };
    exit.into()
}
