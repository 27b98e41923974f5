//! Which part of a record each block was read into. Plugins don't report this, so it is derived from the evidence.

use indexmap::IndexMap;

use crate::outline::{Block, Outline, Role};
use crate::record::{Evidence, Span};
use crate::text::{Origin, Text};

/// For each block, the part of the record that quotes most of its words: `section` or `note` (as for core's formats),
/// or else the member that they were read into (`inspection`, `extension`). Empty if nothing was read from it.
pub(super) fn of_evidence(evidence: &IndexMap<String, Evidence>, outline: &Outline) -> Vec<String> {
    let read: Vec<Read> = evidence.iter().filter_map(|(at, e)| Read::of(at, e)).collect();
    let part = |block: &Block| {
        let words = read.iter().map(|r| (r.words_of(&block.text), r)).filter(|(n, _)| *n > 0);
        // On a tie (a heading that also occurs in a list of headings) the section wins.
        let most = words.max_by_key(|(n, r)| (*n, r.is_body));
        most.map_or_else(
            || if block.role == Role::Furniture { "furniture".into() } else { String::new() },
            |(_, r)| r.part.clone(),
        )
    };
    outline.blocks.iter().map(part).collect()
}

/// The lines from which nothing was read, adjacent ones joined; running lines are left out.
pub(super) fn unread(evidence: &IndexMap<String, Evidence>, outline: &Outline) -> Vec<Text> {
    let read: Vec<Read> = evidence.iter().filter_map(|(at, e)| Read::of(at, e)).collect();
    let is_read = |line: &Text| read.iter().any(|r| r.words_of(line) > 0);
    let mut runs = Vec::new();
    for block in outline.blocks.iter().filter(|b| b.role != Role::Furniture) {
        let lines: Vec<(bool, Text)> = block.text.lines().into_iter().map(|l| (is_read(&l), l)).collect();
        let same = lines.chunk_by(|a, b| a.0 == b.0).filter(|run| !run[0].0);
        runs.extend(same.map(|run| Text::join(run.iter().map(|(_, line)| line), " ")));
    }
    runs
}

/// A value's evidence, and the part of the record that the value belongs to.
struct Read<'e> {
    part: String,
    is_body: bool,
    spans: &'e [Span],
    quote: &'e str,
}

impl<'e> Read<'e> {
    fn of(pointer: &str, evidence: &'e Evidence) -> Option<Self> {
        let member = pointer.split('/').nth(1)?;
        let (part, is_body) = match member {
            "sections" => ("section", true),
            "footnotes" => ("note", true),
            other => (other, false),
        };
        Some(Self { part: part.into(), is_body, spans: &evidence.spans, quote: evidence.quote.as_deref()? })
    }

    /// How many words of a text this evidence covers: by their boxes or, in plain text, by the quote.
    fn words_of(&self, text: &Text) -> usize {
        let boxed = text.origins().iter().filter(|o| self.spans.iter().any(|s| holds(s, o))).count();
        let pages = text.page()..=text.origins().last().map_or(0, |o| o.page);
        if boxed > 0 || !self.spans.iter().any(|s| s.bbox.is_none() && pages.contains(&s.page)) {
            return boxed;
        }
        let (ours, theirs) = (bare_words(self.quote), bare_words(text.as_str()));
        let (less, more) = if ours.len() < theirs.len() { (&ours, &theirs) } else { (&theirs, &ours) };
        if !less.is_empty() && more.windows(less.len()).any(|w| w == less) {
            return less.len();
        }
        // A value of several lines may begin after its label, or end before other words.
        overlap(&theirs, &ours).max(overlap(&ours, &theirs))
    }
}

/// The number of words (at least two, else 0) at the end of one text with which the other begins.
fn overlap(ends: &[&str], begins: &[&str]) -> usize {
    let is_shared = |n: &usize| begins.get(..*n).is_some_and(|shared| ends.ends_with(shared));
    (2..=ends.len().min(begins.len())).rev().find(is_shared).unwrap_or(0)
}

/// Whether the centre of a word lies in a span.
fn holds(span: &Span, word: &Origin) -> bool {
    let Some(([x0, top, x1, bottom], word_box)) = span.bbox.zip(word.bbox) else { return false };
    let (x, y) = ((word_box.x0 + word_box.x1) / 2.0, (word_box.top + word_box.bottom) / 2.0);
    span.page == word.page && (x0..=x1).contains(&x) && (top..=bottom).contains(&y)
}

fn bare_words(text: &str) -> Vec<&str> {
    text.split_whitespace()
        .map(|w| w.trim_matches(|c: char| !c.is_alphanumeric()))
        .filter(|w| !w.is_empty())
        .collect()
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, from_value, json};

    use super::*;
    use crate::text::{BBox, LayerKind, plain};

    #[test]
    fn a_value_of_several_lines_is_read_from_all_of_them() {
        let outline = Outline::build(&plain::read("Address: 3 Mill Row\nWestmoor\nZZ4 1AB\nAlarms: none\n"));
        let place = json!([{ "page": 1, "bbox": null }]);
        let address = json!({ "status": "found", "quote": "3 Mill Row Westmoor ZZ4 1AB", "spans": place });
        let evidence = from_value(json!({ "/extension/address": address })).unwrap();
        let left: Vec<String> = unread(&evidence, &outline).iter().map(|t| t.as_str().to_owned()).collect();
        assert_eq!(left, ["Alarms: none"]);
    }

    #[test]
    fn a_block_is_where_most_of_its_words_were_read() {
        let text =
            "Report on Hollyoaks\n\nHeld on 3 May\n\n1. The rooms were warm and 3 people were in.\n\nEnd\n";
        let mut layer = plain::read(text);
        let found = |quote: &str, bbox: Value| json!({ "status": "found", "quote": quote, "spans": [{ "page": 1, "bbox": bbox }] });
        let evidence = |boxed: &dyn Fn(usize) -> Value| {
            let evidence = json!({
                "/provider/name": found("Hollyoaks", boxed(0)),
                "/inspection/start": found("3 May", boxed(2)),
                "/extension/people": found("3", boxed(4)),
                "/extension/headings/0": found("Report on Hollyoaks", boxed(0)),
                "/sections/0/heading": found("Report on Hollyoaks", boxed(0)),
                "/sections/0/blocks/0": found("The rooms were warm and 3 people were in.", boxed(4)),
                "/published": { "status": "not-stated" }
            });
            from_value(evidence).unwrap()
        };
        let want = ["section", "inspection", "section", ""];
        let outline = Outline::build(&layer);
        assert_eq!(of_evidence(&evidence(&|_| Value::Null), &outline), want);

        // With boxes: each line gets one box that contains all of its words.
        layer.kind = LayerKind::Native;
        for (i, line) in layer.pages[0].lines.iter_mut().enumerate() {
            let top = 50.0 * i as f32;
            for word in &mut line.words {
                word.bbox = Some(BBox { x0: 10.0, top, x1: 90.0, bottom: top + 10.0 });
            }
        }
        let outline = Outline::build(&layer);
        let boxed = |line: usize| json!([0.0, 25.0 * line as f32 - 1.0, 100.0, 25.0 * line as f32 + 11.0]);
        assert_eq!(of_evidence(&evidence(&boxed), &outline), want);
    }
}
