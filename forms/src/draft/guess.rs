//! What is proposed, each part with the reasons for it.

use indexmap::IndexMap;

use crate::model::{Anchor, CodeList, Field, List, Section, Table};

/// A part of the file, and what is said beside it.
#[derive(Debug, Clone)]
pub(super) struct Guess<T> {
    pub part: T,
    pub notes: Vec<String>,
}

impl<T> Guess<T> {
    pub fn new(part: T, note: impl Into<String>) -> Self {
        Self { part, notes: vec![note.into()] }
    }

    pub fn note(&mut self, note: impl Into<String>) {
        self.notes.push(note.into());
    }
}

/// All that is proposed.
#[derive(Debug, Clone, Default)]
pub(super) struct Guesses {
    pub samples: usize,
    pub anchors: Vec<Guess<Anchor>>,
    pub codes: IndexMap<String, Guess<CodeList>>,
    pub fields: Vec<Guess<Field>>,
    pub tables: Vec<Guess<Table>>,
    pub lists: Vec<Guess<List>>,
    pub sections: Vec<Guess<Section>>,
    /// What could not be proposed, for the end of the file.
    pub left: Vec<String>,
}

impl Guesses {
    pub fn new(samples: usize) -> Self {
        Self { samples, ..Self::default() }
    }

    /// "in 7 of 10 samples", "in all 10 samples".
    pub fn of(&self, n: usize) -> String {
        bearing(n, self.samples)
    }

    /// Whether a pointer is taken. Lists of the record take more than one field.
    pub fn has(&self, pointer: &str) -> bool {
        let lists = self.lists.iter().map(|l| &l.part.into).chain(self.tables.iter().map(|t| &t.part.into));
        self.fields.iter().map(|f| &f.part.pointer).chain(lists).any(|p| p == pointer)
    }

    /// A pointer of the extension that is free, by a label.
    pub fn extension(&self, label: &str) -> String {
        let base = format!("/extension/{}", slug(label, '_'));
        let numbered = (2..).map(|n| format!("{base}_{n}"));
        std::iter::once(base.clone()).chain(numbered).find(|p| !self.has(p)).unwrap_or(base)
    }
}

/// How many samples bear something.
pub(super) fn bearing(n: usize, of: usize) -> String {
    if n == of { format!("in all {of} samples") } else { format!("in {n} of {of} samples") }
}

/// A label as a name: "Date(s) of visit:" → `dates_of_visit`.
pub(super) fn slug(label: &str, between: char) -> String {
    let kept: String = label
        .chars()
        .filter(|c| !matches!(c, '’' | '\'' | '(' | ')'))
        .map(|c| if c.is_ascii_alphanumeric() { c.to_ascii_lowercase() } else { ' ' })
        .collect();
    let words: Vec<&str> = kept.split_whitespace().take(8).collect();
    if words.is_empty() { "value".into() } else { words.join(&between.to_string()) }
}
