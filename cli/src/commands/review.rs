//! `findings review`: shows people what to look at, and records their answers.

use std::fs::{self, OpenOptions};
use std::io::{self, BufRead, Write};
use std::path::{Path, PathBuf};

use clap::ValueEnum;
use findings_workbench::review::{self, Answer, Question};
use findings_workbench::score::sha256_of;
use findings_workbench::text_table::shorten;
use serde_json::{Value, json};

use super::{print, usage, written};
use crate::error::Refusal;
use crate::input::name::shown_lines;
use crate::plugins::PluginArgs;
use crate::{Exit, records};

/// Review the values in doubt, or check by hand how often the others are right
#[derive(clap::Args)]
#[command(after_help = EXAMPLES)]
pub(crate) struct Args {
    /// A collection, documents to read first (files, folders), stored records (.ndjson, .json), or - for records on
    /// standard input
    #[arg(value_name = "DIR.findings|DOCUMENTS|RECORDS", required_unless_present = "report")]
    inputs: Vec<String>,
    /// Only list, without asking: the values in doubt or, with --sample, the questions
    #[arg(long)]
    list: bool,
    /// Draw this many values that are not in doubt, and ask about each
    #[arg(long, value_name = "N")]
    sample: Option<usize>,
    /// Random seed: the same seed draws the same values
    #[arg(long, value_name = "N", default_value_t = 1, requires = "sample")]
    seed: u64,
    /// Also draw this many values in doubt [default: a quarter as many]
    #[arg(long, value_name = "N", requires = "sample")]
    doubts: Option<usize>,
    /// Draw only values whose JSON Pointer begins with this, such as /letter; paragraphs of the body only with /sections
    #[arg(long, value_name = "POINTER", requires = "sample")]
    field: Option<String>,
    /// File for the answers, one per line; what it answers already is not asked again
    #[arg(long, value_name = "FILE", default_value = "review-answers.ndjson", requires = "sample")]
    answers: PathBuf,
    /// Evaluate the answers in this file; with documents or records, compare them with what is read now
    #[arg(long, value_name = "ANSWERS", conflicts_with_all = ["sample", "list"])]
    report: Option<PathBuf>,
    /// For a collection: your name, stored with each answer
    #[arg(long, value_name = "NAME", conflicts_with_all = ["list", "sample", "report"])]
    name: Option<String>,
    /// For a collection: the port that the page is served on [default: any free port]
    #[arg(long, value_name = "PORT", conflicts_with_all = ["list", "sample", "report"])]
    port: Option<u16>,
    /// Output format of lists and reports
    #[arg(long, value_enum, default_value_t = Form::Table)]
    format: Form,
    #[command(flatten)]
    plugins: PluginArgs,
}

/// The output format.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Form {
    /// For a terminal.
    Table,
    /// For a script.
    Json,
}

const EXAMPLES: &str = "\
Examples:
  findings review letters.findings                   a page in your browser to go through what is in doubt
  findings review letters/ --list                    what is in doubt: document, field, page, reason, quote
  findings review records.ndjson --list --format json
  findings review letters/ --sample 40 --seed 1      40 values that are not in doubt: right or wrong?
  findings review --report review-answers.ndjson     how often those are wrong, with an exact interval
  findings review --report review-answers.ndjson letters/     the same answers, compared with what is read now

A value is in doubt if a warning or an error points at it, or its evidence says that it could not be read, is illegible,
or that the document contradicts itself. The list starts with the worst: documents without a record, then errors before
warnings, and within each grades, dates, provider, people, lists, figures and mentions, body text.

A sample shows, on your own documents, how reliable the values without a warning are. Each value is as likely to be
drawn as any other, so formats and fields are represented in proportion. Answers are labels: keep the file, and after
every change --report with documents shows whether what was right still is.

The page is served to this machine only, until Ctrl-C: nothing is sent anywhere. Answers are stored in the collection
and are in every export; `findings gold from` turns them into labels. For more, see docs/review.md.

Exit code: 0 nothing is in doubt, or everything was answered; 1 something is in doubt, or could not be read; 2 the
command line is invalid; 3 the output could not be written.";

