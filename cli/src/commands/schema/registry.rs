//! The registry of published schemas: comparing versions, checking, publishing.

use std::fs;
use std::path::{Path, PathBuf};

use clap::ValueEnum;
use findings_workbench::schema_diff::{Verdict, compare, registry};
use serde_json::Value;

use crate::Exit;
use crate::commands::{print, usage, written};
use crate::error::Refusal;

/// How a comparison is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum DiffFormat {
    /// For people.
    Text,
    /// An object with the verdict and every change.
    Json,
}

/// Compares two schemas, each given as a file or by the name of a built-in one.
pub(super) fn diff(old: &str, new: &str, format: DiffFormat) -> Exit {
    let compared = schema(old)
        .and_then(|o| Ok((o, schema(new)?)))
        .and_then(|(o, n)| Ok(compare(&o, &n).map_err(|e| e.to_string())?));
    let comparison = match compared {
        Ok(comparison) => comparison,
        Err(message) => return usage(message),
    };
    let text = match format {
        DiffFormat::Json => format!("{:#}\n", serde_json::json!(comparison)),
        DiffFormat::Text => {
            let mut lines: Vec<String> = comparison.changes.iter().map(ToString::to_string).collect();
            lines.push(
                match comparison.verdict {
                    Verdict::Same => "same: both accept the same records",
                    Verdict::Compatible => {
                        "compatible, proven: every record valid under the new schema is valid under the old one"
                    }
                    Verdict::NewMajor => "not compatible, but a new major version: readers are warned",
                    Verdict::Breaking => {
                        "BREAKING: not proven compatible. Revert the change, or give it a new major version"
                    }
                }
                .to_owned(),
            );
            lines.join("\n") + "\n"
        }
    };
    match print(&text) {
        Exit::Done if !comparison.allowed() => Exit::SomeFailed,
        exit => exit,
    }
}

/// Checks a registry against its policy.
pub(super) fn check(folder: &Path) -> Exit {
    match registry::check(folder, &super::files()) {
        Ok(problems) if problems.is_empty() => {
            eprintln!("findings: {} follows its policy", folder.display());
            Exit::Done
        }
        Ok(problems) => {
            let lines: Vec<String> = problems.iter().map(|p| format!("{p}\n")).collect();
            match print(&lines.concat()) {
                Exit::Done => Exit::SomeFailed,
                exit => exit,
            }
        }
        Err(e) => usage(format!("{}: {e}", folder.display())),
    }
}

/// Publishes the current files of the registry.
pub(super) fn publish(folder: &Path) -> Exit {
    let published = registry::publish(folder).map(|paths| {
        match paths.len() {
            0 => eprintln!("findings: everything was published already"),
            _ => paths.iter().for_each(|p| eprintln!("published {p}")),
        }
        Exit::Done
    });
    written(published, &folder.display().to_string())
}

fn schema(name: &str) -> Result<Value, Refusal> {
    if let Some(known) = super::all().find(|s| s.name == name || s.id == name) {
        return Ok(known.schema());
    }
    let bytes = fs::read(PathBuf::from(name))
        .map_err(|e| format!("{name} is neither a known schema nor a readable file ({e}); `findings schema list` shows all names"))?;
    Ok(serde_json::from_slice(&bytes).map_err(|e| format!("{name} is not valid JSON: {e}"))?)
}
