//! A collection: a folder `NAME.findings` that stores what was read from documents, and is updated by reading only what
//! is new.

pub(crate) mod answers;
mod sql;
mod sync;

use std::collections::{HashMap, HashSet};
use std::fs::{self, File, TryLockError};
use std::io;
use std::path::{Path, PathBuf};
use std::time::Duration;

use findings_core::record::{Answer, all_doubts_of_json};
use findings_host::private;
use findings_tables::dataset::{Dataset, Tables};
use findings_tables::names::goodness;
use rusqlite::{Connection, OpenFlags, OptionalExtension, params};
use serde_json::Value;

use crate::known::may_pass;
use answers::lay;
pub(crate) use sync::{Counts, Sync, whole};

/// SQLite's application id for a store: "FCOL".
const APPLICATION_ID: i32 = 0x4643_4F4C;
/// The version of the store's layout; a store with a later one is refused.
const VERSION: i32 = 1;
const STORE: &str = "store.sqlite";
const LOCK: &str = "lock";

/// Why a collection can't be used.
#[derive(Debug, thiserror::Error)]
pub(crate) enum Error {
    #[error("{path} is not a collection; `findings sync FOLDER --into {path}` creates one", path = .0.display())]
    Missing(PathBuf),
    #[error("{} exists and is not a collection; choose another folder", .0.display())]
    Taken(PathBuf),
    #[error("{} is not a collection of findings; choose another folder", .0.display())]
    Foreign(PathBuf),
    #[error(
        "{} has version {version}, but this findings supports {VERSION}; sync into a new folder, or use the findings that made it",
        path.display()
    )]
    Version { path: PathBuf, version: i32 },
    #[error("{} can't be written: {why}", path.display())]
    NotWritten { path: PathBuf, why: io::Error },
    #[error("the database of {} failed: {why}", path.display())]
    Store { path: PathBuf, why: rusqlite::Error },
}

impl Error {
    /// Attributes an SQLite error to a collection's store.
    pub(crate) fn store(path: &Path) -> impl Fn(rusqlite::Error) -> Self {
        let path = path.to_owned();
        move |why| Self::Store { path: path.clone(), why }
    }
}

/// A collection that is open.
pub(crate) struct Collection {
    store: Connection,
    /// Held while the collection is written.
    _lock: Option<File>,
}

/// A file of the collection, as it was when last looked at.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Known {
    pub(crate) digest: String,
    pub(crate) size: u64,
    /// Nanoseconds since 1970.
    pub(crate) modified: i64,
}

/// What was read from a document, with its current name.
pub(crate) struct Stored {
    pub(crate) name: String,
    pub(crate) relative: PathBuf,
    pub(crate) digest: String,
    pub(crate) outcome: Value,
}

impl Stored {
    /// Whether a person has answered a doubt in it, and none is left.
    pub(crate) fn is_answered(&self) -> bool {
        let doubts = all_doubts_of_json(&self.outcome);
        !doubts.is_empty() && doubts.iter().all(|(_, answer)| *answer != Answer::Open)
    }
}

impl Collection {
    /// Opens a collection to be read.
    pub(crate) fn open(path: &Path) -> Result<Self, Error> {
        let store = path.join(STORE);
        if !store.is_file() {
            return Err(Error::Missing(path.to_owned()));
        }
        let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
        let store = Connection::open_with_flags(&store, flags).map_err(Error::store(path))?;
        let collection = Self { store, _lock: None };
        collection.check(path)?;
        // If the folder can't be written, this fails, but then there have been no answers, or their table exists.
        let _ = collection.store.busy_timeout(Duration::from_secs(10));
        let _ = collection.store.execute_batch(sql::ANSWERS);
        let _ = collection.store.execute_batch(sql::QUOTES);
        Ok(collection)
    }

