//! The contents page lists the headings of the body.

use super::{Check, Finished, Verdict};
use crate::ofsted::contents::{self, key};

pub(super) const CHECKS: &[Check] = &[Check {
    name: "contents-not-headings",
    why: "Each entry of the contents page heads a section",
    held: (55, 55),
    run: headings,
}];

fn headings(f: &Finished<'_>, verdict: &mut Verdict) {
    let contents = contents::read(f.doc);
    if contents.entries.len() < 3 {
        return;
    }
    let headings: Vec<String> =
        f.record.sections.iter().filter_map(|s| s.heading.as_deref()).map(key).collect();
    let titled = |e: &&String| e.starts_with("section ") || *e == "contents";
    for entry in contents.entries.iter().filter(|e| !titled(e)) {
        let heads = headings
            .iter()
            .any(|h| h == entry || h.starts_with(entry) || entry.starts_with(h.as_str()) && h.len() > 12);
        verdict.that(heads, &["/sections"], || format!("“{entry}” of the contents page heads no section"));
    }
}
