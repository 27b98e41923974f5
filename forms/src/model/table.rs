//! Tables, whose rows are items.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{Phrases, Presence, ValueType, is_false, is_required};

/// A table whose rows are items of a list.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Table {
    /// The list: `/judgements`, `/inspectors`, `/improvements`, or `/extension/NAME`.
    pub into: String,
    /// The region that it stands in; none: the whole document.
    #[serde(rename = "in", default, skip_serializing_if = "Option::is_none")]
    pub region: Option<String>,
    /// The heading that it stands under, for a table without a head.
    #[serde(default, skip_serializing_if = "Phrases::is_empty")]
    pub under: Phrases,
    /// Only rows whose first cell begins with one of these; none: all.
    #[serde(default, skip_serializing_if = "Phrases::is_empty")]
    pub rows: Phrases,
    /// A row of one cell only that has one of these printed forms names what the rows below it belong to: code by code.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub groups: Option<Groups>,
    /// Its columns, from the left.
    #[serde(rename = "column")]
    pub columns: Vec<Column>,
    /// Whether documents may lack it.
    #[serde(default, skip_serializing_if = "is_required")]
    pub presence: Presence,
    /// What it means, for the schema of the extension.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub meaning: String,
}

/// Rows that name what the rows below them belong to.
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
    /// What its head prints; none in all columns: the table has no head.
    #[serde(default, skip_serializing_if = "Phrases::is_empty")]
    pub head: Phrases,
    /// The member of the item: `label`, `grade`, `name`, `role`, `text` …; none: the column is not kept.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub to: Option<String>,
    /// What it is.
    #[serde(rename = "type", default)]
    pub kind: ValueType,
    /// Name of a list of `codes`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub codes: Option<String>,
    /// What a code looks like.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub shape: Option<String>,
    /// Whether "04/05/2024" is the fifth of April.
    #[serde(default, skip_serializing_if = "is_false")]
    pub month_first: bool,
    /// A mark that the cell may hold, and the member that is true then: `{ phrases = "lead inspector", to = "lead" }`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub mark: Option<Mark>,
}

/// A phrase in a cell that says something of the item.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Mark {
    /// Any of these.
    pub phrases: Phrases,
    /// The member that is true where one is printed, and false where none is.
    pub to: String,
}
