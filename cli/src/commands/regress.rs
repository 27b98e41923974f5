//! `findings regress`: what a change to findings does to a set of documents.

use std::path::PathBuf;

use clap::ValueEnum;
use findings_workbench::gold::Gold;
use findings_workbench::regress::{self, Gate, RegressReport, Run, Settings, render};

use super::{print, usage};
use crate::Exit;
use crate::error::Refusal;
use crate::saved_run::SavedRun;

/// Compare two runs, to see what a change to a grammar did to a corpus
#[derive(clap::Args)]
#[command(after_help = EXAMPLES)]
pub(crate) struct Args {
    /// The run before: records as `extract` prints them (a file, or a folder of files), or a findings executable
    #[arg(long, value_name = "RUN")]
    base: PathBuf,
    /// The run after, in the same form
    #[arg(long, value_name = "RUN")]
    head: PathBuf,
    /// Documents to run executables over: files, folders, patterns
    #[arg(long, value_name = "DOCUMENTS", num_args = 1..)]
    docs: Vec<String>,
    /// A folder of labels, to tell what was fixed from what was broken
    #[arg(long, value_name = "DIR")]
    gold: Option<PathBuf>,
    /// The trace of the run before [default: NAME.trace.ndjson beside NAME.ndjson, if it exists]
    #[arg(long, value_name = "FILE")]
    base_trace: Option<PathBuf>,
    /// The trace of the run after, with the same default
    #[arg(long, value_name = "FILE")]
    head_trace: Option<PathBuf>,
    /// Exit with code 1 if a counter meets a condition: broken>0, slower>=5; separate several with commas
    #[arg(long, value_name = "CONDITION", value_delimiter = ',')]
    fail_on: Vec<Gate>,
    /// Output format
    #[arg(long, value_enum, default_value_t = Form::Table)]
    format: Form,
    /// How many groups of changes to list (JSON and HTML have all of them)
    #[arg(long, value_name = "N", default_value_t = 20)]
    groups: usize,
    /// A document counts as slower from this many times its earlier time
    #[arg(long, value_name = "TIMES", default_value_t = 1.5)]
    slower: f64,
    /// For labels: share of words that long texts must have in common to count as the same
    #[arg(long, value_name = "SHARE", default_value_t = 0.95)]
    near: f64,
}

/// The output format.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Form {
    /// For a terminal.
    Table,
    /// Everything, with a published schema.
    Json,
    /// For a pull request.
    Markdown,
    /// A self-contained page.
    Html,
}

const EXAMPLES: &str = "\
Examples:
  findings extract letters/ --trace base.trace.ndjson > base.ndjson     before the change
  findings extract letters/ --trace head.trace.ndjson > head.ndjson     after it
  findings regress --base base.ndjson --head head.ndjson                what changed, similar changes grouped
  findings regress --base base.ndjson --head head.ndjson --gold labels/ --fail-on 'broken>0,lost-records>0'
  findings regress --base ./findings-0.1 --head ./findings-0.2 --docs letters/ --format html > changes.html

Lists are compared by the content of their items, not by position. Each group of changes shows the field, the rule
that reads it, the shape of before → after, the stage that changed first (from the traces) and one example with its
page and quote. With labels, values are fixed or broken; without, changed, newly missing or newly found,
and conditions on fixed or broken are refused.

Counters for --fail-on: documents, changed-documents, fixed, broken, changed, missing, found, lost-records,
gained-records, new-diagnostics, gone-diagnostics, lost-evidence, slower, unpaired.

Exit code: 0 compared; 1 a condition of --fail-on holds; 2 the command line is invalid, or a run can't be read;
3 the output could not be written.";

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
    if let Some(counter) = args.fail_on.iter().find_map(Gate::needs_labels).filter(|_| args.gold.is_none()) {
        return Err(format!(
            "“{counter}” is counted against labels: give them with --gold DIR; without labels, use changed, missing or \
             found (for example --fail-on 'changed>0,missing>0')"
        )
        .into());
    }
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
