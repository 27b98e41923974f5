//! Removes names, dates and numbers that were recognised (OCR) with too little confidence: a wrong value is worse than
//! a missing one.
//!
//! Words of a closed list (grades, months, authorities) don't need this: a misread letter gives a word that is not on
//! the list. For a name, a day or a count there is no such list.

use indexmap::IndexMap;

use crate::cut::Cut;
use crate::record::{Diagnostic, Evidence, Record, Severity, Span, Status};
use crate::text::TextLayer;

/// A name, date or number with less confidence than this (0 to 1, calibrated) is withheld.
pub const LEAST: f32 = 0.5;

/// A recognised word and its place.
struct Reading<'a> {
    page: u32,
    middle: (f32, f32),
    text: &'a str,
    confidence: f32,
}

/// The kind of a value decides which of its words count.
#[derive(Clone, Copy, PartialEq)]
enum Kind {
    /// All its words count; each can be confirmed by the same word elsewhere.
    Name,
    /// Only words with digits count.
    Number,
}

/// Removes uncertain values from a record and adds diagnostics.
pub(super) fn withhold(record: &mut Record, layer: &TextLayer) {
    let readings = readings(layer);
    if readings.is_empty() {
        return;
    }
    let mut judge = Judge { readings, evidence: &mut record.evidence, diagnostics: &mut record.diagnostics };
    judge.field("/published", Kind::Number, &mut record.published);
    if record.provider.ids.is_none() {
        judge.field("/provider/name", Kind::Name, &mut record.provider.name);
    }
    let inspection = &mut record.inspection;
    judge.field("/inspection/start", Kind::Number, &mut inspection.start);
    judge.field("/inspection/end", Kind::Number, &mut inspection.end);
    if (inspection.start.is_none() || inspection.end.is_none()) && !inspection.visits.is_empty() {
        inspection.visits.clear();
        judge.set_illegible("/inspection/visits");
    }
    if let Some(letter) = &mut record.letter {
        judge.field("/letter/date", Kind::Number, &mut letter.date);
        judge.field("/letter/salutation", Kind::Name, &mut letter.salutation);
        for (i, r) in letter.recipients.iter_mut().enumerate() {
            judge.field(&format!("/letter/recipients/{i}/name"), Kind::Name, &mut r.name);
            judge.field(&format!("/letter/recipients/{i}/postcode"), Kind::Name, &mut r.postcode);
        }
        for (i, s) in letter.signatories.iter_mut().enumerate() {
            judge.field(&format!("/letter/signatories/{i}/name"), Kind::Name, &mut s.name);
        }
    }
    for (i, inspector) in record.inspectors.iter_mut().enumerate() {
        judge.field(&format!("/inspectors/{i}/name"), Kind::Name, &mut inspector.name);
    }
    for (i, figure) in record.figures.iter_mut().enumerate() {
        judge.field(&format!("/figures/{i}/value"), Kind::Number, &mut figure.value);
        judge.field(&format!("/figures/{i}/rate_per_10000"), Kind::Number, &mut figure.rate_per_10000);
    }
}

fn readings(layer: &TextLayer) -> Vec<Reading<'_>> {
    let words = layer.pages.iter().flat_map(|p| p.lines.iter().flat_map(|l| &l.words).map(|w| (p.number, w)));
    words
        .filter_map(|(page, w)| {
            let (confidence, b) = (w.confidence?, w.bbox?);
            Some(Reading {
                page,
                middle: ((b.x0 + b.x1) / 2.0, (b.top + b.bottom) / 2.0),
                text: bare(&w.text),
                confidence,
            })
        })
        .collect()
}

fn bare(word: &str) -> &str {
    word.trim_matches(|c: char| !c.is_alphanumeric())
}

struct Judge<'r> {
    readings: Vec<Reading<'r>>,
    evidence: &'r mut IndexMap<String, Evidence>,
    diagnostics: &'r mut Vec<Diagnostic>,
}

