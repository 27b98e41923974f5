//! Lists of improvements and strengths: one item per mark, each complete, all alike.

mod two;

use super::holders::list_of;
use super::words::{beginning, ending, text_of};
use super::{Check, Finished, Verdict};
use crate::grammar::ends_open;
use crate::grammar::label::contains_label;
use crate::ofsted::body::is_no_item;
use crate::outline::LOST_MARK;
use crate::record::{Section, SectionBlock};
use crate::text::LayerKind;
use crate::text::marks::is_clear_mark;

pub(super) const CHECKS: &[Check] = &[
    Check {
        name: "items-not-marks",
        why: "A list has as many items as first-level marks or numbers",
        held: (272, 273),
        run: marks,
    },
    Check {
        name: "item-not-read",
        why: "Every marked block under a heading for improvements is an item or part of one; elsewhere an area SEND report does not say what leaders should do",
        held: (265, 265),
        run: unread,
    },
    Check {
        name: "item-begins-otherwise",
        why: "Either all items of a list start with a capital or none does",
        held: (312, 313),
        run: beginnings,
    },
    Check {
        name: "item-ends-otherwise",
        why: "The items of a list end alike: with a full stop, without, or with one after the last only",
        held: (304, 313),
        run: endings,
    },
    Check {
        name: "item-cut-off",
        why: "An item doesn't stop in the middle of a phrase",
        held: (313, 313),
        run: cut_off,
    },
    Check {
        name: "item-holds-mark",
        why: "An item contains no list mark, which would start another item",
        held: (312, 313),
        run: holds_mark,
    },
    Check {
        name: "item-too-long",
        why: "An item is a few sentences at most, not a page",
        held: (312, 313),
        run: too_long,
    },
    Check {
        name: "item-too-short",
        why: "An item in an area inspection's list is a sentence of at least five words",
        held: (20, 20),
        run: too_short,
    },
    Check {
        name: "sub-item-whole",
        why: "A sub-item continues the sentence of its item or follows a colon",
        held: (1, 1),
        run: sub_items,
    },
    Check {
        name: "list-numbered",
        why: "The improvements in a children's services report are marked, not numbered like paragraphs",
        held: (106, 106),
        run: numbered,
    },
    Check {
        name: "item-holds-two",
        why: "An item doesn't contain the start of another: a phrase after a full stop, or a capital mid-sentence",
        held: (312, 313),
        run: two::holds_two,
    },
    Check {
        name: "list-not-read",
        why: "A list under a heading for actions, improvements or recommendations is read as such",
        held: (0, 0),
        run: not_read,
    },
    Check {
        name: "action-not-outcome",
        why: "Priority actions are set if and only if the outcome is systemic failings",
        held: (20, 20),
        run: actions,
    },
    Check { name: "item-twice", why: "No item appears twice in a list", held: (312, 313), run: twice },
];

/// An item's pointer and text.
type Item<'a> = (String, &'a str);

/// The lists of a record, one for each kind and addressee.
fn lists<'a>(f: &Finished<'a>) -> Vec<Vec<Item<'a>>> {
    let mut lists: Vec<((&str, &str), Vec<Item>)> = Vec::new();
    for (at, item) in f.record.improvements.iter().enumerate() {
        let of = (item.kind.as_str(), item.addressed_to.as_str());
        let item = (format!("/improvements/{at}"), item.text.as_str());
        match lists.iter_mut().find(|(kind, _)| *kind == of) {
            Some((_, list)) => list.push(item),
            None => lists.push((of, vec![item])),
        }
    }
    let strengths = f.record.strengths.iter().enumerate();
    lists.push((("", ""), strengths.map(|(at, s)| (format!("/strengths/{at}"), s.text.as_str())).collect()));
    lists.into_iter().map(|(_, list)| list).filter(|list| !list.is_empty()).collect()
}

/// Formats and editions in which a list's section contains nothing but the items.
const COUNTED: &[(&str, &str)] =
    &[("ofsted.ilacs.", ""), ("ofsted.jtai.", ""), ("ofsted.sif.inspection", "2015")];

