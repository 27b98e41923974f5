//! A document as the parser saw it: what one reads when a field is wrong.

mod parts;

use std::fmt::Write;

use serde_json::Value;

use crate::ofsted;
use crate::outline::{Outline, Role};
use crate::pipeline::{self, ReadOptions, Stages, Unchecked};
use crate::record::{Error, ErrorReport, Part};
use crate::source;

/// Lines with their roles, the claims of the formats, each field with its rule and quote.
///
/// # Errors
/// As reading gives them; what was seen before is in the text all the same.
pub fn explain(name: &str, bytes: &[u8], options: &ReadOptions) -> (String, Option<Box<ErrorReport>>) {
    let mut out = String::new();
    let mut document = source::describe(name, bytes);
    let failed = |document, error: Error| Some(Box::new(ErrorReport { error, document }));
    let layer = match pipeline::text_layer(bytes, options, &mut document) {
        Ok((layer, remarks)) => {
            let _ = writeln!(out, "# Text layer\n");
            let _ = writeln!(
                out,
                "{}, {} pages, {} words, engine {}",
                layer.kind.as_str(),
                layer.pages.len(),
                layer.word_count(),
                layer.engine
            );
            for r in remarks {
                let page = r.page.map(|n| format!(" (page {n})")).unwrap_or_default();
                let _ = writeln!(out, "{}{page}: {}", r.code, r.message);
            }
            layer
        }
        Err(e) => return (out, failed(document, e)),
    };
    let layer = pipeline::pieces(ofsted::FORMATS, layer).swap_remove(0).layer;
    let mut outline = Outline::build(&layer);
    let plugins = options.plugins.as_deref();
    let _ = writeln!(out, "\n# Formats\n");
    for claim in pipeline::claims_of(ofsted::FORMATS, plugins, &outline) {
        let _ = writeln!(out, "{:.2}  {}", claim.score, claim.format);
        for reason in claim.reasons {
            let _ = writeln!(out, "        {reason}");
        }
    }
    let stages = &mut Stages::new(false);
    let read = match pipeline::by_claims(
        ofsted::FORMATS,
        plugins,
        &document,
        &layer,
        &mut outline,
        Vec::new(),
        stages,
    ) {
        Ok(read) => read,
        Err(e) => {
            blocks(&mut out, &outline, &[]);
            return (out, failed(document, e));
        }
    };
    let parts: Vec<String> = match &read.record {
        Unchecked::Core(_) => read.parts.iter().flatten().map(|p| part_name(*p).to_owned()).collect(),
        Unchecked::Plugin(record) => parts::of_evidence(&record.evidence, &outline),
    };
    blocks(&mut out, &outline, &parts);
    match read.record {
        Unchecked::Core(record) => {
            fields(&mut out, &serde_json::to_value(record).unwrap_or_default());
            (out, None)
        }
        // What is not believed is shown all the same: it is what its author looks for.
        Unchecked::Plugin(record) => {
            if let Some(plugin) = plugins.and_then(|p| p.plugin_of(read.format)) {
                let _ = writeln!(out, "\nread by the plugin {plugin}");
            }
            fields(&mut out, &record.clone().whole());
            let believed = pipeline::believe(plugins, record, read.format, &document, &layer);
            (out, believed.err().and_then(|e| failed(document, e)))
        }
    }
}

fn part_name(part: Part) -> &'static str {
    match part {
        Part::Front => "front",
        Part::Section => "section",
        Part::Note => "note",
        Part::Furniture => "furniture",
    }
}

fn blocks(out: &mut String, outline: &Outline, parts: &[String]) {
    let _ = writeln!(out, "\n# Blocks\n\npage  {:<12}  role        style    text", "part");
    for (i, b) in outline.blocks.iter().enumerate() {
        let part = parts.get(i).map_or("", String::as_str);
        let role = match b.role {
            Role::Heading(n) => format!("heading {n}"),
            Role::Paragraph => b.number.map_or("paragraph".into(), |n| format!("para {n}")),
            Role::Bullet(n) => format!("bullet {n}"),
            Role::Table => "table".into(),
            Role::Footnote => "footnote".into(),
            Role::Furniture => "furniture".into(),
        };
        let style = format!("{}{}", b.style.size, if b.style.bold { " bold" } else { "" });
        if b.rows.is_empty() {
            let _ = writeln!(out, "{:>4}  {part:<12}  {role:<10}  {style:<7}  {}", b.page, b.text.as_str());
        } else {
            for row in &b.rows {
                let cells: Vec<&str> = row.iter().map(|c| c.as_str()).collect();
                let _ =
                    writeln!(out, "{:>4}  {part:<12}  {role:<10}  {style:<7}  {}", b.page, cells.join(" | "));
            }
        }
    }
}

fn fields(out: &mut String, record: &Value) {
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

fn shorten(text: &str, max: usize) -> String {
    if text.chars().count() <= max {
        text.to_owned()
    } else {
        text.chars().take(max).chain(['…']).collect()
    }
}
