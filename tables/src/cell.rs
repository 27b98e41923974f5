//! A value of a table.

use std::fmt;

use findings_core::grammar::Date;
use serde_json::Value;

use crate::spec::Kind;

/// A value of a table.
#[derive(Debug, Clone, PartialEq)]
pub enum Cell {
    /// There is none.
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
    /// A JSON value as a cell of a column of this kind; what can't be one is null.
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

    /// A text, or null for an empty one.
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

/// As it stands in a CSV file: nothing for null, dates as ISO 8601, `true` and `false`.
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

/// A list or an object in one cell, its parts apart by semicolons.
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

/// Days from 1 January 1970, as Parquet and Arrow count them.
///
/// ```
/// use findings_core::grammar::Date;
/// use findings_tables::cell::days_since_1970;
///
/// assert_eq!(days_since_1970(Date::new(1970, 2, 1).unwrap()), 31);
/// ```
pub fn days_since_1970(date: Date) -> i32 {
    // By eras of 400 years, each of which has as many days as any other; a year begins with March, so that the day
    // that leap years add is its last.
    const DAYS_OF_ERA: i32 = 146_097;
    const DAYS_TO_1970: i32 = 719_468;
    let (month, day) = (i32::from(date.month()), i32::from(date.day()));
    let year = i32::from(date.year()) - i32::from(month <= 2);
    let (era, of_era) = (year.div_euclid(400), year.rem_euclid(400));
    let of_year = (153 * ((month + 9) % 12) + 2) / 5 + day - 1;
    era * DAYS_OF_ERA + of_era * 365 + of_era / 4 - of_era / 100 + of_year - DAYS_TO_1970
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

    #[test]
    fn days_are_counted_from_1970() {
        let days = |iso: &str| days_since_1970(Date::from_iso(iso).unwrap());
        assert_eq!(days("1970-01-01"), 0);
        assert_eq!(days("2000-02-29"), 11_016);
        assert_eq!(days("2024-12-31"), 20_088);
        assert_eq!(days("1969-12-31"), -1);
    }
}
