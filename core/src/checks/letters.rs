//! The frame of a letter: who is greeted, who signs.

use super::{Check, Finished, Verdict};
use crate::grammar::label::contains_label;

pub(super) const CHECKS: &[Check] = &[
    Check {
        name: "salutation-no-recipient",
        why: "A letter greets one of those to whom it is addressed, or the partnership that is its subject",
        held: (120, 120),
        run: salutation,
    },
    Check {
        name: "signatory-no-inspector",
        why: "The letter about a visit is signed by an inspector whom its first sentences name",
        held: (120, 120),
        run: signatories,
    },
    Check {
        name: "recipients-alike",
        why: "Nobody is addressed twice, and each has a line of their own",
        held: (137, 137),
        run: recipients,
    },
];

/// Words of a salutation that greets a body and not a person.
const BODIES: &[&str] = &["partnership", "partners", "colleagues", "all", "leaders", "Sir", "Madam", "board"];

fn salutation(f: &Finished<'_>, verdict: &mut Verdict) {
    let Some(letter) = &f.record.letter else { return };
    let Some(said) = letter.salutation.as_deref() else { return };
    if BODIES.iter().any(|b| contains_label(said, b)) {
        return;
    }
    let names: Vec<&str> = letter.recipients.iter().filter_map(|r| r.name.as_deref()).collect();
    let Some(greeted) = last_word(said).filter(|_| !names.is_empty()) else { return };
    let is_theirs = |name: &&str| words(name).any(|w| same(w, greeted));
    verdict.that(names.iter().any(is_theirs), &["/letter/salutation", "/letter/recipients"], || {
        format!("the letter greets “{said}” and is addressed to {}", names.join(", "))
    });
}

fn signatories(f: &Finished<'_>, verdict: &mut Verdict) {
    let Some(letter) = &f.record.letter else { return };
    if !matches!(f.record.inspection.kind.as_str(), "focused-visit" | "monitoring-visit") {
        return;
    }
    let inspectors: Vec<&str> = f.record.inspectors.iter().filter_map(|i| i.name.as_deref()).collect();
    if inspectors.is_empty() {
        return;
    }
    for (at, name) in letter.signatories.iter().enumerate() {
        let Some(name) = name.name.as_deref() else { continue };
        let known = inspectors.iter().any(|i| same(i, name));
        verdict.that(known, &[&format!("/letter/signatories/{at}"), "/inspectors"], || {
            format!("“{name}” signs the letter; the inspectors that it names are {}", inspectors.join(", "))
        });
    }
}

fn recipients(f: &Finished<'_>, verdict: &mut Verdict) {
    let Some(letter) = &f.record.letter else { return };
    let mut seen: Vec<&str> = Vec::new();
    for (at, name) in letter.recipients.iter().enumerate() {
        let Some(name) = name.name.as_deref() else { continue };
        verdict.that(!seen.contains(&name), &[&format!("/letter/recipients/{at}")], || {
            format!("“{name}” is addressed twice")
        });
        seen.push(name);
    }
}

fn words(text: &str) -> impl Iterator<Item = &str> {
    text.split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty())
}

fn last_word(text: &str) -> Option<&str> {
    words(text).last()
}

/// Whether two names are one but for case and the form of their apostrophes.
fn same(a: &str, b: &str) -> bool {
    let plain =
        |s: &str| s.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect::<String>();
    plain(a) == plain(b)
}
