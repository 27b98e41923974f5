//! People's answers about values, applied to what is read.

use std::collections::HashMap;

use findings_core::record::{Diagnostic, Severity, Span};
use findings_core::{Doubt, doubts_of_json};
use findings_workbench::text_table::shorten;
use rusqlite::{OptionalExtension, Row, params};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use super::{Collection, sql};

/// A person's answer about a value.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Answer {
    pub(crate) pointer: String,
    /// The value as the person saw it.
    pub(crate) old: Value,
    /// The codes of its doubts as the person saw them.
    pub(crate) doubts: Vec<String>,
    /// The correct value; `None` if the value was accepted.
    pub(crate) new: Option<Value>,
    /// The words that the person marked as the source of the value.
    pub(crate) quote: Option<Quote>,
    /// The day (ISO 8601); set by the store.
    pub(crate) day: String,
    /// The person's name, if given.
    pub(crate) name: Option<String>,
}

/// Words of the document, and their place.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(crate) struct Quote {
    pub(crate) quote: String,
    pub(crate) spans: Vec<Span>,
}

/// Answers by the digest of their document.
pub(super) type Answers = HashMap<String, Vec<Answer>>;

impl Collection {
    /// Stores an answer.
    pub(crate) fn answer(&self, digest: &str, a: &Answer) -> rusqlite::Result<()> {
        let new = a.new.as_ref().map(Value::to_string);
        let (old, doubts) = (a.old.to_string(), json!(a.doubts).to_string());
        let quote = a.quote.as_ref().map(|quote| json!(quote).to_string());
        self.store.execute(sql::ANSWER, params![digest, a.pointer, old, doubts, new, a.name, quote])?;
        Ok(())
    }

    /// The number of the last answer.
    pub(crate) fn last_answer(&self) -> rusqlite::Result<i64> {
        self.store.query_row(sql::LAST_ANSWER, [], |row| row.get(0))
    }

    /// Removes the last answer, provided its number is above `since`. Returns its document's digest and its pointer.
    pub(crate) fn undo(&self, since: i64) -> rusqlite::Result<Option<(String, String)>> {
        self.store.query_row(sql::UNDO, [since], |row| Ok((row.get(0)?, row.get(1)?))).optional()
    }

    /// The answers in force, of one document or of all.
    pub(super) fn answers(&self, digest: Option<&str>) -> rusqlite::Result<Answers> {
        let mut find = self.store.prepare(sql::SAID)?;
        let mut rows = find.query([digest])?;
        let mut answers = Answers::new();
        while let Some(row) = rows.next()? {
            let answer = parse(row)?;
            let of_document = answers.entry(row.get(0)?).or_default();
            of_document.retain(|a| a.pointer != answer.pointer);
            of_document.push(answer);
        }
        Ok(answers)
    }

    /// The outcome of a document, without and with people's answers.
    pub(crate) fn read_and_answered(&self, digest: &str) -> rusqlite::Result<Option<(Value, Value)>> {
        let text: Option<String> = self.store.query_row(sql::ONE, [digest], |row| row.get(0)).optional()?;
        let Some(read) = text.and_then(|t| serde_json::from_str::<Value>(&t).ok()) else { return Ok(None) };
        let mut answered = read.clone();
        lay(&mut answered, self.answers(Some(digest))?.get(digest).map_or(&[], Vec::as_slice));
        Ok(Some((read, answered)))
    }

    /// The paths at which a document's file was last seen.
    pub(crate) fn paths(&self, digest: &str) -> rusqlite::Result<Vec<String>> {
        let mut find = self.store.prepare(sql::PATHS)?;
        let paths = find.query_map([digest], |row| row.get(0))?;
        paths.collect()
    }
}

fn parse(row: &Row<'_>) -> rusqlite::Result<Answer> {
    // The store's own JSON. A damaged value equals no other, so that the question is asked again.
    let value = |text: String| serde_json::from_str::<Value>(&text).ok();
    Ok(Answer {
        pointer: row.get(1)?,
        old: value(row.get(2)?).unwrap_or_else(|| json!({ "damaged": true })),
        doubts: value(row.get(3)?).and_then(|v| serde_json::from_value(v).ok()).unwrap_or_default(),
        new: row.get::<_, Option<String>>(4)?.and_then(value),
        day: row.get(5)?,
        name: row.get(6)?,
        quote: row.get::<_, Option<String>>(7)?.and_then(|text| serde_json::from_str(&text).ok()),
    })
}

