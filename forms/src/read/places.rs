//! Where a value is: each kind of place gives the texts that may be the value.

use std::cell::RefCell;
use std::ops::Range;

use findings_core::alike::{is_near, letters};
use findings_core::grammar::label::{find_label, label};
use findings_core::outline::Role;
use findings_core::text::{Text, place_in};

use super::beside;
use super::boxes;
use super::stacked::{above, below};
use super::values;
use super::view::{Line, View, is_any, labelled};
use crate::model::{FormatFile, Phrases, Place, Which};

/// How many lines of its block a value may extend over, unless the file says otherwise.
const LINES: usize = 4;
/// How far into a line a colon can end a label, in bytes.
const LABEL_REACH: usize = 48;

/// Ends a label whose line may continue after it; the value is on the line below.
pub(crate) const ANY_END: char = '…';

/// A line to sign on.
const DRAWN: &str = "___";
/// What is written on a signing line, a date, is shorter than this, in bytes.
const SIGNING: usize = 30;

/// What ends a value.
#[derive(Clone, Copy)]
pub(super) struct Until<'f> {
    /// Words that end it anywhere: the place's own.
    anywhere: &'f [String],
    /// The labels of the file.
    labels: &'f [String],
    /// Those of them that are below their values.
    above: &'f [String],
    /// Whether values are beside their labels.
    beside: bool,
}

#[cfg(test)]
impl<'f> Until<'f> {
    /// What ends values beside these labels.
    pub(super) fn of(labels: &'f [String]) -> Self {
        Until { anywhere: &[], labels, above: &[], beside: true }
    }

    /// The same, and also these words.
    pub(super) fn or(self, anywhere: &'f [String]) -> Self {
        Until { anywhere, ..self }
    }
}

impl Until<'_> {
    /// Whether a text begins with words that end the place's values anywhere.
    pub(super) fn stops(self, text: &str) -> bool {
        self.anywhere.iter().any(|p| label(p)(text).is_ok())
    }

    pub(super) fn begins(self, line: &str) -> bool {
        self.stops(line) || self.labels.iter().any(|p| label(p)(line).is_ok())
    }

    /// Whether a line is one of the labels and nothing else.
    pub(super) fn is_label(self, line: &str) -> bool {
        is_any(line, self.labels)
    }

    /// Whether a line is one of the labels and nothing else, and does not belong to the value above it.
    pub(super) fn is_label_of_more(self, line: &str) -> bool {
        self.is_label(line) && !is_any(line, self.above)
    }

    /// Whether a label's range is part of another label: "Administrator:" in "Chief Administrator:".
    pub(super) fn covers(self, line: &str, range: &Range<usize>) -> bool {
        let others = self.labels.iter().filter_map(|p| labelled(line, std::slice::from_ref(p)));
        // A label that ends in a colon is whole, even if a longer one begins with it: "Re:" and "Re: Inspection of".
        let whole = line[range.clone()].ends_with(':');
        let covers = |o: &Range<usize>| o.start < range.start || !whole;
        others.into_iter().any(|o| o.start <= range.start && o.end >= range.end && o != *range && covers(&o))
    }

    /// Where the first of them is.
    pub(super) fn find(self, text: &str) -> Option<usize> {
        let own = self.anywhere.iter().filter_map(|p| place_in(text, find_label(text, p)?));
        own.map(|range| range.start).chain(labelled(text, self.labels).map(|range| range.start)).min()
    }
}

/// What was found at a place.
pub(crate) struct Looked {
    /// Whether the region exists.
    pub region: bool,
    /// The texts after the labels that were found; empty if there is nothing after a label.
    pub texts: Vec<Text>,
    /// A text below a label without a value that may be its value, or not.
    pub unsure: Option<Text>,
}

