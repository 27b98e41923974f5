//! The report for a terminal.

use std::fmt::Write;

use super::{SHOWN, account, accuracy, example_place, fields, headline, time, title, value};
use crate::regress::report::{Group, RegressReport};
use crate::text_table::shorten;

/// The report with at most `groups` groups of changes.
pub fn terminal(report: &RegressReport, groups: usize) -> String {
    let mut out = format!("{} → {}\n{}\n", report.base.name, report.head.name, headline(report));
    for line in [accuracy(report), time(report)].into_iter().flatten() {
        let _ = writeln!(out, "{line}");
    }
    if !report.fields.is_empty() {
        let _ = write!(out, "\n{}", fields(report).plain());
    }
    for group in report.groups.iter().take(groups) {
        one_group(group, &mut out);
    }
    let left = report.groups.len().saturating_sub(groups);
    if left > 0 {
        let _ = writeln!(out, "\n… and {left} more groups: --groups {} lists them all", report.groups.len());
    }
    diagnostics(report, &mut out);
    for l in &report.lost_evidence {
        let _ = writeln!(out, "lost evidence: {} × {}  ({}, {})", l.count, l.field, l.document, l.path);
    }
    for s in report.time.iter().flat_map(|t| &t.slower) {
        let _ = writeln!(
            out,
            "slower: {} {:.0} → {:.0} ms, most in {}",
            s.document, s.base_ms, s.head_ms, s.stage
        );
    }
    lists(report, &mut out);
    out
}

fn one_group(group: &Group, out: &mut String) {
    let e = &group.example;
    let _ = writeln!(out, "\n{}", title(group));
    let _ = writeln!(out, "    {}", account(group));
    let _ = writeln!(out, "    before  {}", shorten(value(e.before.as_ref()), SHOWN));
    let _ = writeln!(out, "    after   {}", shorten(value(e.after.as_ref()), SHOWN));
    let _ = writeln!(out, "    in      {}", example_place(group));
    if let Some(quote) = &e.quote {
        let _ = writeln!(out, "    quote   “{}”", shorten(quote, SHOWN));
    }
}

fn diagnostics(report: &RegressReport, out: &mut String) {
    if !report.diagnostics.is_empty() {
        out.push_str("\nDiagnostics\n");
    }
    for d in &report.diagnostics {
        let path = d.path.as_deref().unwrap_or("");
        let sign = if d.new { "new" } else { "gone" };
        let _ = writeln!(
            out,
            "    {} × {sign} {} {path}  ({}: {})",
            d.count,
            d.code,
            d.document,
            shorten(&d.message, SHOWN)
        );
    }
}

fn lists(report: &RegressReport, out: &mut String) {
    let named = [
        ("fixed in", &report.fixed_documents),
        ("broken in", &report.broken_documents),
        ("only in base", &report.only_in_base),
        ("only in head", &report.only_in_head),
    ];
    for (what, documents) in named {
        for document in documents {
            let _ = writeln!(out, "{what}: {document}");
        }
    }
}
