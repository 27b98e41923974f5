//! Reviews changes one by one on a terminal, or lists them for a script.

use std::io::{self, BufRead, Write};

use clap::ValueEnum;
use findings_workbench::snapshot::{Entry, Refusal, State, refusal};
use serde_json::{Value, json};

use super::describe;
use super::folder::Folder;
use crate::Exit;

/// How changes are listed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum ListFormat {
    /// For people.
    Text,
    /// An array with an object for each document that is not as accepted.
    Json,
}

/// Lists everything that differs from what was accepted and, if it can't be accepted, why.
pub(super) fn list(folder: &Folder, format: ListFormat) -> io::Result<Exit> {
    let mut listed: Vec<Value> = Vec::new();
    let mut open = 0;
    folder.each(|entry| {
        if entry.state == State::Unchanged {
            return Ok(());
        }
        open += 1;
        let refusal = refusal(&entry, &[]);
        if format == ListFormat::Text {
            let refused = refusal.map(|r| refused(&entry, &r)).unwrap_or_default();
            return write!(io::stdout(), "{}{refused}", describe(&entry, 20));
        }
        listed.push(json!({
            "document": entry.document,
            "state": entry.state,
            "changes": entry.changes(),
            "refused": refusal,
        }));
        Ok(())
    })?;
    if format == ListFormat::Json {
        writeln!(io::stdout(), "{:#}", Value::Array(listed))?;
    }
    Ok(if open == 0 { Exit::Done } else { Exit::SomeFailed })
}

/// Asks about everything that differs from what was accepted, until the end of the input.
pub(super) fn walk(folder: &Folder, mut answers: impl BufRead) -> io::Result<Exit> {
    let mut open: Vec<Entry> = Vec::new();
    folder.each(|entry| {
        if matches!(entry.state, State::Changed | State::New | State::Gone) {
            open.push(entry);
        }
        Ok(())
    })?;
    let (mut accepted, mut rejected) = (0, 0);
    let number = open.len();
    for (at, entry) in open.iter().enumerate() {
        writeln!(io::stdout(), "\n[{}/{number}] {}", at + 1, describe(entry, 20))?;
        let refusal = refusal(entry, &[]);
        match ask(entry, refusal.as_ref(), &mut answers)? {
            Answer::Accept => {
                folder.store().accept(entry)?;
                accepted += 1;
            }
            Answer::Reject => {
                folder.store().reject(entry)?;
                rejected += 1;
            }
            Answer::Skip => {}
            Answer::Quit => break,
        }
    }
    let left = number - accepted - rejected;
    eprintln!("findings: {accepted} accepted, {rejected} rejected, {left} left");
    Ok(if accepted == number { Exit::Done } else { Exit::SomeFailed })
}

enum Answer {
    Accept,
    Reject,
    Skip,
    Quit,
}

fn ask(entry: &Entry, refusal: Option<&Refusal>, answers: &mut impl BufRead) -> io::Result<Answer> {
    loop {
        write!(io::stdout(), "  [a]ccept, [r]eject, [s]kip, [d]iff, [q]uit? ")?;
        io::stdout().flush()?;
        let mut line = String::new();
        if answers.read_line(&mut line)? == 0 {
            writeln!(io::stdout())?;
            return Ok(Answer::Quit);
        }
        match line.trim().to_lowercase().as_str() {
            "a" | "accept" => match refusal {
                None => return Ok(Answer::Accept),
                Some(refusal) => write!(io::stdout(), "{}", refused(entry, refusal))?,
            },
            // A document that is gone has no reading to reject.
            "r" | "reject" if !entry.read.is_null() => return Ok(Answer::Reject),
            "s" | "skip" | "" => return Ok(Answer::Skip),
            "q" | "quit" => return Ok(Answer::Quit),
            "d" | "diff" => write!(io::stdout(), "{}", entry.diff())?,
            _ => println!("  a, r, s, d or q"),
        }
    }
}

/// Why a reading can't be accepted, and what to do.
pub(super) fn refused(entry: &Entry, refusal: &Refusal) -> String {
    let mut text = format!("refused  {}\n", entry.document);
    for problem in &refusal.invalid {
        text.push_str(&format!("  not valid: {problem}\n"));
    }
    for lost in &refusal.lost {
        text.push_str(&format!("  lost: {lost}\n"));
    }
    if !refusal.lost.is_empty() {
        // The command for all of them would be long where a whole list is lost.
        const NAMED: usize = 3;
        let losses: Vec<String> = match refusal.lost.len() {
            0..=NAMED => refusal.lost.iter().map(|l| format!("--allow-loss {}", l.pointer)).collect(),
            _ => vec!["--allow-loss POINTER".into()],
        };
        text.push_str(&format!(
            "  if that is intended: `findings snapshot accept DIR --only {} {}`\n",
            entry.document,
            losses.join(" ")
        ));
    }
    text
}
