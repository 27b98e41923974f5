//! Checks whether a change to a schema keeps its promise: a record that is valid under a later minor version is valid
//! under the earlier ones.
//!
//! This is proven by set containment: the old schema accepts every value that the new one accepts (decided with
//! `jsonschema`'s canonical form). Whatever can't be proven counts as breaking. The list of changes ([`Change`])
//! describes the differences; it explains the verdict, but does not decide it.

mod changes;
pub mod registry;

use jsonschema::canonical::{self, CanonicalizationError, Containment};
use serde::Serialize;
use serde_json::Value;

pub use changes::Change;

/// What a change of a schema means for readers of records.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Verdict {
    /// Both accept the same values, as far as the comparison can tell; at most descriptions changed.
    Same,
    /// Proven: every record valid under the new schema is valid under the old one.
    Compatible,
    /// Not proven compatible, but the new schema has a new major version, which warns its readers.
    NewMajor,
    /// Not proven compatible within one major version.
    Breaking,
}

/// The comparison of two versions of a schema.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Comparison {
    /// The `$id` of the old schema.
    pub old: String,
    /// The `$id` of the new schema.
    pub new: String,
    /// What the change means.
    pub verdict: Verdict,
    /// The differences.
    pub changes: Vec<Change>,
}

impl Comparison {
    /// Whether the new schema may be published in place of the old.
    pub fn allowed(&self) -> bool {
        self.verdict != Verdict::Breaking
    }
}

/// Why two versions of a schema can't be compared.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum CompareError {
    /// The old one is not a valid JSON Schema.
    #[error("the old schema is not a valid JSON Schema: {0}")]
    Old(CanonicalizationError),
    /// The new one is not a valid JSON Schema.
    #[error("the new schema is not a valid JSON Schema: {0}")]
    New(CanonicalizationError),
    /// The proof fails.
    #[error("the schemas can't be compared: {0}")]
    NoProof(CanonicalizationError),
}

/// Compares two versions of a schema.
///
/// # Errors
/// One of them is not a valid JSON Schema.
pub fn compare(old: &Value, new: &Value) -> Result<Comparison, CompareError> {
    let proven = accepts_all_of(old, new)?;
    let changes = changes::between(old, new);
    let (old, new) = (id(old).to_owned(), id(new).to_owned());
    let verdict = match proven {
        true if changes.is_empty() => Verdict::Same,
        true => Verdict::Compatible,
        false if newer_major(&old, &new) => Verdict::NewMajor,
        false => Verdict::Breaking,
    };
    Ok(Comparison { old, new, verdict, changes })
}

/// Whether it is proven that `old` accepts every value that `new` accepts. Tried with `format` as an assertion and
/// without, because validators differ in that.
fn accepts_all_of(old: &Value, new: &Value) -> Result<bool, CompareError> {
    for formats in [true, false] {
        let read = |schema: &Value| {
            canonical::options().offline().should_validate_formats(formats).canonicalize(schema)
        };
        let (old, new) = (read(old).map_err(CompareError::Old)?, read(new).map_err(CompareError::New)?);
        match old.covers(&new) {
            Ok(Containment::Yes) => {}
            // If the prover does not support a schema, nothing is proven.
            Ok(_)
            | Err(CanonicalizationError::UnsupportedOperand | CanonicalizationError::UnsupportedResult) => {
                return Ok(false);
            }
            Err(e) => return Err(CompareError::NoProof(e)),
        }
    }
    Ok(true)
}

fn id(schema: &Value) -> &str {
    schema.get("$id").and_then(Value::as_str).unwrap_or_default()
}

/// Name, major and minor version of a schema's `$id`: `urn:findings:schema:NAME:MAJOR.MINOR`.
///
/// ```
/// use findings_workbench::schema_diff::version;
///
/// assert_eq!(version("urn:findings:schema:inspection-report:1.0"), Some(("inspection-report", 1, 0)));
/// ```
pub fn version(id: &str) -> Option<(&str, u32, u32)> {
    let (rest, version) = id.rsplit_once(':')?;
    let (major, minor) = version.split_once('.')?;
    Some((rest.rsplit(':').next()?, major.parse().ok()?, minor.parse().ok()?))
}

