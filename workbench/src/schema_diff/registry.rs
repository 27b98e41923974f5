//! The published folder: schemas, code lists, examples, copies of what was published, and an index with digests.
//!
//! ```text
//! v1/NAME.schema.json             made from the types, as they are now
//! v1/codelists/NAME.{json,csv}    made from the vocabularies, as they are now
//! v1/examples/{valid,invalid}/    records and error reports; examples.json says what each shows
//! published/1.0/                  schemas and code lists as published: never changed
//! index.json                      every file with its SHA-256
//! ```

mod examples;

use std::collections::BTreeMap;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use findings_core::source::sha256;
use serde_json::{Value, json};

use super::{compare, version};

/// The name of the index in the folder.
pub const INDEX: &str = "index.json";
/// The folder of published versions.
const PUBLISHED: &str = "published";

/// A problem that must be fixed before publishing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem {
    /// The file.
    pub file: String,
    /// What is wrong, and how to fix it.
    pub what: String,
}

impl Problem {
    fn new(file: impl Into<String>, what: impl Into<String>) -> Self {
        Self { file: file.into(), what: what.into() }
    }
}

impl std::fmt::Display for Problem {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}: {}", self.file, self.what)
    }
}

/// Checks the folder against its policy: published files are untouched; current schemas are proven compatible; no code
/// of an open list was removed; every version accepts or refuses its examples as before; the index and the files made
/// from the types (`made`, by their paths in the folder) are up to date.
///
/// # Errors
/// A file can't be read, or is not valid JSON.
pub fn check(folder: &Path, made: &[(PathBuf, String)]) -> io::Result<Vec<Problem>> {
    let mut problems = Vec::new();
    for (path, text) in made {
        if fs::read_to_string(folder.join(path)).ok().as_ref() != Some(text) {
            problems.push(Problem::new(
                path.to_string_lossy(),
                "has drifted from the types: run `findings schema write` on this folder, and describe the change in CHANGELOG.md",
            ));
        }
    }
    let index = read(folder, INDEX).unwrap_or_default();
    problems.extend(touched(folder, &index)?);
    if index != self::index(folder)? {
        problems.push(Problem::new(INDEX, "is not up to date: run `findings schema write` on this folder"));
    }
    for path in files(folder, PUBLISHED)? {
        problems.extend(if path.ends_with(".schema.json") {
            kept_schema(folder, &path)?
        } else if path.contains("/codelists/") && path.ends_with(".json") {
            kept_codes(folder, &path)?
        } else {
            Vec::new()
        });
    }
    problems.extend(examples::check(folder)?);
    Ok(problems)
}

/// All files of the folder that others may rely on, with their digests and, for schemas, their `$id`.
///
/// # Errors
/// A file can't be read.
pub fn index(folder: &Path) -> io::Result<Value> {
    let mut entries = Vec::new();
    for path in files(folder, "")? {
        if !path.ends_with(".json") && !path.ends_with(".csv") || path == INDEX {
            continue;
        }
        let bytes = fs::read(folder.join(&path))?;
        let mut entry = json!({ "path": path, "sha256": sha256(&bytes), "bytes": bytes.len() });
        if path.ends_with(".schema.json") {
            entry["id"] = read(folder, &path)?["$id"].clone();
        }
        entries.push(entry);
    }
    Ok(json!({ "files": entries }))
}

/// Writes the index. Refuses to update the digest of a published file that has changed.
///
/// # Errors
/// A file can't be read or written, or a published one was changed.
pub fn write_index(folder: &Path) -> io::Result<()> {
    if let Ok(before) = read(folder, INDEX)
        && let Some(problem) = touched(folder, &before)?.first()
    {
        return Err(io::Error::other(problem.to_string()));
    }
    fs::write(folder.join(INDEX), format!("{:#}\n", index(folder)?))
}

/// Copies the schemas and code lists of a major version's folder to the folder of their version, which publishes them.
/// Returns the copies' paths.
///
/// # Errors
/// A file can't be read or written, or that version was published before and differs.
pub fn publish(folder: &Path) -> io::Result<Vec<String>> {
    let mut copies = Vec::new();
    let mut newest = BTreeMap::new();
    for path in files(folder, "")?.into_iter().filter(|p| p.starts_with('v') && p.ends_with(".schema.json")) {
        let schema = read(folder, &path)?;
        let Some((_, major, minor)) = schema["$id"].as_str().and_then(version) else {
            return Err(io::Error::other(format!("{path}: its $id has no version")));
        };
        let of = newest.entry(major).or_insert(minor);
        *of = minor.max(*of);
        let name = path.rsplit('/').next().unwrap_or_default();
        copies.push((path.clone(), format!("{PUBLISHED}/{major}.{minor}/{name}")));
    }
    // Code lists have no version of their own; they are published with the newest schema of their folder.
    for path in files(folder, "")?.into_iter().filter(|p| p.starts_with('v') && p.contains("/codelists/")) {
        let major = path[1..].split('/').next().and_then(|m| m.parse::<u32>().ok()).unwrap_or_default();
        let name = path.rsplit('/').next().unwrap_or_default();
        if let Some(minor) = newest.get(&major) {
            copies.push((path.clone(), format!("{PUBLISHED}/{major}.{minor}/codelists/{name}")));
        }
    }
    let mut new = Vec::new();
    for (from, to) in copies {
        let bytes = fs::read(folder.join(&from))?;
        let target = folder.join(&to);
        match fs::read(&target) {
            Ok(before) if before == bytes => {}
            Ok(_) => {
                return Err(io::Error::other(format!(
                    "{from} differs from {to}, which is published: raise the minor number in its $id first"
                )));
            }
            Err(_) => {
                fs::create_dir_all(target.parent().unwrap_or(folder))?;
                fs::write(&target, bytes)?;
                new.push(to);
            }
        }
    }
    write_index(folder)?;
    Ok(new)
}

