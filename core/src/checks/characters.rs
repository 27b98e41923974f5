//! Characters that are never printed.

use super::{Check, Finished, Verdict};
use crate::cut::Cut;
use crate::record::{Record, SectionBlock};

pub(super) const CHECKS: &[Check] = &[Check {
    name: "character-unknown",
    why: "Values contain no replacement or private-use characters",
    held: (319, 319),
    run: unknown,
}];

/// Replacement, private-use and control characters.
fn is_unknown(c: char) -> bool {
    if matches!(c, ' '..='~') {
        return false; // nearly all characters
    }
    c == '\u{fffd}' || matches!(c, '\u{e000}'..='\u{f8ff}' | '\u{f0000}'..) || c.is_control()
}

fn unknown(f: &Finished<'_>, verdict: &mut Verdict) {
    let mut see = |pointer: &str, text: &str| {
        verdict.that(!text.contains(is_unknown), &[pointer], || {
            let at = text.find(is_unknown).unwrap_or_default();
            let from = text.head(at).char_indices().rev().nth(20).map_or(0, |(from, _)| from);
            format!(
                "“…{}” has a character that could not be read",
                text.tail(from).chars().take(40).collect::<String>()
            )
        });
    };
    each_value(f.record, &mut see);
    each_block(f.record, &mut see);
}

/// Calls `see` with the text of each field, and its pointer or that of its person.
fn each_value(record: &Record, see: &mut impl FnMut(&str, &str)) {
    let mut all = |pointer: &str, texts: &[Option<&String>]| {
        texts.iter().flatten().for_each(|text| see(pointer, text));
    };
    all("/provider/name", &[record.provider.name.as_ref()]);
    all("/inspection/theme", &[record.inspection.theme.as_ref()]);
    for (at, i) in record.inspectors.iter().enumerate() {
        all(&format!("/inspectors/{at}"), &[i.name.as_ref(), i.role.as_ref(), i.organisation.as_ref()]);
    }
    if let Some(letter) = &record.letter {
        all("/letter/salutation", &[letter.salutation.as_ref()]);
        all("/letter/subject", &[letter.subject.as_ref()]);
        for (at, s) in letter.signatories.iter().enumerate() {
            all(
                &format!("/letter/signatories/{at}"),
                &[s.name.as_ref(), s.role.as_ref(), s.organisation.as_ref()],
            );
        }
        for (at, r) in letter.recipients.iter().enumerate() {
            let pointer = format!("/letter/recipients/{at}");
            all(&pointer, &[r.name.as_ref(), r.role.as_ref(), r.organisation.as_ref(), r.postcode.as_ref()]);
            r.address.iter().for_each(|line| all(&pointer, &[Some(line)]));
        }
    }
    for (at, i) in record.improvements.iter().enumerate() {
        all(&format!("/improvements/{at}/text"), &[Some(&i.text)]);
    }
    for (at, s) in record.strengths.iter().enumerate() {
        all(&format!("/strengths/{at}/text"), &[Some(&s.text)]);
    }
}

/// Calls `see` with each heading and each text of the body.
fn each_block(record: &Record, see: &mut impl FnMut(&str, &str)) {
    for (s, section) in record.sections.iter().enumerate() {
        if let Some(heading) = &section.heading {
            see(&format!("/sections/{s}/heading"), heading);
        }
        for (b, block) in section.blocks.iter().enumerate() {
            let pointer = format!("/sections/{s}/blocks/{b}");
            match block {
                SectionBlock::Paragraph { text, .. } | SectionBlock::Bullet { text, .. } => {
                    see(&pointer, text);
                }
                SectionBlock::Table { rows } => {
                    rows.iter().flatten().for_each(|cell| see(&pointer, cell));
                }
            }
        }
    }
}
