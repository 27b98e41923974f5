//! The phrases that identify the layout: printed in all samples and not used by other formats.

use findings_core::format::Place;
use findings_core::grammar::label::contains_label;
use findings_core::outline::Role;

use super::Identity;
use super::constants::{Constant, Constants};
use super::guess::{Guess, Guesses};
use crate::model::{Anchor, Phrases};
use crate::read::view::View;

/// How many anchors are proposed at most.
const MOST: usize = 4;
/// How many lines at the top of a sample count as its opening: fewer than core allows, to be safe.
const OPENING: usize = 12;

/// Adds up to four anchors, weighted so that a document with one of four missing is still recognised.
pub(super) fn add(views: &[View], constants: &Constants, identity: Identity, guesses: &mut Guesses) {
    let foreign = |text: &str| {
        let phrases =
            identity.others.iter().flat_map(|f| f.anchors).filter(|a| a.weight > 0.0).flat_map(|a| a.phrases);
        phrases.into_iter().any(|p| contains_label(text, p) || contains_label(p, text))
    };
    let all = constants.lines.iter().chain(&constants.colons);
    let mut usable: Vec<&Constant> = all
        .filter(|c| c.samples == views.len() && worth(&c.text) > 1 && !foreign(c.text.trim_end_matches(':')))
        .collect();
    usable.sort_by_key(|c| (c.at >= OPENING, c.text.ends_with('.'), std::cmp::Reverse(worth(&c.text)), c.at));
    let mut taken: Vec<&Constant> = Vec::new();
    for c in usable {
        let inside =
            taken.iter().any(|t| contains_label(&t.text, &c.text) || contains_label(&c.text, &t.text));
        if taken.len() < MOST && !inside {
            taken.push(c);
        }
    }
    let weight = match taken.len() {
        0 | 1 => 0.6,
        2 | 3 => 0.3,
        _ => 0.2,
    };
    for c in taken {
        let place = place(views, c);
        let part = Anchor { phrases: Phrases::one(c.text.trim_end_matches(':')), place, weight };
        guesses.anchors.push(Guess::new(
            part,
            format!("Printed {}; not an anchor of any other format.", guesses.of(c.samples)),
        ));
    }
}

/// How distinctive a phrase is: its number of long words.
fn worth(text: &str) -> usize {
    text.split(|c: char| !c.is_alphabetic()).filter(|w| w.len() > 3).count()
}

fn place(views: &[View], c: &Constant) -> Place {
    let stands = |test: &dyn Fn(&View, usize) -> bool| {
        views.iter().all(|v| {
            v.lines.iter().enumerate().any(|(i, l)| contains_label(l.text.as_str(), &c.text) && test(v, i))
        })
    };
    if stands(&|_, i| i < OPENING) {
        Place::Opening
    } else if stands(&|v, i| matches!(v.doc.blocks[v.lines[i].block].role, Role::Heading(_))) {
        Place::Heading
    } else {
        Place::Body
    }
}