fn marks(f: &Finished<'_>, verdict: &mut Verdict) {
    let known = |(format, edition): &(&str, &str)| {
        f.record.format.id.starts_with(format) && (edition.is_empty() || f.record.format.edition == *edition)
    };
    if !COUNTED.iter().any(known) {
        return;
    }
    let sections = |kinds: &[&str], items: &[&str]| -> usize {
        let of = |s: &&Section| kinds.contains(&s.kind.as_str());
        f.record.sections.iter().filter(of).map(|s| first_level(s, items)).sum()
    };
    let improvements: Vec<&str> = f.record.improvements.iter().map(|i| i.text.as_str()).collect();
    let strengths: Vec<&str> = f.record.strengths.iter().map(|s| s.text.as_str()).collect();
    let listed = [
        ("/improvements", &["improvements", "priority-action", "recommendations"][..], improvements),
        ("/strengths", &["strengths"][..], strengths),
    ];
    for (pointer, kinds, items) in listed {
        let (marks, items) = (sections(kinds, &items), items.len());
        if marks == 0 || items == 0 {
            continue;
        }
        // Numbers that run on are marks as well, also where headings in between have ended the list's section.
        if pointer == "/improvements" && marks < items && numbers_run_on(f) {
            continue;
        }
        // An item without a mark may have been recognised by its words.
        let unmarked = if f.doc.kind == LayerKind::PlainText { sections_unmarked(f, pointer) } else { 0 };
        verdict.that((marks..=marks + unmarked).contains(&items), &[pointer], || {
            format!("{marks} marks or rows, and {items} items")
        });
    }
}

/// Whether the improvements are numbered from 1 to their last.
fn numbers_run_on(f: &Finished<'_>) -> bool {
    f.record.improvements.iter().zip(1..).all(|(item, number)| item.number == Some(number))
}

/// A list may continue under headings of its own, which are no higher than the list's: "Within three months:".
fn unread(f: &Finished<'_>, verdict: &mut Verdict) {
    let items: Vec<&str> = f.record.improvements.iter().map(|i| i.text.as_str()).collect();
    demands(f, &items, verdict);
    // The level of the list's heading.
    let mut list: Option<u8> = None;
    for (s, section) in f.record.sections.iter().enumerate() {
        let own = list_of(&section.kind) == Some("/improvements");
        let below = |level: &u8| section.kind == "other" && section.level >= *level;
        list = if own { Some(section.level) } else { list.filter(below) };
        for (b, block) in section.blocks.iter().enumerate().filter(|_| list.is_some() && !items.is_empty()) {
            let SectionBlock::Bullet { text, .. } = block else { continue };
            let read = is_no_item(text)
                || items.iter().any(|item| item.contains(text.as_str()) || text.contains(item));
            verdict.that(read, &[&format!("/sections/{s}/blocks/{b}"), "/improvements"], || {
                format!("“{}” has a mark, and is no item", beginning(text))
            });
        }
    }
}

/// Outside its lists, no area inspection's report says what its partnership should do (24 of 24 real ones).
fn demands(f: &Finished<'_>, items: &[&str], verdict: &mut Verdict) {
    const WHO: &[&str] = &["leaders should", "partnership should"];
    if !f.record.format.id.starts_with("ofsted.area-send.") {
        return;
    }
    for (s, section) in f.record.sections.iter().enumerate().filter(|(_, s)| list_of(&s.kind).is_none()) {
        for (b, block) in section.blocks.iter().enumerate() {
            let Some(text) = text_of(block) else { continue };
            let demands = WHO.iter().any(|who| contains_label(text, who));
            verdict.that(
                !demands || items.contains(&text),
                &[&format!("/sections/{s}/blocks/{b}"), "/improvements"],
                || format!("“{}” says what should be done, but is not an item", beginning(text)),
            );
        }
    }
}

/// How many unmarked paragraphs are items of a list.
fn sections_unmarked(f: &Finished<'_>, list: &str) -> usize {
    let is_item = |text: &str| match list {
        "/strengths" => f.record.strengths.iter().any(|s| s.text == text),
        _ => f.record.improvements.iter().any(|i| i.text == text),
    };
    let blocks = f.record.sections.iter().flat_map(|s| &s.blocks);
    blocks.filter(|b| matches!(b, SectionBlock::Paragraph { number: None, text } if is_item(text))).count()
}

/// The number of items in a section according to its marks: numbered paragraphs if there are any, otherwise
/// first-level bullets. Bullets that an item introduces with a colon are part of it, whatever their marks.
fn first_level(section: &Section, items: &[&str]) -> usize {
    let numbered = section
        .blocks
        .iter()
        .filter(|b| matches!(b, SectionBlock::Paragraph { number: Some(_), .. }))
        .count();
    let mut announces: Option<&str> = None;
    let mut bullets = 0;
    for block in &section.blocks {
        let SectionBlock::Bullet { level: 1, text } = block else { continue };
        let of_item = |head: &str| items.iter().any(|i| i.starts_with(head) && i.contains(text.as_str()));
        if !announces.is_some_and(of_item) && !is_no_item(text) {
            bullets += 1;
            announces = Some(text.as_str()).filter(|text| text.ends_with(':'));
        }
    }
    let rows = section.blocks.iter().map(|b| match b {
        SectionBlock::Table { rows } => rows.len(),
        _ => 0,
    });
    rows.sum::<usize>() + if numbered > 0 { numbered } else { bullets }
}

