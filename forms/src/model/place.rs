//! Where a value stands.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{Phrases, is_false};

/// Where a value stands: exactly one of `after`, `before`, `row`, `under`, `above`, `below`, `box`, `sentence`, `heading` and
/// `alone`.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Place {
    /// Behind a label in its line ("Date: 4 May"), up to the next label of the file or of `until`, or the end of the line.
    #[serde(default, skip_serializing_if = "Phrases::is_empty")]
    pub after: Phrases,
    /// At the begin of a line, before a label in it ("26 May 2022 Visit to the home"): a day, or a time with it, and no other words.
    #[serde(default, skip_serializing_if = "Phrases::is_empty")]
    pub before: Phrases,
    /// In the row of a label: the cells beside it.
    #[serde(default, skip_serializing_if = "Phrases::is_empty")]
    pub row: Phrases,
    /// Under a heading: its blocks, down to the next heading.
    #[serde(default, skip_serializing_if = "Phrases::is_empty")]
    pub under: Phrases,
    /// In the line above one that begins with a label.
    #[serde(default, skip_serializing_if = "Phrases::is_empty")]
    pub above: Phrases,
    /// In the line below one that is a label; below one that begins with it, if it ends in "…" ("Dear …").
    #[serde(default, skip_serializing_if = "Phrases::is_empty")]
    pub below: Phrases,
    /// In a box of a printed form: all lines below its label, down to the next in the label's own print. Boxes may stand side by
    /// side and on every page (`which = "each"`: the other pages are witnesses); a page has them, so they need no region.
    #[serde(rename = "box", default, skip_serializing_if = "Phrases::is_empty")]
    pub boxed: Phrases,
    /// In a sentence that begins with these words, or holds them: what comes behind them.
    #[serde(default, skip_serializing_if = "Phrases::is_empty")]
    pub sentence: Phrases,
    /// The first heading of a rank, 1 is the largest print: a title.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub heading: Option<u8>,
    /// The first line that is such a value and nothing else: a day by itself, as letters have it.
    #[serde(default, skip_serializing_if = "is_false")]
    pub alone: bool,
    /// Where the value ends, beside the labels of the file.
    #[serde(default, skip_serializing_if = "Phrases::is_empty")]
    pub until: Phrases,
    /// How many lines it may have, for `after`, `above`, `below` and `box`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub lines: Option<u8>,
    /// Whether it is all lines of the paragraph there, for `above` and `below`: an address.
    #[serde(default, skip_serializing_if = "is_false")]
    pub block: bool,
    /// The region that it is looked for in, or the heading of a section; none: the whole document.
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
    /// Its kind and its label; none of `heading` and `alone`.
    pub fn label(&self) -> Option<(&'static str, &Phrases)> {
        let kinds = [
            ("after", &self.after),
            ("before", &self.before),
            ("row", &self.row),
            ("under", &self.under),
            ("above", &self.above),
            ("below", &self.below),
            ("box", &self.boxed),
            ("sentence", &self.sentence),
        ];
        kinds.into_iter().find(|(_, phrases)| !phrases.is_empty())
    }

    /// How many of the kinds are given: one, in a file that makes sense.
    pub(crate) fn kinds(&self) -> usize {
        let phrases = [&self.after, &self.row, &self.under, &self.above, &self.below, &self.boxed];
        let others = [&self.before, &self.sentence].into_iter().filter(|p| !p.is_empty()).count();
        let unlabelled = usize::from(self.heading.is_some()) + usize::from(self.alone);
        others + unlabelled + phrases.into_iter().filter(|p| !p.is_empty()).count()
    }
}
