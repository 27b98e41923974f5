//! A value of a table.

use std::fmt;

use findings_core::grammar::Date;
use serde_json::Value;

use crate::spec::Kind;

/// A value of a table.
#[derive(Debug, Clone, PartialEq)]
pub enum Cell {
    /// No value.
    Null,
    /// Text or a code.
    Text(String),
    /// A whole number.
    Integer(i64),
    /// Any number.
    Number(f64),
    /// Yes or no.
    Boolean(bool),
    /// A day.
    Date(Date),
}

impl Cell {
    /// Converts a JSON value to a cell of the given type; `Null` if it doesn't fit.
    pub fn of(value: &Value, kind: Kind) -> Self {
        match (kind, value) {
            (_, Value::Null) => Self::Null,
            (Kind::Text, Value::String(text)) => Self::Text(text.clone()),
            (Kind::Text, other) => Self::Text(flat(other)),
            (Kind::Integer, v) => v.as_i64().map_or(Self::Null, Self::Integer),
            (Kind::Number, v) => v.as_f64().map_or(Self::Null, Self::Number),
            (Kind::Boolean, v) => v.as_bool().map_or(Self::Null, Self::Boolean),
            (Kind::Date, v) => v.as_str().and_then(Date::from_iso).map_or(Self::Null, Self::Date),
        }
    }

    /// A text cell; `Null` if the text is empty.
    pub fn text(text: impl Into<String>) -> Self {
        let text = text.into();
        if text.is_empty() { Self::Null } else { Self::Text(text) }
    }

    /// A count.
    pub fn count(n: usize) -> Self {
        i64::try_from(n).map_or(Self::Null, Self::Integer)
    }

    /// Whether there is no value.
    pub fn is_null(&self) -> bool {
        *self == Self::Null
    }
}

/// The CSV form: empty for null, ISO 8601 dates, `true` and `false`.
impl fmt::Display for Cell {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Null => Ok(()),
            Self::Text(text) => f.write_str(text),
            Self::Integer(n) => n.fmt(f),
            Self::Number(n) => n.fmt(f),
            Self::Boolean(b) => b.fmt(f),
            Self::Date(day) => day.fmt(f),
        }
    }
}

/// Flattens a list or an object into one cell, separated by semicolons.
fn flat(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        Value::Array(items) => items.iter().map(flat).collect::<Vec<_>>().join("; "),
        Value::Object(parts) => {
            let parts = parts.iter().filter(|(_, v)| !v.is_null());
            parts.map(|(k, v)| format!("{k}: {}", flat(v))).collect::<Vec<_>>().join("; ")
        }
        other => other.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn a_value_becomes_what_its_column_is() {
        assert_eq!(Cell::of(&json!("2024-11-28"), Kind::Date).to_string(), "2024-11-28");
        assert_eq!(Cell::of(&json!("2024-11"), Kind::Date), Cell::Null);
        assert_eq!(Cell::of(&json!([24, 25]), Kind::Text), Cell::Text("24; 25".into()));
        assert_eq!(Cell::of(&json!(4), Kind::Number), Cell::Number(4.0));
        assert_eq!(Cell::of(&json!(4.5), Kind::Integer), Cell::Null);
        assert_eq!(Cell::of(&Value::Null, Kind::Text), Cell::Null);
    }
}
