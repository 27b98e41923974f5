//! The report as a self-contained HTML page: no scripts, no fonts, nothing external.

use std::fmt::Write;

use super::{account, accuracy, counters, example_place, headline, time, title};
use crate::regress::report::{Group, RegressReport};

const STYLE: &str = "\
body{font:15px/1.5 system-ui,sans-serif;max-width:70rem;margin:2rem auto;padding:0 1rem;color:#222;background:#fff}
table{border-collapse:collapse;margin:1rem 0}td,th{padding:.2rem .7rem;border-bottom:1px solid #ddd;text-align:left;vertical-align:top}
td.n{text-align:right;font-variant-numeric:tabular-nums}details{border:1px solid #ddd;border-radius:4px;margin:.5rem 0;padding:.4rem .8rem}
summary{cursor:pointer;font-weight:600}.broken{border-left:4px solid #b00020}.fixed{border-left:4px solid #1b7f3b}
del{background:#ffe3e3;text-decoration:none}ins{background:#ddf5e3;text-decoration:none}blockquote{margin:.5rem 0;padding-left:.8rem;border-left:3px solid #ccc;color:#555}
@media(prefers-color-scheme:dark){body{color:#ddd;background:#181818}td,th,details{border-color:#444}del{background:#5a1f24}ins{background:#1d4a2b}blockquote{color:#aaa}}";

/// The full report.
pub fn html(report: &RegressReport) -> String {
    let (base, head) = (text(&report.base.name), text(&report.head.name));
    let mut out = format!(
        "<!doctype html>\n<html lang=\"en\"><head><meta charset=\"utf-8\">\n<meta name=\"viewport\" content=\"width=device-width\">\n\
         <title>{base} → {head}</title>\n<style>\n{STYLE}\n</style></head><body>\n<h1>{base} → {head}</h1>\n<p>{}</p>\n",
        text(&headline(report))
    );
    for line in [accuracy(report), time(report)].into_iter().flatten() {
        let _ = writeln!(out, "<p>{}</p>", text(&line));
    }
    out.push_str("<table><tr><th>counter</th><th>count</th></tr>\n");
    for (name, count) in counters(report) {
        let _ = writeln!(out, "<tr><td>{name}</td><td class=\"n\">{count}</td></tr>");
    }
    out.push_str("</table>\n");
    if !report.fields.is_empty() {
        out.push_str("<h2>Fields</h2>\n<table><tr><th>field</th><th>fixed</th><th>broken</th><th>changed</th><th>missing</th><th>found</th></tr>\n");
        for (field, values) in &report.fields {
            let _ = write!(out, "<tr><td>{}</td>", text(field));
            super::classes(*values).iter().for_each(|n| out.push_str(&format!("<td class=\"n\">{n}</td>")));
            out.push_str("</tr>\n");
        }
        out.push_str("</table>\n<h2>Changes</h2>\n");
        report.groups.iter().for_each(|g| group(g, &mut out));
    }
    diagnostics(report, &mut out);
    lost_evidence(report, &mut out);
    slower(report, &mut out);
    let named = [
        ("Fixed in", &report.fixed_documents),
        ("Broken in", &report.broken_documents),
        ("Only in base", &report.only_in_base),
        ("Only in head", &report.only_in_head),
    ];
    for (what, documents) in named.into_iter().filter(|(_, d)| !d.is_empty()) {
        let _ = writeln!(out, "<h2>{what}</h2>\n<ul>");
        documents.iter().for_each(|d| out.push_str(&format!("<li>{}</li>\n", text(d))));
        out.push_str("</ul>\n");
    }
    out.push_str("</body></html>\n");
    out
}

fn group(g: &Group, out: &mut String) {
    let kind = match (g.values.broken, g.values.fixed) {
        (0, 0) => "",
        (0, _) => " class=\"fixed\"",
        _ => " class=\"broken\"",
    };
    let e = &g.example;
    let _ =
        writeln!(out, "<details{kind}><summary>{}</summary>\n<p>{}</p>", text(&title(g)), text(&account(g)));
    out.push_str("<table><tr><th>before</th><th>after</th><th>values</th></tr>\n");
    let cell = |v: &Option<String>, tag: &str| {
        v.as_ref().map_or("–".to_owned(), |v| format!("<{tag}>{}</{tag}>", text(v)))
    };
    for v in &g.variants {
        let (before, after) = (cell(&v.before, "del"), cell(&v.after, "ins"));
        let _ = writeln!(out, "<tr><td>{before}</td><td>{after}</td><td class=\"n\">{}</td></tr>", v.count);
    }
    let (before, after) = (cell(&e.before, "del"), cell(&e.after, "ins"));
    let _ =
        writeln!(out, "</table>\n<p>For example {} → {} in {}</p>", before, after, text(&example_place(g)));
    if let Some(quote) = &e.quote {
        let _ = writeln!(out, "<blockquote>{}</blockquote>", text(quote));
    }
    out.push_str("</details>\n");
}

fn diagnostics(report: &RegressReport, out: &mut String) {
    if report.diagnostics.is_empty() {
        return;
    }
    out.push_str("<h2>Diagnostics</h2>\n<table><tr><th>code</th><th>path</th><th>change</th><th>count</th><th>for example</th></tr>\n");
    for d in &report.diagnostics {
        let _ = writeln!(
            out,
            "<tr><td>{}</td><td>{}</td><td>{}</td><td class=\"n\">{}</td><td>{}: {}</td></tr>",
            text(&d.code),
            text(d.path.as_deref().unwrap_or("")),
            if d.new { "new" } else { "gone" },
            d.count,
            text(&d.document),
            text(&d.message)
        );
    }
    out.push_str("</table>\n");
}

fn lost_evidence(report: &RegressReport, out: &mut String) {
    if report.lost_evidence.is_empty() {
        return;
    }
    out.push_str(
        "<h2>Lost evidence</h2>\n<table><tr><th>field</th><th>count</th><th>for example</th></tr>\n",
    );
    for l in &report.lost_evidence {
        let example = format!("{}, {}", l.document, l.path);
        let _ = writeln!(
            out,
            "<tr><td>{}</td><td class=\"n\">{}</td><td>{}</td></tr>",
            text(&l.field),
            l.count,
            text(&example)
        );
    }
    out.push_str("</table>\n");
}

fn slower(report: &RegressReport, out: &mut String) {
    let Some(time) = report.time.as_ref().filter(|t| !t.slower.is_empty()) else { return };
    out.push_str("<h2>Slower</h2>\n<table><tr><th>document</th><th>before, ms</th><th>after, ms</th><th>stage</th></tr>\n");
    for s in &time.slower {
        let _ = writeln!(
            out,
            "<tr><td>{}</td><td class=\"n\">{:.0}</td><td class=\"n\">{:.0}</td><td>{}</td></tr>",
            text(&s.document),
            s.base_ms,
            s.head_ms,
            text(&s.stage)
        );
    }
    out.push_str("</table>\n");
}

/// Escapes text, so that nothing from a document becomes markup.
fn text(s: &str) -> String {
    let mut out = String::with_capacity(s.len());
    for c in s.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            c => out.push(c),
        }
    }
    out
}
