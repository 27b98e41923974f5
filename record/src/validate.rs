//! Validates JSON against the published schemas.
//!
//! The schemas are those of [`crate::schema`], compiled once. Most vocabularies are open, so their codes are not
//! part of a schema; [`codes`] checks a record against the published code lists.

mod codes;
mod words;

use std::sync::{LazyLock, OnceLock};

use serde_json::Value;

use crate::schema::{ERROR_SCHEMA_ID, Published, SCHEMAS};
use crate::{Error, ErrorCode, Record};

pub use codes::codes;

/// A validation error.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem {
    /// JSON Pointer to it; empty for the whole document.
    pub pointer: String,
    /// What was expected.
    pub expected: String,
    /// What was found, shortened.
    pub found: String,
}

impl std::fmt::Display for Problem {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let place = if self.pointer.is_empty() { "(the whole)" } else { &self.pointer };
        write!(f, "{place}: expected {}, found {}", self.expected, self.found)
    }
}

/// Validates a record or an error report against the schema that it names.
pub fn value(value: &Value) -> Result<(), Vec<Problem>> {
    let validator = validator_for(value).map_err(|p| vec![p])?;
    let problems = problems(validator, value);
    if problems.is_empty() { Ok(()) } else { Err(problems) }
}

/// The errors that a schema reports for a value; empty if it is valid.
pub fn problems(validator: &jsonschema::Validator, value: &Value) -> Vec<Problem> {
    if validator.is_valid(value) {
        return Vec::new();
    }
    let mut problems: Vec<Problem> = validator.iter_errors(value).flat_map(|e| words::problems(&e)).collect();
    // One error per place is enough: "16 January" fails both the pattern and the format of a date.
    problems.dedup_by(|b, a| a.pointer == b.pointer);
    problems
}

/// Validates a record that was just read. Failing is a bug of ours, reported as `invalid-record`.
pub fn record(record: &Record) -> Result<(), Error> {
    let fault = |what: String| {
        Error::new(
            ErrorCode::InvalidRecord,
            format!(
                "the record that was read does not follow its schema ({what}); please report this document"
            ),
        )
    };
    let json = serde_json::to_value(record).map_err(|e| fault(e.to_string()))?;
    value(&json).map_err(|problems| {
        let more = problems.len().saturating_sub(1);
        let rest = if more > 0 { format!("; {more} more") } else { String::new() };
        fault(problems.first().map(|p| format!("{p}{rest}")).unwrap_or_default())
    })
}

/// A schema, compiled on demand, and its `$id` without the minor version (`series`). Minor versions only add, so a
/// record of a later one is validated against the known one.
struct Compiled {
    id: &'static str,
    series: &'static str,
    schema: &'static Published,
    /// Compiled on first use: few runs need every schema.
    validator: OnceLock<jsonschema::Validator>,
}

impl Compiled {
    fn validator(&self) -> &jsonschema::Validator {
        self.validator.get_or_init(|| {
            jsonschema::options()
                .should_validate_formats(true)
                .build(&self.schema.schema())
                .expect("our own schemas compile: a test builds each")
        })
    }
}

static COMPILED: LazyLock<Vec<Compiled>> = LazyLock::new(|| {
    let compiled = |schema: &'static Published| Compiled {
        id: schema.id,
        series: schema.id.rsplit_once('.').map_or(schema.id, |(series, _)| series),
        schema,
        validator: OnceLock::new(),
    };
    SCHEMAS.iter().map(compiled).collect()
});

fn validator_for(value: &Value) -> Result<&'static jsonschema::Validator, Problem> {
    let known = || SCHEMAS.iter().map(|s| s.id).collect::<Vec<_>>().join(" or ");
    let Some(object) = value.as_object() else {
        return Err(Problem {
            pointer: String::new(),
            expected: "a record, which is an object".into(),
            found: words::shown(value),
        });
    };
    let id = match object.get("schema") {
        Some(Value::String(id)) => id.as_str(),
        None if object.contains_key("error") => ERROR_SCHEMA_ID,
        other => {
            return Err(Problem {
                pointer: "/schema".into(),
                expected: format!("the id of a schema: {}", known()),
                found: other.map_or_else(|| "nothing".into(), words::shown),
            });
        }
    };
    COMPILED.iter().find(|c| c.id == id || is_minor_of(id, c.series)).map(Compiled::validator).ok_or_else(
        || Problem {
            pointer: "/schema".into(),
            expected: format!("a known schema: {}", known()),
            found: words::shown(&Value::from(id)),
        },
    )
}

