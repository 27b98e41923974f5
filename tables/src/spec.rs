//! The specification of a table: its columns with types and meanings.

use std::borrow::Cow;

/// The type of a column.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// Text or a code.
    Text,
    /// A whole number.
    Integer,
    /// Any number.
    Number,
    /// Yes or no.
    Boolean,
    /// A day.
    Date,
}

impl Kind {
    /// Its name in Table Schema, the type system of Data Package.
    pub fn name(self) -> &'static str {
        match self {
            Self::Text => "string",
            Self::Integer => "integer",
            Self::Number => "number",
            Self::Boolean => "boolean",
            Self::Date => "date",
        }
    }
}

/// A column of a table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Column {
    /// Its name in every output.
    pub name: Cow<'static, str>,
    /// Its heading for users.
    pub title: Cow<'static, str>,
    /// The type of its values.
    pub kind: Kind,
    /// What it holds.
    pub description: Cow<'static, str>,
    /// The unit of its numbers.
    pub unit: Option<&'static str>,
    /// An example value.
    pub example: Option<&'static str>,
}

impl Column {
    /// A column whose title is derived from its name.
    pub fn new(
        name: impl Into<Cow<'static, str>>,
        kind: Kind,
        description: impl Into<Cow<'static, str>>,
    ) -> Self {
        let name = name.into();
        let title = title(&name).into();
        Self { name, title, kind, description: description.into(), unit: None, example: None }
    }

    /// Sets an example value.
    #[must_use]
    pub fn like(self, example: &'static str) -> Self {
        Self { example: Some(example), ..self }
    }

    /// Sets the unit of its numbers.
    #[must_use]
    pub fn in_units(self, unit: &'static str) -> Self {
        Self { unit: Some(unit), ..self }
    }

    /// Sets a title of its own.
    #[must_use]
    pub fn titled(self, title: impl Into<Cow<'static, str>>) -> Self {
        Self { title: title.into(), ..self }
    }
}

/// A table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Spec {
    /// Its name, used for files, sheets and database tables.
    pub name: Cow<'static, str>,
    /// What a row represents.
    pub description: Cow<'static, str>,
    /// Its columns, in order.
    pub columns: Vec<Column>,
}

impl Spec {
    /// The index of a column.
    pub fn position(&self, column: &str) -> Option<usize> {
        self.columns.iter().position(|c| c.name == column)
    }

    /// The columns that form the primary key: `report_id`, and `n` if there is one.
    pub fn key(&self) -> &'static [&'static str] {
        if self.position("n").is_some() { &["report_id", "n"] } else { &["report_id"] }
    }
}

/// "new_la_code" → "New LA code".
fn title(name: &str) -> String {
    let words: Vec<&str> = name.split(['_', '-']).collect();
    let known = |word: &str| match word {
        "la" => Some("LA"),
        "id" => Some("ID"),
        "urn" => Some("URN"),
        "lscb" => Some("LSCB"),
        "send" => Some("SEND"),
        "sha256" => Some("SHA-256"),
        "england" => Some("England"),
        "n" => Some("No."),
        _ => None,
    };
    let mut title = words.iter().map(|w| known(w).unwrap_or(w)).collect::<Vec<_>>().join(" ");
    if let Some(first) = title.get_mut(..1) {
        first.make_ascii_uppercase();
    }
    title
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn titles_are_words() {
        assert_eq!(title("new_la_code"), "New LA code");
        assert_eq!(title("sha256"), "SHA-256");
        assert_eq!(title("n"), "No.");
    }
}