/// All labels of a file, each of which ends a value.
#[derive(Clone, Copy, Default)]
pub(crate) struct Labels<'f> {
    /// Those of lines.
    pub lines: &'f [String],
    /// Those of lines that are below their values, such as the post below a name.
    pub above: &'f [String],
    /// Those of boxes.
    pub boxes: &'f [String],
    /// Those of rows.
    pub rows: &'f [String],
    /// Whether the document prints most values beside their labels, so that text below an empty label is not its value.
    pub beside: bool,
}

impl<'f> Labels<'f> {
    /// The same labels, for a document.
    pub fn in_view(self, view: &View) -> Labels<'f> {
        let colons: Vec<String> = self.lines.iter().filter(|l| l.ends_with(':')).cloned().collect();
        let (mut beside, mut alone) = (0, 0);
        for line in &view.lines {
            let parts = if line.cells.is_empty() { std::slice::from_ref(&line.text) } else { &line.cells };
            for (at, part) in parts.iter().enumerate() {
                let Some(label) = labelled(part.as_str(), &colons).filter(|label| label.start == 0) else {
                    continue;
                };
                let next = || parts.get(at + 1).is_some_and(|next| !next.is_empty());
                match part.slice(label.end..part.as_str().len()) {
                    rest if rest.is_empty() && !next() => alone += 1,
                    // In a cell the value may be below the label.
                    rest if !rest.is_empty() && line_of(&rest) != line_of(part) => alone += 1,
                    _ => beside += 1,
                }
            }
        }
        Labels { beside: beside > alone, ..self }
    }
}

/// The number of the line on which a text begins.
fn line_of(text: &Text) -> Option<u32> {
    text.origins().first().map(|o| o.line)
}

/// The texts at a place.
pub(crate) fn look(view: &View, file: &FormatFile, place: &Place, labels: Labels) -> Looked {
    let Some(range) = view.region(file, place.region.as_deref()) else {
        return Looked { region: false, texts: Vec::new(), unsure: None };
    };
    let unsure = RefCell::new(None);
    let mut texts = match place.boxed.is_empty() {
        true => all(view, range, place, labels, &unsure),
        false => {
            let ends = Phrases([labels.boxes, &place.until].concat());
            let most = place.lines.map_or(usize::MAX, usize::from);
            boxes::filled_in(view, &place.boxed, &ends, most)
        }
    };
    match place.which {
        Which::First if place.alone => {} // the caller picks the first that is such a value
        Which::First => texts.truncate(1),
        Which::Last => texts = texts.pop().into_iter().collect(),
        Which::Each => {}
    }
    Looked { region: true, texts, unsure: unsure.into_inner() }
}

fn all(
    view: &View,
    range: Range<usize>,
    place: &Place,
    labels: Labels,
    unsure: &RefCell<Option<Text>>,
) -> Vec<Text> {
    let lines = &view.lines;
    if let Some(rank) = place.heading {
        return range.filter(|i| lines[*i].heading == Some(rank)).map(|i| lines[i].text.clone()).collect();
    }
    if place.alone {
        return range.map(|i| lines[i].text.clone()).collect();
    }
    let until =
        Until { anywhere: &place.until, labels: labels.lines, above: labels.above, beside: labels.beside };
    let Some((kind, phrases)) = place.label() else { return Vec::new() };
    let value = |i: usize| match kind {
        "after" => after(view, i, range.end, place, until, unsure),
        "before" => before(&lines[i].text, phrases),
        "row" => beside::value(view, i, range.end, phrases, labels, until, unsure),
        "under" => Some(cut(&under(view, i, range.end, phrases)?, until)),
        "above" => above(view, i, range.start, place, until),
        "below" => below(view, i, range.end, place, until),
        _ => None,
    };
    if kind == "sentence" {
        return sentences(view, &range, phrases, until);
    }
    let labelled = range.clone().filter_map(|i| Some((i, value(i)?)));
    labelled.inspect(|(i, _)| view.take(&lines[*i].text)).map(|(_, text)| text).collect()
}

