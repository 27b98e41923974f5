//! The store's tables and queries.

/// `outcomes` has one row for each content, whatever its files are called. `answers` has what people said; only people
/// change it.
pub(super) const TABLES: &str = "
CREATE TABLE outcomes (digest TEXT PRIMARY KEY, reader TEXT NOT NULL, outcome TEXT NOT NULL);
CREATE TABLE files (
  path TEXT PRIMARY KEY, name TEXT NOT NULL, relative TEXT NOT NULL, digest TEXT NOT NULL REFERENCES outcomes (digest),
  size INTEGER NOT NULL, modified INTEGER NOT NULL, gone INTEGER NOT NULL DEFAULT 0
);
CREATE INDEX files_digest ON files (digest);
CREATE TABLE schemas (id TEXT PRIMARY KEY, schema TEXT NOT NULL);
";

pub(super) const KNOWN: &str = "SELECT digest, size, modified FROM files WHERE path = ? AND NOT gone";
/// The contents that a reader has read, with the code of the error if there is no record. Error reports are short: the
/// text of a long outcome is not even looked at.
pub(super) const CURRENT: &str = "SELECT digest, CASE WHEN octet_length(outcome) < 16384 THEN json_extract(outcome, '$.error.code') END \
                                  FROM outcomes WHERE reader = ?";
pub(super) const KEEP_OUTCOME: &str =
    "INSERT OR REPLACE INTO outcomes (digest, reader, outcome) VALUES (?, ?, ?)";
pub(super) const KEEP_FILE: &str = "INSERT OR REPLACE INTO files (path, name, relative, digest, size, modified, gone) \
                                    VALUES (?, ?, ?, ?, ?, ?, 0)";
/// Paths below a folder, given as the folder's path with a separator at the end.
pub(super) const BELOW: &str = "SELECT path FROM files WHERE NOT gone AND substr(path, 1, length(?1)) = ?1";
pub(super) const GONE: &str = "UPDATE files SET gone = 1 WHERE path = ?";
pub(super) const KEEP_SCHEMA: &str = "INSERT OR REPLACE INTO schemas (id, schema) VALUES (?, ?)";
pub(super) const SCHEMAS: &str = "SELECT schema FROM schemas ORDER BY id";
pub(super) const FILES: &str = "SELECT name, relative, digest FROM files WHERE NOT gone";

/// People's answers in the order in which they were given; the last one about a value counts. `new` is null if the
/// value was accepted; `old` and `doubts` are what the person saw.
pub(super) const ANSWERS: &str = "
CREATE TABLE IF NOT EXISTS answers (
  id INTEGER PRIMARY KEY AUTOINCREMENT, digest TEXT NOT NULL, pointer TEXT NOT NULL, old TEXT NOT NULL, doubts TEXT NOT NULL,
  new TEXT, day TEXT NOT NULL, name TEXT, quote TEXT
);
CREATE INDEX IF NOT EXISTS answers_digest ON answers (digest);
";
/// Where the person read the value. For stores whose answers are older than quotes.
pub(super) const QUOTES: &str = "ALTER TABLE answers ADD COLUMN quote TEXT";
pub(super) const ANSWER: &str = "INSERT INTO answers (digest, pointer, old, doubts, new, day, name, quote) \
                                 VALUES (?, ?, ?, ?, ?, date('now', 'localtime'), ?, ?)";
/// Removes the last answer if its number is above the given one.
pub(super) const UNDO: &str = "DELETE FROM answers WHERE id = (SELECT max(id) FROM answers) AND id > ? \
                               RETURNING digest, pointer";
pub(super) const LAST_ANSWER: &str = "SELECT coalesce(max(id), 0) FROM answers";
pub(super) const SAID: &str = "SELECT digest, pointer, old, doubts, new, day, name, quote FROM answers WHERE ?1 IS NULL OR digest = ?1 ORDER BY id";
pub(super) const ONE: &str = "SELECT outcome FROM outcomes WHERE digest = ?";
pub(super) const PATHS: &str = "SELECT path FROM files WHERE digest = ? ORDER BY gone, path";
