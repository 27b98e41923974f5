//! Damage to what stands together: blocks moved, joined, split, two columns mixed, tags lost.

use findings_core::outline::Role;
use findings_core::text::{ElementRole, TextLayer};

use super::damage::{Class, Damage, Expectation, quoted};
use super::edit::{line_mut, shift_below};
use super::subject::{At, Lines, Subject, line};
use crate::chance::Chance;

/// The classes of this family.
pub(super) const CLASSES: &[Class] = &[
    Class { name: "block-moved", about: "a block comes last on its page, as a text box does", make: moved },
    Class { name: "blocks-joined", about: "nothing separates a block from the next", make: joined },
    Class { name: "block-split", about: "a gap stands in the middle of a block", make: split },
    Class { name: "columns", about: "the lines of two blocks alternate", make: columns },
    Class { name: "tags-lost", about: "the PDF has no structure", make: tags_lost },
];

fn moved(subject: &Subject, chance: &mut Chance) -> Option<Damage> {
    let fits = |b: &Lines| {
        b.together().is_some_and(|l| {
            let last = subject.layer().pages[l[0].page].lines.len() - 1;
            l[l.len() - 1].line < last
        })
    };
    let lines = subject.blocks[subject.any_block(chance, fits)?].together()?;
    let mut layer = subject.layer().clone();
    let page = layer.pages.get_mut(lines[0].page)?;
    let taken: Vec<_> = page.lines.drain(lines[0].line..=lines[lines.len() - 1].line).collect();
    page.lines.extend(taken);
    let what = format!("{} and its block at the end of the page's content", quoted(subject, lines[0]));
    Some(Damage::new(subject, lines[0], what, layer))
}

/// A block and the one after it, where both stand on one page with nothing between them.
fn neighbours(
    subject: &Subject,
    chance: &mut Chance,
    fits: impl Fn(&Lines, &Lines) -> bool,
) -> Option<[usize; 2]> {
    let next = |i: usize| {
        let (a, b) = (&subject.blocks[i], subject.blocks.get(i + 1)?);
        let (last, first) = (a.together()?.last()?, b.together()?.first()?);
        (b.is_text() && last.page == first.page && first.line == last.line + 1 && fits(a, b)).then_some(i + 1)
    };
    let pairs: Vec<[usize; 2]> = (0..subject.blocks.len())
        .filter(|i| subject.blocks[*i].is_text())
        .filter_map(|i| Some([i, next(i)?]))
        .collect();
    let of_values = |pair: &[usize; 2]| {
        pair.iter().any(|i| subject.blocks[*i].lines.iter().any(|l| subject.value_lines.contains(l)))
    };
    let some: Vec<[usize; 2]> = pairs.iter().copied().filter(of_values).collect();
    let from = if chance.below(2) == 0 && !some.is_empty() { some } else { pairs };
    chance.one(&from).copied()
}

fn joined(subject: &Subject, chance: &mut Chance) -> Option<Damage> {
    let below = |a: &Lines, b: &Lines| match (a.block.bbox, b.block.bbox) {
        (Some(x), Some(y)) => y.top > x.top,
        _ => true,
    };
    let [a, b] = neighbours(subject, chance, below)?.map(|i| &subject.blocks[i]);
    let (last, first) = (*a.lines.last()?, *b.lines.first()?);
    let (above, line) = (subject.line(last)?.clone(), subject.line(first)?.clone());
    let mut layer = subject.layer().clone();
    if let (Some(x), Some(y)) = (above.bbox, line.bbox) {
        let gap = y.top - (x.top + above.size * 1.2);
        shift_below(layer.pages.get_mut(first.page)?, y.top, -gap.max(0.0));
    }
    line_mut(&mut layer, first)?.blank_before = false;
    for at in &b.lines {
        line_mut(&mut layer, *at)?.element = above.element;
    }
    let alike = above.bold == line.bold
        && above.size == line.size
        && a.block.mark.is_none()
        && b.block.mark.is_none();
    let what = format!("{} goes on with {}", quoted(subject, last), quoted(subject, first));
    let expected = Expectation { joined: alike && b.block.number.is_none(), ..Expectation::default() };
    Some(Damage::new(subject, first, what, layer).expecting(expected))
}

fn split(subject: &Subject, chance: &mut Chance) -> Option<Damage> {
    let block =
        &subject.blocks[subject.any_block(chance, |b| b.lines.len() > 1 && b.block.role != Role::Table)?];
    let k = 1 + chance.below(block.lines.len() - 1);
    let at = block.lines[k];
    let mut layer = subject.layer().clone();
    let line = line(&layer, at)?.clone();
    if let Some(b) = line.bbox {
        shift_below(layer.pages.get_mut(at.page)?, b.top, 14.0);
    }
    line_mut(&mut layer, at)?.blank_before = true;
    let after = line.element.map(|e| element_of_its_own(&mut layer, e));
    for at in &block.lines[k..] {
        let line = line_mut(&mut layer, *at)?;
        line.element = line.element.and(after);
    }
    Some(Damage::new(subject, at, format!("a gap before {}", quoted(subject, at)), layer))
}

/// Another element of the same kind in the same place.
fn element_of_its_own(layer: &mut TextLayer, of: u32) -> u32 {
    let like = layer.elements.get(of as usize).cloned().unwrap_or_default();
    layer.elements.push(like);
    layer.elements.len() as u32 - 1
}

fn columns(subject: &Subject, chance: &mut Chance) -> Option<Damage> {
    let two = |a: &Lines, b: &Lines| a.lines.len() > 1 && b.lines.len() > 1;
    let [a, b] = neighbours(subject, chance, two)?.map(|i| &subject.blocks[i]);
    let at = *a.lines.first()?;
    let mut layer = subject.layer().clone();
    let page = layer.pages.get_mut(at.page)?;
    let end = b.lines.last()?.line;
    let taken: Vec<_> = page.lines.drain(at.line..=end).collect();
    let (left, right) = taken.split_at(a.lines.len());
    let longest = left.len().max(right.len());
    let mixed = (0..longest).flat_map(|i| left.get(i).into_iter().chain(right.get(i))).cloned();
    page.lines.splice(at.line..at.line, mixed);
    let what = format!("{} and {}, line by line", quoted(subject, at), quoted(subject, *b.lines.first()?));
    Some(Damage::new(subject, at, what, layer))
}

fn tags_lost(subject: &Subject, _: &mut Chance) -> Option<Damage> {
    let told = |r: ElementRole| !matches!(r, ElementRole::Other | ElementRole::Span);
    subject.layer().elements.iter().any(|e| told(e.role)).then_some(())?;
    let mut layer = subject.layer().clone();
    layer.elements.clear();
    for line in layer.pages.iter_mut().flat_map(|p| &mut p.lines) {
        line.element = None;
        line.artifact = false;
    }
    Some(Damage::new(subject, At { page: 0, line: 0 }, "no tags", layer))
}