impl Judge<'_> {
    /// Removes a value if it is too uncertain.
    fn field<T: ToString>(&mut self, pointer: &str, kind: Kind, value: &mut Option<T>) {
        let Some(shown) = value.as_ref().map(T::to_string) else { return };
        let Some(evidence) = self.at_or_above(pointer) else { return };
        // If several places agree, it was not misread.
        if evidence.status != Status::Found || evidence.witnesses.is_some_and(|n| n > 1) {
            return;
        }
        let Some(confidence) = self.confidence(evidence, kind, &shown) else { return };
        if confidence >= LEAST {
            return;
        }
        *value = None;
        let evidence = self.set_illegible(pointer);
        let page = evidence.spans.first().map(|s| s.page);
        let message = format!(
            "“{shown}” was recognised with a confidence of {confidence:.2}; what is below {LEAST:.2} is not given"
        );
        self.diagnostics.push(Diagnostic {
            severity: Severity::Warning,
            code: "value-illegible".into(),
            path: Some(pointer.to_owned()),
            message,
            page,
        });
    }

    fn at_or_above(&self, pointer: &str) -> Option<&Evidence> {
        let mut at = pointer;
        loop {
            if let Some(found) = self.evidence.get(at) {
                return Some(found);
            }
            at = at.head(at.rfind('/').filter(|cut| *cut > 0)?);
        }
    }

    fn set_illegible(&mut self, pointer: &str) -> Evidence {
        let evidence = self.at_or_above(pointer).cloned().unwrap_or_default();
        let evidence = Evidence { status: Status::Illegible, witnesses: None, ..evidence };
        self.evidence.insert(pointer.to_owned(), evidence.clone());
        evidence
    }

    /// The lowest confidence among the words that the value was read from; `None` if they were not recognised by OCR.
    fn confidence(&self, evidence: &Evidence, kind: Kind, value: &str) -> Option<f32> {
        let here: Vec<&Reading> = self.readings.iter().filter(|r| stands_in(r, &evidence.spans)).collect();
        if here.is_empty() {
            return evidence.confidence;
        }
        let has_digit = |r: &&&Reading| r.text.contains(|c: char| c.is_ascii_digit());
        let least = |words: &mut dyn Iterator<Item = f32>| words.reduce(f32::min);
        match kind {
            Kind::Number => least(&mut here.iter().filter(has_digit).map(|r| r.confidence)),
            Kind::Name => least(&mut value.split_whitespace().filter_map(|word| {
                here.iter().find(|r| r.text == bare(word))?;
                let alike = self.readings.iter().filter(|r| r.text == bare(word));
                alike.map(|r| r.confidence).reduce(f32::max)
            })),
        }
    }
}

fn stands_in(reading: &Reading, spans: &[Span]) -> bool {
    spans.iter().any(|span| {
        span.page == reading.page
            && span.bbox.is_some_and(|[x0, top, x1, bottom]| {
                let (x, y) = reading.middle;
                (x0 - 0.1..=x1 + 0.1).contains(&x) && (top - 0.1..=bottom + 0.1).contains(&y)
            })
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::record::{Inspector, sample};
    use crate::text::{BBox, Page, TextLine, Word};

    /// A page with one line of words.
    fn layer(words: &[(&str, f32)]) -> TextLayer {
        let word = |(i, (text, confidence)): (usize, &(&str, f32))| Word {
            text: (*text).into(),
            bbox: Some(BBox { x0: i as f32 * 50.0, top: 10.0, x1: i as f32 * 50.0 + 40.0, bottom: 20.0 }),
            confidence: Some(*confidence),
            ..Word::default()
        };
        let line = TextLine { words: words.iter().enumerate().map(word).collect(), ..TextLine::default() };
        TextLayer {
            pages: vec![Page { number: 1, lines: vec![line], ..Page::default() }],
            ..TextLayer::default()
        }
    }

    /// The inspector and the letter's date that are left in a record after both were read from the whole line.
    fn kept(words: &[(&str, f32)], witnesses: u32) -> String {
        let mut record = sample();
        let quote = words.iter().map(|w| w.0).collect::<Vec<_>>().join(" ");
        let evidence = Evidence {
            status: Status::Found,
            spans: vec![Span { page: 1, bbox: Some([0.0, 10.0, 1000.0, 20.0]) }],
            quote: Some(quote.clone()),
            witnesses: Some(witnesses),
            ..Evidence::default()
        };
        record.evidence.clear();
        record.inspectors = vec![Inspector { name: Some("Ann Lee".into()), ..Inspector::default() }];
        record.published = Some("2024-03-09".into());
        record.evidence.insert("/inspectors/0".into(), evidence.clone());
        record.evidence.insert("/published".into(), evidence);
        record.diagnostics.clear();
        withhold(&mut record, &layer(words));
        let diagnostics: Vec<_> = record.diagnostics.iter().filter_map(|d| d.path.as_deref()).collect();
        assert!(record.evidence.values().all(|e| e.quote.as_deref() == Some(&quote)), "the quote stays");
        format!("{:?} {:?} {diagnostics:?}", record.inspectors[0].name, record.published)
    }

    #[test]
    fn what_is_uncertain_is_not_given() {
        let words = [("Ann", 0.9), ("Lee", 0.9), ("on", 0.1), ("9", 0.9), ("March", 0.1), ("2024", 0.9)];
        let with = |i: usize, confidence: f32| {
            let mut words = words;
            words[i].1 = confidence;
            words
        };
        assert_eq!(kept(&words, 1), r#"Some("Ann Lee") Some("2024-03-09") []"#);
        assert_eq!(kept(&with(1, 0.2), 1), r#"None Some("2024-03-09") ["/inspectors/0/name"]"#);
        assert_eq!(kept(&with(3, 0.2), 1), r#"Some("Ann Lee") None ["/published"]"#);
        assert_eq!(kept(&with(3, 0.2), 2), r#"Some("Ann Lee") Some("2024-03-09") []"#);
        // The same word elsewhere confirms a name, but not a day.
        let twice = [("Ann", 0.9), ("Lee", 0.2), ("9", 0.2), ("9", 0.9), ("Lee", 0.95)];
        assert_eq!(kept(&twice, 1), r#"Some("Ann Lee") None ["/published"]"#);
    }
}
