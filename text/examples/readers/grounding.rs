//! Checks the evidence of records against another reader's words: do the boxes contain the words that are quoted?

use std::collections::BTreeMap;
use std::path::Path;

use findings_text::BBox;
use serde_json::{Value, json};

use super::compare::share;
use super::words::{Token, letters};

/// A word is in a box if its centre is at most this many points outside it.
const SLACK: f32 = 1.0;

/// The records in a file written by `findings extract --format ndjson`, by the digest of their document.
pub fn records(file: &Path) -> std::io::Result<BTreeMap<String, Value>> {
    let text = std::fs::read_to_string(file)?;
    let records = text.lines().filter_map(|l| serde_json::from_str::<Value>(l).ok());
    Ok(records.map(|r| (r["document"]["sha256"].as_str().unwrap_or_default().to_owned(), r)).collect())
}

/// Counts of evidence entries that have boxes, and of their words.
#[derive(Debug, Default)]
pub struct Grounding {
    entries: usize,
    /// Entries whose boxes contain every word of the quote.
    held: usize,
    words: usize,
    found: usize,
    /// Words of the other reader that are in the boxes.
    boxed: usize,
}

impl Grounding {
    pub fn add(&mut self, record: &Value, words: &[Token]) {
        for evidence in record["evidence"].as_object().into_iter().flat_map(|e| e.values()) {
            let (Some(quote), Some(spans)) = (evidence["quote"].as_str(), evidence["spans"].as_array())
            else {
                continue;
            };
            let places: Vec<(u32, BBox)> = spans.iter().filter_map(place).collect();
            if places.is_empty() {
                continue;
            }
            let mut there: Vec<&str> =
                words.iter().filter(|w| is_in(w, &places)).map(|w| w.letters.as_str()).collect();
            self.boxed += there.len();
            let (mut all, mut found) = (0, 0);
            for word in letters(quote) {
                all += 1;
                if let Some(at) = there.iter().position(|w| *w == word) {
                    there.swap_remove(at);
                    found += 1;
                }
            }
            self.entries += 1;
            self.held += usize::from(found == all);
            self.words += all;
            self.found += found;
        }
    }

    pub fn said(&self) -> Option<String> {
        (self.entries > 0).then(|| {
            format!(
                "evidence: of {} entries {:.2} % have boxes that hold their quote's words; word recall {:.5}, precision {:.5}",
                self.entries,
                100.0 * share(self.held, self.entries),
                share(self.found, self.words),
                share(self.found, self.boxed),
            )
        })
    }

    pub fn json(&self) -> Value {
        json!({
            "entries": self.entries,
            "held": self.held,
            "word_recall": share(self.found, self.words),
            "word_precision": share(self.found, self.boxed),
        })
    }
}

fn place(span: &Value) -> Option<(u32, BBox)> {
    let edge = |i: usize| span["bbox"][i].as_f64().map(|v| v as f32);
    let bbox = BBox { x0: edge(0)?, top: edge(1)?, x1: edge(2)?, bottom: edge(3)? };
    Some((span["page"].as_u64()? as u32, bbox))
}

fn is_in(word: &Token, places: &[(u32, BBox)]) -> bool {
    let Some(b) = word.bbox else { return false };
    let (x, y) = ((b.x0 + b.x1) / 2.0, (b.top + b.bottom) / 2.0);
    places.iter().any(|(page, place)| {
        word.page == *page
            && (place.x0 - SLACK..=place.x1 + SLACK).contains(&x)
            && (place.top - SLACK..=place.bottom + SLACK).contains(&y)
    })
}
