//! Consecutive numbers of paragraphs, recommendations and footnotes.

use super::holders::list_of;
use super::words::beginning;
use super::{Check, Finished, Verdict};
use crate::outline::Role;
use crate::record::{Section, SectionBlock};
use crate::text::LayerKind;

pub(super) const CHECKS: &[Check] = &[
    Check {
        name: "paragraph-numbers-break",
        why: "Paragraphs are numbered consecutively from 1 through the whole report",
        held: (161, 162),
        run: paragraphs,
    },
    Check {
        name: "paragraph-unnumbered",
        why: "In a numbered section, no page starts with an unnumbered paragraph",
        held: (160, 162),
        run: unnumbered,
    },
    Check {
        name: "paragraph-empty",
        why: "A paragraph number is followed by text",
        held: (161, 162),
        run: empty,
    },
    Check {
        name: "item-numbers-break",
        why: "Recommendations to the same addressee are numbered consecutively",
        held: (52, 52),
        run: items,
    },
    Check {
        name: "footnote-in-text",
        why: "A line whose first word has a number stuck to it is a footnote",
        held: (319, 319),
        run: footnotes_in_text,
    },
    Check {
        name: "footnote-marks-break",
        why: "Footnotes are numbered consecutively from 1, and every mark in the text has its footnote",
        held: (80, 81),
        run: footnotes,
    },
];

/// The numbered paragraphs with their pointers.
fn numbered<'a>(f: &Finished<'a>) -> impl Iterator<Item = (String, u32)> + 'a {
    let sections = f.record.sections.iter().enumerate();
    sections.flat_map(|(s, section)| {
        section.blocks.iter().enumerate().filter_map(move |(b, block)| match block {
            SectionBlock::Paragraph { number: Some(number), .. } => {
                Some((format!("/sections/{s}/blocks/{b}"), *number))
            }
            _ => None,
        })
    })
}

fn paragraphs(f: &Finished<'_>, verdict: &mut Verdict) {
    let mut before: Option<(String, u32)> = None;
    for (pointer, number) in numbered(f) {
        let last = before.as_ref().map_or(0, |(_, n)| *n);
        let restarts = number == 1 && begins_list(f, before.as_ref().map(|(p, _)| p.as_str()), &pointer);
        let list = lists_item(f, before.as_ref().map(|(p, _)| p.as_str()), &pointer, [last, number]);
        let list = list.then_some("/improvements");
        // Figures are read from paragraphs: with one of them, its numbers are lost.
        let around = before.iter().map(|(p, _)| p.as_str()).chain([pointer.as_str()]);
        let figures = around.clone().any(|p| has_figures(f, p)).then_some("/figures");
        let both = around.chain(list).chain(figures);
        let both: Vec<&str> = both.collect();
        verdict.that(number == last + 1 || restarts, &both, || match last {
            0 => format!("the first numbered paragraph is {number}"),
            last => format!("paragraph {number} follows paragraph {last}"),
        });
        before = Some((pointer, number));
    }
}

/// Whether a paragraph with the number 1 begins a list of its own: it is the first under its heading, and a form has other numbered lists
/// too. Ofsted's reports number their paragraphs throughout.
fn begins_list(f: &Finished<'_>, before: Option<&str>, pointer: &str) -> bool {
    let elsewhere = |before: &str| section_of(before) != section_of(pointer);
    !f.record.format.id.starts_with("ofsted.") && before.is_some_and(elsewhere)
}

/// Whether a block is in a section from which figures are read.
fn has_figures(f: &Finished<'_>, block: &str) -> bool {
    section_of(block)
        .and_then(|s| f.record.sections.get(s))
        .is_some_and(|s| s.kind == "local-area-information")
}

/// The index of the section that a pointer leads into.
fn section_of(pointer: &str) -> Option<usize> {
    pointer.strip_prefix("/sections/")?.split('/').next()?.parse().ok()
}

/// Whether the number missing between two paragraphs may be that of a list item: one of the two is an item, or they
/// are in or on either side of the list's section.
fn lists_item(f: &Finished<'_>, from: Option<&str>, to: &str, numbers: [u32; 2]) -> bool {
    let mut items = f.record.improvements.iter().filter_map(|i| i.number).peekable();
    if items.peek().is_none() {
        return false;
    }
    let between = from.and_then(section_of).zip(section_of(to)).map(|(from, to)| from..to + 1);
    let lists = |s: usize| f.record.sections.get(s).and_then(|s| list_of(&s.kind)) == Some("/improvements");
    items.any(|n| numbers.contains(&n)) || between.is_some_and(|mut all| all.any(lists))
}

