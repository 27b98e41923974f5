//! What a document says of other inspections.

use super::words::beginning;
use super::{Check, Finished, Verdict};
use crate::grammar::label::contains_label;
use crate::record::SectionBlock;

pub(super) const CHECKS: &[Check] = &[Check {
    name: "mention-not-read",
    why: "A paragraph that tells in which year services were judged or last inspected speaks of an inspection",
    held: (0, 0),
    run: unread,
}];

/// What is said of an inspection that is past.
const PAST: &[&str] =
    &["last inspection", "last inspected", "previous inspection", "judged inadequate in", "were judged to"];
/// So much of a mention tells whether a paragraph holds it.
const START: usize = 30;

fn unread(f: &Finished<'_>, verdict: &mut Verdict) {
    let starts: Vec<String> =
        f.record.mentions.iter().map(|m| m.text.chars().take(START).collect()).collect();
    for block in f.record.sections.iter().flat_map(|s| &s.blocks) {
        let (SectionBlock::Paragraph { text, .. } | SectionBlock::Bullet { text, .. }) = block else {
            continue;
        };
        let year = text.split(|c: char| !c.is_ascii_digit()).any(|n| n.len() == 4 && n.starts_with("20"));
        if !year || !PAST.iter().any(|p| contains_label(text, p)) {
            continue;
        }
        let read = starts.iter().any(|m| text.contains(m));
        verdict.that(read, &["/mentions"], || format!("“{}…” speaks of an inspection", beginning(text)));
    }
}