    /// Opens a collection for writing, and creates it if necessary. Only one sync runs at a time: `waiting` is called
    /// before waiting for another to end.
    pub(crate) fn open_to_write(path: &Path, waiting: impl FnOnce()) -> Result<Self, Error> {
        let failed = |why: io::Error| Error::NotWritten { path: path.to_owned(), why };
        // Another sync may be creating it right now; then there is a lock, and possibly a store.
        let of_others = |entry: io::Result<fs::DirEntry>| {
            entry.is_ok_and(|e| {
                let name = e.file_name();
                name != LOCK && !name.to_string_lossy().starts_with(STORE)
            })
        };
        if path.exists() && !path.join(STORE).is_file() && fs::read_dir(path).map_err(failed)?.any(of_others)
        {
            return Err(Error::Taken(path.to_owned()));
        }
        private::folder(path).map_err(failed)?;
        let lock = File::create(path.join(LOCK)).map_err(failed)?;
        match lock.try_lock() {
            Ok(()) => {}
            Err(TryLockError::WouldBlock) => {
                waiting();
                lock.lock().map_err(failed)?;
            }
            Err(TryLockError::Error(e)) => return Err(failed(e)),
        }
        let store = Connection::open(path.join(STORE)).map_err(Error::store(path))?;
        let collection = Self { store, _lock: Some(lock) };
        collection.prepare().map_err(Error::store(path))?;
        collection.check(path)?;
        Ok(collection)
    }

    fn prepare(&self) -> rusqlite::Result<()> {
        // Commits survive a crash of this program; a crash of the machine may lose the last few.
        self.store.execute_batch(
            "PRAGMA busy_timeout = 10000; PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL;",
        )?;
        if self.number("application_id")? == 0 {
            self.store.execute_batch(&format!(
                "BEGIN IMMEDIATE; {}{} PRAGMA application_id = {APPLICATION_ID}; PRAGMA user_version = {VERSION}; COMMIT;",
                sql::TABLES,
                sql::ANSWERS
            ))?;
        }
        Ok(())
    }

    fn number(&self, pragma: &str) -> rusqlite::Result<i32> {
        self.store.pragma_query_value(None, pragma, |row| row.get(0))
    }

    fn check(&self, path: &Path) -> Result<(), Error> {
        let number = |pragma| self.number(pragma).map_err(Error::store(path));
        if number("application_id")? != APPLICATION_ID {
            return Err(Error::Foreign(path.to_owned()));
        }
        match number("user_version")? {
            VERSION => Ok(()),
            version => Err(Error::Version { path: path.to_owned(), version }),
        }
    }

    /// What is known of a file.
    pub(crate) fn known(&self, path: &str) -> rusqlite::Result<Option<Known>> {
        let mut find = self.store.prepare(sql::KNOWN)?;
        find.query_row([path], |row| {
            Ok(Known {
                digest: row.get(0)?,
                size: row.get::<_, i64>(1)?.unsigned_abs(),
                modified: row.get(2)?,
            })
        })
        .optional()
    }

    /// The contents that a reader (tool and plugins, with their versions) has read, by digest, and whether each gave no
    /// record. Left out are those with an error that may not recur.
    pub(crate) fn current(&self, reader: &str) -> rusqlite::Result<HashMap<String, bool>> {
        let mut find = self.store.prepare(sql::CURRENT)?;
        let mut rows = find.query([reader])?;
        let mut current = HashMap::new();
        while let Some(row) = rows.next()? {
            let error: Option<String> = row.get(1)?;
            if !error.as_deref().is_some_and(may_pass) {
                current.insert(row.get(0)?, error.is_some());
            }
        }
        Ok(current)
    }

    /// Stores a file and, if it was read, its outcome, in one transaction.
    pub(crate) fn keep(
        &mut self,
        path: &str,
        (name, relative): (&str, &Path),
        known: &Known,
        read: Option<(&str, &Value)>,
    ) -> rusqlite::Result<()> {
        let both = self.store.transaction()?;
        if let Some((reader, outcome)) = read {
            both.execute(sql::KEEP_OUTCOME, params![known.digest, reader, outcome.to_string()])?;
        }
        let size = i64::try_from(known.size).unwrap_or(i64::MAX);
        let relative = relative.to_string_lossy();
        both.execute(sql::KEEP_FILE, params![path, name, relative, known.digest, size, known.modified])?;
        both.commit()
    }

