//! The tools: what a report says, how a value was read, what is in doubt.

use std::collections::VecDeque;
use std::path::PathBuf;
use std::sync::{Mutex, PoisonError};

use findings_core::doubts_of_json;
use findings_core::source::sha256;
use serde_json::{Map, Value, json};

use crate::apart::Apart;
use crate::input::Input;
use crate::library::is_error;

/// How many records are cached: assistants ask about the same document repeatedly.
const KEPT: usize = 16;

/// What the tools may read, and how.
pub(crate) struct Tools {
    /// The folders below which documents may be read, with links resolved.
    roots: Vec<PathBuf>,
    apart: Apart,
    kept: Mutex<VecDeque<(String, Value)>>,
}

type Answer = Result<Value, ToolError>;

/// Why a tool has no result. The message is for the assistant, or for the person who started the server.
#[derive(Debug, thiserror::Error)]
pub(crate) enum ToolError {
    #[error("the argument {0} is missing, or is not a string")]
    Argument(&'static str),
    #[error("{} is not a folder", .0.display())]
    NoFolder(PathBuf),
    #[error("{}: {why}", folder.display())]
    Folder { folder: PathBuf, why: std::io::Error },
    #[error("there is no document {path} below {folders}")]
    NoDocument { path: String, folders: String },
    #[error("{path} gives no record. {code}: {message}")]
    NoRecord { path: String, code: String, message: String },
    #[error("the record has no {0}; read_report lists what it has")]
    NoPointer(String),
    #[error(transparent)]
    Unreadable(#[from] findings_core::record::Error),
    #[error(transparent)]
    Json(#[from] serde_json::Error),
}

/// The tools as the protocol lists them.
pub(super) fn list() -> Value {
    let path = json!({ "type": "string", "description": "Path of a document (PDF, text, scan) in a folder that the server was started with; pack.zip!/letters/a.pdf in a pack" });
    let pointer = json!({ "type": "string", "description": "JSON Pointer of a value, as listed by read_report: /inspection/start" });
    let tool = |name: &str, title: &str, what: &str, properties: Value, required: Value| {
        json!({
            "name": name,
            "title": title,
            "description": what,
            "inputSchema": { "type": "object", "properties": properties, "required": required, "additionalProperties": false },
            "annotations": { "readOnlyHint": true, "openWorldHint": false },
        })
    };
    let sections =
        json!({ "type": "boolean", "description": "Include the paragraphs of the body; default false" });
    json!([
        tool(
            "read_report",
            "Read an inspection report",
            "What an inspection report says: provider, dates, grades, inspectors, what has to improve. Each value comes with the page and the words it was read from.",
            json!({ "path": path, "sections": sections }),
            json!(["path"]),
        ),
        tool(
            "explain_field",
            "How a value was read",
            "A value of a report with its page, quote and rule, how many places agree, and what is in doubt about it; if it is null, the reason.",
            json!({ "path": path, "pointer": pointer }),
            json!(["path", "pointer"]),
        ),
        tool(
            "list_doubts",
            "What is in doubt in a report",
            "The values of a report that may be wrong or missing, the most serious first, with the reason, page and quote. Empty if nothing is in doubt.",
            json!({ "path": path }),
            json!(["path"]),
        ),
    ])
}

impl Tools {
    /// Tools for the documents below some folders.
    ///
    /// # Errors
    /// One of them is not a folder.
    pub(crate) fn new(folders: &[PathBuf], apart: Apart) -> Result<Self, ToolError> {
        let real = |folder: &PathBuf| match folder.canonicalize() {
            Ok(real) if real.is_dir() => Ok(real),
            Ok(_) => Err(ToolError::NoFolder(folder.clone())),
            Err(why) => Err(ToolError::Folder { folder: folder.clone(), why }),
        };
        let roots = folders.iter().map(real).collect::<Result<_, _>>()?;
        Ok(Self { roots, apart, kept: Mutex::default() })
    }

    /// Calls a tool; `None` if it does not exist.
    pub(super) fn call(&self, name: &str, arguments: &Value) -> Option<Answer> {
        let tool: fn(&Value, &Value) -> Answer = match name {
            "read_report" => read_report,
            "explain_field" => explain_field,
            "list_doubts" => list_doubts,
            _ => return None,
        };
        Some(self.record(arguments).and_then(|record| tool(&record, arguments)))
    }

    fn record(&self, arguments: &Value) -> Answer {
        let path = arguments["path"].as_str().ok_or(ToolError::Argument("path"))?;
        let input = self.input(path)?;
        let bytes = self.apart.bytes(&input)?;
        let key = format!("{} {}", sha256(&bytes), input.name);
        let kept = || self.kept.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some((_, record)) = kept().iter().find(|(known, _)| *known == key) {
            return Ok(record.clone());
        }
        let outcome = self.apart.read(&Input::in_memory(&input.name, bytes)).swap_remove(0);
        let value: Value = serde_json::from_slice(&outcome)?;
        if is_error(&outcome) {
            let said = |part: &str| value["error"][part].as_str().unwrap_or_default().to_owned();
            let (code, message) = (said("code"), said("message"));
            return Err(ToolError::NoRecord { path: path.to_owned(), code, message });
        }
        let mut kept = kept();
        kept.push_front((key, value.clone()));
        kept.truncate(KEPT);
        Ok(value)
    }

    /// The document at a path, if it is below one of the folders after links are resolved.
    fn input(&self, path: &str) -> Result<Input, ToolError> {
        let candidates = self.roots.iter().map(|root| Input::of_file(&root.join(path)));
        let is_inside = |input: &Input| {
            let real = input.on_disk().and_then(|file| file.canonicalize().ok());
            real.is_some_and(|real| real.is_file() && self.roots.iter().any(|root| real.starts_with(root)))
        };
        let found = candidates.into_iter().find(is_inside);
        found.map(|input| input.called(path)).ok_or_else(|| {
            let folders: Vec<String> = self.roots.iter().map(|r| r.display().to_string()).collect();
            ToolError::NoDocument { path: path.to_owned(), folders: folders.join(", ") }
        })
    }
}

/// The record without its evidence map and body, and with each value's place beside it.
fn read_report(record: &Value, arguments: &Value) -> Answer {
    let with_sections = arguments["sections"].as_bool().unwrap_or(false);
    let mut short = record.clone();
    if let Some(parts) = short.as_object_mut() {
        parts.retain(|name, _| {
            name != "evidence" && name != "diagnostics" && (with_sections || name != "sections")
        });
    }
    let evidence = record["evidence"].as_object().into_iter().flatten();
    let read: Map<String, Value> = evidence
        .filter(|(pointer, _)| with_sections || !pointer.starts_with("/sections"))
        .filter(|(_, e)| e["quote"].is_string())
        .map(|(pointer, e)| (pointer.clone(), json!({ "page": page(e), "quote": e["quote"] })))
        .collect();
    Ok(json!({ "record": short, "read_from": read, "in_doubt": doubts_of_json(record).len() }))
}

fn explain_field(record: &Value, arguments: &Value) -> Answer {
    let pointer = arguments["pointer"].as_str().ok_or(ToolError::Argument("pointer"))?;
    let evidence = &record["evidence"][pointer];
    let value = record.pointer(pointer);
    if value.is_none() && evidence.is_null() {
        return Err(ToolError::NoPointer(pointer.to_owned()));
    }
    let below = |of: &Value| {
        of["path"].as_str().is_some_and(|path| path == pointer || path.starts_with(&format!("{pointer}/")))
    };
    let diagnostics: Vec<&Value> =
        record["diagnostics"].as_array().into_iter().flatten().filter(|d| below(d)).collect();
    Ok(
        json!({ "pointer": pointer, "value": value, "page": page(evidence), "evidence": evidence, "diagnostics": diagnostics }),
    )
}

fn list_doubts(record: &Value, _: &Value) -> Answer {
    let doubts: Vec<Value> = doubts_of_json(record)
        .into_iter()
        .map(|d| {
            json!({
                "pointer": d.pointer, "value": record.pointer(&d.pointer), "code": d.code.to_string(), "message": d.message,
                "page": d.page, "quote": d.quote,
            })
        })
        .collect();
    Ok(json!({ "doubts": doubts }))
}

fn page(evidence: &Value) -> &Value {
    &evidence["spans"][0]["page"]
}