/// In plain text and in scans the last paragraph may have lost its number without leaving a gap: no paragraph may follow
/// the last number.
fn last_of_all(f: &Finished<'_>, verdict: &mut Verdict) {
    if f.doc.kind == LayerKind::Native {
        return;
    }
    let number = |b: &SectionBlock| matches!(b, SectionBlock::Paragraph { number: Some(_), .. });
    let of_number = |s: &(usize, &Section)| s.1.blocks.iter().any(number);
    let Some((s, section)) = f.record.sections.iter().enumerate().rfind(of_number) else { return };
    let Some(last) = section.blocks.iter().rposition(number) else { return };
    let below =
        section.blocks.iter().skip(last + 1).position(|b| matches!(b, SectionBlock::Paragraph { .. }));
    let pointers = [
        format!("/sections/{s}/blocks/{last}"),
        format!("/sections/{s}/blocks/{}", last + 1 + below.unwrap_or(0)),
    ];
    verdict.that(below.is_none(), &[&pointers[0], &pointers[1]], || {
        "a paragraph without a number below the last one that has one".to_owned()
    });
}

fn unnumbered(f: &Finished<'_>, verdict: &mut Verdict) {
    last_of_all(f, verdict);
    for (s, section) in f.record.sections.iter().enumerate() {
        let number = |b: &SectionBlock| matches!(b, SectionBlock::Paragraph { number: Some(_), .. });
        let plain = |b: &SectionBlock| matches!(b, SectionBlock::Paragraph { number: None, .. });
        let Some(first) = section.blocks.iter().position(number) else { continue };
        let Some(last) = section.blocks.iter().rposition(number) else { continue };
        for (b, block) in section.blocks.iter().enumerate().skip(first + 1) {
            let page = |b: usize| f.page_of(&format!("/sections/{s}/blocks/{b}"));
            // A number may have a second paragraph, but one that starts a page is the rest of the paragraph before.
            let after_plain = plain(block)
                && number(&section.blocks[b - 1])
                && page(b) != f.last_page_of(&format!("/sections/{s}/blocks/{}", b - 1));
            let pointers = [format!("/sections/{s}/blocks/{}", b - 1), format!("/sections/{s}/blocks/{b}")];
            let pointers: Vec<&str> = pointers.iter().map(String::as_str).collect();
            verdict.that(!(after_plain && b < last), &pointers, || {
                "a paragraph without a number between numbered ones".to_owned()
            });
        }
    }
}

fn empty(f: &Finished<'_>, verdict: &mut Verdict) {
    for (s, section) in f.record.sections.iter().enumerate() {
        for (b, block) in section.blocks.iter().enumerate() {
            let SectionBlock::Paragraph { text, number: Some(number) } = block else { continue };
            verdict.that(!text.is_empty(), &[&format!("/sections/{s}/blocks/{b}")], || {
                format!("nothing stands behind the number {number}")
            });
        }
    }
}

fn items(f: &Finished<'_>, verdict: &mut Verdict) {
    let mut last: Vec<(&str, u32)> = Vec::new();
    for (at, item) in f.record.improvements.iter().enumerate() {
        let Some(number) = item.number else { continue };
        let addressed = item.addressed_to.as_str();
        let before = last.iter().rev().find(|(to, _)| *to == addressed).map(|(_, n)| *n);
        let runs_on = number == 1 || before.is_none_or(|last| number == last + 1);
        verdict.that(runs_on, &[&format!("/improvements/{at}")], || {
            format!("item {number} follows item {}", before.unwrap_or_default())
        });
        last.push((addressed, number));
    }
}

fn footnotes_in_text(f: &Finished<'_>, verdict: &mut Verdict) {
    for block in f.doc.blocks.iter().filter(|b| b.role == Role::Paragraph && b.words > 5) {
        let text = block.text.as_str().trim_start_matches(|c: char| c.is_ascii_digit());
        let mut letters = text.chars();
        let word =
            letters.next().is_some_and(char::is_uppercase) && letters.next().is_some_and(char::is_lowercase);
        let sticks = text.len() < block.text.as_str().len() && word;
        verdict.that_on(block.page, !sticks, &["/footnotes", "/sections"], || {
            format!("“{}…” may be a footnote", beginning(block.text.as_str()))
        });
    }
}

