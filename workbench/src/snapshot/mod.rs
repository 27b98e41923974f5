//! Snapshots: what each document of a folder was read as, accepted by a person.
//!
//! The form is that of the project's own tests (insta): `letter.pdf.snap` with a short head between two lines
//! `---`, then the record as indented JSON. What changes from build to build is redacted. A document that gives
//! no record has its error as its snapshot.

mod accept;
mod changes;
mod store;

use findings_core::source::sha256;
use serde::Serialize;
use serde_json::Value;
use similar::TextDiff;

pub use accept::{Lost, Refusal, refusal};
pub use changes::ValueChange;
pub use store::Store;

/// How a document stands to its snapshot.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum State {
    /// It is read as accepted.
    Unchanged,
    /// It is read otherwise than accepted.
    Changed,
    /// It is read otherwise, and a person has rejected that very reading.
    Rejected,
    /// It has no snapshot.
    New,
    /// There is a snapshot and no document.
    Gone,
}

impl State {
    /// The word for people and scripts.
    pub fn as_str(self) -> &'static str {
        match self {
            State::Unchanged => "unchanged",
            State::Changed => "changed",
            State::Rejected => "rejected",
            State::New => "new",
            State::Gone => "gone",
        }
    }
}

/// A document beside its snapshot.
#[derive(Debug, Clone)]
pub struct Entry {
    /// The document's path below its folder, with `/`.
    pub document: String,
    /// How the two stand to each other.
    pub state: State,
    /// The accepted reading; null where there is none.
    pub accepted: Value,
    /// The reading now, redacted; null where there is no document.
    pub read: Value,
}

impl Entry {
    /// What differs, value by value; evidence and versions aside.
    pub fn changes(&self) -> Vec<ValueChange> {
        if self.accepted.is_null() || self.read.is_null() {
            return Vec::new();
        }
        changes::between(&self.accepted, &self.read)
    }

    /// The difference of the two renderings, line by line, with three lines around each.
    pub fn diff(&self) -> String {
        let (before, after) = (render(&self.accepted), render(&self.read));
        TextDiff::from_lines(&before, &after).unified_diff().context_radius(3).to_string()
    }
}

/// An outcome (a record or an error report) as snapshots hold it: indented, without what changes from build to
/// build.
pub fn render(outcome: &Value) -> String {
    serde_json::to_string_pretty(&redacted(outcome.clone())).expect("plain JSON")
}

/// A record or an error report as JSON, as it is printed: numbers go through their text, for a box's 164.4 is
/// another number in twice the bits.
pub fn printed(outcome: &impl Serialize) -> Value {
    let text = serde_json::to_string(outcome).expect("records are plain data with strings for keys");
    serde_json::from_str(&text).expect("what was just written is JSON")
}

/// An outcome without what changes from build to build.
pub fn redacted(mut outcome: Value) -> Value {
    if let Some(run) = outcome.get_mut("run").and_then(Value::as_object_mut) {
        for (key, sign) in [("tool", "[tool]"), ("text_engine", "[engine]"), ("plugin", "[plugin]")] {
            if let Some(value) = run.get_mut(key).filter(|v| !v.is_null()) {
                *value = sign.into();
            }
        }
    }
    outcome
}

/// The digest of a reading: what a rejection remembers.
fn digest(read: &Value) -> String {
    sha256(render(read).as_bytes())
}