/// The value at a pointer as answers store it: null if there is none, and for the document as a whole.
pub(crate) fn seen(record: &Value, pointer: &str) -> Value {
    if pointer.is_empty() { Value::Null } else { record.pointer(pointer).cloned().unwrap_or_default() }
}

/// The codes of a value's doubts.
pub(crate) fn codes(doubts: &[Doubt], pointer: &str) -> Vec<String> {
    doubts.iter().filter(|d| d.pointer == pointer).map(|d| d.code.clone()).collect()
}

/// Applies answers to an outcome. An answer is ignored, and its question asked again, if the value is now read
/// differently or is in doubt for another reason.
pub(super) fn lay(record: &mut Value, answers: &[Answer]) {
    if answers.is_empty() {
        return;
    }
    let doubts = doubts_of_json(record);
    let hold: Vec<(&Answer, bool)> =
        answers.iter().filter_map(|a| Some((a, corrects(record, &doubts, a)?))).collect();
    for (answer, corrects) in hold {
        if corrects {
            correct(record, answer);
        }
        remark(record, answer, corrects);
    }
}

/// Whether an answer changes the value that is read now; `None` if the answer no longer applies.
fn corrects(record: &Value, doubts: &[Doubt], answer: &Answer) -> Option<bool> {
    let now = seen(record, &answer.pointer);
    match &answer.new {
        // What is read now equals the person's correction.
        Some(new) if now == *new => Some(false),
        Some(_) => (now == answer.old).then_some(true),
        None => {
            let known = codes(doubts, &answer.pointer).iter().all(|code| answer.doubts.contains(code));
            (now == answer.old && known).then_some(false)
        }
    }
}

fn correct(record: &mut Value, answer: &Answer) {
    let (Some(new), Some(place)) = (&answer.new, record.pointer_mut(&answer.pointer)) else { return };
    place.clone_from(new);
    let Some(evidence) = record.get_mut("evidence").and_then(Value::as_object_mut) else { return };
    if !evidence.contains_key(&answer.pointer) {
        let above = above(&answer.pointer).find_map(|p| evidence.get(p)).cloned();
        evidence.insert(answer.pointer.clone(), above.unwrap_or_else(|| json!({})));
    }
    if let (Some(Quote { quote, spans }), Some(entry)) = (&answer.quote, evidence.get_mut(&answer.pointer)) {
        entry["quote"] = quote.as_str().into();
        entry["spans"] = json!(spans);
    }
    for (pointer, entry) in evidence.iter_mut() {
        let below = pointer.strip_prefix(&answer.pointer).filter(|p| p.is_empty() || p.starts_with('/'));
        if below.is_some_and(|p| answer.old.pointer(p) != new.pointer(p)) {
            entry["status"] = "corrected".into();
        }
    }
}

/// The pointers of the values that contain this one, the nearest first.
fn above(pointer: &str) -> impl Iterator<Item = &str> {
    fn up(at: &str) -> Option<&str> {
        at.rsplit_once('/').map(|(above, _)| above).filter(|above| !above.is_empty())
    }
    std::iter::successors(up(pointer), |at| up(at))
}

