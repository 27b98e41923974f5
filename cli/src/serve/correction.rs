//! What a person may enter in place of a value, according to the record's schema.

use std::sync::LazyLock;

use findings_core::grammar::date_ranges::find_date_ranges;
use findings_core::record::vocabulary::{CODE_LISTS, CodeList, scale_of};
use findings_core::schema::{self, SCHEMAS};
use findings_core::validate;
use serde::Serialize;
use serde_json::{Value, json};

/// A value that can be typed: the selected one, or a part of it.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub(super) struct Part {
    /// JSON Pointer to it.
    pointer: String,
    /// The record's name for it, in words.
    label: String,
    /// Its current value.
    value: Value,
    kind: Kind,
    /// Its description in the schema.
    help: String,
    /// Whether it may be absent.
    may_be_absent: bool,
    /// The codes of its code list, each with its meaning.
    choices: Vec<(&'static str, &'static str)>,
}

/// How a value is entered.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
enum Kind {
    Text,
    Date,
    Whole,
    Number,
    Truth,
}

static SCHEMA: LazyLock<Value> =
    LazyLock::new(|| SCHEMAS.first().map(schema::Published::schema).unwrap_or_default());

/// The parts of a value that can be typed: itself, or the members of a person, a judgement or another item.
pub(super) fn parts(record: &Value, pointer: &str) -> Vec<Part> {
    let Some(value) = record.pointer(pointer).filter(|_| follows_our_schema(record)) else {
        return Vec::new();
    };
    match value {
        // The rank and scale follow from the grade.
        Value::Object(members) => (members.iter())
            .filter(|(name, _)| !matches!(name.as_str(), "rank" | "scale"))
            .filter_map(|(name, value)| part(format!("{pointer}/{name}"), value))
            .collect(),
        value => part(pointer.to_owned(), value).into_iter().collect(),
    }
}

fn follows_our_schema(record: &Value) -> bool {
    record["schema"].as_str().is_some_and(|id| SCHEMAS.first().is_some_and(|s| s.id == id))
}

fn part(pointer: String, value: &Value) -> Option<Part> {
    let node = node(&pointer)?;
    let kind = kind(resolved(node))?;
    let help = node["description"].as_str().unwrap_or_default().to_owned();
    let label = pointer.rsplit('/').next().unwrap_or_default().replace('_', " ");
    let choices = list_of(&pointer).map_or_else(Vec::new, |list| list.codes.to_vec());
    Some(Part {
        label,
        value: value.clone(),
        kind,
        help,
        may_be_absent: may_be_absent(node),
        choices,
        pointer,
    })
}

/// The schema of a place in a record.
fn node(pointer: &str) -> Option<&'static Value> {
    pointer.split('/').skip(1).try_fold(&*SCHEMA, |at, step| {
        let at = resolved(at);
        at.get("properties").and_then(|p| p.get(step)).or_else(|| at.get("items"))
    })
}

/// A schema with references resolved, and without the alternative null.
fn resolved(node: &'static Value) -> &'static Value {
    if let Some(target) = node["$ref"].as_str().and_then(|r| SCHEMA.pointer(r.trim_start_matches('#'))) {
        return resolved(target);
    }
    let any = node["anyOf"].as_array().and_then(|all| all.iter().find(|n| n["type"] != "null"));
    any.map_or(node, resolved)
}

fn types(node: &Value) -> Vec<&str> {
    match &node["type"] {
        Value::Array(all) => all.iter().filter_map(Value::as_str).collect(),
        one => one.as_str().into_iter().collect(),
    }
}

fn may_be_absent(node: &'static Value) -> bool {
    types(node).contains(&"null")
        || node["anyOf"].as_array().is_some_and(|all| all.iter().any(|n| n["type"] == "null"))
}

fn kind(node: &Value) -> Option<Kind> {
    match types(node).into_iter().find(|t| *t != "null")? {
        "string" if node["format"] == "date" => Some(Kind::Date),
        "string" => Some(Kind::Text),
        "integer" => Some(Kind::Whole),
        "number" => Some(Kind::Number),
        "boolean" => Some(Kind::Truth),
        _ => None,
    }
}

/// The code list for the codes at a place.
fn list_of(pointer: &str) -> Option<&'static CodeList> {
    let fits = |path: &str| {
        let (mut at, mut steps) = (pointer.split('/'), path.split('/'));
        loop {
            match (at.next(), steps.next()) {
                (None, None) => return true,
                (Some(a), Some(s)) if a == s || s == "*" => {}
                _ => return false,
            }
        }
    };
    CODE_LISTS.iter().find(|list| list.paths.iter().any(|path| fits(path)))
}

/// Why an entered value is not acceptable. The message is for the person who entered it.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub(super) enum Unfit {
    #[error("This value can't be corrected here: it is a list, or belongs to another schema.")]
    NotHere,
    #[error("A record must have this value.")]
    Needed,
    #[error("Type a value, or use Withhold to remove it.")]
    Empty,
    #[error("“{text}” is not {what}.")]
    Kind { text: String, what: &'static str },
    #[error("The schema expects {expected} here, not {found}.")]
    Schema { expected: String, found: String },
}

