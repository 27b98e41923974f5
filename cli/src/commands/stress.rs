//! `findings stress`: damages documents on purpose, and checks whether their records show it.

use std::ops::ControlFlow;
use std::sync::Arc;
use std::time::Duration;

use clap::ValueEnum;
use findings_core::pipeline::{self, ReadOptions};
use findings_core::runner::Runner;
use findings_workbench::stress::{self, Settings, StressReport, Stressed, classes, render};

use super::{print, usage};
use crate::Exit;
use crate::contain::{Allowance, contained};
use crate::error::Refusal;
use crate::input::{self, Input};
use crate::ocr::OcrArgs;
use crate::ordered::in_order;
use crate::plugins::PluginArgs;
use crate::worker::ProcessRunner;

/// Damage documents on purpose and see whether their records flag what changed
#[derive(clap::Args)]
#[command(after_help = EXAMPLES)]
pub(crate) struct Args {
    /// Files, folders or patterns
    #[arg(required = true, value_name = "INPUT")]
    inputs: Vec<String>,
    /// Random seed: the same seed damages the same documents in the same places
    #[arg(long, value_name = "N", default_value_t = 1)]
    seed: u64,
    /// How many times each document is damaged with each class
    #[arg(long, value_name = "N", default_value_t = 3, value_parser = clap::value_parser!(u16).range(1..=1000))]
    each: u16,
    /// A class of damage; may be repeated [default: all]
    #[arg(long, value_name = "NAME")]
    class: Vec<String>,
    /// Output format
    #[arg(long, value_enum, default_value_t = Form::Table)]
    format: Form,
    /// How many silent changes to list (JSON has all of them)
    #[arg(long, value_name = "N", default_value_t = 20)]
    silent: usize,
    /// Exit with code 1 if more than this percentage of the values that changed did so silently
    #[arg(long, value_name = "PERCENT")]
    fail_over: Option<f64>,
    #[command(flatten)]
    plugins: PluginArgs,
    #[command(flatten)]
    ocr: OcrArgs,
}

/// The output format.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Form {
    /// For a terminal.
    Table,
    /// Everything.
    Json,
    /// For documentation.
    Markdown,
}

const EXAMPLES: &str = "\
Examples:
  findings stress corpus/                              every class of damage, three times per document
  findings stress corpus/ --each 10 --seed 7           more of them, in other places
  findings stress letter.pdf --class line-lost --each 100 --silent 100
  findings stress corpus/ --format json > stress.json
  findings stress corpus/ --fail-over 1                in CI
  findings stress samples/ --plugin-dir acme-plugin    a plugin's format

A document's text is damaged before it is divided into blocks: a line is lost, a heading loses its style, a page breaks
within a list item, a name is an English word, and so on (the report names the classes). It is read again, and each
value is the same as before, or flagged (a warning or an error points at it, or its evidence says that it was not read),
or silently changed. Where the damage changes what the document says, the new value is expected. A text that gives an
error is refused, which is not silent. Fields that are right and flagged all the same are flagged \"in vain\".

Exit code: 0 done; 1 some documents could not be read even undamaged, or --fail-over; 2 the command line is invalid; 3
the output could not be written.";

pub(crate) fn run(args: &Args) -> Exit {
    if let Some(unknown) = args.class.iter().find(|n| !classes().any(|c| c.name == n.as_str())) {
        let known: Vec<&str> = classes().map(|c| c.name).collect();
        return usage(format!("there is no class {unknown}; the classes are {}", known.join(", ")));
    }
    let options = match options(args) {
        Ok(options) => options,
        Err(e) => return usage(e),
    };
    let settings = Settings { seed: args.seed, each: args.each.into(), classes: args.class.clone() };
    let report = of_inputs(input::collect(&args.inputs).list, &options, &settings);
    report.left_out.iter().for_each(|why| eprintln!("findings: {why}"));
    let exit = print(&match args.format {
        Form::Table => render::terminal(&report, args.silent),
        Form::Markdown => render::markdown(&report),
        Form::Json => format!("{:#}\n", serde_json::json!(report)),
    });
    let share = report.total.silent_share * 100.0;
    let over = args.fail_over.filter(|most| share > *most);
    if let Some(most) = over {
        eprintln!("findings: {share:.1} % of the values that changed did so silently, more than {most} %");
    }
    match exit {
        Exit::Done if over.is_some() || !report.left_out.is_empty() => Exit::SomeFailed,
        exit => exit,
    }
}

fn options(args: &Args) -> Result<ReadOptions, Refusal> {
    let runner: Arc<dyn Runner> = Arc::new(ProcessRunner::new()?);
    let plugins = args.plugins.host(runner.clone(), false)?.map(|host| host as _);
    let jobs = std::thread::available_parallelism().map_or(1, usize::from);
    Ok(ReadOptions { runner: Some(runner), plugins, ocr: args.ocr.resolve(jobs), ..ReadOptions::default() })
}

/// The report on documents, in their order.
pub(super) fn of_inputs(inputs: Vec<Input>, options: &ReadOptions, settings: &Settings) -> StressReport {
    let jobs = std::thread::available_parallelism().map_or(1, usize::from);
    let (mut all, mut left_out) = (Vec::new(), Vec::new());
    in_order(
        jobs,
        inputs,
        |input| of_input(&input, options, settings).map_err(|why| format!("{}: {why}", input.name)),
        |done| {
            match done {
                Ok(stressed) => all.push(stressed),
                Err(why) => left_out.push(why),
            }
            ControlFlow::Continue(())
        },
    );
    stress::report(settings, all, left_out)
}

fn of_input(input: &Input, options: &ReadOptions, settings: &Settings) -> Result<Stressed, Refusal> {
    let bytes = input.bytes(&options.limits)?;
    let (name, options, settings) = (input.name.clone(), options.clone(), settings.clone());
    contained(&Allowance::of(TIMEOUT), move || {
        let opened = pipeline::open(&name, &bytes, &options).map_err(|report| report.error)?;
        Ok(stress::stress(&opened, &options, &settings).map_err(|e| e.to_string())?)
    })?
}

/// The time limit for a document, which is read some fifty times.
const TIMEOUT: Duration = Duration::from_secs(600);
