//! Compares the text layer with other PDF readers: are the same words in the same order and place?
//!
//! ```console
//! $ cargo run --release -p findings-text --example readers -- DIR [--records RECORDS.ndjson] [--below 0.98] [--json OUT.json]
//! ```
//!
//! The other readers are `pdftotext` (package poppler-utils), and pypdfium2 if `python3` has it. Given records of
//! the same documents (from `findings extract --format ndjson`), their evidence is checked against the other
//! readers' words too.

mod compare;
mod engines;
mod grounding;
mod words;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use compare::Comparison;
use engines::{Engine, Reader};
use findings_text::source::sha256;
use grounding::Grounding;
use serde_json::{Value, json};
use words::Token;

/// Documents with fewer words are left out: they say too little.
const FEW: usize = 20;

/// The recall that every document should reach.
const ENOUGH: f64 = 0.98;

/// What the command line asks for.
#[derive(Default)]
struct Options {
    folder: PathBuf,
    records: Option<PathBuf>,
    json: Option<PathBuf>,
    /// Only documents with a recall below this get a row of their own.
    below: Option<f64>,
}

fn options() -> Option<Options> {
    let mut options = Options::default();
    let mut args = std::env::args().skip(1);
    while let Some(arg) = args.next() {
        match arg.as_str() {
            "--records" => options.records = Some(args.next()?.into()),
            "--json" => options.json = Some(args.next()?.into()),
            "--below" => options.below = Some(args.next()?.parse().ok()?),
            _ => options.folder = arg.into(),
        }
    }
    options.folder.is_dir().then_some(options)
}

fn main() -> ExitCode {
    let Some(options) = options() else {
        eprintln!("usage: readers DIR [--records RECORDS.ndjson] [--below RECALL] [--json OUT.json]");
        return ExitCode::from(2);
    };
    match run(&options) {
        Ok(()) => ExitCode::SUCCESS,
        Err(e) => {
            eprintln!("readers: {e}");
            ExitCode::FAILURE
        }
    }
}

fn run(options: &Options) -> std::io::Result<()> {
    let records = options.records.as_deref().map(grounding::records).transpose()?.unwrap_or_default();
    let mut files = Vec::new();
    pdfs(&options.folder, &mut files)?;
    files.sort();
    let (mut report, mut best) = (BTreeMap::new(), BTreeMap::new());
    for engine in Engine::all() {
        let Some(reader) = Reader::new(engine) else {
            println!("{}: not installed\n", engine.name());
            continue;
        };
        let mut table = Table { name: engine.name(), below: options.below, ..Table::default() };
        for file in &files {
            let bytes = std::fs::read(file)?;
            let ours = engines::ours(&bytes);
            let Some(theirs) = reader.words(file) else { continue };
            let name = file.strip_prefix(&options.folder).unwrap_or(file);
            table.ground(&records, &sha256(&bytes), &theirs);
            table.add(name, &ours, &theirs);
        }
        table.print();
        for (name, compared) in &table.rows {
            let best = best.entry(name.clone()).or_insert(0.0);
            *best = compared.recall().max(*best);
        }
        report.insert(engine.name(), table.json());
    }
    // Where the other readers disagree, ours can agree with only one of them.
    let low: Vec<_> = best.iter().filter(|(_, recall)| **recall < ENOUGH).collect();
    println!("recall of at least {ENOUGH} beside one of them: {} of {}", best.len() - low.len(), best.len());
    for (name, recall) in low {
        println!("  {name} {recall:.4}");
    }
    match &options.json {
        Some(out) => std::fs::write(out, serde_json::to_string_pretty(&report)?),
        None => Ok(()),
    }
}

fn pdfs(folder: &Path, out: &mut Vec<PathBuf>) -> std::io::Result<()> {
    for entry in std::fs::read_dir(folder)? {
        let path = entry?.path();
        if path.is_dir() {
            pdfs(&path, out)?;
        } else if path.extension().is_some_and(|e| e.eq_ignore_ascii_case("pdf")) {
            out.push(path);
        }
    }
    Ok(())
}

/// The results against one engine.
#[derive(Default)]
struct Table {
    name: &'static str,
    below: Option<f64>,
    rows: Vec<(String, Comparison)>,
    sum: Comparison,
    grounding: Grounding,
}

impl Table {
    fn add(&mut self, file: &Path, ours: &[Token], theirs: &[Token]) {
        if theirs.len() < FEW {
            return;
        }
        let compared = Comparison::of(ours, theirs);
        self.sum.add(&compared);
        self.rows.push((file.display().to_string(), compared));
    }

    fn ground(&mut self, records: &BTreeMap<String, Value>, digest: &str, theirs: &[Token]) {
        if let Some(record) = records.get(digest) {
            self.grounding.add(record, theirs);
        }
    }

    fn print(&mut self) {
        self.rows.sort_by(|a, b| a.1.recall().total_cmp(&b.1.recall()));
        println!("Beside {}\n", self.name);
        println!("| document | words | recall | precision | order | boxes | wrong letters |");
        println!("|---|---:|---:|---:|---:|---:|---:|");
        let shown = self.rows.iter().filter(|(_, c)| self.below.is_none_or(|below| c.recall() < below));
        for (name, c) in shown {
            println!("| {name} | {c} |");
        }
        println!("| all {} | {} |\n", self.rows.len(), self.sum);
        let good = self.rows.iter().filter(|(_, c)| c.recall() >= ENOUGH).count();
        println!("recall of at least {ENOUGH}: {good} of {}", self.rows.len());
        if let Some(said) = self.grounding.said() {
            println!("{said}");
        }
        println!();
    }

    fn json(&self) -> Value {
        let row = |(name, c): &(String, Comparison)| json!({ "document": name, "figures": c.json() });
        json!({
            "documents": self.rows.iter().map(row).collect::<Vec<_>>(),
            "all": self.sum.json(),
            "grounding": self.grounding.json(),
        })
    }
}