/// The selected value with another value at a place in it.
///
/// `text` is what was typed; `None` removes the value.
pub(super) fn corrected(record: &Value, pointer: &str, at: &str, text: Option<&str>) -> Result<Value, Unfit> {
    let part = parts(record, pointer).into_iter().find(|p| p.pointer == at);
    let part = part.ok_or(Unfit::NotHere)?;
    let new = match text.map(str::trim) {
        None if part.may_be_absent => Value::Null,
        None => return Err(Unfit::Needed),
        Some("") => return Err(Unfit::Empty),
        Some(text) => typed(part.kind, text)?,
    };
    let mut changed = record.clone();
    if let Some(place) = changed.pointer_mut(at) {
        *place = new;
    }
    rank(&mut changed, at);
    holds(&changed, at)?;
    Ok(changed.pointer(pointer).cloned().unwrap_or_default())
}

/// The value that words of the document give at a place: a date, or the words themselves. `None` if a code or a number
/// is required.
pub(super) fn proposed(record: &Value, at: &str, words: &str) -> Option<String> {
    let part = parts(record, at).into_iter().find(|p| p.pointer == at && p.choices.is_empty())?;
    let days = || find_date_ranges(words).map(|hit| hit.value);
    match part.kind {
        Kind::Text => Some(words.to_owned()),
        Kind::Date if at.ends_with("/end") => days()?.end().map(|d| d.to_string()),
        Kind::Date => days()?.start().map(|d| d.to_string()),
        Kind::Whole | Kind::Number | Kind::Truth => None,
    }
}

fn typed(kind: Kind, text: &str) -> Result<Value, Unfit> {
    let wrong = |what| Unfit::Kind { text: text.to_owned(), what };
    match kind {
        Kind::Text | Kind::Date => Ok(text.into()),
        Kind::Whole => text.parse::<i64>().map(Value::from).map_err(|_| wrong("a whole number")),
        Kind::Number => text.parse::<f64>().map(|n| json!(n)).map_err(|_| wrong("a number")),
        Kind::Truth => text.parse::<bool>().map(Value::from).map_err(|_| wrong("true or false")),
    }
}

/// Updates a grade's rank along with the grade.
fn rank(record: &mut Value, at: &str) {
    let Some(judgement) = at.strip_suffix("/grade").and_then(|p| record.pointer_mut(p)) else { return };
    let Some(scale) = judgement["scale"].as_str() else { return };
    let (_, rank) = scale_of(judgement["grade"].as_str().unwrap_or_default(), scale == "ofsted-4-2013");
    if let Some(place) = judgement.get_mut("rank") {
        *place = json!(rank);
    }
}

fn holds(record: &Value, at: &str) -> Result<(), Unfit> {
    let mut problems = validate::value(record).err().unwrap_or_default();
    problems.extend(validate::codes(record, &[]));
    let about = problems.into_iter().find(|p| p.pointer == at);
    about.map_or(Ok(()), |p| Err(Unfit::Schema { expected: p.expected, found: p.found }))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn record() -> Value {
        json!(findings_core::record::sample())
    }

    #[test]
    fn a_value_is_held_against_the_schema_before_it_is_taken() {
        let end = |text| corrected(&record(), "/inspection/end", "/inspection/end", text);
        assert_eq!(end(Some("2023-05-04")), Ok("2023-05-04".into()));
        assert!(matches!(end(Some("4 May")), Err(Unfit::Schema { .. })), "{:?}", end(Some("4 May")));
        assert!(end(Some("2023-02-30")).is_err());
        assert_eq!(end(None), Ok(Value::Null));
        assert!(end(Some(" ")).is_err());
        let kind = |text| corrected(&record(), "/inspection/type", "/inspection/type", text);
        assert_eq!(kind(Some("focused-visit")), Ok("focused-visit".into()));
        assert!(kind(Some("tea-party")).is_err());
        assert!(kind(None).is_err());
        assert!(corrected(&record(), "/improvements", "/improvements", Some("all")).is_err());
        assert!(corrected(&record(), "/inspection/end", "/inspection/start", Some("2023-05-04")).is_err());
    }

    #[test]
    fn of_a_judgement_the_grade_is_typed_and_the_rank_follows() {
        let record = record();
        let before = &record["judgements"][0];
        let offered: Vec<String> = parts(&record, "/judgements/0").into_iter().map(|p| p.pointer).collect();
        assert!(offered.contains(&"/judgements/0/grade".to_owned()), "{offered:?}");
        assert!(!offered.contains(&"/judgements/0/rank".to_owned()), "{offered:?}");
        let new = corrected(&record, "/judgements/0", "/judgements/0/grade", Some("outstanding")).unwrap();
        assert_eq!(
            (&new["grade"], &new["rank"], &new["label"]),
            (&json!("outstanding"), &json!(1), &before["label"])
        );
    }

    #[test]
    fn words_of_the_document_become_what_is_typed() {
        let words = "between 24 April and 5 May 2023";
        let of = |at| proposed(&record(), at, words);
        assert_eq!(of("/inspection/start").as_deref(), Some("2023-04-24"));
        assert_eq!(of("/inspection/end").as_deref(), Some("2023-05-05"));
        assert_eq!(of("/provider/name").as_deref(), Some(words));
        assert_eq!(of("/inspection/type"), None);
        assert_eq!(proposed(&record(), "/inspection/end", "no day"), None);
    }

    #[test]
    fn codes_are_offered_with_their_meaning() {
        let offered = parts(&record(), "/inspection/type");
        assert!(offered[0].choices.iter().any(|(code, _)| *code == "focused-visit"), "{offered:?}");
        assert_eq!(parts(&record(), "/inspection/start")[0].kind, Kind::Date);
    }
}
