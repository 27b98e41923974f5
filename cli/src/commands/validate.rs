//! `findings validate`: validates JSON against the schemas.

use std::fs::File;
use std::io::{self, BufRead, BufReader, BufWriter, Write};
use std::path::Path;
use std::sync::Arc;

use findings_core::plugin::manifest::CodeManifest;
use findings_core::validate::{Problem, codes, value};
use serde_json::Value;

use super::{usage, written};
use crate::Exit;
use crate::brought::Brought;
use crate::error::Error;
use crate::input::name::shown;
use crate::plugins::PluginArgs;
use crate::worker::ProcessRunner;

/// Validate JSON records against their schema
#[derive(clap::Args)]
#[command(after_help = EXAMPLES)]
pub(crate) struct Args {
    /// JSON files (a record, or an array of records), NDJSON files (a record on each line), or - for standard input
    #[arg(required = true, value_name = "FILE")]
    files: Vec<String>,
    /// Also check codes against the published code lists
    #[arg(long)]
    strict: bool,
    /// Don't list problems; only set the exit code
    #[arg(short, long)]
    quiet: bool,
    #[command(flatten)]
    plugins: PluginArgs,
}

const EXAMPLES: &str = "\
Examples:
  findings validate record.json
  findings extract letters/ | findings validate -
  findings validate --strict all.ndjson

Each problem is printed on a line: the file (and the line, or the index in an array), the JSON Pointer to the value,
what was expected and what was found. A record's \"schema\" names the schema that applies; error reports have one of
their own. Schemas of trusted plugins are known too, for their own records and for the \"extension\" of others.
Code lists are open: only --strict rejects codes that are not listed, and it accepts those that plugins add.

Exit code: 0 all valid; 1 some are invalid or can't be read; 2 the command line is invalid, or a file is missing.";

pub(crate) fn run(args: &Args) -> Exit {
    let runner = ProcessRunner::new().map_err(Error::from);
    match runner.and_then(|runner| args.plugins.host(Arc::new(runner), args.quiet)) {
        Ok(plugins) => written(validate(args, Rules::new(plugins, args.strict)), "standard output"),
        Err(e) => usage(e),
    }
}

/// Why a name is no file's.
fn no_file(file: &str) -> Option<String> {
    let path = Path::new(file);
    if !path.exists() {
        return Some(format!("{}: there is no such file; check the path", shown(file)));
    }
    path.is_dir()
        .then(|| format!("{} is a folder; name the files in it, for example {0}/*.json", shown(file)))
}

fn validate(args: &Args, rules: Rules) -> io::Result<Exit> {
    let to: Box<dyn Write> = if args.quiet { Box::new(io::sink()) } else { Box::new(io::stdout().lock()) };
    let mut check = Check { out: BufWriter::new(to), rules, records: 0, bad: 0 };
    let mut missing = false;
    for file in &args.files {
        if file == "-" {
            check.stream("-", io::stdin().lock())?;
        } else if let Some(why) = no_file(file) {
            // A mistake in the command line, not an invalid record. The other files are validated all the same.
            missing = true;
            eprintln!("findings: {why}");
        } else {
            match File::open(file) {
                Ok(f) => check.stream(file, BufReader::new(f))?,
                Err(e) => check.unreadable(file, &e.to_string())?,
            }
        }
    }
    check.out.flush()?;
    if !args.quiet && (check.records > 0 || !missing) {
        match check.bad {
            0 => eprintln!("findings: {} valid", count(check.records)),
            bad => eprintln!("findings: {bad} of {} not valid", count(check.records)),
        }
    }
    Ok(match check.bad {
        _ if missing => Exit::Usage,
        0 => Exit::Done,
        _ => Exit::SomeFailed,
    })
}

fn count(records: u64) -> String {
    if records == 1 { "1 record".into() } else { format!("{records} records") }
}

/// The rules by which records are validated.
#[derive(Debug)]
pub struct Rules {
    plugins: Option<Arc<Brought>>,
    /// The codes that plugins add, if codes are checked against the lists.
    more: Option<Vec<CodeManifest>>,
}

