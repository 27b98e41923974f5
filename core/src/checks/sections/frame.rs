//! Looks for text in the body that belongs to the frame of a letter or report: dates, names, roles, grades, postcodes.

use super::super::words::text_of;
use super::super::{Finished, Verdict};
use super::{is_own_grade, is_table};
use crate::grammar::grade::grade_alone;
use crate::grammar::label::{contains_label, is_label, label};
use crate::grammar::postcode::postcode;
use crate::grammar::{date, is_person_like};
use crate::record::{Section, SectionBlock};
use crate::text::LayerKind;

pub(super) fn frame(f: &Finished<'_>, verdict: &mut Verdict) {
    for (s, section) in f.record.sections.iter().enumerate().filter(|(_, s)| !is_table(f, s)) {
        for (b, block) in section.blocks.iter().enumerate() {
            let pointer = format!("/sections/{s}/blocks/{b}");
            // Reports never give an address in prose.
            if text_of(block).is_some_and(holds_postcode) {
                verdict.that(false, &[&pointer], || "a postcode stands in the body".to_owned());
                continue;
            }
            let SectionBlock::Paragraph { text, number: None } = block else { continue };
            if let Some(grade) = begins_with_grade(f, text) {
                verdict
                    .that(false, &[&pointer], || format!("“{grade}” of the table stands before a sentence"));
                continue;
            }
            if let Some(table) = has_left(f, section, text) {
                verdict.that(false, &[&pointer, table], || format!("“{text}” has left its table"));
            } else if text.len() <= 60 {
                // Longer texts are hardly ever from the frame, so they shouldn't count as evidence that the check can
                // be believed.
                let stray = is_of_frame(f, text) && !(b == 0 && is_own_grade(section, text));
                verdict.that(!stray, &[&pointer], || format!("“{text}” alone among paragraphs"));
            }
        }
    }
}

/// The grade from the table that has run into a sentence: "Good Services for children …".
fn begins_with_grade<'a>(f: &Finished<'a>, text: &str) -> Option<&'a str> {
    let printed = f.record.judgements.iter().filter_map(|j| j.printed.as_deref());
    let mut own = printed.filter(|p| p.starts_with(char::is_uppercase));
    own.find(|grade| {
        let behind = text.strip_prefix(grade).and_then(|rest| rest.strip_prefix(' '));
        behind.is_some_and(|rest| {
            rest.starts_with(char::is_uppercase) && rest.chars().nth(1).is_some_and(char::is_lowercase)
        })
    })
}

/// Whether a short text belongs to the frame: just a date, a name, a role or a grade.
fn is_of_frame(f: &Finished<'_>, text: &str) -> bool {
    date(text).is_ok_and(|(rest, _)| rest.trim().is_empty())
        || is_person_like(text)
        || is_label(text, "Yours sincerely")
        // In reports before 2013 a grade has a number and a line of its own.
        || grade_alone(text).is_some() && !text.contains("Grade ")
        || label("Inspection dates")(text).is_ok()
        // A table of an area's services contains roles, which are lines in plain text.
        || f.record.letter.is_some() && is_post(text)
}

pub(in crate::checks) fn holds_postcode(text: &str) -> bool {
    let digit =
        |w: &str| w.bytes().any(|b| b.is_ascii_digit()) && w.starts_with(|c: char| c.is_ascii_uppercase());
    // Words that start with a capital and contain a digit are rare.
    text.contains(|c: char| c.is_ascii_digit())
        && text.split(' ').zip(text.split(' ').skip(1)).any(|(a, b)| {
            digit(a)
                && postcode(&format!("{a} {}", b.trim_end_matches([',', '.', ';', ')'])))
                    .is_ok_and(|(rest, _)| rest.is_empty())
        })
}

