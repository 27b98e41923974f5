//! Times of the stages of a reading, and digests of their results.

use std::time::Instant;

use serde::Serialize;
use sha2::{Digest, Sha256};

use crate::outline::Outline;
use crate::source;
use crate::text::TextLayer;

/// The stages of a reading.
#[derive(Debug, Clone, Default, Serialize)]
pub struct Trace {
    /// Each stage in order.
    pub stages: Vec<StageTrace>,
}

/// What one stage did.
#[derive(Debug, Clone, Serialize)]
pub struct StageTrace {
    /// Its name.
    pub name: &'static str,
    /// How long it took, in microseconds.
    pub micros: u64,
    /// SHA-256 of its result; empty if no trace was asked for.
    pub digest: String,
}

/// Times and digests of stages.
#[derive(Debug, Clone)]
pub(super) struct Stages {
    digests: bool,
    since: Instant,
    done: Vec<StageTrace>,
}

impl From<Stages> for Trace {
    fn from(stages: Stages) -> Self {
        Self { stages: stages.done }
    }
}

impl Stages {
    pub(super) fn new(digests: bool) -> Self {
        Self { digests, since: Instant::now(), done: Vec::new() }
    }

    /// A copy whose next stage starts timing now.
    pub(super) fn resumed(&self) -> Self {
        Self { since: Instant::now(), ..self.clone() }
    }

    /// Ends a stage. If the last stage has the same name (an outline that is refined by a format's headings), both
    /// count as one.
    pub(super) fn done(&mut self, name: &'static str, digest: impl FnOnce() -> String) {
        let before = self.done.pop_if(|last| last.name == name).map_or(0, |last| last.micros);
        let micros = before + self.since.elapsed().as_micros() as u64;
        let digest = if self.digests { digest() } else { String::new() };
        self.done.push(StageTrace { name, micros, digest });
        self.since = Instant::now();
    }
}

pub(super) fn digest(bytes: &[u8]) -> String {
    source::sha256(bytes)
}

pub(super) fn digest_layer(layer: &TextLayer) -> String {
    let mut hash = Sha256::new();
    for line in layer.pages.iter().flat_map(|p| &p.lines) {
        for word in &line.words {
            hash.update(word.text.as_bytes());
            hash.update([b' ']);
        }
        hash.update([b'\n']);
    }
    hex(&hash.finalize())
}

pub(super) fn digest_outline(outline: &Outline) -> String {
    let mut hash = Sha256::new();
    for block in &outline.blocks {
        hash.update(format!("{:?} {:?} ", block.role, block.number));
        hash.update(block.text.as_str().as_bytes());
        hash.update([b'\n']);
    }
    hex(&hash.finalize())
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|b| format!("{b:02x}")).collect()
}
