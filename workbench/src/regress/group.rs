//! Like changes together, so that one change that happens 950 times reads as one.

use indexmap::IndexMap;
use serde_json::Value;

use super::diff::Change;
use super::report::{Classes, Example, Group, Variant};
use super::verdict::Class;
use crate::text_table::shorten;

/// How many pairs of values a group shows.
const VARIANTS: usize = 3;
/// How long a value may be in a group.
const SHOWN: usize = 240;

/// Changes of one field, one rule and one shape.
#[derive(Default)]
struct Like {
    values: Classes,
    /// Index of the last document seen, and how many there were: documents come one after the other.
    documents: (usize, usize),
    stages: IndexMap<String, usize>,
    traced: bool,
    variants: IndexMap<(Option<String>, Option<String>), usize>,
    example: Option<(Class, Example)>,
}

/// Gathers changes into groups.
#[derive(Default)]
pub struct Groups {
    groups: IndexMap<(String, Option<String>, String), Like>,
    /// Each field that changed.
    pub fields: IndexMap<String, Classes>,
    /// All of them.
    pub total: Classes,
}

/// A change with what is known about it.
pub struct Known<'a> {
    /// The change.
    pub change: &'a Change,
    /// What became of the value.
    pub class: Class,
    /// The stage that changed first.
    pub stage: String,
    /// Whether a trace says so.
    pub traced: bool,
}

impl Groups {
    /// Adds a change in a document: its number, counted from 1, and its name.
    pub fn add(&mut self, number: usize, document: &str, known: Known) {
        let Known { change, class, stage, traced } = known;
        let key = (change.field.clone(), rule(change), change.shape.clone());
        let like = self.groups.entry(key).or_default();
        for classes in
            [&mut like.values, &mut self.total, self.fields.entry(change.field.clone()).or_default()]
        {
            count(classes, class);
        }
        if like.documents.0 != number {
            like.documents = (number, like.documents.1 + 1);
        }
        *like.stages.entry(stage).or_default() += 1;
        like.traced |= traced;
        let pair = (shown(&change.before), shown(&change.after));
        *like.variants.entry(pair.clone()).or_default() += 1;
        // One that broke something teaches more than one that did not.
        let better = like.example.as_ref().is_none_or(|(c, _)| *c != Class::Broken && class == Class::Broken);
        if better {
            like.example = Some((class, example(document, change, class, pair)));
        }
    }

    /// The groups: those that broke most first, then the largest.
    pub fn finish(self) -> Vec<Group> {
        let group = |((field, rule, shape), like): ((String, Option<String>, String), Like)| {
            let mut variants: Vec<Variant> = like
                .variants
                .into_iter()
                .map(|((before, after), count)| Variant { before, after, count })
                .collect();
            variants.sort_by_key(|v| std::cmp::Reverse(v.count));
            variants.truncate(VARIANTS);
            let mut stages = like.stages;
            stages.sort_by(|_, a, _, b| b.cmp(a));
            Some(Group {
                field,
                rule,
                shape,
                values: like.values,
                documents: like.documents.1,
                stages,
                traced: like.traced,
                variants,
                example: like.example?.1,
            })
        };
        let mut groups: Vec<Group> = self.groups.into_iter().filter_map(group).collect();
        groups.sort_by_key(|g| std::cmp::Reverse((g.values.broken, g.values.total())));
        groups
    }
}

fn count(classes: &mut Classes, class: Class) {
    *match class {
        Class::Fixed => &mut classes.fixed,
        Class::Broken => &mut classes.broken,
        Class::Changed => &mut classes.changed,
        Class::Missing => &mut classes.missing,
        Class::Found => &mut classes.found,
    } += 1;
}

/// The rule that reads a value; both where another reads it now.
fn rule(change: &Change) -> Option<String> {
    match (&change.base_place.rule, &change.head_place.rule) {
        (Some(a), Some(b)) if a != b => Some(format!("{a} → {b}")),
        (a, b) => b.clone().or_else(|| a.clone()),
    }
}

fn example(
    document: &str,
    change: &Change,
    class: Class,
    (before, after): (Option<String>, Option<String>),
) -> Example {
    let (head, base) = (&change.head_place, &change.base_place);
    let place = if head.quote.is_some() { head } else { base };
    Example {
        document: document.to_owned(),
        base_path: change.base_path.clone(),
        head_path: change.head_path.clone(),
        before,
        after,
        class: class.as_str().into(),
        page: place.page,
        quote: place.quote.clone(),
    }
}

/// A value for people; an item by its texts.
fn shown(value: &Value) -> Option<String> {
    let text = match value {
        Value::Null => return None,
        Value::String(s) => s.clone(),
        Value::Object(map) => {
            let parts = map.values().filter_map(Value::as_str).filter(|s| !s.is_empty());
            parts.collect::<Vec<_>>().join(" · ")
        }
        other => other.to_string(),
    };
    Some(shorten(&text, SHOWN))
}