fn footnotes(f: &Finished<'_>, verdict: &mut Verdict) {
    let mut last = 0;
    for (at, note) in f.record.footnotes.iter().enumerate() {
        let Some(number) = note.mark.as_deref().and_then(|m| m.parse::<u32>().ok()) else { continue };
        verdict.that(number == last + 1 || number == 1, &[&format!("/footnotes/{at}")], || match last {
            0 => format!("the first footnote is {number}"),
            last => format!("footnote {number} follows footnote {last}"),
        });
        last = number;
    }
    marks_without_notes(f, verdict);
}

/// Recognised text has raised numbers where print has none, and plain text has none at all.
fn marks_without_notes(f: &Finished<'_>, verdict: &mut Verdict) {
    if f.doc.kind != LayerKind::Native || !f.record.format.id.starts_with("ofsted.") {
        return;
    }
    for (page, mark) in &f.doc.raised {
        let noted = f.record.footnotes.iter().any(|note| note.mark.as_deref() == Some(mark));
        verdict.that_on(*page, noted, &["/footnotes"], || {
            format!("{mark} is raised in the text of page {page}, and no footnote has that mark")
        });
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::checks::run;
    use crate::outline::Outline;
    use crate::record::{Footnote, Improvement, sample};

    #[test]
    fn a_number_that_is_missing_far_from_a_list_says_nothing_of_its_items() {
        let doubted = |numbers: [u32; 3], kind: &str| {
            let mut record = sample();
            let section = |kind: &str, number| Section {
                kind: kind.into(),
                blocks: vec![SectionBlock::Paragraph {
                    text: "Staff know them.".into(),
                    number: Some(number),
                }],
                ..Section::default()
            };
            record.sections = vec![section("recommendations", numbers[0]), section(kind, numbers[1])];
            record.sections.push(section("findings", numbers[2]));
            record.improvements = vec![Improvement { number: Some(1), ..Improvement::default() }];
            let finished = Finished { record: &record, doc: &Outline::default(), parts: &[] };
            let doubts = run(&finished, CHECKS.iter().filter(|c| c.name == "paragraph-numbers-break"));
            doubts.into_iter().filter(|d| d.path.as_deref() == Some("/improvements")).count()
        };
        assert_eq!(doubted([1, 3, 4], "findings"), 1);
        assert_eq!(doubted([1, 2, 4], "findings"), 0);
        assert_eq!(doubted([1, 2, 4], "recommendations"), 1);
    }

    #[test]
    fn a_paragraph_below_the_last_number_may_have_lost_its_own() {
        let doubts = |number: Option<u32>, kind: LayerKind| {
            let mut record = sample();
            let paragraph = |number| SectionBlock::Paragraph { text: "Staff know them.".into(), number };
            let blocks = vec![paragraph(Some(1)), paragraph(number)];
            record.sections = vec![Section { blocks, ..Section::default() }];
            let doc = Outline { kind, ..Outline::default() };
            let finished = Finished { record: &record, doc: &doc, parts: &[] };
            run(&finished, CHECKS.iter().filter(|c| c.name == "paragraph-unnumbered")).len()
        };
        assert_eq!(doubts(None, LayerKind::PlainText), 2);
        assert_eq!((doubts(Some(2), LayerKind::PlainText), doubts(None, LayerKind::Native)), (0, 0));
    }

    #[test]
    fn a_mark_in_the_text_has_its_footnote() {
        let doubts = |raised: &str, kind: LayerKind| {
            let mut record = sample();
            record.footnotes = vec![Footnote { mark: Some("1".into()), ..Footnote::default() }];
            let doc = Outline { kind, raised: vec![(1, raised.into())], ..Outline::default() };
            let finished = Finished { record: &record, doc: &doc, parts: &[] };
            run(&finished, CHECKS.iter().filter(|c| c.name == "footnote-marks-break")).len()
        };
        assert_eq!((doubts("1", LayerKind::Native), doubts("2", LayerKind::Native)), (0, 1));
        assert_eq!(doubts("2", LayerKind::Ocr), 0);
    }

    #[test]
    fn a_number_without_a_paragraph_is_told() {
        let doubts = |text: &str| {
            let mut record = sample();
            let block = SectionBlock::Paragraph { text: text.into(), number: Some(1) };
            record.sections = vec![Section { blocks: vec![block], ..Section::default() }];
            let finished = Finished { record: &record, doc: &Outline::default(), parts: &[] };
            run(&finished, CHECKS.iter().filter(|c| c.name == "paragraph-empty")).len()
        };
        assert_eq!((doubts(""), doubts("Staff know their children.")), (1, 0));
    }
}
