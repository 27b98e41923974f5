//! Damage to single lines: lost, without their style, without their mark.

use findings_core::outline::Role;

use super::damage::{Class, Damage, Expectation, quoted};
use super::edit::{line_mut, plain, remove, tokens};
use super::removed::Removed;
use super::subject::{At, Lines, Subject};
use crate::chance::Chance;

/// The classes of this family.
pub(super) const CLASSES: &[Class] = &[
    Class { name: "line-lost", about: "a line is missing", make: lost },
    Class { name: "style-lost", about: "a heading looks like the text around it", make: style_lost },
    Class { name: "mark-lost", about: "a list item has lost its mark", make: mark_lost },
    Class {
        name: "mark-replaced",
        about: "an item's mark is an unknown private-use character",
        make: mark_replaced,
    },
];

fn lost(subject: &Subject, chance: &mut Chance) -> Option<Damage> {
    let at = subject.any_line(chance)?;
    let word = |line: Option<usize>, last: bool| {
        let words = tokens(subject.line(At { line: line?, ..at })?);
        if last { words.last().cloned() } else { words.first().cloned() }
    };
    let around = [word(at.line.checked_sub(1), true), word(Some(at.line + 1), false)];
    let removed = Some(Removed { words: tokens(subject.line(at)?), around });
    let mut layer = subject.layer().clone();
    remove(&mut layer, at);
    let damage = Damage::new(subject, at, format!("without {}", quoted(subject, at)), layer);
    Some(damage.expecting(Expectation { removed, ..Expectation::default() }))
}

fn style_lost(subject: &Subject, chance: &mut Chance) -> Option<Damage> {
    if !subject.has_boxes() {
        return None;
    }
    let heading = |b: &Lines| matches!(b.block.role, Role::Heading(_));
    let block = &subject.blocks[subject.any_block(chance, heading)?];
    let tag_too = chance.below(2) == 0;
    let mut layer = subject.layer().clone();
    for at in &block.lines {
        let line = line_mut(&mut layer, *at)?;
        plain(line, subject.body_size);
        if tag_too {
            line.element = None;
        }
    }
    let at = *block.lines.first()?;
    let how = if tag_too { "as body text, without its tag" } else { "as body text" };
    Some(Damage::new(subject, at, format!("{} {how}", quoted(subject, at)), layer))
}

fn mark_lost(subject: &Subject, chance: &mut Chance) -> Option<Damage> {
    let at = marked(subject, chance)?;
    let mut layer = subject.layer().clone();
    let line = line_mut(&mut layer, at)?;
    line.words.remove(0);
    line.bbox = line.words.iter().filter_map(|w| w.bbox).reduce(findings_core::text::BBox::union);
    if line.words.is_empty() {
        remove(&mut layer, at);
    }
    let unmarked = (subject.blocks.iter())
        .find(|b| {
            b.lines.contains(&at)
                || b.lines.first().is_some_and(|l| l.page == at.page && l.line == at.line + 1)
        })
        .map(|b| b.block.text.as_str().to_owned());
    let damage = Damage::new(subject, at, format!("no mark before {}", quoted(subject, at)), layer);
    Some(damage.expecting(Expectation { unmarked, ..Expectation::default() }))
}

fn mark_replaced(subject: &Subject, chance: &mut Chance) -> Option<Damage> {
    let at = marked(subject, chance)?;
    // Wingdings' tick, diamond and envelope.
    let mark = chance.one(&["\u{f0fc}", "\u{f076}", "\u{f02a}"])?;
    let mut layer = subject.layer().clone();
    line_mut(&mut layer, at)?.words.first_mut()?.text = (*mark).into();
    let what = format!("U+{:04X} before {}", mark.chars().next()? as u32, quoted(subject, at));
    Some(Damage::new(subject, at, what, layer))
}

/// A line that begins with a list's mark.
fn marked(subject: &Subject, chance: &mut Chance) -> Option<At> {
    let first = |b: &Lines| {
        // A mark is no word of its block: it may stand in the block's first line or in a line of its own before it.
        let at = *b.lines.first()?;
        let before = At { line: at.line.checked_sub(1)?, ..at };
        [at, before].into_iter().find(|at| subject.line(*at).is_some_and(begins_with_mark))
    };
    let marked: Vec<At> =
        subject.blocks.iter().filter(|b| matches!(b.block.role, Role::Bullet(_))).filter_map(first).collect();
    let of_values: Vec<At> = marked.iter().copied().filter(|at| subject.value_lines.contains(at)).collect();
    let from = if chance.below(2) == 0 && !of_values.is_empty() { of_values } else { marked };
    chance.one(&from).copied()
}

fn begins_with_mark(line: &findings_core::text::TextLine) -> bool {
    let first = line.words.first().map(|w| w.text.as_str());
    first.is_some_and(|w| w.chars().count() == 1 && !w.starts_with(char::is_alphanumeric) || w == "o")
}
