//! Lists and the lines that introduce them.

use std::collections::HashSet;

use super::super::holders::list_of;
use super::super::words::{beginning, ending};
use super::super::{Finished, Verdict};
use crate::cut::Cut;
use crate::record::{Section, SectionBlock};
use crate::text::LayerKind;

/// A list follows a heading or a line that introduces it. Lists among paragraphs are not checked.
pub(super) fn introduced(f: &Finished<'_>, verdict: &mut Verdict) {
    let items: HashSet<&str> = (f.record.improvements.iter().map(|i| i.text.as_str()))
        .chain(f.record.strengths.iter().map(|s| s.text.as_str()))
        .collect();
    for (s, section) in f.record.sections.iter().enumerate() {
        lost_first(section, &items, s, verdict);
        // Among paragraphs, a list may follow any of them.
        let paragraph = |b: &&SectionBlock| matches!(b, SectionBlock::Paragraph { .. });
        let listed = list_of(&section.kind).is_some();
        let least = if listed { 2 } else { 3 };
        // In plain text the heading of a list may be lost.
        let of_area = f.record.format.id.starts_with("ofsted.area-send.");
        let told = listed || of_area || f.doc.kind != LayerKind::PlainText;
        let is_list =
            told && section.blocks.len() >= least && section.blocks.iter().filter(paragraph).count() == 1;
        // In a focused visit's letter, a list comes after its heading or a line that ends in a colon. If none was
        // read, its heading may have been missed. Plain text often loses list marks, so it is exempt.
        let visit = f.record.format.id == "ofsted.ilacs.focused-visit"
            && f.record.improvements.is_empty()
            && f.doc.kind != LayerKind::PlainText;
        for (b, pair) in section.blocks.windows(2).enumerate().filter(|_| is_list || visit) {
            let [SectionBlock::Paragraph { text, .. }, SectionBlock::Bullet { .. }] = pair else { continue };
            // "…: (paragraph 12)"; or an item without a mark that was recognised anyway.
            let bare =
                text.rfind(" (").filter(|_| text.ends_with(')')).map_or(text.as_str(), |at| text.head(at));
            let announces = ["below", "following"].iter().any(|w| ending(bare).contains(w));
            let introduces = announces
                || bare.ends_with([':', ';', ',', '-', '\u{2013}'])
                || items.contains(text.as_str());
            let pointer = format!("/sections/{s}/blocks/{b}");
            let pointers = [pointer.as_str(), "/improvements"];
            let places = if visit { &pointers[..] } else { &pointers[..1] };
            verdict.that(introduces, places, || format!("“…{}” does not introduce a list", ending(text)));
        }
    }
}

/// A paragraph between the line that introduces a list and the first mark is an item without its mark.
fn lost_first(section: &Section, items: &HashSet<&str>, s: usize, verdict: &mut Verdict) {
    if !matches!(section.kind.as_str(), "improvements" | "priority-action") {
        return;
    }
    for (b, three) in section.blocks.windows(3).enumerate() {
        let [
            SectionBlock::Paragraph { text: line, .. },
            SectionBlock::Paragraph { text, .. },
            SectionBlock::Bullet { .. },
        ] = three
        else {
            continue;
        };
        let item = line.ends_with(':') && !text.ends_with(':') && !items.contains(text.as_str());
        let pointers = [format!("/sections/{s}/blocks/{}", b + 1), "/improvements".to_owned()];
        verdict.that(!item, &[&pointers[0], &pointers[1]], || {
            format!("“{}” may be the list's first", beginning(text))
        });
    }
}
