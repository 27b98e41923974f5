//! Where a value is.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{Phrases, is_false};

/// Where a value is: exactly one of `after`, `before`, `row`, `under`, `above`, `below`, `box`, `sentence`, `heading` and `alone`.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Place {
    /// After a label on the same line ("Date: 4 May"), up to the next label of the file or of `until`, or the end of the line.
    #[serde(default, skip_serializing_if = "Phrases::is_empty")]
    pub after: Phrases,
    /// At the start of a line, before a label ("26 May 2022 Visit to the home"): a date, perhaps with a time, and no other words.
    #[serde(default, skip_serializing_if = "Phrases::is_empty")]
    pub before: Phrases,
    /// In the same row as a label: the cells beside it.
    #[serde(default, skip_serializing_if = "Phrases::is_empty")]
    pub row: Phrases,
    /// Under a heading: its blocks, down to the next heading.
    #[serde(default, skip_serializing_if = "Phrases::is_empty")]
    pub under: Phrases,
    /// On the line above one that begins with a label.
    #[serde(default, skip_serializing_if = "Phrases::is_empty")]
    pub above: Phrases,
    /// On the line below a label; or, for a label that ends in "…" ("Dear …"), below a line that begins with it.
    #[serde(default, skip_serializing_if = "Phrases::is_empty")]
    pub below: Phrases,
    /// In a box of a printed form: all lines below its label, down to the next line set like the label. Boxes may be side by side,
    /// and repeated on every page (with `which = "each"` the other pages are witnesses). They are found on pages and need no
    /// region.
    #[serde(rename = "box", default, skip_serializing_if = "Phrases::is_empty")]
    pub boxed: Phrases,
    /// In a sentence that begins with or contains these words: the text after them.
    #[serde(default, skip_serializing_if = "Phrases::is_empty")]
    pub sentence: Phrases,
    /// The first heading of a rank, 1 being the largest print: a title.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub heading: Option<u8>,
    /// The first line that is such a value and nothing else: a date on a line by itself, as in letters.
    #[serde(default, skip_serializing_if = "is_false")]
    pub alone: bool,
    /// Words that end the value, in addition to the labels of the file.
    #[serde(default, skip_serializing_if = "Phrases::is_empty")]
    pub until: Phrases,
    /// The most lines it may have, for `after`, `above`, `below` and `box`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub lines: Option<u8>,
    /// Whether it is the whole paragraph there, for `above` and `below`: an address.
    #[serde(default, skip_serializing_if = "is_false")]
    pub block: bool,
    /// The region to look in, or the heading of a section; by default, the whole document.
    #[serde(rename = "in", default, skip_serializing_if = "Option::is_none")]
    pub region: Option<String>,
    /// Which one, if the label is printed more than once.
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
    /// All that can be read; for a single value the others are witnesses.
    Each,
}

fn is_first(which: &Which) -> bool {
    *which == Which::First
}

impl Place {
    /// Its kind and its label; none for `heading` and `alone`.
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

    /// How many kinds are given: one, in a valid file.
    pub(crate) fn kinds(&self) -> usize {
        let phrases = [&self.after, &self.row, &self.under, &self.above, &self.below, &self.boxed];
        let others = [&self.before, &self.sentence].into_iter().filter(|p| !p.is_empty()).count();
        let unlabelled = usize::from(self.heading.is_some()) + usize::from(self.alone);
        others + unlabelled + phrases.into_iter().filter(|p| !p.is_empty()).count()
    }
}
