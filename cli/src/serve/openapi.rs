//! The service's description (OpenAPI 3.1), generated from the single table of its routes.

use findings_core::schema::Published;
use serde_json::{Map, Value, json};

use crate::commands::schema;

/// A route of the service.
pub(super) struct Route {
    pub(super) method: &'static str,
    pub(super) path: &'static str,
    summary: &'static str,
    /// Names and meanings of its query parameters.
    query: &'static [(&'static str, &'static str)],
    /// The media types of its request body.
    body: &'static [&'static str],
    /// Status, meaning and schema of its responses.
    answers: &'static [(u16, &'static str, &'static str)],
}

/// Refusals before a document is looked at, the same for every route with a body.
const REFUSED: [(u16, &str, &str); 4] = [
    (403, "The request comes from a page of another site, or its Host is not a name of this server", "Fault"),
    (408, "The body did not arrive in time", "Fault"),
    (413, "The body is larger than the limit", "Fault"),
    (429, "Too many documents are waiting; try again after Retry-After seconds", "Fault"),
];

pub(super) const ROUTES: [Route; 5] = [
    Route {
        method: "post",
        path: "/v1/records",
        summary: "Read a document into a record",
        query: &[("name", "The document's name in the record; `document` if not given")],
        body: &[
            "application/pdf",
            "text/plain",
            "image/png",
            "image/jpeg",
            "image/tiff",
            "application/octet-stream",
        ],
        answers: &[
            (200, "The record", "Record"),
            (422, "The document gives no record; the error says why and what to do next", "ErrorReport"),
        ],
    },
    Route {
        method: "post",
        path: "/v1/validate",
        summary: "Validate a record or an error report against its schema",
        query: &[("strict", "true: also check codes against the published lists")],
        body: &["application/json"],
        answers: &[(200, "Its problems, if any", "Problems"), (400, "The body is not valid JSON", "Fault")],
    },
    Route {
        method: "get",
        path: "/v1/formats",
        summary: "The supported formats, with editions and known gaps",
        query: &[],
        body: &[],
        answers: &[(200, "The formats", "Formats")],
    },
    Route {
        method: "get",
        path: "/health",
        summary: "Whether the service is up, and how busy it is",
        query: &[],
        body: &[],
        answers: &[(200, "It is up", "Health")],
    },
    Route {
        method: "get",
        path: "/openapi.json",
        summary: "This description",
        query: &[],
        body: &[],
        answers: &[(200, "The description", "Any")],
    },
];

/// The complete description.
pub(crate) fn document() -> Value {
    let mut paths = Map::new();
    for route in &ROUTES {
        paths.insert(route.path.into(), json!({ route.method: operation(route) }));
    }
    json!({
        "openapi": "3.1.0",
        "info": {
            "title": "findings",
            "version": env!("CARGO_PKG_VERSION"),
            "summary": "Inspection reports to records that validate against a published schema",
        },
        "paths": paths,
        "components": { "schemas": schemas() },
    })
}

fn operation(route: &Route) -> Value {
    let refused = if route.body.is_empty() { &REFUSED[..1] } else { &REFUSED[..] };
    let answers: Map<String, Value> = (route.answers.iter().chain(refused))
        .map(|(status, what, schema)| {
            let content = json!({ "application/json": { "schema": { "$ref": format!("#/components/schemas/{schema}") } } });
            (status.to_string(), json!({ "description": what, "content": content }))
        })
        .collect();
    let query: Vec<Value> = route
        .query
        .iter()
        .map(|(name, what)| {
            json!({ "name": name, "in": "query", "required": false, "description": what, "schema": { "type": "string" } })
        })
        .collect();
    let mut operation = json!({ "summary": route.summary, "parameters": query, "responses": answers });
    if !route.body.is_empty() {
        let content: Map<String, Value> =
            route.body.iter().map(|kind| ((*kind).to_owned(), json!({}))).collect();
        operation["requestBody"] = json!({ "required": true, "content": content });
    }
    operation
}

fn schemas() -> Value {
    let published = |name: &str| {
        let found = schema::all().find(|p| p.name == name);
        found.map_or(json!({}), Published::schema)
    };
    json!({
        "Any": {},
        // A plugin's record has its own schema, which it names itself.
        "Record": { "anyOf": [published("inspection-report"), { "type": "object", "required": ["schema", "document"] }] },
        "ErrorReport": published("error-report"),
        "Fault": {
            "type": "object",
            "required": ["fault"],
            "properties": { "fault": { "type": "string" } },
        },
        "Problems": {
            "type": "object",
            "required": ["valid", "problems"],
            "properties": {
                "valid": { "type": "boolean" },
                "problems": { "type": "array", "items": { "type": "string" } },
            },
        },
        "Formats": {
            "type": "array",
            "items": { "type": "object", "required": ["id", "title", "editions", "known_gaps"] },
        },
        "Health": {
            "type": "object",
            "required": ["status", "tool", "reading", "waiting"],
            "properties": {
                "status": { "const": "ok" },
                "tool": { "type": "string" },
                "reading": { "type": "integer", "minimum": 0 },
                "waiting": { "type": "integer", "minimum": 0 },
            },
        },
    })
}
