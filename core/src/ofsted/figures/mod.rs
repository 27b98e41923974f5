//! The numbers in the section about the area, each once.
//!
//! Reports under the single framework call it "Information about this local authority area", those before 2013 "Service
//! information". `numbers` finds the numbers of a sentence, `when` their dates, `measures` what they count, and `statement`
//! decides which of them are figures of their own and which belong to another figure.

#[cfg(test)]
mod back;
#[cfg(test)]
mod changes;
mod compare;
mod coordination;
#[cfg(test)]
mod joined;
#[cfg(test)]
mod lists;
mod measures;
mod numbers;
mod phrases;
mod statement;
#[cfg(test)]
mod tests;
mod when;
#[cfg(test)]
mod wholes;
#[cfg(test)]
mod wordings;

use crate::cut::Cut;
use std::ops::Range;

use self::coordination::{Listed, is_elliptic};
pub use self::measures::{OPERATED, OPERATES};
use self::numbers::{Number, Shape, all_numbers, numbers};
use self::statement::{Lead, Reader, Stated, goes_on_list, opens_anew};
use super::body::SectionSpan;
use crate::grammar::fraction::share_in_words;
use crate::grammar::label::any_label;
use crate::grammar::number::spelled_number;
use crate::grammar::sentence::sentences;
use crate::outline::{Block, Outline, Role};
use crate::record::{Amount, Draft, Figure, Status};
use crate::text::Text;

/// Reads the figures of the section about the area, including the parts under its subheadings.
pub fn read(doc: &Outline, draft: &mut Draft, spans: &[SectionSpan]) {
    let heading = |span: &SectionSpan| span.heading.map_or("", |at| doc.blocks[at].text.as_str());
    let sections = about_the_area(spans.iter().map(|span| (span.kind, heading(span))));
    draft.absent("/figures", if sections.is_empty() { Status::NotRead } else { Status::NotStated });
    let mut reader = Reader::default();
    // For each figure, the block that states it and the line that introduces its list.
    let mut places: Vec<(usize, Text)> = Vec::new();
    for span in &spans[sections] {
        let (mut lead, mut line) = (Lead::default(), Text::default());
        let mut list = List::default();
        for at in span.heading.into_iter().chain(span.blocks.clone()) {
            let block = &doc.blocks[at];
            let is_text = match block.role {
                Role::Bullet(_) | Role::Paragraph => true,
                // The section's own heading announces no list, even if it ends in a colon.
                Role::Heading(_) => tells(block) && !is_title(block),
                _ => false,
            };
            if !is_text {
                continue;
            }
            let text = block.text.as_str();
            if list.ends_at(block.role) && !goes_on_list(text, &lead) || opens_anew(text) {
                list = List::default();
                (lead, line) = (Lead::default(), Text::default());
            }
            reader.block(text, &lead);
            places.resize_with(reader.stated.len(), || (at, line.clone()));
            if let Some(announced) = reader.announces(text, &lead) {
                line = announcing(doc, block, &announced, &places);
                lead = announced;
                list = List { announced: Some(depth(block.role)), has_items: false };
            } else if let Some(opened) = reader.opens_parts(text).filter(|_| lead.is_empty()) {
                let whole = opened.whole.and_then(|w| places.get(w)).map_or(at, |(of, _)| *of);
                // As deep as the whole itself, only what reads like an item is one.
                let deeper = depth(block.role) > depth(doc.blocks[whole].role);
                list = List { announced: Some(depth(block.role) - u8::from(deeper)), has_items: true };
                line = Text::join([&doc.blocks[whole].text, &opening(block)], " ");
                lead = opened;
            }
        }
    }
    for (stated, (at, line)) in reader.stated.into_iter().zip(places) {
        add(draft, stated, &doc.blocks[at].text, &line);
    }
}

