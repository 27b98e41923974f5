//! Finds documents that have become slower.

use super::report::{Slower, Time};
use super::run::Run;
use super::stage::DocumentTrace;
use crate::stream::Piece;

/// Smaller differences, in milliseconds, are ignored: clocks are not that precise.
const SLOWER_MS: f64 = 50.0;

/// Time before and after, over the documents for which both runs have a trace.
pub fn time(base: &Run, head: &Run, pairs: &[(&Piece, &Piece)], times: f64) -> Option<Time> {
    let traced: Vec<_> = pairs.iter().filter_map(|(b, h)| Some((base.trace(b)?, head.trace(h)?))).collect();
    if traced.is_empty() {
        return None;
    }
    let slow =
        |(b, h): &&(&DocumentTrace, &DocumentTrace)| h.ms() > b.ms() * times && h.ms() - b.ms() > SLOWER_MS;
    let mut slower: Vec<Slower> = traced.iter().filter(slow).map(|(b, h)| slower(b, h)).collect();
    slower.sort_by(|a, b| (b.head_ms - b.base_ms).total_cmp(&(a.head_ms - a.base_ms)));
    Some(Time {
        base_ms: traced.iter().map(|(b, _)| b.ms()).sum(),
        head_ms: traced.iter().map(|(_, h)| h.ms()).sum(),
        slower,
    })
}

fn slower(base: &DocumentTrace, head: &DocumentTrace) -> Slower {
    let before = |name: &str| base.stages.iter().find(|s| s.name == name).map_or(0, |s| s.micros);
    let stage = head.stages.iter().max_by_key(|s| s.micros.saturating_sub(before(&s.name)));
    Slower {
        document: head.source.clone(),
        base_ms: base.ms(),
        head_ms: head.ms(),
        stage: stage.map(|s| s.name.clone()).unwrap_or_default(),
    }
}
