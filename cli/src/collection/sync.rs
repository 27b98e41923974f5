//! Updates a collection.

use std::collections::HashMap;
use std::fs;
use std::ops::ControlFlow;

use std::time::UNIX_EPOCH;

use findings_core::source::{Limits, sha256};

use super::{Collection, Known};
use crate::input::Input;
use crate::input::name::name_of;
use crate::ordered::in_order;
use crate::output::Rendered;
use crate::progress::Progress;
use crate::reader::{Finished, Reader};
use crate::stop::Stop;

/// The result of a sync.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Counts {
    /// Documents that were read.
    pub(crate) read: usize,
    /// Those of them without a record.
    pub(crate) failed: usize,
    /// Files that have not changed.
    pub(crate) unchanged: usize,
    /// Those of them without a record, whose error would come again.
    pub(crate) still_failed: usize,
    /// Files that no longer exist.
    pub(crate) gone: usize,
}

/// A sync of some files.
pub(crate) struct Sync<'a> {
    pub(crate) collection: &'a mut Collection,
    pub(crate) reader: &'a Reader,
    /// Tool and plugins, with their versions.
    pub(crate) name: &'a str,
    /// Whether to read everything again.
    pub(crate) all: bool,
    pub(crate) jobs: usize,
    /// Whether a signal has asked for an end.
    pub(crate) stop: &'a Stop,
}

/// A file to look at.
struct Task {
    input: Input,
    path: String,
    known: Known,
}

/// A file that was looked at.
struct Done {
    path: String,
    known: Known,
    /// `None` if its content is already known.
    finished: Option<Finished>,
    /// Whether a known content gave no record.
    failed: bool,
    input: Input,
}

impl Sync<'_> {
    /// Reads files that are new, have changed, or were read by another version.
    pub(crate) fn run(&mut self, inputs: Vec<Input>, progress: &mut Progress) -> rusqlite::Result<Counts> {
        let mut counts = Counts::default();
        let mut tasks = Vec::new();
        let current = if self.all { HashMap::new() } else { self.collection.current(self.name)? };
        for input in inputs {
            let Some((path, stamp)) = stamp(&input) else {
                // Without a file there is no content to store. The error is reported, and the input tried again next
                // time.
                let finished = self.reader.read(input);
                counts.failed += 1;
                if let Some(error) = &finished.error {
                    progress.failed(&finished.name, error);
                }
                continue;
            };
            let known = self.collection.known(&path)?.filter(|known| same(known, &stamp));
            match known.and_then(|known| current.get(&known.digest)) {
                Some(failed) => {
                    counts.unchanged += 1;
                    counts.still_failed += usize::from(*failed);
                    progress.read(&input.name);
                }
                None => tasks.push(Task { input, path, known: stamp }),
            }
        }
        self.read(tasks, &current, progress, &mut counts)?;
        Ok(counts)
    }

    fn read(
        &mut self,
        tasks: Vec<Task>,
        current: &HashMap<String, bool>,
        progress: &mut Progress,
        counts: &mut Counts,
    ) -> rusqlite::Result<()> {
        let mut result = Ok(());
        let (reader, name, stop, collection) = (self.reader, self.name, self.stop, &mut *self.collection);
        let tasks = tasks.into_iter().take_while(|_| stop.code().is_none());
        let work = |task: Task| look(reader, current, task);
        in_order(self.jobs, tasks, work, |done| {
            result = keep(collection, name, done, progress, counts);
            if result.is_ok() { ControlFlow::Continue(()) } else { ControlFlow::Break(()) }
        });
        result
    }
}

/// Reads a file, unless its content is known from another file.
fn look(reader: &Reader, current: &HashMap<String, bool>, mut task: Task) -> Done {
    if let Ok(bytes) = task.input.bytes(&Limits { max_bytes: u64::MAX >> 1 }) {
        task.known.digest = sha256(&bytes);
    }
    let failed = current.get(&task.known.digest).copied();
    let finished = failed.is_none().then(|| reader.read(task.input.clone()));
    Done {
        path: task.path,
        known: task.known,
        finished,
        failed: failed.unwrap_or_default(),
        input: task.input,
    }
}

fn keep(
    collection: &mut Collection,
    reader: &str,
    done: Done,
    progress: &mut Progress,
    counts: &mut Counts,
) -> rusqlite::Result<()> {
    let Done { path, known, finished, failed, input } = done;
    let name = (input.name.as_str(), input.relative.as_path());
    let Some(finished) = finished else {
        counts.unchanged += 1;
        counts.still_failed += usize::from(failed);
        progress.read(&input.name);
        return collection.keep(&path, name, &known, None);
    };
    counts.read += 1;
    match &finished.error {
        None => progress.read(&finished.name),
        Some(error) => {
            counts.failed += 1;
            progress.failed(&finished.name, error);
        }
    }
    // A file that vanished or changed in the meantime has no content to store an outcome for.
    match &finished.rendered {
        Rendered::ForTables(outcome) if finished.digest == known.digest && !known.digest.is_empty() => {
            collection.keep(&path, name, &known, Some((reader, outcome)))
        }
        _ => Ok(()),
    }
}

fn same(known: &Known, stamp: &Known) -> bool {
    known.size == stamp.size && known.modified == stamp.modified
}

/// The full path of an input's file and, if the file is a pack, the name inside it.
pub(crate) fn whole(input: &Input) -> Option<String> {
    let file = name_of(&input.on_disk()?.canonicalize().ok()?);
    Some(input.within().map_or_else(|| file.clone(), |within| format!("{file}!/{within}")))
}

/// An input's full path, with its file's size and modification time; the digest is not known yet.
fn stamp(input: &Input) -> Option<(String, Known)> {
    let path = whole(input)?;
    let about = fs::metadata(input.on_disk()?).ok()?;
    let modified = about.modified().ok()?.duration_since(UNIX_EPOCH).ok()?.as_nanos();
    let modified = i64::try_from(modified).unwrap_or_default();
    let known = Known { digest: String::new(), size: about.len(), modified };
    Some((path, known))
}