/// The numbers in a text of the section about the area that no figure accounts for, whether as its value, its rate, a
/// comparator or an earlier value.
pub fn unread(text: &str, figures: &[Figure]) -> Vec<f64> {
    let holds = |f: &Figure, value: f64| values(f).any(|a| a.0 == value) || is_difference(f, value);
    let mut out = Vec::new();
    for sentence in sentences(text) {
        let printed = |n: &&Number| sentence.get(n.at.clone()).is_some_and(is_number);
        let (all, others) = all_numbers(sentence);
        // A new number belongs to a figure of its own sentence; a known one may have been stated anywhere.
        let of_sentence = figures.iter().any(|f| f.text.contains(sentence));
        let held = |value: f64, known: bool| {
            let mut own = figures.iter().filter(|f| known || !of_sentence || f.text.contains(sentence));
            own.any(|f| holds(f, value))
        };
        let missing = |n: &&Number| !held(n.value, n.definite);
        out.extend(all.iter().filter(printed).filter(missing).map(|n| n.value));
        out.extend(others.into_iter().filter(|value| !held(*value, true)));
    }
    out
}

/// The counts in a text that leave out what they count, and for which no figure says it either: "and 12 in Wexcombe".
pub fn uncounted(text: &str, figures: &[Figure]) -> Vec<f64> {
    let mut out = Vec::new();
    for sentence in sentences(text) {
        let listed = Listed::new(numbers(sentence), sentence);
        let all = &listed.all;
        let tail = |i: usize| listed.own(i).tail.unwrap_or_else(|| sentence.tail(all[i].at.end));
        // "Two were good and one outstanding": the sentence before says what is counted.
        let says = (0..all.len()).any(|i| !is_elliptic(tail(i)));
        let leaves_out = |i: &usize| {
            let bare = !tail(*i).contains(char::is_alphabetic);
            let joined = listed.own(*i).head == Some("");
            let said = tail(*i).trim_start();
            joined
                && all[*i].shape == Shape::Count
                && (bare || says && is_elliptic(said) && !said.starts_with("of "))
        };
        for value in (0..all.len()).filter(leaves_out).map(|i| all[i].value) {
            let of = |f: &&Figure| f.text.contains(sentence) && f.value.is_some_and(|v| v.0 == value);
            let mut own = figures.iter().filter(of).peekable();
            if own.peek().is_some() && own.all(|f| f.measure == "other" && f.unit == "other") {
                out.push(value);
            }
        }
    }
    out
}

/// Whether an earlier value was computed from this number, which is then the difference, or the difference as a percentage.
fn is_difference(figure: &Figure, number: f64) -> bool {
    let Some(previous) = figure.previous.as_ref().filter(|p| p.derived) else { return false };
    let pairs =
        [(figure.value, previous.value), (figure.rate_per_10000, previous.rate_per_10000)].into_iter();
    pairs.filter_map(|(now, then)| Some((now?.0, then?.0))).any(|(now, then)| {
        let by = (now - then).abs();
        (by - number).abs() < 0.05 || then > 0.0 && (by / then * 100.0 - number).abs() < 0.6
    })
}

/// Whether a number is printed as such, unlike "all of whom".
fn is_number(printed: &str) -> bool {
    printed.starts_with(|c: char| c.is_ascii_digit())
        || spelled_number(printed).is_ok()
        || share_in_words(printed).is_ok()
}

fn values(figure: &Figure) -> impl Iterator<Item = Amount> {
    let previous = figure.previous.iter().flat_map(|p| [p.value, p.rate_per_10000]);
    let own = [figure.value, figure.rate_per_10000];
    own.into_iter().chain(figure.compare.iter().map(|c| c.value)).chain(previous).flatten()
}

/// Whether a heading is the form's own for the section about the area, even if it ends in a colon.
fn is_title(heading: &Block) -> bool {
    const TITLES: &[&str] = &["Service information", "Information about this local authority area"];
    TITLES.contains(&heading.text.as_str().trim_end_matches(':'))
}

/// Whether a block that looks like a heading introduces a list ("At 31 August 2016:") or states a number. In text files,
/// short lines look like headings.
fn tells(heading: &Block) -> bool {
    let text = heading.text.as_str();
    text.ends_with(':') || numbers(text).iter().any(|n| n.at.start > 0)
}

/// A list under an introductory line: the line's depth, and whether an item has followed.
#[derive(Default)]
struct List {
    announced: Option<u8>,
    has_items: bool,
}

