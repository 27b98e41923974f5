//! Damage by pages: a break where none should be, a running line among the text.

use std::collections::BTreeSet;

use findings_core::outline::Role;
use findings_core::text::{Page, TextLayer};
use serde_json::Value;

use super::damage::{Class, Damage, quoted};
use super::edit::{plain, shift, shift_below};
use super::subject::{At, Lines, Subject, lines_of_evidence};
use crate::chance::Chance;

/// The classes of this family.
pub(super) const CLASSES: &[Class] = &[
    Class { name: "page-break-item", about: "a page ends in the middle of a list's item", make: in_item },
    Class { name: "page-break-row", about: "a page ends in the middle of a table", make: in_table },
    Class { name: "page-break-team", about: "a page ends in the middle of the team", make: in_team },
    Class {
        name: "running-line",
        about: "a running line stands in the middle of a paragraph",
        make: running,
    },
];

fn in_item(subject: &Subject, chance: &mut Chance) -> Option<Damage> {
    in_block(subject, chance, |b| matches!(b.block.role, Role::Bullet(_)))
}

fn in_table(subject: &Subject, chance: &mut Chance) -> Option<Damage> {
    in_block(subject, chance, |b| b.block.role == Role::Table)
}

fn in_block(subject: &Subject, chance: &mut Chance, fits: impl Fn(&Lines) -> bool) -> Option<Damage> {
    let block = &subject.blocks[subject.any_block(chance, |b| b.lines.len() > 1 && fits(b))?];
    before(subject, block.lines[1 + chance.below(block.lines.len() - 1)])
}

fn in_team(subject: &Subject, chance: &mut Chance) -> Option<Damage> {
    let evidence = subject.record.get("evidence")?.as_object()?;
    let of_team = evidence.iter().filter(|(p, _)| p.starts_with("/inspectors/"));
    let lines: BTreeSet<At> =
        of_team.flat_map(|(_, e): (_, &Value)| lines_of_evidence(subject.layer(), e)).collect();
    let lines: Vec<At> = lines.into_iter().collect();
    // Before the first is no break in the team.
    before(subject, *chance.one(lines.get(1..)?)?)
}

/// A page break before a line.
fn before(subject: &Subject, at: At) -> Option<Damage> {
    if at.line == 0 {
        return None;
    }
    let mut layer = subject.layer().clone();
    break_page(subject, &mut layer, at)?;
    Some(Damage::new(subject, at, format!("a new page from {} on", quoted(subject, at)), layer))
}

fn break_page(subject: &Subject, layer: &mut TextLayer, at: At) -> Option<()> {
    let furniture: BTreeSet<At> =
        subject.blocks.iter().filter(|b| !b.is_text()).flat_map(|b| b.lines.clone()).collect();
    let page = layer.pages.get(at.page)?.clone();
    let runs = |line: usize| furniture.contains(&At { line, ..at });
    let text_top = (0..page.lines.len())
        .filter(|l| !runs(*l))
        .filter_map(|l| page.lines[l].bbox)
        .map(|b| b.top)
        .fold(f32::INFINITY, f32::min);
    let up = page.lines[at.line].bbox.map_or(0.0, |b| b.top - text_top);
    let (mut first, mut second) = (Vec::new(), Vec::new());
    for (i, line) in page.lines.iter().enumerate() {
        if runs(i) {
            first.push(line.clone());
            second.push(line.clone());
        } else if i < at.line {
            first.push(line.clone());
        } else {
            let mut line = line.clone();
            shift(&mut line, 0.0, -up);
            second.push(line);
        }
    }
    layer.pages[at.page].lines = first;
    layer.pages.insert(at.page + 1, Page { lines: second, ..page });
    layer.pages.iter_mut().zip(1..).for_each(|(p, number)| p.number = number);
    Some(())
}

fn running(subject: &Subject, chance: &mut Chance) -> Option<Damage> {
    let running: Vec<At> = (subject.blocks.iter())
        .filter(|b| b.block.role == Role::Furniture && b.block.text.as_str().contains(char::is_alphabetic))
        .flat_map(|b| b.lines.first().copied())
        .collect();
    let mut line = subject.line(*chance.one(&running)?)?.clone();
    let fits = |b: &Lines| b.block.role == Role::Paragraph && b.together().is_some_and(|l| l.len() > 1);
    let block = &subject.blocks[subject.any_block(chance, fits)?];
    let at = block.lines[1 + chance.below(block.lines.len() - 1)];
    let (above, below) = (subject.line(At { line: at.line - 1, ..at })?, subject.line(at)?);
    let mut layer = subject.layer().clone();
    plain(&mut line, subject.body_size);
    (line.element, line.artifact, line.blank_before, line.same_row) = (None, false, false, false);
    let page = layer.pages.get_mut(at.page)?;
    if let (Some(mine), Some(above), Some(below)) = (line.bbox, above.bbox, below.bbox) {
        let step = (below.top - above.top).max(1.0);
        shift_below(page, below.top, step);
        shift(&mut line, below.x0 - mine.x0, below.top - mine.top);
    }
    let text = line.text();
    page.lines.insert(at.line, line);
    Some(Damage::new(subject, at, format!("“{text}” before {}", quoted(subject, at)), layer))
}
