//! `findings mcp`: the protocol, the tools, and what the tools must not read.

#![allow(missing_docs)]
#![cfg(target_os = "linux")]

mod common;

use common::{RECIPE, REPORT, Sandbox};
use serde_json::{Value, json};

/// The answers to some messages, by their ids.
fn talk(sandbox: &Sandbox, messages: &[Value]) -> Vec<Value> {
    let lines: Vec<String> = messages.iter().map(Value::to_string).collect();
    let run = sandbox.run_with("mcp letters", &(lines.join("\n") + "\n"));
    assert_eq!((run.code, run.err.as_str()), (0, ""));
    run.lines()
}

fn call(tool: &str, arguments: Value) -> Value {
    json!({ "jsonrpc": "2.0", "id": 1, "method": "tools/call", "params": { "name": tool, "arguments": arguments } })
}

/// The answer of a single tool.
fn tool(sandbox: &Sandbox, name: &str, arguments: Value) -> Result<Value, String> {
    let answer = talk(sandbox, &[call(name, arguments)]).swap_remove(0);
    let text =
        answer["result"]["content"][0]["text"].as_str().unwrap_or_else(|| panic!("{answer}")).to_owned();
    match answer["result"]["isError"].as_bool() {
        Some(false) => {
            let value: Value = serde_json::from_str(&text).unwrap();
            assert_eq!(value, answer["result"]["structuredContent"]);
            Ok(value)
        }
        _ => Err(text),
    }
}

#[test]
fn the_protocol_is_kept() {
    let sandbox = Sandbox::new(&[("letters/a.txt", REPORT)]);
    let answers = talk(
        &sandbox,
        &[
            json!({ "jsonrpc": "2.0", "id": 0, "method": "initialize", "params": { "protocolVersion": "2025-03-26", "capabilities": {} } }),
            json!({ "jsonrpc": "2.0", "method": "notifications/initialized" }),
            json!({ "jsonrpc": "2.0", "id": "p", "method": "ping" }),
            json!({ "jsonrpc": "2.0", "id": 2, "method": "tools/list" }),
            json!({ "jsonrpc": "2.0", "id": 3, "method": "resources/list" }),
            json!({ "jsonrpc": "2.0", "id": 4, "result": {} }),
            json!([]),
            call("write_report", json!({})),
        ],
    );
    assert_eq!(answers.len(), 6, "{answers:?}");
    assert_eq!(answers[0]["result"]["protocolVersion"], "2025-03-26");
    assert_eq!(answers[0]["result"]["serverInfo"]["name"], "findings");
    assert_eq!(answers[1], json!({ "jsonrpc": "2.0", "id": "p", "result": {} }));
    let tools = answers[2]["result"]["tools"].as_array().unwrap();
    let names: Vec<_> = tools.iter().map(|t| t["name"].as_str().unwrap()).collect();
    assert_eq!(names, ["read_report", "explain_field", "list_doubts"]);
    for tool in tools {
        jsonschema::meta::validate(&tool["inputSchema"]).unwrap();
    }
    assert_eq!(answers[3]["error"]["code"], -32601);
    assert_eq!(answers[4]["error"]["code"], -32600);
    assert_eq!(answers[5]["error"]["code"], -32602);
    let run = sandbox.run_with("mcp letters", "no json\n");
    assert_eq!(run.json()["error"]["code"], -32700);
    // A request for an unknown version is answered with a supported one.
    let asked = json!({ "jsonrpc": "2.0", "id": 0, "method": "initialize", "params": { "protocolVersion": "1999-01-01" } });
    assert_eq!(talk(&sandbox, &[asked])[0]["result"]["protocolVersion"], "2025-06-18");
}

#[test]
fn a_report_is_told_with_page_and_quote() {
    let sandbox = Sandbox::new(&[("letters/a.txt", REPORT), ("letters/b.txt", RECIPE)]);
    let record = sandbox.run("extract letters/a.txt").json();
    let report = tool(&sandbox, "read_report", json!({ "path": "a.txt" })).unwrap();
    assert_eq!(report["record"]["inspection"], record["inspection"]);
    assert_eq!(report["record"]["document"]["source"], "a.txt");
    assert!(report["record"].get("sections").is_none());
    let evidence = &record["evidence"]["/inspection/start"];
    assert_eq!(
        report["read_from"]["/inspection/start"],
        json!({ "page": evidence["spans"][0]["page"], "quote": evidence["quote"] })
    );
    let whole = tool(&sandbox, "read_report", json!({ "path": "a.txt", "sections": true })).unwrap();
    assert_eq!(whole["record"]["sections"], record["sections"]);

    let start =
        tool(&sandbox, "explain_field", json!({ "path": "a.txt", "pointer": "/inspection/start" })).unwrap();
    assert_eq!((&start["value"], &start["evidence"]), (&record["inspection"]["start"], evidence));
    let nothing =
        tool(&sandbox, "explain_field", json!({ "path": "a.txt", "pointer": "/nothing" })).unwrap_err();
    assert!(nothing.contains("the record has no /nothing"), "{nothing}");

    let doubts = tool(&sandbox, "list_doubts", json!({ "path": "a.txt" })).unwrap();
    assert_eq!(doubts["doubts"].as_array().unwrap().len() as u64, report["in_doubt"].as_u64().unwrap());
    let none = tool(&sandbox, "list_doubts", json!({ "path": "b.txt" })).unwrap_err();
    assert!(none.contains("unknown-format"), "{none}");
}

#[test]
fn nothing_outside_the_folders_is_read() {
    let sandbox = Sandbox::new(&[("letters/a.txt", REPORT), ("secret/b.txt", REPORT)]);
    std::os::unix::fs::symlink("../secret/b.txt", sandbox.path().join("letters/link.txt")).unwrap();
    std::os::unix::fs::symlink("../secret", sandbox.path().join("letters/folder")).unwrap();
    let whole = sandbox.path().join("secret/b.txt").display().to_string();
    for path in
        ["../secret/b.txt", "link.txt", "folder/b.txt", "/etc/passwd", &whole, "/dev/zero", "gone.txt", ""]
    {
        let refused = tool(&sandbox, "read_report", json!({ "path": path })).unwrap_err();
        assert!(refused.starts_with(&format!("there is no document {path} below ")), "{path}: {refused}");
    }
    let inside = sandbox.path().join("letters/a.txt").display().to_string();
    assert!(tool(&sandbox, "read_report", json!({ "path": inside })).is_ok());
    assert!(tool(&sandbox, "read_report", json!({ "path": 7 })).is_err());
    assert_eq!(sandbox.run("mcp gone").code, 2);
}
