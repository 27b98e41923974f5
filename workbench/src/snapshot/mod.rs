//! Snapshots: the readings of a folder's documents, as a person accepted them.
//!
//! The form is that of insta, which the project's own tests use: `letter.pdf.snap` has a short header between two lines
//! `---`, then the record as indented JSON. Whatever differs from build to build is redacted. The snapshot of a
//! document without a record is its error report.

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

/// The state of a document relative to its snapshot.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum State {
    /// It is read as accepted.
    Unchanged,
    /// It is read differently.
    Changed,
    /// It is read differently, and a person has rejected this reading.
    Rejected,
    /// It has no snapshot.
    New,
    /// The snapshot's document does not exist any more.
    Gone,
}

impl State {
    /// The name of the state.
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

/// A document with its snapshot.
#[derive(Debug, Clone)]
pub struct Entry {
    /// The document's path below its folder, with `/`.
    pub document: String,
    /// The state of the document.
    pub state: State,
    /// The accepted reading; null if there is none.
    pub accepted: Value,
    /// The current reading, redacted; null if there is no document.
    pub read: Value,
}

impl Entry {
    /// The differences, value by value, ignoring evidence and versions.
    pub fn changes(&self) -> Vec<ValueChange> {
        if self.accepted.is_null() || self.read.is_null() {
            return Vec::new();
        }
        changes::between(&self.accepted, &self.read)
    }

    /// A line-by-line diff of the two renderings, with three lines of context.
    pub fn diff(&self) -> String {
        let (before, after) = (render(&self.accepted), render(&self.read));
        TextDiff::from_lines(&before, &after).unified_diff().context_radius(3).to_string()
    }
}

/// An outcome (record or error report) in the form of snapshots: indented and redacted.
pub fn render(outcome: &Value) -> String {
    serde_json::to_string_pretty(&redacted(outcome.clone())).expect("plain JSON")
}

/// A record or error report as JSON, the way it is printed. Numbers go through text, because a box's 164.4 is an f32
/// and would be a different number as an f64.
pub fn printed(outcome: &impl Serialize) -> Value {
    let text = serde_json::to_string(outcome).expect("records are plain data with strings for keys");
    serde_json::from_str(&text).expect("what was just written is JSON")
}

/// An outcome without what differs from build to build.
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

/// The digest of a reading, which is stored when it is rejected.
fn digest(read: &Value) -> String {
    sha256(render(read).as_bytes())
}