    /// Marks the files below a folder that no longer exist. What was read from them is kept.
    pub(crate) fn gone(&mut self, folder: &str, there: &[String]) -> rusqlite::Result<usize> {
        let all = self.store.transaction()?;
        let below: Vec<String> = {
            let mut find = all.prepare(sql::BELOW)?;
            let paths = find.query_map([folder], |row| row.get(0))?;
            paths.collect::<Result<_, _>>()?
        };
        let there: HashSet<&str> = there.iter().map(String::as_str).collect();
        let gone: Vec<String> = below.into_iter().filter(|p| !there.contains(p.as_str())).collect();
        for path in &gone {
            all.execute(sql::GONE, [path])?;
        }
        all.commit()?;
        Ok(gone.len())
    }

    /// Stores the schemas that plugins provided, which define the tables of their parts.
    pub(crate) fn keep_schemas(&mut self, schemas: &[Value]) -> rusqlite::Result<()> {
        for schema in schemas {
            let id = schema["$id"].as_str().unwrap_or_default();
            self.store.execute(sql::KEEP_SCHEMA, params![id, schema.to_string()])?;
        }
        Ok(())
    }

    /// The schemas that plugins provided.
    pub(crate) fn schemas(&self) -> rusqlite::Result<Vec<Value>> {
        let mut find = self.store.prepare(sql::SCHEMAS)?;
        let texts = find.query_map([], |row| row.get::<_, String>(0))?.collect::<Result<Vec<_>, _>>()?;
        Ok(texts.iter().filter_map(|t| serde_json::from_str(t).ok()).collect())
    }

    /// Everything as tables.
    pub(crate) fn tables(&self) -> rusqlite::Result<Tables> {
        let mut dataset = Dataset::new(self.schemas()?);
        self.each(|stored| {
            dataset.push(&stored.outcome);
        })?;
        Ok(dataset.finish())
    }

    /// The names of the existing files, as in `each`, with their paths below their folder.
    pub(crate) fn files(&self) -> rusqlite::Result<Vec<(String, PathBuf)>> {
        Ok(self.contents()?.into_iter().map(|(name, relative, _)| (name, relative)).collect())
    }

    /// Each content of the existing files once, by the best of its names, in the order of names: name, path below the
    /// folder, digest.
    fn contents(&self) -> rusqlite::Result<Vec<(String, PathBuf, String)>> {
        let mut find = self.store.prepare(sql::FILES)?;
        let mut rows = find.query([])?;
        let mut best: HashMap<String, (String, String)> = HashMap::new();
        while let Some(row) = rows.next()? {
            let (name, relative, digest): (String, String, String) = (row.get(0)?, row.get(1)?, row.get(2)?);
            match best.get(&digest) {
                Some((known, _)) if goodness(known) <= goodness(&name) => {}
                _ => {
                    best.insert(digest, (name, relative));
                }
            }
        }
        let mut contents: Vec<_> = best
            .into_iter()
            .map(|(digest, (name, relative))| (name, PathBuf::from(relative), digest))
            .collect();
        contents.sort();
        Ok(contents)
    }

    /// Calls `see` with the outcome of each existing file, in the order of names; each content once, with people's
    /// answers applied.
    pub(crate) fn each(&self, mut see: impl FnMut(Stored)) -> rusqlite::Result<()> {
        let answers = self.answers(None)?;
        let mut find = self.store.prepare(sql::ONE)?;
        for (name, relative, digest) in self.contents()? {
            let text: Option<String> = find.query_row([&digest], |row| row.get(0)).optional()?;
            let Some(mut outcome) = text.and_then(|text| serde_json::from_str::<Value>(&text).ok()) else {
                continue;
            };
            if let Some(source) = outcome.pointer_mut("/document/source") {
                *source = name.as_str().into();
            }
            if let Some(answers) = answers.get(&digest) {
                lay(&mut outcome, answers);
            }
            see(Stored { name, relative, digest, outcome });
        }
        Ok(())
    }
}
