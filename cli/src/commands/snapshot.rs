//! `findings snapshot`: the accepted readings of the documents in a folder.

mod folder;
mod review;

use std::io::{self, Write};

use clap::Subcommand;
use findings_workbench::snapshot::{Entry, State, refusal};

use self::folder::{Folder, FolderArgs};
use super::{usage, written};
use crate::Exit;
use crate::input::name::{shown, shown_lines};

/// Store what is read from each document of a folder, and see what a change does to it
#[derive(clap::Args)]
#[command(after_help = EXAMPLES)]
pub(crate) struct Args {
    #[command(subcommand)]
    what: What,
}

const EXAMPLES: &str = "\
Examples:
  findings snapshot record letters/                    letters/a.pdf.snap for each document that has none
  findings snapshot check letters/                     what is read differently now; exit code 1 if anything is
  findings snapshot review letters/                    walk through the changes: accept, reject or skip each
  findings snapshot accept letters/ --only '2024/*'    accept without asking
  findings snapshot review letters/ --list --format json
  findings snapshot check letters/ --store snaps/      snapshots in a folder of their own
  findings snapshot record letters/ --formats-dir .    what a format file reads

A snapshot is the record as indented JSON below a short header, without versions; for a document that gives
no record, it is the error. A record that is invalid, or that lost something read before, is not accepted;
`accept --allow-loss POINTER` permits an intended loss.

Exit code: 0 everything is as accepted; 1 something differs, or was refused; 2 the command line is invalid; 3 a
snapshot could not be read or written.";

#[derive(Subcommand)]
enum What {
    /// Take a snapshot of each document that has none
    Record {
        #[command(flatten)]
        folder: FolderArgs,
    },
    /// Show what is read differently from what was accepted
    Check {
        #[command(flatten)]
        folder: FolderArgs,
        /// Also show the differences line by line
        #[arg(long)]
        diff: bool,
    },
    /// Walk through the changes on a terminal: accept, reject or skip each
    Review {
        #[command(flatten)]
        folder: FolderArgs,
        /// List the changes without asking
        #[arg(long)]
        list: bool,
        /// Output format of the list
        #[arg(long, value_enum, requires = "list", default_value = "text")]
        format: review::ListFormat,
    },
    /// Accept the changes without asking
    Accept {
        #[command(flatten)]
        folder: FolderArgs,
        /// A value that may be lost, with everything below it; * is any one step (/inspectors/*/role)
        #[arg(long, value_name = "POINTER")]
        allow_loss: Vec<String>,
        /// Remove the snapshots of documents that are gone
        #[arg(long)]
        prune: bool,
    },
}

pub(crate) fn run(args: &Args) -> Exit {
    let folder = match &args.what {
        What::Record { folder }
        | What::Check { folder, .. }
        | What::Review { folder, .. }
        | What::Accept { folder, .. } => folder,
    };
    let folder = &match folder.open() {
        Ok(folder) => folder,
        Err(message) => return usage(message),
    };
    let result = match &args.what {
        What::Record { .. } => record(folder),
        What::Check { diff, .. } => check(folder, *diff),
        What::Review { list: true, format, .. } => review::list(folder, *format),
        What::Review { .. } => review::walk(folder, io::stdin().lock()),
        What::Accept { allow_loss, prune, .. } => accept(folder, allow_loss, *prune),
    };
    written(result, "a snapshot")
}

fn record(folder: &Folder) -> io::Result<Exit> {
    let (mut taken, mut there, mut refused) = (0, 0, 0);
    folder.each(|entry| {
        match entry.state {
            State::New => match refusal(&entry, &[]) {
                None => {
                    folder.store().accept(&entry)?;
                    taken += 1;
                }
                Some(refusal) => {
                    refused += 1;
                    writeln!(
                        io::stdout(),
                        "{}: not recorded: {}",
                        shown(&entry.document),
                        refusal.invalid.join("; ")
                    )?;
                }
            },
            State::Gone => {}
            _ => there += 1,
        }
        Ok(())
    })?;
    eprintln!(
        "findings: {taken} recorded, {there} existed already{}",
        if refused > 0 { format!(", {refused} not recorded") } else { String::new() }
    );
    Ok(if refused > 0 { Exit::SomeFailed } else { Exit::Done })
}

fn check(folder: &Folder, diff: bool) -> io::Result<Exit> {
    let mut counts = Counts::default();
    folder.each(|entry| {
        counts.add(entry.state);
        if entry.state == State::Unchanged {
            return Ok(());
        }
        let mut text = describe(&entry, 20);
        if diff && !entry.accepted.is_null() && !entry.read.is_null() {
            text.push_str(&entry.diff());
        }
        io::stdout().write_all(text.as_bytes())
    })?;
    eprintln!("findings: {counts}");
    if counts.open() == 0 {
        return Ok(Exit::Done);
    }
    eprintln!("findings: `findings snapshot review {}` walks through them", folder.shown());
    Ok(Exit::SomeFailed)
}

fn accept(folder: &Folder, allow_loss: &[String], prune: bool) -> io::Result<Exit> {
    let (mut accepted, mut refused, mut left) = (0, 0, 0);
    folder.each(|entry| {
        match entry.state {
            State::Unchanged => return Ok(()),
            State::Rejected => left += 1,
            State::Gone if !prune => left += 1,
            _ => match refusal(&entry, allow_loss) {
                None => {
                    folder.store().accept(&entry)?;
                    accepted += 1;
                    writeln!(io::stdout(), "accepted {}", shown(&entry.document))?;
                }
                Some(refusal) => {
                    refused += 1;
                    write!(io::stdout(), "{}", review::refused(&entry, &refusal))?;
                }
            },
        }
        Ok(())
    })?;
    let left = match left {
        0 => String::new(),
        n => format!(", {n} left as they are (rejected in a review, or gone: --prune)"),
    };
    eprintln!("findings: {accepted} accepted, {refused} refused{left}");
    Ok(if refused > 0 { Exit::SomeFailed } else { Exit::Done })
}

/// An entry for display: its state, and what is read differently.
fn describe(entry: &Entry, most: usize) -> String {
    let state = entry.state.as_str();
    let mut text = format!("{state:<9} {}\n", entry.document);
    match entry.state {
        State::New => text.push_str("  it has no snapshot: `findings snapshot record` takes one\n"),
        State::Gone => {
            text.push_str("  the document is gone: `findings snapshot accept --prune` removes the snapshot\n")
        }
        _ => {}
    }
    let changes = entry.changes();
    for change in changes.iter().take(most) {
        text.push_str(&format!("  {}\n", change.to_string().replace('\n', "\n  ")));
    }
    if changes.len() > most {
        text.push_str(&format!("  … and {} more (--diff shows all)\n", changes.len() - most));
    }
    shown_lines(&text)
}

/// The number of documents in each state.
#[derive(Default)]
struct Counts([usize; 5]);

impl Counts {
    const STATES: [State; 5] = [State::Unchanged, State::Changed, State::Rejected, State::New, State::Gone];

    fn add(&mut self, state: State) {
        let at = Self::STATES.iter().position(|s| *s == state).unwrap_or_default();
        self.0[at] += 1;
    }

    fn open(&self) -> usize {
        self.0[1..].iter().sum()
    }
}

impl std::fmt::Display for Counts {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let told: Vec<String> = Self::STATES
            .iter()
            .zip(self.0)
            .filter(|(state, n)| *n > 0 || **state == State::Unchanged)
            .map(|(state, n)| format!("{n} {}", state.as_str()))
            .collect();
        write!(f, "{}", told.join(", "))
    }
}
