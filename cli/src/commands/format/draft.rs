//! Proposes a format file from samples.

use std::fs;
use std::path::{Path, PathBuf};

use findings_core::format::FormatInfo;
use findings_core::pipeline;
use findings_core::plugin::{self, Foreign};
use findings_core::source::Limits;
use findings_forms::FormatFiles;
use findings_forms::draft::{Identity, Sample, draft};
use findings_workbench::gold::ID_DIGITS;
use serde_json::Value;

use crate::commands::{print, written};
use crate::error::Refusal;
use crate::{Exit, input};

/// The suffix of a label file that is beside its document.
const LABEL: &str = ".label.json";

#[derive(clap::Args)]
#[command(after_help = HELP)]
pub(super) struct Args {
    /// Three or more documents of one layout: files, folders, patterns
    #[arg(value_name = "SAMPLE", required = true)]
    samples: Vec<String>,
    /// A folder of labels: NAME.label.json for NAME.pdf, or files with the "id" or "sha256" of their document
    #[arg(long, value_name = "DIR")]
    gold: Option<PathBuf>,
    /// The format's id: the regulator, a dot, and a name
    #[arg(long, value_name = "ID", default_value = "regulator.layout")]
    id: String,
    /// The file to write [default: standard output]
    #[arg(short, long, value_name = "NAME.format.toml")]
    output: Option<PathBuf>,
    /// Overwrite an existing file
    #[arg(long)]
    force: bool,
}

const HELP: &str = "\
Text that is the same in all samples is taken for the form: labels, headings, table headers. Text beside it that
varies is taken for values. The file says for each guess how many samples support it; it has been run over the
samples, and rules that read nothing are left out.

Examples:
  findings format draft letters/ --id westmoor.visit -o westmoor.format.toml
  findings format draft a.pdf b.pdf c.pdf --gold labels      for each labelled value, a rule that reads it
  findings format check westmoor.format.toml letters/        then: what it reads, and which other documents it claims

Next: check the lines marked GUESS, give values under /extension a better name or a place in the record, order the
grades, and delete what is not a value. More samples give better guesses: a value that happens to be the same in
three letters looks like part of the form, and a printed form of a code that no sample has can't be known.

Labels are JSON objects of names, or JSON Pointers into the record, with values (dates as 2024-05-17), lists of texts,
or for judgements a list of { area, grade }. Labelled values that no rule reads are listed at the end of the file.

Exit code: 0 a file was proposed; 1 the same, but some samples could not be read; 2 the samples are too few or have
too little in common; 3 the file could not be written.";

pub(super) fn run(args: &Args) -> Result<Exit, Refusal> {
    let (regulator, name) = args.id.split_once('.').ok_or_else(|| {
        format!("the id “{}” has no dot: write --id REGULATOR.NAME, for example westmoor.visit", args.id)
    })?;
    let (samples, failed) = samples(args)?;
    failed.iter().for_each(|f| eprintln!("findings: {f}"));
    let files = FormatFiles::open(&[""; 0]);
    let id = |f: &&FormatInfo| f.id != args.id;
    let others: Vec<&'static FormatInfo> =
        pipeline::core_formats().chain(files.formats()).filter(id).collect();
    let proposal =
        draft(&samples, Identity { regulator, name, others: &others }).map_err(|e| e.to_string())?;
    proposal.remarks.iter().for_each(|r| eprintln!("findings: {r}"));
    let exit = match &args.output {
        None => print(&proposal.text),
        Some(path) => {
            let exit = write(path, &proposal.text, args.force)?;
            let guesses = proposal.text.matches("GUESS:").count();
            let (file, inputs) = (path.display(), args.samples.join(" "));
            eprintln!(
                "findings: {guesses} guesses, each marked GUESS; next: findings format check {file} {inputs}"
            );
            exit
        }
    };
    Ok(if exit == Exit::Done && !failed.is_empty() { Exit::SomeFailed } else { exit })
}

fn write(path: &Path, text: &str, force: bool) -> Result<Exit, Refusal> {
    if path.exists() && !force {
        return Err(format!("{} exists already; --force overwrites it", path.display()).into());
    }
    Ok(written(fs::write(path, text).map(|()| Exit::Done), &path.display().to_string()))
}

/// The samples with their labels, and the inputs that could not be read.
fn samples(args: &Args) -> Result<(Vec<Sample>, Vec<String>), Refusal> {
    let labels = args.gold.as_deref().map(labels).transpose()?.unwrap_or_default();
    let (mut samples, mut failed) = (Vec::new(), Vec::new());
    for input in input::collect(&args.samples).list {
        let read = input.bytes(&Limits::default()).and_then(|b| plugin::document(&input.name, &b));
        match read {
            Ok(document) => {
                let gold = labels
                    .iter()
                    .find(|(file, label)| is_of(file, label, &input.name, &document.info.sha256));
                let gold = gold.map(|(_, label)| label.clone());
                samples.push(Sample { name: input.name.clone(), document, gold });
            }
            Err(e) => failed.push(format!("{}: {e}", input.name)),
        }
    }
    if args.gold.is_some() && samples.iter().all(|s| s.gold.is_none()) {
        return Err("no label belongs to any of the samples: a label is NAME.label.json for NAME.pdf, or has the document's \"id\" or \"sha256\"".into());
    }
    Ok((samples, failed))
}

/// The labels in a folder, with their file names.
fn labels(folder: &Path) -> Result<Vec<(String, Value)>, Refusal> {
    let told = |path: &Path, e: &dyn std::fmt::Display| format!("{}: {e}", path.display());
    let entries = fs::read_dir(folder).map_err(|e| told(folder, &e))?;
    let mut paths: Vec<PathBuf> = entries.flatten().map(|e| e.path()).collect();
    paths.retain(|p| p.extension().is_some_and(|e| e == "json"));
    paths.sort();
    let label = |path: PathBuf| {
        let text = fs::read_to_string(&path).map_err(|e| told(&path, &e))?;
        let label = serde_json::from_str(&text).map_err(|e| told(&path, &e))?;
        Ok((path.file_name().unwrap_or_default().to_string_lossy().into_owned(), label))
    };
    paths.into_iter().map(label).collect()
}

/// Whether a label belongs to a document, by digest or by name.
fn is_of(file: &str, label: &Value, document: &str, sha256: &str) -> bool {
    let said = |name: &str| label.get(name).and_then(Value::as_str).filter(|id| id.len() >= ID_DIGITS);
    if let Some(id) = said("sha256").or_else(|| said("id")) {
        return sha256.starts_with(id);
    }
    let stem = Path::new(document).file_stem().map(|s| s.to_string_lossy().into_owned());
    file.strip_suffix(LABEL)
        .or_else(|| file.strip_suffix(".json"))
        .is_some_and(|f| Some(f) == stem.as_deref())
}
