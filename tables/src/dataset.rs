//! Builds tables from outcomes.

use std::collections::HashMap;

use indexmap::IndexMap;
use serde_json::Value;

use crate::catalogue;
use crate::cell::Cell;
use crate::doubt;
use crate::names::goodness;
use crate::plugin::Extensions;
use crate::rows::{self, Frame, Outcome};
use crate::spec::Spec;

/// A table with its rows.
#[derive(Debug, Clone, PartialEq)]
pub struct Table {
    /// Its specification.
    pub spec: Spec,
    /// Its rows, each with one cell per column.
    pub rows: Vec<Vec<Cell>>,
}

impl Table {
    /// A table without rows.
    pub fn empty(spec: Spec) -> Self {
        Self { spec, rows: Vec::new() }
    }

    /// The cell in a row and named column; `Null` if there is none.
    pub fn cell(&self, row: usize, column: &str) -> &Cell {
        let cell = self.spec.position(column).and_then(|i| self.rows.get(row)?.get(i));
        cell.unwrap_or(&Cell::Null)
    }
}

/// The tables of a collection of records.
#[derive(Debug, Clone, PartialEq)]
pub struct Tables(Vec<Table>);

impl Tables {
    /// All tables, `reports` first.
    pub fn all(&self) -> &[Table] {
        &self.0
    }

    /// A table by its name.
    pub fn get(&self, name: &str) -> Option<&Table> {
        self.0.iter().find(|t| t.spec.name == name)
    }

    /// A table by its name, mutable.
    pub(crate) fn get_mut(&mut self, name: &str) -> Option<&mut Table> {
        self.0.iter_mut().find(|t| t.spec.name == name)
    }

    /// The names of the tables, in order.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.0.iter().map(|t| t.spec.name.as_ref())
    }
}

/// What happened to an outcome that was added.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Pushed {
    /// Its rows were added.
    New,
    /// The same report was added before from another file, and is not added again.
    Again {
        /// The name that the report's rows have from now on: the better one of the two.
        kept: String,
        /// The other name.
        dropped: String,
    },
}

/// Collects outcomes: records, and error reports for documents without one.
#[derive(Debug)]
pub struct Dataset {
    tables: IndexMap<&'static str, Table>,
    extensions: Extensions,
    /// The names of the wanted tables, if not all are wanted.
    only: Option<Vec<String>>,
    /// The documents added so far, by digest.
    seen: HashMap<String, Document>,
    /// Number of outcomes whose file could not be read.
    nameless: usize,
}

/// A document that was added.
#[derive(Debug, Default)]
struct Document {
    /// The best of the names under which it was added.
    name: String,
    /// Identifies each report in it, with its id: a file may contain two reports, and may be added twice.
    reports: Vec<(String, String)>,
}

impl Default for Dataset {
    fn default() -> Self {
        Self::new(Vec::new())
    }
}

impl Dataset {
    /// An empty dataset; `plugin_schemas` are used for records that follow them.
    pub fn new(plugin_schemas: Vec<Value>) -> Self {
        let empty = |(name, spec): catalogue::Named| (name, Table::empty(spec()));
        Self {
            tables: catalogue::TABLES.iter().copied().map(empty).collect(),
            extensions: Extensions::new(plugin_schemas),
            only: None,
            seen: HashMap::new(),
            nameless: 0,
        }
    }

    /// Restricts the dataset to these tables; rows of others are not stored.
    #[must_use]
    pub fn only(mut self, names: Vec<String>) -> Self {
        self.tables.retain(|name, _| names.iter().any(|n| n == name));
        self.only = Some(names);
        self
    }

    /// Adds an outcome: a record, or an error report.
    pub fn push(&mut self, outcome: &Value) -> Pushed {
        let id = match self.id(outcome) {
            Ok(id) => id,
            Err(again) => return again,
        };
        let doubts = doubt::of(outcome);
        let outcome = Outcome { value: outcome, doubts: &doubts, frame: Frame::of(id, outcome) };
        for (name, table) in &mut self.tables {
            rows::add(name, &outcome, &mut table.rows);
        }
        // A plugin's tables are known only once all of its data is there.
        let ours = |name: &String| catalogue::TABLES.iter().any(|(known, _)| known == name);
        if self.only.as_ref().is_none_or(|names| !names.iter().all(ours)) {
            self.extensions.add(&outcome);
        }
        Pushed::New
    }

