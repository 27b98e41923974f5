//! What a validator found, in words for people.

use jsonschema::error::{TypeKind, ValidationErrorKind as Kind};
use jsonschema::{JsonType, ValidationError};
use serde_json::Value;

use super::Problem;

/// The problem that a validation error tells of. Where no alternative fits, the one that came nearest speaks.
pub(super) fn problem(error: &ValidationError<'_>) -> Problem {
    if let Kind::AnyOf { context } | Kind::OneOfNotValid { context } = error.kind()
        && let Some(nearest) = nearest(context)
    {
        return problem(nearest);
    }
    let found = match error.kind() {
        Kind::Required { .. } => "no such property".into(),
        _ => shown(error.instance()),
    };
    Problem { pointer: pointer(error), expected: expected(error.kind()), found }
}

/// A missing property is shown where it should be.
fn pointer(error: &ValidationError<'_>) -> String {
    let at = error.instance_path().as_str().to_owned();
    match error.kind() {
        Kind::Required { property: Value::String(name) } => {
            format!("{at}/{}", name.replace('~', "~0").replace('/', "~1"))
        }
        _ => at,
    }
}

/// The error of the alternative that fitted best: the one whose first error stands deepest, or has fewest.
/// "It could be null" is never what was meant.
fn nearest<'a>(context: &'a [Vec<ValidationError<'static>>]) -> Option<&'a ValidationError<'static>> {
    let depth = |e: &ValidationError<'_>| e.instance_path().as_str().matches('/').count();
    context
        .iter()
        .filter_map(|errors| errors.first().map(|first| (first, errors.len())))
        .filter(|(e, _)| !matches!(e.kind(), Kind::Type { kind: TypeKind::Single(JsonType::Null) }))
        .max_by_key(|(e, n)| (!is_tag(e), depth(e), usize::MAX - n))
        .map(|(e, _)| e)
}

/// An alternative whose `type` differs is not the one that was meant.
fn is_tag(error: &ValidationError<'_>) -> bool {
    matches!(error.kind(), Kind::Constant { .. })
}

fn expected(kind: &Kind) -> String {
    match kind {
        Kind::Type { kind: TypeKind::Single(t) } => type_name(*t).into(),
        Kind::Type { kind: TypeKind::Multiple(set) } => {
            set.iter().map(type_name).collect::<Vec<_>>().join(" or ")
        }
        Kind::Required { .. } => "this property".into(),
        Kind::Format { format } if format == "date" => "a day that exists (YYYY-MM-DD)".into(),
        Kind::Pattern { pattern } if pattern == "^[0-9]{4}-[0-9]{2}-[0-9]{2}$" => "a date (YYYY-MM-DD)".into(),
        Kind::Format { format } => format!("the format {format}"),
        Kind::Pattern { pattern } => format!("a string like {pattern}"),
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

/// A value as people see it in a message: its beginning.
pub(super) fn shown(value: &Value) -> String {
    const LONGEST: usize = 60;
    let text = match value {
        Value::Array(items) => format!("an array of {}", items.len()),
        Value::Object(o) => format!("an object of {} properties", o.len()),
        other => other.to_string(),
    };
    if text.chars().count() <= LONGEST {
        return text;
    }
    let head: String = text.chars().take(LONGEST - 1).collect();
    format!("{head}…")
}
