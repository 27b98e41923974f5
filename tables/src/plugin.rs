//! Turns a plugin's own data into tables according to the plugin's schema: each list becomes a table
//! `<plugin>_<list>`, everything else columns of `<plugin>_reports`.

use std::borrow::Cow;

use indexmap::IndexMap;
use serde_json::Value;

use crate::catalogue::framed;
use crate::cell::Cell;
use crate::dataset::Table;
use crate::rows::{Frame, Outcome};
use crate::spec::{Column, Kind};

mod shape;

use shape::{Field, Shape};

/// Properties that all records have, which are covered by the standard tables.
const ENVELOPE: &[&str] = &["schema", "document", "format", "run", "evidence", "diagnostics"];

/// The data that plugins added to records.
#[derive(Debug, Default)]
pub(crate) struct Extensions {
    schemas: Vec<Value>,
    /// By plugin id.
    of: IndexMap<String, Vec<Part>>,
}

#[derive(Debug)]
struct Part {
    frame: Frame,
    /// The `$id` of its schema, if the record names one.
    schema: Option<String>,
    value: Value,
}

impl Extensions {
    pub(crate) fn new(schemas: Vec<Value>) -> Self {
        Self { schemas, of: IndexMap::new() }
    }

    /// Keeps a plugin's data from an outcome: the extension, or, for a record with its own schema, everything but
    /// the envelope.
    pub(crate) fn add(&mut self, outcome: &Outcome<'_>) {
        let r = outcome.value;
        let Some(plugin) = r.pointer("/run/plugin").and_then(Value::as_str) else { return };
        let extension = r.get("extension").filter(|e| e.is_object());
        let own = r.as_object().filter(|_| r.get("judgements").is_none());
        let (value, schema) = match (extension, own) {
            (Some(extension), _) => (extension.clone(), None),
            (None, Some(own)) => {
                let rest = own.iter().filter(|(key, _)| !ENVELOPE.contains(&key.as_str()));
                let rest = rest.map(|(k, v)| (k.clone(), v.clone())).collect();
                (Value::Object(rest), r["schema"].as_str().map(str::to_owned))
            }
            (None, None) => return,
        };
        let id: String =
            plugin.split(' ').next().unwrap_or(plugin).replace(|c: char| !c.is_alphanumeric(), "_");
        self.of.entry(id).or_default().push(Part { frame: outcome.frame.clone(), schema, value });
    }

    /// The tables of all plugins, each in the order of its schema.
    pub(crate) fn into_tables(self) -> Vec<Table> {
        let Self { schemas, of } = self;
        of.into_iter().flat_map(|(plugin, parts)| tables(&plugin, &parts, &schemas)).collect()
    }
}

fn tables(plugin: &str, parts: &[Part], schemas: &[Value]) -> Vec<Table> {
    let shape = Shape::of(parts.iter().map(|p| (&p.value, p.schema.as_deref())), schemas);
    let (lists, single): (Vec<&Field>, Vec<&Field>) = shape.fields.iter().partition(|f| f.items.is_some());
    let columns = single.iter().map(|f| f.column.clone()).collect();
    let mut reports = Table::empty(framed(
        format!("{plugin}_reports"),
        format!(
            "What the plugin {plugin} reads from a document beyond what every record has, one row per document."
        ),
        columns,
    ));
    reports.rows.extend(
        parts.iter().map(|part| part.frame.around(1, single.iter().map(|f| f.cell(&part.value)).collect())),
    );
    let mut tables = vec![reports];
    tables.extend(lists.into_iter().map(|list| list_table(plugin, list, parts)));
    tables
}

fn list_table(plugin: &str, list: &Field, parts: &[Part]) -> Table {
    let items = list.items.as_deref().unwrap_or_default();
    let name = format!("{plugin}_{}", list.column.name);
    let description: Cow<'static, str> = match list.column.description.as_ref() {
        "" => format!("The list {} of the plugin {plugin}.", list.column.name).into(),
        words => words.to_owned().into(),
    };
    let columns: Vec<Column> = items.iter().map(|f| f.column.clone()).collect();
    let mut table = Table::empty(framed(name, description, columns));
    for part in parts {
        let values = list.find(&part.value).and_then(Value::as_array);
        for (value, n) in values.into_iter().flatten().zip(1..) {
            table.rows.push(part.frame.around(n, items.iter().map(|f| f.cell(value)).collect()));
        }
    }
    table
}

impl Field {
    fn find<'a>(&self, value: &'a Value) -> Option<&'a Value> {
        self.path.iter().try_fold(value, |v, key| v.get(key))
    }

    fn cell(&self, value: &Value) -> Cell {
        self.find(value).map_or(Cell::Null, |v| Cell::of(v, self.column.kind))
    }
}

/// The single column for a list whose items are not objects.
fn value_column(kind: Kind, description: &str) -> Field {
    Field { path: Vec::new(), column: Column::new("value", kind, description.to_owned()), items: None }
}