fn newer_major(old: &str, new: &str) -> bool {
    matches!((version(old), version(new)), (Some((a, old, _)), Some((b, new, _))) if a == b && new > old)
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn record() -> Value {
        findings_core::schema::find("inspection-report").unwrap().schema()
    }

    /// The verdict on a change to the schema of records, with the places where it shows.
    fn verdict(change: impl Fn(&mut Value)) -> String {
        let mut new = record();
        change(&mut new);
        let c = compare(&record(), &new).unwrap();
        let seen: Vec<String> = c.changes.iter().map(Change::to_string).collect();
        format!("{:?}\n{}", c.verdict, seen.join("\n"))
    }

    fn list<'a>(schema: &'a mut Value, pointer: &str) -> &'a mut Vec<Value> {
        schema.pointer_mut(pointer).unwrap().as_array_mut().unwrap()
    }

    #[test]
    fn nothing_changed() {
        insta::assert_snapshot!(verdict(|_| {}), @"Same");
        insta::assert_snapshot!(verdict(|s| s["properties"]["with"]["description"] = json!("Other words")), @"Same");
    }

    #[test]
    fn additions_are_compatible() {
        insta::assert_snapshot!(verdict(|s| s["$defs"]["Judgement"]["properties"]["weather"] = json!({ "type": "string" })), @r#"
        Compatible
        ok       /judgements/*/weather: a new property
        "#);
        insta::assert_snapshot!(verdict(|s| {
            s["$defs"]["Weather"] = json!({ "type": "object", "properties": { "rain": { "type": "integer" } } });
            s["properties"]["weather"] = json!({ "anyOf": [{ "$ref": "#/$defs/Weather" }, { "type": "null" }] });
        }), @r#"
        Compatible
        ok       /weather: a new property
        "#);
    }

    #[test]
    fn a_narrower_value_is_compatible() {
        insta::assert_snapshot!(verdict(|s| s["$defs"]["Judgement"]["properties"]["grade"]["type"] = json!("string")), @r#"
        Compatible
        ok       /judgements/*/grade: type: ["string","null"] → "string"
        "#);
        insta::assert_snapshot!(verdict(|s| list(s, "/$defs/SectionBlock/oneOf").truncate(2)), @r#"
        Compatible
        ok       /sections/*/blocks/*: can no longer be "table"
        "#);
    }

    #[test]
    fn what_readers_rely_on_may_not_go() {
        insta::assert_snapshot!(verdict(|s| { list(s, "/required").pop(); }), @r#"
        Breaking
        breaking /diagnostics: is no longer always there
        "#);
        insta::assert_snapshot!(verdict(|s| s["$defs"]["Judgement"]["properties"]["area"]["type"] = json!(["string", "null"])), @r#"
        Breaking
        breaking /judgements/*/area: type: "string" → ["string","null"]
        "#);
        insta::assert_snapshot!(verdict(|s| {
            let properties = s["$defs"]["Judgement"]["properties"].as_object_mut().unwrap();
            let grade = properties.remove("grade").unwrap();
            properties.insert("mark".into(), grade);
        }), @r#"
        Breaking
        breaking /judgements/*/grade: the property is gone
        ok       /judgements/*/mark: a new property
        "#);
        insta::assert_snapshot!(verdict(|s| {
            let mut image = s["$defs"]["SectionBlock"]["oneOf"][0].clone();
            image["properties"]["type"]["const"] = json!("image");
            list(s, "/$defs/SectionBlock/oneOf").push(image);
        }), @r#"
        Breaking
        breaking /sections/*/blocks/*: can also be "image"
        "#);
        insta::assert_snapshot!(verdict(|s| s["$defs"]["DateRange"]["properties"]["start"]["pattern"] = json!("^[0-9]{4}$")), @r#"
        Breaking
        breaking /inspection/visits/*/start: pattern: "^[0-9]{4}-[0-9]{2}-[0-9]{2}$" → "^[0-9]{4}$"
        "#);
    }

    #[test]
    fn a_new_major_version_may_break() {
        let mut new = record();
        new["$id"] = json!("urn:findings:schema:inspection-report:2.0");
        new["$defs"]["Judgement"]["properties"]["area"]["type"] = json!("integer");
        let c = compare(&record(), &new).unwrap();
        assert_eq!(c.verdict, Verdict::NewMajor);
        assert!(c.allowed());
    }

    #[test]
    fn no_schema_is_an_error() {
        let error = compare(&record(), &json!({ "type": 7 })).unwrap_err();
        assert!(error.to_string().starts_with("the new schema is not a valid JSON Schema"), "{error}");
    }
}