fn beginnings(f: &Finished<'_>, verdict: &mut Verdict) {
    for list in lists(f) {
        let small = |text: &str| text.starts_with(char::is_lowercase);
        let smalls = list.iter().filter(|(_, text)| small(text)).count();
        let mostly_small = smalls * 2 > list.len();
        for (pointer, text) in &list {
            verdict.that(small(text) == mostly_small, &[pointer], || {
                format!("“{}” begins otherwise than the other items", beginning(text))
            });
        }
    }
}

fn endings(f: &Finished<'_>, verdict: &mut Verdict) {
    for list in lists(f) {
        let stopped = |text: &str| text.ends_with(['.', '!', '?', ')', '\u{2019}', '\u{201d}']);
        let Some(((_, last), others)) = list.split_last() else { continue };
        let mostly = list.iter().filter(|(_, text)| stopped(text)).count() * 2 > list.len();
        // A list may be one long sentence, in which case only the last item has a full stop.
        let of_last = others.iter().any(|(_, t)| stopped(t)) && mostly;
        verdict.that(!of_last || stopped(last), &[&list[list.len() - 1].0], || {
            format!("“…{}” ends otherwise than the other items", ending(last))
        });
        for (pointer, text) in others {
            verdict.that(stopped(text) == mostly || !mostly, &[pointer], || {
                format!("“…{}” ends otherwise than the other items", ending(text))
            });
        }
    }
}

/// More words that can't end an item.
const OPEN: &[&str] = &["ensure", "particularly"];

fn cut_off(f: &Finished<'_>, verdict: &mut Verdict) {
    for (pointer, text) in lists(f).into_iter().flatten() {
        let open = ends_open(text, OPEN) || text.ends_with([',', ':', '-', '\u{2013}']);
        verdict.that(!open, &[&pointer], || format!("“…{}” seems to go on", ending(text)));
    }
}

fn holds_mark(f: &Finished<'_>, verdict: &mut Verdict) {
    for (pointer, text) in lists(f).into_iter().flatten() {
        let mark = text.split(' ').skip(1).find(|w| is_clear_mark(w) || w.chars().eq([LOST_MARK]));
        verdict.that(mark.is_none(), &[&pointer], || format!("“{}…” holds a list mark", beginning(text)));
    }
}

/// The longest item seen so far, in characters.
const LONGEST: usize = 1600;

fn too_long(f: &Finished<'_>, verdict: &mut Verdict) {
    for (pointer, text) in lists(f).into_iter().flatten() {
        let count = text.chars().count();
        verdict.that(count <= LONGEST, &[&pointer], || format!("an item of {count} characters"));
    }
}

fn too_short(f: &Finished<'_>, verdict: &mut Verdict) {
    if !f.record.format.id.starts_with("ofsted.area-send.") {
        return;
    }
    for (pointer, text) in lists(f).into_iter().flatten() {
        let words = text.split(' ').filter(|w| w.contains(char::is_alphabetic)).count();
        verdict.that(words > 4, &[&pointer, pointer_of_list(&pointer)], || {
            format!("“{text}” is hardly an item")
        });
    }
}

/// The list that an item belongs to.
fn pointer_of_list(pointer: &str) -> &'static str {
    if pointer.starts_with("/strengths") { "/strengths" } else { "/improvements" }
}

/// A second-level bullet that starts a new sentence after a complete item is probably an item itself.
fn sub_items(f: &Finished<'_>, verdict: &mut Verdict) {
    let kinds = [
        ("improvements", "/improvements"),
        ("priority-action", "/improvements"),
        ("strengths", "/strengths"),
    ];
    for section in &f.record.sections {
        let Some((_, pointer)) = kinds.iter().find(|(kind, _)| *kind == section.kind) else { continue };
        for pair in section.blocks.windows(2) {
            let SectionBlock::Bullet { level: 2.., text } = &pair[1] else { continue };
            let (SectionBlock::Bullet { text: above, .. } | SectionBlock::Paragraph { text: above, .. }) =
                &pair[0]
            else {
                continue;
            };
            let whole = above.ends_with('.') && text.starts_with(char::is_uppercase) && text.ends_with('.');
            verdict.that(!whole, &[pointer], || format!("“{}…” may be an item of its own", beginning(text)));
        }
    }
}

