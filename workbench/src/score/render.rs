//! Renders score reports for people.

use std::fmt::Write;

use super::report::{Field, Figures, Group, ScoreReport, Wrong};
use crate::text_table::{Table, markdown_cell, shorten};

/// The length limit for values in the list of errors.
const SHOWN: usize = 160;

/// For a terminal, with at most `wrong` errors.
pub fn terminal(report: &ScoreReport, wrong: usize) -> String {
    let mut out = fields(report).plain();
    let _ = write!(out, "\n{}", summary(report));
    for by in kinds(report) {
        let _ = write!(out, "\n{}", groups(report, by).plain());
    }
    if !listed(report).is_empty() && wrong > 0 {
        out.push_str("\nWrong values\n");
        listed(report).iter().take(wrong).for_each(|w| out.push_str(&wrong_plain(w)));
        let _ = write!(out, "{}", more(report, wrong));
    }
    out
}

/// For a pull request, with at most `wrong` errors.
pub fn markdown(report: &ScoreReport, wrong: usize) -> String {
    let mut out = format!("## Accuracy\n\n{}\n{}", fields(report).markdown(), summary(report));
    for by in kinds(report) {
        let _ = write!(out, "\n### By {by}\n\n{}", groups(report, by).markdown());
    }
    if !listed(report).is_empty() && wrong > 0 {
        out.push_str("\n### Wrong values\n\n");
        let mut table = Table::new(&["document", "field", "expected", "got", "page", "quote", "silent"]);
        for w in listed(report).into_iter().take(wrong) {
            table.row([
                w.source.clone(),
                w.field.clone(),
                value(w.expected.as_ref()),
                value(w.got.as_ref()),
                w.page.map(|p| p.to_string()).unwrap_or_default(),
                w.quote.as_ref().map(|q| shorten(q, SHOWN)).unwrap_or_default(),
                if w.silent { "silent".into() } else { String::new() },
            ]);
        }
        out.push_str(&table.markdown());
        let _ = write!(out, "{}", markdown_cell(&more(report, wrong)));
    }
    out
}

/// CSV for a spreadsheet: a row for each field, then one for each group, then the total.
pub fn csv(report: &ScoreReport) -> String {
    let mut out = String::from(
        "by,name,right,labelled,extracted,precision,recall,f1,f1_low,f1_high,documents_right,documents,silent\n",
    );
    let mut row = |by: &str, name: &str, f: &Figures, right: usize, of: usize| {
        let [low, high] =
            f.intervals.map_or([String::new(), String::new()], |i| i.f1.map(|v| format!("{v:.6}")));
        let _ = writeln!(
            out,
            "{by},{},{},{},{},{:.6},{:.6},{:.6},{low},{high},{right},{of},{}",
            csv_cell(name),
            f.hit,
            f.gold,
            f.got,
            f.precision,
            f.recall,
            f.f1,
            f.silent
        );
    };
    for (name, f) in &report.fields {
        row("field", name, &f.figures, f.documents.right, f.documents.of);
    }
    for g in &report.groups {
        row(&g.by, &g.name, &g.total, g.whole.right, g.whole.of);
    }
    let whole = report.documents.whole;
    row("total", "all", &report.total, whole.right, whole.of);
    out
}

fn csv_cell(text: &str) -> String {
    // Spreadsheets would run a cell that begins like a formula.
    let text = if text.starts_with(['=', '+', '-', '@']) { format!("'{text}") } else { text.to_owned() };
    if text.contains(['"', ',', '\n']) { format!("\"{}\"", text.replace('"', "\"\"")) } else { text }
}

/// The properties by which documents are grouped, in order.
fn kinds(report: &ScoreReport) -> Vec<&str> {
    let mut kinds: Vec<&str> = report.groups.iter().map(|g| g.by.as_str()).collect();
    kinds.dedup();
    kinds
}

const FIGURES: [&str; 7] = ["right", "gold", "got", "precision", "recall", "F1", "silent"];