    /// The id of a report: the first 16 digits of the file's digest, with `-2` appended for a second report in one
    /// file. If the same report was added before, an error with the names of both files.
    fn id(&mut self, outcome: &Value) -> Result<String, Pushed> {
        let text = |pointer: &str| outcome.pointer(pointer).and_then(Value::as_str).unwrap_or_default();
        let (digest, source) = (text("/document/sha256"), text("/document/source"));
        let Some(head) = digest.get(..16) else {
            self.nameless += 1;
            return Ok(format!("no-bytes-{}", self.nameless));
        };
        let about = ["/format/id", "/provider/name", "/inspection/type", "/inspection/start", "/error/code"];
        let about = about.map(text).join("\n");
        let document = self.seen.entry(digest.to_owned()).or_default();
        if document.reports.iter().any(|(known, _)| *known == about) {
            let mut dropped = source.to_owned();
            if goodness(source) < goodness(&document.name) {
                std::mem::swap(&mut document.name, &mut dropped);
                let ids: Vec<Cell> = document.reports.iter().map(|(_, id)| Cell::text(id.as_str())).collect();
                let kept = document.name.clone();
                self.rename(&ids, &kept);
            }
            return Err(Pushed::Again { kept: self.seen[digest].name.clone(), dropped });
        }
        if document.reports.is_empty() {
            source.clone_into(&mut document.name);
        }
        let n = document.reports.len() + 1;
        let id = if n == 1 { head.to_owned() } else { format!("{head}-{n}") };
        document.reports.push((about, id.clone()));
        Ok(id)
    }

    /// Gives reports another source.
    fn rename(&mut self, ids: &[Cell], source: &str) {
        let Some(reports) = self.tables.get_mut("reports") else { return };
        let (Some(id), Some(at)) = (reports.spec.position("report_id"), reports.spec.position("source"))
        else {
            return;
        };
        for row in reports.rows.iter_mut().filter(|row| ids.contains(&row[id])) {
            row[at] = Cell::text(source);
        }
    }

    /// Finishes the tables.
    pub fn finish(self) -> Tables {
        let mut tables: Vec<Table> = self.tables.into_values().collect();
        tables.extend(self.extensions.into_tables());
        if let Some(names) = self.only {
            tables.retain(|table| names.iter().any(|n| *n == table.spec.name));
        }
        Tables(tables)
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn report(source: &str, start: &str) -> Value {
        let document = json!({"source": source, "sha256": "0123456789abcdef".repeat(4)});
        let provider = json!({"name": "Ashmoor", "kind": "local-authority"});
        let inspection = json!({"type": "standard", "start": start});
        json!({"document": document, "provider": provider, "inspection": inspection, "judgements": []})
    }

    #[test]
    fn only_the_tables_that_are_wanted_are_kept() {
        let mut dataset = Dataset::default().only(vec!["reports".into(), "ashmoor_visits".into()]);
        let mut record = report("a.pdf", "2023-04-24");
        record["run"] = json!({"plugin": "ashmoor 1.0"});
        record["extension"] = json!({"visits": [{"room": "hall"}], "beds": 4});
        dataset.push(&record);
        let tables = dataset.finish();
        assert_eq!(tables.names().collect::<Vec<_>>(), ["reports", "ashmoor_visits"]);
        assert_eq!(tables.get("ashmoor_visits").unwrap().cell(0, "room").to_string(), "hall");
    }

    #[test]
    fn a_file_that_is_put_in_twice_has_its_rows_once() {
        let mut dataset = Dataset::default();
        assert_eq!(dataset.push(&report("a.pdf", "2023-04-24")), Pushed::New);
        let again = |kept: &str, dropped: &str| Pushed::Again { kept: kept.into(), dropped: dropped.into() };
        assert_eq!(dataset.push(&report("b.pdf", "2023-04-24")), again("a.pdf", "b.pdf"));
        assert_eq!(dataset.push(&report("a.pdf", "2021-02-01")), Pushed::New);
        let tables = dataset.finish();
        let reports = tables.get("reports").unwrap();
        let ids: Vec<String> =
            (0..reports.rows.len()).map(|i| reports.cell(i, "report_id").to_string()).collect();
        assert_eq!(ids, ["0123456789abcdef", "0123456789abcdef-2"]);
    }

    #[test]
    fn a_copy_gives_its_place_to_the_file() {
        let mut dataset = Dataset::default();
        dataset.push(&report("copy of a.pdf", "2023-04-24"));
        let again = Pushed::Again { kept: "a.pdf".into(), dropped: "copy of a.pdf".into() };
        assert_eq!(dataset.push(&report("a.pdf", "2023-04-24")), again);
        let tables = dataset.finish();
        let reports = tables.get("reports").unwrap();
        assert_eq!((reports.rows.len(), reports.cell(0, "source").to_string()), (1, "a.pdf".into()));
    }
}
