//! Characters that no text is printed with.

use super::{Check, Finished, Verdict};
use crate::record::SectionBlock;

pub(super) const CHECKS: &[Check] = &[Check {
    name: "character-unknown",
    why: "A value has no character that stands for one that was lost, and none that only its font knows",
    held: (319, 319),
    run: unknown,
}];

/// Replacement characters, private-use characters, and control characters.
fn is_unknown(c: char) -> bool {
    if matches!(c, ' '..='~') {
        return false; // nearly every character
    }
    c == '\u{fffd}' || matches!(c, '\u{e000}'..='\u{f8ff}' | '\u{f0000}'..) || c.is_control()
}

fn unknown(f: &Finished<'_>, verdict: &mut Verdict) {
    let record = f.record;
    let mut see = |pointer: String, text: Option<&str>| {
        let Some(text) = text else { return };
        verdict.that(!text.contains(is_unknown), &[&pointer], || {
            let at = text.find(is_unknown).unwrap_or_default();
            let from = text[..at].char_indices().rev().nth(20).map_or(0, |(from, _)| from);
            format!(
                "“…{}” has a character that could not be read",
                text[from..].chars().take(40).collect::<String>()
            )
        });
    };
    see("/provider/name".into(), record.provider.name.as_deref());
    see("/inspection/theme".into(), record.inspection.theme.as_deref());
    if let Some(letter) = &record.letter {
        see("/letter/salutation".into(), letter.salutation.as_deref());
        see("/letter/subject".into(), letter.subject.as_deref());
        for (at, r) in letter.recipients.iter().enumerate() {
            let parts = [&r.name, &r.role, &r.organisation, &r.postcode];
            let parts = parts.into_iter().flatten().chain(&r.address);
            parts.for_each(|part| see(format!("/letter/recipients/{at}"), Some(part)));
        }
        for (at, s) in letter.signatories.iter().enumerate() {
            let parts = [&s.name, &s.role, &s.organisation].into_iter().flatten();
            parts.for_each(|part| see(format!("/letter/signatories/{at}"), Some(part)));
        }
    }
    for (at, i) in record.inspectors.iter().enumerate() {
        let parts = [&i.name, &i.role, &i.organisation].into_iter().flatten();
        parts.for_each(|part| see(format!("/inspectors/{at}"), Some(part)));
    }
    for (at, i) in record.improvements.iter().enumerate() {
        see(format!("/improvements/{at}/text"), Some(&i.text));
    }
    for (at, s) in record.strengths.iter().enumerate() {
        see(format!("/strengths/{at}/text"), Some(&s.text));
    }
    for (s, section) in record.sections.iter().enumerate() {
        see(format!("/sections/{s}/heading"), section.heading.as_deref());
        for (b, block) in section.blocks.iter().enumerate() {
            let pointer = || format!("/sections/{s}/blocks/{b}");
            match block {
                SectionBlock::Paragraph { text, .. } | SectionBlock::Bullet { text, .. } => {
                    see(pointer(), Some(text));
                }
                SectionBlock::Table { rows } => {
                    rows.iter().flatten().for_each(|cell| see(pointer(), Some(cell)));
                }
            }
        }
    }
}
