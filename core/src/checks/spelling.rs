//! Spelling in damaged text: values consist of words, and names look like names.

use rustc_hash::FxHashMap;

use super::{Check, Finished, Verdict};
use crate::outline::Block;
use crate::repair::is_damage;
use crate::repair::spelling::{misread, misread_beside, misread_name, rest_of_name};
use crate::text::LayerKind;

pub(super) const CHECKS: &[Check] = &[
    Check {
        name: "word-misread",
        why: "In damaged or recognised text, each word of a short value is known, and spelled as elsewhere",
        held: (0, 0),
        run: words,
    },
    Check {
        name: "name-misread",
        why: "In damaged or recognised text, the letters of a name form a plausible name",
        held: (0, 0),
        run: names,
    },
];

/// A word that occurs this often was hardly misread every time.
const OFTEN: usize = 3;

/// In a damaged text more than one word in this many was repaired.
const REPAIRED: usize = 100;

/// Whether the text is likely to contain misread words. In other texts an unknown word is just a rare one.
pub(super) fn is_damaged(f: &Finished<'_>) -> bool {
    if f.doc.kind == LayerKind::Ocr {
        return true;
    }
    let origins = || f.doc.blocks.iter().flat_map(|b| b.text.origins());
    origins().filter(|o| is_damage(o.original.as_deref())).count() * REPAIRED > origins().count()
}

fn words(f: &Finished<'_>, verdict: &mut Verdict) {
    if !is_damaged(f) {
        return;
    }
    let mut counts: FxHashMap<&str, usize> = FxHashMap::default();
    let all = f.doc.blocks.iter().flat_map(|b| b.text.as_str().split(|c: char| !c.is_alphanumeric()));
    all.for_each(|word| *counts.entry(word).or_default() += 1);
    let count = |word: &str| counts.get(word).copied().unwrap_or_default();
    let mut see = |pointer: &str, text: Option<&str>| {
        let Some(text) = text else { return };
        // In plain text a word that occurs several times is genuine, but OCR may make the same mistake throughout.
        let own = |odd: &&str| f.doc.kind == LayerKind::PlainText && count(odd) >= OFTEN;
        let odd = misread(text).filter(|odd| !own(odd)).or_else(|| misread_beside(text, count));
        verdict.that(odd.is_none(), &[pointer], || format!("“{}” is no word", odd.unwrap_or_default()));
    };
    let record = f.record;
    see("/provider/printed", record.provider.printed.as_deref());
    see("/inspection/theme", record.inspection.theme.as_deref());
    if let Some(letter) = &record.letter {
        see("/letter/subject", letter.subject.as_deref());
        for (at, r) in letter.recipients.iter().enumerate() {
            see(&format!("/letter/recipients/{at}/role"), r.role.as_deref());
            see(&format!("/letter/recipients/{at}/organisation"), r.organisation.as_deref());
        }
    }
    for (at, item) in record.improvements.iter().enumerate() {
        see(&format!("/improvements/{at}/text"), Some(&item.text));
    }
    for (at, item) in record.strengths.iter().enumerate() {
        see(&format!("/strengths/{at}/text"), Some(&item.text));
    }
    for (at, section) in record.sections.iter().enumerate() {
        see(&format!("/sections/{at}/heading"), section.heading.as_deref());
    }
}

fn names(f: &Finished<'_>, verdict: &mut Verdict) {
    if !is_damaged(f) {
        return;
    }
    let mut see = |pointer: String, name: Option<&str>| {
        let Some(name) = name else { return };
        let elsewhere = |word: &str| {
            // A word that was repaired to this spelling is no second witness.
            let printed = |b: &Block| {
                let origins = b.text.origins().iter().filter(|o| o.original.is_none());
                let words = origins.filter_map(|o| b.text.as_str().get(o.start as usize..o.end as usize));
                words.filter(|w| w.contains(word)).count()
            };
            f.doc.blocks.iter().map(printed).sum::<usize>() > 1
        };
        let odd = misread_name(name, elsewhere);
        verdict.that(odd.is_none(), &[&pointer], || {
            format!("“{}” of “{name}” has letters that hardly follow one another", odd.unwrap_or_default())
        });
        let rest = f.doc.blocks.iter().find_map(|b| rest_of_name(b.text.as_str(), name));
        verdict.that(rest.is_none(), &[&pointer], || {
            format!("“{}” behind “{name}” is no word", rest.unwrap_or_default())
        });
    };
    if let Some(letter) = &f.record.letter {
        see("/letter/salutation".to_owned(), letter.salutation.as_deref());
        for (at, r) in letter.recipients.iter().enumerate() {
            see(format!("/letter/recipients/{at}/name"), r.name.as_deref());
        }
        for (at, s) in letter.signatories.iter().enumerate() {
            see(format!("/letter/signatories/{at}/name"), s.name.as_deref());
        }
    }
    for (at, i) in f.record.inspectors.iter().enumerate() {
        see(format!("/inspectors/{at}/name"), i.name.as_deref());
    }
}