/// The text after a label, on its line and the lines of its block that continue it.
fn after(
    view: &View,
    i: usize,
    end: usize,
    place: &Place,
    until: Until,
    unsure: &RefCell<Option<Text>>,
) -> Option<Text> {
    let first = &view.lines[i];
    if let Some(value) = in_cell(&first.cells, &place.after, until) {
        return Some(cut(&value, until));
    }
    let (text, label, last) = label_of(view, i, end, &place.after)?;
    let whole = text.as_str();
    if until.covers(whole, &label) {
        return None;
    }
    let from = behind(whole, &label);
    let mut value = cut(&text.slice(from..whole.len()), until);
    if from + value.as_str().len() < whole.trim_end().len() {
        return Some(value); // another label follows on the line
    }
    let most = place.lines.map_or(LINES, usize::from);
    for line in view.lines[last + 1..end].iter().take(most.saturating_sub(usize::from(!value.is_empty()))) {
        let below = value.is_empty();
        let goes_on =
            if below { line.cells.len() < 2 } else { line.block == first.block && line.cells.is_empty() };
        if !goes_on || line.heading.is_some() && !below || is_labelled(line.text.as_str(), until) {
            break;
        }
        if below && until.beside && whole[..label.end].ends_with(':') {
            let same = line.block == first.block || view.is_right_below(first, line);
            if same && has_room(view, whole, line) {
                unsure.replace(Some(line.text.clone()));
                break;
            }
            if !same {
                break;
            }
        }
        value.push_text(" ", &line.text);
        if below && line.block != first.block {
            break;
        }
    }
    Some(cut(&value, until))
}

/// Whether a text would have had room on the line of a label, where values are beside their labels.
fn has_room(view: &View, label: &str, text: &Line) -> bool {
    let length = |text: &str| text.chars().count();
    let widest = view.lines.iter().filter(|l| l.cells.is_empty()).map(|l| length(l.text.as_str())).max();
    length(label) + 1 + length(text.text.as_str()) <= widest.unwrap_or_default()
}

/// A line with a label, the label's range, and its last line: a label may run over two.
fn label_of(view: &View, i: usize, end: usize, labels: &[String]) -> Option<(Text, Range<usize>, usize)> {
    let first = &view.lines[i];
    let whole = first.text.as_str();
    if let Some(range) = labelled(whole, labels) {
        return Some((first.text.clone(), range, i));
    }
    let begins_label = || labels.iter().any(|phrase| label(whole)(phrase).is_ok());
    let next = view.lines[..end].get(i + 1).filter(|next| next.block == first.block)?;
    if !first.cells.is_empty() || !next.cells.is_empty() || !begins_label() {
        return None;
    }
    let both = Text::join([&first.text, &next.text], " ");
    let range = labelled(both.as_str(), labels).filter(|r| r.start == 0 && r.end > whole.len())?;
    Some((both, range, i + 1))
}

/// The text after a label within its cell, in a row that has others.
fn in_cell(cells: &[Text], label: &[String], until: Until) -> Option<Text> {
    let value = |cell: &Text| {
        let s = cell.as_str();
        let own = labelled(s, label).filter(|own| !until.covers(s, own))?;
        Some(cell.slice(behind(s, &own)..s.len()))
    };
    cells.iter().find_map(value).filter(|value| cells.len() > 1 && !value.is_empty())
}

/// Where the value after a label begins: past a colon, dots or a line to write on.
fn behind(line: &str, label: &Range<usize>) -> usize {
    line.len() - line[label.end..].trim_start_matches([':', ' ', '.', '_']).len()
}

/// The text before a label on its line.
fn before(line: &Text, phrases: &Phrases) -> Option<Text> {
    let labels = phrases.iter().filter_map(|p| find_label(line.as_str(), p));
    let at = labels.map(|label| line.range_of(label).start).min()?;
    // A date has digits: "Date of" before a label belongs to another label.
    Some(line.slice(0..at)).filter(|text| text.as_str().contains(|c: char| c.is_ascii_digit()))
}

