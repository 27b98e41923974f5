//! Groups similar changes, so that one that happens 950 times is reported once.

use indexmap::IndexMap;
use serde_json::Value;

use super::diff::Change;
use super::report::{Classes, Example, Group, Variant};
use super::verdict::Class;
use crate::text_table::shorten;

/// How many pairs of values are shown for a group.
const VARIANTS: usize = 3;
/// The length limit for values shown.
const SHOWN: usize = 240;

/// Changes of one field, one rule and one shape.
#[derive(Default)]
struct Like {
    values: Classes,
    /// The index of the last document seen, and the number of documents, which arrive one after the other.
    documents: (usize, usize),
    stages: IndexMap<String, usize>,
    traced: bool,
    variants: IndexMap<(Option<String>, Option<String>), usize>,
    example: Option<(Class, Example)>,
}

/// Collects changes into groups.
#[derive(Default)]
pub struct Groups {
    groups: IndexMap<(String, Option<String>, String), Like>,
    /// The counts for each field that changed.
    pub fields: IndexMap<String, Classes>,
    /// The counts for all of them.
    pub total: Classes,
}

/// A change with additional information.
pub struct Known<'a> {
    /// The change.
    pub change: &'a Change,
    /// What became of the value.
    pub class: Class,
    /// The stage that changed first.
    pub stage: String,
    /// Whether that comes from a trace.
    pub traced: bool,
}

impl Groups {
    /// Adds a change in a document, given the document's number (from 1) and name.
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
        // A change that broke something is the more instructive example.
        let better = like.example.as_ref().is_none_or(|(c, _)| *c != Class::Broken && class == Class::Broken);
        if better {
            like.example = Some((class, example(document, change, class, pair)));
        }
    }

    /// The groups: those that broke most come first, then the largest.
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

/// The rule that reads a value; both rules if they differ.
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

/// A value for display; an item by its texts.
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
