//! Tables, whose rows are items.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{Phrases, Presence, ValueType, is_false, is_required};

/// A table whose rows are items of a list.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Table {
    /// The list to fill: `/judgements`, `/inspectors`, `/improvements`, or `/extension/NAME`.
    pub into: String,
    /// The region that contains it; by default, the whole document.
    #[serde(rename = "in", default, skip_serializing_if = "Option::is_none")]
    pub region: Option<String>,
    /// The heading above it, for a table without column heads.
    #[serde(default, skip_serializing_if = "Phrases::is_empty")]
    pub under: Phrases,
    /// Only rows whose first cell begins with one of these; by default, all.
    #[serde(default, skip_serializing_if = "Phrases::is_empty")]
    pub rows: Phrases,
    /// Rows with a single cell that name, by a printed form of a code, the group of the rows below them.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub groups: Option<Groups>,
    /// Its columns, from the left.
    #[serde(rename = "column")]
    pub columns: Vec<Column>,
    /// Whether all documents have it.
    #[serde(default, skip_serializing_if = "is_required")]
    pub presence: Presence,
    /// What it means, for the schema of the extension.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub meaning: String,
}

/// Rows that name the group of the rows below them.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Groups {
    /// The member of each item that gets the code: `area` of a judgement, `group` of an improvement.
    pub to: String,
    /// Name of a list of `codes` with their printed forms.
    pub codes: String,
}

/// A column of a table.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Column {
    /// Its printed head. Either all columns have one, or none.
    #[serde(default, skip_serializing_if = "Phrases::is_empty")]
    pub head: Phrases,
    /// The member of the item: `label`, `grade`, `name`, `role`, `text` …; without it the column is dropped.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub to: Option<String>,
    /// Its type.
    #[serde(rename = "type", default)]
    pub kind: ValueType,
    /// Name of a list of `codes`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub codes: Option<String>,
    /// The shape of a code.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub shape: Option<String>,
    /// Whether the month comes first, so that "04/05/2024" is 5 April.
    #[serde(default, skip_serializing_if = "is_false")]
    pub month_first: bool,
    /// A phrase that the cell may contain, and the member that is then true: `{ phrases = "lead inspector", to = "lead" }`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub mark: Option<Mark>,
}

/// A phrase in a cell that sets a member of the item.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Mark {
    /// Any of these.
    pub phrases: Phrases,
    /// The member that is true if one is printed, and false otherwise.
    pub to: String,
}
