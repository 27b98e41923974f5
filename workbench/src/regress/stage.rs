//! Finds the stage of reading that changed first.

use indexmap::IndexMap;
use rustc_hash::FxHashMap;
use serde::Deserialize;
use serde_json::Value;

use super::diff::Change;

/// The trace of one document.
#[derive(Debug, Clone, Deserialize)]
pub struct DocumentTrace {
    /// The document's name in the run.
    pub source: String,
    /// The stages in order.
    pub stages: Vec<StageTrace>,
}

/// The trace of one stage.
#[derive(Debug, Clone, Deserialize)]
pub struct StageTrace {
    /// Its name.
    pub name: String,
    /// How long it took, in microseconds.
    pub micros: u64,
    /// SHA-256 of its result; may be empty.
    #[serde(default)]
    pub digest: String,
}

impl DocumentTrace {
    /// How long the document took, in milliseconds.
    pub fn ms(&self) -> f64 {
        self.stages.iter().map(|s| s.micros).sum::<u64>() as f64 / 1000.0
    }
}

/// Traces by the names of the documents in the run.
pub type Traces = FxHashMap<String, DocumentTrace>;

/// Reads the output of `findings extract --trace`. Lines that are not traces are skipped.
pub fn read(text: &str) -> Traces {
    let lines = text.lines().filter_map(|l| serde_json::from_str::<DocumentTrace>(l).ok());
    lines.map(|t| (t.source.clone(), t)).collect()
}

/// The first stage whose result differs, or that only one run reached.
pub fn first_changed(base: &DocumentTrace, head: &DocumentTrace) -> Option<String> {
    let of_base: IndexMap<&str, &str> =
        base.stages.iter().map(|s| (s.name.as_str(), s.digest.as_str())).collect();
    let of_head: IndexMap<&str, &str> =
        head.stages.iter().map(|s| (s.name.as_str(), s.digest.as_str())).collect();
    // A stage that only one of the builds has is ignored; a stage that only one run reached comes after the shorter
    // trace.
    let both = of_head.iter().filter_map(|(name, digest)| Some((*name, *digest, *of_base.get(name)?)));
    let differs = both.into_iter().find(|(_, h, b)| h != b).map(|(name, ..)| name);
    let (short, long) =
        if of_base.len() < of_head.len() { (&of_base, &of_head) } else { (&of_head, &of_base) };
    let cut_off = || {
        let prefix = short.keys().zip(long.keys()).all(|(a, b)| a == b);
        long.get_index(short.len()).filter(|_| prefix).map(|(name, _)| *name)
    };
    differs.or_else(cut_off).map(str::to_owned)
}

/// The stage if there is no indication.
pub const UNKNOWN: &str = "unknown";

/// Determines the stage that changed first, for the two records of a document.
pub struct Stages<'a> {
    base: &'a Value,
    head: &'a Value,
    /// The first stage that changed according to the traces, if both runs have them.
    traced: Option<String>,
}

impl<'a> Stages<'a> {
    /// Looks at the two records of a document.
    pub fn new(base: &'a Value, head: &'a Value, traces: Option<(&DocumentTrace, &DocumentTrace)>) -> Self {
        Self { base, head, traced: traces.and_then(|(b, h)| first_changed(b, h)) }
    }

    /// The stage that changed first in the document as a whole.
    pub fn of_document(&self) -> String {
        self.traced.clone().unwrap_or_else(|| UNKNOWN.into())
    }

    /// The stage that changed first, for one change.
    ///
    /// Traces have no stage for repairs, which come between text and outline: a change of the text counts as `repair`
    /// if the evidence or the diagnostics list different repairs.
    pub fn of(&self, change: &Change) -> String {
        let (before, after) = (&change.base_place, &change.head_place);
        let repaired = before.repairs != after.repairs || self.repairs_differ();
        match self.traced.as_deref() {
            Some("text") if repaired => "repair".into(),
            Some(stage) => stage.to_owned(),
            None if before.repairs != after.repairs => "repair".into(),
            None if self.differs("/document/words/total") || self.differs("/document/text_layer") => {
                "text".into()
            }
            // The same words were read, but interpreted differently.
            None if before.quote.is_some() && before.quote == after.quote => "grammar".into(),
            None => UNKNOWN.into(),
        }
    }

    fn differs(&self, pointer: &str) -> bool {
        self.base.pointer(pointer) != self.head.pointer(pointer)
    }

    /// Whether plain text was repaired differently: the text of a text file can't differ for any other reason.
    fn repairs_differ(&self) -> bool {
        let repairs = |record: &Value| -> Vec<Value> {
            let all = record.get("diagnostics").and_then(Value::as_array).into_iter().flatten();
            all.filter(|d| d.get("code").is_some_and(|c| c == "text-repaired")).cloned().collect()
        };
        let plain = self.head.pointer("/document/text_layer").is_some_and(|l| l == "plain-text");
        plain && repairs(self.base) != repairs(self.head)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn trace(stages: &str) -> DocumentTrace {
        let stage = |s: &str| {
            let (name, digest) = s.split_once('=').unwrap_or((s, ""));
            StageTrace { name: name.into(), micros: 1, digest: digest.into() }
        };
        DocumentTrace { source: "a".into(), stages: stages.split(' ').map(stage).collect() }
    }

    fn first(base: &str, head: &str) -> String {
        first_changed(&trace(base), &trace(head)).unwrap_or_else(|| "-".into())
    }

    #[test]
    fn the_first_stage_that_differs_counts() {
        assert_eq!(first("source=1 text=2 outline=3", "source=1 text=2 outline=4"), "outline");
        assert_eq!(first("source=1 text=2 outline=3", "source=1 text=5 outline=4"), "text");
        assert_eq!(first("source=1 text=2 validate", "source=1 text=2 validate"), "-");
    }

    #[test]
    fn a_run_that_ended_earlier_ended_in_the_next_stage() {
        assert_eq!(first("source=1 text=2 outline=3 grammar=4", "source=1 text=2"), "outline");
        assert_eq!(first("source=1 grammar=4", "source=1 grammar=4 validate"), "validate");
    }

    #[test]
    fn a_stage_that_is_new_is_no_change_by_itself() {
        assert_eq!(first("source=1 text=2 outline=3", "source=1 text=2 repair=9 outline=4"), "outline");
    }
}