/// The field whose table a paragraph has left, if it looks like one of its rows.
fn has_left(f: &Finished<'_>, section: &Section, text: &str) -> Option<&'static str> {
    if text.len() <= 80 && !text.ends_with('.') && stands_in_team(f, section, text) {
        return Some("/inspectors");
    }
    // One of Ofsted's grades may be on a line of its own below its heading.
    let is_row = || f.record.judgements.iter().any(|j| j.printed.as_deref() == Some(text) || j.label == text);
    (grade_alone(text).is_none() && is_row()).then_some("/judgements")
}

/// Whether a line that starts with an inspector's name belongs to the team's list. In plain text a sentence may start
/// a line with a name, so the section must have a table with the others.
fn stands_in_team(f: &Finished<'_>, section: &Section, text: &str) -> bool {
    let names = || f.record.inspectors.iter().filter_map(|i| i.name.as_deref());
    let rows = section.blocks.iter().flat_map(|b| match b {
        SectionBlock::Table { rows } => rows.as_slice(),
        _ => &[],
    });
    let is_name = |text: &str| names().any(|name| text.starts_with(name));
    is_name(text) && (f.doc.kind == LayerKind::Native || rows.flatten().any(|cell| is_name(cell)))
}

/// Whether a text is the role of a recipient: "Executive Director, Children’s Services".
fn is_post(text: &str) -> bool {
    !text.ends_with('.') && ["Director", "Chief Executive"].iter().any(|post| contains_label(text, post))
}

#[cfg(test)]
mod tests {
    use super::super::CHECKS;
    use crate::checks::{Finished, run};
    use crate::outline::Outline;
    use crate::record::{Inspector, Section, SectionBlock, sample};

    #[test]
    fn what_stands_in_a_frame_is_no_paragraph() {
        let doubted = |text: &str| {
            let mut record = sample();
            let named = |name: &str| Inspector { name: Some(name.into()), ..Inspector::default() };
            record.inspectors = vec![named("Ann Lee"), named("Bo Hill")];
            let table = SectionBlock::Table { rows: vec![vec!["Ann Lee, lead inspector".into()]] };
            let paragraph = SectionBlock::Paragraph { text: text.into(), number: None };
            record.sections = vec![Section { blocks: vec![table, paragraph], ..Section::default() }];
            let finished = Finished { record: &record, doc: &Outline::default(), parts: &[] };
            let doubts = run(&finished, CHECKS.iter().filter(|c| c.name == "frame-in-body"));
            doubts.into_iter().filter_map(|d| d.path).collect::<Vec<_>>().join(" ")
        };
        assert_eq!(doubted("Bo Hill, inspector"), "/sections/0/blocks/1 /inspectors");
        assert_eq!(doubted("Bo Hill wrote to all of the homes that she had seen."), "");
        assert_eq!(
            doubted("The letter will ZZ1 4QX be on our website for all to read."),
            "/sections/0/blocks/1"
        );
        assert_eq!(doubted("The plans of 2019 TO 2021 are short, and Year 9 20TH of them."), "");
    }

    #[test]
    fn a_grade_before_a_sentence_is_that_of_the_table() {
        let doubted = |text: &str| {
            let mut record = sample();
            let blocks = vec![SectionBlock::Paragraph { text: text.into(), number: None }];
            record.sections = vec![Section { blocks, ..Section::default() }];
            let finished = Finished { record: &record, doc: &Outline::default(), parts: &[] };
            run(&finished, CHECKS.iter().filter(|c| c.name == "frame-in-body")).len()
        };
        assert_eq!(doubted("Good Services for children are of a good quality."), 1);
        assert_eq!(doubted("Good services for children are rare. Good GP services, too."), 0);
        assert_eq!(doubted("Good GP services are rare."), 0);
    }

    #[test]
    fn a_grade_below_its_heading_is_that_of_its_section() {
        let doubted = |grade: &str, at: usize| {
            let mut record = sample();
            let paragraph = |text: &str| SectionBlock::Paragraph { text: text.into(), number: None };
            let mut blocks =
                vec![paragraph("Children are safe, and all of them are known well by those who visit them.")];
            blocks.insert(at, paragraph("Good"));
            record.sections = vec![Section { blocks, grade: Some(grade.into()), ..Section::default() }];
            let finished = Finished { record: &record, doc: &Outline::default(), parts: &[] };
            run(&finished, CHECKS.iter().filter(|c| c.name == "frame-in-body")).len()
        };
        assert_eq!((doubted("good", 0), doubted("good", 1), doubted("inadequate", 0)), (0, 1, 1));
    }
}
