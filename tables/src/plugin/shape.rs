//! The fields of a plugin's data, from its schema or, if that is not available, from the values themselves.

use indexmap::IndexMap;
use serde_json::Value;

use super::value_column;
use crate::spec::{Column, Kind};

/// How deep nested objects are flattened.
const DEPTH: usize = 6;

/// The fields of a plugin's data, with nested objects flattened.
#[derive(Debug, Default)]
pub(super) struct Shape {
    pub(super) fields: Vec<Field>,
}

/// One field.
#[derive(Debug)]
pub(super) struct Field {
    /// The keys that lead to it.
    pub(super) path: Vec<String>,
    /// Its column; for a list, a description of the list.
    pub(super) column: Column,
    /// For a list, the fields of its items.
    pub(super) items: Option<Vec<Field>>,
}

impl Shape {
    /// The shape of values, each given with the `$id` of the schema that it names, if any.
    pub(super) fn of<'a>(
        values: impl Iterator<Item = (&'a Value, Option<&'a str>)> + Clone,
        schemas: &[Value],
    ) -> Self {
        let schema = schemas.iter().find(|s| describes(s, values.clone()));
        let fields = match schema {
            Some(schema) => Reader { root: schema }.fields(schema, &[], 0),
            None => seen(values.map(|(v, _)| v), &[], 0),
        };
        let own = |f: &Field| f.path.first().is_none_or(|k| !super::ENVELOPE.contains(&k.as_str()));
        Self { fields: fields.into_iter().filter(own).collect() }
    }
}

/// Whether a schema is that of the values: it has the `$id` that they name, or, without one, they have all
/// properties that it requires.
fn describes<'a>(schema: &Value, mut values: impl Iterator<Item = (&'a Value, Option<&'a str>)>) -> bool {
    let Some((value, named)) = values.next() else { return false };
    match named {
        Some(id) => schema["$id"] == id,
        None => {
            let required = schema["required"].as_array();
            required.is_some_and(|all| {
                !all.is_empty() && all.iter().all(|key| key.as_str().is_some_and(|k| value.get(k).is_some()))
            })
        }
    }
}

struct Reader<'a> {
    root: &'a Value,
}

impl<'a> Reader<'a> {
    /// Resolves references, and picks the non-null alternative of an `anyOf`.
    fn resolve(&self, schema: &'a Value) -> &'a Value {
        let mut schema = schema;
        for _ in 0..DEPTH {
            let reference = schema["$ref"].as_str().and_then(|r| self.root.pointer(r.strip_prefix('#')?));
            let choice = || schema["anyOf"].as_array()?.iter().find(|s| s["type"] != "null");
            match reference.or_else(choice) {
                Some(next) => schema = next,
                None => break,
            }
        }
        schema
    }

    fn fields(&self, schema: &'a Value, path: &[String], depth: usize) -> Vec<Field> {
        let properties = schema["properties"].as_object();
        properties.into_iter().flatten().flat_map(|(key, s)| self.field(key, s, path, depth)).collect()
    }

    /// The field of a property, or several if it is an object.
    fn field(&self, key: &str, property: &'a Value, path: &[String], depth: usize) -> Vec<Field> {
        let schema = self.resolve(property);
        let path = [path, &[key.to_owned()]].concat();
        let words = property["description"].as_str().or_else(|| schema["description"].as_str());
        let description = words.unwrap_or_default().replace('\n', " ");
        let name = path.join("_");
        if kind_of(schema) == "object" && schema["properties"].is_object() && depth < DEPTH {
            return self.fields(schema, &path, depth + 1);
        }
        let column = Column::new(name, cell_kind(schema), description.clone());
        let items = (kind_of(schema) == "array" && depth == 0).then(|| {
            let item = self.resolve(&schema["items"]);
            match kind_of(item) {
                "object" => self.fields(item, &[], 1),
                _ => vec![value_column(cell_kind(item), &description)],
            }
        });
        vec![Field { path, column, items }]
    }
}

/// The type that a schema names, ignoring null.
fn kind_of(schema: &Value) -> &str {
    match &schema["type"] {
        Value::String(kind) => kind,
        Value::Array(kinds) => {
            kinds.iter().filter_map(Value::as_str).find(|k| *k != "null").unwrap_or_default()
        }
        _ => "",
    }
}

fn cell_kind(schema: &Value) -> Kind {
    match kind_of(schema) {
        "integer" => Kind::Integer,
        "number" => Kind::Number,
        "boolean" => Kind::Boolean,
        "string" if schema["format"] == "date" => Kind::Date,
        _ => Kind::Text,
    }
}

/// The fields of some values, in order of first appearance.
fn seen<'a>(values: impl Iterator<Item = &'a Value>, path: &[String], depth: usize) -> Vec<Field> {
    let mut of: IndexMap<&str, Vec<&Value>> = IndexMap::new();
    for (key, value) in values.flat_map(|v| v.as_object().into_iter().flatten()) {
        of.entry(key).or_default().push(value);
    }
    of.into_iter().flat_map(|(key, values)| seen_field(key, &values, path, depth)).collect()
}

fn seen_field(key: &str, values: &[&Value], path: &[String], depth: usize) -> Vec<Field> {
    let path = [path, &[key.to_owned()]].concat();
    let there = || values.iter().copied().filter(|v| !v.is_null());
    if there().next().is_some() && there().all(Value::is_object) && depth < DEPTH {
        return seen(there(), &path, depth + 1);
    }
    let kind = seen_kind(there());
    let column = Column::new(path.join("_"), kind, "A field of a plugin whose schema was not available.");
    let list = depth == 0 && there().next().is_some() && there().all(Value::is_array);
    let items = list.then(|| {
        let items = || there().flat_map(|v| v.as_array().into_iter().flatten());
        if items().next().is_some() && items().all(Value::is_object) {
            seen(items(), &[], 1)
        } else {
            vec![value_column(seen_kind(items()), "An item of the list.")]
        }
    });
    vec![Field { path, column, items }]
}

fn seen_kind<'a>(values: impl Iterator<Item = &'a Value> + Clone) -> Kind {
    let all = |is: fn(&Value) -> bool| values.clone().next().is_some() && values.clone().all(is);
    if all(|v| v.is_i64()) {
        Kind::Integer
    } else if all(Value::is_number) {
        Kind::Number
    } else if all(Value::is_boolean) {
        Kind::Boolean
    } else {
        Kind::Text
    }
}
