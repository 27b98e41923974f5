//! Everything that was seen.

use std::fmt::Write;

use serde_json::Value;

use super::look::{Looked, Read};
use super::shorten;
use crate::outline::{Block, Outline, Role};

/// Lines with their roles, the claims of the formats, each field with its rule and quote.
pub(super) fn text(looked: &Looked) -> String {
    let mut out = String::new();
    // Writing to a string cannot fail.
    let _ = writeln!(out, "# Text layer\n\n{}", text_layer(looked));
    for r in &looked.seen.remarks {
        let page = r.page.map(|n| format!(" (page {n})")).unwrap_or_default();
        let _ = writeln!(out, "{}{page}: {}", r.code, r.message);
    }
    let _ = writeln!(out, "\n# Formats\n");
    for claim in &looked.seen.claims {
        let _ = writeln!(out, "{:.2}  {}", claim.score, claim.format);
        for reason in &claim.reasons {
            let _ = writeln!(out, "        {reason}");
        }
    }
    match &looked.read {
        Ok(read) => {
            blocks(&mut out, &looked.seen.outline, &read.parts);
            if let Some(plugin) = &read.plugin {
                let _ = writeln!(out, "\nread by the plugin {plugin}");
            }
            fields(&mut out, read);
        }
        Err(_) => blocks(&mut out, &looked.seen.outline, &[]),
    }
    out
}

/// Where the text came from, and how much there is.
pub(super) fn text_layer(looked: &Looked) -> String {
    let layer = &looked.seen.layer;
    let (kind, pages, words) = (layer.kind.as_str(), layer.pages.len(), layer.word_count());
    format!("{kind}, {pages} pages, {words} words, engine {}", layer.engine)
}

/// A block's role in a word or two.
pub(super) fn role(block: &Block) -> String {
    match block.role {
        Role::Heading(n) => format!("heading {n}"),
        Role::Paragraph => block.number.map_or("paragraph".into(), |n| format!("para {n}")),
        Role::Bullet(n) => format!("bullet {n}"),
        Role::Table => "table".into(),
        Role::Footnote => "footnote".into(),
        Role::Furniture => "furniture".into(),
    }
}

fn blocks(out: &mut String, outline: &Outline, parts: &[String]) {
    let _ = writeln!(out, "\n# Blocks\n\npage  {:<12}  role        style    text", "part");
    for (i, b) in outline.blocks.iter().enumerate() {
        let part = parts.get(i).map_or("", String::as_str);
        let (page, role) = (b.page, role(b));
        let style = format!("{}{}", b.style.size, if b.style.bold { " bold" } else { "" });
        let mut line = |text: &str| {
            let _ = writeln!(out, "{page:>4}  {part:<12}  {role:<10}  {style:<7}  {text}");
        };
        if b.rows.is_empty() {
            line(b.text.as_str());
        }
        for row in &b.rows {
            let cells: Vec<&str> = row.iter().map(|c| c.as_str()).collect();
            line(&cells.join(" | "));
        }
    }
}

fn fields(out: &mut String, read: &Read) {
    let record = &read.record;
    let text = |v: &Value| v.as_str().unwrap_or("-").to_owned();
    let format = &record["format"];
    let _ = writeln!(out, "\n# Fields of {} ({})\n", text(&format["id"]), text(&format["edition"]));
    for (pointer, e) in record["evidence"].as_object().into_iter().flatten() {
        if pointer.contains("/blocks/") {
            continue;
        }
        let shown = record.pointer(pointer).map(Value::to_string).unwrap_or_default();
        let status = match text(&e["status"]).as_str() {
            "found" => String::new(),
            other => format!(" [{other}]"),
        };
        let _ = writeln!(out, "{pointer}{status} = {}", shorten(&shown, 160));
        if let Some(quote) = e["quote"].as_str() {
            let page = e["spans"][0]["page"].as_u64().unwrap_or(0);
            let _ = writeln!(out, "    {} on page {page}: “{}”", text(&e["rule"]), shorten(quote, 160));
        }
    }
    let _ = writeln!(out, "\n# Diagnostics\n");
    let diagnostics = record["diagnostics"].as_array().map(Vec::as_slice).unwrap_or_default();
    for d in diagnostics {
        let path = d["path"].as_str().unwrap_or("");
        let _ = writeln!(out, "{} {path}: {}", text(&d["code"]), text(&d["message"]));
    }
    if diagnostics.is_empty() {
        let _ = writeln!(out, "none");
    }
}
