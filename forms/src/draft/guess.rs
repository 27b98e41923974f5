//! What is proposed, each part with the reasons for it.

use std::collections::BTreeSet;

use findings_core::text::Text;
use indexmap::IndexMap;

use super::constants::key;
use super::kinds;
use crate::model::{Anchor, Code, CodeList, Field, List, Section, Table};
use crate::read::values;

/// A part of the file, with the comments above it.
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

/// Everything that is proposed.
#[derive(Debug, Clone, Default)]
pub(super) struct Guesses {
    pub samples: usize,
    /// Whether the samples are letters: they have a salutation.
    pub letter: bool,
    /// The lines of each sample's addressee, by number: they hold no other values.
    pub framed: Vec<BTreeSet<u32>>,
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

    /// Whether most of a place's texts are part of the addressee.
    pub fn is_framed(&self, texts: &[Option<Text>]) -> bool {
        let inside = |(text, lines): (&Option<Text>, &BTreeSet<u32>)| {
            text.as_ref().is_some_and(|t| t.origins().iter().all(|o| lines.contains(&o.line)))
        };
        let all = texts.iter().flatten().count();
        all > 0 && texts.iter().zip(&self.framed).filter(|(t, l)| inside((t, l))).count() * 2 > all
    }

    /// The name of a scale with these printed forms: an existing one that shares some of them, which is extended, or a new one.
    pub fn scale(&mut self, forms: Vec<String>) -> String {
        let printed =
            |list: &CodeList| -> Vec<String> { list.values.iter().flat_map(values::forms).collect() };
        let shares = |list: &CodeList| {
            let known = printed(list);
            list.scale.is_some() && forms.iter().any(|f| known.iter().any(|k| key(k) == key(f)))
        };
        let known = self
            .codes
            .iter()
            .find(|(_, g)| shares(&g.part))
            .map(|(name, g)| (name.clone(), printed(&g.part)));
        let (name, mut all) = known.unwrap_or_else(|| (self.free("grade"), Vec::new()));
        all.extend(forms);
        self.codes.insert(name.clone(), listed(&distinct(all), true));
        name
    }

    /// The name of a new list of codes with these printed forms.
    pub fn codes(&mut self, name: &str, forms: Vec<String>) -> String {
        let name = self.free(name);
        self.codes.insert(name.clone(), listed(&forms, false));
        name
    }

    /// The name of a new list of codes for the options beside tick boxes.
    pub fn boxes(&mut self, name: &str, options: &[Code]) -> String {
        let name = self.free(name);
        let list = CodeList { scale: None, values: options.to_vec() };
        let guess = Guess::new(list, "The options beside tick boxes. The printed form has the ticked box.");
        self.codes.insert(name.clone(), guess);
        name
    }

    fn free(&self, name: &str) -> String {
        let numbered = (2..).map(|n| format!("{name}-{n}"));
        let all = std::iter::once(name.to_owned()).chain(numbered);
        all.into_iter().find(|n| !self.codes.contains_key(n)).unwrap_or_default()
    }

    /// A free pointer in the extension, named after a label.
    pub fn extension(&self, label: &str) -> String {
        // The number of a heading is not part of its name.
        let named = label.trim_start_matches(|c: char| !c.is_alphabetic());
        let base = format!("/extension/{}", slug(topic(named), '_'));
        let numbered = (2..).map(|n| format!("{base}_{n}"));
        std::iter::once(base.clone()).chain(numbered).find(|p| !self.has(p)).unwrap_or(base)
    }
}

/// What the beginning of a sentence is about: "Your food hygiene rating is" → "food hygiene rating".
fn topic(label: &str) -> &str {
    const VERBS: &[&str] = &[" is", " was", " are", " were", " be"];
    const BEFORE: &[&str] = &["the ", "your ", "our ", "this "];
    let Some(said) = VERBS.iter().find_map(|verb| label.strip_suffix(verb)).filter(|said| said.contains(' '))
    else {
        return label;
    };
    let first = said.find(' ').map_or(said, |at| &said[..=at]).to_lowercase();
    if BEFORE.contains(&first.as_str()) { &said[first.len()..] } else { said }
}

/// A list of codes with its comment.
fn listed(forms: &[String], grades: bool) -> Guess<CodeList> {
    let scale = grades.then(|| format!("scale-{}", forms.len()));
    let (list, whole) = kinds::code_list(forms, scale);
    let note = match (whole, grades) {
        (true, _) => format!("Seen: {}. GUESS: the others, from common scales with these words; delete those that your regulator does not use.", forms.join(", ")),
        (false, true) => "The printed forms seen. GUESS: their order, from the words; put the best first, and add any that are missing.".into(),
        (false, false) => "The printed forms seen. Add any that are missing: other forms are reported and not read.".into(),
    };
    Guess::new(list, note)
}

/// Printed forms without duplicates.
pub(super) fn distinct(mut forms: Vec<String>) -> Vec<String> {
    forms.sort_by_key(|form| key(form));
    forms.dedup_by_key(|form| key(form));
    forms
}

/// In how many samples something must occur to belong to the layout: in half of them, and in two at least.
pub(super) fn half(samples: usize) -> usize {
    samples.div_ceil(2).max(2)
}

/// Whether that is most samples: four of five, since a value may be missing or misread in one.
pub(super) fn is_most(n: usize, samples: usize) -> bool {
    n * 5 >= samples * 4
}

/// How many samples have something.
pub(super) fn bearing(n: usize, of: usize) -> String {
    if n == of { format!("in all {of} samples") } else { format!("in {n} of {of} samples") }
}

/// How many of the samples with a label have something.
pub(super) fn labelled(n: usize, of: usize) -> String {
    bearing(n, of).replace("samples", "labelled samples")
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
