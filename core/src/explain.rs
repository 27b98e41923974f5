//! A document as the parser saw it: what one reads when a field is wrong.

use std::fmt::Write;

use crate::outline::{Outline, Role};
use crate::pipeline::{self, ReadOptions};
use crate::record::{Error, ErrorReport, Part, Record, Status};
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
    let outline = Outline::build(&layer);
    let _ = writeln!(out, "\n# Formats\n");
    for claim in crate::format::claims(pipeline::formats(options.plugins.as_deref()), &outline) {
        let _ = writeln!(out, "{:.2}  {}", claim.score, claim.format);
        for reason in claim.reasons {
            let _ = writeln!(out, "        {reason}");
        }
    }
    let (outline, parts, outcome) = match pipeline::outline(&layer) {
        Ok((outline, format, _)) => {
            let mut draft = pipeline::draft(document.clone(), &layer, &outline, format.info());
            format.read(&outline, &mut draft);
            let parts = draft.parts.clone();
            (outline.clone(), Some(parts), Ok(pipeline::finish(draft, &outline, &layer)))
        }
        Err(e) => (outline, None, Err(e)),
    };
    blocks(&mut out, &outline, parts.as_deref());
    match outcome {
        Ok(record) => {
            fields(&mut out, &record);
            (out, None)
        }
        Err(e) => (out, failed(document, e)),
    }
}

fn blocks(out: &mut String, outline: &Outline, parts: Option<&[Part]>) {
    let _ = writeln!(out, "\n# Blocks\n\npage  part       role        style    text");
    for (i, b) in outline.blocks.iter().enumerate() {
        let part = parts.map_or("", |p| match p[i] {
            Part::Front => "front",
            Part::Section => "section",
            Part::Note => "note",
            Part::Furniture => "furniture",
        });
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
            let _ = writeln!(out, "{:>4}  {part:<9}  {role:<10}  {style:<7}  {}", b.page, b.text.as_str());
        } else {
            for row in &b.rows {
                let cells: Vec<&str> = row.iter().map(|c| c.as_str()).collect();
                let _ =
                    writeln!(out, "{:>4}  {part:<9}  {role:<10}  {style:<7}  {}", b.page, cells.join(" | "));
            }
        }
    }
}

fn fields(out: &mut String, record: &Record) {
    let _ = writeln!(out, "\n# Fields of {} ({})\n", record.format.id, record.format.edition);
    let value = serde_json::to_value(record).unwrap_or_default();
    for (pointer, e) in &record.evidence {
        if pointer.contains("/blocks/") {
            continue;
        }
        let shown = value.pointer(pointer).map(serde_json::Value::to_string).unwrap_or_default();
        let status = match e.status {
            Status::Found => String::new(),
            other => format!(
                " [{}]",
                serde_json::to_value(other)
                    .ok()
                    .and_then(|v| v.as_str().map(str::to_owned))
                    .unwrap_or_default()
            ),
        };
        let _ = writeln!(out, "{pointer}{status} = {}", shorten(&shown, 160));
        if let Some(quote) = &e.quote {
            let page = e.spans.first().map_or(0, |s| s.page);
            let _ = writeln!(
                out,
                "    {} on page {page}: “{}”",
                e.rule.as_deref().unwrap_or("-"),
                shorten(quote, 160)
            );
        }
    }
    let _ = writeln!(out, "\n# Diagnostics\n");
    for d in &record.diagnostics {
        let _ = writeln!(out, "{} {}: {}", d.code, d.path.as_deref().unwrap_or(""), d.message);
    }
    if record.diagnostics.is_empty() {
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