/// Published files that are missing, or no longer have the digest in the index.
fn touched(folder: &Path, index: &Value) -> io::Result<Vec<Problem>> {
    let mut problems = Vec::new();
    for entry in index["files"].as_array().into_iter().flatten() {
        let path = entry["path"].as_str().unwrap_or_default();
        if !path.starts_with(PUBLISHED) {
            continue;
        }
        match fs::read(folder.join(path)) {
            Ok(bytes) if entry["sha256"] == sha256(&bytes) => {}
            Ok(_) => problems.push(Problem::new(
                path,
                "was changed after it was published: restore it (`git checkout`), and publish a new version",
            )),
            Err(e) if e.kind() == io::ErrorKind::NotFound => {
                problems.push(Problem::new(path, "was published but is gone: restore it (`git checkout`)"));
            }
            Err(e) => return Err(e),
        }
    }
    Ok(problems)
}

/// Problems with the current version of a published schema.
fn kept_schema(folder: &Path, published: &str) -> io::Result<Vec<Problem>> {
    let old = read(folder, published)?;
    let Some((name, major, _)) = old["$id"].as_str().and_then(version) else {
        return Ok(vec![Problem::new(published, "has no version in its $id")]);
    };
    let now = format!("v{major}/{name}.schema.json");
    let Ok(new) = read(folder, &now) else {
        return Ok(vec![Problem::new(now, format!("is gone, but {published} was published: restore it"))]);
    };
    if new["$id"].as_str().and_then(version).is_none_or(|(_, m, _)| m != major) {
        return Ok(vec![Problem::new(
            &now,
            format!("has the $id {}: another major version has a folder of its own", new["$id"]),
        )]);
    }
    match compare(&old, &new) {
        Ok(c) if c.allowed() => Ok(Vec::new()),
        Ok(c) => {
            let what: Vec<String> =
                c.changes.iter().filter(|c| !c.safe).map(|c| format!("\n  {}: {}", c.at, c.what)).collect();
            Ok(vec![Problem::new(
                &now,
                format!(
                    "is not proven compatible with {published}: a record valid now may not be valid there. Revert the change, or give it a new major version:{}",
                    what.concat()
                ),
            )])
        }
        Err(e) => Ok(vec![Problem::new(&now, e.to_string())]),
    }
}

/// A published code must stay, because stored records contain it.
fn kept_codes(folder: &Path, published: &str) -> io::Result<Vec<Problem>> {
    let major = published.split('/').nth(1).and_then(|v| v.split('.').next()).unwrap_or_default();
    let now = format!("v{major}/codelists/{}", published.rsplit('/').next().unwrap_or_default());
    let codes = |list: &Value| -> Vec<String> {
        let entries = list["codes"].as_array().into_iter().flatten();
        entries.filter_map(|c| c["code"].as_str().map(str::to_owned)).collect()
    };
    let kept = codes(&read(folder, &now).unwrap_or_default());
    let gone: Vec<String> =
        codes(&read(folder, published)?).into_iter().filter(|c| !kept.contains(c)).collect();
    Ok(if gone.is_empty() {
        Vec::new()
    } else {
        vec![Problem::new(
            now,
            format!(
                "lacks codes that {published} has ({}): keep a code that is no longer used, and give it a last day",
                gone.join(", ")
            ),
        )]
    })
}

/// Reads a JSON file of the folder.
fn read(folder: &Path, path: &str) -> io::Result<Value> {
    let bytes = fs::read(folder.join(path))?;
    serde_json::from_slice(&bytes).map_err(|e| io::Error::other(format!("{path} is not valid JSON: {e}")))
}

/// All files below a part of the folder, by their paths with `/`.
fn files(folder: &Path, part: &str) -> io::Result<Vec<String>> {
    let mut found = Vec::new();
    let mut parts = vec![part.to_owned()];
    while let Some(part) = parts.pop() {
        let Ok(entries) = fs::read_dir(folder.join(&part)) else { continue };
        for entry in entries {
            let entry = entry?;
            let name = entry.file_name().to_string_lossy().into_owned();
            let path = if part.is_empty() { name } else { format!("{part}/{name}") };
            if entry.file_type()?.is_dir() { parts.push(path) } else { found.push(path) }
        }
    }
    found.sort();
    Ok(found)
}
