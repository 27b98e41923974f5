//! Runs the proposal over its own samples.

use findings_core::format::{THRESHOLD, claims};
use findings_core::plugin::PluginFormat;
use serde_json::Value;

use super::guess::{Guess, Guesses, bearing};
use super::{DraftError, Identity, Proposal, Sample, print};
use crate::FileFormat;

/// How a pointer was read in the samples.
#[derive(Default)]
struct Reading {
    read: usize,
    /// Names of samples in which the text there is not such a value, or places disagree.
    doubted: Vec<String>,
}

/// Drops rules that read nothing, notes those that do not read all samples, and returns the file.
pub(super) fn hold(
    samples: &[Sample],
    identity: Identity,
    guesses: &mut Guesses,
) -> Result<Proposal, DraftError> {
    if guesses.anchors.is_empty() {
        return Err(DraftError::NothingShared(0));
    }
    let records = records(samples, &print::text(guesses, identity))?;
    let of = samples.len();
    let Guesses { fields, tables, lists, left, .. } = guesses;
    let mut remarks = Vec::new();
    fields.retain_mut(|g| {
        let pointer = g.part.pointer.clone();
        let reading = match &g.part.area {
            Some(area) => judged(&records, area),
            None => reading(&records, if pointer == "/inspection" { "/inspection/start" } else { &pointer }),
        };
        said(g, &pointer, &reading, of, left, &mut remarks)
    });
    tables.retain_mut(|g| {
        said(g, &g.part.into.clone(), &reading(&records, &g.part.into), of, left, &mut remarks)
    });
    lists.retain_mut(|g| {
        said(g, &g.part.into.clone(), &reading(&records, &g.part.into), of, left, &mut remarks)
    });
    if fields.is_empty() && tables.is_empty() && lists.is_empty() {
        return Err(DraftError::NothingVaries);
    }
    let text = print::text(guesses, identity);
    let format = FileFormat::new("draft", &text).map_err(DraftError::Unreadable)?;
    for sample in samples {
        let others = identity.others.iter().copied();
        let all = claims(std::iter::once(format.info()).chain(others), &sample.document.outline);
        remarks.extend(match all.first() {
            Some(first) if first.score < THRESHOLD => {
                Some(format!("{}: its anchors are too weak to claim it", sample.name))
            }
            Some(first) if first.format != format.info().id => {
                Some(format!("{}: findings already reads it as {}", sample.name, first.format))
            }
            _ => None,
        });
    }
    Ok(Proposal { text, remarks })
}

/// The records of all samples as the file reads them.
fn records(samples: &[Sample], text: &str) -> Result<Vec<(String, Value)>, DraftError> {
    let format = FileFormat::new("draft", text).map_err(DraftError::Unreadable)?;
    Ok(samples.iter().map(|s| (s.name.clone(), format.record(s.document.clone()).whole())).collect())
}

fn reading(records: &[(String, Value)], pointer: &str) -> Reading {
    let mut reading = Reading::default();
    for (name, record) in records {
        let value = record.pointer(pointer);
        reading.read += usize::from(value.is_some_and(is_there));
        let doubted =
            record["diagnostics"].as_array().is_some_and(|all| all.iter().any(|d| is_doubt(d, pointer)));
        reading.doubted.extend(doubted.then(|| name.clone()));
    }
    reading
}

/// Judgements are in one list, so they are found by area.
fn judged(records: &[(String, Value)], area: &str) -> Reading {
    let has = |record: &Value| {
        record["judgements"]
            .as_array()
            .is_some_and(|all| all.iter().any(|j| j["area"] == area && is_there(&j["grade"])))
    };
    Reading { read: records.iter().filter(|(_, r)| has(r)).count(), doubted: Vec::new() }
}

fn is_there(value: &Value) -> bool {
    match value {
        Value::Null => false,
        Value::Array(items) => !items.is_empty(),
        Value::String(words) => !words.is_empty(),
        _ => true,
    }
}

fn is_doubt(diagnostic: &Value, pointer: &str) -> bool {
    let codes = ["value-not-read", "readings-disagree", "value-withheld"];
    let at =
        diagnostic["path"].as_str().is_some_and(|p| p == pointer || p.starts_with(&format!("{pointer}/")));
    at && diagnostic["code"].as_str().is_some_and(|c| codes.contains(&c))
}

/// Adds notes on how a guess did; returns whether it is kept.
fn said<T>(
    guess: &mut Guess<T>,
    pointer: &str,
    reading: &Reading,
    of: usize,
    left: &mut Vec<String>,
    remarks: &mut Vec<String>,
) -> bool {
    if reading.read == 0 {
        let why = guess.notes.first().cloned().unwrap_or_default();
        left.push(format!("{pointer}: it read nothing in any sample. {why}"));
        return false;
    }
    guess.note(format!("Tried: read {}.", bearing(reading.read, of)));
    if !reading.doubted.is_empty() {
        guess.note(format!("DOUBT: there is something else in its place in {}.", reading.doubted.join(", ")));
        remarks.push(format!("{pointer} is in doubt in {}", reading.doubted.join(", ")));
    }
    true
}
