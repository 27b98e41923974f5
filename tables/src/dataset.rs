//! Outcomes in, tables out.

use std::collections::HashMap;

use indexmap::IndexMap;
use serde_json::Value;

use crate::catalogue;
use crate::cell::Cell;
use crate::doubt::{self, Doubt};
use crate::plugin::Extensions;
use crate::rows::{self, Frame, Outcome};
use crate::spec::Spec;

/// A table with its rows.
#[derive(Debug, Clone, PartialEq)]
pub struct Table {
    /// What it is.
    pub spec: Spec,
    /// Its rows, each with a cell for each column.
    pub rows: Vec<Vec<Cell>>,
}

impl Table {
    /// A table without rows.
    pub fn empty(spec: Spec) -> Self {
        Self { spec, rows: Vec::new() }
    }

    /// A cell by its row and its column's name; null where there is none.
    pub fn cell(&self, row: usize, column: &str) -> &Cell {
        let cell = self.spec.position(column).and_then(|i| self.rows.get(row)?.get(i));
        cell.unwrap_or(&Cell::Null)
    }
}

/// The tables of a collection of records.
#[derive(Debug, Clone, PartialEq)]
pub struct Tables(Vec<Table>);

impl Tables {
    /// Every table, `reports` first.
    pub fn all(&self) -> &[Table] {
        &self.0
    }

    /// A table by its name.
    pub fn get(&self, name: &str) -> Option<&Table> {
        self.0.iter().find(|t| t.spec.name == name)
    }

    /// A table by its name, to be changed.
    pub(crate) fn get_mut(&mut self, name: &str) -> Option<&mut Table> {
        self.0.iter_mut().find(|t| t.spec.name == name)
    }

    /// The names of the tables, in order.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.0.iter().map(|t| t.spec.name.as_ref())
    }
}

/// What came of an outcome that was put in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Pushed {
    /// It has its rows.
    New,
    /// The same file is there already, under this name: the tables have it once.
    SameAs(String),
}

/// Gathers outcomes: records, and error reports in their place.
#[derive(Debug)]
pub struct Dataset {
    tables: IndexMap<&'static str, Table>,
    extensions: Extensions,
    /// How many reports a document has given, by its digest, and what the document is called.
    seen: HashMap<String, (String, usize)>,
    /// Outcomes of files whose bytes could not be read.
    nameless: usize,
}

impl Default for Dataset {
    fn default() -> Self {
        Self::new(Vec::new())
    }
}

impl Dataset {
    /// For records of which some may follow schemas that plugins brought.
    pub fn new(plugin_schemas: Vec<Value>) -> Self {
        let empty = |(name, spec): (_, fn() -> Spec)| (name, Table::empty(spec()));
        Self {
            tables: catalogue::TABLES.iter().copied().map(empty).collect(),
            extensions: Extensions::new(plugin_schemas),
            seen: HashMap::new(),
            nameless: 0,
        }
    }

    /// Puts an outcome in: a record, or an error report.
    pub fn push(&mut self, outcome: &Value) -> Pushed {
        let doubts = doubt::of(outcome);
        self.push_with(outcome, &doubts)
    }

    /// The same with doubts that somebody has been through.
    pub fn push_with(&mut self, outcome: &Value, doubts: &[Doubt]) -> Pushed {
        let id = match self.id(outcome) {
            Ok(id) => id,
            Err(same) => return Pushed::SameAs(same),
        };
        let outcome = Outcome { value: outcome, doubts, frame: Frame::of(id, outcome) };
        for (name, table) in &mut self.tables {
            rows::add(name, &outcome, &mut table.rows);
        }
        self.extensions.add(&outcome);
        Pushed::New
    }

    /// The first half of the file's digest's first half; a second report of one file has `-2` after it. Where the
    /// file was put in before, its name then.
    fn id(&mut self, outcome: &Value) -> Result<String, String> {
        let text = |pointer: &str| outcome.pointer(pointer).and_then(Value::as_str).unwrap_or_default();
        let (digest, source) = (text("/document/sha256"), text("/document/source"));
        let Some(head) = digest.get(..16) else {
            self.nameless += 1;
            return Ok(format!("no-bytes-{}", self.nameless));
        };
        let (name, reports) = self.seen.entry(digest.to_owned()).or_insert_with(|| (source.to_owned(), 0));
        if *reports > 0 && name != source {
            return Err(name.clone());
        }
        *reports += 1;
        Ok(if *reports == 1 { head.to_owned() } else { format!("{head}-{reports}") })
    }

    /// The tables.
    pub fn finish(self) -> Tables {
        let mut tables: Vec<Table> = self.tables.into_values().collect();
        tables.extend(self.extensions.into_tables());
        Tables(tables)
    }
}
