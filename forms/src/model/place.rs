//! Where a value stands.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::Phrases;

/// Where a value stands: exactly one of `after`, `row`, `under`, `above`, `below`, `sentence` and `heading`.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Place {
    /// Behind a label in its line ("Date: 4 May"), up to the next label of the file or of `until`, or the end of the line.
    #[serde(default, skip_serializing_if = "Phrases::is_empty")]
    pub after: Phrases,
    /// In the row of a label: the cells beside it.
    #[serde(default, skip_serializing_if = "Phrases::is_empty")]
    pub row: Phrases,
    /// Under a heading: its blocks, down to the next heading.
    #[serde(default, skip_serializing_if = "Phrases::is_empty")]
    pub under: Phrases,
    /// In the line above one that begins with a label.
    #[serde(default, skip_serializing_if = "Phrases::is_empty")]
    pub above: Phrases,
    /// In the line below one that is a label: boxes of forms.
    #[serde(default, skip_serializing_if = "Phrases::is_empty")]
    pub below: Phrases,
    /// In a sentence that begins with these words, or holds them: what comes behind them.
    #[serde(default, skip_serializing_if = "Phrases::is_empty")]
    pub sentence: Phrases,
    /// The first heading of a rank, 1 is the largest print: a title.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub heading: Option<u8>,
    /// Where the value ends, beside the labels of the file.
    #[serde(default, skip_serializing_if = "Phrases::is_empty")]
    pub until: Phrases,
    /// How many lines it may have, for `after`, `above` and `below`; 1 if nothing is said.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub lines: Option<u8>,
    /// The region that it is looked for in; none: the whole document.
    #[serde(rename = "in", default, skip_serializing_if = "Option::is_none")]
    pub region: Option<String>,
    /// Which of several, where the label is printed more than once.
    #[serde(default, skip_serializing_if = "is_first")]
    pub which: Which,
}

/// Which of several places.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Which {
    /// The first.
    #[default]
    First,
    /// The last.
    Last,
    /// All that can be read; of a single value the others are witnesses.
    Each,
}

fn is_first(which: &Which) -> bool {
    *which == Which::First
}

impl Place {
    /// Its kind and its label; none of `heading`.
    pub fn label(&self) -> Option<(&'static str, &Phrases)> {
        let kinds = [
            ("after", &self.after),
            ("row", &self.row),
            ("under", &self.under),
            ("above", &self.above),
            ("below", &self.below),
            ("sentence", &self.sentence),
        ];
        kinds.into_iter().find(|(_, phrases)| !phrases.is_empty())
    }

    /// How many of the kinds are given: one, in a file that makes sense.
    pub(crate) fn kinds(&self) -> usize {
        let phrases = [&self.after, &self.row, &self.under, &self.above, &self.below, &self.sentence];
        phrases.into_iter().filter(|p| !p.is_empty()).count() + usize::from(self.heading.is_some())
    }
}
