//! Describes validation errors for users.

use jsonschema::error::{TypeKind, ValidationErrorKind as Kind};
use jsonschema::{JsonType, ValidationError};
use serde_json::Value;

use super::Problem;

/// The problems behind a validation error. If no alternative of a choice fits, those of the one that was probably
/// meant.
pub(super) fn problems(error: &ValidationError<'_>) -> Vec<Problem> {
    if let Kind::AnyOf { context } | Kind::OneOfNotValid { context } = error.kind() {
        return choice(context).unwrap_or_else(|| meant(context).iter().flat_map(problems).collect());
    }
    let found = match error.kind() {
        Kind::Required { .. } => "nothing".into(),
        _ => shown(error.instance()),
    };
    vec![Problem { pointer: pointer(error), expected: expected(error.kind()), found }]
}

type Alternative = Vec<ValidationError<'static>>;

/// If the alternatives differ by a constant and the value has none of these constants, the problem is that choice.
fn choice(context: &[Alternative]) -> Option<Vec<Problem>> {
    let tags: Option<Vec<_>> = context.iter().map(|errors| errors.iter().find(|e| is_tag(e))).collect();
    let tags = tags.filter(|tags| tags.len() > 1)?;
    let options: Vec<String> = tags.iter().map(|e| expected(e.kind())).collect();
    let first = tags.first()?;
    Some(vec![Problem {
        pointer: pointer(first),
        expected: format!("one of {}", options.join(", ")),
        found: shown(first.instance()),
    }])
}

/// The alternative that was probably meant: not one with another constant, nor null; of the rest, the one whose
/// errors are deepest and fewest.
fn meant(context: &[Alternative]) -> &[ValidationError<'static>] {
    let depth =
        |errors: &Alternative| errors.iter().map(|e| e.instance_path().as_str().matches('/').count()).max();
    let is_null =
        |e: &ValidationError<'_>| matches!(e.kind(), Kind::Type { kind: TypeKind::Single(JsonType::Null) });
    context
        .iter()
        .filter(|errors| !errors.iter().any(is_null))
        .max_by_key(|errors| (!errors.iter().any(is_tag), depth(errors), usize::MAX - errors.len()))
        .map_or(&[], Vec::as_slice)
}

fn is_tag(error: &ValidationError<'_>) -> bool {
    matches!(error.kind(), Kind::Constant { .. })
}

/// A missing property is reported at its own pointer.
fn pointer(error: &ValidationError<'_>) -> String {
    let at = error.instance_path().as_str().to_owned();
    match error.kind() {
        Kind::Required { property: Value::String(name) } => {
            format!("{at}/{}", name.replace('~', "~0").replace('/', "~1"))
        }
        _ => at,
    }
}

fn expected(kind: &Kind) -> String {
    match kind {
        Kind::Type { kind: TypeKind::Single(t) } => type_name(*t).into(),
        Kind::Type { kind: TypeKind::Multiple(set) } => {
            set.iter().map(type_name).collect::<Vec<_>>().join(" or ")
        }
        Kind::Required { .. } => "this property".into(),
        Kind::Format { format } if format == "date" => "a day that exists (YYYY-MM-DD)".into(),
        Kind::Pattern { pattern } if pattern == "^[0-9]{4}-[0-9]{2}-[0-9]{2}$" => {
            "a date (YYYY-MM-DD)".into()
        }
        Kind::Format { format } => format!("the format {format}"),
        Kind::Pattern { pattern } => format!("a string that matches {pattern}"),
        Kind::Constant { expected_value } => shown(expected_value),
        Kind::Enum { options } => options.as_array().map_or_else(
            || shown(options),
            |o| format!("one of {}", o.iter().map(shown).collect::<Vec<_>>().join(", ")),
        ),
        Kind::Minimum { limit } => format!("{limit} or more"),
        Kind::Maximum { limit } => format!("{limit} or less"),
        Kind::MinItems { limit } => format!("{limit} items or more"),
        Kind::MaxItems { limit } => format!("{limit} items or fewer"),
        Kind::AnyOf { .. } | Kind::OneOfNotValid { .. } => "one of the allowed forms".into(),
        other => format!("what the schema's `{}` says", other.keyword()),
    }
}

fn type_name(t: JsonType) -> &'static str {
    match t {
        JsonType::Array => "an array",
        JsonType::Boolean => "true or false",
        JsonType::Integer => "a whole number",
        JsonType::Null => "null",
        JsonType::Number => "a number",
        JsonType::Object => "an object",
        JsonType::String => "a string",
    }
}

/// The beginning of a value, as shown in a message.
pub(super) fn shown(value: &Value) -> String {
    const LONGEST: usize = 60;
    let text = match value {
        Value::Array(items) => format!("an array of length {}", items.len()),
        Value::Object(o) => format!("an object of {} properties", o.len()),
        other => other.to_string(),
    };
    if text.chars().count() <= LONGEST {
        return text;
    }
    let head: String = text.chars().take(LONGEST - 1).collect();
    format!("{head}…")
}
