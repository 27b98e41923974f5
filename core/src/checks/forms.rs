//! What holds of forms alone: their boxes and running lines stand in no paragraph.

use std::collections::HashMap;

use super::words::beginning;
use super::{Check, Finished, Verdict};
use crate::record::SectionBlock;

/// Ofsted's reports say some sentences twice, in a summary and below.
pub(super) const CHECKS: &[Check] = &[Check {
    name: "paragraph-twice",
    why: "What a form prints on each page stands in its frame: no paragraph stands in the body twice",
    held: (0, 0),
    run: twice,
}];

/// Fewer words, not counting those of one or two letters, may be said twice: "None noted", "(b) (4) (b) (4)".
const WORDS: usize = 3;

fn twice(f: &Finished<'_>, verdict: &mut Verdict) {
    let mut seen: HashMap<&str, String> = HashMap::new();
    let verdicts: Vec<&str> = f.record.judgements.iter().filter_map(|j| j.printed.as_deref()).collect();
    for (s, section) in f.record.sections.iter().enumerate() {
        for (b, block) in section.blocks.iter().enumerate() {
            let SectionBlock::Paragraph { text, .. } = block else { continue };
            // A verdict stands below each of what is judged: "Judgment: Compliant".
            let said = text.rsplit_once(": ").map_or(text.as_str(), |(_, said)| said);
            if verdicts.contains(&said) {
                continue;
            }
            let letters = |w: &&str| w.chars().filter(|c| c.is_alphabetic()).count() > 2;
            if text.split(' ').filter(letters).count() < WORDS {
                continue;
            }
            // A sentence may be said of several parts: "No requirements were made."
            let sentence = text.ends_with(['.', '?', '!']);
            let pointer = format!("/sections/{s}/blocks/{b}");
            let first = seen.get(text.as_str()).cloned();
            let pointers: Vec<&str> = std::iter::once(pointer.as_str()).chain(first.as_deref()).collect();
            let elsewhere =
                first.as_ref().is_some_and(|first| !first.starts_with(&format!("/sections/{s}/")));
            verdict.that(first.is_none() || sentence && elsewhere, &pointers, || {
                format!("“{}” stands in the body twice", beginning(text))
            });
            seen.entry(text).or_insert(pointer);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::checks::run;
    use crate::outline::Outline;
    use crate::record::{Section, sample};

    #[test]
    fn what_runs_through_a_form_is_no_paragraph() {
        let doubts = |texts: [&str; 2]| {
            let mut record = sample();
            let section = |text: &str| Section {
                blocks: vec![SectionBlock::Paragraph { text: text.into(), number: None }],
                ..Section::default()
            };
            record.sections = texts.map(section).to_vec();
            let finished = Finished { record: &record, doc: &Outline::default(), parts: &[] };
            run(&finished, CHECKS.iter()).len()
        };
        assert_eq!(doubts(["EMPLOYEE SIGNATURE AND DATE", "EMPLOYEE SIGNATURE AND DATE"]), 2);
        assert_eq!(doubts(["EMPLOYEE SIGNATURE AND DATE", "The shed is clean."]), 0);
        assert_eq!(doubts(["(b) (4) (b)", "(b) (4) (b)"]), 0);
        // Sentences may be said of two parts.
        assert_eq!(doubts(["No requirements were made here.", "No requirements were made here."]), 0);
    }
}