fn fields(report: &ScoreReport) -> Table {
    let mut table = Table::new(&[
        "field",
        FIGURES[0],
        FIGURES[1],
        FIGURES[2],
        FIGURES[3],
        FIGURES[4],
        FIGURES[5],
        "F1, 95 %",
        "documents",
        FIGURES[6],
    ]);
    let mut row = |name: &str, figures: &Figures, right: usize, of: usize| {
        let [right_n, gold, got, p, r, f1, silent] = cells(figures);
        let interval =
            figures.intervals.map(|i| format!("{:.3}–{:.3}", i.f1[0], i.f1[1])).unwrap_or_default();
        table.row([name.to_owned(), right_n, gold, got, p, r, f1, interval, format!("{right}/{of}"), silent]);
    };
    for (name, Field { figures, documents, .. }) in &report.fields {
        row(name, figures, documents.right, documents.of);
    }
    row("all", &report.total, report.documents.whole.right, report.documents.whole.of);
    table
}

fn groups(report: &ScoreReport, by: &str) -> Table {
    let mut table = Table::new(&[&[by, "whole"], &FIGURES[..]].concat());
    for Group { name, whole, total, .. } in report.groups.iter().filter(|g| g.by == by) {
        let lead = [name.clone(), format!("{}/{}", whole.right, whole.of)];
        table.row(lead.into_iter().chain(cells(total)));
    }
    table
}

fn cells(f: &Figures) -> [String; 7] {
    let counts = [f.hit, f.gold, f.got].map(|n| n.to_string());
    let [hit, gold, got] = counts;
    let [p, r, f1] = [f.precision, f.recall, f.f1].map(|v| format!("{v:.3}"));
    [hit, gold, got, p, r, f1, f.silent.to_string()]
}

fn summary(report: &ScoreReport) -> String {
    let d = &report.documents;
    let [low, high] = d.whole.interval.map(|v| v * 100.0);
    let mut out = format!(
        "F1 over all fields {:.4}; whole documents {} of {} ({low:.0}–{high:.0} %); silent errors {}\n",
        report.total.f1, d.whole.right, d.whole.of, report.total.silent
    );
    if !d.without_record.is_empty() {
        let _ = writeln!(out, "no record for {}: {}", d.without_record.len(), d.without_record.join(" "));
    }
    if d.to_refuse > 0 {
        let _ = writeln!(out, "refused {} of {} documents that are not reports", d.refused, d.to_refuse);
    }
    let m = &report.method;
    let _ = writeln!(
        out,
        "(texts count as the same from {:.0} % common words; intervals of {:.0} % from {} resamples of the documents, seed {})",
        m.near * 100.0,
        m.confidence * 100.0,
        m.resamples,
        m.seed
    );
    out
}

fn value(v: Option<&String>) -> String {
    v.map_or_else(|| "–".into(), |v| shorten(v, SHOWN))
}

fn wrong_plain(w: &Wrong) -> String {
    let mut out = format!("{}: {}{}\n", w.source, w.field, if w.silent { " (silent)" } else { "" });
    let _ = writeln!(out, "    expected  {}", value(w.expected.as_ref()));
    let _ = writeln!(out, "    got       {}", value(w.got.as_ref()));
    if let Some(quote) = &w.quote {
        let page = w.page.map(|p| format!("page {p}, ")).unwrap_or_default();
        let rule = w.rule.as_deref().unwrap_or("no rule");
        let _ = writeln!(out, "    read from {page}{rule}: “{}”", shorten(quote, SHOWN));
    }
    out
}

/// The errors in records. A document without a record is listed as such, so its values are left out.
fn listed(report: &ScoreReport) -> Vec<&Wrong> {
    let without = &report.documents.without_record;
    report.wrong.iter().filter(|w| !without.contains(&w.document)).collect()
}

fn more(report: &ScoreReport, shown: usize) -> String {
    let all = listed(report).len();
    let left = all.saturating_sub(shown);
    if left == 0 {
        return String::new();
    }
    format!("… and {left} more: --wrong {all} lists them all\n")
}