pub(crate) fn run(args: &Args) -> Exit {
    if let Some(answers) = &args.report {
        return report(args, answers).unwrap_or_else(usage);
    }
    if !args.list
        && args.sample.is_none()
        && args.inputs.len() == 1
        && records::is_collection(&args.inputs[0])
    {
        return page(args);
    }
    if args.name.is_some() || args.port.is_some() {
        return usage("--name and --port are for a collection: findings review DIR.findings");
    }
    let (records, failed) = match records::named(&args.inputs, &args.plugins, |_| true) {
        Ok(named) => named,
        Err(message) => return usage(message),
    };
    failed.iter().for_each(|f| eprintln!("findings: {f}"));
    match args.sample {
        None => list(args, &records),
        Some(clean) => sample(args, &records, clean).unwrap_or_else(usage),
    }
}

#[cfg(feature = "serve")]
fn page(args: &Args) -> Exit {
    let ready = |address: &str| eprintln!("findings: open {address}\nfindings: Ctrl-C ends it");
    match crate::serve::serve(Path::new(&args.inputs[0]), args.port.unwrap_or(0), args.name.clone(), ready) {
        Ok(()) => Exit::Done,
        Err(message) => usage(message),
    }
}

#[cfg(not(feature = "serve"))]
fn page(_: &Args) -> Exit {
    usage("this findings was built without the page (feature `serve`); use --list to see what is in doubt")
}

fn list(args: &Args, records: &[Value]) -> Exit {
    let listed = review::list(records);
    let text = match args.format {
        Form::Table => review::table(&listed),
        Form::Json => format!("{:#}\n", json!(listed)),
    };
    let exit = print(&text);
    let documents: std::collections::BTreeSet<&str> = listed.iter().map(|l| l.document.as_str()).collect();
    eprintln!(
        "findings: {} values in doubt, in {} of {} documents",
        listed.len(),
        documents.len(),
        records.len()
    );
    match exit {
        Exit::Done if !listed.is_empty() => Exit::SomeFailed,
        exit => exit,
    }
}

fn sample(args: &Args, records: &[Value], clean: usize) -> Result<Exit, Refusal> {
    let flagged = args.doubts.unwrap_or(clean / 4);
    let drawn = review::sample(records, clean, flagged, args.seed, args.field.as_deref());
    if args.list {
        return Ok(print(&match args.format {
            Form::Json => format!("{:#}\n", json!(drawn.questions)),
            Form::Table => drawn.questions.iter().map(|q| shown(q, &[])).collect(),
        }));
    }
    let answered = if args.answers.exists() { read_answers(&args.answers)? } else { Vec::new() };
    let open: Vec<&Question> = (drawn.questions.iter())
        .filter(|q| {
            !answered.iter().any(|a| (&a.question.sha256, &a.question.pointer) == (&q.sha256, &q.pointer))
        })
        .collect();
    eprintln!(
        "findings: {} of {} clean values and {} of {} flagged ones drawn; {} left to answer",
        drawn.questions.iter().filter(|q| !q.flagged).count(),
        drawn.clean,
        drawn.questions.iter().filter(|q| q.flagged).count(),
        drawn.flagged,
        open.len()
    );
    let asked = ask_all(&open, records, &args.answers, io::stdin().lock());
    let left = match asked {
        Ok(left) => left,
        Err(e) => return Ok(written(Err(e), &args.answers.display().to_string())),
    };
    let answers = if args.answers.exists() { read_answers(&args.answers)? } else { Vec::new() };
    print(&format!("\n{}", review::report(&answers).text()));
    Ok(if left == 0 { Exit::Done } else { Exit::SomeFailed })
}

/// Asks each question, and stores each answer at once. Returns the number of unanswered questions.
fn ask_all(open: &[&Question], records: &[Value], file: &Path, mut input: impl BufRead) -> io::Result<usize> {
    let mut out = OpenOptions::new().create(true).append(true).open(file)?;
    let mut left = 0;
    for (i, question) in open.iter().enumerate() {
        let record = records.iter().find(|r| sha256_of(r) == question.sha256);
        let doubts = record.map(findings_core::doubts_of_json).unwrap_or_default();
        println!("\n[{}/{}] {}", i + 1, open.len(), shown_lines(&shown(question, &doubts)));
        match ask(question, &mut input)? {
            Said::Answer(answer) => {
                writeln!(out, "{}", serde_json::to_string(&answer)?)?;
                out.flush()?;
            }
            Said::Skip => left += 1,
            Said::Quit => return Ok(left + open.len() - i),
        }
    }
    Ok(left)
}

