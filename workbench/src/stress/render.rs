//! A stress report for people.

use super::{StressReport, Tally, classes};
use crate::text_table::{Table, shorten};

/// For a terminal: classes, fields, and the first silent changes.
pub fn terminal(report: &StressReport, silent: usize) -> String {
    let [classes, fields] = tables(report);
    let mut out = format!("{}\n\n{}\n{}", headline(report), classes.plain(), fields.plain());
    if !report.silent.is_empty() && silent > 0 {
        out.push_str("\nSilently changed:\n");
    }
    for s in report.silent.iter().take(silent) {
        let value = |v: &serde_json::Value| shorten(&v.to_string(), 120);
        out.push_str(&format!("{} page {} {}: {}\n", s.document, s.page, s.class, s.damage));
        out.push_str(&format!("    {}: {} → {}\n", s.pointer, value(&s.expected), value(&s.got)));
    }
    if report.silent.len() > silent {
        out.push_str(&format!(
            "… and {} more (--silent N shows more, --format json all)\n",
            report.silent.len() - silent
        ));
    }
    out
}

/// For a document of a repository.
pub fn markdown(report: &StressReport) -> String {
    let [classes, fields] = tables(report);
    format!("{}\n\n{}\n{}", headline(report), classes.markdown(), fields.markdown())
}

/// What it comes to, in a sentence.
pub fn headline(report: &StressReport) -> String {
    let t = &report.total;
    format!(
        "{} documents, {} damaged texts (seed {}): of {} values {} changed, {} of these flagged and {} silently ({}); outside the body's text {} changed, {} of these silently; {} texts were refused",
        report.documents,
        t.damages,
        report.seed,
        t.values,
        t.changed,
        t.flagged,
        t.silent,
        percent(t),
        report.outside_body.changed,
        report.outside_body.silent,
        t.refused
    )
}

/// How many classes a summary of what is silent names.
const NAMED: usize = 3;

/// How much of what damage changed the records keep silent about, and which damage most.
///
/// "12 of 20 changed values raised no doubt (60.0 %), most of them after page-break-team (5 of 5), columns (3 of 4)"
pub fn silence(report: &StressReport) -> String {
    let t = &report.total;
    if t.changed == 0 {
        return "no damage changed a value".into();
    }
    let said = format!("{} of {} changed values raised no doubt ({})", t.silent, t.changed, percent(t));
    let mut worst: Vec<(&String, &Tally)> = report.classes.iter().filter(|(_, t)| t.silent > 0).collect();
    worst.sort_by_key(|(_, t)| std::cmp::Reverse(t.silent));
    let class = |(name, t): &(&String, &Tally)| format!("{name} ({} of {})", t.silent, t.changed);
    let classes: Vec<String> = worst.iter().take(NAMED).map(class).collect();
    if classes.is_empty() { said } else { format!("{said}, most of them after {}", classes.join(", ")) }
}

fn tables(report: &StressReport) -> [Table; 2] {
    let mut by_class = Table::new(&[
        "class",
        "texts",
        "refused",
        "values",
        "changed",
        "flagged",
        "silent",
        "of changed",
        "in vain",
    ]);
    for (name, t) in &report.classes {
        let counts = [t.damages, t.refused, t.values, t.changed, t.flagged, t.silent].map(|n| n.to_string());
        let about = classes().find(|c| c.name == name).map_or("", |c| c.about);
        let first = format!("{name}: {about}");
        by_class.row([first].into_iter().chain(counts).chain([percent(t), t.in_vain.to_string()]));
    }
    let mut by_field = Table::new(&["field", "values", "changed", "flagged", "silent", "in vain"]);
    for (name, f) in report.fields.iter().filter(|(_, f)| f.changed + f.in_vain > 0) {
        let counts = [f.values, f.changed, f.flagged, f.silent, f.in_vain].map(|n| n.to_string());
        by_field.row([name.clone()].into_iter().chain(counts));
    }
    [by_class, by_field]
}

fn percent(tally: &Tally) -> String {
    if tally.changed == 0 { "–".into() } else { format!("{:.1} %", tally.silent_share * 100.0) }
}