/// Whether a line begins with a label: one of the file's, or words before a colon.
pub(super) fn is_labelled(line: &str, until: Until) -> bool {
    let colon = line.find(':').filter(|at| *at < LABEL_REACH && line.starts_with(char::is_uppercase));
    until.begins(line) || colon.is_some_and(|at| line[at + 1..].starts_with(' ') || at + 1 == line.len())
}

/// A line that may begin with the label of a place, with more misread letters than labels may have. One that begins with another label
/// of the file is that label's: "Our ref:" is no misread "Your ref:".
pub(super) fn resembling(view: &View, place: &Place, others: Labels) -> Option<Text> {
    let (kind, phrases) = place.label()?;
    if !["after", "row", "box"].contains(&kind) {
        return None;
    }
    let labels: Vec<String> = phrases.iter().map(|p| letters(p)).filter(|l| l.len() >= RESEMBLING).collect();
    let begins = |line: &str, label: &String| {
        let line = letters(line);
        let head: String = line.chars().take(label.chars().count()).collect();
        head != *label && is_near(&head, label, RESEMBLING)
    };
    let is_other = |text: &str| others.lines.iter().chain(others.rows).any(|l| label(l)(text).is_ok());
    let lines = view.lines.iter().flat_map(|l| std::iter::once(&l.text).chain(&l.cells));
    let resembles = |text: &str| labels.iter().any(|label| begins(text, label)) && !is_other(text);
    lines.into_iter().find(|text| resembles(text.as_str())).cloned()
}

/// A running line with the label of a place.
pub(super) fn running(view: &View, place: &Place) -> Option<Text> {
    let (kind, phrases) = place.label()?;
    let blocks = view.doc.blocks.iter().filter(|b| b.role == Role::Furniture);
    let mut texts = blocks.map(|block| &block.text).filter(|_| ["after", "row"].contains(&kind));
    texts.find(|text| labelled(text.as_str(), phrases).is_some()).cloned()
}

/// One misread letter in so many makes a line resemble a label.
const RESEMBLING: usize = 5;

/// A text up to what ends it.
pub(super) fn cut(text: &Text, until: Until) -> Text {
    let end = until.find(text.as_str()).unwrap_or(text.as_str().len());
    text.slice(0..end)
}

fn under(view: &View, i: usize, end: usize, phrases: &Phrases) -> Option<Text> {
    if !is_any(view.lines[i].text.as_str(), phrases) {
        return None;
    }
    let lines = &view.lines[i + 1..end];
    let ends = |(n, line): (usize, &Line)| {
        let drawn_below = lines.get(n + 1).is_some_and(|l| l.text.as_str().starts_with(DRAWN));
        let short = line.text.as_str().len() < SIGNING;
        line.heading.is_some() || signs(line.text.as_str()) || drawn_below && short
    };
    let to = lines.iter().enumerate().position(ends).unwrap_or(lines.len());
    Some(Text::join(lines[..to].iter().map(|l| &l.text), " "))
}

/// Whether a line belongs to a signature: a signing line, or only a date.
fn signs(line: &str) -> bool {
    let alone = || values::day(line, true).is_some_and(|(_, slice)| slice.len() + 2 > line.trim().len());
    line.starts_with(DRAWN) || alone()
}

fn sentences(view: &View, range: &Range<usize>, phrases: &Phrases, until: Until) -> Vec<Text> {
    let mut blocks: Vec<usize> = view.lines[range.clone()].iter().map(|l| l.block).collect();
    blocks.dedup();
    let found = blocks.into_iter().filter_map(|b| {
        let text = &view.doc.blocks[b].text;
        let slice = phrases.iter().find_map(|p| find_label(text.as_str(), p))?;
        let label = text.range_of(slice);
        let from = label.end;
        let rest = text.as_str().get(from..)?;
        let end = rest.find(". ").map_or(rest.trim_end_matches('.').len(), |at| at);
        view.take(&text.slice(label.start..from + end));
        Some(cut(&text.slice(from..from + end), until))
    });
    found.collect()
}
