//! Explains one field in under thirty lines: where it was read, which candidates were rejected, what to do next.

use std::fmt::Write;

use serde_json::Value;

use super::candidates::refused;
use super::look::{Looked, Read};
use super::{short, shorten};
use crate::alike::meant;
use crate::outline::Block;
use crate::record::{doubts_of_json, within};

/// How many doubts and candidates are shown.
const DOUBTS: usize = 3;
const CANDIDATES: usize = 6;
const AROUND: usize = 2;
const OTHERS: usize = 12;

/// The explanation of the field at a JSON Pointer.
///
/// # Errors
/// The record has no such field; the message says which may be meant.
pub(super) fn text(looked: &Looked, read: &Read, pointer: &str) -> Result<String, String> {
    let record = &read.record;
    let (at, evidence) = nearest(record, pointer).unwrap_or_else(|| (pointer.to_owned(), &Value::Null));
    // Parts of something that the document does not have are known by its evidence.
    let is_absent = !evidence.is_null() && record.pointer(&at).is_none_or(Value::is_null);
    if record.pointer(pointer).is_none() && !is_absent || pointer.is_empty() {
        return Err(unknown(record, pointer));
    }
    let mut out = String::new();
    let part = |key: &str| evidence[key].as_str();
    let value = record.pointer(pointer).map_or_else(|| "nothing".into(), Value::to_string);
    // Writing to a string cannot fail.
    let _ = writeln!(out, "{pointer} of {}\n", looked.seen.document.source);
    let _ = writeln!(out, "value   {}", shorten(&value, 200));
    let mut said = vec![part("status").unwrap_or("it has no evidence of its own").to_owned()];
    said.extend(part("rule").map(|r| format!("rule {r}")));
    said.extend(part("source").map(|s| format!("looked up in {s}")));
    said.extend(evidence["witnesses"].as_u64().map(|n| format!("witnesses {n}")));
    said.extend(evidence["confidence"].as_f64().map(|c| format!("confidence {c:.2}")));
    said.extend((at != pointer).then(|| format!("with {at}")));
    let _ = writeln!(out, "status  {}", said.join(", "));
    if let Some(quote) = part("quote") {
        let page = evidence["spans"][0]["page"].as_u64().unwrap_or(0);
        let _ = writeln!(out, "quote   “{}”, page {page}", shorten(quote, 200));
    }
    doubts(&mut out, record, pointer);
    not_taken(&mut out, looked, read, pointer);
    around(&mut out, looked, evidence);
    let _ = writeln!(out, "\nNext: {}", next(evidence, &looked.seen.document.source));
    Ok(out)
}

/// The evidence of a field, or of its nearest ancestor that has any.
fn nearest<'r>(record: &'r Value, pointer: &str) -> Option<(String, &'r Value)> {
    let all = record["evidence"].as_object()?;
    let mut at = pointer;
    loop {
        if let Some(found) = all.get(at) {
            return Some((at.to_owned(), found));
        }
        at = at.rsplit_once('/').map(|(above, _)| above).filter(|above| !above.is_empty())?;
    }
}

fn unknown(record: &Value, pointer: &str) -> String {
    let mut all: Vec<String> =
        record["evidence"].as_object().into_iter().flatten().map(|(p, _)| p.clone()).collect();
    pointers(record, "", &mut all);
    let asked = format!("/{}", pointer.trim_start_matches('/').replace('.', "/"));
    let last = format!("/{}", asked.rsplit('/').next().unwrap_or_default());
    let same = all
        .iter()
        .find(|p| **p == asked)
        .or_else(|| all.iter().find(|p| last.len() > 1 && p.ends_with(&last)));
    let meant = same.map(String::as_str).or_else(|| meant(&asked, all.iter().map(String::as_str)));
    if let Some(meant) = meant {
        return format!("the record has no field {pointer}; did you mean {meant}?");
    }
    let fields: Vec<&str> =
        all.iter().map(String::as_str).filter(|p| !p.contains("/blocks")).take(OTHERS).collect();
    format!(
        "the record has no field {pointer}; a field is named by its JSON Pointer, for example:\n  {}",
        fields.join("\n  ")
    )
}

