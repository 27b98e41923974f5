//! A damaged text, and what a right reading of it has.

use findings_core::text::TextLayer;

use super::removed::Removed;
use super::subject::{At, Subject};

/// A kind of damage that real documents have shown.
pub struct Class {
    /// Its name in reports.
    pub name: &'static str,
    /// What is done to the text.
    pub about: &'static str,
    /// Does it somewhere, or says that there is nothing to do it to.
    pub(super) make: fn(&Subject, &mut crate::chance::Chance) -> Option<Damage>,
}

/// A damaged text.
pub(super) struct Damage {
    /// What was done, for people.
    pub what: String,
    /// The page that it was done to, from 1.
    pub page: u32,
    /// The text as it is now.
    pub layer: TextLayer,
    /// What the damage changes in a right reading.
    pub expected: Expectation,
}

/// How a right reading of a damaged text differs from that of the whole one. Nothing else may.
#[derive(Debug, Default)]
pub(super) struct Expectation {
    /// Texts that stand in place of others wherever these were.
    pub replaced: Vec<(String, String)>,
    /// A text that stands in place of another in one spot.
    pub once: Option<(String, String)>,
    /// A line that is not there any more.
    pub removed: Option<Removed>,
    /// A text that was put in: it may be a block of its own, a part of another, and speak of what it speaks of.
    pub added: Option<String>,
    /// Two paragraphs that nothing parts any more: they may have become one.
    pub joined: bool,
    /// A block that has no list mark any more: it may be a paragraph, as long as it is there.
    pub unmarked: Option<String>,
    /// The area's name, where another was put in its place.
    pub area: Option<String>,
}

impl Damage {
    /// A damage that takes nothing away from what a text says.
    pub fn new(subject: &Subject, at: At, what: impl Into<String>, layer: TextLayer) -> Self {
        let page = subject.layer().pages.get(at.page).map_or(0, |p| p.number);
        Self { what: what.into(), page, layer, expected: Expectation::default() }
    }

    /// With what a right reading has otherwise.
    pub fn expecting(self, expected: Expectation) -> Self {
        Self { expected, ..self }
    }
}

/// A line as a damage's description quotes it.
pub(super) fn quoted(subject: &Subject, at: At) -> String {
    let text = subject.line(at).map(findings_core::text::TextLine::text).unwrap_or_default();
    format!("“{}”", crate::text_table::shorten(&text, 60))
}