/// Adds a diagnostic about a person's answer.
fn remark(record: &mut Value, answer: &Answer, corrects: bool) {
    let by = answer.name.as_deref().map_or(String::new(), |name| format!(" ({name})"));
    let (code, what) = match corrects {
        true => (
            "corrected",
            format!("{} was read; a person corrected it", shorten(&answer.old.to_string(), 200)),
        ),
        false => ("accepted", "a person confirmed it".to_owned()),
    };
    let diagnostic = Diagnostic {
        severity: Severity::Info,
        code: code.to_owned(),
        path: Some(answer.pointer.clone()).filter(|p| !p.is_empty()),
        message: format!("{what} on {}{by}", answer.day),
        page: None,
    };
    if let Some(all) = record.get_mut("diagnostics").and_then(Value::as_array_mut) {
        all.push(json!(diagnostic));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn reading(end: &str) -> Value {
        let warning = |code: &str, path: &str| json!({"severity": "warning", "code": code, "path": path, "message": "so"});
        json!({
            "inspection": {"start": "2023-04-24", "end": end},
            "evidence": {"/inspection/end": {"status": "found", "quote": "5 May"}},
            "diagnostics": [warning("dates-disagree", "/inspection/end"), warning("date-impossible", "/inspection/start")],
        })
    }

    fn answer(pointer: &str, old: &str, doubt: &str, new: Option<&str>) -> Answer {
        Answer {
            pointer: pointer.into(),
            old: old.into(),
            doubts: vec![doubt.into()],
            new: new.map(Value::from),
            quote: None,
            day: "2024-01-02".into(),
            name: Some("Jo".into()),
        }
    }

    fn open(record: &Value) -> Vec<String> {
        doubts_of_json(record).into_iter().map(|d| d.pointer).collect()
    }

    #[test]
    fn a_correction_is_laid_over_what_was_read() {
        let mut record = reading("2023-05-05");
        lay(&mut record, &[answer("/inspection/end", "2023-05-05", "dates-disagree", Some("2023-05-04"))]);
        assert_eq!(record["inspection"]["end"], "2023-05-04");
        assert_eq!(record["evidence"]["/inspection/end"], json!({"status": "corrected", "quote": "5 May"}));
        assert_eq!(record["diagnostics"][2]["code"], "corrected");
        assert_eq!(
            record["diagnostics"][2]["message"],
            "\"2023-05-05\" was read; a person corrected it on 2024-01-02 (Jo)"
        );
        assert_eq!(open(&record), ["/inspection/start"]);
    }

    #[test]
    fn a_value_that_is_read_otherwise_is_asked_again() {
        let corrected = answer("/inspection/end", "2023-05-05", "dates-disagree", Some("2023-05-04"));
        let mut record = reading("2023-05-06");
        lay(&mut record, std::slice::from_ref(&corrected));
        assert_eq!(record, reading("2023-05-06"));
        // The corrected value is now what is read: nothing is left to ask or to change.
        let mut record = reading("2023-05-04");
        lay(&mut record, &[corrected]);
        assert_eq!(
            (open(&record), &record["diagnostics"][2]["code"]),
            (vec!["/inspection/start".into()], &json!("accepted"))
        );
        assert_eq!(record["evidence"], reading("")["evidence"]);
    }

    #[test]
    fn an_accepted_value_in_doubt_for_another_reason_is_asked_again() {
        let mut record = reading("2023-05-05");
        lay(&mut record, &[answer("/inspection/start", "2023-04-24", "date-impossible", None)]);
        assert_eq!(open(&record), ["/inspection/end"]);
        let mut record = reading("2023-05-05");
        lay(&mut record, &[answer("/inspection/start", "2023-04-24", "dates-disagree", None)]);
        assert_eq!(record, reading("2023-05-05"));
    }

    #[test]
    fn of_a_person_only_what_changed_is_corrected() {
        let mut record = json!({
            "inspectors": [{"name": "Jo Key", "role": "HMI"}],
            "evidence": {"/inspectors": {"status": "found", "quote": "Jo Key HMI"}, "/inspectors/0/role": {"status": "found"}},
            "diagnostics": [],
        });
        let old = record["inspectors"][0].clone();
        let answer = Answer {
            old,
            new: Some(json!({"name": "Jo Kay", "role": "HMI"})),
            ..answer("/inspectors/0", "", "", None)
        };
        lay(&mut record, &[answer]);
        assert_eq!(
            record["evidence"]["/inspectors/0"],
            json!({"status": "corrected", "quote": "Jo Key HMI"})
        );
        assert_eq!(record["evidence"]["/inspectors/0/role"]["status"], "found");
        assert_eq!(record["evidence"]["/inspectors"]["status"], "found");
    }
}
