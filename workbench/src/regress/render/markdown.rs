//! The report as Markdown, for a pull request.

use std::fmt::Write;

use super::{CLASSES, SHOWN, account, accuracy, classes, example_place, headline, time, value};
use crate::regress::report::RegressReport;
use crate::text_table::{Table, markdown_cell, shorten};

/// The report with at most `groups` groups of changes.
pub fn markdown(report: &RegressReport, groups: usize) -> String {
    let name = |n: &str| markdown_cell(n);
    let mut out =
        format!("## {} → {}\n\n{}\n", name(&report.base.name), name(&report.head.name), headline(report));
    for line in [accuracy(report), time(report)].into_iter().flatten() {
        let _ = write!(out, "\n{line}\n");
    }
    if !report.groups.is_empty() {
        let head = [&["field", "rule", "shape"], &CLASSES[..], &["documents", "stage"]].concat();
        let mut table = Table::new(&head);
        for g in report.groups.iter().take(groups) {
            let stages: Vec<&str> = g.stages.keys().map(String::as_str).collect();
            let lead = [g.field.clone(), g.rule.clone().unwrap_or_default(), g.shape.clone()];
            let tail = [g.documents.to_string(), stages.join(", ")];
            table.row(lead.into_iter().chain(classes(g.values)).chain(tail));
        }
        let _ = write!(out, "\n{}", table.markdown());
        examples(report, groups, &mut out);
    }
    if !report.diagnostics.is_empty() {
        let mut table = Table::new(&["diagnostic", "path", "new", "gone", "message"]);
        for d in &report.diagnostics {
            let (new, gone) = if d.new { (d.count, 0) } else { (0, d.count) };
            let path = d.path.clone().unwrap_or_default();
            table.row([d.code.clone(), path, new.to_string(), gone.to_string(), shorten(&d.message, SHOWN)]);
        }
        let _ = write!(out, "\n{}", table.markdown());
    }
    if !report.lost_evidence.is_empty() {
        let mut table = Table::new(&["lost evidence", "count", "for example"]);
        for l in &report.lost_evidence {
            table.row([l.field.clone(), l.count.to_string(), format!("{}, {}", l.document, l.path)]);
        }
        let _ = write!(out, "\n{}", table.markdown());
    }
    if let Some(time) = report.time.as_ref().filter(|t| !t.slower.is_empty()) {
        let mut table = Table::new(&["slower", "before, ms", "after, ms", "stage"]);
        for s in &time.slower {
            table.row([
                s.document.clone(),
                format!("{:.0}", s.base_ms),
                format!("{:.0}", s.head_ms),
                s.stage.clone(),
            ]);
        }
        let _ = write!(out, "\n{}", table.markdown());
    }
    out
}

/// An example of each group, in a collapsed section.
fn examples(report: &RegressReport, groups: usize, out: &mut String) {
    out.push_str("\n<details><summary>Examples</summary>\n\n");
    for g in report.groups.iter().take(groups) {
        let e = &g.example;
        let line = |v: &str| markdown_cell(&shorten(v, SHOWN));
        let _ = writeln!(out, "- **{}**, {}", markdown_cell(&g.field), markdown_cell(&account(g)));
        let _ = writeln!(out, "  - before: {}", line(value(e.before.as_ref())));
        let _ = writeln!(out, "  - after: {}", line(value(e.after.as_ref())));
        let _ = writeln!(out, "  - in {}", markdown_cell(&example_place(g)));
        if let Some(quote) = &e.quote {
            let _ = writeln!(out, "  - “{}”", line(quote));
        }
    }
    let left = report.groups.len().saturating_sub(groups);
    if left > 0 {
        let _ = writeln!(out, "- … and {left} more groups");
    }
    out.push_str("\n</details>\n");
}
