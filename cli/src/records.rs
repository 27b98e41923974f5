//! The records that a command line names: stored ones, or those of documents that are read first.

use std::cell::LazyCell;
use std::fs;
use std::io::{self, Read};
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use findings_core::pipeline::ReadOptions;
use findings_core::runner::Runner;
use findings_core::source;
#[cfg(feature = "sqlite")]
use findings_workbench::score::sha256_of;
use findings_workbench::stream;
use serde_json::Value;

#[cfg(feature = "sqlite")]
use crate::collection::{self, Collection};
use crate::error::Refusal;
use crate::input::{self, Input};
use crate::ordered::in_order;
use crate::output::Format;
use crate::plugins::PluginArgs;
use crate::progress::Pages;
use crate::reader::Reader;
use crate::worker::ProcessRunner;

/// The time limit for a document; the same as `extract`'s default.
const TIMEOUT: Duration = Duration::from_secs(120);

/// The records that arguments name, and messages about what could not be read. If `keep` refuses a document's SHA-256,
/// its record is left out, and the document is not read.
///
/// A collection includes people's answers. A `.json`, `.ndjson` or `.jsonl` file and `-` contain stored records. A
/// folder contains documents or, if there are none, stored records. Anything else is a document.
///
/// # Errors
/// The plugins or formats for reading documents can't be used.
pub(crate) fn named(
    args: &[String],
    plugins: &PluginArgs,
    keep: impl Fn(&str) -> bool,
) -> Result<(Vec<Value>, Vec<String>), Refusal> {
    let (mut records, mut failed) = (Vec::new(), Vec::new());
    // Plugins are loaded once, and only if there is a document to read.
    let reader = LazyCell::new(|| reader(plugins));
    for arg in args {
        #[cfg(feature = "sqlite")]
        if is_collection(arg) {
            match of_collection(Path::new(arg)) {
                Ok(all) => records.extend(all.into_iter().filter(|r| keep(sha256_of(r)))),
                Err(e) => failed.push(e.to_string()),
            }
            continue;
        }
        for file in match stored(arg) {
            Some(files) => files,
            None => {
                let inputs = input::collect(std::slice::from_ref(arg)).list;
                records.extend(read(inputs, reader.as_ref().map_err(ToString::to_string)?, &keep));
                continue;
            }
        } {
            match bytes(&file)
                .map_err(|e| e.to_string())
                .and_then(|b| stream::records(&b, &keep).map_err(|e| e.to_string()))
            {
                Ok(more) => records.extend(more),
                Err(e) => failed.push(format!("{}: {e}", file.display())),
            }
        }
    }
    Ok((records, failed))
}

/// Whether a path is a collection.
pub(crate) fn is_collection(path: &str) -> bool {
    cfg!(feature = "sqlite") && Path::new(path).join("store.sqlite").is_file()
}

/// The records of a collection, with people's answers applied.
#[cfg(feature = "sqlite")]
fn of_collection(path: &Path) -> Result<Vec<Value>, Refusal> {
    let mut records = Vec::new();
    let each = Collection::open(path)?.each(|stored| records.push(stored.outcome));
    Ok(each.map(|()| records).map_err(collection::Error::store(path))?)
}

/// The files of stored records that an argument names; `None` if it names documents.
fn stored(arg: &str) -> Option<Vec<PathBuf>> {
    let path = Path::new(arg);
    if arg == "-" || is_stored(path) && !path.is_dir() {
        return Some(vec![path.to_owned()]);
    }
    if !path.is_dir() || input::collect(&[arg.to_owned()]).list.iter().any(|i| i.path().is_some()) {
        return None;
    }
    let entries = fs::read_dir(path).ok()?.flatten().map(|e| e.path());
    let mut files: Vec<PathBuf> = entries.filter(|p| is_stored(p)).collect();
    files.sort();
    (!files.is_empty()).then_some(files)
}

fn is_stored(path: &Path) -> bool {
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    // Labels may be stored beside records and documents.
    !name.ends_with(".label.json")
        && ["json", "ndjson", "jsonl"].iter().any(|e| path.extension().is_some_and(|x| x == *e))
}

fn bytes(path: &Path) -> io::Result<Vec<u8>> {
    if path.as_os_str() == "-" {
        let mut all = Vec::new();
        io::stdin().lock().read_to_end(&mut all)?;
        return Ok(all);
    }
    fs::read(path)
}

/// The reader for documents.
fn reader(plugins: &PluginArgs) -> Result<Reader, Refusal> {
    // Without a runner, a document whose fonts can't be mapped stays as it is; that is no reason to give up.
    let runner: Option<Arc<dyn Runner>> = ProcessRunner::new().ok().map(|r| Arc::new(r) as _);
    let plugins = runner.clone().map(|runner| plugins.host(runner, false)).transpose()?.flatten();
    let plugins = plugins.map(|brought| brought as _);
    let options = Arc::new(ReadOptions { runner, plugins, ..ReadOptions::default() });
    Ok(Reader { options, format: Format::Ndjson, timeout: TIMEOUT, pages: Pages::hidden() })
}

/// The records or error reports of documents, in order.
fn read(inputs: Vec<Input>, reader: &Reader, keep: impl Fn(&str) -> bool) -> Vec<Value> {
    let limits = reader.options.limits;
    let jobs = std::thread::available_parallelism().map_or(1, usize::from);
    // A document that can't be read has no digest; its error is reported.
    let wanted = |input: &Input| input.bytes(&limits).map_or(true, |b| keep(&source::sha256(&b)));
    let mut records = Vec::new();
    in_order(
        jobs,
        inputs.into_iter().filter(wanted),
        |input| reader.read(input),
        |done| {
            records.extend(serde_json::from_slice(done.rendered.text()));
            ControlFlow::Continue(())
        },
    );
    records
}
