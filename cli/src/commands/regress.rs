//! `findings regress`: what a change to findings does to a set of documents.

use std::path::PathBuf;

use clap::ValueEnum;
use findings_workbench::gold::Gold;
use findings_workbench::regress::{self, Gate, RegressReport, Run, Settings, render};

use super::{print, usage};
use crate::Exit;
use crate::error::Refusal;
use crate::saved_run::SavedRun;

/// Compare two runs: what a change to a grammar did to a corpus
#[derive(clap::Args)]
#[command(after_help = EXAMPLES)]
pub(crate) struct Args {
    /// The run before: records as `extract` prints them (a file, or a folder of files), or a findings executable
    #[arg(long, value_name = "RUN")]
    base: PathBuf,
    /// The run after, likewise
    #[arg(long, value_name = "RUN")]
    head: PathBuf,
    /// What executables are run over: files, folders, patterns
    #[arg(long, value_name = "DOCUMENTS", num_args = 1..)]
    docs: Vec<String>,
    /// A folder of labels, to tell what was fixed and what was broken
    #[arg(long, value_name = "DIR")]
    gold: Option<PathBuf>,
    /// The trace of the run before [default: NAME.trace.ndjson beside NAME.ndjson, if it is there]
    #[arg(long, value_name = "FILE")]
    base_trace: Option<PathBuf>,
    /// The trace of the run after, likewise
    #[arg(long, value_name = "FILE")]
    head_trace: Option<PathBuf>,
    /// End with exit code 1 where a counter is so: broken>0, slower>=5; several with commas
    #[arg(long, value_name = "CONDITION", value_delimiter = ',')]
    fail_on: Vec<Gate>,
    /// How the result is written
    #[arg(long, value_enum, default_value_t = Form::Table)]
    format: Form,
    /// How many groups of changes are listed (JSON and HTML have them all)
    #[arg(long, value_name = "N", default_value_t = 20)]
    groups: usize,
    /// A document is slower from this many times its time before on
    #[arg(long, value_name = "TIMES", default_value_t = 1.5)]
    slower: f64,
    /// For labels: the share of common words from which long texts are the same
    #[arg(long, value_name = "SHARE", default_value_t = 0.95)]
    near: f64,
}

/// How a result is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Form {
    /// For a terminal.
    Table,
    /// All there is, with a published schema.
    Json,
    /// For a pull request.
    Markdown,
    /// A page that needs nothing but itself.
    Html,
}

const EXAMPLES: &str = "\
Examples:
  findings extract letters/ --trace base.trace.ndjson > base.ndjson     before the change
  findings extract letters/ --trace head.trace.ndjson > head.ndjson     after it
  findings regress --base base.ndjson --head head.ndjson                what changed, like changes together
  findings regress --base base.ndjson --head head.ndjson --gold labels/ --fail-on 'broken>0,lost-records>0'
  findings regress --base ./findings-0.1 --head ./findings-0.2 --docs letters/ --format html > changes.html

Lists are compared by what their items say, not by where they stand. Each group of changes names the field, the
rule that reads it, the shape of before → after, the stage of reading that changed first (from the traces) and one
example with its page and quote. With labels: fixed, broken; without: changed, newly missing, newly found.

Counters for --fail-on: documents, changed-documents, fixed, broken, changed, missing, found, lost-records,
gained-records, new-diagnostics, gone-diagnostics, lost-evidence, slower, unpaired.

Exit code: 0 compared; 1 a condition of --fail-on holds; 2 the command line makes no sense, or a run can't be
read; 3 the output could not be written.";

pub(crate) fn run(args: &Args) -> Exit {
    match compare(args) {
        Err(message) => usage(message),
        Ok(report) => {
            let exit = print(&match args.format {
                Form::Table => render::terminal(&report, args.groups),
                Form::Markdown => render::markdown(&report, args.groups),
                Form::Html => render::html(&report),
                Form::Json => format!("{:#}\n", serde_json::json!(report)),
            });
            let held: Vec<String> = args.fail_on.iter().filter_map(|g| g.holds(&report.counters)).collect();
            held.iter().for_each(|what| eprintln!("findings: {what}"));
            if exit == Exit::Done && !held.is_empty() { Exit::SomeFailed } else { exit }
        }
    }
}

fn compare(args: &Args) -> Result<RegressReport, Refusal> {
    let gold = args.gold.as_deref().map(Gold::load).transpose().map_err(|e| e.to_string())?;
    let load = |run, trace: &Option<PathBuf>| SavedRun::load(run, trace.as_deref(), &args.docs);
    let (base, head) = (load(&args.base, &args.base_trace)?, load(&args.head, &args.head_trace)?);
    let mut settings = Settings { slower: args.slower, ..Settings::default() };
    settings.scoring.near = args.near;
    let (before, after) = (built(&base)?, built(&head)?);
    Ok(regress::compare(&before, &after, gold.as_ref(), &settings))
}

fn built(saved: &SavedRun) -> Result<Run<'_>, Refusal> {
    Ok(Run::new(&saved.name, &saved.records, saved.traces.clone())
        .map_err(|e| format!("{}: {e}", saved.name))?)
}
