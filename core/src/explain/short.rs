//! A short view: first what is in doubt, then the fields, then a condensed outline.

use std::fmt::Write;

use serde_json::Value;

use super::full::{role, text_layer};
use super::look::{Looked, Read};
use super::shorten;
use crate::outline::Role;
use crate::record::{Doubt, doubts_of_json};

/// How many doubts are shown.
const DOUBTS: usize = 20;

/// A summary of a document, in a page or two.
pub(super) fn text(looked: &Looked, read: &Read) -> String {
    let mut out = String::new();
    let name = &looked.seen.document.source;
    let text = |p: &str| read.record.pointer(p).and_then(Value::as_str).unwrap_or("-").to_owned();
    // Writing to a string cannot fail.
    let _ =
        writeln!(out, "{name}: {}\n{} ({})", text_layer(looked), text("/format/id"), text("/format/edition"));
    if let Some(plugin) = &read.plugin {
        let _ = writeln!(out, "read by the plugin {plugin}");
    }
    let doubts = doubts_of_json(&read.record);
    let _ = writeln!(out, "\n# In doubt\n");
    if doubts.is_empty() {
        let _ = writeln!(out, "nothing");
    }
    doubts.iter().take(DOUBTS).for_each(|d| out.push_str(&doubt(d)));
    if doubts.len() > DOUBTS {
        let _ = writeln!(out, "… and {} more: `findings review {name} --list`", doubts.len() - DOUBTS);
    }
    fields(&mut out, &read.record);
    outline(&mut out, looked, read);
    let _ = writeln!(
        out,
        "\n`findings explain {name} --field POINTER` shows one field in detail, `--full` every line and quote"
    );
    out
}

/// A doubt with its place, in a line or two.
pub(super) fn doubt(d: &Doubt) -> String {
    let place = if d.pointer.is_empty() { "the document" } else { &d.pointer };
    let page = d.page.map(|p| format!(" (page {p})")).unwrap_or_default();
    let quote = d.quote.as_deref().map(|q| format!("\n    “{}”", shorten(q, 120))).unwrap_or_default();
    format!("{place}{page} {}: {}{quote}\n", d.code, shorten(&d.message, 200))
}

/// Members that are shown elsewhere, or that only say how the record was made.
const LEFT_OUT: &[&str] = &["schema", "document", "run", "format", "sections", "evidence", "diagnostics"];

fn fields(out: &mut String, record: &Value) {
    let _ = writeln!(out, "\n# Fields\n");
    for (key, value) in record.as_object().into_iter().flatten() {
        if !LEFT_OUT.contains(&key.as_str()) {
            walk(out, &format!("/{key}"), value);
        }
    }
}

/// A line for each value, and for each item of a list.
fn walk(out: &mut String, pointer: &str, value: &Value) {
    match value {
        Value::Null => {}
        Value::Object(map) => map.iter().for_each(|(key, v)| walk(out, &format!("{pointer}/{key}"), v)),
        Value::Array(items) => {
            for (i, item) in items.iter().enumerate() {
                let _ = writeln!(out, "{pointer}/{i} = {}", shorten(&item_text(item), 120));
            }
        }
        other => {
            let _ = writeln!(out, "{pointer} = {}", shorten(&other.to_string(), 120));
        }
    }
}

/// An item in one line, without member names and empty members.
fn item_text(item: &Value) -> String {
    let Value::Object(map) = item else { return item.to_string() };
    let told = map.values().filter(|v| !matches!(v, Value::Null | Value::Bool(false)));
    let parts = told.filter(|v| !v.as_array().is_some_and(Vec::is_empty));
    let text = |v: &Value| v.as_str().map_or_else(|| v.to_string(), str::to_owned);
    parts.map(text).collect::<Vec<_>>().join(" | ")
}

/// The headings, and how many blocks of each kind stand between them.
fn outline(out: &mut String, looked: &Looked, read: &Read) {
    let _ = writeln!(out, "\n# Outline\n");
    let mut between: Vec<(String, usize)> = Vec::new();
    for (i, block) in looked.seen.outline.blocks.iter().enumerate() {
        if let Role::Heading(level) = block.role {
            flush(out, &mut between);
            let indent = "  ".repeat(usize::from(level.saturating_sub(1)));
            let _ = writeln!(out, "{:>4}  {indent}{}", block.page, shorten(block.text.as_str(), 90));
            continue;
        }
        let kind = match block.role {
            Role::Paragraph | Role::Bullet(_) => role(block).split(' ').next().unwrap_or_default().to_owned(),
            _ => role(block),
        };
        let kind = if kind == "para" { "paragraph".to_owned() } else { kind };
        let part = read.parts.get(i).map_or("", String::as_str);
        let what = if part.is_empty() || part == "section" || kind == part {
            kind
        } else {
            format!("{kind} ({part})")
        };
        match between.iter_mut().find(|(w, _)| *w == what) {
            Some((_, n)) => *n += 1,
            None => between.push((what, 1)),
        }
    }
    flush(out, &mut between);
}

fn flush(out: &mut String, between: &mut Vec<(String, usize)>) {
    if between.is_empty() {
        return;
    }
    let told: Vec<String> = between.drain(..).map(|(what, n)| format!("{n} {what}")).collect();
    let _ = writeln!(out, "          … {}", told.join(", "));
}
