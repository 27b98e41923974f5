//! Renders reports on two runs for people.

mod html;
mod markdown;
mod terminal;

pub use html::html;
pub use markdown::markdown;
pub use terminal::terminal;

use super::gate::COUNTERS;
use super::report::{Classes, Group, RegressReport};
use crate::text_table::Table;

/// The length limit for values shown side by side.
const SHOWN: usize = 160;

/// A summary in one line.
fn headline(report: &RegressReport) -> String {
    let c = &report.counters;
    if c.changed_documents == 0 && c.unpaired == 0 {
        return format!("Nothing changed in {} documents.", c.documents);
    }
    let mut parts = vec![format!("{} of {} documents changed", c.changed_documents, c.documents)];
    let v = c.values;
    let named = [
        (v.fixed, "fixed"),
        (v.broken, "broken"),
        (v.changed, "changed"),
        (v.missing, "newly missing"),
        (v.found, "newly found"),
    ];
    parts.extend(named.iter().filter(|(n, _)| *n > 0).map(|(n, what)| format!("{n} values {what}")));
    parts.extend(
        (c.lost_evidence > 0).then(|| format!("{} values without the evidence they had", c.lost_evidence)),
    );
    parts.extend((c.unpaired > 0).then(|| format!("{} documents in one run only", c.unpaired)));
    format!("{}.", parts.join(", "))
}

/// Accuracy before and after, if there are labels.
fn accuracy(report: &RegressReport) -> Option<String> {
    let a = report.accuracy?;
    Some(format!(
        "F1 over {} labelled documents {:.4} → {:.4}; whole documents {} → {}; fixed in {} documents, broken in {}.",
        a.documents,
        a.base.f1,
        a.head.f1,
        a.base.whole,
        a.head.whole,
        report.fixed_documents.len(),
        report.broken_documents.len()
    ))
}

/// Time before and after, if there are traces.
fn time(report: &RegressReport) -> Option<String> {
    let t = report.time.as_ref()?;
    Some(format!(
        "Reading took {:.0} ms before and {:.0} ms after; {} documents are slower.",
        t.base_ms,
        t.head_ms,
        t.slower.len()
    ))
}

/// The columns of the tables.
const CLASSES: [&str; 5] = ["fixed", "broken", "changed", "missing", "found"];

fn classes(c: Classes) -> [String; 5] {
    [c.fixed, c.broken, c.changed, c.missing, c.found].map(|n| n.to_string())
}

/// A row for each field that changed.
fn fields(report: &RegressReport) -> Table {
    let mut table = Table::new(&[&["field"], &CLASSES[..]].concat());
    for (field, values) in &report.fields {
        table.row(std::iter::once(field.clone()).chain(classes(*values)));
    }
    table
}

/// The counters that gates can use, with their values.
fn counters(report: &RegressReport) -> impl Iterator<Item = (&'static str, usize)> + '_ {
    COUNTERS.iter().map(|(name, count)| (*name, count(&report.counters)))
}

/// "12 × /inspection/end · visit.dates · date: month"
fn title(group: &Group) -> String {
    let rule = group.rule.as_deref().unwrap_or("no rule");
    format!("{} × {} · {rule} · {}", group.values.total(), group.field, group.shape)
}

/// "in 12 documents; first changed: grammar; 3 broken"
fn account(group: &Group) -> String {
    let v = group.values;
    let stages: Vec<String> = if group.stages.len() == 1 {
        group.stages.keys().cloned().collect()
    } else {
        group.stages.iter().map(|(stage, n)| format!("{stage} ({n})")).collect()
    };
    let told = if group.traced { "" } else { " (inferred from the evidence: there is no trace)" };
    let mut out = format!(
        "in {}; stage that changed first: {}{told}",
        counted(group.documents, "document"),
        stages.join(", ")
    );
    for (n, what) in
        [(v.fixed, "fixed"), (v.broken, "broken"), (v.missing, "newly missing"), (v.found, "newly found")]
    {
        if n > 0 {
            out += &format!("; {n} {what}");
        }
    }
    out
}

fn counted(n: usize, what: &str) -> String {
    if n == 1 { format!("1 {what}") } else { format!("{n} {what}s") }
}

/// Where the example of a group was read.
fn example_place(group: &Group) -> String {
    let e = &group.example;
    let path = e.head_path.as_ref().or(e.base_path.as_ref());
    let page = e.page.map(|p| format!(", page {p}")).unwrap_or_default();
    format!("{}{page}{}", e.document, path.map(|p| format!(", {p}")).unwrap_or_default())
}

fn value(v: Option<&String>) -> &str {
    v.map_or("–", String::as_str)
}