fn is_minor_of(id: &str, series: &str) -> bool {
    id.strip_prefix(series)
        .and_then(|rest| rest.strip_prefix('.'))
        .is_some_and(|minor| !minor.is_empty() && minor.bytes().all(|b| b.is_ascii_digit()))
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn problems(v: Value) -> String {
        let list = value(&v).err().unwrap_or_default();
        list.iter().map(Problem::to_string).collect::<Vec<_>>().join("\n")
    }

    fn good() -> Value {
        serde_json::to_value(crate::sample()).unwrap()
    }

    fn with(pointer: &str, v: Value) -> Value {
        let mut record = good();
        *record.pointer_mut(pointer).unwrap() = v;
        record
    }

    #[test]
    fn a_good_record_is_valid() {
        assert_eq!(problems(good()), "");
        assert_eq!(record(&crate::sample()), Ok(()));
    }

    #[test]
    fn minor_versions_only_add() {
        let mut later = with("/schema", json!("urn:findings:schema:inspection-report:1.7"));
        later["weather"] = json!("rain");
        assert_eq!(problems(later), "");
    }

    #[test]
    fn problems_say_what_was_expected() {
        insta::assert_snapshot!(problems(with("/inspection/start", json!("16 January"))), @r#"/inspection/start: expected a date (YYYY-MM-DD), found "16 January""#);
        insta::assert_snapshot!(problems(with("/inspection/end", json!("2023-02-30"))), @r#"/inspection/end: expected a day that exists (YYYY-MM-DD), found "2023-02-30""#);
        insta::assert_snapshot!(problems(with("/document/bytes", json!(-1))), @"/document/bytes: expected 0 or more, found -1");
        insta::assert_snapshot!(problems(with("/judgements", json!("Good"))), @r#"/judgements: expected an array, found "Good""#);
        insta::assert_snapshot!(problems(with("/judgements/0/area", json!(null))), @"/judgements/0/area: expected a string, found null");
        insta::assert_snapshot!(problems(with("/sections/0/blocks/0/type", json!("poem"))), @r#"/sections/0/blocks/0/type: expected one of "paragraph", "bullet", "table", found "poem""#);
        insta::assert_snapshot!(problems(with("/sections/0/blocks/0/text", json!(3))), @"/sections/0/blocks/0/text: expected a string, found 3");
        insta::assert_snapshot!(problems(with("/letter", json!({ "date": "2024" }))), @r#"
        /letter/recipients: expected this property, found nothing
        /letter/salutation: expected this property, found nothing
        /letter/subject: expected this property, found nothing
        /letter/signatories: expected this property, found nothing
        /letter/date: expected a date (YYYY-MM-DD), found "2024"
        "#);
        insta::assert_snapshot!(problems(with("/schema", json!("urn:findings:schema:inspection-report:2.0"))), @r#"/schema: expected a known schema: urn:findings:schema:inspection-report:1.0 or urn:findings:schema:error-report:1.0, found "urn:findings:schema:inspection-report:2.0""#);
        insta::assert_snapshot!(problems(json!({ "name": "Wigan" })), @"/schema: expected the id of a schema: urn:findings:schema:inspection-report:1.0 or urn:findings:schema:error-report:1.0, found nothing");
        insta::assert_snapshot!(problems(json!([1, 2])), @"(the whole): expected a record, which is an object, found an array of length 2");
    }

    #[test]
    #[ignore = "a measurement: run it with --release --nocapture"]
    fn measure_the_check_of_a_large_record() {
        let mut record = good();
        let blocks = record["sections"][0]["blocks"].as_array_mut().unwrap();
        let text = "Children are helped early and well by people who know them. ".repeat(8);
        blocks.extend((0..160).map(|n| json!({ "type": "paragraph", "number": n, "text": text })));
        let span = json!({ "page": 1, "bbox": [72.0, 140.2, 310.5, 152.9] });
        for n in 0..160 {
            record["evidence"][format!("/sections/0/blocks/{n}")] =
                json!({ "status": "found", "spans": [span, span], "quote": "Children", "rule": "x" });
        }
        let size = record.to_string().len();
        value(&record).unwrap();
        let started = std::time::Instant::now();
        for _ in 0..100 {
            value(&record).unwrap();
        }
        println!("{} KB: {:?} each", size >> 10, started.elapsed() / 100);
    }

    #[test]
    fn error_lines_have_a_schema_too() {
        let line =
            |code: &str| json!({ "error": { "code": code, "message": "m" }, "document": good()["document"] });
        assert_eq!(problems(line("encrypted")), "");
        insta::assert_snapshot!(problems(line("tired")), @r#"/error/code: expected one of "not-found", "unreadable", "not-a-report-file", "encrypted", "damaged", "no-text", "too-large", "timed-out", "unknown-format", "invalid-record", "plugin-failed", "internal", found "tired""#);
    }
}