/// The pointers of a record's values, but for what is said about them.
fn pointers(value: &Value, at: &str, all: &mut Vec<String>) {
    let mut below = |key: &str, part: &Value| {
        let pointer = format!("{at}/{key}");
        if !matches!(pointer.as_str(), "/evidence" | "/diagnostics") {
            all.push(pointer.clone());
            pointers(part, &pointer, all);
        }
    };
    match value {
        Value::Object(parts) => parts.iter().for_each(|(key, part)| below(key, part)),
        Value::Array(items) => items.iter().enumerate().for_each(|(i, item)| below(&i.to_string(), item)),
        _ => {}
    }
}

fn doubts(out: &mut String, record: &Value, pointer: &str) {
    let touches = |p: &str| within(p, pointer) || within(pointer, p) && !p.is_empty();
    let all: Vec<_> = doubts_of_json(record).into_iter().filter(|d| touches(&d.pointer)).collect();
    if all.is_empty() {
        let _ = writeln!(out, "doubts  none");
    }
    for doubt in all.iter().take(DOUBTS) {
        let line = short::doubt(doubt);
        let _ = writeln!(out, "doubt   {}", line.lines().next().unwrap_or_default());
    }
}

fn not_taken(out: &mut String, looked: &Looked, read: &Read, pointer: &str) {
    let Some(all) = refused(looked, read, pointer) else {
        let _ = writeln!(out, "\nOther candidates for this field can't be told from other words.");
        return;
    };
    let _ = writeln!(
        out,
        "\nRejected candidates{}",
        if all.is_empty() { ": nothing else of its kind is printed" } else { "" }
    );
    for c in all.iter().take(CANDIDATES) {
        let _ = writeln!(out, "  page {}  “{}”: {}", c.page, shorten(&c.text, 50), c.why);
    }
    if all.len() > CANDIDATES {
        let _ = writeln!(out, "  … and {} more", all.len() - CANDIDATES);
    }
}

/// Shows the block that contains the value, with its neighbours.
fn around(out: &mut String, looked: &Looked, evidence: &Value) {
    let Some(page) = evidence["spans"][0]["page"].as_u64() else { return };
    let quote = evidence["quote"].as_str().unwrap_or_default();
    let first = quote.split_whitespace().take(3).collect::<Vec<_>>().join(" ");
    let blocks = &looked.seen.outline.blocks;
    let holds = |b: &Block| {
        let pages = u64::from(b.page)..=u64::from(b.last_page);
        pages.contains(&page)
            && (b.text.as_str().contains(quote) || quote.contains(b.text.as_str()) && !b.text.is_empty())
    };
    let begins = |b: &Block| u64::from(b.page) == page && b.text.as_str().contains(&first);
    let Some(at) = blocks.iter().position(holds).or_else(|| blocks.iter().position(begins)) else { return };
    let _ = writeln!(out, "\nAround it, on page {page}");
    for (i, block) in blocks.iter().enumerate().skip(at.saturating_sub(AROUND)).take(2 * AROUND + 1) {
        let mark = if i == at { ">" } else { " " };
        let _ = writeln!(out, " {mark} {}", shorten(block.text.as_str(), 100));
    }
}

/// What to do next about a field, given its status.
fn next(evidence: &Value, name: &str) -> String {
    // "westmoor.format.toml:39"
    let of_file =
        |rule: &str| rule.rsplit_once(':').filter(|(file, _)| file.ends_with(".format.toml")).is_some();
    match evidence["status"].as_str().unwrap_or_default() {
        "found" | "derived" if evidence["rule"].as_str().is_some_and(of_file) => format!(
            "look at the page. If the value is wrong, mend that line of the file: `findings format watch` shows what a change does to \
             your documents, and `findings explain {name} --full` what the rule saw."
        ),
        "found" | "derived" => format!(
            "look at the page. If the value is wrong, `findings explain {name} --full` shows the lines that the rule saw. \
             `findings review` corrects it in a collection; whoever has the source finds in its CONTRIBUTING.md how to mend \
             the rule."
        ),
        "not-stated" => {
            "the document does not seem to say it. If it does, its form may be new: `findings drift` checks that, and the \
             page with the value is what is needed to fix the grammar."
                .into()
        }
        "not-applicable" => "this format has no place for it.".into(),
        "illegible" => "look at the page; a scan of 300 dpi or more may read better.".into(),
        "conflicting" => "look at both places: the document contradicts itself.".into(),
        "not-read" => format!("look at the page and enter the value by hand; `findings explain {name} --full` shows \
             the lines that no rule read."),
        _ => "the evidence belongs to a value above it: give the pointer of that.".into(),
    }
}