enum Said {
    Answer(Box<Answer>),
    Skip,
    Quit,
}

fn ask(question: &Question, input: &mut impl BufRead) -> io::Result<Said> {
    loop {
        let Some(said) = line("  Is it what the document says? [y]es, [n]o, [s]kip, [q]uit: ", input)? else {
            return Ok(Said::Quit);
        };
        let right = match said.to_lowercase().as_str() {
            "y" | "yes" => true,
            "n" | "no" => false,
            "s" | "skip" => return Ok(Said::Skip),
            "q" | "quit" => return Ok(Said::Quit),
            _ => continue,
        };
        let expected = match right {
            true => None,
            false => line("  What does it say (may be left empty)? ", input)?.filter(|e| !e.is_empty()),
        };
        return Ok(Said::Answer(Box::new(Answer { question: question.clone(), right, expected })));
    }
}

/// Reads a line of input; `None` at the end.
fn line(prompt: &str, input: &mut impl BufRead) -> io::Result<Option<String>> {
    print!("{prompt}");
    io::stdout().flush()?;
    let mut line = String::new();
    let read = input.read_line(&mut line)?;
    Ok((read > 0).then(|| line.trim().to_owned()))
}

/// A question as shown to a person.
fn shown(q: &Question, doubts: &[findings_core::Doubt]) -> String {
    let page = q.page.map(|p| format!(", page {p}")).unwrap_or_default();
    let mut text =
        format!("{}{page}\n  {} = {}\n", q.document, q.pointer, shorten(&q.value.to_string(), 300));
    if let Some(quote) = &q.quote {
        text.push_str(&format!("  read from “{}”\n", shorten(quote, 300)));
    }
    let touches = |d: &&findings_core::Doubt| !d.pointer.is_empty() && q.pointer.starts_with(&d.pointer);
    for doubt in doubts.iter().filter(touches) {
        text.push_str(&format!("  in doubt: {}\n", shorten(&doubt.message, 200)));
    }
    text
}

fn report(args: &Args, file: &Path) -> Result<Exit, Refusal> {
    let mut answers = read_answers(file)?;
    if !args.inputs.is_empty() {
        let known = |sha: &str| answers.iter().any(|a| a.question.sha256 == sha);
        let (records, failed) = records::named(&args.inputs, &args.plugins, known)?;
        failed.iter().for_each(|f| eprintln!("findings: {f}"));
        let all = answers.len();
        let now = |a: &Answer| a.about(records.iter().find(|r| sha256_of(r) == a.question.sha256)?);
        answers = answers.iter().filter_map(now).collect();
        if answers.len() < all {
            eprintln!("findings: {} of {all} answers do not apply to what is read now", all - answers.len());
        }
    }
    let report = review::report(&answers);
    Ok(print(&match args.format {
        Form::Table => report.text(),
        Form::Json => format!("{:#}\n", json!(report)),
    }))
}

/// The answers in a file: one on each line, or an array. Unanswered questions are left out.
fn read_answers(file: &Path) -> Result<Vec<Answer>, Refusal> {
    let failed =
        |e: &dyn std::fmt::Display| format!("{}: {e}; expected answers of `findings review`", file.display());
    let text = fs::read_to_string(file).map_err(|e| failed(&e))?;
    let values: Vec<Value> = if text.trim_start().starts_with('[') {
        serde_json::from_str(&text).map_err(|e| failed(&e))?
    } else {
        let lines = text.lines().filter(|l| !l.trim().is_empty());
        lines.map(serde_json::from_str).collect::<Result<_, _>>().map_err(|e| failed(&e))?
    };
    let answered = values.into_iter().filter(|v| v.get("right").is_some_and(Value::is_boolean));
    answered.map(|v| serde_json::from_value(v).map_err(|e| failed(&e).into())).collect()
}
