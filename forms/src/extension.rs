//! The schema of a format's `extension`, derived from the pointers that its file fills.

use serde_json::{Map, Value, json};

use crate::model::{Column, FormatFile, ValueType};

/// Its `$id`.
pub(crate) fn id(file: &FormatFile) -> String {
    format!("urn:findings:schema:{}:{}", file.id.replace('.', "-"), file.version)
}

/// The schema.
pub fn schema(file: &FormatFile) -> Value {
    let mut properties = Map::new();
    let name = |pointer: &str| pointer.strip_prefix("/extension/").map(str::to_owned);
    for field in &file.fields {
        for name in std::iter::once(&field.pointer).chain(&field.also).filter_map(|p| name(p)) {
            let one = of_type(field.kind);
            let mut schema =
                if field.repeated { json!({ "type": "array", "items": one }) } else { or_null(one) };
            describe(&mut schema, &field.meaning);
            properties.insert(name, schema);
        }
    }
    for table in &file.tables {
        let Some(name) = name(&table.into) else { continue };
        let member = |c: &Column| Some((c.to.clone()?, or_null(of_type(c.kind))));
        let mut members: Map<String, Value> = table.columns.iter().filter_map(member).collect();
        members.extend(table.groups.iter().map(|g| (g.to.clone(), json!({ "type": ["string", "null"] }))));
        let marks = table.columns.iter().filter_map(|c| c.mark.as_ref());
        members.extend(marks.map(|m| (m.to.clone(), json!({ "type": "boolean" }))));
        let mut schema = json!({ "type": "array", "items": { "type": "object", "properties": members } });
        describe(&mut schema, &table.meaning);
        properties.insert(name, schema);
    }
    for list in &file.lists {
        let Some(name) = name(&list.into) else { continue };
        let mut schema = json!({ "type": "array", "items": { "type": "string" } });
        describe(&mut schema, &list.meaning);
        properties.insert(name, schema);
    }
    json!({
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": id(file),
        "title": file.title,
        "type": "object",
        "properties": properties
    })
}

fn describe(schema: &mut Value, meaning: &str) {
    if !meaning.is_empty() {
        schema["description"] = json!(meaning);
    }
}

fn of_type(kind: ValueType) -> Value {
    match kind {
        ValueType::Number => json!({ "type": "integer" }),
        ValueType::Date => json!({ "type": "string", "format": "date" }),
        ValueType::DateRange => json!({
            "type": "array",
            "items": { "type": "object", "properties": {
                "start": { "type": "string", "format": "date" }, "end": { "type": "string", "format": "date" }
            } }
        }),
        _ => json!({ "type": "string" }),
    }
}

fn or_null(mut schema: Value) -> Value {
    if let Some(kind) = schema.get("type").cloned() {
        schema["type"] = json!([kind, "null"]);
    }
    schema
}
