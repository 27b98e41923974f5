//! Draws values for a person to check.

use findings_core::{Doubt, doubts_of_json};
use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::chance::Chance;
use crate::evidence::{self, within};

/// A value and where it was read. The question: does the document say so?
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Question {
    /// The document.
    pub document: String,
    /// SHA-256 of its bytes.
    pub sha256: String,
    /// Id of its format.
    pub format: String,
    /// The field: its pointer with `*` for any index.
    pub field: String,
    /// JSON Pointer to the value.
    pub pointer: String,
    /// The value.
    pub value: Value,
    /// The page that it was read on, from 1.
    #[serde(default)]
    pub page: Option<u32>,
    /// The words that it was read from.
    #[serde(default)]
    pub quote: Option<String>,
    /// Whether the record says that the value is in doubt.
    pub flagged: bool,
}

/// What was drawn, and from how many.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Drawn {
    /// The questions, grouped by document.
    pub questions: Vec<Question>,
    /// The number of values that are not in doubt.
    pub clean: usize,
    /// The number of flagged values.
    pub flagged: usize,
}

/// Parts of a record that only say how it was made, and that are never drawn.
const LEFT_OUT: &[&str] = &["/schema", "/document", "/run", "/evidence", "/diagnostics", "/regulator"];

/// Draws `clean` unflagged and `flagged` flagged values from records. Every value is equally likely, and the sample is
/// stratified: formats and fields are represented in proportion to their values. `field` is the prefix of a pointer;
/// without it, paragraphs of the body are not drawn, because there are so many that little else would be.
pub fn sample(records: &[Value], clean: usize, flagged: usize, seed: u64, field: Option<&str>) -> Drawn {
    let mut chance = Chance::new(seed);
    let (mut doubtful, mut sound): (Vec<Question>, Vec<Question>) =
        records.iter().flat_map(|r| questions(r, field)).partition(|q| q.flagged);
    let counts = (sound.len(), doubtful.len());
    let mut questions = draw(&mut sound, clean, &mut chance);
    questions.extend(draw(&mut doubtful, flagged, &mut chance));
    questions.sort_by(|a, b| (&a.document, a.page).cmp(&(&b.document, b.page)));
    Drawn { questions, clean: counts.0, flagged: counts.1 }
}

/// Systematic sampling: every n-th value in the order of strata, from a random start.
fn draw(from: &mut [Question], count: usize, chance: &mut Chance) -> Vec<Question> {
    chance.shuffle(from);
    from.sort_by(|a, b| (&a.format, &a.field).cmp(&(&b.format, &b.field)));
    let count = count.min(from.len());
    let start = chance.below(from.len());
    let at = |i: usize| (start + i * from.len() / count) % from.len();
    (0..count).map(|i| from[at(i)].clone()).collect()
}

/// The values of a record. A value that the document does not state can't be asked about.
fn questions(record: &Value, field: Option<&str>) -> Vec<Question> {
    if record.get("error").is_some() {
        return Vec::new();
    }
    let text = |p: &str| record.pointer(p).and_then(Value::as_str).unwrap_or_default().to_owned();
    let raised = doubts_of_json(record);
    let mut all = Vec::new();
    walk(record, "", &mut |pointer, value| {
        let wanted = match field {
            Some(field) => pointer.starts_with(field),
            None => !pointer.contains("/blocks/"),
        };
        let place = evidence::of(record, pointer);
        // A value without a quote was looked up or follows from others.
        if !wanted || place.quote.is_none() {
            return;
        }
        all.push(Question {
            document: text("/document/source"),
            sha256: text("/document/sha256"),
            format: text("/format/id"),
            field: any_index(pointer),
            pointer: pointer.to_owned(),
            value: value.clone(),
            page: place.page,
            quote: place.quote,
            flagged: touched(&raised, pointer),
        });
    });
    all
}

fn walk(value: &Value, pointer: &str, see: &mut impl FnMut(&str, &Value)) {
    if LEFT_OUT.contains(&pointer) {
        return;
    }
    match value {
        Value::Null | Value::Bool(_) => {}
        Value::Object(map) => map.iter().for_each(|(key, v)| walk(v, &format!("{pointer}/{key}"), see)),
        Value::Array(items) => {
            items.iter().enumerate().for_each(|(i, v)| walk(v, &format!("{pointer}/{i}"), see))
        }
        value => see(pointer, value),
    }
}

/// A pointer with `*` in place of each index.
fn any_index(pointer: &str) -> String {
    let index = |s: &str| !s.is_empty() && s.bytes().all(|b| b.is_ascii_digit());
    pointer.split('/').map(|s| if index(s) { "*" } else { s }).collect::<Vec<_>>().join("/")
}

/// Whether a record says that a value is in doubt.
pub(super) fn is_flagged(record: &Value, pointer: &str) -> bool {
    touched(&doubts_of_json(record), pointer)
}

fn touched(raised: &[Doubt], pointer: &str) -> bool {
    let touches = |d: &Doubt| within(pointer, &d.pointer) || within(&d.pointer, pointer);
    raised.iter().any(|d| !d.pointer.is_empty() && touches(d))
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn record(name: &str, doubtful: bool) -> Value {
        let severity = if doubtful { "warning" } else { "info" };
        let found = |quote: &str| json!({ "status": "found", "quote": quote, "spans": [{ "page": 2, "bbox": null }] });
        json!({
            "document": { "source": name, "sha256": name }, "format": { "id": "f" },
            "published": "2023-05-01", "ids": { "ons": "E1" },
            "inspectors": [{ "name": "Ann Lee", "lead": true }, { "name": "Bo Ray", "lead": false }],
            "evidence": { "/published": found("1 May 2023"), "/inspectors/0": found("Ann Lee"), "/inspectors/1": found("Bo Ray") },
            "diagnostics": [{ "severity": severity, "code": "c", "path": "/published", "message": "m", "page": null }],
        })
    }

    #[test]
    fn values_with_words_are_drawn_and_flagged_ones_apart() {
        let records = [record("a", false), record("b", true)];
        let drawn = sample(&records, 3, 5, 1, None);
        assert_eq!((drawn.clean, drawn.flagged, drawn.questions.len()), (5, 1, 4));
        let flagged: Vec<&Question> = drawn.questions.iter().filter(|q| q.flagged).collect();
        assert_eq!((flagged[0].document.as_str(), flagged[0].field.as_str()), ("b", "/published"));
        assert_eq!(sample(&records, 3, 5, 1, None), drawn);
        assert_eq!(sample(&records, 9, 0, 1, Some("/inspectors")).clean, 4);
    }

    #[test]
    fn each_field_has_its_share() {
        let records: Vec<Value> = (0..30).map(|i| record(&i.to_string(), false)).collect();
        let drawn = sample(&records, 30, 0, 7, None);
        let published = drawn.questions.iter().filter(|q| q.field == "/published").count();
        assert_eq!(published, 10);
    }
}
