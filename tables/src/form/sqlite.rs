//! A SQLite database with keys, indexes, views and full-text search.

use std::path::Path;

use rusqlite::types::{ToSql, ToSqlOutput};
use rusqlite::{Connection, params_from_iter};

use super::WriteError;
use crate::cell::Cell;
use crate::dataset::{Table, Tables};
use crate::spec::{Kind, Spec};

/// The application id in the file's header, by which our own output is recognised: "FIND".
pub const APPLICATION_ID: i32 = 0x4649_4e44;
/// Tables with full-text search.
const SEARCHED: &[&str] = &["paragraphs", "improvements"];
/// Columns that get an index in every table that has them, because queries filter by them.
const INDEXED: &[&str] = &["la_name", "start_date", "area"];
const VIEWS: &str = include_str!("views.sql");

/// Writes the tables to a new file.
///
/// # Errors
/// The file could not be written.
pub fn write(tables: &Tables, path: &Path) -> Result<(), WriteError> {
    let wrote = || -> rusqlite::Result<()> {
        let mut connection = Connection::open(path)?;
        // A journal is not needed: nobody uses the file until it is complete.
        connection.execute_batch("PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF;")?;
        fill(&mut connection, tables)?;
        connection.execute_batch("PRAGMA optimize;")?;
        connection.close().map_err(|(_, e)| e)
    };
    wrote().map_err(|e| WriteError::of("SQLite")(&e))
}

/// Loads the tables into an in-memory database for queries.
///
/// # Errors
/// There is not enough memory.
pub fn in_memory(tables: &Tables) -> rusqlite::Result<Connection> {
    let mut connection = Connection::open_in_memory()?;
    fill(&mut connection, tables)?;
    Ok(connection)
}

/// Fills an empty database with tables, views and search indexes.
fn fill(connection: &mut Connection, tables: &Tables) -> rusqlite::Result<()> {
    let all = connection.transaction()?;
    all.pragma_update(None, "application_id", APPLICATION_ID)?;
    all.pragma_update(None, "user_version", 1)?;
    for table in tables.all() {
        all.execute_batch(&create(&table.spec))?;
        insert(&all, table)?;
        for column in INDEXED.iter().filter(|c| table.spec.position(c).is_some()) {
            let name = &table.spec.name;
            all.execute_batch(&format!("CREATE INDEX \"{name}_{column}\" ON \"{name}\" (\"{column}\");"))?;
        }
    }
    for name in SEARCHED.iter().filter(|n| tables.get(n).is_some()) {
        all.execute_batch(&format!(
            "CREATE VIRTUAL TABLE \"{name}_fts\" USING fts5 (text, content = '{name}', tokenize = 'porter unicode61');
             INSERT INTO \"{name}_fts\" (\"{name}_fts\") VALUES ('rebuild');"
        ))?;
    }
    dictionary(&all, tables)?;
    all.execute_batch(VIEWS)?;
    all.commit()
}

fn create(spec: &Spec) -> String {
    let columns = spec.columns.iter().map(|c| {
        let kind = match c.kind {
            Kind::Text | Kind::Date => "TEXT",
            Kind::Integer | Kind::Boolean => "INTEGER",
            Kind::Number => "REAL",
        };
        format!(
            "  \"{}\" {kind}{}",
            c.name,
            if spec.key().contains(&c.name.as_ref()) { " NOT NULL" } else { "" }
        )
    });
    let mut lines: Vec<String> = columns.collect();
    lines.push(format!("  PRIMARY KEY ({})", spec.key().join(", ")));
    if spec.name != "reports" {
        lines.push("  FOREIGN KEY (report_id) REFERENCES reports (report_id)".into());
    }
    if spec.name == "sections" {
        lines.push("  UNIQUE (report_id, section_id)".into());
    }
    if spec.name == "paragraphs" {
        lines
            .push("  FOREIGN KEY (report_id, section_id) REFERENCES sections (report_id, section_id)".into());
    }
    format!("CREATE TABLE \"{}\" (\n{}\n);", spec.name, lines.join(",\n"))
}

fn insert(into: &Connection, table: &Table) -> rusqlite::Result<()> {
    let places = vec!["?"; table.spec.columns.len()].join(", ");
    let mut row = into.prepare(&format!("INSERT INTO \"{}\" VALUES ({places})", table.spec.name))?;
    for cells in &table.rows {
        row.execute(params_from_iter(cells))?;
    }
    Ok(())
}

impl ToSql for Cell {
    fn to_sql(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
        match self {
            Self::Null => rusqlite::types::Null.to_sql().map(|_| ToSqlOutput::from(rusqlite::types::Null)),
            Self::Text(text) => text.to_sql(),
            Self::Integer(n) => n.to_sql(),
            Self::Number(n) => n.to_sql(),
            Self::Boolean(b) => b.to_sql(),
            Self::Date(day) => Ok(ToSqlOutput::from(day.to_string())),
        }
    }
}

/// Describes each column, for users who have only the database.
fn dictionary(into: &Connection, tables: &Tables) -> rusqlite::Result<()> {
    into.execute_batch(
        "CREATE TABLE data_dictionary (
           table_name TEXT NOT NULL, column_name TEXT NOT NULL, title TEXT, type TEXT, unit TEXT, description TEXT,
           example TEXT, PRIMARY KEY (table_name, column_name)
         );",
    )?;
    let mut row = into.prepare("INSERT INTO data_dictionary VALUES (?, ?, ?, ?, ?, ?, ?)")?;
    for table in tables.all() {
        for c in &table.spec.columns {
            row.execute((
                &table.spec.name,
                &c.name,
                &c.title,
                c.kind.name(),
                c.unit,
                &c.description,
                c.example,
            ))?;
        }
    }
    Ok(())
}
