//! The Model Context Protocol on standard input and output: JSON-RPC, one message on each line.
//!
//! Implemented by hand: three tools that only read need just `initialize`, `tools/list`, `tools/call` and `ping`. The
//! protocol's own crate would add an async runtime, macros and a second schema generator.

mod tools;

use std::io::{self, BufRead, Write};

use serde_json::{Value, json};

pub(crate) use tools::{ToolError, Tools};

/// The supported versions of the protocol, the newest first.
const VERSIONS: [&str; 3] = ["2025-06-18", "2025-03-26", "2024-11-05"];

/// JSON-RPC error codes.
const NO_JSON: i64 = -32700;
const NO_REQUEST: i64 = -32600;
const NO_METHOD: i64 = -32601;
const BAD_PARAMETERS: i64 = -32602;

const INSTRUCTIONS: &str = "Reads inspection reports of children's services. Every value comes with the page and the words \
    it was read from: cite those, not memory. Call list_doubts before relying on a value; a value that is null was not \
    read, and explain_field says why.";

/// Answers messages until the input ends.
///
/// # Errors
/// Standard input or output failed.
pub(crate) fn serve(tools: &Tools, from: impl BufRead, mut to: impl Write) -> io::Result<()> {
    for line in from.split(b'\n') {
        let line = line?;
        if line.trim_ascii().is_empty() {
            continue;
        }
        if let Some(answer) = answer(tools, &line) {
            writeln!(to, "{answer}")?;
            to.flush()?;
        }
    }
    Ok(())
}

/// The answer to a message; `None` for a notification.
fn answer(tools: &Tools, line: &[u8]) -> Option<Value> {
    let Ok(message) = serde_json::from_slice::<Value>(line) else {
        return Some(error(&Value::Null, NO_JSON, "the message is not valid JSON"));
    };
    let id = message.get("id").filter(|id| !id.is_null());
    let Some(method) = message["method"].as_str() else {
        // A response to a request is not answered. Batches were removed from the protocol.
        let is_answer = message.get("result").or(message.get("error")).is_some();
        return (!is_answer)
            .then(|| error(id.unwrap_or(&Value::Null), NO_REQUEST, "the message has no method"));
    };
    let id = id?;
    let parameters = &message["params"];
    let result = match method {
        "initialize" => Ok(initialize(parameters)),
        "ping" => Ok(json!({})),
        "tools/list" => Ok(json!({ "tools": tools::list() })),
        "tools/call" => call(tools, parameters),
        other => Err((NO_METHOD, format!("there is no method {other}"))),
    };
    Some(match result {
        Ok(result) => json!({ "jsonrpc": "2.0", "id": id, "result": result }),
        Err((code, why)) => error(id, code, &why),
    })
}

fn error(id: &Value, code: i64, why: &str) -> Value {
    json!({ "jsonrpc": "2.0", "id": id, "error": { "code": code, "message": why } })
}

fn initialize(parameters: &Value) -> Value {
    let asked = parameters["protocolVersion"].as_str().unwrap_or_default();
    let version = VERSIONS.iter().find(|v| **v == asked).unwrap_or(&VERSIONS[0]);
    json!({
        "protocolVersion": version,
        "capabilities": { "tools": {} },
        "serverInfo": { "name": "findings", "version": env!("CARGO_PKG_VERSION") },
        "instructions": INSTRUCTIONS,
    })
}

/// The result of a tool. A document that can't be read is a result for the assistant, not a protocol error.
fn call(tools: &Tools, parameters: &Value) -> Result<Value, (i64, String)> {
    let name = parameters["name"].as_str().unwrap_or_default();
    let result = tools
        .call(name, &parameters["arguments"])
        .ok_or_else(|| (BAD_PARAMETERS, format!("there is no tool {name}")))?;
    Ok(match result {
        Ok(value) => {
            json!({ "content": [{ "type": "text", "text": value.to_string() }], "structuredContent": value, "isError": false })
        }
        Err(why) => json!({ "content": [{ "type": "text", "text": why.to_string() }], "isError": true }),
    })
}