/// If the list's heading was found in the wrong place, numbered paragraphs of the report follow it.
fn numbered(f: &Finished<'_>, verdict: &mut Verdict) {
    if f.record.format.id != "ofsted.ilacs.inspection" {
        return;
    }
    let number = |b: &SectionBlock| matches!(b, SectionBlock::Paragraph { number: Some(_), .. });
    for section in
        f.record.sections.iter().filter(|s| matches!(s.kind.as_str(), "improvements" | "priority-action"))
    {
        verdict.that(!section.blocks.iter().any(number), &["/improvements", "/sections"], || {
            "a numbered paragraph stands in the list of improvements".to_owned()
        });
    }
}

/// Otherwise a list under an unknown heading would be lost without notice.
fn not_read(f: &Finished<'_>, verdict: &mut Verdict) {
    const LISTS: &[&str] = &[
        "priority action",
        "immediate action",
        "areas for improvement",
        "recommendations",
        "areas for development",
    ];
    for section in f.record.sections.iter().filter(|s| s.kind == "other") {
        let Some(heading) = section.heading.as_deref() else { continue };
        let small = heading.to_lowercase();
        let mut items = section.blocks.iter().filter_map(listed).peekable();
        // A boxed example is titled like the list it illustrates.
        if !LISTS.iter().any(|l| small.starts_with(l)) || items.peek().is_none() {
            continue;
        }
        let read = |text: &str| f.record.improvements.iter().any(|i| i.text.starts_with(text));
        verdict.that(items.any(read), &["/improvements"], || {
            format!("none of what stands under “{}” was read as an item", beginning(heading))
        });
    }
}

fn actions(f: &Finished<'_>, verdict: &mut Verdict) {
    let outcome =
        f.record.judgements.iter().find(|j| j.area == "send-outcome").and_then(|j| j.grade.as_deref());
    let Some(outcome) = outcome.filter(|_| f.record.format.id.starts_with("ofsted.area-send.")) else {
        return;
    };
    let acts = f.record.improvements.iter().any(|i| i.kind == "priority-action");
    verdict.that(acts == (outcome == "systemic-failings"), &["/improvements", "/judgements"], || {
        format!(
            "the outcome is {outcome}, and there are {} priority actions",
            if acts { "some" } else { "no" }
        )
    });
}

/// The text of a numbered paragraph or a bullet.
fn listed(block: &SectionBlock) -> Option<&str> {
    match block {
        SectionBlock::Paragraph { text, number: Some(_) } | SectionBlock::Bullet { text, .. } => Some(text),
        _ => None,
    }
}