impl Rules {
    /// Rules with core's schemas and those of these plugins. `strict`: also check codes against the code lists.
    pub(crate) fn new(plugins: Option<Arc<Brought>>, strict: bool) -> Self {
        let more = strict.then(|| plugins.as_ref().map(|p| p.codes()).unwrap_or_default());
        Self { plugins, more }
    }

    /// The problems of a record, or of an error report in its place.
    pub fn problems(&self, record: &Value) -> Vec<Problem> {
        let mut problems: Vec<Problem> = match &self.plugins {
            Some(plugins) => plugins.problems(record),
            None => value(record).err().unwrap_or_default(),
        };
        // The code lists are for inspection records. A plugin's own schema defines its codes itself.
        let own = self.plugins.as_ref().is_some_and(|p| p.brings_schema(record));
        if let Some(more) = self.more.as_ref().filter(|_| !own) {
            problems.extend(codes(record, more));
        }
        problems
    }
}

struct Check<W: Write> {
    out: BufWriter<W>,
    rules: Rules,
    records: u64,
    bad: u64,
}

impl<W: Write> Check<W> {
    /// Validates the records in a file. If it is named as NDJSON or its first line is a complete value, it is read line
    /// by line and may be of any length; otherwise it is read as one value.
    fn stream(&mut self, file: &str, mut from: impl BufRead) -> io::Result<()> {
        let mut first = Vec::new();
        while first.trim_ascii().is_empty() {
            match from.read_until(b'\n', &mut first) {
                Ok(0) => return self.unreadable(file, "the file is empty; expected a record"),
                Ok(_) => {}
                Err(e) => return self.unreadable(file, &e.to_string()),
            }
        }
        let blank = first.iter().take_while(|b| b.is_ascii_whitespace()).filter(|b| **b == b'\n').count();
        if parse(&first).is_ok() || file.ends_with(".ndjson") || file.ends_with(".jsonl") {
            return self.lines(file, blank, first, from);
        }
        let mut all = first;
        if let Err(e) = from.read_to_end(&mut all) {
            return self.unreadable(file, &e.to_string());
        }
        match parse(&all) {
            Ok(value) => self.values(file, &value),
            // The other lines are validated even if the first is damaged.
            Err(_) if all.split(|b| *b == b'\n').skip(1).any(|l| parse(l).is_ok_and(|v| v.is_object())) => {
                self.lines(file, 0, Vec::new(), all.as_slice())
            }
            Err(e) => self.unreadable(file, &format!("not valid JSON: {e}")),
        }
    }

    fn lines(&mut self, file: &str, before: usize, first: Vec<u8>, mut from: impl BufRead) -> io::Result<()> {
        let mut line = first;
        let mut number = before;
        loop {
            if line.is_empty() {
                match from.read_until(b'\n', &mut line) {
                    Ok(0) => return Ok(()),
                    Ok(_) => {}
                    Err(e) => return self.unreadable(file, &e.to_string()),
                }
            }
            number += 1;
            let text = line.trim_ascii();
            if !text.is_empty() {
                let place = format!("{file}:{number}");
                match parse(text) {
                    Ok(value) => self.values(&place, &value)?,
                    Err(e) => self.unreadable(&place, &format!("not valid JSON: {e}"))?,
                }
            }
            line.clear();
        }
    }

    /// Validates a record, or each record in an array.
    fn values(&mut self, place: &str, json: &Value) -> io::Result<()> {
        match json {
            Value::Array(items) => {
                for (i, item) in items.iter().enumerate() {
                    self.one(&format!("{place}[{i}]"), item)?;
                }
                Ok(())
            }
            one => self.one(place, one),
        }
    }

    fn one(&mut self, place: &str, record: &Value) -> io::Result<()> {
        let problems = self.rules.problems(record);
        self.records += 1;
        self.bad += u64::from(!problems.is_empty());
        problems.iter().try_for_each(|p| writeln!(self.out, "{}", shown(&format!("{place}: {p}"))))
    }

    fn unreadable(&mut self, place: &str, why: &str) -> io::Result<()> {
        self.records += 1;
        self.bad += 1;
        writeln!(self.out, "{}", shown(&format!("{place}: {why}")))
    }
}

/// Parses a value; ignores a byte order mark before it.
fn parse(bytes: &[u8]) -> serde_json::Result<Value> {
    serde_json::from_slice(bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes))
}
