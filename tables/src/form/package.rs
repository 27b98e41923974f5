//! `datapackage.json`: describes the types and keys of a folder of tables, for programs that read it.

use serde_json::{Map, Value, json};

use crate::dataset::{Table, Tables};
use crate::spec::{Column, Kind, Spec};

/// The file format of the tables in a package.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Form {
    /// `NAME.csv`
    Csv,
    /// `NAME.parquet`
    Parquet,
}

impl Form {
    /// The file name extension.
    pub fn ending(self) -> &'static str {
        match self {
            Self::Csv => "csv",
            Self::Parquet => "parquet",
        }
    }

    fn media_type(self) -> &'static str {
        match self {
            Self::Csv => "text/csv",
            Self::Parquet => "application/vnd.apache.parquet",
        }
    }
}

/// Describes a folder of tables according to Data Package version 2.
pub fn describe(tables: &Tables, form: Form) -> Value {
    let resources: Vec<Value> = tables.all().iter().map(|t| resource(t, form)).collect();
    json!({
        "$schema": "https://datapackage.org/profiles/2.0/datapackage.json",
        "name": "findings",
        "title": "Findings of inspection reports",
        "description": "What inspection reports and letters say, read by findings: a table for each kind of thing, joined by report_id.",
        "resources": resources,
    })
}

fn resource(table: &Table, form: Form) -> Value {
    let spec = &table.spec;
    let mut resource = json!({
        "name": spec.name.replace('_', "-"),
        "type": "table",
        "path": format!("{}.{}", spec.name, form.ending()),
        "title": spec.name,
        "description": spec.description,
        "format": form.ending(),
        "mediatype": form.media_type(),
    });
    if form == Form::Csv {
        resource["encoding"] = "utf-8".into();
        resource["dialect"] =
            json!({ "delimiter": ",", "lineTerminator": "\r\n", "quoteChar": "\"", "doubleQuote": true });
    }
    resource["schema"] = schema(spec);
    resource
}

/// Describes a table's columns, types and keys according to Table Schema version 2.
pub fn schema(spec: &Spec) -> Value {
    let fields: Vec<Value> = spec.columns.iter().map(|c| field(c, spec)).collect();
    let mut schema = json!({
        "$schema": "https://datapackage.org/profiles/2.0/tableschema.json",
        "fields": fields,
        "missingValues": [""],
    });
    if spec.key().iter().all(|key| spec.position(key).is_some()) {
        schema["primaryKey"] = json!(spec.key());
    }
    if spec.name != "reports" {
        let own = json!({ "fields": ["report_id"], "reference": { "resource": "reports", "fields": ["report_id"] } });
        schema["foreignKeys"] = json!([own]);
    }
    schema
}

fn field(column: &Column, spec: &Spec) -> Value {
    let mut field = Map::new();
    field.insert("name".into(), json!(column.name));
    field.insert("title".into(), json!(column.title));
    field.insert("type".into(), json!(column.kind.name()));
    if column.kind == Kind::Date {
        field.insert("format".into(), json!("default"));
    }
    field.insert("description".into(), json!(column.description));
    if let Some(unit) = column.unit {
        field.insert("unit".into(), json!(unit));
    }
    if let Some(example) = column.example {
        field.insert("example".into(), example_of(example, column.kind));
    }
    if spec.key().contains(&column.name.as_ref()) {
        field.insert("constraints".into(), json!({ "required": true }));
    }
    Value::Object(field)
}

/// An example as a JSON value of the column's type.
fn example_of(example: &str, kind: Kind) -> Value {
    match kind {
        Kind::Text | Kind::Date => json!(example),
        _ => serde_json::from_str(example).unwrap_or_else(|_| json!(example)),
    }
}