fn twice(f: &Finished<'_>, verdict: &mut Verdict) {
    for list in lists(f) {
        let mut seen: Vec<&str> = Vec::new();
        for (pointer, text) in &list {
            verdict
                .that(!seen.contains(text), &[pointer], || format!("“{}…” is listed twice", beginning(text)));
            seen.push(text);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::checks::run;
    use crate::outline::Outline;
    use crate::record::{Improvement, sample};

    fn bullets(texts: &[&str]) -> Vec<SectionBlock> {
        texts.iter().map(|text| SectionBlock::Bullet { text: (*text).into(), level: 1 }).collect()
    }

    fn item(text: &str, number: Option<u32>) -> Improvement {
        Improvement { text: text.into(), number, ..Improvement::default() }
    }

    #[test]
    fn a_list_goes_on_below_what_may_have_been_an_item() {
        let unread = |heading: &str, level: u8| {
            let mut record = sample();
            let section = |heading: &str, kind: &str, level, texts: &[&str]| Section {
                heading: Some(heading.into()),
                kind: kind.into(),
                level,
                blocks: bullets(texts),
                ..Section::default()
            };
            record.sections = vec![
                section("Areas for improvement", "improvements", 2, &["write shorter plans"]),
                section(heading, "other", level, &["visit more often"]),
            ];
            record.improvements = vec![item("write shorter plans", None)];
            let finished = Finished { record: &record, doc: &Outline::default(), parts: &[] };
            let own = CHECKS.iter().filter(|c| c.name == "item-not-read");
            run(&finished, own).into_iter().filter_map(|d| d.path).collect::<Vec<_>>().join(" ")
        };
        assert_eq!(unread("and Pathway Plans", 2), "/sections/1/blocks/0 /improvements");
        assert_eq!(unread("Within three months:", 3), "/sections/1/blocks/0 /improvements");
        assert_eq!(unread("Quality of provision", 1), "", "a heading above the list's ends it");
    }

    #[test]
    fn numbers_that_run_on_stand_for_lost_marks() {
        let doubts = |numbers: [u32; 3]| {
            let mut record = sample();
            record.format.id = "ofsted.ilacs.inspection".into();
            let kind = "improvements".into();
            record.sections =
                vec![Section { kind, blocks: bullets(&["One.", "Two."]), ..Section::default() }];
            record.improvements = numbers
                .iter()
                .zip(["One.", "Two.", "Three."])
                .map(|(n, text)| item(text, Some(*n)))
                .collect();
            let finished = Finished { record: &record, doc: &Outline::default(), parts: &[] };
            run(&finished, CHECKS.iter().filter(|c| c.name == "items-not-marks")).len()
        };
        assert_eq!(doubts([1, 2, 3]), 0);
        assert_eq!(doubts([1, 2, 4]), 1);
    }

    #[test]
    fn what_an_item_announces_is_part_of_it() {
        let doubts = |items: &[&str]| {
            let mut record = sample();
            record.format.id = "ofsted.ilacs.focused-visit".into();
            let bullet = |text: &&str| SectionBlock::Bullet { text: (*text).into(), level: 1 };
            let marked = ["Write shorter plans for:", "children;", "young people."];
            record.sections = vec![Section {
                kind: "improvements".into(),
                blocks: marked.iter().map(bullet).collect(),
                ..Section::default()
            }];
            let item = |text: &&str| Improvement { text: (*text).into(), ..Improvement::default() };
            record.improvements = items.iter().map(item).collect();
            let finished = Finished { record: &record, doc: &Outline::default(), parts: &[] };
            run(&finished, CHECKS.iter().filter(|c| c.name == "items-not-marks")).len()
        };
        assert_eq!(doubts(&["Write shorter plans for: children; young people."]), 0);
        assert_eq!(doubts(&["Write shorter plans for: children;"]), 1);
    }

    #[test]
    fn what_should_be_done_is_an_item_wherever_it_stands() {
        let is_doubted = |text: &str| {
            let mut record = sample();
            record.format.id = "ofsted.area-send.inspection".into();
            let blocks = vec![SectionBlock::Paragraph { text: text.into(), number: None }];
            record.sections = vec![Section { kind: "findings".into(), blocks, ..Section::default() }];
            record.improvements.clear();
            let finished = Finished { record: &record, doc: &Outline::default(), parts: &[] };
            !run(&finished, CHECKS.iter().filter(|c| c.name == "item-not-read")).is_empty()
        };
        assert!(is_doubted("The area partnership should write shorter plans."));
        assert!(!is_doubted("The area partnership writes short plans."));
    }

    #[test]
    fn what_is_marked_in_a_list_is_an_item() {
        let doubts = |items: &[&str]| {
            let mut record = sample();
            let bullet = |text: &str| SectionBlock::Bullet { text: text.into(), level: 1 };
            let section = |level: u8, heading: &str, kind: &str, text: &str| Section {
                heading: Some(heading.into()),
                kind: kind.into(),
                level,
                blocks: vec![bullet(text)],
                ..Section::default()
            };
            record.sections = vec![
                section(2, "Areas for improvement", "improvements", "write shorter plans"),
                section(2, "Within three months:", "other", "answer letters"),
                section(1, "Background", "other", "warm homes"),
            ];
            let item = |text: &&str| Improvement { text: (*text).into(), ..Improvement::default() };
            record.improvements = items.iter().map(item).collect();
            let finished = Finished { record: &record, doc: &Outline::default(), parts: &[] };
            run(&finished, CHECKS.iter().filter(|c| c.name == "item-not-read")).len()
        };
        assert_eq!(doubts(&["write shorter plans", "answer letters"]), 0);
        assert_eq!(doubts(&["write shorter plans: all of them", "answer letters"]), 0);
        assert_eq!(doubts(&["write shorter plans"]), 2);
    }

    #[test]
    fn a_list_under_an_unknown_heading_is_told() {
        let doubts = |heading: &str, item: Option<&str>| {
            let mut record = sample();
            let block = SectionBlock::Paragraph { text: "Write shorter plans.".into(), number: Some(120) };
            let heading = Some(heading.to_owned());
            record.sections =
                vec![Section { heading, kind: "other".into(), blocks: vec![block], ..Section::default() }];
            record.improvements = item
                .into_iter()
                .map(|text| Improvement { text: text.into(), ..Improvement::default() })
                .collect();
            let finished = Finished { record: &record, doc: &Outline::default(), parts: &[] };
            let own = CHECKS.iter().filter(|c| c.name == "list-not-read");
            run(&finished, own).len()
        };
        assert_eq!(doubts("Priority actions of the board", None), 1);
        assert_eq!(doubts("Priority actions of the board", Some("Write shorter plans.")), 0);
        assert_eq!(doubts("Workforce", None), 0);
    }
}
