//! The folder of documents to which snapshots belong.

use std::io;
use std::ops::ControlFlow;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use findings_core::pipeline::ReadOptions;
use findings_core::runner::Runner;
use findings_workbench::snapshot::{Entry, Store};

use crate::error::Refusal;
use crate::input::{self, Input};
use crate::ordered::in_order;
use crate::output::Format;
use crate::plugins::PluginArgs;
use crate::progress::Progress;
use crate::reader::{Finished, Reader};
use crate::worker::ProcessRunner;

/// Which documents, and where their snapshots are.
#[derive(clap::Args)]
pub(crate) struct FolderArgs {
    /// The folder of documents, searched recursively
    #[arg(value_name = "DIR")]
    dir: PathBuf,
    /// Folder for the snapshots [default: beside the documents]
    #[arg(long, value_name = "DIR")]
    store: Option<PathBuf>,
    /// Only documents whose path within DIR, or a folder in it, matches: 'sif/*', 2024
    #[arg(long, value_name = "PATTERN")]
    only: Vec<String>,
    /// Leave out documents whose path within DIR, or a folder in it, matches
    #[arg(long, value_name = "PATTERN")]
    exclude: Vec<String>,
    /// How many documents to read at a time [default: one per processor]
    #[arg(short, long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..))]
    jobs: Option<u16>,
    /// Time limit for each document, in seconds
    #[arg(long, value_name = "SECONDS", default_value_t = 120, value_parser = clap::value_parser!(u64).range(1..))]
    timeout: u64,
    #[command(flatten)]
    plugins: PluginArgs,
}

/// The folder, and how its documents are read.
pub(super) struct Folder<'a> {
    args: &'a FolderArgs,
    options: Arc<ReadOptions>,
}

impl FolderArgs {
    /// Opens the folder. Fails if it does not exist, a pattern is invalid, or plugins or formats are missing.
    pub(super) fn open(&self) -> Result<Folder<'_>, Refusal> {
        if !self.dir.is_dir() {
            return Err(format!("{} is not a folder; give a folder of documents", self.dir.display()).into());
        }
        for pattern in self.only.iter().chain(&self.exclude) {
            glob::Pattern::new(pattern)
                .map_err(|e| format!("\"{pattern}\" is not a valid pattern for paths: {e}"))?;
        }
        let runner: Arc<dyn Runner> = Arc::new(ProcessRunner::new()?);
        let plugins = self.plugins.host(runner.clone(), false)?.map(|host| host as _);
        let options = ReadOptions { runner: Some(runner), plugins, ..ReadOptions::default() };
        Ok(Folder { args: self, options: Arc::new(options) })
    }

    fn wants(&self, document: &str) -> bool {
        (self.only.is_empty() || fits(&self.only, document)) && !fits(&self.exclude, document)
    }
}

impl Folder<'_> {
    /// The folder as given.
    pub(super) fn shown(&self) -> String {
        self.args.dir.display().to_string()
    }

    /// Where the snapshots are stored.
    pub(super) fn store(&self) -> Store {
        Store::new(self.args.store.as_ref().unwrap_or(&self.args.dir))
    }

    /// Reads every document and passes it on with its snapshot, in order; afterwards, the snapshots whose document is
    /// gone.
    pub(super) fn each(&self, mut see: impl FnMut(Entry) -> io::Result<()>) -> io::Result<()> {
        let store = self.store();
        let inputs: Vec<Input> = input::collect(&[self.args.dir.to_string_lossy().into_owned()])
            .list
            .into_iter()
            .filter(|i| i.on_disk().is_some())
            .map(|mut i| {
                // Records name documents by their path below the folder, so that snapshots can be moved.
                i.name = i.relative.to_string_lossy().replace('\\', "/");
                i
            })
            .collect();
        let all: Vec<String> = inputs.iter().map(|i| i.name.clone()).collect();
        let inputs = inputs.into_iter().filter(|i| self.args.wants(&i.name));
        let reader = Reader {
            options: self.options.clone(),
            format: Format::Json,
            timeout: Duration::from_secs(self.args.timeout),
            pages: Progress::new(0, true, true).pages(),
        };
        let jobs = self
            .args
            .jobs
            .map_or_else(|| std::thread::available_parallelism().map_or(1, usize::from), usize::from);
        let mut result = Ok(());
        in_order(
            jobs,
            inputs,
            |input| reader.read(input),
            |done: Finished| {
                result = serde_json::from_slice(done.rendered.text())
                    .map_err(io::Error::from)
                    .and_then(|read| store.compare(&done.name, read))
                    .and_then(&mut see);
                if result.is_ok() { ControlFlow::Continue(()) } else { ControlFlow::Break(()) }
            },
        );
        result?;
        store.gone(&all)?.into_iter().filter(|e| self.args.wants(&e.document)).try_for_each(see)
    }
}

/// Whether a pattern matches a path, or a folder that contains it.
fn fits(patterns: &[String], document: &str) -> bool {
    let folders = document.match_indices('/').map(|(at, _)| &document[..at]);
    let places: Vec<&str> = folders.chain([document]).collect();
    patterns
        .iter()
        .filter_map(|p| glob::Pattern::new(p.trim_end_matches('/')).ok())
        .any(|p| places.iter().any(|place| p.matches(place)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_pattern_names_documents_or_their_folder() {
        let fits = |pattern: &str, document: &str| fits(&[pattern.to_owned()], document);
        assert!(fits("bad", "bad/a.pdf"));
        assert!(fits("sif/*", "sif/a.pdf"));
        assert!(fits("*.txt", "text/a.txt"));
        assert!(!fits("sif", "sif-2/a.pdf"));
    }
}