impl List {
    /// Whether a block ends the list: an item has been seen, and this block is no deeper than the introductory line.
    fn ends_at(&mut self, role: Role) -> bool {
        let deeper = self.announced.is_some_and(|line| depth(role) > line);
        let ends = self.has_items && !deeper;
        self.has_items |= deeper;
        ends
    }
}

/// How deeply a block is nested in lists.
fn depth(role: Role) -> u8 {
    match role {
        Role::Bullet(level) => level,
        _ => 0,
    }
}

/// Headings that the form uses only within its section about the area.
const WITHIN: &[&str] =
    &["children living in this area", "child protection in this area", "children looked after in this area"];

/// The range of sections that make up the one about the area; each section is given by its kind and heading.
///
/// Another heading of the same size ("Annex A: …") doesn't end it. A heading that the form uses for something else does,
/// unless one of the area's own follows: in text files "Leadership: inadequate" looks like a heading in the list of earlier
/// judgements.
pub fn about_the_area<'a>(sections: impl Iterator<Item = (&'a str, &'a str)>) -> Range<usize> {
    let all: Vec<(&str, &str)> = sections.collect();
    let Some(start) = all.iter().position(|(kind, _)| *kind == "local-area-information") else { return 0..0 };
    let within = |(kind, _): &&(&str, &str)| matches!(*kind, "local-area-information" | "other");
    let run = |from: usize| from + all.tail(from).iter().take_while(within).count();
    let own = |i: &usize| any_label(WITHIN)(all[*i].1).is_ok();
    let end = run(start);
    start..(end..all.len()).take(NEAR).rfind(own).map_or(end, run)
}

/// How many sections a list of earlier judgements may be mistaken for.
const NEAR: usize = 10;

/// The line that introduces a list, after the block that it continues: "Of this number:".
fn announcing(doc: &Outline, block: &Block, lead: &Lead, places: &[(usize, Text)]) -> Text {
    let whole = lead.whole.and_then(|w| places.get(w)).map(|(at, _)| &doc.blocks[*at]);
    match whole.filter(|w| !std::ptr::eq(*w, block)) {
        Some(whole) => Text::join([&whole.text, &block.text], " "),
        None => block.text.clone(),
    }
}

/// The words before the first number of an item: "Of this number,".
fn opening(item: &Block) -> Text {
    let first = numbers(item.text.as_str()).first().map_or(0, |n| n.at.start);
    item.text.slice(0..item.text.as_str().head(first).trim_end().len())
}

/// Adds a figure to the record.
fn add(draft: &mut Draft, stated: Stated, block: &Text, line: &Text) {
    let pointer = format!("/figures/{}", draft.record.figures.len());
    // Damage can tear a statement apart; then the whole block is its evidence.
    let whole = block.as_str().get(stated.text.clone()).is_none();
    let own = if whole { block.clone() } else { block.slice(stated.text.clone()) };
    let said = Text::join([line, &own], " ");
    draft.note(pointer.clone(), said.evidence_all("figures.statement"));
    let printed = block.as_str().get(stated.at.clone()).unwrap_or("");
    if stated.is_worded(printed) {
        draft.derived(format!("{pointer}/value"), &format!("the words “{printed}”"));
    } else {
        draft.note(format!("{pointer}/value"), block.evidence(printed, "figures.number"));
    }
    if let Some((_, at)) = &stated.rate {
        let rate = block.as_str().get(at.clone()).unwrap_or("");
        draft.note(format!("{pointer}/rate_per_10000"), block.evidence(rate, "figures.rate"));
    }
    draft.record.figures.push(figure(stated, said.as_str()));
}

fn figure(stated: Stated, text: &str) -> Figure {
    Figure {
        measure: stated.measure.code.into(),
        value: Some(stated.value.into()),
        unit: stated.unit().into(),
        qualifier: stated.qualifier.map(str::to_owned),
        as_of: stated.as_of,
        period: stated.period,
        part_of: stated.part_of.and_then(|i| u32::try_from(i).ok()),
        rate_per_10000: stated.rate.map(|(rate, _)| rate.into()),
        compare: stated.compare,
        previous: stated.previous,
        text: text.to_owned(),
    }
}
